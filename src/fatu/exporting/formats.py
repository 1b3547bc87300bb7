"""Quads → the RDF syntaxes, byte for byte the same whatever the order they come in.

Written by pyoxigraph from sorted quads, which keeps "90"^^xsd:decimal as it is; JSON-LD is written here, to
carry a context of its own; N-Triples and N-Quads are sorted lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import pyoxigraph

from ..describing import prefixes
from ..describing.terms import RDF, XSD, Iri, Object, Quad, write_quads, write_term
from ..iris import Iris
from ..storing.memory import ox_quad, to_ox
from .records import write_json


def write_trig(quads: Sequence[Quad], iris: Iris) -> bytes:
    """TriG: every named graph."""
    ordered = sorted(set(quads), key=lambda q: (q.graph, q))
    return _serialize(map(ox_quad, ordered), pyoxigraph.RdfFormat.TRIG, iris)


def write_nquads(quads: Sequence[Quad], iris: Iris) -> bytes:
    """N-Quads, sorted."""
    return "".join(write_quads(quads)).encode()


def write_ntriples(quads: Sequence[Quad], iris: Iris) -> bytes:
    """N-Triples of the union, sorted."""
    lines = {f"<{q.subject}> <{q.predicate}> {write_term(q.object)} .\n" for q in quads}
    return "".join(sorted(lines)).encode()


def write_turtle(quads: Sequence[Quad], iris: Iris) -> bytes:
    """Turtle of the union."""
    return _serialize(_union(quads), pyoxigraph.RdfFormat.TURTLE, iris)


def write_rdfxml(quads: Sequence[Quad], iris: Iris) -> bytes:
    """RDF/XML of the union."""
    return _serialize(_union(quads), pyoxigraph.RdfFormat.RDF_XML, iris)


def write_jsonld(quads: Sequence[Quad], iris: Iris) -> bytes:
    """JSON-LD of the union, compacted with a context that it carries inline."""
    triples = sorted({(q.subject, q.predicate, q.object) for q in quads})
    context = _Context(triples, iris)
    nodes: dict[str, dict[str, object]] = {}
    for subject, predicate, value in triples:
        node = nodes.setdefault(subject, {"@id": subject})
        key, plain = context.compact(predicate, value)
        if key in node:
            known = node[key]
            node[key] = [*known, plain] if isinstance(known, list) else [known, plain]
        else:
            node[key] = plain
    document = {"@context": context.as_json(), "@graph": [nodes[s] for s in sorted(nodes)]}
    return write_json(document)


RDF_FORMATS: dict[str, Callable[[Sequence[Quad], Iris], bytes]] = {
    "ttl": write_turtle,
    "nt": write_ntriples,
    "nq": write_nquads,
    "trig": write_trig,
    "jsonld": write_jsonld,
    "rdfxml": write_rdfxml,
}


class _Context:
    """A JSON-LD context made for the data: each property with the type or language that all its values share."""

    def __init__(self, triples: Iterable[tuple[str, str, Object]], iris: Iris) -> None:
        self._prefixes = prefixes(iris)
        self._ontology = iris.term("")
        kinds: dict[str, set[str]] = {}
        for _, predicate, value in triples:
            kinds.setdefault(predicate, set()).add(_kind(value))
        self._kinds = {p: next(iter(found)) for p, found in kinds.items() if len(found) == 1}
        self._names = {p: self._name(p) for p in sorted(kinds) if p != RDF + "type"}

    def _name(self, iri: str) -> str:
        if iri.startswith(self._ontology):
            return iri.removeprefix(self._ontology)
        return self._curie(iri)

    def _curie(self, iri: str) -> str:
        for prefix, namespace in self._prefixes:
            if iri.startswith(namespace) and iri[len(namespace) :].isalnum():
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def as_json(self) -> dict[str, object]:
        """The context, prefixes first."""
        context: dict[str, object] = dict(self._prefixes)
        for predicate, name in self._names.items():
            definition = {"@id": self._curie(predicate)}
            kind = self._kinds.get(predicate, "")
            if kind.startswith("@language:"):
                definition["@language"] = kind.removeprefix("@language:")
            elif kind and kind != XSD + "string":
                definition["@type"] = self._curie(kind) if kind != "@id" else kind
            context[name] = definition
        return context

    def compact(self, predicate: str, value: Object) -> tuple[str, object]:
        """Key and value as they stand in a node."""
        if predicate == RDF + "type":
            return "@type", self._curie(value.value)
        key = self._names[predicate]
        if predicate in self._kinds:
            return key, value.value
        if isinstance(value, Iri):
            return key, {"@id": value.value}
        if value.language:
            return key, {"@value": value.value, "@language": value.language}
        if value.datatype == XSD + "string":
            return key, {"@value": value.value}
        return key, {"@value": value.value, "@type": self._curie(value.datatype)}


def _kind(value: Object) -> str:
    if isinstance(value, Iri):
        return "@id"
    return f"@language:{value.language}" if value.language else value.datatype


def _union(quads: Iterable[Quad]) -> Iterator[pyoxigraph.Triple]:
    for subject, predicate, value in sorted({(q.subject, q.predicate, q.object) for q in quads}):
        yield pyoxigraph.Triple(pyoxigraph.NamedNode(subject), pyoxigraph.NamedNode(predicate), to_ox(value))


def _serialize(
    statements: Iterable[pyoxigraph.Triple] | Iterable[pyoxigraph.Quad],
    syntax: pyoxigraph.RdfFormat,
    iris: Iris,
) -> bytes:
    data = pyoxigraph.serialize(statements, format=syntax, prefixes=dict(prefixes(iris)))
    assert data is not None
    return data
