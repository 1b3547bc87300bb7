"""Questions to a graph: named queries and SPARQL → Results → text.

>>> from fatu.querying import ask_store
>>> for row in ask_store(store, "q7"):  # doctest: +SKIP
...     print(row["name"], row["value"])
"""

from __future__ import annotations

from .asking import ask_store
from .formats import FORMATS, format_queries, format_results
from .named import NamedQuery, find_query, load_queries
from .parameters import Parameter
from .questions import NotUnderstood, Understood, ask_words
from .results import Results, Triple, Value

__all__ = [
    "FORMATS", "NamedQuery", "NotUnderstood", "Parameter", "Results", "Triple", "Understood", "Value",
    "ask_store", "ask_words", "find_query", "format_queries", "format_results", "load_queries",
]  # fmt: skip
