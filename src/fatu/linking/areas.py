"""Which area a report speaks of, and which one 市, 我区, 开封市顺河回族区 or 东郊乡 means in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..errors import ArgumentError
from ..finding.agencies import load_grammar, official_function
from ..lexicon.areas import AreaTable, Found, load_areas
from ..lexicon.townships import find_township
from ..model import Area, AreaTold, Metadata, Method, Outline, Overruled, Stated

_LEVEL_WORDS = ("省", "市", "州", "盟", "县", "区", "旗", "地区")
_OWN = "我全本"
"""What stands before a level where the report's own area is meant: 我区, 全市."""
_NAMED = 5
"""How many areas an error names."""
_PARTY = "中共"
_TOWNSHIP_ENDS = "镇乡道木"
_TOWNSHIP = re.compile("(?P<township>(?:镇|乡|街道))(?:人民政府|办事处|司法所|党委|党工委)")


def names_area(table: AreaTable, title: str) -> bool:
    """Whether a title names an area below the country in full, and so is of one government alone."""
    return any(areas[0].level != "country" for _, _, areas in table.find(title))


@dataclass(frozen=True, slots=True)
class Setting:
    """The area of a report and those around it; both empty where nothing tells."""

    table: AreaTable
    own: Area | None
    chain: tuple[Area, ...]
    """The area and those above it, up to the province."""
    township: str = ""
    """The township, below the area, whose own report it is: 枫桥镇."""
    official: str | None = None
    """The function of the issuer's name as the report writes it, which is no short form here."""
    year: int | None = None
    """The year reported on: names mean the areas in force then."""
    told: AreaTold | None = None
    """How the own area was decided."""
    overruled: tuple[Overruled, ...] = ()
    """The area that the text names where the user gave another."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the chain, nearest first."""
        return tuple(area.code for area in self.chain)

    @property
    def own_township(self) -> Area | None:
        """The township whose own report it is, where the table has it in the report's area."""
        return find_township(self.township, self.codes[:1]) if self.township else None

    def names_place(self, title: str) -> bool:
        """Whether a title names an area, in full, or in short one of the report's own chain (威宁自治县…办法)."""
        short = (alias for area in self.chain for alias in area.aliases if len(alias) > 1)
        return names_area(self.table, title) or any(alias in title for alias in short)


def _codes_of(table: AreaTable, name: str) -> str:
    """What to give instead of a name: the codes of today's areas that bear it."""
    bearers = [area for area in table.named(name.strip()) if not table.is_historical(area.code)]
    codes = ", ".join(f"{a.code} {table.full_name(a.code)}" for a in bearers[:_NAMED])
    return f"give the code: {codes}" if codes else "give a code of GB/T 2260: 410203"


def find_setting(outline: Outline) -> Setting:
    """The area that the report's issuer, title or publisher names, read in the context of the whole text.

    Raises ArgumentError where the user gave a code that no area has.
    """
    table = load_areas()
    metadata = outline.metadata
    year = metadata.year.value if metadata.year else None
    own: Area | None = None
    told: AreaTold | None = None
    overruled: tuple[Overruled, ...] = ()
    if metadata.area is not None:
        own, told = table.by_code(metadata.area.value), AreaTold("code", metadata.area.value)
        if own is None:
            raise ArgumentError(
                "area", f"no area has the code {metadata.area.value!r}", _codes_of(table, metadata.area.value)
            )
        overruled = tuple(_overruled(table, metadata, own))
    else:
        context = _context(table, outline.fold.text)
        names = filter(None, (metadata.issuer, metadata.title, metadata.publisher))
        told_of = [_area_stated(table, stated, context, year) for stated in names]
        # The first name that decides, else the first that might have.
        told_of.sort(key=lambda pair: (pair[0] is None, pair[1] is None))
        own, told = told_of[0] if told_of else (None, None)
    issuer = metadata.issuer.value if metadata.issuer else None
    return Setting(
        table,
        own,
        table.chain(own.code) if own else (),
        _township(table, issuer),
        official_function(issuer),
        year,
        told,
        overruled,
    )


def _overruled(table: AreaTable, metadata: Metadata, own: Area) -> Iterator[Overruled]:
    """What the text's own issuer, else its title, names where that cannot be the area that the user gave."""
    for stated in (metadata.issuer, metadata.title):
        run = _first_run(table, stated.value) if stated is not None and stated.span is not None else None
        if stated is None or run is None:
            continue
        start, end, areas = run
        if own not in areas:
            told = f"{areas[0].code} ({areas[0].name})" if len(areas) == 1 else stated.value[start:end]
            yield Overruled("area", told, f"{own.code} ({own.name})", stated.span)
        return


def _area_stated(
    table: AreaTable, stated: Stated[str], context: Sequence[str], year: int | None
) -> tuple[Area | None, AreaTold | None]:
    """The area that a title or an issuer names, and how that was decided; no area where several may be meant."""
    run = _first_run(table, stated.value)
    if run is None:
        return None, None
    start, end, areas = run
    name = stated.value[start:end]
    method: Method = "exact" if len(areas) == 1 else "context"
    chosen = _one_of(table, areas, name, context, year)
    candidates = () if chosen else tuple(area.code for area in areas)
    return chosen, AreaTold(method, name, stated.span, candidates)


def _township(table: AreaTable, issuer: str | None) -> str:
    """枫桥镇 of 诸暨市枫桥镇人民政府; nothing where another issues."""
    found = _TOWNSHIP.search(issuer) if issuer else None
    run = [end for _, end, _ in table.find(issuer or "") if found and end <= found.start("township") + 1]
    return issuer[run[-1] : found.end("township")] if issuer and found and run else ""


def _context(table: AreaTable, text: str) -> tuple[str, ...]:
    """Codes of the areas that a text names without doubt, most named first."""
    counts: dict[str, int] = {}
    for _, _, areas in table.find(text):
        if len(areas) == 1 and areas[0].level != "country":
            counts[areas[0].code] = counts.get(areas[0].code, 0) + 1
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


def area_named_in(
    table: AreaTable, text: str, context: Sequence[str], year: int | None = None
) -> Area | None:
    """The last area of the first run of area names in `text`: 顺河回族区 of 开封市顺河回族区人民政府."""
    run = _first_run(table, text)
    if run is None:
        return None
    start, end, areas = run
    return _one_of(table, areas, text[start:end], context, year)


def _one_of(
    table: AreaTable, areas: tuple[Area, ...], name: str, context: Sequence[str], year: int | None
) -> Area | None:
    """The one of the areas that bear a name that is meant; None where nothing decides."""
    if len(areas) == 1:
        return areas[0]
    resolved = table.resolve(name, context, year)
    return resolved if resolved in areas else None


def _first_run(table: AreaTable, text: str) -> Found | None:
    """The last name of the first run of area names in a text (顺河回族区 of 开封市顺河回族区), and what it may mean."""
    run: Found | None = None
    for found in table.find(text):
        if found[2][0].level == "country":
            continue
        if run is not None and found[0] != run[1]:
            break
        run = found
    return run


def resolve_area(setting: Setting, name: str) -> tuple[Area | None, Method, tuple[str, ...]]:
    """The area that a name means in a report, how it was decided, and the candidates where it was not.

    `name`: area words as they stand in the folded text (开封市顺河回族区, 顺河, 我区, 市, 东郊乡); without any, the
    report's own area.
    """
    if not name:
        return setting.own, "context", ()
    level = name[1:] if name[0] in _OWN and len(name) > 1 else name
    if level in _LEVEL_WORDS or level in load_grammar().levels:
        return _area_of_level(setting, level, level != name), "context", ()
    if name.startswith(_OWN[0]):
        return setting.own, "context", ()
    found = area_named_in(setting.table, name, setting.codes, setting.year)
    if found is not None and _is_all_of(setting.table, name.removeprefix(_PARTY)):
        return found, "exact", ()
    township = find_township(name, setting.codes[:1]) if name[-1] in _TOWNSHIP_ENDS else None
    if township is not None:
        return township, "exact", ()
    resolved = setting.table.resolve(name, setting.codes, setting.year) if len(name) > 1 else None
    if resolved is not None:
        return resolved, "alias", ()
    # One character before a function, or before its level, is no area's sign: 本局, 通区.
    named = next(filter(None, (setting.table.named(n) for n in (name, name[:-1]) if len(n) > 1)), ())
    own = [area for area in named if area.code in setting.codes or area.parent in setting.codes]
    if len(own) == 1 and own[0].name.endswith(name[-1]):
        return own[0], "alias", ()
    township = find_township(name, setting.codes[:1])
    if township is not None:
        return township, "alias", ()
    return None, "context", tuple(area.code for area in named)


def _is_all_of(table: AreaTable, name: str) -> bool:
    """Whether a text is nothing but full names of areas: 铜陵市郊区; 宁县 of 景宁县 is not all of it."""
    return sum(end - start for start, end, _ in table.find(name)) == len(name)


def _area_of_level(setting: Setting, level: str, is_own: bool) -> Area | None:
    """The area of the report's chain that 市 or 自治区 means; with 我 or 全 before it the own one, if it is such."""
    if is_own and setting.own is not None and setting.own.name.endswith(level):
        return setting.own
    return next((area for area in setting.chain if area.name.endswith(level)), None)
