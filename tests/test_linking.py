"""Linking: which area, agency, document and indicator is meant. Names and IRIs are those of the contract."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fatu.errors import ArgumentError
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link, link_topics
from fatu.linking.titles import MAX_TITLES
from fatu.model import Document, EntityLink, Overrides, Report
from fatu.outlining import outline
from fatu.reading import read_text

ID = "https://w3id.org/fatu/id/"


def link_text(text: str, **overrides: Any) -> Report:
    outlined = outline(read_text(text, "report.txt"), Overrides(**overrides))
    return link(interpret(outlined, find(outlined)))


def link_body(of: str, sentence: str, **overrides: Any) -> Report:
    """A report of an area's government for 2022 with one sentence in it."""
    text = f"{of}人民政府2022年度法治政府建设情况报告\n\n一、工作开展情况\n\n{sentence}\n"
    return link_text(text, **overrides)


def the_link(report: Report, text: str, kind: str = "agency") -> EntityLink:
    found = [e for e in report.entity_links if e.mention.text == text and e.mention.kind == kind]
    assert found, (text, [(e.mention.kind, e.mention.text) for e in report.entity_links])
    return found[0]


# ------------------------------------------------------------------------------------------------ agencies

NAMES = [
    # (area of the report, words, canonical name, IRI)
    # a county: no city before it
    ("石门县", "县司法局", "石门县司法局", "org/430726/司法局"),
    ("石门县", "县政府", "石门县人民政府", "org/430726/人民政府"),
    ("石门县", "县政府办", "石门县人民政府办公室", "org/430726/人民政府办公室"),
    ("石门县", "县市场监管局", "石门县市场监督管理局", "org/430726/市场监督管理局"),
    ("石门县", "县应急局", "石门县应急管理局", "org/430726/应急管理局"),
    ("石门县", "县法律援助中心", "石门县法律援助中心", "org/430726/法律援助中心"),
    ("大厂回族自治县", "县司法局", "大厂回族自治县司法局", "org/131028/司法局"),
    ("准格尔旗", "旗司法局", "准格尔旗司法局", "org/150622/司法局"),
    ("定安县", "县综合行政执法局", "定安县综合行政执法局", "org/469021/综合行政执法局"),
    # a county-level city: no city before it; what lies above keeps its own name
    ("义乌市", "市司法局", "义乌市司法局", "org/330782/司法局"),
    ("义乌市", "金华市司法局", "金华市司法局", "org/330700/司法局"),
    ("延吉市", "州司法局", "延边朝鲜族自治州司法局", "org/222400/司法局"),
    # a district: city, district, function
    ("静海区", "区司法局", "天津市静海区司法局", "org/120118/司法局"),
    ("静海区", "区政府", "天津市静海区人民政府", "org/120118/人民政府"),
    ("静海区", "静海区农业农村委员会", "天津市静海区农业农村委员会", "org/120118/农业农村委员会"),
    ("禹王台区", "区司法局", "开封市禹王台区司法局", "org/410205/司法局"),
    # those above
    ("石门县", "市司法局", "常德市司法局", "org/430700/司法局"),
    ("石门县", "省司法厅", "湖南省司法厅", "org/430000/司法厅"),
    ("石门县", "常德市人民政府", "常德市人民政府", "org/430700/人民政府"),
    ("静海区", "市司法局", "天津市司法局", "org/120000/司法局"),
    ("定安县", "省政府", "海南省人民政府", "org/460000/人民政府"),
    ("石门县", "国务院", "国务院", "org/100000/国务院"),
    ("石门县", "司法部", "司法部", "org/100000/司法部"),
    # the party
    ("石门县", "县委", "中共石门县委员会", "org/430726/中共委员会"),
    ("石门县", "县委办公室", "中共石门县委办公室", None),
    ("静海区", "区委", "中共天津市静海区委员会", "org/120118/中共委员会"),
    ("石门县", "省委", "中共湖南省委员会", "org/430000/中共委员会"),
    # congress and consultative conference
    ("石门县", "县人大常委会", "石门县人民代表大会常务委员会", "org/430726/人民代表大会常务委员会"),
    ("静海区", "区人大常委会", "天津市静海区人民代表大会常务委员会", "org/120118/人民代表大会常务委员会"),
    ("石门县", "县政协", "中国人民政治协商会议石门县委员会", None),
    # sections and meetings of an agency
    ("石门县", "市司法局行政复议科", "常德市司法局行政复议科", "org/430700/司法局/行政复议科"),
    ("石门县", "县政府常务会议", "石门县人民政府常务会议", "org/430726/人民政府/常务会议"),
    # townships and street offices
    ("石门县", "楚江街道办事处", "石门县楚江街道办事处", "org/430726/楚江街道办事处"),
    ("石门县", "壶瓶山镇人民政府", "石门县壶瓶山镇人民政府", "org/430726/壶瓶山镇人民政府"),
    ("静海区", "团泊镇", "天津市静海区团泊镇", "org/120118/团泊镇"),
    # no area, and yet before its offices
    ("石门县", "新疆生产建设兵团水利局", "新疆生产建设兵团水利局", "org/650000/新疆生产建设兵团水利局"),
    # courts
    ("石门县", "县人民法院", "石门县人民法院", "org/430726/人民法院"),
    ("石门县", "县检察院", "石门县人民检察院", "org/430726/人民检察院"),
]  # fmt: skip


@pytest.mark.parametrize(("area", "words", "name", "iri"), NAMES)
def test_name_of_an_agency(area: str, words: str, name: str, iri: str | None) -> None:
    report = link_body(area, f"{words}组织开展法治培训,并由{words}总结。")
    found = the_link(report, words)
    assert found.name == name
    if iri is not None:
        assert found.iri == ID + iri


def test_a_section_belongs_to_its_agency() -> None:
    report = link_body("石门县", "及时向市司法局行政复议科备案。")
    by_iri = {agency.iri: agency for agency in report.agencies}
    parent = by_iri[f"{ID}org/430700/司法局/行政复议科"].parent_iri
    assert parent is not None
    assert by_iri[parent].name == "常德市司法局"


def test_one_agency_in_several_words_is_one() -> None:
    report = link_body("石门县", "县政府召开会议。石门县人民政府印发方案。我县组织培训。")
    links = [e.iri for e in report.entity_links if e.mention.kind == "agency"]
    assert set(links) == {f"{ID}org/430726/人民政府"}


def test_a_court_that_no_area_names_stays_open() -> None:
    found = the_link(link_body("石门县", "支持人民法院依法受理行政案件。"), "人民法院")
    assert found.iri is None
    assert found.candidates == (f"{ID}org/430726/人民法院",)


METHODS = [
    # (words, method)
    ("石门县司法局", "exact"),
    ("县司法局", "context"),
    ("石门县应急局", "alias"),
]


@pytest.mark.parametrize(("words", "method"), METHODS)
def test_how_an_agency_was_told(words: str, method: str) -> None:
    assert the_link(link_body("石门县", f"{words}组织培训。"), words).method == method


def test_every_mention_has_exactly_one_link() -> None:
    report = link_body(
        "石门县",
        "县委、县政府高度重视,制定《石门县普法规划》。支持人民法院工作。推行行政执法“三项制度”。",
    )
    mentions = report.reading.mentions
    wanted = [(m.span, m.kind) for m in (*mentions.agencies, *mentions.citations, *mentions.programs)]
    linked = [(e.mention.span, e.mention.kind) for e in report.entity_links]
    assert sorted(linked) == sorted(wanted)
    assert all(e.name for e in report.entity_links)


# --------------------------------------------------------------------------------------------------- areas

AMBIGUOUS = [
    # (title, sentence, code of the report's area or None)
    ("鼓楼区人民政府2022年度法治政府建设情况报告", "开封市司法局开展督察。", "410204"),
    ("鼓楼区人民政府2022年度法治政府建设情况报告", "根据南京市委部署,开展督察。", "320106"),
    ("鼓楼区人民政府2022年度法治政府建设情况报告", "按照福建省委要求,开展督察。", "350102"),
    ("鼓楼区人民政府2022年度法治政府建设情况报告", "开展督察。", None),
    ("徐州市鼓楼区人民政府2022年度法治政府建设情况报告", "开展督察。", "320302"),
    ("朝阳区人民政府2022年度法治政府建设情况报告", "按照长春市委要求,开展督察。", "220104"),
    ("北京市朝阳区人民政府2022年度法治政府建设情况报告", "开展督察。", "110105"),
    ("新华区人民政府2022年度法治政府建设情况报告", "开展督察。", None),
    ("静海区人民政府2022年度法治政府建设情况报告", "开展督察。", "120118"),
]


@pytest.mark.parametrize(("title", "sentence", "code"), AMBIGUOUS)
def test_area_of_a_report(title: str, sentence: str, code: str | None) -> None:
    report = link_text(f"{title}\n\n一、工作开展情况\n\n{sentence}\n")
    assert report.identity.area == code


def test_an_undecided_area_leaves_its_agencies_open_with_candidates() -> None:
    report = link_text("鼓楼区人民政府2022年度法治政府建设情况报告\n\n一、工作情况\n\n区司法局开展督察。\n")
    found = the_link(report, "鼓楼区人民政府")
    assert found.iri is None
    assert set(found.candidates) == {
        f"{ID}org/{code}/人民政府" for code in ("320106", "320302", "350102", "410204")
    }
    assert the_link(report, "区司法局").iri is None
    assert report.identity.iri is None


def test_areas_come_with_those_above_them() -> None:
    areas = {a.code: a for a in link_body("禹王台区", "开展督察。").areas}
    assert {"410205", "410200", "410000"} <= set(areas)
    assert areas["410205"].parent == "410200"


BY_YEAR = [
    # (title, code of the report's area)
    ("莱芜市人民政府2017年度法治政府建设情况报告", "371200"),
    ("济南市莱芜区人民政府2020年度法治政府建设情况报告", "370116"),
    ("密云县人民政府2015年度法治政府建设情况报告", "110228"),
    ("钢城区人民政府2017年度法治政府建设情况报告", "371203"),
    ("钢城区人民政府2020年度法治政府建设情况报告", "370117"),
    ("寿县人民政府2014年度法治政府建设情况报告", "341521"),
    ("寿县人民政府2021年度法治政府建设情况报告", "340422"),
]


@pytest.mark.parametrize(("title", "code"), BY_YEAR)
def test_the_area_of_a_report_is_that_of_its_year(title: str, code: str) -> None:
    assert link_text(f"{title}\n\n一、工作开展情况\n\n开展督察。\n").identity.area == code


def test_an_area_that_ended_comes_with_what_it_became() -> None:
    text = "莱芜市人民政府2017年度法治政府建设情况报告\n\n一、工作开展情况\n\n开展督察。\n"
    areas = {area.code: area for area in link_text(text).areas}
    assert areas["371200"].successors == ("370116", "370117")
    assert {"370116", "370117", "370100", "370000"} <= set(areas)
    assert all(successor in areas for area in areas.values() for successor in area.successors)
    assert all(area.parent in areas for area in areas.values() if area.parent and area.level != "province")


# --------------------------------------------------------------------------------------------------- townships

TOWNSHIPS = [
    # (area of the report, words, IRI, code of the township or None)
    ("石门县", "楚江街道办事处", "org/430726/楚江街道办事处", "430726001"),
    ("石门县", "壶瓶山镇人民政府", "org/430726/壶瓶山镇人民政府", "430726109"),
    ("常德市", "石门县壶瓶山镇人民政府", "org/430726/壶瓶山镇人民政府", "430726109"),
    ("常德市", "壶瓶山镇人民政府", "org/430726/壶瓶山镇人民政府", "430726109"),
    ("开封市顺河回族区", "东郊乡人民政府", "org/410203/东郊乡人民政府", "410203200"),
    ("石门县", "县司法局", "org/430726/司法局", None),
    ("石门县", "东郊乡人民政府", "org/430726/东郊乡人民政府", None),
]


@pytest.mark.parametrize(("area", "words", "iri", "code"), TOWNSHIPS)
def test_the_township_of_an_agency(area: str, words: str, iri: str, code: str | None) -> None:
    report = link_body(area, f"{words}组织开展法治培训。")
    agency = next(a for a in report.agencies if a.iri == ID + iri)
    assert the_link(report, words).iri == agency.iri
    assert agency.township == code
    assert {a.code for a in report.areas if a.level == "township"} == ({code} if code else set())


def test_a_township_comes_with_its_county() -> None:
    report = link_body("常德市", "壶瓶山镇人民政府组织开展法治培训。")
    areas = {area.code: area for area in report.areas}
    assert areas["430726109"].parent == "430726" and areas["430726"].parent == "430700"


def test_a_township_has_its_own_report() -> None:
    report = link_body("诸暨市枫桥镇", "镇政府组织开展法治培训。")
    assert report.identity.area == "330681"
    assert [area.name for area in report.areas if area.level == "township"] == ["枫桥镇"]
    assert {a.township for a in report.agencies} == {"330681109"}


# -------------------------------------------------------------------------------------- the report itself

IDENTITIES = [
    # (title, id, issuer, IRI of the report)
    ("石门县人民政府2022年度法治政府建设情况报告", "430726-gov-2022", "石门县人民政府", "report/430726/gov/2022"),
    ("石门县司法局2022年度法治政府建设情况报告", "430726-司法局-2022", "石门县司法局", "report/430726/司法局/2022"),
    ("天津市静海区人民政府关于2021年法治政府建设情况的报告", "120118-gov-2021", "天津市静海区人民政府",
     "report/120118/gov/2021"),
    ("静海区市场监管局2021年法治政府建设工作报告", "120118-市场监督管理局-2021", "天津市静海区市场监督管理局",
     "report/120118/市场监督管理局/2021"),
    ("常德市人民政府2020年法治政府建设情况报告", "430700-gov-2020", "常德市人民政府", "report/430700/gov/2020"),
    ("定安县2022年度法治政府建设情况报告", "469021-gov-2022", "定安县人民政府", "report/469021/gov/2022"),
    ("石门县人民政府办公室2022年度法治政府建设情况报告", "430726-人民政府办公室-2022", "石门县人民政府办公室",
     "report/430726/人民政府办公室/2022"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "report_id", "issuer", "iri"), IDENTITIES)
def test_identity_of_a_report(title: str, report_id: str, issuer: str, iri: str) -> None:
    identity = link_text(f"{title}\n\n一、工作开展情况\n\n开展督察。\n").identity
    assert identity.issuer is not None
    assert (identity.id, identity.issuer.name, identity.iri) == (report_id, issuer, ID + iri)


OVERRIDES: list[tuple[dict[str, Any], str]] = [
    ({"area": "120118"}, "120118-gov-2022"),
    ({"year": 2019}, "430726-gov-2019"),
    ({"area": "430726", "year": 2021}, "430726-gov-2021"),
    ({"issuer": "石门县司法局"}, "430726-司法局-2022"),
    ({"id": "my-report"}, "my-report"),
]


@pytest.mark.parametrize(("overrides", "report_id"), OVERRIDES)
def test_what_the_user_says_wins(overrides: dict[str, Any], report_id: str) -> None:
    assert link_body("石门县", "开展督察。", **overrides).identity.id == report_id


OVERRULED: list[tuple[dict[str, Any], list[str]]] = [
    # (what the user says of 石门县's report of 2022, what is told of it)
    ({"area": "120118"}, ["area: the text says 430726 (石门县); 120118 (静海区), which you gave, holds"]),
    ({"year": 2019}, ["year: the text says 2022; 2019, which you gave, holds"]),
    ({"issuer": "石门县司法局"}, ["issuer: the text says 石门县人民政府; 石门县司法局, which you gave, holds"]),
    ({"area": "120118", "year": 2019}, [
        "area: the text says 430726 (石门县); 120118 (静海区), which you gave, holds",
        "year: the text says 2022; 2019, which you gave, holds",
    ]),
    # the same, in other words
    ({"area": "430726", "year": 2022, "issuer": "常德市石门县人民政府"}, []),
    # what the text does not tell
    ({"published": date(2023, 3, 30), "source_url": "https://example.org/a", "id": "mine"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("overrides", "notes"), OVERRULED)
def test_what_the_user_says_against_the_text_is_told(overrides: dict[str, Any], notes: list[str]) -> None:
    assert list(link_body("石门县", "开展督察。", **overrides).notes) == notes


def test_a_day_of_publication_against_the_text_is_told() -> None:
    report = link_text(
        "石门县人民政府2022年度法治政府建设情况报告\n发布日期:2023-03-28\n\n一、工作\n\n开展督察。\n",
        published=date(2023, 3, 30),
    )
    assert report.notes == ("published: the text says 2023-03-28; 2023-03-30, which you gave, holds",)


def test_an_area_or_year_that_the_text_leaves_open_is_not_against_it() -> None:
    text = "鼓楼区人民政府法治政府建设情况报告\n\n一、工作情况\n\n开展督察。\n\n2023年1月20日\n"
    assert link_text(text, area="410204", year=2021).notes == ()


def test_a_given_area_decides_what_the_text_leaves_open() -> None:
    report = link_text(
        "鼓楼区人民政府2022年度法治政府建设情况报告\n\n一、工作情况\n\n区司法局开展督察。\n", area="410204"
    )
    assert the_link(report, "区司法局").name == "开封市鼓楼区司法局"
    assert the_link(report, "鼓楼区人民政府").name == "开封市鼓楼区人民政府"
    assert report.identity.issuer is not None
    assert report.identity.issuer.name == "开封市鼓楼区人民政府"


def test_an_area_code_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"^area: "):
        link_body("石门县", "开展督察。", area="999999")


UNTOLD = [
    # (text, area, year)
    ("关于法治政府建设情况的报告\n\n一、工作情况\n\n2022年,开展督察。\n", None, 2022),
    ("石门县人民政府关于法治政府建设情况的报告\n\n一、工作情况\n\n开展督察。\n", "430726", None),
]


@pytest.mark.parametrize(("text", "area", "year"), UNTOLD)
def test_what_nothing_tells_is_none(text: str, area: str | None, year: int | None) -> None:
    identity = link_text(text).identity
    assert (identity.area, identity.year, identity.id, identity.iri) == (area, year, None, None)


# ----------------------------------------------------------------------------------------------- documents


def documents_of(sentence: str, area: str = "石门县") -> dict[str, Document]:
    return {d.iri.removeprefix(f"{ID}doc/"): d for d in link_body(area, sentence).documents}


DOCUMENTS = [
    # (sentence, IRIs of all documents)
    ("贯彻《法治政府建设实施纲要(2021—2025年)》。", ["法治政府建设实施纲要-2021-2025", "中发-2021-33"]),
    ("贯彻《法治政府建设实施纲要（2021-2025年）》和《法治政府建设实施纲要(2021－2025)》。",
     ["法治政府建设实施纲要-2021-2025", "中发-2021-33"]),
    ("按照《关于加强合法性审核的通知》(湘政办发〔2021〕3号)要求,开展审核。", ["湘政办发-2021-3"]),
    ("按照湘政办发〔2021〕3号文件要求,开展审核。", ["湘政办发-2021-3"]),
    ("按照湘政办发[2021]3号文件和湘政办发〔2021〕3号文件要求,开展审核。", ["湘政办发-2021-3"]),
    ("按照《石门县人民政府关于印发石门县2022年普法工作要点的通知》(石政发〔2022〕5号)要求,开展宣传。",
     ["石政发-2022-5", "石门县2022年普法工作要点"]),
    ("制定《行政执法案卷评查办法》。", ["430726/行政执法案卷评查办法"]),
    ("制定《石门县行政执法案卷评查办法》。", ["石门县行政执法案卷评查办法"]),
    ("制定《石门行政执法案卷评查办法》。", ["石门行政执法案卷评查办法"]),
    ("制定《中华人民共和国成立纪念活动方案》。", ["430726/中华人民共和国成立纪念活动方案"]),
    # with the base documents that it carries out, and the notice that issues those
    ("按照《国务院关于加强法治政府建设的意见》(国发〔2010〕33号)要求,推进工作。",
     ["国发-2010-33", "全面推进依法行政实施纲要", "国发-2004-10"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "iris"), DOCUMENTS)
def test_documents(sentence: str, iris: list[str]) -> None:
    assert sorted(documents_of(sentence)) == sorted(iris)


def test_a_notice_and_the_text_it_issues_are_two_documents() -> None:
    documents = documents_of(
        "按照《石门县人民政府关于印发石门县2022年普法工作要点的通知》(石政发〔2022〕5号)要求,开展宣传。"
    )
    notice = documents["石政发-2022-5"]
    assert notice.promulgates == f"{ID}doc/石门县2022年普法工作要点"
    assert notice.number == "石政发〔2022〕5号"
    assert notice.issuers == (f"{ID}org/430726/人民政府",)
    assert (notice.code, notice.number_year, notice.sequence) == ("石政发", 2022, 5)
    assert documents["石门县2022年普法工作要点"].number is None


ISSUERS = [
    # (sentence, IRI of the document, name of who issued it)
    (
        "落实市政府印发的《关于加强行政应诉工作的意见》。",
        "常德市人民政府关于加强行政应诉工作的意见",
        "常德市人民政府",
    ),
    ("按照《国务院关于加强法治政府建设的意见》(国发〔2010〕33号)要求,推进工作。", "国发-2010-33", "国务院"),
    ("按照湘政发〔2021〕3号文件要求,开展审核。", "湘政发-2021-3", "湖南省人民政府"),
    ("县司法局制定《民法典》宣传方案。", "民法典", None),
    ("县政府出台《优化营商环境条例》配套措施12项。", "优化营商环境条例", None),
    (
        "贯彻中共常德市委 常德市人民政府《关于加强法治工作的意见》。",
        "中共常德市委常德市人民政府关于加强法治工作的意见",
        "中共常德市委员会 常德市人民政府",
    ),
    (
        "贯彻中共常德市委及常德市人民政府《关于加强法治工作的意见》。",
        "中共常德市委常德市人民政府关于加强法治工作的意见",
        "中共常德市委员会 常德市人民政府",
    ),
    ("县委制定《石门县2022年干部教育培训计划》。", "石门县2022年干部教育培训计划", "中共石门县委员会"),
    ("县司法局印发《石门县案卷评查办法》。", "石门县案卷评查办法", "石门县司法局"),
    ("贯彻《中共常德市委关于法治建设的意见》。", "中共常德市委关于法治建设的意见", "中共常德市委员会"),
    ("贯彻《法治政府建设实施纲要(2021—2025年)》。", "法治政府建设实施纲要-2021-2025", None),
]


@pytest.mark.parametrize(("sentence", "iri", "issuer"), ISSUERS)
def test_who_issued_a_document(sentence: str, iri: str, issuer: str | None) -> None:
    assert documents_of(sentence)[iri].issuer_name == issuer


SHORT_FORMS = [
    # (sentence that introduces a short form, the short form as cited later)
    ("贯彻《法治政府建设实施纲要(2021—2025年)》(以下简称《纲要》)。对照《纲要》开展自查。", "《纲要》"),
    (
        "贯彻《法治政府建设实施纲要(2021—2025年)》(下称《实施纲要》)。对照《实施纲要》开展自查。",
        "《实施纲要》",
    ),
    ("贯彻《法治政府建设实施纲要(2021—2025年)》(以下简称“纲要”)。对照《纲要》开展自查。", "《纲要》"),
]


@pytest.mark.parametrize(("sentence", "short"), SHORT_FORMS)
def test_a_short_form_is_the_document_it_stands_for(sentence: str, short: str) -> None:
    report = link_body("石门县", sentence)
    last = [e for e in report.entity_links if e.mention.text == short][-1]
    assert last.iri == f"{ID}doc/法治政府建设实施纲要-2021-2025"
    assert last.method == "alias"


def test_a_short_form_of_a_numbered_document_is_that_document() -> None:
    report = link_body(
        "石门县",
        "按照《关于加强合法性审核的通知》(湘政办发〔2021〕3号,以下简称《通知》)要求,开展审核。落实《通知》精神。",
    )
    last = [e for e in report.entity_links if e.mention.text == "《通知》"][-1]
    assert last.iri == f"{ID}doc/湘政办发-2021-3"


# ---------------------------------------------------------------------------------------------- indicators

INDICATORS = [
    # (sentence, number, id in the catalogue, local name of the observation)
    ("受理行政复议案件15件,审结12件。", "15件", "recon-accepted", "obs-recon-accepted"),
    ("受理行政复议案件15件,审结12件。", "12件", "recon-closed", "obs-recon-closed"),
    ("受理行政复议案件15件,结案率80%。", "80%", "recon-closure-rate", "obs-recon-closure-rate"),
    ("办理行政应诉案件30件,胜诉27件。", "27件", "litigation-won", "obs-litigation-won"),
    ("办理法律援助案件210件。", "210件", "legal-aid-cases", "obs-legal-aid-cases"),
    ("清理规范性文件55件,继续有效的40件。", "40件", "cleanup-kept", "obs-cleanup-kept"),
    ("排查化解矛盾纠纷1200余件。", "1200余件", "disputes-resolved", "obs-disputes-resolved"),
    ("县公共法律服务中心受理各类矛盾纠纷62件。", "62件", "disputes-accepted",
     "obs-disputes-accepted-公共法律服务中心"),
    ("疫情期间,受理各类矛盾纠纷9件。", "9件", "disputes-accepted", "obs-disputes-accepted-疫情期间"),
    ("种植油茶3000亩。", "3000亩", None, "obs-种植油茶"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "number", "indicator", "name"), INDICATORS)
def test_indicator_of_a_number(sentence: str, number: str, indicator: str | None, name: str) -> None:
    links = link_body("石门县", sentence).indicator_links
    found = next(item for item in links if item.observation.metric.text == number)
    assert (found.id, found.name) == (indicator, name)


def test_the_words_that_decided_for_an_indicator() -> None:
    links = link_body("石门县", "受理行政复议案件15件,公职律师12名。种植油茶3000亩。").indicator_links
    assert [(link.method, link.cue) for link in links] == [
        ("exact", "受理行政复议"),
        ("exact", "公职律师"),
        ("inferred", ""),
    ]


def test_an_indicator_of_its_own_is_named_without_filler() -> None:
    links = link_body("石门县", "全县共种植油茶3000亩。").indicator_links
    assert [(link.iri, link.name) for link in links] == [(f"{ID}indicator/种植油茶", "obs-种植油茶")]
    assert links[0].label == "种植油茶"


def test_the_words_that_decided_for_a_program() -> None:
    report = link_body("石门县", "推行“双随机、一公开”,落实“三项制度”,打造“澧水调解”品牌。")
    links = [link for link in report.entity_links if link.mention.kind == "program"]
    assert [(link.name, link.method, link.cue) for link in links] == [
        ("双随机、一公开", "exact", "双随机、一公开"),
        ("行政执法三项制度", "alias", "三项制度"),
        ("澧水调解", "inferred", ""),
    ]
    assert links[2].iri == f"{ID}program/430726/澧水调解"


def test_who_acted_is_scope_and_never_a_second_indicator() -> None:
    report = link_body("石门县", "一是受理各类矛盾纠纷900件。二是县公共法律服务中心受理各类矛盾纠纷62件。")
    assert [(i.id, i.observation.scope) for i in report.indicator_links] == [
        ("disputes-accepted", None),
        ("disputes-accepted", "公共法律服务中心"),
    ]


def test_names_that_would_collide_are_numbered_in_text_order() -> None:
    report = link_body("石门县", "2021年受理行政复议案件8件,2022年受理行政复议案件15件。")
    assert [(i.name, i.observation.metric.text) for i in report.indicator_links] == [
        ("obs-recon-accepted", "8件"),
        ("obs-recon-accepted-2", "15件"),
    ]


TOPICS = [
    ("受理行政复议案件15件。", "administrative-reconsideration"),
    ("开展人民调解工作。", "peoples-mediation"),
    ("办理法律援助案件210件。", "legal-aid"),
]


@pytest.mark.parametrize(("sentence", "topic"), TOPICS)
def test_topic_of_a_measure(sentence: str, topic: str) -> None:
    report = link_body("石门县", sentence)
    (measure,) = report.reading.measures
    assert topic in link_topics(report)[measure.span]


# --------------------------------------------------------------------------- agencies in their short and old forms

SHORT_FORMS = [
    # (area of the report, words, canonical name, line)
    ("石门县", "县政府法制办公室", "石门县人民政府法制办公室", "government"),
    ("石门县", "县法制办", "石门县人民政府法制办公室", "government"),
    ("石门县", "市工商局", "常德市工商行政管理局", "government"),
    ("石门县", "市质监局", "常德市质量技术监督局", "government"),
    ("石门县", "县国土局", "石门县国土资源局", "government"),
    ("石门县", "县卫计局", "石门县卫生和计划生育局", "government"),
    ("静海区", "区卫计委", "天津市静海区卫生和计划生育委员会", "government"),
    ("石门县", "县国税局", "石门县国家税务局", "government"),
    ("石门县", "县地税局", "石门县地方税务局", "government"),
    ("石门县", "省环保厅", "湖南省环境保护厅", "government"),
    ("石门县", "市行政审批局", "常德市行政审批局", "government"),
    ("石门县", "市城管局", "常德市城市管理局", "government"),
    ("石门县", "国务院法制办", "国务院法制办公室", "government"),
    ("石门县", "国家工商总局", "国家工商行政管理总局", "government"),
    ("石门县", "市卫健委", "常德市卫生健康委员会", "government"),
    ("石门县", "县卫健局", "石门县卫生健康局", "government"),
    ("石门县", "省政府办公厅", "湖南省人民政府办公厅", "government"),
    ("石门县", "省政府办公室", "湖南省人民政府办公厅", "government"),
    ("石门县", "县公安局交警大队", "石门县公安局交通警察大队", "government"),
    ("石门县", "县交警大队", "石门县公安局交通警察大队", "government"),
    ("石门县", "县委办", "中共石门县委办公室", "party"),
    ("石门县", "县纪委", "中共石门县纪律检查委员会", "party"),
    ("石门县", "县纪委监委", "中共石门县纪律检查委员会石门县监察委员会", "party"),
    ("石门县", "县依法治县领导小组", "中共石门县委依法治县领导小组", "party"),
    ("石门县", "县委依法治县办", "中共石门县委全面依法治县委员会办公室", "party"),
    ("石门县", "县人大", "石门县人民代表大会", "congress"),
    ("石门县", "县人大常委会", "石门县人民代表大会常务委员会", "congress"),
    ("石门县", "市人大法制委", "常德市人民代表大会法制委员会", "congress"),
    ("石门县", "县政协常委会", "中国人民政治协商会议石门县委员会常务委员会", "cppcc"),
    ("石门县", "县法院", "石门县人民法院", "court"),
    ("石门县", "市法院", "常德市中级人民法院", "court"),
    ("石门县", "市中院", "常德市中级人民法院", "court"),
    ("石门县", "省高院", "湖南省高级人民法院", "court"),
    ("石门县", "省法院", "湖南省高级人民法院", "court"),
    ("义乌市", "市法院", "义乌市人民法院", "court"),
    ("义乌市", "市中院", "金华市中级人民法院", "court"),
    ("石门县", "市检察院", "常德市人民检察院", "procuratorate"),
    ("石门县", "团县委", "共青团石门县委员会", "other"),
    ("石门县", "县妇联", "石门县妇女联合会", "other"),
    ("石门县", "县总工会", "石门县总工会", "other"),
    ("石门县", "县工商联", "石门县工商业联合会", "other"),
]


@pytest.mark.parametrize(("area", "words", "name", "line"), SHORT_FORMS)
def test_short_form_of_an_agency(area: str, words: str, name: str, line: str) -> None:
    report = link_body(area, f"{words}组织开展法治培训。")
    found = the_link(report, words)
    assert found.name == name
    assert [a.line for a in report.agencies if a.iri == found.iri] == [line]


CUES = [
    # (words, how it was told, the words that decided)
    ("石门县司法局", "exact", ""),
    ("县司法局", "context", "县"),
    ("县应急局", "context", "县"),
    ("我县司法局", "context", "我县"),
    ("石门县应急局", "alias", "应急局"),
    ("常德市中院", "alias", "中院"),
    ("国务院", "exact", ""),
    ("国家发改委", "alias", "国家发改委"),
]


@pytest.mark.parametrize(("words", "method", "cue"), CUES)
def test_words_that_decided_an_agency(words: str, method: str, cue: str) -> None:
    found = the_link(link_body("石门县", f"{words}组织培训。"), words)
    assert (found.method, found.cue) == (method, cue)


def test_a_station_and_a_brigade_belong_to_their_bureau() -> None:
    report = link_body("石门县", "夹山镇司法所调解纠纷。县公安局交警大队整治酒驾。")
    parents = {agency.name: agency.parent_iri for agency in report.agencies}
    assert parents["石门县司法局夹山司法所"] == f"{ID}org/430726/司法局"
    assert parents["石门县公安局交通警察大队"] == f"{ID}org/430726/公安局"


# ----------------------------------------------------------------------------------- one document, many names

OUTLINE_2021 = "法治政府建设实施纲要-2021-2025"
NOTICES = [
    # (a number that stands alone, IRI of the notice or decree that bears it, of the text that this issues)
    ("中发〔2021〕33号", "中发-2021-33", OUTLINE_2021),
    ("国务院令第713号", "国务院令第713号", "重大行政决策程序暂行条例"),
]


@pytest.mark.parametrize(("number", "notice", "text"), NOTICES)
def test_a_number_alone_means_what_bears_it(number: str, notice: str, text: str) -> None:
    report = link_body("石门县", f"落实{number}精神。")
    found = the_link(report, number, "citation")
    documents = {d.iri.removeprefix(f"{ID}doc/"): d for d in report.documents}
    assert found.iri == f"{ID}doc/{notice}"
    assert (documents[notice].number, documents[notice].promulgates) == (number, f"{ID}doc/{text}")


ORDERS = [
    # (what a report says, IRI of the text, of the decree or announcement that issues it)
    ("执行《石门县案卷评查规定》(石门县人民政府令第3号)。", "石门县案卷评查规定", "石门县人民政府令第3号"),
    ("执行《行政许可事项办事指南》(国家林业和草原局公告2023年第11号)。", "行政许可事项办事指南",
     "国家林业和草原局公告-2023-11"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "text", "order"), ORDERS)
def test_what_an_order_issues_is_another_document(sentence: str, text: str, order: str) -> None:
    documents = documents_of(sentence)
    assert documents[order].promulgates == f"{ID}doc/{text}"
    assert documents[order].title is None and documents[text].title is not None


UNDECIDED = [
    # what a report says of a kind of text that nothing before it, or more than one thing, explains
    "对照《纲要》自查。",
    "贯彻《常德市普法规划(2021—2025年)》和《常德市法治规划(2021—2025年)》。对照《规划》自查。",
]


@pytest.mark.parametrize("sentence", UNDECIDED)
def test_a_kind_of_text_alone_stays_open(sentence: str) -> None:
    report = link_body("石门县", sentence)
    last = [e for e in report.entity_links if e.mention.kind == "citation"][-1]
    assert last.iri is None
    cited = {e.iri for e in report.entity_links if e.mention.kind == "citation"} - {None}
    assert set(last.candidates) == cited


ONE_DOCUMENT = [
    # (sentence, text of each citation with how it was told and by which words, IRI of all of them)
    (
        "学习《民法典》和《中华人民共和国民法典》。",
        [("《民法典》", "exact", "民法典"), ("《中华人民共和国民法典》", "exact", "中华人民共和国民法典")],
        "民法典",
    ),
    (
        "对照《纲要》(中发〔2021〕33号)自查。贯彻《法治政府建设实施纲要》。",
        [
            ("《纲要》", "code", "中发〔2021〕33号"),
            ("《法治政府建设实施纲要》", "context", "2022"),
        ],
        OUTLINE_2021,
    ),
    (
        "贯彻《法治政府建设实施纲要(2021—2025年)》(中发〔2021〕33号,以下简称《纲要》)。对照《纲要》自查。",
        [
            ("《法治政府建设实施纲要(2021—2025年)》", "exact", "法治政府建设实施纲要(2021-2025年)"),
            ("《纲要》", "alias", "纲要"),
            ("《纲要》", "alias", "纲要"),
        ],
        OUTLINE_2021,
    ),
    (
        "落实国务院《关于加强法治政府建设的意见》,学习《国务院关于加强法治政府建设的意见》和国发〔2010〕33号文件。",
        [
            ("《关于加强法治政府建设的意见》", "context", "国务院"),
            ("《国务院关于加强法治政府建设的意见》", "exact", "国务院关于加强法治政府建设的意见"),
            ("国发〔2010〕33号", "exact", "国发〔2010〕33号"),
        ],
        "国发-2010-33",
    ),
    (
        "落实《国务院关于加强市县…的决定》。",
        [("《国务院关于加强市县…的决定》", "alias", "国务院关于加强市县…的决定")],
        "国发-2008-17",
    ),
    # a kind of text alone: the one that was cited before it
    (
        "贯彻《常德市普法规划(2021—2025年)》。对照《规划》自查。",
        [
            ("《常德市普法规划(2021—2025年)》", "exact", "常德市普法规划(2021-2025年)"),
            ("《规划》", "context", "规划"),
        ],
        "常德市普法规划-2021-2025",
    ),
    # the number within the title; 的通知 left out
    (
        "落实《国务院办公厅关于做好证明事项清理工作的通知(国办发〔2018〕47号)》、"
        "《国务院办公厅关于做好证明事项清理工作》。",
        [
            (
                "《国务院办公厅关于做好证明事项清理工作的通知(国办发〔2018〕47号)》",
                "exact",
                "国务院办公厅关于做好证明事项清理工作的通知(国办发〔2018〕47号)",
            ),
            ("《国务院办公厅关于做好证明事项清理工作》", "alias", "国务院办公厅关于做好证明事项清理工作"),
        ],
        "国办发-2018-47",
    ),
    # a local plan, once with its years and once without
    (
        "贯彻《常德市普法规划(2021—2025年)》。对照《常德市普法规划》自查。",
        [
            ("《常德市普法规划(2021—2025年)》", "exact", "常德市普法规划(2021-2025年)"),
            ("《常德市普法规划》", "alias", "常德市普法规划"),
        ],
        "常德市普法规划-2021-2025",
    ),
    # not in the registry: its issuer in short, in full, or before the title
    (
        "落实市政府《关于加强应诉工作的意见》、《常德市人民政府关于加强应诉工作的意见》和《市政府关于加强应诉工作的意见》。",
        [
            ("《关于加强应诉工作的意见》", "exact", "关于加强应诉工作的意见"),
            ("《常德市人民政府关于加强应诉工作的意见》", "exact", "常德市人民政府关于加强应诉工作的意见"),
            ("《市政府关于加强应诉工作的意见》", "exact", "市政府关于加强应诉工作的意见"),
        ],
        "常德市人民政府关于加强应诉工作的意见",
    ),
    (
        "落实县委《关于法治建设的意见》和《中共石门县委关于法治建设的意见》。",
        [
            ("《关于法治建设的意见》", "exact", "关于法治建设的意见"),
            ("《中共石门县委关于法治建设的意见》", "exact", "中共石门县委关于法治建设的意见"),
        ],
        "中共石门县委关于法治建设的意见",
    ),
    # marks of nested titles and spaces do not matter
    (
        "落实《湖南省实施〈中华人民共和国土地管理法〉办法》和《湖南省实施《中华人民共和国土地管理法》办法》。",
        [
            ("《湖南省实施〈中华人民共和国土地管理法〉办法》", "exact", "湖南省实施〈中华人民共和国土地管理法〉办法"),
            ("《湖南省实施《中华人民共和国土地管理法》办法》", "exact", "湖南省实施《中华人民共和国土地管理法》办法"),
        ],
        "湖南省实施中华人民共和国土地管理法办法",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "told", "iri"), ONE_DOCUMENT)
def test_one_document_in_many_words(sentence: str, told: list[tuple[str, str, str]], iri: str) -> None:
    links = [e for e in link_body("石门县", sentence).entity_links if e.mention.kind == "citation"]
    assert [(e.mention.text, e.method, e.cue) for e in links] == told
    assert {e.iri for e in links} == {f"{ID}doc/{iri}"}


NOT_OF_THE_REGISTRY = [
    # (sentence, text of the citation, IRI)
    # made by a body of the area, or of another number
    ("县政府印发《关于加强法治政府建设的意见》。", "《关于加强法治政府建设的意见》",
     "430726/关于加强法治政府建设的意见"),
    ("县司法局编制《“八五”普法规划》。", "《“八五”普法规划》", "430726/八五-普法规划"),
    ("贯彻《法治政府建设实施纲要》(湘政发〔2021〕9号)。", "《法治政府建设实施纲要》", "湘政发-2021-9"),
    # nothing tells who issued it, or which of several is meant
    ("贯彻《关于加强法治政府建设的意见》。", "《关于加强法治政府建设的意见》", "关于加强法治政府建设的意见"),
    ("贯彻《国务院关于加强…意见》。", "《国务院关于加强…意见》", "国务院关于加强-意见"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "text", "iri"), NOT_OF_THE_REGISTRY)
def test_another_document_of_that_name(sentence: str, text: str, iri: str) -> None:
    report = link_body("石门县", sentence)
    found = the_link(report, text, "citation")
    assert found.iri == f"{ID}doc/{iri}"
    assert next(d for d in report.documents if d.iri == found.iri).source == ""


def test_a_plan_without_years_stays_open_where_no_period_holds_the_report_s_year() -> None:
    report = link_text(
        "石门县人民政府2014年度法治政府建设情况报告\n\n一、工作\n\n贯彻《法治政府建设实施纲要》。\n"
    )
    assert the_link(report, "《法治政府建设实施纲要》", "citation").iri == f"{ID}doc/法治政府建设实施纲要"


def test_what_the_registry_adds_and_what_the_text_tells() -> None:
    documents = documents_of("贯彻《法治政府建设实施纲要（2021-2025年）》。")
    outline_, notice = documents[OUTLINE_2021], documents["中发-2021-33"]
    assert outline_.title == "法治政府建设实施纲要（2021-2025年）"
    assert outline_.issuers == (f"{ID}org/100000/中共中央", f"{ID}org/100000/国务院")
    assert outline_.issuer_name is None, "the report does not say who issued it"
    assert (outline_.number, outline_.promulgates, outline_.is_law) == (None, None, False)
    assert (notice.number, notice.promulgates) == ("中发〔2021〕33号", f"{ID}doc/{OUTLINE_2021}")
    assert outline_.source and notice.source


def test_the_notice_that_issues_a_base_document_is_known_without_its_number() -> None:
    documents = documents_of(
        "按照《国务院办公厅关于印发〈提升行政执法质量三年行动计划（2023—2025年）〉的通知》要求,开展评查。"
    )
    notice = documents["国办发-2023-27"]
    assert notice.title == "国务院办公厅关于印发〈提升行政执法质量三年行动计划（2023—2025年）〉的通知"
    assert notice.number == "国办发〔2023〕27号"
    assert notice.promulgates == f"{ID}doc/提升行政执法质量三年行动计划-2023-2025"


LAWS = [
    # (sentence, IRI of the document, whether it is law of the state)
    ("学习《行政处罚法》。", "行政处罚法", True),
    ("学习《优化营商环境条例》。", "优化营商环境条例", True),
    ("学习《中国共产党党内监督条例》。", "中国共产党党内监督条例", False),
    ("学习《信访工作条例》。", "信访工作条例", False),
    ("学习《法治社会建设实施纲要(2020—2025年)》。", "法治社会建设实施纲要-2020-2025", False),
    ("学习《湖南省行政程序规定》(湖南省人民政府令第222号)。", "湖南省行政程序规定", True),
    ("学习《湖南省红色资源保护和利用条例》。", "湖南省红色资源保护和利用条例", True),
    ("学习《湖南省实施〈中华人民共和国土地管理法〉办法》。", "湖南省实施中华人民共和国土地管理法办法", True),
    ("学习《石门县案卷评查办法》。", "石门县案卷评查办法", False),
    ("学习《反外国制裁法》。", "反外国制裁法", True),
]


@pytest.mark.parametrize(("sentence", "iri", "is_law"), LAWS)
def test_law_of_the_state(sentence: str, iri: str, is_law: bool) -> None:
    assert documents_of(sentence)[iri].is_law == is_law


IMPLEMENTED = [
    # (sentence, IRI of the document, IRIs of those that it carries out)
    ("落实《湖南省贯彻落实〈法治政府建设实施纲要(2015—2020年)〉实施方案》。",
     "湖南省贯彻落实法治政府建设实施纲要-2015-2020-实施方案", ["法治政府建设实施纲要-2015-2020"]),
    ("落实《湖南省实施〈中华人民共和国土地管理法〉办法》。",
     "湖南省实施中华人民共和国土地管理法办法", ["土地管理法"]),
    ("落实《关于贯彻落实〈常德市法治建设规划〉的实施意见》。",
     "关于贯彻落实常德市法治建设规划的实施意见", ["常德市法治建设规划"]),
    ("为贯彻落实《法治政府建设实施纲要(2021—2025年)》,制定印发《石门县法治建设方案》(石政发〔2021〕5号)。",
     "石政发-2021-5", [OUTLINE_2021]),
    ("根据《优化营商环境条例》和《行政处罚法》,结合我县实际,出台《石门县营商环境办法》。",
     "石门县营商环境办法", ["优化营商环境条例", "行政处罚法"]),
    # the sentence is over, or another deed stands between
    ("贯彻《优化营商环境条例》。制定《石门县营商环境办法》。", "石门县营商环境办法", []),
    ("贯彻《优化营商环境条例》,开展培训3次,走访企业20家,制定《石门县案卷评查办法》。", "石门县案卷评查办法", []),
    # by the registry
    ("学习《行政复议法实施条例》。", "行政复议法实施条例", ["行政复议法"]),
    ("落实国发〔2010〕33号文件。", "国发-2010-33", ["全面推进依法行政实施纲要"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "iri", "implemented"), IMPLEMENTED)
def test_what_a_document_carries_out(sentence: str, iri: str, implemented: list[str]) -> None:
    documents = documents_of(sentence)
    found = [target.removeprefix(f"{ID}doc/") for target in documents[iri].implements]
    assert sorted(found) == sorted(implemented)
    assert set(found) <= set(documents)


MISNAMED = (
    "落实《关于加强应诉工作的意见》(湘政办发〔2021〕3号)。"
    "落实《关于印发〈普法规划(2021—2025年)〉的通知》(湘政办发〔2021〕3号)。"
    "落实《执法监督办法》(湘政办发〔2021〕3号)。"
    "再次学习《关于加强应诉工作的意见》(湘政办发〔2021〕3号)。"
)


def test_one_number_is_one_document_whatever_titles_it_is_given() -> None:
    """A title without a place would be the same document in every county that has such a paper."""
    documents = documents_of(MISNAMED)
    assert list(documents) == ["湘政办发-2021-3"]
    paper = documents["湘政办发-2021-3"]
    assert (paper.title, paper.number) == ("关于加强应诉工作的意见", "湘政办发〔2021〕3号")
    assert paper.aliases == ("关于印发〈普法规划(2021—2025年)〉的通知", "执法监督办法")


def test_a_number_has_no_end_of_other_titles() -> None:
    """A text that gives one number to thousands of titles takes no longer for each."""
    titles = [f"第{n}号执法监督办法" for n in range(10, 10 + 2 * MAX_TITLES)]
    sentences = (f"落实《{title}》(湘政办发〔2021〕3号)。" for title in ("应诉工作意见", *titles))
    paper = documents_of("".join(sentences))["湘政办发-2021-3"]
    assert (paper.title, paper.aliases) == ("应诉工作意见", tuple(titles[:MAX_TITLES]))


def test_what_another_title_of_a_number_tells_is_not_told_of_the_document() -> None:
    paper = documents_of(MISNAMED)["湘政办发-2021-3"]
    assert (paper.doc_type, paper.year_start, paper.promulgates) == ("意见", None, None)
    assert paper.issuer_name == "湖南省人民政府办公厅"


def test_a_plan_without_years_is_the_one_that_the_report_cites_with_them_where_its_year_does_not_tell() -> (
    None
):
    report = link_text(
        "石门县人民政府2026年度法治政府建设情况报告\n\n一、工作\n\n"
        "贯彻《法治政府建设实施纲要(2021—2025年)》。对照《法治政府建设实施纲要》自查。\n"
    )
    found = the_link(report, "《法治政府建设实施纲要》", "citation")
    assert (found.iri, found.method) == (f"{ID}doc/{OUTLINE_2021}", "alias")


# ------------------------------------------------------------------------------------------------- programs

PROGRAMS = [
    # (sentence, program as written, IRI, how it was told)
    # known everywhere
    ("落实行政执法“三项制度”。", "三项制度", "program/行政执法三项制度", "alias"),
    # the report's own
    ("推进“红色物业”创建。", "红色物业", "program/430726/红色物业", "inferred"),
    ("开展“平安夹山”创建。", "平安夹山", "program/430726/平安夹山", "inferred"),
    # its name tells the place
    ("接入“湖南省行政执法监督平台”。", "湖南省行政执法监督平台", "program/湖南省行政执法监督平台", "inferred"),
    ("实施湖南省“百千万”工程。", "百千万", "program/430000/百千万", "context"),
    # an institution that many places have
    ("推行重大案件集体讨论制度。", "重大案件集体讨论制度", "program/重大案件集体讨论制度", "inferred"),
    # the country's, by its name or the words before it
    ("通过“国家义务教育发展基本均衡县”验收。", "国家义务教育发展基本均衡县", "program/国家义务教育发展基本均衡县",
     "context"),
    ("获评国家级“慢性病综合防控示范区”。", "慢性病综合防控示范区", "program/慢性病综合防控示范区", "context"),
    # that of the area above
    ("落实省“十大行动”部署。", "十大行动", "program/430000/十大行动", "context"),
    ("配合市级“清风行动”。", "清风行动", "program/430700/清风行动", "context"),
    ("开展全县“清风行动”。", "清风行动", "program/430726/清风行动", "inferred"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "words", "iri", "method"), PROGRAMS)
def test_whose_program_it_is(sentence: str, words: str, iri: str, method: str) -> None:
    found = the_link(link_body("石门县", sentence), words, "program")
    assert (found.iri, found.method) == (ID + iri, method)


def test_a_program_of_a_region_is_not_that_of_its_district() -> None:
    report = link_body("海拉尔区", "推进自治区“十个全覆盖”工程。")
    assert the_link(report, "十个全覆盖", "program").iri == f"{ID}program/150000/十个全覆盖"


@pytest.mark.parametrize(
    "words", ["外县司法局", "邻县司法局", "兄弟县司法局", "周边县司法局", "对口县司法局"]
)
def test_bureaus_of_others_are_not_the_own(words: str) -> None:
    report = link_body("石门县", f"学习{words}的经验。")
    assert [e for e in report.entity_links if e.iri == f"{ID}org/430726/司法局"] == []
