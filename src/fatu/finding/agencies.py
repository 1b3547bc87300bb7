"""Agencies by the grammar of their names: area words, function, section.

A known function (lexicon/agency_functions.tsv) needs an area before it unless the table says that it also
stands alone; an unknown name is read backwards from how such names end (局, 中心, 领导小组, 委员会 …).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from ..lexicon.extension import cached
from ..model import AgencyName, Line
from .agency_grammar import (
    JOINERS,
    Function,
    Grammar,
    area_end,
    is_han,
    is_no_level,
    load_grammar,
    prefix_start,
)
from .branches import find_branches
from .spotting import Spot
from .townships import find_listed_townships, find_plain_townships, find_townships

__all__ = ["find_agencies", "issuing_agency", "load_grammar", "longest_names", "official_function"]

_VERTICAL = "总局"
_COMMITTEE, _STANDING = "委员会", "常务委员会"
_COUNCIL = "国务院"
_PARTY, _CONGRESS = "中共", "人民代表大会"
_SESSION = re.compile("第[一二三四五六七八九十]{1,4}届$")
_REACH = 8
_MAX_NAME = 26
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+$")


def find_agencies(text: str, official: str | None = None) -> Iterator[Spot[AgencyName]]:
    """Agencies of a folded text, ordered, without overlaps; longer names win.

    `official` is a function that is a full name here although elsewhere it is a short form: where the report's issuer
    is 重庆市交通局, no 交通局 is a 交通运输局.
    """
    for spot in _find(text):
        name = spot.payload
        written = text[spot.start + len(name.prefix) : spot.end].removesuffix(name.unit)
        yield (
            spot._replace(payload=replace(name, function=written))
            if official and written == official
            else spot
        )


@cached
def official_function(issuer: str | None) -> str | None:
    """The function in the name of an issuer, if the table knows it as a full name: 交通局 of 重庆市交通局."""
    spot = next(_find(issuer), None) if issuer else None
    if issuer is None or spot is None or spot.start != 0 or spot.payload.line != "government":
        return None
    written = issuer[len(spot.payload.prefix) : spot.end].removesuffix(spot.payload.unit)
    return written if written in load_grammar().official else None


@cached
def issuing_agency(issuer: str) -> Spot[AgencyName] | None:
    """The agency with which the name of an issuer begins; None if it names none."""
    spot = next(find_agencies(issuer, official_function(issuer)), None)
    return spot if spot is not None and spot.start == 0 else None


def _find(text: str) -> Iterator[Spot[AgencyName]]:
    grammar = load_grammar()
    spots: list[Spot[AgencyName]] = []
    bare: list[tuple[int, int, Function]] = []
    for match in grammar.function.finditer(text):
        start, end = match.span()
        function = grammar.functions[match.group()]
        if grammar.not_after.match(text, end):
            continue
        last = grammar.not_after_last.get(function.surface[-1])
        if last is not None and last.match(text, end):
            continue
        if function.function == _COUNCIL and grammar.not_council.match(text, end):
            continue
        if function.bare == "national":
            spots.append(Spot(start, end, AgencyName("", function.function, line=function.line)))
            continue
        if function.surface.startswith(_CONGRESS) and (
            session := _SESSION.search(text, max(0, start - _REACH), start)
        ):
            # 区第十三届人民代表大会: the sitting says which, not whose.
            start = session.start()
        begin = prefix_start(grammar, text, start)
        if function.surface == _COMMITTEE and (begin is None or not text.startswith(_PARTY, begin)):
            continue
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
    spots += find_townships(grammar, text)
    spots += find_plain_townships(grammar, text)
    spots += find_branches(text)
    spots = longest_names(spots)
    spots = longest_names([*spots, *_coordinated(text, spots, bare)])
    spots = longest_names([*spots, *find_listed_townships(grammar, text, spots)])
    for spot in _joined_up(spots):
        yield _with_unit(grammar, text, spot)


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
            inside = stop.group() in grammar.stop_inside and prefix_start(
                grammar, text, stop.start()
            ) not in (
                None,
                stop.start(),
            )
            begin = begin if inside else stop.end()
        before = bisect_right(ends, head_start)
        begin = max(begin, ends[before - 1]) if before else begin
        if text[begin : begin + 1] in JOINERS:
            begin += 1
        start = _name_start(grammar, text, begin, head_start)
        if start is None:
            continue
        after_area = area_end(grammar, text, start, head_start)
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
        behind = area_end(grammar, text, position, head_start)
        if behind > position and head_start - behind >= 2 and text[behind] not in JOINERS:
            no_area = text[position - 1 : position] in ("全", "各") or is_no_level(grammar, text, position)
            return None if behind - position == 1 and no_area else position
    return begin


def _coordinated(
    text: str, spots: list[Spot[AgencyName]], bare: list[tuple[int, int, Function]]
) -> list[Spot[AgencyName]]:
    """Functions without an area that stand next to an agency: 区委、政府; 政府和区府办公室."""
    starts, ends = {s.start for s in spots}, {s.end for s in spots}
    found: list[Spot[AgencyName]] = []
    for start, end, function in bare:
        before, after = text[start - 1 : start], text[end : end + 1]
        follows = start in ends or (before in JOINERS and start - 1 in ends)
        precedes = after in JOINERS and bool(after) and end + 1 in starts and not is_han(before)
        precedes = precedes or (
            after in JOINERS and bool(after) and end + 1 in starts and before in "以由经在向"
        )
        if before and (follows or precedes):
            found.append(Spot(start, end, AgencyName("", function.function, line=function.line)))
            ends.add(end)
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
    name = spot.payload
    central = not name.prefix and name.function in grammar.national
    office = grammar.office.match(text, spot.end) if not name.unit else None
    if office is None and central:
        office = grammar.department.match(text, spot.end)
    if office and not grammar.unit_stop.search(office.group()):
        return Spot(spot.start, office.end(), replace(name, unit=office.group()))
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
    return Spot(spot.start, match.end(), replace(name, unit=match.group()))


def longest_names(spots: list[Spot[AgencyName]]) -> list[Spot[AgencyName]]:
    """Without overlaps: of two that share a character the longer stays, then the earlier."""
    kept: list[Spot[AgencyName]] = []
    for spot in sorted(spots, key=lambda s: (s.start, -s.end)):
        while kept and spot.start < kept[-1].end and spot.end - spot.start > kept[-1].end - kept[-1].start:
            kept.pop()
        if not kept or spot.start >= kept[-1].end:
            kept.append(spot)
    return kept
