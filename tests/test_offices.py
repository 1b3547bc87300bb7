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
    ("来源:政策法规处", [("政策法规处", "泰州市市场监督管理局政策法规处")]),
    ("局综合执法支队立案查处案件33件。", [("局综合执法支队", "泰州市市场监督管理局综合执法支队")]),
    ("局办公室主动公开政府信息386条。", [("局办公室", "泰州市市场监督管理局办公室")]),
    ("局党组理论学习中心组集体学法6次。",
     [("局党组理论学习中心组", "中共泰州市市场监督管理局党组理论学习中心组")]),
    ("成立法治政府建设工作领导小组。",
     [("法治政府建设工作领导小组", "泰州市市场监督管理局法治政府建设工作领导小组")]),
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


TOWN = "诸暨市枫桥镇人民政府2023年法治政府建设工作情况报告"

TOWNSHIPS = [
    ("镇政府印发方案。", [("镇政府", "诸暨市枫桥镇人民政府")]),
    ("在镇党委的领导下,", [("镇党委", "中共诸暨市枫桥镇委员会")]),
    ("镇综合行政执法队办理案件63件。", [("镇综合行政执法队", "诸暨市枫桥镇综合行政执法队")]),
    ("推动调解中心与枫桥派出所、枫桥人民法庭联动。",
     [("枫桥派出所", "诸暨市公安局枫桥派出所"), ("枫桥人民法庭", "诸暨市人民法院枫桥人民法庭")]),
    ("我代表枫桥镇人民政府报告工作。", [("枫桥镇人民政府", "诸暨市枫桥镇人民政府")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), TOWNSHIPS)
def test_bodies_of_a_township_in_its_own_report(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert named(report_of(TOWN, sentence)) == expected


PLAIN = [
    ("对金山店镇、茗山乡和县司法局进行督察。", ["金山店镇", "茗山乡", "县司法局"]),
    ("还地桥镇“石榴籽”调解室入选。", ["还地桥镇"]),
    # no names of townships
    ("开展科技下乡、文化下乡活动。", []),
    ("深入各乡镇、街道宣传。", []),
    ("昆明湖等街道独立办案。", []),
    ("新建、改建司法所6个,规范派出所3个。", []),
]


@pytest.mark.parametrize(("sentence", "expected"), PLAIN)
def test_townships_named_in_passing(sentence: str, expected: list[str]) -> None:
    report = report_of("石门县人民政府2023年法治政府建设年度报告", sentence)
    assert [text for text, _ in named(report)] == expected


def test_a_verb_like_a_county_is_none() -> None:
    report = report_of("石门县人民政府2023年法治政府建设年度报告", "会同县公安局检查,代县政府起草办法。")
    assert [text for text, _ in named(report)] == ["县公安局", "县政府"]


def test_advisers_of_a_government_act_for_themselves() -> None:
    report = report_of(
        "大冶市司法局2024年度法治政府建设情况报告", "市政府法律顾问团列席会议23次,参与谈判34场次。"
    )
    assert [o.agency for o in report.reading.observations] == [None, None]


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
    (cited,) = (e.iri for e in report.entity_links if e.mention.kind == "citation")
    assert [d.issuer_name for d in report.documents if d.iri == cited] == [issuers]
