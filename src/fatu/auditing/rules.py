"""The visible list of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..model import Finding, Rule
from .averages import check_averages
from .balances import check_balances
from .changes import check_changes
from .citations import check_citations
from .duties import check_duties
from .equalities import check_equalities
from .frequencies import check_frequencies
from .ledger import Ledger
from .orders import check_orders
from .ratios import check_ratios
from .restatements import check_duplicates
from .sums import check_sums
from .totals import check_totals


@dataclass(frozen=True, slots=True)
class AuditRule:
    """A rule: what it finds, and what a report must state for it to run."""

    rules: tuple[Rule, ...]
    """The rules that its findings name."""
    check: Callable[[Ledger], Iterator[Finding]]
    needs_zh: str
    """Why it did not run, where it found nothing: 报告没有…."""
    needs_en: str


RULES: tuple[AuditRule, ...] = (
    AuditRule(("ratio",), check_ratios, "写明比率", "a rate"),
    AuditRule(("ratio",), check_averages, "写明平均数及其总数、个数", "a mean with what it divides"),
    AuditRule(("sum",), check_sums, "写明总数及其各部分", "a total with its parts"),
    AuditRule(("sum",), check_balances, "写明收、结、存", "cases taken in, closed and left"),
    AuditRule(("sum",), check_totals, "带合计的表格", "a table with a total"),
    AuditRule(("equality",), check_equalities, "应当相等的两个数", "two figures that mean the same"),
    AuditRule(("duplicate", "equality"), check_duplicates, "重复出现的同一指标", "an indicator that is stated again"),
    AuditRule(("order",), check_orders, "部分与整体的两个数", "a part beside its whole"),
    AuditRule(("growth", "change"), check_changes, "写明增减", "a growth or change"),
    AuditRule(("frequency",), check_frequencies, "频次与全年次数并列", "a frequency beside the times in the year"),
    AuditRule(("citation",), check_citations, "相互矛盾的文号与标题,或期限已过仍在落实的规划",
              "a contradiction of numbers and titles, or plan carried out after its end"),
    AuditRule(("duty",), check_duties, "", ""),
)  # fmt: skip
"""Every rule, in the order in which they run."""
