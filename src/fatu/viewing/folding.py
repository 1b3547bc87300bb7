"""Rows, panels and columns: how high the parts of a report are, and how they share the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

GAP = 14
PITCH = 24
"""From one row to the next."""
BADGE = 28
INDENT = 10
PADDING = 10
ACTS = 290
"""Width of the left lane (what was done), the way to the right one included."""
RESULTS = 272
"""Width of the right lane (what it counts and brought about)."""
COLUMN = ACTS + RESULTS + 2 * PADDING
HEADING = (ACTS + RESULTS, 38, 25)
"""Width, height and font of a panel's heading, legible when the whole board is in view."""
NOTE = 28
"""Height of the note over a panel without a heading."""
FLAG = (RESULTS, 44, 22)
"""The same of a doubt about a figure, which stands below it."""
SLACK = 3 * PITCH
"""How far the right lane may fall behind before a new item waits for it."""
SHAPE = (13, 9)
"""Width to height of a board that fits a screen."""
AROUND = 380
"""Height of what stands above and below the columns, roughly."""
TALLEST = 60 * PITCH
"""Height from which a section goes on in the next column."""
WORTH = 96
"""Percent of the size of a board below which it is worth parting sections."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure or an outcome, with lines of tags beside it and doubts below it."""

    node: str
    beside: tuple[tuple[str, ...], ...] = ()
    below: tuple[str, ...] = ()

    @property
    def top_of_doubts(self) -> int:
        """From its top to what is below it."""
        return max(1, len(self.beside)) * PITCH

    @property
    def height(self) -> int:
        """From its top to that of the next cell."""
        return self.top_of_doubts + len(self.below) * (FLAG[1] + 4) + (4 if self.below else 0)


@dataclass(frozen=True, slots=True)
class Row:
    """A section within a panel, a measure, problem or plan (or nothing), with what came of it."""

    node: str
    depth: int = 0
    cells: tuple[Cell, ...] = ()
    heads: bool = False


@dataclass(frozen=True)
class Block:
    """A panel: a section with its rows; without a heading where it goes on from the column before, and where
    the rows belong to no section (the empty name)."""

    section: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    @cached_property
    def height(self) -> int:
        """Of the whole panel."""
        heads = len(self.heads) * (HEADING[1] + 6) if self.heads else NOTE
        return 2 * PADDING + heads + stack(self.rows)[2] - (PITCH - 20)


def stack(rows: Iterable[Row]) -> tuple[list[tuple[str, int, int]], list[tuple[Cell, int]], int]:
    """The two lanes of a panel: acts with x and y, results with y, and the height of both.

    A result stands beside its act or, where there are many, as close below as there is room; what is left of
    an item's results does not run far into the next.
    """
    acts: list[tuple[str, int, int]] = []
    results: list[tuple[Cell, int]] = []
    left = right = 0
    for row in rows:
        if row.heads:
            left = max(left, right - SLACK)
        at = left
        if row.node:
            acts.append((row.node, INDENT * min(row.depth, 2), at))
            left += PITCH
        right = max(right, at) if row.cells else right
        for cell in row.cells:
            results.append((cell, right))
            right += cell.height
    return acts, results, max(left, right)


def fold(blocks: Sequence[Block], columns: int | None = None) -> list[list[Block]]:
    """Blocks in columns, in their order: in so many, or so that the board has about the shape of a screen.

    A section is parted between columns only where the board gains by it.
    """
    if not blocks:
        return []
    if columns is not None:
        return _partition(blocks, columns)
    whole = _shape([piece for block in blocks for piece in _cut(block, TALLEST)])
    parted = _shape([piece for block in blocks for piece in _cut(block, 0)])
    return parted if _size(parted) * 100 < _size(whole) * WORTH else whole


def _shape(pieces: Sequence[Block]) -> list[list[Block]]:
    """The pieces in as many columns as make the board the smallest."""
    best: list[list[Block]] = []
    for count in range(1, len(pieces) + 1):
        found = _partition(pieces, count)
        if best and _size(found) >= _size(best):
            break  # from here on more columns only make the board wider
        best = found
    return best


def _size(columns: Sequence[Sequence[Block]]) -> int:
    height = max(_height(blocks) for blocks in columns) + AROUND
    return max(height * SHAPE[0], len(columns) * COLUMN * SHAPE[1])


def _height(blocks: Iterable[Block]) -> int:
    return sum(block.height + GAP for block in blocks)


def _cut(block: Block, limit: int) -> Iterator[Block]:
    """A block in pieces: at the headings in it that come after `limit`, or where a piece would be too tall."""
    heads = block.heads
    rows: list[Row] = []
    height = 0
    for row in block.rows:
        if rows and not rows[-1].heads and height > (limit if row.heads else TALLEST):
            yield Block(block.section, heads, tuple(rows))
            heads, rows, height = (), [], 0
        rows.append(row)
        height += max(PITCH, sum(cell.height for cell in row.cells))
    yield Block(block.section, heads, tuple(rows))


def _partition(pieces: Sequence[Block], count: int) -> list[list[Block]]:
    """The pieces in at most `count` columns, in order, the tallest as low as can be (by bisection)."""
    low, high = max(p.height for p in pieces) + GAP, _height(pieces)
    while low < high:
        middle = (low + high) // 2
        if len(_pack(pieces, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return _pack(pieces, low)


def _pack(pieces: Sequence[Block], limit: int) -> list[list[Block]]:
    """The pieces in columns of a height; pieces of one section that meet in a column are one again."""
    columns: list[list[Block]] = [[]]
    filled = 0
    for piece in pieces:
        column = columns[-1]
        last = column[-1] if column else None
        joined = last is not None and last.section == piece.section
        block = Block(piece.section, last.heads, last.rows + piece.rows) if last and joined else piece
        free = filled - (last.height + GAP if last and joined else 0)
        if column and free + block.height + GAP > limit:
            columns.append([piece])
            filled = piece.height + GAP
        else:
            column[-1 if joined else len(column) :] = [block]
            filled = free + block.height + GAP
    return columns
