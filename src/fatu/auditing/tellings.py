"""Figures with what their words say, to be held against each other: whether two can be of one thing."""

from __future__ import annotations

import re
from functools import cache, cached_property

from ..lexicon.audit_words import Stages, load_audit_words, load_stages
from ..lexicon.patterns import any_pattern
from ..lexicon.shortlist import Shortlist
from .arithmetic import is_slip
from .postings import Posting, bigrams

MAX_FOLLOWING = 80
"""How many figures behind one are held against it."""
MIN_WORDS, LONG = 5, 10
"""Characters of the shortest wording that tells what is counted, and of one that tells it beyond doubt."""
BARE = 6
"""Characters of the shortest wording that must be the same letter for letter."""
MANY_DIGITS = 4
_FAR, _NEARBY = 3, 24
_ANY = "各级"
_NO_CONTENT = re.compile(r"[^\u4e00-\u9fff]|各类|各级|[全我本][省市县区州旗镇乡年局盟]|其中|已|的|了")
_COUNTING = re.compile(r"全年|年内|当年|本年|一年来|累计|合计|总计|共|计|[^\u4e00-\u9fff]|已|的|了")
_JOINED = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<!参)[和与及](?!解)(?=[\u4e00-\u9fff]{2})")
_OF_YEAR = re.compile(r"全年|年内|当年|本年|(?:19|20)\d\d年")

Steps = frozenset[tuple[int, bool]]


class Wording:
    """What a text says, to be held against another; read when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def content(self) -> str:
        """Its words that tell what is counted."""
        return _NO_CONTENT.sub("", load_audit_words().generic.sub("", self._text))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring characters of these."""
        return bigrams(self.content)

    @cached_property
    def steps(self) -> Steps:
        """The steps of procedures that they name."""
        return _steps(self.content)

    @cached_property
    def bare(self) -> str:
        """All that it says but for the words of counting and of the year."""
        return _COUNTING.sub("", self._text)


class Telling:
    """A figure with what its words say; read when first asked for, since most are held against none."""

    def __init__(self, posting: Posting) -> None:
        self.posting = posting
        self.words = posting.before + posting.after
        self.around = posting.lead[-_NEARBY:] + posting.after

    @cached_property
    def own(self) -> Wording:
        """What its own words say; of a level the phrase: 出庭应诉率由91%提升到95%."""
        return Wording(self.posting.phrase if self.posting.leads_to else self.words)

    @cached_property
    def phrase(self) -> Wording:
        """What its phrase says."""
        return Wording(self.posting.phrase)

    @cached_property
    def steps_around(self) -> Steps:
        """The steps of procedures that are named around it."""
        return _steps(self.around)

    @cached_property
    def marks(self) -> tuple[bool, bool, frozenset[str], frozenset[str]]:
        """Whether it was added or is there, of whom it is, and of which body: they must be the same of one thing."""
        words, around = load_audit_words(), self.around
        return (
            words.flow.search(around) is not None,
            words.stock.search(around) is not None,
            _named(words.group, around),
            _named(words.body, around),
        )

    @cached_property
    def groups(self) -> frozenset[str]:
        """Of whom it is, by its own words."""
        return _named(load_audit_words().group, self.words) - {_ANY}

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Bodies that its own words name."""
        return _named(load_audit_words().body, self.words)

    @cached_property
    def is_joined(self) -> bool:
        """Whether it counts two things together: 审核人员和执法人员."""
        return _JOINED.search(self.words) is not None

    @cached_property
    def is_whole_year(self) -> bool:
        """Whether it is of the whole year and area."""
        return load_audit_words().whole_year.search(self.words) is not None


def _named(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    # Most texts name none: to see that takes one search.
    return frozenset(m.group() for m in pattern.finditer(text)) if pattern.search(text) else frozenset()


def is_total(posting: Posting, of_table: bool) -> bool:
    """Whether a figure may be the one figure of its indicator: no part, no change, of no single occasion."""
    words = load_audit_words()
    return (
        (posting.is_count or posting.is_rate)
        and (posting.cell is None or of_table)
        and posting.movement is None
        and not (posting.leads_to and not posting.is_rate)
        and not posting.is_prior
        and not (posting.is_aside and "全年" not in posting.before)
        and posting.observation.status == "achieved"
        and not words.origin.search(posting.before)
        and not words.carried.search(posting.words)
        and not words.occasion.search(posting.lead)
    )


# ---------------------------------------------------------------------------------------------- two figures


def has_many_digits(posting: Posting) -> bool:
    """Whether a value has so many digits that another hardly agrees with it but for one by chance."""
    return posting.is_count and len(f"{posting.metric.value:f}".rstrip("0")) >= MANY_DIGITS


def is_near(first: Posting, second: Posting) -> bool:
    """Whether two values are one, or as near as a slip makes them."""
    one, other = first.metric.value, second.metric.value
    if one == other:
        return len(f"{one:f}".rstrip("0")) > 1
    return is_slip(one, other)


def are_far(first: Posting, second: Posting) -> bool:
    """Whether one value is so much larger that both are hardly of one thing."""
    small, large = sorted((first.metric.value, second.metric.value))
    return large >= small * _FAR


def can_be_of_one(first: Posting, second: Posting) -> bool:
    """Whether two figures can count the work of one body. Where one is a bureau's and the other the county's, only a
    slip tells that both mean the same."""
    tie = first.body.tie(second.body)
    return tie == "one" or (tie == "part" and is_near(first, second))


def is_of_year(telling: Telling) -> bool:
    """Whether its own words say that it is of the whole year: 全年介入调处矛盾237宗."""
    return "全年" in telling.posting.before


def is_of_more_years(first: Telling, second: Telling) -> bool:
    """累计27人 and 2022年取得8人: whether one figure is of all years and the other of one. 全年累计 is of the year."""
    mine, its = first.posting.before, second.posting.before
    told = [("累计" in text, _OF_YEAR.search(text) is not None) for text in (mine, its)]
    return (True, False) in told and (False, True) in told


# ------------------------------------------------------------------------------------- steps of procedures


def are_steps_apart(steps: Steps, other: Steps) -> bool:
    """Whether of one procedure one names the earlier and the other the later step."""
    return any(
        (number, not is_later) in other and (number, is_later) not in other for number, is_later in steps
    )


def _steps(text: str) -> Steps:
    """The steps of procedures that a text names, whatever the word: 受理 and 新收 are one."""
    found: set[tuple[int, bool]] = set()
    for number, stages in _procedures().of(text):
        is_later = stages.later.search(text) is not None
        if is_later or stages.earlier.search(text):
            found.add((number, is_later))
    return frozenset(found)


@cache
def _procedures() -> Shortlist[tuple[int, Stages]]:
    steps = [stages for stages in load_stages() if stages.is_step]
    return Shortlist((any_pattern((s.earlier.pattern, s.later.pattern)), (n, s)) for n, s in enumerate(steps))
