"""Lines of pages → paragraphs, each line a piece with its place.

A line goes on in the next where it is full (the first word of the next had no room in it) and the next is as large,
is not indented, and stands no further down than lines of a paragraph do. Columns and pages make no difference: the
paragraph goes on at the top of the next. What a line ends or begins with (a full stop, the number of a heading)
decides where its place leaves both open. The lines of a title are one, though none of them is full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median_low

from ...lexicon.sheet_words import load_sheet_words
from ..extract import Piece
from .columns import Column
from .furniture import folded, pages_told, strip_furniture
from .lines import RAISED, Line, is_wide, joint
from .ruled_tables import BROKEN_BAR, RuledTable
from .sheets import Sheet

_BREAK = Piece("\n")
_OPENING_BAR, _BAR, _CLOSING_BAR = Piece("| "), Piece(" | "), Piece(" |")

# In percent of the size of a character:
_INDENT = 120
_DEEP_INDENT = 450
_SAME_EDGE = 60
_RAGGED = 120
_SLACK = 60
_OFF_CENTRE = 100
_NARROW = 60
"""How wide letters, digits and their marks are at most, on average."""
_LONGEST_WORD = 1000
_WIDEST = 250

# In percent:
_OTHER_SIZE = 20
"""By how much lines differ in size that are not of one paragraph."""
_LARGE = 115
"""Of the body's size, from which a line is a title's."""
_SMALL = 88
"""Of the body's size, to which a line is a footnote's."""
_FAR = 125
"""Of the usual distance of lines, from which a line begins a paragraph."""
_NEAR = 105
"""Of a line's size, to which the one above is no paragraph's: the names of two bodies at the head of a document."""
_AS_WIDE = 90
"""Of the usual width of a column, from which it shows its own edges."""

_ENOUGH_LINES = 5
_CELLS = re.compile("[\t|│┃]")
_OPENS, _CLOSES, _QUOTES = "(（\\[［〔【《〈「『“‘", ")）\\]］〕】》〉」』，,。.、;；:：!！?？%％…", "“”‘’\"'"
_FIRST_WORD = re.compile(
    f"[{_OPENS}]*(?:[!-~]+|.)[{_CLOSES}]*(?:(?<=[,.:;])[0-9]+)?(?:[{_QUOTES}]+(?:[!-~]+|.)?[{_CLOSES}]*)*",
    re.DOTALL,
)
"""What is not parted at the end of a line: a word or an ideograph with the marks that may not begin or end one. Some
writers part nothing from a quote, on either side, and no figure from the mark before it."""


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the lines of a column begin and end."""

    left: int
    right: int


@dataclass(frozen=True, slots=True)
class _Set:
    """A line as it is set."""

    line: Line
    edges: _Edges

    @property
    def indent(self) -> int:
        """In percent of the size of a character."""
        return (self.line.rect.left - self.edges.left) * 100 // self.line.size

    def is_full(self, after: str) -> bool:
        """Whether the first word of what comes after had no room in it."""
        word = _FIRST_WORD.match(after)
        text = word.group() if word else after[:1]
        needed = sum(100 if is_wide(character) else _NARROW for character in text) + _SLACK
        return (self.edges.right - self.line.rect.right) * 100 < min(needed, _LONGEST_WORD) * self.line.size


@dataclass(frozen=True, slots=True)
class _Body:
    """How most of the text is set."""

    size: int
    pitch: int
    """From one line to the next."""
    is_indented: bool = False
    """Whether the first line of a paragraph is indented."""


@dataclass(slots=True)
class _Flow:
    """Paragraphs and tables as they are found; footnotes wait for the end of the paragraph."""

    blocks: list[list[Line] | RuledTable] = field(default_factory=list)
    open: list[_Set] = field(default_factory=list)
    footnotes: list[list[Line]] = field(default_factory=list)
    headless: list[RuledTable] = field(default_factory=list)
    """Tables that go on from the page before and repeat its head, which is left out."""

    def add_table(self, table: RuledTable) -> None:
        """A table; where it goes on with the one before, without its head."""
        self.end_paragraph()
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, RuledTable) and table.number == last.number + 1:
            rest = table.without_head_of(last)
            if rest is not table:
                self.headless.append(table)
                table = rest
        self.blocks.append(table)

    def end_paragraph(self) -> None:
        """What comes next begins a block."""
        if self.open:
            self.blocks.append([part.line for part in self.open])
        self.blocks += self.footnotes
        self.open, self.footnotes = [], []


def compose_text(sheets: Sequence[Sheet]) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The text of the pages of a document without their furniture, and notes on what is left out.

    The lines of a paragraph stand one after the other, with a line break after each paragraph and each row of a table.
    Footnotes follow the paragraph that the foot of their page interrupts.
    """
    sheets, notes = strip_furniture(sheets)
    flow = _flow(sheets)
    heads = [table.number for table in flow.headless]
    if heads:
        notes = (
            *notes,
            f"{pages_told(heads)}: left out the head of a table, which is that of the page before",
        )
    pieces = tuple(
        piece
        for block in flow.blocks
        for piece in (_rows(block) if isinstance(block, RuledTable) else _paragraph(block))
    )
    if any(RAISED.search(piece.text) for piece in pieces):
        notes = (*notes, "raised digits are written as such (¹, ², ³)")
    if any(BROKEN_BAR in piece.text for piece in pieces):
        notes = (*notes, f"bars within cells of tables are written as {BROKEN_BAR}")
    return pieces, notes


def _flow(sheets: Sequence[Sheet]) -> _Flow:
    body = _find_body(sheets)
    columns = [part for sheet in sheets for part in sheet.parts if isinstance(part, Column)]
    edges = _find_edges(columns, body)
    set_lines = {
        id(column): [_Set(line, own) for line in column.lines]
        for column, own in zip(columns, edges, strict=True)
    }
    body = replace(body, is_indented=_is_indented(set_lines.values()))
    flow = _Flow()
    for sheet in sheets:
        footnotes = _find_footnotes(sheet, body)
        small = {id(line) for note in footnotes for line in note}
        for part in sheet.parts:
            if isinstance(part, RuledTable):
                flow.add_table(part)
                continue
            for this in set_lines[id(part)]:
                if id(this.line) in small:
                    continue
                if not flow.open or not _goes_on(flow.open, this, body):
                    flow.end_paragraph()
                flow.open.append(this)
        flow.footnotes += footnotes
    flow.end_paragraph()
    return flow


def _paragraph(lines: Sequence[Line]) -> Iterator[Piece]:
    for line, after in pairwise((*lines, None)):
        assert line is not None
        text, between = joint(line.text, after.text) if after else (line.text, "")
        yield Piece(text, page=line.view.page, box=line.box, confidence=line.confidence)
        if between:
            yield Piece(between)
    yield _BREAK


def _rows(table: RuledTable) -> Iterator[Piece]:
    for row in table.rows:
        for index, cell in enumerate(row):
            yield _BAR if index else _OPENING_BAR
            if cell is not None:
                yield Piece(cell.text, page=table.number, box=cell.box, confidence=cell.confidence)
        yield _CLOSING_BAR
        yield _BREAK


# ----------------------------------------------------------------------------------------------- what is usual


def _find_body(sheets: Sequence[Sheet]) -> _Body:
    lines = [line for sheet in sheets for line in sheet.lines]
    sizes = [line.size for line in lines for _ in line.text]
    size = median_low(sizes) if sizes else 1
    steps = [
        lower.rect.middle - upper.rect.middle
        for sheet in sheets
        for part in sheet.parts
        if isinstance(part, Column)
        for upper, lower in pairwise(part.lines)
        if _is_size(upper, size) and _is_size(lower, size)
    ]
    pitch = sorted(steps)[len(steps) // 5] if steps else size * 2  # more of them may lead to a paragraph
    return _Body(size, min(pitch, size * _WIDEST // 100))


def _is_size(line: Line, size: int) -> bool:
    return abs(line.size - size) * 100 <= size * _OTHER_SIZE


def _find_edges(columns: Sequence[Column], body: _Body) -> list[_Edges]:
    """The edges of each column: its own where it is as wide as columns are, else those of the nearest such before or
    after it that its lines fit in. Where nothing shows how long its lines may be, they may be so long that the page is
    as white on the right as on the left."""
    own = [_own_edges(column, body.size) for column in columns]
    full = [
        (index, edges)
        for index, (column, edges) in enumerate(zip(columns, own, strict=True))
        if len(column.lines) >= _ENOUGH_LINES and column.frame is None
    ]
    usual = median_low([edges.right - edges.left for _, edges in full]) if full else 0
    wide = [(i, e) for i, e in full if (e.right - e.left) * 100 >= usual * _AS_WIDE]
    known = {index for index, _ in wide}
    slack = body.size * _RAGGED // 100
    found: list[_Edges] = []
    for index, (column, edges) in enumerate(zip(columns, own, strict=True)):
        if index not in known and column.frame is None:
            nearest = sorted(wide, key=lambda other: (abs(other[0] - index), other[0]))
            fitting = (
                other
                for _, other in nearest
                if other.left - slack <= edges.left and edges.right <= other.right + slack
            )
            width = column.lines[0].view.read_size[0]
            edges = next(fitting, _Edges(edges.left, max(edges.right, width - edges.left)))
        found.append(edges)
    return found


def _own_edges(column: Column, size: int) -> _Edges:
    """The leftmost and rightmost places at which several lines begin and end."""
    lines = [line for line in column.lines if _is_size(line, size)] or list(column.lines)
    if column.frame is not None and len(lines) < _ENOUGH_LINES:
        return _Edges(min(line.rect.left for line in lines), column.frame.right)
    left = _outermost([line.rect.left for line in lines], size * _SAME_EDGE // 100)
    right = -_outermost([-line.rect.right for line in lines], size * _RAGGED // 100)
    return _Edges(left, right)


def _outermost(places: Sequence[int], near: int) -> int:
    """The least place that has others near it, as many as make an edge; the least of all where none has, or there are
    few."""
    places = sorted(places)
    enough = max(2, len(places) // 10) if len(places) >= _ENOUGH_LINES else 1
    for place, last in zip(places, places[enough - 1 :], strict=False):
        if last - place <= near:
            return place
    return places[0]


def _is_indented(columns: Iterable[Sequence[_Set]]) -> bool:
    """Whether most lines below one that is not full are indented."""
    indents = [
        lower.indent
        for column in columns
        for upper, lower in pairwise(column)
        if not upper.is_full(lower.line.text)
    ]
    return sum(_INDENT < indent < _DEEP_INDENT for indent in indents) * 2 > len(indents)


def _find_footnotes(sheet: Sheet, body: _Body) -> list[list[Line]]:
    """Footnotes: the lines in small print at the foot of a page, from one that begins with a mark."""
    mark = load_sheet_words().note_mark
    lines = sorted(sheet.lines, key=lambda line: line.rect.middle)
    first = len(lines)
    while first and lines[first - 1].size * 100 <= body.size * _SMALL:
        first -= 1
    notes: list[list[Line]] = []
    for line in lines[first:] if first else ():
        if mark.match(folded(line.text)):
            notes.append([line])
        elif notes:
            notes[-1].append(line)
    return notes


# ---------------------------------------------------------------------------------------------- what goes on


def _goes_on(paragraph: Sequence[_Set], this: _Set, body: _Body) -> bool:
    """Whether a line goes on with a paragraph."""
    last = paragraph[-1]
    if not _is_size(this.line, last.line.size) or _is_off(last, this, body):
        return False
    if _CELLS.search(last.line.text) and _CELLS.search(this.line.text):
        return False  # rows of a table without rules
    words = load_sheet_words()
    ended = bool(words.ending.search(folded(last.line.text)))
    opens = bool(words.opening.match(folded(this.line.text)))
    if _is_title(last, body) and _is_title(this, body):
        return not ended and not opens and this.line.text[0] not in "(（[［〔"
    if not last.is_full(this.line.text) or (opens and ended):
        return False
    if this.indent <= _INDENT:
        return last.indent - this.indent <= _DEEP_INDENT
    # The line is indented: the paragraph is so as a whole, or hangs from the number that it begins with.
    if ended or opens:
        return False
    whole = abs(last.indent - this.indent) <= _SAME_EDGE and (len(paragraph) > 1 or not body.is_indented)
    numbered = bool(words.opening.match(folded(last.line.text)))
    return whole or (numbered and 0 < this.indent - last.indent < _DEEP_INDENT)


def _is_off(last: _Set, this: _Set, body: _Body) -> bool:
    """Whether a line stands further or less below the last than lines of a paragraph do. In another column it does
    neither."""
    if last.line.view.page != this.line.view.page or last.edges is not this.edges:
        return False
    step = this.line.rect.middle - last.line.rect.middle
    usual = body.pitch * max(body.size, this.line.size) // body.size
    return step * 100 > usual * _FAR or step * 100 < this.line.size * _NEAR


def _is_title(this: _Set, body: _Body) -> bool:
    """Whether a line is larger than the body and in the middle of its column."""
    rect, edges, size = this.line.rect, this.edges, this.line.size
    off = (rect.left - edges.left) - (edges.right - rect.right)
    return size * 100 >= body.size * _LARGE and abs(off) * 100 <= size * _OFF_CENTRE
