"""How each identity was decided: a record for the report's area, each mention and each figure, the undecided first."""

from __future__ import annotations

from collections.abc import Iterable

from ..iris import Iris
from ..lexicon.areas import load_areas
from ..lexicon.shown_words import show
from ..model import AreaTold, EntityLink, IndicatorLink, Report
from .aligning import align, clip, tell_counts
from .records import Record
from .table import format_head

LINK_COLUMNS = (
    "report", "kind", "start", "end", "text", "name", "iri", "method", "cue", "candidates", "sentence",
)  # fmt: skip
UNDECIDED = "undecided"
"""The method of what could not be decided."""
_ENDS, _NEAR = "。;;\n", 80
_RANK = ("inferred", "context", "code", "alias", "exact", "corrected")
"""What a reader should look at first, after the undecided."""


def link_records(report: Report, iris: Iris | None = None) -> list[Record]:
    """Every link of a report, and its own area: kind, place, text, canonical name and IRI (null where undecided),
    method, the words that decided, candidates (names) and the sentence around it. The undecided come first, then what
    was inferred, told by context, by a code, by a short form, by its name; each in text order.
    """
    names = {agency.iri: agency.name for agency in report.agencies}
    records = [_entity(report, link, names) for link in report.entity_links]
    records += [_indicator(report, link) for link in report.indicator_links]
    told = report.identity.area_told
    if told is not None:
        records.append(_area(report, told, iris or Iris()))
    return sorted(records, key=_order)


def link_rows(records: Iterable[Record]) -> list[Record]:
    """The same as rows with LINK_COLUMNS."""
    return [{**record, "candidates": " | ".join(_candidates(record))} for record in records]


def format_links(records: Iterable[Record], lang: str = "en") -> str:
    """What `fatu links` prints, and how many there are of each method; one line where there is nothing."""
    records = list(records)
    if not records:
        return f"{show('note', 'nothing_undecided', lang)}\n"
    rows = [format_head(("kind", "start", "end", "text", "name", "method", "cue", "candidates"), lang)]
    counts: dict[str, int] = {}
    for record in records:
        method = str(record["method"])
        counts[method] = counts.get(method, 0) + 1
        rows.append(
            (
                show("mention", str(record["kind"]), lang),
                str(record["start"]),
                str(record["end"]),
                clip(str(record["text"]), 40),
                clip(str(record["name"] or ""), 48) if record["iri"] is not None else "?",
                show("method", method, lang),
                clip(str(record["cue"]), 24),
                clip("、".join(_candidates(record)), 60),
            )
        )
    summary = tell_counts([(show("method", method, lang), n) for method, n in sorted(counts.items())], lang)
    return align(rows) + summary + "\n"


def _candidates(record: Record) -> list[str]:
    found = record["candidates"]
    assert isinstance(found, list)
    return found


def _order(record: Record) -> tuple[int, int, int, str]:
    rank = 0 if record["iri"] is None else 1 + _RANK.index(str(record["method"]))
    start, end = record["start"], record["end"]
    assert isinstance(start, int) and isinstance(end, int)
    return rank, start, end, str(record["kind"])


def _entity(report: Report, link: EntityLink, names: dict[str, str]) -> Record:
    mention = link.mention
    return {
        "report": report.identity.id,
        "kind": mention.kind,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "name": link.name if link.iri is not None else None,
        "iri": link.iri,
        "method": link.method if link.iri is not None else UNDECIDED,
        "cue": link.cue,
        "candidates": [names.get(iri, iri) for iri in link.candidates],
        "sentence": _sentence(report, mention.span.start),
    }


def _area(report: Report, told: AreaTold, iris: Iris) -> Record:
    """The report's own area; without a place in the text where the user gave it."""
    table, code = load_areas(), report.identity.area
    start, end = told.span or (0, 0)
    return {
        "report": report.identity.id,
        "kind": "area",
        "start": start,
        "end": end,
        "text": report.reading.outline.source.text[start:end],
        "name": table.full_name(code) if code is not None else None,
        "iri": iris.area(code) if code is not None else None,
        "method": told.method if code is not None else UNDECIDED,
        "cue": told.cue,
        "candidates": [table.full_name(other) for other in told.candidates],
        "sentence": _sentence(report, start) if told.span else "",
    }


def _indicator(report: Report, link: IndicatorLink) -> Record:
    mention = link.observation.metric
    return {
        "report": report.identity.id,
        "kind": "indicator",
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "name": link.label,
        "iri": link.iri,
        "method": link.method,
        "cue": link.cue or link.observation.phrase,
        "candidates": [],
        "sentence": _sentence(report, mention.span.start),
    }


def _sentence(report: Report, at: int) -> str:
    """The sentence around a place, on one line; of a long one what is near, with … where it is cut."""
    text = report.reading.outline.source.text
    low = max(0, at - _NEAR)
    start = max(text.rfind(mark, low, at) for mark in _ENDS) + 1
    ends = [end for mark in _ENDS if (end := text.find(mark, at, at + _NEAR)) >= 0]
    before = "…" if not start and low else ""
    behind = "…" if not ends and at + _NEAR < len(text) else ""
    return before + " ".join(text[start or low : min(ends, default=at + _NEAR)].split()) + behind
