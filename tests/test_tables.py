"""Tables in plain text: which lines are one, and what an expert takes from each of its cells.

Each case is (text, the figures in order): span text, value, unit, phrase, period, agency as written. A phrase is
given by the words that it holds, in order. The texts are made up, in the manner of the genre.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from fatu.finding import find
from fatu.finding.cells import with_unit
from fatu.interpreting import interpret
from fatu.model import Metric, Observation, Outline, Reading
from fatu.outlining import outline
from fatu.reading import read_text

Figure = tuple[str, str, str | None, str, str | None, str | None]

TITLE = "石门县人民政府2021年度法治政府建设情况报告"
BODY = "一、主要工作开展情况\n\n全县扎实推进法治政府建设。\n\n"


def outline_body(body: str) -> Outline:
    return outline(read_text(f"{TITLE}\n\n{BODY}{body}\n\n全县上下将继续努力。\n", "report.txt"))


def read_body(body: str) -> Reading:
    outlined = outline_body(body)
    return interpret(outlined, find(outlined))


def tabbed(table: str) -> str:
    """A table written with bars, as a word processor saves it: tabs between the cells."""
    return "\n".join(
        "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
        for line in table.strip().split("\n")
        if not re.fullmatch(r"[|\- ]+", line.strip())
    )


def holds(phrase: str, words: str) -> bool:
    return re.search(".*".join(map(re.escape, words.split())), phrase) is not None


def check(observations: tuple[Observation, ...], figures: list[Figure]) -> None:
    read = [
        (
            o.metric.text,
            str(o.metric.payload.value),
            o.metric.payload.unit,
            words if holds(o.phrase, words) else o.phrase,
            o.period,
            o.agency.text if o.agency else None,
        )
        for o, (_, _, _, words, _, _) in zip(observations, figures, strict=False)
    ]
    assert read == figures
    assert len(observations) == len(figures), [o.metric.text for o in observations[len(figures) :]]


CASES: dict[str, tuple[str, list[Figure]]] = {
    "units in the column's head, heads elided": (
        """
| 事项 | 数量（件） | 同比 |
|---|---|---|
| 受理行政复议案件 | 36 | 12.5% |
| 审结 | 30 | -3.2% |
| 其中：维持 | 20 | — |
""",
        [
            ("36", "36", "件", "受理行政复议案件", "2021", None),
            ("12.5%", "12.5", "%", "受理行政复议案件 同比增长", "2021", None),
            ("30", "30", "件", "行政复议案件审结", "2021", None),
            ("-3.2%", "-3.2", "%", "行政复议案件审结 同比增长", "2021", None),
            ("20", "20", "件", "行政复议案件维持", "2021", None),
        ],
    ),
    "a column of units, a column for each year": (
        """
| 指标 | 单位 | 2020年 | 2021年 | 同比增长（%） |
| 行政处罚案件 | 件 | 320 | 356 | 11.3 |
| 罚没款 | 万元 | 30.5 | 40 | 31.1 |
""",
        [
            ("320", "320", "件", "行政处罚案件", "2020", None),
            ("356", "356", "件", "行政处罚案件", "2021", None),
            ("11.3", "11.3", "%", "行政处罚案件同比增长", "2021", None),
            ("30.5", "305000", "元", "罚没款", "2020", None),
            ("40", "400000", "元", "罚没款", "2021", None),
            ("31.1", "31.1", "%", "罚没款同比增长", "2021", None),
        ],
    ),
    "a row for each department, totals, empty cells": (
        """
| 单位 | 行政处罚（件） | 行政许可（件） | 罚没金额（万元） |
| 县市场监管局 | 120 | 3,500 | 85.6 |
| 县公安局 | 86 |  | — |
| 合计 | 206 | 3,500 | 85.6 |
""",
        [
            ("120", "120", "件", "行政处罚", "2021", "县市场监管局"),
            ("3,500", "3500", "件", "行政许可", "2021", "县市场监管局"),
            ("85.6", "856000", "元", "罚没金额", "2021", "县市场监管局"),
            ("86", "86", "件", "行政处罚", "2021", "县公安局"),
            ("206", "206", "件", "行政处罚", "2021", None),
            ("3,500", "3500", "件", "行政许可", "2021", None),
            ("85.6", "856000", "元", "罚没金额", "2021", None),
        ],
    ),
    "numbers of rows count nothing": (
        """
| 序号 | 事项 | 数量（场） |
| 1 | 法治讲座 | 12 |
| 2 | 宪法宣传活动 | 8 |
""",
        [
            ("12", "12", "场", "法治讲座", "2021", None),
            ("8", "8", "场", "宪法宣传活动", "2021", None),
        ],
    ),
    "a caption tells year and subject, a note the unit": (
        """
表1 2020年行政复议案件办理情况
（单位：件）
| 类别 | 数量 |
| 受理 | 45 |
| 审结 | 41 |
""",
        [
            ("45", "45", "件", "行政复议案件受理", "2020", None),
            ("41", "41", "件", "行政复议案件审结", "2020", None),
        ],
    ),
    "caption and note in one line, rates are in percent": (
        """
表2 行政应诉案件情况 单位：件
| 项目 | 上年 | 本年 |
| 胜诉 | 18 | 21 |
| 胜诉率 | 90 | 95.5 |
""",
        [
            ("18", "18", "件", "行政应诉案件胜诉", "2020", None),
            ("21", "21", "件", "行政应诉案件胜诉", "2021", None),
            ("90", "90", "%", "行政应诉案件胜诉率", "2020", None),
            ("95.5", "95.5", "%", "行政应诉案件胜诉率", "2021", None),
        ],
    ),
    "a sentence leads to the table": (
        """
2020年全县人民调解情况如下：
| 指标 | 数值 |
| 调解纠纷 | 560件 |
| 调解成功率 | 98.2% |
""",
        [
            ("560件", "560", "件", "调解纠纷", "2020", None),
            ("98.2%", "98.2", "%", "调解成功率", "2020", None),
        ],
    ),
    "the cells write their units": (
        """
| 项目 | 完成情况 | 备注 |
| 培训执法人员 | 1.2万人次 | 含线上 |
| 发放宣传资料 | 3500余份 | 无 |
| 投入经费 | 46.5万元 |  |
""",
        [
            ("1.2万人次", "12000", "人次", "培训执法人员", "2021", None),
            ("3500余份", "3500", "份", "发放宣传资料", "2021", None),
            ("46.5万元", "465000", "元", "投入经费", "2021", None),
        ],
    ),
    "two lines of heads": (
        """
| 部门 | 行政检查 |  | 行政强制 |  |
|  | 2020年（次） | 2021年（次） | 2020年（件） | 2021年（件） |
| 县应急管理局 | 210 | 260 | 3 | 5 |
| 县城市管理局 | 480 | 515 | 22 | 17 |
""",
        [
            ("210", "210", "次", "行政检查", "2020", "县应急管理局"),
            ("260", "260", "次", "行政检查", "2021", "县应急管理局"),
            ("3", "3", "件", "行政强制", "2020", "县应急管理局"),
            ("5", "5", "件", "行政强制", "2021", "县应急管理局"),
            ("480", "480", "次", "行政检查", "2020", "县城市管理局"),
            ("515", "515", "次", "行政检查", "2021", "县城市管理局"),
            ("22", "22", "件", "行政强制", "2020", "县城市管理局"),
            ("17", "17", "件", "行政强制", "2021", "县城市管理局"),
        ],
    ),
    "a label that spans several rows": (
        """
| 类别 | 事项 | 数量（件） |
| 行政复议 | 受理 | 36 |
|  | 审结 | 30 |
| 行政应诉 | 胜诉 | 12 |
""",
        [
            ("36", "36", "件", "行政复议受理", "2021", None),
            ("30", "30", "件", "行政复议审结", "2021", None),
            ("12", "12", "件", "行政应诉胜诉", "2021", None),
        ],
    ),
    "lines that head others": (
        """
| 项目 | 数量（件） |
| 一、行政复议案件 |  |
| 受理 | 36 |
| 审结 | 30 |
| 二、行政应诉案件 |  |
| 胜诉 | 12 |
""",
        [
            ("36", "36", "件", "行政复议案件受理", "2021", None),
            ("30", "30", "件", "行政复议案件审结", "2021", None),
            ("12", "12", "件", "行政应诉案件胜诉", "2021", None),
        ],
    ),
    "no names of rows": (
        """
表3 行政复议案件情况（件）
| 受理 | 审结 | 结案率 |
| 36 | 30 | 83.3% |
""",
        [
            ("36", "36", "件", "行政复议案件受理", "2021", None),
            ("30", "30", "件", "行政复议案件审结", "2021", None),
            ("83.3%", "83.3", "%", "行政复议案件结案率", "2021", None),
        ],
    ),
    "a row for each year": (
        """
| 年份 | 受理行政复议案件（件） | 审结（件） |
| 2019年 | 28 | 27 |
| 2020年 | 31 | 30 |
| 2021年 | 36 | 30 |
""",
        [
            ("28", "28", "件", "受理行政复议案件", "2019", None),
            ("27", "27", "件", "行政复议案件审结", "2019", None),
            ("31", "31", "件", "受理行政复议案件", "2020", None),
            ("30", "30", "件", "行政复议案件审结", "2020", None),
            ("36", "36", "件", "受理行政复议案件", "2021", None),
            ("30", "30", "件", "行政复议案件审结", "2021", None),
        ],
    ),
    "years without their sign": (
        """
| 指标 | 2020 | 2021 |
| 办理法律援助案件（件） | 410 | 452 |
""",
        [
            ("410", "410", "件", "办理法律援助案件", "2020", None),
            ("452", "452", "件", "办理法律援助案件", "2021", None),
        ],
    ),
    "quarters": (
        """
| 指标 | 一季度 | 二季度 |
| 行政检查（次） | 96 | 120 |
""",
        [
            ("96", "96", "次", "行政检查", "2021-Q1", None),
            ("120", "120", "次", "行政检查", "2021-Q2", None),
        ],
    ),
    "the same period of the year before": (
        """
| 指标 | 本期 | 上年同期 | 比上年增减 |
| 受理行政复议案件（件） | 36 | 32 | 12.5% |
""",
        [
            ("36", "36", "件", "受理行政复议案件", "2021", None),
            ("32", "32", "件", "受理行政复议案件", "2020", None),
            ("12.5%", "12.5", "%", "受理行政复议案件同比增长", "2021", None),
        ],
    ),
    "the column before is what the change is of": (
        """
| 部门 | 行政处罚（件） | 同比 | 行政许可（件） | 同比 |
| 县市场监管局 | 120 | 5.3% | 3500 | 8% |
""",
        [
            ("120", "120", "件", "行政处罚", "2021", "县市场监管局"),
            ("5.3%", "5.3", "%", "行政处罚同比增长", "2021", "县市场监管局"),
            ("3500", "3500", "件", "行政许可", "2021", "县市场监管局"),
            ("8%", "8", "%", "行政许可同比增长", "2021", "县市场监管局"),
        ],
    ),
    "arrows and signs": (
        """
| 指标 | 数量（件） | 同比 |
| 行政处罚案件 | 约300 | ↓4.5% |
| 行政强制案件 | ≥20 | +2% |
""",
        [
            ("300", "300", "件", "行政处罚案件", "2021", None),
            ("4.5%", "4.5", "%", "行政处罚案件同比下降", "2021", None),
            ("20", "20", "件", "行政强制案件", "2021", None),
            ("2%", "2", "%", "行政强制案件同比增长", "2021", None),
        ],
    ),
    "a share": (
        """
| 处罚种类 | 件数 | 占比（%） |
| 警告 | 40 | 25.0 |
| 罚款 | 120 | 75.0 |
""",
        [
            ("40", "40", "件", "警告", "2021", None),
            ("25.0", "25", "%", "警告 占比", "2021", None),
            ("120", "120", "件", "罚款", "2021", None),
            ("75.0", "75", "%", "罚款 占比", "2021", None),
        ],
    ),
    "a remark beside the number of a cell": (
        """
| 事项 | 数量 |
| 受理行政复议案件 | 36件（其中上年结转5件） |
| 办理行政应诉案件 | 12件 |
""",
        [
            ("36件", "36", "件", "受理行政复议案件", "2021", None),
            ("5件", "5", "件", "受理行政复议案件 上年结转", "2021", None),
            ("12件", "12", "件", "办理行政应诉案件", "2021", None),
        ],
    ),
    "words with figures in a cell": (
        """
| 事项 | 完成情况 | 责任单位 |
| 行政复议 | 受理36件，审结30件 | 县司法局 |
| 法治宣传 | 举办讲座12场 | 县司法局 |
| 执法监督 | 印发通报 | 县司法局 |
""",
        [
            ("36件", "36", "件", "行政复议 受理", "2021", None),
            ("30件", "30", "件", "行政复议 审结", "2021", None),
            ("12场", "12", "场", "法治宣传 举办讲座", "2021", None),
        ],
    ),
    "two tables side by side": (
        """
| 指标 | 数量（件） | 指标 | 数量（件） |
| 行政处罚 | 120 | 行政许可 | 3500 |
| 行政强制 | 8 | 行政裁决 | 3 |
""",
        [
            ("120", "120", "件", "行政处罚", "2021", None),
            ("3500", "3500", "件", "行政许可", "2021", None),
            ("8", "8", "件", "行政强制", "2021", None),
            ("3", "3", "件", "行政裁决", "2021", None),
        ],
    ),
    "agencies head the columns": (
        """
| 事项 | 县司法局 | 县公安局 | 合计 |
| 执法培训（人次） | 320 | 560 | 880 |
""",
        [
            ("320", "320", "人次", "执法培训", "2021", "县司法局"),
            ("560", "560", "人次", "执法培训", "2021", "县公安局"),
            ("880", "880", "人次", "执法培训", "2021", None),
        ],
    ),
    "the caption names the agency": (
        """
表4 县司法局2020年法律援助情况
| 事项 | 数量 |
| 办理法律援助案件（件） | 452 |
| 接待咨询（人次） | 2300 |
""",
        [
            ("452", "452", "件", "办理法律援助案件", "2020", "县司法局"),
            ("2300", "2300", "人次", "接待咨询", "2020", "县司法局"),
        ],
    ),
    "the caption alone says what is counted": (
        """
表5 各部门行政处罚案件数量统计表
| 部门 | 数量（件） |
| 县市场监管局 | 120 |
| 县公安局 | 86 |
| 合计 | 206 |
""",
        [
            ("120", "120", "件", "行政处罚案件", "2021", "县市场监管局"),
            ("86", "86", "件", "行政处罚案件", "2021", "县公安局"),
            ("206", "206", "件", "行政处罚案件", "2021", None),
        ],
    ),
    "the title of the table in its first line": (
        """
| 2020年行政许可情况统计表 |  |  |
| 部门 | 受理（件） | 办结（件） |
| 县市场监管局 | 3500 | 3490 |
| 县公安局 | 800 | 800 |
""",
        [
            ("3500", "3500", "件", "行政许可受理", "2020", "县市场监管局"),
            ("3490", "3490", "件", "行政许可办结", "2020", "县市场监管局"),
            ("800", "800", "件", "行政许可受理", "2020", "县公安局"),
            ("800", "800", "件", "行政许可办结", "2020", "县公安局"),
        ],
    ),
    "goals are planned": (
        """
| 指标 | 目标值 | 完成值 |
| 行政机关负责人出庭应诉率（%） | 95 | 98 |
""",
        [
            ("95", "95", "%", "行政机关负责人出庭应诉率", "2021", None),
            ("98", "98", "%", "行政机关负责人出庭应诉率", "2021", None),
        ],
    ),
    "what the cells of units do not know has none": (
        """
| 主要指标 | 计量单位 | 本年累计 | 上年同期 | 同比±% |
| 行政处罚立案数 | 件 | 1,286 | 1,150 | 11.8 |
| 罚没入库金额 | 万元 | 458.62 | 501.3 | -8.5 |
| 人均办案数 | 件/人 | 12.5 | 11 | 13.6 |
""",
        [
            ("1,286", "1286", "件", "行政处罚立案数", "2021", None),
            ("1,150", "1150", "件", "行政处罚立案数", "2020", None),
            ("11.8", "11.8", "%", "行政处罚立案数同比增长", "2021", None),
            ("458.62", "4586200", "元", "罚没入库金额", "2021", None),
            ("501.3", "5013000", "元", "罚没入库金额", "2020", None),
            ("-8.5", "-8.5", "%", "罚没入库金额同比增长", "2021", None),
            ("12.5", "12.5", None, "人均办案数", "2021", None),
            ("11", "11", None, "人均办案数", "2020", None),
            ("13.6", "13.6", "%", "人均办案数同比增长", "2021", None),
        ],
    ),
    "full-width forms": (
        """
｜指标｜数量（件）｜
｜－－－｜－－－｜
｜行政处罚｜１２０｜
｜行政许可｜３５００｜
""",
        [
            ("１２０", "120", "件", "行政处罚", "2021", None),
            ("３５００", "3500", "件", "行政许可", "2021", None),
        ],
    ),
}
BARS_ONLY = {
    "full-width forms",
    "the title of the table in its first line",
    "lines that head others",
    "a label that spans several rows",
}


@pytest.mark.parametrize("name", CASES)
def test_figures_of_a_table(name: str) -> None:
    text, figures = CASES[name]
    reading = read_body(text)
    assert len(reading.outline.tables) == 1
    check(reading.observations, figures)


@pytest.mark.parametrize("name", sorted(set(CASES) - BARS_ONLY))
def test_tabs_say_the_same_as_bars(name: str) -> None:
    text, figures = CASES[name]
    reading = read_body(tabbed(text))
    assert len(reading.outline.tables) == 1
    check(reading.observations, figures)


# ------------------------------------------------------------------------------------------------ what is no table

NO_TABLES = {
    "a line with one tab": "受理行政复议案件\t36件。",
    "a line with one bar": "受理行政复议案件36件 | 审结30件。",
    "a line alone": "| 受理 | 36件 | 办结率 | 97.8% |",
    "lines cut once by a tab": "1.\t加强组织领导。\n2.\t健全工作机制。\n3.\t强化督促检查。",
    "a table of contents": "主要做法\t1\n存在问题\t3\n下一步打算\t5",
    "lines that are indented": "\t\t全县召开会议12次。\n\t\t举办讲座8场。",
    "a signature": "\t\t\t\t石门县人民政府\n\t\t\t\t2022年1月26日",
    "a line of metadata with spaces": "发布机构:县司法局    公开日期:2022年1月26日\n索引号:431    文号:无",
    "a heading": "（二）行政复议 | 行政应诉\n\n受理行政复议案件36件。",
    "a rule": "-----------\n受理行政复议案件36件。\n-----------",
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table(name: str) -> None:
    assert outline_body(NO_TABLES[name]).tables == ()


def test_figures_outside_of_tables_are_read_as_before() -> None:
    reading = read_body("受理行政复议案件\t36件，审结30件。")
    assert [(o.metric.text, o.phrase) for o in reading.observations] == [
        ("36件", "受理行政复议案件"),
        ("30件", "行政复议案件审结"),
    ]


# ------------------------------------------------------------------------------------------------- the parts of one

TABLE = CASES["units in the column's head, heads elided"][0].strip()


def test_every_cell_is_a_clause_with_its_role() -> None:
    reading = read_body(f"表1 2021年行政复议情况（单位：件）\n{TABLE}")
    roles = [(s.clause.text, s.role) for s in reading.statements if s.clause.section == (1,)]
    assert roles[2:] == [
        ("表1 2021年行政复议情况(单位:件)", "context"),
        ("事项", "context"),
        ("数量(件)", "context"),
        ("同比", "context"),
        ("受理行政复议案件", "context"),
        ("36", "outcome"),
        ("12.5%", "outcome"),
        ("审结", "context"),
        ("30", "outcome"),
        ("-3.2%", "outcome"),
        ("其中:维持", "context"),
        ("20", "outcome"),
        ("-", "context"),
        ("全县上下将继续努力", roles[-1][1]),
    ]


HEADS = [
    # (table, what a reader calls each figure)
    ("""
| 类别 | 受理（件） | 审结（件） | 结案率（%） |
|---|---|---|---|
| 1.行政复议 | 320 | 310 | 96.9 |
| 2.行政应诉 | 45 | 40 | 88.9 |
""",
     ["行政复议 受理 320件", "行政复议 审结 310件", "行政复议 结案率 96.9%",
      "行政应诉 受理 45件", "行政应诉 审结 40件", "行政应诉 结案率 88.9%"]),
    ("""
| 单位 | 2021年 | 2021年 |
| 单位 | 案件数（件） | 罚没款（万元） |
|---|---|---|
| 市场监管局 | 380 | 120.5 |
| 合计 | 1280 | 1.2亿元 |
""",
     ["市场监管局 2021年 案件数 380件", "市场监管局 2021年 罚没款 120.5万元", "合计 2021年 案件数 1280件",
      "合计 2021年 罚没款 1.2亿元"]),
    # a head that says nothing, a cell with its own unit and a part
    ("""
| 事项 | 数量 |
|---|---|
| 受理行政复议案件 | 36件（其中上年结转5件） |
| 培训执法人员 | 约3百人 |
""",
     ["受理行政复议案件 36件", "受理行政复议案件 上年结转 5件", "培训执法人员 3百人"]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "names"), HEADS)
def test_a_figure_is_called_what_its_heads_call_it(table: str, names: list[str]) -> None:
    found = read_body(table.strip()).observations
    assert [f"{o.heads} {with_unit(o.metric.text, o.metric.payload)}" for o in found] == names


def test_a_figure_outside_of_tables_has_no_heads() -> None:
    assert [o.heads for o in read_body("受理行政复议案件36件。").observations] == [""]


WITH_UNIT = [
    # (number, unit, power of ten, what a reader says)
    ("320", "件", 0, "320件"),
    ("120.5", "元", 4, "120.5万元"),
    ("3", "元", 7, "3千万元"),
    ("2", "元", 12, "2万亿元"),
    ("1.2亿", "元", 8, "1.2亿元"),
    ("1.2亿元", "元", 8, "1.2亿元"),
    ("96.9", "%", 0, "96.9%"),
    ("百分之五", "%", 0, "百分之五"),
    ("320", None, 0, "320"),
]


@pytest.mark.parametrize(("text", "unit", "power", "expected"), WITH_UNIT)
def test_a_number_with_the_unit_of_its_heads(text: str, unit: str | None, power: int, expected: str) -> None:
    assert with_unit(text, Metric(Decimal(1), unit, "exact", 0, power)) == expected


def test_a_lead_in_of_several_clauses_is_context_at_its_end_only() -> None:
    reading = read_body(f"全县受理行政复议案件36件，具体情况如下：\n{TABLE}")
    roles = {s.clause.text: s.role for s in reading.statements}
    assert roles["全县受理行政复议案件36件"] == "action"
    assert roles["具体情况如下"] == "context"


def test_no_heading_begins_in_a_table() -> None:
    reading = read_body(CASES["lines that head others"][0])
    assert [section.title for section in reading.outline.sections] == ["主要工作开展情况"]


def test_headers_and_spans() -> None:
    text = outline_body(TABLE.replace("数量", "数\u200b量"))
    (table,) = text.tables
    assert [row.is_header for row in table.rows] == [True, False, False, False]
    assert [column.kind for column in table.columns] == ["label", "value", "value"]
    for row in table.rows:
        for cell in row.cells:
            assert cell.is_header == row.is_header and table.span.covers(cell.span)
            assert (
                text.source.text[cell.span.start : cell.span.end]
                .replace("\u200b", "")
                .translate(str.maketrans("（）：—", "():-"))
                == cell.text
            )


def test_lines_of_townships_are_parts_of_the_area() -> None:
    reading = read_body("| 乡镇 | 调解纠纷（件） |\n| 楚江街道 | 45 |\n| 皂市镇 | 32 |\n| 全县 | 77 |")
    assert [(o.metric.text, o.scope, o.actor, o.agency) for o in reading.observations] == [
        ("45", "楚江街道", "楚江街道", None),
        ("32", "皂市镇", "皂市镇", None),
        ("77", None, None, None),
    ]


def test_status_of_goals() -> None:
    reading = read_body(CASES["goals are planned"][0])
    assert [o.status for o in reading.observations] == ["planned", "achieved"]


def test_a_table_of_plans_is_for_the_year_to_come() -> None:
    reading = read_body("二、下一步工作打算\n\n| 事项 | 数量（场） |\n| 法治讲座 | 12 |\n| 集中宣传 | 8 |")
    assert [(o.metric.text, o.period, o.status) for o in reading.observations] == [
        ("12", "2022", "planned"),
        ("8", "2022", "planned"),
    ]


def test_bounds_in_cells() -> None:
    reading = read_body(CASES["arrows and signs"][0])
    assert [o.metric.payload.bound for o in reading.observations] == ["approx", "exact", "at_least", "exact"]


def test_written_decimals_and_power() -> None:
    reading = read_body("| 指标 | 金额（万元） |\n| 罚没款 | 1,085.60 |\n| 挽回损失 | 20 |")
    assert [
        (m.value, m.unit, m.decimals, m.scale) for m in (o.metric.payload for o in reading.observations)
    ] == [
        (Decimal(10856000), "元", 2, 4),
        (Decimal(200000), "元", 0, 4),
    ]


def test_observations_hang_on_the_measure_before() -> None:
    reading = read_body(f"县司法局开展行政复议规范化建设。\n\n{TABLE}\n\n县公安局开展执法检查。")
    links = [link for link in reading.links if link.relation == "observation"]
    text = reading.outline.source.text
    assert {text[link.source.start : link.source.end] for link in links} == {"县司法局开展行政复议规范化建设"}
    assert [text[link.target.start : link.target.end] for link in links] == [
        "36",
        "12.5%",
        "30",
        "-3.2%",
        "20",
    ]


def test_two_tables_one_below_the_other() -> None:
    first, second = (
        "| 指标 | 数量（件） |\n| 行政处罚 | 120 |",
        "| 指标 | 次数 |\n|---|---|\n| 行政检查 | 515 |",
    )
    reading = read_body(f"{first}\n\n{second}")
    assert len(reading.outline.tables) == 2
    assert [(o.metric.text, o.metric.payload.unit) for o in reading.observations] == [
        ("120", "件"),
        ("515", "次"),
    ]


def test_a_report_that_opens_with_a_table() -> None:
    text = f"{TITLE}\n\n表1 2021年行政复议情况\n{TABLE}\n\n一、主要工作\n\n全县扎实推进法治政府建设。\n"
    outlined = outline(read_text(text, "report.txt"))
    reading = interpret(outlined, find(outlined))
    assert outlined.metadata.title is not None and outlined.metadata.title.value == TITLE
    assert [o.metric.text for o in reading.observations] == ["36", "12.5%", "30", "-3.2%", "20"]


def test_what_a_page_tells_of_itself_is_no_body() -> None:
    head = "| 索引号 | 431/2022-00012 | 发布日期 | 2022-01-26 |\n| 浏览次数 | 120 | 文号 | 15 |\n"
    outlined = outline(read_text(f"{head}\n{TITLE}\n\n{BODY}", "report.txt"))
    assert outlined.tables == () and find(outlined).metrics == ()


def test_lines_drawn_around_a_table() -> None:
    drawn = "┌────┬────┐\n│指标│数量（件）│\n├────┼────┤\n│行政处罚│120│\n│行政许可│3500│\n└────┴────┘"
    reading = read_body(drawn)
    assert [(o.metric.text, o.metric.payload.unit, o.phrase) for o in reading.observations] == [
        ("120", "件", "行政处罚"),
        ("3500", "件", "行政许可"),
    ]
