"""The description of the whole, `fatu export --to catalogue`: DCAT's mandatory properties, VoID's numbers counted once
more by rdflib."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph
import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, VOID, Graph, Literal, URIRef

from commands import ROOT, fatu
from fatu.describing.terms import DCTERMS as TERMS
from fatu.describing.terms import Iri, Quad, typed
from fatu.errors import ArgumentError, InputError
from fatu.exporting.catalogue import catalogue_facts, describe_store, write_catalogue, write_facts
from fatu.exporting.publication import CC_BY, read_publication
from fatu.iris import Iris
from fatu.storing import MemoryStore, OxigraphStore, load_graphs, load_quads, read_quads
from fatu.storing.counting import count_statements
from small_graphs import report_quads

SAMPLE = ROOT / "graphs" / "410203-gov-2020"
ID = "https://w3id.org/fatu/id/"
NS = "https://w3id.org/fatu/ns#"
IRIS = Iris()
CATALOGUE, WHOLE = URIRef(ID + "catalogue"), URIRef(ID + "catalogue/graph")
ONE = URIRef(ID + "catalogue/report/410203/gov/2020")


@pytest.fixture(scope="module")
def quads() -> Sequence[Quad]:
    return read_quads([SAMPLE])


@pytest.fixture(scope="module")
def data() -> Graph:
    """What is described, by another program."""
    return Graph().parse(SAMPLE / "graph.nt")


def read(turtle: bytes) -> Graph:
    return Graph().parse(data=turtle, format="turtle")


@pytest.fixture(scope="module")
def catalogue(quads: Sequence[Quad]) -> Graph:
    return read(write_catalogue(quads, IRIS))


def dated(name: str, year: str, **dates: str) -> list[Quad]:
    """A report of a year, with the dates it bears."""
    quads = [
        q for q in report_quads(name, {"name": "a", "value": "1"}) if not q.predicate.endswith("reportYear")
    ]
    report = IRIS.named_report(name)
    quads.append(Quad(report, NS + "reportYear", typed(year, "gYear"), "urn:g"))
    quads.append(Quad(report, NS + "area", Iri(IRIS.area("990101")), "urn:g"))
    for term, day in dates.items():
        kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(day)]
        quads.append(Quad(report, TERMS + term, typed(day, kind), "urn:g"))
    return quads


# ----------------------------------------------------------------------------------------------------------- DCAT


def conforms(graph: Graph) -> str:
    """What the shapes complain of."""
    shapes = Graph().parse(Path(__file__).parent / "catalogue.shapes.ttl")
    fine, _, report = validate(graph, shacl_graph=shapes)
    return "" if fine else report


def test_a_catalogue_says_all_that_is_mandatory(catalogue: Graph) -> None:
    assert conforms(catalogue) == ""


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [(CATALOGUE, DCTERMS.title), (WHOLE, DCTERMS.license), (WHOLE, DCTERMS.rights), (WHOLE, DCTERMS.spatial),
     (WHOLE, DCAT.distribution), (ONE, DCTERMS.publisher), (CATALOGUE, DCAT.dataset)],
)  # fmt: skip
def test_the_shapes_notice_what_is_missing(subject: URIRef, predicate: URIRef, catalogue: Graph) -> None:
    broken = Graph() + catalogue
    broken.remove((subject, predicate, None))
    assert str(subject) in conforms(broken)


def test_the_sample_is_one_area_one_year_and_one_report(catalogue: Graph) -> None:
    assert set(catalogue.objects(CATALOGUE, DCAT.dataset)) == {WHOLE, ONE}
    for data_set in (CATALOGUE, WHOLE, ONE):
        assert [*catalogue.objects(data_set, DCTERMS.spatial)] == [URIRef(ID + "area/410203")]
        (year,) = catalogue.objects(data_set, DCTERMS.temporal)
        assert (str(catalogue.value(year, DCAT.startDate)), str(catalogue.value(year, DCAT.endDate))) == (
            "2020-01-01", "2020-12-31",
        )  # fmt: skip
        assert str(catalogue.value(data_set, DCTERMS.issued)) == "2021-03-31"
        assert str(catalogue.value(data_set, DCTERMS.license)) == CC_BY
    title = "顺河回族区人民政府 关于法治政府建设工作的情况报告"
    assert Literal(f"{title}(知识图谱)", "zh") in set(catalogue.objects(ONE, DCTERMS.title))
    assert catalogue.value(ONE, DCTERMS.source) == URIRef(ID + "report/410203/gov/2020")
    access = catalogue.value(catalogue.value(ONE, DCAT.distribution), DCAT.accessURL)
    assert str(access) == ID + "graph/report/410203/gov/2020"


def test_the_rights_say_that_official_documents_are_not_ours_to_license(catalogue: Graph) -> None:
    (rights,) = set(catalogue.objects(None, DCTERMS.rights))
    labels = {label.language: str(label) for label in catalogue.objects(rights, RDFS.label)}
    assert "《中华人民共和国著作权法》第五条" in labels["zh"]
    assert "Article 5" in labels["en"]


@pytest.mark.parametrize(
    ("reports", "first", "last"),
    [
        ([{"issued": "2021-03-31"}], "2021-03-31", "2021-03-31"),
        ([{"issued": "2021-03-31", "created": "2021-01-26"}], "2021-03-31", "2021-03-31"),
        ([{"created": "2021-01-26"}, {"issued": "2023-02-01"}], "2021-01-26", "2023-02-01"),
        ([{"issued": "2021-03"}, {"created": "2022-01-05"}], "2022-01-05", "2022-01-05"),  # a month is no day
        ([{}], None, None),
    ],
)
def test_dates_are_those_of_the_reports_and_of_no_clock(
    reports: list[dict[str, str]], first: str | None, last: str | None
) -> None:
    quads = [q for n, dates in enumerate(reports) for q in dated(f"r{n}", str(2020 + n), **dates)]
    graph = read(write_catalogue(quads, IRIS))
    for data_set in (CATALOGUE, WHOLE):
        found = graph.value(data_set, DCTERMS.issued), graph.value(data_set, DCTERMS.modified)
        assert tuple(str(day) if day is not None else None for day in found) == (first, last)
    assert conforms(graph) == ""


def test_years_that_no_report_is_of_are_not_covered() -> None:
    graph = read(write_catalogue([*dated("a", "2018"), *dated("b", "2021")], IRIS))
    starts = {str(graph.value(year, DCAT.startDate)) for year in graph.objects(WHOLE, DCTERMS.temporal)}
    assert starts == {"2018-01-01", "2021-01-01"}


def test_licence_publisher_and_endpoint_are_the_users(quads: Sequence[Quad]) -> None:
    said = read_publication(
        {"licence": "https://example.org/licence", "publisher": "某研究所", "endpoint": "http://h:1/sparql"}
    )
    graph = read(write_catalogue(quads, IRIS, said))
    assert conforms(graph) == ""
    assert {str(o) for o in graph.objects(None, DCTERMS.license)} == {"https://example.org/licence"}
    assert {str(o) for o in graph.objects(None, FOAF.name)} == {"某研究所"}
    endpoint = URIRef("http://h:1/sparql")
    service = graph.value(CATALOGUE, DCAT.service)
    assert graph.value(service, DCAT.endpointURL) == graph.value(WHOLE, VOID.sparqlEndpoint) == endpoint
    assert graph.value(service, DCAT.servesDataset) == WHOLE
    assert graph.value(graph.value(WHOLE, DCAT.distribution), DCAT.accessService) == service


@pytest.mark.parametrize(
    ("given", "named"),
    [({"licence": "MIT"}, "licence"), ({"licence": "https://x/ y"}, "licence"), ({"endpoint": "x"}, "endpoint"),
     ({"publisher": " "}, "publisher"), ({"publisher": "http://a b"}, "publisher")],
)  # fmt: skip
def test_what_cannot_be_published_is_refused(given: dict[str, str], named: str) -> None:
    with pytest.raises(ArgumentError, match=f"^{named}: "):
        read_publication(given)


# ----------------------------------------------------------------------------------------------------------- VoID


def numbers(graph: Graph, data_set: object) -> dict[str, int]:
    return {
        str(p).rpartition("#")[2]: int(o)
        for p, o in graph.predicate_objects(data_set)
        if p.startswith(VOID) and isinstance(o, Literal) and str(o).isdecimal()
    }


def test_the_numbers_are_those_that_rdflib_counts(catalogue: Graph, data: Graph) -> None:
    assert numbers(catalogue, WHOLE) == {
        "triples": len(data),
        "distinctSubjects": len(set(data.subjects())),
        "distinctObjects": len(set(data.objects())),
        "entities": len({s for s in data.subjects() if str(s).startswith(ID)}),
        "properties": len(set(data.predicates())),
        "classes": len(set(data.objects(None, RDF.type))),
    }


def test_every_property_has_a_part_with_its_numbers(catalogue: Graph, data: Graph) -> None:
    parts = {
        catalogue.value(part, VOID.property): part
        for part in catalogue.objects(WHOLE, VOID.propertyPartition)
    }
    assert set(parts) == set(data.predicates())
    for term, part in parts.items():
        pairs = [*data.subject_objects(term)]
        assert numbers(catalogue, part) == {
            "triples": len(pairs),
            "distinctSubjects": len({s for s, _ in pairs}),
            "distinctObjects": len({o for _, o in pairs}),
        }, term


def test_every_class_has_a_part_with_its_entities(catalogue: Graph, data: Graph) -> None:
    parts = {
        catalogue.value(part, VOID["class"]): part for part in catalogue.objects(WHOLE, VOID.classPartition)
    }
    assert set(parts) == set(data.objects(None, RDF.type))
    for term, part in parts.items():
        assert numbers(catalogue, part) == {"entities": len(set(data.subjects(RDF.type, term)))}, term


def test_vocabularies_space_and_examples(catalogue: Graph, data: Graph) -> None:
    vocabularies = {str(v) for v in catalogue.objects(WHOLE, VOID.vocabulary)}
    assert {"https://w3id.org/fatu/ns", str(DCTERMS), str(RDFS), "http://www.w3.org/ns/oa#"} <= vocabularies
    for term in data.predicates():
        assert any(str(term).startswith(name) for name in vocabularies), term
    assert str(catalogue.value(WHOLE, VOID.uriSpace)) == ID
    examples = set(catalogue.objects(WHOLE, VOID.exampleResource))
    assert len(examples) == 4
    assert all((example, RDF.type, None) in data for example in examples)


def test_the_catalogue_in_the_store_is_not_counted(tmp_path: Path) -> None:
    """Else a description would be wrong as soon as it is put beside what it describes."""
    store = str(tmp_path / "store")
    load_graphs(store, [SAMPLE])
    before = describe_store(store, IRIS)
    with OxigraphStore(store) as opened:
        size = len(opened)
        facts = [*catalogue_facts(opened, IRIS)]
    load_quads(store, [Quad(*fact, IRIS.catalogue_graph) for fact in facts])
    with OxigraphStore(store) as opened:
        assert len(opened) == size + len(set(facts))
    assert describe_store(store, IRIS) == before


def test_memory_and_folder_count_alike_and_each_triple_once(tmp_path: Path) -> None:
    twice = [
        Quad("urn:a", TERMS + "title", typed(1, "integer"), "urn:g"),
        Quad("urn:a", TERMS + "title", typed(1, "integer"), "urn:h"),
        Quad(ID + "b", TERMS + "title", typed(1, "integer"), "urn:h"),
        Quad(ID + "catalogue/x", TERMS + "date", typed(2, "integer"), "urn:h"),
    ]
    load_quads(tmp_path / "store", twice)
    with OxigraphStore(tmp_path / "store") as folder:
        for store in (MemoryStore(twice), folder):
            counts = count_statements(store, ID, ID + "catalogue")
            assert (counts.triples, counts.subjects, counts.objects, counts.entities) == (2, 2, 1, 1)
            assert [(p.iri, p.triples, p.subjects, p.objects) for p in counts.properties] == [
                (TERMS + "title", 2, 2, 1)
            ]
            assert counts.classes == ()
            everything = count_statements(store, ID)
            assert (everything.triples, everything.entities) == (3, 2)


# -------------------------------------------------------------------------------------------------------- writing


def test_no_report_under_the_base_is_an_error(quads: Sequence[Quad]) -> None:
    with pytest.raises(InputError, match=r"^graphs: no report under https://example\.org/; .*--base-iri"):
        write_catalogue(quads, Iris("https://example.org/"))


def test_facts_go_into_the_catalogues_graph_where_a_syntax_has_graphs(quads: Sequence[Quad]) -> None:
    facts = [*catalogue_facts(MemoryStore(quads), IRIS)]
    trig = write_facts(facts, IRIS, pyoxigraph.RdfFormat.TRIG)
    graphs = {q.graph_name.value for q in pyoxigraph.parse(trig, format=pyoxigraph.RdfFormat.TRIG)}
    assert graphs == {ID + "graph/catalogue"}


def test_the_command_describes_files_and_stores_and_takes_what_the_user_says(tmp_path: Path) -> None:
    done = fatu("export", SAMPLE, "--to", "catalogue", "--publisher", "某研究所", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "某研究所" in done.out and CC_BY in done.out
    fatu("load", SAMPLE, "--store", "store", cwd=tmp_path)
    stored = fatu("export", "--store", "store", "--to", "catalogue", "-o", "c.ttl", cwd=tmp_path)
    assert stored.code == 0, stored.err
    with OxigraphStore(tmp_path / "store") as store:
        assert numbers(read((tmp_path / "c.ttl").read_bytes()), WHOLE)["triples"] == len(store)
    for style in ("csv", "ttl"):
        refused = fatu("export", SAMPLE, "--to", style, "--licence", CC_BY, cwd=tmp_path)
        assert (refused.code, refused.out) == (2, "")
        assert refused.err.startswith("fatu: --licence: has no effect on")
