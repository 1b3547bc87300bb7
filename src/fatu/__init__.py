"""fatu (法图): knowledge graphs from Chinese government reports.

    >>> import fatu
    >>> kg = fatu.build("graphs/410203-gov-2020/source.txt")  # doctest: +SKIP

Each stage is one function; `build` runs them all. They are imported on first use: importing fatu is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .auditing import audit as audit
    from .describing import describe as describe
    from .finding import find as find
    from .interpreting import interpret as interpret
    from .lexicon.user_corrections import load_guidance as load_guidance
    from .linking import link as link
    from .model import Overrides as Overrides
    from .outlining import outline as outline
    from .pipeline import KnowledgeGraph as KnowledgeGraph
    from .pipeline import build as build
    from .pipeline import compare as compare
    from .pipeline import diff as diff
    from .reading import Confinement as Confinement
    from .reading import Limits as Limits
    from .reading import read as read

_HOMES = {
    "read": "reading",
    "Confinement": "reading",
    "Limits": "reading",
    "outline": "outlining",
    "find": "finding",
    "interpret": "interpreting",
    "link": "linking",
    "audit": "auditing",
    "describe": "describing",
    "build": "pipeline",
    "compare": "pipeline",
    "diff": "pipeline",
    "KnowledgeGraph": "pipeline",
    "Overrides": "model",
    "load_guidance": "lexicon.user_corrections",
}

__all__ = [
    "Confinement", "KnowledgeGraph", "Limits", "Overrides", "audit", "build", "compare", "describe", "diff", "find",
    "interpret", "link", "load_guidance", "outline", "read",
]  # fmt: skip


_ROOMS = frozenset({"corpora", "diffing", "exporting", "querying", "serving", "storing"})
"""Packages whose functions the documentation names by them: fatu.querying.ask_words."""


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return import_module(f".{name}", __name__)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_ROOMS})
