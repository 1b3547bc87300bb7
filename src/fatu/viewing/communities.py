"""Graph → communities: what hangs together more than by chance (Louvain), the same in every run."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import networkx as nx

LEADING = 3
"""How many members are named of a community."""
_SEED = 20201
_PLACES = Decimal("0.0001")


def find_communities(graph: nx.Graph) -> tuple[list[list[int]], Decimal]:
    """Communities of a graph of integers, each sorted, by their first node; and their modularity, 0 without any."""
    if not graph:
        return [], Decimal(0).quantize(_PLACES)
    groups = sorted(map(sorted, nx.community.louvain_communities(graph, seed=_SEED)))
    return groups, Decimal(nx.community.modularity(graph, groups)).quantize(_PLACES, ROUND_HALF_UP)
