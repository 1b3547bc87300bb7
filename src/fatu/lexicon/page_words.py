"""Words of web pages (page_words.tsv) and names of their tags (meta_tags.tsv), compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .patterns import load_patterns
from .tables import load_table

_WORDS = re.compile(r"[a-z0-9]+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_CONTROL = r"(?:(?<=[\s|\[\]【】()〖〗>/·])|^)[\[【〖(]* *(?:{}) *[\]】〗)]*(?=[\s|\[\]【】()〖〗</·]|$)"


@dataclass(frozen=True, slots=True)
class PageWords:
    """One pattern per kind of page_words.tsv."""

    content: re.Pattern[str]
    chrome: re.Pattern[str]
    title: re.Pattern[str]
    control: re.Pattern[str]
    """Finds a button or counter that stands between spaces, brackets or bars."""
    credit: re.Pattern[str]
    crumb: re.Pattern[str]
    end: re.Pattern[str]
    loading: re.Pattern[str]
    pager: re.Pattern[str]
    site: re.Pattern[str]
    attached: re.Pattern[str]

    def is_content(self, name: str) -> bool:
        """Whether an id or class is one of the elements that hold the text of an article."""
        return bool(self.content.fullmatch(name.lower()))

    def is_chrome(self, name: str) -> bool:
        """Whether a word of an id or class tells of what is around a text."""
        return any(map(self.chrome.fullmatch, _words(name)))

    def is_title(self, name: str) -> bool:
        """Whether a word of an id or class tells of a title."""
        return any(map(self.title.fullmatch, _words(name)))


def _words(name: str) -> list[str]:
    return _WORDS.findall(_HUMPS.sub(" ", name).lower())


@cache
def load_page_words() -> PageWords:
    """page_words.tsv compiled."""
    return load_patterns(PageWords, "page_words.tsv", {"control": _CONTROL})


@cache
def meta_keys() -> dict[str, str]:
    """Name of a `<meta>` element in small letters → the key of metadata_keys.tsv that says the same."""
    return {row["name"]: row["key"] for row in load_table("meta_tags.tsv", unique=True)}
