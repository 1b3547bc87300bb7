"""Describing: the graph of a report says what the text says, and shows where."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS, XSD

import fatu
from fatu.describing.terms import Quad
from fatu.describing.validation import validate
from fatu.describing.vocabulary import load_ontology
from fatu.errors import MetadataError
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.iris import Iris
from fatu.linking import link
from fatu.model import Finding, Overrides, Report
from fatu.outlining import outline
from fatu.pipeline import KnowledgeGraph
from fatu.reading import read_text
from fatu.storing import MemoryStore
from fatu.viewing import make_network

FATU = Namespace("https://w3id.org/fatu/ns#")
OA = Namespace("http://www.w3.org/ns/oa#")
ID = "https://w3id.org/fatu/id/"
SAMPLE = Path(__file__).parents[1] / "graphs" / "410203-gov-2020" / "source.txt"

INVENTED = """\
石门县人民政府2022年度法治政府建设情况报告

信息来源:县司法局   日期:2023-03-15

2022年,我县按照《石门县人民政府关于印发石门县2022年法治工作要点的通知》(石政发〔2022〕5号)要求,\
深入贯彻落实《法治政府建设实施纲要(2021—2025年)》(以下简称《纲要》),推进依法行政。现将有关情况报告如下:

一、工作开展情况

(一)健全制度。县委制定《石门县2022年干部教育培训计划》。一是县司法局组织执法培训3场次,提升了执法水平。\
二是全面推行行政执法“三项制度”,根据《湖南省行政程序规定》,评查案卷120余份。

(二)化解纠纷。一是受理行政复议案件9件,审结8件,结案率90%。支持人民法院工作。二是疫情期间,县公共法律服务中心\
受理各类矛盾纠纷62件,调解成功62件,调解成功率100.0%,为群众挽回损失117.5万元。三是种植油茶3000—5000亩。

二、存在的问题

基层执法力量薄弱,法制审核人员缺乏。

三、下一步工作打算

对照《纲要》,县司法局将加强执法培训,力争培训执法人员300人次。

石门县人民政府
2023年1月10日
"""


def report_of(text: str, **overrides: str) -> Report:
    outlined = outline(read_text(text, "report.txt"), Overrides(**overrides))  # type: ignore[arg-type]
    return link(interpret(outlined, find(outlined)))


@cache
def graph_of(name: str) -> KnowledgeGraph:
    """The sample's graph, or that of the invented report."""
    if name == "sample":
        return fatu.build(SAMPLE)
    report = report_of(INVENTED)
    findings: tuple[Finding, ...] = fatu.audit(report)
    dataset_quads = tuple(sorted(_quads(report, findings)))
    return KnowledgeGraph(report, findings, dataset_quads, Iris())


def _quads(report: Report, findings: tuple[Finding, ...]) -> list[Quad]:
    from fatu.describing import graph_quads

    return graph_quads(report, findings, Iris())


@cache
def triples_of(name: str) -> Graph:
    graph = Graph()
    for subject, predicate, value, _ in graph_of(name).dataset.quads():
        graph.add((subject, predicate, value))
    return graph


both = pytest.mark.parametrize("name", ["sample", "invented"])


# ------------------------------------------------------------------------------------- what holds everywhere


@both
def test_no_blank_nodes(name: str) -> None:
    assert not any(isinstance(term, BNode) for triple in triples_of(name) for term in triple)


@both
def test_every_span_equals_the_source_at_its_offsets(name: str) -> None:
    graph = triples_of(name)
    spans = list(graph.subjects(RDF.type, FATU.TextSpan))
    assert spans
    for span in spans:
        text = str(graph.value(graph.value(span, FATU.inText), FATU.text))
        start, end = int(graph.value(span, OA.start)), int(graph.value(span, OA.end))  # type: ignore[arg-type]
        assert 0 <= start < end <= len(text)
        assert text[start:end] == str(graph.value(span, OA.exact))
        assert str(span).endswith(f"#char={start},{end}")


@both
def test_the_text_is_whole(name: str) -> None:
    graph, source = triples_of(name), graph_of(name).report.reading.outline.source
    (text,) = graph.objects(None, FATU.text)
    assert str(text) == source.text
    assert int(next(graph.objects(None, FATU.length))) == len(source.text)  # type: ignore[call-overload]
    assert str(next(graph.objects(None, FATU.sha256))) == source.sha256


@both
def test_every_node_about_the_report_has_class_label_report_and_evidence(name: str) -> None:
    graph = triples_of(name)
    report = URIRef(graph_of(name).report.identity.iri or "")
    nodes = {
        s
        for s in graph.subjects()
        if str(s).startswith(f"{report}#") and not str(s).startswith(f"{report}#char=")
    }
    assert len(nodes) > 20
    for node in nodes:
        assert (node, RDF.type, None) in graph, node
        assert (node, RDFS.label, None) in graph, node
        assert (node, FATU.inReport, report) in graph, node
        evidence = list(graph.objects(node, FATU.evidence))
        assert evidence, node
        assert all((span, RDF.type, FATU.TextSpan) in graph for span in evidence)


@both
def test_everything_named_has_class_and_label(name: str) -> None:
    """No dangling reference: what a statement points at in our namespace is described in the same dataset."""
    graph = triples_of(name)
    values = {o for o in graph.objects() if isinstance(o, URIRef) and str(o).startswith(ID)}
    graphs = {URIRef(q.graph) for q in graph_of(name).quads}
    for value in values - graphs:
        assert (value, RDF.type, None) in graph, value
        assert (value, RDFS.label, None) in graph or (
            value,
            URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"),
            None,
        ) in graph, value


@both
def test_the_shapes_are_kept(name: str) -> None:
    result = validate(graph_of(name).dataset)
    assert result.conforms, [v for v in result.violations if v.severity == "violation"]


@both
def test_a_reasoner_gives_no_individual_two_disjoint_classes(name: str) -> None:
    reasonable = pytest.importorskip("reasonable", reason="package reasonable is not installed")
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(triples_of(name) + load_ontology())
    inferred = reasoner.reason()
    classes: dict[object, set[object]] = defaultdict(set)
    disjoint: set[tuple[object, object]] = set()
    owl = "http://www.w3.org/2002/07/owl#"
    ontology = load_ontology()
    for a, b in ontology.subject_objects(URIRef(f"{owl}disjointWith")):
        disjoint.add((a, b))
    for group in ontology.subjects(RDF.type, URIRef(f"{owl}AllDisjointClasses")):
        members = list(ontology.items(ontology.value(group, URIRef(f"{owl}members"))))  # type: ignore[arg-type]
        disjoint |= {(a, b) for a in members for b in members if a != b}
    assert disjoint, "the ontology says nothing of what is disjoint"
    for subject, predicate, value in inferred:
        if str(predicate) == str(RDF.type):
            classes[str(subject)].add(str(value))
    assert len(classes) > 100
    for individual, kinds in classes.items():
        assert f"{owl}Nothing" not in kinds, individual
        for one, other in disjoint:
            assert not {str(one), str(other)} <= kinds, (individual, one, other)


@both
def test_a_reports_graph_and_its_findings_are_apart(name: str) -> None:
    kg = graph_of(name)
    tail = (kg.report.identity.iri or "").removeprefix(f"{ID}report/")
    graphs = {f"{ID}graph/report/{tail}", f"{ID}graph/audit/{tail}", f"{ID}graph/vocab"}
    assert {q.graph for q in kg.quads} == graphs
    for quad in kg.quads:
        if quad.predicate == str(FATU.verdict):
            assert quad.graph == f"{ID}graph/audit/{tail}"


# ------------------------------------------------------------------------------------------ one statement each

REPORT = URIRef(f"{ID}report/430726/gov/2022")


def iri(tail: str) -> URIRef:
    return URIRef(ID + tail)


def within(name: str) -> URIRef:
    return URIRef(f"{REPORT}#{name}")


STATED = [
    # (subject, property, value): what the invented report says
    (REPORT, RDF.type, FATU.Report),
    (REPORT, FATU.issuedBy, iri("org/430726/人民政府")),
    (REPORT, FATU.area, iri("area/430726")),
    (REPORT, FATU.reportYear, Literal("2022", datatype=XSD.gYear)),
    (REPORT, DCTERMS.subject, iri("topic/administrative-reconsideration")),  # of an item …
    (REPORT, DCTERMS.subject, iri("topic/disputes")),  # … and above it
    (REPORT, DCTERMS.title, Literal("石门县人民政府2022年度法治政府建设情况报告", lang="zh")),
    (REPORT, DCTERMS.created, Literal("2023-01-10", datatype=XSD.date)),
    (REPORT, DCTERMS.issued, Literal("2023-03-15", datatype=XSD.date)),
    (REPORT, FATU.compiledUnder, iri("doc/石政发-2022-5")),
    (REPORT, FATU.implementsPolicy, iri("doc/法治政府建设实施纲要-2021-2025")),
    (REPORT, FATU.hasProblem, within("problem-1")),
    (REPORT, FATU.hasProblem, within("problem-2")),
    (REPORT, FATU.hasPlan, within("plan-1")),
    (iri("area/430726"), FATU.within, iri("area/430700")),
    (iri("area/430700"), FATU.within, iri("area/430000")),
    (iri("org/430726/司法局"), FATU.area, iri("area/430726")),
    (iri("doc/石政发-2022-5"), FATU.docNumber, Literal("石政发〔2022〕5号")),
    (iri("doc/石政发-2022-5"), FATU.docCode, Literal("石政发")),
    (iri("doc/石政发-2022-5"), FATU.docYear, Literal("2022", datatype=XSD.gYear)),
    (iri("doc/石政发-2022-5"), FATU.docSeq, Literal("5", datatype=XSD.integer)),
    (iri("doc/石政发-2022-5"), FATU.promulgates, iri("doc/石门县2022年法治工作要点")),
    (iri("doc/法治政府建设实施纲要-2021-2025"), FATU.periodStart, Literal("2021", datatype=XSD.gYear)),
    (iri("doc/法治政府建设实施纲要-2021-2025"), FATU.periodEnd, Literal("2025", datatype=XSD.gYear)),
    (iri("doc/石门县2022年干部教育培训计划"), FATU.issuedBy, iri("org/430726/中共委员会")),
    (within("obs-recon-accepted"), FATU.value, Literal("9", datatype=XSD.decimal)),
    (within("obs-recon-accepted"), FATU.indicator, iri("indicator/recon-accepted")),
    (within("obs-recon-accepted"), FATU.area, iri("area/430726")),
    (within("obs-recon-accepted"), FATU.period, Literal("2022", datatype=XSD.gYear)),
    (within("obs-recon-accepted"), FATU.status, FATU.achieved),
    (within("obs-recon-accepted"), FATU.bound, FATU.exact),
    (within("obs-recon-accepted"), FATU.unit, iri("unit/jian")),
    (within("obs-recon-closure-rate"), FATU.unit, iri("unit/percent")),
    (within("finding-ratio-recon-closure-rate"), FATU.verdict, iri("verdict/inconsistent")),
    (within("finding-ratio-recon-closure-rate"), FATU.about, within("obs-recon-closure-rate")),
    (within("finding-ratio-recon-closure-rate"), FATU.operand, within("obs-recon-accepted")),
    (within("finding-ratio-recon-closure-rate"), FATU.operand, within("obs-recon-closed")),
    (within("finding-ratio-recon-closure-rate"), FATU.rule, iri("rule/ratio")),
    (within("finding-ratio-recon-closure-rate"), FATU.severity, URIRef("http://www.w3.org/ns/shacl#Warning")),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "predicate", "value"), STATED)
def test_what_the_graph_states(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
    found = list(triples_of("invented").objects(subject, predicate))
    assert value in found, found


def rows(select: str) -> set[tuple[str, ...]]:
    """Lexical forms that a query of the invented report's graph gives."""
    prefix = f"PREFIX fatu: <{FATU}> PREFIX oa: <{OA}> "
    return {tuple(str(v) for v in row) for row in triples_of("invented").query(prefix + select)}  # type: ignore[union-attr]


def test_a_scope_is_written_where_it_is_not_the_whole_area() -> None:
    found = rows("SELECT ?v ?s { ?o a fatu:Observation ; fatu:value ?v ; fatu:scope ?s }")
    assert {v for v, _ in found} == {"62", "100", "1175000"}
    assert all("公共法律服务中心" in scope and "疫情期间" in scope for _, scope in found)


def test_a_range_keeps_both_ends() -> None:
    assert rows("SELECT ?v ?h { ?o fatu:value ?v ; fatu:valueHigh ?h }") == {("3000", "5000")}


def test_how_precisely_a_number_is_written_is_kept() -> None:
    """100.0% is 100 with one decimal; 117.5万元 is 1175000 元, written in steps of a thousand."""
    found = rows("SELECT ?v ?d ?s { ?o fatu:value ?v ; fatu:decimals ?d ; fatu:scale ?s }")
    assert {("100", "1", "0"), ("90", "0", "0"), ("1175000", "1", "4")} <= found


def test_every_dimension_of_an_observation_is_written_out() -> None:
    graph = triples_of("invented")
    observations = set(graph.subjects(RDF.type, FATU.Observation))
    assert len(observations) == len(graph_of("invented").report.reading.mentions.metrics)
    for observation in observations:
        for predicate in ("indicator", "value", "decimals", "unit", "bound", "area", "status"):
            assert len(list(graph.objects(observation, FATU[predicate]))) == 1, (observation, predicate)
        value = graph.value(observation, FATU.value)
        assert isinstance(value, Literal)
        assert value.datatype == XSD.decimal
        assert (observation, FATU.period, None) in graph or (observation, FATU.scope, None) in graph


def test_an_observation_says_how_its_indicator_was_decided() -> None:
    """By words of its phrase where the catalogue has the indicator; else the indicator is its phrase itself."""
    graph = triples_of("invented")
    method = "https://w3id.org/fatu/id/method/"
    catalogued = {str(indicator) for indicator in load_ontology().subjects(RDF.type, FATU.Indicator)}
    for observation in graph.subjects(RDF.type, FATU.Observation):
        known = str(graph.value(observation, FATU.indicator)) in catalogued
        (said,) = graph.objects(observation, FATU.linkMethod)
        assert str(said) == method + ("exact" if known else "inferred")
        cues = [str(cue) for cue in graph.objects(observation, FATU.cue)]
        assert len(cues) == known
        assert all(cue in str(graph.value(observation, FATU.phrase)) for cue in cues)


def test_a_document_in_the_sentence_and_one_inherited_are_told_apart() -> None:
    said = rows(
        'SELECT ?l { ?m fatu:underDocument ?d ; rdfs:label ?l . ?d rdfs:label "《湖南省行政程序规定》"@zh }'
    )
    said |= rows(
        'SELECT ?l { ?m fatu:underDocument ?d ; rdfs:label ?l . ?d rdfs:label "湖南省行政程序规定"@zh }'
    )
    assert said == {("评查案卷120余份",)}
    inherited = rows("SELECT DISTINCT ?d { ?m fatu:underDocumentInherited ?d ; fatu:basis ?c }")
    assert inherited == {(f"{ID}doc/石政发-2022-5",)}
    both_ways = rows("SELECT ?m { ?m fatu:underDocument ?a ; fatu:underDocumentInherited ?b }")
    assert not both_ways


def test_what_could_not_be_decided_is_kept_with_its_candidates() -> None:
    found = rows(
        "SELECT ?x ?c { ?m a fatu:Mention ; fatu:evidence/oa:exact ?x ; fatu:candidate ?c "
        "FILTER NOT EXISTS { ?m fatu:refersTo ?y } }"
    )
    assert found == {("人民法院", f"{ID}org/430726/人民法院")}


def test_every_occurrence_is_a_mention() -> None:
    reading = graph_of("invented").report.reading.mentions
    wanted = {m.span for m in (*reading.agencies, *reading.citations, *reading.programs)}
    found = rows("SELECT ?a ?b { ?m a fatu:Mention ; fatu:evidence [ oa:start ?a ; oa:end ?b ] }")
    assert wanted <= {(int(a), int(b)) for a, b in found}


def test_findings_speak_both_languages() -> None:
    graph = triples_of("invented")
    for finding in graph.subjects(RDF.type, FATU.Finding):
        languages = {c.language for c in graph.objects(finding, RDFS.comment)}  # type: ignore[union-attr]
        assert languages == {"zh", "en"}


# ------------------------------------------------------------------- document → measures → what came of them

ONE_PATH = """
PREFIX fatu: <https://w3id.org/fatu/ns#>
SELECT DISTINCT ?o { ?doc fatu:docNumber "%s" . ?m fatu:underDocument|fatu:underDocumentInherited ?doc ;
    fatu:hasObservation|fatu:hasOutcome ?o }"""
PATHS = [("sample", "汴法政〔2020〕1号"), ("invented", "石政发〔2022〕5号")]


@pytest.mark.parametrize(("name", "number"), PATHS)
def test_one_path_leads_from_a_document_to_all_results(name: str, number: str) -> None:
    kg, graph = graph_of(name), triples_of(name)
    found = {row["o"].value for row in MemoryStore(kg.quads).query(ONE_PATH % number)}
    assert found == {str(row[0]) for row in graph.query(ONE_PATH % number)}  # type: ignore[index]
    other = {
        m
        for m, d in graph.subject_objects(FATU.underDocument)
        if str(graph.value(d, FATU.docNumber)) != number
    }
    wanted = {
        str(o)
        for predicate in (FATU.hasObservation, FATU.hasOutcome)
        for m, o in graph.subject_objects(predicate)
        if m not in other and (m, RDF.type, FATU.Measure) in graph
    }
    assert found == wanted
    assert len(found) > 5


def test_the_path_reaches_nearly_all_figures_of_the_sample() -> None:
    found = {row["o"].value for row in MemoryStore(graph_of("sample").quads).query(ONE_PATH % PATHS[0][1])}
    assert sum("#obs-" in o for o in found) >= 40


# ------------------------------------------------------------------------------------------------ what fails

UNTOLD = [
    ("关于法治政府建设情况的报告\n\n一、工作情况\n\n2022年,开展督察。\n", "--area"),
    ("石门县人民政府关于法治政府建设情况的报告\n\n一、工作情况\n\n开展督察。\n", "--year"),
]


@pytest.mark.parametrize(("text", "option"), UNTOLD)
def test_a_graph_needs_area_and_year(text: str, option: str) -> None:
    with pytest.raises(MetadataError, match=option):
        fatu.describe(report_of(text))


def test_areas_have_their_level_names_years_and_successors() -> None:
    dataset = fatu.describe(
        report_of("莱芜市人民政府2017年度法治政府建设情况报告\n\n一、工作情况\n\n开展法治督察。\n")
    )
    said = {(str(s), str(p), o) for s, p, o, _ in dataset.quads()}
    laiwu, area = f"{ID}area/371200", f"{ID}area/"
    for subject, predicate, value in (
        (laiwu, SKOS.altLabel, Literal("莱芜", lang="zh")),
        (laiwu, FATU.areaLevel, URIRef(f"{ID}arealevel/prefecture")),
        (laiwu, FATU.validUntil, Literal("2018", datatype=XSD.gYear)),
        (laiwu, FATU.successor, URIRef(f"{area}370116")),
        (laiwu, FATU.successor, URIRef(f"{area}370117")),
        (f"{area}370116", FATU.validFrom, Literal("2018", datatype=XSD.gYear)),
        (f"{area}370116", FATU.within, URIRef(f"{area}370100")),
        (f"{area}370000", SKOS.altLabel, Literal("鲁", lang="zh")),
    ):
        assert (subject, str(predicate), value) in said
    assert not [triple for triple in said if triple[0] == laiwu and triple[1] == str(FATU.validFrom)]
    assert validate(dataset).conforms


def test_a_township_is_an_area_of_nine_digits() -> None:
    said = set(triples_of("sample"))
    township = URIRef(f"{ID}area/410203200")
    for subject, predicate, value in (
        (URIRef(f"{ID}org/410203/东郊乡"), FATU.township, township),
        (township, SKOS.notation, Literal("410203200")),
        (township, FATU.areaLevel, URIRef(f"{ID}arealevel/township")),
        (township, FATU.within, URIRef(f"{ID}area/410203")),
        (township, FATU.lastListed, Literal("2023", datatype=XSD.gYear)),
    ):
        assert (subject, predicate, value) in said


def test_a_report_in_which_nothing_is_recognised_has_a_valid_graph() -> None:
    dataset = fatu.describe(report_of("石门县人民政府2022年度法治政府建设情况报告\n\n很好很好。\n"))
    assert isinstance(dataset, Dataset)
    assert validate(dataset).conforms
    assert (REPORT, FATU.reportYear, None, None) in dataset


def test_another_base() -> None:
    report = report_of(INVENTED)
    dataset = fatu.describe(report, (), Iris("https://data.example/law/"))
    for subject, predicate, _, _ in dataset.quads():
        assert not str(predicate).startswith("https://w3id.org/fatu/")
        assert str(subject).startswith("http")


def test_an_agency_says_what_took_over_from_it() -> None:
    text = "石门县人民政府2016年度法治政府建设情况报告\n\n一、工作开展情况\n\n县扶贫办组织培训。\n"
    graph = Graph()
    for subject, predicate, value, _ in fatu.describe(report_of(text)).quads():
        graph.add((subject, predicate, value))
    office = URIRef(f"{ID}org/430726/扶贫开发办公室")
    names = [graph.value(agency, RDFS.label) for agency in graph.transitive_objects(office, FATU.successor)]
    assert [str(name) for name in names] == ["石门县扶贫开发办公室", "石门县乡村振兴局", "石门县农业农村局"]
    assert list(graph.objects(URIRef(f"{ID}org/430726/农业农村局"), FATU.area)) == [
        URIRef(f"{ID}area/430726")
    ]


# ------------------------------------------------------------------------------------------------ labels

TABLE = """\
石门县人民政府2022年度法治政府建设情况报告

一、工作开展情况

(一)化解争议。全年办理案件情况如下:

| 类别 | 受理(件) | 结案率(%) |
|---|---|---|
| 行政复议 | 320 | 96.9 |
| 行政应诉 | 45件(其中上年结转3件) | 88.9 |

全年举办培训4期,培训320人次。
"""
TABLE_LABELS = [
    "行政复议 受理 320件", "行政复议 结案率 96.9%", "行政应诉 受理 45件", "行政应诉 受理 上年结转 3件",
    "行政应诉 结案率 88.9%",
]  # fmt: skip


def test_figures_of_a_table_are_called_what_its_heads_say() -> None:
    report = report_of(TABLE)
    graph = KnowledgeGraph(report, (), tuple(_quads(report, ())), Iris())
    labels = defaultdict(set)
    for kind in ("Observation", "Outcome"):
        for node in graph.dataset.subjects(RDF.type, FATU[kind]):
            labels[kind].update(str(label) for label in graph.dataset.objects(node, RDFS.label))
    assert set(TABLE_LABELS) < labels["Observation"]
    assert labels["Outcome"] >= {
        "行政复议 受理 320件", "行政复议 结案率 96.9%", "行政应诉 受理 45件(其中上年结转3件)",
        "行政应诉 结案率 88.9%",
    }  # fmt: skip
    rows = graph.metrics().rows
    assert [row["label"] for row in rows][: len(TABLE_LABELS)] == TABLE_LABELS
    assert [row["text"] for row in rows][:2] == ["320", "96.9"]
    drawn = {found["name"] for _, found in make_network(graph.dataset).nodes(data=True)}
    assert set(TABLE_LABELS) <= drawn
