"""Formats: one graph in five syntaxes, the same in each, whatever the text holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph
import pytest
from rdflib import BNode, Dataset, Graph

import fatu
from fatu.describing import graph_quads, report_lines
from fatu.describing.dataset import own_quads
from fatu.describing.quads import report_quads
from fatu.describing.terms import Iri, Literal, Quad
from fatu.exporting.formats import (
    RDF_FORMATS,
    write_jsonld,
    write_nquads,
    write_ntriples,
    write_rdfxml,
    write_trig,
    write_turtle,
)
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.iris import Iris
from fatu.linking import link
from fatu.outlining import outline
from fatu.reading import read_text
from fatu.storing import read_quads

IRIS = Iris()
SAMPLE = Path(__file__).parents[1] / "graphs" / "410203-gov-2020" / "source.txt"
DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
S, P, G = "https://example.org/s", "https://w3id.org/fatu/ns#value", "https://example.org/g"

TRIPLES: dict[str, Callable[..., bytes]] = {
    "turtle": write_turtle,
    "json-ld": write_jsonld,
    "xml": write_rdfxml,
    "nt": write_ntriples,
}
OX = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "json-ld": pyoxigraph.RdfFormat.JSON_LD,
    "xml": pyoxigraph.RdfFormat.RDF_XML,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
}
every_format = pytest.mark.parametrize("style", sorted(TRIPLES))


@cache
def quads_of_text(text: str) -> tuple[Quad, ...]:
    outlined = outline(read_text(text, "report.txt"))
    report = link(interpret(outlined, find(outlined)))
    return tuple(graph_quads(report, fatu.audit(report), IRIS))


@cache
def sample_quads() -> tuple[Quad, ...]:
    return fatu.build(SAMPLE).quads


@cache
def sample_as_rdflib_reads_it() -> Graph:
    return Graph().parse(data=write_ntriples(sample_quads(), IRIS), format="nt")


def lines(quads: list[Quad] | tuple[Quad, ...]) -> list[str]:
    return write_ntriples(quads, IRIS).decode().splitlines()


def parsed(data: bytes, style: str) -> list[str]:
    """Sorted N-Triples lines of what an independent parser reads; there are no blank nodes to match."""
    triples = pyoxigraph.parse(data, format=OX[style])
    return sorted({f"{t.subject} {t.predicate} {t.object} ." for t in triples})


@cache
def ox_lines(quads: tuple[Quad, ...]) -> list[str]:
    return parsed(write_ntriples(quads, IRIS), "nt")


# ------------------------------------------------------------------------------------------ the same in each


@every_format
def test_each_format_holds_every_triple_of_the_sample_term_for_term(style: str) -> None:
    assert parsed(TRIPLES[style](sample_quads(), IRIS), style) == ox_lines(sample_quads())


def test_trig_and_nquads_keep_the_graphs() -> None:
    wanted = {f"{q.graph}" for q in sample_quads()}
    for data, style in (
        (write_trig(sample_quads(), IRIS), pyoxigraph.RdfFormat.TRIG),
        (write_nquads(sample_quads(), IRIS), pyoxigraph.RdfFormat.N_QUADS),
    ):
        quads = list(pyoxigraph.parse(data, format=style))
        assert {q.graph_name.value for q in quads} == wanted
        assert len(set(map(str, quads))) == len(set(sample_quads()))
        assert sorted({f"{q.subject} {q.predicate} {q.object} ." for q in quads}) == ox_lines(sample_quads())


@every_format
def test_the_formats_are_isomorphic_as_rdflib_reads_them(style: str) -> None:
    graph = Graph().parse(data=TRIPLES[style](sample_quads(), IRIS), format=style)
    assert_isomorphic(graph, sample_as_rdflib_reads_it())


def test_the_union_of_trig_is_isomorphic_as_rdflib_reads_it() -> None:
    dataset = Dataset().parse(data=write_trig(sample_quads(), IRIS), format="trig")
    union = Graph()
    for subject, predicate, value, _ in dataset.quads():
        union.add((subject, predicate, value))
    assert_isomorphic(union, sample_as_rdflib_reads_it())


def assert_isomorphic(one: Graph, other: Graph) -> None:
    """Graphs without blank nodes are isomorphic if they are the same triples."""
    assert not any(isinstance(term, BNode) for graph in (one, other) for triple in graph for term in triple)
    assert set(one) == set(other)


# ------------------------------------------------------------------------------------- lexical forms, languages

VALUES = [
    Literal("90", DECIMAL),
    Literal("90.0", DECIMAL),
    Literal("88.780", DECIMAL),
    Literal("-0.5", DECIMAL),
    Literal("1170000", DECIMAL),
    Literal("0", DECIMAL),
    Literal("2020", "http://www.w3.org/2001/XMLSchema#gYear"),
    Literal("0042", "http://www.w3.org/2001/XMLSchema#integer"),
    Literal("2021-01-26", "http://www.w3.org/2001/XMLSchema#date"),
    Literal("true", "http://www.w3.org/2001/XMLSchema#boolean"),
    Literal("90"),
    Literal(""),
    Literal("法治", language="zh"),
    Literal("law", language="en"),
    Literal("法治\n政府\t\"引号\" '单' \\ 反斜 <标签> & ]]> 𠮷", language="zh"),
    Literal(" 前后有空格 "),
    Literal("一\r\n二\r三"),
    Iri("https://w3id.org/fatu/id/org/410203/人民政府"),
    Iri("https://w3id.org/fatu/id/report/410203/gov/2020#char=1,2"),
]


@every_format
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_as_it_was(style: str, value: Literal | Iri, tmp_path: Path) -> None:
    suffix = {"turtle": ".ttl", "json-ld": ".jsonld", "xml": ".rdf", "nt": ".nt"}[style]
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(TRIPLES[style]([Quad(S, P, value, G)], IRIS))
    assert read_quads([path]) == [Quad(S, P, value, "")]


@every_format
def test_values_of_all_kinds_under_one_property_stay_apart(style: str, tmp_path: Path) -> None:
    suffix = {"turtle": ".ttl", "json-ld": ".jsonld", "xml": ".rdf", "nt": ".nt"}[style]
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(TRIPLES[style]([Quad(S, P, value, G) for value in VALUES], IRIS))
    assert {q.object for q in read_quads([path])} == set(VALUES)


@every_format
def test_ninety_is_ninety_on_the_page(style: str) -> None:
    data = TRIPLES[style](sample_quads(), IRIS).decode()
    assert "90.0" not in data
    assert "88.78" in data


# ------------------------------------------------------------------------------------- lines of one report alone


@pytest.mark.parametrize(
    ("text", "base"),
    [
        (SAMPLE.read_text(encoding="utf-8"), IRIS.base),
        (SAMPLE.read_text(encoding="utf-8"), "https://example.org/laws/"),
        ('石门县人民政府2022年度法治政府建设情况报告\n一、工作\n审结8件,\\n“3\\5”"推进".\tA\n', IRIS.base),
        ("石门县人民政府2022年度法治政府建设情况报告\n审结\x0c8件。\n" + "推进普法工作。\n" * 30, IRIS.base),
    ],
    ids=["sample", "base", "escapes", "not XML"],
)
def test_the_lines_of_a_report_are_those_of_its_quads(text: str, base: str) -> None:
    iris = Iris(base)
    outlined = outline(read_text(text, "report.txt"))
    report = link(interpret(outlined, find(outlined)), iris)
    findings = fatu.audit(report)
    quads = [*report_quads(report, findings, iris), *own_quads(report, iris)]
    written = report_lines(report, findings, iris)
    assert written == sorted(set(written))
    assert "".join(written).encode() == write_nquads(quads, iris)


# --------------------------------------------------------------------------- what XML and others cannot write

ODD = [
    ("form feed", "\x0c"),
    ("end mark of old editors", "\x1a"),
    ("vertical tab", "\x0b"),
    ("escape", "\x1b"),
    ("next line", "\x85"),
    ("line separator", "\u2028"),
    ("byte order mark", "\ufeff"),
    ("zero width space", "\u200b"),
    ("not a character", "\uffff"),
    ("supplementary ideograph", "𠮷"),
    ("combining mark", "e\u0301"),
    ("carriage return", "\r"),
]
REPORT = "石门县人民政府2022年度法治政府建设情况报告\n\n一、工作情况\n\n受理行政复议案件9件{},审结8件,结案率90%。\n"
REPORT += "开展法治宣传,推进普法工作,提升全民法治素养,营造尊法学法守法用法的良好社会氛围。\n" * 5


@every_format
@pytest.mark.parametrize(("name", "character"), ODD)
def test_a_character_that_a_syntax_cannot_write_breaks_nothing(style: str, name: str, character: str) -> None:
    quads = quads_of_text(REPORT.format(character))
    assert parsed(TRIPLES[style](quads, IRIS), style) == ox_lines(quads)


@pytest.mark.parametrize(("name", "character"), ODD)
def test_rdfxml_is_well_formed_whatever_the_text_holds(name: str, character: str) -> None:
    root = ElementTree.fromstring(write_rdfxml(quads_of_text(REPORT.format(character)), IRIS))
    assert root.tag.endswith("RDF")


@pytest.mark.parametrize(("name", "character"), ODD)
def test_the_spans_still_match_the_text_after_a_round_trip(name: str, character: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_bytes(write_trig(quads_of_text(REPORT.format(character)), IRIS))
    facts = {(q.subject, q.predicate.rsplit("#", 1)[-1]): q.object.value for q in read_quads([path])}
    spans = [subject for subject, predicate in facts if predicate == "exact"]
    assert spans
    for span in spans:
        text = facts[facts[span, "inText"], "text"]
        assert text[int(facts[span, "start"]) : int(facts[span, "end"])] == facts[span, "exact"]


# ------------------------------------------------------------------------------------------------------ form


def test_ntriples_are_sorted_lines_each_once() -> None:
    data = write_ntriples(sample_quads(), IRIS).decode()
    assert data.endswith(" .\n")
    assert lines(sample_quads()) == sorted(set(lines(sample_quads())))


@pytest.mark.parametrize("style", sorted(RDF_FORMATS))
def test_the_order_and_number_of_quads_does_not_change_a_byte(style: str) -> None:
    quads = list(sample_quads())
    assert RDF_FORMATS[style](quads, IRIS) == RDF_FORMATS[style]([*quads[::-1], *quads[:50]], IRIS)


@pytest.mark.parametrize("style", sorted(RDF_FORMATS))
def test_every_format_is_utf8_without_percent_signs_in_names(style: str) -> None:
    text = RDF_FORMATS[style](sample_quads(), IRIS).decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert "%E4" not in text.upper()
    assert "人民政府" in text


def test_jsonld_carries_its_context() -> None:
    document = json.loads(write_jsonld(sample_quads(), IRIS))
    context = document["@context"]
    assert isinstance(context, dict), "a context by address would need the network"
    assert context["fatu"] == "https://w3id.org/fatu/ns#"
    assert all(isinstance(node["@id"], str) for node in document["@graph"])
    assert not {"@context"} & {key for node in document["@graph"] for key in node}


@pytest.mark.parametrize("style", sorted(RDF_FORMATS))
def test_nothing_makes_an_empty_but_readable_file(style: str) -> None:
    assert RDF_FORMATS[style]([], IRIS) is not None
    if style in ("ttl", "rdfxml", "jsonld", "nt"):
        name = {"ttl": "turtle", "rdfxml": "xml", "jsonld": "json-ld", "nt": "nt"}[style]
        assert parsed(RDF_FORMATS[style]([], IRIS), name) == []


def test_another_base_has_its_own_prefix() -> None:
    iris = Iris("https://data.example/law/")
    quads = [Quad(iris.area("410203"), iris.term("within"), Iri(iris.area("410200")), G)]
    assert b"@prefix fatu: <https://data.example/law/ns#>" in write_turtle(quads, iris)
    assert json.loads(write_jsonld(quads, iris))["@context"]["fatu"] == "https://data.example/law/ns#"
