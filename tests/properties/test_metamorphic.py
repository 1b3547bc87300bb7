"""What a change of the text changes in its extraction: the fields that say it, and nothing else.

Each test edits a text, says which fields may differ and compares all records; offsets move with the edits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from edits import Change, Edit, Key, differences, extracted, moved_record, record_key
from hypothesis import assume, given
from hypothesis import strategies as st

from fatu.exporting.records import Record
from fatu.lexicon.areas import load_areas
from fatu.outlining import fold

GOLD = Path(__file__).parents[1] / "gold"
TEXTS = {
    name: (GOLD / name / "text.txt").read_bytes().decode("utf-8") for name in ("invented-a", "invented-b")
}
COUNTY = (
    "石门县人民政府关于2021年度法治政府建设情况的报告\n\n"
    "2021年，县委、县政府按照《法治政府建设实施纲要（2021—2025年）》（中发〔2021〕33号）要求，推进依法行政。\n"
    "一、主要举措\n"
    "（一）规范执法。石门县司法局评查案卷1268卷，合格率98.5%以上；石门县人民法院审结行政案件31件。\n"
    "（二）化解争议。县司法局受理行政复议申请9件，审结8件，结案率90%。我县印发《石门县普法工作要点》，"
    "推行行政执法“三项制度”，培训执法人员3.2万余人次。\n"
    "二、存在问题\n执法能力不足。\n三、下一步打算\n县应急管理局将培训执法人员200人次。\n\n"
    "石门县人民政府\n2022年1月26日\n"
)
"""A county's report: every area named in it is the county's own."""
ALL = {**TEXTS, "county": COUNTY}


def substitution(old: str, pattern: str, new: str) -> Change:
    """Every match of a pattern replaced; `new` as in re.sub."""
    return Change(old, tuple(Edit(*m.span(), m.expand(new)) for m in re.finditer(pattern, old)))


def translation(old: str, table: dict[str, str]) -> Change:
    """Characters replaced, one by one."""
    return Change(old, tuple(Edit(i, i + 1, table[c]) for i, c in enumerate(old) if c in table))


def metric_records(text: str, pattern: str) -> Iterator[Record]:
    """Metrics of a text whose words match a pattern in full."""
    for record in extracted(text):
        if record["kind"] == "metric" and re.fullmatch(pattern, str(record["text"])):
            yield record


def picked(pattern: str) -> st.SearchStrategy[tuple[str, Record]]:
    """A text and one of its metrics."""
    return st.sampled_from(
        [(text, record) for text in ALL.values() for record in metric_records(text, pattern)]
    )


def rewritten(text: str, record: Record, words: str) -> tuple[Change, Key]:
    """The change that writes a metric in other words, and the key of its record then."""
    start, end = int(str(record["start"])), int(str(record["end"]))
    change = Change(text, (Edit(start, end, words),))
    return change, record_key(moved_record(change, record))


# ------------------------------------------------------------------------------------------- number and unit


@given(picked(r"\d{1,4}[件个次起项份家卷人]"), st.integers(2, 9999))
def test_another_number_changes_only_the_value(chosen: tuple[str, Record], number: int) -> None:
    text, record = chosen
    assume(str(number) != record["value"])
    unit = str(record["text"]).lstrip("0123456789")
    change, key = rewritten(text, record, f"{number}{unit}")
    assert differences(change) == {key: {"value"}}
    assert _metric_at(change.new, key)["value"] == str(number)


@given(picked(r"\d+\.\d%"), st.decimals("0.1", "99.9", places=1))
def test_another_rate_changes_only_the_value(chosen: tuple[str, Record], rate: object) -> None:
    text, record = chosen
    assume(str(rate) != record["value"] and not str(rate).endswith(".0"))
    change, key = rewritten(text, record, f"{rate}%")
    assert differences(change) == {key: {"value"}}


@given(picked(r"\d+件"), st.sampled_from("宗起次"))
def test_another_unit_changes_the_unit_and_the_indicator_that_is_counted_in_it(
    chosen: tuple[str, Record], unit: str
) -> None:
    text, record = chosen
    change, key = rewritten(text, record, str(record["text"]).replace("件", unit))
    found = differences(change)
    own = found.pop(key)
    assert own - {"indicator_id", "iri"} == {"unit"}
    # Two observations of one indicator are told apart by a count in their names.
    assert all(fields == {"iri"} for fields in found.values())


@given(
    picked(r"\d{2,}[件个次起项份家卷]"),
    st.sampled_from([("以上", "at_least"), ("左右", "approx"), ("以内", "at_most")]),
)
def test_a_bound_behind_a_number_changes_only_the_bound(
    chosen: tuple[str, Record], bound: tuple[str, str]
) -> None:
    text, record = chosen
    end = int(str(record["end"]))
    assume(record["bound"] == "exact" and text[end] in "，。；、,;")
    change = Change(text, (Edit(end, end, bound[0]),))
    found = {key: fields for key, fields in differences(change).items() if key[0] == "metric"}
    assert found == {record_key(record): {"bound"}}
    assert _metric_at(change.new, record_key(record))["bound"] == bound[1]


def _metric_at(text: str, key: Key) -> Record:
    return next(record for record in extracted(text) if record_key(record) == key)


WRITINGS = {
    "with a comma": lambda digits: f"{int(digits):,}",
    "full-width": lambda digits: digits.translate({c: c + 0xFEE0 for c in range(0x30, 0x3A)}),
    "full-width with a comma": lambda digits: f"{int(digits):,}".translate(
        {c: c + 0xFEE0 for c in (*range(0x30, 0x3A), 0x2C)}
    ),
}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("writing", WRITINGS)
def test_a_number_written_otherwise_is_the_same_number(name: str, writing: str) -> None:
    text = ALL[name]
    metrics = list(metric_records(text, r"\d{4,}\D+"))
    assert metrics
    edits = []
    for record in metrics:
        start = int(str(record["start"]))
        digits = re.match(r"\d+", str(record["text"]))
        assert digits
        edits.append(Edit(start, start + digits.end(), WRITINGS[writing](digits.group())))
    assert differences(Change(text, tuple(edits))) == {}


# -------------------------------------------------------------------------------------------------- places

COUNTIES = sorted(
    (area.name, area.code)
    for area in load_areas().areas.values()
    if re.fullmatch("[\u4e00-\u9fff]{2,4}(?<!自治)县", area.name)
    and len(load_areas().named(area.name)) == 1
    and not load_areas().is_historical(area.code)
)


def test_another_county_changes_names_areas_and_identities() -> None:
    """What was 石门县 is that county, and 430726 its code, in every field; nothing else. True of every county."""
    assert len(COUNTIES) > 1000
    assert [name for name, code in COUNTIES if not _only_the_county_differs(name, code)] == []


def _only_the_county_differs(name: str, code: str) -> bool:
    change = substitution(COUNTY, "石门县", name)
    expected = [
        {
            field: value.replace("石门县", name).replace("430726", code) if isinstance(value, str) else value
            for field, value in moved_record(change, record).items()
        }
        for record in extracted(COUNTY)
    ]
    return list(extracted(change.new)) == expected


# ---------------------------------------------------------------------------------------- brackets and marks


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("pair", ["[]", "()", "【】", "（）", "〔〕", "〈〉", "［］", "﹝﹞"])
def test_other_brackets_around_the_year_give_the_same_documents(name: str, pair: str) -> None:
    change = substitution(ALL[name], r"[〔\[](20\d\d)[〕\]]", rf"{pair[0]}\1{pair[1]}")
    assert change.edits
    assert differences(change) == {}


FULL, HALF = "，：；（）！？", ",:;()!?"


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "table",
    [
        dict(zip(FULL, HALF, strict=True)),
        dict(zip(HALF, FULL, strict=True)),
        {"。": "｡"},
        {"、": "､"},
        {"%": "％"},
        {"—": "–"},
        {"—": "-"},
        {"-": "—"},
        {str(n): chr(0xFF10 + n) for n in range(10)},
    ],
    ids=["half-width", "full-width", "stop", "comma", "percent", "dash", "hyphen", "long dash", "digits"],
)
def test_other_forms_of_marks_give_the_same_facts(name: str, table: dict[str, str]) -> None:
    assert differences(translation(ALL[name], table)) == {}


# ------------------------------------------------------------------------------------------------- headings

FIRST = r"(?m)^(\s*)([一二三四五])、"
SECOND = r"(?m)^(\s*)[（(]([一二三四五])[）)]"
THIRD = r"(?m)^(\s*)(\d)\."


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    ("pattern", "style"),
    [
        (FIRST, r"\1第\2部分、"),
        (FIRST, r"\1第\2章 "),
        (SECOND, r"\1(\2)"),
        (SECOND, r"\1（\2）"),
        (SECOND, r"\1（\2）、"),
        (SECOND, r"\1\2)"),
        (SECOND, r"\1\2）"),
        (THIRD, r"\1\2、"),
        (THIRD, r"\1\2．"),
        (THIRD, r"\1\2)"),
        (THIRD, r"\1\2）"),
    ],
)
def test_another_style_of_headings_changes_no_fact(name: str, pattern: str, style: str) -> None:
    assert differences(_numbers_only(substitution(ALL[name], pattern, style))) == {}


def _numbers_only(change: Change) -> Change:
    """Edits without the space that opens the line: a heading begins behind it."""
    edits = []
    for start, end, new in change.edits:
        indent = len(new) - len(new.lstrip())
        edits.append(Edit(start + indent, end, new[indent:]))
    return Change(change.old, tuple(edits))


# --------------------------------------------------------------------------------------------------- layout


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "newline", ["\r\n", "\r", "\u2028", "\u2029", "\n\n", "\n\u3000\u3000", " \n", "\n\t"]
)
def test_another_layout_of_lines_moves_offsets_only(name: str, newline: str) -> None:
    assert differences(substitution(ALL[name], "\n", newline)) == {}


@pytest.mark.parametrize("name", ALL)
@given(st.data())
def test_indented_paragraphs_move_offsets_only(name: str, data: st.DataObject) -> None:
    text = ALL[name]
    starts = [m.start() for m in re.finditer(r"(?m)^(?=.)", text)]
    chosen = data.draw(st.sets(st.sampled_from(starts)))
    edits = tuple(
        Edit(at, at, data.draw(st.sampled_from(["\u3000\u3000", "    ", "\t", "\xa0"])))
        for at in sorted(chosen)
    )
    assert differences(Change(text, edits)) == {}


@pytest.mark.parametrize("name", ALL)
def test_words_of_one_paragraph_change_nothing_in_others(name: str) -> None:
    """A paragraph without mentions, put between two of the body, comes and changes nothing else."""
    text = ALL[name]
    at = text.index("二、存在")
    change = Change(text, (Edit(at, at, "法治观念不断深入人心，法治氛围更加浓厚。\n"),))
    for key, fields in differences(change).items():
        start = key[-2] if key[0] == "link" else key[1]  # what it claims may be linked to a measure before it
        assert fields == {"come"}
        assert isinstance(start, int) and at <= start < at + len(change.edits[0].new)


# ----------------------------------------------------------------------------------------------------- fold


@pytest.mark.parametrize("name", ALL)
def test_folded_texts_are_read_as_the_texts_themselves(name: str) -> None:
    text = ALL[name]
    folded = fold(text).text
    assert len(folded) == len(text)
    assert differences(translation_of(text, folded)) == {}


def translation_of(old: str, new: str) -> Change:
    """The edits between two texts of the same length."""
    pairs = enumerate(zip(old, new, strict=True))
    return Change(old, tuple(Edit(i, i + 1, b) for i, (a, b) in pairs if a != b))
