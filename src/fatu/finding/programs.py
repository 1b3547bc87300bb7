"""Programs, systems, reforms and campaigns: the nationally known ones, quoted names, and named 制度, 改革, 试点."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..lexicon.areas import load_areas
from ..lexicon.extension import cached
from ..lexicon.patterns import any_word, longest_first, rows_by_kind
from ..lexicon.tables import Row, load_table
from ..model import Program
from .spotting import Spot

_QUOTED = re.compile(r"[“\"](?P<name>[^“”\",。;:!?《》\n]{2,24})[”\"]")
_NO_NAME = re.compile(r"[\x00-\x7f·]+")
_DAY = re.compile("(?:国家|国际|世界|全国)?[\u4e00-\u9fff]{1,8}日(?![常益程报前])")
"""What makes a quoted name that of a day: “12·4”国家宪法日, “六五”环境日."""
_CUT = re.compile(r"[的和及、]")
_MIN_NAME = 4
_REACH = 14
_MAX_NAME = 30


@dataclass(frozen=True, slots=True)
class Grammar:
    """The program tables compiled."""

    anchor: re.Pattern[str]
    """Literals of which every known program contains one."""
    near: dict[str, re.Pattern[str]]
    """Such a literal → the programs that contain it."""
    known: re.Pattern[str]
    names: tuple[str, ...]
    aliases: dict[str, str]
    """What else a known program is called where its name stands whole: in quotation marks, behind a verb → its name."""
    placed: frozenset[int]
    """Rows whose name an area may precede: 河南政务服务网."""
    led: re.Pattern[str]
    end: re.Pattern[str]
    joined: re.Pattern[str]
    """和 and one more name under the same verb."""
    lead: re.Pattern[str]
    inner_stop: tuple[str, ...]
    not_quoted: frozenset[str]


@cached
def load_grammar() -> Grammar:
    """The program tables, compiled once."""
    known = load_table("programs.tsv")
    words = {kind: [row["word"] for row in rows] for kind, rows in rows_by_kind("program_words.tsv").items()}
    lead, end = "|".join(longest_first(words["lead"])), "|".join(longest_first(words["end"]))
    anchors = {literal for row in known for literal in row["anchor"].split("|")}
    near = {literal: re.compile("|".join(rows)) for literal, rows in _near(known, anchors).items()}
    return Grammar(
        near=near,
        anchor=re.compile(any_word(anchors)),
        end=re.compile(end),
        joined=re.compile(rf"(?:和|及|与|、)(?P<name>[\u4e00-\u9fff]{{2,16}}?(?:{end})+)(?!体系|机制|化)"),
        known=re.compile("|".join(f"(?P<k{i}>{row['pattern']})" for i, row in enumerate(known))),
        names=tuple(row["name"] for row in known),
        aliases={alias: row["name"] for row in known for alias in row["aliases"].split("|") if alias},
        placed=frozenset(i for i, row in enumerate(known) if row["kind"] == "it_system"),
        led=re.compile(rf"(?:{lead})(?P<name>[\u4e00-\u9fff()+]{{2,24}}?(?:{end})+)(?!体系|机制|化)"),
        lead=re.compile(lead),
        inner_stop=tuple(words["inner_stop"]),
        not_quoted=frozenset(words["not_quoted"]),
    )


def _near(known: Sequence[Row], anchors: Collection[str]) -> dict[str, list[str]]:
    """Literal → the patterns of the programs that contain it, in the order of the table."""
    near: dict[str, list[str]] = {literal: [] for literal in anchors}
    for i, row in enumerate(known):
        parts = row["anchor"].split("|")
        held = {part[a:b] for part in parts for a in range(len(part)) for b in range(a + 1, len(part) + 1)}
        for literal in held.intersection(near):
            near[literal].append(f"(?P<k{i}>{row['pattern']})")
    return near


def _known(grammar: Grammar, text: str) -> Iterator[re.Match[str]]:
    """Known programs, searched only near the literals that they contain; quick, since those are few."""
    done = 0
    for found in grammar.anchor.finditer(text):
        low = max(done, found.start() - _REACH)
        match = grammar.near[found.group()].search(text, low, found.end() + _REACH)
        if match:
            yield match
            done = match.end()


def _behind_verbs(grammar: Grammar, text: str) -> Iterator[re.Match[str]]:
    """Names behind their verbs, searched only before the words that such names end in."""
    done = 0
    for found in grammar.end.finditer(text):
        if found.start() >= done:
            match = grammar.led.search(text, max(done, found.start() - _MAX_NAME), found.end() + _REACH)
            if match:
                yield match
                done = match.end()


def is_known_program(name: str) -> bool:
    """Whether the table names this program, with or without an area before it."""
    grammar = load_grammar()
    return name in grammar.names or any(name.endswith(grammar.names[i]) for i in grammar.placed)


def _area_start(text: str, end: int) -> int:
    areas = load_areas()
    for length in range(8, 1, -1):
        if length <= end and areas.named(text[end - length : end]):
            return end - length
    return end


def _led(grammar: Grammar, text: str, start: int, end: int) -> Iterator[Spot[Program]]:
    """A name behind its verb, cut after the last 的, 和 or 、 and after further verbs."""
    for cut in _CUT.finditer(text, start, end):
        start = cut.end()
    while (lead := grammar.lead.match(text, start, end)) is not None:
        start = lead.end()
    name = text[start:end]
    if len(name) >= _MIN_NAME and not name.startswith(grammar.inner_stop):
        yield Spot(start, end, Program(grammar.aliases.get(name, name), quoted=False))


def find_programs(text: str, taken: bytearray) -> Iterator[Spot[Program]]:
    """Programs of a folded text, ordered, without overlaps; quotation marks stay outside the span.

    `taken` marks what belongs to citations; it is not changed.
    """
    grammar = load_grammar()
    spots: list[Spot[Program]] = []
    for match in _known(grammar, text):
        index = int((match.lastgroup or "k0")[1:])
        start = _area_start(text, match.start()) if index in grammar.placed else match.start()
        name = text[start : match.start()] + grammar.names[index]
        quoted = text[start - 1 : start] in ("“", '"') and text[match.end() : match.end() + 1] in ("”", '"')
        spots.append(Spot(start, match.end(), Program(name, quoted)))
    for match in _QUOTED.finditer(text):
        if match["name"] in grammar.not_quoted or _NO_NAME.fullmatch(match["name"]):
            continue
        if not _DAY.match(text, match.end()):
            known = grammar.known.fullmatch(match["name"])
            written = match["name"]
            name = (
                grammar.names[int((known.lastgroup or "k0")[1:])]
                if known
                else grammar.aliases.get(written, written)
            )
            spots.append(Spot(match.start("name"), match.end("name"), Program(name, quoted=True)))
    reached = 0
    for match in _behind_verbs(grammar, text):
        spots += _led(grammar, text, *match.span("name"))
        # A list that was read from an earlier verb is not read again.
        more = grammar.joined.match(text, match.end()) if match.end() > reached else None
        while more:
            spots += _led(grammar, text, *more.span("name"))
            reached = more.end()
            more = grammar.joined.match(text, reached)
    covered = bytearray(taken)
    kept: list[Spot[Program]] = []
    for spot in sorted(spots, key=lambda s: (s.start - s.end, s.start)):
        if not any(covered[spot.start : spot.end]):
            covered[spot.start : spot.end] = b"\x01" * (spot.end - spot.start)
            kept.append(spot)
    yield from sorted(kept, key=lambda s: s.start)
