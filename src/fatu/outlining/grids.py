"""The grid of a table: which rows are its head, what each column holds, which cells name a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..lexicon.catalogue import unit_words
from ..lexicon.extension import cached
from ..lexicon.patterns import any_word
from ..lexicon.table_words import load_table_words
from ..model import Cell, Column, ColumnKind, Fold, Row, Span, Stated, Table
from .normalise import folded_offset

_YEAR = re.compile(r"(?:19|20)\d\d(?: ?年(?:度|底|末)?)?")
_DATE = re.compile(r"(?:(?:19|20)\d\d ?年)?(?:\d{1,2} ?月(?:份|底|\d{1,2}日)?|第?[1-4]季度)")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]")
_BRACKET = re.compile(r"[(][^()]*[)]")
_LAST_BRACKET = re.compile(r"[(](?=[^()]{1,6}[)]$)")
_POWER = re.compile(r"[十百千]?[万亿]|[十百千]")
_MAX_HEADER = 3


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, perhaps with its unit and a remark in brackets; years and months are none."""
    bare = _BRACKET.sub("", text).strip()
    return bool(_figure().fullmatch(text)) and not _YEAR.fullmatch(bare) and not _DATE.fullmatch(bare)


def is_unit(text: str) -> bool:
    """Whether a text is a unit word: 件, 万元."""
    return text in unit_words() or (
        (power := _POWER.match(text)) is not None and text[power.end() :] in unit_words()
    )


@cached
def _figure() -> re.Pattern[str]:
    units = any_word(unit_words())
    number = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
    return re.compile(
        rf"[<>≤≥=±+\-↑↓▲▼约近超达共 ]*{number}(?:[-~至]{number})? ?[余多几]?[百千]?[万亿]?"
        rf" ?(?:{units})? ?(?:[余多]|以[上下内]|左右|不等)?(?:[(][^()]*[)])?"
    )


def read_grid(fold: Fold, cuts: Sequence[Sequence[tuple[int, int]]]) -> Table:
    """The table of lines cut into cells, given as ranges of the folded text."""
    width = max(map(len, cuts))
    lines = [_cells(fold, cut, width) for cut in cuts]
    headers = _header_rows(lines)
    lines = [
        tuple(replace(cell, is_header=True) for cell in line) if index < headers else line
        for index, line in enumerate(lines)
    ]
    unit_note = load_table_words().unit_note
    header = [[cell for cell in line if cell.text] for line in lines[:headers]]
    titles = sum(len(line) == 1 for line in header)
    noting = [c for line in header for c in line if len(line) == 1 or unit_note.match(c.text)]
    notes = [read_note(fold, folded_offset(fold, c.span.start), c.text) for c in noting]
    caption = next(
        (line[0] for line in header if len(line) == 1 and not unit_note.match(line[0].text)),
        None,
    )
    columns = _columns(lines[titles:headers], lines[headers:], width)
    return Table(
        span=Span(lines[0][0].span.start, lines[-1][-1].span.end),
        columns=columns,
        rows=tuple(_rows(lines, headers, columns)),
        caption=Stated(caption.text, caption.span) if caption else None,
        note=next((note for note in notes if note), None),
    )


def read_note(fold: Fold, start: int, text: str) -> Stated[str] | None:
    """The unit that a line or cell at a folded offset notes for all values, with the note's span: 件 of (单位:件), or
    of a caption that ends with (件)."""
    noted = load_table_words().unit_note.search(text) or _LAST_BRACKET.search(text)
    unit = text[noted.end() :].strip(" \t)]:。") if noted else ""
    if not noted or not is_unit(unit):
        return None
    return Stated(unit, fold.span(start + noted.start(), start + len(text)))


def _cells(fold: Fold, cut: Sequence[tuple[int, int]], width: int) -> tuple[Cell, ...]:
    cells = [Cell(_span(fold, a, b), fold.text[a:b]) for a, b in cut]
    end = cells[-1].span.end
    return (*cells, *[Cell(Span(end, end), "")] * (width - len(cells)))


def _span(fold: Fold, start: int, end: int) -> Span:
    if start < end:
        return fold.span(start, end)
    if fold.starts is not None:
        start = fold.starts[start] if start < len(fold.starts) else fold.starts[-1] + 1
    return Span(start, start)


def _header_rows(lines: list[tuple[Cell, ...]]) -> int:
    """How many lines from the top hold heads: words and years only; after the first those that go on below
    cells which span several lines. None where figures stand in the first."""
    count = 0
    for line in lines[: min(_MAX_HEADER, len(lines) - 1)]:
        texts = [cell.text for cell in line]
        if any(is_figure(text) for text in texts):
            break
        alone = sum(map(bool, texts)) == 1
        spanned = count and (not texts[0] or texts[0] == lines[count - 1][0].text)
        titled = count and sum(bool(c.text) for c in lines[count - 1]) == 1 and not alone
        if count and not spanned and not titled:
            break
        count += 1
    return count


def _rows(lines: list[tuple[Cell, ...]], headers: int, columns: tuple[Column, ...]) -> Iterator[Row]:
    labels = [i for i, column in enumerate(columns) if column.kind == "label"]
    group: Cell | None = None
    above: tuple[Cell, ...] = ()
    for index, cells in enumerate(lines):
        filled = cells
        if index >= headers:
            written = [cell for cell in cells if cell.text]
            opens = index == headers or (bool(written) and bool(_NUMBERED.match(written[0].text)))
            if len(written) == 1 and opens and written[0] in (cells[i] for i in labels):
                group = written[0]
            elif above and any(cells[i].text for i in labels):
                filled = _filled(cells, above, labels)
            above = filled
        span = Span(cells[0].span.start, cells[-1].span.end)
        heads = None if index < headers or group in cells else group
        yield Row(span, cells, filled, heads, index < headers)


def _filled(cells: tuple[Cell, ...], above: tuple[Cell, ...], labels: list[int]) -> tuple[Cell, ...]:
    """Empty labels before the first written one are those of the row above."""
    filled = list(cells)
    for column in labels:
        if cells[column].text:
            break
        filled[column] = above[column]
    return tuple(filled)


# ------------------------------------------------------------------------------------------------- columns


def _columns(header: list[tuple[Cell, ...]], body: list[tuple[Cell, ...]], width: int) -> tuple[Column, ...]:
    columns: list[Column] = []
    run: list[int] = []
    """The labels that the next values belong to."""
    unit: int | None = None
    after_value = True
    for index, heads in enumerate(_heads(header, width)):
        texts = [line[index].text for line in body if line[index].text]
        kind = _kind(heads, texts, any(c.kind in ("label", "value") for c in columns))
        if kind == "label":
            run, unit = ([index] if after_value else [*run, index]), (None if after_value else unit)
        elif kind == "unit":
            unit = index
        after_value = kind == "value" or (after_value and kind != "label")
        labels = tuple(run) if kind == "value" else ()
        columns.append(Column(kind, heads, labels, unit if kind == "value" else None))
    named = {i for column in columns for i in column.labels}
    first = next((i for i, column in enumerate(columns) if column.kind == "label"), None)
    return tuple(
        replace(column, kind="note") if column.kind == "label" and i not in named and i != first else column
        for i, column in enumerate(columns)
    )


def _heads(header: list[tuple[Cell, ...]], width: int) -> list[tuple[Cell, ...]]:
    """Header cells over each column; where a line below goes on, an empty cell is that to its left."""
    above: list[list[Cell]] = [[] for _ in range(width)]
    for level, line in enumerate(header):
        wide: Cell | None = None
        for index, cell in enumerate(line):
            below = level + 1 < len(header) and bool(header[level + 1][index].text)
            wide = cell if cell.text else wide if below else None
            if wide is not None and wide.text not in [c.text for c in above[index]]:
                above[index].append(wide)
    return [tuple(cells) for cells in above]


def _kind(heads: tuple[Cell, ...], texts: list[str], is_later: bool) -> ColumnKind:
    words = load_table_words()
    head = _BRACKET.sub("", heads[-1].text).strip() if heads else ""
    told = [text for text in texts if not words.blank.fullmatch(text)]
    if words.index.search(head) or (not is_later and not head and _counts_up(told)):
        return "index"
    if words.remark.search(head):
        return "note"
    if words.dated.search(head):
        return "label"
    units = sum(map(is_unit, told))
    if told and (units == len(told) if not words.unit_column.search(head) else units * 2 > len(told)):
        return "unit"
    years = not is_later and told and all(_YEAR.fullmatch(text) for text in told)
    figures = sum(is_figure(text) or (is_later and text.isdecimal()) for text in told)
    if not told:
        return "value" if head else "note"
    return "value" if figures * 2 >= len(told) and not years else "label"


def _counts_up(texts: list[str]) -> bool:
    """Whether cells number the rows: 1, 2, 3."""
    return len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)]
