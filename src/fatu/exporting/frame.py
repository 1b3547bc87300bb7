"""Records as a table for Python: a sequence of rows that pandas takes and notebooks show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from importlib import import_module
from typing import Any, overload

from ..errors import UsageError, how_to_get
from .records import Record

_SHOWN = 20
"""Rows that a notebook shows."""


@dataclass(frozen=True, slots=True)
class Table(Sequence[Record]):
    """Rows with the same columns, in order."""

    columns: tuple[str, ...]
    rows: tuple[Record, ...]
    numbers: tuple[str, ...] = ()
    """Columns of decimal numbers, which the rows hold as text."""

    def __iter__(self) -> Iterator[Record]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        return self.rows[index]

    def to_pandas(self) -> Any:
        """The table as a pandas DataFrame, numbers as Decimal. Raises UsageError where pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise UsageError("to_pandas", "pandas is not installed", how_to_get("tables")) from error
        rows = [
            {column: self._number(column, row.get(column)) for column in self.columns} for row in self.rows
        ]
        return pandas.DataFrame(rows, columns=list(self.columns))

    def _repr_html_(self) -> str:
        """The first rows for notebooks."""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_cell(row.get(column))}</td>" for column in self.columns) + "</tr>"
            for row in self.rows[:_SHOWN]
        )
        left = len(self.rows) - _SHOWN
        more = f"<p>… {left} more rows</p>" if left > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _number(self, column: str, value: object) -> object:
        return Decimal(value) if column in self.numbers and isinstance(value, str) else value


def _cell(value: object) -> str:
    return "" if value is None else escape(str(value))
