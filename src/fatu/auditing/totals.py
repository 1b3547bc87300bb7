"""Totals of tables: 合计 is the sum of its rows, or of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon.table_words import load_table_words
from ..model import Finding, Table, Verdict
from .checks import Check, computed
from .ledger import Ledger
from .postings import Posting, add

_PART = re.compile(r"^(?:#|其中)")
_LAST = re.compile(r"(?:合 *计|总 *计|总数|总量|总和|汇总)(?:数)?$")
_SUBTOTAL = re.compile(r"^小 *计$")


def total_cells(ledger: Ledger) -> frozenset[int]:
    """Indexes of the figures that are totals in tables."""
    tables = ledger.outline.tables
    rows = [[_row_kind(table, row) for row in range(len(table.rows))] for table in tables]
    return frozenset(
        p.index for p in ledger.postings if p.cell is not None and rows[p.cell.table][p.cell.row] == "total"
    )


def check_totals(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each total of a column or a row of a table."""
    if not ledger.outline.tables:
        return
    at = {p.cell: p for p in ledger.postings if p.cell is not None and p.is_count}
    for number, table in enumerate(ledger.outline.tables):
        grid = {
            (cell.row, cell.column): p for cell, p in at.items() if cell is not None and cell.table == number
        }
        yield from _columns(ledger, table, grid)
        yield from _rows(ledger, table, grid)


def _columns(ledger: Ledger, table: Table, grid: dict[tuple[int, int], Posting]) -> Iterator[Finding]:
    kinds = [_row_kind(table, row) for row in range(len(table.rows))]
    for column in range(len(table.columns)):
        values = [(kinds[row], grid[row, column]) for row in range(len(table.rows)) if (row, column) in grid]
        yield from _stacked(ledger, values)


def _rows(ledger: Ledger, table: Table, grid: dict[tuple[int, int], Posting]) -> Iterator[Finding]:
    kinds = [_column_kind(table, column) for column in range(len(table.columns))]
    for row in range(len(table.rows)):
        values = [
            (kinds[column], grid[row, column])
            for column in range(len(table.columns))
            if (row, column) in grid
        ]
        yield from _stacked(ledger, values)


def _row_kind(table: Table, row: int) -> str:
    names = [cell.text for cell in table.rows[row].labels if cell.text]
    if row == len(table.rows) - 1 and names and _LAST.search(names[0]):
        return "total"
    return _kind(names[:2]) if not table.rows[row].is_header else "head"


def _column_kind(table: Table, column: int) -> str:
    return _kind([cell.text for cell in table.columns[column].heads if cell.text])


def _kind(names: list[str]) -> str:
    """total, subtotal, part or item."""
    total = load_table_words().total
    bare = [re.sub(r"\([^()]*\)$", "", name).strip() for name in names]
    if any(_SUBTOTAL.match(name) for name in bare):
        return "subtotal"
    if any(total.match(name) for name in bare):
        return "total"
    return "part" if any(_PART.match(name) for name in names) else "item"


def _stacked(ledger: Ledger, values: list[tuple[str, Posting]]) -> Iterator[Finding]:
    """The totals of one row or column of figures."""
    subtotals: list[Posting] = []
    since: list[Posting] = []
    items = [p for kind, p in values if kind == "item"]
    for kind, posting in values:
        if kind == "item":
            since.append(posting)
        elif kind == "subtotal":
            yield from _check(ledger, posting, since)
            subtotals.append(posting)
            since = []
    for kind, posting in values:
        if kind == "total":
            yield from _check(ledger, posting, [*subtotals, *since] if subtotals else items)


def _check(ledger: Ledger, total: Posting, parts: list[Posting]) -> Iterator[Finding]:
    parts = [p for p in parts if p.metric.unit == total.metric.unit]
    if len(parts) < 2:
        return
    expected = add(parts)
    verdict: Verdict = "consistent" if expected.meets(total.interval) else "inconsistent"
    note = ("", "")
    if verdict == "inconsistent" and expected.is_exact and total.interval.is_exact:
        gap = total.metric.value - expected.low
        more = ("多", "more") if gap > 0 else ("少", "less")
        note = f",比各项之和{more[0]}{abs(gap):f}", f"; {abs(gap):f} {more[1]} than the parts"
    yield Check(
        rule="sum",
        verdict=verdict,
        about=total,
        operands=tuple(parts),
        subject=(f"{total.label}:表中合计", f"{ledger.label_en(total)}: total of the table"),
        formula="+".join(p.shown for p in parts) + computed(expected, ""),
        expected=expected,
        note=note,
    ).finding(ledger)
