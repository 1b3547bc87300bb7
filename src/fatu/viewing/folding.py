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
FLAG = (RESULTS, 44, 24)
"""The same of a doubt about a figure, which stands below it."""
SLACK = 3 * PITCH
"""How far the right lane may fall behind before a new item waits for it."""
SHAPE = (13, 9)
"""Width to height of a board that fits a screen."""
AROUND = 380
"""Height of what stands above and below the columns, roughly."""
TALLEST = 60 * PITCH
"""Height from which a section goes on in the next column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure or an outcome, with tags beside it and doubts below it."""

    node: str
    beside: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """From its top to that of the next cell."""
        return PITCH + len(self.below) * (FLAG[1] + 4) + (4 if self.below else 0)


@dataclass(frozen=True, slots=True)
class Row:
    """A section within a panel, a measure, problem or plan (or nothing), with what came of it."""

    node: str
    depth: int = 0
    cells: tuple[Cell, ...] = ()
    heads: bool = False


@dataclass(frozen=True)
class Block:
    """A panel: a section with its rows; without a heading where it goes on from the column before."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    @cached_property
    def height(self) -> int:
        """Of the whole panel."""
        return 2 * PADDING + len(self.heads) * (HEADING[1] + 6) + stack(self.rows)[2] - (PITCH - 20)


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
    """Blocks in columns, in their order: in so many, or so that the board has about the shape of a screen."""
    pieces = [piece for block in blocks for piece in _cut(block)]
    if not pieces:
        return []
    if columns is not None:
        return _partition(pieces, columns)
    best: list[list[Block]] = []
    best_size = 0
    for count in range(1, len(pieces) + 1):
        found = _partition(pieces, count)
        height = max(_height(blocks) for blocks in found) + AROUND
        size = max(height * SHAPE[0], len(found) * COLUMN * SHAPE[1])
        if best and size >= best_size:
            break  # from here on more columns only make the board wider
        best, best_size = found, size
    return best


def _height(blocks: Iterable[Block]) -> int:
    return sum(block.height + GAP for block in blocks)


def _cut(block: Block) -> Iterator[Block]:
    """A block that is too tall, as several."""
    heads = block.heads
    rows: list[Row] = []
    height = 0
    for row in block.rows:
        own = max(PITCH, sum(cell.height for cell in row.cells))
        if rows and height + own > TALLEST:
            kept = next((n for n in range(len(rows), 0, -1) if not rows[n - 1].heads), len(rows))
            yield Block(heads, tuple(rows[:kept]))
            heads, rows, height = (), rows[kept:], 0  # a heading goes on with what it heads
        rows.append(row)
        height += own
    yield Block(heads, tuple(rows))


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
    columns: list[list[Block]] = [[]]
    filled = 0
    for piece in pieces:
        if columns[-1] and filled + piece.height + GAP > limit:
            columns.append([])
            filled = 0
        columns[-1].append(piece)
        filled += piece.height + GAP
    return columns
