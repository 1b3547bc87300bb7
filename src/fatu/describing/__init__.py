"""Report and Findings → RDF."""

from __future__ import annotations

from .dataset import describe, graph_quads, make_dataset, prefixes
from .lines import report_lines

__all__ = ["describe", "graph_quads", "make_dataset", "prefixes", "report_lines"]
