"""What the heads of a table's rows and columns say: what is counted, of whom, when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..finding.cells import split_unit
from ..finding.dates import find_dates
from ..lexicon.table_words import load_table_words
from ..model import AgencyName, Cell, Column, Mention, Row, Table
from .persons import without_names
from .scenes import Scene

_LEAD = re.compile(r"(?:[(]?[一二三四五六七八九十\d]{1,3}(?:[)、]|\.(?!\d))+ *)*(?:其中[:、]? *)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STEM = 4


@dataclass(frozen=True, slots=True)
class Head:
    """What the cells that head a row or a column say."""

    words: tuple[str, ...] = ()
    """What is counted, without units, dates and numbering, the widest first."""
    derived: str | None = None
    """同比增长, 占比: where it is about what another counts."""
    period: str | None = None
    agency: Mention[AgencyName] | None = None
    body: str | None = None
    """Whose it is where that is no agency's name: 城关镇."""
    planned: bool = False


@dataclass(slots=True)
class _Draft:
    """A head while its cells are read."""

    words: list[str] = field(default_factory=list)
    derived: str | None = None
    period: str | None = None
    agency: Mention[AgencyName] | None = None
    body: str | None = None
    planned: bool = False


def read_row_head(
    table: Table, row: Row, labels: Sequence[int], scenes: Mapping[int, Scene], year: int | None
) -> Head:
    """The head of a row for the values that the columns `labels` name."""
    words, draft = load_table_words(), _Draft()
    if row.group is not None:
        _read_cell(draft, row.group, scenes, year)
    for index in labels:
        head = table.columns[index].heads[-1].text if table.columns[index].heads else ""
        cell, stem = row.labels[index], words.kinds.sub("", head)
        if len(stem) >= _STEM and stem != head and cell.text and not words.total.search(cell.text):
            draft.words.append(stem)
        _read_cell(draft, cell, scenes, year, bool(words.entity.search(head)))
    return _finished(draft)


def read_column_head(column: Column, scenes: Mapping[int, Scene], year: int | None) -> Head:
    """The head of a column."""
    draft = _Draft()
    for cell in column.heads:
        _read_cell(draft, cell, scenes, year)
    return _finished(draft)


def words_of_heads(cells: Iterable[Cell]) -> str:
    """What cells that head a row and a column say together, as a reader says it: 行政复议 受理. Without numbering,
    units, and words like 数量 that say nothing."""
    words = load_table_words()
    kept: list[str] = []
    for cell in cells:
        text = split_unit(cell.text)[0]
        lead = _LEAD.match(text)
        text = text[lead.end() :] if lead else text
        says_nothing = words.unit_note.match(text) or words.generic.search(text)
        if text and not says_nothing and text not in kept[-1:]:
            kept.append(text)
    return without_names(" ".join(kept))


def _finished(draft: _Draft) -> Head:
    return Head(tuple(draft.words), draft.derived, draft.period, draft.agency, draft.body, draft.planned)


def _read_cell(
    draft: _Draft, cell: Cell, scenes: Mapping[int, Scene], year: int | None, lists_bodies: bool = False
) -> None:
    words = load_table_words()
    text = split_unit(cell.text)[0]
    if not text or words.unit_note.match(text) or words.total.search(text):
        return
    draft.planned = draft.planned or bool(words.planned.search(text))
    derived = words.derived(text)
    if derived is not None:
        draft.derived = derived
        return
    agency = opening_agency(scenes.get(cell.span.start))
    if agency is not None:
        draft.agency, text = agency, text[text.find(agency.text) + len(agency.text) :]
    lead = _LEAD.match(text)
    text, period = read_period(text[lead.end() :] if lead else text, year)
    draft.period = period or draft.period
    if not text or words.generic.search(text):
        return
    if not lists_bodies:
        draft.words.append(text)
    elif agency is None:
        draft.body = text


def opening_agency(scene: Scene | None) -> Mention[AgencyName] | None:
    """The agency whose name opens a cell or a caption, after its number and dates."""
    if scene is None or not scene.place.agencies:
        return None
    clause, first = scene.place.clause, scene.place.agencies[0]
    text, lead = clause.text, max(scene.place.lead, _opening(clause.text))
    return first if first.span.start - clause.span.start <= lead + (text[lead : lead + 1] == " ") else None


def _opening(text: str) -> int:
    lead, start = _LEAD.match(text), load_table_words().caption_start.match(text)
    return max(lead.end() if lead else 0, start.end() if start else 0)


def read_period(text: str, year: int | None) -> tuple[str, str | None]:
    """A head without its date, and the period that this means; one that compares has no date of its own."""
    words, bare = load_table_words(), text.strip()
    if words.derived(bare) is not None:
        return text, None
    if _YEAR.fullmatch(bare):
        return "", bare
    for pattern, offset in ((words.last, -1), (words.this, 0)):
        if pattern.search(bare):
            return "", str(year + offset) if year is not None else None
    for spot in find_dates(text, year):
        if spot.payload.kind not in ("event", "recurrence") and spot.payload.value is not None:
            return (text[: spot.start] + text[spot.end :]).strip(" 的"), spot.payload.value
    return text, None
