"""From rows of tables to patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .tables import Row, load_table


def rows_by_kind(name: str) -> dict[str, list[Row]]:
    """Rows of the lexicon table `name` by their column `kind`, each kind in the order of the file. Raises
    LexiconError as `load_table` does."""
    kinds: dict[str, list[Row]] = {}
    for row in load_table(name):
        kinds.setdefault(row["kind"], []).append(row)
    return kinds


def longest_first(words: Iterable[str]) -> list[str]:
    """Words in an order in which none hides a longer one that begins with it.

    >>> longest_first(["区", "市辖区", "区县"])
    ['市辖区', '区县', '区']
    """
    return sorted(words, key=lambda word: (-len(word), word))


def any_word(words: Iterable[str]) -> str:
    """An alternation that matches the longest of the words, taken literally."""
    return "|".join(map(re.escape, longest_first(words)))


def any_pattern(patterns: Iterable[str]) -> str:
    """An alternation of patterns, tried in their order."""
    return "|".join(f"(?:{pattern})" for pattern in patterns)
