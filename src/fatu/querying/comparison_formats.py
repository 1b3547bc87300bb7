"""A comparison, a ranking or trends → text for a terminal, CSV, JSON, a workbook, Parquet, a database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from ..exporting.aligning import align, clip
from ..exporting.columnar import Layout, stream_columns
from ..exporting.records import Record, stream_csv
from ..exporting.workbooks import Sheet, write_workbook
from ..lexicon.catalogue import load_indicators
from ..lexicon.comparison_words import load_comparison_marks
from ..lexicon.extension import cached
from ..lexicon.shown_words import show
from .compared import COMPARISON_LAYOUT, JOIN, comparison_record, plain_record
from .comparing import Comparison
from .ranking import RANKING_LAYOUT, rank_figures, ranking_record, trend_layout, trend_records

NOT_TEXT = frozenset({"xlsx", "parquet", "duckdb"})
"""Formats that need a file."""
_SHOWN = {
    "comparison": (
        "area_name", "year", "indicator_label", "value", "unit", "scope", "period", "verdict", "marks", "phrase",
        "text",
    ),
    "ranking": ("rank", "area_name", "value", "unit", "scope", "period", "verdict", "marks", "text"),
}  # fmt: skip
_SIGNS = {"at_least": "≥", "at_most": "≤", "approx": "≈"}
_CELL = 40
_SEVERAL = "several_values"
"""The mark of figures of one report and indicator that only the report's own words tell apart."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Records with their columns; they are made as they are taken."""

    name: str
    """comparison, ranking or trend."""
    layout: Layout
    records: Iterable[Record]


def list_comparison(comparison: Comparison) -> Listing:
    """Every row of a comparison."""
    return Listing("comparison", COMPARISON_LAYOUT, map(comparison_record, comparison))


def list_ranking(comparison: Comparison) -> Listing:
    """The ranking of a comparison of one indicator and one year."""
    return Listing("ranking", RANKING_LAYOUT, map(ranking_record, rank_figures(comparison)))


def list_trends(comparison: Comparison) -> Listing:
    """The trends of a comparison: the years as columns."""
    years = comparison.years
    return Listing("trend", trend_layout(years), trend_records(comparison, years))


def stream_listing(listing: Listing, style: str, lang: str = "zh") -> Iterator[bytes]:
    """A listing as table, csv, json, xlsx or parquet, part by part; `lang` is that of the words of a table.

    Raises UsageError where a library for it is not installed.
    """
    return _WRITERS[style](listing, lang)


def _csv(listing: Listing, _: str) -> Iterator[bytes]:
    return stream_csv(map(plain_record, listing.records), listing.layout.columns)


def _json(listing: Listing, _: str) -> Iterator[bytes]:
    yield b"["
    for number, record in enumerate(listing.records):
        text = json.dumps(plain_record(record), ensure_ascii=False)
        yield f"{',' if number else ''}\n{text}".encode("utf-8", "backslashreplace")
    yield b"\n]\n"


def _xlsx(listing: Listing, _: str) -> Iterator[bytes]:
    rows = [
        {name: ("yes" if value else "no") if isinstance(value, bool) else value for name, value in r.items()}
        for r in listing.records
    ]
    yield write_workbook([Sheet(listing.name, listing.layout.columns, rows)], "xlsx")


def _parquet(listing: Listing, _: str) -> Iterator[bytes]:
    out = BytesIO()
    stream_columns(listing.records, listing.layout, out, "parquet")
    yield out.getvalue()


def _table(listing: Listing, lang: str) -> Iterator[bytes]:
    listed = list(listing.records)
    records = [_told(record, lang) for record in listed]
    columns = _SHOWN.get(listing.name) or tuple(
        name for name in ("area_name", "indicator_label", *listing.layout.columns[7:]) if "_unit" not in name
    )
    has_several = any(_SEVERAL in str(record.get("marks")).split(JOIN) for record in listed)
    kept = [
        name
        for name in columns
        if (name != "phrase" or has_several) and any(record.get(name) for record in records)
    ]
    rows = [tuple(_head(name, lang) for name in kept)]
    rows += [tuple(clip(record[name], _CELL) for name in kept) for record in records]
    yield align(rows).encode()


def _head(name: str, lang: str) -> str:
    """What a column is called; of a trend the year, and with its marks."""
    year, _, part = name.partition("_")
    return f"{year} {show('column', part, lang)}".rstrip() if year.isdecimal() else show("column", name, lang)


def _told(record: Record, lang: str) -> dict[str, str]:
    """A record as words: signs before values, marks and verdicts in the language."""
    told: dict[str, str] = {}
    for name, value in record.items():
        if name.endswith("marks") or name == "standing":
            told[name] = _words(str(value or ""), lang)
        elif name in ("verdict", "status", "bound") and value is not None:
            told[name] = show(name, str(value), lang)
        elif isinstance(value, Decimal):
            told[name] = f"{value:f}"
        else:
            told[name] = "" if value is None or isinstance(value, bool) else str(value)
    if record.get("value") is not None:
        high = f"~{told['value_high']}" if told["value_high"] else ""
        told["value"] = f"{_SIGNS.get(str(record['bound']), '')}{told['value']}{high}"
    elif "reported" in record:
        told["marks"] = _words("not_reported", lang)
    if lang != "zh":
        told["indicator_label"] = _english_labels().get(told["indicator"]) or told["indicator_label"]
    return told


@cached
def _english_labels() -> Mapping[str, str]:
    """Names of the catalogue's indicators by id."""
    return {entry.id: entry.en for entry in load_indicators()}


def _words(marks: str, lang: str) -> str:
    known = load_comparison_marks()
    told = (known[mark].words.of(lang) for mark in marks.split(JOIN) if mark in known)
    return ("、" if lang == "zh" else ", ").join(told)


_WRITERS: dict[str, Callable[[Listing, str], Iterator[bytes]]] = {
    "table": _table, "csv": _csv, "json": _json, "xlsx": _xlsx, "parquet": _parquet,
}  # fmt: skip
