"""Totals against their parts: 继续有效61件 + 拟废止94件 = 155件."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..lexicon.catalogue import IndicatorEntry
from ..model import Finding, IndicatorLink, Verdict
from .arithmetic import Interval, bounded, brief
from .ledger import Figure, Ledger


def check_sums(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each stated total of which at least two parts are stated too."""
    for link, entry in ledger.stated():
        parts = [f for f in (ledger.figure(part, link.observation) for part in entry.parts) if f is not None]
        if len(parts) >= 2:
            yield _check(ledger, link, entry, parts)


def _check(ledger: Ledger, link: IndicatorLink, entry: IndicatorEntry, parts: list[Figure]) -> Finding:
    observation = link.observation
    total = Interval(Decimal(0), Decimal(0))
    for part in parts:
        total = total + part.interval
    stated = observation.metric.payload
    exact = Interval(stated.value, stated.value if stated.bound == "exact" else None)
    if total.meets(exact):
        verdict: Verdict = "consistent"
    elif (
        len(parts) < len(entry.parts)
        and total.high is not None
        and total.high < stated.value
        and not _enumerated(parts, link)
    ):
        verdict = "unverifiable"
    else:
        verdict = "inconsistent"
    formula = "+".join(part.shown for part in parts) + f"={brief(total.low)}"
    zh = {"consistent": "相符", "unverifiable": "其余部分未列,无法核对"}.get(verdict, "不符")
    en = {"consistent": "consistent", "unverifiable": "other parts are not stated"}.get(
        verdict, "inconsistent"
    )
    names_zh, names_en = "、".join(p.label_zh for p in parts), ", ".join(p.label_en.lower() for p in parts)
    operands = tuple(o for part in parts for o in part.observations)
    return Finding(
        key=f"finding-sum-{link.name.removeprefix('obs-')}",
        rule="sum",
        verdict=verdict,
        severity="warning" if verdict == "inconsistent" else "info",
        stated=stated.value,
        expected=bounded(total),
        message_zh=f"{link.label}:{names_zh}合计{formula},报告写{stated.value:f};{zh}",
        message_en=f"{names_en} add up to {formula}; the report says {stated.value:f}: {en}",
        evidence=ledger.evidence(observation, *operands),
        about=(observation,),
        operands=operands,
    )


def _enumerated(parts: list[Figure], link: IndicatorLink) -> bool:
    """Whether the parts follow their total in one breath, as a list that claims to be whole."""
    end = link.observation.metric.span.end
    last = max(o.metric.span.end for part in parts for o in part.observations)
    first = min(o.metric.span.start for part in parts for o in part.observations)
    return first >= end and last - end < 80
