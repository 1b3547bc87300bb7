"""Agencies by the grammar of their names: area words, function, section.

A known function (lexicon/agency_functions.tsv) needs an area before it unless the table says that it also
stands alone; an unknown name is read backwards from how such names end (局, 中心, 领导小组, 委员会 …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from ..lexicon.areas import load_areas
from ..lexicon.tables import load_table
from ..model import AgencyName, Line
from .spotting import Spot

_LEVELS = "省市州盟县区旗镇乡"
_JOINERS = "、和与及"
_VERTICAL = "总局"
_COMMITTEE, _STANDING = "委员会", "常务委员会"
_MAX_AREA = 15
_MAX_NAME = 26
_BARE_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:街道|镇|乡)(?:办事处)?")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+$")


@dataclass(frozen=True, slots=True)
class Function:
    """A row of agency_functions.tsv."""

    surface: str
    function: str
    line: Line
    bare: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The tables compiled."""

    functions: dict[str, Function]
    function: re.Pattern[str]
    head: re.Pattern[str]
    stop: re.Pattern[str]
    not_after: re.Pattern[str]
    not_after_party: re.Pattern[str]
    not_ending: tuple[str, ...]
    not_inside: tuple[str, ...]
    not_before: frozenset[str]
    selves: tuple[str, ...]
    unit: re.Pattern[str]
    unit_stop: re.Pattern[str]
    areas: frozenset[str]
    not_area: frozenset[str]
    stop_inside: frozenset[str]
    """Stop words that may stand in a name right behind its area: 县推进依法行政工作领导小组."""
    unit_not_ending: tuple[str, ...]
    township: re.Pattern[str]
    """A township with its organ: 东郊乡人民政府, 城关街道办事处, 夹山镇司法所."""
    listed_township: re.Pattern[str]
    """The bare name of a township that ends a stretch of text."""
    acting_township: re.Pattern[str]
    """The bare name of a township that opens a clause and acts."""


@cache
def load_grammar() -> Grammar:
    """The agency tables, compiled once."""
    functions = {
        row["surface"]: Function(row["surface"], row["function"], cast(Line, row["line"]), row["bare"])
        for row in load_table("agency_functions.tsv")
    }
    words: dict[str, list[str]] = {}
    for row in load_table("agency_words.tsv"):
        words.setdefault(row["kind"], []).append(row["word"])
    verbs = next(row["pattern"] for row in load_table("reading_words.tsv") if row["kind"] == "verb")
    return Grammar(
        functions=functions,
        function=_alternatives(list(functions)),
        head=_alternatives(words["head"]),
        stop=_alternatives(words["stop"]),
        not_after=_alternatives(words["not_after"]),
        not_after_party=_alternatives(words["not_after_party"]),
        not_ending=tuple(words["not_ending"]),
        not_inside=tuple(words["not_inside"]),
        not_before=frozenset(words["not_before"]),
        selves=tuple(words["self"]),
        unit=re.compile(
            rf"(?P<meeting>{_joined(words['meeting'])})|(?P<standing>{_joined(words['standing'])})"
            rf"|[\u4e00-\u9fff]{{2,6}}?(?:{_joined(words['unit'])})(?!{_joined(words['unit_not_after'])})"
        ),
        unit_stop=_alternatives([*words["stop"], *words["unit_stop"]]),
        areas=_written_areas(),
        not_area=frozenset(words["not_area"]),
        stop_inside=frozenset(words["stop_inside"]),
        unit_not_ending=tuple(words["unit_not_ending"]),
        township=re.compile(
            rf"(?P<name>[\u4e00-\u9fff]{{1,8}}?(?:街道(?=办|党|{_joined(words['township_organ'])})|[镇乡]))"
            rf"(?P<organ>办事处|人民政府|政府|党工委|党委|办(?=[、,。;和及])|{_joined(words['township_organ'])})"
        ),
        listed_township=re.compile(
            rf"(?:(?<=[。;,:!?\n 、和与及])|^)(?P<name>(?!{_joined(words['not_township'])})[\u4e00-\u9fff]{{2,3}}"
            rf"(?:镇|乡|街道))$"
        ),
        acting_township=re.compile(
            rf"(?:(?<=[。;,:!?\n ])|^)(?P<name>(?!{_joined(words['not_township'])})[\u4e00-\u9fff]{{2,3}}"
            rf"(?:镇|乡|街道))(?=(?:共|已)?(?:{verbs})|(?:、[\u4e00-\u9fff]{{2,3}}(?:镇|乡|街道))+(?:各|均|分别|等))"
        ),
    )


def _written_areas() -> frozenset[str]:
    """Names that areas are written with: full ones, and 顺河区 for 顺河回族区. Two characters (城区, 东区) are
    common nouns too."""
    table = load_areas()
    full = {name for name in table.names if len(name) > 2 or name[-1] in "省市县"}
    short = {stem + table.areas[code].name[-1] for stem, codes in table.stems.items() for code in codes}
    return frozenset(full | {name for name in short if len(name) > 2 or name[-1] in "省市县"})


def _joined(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _alternatives(words: list[str]) -> re.Pattern[str]:
    return re.compile(_joined(words))


def find_agencies(text: str) -> Iterator[Spot[AgencyName]]:
    """Agencies of a folded text, ordered, without overlaps; longer names win."""
    grammar = load_grammar()
    spots: list[Spot[AgencyName]] = []
    bare: list[tuple[int, int, Function]] = []
    for match in grammar.function.finditer(text):
        start, end = match.span()
        function = grammar.functions[match.group()]
        if grammar.not_after.match(text, end) or (
            function.surface.endswith("委") and grammar.not_after_party.match(text, end)
        ):
            continue
        if function.bare == "national":
            spots.append(Spot(start, end, AgencyName("", function.function, line=function.line)))
            continue
        begin = _prefix_start(grammar, text, start)
        if begin and begin < start and function.surface == "委" and text[begin - 1] == "团":
            spots.append(Spot(begin - 1, end, AgencyName(text[begin:start], "共青团委员会", line="other")))
        elif begin is not None and begin < start:
            spots.append(
                Spot(begin, end, AgencyName(text[begin:start], function.function, line=function.line))
            )
        elif begin is not None and function.bare == "yes":
            spots.append(Spot(start, end, AgencyName("", function.function, line=function.line)))
        elif begin is not None and function.bare == "coordinated":
            bare.append((start, end, function))
    spots += _named_by_head(grammar, text, spots)
    spots += _townships(grammar, text)
    spots += [
        Spot(*match.span("name"), AgencyName("", match["name"]))
        for match in grammar.acting_township.finditer(text)
    ]
    spots = _longest(spots)
    spots = _longest([*spots, *_coordinated(text, spots, bare)])
    spots = _longest([*spots, *_coordinated_townships(grammar, text, spots)])
    for spot in _joined_up(spots):
        yield _with_unit(grammar, text, spot)


def _prefix_start(grammar: Grammar, text: str, end: int) -> int | None:
    """Where the area words that end at `end` begin; `end` itself if there are none; None if what stands there
    makes the following no agency of one area (全区法院, 各县政府, 社区…)."""
    for word in grammar.selves:
        if text.startswith(word, end - len(word)) and end >= len(word):
            return end - len(word)
    start = end
    while True:
        name = next(
            (n for n in range(min(_MAX_AREA, start), 1, -1) if text[start - n : start] in grammar.areas), None
        )
        if name is None:
            break
        short = name == 2 or text[start - name : start] in grammar.not_area
        if short and _is_han(text[start - name - 1 : start - name]):
            # 召开县委 is no 开县, 司法局会同县公安局 no 会同县: such names count only where a word begins.
            break
        start -= name
    if start < end:
        return start - 2 if text.startswith("中共", start - 2) and start >= 2 else start
    if end and text[end - 1] in _LEVELS:
        before = text[end - 2 : end - 1]
        if before in ("全", "各", "本") or before in grammar.not_before:
            return None
        return end - 1
    return end


def _named_by_head(grammar: Grammar, text: str, known: list[Spot[AgencyName]]) -> list[Spot[AgencyName]]:
    """Names that end like an agency's and begin with an area, or after a word that cannot be part of them."""
    ends = sorted(spot.end for spot in known)
    found: list[Spot[AgencyName]] = []
    for match in grammar.head.finditer(text):
        head_start, end = match.span()
        run = _HAN_RUN.search(text, max(0, end - _MAX_NAME), head_start)
        if run is None or grammar.not_after.match(text, end):
            continue
        begin = run.start()
        for stop in grammar.stop.finditer(text, begin, head_start):
            inside = stop.group() in grammar.stop_inside and _prefix_start(
                grammar, text, stop.start()
            ) not in (
                None,
                stop.start(),
            )
            begin = begin if inside else stop.end()
        begin = max([begin, *(e for e in ends if begin < e <= head_start)])
        if text[begin : begin + 1] in _JOINERS:
            begin += 1
        start = _name_start(grammar, text, begin, head_start)
        if start is None:
            continue
        after_area = _area_end(grammar, text, start, head_start)
        middle = text[after_area:head_start]
        if len(middle) < 2 or middle.startswith(grammar.not_inside):
            continue
        if len(match.group()) <= 2 and middle.endswith(grammar.not_ending):
            # 新格|局 and 全|局 are words; 安全|委员会 is a name.
            continue
        if after_area == start and not (
            match.group().startswith(("领导小组", "指挥部")) and len(middle) >= 4
        ):
            continue
        line: Line = "party" if middle.startswith("委") else "government"
        found.append(Spot(start, end, AgencyName(text[start:after_area], text[after_area:end], line=line)))
    return found


def _name_start(grammar: Grammar, text: str, begin: int, head_start: int) -> int | None:
    """The first position from `begin` at which an area begins, else `begin` itself."""
    for position in range(begin, head_start - 1):
        area_end = _area_end(grammar, text, position, head_start)
        if area_end > position and head_start - area_end >= 2 and text[area_end] not in _JOINERS:
            if area_end - position == 1:
                before = text[position - 1 : position]
                if before in grammar.not_before or before in ("全", "各"):
                    return None
            return position
    return begin


def _area_end(grammar: Grammar, text: str, start: int, limit: int) -> int:
    """End of the area words that begin at `start`; `start` if none do."""
    for word in grammar.selves:
        if text.startswith(word, start):
            return start + len(word)
    position = start
    while True:
        size = next(
            (
                n
                for n in range(min(_MAX_AREA, limit - position), 1, -1)
                if text[position : position + n] in grammar.areas
            ),
            None,
        )
        if size is None:
            break
        position += size
    if position > start:
        return position
    if text[start] in _LEVELS and not text.startswith(grammar.not_inside, start + 1):
        return start + 1
    return start


def _townships(grammar: Grammar, text: str) -> list[Spot[AgencyName]]:
    """东郊乡人民政府, 城关街道办事处: a place name of a township with its organ."""
    found: list[Spot[AgencyName]] = []
    for match in grammar.township.finditer(text):
        begin, name_end = match.start(), match.end("name")
        for stop in grammar.stop.finditer(text, begin, name_end):
            begin = stop.end()
        area_end = _area_end(grammar, text, begin, name_end)
        if area_end - begin == 1:
            area_end = begin
        place = text[area_end:name_end]
        if len(place) < 2 or place[0] in _JOINERS + "各" or place in ("乡镇", "街镇", "街道"):
            continue
        organ = match["organ"]
        if organ.startswith("办") and not place.endswith("街道"):
            continue
        function = place + {"政府": "人民政府", "办": "办事处"}.get(organ, organ)
        line: Line = "party" if organ.startswith("党") else "government"
        found.append(Spot(begin, match.end(), AgencyName(text[begin:area_end], function, line=line)))
    return found


def _coordinated(
    text: str, spots: list[Spot[AgencyName]], bare: list[tuple[int, int, Function]]
) -> list[Spot[AgencyName]]:
    """Functions without an area that stand next to an agency: 区委、政府; 政府和区府办公室."""
    starts, ends = {s.start for s in spots}, {s.end for s in spots}
    found: list[Spot[AgencyName]] = []
    for start, end, function in bare:
        before, after = text[start - 1 : start], text[end : end + 1]
        follows = start in ends or (before in _JOINERS and start - 1 in ends)
        precedes = after in _JOINERS and bool(after) and end + 1 in starts and not _is_han(before)
        precedes = precedes or (
            after in _JOINERS and bool(after) and end + 1 in starts and before in "以由经在向"
        )
        if before and (follows or precedes):
            found.append(Spot(start, end, AgencyName("", function.function, line=function.line)))
            ends.add(end)
    return found


def _coordinated_townships(
    grammar: Grammar, text: str, spots: list[Spot[AgencyName]]
) -> list[Spot[AgencyName]]:
    """区司法局、东郊乡: the bare name of a township in a list with an agency."""
    found: list[Spot[AgencyName]] = []
    for spot in spots:
        end = spot.end
        while text[end : end + 1] in _JOINERS and text[end : end + 1]:
            match = _BARE_TOWNSHIP.match(text, end + 1)
            if not match or match.group() in ("乡镇", "各乡镇", "城镇") or match.group()[0] in "各村全":
                break
            found.append(Spot(match.start(), match.end(), AgencyName("", match.group())))
            end = match.end()
        start = spot.start
        while start and text[start - 1] in _JOINERS:
            before = grammar.listed_township.search(text, max(0, start - 8), start - 1)
            if not before:
                break
            found.append(Spot(*before.span("name"), AgencyName("", before["name"])))
            start = before.start("name")
    return found


def _joined_up(spots: list[Spot[AgencyName]]) -> list[Spot[AgencyName]]:
    """A body without an area that runs on from another is part of it: 县公安局 + 交警大队."""
    joined: list[Spot[AgencyName]] = []
    for spot in spots:
        last = joined[-1] if joined else None
        if last is not None and last.end == spot.start and last.payload.prefix and not spot.payload.prefix:
            unit = spot.payload.function.removeprefix(last.payload.function)
            joined[-1] = Spot(last.start, spot.end, replace(last.payload, unit=last.payload.unit + unit))
        elif last is not None and last.end == spot.start and last.payload.function.endswith(_VERTICAL):
            # 国家税务总局石门县税务局 is the local office of a line that runs down from the centre.
            joined[-1] = Spot(last.start, spot.end, spot.payload)
        else:
            joined.append(spot)
    return joined


def _with_unit(grammar: Grammar, text: str, spot: Spot[AgencyName]) -> Spot[AgencyName]:
    """Extend by the section or the meeting that follows: 市司法局政策法规科, 区政府常务会议."""
    match = grammar.unit.match(text, spot.end)
    if match and match["standing"]:
        if spot.payload.function != _COMMITTEE:
            return spot
        return Spot(spot.start, match.end(), replace(spot.payload, unit=_STANDING))
    if not match or (not match["meeting"] and grammar.unit_stop.search(match.group())):
        return spot
    if match.group().endswith(grammar.unit_not_ending):
        return spot
    if match["meeting"] and spot.payload.function not in ("人民政府", "委员会"):
        return spot
    name = spot.payload
    return Spot(spot.start, match.end(), AgencyName(name.prefix, name.function, match.group(), name.line))


def _longest(spots: list[Spot[AgencyName]]) -> list[Spot[AgencyName]]:
    """Without overlaps: of two that share a character the longer stays, then the earlier."""
    kept: list[Spot[AgencyName]] = []
    for spot in sorted(spots, key=lambda s: (s.start, -s.end)):
        while kept and spot.start < kept[-1].end and spot.end - spot.start > kept[-1].end - kept[-1].start:
            kept.pop()
        if not kept or spot.start >= kept[-1].end:
            kept.append(spot)
    return kept


def _is_han(character: str) -> bool:
    """Whether it is an ideograph that does not join or introduce what follows."""
    if character in _JOINERS + "由向在对":
        return False
    return "\u4e00" <= character <= "\u9fff"
