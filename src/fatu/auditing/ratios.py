"""Rates against their counts: 审结8件 of 受理9件 is 88.9%, not 90%.

The idea is statcheck's (Nuijten et al. 2016): the stated figure means an interval by its written decimals.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..lexicon.catalogue import IndicatorEntry
from ..model import Finding, IndicatorLink, Verdict
from .arithmetic import (
    Interval,
    bounded,
    brief,
    count_interval,
    is_rounded_to,
    is_rounded_to_tens,
    is_truncated_to,
    share,
)
from .ledger import Figure, Ledger, shown


def check_ratios(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each rate whose indicator says what is divided by what."""
    for link, entry in ledger.stated():
        if entry.numerator and entry.denominator and link.observation.metric.payload.unit in ("%", "‰"):
            yield _check(ledger, link, entry)


def _check(ledger: Ledger, link: IndicatorLink, entry: IndicatorEntry) -> Finding:
    part = ledger.figure(entry.numerator, link.observation)
    wholes = [
        (name, figure)
        for name in (entry.denominator, *entry.alt_denominators)
        if (figure := ledger.figure(name, link.observation)) is not None
    ]
    if part is None or not wholes:
        return _unverifiable(ledger, link, entry, part, bool(wholes))
    judged = [(name, whole, _judge(link, part, whole)) for name, whole in wholes]
    possible = [(name, whole, verdict) for name, whole, verdict in judged if verdict is not None]
    if not possible:
        return _unverifiable(ledger, link, entry, part, False)
    for name, whole, verdict in possible:
        if verdict != "inconsistent":
            usual = name == entry.denominator or ledger.figure(entry.denominator, link.observation) is None
            chosen: Verdict = (
                verdict if usual or verdict == "consistent_truncated" else "consistent_other_denominator"
            )
            return _finding(ledger, link, part, whole, chosen)
    return _finding(ledger, link, part, possible[0][1], "inconsistent")


def _judge(link: IndicatorLink, part: Figure, whole: Figure) -> Verdict | None:
    """The verdict for one denominator; None where nothing can be divided."""
    metric = link.observation.metric.payload
    expected = _expected(link, part, whole)
    if expected is None:
        return None
    if expected.is_exact and metric.bound == "exact":
        if is_rounded_to(expected.low, metric.value, metric.decimals):
            return "consistent"
        return (
            "consistent_truncated"
            if is_truncated_to(expected.low, metric.value, metric.decimals)
            else "inconsistent"
        )
    stated = count_interval(metric)
    half = Decimal(1).scaleb(-metric.decimals) / 2
    widened = Interval(stated.low - half, None if stated.high is None else stated.high + half)
    return "consistent" if expected.meets(widened) else "inconsistent"


def _expected(link: IndicatorLink, part: Figure, whole: Figure) -> Interval | None:
    expected = share(part.interval, whole.interval)
    if expected is not None and link.observation.metric.payload.unit == "‰":
        return Interval(expected.low * 10, None if expected.high is None else expected.high * 10)
    return expected


def _finding(ledger: Ledger, link: IndicatorLink, part: Figure, whole: Figure, verdict: Verdict) -> Finding:
    observation = link.observation
    metric = observation.metric.payload
    expected = _expected(link, part, whole)
    pair = bounded(expected) if expected is not None else None
    sign, unit = ("≈" if expected is not None and not expected.is_exact else "="), metric.unit or ""
    value = brief(expected.low) if expected is not None else "?"
    formula = f"{part.shown}÷{_bracketed(whole)}{sign}{value}{unit}"
    stated = shown(observation) + unit
    zh, en = _explanation(
        metric.decimals, metric.value, expected, verdict, (whole.label_zh, whole.label_en), unit
    )
    return Finding(
        key=f"finding-ratio-{link.name.removeprefix('obs-')}",
        rule="ratio",
        verdict=verdict,
        severity="warning" if verdict == "inconsistent" else "info",
        stated=metric.value,
        expected=pair,
        message_zh=f"{link.label}:{part.label_zh}÷{whole.label_zh},{formula},报告写{stated};{zh}",
        message_en=f"{part.label_en} / {whole.label_en}: {formula.replace('÷', '/')}; the report says {stated}: {en}",
        evidence=ledger.evidence(*part.observations, *whole.observations, observation),
        about=(observation,),
        operands=(*part.observations, *whole.observations),
    )


def _bracketed(whole: Figure) -> str:
    return f"({whole.shown})" if len(whole.observations) > 1 else whole.shown


def _explanation(
    decimals: int,
    stated: Decimal,
    expected: Interval | None,
    verdict: Verdict,
    whole: tuple[str, str],
    unit: str,
) -> tuple[str, str]:
    match verdict:
        case "consistent":
            return "相符", "consistent"
        case "consistent_truncated":
            return "舍去尾数后相符", "consistent if cut off, not rounded"
        case "consistent_other_denominator":
            return f"以{whole[0]}为分母时相符", f"consistent with {whole[1].lower()} as denominator"
        case _:
            pass
    if expected is None or not expected.is_exact:
        return "不符", "inconsistent"
    step = Decimal(1).scaleb(-decimals)
    rounded = f"{expected.low.quantize(step):f}{unit}"
    zh, en = f"不符,按所写位数应为{rounded}", f"inconsistent; at the stated precision it would be {rounded}"
    if decimals == 0 and is_rounded_to_tens(expected.low, stated):
        zh += ";仅当按十位取整时成立"
        en += "; it holds only if rounded to tens"
    return zh, en


def _unverifiable(
    ledger: Ledger, link: IndicatorLink, entry: IndicatorEntry, part: Figure | None, has_whole: bool
) -> Finding:
    observation = link.observation
    missing = [entry.numerator] if part is None else []
    missing += [] if has_whole else [entry.denominator]
    names = [ledger.entries[name] for name in missing if name in ledger.entries]
    zh = "、".join(n.zh for n in names) or "非零的分母"
    en = " and ".join(n.en.lower() for n in names) or "a denominator other than zero"
    metric = observation.metric.payload
    operands = part.observations if part is not None else ()
    written = shown(observation) + (metric.unit or "")
    return Finding(
        key=f"finding-ratio-{link.name.removeprefix('obs-')}",
        rule="ratio",
        verdict="unverifiable",
        severity="info",
        stated=metric.value,
        expected=None,
        message_zh=f"{link.label}:报告写{written},同一口径下没有{zh},无法核对",
        message_en=f"The report says {written}, but not {en} in the same scope: cannot be checked",
        evidence=ledger.evidence(observation, *operands),
        about=(observation,),
        operands=operands,
    )
