"""Which agencies followed which: the table, its loader, and what linking makes of it."""

from __future__ import annotations

from collections import defaultdict

import pytest

from fatu.errors import LexiconError
from fatu.finding import find
from fatu.finding.agencies import find_agencies
from fatu.interpreting import interpret
from fatu.iris import Iris
from fatu.lexicon.agency_levels import LEVELS, area_level, load_agency_levels
from fatu.lexicon.agency_successions import (
    LOCAL,
    Succession,
    load_agency_successions,
    make_agency_successions,
)
from fatu.lexicon.areas import load_areas
from fatu.lexicon.tables import Row, load_table
from fatu.linking import link
from fatu.linking.agencies import link_agency
from fatu.linking.areas import Setting
from fatu.linking.successions import with_successors
from fatu.model import Agency, EntityLink, Mention, Report, Span
from fatu.outlining import outline
from fatu.reading import read_text

ID = "https://w3id.org/fatu/id/"
NOWHERE = Setting(load_areas(), None, ())
ROWS = list(load_agency_successions().rows.values())


def linked(words: str) -> tuple[EntityLink, Agency]:
    """The agency that these words name by themselves, without any report."""
    (spot,) = find_agencies(words)
    assert (spot.start, spot.end) == (0, len(words)), words
    found, agencies = link_agency(Iris(), NOWHERE, Mention(Span(0, len(words)), words, spot.payload))
    return found, agencies[0]


def followers(words: str) -> list[str]:
    """Canonical names of what took over from the agency that the words name."""
    agency = linked(words)[1]
    known = with_successors(Iris(), load_areas(), {agency.iri: agency})
    return [known[iri].name for iri in known[agency.iri].successors]


def report_of(area: str, sentence: str, year: int = 2016) -> Report:
    text = f"{area}人民政府{year}年度法治政府建设情况报告\n\n一、工作开展情况\n\n{sentence}\n"
    outlined = outline(read_text(text, "report.txt"))
    return link(interpret(outlined, find(outlined)))


# ---------------------------------------------------------------------------------------------------- the table


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.function}-{row.level}-{row.area}")
def test_a_row_tells_its_example(row: Succession) -> None:
    words, _, names = row.example.partition(" → ")
    assert followers(words) == [name for name in names.split("、") if name]
    area = load_areas().by_code(linked(words)[1].area or "")
    assert area is not None
    assert load_agency_successions().find(row.function, area, load_areas()) == row


def test_a_row_without_successors_says_why() -> None:
    assert [row for row in ROWS if bool(row.successors) == row.source.startswith("None: ")] == []


def test_years_are_those_of_the_reforms() -> None:
    assert {row.year for row in ROWS} <= set(range(2013, 2025))
    reform = [row for row in ROWS if "深化党和国家机构改革方案" in row.source]
    assert {row.year for row in reform if row.level in ("national", "province")} == {2018}
    assert {row.year for row in reform} == {2018, 2019}


def test_a_function_is_of_one_line() -> None:
    lines = defaultdict(set)
    for row in load_table("agency_functions.tsv"):
        lines[row["function"]].add(row["line"])
    assert {function: line for function, line in lines.items() if len(line) > 1} == {}


CHAINS = [
    # (words, all that followed, one after the other)
    ("卫生部", ["国家卫生和计划生育委员会", "国家卫生健康委员会"]),
    ("国务院扶贫开发领导小组办公室", ["国家乡村振兴局", "农业农村部"]),
    ("石门县扶贫办", ["石门县乡村振兴局", "石门县农业农村局"]),
    ("中国银监会", ["中国银行保险监督管理委员会", "国家金融监督管理总局"]),
    ("开封市卫生局", ["开封市卫生和计划生育委员会", "开封市卫生健康委员会"]),
]


@pytest.mark.parametrize(("words", "names"), CHAINS)
def test_what_followed_is_followed_further(words: str, names: list[str]) -> None:
    agency = linked(words)[1]
    known = with_successors(Iris(), load_areas(), {agency.iri: agency})
    told = []
    while known[agency.iri].successors:
        (iri,) = known[agency.iri].successors
        agency = known[iri]
        told.append(agency.name)
    assert told == names
    assert len(known) == len(names) + 1


LIVING = [
    # bodies that only lost tasks, and those for whose place nothing is known
    "石门县民政局",
    "石门县司法局",
    "石门县信访局",
    "石门县人民检察院",
    "石门县物价局",
    "石门县林业局",
    "石门县农业局办公室",
    "石门县人民政府",
]


@pytest.mark.parametrize("words", LIVING)
def test_a_body_that_lived_on_has_no_successor(words: str) -> None:
    assert followers(words) == []


GOOD = {
    "function": "法制局",
    "successors": "司法局",
    "year": "2019",
    "level": "local",
    "area": "",
    "example": "佛山市法制局 → 佛山市司法局",
    "source": "tests",
    "status": "known",
}
BROKEN = [
    # (column, cell, what the error names)
    ("function", "法治局", "row 1 column function"),
    ("successors", "司法局、司法所局", "row 1 column successors"),
    ("level", "town", "row 1 column level"),
    ("area", "999999", "row 1 column area"),
    ("year", "2019年", "row 1 column year"),
    ("status", "sure", "row 1 column status"),
    ("successors", "法制局", "column successors"),
]


@pytest.mark.parametrize(("column", "cell", "where"), BROKEN)
def test_a_broken_row_is_refused(column: str, cell: str, where: str) -> None:
    row: Row = {**GOOD, column: cell}
    with pytest.raises(LexiconError) as caught:
        make_agency_successions([row], load_table("agency_functions.tsv"), load_areas())
    assert "agency_successions.tsv" in str(caught.value) and where in str(caught.value)


def test_two_rows_of_one_key_are_refused() -> None:
    with pytest.raises(LexiconError, match="row 2 column function"):
        make_agency_successions([GOOD, GOOD], load_table("agency_functions.tsv"), load_areas())


# ---------------------------------------------------------------------------------------------------- levels


@pytest.mark.parametrize("row", load_table("agency_levels.tsv"), ids=lambda row: row["example"])
def test_the_level_decides_the_function(row: Row) -> None:
    agency = linked(row["example"])[1]
    area = load_areas().by_code(agency.area or "")
    assert area is not None
    if row["there"] == "^":
        assert area_level(area, load_areas()) == "prefecture"
        assert agency.function == row["function"]
    else:
        assert area_level(area, load_areas()) == row["level"]
        assert agency.function.removeprefix("中共") == row["there"]


def test_levels_are_those_of_the_areas() -> None:
    areas = load_areas()
    assert {area_level(area, areas) for area in areas.areas.values()} == set(LEVELS)
    assert LOCAL not in LEVELS
    assert load_agency_levels().function_at("司法局", "county") == "司法局"


@pytest.mark.parametrize("row", load_table("agency_posts.tsv"), ids=lambda row: row["post"])
def test_a_post_is_a_unit_of_its_bureau(row: Row) -> None:
    report = report_of("石门县", f"{row['example']}调解纠纷。")
    (found,) = [e for e in report.entity_links if e.mention.text == row["example"]]
    assert found.iri == f"{ID}org/430726/{row['function']}/夹山{row['post']}"


# ---------------------------------------------------------------------------------------------------- in a report


def test_a_report_describes_what_followed_its_agencies() -> None:
    report = report_of("石门县", "县政府法制办公室组织培训。市环保局、省卫生厅参加。")
    by_iri = {agency.iri: agency for agency in report.agencies}
    assert by_iri[f"{ID}org/430726/人民政府法制办公室"].successors == (f"{ID}org/430726/司法局",)
    assert by_iri[f"{ID}org/430700/环境保护局"].successors == (f"{ID}org/430700/生态环境局",)
    health = by_iri[f"{ID}org/430000/卫生厅"].successors[0]
    assert by_iri[health].name == "湖南省卫生和计划生育委员会"
    assert by_iri[health].successors == (f"{ID}org/430000/卫生健康委员会",)
    assert all(iri in by_iri for agency in report.agencies for iri in agency.successors)
    assert {agency.area for agency in report.agencies} <= {area.code for area in report.areas}


@pytest.mark.parametrize("year", [2013, 2022])
def test_the_year_of_the_report_changes_nothing(year: int) -> None:
    report = report_of("石门县", "县法制办组织培训。", year)
    (agency,) = [a for a in report.agencies if a.function == "人民政府法制办公室"]
    assert agency.successors == (f"{ID}org/430726/司法局",)


def test_the_issuer_of_a_report_has_its_successor() -> None:
    text = "石门县工商行政管理局2016年度法治政府建设情况报告\n\n一、工作开展情况\n\n组织培训。\n"
    outlined = outline(read_text(text, "report.txt"))
    issuer = link(interpret(outlined, find(outlined))).identity.issuer
    assert issuer is not None
    assert issuer.successors == (f"{ID}org/430726/市场监督管理局",)
