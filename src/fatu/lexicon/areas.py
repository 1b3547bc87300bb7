"""Areas of GB/T 2260: by code, by name, in a text, and which one a name means in a given context.

Names repeat across the country (鼓楼区 in four cities), so a name alone often settles nothing. What is known
here comes from the areas around it and from the year; what stays open is answered with None, never with a guess.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from ..errors import LexiconError
from ..model import Area
from .tables import Row, load_table

TABLE, SIGNS = "areas.tsv", "area_signs.tsv"

Level = Literal["country", "province", "prefecture", "county", "township"]
Codes = tuple[str, ...]
Found = tuple[int, int, tuple[Area, ...]]
"""Start, end (half-open) and the areas that bear the name found there, by code."""


@dataclass(frozen=True, slots=True)
class AreaTable:
    """All areas with the indexes to find them by; made by `load_areas`."""

    areas: Mapping[str, Area]
    """Code → area, in the order of the codes."""
    municipalities: frozenset[str]
    """Codes of the cities that are provinces."""
    districts: frozenset[str]
    """Codes of the county-level areas whose agencies are named after city and district."""
    historical: frozenset[str]
    """Codes that are gone today but were valid at some time since 2014."""
    names: Mapping[str, Codes]
    """Full name, of today or former → codes."""
    stems: Mapping[str, Codes]
    """Name without its suffix (顺河, 内蒙古) → codes."""
    signs: Mapping[str, Codes]
    """Sign of one character (豫, 宁) → codes."""
    _last: re.Pattern[str]
    """Matches a character that some full name ends in."""
    _lengths: Mapping[str, tuple[int, ...]]
    """Such a character → lengths of the names that end in it, the longest first."""

    def by_code(self, code: str) -> Area | None:
        """The area of a six-digit code, or None."""
        return self.areas.get(code)

    def level_of(self, code: str) -> Level | None:
        """The level of an area; of a code that the table lacks by its form (GB/T 2260: two digits each for province,
        prefecture and county; GB/T 10114: three more for the township). None where it is no code."""
        area = self.areas.get(code)
        if area is not None:
            return area.level
        if not code.isdecimal() or len(code) not in (6, 9):
            return None
        if len(code) > 6:
            return "township"
        return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"

    def is_historical(self, code: str) -> bool:
        """Whether the code is known but no longer in force."""
        return code in self.historical

    def is_in_force(self, code: str, year: int) -> bool:
        """Whether the code was in force at some time of the year; in the year of a change, old and new were."""
        area = self.areas.get(code)
        return area is not None and (area.since or year) <= year <= (area.until or year)

    def heirs(self, code: str) -> tuple[Area, ...]:
        """What a code that ended became or became part of, then what these did, up to today's; none of one in force."""
        found: dict[str, Area] = {}
        queue = list(self.areas[code].successors) if code in self.areas else []
        for successor in queue:
            if successor not in found:
                found[successor] = self.areas[successor]
                queue += found[successor].successors
        return tuple(found.values())

    def chain(self, code: str) -> tuple[Area, ...]:
        """The area itself, then those above it up to the province: 顺河回族区, 开封市, 河南省.

        The country's chain is the country; an unknown code has an empty one.
        """
        return tuple(self.areas[link] for link in self._chain(code))

    def named(self, name: str) -> tuple[Area, ...]:
        """All areas, by code, with that full or former name (顺河回族区), name without suffix (顺河) or sign (豫)."""
        codes = {*self.names.get(name, ()), *self.stems.get(name, ()), *self.signs.get(name, ())}
        return tuple(self.areas[code] for code in sorted(codes))

    def resolve(self, name: str, context: Sequence[str] = (), year: int | None = None) -> Area | None:
        """The one area that `name` means for a reader who has the areas of the codes `context` in mind.

        An area with that full name goes before one with that name less its suffix (顺河) or its people (景宁县), and
        this before a sign (豫). Of several, those out of force in `year` give way to one in force then in the same
        province. Those nearest to the context are kept: in the chain of a context area, else within it, else of the
        same prefecture, else of the same province; at each distance the context codes count in their order. Of what
        is left, a code that ended gives way to one in force today in the same province, and 长沙 means the city around
        the county, 海南 the province; a sign means no more the one than the other. None where that leaves more than
        one, or none.
        """
        codes = self.names.get(name) or self.stems.get(name) or self._shortened(name)
        is_sign = not codes
        codes = codes or self.signs.get(name, ())
        if year is not None:
            codes = self._without_rivals(codes, lambda code: self.is_in_force(code, year))
        near = self._nearest(codes, context)
        if not near and any(self._is_generic(code) for code in codes):
            return None
        chosen = self._single(near or codes, is_sign)
        return None if chosen is None else self.areas[chosen]

    def find(self, text: str) -> Iterator[Found]:
        """Every full area name in `text`, leftmost first, the longest at a place, without overlaps.

        Right behind the name of an area above it a name stands for areas within that one only: 南京市鼓楼区
        gives 320100, then 320106 alone. 城区, 郊区, 矿区, 东区 and 西区, which are common nouns too, count
        only there. Linear in the length of the text.
        """
        before: Found | None = None
        for start, end, codes in self._spans(text):
            within: Codes = ()
            if before is not None and before[1] == start:
                above = {area.code for area in before[2]}
                within = tuple(code for code in codes if not above.isdisjoint(self._chain(code)[1:]))
            codes = within or tuple(code for code in codes if not self._is_generic(code))
            if codes:
                before = (start, end, tuple(self.areas[code] for code in codes))
                yield before

    def full_name(self, code: str) -> str:
        """The name that the names of its agencies begin with.

        City and district for a district (开封市顺河回族区), the name alone for all others (石门县, 河南省).
        Raises LexiconError for a code that the table does not have.
        """
        area = self.areas.get(code)
        if area is None:
            raise LexiconError(TABLE, f"no area has the code {code!r}", "give a six-digit GB/T 2260 code")
        if code in self.districts and area.parent is not None:
            return self.areas[area.parent].name + area.name
        return area.name

    def _chain(self, code: str) -> Codes:
        """`chain` in codes: nothing else costs as much in `find` and `resolve`."""
        links: list[str] = []
        area = self.areas.get(code)
        while area is not None and (area.level != "country" or not links):
            links.append(area.code)
            area = self.areas.get(area.parent) if area.parent else None
        return tuple(links)

    def _shortened(self, name: str) -> Codes:
        """Areas whose name less its suffix, or sign, stands before their level: 景宁县, 文山州, 锡盟."""
        known = self.stems.get(name[:-1]) or (self.signs.get(name[:-1], ()) if name.endswith("盟") else ())
        return tuple(code for code in known if self.areas[code].name.endswith(name[-1:]))

    def _is_generic(self, code: str) -> bool:
        """A district whose name is one character and 区, which the table gives no stem."""
        return code in self.districts and len(self.areas[code].name) == 2

    def _nearest(self, codes: Codes, context: Sequence[str]) -> Codes:
        chains = [chain for chain in map(self._chain, context) if chain]
        for is_near in _DISTANCES:
            for chain in chains:
                near = tuple(code for code in codes if is_near(self._chain(code), chain))
                if near:
                    return near
        return ()

    def _without_rivals(self, codes: Codes, is_alive: Callable[[str], bool]) -> Codes:
        """Without the codes that are not alive and have one that is in their province."""
        alive = {self._chain(code)[-1] for code in codes if is_alive(code)}
        return tuple(code for code in codes if is_alive(code) or self._chain(code)[-1] not in alive)

    def _single(self, codes: Codes, is_sign: bool) -> str | None:
        codes = self._without_rivals(codes, lambda code: code not in self.historical)
        if len(codes) == 1:
            return codes[0]
        if is_sign:
            return None
        for code in codes:
            if all(code in self._chain(other) for other in codes):
                return code
        provinces = [code for code in codes if self.areas[code].level == "province"]
        return provinces[0] if len(provinces) == 1 else None

    def _spans(self, text: str) -> Iterator[tuple[int, int, Codes]]:
        """Names by their last characters, which are few: read backwards from each, the longest name first."""
        names, lengths = self.names, self._lengths
        held: tuple[int, int, Codes] | None = None
        for match in self._last.finditer(text):
            end = match.end()
            for length in lengths[match.group()]:
                codes = names.get(text[end - length : end]) if length <= end else None
                if codes is None:
                    continue
                start = end - length
                if held is None or start >= held[1]:
                    if held is not None:
                        yield held
                    held = (start, end, codes)
                elif start <= held[0]:
                    held = (start, end, codes)
                break
        if held is not None:
            yield held


@cache
def load_areas() -> AreaTable:
    """The table of the package, read once. Raises LexiconError where a table breaks its rules."""
    return make_areas(load_table(TABLE, unique=True), load_table(SIGNS))


def make_areas(rows: Iterable[Row], signs: Iterable[Row]) -> AreaTable:
    """A table of areas from rows as in areas.tsv and area_signs.tsv; an area's first sign is its `short`.

    Raises LexiconError for an unknown level, kind or status, a year that is none, or a parent or successor that is
    not in the table.
    """
    own_signs: defaultdict[str, list[str]] = defaultdict(list)
    by_sign: defaultdict[str, list[str]] = defaultdict(list)
    for row in signs:
        own_signs[row["code"]].append(row["sign"])
        if len(row["sign"]) == 1:
            by_sign[row["sign"]].append(row["code"])
    areas: dict[str, Area] = {}
    names: defaultdict[str, list[str]] = defaultdict(list)
    stems: defaultdict[str, list[str]] = defaultdict(list)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        code = row["code"]
        _check(row)
        areas[code] = _area(row, own_signs.get(code, ()))
        names[row["name"]].append(code)
        if row["former"]:
            for former in row["former"].split(","):
                names[former].append(code)
        if row["stem"]:
            stems[row["stem"]].append(code)
        kinds[row["kind"]].add(code)
        kinds[row["status"]].add(code)
    _check_links(areas)
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[-1]].add(len(name))
    return AreaTable(
        areas=areas,
        municipalities=frozenset(kinds["municipality"]),
        districts=frozenset(kinds["district"]),
        historical=frozenset(kinds["historical"]),
        names={name: tuple(codes) for name, codes in names.items()},
        stems={stem: tuple(codes) for stem, codes in stems.items()},
        signs={sign: tuple(dict.fromkeys(codes)) for sign, codes in by_sign.items()},
        _last=re.compile(f"[{re.escape(''.join(sorted(lengths)))}]" if lengths else "(?!)"),
        _lengths={last: tuple(sorted(sizes, reverse=True)) for last, sizes in lengths.items()},
    )


def _area(row: Row, signs: Sequence[str]) -> Area:
    """A row as an area. Its aliases: the name without suffix, the former ones, a province's signs; 石 for 石家庄
    stands in document numbers only."""
    stem, former, successors = row["stem"], row["former"], row["successors"]
    names: tuple[str, ...] = (stem,) if stem else ()
    if former:
        names += tuple(former.split(","))
    if row["level"] == "province":
        names += tuple(signs)
    return Area(
        row["code"],
        row["name"],
        cast(Level, row["level"]),
        row["parent"] or None,
        short=signs[0] if signs else "",
        aliases=names,
        since=_year(row, "since") if row["since"] else None,
        until=_year(row, "until") if row["until"] else None,
        successors=tuple(successors.split(",")) if successors else (),
    )


def _year(row: Row, column: str) -> int:
    cell = row[column]
    if not (cell.isdecimal() and len(cell) == 4):
        raise LexiconError(f"{TABLE} {row['code']} column {column}", f"{cell!r} is no year", "write 2015")
    return int(cell)


def _check_links(areas: Mapping[str, Area]) -> None:
    for area in areas.values():
        if area.parent is not None and area.parent not in areas:
            raise LexiconError(f"{TABLE} {area.code} column parent", f"no area {area.parent}", "add it")
        for successor in area.successors:
            if successor not in areas:
                raise LexiconError(f"{TABLE} {area.code} column successors", f"no area {successor}", "add it")


_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "level": ("country", "province", "prefecture", "county"),
    "kind": ("", "district", "municipality"),
    "status": ("current", "historical"),
}


def _check(row: Row) -> None:
    for column, allowed in _ALLOWED.items():
        if row[column] not in allowed:
            raise LexiconError(
                f"{TABLE} {row['code']} column {column}",
                f"{row[column]!r} is not known",
                f"write one of {', '.join(filter(None, allowed))}",
            )


_DISTANCES: tuple[Callable[[Codes, Codes], bool], ...] = (
    lambda own, place: own[0] in place,
    lambda own, place: place[0] in own,
    lambda own, place: own[-2:-1] == place[-2:-1] != (),
    lambda own, place: own[-1] == place[-1],
)
"""How near an area is to a place of the context, by their chains, the nearest first: above it or the same,
within it, of the same prefecture, of the same province."""
