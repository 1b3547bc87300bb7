"""Report → Findings: which figures hold, which citations agree, which duties are met."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, localcontext

from ..model import Finding, Report
from .coverage import Coverage, measure_coverage
from .ledger import Ledger
from .rules import RULES, AuditRule

__all__ = ["RULES", "AuditRule", "Coverage", "audit", "measure_coverage"]

_EXACT = Context(prec=200, rounding=ROUND_HALF_EVEN)
"""Digits enough for the longest figure that is read, and its square."""
_GRAVITY = {"violation": 0, "warning": 1, "info": 2}


def audit(report: Report) -> tuple[Finding, ...]:
    """Check the figures, citations and duties of a report: the gravest findings first, then in text order.

    Decimal arithmetic throughout. What cannot be checked is a finding too (`unverifiable`), never an error.
    """
    with localcontext(_EXACT):
        ledger = Ledger(report)
        findings = [finding for rule in RULES for finding in rule.check(ledger)]
    findings.sort(key=lambda f: (_GRAVITY[f.severity], f.evidence[0].span if f.evidence else (0, 0), f.key))
    return tuple(_told_apart(findings))


def _told_apart(findings: list[Finding]) -> list[Finding]:
    """Findings with keys of their own: several of one rule may be about one figure."""
    seen: dict[str, int] = {}
    result = []
    for finding in findings:
        number = seen[finding.key] = seen.get(finding.key, 0) + 1
        result.append(finding if number == 1 else replace(finding, key=f"{finding.key}-{number}"))
    return result
