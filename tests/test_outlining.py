"""Outlining: the frame of a report, the tree of its numbered headings, its clauses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from fatu.model import Mentions, Outline, Overrides, Source
from fatu.outlining import fold, folded_offset, folded_text, outline
from fatu.outlining.headings import parse_ordinal

Outlined = Callable[..., Outline]
Found = Callable[..., Mentions]
Path = tuple[int, ...]

TITLE = "石门县人民政府关于2021年度法治政府建设情况的报告"


# ------------------------------------------------------------------------------------------------- headings

HEADINGS: list[tuple[str, list[tuple[Path, int, str]]]] = [
    # (body, [(path, level, title)])
    # ---- each style alone
    ("一、主要举措\n有序推进。", [((1,), 1, "主要举措")]),
    ("一、主要举措:\n有序推进。", [((1,), 1, "主要举措")]),
    ("一、主要举措。\n有序推进。", [((1,), 1, "主要举措")]),
    ("　　一、主要举措\n　　有序推进。", [((1,), 1, "主要举措")]),
    ("一、 主要举措\n有序推进。", [((1,), 1, "主要举措")]),
    ("第一部分 主要举措\n有序推进。", [((1,), 1, "主要举措")]),
    ("(一)健全机制\n有序推进。", [((1,), 2, "健全机制")]),
    ("（一）健全机制\n有序推进。", [((1,), 2, "健全机制")]),
    ("(一)、健全机制\n有序推进。", [((1,), 2, "健全机制")]),
    ("一)健全机制\n有序推进。", [((1,), 2, "健全机制")]),
    ("1.健全机制\n有序推进。", [((1,), 3, "健全机制")]),
    ("１．健全机制\n有序推进。", [((1,), 3, "健全机制")]),
    ("1、健全机制\n有序推进。", [((1,), 3, "健全机制")]),
    ("(1)健全机制\n有序推进。", [((1,), 4, "健全机制")]),
    ("（１）健全机制\n有序推进。", [((1,), 4, "健全机制")]),
    # ---- run-in: text follows the title in the same paragraph
    ("(一)健全决策机制。把合法性审查作为必经程序,严格责任追究。", [((1,), 2, "健全决策机制")]),
    ("1.健全决策机制。把合法性审查作为必经程序,严格责任追究。", [((1,), 3, "健全决策机制")]),
    # ---- items within a paragraph
    (
        "县政府着力推进。一是加强领导。成立专班。二是强化督察,压实责任。三是注重宣传。",
        [((1,), 5, "加强领导"), ((2,), 5, "强化督察"), ((3,), 5, "注重宣传")],
    ),
    ("下一步,我县将发力。一要提高认识。二要狠抓落实。", [((1,), 5, "提高认识"), ((2,), 5, "狠抓落实")]),
    ("主要做法:一是抓学习;二是抓培训。", [((1,), 5, "抓学习"), ((2,), 5, "抓培训")]),
    # ---- nesting
    (
        "一、主要举措\n(一)健全机制\n1.抓学习\n(1)集中学\n有序推进。\n二、存在问题\n能力不足。",
        [((1,), 1, "主要举措"), ((1, 1), 2, "健全机制"), ((1, 1, 1), 3, "抓学习"), ((1, 1, 1, 1), 4, "集中学"),
         ((2,), 1, "存在问题")],
    ),
    (
        "一、主要举措\n(一)健全机制。一是抓学习。二是抓培训。\n(二)规范执法。一是抓公示。",
        [((1,), 1, "主要举措"), ((1, 1), 2, "健全机制"), ((1, 1, 1), 5, "抓学习"), ((1, 1, 2), 5, "抓培训"),
         ((1, 2), 2, "规范执法"), ((1, 2, 1), 5, "抓公示")],
    ),
    (
        "一、主要举措\n1.抓学习\n有序推进。\n2.抓培训\n有序推进。",
        [((1,), 1, "主要举措"), ((1, 1), 3, "抓学习"), ((1, 2), 3, "抓培训")],
    ),
    # ---- numbering that continues across sections keeps its numbers
    (
        "一、主要举措\n(一)抓学习\n有序推进。\n(二)抓培训\n有序推进。\n二、存在问题\n(三)能力不足\n有待提高。",
        [((1,), 1, "主要举措"), ((1, 1), 2, "抓学习"), ((1, 2), 2, "抓培训"), ((2,), 1, "存在问题"),
         ((2, 3), 2, "能力不足")],
    ),
    # ---- numbering that starts again: paths stay unique
    (
        "(一)抓学习\n有序推进。\n(一)抓培训\n有序推进。",
        [((1,), 2, "抓学习"), ((2,), 2, "抓培训")],
    ),
    (
        "工作扎实。一是抓学习。二是抓培训。\n成效明显。一是有提升。",
        [((1,), 5, "抓学习"), ((2,), 5, "抓培训"), ((3,), 5, "有提升")],
    ),
    # ---- a text flattened to one line
    (
        "一、主要举措 (一)抓学习。有序推进。(二)抓培训。有序推进。 二、存在问题 能力不足。",
        [((1,), 1, "主要举措"), ((1, 1), 2, "抓学习"), ((1, 2), 2, "抓培训"), ((2,), 1, "存在问题")],
    ),
    # ---- tens
    ("十、组织保障\n有序推进。\n十一、督察考核\n有序推进。", [((10,), 1, "组织保障"), ((11,), 1, "督察考核")]),
    ("(二十一)加强宣传\n有序推进。", [((21,), 2, "加强宣传")]),
]  # fmt: skip

NO_HEADING = [
    "一方面抓学习,一方面抓落实。",
    "一是否可行,需要论证。",
    "进一步加强领导,统一是前提。",
    "2021年,全县工作扎实推进。",
    "3.5万名群众受益。",
    "12345热线受理诉求8600件。",
    "会议强调,这一是非问题必须厘清。",
    "十一黄金周期间,加强巡查。",
    "三要素齐备,四至清楚。",
]


def body_of(text: str) -> str:
    return f"{TITLE}\n\n根据《法治政府建设与责任落实督察工作规定》要求,现将有关情况报告如下:\n{text}\n"


@pytest.mark.parametrize(("body", "expected"), HEADINGS, ids=[body for body, _ in HEADINGS])
def test_headings(outlined: Outlined, body: str, expected: list[tuple[Path, int, str]]) -> None:
    sections = outlined(body_of(body)).sections
    assert [(s.path, s.level, s.title) for s in sections] == expected


@pytest.mark.parametrize("body", NO_HEADING)
def test_no_heading(outlined: Outlined, body: str) -> None:
    assert [s.title for s in outlined(body_of(body)).sections] == []


OPENED = "政务服务更加便捷高效。全年办理事项1683项,其中网上办理1200项。"
MORE = "依法决策机制不断健全。全年审查规范性文件31件,公布13件。"
THIRD = "行政执法水平稳步提升。全年评查案卷120卷,优秀率达70%以上。"


def test_paragraphs_that_all_open_with_a_short_sentence_have_titles(outlined: Outlined) -> None:
    sections = outlined(
        body_of(f"一、主要举措\n{OPENED}\n{MORE}\n{THIRD}\n二、存在问题\n能力不足。")
    ).sections
    assert [(s.path, s.level, s.title) for s in sections] == [
        ((1,), 1, "主要举措"),
        ((1, 1), 2, "政务服务更加便捷高效"),
        ((1, 2), 2, "依法决策机制不断健全"),
        ((1, 3), 2, "行政执法水平稳步提升"),
        ((2,), 1, "存在问题"),
    ]


@pytest.mark.parametrize("body", [
    # two are no habit
    f"一、主要举措\n{OPENED}\n{MORE}",
    # others open otherwise
    f"一、主要举措\n{OPENED}\n{MORE}\n{THIRD}\n全年立案30件,办结28件。\n全年检查企业90家。",
    # nothing follows the sentence
    "一、主要举措\n工作有序推进。\n机制不断健全。\n水平稳步提升。",
])  # fmt: skip
def test_single_short_sentences_are_no_titles(outlined: Outlined, body: str) -> None:
    assert [s.title for s in outlined(body_of(body)).sections] == ["主要举措"]


def test_headings_within_flattened_text_are_clauses(outlined: Outlined) -> None:
    text = body_of("一、主要举措 (一)抓学习。效果好。(二)抓培训。人数多。二、存在问题 能力不足。")
    kinds = [(clause.text, clause.kind) for clause in outlined(text).clauses]
    for heading in ("一、主要举措", "(一)抓学习", "(二)抓培训", "二、存在问题"):
        assert (heading, "heading") in kinds
    for said in ("效果好", "人数多", "能力不足"):
        assert (said, "body") in kinds


def test_a_section_runs_to_the_next_of_its_level(outlined: Outlined) -> None:
    text = body_of("一、主要举措\n(一)抓学习。效果好。\n(二)抓培训。人数多。\n二、存在问题\n能力不足。")
    first, learning, _, problems = outlined(text).sections
    assert text[first.span.start : first.end].rstrip().endswith("(二)抓培训。人数多。")
    assert text[learning.span.start : learning.end].rstrip() == "(一)抓学习。效果好。"
    assert text[problems.span.start : problems.end] == "二、存在问题\n能力不足。"


RUN_IN = [
    ("(一)健全机制\n有序推进。", False),
    ("(一)健全机制。", False),
    ("(一)健全机制。有序推进,严格追责。", True),
    ("一是健全机制。", True),
]


@pytest.mark.parametrize(("body", "run_in"), RUN_IN)
def test_whether_text_follows_the_title(outlined: Outlined, body: str, run_in: bool) -> None:
    (section,) = outlined(body_of(body)).sections
    assert section.run_in is run_in


ORDINALS = [
    ("一", 1),
    ("九", 9),
    ("十", 10),
    ("十一", 11),
    ("二十", 20),
    ("九十九", 99),
    ("7", 7),
    ("12", 12),
]


@pytest.mark.parametrize(("written", "number"), ORDINALS)
def test_ordinal(written: str, number: int) -> None:
    assert parse_ordinal(written) == number


@pytest.mark.parametrize("written", ["", "一二", "十十", "百", "一百", "二三十", "甲"])
def test_what_is_no_ordinal_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        parse_ordinal(written)


# ------------------------------------------------------------------------------------------- title and issuer

BODY = "\n一、主要举措\n全县扎实推进法治政府建设,取得积极成效。\n"

TITLES = [
    # (lines above the body, title, issuer)
    (TITLE, TITLE, "石门县人民政府"),
    (
        "石门县人民政府\n关于2021年度法治政府建设情况的报告",
        "石门县人民政府\n关于2021年度法治政府建设情况的报告",
        "石门县人民政府",
    ),
    (
        "石门县人民政府 关于法治政府建设工作的情况报告",
        "石门县人民政府 关于法治政府建设工作的情况报告",
        "石门县人民政府",
    ),
    (
        "静海区司法局2021年法治政府建设工作总结",
        "静海区司法局2021年法治政府建设工作总结",
        "静海区司法局",
    ),
    (
        "2021年文山市法治政府建设情况报告",
        "2021年文山市法治政府建设情况报告",
        None,
    ),
    (
        "定安县市场监督管理局关于2021年度推进法治建设工作情况的报告",
        "定安县市场监督管理局关于2021年度推进法治建设工作情况的报告",
        "定安县市场监督管理局",
    ),
    (
        "夹山镇人民政府2021年度法治政府建设年度报告",
        "夹山镇人民政府2021年度法治政府建设年度报告",
        "夹山镇人民政府",
    ),
    (
        "首页 > 政务公开 > 法治政府\n\n石门县人民政府关于2021年法治政府建设情况的报告",
        "石门县人民政府关于2021年法治政府建设情况的报告",
        "石门县人民政府",
    ),
    (
        "发布日期:2022-03-28\n石门县人民政府关于2021年法治政府建设情况的报告",
        "石门县人民政府关于2021年法治政府建设情况的报告",
        "石门县人民政府",
    ),
    (
        "\ufeff\n\n　　石门县人民政府关于2021年法治政府建设情况的报告　　",
        "石门县人民政府关于2021年法治政府建设情况的报告",
        "石门县人民政府",
    ),
]


@pytest.mark.parametrize(("head", "title", "issuer"), TITLES, ids=[head for head, _, _ in TITLES])
def test_title_and_issuer(outlined: Outlined, head: str, title: str, issuer: str | None) -> None:
    metadata = outlined(head + "\n" + BODY).metadata
    assert metadata.title is not None
    assert metadata.title.value.replace(" ", "\n") == title.replace(" ", "\n")
    assert (metadata.issuer and metadata.issuer.value) == issuer


# ---------------------------------------------------------------------------------------------- metadata lines

METADATA = [
    # (line under the title, publisher, published, signed)
    ("信息来源:区司法局   日期:2022-03-31", "区司法局", date(2022, 3, 31), None),
    ("信息来源：县司法局　　日期：2022-03-31", "县司法局", date(2022, 3, 31), None),
    ("来源:县司法局 发布时间:2022-03-28 10:21", "县司法局", date(2022, 3, 28), None),
    ("发布时间:2022年3月28日 来源:石门县人民政府办公室", "石门县人民政府办公室", date(2022, 3, 28), None),
    ("发布日期:2022/03/28 浏览次数:1024 字体:大 中 小", None, date(2022, 3, 28), None),
    ("【发布时间:2022-03-28】 【来源:县司法局】", "县司法局", date(2022, 3, 28), None),
    # copies and prints that leave no space between
    ("发布机构:石门县司法局发布时间:2022-01-20", "石门县司法局", date(2022, 1, 20), None),
    ("发布时间:2022-01-20来源:石门县司法局浏览次数:33", "石门县司法局", date(2022, 1, 20), None),
    ("信息来源:石门县司法局成文日期:2022-01-20成文后公开日期:2022-03-28", "石门县司法局", date(2022, 3, 28),
     date(2022, 1, 20)),
    ("索引号:000014349/2022-00001发布机构:石门县司法局", "石门县司法局", None, None),
    # a name that ends as a short key does
    ("来源:石门县日报编辑:王某", "石门县日报编辑:王某", None, None),
    ("发布机构:文山市司法局 | 公开日期:2022.3.28", "文山市司法局", date(2022, 3, 28), None),
    ("时间:2022-03-28 作者:办公室 点击数:37", None, date(2022, 3, 28), None),
    ("发 布 日 期:2022-03-28", None, date(2022, 3, 28), None),
    ("索引号:000014349/2022-00001 公开方式:主动公开", None, None, None),
    ("索引号:000014349/2022-00001 发文字号:石政发〔2022〕3号 发布日期:2022-03-28", None, date(2022, 3, 28), None),
    ("发布机构:石门县司法局\n成文日期:2022-01-20\n发布日期:2022-03-28", "石门县司法局", date(2022, 3, 28),
     date(2022, 1, 20)),
    ("成文日期:2022年1月20日 公开日期:2022年3月28日", None, date(2022, 3, 28), date(2022, 1, 20)),
    ("生成日期:2022-01-20 公布日期:2022-03-28", None, date(2022, 3, 28), date(2022, 1, 20)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "publisher", "published", "signed"), METADATA, ids=[row[0] for row in METADATA]
)
def test_metadata_lines(
    outlined: Outlined, line: str, publisher: str | None, published: date | None, signed: date | None
) -> None:
    read = outlined(f"{TITLE}\n{line}\n{BODY}")
    metadata = read.metadata
    assert (metadata.publisher and metadata.publisher.value) == publisher
    assert (metadata.published and metadata.published.value) == published
    assert (metadata.signed and metadata.signed.value) == signed
    assert metadata.title is not None and metadata.title.value == TITLE
    assert read.clauses[-1].kind == "body"
    assert all(clause.kind != "body" for clause in read.clauses if clause.text in line)


# -------------------------------------------------------------------------------------------------- signature

SIGNATURES = [
    # (lines after the body, date of signature)
    ("2022年1月26日", date(2022, 1, 26)),
    ("石门县人民政府\n2022年1月26日", date(2022, 1, 26)),
    ("　　　　石门县人民政府\n　　　　2022年1月26日　　", date(2022, 1, 26)),
    ("石门县人民政府 2022年1月26日", date(2022, 1, 26)),
    ("石门县司法局\n2022年1月26日\n", date(2022, 1, 26)),
    ("石门县人民政府\n二〇二二年一月二十六日", date(2022, 1, 26)),
    ("二○二二年三月三日", date(2022, 3, 3)),
    ("(2022年1月26日)", date(2022, 1, 26)),
    ("２０２２年１月２６日", date(2022, 1, 26)),
    ("2022-01-26", date(2022, 1, 26)),
    (
        "2022年1月26日\n\nProduced By CMS 网站群内容管理系统 publishdate:2024-06-21 15:54:12",
        date(2022, 1, 26),
    ),
    ("石门县人民政府\n2022年1月26日\n上一篇:通知\n下一篇:公告\n版权所有:石门县人民政府", date(2022, 1, 26)),
    ("Produced By CMS 网站群内容管理系统 publishdate:2024-06-21 15:54:12", None),
    ("publishdate:2024-06-21", None),
    ("", None),
]


@pytest.mark.parametrize(("tail", "signed"), SIGNATURES, ids=[tail for tail, _ in SIGNATURES])
def test_signature(outlined: Outlined, tail: str, signed: date | None) -> None:
    text = f"{TITLE}\n{BODY}\n{tail}"
    read = outlined(text)
    assert (read.metadata.signed and read.metadata.signed.value) == signed
    assert read.metadata.published is None
    assert text[read.body.start : read.body.end].endswith("取得积极成效。")
    assert [clause.text for clause in read.clauses if clause.kind == "body"][-1] == "取得积极成效"


def test_the_signing_body_is_the_issuer_where_the_title_names_none(outlined: Outlined) -> None:
    text = f"2021年法治政府建设情况报告\n{BODY}\n石门县司法局\n2022年1月26日\n"
    issuer = outlined(text).metadata.issuer
    assert issuer is not None and issuer.value == "石门县司法局"
    assert issuer.span is not None and text[issuer.span.start : issuer.span.end] == "石门县司法局"


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ("石门县人民政府", True),
        ("石门县人民政府县长 张某某", True),
        ("石门县人民政府县长 张 某", True),
        ("石门县人民政府代县长张某", True),
        ("石门县人民政府县长 买买提·艾力", True),
        ("石门县人民政府县长主持召开会议", False),
        ("加强行政执法监督", False),
    ],
)
def test_the_head_of_a_body_may_sign_for_it(outlined: Outlined, line: str, signs: bool) -> None:
    """Body and day are read; who signs is no part of the report, and no name is kept."""
    outline = outlined(
        f"关于法治政府建设情况的报告\n\n一、下一步安排\n加强执法监督。\n\n{line}\n2023年1月20日\n"
    )
    assert (line in outline.source.text[slice(*outline.body)]) != signs
    assert outline.metadata.signed is not None and outline.metadata.signed.value == date(2023, 1, 20)
    issuer = outline.metadata.issuer.value if outline.metadata.issuer else None
    assert issuer == ("石门县人民政府" if signs else None)


def test_a_date_in_the_last_sentence_is_no_signature(outlined: Outlined) -> None:
    text = f"{TITLE}\n{BODY}全部任务已于2022年1月26日完成。\n"
    assert outlined(text).metadata.signed is None


# --------------------------------------------------------------------------------------------- year and speech

YEARS = [
    # (title, first words of the body, signature, year reported on)
    ("石门县人民政府关于2021年度法治政府建设情况的报告", "我县扎实推进。", "2022年1月26日", 2021),
    ("石门县人民政府关于法治政府建设情况的报告", "2021年,我县扎实推进。", "2022年1月26日", 2021),
    ("石门县人民政府关于法治政府建设情况的报告", "我县扎实推进。", "2022年1月26日", 2021),
    ("石门县人民政府关于法治政府建设情况的报告", "我县扎实推进。", "2022年12月26日", 2022),
    ("石门县人民政府关于法治政府建设情况的报告", "我县扎实推进。", "", None),
    ("石门县人民政府关于二〇二一年度法治政府建设情况的报告", "我县扎实推进。", "2022年6月26日", 2021),
]


@pytest.mark.parametrize(("title", "opening", "signature", "year"), YEARS)
def test_year_reported_on(
    outlined: Outlined, title: str, opening: str, signature: str, year: int | None
) -> None:
    metadata = outlined(f"{title}\n\n{opening}\n一、主要举措\n有序推进。\n\n{signature}\n").metadata
    assert (metadata.year and metadata.year.value) == year


SPEECH = """政府工作报告
——2022年1月12日在石门县第十八届人民代表大会第一次会议上
石门县人民政府县长 某某某

各位代表:
现在,我代表县人民政府,向大会报告工作,请予审议。
一、过去五年工作回顾
五年来,全县经济稳中有进。
"""


def test_a_report_in_speech_form(outlined: Outlined) -> None:
    read = outlined(SPEECH)
    metadata = read.metadata
    assert metadata.title is not None and metadata.title.value == "政府工作报告"
    assert metadata.issuer is not None and metadata.issuer.value == "石门县人民政府"
    assert metadata.signed is not None and metadata.signed.value == date(2022, 1, 12)
    assert next(clause.text for clause in read.clauses if clause.kind == "body") == "各位代表"
    assert [section.title for section in read.sections] == ["过去五年工作回顾"]


def test_an_addressee_line_opens_the_body(outlined: Outlined) -> None:
    text = f"{TITLE}\n\n县人大常委会:\n现将有关情况报告如下。\n"
    read = outlined(text)
    assert text[read.body.start :].startswith("县人大常委会:")


# ---------------------------------------------------------------------------------------------------- overrides


def test_what_the_user_states_wins_and_has_no_span() -> None:
    text = f"{TITLE}\n发布日期:2022-03-28\n{BODY}"
    stated = Overrides(
        area="430726", year=2019, issuer="石门县司法局", published=date(2020, 3, 1), source_url="u", id="x"
    )
    metadata = outline(Source(text, "样例", "utf-8", ""), stated).metadata
    for value, expected in (
        (metadata.area, "430726"),
        (metadata.year, 2019),
        (metadata.issuer, "石门县司法局"),
        (metadata.published, date(2020, 3, 1)),
        (metadata.source_url, "u"),
        (metadata.id, "x"),
    ):
        assert value is not None and (value.value, value.span) == (expected, None)


# ------------------------------------------------------------------------------------------------------ clauses

CLAUSES = [
    # (text, clauses)
    ("受理46件,审结41件。", ["受理46件", "审结41件"]),
    ("受理46件，审结41件；结案率89.1%。", ["受理46件", "审结41件", "结案率89.1%"]),
    ("查处违法案件1,268宗,罚款3,500元。", ["查处违法案件1,268宗", "罚款3,500元"]),
    ("于15:54完成,效果好。", ["于15:54完成", "效果好"]),
    ("印发《方案(试行),办法》,落实责任。", ["印发《方案(试行),办法》", "落实责任"]),
    ("清理文件(其中废止3件,修改2件),并公布。", ["清理文件(其中废止3件,修改2件)", "并公布"]),
    ("坚持“法定职责必须为,法无授权不可为”,严格执法。", ["坚持“法定职责必须为,法无授权不可为”", "严格执法"]),
    ("主要做法:抓学习、抓培训。", ["主要做法", "抓学习、抓培训"]),
    ("印发《通知,组织学习,效果好。", ["印发《通知", "组织学习", "效果好"]),
    ("　　全县推进，成效明显。　", ["全县推进", "成效明显"]),
    ("效果好!群众满意吗?满意。", ["效果好", "群众满意吗", "满意"]),
]


@pytest.mark.parametrize(("text", "expected"), CLAUSES, ids=[text for text, _ in CLAUSES])
def test_clauses(outlined: Outlined, text: str, expected: list[str]) -> None:
    source = f"{TITLE}\n\n一、主要举措\n{text}\n"
    clauses = [clause for clause in outlined(source).clauses if clause.kind == "body"]
    assert [clause.text for clause in clauses] == expected
    for clause in clauses:
        assert fold(source[clause.span.start : clause.span.end]).text == clause.text


def test_sentences_end_at_full_stops_semicolons_and_line_breaks(outlined: Outlined) -> None:
    text = f"{TITLE}\n\n一、主要举措\n受理46件,审结41件。应诉12件;胜诉8件\n效果好。\n"
    body = [clause for clause in outlined(text).clauses if clause.kind == "body"]
    first = body[0].sentence
    assert [clause.sentence - first for clause in body] == [0, 0, 1, 2, 3]
    assert [clause.block - body[0].block for clause in body] == [0, 0, 0, 0, 1]


def test_clauses_know_their_section_and_kind(outlined: Outlined) -> None:
    text = f"{TITLE}\n来源:县司法局\n我县扎实推进。\n一、主要举措\n(一)抓学习。效果好。\n\n2022年1月26日\n"
    kinds = [(clause.text, clause.kind, clause.section) for clause in outlined(text).clauses]
    assert (TITLE, "frame", ()) in kinds
    assert ("我县扎实推进", "body", ()) in kinds
    assert ("一、主要举措", "heading", (1,)) in kinds
    assert ("(一)抓学习", "heading", (1, 1)) in kinds
    assert ("效果好", "body", (1, 1)) in kinds
    assert ("2022年1月26日", "frame", ()) in kinds


# ------------------------------------------------------------------------------------------------ line breaks

REPORT = (
    f"{TITLE}\n\n来源：县司法局　发布日期：2022－03－28\n\n"
    "　　2021年，我县扎实推进。\n　　一、主要举措\n　　（一）抓学习。办理案件１２件，效果好。\n"
    "　　二、存在问题\n　　能力不足。\n\n　　2022年1月26日\n"
)


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\n\n"])
def test_line_breaks_of_any_kind(outlined: Outlined, newline: str) -> None:
    plain, other = outlined(REPORT), outlined(REPORT.replace("\n", newline))
    assert [(s.path, s.level, s.title) for s in other.sections] == [
        (s.path, s.level, s.title) for s in plain.sections
    ]
    assert [c.text for c in other.clauses] == [c.text for c in plain.clauses]
    for field in ("issuer", "publisher", "published", "signed", "year"):
        here, there = getattr(plain.metadata, field), getattr(other.metadata, field)
        assert here is not None and there is not None and here.value == there.value


def test_full_width_text_reads_like_half_width(outlined: Outlined) -> None:
    read = outlined(REPORT)
    assert read.metadata.published is not None and read.metadata.published.value == date(2022, 3, 28)
    assert [(s.path, s.title) for s in read.sections] == [
        ((1,), "主要举措"),
        ((1, 1), "抓学习"),
        ((2,), "存在问题"),
    ]
    assert "办理案件12件" in [clause.text for clause in read.clauses]


@pytest.mark.parametrize(
    "text", ["", "\n", "。", "石门县", "一、", "(", "一、主要举措", "2022年1月26日", "《"]
)
def test_next_to_nothing_has_an_outline(outlined: Outlined, text: str) -> None:
    read = outlined(text)
    assert 0 <= read.body.start <= read.body.end <= len(text)


# ------------------------------------------------------------------------------------------------------ folding

FOLDS = [
    # (source, folded)
    ("受理１２件（含上年）", "受理12件(含上年)"),
    ("２０２１－２０２５年", "2021-2025年"),
    ("2021—2025年", "2021-2025年"),
    ("办结率９８．６％", "办结率98.6%"),
    ("一\u3000二\u00a0三", "一 二 三"),
    ("\ufeff石\u200b门\u202e县", "石门县"),
    ("二○二一年", "二〇二一年"),
    ("一行\r\n二行\r三行\u2028四行\r\r五行", "一行\n二行\n三行\n四行\n\n五行"),
    ("﹝2021﹞8号", "〔2021〕8号"),
    ("𠮷区", "𠮷区"),
    # dashes, waves and colons that look alike
    (
        "2016‐2020 2016‑2020 2016‒2020 2016–2020 2016―2020 2016−2020 2016─2020 2016ー2020",
        "2016-2020 " * 7 + "2016-2020",
    ),
    ("3～5个 3〜5个 3∼5个 3˜5个", "3~5个 " * 3 + "3~5个"),
    ("比例为1∶3", "比例为1:3"),
    ("≪民法典≫", "《民法典》"),
    ("一\u2000二\u2001三\u2003四\u202f五\u205f六", "一 二 三 四 五 六"),
    ("石\u034f门\U000e0100县\ufffc政\u180e府\ufe0f", "石门县政府"),
    # radicals and twice encoded ideographs, as fonts of PDF files give them
    ("⼈⺠政府⾏政复议⽴案", "人民政府行政复议立案"),
    ("⻓⻔⻅⻋⻘⻛⻬", "长门见车青风齐"),
    ("\uf9b5\uf914\U0002f804", "例樂你"),
    # vertical text, small and narrow marks, digits of formulas
    ("︽民法典︾︵2020年︶︐审结︒", "《民法典》(2020年),审结。"),
    ("﹙一﹚︰﹁甲﹂、｢乙｣､丙｡", "(一):「甲」、「乙」、丙。"),
    ("𝟗件𝟴件", "9件8件"),
    # signs that stand for several characters
    ("拆除违建1200㎡，整治河道12㎞", "拆除违建1200平方米,整治河道12公里"),
    ("㈠加强⑴完善⒈推进①抓㉑建㊀立❷", "(一)加强(1)完善1、推进(1)抓(21)建(一)立(2)"),
    # what says something of its own stays
    ("Ⅱ级响应、½、m²、《》", "Ⅱ级响应、½、m²、《》"),
]


@pytest.mark.parametrize(("source", "folded"), FOLDS)
def test_fold(source: str, folded: str) -> None:
    assert fold(source).text == folded


def test_a_folded_range_leads_back_to_the_source() -> None:
    source = "受理\u200b行政\u200d复议案件１\u200b２件"
    folded = fold(source)
    start = folded.text.index("12件")
    span = folded.span(start, start + 3)
    assert source[span.start : span.end] == "１\u200b２件"
    assert folded_offset(folded, span.start) == start
    assert folded_text(folded, span.start, span.end) == "12件"


def test_a_sign_that_is_written_out_leads_back_to_itself() -> None:
    source = "拆除违建1200㎡,㈠清运"
    folded = fold(source)
    assert folded.text == "拆除违建1200平方米,(一)清运"
    for written, sign in (("1200平方米", "1200㎡"), ("平方米", "㎡"), ("(一)清", "㈠清"), ("清运", "清运")):
        start = folded.text.index(written)
        span = folded.span(start, start + len(written))
        assert source[span.start : span.end] == sign
        assert folded_text(folded, span.start, span.end) == written


def test_signs_are_read_as_what_they_stand_for(outlined: Outlined, found: Found) -> None:
    text = "石门县法治政府建设报告\n\n一、主要工作\n㈠规范执法。\n⒈5000人参加培训。\n⒉拆除违建1200㎡。\n"
    sections = outlined(text).sections
    assert [(section.level, section.title) for section in sections[:2]] == [(1, "主要工作"), (2, "规范执法")]
    metrics = [(m.text, m.payload.value, m.payload.unit) for m in found(text).metrics]
    assert metrics == [("5000人", 5000, "人"), ("1200㎡", 1200, "平方米")]


# ----------------------------------------------------------------------------------------------------- the sample


def test_the_sample(sample_outline: Outline) -> None:
    metadata = sample_outline.metadata
    assert metadata.title and metadata.title.value == "顺河回族区人民政府 关于法治政府建设工作的情况报告"
    assert metadata.issuer and metadata.issuer.value == "顺河回族区人民政府"
    assert metadata.publisher and metadata.publisher.value == "区司法局"
    assert metadata.published and metadata.published.value == date(2021, 3, 31)
    assert metadata.signed and metadata.signed.value == date(2021, 1, 26)
    assert metadata.year and metadata.year.value == 2020
    assert [s.path for s in sample_outline.sections if s.level < 5] == [
        (1,), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (2,),
    ]  # fmt: skip
    assert [s.path for s in sample_outline.sections if s.parent == (1, 4)] == [(1, 4, n) for n in range(1, 7)]
