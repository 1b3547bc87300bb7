"""Townships (乡、镇、街道) of a county: by name, within the counties that a report is about.

There are forty thousand, and names repeat in every prefecture (城关镇): a name alone means none. The table has a
row for each county, read when a report asks for that county.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..errors import LexiconError
from ..model import Area
from .areas import load_areas
from .tables import LargeTable, load_large_table

TABLE = "townships.tsv"

Names = Mapping[str, tuple[Area, ...]]


@dataclass(frozen=True, slots=True)
class CountyTownships:
    """The townships of one county with the indexes to find them by."""

    townships: tuple[Area, ...]
    """Today's, then those that are gone, each by code."""
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
    return _load(county).townships


def find_township(name: str, codes: Iterable[str]) -> Area | None:
    """The township that `name`, full (东郊乡) or without its suffix (东郊), means in one of the areas `codes`.

    A prefecture or a municipality stands for its counties. A full name goes before one without suffix, in one county
    today's township before one that is gone. None where no county has it, or two have.
    """
    counties = _counties(codes)
    by_name = _only(county.names.get(name, ()) for county in counties)
    return by_name or _only(county.stems.get(name, ()) for county in counties)


def leading_township(text: str, codes: Iterable[str]) -> Area | None:
    """The township in one of the areas `codes` whose full name `text` begins with, the longest such name.

    东郊乡 of 东郊乡人民政府. None where no county has one, or two have.
    """
    counties = _counties(codes)
    for size in range(min(len(text), max((county.longest for county in counties), default=0)), 1, -1):
        name = text[:size]
        if any(name in county.names for county in counties):
            return _only([county.names.get(name, ()) for county in counties])
    return None


def township_by_code(code: str) -> Area | None:
    """The township of a nine-digit code, or None."""
    return next((area for area in townships_of(code[:6]) if area.code == code), None)


def _only(named: Iterable[tuple[Area, ...]]) -> Area | None:
    """The one township, of those that each county has under a name; today's before one that is gone."""
    found = [areas for areas in named if areas]
    if len(found) != 1:
        return None
    chosen = [area for area in found[0] if area.listed is None] or found[0]
    return chosen[0] if len(chosen) == 1 else None


def _counties(codes: Iterable[str]) -> tuple[CountyTownships, ...]:
    found = dict.fromkeys(county for code in codes for county in _parts(code))
    return tuple(county for code in found if (county := _load(code)).townships)


@cache
def _parts(code: str) -> tuple[str, ...]:
    """The counties of a prefecture or municipality; any other code is its own part."""
    areas = load_areas()
    area = areas.by_code(code)
    if area is None or (area.level != "prefecture" and code not in areas.municipalities):
        return (code,)
    return (code, *(part.code for part in areas.areas.values() if part.parent == code))


@cache
def _table() -> LargeTable:
    return load_large_table(TABLE)


@cache
def _load(county: str) -> CountyTownships:
    row = _table().row(county)
    cells = (row["today"], row["gone"]) if row is not None else ("", "")
    entries = [unpack_township(county, entry) for cell in cells if cell for entry in cell.split(",")]
    names: defaultdict[str, list[Area]] = defaultdict(list)
    stems: defaultdict[str, list[Area]] = defaultdict(list)
    for area, stem, former in entries:
        for name in (area.name, *former):
            names[name].append(area)
        stems[stem].append(area)
    return CountyTownships(
        tuple(area for area, _, _ in entries), _frozen(names), _frozen(stems), max(map(len, names), default=0)
    )


def _frozen(names: Mapping[str, list[Area]]) -> Names:
    return {name: tuple(areas) for name, areas in names.items()}


def unpack_township(county: str, entry: str) -> tuple[Area, str, tuple[str, ...]]:
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


def all_counties() -> Iterator[str]:
    """Codes of the areas that have townships, in the order of the table."""
    return (key.decode() for key in _table().lines)
