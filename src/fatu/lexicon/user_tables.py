"""Tables that a user writes, as spreadsheets save them: tabs between cells, a header row, # comments, in any encoding
that reports are read in.

Columns may stand in any order; those that a file does not need may be left out, and so may empty cells at the end
of a line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ..encodings import decode_text
from ..errors import InputError, LexiconError
from .tables import parse_lines

MAX_BYTES = 4_000_000
"""A user's table may not be larger."""


@dataclass(frozen=True, slots=True)
class UserRow:
    """A row of a user's file, able to say what is wrong with it."""

    file: str
    line: int
    cells: Mapping[str, str]

    @property
    def where(self) -> str:
        """File and line, for messages."""
        return f"{self.file} line {self.line}"

    def cell(self, column: str) -> str:
        """A cell; nothing where the file lacks the column."""
        return self.cells.get(column, "")

    def need(self, column: str) -> str:
        """A cell that must be filled in. Raises LexiconError where it is not."""
        return self.cell(column) or self.refuse(column, "the cell is empty", "fill it in")

    def refuse(self, column: str, problem: str, remedy: str) -> NoReturn:
        """Raises LexiconError at a cell."""
        raise LexiconError(f"{self.where} column {column}", problem, remedy)

    def one_of(self, column: str, allowed: Sequence[str], default: str = "") -> str:
        """A cell whose value is one of some words. Raises LexiconError where it is another."""
        value = self.cell(column) or default
        if value not in allowed:
            self.refuse(column, f"{value!r} is not known", f"write one of {', '.join(allowed)}")
        return value

    def allow(self, columns: Collection[str], kind: str) -> None:
        """Raises LexiconError where a cell is filled in that this kind of row has no use for."""
        for column, value in self.cells.items():
            if value and column not in columns:
                self.refuse(column, f"{kind} has no {column}", "leave the cell empty")


def read_user_table(path: str | Path, columns: Sequence[str]) -> tuple[bytes, list[UserRow]]:
    """The bytes of a user's file and its rows. Raises LexiconError, naming file, line and column, for a file that
    cannot be read, is too large, is no text or has other columns than `columns`."""
    name = Path(path).name
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LexiconError(str(path), f"cannot be read: {error.strerror}", "check the path") from error
    if len(data) > MAX_BYTES:
        raise LexiconError(str(path), f"larger than {MAX_BYTES // 1_000_000} MB", "split the table")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise LexiconError(name, "an office document, no table", "save it as text with tabs, in UTF-8")
    try:
        text, _ = decode_text(data, name)
    except InputError as error:
        raise LexiconError(name, error.problem, "save the table as UTF-8") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_header(text, name, columns)
    rows = [UserRow(name, number, row) for number, row in parse_lines(text, name, padded=True)]
    for row in rows:
        for column, value in row.cells.items():
            if not value.isprintable():
                row.refuse(column, "a character that cannot be seen", "type the cell anew")
            if len(value) > 1 and value[0] == value[-1] == '"':
                row.refuse(column, f"quotes around {value[1:-1]!r}", "remove them: cells are not quoted")
    return data, rows


def _check_header(text: str, name: str, columns: Sequence[str]) -> None:
    lines = enumerate(text.split("\n"), start=1)
    number, header = next(((n, line) for n, line in lines if line and line[0] != "#"), (1, ""))
    where, use = f"{name} line {number}", f"in the first line name columns of {', '.join(columns)}"
    if "\t" not in header and any(mark in header.strip() for mark in " ,;"):
        raise LexiconError(
            where, "no tabs between the cells", "put a tab, not spaces or commas, between cells"
        )
    for column in header.split("\t"):
        if column.strip('"') in columns and column not in columns:
            raise LexiconError(where, f"quotes around {column}", "remove them: cells are not quoted")
        if column and column not in columns:
            raise LexiconError(where, f"{column!r} is no column of this table", use)
