"""Townships and streets as agencies: with an organ, in a list, or opening a clause as its actor.

Their names are not in the table of areas; 镇, 乡 and 街道 are looked for first, which are rare, then the name
before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import AgencyName, Line
from .agency_grammar import JOINERS, Grammar, area_end
from .spotting import Spot

_LEVEL = re.compile("街道|[镇乡]")
_BARE = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:街道|镇|乡)(?:办事处)?")
_PLAIN = re.compile(
    r"(?:(?<=[。;,:!?\n、(])|(?<=[和与及对到在赴以]))(?P<name>[\u4e00-\u9fff]{2,3}(?:镇|乡|街道))(?=[、,。;“(]|[和与及等])"
)
_NO_TOWN = re.compile("等|[下返入进回离](?:镇|乡)$")
_HAN = re.compile(r"[\u4e00-\u9fff]+$")
_OPENERS = "。;,:!?\n "
_FULL_ORGANS = {"政府": "人民政府", "办": "办事处", "党委": "委员会", "党工委": "工作委员会"}
_MAX_NAME = 8


def find_townships(grammar: Grammar, text: str) -> Iterator[Spot[AgencyName]]:
    """东郊乡人民政府, 城关街道办事处; 夹山镇 where it opens a clause and acts."""
    for level in _LEVEL.finditer(text):
        organ = grammar.organ.match(text, level.end())
        if organ:
            yield from _with_organ(grammar, text, level, organ)
            continue
        for size in (2, 3):
            start = level.start() - size
            opens = start >= 0 and (not start or text[start - 1] in _OPENERS)
            name = text[start : level.end()]
            if opens and _is_name(grammar, name) and grammar.acts.match(text, level.end()):
                yield Spot(start, level.end(), AgencyName("", name))


def find_plain_townships(grammar: Grammar, text: str) -> Iterator[Spot[AgencyName]]:
    """The bare name of a township after a small word or a mark and before one, or before a quoted name: 对金山店镇、
    茗山乡督察, 还地桥镇“石榴籽”调解室."""
    for match in _PLAIN.finditer(text):
        if _is_name(grammar, match["name"]) and not _NO_TOWN.search(match["name"]):
            yield Spot(*match.span("name"), AgencyName("", match["name"]))


def _with_organ(
    grammar: Grammar, text: str, level: re.Match[str], organ: re.Match[str]
) -> Iterator[Spot[AgencyName]]:
    run = _HAN.search(text, max(0, level.start() - _MAX_NAME), level.start())
    if run is None or (organ.group().startswith("办") and level.group() != "街道"):
        return
    begin = run.start()
    for stop in grammar.stop.finditer(text, begin, level.end()):
        begin = stop.end()
    for earlier in _LEVEL.finditer(text, begin, level.start()):
        begin = earlier.end() if text[earlier.end()] in JOINERS else begin
    begin += text[begin] in JOINERS
    behind_area = area_end(grammar, text, begin, level.end())
    if behind_area - begin == 1:
        behind_area = begin
    place = text[behind_area : level.end()]
    if len(place) < 2 or place[0] in JOINERS + "各" or place in ("乡镇", "街镇", "街道"):
        return
    function = place + _FULL_ORGANS.get(organ.group(), organ.group())
    line: Line = "party" if organ.group().startswith("党") else "government"
    yield Spot(begin, organ.end(), AgencyName(text[begin:behind_area], function, line=line))


def find_listed_townships(
    grammar: Grammar, text: str, spots: list[Spot[AgencyName]]
) -> Iterator[Spot[AgencyName]]:
    """区司法局、东郊乡: the bare name of a township in a list with an agency, behind it or before it."""
    # What is known already goes on from there by itself: a list is walked once.
    starts, ends = {spot.start for spot in spots}, {spot.end for spot in spots}
    for spot in spots:
        end = spot.end
        while text[end : end + 1] and text[end] in JOINERS and end + 1 not in starts:
            match = _BARE.match(text, end + 1)
            if not match or match.group() in ("乡镇", "各乡镇", "城镇") or match.group()[0] in "各村全":
                break
            yield Spot(match.start(), match.end(), AgencyName("", match.group()))
            end = match.end()
        start = spot.start
        while start and text[start - 1] in JOINERS and start - 1 not in ends:
            before = grammar.listed_township.search(text, max(0, start - _MAX_NAME), start - 1)
            if not before:
                break
            yield Spot(*before.span("name"), AgencyName("", before["name"]))
            start = before.start("name")


def _is_name(grammar: Grammar, name: str) -> bool:
    return not grammar.not_township.match(name) and all("\u4e00" <= c <= "\u9fff" for c in name)
