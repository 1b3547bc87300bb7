"""A store → a comparison: areas × indicators × years, one indicator at a time, so that memory stays flat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ..describing.terms import Iri
from ..exporting.frame import Table
from ..exporting.verdicts import spell, weigh_verdict
from ..iris import BASE, Iris
from ..storing import Store
from .asking import ask_store
from .compared import (
    COMPARISON_COLUMNS,
    COMPARISON_NUMBERS,
    ComparedFigure,
    ComparedIndicator,
    ComparedReport,
    Division,
    StatedFigure,
    comparison_record,
    plain_record,
)
from .comparison_choice import Choice, choose_indicators, choose_reports
from .comparison_marks import mark_figures
from .results import Value

_FACTS = """SELECT ?indicator ?thing ?property ?value WHERE {
  ?thing fatu:indicator ?indicator ; ?property ?value .
}"""
"""Every statement about the figures. A row each, in no order: an OPTIONAL for each property, or to sort in the store,
takes ten times as long and more."""
_PASSAGES = """SELECT ?indicator ?thing ?start ?end ?text WHERE {
  ?thing fatu:indicator ?indicator ; fatu:evidence ?span .
  ?span oa:start ?start ; oa:end ?end ; oa:exact ?text .
}"""
_FINDINGS = """SELECT ?indicator ?observation ?thing ?property ?value WHERE {
  ?observation fatu:indicator ?indicator .
  ?thing fatu:about ?observation ; ?property ?value .
}"""
_OPERANDS = """SELECT ?indicator ?finding ?operand ?counted ?amount WHERE {
  ?observation fatu:indicator ?indicator .
  ?finding fatu:about ?observation ; fatu:operand ?operand .
  ?operand fatu:indicator ?counted ; fatu:value ?amount .
}"""
_UNIT_NAME = """SELECT ?unit ?name WHERE { ?unit skos:prefLabel ?name . FILTER(LANG(?name) = "zh") }"""
_DIVISION = re.compile(r"(?P<part>[\d.()+-]+)÷(?P<whole>[\d.()+-]+)[=≥]")
_TERM = re.compile(r"[+-]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: reports and indicators, in the order of the rows."""

    store: Store
    base: str
    scope: str
    """The part of the areas that is compared; empty for the whole."""
    reports: tuple[ComparedReport, ...]
    indicators: tuple[ComparedIndicator, ...]

    def __iter__(self) -> Iterator[ComparedFigure]:
        """The rows: by indicator, area, issuer, year and ordinal. Each indicator is asked for when its turn comes."""
        for indicator in self.indicators:
            yield from self.rows(indicator)

    def rows(self, indicator: ComparedIndicator) -> Iterator[ComparedFigure]:
        """The rows of one indicator."""
        by_iri = {report.iri: report for report in self.reports}
        stated: dict[ComparedReport, list[StatedFigure]] = {}
        for iri, figure in _stated(self.store, indicator, self.base):
            if iri in by_iri:
                stated.setdefault(by_iri[iri], []).append(figure)
        yield from mark_figures(indicator, self.reports, stated, self.scope)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of its reports, in order."""
        return tuple(sorted({report.year for report in self.reports}))


def compare_store(store: Store, choice: Choice | None = None, base: str = BASE) -> Comparison:
    """What `choice` compares of a store; all of it by default.

    Indicators come in the order asked for, else those that a chosen report gives, by id.

    Raises ArgumentError for an indicator or area that does not exist or that has several meanings, InputError where no
    report is left.
    """
    choice = choice or Choice()
    reports = choose_reports(store, choice, base)
    return Comparison(store, base, choice.scope, reports, choose_indicators(store, choice, reports, base))


def compared_table(comparison: Comparison) -> Table:
    """A comparison as a table with COMPARISON_COLUMNS, numbers as decimal text."""
    rows = tuple(plain_record(comparison_record(row)) for row in comparison)
    return Table(COMPARISON_COLUMNS, rows, COMPARISON_NUMBERS)


# ---- figures -----------------------------------------------------------------------------------------------


Facts = dict[str, Value]
"""A thing's properties by their names in the ontology; of several values the first."""


def _stated(store: Store, indicator: ComparedIndicator, base: str) -> Iterator[tuple[str, StatedFigure]]:
    """The figures of an indicator with the reports that they are in; what the audit says of them included."""
    asked = {"indicator": Iri(indicator.iri)}
    facts = _gather(ask_store(store, _FACTS, asked, base))
    if not facts:
        return
    for row in sorted(ask_store(store, _PASSAGES, asked, base), key=_passage_order, reverse=True):
        # Of several passages the first tells where a figure stands: it comes last here.
        facts[str(row["thing"])] |= {name: row[name] for name in ("start", "end", "text")}
    judged: dict[str, dict[str, Facts]] = {}
    found = list(ask_store(store, _FINDINGS, asked, base))
    findings = _gather(found)
    for row in found:
        finding = str(row["thing"])
        judged.setdefault(str(row["observation"]), {})[finding] = findings[finding]
    operands: dict[str, dict[str, Facts]] = {}
    for row in ask_store(store, _OPERANDS, asked, base):
        operands.setdefault(str(row["finding"]), {})[str(row["operand"])] = row
    parts = {
        operand
        for name, own in operands.items()
        if _name(findings[name].get("rule")) == "sum"
        for operand, row in own.items()
        if str(row["counted"]) == indicator.iri
    }
    units: dict[str, str] = {}
    for iri, own in sorted(facts.items()):
        unit = str(own.get("unit") or "")
        if unit not in units:
            units[unit] = _unit_name(store, unit, base)
        about = dict(sorted(judged.get(iri, {}).items()))
        divided = (
            _division(str(f.get("formula") or ""), [o for _, o in sorted(operands[name].items())], indicator)
            for name, f in about.items()
            if name in operands and _name(f.get("rule")) == "ratio"
        )
        division = next((division for division in divided if division), None)
        figure = _figure(iri, own, units[unit])
        yield (
            str(own["inReport"]),
            replace(figure, verdict=_verdict(about.values()), division=division, is_part=iri in parts),
        )


def _gather(rows: Iterable[Facts]) -> dict[str, Facts]:
    """Rows of thing, property and value as the properties of each thing."""
    things: dict[str, Facts] = {}
    for row in rows:
        own, name = things.setdefault(str(row["thing"]), {}), _name(row["property"])
        if name not in own or str(row["value"]) < str(own[name]):
            own[name] = row["value"]
    return things


def _passage_order(row: Facts) -> tuple[str, int, int]:
    return str(row["thing"]), _integer(row["start"]) or 0, _integer(row["end"]) or 0


def _unit_name(store: Store, unit: str, base: str) -> str:
    """The word of a unit; nothing where the number has none."""
    if unit in ("", Iris(base).concept("unit", "none")):
        return ""
    names = [str(row["name"]) for row in ask_store(store, _UNIT_NAME, {"unit": Iri(unit)}, base)]
    return min(names, default=_name(unit))


def _figure(iri: str, facts: Facts, unit_name: str) -> StatedFigure:
    decimals, scale = _integer(facts.get("decimals")), _integer(facts.get("scale"))
    high = None if facts.get("valueHigh") is None else _number(facts["valueHigh"])
    places = max(0, (decimals or 0) - (scale or 0))
    return StatedFigure(
        iri=iri,
        value=_number(facts["value"]) if high is not None else _written(_number(facts["value"]), places),
        value_high=None if high is None else _written(high, places),
        decimals=decimals,
        unit=_name(facts.get("unit")),
        unit_name=unit_name,
        bound=_spelled(facts.get("bound")) or "exact",
        status=_spelled(facts.get("status")),
        scope=str(facts.get("scope") or ""),
        period=str(facts.get("period") or ""),
        actor=str(facts.get("actor") or ""),
        is_shared=facts.get("inSharedText") is not None,
        phrase=str(facts.get("phrase") or ""),
        text=str(facts.get("text") or ""),
        start=_integer(facts.get("start")),
        end=_integer(facts.get("end")),
    )


def _written(value: Decimal, places: int) -> Decimal:
    """A figure with the places that the report writes, which a store does not keep: 88.8 of 88.80."""
    missing = places + int(value.as_tuple().exponent)
    return value.quantize(Decimal(1).scaleb(-places)) if missing > 0 and value % 1 else value


def _verdict(findings: Iterable[Facts]) -> str:
    weights = [weigh_verdict(_spelled(f.get("severity")), _spelled(f.get("verdict"))) for f in findings]
    return min(weights)[-1] if weights else ""


def _division(formula: str, operands: list[Facts], indicator: ComparedIndicator) -> Division | None:
    """What a ratio divides, read from its formula: 43÷61=70.49%."""
    match = _DIVISION.match(formula)
    if match is None:
        return None
    wholes = [operand for operand in operands if operand["counted"] != indicator.numerator]
    wholes.sort(key=lambda operand: operand["counted"] != indicator.denominator)
    whole = _terms(match["whole"], wholes)
    part = _terms(match["part"], [operand for operand in operands if operand not in whole])
    return Division(_sum(match["part"]), _counted(part), _sum(match["whole"]), _counted(whole))


def _terms(side: str, operands: list[Facts]) -> list[Facts]:
    """The operands that the terms of one side of a formula are, each once; none of a side that takes one away."""
    found: list[Facts] = []
    for term in [] if "-" in side else _TERM.findall(side):
        fitting = (o for o in operands if o not in found and _number(o["amount"]) == Decimal(term))
        found += [operand for operand in [next(fitting, None)] if operand is not None]
    return found


def _counted(operands: list[Facts]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_name(operand["counted"]) for operand in operands))


def _sum(side: str) -> Decimal:
    """The sum of a side of a formula: 61, (61+4), (61-43)."""
    return sum((Decimal(term) for term in _TERM.findall(side)), Decimal(0))


def _number(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _integer(value: Value) -> int | None:
    return None if value is None else int(str(value))


def _name(iri: Value) -> str:
    """What follows the last slash of an IRI."""
    return "" if iri is None else str(iri).rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _spelled(iri: Value) -> str:
    """The end of an IRI in the spelling of the command line: atLeast → at_least."""
    return "" if iri is None else spell(str(iri))
