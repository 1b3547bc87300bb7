"""`fatu links`: how each identity was decided."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from fatu.cli import main
from fatu.exporting.links import LINK_COLUMNS, format_links, link_records
from fatu.exporting.records import Record
from fatu.model import Overrides
from fatu.pipeline import read_report

TEXT = """石门县人民政府2022年度法治政府建设情况报告

一、工作开展情况

县司法局按照湘政办发〔2021〕3号文件要求开展审核,支持人民法院工作。推行行政执法“三项制度”。
受理行政复议案件15件。种植油茶3000亩。县应急局开展执法。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def records(report: Path) -> list[Record]:
    return link_records(read_report(report))


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["links", *arguments])
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err


def test_the_undecided_come_first_with_their_candidates(records: list[Record]) -> None:
    first = records[0]
    assert (first["text"], first["iri"], first["name"]) == ("人民法院", None, None)
    assert first["candidates"] == ["石门县人民法院"]
    assert [r["iri"] is None for r in records] == sorted((r["iri"] is None for r in records), reverse=True)


def test_every_mention_and_figure_is_there(records: list[Record]) -> None:
    texts = {(r["kind"], r["text"]) for r in records}
    assert texts == {
        ("area", "石门县人民政府"),
        ("agency", "石门县人民政府"),
        ("agency", "县司法局"),
        ("agency", "人民法院"),
        ("agency", "县应急局"),
        ("citation", "湘政办发〔2021〕3号"),
        ("program", "三项制度"),
        ("indicator", "15件"),
        ("indicator", "3000亩"),
    }


AREAS = [
    # (title, options, name, method, cue, candidates)
    ("石门县人民政府", {}, "石门县", "exact", "石门县", []),
    ("石门县人民政府", {"area": "410204"}, "开封市鼓楼区", "code", "410204", []),
    ("鼓楼区人民政府", {}, None, "context", "鼓楼区", ["南京市鼓楼区", "徐州市鼓楼区", "福州市鼓楼区", "开封市鼓楼区"]),
]  # fmt: skip


@pytest.mark.parametrize(("issuer", "options", "name", "method", "cue", "candidates"), AREAS)
def test_how_the_area_of_the_report_was_told(
    issuer: str,
    options: dict[str, str],
    name: str | None,
    method: str,
    cue: str,
    candidates: list[str],
    tmp_path: Path,
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"{issuer}2022年度法治政府建设情况报告\n\n一、工作情况\n\n开展督察。\n", encoding="utf-8")
    found = next(r for r in link_records(read_report(path, Overrides(**options))) if r["kind"] == "area")
    method = method if name else "undecided"
    assert (found["name"], found["method"], found["cue"], found["candidates"]) == (
        name,
        method,
        cue,
        candidates,
    )


METHODS = [
    ("石门县人民政府", "exact"),
    ("县司法局", "context"),
    ("三项制度", "alias"),
    ("15件", "exact"),
    ("3000亩", "inferred"),
]


@pytest.mark.parametrize(("text", "method"), METHODS)
def test_each_tells_how(text: str, method: str, records: list[Record]) -> None:
    assert next(r["method"] for r in records if r["text"] == text) == method


def test_places_and_sentences_are_those_of_the_text(records: list[Record]) -> None:
    for record in records:
        start, end = record["start"], record["end"]
        assert isinstance(start, int) and isinstance(end, int)
        assert TEXT[start:end] == record["text"]
        assert str(record["text"]) in str(record["sentence"])


def test_the_table_ends_with_a_count_of_each_method(records: list[Record]) -> None:
    lines = format_links(records).splitlines()
    assert lines[0].split() == ["KIND", "START", "END", "TEXT", "NAME", "METHOD", "CUE", "CANDIDATES"]
    assert len(lines) == len(records) + 2
    assert "1 undecided" in lines[-1]
    assert format_links([]) == "nothing undecided\n"


def test_formats_say_the_same(report: Path, records: list[Record], capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capfd, str(report), "--format", "json")
    assert status == 0 and json.loads(out) == records
    status, out, _ = run(capfd, str(report), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert status == 0 and len(rows) == len(records)
    assert tuple(rows[0]) == LINK_COLUMNS
    assert rows[0]["candidates"] == "石门县人民法院"


def test_only_the_undecided(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capfd, str(report), "--undecided", "--format", "json")
    assert status == 0 and [r["text"] for r in json.loads(out)] == ["人民法院"]


def test_a_missing_input_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capfd, "/nowhere/report.txt")
    assert (status, out, err.count("\n")) == (2, "", 1)
