"""Figures that must be one by what they mean: 梳理294项 and 认领294条, all of what was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..lexicon.audit_words import load_audit_words, load_relations, load_stages
from ..model import Finding, Rule, Verdict
from .checks import Check, Text
from .ledger import Ledger
from .postings import Posting

_SHORT, _WITHIN = 4, re.compile(r"[^,;。]{0,16}中")
_ALL_BEHIND = re.compile(
    r",(?:所有[\u4e00-\u9fff]{2,8}|[\u4e00-\u9fff]{2,4})?(?:全部|全数|悉数)(?:按期|按时|依法|得到|实现|及时)*"
    r"(?P<done>[办审答整复结])"
)
# 全部处罚案件为929件, 占全部3985项: a total, not all of the figure before it.
_TOTAL = re.compile(r"占(?:了|到|其)?全部|全部[\u4e00-\u9fff]{2,8}(?<![审办]结)(?<!完成)(?:为|共有?|计|是)$")
_SAME = re.compile(r"^,[\u4e00-\u9fff]{1,6}数?[与和][\u4e00-\u9fff]{1,6}数?(?:一致|相等|相同|持平)")
_THAT_IS = re.compile(r"^[,、]?即(?:为|是)")
_NOT_ALL = re.compile(r"其中|全部或|^[,、;(]?[件次场项]均")
_TAKING_UP = re.compile(
    r"[-,、;。:\s]|至?年底|[印办签发][\u4e00-\u9fff]前|截至|目前|所[\u4e00-\u9fff]{1,4}的?|上述|前述|以上|所有|这|该|其|且|对|已|并|将|共|总计|合计|全部"
)


def check_equalities(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each pair of figures that mean the same: 梳理294项 and 认领294条; 受理62件 and 全部办结62件."""
    for relation in load_relations():
        if relation.kind == "equal":
            for posting in ledger.of(relation.left):
                other = ledger.nearest(relation.right, posting)
                if other is not None:
                    first, second = sorted((posting, other), key=lambda p: p.index)
                    yield compare(ledger, "equality", first, second)
    for whole, part in (*_all_of(ledger), *_hundred(ledger), *_said_behind(ledger)):
        yield compare(ledger, "equality", whole, part)


def _side_by_side(ledger: Ledger) -> Iterator[tuple[Posting, Posting]]:
    """Counts of one unit that stand one behind the other in a 。-sentence, the second a figure of its own."""
    for run in ledger.runs.values():
        for whole, part in pairwise(run):
            if (
                part.is_count
                and whole.is_count
                and part.metric.unit == whole.metric.unit
                and part.stop == whole.stop
                and not part.is_prior
                and not part.is_aside
            ):
                yield whole, part


def _all_of(ledger: Ledger) -> Iterator[tuple[Posting, Posting]]:
    """受理20件,均已办结20件 and 审查20份,20份均…: a figure said to be all of the one before it."""
    for whole, part in _side_by_side(ledger):
        same_period = part.observation.period == whole.observation.period
        if same_period and (_says_all(part) or _is_taken_up(part, whole)):
            # Behind a list, all are the list's whole.
            lists = [x for x in ledger.lists_with(whole) if x.whole.metric.unit == part.metric.unit]
            yield (lists[0].whole if lists else whole), part


def _says_all(part: Posting) -> bool:
    """均已办结20件; not 在全部20件中, which says no more than that there are so many."""
    match = load_audit_words().all.search(part.before)
    if match is None or _TOTAL.search(part.before) or _NOT_ALL.search(part.before):
        return False
    if _THAT_IS.match(part.before):
        # 办复84件,即为交办的全部83件
        return True
    return match.end() < len(part.before) or (len(part.before) <= _SHORT and not _WITHIN.match(part.trail))


def _is_taken_up(part: Posting, whole: Posting) -> bool:
    """上述20份均…: whether a figure takes up the one before it."""
    words = load_audit_words()
    if words.whole_of.search(part.trail):
        return True
    rest = _TAKING_UP.sub("", part.before)
    # 立项17件,立项的18件全部出台; 报送备案41件,报备的49件…
    is_same = not rest or (rest.endswith("的") and all(c in whole.told for c in rest[:-1]))
    return words.all.search(part.after) is not None and is_same


def _said_behind(ledger: Ledger) -> Iterator[tuple[Posting, Posting]]:
    """承办45件、办结45件,全部按期办复: a step of a procedure and the next, and behind them that it was so with all."""
    for whole, part in _side_by_side(ledger):
        together = part.sentence == whole.sentence and part.is_beside(whole) and not whole.is_prior
        if together and _is_said_of_all(whole, part):
            yield whole, part


def _is_said_of_all(whole: Posting, part: Posting) -> bool:
    if _SAME.match(part.trail):
        return True
    match = _ALL_BEHIND.match(part.trail)
    if match is None or match["done"] not in part.told:
        return False
    return any(stages.lead(whole.told, part.told) for stages in load_stages())


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


def compare(ledger: Ledger, rule: Rule, first: Posting, second: Posting) -> Finding:
    """A finding of two figures that should be one, about the second."""
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
