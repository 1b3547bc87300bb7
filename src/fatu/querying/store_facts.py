"""What a graph has that questions in words ask about: its reports, and which indicators have a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..describing.terms import XSD, Literal
from ..iris import BASE, Iris
from ..lexicon.catalogue import load_indicators
from ..storing import Store
from .asking import ask_store

_REPORTS = (
    "SELECT ?report ?area ?year WHERE { ?report a fatu:Report ; fatu:area ?area ; fatu:reportYear ?year }"
)
_NAMES = """SELECT ?area ?name WHERE {
  ?area a fatu:Area ; skos:prefLabel ?name . FILTER(LANG(?name) = "zh")
}"""
"""In no order, and names by themselves: a store takes four times as long to join and sort them."""
_VALUE = """SELECT DISTINCT ?indicator ?value WHERE {
  ?observation a fatu:Observation ; fatu:value ?value ; fatu:indicator ?indicator .
} ORDER BY ?indicator"""

_COUNTED = """SELECT DISTINCT ?indicator ?label WHERE {
  ?indicator a fatu:Indicator ; skos:prefLabel ?label .
  FILTER EXISTS { ?observation fatu:indicator ?indicator }
}"""


@dataclass(frozen=True, slots=True)
class ReportFact:
    """A report of a graph: its IRI, the id that a query takes, the code and name of its area, its year."""

    iri: str
    id: str
    area: str
    name: str
    year: str


def find_reports(store: Store, base: str = BASE) -> tuple[ReportFact, ...]:
    """The reports of a graph, by IRI."""
    iris = Iris(base)
    named: dict[str, str] = {}
    for row in ask_store(store, _NAMES, None, base):
        area, name = str(row["area"]), str(row["name"])
        named[area] = min(name, named.get(area, name))
    rows = {
        (str(r["report"]), str(r["area"]), str(r["year"])) for r in ask_store(store, _REPORTS, None, base)
    }
    return tuple(
        ReportFact(
            iri,
            iri.removeprefix(f"{iris.base}id/report/").replace("/", "-"),
            area.rsplit("/", 1)[-1],
            named.get(area, ""),
            year,
        )
        for iri, area, year in sorted(rows)
    )


def find_own_indicators(store: Store, base: str = BASE) -> dict[str, str]:
    """Labels of the indicators that figures of a store have and the catalogue lacks → the ends of their IRIs."""
    known = {entry.id for entry in load_indicators()}
    rows = sorted((str(r["label"]), str(r["indicator"])) for r in ask_store(store, _COUNTED, None, base))
    ends = ((label, indicator.rsplit("/", 1)[-1]) for label, indicator in rows)
    return {label: end for label, end in ends if end not in known}


def indicators_of_value(store: Store, value: str, base: str = BASE) -> frozenset[str]:
    """Ids of the indicators for which some report states a value, which is a decimal."""
    variants = {value, value.rstrip("0").rstrip(".") if "." in value else value}
    return frozenset(
        str(row["indicator"]).rsplit("/", 1)[-1]
        for written in sorted(variants)
        for row in ask_store(store, _VALUE, {"value": Literal(written, XSD + "decimal")}, base)
    )


def describe_reports(reports: Iterable[ReportFact]) -> str:
    """顺河回族区 2020, 鼓楼区 2019: at most five."""
    named = [f"{report.name or report.area} {report.year}" for report in reports]
    return ", ".join(named[:5]) + (f" … ({len(named)})" if len(named) > 5 else "")
