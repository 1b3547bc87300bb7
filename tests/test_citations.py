"""Citations: documents named by 《title》, by number, or by both, and what a title tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fatu.finding.citations import parse_title
from fatu.model import Mentions, bare_title

Row = tuple[str | None, str | None]
"""Title without its 《》, canonical number."""

PLAN = "石门县法治政府建设实施方案"
NOTICE = f"石门县人民政府关于印发{PLAN}的通知"

CITATIONS: list[tuple[str, list[Row]]] = [
    # ---- titles alone
    ("学习宣传《中华人民共和国宪法》。", [("中华人民共和国宪法", None)]),
    ("学习《宪法》、《民法典》等法律。", [("宪法", None), ("民法典", None)]),
    ("学习《宪法》《民法典》等法律。", [("宪法", None), ("民法典", None)]),
    (
        "贯彻《中华人民共和国行政处罚法(2021年修订)》。",
        [("中华人民共和国行政处罚法(2021年修订)", None)],
    ),
    (
        "落实《法治政府建设实施纲要(2021—2025年)》(以下简称《纲要》)。",
        [("法治政府建设实施纲要(2021—2025年)", None), ("纲要", None)],
    ),
    ("落实《法治社会建设规划(20212025年)》。", [("法治社会建设规划(20212025年)", None)]),
    # ---- brackets of the number
    (f"根据《{NOTICE}》(石政发〔2021〕8号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》（石政发〔2021〕8号）要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发[2021]8号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发［2021］8号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发【2021】8号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发(2021)8号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》（石政发（2021）8号）要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发〈2021〉8号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发﹝2021﹞8号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发〔2021]8号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》[石政发〔2021〕8号]要求", [(NOTICE, "石政发〔2021〕8号")]),
    # ---- other deviations
    (f"根据《{NOTICE}》(石政发〔2021〕第8号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发〔2021年〕8号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发〔2021〕08号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发〔2021〕8)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》(石政发〔２０２１〕８号)要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》 (石政发 〔2021〕 8 号) 要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"根据《{NOTICE}》石政发〔2021〕8号要求", [(NOTICE, "石政发〔2021〕8号")]),
    # ---- the number before the title
    (f"转发石政发〔2021〕8号《{NOTICE}》", [(NOTICE, "石政发〔2021〕8号")]),
    (f"按照石政发〔2021〕8号文件《{NOTICE}》要求", [(NOTICE, "石政发〔2021〕8号")]),
    (f"(石政发〔2021〕8号)《{NOTICE}》", [(NOTICE, "石政发〔2021〕8号")]),
    # ---- several
    (
        "落实《静海区法治宣传规划》(津静政发〔2021〕3号)、《静海区行政执法办法》(津静政办发〔2021〕12号)。",
        [("静海区法治宣传规划", "津静政发〔2021〕3号"), ("静海区行政执法办法", "津静政办发〔2021〕12号")],
    ),
    (
        "印发石政发〔2021〕3号《法治宣传规划》、石政办发〔2021〕12号《行政执法办法》。",
        [("法治宣传规划", "石政发〔2021〕3号"), ("行政执法办法", "石政办发〔2021〕12号")],
    ),
    (
        "落实《法治宣传规划》《行政执法办法》(石政办发〔2021〕12号)。",
        [("法治宣传规划", None), ("行政执法办法", "石政办发〔2021〕12号")],
    ),
    (
        "落实《法治宣传规划》(石政发〔2021〕3号)和《行政执法办法》。",
        [("法治宣传规划", "石政发〔2021〕3号"), ("行政执法办法", None)],
    ),
    (
        "落实国发〔2019〕5号、湘政发〔2020〕6号文件精神。",
        [(None, "国发〔2019〕5号"), (None, "湘政发〔2020〕6号")],
    ),
    # ---- nested: one citation
    (
        "印发《石门县人民政府办公室关于印发〈石门县行政规范性文件管理办法〉的通知》(石政办发〔2022〕4号)。",
        [("石门县人民政府办公室关于印发〈石门县行政规范性文件管理办法〉的通知", "石政办发〔2022〕4号")],
    ),
    (
        "转发《司法部关于印发《行政复议普法要点》的通知》(司发通〔2022〕9号)。",
        [("司法部关于印发《行政复议普法要点》的通知", "司发通〔2022〕9号")],
    ),
    (
        "根据《定安县关于转发国办发〔2019〕5号文件的通知》开展工作。",
        [("定安县关于转发国办发〔2019〕5号文件的通知", None)],
    ),
    # ---- the number alone
    ("按照国发〔2019〕5号文件要求", [(None, "国发〔2019〕5号")]),
    ("认真落实湘政办发〔2020〕22号精神", [(None, "湘政办发〔2020〕22号")]),
    ("严格执行了中发〔2021〕33号和厅字〔2019〕28号", [(None, "中发〔2021〕33号"), (None, "厅字〔2019〕28号")]),
    ("对照文治州办〔2022〕19号逐项自查", [(None, "文治州办〔2022〕19号")]),
    ("详见定府办规〔2022〕3号", [(None, "定府办规〔2022〕3号")]),
    ("甘政办发(电)〔2020〕3号", [(None, "甘政办发(电)〔2020〕3号")]),
    ("按照县委办公室石办发〔2021〕4号要求", [(None, "石办发〔2021〕4号")]),
    # ---- decrees and announcements
    ("《中华人民共和国政府信息公开条例》(国务院令第711号)", [("中华人民共和国政府信息公开条例", "国务院令第711号")]),
    ("《重大行政决策程序暂行条例》(国务院令 第713号)", [("重大行政决策程序暂行条例", "国务院令第713号")]),
    ("根据国务院令第713号规定", [(None, "国务院令第713号")]),
    ("《湖南省行政程序规定》(湖南省人民政府令第222号)", [("湖南省行政程序规定", "湖南省人民政府令第222号")]),
    ("《湖南省行政程序规定》(湖南省人民政府令 222号)", [("湖南省行政程序规定", "湖南省人民政府令第222号")]),
    (
        "《关于发布行政处罚裁量基准的公告》(国家税务总局公告2023年第20号)",
        [("关于发布行政处罚裁量基准的公告", "国家税务总局公告2023年第20号")],
    ),
    ("依据国家林业局公告2016年第12号执行", [(None, "国家林业局公告2016年第12号")]),
    (
        "部门规章《国家级自然保护区修筑设施审批管理暂行办法》（原国家林业局令第50号）",
        [("国家级自然保护区修筑设施审批管理暂行办法", "国家林业局令第50号")],
    ),
    # ---- the number at the end of the title
    (f"根据《{NOTICE}(石政发〔2021〕8号)》要求", [(f"{NOTICE}(石政发〔2021〕8号)", "石政发〔2021〕8号")]),
    # ---- unpaired 《
    ("印发《通知后,组织学习《民法典》。", [("民法典", None)]),
    ("学习民法典》和《宪法》。", [("宪法", None)]),
]  # fmt: skip

NO_CITATION = [
    "印发《法治宣传手册5000份。",
    "法治建设规划(2021-2025年)已经印发。",
    "一审判决(2022)湘0726行初5号已经生效。",
    "2022年第3号通报。",
    "在编人员(2021)38名。",
    "〔2021〕8号",
    "设立《》栏目。",
    "第711号门牌。",
    "门牌号为〔2021〕的档案盒。",
]

NUMBER_PLACES = [
    # (text, text of the mention, text of the number's span)
    (f"根据《{PLAN}》(石政发[2021]8号)要求", f"《{PLAN}》", "石政发[2021]8号"),
    (f"根据石政发〔2021〕8号文件《{PLAN}》要求", f"《{PLAN}》", "石政发〔2021〕8号"),
    (f"根据《{PLAN}》（石政发〔２０２１〕８号）要求", f"《{PLAN}》", "石政发〔２０２１〕８号"),
    ("严格按照石政发〔2021〕8号文件要求", "石政发〔2021〕8号", "石政发〔2021〕8号"),
    ("《条例》(国务院令第711号)", "《条例》", "国务院令第711号"),
    ("依据国家税务总局公告2023年第20号", "国家税务总局公告2023年第20号", "国家税务总局公告2023年第20号"),
]


@pytest.mark.parametrize(("text", "expected"), CITATIONS, ids=[text for text, _ in CITATIONS])
def test_citations(found: Callable[..., Mentions], text: str, expected: list[Row]) -> None:
    mentions = found(text)
    assert [
        (m.text[1:-1] if m.payload.title is not None else None, m.payload.number) for m in mentions.citations
    ] == expected
    for mention in mentions.citations:
        assert mention.text == text[mention.span.start : mention.span.end]
        if mention.payload.title is not None:
            assert mention.text == f"《{mention.text[1:-1]}》"


@pytest.mark.parametrize("text", NO_CITATION)
def test_no_citation(found: Callable[..., Mentions], text: str) -> None:
    assert [m.text for m in found(text).citations] == []


@pytest.mark.parametrize(("text", "mention", "number"), NUMBER_PLACES)
def test_where_title_and_number_stand(
    found: Callable[..., Mentions], text: str, mention: str, number: str
) -> None:
    (citation,) = found(text).citations
    span = citation.payload.number_span
    assert citation.text == mention
    assert span is not None and text[span.start : span.end] == number


def test_parts_of_a_number(found: Callable[..., Mentions]) -> None:
    (citation,) = found("根据《通知》(湘政办发【2020】第22号)").citations
    assert (citation.payload.code, citation.payload.number_year, citation.payload.sequence) == (
        "湘政办发", 2020, 22,
    )  # fmt: skip


TITLES = [
    # (title, type, issuer, title of the text that it issues)
    (NOTICE, "通知", "石门县人民政府", PLAN),
    (
        "文山市人民政府办公室关于印发〈文山市学法制度〉的通知",
        "通知",
        "文山市人民政府办公室",
        "文山市学法制度",
    ),
    (
        "中共中央办公厅、国务院办公厅印发〈关于加强水土保持工作的意见〉的通知",
        "通知",
        "中共中央办公厅、国务院办公厅",
        "关于加强水土保持工作的意见",
    ),
    ("中共中央 国务院关于进一步优化法治环境的意见", "意见", "中共中央 国务院", None),
    ("静海区人民政府关于修改部分规范性文件的决定", "决定", "静海区人民政府", None),
    ("湖南省人民政府关于同意设立石门经济开发区的批复", "批复", "湖南省人民政府", None),
    ("石门县司法局关于商请提供案卷的函", "函", "石门县司法局", None),
    ("国家税务总局关于发布裁量基准的公告", "公告", "国家税务总局", "裁量基准"),
    ("定安县人民政府关于法治政府建设情况的报告", "报告", "定安县人民政府", None),
    ("石门县人民政府常务会议纪要", "纪要", None, None),
    ("关于加强行政应诉工作的意见", "意见", None, None),
    ("中华人民共和国行政复议法", "法", None, None),
    ("优化营商环境条例", "条例", None, None),
    ("湖南省行政执法监督办法", "办法", None, None),
    ("重大行政决策程序规定", "规定", None, None),
    ("石门县2022年普法工作要点", "工作要点", None, None),
    ("行政处罚裁量权基准", "基准", None, None),
    ("民法典", "法典", None, None),
    ("宪法", "宪法", None, None),
    ("中国共产党简史", None, None, None),
]


@pytest.mark.parametrize(("title", "kind", "issuer", "promulgated"), TITLES)
def test_what_a_title_tells(
    title: str, kind: str | None, issuer: str | None, promulgated: str | None
) -> None:
    citation = parse_title(title)
    assert (citation.doc_type, citation.issuer, citation.promulgated) == (kind, issuer, promulgated)


YEARS = [
    # (title, first year, last year)
    ("法治政府建设实施纲要(2021-2025年)", 2021, 2025),
    ("法治政府建设实施纲要(20212025年)", 2021, 2025),
    ("法治社会建设实施纲要(2020至2025年)", 2020, 2025),
    ("石门县2022年度领导干部学法计划", 2022, 2022),
    ("2022年法治政府建设工作安排", 2022, 2022),
    ("静海区关于印发2021年立法计划和法治规划(2021-2025年)", 2021, 2025),
    ("行政复议法", None, None),
]


@pytest.mark.parametrize(("title", "first", "last"), YEARS)
def test_years_of_a_title(title: str, first: int | None, last: int | None) -> None:
    citation = parse_title(title)
    assert (citation.year_start, citation.year_end) == (first, last)


def test_the_citations_of_the_sample(sample_mentions: Mentions) -> None:
    texts = [m.text for m in sample_mentions.citations]
    assert [text for text in texts if not text.startswith("《")] == ["民法典"]
    assert len(texts) == 11
    assert texts[-1] == "《法治社会建设实施纲要(2020—2025年)》"
    assert [m.payload.number for m in sample_mentions.citations if m.payload.number] == ["汴法政〔2020〕1号"]


CUT_LINES = [
    # (text with a line cut within a title, title)
    ("落实《湖南省行政执\n法监督办法》。", "湖南省行政执法监督办法"),
    ("落实《湖南省行政执\r\n法监督办法》。", "湖南省行政执法监督办法"),
    # never closed on the next line; a sentence ends before it is
    ("落实《湖南省行政执\n法监督\n办法》。", None),
    ("落实《湖南省行政执\n法监督。办法》。", None),
]


@pytest.mark.parametrize(("text", "title"), CUT_LINES)
def test_a_title_over_a_cut_line(found: Callable[..., Mentions], text: str, title: str | None) -> None:
    titles = [bare_title(m.text) for m in found(text).citations]
    assert titles == ([title] if title else [])


BARE_LAWS = [
    # (text, laws named without 《》)
    ("深入学习民法典、行政处罚法和新修订的行政复议法。", ["民法典", "行政处罚法", "行政复议法"]),
    ("贯彻实施中华人民共和国土地管理法。", ["中华人民共和国土地管理法"]),
    ("清理涉及民法典的规范性文件。", ["民法典"]),
    ("执行海洋环境保护法和森林法。", ["海洋环境保护法", "森林法"]),
    # part of another name, or of a title
    ("开展民法典宣传月活动。", []),
    ("开展“美好生活·民法典相伴”主题宣传。", []),
    ("建成民法典主题公园1个。", []),
    ("行政处罚法定事由。", []),
    ("宣传《民法典》。", []),
    ("印发《关于贯彻实施行政处罚法的通知》。", []),
]


@pytest.mark.parametrize(("text", "laws"), BARE_LAWS)
def test_laws_without_title_marks(found: Callable[..., Mentions], text: str, laws: list[str]) -> None:
    bare = [m for m in found(text).citations if not m.text.startswith("《")]
    assert [m.text for m in bare] == laws
    assert [m.payload.title for m in bare] == laws
