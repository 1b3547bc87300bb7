"""Outline → Mentions: typed spans, each kind found by one finder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from ..model import AgencyName, Citation, DateValue, Fold, Mention, Mentions, Metric, Outline, Program
from ..outlining import folded_offset
from .agencies import find_agencies, longest_names, official_function
from .cells import find_cell_metrics
from .citations import ORDERS, find_citations
from .dates import find_dates
from .metrics import find_metrics
from .offices import completed, find_own_offices, own_office
from .programs import find_programs
from .spotting import Spot, mark_spots

P = TypeVar("P", Citation, AgencyName, Metric, Program, DateValue)

__all__ = ["find"]


def find(outline: Outline) -> Mentions:
    """Find citations, dates, metrics, agencies and programs in the text of an outline.

    Spans are source offsets; within a kind they are ordered and do not overlap.
    """
    text = outline.fold.text
    year = outline.metadata.year.value if outline.metadata.year else None
    citations = list(find_citations(text))
    dates = list(find_dates(text, year))
    taken = mark_spots(len(text), citations, dates)
    _mark_numbers(taken, citations)
    _mark_headings(taken, outline)
    _mark_frame(taken, outline)
    issuer = outline.metadata.issuer
    official = official_function(issuer.value if issuer else None)
    own = own_office(issuer.value if issuer else None)
    names = (completed(spot, own) for spot in find_agencies(text, official))
    named = longest_names([*find_own_offices(text, own), *names])
    for spot in named:
        # 三台县 is a place, not three of something.
        if len(spot.payload.prefix) > 1:
            taken[spot.start : spot.start + len(spot.payload.prefix)] = b"\x01" * len(spot.payload.prefix)
    # 全年一次 counts like 每季度一次.
    recurrences = frozenset(
        d.end
        for d in dates
        if d.payload.kind == "recurrence" or text[d.start : d.end] in ("全年", "一年下来", "年内")
    )
    metrics = find_cell_metrics(outline, taken, list(find_metrics(text, taken, recurrences)))
    programs = list(find_programs(text, mark_spots(len(text), citations)))
    numbers = bytearray(len(text))
    # 国务院令第713号 and …局公告 begin with an agency's name; a code in brackets does not.
    _mark_numbers(numbers, [spot for spot in citations if not (spot.payload.code or "").endswith(ORDERS)])
    agencies = [spot for spot in named if not numbers[spot.start]]
    fold, source = outline.fold, outline.source.text
    return Mentions(
        citations=tuple(_with_source_numbers(fold, m) for m in _mentions(fold, source, citations)),
        agencies=_mentions(fold, source, agencies),
        metrics=_mentions(fold, source, metrics),
        programs=_mentions(fold, source, programs),
        dates=_mentions(fold, source, dates),
    )


def _mentions(fold: Fold, source: str, spots: Sequence[Spot[P]]) -> tuple[Mention[P], ...]:
    spans = [fold.span(spot.start, spot.end) for spot in spots]
    return tuple(
        Mention(span, source[span.start : span.end], spot.payload)
        for span, spot in zip(spans, spots, strict=True)
    )


def _with_source_numbers(fold: Fold, mention: Mention[Citation]) -> Mention[Citation]:
    number = mention.payload.number_span
    if number is None or fold.starts is None:
        return mention
    return replace(mention, payload=replace(mention.payload, number_span=fold.span(number.start, number.end)))


def _mark_numbers(taken: bytearray, citations: Sequence[Spot[Citation]]) -> None:
    for spot in citations:
        number = spot.payload.number_span
        if number is not None:
            taken[number.start : number.end] = b"\x01" * (number.end - number.start)


def _mark_frame(taken: bytearray, outline: Outline) -> None:
    """Counters of page views and the like are no metrics of the report."""
    start, end = (folded_offset(outline.fold, offset) for offset in outline.body)
    taken[:start] = b"\x01" * start
    taken[end:] = b"\x01" * (len(taken) - end)


def _mark_headings(taken: bytearray, outline: Outline) -> None:
    """The number of a heading is no metric; its title may hold one."""
    for section in outline.sections:
        start, end = (folded_offset(outline.fold, offset) for offset in section.span)
        stop = max(start, end - len(section.title))
        taken[start:stop] = b"\x01" * (stop - start)
