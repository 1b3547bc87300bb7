"""Runs of characters → columns of lines, in the order in which a page is read.

A page has columns where a strip of white runs down between lines that are as wide as running text allows; the cells
of a table without rules are narrower than what is left for them, and stay on one line. What crosses the strip (a
title over both columns) parts the page into what is above it and what is below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import NamedTuple

from .lines import Line, Rect, Run, View, bounds, find_rows

_MIN_LINES = 4
"""Of each column."""
_MIN_WIDTH = 8
"""Characters that go into a column at least."""
_MIN_FILLED = 60
"""Percent of its column that the middle one of its lines takes."""
_MAX_CROSSING = 20
"""Percent of the runs that may cross the strip."""
_WHITE = 80
"""Percent of a size that the strip is wide at least."""
_MAX_RUNS = 1000


@dataclass(frozen=True, slots=True)
class Column:
    """Lines one below the other."""

    lines: tuple[Line, ...]
    frame: Rect | None = None
    """What bounds its lines, where that is drawn: a cell."""


class _Strip(NamedTuple):
    """The white between two columns."""

    left: int
    right: int


def find_columns(runs: Sequence[Run], view: View) -> tuple[Column, ...]:
    """The columns of a page, each before the next."""
    strip = _find_strip(runs) if len(runs) <= _MAX_RUNS else None
    if strip is None:
        lines = find_rows(runs, view)
        return (Column(lines),) if lines else ()
    return tuple(column for part in _parts(runs, strip) for column in _columns(part, strip, view))


def _columns(part: Sequence[Run], strip: _Strip, view: View) -> tuple[Column, ...]:
    left, right = _beside(part, strip)
    if len(left) + len(right) < len(part) or min(len(left), len(right)) < _MIN_LINES // 2:
        return (Column(find_rows(part, view)),)
    return (*find_columns(left, view), *find_columns(right, view))


def _parts(runs: Sequence[Run], strip: _Strip) -> Iterator[list[Run]]:
    """From the top: runs that all cross the strip, or that all keep off it."""
    part: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.rect.middle, run.rect.left)):
        if part and _crosses(part[-1], strip) != _crosses(run, strip):
            yield part
            part = []
        part.append(run)
    if part:
        yield part


def _find_strip(runs: Sequence[Run]) -> _Strip | None:
    """The strip that the fewest runs cross, where there are columns."""
    if len(runs) < 2 * _MIN_LINES:
        return None
    size = median_low([run.size for run in runs])
    page = bounds(run.rect for run in runs)
    middle = range(page.left + page.width // 5, page.left + page.width * 4 // 5)
    strips = (
        _Strip(left - size * _WHITE // 100, left)
        for left in sorted({run.rect.left for run in runs if run.rect.left in middle})
    )
    found = [
        (crossing, strip) for strip in strips if (crossing := _crossing(runs, strip, page, size)) is not None
    ]
    return min(found)[1] if found else None


def _crossing(runs: Sequence[Run], strip: _Strip, page: Rect, size: int) -> int | None:
    """How many runs cross, where the others are two columns; else None."""
    left, right = _beside(runs, strip)
    crossing = len(runs) - len(left) - len(right)
    if min(len(left), len(right)) < _MIN_LINES or crossing * 100 > len(runs) * _MAX_CROSSING:
        return None
    aligned = sum(run.rect.left - strip.right < 3 * size for run in right)
    if aligned * 2 < len(right):
        return None
    widths = (max(run.rect.right for run in left) - page.left, page.right - strip.right)
    filled = all(
        width >= _MIN_WIDTH * size
        and median_low([run.rect.width for run in side]) * 100 >= width * _MIN_FILLED
        for width, side in zip(widths, (left, right), strict=True)
    )
    return crossing if filled else None


def _beside(part: Sequence[Run], strip: _Strip) -> tuple[list[Run], list[Run]]:
    left = [run for run in part if run.rect.right <= strip.left]
    right = [run for run in part if run.rect.left >= strip.right]
    return left, right


def _crosses(run: Run, strip: _Strip) -> bool:
    return run.rect.left < strip.right and strip.left < run.rect.right
