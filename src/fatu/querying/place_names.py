"""Names of areas in English questions: the pinyin of a name without its suffix (Shunhe, Zhengzhou)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..lexicon.areas import load_areas
from ..lexicon.question_patterns import load_question_patterns
from .question_signs import Sign

_SHORTEST = 5
"""Letters: shorter names are English words (he, an, men)."""
_WORDS = re.compile("[a-z]+(?:['-](?!s\\b)[a-z]+)?")
_CAPITAL = re.compile("[A-Z][A-Za-z]*(?:['-](?!s\\b)[a-z]+)?")


def find_places(text: str, question: str) -> Iterator[Sign]:
    """Areas that a folded English question names, by code: several codes with | between where a name has several
    areas. Only words that the question itself begins with a capital count: guide is no 贵德."""
    index = _index()
    capital = {word.lower() for word in _CAPITAL.findall(question)}
    for match in _WORDS.finditer(text):
        codes = index.get(re.sub("['-]", "", match[0]))
        if codes and match[0] in capital:
            suffix = load_question_patterns().place_end.match(text, match.end())
            yield Sign("|".join(codes), ((match.start(), suffix.end() if suffix else match.end()),))


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """Pinyin → codes."""
    from pypinyin import (
        lazy_pinyin,  # its dictionaries take a fifth of a second: only when a name is looked for
    )

    found: dict[str, list[str]] = {}
    for stem, codes in load_areas().stems.items():
        letters = "".join(lazy_pinyin(stem)).replace("ü", "v")
        if len(letters) >= _SHORTEST:
            found.setdefault(letters, []).extend(codes)
    return {letters: tuple(sorted(set(codes))) for letters, codes in sorted(found.items())}
