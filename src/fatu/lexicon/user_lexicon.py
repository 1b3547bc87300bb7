"""A user's own words (`--lexicon`): agencies, programs, units, indicators and document codes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import get_args

from ..iris import segment
from ..model import Line
from .areas import load_areas
from .catalogue import IndicatorEntry, Unit, load_indicators, load_topics, load_units
from .extension import NOTHING, AddedRow, Extension, extended
from .tables import load_table
from .user_tables import UserRow, read_user_table

COLUMNS = ("kind", "word", "name", "id", "unit", "topic", "area", "line", "source")

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PARTY = "中共"
_MAX_WORD = 60
_KINDS_OF_INDICATOR = {"rate": "ratio", "persons": "persons", "money": "money"}


def load_lexicon(*paths: str | Path) -> Extension:
    """A user's own agencies, programs, units, indicators and document codes, of one file or several.

    Columns: `kind`; `word`, what stands in a text (of an agency without its area; of an indicator a regular
    expression over its phrase); `name`, what it is called (by default the word); for an indicator also `id`, `unit`
    (a unit word) and `topic` (its slug or name), unless the catalogue has the id: then the word is one more cue of
    that indicator; for a code `area` (GB/T 2260), `name` then being the issuer; `line` of an agency or issuer;
    `source`. Raises LexiconError naming line, column and reason.
    """
    read = [read_user_table(path, COLUMNS) for path in paths]
    rows = [row for _, found in read for row in found]
    if not rows:
        return NOTHING
    units = [added for row in rows if row.cell("kind") == "unit" for added in _unit(row)]
    seen: dict[tuple[str, str], str] = {}
    added: list[AddedRow] = []
    with extended(Extension(tuple(units))):
        # An indicator may be given in a unit that the same file adds.
        for row in rows:
            kind = row.one_of("kind", tuple(_KINDS))
            for key in ((kind, row.need("word")), *([("id", row.cell("id"))] if row.cell("id") else [])):
                if key in seen:
                    row.refuse("word" if key[0] == kind else "id", f"{key[1]} is already in {seen[key]}",
                               "keep one of the two")  # fmt: skip
                seen[key] = row.where
            added += _KINDS[kind](row)
    digest = hashlib.sha256(b"\n".join(data for data, _ in read)).hexdigest()
    return Extension(tuple(added), ", ".join(Path(path).name for path in paths), digest)


def _agency(row: UserRow) -> list[AddedRow]:
    row.allow(("kind", "word", "name", "line", "source"), "an agency")
    line = row.one_of("line", get_args(Line), "government")
    word, name = row.need("word"), _name(row)
    area = next((end for start, end, _ in load_areas().find(name) if start == 0), 0)
    if area and area < len(name):
        row.refuse("name", f"{name!r} names an area", f"write it without: {name[area:]}")
    # Named here, it is known by its full name too, and needs no area before it.
    return [
        _added("agency_functions.tsv", row, surface=surface, function=name, line=line, bare="yes")
        for surface in dict.fromkeys((word, name))
    ]


def _program(row: UserRow) -> list[AddedRow]:
    row.allow(("kind", "word", "name", "source"), "a program")
    word = row.need("word")
    if len(word) > _MAX_WORD:
        row.refuse("word", f"longer than {_MAX_WORD} characters", "write the name alone")
    return [_added("programs.tsv", row, pattern=re.escape(word), anchor=word, name=_name(row), kind="own")]


def _unit(row: UserRow) -> list[AddedRow]:
    row.allow(("kind", "word", "name", "source"), "a unit")
    word = row.need("word")
    with extended(NOTHING):
        if any(word in (unit.word, unit.slug) for unit in load_units()):
            row.refuse("word", f"{word} is a unit word already", "leave the row out")
    if not re.fullmatch(r"[^\W\d_]+", word):
        row.refuse("word", f"{word!r} is no word", "write it without digits and marks")
    return [
        _added("units.tsv", row, word=word, slug=segment(word), zh=_name(row), en=_name(row), kind="count")
    ]


def _code(row: UserRow) -> list[AddedRow]:
    row.allow(("kind", "word", "name", "area", "line", "source"), "a code")
    name, area = row.need("name"), row.need("area")
    areas = load_areas()
    if areas.by_code(area) is None:
        row.refuse("area", f"no area has the code {area!r}", "give a code of GB/T 2260: 410203")
    line = row.one_of("line", get_args(Line), "party" if name.startswith(_PARTY) else "government")
    place, short = areas.full_name(area), name.removeprefix(_PARTY)
    if not short.startswith(place) or short == place:
        row.refuse("name", f"{name!r} does not begin with {place}", f"write the full name: {place}人民政府")
    function = short.removeprefix(place)
    function = "委员会" if function == "委" else function
    name = name.removesuffix("委") + "委员会" if name.endswith("委") else name
    return [
        _added(
            "document_codes.tsv", row, code=row.need("word"), issuer=name, area=area, function=function, line=line,
            status="known",
        )
    ]  # fmt: skip


def _indicator(row: UserRow) -> list[AddedRow]:
    row.allow(("kind", "word", "name", "id", "unit", "topic", "source"), "an indicator")
    identifier, cue = row.need("id"), row.need("word")
    if not _SLUG.fullmatch(identifier):
        row.refuse("id", f"{identifier!r} is no id", "use small letters, digits and hyphens: hearings-held")
    try:
        empty = re.compile(cue).search("") is not None
    except re.error as error:
        row.refuse("word", f"the pattern does not compile: {error}", "correct it")
    if empty:
        row.refuse("word", f"the pattern {cue!r} matches anything", "name words that must stand there")
    unit = _unit_of(row)
    with extended(NOTHING):
        known = next((entry for entry in load_indicators() if entry.id == identifier), None)
    return [_widened(row, known, unit) if known is not None else _own_indicator(row, unit)]


def _unit_of(row: UserRow) -> Unit | None:
    """The unit of an indicator; None where the cell is empty."""
    word = row.cell("unit")
    unit = next((known for known in load_units() if known.word == word), None)
    if word and unit is None:
        row.refuse("unit", f"no unit word {word!r}", "give one of the table, or add it as a unit")
    return unit


def _widened(row: UserRow, known: IndicatorEntry, unit: Unit | None) -> AddedRow:
    """The catalogue's own row with one more cue, and the unit word if it is another."""
    if row.cell("name") not in ("", known.zh):
        row.refuse(
            "name", f"the catalogue names {known.id} {known.zh}", "leave the name out, or choose another id"
        )
    cells = dict(next(cells for cells in load_table("indicators.tsv") if cells["id"] == known.id))
    words = dict.fromkeys((*known.unit_words, *([unit.word] if unit else [])))
    cue = f"(?:{known.cue})|(?:{row.need('word')})"
    try:
        re.compile(cue)
    except re.error as error:
        row.refuse(
            "word", f"the pattern cannot stand beside that of {known.id}: {error}", "write it without flags"
        )
    cells |= {"cue": cue, "unit_words": "|".join(words)}
    return AddedRow("indicators.tsv", tuple(cells.items()))


def _own_indicator(row: UserRow, unit: Unit | None) -> AddedRow:
    if unit is None:
        row.need("unit")
    topics = {
        name: topic.slug for topic in load_topics() for name in (topic.slug, topic.zh, *topic.alt_labels)
    }
    topic = row.need("topic")
    if topic not in topics:
        row.refuse("topic", f"no topic {topic!r}", "give one of those that fatu indicators lists")
    assert unit is not None
    return _added(
        "indicators.tsv", row, id=row.need("id"), zh=row.need("name"), unit=unit.slug,
        kind=_KINDS_OF_INDICATOR.get(unit.kind, "count"), topic=topics[topic], stock_flow="flow",
        cue=row.need("word"), unit_words=unit.word,
    )  # fmt: skip


_KINDS: Mapping[str, Callable[[UserRow], Sequence[AddedRow]]] = {
    "agency": _agency,
    "program": _program,
    "unit": _unit,
    "indicator": _indicator,
    "code": _code,
}


def _name(row: UserRow) -> str:
    return row.cell("name") or row.need("word")


def _added(table: str, row: UserRow, **cells: str) -> AddedRow:
    """A row of a table of the package; `source` is the user's, else the file's name."""
    source = row.cell("source") or row.file
    return AddedRow(table, tuple({**cells, "example": row.need("word"), "source": source}.items()))
