"""Marks of the page and of the paragraph: page numbers, numbers of headings, ends of sentences (sheet_words.tsv)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .patterns import load_patterns


@dataclass(frozen=True, slots=True)
class SheetWords:
    """One pattern per kind of sheet_words.tsv, for lines whose marks are folded and whose spaces are single."""

    page_number: re.Pattern[str]
    """Fits a whole line."""
    opening: re.Pattern[str]
    """Fits the start of a line."""
    ending: re.Pattern[str]
    """Fits the end of a line."""
    note_mark: re.Pattern[str]
    """Fits the start of a line in small print."""


@cache
def load_sheet_words() -> SheetWords:
    """sheet_words.tsv compiled."""
    return load_patterns(SheetWords, "sheet_words.tsv", {"ending": "(?:{})$"})
