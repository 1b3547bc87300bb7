"""Agencies → the agencies that took over from them, described like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..iris import Iris
from ..lexicon.agency_successions import load_agency_successions
from ..lexicon.areas import AreaTable
from ..model import Agency, AgencyName
from .agencies import NATION, agency_function, canonical_name

_PARTY = "中共"


def with_successors(iris: Iris, areas: AreaTable, agencies: Mapping[str, Agency]) -> dict[str, Agency]:
    """The agencies by IRI, each with the IRIs of those that took over from it, and these too, with their own.

    The year of the report does not matter: 法制办公室 was followed by 司法局 whoever speaks of it. A unit of a body
    and a township's organ have no row of their own.
    """
    known: dict[str, Agency] = {}
    waiting = list(agencies.values())
    while waiting:
        agency = waiting.pop()
        followers = tuple(_successors(iris, areas, agency))
        known[agency.iri] = replace(agency, successors=tuple(follower.iri for follower in followers))
        waiting += [
            follower for follower in followers if follower.iri not in known and follower.iri not in agencies
        ]
    return known


def _successors(iris: Iris, areas: AreaTable, agency: Agency) -> Iterator[Agency]:
    area = areas.by_code(agency.area) if agency.area else None
    if area is None or agency.unit or agency.township:
        return
    table = load_agency_successions()
    row = table.find(agency.function.removeprefix(_PARTY), area, areas)
    for function in row.successors if row is not None else ():
        name = AgencyName("", function, line=table.lines[function])
        full_name = function if area.code == NATION else canonical_name(areas.full_name(area.code), name)
        in_iri = agency_function(name)
        yield Agency(iris.agency(area.code, in_iri), full_name, area.code, in_iri, line=name.line)
