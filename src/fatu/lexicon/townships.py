"""Townships (乡、镇、街道) of a county: by name, within the counties that a report is about.

There are forty thousand, and names repeat in every prefecture (城关镇): a name alone means none. The table has a
row for each county, read when a report asks for that county.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ..errors import LexiconError
from ..model import Area
from .areas import load_areas
from .tables import LargeTable, load_large_table

TABLE = "townships.tsv"

Names = Mapping[str, tuple[Area, ...]]
Entry = tuple[Area, str, tuple[str, ...]]
"""A township, its name without suffix (or whole), its former names."""


@dataclass(frozen=True, slots=True)
class TownshipIndex:
    """The townships of an area, a county or all counties of a prefecture, by name."""

    names: Names
    """Full name, of today or former → townships."""
    stems: Names
    """Name without its suffix (东郊) → townships."""
    longest: int
    """Length of the longest full name, in characters."""


def townships_of(county: str) -> tuple[Area, ...]:
    """The townships of the county, today's first, then those that are gone (`listed`), each by code.

    Prefectures without counties (东莞市) have townships of their own. Empty for any other code. Raises LexiconError
    where the row of the county breaks the rules of the table.
    """
    return tuple(area for area, _, _ in _entries(county))


def find_township(name: str, codes: Iterable[str]) -> Area | None:
    """The township that `name`, full (东郊乡) or without its suffix (东郊), means in one of the areas `codes`.

    A prefecture or a municipality stands for its counties. A full name goes before one without suffix, in one county
    today's township before one that is gone, a county in force before one that ended. None where no county has it,
    or two have.
    """
    places = [_index(code) for code in codes]
    by_name = _only(area for place in places for area in place.names.get(name, ()))
    return by_name or _only(area for place in places for area in place.stems.get(name, ()))


def leading_township(text: str, code: str) -> Area | None:
    """The township of the area `code` whose full name `text` begins with, the longest: 东郊乡 of 东郊乡人民政府.

    A prefecture or a municipality stands for its counties. None where no county has one, or two have.
    """
    place = _index(code)
    for size in range(min(len(text), place.longest), 1, -1):
        if areas := place.names.get(text[:size]):
            return _only(areas)
    return None


def township_by_code(code: str) -> Area | None:
    """The township of a nine-digit code, or None."""
    return next((area for area in townships_of(code[:6]) if area.code == code), None)


def _only(named: Iterable[Area]) -> Area | None:
    """The one township of those that bear a name: all in one county, today's before one that is gone."""
    table = load_areas()
    areas = {area.code: area for area in named}
    # 笕桥街道 is of 上城区 today; 江干区, which had it, is part of that.
    areas = {c: a for c, a in areas.items() if not table.is_historical(a.parent or "")} or areas
    if len({area.parent for area in areas.values()}) != 1:
        return None
    chosen = [area for area in areas.values() if area.listed is None] or list(areas.values())
    return chosen[0] if len(chosen) == 1 else None


@cache
def _table() -> LargeTable:
    return load_large_table(TABLE)


@cache
def _entries(county: str) -> tuple[Entry, ...]:
    row = _table().row(county)
    cells = (row["today"], row["gone"]) if row is not None else ()
    return tuple(unpack_township(county, entry) for cell in cells if cell for entry in cell.split(","))


@cache
def _index(code: str) -> TownshipIndex:
    names: defaultdict[str, list[Area]] = defaultdict(list)
    stems: defaultdict[str, list[Area]] = defaultdict(list)
    for county in _counties(code):
        for area, stem, former in _entries(county):
            for name in (area.name, *former):
                names[name].append(area)
            stems[stem].append(area)
    return TownshipIndex(_frozen(names), _frozen(stems), max(map(len, names), default=0))


def _counties(code: str) -> tuple[str, ...]:
    """The counties of a prefecture or municipality, itself first, which may have none; else the code alone."""
    areas = load_areas()
    area = areas.by_code(code)
    if area is None or (area.level != "prefecture" and code not in areas.municipalities):
        return (code,)
    return (code, *(part.code for part in areas.areas.values() if part.parent == code))


def _frozen(names: Mapping[str, list[Area]]) -> Names:
    return {name: tuple(areas) for name, areas in names.items()}


def unpack_township(county: str, entry: str) -> Entry:
    """A township as the table packs it, 203东郊/乡=东岗乡@2020: the area, its name without suffix, its former names.

    Raises LexiconError for an entry that has no code or no name.
    """
    rest, mark, listed = entry.partition("@")
    written, *former = rest[3:].split("=")
    stem, _, suffix = written.partition("/")
    if not entry[:3].isdecimal() or not stem or bool(mark) != listed.isdecimal():
        raise LexiconError(f"{TABLE} row {county}", f"{entry!r} is no township", "write 203东郊/乡")
    name = stem + suffix
    aliases = ((stem,) if suffix else ()) + tuple(former)
    area = Area(
        code=county + entry[:3],
        name=name,
        level="township",
        parent=county,
        aliases=aliases,
        listed=int(listed) if listed else None,
    )
    return area, stem, tuple(former)
