"""The one reader of lexicon tables: tab-separated text, a header row, `#` comments, nothing quoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from ..errors import LexiconError
from .extension import current_extension

Row = Mapping[str, str]
"""One line of a table: column name → cell; an empty cell is the empty string."""


def load_table(name: str, unique: bool = False) -> tuple[Row, ...]:
    """Rows of the lexicon table `name` (areas.tsv) in their order in the file.

    The rows that a user added (`extended`) come first; with `unique`, where no two rows may have the same first
    column, they stand for those of the package with the same. Raises LexiconError naming file, line, column and
    reason where the table is missing, is not UTF-8 or breaks its own rules.
    """
    rows = decode_table(_read(name), name, unique)
    own = current_extension().of(name)
    if not own:
        return rows
    columns = tuple(rows[0])
    added = tuple({column: row.get(column, "") for column in columns} for row in own)
    key = columns[0]
    taken = {row[key] for row in added} if unique else set()
    return (*added, *(row for row in rows if row[key] not in taken))


@dataclass(frozen=True, slots=True)
class LargeTable:
    """A table whose rows are read one by one, when asked for; made by `load_large_table`."""

    name: str
    header: bytes
    lines: Mapping[bytes, bytes]
    """First cell → line, both as in the file."""

    def row(self, key: str) -> Row | None:
        """The row whose first cell is `key`, or None. Raises LexiconError where it breaks the rules of a table."""
        line = self.lines.get(key.encode())
        if line is None:
            return None
        return decode_table(self.header + b"\n" + line, f"{self.name} row {key}")[0]


def load_large_table(name: str) -> LargeTable:
    """The lexicon table `name`, whose first column is a key, cut into lines but not read further.

    A thousandth of a second for a megabyte. Raises LexiconError where the table is missing or has no header row.
    """
    lines = [line for line in _read(name).splitlines() if line and not line.startswith(b"#")]
    if not lines:
        raise LexiconError(name, "the table has no header row", "name its columns in the first row")
    return LargeTable(name, lines[0], {line.partition(b"\t")[0]: line for line in lines[1:]})


def _read(name: str) -> bytes:
    try:
        return files(__package__).joinpath(name).read_bytes()
    except OSError as error:
        raise LexiconError(name, "no such lexicon table", "reinstall fatu") from error


def decode_table(data: bytes, name: str, unique: bool = False) -> tuple[Row, ...]:
    """Rows of the UTF-8 bytes of a table, which errors call `name`: see `parse_lines`."""
    return parse_table(decode(data, name), name, unique)


def decode(data: bytes, name: str) -> str:
    """The text of a table, which is UTF-8. Raises LexiconError naming the line that is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LexiconError(f"{name} line {line}", "not UTF-8", "save the table as UTF-8") from error


def parse_table(text: str, name: str, unique: bool = False) -> tuple[Row, ...]:
    """Rows of the text of a table, which errors call `name`: see `parse_lines`."""
    return tuple(row for _, row in parse_lines(text, name, unique))


def parse_lines(
    text: str, name: str, unique: bool = False, padded: bool = False
) -> tuple[tuple[int, Row], ...]:
    """Rows of the text of a table with the numbers of their lines, counted from 1 as an editor shows them.

    Lines that start with # and empty lines are passed over; the first other line names the columns. Raises
    LexiconError on a line with too few or too many cells, a column named twice or not at all, a cell with space
    around it or, with `unique`, a first cell that is empty or was there before. With `padded`, a line may leave out
    the empty cells at its end.
    """
    header: list[str] = []
    width = 0
    rows: list[tuple[int, Row]] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line or line[0] == "#":
            continue
        cells = line.split("\t")
        if not header:
            header, width = _check_header(cells, f"{name} line {number}"), len(cells)
            continue
        if padded:
            cells += [""] * (width - len(cells))
        if len(cells) != width:
            raise _misshapen(header, cells, f"{name} line {number}")
        if " " in line or "\u3000" in line:
            _check_space(header, cells, f"{name} line {number}")
        if unique:
            _check_key(header[0], cells[0], seen, f"{name} line {number}")
            seen[cells[0]] = number
        rows.append((number, dict(zip(header, cells, strict=True))))
    if not header:
        raise LexiconError(name, "the table has no header row", "name its columns in the first row")
    return tuple(rows)


def _check_header(cells: list[str], where: str) -> list[str]:
    for position, cell in enumerate(cells, start=1):
        if not cell.strip():
            raise LexiconError(f"{where} column {position}", "a column without a name", "name it")
        if cells.index(cell) != position - 1:
            raise LexiconError(f"{where} column {cell}", "the column is there twice", "rename one of them")
    return cells


def _check_space(header: list[str], cells: list[str], where: str) -> None:
    for column, cell in zip(header, cells, strict=True):
        if cell != cell.strip():
            raise LexiconError(f"{where} column {column}", f"space around {cell.strip()!r}", "remove it")


def _check_key(column: str, key: str, seen: Mapping[str, int], where: str) -> None:
    if not key:
        raise LexiconError(f"{where} column {column}", "the key is empty", "fill it in")
    if key in seen:
        raise LexiconError(
            f"{where} column {column}", f"{key} is already in line {seen[key]}", "keep one of the two"
        )


def _misshapen(header: list[str], cells: list[str], where: str) -> LexiconError:
    if len(cells) < len(header):
        where, problem = f"{where} column {header[len(cells)]}", "the cell is missing"
    else:
        where, problem = f"{where} column {len(header) + 1}", "a cell more than the header has"
    return LexiconError(
        where, f"{problem} ({len(cells)} cells, {len(header)} columns)", "put one tab between cells"
    )
