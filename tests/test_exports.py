"""What `fatu export` writes, opened again with other programs' readers: values, places, links, constraints."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import networkx as nx
import openpyxl
import pyarrow.parquet
import pyoxigraph
import pytest

from fatu.describing.terms import RDF, RDFS, SKOS, Iri, Literal, Quad, zh
from fatu.errors import InputError, UsageError
from fatu.exporting.exports import BINARY, EXPORTS
from fatu.iris import Iris
from fatu.pipeline import build
from small_graphs import TRAPS, report_quads

SOURCE = Path(__file__).parents[1] / "graphs" / "410203-gov-2020" / "source.txt"
ID = "https://w3id.org/fatu/id/"
REPORT = ID + "report/410203/gov/2020"
NS = "https://w3id.org/fatu/ns#"

Row = dict[str, object]


@pytest.fixture(scope="module")
def quads() -> Sequence[Quad]:
    return build(SOURCE).quads


@pytest.fixture(scope="module")
def text() -> str:
    return SOURCE.read_text(encoding="utf-8")


# -------------------------------------------------------------------------------------------- all formats


def test_every_format_of_the_command_line_is_there_and_only_spreadsheets_are_no_text() -> None:
    assert [*EXPORTS] == [
        "ttl", "nt", "nq", "trig", "jsonld", "rdfxml", "graphml", "gexf", "csv", "xlsx", "parquet", "cube",
        "catalogue", "annotations",
    ]  # fmt: skip
    assert {"xlsx", "parquet"} == BINARY


@pytest.mark.parametrize("style", sorted(set(EXPORTS) - BINARY))
def test_text_formats_are_utf8(style: str, quads: Sequence[Quad]) -> None:
    word = "法治政府" if style == "catalogue" else "行政复议"
    assert word in EXPORTS[style](quads, Iris()).decode()


@pytest.mark.parametrize(
    ("style", "syntax"),
    [
        ("ttl", pyoxigraph.RdfFormat.TURTLE),
        ("nt", pyoxigraph.RdfFormat.N_TRIPLES),
        ("nq", pyoxigraph.RdfFormat.N_QUADS),
        ("trig", pyoxigraph.RdfFormat.TRIG),
        ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
        ("rdfxml", pyoxigraph.RdfFormat.RDF_XML),
    ],
)
def test_rdf_formats_say_the_same(style: str, syntax: pyoxigraph.RdfFormat, quads: Sequence[Quad]) -> None:
    found = {str(q.triple) for q in pyoxigraph.parse(EXPORTS[style](quads, Iris()), format=syntax)}
    wanted = pyoxigraph.parse(EXPORTS["nt"](quads, Iris()), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert found == {str(q.triple) for q in wanted}


@pytest.mark.parametrize("style", EXPORTS)
def test_the_order_of_the_quads_does_not_matter(style: str) -> None:
    assert EXPORTS[style](TRAPS, Iris()) == EXPORTS[style]([*reversed(TRAPS), *TRAPS], Iris())


@pytest.mark.slow
def test_bytes_are_the_same_under_any_hash_seed_time_zone_and_locale() -> None:
    program = (
        "import hashlib, sys\n"
        "from fatu.exporting.exports import EXPORTS\n"
        "from fatu.iris import Iris\n"
        "from fatu.pipeline import build\n"
        "quads = list(set(build(sys.argv[1]).quads))\n"
        "for style, write in EXPORTS.items():\n"
        "    print(style, hashlib.sha256(write(quads, Iris())).hexdigest())\n"
    )
    answers = set()
    for seed, zone, locale in (("0", "UTC", "C.UTF-8"), ("4711", "Pacific/Kiritimati", "C")):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        run = subprocess.run(
            [sys.executable, "-c", program, str(SOURCE)], env=surroundings, capture_output=True, check=True
        )
        answers.add(run.stdout)
    assert len(answers) == 1
    assert len(answers.pop().splitlines()) == len(EXPORTS)


@pytest.mark.parametrize(
    "style", ["graphml", "gexf", "csv", "xlsx", "parquet", "cube", "catalogue", "annotations"]
)
def test_a_graph_of_another_base_is_an_error_not_an_empty_file(style: str) -> None:
    with pytest.raises(InputError, match=r"no report under https://example\.org/; .*--base-iri"):
        EXPORTS[style](TRAPS, Iris("https://example.org/"))
    own = report_quads("own", {"name": "a", "value": "1"}, iris=Iris("https://example.org/"))
    assert EXPORTS[style](own, Iris("https://example.org/"))


def test_a_value_that_is_no_number_is_an_error_that_names_the_observation() -> None:
    with pytest.raises(InputError, match="obs-bad: its value '十' is not a number"):
        EXPORTS["csv"](report_quads("r", {"name": "bad", "value": "十"}), Iris())


# -------------------------------------------------------------------------------------------------- tables


def read_csv(data: bytes) -> list[Row]:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [{column: row[column] or None for column in row} for row in rows]


def read_xlsx(data: bytes, sheet: str = "observations") -> list[Row]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def read_parquet(data: bytes) -> list[Row]:
    rows: list[Row] = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    return rows


READERS: dict[str, Callable[[bytes], list[Row]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "parquet": read_parquet,
}

# Words of the report, and what the observation read from them says.
FIGURES: list[tuple[str, dict[str, str | None]]] = [
    ("117万元", {"value": "1170000", "unit": "元", "bound": "exact", "period": "2020", "status": "achieved"}),
    ("覆盖率为88.78%", {"value": "88.78", "unit": "%", "decimals": "2", "verdict": "consistent"}),  # 261/294
    ("结案率90%", {"value": "90", "unit": "%", "decimals": "0", "verdict": "inconsistent"}),  # 8/9
    ("调解成功率达到98%以上", {"value": "98", "unit": "%", "bound": "at_least"}),
    ("矛盾纠纷2500余件", {"value": "2500", "unit": "件", "bound": "at_least", "value_high": None}),
    ("主项覆盖数261", {"value": "261", "unit": None}),
    ("法律援助案件304件", {"value": "304", "unit": "件", "scope": None, "period": "2020"}),
    ("个人申请案件29件", {"value": "29", "scope": "疫情期间", "period": None, "actor": "区法律援助中心"}),
    ("学习四次", {"value": "4", "unit": "次", "status": "required"}),
    ("拟废止的94件", {"value": "94", "status": "planned", "agency": "开封市顺河回族区人民政府"}),
]


def same(found: object, wanted: str | None) -> bool:
    if wanted is None or found is None:
        return found is wanted
    return Decimal(str(found)) == Decimal(wanted) if wanted[0].isdigit() else found == wanted


@pytest.mark.parametrize("style", READERS)
def test_tables_hold_what_the_report_says(style: str, quads: Sequence[Quad]) -> None:
    rows = READERS[style](EXPORTS[style](quads, Iris()))
    for words, wanted in FIGURES:
        (row,) = [row for row in rows if words in str(row["text"])]
        assert {c: row[c] for c, v in wanted.items() if not same(row[c], v)} == {}, words


@pytest.mark.parametrize("style", READERS)
def test_each_observation_is_one_row_with_its_place_in_the_text(
    style: str, quads: Sequence[Quad], text: str
) -> None:
    rows = READERS[style](EXPORTS[style](quads, Iris()))
    assert [*rows[0]] == [
        "report", "area", "area_name", "year", "indicator", "indicator_label", "label", "value", "value_high",
        "unit", "bound", "decimals", "period", "scope", "status", "agency", "actor", "verdict", "text", "start", "end",
        "iri",
    ]  # fmt: skip
    observed = {
        q.subject for q in quads if q.object == Iri(NS + "Observation") and q.subject.startswith(REPORT)
    }
    assert sorted(str(row["iri"]) for row in rows) == sorted(observed)
    for row in rows:
        start, end = int(str(row["start"])), int(str(row["end"]))
        assert text[start:end] == row["text"]
        assert (row["report"], row["area"], row["area_name"]) == ("410203-gov-2020", "410203", "顺河回族区")
        assert str(row["year"]) == "2020"


def test_csv_opens_in_a_spreadsheet_and_runs_nothing_there() -> None:
    data = EXPORTS["csv"](TRAPS, Iris())
    assert data.startswith(b"\xef\xbb\xbf")
    assert [row["text"] for row in read_csv(data)][4] == "'=1+1"
    assert [row["value_high"] for row in read_csv(data)] == [None, None, None, "5", None, None]


def test_of_several_findings_the_gravest_verdict_is_told() -> None:
    report = Iris().named_report("r")
    quads = report_quads("r", {"name": "a", "value": "1"})
    for number, (verdict, severity) in enumerate([("unverifiable", "Info"), ("consistent", "Info")]):
        quads += _finding(report, number, verdict, severity)
    assert read_csv(EXPORTS["csv"](quads, Iris()))[0]["verdict"] == "consistent"
    quads += _finding(report, 2, "inconsistent", "Warning")
    assert read_csv(EXPORTS["csv"](quads, Iris()))[0]["verdict"] == "inconsistent"


def _finding(report: str, number: int, verdict: str, severity: str) -> list[Quad]:
    iri = f"{report}#finding-{number}"
    return [
        Quad(iri, RDF + "type", Iri(NS + "Finding"), "urn:g"),
        Quad(iri, NS + "about", Iri(f"{report}#obs-a"), "urn:g"),
        Quad(iri, NS + "verdict", Iri(f"{ID}verdict/{verdict}"), "urn:g"),
        Quad(iri, NS + "severity", Iri(f"http://www.w3.org/ns/shacl#{severity}"), "urn:g"),
    ]


def test_the_workbook_has_four_sheets_with_frozen_heads(quads: Sequence[Quad]) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(EXPORTS["xlsx"](quads, Iris())))
    assert workbook.sheetnames == ["observations", "findings", "documents", "measures"]
    for sheet in workbook:
        assert sheet.freeze_panes == "A2"
        assert all(8 <= column.width <= 60 for column in sheet.column_dimensions.values())


def test_figures_in_the_workbook_are_numbers_as_written(quads: Sequence[Quad]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(EXPORTS["xlsx"](quads, Iris())))["observations"]
    value = [cell.value for cell in sheet[1]].index("value")
    cells = {cell[value].value: cell[value] for cell in sheet.iter_rows(min_row=2)}
    assert {cell.data_type for cell in cells.values()} == {"n"}
    assert cells[1170000].number_format == "0"
    assert cells[88.78].number_format == "0.00"


def test_a_figure_that_excel_would_round_is_text() -> None:
    quads = report_quads("r", {"name": "a", "value": "12345678901234567.5"})
    assert read_xlsx(EXPORTS["xlsx"](quads, Iris()))[0]["value"] == "12345678901234567.5"


def test_text_in_the_workbook_is_text_whatever_it_looks_like() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(EXPORTS["xlsx"](TRAPS, Iris())))["observations"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert cells["=1+1"].data_type == "s"
    assert "甲 乙" in cells  # a vertical tab cannot stand in a workbook


def test_the_other_sheets_tell_of_findings_documents_and_measures(quads: Sequence[Quad]) -> None:
    data = EXPORTS["xlsx"](quads, Iris())
    (finding,) = [row for row in read_xlsx(data, "findings") if row["verdict"] == "inconsistent"]
    assert (finding["rule"], finding["severity"], finding["stated"]) == ("ratio", "warning", 90)
    assert finding["evidence"] == "受理行政复议案件9件 | 审结8件 | 结案率90%"
    (notice,) = [row for row in read_xlsx(data, "documents") if row["number"] == "汴法政〔2020〕1号"]
    assert notice["functions"] == "compiled_under"
    assert notice["issuer"] == "开封市法治政府建设领导小组"
    assert notice["promulgates"] == "开封市2020年度法治政府建设工作安排"
    (outline,) = [
        r for r in read_xlsx(data, "documents") if r["title"] == "法治政府建设实施纲要(2015—2020年)"
    ]
    assert (outline["period_start"], outline["period_end"], outline["functions"]) == (
        2015,
        2020,
        "implements",
    )
    (advice,) = [row for row in read_xlsx(data, "measures") if "法律意见31件" in str(row["text"])]
    assert [figure.split(":")[-1] for figure in str(advice["observations"]).split("; ")] == [
        "31件", "45件", "16次", "53件",
    ]  # fmt: skip
    assert advice["documents"] is None
    assert str(advice["documents_inherited"]).endswith("2020年度法治政府建设工作安排的通知")


def test_the_workbook_bears_no_date(quads: Sequence[Quad]) -> None:
    with ZipFile(io.BytesIO(EXPORTS["xlsx"](quads, Iris()))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert properties.count("1980-01-01T00:00:00Z") == 2


def test_parquet_keeps_values_as_decimals_in_the_same_schema_for_every_report(quads: Sequence[Quad]) -> None:
    tables = [pyarrow.parquet.read_table(io.BytesIO(EXPORTS["parquet"](q, Iris()))) for q in (quads, TRAPS)]
    assert tables[0].schema == tables[1].schema
    assert str(tables[0].schema.field("value").type) == "decimal128(38, 10)"
    assert str(tables[0].schema.field("start").type) == "int32"
    third = report_quads("r", {"name": "a", "value": "0.3333333333"})
    assert read_parquet(EXPORTS["parquet"](third, Iris()))[0]["value"] == Decimal("0.3333333333")


def test_parquet_rounds_nothing() -> None:
    with pytest.raises(UsageError, match="csv"):
        EXPORTS["parquet"](report_quads("r", {"name": "a", "value": "9" * 40}), Iris())


@pytest.mark.parametrize(("style", "module"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_a_missing_library_is_named_with_its_extra(
    style: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=rf"^{style}: {module} is not installed; .*fatu\[tables\]"):
        EXPORTS[style](TRAPS, Iris())


# ------------------------------------------------------------------------------------------------- networks


def read_network(style: str, data: bytes) -> nx.Graph:
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[style]
    return read(io.BytesIO(data))


def edges(network: nx.Graph) -> set[tuple[str, str, str]]:
    return {(u, data["label"], v) for u, v, data in network.edges(data=True)}


@pytest.mark.parametrize("style", ["graphml", "gexf"])
def test_networks_hold_what_a_person_would_draw(style: str, quads: Sequence[Quad]) -> None:
    network = read_network(style, EXPORTS[style](quads, Iris()))
    assert network.is_directed()
    assert {data["class"] for _, data in network.nodes(data=True)} == {
        "Report", "Section", "Measure", "Observation", "Outcome", "Problem", "Plan", "Program", "Agency",
        "PolicyDocument", "Finding",
    }  # fmt: skip
    assert not [node for node in network if "#char=" in node or "#mention-" in node or "/indicator/" in node]
    benefit = network.nodes[f"{REPORT}#obs-legal-aid-benefit"]
    assert (benefit["class"], benefit["value"], benefit["unit"]) == ("Observation", "1170000", "元")
    assert benefit["text"] == "共为受援人取得经济利益117万元"
    document = network.nodes[f"{ID}doc/汴法政-2020-1"]
    assert document["number"] == "汴法政〔2020〕1号"
    assert "offset" not in document
    assert network.nodes[f"{REPORT}#finding-ratio-recon-closure-rate"]["verdict"] == "inconsistent"


@pytest.mark.parametrize("style", ["graphml", "gexf"])
def test_every_node_of_a_network_keeps_its_label_and_class(style: str, quads: Sequence[Quad]) -> None:
    classes = {(q.subject, q.object.value) for q in quads if q.predicate == RDF + "type"}
    labels = {
        (q.subject, q.object.value)
        for q in quads
        if q.predicate in (RDFS + "label", SKOS + "prefLabel") and isinstance(q.object, Literal)
    }
    for node, data in read_network(style, EXPORTS[style](quads, Iris())).nodes(data=True):
        assert (node, NS + data["class"]) in classes
        assert (node, data["label"]) in labels


@pytest.mark.parametrize("style", ["graphml", "gexf"])
def test_edges_are_statements(style: str, quads: Sequence[Quad]) -> None:
    found = edges(read_network(style, EXPORTS[style](quads, Iris())))
    assert {
        (REPORT, "compiledUnder", f"{ID}doc/汴法政-2020-1"),
        (REPORT, "issuedBy", f"{ID}org/410203/人民政府"),
        (REPORT, "publicises", f"{ID}doc/宪法"),
        (f"{ID}doc/汴法政-2020-1", "promulgates", f"{ID}doc/开封市2020年度法治政府建设工作安排"),
        (f"{REPORT}#sec-1.5", "inSection", f"{REPORT}#sec-1"),
        (f"{REPORT}#sec-1", "inReport", REPORT),
        (f"{REPORT}#finding-ratio-recon-closure-rate", "about", f"{REPORT}#obs-recon-closure-rate"),
    } <= found
    assert not [edge for edge in found if edge[0] == edge[2] or edge[1] == "evidence"]


def test_both_networks_are_the_same(quads: Sequence[Quad]) -> None:
    one, other = (read_network(style, EXPORTS[style](quads, Iris())) for style in ("graphml", "gexf"))
    assert edges(one) == edges(other)
    assert {n: d["label"] for n, d in one.nodes(data=True)} == {
        n: d["label"] for n, d in other.nodes(data=True)
    }


@pytest.mark.parametrize("style", ["graphml", "gexf"])
def test_networks_are_typed_and_without_gaps_dates_and_double_ids(style: str, quads: Sequence[Quad]) -> None:
    data = EXPORTS[style](quads, Iris())
    root = ElementTree.fromstring(data)
    ids = [e.get("id") for e in root.iter() if e.tag.endswith("}edge")]
    assert len(ids) == len(set(ids)) > 300
    kinds = {
        e.get("attr.type") or e.get("type") for e in root.iter() if e.tag.endswith(("}key", "}attribute"))
    }
    assert kinds == {"string", "long"}
    assert "None" not in {t for e in root.iter() for t in (e.text, e.get("value"))}
    assert b"lastmodified" not in data


@pytest.mark.parametrize("style", ["graphml", "gexf"])
def test_what_xml_cannot_hold_becomes_a_space(style: str) -> None:
    network = read_network(style, EXPORTS[style](TRAPS, Iris()))
    assert network.nodes[f"{ID}report/traps#obs-noise"]["text"] == "甲 乙"


# ---------------------------------------------------------------------------------------------- annotations


def test_annotations_are_one_collection_with_a_context_that_nobody_fetches(quads: Sequence[Quad]) -> None:
    collection = json.loads(EXPORTS["annotations"](quads, Iris()))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    items = collection["first"]["items"]
    assert collection["total"] == len(items)
    assert len({item["id"] for item in items}) == len(items)
    kinds = {Iri(NS + kind) for kind in ("Mention", "Citation", "Observation")}
    assert len(items) == len({q.subject for q in quads if q.object in kinds and q.subject.startswith(REPORT)})


def test_every_annotation_points_at_its_words(quads: Sequence[Quad], text: str) -> None:
    for item in json.loads(EXPORTS["annotations"](quads, Iris()))["first"]["items"]:
        assert item["type"] == "Annotation"
        assert item["target"]["source"] == f"{REPORT}/text"
        position, quote = item["target"]["selector"]
        assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        start, end = position["start"], position["end"]
        assert quote["exact"] == text[start:end]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert max(len(quote["prefix"]), len(quote["suffix"])) <= 32


@pytest.mark.parametrize(
    ("exact", "motivation", "bodies"),
    [
        (
            "《开封市法治政府建设领导小组关于印发开封市2020年度法治政府建设工作安排的通知》",
            "identifying",
            [("identifying", f"{ID}doc/汴法政-2020-1"), ("classifying", f"{NS}compiledUnder")],
        ),
        ("区司法局", "identifying", [("identifying", f"{ID}org/410203/司法局")]),
        ("共为受援人取得经济利益117万元", "tagging", [("linking", f"{REPORT}#obs-legal-aid-benefit")]),
    ],
)
def test_bodies_name_the_entity(
    exact: str, motivation: str, bodies: list[tuple[str, str]], quads: Sequence[Quad]
) -> None:
    items = json.loads(EXPORTS["annotations"](quads, Iris()))["first"]["items"]
    item = next(i for i in items if i["target"]["selector"][1]["exact"] == exact)
    *entities, name = item["body"]
    assert item["motivation"] == motivation
    assert [(body["purpose"], body["source"]) for body in entities] == bodies
    assert (name["type"], name["purpose"], name["language"]) == ("TextualBody", "tagging", "zh")


def test_an_undecided_mention_is_a_tag_with_its_words() -> None:
    mention = f"{ID}report/traps#mention-1"
    quads = [
        *TRAPS,
        Quad(mention, RDF + "type", Iri(NS + "Mention"), "urn:g"),
        Quad(mention, RDFS + "label", zh("该局"), "urn:g"),
        Quad(mention, NS + "candidate", Iri(f"{ID}org/990101/司法局"), "urn:g"),
        Quad(mention, NS + "evidence", Iri(f"{ID}report/traps#char=0,1"), "urn:g"),
    ]
    items = json.loads(EXPORTS["annotations"](quads, Iris()))["first"]["items"]
    (item,) = [i for i in items if i["id"].endswith("#annotation-mention-1")]
    assert item["motivation"] == "tagging"
    assert [(body["type"], body["value"]) for body in item["body"]] == [("TextualBody", "该局")]


def test_the_annotations_of_many_reports_have_a_name_of_their_own() -> None:
    other = report_quads("other", {"name": "a", "value": "1"})
    one, both = (json.loads(EXPORTS["annotations"](q, Iris())) for q in (TRAPS, [*TRAPS, *other]))
    assert one["id"] == f"{ID}annotations/traps"
    digest = hashlib.sha256(b"other\ntraps").hexdigest()[:16]
    assert both["id"] == f"{ID}annotations/{digest}"
    assert both["total"] == one["total"] + 1


def test_labels_prefer_the_preferred() -> None:
    indicator = f"{ID}indicator/cases"
    quads = [
        *TRAPS,
        Quad(indicator, RDFS + "label", zh("案件"), "urn:g"),
        Quad(indicator, SKOS + "prefLabel", zh("案件数"), "urn:g"),
    ]
    assert read_csv(EXPORTS["csv"](quads, Iris()))[0]["indicator_label"] == "案件数"
