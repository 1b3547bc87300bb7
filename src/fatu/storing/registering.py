"""The registry's graph of a whole store, from the few statements of it that decide which documents are one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import pyoxigraph

from ..describing.registry import registry_quads
from ..describing.terms import DCTERMS, OA, RDF, Iri, Literal, Quad
from ..iris import Iris

Select = Callable[[str], Iterable[pyoxigraph.QuerySolution]]
"""Runs a SELECT of ?s ?p ?o; all of its rows, whatever a server's limit."""
Source = Select | pyoxigraph.Store


def store_registry(sources: Iterable[tuple[Source, Collection[str]]], iris: Iris) -> list[Quad]:
    """The registry of what several sources hold together; of each, all but the graphs that are named beside it."""
    facts: list[Quad] = []
    for source, hidden in sources:
        look = _look_up if isinstance(source, pyoxigraph.Store) else _ask
        facts += look(source, hidden, iris)  # type: ignore[arg-type]
    return registry_quads(facts, iris)


def default_registry(store: pyoxigraph.Store, iris: Iris) -> list[Quad]:
    """The registry of a store whose default graph has what all its graphs say, and no registry's statement."""
    facts: list[Quad] = []
    for pattern in _patterns(iris):
        answer = store.query(f"SELECT ?s ?p ?o {{ {pattern} }}")
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        facts += _read(answer)
    return registry_quads(facts, iris)


def _look_up(store: pyoxigraph.Store, hidden: Collection[str], iris: Iris) -> Iterator[Quad]:
    """What `_ask` asks for, from a store at hand: by looking up each document and citation, where SPARQL's joins go
    through all statements."""
    node = pyoxigraph.NamedNode
    out = {iris.registry_graph, *hidden}
    kind, cites, evidence = node(RDF + "type"), node(iris.term("cites")), node(iris.term("evidence"))

    def is_seen(quad: pyoxigraph.Quad) -> bool:
        return isinstance(quad.graph_name, node) and quad.graph_name.value not in out

    def told(subjects: Iterable[object], *predicates: str) -> Iterator[Quad]:
        wanted = set(predicates)
        for subject in subjects:
            assert isinstance(subject, node)
            for quad in store.quads_for_pattern(subject, None, None, None):
                if quad.predicate.value in wanted and is_seen(quad):
                    yield Quad(subject.value, quad.predicate.value, read_object(quad.object), "")

    document = node(iris.term("PolicyDocument"))
    documents = {q.subject for q in store.quads_for_pattern(None, kind, document, None) if is_seen(q)}
    citations = {q.subject for q in store.quads_for_pattern(None, cites, None, None) if is_seen(q)}
    spans = {
        q.object for c in citations for q in store.quads_for_pattern(c, evidence, None, None) if is_seen(q)
    }
    own = map(iris.term, ("docNumber", "issuedBy", "promulgates"))
    yield from dict.fromkeys(told(documents, RDF + "type", DCTERMS + "title", *own))
    yield from dict.fromkeys(told(citations, *map(iris.term, ("cites", "evidence", "inReport"))))
    yield from dict.fromkeys(told(spans, OA + "start", OA + "end"))


def _ask(select: Select, hidden: Collection[str], iris: Iris) -> Iterator[Quad]:
    names = ", ".join(f"<{name}>" for name in sorted({iris.registry_graph, *hidden}))
    for pattern in _patterns(iris):
        text = f"SELECT DISTINCT ?s ?p ?o {{ GRAPH ?g {{ {pattern} }} FILTER(?g NOT IN ({names})) }}"
        yield from _read(select(text))


def _read(rows: Iterable[pyoxigraph.QuerySolution]) -> Iterator[Quad]:
    return (Quad(s.value, p.value, read_object(o), "") for s, p, o in rows)


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
