"""Metrics of tables: the number of a cell with the unit that the cell, its heads, its row or a note give it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple, cast

from ..lexicon.catalogue import unit_words
from ..lexicon.extension import cached
from ..lexicon.table_words import load_table_words
from ..model import Bound, Column, Fold, Metric, Outline, Row, Table
from ..outlining import folded_offset
from ..outlining.grids import is_figure
from .metrics import find_metrics
from .numerals import NUMBER, parse_number, written_out
from .spotting import Spot

_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_BRACKET = re.compile(r"[(](?P<inside>[^()]*)[)]|(?<=[^/]{2})/(?P<after>[^/()]{1,4})$")
_BARE = re.compile(rf"(?P<sign>[^\d]*?)(?P<number>(?=\d)(?:{NUMBER}))(?P<percent> ?[%‰])?")


class Unit(NamedTuple):
    """A unit with its power of ten: 万元 is 元 and 4."""

    word: str
    power: int = 0


def find_cell_metrics(outline: Outline, taken: bytearray, plain: list[Spot[Metric]]) -> list[Spot[Metric]]:
    """All metrics of a text with tables, ordered: `plain` is what is found without regard to cells. Of that stays
    what lies outside of tables, and in their cells what stands in words or follows the cell's number."""
    found: list[Spot[Metric]] = []
    starts = [spot.start for spot in plain]
    done = 0
    for table in outline.tables:
        low, high = (folded_offset(outline.fold, offset) for offset in table.span)
        found += plain[done : bisect_left(starts, low)]
        done = bisect_left(starts, high)
        inside = plain[bisect_left(starts, low) : done]
        for row in table.rows:
            if not row.is_header:
                found += _row_metrics(outline.fold, table, row, (taken, inside))
    return [*found, *plain[done:]]


def _row_metrics(
    fold: Fold, table: Table, row: Row, around: tuple[bytearray, list[Spot[Metric]]]
) -> Iterator[Spot[Metric]]:
    taken, plain = around
    starts = [spot.start for spot in plain]
    for column, cell in zip(table.columns, row.cells, strict=True):
        if not cell.text or column.kind not in ("value", "note"):
            continue
        start = folded_offset(fold, cell.span.start)
        end = begin = start + len(cell.text)
        if column.kind == "note" or not (is_figure(cell.text) or cell.text.isdecimal()):
            begin = start
        elif spot := _figure(cell.text, start, unit_of(table, row, column)):
            begin = spot.end
            if 1 not in taken[spot.start : spot.end]:
                yield spot
        yield from plain[bisect_left(starts, begin) : bisect_left(starts, end)]


def _figure(text: str, base: int, unit: Unit | None) -> Spot[Metric] | None:
    """The number of a cell, as folded text at `base`. A minus sign belongs to it, other signs do not."""
    bare = _BARE.match(text)
    if bare is None:
        return None
    first = bare.start("number")
    minus = first - 1 if text[first - 1 : first] == "-" else first
    whole = bare.end("number") == len(text)
    own = None if whole else next(find_metrics(text, bytearray(len(text)), frozenset()), None)
    if own is not None and own.start == first and own.payload.unit is not None:
        metric, end = own.payload, own.end
    else:
        try:
            number = parse_number(bare["number"])
        except ValueError:  # too large for a figure: an account, a serial number
            return None
        end = bare.end()
        power = 0 if number.scale or unit is None else unit.power
        word = bare["percent"].strip() if bare["percent"] else unit.word if unit else None
        value = written_out(number.value.scaleb(0 if bare["percent"] else power))
        scale = number.scale if bare["percent"] else number.scale + power
        metric = Metric(value, word, "exact", number.decimals, scale)
    bound = _bound(bare["sign"]) or metric.bound
    value = -metric.value if minus < first else metric.value
    return Spot(
        base + minus,
        base + end,
        Metric(value, metric.unit, bound, metric.decimals, metric.scale, metric.value_high, metric.excess),
    )


def _bound(sign: str) -> Bound | None:
    found = (s.value for s in load_table_words().signs if s.pattern.search(sign))
    return cast("Bound | None", next(found, None))


# ------------------------------------------------------------------------------------------------- units


def with_unit(text: str, metric: Metric) -> str:
    """The number of a cell with the unit that its heads give it: 120.5 under 罚没款(万元) is 120.5万元."""
    if metric.unit is None or not (text[-1:].isdigit() or text[-1:] in _POWERS):
        return text
    power, words = metric.scale if text[-1:].isdigit() else 0, ""
    for word, worth in sorted(_POWERS.items(), key=lambda item: -item[1]):
        if power >= worth:
            power, words = power - worth, word + words
    return text + words + metric.unit


def unit_of(table: Table, row: Row, column: Column) -> Unit | None:
    """The unit of a cell that writes none: of the column's head where that says what is counted, of the row's
    cell of units, of its own heads, of a head that says nothing else, of the note above the table."""
    words = load_table_words()
    heads = [split_unit(cell.text) for cell in reversed(column.heads)]
    labels = [split_unit(row.labels[i].text) for i in reversed(column.labels)]
    written = next((unit for _, unit in heads if unit), None)
    speaks = any(text and not words.generic.search(text) and not _is_time(text) for text, _ in heads)
    if written is not None and speaks:
        return written
    if any(words.is_percent(text) for text, _ in heads):
        return Unit("%")
    beside = row.cells[column.unit].text if column.unit is not None else ""
    if beside and not words.blank.fullmatch(beside):
        return parse_unit(beside)
    for unit in (*(unit for _, unit in labels), written):
        if unit is not None:
            return unit
    named = [text for text, _ in (*labels, *heads)]
    if any(words.rate.search(text) for text in named):
        return Unit("%")
    for counting in words.countings:
        if any(counting.pattern.search(text) for text in named):
            return Unit(counting.value)
    return parse_unit(table.note.value) if table.note else None


def _is_time(text: str) -> bool:
    return bool(re.search(r"\d年|^(?:19|20)\d\d$", text))


def split_unit(text: str) -> tuple[str, Unit | None]:
    """The words of a head and the unit in its brackets: 罚没金额(万元) → 罚没金额, 万元."""
    for match in _BRACKET.finditer(text):
        inside = match["inside"] or match["after"] or ""
        unit = parse_unit(load_table_words().unit_note.sub("", inside).strip())
        if unit is not None:
            return (text[: match.start()] + text[match.end() :]).strip(), unit
    return text, None


@cached
def parse_unit(text: str) -> Unit | None:
    """A unit word with its power; None for any other text.

    >>> parse_unit("万元")
    Unit(word='元', power=4)
    """
    known = unit_words()
    if text in known:
        return Unit(text)
    powers = re.match("[十百千万亿]*", text)
    word = text[powers.end() :] if powers else text
    return Unit(word, sum(_POWERS[c] for c in text[: len(text) - len(word)])) if word in known else None
