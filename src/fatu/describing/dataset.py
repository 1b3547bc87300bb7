"""Quads of a whole graph, vocabulary included, and the rdflib Dataset made of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from ..iris import BASE, Iris
from ..model import Finding, Report
from .quads import report_quads
from .terms import STANDARD_PREFIXES, Iri, Literal, Quad

if TYPE_CHECKING:
    from rdflib import Dataset


def describe(report: Report, findings: tuple[Finding, ...] = (), iris: Iris | None = None) -> Dataset:
    """The report as an rdflib Dataset: its own graph, its audit graph and the vocabulary's graph.

    No blank nodes. Raises MetadataError where area or year is not known.
    """
    return make_dataset(graph_quads(report, findings, iris or Iris()), iris or Iris())


def graph_quads(report: Report, findings: tuple[Finding, ...], iris: Iris) -> list[Quad]:
    """All quads of a report's graph, sorted, with those of the vocabulary."""
    return sorted({*report_quads(report, findings, iris), *own_quads(report, iris), *vocabulary_quads(iris)})


def own_quads(report: Report, iris: Iris) -> Iterator[Quad]:
    """The indicators and units of a user's lexicon that a report uses: they are in no vocabulary, so the report's
    own graph describes them."""
    from .vocabulary import own_turtle

    indicators = {link.id for link in report.indicator_links if link.id is not None}
    words = {link.observation.metric.payload.unit for link in report.indicator_links}
    text = own_turtle(indicators, {word for word in words if word is not None})
    if text:
        yield from _read_turtle(
            text.replace(f"<{BASE}", f"<{iris.base}"), iris.graph("report", report.identity.iri or "")
        )


@cache
def vocabulary_quads(iris: Iris) -> tuple[Quad, ...]:
    """Ontology, alignments, topics, indicators, units and document types as quads of the vocabulary's graph."""
    from .vocabulary import GENERATED, HAND_WRITTEN, ontology_text

    quads: set[Quad] = set()
    for name in (*HAND_WRITTEN, *(name for name, _ in GENERATED)):
        quads.update(_read_turtle(ontology_text(name, iris.base), iris.vocabulary_graph))
    return tuple(sorted(quads))


def _read_turtle(text: str, graph: str) -> Iterator[Quad]:
    """Quads of Turtle without blank nodes."""
    import pyoxigraph

    for triple in pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE):
        value = triple.object
        term: Iri | Literal = Iri(value.value)
        if isinstance(value, pyoxigraph.Literal):
            term = (
                Literal(value.value, language=value.language)
                if value.language
                else Literal(value.value, value.datatype.value)
            )
        yield Quad(triple.subject.value, triple.predicate.value, term, graph)


def make_dataset(quads: list[Quad], iris: Iris) -> Dataset:
    """An rdflib Dataset of quads, with the usual prefixes bound."""
    from rdflib import Dataset, URIRef
    from rdflib import Literal as RdfLiteral

    dataset = Dataset(default_union=True)
    for prefix, namespace in prefixes(iris):
        dataset.bind(prefix, namespace)
    nodes: dict[str, URIRef] = {}

    def node(value: str) -> URIRef:
        found = nodes.get(value)
        if found is None:
            found = nodes[value] = URIRef(value)
        return found

    graphs = {
        name: dataset.graph(node(name)) if name else dataset.default_graph
        for name in sorted({q.graph for q in quads})
    }
    for subject, predicate, value, graph in quads:
        if isinstance(value, Iri):
            term: URIRef | RdfLiteral = node(value.value)
        elif value.language:
            term = RdfLiteral(value.value, lang=value.language)
        elif value.datatype.endswith("#string"):
            term = RdfLiteral(value.value)
        else:
            term = RdfLiteral(value.value, datatype=node(value.datatype))
        graphs[graph].add((node(subject), node(predicate), term))
    return dataset


def prefixes(iris: Iris) -> tuple[tuple[str, str], ...]:
    """Prefix → namespace, by prefix."""
    return tuple(sorted([("fatu", iris.term("")), *STANDARD_PREFIXES]))
