"""Questions to a graph: named queries and SPARQL → Results → text.

>>> from fatu.querying import ask_store
>>> for row in ask_store(store, "q7"):  # doctest: +SKIP
...     print(row["name"], row["value"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .asking import ask_store
from .formats import FORMATS, format_queries, format_results
from .named import NamedQuery, find_query, load_queries
from .parameters import Parameter
from .results import Results, Triple, Value

if TYPE_CHECKING:
    from .questions import NotUnderstood as NotUnderstood
    from .questions import Understood as Understood
    from .questions import ask_words as ask_words

__all__ = [
    "FORMATS", "NamedQuery", "NotUnderstood", "Parameter", "Results", "Triple", "Understood", "Value",
    "ask_store", "ask_words", "find_query", "format_queries", "format_results", "load_queries",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Questions in words bring the whole lexicon with them: only when one is asked."""
    if name in ("NotUnderstood", "Understood", "ask_words"):
        from . import questions

        return getattr(questions, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
