"""Texts that nobody wrote for a reader: the whole extract takes linear time, never crashes, and points rightly."""

from __future__ import annotations

import gc
import re
import time
from pathlib import Path

import pytest
from edits import Change, Edit, differences, extracted
from hypothesis import given, settings
from hypothesis import strategies as st

from fatu.exporting.records import Record, extraction_records
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.outlining import outline
from fatu.reading import read_text

pytestmark = pytest.mark.slow

GOLD = Path(__file__).parents[1] / "gold"
TEXTS = [(GOLD / name / "text.txt").read_bytes().decode("utf-8") for name in ("invented-a", "invented-b")]
HEAD = (
    "石门县人民政府关于2021年度法治政府建设情况的报告\n\n现将有关情况报告如下：\n一、主要举措\n"
    "县司法局受理行政复议案件9件，审结8件。"
)
"""Chinese enough to be read as a report, and ending where anything may follow."""
MEGABYTE = 1_000_000


def extract(text: str) -> list[Record]:
    """What `fatu extract` prints of a text, read anew."""
    outlined = outline(read_text(text, "report.txt"))
    return extraction_records(link(interpret(outlined, find(outlined))))


def assert_points_rightly(text: str, records: list[Record]) -> None:
    """Every offset lies in the text, every record quotes what is there."""
    for record in records:
        start, end = record["start"], record["end"]
        assert isinstance(start, int) and isinstance(end, int)
        assert 0 <= start < end <= len(text)
        assert record["text"] == text[start:end]
        for first, last in (("number_start", "number_end"), ("target_start", "target_end")):
            if record.get(first) is not None:
                assert 0 <= record[first] < record[last] <= len(text)  # type: ignore[operator]


def timed(text: str) -> tuple[float, list[Record]]:
    """Seconds of this process that the extract takes, without the garbage collector, and its records."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        records = extract(text)
        return time.process_time() - start, records
    finally:
        gc.enable()


def assert_linear(short: str, long: str) -> None:
    """Four times the text takes less than eight times as long (sixteen where something is quadratic)."""
    base = max(min(timed(short)[0] for _ in range(2)), 0.01)  # below that the clock decides
    taken, records = timed(long)
    assert taken < 8 * base
    assert_points_rightly(long, records)


def assert_linear_in(unit: str, size: int) -> None:
    """The same words over and over, behind a report's head."""
    count = size // len(unit)
    assert_linear(HEAD + unit * (count // 4), HEAD + unit * count)


# ------------------------------------------------------------------------------------------- over and over

BRACKETS = "（）《》“”‘’〔〕［］【】〈〉「」『』〖〗｛｝()[]{}<>"
REPEATED = """
1 9 1,000 ,000 1. 1/2 1-2 9件 9件、 9件, 9、 99.9% 3至5个 百分之九 百分之 分之 三分之二 一 十 百 万 亿 九百万
一九 两 的 好的 村的 O的 有的 由上年的 因为 分别 其中 同比 率 成功率9%, 率9%, 增长9%, 由20件提高到30件
行政复议案件9件 局 中心 委员会 领导小组 交警大队 县一一一一局 石门县 石门县司法局 縣司法局 我县 县委、
县司法局、夹山镇、 夹山镇、 镇 街道 政府 县司法局一一办公室 会同县司法局 向县司法局 和 、 ， 。 ； ： ！ 关于
一批 每月 疫情期间 3月 2021年 2021- 2021年1月1日、 2021 《一》 《一》、 《一〈二〉》 《》 《一 (2021)
〔2021〕1号 石政发〔2021〕1号 《一》(石政发〔2021〕1号) 《一》,石政发〔2021〕1号, 《一》(以下简称《二》) 令
国务院令第1号 中国公告2021年第1号 以下简称 推进 推进制度 推进司法制度和 落实制度的 “三项制度” "一" 一是
一是好。 一、 。一、好 (一) (一)好。 一)好。 第一章 来源:好 信息来源: 好 é的 ｱ的 𠮷 👍🏽 會議 | 一|二| 9|9|
"""
LINES = [
    *(
        "一、好\n",
        "(一)好。\n",
        "1.好\n",
        "9件\n",
        "|一|9|\n",
        "一\t9\n",
        "2021年1月1日\n",
        "《一》\n",
        "来源:好\n",
    ),
    *("\n", "\r", "\r\n", "\u2028", " \n", "\t", " ", "\u3000", "好 ", " (一)好", "一、好 ", "。 "),
]
UNSEEN = [
    "\u200b",
    "\u200d",
    "\u202e",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\u00ad",
    "\ufe0f",
    "\u0301",
    "一\u200b",
    "9\u202e件",
]


@pytest.mark.parametrize("bracket", BRACKETS)
def test_100_000_brackets_take_linear_time(bracket: str) -> None:
    assert_linear_in(bracket, 100_000)


@pytest.mark.parametrize("character", ["9", "９", "0", "一", "十", "亿", "〇", "O的", "9,"])
def test_100_000_digits_and_numerals_take_linear_time(character: str) -> None:
    assert_linear_in(character, 100_000)


@pytest.mark.parametrize("words", [*REPEATED.split(), *LINES, *UNSEEN], ids=ascii)
def test_the_same_words_over_and_over_take_linear_time(words: str) -> None:
    assert_linear_in(words, 40_000)


@pytest.mark.parametrize("opener", ["《", "（", "“", "〔", "【", "《《（"])
def test_brackets_that_never_close_take_linear_time(opener: str) -> None:
    assert_linear_in(opener + "石门县司法局办理案件9件，", 40_000)


def test_documents_agencies_and_programs_of_many_names_take_linear_time() -> None:
    """Each its own entity: nothing is looked for among all of them."""
    names = [
        f"{a}{b}{c}" for a in "安宁永和兴" for b in "山水林田湖草沙江海川" for c in "东南西北中前后左右上"
    ]
    sentences = [
        f"石门县{name}工作领导小组办公室印发《{name}管理办法》（石{name[1]}发〔2021〕{n}号），推进“{name}工程”。"
        for n, name in enumerate(names)
    ]
    assert_linear(HEAD + "".join(sentences[:125]), HEAD + "".join(sentences))


# -------------------------------------------------------------------------------------------- ten megabytes


@pytest.mark.slow
@pytest.mark.parametrize("newline", [" ", "\n"], ids=["a line", "lines"])
def test_ten_megabytes_take_linear_time(newline: str) -> None:
    pieces = [text.replace("\n", newline) for text in TEXTS]
    size = sum(len(piece.encode()) for piece in pieces)
    long = "".join(pieces * (10 * MEGABYTE // size + 1))
    assert len(long.encode()) >= 10 * MEGABYTE
    assert_linear(long[: len(long) // 4], long)


# ------------------------------------------------------------------------------------- what cannot be seen


@pytest.mark.parametrize(
    "character", ["\u200b", "\u200d", "\u200f", "\u202e", "\u2060", "\u2067", "\ufeff", "\u00ad"]
)
@pytest.mark.parametrize("text", TEXTS, ids=["a", "b"])
def test_an_invisible_character_in_every_mention_changes_no_fact(text: str, character: str) -> None:
    places = sorted(
        {
            place
            for record in extracted(text)
            if record["kind"] not in ("clause", "link")
            for place in range(int(str(record["start"])) + 1, int(str(record["end"])))
        }
    )
    change = Change(text, tuple(Edit(place, place, character) for place in places))
    assert_points_rightly(change.new, list(extracted(change.new)))
    assert differences(change) == {}


@pytest.mark.parametrize("text", TEXTS, ids=["a", "b"])
def test_a_character_beyond_the_first_plane_is_one_character(text: str) -> None:
    """A rare ideograph has the same offsets whether UTF-16 takes one unit for it or two."""
    near = re.sub("(?<=[，。；、,;]) ?", "㐀", text)
    far = near.replace("㐀", "𠮷")
    assert len(near) == len(far) and near != text

    def rest(record: Record) -> dict[str, object]:
        return {
            k: v.replace("𠮷", "㐀") if isinstance(v, str) else v for k, v in record.items() if k != "iri"
        }

    assert_points_rightly(far, list(extracted(far)))
    assert [rest(r) for r in extracted(far)] == [rest(r) for r in extracted(near)]


# --------------------------------------------------------------------------------------- mixed and unpaired

TRADITIONAL = str.maketrans(
    "县区乡镇门机关会议员务层发动办应国华医药东车书长风马鱼龙个项级场约余达执条约经济营环质权责产业议对际无证",
    "縣區鄉鎮門機關會議員務層發動辦應國華醫藥東車書長風馬魚龍個項級場約餘達執條約經濟營環質權責產業議對際無證",
)


@pytest.mark.parametrize("text", TEXTS, ids=["a", "b"])
@given(st.data())
@settings(max_examples=30)
def test_mixed_script_points_rightly(text: str, data: st.DataObject) -> None:
    """Sentence by sentence, either script: what a clause in simplified script counts is counted still."""
    pieces = re.split("(?<=[。；\n])", text)
    chosen = data.draw(st.sets(st.integers(0, len(pieces) - 1)))
    mixed = "".join(p.translate(TRADITIONAL) if i in chosen else p for i, p in enumerate(pieces))
    assert len(mixed) == len(text)
    records = list(extracted(mixed))
    assert_points_rightly(mixed, records)
    counted = {(r["start"], r["end"], r["value"]) for r in records if r["kind"] == "metric"}
    for record in extracted(text):
        start, end = int(str(record["start"])), int(str(record["end"]))
        around = slice(max(0, start - 12), end + 12)
        if record["kind"] == "metric" and mixed[around] == text[around]:
            assert (start, end, record["value"]) in counted


@pytest.mark.parametrize("text", TEXTS, ids=["a", "b"])
@given(st.data())
@settings(max_examples=30)
def test_an_unpaired_bracket_leaves_other_paragraphs_alone(text: str, data: st.DataObject) -> None:
    lines = list(re.finditer(r"(?m)^[^\n]{60,}$", text))
    line = data.draw(st.sampled_from(lines))
    at = data.draw(st.integers(line.start() + 1, line.end()))
    change = Change(text, (Edit(at, at, data.draw(st.sampled_from("《（“〔【〈「》）”〕】〉」"))),))
    assert_points_rightly(change.new, list(extracted(change.new)))
    mentions = ("citation", "agency", "metric", "program", "date")
    elsewhere = {
        key: fields
        for key, fields in differences(change).items()
        if key[0] in mentions and not line.start() <= int(str(key[1])) <= line.end() + 1
    }
    # What another paragraph carries over, and how often an indicator was counted before, may differ; no span does.
    assert [
        key for key, fields in elsewhere.items() if fields & {"come", "gone", "value", "unit", "number"}
    ] == []


JUNK = st.text(
    st.one_of(
        st.sampled_from("《》（）“”〔〕【】〈〉()[]，。、；：,;:.|\t\n\r \u3000\u2028—-~"),
        st.sampled_from("0123456789０９一二十百千万亿两点成余多%％件个次元年月日号第令的和及率"),
        st.sampled_from("\u200b\u200e\u202a\u202e\u2066\u2069\ufeff\u00ad\ufe0f\u0301𠮷𪚥👍"),
    ),
    min_size=1,
    max_size=12,
)


@given(st.sampled_from([*TEXTS, HEAD]), st.data())
@settings(max_examples=60)
def test_junk_anywhere_points_rightly(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(JUNK) + text[at:]
    assert_points_rightly(text, extract(text))


# --------------------------------------------------------------------------------- many papers, all of them different

DIFFERENT = [
    # {w}: three ideographs that are others each time
    "《{w}…的通知》、",
    "《关于{w}的通知》、《关于{w}…的决定》、",
    "《{w}办法》《办法》、",
    "《湖南省实施〈{w}法〉办法》、",
    "《关于{w}的意见》(国发〔2020〕1号)、",
]


def different(pattern: str, count: int) -> str:
    """A pattern with other words each time, behind a report's head."""
    words = (
        "".join(chr(0x4E00 + (n * step) % 16_000) for step in (1, 7919, 31)) for n in range(1, count + 1)
    )
    return HEAD + "".join(pattern.replace("{w}", word) for word in words)


@pytest.mark.parametrize("pattern", DIFFERENT)
def test_each_citation_is_looked_at_once(pattern: str) -> None:
    count = 30_000 // len(pattern)
    assert_linear(different(pattern, count // 4), different(pattern, count))
