"""Figures told alike whose values are one, or as near as a slip makes them.

Values far apart may well be of different things, whatever the words; a digit that is off, or two that are exchanged,
hardly ever are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from ..lexicon.audit_words import load_audit_words
from .ledger import Ledger
from .postings import Posting
from .tellings import (
    BARE,
    LONG,
    MANY_DIGITS,
    MAX_FOLLOWING,
    MIN_WORDS,
    Telling,
    Wording,
    are_steps_apart,
    can_be_of_one,
    has_many_digits,
    is_near,
    is_of_more_years,
)

_MIN_ALIKE, _MAX_NEIGHBOURS, _FEW_DIGITS = 10, 6, 2
_ALIKE, _ALIKE_SHORT, _ALIKE_TABLE = Decimal("0.7"), Decimal("0.8"), Decimal("0.6")
"""Share of the pairs of characters of the shorter wording that the longer one must have, by its length."""
_FEW_SHARED, _HALF = 3, Decimal("0.5")
_OF_ALL = re.compile(r"全[省市县区旗镇乡州](?:现有|共有|共)?$")
_NOUN = re.compile(r"[\u4e00-\u9fff]{4,}?(?=的|逐|进行|开展|全部|办理|中|$)")


def find_alike(tellings: list[Telling]) -> Iterator[tuple[Posting, Posting]]:
    """Figures of different sentences told in the same words."""
    groups: dict[tuple[object, ...], list[Telling]] = {}
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
                    and not (first.posting.cell and second.posting.cell and has_many_digits(first.posting))
                    and not _is_apart(first, second)
                    and can_be_of_one(first.posting, second.posting)
                    and is_near(first.posting, second.posting)
                    and _is_told_alike(first, second)
                ):
                    pair = sorted((first.posting, second.posting), key=lambda p: p.index)
                    yield pair[0], pair[1]


def find_taken_up(ledger: Ledger, tellings: list[Telling]) -> Iterator[tuple[Posting, Posting]]:
    """办理法律援助案件517件 and, later, 对全年527件法律援助案件…: a figure taken up with its noun behind it. It is one
    with the figure of that noun where there is only one such, and their values are one or as near as a slip makes
    them."""
    dealt_with = load_audit_words().dealt_with
    for posting in ledger.postings:
        noun = _NOUN.match(posting.after) if dealt_with.search(posting.before) else None
        wanted = Wording(noun.group()) if noun is not None else None
        if wanted is None or len(wanted.content) < MIN_WORDS or not posting.is_count:
            continue
        at = bisect_left(tellings, posting.index, key=lambda telling: telling.posting.index)
        same = [
            t.posting
            for t in tellings[max(0, at - MAX_FOLLOWING) : at]
            if t.posting.stop != posting.stop
            and t.posting.is_beside(posting)
            and t.posting.metric.unit == posting.metric.unit
            and len(wanted.pairs & t.own.pairs) >= max(Decimal(_FEW_SHARED), _HALF * len(wanted.pairs))
        ]
        if len(same) == 1 and is_near(same[0], posting) and can_be_of_one(same[0], posting):
            yield same[0], posting


def _is_apart(first: Telling, second: Telling) -> bool:
    """Whether one figure was added and the other is there, or they are of other people."""
    mine, its = first.marks[:2], second.marks[:2]
    few = len(f"{first.posting.metric.value:f}") < MANY_DIGITS
    return (
        first.groups != second.groups
        or (few and first.bodies != second.bodies)
        or is_of_more_years(first, second)
        or (mine, its)
        in (
            ((True, False), (False, True)),
            ((False, True), (True, False)),
        )
    )


def _is_told_alike(first: Telling, second: Telling) -> bool:
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
    if digits >= MANY_DIGITS and not are_steps_apart(first.own.steps, second.own.steps):
        # Four digits hardly agree but for one by chance: 劳动者追回工资3128万元 and 追回劳动者工资3218万元.
        if shared >= _FEW_SHARED and shared >= _HALF * fewest:
            return True
        same_step = bool(first.own.steps) and first.own.steps == second.own.steps
        if shared and (is_known or same_step):
            return True
    many = len(f"{first.posting.metric.value:f}") > _FEW_DIGITS
    within = [load_audit_words().within.search(t.posting.before) is not None for t in (first, second)]
    if is_known and within[0] == within[1] and _is_alike(first.own, second.own, MIN_WORDS, of_table=False):
        return True
    least = MIN_WORDS if many else LONG
    of_table = first.posting.cell is not None or second.posting.cell is not None
    return any(
        _is_alike(mine, its, least, of_table)
        for mine in (first.own, first.phrase)
        for its in (second.own, second.phrase)
    )


def _is_alike(mine: Wording, its: Wording, shortest: int, of_table: bool) -> bool:
    shorter, longer = sorted((mine, its), key=lambda w: len(w.content))
    if mine.bare == its.bare and len(mine.bare) >= BARE:
        return True
    if len(shorter.content) < shortest or (not of_table and are_steps_apart(shorter.steps, longer.steps)):
        return False
    least = _ALIKE if len(shorter.content) >= LONG else _ALIKE_SHORT
    least = _ALIKE_TABLE if of_table else least
    return len(shorter.pairs & longer.pairs) >= least * len(shorter.pairs)
