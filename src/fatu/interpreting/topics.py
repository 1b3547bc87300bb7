"""Topic labels in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..lexicon.catalogue import load_topics
from ..lexicon.patterns import any_word


def topic_of(text: str) -> str:
    """The longest topic label that a heading or the opening of an item names."""
    return max((label for label, _ in _labels_in(text)), key=lambda s: (len(s), s), default="")


def last_topic(text: str) -> str:
    """The topic label that a text names last; where one ends within another, the longer."""
    last = ("", 0)
    for found in _labels_in(text):
        if found[1] > last[1]:
            last = found
    return last[0]


def _labels_in(text: str) -> Iterator[tuple[str, int]]:
    """The longest label at each place, with where it ends; also where labels overlap."""
    labels, at = _topic_labels(), 0
    while match := labels.search(text, at):
        yield match.group(), match.end()
        at = match.start() + 1


@cache
def _topic_labels() -> re.Pattern[str]:
    return re.compile(any_word({label for topic in load_topics() for label in (topic.zh, *topic.alt_labels)}))
