"""What stands on the pages of a document and not in its text: page numbers, running heads and feet.

A page number is the outermost line of a page and looks like one; where it is nothing but digits, it must count the
pages. A running head is the same line, but for its digits, at the same height of most pages, or of most odd or most
even ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ...lexicon.marks import fold_marks
from ...lexicon.sheet_words import load_sheet_words
from .columns import Column
from .lines import Line
from .sheets import Part, Sheet

_EDGE = 15
"""Percent of a page's height, from the top and from the bottom, in which such lines stand."""
_OUTERMOST = 3
"""How many lines from the top and from the bottom are looked at."""
_SAME_HEIGHT = 15
"""Thousandths of a page's height that a running head may be higher or lower."""
_ALIKE = 80
"""Percent of its characters that a recognised line must share with another to be the same."""
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")
_SHOWN = 3
"""How many lines a note names."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line at the edge of a page."""

    sheet: int
    line: Line
    words: str
    """Folded, digits as #."""
    height: int
    """Thousandths of the page's height."""


def strip_furniture(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The pages without page numbers, running heads and feet; and a note on each kind that was left out."""
    marks = [
        mark
        for index, sheet in enumerate(sheets)
        if len(sheet.lines) > 1
        for mark in _edge_lines(index, sheet)
    ]
    heads = _running(marks, len(sheets))
    heads_dropped = {id(mark.line) for group in heads for mark in group}
    rest = [_without(sheet, heads_dropped) for sheet in sheets]
    numbers = _page_numbers(rest)
    notes = [_note("a running head or foot", [mark.line for mark in group]) for group in heads]
    if numbers:
        notes.append(_note("page numbers", numbers))
    dropped = {id(line) for line in numbers}
    return tuple(_without(sheet, dropped) for sheet in rest), tuple(notes)


def pages_told(pages: Iterable[int]) -> str:
    """Numbers of pages in words: page 2; pages 1-3, 7."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    told = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return f"page{'s' if len(runs) > 1 or runs[0][0] != runs[0][1] else ''} {told}"


def quote_some(texts: Sequence[str], most: int) -> str:
    """Texts as a note quotes them, the first so many: “甲” “乙” …"""
    return " ".join(f"“{text}”" for text in texts[:most]) + (" …" if len(texts) > most else "")


def folded(text: str) -> str:
    """Text with one form for each mark and its spaces single, for matching."""
    return _SPACE.sub(" ", fold_marks(text)).strip()


def _edge_lines(index: int, sheet: Sheet) -> list[_Mark]:
    """The outermost lines of a page that are near its edges."""
    lines = sorted(sheet.lines, key=lambda line: line.rect.middle)
    near = [line for line in lines[:_OUTERMOST] if line.rect.middle * 100 < sheet.height * _EDGE]
    near += [line for line in lines[-_OUTERMOST:] if line.rect.middle * 100 > sheet.height * (100 - _EDGE)]
    return [
        _Mark(
            index,
            line,
            _DIGITS.sub("#", folded(line.text)).replace(" ", ""),
            line.rect.middle * 1000 // sheet.height,
        )
        for line in near
    ]


# -------------------------------------------------------------------------------------------- running heads


def _running(marks: Sequence[_Mark], pages: int) -> list[list[_Mark]]:
    """Groups of lines that are one running head."""
    groups: list[list[_Mark]] = []
    by_words: dict[str, list[list[_Mark]]] = defaultdict(list)
    for mark in marks:
        near = (group for group in by_words[mark.words] if _same_height(group[0], mark))
        group = next(near, None)
        if group is None:
            recognised = mark.line.confidence is not None
            group = next((g for g in groups if _is_alike(g[0], mark)), None) if recognised else None
        if group is None:
            group = []
            groups.append(group)
        if not group or mark.words != group[0].words:
            by_words[mark.words].append(group)
        group.append(mark)
    return [group for group in groups if _is_on_most(group, pages)]


def _same_height(one: _Mark, other: _Mark) -> bool:
    return abs(one.height - other.height) <= _SAME_HEIGHT


def _is_alike(one: _Mark, other: _Mark) -> bool:
    if not _same_height(one, other) or min(len(one.words), len(other.words)) < 4:
        return False
    matcher = SequenceMatcher(None, one.words, other.words, autojunk=False)
    return matcher.quick_ratio() * 100 >= _ALIKE and matcher.ratio() * 100 >= _ALIKE


def _is_on_most(group: Sequence[_Mark], pages: int) -> bool:
    """Whether a line is on most pages, or (of three or more) on most odd or most even ones. What is all digits is a
    page number if anything."""
    found = {mark.sheet for mark in group}
    number = load_sheet_words().page_number.fullmatch(folded(group[0].line.text))
    if pages < 2 or len(found) < min(pages, 3) or number or not group[0].words.strip("#"):
        return False
    sides = [len([index for index in found if index % 2 == odd]) for odd in (0, 1)]
    return len(found) * 2 > pages or any(
        side * 2 > (pages + 1 - odd) // 2 and side > 2 for odd, side in enumerate(sides)
    )


# --------------------------------------------------------------------------------------------- page numbers


def _page_numbers(sheets: Sequence[Sheet]) -> list[Line]:
    """Page numbers: the first or last line of a page where it looks like one."""
    words = load_sheet_words()
    marked: list[Line] = []
    bare: dict[int, list[Line]] = defaultdict(list)
    for index, sheet in enumerate(sheets):
        lines = sorted(sheet.lines, key=lambda line: line.rect.middle)
        edges = {id(mark.line) for mark in _edge_lines(index, sheet)}
        for line in {id(line): line for line in (*lines[:1], *lines[-1:])}.values():
            text = folded(line.text)
            if id(line) not in edges or len(lines) < 2:
                continue
            if words.page_number.fullmatch(text):
                marked.append(line)
            elif text.isdecimal() and len(text) < 5:
                bare[int(text) - sheet.number].append(line)
    counting = [line for ahead, lines in bare.items() if len(lines) > 1 or not ahead for line in lines]
    return sorted([*marked, *counting], key=lambda line: line.view.page)


def _note(what: str, lines: Sequence[Line]) -> str:
    texts = list(dict.fromkeys(" ".join(line.text.split()) for line in lines))
    return f"{pages_told(line.view.page for line in lines)}: left out {what}: {quote_some(texts, _SHOWN)}"


def _without(sheet: Sheet, dropped: set[int]) -> Sheet:
    if not dropped:
        return sheet
    parts: list[Part] = []
    for part in sheet.parts:
        if isinstance(part, Column):
            part = replace(part, lines=tuple(line for line in part.lines if id(line) not in dropped))
            if not part.lines:
                continue
        parts.append(part)
    return replace(sheet, parts=tuple(parts))
