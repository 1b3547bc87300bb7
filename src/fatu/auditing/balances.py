"""Cases left at the end of the year: 上年结转5件 + 新收96件 - 办结98件 = 未办结3件."""

from __future__ import annotations

from collections.abc import Iterator

from ..lexicon.audit_words import load_audit_words, load_stages
from ..model import Finding, Verdict
from .arithmetic import Interval
from .checks import Check
from .ledger import WINDOW, Ledger
from .postings import Posting


def check_balances(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each number of cases left, behind what was carried over, taken in and closed. Without what was
    carried over only a balance that holds tells something."""
    words = load_audit_words()
    for run in ledger.runs.values():
        for at, left in enumerate(run):
            if left.cell is None and left.is_count and words.pending.search(left.words):
                yield from _check(ledger, run, at)


def _check(ledger: Ledger, run: tuple[Posting, ...], at: int) -> Iterator[Finding]:
    words, left = load_audit_words(), run[at]
    before = [
        p for p in run[max(0, at - WINDOW) : at]
        if left.stop - p.stop <= 1 and p.is_count and not p.is_prior and p.metric.unit == left.metric.unit
    ]  # fmt: skip
    carried = next((p for p in before if words.carried.search(p.told)), None)
    rest = [p for p in before if p is not carried and words.pending.search(p.words) is None]
    closed = next((p for p in reversed(rest) if _is_of(p, later=True)), None)
    if closed is None:
        return
    # 收到312件,受理287件: either may be what was taken in.
    tried = [
        (p, expected)
        for p in reversed(rest)
        if p.index < closed.index
        and _is_of(p, later=False)
        and (expected := _left(carried, p, closed)) is not None
    ]
    holds = [entry for entry in tried if entry[1].meets(left.interval)]
    if not tried or (carried is None and not holds):
        return
    received, expected = (holds or tried)[0]
    verdict: Verdict = "consistent" if holds else "inconsistent"
    operands = (carried, received, closed) if carried else (received, closed)
    shown = f"{carried.shown}+{received.shown}" if carried else received.shown
    yield Check(
        rule="sum",
        verdict=verdict,
        about=left,
        operands=operands,
        subject=(
            f"{left.label}:结转、新收减办结",
            f"{ledger.label_en(left)}: carried over and taken in, less closed",
        ),
        formula=f"{shown}-{closed.shown}={_shown(expected)}",
        expected=expected,
    ).finding(ledger)


def _left(carried: Posting | None, received: Posting, closed: Posting) -> Interval | None:
    """What should be left; None where more was closed."""
    taken = received.interval + carried.interval if carried else received.interval
    left = taken - closed.interval
    return None if left is None or (left.high is not None and left.high < 0) else left


def _is_of(posting: Posting, *, later: bool) -> bool:
    """Whether a figure is of the later or the earlier step of taking cases in and closing them."""
    stages = load_stages()[0]
    is_closed = stages.later.search(posting.told) is not None
    return is_closed if later else not is_closed and stages.earlier.search(posting.told) is not None


def _shown(expected: Interval) -> str:
    if expected.is_exact:
        return f"{expected.low:f}"
    return f"{expected.low:f}~" + ("" if expected.high is None else f"{expected.high:f}")
