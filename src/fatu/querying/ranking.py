"""Rows of one indicator and one year → a ranking: ranked, apart, silent; and rows of any → trends over the years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from ..exporting.columnar import Layout
from ..exporting.records import Record
from .compared import COMPARISON_LAYOUT, JOIN, ComparedFigure, comparison_record

Standing = Literal["ranked", "apart", "silent"]
RANKING_LAYOUT = Layout(
    ("standing", "rank", "tied", *COMPARISON_LAYOUT.columns),
    decimals=COMPARISON_LAYOUT.decimals,
    integers=("rank", *COMPARISON_LAYOUT.integers),
    booleans=("tied", *COMPARISON_LAYOUT.booleans),
)
_TREND_KEYS = ("area", "area_name", "level", "office", "issuer", "indicator", "indicator_label")


@dataclass(frozen=True, slots=True)
class RankedFigure:
    """A row with its place."""

    row: ComparedFigure
    standing: Standing
    rank: int | None = None
    """From 1, the largest value first; equal values have one rank, and the next one is left out: 1, 2, 2, 4."""
    is_tied: bool = False


def rank_figures(rows: Iterable[ComparedFigure]) -> tuple[RankedFigure, ...]:
    """The rows of one indicator and year by value, then those that are not comparable, then who does not report."""
    by_report = sorted(rows, key=lambda row: (row.report, row.ordinal or 0))
    beside = sorted((row for row in by_report if row.is_comparable), key=_value, reverse=True)
    ranked: list[RankedFigure] = []
    for _, group in groupby(beside, key=_value):
        equal, rank = list(group), len(ranked) + 1
        ranked += [RankedFigure(row, "ranked", rank, len(equal) > 1) for row in equal]
    apart = (RankedFigure(row, "apart") for row in by_report if row.stated and not row.is_comparable)
    silent = (RankedFigure(row, "silent") for row in by_report if row.stated is None)
    return (*ranked, *apart, *silent)


def _value(row: ComparedFigure) -> Decimal:
    assert row.stated is not None
    return row.stated.value


def ranking_record(ranked: RankedFigure) -> Record:
    """A ranked row with the columns of RANKING_LAYOUT."""
    place = {"standing": ranked.standing, "rank": ranked.rank, "tied": ranked.is_tied}
    return place | comparison_record(ranked.row)


# ---- trends ------------------------------------------------------------------------------------------------


def trend_layout(years: Iterable[int]) -> Layout:
    """The columns of trends: of each year the value, its unit and its marks."""
    listed = tuple(years)
    columns = (column for year in listed for column in (str(year), f"{year}_unit", f"{year}_marks"))
    return Layout((*_TREND_KEYS, *columns), decimals=tuple(map(str, listed)))


def trend_records(rows: Iterable[ComparedFigure], years: Iterable[int]) -> Iterator[Record]:
    """One record for each area, office and indicator, in the order of the rows, which are those of a comparison.

    A year has the figure that is compared. Where there is none its marks say why: not_reported, the report does not
    give it; no_report, there is no report of that year. more_values: the report gives others, which the comparison has.
    """
    listed = tuple(years)
    for _, group in groupby(rows, key=lambda row: (row.indicator.iri, row.report.area, row.report.office)):
        own = list(group)
        latest = own[-1]
        record = {key: comparison_record(latest)[key] for key in _TREND_KEYS}
        for year in listed:
            record |= _year(year, [row for row in own if row.report.year == year])
        yield record


def _year(year: int, rows: list[ComparedFigure]) -> Record:
    names = (str(year), f"{year}_unit", f"{year}_marks")
    if not rows:
        return dict(zip(names, (None, None, "no_report"), strict=True))
    first, stated = rows[0], rows[0].stated
    if stated is None:
        return dict(zip(names, (None, None, "not_reported"), strict=True))
    marks = (*first.marks, *(["more_values"] if len(rows) > 1 else []))
    return dict(zip(names, (stated.value, stated.unit_name or None, JOIN.join(marks) or None), strict=True))
