"""Patterns of what questions say beside the words of question_words.tsv (question_patterns.tsv), compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .patterns import load_patterns


@dataclass(frozen=True, slots=True)
class QuestionPatterns:
    """One pattern per kind of question_patterns.tsv, of folded questions."""

    year: re.Pattern[str]
    """Its digits, Arabic or Chinese, are the one group that matches."""
    title: re.Pattern[str]
    """Titles, years and numbers of documents, in which no year, area or number is the question's own."""
    number: re.Pattern[str]
    unit_asked: re.Pattern[str]
    """The unit is the group: 多少件; none where it may be any: 多少个."""
    count_asked: re.Pattern[str]
    rate_asked: re.Pattern[str]
    agency: re.Pattern[str]
    not_area: re.Pattern[str]
    """Behind the name of an area, makes it part of a title or of a body."""
    area_end: re.Pattern[str]
    """Behind the name of an area without suffix: 顺河区."""
    place_end: re.Pattern[str]
    """Behind the pinyin of such a name: Shunhe District."""
    cited_title: re.Pattern[str]
    """A title of which a question asks where it is cited; it is the one group that matches."""
    title_lead: re.Pattern[str]
    """Words before such a title that are none of it: 到宪法."""
    common: re.Pattern[str]
    """Words and pairs of ideographs that do not make two questions alike."""
    empty: re.Pattern[str]
    """Words that do not tell an English name from others."""
    ending: re.Pattern[str]
    """Of English words."""


@cache
def load_question_patterns() -> QuestionPatterns:
    """Raises LexiconError where the table is broken."""
    return load_patterns(QuestionPatterns, "question_patterns.tsv")
