"""Characters with places → lines of text: what is written on one height of a page, with the spaces between.

Places are in hundredths of a point from the top left corner of the page as it is read (a page that lies on its side
is turned first); `View` leads back to the page as it is shown.

Which spaces are text and which only spread it: between ideographs a space stands where the writer put one or where
the gap is nearly a character wide, and never where the whole line is spread (税 务 总 局); between Latin letters where
the gap is a fifth of one; between an ideograph and a digit the small gap that typesetting puts there is none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median_low
from typing import Literal, NamedTuple

from ...model import Box

WHOLE = 10_000
"""Hundredths of a percent of a page's width or height."""
_TURN = WHOLE
"""Denominator of a slant."""

_TAB_GAP = 200
"""Percent of a character's size from which a gap parts the columns of a table."""
_SPREAD_GAP = 80
_SEEN_GAP = 40
_WORD_GAP = 20
_THIN = 10
_APART = 100
"""Percent of a size from which characters of a line are a run of their own."""
_RAISED_SIZE = 75
_RAISED_BY = 20
RAISED = re.compile("[⁰¹²³⁴-⁹]")
"""Digits above the line: marks of footnotes, square metres."""
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_IDEOGRAPH = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


Space = Literal["", "seen", "written"]


class Rect(NamedTuple):
    """A rectangle: `top` is the smaller of its heights."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> int:
        """Half way down."""
        return (self.top + self.bottom) // 2

    def holds(self, other: Rect) -> bool:
        """Whether the centre of the other lies within."""
        across = (other.left + other.right) // 2
        return self.left <= across < self.right and self.top <= other.middle < self.bottom


class Glyph(NamedTuple):
    """A character, or several that were recognised together, with its place."""

    text: str
    rect: Rect
    size: int
    """Height of its letters' square, the em."""
    space: Space = ""
    """What stands before it: a space that the file writes, a gap that its reader sees, or nothing."""
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class View:
    """How a page is read, and how it is shown."""

    page: int
    """Its number, from 1."""
    width: int
    """Of the page as it is shown, like `height`."""
    height: int
    turn: int = 0
    """Quarter turns clockwise from what is shown to what is read."""
    slant: int = 0
    """Of lines that fall to the right: the tangent of their angle, in ten thousandths."""

    def read(self, across: int, down: int) -> tuple[int, int]:
        """Where a point of the page as shown is in the page as read."""
        across, down = turned((across, down), (self.width, self.height), self.turn)
        return across + down * self.slant // _TURN, down - across * self.slant // _TURN

    def shown(self, across: int, down: int) -> tuple[int, int]:
        """The way back."""
        whole = _TURN * _TURN + self.slant * self.slant
        across, down = (
            (across * _TURN - down * self.slant) * _TURN // whole,
            (down * _TURN + across * self.slant) * _TURN // whole,
        )
        return turned((across, down), self.read_size, -self.turn)

    def read_rect(self, rect: Rect) -> Rect:
        """Where a rectangle of the page as shown is in the page as read."""
        corners = [self.read(x, y) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
        return bounds(Rect(x, y, x, y) for x, y in corners)

    def box(self, rect: Rect) -> Box:
        """The part of the page as shown that holds a rectangle of the page as read."""
        corners = [self.shown(x, y) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
        left, right = (_share(f(x for x, _ in corners), self.width) for f in (min, max))
        top, bottom = (_share(f(y for _, y in corners), self.height) for f in (min, max))
        return Box(left, top, right - left, bottom - top)

    @property
    def read_size(self) -> tuple[int, int]:
        """Width and height of the page as it is read."""
        return (self.height, self.width) if self.turn % 2 else (self.width, self.height)


@dataclass(frozen=True, slots=True)
class Line:
    """What is written on one height of a page or column."""

    text: str
    rect: Rect
    size: int
    """Of most of its characters."""
    view: View
    confidence: Decimal | None = None
    """The least of its parts."""

    @property
    def box(self) -> Box:
        """Its place on the page as shown."""
        return self.view.box(self.rect)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand close together on one height."""

    glyphs: tuple[Glyph, ...]
    rect: Rect
    """As high as most of them."""
    size: int


def turned(point: tuple[int, int], size: tuple[int, int], turn: int) -> tuple[int, int]:
    """Where a point of a page of some width and height is when the page is turned clockwise by quarter turns."""
    (across, down), (width, height) = point, size
    match turn % 4:
        case 1:
            return height - down, across
        case 2:
            return width - across, height - down
        case 3:
            return down, width - across
    return point


def bounds(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around all."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def make_run(glyphs: Sequence[Glyph]) -> Run:
    """A run of glyphs that are in order."""
    left, _, right, _ = bounds(glyph.rect for glyph in glyphs)
    top, bottom = (median_low([glyph.rect[side] for glyph in glyphs]) for side in (1, 3))
    return Run(tuple(glyphs), Rect(left, top, right, bottom), _main_size(glyphs))


def find_runs(glyphs: Iterable[Glyph]) -> tuple[Run, ...]:
    """Runs of glyphs, which may come in any order of lines but follow one another within a line mostly."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if last is None or not _follows(last, glyph):
            runs.append([])
        runs[-1].append(glyph)
    return tuple(map(make_run, runs))


def find_rows(runs: Sequence[Run], view: View, tabs: bool = True) -> tuple[Line, ...]:
    """Runs joined to the lines of one column, from the top. Where `tabs`, a wide gap is a tab, else a space."""
    rows: list[list[Run]] = []
    middles: list[int] = []
    """Of the rows, which are in this order."""
    tallest = max((run.rect.height for run in runs), default=0)
    for run in sorted(runs, key=lambda run: (-run.rect.width, run.rect.top)):
        reach = (run.rect.height + tallest) // 2
        first = bisect_left(middles, run.rect.middle - reach)
        near = range(first, bisect_right(middles, run.rect.middle + reach))
        share, index = max(((_shared_height(run.rect, rows[i][0].rect), -i) for i in near), default=(0, 0))
        if share >= 50:
            rows[-index].append(run)
        else:
            place = bisect_right(middles, run.rect.middle)
            middles.insert(place, run.rect.middle)
            rows.insert(place, [run])
    lines = (
        _line(sorted((g for run in row for g in run.glyphs), key=lambda g: g.rect.left), view, tabs)
        for row in rows
    )
    return tuple(sorted(lines, key=lambda line: (line.rect.middle, line.rect.left)))


def is_ideograph(character: str) -> bool:
    """Whether a character is a Chinese one, or one of its radicals."""
    return bool(_IDEOGRAPH.match(character))


def is_wide(character: str) -> bool:
    """Whether a character takes a whole square in Chinese typesetting: ideographs, full-width marks, quotes."""
    return character > "\x7f" and unicodedata.east_asian_width(character) in "WFA"


def width_in_halves(text: str) -> int:
    """How wide a text is set, in half squares."""
    return sum(2 if is_wide(character) else 1 for character in text)


def _share(part: int, whole: int) -> int:
    return min(WHOLE, max(0, part * WHOLE // max(1, whole)))


def _main_size(glyphs: Sequence[Glyph]) -> int:
    """The size of the middle one of its characters."""
    return median_low([glyph.size for glyph in glyphs for _ in glyph.text])


def _follows(last: Glyph, glyph: Glyph) -> bool:
    gap = glyph.rect.left - last.rect.right
    apart = max(last.size, glyph.size) * _APART // 100
    return -apart < gap < apart and _shared_height(last.rect, glyph.rect) >= 50


def _shared_height(one: Rect, other: Rect) -> int:
    """Percent of the lower rectangle's height that is on the height of the other."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared * 100 // max(1, min(one.height, other.height))


def _line(glyphs: Sequence[Glyph], view: View, tabs: bool) -> Line:
    size = _main_size(glyphs)
    told = [glyph.confidence for glyph in glyphs if glyph.confidence is not None]
    text = compose_line(glyphs, tabs)
    return Line(text, bounds(g.rect for g in glyphs), size, view, min(told, default=None))


def compose_line(glyphs: Sequence[Glyph], tabs: bool = True) -> str:
    """The text of glyphs of one line from left to right, raised digits as such (²), spaces where there are some."""
    size, foot = _main_size(glyphs), median_low([glyph.rect.bottom for glyph in glyphs])
    pairs = list(pairwise(glyphs))
    gaps = [(b.rect.left - a.rect.right) * 100 // max(1, size) for a, b in pairs]
    spread = _spread(pairs, gaps)
    spaced_out = _is_spaced_out(pairs)
    parts = [_raised(glyphs[0], size, foot)]
    for (one, other), gap in zip(pairs, gaps, strict=True):
        if not (spaced_out and _are_ideographs(one, other) and gap < _TAB_GAP):
            alone = len(glyphs) == 2 and _are_ideographs(one, other)
            parts.append(_space(one, other, gap - spread, tabs and not alone))
        parts.append(_raised(other, size, foot))
    return "".join(parts)


def _space(one: Glyph, other: Glyph, gap: int, tabs: bool) -> str:
    if gap >= _TAB_GAP:
        return "\t" if tabs else " "
    wide = is_wide(one.text[-1]) or is_wide(other.text[0])
    if other.space == "written":
        return " " if gap >= (_WORD_GAP if wide else _THIN) else ""
    if other.space == "seen" and (not wide or _are_ideographs(one, other)):
        return " " if gap >= (_SEEN_GAP if wide else _WORD_GAP) else ""
    if wide and not (one.text[-1].isalnum() and other.text[0].isalnum()):
        return ""
    return " " if gap >= _SPREAD_GAP else ""


def _spread(pairs: Sequence[tuple[Glyph, Glyph]], gaps: Sequence[int]) -> int:
    """The gap in percent of a size that stands between all single ideographs of a spread line; 0 in any other."""
    between = [gap for pair, gap in zip(pairs, gaps, strict=True) if _are_ideographs(*pair)]
    return max(0, median_low(between)) if len(between) > 1 else 0


def _is_spaced_out(pairs: Sequence[tuple[Glyph, Glyph]]) -> bool:
    """Whether a space stands between nearly all ideographs: it spreads them."""
    between = [other.space == "written" for one, other in pairs if _are_ideographs(one, other)]
    return len(between) > 2 and sum(between) * 5 >= len(between) * 4


def _are_ideographs(one: Glyph, other: Glyph) -> bool:
    return is_ideograph(one.text[-1]) and is_ideograph(other.text[0])


def _raised(glyph: Glyph, size: int, foot: int) -> str:
    small = glyph.size * 100 <= size * _RAISED_SIZE
    if small and (foot - glyph.rect.bottom) * 100 >= size * _RAISED_BY:
        return glyph.text.translate(_RAISED_DIGITS)
    return glyph.text


def joint(before: str, after: str) -> tuple[str, str]:
    """How a line goes on in the next: its text, and what stands between. Words that a hyphen parts are made whole,
    words of Latin letters kept apart, and nothing is put between ideographs.

    >>> joint("法治政府", "建设"), joint("open", "data"), joint("infor-", "mation"), joint("2015-", "2020年")
    (('法治政府', ''), ('open', ' '), ('infor', ''), ('2015-', ''))
    """
    if not before:
        return "", ""
    if _HYPHENED.search(before) and _SMALL.match(after):
        return before[:-1], ""
    return before, " " if _WORD_ENDS.search(before) and _WORD_BEGINS.match(after) else ""


_HYPHENED = re.compile("[A-Za-z][-\u00ad\u2010]$")
_SMALL = re.compile("[a-z]")
_WORD_ENDS = re.compile(r"[A-Za-z][,.;:!?)\]]?$")
_WORD_BEGINS = re.compile(r"[(\[]?[A-Za-z]")
