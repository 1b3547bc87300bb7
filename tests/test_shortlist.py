"""The shortlist: a pattern that it leaves out finds nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatu.lexicon.audit_words import load_stages
from fatu.lexicon.catalogue import find_indicator, load_indicators, load_topics
from fatu.lexicon.shortlist import Shortlist, needed_words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("公证|司法鉴定", {"公证", "司法"}),
        ("诉", {"诉"}),
        ("(?:生态)?环境", {"环境"}),
        ("(?:应诉|诉)案", {"应诉", "诉案"}),
        ("督[查察]", {"督查", "督察"}),
        ("一{2,3}次", {"一"}),
        ("审{0}结案", {"结案"}),
        ("[^,]{2,8}率", {"率"}),
        (r"(?P<rate>办结)率\d", {"办结"}),
        (r"“?互联网\+监管", {"互联"}),
        (r"网\+监管", {"网+"}),
        ("^(?!.*征集).*?(公证)", {"公证"}),
        ("(?=.*?(复议)).*?", {"复议"}),
        ("(?<!劳动)仲裁", {"仲裁"}),
        ("仲裁|", set()),
        ("(?i)12345热线", set()),
        ("(?P<way>增减)(?P=way)", set()),
        ("(?:仲裁)*", set()),
        (r"\d+", set()),
        ("仲裁|.", set()),
        ("(?:仲裁", set()),
    ],
)
def test_words_that_a_pattern_needs(pattern: str, words: set[str]) -> None:
    assert needed_words(pattern) == words


def test_what_may_match_comes_in_the_order_of_the_table() -> None:
    shortlist = Shortlist([("公证", 1), (r"\d", 2), ("复议|公证处", 3), ("诉讼", 4)])
    assert shortlist.of("复议与公证") == [1, 2, 3]
    assert shortlist.of("") == [2]


PATTERNS = [
    *(topic.cue for topic in load_topics() if topic.cue),
    *(entry.cue for entry in load_indicators()),
    *(pattern.pattern for stages in load_stages() for pattern in (stages.earlier, stages.later)),
]
SHORTLIST = Shortlist((pattern, pattern) for pattern in PATTERNS)
WORDS = sorted({word for pattern in PATTERNS for word in re.findall("[\u4e00-\u9fff]+", pattern)})


@given(st.lists(st.sampled_from(WORDS) | st.text("案件的,“”12(", max_size=2), max_size=8).map("".join))
def test_no_pattern_of_the_tables_finds_anything_where_it_is_left_out(text: str) -> None:
    found = [pattern for pattern in PATTERNS if re.search(pattern, text)]
    assert [pattern for pattern in SHORTLIST.of(text) if re.search(pattern, text)] == found


ATOMS = st.sampled_from(
    ["甲", "乙", "丙", ".", "[甲乙]", "[^甲]", r"\d", "(?!乙)", "(?<!甲)", "^", "$", r"\+"]
)
MADE = st.recursive(
    ATOMS,
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=4).map("".join),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(part, st.sampled_from(["?", "*", "+?", "{2}", "{0,2}"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
        part.map(lambda p: f"(?=.*?({p}))"),
    ),
    max_leaves=8,
)


@given(MADE, st.text("甲乙丙1+", max_size=6))
def test_no_pattern_at_all_does(pattern: str, text: str) -> None:
    if re.search(pattern, text):
        words = needed_words(pattern)
        assert not words or any(word in text for word in words)


def test_indicators_are_those_that_every_cue_tried_tells() -> None:
    entries = load_indicators()
    for entry in entries:
        for phrase, unit in entry.examples:
            assert find_indicator(phrase, unit) == find_indicator(phrase, unit, entries)
