"""Figures that must be one: restated in another place, equal by what they mean, or all of what was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ..lexicon.audit_words import load_audit_words, load_relations, load_stages
from ..model import Finding, Rule, Verdict
from .arithmetic import is_slip
from .checks import Check, Text
from .ledger import Ledger
from .postings import Posting

_MIN_ALIKE, _MIN_WORDS, _MAX_NEIGHBOURS, _FEW_DIGITS = 10, 5, 6, 2
_ALIKE, _ALIKE_SHORT, _LONG = Decimal("0.7"), Decimal("0.8"), 10
"""Share of the pairs of characters of the shorter wording that the longer one must have, by its length."""
_TAKING_UP = re.compile(
    r"[,、;。:\s]|至?年底|[印办签发][\u4e00-\u9fff]前|截至|目前|所[\u4e00-\u9fff]{2,4}的|上述|前述|以上|所有|这|该|其|对|已|并|将|共|总计|合计|全部"
)
_ONCE, _KNOWN, _UNKNOWN, _CONTAINED = Decimal("0.45"), Decimal("0.6"), Decimal("0.8"), Decimal("0.9")
"""Share of the pairs of characters of the longer of two wordings that they have in common: for indicators of which a
report has one value, others of the catalogue, and those that it lacks; and of the shorter where the longer has more."""
_FEWEST_WORDS, _NEARBY, _MAX_FOLLOWING = 4, 24, 80
_NO_CONTENT = re.compile(r"[^\u4e00-\u9fff]|各类|各级|[全我本][省市县区州旗镇乡年局盟]|其中|已|的|了")


def check_equalities(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each pair of figures that mean the same: 梳理294项 and 认领294条; 受理62件 and 全部办结62件."""
    for relation in load_relations():
        if relation.kind == "equal":
            for posting in ledger.of(relation.left):
                other = ledger.nearest(relation.right, posting)
                if other is not None:
                    first, second = sorted((posting, other), key=lambda p: p.index)
                    yield _check(ledger, "equality", first, second)
    for whole, part in (*_all_of(ledger), *_hundred(ledger)):
        yield _check(ledger, "equality", whole, part)


def check_duplicates(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each figure that is stated again: the same value is an equality, another a duplicate."""
    told: set[tuple[int, int]] = set()
    for first, second in (*_restated(ledger), *_alike(ledger)):
        if (first.index, second.index) not in told:
            told.add((first.index, second.index))
            same = second.interval.meets(first.interval)
            yield _check(ledger, "equality" if same else "duplicate", first, second)


def _restated(ledger: Ledger) -> Iterator[tuple[Posting, Posting]]:
    """The figures of one indicator, unit, scope and period, each with the first. Two of one sentence tell two things,
    whatever their words."""
    once = {relation.left for relation in load_relations() if relation.kind == "once"}
    groups: dict[tuple[object, ...], list[Posting]] = {}
    for posting in ledger.postings:
        if _is_total(posting) and posting.index not in ledger.parts:
            o = posting.observation
            groups.setdefault((posting.metric.unit, o.scope, o.period), []).append(posting)
    for postings in groups.values():
        for i, first in enumerate(postings):
            for second in postings[i + 1 : i + 1 + _MAX_FOLLOWING]:
                ids = {first.link.id, second.link.id}
                if second.stop == first.stop or (len(ids) > 1 and None not in ids):
                    continue
                is_once = len(ids) == 1 and first.link.id in once
                if _is_same_thing(first, second, is_once, len(ids) == 1 and first.link.id is not None):
                    yield first, second


def _is_total(posting: Posting) -> bool:
    """Whether a figure may be the one figure of its indicator: no part, no change, of no single occasion."""
    words = load_audit_words()
    return (
        (posting.is_count or posting.is_rate)
        and posting.cell is None
        and posting.movement is None
        and not posting.leads_to
        and not posting.is_prior
        and not posting.is_aside
        and posting.observation.status == "achieved"
        and not words.origin.search(posting.before)
        and not words.carried.search(posting.words)
        and not words.occasion.search(posting.lead)
    )


def _is_same_thing(first: Posting, second: Posting, is_once: bool, is_known: bool) -> bool:
    """Whether two figures are told of one thing: in the same words but for what says nothing."""
    words = load_audit_words()
    told = [first.lead[-_NEARBY:] + first.after, second.lead[-_NEARBY:] + second.after]
    if any(bool(mark.search(told[0])) != bool(mark.search(told[1])) for mark in (words.flow, words.stock)):
        return False
    if {m.group() for m in words.group.finditer(told[0])} != {
        m.group() for m in words.group.finditer(told[1])
    }:
        return False
    if is_once and first.is_count and not any(words.body.search(text) for text in told):
        return _stages(told[0]) == _stages(told[1])
    told = [first.before + first.after, second.before + second.after]
    mine, its = (_content(text) for text in told)
    if _stages(mine) != _stages(its) or min(len(mine), len(its)) < _FEWEST_WORDS:
        return False
    if mine == its and is_known:
        return True
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in (mine, its)]
    shared = Decimal(len(pairs[0] & pairs[1]))
    of_longer, of_shorter = shared / max(map(len, pairs)), shared / min(map(len, pairs))
    if is_once:
        return of_longer >= _KNOWN
    opening = () in (first.observation.section, second.observation.section)
    if not opening and not any(words.whole_year.search(text) for text in told):
        return False
    if is_known:
        return of_longer >= _KNOWN or (of_longer >= _ONCE and of_shorter >= _CONTAINED)
    shortest = min(len(mine), len(its))
    if opening:
        # What the opening sums up is told again in its section.
        return of_longer >= _UNKNOWN or (of_longer >= _KNOWN and shortest > _MIN_WORDS)
    return of_longer >= _UNKNOWN and shortest >= _MIN_WORDS


def _stages(text: str) -> set[tuple[int, bool]]:
    """The steps of procedures that a text names, whatever the word: 受理 and 新收 are one."""
    found: set[tuple[int, bool]] = set()
    for number, stages in enumerate(s for s in load_stages() if s.is_step):
        is_later = stages.later.search(text) is not None
        if is_later or stages.earlier.search(text):
            found.add((number, is_later))
    return found


def _alike(ledger: Ledger) -> Iterator[tuple[Posting, Posting]]:
    """Figures of different paragraphs told in the same words, whose values are one or as near as a slip makes them.

    Values far apart may well be of different things, whatever the words; a digit that is off, or two that are
    exchanged, hardly ever are.
    """
    groups: dict[tuple[object, ...], list[Posting]] = {}
    for posting in ledger.postings:
        o, metric = posting.observation, posting.metric
        if posting.is_count and metric.bound == "exact" and metric.value >= _MIN_ALIKE and _is_total(posting):
            groups.setdefault((metric.unit, o.period, len(f"{metric.value:f}")), []).append(posting)
    for postings in groups.values():
        ordered = sorted(postings, key=lambda p: (p.metric.value, p.index))
        for i, first in enumerate(ordered):
            for second in ordered[i + 1 : i + 1 + _MAX_NEIGHBOURS]:
                if first.stop != second.stop and _is_slip(first, second) and _is_told_alike(first, second):
                    pair = sorted((first, second), key=lambda p: p.index)
                    yield pair[0], pair[1]


def _is_slip(first: Posting, second: Posting) -> bool:
    """Whether two values are one, or as near as a slip makes them."""
    one, other = first.metric.value, second.metric.value
    if one == other:
        return len(f"{one:f}".rstrip("0")) > 1
    return is_slip(one, other)


def _is_told_alike(first: Posting, second: Posting) -> bool:
    """Whether two figures are told in the same words, but for more or fewer of them."""
    if first.observation.scope != second.observation.scope:
        return False
    least = _MIN_WORDS if len(f"{first.metric.value:f}") > _FEW_DIGITS else _LONG
    return any(_is_alike(_content(a), _content(b), least) for a, b in (
        (first.before + first.after, second.before + second.after),
        (first.phrase, second.phrase),
        (first.phrase, second.before + second.after),
        (first.before + first.after, second.phrase),
    ))  # fmt: skip


def _is_alike(mine: str, its: str, shortest: int) -> bool:
    shorter, longer = sorted((mine, its), key=len)
    pairs = {shorter[i : i + 2] for i in range(len(shorter) - 1)}
    shared = sum(pair in longer for pair in pairs)
    least = _ALIKE if len(shorter) >= _LONG else _ALIKE_SHORT
    return len(shorter) >= shortest and _stages(mine) == _stages(its) and shared >= least * len(pairs)


def _content(text: str) -> str:
    return _NO_CONTENT.sub("", load_audit_words().generic.sub("", text))


def _all_of(ledger: Ledger) -> Iterator[tuple[Posting, Posting]]:
    """受理20件,均已办结20件 and 审查20份,20份均…: a figure said to be all of the one before it."""
    words = load_audit_words()
    for run in ledger.runs.values():
        for whole, part in pairwise(run):
            if (
                part.is_count
                and whole.is_count
                and part.metric.unit == whole.metric.unit
                and part.stop == whole.stop
                and part.observation.period == whole.observation.period
                and not part.is_prior
                and not part.is_aside
                and (words.all.search(part.before) or _is_taken_up(part))
            ):
                yield whole, part


def _is_taken_up(part: Posting) -> bool:
    """上述20份均…: whether a figure takes up the one before it."""
    words = load_audit_words()
    if words.whole_of.search(part.trail):
        return True
    return words.all.search(part.after) is not None and not _TAKING_UP.sub("", part.before)


def _hundred(ledger: Ledger) -> Iterator[tuple[Posting, Posting]]:
    """62件, 62件, 100%: the two figures before a rate of all are one."""
    for run in ledger.runs.values():
        for at, rate in enumerate(run):
            if not (rate.is_rate and rate.metric.value == 100 and rate.metric.bound == "exact"):
                continue
            before = [p for p in run[max(0, at - 2) : at] if p.is_count and p.is_beside(rate)]
            if (
                len(before) == 2
                and before[0].metric.unit == before[1].metric.unit
                and before[0].metric.value == before[1].metric.value
                and before[0].sentence == rate.sentence
                and not load_audit_words().parts.search(before[1].gap)
            ):
                yield before[0], before[1]


def _check(ledger: Ledger, rule: Rule, first: Posting, second: Posting) -> Finding:
    verdict: Verdict = "consistent" if second.interval.meets(first.interval) else "inconsistent"
    sign = "=" if verdict == "consistent" else "≠"
    note: Text = ("", "")
    if rule == "duplicate":
        note = ",同一指标、时期、口径有两个数", "; one indicator, period and scope has two values"
    elif first.metric.unit != second.metric.unit:
        note = ",单位用词不同", " (the unit words differ)"
    names = (first.label, second.label) if first.label != second.label else (first.label, "再次出现")
    return Check(
        rule=rule,
        verdict=verdict,
        about=second,
        operands=(first,),
        subject=(
            f"{names[0]}与{names[1]}" if rule == "equality" else f"{first.label}前后两处",
            f"{ledger.label_en(first)} and {ledger.label_en(second)}",
        ),
        formula=f"{first.shown}{sign}{second.shown}",
        expected=first.interval,
        note=note,
    ).finding(ledger)
