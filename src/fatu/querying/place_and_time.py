"""The areas and years that a question names → the reports of a store that it is about, and parameters."""

from __future__ import annotations

from dataclasses import replace

from ..lexicon.areas import load_areas
from .nearest import nearest_questions
from .question_signs import Sign, Signs
from .refusing import CannotError
from .store_facts import ReportFact, describe_reports


def choose_reports(signs: Signs, reports: tuple[ReportFact, ...]) -> tuple[ReportFact, ...]:
    """The reports of the area and year that the question names; all where it names none. Raises CannotError where
    there is none of them."""
    years = {sign.target for sign in signs.years}
    areas = _own_areas(signs, reports)
    has = describe_reports(report for report in reports if not areas or report.area in areas) or "—"
    for year in sorted(years):
        if all(report.year != year for report in reports):
            near = nearest_questions(signs.text)
            raise CannotError("no-report-of-year", {"year": year, "has": has}, near)
    chosen = tuple(
        report
        for report in reports
        if (not years or report.year in years) and (not areas or report.area in areas)
    )
    if not chosen:
        raise CannotError("no-report-of-both", {"has": has}, nearest_questions(signs.text))
    return chosen


def _own_areas(signs: Signs, reports: tuple[ReportFact, ...]) -> frozenset[str]:
    known = {report.area for report in reports}
    named = [(sign, frozenset(sign.target.split("|"))) for sign in signs.areas]
    own = frozenset(code for _, codes in named for code in codes & known)
    if named and not own:
        # Of a province or city without a report of its own, those of the areas within; one alone is no province.
        wide = frozenset(code for _, codes in named for code in codes)
        within = (code for code in known if any(area.code in wide for area in load_areas().chain(code)))
        own = frozenset(within)
        own = own if len(own) > 1 else frozenset()
    above = {area.code for code in own for area in load_areas().chain(code)}
    for sign, codes in named:
        if not codes & (known | above):
            words = " ".join(signs.text[start:end] for start, end in sign.spans)
            name = load_areas().areas[min(codes)].name if codes else words
            told = {"name": name, "words": words.title(), "has": describe_reports(reports) or "—"}
            raise CannotError("no-report-of-area", told, nearest_questions(signs.text))
    return own


def place_and_time(
    signs: Signs, chosen: tuple[ReportFact, ...], reports: tuple[ReportFact, ...], declared: set[str]
) -> dict[str, str]:
    """Parameters for the area and year that the question names."""
    if not (signs.years or signs.areas):
        return {}
    fitting = chosen or reports
    found: dict[str, str] = {}
    areas = {report.area for report in fitting}
    years = {sign.target for sign in signs.years}
    if {"area", "year"} <= declared:
        if signs.areas and len(areas) == 1:
            found["area"] = min(areas)
        if len(years) == 1:
            found["year"] = min(years)
    elif "report" in declared and len(fitting) == 1:
        found["report"] = fitting[0].id
    return found


def coming_years(signs: Signs, reports: tuple[ReportFact, ...]) -> tuple[Sign, ...]:
    """The years that a question names for which there are plans only: of no report, but the one before is of some."""
    known = {report.year for report in reports}
    return tuple(s for s in signs.years if s.target not in known and str(int(s.target) - 1) in known)


def as_report_years(signs: Signs) -> Signs:
    """Plans for 2021 stand in the report of 2020, where there is none of 2021."""
    years = tuple(
        replace(sign, target=str(int(sign.target) - 1)) if sign in signs.coming else sign
        for sign in signs.years
    )
    return replace(signs, years=years)
