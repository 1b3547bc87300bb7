"""A user's table of populations → rows of terms in the empty VALUES of a query that asks for one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from ..describing.terms import XSD, Iri, Literal, Object
from ..errors import QueryError
from ..iris import Iris
from ..lexicon.tables import load_table
from ..storing.binding import write_value
from ..storing.tokens import read_tokens

Row = tuple[Object, Object, Object]
"""Area, year ("" for every year), population."""

_AREA = re.compile(r"[0-9]{6}(?:[0-9]{3})?")
_YEAR = re.compile(r"[0-9]{4}")
_POPULATION = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_REMEDY = "name the columns 区划代码,年度,人口 or area,year,population in the first row"


def read_populations(given: str | Path, iris: Iris) -> tuple[Row, ...]:
    """The rows of a CSV: a file's where a path is given, else of the text itself.

    The first row names the columns, in Chinese or English, in any order: area (code of GB/T 2260), population, and
    year, which may be left out or empty for every year. Raises QueryError naming file and row.
    """
    where = str(given) if isinstance(given, Path) else "populations"
    text = _read_file(given) if isinstance(given, Path) else given.removeprefix("\ufeff")
    lines = csv.reader(text.splitlines())
    try:
        columns = _find_columns(next(lines, []), where)
        return tuple(_read_rows(lines, columns, where, iris))
    except csv.Error as error:
        raise QueryError(f"{where} row {lines.line_num}", str(error), "give a CSV file") from error


def fill_values(query: str, rows: Sequence[Row]) -> str:
    """The query with the rows in its one VALUES that has none; each written as a term."""
    tokens = [token for token in read_tokens(query) if not token.text.startswith("#")]
    for before, end in pairwise(tokens):
        if (before.text, end.text) == ("{", "}"):
            written = "".join(f"\n    ({' '.join(map(write_value, row))})" for row in rows)
            return f"{query[: end.start]}{written}\n  {query[end.start :]}"
    raise QueryError("query", "has no empty VALUES for a table", "write VALUES (?area ?of ?population) { }")


def _read_file(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise QueryError(str(path), f"cannot be read: {error.strerror}", "check the path") from error
    for codec in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise QueryError(str(path), "is neither UTF-8 nor GB18030", "save it as CSV UTF-8")


def _find_columns(header: Sequence[str], where: str) -> dict[str, int]:
    """Column → its place in the rows."""
    named = {name.strip().lower(): place for place, name in enumerate(header)}
    found = {}
    for row in load_table("population_columns.tsv"):
        places = [named[name] for name in row["names"].split("|") if name in named]
        if len(places) > 1 or (not places and row["needed"] == "yes"):
            problem = "twice" if places else "not there"
            raise QueryError(
                f"{where} row 1", f"the column {row['names'].split('|')[0]} is {problem}", _REMEDY
            )
        if places:
            found[row["column"]] = places[0]
    return found


def _read_rows(
    lines: Iterator[list[str]], columns: Mapping[str, int], where: str, iris: Iris
) -> Iterator[Row]:
    seen: dict[tuple[str, str], int] = {}
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        place = f"{where} row {number}"
        told = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        area, year, population = told["area"], told.get("year", ""), told["population"]
        if not _AREA.fullmatch(area):
            raise QueryError(place, f"{area!r} is no code of an area", "give six digits of GB/T 2260")
        if year and not _YEAR.fullmatch(year):
            raise QueryError(place, f"{year!r} is no year", "give four digits, or nothing for every year")
        if not _POPULATION.fullmatch(population) or not Decimal(population):
            raise QueryError(place, f"{population!r} is no population", "give a number above 0, digits only")
        for other in {year, ""} if year else {old for code, old in seen if code == area}:
            if (area, other) in seen:
                raise QueryError(
                    place,
                    f"{area} has a population in row {seen[area, other]} already",
                    "keep one of the two",
                )
        seen[area, year] = number
        yield Iri(iris.area(area)), Literal(year), Literal(population, XSD + "decimal")
