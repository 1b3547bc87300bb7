"""A user's decisions about what was read (`--corrections`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import cast, get_args

from ..model import Correction, Decision, Kind
from ..paths import Paths, each_path
from .catalogue import load_indicators
from .extension import NOTHING, Extension, extended
from .user_lexicon import load_lexicon
from .user_tables import UserRow, read_user_table

COLUMNS = ("report", "kind", "text", "start", "decision", "value", "by", "note")
_ALIASES = {"indicator": "metric", "document": "citation"}
"""What else a kind is called: an indicator is corrected at the metric that counts it."""
_INDICATOR_IRI = re.compile(r"[a-z][a-z+.-]*://\S+/id/indicator/(?P<id>[^/\s]+)")


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a user adds to what fatu knows, and what the user decided where it read wrongly."""

    lexicon: Extension = NOTHING
    corrections: tuple[Correction, ...] = ()

    def of_report(self, report: str) -> tuple[Correction, ...]:
        """The corrections about the report with this id, and those about every report."""
        return tuple(c for c in self.corrections if c.report in ("", report))


NO_GUIDANCE = Guidance()


def load_guidance(lexicon: Paths = (), corrections: Paths = ()) -> Guidance:
    """A user's files, one or several of each: see `load_lexicon` and `load_corrections`."""
    words = load_lexicon(*each_path(lexicon))
    with extended(words):
        return Guidance(words, load_corrections(*each_path(corrections)))


def load_corrections(*paths: str | Path) -> tuple[Correction, ...]:
    """A user's decisions, those that count first: about one place before every place, about one report before all.

    Columns: `report`, an id (410203-gov-2020), empty for every report; `kind` of mention; its `text`; `start`, its
    offset in code points, empty for every place; `decision`, `not` (it is no such mention; not of an indicator) or
    `is`; `value`, what it is then: the full name of an agency, the name of a program, the title or number of a
    document, the id or name of an indicator for a metric (or words of its own for one that the catalogue lacks); `by`,
    who decided; `note`, why.
    Raises LexiconError naming line, column and reason, for two lines about the same too.
    """
    rows = [row for path in paths for row in read_user_table(path, COLUMNS)[1]]
    corrections = [_correction(row) for row in rows]
    seen: dict[tuple[str, str, str, int | None], str] = {}
    for row, made in zip(rows, corrections, strict=True):
        key = (made.report, made.kind, made.text, made.start)
        if key in seen:
            row.refuse("text", f"{seen[key]} decides about {made.text!r} already", "keep one of the two")
        seen[key] = made.where
    return tuple(sorted(corrections, key=lambda c: (c.start is None, not c.report)))


def _correction(row: UserRow) -> Correction:
    kinds = get_args(Kind)
    written = row.one_of("kind", (*kinds, *_ALIASES))
    kind = cast(Kind, _ALIASES.get(written, written))
    decision = cast(Decision, row.one_of("decision", get_args(Decision)))
    start, value = row.cell("start"), row.cell("value")
    if start and not (start.isascii() and start.isdecimal()):
        row.refuse("start", f"{start!r} is no offset", "give a whole number, or nothing")
    if decision == "not" and value:
        row.refuse("value", "what is none is nothing else", "leave the cell empty, or decide is")
    if decision == "not" and written == "indicator":
        # As a metric the whole figure would go, and with it what it says.
        row.refuse(
            "decision",
            "of an indicator it has to be said which one it is",
            "write is and a value (words of your own if need be), or the kind metric to take the figure out",
        )
    if decision == "is":
        if kind == "date":
            row.refuse("decision", "a date can only be refused", "write not")
        value = row.need("value")
        if kind == "metric":
            value = _indicator(row, value)
        elif "://" in value and kind != "agency":
            row.refuse("value", "an IRI names nothing here", "write its title, number or name")
    return Correction(
        kind, row.need("text"), int(start) if start else None, decision, value, row.cell("report"),
        row.cell("by"), row.cell("note"), row.where,
    )  # fmt: skip


def _indicator(row: UserRow, value: str) -> str:
    """The id of an indicator of the catalogue given by id, IRI or name; else words of the user's own."""
    iri = _INDICATOR_IRI.fullmatch(value)
    value = iri["id"] if iri is not None else value
    names = {name: entry.id for entry in load_indicators() for name in (entry.id, entry.zh)}
    if value in names:
        return names[value]
    if value.isascii():
        near = get_close_matches(value, list(names), 1)
        row.refuse("value", f"no indicator {value!r}", f"is it {near[0]}?" if near else "see fatu indicators")
    if value[0].isdecimal():
        row.refuse("value", f"{value!r} is no indicator", "a decision says what is counted, not how many")
    return value
