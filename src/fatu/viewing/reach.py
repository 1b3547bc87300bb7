"""Citation network → figures: how far documents reach and how fast, which areas lean on the same documents.

As in `centrality`, networkx sees integers only, and what comes out is integers, decimals and strings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import networkx as nx

from fatu.querying.cited import (
    DOCUMENT_LEVELS,
    AreaCitations,
    CitationNetwork,
    CitedDocument,
    CitingArea,
    count_functions,
)
from fatu.viewing.centrality import rank_pages
from fatu.viewing.communities import LEADING, find_communities

_PLACES = Decimal("0.000001")
_COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class DocumentReach:
    """A document and whom it reaches.

    `areas`, `provinces`, `reports`, `citations`: those that cite it. `shared` of the citations stand in paragraphs that
    reports of other areas have too; `functions` are what they are there for, the most frequent first. `first` and
    `last` are years of reports. `by_level`: level → citing areas; `carried_out`: level → documents that implement it.
    `pagerank`: see `measure_citations`. `years_to_reach`: the median over the citing areas of the years from the
    document's own to the first report of the area that cites it, None where it has no year. An area whose reports in
    the store begin after that year may have cited it before: `followed` says of how many the store has one of that
    year or earlier.
    """

    document: CitedDocument
    areas: int
    provinces: int
    reports: int
    citations: int
    shared: int
    functions: tuple[tuple[str, int], ...]
    first: int | None
    last: int | None
    by_level: Mapping[str, int]
    carried_out: Mapping[str, int]
    pagerank: Decimal
    years_to_reach: Decimal | None
    followed: int


@dataclass(frozen=True, slots=True)
class AreaReach:
    """An area and what reaches it: distinct documents, also by their level; `community` is 0 where it is in none."""

    area: CitingArea
    documents: int
    citations: int
    by_level: Mapping[str, int]
    community: int


@dataclass(frozen=True, slots=True)
class AreaCommunity:
    """Areas that cite the same documents; `number` 1 is the largest. `leading`: the documents by which it differs most
    from the other areas, each with how many of its areas cite it."""

    number: int
    areas: tuple[str, ...]
    leading: tuple[tuple[CitedDocument, int], ...]


@dataclass(frozen=True, slots=True)
class CitationFigures:
    """What is told of a citation network as a whole."""

    documents: tuple[DocumentReach, ...]
    """The furthest reaching first."""
    areas: tuple[AreaReach, ...]
    """By code; those that only issue documents are left out."""
    communities: tuple[AreaCommunity, ...]
    modularity: Decimal


def measure_citations(network: CitationNetwork) -> CitationFigures:
    """The figures of a citation network.

    PageRank: how often a reader is at a document who goes from areas to the documents that they cite, from a notice to
    the text that it promulgates, and from a document to what it implements; 1 over all areas and documents, 6 decimals.

    Communities are Louvain's (Blondel et al. 2008, J. Stat. Mech. P10008) with a fixed seed, of areas and documents
    tied by citations: areas tied to one another by what both cite would be millions of pairs, nearly all by the same
    few laws. Only documents that several areas cite count.

    Documents are ranked by areas, reports, citations, pagerank (the greater first), IRI.
    """
    ranks = _rank(network)
    communities, modularity = _split_areas(network)
    home = {code: community.number for community in communities for code in community.areas}
    reached = sorted(_reach_documents(network, ranks), key=_reach)
    return CitationFigures(tuple(reached), tuple(_reach_areas(network, home)), communities, modularity)


def _reach(found: DocumentReach) -> tuple[int, int, int, Decimal, str]:
    return -found.areas, -found.reports, -found.citations, -found.pagerank, found.document.iri


def _rank(network: CitationNetwork) -> dict[str, Decimal]:
    """PageRank of each document."""
    places = [area.code for area in network.areas] + [document.iri for document in network.documents]
    number = {name: n for n, name in enumerate(places)}
    links: list[dict[int, None]] = [{} for _ in places]
    for cited in network.citations:
        links[number[cited.area]][number[cited.document]] = None
    for tie in network.ties:
        links[number[tie.source]][number[tie.target]] = None
    ranks = rank_pages([tuple(targets) for targets in links])
    return {
        document.iri: Decimal(ranks[number[document.iri]]).quantize(_PLACES, ROUND_HALF_UP)
        for document in network.documents
    }


def _reach_documents(network: CitationNetwork, ranks: Mapping[str, Decimal]) -> Iterator[DocumentReach]:
    areas = {area.code: area for area in network.areas}
    levels = {document.iri: document.level for document in network.documents}
    citing: defaultdict[str, list[AreaCitations]] = defaultdict(list)
    for cited in network.citations:
        citing[cited.document].append(cited)
    carried: defaultdict[str, list[str]] = defaultdict(list)
    for tie in network.ties:
        if tie.relation == "implementsPolicy":
            carried[tie.target].append(levels[tie.source])
    for document in network.documents:
        own = citing[document.iri]
        years = [year for cited in own for year in cited.years]
        places = [areas[cited.area] for cited in own]
        waits = [] if document.year is None else [cited.years[0] - document.year for cited in own]
        yield DocumentReach(
            document=document,
            areas=len(own),
            provinces=len({place.code[:2] for place in places if place.level != _COUNTRY}),
            reports=sum(cited.reports for cited in own),
            citations=sum(cited.citations for cited in own),
            shared=sum(cited.shared for cited in own),
            functions=count_functions(
                name for cited in own for name, count in cited.functions for _ in range(count)
            ),
            first=min(years, default=None),
            last=max(years, default=None),
            by_level=_count(place.level for place in places),
            carried_out=_count(carried[document.iri]),
            pagerank=ranks[document.iri],
            years_to_reach=_median(waits),
            followed=sum(document.year is not None and place.years[0] <= document.year for place in places),
        )


def _count(levels: Iterable[str]) -> dict[str, int]:
    """Level → how many, the highest authority first."""
    counted = Counter(levels)
    return {level: counted[level] for level in DOCUMENT_LEVELS if level in counted}


def _median(numbers: Sequence[int]) -> Decimal | None:
    if not numbers:
        return None
    ordered, half = sorted(numbers), len(numbers) // 2
    if len(ordered) % 2:
        return Decimal(ordered[half])
    return Decimal(ordered[half - 1] + ordered[half]) / 2


def _reach_areas(network: CitationNetwork, home: Mapping[str, int]) -> Iterator[AreaReach]:
    levels = {document.iri: document.level for document in network.documents}
    citing: defaultdict[str, list[AreaCitations]] = defaultdict(list)
    for cited in network.citations:
        citing[cited.area].append(cited)
    for area in network.areas:
        if area.reports:
            own = citing[area.code]
            yield AreaReach(
                area,
                len(own),
                sum(cited.citations for cited in own),
                _count(levels[cited.document] for cited in own),
                home.get(area.code, 0),
            )


def _split_areas(network: CitationNetwork) -> tuple[tuple[AreaCommunity, ...], Decimal]:
    """Communities, the largest first (of two as large, that of the first code), and their modularity."""
    cited_by: defaultdict[str, set[str]] = defaultdict(set)
    for cited in network.citations:
        cited_by[cited.document].add(cited.area)
    documents = [document for document in network.documents if len(cited_by[document.iri]) > 1]
    codes = [area.code for area in network.areas]
    number = {code: n for n, code in enumerate(codes)}
    graph = nx.Graph()
    graph.add_edges_from(
        (number[code], len(codes) + n)
        for n, document in enumerate(documents)
        for code in sorted(cited_by[document.iri])
    )
    groups, modularity = find_communities(graph)
    members = [tuple(codes[n] for n in group if n < len(codes)) for group in groups]
    total = sum(map(len, members))
    communities = tuple(
        AreaCommunity(place, areas, tuple(_lead(areas, total, documents, cited_by)))
        for place, areas in enumerate(sorted(filter(None, members), key=lambda m: (-len(m), m)), 1)
    )
    return communities, modularity


def _lead(
    areas: Sequence[str],
    total: int,
    documents: Iterable[CitedDocument],
    cited_by: Mapping[str, set[str]],
) -> Iterator[tuple[CitedDocument, int]]:
    """The documents that more of the areas cite than if all areas cited alike, the greatest excess first."""
    own = set(areas)
    found = []
    for document in documents:
        citing = len(own & cited_by[document.iri])
        excess = citing * total - len(cited_by[document.iri]) * len(own)
        if citing and excess >= 0:
            found.append((-excess, -citing, document.iri, document))
    for _, citing, _, document in sorted(found, key=lambda row: row[:3])[:LEADING]:
        yield document, -citing
