"""Numbered headings: 一、 (一) 1. (1) at the start of a paragraph, 一是 at the start of a sentence.

The order of the levels is that of GB/T 9704-2012, 7.3.3; 一是 in running text is a fifth, below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_NUMERAL = "[一二三四五六七八九十]"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}

# (level, pattern of the number with its mark); tried in this order at the start of a paragraph.
LEVELS: tuple[tuple[int, str], ...] = (
    (1, rf"第(?P<n1>{_NUMERAL}{{1,3}})(?:部分|章)[、:. ]*"),
    (1, rf"(?P<n2>{_NUMERAL}{{1,3}})、"),
    (2, rf"[(](?P<n3>{_NUMERAL}{{1,3}})[)]、?"),
    (2, rf"(?P<n4>{_NUMERAL}{{1,3}})[)]、?"),
    (4, r"[(](?P<n5>\d{1,2})[)]"),
    (3, r"(?P<n6>\d{1,2})(?:[.](?!\d)|、|[)])"),
)
ITEM_LEVEL = 5
_PARAGRAPH = re.compile(
    r"[ \t]*(?:" + "|".join(f"(?P<h{i}>{p})" for i, (_, p) in enumerate(LEVELS)) + r")[ \t]*"
)
_ITEM = re.compile(
    rf"(?:(?<=[。;:!?,\n \t])|^)(?P<n>{_NUMERAL}{{1,3}})(?P<mark>是|要)(?![素点件求务领害紧闻案塞])(?=[^否非\W])"
)
_INNER = re.compile(
    rf"(?:(?<=[。;:!?\n \t])|^)(?:(?P<one>{_NUMERAL}{{1,3}})、|[(](?P<two>{_NUMERAL}{{1,3}})[)])"
)
_OPENING_TITLE = re.compile(r"[ \t]*(?P<title>[\u4e00-\u9fff“”、]{5,24})。(?=[^\n]{12})")
_MIN_TITLES = 3
_INK = re.compile(r"\S")
_SENTENCE_WITHIN, _TITLE_MARK = re.compile(r"[。;!?]."), re.compile("[。:]")
_CLOSED = re.compile(r"[。;!]\s*")
"""What ends a sentence, with nothing behind it."""
_CLAUSE_MARK = re.compile(r"[,。;:!?\n]")
_MAX_TITLE = 40
_MAX_LINE = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the folded text: [start, end) covers number and title, without the closing mark."""

    level: int
    number: int
    start: int
    end: int
    title: str
    run_in: bool
    is_item: bool
    """Whether it is a sentence of the text with a number before it (一是…, or (一)加强监督,计划…。), not a title."""


def parse_ordinal(text: str) -> int:
    """The number of a heading, 一 to 九十九 or digits. Raises ValueError for anything else."""
    if text.isdecimal():
        return int(text)
    if not text:
        raise ValueError("not an ordinal: nothing")
    tens, ten, ones = text.rpartition("十")
    if any(c not in _DIGITS for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        raise ValueError(f"not an ordinal: {text!r}")
    return (_DIGITS[tens] if tens else 1 if ten else 0) * 10 + (_DIGITS[ones] if ones else 0)


def find_headings(text: str, start: int, end: int) -> Iterator[Heading]:
    """Headings of the paragraph [start, end) of the folded text, in order: those at its start, or, where a text
    was flattened to one line, those that go on counting within it; and the enumerated items."""
    cuts = [start, *_inner_headings(text, start, end), end]
    for first, last in pairwise(cuts):
        yield from _paragraph_headings(text, first, last, len(cuts) > 2)


def _inner_headings(text: str, start: int, end: int) -> Iterator[int]:
    """Where 一、 and (一) go on counting within a paragraph, behind a full stop or a space."""
    counts = [0, 0]
    first = _INK.search(text, start, end)
    opening = first.start() if first else end
    for mark in _INNER.finditer(text, start, end):
        level = 0 if mark["one"] else 1
        try:
            ordinal = parse_ordinal(mark["one"] or mark["two"])
        except ValueError:
            continue
        opens = mark.start() <= opening
        if not opens and ordinal != counts[level] + 1:
            continue
        counts[level] = ordinal
        if level == 0:
            counts[1] = 0
        if not opens:
            yield mark.start()


def _paragraph_headings(text: str, start: int, end: int, flattened: bool) -> Iterator[Heading]:
    """Headings of a paragraph; in flattened text a space stands where a title's line ended."""
    match = _PARAGRAPH.match(text, start, end)
    body = start
    if match and match.end() < end:
        index = next(i for i in range(len(LEVELS)) if match.group(f"h{i}"))
        number = match[f"n{index + 1}"]
        stop = _title_end(text, match.end(), end)
        space = text.find(" ", match.end(), stop) if flattened else -1
        stop = space if space > match.end() else stop
        try:
            ordinal = parse_ordinal(number)
        except ValueError:
            ordinal = 0
        if ordinal and stop > match.end():
            first = match.start(f"h{index}")
            rest = text[stop:end].strip(" \t。:,;")
            title = text[match.end() : stop].strip()
            sentence = (
                not rest and text[stop : stop + 1] == "。" and ("," in title or len(title) > _MAX_TITLE)
            )
            if sentence:
                stop = _clause_end(text, match.end(), end)
                title = text[match.end() : stop].strip()
            yield Heading(LEVELS[index][0], ordinal, first, stop, title, bool(rest) or sentence, sentence)
            body = stop
    previous = 0
    for item in _ITEM.finditer(text, body, end):
        try:
            ordinal = parse_ordinal(item["n"])
        except ValueError:
            continue
        if text[item.start() - 1 : item.start()] == "," and ordinal != previous + 1:
            continue
        previous = ordinal
        stop = _clause_end(text, item.end(), end)
        if stop > item.end():
            yield Heading(
                ITEM_LEVEL, ordinal, item.start(), stop, text[item.end() : stop].strip(), True, True
            )


def as_items(text: str, headings: Sequence[Heading], end: int) -> list[Heading]:
    """Headings of a text whose body ends at `end`, in order: one that is a sentence with nothing under it is the item
    itself, no title of one: (一)继续推进执法规范化建设。 before (二)."""
    kept: list[Heading] = []
    for heading, after in pairwise((*headings, None)):
        if heading is None:
            continue
        stop = after.start if after is not None else end
        is_alone = _CLOSED.fullmatch(text, heading.end, stop) is not None
        goes_on = (
            after is None
            or after.level < heading.level
            or (after.level, after.number) == (heading.level, heading.number + 1)
        )
        if is_alone and goes_on and not heading.run_in:
            begin = heading.end - len(heading.title)
            cut = _clause_end(text, begin, heading.end)
            title = text[begin:cut].strip()
            heading = replace(heading, end=cut, title=title, is_item=True)
        kept.append(heading)
    return kept


def opens_heading(text: str) -> bool:
    """Whether a line begins with the number of a heading."""
    return _PARAGRAPH.match(text) is not None


def find_unnumbered(text: str, paragraphs: Sequence[tuple[int, int]], level: int) -> list[Heading]:
    """Titles without numbers of paragraphs [start, end) that follow each other: where three or more open with a short
    sentence of words only (政务服务更加便捷高效。) and go on behind it, those sentences are their titles."""
    found = [_OPENING_TITLE.match(text, start, end) for start, end in paragraphs]
    titles = [match for match in found if match]
    if len(titles) < _MIN_TITLES or len(titles) < len(paragraphs) - 1:
        return []
    return [
        Heading(level, number, *match.span("title"), match["title"], run_in=True, is_item=False)
        for number, match in enumerate(titles, 1)
    ]


def _title_end(text: str, start: int, end: int) -> int:
    """A title is the whole of a short line, else it runs to the first full stop, else to the first comma."""
    line = text[start:end].rstrip()
    if len(line) <= _MAX_LINE and not _SENTENCE_WITHIN.search(line):
        return start + len(line.rstrip("。;:!? \t"))
    full = _TITLE_MARK.search(line)
    if full and full.start() <= _MAX_TITLE:
        return start + full.start()
    return _clause_end(text, start, end)


def _clause_end(text: str, start: int, end: int) -> int:
    mark = _CLAUSE_MARK.search(text, start, end)
    return mark.start() if mark else end
