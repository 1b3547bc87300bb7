"""Questions across reports: which a store's reports let be asked, and of which areas and years they are answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from ..lexicon.areas import load_areas
from .question_fitting import ACROSS, Candidate, tokens_of
from .question_signs import Sign, Signs
from .store_facts import ReportFact


def lift_bars(signs: Signs, reports: Collection[ReportFact]) -> Signs:
    """Signs of a question whose rankings and changes no longer bar it where the reports have what they need: several
    areas of one year (which the question names, if it names any), several years of one area."""
    named = {sign.target for sign in signs.years}
    areas: defaultdict[str, set[str]] = defaultdict(set)
    years: defaultdict[str, set[str]] = defaultdict(set)
    for report in reports:
        years[report.area].add(report.year)
        if not named or report.year in named:
            areas[report.year].add(report.area)
    can = {
        "rank": any(len(found) > 1 for found in areas.values()),
        "compare": any(len(found) > 1 for found in years.values()),
    }
    lifted = [sign for sign in signs.bars if can.get(sign.target)]
    return replace(
        signs,
        bars=tuple(sign for sign in signs.bars if sign not in lifted),
        ranked=tuple(sign for sign in lifted if sign.target == "rank"),
        changed=tuple(sign for sign in lifted if sign.target == "compare"),
    )


def is_across(candidate: Candidate) -> bool:
    """Whether the form asks about several reports side by side."""
    return any(token in ACROSS for token in tokens_of(candidate.form.cue))


def place_settings(candidate: Candidate, signs: Signs, reports: Collection[ReportFact]) -> dict[str, str]:
    """Parameters for the places and years that a question across reports names.

    A ranking is of one year where one is named, and within the area that is named; of an area that has no others
    within, within the one around it: 顺河回族区排第几 is answered by the ranking of 开封市. A change is of one area.
    """
    codes = {code for sign in signs.areas for code in sign.target.split("|")}
    own = codes & {report.area for report in reports}
    if "@changed" in tokens_of(candidate.form.cue):
        return {"area": min(own)} if len(own) == 1 else {}
    found: dict[str, str] = {}
    years = {sign.target for sign in signs.years}
    if len(years) == 1:
        found["year"] = min(years)
    within = {_around(code, reports) for code in codes} - {""}
    if len(within) == 1:
        found["within"] = min(within)
    return found


def years_compared(candidate: Candidate, signs: Signs) -> frozenset[str]:
    """The years of which the rows are kept: those that a question of changes names, none of one that names one only,
    which is held against the others."""
    years: tuple[Sign, ...] = signs.years if "@changed" in tokens_of(candidate.form.cue) else ()
    return frozenset(sign.target for sign in years) if len(years) > 1 else frozenset()


def _around(code: str, reports: Collection[ReportFact]) -> str:
    """The area itself or the narrowest around it that has several of the reports' areas; empty without one."""
    chains = [{area.code for area in load_areas().chain(known)} for known in {r.area for r in reports}]
    for area in load_areas().chain(code):
        if sum(area.code in chain for chain in chains) > 1:
            return area.code
    return ""
