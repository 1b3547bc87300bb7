"""Areas × indicators × years: what a reader of nine small reports expects in each cell, and why figures stand apart."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import fatu
from commands import fatu as run
from comparison_texts import (
    CITY,
    COUNTY,
    NAMES,
    OTHER,
    TEXTS,
    YEARS,
    comparison_quads,
    comparison_store,
    text_of,
)
from fatu.errors import ArgumentError, FatuError
from fatu.exporting.formats import write_trig
from fatu.iris import Iris
from fatu.lexicon.catalogue import load_units
from fatu.lexicon.comparison_words import load_comparison_marks
from fatu.lexicon.tables import load_table
from fatu.model import Overrides
from fatu.pipeline import build
from fatu.querying.compared import (
    COMPARISON_COLUMNS,
    ComparedFigure,
    ComparedIndicator,
    ComparedReport,
    Division,
    StatedFigure,
)
from fatu.querying.comparing import Comparison, compare_store
from fatu.querying.comparison_choice import Choice, parse_years
from fatu.querying.comparison_formats import list_trends
from fatu.querying.comparison_marks import mark_figures
from fatu.querying.ranking import rank_figures
from fatu.storing import MemoryStore

Cell = tuple[str, str, str, str]
"""Value with the sign of its bound, unit, verdict, marks."""

SILENT: list[Cell] = []
EXPECTED: dict[str, dict[tuple[str, int], list[Cell]]] = {
    "recon-accepted": {
        (CITY, 2019): [("120", "件", "", "")],
        (CITY, 2020): [("≥130", "件", "", "at_least")],
        (CITY, 2021): SILENT,
        (OTHER, 2019): [("9", "件", "", "")],
        (OTHER, 2020): [
            ("20", "件", "", "several_values"),
            ("22", "件", "inconsistent", "several_values; inconsistent"),
        ],
        (OTHER, 2021): [("12", "件", "", "shared_text")],
        (COUNTY, 2019): [("9", "件", "", "")],
        (COUNTY, 2020): [("5", "件", "", "part_of_year")],
        (COUNTY, 2021): [("12", "宗", "", "")],
    },
    "recon-closure-rate": {
        (CITY, 2019): [("83.33", "%", "consistent", "")],
        (CITY, 2020): SILENT,
        (CITY, 2021): SILENT,
        (OTHER, 2019): [("100", "%", "consistent", "")],
        (OTHER, 2020): SILENT,
        (OTHER, 2021): SILENT,
        (COUNTY, 2019): [("90", "%", "inconsistent", "inconsistent")],
        (COUNTY, 2020): SILENT,
        (COUNTY, 2021): SILENT,
    },
    "training-persons": {
        (CITY, 2019): [("500", "人次", "", "")],
        (CITY, 2020): [("600", "人次", "", "")],
        (CITY, 2021): SILENT,
        (OTHER, 2019): SILENT,
        (OTHER, 2020): SILENT,
        (OTHER, 2021): SILENT,
        (COUNTY, 2019): [("30", "人", "", "unit")],
        (COUNTY, 2020): [("40", "人次", "", "")],
        (COUNTY, 2021): [("80", "人次", "", "other_period; planned")],
    },
}  # fmt: skip
SIGNS = {"at_least": "≥", "at_most": "≤", "approx": "≈"}


def compared(*indicators: str, **choice: object) -> Comparison:
    return compare_store(comparison_store(), replace(Choice(indicators), **choice))  # type: ignore[arg-type]


def told(row: ComparedFigure) -> str:
    """A row in a few words: area, value, marks."""
    value = f"{row.stated.value:f}" if row.stated else "—"
    return " ".join([NAMES.get(row.report.area, row.report.area), str(row.report.year), value, *row.marks])


# ---- cells -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", EXPECTED)
def test_each_cell_is_what_a_reader_expects(indicator: str) -> None:
    found: dict[tuple[str, int], list[Cell]] = {}
    for row in compared(indicator):
        cells = found.setdefault((row.report.area, row.report.year), [])
        if row.stated:
            sign = SIGNS.get(row.stated.bound, "")
            value = f"{sign}{row.stated.value:f}"
            cells.append((value, row.stated.unit_name, row.stated.verdict, "; ".join(row.marks)))
    assert found == EXPECTED[indicator]


PARTS = [
    # (text, what stands beside other reports and why the rest does not)
    (
        "全县共办理行政处罚案件1286件,其中县公安局412件,县市场监督管理局305件,县交通运输局569件。",
        ["1286", "412 scope", "305 scope", "569 scope"],
    ),
    (
        "| 单位 | 行政处罚(件) |\n| 县公安局 | 320 |\n| 县城管局 | 210 |\n| 合计 | 610 |",
        ["610 inconsistent", "320 scope", "210 scope"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_what_the_audit_adds_up_are_parts_of_the_figure_that_is_compared(
    text: str, expected: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"石门县人民政府2021年法治政府建设情况报告\n\n一、工作情况\n{text}\n", encoding="utf-8")
    store = MemoryStore(build(path, Overrides()).quads)
    rows = compare_store(store, Choice(("penalty-cases",)))
    assert [" ".join([f"{row.stated.value:f}", *row.marks]) for row in rows if row.stated] == expected


def test_every_figure_is_quoted_from_its_text() -> None:
    quoted = 0
    for row in compared():
        if row.stated:
            text = text_of(row.report.area, row.report.year)
            assert text[row.stated.start : row.stated.end] == row.stated.text
            quoted += 1
    assert quoted == 9 + 3 + 3 + 5


@pytest.mark.parametrize(
    ("area", "divided"),
    [
        (CITY, ("100", "recon-closed", "120", "recon-accepted", "83.3333")),
        (OTHER, ("9", "recon-closed", "9", "recon-accepted", "100")),
        (COUNTY, ("8", "recon-closed", "9", "recon-accepted", "88.89")),
    ],
)
def test_a_rate_comes_with_what_it_divides(area: str, divided: tuple[str, ...]) -> None:
    table = fatu.compare(comparison_store(), ["行政复议结案率"], [area], [2019])
    columns = ("numerator", "numerator_indicator", "denominator", "denominator_indicator", "recomputed")
    assert [tuple(row[column] for column in columns) for row in table] == [divided]


def test_a_report_s_graph_is_compared_as_its_store_is(sample_path: Path) -> None:
    sample = fatu.build(sample_path)
    table = fatu.compare(sample, "recon-closure-rate", "410203", 2020)
    assert [(row["area"], row["year"], row["value"]) for row in table] == [("410203", 2020, "90")]
    assert table == fatu.compare(sample.store, ["recon-closure-rate"], ["410203"], [2020])


def test_who_reports_and_does_not_give_it_has_a_row() -> None:
    table = fatu.compare(comparison_store(), ["recon-closed"], years=[2021])
    assert [(row["area"], row["reported"], row["value"], row["marks"]) for row in table] == [
        (CITY, "no", None, None),
        (OTHER, "no", None, None),
        (COUNTY, "no", None, None),
    ]


def test_an_indicator_that_nobody_gives_is_silent_everywhere() -> None:
    assert [row["reported"] for row in fatu.compare(comparison_store(), ["litigation-cases"])] == ["no"] * 9


def test_without_a_choice_all_that_some_report_gives_is_compared() -> None:
    table = fatu.compare(comparison_store())
    assert list(dict.fromkeys(row["indicator"] for row in table)) == [
        "recon-accepted", "recon-closed", "recon-closure-rate", "training-persons",
    ]  # fmt: skip
    assert table.columns == COMPARISON_COLUMNS
    assert not any(isinstance(value, float) for row in table for value in row.values())


# ---- marks -------------------------------------------------------------------------------------------------

HERE = ComparedReport("430726", "gov", 2020, "r/430726/gov/2020", "430726-gov-2020", "石门县", "county", "")
THERE = replace(HERE, area="430721", iri="r/430721/gov/2020", id="430721-gov-2020")
OFFICE = replace(HERE, office="司法局", iri="r/430726/司法局/2020", id="430726-司法局-2020")
CASES = ComparedIndicator("i/recon-accepted", "recon-accepted", "受理数", "", "jian", "", "")
RATE = ComparedIndicator("i/rate", "rate", "结案率", "", "percent", "i/closed", "i/accepted")
FIGURE = StatedFigure(
    iri="o", value=Decimal(20), value_high=None, decimals=0, unit="jian", unit_name="件", bound="exact",
    status="achieved", scope="", period="2020", actor="", is_shared=False, phrase="受理", text="受理20件", start=0,
    end=5,
)  # fmt: skip
PERCENT = replace(
    FIGURE, unit="percent", unit_name="%",
    division=Division(Decimal(1), ("closed",), Decimal(2), ("accepted",)),
)  # fmt: skip
CASE_MARKS: list[tuple[dict[str, object], tuple[str, ...]]] = [
    ({}, ()),
    ({"unit": "zong"}, ()),
    ({"unit": "jianci"}, ("unit",)),
    ({"unit": "ren"}, ("unit",)),
    ({"scope": "乡镇"}, ("scope",)),
    ({"period": "2020-Q1"}, ("part_of_year",)),
    ({"period": "2020-06"}, ("part_of_year",)),
    ({"period": "2020-01/2020-06"}, ("part_of_year",)),
    ({"period": "2019"}, ("other_period",)),
    ({"period": "2016/2020"}, ("other_period",)),
    ({"period": "2019-06"}, ("other_period",)),
    ({"period": ""}, ("event",)),
    ({"status": "planned"}, ("planned",)),
    ({"status": "required", "bound": "at_least"}, ("required", "at_least")),
    ({"bound": "at_most"}, ("at_most",)),
    ({"bound": "approx"}, ("approx",)),
    ({"value_high": Decimal(30)}, ("range",)),
    ({"is_shared": True}, ("shared_text",)),
    ({"verdict": "inconsistent"}, ("inconsistent",)),
    ({"verdict": "unverifiable"}, ()),
]
RATE_MARKS: list[tuple[dict[str, object], tuple[str, ...]]] = [
    ({}, ()),
    ({"division": None}, ("denominator_untold",)),
    ({"division": Division(Decimal(1), ("closed",), Decimal(2), ("received",))}, ("denominator",)),
    ({"division": Division(Decimal(1), ("closed",), Decimal(2), ("accepted", "carried"))}, ("denominator",)),
    ({"unit": "per-mille"}, ("unit",)),
]


def marks_beside(
    indicator: ComparedIndicator, usual: StatedFigure, changes: dict[str, object]
) -> tuple[str, ...]:
    """The marks of a figure that differs from the usual one of another area."""
    changed = replace(usual, **changes)  # type: ignore[arg-type]
    rows = mark_figures(indicator, [HERE, THERE], {HERE: [changed], THERE: [usual]})
    return next(row.marks for row in rows if row.report == HERE)


@pytest.mark.parametrize(("changes", "marks"), CASE_MARKS)
def test_a_count_bears_the_mark_of_what_sets_it_apart(
    changes: dict[str, object], marks: tuple[str, ...]
) -> None:
    assert marks_beside(CASES, FIGURE, changes) == marks


@pytest.mark.parametrize(("changes", "marks"), RATE_MARKS)
def test_a_rate_bears_the_mark_of_its_denominator(changes: dict[str, object], marks: tuple[str, ...]) -> None:
    assert marks_beside(RATE, PERCENT, changes) == marks


def test_the_figures_of_a_part_may_be_what_is_compared() -> None:
    stated = {HERE: [replace(FIGURE, scope="乡镇")], THERE: [FIGURE]}
    rows = mark_figures(CASES, [HERE, THERE], stated, scope="乡镇")
    assert {row.report.area: row.marks for row in rows} == {HERE.area: (), THERE.area: ("scope",)}


def test_an_office_stands_apart_from_governments_but_not_from_its_like() -> None:
    rows = list(mark_figures(CASES, [THERE, OFFICE], {THERE: [FIGURE], OFFICE: [FIGURE]}))
    assert {row.report.office: row.marks for row in rows} == {"gov": (), "司法局": ("other_issuer",)}
    twin = replace(OFFICE, area="430721", iri="r/430721/司法局/2020")
    rows = list(mark_figures(CASES, [twin, OFFICE], {twin: [FIGURE], OFFICE: [FIGURE]}))
    assert [row.marks for row in rows] == [(), ()]


def test_silent_are_governments_and_offices_of_a_kind_that_gives_it() -> None:
    other = replace(OFFICE, area="430721", iri="r/430721/司法局/2020")
    school = replace(OFFICE, office="教育局", iri="r/430726/教育局/2020")
    rows = mark_figures(CASES, [HERE, OFFICE, other, school], {OFFICE: [FIGURE]})
    assert {row.report.iri for row in rows if row.stated is None} == {HERE.iri, other.iri}
    assert len(list(mark_figures(CASES, [HERE, OFFICE, school], {}))) == 3


def test_a_figure_told_twice_is_one_row_with_the_gravest_verdict() -> None:
    again = replace(FIGURE, iri="p", start=40, end=45, verdict="inconsistent")
    (row,) = mark_figures(CASES, [HERE], {HERE: [again, FIGURE]})
    assert row.stated is not None
    assert (row.stated.times, row.stated.start, row.stated.verdict) == (2, 0, "inconsistent")


def test_the_figure_to_compare_comes_first_in_its_report() -> None:
    planned = replace(FIGURE, iri="a", start=0, status="planned", period="2021", value=Decimal(50))
    part = replace(FIGURE, iri="b", start=10, scope="乡镇", value=Decimal(3))
    whole = replace(FIGURE, iri="c", start=20)
    rows = list(mark_figures(CASES, [HERE], {HERE: [planned, part, whole]}))
    assert [(row.ordinal, row.stated.iri) for row in rows if row.stated] == [(1, "c"), (2, "b"), (3, "a")]


def test_marks_and_synonyms_are_words_of_their_tables() -> None:
    weights = {mark.weight for mark in load_comparison_marks().values()}
    assert weights == {"apart", "note", "silence"}
    words = {unit.word for unit in load_units()}
    rows = load_table("unit_synonyms.tsv")
    assert {word for row in rows for word in (row["word"], row["same_as"])} <= words
    assert not {row["word"] for row in rows} & {row["same_as"] for row in rows}
    assert all(row["word"] in row["example"] for row in rows)


# ---- rankings and trends -----------------------------------------------------------------------------------


def test_a_ranking_has_ties_and_sets_apart_what_does_not_compare() -> None:
    ranked = rank_figures(compared("recon-accepted", years=(2019,)))
    assert [(r.standing, r.rank, r.is_tied, told(r.row)) for r in ranked] == [
        ("ranked", 1, False, "常德市 2019 120"),
        ("ranked", 2, True, "安乡县 2019 9"),
        ("ranked", 2, True, "石门县 2019 9"),
    ]
    ranked = rank_figures(compared("recon-accepted", years=(2020,)))
    assert [(r.standing, r.rank, told(r.row)) for r in ranked] == [
        ("ranked", 1, "常德市 2020 130 at_least"),
        ("apart", None, "安乡县 2020 20 several_values"),
        ("apart", None, "安乡县 2020 22 several_values inconsistent"),
        ("apart", None, "石门县 2020 5 part_of_year"),
    ]
    ranked = rank_figures(compared("recon-accepted", years=(2021,)))
    assert [(r.standing, r.rank, told(r.row)) for r in ranked] == [
        ("ranked", 1, "石门县 2021 12"),
        ("apart", None, "安乡县 2021 12 shared_text"),
        ("silent", None, "常德市 2021 —"),
    ]


def test_after_a_tie_a_rank_is_left_out() -> None:
    reports = [replace(HERE, area=f"43072{n}", iri=f"r{n}") for n in range(4)]
    values = (5, 7, 7, 9)
    stated = {r: [replace(FIGURE, value=Decimal(v))] for r, v in zip(reports, values, strict=True)}
    assert [r.rank for r in rank_figures(mark_figures(CASES, reports, stated))] == [1, 2, 2, 4]


def test_trends_have_the_years_as_columns_and_say_why_one_is_empty() -> None:
    records = list(list_trends(compared("recon-accepted", "training-persons")).records)
    assert [
        (r["area"], r["indicator"], *(str(r[f"{y}{k}"]) for y in YEARS for k in ("", "_marks")))
        for r in records
    ] == [
        (CITY, "recon-accepted", "120", "None", "130", "at_least", "None", "not_reported"),
        (OTHER, "recon-accepted", "9", "None", "20", "several_values; more_values", "12", "shared_text"),
        (COUNTY, "recon-accepted", "9", "None", "5", "part_of_year", "12", "None"),
        (CITY, "training-persons", "500", "None", "600", "None", "None", "not_reported"),
        (OTHER, "training-persons", *["None", "not_reported"] * 3),
        (COUNTY, "training-persons", "30", "unit", "40", "None", "80", "other_period; planned"),
    ]


def test_a_year_without_a_report_is_no_silence() -> None:
    comparison = compared("recon-accepted")
    less = replace(comparison, reports=tuple(r for r in comparison.reports if r.id != f"{CITY}-gov-2020"))
    record = next(iter(list_trends(less).records))
    assert (record["2020"], record["2020_marks"]) == (None, "no_report")


# ---- choosing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("areas", "chosen"),
    [
        ((CITY,), [CITY]),
        (("4307",), [CITY, OTHER, COUNTY]),
        (("43",), [CITY, OTHER, COUNTY]),
        (("常德市",), [CITY, OTHER, COUNTY]),
        (("湖南省",), [CITY, OTHER, COUNTY]),
        (("石门县",), [COUNTY]),
        (("石门",), [COUNTY]),
        (("安乡县", COUNTY), [OTHER, COUNTY]),
    ],
)
def test_areas_are_codes_alone_prefixes_and_names_with_all_below(
    areas: tuple[str, ...], chosen: list[str]
) -> None:
    comparison = compared("recon-accepted", areas=areas, years=(2019,))
    assert [report.area for report in comparison.reports] == chosen


def test_levels_choose_areas() -> None:
    def chosen(*levels: str) -> list[str]:
        return [r.area for r in compared("recon-accepted", years=(2019,), levels=levels).reports]

    assert chosen("prefecture") == [CITY]
    assert chosen("county") == [OTHER, COUNTY]
    assert chosen("prefecture", "county") == [CITY, OTHER, COUNTY]


@pytest.mark.parametrize(
    ("texts", "years"),
    [
        ((), ()),
        (("2020",), (2020,)),
        (("2018-2020",), (2018, 2019, 2020)),
        (("2018—2019", "2021"), (2018, 2019, 2021)),
        (("2021,2018", "2018"), (2018, 2021)),
    ],
)
def test_years_are_single_or_ranges(texts: tuple[str, ...], years: tuple[int, ...]) -> None:
    assert parse_years(texts) == years


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"areas": ("410203",)}, "area: no report is of 410203"),
        ({"areas": ("北京市",)}, "area: no report is of '北京市'"),
        ({"areas": ("430",)}, "area: '430' is no code"),
        ({"years": (1999,)}, "no report is of these areas, years and levels"),
        ({"levels": ("province",)}, "no report is of these areas, years and levels"),
        ({"indicators": ("recon-acepted",)}, "did you mean recon-accepted"),
        ({"indicators": ("",)}, "no indicator ''"),
    ],
)
def test_what_does_not_exist_is_told(choice: dict[str, object], said: str) -> None:
    with pytest.raises(FatuError, match=said.replace("(", "\\(")):
        compare_store(comparison_store(), Choice(**choice))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["20", "2020-2018", "二〇二〇", "2018..2020", ""])
def test_what_is_no_year_is_told(text: str) -> None:
    with pytest.raises(ArgumentError, match=r"^year: "):
        parse_years((text,))


@pytest.mark.parametrize(
    "name", ["recon-accepted", "行政复议案件受理数", "Reconsideration cases accepted", " recon-accepted "]
)
def test_an_indicator_answers_to_its_id_and_its_names(name: str) -> None:
    assert [indicator.id for indicator in compared(name).indicators] == ["recon-accepted"]


# ---- formats -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports' graphs as one file."""
    path = tmp_path_factory.mktemp("compared") / "all.trig"
    path.write_bytes(write_trig(comparison_quads(), Iris()))
    return path


Run = Callable[..., str]


@pytest.fixture
def compare(graphs: Path, tmp_path: Path) -> Run:
    """Runs `fatu compare` on them."""

    def call(*arguments: str | Path) -> str:
        done = run("compare", "--data", graphs, *arguments, cwd=tmp_path)
        assert (done.code, done.err) == (0, "")
        return done.out

    return call


def test_csv_opens_in_a_spreadsheet_and_keeps_numbers_as_written(compare: Run) -> None:
    out = compare("--indicator", "recon-closure-rate", "--year", "2019", "--format", "csv")
    assert out.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert [(row["area_name"], row["value"], row["recomputed"], row["comparable"]) for row in rows] == [
        ("常德市", "83.33", "83.3333", "yes"), ("安乡县", "100", "100", "yes"), ("石门县", "90", "88.89", "yes"),
    ]  # fmt: skip


def test_json_has_numbers_as_strings_and_nothing_for_silence(compare: Run) -> None:
    rows = json.loads(compare("--indicator", "recon-accepted", "--area", "常德市", "--format", "json"))
    assert len(rows) == 10
    assert rows[0] | {"value": "120", "year": 2019, "reported": "yes"} == rows[0]
    assert rows[2] | {"value": None, "year": 2021, "reported": "no"} == rows[2]


def test_the_table_says_in_words_what_marks_mean(compare: Run) -> None:
    zh = compare("--indicator", "recon-accepted", "--lang", "zh")
    en = compare("--indicator", "recon-accepted", "--lang", "en")
    for line, words in [
        ("常德市  2020", "≥130"),
        ("石门县  2020", "只是年内一段"),
        ("常德市  2021", "未报告"),
    ]:
        assert any(row.startswith(line[:3]) and words in row for row in zh.splitlines()), words
    assert "part of the year" in en and "not reported" in en
    rates = compare("--indicator", "recon-closure-rate", "--lang", "zh")
    assert "不一致" in rates and " 一致" in rates and "consistent" not in rates


def test_a_ranking_is_one_indicator_of_one_year(graphs: Path, tmp_path: Path, compare: Run) -> None:
    out = compare("--indicator", "recon-accepted", "--year", "2019", "--by", "rank", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert [(r["standing"], r["rank"], r["tied"], r["area"]) for r in rows] == [
        ("ranked", "1", "no", CITY), ("ranked", "2", "yes", OTHER), ("ranked", "2", "yes", COUNTY),
    ]  # fmt: skip
    done = run("compare", "--data", graphs, "--indicator", "recon-accepted", "--by", "rank", cwd=tmp_path)
    assert (done.code, done.out) == (2, "") and "give one --indicator and one --year" in done.err


def test_a_workbook_holds_numbers(compare: Run, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    compare("--indicator", "recon-closure-rate", "--year", "2019", "-o", tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["comparison"]
    rows = list(sheet.iter_rows(values_only=True))
    value = rows[0].index("value")
    assert rows[0] == COMPARISON_COLUMNS and [row[value] for row in rows[1:]] == [83.33, 100, 90]


def test_parquet_holds_decimals(compare: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    compare("--indicator", "recon-closure-rate", "-o", tmp_path / "t.parquet")
    table = parquet.read_table(tmp_path / "t.parquet")
    types = {field.name: str(field.type) for field in table.schema}
    assert tuple(types) == COMPARISON_COLUMNS
    assert (types["value"], types["year"], types["reported"]) == ("decimal128(38, 10)", "int32", "bool")
    assert table.column("value").to_pylist()[0] == Decimal("83.33")


def test_the_same_graphs_give_the_same_bytes(compare: Run, tmp_path: Path) -> None:
    for ending in ("csv", "json", "xlsx", "parquet"):
        names = [tmp_path / f"{number}.{ending}" for number in (1, 2)]
        for name in names:
            compare("-o", name)
        assert names[0].read_bytes() == names[1].read_bytes(), ending


def test_a_database_has_the_observations_and_three_views(compare: Run, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    compare("-o", tmp_path / "t.duckdb")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.duckdb"]
    with duckdb.connect(str(tmp_path / "t.duckdb"), read_only=True) as database:

        def ask(sql: str) -> list[tuple[object, ...]]:
            return list(database.sql(sql).fetchall())

        rows = ask(
            "SELECT standing, rank, area, value FROM ranking WHERE indicator = 'recon-accepted' AND year = 2020"
        )
        assert rows == [
            ("ranked", 1, CITY, Decimal(130)), ("apart", None, OTHER, Decimal(20)), ("apart", None, OTHER, Decimal(22)),
            ("apart", None, COUNTY, Decimal(5)),
        ]  # fmt: skip
        assert ask("SELECT count(*) FROM silent WHERE indicator = 'training-persons'") == [(4,)]
        trends = ask(
            'SELECT area, "2019", "2019_unit", "2019_marks", "2020_marks", "2021", "2021_marks" FROM trend '
            "WHERE indicator = 'recon-accepted'"
        )
        assert trends == [
            (CITY, Decimal(120), "件", None, "at_least", None, "not_reported"),
            (OTHER, Decimal(9), "件", None, "several_values; more_values", Decimal(12), "shared_text"),
            (COUNTY, Decimal(9), "件", None, "part_of_year", Decimal(12), None),
        ]
        assert ask("SELECT count(*) FROM observations") == [(37,)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "xlsx"), "xlsx is not text"),
        (
            ("-o", "t.foo"),
            "t.foo: no format has the ending .foo; choose one of .txt, .csv, .json, .xlsx, .parquet",
        ),
        (("--trend", "--by", "rank"), "given beside --by rank"),
        (("--trend", "-o", "t.duckdb"), "has rankings and trends as views"),
        (("--store", "store"), "given beside --store"),
        (("-o", "no/such/folder/t.csv"), "cannot be written"),
        (("-o", "no/such/folder/t.duckdb"), "cannot be written"),
        (("--level", "town"), "'town' is not one of"),
    ],
)
def test_what_does_not_go_together_is_told_in_a_line(
    graphs: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run("compare", "--data", graphs, *arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert said in done.err and len(done.err.splitlines()) == 1


def test_a_store_on_disk_gives_what_the_graphs_give(graphs: Path, tmp_path: Path, compare: Run) -> None:
    done = run("load", graphs, "--store", tmp_path / "store", cwd=tmp_path)
    assert done.code == 0, done.err
    stored = run("compare", "--store", tmp_path / "store", "--format", "csv", cwd=tmp_path)
    assert (stored.code, stored.out) == (0, compare("--format", "csv"))
    table = fatu.compare(tmp_path / "store", ["recon-accepted"])
    assert table == fatu.compare(comparison_store(), ["recon-accepted"]) and len(table) == len(TEXTS) + 1
