"""A check that was made, and how it is told: formula, both numbers, verdict, in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..lexicon.shown_words import load_shown_words
from ..model import Finding, Rule, Severity, Verdict
from .arithmetic import Interval, bounded, brief, is_rounded_to_tens
from .ledger import Ledger
from .postings import PERCENT, Posting

Text = tuple[str, str]
"""The same in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Check:
    """One figure against others."""

    rule: Rule
    verdict: Verdict
    about: Posting
    operands: tuple[Posting, ...]
    subject: Text
    """What was compared with what."""
    formula: str
    """8÷9=88.89%."""
    expected: Interval | None = None
    note: Text = ("", "")
    """What else a reader should know; follows the verdict."""

    def finding(self, ledger: Ledger) -> Finding:
        """The check as a finding: a warning where it does not hold."""
        verdict = load_shown_words("verdict")[self.verdict]
        written = self.about.written
        formula_en = self.formula.replace("÷", "/")
        return Finding(
            key=finding_key(self.rule, self.about),
            rule=self.rule,
            verdict=self.verdict,
            severity=severity_of(self.verdict),
            stated=self.about.metric.value,
            expected=bounded(self.expected) if self.expected is not None else None,
            message_zh=f"{self.subject[0]}:{self.formula},报告写{written};{verdict.zh}{self.note[0]}",
            message_en=f"{self.subject[1]}: {formula_en}; the report says {written}: {verdict.en}{self.note[1]}",
            evidence=ledger.evidence(*self.operands, self.about),
            about=(self.about.observation,),
            operands=tuple(p.observation for p in self.operands),
            formula=self.formula,
        )


def unverifiable(
    ledger: Ledger, rule: Rule, about: Posting, operands: tuple[Posting, ...], missing: Text
) -> Finding:
    """A finding that a figure cannot be checked, and what is missing for it."""
    return Finding(
        key=finding_key(rule, about),
        rule=rule,
        verdict="unverifiable",
        severity="info",
        stated=about.metric.value,
        expected=None,
        message_zh=f"{about.label}:报告写{about.written},{missing[0]},无法核实",
        message_en=f"{ledger.label_en(about)}: the report says {about.written}, {missing[1]}: cannot be checked",
        evidence=ledger.evidence(about, *operands),
        about=(about.observation,),
        operands=tuple(p.observation for p in operands),
    )


def finding_key(rule: Rule, about: Posting) -> str:
    """Local name of a finding's IRI, before what tells two of one rule about one figure apart."""
    return f"finding-{rule}-{about.link.name.removeprefix('obs-')}"


def severity_of(verdict: Verdict) -> Severity:
    """A warning where something does not hold or is lacking."""
    return "warning" if verdict in ("inconsistent", "missing", "late") else "info"


def rounding_note(about: Posting, expected: Interval) -> Text:
    """What a stated rate that does not hold should be, and whether rounding to tens would explain it."""
    if not expected.is_exact:
        return "", ""
    metric, unit = about.metric, about.metric.unit or ""
    rounded = f"{brief_at(expected.low, metric.decimals)}{unit}"
    zh, en = f",按所写位数应为{rounded}", f"; at the stated precision it would be {rounded}"
    if metric.decimals == 0 and unit in PERCENT and is_rounded_to_tens(expected.low, metric.value):
        zh += ";仅当按十位取整时成立"
        en += "; it holds only if rounded to tens"
    return zh, en


def brief_at(value: Decimal, decimals: int) -> str:
    """A decimal rounded to so many places, without exponent."""
    return f"{value.quantize(Decimal(1).scaleb(-decimals)):f}"


def computed(expected: Interval, unit: str) -> str:
    """The right side of a formula: =88.89%, or a range where the operands are no single numbers."""
    if expected.is_exact:
        return f"={brief(expected.low)}{unit}"
    if expected.high is None:
        return f"≥{brief(expected.low)}{unit}"
    return f"={brief(expected.low)}{unit}~{brief(expected.high)}{unit}"
