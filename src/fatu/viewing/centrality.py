"""Network → figures: which documents, agencies, topics and programs hold it together, what belongs together.

Nothing here depends on the order in which strings hash: before networkx sees the nodes they become integers
in the network's order, and what comes out is integers, decimals and strings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import networkx as nx

from fatu.viewing.communities import LEADING, find_communities
from fatu.viewing.hierarchy import Branch, find_hierarchy

CENTRAL = ("PolicyDocument", "Agency", "Topic", "Program")
"""The classes that are ranked: what reports share, so that a report can be tied to another by them."""
LEFT_OUT = frozenset({"inReport", "inSection", "hasProblem", "hasPlan", "underDocumentInherited"})
"""Edges that figures are made without; `measure_network` says why."""
LEFT_OUT_KINDS = frozenset({"Finding", "Area"})
"""Classes that figures are made without, with all their edges."""
EXACT = 1500
"""Up to so many nodes betweenness is exact."""
PIVOTS = 128
"""In a larger network, betweenness is estimated from the shortest paths that start at so many nodes."""

_NAMING = frozenset({*CENTRAL, "Section"})
_SEED = 20201
_DAMPING = 0.85
_ROUNDS = 200
_TOLERANCE = 1e-12
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class CentralNode:
    """A document, agency, topic or program and how much hangs on it.

    `degree`: distinct neighbours. `reports`: distinct reports with something that touches it; of what only
    other shared things touch (the issuer of a document), the reports that touch those; 0 where it is only a
    candidate for something undecided. `betweenness`: share of the shortest paths between two others that pass
    through it. `pagerank`: how often a reader who follows statements from subject to object is there; 1 over
    all nodes. Both with 4 decimals.
    """

    iri: str
    kind: str
    name: str
    name_en: str
    degree: int
    reports: int
    betweenness: Decimal
    pagerank: Decimal


@dataclass(frozen=True, slots=True)
class Leader:
    """A member that a community can be named by, with the number of its neighbours within the community."""

    iri: str
    kind: str
    name: str
    name_en: str
    degree: int


@dataclass(frozen=True, slots=True)
class Community:
    """Nodes with more edges among them than to others; `number` 1 is the largest, `members` are IRIs."""

    number: int
    size: int
    members: tuple[str, ...]
    leading: tuple[Leader, ...]


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """What is told of a network as a whole."""

    central: Mapping[str, tuple[CentralNode, ...]]
    """Class → all its nodes, the most central first; the classes of CENTRAL in their order."""
    pivots: int
    """The number of nodes that betweenness was estimated from; 0 where it is exact."""
    communities: tuple[Community, ...]
    modularity: Decimal
    """Of the communities, 4 decimals; 0 where there are no edges."""
    hierarchy: tuple[Branch, ...]
    """The documents from the highest authority down, in pre-order."""


@dataclass(frozen=True, slots=True)
class _Projection:
    """A network without parallel edges, loops and what is left out; node i is the IRI at i."""

    iris: tuple[str, ...]
    directed: nx.DiGraph
    plain: nx.Graph


def measure_network(network: nx.MultiDiGraph) -> NetworkFigures:
    """The figures of a network that `fatu.viewing.network.connect` or `make_network` made.

    Degree, betweenness and communities are of the undirected simple graph, pagerank of the directed one, both
    without:

    - `inReport`, `inSection`, `hasProblem`, `hasPlan`: where something stands, not what it is about. They
      make every report a star: all short paths lead through its headings, and the communities are its chapters.
    - `underDocumentInherited`: a copy of the report's `compiledUnder` at every measure, by which the document
      would come first in every network, however little the text says of it.
    - findings, with `about` and `operand`: arithmetic among the figures of one sentence, said by the audit.
    - areas: through its county, city and province every report would be a neighbour of all others.

    Ranking: degree, betweenness, pagerank (the greater first, as rounded), IRI. Betweenness is exact up to
    EXACT nodes; in a larger network it is estimated from PIVOTS nodes drawn with a fixed seed (Brandes and
    Pich 2007, Int. J. Bifurcation Chaos 17:7): good for ranking, not to the last place. Communities are
    Louvain's (Blondel et al. 2008, J. Stat. Mech. P10008) with a fixed seed; a node without edges belongs to
    none.
    """
    projection = _project(network)
    communities, modularity = _split_nodes(network, projection)
    return NetworkFigures(
        _rank(network, projection),
        0 if len(projection.iris) <= EXACT else PIVOTS,
        communities,
        modularity,
        find_hierarchy(network),
    )


def _project(network: nx.MultiDiGraph) -> _Projection:
    iris = tuple(iri for iri, kind in network.nodes(data="kind") if kind not in LEFT_OUT_KINDS)
    number = {iri: n for n, iri in enumerate(iris)}
    edges = [
        (number[subject], number[value])
        for subject, value, name in network.edges(keys=True)
        if name not in LEFT_OUT and subject != value and subject in number and value in number
    ]
    directed, plain = nx.DiGraph(), nx.Graph()
    for graph in (directed, plain):
        graph.add_nodes_from(range(len(iris)))
        graph.add_edges_from(edges)
    return _Projection(iris, directed, plain)


def _rank(network: nx.MultiDiGraph, projection: _Projection) -> dict[str, tuple[CentralNode, ...]]:
    plain = projection.plain
    sample = None if len(plain) <= EXACT else PIVOTS
    betweenness = nx.betweenness_centrality(plain, k=sample, seed=_SEED)
    pagerank = rank_pages([tuple(projection.directed[n]) for n in range(len(plain))])
    reports = _find_reports(network, projection)
    found: dict[str, list[CentralNode]] = {kind: [] for kind in CENTRAL}
    for n, iri in enumerate(projection.iris):
        data = network.nodes[iri]
        if data["kind"] in found:
            found[data["kind"]].append(
                CentralNode(
                    iri=iri,
                    kind=data["kind"],
                    name=data["name"],
                    name_en=data["name_en"],
                    degree=plain.degree(n),
                    reports=len(reports[n]),
                    betweenness=_round(betweenness[n]),
                    pagerank=_round(pagerank[n]),
                )
            )
    return {kind: tuple(sorted(nodes, key=_centrality)) for kind, nodes in found.items()}


def _centrality(node: CentralNode) -> tuple[int, Decimal, Decimal, str]:
    return -node.degree, -node.betweenness, -node.pagerank, node.iri


def _round(number: float) -> Decimal:
    return Decimal(number).quantize(_PLACES, ROUND_HALF_UP)


def rank_pages(links: Sequence[Sequence[int]]) -> list[float]:
    """PageRank by power iteration, damping 0.85; `links[n]` are the nodes that n points to.

    A node that points nowhere points everywhere. The ranks add up to 1. (networkx has it only with scipy.)
    """
    if not links:
        return []
    ranks = [1 / len(links)] * len(links)
    for _ in range(_ROUNDS):
        lost = sum(rank for rank, targets in zip(ranks, links, strict=True) if not targets)
        fresh = [(1 - _DAMPING + _DAMPING * lost) / len(links)] * len(links)
        for rank, targets in zip(ranks, links, strict=True):
            for target in targets:
                fresh[target] += _DAMPING * rank / len(targets)
        moved = sum(abs(new - old) for new, old in zip(fresh, ranks, strict=True))
        ranks = fresh
        if moved < _TOLERANCE:
            break
    return ranks


def _find_reports(network: nx.MultiDiGraph, projection: _Projection) -> list[set[str]]:
    """The reports that touch each node: with a part that is its neighbour or with words about it; what none
    touches takes those of its neighbours, step by step."""
    nodes, plain = [network.nodes[iri] for iri in projection.iris], projection.plain
    found = [
        {quote.source for quote in nodes[n]["quotes"]} | {nodes[m]["report"] for m in (n, *plain[n])} - {""}
        for n in range(len(nodes))
    ]
    untouched = [n for n, reports in enumerate(found) if not reports]
    while untouched:
        reached = {n: set[str]().union(*(found[m] for m in plain[n])) for n in untouched}
        for n, reports in reached.items():
            found[n] = reports
        left = [n for n in untouched if not found[n]]
        if len(left) == len(untouched):
            break
        untouched = left
    return found


def _split_nodes(network: nx.MultiDiGraph, projection: _Projection) -> tuple[tuple[Community, ...], Decimal]:
    """Communities, the largest first (of two as large, that of the earlier node), and their modularity."""
    graph = projection.plain.copy()
    graph.remove_nodes_from(list(nx.isolates(graph)))
    groups, modularity = find_communities(graph)
    communities = tuple(
        Community(
            number,
            len(group),
            tuple(projection.iris[n] for n in group),
            tuple(_lead(network, projection, group)),
        )
        for number, group in enumerate(sorted(groups, key=lambda g: (-len(g), g)), 1)
    )
    return communities, modularity


def _lead(network: nx.MultiDiGraph, projection: _Projection, group: Sequence[int]) -> Iterator[Leader]:
    """The members with the most neighbours in the group; those with a name of their own go before clauses."""
    nodes, members = {n: network.nodes[projection.iris[n]] for n in group}, set(group)
    degree = {n: sum(m in members for m in projection.plain[n]) for n in group}
    ranked = sorted(group, key=lambda n: (nodes[n]["kind"] not in _NAMING, -degree[n], n))
    for n in ranked[:LEADING]:
        data = nodes[n]
        yield Leader(projection.iris[n], data["kind"], data["name"], data["name_en"], degree[n])
