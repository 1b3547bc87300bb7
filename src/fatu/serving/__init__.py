"""Graphs over HTTP. Needs the extra `serve`.

What is here is imported on first use: a worker needs little of it, and is to start at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .pool import Limits as Limits
    from .running import run as run
    from .settings import Settings as Settings

_HOMES = {"Limits": "pool", "Settings": "settings", "run": "running"}

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
