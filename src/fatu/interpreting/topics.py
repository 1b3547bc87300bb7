"""Topic labels in running text."""

from __future__ import annotations

import re
from functools import cache

from ..lexicon.catalogue import load_topics
from ..lexicon.patterns import any_word


def topic_of(text: str) -> str:
    """The longest topic label that a heading or the opening of an item names."""
    return max((m[1] for m in _topic_labels().finditer(text)), key=lambda s: (len(s), s), default="")


def last_topic(text: str) -> str:
    """The topic label that a text names last; where one ends within another, the longer."""
    last = ("", 0)
    for match in _topic_labels().finditer(text):
        if match.end(1) > last[1]:
            last = (match[1], match.end(1))
    return last[0]


@cache
def _topic_labels() -> re.Pattern[str]:
    """The longest label at each place, also where labels overlap."""
    labels = any_word({label for topic in load_topics() for label in (topic.zh, *topic.alt_labels)})
    return re.compile(f"(?=({labels}))")
