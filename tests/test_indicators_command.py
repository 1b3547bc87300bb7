"""`fatu indicators`: the catalogue, and what reports count that it lacks."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from commands import Result, call_fatu, fatu
from fatu.exporting.indicators import LackingFigure, lacking_records
from fatu.lexicon.catalogue import load_indicators

ROOT = Path(__file__).parents[1]
ID = "https://w3id.org/fatu/id/indicator/"

# Two years of one county: what is grown and who is trained are in no catalogue of government by law.
REPORTS = {
    "2021.txt": """\
石门县人民政府2021年度法治政府建设情况报告

一、工作开展情况

2021年,县司法局受理行政复议案件20件,审结15件。全年共种植油茶3000亩。新建学校2所。
""",
    "2022.txt": """\
石门县人民政府2022年度法治政府建设情况报告

一、工作开展情况

2022年,县司法局受理行政复议案件18件。全县种植油茶2500亩。二是共种植油茶500亩。
""",
    "bare.txt": "关于法治政府建设情况的报告\n\n一、工作情况\n\n种植油茶100亩。受理行政复议案件9件。\n",
    "empty.txt": "",
    "broken.ttl": "<a> <b> .\n",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports, two of them built into graphs/."""
    folder = tmp_path_factory.mktemp("indicators")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    built = call_fatu("build", "2021.txt", "2022.txt", cwd=folder)
    assert built.code == 0, built.err
    return folder


def lacking(result: Result) -> list[dict[str, object]]:
    assert (result.code, result.err) == (0, "")
    records: list[dict[str, object]] = json.loads(result.out)
    return records


# ------------------------------------------------------------------------------------------------ the catalogue


def test_the_catalogue_as_json(tmp_path: Path) -> None:
    records = lacking(call_fatu("indicators", "--format", "json", cwd=tmp_path))
    assert [record["id"] for record in records] == [entry.id for entry in load_indicators()]
    assert {
        "id": "recon-accepted",
        "zh": "行政复议案件受理数",
        "en": "Reconsideration cases accepted",
        "unit": "件",
        "topic": "administrative-reconsideration",
        "kind": "count",
    } in records


def test_the_catalogue_as_csv(tmp_path: Path) -> None:
    result = call_fatu("indicators", "--format", "csv", cwd=tmp_path)
    rows = list(csv.DictReader(io.StringIO(result.out.removeprefix("\ufeff"), newline="")))
    assert {tuple(row) for row in rows} == {("id", "zh", "en", "unit", "topic", "kind")}
    assert len(rows) == len(load_indicators())
    rate = next(row for row in rows if row["id"] == "recon-closure-rate")
    assert (rate["unit"], rate["kind"]) == ("%", "ratio")


def test_the_catalogue_as_a_table(tmp_path: Path) -> None:
    result = fatu("indicators", cwd=tmp_path)
    lines = result.out.splitlines()
    assert lines[0].split() == ["ID", "CHINESE", "ENGLISH", "UNIT", "TOPIC", "KIND"]
    assert len(lines) == len(load_indicators()) + 1


# ------------------------------------------------------------------------------------------------ what it lacks


def test_what_the_catalogue_lacks_in_texts(place: Path) -> None:
    first, *others = lacking(
        fatu("indicators", "--unmatched", "2021.txt", "2022.txt", "--format", "json", cwd=place)
    )
    assert first == {
        "phrase": "种植油茶",
        "iri": f"{ID}种植油茶",
        "unit": "亩",
        "figures": 3,
        "reports": 2,
        "example": first["example"],
    }
    assert first["example"] in REPORTS["2021.txt"] + REPORTS["2022.txt"]
    assert "种植油茶" in str(first["example"]) and str(first["example"]).endswith("。")
    assert [(record["iri"], record["unit"]) for record in others] == [(f"{ID}新建学校", "所")]


@pytest.mark.parametrize(
    "paths",
    [
        ["graphs"],
        [],
        ["graphs/430726-gov-2021", "graphs/430726-gov-2022/graph.nt"],
        ["2022.txt", "2021.txt"],
        ["graphs", "2021.txt"],
    ],
)
def test_texts_and_their_graphs_lack_the_same(paths: list[str], place: Path) -> None:
    from_texts = call_fatu("indicators", "--unmatched", "2021.txt", "2022.txt", "--format", "json", cwd=place)
    assert lacking(call_fatu("indicators", "--unmatched", *paths, "--format", "json", cwd=place)) == lacking(
        from_texts
    )


def test_neither_area_nor_year_is_needed(place: Path) -> None:
    (record,) = lacking(call_fatu("indicators", "--unmatched", "bare.txt", "--format", "json", cwd=place))
    assert (record["iri"], record["figures"]) == (f"{ID}种植油茶", 1)


def test_as_csv_and_as_a_table(place: Path) -> None:
    out = call_fatu("indicators", "--unmatched", "graphs", "--format", "csv", cwd=place).out
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    assert [(row["phrase"], row["figures"]) for row in rows] == [("种植油茶", "3"), ("新建学校", "1")]
    table = call_fatu("indicators", "--unmatched", "graphs", cwd=place).out.splitlines()
    assert table[0].split() == ["PHRASE", "IRI", "UNIT", "FIGURES", "REPORTS", "EXAMPLE"]
    assert len(table) == 3 and f"{ID}种植油茶" in table[1]


def test_one_base_for_all(place: Path) -> None:
    base = "https://example.org/f/"
    records = lacking(
        call_fatu("indicators", "--unmatched", "2021.txt", "--base-iri", base, "--format", "json", cwd=place)
    )
    assert all(str(record["iri"]).startswith(f"{base}id/indicator/") for record in records)


# ---------------------------------------------------------------------------------------------- what goes wrong

BAD = [
    (["2021.txt"], "--unmatched"),
    (["--unmatched", "nowhere.txt"], "nowhere.txt"),
    (["--unmatched", "nowhere.trig"], "nowhere.trig"),
    (["--unmatched", "empty.txt"], "empty.txt"),
    (["--unmatched", "broken.ttl"], "broken.ttl"),
    (["--unmatched", "graphs", "--base-iri", "https://example.org/f/"], "https://example.org/f/"),
    (["--format", "xml"], "xml"),
]


@pytest.mark.parametrize(("arguments", "named"), BAD, ids=[" ".join(a) for a, _ in BAD])
def test_bad_input_is_told_in_one_line(arguments: list[str], named: str, place: Path) -> None:
    result = call_fatu("indicators", *arguments, cwd=place)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("fatu: ") and result.err.count("\n") == 1
    assert named in result.err and "Traceback" not in result.err


def test_one_bad_input_of_several_does_not_hide_the_others(place: Path) -> None:
    result = fatu("indicators", "--unmatched", "empty.txt", "2021.txt", "--format", "json", cwd=place)
    assert result.code == 1
    assert "empty.txt" in result.err
    assert {record["phrase"] for record in json.loads(result.out)} == {"种植油茶", "新建学校"}


# ------------------------------------------------------------------------------------------------------- counting


def figure(phrase: str, unit: str, report: str, number: int) -> LackingFigure:
    return LackingFigure(
        f"{ID}{phrase.removeprefix('共')}", phrase, unit, report, f"{report}#{number}", phrase
    )


def test_order_and_counts() -> None:
    figures = [
        figure("修路", "公里", "a", 1),
        figure("修路", "公里", "a", 2),
        figure("共植树", "株", "a", 3),
        figure("植树", "株", "b", 1),
        figure("植树", "元", "b", 2),
        figure("植树", "元", "b", 2),
    ]
    expected = [("植树", "株", 2, 2), ("修路", "公里", 2, 1), ("植树", "元", 1, 1)]
    for given in (figures, figures[::-1]):
        records = lacking_records(given)
        assert [(r["phrase"], r["unit"], r["figures"], r["reports"]) for r in records] == expected


def test_nothing_lacks_in_nothing() -> None:
    assert lacking_records([]) == []
