"""A user's decisions about mentions: what is none is taken out, what is another is read as that, before anything
is made of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from ..errors import LexiconError
from ..lexicon.areas import load_areas
from ..model import (
    AgencyName,
    Citation,
    Corrected,
    Correction,
    Kind,
    Line,
    Mention,
    Mentions,
    Payload,
    Program,
    Report,
)
from ..outlining import fold
from .agencies import issuing_agency, load_grammar
from .citations import find_citations, parse_title

_AGENCY_IRI = re.compile(
    r"[a-z][a-z+.-]*://\S+/org/(?P<area>\d{6})/(?P<function>[^/\s]+)(?:/(?P<unit>[^/\s]+))?"
)
_PARTY = "中共"
_FORMAL = {"中国人民政治协商会议(?P<area>.+)委员会": "政协", "共青团(?P<area>.+)委员会": "团委"}
"""Names that stand around their area, and the words for them behind it."""


def correct_mentions(
    mentions: Mentions, corrections: Sequence[Correction]
) -> tuple[Mentions, tuple[Corrected, ...]]:
    """The mentions as the user wants them read, and the decisions heeded, in text order.

    The first decision about a mention counts. What a metric counts, and that it counts nothing, is heeded by linking;
    here it only has to be there. Raises LexiconError, naming file and line, for a decision whose value names nothing.
    """
    by_text: defaultdict[tuple[Kind, str], list[Correction]] = defaultdict(list)
    for correction in corrections:
        by_text[correction.kind, correction.text].append(correction)
    heeded: list[Corrected] = []
    kept: dict[str, Any] = {}
    for field in fields(Mentions):
        standing: list[Mention[Payload]] = []
        for mention in getattr(mentions, field.name):
            about = by_text.get((mention.kind, mention.words), ())
            decision = next((c for c in about if c.concerns(mention)), None)
            if decision is not None:
                heeded.append(Corrected(decision, mention.span))
            # What is no figure still stands in its sentence: what is said of its neighbours is read as before.
            if decision is None or decision.decision == "is" or decision.kind == "metric":
                standing.append(mention if decision is None else _read_as(mention, decision))
        kept[field.name] = tuple(standing)
    return replace(mentions, **kept), tuple(sorted(heeded, key=lambda c: (c.span, c.correction.kind)))


def _read_as(mention: Mention[Payload], decision: Correction) -> Mention[Payload]:
    value = fold(decision.value).text
    match mention.payload:
        case AgencyName():
            name = _parse_agency(value)
            if name is None:
                raise LexiconError(
                    f"{decision.where} column value",
                    f"{decision.value!r} names no agency",
                    "write its full name: 开封市司法局",
                )
            return replace(mention, payload=name)
        case Citation():
            # Where the value's number stands is no place in the report.
            return replace(mention, payload=replace(_parse_document(value), number_span=None))
        case Program():
            return replace(mention, payload=Program(value, mention.payload.quoted))
        case _:
            return mention


def _parse_document(value: str) -> Citation:
    """A document by 《title》, number or both; a bare title too."""
    spot = next(find_citations(value), None)
    if spot is not None and (spot.payload.number is not None or value.startswith("《")):
        return spot.payload
    return parse_title(value)


def _parse_agency(value: str) -> AgencyName | None:
    """An agency by its full name or its IRI (…/org/410200/司法局); None for what names none."""
    iri = _AGENCY_IRI.fullmatch(value)
    if iri is not None:
        area = load_areas().by_code(iri["area"])
        if area is None:
            return None
        place = "" if area.level == "country" else load_areas().full_name(area.code)
        return _named(place, iri["function"], iri["unit"] or "")
    spot = issuing_agency(value)
    if spot is not None and spot.end == len(value):
        return spot.payload
    for formal, short in _FORMAL.items():
        if (match := re.fullmatch(formal, value)) is not None:
            spot = issuing_agency(match["area"] + short)
            return spot.payload if spot is not None else None
    party = _PARTY if value.startswith(_PARTY) else ""
    end = len(party)
    for start, stop, _ in load_areas().find(value):
        end = stop if start == end else end
    return _named(value[len(party) : end], party + value[end:]) if len(party) < end < len(value) else None


def _named(place: str, function: str, unit: str = "") -> AgencyName:
    """The parts of a name that are told apart already, with the line of organs that the table gives the function."""
    known = {f.function: f.line for f in load_grammar().functions.values()}
    bare = function.removeprefix(_PARTY)
    line: Line = "party" if function.startswith(_PARTY) else known.get(function, "government")
    return AgencyName(place, bare if line == "party" else function, unit, line)


def find_unheeded(corrections: Sequence[Correction], reports: Sequence[Report]) -> Iterator[str]:
    """One line for each decision about what was read that met nothing, with the offsets at which its text stands; one
    for all that are about other reports."""
    read = {report.identity.id or "" for report in reports}
    held = _held(reports)
    for correction in corrections:
        if correction.report and correction.report not in read:
            continue
        places = sorted(held.get((correction.report, correction.kind, correction.text), ()))
        where, what = correction.where, f"{correction.kind} {correction.text!r}"
        if correction.start is None and not places:
            yield f"{where}: no {what} in what was read; correct or remove the line"
        elif correction.start is not None and correction.start not in places:
            there = ", ".join(map(str, places))
            yield f"{where}: no {what} at {correction.start}; " + (
                f"write where it is: {there}" if places else "correct or remove the line"
            )
    elsewhere = {c.report for c in corrections} - read - {""}
    if elsewhere:
        yield f"decisions about other reports: {', '.join(sorted(elsewhere))}"


def _held(reports: Sequence[Report]) -> dict[tuple[str, Kind, str], set[int]]:
    """Id of a report (empty: any), kind and text of a mention → the offsets at which reports hold it; also of those
    that a decision took out."""
    held: defaultdict[tuple[str, Kind, str], set[int]] = defaultdict(set)
    for report in reports:
        places = [(m.kind, m.words, m.span.start) for m in report.reading.mentions]
        places += [(c.correction.kind, c.correction.text, c.span.start) for c in report.corrected]
        for name in {"", report.identity.id or ""}:
            for kind, text, start in places:
                held[name, kind, text].add(start)
    return held
