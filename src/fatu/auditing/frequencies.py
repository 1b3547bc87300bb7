"""Frequencies against totals: 每季度一次 is 全年四次."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..lexicon.audit_words import load_audit_words, times_a_year
from ..model import Finding, Verdict
from .arithmetic import Interval
from .checks import Check
from .ledger import Ledger
from .postings import Posting

_PERIOD = re.compile(r"/P(?:(?P<months>\d+)M|(?P<days>\d+)D|(?P<years>\d+)Y)$")
_NO_WORD = re.compile(
    r"\d+年|开会|[^\u4e00-\u9fff]|[了为是共已开]|总?次数|总|安排|规定|标准|要求|计划|完成|实施|印发|编发|发布|开讲|年度|频次|平均"
)
_MARK = re.compile(r"[、,;(]")
_BY = re.compile(
    r"(?P<by>按(?:季度?|月)(?!均)|每半个?月)[^,;。]{2,20},(?:全年|年内)(?:共|累计|已)?"
    r"(?:开展|开课|举办|举行|完成|组织|编发|印发)?(?:了)?$"
)
_QUOTED = re.compile(
    r"[“\"](?P<by>每(?:两个月|二个月|半年|个?季度?|个?月))(?:至少)?一[次期场][”\"][^。;]{0,12},(?:全年|年内)(?:共|累计|已)*$"
)
"""The numbers in quotes are names to the reader: “每两个月一次”."""
_EACH = re.compile(r"每.{0,4}?(?:季度?|月|年|周|半年)")


def check_frequencies(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each frequency beside the number of times in the year."""
    for run in ledger.runs.values():
        for posting in run:
            told = posting.lead if posting.is_count and not posting.is_prior else ""
            by = _BY.search(told) or _QUOTED.search(told)
            if by is not None:
                yield _check_by(ledger, posting, times_a_year(by["by"]))
                continue
            match = _PERIOD.search(posting.observation.period or "")
            times = _times_of_period(match) if match else None
            if times is None or not posting.is_count:
                continue
            total = _total(run, posting)
            if total is not None:
                yield _check(ledger, posting, total, times)


def _check_by(ledger: Ledger, total: Posting, times: int) -> Finding:
    """按季开展,全年5次: a frequency without a number of times, which is once."""
    expected = _exactly(Decimal(times))
    return _finding(ledger, total, (), expected, (total.label, f"1×{times}", f"{times}"))


def _times_of_period(match: re.Match[str]) -> Interval | None:
    if match["months"]:
        return _exactly(Decimal(12) / int(match["months"])) if int(match["months"]) else None
    if match["years"]:
        return _exactly(Decimal(1)) if match["years"] == "1" else None
    if match["days"] == "7":
        # 52 weeks and a day or two.
        return Interval(Decimal(52), Decimal(53))
    return None


def _exactly(value: Decimal) -> Interval:
    return Interval(value, value)


def _total(run: tuple[Posting, ...], posting: Posting) -> Posting | None:
    """The number of times in the year beside a frequency, about the same thing."""
    year = (posting.observation.period or "").partition("/")[0]
    at = posting.index - run[0].index
    for other in (*run[at + 1 : at + 2], *reversed(run[max(0, at - 1) : at])):
        if (
            other.is_count
            and other.metric.unit == posting.metric.unit
            and other.observation.period == year
            and other.stop == posting.stop
            and other.observation.scope == posting.observation.scope
            and _is_about_same(posting, other)
        ):
            return other
    return None


def _is_about_same(posting: Posting, total: Posting) -> bool:
    """Whether both count one thing: one has no words of its own, or they share some."""
    generic = load_audit_words().generic
    mine, its = (
        _NO_WORD.sub("", generic.sub("", _EACH.sub("", p.before + _MARK.split(p.after)[0])))
        for p in (posting, total)
    )
    if not mine or not its:
        return True
    return bool(set(mine) & set(its))


def _check(ledger: Ledger, posting: Posting, total: Posting, times: Interval) -> Finding:
    each = posting.interval
    if "平均" in posting.before and each.is_exact:
        # As written: 1 is anything from 0.5 to 1.5.
        half = Decimal(1).scaleb(-posting.metric.decimals) / 2
        each = Interval(each.low - half, each.low + half)
    high = None if each.high is None or times.high is None else each.high * times.high
    expected = Interval(each.low * times.low, high)
    if load_audit_words().least.search(posting.before):
        expected = Interval(expected.low, None)
    demanded = posting.observation.status == "required" and total.observation.status == "achieved"
    if demanded:
        # More than was demanded is no contradiction.
        expected = Interval(expected.low, None)
    factor = f"{times.low:f}" if times.is_exact else f"{times.low:f}~{times.high:f}"
    product = f"{expected.low.normalize():f}"
    names = total.label if posting.label == total.label else f"{posting.label}与{total.label}"
    return _finding(ledger, total, (posting,), expected, (names, f"{posting.shown}×{factor}", product))


def _finding(
    ledger: Ledger,
    total: Posting,
    operands: tuple[Posting, ...],
    expected: Interval,
    texts: tuple[str, str, str],
) -> Finding:
    """The finding on a total; `texts` are what is compared, the frequency times the periods, and their product."""
    names, factors, product = texts
    verdict: Verdict = "consistent" if expected.meets(total.interval) else "inconsistent"
    return Check(
        rule="frequency",
        verdict=verdict,
        about=total,
        operands=operands,
        subject=(
            f"{names}:频次×期数",
            f"{ledger.label_en(total)}: frequency times periods",
        ),
        formula=f"{factors}={product}",
        expected=expected,
        note=(
            f",按频次全年应为{product}{total.metric.unit or ''}",
            f"; the frequency makes {product} a year",
        )
        if verdict == "inconsistent"
        else ("", ""),
    ).finding(ledger)
