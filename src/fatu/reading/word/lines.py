"""The lines of a Word document: its paragraphs and the rows of its tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from docx.blkcntnr import BlockItemContainer
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from ...errors import InputError
from ...lexicon.patterns import rows_by_kind
from ..extract import Extract, Piece
from ..limits import Limits
from .numbers import write_numbers
from .parts import Element, WordParts, open_word
from .tree import LEFT_OUT, NUMBER, make_plain, number_paragraphs, put_notes

Line = tuple[Piece, ...]

_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_SENTENCE = re.compile(r"[。；;！？!?]")
_BAR = re.compile(r"[|│┃｜]")
_BROKEN_BAR = "¦"
_MAX_SPAN = 1000
"""Columns of a grid; Word allows 63."""
_FIRST_LINES = 10
"""Lines among which a report's title stands, if it has one."""
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: the column at which each cell begins, and whether it heads the table."""

    cells: tuple[tuple[int, Element], ...]
    is_head: bool


def read_word(data: bytes, name: str, limits: Limits) -> Extract:
    """The text of a Word document: see `fatu.reading.word.extract_word`."""
    parts = open_word(data, name, limits)
    body = parts.document.find(qn("w:body"))
    number_paragraphs(body)
    left_out = make_plain(body)
    if parts.comments is not None:
        left_out["comment"] = len(parts.comments.findall(qn("w:comment")))
    unknown = write_numbers(body, parts.numbering, parts.styles)
    put = _put_all_notes(body, parts)
    lines: list[Line] = []
    size = 0
    for line in _lines(BlockItemContainer(body, parts.document)):
        size += 1 + sum(len(piece.text) for piece in line)
        if size > limits.characters:
            raise InputError(
                name, f"holds more than {limits.characters} characters", "give one report a file"
            )
        lines.append(line)
    notes = [*_told(left_out), *_told_edges(parts.edges)]
    if put:
        notes.append(f"{put} footnote{_s(put)} put after the paragraphs that refer to them")
    if unknown:
        notes.append(f"list numbers of unknown formats ({', '.join(unknown)}) written in digits")
    if any(_BROKEN_BAR in piece.text for line in lines for piece in line):
        notes.append(f"bars within cells of tables written as {_BROKEN_BAR}")
    title = _title_line(parts.title, lines)
    broken = Piece("\n")
    return Extract(
        pieces=tuple(piece for line in (*title, *lines) for piece in (*line, broken)), notes=tuple(notes)
    )


def _lines(container: BlockItemContainer) -> Iterator[Line]:
    """Paragraphs and rows of tables, in order."""
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield from _table_lines(block)
        else:
            yield _paragraph(block)


def _paragraph(paragraph: Paragraph) -> Line:
    text = paragraph.text.strip(" \t\n")
    return (_piece(paragraph, text),) if text else ()


def _piece(paragraph: Paragraph, text: str) -> Piece:
    return Piece(text, paragraph=int(paragraph._p.get(NUMBER)))


# --------------------------------------------------------------------------------------------------- tables


def _table_lines(table: Table) -> Iterator[Line]:
    """A line for each row; a table of one column is a frame around paragraphs, and so is a row whose only cell holds
    several. Tables within cells follow the table that holds them."""
    rows = [_row(row, index == 0) for index, row in enumerate(table._tbl.tr_lst)]
    columns = sorted({column for row in rows for column, _ in row.cells})
    inner: list[Table] = []
    for row in rows:
        cells = {column: BlockItemContainer(cell, table) for column, cell in row.cells}
        if len(columns) < 2 or (len(cells) == 1 and _is_frame(next(iter(cells.values())))):
            yield from chain.from_iterable(map(_lines, cells.values()))
            continue
        written = [_cell(cells[column], row.is_head) if column in cells else () for column in columns]
        yield tuple(
            chain(
                *([Piece("| " if not i else " | "), *cell] for i, cell in enumerate(written)), [Piece(" |")]
            )
        )
        inner += [
            block
            for cell in cells.values()
            for block in cell.iter_inner_content()
            if isinstance(block, Table)
        ]
    for nested in inner:
        yield ()
        yield from _table_lines(nested)


def _row(row: Element, is_first: bool) -> _Row:
    """Where the cells of a row begin. One that goes on from the row above is none here: it stands empty."""
    column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    cells = []
    for cell in row.findall(qn("w:tc")):
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merged is None or merged.get(qn("w:val")) == "restart":
            cells.append((column, cell))
        column += max(1, _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1))
    return _Row(tuple(cells), is_first or row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None)


def _number(element: Element | None, default: int) -> int:
    try:
        return min(_MAX_SPAN, int(element.get(qn("w:val")))) if element is not None else default
    except (TypeError, ValueError):
        return default


def _is_frame(cell: BlockItemContainer) -> bool:
    """Whether the only cell of a row holds a table, or paragraphs of sentences."""
    if cell.tables:
        return True
    written = [paragraph.text for paragraph in cell.paragraphs if paragraph.text.strip()]
    return len(written) > 1 and any(map(_SENTENCE.search, written))


def _cell(cell: BlockItemContainer, is_head: bool) -> Line:
    """The text of a cell in one line. In a head, words are broken to fit (案件 over 数量); elsewhere a new line is a
    new item."""
    pieces: list[Piece] = []
    for paragraph in cell.paragraphs:
        lines = [line.strip() for line in paragraph.text.splitlines()]
        text = ""
        for line in filter(None, lines):
            text += _between(text, line, is_head) + line
        if text:
            text = _BAR.sub(_BROKEN_BAR, text.replace("\t", " "))
            between = _between(pieces[-1].text, text, is_head) if pieces else ""
            pieces += [Piece(between)] if between else []
            pieces.append(_piece(paragraph, text))
    return tuple(pieces)


def _between(before: str, after: str, is_head: bool) -> str:
    whole = is_head and _IDEOGRAPHS.fullmatch(before[-1:]) and _IDEOGRAPHS.fullmatch(after[:1])
    return "" if whole or not before else " "


# ---------------------------------------------------------------------------------------------------- notes


def _put_all_notes(body: Element, parts: WordParts) -> int:
    put = 0
    for notes, reference in ((parts.endnotes, "endnoteReference"), (parts.footnotes, "footnoteReference")):
        if notes is not None:
            number_paragraphs(notes)
            make_plain(notes)
            put += put_notes(body, notes, reference)
    return put


def _told(left_out: Counter[str]) -> Iterator[str]:
    for key, note in LEFT_OUT.items():
        if n := left_out[key]:
            yield note.format(n=n, s=_s(n), them="it" if n == 1 else "them")


def _told_edges(edges: Iterable[Element]) -> Iterator[str]:
    """What headers and footers say, where it is more than the number of a page."""
    said = []
    for edge in edges:
        number_paragraphs(edge)
        make_plain(edge)
        text = " ".join("".join(t.text or "" for t in edge.iter(qn("w:t"))).split())
        if any(map(str.isalpha, text)) and text not in said:
            said.append(text)
    if said:
        shown = "; ".join(text[:_SHOWN] + ("…" if len(text) > _SHOWN else "") for text in said)
        yield f"headers and footers left out: {shown}"


def _title_line(title: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The title among the document's properties as a line of its own, where it is a report's title and the text has
    none: programs leave the title of an older file there."""
    words = re.compile("|".join(row["word"] for row in rows_by_kind("title_words.tsv")["report"]))
    if not words.search(title):
        return ()
    for line in [line for line in lines if line][:_FIRST_LINES]:
        text = "".join(piece.text for piece in line)
        if words.search("".join(text.split())) and not _SENTENCE.search(text):
            return ()
    return ((Piece(f"标题：{title}"),),)


def _s(count: int) -> str:
    return "" if count == 1 else "s"
