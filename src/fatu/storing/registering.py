"""The registry's graph of a whole store, from the few statements of it that decide which documents are one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import pyoxigraph

from ..describing.documents import Documents
from ..describing.registry import registry_of
from ..describing.terms import DCTERMS, OA, RDF, Iri, Literal, Quad
from ..iris import Iris

Select = Callable[[str], Iterable[pyoxigraph.QuerySolution]]
"""Runs a SELECT of ?s ?p ?o; all of its rows, whatever a server's limit."""
Source = Select | pyoxigraph.Store


def store_registry(sources: Iterable[tuple[Source, Collection[str]]], iris: Iris) -> Iterator[Quad]:
    """The registry of what several sources hold together, in no order, some quads several times; of each source all
    graphs but those that are named beside it."""
    with Documents(iris) as documents:
        for source, hidden in sources:
            look = _look_up if isinstance(source, pyoxigraph.Store) else _ask
            documents.add(look(source, hidden, iris))  # type: ignore[arg-type]
        yield from registry_of(documents, iris)


def default_registry(store: pyoxigraph.Store, iris: Iris) -> Iterator[Quad]:
    """The registry of a store whose default graph has what all its graphs say, and no registry's statement; in no
    order, some quads several times."""
    with Documents(iris) as documents:
        for pattern in _patterns(iris):
            answer = store.query(f"SELECT ?s ?p ?o {{ {pattern} }}")
            assert isinstance(answer, pyoxigraph.QuerySolutions)
            documents.add(_read(answer))
        yield from registry_of(documents, iris)


def _look_up(store: pyoxigraph.Store, hidden: Collection[str], iris: Iris) -> Iterator[Quad]:
    """What `_ask` asks for, from a store at hand: by looking up each document and citation, where SPARQL's joins go
    through all statements."""
    node = pyoxigraph.NamedNode
    out = {iris.registry_graph, *hidden}

    def find(subject: object, predicate: object, value: object = None) -> Iterator[pyoxigraph.Quad]:
        for quad in store.quads_for_pattern(subject, predicate, value, None):  # type: ignore[arg-type]
            if isinstance(quad.graph_name, node) and quad.graph_name.value not in out:
                yield quad

    def told(subject: object, predicates: Collection[str]) -> Iterator[Quad]:
        assert isinstance(subject, node)
        for quad in find(subject, None):
            if quad.predicate.value in predicates:
                yield Quad(subject.value, quad.predicate.value, read_object(quad.object), "")

    own, links, edges = _predicates(iris)
    previous = None
    for quad in find(None, node(RDF + "type"), node(iris.term("PolicyDocument"))):
        # Of one document the quads of all graphs come one after the other.
        if quad.subject != previous:
            yield from told(quad.subject, own)
        previous = quad.subject
    for quad in find(None, node(iris.term("cites"))):
        yield from told(quad.subject, links)
        for evidence in find(quad.subject, node(iris.term("evidence"))):
            yield from told(evidence.object, edges)


def _ask(select: Select, hidden: Collection[str], iris: Iris) -> Iterator[Quad]:
    names = ", ".join(f"<{name}>" for name in sorted({iris.registry_graph, *hidden}))
    for pattern in _patterns(iris):
        text = f"SELECT DISTINCT ?s ?p ?o {{ GRAPH ?g {{ {pattern} }} FILTER(?g NOT IN ({names})) }}"
        yield from _read(select(text))


def _read(rows: Iterable[pyoxigraph.QuerySolution]) -> Iterator[Quad]:
    return (Quad(s.value, p.value, read_object(o), "") for s, p, o in rows)


def _predicates(iris: Iris) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Those that matter of documents, of citations, and of the spans where these stand."""
    return (
        (RDF + "type", DCTERMS + "title", *map(iris.term, ("docNumber", "issuedBy", "promulgates"))),
        tuple(map(iris.term, ("cites", "evidence", "inReport"))),
        (OA + "start", OA + "end"),
    )


def _patterns(iris: Iris) -> tuple[str, ...]:
    """What decides: documents, citations, and where these stand. A report's graph describes all
    that it uses, so each holds within a graph."""
    kind, document, cites = f"<{RDF}type>", f"<{iris.term('PolicyDocument')}>", f"<{iris.term('cites')}>"

    def among(predicates: Iterable[str]) -> str:
        # Not VALUES: Oxigraph would go through all statements of these predicates.
        return f"?s ?p ?o FILTER(?p IN ({', '.join(f'<{p}>' for p in predicates)}))"

    own, links, edges = map(among, _predicates(iris))
    return (
        f"?s {kind} {document} . {own}",
        f"?s {cites} ?d . {links}",
        f"?c {cites} ?d . ?c <{iris.term('evidence')}> ?s . {edges}",
    )


def read_object(value: object) -> Iri | Literal:
    """A term of pyoxigraph, not a blank node, as one of ours."""
    if isinstance(value, pyoxigraph.Literal):
        if value.language:
            return Literal(value.value, language=value.language)
        return Literal(value.value, value.datatype.value)
    assert isinstance(value, pyoxigraph.NamedNode)
    return Iri(value.value)
