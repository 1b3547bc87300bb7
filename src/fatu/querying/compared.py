"""What a comparison is made of: reports, indicators, figures, and a row for each figure or silence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..exporting.columnar import Layout
from ..exporting.records import Record
from ..exporting.workbooks import write_plain
from ..lexicon.comparison_words import is_apart

COMPARISON_COLUMNS = (
    "area", "area_name", "level", "office", "issuer", "report", "year", "indicator", "indicator_label", "reported",
    "ordinal", "value", "value_high", "unit", "bound", "decimals", "scope", "period", "status", "times", "numerator",
    "numerator_indicator", "denominator", "denominator_indicator", "recomputed", "verdict", "marks", "comparable",
    "phrase", "text", "start", "end", "iri",
)  # fmt: skip
COMPARISON_NUMBERS = ("value", "value_high", "numerator", "denominator", "recomputed")
COMPARISON_LAYOUT = Layout(
    COMPARISON_COLUMNS,
    decimals=COMPARISON_NUMBERS,
    integers=("year", "ordinal", "decimals", "times", "start", "end"),
    booleans=("reported", "comparable"),
)
JOIN = "; "


@dataclass(frozen=True, slots=True, order=True)
class ComparedReport:
    """A report that takes part; in the order of area, office and year."""

    area: str
    """Its code: six digits of GB/T 2260, nine of a township."""
    office: str
    """gov for a government's report, else the office that made it (司法局)."""
    year: int
    iri: str
    id: str
    """410203-gov-2020."""
    area_name: str
    level: str
    """country, province, prefecture, county or township; unknown where the area has no code."""
    issuer: str
    """Name of who made it; empty where the graph does not tell."""


@dataclass(frozen=True, slots=True)
class ComparedIndicator:
    """A column of the comparison: what is counted, and of what a rate is taken."""

    iri: str
    id: str
    """The catalogue's id, or the end of the IRI that the phrase gave."""
    zh: str
    en: str
    """Empty where there is none."""
    unit: str
    """Slug of the unit that it is usually given in; empty where nothing tells."""
    numerator: str
    """IRI; empty for what is no rate of two counted things."""
    denominator: str


@dataclass(frozen=True, slots=True)
class Division:
    """What the audit found a rate to divide, in the same report."""

    numerator: Decimal
    numerator_indicators: tuple[str, ...]
    """Ids; several where several figures were added."""
    denominator: Decimal
    denominator_indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure as one report states it."""

    iri: str
    value: Decimal
    """In base units; the low end of a range."""
    value_high: Decimal | None
    decimals: int | None
    unit: str
    """Slug."""
    unit_name: str
    bound: str
    """exact, at_least, at_most or approx."""
    status: str
    """achieved, planned or required."""
    scope: str
    """Empty for the whole area."""
    period: str
    """2020, 2020-Q1 …; empty for an event."""
    actor: str
    """IRI of the one agency that did what is counted; empty where none or several are told."""
    is_shared: bool
    """Whether it stands in a text that reports of other areas have word for word."""
    phrase: str
    """The report's own words for what is counted: 办理政协提案."""
    text: str
    start: int | None
    end: int | None
    """Half-open code points of `text`, the clause that it was read from."""
    verdict: str = ""
    division: Division | None = None
    is_part: bool = False
    """Whether the audit adds it up to another figure of the indicator: a bureau's penalties to the county's."""
    times: int = 1
    """How often the report states it, of the same period, scope and status."""

    @property
    def sense(self) -> tuple[object, ...]:
        """What two figures of a report have in common where the one repeats the other."""
        return (
            self.value, self.value_high, self.unit, self.bound, self.status, self.scope, self.period, self.is_shared,
            self.is_part,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A row: a figure of a report for an indicator, or that the report gives none."""

    report: ComparedReport
    indicator: ComparedIndicator
    stated: StatedFigure | None = None
    ordinal: int | None = None
    """1 for the figure that is compared, then the report's others of the indicator; None for silence."""
    marks: tuple[str, ...] = ()
    """Keys of comparison_marks.tsv, in its order."""

    @property
    def is_comparable(self) -> bool:
        """Whether it may stand beside the others without more than a sign."""
        return self.stated is not None and not any(map(is_apart, self.marks))

    @property
    def recomputed(self) -> Decimal | None:
        """The rate that the two figures of the same report give, in per cent or per mille, to two places more than it
        is stated with; rounded half up."""
        stated = self.stated
        if stated is None or stated.division is None or stated.unit not in _PARTS:
            return None
        return divide(stated.division, _PARTS[stated.unit], (stated.decimals or 0) + 2)


_PARTS = {"percent": 100, "per-mille": 1000}


def divide(division: Division, parts: int, places: int) -> Decimal | None:
    """A division in so many parts of the whole; None for one by nothing."""
    if not division.denominator:
        return None
    unit = Decimal(1).scaleb(-places)
    exact = division.numerator * parts / division.denominator
    text = f"{exact.quantize(unit, 'ROUND_HALF_UP'):f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def comparison_record(row: ComparedFigure) -> Record:
    """A row with COMPARISON_COLUMNS: numbers as Decimal or int, `reported` as a truth value, None for what is not
    stated."""
    report, indicator, stated = row.report, row.indicator, row.stated
    record: Record = dict.fromkeys(COMPARISON_COLUMNS)
    record |= {
        "area": report.area,
        "area_name": report.area_name or None,
        "level": report.level,
        "office": report.office,
        "issuer": report.issuer or None,
        "report": report.id,
        "year": report.year,
        "indicator": indicator.id,
        "indicator_label": indicator.zh or None,
        "reported": stated is not None,
        "ordinal": row.ordinal,
        "marks": JOIN.join(row.marks) or None,
        "comparable": row.is_comparable,
    }
    return record if stated is None else record | _stated(row, stated)


def _stated(row: ComparedFigure, stated: StatedFigure) -> Record:
    division = stated.division
    return {
        "value": stated.value,
        "value_high": stated.value_high,
        "unit": stated.unit_name or None,
        "bound": stated.bound,
        "decimals": stated.decimals,
        "scope": stated.scope or None,
        "period": stated.period or None,
        "status": stated.status or None,
        "times": stated.times,
        "numerator": division.numerator if division else None,
        "numerator_indicator": JOIN.join(division.numerator_indicators) or None if division else None,
        "denominator": division.denominator if division else None,
        "denominator_indicator": JOIN.join(division.denominator_indicators) or None if division else None,
        "recomputed": row.recomputed,
        "verdict": stated.verdict or None,
        "phrase": stated.phrase or None,
        "text": stated.text or None,
        "start": stated.start,
        "end": stated.end,
        "iri": stated.iri,
    }


def plain_record(record: Record) -> Record:
    """A record as CSV and JSON have it: decimals as strings, truth values as yes and no."""
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else write_plain(value)
        for name, value in record.items()
    }
