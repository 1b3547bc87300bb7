"""What values and columns are called in tables that people read, in Chinese and in English (shown_words.tsv)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .messages import Message
from .tables import load_table

TABLE = "shown_words.tsv"


@cache
def load_shown_words(kind: str) -> Mapping[str, Message]:
    """The words of a kind (verdict, rule, severity, column …) by what stands for them in data, in the order of the
    table; empty for a kind that there is not. Raises LexiconError where the table is broken."""
    return {row["word"]: Message(row["zh"], row["en"]) for row in load_table(TABLE) if row["kind"] == kind}


def show(kind: str, word: str, lang: str) -> str:
    """A word of data in the language `lang`; itself where the table does not know it.

    >>> show("verdict", "met", "zh"), show("column", "x", "zh")
    ('已履行', 'x')
    """
    known = load_shown_words(kind).get(word)
    return known.of(lang) if known else word
