"""Words of the lines around a report: keys of metadata (metadata_keys.tsv) and site furniture (site_chrome.tsv),
compiled. All match folded text."""

from __future__ import annotations

import re
from functools import cache

from .patterns import any_pattern, any_word, longest_first, rows_by_kind
from .tables import load_table

_MAX_SPACED = 4
"""Characters of the longest key that is also set with spaces between them: 索 引 号, 发布 机构."""
_MIN_JOINED = 4
"""Characters of the shortest key that is one without a space before it."""


@cache
def metadata_keys() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of `key:`, whose group `key` may have spaces within, and key → field."""
    fields = {row["key"]: row["field"] for row in load_table("metadata_keys.tsv")}
    words = any_word(fields)
    spaced = "|".join(" *".join(word) for word in longest_first(fields) if len(word) <= _MAX_SPACED)
    return re.compile(
        rf"(?:(?<=[ \t\[【(|])|^)(?P<key>{words}|{spaced})(?:[】\]][ \t]*:?|\)?[ \t]*:)[ \t]*"
    ), fields


@cache
def joined_keys() -> re.Pattern[str]:
    """A pattern of `key:` that may stand right behind the value before it, where a copy has lost the space between.

    Long keys stand behind anything (发布机构:区司法局发布时间:…), short ones, which names and sentences may end with,
    only behind a digit or a bracket (日期:2021-03-31来源:…).
    """
    words = {row["key"] for row in load_table("metadata_keys.tsv")}
    long = any_word(word for word in words if len(word) >= _MIN_JOINED)
    return re.compile(rf"(?P<key>{long}|(?<=[\d)\]】])(?:{any_word(words)})):[ \t]*")


@cache
def site_chrome() -> re.Pattern[str]:
    """What a line of site furniture begins with."""
    return re.compile(any_pattern(row["pattern"] for row in load_table("site_chrome.tsv")))


@cache
def report_words() -> re.Pattern[str]:
    """What the title of a report holds: 报告, 总结 (title_words.tsv)."""
    return re.compile("|".join(row["word"] for row in rows_by_kind("title_words.tsv")["report"]))
