"""Fold a text for matching: one form for each mark, nothing invisible, with the way back to the source.

Most foldings replace one code point by one; only invisible characters are left out, and then the fold carries
a map (Unicode Standard Annex 15 for the full-width forms, UAX 9 for the directional marks).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ..model import Fold

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES: dict[int, str] = dict.fromkeys(
    [0x3000, 0xA0, *range(0x2002, 0x200B), 0x202F, 0x205F, 0x0B, 0x0C], " "
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−─━﹣"), "-")
_MARKS = str.maketrans("﹝﹞﹪｡､﹑﹐﹔﹕﹙﹚○◯〜∼\r\u2028\u2029\x85", "〔〕%。、、,;:()〇〇~~\n\n\n\n")
_FOLDING: dict[int, int | str | None] = {**_FULL_WIDTH, **_SPACES, **_DASHES, **_MARKS}
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def fold(text: str) -> Fold:
    """Fold `text` for matching.

    >>> fold("受理１２件（含上年）").text
    '受理12件(含上年)'
    >>> fold("9\\u200b件").span(1, 2)
    Span(start=2, end=3)
    """
    folded = text.translate(_FOLDING)
    if not _INVISIBLE.search(folded):
        return Fold(folded)
    starts = tuple(i for i, character in enumerate(folded) if not _INVISIBLE.match(character))
    return Fold("".join(folded[i] for i in starts), starts)


def folded_offset(fold: Fold, source_offset: int) -> int:
    """Where a source offset lies in the folded text (the next visible character's place)."""
    if fold.starts is None:
        return source_offset
    return bisect_left(fold.starts, source_offset)


def folded_text(fold: Fold, start: int, end: int) -> str:
    """Folded text of a source range."""
    return fold.text[folded_offset(fold, start) : folded_offset(fold, end)]
