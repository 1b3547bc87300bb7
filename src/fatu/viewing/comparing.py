"""The page's comparison: of each indicator that two reports give the figures with their marks, and who is silent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rdflib import Literal as RdfLiteral
from rdflib.term import Node

from fatu.describing.terms import Iri, Literal, Quad
from fatu.errors import InputError
from fatu.lexicon.comparison_words import load_comparison_marks
from fatu.querying.compared import ComparedReport
from fatu.querying.comparing import Comparison
from fatu.querying.comparison_choice import Choice, choose_reports, describe_indicator
from fatu.querying.comparison_marks import GOVERNMENT
from fatu.storing import MemoryStore
from fatu.viewing.statements import Statements, local_name

_READ = {
    "about", "area", "bound", "decimals", "denominator", "end", "evidence", "exact", "formula", "inReport",
    "inSharedText", "indicator", "issuedBy", "notation", "numerator", "operand", "period", "prefLabel", "reportYear",
    "rule", "scale", "scope", "severity", "start", "status", "type", "unit", "value", "valueHigh", "verdict",
}  # fmt: skip
"""The properties that a comparison rests on; to load the others would take several times as long."""
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
"""What Oxigraph takes for an IRI; others, and blank nodes, are none of a graph that fatu wrote."""
_FEWEST = 2
"""Reports that must give an indicator for it to be compared."""


def compare_reports(statements: Statements, number: Mapping[str, int]) -> dict[str, object] | None:
    """What the page is told of the reports beside each other; None where there are not two with area and year.

    `number` are the nodes by IRI. `groups` are who reports: code, name; `reports`: node, group, year; `indicators`:
    id, names and rows of report, node of the figure (-1 for silence) and marks, by their place in `marks`.
    """
    store = MemoryStore(_quads(statements))
    base = statements.ontology.removesuffix("ns#")
    try:
        reports = choose_reports(store, Choice(), base)
    except InputError:
        return None
    if len(reports) < _FEWEST:
        return None
    given = (describe_indicator(store, name, base) for name in _given(statements))
    indicators = tuple(sorted(given, key=lambda indicator: (indicator.zh, indicator.iri)))
    comparison = Comparison(store, base, "", reports, indicators)
    groups = list(dict.fromkeys(map(_group, reports)))
    place = {report: at for at, report in enumerate(reports)}
    marks = list(load_comparison_marks())
    return {
        "marks": marks,
        "groups": groups,
        "reports": [[number.get(r.iri, -1), groups.index(_group(r)), r.year] for r in reports],
        "indicators": [
            {
                "id": indicator.id,
                "name": [indicator.zh, indicator.en or indicator.zh],
                "rows": [
                    [place[row.report], number.get(row.stated.iri, -1), [marks.index(m) for m in row.marks]]
                    if row.stated
                    else [place[row.report], -1, []]
                    for row in comparison.rows(indicator)
                ],
            }
            for indicator in indicators
        ],
    }  # fmt: skip


def mark_words() -> dict[str, tuple[str, str]]:
    """The words of all marks, in Chinese and English."""
    return {f"mark.{key}": (mark.words.zh, mark.words.en) for key, mark in load_comparison_marks().items()}


def marks_apart() -> list[str]:
    """The marks of figures that stand in no ranking."""
    return [key for key, mark in load_comparison_marks().items() if mark.weight == "apart"]


def _group(report: ComparedReport) -> tuple[str, str]:
    """Who reports: an area by code and name; an office of it by its own name."""
    name = report.area_name or report.area
    return report.area, name if report.office == GOVERNMENT else report.issuer or f"{name} {report.office}"


def _given(statements: Statements) -> list[str]:
    """The indicators that at least two reports give."""
    given: dict[str, set[Node]] = {}
    for observation in statements.instances("Observation"):
        indicator, report = (
            statements.value(observation, "indicator"),
            statements.value(observation, "inReport"),
        )
        if (
            indicator is not None
            and report is not None
            and statements.value(observation, "value") is not None
        ):
            given.setdefault(str(indicator), set()).add(report)
    return sorted(name for name, reports in given.items() if len(reports) >= _FEWEST)


def _quads(statements: Statements) -> Iterator[Quad]:
    for subject, facts in statements.index.items():
        for predicate, values in facts.items():
            if local_name(predicate) in _READ and _IRI.fullmatch(str(subject)):
                yield from (
                    Quad(str(subject), str(predicate), _object(value), "")
                    for value in values
                    if isinstance(value, RdfLiteral) or _IRI.fullmatch(str(value))
                )


def _object(value: Node) -> Iri | Literal:
    if not isinstance(value, RdfLiteral):
        return Iri(str(value))
    if value.language:
        return Literal(str(value), language=value.language)
    return Literal(str(value), str(value.datatype)) if value.datatype else Literal(str(value))
