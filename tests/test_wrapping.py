"""Texts whose lines were broken to fit a width: joined beside the text, and only there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatu.exporting.records import Record, extraction_records
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.iris import BASE, Iris
from fatu.linking import link
from fatu.model import Outline, Source, in_one_line
from fatu.outlining import fold, folded_offset, outline
from fatu.outlining.wrapping import join_wrapped
from fatu.reading import read_text

Outlined = Callable[..., Outline]
Break = Callable[[str, int], list[str]]


def joined(text: str) -> str:
    return join_wrapped(text, fold(text)).text


# ------------------------------------------------------------------------------------------- how texts are broken


def by_characters(line: str, width: int) -> list[str]:
    """As a program does that counts characters."""
    return [line[start : start + width] for start in range(0, len(line), width)] or [""]


def by_columns(line: str, width: int) -> list[str]:
    """As a terminal does: an ideograph takes two columns."""
    return _broken(list(line), width)


def as_set(line: str, width: int) -> list[str]:
    """As a page is set: no number or word is parted, no closing mark begins a line."""
    return _broken(re.findall(r"(?:[0-9A-Za-z.,%]*[0-9A-Za-z%]|.)[，。、；：？！》）”,;:?!)]*", line), width)


def _broken(parts: list[str], width: int) -> list[str]:
    lines = [""]
    for part in parts:
        if lines[-1] and _columns(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return lines


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def wrapped(text: str, width: int, broken: Break, ending: str = "\n") -> str:
    return ending.join(piece for line in text.split("\n") for piece in broken(line, width))


def without_empty_lines(text: str) -> str:
    return "\n".join(filter(str.strip, text.split("\n")))


def indented(text: str) -> str:
    """Paragraphs without empty lines between them, each with two ideographs' room before it."""
    return "\n".join(
        f"\u3000\u3000{line}" if len(line) > 40 else line for line in text.split("\n") if line.strip()
    )


# --------------------------------------------------------------------------------------------------- the sample


def facts(text: str, *kinds: str) -> list[Record]:
    """What is read from a text, without offsets and without what its lines are broken to."""
    outlined = outline(read_text(text, "样本"))
    records = extraction_records(link(interpret(outlined, find(outlined)), Iris(BASE)))
    return [
        {key: value for key, value in record.items() if not key.endswith(("start", "end"))}
        | {"text": in_one_line(str(record["text"]))}
        for record in records
        if record["kind"] in kinds
    ]


ALL = ("metric", "citation", "agency", "program")
CASES = [
    *[(by_characters, width) for width in (15, 20, 28, 35, 40, 50, 60, 80)],
    *[(by_columns, width) for width in (40, 56, 70, 80, 120)],
    *[(as_set, width) for width in (40, 56, 64, 70, 74, 80, 148)],
]


@pytest.mark.parametrize(("broken", "width"), CASES)
def test_the_sample_gives_its_facts_at_any_width(sample_source: Source, broken: Break, width: int) -> None:
    assert facts(wrapped(sample_source.text, width, broken), *ALL) == facts(sample_source.text, *ALL)


@pytest.mark.parametrize("laid", [without_empty_lines, indented])
@pytest.mark.parametrize(
    ("broken", "width"), [(by_characters, 35), (by_characters, 60), (as_set, 56), (as_set, 76)]
)
def test_the_sample_gives_its_facts_however_its_paragraphs_are_marked(
    sample_source: Source, laid: Callable[[str], str], broken: Break, width: int
) -> None:
    text = laid(sample_source.text)
    assert facts(wrapped(text, width, broken), *ALL) == facts(sample_source.text, *ALL)


def test_line_breaks_of_other_systems_are_breaks_too(sample_source: Source) -> None:
    for ending in ("\r\n", "\r", "  \n"):
        text = wrapped(sample_source.text, 35, by_characters, ending)
        assert facts(text, "metric", "citation") == facts(sample_source.text, "metric", "citation")


def test_the_outline_of_the_sample_is_the_same_at_35_characters(sample_source: Source) -> None:
    plain, other = (
        outline(sample_source),
        outline(read_text(wrapped(sample_source.text, 35, by_characters), "样本")),
    )
    assert [(s.path, s.level, s.title) for s in other.sections] == [
        (s.path, s.level, s.title) for s in plain.sections
    ]
    body = [clause.text for clause in plain.clauses if clause.kind != "frame"]
    assert [clause.text for clause in other.clauses if clause.kind != "frame"] == body


def test_spans_lead_to_the_source_with_its_line_breaks(sample_source: Source) -> None:
    text = wrapped(sample_source.text, 35, by_characters)
    outlined = outline(read_text(text, "样本"))
    mentions = find(outlined)
    for mention in mentions:
        assert text[mention.span.start : mention.span.end] == mention.text
    broken = [mention for mention in mentions if "\n" in mention.text]
    assert len(broken) > 5
    assert {mention.words for mention in broken} <= {mention.text for mention in find(outline(sample_source))}


def test_what_is_not_wrapped_stays_as_it_is(sample_source: Source) -> None:
    folded = fold(sample_source.text)
    assert join_wrapped(sample_source.text, folded) is folded


# ------------------------------------------------------------------------------------------- what is never joined

PARAGRAPH = (
    "全区受理行政复议案件9件,审结8件,同时加强执法监督工作,开展案卷评查四次,组织执法人员参加培训,规范行政处罚裁量权,"
    "推进行政执法公示、全过程记录、重大执法决定法制审核制度落实,促进严格规范公正文明执法,持续优化法治化营商环境。"
)
LINES = "\n".join(by_characters(PARAGRAPH, 28))


def text_with(*lines: str) -> str:
    """Lines within a text that is wrapped at 28 characters."""
    return "\n".join([LINES, "", *lines, "", LINES])


APART = [
    # lines of which none goes on in the next, though each is as wide as the text
    (
        "headings",
        [
            "二、认真落实党政主要负责人履行推进法治建设第一责任人职责",
            "(一)深入学习贯彻习近平法治思想把握精神实质和核心要义内涵",
        ],
    ),
    (
        "items",
        [
            "1.加强重点领域执法监督检查并对发现的问题及时督促整改落实",
            "2.加强重点领域执法监督检查并对发现的问题及时督促整改落实",
        ],
    ),
    (
        "rows with tabs",
        ["行政复议案件受理数量统计情况\t304\t154\t88.78%", "行政诉讼案件应诉数量统计情况\t304\t154\t88.78%"],
    ),
    (
        "rows with bars",
        ["|行政复议案件受理数量统计情况|304|154|88|", "|行政诉讼案件应诉数量统计情况|304|154|88|"],
    ),
    (
        "rows with spaces",
        [
            "行政复议案件受理数量统计情况,说明  304  154  88",
            "行政诉讼案件应诉数量统计情况,说明  304  154  88",
        ],
    ),
    (
        "lines of a site",
        [
            "信息来源:某某市某某区司法局办公室(政策法规科)提供材料",
            "发布日期:2021-03-31 文号:某政发〔2021〕1号有效性:有效",
        ],
    ),
    (
        "paragraphs",
        [
            "\u3000\u3000持续优化法治化营商环境做好企业复工复产工作扎实推进",
            "\u3000\u3000持续优化法治化营商环境做好企业复工复产工作扎实推进",
        ],
    ),
    (
        "titles of a list",
        [
            "关于印发行政执法公示制度全过程记录重大决定审核办法的通知",
            "关于印发行政执法人员资格管理和持证上岗若干规定办法的通知",
        ],
    ),
]


@pytest.mark.parametrize("lines", [case[1] for case in APART], ids=[case[0] for case in APART])
def test_lines_that_are_no_prose_are_never_joined(lines: list[str]) -> None:
    text = joined(text_with(*lines))
    folded = [fold(line).text.strip() for line in lines]
    assert [line.strip() for line in text.split("\n") if line.strip()] == [
        fold(PARAGRAPH).text,
        *folded,
        fold(PARAGRAPH).text,
    ]


UNWRAPPED = [
    # short lines without any width
    "石门县人民政府\n关于2021年度法治政府建设情况的报告\n\n2021年,县委、县政府高度重视。\n一、主要工作\n受理案件9件,审结8件。\n",
    # a list of names
    "\n".join(
        f"石门县{name}"
        for name in ("司法局", "公安局", "民政局", "财政局", "教育局", "水利局", "林业局", "审计局")
    ),
    # titles of equal length, without a sentence
    "\n".join(
        f"石门县{name}2021年度法治政府建设工作情况报告"
        for name in ("司法局", "公安局", "民政局", "财政局", "教育局")
    ),
    # figures set in columns
    "\n".join(f"行政复议案件受理{n}    1,26{n}    1,15{n}    88.7{n}%" for n in range(9)),
    "",
    "\n\n",
]


@pytest.mark.parametrize("text", UNWRAPPED)
def test_texts_without_a_width_stay_as_they_are(text: str) -> None:
    folded = fold(text)
    assert join_wrapped(text, folded) is folded


# --------------------------------------------------------------------------------------------------- joining


def test_ideographs_and_parted_numbers_are_joined_without_a_space_and_words_with_one() -> None:
    lines = [
        "2020年,全区受理行政复议案件30",
        "00件,开展“互联网+监管”,推广App",
        "Store等应用,依法治区工作取得成效",
        "明显,干部群众法治意识不断增强了。",
    ]
    assert joined("\n".join(lines)).split("\n") == [
        "2020年,全区受理行政复议案件3000件,开展“互联网+监管”,推广App Store等应用,"
        "依法治区工作取得成效明显,干部群众法治意识不断增强了。"
    ]


def test_a_title_over_two_lines_is_one(outlined: Outlined) -> None:
    title = "石门县人民政府关于2021年度法治政府建设和依法行政工作情况的报告"
    text = "\n".join([*by_characters(title, 28), "", LINES])
    stated = outlined(text).metadata.title
    assert stated and stated.value == title
    assert stated.span and text[stated.span.start : stated.span.end] == title[:28] + "\n" + title[28:]
    issuer = outlined(text).metadata.issuer
    assert issuer and issuer.value == "石门县人民政府" and issuer.span == (0, 7)
    year = outlined(text).metadata.year
    assert year and year.span and text[year.span.start : year.span.end] == "2021年"


paragraphs = st.lists(
    st.text("依法治理推进建完善规范执法监督宣传服务群众,9", min_size=60, max_size=200).map(
        lambda text: f"全区工作{text},扎实有序。"
    ),
    min_size=3,
    max_size=6,
)


@given(paragraphs, st.integers(20, 60))
def test_any_paragraphs_are_joined_to_what_they_were(written: list[str], width: int) -> None:
    text = "\n\n".join("\n".join(by_characters(paragraph, width)) for paragraph in written)
    folded = join_wrapped(text, fold(text))
    assert folded.text == "\n\n".join(written)
    for index, character in enumerate(folded.text):
        span = folded.span(index, index + 1)
        assert text[span.start : span.end] == character
        assert folded_offset(folded, span.start) == index


@given(st.text("依法。,\n 　\t|9一、(A-\r\u200b", max_size=300))
def test_joining_leaves_out_nothing_but_breaks_and_space(text: str) -> None:
    folded = join_wrapped(text, fold(text))
    assert "".join(folded.text.split()) == "".join(fold(text).text.split())
    starts = folded.starts or range(len(folded.text))
    assert list(starts) == sorted(starts)


# ------------------------------------------------------------------------------------------------ real documents


def test_notices_that_were_broken_to_a_width_are_told_from_the_others(shared: Path) -> None:
    """Read through by eye: these four are the only ones whose lines end at a width."""
    found = []
    for path in sorted((shared / "corpora" / "forestry-notices").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if joined(text) != fold(text).text:
            found.append(path.stem)
    assert found == ["074", "078", "090", "099"]


def test_reports_with_a_line_for_each_paragraph_stay_as_they_are(shared: Path) -> None:
    for path in (shared / "corpora" / "work-reports-hailar").glob("*.txt"):
        text = path.read_bytes().decode("gb18030")
        assert joined(text) == fold(text).text
