"""What a user wants compared, by ids, codes and names → reports and indicators of a store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..describing.terms import Iri
from ..describing.terms import Literal as Text
from ..errors import ArgumentError, InputError
from ..iris import Iris
from ..lexicon.areas import load_areas
from ..lexicon.catalogue import load_indicators
from ..storing import Store
from ..storing.fitting import no_report
from .asking import ask_store
from .bearers import find_indicators
from .compared import ComparedIndicator, ComparedReport
from .parameters import nearest_names
from .results import Value

Level = Literal["province", "prefecture", "county"]
LEVELS: tuple[Level, ...] = ("province", "prefecture", "county")
_TOLD = 5
"""How many names an error tells."""
_OFFICE = re.compile(r"/report/[0-9]+/(?P<office>[^/]+)/[0-9]{4}$")
_YEARS = re.compile(r"(?P<first>\d{4})(?:[-~—–至](?P<last>\d{4}))?")

_REPORTS = """SELECT DISTINCT ?report ?area ?code ?name ?year ?issuer ?issuerName WHERE {
  ?report a fatu:Report ; fatu:area ?area ; fatu:reportYear ?year .
  OPTIONAL { ?area skos:notation ?code }
  OPTIONAL { ?area skos:prefLabel ?name . FILTER(LANG(?name) = "zh") }
  OPTIONAL {
    ?report fatu:issuedBy ?issuer .
    OPTIONAL { ?issuer skos:prefLabel ?issuerName . FILTER(LANG(?issuerName) = "zh") }
  }
} ORDER BY ?report ?issuer"""
_GIVEN = """SELECT DISTINCT ?indicator ?report WHERE {
  ?observation a fatu:Observation ; fatu:indicator ?indicator ; fatu:inReport ?report .
}"""
_TOLD_OF = """SELECT ?indicator ?label ?unit ?numerator ?denominator WHERE {
  ?indicator a fatu:Indicator .
  OPTIONAL { ?indicator skos:prefLabel ?label }
  OPTIONAL { ?indicator fatu:unit ?unit }
  OPTIONAL { ?indicator fatu:numerator ?numerator }
  OPTIONAL { ?indicator fatu:denominator ?denominator }
} ORDER BY ?label ?unit ?numerator ?denominator"""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared; an empty part leaves all."""

    indicators: tuple[str, ...] = ()
    """Ids, names in Chinese or English, or phrases."""
    areas: tuple[str, ...] = ()
    """Six digits are that area alone; fewer (41, 4102) and names are areas with all below them."""
    years: tuple[int, ...] = ()
    levels: tuple[Level, ...] = ()
    scope: str = ""
    """The part of the areas whose figures are compared (乡镇); empty for the whole areas."""


def parse_years(texts: Iterable[str]) -> tuple[int, ...]:
    """Years written 2020, 2018-2022, or several of these with commas. Raises ArgumentError for anything else."""
    years: set[int] = set()
    for text in texts:
        for part in re.split("[,,、 ]+", text.strip()):
            match = _YEARS.fullmatch(part)
            first = int(match["first"]) if match else 0
            last = int(match["last"] or first) if match else 0
            if match is None or last < first:
                raise ArgumentError(
                    "year", f"{text!r} is no year or range of years", "write 2020 or 2018-2022"
                )
            years.update(range(first, last + 1))
    return tuple(sorted(years))


def parse_choice(asked: Mapping[str, Sequence[str]]) -> Choice:
    """A choice of texts under indicator, area, year and level. Raises ArgumentError for a year or a level that is
    none."""
    levels = tuple(asked.get("level", ()))
    for level in levels:
        if level not in LEVELS:
            raise ArgumentError("level", f"{level!r} is no level", f"choose one of {', '.join(LEVELS)}")
    return Choice(
        indicators=tuple(asked.get("indicator", ())),
        areas=tuple(asked.get("area", ())),
        years=parse_years(asked.get("year", ())),
        levels=tuple(level for level in LEVELS if level in levels),
    )


# ---- reports -----------------------------------------------------------------------------------------------


def choose_reports(store: Store, choice: Choice, base: str) -> tuple[ComparedReport, ...]:
    """The reports of a store that are compared, in order. Raises InputError where none is left, ArgumentError
    for an area that no report is about or whose name several areas bear."""
    reports = _reports(store, base)
    if not reports:
        raise no_report(store.where, Iris(base))
    prefixes = [_area_prefix(text, reports) for text in choice.areas]
    chosen = [
        report
        for report in reports
        if (not prefixes or any(_is_in(report.area, prefix) for prefix in prefixes))
        and (not choice.years or report.year in choice.years)
        and (not choice.levels or report.level in choice.levels)
    ]
    if not chosen:
        years = sorted({report.year for report in reports})
        raise InputError(
            store.where,
            "no report is of these areas, years and levels",
            f"the store has {len(reports)} of {years[0]} to {years[-1]}",
        )
    return tuple(sorted(chosen))


def _reports(store: Store, base: str) -> list[ComparedReport]:
    found: dict[str, ComparedReport] = {}
    for row in ask_store(store, _REPORTS, None, base):
        iri = str(row["report"])
        code = str(row["code"] or "") or _tail(row["area"])
        issued = _OFFICE.search(iri)
        found.setdefault(
            iri,
            ComparedReport(
                area=code,
                # A user's own id tells no office; its issuer's function does.
                office=issued["office"] if issued else _tail(row["issuer"]) or "gov",
                year=int(str(row["year"])),
                iri=iri,
                id=iri.removeprefix(Iris(base).concept("report", "")).replace("/", "-"),
                area_name=str(row["name"] or ""),
                level=load_areas().level_of(code) or "unknown",
                issuer=str(row["issuerName"] or ""),
            ),
        )
    return list(found.values())


def _is_in(code: str, prefix: str) -> bool:
    """Six digits or more are one area; fewer are all areas whose code begins with them."""
    return code == prefix if len(prefix) >= 6 else code.startswith(prefix)


def _area_prefix(text: str, reports: Sequence[ComparedReport]) -> str:
    """What the codes of an area's reports begin with."""
    text = text.strip()
    if text.isdecimal() and text.isascii():
        if len(text) % 2 and len(text) < 6:
            raise ArgumentError("area", f"{text!r} is no code", "give two, four or six digits, or a name")
        if not any(_is_in(report.area, text) for report in reports):
            raise ArgumentError("area", f"no report is of {text}", _have(reports))
        return text
    meant = _meanings(text, reports)
    if not meant:
        raise ArgumentError("area", f"no report is of {text!r}", _have(reports))
    if len(meant) > 1:
        several = ", ".join(f"{code} {name}" for code, name in sorted(meant.items())[:_TOLD])
        raise ArgumentError("area", f"{text!r} may be {several}", "give the code")
    return next(iter(meant))


def _meanings(name: str, reports: Sequence[ComparedReport]) -> dict[str, str]:
    """The areas of that name that reports are about, or that have reports below them: code or start of it → name."""
    table = load_areas()
    own = {report.area: report.area_name for report in reports if report.area_name == name}
    bearers = table.named(name)
    full = [area for area in bearers if area.name == name]
    known = {area.code: "".join(a.name for a in reversed(table.chain(area.code))) for area in full or bearers}
    found = {_below(code): told for code, told in (known | own if full or not own else own).items()}
    return {
        prefix: told
        for prefix, told in sorted(found.items())
        if any(_is_in(report.area, prefix) for report in reports)
    }


def _below(code: str) -> str:
    """What the codes of an area and of all below it begin with: 41 of 410000."""
    return re.sub("(?:00)+$", "", code) if len(code) == 6 else code


def _have(reports: Sequence[ComparedReport]) -> str:
    names = dict.fromkeys(f"{report.area} {report.area_name}".strip() for report in sorted(reports))
    more = f" … ({len(names)})" if len(names) > _TOLD else ""
    return f"there are {', '.join(list(names)[:_TOLD])}{more}"


# ---- indicators --------------------------------------------------------------------------------------------


def choose_indicators(
    store: Store, choice: Choice, reports: Sequence[ComparedReport], base: str
) -> tuple[ComparedIndicator, ...]:
    """The indicators asked for, in that order, else those that one of the reports gives, by id. Raises ArgumentError
    for one that neither the catalogue nor the store knows, or whose name several bear."""
    iris = Iris(base)
    if choice.indicators:
        wanted = [_find_indicator(store, text, iris) for text in choice.indicators]
    else:
        chosen = {report.iri for report in reports}
        given = {
            str(row["indicator"]) for row in ask_store(store, _GIVEN, None, base) if row["report"] in chosen
        }
        wanted = sorted(given)
    return tuple(describe_indicator(store, iri, base) for iri in dict.fromkeys(wanted))


def _find_indicator(store: Store, text: str, iris: Iris) -> str:
    text = text.strip()
    found = find_indicators(store, text, iris)
    if len(found) == 1:
        return next(iter(found))
    if found:
        ids = ", ".join(_tail(iri) for iri in sorted(found)[:_TOLD])
        raise ArgumentError("indicator", f"{text!r} may be {ids}", "give the id")
    near = nearest_names(text, [name for entry in load_indicators() for name in (entry.id, entry.zh)])
    raise ArgumentError("indicator", f"no indicator {text!r}", near or "see fatu indicators")


def describe_indicator(store: Store, iri: str, base: str) -> ComparedIndicator:
    """What the store says of an indicator, and the catalogue where the store says nothing."""
    labels: dict[str, str] = {}
    facts = {"unit": "", "numerator": "", "denominator": ""}
    results = ask_store(store, _TOLD_OF, {"indicator": Iri(iri)}, base)
    place = results.variables.index("label")
    for row, terms in zip(results, results.rows, strict=True):
        label = terms[place]
        if isinstance(label, Text):
            labels.setdefault(label.language or "zh", label.value)
        for name in facts:
            facts[name] = facts[name] or str(row[name] or "")
    entry = next((e for e in load_indicators() if e.id == _tail(iri)), None)
    return ComparedIndicator(
        iri=iri,
        id=_tail(iri),
        zh=labels.get("zh") or (entry.zh if entry else _tail(iri)),
        en=labels.get("en") or (entry.en if entry else ""),
        unit=_tail(facts["unit"]) or (entry.unit if entry else ""),
        numerator=facts["numerator"],
        denominator=facts["denominator"],
    )


def _tail(iri: Value) -> str:
    """What follows the last slash of an IRI."""
    return "" if iri is None else str(iri).rsplit("/", 1)[-1]
