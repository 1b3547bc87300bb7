"""What can be asked: the one interface of all stores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pyoxigraph

from ..describing.terms import Object

Answer = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


class Store(Protocol):
    """Graphs in memory, on disk or on a server. A query without GRAPH sees every triple of all named graphs once."""

    @property
    def where(self) -> str:
        """Where it is, for messages: its folder, its URL, the files that it was read from."""
        ...

    def query(self, text: str, bindings: Mapping[str, Object] | None = None) -> Answer:
        """Evaluate a query; `bindings` gives variables a value as terms, never by pasting text.

        Raises QueryError where it does not parse, StoreError where the store does not answer.
        """
        ...

    def __len__(self) -> int:
        """Number of triples, each counted once, in however many graphs it stands."""
        ...
