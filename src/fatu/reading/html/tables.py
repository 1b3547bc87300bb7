"""Which tables of a page hold data, and how their rows are set as lines of text.

Pages of the 2000s set everything in tables; such a layout table is passed through. Rows of data are set between bars,
as `fatu.outlining.tables` reads them: a cell that spans several stands where it begins, the others are empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lxml import etree
from lxml.html import HtmlElement

from ...lexicon.frame_words import metadata_keys
from ...lexicon.marks import fold_marks

C = TypeVar("C")

_SPACE = re.compile(r"\s+")
_MAX_KEPT = 400
"""Characters of a cell that are looked at."""
_MAX_CELL = 200
"""Characters of a cell of a table that shows no other sign of being one."""
_MAX_MARKED_CELL = 3000
_MAX_WIDTH = 100
"""Columns of the widest table that is read as one (`fatu.outlining.tables`)."""
_MAX_DOWN = 65534
"""Rows that a cell may span (HTML Standard, 4.9.11)."""


@dataclass(slots=True)
class _Seen:
    """What is seen of a table until it ends."""

    element: HtmlElement
    rows: list[list[str]] = field(default_factory=list)
    longest: int = 0
    length: int = 0
    is_marked: bool = False
    holds_table: bool = False
    in_cell: bool = False

    def add(self, text: str | None) -> None:
        if text and self.in_cell:
            self.length += len(text)
            cell = self.rows[-1][-1]
            if len(cell) < _MAX_KEPT:
                self.rows[-1][-1] = cell + text[:_MAX_KEPT]


def find_data_tables(root: HtmlElement) -> frozenset[HtmlElement]:
    """The tables of a page that hold data: no table within, two columns and more, no cell with the text of a page. What
    a page says of itself in a table (索引号, 发布机构) is none: it is read as lines."""
    found: list[HtmlElement] = []
    open_tables: list[_Seen] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if event == "start":
            if tag == "table":
                if open_tables:
                    open_tables[-1].holds_table = True
                open_tables.append(_Seen(element, is_marked=_has_border(element)))
            elif open_tables:
                _open(open_tables[-1], element)
            if open_tables and isinstance(tag, str):
                open_tables[-1].add(element.text)
            continue
        if event == "end" and tag == "table":
            table = open_tables.pop()
            if _holds_data(table):
                found.append(table.element)
        elif event == "end" and tag in ("td", "th") and open_tables:
            open_tables[-1].longest = max(open_tables[-1].longest, open_tables[-1].length)
            open_tables[-1].in_cell = False
        if open_tables:
            open_tables[-1].add(element.tail)
    return frozenset(found)


def _open(table: _Seen, element: HtmlElement) -> None:
    match element.tag:
        case "tr":
            table.rows.append([])
            table.in_cell = False
        case "td" | "th":
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append("")
            table.in_cell, table.length = True, 0
            table.is_marked |= element.tag == "th"
        case "caption" | "thead":
            table.is_marked = True


def _has_border(table: HtmlElement) -> bool:
    border = (table.get("border") or "0").strip()
    return border not in ("0", "0px", "none") or "border-collapse" in (table.get("style") or "")[:1000]


def _holds_data(table: _Seen) -> bool:
    if table.holds_table or (table.element.get("role") or "").lower() in ("presentation", "none"):
        return False
    rows = [[_SPACE.sub("", cell) for cell in row] for row in table.rows]
    written = [sum(map(bool, row)) for row in rows]
    if max(written, default=0) < 2 or _is_metadata(rows):
        return False
    if table.is_marked:
        return table.longest <= _MAX_MARKED_CELL
    return sum(count > 1 for count in written) > 1 and table.longest <= _MAX_CELL


def _is_metadata(rows: Sequence[Sequence[str]]) -> bool:
    """Whether each row is keys and values in turn (索引号 | 0001 | 发布机构 | 市司法局), or cells of key:value."""
    keys = 0
    for row in filter(any, rows):
        folded = [fold_marks(cell) for cell in row]
        alone = [is_key(cell) for cell in folded]
        if (
            any(alone[0::2])
            and not any(alone[1::2])
            and all(k or not c for k, c in zip(alone[0::2], folded[0::2], strict=True))
        ):
            keys += sum(alone)
        elif all(metadata_keys()[0].match(cell) for cell in folded if cell):
            keys += sum(map(bool, folded))
        elif sum(map(bool, folded)) > 1:
            return False
    return keys > 1


def is_key(folded: str) -> bool:
    """Whether a folded text is a key of metadata alone, with its colon or without."""
    pattern, fields = metadata_keys()
    bare = folded.strip(" :[]【】").replace(" ", "")
    match = pattern.match(folded)
    return bare in fields or (match is not None and match.end() == len(folded))


# ---------------------------------------------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class Cell(Generic[C]):
    """What a cell holds, and how many columns and rows it spans."""

    content: C
    across: int = 1
    down: int = 1


def read_span(element: HtmlElement, name: str, limit: int = _MAX_DOWN) -> int:
    """A colspan or rowspan; 1 where it is no number, the limit where it is larger (or 0, which means all that
    follow)."""
    written = (element.get(name) or "").strip()[:6]
    if not (written.isascii() and written.isdigit()):
        return 1
    return min(int(written) or (limit if name == "rowspan" else 1), limit)


def lay_out(rows: Sequence[Sequence[Cell[C]]], empty: C) -> Iterator[list[C]]:
    """Rows of equal width, with `empty` where a cell from the left or above goes on. Spans are passed over in a table
    that they make wider than any that is read."""
    width = max((sum(cell.across for cell in row) for row in rows), default=0)
    if width > _MAX_WIDTH:
        yield from ([cell.content for cell in row] for row in rows)
        return
    hanging = [0] * _MAX_WIDTH
    lines = []
    for row in rows:
        line: list[C] = []
        for cell in row:
            while len(line) < _MAX_WIDTH and hanging[len(line)]:
                line.append(empty)
            for content in [cell.content, *[empty] * (cell.across - 1)]:
                if len(line) < _MAX_WIDTH:
                    hanging[len(line)] = cell.down
                line.append(content)
        while len(line) < _MAX_WIDTH and hanging[len(line)]:
            line.append(empty)
        hanging = [max(left - 1, 0) for left in hanging]
        lines.append(line)
    width = max(map(len, lines), default=0)
    yield from (line + [empty] * (width - len(line)) for line in lines)
