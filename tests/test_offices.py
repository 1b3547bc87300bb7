"""A bureau speaking of itself, branches of a city's bureaus, and names as the issuer writes them."""

from __future__ import annotations

import pytest

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.model import Report
from fatu.outlining import outline
from fatu.reading import read_text


def report_of(title: str, body: str) -> Report:
    read = outline(read_text(f"{title}\n\n一、主要工作\n\n{body}\n", "report.txt"))
    return link(interpret(read, find(read)))


def named(report: Report) -> list[tuple[str, str | None]]:
    """Agencies below the title: as written, with their names."""
    agencies = {e.mention.span: e.name for e in report.entity_links if e.mention.kind == "agency"}
    start = report.reading.outline.sections[0].span.start
    return [(m.text, agencies[m.span]) for m in report.reading.mentions.agencies if m.span.start > start]


BUREAU = "泰州市市场监督管理局2023年度法治政府建设情况的报告"

OFFICES = [
    # (sentence, agencies as written, with their full names)
    ("任务分解到市局17个处室。", [("市局", "泰州市市场监督管理局")]),
    ("市局法规处审核案件327件。", [("市局法规处", "泰州市市场监督管理局法规处")]),
    ("以省局名义通报表扬。", [("省局", "江苏省市场监督管理局")]),
    ("召开局法治建设工作领导小组全体会议2次。",
     [("局法治建设工作领导小组", "泰州市市场监督管理局法治建设工作领导小组")]),
    # words in which 市局 is no office
    ("打破城市局限,拓宽市域治理。", []),
    ("泰州市局部地区降雨。", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), OFFICES)
def test_a_bureau_of_itself(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert named(report_of(BUREAU, sentence)) == expected


def test_a_government_has_no_office_of_that_kind() -> None:
    assert named(report_of("石门县人民政府2023年法治政府建设年度报告", "任务分解到市局17个处室。")) == []


BRANCHES = [
    ("荔湾公安分局查处案件52件。", [("荔湾公安分局", "广州市公安局荔湾分局")]),
    ("公安荔湾分局查处案件52件。", [("公安荔湾分局", "广州市公安局荔湾分局")]),
    ("广州仲裁委员会受理案件37件。", [("广州仲裁委员会", "广州市仲裁委员会")]),
]


@pytest.mark.parametrize(("sentence", "expected"), BRANCHES)
def test_branches_and_bodies_named_after_a_city(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert named(report_of("广州市荔湾区人民政府2021年度法治政府建设情况的报告", sentence)) == expected


def test_the_issuer_s_own_name_is_no_short_form() -> None:
    report = report_of("重庆市交通局2020年度法治政府建设情况的报告", "市交通局开展检查9次。")
    assert named(report) == [("市交通局", "重庆市交通局")]
    assert report.identity.issuer is not None and report.identity.issuer.name == "重庆市交通局"


def test_elsewhere_it_is_one() -> None:
    report = report_of("石门县人民政府2020年法治政府建设年度报告", "县交通局开展检查9次。")
    assert named(report) == [("县交通局", "石门县交通运输局")]


def test_us_is_the_issuer() -> None:
    report = report_of(BUREAU, "我局2023年共收到政府信息公开申请86件。")
    (observation,) = report.reading.observations
    assert observation.agency is not None and observation.agency.text == "我局"
    assert {e.name for e in report.entity_links if e.mention == observation.agency} == {
        "泰州市市场监督管理局"
    }


ISSUERS = [
    # (sentence, issuers of the document in it)
    ("县委、县政府联合印发《石门县法治宣传教育规划》。", "中共石门县委员会 石门县人民政府"),
    ("对标中共中央、国务院《法治政府建设实施纲要(2021—2025年)》。", "中共中央 国务院"),
    ("执行《市场监督管理行政处罚程序规定》(国家市场监督管理总局令第42号)。", "国家市场监督管理总局"),
]


@pytest.mark.parametrize(("sentence", "issuers"), ISSUERS)
def test_who_issued_a_document(sentence: str, issuers: str) -> None:
    report = report_of("石门县人民政府2023年法治政府建设年度报告", sentence)
    (document,) = report.documents
    assert document.issuer_name == issuers
