"""From rows of tables to patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from .tables import Row, load_table


def rows_by_kind(name: str) -> dict[str, list[Row]]:
    """Rows of the lexicon table `name` by their column `kind`, each kind in the order of the file. Raises
    LexiconError as `load_table` does."""
    kinds: dict[str, list[Row]] = {}
    for row in load_table(name):
        kinds.setdefault(row["kind"], []).append(row)
    return kinds


W = TypeVar("W")


def load_patterns(
    words: type[W], name: str, frames: Mapping[str, str] | None = None, write: Callable[[str], str] = str
) -> W:
    """The lexicon table `name` as the dataclass `words`, each of whose fields is the pattern of a kind of row.

    `frames` says what is around the pattern of a kind, which stands in it as {}; `write` is how a row's pattern is
    written. Raises LexiconError as `load_table` does.
    """
    rows = rows_by_kind(name)

    def pattern(kind: str) -> re.Pattern[str]:
        choice = any_pattern(write(row["pattern"]) for row in rows[kind])
        return re.compile((frames or {}).get(kind, "{}").format(choice))

    return words(**{field.name: pattern(field.name) for field in fields(words)})  # type: ignore[arg-type]


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


def alternatives(pattern: str) -> list[str]:
    """The alternatives at the top of a pattern; none where its brackets do not pair.

    >>> alternatives(r"^(?:已|均)审结|[|(]办结")
    ['^(?:已|均)审结', '[|(]办结']
    """
    choices = [""]
    for token, depth in _tokens(pattern):
        if depth < 0:
            return []
        if token == "|" and depth == 0:
            choices.append("")
        else:
            choices[-1] += token
    return choices


def outside_groups(pattern: str) -> str:
    """What a pattern asks for in any case: its characters outside of groups and sets.

    >>> outside_groups(r"^(?:已|均)审结N[件宗]\\d")
    '^审结N'
    """
    return "".join(t for t, depth in _tokens(pattern) if depth == 0 and len(t) == 1 and t != ")")


def _tokens(pattern: str) -> Iterator[tuple[str, int]]:
    """Characters, escapes and sets of a pattern, with the number of groups that are open behind each."""
    depth = 0
    for token in _TOKEN.findall(pattern):
        depth += (token == "(") - (token == ")")
        yield token, depth


_TOKEN = re.compile(r"\\.|\[[^\]]*\]|.", re.DOTALL)


def quick_choice(pattern: str) -> str:
    """The same choice with those of its alternatives that are plain words tried together, the longest first, before
    the others: (?:受理|收到|调解(?!员)). What is no group of alternatives stays as it is.

    >>> quick_choice("(?:受理|收到|调解(?!员)|收)")
    '(?:(?:受理|收(?:到)?)|调解(?!员))'
    """
    is_group = pattern.startswith("(?:") and pattern.endswith(")")
    choices = alternatives(pattern[3:-1]) if is_group else []
    plain = [choice for choice in choices if _PLAIN.fullmatch(choice)]
    if len(plain) < _FEW:
        return pattern
    others = [choice for choice in choices if not _PLAIN.fullmatch(choice)]
    return f"(?:{'|'.join([any_word(plain), *others])})"


_PLAIN = re.compile("[\u4e00-\u9fff、“”]+")
_FEW = 3


def opening_characters(pattern: str) -> frozenset[str]:
    """The Chinese characters with one of which all that a pattern matches begins; none where that is not plain.

    >>> sorted(opening_characters("(?:去|上一?)年|(?<!大)年[内末]"))
    ['上', '去', '年']
    >>> opening_characters("(?:刚刚)?过去")
    frozenset()
    """
    found: set[str] = set()
    for choice in alternatives(pattern):
        opening = _OPENING.match(choice)
        if opening is None:
            return frozenset()
        if opening["character"]:
            found.add(opening["character"])
            continue
        group, rest = first_group(choice[opening.end() :])
        within = opening_characters(group)
        if not within or rest.startswith(_MAY_BE_ABSENT):
            return frozenset()
        found |= within
    return frozenset(found)


# What only looks around takes no characters.
_OPENING = re.compile(r"(?:\(\?(?:<?!|<?=)[^()]*\))*(?:(?P<character>[\u4e00-\u9fff])(?![?*{])|\(\?:)")
_MAY_BE_ABSENT = ("?", "*", "{")


def first_group(text: str) -> tuple[str, str]:
    """What stands before the bracket that closes a group, and what behind it; `text` begins behind the one that opens
    it. Both empty where it is not closed.

    >>> first_group("生态|自然)?环境")
    ('生态|自然', '?环境')
    """
    at = 0
    for token, depth in _tokens(text):
        if depth < 0:
            return text[:at], text[at + 1 :]
        at += len(token)
    return "", ""


def quick_search(patterns: Iterable[str]) -> str:
    """A pattern that finds something where any of the patterns does. Those of which it is plain with which characters
    they begin are only tried at these.

    >>> quick_search(["取得.{0,8}成效", "全部办结", "[一二]审"])
    '(?=[全取])(?:(?:取得.{0,8}成效)|(?:全部办结))|(?:[一二]审)'
    """
    plain: list[str] = []
    others: list[str] = []
    for pattern in patterns:
        (plain if opening_characters(pattern) else others).append(pattern)
    quick = [f"{opening_lookahead(plain)}(?:{any_pattern(plain)})"] if plain else []
    return "|".join([*quick, *(f"(?:{other})" for other in others)])


def opening_lookahead(patterns: Iterable[str]) -> str:
    """A lookahead for the characters with which what the patterns match begins; empty where that is not plain.

    >>> opening_lookahead(["(?:明|来)年", "每[日天]"])
    '(?=[明来每])'
    """
    openings = [opening_characters(pattern) for pattern in patterns]
    return f"(?=[{''.join(sorted(frozenset().union(*openings)))}])" if all(openings) else ""


def any_pattern(patterns: Iterable[str]) -> str:
    """An alternation of patterns, tried in their order."""
    return "|".join(f"(?:{pattern})" for pattern in patterns)
