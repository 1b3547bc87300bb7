"""Rates against their counts: 审结8件 of 受理9件 is 88.9%, not 90%.

What a rate divides is told by the catalogue of indicators, else by the words of the figures beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ..lexicon.audit_words import load_audit_words
from ..model import Finding, Verdict
from .arithmetic import Interval, judge, share
from .checks import Check, Text, computed, rounding_note, unverifiable
from .ledger import Ledger
from .operands import Pair, own_name, rate_word, with_carried, with_siblings, worded_pairs
from .postings import Figure, Posting, told_apart
from .shares import is_share, share_pairs

_SUBAREA = re.compile(
    r"(?<![全我本各])(?![社园片辖城小景校厂山牧地市]区)[\u4e00-\u9fff](?:县|区|旗|镇|乡|街道)(?!级|[\u4e00-\u9fff]{0,4}(?:政府|机关))"
)


def check_ratios(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each rate of which it is known what is divided by what."""
    for posting in ledger.postings:
        if posting.is_rate and posting.movement is None and not posting.leads_to:
            finding = _check(ledger, posting)
            if finding is not None:
                yield finding


def _check(ledger: Ledger, rate: Posting) -> Finding | None:
    entry = ledger.entries.get(rate.link.id or "")
    pairs: list[Pair] = []
    missing: Text | None = None
    operands: tuple[Posting, ...] = ()
    if entry is not None and entry.numerator and entry.denominator:
        part = ledger.figure(entry.numerator, rate)
        names = (entry.denominator, *entry.alt_denominators)
        wholes = [(name, f) for name in names if (f := ledger.figure(name, rate)) is not None]
        if part is not None and part.postings[0].times > 1:
            # 撤销和确认违法各1件 may be two.
            more = Figure(part.label_zh, part.label_en, part.postings[0].together, part.postings)
            pairs += [Pair(each, whole, True, False) for each in (more, part) for _, whole in wholes]
        elif part is not None:
            certain = not _is_of_some(ledger, rate, part.postings[0])
            has_usual = any(name == entry.denominator for name, _ in wholes)
            pairs += [
                Pair(part, whole, name == entry.denominator or not has_usual, certain)
                for name, whole in wholes
            ]
        lacking = [entry.numerator] if part is None else []
        lacking += [] if wholes else [entry.denominator]
        missing = _missing(ledger, lacking)
        operands = part.postings if part is not None else ()
    if is_share(ledger, rate):
        beside = share_pairs(ledger, rate)
        missing = missing or ("没有所占的总数", "but not the whole that it is a share of")
    else:
        word = rate_word(rate.phrase) or rate_word(own_name(rate))
        beside = worded_pairs(ledger, rate, word, entry.denominator if entry else None) if word else []
        if word:
            missing = missing or (
                "同一口径下没有相应的分子、分母",
                "but not the counts that it divides, in the same scope",
            )
    pairs += [pair for pair in beside if not any(_is_same(pair, other) for other in pairs)]
    pairs = [each for pair in pairs for each in with_siblings(ledger, rate, pair)]
    pairs += with_carried(ledger, rate, pairs)
    if pairs and _is_of_some(ledger, rate, pairs[0].part.postings[0]):
        pairs = [replace(pair, sure=False) for pair in pairs]
    if missing is None:
        return None
    return (
        _best(ledger, rate, pairs)
        or _impossible(ledger, rate)
        or unverifiable(ledger, "ratio", rate, operands, missing)
    )


def _is_of_some(ledger: Ledger, rate: Posting, part: Posting) -> bool:
    """Whether a rate is of some of what the catalogue's figure counts: 其中威戎镇…, 樊城区出庭率."""
    at = ledger.position(rate)
    before = ledger.runs[rate.run][at - 1] if at and not rate.is_first else rate
    told = rate.before + (before.before if before.observation.clause == rate.observation.clause else "")
    if "其中" in told and part.observation.clause != rate.observation.clause:
        return True
    named = _SUBAREA.search(rate.before)
    return named is not None and named.group() not in part.told


def _best(ledger: Ledger, rate: Posting, pairs: list[Pair]) -> Finding | None:
    """The first pair that agrees, else the first that is beyond doubt."""
    judged = [(pair, expected, judge(rate.metric, expected)) for pair in pairs
              if (expected := _expected(rate, pair)) is not None]  # fmt: skip
    if any(pair.sure and _expected(rate, pair) is None for pair in pairs):
        # Nothing can be divided by nothing.
        return None
    if rate.metric.bound in ("at_least", "at_most") and any(pair.sure for pair, _, _ in judged):
        # An open range agrees with almost anything: only what it is certainly of tells.
        judged = [entry for entry in judged if entry[0].sure]
    for wanted in ("consistent", "consistent_truncated"):
        for pair, expected, verdict in judged:
            # Cut off, and of another whole besides, is too much to assume.
            if verdict == wanted and (wanted == "consistent" or pair.usual):
                chosen: Verdict = verdict
                if verdict == "consistent" and not pair.usual:
                    chosen = "consistent_other_denominator"
                return _finding(ledger, rate, pair, expected, chosen)
    sure = [(pair, expected) for pair, expected, _ in judged if pair.sure]
    return _finding(ledger, rate, *sure[0], "inconsistent") if sure else None


def _finding(ledger: Ledger, rate: Posting, pair: Pair, expected: Interval, verdict: Verdict) -> Finding:
    unit = rate.metric.unit or ""
    part, whole = told_apart(pair.part, pair.whole)
    note = ("", "")
    if verdict == "inconsistent":
        note = rounding_note(rate, expected)
    elif verdict == "consistent_other_denominator":
        note = f"(以{pair.whole.label_zh}为分母)", f" ({pair.whole.label_en.lower()})"
    return Check(
        rule="ratio",
        verdict=verdict,
        about=rate,
        operands=(*pair.part.postings, *pair.whole.postings),
        subject=(
            f"{rate.label}:{'1-' if pair.is_complement else ''}{part.label_zh}÷{whole.label_zh}",
            f"{'1 - ' if pair.is_complement else ''}{part.label_en} / {whole.label_en}",
        ),
        formula=f"{_part_shown(pair)}÷{pair.whole.bracketed}{computed(expected, unit)}",
        expected=expected,
        note=note,
    ).finding(ledger)


def _part_shown(pair: Pair) -> str:
    return f"({pair.whole.shown}-{pair.part.shown})" if pair.is_complement else pair.part.bracketed


def _expected(rate: Posting, pair: Pair) -> Interval | None:
    part: Interval | None = pair.part.interval
    if pair.is_complement:
        part = pair.whole.interval - pair.part.interval
    expected = share(part, pair.whole.interval) if part is not None else None
    if expected is not None and rate.metric.unit == "‰":
        return expected.scaled(Decimal(10))
    return expected


def _missing(ledger: Ledger, lacking: list[str]) -> Text:
    names = [ledger.entries[name] for name in lacking if name in ledger.entries]
    zh = "、".join(n.zh for n in names) or "非零的分母"
    en = " and ".join(n.en.lower() for n in names) or "a denominator other than zero"
    return f"同一口径下没有{zh}", f"but not {en} in the same scope"


def _impossible(ledger: Ledger, rate: Posting) -> Finding | None:
    """A share of more than the whole."""
    limit = Decimal(100 if rate.metric.unit == "%" else 1000)
    if rate.metric.value <= limit or load_audit_words().exceeds.search(rate.phrase):
        return None
    return Check(
        rule="ratio",
        verdict="inconsistent",
        about=rate,
        operands=(),
        subject=(
            f"{rate.label}:部分不大于整体",
            f"{ledger.label_en(rate)}: a part is not larger than the whole",
        ),
        formula=f"{rate.metric.value:f}{rate.metric.unit}>{limit:f}{rate.metric.unit}",
        expected=Interval(Decimal(0), limit),
        note=(",这类比率不能超过整体", "; such a rate cannot exceed the whole"),
    ).finding(ledger)


# ---------------------------------------------------------------------------------------- figures beside a rate


def _is_same(pair: Pair, other: Pair) -> bool:
    return (pair.part.postings, pair.whole.postings, pair.sure) == (
        other.part.postings,
        other.whole.postings,
        other.sure,
    )
