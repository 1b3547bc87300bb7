"""Report → Findings: which figures hold, which citations agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model import Finding, Report
from .citations import check_citations
from .ledger import Ledger
from .ratios import check_ratios
from .sums import check_sums

__all__ = ["RULES", "audit"]

RULES: tuple[Callable[[Ledger], Iterator[Finding]], ...] = (check_ratios, check_sums, check_citations)
"""Every rule, in the order in which their findings are listed."""

_GRAVITY = {"violation": 0, "warning": 1, "info": 2}


def audit(report: Report) -> tuple[Finding, ...]:
    """Check the figures and citations of a report against each other: the gravest findings first, then in text order.

    Decimal arithmetic throughout. What cannot be checked is a finding too (`unverifiable`), never an error.
    """
    ledger = Ledger(report)
    findings = [finding for rule in RULES for finding in rule(ledger)]
    return tuple(
        sorted(
            findings,
            key=lambda f: (_GRAVITY[f.severity], f.evidence[0].span if f.evidence else (0, 0), f.key),
        )
    )
