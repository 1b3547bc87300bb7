"""Lines that were recognised → characters with their places on the page."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, median_low

from ..printed.lines import Glyph, Rect, Space, View, is_ideograph, width_in_halves
from .recogniser import Found

_LONG = 20
"""Half squares from which a line shows how high lines are for the size of their characters."""
_ENOUGH = 12
"""Quarters of a square from the first to the last character whose distance shows their size."""
_ODD = 25
"""Percent by which that size may differ from what the line's height says; where it does more, the line is spread.
Likewise for the width of a line of few characters."""


def find_slant(found: Sequence[Found]) -> int:
    """How much the lines fall to the right, in ten thousandths: that of the middle one of the longer half."""
    longest = sorted(found, key=lambda line: -line.width)[: (len(found) + 1) // 2]
    slants = []
    for line in longest:
        (left, top), (right, falls) = line.corners[:2]
        if right - left > 5 * line.height:
            slants.append((falls - top) / (right - left))
    return round(median(slants) * 10_000) if slants else 0


def place_glyphs(found: Sequence[Found], scale: float, view: View) -> list[Glyph]:
    """The characters of all lines, in the coordinates of the page as read."""
    rects = [_rect(line, scale, view) for line in found]
    steps = [_step(line, rect) for line, rect in zip(found, rects, strict=True)]
    is_long = [width_in_halves(line.text) >= _LONG for line in found]
    telling = [
        (step, step * 100 // rect.height)
        for step, rect, long in zip(steps, rects, is_long, strict=True)
        if step and (long or not any(is_long))
    ]
    usual, share = (median_low(values) for values in zip(*telling, strict=True)) if telling else (0, 100)
    glyphs: list[Glyph] = []
    for line, rect, step in zip(found, rects, steps, strict=True):
        size = max(1, rect.height * share // 100)
        # The distance of characters is truer than the height of a line, unless they are spread. Of too few the box is
        # often too high: they are as large as others where they are as wide.
        told = step or usual
        wide = 0 if step else usual * width_in_halves(line.text) // 2
        is_told = _is_near(told, size) or _is_near(wide, rect.width)
        glyphs += _glyphs(line, rect, told if is_told else size)
    return glyphs


def _is_near(one: int, other: int) -> bool:
    return abs(one - other) * 100 <= _ODD * other


def _rect(line: Found, scale: float, view: View) -> Rect:
    corners = [view.read(round(x * scale), round(y * scale)) for x, y in line.corners]
    left, right = min(corners[0][0], corners[3][0]), max(corners[1][0], corners[2][0])
    top, bottom = (corners[0][1] + corners[1][1]) // 2, (corners[2][1] + corners[3][1]) // 2
    return Rect(left, top, max(left + 1, right), max(top + 1, bottom))


def _step(line: Found, rect: Rect) -> int:
    """How far apart the middles of a line's characters are, which is their size unless they are spread; 0 where there
    are too few."""
    halves = [width_in_halves(character) for character in "".join(line.text.split())]
    between = sum(halves) * 2 - halves[0] - halves[-1]
    if not line.middles or between < _ENOUGH:
        return 0
    return round((line.middles[-1] - line.middles[0]) * rect.width * 4 / between)


def _glyphs(line: Found, rect: Rect, size: int) -> list[Glyph]:
    """The characters of a line, as high as it is; the first and the last reach to its ends."""
    sure = line.confidence
    if not line.middles:
        return [Glyph(line.text.strip(), rect, size, "", sure)]
    glyphs: list[Glyph] = []
    written = False
    middles = iter(line.middles)
    for character in line.text:
        if character.isspace():
            written = True
            continue
        middle = rect.left + round(next(middles) * rect.width)
        half = size * width_in_halves(character) // 4
        space: Space = "written" if written else "seen" if is_ideograph(character) else ""
        glyphs.append(
            Glyph(character, rect._replace(left=middle - half, right=middle + half), size, space, sure)
        )
        written = False
    glyphs[0] = glyphs[0]._replace(rect=glyphs[0].rect._replace(left=rect.left))
    glyphs[-1] = glyphs[-1]._replace(rect=glyphs[-1].rect._replace(right=rect.right))
    return glyphs
