"""The registry of base documents: every row by its names, its numbers and its own example."""

from __future__ import annotations

import re
from datetime import date

import pytest

from fatu.describing.entities import document_statements
from fatu.describing.terms import Literal
from fatu.finding import find
from fatu.finding.citations import find_citations, parse_title
from fatu.interpreting import interpret
from fatu.iris import Iris
from fatu.lexicon.documents import (
    TABLE,
    BaseDocument,
    DocumentTable,
    bare_names,
    document_key,
    is_short_form,
    load_documents,
)
from fatu.lexicon.tables import Row, load_table
from fatu.linking import link
from fatu.linking.agencies import NATION
from fatu.model import Document, Overrides, Report
from fatu.outlining import fold, outline
from fatu.reading import read_text

ID = "https://w3id.org/fatu/id/"
ROWS = load_table(TABLE)


@pytest.fixture(scope="module")
def table() -> DocumentTable:
    return load_documents()


def title_of(row: object) -> str | None:
    return row["title"] if isinstance(row, dict) else None


def report_of(sentence: str) -> Report:
    text = f"石门县人民政府2022年度法治政府建设情况报告\n\n一、工作开展情况\n\n{sentence}\n"
    outlined = outline(read_text(text, "report.txt"), Overrides())
    return link(interpret(outlined, find(outlined)))


def described(report: Report) -> dict[str, Document]:
    return {document.iri.removeprefix(f"{ID}doc/"): document for document in report.documents}


# -------------------------------------------------------------------------------------------------- the table


@pytest.mark.parametrize("row", ROWS, ids=title_of)
def test_example_is_a_citation_of_its_row(row: Row, table: DocumentTable) -> None:
    (citation,) = (spot.payload for spot in find_citations(row["example"]))
    assert citation.title is not None and table.named(citation.title) is table.documents[row["title"]]
    assert citation.number in (row["number"] or row["promulgated_by"] or None, None)
    if row["number"] or (row["promulgated_by"] and not row["aliases"].startswith("中华")):
        assert citation.number is not None


@pytest.mark.parametrize("row", ROWS, ids=title_of)
def test_cells_are_of_their_form(row: Row) -> None:
    assert row["status"] in ("verified", "known")
    for day in (row["date"], row["revised"]):
        assert re.fullmatch(r"(?:(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)?", day)
        if len(day) == 10:
            date.fromisoformat(day)
    assert not row["revised"] or row["revised"] > row["date"]
    assert not row["title"].startswith("中华人民共和国")
    years = parse_title(fold(row["title"]).text)
    if row["period_start"] and "—" in row["title"]:
        assert (str(years.year_start), str(years.year_end)) == (row["period_start"], row["period_end"])
    assert bool(row["period_start"]) == bool(row["period_end"])


@pytest.mark.parametrize("row", ROWS, ids=title_of)
def test_issuers_and_implemented_documents_exist(row: Row, table: DocumentTable) -> None:
    report = report_of(f"学习{row['example']}。")
    base = table.documents[row["title"]]
    agencies = {agency.iri: agency for agency in report.agencies}
    documents = described(report)
    own = next(d for d in report.documents if d.source and base.title in d.aliases)
    assert [agencies[iri].area for iri in own.issuers] == [NATION] * len(base.issuers)
    assert own.is_law == (row["kind"] in ("law", "administrative regulation", "department rule"))
    by_iri = {document.iri for document in documents.values()}
    assert set(own.implements) <= by_iri and bool(own.implements) == bool(row["implements"])


def test_there_are_enough_rows_of_every_kind() -> None:
    assert len(ROWS) >= 150
    assert {row["kind"] for row in ROWS} == {
        "law", "administrative regulation", "department rule", "judicial interpretation", "party regulation", "policy",
    }  # fmt: skip


def test_bare_names_are_of_laws_and_regulations(table: DocumentTable) -> None:
    found = {name: table.named(name) or table.aliases[document_key(name)] for name in bare_names()}
    assert {document.title for document in found.values() if not document.is_law} == {"信访工作条例"}
    assert {"民法典", "地方组织法", "行政复议法实施条例"} <= set(found)


# ------------------------------------------------------------------------------------------- names and numbers

NAMES = [
    # (as written, title of the row)
    ("中华人民共和国民法典", "民法典"),
    ("民法典", "民法典"),
    ("中华人民共和国行政处罚法(2021年修订)", "行政处罚法"),
    ("行政处罚法（2021修订）", "行政处罚法"),
    ("法治政府建设实施纲要（2015－2020）", "法治政府建设实施纲要(2015—2020年)"),
    ("法治政府建设实施纲要(20152020年)", "法治政府建设实施纲要(2015—2020年)"),
    ("法治政府建设实施纲要 (2015年—2020年)", "法治政府建设实施纲要(2015—2020年)"),
    ("法治政府建设实施纲要(2015至2020年)", "法治政府建设实施纲要(2015—2020年)"),
    ("法治政府建设实施纲要(２０２１—２０２５年)", "法治政府建设实施纲要(2021—2025年)"),
    ("国务院关于进一步贯彻实施〈中华人民共和国行政处罚法〉的通知",
     "国务院关于进一步贯彻实施《中华人民共和国行政处罚法》的通知"),
    ("中共中央国务院关于促进民营经济发展壮大的意见", "中共中央 国务院关于促进民营经济发展壮大的意见"),
    ("国务院办公厅关于坚决制止耕地非农化行为的通知", "国务院办公厅关于坚决制止耕地“非农化”行为的通知"),
    ("民法典(草案)", None),
    ("法治政府建设实施纲要", None),
    ("河南省法治政府建设实施方案(2016—2020年)", None),
    ("法治政府建设实施纲要(2016—2020年)", None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "title"), NAMES)
def test_one_name_in_many_forms(written: str, title: str | None, table: DocumentTable) -> None:
    found = table.named(written)
    assert (found.title if found else None) == title


PLANS = [(2014, None), (2015, 2015), (2020, 2015), (2021, 2021), (2025, 2021), (2026, None), (None, None)]


@pytest.mark.parametrize(("year", "first"), PLANS)
def test_a_plan_without_years_is_that_of_the_report_s_year(
    year: int | None, first: int | None, table: DocumentTable
) -> None:
    found = table.in_force("法治政府建设实施纲要", year)
    assert (found.period[0] if found and found.period else None) == first


CUTS = [
    ("国务院办公厅关于全面推行行政执法公示制度……的指导意见",
     "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见"),
    ("国务院关于加强...意见", None),  # two documents begin and end so
    ("国务院…意见", None),
    ("国务院关于加强市县政府依法行政的决定", None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "title"), CUTS)
def test_a_title_cut_short(written: str, title: str | None, table: DocumentTable) -> None:
    found = table.cut(written)
    assert (found.title if found else None) == title


NUMBERS = [
    ("中发〔2015〕36号", "法治政府建设实施纲要(2015—2020年)"),
    ("国发〔2010〕33号", "国务院关于加强法治政府建设的意见"),
    ("国务院令第713号", "重大行政决策程序暂行条例"),
    ("国办发〔2023〕27号", "提升行政执法质量三年行动计划(2023—2025年)"),
]


@pytest.mark.parametrize(("number", "title"), NUMBERS)
def test_number(number: str, title: str, table: DocumentTable) -> None:
    assert table.numbers[number].title == title


SHORT = [
    ("纲要", "法治政府建设实施纲要(2015—2020年)", True),
    ("实施纲要(2015-2020年)", "法治政府建设实施纲要(2015—2020年)", True),
    ("督察工作规定", "法治政府建设与责任落实督察工作规定", True),
    ("规划", "法治政府建设实施纲要(2015—2020年)", False),
    ("法治社会建设实施纲要(2020—2025年)", "法治政府建设实施纲要(2015—2020年)", False),
]


@pytest.mark.parametrize(("short", "title", "is_short"), SHORT)
def test_short_form_of_a_title(short: str, title: str, is_short: bool) -> None:
    assert is_short_form(short, title) == is_short


def test_no_law_bears_a_number_of_its_own(table: DocumentTable) -> None:
    laws = [d for d in table.documents.values() if d.is_law]
    assert len(laws) > 100 and all(isinstance(d, BaseDocument) and not d.number for d in laws)


# ------------------------------------------------------------------------------------------------- in the graph


def stated(report: Report, local: str) -> set[tuple[str, str, str]]:
    """Predicate (without its namespace), value and datatype of what is stated of a document."""
    document = described(report)[local]
    found = set()
    for _, predicate, value in document_statements(document, Iris()):
        datatype = (
            value.datatype.rpartition("#")[2] if isinstance(value, Literal) and not value.language else ""
        )
        found.add((re.split("[#/]", predicate)[-1], value.value.removeprefix(ID), datatype))
    return found


def test_a_law_in_the_graph() -> None:
    assert {
        ("type", "https://w3id.org/fatu/ns#LegalAct", ""),
        ("type", "https://w3id.org/fatu/ns#PolicyDocument", ""),
        ("title", "民法典", ""),
        ("altLabel", "中华人民共和国民法典", ""),
        ("issued", "2020-05-28", "date"),
        ("issuedBy", "org/100000/全国人民代表大会", ""),
    } <= stated(report_of("学习《民法典》。"), "民法典")


def test_a_plan_and_its_notice_in_the_graph() -> None:
    report = report_of("贯彻《法治政府建设实施纲要(2015-2020)》。")
    plan = stated(report, "法治政府建设实施纲要-2015-2020")
    assert ("implementsPolicy", "doc/中共中央关于全面推进依法治国若干重大问题的决定", "") in plan
    assert ("title", "法治政府建设实施纲要(2015-2020)", "") in plan, "as the report writes it"
    assert ("altLabel", "法治政府建设实施纲要(2015—2020年)", "") in plan
    assert not {name for name, *_ in plan} & {"docNumber", "created"}
    notice = stated(report, "中发-2015-36")
    assert {
        ("docNumber", "中发〔2015〕36号", "string"),
        ("promulgates", "doc/法治政府建设实施纲要-2015-2020", ""),
        ("created", "2015-12", "gYearMonth"),
    } <= notice
    assert {"source"} <= {name for name, *_ in notice} & {name for name, *_ in plan}


def test_nothing_comes_from_the_registry_for_other_documents() -> None:
    report = report_of("贯彻《湖南省法治政府建设实施方案(2021—2025年)》。")
    names = {name for name, *_ in stated(report, "湖南省法治政府建设实施方案-2021-2025")}
    assert names == {"type", "label", "title", "docType", "periodStart", "periodEnd"}
