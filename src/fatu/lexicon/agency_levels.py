"""What the level of an area decides about its agencies: which function a word means there, which rows hold for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ..errors import LexiconError
from ..model import Area
from .areas import AreaTable
from .tables import load_table

TABLE = "agency_levels.tsv"
ABOVE = "^"
"""An area of that level has no such agency: that of the prefecture above is meant."""
LEVELS = ("national", "province", "municipality", "prefecture", "county")


@dataclass(frozen=True, slots=True)
class LevelTable:
    """Rows of agency_levels.tsv; made by `load_agency_levels`."""

    there: Mapping[tuple[str, str], str]
    """Function, level → the function that is meant there, or ABOVE."""

    def function_at(self, function: str, level: str) -> str:
        """The function that `function` means in an area of that level: 中级人民法院 for 人民法院 of a prefecture."""
        return self.there.get((function, level), function)


def area_level(area: Area, areas: AreaTable) -> str:
    """national, province, municipality (a city that is a province), prefecture or county."""
    if area.level == "country":
        return "national"
    return "municipality" if area.code in areas.municipalities else area.level


@cache
def load_agency_levels() -> LevelTable:
    """The table of the package, read once. Raises LexiconError for a level that there is not."""
    there: dict[tuple[str, str], str] = {}
    for number, row in enumerate(load_table(TABLE), start=1):
        if row["level"] not in LEVELS:
            raise LexiconError(
                f"{TABLE} row {number} column level",
                f"{row['level']!r} is not known",
                f"write one of {', '.join(LEVELS)}",
            )
        there[row["function"], row["level"]] = row["there"]
    return LevelTable(there)
