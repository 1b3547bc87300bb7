"""Which of many patterns may find something in a text: told by words that each of them needs.

A table of cues is tried row by row, and most rows ask for words that a text does not have. To look which words it has
costs as much as to try two or three of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import add
from types import MappingProxyType
from typing import Generic, TypeVar

from .patterns import alternatives, first_group

T = TypeVar("T")

_LENGTH = 2
"""Code points of the words that are looked for: most words of the language have no more."""

NO_COUNTS: Mapping[str, int] = MappingProxyType({})
Head = tuple[str, bool]
"""With what a match may begin, and whether what follows in the pattern stands right behind it."""

_ATOM = re.compile(
    r"(?P<around>\(\?(?P<where><?[=!]))|(?P<group>\((?:\?:|\?P<\w+>|(?!\?)))|(?P<edge>[\^$])"
    r"|\[(?P<set>[^\]\\^-][^\]\\-]*)\]|\\(?P<escaped>[^\w\s])|(?P<plain>[^\\\[\]().|?*+{}])"
)
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>|\?<?=|(?!\?))")
"""What is there wherever the whole is: no lookaround that says what is not."""
_SPECIAL = re.compile(r"\(\?(?![:=!]|<[=!]|P<)")
"""Flags, references and the like, with which the characters of a pattern are no longer what it asks for."""
_UNKNOWN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_REPEAT = re.compile(
    r"(?P<once>\?)\??|(?P<often>\*|\{0?,\d*\}|\{0\})[?+]?|(?P<more>\+|\{\d+(?:,\d*)?\})[?+]?"
)


class Shortlist(Generic[T]):
    """Patterns with what they stand for, of which those are told that may find something in a text."""

    def __init__(self, items: Iterable[tuple[str, T]]) -> None:
        patterns = list(items)
        self._items = [item for _, item in patterns]
        self._always: list[int] = []
        """Numbers of those that need no word for sure."""
        self._needing: dict[str, list[int]] = {}
        # 执法证 among patterns on 执法: what few of them share tells more.
        common = Counter(word for pattern, _ in patterns for word in {*map(add, pattern, pattern[1:])})
        for number, (pattern, _) in enumerate(patterns):
            words = needed_words(pattern, common)
            for word in words:
                self._needing.setdefault(word, []).append(number)
            if not words:
                self._always.append(number)
        self._words = frozenset(self._needing)
        self._has_single = any(len(word) == 1 for word in self._words)

    def of(self, text: str) -> list[T]:
        """What the patterns stand for that may match somewhere in the text, in their order; no other one does."""
        present = self._words.intersection(map(add, text, text[1:]))
        if self._has_single:
            present |= self._words.intersection(text)
        needing, items = self._needing, self._items
        numbers = set(self._always)
        for word in present:
            numbers.update(needing[word])
        return [items[number] for number in sorted(numbers)]


def needed_words(pattern: str, common: Mapping[str, int] = NO_COUNTS) -> frozenset[str]:
    """Words of one or two characters one of which stands in every text in which a pattern finds something; none where
    that is not plain. Where several would do, long ones and those are chosen that are not `common`: how often each is
    met, once where that is not told.

    >>> sorted(needed_words("(?:生态)?环境保护(?!执法)|^(?!.*征集).*?(公证)"))
    ['公证', '环境']
    >>> needed_words("[^,]{2,8}")
    frozenset()
    """
    if _SPECIAL.search(pattern):
        return frozenset()
    found: set[str] = set()
    for choice in alternatives(pattern):
        words = min(
            _needed(choice, common),
            key=lambda words: (-min(map(len, words)), sum(common.get(word, 1) for word in words)),
            default=frozenset[str](),
        )
        if not words:
            return frozenset()
        found |= words
    return frozenset(found)


def _needed(choice: str, common: Mapping[str, int]) -> Iterator[frozenset[str]]:
    """Words that a sequence needs: those with which it may begin from each of its parts on, or that a part needs."""
    while choice:
        words = frozenset(word for word, _ in _heads(choice))
        if "" not in words:
            yield words
        group = _GROUP.match(choice)
        if group is not None:
            within, rest = first_group(choice[group.end() :])
            repeat = _REPEAT.match(rest)
            if (repeat is None or repeat["more"]) and (words := needed_words(within, common)):
                yield words
        _, choice = _first_atom(choice)


def _heads(choice: str) -> set[Head]:
    """With what a sequence may begin: words up to the length that is looked for."""
    done: set[Head] = set()
    going = {("", True)}
    while choice and going:
        atom, choice = _first_atom(choice)
        longer = {((word + more)[:_LENGTH], on) for word, _ in going for more, on in atom}
        going = {(word, on) for word, on in longer if on and len(word) < _LENGTH}
        done |= longer - going
    return done | going


def _first_atom(choice: str) -> tuple[set[Head], str]:
    """With what the first part of a sequence may begin, and the rest of the sequence."""
    atom = _ATOM.match(choice)
    if atom is None:
        unknown = _UNKNOWN.match(choice)
        heads, rest = {("", False)}, choice[unknown.end() if unknown else 1 :]
    elif atom["around"] or atom["edge"]:
        rest = first_group(choice[atom.end() :])[1] if atom["around"] else choice[atom.end() :]
        heads = {("", True)}
    elif atom["group"]:
        group, rest = first_group(choice[atom.end() :])
        heads = set[Head]().union(*map(_heads, alternatives(group)))
    else:
        rest = choice[atom.end() :]
        heads = {(c, True) for c in atom["set"] or atom["escaped"] or atom["plain"]}
    repeat = _REPEAT.match(rest)
    if repeat is None:
        return heads, rest
    if not repeat["once"]:
        heads = {(word, False) for word, _ in heads}
    if not repeat["more"]:
        heads = heads | {("", True)}
    return heads, rest[repeat.end() :]
