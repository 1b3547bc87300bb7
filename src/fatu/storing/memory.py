"""A graph in memory, to be asked in SPARQL 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph

from ..describing.terms import Iri, Object, Quad
from ..errors import QueryError
from .binding import bind_values
from .store import Answer as Answer


class MemoryStore:
    """Quads in Oxigraph's memory store. The default graph holds every triple of all named graphs once, so
    that a query without GRAPH sees the whole."""

    def __init__(self, quads: Iterable[Quad], where: str = "graphs") -> None:
        self.where = where
        self._store = pyoxigraph.Store()
        self._store.bulk_extend(with_default(quads))

    def query(self, text: str, bindings: Mapping[str, Object] | None = None) -> Answer:
        """Evaluate a query; `bindings` gives variables a value as terms, never by pasting text.

        Raises QueryError with line and column where it does not parse.
        """
        return evaluate(self._store, text, bindings or {})

    def __len__(self) -> int:
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()))


def evaluate(store: pyoxigraph.Store, text: str, bindings: Mapping[str, Object]) -> Answer:
    """Ask Oxigraph; values go into the query's text (see `bind_values`), for its own substitutions come after it has
    chosen the order of joins. Raises QueryError with line and column where the query does not parse."""
    try:
        return store.query(bind_values(text, bindings))
    except (SyntaxError, ValueError) as error:
        if bindings:
            evaluate(
                pyoxigraph.Store(), text, {}
            )  # tells of its own lines and columns, not of those with values
        raise QueryError("query", " ".join(str(error).split()), "correct the SPARQL") from error


def to_ox(value: Object) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """A term of ours as one of pyoxigraph."""
    if isinstance(value, Iri):
        return pyoxigraph.NamedNode(value.value)
    if value.language:
        return pyoxigraph.Literal(value.value, language=value.language)
    return pyoxigraph.Literal(value.value, datatype=pyoxigraph.NamedNode(value.datatype))


def ox_quad(quad: Quad) -> pyoxigraph.Quad:
    """A quad of ours as one of pyoxigraph."""
    node = pyoxigraph.NamedNode
    if not quad.graph:
        return pyoxigraph.Quad(node(quad.subject), node(quad.predicate), to_ox(quad.object))
    return pyoxigraph.Quad(node(quad.subject), node(quad.predicate), to_ox(quad.object), node(quad.graph))


def with_default(quads: Iterable[Quad]) -> Iterator[pyoxigraph.Quad]:
    """Quads as those of pyoxigraph, each in its graph and in the default graph."""
    node = pyoxigraph.NamedNode
    for subject, predicate, value, graph in quads:
        term = to_ox(value)
        yield pyoxigraph.Quad(node(subject), node(predicate), term)
        if graph:
            yield pyoxigraph.Quad(node(subject), node(predicate), term, node(graph))
