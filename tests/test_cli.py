"""The command line as a user meets it: data on stdout, messages on stderr, exit 0, 1 or 2."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands import ROOT, call_fatu, environment, fatu

SAMPLE = ROOT / "graphs" / "410203-gov-2020" / "source.txt"
TEXT = """\
石门县人民政府2022年度法治政府建设情况报告

一、工作开展情况

2022年,县司法局受理行政复议案件20件,审结15件,结案率75%。开展法治宣传30余场次,营造了良好氛围。

二、存在的问题

基层执法力量薄弱。
"""
NO_AREA = "关于法治政府建设情况的报告\n\n一、工作情况\n\n2022年,受理行政复议案件9件,审结8件,结案率90%。\n"
NO_YEAR = "石门县人民政府关于法治政府建设情况的报告\n\n一、工作情况\n\n开展法治宣传。\n"
NOTHING = "石门县人民政府2022年度法治政府建设情况报告\n\n一切都很好。\n"
FILES = {
    "graph.trig", "graph.ttl", "graph.nt", "graph.jsonld", "graph.rdf", "explorer.html", "metrics.csv",
    "findings.csv", "mentions.jsonl",
}  # fmt: skip


COMPLETE = """石门县人民政府关于2022年度法治政府建设情况的报告

日期:2023-03-30

一、主要举措和成效

受理行政复议案件9件,审结8件,结案率88.9%。

二、党政主要负责人履行推进法治建设第一责任人职责情况

县委、县政府主要负责人带头履行推进法治建设第一责任人职责。

三、存在的不足和原因

执法队伍力量不足,主要原因是编制偏紧。

四、下一年度工作安排

持续加强行政执法队伍建设。
"""
OTHER = "石门县2022年国民经济和社会发展统计公报\n\n全年受理行政复议案件9件,审结8件,结案率89%。\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with good and bad inputs, and graphs/ with the sample built into it."""
    folder = tmp_path_factory.mktemp("cli")
    for name, data in {
        "report.txt": TEXT.encode(),
        "no-area.txt": NO_AREA.encode(),
        "no-year.txt": NO_YEAR.encode(),
        "nothing.txt": NOTHING.encode(),
        "complete.txt": COMPLETE.encode(),
        "other.txt": OTHER.encode(),
        "empty.txt": b"",
        "blank.txt": b" \n\n\t\n",
        "binary.txt": bytes(range(256)) * 20,
        "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "english.txt": b"The annual report on building a law-based government, in English.\n" * 20,
        "broken.ttl": b"<a> <b> .\n",
        "words.ttl": TEXT.encode(),
        "taken": b"a file where a folder should be",
        "broken.rq": b"SELECT ?x WHERE { ?x",
        "all.rq": b"SELECT (COUNT(?o) AS ?n) { ?o a <https://w3id.org/fatu/ns#Observation> }",
        "报告.txt": TEXT.encode(),
    }.items():
        (folder / name).write_bytes(data)
    (folder / "void").mkdir()
    built = fatu("build", SAMPLE, cwd=folder)
    assert built.code == 0, built.err
    return folder


def commands() -> list[str]:
    text = fatu("--help", cwd=ROOT).out
    listed = text.split("Commands:")[1]
    return re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE)


# ---------------------------------------------------------------------------------------------------- help

COMMANDS = ["build", "extract", "audit", "query", "queries", "validate", "view", "export", "evaluate"]


def test_the_help_lists_every_command() -> None:
    assert set(COMMANDS) <= set(commands())


@pytest.mark.parametrize("command", [(), ("corpus",)])
def test_no_command_at_all_shows_the_help_as_it_is_laid_out(command: tuple[str, ...], tmp_path: Path) -> None:
    told = fatu(*command, cwd=tmp_path)
    assert (told.code, told.out) == (2, "")
    assert told.err.splitlines() == fatu(*command, "--help", cwd=tmp_path).out.splitlines()


def test_every_command_has_help_with_an_example(tmp_path: Path) -> None:
    for command in ["", *commands()]:
        result = call_fatu(*command.split(), "--help", cwd=tmp_path)
        assert (result.code, result.err) == (0, ""), command
        assert "Example:" in result.out, command
        assert f"fatu {command}".strip() in result.out.split("Example:")[1], command


def test_the_version() -> None:
    result = fatu("--version", cwd=ROOT)
    assert result.code == 0
    assert re.search(r"\d+\.\d+\.\d+", result.out)


# -------------------------------------------------------------------------------------------- what goes well


def test_build_makes_every_file_and_says_so_on_stderr(place: Path) -> None:
    result = call_fatu("build", SAMPLE, "-o", "again", cwd=place)
    assert (result.code, result.out) == (0, "")
    assert "410203-gov-2020" in result.err
    assert "8/9" in result.err
    assert "explorer.html" in result.err
    assert {p.name for p in (place / "again" / "410203-gov-2020").iterdir()} == FILES
    assert [p.name for p in (place / "again").iterdir()] == ["410203-gov-2020"]


def test_build_writes_to_graphs_unless_told_otherwise(place: Path) -> None:
    assert {p.name for p in (place / "graphs" / "410203-gov-2020").iterdir()} == FILES


def test_build_of_a_report_in_which_nothing_is_recognised(place: Path) -> None:
    result = call_fatu("build", "nothing.txt", "-o", "plain", cwd=place)
    assert result.code == 0
    assert "nothing.txt" in result.err
    assert "warning" in result.err
    assert call_fatu("validate", "plain", cwd=place).code == 0
    assert "2022" in (place / "plain" / "430726-gov-2022" / "graph.nt").read_text(encoding="utf-8")


def test_extract_prints_json_lines(place: Path) -> None:
    result = call_fatu("extract", SAMPLE, cwd=place)
    assert (result.code, result.err) == (0, "")
    text = SAMPLE.read_bytes().decode()
    records = [json.loads(line) for line in result.out.splitlines()]
    assert [r["start"] for r in records] == sorted(r["start"] for r in records)
    assert all(r["text"] == text[r["start"] : r["end"]] for r in records)
    assert {r["kind"] for r in records} == {
        "agency",
        "citation",
        "clause",
        "date",
        "link",
        "metric",
        "program",
    }


FIELDS = {
    "citation": {"title", "number", "number_start", "number_end", "issuer", "doc_type", "year_start", "year_end",
                 "function", "iri"},
    "agency": {"name", "area", "iri", "method"},
    "metric": {"value", "unit", "value_high", "bound", "decimals", "indicator", "indicator_id", "agency", "actor",
               "period", "scope", "status", "iri"},
    "program": {"name", "iri"},
    "date": {"value"},
    "clause": {"role"},
    "link": {"relation", "target_start", "target_end", "method"},
}  # fmt: skip


def test_extract_prints_the_fields_of_the_contract(place: Path) -> None:
    common = {"kind", "start", "end", "text"}
    for line in call_fatu("extract", SAMPLE, cwd=place).out.splitlines():
        record = json.loads(line)
        assert common | FIELDS[record["kind"]] <= set(record)


def test_extract_as_a_table_for_reading(place: Path) -> None:
    result = call_fatu("extract", SAMPLE, "--format", "table", cwd=place)
    assert result.code == 0
    assert "117万元" in result.out
    assert "汴法政〔2020〕1号" in result.out


@pytest.mark.parametrize("name", ["no-area.txt", "no-year.txt"])
def test_extract_and_audit_need_neither_area_nor_year(name: str, place: Path) -> None:
    assert call_fatu("extract", name, cwd=place).code == 0
    assert call_fatu("audit", name, cwd=place).code == 0


def test_audit_as_json(place: Path) -> None:
    result = call_fatu("audit", SAMPLE, "--format", "json", cwd=place)
    assert result.code == 0
    findings = json.loads(result.out)
    keys = {"report", "rule", "verdict", "severity", "stated", "expected", "message_zh", "message_en", "evidence",
            "observations"}  # fmt: skip
    assert all(keys <= set(f) for f in findings)
    (doubtful,) = (f for f in findings if f["verdict"] == "inconsistent")
    assert (doubtful["report"], doubtful["rule"], doubtful["stated"]) == ("410203-gov-2020", "ratio", "90")
    assert doubtful["severity"] == "warning"
    assert "rounded to tens" in doubtful["message_en"]
    low, high = doubtful["expected"]
    assert isinstance(low, str)
    assert float(low) <= 800 / 9 <= float(high)
    text = SAMPLE.read_bytes().decode()
    assert all(e["text"] == text[e["start"] : e["end"]] for e in doubtful["evidence"])
    assert all(
        o.startswith("https://w3id.org/fatu/id/report/410203/gov/2020#obs-") for o in doubtful["observations"]
    )


def test_audit_as_a_table_and_as_a_sheet(place: Path) -> None:
    table = call_fatu("audit", SAMPLE, cwd=place)
    assert table.code == 0
    assert "8/9" in table.out
    sheet = call_fatu("audit", SAMPLE, "--format", "html", "-o", "sheet.html", cwd=place)
    assert (sheet.code, sheet.out) == (0, "")
    page = (place / "sheet.html").read_text(encoding="utf-8")
    assert "<html" in page
    assert "8÷9" in page
    assert "http://" not in re.sub(r'xmlns="[^"]*"', "", page)


STRICT = [
    # (report, exit code)
    (SAMPLE, 1),
    # the figures hold, but contents that the rules demand are missing
    ("report.txt", 1),
    ("no-area.txt", 1),
    ("complete.txt", 0),
    # no annual report on rule-of-law government
    ("other.txt", 0),
]


@pytest.mark.parametrize(("name", "code"), STRICT)
def test_audit_strict(name: str | Path, code: int, place: Path) -> None:
    result = call_fatu("audit", name, "--strict", cwd=place)
    assert (result.code, result.err) == (code, "")


def test_audit_goes_on_behind_a_report_that_cannot_be_read(place: Path) -> None:
    result = call_fatu("audit", "binary.txt", "report.txt", "--format", "json", cwd=place)
    assert result.code == 1
    assert "binary.txt" in result.err
    assert {f["report"] for f in json.loads(result.out)} == {"430726-gov-2022"}
    assert call_fatu("audit", "binary.txt", "empty.txt", cwd=place).code == 2


def test_audit_tells_its_coverage(place: Path) -> None:
    table = call_fatu("audit", SAMPLE, cwd=place)
    assert "5 rates, 5 with a known denominator (100%), 4 checked (80%)" in table.out
    idle = "rules that found nothing to check: duplicate, growth, change, citation"
    assert table.out.rstrip().splitlines()[-1] == idle
    assert "5 rates" in call_fatu("audit", SAMPLE, "--format", "json", cwd=place).err


def test_audit_of_several_reports(place: Path) -> None:
    result = call_fatu("audit", SAMPLE, "report.txt", "--format", "json", cwd=place)
    assert {f["report"] for f in json.loads(result.out)} == {"410203-gov-2020", "430726-gov-2022"}


def test_query_answers_sparql(place: Path) -> None:
    result = call_fatu("query", "all.rq", "--format", "csv", cwd=place)
    assert (result.code, result.err) == (0, "")
    assert list(csv.reader(io.StringIO(result.out))) == [["n"], ["42"]]


def test_queries_are_listed(place: Path) -> None:
    result = fatu("queries", cwd=place)
    assert result.code == 0
    assert re.search(r"[\u4e00-\u9fff]", result.out)


def test_validate_says_that_the_sample_conforms(place: Path) -> None:
    result = call_fatu("validate", "graphs/410203-gov-2020", cwd=place)
    assert result.code == 0
    assert "conforms" in result.out


def test_validate_finds_what_is_wrong(place: Path) -> None:
    good = (place / "graphs" / "410203-gov-2020" / "graph.nt").read_text(encoding="utf-8")
    bad = "".join(line for line in good.splitlines(True) if "/ns#reportYear>" not in line)
    (place / "bad.nt").write_bytes(bad.encode())
    result = call_fatu("validate", "bad.nt", cwd=place)
    assert result.code == 1
    assert "reportYear" in result.out
    assert "Traceback" not in result.err


def test_view_writes_one_page_that_needs_no_network(place: Path) -> None:
    result = fatu("view", "graphs", "-o", "page.html", cwd=place)
    assert (result.code, result.out) == (0, "")
    page = (place / "page.html").read_text(encoding="utf-8")
    assert "<canvas" in page or "canvas" in page
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']https?:", page)


@pytest.mark.parametrize("name", ["ttl", "nt", "nq", "trig", "jsonld", "rdfxml"])
def test_export_writes_to_stdout_or_to_a_file(name: str, place: Path) -> None:
    out = call_fatu("export", "graphs", "--to", name, cwd=place)
    assert (out.code, out.err) == (0, "")
    filed = call_fatu("export", "graphs", "--to", name, "-o", f"exported.{name}", cwd=place)
    assert filed.err == f"fatu: exported.{name}: written\n"
    assert (filed.code, filed.out) == (0, "")
    assert (place / f"exported.{name}").read_bytes().decode("utf-8") == out.out


def test_export_gives_back_what_build_wrote(place: Path) -> None:
    built = place / "graphs" / "410203-gov-2020"
    for name, file in (("ttl", "graph.ttl"), ("nt", "graph.nt"), ("trig", "graph.trig")):
        exported = call_fatu("export", "graphs", "--to", name, cwd=place).out
        assert exported == (built / file).read_bytes().decode("utf-8"), name


def test_a_file_s_name_says_the_format_of_an_export(place: Path) -> None:
    built = place / "graphs" / "410203-gov-2020"
    for name in ("graph.ttl", "graph.rdf", "graph.jsonld"):
        assert call_fatu("export", "graphs", "-o", name, cwd=place).err == f"fatu: {name}: written\n"
        assert (place / name).read_bytes() == (built / name).read_bytes()


def test_evaluate_prints_scores(place: Path, shared: Path) -> None:
    gold = shared / "gold" / "shunhe-2020"
    result = fatu("evaluate", f"{gold}={SAMPLE}", cwd=place)
    assert (result.code, result.err) == (0, "")
    for name in ("metric.span", "citation.function", "link.observation"):
        assert name in result.out


def test_overrides_reach_the_graph(place: Path) -> None:
    result = call_fatu(
        "build", "no-area.txt", "--area", "120118", "--published", "2023-03-30", "--source-url",
        "https://example.org/a", "-o", "told", cwd=place,
    )  # fmt: skip
    assert result.code == 0, result.err
    graph = (place / "told" / "120118-gov-2022" / "graph.nt").read_text(encoding="utf-8")
    assert '"2023-03-30"' in graph
    assert '"https://example.org/a"' in graph
    named = call_fatu("build", "report.txt", "--id", "mine", "--year", "2019", "-o", "told", cwd=place)
    assert named.code == 0
    told = "fatu: report.txt: note: year: the text says 2022; 2019, which you gave, holds"
    assert [line for line in named.err.splitlines() if "note: " in line] == [told]
    assert (place / "told" / "mine" / "graph.trig").is_file()


def test_a_graph_of_another_text_is_not_replaced_in_silence(place: Path) -> None:
    told = "fatu: 430726-gov-2022: replaces the graph of another text"
    (place / "other.txt").write_text(
        (place / "report.txt").read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )
    lines = [
        told in call_fatu("build", name, "-o", "again", cwd=place).err.splitlines()
        for name in ("report.txt", "report.txt", "other.txt", "other.txt")
    ]
    assert lines == [False, False, True, False]


def test_a_file_with_a_chinese_name(place: Path) -> None:
    result = fatu("build", "报告.txt", "-o", "中文目录", cwd=place, LC_ALL="C")
    assert result.code == 0, result.err
    assert (place / "中文目录" / "430726-gov-2022" / "graph.trig").is_file()


# ------------------------------------------------------------------------------------------- what goes wrong

BAD = [
    # (arguments, words of the one line)
    (["build"], ["INPUT"]),
    (["build", "missing.txt"], ["missing.txt", "no such file"]),
    (["build", "empty.txt"], ["empty.txt", "empty"]),
    (["build", "blank.txt"], ["blank.txt", "empty"]),
    (["build", "binary.txt"], ["binary.txt", "binary"]),
    (["build", "picture.txt"], ["picture.txt", "picture"]),
    (["build", "english.txt"], ["english.txt", "Chinese"]),
    (["build", "void"], ["void", "holds no file that could be a report"]),
    (["build", "no-area.txt"], ["no-area.txt", "--area"]),
    (["build", "no-year.txt"], ["no-year.txt", "--year"]),
    (["build", "report.txt", "--area", "999999"], ["--area", "999999"]),
    (["build", "report.txt", "--area", "石门县"], ["--area", "石门县"]),
    (["build", "report.txt", "--area", "4307"], ["--area", "4307"]),
    (["build", "report.txt", "--year", "abc"], ["--year", "abc"]),
    (["build", "report.txt", "--year", "20"], ["--year"]),
    (["build", "report.txt", "--year", "3000"], ["--year"]),
    (["build", "report.txt", "--published", "2021-13-01"], ["--published", "YYYY-MM-DD"]),
    (["build", "report.txt", "--published", "31.3.2021"], ["--published", "YYYY-MM-DD"]),
    (["build", "report.txt", "--base-iri", "nonsense"], ["--base-iri", "nonsense"]),
    (["build", "report.txt", "-o", "taken"], ["taken"]),
    (["build", "report.txt", "-o", "taken/below"], ["taken"]),
    (["build", "report.txt", "no-area.txt", "--id", "x"], ["--id"]),
    (["build", "report.txt", "--id", "../x"], ["--id"]),
    (["build", "report.txt", "--issuer", "三只小猪"], ["--issuer", "三只小猪"]),
    (["build", "report.txt", "--nonsense"], ["--nonsense"]),
    (["extract"], ["INPUT"]),
    (["extract", "missing.txt"], ["missing.txt"]),
    (["extract", "english.txt"], ["english.txt"]),
    (["extract", "report.txt", "--format", "xml"], ["--format", "jsonl"]),
    (["extract", "report.txt", "--area", "999999"], ["--area"]),
    (["audit", "missing.txt"], ["missing.txt"]),
    (["audit", "report.txt", "--format", "pdf"], ["--format", "json"]),
    (["audit", "report.txt", "-o", "nowhere/sheet.txt"], ["nowhere"]),
    (["query", "no-such-query"], ["no-such-query"]),
    (["query", "q99"], ["q99"]),
    (["query", "SELECT ?x WHERE { ?x"], []),
    (["query", "broken.rq"], ["broken.rq"]),
    (["query", "missing.rq"], ["missing.rq"]),
    (["query", "all.rq", "--data", "missing"], ["missing"]),
    (["query", "all.rq", "--data", "broken.ttl"], ["broken.ttl"]),
    (["query", "all.rq", "--data", "report.txt"], ["report.txt"]),
    (["query", "all.rq", "--set", "nothing"], ["--set", "NAME=VALUE"]),
    (["query", "all.rq", "--format", "nonsense"], ["--format", "csv"]),
    (["validate", "missing"], ["missing"]),
    (["validate", "broken.ttl"], ["broken.ttl"]),
    (["validate", "words.ttl"], ["words.ttl"]),
    (["view", "graphs"], ["--output"]),
    (["view", "missing", "-o", "x.html"], ["missing"]),
    (["view", "graphs", "-o", "nowhere/x.html"], ["nowhere"]),
    (["view", "graphs", "-o", "graphs"], ["graphs"]),
    (["export", "graphs"], ["--to"]),
    (["export", "graphs", "--to", "nonsense"], ["nonsense", "ttl"]),
    (["export", "graphs", "-o", "x.nonsense"], ["x.nonsense", ".nonsense", ".ttl", ".rdf", ".xlsx"]),
    (["export", "graphs", "-o", "x"], ["--to", "ttl"]),
    (["export", "graphs", "--to", "ttl", "-o", "nowhere/x.ttl"], ["nowhere"]),
    (["export", "graphs", "--to", "xlsx"], ["-o"]),
    (["evaluate", "no-equals"], ["no-equals", "GOLD_DIR=TEXT"]),
    (["evaluate", "missing=report.txt"], ["missing"]),
    (["nonsense"], ["nonsense"]),
]


@pytest.mark.parametrize(("arguments", "words"), BAD, ids=[" ".join(a) for a, _ in BAD])
def test_bad_input_is_told_in_one_line(arguments: list[str], words: list[str], place: Path) -> None:
    before = {p.relative_to(place) for p in place.rglob("*")}
    result = call_fatu(*arguments, cwd=place)
    assert result.code == 2, (result.out, result.err)
    assert result.out == ""
    assert result.err.count("\n") == 1, result.err
    assert result.err.startswith("fatu: ")
    assert "Traceback" not in result.err
    for word in words:
        assert word in result.err
    assert {p.relative_to(place) for p in place.rglob("*")} == before, "something was left behind"


def test_without_graphs_a_query_says_where_it_looked(tmp_path: Path) -> None:
    result = fatu("query", "SELECT ?x { ?x ?y ?z }", cwd=tmp_path)
    assert result.code == 2
    assert "graphs" in result.err
    assert result.err.count("\n") == 1


def test_an_unreadable_file_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user reads every file (root)")
    result = fatu("build", path, cwd=tmp_path)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "report.txt" in result.err


# -------------------------------------------------------------------------------------------- several inputs


def test_what_can_be_built_is_built_where_some_inputs_fail(place: Path) -> None:
    result = call_fatu("build", "missing.txt", "report.txt", "english.txt", "-o", "some", cwd=place)
    assert result.code == 1
    assert "missing.txt" in result.err
    assert "english.txt" in result.err
    assert "Traceback" not in result.err
    assert [p.name for p in (place / "some").iterdir()] == ["430726-gov-2022"]


def test_where_all_inputs_fail_it_is_bad_input(place: Path) -> None:
    result = fatu("build", "missing.txt", "english.txt", "-o", "none", cwd=place)
    assert result.code == 2
    assert "missing.txt" in result.err
    assert "english.txt" in result.err
    assert not (place / "none").exists()


def test_two_inputs_that_are_one_report_are_told_apart(place: Path) -> None:
    result = call_fatu("build", "report.txt", "nothing.txt", "-o", "twice", cwd=place)
    assert result.code == 1
    line = next(line for line in result.err.splitlines() if "--id" in line)
    assert "report.txt" in line
    assert "nothing.txt" in line
    assert "430726-gov-2022" in line
    graph = (place / "twice" / "430726-gov-2022" / "graph.nt").read_text(encoding="utf-8")
    assert "recon-accepted" in graph, "the first one stands"
    assert "一切都很好" not in graph


def test_one_input_given_twice_is_no_reason_to_build_it_wrong(place: Path) -> None:
    result = call_fatu("build", "report.txt", "./report.txt", "-o", "same", cwd=place)
    assert result.code in (0, 1)
    assert "Traceback" not in result.err
    assert {p.name for p in (place / "same" / "430726-gov-2022").iterdir()} == FILES


# ----------------------------------------------------------------------------------------- whole or not at all


@pytest.mark.parametrize("delay", [0.4, 0.7, 1.0, 1.3])
def test_a_build_that_is_killed_leaves_no_half_file(delay: float, place: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "fatu", "build", str(SAMPLE), "-o", str(tmp_path)],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    whole = place / "graphs" / "410203-gov-2020"
    for path in tmp_path.rglob("*"):
        if path.is_file() and not path.name.endswith(".part"):
            assert path.read_bytes() == (whole / path.name).read_bytes(), path.name


def test_a_reader_that_goes_away_is_no_error(place: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "fatu", "export", "graphs", "--to", "nt"],
        cwd=place,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(30) == 0


# ---------------------------------------------------------------------------------------- everywhere the same

PLACES = [
    {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONHASHSEED": "1",
        "TZ": "Asia/Shanghai",
    },
    {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "COLUMNS": "40"},
    {
        "LC_ALL": "POSIX",
        "PYTHONHASHSEED": "3",
        "PYTHONIOENCODING": "latin-1",
        "TERM": "dumb",
        "COLUMNS": "200",
    },
]
SAID = [
    ["extract", str(SAMPLE)],
    ["extract", str(SAMPLE), "--format", "table"],
    ["audit", str(SAMPLE)],
    ["audit", str(SAMPLE), "--format", "json"],
    ["queries"],
    ["query", "all.rq"],
    ["validate", "graphs"],
    ["export", "graphs", "--to", "ttl"],
    ["build", "missing.txt"],
    ["build", "no-area.txt"],
]


@pytest.mark.slow
@pytest.mark.parametrize("arguments", SAID, ids=[" ".join(a).replace(str(SAMPLE), "SAMPLE") for a in SAID])
def test_output_does_not_depend_on_the_place(arguments: list[str], place: Path) -> None:
    here = call_fatu(*arguments, cwd=place)
    for elsewhere in PLACES:
        assert fatu(*arguments, cwd=place, **elsewhere) == here, elsewhere
