"""Which mentions stand in which clause, and the text of a clause without what only dates or numbers it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..model import AgencyName, Clause, DateValue, Mention, Mentions, Metric, Outline, Span
from ..outlining import folded_offset
from .words import load_words

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_ITEM = re.compile(
    rf"^(?:{_NUMERAL}(?:是|要)|[(]?{_NUMERAL}[)]、?|{_NUMERAL}、|[(]\d{{1,2}}[)]|\d{{1,2}}[.、)]) ?"
)

_HAN = re.compile("[\u4e00-\u9fff]")
_DATE_JOINT = re.compile("[、 ]|至(?![少今多])|内")

COMPARED_FIGURE = re.compile(r"(?:度?同期)?(?P<did>[\u4e00-\u9fff]{0,6})的(?=\d)")
"""What stands between the year that something is compared with and a figure of that year: 较上年|受理的|58件."""

TablePart = Literal["cell", "caption", "note"]


class Place(NamedTuple):
    """A clause with the mentions in it; positions are offsets into `clause.text`."""

    clause: Clause
    base: int
    """Folded offset of the clause's first character."""
    dates: tuple[Mention[DateValue], ...]
    agencies: tuple[Mention[AgencyName], ...]
    metrics: tuple[Mention[Metric], ...]
    lead: int
    """Where the clause's own words begin, after 一是 and dates."""
    core: str
    """The clause without item number and opening dates."""
    table: TablePart | None = None
    """Which part of a table the clause is, if any."""

    @property
    def has_words(self) -> bool:
        """Whether an ideograph stands behind its number and its dates."""
        return _HAN.search(self.clause.text, self.lead) is not None


@dataclass(frozen=True, slots=True)
class Places:
    """All clauses of an outline with their mentions."""

    outline: Outline
    items: tuple[Place, ...]

    def position(self, place: Place, offset: int) -> int:
        """Offset into the clause's folded text of a source offset."""
        fold = self.outline.fold
        return (offset if fold.starts is None else folded_offset(fold, offset)) - place.base

    def range(self, place: Place, span: Span) -> tuple[int, int]:
        """Offsets into the clause's folded text of a source span."""
        fold, base = self.outline.fold, place.base
        if fold.starts is None:
            return span[0] - base, span[1] - base
        return folded_offset(fold, span[0]) - base, folded_offset(fold, span[1]) - base

    def span(self, place: Place, start: int, end: int) -> Span:
        """Source span of a range of the clause's folded text."""
        return self.outline.fold.span(place.base + start, place.base + end)

    def gap(self, first: Place, second: Place) -> str:
        """Folded text between two clauses."""
        return self.outline.fold.text[first.base + len(first.clause.text) : second.base]


def place_mentions(outline: Outline, mentions: Mentions) -> Places:
    """Put every date, agency and metric into the clause in which it begins."""
    starts = [c.span.start for c in outline.clauses]
    dates: dict[int, list[Mention[DateValue]]] = {}
    agencies: dict[int, list[Mention[AgencyName]]] = {}
    metrics: dict[int, list[Mention[Metric]]] = {}
    for date in mentions.dates:
        dates.setdefault(bisect_right(starts, date.span.start) - 1, []).append(date)
    for agency in mentions.agencies:
        agencies.setdefault(bisect_right(starts, agency.span.start) - 1, []).append(agency)
    for metric in mentions.metrics:
        metrics.setdefault(bisect_right(starts, metric.span.start) - 1, []).append(metric)
    items = []
    parts = _table_parts(outline)
    part_starts = [span.start for span, _ in parts]
    plain = outline.fold.starts is None
    for index, clause in enumerate(outline.clauses):
        start, text = clause.span[0], clause.text
        base = start if plain else folded_offset(outline.fold, start)
        own: tuple[Mention[DateValue], ...] = ()
        ends: dict[int, int] = {}
        if index in dates:
            own = tuple(d for d in dates[index] if not _is_yardstick(outline, base, d))
            ends = {
                folded_offset(outline.fold, d.span.start) - base: folded_offset(outline.fold, d.span.end)
                - base
                for d in own
            }
        lead = _lead(text, ends)
        table = _table_part(clause, parts[bisect_right(part_starts, start) - 1]) if parts else None
        items.append(
            Place(
                clause,
                base,
                own,
                tuple(agencies[index]) if index in agencies else (),
                tuple(metrics[index]) if index in metrics else (),
                lead,
                text[lead:],
                table,
            )
        )
    return Places(outline, tuple(items))


def _table_parts(outline: Outline) -> list[tuple[Span, TablePart]]:
    """The spans of tables, of their captions and of their notes of units, in text order."""
    parts: list[tuple[Span, TablePart]] = []
    for table in outline.tables:
        parts.append((table.span, "cell"))
        if table.caption and table.caption.span and not table.span.covers(table.caption.span):
            parts.append((table.caption.span, "caption"))
        if table.note and table.note.span and not table.span.covers(table.note.span):
            parts.append((table.note.span, "note"))
    return sorted(parts)


def _table_part(clause: Clause, part: tuple[Span, TablePart]) -> TablePart | None:
    """The part that a clause is; of a sentence that leads to a table only its last clause is a caption."""
    span, kind = part
    touches = span.touches(clause.span) and (kind != "caption" or clause.span.end >= span.end)
    return kind if touches else None


def _is_yardstick(outline: Outline, base: int, date: Mention[DateValue]) -> bool:
    """Whether a date is what something is compared with or carried over from (较上年, 上年结转), not its time."""
    words, text = load_words(), outline.fold.text
    start, end = (folded_offset(outline.fold, offset) for offset in date.span)
    if words.yardstick_before.search(text[base:start]):
        # 较上年受理的58件增长39.7%: the figure of that year is told.
        return COMPARED_FIGURE.match(text, end) is None
    return words.yardstick_after.match(text, end) is not None


def _lead(text: str, date_ends: dict[int, int]) -> int:
    item = _ITEM.match(text)
    position = item.end() if item and item.end() < len(text) else 0
    while position in date_ends:
        position = date_ends[position]
        while joint := _DATE_JOINT.match(text, position):
            position = joint.end()
    return position
