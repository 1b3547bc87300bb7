"""A report's statements as lines of N-Quads, without the vocabulary."""

from __future__ import annotations

from ..iris import Iris
from ..model import Finding, Report
from .collecting import LineCollection
from .dataset import own_quads
from .names import Names
from .quads import say_all
from .terms import write_quad


def report_lines(
    report: Report, findings: tuple[Finding, ...], iris: Iris, names: Names | None = None
) -> list[str]:
    """The lines of a report's own graphs, each with its line break, sorted, each once: what many reports need that
    share one vocabulary. `names` are those of the report, where they are known. Raises MetadataError where area or
    year is not known."""
    said = LineCollection(iris, report.reading.outline.source.text)
    say_all(names or Names(report), findings, iris, said)
    own = [f"{write_quad(quad)}\n" for quad in own_quads(report, iris)]
    # Each once in the order in which they come, which is half sorted.
    return sorted(dict.fromkeys([*said.lines, *own]))
