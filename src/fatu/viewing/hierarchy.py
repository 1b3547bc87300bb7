"""Network → the hierarchy of its documents: which report follows which document, and what it made in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from fatu.lexicon.areas import load_areas
from fatu.viewing.network import Fact

LEVELS = ("country", "province", "prefecture", "county", "township", "unknown")
"""Levels of authority from the highest down; `unknown` where nothing tells whose document it is."""
RELATIONS = ("compiledUnder", "promulgates", "produces", "implementsPolicy", "underDocument", "targets")
"""How a branch hangs on the one above it, the closest relation first."""

_DOWN = {"promulgates": "promulgates", "produces": "produces", "issues": "produces"}
_UP = {
    "compiledUnder": "compiledUnder",
    "implementsPolicy": "implementsPolicy",
    "underDocument": "underDocument",
    "targets": "targets",
    "guides": "targets",
}
"""Name of an edge → relation: the subject of one that goes down is above, of one that goes up below. Edges of
citations are named for their functions."""
_PLACE = re.compile(r"/(?:doc|report)/(\d{6})/")
_DRAWN = ("PolicyDocument", "Report")


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the hierarchy; the lines below it that are deeper belong to it, up to the next that is not.

    `depth` is 0 for what has nothing above it. `number` is the document number, or empty; `level` one of
    LEVELS; `relation` one of RELATIONS, of the branch to the one above it, or empty. `elsewhere`: something
    belongs below it but stands below another line with the same IRI.
    """

    depth: int
    iri: str
    kind: str
    name: str
    name_en: str
    number: str
    level: str
    relation: str
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class _Tie:
    above: str
    below: str
    relation: str


_Key = tuple[int, bool, str | int]


def find_hierarchy(network: nx.MultiDiGraph) -> tuple[Branch, ...]:
    """All documents and reports of a network in pre-order, the highest authority first.

    Below a document: what it promulgates, the documents that implement it, the reports compiled under it or
    implementing it, with a measure that says it follows it or a plan that it guides. Below a report: the
    documents that it made. Every tie of two by one relation is one line, and nothing has its own branches
    twice: it has them at its closest relation (the order of RELATIONS; of several, the lowest authority
    that is known), so that a report's documents stand where the report was compiled under its own city's
    notice, not below every law. Of documents in a circle the first stands at the top.

    The level of a document is that of its issuer's area (the highest of several issuers), else of the area
    that its IRI keeps it apart by or its title begins with, else that of the document that promulgates it.
    """
    order = _find_order(network)
    above: dict[str, list[_Tie]] = {}
    below: dict[str, list[_Tie]] = {}
    for tie in _find_ties(network):
        above.setdefault(tie.below, []).append(tie)
        below.setdefault(tie.above, []).append(tie)
    for ties in below.values():
        ties.sort(key=lambda tie: (order[tie.below][1], RELATIONS.index(tie.relation), order[tie.below]))
    homes = {iri: min(ties, key=lambda tie: _distance(tie, order)) for iri, ties in above.items()}
    return tuple(
        Branch(
            depth=depth,
            iri=iri,
            kind=network.nodes[iri]["kind"],
            name=network.nodes[iri]["name"],
            name_en=network.nodes[iri]["name_en"],
            number=network.nodes[iri].get("number", ""),
            level=LEVELS[order[iri][0]],
            relation=relation,
            elsewhere=elsewhere,
        )
        for depth, iri, relation, elsewhere in _walk(sorted(order, key=order.__getitem__), below, homes)
    )


def _distance(tie: _Tie, order: Mapping[str, _Key]) -> tuple[int, bool, int, _Key]:
    """How far the branch below a tie is from home there."""
    level = order[tie.above][0]
    return RELATIONS.index(tie.relation), LEVELS[level] == "unknown", -level, order[tie.above]


def _find_order(network: nx.MultiDiGraph) -> dict[str, _Key]:
    """Each document and report → its place among others: by level, documents (in the network's order) before
    reports (by IRI, which is by area and year)."""
    levels = _find_levels(network)
    return {
        iri: (LEVELS.index(level), True, iri)
        if network.nodes[iri]["kind"] == "Report"
        else (LEVELS.index(level), False, number)
        for number, (iri, level) in enumerate(levels.items())
    }


def _find_ties(network: nx.MultiDiGraph) -> Iterator[_Tie]:
    """What hangs on what, each tie once; a measure or plan speaks for its report."""
    kinds = dict(network.nodes(data="kind"))
    found: dict[_Tie, None] = {}
    for subject, value, name in network.edges(keys=True):
        speaker = subject if kinds[subject] in _DRAWN else network.nodes[subject]["report"]
        if kinds[value] != "PolicyDocument" or kinds.get(speaker) not in _DRAWN or speaker == value:
            continue
        if name in _DOWN:
            found[_Tie(speaker, value, _DOWN[name])] = None
        elif name in _UP:
            found[_Tie(value, speaker, _UP[name])] = None
    yield from found


def _walk(
    ordered: list[str], below: Mapping[str, list[_Tie]], homes: Mapping[str, _Tie]
) -> Iterator[tuple[int, str, str, bool]]:
    """Depth, IRI, relation and whether its branches are elsewhere, in pre-order."""
    done: set[str] = set()
    tops = [iri for iri in ordered if iri not in homes]
    for top in [*tops, *ordered]:
        if top in done:
            continue
        # What is not reached from a top stands in a circle or hangs on one.
        stack: list[tuple[int, str, _Tie | None]] = [(0, _first_of_circle(top, homes, ordered), None)]
        while stack:
            depth, iri, tie = stack.pop()
            at_home = iri not in done and (tie is None or homes[iri] == tie)
            yield depth, iri, tie.relation if tie else "", not at_home and iri in below
            if at_home:
                done.add(iri)
                stack += [(depth + 1, tie.below, tie) for tie in reversed(below.get(iri, []))]


def _first_of_circle(iri: str, homes: Mapping[str, _Tie], ordered: list[str]) -> str:
    """What has nothing above it is its own top; else the first of the circle that the way up ends in."""
    way: dict[str, None] = {}
    while iri in homes and iri not in way:
        way[iri] = None
        iri = homes[iri].above
    if iri not in way:
        return iri
    circle = list(way)[list(way).index(iri) :]
    return min(circle, key=ordered.index)


def _find_levels(network: nx.MultiDiGraph) -> dict[str, str]:
    """Level of each document and report, in the network's order."""
    notices: dict[str, str] = {}
    for notice, text, name in network.edges(keys=True):
        if name == "promulgates":
            notices.setdefault(text, notice)
    found = {iri: _level_of(network, iri) for iri, kind in network.nodes(data="kind") if kind in _DRAWN}
    return {iri: found[_first_known(iri, found, notices)] for iri in found}


def _first_known(iri: str, levels: Mapping[str, str], notices: Mapping[str, str]) -> str:
    """A document, or the first of the notices around it whose level is known; the last there is if none."""
    seen = {iri}
    while levels[iri] == "unknown" and notices.get(iri, iri) not in seen:
        iri = notices[iri]
        seen.add(iri)
    return iri


def _level_of(network: nx.MultiDiGraph, iri: str) -> str:
    issuers = [value for _, value, name in network.out_edges(iri, keys=True) if name == "issuedBy"]
    levels = [_level_of_agency(issuer, network.nodes[issuer]["facts"]) for issuer in issuers]
    level = min(levels, key=LEVELS.index, default="unknown")
    return level if level != "unknown" else _level_of_name(iri, network.nodes[iri]["name"])


def _level_of_agency(iri: str, facts: tuple[Fact, ...]) -> str:
    if any(fact.name == "township" for fact in facts):
        return "township"
    return load_areas().level_of(iri.rpartition("/org/")[2].partition("/")[0]) or "unknown"


def _level_of_name(iri: str, name: str) -> str:
    """By the area in the IRI of a local paper or a report, else by the area that the name begins with."""
    place = _PLACE.search(iri)
    level = load_areas().level_of(place.group(1)) if place else None
    if level is not None:
        return level
    start, _, areas = next(load_areas().find(name), (-1, -1, ()))
    levels: set[str] = {area.level for area in areas}
    return levels.pop() if start == 0 and len(levels) == 1 else "unknown"
