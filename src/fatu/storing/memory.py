"""A graph in memory, to be asked in SPARQL 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph

from ..describing.terms import Iri, Object, Quad
from ..errors import QueryError

Answer = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


class MemoryStore:
    """Quads in Oxigraph's memory store. The default graph holds every triple of all named graphs once, so
    that a query without GRAPH sees the whole."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._store = pyoxigraph.Store()
        self._store.bulk_extend(_with_default(quads))

    def query(self, text: str, bindings: Mapping[str, Object] | None = None) -> Answer:
        """Evaluate a query; `bindings` gives variables a value as terms, never by pasting text.

        Raises QueryError with line and column where it does not parse.
        """
        try:
            return self._store.query(
                text, substitutions={pyoxigraph.Variable(n): to_ox(v) for n, v in (bindings or {}).items()}
            )
        except (SyntaxError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise QueryError("query", reason, "correct the SPARQL") from error

    def __len__(self) -> int:
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()))


def to_ox(value: Object) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """A term of ours as one of pyoxigraph."""
    if isinstance(value, Iri):
        return pyoxigraph.NamedNode(value.value)
    if value.language:
        return pyoxigraph.Literal(value.value, language=value.language)
    return pyoxigraph.Literal(value.value, datatype=pyoxigraph.NamedNode(value.datatype))


def _with_default(quads: Iterable[Quad]) -> Iterable[pyoxigraph.Quad]:
    node = pyoxigraph.NamedNode
    for subject, predicate, value, graph in quads:
        term = to_ox(value)
        yield pyoxigraph.Quad(node(subject), node(predicate), term)
        if graph:
            yield pyoxigraph.Quad(node(subject), node(predicate), term, node(graph))
