"""The figures of one indicator → rows with marks: which of them stand beside each other, and why the others do not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ..exporting.verdicts import weigh_verdict
from ..lexicon.comparison_words import common_unit, is_apart, load_comparison_marks
from .compared import ComparedFigure, ComparedIndicator, ComparedReport, StatedFigure

GOVERNMENT = "gov"
_GOVERNMENT = "人民政府"
_STATUSES = ("achieved", "required", "planned")
_RATES = ("percent", "per-mille")

Stated = Mapping[ComparedReport, Sequence[StatedFigure]]


@dataclass(frozen=True, slots=True)
class Standard:
    """What the figures of an indicator are compared by."""

    unit: str
    """A slug; that of `common_unit`."""
    scope: str
    office: str
    denominator: str
    """Id of the indicator that rates are taken of; empty where nothing tells."""


def mark_figures(
    indicator: ComparedIndicator, reports: Iterable[ComparedReport], stated: Stated, scope: str = ""
) -> Iterator[ComparedFigure]:
    """The rows of an indicator, by report and ordinal, those of silent reports among them.

    Silent is a government that reports and does not give the indicator, and any other office if one of its kind gives
    it elsewhere; where nobody gives it, all are. `scope` is the part of the areas that is compared; empty for the
    whole.
    """
    standard = find_standard(indicator, stated, scope)
    giving = {report.office for report in stated}
    speaking = {GOVERNMENT, *giving}
    for report in sorted(reports):
        if report in stated:
            yield from _rows(report, indicator, stated[report], standard)
        elif not giving or report.office in speaking:
            yield ComparedFigure(report, indicator)


def find_standard(indicator: ComparedIndicator, stated: Stated, scope: str = "") -> Standard:
    """What an indicator's figures are compared by: the usual unit and denominator if one of them has it, else what most
    of them have; governments where one gives it, else what most are of."""
    figures = [figure for group in stated.values() for figure in group]
    units = Counter(common_unit(figure.unit) for figure in figures)
    usual = common_unit(indicator.unit)
    wholes = Counter(
        figure.division.denominator_indicators[0]
        for figure in figures
        if figure.division and len(figure.division.denominator_indicators) == 1
    )
    told = indicator.denominator.rsplit("/", 1)[-1]
    offices = Counter(report.office for report in stated)
    return Standard(
        unit=usual if usual in units else _most(units),
        scope=scope,
        office=GOVERNMENT if GOVERNMENT in offices else _most(offices),
        denominator=told or _most(wholes),
    )


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _rows(
    report: ComparedReport, indicator: ComparedIndicator, figures: Sequence[StatedFigure], standard: Standard
) -> Iterator[ComparedFigure]:
    marked = [(figure, _marks(figure, report, standard)) for figure in _fold(figures)]
    beside = [entry for entry in marked if not any(map(is_apart, entry[1]))]
    if len(beside) > 1:
        whole = _whole([figure for figure, _ in beside])
        # Without a whole none is the report's figure: they may be parts of one, or contradict each other.
        mark = "several_values" if whole is None else "scope"
        marked = [
            (figure, marks | {mark} if (figure, marks) in beside and figure is not whole else marks)
            for figure, marks in marked
        ]
    marked.sort(key=lambda entry: _order(*entry))
    for ordinal, (figure, marks) in enumerate(marked, 1):
        told = tuple(mark for mark in load_comparison_marks() if mark in marks)
        yield ComparedFigure(report, indicator, figure, ordinal, told)


def _whole(figures: Sequence[StatedFigure]) -> StatedFigure | None:
    """The figure of the area where all others are of one organ each, and none is larger: 县公安局386件, 全县874件."""
    of_area = [figure for figure in figures if not figure.actor or figure.actor.endswith(_GOVERNMENT)]
    if len(of_area) != 1 or of_area[0].value_high is not None or of_area[0].unit in _RATES:
        return None
    return of_area[0] if all(figure.value <= of_area[0].value for figure in figures) else None


def _order(figure: StatedFigure, marks: set[str]) -> tuple[object, ...]:
    """The figure to compare first: comparable, done, then by its place in the text."""
    apart = sum(map(is_apart, marks))
    rank = _STATUSES.index(figure.status) if figure.status in _STATUSES else len(_STATUSES)
    return apart, rank, figure.start if figure.start is not None else -1, figure.iri


def _fold(figures: Sequence[StatedFigure]) -> Iterator[StatedFigure]:
    """Each figure once, where the text has it first; its verdict is the gravest of all places."""

    def place(figure: StatedFigure) -> tuple[int, str]:
        return figure.start if figure.start is not None else -1, figure.iri

    def sense(figure: StatedFigure) -> str:
        return repr(figure.sense)

    groups = groupby(sorted(figures, key=lambda f: (sense(f), place(f))), key=sense)
    for same in (same for _, group in groups for same in _part(group)):
        verdicts = [figure.verdict for figure in same if figure.verdict]
        yield replace(
            same[0],
            times=len(same),
            verdict=min(verdicts, key=lambda verdict: weigh_verdict("", verdict), default=""),
            division=next((figure.division for figure in same if figure.division), None),
        )


def _part(figures: Iterable[StatedFigure]) -> list[list[StatedFigure]]:
    """Figures of one sense, parted where one passage counts two things: 人大代表建议41件、政协提案41件."""
    parts: list[list[StatedFigure]] = []
    for figure in figures:
        fitting = (part for part in parts if not any(_is_beside(figure, other) for other in part))
        part = next(fitting, None)
        if part is None:
            parts.append([figure])
        else:
            part.append(figure)
    return parts


def _is_beside(one: StatedFigure, other: StatedFigure) -> bool:
    return (one.start, one.end) == (other.start, other.end) and one.phrase != other.phrase


def _marks(figure: StatedFigure, report: ComparedReport, standard: Standard) -> set[str]:
    division = figure.division
    others = {standard.denominator} if standard.denominator else set()
    is_rate = figure.unit in _RATES
    told = {
        "shared_text": figure.is_shared,
        "unit": common_unit(figure.unit) != standard.unit,
        "scope": figure.is_part or figure.scope != standard.scope,
        "other_issuer": report.office != standard.office,
        "planned": figure.status == "planned",
        "required": figure.status == "required",
        "denominator": division is not None and bool(others) and set(division.denominator_indicators) != others,
        "denominator_untold": is_rate and division is None,
        "range": figure.value_high is not None,
        "inconsistent": figure.verdict == "inconsistent",
        figure.bound: figure.bound in ("at_least", "at_most", "approx"),
        _period_mark(figure.period, report.year): figure.period != str(report.year),
    }  # fmt: skip
    return {mark for mark, holds in told.items() if holds}


def _period_mark(period: str, year: int) -> str:
    """What a period is beside the year of the report: a part of it, another one, or an event."""
    if not period:
        return "event"
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", period)
    within = set(years) == {str(year)} and (len(years) > 1 or period != str(year))
    return "part_of_year" if within else "other_period"
