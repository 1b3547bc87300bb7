"""The tables of agencies compiled, and how the area words before a function are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from ..lexicon.areas import load_areas
from ..lexicon.extension import cached
from ..lexicon.patterns import any_word, rows_by_kind
from ..lexicon.tables import load_table
from ..model import Line

LEVELS = "省市州盟县区旗镇乡"
JOINERS = "、和与及"
_MAX_AREA = 15


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
    not_after_last: dict[str, re.Pattern[str]]
    """Last character of a name → what makes it part of another word: 委|员, 农业部|门."""
    not_ending: tuple[str, ...]
    not_inside: tuple[str, ...]
    not_before: frozenset[str]
    not_levels: tuple[str, ...]
    """Words that end like a level and are none: 开发区."""
    selves: tuple[str, ...]
    """我区, 我县: the reporting area itself."""
    levels: tuple[str, ...]
    """Levels in several characters: 自治区, 自治州."""
    corps: tuple[str, ...]
    """What stands before its offices as an area does, and is none: 新疆生产建设兵团."""
    not_council: re.Pattern[str]
    """What follows 国务院 where a department is meant: 国务院有关部门."""
    unit: re.Pattern[str]
    unit_stop: re.Pattern[str]
    office: re.Pattern[str]
    """An office right behind a body: 县司法局办公室."""
    department: re.Pattern[str]
    """A department of a central body: 国家能源局综合司."""
    national: frozenset[str]
    """Functions that belong to no local area."""
    areas: frozenset[str]
    not_area: frozenset[str]
    stop_inside: frozenset[str]
    """Stop words that may stand in a name right behind its area: 县推进依法行政工作领导小组."""
    official: frozenset[str]
    unit_not_ending: tuple[str, ...]
    organ: re.Pattern[str]
    """What may stand behind a township: 人民政府, 办事处, 司法所."""
    not_township: re.Pattern[str]
    listed_township: re.Pattern[str]
    """The bare name of a township that ends a stretch of text."""
    posts: dict[str, str]
    """Stations in townships → the function of the bureau that they belong to: 司法所 → 司法局."""
    part: re.Pattern[str]
    """How the name of a part of a bureau ends: 公安局交通警察大队."""
    acts: re.Pattern[str]
    """What shows that the name before it is an actor's."""


@cached
def load_grammar() -> Grammar:
    """The agency tables, compiled once."""
    functions = {
        row["surface"]: Function(row["surface"], row["function"], cast(Line, row["line"]), row["bare"])
        for row in load_table("agency_functions.tsv", unique=True)
    }
    words = {kind: [row["word"] for row in rows] for kind, rows in rows_by_kind("agency_words.tsv").items()}
    verbs = next(row["pattern"] for row in load_table("reading_words.tsv") if row["kind"] == "verb")
    return Grammar(
        functions=functions,
        function=_alternatives(list(functions)),
        head=_alternatives(words["head"]),
        stop=_alternatives(words["stop"]),
        not_after=_alternatives(words["not_after"]),
        not_after_last={
            "委": _alternatives(words["not_after_party"]),
            "部": _alternatives(words["not_after_ministry"]),
            "府": _alternatives(words["not_after_government"]),
        },
        not_ending=tuple(words["not_ending"]),
        not_inside=tuple(words["not_inside"]),
        not_before=frozenset(words["not_before"]),
        not_levels=tuple(words["not_level"]),
        selves=tuple(words["self"]),
        levels=tuple(words["level"]),
        corps=tuple(words["corps"]),
        not_council=re.compile(rf"[\u4e00-\u9fff]{{0,8}}?(?:{any_word(words['not_council'])})"),
        unit=re.compile(
            rf"(?P<meeting>{any_word(words['meeting'])})|(?P<standing>{any_word(words['standing'])})"
            rf"|[\u4e00-\u9fff]{{2,6}}?(?:{any_word(words['unit'])})(?!{any_word(words['unit_not_after'])})"
        ),
        unit_stop=_alternatives([*words["stop"], *words["unit_stop"]]),
        office=_alternatives(words["office"]),
        department=re.compile(
            rf"(?:(?!国家|全国)[\u4e00-\u9fff]){{2,10}}?(?:{any_word(words['department'])})(?![法机令])"
        ),
        national=frozenset(f.function for f in functions.values() if f.bare == "national"),
        areas=_written_areas(),
        not_area=frozenset(words["not_area"]),
        stop_inside=frozenset(words["stop_inside"]),
        official=frozenset(words["official"]),
        unit_not_ending=tuple(words["unit_not_ending"]),
        organ=re.compile(
            rf"办事处|人民政府|政府|党工委|党委|办(?=[、,。;和及])|{any_word(words['township_organ'])}"
        ),
        not_township=re.compile(any_word(words["not_township"])),
        listed_township=re.compile(
            rf"(?:(?<=[。;,:!?\n 、和与及])|^)(?P<name>(?!{any_word(words['not_township'])})[\u4e00-\u9fff]{{2,3}}"
            rf"(?:镇|乡|街道))$"
        ),
        posts={row["post"]: row["function"] for row in load_table("agency_posts.tsv")},
        part=re.compile(
            rf"(?P<bureau>[\u4e00-\u9fff]+?局)(?P<part>[\u4e00-\u9fff]+(?:{any_word(words['part'])}))"
        ),
        acts=re.compile(
            rf"(?:共|已)?(?:{verbs})|(?:、[\u4e00-\u9fff]{{2,3}}(?:镇|乡|街道))+(?:各|均|分别|等)"
        ),
    )


def _written_areas() -> frozenset[str]:
    """Names that areas are written with: full ones, and 顺河区 for 顺河回族区. Two characters (城区, 东区) are
    common nouns too."""
    table = load_areas()
    full = {name for name in table.names if len(name) > 2 or name[-1] in "省市县"}
    short = {stem + table.areas[code].name[-1] for stem, codes in table.stems.items() for code in codes}
    return frozenset(full | {name for name in short if len(name) > 2 or name[-1] in "省市县"})


def _alternatives(words: list[str]) -> re.Pattern[str]:
    return re.compile(any_word(words))


def prefix_start(grammar: Grammar, text: str, end: int) -> int | None:
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
        area = text[start - name : start]
        if _is_word(grammar, text, area):
            break
        short = name == 2
        if short and is_han(text[start - name - 1 : start - name]):
            # 召开县委 is no 开县, 司法局会同县公安局 no 会同县: such names count only where a word begins.
            break
        start -= name
    if start < end:
        return start - 2 if text.startswith("中共", start - 2) and start >= 2 else start
    for word in (*grammar.levels, *grammar.corps):
        if text.startswith(word, end - len(word)) and end >= len(word):
            return end - len(word)
    if end and text[end - 1] in LEVELS:
        before = text[end - 2 : end - 1]
        if before and (before in "全各本" + LEVELS or is_no_level(grammar, text, end - 1)):
            return None
        return end - 1
    return end


def is_no_level(grammar: Grammar, text: str, at: int) -> bool:
    """Whether the 市, 县 or 区 at a position is part of another word: 社区, 开发区."""
    return text[at - 1 : at] in grammar.not_before or text.endswith(grammar.not_levels, 0, at + 1)


def _is_word(grammar: Grammar, text: str, area: str) -> bool:
    """Whether the name of a county is a word and 县 here (代县政府起草, 会同县公安局): it is, unless the text knows
    that county's government."""
    return area in grammar.not_area and f"{area}人民政府" not in text


def area_end(grammar: Grammar, text: str, start: int, limit: int) -> int:
    """End of the area words that begin at `start`; `start` if none do."""
    for word in (*grammar.selves, *grammar.levels, *grammar.corps):
        if text.startswith(word, start):
            return start + len(word)
    position = start
    while True:
        size = next(
            (
                n
                for n in range(min(_MAX_AREA, limit - position), 1, -1)
                if (area := text[position : position + n]) in grammar.areas
                and not _is_word(grammar, text, area)
            ),
            None,
        )
        if size is None:
            break
        position += size
    if position > start:
        return position
    if text[start] in LEVELS and not text.startswith(grammar.not_inside, start + 1):
        return start + 1
    return start


def is_han(character: str) -> bool:
    """Whether it is an ideograph that does not join or introduce what follows."""
    if character in JOINERS + "由向在对":
        return False
    return "\u4e00" <= character <= "\u9fff"
