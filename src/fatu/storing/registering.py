"""The registry's graph of a whole store, from the few statements of it that decide which documents are one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import pyoxigraph

from ..describing.registry import registry_quads
from ..describing.terms import DCTERMS, OA, RDF, Iri, Literal, Quad
from ..iris import Iris

Select = Callable[[str], Iterable[pyoxigraph.QuerySolution]]
"""Runs a SELECT of ?s ?p ?o; all of its rows, whatever a server's limit."""


def store_registry(sources: Iterable[tuple[Select, Collection[str]]], iris: Iris) -> list[Quad]:
    """The registry of what several sources hold together; of each, all but the graphs that are named beside it."""
    facts = [fact for select, hidden in sources for fact in _facts(select, hidden, iris)]
    return registry_quads(facts, iris)


def _facts(select: Select, hidden: Collection[str], iris: Iris) -> Iterator[Quad]:
    names = ", ".join(f"<{name}>" for name in sorted({iris.registry_graph, *hidden}))
    for pattern in _patterns(iris):
        text = f"SELECT DISTINCT ?s ?p ?o {{ GRAPH ?g {{ {pattern} }} FILTER(?g NOT IN ({names})) }}"
        yield from (Quad(s.value, p.value, read_object(o), "") for s, p, o in select(text))


def _patterns(iris: Iris) -> tuple[str, ...]:
    """What `registry_quads` looks at: documents, citations, and where these stand. A report's graph describes all
    that it uses, so each holds within a graph."""
    kind, document, cites = f"<{RDF}type>", f"<{iris.term('PolicyDocument')}>", f"<{iris.term('cites')}>"

    def among(*predicates: str) -> str:
        # Not VALUES: Oxigraph would go through all statements of these predicates.
        return f"?s ?p ?o FILTER(?p IN ({', '.join(f'<{p}>' for p in predicates)}))"

    told = among(RDF + "type", DCTERMS + "title", *map(iris.term, ("docNumber", "issuedBy", "promulgates")))
    links = among(*map(iris.term, ("cites", "evidence", "inReport")))
    return (
        f"?s {kind} {document} . {told}",
        f"?s {cites} ?d . {links}",
        f"?c {cites} ?d . ?c <{iris.term('evidence')}> ?s . {among(OA + 'start', OA + 'end')}",
    )


def read_object(value: object) -> Iri | Literal:
    """A term of pyoxigraph, not a blank node, as one of ours."""
    if isinstance(value, pyoxigraph.Literal):
        if value.language:
            return Literal(value.value, language=value.language)
        return Literal(value.value, value.datatype.value)
    assert isinstance(value, pyoxigraph.NamedNode)
    return Iri(value.value)
