"""Cut text into clauses: at , 。 ; : ! ? and line breaks, but not inside brackets, quotes or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..model import Fold, Row
from .normalise import folded_offset

_PAIRS = {"《": "》", "(": ")", "〔": "〕", "[": "]", "【": "】", "“": "”", "〈": "〉", "「": "」"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_TOKEN = re.compile(r"[《》()〔〕\[\]【】“”〈〉「」,。;:!?]")
_SENTENCE_END = frozenset("。;!?")
# A bracket that does not close within this many characters is a typing error, not a bracket.
_MAX_BRACKET = 300
# What runs on for longer than this without a mark is no clause; work on a clause must not grow with the text.
_MAX_CLAUSE = 1000


class Cut(NamedTuple):
    """A clause in the folded text, and whether a sentence ends with it."""

    start: int
    end: int
    ends_sentence: bool


def cut_clauses(text: str, start: int, end: int) -> Iterator[Cut]:
    """Clauses of the paragraph [start, end) of the folded text, trimmed of surrounding space."""
    marks = [(token.start(), token.group()) for token in _TOKEN.finditer(text, start, end)]
    closed_at = _closing_positions(marks)
    begin, inside_until = start, start
    for at, mark in marks:
        if at < inside_until:
            continue
        if mark in _PAIRS:
            inside_until = closed_at.get(at, at)
        elif mark not in _CLOSERS and not _within_number(text, at, mark):
            yield from _bounded(text, begin, at, mark in _SENTENCE_END)
            begin = at + 1
    yield from _bounded(text, begin, end, True)


def cut_cells(fold: Fold, row: Row | None) -> Iterator[Cut]:
    """Clauses of a row of a table: each written cell is one, a sentence of its own; one that holds whole sentences
    is cut like them. None for a line that only draws a rule."""
    for cell in row.cells if row else ():
        if cell.text:
            start = folded_offset(fold, cell.span.start)
            end = start + len(cell.text)
            if any(mark in cell.text for mark in _SENTENCE_END):
                yield from cut_clauses(fold.text, start, end)
            else:
                yield Cut(start, end, True)


def _closing_positions(tokens: list[tuple[int, str]]) -> dict[int, int]:
    """Opening position → position of its partner, for the pairs that close in order and near enough."""
    pairs: dict[int, int] = {}
    open_brackets: list[tuple[int, str]] = []
    for at, mark in tokens:
        if mark in _PAIRS:
            open_brackets.append((at, mark))
        elif mark in _CLOSERS:
            opener = _CLOSERS[mark]
            # An unpaired opener before this one must not hide the pair: look back a few, no further.
            for depth in range(1, min(4, len(open_brackets)) + 1):
                begin, found = open_brackets[-depth]
                if found == opener:
                    del open_brackets[-depth:]
                    if at - begin <= _MAX_BRACKET:
                        pairs[begin] = at
                    break
    return pairs


def _within_number(text: str, at: int, mark: str) -> bool:
    """1,268 and 15:54 are numbers; a comma or colon inside them does not cut."""
    if mark not in ":,":
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark == ":":
        return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return before.isdecimal() and bool(_THOUSANDS.match(text, at + 1))


_THOUSANDS = re.compile(r"\d{3}(?!\d)")


def _bounded(text: str, start: int, end: int, ends_sentence: bool) -> list[Cut]:
    """A clause, or the pieces of what is too long for one, cut at 、 or space where it has any."""
    pieces: list[Cut] = []
    while end - start > _MAX_CLAUSE:
        stop = start + _MAX_CLAUSE
        stop = max(text.rfind(mark, start + 1, stop) for mark in "、 \t") + 1 or stop
        pieces += _trimmed(text, start, stop, False)
        start = stop
    pieces += _trimmed(text, start, end, ends_sentence)
    return pieces


def _trimmed(text: str, start: int, end: int, ends_sentence: bool) -> tuple[Cut, ...]:
    piece = text[start:end]
    kept = piece.strip()
    if kept:
        begin = start + piece.index(kept)
        return (Cut(begin, begin + len(kept), ends_sentence),)
    # Where nothing is between two marks, the sentence still ends here.
    return (Cut(start, start, True),) if ends_sentence else ()
