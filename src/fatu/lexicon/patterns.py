"""From rows of tables to patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

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
    """A pattern that matches the longest of the words, taken literally. Words share what they begin with, so that a
    place in a text is not tried once for each.

    >>> any_word(["区", "市辖区", "区县", "县"])
    '(?:区(?:县)?|县|市辖区)'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    return _branches(tree)


_END = ""


def _branches(node: dict[str, Any]) -> str:
    paths = [re.escape(c) + _branches(below) for c, below in sorted(node.items()) if c != _END]
    if not paths:
        return ""
    together = paths[0] if len(paths) == 1 and _END not in node else f"(?:{'|'.join(paths)})"
    return f"{together}?" if _END in node else together


def quick_choice(pattern: str) -> str:
    """The same choice with those of its alternatives that are plain words tried together, the longest first, before
    the others: (?:受理|收到|调解(?!员)). What is no group of alternatives stays as it is.

    >>> quick_choice("(?:受理|收到|调解(?!员)|收)")
    '(?:(?:受理|收(?:到)?)|调解(?!员))'
    """
    choices = _alternatives(pattern)
    plain = [choice for choice in choices if _PLAIN.fullmatch(choice)]
    if len(plain) < _FEW:
        return pattern
    others = [choice for choice in choices if not _PLAIN.fullmatch(choice)]
    return f"(?:{'|'.join([any_word(plain), *others])})"


_PLAIN = re.compile("[\u4e00-\u9fff、“”]+")
_FEW = 3


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern that is one group (?:…|…); empty where it is not."""
    if not (pattern.startswith("(?:") and pattern.endswith(")")):
        return []
    depth, choices = 0, [""]
    for character in pattern[3:-1]:
        depth += (character in "([") - (character in ")]")
        if depth < 0:
            return []
        if character == "|" and depth == 0:
            choices.append("")
        else:
            choices[-1] += character
    return choices


def any_pattern(patterns: Iterable[str]) -> str:
    """An alternation of patterns, tried in their order."""
    return "|".join(f"(?:{pattern})" for pattern in patterns)
