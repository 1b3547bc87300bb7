"""Tables in plain text: neighbouring lines cut into cells by bars or tabs, as web pages and word processors leave them.

A line alone is no table, nor is what one bar or tab cuts in two, unless several such lines give words and numbers
under a head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from ..lexicon.frame_words import metadata_keys
from ..lexicon.table_words import load_table_words
from ..model import Fold, Row, Stated, Table
from .grids import is_figure, read_grid, read_note
from .headings import find_headings
from .metadata import Line

_BAR = re.compile(r"[|│┃]")
_RULE = re.compile(r"[\s|:+\-=│┃┌┐└┘├┤┬┴┼]*-{2,}[\s|:+\-=│┃┌┐└┘├┤┬┴┼]*")
_SENTENCE = re.compile(r"[。;!?]")
_MAX_CAPTION = 50
_MAX_COLUMNS = 100


class Cut(NamedTuple):
    """A line cut into cells: ranges of the folded text, and what cut it: bars or tabs."""

    line: int
    """Index of the line."""
    cells: tuple[tuple[int, int], ...]
    barred: bool
    framed: bool
    """Whether it begins with a bar."""
    after_blank: bool
    """Whether an empty line stands before it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tables of a text, and the lines that they are made of."""

    tables: tuple[Table, ...]
    rows: Mapping[int, Row | None]
    """Index of a line → its row; None for a line that only draws a rule."""


def find_tables(fold: Fold, lines: Sequence[Line], body: range) -> Sheet:
    """Tables among the lines of the body."""
    tables: list[Table] = []
    rows: dict[int, Row | None] = {}
    for block, rules in _blocks(fold.text, lines, body):
        cuts = _trimmed(block)
        if not _is_table(fold.text, cuts):
            continue
        table = read_grid(fold, [cut.cells for cut in cuts])
        above = _above(lines, cuts[0].line, body, rows)
        tables.append(_captioned(fold, table, above))
        rows |= dict(zip((cut.line for cut in cuts), table.rows, strict=True))
        rows |= dict.fromkeys(rules)
    return Sheet(tuple(tables), rows)


def first_table_line(fold: Fold, lines: Sequence[Line], end: int) -> int:
    """Index of the first line of the tables of figures (or of the caption of the first) before line `end`, else
    `end`: a body may open with a table. What a web page tells of itself in a table is none."""
    _, keys = metadata_keys()
    sheet = find_tables(fold, lines, range(min(1, end), end))
    words = load_table_words()
    for table in sheet.tables:
        cells = [cell.text for row in table.rows for cell in row.cells]
        if sum(map(is_figure, cells)) > 1 and sum(text in keys for text in cells) < 2:
            index = next(index for index, row in sheet.rows.items() if row is table.rows[0])
            while index > 1 and (
                words.caption.match(lines[index - 1].text) or words.unit_note.search(lines[index - 1].text)
            ):
                index -= 1
            return index
    return end


# ------------------------------------------------------------------------------------------------- lines


def _blocks(text: str, lines: Sequence[Line], body: range) -> Iterator[tuple[list[Cut], list[int]]]:
    """Runs of neighbouring lines that are cut alike, with the lines that only draw rules."""
    block: list[Cut] = []
    rules: list[int] = []
    for index in body:
        line = lines[index]
        if _is_rule(line.text):
            if len(block) > 2 and _is_head(text, block[-1]) and _has_figure(text, block[-2]):
                # The head of another table stands above this rule.
                yield block[:-1], rules
                block, rules = block[-1:], []
            rules.append(index)
            continue
        cut = _cut(text, line, index)
        if block and (cut is None or _opens_anew(text, block[-1], cut)):
            yield block, rules
            block, rules = [], []
        if cut is None:
            rules = []
        else:
            block.append(cut)
    if block:
        yield block, rules


def _is_rule(text: str) -> bool:
    return "--" in text and bool(_RULE.fullmatch(text))


def _is_head(text: str, cut: Cut) -> bool:
    return _written(cut) > 1 and not _has_figure(text, cut)


def _has_figure(text: str, cut: Cut) -> bool:
    return any(is_figure(text[a:b]) for a, b in cut.cells)


def _opens_anew(text: str, last: Cut, cut: Cut) -> bool:
    """Whether a line heads another table: cut otherwise, or words only, below figures and an empty line."""
    if cut.barred != last.barred:
        return True
    return cut.after_blank and not last.after_blank and _is_head(text, cut) and _has_figure(text, last)


def _cut(text: str, line: Line, index: int) -> Cut | None:
    tabbed = "\t" in line.text or text[line.start - 1 : line.start] == "\t"
    if not tabbed and not _BAR.search(line.text):
        return None
    low = text.rfind("\n", 0, line.start) + 1
    high = text.find("\n", line.end)
    high = len(text) if high < 0 else high
    bars = [m.start() for m in _BAR.finditer(text, line.start, line.end)]
    if max(len(bars), text.count("\t", low, high)) > _MAX_COLUMNS:
        return None
    barred = len(bars) > 1 or (len(bars) == 1 and not tabbed)
    if barred:
        cells = _pieces(text, bars, line.start, line.end)
        cells = cells[bars[0] == line.start : len(cells) - (bars[-1] == line.end - 1)]
    else:
        cells = _pieces(text, [m.start() for m in re.finditer("\t", text[low:high])], 0, high - low, low)
    if len(cells) < 2:
        return None
    framed = barred and bars[0] == line.start
    return Cut(index, tuple(cells), barred, framed, text[low - 2 : low - 1] == "\n")


def _pieces(text: str, marks: list[int], start: int, end: int, base: int = 0) -> list[tuple[int, int]]:
    """Trimmed ranges between the marks; marks, start and end count from `base`."""
    edges = [start - 1, *marks, end]
    cells = []
    for before, after in pairwise(edges):
        low, high = base + before + 1, base + after
        piece = text[low:high]
        lead = len(piece) - len(piece.lstrip())
        cells.append((low + lead, low + max(lead, len(piece.rstrip()))))
    return cells


def _trimmed(block: list[Cut]) -> list[Cut]:
    """Without the lines at its ends that hold one cell only or, in a wider table, are cut in two."""
    widest = max(len(cut.cells) for cut in block)
    first, last = 0, len(block)
    while first < last and (len(block[first].cells) < min(3, widest) or not _written(block[first])):
        first += 1
    while last > first and (_written(block[last - 1]) < 2 and not block[last - 1].barred):
        last -= 1
    return block[first:last]


def _written(cut: Cut) -> int:
    return sum(a < b for a, b in cut.cells)


def _is_table(text: str, cuts: list[Cut]) -> bool:
    """Two lines with a figure, or three cut alike; what is cut in two needs words above and beside its figures."""
    if len(cuts) < 2:
        return False
    widths = {len(cut.cells) for cut in cuts}
    figures = [[is_figure(text[a:b]) for a, b in cut.cells] for cut in cuts]
    if max(widths) == 2 and not all(cut.framed for cut in cuts):
        blank = load_table_words().blank
        told = [
            f[-1] or blank.fullmatch(text[slice(*cut.cells[-1])])
            for f, cut in zip(figures, cuts, strict=True)
        ]
        return len(cuts) > 2 and not any(figures[0]) and all(told[1:]) and all(_written(c) == 2 for c in cuts)
    if sum(_written(cut) > 1 for cut in cuts) < 2:
        return False
    return any(map(any, figures)) or (len(cuts) > 2 and len(widths) == 1)


# ------------------------------------------------------------------------------------------------- captions


def _above(lines: Sequence[Line], first: int, body: range, rows: Mapping[int, Row | None]) -> list[Line]:
    """The two lines above a table, the nearest first; none of another table, nor a heading."""
    above: list[Line] = []
    for index in range(first - 1, body.start - 1, -1):
        line = lines[index]
        if len(above) == 2 or rows.get(index) or _is_heading(line.text):
            break
        if not _is_rule(line.text):
            above.append(line)
    return above


def _is_heading(text: str) -> bool:
    heading = next(find_headings(text, 0, len(text)), None)
    return heading is not None and heading.start == 0 and not heading.is_item


def _captioned(fold: Fold, table: Table, above: list[Line]) -> Table:
    """With the caption and the note of units that stand above it, where its own first line holds none."""
    for line in above:
        noted = load_table_words().unit_note.search(line.text)
        title = line.text[: noted.start()].rstrip(" \t([") if noted else line.text
        if len(line.text) <= _MAX_CAPTION or (noted and line.text.rstrip(":：。 ").endswith((")", "]"))):
            table = replace(table, note=table.note or read_note(fold, line.start, line.text))
        if title:
            return replace(table, caption=table.caption or _caption(fold, line, title))
    return table


def _caption(fold: Fold, line: Line, title: str) -> Stated[str] | None:
    """A line that is a table's title, or the end of a sentence that leads to it."""
    words = load_table_words()
    begin, end = 0, len(title)
    if len(title) > _MAX_CAPTION or _SENTENCE.search(title) or not words.caption.search(title):
        said = title.rstrip(":。 ")
        if not title.endswith(":") and not words.intro.search(said):
            return None
        end = len(said)
        begin = max((m.end() for m in _SENTENCE.finditer(said)), default=0)
    span = fold.span(line.start + begin, line.start + end) if begin < end else None
    return Stated(title[begin:end], span) if span else None
