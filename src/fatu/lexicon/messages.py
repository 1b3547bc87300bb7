"""What is said to people, in Chinese and in English (messages.tsv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .tables import load_table


@dataclass(frozen=True, slots=True)
class Message:
    """The same in both languages."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """In the language `lang`: zh, otherwise English."""
        return self.zh if lang == "zh" else self.en


def write_message(key: str, values: Mapping[str, object] | None = None) -> Message:
    """The message `key` with its {words} filled in; braces in `values` are taken literally. Raises KeyError where the
    table has no such key, or `values` lacks a word of it.

    >>> write_message("no-report-of-year", {"year": 2019, "has": "顺河回族区 2020"}).zh
    '图谱里没有2019年的报告;有:顺河回族区 2020'
    """
    message = load_messages()[key]
    return Message(message.zh.format_map(values or {}), message.en.format_map(values or {}))


@cache
def load_messages() -> Mapping[str, Message]:
    """By key. Raises LexiconError where the table is broken."""
    return {row["key"]: Message(row["zh"], row["en"]) for row in load_table("messages.tsv", unique=True)}
