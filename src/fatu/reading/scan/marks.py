"""What else is on a scanned page: the rules of tables, and red seals over the text."""

from __future__ import annotations

from typing import Any

from ..printed.lines import WHOLE, Rect

_DARK = 25
"""How much darker than around it, of 255, a rule is."""
_AROUND = 31
"""Pixels around a pixel that it is compared to (odd)."""
_LEVEL, _UPRIGHT = 80, 50
"""Pixels from which a dark line is a rule: longer than any stroke of a character."""
_MAX_RULES = 2000

_RED = 50
"""How much redder than green or blue, of 255, the ink of a seal is."""
_COARSE = 4
"""Every how many pixels seals are looked for."""
_SEAL = (8, 35)
"""Percent of the page's shorter side that a seal measures: 4.2 cm of 21 is usual (国发〔1999〕25号)."""
_ROUND = 120
"""Percent that it may be wider than high, or higher than wide."""
_SECTORS = 36
_RING = 70
"""Percent of its rim that must be red."""


def without_seals(pixels: Any) -> tuple[Any, int]:
    """The picture with the ink of round red seals made as light as paper, so that black text below them stays; and how
    many there were. Other red (the head of a document, its rule) stays."""
    import cv2
    import numpy as np

    coarse = pixels[::_COARSE, ::_COARSE].astype(np.int16)
    red = ((coarse[:, :, 0] - coarse[:, :, 1:].max(axis=2)) > _RED).astype(np.uint8)
    if not red.any():
        return pixels, 0
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    round_ones = [
        Rect(x, y, x + w, y + h) for x, y, w, h, _ in stats[1:].tolist() if _is_seal(red, x, y, w, h)
    ]
    seals = [one for one in round_ones if not any(o.holds(one) for o in round_ones if o.width > one.width)]
    if seals:
        pixels = pixels.copy()
    for left, top, right, bottom in seals:
        part = np.s_[
            max(0, top - 1) * _COARSE : (bottom + 1) * _COARSE,
            max(0, left - 1) * _COARSE : (right + 1) * _COARSE,
        ]
        pixels[part] = pixels[part][:, :, :1]
    return pixels, len(seals)


def _is_seal(red: Any, left: int, top: int, width: int, height: int) -> bool:
    """Whether what is red there is as large as a seal, and round."""
    import numpy as np

    side = min(red.shape)
    if not all(_SEAL[0] * side <= length * 100 <= _SEAL[1] * side for length in (width, height)):
        return False
    if max(width, height) * 100 > min(width, height) * _ROUND:
        return False
    rows, columns = np.nonzero(red[top : top + height, left : left + width])
    across, down = (columns + 0.5) / width * 2 - 1, (rows + 0.5) / height * 2 - 1
    on_rim = np.hypot(across, down) > 0.8
    sectors = np.floor((np.arctan2(down, across)[on_rim] / np.pi + 1) / 2 * _SECTORS)
    return len(np.unique(sectors)) * 100 >= _SECTORS * _RING and bool(np.hypot(across, down).max() < 1.2)


def find_rules(pixels: Any, slant: int, scale: float) -> tuple[Rect, ...]:
    """Level and upright rules, in the coordinates of the page as read; none where there are not enough for a table."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if slant:
        share = slant / WHOLE
        straighten = np.array([[1, share, 0], [-share, 1, 0]], np.float32)
        grey = cv2.warpAffine(grey, straighten, grey.shape[::-1], borderValue=255)
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _AROUND, _DARK)
    rules: list[Rect] = []
    for shape in ((_LEVEL, 1), (1, _UPRIGHT)):
        across = 3 if shape[1] == 1 else 1, 1 if shape[1] == 1 else 3
        thick = cv2.dilate(dark, np.ones(across, np.uint8))
        lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(shape[::-1], np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        if count - 1 < 2 or count > _MAX_RULES:
            return ()
        for left, top, width, height, _ in stats[1:].tolist():
            rules.append(Rect(*(round(n * scale) for n in (left, top, left + width, top + height))))
    return tuple(rules)
