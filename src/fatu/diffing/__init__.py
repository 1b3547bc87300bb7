"""Two graphs → what changed between them, as facts: `diff_sides`."""

from __future__ import annotations

from .change import Change, Difference, Fact, GraphChanges, ReportChanges, Value
from .sides import Part, Side, building_side, diff_sides, holds_graphs, open_graphs

__all__ = [
    "Change",
    "Difference",
    "Fact",
    "GraphChanges",
    "Part",
    "ReportChanges",
    "Side",
    "Value",
    "building_side",
    "diff_sides",
    "holds_graphs",
    "open_graphs",
]  # fmt: skip
