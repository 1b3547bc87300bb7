"""Soft line breaks: where a text was broken to fit a width, its lines are joined beside it, and the fold says where.

A text copied out of a PDF file, or written for a screen, has a line break wherever a line was full; a report has one
where a paragraph ends. Which of them a text has, its lines tell: of full lines, the next word had no room left. They
are measured in characters and in columns (an ideograph takes two), because programs break by either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from ..model import Fold
from .headings import opens_heading
from .metadata import is_frame, is_title

_LINE = re.compile(r"[^\n]+")
_CLOSED = re.compile(r"[。!?;:][”’」』)》]*$")
_SENTENCE = re.compile(r"[。!?;]|[,:](?!\d)")
_TABLE = re.compile(r"\t|\S {2,}\S|[|│┃].*[|│┃]|-{4,}|[┌┐└┘├┤┬┴┼]")
"""Cells set apart by tabs, spaces, bars or rules."""
_WORD = re.compile(r"[0-9A-Za-z.,%+\-/:]*[0-9A-Za-z%]|.")
_CLOSING = re.compile(r"[,。;:!?、)》”’〕\]】」』%]*")
_LATIN_BEFORE, _LATIN_AFTER = re.compile(r"[A-Za-z,.;:!?)]$"), re.compile(r"[A-Za-z(]")
_NARROWEST, _WIDEST = 30, 170
"""Columns of the widths that texts are broken to."""
_MOST_WIDER = Fraction(1, 20)
"""Lines of such a text that may be wider: a title, a footer."""
_MIN_JOINED = 3
_MIN_SHARE = Fraction(4, 5)
"""Of the lines that stop within a sentence, so many are full where a text is wrapped."""
_SLACK = Fraction(1, 10)
"""Of the width, which a line may leave because what follows it could not be parted, or was set wider than counted."""


class _Width(NamedTuple):
    """How wide something is."""

    characters: int
    columns: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: where its words stand in the folded text, and how wide it is up to their end."""

    start: int
    end: int
    text: str
    indent: int
    width: _Width
    first: _Width
    """Of what stands at its beginning and cannot be parted."""
    number: int
    """Among all lines, the empty ones too."""


def join_wrapped(source: str, folded: Fold) -> Fold:
    """The fold of a source text without the breaks within its paragraphs, where it is wrapped; else the same fold."""
    lines = _lines(source, folded)
    breaks = _soft_breaks(lines)
    if not breaks:
        return folded
    text, starts = folded.text, folded.starts or range(len(folded.text))
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for before, after in breaks:
        space = " " if _LATIN_BEFORE.search(before.text) and _LATIN_AFTER.match(after.text) else ""
        pieces += text[at : before.end], space
        kept += *starts[at : before.end], *([starts[before.end]] if space else [])
        at = after.start
    pieces.append(text[at:])
    return Fold("".join(pieces), (*kept, *starts[at:]))


def _lines(source: str, folded: Fold) -> tuple[_Line, ...]:
    """The lines with words; none where they are narrower or wider than any that a text is broken to."""
    matches = [match for match in _LINE.finditer(folded.text) if match.group().strip()]
    if not _NARROWEST // 2 <= _most([match.end() - match.start() for match in matches]) <= _WIDEST:
        return ()
    lines = []
    number = at = 0
    for match in matches:
        number += folded.text.count("\n", at, match.start())
        at = match.start()
        line = match.group()
        text = line.strip()
        start = at + len(line) - len(line.lstrip())
        end = start + len(text)
        word = _WORD.match(folded.text, start, end)
        first = _CLOSING.match(folded.text, word.end() if word else start, end)
        whole, opening = folded.span(at, end), folded.span(start, first.end() if first else end)
        widths = _width(source[slice(*whole)]), _width(source[slice(*opening)])
        lines.append(_Line(start, end, text, start - at, *widths, number))
    return tuple(lines)


def _width(text: str) -> _Width:
    characters = columns = 0
    for character in text:
        if unicodedata.category(character) not in ("Cf", "Mn", "Cc"):
            characters += 1
            columns += 2 if unicodedata.east_asian_width(character) in "WFA" else 1
    return _Width(characters, columns)


# ------------------------------------------------------------------------------------------------- breaks


def _soft_breaks(lines: Sequence[_Line]) -> list[tuple[_Line, _Line]]:
    """Pairs of lines that are one, in order; none where the text is not wrapped."""
    margin = min((line.indent for line in lines), default=0)
    pairs = [pair for pair in pairwise(lines) if _may_join(*pair, margin)]
    within = [pair for pair in pairs if not _CLOSED.search(pair[0].text)]
    wrapped: tuple[Fraction, list[tuple[_Line, _Line]]] = (Fraction(0), [])
    for measure, narrowest in enumerate((_NARROWEST // 2, _NARROWEST)):
        most = _most([line.width[measure] for line in lines])
        if not narrowest <= most <= _WIDEST:
            continue
        full = [pair for pair in pairs if _is_full(pair, measure, most - most * _SLACK)]
        stopped = [pair for pair in full if not _CLOSED.search(pair[0].text)]
        share = Fraction(len(stopped), len(within) or 1)
        if len(stopped) >= _MIN_JOINED and share >= _MIN_SHARE and share > wrapped[0]:
            marked = _are_paragraphs_marked(lines, measure, most - most * _SLACK, margin)
            wrapped = share, full if marked else stopped
    body = next((index for index, line in enumerate(lines) if _SENTENCE.search(line.text)), len(lines))
    head = frozenset(lines[:body])
    return [pair for run in _runs(wrapped[1]) if _is_paragraph(run, head) for pair in run]


def _is_paragraph(run: Sequence[tuple[_Line, _Line]], head: Collection[_Line]) -> bool:
    """Whether lines are one paragraph, with marks of sentences, or one title before the first of these."""
    lines = [run[0][0], *(after for _, after in run)]
    if lines[0] not in head:
        return any(_SENTENCE.search(line.text) for line in lines)
    if is_title(lines[0].text):
        return False
    titled = all(line in head for line in lines) and is_title("".join(line.text for line in lines))
    return titled or lines[-1] not in head


def _may_join(before: _Line, after: _Line, margin: int) -> bool:
    """Whether nothing but the width can have parted two lines."""
    return (
        after.number == before.number + 1
        and after.indent <= margin
        and not opens_heading(after.text)
        and not any(_TABLE.search(line.text) or is_frame(line.text) for line in (before, after))
    )


def _most(widths: Sequence[int]) -> int:
    """What all but a few widths are at most."""
    return sorted(widths)[-1 - int(len(widths) * _MOST_WIDER)] if widths else 0


def _is_full(pair: tuple[_Line, _Line], measure: int, most: Fraction) -> bool:
    """Whether a line had no room left for what the next one begins with."""
    before, after = pair
    return before.width[measure] + after.first[measure] > most


def _are_paragraphs_marked(lines: Sequence[_Line], measure: int, most: Fraction, margin: int) -> bool:
    """Whether an empty line, an indent or a number stands where a paragraph is seen to end: behind a sentence whose
    line is short."""
    ends = [
        (before, after)
        for before, after in pairwise(lines)
        if _CLOSED.search(before.text) and not _is_full((before, after), measure, most)
    ]
    marked = sum(
        after.number > before.number + 1 or after.indent > margin or opens_heading(after.text)
        for before, after in ends
    )
    return marked >= _MIN_SHARE * len(ends)


def _runs(pairs: Sequence[tuple[_Line, _Line]]) -> list[list[tuple[_Line, _Line]]]:
    """Pairs that follow each other: paragraphs."""
    runs: list[list[tuple[_Line, _Line]]] = []
    for pair in pairs:
        if runs and runs[-1][-1][1] is pair[0]:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return runs
