"""Report and Findings → RDF."""

from __future__ import annotations

from .dataset import describe, graph_quads, make_dataset, prefixes

__all__ = ["describe", "graph_quads", "make_dataset", "prefixes"]
