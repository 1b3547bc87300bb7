"""What a graph has that questions in words ask about: its reports, and which indicators have a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..describing.terms import XSD, Literal
from ..iris import BASE, Iris
from ..lexicon.catalogue import load_indicators
from ..storing import Store
from .asking import ask_store

_REPORTS = """SELECT DISTINCT ?report ?area ?year ?name WHERE {
  ?report a fatu:Report ; fatu:area ?area ; fatu:reportYear ?year .
  OPTIONAL { ?area skos:prefLabel ?name . FILTER(LANG(?name) = "zh") }
} ORDER BY ?report ?area ?year"""
_VALUE = """SELECT DISTINCT ?indicator ?value WHERE {
  ?observation a fatu:Observation ; fatu:value ?value ; fatu:indicator ?indicator .
} ORDER BY ?indicator"""

_COUNTED = "SELECT DISTINCT ?indicator WHERE { ?observation fatu:indicator ?indicator } ORDER BY ?indicator"


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
    return tuple(
        ReportFact(
            iri := str(row["report"]),
            iri.removeprefix(f"{iris.base}id/report/").replace("/", "-"),
            str(row["area"]).rsplit("/", 1)[-1],
            str(row["name"] or ""),
            str(row["year"]),
        )
        for row in ask_store(store, _REPORTS, None, base)
    )


def find_own_indicators(store: Store, base: str = BASE) -> tuple[str, ...]:
    """Names of the indicators that figures of a store have and the catalogue lacks: the ends of their IRIs."""
    known = {entry.id for entry in load_indicators()}
    names = (str(row["indicator"]).rsplit("/", 1)[-1] for row in ask_store(store, _COUNTED, None, base))
    return tuple(name for name in names if name not in known)


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
