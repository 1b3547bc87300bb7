"""What holds for every text: spans that say what the source says, no overlaps, no crash, linear time."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fatu.finding.numerals import format_chinese, parse_chinese, parse_number
from fatu.lexicon.tables import load_table
from fatu.model import Citation, Mentions, Outline, Payload
from fatu.outlining import fold, folded_offset, folded_text

Outlined = Callable[..., Outline]
Found = Callable[..., Mentions]

HEAD = "石门县人民政府关于2021年度法治政府建设情况的报告\n\n现将有关情况报告如下:\n一、主要举措\n"
REPORT = (
    HEAD
    + "2021年,县委、县政府印发《石门县法治政府建设方案(2021-2025年)》(石政发〔2021〕8号),推行“三项制度”。\n"
    "(一)规范执法。县司法局开展案卷评查4次,评查案卷1,268卷,合格率98.5%以上。一是抓培训。培训执法人员3.2万余人次;"
    "夹山镇人民政府化解纠纷三百余件。\n二、存在问题\n能力不足,每季度学法一次。\n\n石门县人民政府\n2022年1月26日\n"
)
"""A small report with mentions of every kind; folded already."""

WORDS = """
石门县 县政府 县委 司法局 人民政府 领导小组 中心 镇 街道 全区 各县 我县 政府 委员会 和 推进 制度 改革 三项制度
《 》 ( ) （ ） 〔 〕 [ ] 【 】 “ ” 〈 〉 ‘ ’ 、 , ， 。 ； ; : ： ! - — ~ 号 第 令 公告 石政发 余 多 近 以上
2021年 2021 20212025年 3月15日 今年 每季度 疫情期间 1 12 3.5 1,268 一 十 百 万 亿 两 点 百分之 分之 成
件 个 次 元 % 个百分点 人次 个工作日 一是 二要 一、 (一) 1. (1) 一) 第一章 关于 的报告 的通知 印发 政府工作报告
信息来源: 日期:2022-03-31 来源 上一篇: Produced 政务服务网 é ｱ 𠮷 👍🏽
"""
SPACES = ["\n", "\r\n", "\t", " ", "\u3000", "\u2028", "\x0c"]
UNSEEN = ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\ufe0f", "\ud800", "\udfff"]

KINDS = ("citations", "agencies", "metrics", "programs", "dates")

anything = st.text(st.characters(exclude_categories=()), max_size=200)
report_like = st.lists(st.sampled_from([*WORDS.split(), *SPACES, *UNSEEN]), max_size=60).map("".join)
texts = st.one_of(report_like, anything, st.tuples(report_like, anything).map("".join))


# ------------------------------------------------------------------------------------------------ any text


@given(texts)
@example("")
@example("\ud800")
@example("《" * 50 + "》" * 50)
@example("\u202e" * 20)
def test_spans_are_what_the_source_says(outlined: Outlined, text: str) -> None:
    read = outlined(text)
    for section in read.sections:
        assert 0 <= section.span.start < section.span.end <= section.end <= len(text)
    for clause in read.clauses:
        assert clause.text
        written = fold(text[clause.span.start : clause.span.end]).text
        assert "".join(written.split()) == "".join(clause.text.split())
    stated = (
        getattr(read.metadata, name) for name in ("title", "issuer", "publisher", "signed", "published")
    )
    for value in filter(None, stated):
        assert value.span is not None and 0 <= value.span.start < value.span.end <= len(text)
    assert 0 <= read.body.start <= read.body.end <= len(text)


@given(texts)
def test_clauses_do_not_overlap_and_paths_are_unique(outlined: Outlined, text: str) -> None:
    read = outlined(text)
    spans = [clause.span for clause in read.clauses]
    assert all(left.end <= right.start for left, right in pairwise(spans))
    paths = [section.path for section in read.sections]
    assert len(paths) == len(set(paths))
    assert all(section.parent in paths for section in read.sections if section.parent)
    assert {clause.section for clause in read.clauses} <= {(), *paths}


@given(texts)
@example("\ud800件")
@example("9\u200b件")
@example("三件")
@example("三批次")
def test_mentions_are_what_the_source_says_and_do_not_overlap(found: Found, text: str) -> None:
    mentions = found(text)
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert text[mention.span.start : mention.span.end] == mention.text
    for name in KINDS:
        spans = [mention.span for mention in getattr(mentions, name)]
        assert all(left.end <= right.start for left, right in pairwise(spans)), name
    for citation in mentions.citations:
        number = citation.payload.number_span
        assert number is None or 0 <= number.start < number.end <= len(text)


@given(texts)
def test_same_text_same_mentions(found: Found, text: str) -> None:
    assert found(text) == found(text)


# ------------------------------------------------------------------------------------------------- numerals


@given(st.integers(0, 99_999_999))
@example(2_700_010)
def test_parsing_undoes_formatting(number: int) -> None:
    assert parse_chinese(format_chinese(number)) == number


@given(st.integers(0, 99_999_999))
@example(2_700_010)
def test_formatting_undoes_parsing(number: int) -> None:
    written = format_chinese(number)
    assert format_chinese(parse_chinese(written)) == written
    assert parse_number(written).value == number


@given(st.decimals(0, 10**7, places=2), st.sampled_from(["", "万", "亿"]))
def test_digits_with_separators_and_powers(value: Decimal, power: str) -> None:
    scale = {"": 0, "万": 4, "亿": 8}[power]
    assert parse_number(f"{value:,}{power}").value == value.scaleb(scale)
    assert parse_number(f"{value}{power}").value == value.scaleb(scale)


@given(st.text("零一二三四五六七八九十百千万亿点分之0123456789,.", max_size=12))
def test_a_numeral_parses_or_is_refused(text: str) -> None:
    with suppress(ValueError):
        assert parse_number(text).value >= 0


# ------------------------------------------------------------------------------------------ normalised texts

_WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
INVISIBLE = "\u200b\u200d\u2060\ufeff\u202e\u2066\u00ad\ufe0f"


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """The small report with invisible characters put in and half-width characters made full-width."""
    places = draw(
        st.dictionaries(st.integers(0, len(REPORT)), st.text(INVISIBLE, min_size=1, max_size=3), max_size=30)
    )
    wide = draw(st.sets(st.integers(0, len(REPORT) - 1), max_size=60))
    pieces = []
    for index, character in enumerate(REPORT):
        pieces.append(places.get(index, ""))
        pieces.append(character.translate(_WIDE) if index in wide else character)
    return "".join([*pieces, places.get(len(REPORT), "")])


@given(disguised())
def test_offsets_survive_full_width_forms_and_invisible_characters(found: Found, text: str) -> None:
    plain, other = list(found(REPORT)), list(found(text))
    assert [(m.kind, _timeless(m.payload)) for m in other] == [(m.kind, _timeless(m.payload)) for m in plain]
    for mention, original in zip(other, plain, strict=True):
        assert fold(mention.text).text == original.text
        assert text[mention.span.start : mention.span.end] == mention.text


@given(disguised())
def test_the_outline_survives_full_width_forms_and_invisible_characters(
    outlined: Outlined, text: str
) -> None:
    plain, other = outlined(REPORT), outlined(text)
    assert [(s.path, s.level, s.title, s.run_in) for s in other.sections] == [
        (s.path, s.level, s.title, s.run_in) for s in plain.sections
    ]
    assert [(c.text, c.sentence, c.section, c.block, c.kind) for c in other.clauses] == [
        (c.text, c.sentence, c.section, c.block, c.kind) for c in plain.clauses
    ]


SIGNS = ["⺠", "⼈", "㎡", "①", "㈠", "⒈", "︵", "〈", "\ufb01", "\uf914", "𝟗", "\r", "\r\n", "\n"]
signs = st.lists(st.sampled_from([*SIGNS, *UNSEEN, "9", "件"]), max_size=30).map("".join)


@given(st.one_of(texts, signs))
@example("\r\n" * 3)
def test_every_folded_character_leads_back(text: str) -> None:
    folded = fold(text)
    for index, character in enumerate(folded.text):
        span = folded.span(index, index + 1)
        assert span.end == span.start + 1
        assert character in fold(text[span.start : span.end]).text
        assert folded_offset(folded, span.start) <= index < folded_offset(folded, span.end)


@given(st.one_of(texts, signs), st.data())
def test_every_folded_range_leads_back_to_what_it_was_folded_from(text: str, data: st.DataObject) -> None:
    """Ranges that do not cut a sign which is written out."""
    folded = fold(text)
    edges = [i for i in range(len(folded.text)) if i == folded_offset(folded, folded.span(i, i + 1).start)]
    edges.append(len(folded.text))
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(edges) - 1)] * 2)))
    if first < last:
        span = folded.span(edges[first], edges[last])
        written = folded.text[edges[first] : edges[last]]
        assert fold(text[span.start : span.end]).text == written == folded_text(folded, *span)


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


def _timeless(payload: Payload) -> Payload:
    """Without the one offset that a payload holds."""
    return replace(payload, number_span=None) if isinstance(payload, Citation) else payload


# ---------------------------------------------------------------------------------------------------- planted

UNITS = [
    row["word"]
    for row in load_table("units.tsv")
    if row["word"] not in {r["pattern"] for r in load_table("metric_words.tsv") if r["kind"] == "uncounted"}
]
clean = st.text(
    "依法治理推进建完善规范执监督宣传服务群众基层机关干部学习培训质量水平有力实，。；\n", max_size=40
)
"""Words of reports without numerals, bounds, ordinals or quotation marks."""
numbers = st.one_of(
    st.integers(1, 10**7).map(str),
    st.integers(1000, 10**7).map(lambda n: f"{n:,}"),
    st.decimals(Decimal("0.01"), 10**4, places=2).map(str),
    st.integers(1, 9999).map(lambda n: f"{n}万"),
)


@given(clean, numbers, st.sampled_from(UNITS), clean)
def test_a_planted_metric_is_found_at_its_offset(
    found: Found, before: str, number: str, unit: str, after: str
) -> None:
    text = f"{HEAD}{before}，共计办理{number}{unit}，{after}。\n"
    metrics = found(text).metrics
    assert [m.text for m in metrics] == [number + unit]
    start = len(HEAD) + len(before) + len("，共计办理")
    assert metrics[0].span == (start, start + len(number) + len(unit))
    assert metrics[0].payload.value == parse_number(number).value
    assert (metrics[0].payload.unit, metrics[0].payload.bound) == (unit, "exact")


CODES = st.sampled_from(["石政发", "石政办发", "津静政发", "国办发", "文治州办", "中发", "定府办规"])
PAIRS = st.sampled_from(["〔〕", "[]", "【】", "()", "（）", "〈〉", "［］", "﹝﹞"])


@given(clean, CODES, PAIRS, st.integers(1990, 2029), st.integers(1, 999), clean)
def test_a_planted_citation_is_found_whatever_its_brackets(
    found: Found, before: str, code: str, pair: str, year: int, seq: int, after: str
) -> None:
    number = f"{code}{pair[0]}{year}{pair[1]}{seq}号"
    text = f"{HEAD}{before}，落实《法治宣传方案》（{number}），{after}。\n"
    (citation,) = found(text).citations
    assert citation.text == "《法治宣传方案》"
    assert citation.payload.number == f"{code}〔{year}〕{seq}号"
    span = citation.payload.number_span
    assert span is not None and text[span.start : span.end] == number


@given(clean, st.dates(date(1990, 1, 1), date(2099, 12, 31)), clean)
def test_a_planted_date_is_found_at_its_offset(found: Found, before: str, day: date, after: str) -> None:
    written = re.sub(r"(\d+)-0?(\d+)-0?(\d+)", r"\1年\2月\3日", str(day))
    text = f"{HEAD}{before}，已于{written}办结，{after}。\n"
    dates = [m for m in found(text).dates if m.span.start >= len(HEAD)]
    assert [(m.text, m.payload.value) for m in dates] == [(written, str(day))]


# ------------------------------------------------------------------------------------------------ metamorphic


@given(st.integers(2, 10**6), st.sampled_from(["件", "个", "次", "场次", "万元", "人次"]))
def test_another_number_or_unit_changes_only_that_metric(found: Found, value: int, unit: str) -> None:
    changed = REPORT.replace("4次", f"{value}{unit}")
    before, after = found(REPORT), found(changed)
    assert [m.payload for m in after.metrics[1:]] == [m.payload for m in before.metrics[1:]]
    assert after.metrics[0].text == f"{value}{unit}"
    for kind in ("citations", "agencies", "programs", "dates"):
        assert [_timeless(m.payload) for m in getattr(after, kind)] == [
            _timeless(m.payload) for m in getattr(before, kind)
        ]


@given(st.sampled_from(["定安县", "宁国市", "静海区", "达尔罕茂明安联合旗", "临夏县", "辛集市"]))
def test_another_place_changes_only_area_words(found: Found, place: str) -> None:
    before, after = found(REPORT), found(REPORT.replace("石门县", place))
    assert [m.payload for m in after.metrics] == [m.payload for m in before.metrics]
    assert [m.payload for m in after.dates] == [m.payload for m in before.dates]
    assert [replace(m.payload, prefix=m.payload.prefix.replace(place, "石门县")) for m in after.agencies] == [
        m.payload for m in before.agencies
    ]


STYLES = [
    # (first level, second level)
    ("{}、", "({})"),
    ("{}、", "（{}）"),
    ("第{}部分 ", "({})"),
    ("　　{}、", "　　（{}）"),
    ("{}、", "{})"),
]


@pytest.mark.parametrize(("first", "second"), STYLES)
def test_another_style_of_headings_gives_the_same_tree(outlined: Outlined, first: str, second: str) -> None:
    changed = re.sub(r"(?m)^([一二])、", lambda m: first.format(m[1]), REPORT)
    changed = re.sub(r"(?m)^\(([一二])\)", lambda m: second.format(m[1]), changed)
    tree = [(s.path, s.level, s.title) for s in outlined(REPORT).sections]
    assert [(s.path, s.level, s.title) for s in outlined(changed).sections] == tree


# ----------------------------------------------------------------------------------------------- linear time

BRACKETS = ["(", "《", "“", "〔", "[", "【", "〈", "（", "》", ")", "《一", "《》", "(2021)"]
REPEATED = """
一 1 百 万 百分之 十分之 1, 1- 1/ 3-5个 12345 局 中心 领导小组 委员会 市 县 石门县 县委、 乡 镇 街道 政府 2021年 2021-
石政发〔2021〕1号 令 公告 推进 制度 落实制度的 、 ， 。 关于 石门县人民政府关于 一是好。 来源:好 疫情 好
"""
LINES = ["一、好\n", "(一)好。\n", "2021年1月1日\n", "来源:好 "]


def seconds(work: Callable[[], object], runs: int) -> float:
    """The best of some runs, in the time of this process, without the garbage collector (as timeit does)."""
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(runs):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(times)


def assert_linear(found: Found, short: str, long: str) -> None:
    """Four times the text takes less than eight times as long (sixteen where something is quadratic)."""
    base = max(seconds(lambda: found(short), runs=3), 0.005)  # below that the clock decides
    assert seconds(lambda: found(long), runs=1) < 8 * base


@pytest.mark.slow
@pytest.mark.parametrize("bracket", BRACKETS)
def test_100_000_brackets_take_linear_time(found: Found, bracket: str) -> None:
    many = bracket * (100_000 // len(bracket))
    assert_linear(found, HEAD + many[:25_000], HEAD + many)


@pytest.mark.slow
@pytest.mark.parametrize("words", [*REPEATED.split(), *LINES, *SPACES, "\u200b", "\ud800"], ids=ascii)
def test_the_same_words_over_and_over_take_linear_time(found: Found, words: str) -> None:
    many = words * (32_000 // len(words))
    assert_linear(found, HEAD + many[: len(many) // 4], HEAD + many)


@pytest.mark.slow
def test_a_line_of_a_megabyte_takes_linear_time(found: Found) -> None:
    line = REPORT.replace("\n", " ")
    many = line * (1_000_000 // len(line.encode("utf-8")) + 1)
    assert len(many.encode("utf-8")) >= 1_000_000
    assert_linear(found, many[: len(many) // 4], many)


@pytest.mark.slow
def test_a_report_of_a_megabyte_takes_linear_time(found: Found) -> None:
    many = REPORT * (1_000_000 // len(REPORT.encode("utf-8")) + 1)
    assert_linear(found, many[: len(many) // 4], many)
