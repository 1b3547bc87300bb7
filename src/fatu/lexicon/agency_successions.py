"""Which agencies took over the work of one that was abolished: 人民政府法制办公室 → 司法局.

The reforms of 2013, 2018 and 2023 renamed and merged most departments. A succession is a fact about agencies of one
area, whatever report speaks of them; where places differ and none is known for the place, the answer is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from ..errors import LexiconError
from ..model import Area, Line
from .agency_levels import LEVELS, area_level
from .areas import AreaTable, load_areas
from .extension import cached
from .tables import Row, load_table

TABLE, FUNCTIONS = "agency_successions.tsv", "agency_functions.tsv"
LOCAL = "local"
"""Any level but the national one, where no row of its own says more."""
_SEPARATOR = "、"

Status = Literal["verified", "known"]


@dataclass(frozen=True, slots=True)
class Succession:
    """A row of agency_successions.tsv."""

    function: str
    successors: tuple[str, ...]
    """Functions, in the order of the table; empty where nothing is established."""
    year: int
    """First year in which the successors stood everywhere that the row speaks of."""
    level: str
    area: str
    """GB/T 2260 code of the area within which the row holds; empty: everywhere."""
    example: str
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class SuccessionTable:
    """All successions; made by `load_agency_successions` or `make_agency_successions`."""

    rows: Mapping[tuple[str, str, str], Succession]
    """Function, level, area → row."""
    lines: Mapping[str, Line]
    """Function → which line of organs it belongs to."""

    def find(self, function: str, area: Area, areas: AreaTable) -> Succession | None:
        """The row for the agency of that function in `area`: the one for the nearest area around it, there the one for
        its level before the one for all local levels. None where the table has none."""
        level = area_level(area, areas)
        levels = (level,) if level == "national" else (level, LOCAL)
        for code in (*(above.code for above in areas.chain(area.code)), ""):
            for wanted in levels:
                row = self.rows.get((function, wanted, code))
                if row is not None:
                    return row
        return None


@cached
def load_agency_successions() -> SuccessionTable:
    """The table of the package, read once. Raises LexiconError where it breaks its rules."""
    return make_agency_successions(load_table(TABLE), load_table(FUNCTIONS), load_areas())


def make_agency_successions(
    rows: Iterable[Row], functions: Iterable[Row], areas: AreaTable
) -> SuccessionTable:
    """Successions from rows as in agency_successions.tsv, whose functions are those of agency_functions.tsv.

    Raises LexiconError, which names file, row and column, for a function that is not in the table of functions, a
    level, status or area that there is not, a year that is no number, two rows of one key, and successors that lead
    back to where they began.
    """
    lines = {row["function"]: cast(Line, row["line"]) for row in functions}
    found: dict[tuple[str, str, str], Succession] = {}
    for number, row in enumerate(rows, start=1):
        succession = _succession(row, f"{TABLE} row {number}", lines, areas)
        key = (succession.function, succession.level, succession.area)
        if key in found:
            raise LexiconError(
                f"{TABLE} row {number} column function",
                f"{' '.join(key).strip()} is already in the table",
                "keep one of the two",
            )
        found[key] = succession
    _check_ends(found.values())
    return SuccessionTable(found, lines)


def _succession(row: Row, where: str, lines: Mapping[str, Line], areas: AreaTable) -> Succession:
    successors = tuple(filter(None, row["successors"].split(_SEPARATOR)))
    for column, names in (("function", (row["function"],)), ("successors", successors)):
        for name in names:
            if name not in lines:
                raise LexiconError(
                    f"{where} column {column}", f"no function {name!r} in {FUNCTIONS}", "add it there first"
                )
    for column, allowed in (("level", (*LEVELS, LOCAL)), ("status", ("verified", "known"))):
        if row[column] not in allowed:
            raise LexiconError(
                f"{where} column {column}",
                f"{row[column]!r} is not known",
                f"write one of {', '.join(allowed)}",
            )
    if not (row["year"].isascii() and row["year"].isdigit() and len(row["year"]) == 4):
        raise LexiconError(f"{where} column year", f"{row['year']!r} is no year", "write it as 2018")
    if row["area"] and row["area"] not in areas.areas:
        raise LexiconError(f"{where} column area", f"no area {row['area']}", "give a code of GB/T 2260")
    return Succession(
        function=row["function"],
        successors=successors,
        year=int(row["year"]),
        level=row["level"],
        area=row["area"],
        example=row["example"],
        source=row["source"],
        status=cast(Status, row["status"]),
    )


def _check_ends(rows: Iterable[Succession]) -> None:
    """Raise where following successors leads back to a function, at whatever level."""
    after: dict[str, set[str]] = {}
    for row in rows:
        after.setdefault(row.function, set()).update(row.successors)
    for function in after:
        seen: set[str] = set()
        open_ends = [function]
        while open_ends:
            for successor in after.get(open_ends.pop(), ()):
                if successor == function:
                    raise LexiconError(
                        f"{TABLE} {function} column successors",
                        "the successors lead back to it",
                        "a body follows another in one direction only",
                    )
                if successor not in seen:
                    seen.add(successor)
                    open_ends.append(successor)
