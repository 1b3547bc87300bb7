"""Figures of a network → what `fatu network` prints: tables for people, records for JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from fatu.exporting.aligning import align, clip
from fatu.exporting.records import Record
from fatu.viewing.centrality import CentralNode, Community, NetworkFigures
from fatu.viewing.hierarchy import Branch
from fatu.viewing.wording import load_words, network_word

CENTRAL_COLUMNS = ("kind", "rank", "name", "name_en", "degree", "reports", "betweenness", "pagerank", "iri")

_TOP = 10
_NAME, _LEADING, _LINE = 72, 40, 110
_FIGURES = ("degree", "reports", "betweenness", "pagerank")


def central_records(figures: NetworkFigures, top: int | None = None) -> list[Record]:
    """The central nodes with CENTRAL_COLUMNS, by class and rank; of each class the first `top`, or all."""
    return [
        {**_plain(asdict(node)), "rank": rank}
        for nodes in figures.central.values()
        for rank, node in enumerate(nodes[:top], 1)
    ]


def figure_record(figures: NetworkFigures, top: int | None = None) -> Record:
    """All figures as one JSON object, decimals as strings; of each class and of the communities the first
    `top`, or all. The hierarchy is never cut."""
    return {
        "central": {
            kind: [_plain(asdict(node)) for node in nodes[:top]] for kind, nodes in figures.central.items()
        },
        "pivots": figures.pivots,
        "communities": [asdict(community) for community in figures.communities[:top]],
        "modularity": str(figures.modularity),
        "hierarchy": [asdict(branch) for branch in figures.hierarchy],
    }


def _plain(record: Record) -> Record:
    """Decimals as strings with all their places."""
    return {**record, "betweenness": str(record["betweenness"]), "pagerank": str(record["pagerank"])}


def format_figures(figures: NetworkFigures, language: str = "zh", top: int | None = None) -> str:
    """Tables of each class, of the communities and of the hierarchy; empty ones are left out.

    `language` is zh or en: of the headings, and of names that exist in both. Of each list but the hierarchy
    the first `top` lines, 10 if None; the heading says of how many.
    """
    return "\n".join(_sections(figures, language, top or _TOP))


def _sections(figures: NetworkFigures, language: str, top: int) -> Iterator[str]:
    for kind, nodes in figures.central.items():
        if nodes:
            head = ("rank", *_FIGURES, "name")
            rows = [_central_row(rank, node, language) for rank, node in enumerate(nodes[:top], 1)]
            yield _heading(network_word(f"central.{kind}", language), len(rows), len(nodes)) + _table(
                head, rows, language
            )
    if figures.pivots:
        yield network_word("table.pivots", language).format(pivots=figures.pivots) + "\n"
    if figures.communities:
        shown = [_community_row(community, language) for community in figures.communities[:top]]
        yield (
            _heading(network_word("table.communities", language), len(shown), len(figures.communities))
            + _table(("rank", "size", "leading"), shown, language)
            + f"{network_word('table.modularity', language)} {figures.modularity}\n"
        )
    if figures.hierarchy:
        lines = [_branch_row(branch, language) for branch in figures.hierarchy]
        yield f"# {network_word('table.hierarchy', language)}\n" + _table(
            ("level", "document"), lines, language
        )


def _heading(title: str, shown: int, total: int) -> str:
    return f"# {title} ({total if shown == total else f'{shown}/{total}'})\n"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]], language: str) -> str:
    return align([tuple(network_word(f"table.{name}", language) for name in head), *rows])


def _central_row(rank: int, node: CentralNode, language: str) -> tuple[str, ...]:
    figures = (node.degree, node.reports, node.betweenness, node.pagerank)
    return str(rank), *map(str, figures), clip(_name(node.name, node.name_en, language), _NAME)


def _community_row(community: Community, language: str) -> tuple[str, ...]:
    leading = " · ".join(
        f"{clip(_name(leader.name, leader.name_en, language), _LEADING)} ({_class(leader.kind, language)})"
        for leader in community.leading
    )
    return str(community.number), str(community.size), leading


def _branch_row(branch: Branch, language: str) -> tuple[str, ...]:
    relation = f"{network_word(f'relation.{branch.relation}', language)}: " if branch.relation else ""
    number = f" {branch.number}" if branch.number and branch.number != branch.name else ""
    name = clip(_name(branch.name, branch.name_en, language), _LINE)
    tail = f" {network_word('table.elsewhere', language)}" if branch.elsewhere else ""
    return network_word(
        f"level.{branch.level}", language
    ), "  " * branch.depth + relation + name + number + tail


def _name(name: str, name_en: str, language: str) -> str:
    return name if language == "zh" else name_en


def _class(kind: str, language: str) -> str:
    return load_words().get(f"class.{kind}", (kind, kind))[language != "zh"]
