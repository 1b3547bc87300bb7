"""How much of a report was checked: which rates could be, which rules ran, and why others did not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Finding, Report
from .postings import PERCENT
from .rules import RULES


@dataclass(frozen=True, slots=True)
class RuleRun:
    """What a rule came to in a report."""

    name: str
    found: int
    """Findings of the rule."""
    checked: int
    """Those of them that could be checked."""
    why_zh: str
    """Why there is none; empty where there are findings."""
    why_en: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a report's rates were checked."""

    ratios: int
    """Figures in per cent or per mille."""
    checkable: int
    """Those of which it is known what they divide or compare."""
    checked: int
    """Those of them whose counts are in the report, so that there is a verdict."""
    runs: tuple[RuleRun, ...]

    @property
    def summary_zh(self) -> str:
        """One line in Chinese."""
        return (
            f"比率{self.ratios}个,可知分母的{self.checkable}个({_percent(self.checkable, self.ratios)}),"
            f"其中所需数字俱在、已核对的{self.checked}个({_percent(self.checked, self.checkable)})"
        )

    @property
    def summary_en(self) -> str:
        """One line in English."""
        rates = "rate" if self.ratios == 1 else "rates"
        return (
            f"{self.ratios} {rates}, "
            f"{self.checkable} with a known denominator ({_percent(self.checkable, self.ratios)}), "
            f"{self.checked} checked ({_percent(self.checked, self.checkable)})"
        )


def _percent(part: int, whole: int) -> str:
    """A share rounded half up, as the audit asks of reports; only all is 100 %."""
    if not whole:
        return "–"
    rounded = (part * 200 + whole) // (2 * whole)
    return f"{rounded if part == whole else min(rounded, 99)}%"


def measure_coverage(report: Report, findings: Iterable[Finding]) -> Coverage:
    """Coverage of a report by the findings of its audit."""
    findings = tuple(findings)
    rates = {
        link.observation.metric.span
        for link in report.indicator_links
        if link.observation.metric.payload.unit in PERCENT
    }
    checkable, checked = set(), set()
    for finding in findings:
        if finding.rule in ("ratio", "growth", "change"):
            spans = {o.metric.span for o in finding.about} & rates
            checkable |= spans
            if finding.verdict != "unverifiable":
                checked |= spans
    names = list(dict.fromkeys(name for rule in RULES for name in rule.rules))
    runs = []
    for name in names:
        own = [f for f in findings if f.rule == name]
        needs = [
            (r.needs_zh, r.needs_en) for r in RULES if name in r.rules and r.rules[0] in (name, "growth")
        ]
        runs.append(
            RuleRun(
                name=name,
                found=len(own),
                checked=sum(f.verdict != "unverifiable" for f in own),
                why_zh="" if own else _why_zh(needs),
                why_en="" if own else _why_en(needs),
            )
        )
    return Coverage(len(rates), len(checkable), len(checked), tuple(runs))


def _why_zh(needs: list[tuple[str, str]]) -> str:
    return "报告没有" + "或".join(zh for zh, _ in needs) if needs[0][0] else "不是法治政府建设年度报告"


def _why_en(needs: list[tuple[str, str]]) -> str:
    if not needs[0][1]:
        return "this is no annual report on rule-of-law government"
    return "the report has no " + " and no ".join(
        en.removeprefix("a ").removeprefix("an ") for _, en in needs
    )
