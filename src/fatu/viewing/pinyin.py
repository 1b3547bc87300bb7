"""Initials of the pinyin of a name, by which a search finds it: 行政复议 → xzfy."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=65536)
def write_initials(name: str) -> str:
    """The first letter of each character's pinyin, read in its word (重大 zd, 重新 cx), in small letters; what is
    no Chinese character stays as it is, without spaces."""
    from pypinyin import (  # its dictionaries take a fifth of a second: only when a page is made
        Style,
        lazy_pinyin,
    )

    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, strict=False)
    return "".join("".join(letters).split()).lower()
