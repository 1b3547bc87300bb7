"""A report's quads as lines of N-Quads, without the vocabulary."""

from __future__ import annotations

from ..iris import Iris
from ..model import Finding, Report
from .dataset import own_quads
from .quads import report_quads
from .terms import write_quad


def report_lines(report: Report, findings: tuple[Finding, ...], iris: Iris) -> list[str]:
    """The lines of a report's own graphs, each with its line break, sorted, each once."""
    quads = [*report_quads(report, findings, iris), *own_quads(report, iris)]
    return sorted({f"{write_quad(quad)}\n" for quad in quads})
