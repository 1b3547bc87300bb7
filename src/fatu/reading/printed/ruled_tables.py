"""Rules drawn on a page → the tables that they frame, row by row.

A cell that spans several rows or columns is written in the first of them; the others stay empty, as tables in plain
text have it. What stands in a frame and is as long as running text (a form with one box for the whole report) is no
cell of a table: its lines are read as lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...model import Box
from .columns import Column, find_columns
from .lines import Glyph, Line, Rect, View, bounds, find_rows, find_runs, joint

_NEAR = 25
"""Percent of the size of characters within which rules meet, and to which they are thick."""
_NEAREST = 300
"""Hundredths of a point that this is at least."""
_MIN_LENGTH = 50
"""Percent of the size of characters that a rule is long: shorter ones are dashes or parts of drawings."""
_MAX_RULES = 3000
_MAX_CROSSINGS = 3000
BROKEN_BAR = "¦"
"""What a bar in a cell is written as, since bars part the cells."""
_BARS = str.maketrans(dict.fromkeys("|│┃｜", BROKEN_BAR))
_LONG_CELL = 300
"""Characters from which what stands in a frame is running text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is written in a frame, on one line."""

    text: str
    box: Box
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Rows of cells, each as many; None where a cell is empty or goes on from another."""

    number: int
    """Of its page."""
    rows: tuple[tuple[Cell | None, ...], ...]

    def without_head_of(self, before: RuledTable) -> RuledTable:
        """The table without the rows with which the one before begins too; itself where it has none, or no others."""
        texts, heads = (
            [[cell.text if cell else "" for cell in row] for row in table.rows] for table in (self, before)
        )
        same = next((i for i, (row, head) in enumerate(zip(texts, heads, strict=False)) if row != head), 0)
        return RuledTable(self.number, self.rows[same:]) if same else self


@dataclass(frozen=True, slots=True)
class Grid:
    """The frames of a table: row by row, from the left, None where one goes on."""

    rect: Rect
    rows: tuple[tuple[Rect | None, ...], ...]


def find_grids(rules: Sequence[Rect], size: int) -> tuple[Grid, ...]:
    """The frames that level and upright rules make around characters of a size, from the top; none where they are too
    many."""
    near = max(_NEAREST, size * _NEAR // 100)
    edges = [edge for rule in rules if (edge := _edge(rule, near, size)) is not None]
    if len(edges) > _MAX_RULES or len(edges) < 4:
        return ()
    from pdfplumber.table import (
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    merged = merge_edges(edges, near, near, near, near)
    crossings = edges_to_intersections(merged, near, near)
    if len(crossings) > _MAX_CROSSINGS:
        return ()
    tables = cells_to_tables(intersections_to_cells(crossings))
    grids = [_grid([Rect(*(round(side) for side in cell)) for cell in cells]) for cells in tables]
    return tuple(sorted(grids, key=lambda grid: (grid.rect.top, grid.rect.left)))


def fill_grid(grid: Grid, glyphs: Sequence[Glyph], view: View) -> tuple[Column | RuledTable, ...]:
    """The table of a grid, or what else its frames hold; nothing where they are empty."""
    frames = [frame for row in grid.rows for frame in row if frame is not None]
    held: dict[Rect, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        frame = next((frame for frame in frames if frame.holds(glyph.rect)), None)
        if frame is not None:
            held[frame].append(glyph)
    parts: list[Column | RuledTable] = []
    rows: list[tuple[Cell | None, ...]] = []
    for frames_of_row in grid.rows:
        written = [frame for frame in frames_of_row if frame in held]
        if len(held) < 2 or any(sum(len(g.text) for g in held[f]) > _LONG_CELL for f in written):
            parts += _table(view.page, rows)
            rows = []
            parts += [part for frame in written for part in _text_in(frame, held[frame], view)]
        else:
            rows.append(tuple(_cell(held[f], view) if f in held else None for f in frames_of_row))
    return (*parts, *_table(view.page, rows))


def _edge(rule: Rect, near: int, size: int) -> dict[str, Any] | None:
    if max(rule.width, rule.height) * 100 < size * _MIN_LENGTH or min(rule.width, rule.height) > near:
        return None
    level = rule.width > rule.height
    left, top, right, bottom = rule
    if level:
        top = bottom = rule.middle
    else:
        left = right = (left + right) // 2
    return {
        "x0": left, "x1": right, "top": top, "bottom": bottom, "width": right - left, "height": bottom - top,
        "orientation": "h" if level else "v", "object_type": "line",
    }  # fmt: skip


def _grid(frames: Sequence[Rect]) -> Grid:
    lefts = sorted({frame.left for frame in frames})
    rows: dict[int, dict[int, Rect]] = defaultdict(dict)
    for frame in frames:
        rows[frame.top][frame.left] = frame
    return Grid(
        bounds(frames), tuple(tuple(row.get(left) for left in lefts) for _, row in sorted(rows.items()))
    )


def _table(page: int, rows: Sequence[tuple[Cell | None, ...]]) -> Iterator[RuledTable]:
    written = [row for row in rows if any(row)]
    if written:
        used = [index for index, cells in enumerate(zip(*written, strict=True)) if any(cells)]
        yield RuledTable(page, tuple(tuple(row[index] for index in used) for row in written))


def _text_in(frame: Rect, glyphs: Sequence[Glyph], view: View) -> Iterator[Column]:
    for column in find_columns(find_runs(glyphs), view):
        yield Column(column.lines, frame)


def _cell(glyphs: Sequence[Glyph], view: View) -> Cell:
    lines: tuple[Line, ...] = find_rows(find_runs(glyphs), view, tabs=False)
    text = ""
    for line in lines:
        before, between = joint(text, line.text)
        text = before + between + line.text
    told = [line.confidence for line in lines if line.confidence is not None]
    return Cell(text.translate(_BARS), view.box(bounds(line.rect for line in lines)), min(told, default=None))
