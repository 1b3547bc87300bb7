"""Means against what they divide: 免罚金额3274万元 for 2386件 are 平均每件1.37万元."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Finding
from .arithmetic import Interval, judge
from .checks import Check, computed
from .ledger import WINDOW, Ledger
from .postings import Posting

_MEAN = re.compile(
    r"(?:平均每|每)一?(?P<each>件次|家次|人次|件|起|宗|户|家|人|名|场|期|次|个)[\u4e00-\u9fff]{0,10}$"
    r"|(?P<all>件|人|户|场|次|案)均[\u4e00-\u9fff]{0,6}$"
)
_SAME = (frozenset({"件", "起", "宗", "案"}), frozenset({"人", "名", "位"}), frozenset({"户", "家"}))


def check_averages(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each mean right behind the sum and the number that it divides."""
    for run in ledger.runs.values():
        for at, mean in enumerate(run):
            match = _MEAN.search(mean.before) if mean.cell is None and mean.movement is None else None
            if match is None or mean.is_rate:
                continue
            two = _operands(run, at, match["each"] or match["all"])
            if two is not None:
                yield from _check(ledger, mean, *two)


def _operands(run: tuple[Posting, ...], at: int, each: str) -> tuple[Posting, Posting] | None:
    """The sum and the number: the last two levels before the mean in its 。-sentence."""
    mean = run[at]
    before = [
        p for p in run[max(0, at - WINDOW) : at]
        if p.stop == mean.stop and p.is_count and not p.is_prior and not p.leads_to
    ][-2:]  # fmt: skip
    if len(before) < 2:
        return None
    for total, number in (before, before[::-1]):
        if total.metric.unit == mean.metric.unit and _is_number_of(number.metric.unit or "", each):
            return total, number
    return None


def _is_number_of(unit: str, each: str) -> bool:
    return unit == each or any({unit, each} <= same for same in _SAME)


def _check(ledger: Ledger, mean: Posting, total: Posting, number: Posting) -> Iterator[Finding]:
    if number.interval.low <= 0 or number.interval.high is None:
        return
    low = total.interval.low / number.interval.high
    high = None if total.interval.high is None else total.interval.high / number.interval.low
    expected = Interval(low, high)
    unit = mean.metric.unit or ""
    yield Check(
        rule="ratio",
        verdict=judge(mean.metric, expected),
        about=mean,
        operands=(total, number),
        subject=(
            f"{mean.label}:{total.label}÷{number.label}",
            f"{ledger.label_en(mean)}: {ledger.label_en(total)} / {ledger.label_en(number)}",
        ),
        formula=f"{total.shown}÷{number.shown}{computed(expected, unit)}",
        expected=expected,
    ).finding(ledger)
