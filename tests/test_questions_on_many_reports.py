# ruff: noqa: E501
"""Each named query on many reports: the answers are written down as a careful reader takes them from `many_reports`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.term import Literal as RdflibLiteral
from rdflib.term import Node

from commands import fatu
from fatu.describing.terms import Iri, Literal, Object, write_quad
from fatu.errors import QueryError
from fatu.iris import BASE, Iris
from fatu.model import Overrides
from fatu.pipeline import build
from fatu.querying import Results, ask_store, ask_words, load_queries
from fatu.querying.parameters import parse_value
from fatu.querying.populations import fill_values, read_populations
from fatu.querying.questions import NotUnderstood, Understood
from fatu.storing import MemoryStore
from fatu.storing.binding import bind_values
from many_reports import NEW_OUTLINE, OUTLINE, SHARED, TEXTS, read_reports, report_iri, store_quads

EXACT, LEAST = "确数", "下限"
SCHEME = "河南省法治政府建设实施方案(2016—2020年)"
NOTICE = "开封市法治政府建设领导小组关于印发开封市2020年度法治政府建设工作安排的通知"
DECISION = "中共中央关于全面推进依法治国若干重大问题的决定"
SKILLS, FORMS = "执法人员资格与证件", "普法宣传教育"
COUNTY, CITY, PROVINCE, NATION = "县级", "地级", "省级", "国家"
POPULATIONS = "区划代码,年度,人口\n410203,2020,240000\n410203,2021,250000\n410202,,125000\n430726,2021,600000\n110000,2020,21890000\n"
NO = None

Row = tuple[object, ...]


def D(number: str) -> Decimal:
    """A decimal, as short as the numbers beside it."""
    return Decimal(number)


ANSWERS: dict[str, tuple[dict[str, str], str, list[Row]]] = {
    # name: (parameters, columns, rows)
    # 36÷30 is 120 %: 石门县 has counted the 10 of the year before among its cases when it writes 90 %.
    "ranking": (
        {},
        "year level areaName rate numerator denominator bound stated",
        [
            (2016, PROVINCE, "河南省", D("97.5"), 780, 800, EXACT, NO),
            (2019, COUNTY, "顺河回族区", 100, 10, 10, EXACT, 100),
            (2020, COUNTY, "石门县", 120, 36, 30, EXACT, 90),
            (2020, COUNTY, "龙亭区", 95, 19, 20, EXACT, 95),
            (2020, COUNTY, "顺河回族区", D("88.89"), 8, 9, EXACT, 90),
            (2020, COUNTY, "临澧县", D("87.5"), 14, 16, EXACT, D("87.5")),
            (2020, CITY, "开封市", 95, 190, 200, EXACT, NO),
            (2021, COUNTY, "顺河回族区", 100, 12, 12, EXACT, 100),
            (2021, COUNTY, "石门县", 80, 20, 25, EXACT, 80),
        ],
    ),
    "trend": (
        {"area": "410203"},
        "areaName year name value unit bound sharedText evidence",
        [
            ("顺河回族区", 2019, "排查化解矛盾纠纷数", 2000, "件", EXACT, NO, "排查化解各类矛盾纠纷2000件"),
            ("顺河回族区", 2020, "排查化解矛盾纠纷数", 2500, "件", LEAST, NO, "排查化解各类矛盾纠纷2500余件"),
            ("顺河回族区", 2021, "排查化解矛盾纠纷数", 2600, "件", EXACT, NO, "排查化解各类矛盾纠纷2600件"),
        ],
    ),
    "silence": (
        {},
        "year level areaName given value unit bound evidence",
        [
            (2016, PROVINCE, "河南省", "未报", NO, NO, NO, NO),
            (2019, COUNTY, "顺河回族区", "未报", NO, NO, NO, NO),
            (2020, COUNTY, "龙亭区", "已报", 100, "%", EXACT, "行政机关负责人出庭应诉率100%"),
            (2020, COUNTY, "顺河回族区", "已报", 96, "%", EXACT, "行政机关负责人出庭应诉率96%"),
            (2020, COUNTY, "临澧县", "未报", NO, NO, NO, NO),
            (2020, COUNTY, "石门县", "未报", NO, NO, NO, NO),
            (2020, CITY, "开封市", "未报", NO, NO, NO, NO),
            (2021, COUNTY, "石门县", "已报", D("88.5"), "%", EXACT, "行政机关负责人出庭应诉率88.5%"),
            (2021, COUNTY, "顺河回族区", "未报", NO, NO, NO, NO),
        ],
    ),
    "contradictions": (
        {},
        "areaName year name stated evidence",
        [("顺河回族区", 2020, "行政复议结案率", 90, "结案率90%")],
    ),
    # Of 9 reports 9 give cases accepted and closed, 7 the closure rate, 6 disputes resolved, 3 the court-appearance rate.
    "gaps": (
        {},
        "areaName year name given reports shareGiven",
        [
            ("河南省", 2016, "行政复议结案率", 7, 9, D("0.7778")),
            ("河南省", 2016, "排查化解矛盾纠纷数", 6, 9, D("0.6667")),
            ("开封市", 2020, "行政复议结案率", 7, 9, D("0.7778")),
            ("龙亭区", 2020, "排查化解矛盾纠纷数", 6, 9, D("0.6667")),
            ("临澧县", 2020, "排查化解矛盾纠纷数", 6, 9, D("0.6667")),
        ],
    ),
    # The province names the outline twice: what it carries out, and what its own scheme does.
    "reach": (
        {},
        "areaName year functionEn times",
        [
            ("河南省", 2016, "implements policy", 2),
            ("开封市", 2020, "implements policy", 1),
            ("龙亭区", 2020, "implements policy", 1),
            ("顺河回族区", 2019, "implements policy", 1),
            ("顺河回族区", 2020, "implements policy", 1),
            ("临澧县", 2020, "implements policy", 1),
            ("石门县", 2020, "implements policy", 1),
        ],
    ),
    # The district names notice, scheme and outline; that the one carries out the other the city and the province tell.
    "chains": (
        {"report": "410203-gov-2020"},
        "areaName year level title levelAbove titleAbove",
        [
            ("顺河回族区", 2020, NATION, DECISION, NO, NO),
            ("顺河回族区", 2020, NATION, OUTLINE, NATION, DECISION),
            ("顺河回族区", 2020, CITY, NOTICE, PROVINCE, SCHEME),
            ("顺河回族区", 2020, PROVINCE, SCHEME, NATION, OUTLINE),
        ],
    ),
    "shared-wording": (
        {},
        "areaName year level otherName otherYear paragraphs characters percent",
        [
            (*("龙亭区", 2020, COUNTY, "石门县", 2020, 1, len(SHARED)), D("7.76")),
            (*("石门县", 2020, COUNTY, "龙亭区", 2020, 1, len(SHARED)), D("9.47")),
        ],
    ),
    "follow-up": (
        {},
        "areaName year plan kindName follow nextYear",
        [
            ("顺河回族区", 2019, "我区将加强行政复议工作", "举措", "区政府受理行政复议案件9件", 2020),
            ("顺河回族区", 2019, "我区将加强行政复议工作", "数据", "区政府受理行政复议案件9件", 2020),
            ("顺河回族区", 2020, "我区将开展法治宣传教育", NO, NO, 2021),
            ("石门县", 2020, "我县将开展法治宣传教育", "举措", "开展法治宣传教育活动40场次", 2021),
            ("石门县", 2020, "我县将开展法治宣传教育", "数据", "开展法治宣传教育活动40场次", 2021),
        ],
    ),
    "recurrence": (
        {},
        "areaName year topicName problem again nextYear",
        [
            ("顺河回族区", 2019, FORMS, "一是法治宣传教育形式单一", NO, 2020),
            ("顺河回族区", 2019, SKILLS, "二是执法人员业务能力不足", "一是执法人员业务能力不足", 2020),
            ("顺河回族区", 2020, SKILLS, "一是执法人员业务能力不足", "一是执法人员业务能力不足", 2021),
            ("石门县", 2020, FORMS, "一是法治宣传教育形式单一", "一是法治宣传教育形式单一", 2021),
        ],
    ),
    "frequent-problems": (
        {},
        "year topicName reports areas problems",
        [
            (2019, SKILLS, 1, 1, 1),
            (2019, FORMS, 1, 1, 1),
            (2020, SKILLS, 3, 3, 3),
            (2020, FORMS, 1, 1, 1),
            (2021, SKILLS, 1, 1, 1),
            (2021, FORMS, 1, 1, 1),
        ],
    ),
    # No report tells causes or the first responsible person; in 2016 there was no such duty yet.
    "omissions": (
        {},
        "areaName year dutyNameEn verdictEn",
        [
            ("开封市", 2020, "causes of shortcomings", "missing"),
            ("开封市", 2020, "first responsible person", "missing"),
            ("开封市", 2020, "arrangements for the next year", "missing"),
            ("开封市", 2020, "shortcomings", "missing"),
            ("龙亭区", 2020, "causes of shortcomings", "missing"),
            ("龙亭区", 2020, "first responsible person", "missing"),
            ("顺河回族区", 2019, "causes of shortcomings", "missing"),
            ("顺河回族区", 2019, "first responsible person", "missing"),
            ("顺河回族区", 2020, "causes of shortcomings", "missing"),
            ("顺河回族区", 2020, "first responsible person", "missing"),
            ("顺河回族区", 2021, "causes of shortcomings", "missing"),
            ("顺河回族区", 2021, "first responsible person", "missing"),
            ("顺河回族区", 2021, "publication in time", "late"),
            ("临澧县", 2020, "causes of shortcomings", "missing"),
            ("临澧县", 2020, "first responsible person", "missing"),
            ("临澧县", 2020, "publication in time", "late"),
            ("石门县", 2020, "causes of shortcomings", "missing"),
            ("石门县", 2020, "first responsible person", "missing"),
            ("石门县", 2021, "causes of shortcomings", "missing"),
            ("石门县", 2021, "first responsible person", "missing"),
        ],
    ),
    # Sections: disputes in all nine; enforcement in the five of counties before 2021, and problems of its staff in 2021;
    # publicity in two problems before and, in 2021, in 石门县; emergencies in 顺河 2021, a topic that only the new one has.
    "outlines": (
        {},
        "notation outlineShort covering reports share",
        [
            *((str(n), outline, 0, of, 0) for n in (1, 2, 3) for outline, of in (("2015", 7), ("2021", 2))),
            ("4", "2015", 5, 7, D("0.7143")),
            ("4", "2021", 1, 2, D("0.5")),
            ("5", "2015", 0, 7, 0),
            ("5", "2021", 0, 2, 0),
            ("6", "2015", 7, 7, 1),
            ("6", "2021", 2, 2, 1),
            ("7", "2015", 2, 7, D("0.2857")),
            ("7", "2021", 1, 2, D("0.5")),
            ("8", "2015", 0, 7, 0),
            ("8", "2021", 1, 2, D("0.5")),
            ("9", "2015", 0, 7, 0),
            # two headings of the new outline match it
            ("9", "2021", 0, 2, 0),
            ("9", "2021", 0, 2, 0),
        ],
    ),
    # 20÷12.5, 9÷24, 12÷25, 25÷60; 临澧县 is not in the table, and 110000 not among the reports.
    "per-population": (
        {"population": POPULATIONS},
        "year level areaName per10000 value population",
        [
            (2020, COUNTY, "龙亭区", D("1.6"), 20, 125000),
            (2020, COUNTY, "顺河回族区", D("0.38"), 9, 240000),
            (2021, COUNTY, "顺河回族区", D("0.48"), 12, 250000),
            (2021, COUNTY, "石门县", D("0.42"), 25, 600000),
        ],
    ),
    "specialities": (
        {},
        "provinceName program reports areas measures",
        [("河南省", "服务型行政执法", 3, 2, 3), ("湖南省", "双随机、一公开", 2, 2, 2)],
    ),
}

CHOSEN: list[tuple[str, dict[str, str], str, list[Row]]] = [
    # query, parameters, columns, rows
    ("ranking", {"year": "2020", "within": "430000"}, "areaName rate", [("石门县", 120), ("临澧县", D("87.5"))]),
    ("ranking", {"indicator": "litigation-win-rate"}, "areaName", []),
    ("trend", {"area": "430726", "year": "2021"}, "value bound", [(4200, EXACT)]),
    ("silence", {"year": "2021"}, "areaName given", [("石门县", "已报"), ("顺河回族区", "未报")]),
    ("silence", {"within": "430000", "year": "2020"}, "areaName given", [("临澧县", "未报"), ("石门县", "未报")]),
    # What both districts have in one paragraph is not what either gives.
    ("silence", {"indicator": "info-published", "year": "2020", "within": "410202"}, "given", [("未报",)]),
    ("trend", {"indicator": "info-published"}, "areaName sharedText", [("龙亭区", f"{BASE}id/shared/1"), ("石门县", f"{BASE}id/shared/1")]),
    ("contradictions", {"area": "430726"}, "name", []),
    ("gaps", {"report": "410202-gov-2020"}, "name", [("排查化解矛盾纠纷数",)]),
    ("gaps", {"report": "410202-gov-2020", "share": "0.7"}, "name", []),
    ("gaps", {"report": "430724-gov-2020", "share": "0.3"}, "name given", [("排查化解矛盾纠纷数", 6), ("行政机关负责人出庭应诉率", 3)]),
    ("reach", {"document": "汴法政〔2020〕1号"}, "areaName functionEn", [("龙亭区", "compiled under"), ("顺河回族区", "compiled under")]),
    ("reach", {"document": f"《{NEW_OUTLINE}》"}, "areaName year", [("顺河回族区", 2021), ("石门县", 2021)]),
    ("reach", {"document": SCHEME}, "areaName functionEn", [("河南省", "issues"), ("开封市", "implements policy"), ("顺河回族区", "implements policy")]),
    ("chains", {"area": "430726", "year": "2021"}, "title titleAbove", [(NEW_OUTLINE, NO)]),
    ("shared-wording", {"report": "430726-gov-2020"}, "otherName characters", [("龙亭区", len(SHARED))]),
    ("shared-wording", {"report": "430726-gov-2021"}, "otherName", []),
    ("follow-up", {"report": "410203-gov-2020"}, "plan kindName", [("我区将开展法治宣传教育", NO)]),
    ("recurrence", {"topic": "law-popularization"}, "areaName again", [("顺河回族区", NO), ("石门县", "一是法治宣传教育形式单一")]),
    ("frequent-problems", {"year": "2020", "topic": "enforcement-personnel"}, "topicName reports", [(SKILLS, 3)]),
    ("omissions", {"area": "430724"}, "verdictEn", [("missing",), ("missing",), ("late",)]),
    ("per-population", {"population": "area,population\n410202,100000\n", "year": "2020"}, "per10000", [(2,)]),
    ("specialities", {"province": "430000"}, "program", [("双随机、一公开",)]),
]  # fmt: skip


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return MemoryStore(store_quads())


def pick(results: Results, columns: str) -> list[Row]:
    return [tuple(_cell(row, column) for column in columns.split()) for row in results]


def _cell(row: dict[str, object], column: str) -> object:
    return str(row["outline"])[-4:] if column == "outlineShort" else row[column]


COUNTIES_OF_2020 = ["石门县", "龙亭区", "临澧县", "顺河回族区", "开封市"]
"""By cases accepted: 30, 20, 16, 9; the city, on a level of its own, 200."""


@pytest.mark.parametrize(
    ("question", "query", "parameters", "areas"),
    [
        ("2020年各区县行政复议受理数排名", "silence", {"indicator": "recon-accepted", "year": "2020"}, COUNTIES_OF_2020),
        ("2020年谁受理的行政复议案件最多?", "silence", {"indicator": "recon-accepted", "year": "2020"}, COUNTIES_OF_2020),
        ("In 2020, which county accepted the fewest reconsideration cases?", "silence", {"indicator": "recon-accepted", "year": "2020"}, COUNTIES_OF_2020),
        ("2020年哪个区县的复议结案率最低?", "ranking", {"indicator": "recon-closure-rate", "year": "2020"}, ["石门县", "龙亭区", "顺河回族区", "临澧县", "开封市"]),
        # Only those of the province; and of a district the others of its city.
        ("2021年湖南省哪个县的行政复议受理数最高?", "silence", {"indicator": "recon-accepted", "year": "2021", "within": "430000"}, ["石门县"]),
        ("顺河区2020年的复议结案率排第几?", "ranking", {"indicator": "recon-closure-rate", "year": "2020", "within": "410200"}, ["龙亭区", "顺河回族区", "开封市"]),
        # 法律援助 is in no report: all are silent.
        ("2021年哪些县没有报告法律援助案件数?", "silence", {"indicator": "legal-aid-cases", "year": "2021"}, ["顺河回族区", "石门县"]),
    ],
)  # fmt: skip
def test_a_ranking_asked_for_in_words(
    question: str, query: str, parameters: dict[str, str], areas: list[str], store: MemoryStore
) -> None:
    answer = ask_words(store, question)
    assert isinstance(answer, Understood), answer.message
    assert (answer.query.name, dict(answer.parameters)) == (query, parameters)
    assert [row["areaName"] for row in answer.results] == areas


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("顺河区历年行政复议受理数的变化", [("2019", 10), ("2020", 9), ("2021", 12)]),
        ("顺河回族区2020年复议受理数比上年增加了多少?", [("2019", 10), ("2020", 9), ("2021", 12)]),
        ("顺河回族区2021年复议受理数比2020年增加了多少?", [("2020", 9), ("2021", 12)]),
        ("How did the reconsideration cases accepted change over the years in Shunhe?", [("2019", 10), ("2020", 9), ("2021", 12)]),
    ],
)  # fmt: skip
def test_a_change_asked_for_in_words(question: str, years: list[Row], store: MemoryStore) -> None:
    answer = ask_words(store, question)
    assert isinstance(answer, Understood), answer.message
    assert (answer.query.name, dict(answer.parameters)["area"]) == ("trend", "410203")
    assert [(str(row["year"]), row["value"]) for row in answer.results] == years


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2016年哪个省的行政复议受理数最高?", "图谱里没有同一年度几个地区的报告"),
        ("哪个区的工作最好?", "没有哪个查询"),
        ("北京市哪个区的结案率最高?", "图谱里没有北京市的报告"),
    ],
)
def test_a_ranking_that_the_reports_do_not_give(question: str, told: str, store: MemoryStore) -> None:
    answer = ask_words(store, question)
    assert isinstance(answer, NotUnderstood)
    assert told in answer.message


def test_a_province_without_a_report_is_asked_about_by_those_within(store: MemoryStore) -> None:
    answer = ask_words(store, "湖南省有哪些问题?")
    assert isinstance(answer, Understood), answer.message
    assert answer.only == ("430724-gov-2020", "430726-gov-2020", "430726-gov-2021")


def test_rows_of_some_reports_only_are_said_to_be() -> None:
    """No parameter of the query takes several reports: the command alone would give more rows."""
    answer = ask_words(MemoryStore(store_quads()), "顺河回族区有哪些问题?")
    assert isinstance(answer, Understood)
    assert answer.only == ("410203-gov-2019", "410203-gov-2020", "410203-gov-2021")


def test_an_indicator_that_only_the_store_has_is_asked_for_by_its_name(tmp_path: Path) -> None:
    quads = set()
    for year, value, income in ((2018, 30, 4), (2019, 33, 5)):
        path = tmp_path / f"{year}.txt"
        text = f"一、{year}年,我区地区生产总值完成{value}亿元,旅游收入{income}亿元。"
        path.write_text(f"顺河回族区人民政府{year}年工作报告\n{text}\n", encoding="utf-8")
        quads |= {*build(path, Overrides(area="410203", year=year)).quads}
    own = MemoryStore(quads)
    answer = ask_words(own, "2019年旅游收入是多少?")
    assert isinstance(answer, Understood), answer.message
    assert (answer.query.name, [row["value"] for row in answer.results]) == ("figure", [500000000])
    answer = ask_words(own, "旅游收入逐年变化")
    assert isinstance(answer, Understood), answer.message
    assert [row["value"] for row in answer.results] == [400000000, 500000000]
    assert isinstance(ask_words(own, "粮食产量是多少?"), NotUnderstood)


def test_every_question_about_many_reports_has_a_query_and_an_answer() -> None:
    assert {query.number for query in load_queries()} - {None} == set(range(1, 41))
    assert {query.name for query in load_queries() if (query.number or 0) > 25} == set(ANSWERS)


def test_reports_are_read_as_what_they_are() -> None:
    assert {graph.report.identity.id for graph in read_reports().values()} == set(TEXTS)


@pytest.mark.parametrize("name", ANSWERS)
def test_answers(name: str, store: MemoryStore) -> None:
    parameters, columns, expected = ANSWERS[name]
    assert pick(ask_store(store, name, parameters), columns) == expected


@pytest.mark.parametrize(("name", "parameters", "columns", "expected"), CHOSEN)
def test_answers_about_what_is_chosen(
    name: str, parameters: dict[str, str], columns: str, expected: list[Row], store: MemoryStore
) -> None:
    assert pick(ask_store(store, name, parameters), columns) == expected


@pytest.mark.parametrize("name", ANSWERS)
def test_offsets_lead_back_to_the_texts(name: str, store: MemoryStore) -> None:
    texts = {report_iri(report): text for report, text in TEXTS.items()}
    for row in ask_store(store, name, ANSWERS[name][0]):
        for quoted, start, end, report in (
            ("evidence", "start", "end", "report"),
            ("plan", "start", "end", "report"),
            ("problem", "start", "end", "report"),
            ("follow", "followStart", "followEnd", "next"),
            ("again", "againStart", "againEnd", "next"),
        ):
            if row.get(quoted) is not None:
                assert texts[str(row[report])][row[start] : row[end]] == row[quoted]  # type: ignore[misc]


def test_numbers_are_exact_decimals(store: MemoryStore) -> None:
    """No figure of an answer is a float: they are xsd:decimal or xsd:integer."""
    floats = ("http://www.w3.org/2001/XMLSchema#double", "http://www.w3.org/2001/XMLSchema#float")
    for name, (parameters, _, _) in ANSWERS.items():
        cells = [cell for row in ask_store(store, name, parameters).rows for cell in row]
        assert not [c for c in cells if isinstance(c, Literal) and c.datatype in floats], name


@pytest.mark.parametrize("name", ANSWERS)
def test_every_parameter_but_a_table_is_a_variable_of_the_answer(name: str, store: MemoryStore) -> None:
    (query,) = (query for query in load_queries() if query.name == name)
    parameters = {parameter.name for parameter in query.parameters}
    assert parameters <= set(ask_store(store, name, ANSWERS[name][0]).variables)


# ------------------------------------------------------------------------------------------------ another engine


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The same in rdflib: every triple once."""
    triples = {quad._replace(graph="") for quad in store_quads()}
    found = Graph()
    found.parse(data="".join(f"{write_quad(quad)}\n" for quad in sorted(triples)), format="nt")
    return found


UNFIT = {
    # named query → why rdflib needs minutes for it, or errs
    "gaps": "what MINUS takes away is looked up anew for each row",
    "chains": "a path is walked from every node before it is joined",
    "outlines": "not slow, but wrong: the OPTIONAL sub-select with VALUES gives nothing",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_rdflib_answers_alike(name: str, graph: Graph, store: MemoryStore) -> None:
    if name in UNFIT:
        pytest.skip(UNFIT[name])
    parameters, columns, expected = ANSWERS[name]
    found = graph.query(ready(name, parameters))
    names = [str(variable) for variable in found.vars or ()]
    rows = [dict(zip(names, map(_python, row), strict=True)) for row in found]  # type: ignore[arg-type]
    assert [tuple(_cell(row, column) for column in columns.split()) for row in rows] == expected


def ready(name: str, parameters: dict[str, str]) -> str:
    """A named query with its parameters in its text, for engines that take nothing else."""
    (query,) = (query for query in load_queries() if query.name == name)
    given = {p.name: p.default for p in query.parameters if p.default is not None} | parameters
    text, values = query.text, dict[str, Object]()
    for parameter in query.parameters:
        if parameter.name == query.table:
            text = fill_values(text, read_populations(given[parameter.name], Iris()))
        elif parameter.name in given:
            values[parameter.name] = parse_value(given[parameter.name], parameter, Iris())
    return bind_values(text, values)


def _python(term: Node | None) -> object:
    if not isinstance(term, RdflibLiteral):
        return None if term is None else str(term)
    if str(term.datatype).endswith("gYear"):
        return int(str(term))
    if str(term.datatype).endswith(("decimal", "integer")):
        return Decimal(str(term))
    return str(term)


# -------------------------------------------------------------------------------------------- a table of populations

TABLES = [
    # what is wrong, the table, what is said
    ("nothing", "", r"needs a table: population; give --table population=FILE\.csv"),
    ("no header", "410203,5\n", "row 1: the column 区划代码 is not there; name the columns 区划代码,年度,人口"),
    ("no population", "area,year\n410203,2020\n", "row 1: the column 人口 is not there"),
    ("two of one", "area,code,population\n410203,410203,5\n", "row 1: the column 区划代码 is twice"),
    ("code", "area,population\n410203,5\n4102,5\n", "row 3: '4102' is no code of an area"),
    ("year", "area,year,population\n410203,20,5\n", "row 2: '20' is no year"),
    ("words", "area,population\n410203,24万\n", "row 2: '24万' is no population"),
    ("zero", "area,population\n410203,0\n", "row 2: '0' is no population"),
    ("empty", "area,population\n410203\n", "row 2: '' is no population"),
    ("again", "area,population\n410203,5\n410203,6\n", "row 3: 410203 has a population in row 2 already"),
    ("every year", "area,year,population\n410203,2020,5\n410203,,6\n", "row 3: 410203 has a population in row 2"),
    ("SPARQL", 'area,population\n410203,"5) } #"\n', r"row 2: '5\) } #' is no population"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "table", "said"), TABLES, ids=[row[0] for row in TABLES])
def test_a_faulty_table_is_explained(wrong: str, table: str, said: str, store: MemoryStore) -> None:
    with pytest.raises(QueryError, match=said):
        ask_store(store, "q39", {"population": table})


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_from_a_file(codec: str, tmp_path: Path, store: MemoryStore) -> None:
    path = tmp_path / "人口.csv"
    path.write_bytes("人口,区划代码\r\n125000.5,410202\r\n\r\n".encode(codec))
    assert pick(ask_store(store, "q39", {"population": path}), "areaName population") == [
        ("龙亭区", D("125000.5"))
    ]


def test_a_path_is_never_a_text_and_a_text_never_a_path(tmp_path: Path, store: MemoryStore) -> None:
    """Who may only send texts, as over HTTP, reads no file."""
    path = tmp_path / "p.csv"
    path.write_text("area,population\n410202,100000\n", encoding="utf-8")
    with pytest.raises(QueryError, match="row 1: the column 区划代码 is not there"):
        ask_store(store, "q39", {"population": str(path)})
    with pytest.raises(QueryError, match="no table 'year'; there are: population"):
        ask_store(store, "q39", {"year": path})
    with pytest.raises(QueryError, match="cannot be read: No such file"):
        ask_store(store, "q39", {"population": tmp_path / "none.csv"})
    assert ask_store(store, "q39", {"population": path, "year": "2020"})


def test_rows_of_a_table_are_terms() -> None:
    rows = read_populations("area,population\n410202,7.50\n", Iris())
    decimal = Literal("7.50", "http://www.w3.org/2001/XMLSchema#decimal")
    assert rows == ((Iri(f"{BASE}id/area/410202"), Literal(""), decimal),)
    assert "<http" in fill_values("SELECT * { VALUES (?a ?b ?c) { } }", rows)
    with pytest.raises(QueryError, match="has no empty VALUES"):
        fill_values("SELECT * { ?s ?p ?o }", rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("many")
    source = place / "source.txt"
    source.write_text(TEXTS["410202-gov-2020"], encoding="utf-8")
    (place / "graph.nq").write_text(
        "".join(f"{write_quad(q)}\n" for q in build(source).quads), encoding="utf-8"
    )
    (place / "populations.csv").write_text("区划代码,人口\n410202,125000\n", encoding="utf-8")
    yield place


def test_a_table_on_the_command_line(folder: Path) -> None:
    asked = ["query", "q39", "--data", "graph.nq", "--format", "csv"]
    done = fatu(*asked, "--table", "population=populations.csv", cwd=folder)
    header, row = done.out.splitlines()
    assert dict(zip(header.split(","), row.split(","), strict=True))["per10000"] == "1.6"
    failed = fatu(*asked, "--table", "population=none.csv", cwd=folder)
    assert (failed.code, failed.err.strip()) == (
        2,
        "fatu: none.csv: cannot be read: No such file or directory; check the path",
    )
    unset = fatu(*asked, cwd=folder)
    assert (unset.code, unset.err.strip()) == (
        2,
        "fatu: per-population: needs a table: population; give --table population=FILE.csv",
    )
