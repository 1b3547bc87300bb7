"""Figures stated again: the same value is an equality, another a duplicate."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, cached_property

from ..lexicon.audit_words import Stages, load_audit_words, load_relations, load_stages
from ..lexicon.patterns import any_pattern
from ..lexicon.shortlist import Shortlist
from ..model import Finding
from .arithmetic import is_slip
from .equalities import compare
from .ledger import Ledger
from .postings import Posting, bigrams
from .totals import total_cells

_MIN_ALIKE, _MIN_WORDS, _MAX_NEIGHBOURS, _FEW_DIGITS = 10, 5, 6, 2
_ALIKE, _ALIKE_SHORT, _ALIKE_TABLE, _LONG = Decimal("0.7"), Decimal("0.8"), Decimal("0.6"), 10
"""Share of the pairs of characters of the shorter wording that the longer one must have, by its length."""
_ONCE, _KNOWN, _UNKNOWN, _CONTAINED = Decimal("0.45"), Decimal("0.6"), Decimal("0.8"), Decimal("0.9")
"""Share of the pairs of characters of the longer of two wordings that they have in common: for indicators of which a
report has one value, others of the catalogue, and those that it lacks; and of the shorter where the longer has more."""
_FAR = 3
_BARE, _MANY_DIGITS, _FEW_SHARED, _HALF = 6, 4, 3, Decimal("0.5")
_ANY = "各级"
_FEWEST_WORDS, _NEARBY, _MAX_FOLLOWING = 4, 24, 80
_NO_CONTENT = re.compile(r"[^\u4e00-\u9fff]|各类|各级|[全我本][省市县区州旗镇乡年局盟]|其中|已|的|了")

_TAKEN_UP = re.compile(r"(?:对|就|从|将|在|针对|围绕|调度|督导|听取|督促)[^,;。、]{0,10}$")
_COUNTING = re.compile(r"全年|年内|当年|本年|一年来|累计|合计|总计|共|计|[^\u4e00-\u9fff]|已|的|了")
_JOINED = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<!参)[和与及](?!解)(?=[\u4e00-\u9fff]{2})")
_OF_YEAR = re.compile(r"全年|年内|当年|本年|(?:19|20)\d\d年")
_OF_ALL = re.compile(r"全[省市县区旗镇乡州](?:现有|共有|共)?$")
_NOUN = re.compile(r"[\u4e00-\u9fff]{4,}?(?=的|逐|进行|开展|全部|办理|中|$)")

Steps = frozenset[tuple[int, bool]]


def check_duplicates(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each figure that is stated again, in the same words but for what says nothing."""
    totals = total_cells(ledger)
    tellings = [_Telling(p) for p in ledger.postings if _is_total(p, p.index in totals or _has_digits(p))]
    told: set[tuple[int, int]] = set()
    told_once = [t for t in tellings if t.posting.cell is None or t.posting.index in totals]
    for first, second in (*_restated(ledger, told_once), *_alike(tellings), *_taken_up(ledger, tellings)):
        if (first.index, second.index) not in told:
            told.add((first.index, second.index))
            same = second.interval.meets(first.interval)
            yield compare(ledger, "equality" if same else "duplicate", first, second)


class _Wording:
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


class _Telling:
    """A figure with what its words say; read when first asked for, since most are held against none."""

    def __init__(self, posting: Posting) -> None:
        self.posting = posting
        self.words = posting.before + posting.after
        self.around = posting.lead[-_NEARBY:] + posting.after

    @cached_property
    def own(self) -> _Wording:
        """What its own words say; of a level the phrase: 出庭应诉率由91%提升到95%."""
        return _Wording(self.posting.phrase if self.posting.leads_to else self.words)

    @cached_property
    def phrase(self) -> _Wording:
        """What its phrase says."""
        return _Wording(self.posting.phrase)

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


def _is_total(posting: Posting, of_table: bool) -> bool:
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


def _differ(steps: Steps, other: Steps) -> bool:
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


# ------------------------------------------------------------------------------------------------- told again


def _restated(ledger: Ledger, tellings: list[_Telling]) -> Iterator[tuple[Posting, Posting]]:
    """The figures of one unit, scope and period that are of one thing. Two of one sentence tell two things, whatever
    their words."""
    once = {relation.left for relation in load_relations() if relation.kind == "once"}
    groups: dict[tuple[object, ...], list[_Telling]] = {}
    for telling in tellings:
        if telling.posting.index not in ledger.parts:
            o = telling.posting.observation
            groups.setdefault((telling.posting.metric.unit, o.scope, o.period), []).append(telling)
    settled: set[int] = set()
    for group in groups.values():
        for i, first in enumerate(group):
            for second in group[i + 1 : i + 1 + _MAX_FOLLOWING]:
                if second.posting.index in settled:
                    # It was held against an earlier one.
                    continue
                ids = {first.posting.link.id, second.posting.link.id}
                if second.posting.stop == first.posting.stop or not _can_be_of_one(
                    first.posting, second.posting
                ):
                    continue
                if len(ids) > 1 and None not in ids:
                    if _is_said_again(first, second):
                        settled.add(second.posting.index)
                        yield first.posting, second.posting
                    continue
                known = first.posting.link.id if len(ids) == 1 else None
                counted_once = known in once and ledger.entries[known or ""].stock_flow != "stock"
                if _is_same_thing(first, second, counted_once, known is not None):
                    settled.add(second.posting.index)
                    yield first.posting, second.posting


def _is_same_thing(first: _Telling, second: _Telling, is_once: bool, is_known: bool) -> bool:
    """Whether two figures are told of one thing."""
    mine, its = first.own, second.own
    of_year = first.is_whole_year or second.is_whole_year
    said_alike = (
        of_year
        and mine.content == its.content
        and ((first.is_whole_year and second.is_whole_year) or len(mine.content) >= _LONG)
    )
    # What flows in is counted in one year, whether or not it is called a total.
    marks, other = (first.marks[2:], second.marks[2:]) if is_once else (first.marks, second.marks)
    if _is_of_year(first) and _is_of_year(second):
        # Both say themselves that they are of the year: what stands around them tells nothing more.
        marks, other = (first.groups, first.bodies), (second.groups, second.bodies)
    if (marks != other and not said_alike) or first.is_joined != second.is_joined:
        return False
    if first.posting.is_count and not said_alike and _are_far(first.posting, second.posting):
        # 以我厅为被申请人的审结15件, 全省审结506件
        return False
    if _is_said_again(first, second):
        return True
    if is_once and first.posting.is_count and not first.marks[3]:
        if first.steps_around == second.steps_around:
            return True
        if mine.steps & its.steps and not _differ(mine.steps, its.steps):
            fewest = min(len(mine.pairs), len(its.pairs))
            near = _is_slip(first.posting, second.posting)
            return near or (of_year and fewest >= _FEWEST_WORDS and len(mine.pairs & its.pairs) * 2 >= fewest)
        return not (first.steps_around and second.steps_around) and _is_slip(first.posting, second.posting)
    if mine.steps != its.steps or min(len(mine.content), len(its.content)) < _FEWEST_WORDS:
        return False
    if is_known and mine.content == its.content:
        return True
    shared = Decimal(len(mine.pairs & its.pairs))
    of_longer = shared / max(len(mine.pairs), len(its.pairs))
    of_shorter = shared / min(len(mine.pairs), len(its.pairs))
    if _is_of_more_years(first, second):
        return False
    if first.posting.is_rate and of_shorter < _CONTAINED:
        # 人民调解案件调解成功率 and 法律援助案件调解成功率 are two.
        return False
    if is_once:
        near = _is_slip(first.posting, second.posting) and of_shorter >= _CONTAINED
        return of_longer >= _KNOWN or (near and first.posting.is_rate)
    opening = () in (first.posting.observation.section, second.posting.observation.section)
    if not (opening or first.is_whole_year or second.is_whole_year):
        return False
    if is_known:
        return of_longer >= _KNOWN or (of_longer >= _ONCE and of_shorter >= _CONTAINED)
    shortest = min(len(mine.content), len(its.content))
    if _is_of_year(first) and _is_of_year(second) and of_shorter >= _CONTAINED and shortest > _MIN_WORDS:
        return first.bodies == second.bodies and first.groups == second.groups
    if opening:
        # What the opening sums up is told again in its section.
        return of_longer >= _UNKNOWN or (of_longer >= _KNOWN and shortest > _MIN_WORDS)
    return of_longer >= _UNKNOWN and shortest >= _MIN_WORDS


# ---------------------------------------------------------------------------------------------------- slips


def _alike(tellings: list[_Telling]) -> Iterator[tuple[Posting, Posting]]:
    """Figures of different sentences told in the same words, whose values are one or as near as a slip makes them.

    Values far apart may well be of different things, whatever the words; a digit that is off, or two that are
    exchanged, hardly ever are.
    """
    groups: dict[tuple[object, ...], list[_Telling]] = {}
    for telling in tellings:
        metric, o = telling.posting.metric, telling.posting.observation
        if telling.posting.is_count and metric.bound == "exact" and metric.value >= _MIN_ALIKE:
            scope = None if telling.posting.cell else o.scope
            key = (metric.unit, o.period, scope, len(f"{metric.value:f}"))
            groups.setdefault(key, []).append(telling)
    for group in groups.values():
        ordered = sorted(group, key=lambda t: (t.posting.metric.value, t.posting.index))
        for i, first in enumerate(ordered):
            for second in ordered[i + 1 : i + 1 + _MAX_NEIGHBOURS]:
                if (
                    first.posting.stop != second.posting.stop
                    and not (first.posting.cell and second.posting.cell and _has_digits(first.posting))
                    and not _is_apart(first, second)
                    and _can_be_of_one(first.posting, second.posting)
                    and _is_slip(first.posting, second.posting)
                    and _is_told_alike(first, second)
                ):
                    pair = sorted((first.posting, second.posting), key=lambda p: p.index)
                    yield pair[0], pair[1]


def _taken_up(ledger: Ledger, tellings: list[_Telling]) -> Iterator[tuple[Posting, Posting]]:
    """办理法律援助案件517件 and, later, 对全年527件法律援助案件…: a figure taken up with its noun behind it. It is one
    with the figure of that noun where there is only one such, and their values are one or as near as a slip makes
    them."""
    for posting in ledger.postings:
        noun = _NOUN.match(posting.after) if _TAKEN_UP.search(posting.before) else None
        wanted = _Wording(noun.group()) if noun is not None else None
        if wanted is None or len(wanted.content) < _MIN_WORDS or not posting.is_count:
            continue
        at = bisect_left(tellings, posting.index, key=lambda telling: telling.posting.index)
        same = [
            t.posting
            for t in tellings[max(0, at - _MAX_FOLLOWING) : at]
            if t.posting.stop != posting.stop
            and t.posting.is_beside(posting)
            and t.posting.metric.unit == posting.metric.unit
            and len(wanted.pairs & t.own.pairs) >= max(Decimal(_FEW_SHARED), _HALF * len(wanted.pairs))
        ]
        if len(same) == 1 and _is_slip(same[0], posting) and _can_be_of_one(same[0], posting):
            yield same[0], posting


def _can_be_of_one(first: Posting, second: Posting) -> bool:
    """Whether two figures can count the work of one body. Where one is a bureau's and the other the county's, only a
    slip tells that both mean the same."""
    tie = first.body.tie(second.body)
    return tie == "one" or (tie == "part" and _is_slip(first, second))


def _are_far(first: Posting, second: Posting) -> bool:
    """Whether one value is so much larger that both are hardly of one thing."""
    small, large = sorted((first.metric.value, second.metric.value))
    return large >= small * _FAR


def _is_slip(first: Posting, second: Posting) -> bool:
    """Whether two values are one, or as near as a slip makes them."""
    one, other = first.metric.value, second.metric.value
    if one == other:
        return len(f"{one:f}".rstrip("0")) > 1
    return is_slip(one, other)


def _has_digits(posting: Posting) -> bool:
    """Whether a value has so many digits that another hardly agrees with it but for one by chance."""
    return posting.is_count and len(f"{posting.metric.value:f}".rstrip("0")) >= _MANY_DIGITS


def _is_apart(first: _Telling, second: _Telling) -> bool:
    """Whether one figure was added and the other is there, or they are of other people."""
    mine, its = first.marks[:2], second.marks[:2]
    few = len(f"{first.posting.metric.value:f}") < _MANY_DIGITS
    return (
        first.groups != second.groups
        or (few and first.bodies != second.bodies)
        or _is_of_more_years(first, second)
        or (mine, its)
        in (
            ((True, False), (False, True)),
            ((False, True), (True, False)),
        )
    )


def _is_said_again(first: _Telling, second: _Telling) -> bool:
    """Whether both say that they are of the year, and one has all the words of the other: 全年开展普法活动216场,
    全年组织开展普法活动271场."""
    if not (_is_of_year(first) and _is_of_year(second)):
        return False
    shorter, longer = sorted((first.own.bare, second.own.bare), key=len)
    return (
        first.posting.is_count
        and len(shorter) > _BARE
        and shorter in longer
        and (first.groups, first.bodies) == (second.groups, second.bodies)
        and not _differ(first.own.steps, second.own.steps)
        and not _are_far(first.posting, second.posting)
    )


def _is_of_year(telling: _Telling) -> bool:
    """Whether its own words say that it is of the whole year: 全年介入调处矛盾237宗."""
    return "全年" in telling.posting.before


def _is_of_more_years(first: _Telling, second: _Telling) -> bool:
    """累计27人 and 2022年取得8人: whether one figure is of all years and the other of one. 全年累计 is of the year."""
    mine, its = first.posting.before, second.posting.before
    told = [("累计" in text, _OF_YEAR.search(text) is not None) for text in (mine, its)]
    return (True, False) in told and (False, True) in told


def _is_told_alike(first: _Telling, second: _Telling) -> bool:
    """Whether two figures are told in the same words, but for more or fewer of them."""
    ids = {first.posting.link.id, second.posting.link.id}
    is_known = len(ids) == 1 and None not in ids
    if (
        first.posting.phrase.removesuffix("中") == second.posting.phrase.removesuffix("中")
        and _OF_ALL.search(first.posting.before)
        and _OF_ALL.search(second.posting.before)
        and first.posting.after[:1] == second.posting.after[:1] != ""
    ):
        # 全镇31个村(社区), 全镇32个村(社区)
        return True
    digits = len(f"{first.posting.metric.value:f}".rstrip("0"))
    shared = max(
        len(a.pairs & b.pairs) for a in (first.own, first.phrase) for b in (second.own, second.phrase)
    )
    fewest = min(len(w.pairs) for w in (first.own, first.phrase, second.own, second.phrase))
    if digits >= _MANY_DIGITS and not _differ(first.own.steps, second.own.steps):
        # Four digits hardly agree but for one by chance: 劳动者追回工资3128万元 and 追回劳动者工资3218万元.
        if shared >= _FEW_SHARED and shared >= _HALF * fewest:
            return True
        same_step = bool(first.own.steps) and first.own.steps == second.own.steps
        if shared and (is_known or same_step):
            return True
    many = len(f"{first.posting.metric.value:f}") > _FEW_DIGITS
    within = [load_audit_words().within.search(t.posting.before) is not None for t in (first, second)]
    if is_known and within[0] == within[1] and _is_alike(first.own, second.own, _MIN_WORDS, of_table=False):
        return True
    least = _MIN_WORDS if many else _LONG
    of_table = first.posting.cell is not None or second.posting.cell is not None
    return any(
        _is_alike(mine, its, least, of_table)
        for mine in (first.own, first.phrase)
        for its in (second.own, second.phrase)
    )


def _is_alike(mine: _Wording, its: _Wording, shortest: int, of_table: bool) -> bool:
    shorter, longer = sorted((mine, its), key=lambda w: len(w.content))
    if mine.bare == its.bare and len(mine.bare) >= _BARE:
        return True
    if len(shorter.content) < shortest or (not of_table and _differ(shorter.steps, longer.steps)):
        return False
    least = _ALIKE if len(shorter.content) >= _LONG else _ALIKE_SHORT
    least = _ALIKE_TABLE if of_table else least
    return len(shorter.pairs & longer.pairs) >= least * len(shorter.pairs)
