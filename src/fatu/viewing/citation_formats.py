"""Citation network and its figures → what `fatu network --citations` prints: tables, JSON, CSV, GraphML, GEXF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

import networkx as nx

from fatu.exporting.aligning import align, clip
from fatu.exporting.network import format_gexf, format_graphml, printable
from fatu.exporting.records import Record, write_csv, write_json
from fatu.querying.cited import AreaCitations, CitationNetwork, CitedDocument
from fatu.viewing.reach import AreaCommunity, AreaReach, CitationFigures, DocumentReach
from fatu.viewing.wording import load_network_words, network_word

Style = Literal["table", "json", "csv", "graphml", "gexf"]
CITATION_COLUMNS = (
    "area", "area_name", "area_level", "within", "title", "number", "issuer", "level", "document_year", "first", "last",
    "years", "functions", "citations", "reports", "shared", "document",
)  # fmt: skip
"""A row for each area and document that its reports cite."""

_TOP = 10
_NAME, _LEADING, _MEMBERS, _PURPOSES = 64, 36, 3, 2
_BY_AREA = ("country", "province", "prefecture", "county")


def format_citations(
    network: CitationNetwork,
    figures: CitationFigures,
    style: Style,
    top: int | None = None,
    language: str = "zh",
) -> bytes:
    """A citation network in a format; the same network gives the same bytes.

    `top`: only so many documents, the furthest reaching, with their citations, and as many areas and communities in the
    lists; default 10 in the table, else all. `language` is zh or en: of the words of the table.
    """
    if style == "table":
        return "\n".join(_sections(network, figures, language, top or _TOP)).encode()
    if top is not None:
        network, figures = _cut(network, figures, top)
    if style == "csv":
        return write_csv(citation_records(network), CITATION_COLUMNS)
    if style == "json":
        return write_json(citation_record(network, figures))
    drawn = draw_citations(network, figures)
    return format_graphml(drawn) if style == "graphml" else format_gexf(drawn)


def _cut(
    network: CitationNetwork, figures: CitationFigures, top: int
) -> tuple[CitationNetwork, CitationFigures]:
    kept = figures.documents[:top]
    iris = {found.document.iri for found in kept}
    return (
        replace(
            network,
            documents=tuple(document for document in network.documents if document.iri in iris),
            citations=tuple(cited for cited in network.citations if cited.document in iris),
            ties=tuple(tie for tie in network.ties if tie.source in iris and tie.target in iris),
        ),
        replace(figures, documents=kept, communities=figures.communities[:top]),
    )


# ---- records -----------------------------------------------------------------------------------------------


def citation_records(network: CitationNetwork) -> list[Record]:
    """Rows with CITATION_COLUMNS, by area and document."""
    documents = {document.iri: document for document in network.documents}
    areas = {area.code: area for area in network.areas}
    return [
        {
            **_edge(cited),
            "area_name": areas[cited.area].name,
            "area_level": areas[cited.area].level,
            "within": areas[cited.area].within,
            "title": documents[cited.document].title,
            "number": documents[cited.document].number,
            "issuer": documents[cited.document].issuer,
            "level": documents[cited.document].level,
            "document_year": documents[cited.document].year,
            "functions": _functions(cited.functions),
            "years": _years(cited),
        }
        for cited in network.citations
    ]


def citation_record(network: CitationNetwork, figures: CitationFigures) -> Record:
    """All of it as one JSON object; decimals are strings."""
    return {
        "documents": [_document(found) for found in figures.documents],
        "areas": [_area(found) for found in figures.areas],
        "citations": [_edge(cited) for cited in network.citations],
        "ties": [
            {"source": tie.source, "relation": tie.relation, "target": tie.target} for tie in network.ties
        ],
        "communities": [
            {
                "number": community.number,
                "areas": list(community.areas),
                "leading": [{"document": one.iri, "areas": areas} for one, areas in community.leading],
            }
            for community in figures.communities
        ],
        "modularity": str(figures.modularity),
        "unresolved": network.unresolved,
    }


def _document(found: DocumentReach) -> Record:
    document = found.document
    return {
        "iri": document.iri,
        "title": document.title,
        "number": document.number,
        "issuer": document.issuer,
        "level": document.level,
        "issuing_areas": list(document.areas),
        "told": document.told,
        "year": document.year,
        "areas": found.areas,
        "provinces": found.provinces,
        "reports": found.reports,
        "citations": found.citations,
        "shared": found.shared,
        "functions": dict(found.functions),
        "first": found.first,
        "last": found.last,
        "by_level": dict(found.by_level),
        "carried_out": dict(found.carried_out),
        "pagerank": str(found.pagerank),
        "years_to_reach": None if found.years_to_reach is None else str(found.years_to_reach),
        "followed": found.followed,
    }


def _area(found: AreaReach) -> Record:
    area = found.area
    return {
        "code": area.code,
        "name": area.name,
        "level": area.level,
        "within": area.within,
        "reports": area.reports,
        "years": list(area.years),
        "documents": found.documents,
        "citations": found.citations,
        "by_level": dict(found.by_level),
        "community": found.community,
    }


def _edge(cited: AreaCitations) -> Record:
    return {
        "area": cited.area,
        "document": cited.document,
        "functions": dict(cited.functions),
        "years": list(cited.years),
        "first": cited.years[0],
        "last": cited.years[-1],
        "reports": cited.reports,
        "citations": cited.citations,
        "shared": cited.shared,
    }


def _functions(told: Sequence[tuple[str, int]]) -> str:
    """implementsPolicy 3; publicises 1."""
    return "; ".join(f"{name} {count}" for name, count in told)


def _years(cited: AreaCitations) -> str:
    return " ".join(map(str, cited.years))


# ---- networks ----------------------------------------------------------------------------------------------


def draw_citations(network: CitationNetwork, figures: CitationFigures) -> nx.MultiDiGraph:
    """The network for Gephi: documents and areas by IRI, with their figures as attributes.

    Edges, told apart by `label`: cites (area to document; `weight` is the number of citations), promulgates and
    implementsPolicy (document to document), issuingArea (document to area, `told`: by what). An attribute that there is
    nothing to say for is left out, since readers know no null.
    """
    drawn = nx.MultiDiGraph()
    iri_of = {area.code: area.iri for area in network.areas}
    reached = {found.area.code: found for found in figures.areas}
    for found in sorted(figures.documents, key=lambda found: found.document.iri):
        drawn.add_node(found.document.iri, **_kept(_drawn_document(found)))
    for area in network.areas:
        own = reached.get(area.code)
        figure = {"documents": own.documents, "community": own.community} if own else {}
        drawn.add_node(
            area.iri,
            **_kept(
                {
                    "label": area.name,
                    "class": "Area",
                    "code": area.code,
                    "level": area.level,
                    "within": area.within,
                }
                | {"reports": area.reports, **figure}
            ),
        )
    edges = [*_cites(network, iri_of), *_issues(network, iri_of)]
    edges += [(tie.source, tie.target, {"label": tie.relation, "weight": 1}) for tie in network.ties]
    for number, (source, target, told) in enumerate(edges, 1):
        drawn.add_edge(source, target, f"e{number}", **told)
    return drawn


def _drawn_document(found: DocumentReach) -> Record:
    document = found.document
    levels = {f"areas_{level}": areas for level, areas in found.by_level.items()}
    return {
        "label": document.name, "class": "PolicyDocument", "number": document.number, "issuer": document.issuer,
        "level": document.level, "told": document.told, "year": document.year, "areas": found.areas,
        "provinces": found.provinces, "reports": found.reports, "citations": found.citations, "shared": found.shared,
        "functions": _functions(found.functions),
        "first": found.first, "last": found.last, **levels, "pagerank": found.pagerank,
        "years_to_reach": found.years_to_reach, "followed": found.followed,
    }  # fmt: skip


def _cites(network: CitationNetwork, iri_of: Mapping[str, str]) -> Iterator[tuple[str, str, Record]]:
    for cited in network.citations:
        told = {**_edge(cited), "functions": _functions(cited.functions), "years": _years(cited)}
        names = ("functions", "years", "first", "last", "reports", "citations", "shared")
        kept = {name: told[name] for name in names}
        yield iri_of[cited.area], cited.document, {"label": "cites", "weight": cited.citations, **kept}


def _issues(network: CitationNetwork, iri_of: Mapping[str, str]) -> Iterator[tuple[str, str, Record]]:
    for document in network.documents:
        for code in document.areas:
            yield document.iri, iri_of[code], {"label": "issuingArea", "weight": 1, "told": document.told}


def _kept(told: Record) -> Record:
    """What there is, as XML can hold it. A decimal becomes a number that Gephi sizes nodes by: as it is rounded
    already, everywhere the same."""
    return {
        name: float(value)
        if isinstance(value, Decimal)
        else printable(value)
        if isinstance(value, str)
        else value
        for name, value in told.items()
        if value not in (None, "")
    }


# ---- tables ------------------------------------------------------------------------------------------------


def _sections(network: CitationNetwork, figures: CitationFigures, language: str, top: int) -> Iterator[str]:
    reached = [_document_row(found, language) for found in figures.documents if found.areas]
    head = ("areas", "provinces", "reports", "span", "wait", "pagerank", "purposes", "level", "name")
    yield from _section("reach", head, reached, language, top)
    areas = sorted(figures.areas, key=lambda found: (-found.documents, -found.citations, found.area.code))
    columns = ("documents", *(f"from.{level}" for level in _BY_AREA), "reports", "community", "area")
    yield from _section("areas", columns, [_area_row(found) for found in areas], language, top)
    place = {found.document.iri: rank for rank, found in enumerate(figures.documents)}
    ties = [tie for tie in network.ties if tie.relation == "implementsPolicy"]
    carried = [
        tuple(word for iri in ends for word in _named(figures.documents[place[iri]].document, language))
        for ends in sorted(((t.source, t.target) for t in ties), key=lambda t: (place[t[1]], place[t[0]]))
    ]
    yield from _section("ties", ("level", "document", "level", "implemented"), carried, language, top)
    if figures.communities:
        names = {found.area.code: found.area.name for found in figures.areas}
        groups = [_community_row(community, names) for community in figures.communities]
        parts = _section("area_communities", ("areas", "members", "leaning"), groups, language, top)
        yield "".join([*parts, f"{network_word('table.modularity', language)} {figures.modularity}\n"])
    if network.unresolved:
        yield network_word("table.unresolved", language).format(citations=network.unresolved) + "\n"


def _section(
    name: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], language: str, top: int
) -> Iterator[str]:
    """A heading that says of how many, and the first rows with their numbers; nothing of no rows."""
    if rows:
        shown = [(str(rank), *row) for rank, row in enumerate(rows[:top], 1)]
        total = str(len(rows)) if len(shown) == len(rows) else f"{len(shown)}/{len(rows)}"
        words = tuple(network_word(f"table.{column}", language) for column in ("rank", *head))
        yield f"# {network_word(f'table.{name}', language)} ({total})\n" + align([words, *shown])


def _document_row(found: DocumentReach, language: str) -> tuple[str, ...]:
    span = str(found.first) if found.first == found.last else f"{found.first}–{found.last}"
    bound = "≤" if found.followed < found.areas else ""
    wait = "" if found.years_to_reach is None else f"{bound}{found.years_to_reach}"
    purposes = " ".join(f"{_function(name, language)} {count}" for name, count in found.functions[:_PURPOSES])
    level, name = _named(found.document, language)
    figures = (found.areas, found.provinces, found.reports, span, wait, found.pagerank, purposes, level, name)
    return tuple(map(str, figures))


def _named(document: CitedDocument, language: str) -> tuple[str, str]:
    """Level and name, with the number where it is not the name."""
    number = f" {document.number}" if document.number and document.title else ""
    return network_word(f"level.{document.level}", language), clip(document.name + number, _NAME)


def _function(name: str, language: str) -> str:
    return load_network_words().get(f"function.{name}", (name, name))[language != "zh"]


def _area_row(found: AreaReach) -> tuple[str, ...]:
    levels = (str(found.by_level.get(level, 0)) for level in _BY_AREA)
    community = str(found.community or "")
    name = f"{found.area.code} {found.area.name}"
    return str(found.documents), *levels, str(found.area.reports), community, name


def _community_row(community: AreaCommunity, names: Mapping[str, str]) -> tuple[str, ...]:
    shown = "、".join(names[code] for code in community.areas[:_MEMBERS]) + (
        "…" if len(community.areas) > _MEMBERS else ""
    )
    leading = " · ".join(
        f"{clip(document.name, _LEADING)} ({areas})" for document, areas in community.leading
    )
    return str(len(community.areas)), shown, leading
