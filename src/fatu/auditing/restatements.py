"""Figures stated again: the same value is an equality, another a duplicate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..lexicon.audit_words import load_relations
from ..model import Finding
from .equalities import compare
from .ledger import Ledger
from .postings import Posting
from .slips import find_alike, find_taken_up
from .tellings import (
    BARE,
    LONG,
    MAX_FOLLOWING,
    MIN_WORDS,
    Telling,
    are_far,
    are_steps_apart,
    can_be_of_one,
    has_many_digits,
    is_near,
    is_of_more_years,
    is_of_year,
    is_total,
)
from .totals import total_cells

_ONCE, _KNOWN, _UNKNOWN, _CONTAINED = Decimal("0.45"), Decimal("0.6"), Decimal("0.8"), Decimal("0.9")
"""Share of the pairs of characters of the longer of two wordings that they have in common: for indicators of which a
report has one value, others of the catalogue, and those that it lacks; and of the shorter where the longer has more."""
_FEWEST_WORDS = 4


def check_duplicates(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each figure that is stated again, in the same words but for what says nothing."""
    totals = total_cells(ledger)
    tellings = [Telling(p) for p in ledger.postings if is_total(p, p.index in totals or has_many_digits(p))]
    told: set[tuple[int, int]] = set()
    told_once = [t for t in tellings if t.posting.cell is None or t.posting.index in totals]
    for first, second in (
        *_restated(ledger, told_once),
        *find_alike(tellings),
        *find_taken_up(ledger, tellings),
    ):
        if (first.index, second.index) not in told:
            told.add((first.index, second.index))
            same = second.interval.meets(first.interval)
            yield compare(ledger, "equality" if same else "duplicate", first, second)


def _restated(ledger: Ledger, tellings: list[Telling]) -> Iterator[tuple[Posting, Posting]]:
    """The figures of one unit, scope and period that are of one thing. Two of one sentence tell two things, whatever
    their words."""
    once = {relation.left for relation in load_relations() if relation.kind == "once"}
    groups: dict[tuple[object, ...], list[Telling]] = {}
    for telling in tellings:
        if telling.posting.index not in ledger.parts:
            o = telling.posting.observation
            groups.setdefault((telling.posting.metric.unit, o.scope, o.period), []).append(telling)
    settled: set[int] = set()
    for group in groups.values():
        for i, first in enumerate(group):
            for second in group[i + 1 : i + 1 + MAX_FOLLOWING]:
                if second.posting.index in settled:
                    # It was held against an earlier one.
                    continue
                ids = {first.posting.link.id, second.posting.link.id}
                if second.posting.stop == first.posting.stop or not can_be_of_one(
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


def _is_same_thing(first: Telling, second: Telling, is_once: bool, is_known: bool) -> bool:
    """Whether two figures are told of one thing."""
    mine, its = first.own, second.own
    of_year = first.is_whole_year or second.is_whole_year
    said_alike = (
        of_year
        and mine.content == its.content
        and ((first.is_whole_year and second.is_whole_year) or len(mine.content) >= LONG)
    )
    # What flows in is counted in one year, whether or not it is called a total.
    marks, other = (first.marks[2:], second.marks[2:]) if is_once else (first.marks, second.marks)
    if is_of_year(first) and is_of_year(second):
        # Both say themselves that they are of the year: what stands around them tells nothing more.
        marks, other = (first.groups, first.bodies), (second.groups, second.bodies)
    if (marks != other and not said_alike) or first.is_joined != second.is_joined:
        return False
    if first.posting.is_count and not said_alike and are_far(first.posting, second.posting):
        # 以我厅为被申请人的审结15件, 全省审结506件
        return False
    if _is_said_again(first, second):
        return True
    if is_once and first.posting.is_count and not first.marks[3]:
        if first.steps_around == second.steps_around:
            return True
        if mine.steps & its.steps and not are_steps_apart(mine.steps, its.steps):
            fewest = min(len(mine.pairs), len(its.pairs))
            near = is_near(first.posting, second.posting)
            return near or (of_year and fewest >= _FEWEST_WORDS and len(mine.pairs & its.pairs) * 2 >= fewest)
        return not (first.steps_around and second.steps_around) and is_near(first.posting, second.posting)
    if mine.steps != its.steps or min(len(mine.content), len(its.content)) < _FEWEST_WORDS:
        return False
    if is_known and mine.content == its.content:
        return True
    shared = Decimal(len(mine.pairs & its.pairs))
    of_longer = shared / max(len(mine.pairs), len(its.pairs))
    of_shorter = shared / min(len(mine.pairs), len(its.pairs))
    if is_of_more_years(first, second):
        return False
    if first.posting.is_rate and of_shorter < _CONTAINED:
        # 人民调解案件调解成功率 and 法律援助案件调解成功率 are two.
        return False
    if is_once:
        near = is_near(first.posting, second.posting) and of_shorter >= _CONTAINED
        return of_longer >= _KNOWN or (near and first.posting.is_rate)
    opening = () in (first.posting.observation.section, second.posting.observation.section)
    if not (opening or first.is_whole_year or second.is_whole_year):
        return False
    if is_known:
        return of_longer >= _KNOWN or (of_longer >= _ONCE and of_shorter >= _CONTAINED)
    shortest = min(len(mine.content), len(its.content))
    if is_of_year(first) and is_of_year(second) and of_shorter >= _CONTAINED and shortest > MIN_WORDS:
        return first.bodies == second.bodies and first.groups == second.groups
    if opening:
        # What the opening sums up is told again in its section.
        return of_longer >= _UNKNOWN or (of_longer >= _KNOWN and shortest > MIN_WORDS)
    return of_longer >= _UNKNOWN and shortest >= MIN_WORDS


def _is_said_again(first: Telling, second: Telling) -> bool:
    """Whether both say that they are of the year, and one has all the words of the other: 全年开展普法活动216场,
    全年组织开展普法活动271场."""
    if not (is_of_year(first) and is_of_year(second)):
        return False
    shorter, longer = sorted((first.own.bare, second.own.bare), key=len)
    return (
        first.posting.is_count
        and len(shorter) > BARE
        and shorter in longer
        and (first.groups, first.bodies) == (second.groups, second.bodies)
        and not are_steps_apart(first.own.steps, second.own.steps)
        and not are_far(first.posting, second.posting)
    )
