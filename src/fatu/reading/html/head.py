"""What the head of a page says: its title, and the `<meta>` elements that government sites must have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from ...lexicon.frame_words import metadata_keys, report_words
from ...lexicon.page_words import meta_keys
from .kinds import stated_fields
from .page import EDGES, path_of

_SPACES = re.compile(r"\s+")
_PARTS = re.compile(r"\s*[_|｜–—]+\s*|\s*-{1,3}\s*(?![\d年])|\s+[·>»]\s+")
_MIN_TITLE = 6
_MAX_COLUMN = 10
_MAX_TITLE = 200


class HeadLine(NamedTuple):
    """A value that the head of a page states."""

    key: str
    """Of metadata_keys.tsv; empty for the title of the page."""
    value: str
    path: str
    """XPath of the element."""


def squeeze(text: str) -> str:
    """A text without white space."""
    return _SPACES.sub("", text)


def read_head(root: HtmlElement) -> tuple[HeadLine, ...]:
    """The title that a page gives itself, then what its `<meta>` elements state, the first of each key."""
    found: dict[str, HeadLine] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        key = meta_keys().get(name)
        value = " ".join((element.get("content") or "").split())[:_MAX_TITLE]
        if (
            key
            and value.strip(EDGES)
            and value.lower() not in ("null", "none", "undefined")
            and key not in found
        ):
            found[key] = HeadLine(key, value, path_of(element))
    titles = (element for element in root.iter("title") if element.getparent().tag == "head")
    for element in titles:
        value = " ".join((element.text or "").split())[:_MAX_TITLE]
        if value:
            return (HeadLine("", value, path_of(element)), *found.values())
    return tuple(found.values())


def find_titles(head: Sequence[HeadLine]) -> Iterator[HeadLine]:
    """The titles of the article that a head tells, the surest first. Of a page's own title these are the parts that
    name a report, without the name of the site."""
    for line in head:
        if _field(line) == "title" and line.key:
            yield line
    for line in head:
        if not line.key:
            yield from (line._replace(value=part) for part in _parts(line) if report_words().search(part))


def title_forms(head: Sequence[HeadLine]) -> Iterator[str]:
    """What the title of the article may read: the titles that a head tells, and the page's own, unless that is short as
    the name of a column is."""
    yield from (line.value for line in find_titles(head))
    yield from (line.value for line in head if not line.key and len(line.value) > _MAX_COLUMN)


def find_untold(head: Sequence[HeadLine], told: Sequence[str]) -> Iterator[HeadLine]:
    """What a head states of publication (who, when) and the lines shown do not tell."""
    stated = {field for line in told for field in stated_fields(line)}
    written = squeeze("".join(told))
    for line in head:
        if _field(line) not in ("title", "none", *stated) and squeeze(line.value) not in written:
            yield line


def find_unread(head: Sequence[HeadLine]) -> Iterator[HeadLine]:
    """What a head states that is about the page, not the report: site, column, address, keywords."""
    yield from (line for line in head if _field(line) == "none")


def _parts(title: HeadLine) -> list[str]:
    """The parts of a page's title (article, column, site), then the whole."""
    return [part for part in (*_PARTS.split(title.value), title.value) if len(part) >= _MIN_TITLE]


def _field(line: HeadLine) -> str:
    return metadata_keys()[1][line.key] if line.key else "title"
