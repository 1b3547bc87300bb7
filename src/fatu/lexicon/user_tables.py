"""Files that a user writes: rows for the lexicon (`--lexicon`) and corrections (`--corrections`).

Both are tables like those of the package: UTF-8, tabs between cells, a header row, # comments. Columns may stand
in any order; those that a file does not need may be left out, and so may empty cells at the end of a line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, cast, get_args

from ..errors import LexiconError
from ..iris import segment
from ..model import Correction, Decision, Kind, Line
from .areas import load_areas
from .catalogue import load_topics, load_units
from .extension import NOTHING, AddedRow, Extension, extended
from .tables import decode, parse_lines

MAX_BYTES = 4_000_000
"""A user's table may not be larger."""

_LEXICON_COLUMNS = ("kind", "word", "name", "id", "unit", "topic", "area", "line", "source")
_CORRECTION_COLUMNS = ("report", "kind", "text", "start", "decision", "value", "by", "note")
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PARTY = "中共"


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a user adds to what fatu knows, and what the user decided where it read wrongly."""

    lexicon: Extension = NOTHING
    corrections: tuple[Correction, ...] = ()

    def of_report(self, report: str) -> tuple[Correction, ...]:
        """The corrections about the report with this id, and those about every report."""
        return tuple(c for c in self.corrections if c.report in ("", report))


NO_GUIDANCE = Guidance()


@dataclass(frozen=True, slots=True)
class _Place:
    """A row of a user's file, to say what is wrong with it."""

    file: str
    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """A cell; nothing where the file lacks the column."""
        return self.cells.get(column, "")

    def need(self, column: str) -> str:
        """A cell that must be filled in."""
        return self.cell(column) or self.refuse(column, "the cell is empty", "fill it in")

    def refuse(self, column: str, problem: str, remedy: str) -> NoReturn:
        """Raises LexiconError at a cell."""
        raise LexiconError(f"{self.file} line {self.line} column {column}", problem, remedy)

    def one_of(self, column: str, allowed: tuple[str, ...], default: str = "") -> str:
        """A cell whose value is one of some words."""
        value = self.cell(column) or default
        if value not in allowed:
            self.refuse(column, f"{value!r} is not known", f"write one of {', '.join(allowed)}")
        return value


def load_lexicon(path: str | Path) -> Extension:
    """A user's own agencies, programs, units, indicators and document codes.

    Columns: `kind`; `word`, what stands in a text (of an agency without its area; of an indicator a regular
    expression over its phrase); `name`, what it is called (by default the word); for an indicator also `id`, `unit`
    (a unit word) and `topic`; for a code `area` (GB/T 2260), `name` then being the issuer; `line` of an agency or
    issuer; `source`. Raises LexiconError naming line, column and reason.
    """
    data, rows = _read(path, _LEXICON_COLUMNS)
    kinds = tuple(_LEXICON_KINDS)
    units = [_unit(row) for row in rows if row.cell("kind") == "unit"]
    added: list[AddedRow] = []
    seen: dict[tuple[str, str], int] = {}
    with extended(Extension(tuple(units))):
        # An indicator may be given in a unit that the same file adds.
        for row in rows:
            kind = row.one_of("kind", kinds)
            key = (kind, row.need("word"))
            if key in seen:
                row.refuse("word", f"{key[1]} is already in line {seen[key]}", "keep one of the two")
            seen[key] = row.line
            added.append(_LEXICON_KINDS[kind](row))
    return Extension(tuple(added), Path(path).name, hashlib.sha256(data).hexdigest())


def load_corrections(path: str | Path) -> tuple[Correction, ...]:
    """A user's decisions about what was read, in the order of the file.

    Columns: `report`, an id (410203-gov-2020), empty for every report; `kind` of mention; its `text`; `start`, its
    offset in code points, empty for every place; `decision`, `not` (it is no such mention) or `is`; `value`, what it is
    then: the name of an agency or program, the title or number of a document, the id of an indicator for a metric;
    `by`, who decided; `note`, why. Raises LexiconError naming line, column and reason.
    """
    _, rows = _read(path, _CORRECTION_COLUMNS)
    return tuple(map(_correction, rows))


def load_guidance(lexicon: str | Path | None = None, corrections: str | Path | None = None) -> Guidance:
    """A user's files: see `load_lexicon` and `load_corrections`."""
    return Guidance(
        load_lexicon(lexicon) if lexicon else NOTHING, load_corrections(corrections) if corrections else ()
    )


def _read(path: str | Path, columns: tuple[str, ...]) -> tuple[bytes, list[_Place]]:
    name = Path(path).name
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LexiconError(str(path), f"cannot be read: {error.strerror}", "check the path") from error
    if len(data) > MAX_BYTES:
        raise LexiconError(str(path), f"larger than {MAX_BYTES // 1_000_000} MB", "split the table")
    rows = [_Place(name, number, row) for number, row in parse_lines(decode(data, name), name, padded=True)]
    for column in rows[0].cells if rows else ():
        if column not in columns:
            raise LexiconError(
                f"{name} column {column}", "the column is not known", f"use {', '.join(columns)}"
            )
    return data, rows


def _agency(row: _Place) -> AddedRow:
    line = row.one_of("line", get_args(Line), "government")
    return _added(
        "agency_functions.tsv", row, surface=row.need("word"), function=_name(row), line=line, bare="no"
    )


def _program(row: _Place) -> AddedRow:
    word = row.need("word")
    return _added("programs.tsv", row, pattern=re.escape(word), anchor=word, name=_name(row), kind="own")


def _unit(row: _Place) -> AddedRow:
    word = row.need("word")
    return _added("units.tsv", row, word=word, slug=segment(word), zh=_name(row), en=_name(row), kind="count")


def _code(row: _Place) -> AddedRow:
    name, area = row.need("name"), row.need("area")
    areas = load_areas()
    if areas.by_code(area) is None:
        row.refuse("area", f"no area has the code {area!r}", "give a code of GB/T 2260: 410203")
    line = row.one_of("line", get_args(Line), "party" if name.startswith(_PARTY) else "government")
    function = name.removeprefix(_PARTY).removeprefix(areas.full_name(area))
    return _added(
        "document_codes.tsv", row, code=row.need("word"), issuer=name, area=area, function=function, line=line,
        status="known",
    )  # fmt: skip


def _indicator(row: _Place) -> AddedRow:
    identifier, cue = row.need("id"), row.need("word")
    if not _SLUG.fullmatch(identifier):
        row.refuse("id", f"{identifier!r} is no id", "use small letters, digits and hyphens: hearings-held")
    try:
        re.compile(cue)
    except re.error as error:
        row.refuse("word", f"the pattern does not compile: {error}", "correct it")
    unit = next((known for known in load_units() if known.word == row.need("unit")), None)
    if unit is None:
        row.refuse("unit", f"no unit word {row.cell('unit')!r}", "give one of the table, or add it as a unit")
    topic = row.need("topic")
    if topic not in {known.slug for known in load_topics()}:
        row.refuse("topic", f"no topic {topic!r}", "give the slug of one in ontology/topics.ttl")
    kind = {"rate": "ratio", "persons": "persons", "money": "money"}.get(unit.kind, "count")
    return _added(
        "indicators.tsv", row, id=identifier, zh=row.need("name"), en=row.cell("name"), unit=unit.slug,
        kind=kind, topic=topic, stock_flow="flow", cue=cue, unit_words=unit.word,
    )  # fmt: skip


_LEXICON_KINDS: Mapping[str, Callable[[_Place], AddedRow]] = {
    "agency": _agency,
    "program": _program,
    "unit": _unit,
    "indicator": _indicator,
    "code": _code,
}


def _name(row: _Place) -> str:
    return row.cell("name") or row.need("word")


def _added(table: str, row: _Place, **cells: str) -> AddedRow:
    """A row of a table of the package; `source` is the user's, else the file's name."""
    source = row.cell("source") or row.file
    return AddedRow(table, tuple({**cells, "example": row.need("word"), "source": source}.items()))


def _correction(row: _Place) -> Correction:
    kind = cast(Kind, row.one_of("kind", get_args(Kind)))
    decision = cast(Decision, row.one_of("decision", get_args(Decision)))
    start = row.cell("start")
    if start and not (start.isascii() and start.isdecimal()):
        row.refuse("start", f"{start!r} is no offset", "give a whole number, or nothing")
    if decision == "is":
        if kind == "date":
            row.refuse("decision", "a date can only be refused", "write not")
        row.need("value")
    return Correction(
        kind, row.need("text"), int(start) if start else None, decision, row.cell("value"), row.cell("report"),
        row.cell("by"), row.cell("note"), f"{row.file} line {row.line}",
    )  # fmt: skip
