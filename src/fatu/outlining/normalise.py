"""Fold a text for matching: one form for each mark and character, nothing invisible, with the way back to the source.

Most foldings replace one code point by one; where invisible ones are left out and signs written out (㎡ as 平方米),
the fold carries a map (Unicode Standard Annex 15 for the forms, UAX 9 for the directional marks).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from ..lexicon.marks import fold_marks, sign_words
from ..model import Fold

_INVISIBLE = (
    "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc"
    "\U000e0000-\U000e0fff"
)
"""Soft hyphens, joiners, directions, variants of a character's shape, tags, the place of a picture."""


def fold(text: str) -> Fold:
    """Fold `text` for matching.

    >>> fold("受理１２件（含上年）").text
    '受理12件(含上年)'
    >>> fold("9\\u200b件").span(1, 2)
    Span(start=2, end=3)
    >>> fold("1200㎡").span(4, 7)
    Span(start=4, end=5)
    """
    folded = fold_marks(text)
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    for sign in _unequal().finditer(text):
        here = sign.start()
        written = sign_words().get(sign.group(), "")
        pieces += folded[at:here], written
        starts += *range(at, here), *[here] * len(written)
        at = here + 1
    if not at:
        return Fold(folded)
    return Fold("".join([*pieces, folded[at:]]), (*starts, *range(at, len(text))))


def folded_offset(fold: Fold, source_offset: int) -> int:
    """Where a source offset lies in the folded text (the next visible character's place)."""
    if fold.starts is None:
        return source_offset
    return bisect_left(fold.starts, source_offset)


def folded_text(fold: Fold, start: int, end: int) -> str:
    """Folded text of a source range."""
    return fold.text[folded_offset(fold, start) : folded_offset(fold, end)]


@cache
def _unequal() -> re.Pattern[str]:
    """What is not folded one to one. Of a line break in two characters the second is enough."""
    return re.compile(rf"[{_INVISIBLE}{''.join(sign_words())}]|\r(?=\n)")
