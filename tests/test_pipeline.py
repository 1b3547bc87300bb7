"""The whole flow from Python: a file goes in, a knowledge graph comes out, and its files are whole."""

from __future__ import annotations

import csv
import io
import json
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import fatu
from fatu.errors import ArgumentError, FatuError, InputError, MetadataError
from fatu.exporting.records import METRIC_COLUMNS
from fatu.model import KIND_OF, Overrides
from fatu.pipeline import OUTPUTS, KnowledgeGraph, build, read_report
from fatu.storing import read_quads

TEXT = """\
石门县人民政府2022年度法治政府建设情况报告

一、工作开展情况

2022年,县司法局受理行政复议案件9件,审结8件,结案率90%。根据《湖南省行政程序规定》,评查案卷120余份。

二、存在的问题

基层执法力量薄弱。

石门县人民政府
2023年1月10日
"""
NOTHING = "石门县人民政府2022年度法治政府建设情况报告\n\n一切都很好。\n"
FILES = {
    "graph.trig", "graph.ttl", "graph.nt", "graph.jsonld", "graph.rdf", "explorer.html", "metrics.csv",
    "findings.csv", "mentions.jsonl",
}  # fmt: skip


@pytest.fixture(scope="module")
def sample(sample_path: Path) -> KnowledgeGraph:
    return build(sample_path)


@pytest.fixture(scope="module")
def saved(sample: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.save(tmp_path_factory.mktemp("graphs"))


def write(folder: Path, text: str = TEXT, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


# --------------------------------------------------------------------------------------------- what is made


def test_the_stages_one_by_one_make_what_build_makes(sample: KnowledgeGraph, sample_path: Path) -> None:
    outlined = fatu.outline(fatu.read(sample_path))
    reading = fatu.interpret(outlined, fatu.find(outlined))
    report = fatu.link(reading)
    assert report == sample.report
    assert fatu.audit(report) == sample.findings
    assert set(fatu.describe(report, fatu.audit(report)).quads()) == set(sample.dataset.quads())


def test_no_stage_changes_what_it_was_given(sample_path: Path) -> None:
    outlined = fatu.outline(fatu.read(sample_path))
    mentions = fatu.find(outlined)
    before = repr(outlined), repr(mentions)
    report = fatu.link(fatu.interpret(outlined, mentions))
    findings = fatu.audit(report)
    described = repr(report), repr(findings)
    fatu.describe(report, findings)
    assert (repr(outlined), repr(mentions)) == before
    assert (repr(report), repr(findings)) == described


def test_a_folder_named_for_the_report_with_all_files(saved: Path) -> None:
    assert saved.name == "410203-gov-2020"
    assert {path.name for path in saved.iterdir()} == FILES == set(OUTPUTS)


def test_metrics_open_in_a_spreadsheet(saved: Path) -> None:
    data = (saved / "metrics.csv").read_bytes()
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 42
    rate = next(row for row in rows if row["indicator_id"] == "recon-closure-rate")
    assert (rate["value"], rate["unit"], rate["period"], rate["bound"]) == ("90", "%", "2020", "exact")
    benefit = next(row for row in rows if row["indicator_id"] == "legal-aid-benefit")
    assert (benefit["value"], benefit["unit"], benefit["text"]) == ("1170000", "元", "117万元")


def test_findings_are_a_table(saved: Path) -> None:
    text = (saved / "findings.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    doubtful = [row for row in rows if row["verdict"] == "inconsistent"]
    assert [(row["rule"], row["stated"], row["severity"]) for row in doubtful] == [("ratio", "90", "warning")]
    assert "十位" in doubtful[0]["message_zh"]


def test_mentions_are_json_lines_of_the_source(saved: Path, sample: KnowledgeGraph) -> None:
    text = sample.report.reading.outline.source.text
    records = [json.loads(line) for line in (saved / "mentions.jsonl").read_bytes().splitlines()]
    assert {r["kind"] for r in records} == {*KIND_OF.values(), "clause", "link"}
    assert [r["start"] for r in records] == sorted(r["start"] for r in records)
    for record in records:
        assert record["text"] == text[record["start"] : record["end"]]
    assert records == sample.mentions()


def test_the_graph_files_are_one_graph(saved: Path) -> None:
    def union(name: str) -> set[tuple[object, ...]]:
        return {tuple(q[:3]) for q in read_quads([saved / name])}

    wanted = union("graph.trig")
    assert len(wanted) > 3000
    for name in ("graph.ttl", "graph.nt", "graph.jsonld", "graph.rdf"):
        assert union(name) == wanted, name


def test_the_tidy_table_from_python(sample: KnowledgeGraph) -> None:
    table = sample.metrics()
    assert [row["start"] for row in table] == sorted(row["start"] for row in table)  # type: ignore[type-var]
    accepted = next(row for row in table if row["indicator_id"] == "recon-accepted")
    assert (accepted["value"], accepted["unit"], accepted["report"]) == ("9", "件", "410203-gov-2020")
    assert accepted["clause"] == "受理行政复议案件9件"


def test_the_tidy_table_as_pandas_and_in_a_notebook(sample: KnowledgeGraph) -> None:
    table = sample.metrics()
    frame = table.to_pandas()
    assert list(frame.columns) == list(table.columns) == list(METRIC_COLUMNS)
    assert len(frame) == len(table) == 42
    assert set(frame.loc[frame.indicator_id == "recon-accepted", "value"]) == {Decimal(9)}
    assert table[0] == table.rows[0]
    html = table._repr_html_()
    assert html.startswith("<table><thead><tr><th>report</th>")
    assert html.endswith("<p>… 22 more rows</p>")


def test_a_graph_in_a_notebook(tmp_path: Path) -> None:
    graph = build(write(tmp_path, TEXT.replace("法治政府建设情况", "法治政府建设<b>情况")))
    html = graph._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    assert "<tr><th>observations</th><td>4</td></tr>" in html
    assert "1 inconsistent" in html


def test_a_graph_that_was_asked_goes_to_another_process(sample_path: Path) -> None:
    graph = build(sample_path)
    asked = "SELECT (COUNT(*) AS ?n) { ?o a <https://w3id.org/fatu/ns#Observation> }"
    answer = list(graph.query(asked))
    other = pickle.loads(pickle.dumps(graph))
    assert (other.quads, list(other.query(asked))) == (graph.quads, answer)


# ----------------------------------------------------------------------------------------------- overrides


def test_what_the_user_says_is_in_the_graph(tmp_path: Path) -> None:
    kg = build(
        write(tmp_path),
        Overrides(
            area="120118",
            year=2021,
            issuer="天津市静海区司法局",
            published=date(2022, 3, 30),
            source_url="https://example.org/report",
        ),
    )
    assert kg.report.identity.id == "120118-司法局-2021"
    graph = kg.dataset
    values = {str(o) for _, p, o, _ in graph.quads() if "dc/terms" in str(p)}
    assert {"2022-03-30", "https://example.org/report"} <= values


def test_an_id_names_folder_and_report(tmp_path: Path) -> None:
    kg = build(write(tmp_path), Overrides(id="my-report"))
    assert kg.save(tmp_path / "graphs").name == "my-report"
    assert kg.report.identity.iri == "https://w3id.org/fatu/id/report/my-report"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"year": 20}, "year: 20 is no year of a report; give one of 1949 to 2100"),
        ({"year": 1948}, "year: 1948 is no year of a report"),
        ({"year": 2101}, "year: 2101 is no year of a report"),
        ({"year": "2020"}, "year: '2020' is no year of a report"),
        ({"published": "2021-03-31"}, "published: '2021-03-31' is no date; give a datetime.date"),
    ],
)
def test_what_cannot_be_said_of_a_report_is_refused(said: dict[str, object], problem: str) -> None:
    with pytest.raises(ArgumentError, match=f"^{problem}"):
        Overrides(**said)  # type: ignore[arg-type]


def test_a_base_is_checked_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"^base: 'https://example.org/x' cannot be a base"):
        build(tmp_path / "missing.txt", base="https://example.org/x")


HOSTILE_IDS = ["../evil", "a/b", "..", ".", "{tmp}/evil", "a\\b", "", " ", "a\x00b", "con:"]


@pytest.mark.parametrize("name", HOSTILE_IDS)
def test_an_id_never_leaves_the_folder(name: str, tmp_path: Path) -> None:
    """Either refused in one line, or written to a folder of its own directly below the one given."""
    inside = tmp_path / "in"
    try:
        target = build(write(tmp_path), Overrides(id=name.format(tmp=tmp_path))).save(inside / "graphs")
    except FatuError as error:
        assert "\n" not in str(error)
    else:
        assert target.resolve().parent == (inside / "graphs").resolve()
    assert {p.name for p in tmp_path.iterdir()} <= {"report.txt", "in"}


def test_another_base(tmp_path: Path) -> None:
    kg = build(write(tmp_path), base="https://data.example/law/")
    assert not any("w3id.org/fatu" in q.subject + q.predicate + q.graph for q in kg.quads)


# -------------------------------------------------------------------------------------------- what fails


UNTOLD = [
    ("关于法治政府建设情况的报告\n\n一、工作情况\n\n2022年,开展督察。\n", "--area"),
    ("石门县人民政府关于法治政府建设情况的报告\n\n一、工作情况\n\n开展督察。\n", "--year"),
]


@pytest.mark.parametrize(("text", "option"), UNTOLD)
def test_what_cannot_be_told_names_file_and_option(text: str, option: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(MetadataError) as caught:
        build(path)
    assert option in str(caught.value)
    assert str(path) in str(caught.value)


def test_reading_and_auditing_need_neither(tmp_path: Path) -> None:
    report = read_report(write(tmp_path, "关于工作情况的报告\n\n受理行政复议案件9件,审结8件,结案率90%。\n"))
    assert [(f.rule, f.verdict) for f in fatu.audit(report)] == [
        ("ratio", "inconsistent"),
        ("order", "consistent"),
    ]
    assert report.identity.iri is None


def test_nothing_recognised_is_a_graph_all_the_same(tmp_path: Path) -> None:
    from fatu.describing.validation import validate

    kg = build(write(tmp_path, NOTHING))
    assert kg.report.identity.id == "430726-gov-2022"
    assert validate(kg.dataset).conforms
    assert {p.name for p in kg.save(tmp_path / "graphs").iterdir()} == FILES


# ------------------------------------------------------------------------------------------ whole or not at all


def test_files_that_build_did_not_make_stay(tmp_path: Path) -> None:
    kg = build(write(tmp_path))
    folder = tmp_path / "graphs" / "430726-gov-2022"
    (folder / "notes").mkdir(parents=True)
    (folder / "source.txt").write_bytes(b"mine")
    (folder / "notes" / "a.txt").write_bytes(b"mine too")
    (folder / "graph.nt").write_bytes(b"old")
    kg.save(tmp_path / "graphs")
    assert (folder / "source.txt").read_bytes() == b"mine"
    assert (folder / "notes" / "a.txt").read_bytes() == b"mine too"
    assert (folder / "graph.nt").read_bytes() != b"old"
    assert not [p for p in folder.iterdir() if p.name.endswith(".part")]


def test_saving_twice_changes_nothing(tmp_path: Path) -> None:
    kg = build(write(tmp_path))
    folder = kg.save(tmp_path / "graphs")
    first = {p.name: p.read_bytes() for p in folder.iterdir()}
    kg.save(tmp_path / "graphs")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == first


def test_a_failing_maker_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kg = build(write(tmp_path))
    folder = kg.save(tmp_path / "graphs")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}

    def fail(_: KnowledgeGraph) -> bytes:
        raise InputError("page", "cannot be made")

    monkeypatch.setitem(OUTPUTS, "explorer.html", fail)
    with pytest.raises(InputError):
        build(write(tmp_path, TEXT.replace("9件", "12件"))).save(tmp_path / "graphs")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


Files = dict[str, bytes]


@pytest.fixture(scope="module")
def old_and_new(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, KnowledgeGraph, Files]:
    """The files of a report, and the graph and the files of the report as it was changed."""
    folder = tmp_path_factory.mktemp("changed")
    old = build(write(folder))
    new = build(write(folder, TEXT.replace("9件", "12件")))
    before, after = ({name: make(kg) for name, make in OUTPUTS.items()} for kg in (old, new))
    return before, new, after


@pytest.mark.parametrize("fails_at", sorted(FILES))
def test_a_failing_write_leaves_every_file_whole(
    fails_at: str,
    old_and_new: tuple[Files, KnowledgeGraph, Files],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The disk fills up in the middle of one file: what stands in the folder is old or new, never half."""
    before, changed, after = old_and_new
    folder = tmp_path / "graphs" / "430726-gov-2022"
    folder.mkdir(parents=True)
    for name, data in before.items():
        (folder / name).write_bytes(data)
        monkeypatch.setitem(OUTPUTS, name, lambda _, name=name: after[name])
    write_bytes = Path.write_bytes

    def run_out(path: Path, data: bytes) -> int:
        if fails_at in path.name:
            write_bytes(path, data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", run_out)
    with pytest.raises(InputError, match="No space left"):
        changed.save(tmp_path / "graphs")
    monkeypatch.undo()
    found = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert set(found) == FILES, "something half-written is left"
    for name, data in found.items():
        assert data in (before[name], after[name]), name


def test_a_folder_that_cannot_be_is_told_in_one_line(tmp_path: Path) -> None:
    kg = build(write(tmp_path))
    with pytest.raises(InputError) as caught:
        kg.save(write(tmp_path, "a file", "taken"))
    assert "taken" in str(caught.value)
    assert "\n" not in str(caught.value)
