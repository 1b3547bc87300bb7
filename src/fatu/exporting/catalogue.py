"""A store, or quads → a description of the whole: DCAT 3 (what there is, of where and when, under which licence) and
VoID (how many triples, which classes and properties), as `fatu export --to catalogue` writes it.

https://www.w3.org/TR/vocab-dcat-3/, https://www.w3.org/TR/void/. Every date is one of the reports'; none is a clock's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph

from ..describing import prefixes
from ..describing.terms import DCTERMS, RDF, XSD, Iri, Literal, Quad, en, typed, zh
from ..iris import Iris, segment
from ..storing.counting import Counts, ask_rows, count_statements
from ..storing.fitting import no_report
from ..storing.memory import MemoryStore, to_ox
from ..storing.opening import open_store
from ..storing.store import Store
from .publication import (
    DCAT,
    FOAF,
    MEDIA_TYPES,
    Fact,
    Publication,
    catalogue_node,
    publication_facts,
    title_facts,
    year_facts,
)
from .statements import local_name

VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
SPARQL_PROTOCOL = "http://www.w3.org/TR/sparql11-protocol/"
PREFIXES = (("dcat", DCAT), ("foaf", FOAF), ("void", VOID))
"""Those of the catalogue, beside the usual ones."""
_EXAMPLES = ("Report", "PolicyDocument", "Agency", "Observation")
"""Of each of these classes the first thing is shown as an example."""
_TITLES = zh("政府报告知识图谱"), en("Knowledge graph of government reports")
_CATALOGUE_TITLES = zh("政府报告知识图谱目录"), en("Catalogue of the knowledge graph of government reports")
_DESCRIPTIONS = (
    zh(
        "政府报告所说的内容(依据的文件、机构、举措、成效、数据、问题、计划)、其在原文中的位置,以及核对的结果。"
    ),
    en(
        "What government reports say (documents, agencies, measures, outcomes, figures, problems, plans), where in the "
        "text they say so, and what a check of it found."
    ),
)
_KEYWORDS = zh("法治政府"), zh("政府报告"), en("law-based government"), en("government reports")


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report of the store: what its description needs, sorted."""

    iri: str
    title: str
    areas: tuple[str, ...]
    years: tuple[str, ...]
    issued: tuple[str, ...]
    """The days of publication."""


def write_catalogue(quads: Sequence[Quad], iris: Iris, publication: Publication | None = None) -> bytes:
    """The catalogue of graphs, in Turtle. Raises InputError where they hold no report under the base of `iris`."""
    return write_facts([*catalogue_facts(MemoryStore(quads), iris, publication)], iris)


def describe_store(where: str, iris: Iris, publication: Publication | None = None) -> bytes:
    """The catalogue of a store, by its folder or URL, in Turtle: nothing of it is read but what is counted.

    Raises InputError as `write_catalogue` does, StoreError where the store cannot be read.
    """
    with open_store(where) as store:
        return write_facts([*catalogue_facts(store, iris, publication)], iris)


def write_facts(
    facts: Sequence[Fact], iris: Iris, syntax: pyoxigraph.RdfFormat = pyoxigraph.RdfFormat.TURTLE
) -> bytes:
    """Facts of a catalogue in a syntax; in TriG and N-Quads they are in the catalogue's graph."""
    node = pyoxigraph.NamedNode
    graph = node(iris.catalogue_graph)
    triples = [pyoxigraph.Triple(node(s), node(p), to_ox(o)) for s, p, o in sorted(set(facts))]
    statements = (
        [pyoxigraph.Quad(t.subject, t.predicate, t.object, graph) for t in triples]
        if syntax in (pyoxigraph.RdfFormat.TRIG, pyoxigraph.RdfFormat.N_QUADS)
        else triples
    )
    written = pyoxigraph.serialize(
        statements, format=syntax, prefixes={**dict(prefixes(iris)), **dict(PREFIXES)}
    )
    assert written is not None
    return written


def catalogue_facts(
    store: Store, iris: Iris, publication: Publication | None = None, is_whole: bool = True
) -> Iterator[Fact]:
    """The description of a store: the catalogue, the graph as a whole and, with `is_whole`, the graph of each report.

    What a store holds of an earlier catalogue is not counted. Raises InputError where it has no report under the base
    of `iris`, StoreError where it does not answer.
    """
    publication = publication or Publication()
    catalogue, graph = catalogue_node(iris), catalogue_node(iris, "graph")
    yield catalogue, RDF + "type", Iri(DCAT + "Catalog")
    yield from title_facts(catalogue, _CATALOGUE_TITLES, _DESCRIPTIONS)
    yield catalogue, DCAT + "dataset", Iri(graph)
    yield catalogue, DCAT + "themeTaxonomy", Iri(iris.concept("scheme", "topics"))
    yield from publication_facts(catalogue, publication, iris)
    yield graph, RDF + "type", Iri(DCAT + "Dataset")
    yield graph, RDF + "type", Iri(VOID + "Dataset")
    yield from title_facts(graph, _TITLES, _DESCRIPTIONS)
    yield from ((graph, DCAT + "keyword", word) for word in _KEYWORDS)
    yield from publication_facts(graph, publication, iris)
    titles = zh("全部命名图,TriG"), en("All named graphs, in TriG")
    yield from _distribution(graph, titles, "application/trig", publication)
    if publication.endpoint:
        yield from service_facts(publication.endpoint, iris)
    yield from _coverage(store, iris)
    if is_whole:
        yield from _reports(store, iris, publication)
    yield from _statistics(store, iris, graph)


# ---------------------------------------------------------------------------------------------- what there is


def _coverage(store: Store, iris: Iris) -> Iterator[Fact]:
    """The places and years of all reports, and the dates of the first and the last."""
    wholes = catalogue_node(iris), catalogue_node(iris, "graph")
    report = f'?s <{RDF}type> <{iris.term("Report")}> FILTER(STRSTARTS(STR(?s), "{iris.base}"))'
    if not store.query(f"ASK {{ {report} }}"):
        raise no_report(store.where, iris)
    for whole in wholes:
        for row in ask_rows(
            store, f"SELECT DISTINCT ?v WHERE {{ {report} ?s <{iris.term('area')}> ?v }}", "?v"
        ):
            yield whole, DCTERMS + "spatial", Iri(row["v"].value)
        text = f"SELECT DISTINCT ?v WHERE {{ {report} ?s <{iris.term('reportYear')}> ?v }}"
        for row in ask_rows(store, text, "?v"):
            yield from year_facts(whole, row["v"].value, iris)
    answer = store.query(
        f"""SELECT (MIN(?d) AS ?first) (MAX(?d) AS ?last) WHERE {{ SELECT ?s (MIN(STR(COALESCE(?i, ?c))) AS ?d) WHERE {{
        {report} OPTIONAL {{ ?s <{DCTERMS}issued> ?i FILTER(DATATYPE(?i) = <{XSD}date>) }}
        OPTIONAL {{ ?s <{DCTERMS}created> ?c FILTER(DATATYPE(?c) = <{XSD}date>) }}
        FILTER(BOUND(?i) || BOUND(?c)) }} GROUP BY ?s }}"""
    )
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    for row in answer:
        for name, variable in (("issued", "first"), ("modified", "last")):
            if (date := row[variable]) is not None:
                yield from ((whole, DCTERMS + name, typed(date.value, "date")) for whole in wholes)


def _reports(store: Store, iris: Iris, publication: Publication) -> Iterator[Fact]:
    """The data set of each report."""
    catalogue, graph = catalogue_node(iris), catalogue_node(iris, "graph")
    for report in read_reports(store, iris):
        data_set = catalogue_node(iris, f"report/{report.iri.removeprefix(iris.concept('report', ''))}")
        yield catalogue, DCAT + "dataset", Iri(data_set)
        yield graph, VOID + "subset", Iri(data_set)
        yield from _data_set(data_set, report, iris, publication)


def _data_set(data_set: str, report: ReportEntry, iris: Iris, publication: Publication) -> Iterator[Fact]:
    """A report's own graph."""
    yield data_set, RDF + "type", Iri(DCAT + "Dataset")
    yield data_set, RDF + "type", Iri(VOID + "Dataset")
    name = report.title or report.iri.removeprefix(iris.concept("report", ""))
    yield from title_facts(
        data_set,
        (zh(f"{name}(知识图谱)"), en(f"{name} (knowledge graph)")),
        (
            zh("一份报告的事实陈述,每条均附原文位置。"),
            en("The statements of one report, each with its place in the text."),
        ),
    )
    yield data_set, DCTERMS + "source", Iri(report.iri)
    yield data_set, FOAF + "primaryTopic", Iri(report.iri)
    yield from ((data_set, DCTERMS + "issued", typed(day, "date")) for day in report.issued[:1])
    yield from ((data_set, DCTERMS + "spatial", Iri(area)) for area in report.areas)
    for year in report.years:
        yield from year_facts(data_set, year, iris)
    yield from publication_facts(data_set, publication, iris)
    titles = zh("报告的命名图,Turtle"), en("The report's named graph, in Turtle")
    yield from _distribution(data_set, titles, "text/turtle", publication, iris.graph("report", report.iri))


def _distribution(
    data_set: str,
    titles: tuple[Literal, Literal],
    media_type: str,
    publication: Publication,
    address: str = "",
) -> Iterator[Fact]:
    """Where a data set is to be had: at the address of its graph, or else at its own."""
    distribution = f"{data_set}/distribution"
    yield data_set, DCAT + "distribution", Iri(distribution)
    yield distribution, RDF + "type", Iri(DCAT + "Distribution")
    yield from title_facts(distribution, titles)
    yield distribution, DCAT + "accessURL", Iri(address or data_set)
    yield distribution, DCAT + "mediaType", Iri(MEDIA_TYPES + media_type)
    yield distribution, DCTERMS + "license", Iri(publication.licence)


def service_facts(url: str, iris: Iris) -> Iterator[Fact]:
    """The SPARQL endpoint at a URL as the catalogue's service, and as the way to the graph."""
    catalogue, graph = catalogue_node(iris), catalogue_node(iris, "graph")
    service, endpoint = catalogue_node(iris, "service"), Iri(url)
    yield catalogue, DCAT + "service", Iri(service)
    yield service, RDF + "type", Iri(DCAT + "DataService")
    yield from title_facts(service, (zh("SPARQL 端点"), en("SPARQL endpoint")))
    yield service, DCAT + "endpointURL", endpoint
    yield service, DCAT + "endpointDescription", endpoint
    yield service, DCAT + "servesDataset", Iri(graph)
    yield service, DCTERMS + "conformsTo", Iri(SPARQL_PROTOCOL)
    yield f"{graph}/distribution", DCAT + "accessService", Iri(service)
    yield graph, VOID + "sparqlEndpoint", endpoint


def read_reports(store: Store, iris: Iris) -> Iterator[ReportEntry]:
    """The reports of a store, by IRI, one after the other."""
    told = (DCTERMS + "title", iris.term("area"), iris.term("reportYear"), DCTERMS + "issued")
    listed = ", ".join(f"<{predicate}>" for predicate in (RDF + "type", *told))
    text = (
        f"SELECT DISTINCT ?s ?p ?o WHERE {{ ?s <{RDF}type> <{iris.term('Report')}> ; ?p ?o "
        f'FILTER(?p IN ({listed}) && STRSTARTS(STR(?s), "{iris.base}")) }}'
    )
    for iri, rows in groupby(ask_rows(store, text, "?s ?p ?o"), key=lambda row: row["s"].value):
        said: dict[str, list[str]] = {predicate: [] for predicate in (RDF + "type", *told)}
        for row in rows:
            # A date of a month or a year is none of DCAT's.
            if row["p"].value != DCTERMS + "issued" or row["o"].datatype.value == XSD + "date":
                said[row["p"].value].append(row["o"].value)
        titles, areas, years, issued = (tuple(sorted(said[predicate])) for predicate in told)
        yield ReportEntry(iri, titles[0] if titles else "", areas, years, issued)


# ------------------------------------------------------------------------------------------------- statistics


def _statistics(store: Store, iris: Iris, graph: str) -> Iterator[Fact]:
    own = catalogue_node(iris)
    known = store.query(f"ASK {{ <{own}> ?p ?o }}")
    space = f"{iris.base}id/"
    counts = count_statements(store, space, own if known else "")
    yield graph, VOID + "uriSpace", Literal(space)
    for name, number in (
        ("triples", counts.triples),
        ("entities", counts.entities),
        ("distinctSubjects", counts.subjects),
        ("distinctObjects", counts.objects),
        ("properties", len(counts.properties)),
        ("classes", len(counts.classes)),
    ):
        yield graph, VOID + name, typed(number, "integer")
    for vocabulary in _vocabularies(counts, iris):
        yield graph, VOID + "vocabulary", Iri(vocabulary)
    yield graph, VOID + "feature", Iri(FORMATS + "TriG")
    yield from _partitions(counts, iris, graph)
    yield from _examples(store, iris, graph)


def _partitions(counts: Counts, iris: Iris, graph: str) -> Iterator[Fact]:
    """The data set by class and by property."""
    for of_class in counts.classes:
        part = _part(iris, "class", of_class.iri)
        yield graph, VOID + "classPartition", Iri(part)
        yield part, RDF + "type", Iri(VOID + "Dataset")
        yield part, VOID + "class", Iri(of_class.iri)
        yield part, VOID + "entities", typed(of_class.entities, "integer")
    for of_property in counts.properties:
        part = _part(iris, "property", of_property.iri)
        yield graph, VOID + "propertyPartition", Iri(part)
        yield part, RDF + "type", Iri(VOID + "Dataset")
        yield part, VOID + "property", Iri(of_property.iri)
        yield part, VOID + "triples", typed(of_property.triples, "integer")
        yield part, VOID + "distinctSubjects", typed(of_property.subjects, "integer")
        yield part, VOID + "distinctObjects", typed(of_property.objects, "integer")


def _part(iris: Iris, kind: str, term: str) -> str:
    """A part by the name of its class or property, and a digest: several vocabularies may have the name."""
    digest = hashlib.sha256(term.encode()).hexdigest()[:8]
    return catalogue_node(iris, f"{kind}/{segment(local_name(term))}-{digest}")


def _vocabularies(counts: Counts, iris: Iris) -> list[str]:
    """The vocabularies whose terms are used: the IRI of ours, the namespaces of others."""
    ontology = iris.term("")
    used = {
        iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
        for iri in (*(p.iri for p in counts.properties), *(c.iri for c in counts.classes))
    }
    return sorted(name.rstrip("#") if name == ontology else name for name in used)


def _examples(store: Store, iris: Iris, graph: str) -> Iterator[Fact]:
    for name in _EXAMPLES:
        answer = store.query(
            f"SELECT (MIN(STR(?s)) AS ?first) WHERE {{ ?s <{RDF}type> <{iris.term(name)}> FILTER(ISIRI(?s)) }}"
        )
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        for row in answer:
            if row["first"] is not None:
                yield graph, VOID + "exampleResource", Iri(row["first"].value)
