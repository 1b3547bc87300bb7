"""Programs: known ones by their name, others by whose they are said to be, else by the area whose report names them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..finding.programs import is_known_program
from ..iris import Iris
from ..lexicon.extension import cached
from ..lexicon.patterns import any_word, rows_by_kind
from ..model import Area, EntityLink, Mention, Method, Outline, Program
from ..outlining import folded_text
from .areas import Setting, resolve_area

_REACH = 12
_LONE_LEVEL = r"(?:(?<![\u4e00-\u9fff])|(?<=[由按照实合据在被]))[省市州盟]"
"""省 and 市 at the beginning of a clause or behind a verb or a small word: 落实省“…”, 配合市级“…”."""


def link_program(iris: Iris, setting: Setting, outline: Outline, mention: Mention[Program]) -> EntityLink:
    """The link of a program. One that the table knows is one wherever it is named. Any other is of no area where its
    name tells its place or is that of a general institution (…制度), or where it or the words before it say that it is
    the country's; of the area above that these name (自治区“十个全覆盖”); else of the report's own area.
    """
    name, written = mention.payload.name, mention.words
    if is_known_program(name):
        method: Method = "exact" if written == name else "alias"
        return EntityLink(mention, iris.program(name), name, method, cue=written)
    before = folded_text(outline.fold, max(0, mention.span.start - _REACH), mention.span.start)
    words = _words()
    area, method, cue = setting.own.code if setting.own else None, "inferred", ""
    if any(found[2][0].level != "country" for found in setting.table.find(name)):
        area, cue = None, name
    elif (general := words.general.search(name)) is not None:
        area, cue = None, general.group()
    elif (national := words.national.search(name) or words.led.search(before)) is not None:
        area, method, cue = None, "context", national.group("word")
    elif (named := _area_before(setting, before)) is not None:
        area, method, cue = named.code, "context", named.name
    elif (level := words.above.search(before)) is not None:
        above = resolve_area(setting, level["word"])[0]
        if above is not None:
            area, method, cue = above.code, "context", level["word"]
    return EntityLink(mention, iris.program(name, area), name, method, cue=cue)


def _area_before(setting: Setting, before: str) -> Area | None:
    """The area whose full name stands right before a program: 实施湖南省“百千万”工程."""
    for _, end, areas in setting.table.find(before):
        if end == len(before.rstrip("“《的")) and len(areas) == 1 and areas[0].level != "country":
            return areas[0]
    return None


class _Words(NamedTuple):
    general: re.Pattern[str]
    national: re.Pattern[str]
    led: re.Pattern[str]
    """A word for the country right before the name: 国家级“…”."""
    above: re.Pattern[str]
    """A level right before it: 自治区“…”, 省委部署的“…”."""


@cached
def _words() -> _Words:
    kinds = {kind: [row["word"] for row in rows] for kind, rows in rows_by_kind("program_words.tsv").items()}
    levels = [row["word"] for row in rows_by_kind("agency_words.tsv")["level"]]
    tail = "(?:级|[委的]|出台|部署|开展|实施|政府)*[“《]?$"
    return _Words(
        general=re.compile(f"(?P<word>{any_word(kinds['general'])})$"),
        national=re.compile(f"(?P<word>{any_word(kinds['national'])})"),
        led=re.compile(f"(?P<word>{any_word(kinds['national'])}){tail}"),
        above=re.compile(rf"(?<![全我本])(?P<word>{any_word(levels)}|{_LONE_LEVEL}){tail}"),
    )
