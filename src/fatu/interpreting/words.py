"""The reading tables, compiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from ..lexicon.patterns import (
    alternatives,
    any_pattern,
    load_patterns,
    outside_groups,
    quick_choice,
    quick_search,
)
from ..lexicon.tables import load_table
from ..model import CitationFunction, Role

Part = Literal["opening", "body", "problem", "plan", "leadership", "measures"]


@dataclass(frozen=True, slots=True)
class Words:
    """One pattern per kind of reading_words.tsv."""

    adverb: re.Pattern[str]
    verb: re.Pattern[str]
    pivot: re.Pattern[str]
    together: re.Pattern[str]
    to: re.Pattern[str]
    actor_noun: re.Pattern[str]
    strip: re.Pattern[str]
    strip_end: re.Pattern[str]
    elided: re.Pattern[str]
    bare_verb: re.Pattern[str]
    change_start: re.Pattern[str]
    change: re.Pattern[str]
    change_end: re.Pattern[str]
    respectively: re.Pattern[str]
    ungrouped: re.Pattern[str]
    self_contained: re.Pattern[str]
    head_noun: re.Pattern[str]
    head_verb: re.Pattern[str]
    planned: re.Pattern[str]
    required: re.Pattern[str]
    scoped: re.Pattern[str]
    announces: re.Pattern[str]
    cause: re.Pattern[str]
    item_start: re.Pattern[str]
    item_end: re.Pattern[str]
    person: re.Pattern[str]
    everyone: re.Pattern[str]
    everyone_acts: re.Pattern[str]
    counted_group: re.Pattern[str]
    origin: re.Pattern[str]
    level: re.Pattern[str]
    not_acting: re.Pattern[str]
    event: re.Pattern[str]
    unacted: re.Pattern[str]
    own_subject: re.Pattern[str]
    treated: re.Pattern[str]
    project: re.Pattern[str]
    actor_hint: re.Pattern[str]
    """Without which there is no actor_noun; likewise the two hints below. They are looked for first, since most
    clauses have none."""
    event_hint: re.Pattern[str]
    project_hint: re.Pattern[str]
    project_sum: re.Pattern[str]
    amount: re.Pattern[str]
    does: re.Pattern[str]
    required_by: re.Pattern[str]
    leader: re.Pattern[str]
    yardstick_before: re.Pattern[str]
    yardstick_after: re.Pattern[str]
    spread_verb: re.Pattern[str]
    spread_title: re.Pattern[str]


Finder = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class RoleCues:
    """The rows of role_cues.tsv that hold in one kind of part."""

    cues: tuple[tuple[Finder, Role], ...]
    """In their order: the first that finds something decides."""
    default: Role
    """The role of a clause in which none of them finds anything: that of the row that matches everything."""
    hint: Finder
    """All of them together: where it finds nothing, no cue would."""

    def role(self, text: str) -> Role:
        """What a clause does."""
        if self.hint(text):
            for finds, role in self.cues:
                if finds(text):
                    return role
        return self.default


@dataclass(frozen=True, slots=True)
class Turn:
    """A row of turns.tsv: in a part of kind `source` (or any) what matches opens one of kind `target`."""

    source: str
    target: Part
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Turns:
    """All turns, and what finds something wherever one of them does."""

    rows: tuple[Turn, ...]
    hint: Finder


@dataclass(frozen=True, slots=True)
class FunctionCue:
    """A row of citation_functions.tsv."""

    function: CitationFunction
    where: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@cache
def load_words() -> Words:
    """reading_words.tsv, one alternation per kind."""
    return load_patterns(Words, "reading_words.tsv", write=quick_choice)


@cache
def load_role_cues(part: Part, figures: bool) -> RoleCues:
    """The cues for clauses in a kind of part; where a clause holds no figures, those that ask for none. Patterns
    bound to the beginning are only tried there."""
    runs: list[tuple[Role, bool, list[str]]] = []
    told: list[str] = []
    for row in load_table("role_cues.tsv"):
        if row["where"] not in ("any", part):
            continue
        role, pattern = cast(Role, row["role"]), row["pattern"]
        if pattern == ".":
            break
        choices = [choice for choice in alternatives(pattern) if figures or "N" not in outside_groups(choice)]
        if not choices:
            continue
        told += choices
        bound = all(_is_bound(choice) for choice in choices)
        if not runs or runs[-1][:2] != (role, bound):
            runs.append((role, bound, []))
        runs[-1][2].extend(choices)
    cues = tuple((_finder(patterns, bound), role) for role, bound, patterns in runs)
    return RoleCues(cues, role, _hint(told))


def _hint(patterns: Iterable[str]) -> Finder:
    """Finds something where any of the patterns does."""
    bound: list[str] = []
    free: list[str] = []
    for pattern in patterns:
        (bound if _is_bound(pattern) else free).append(pattern)
    at_beginning, anywhere = _finder(bound, True), _finder(free, False)
    return lambda text: at_beginning(text) or anywhere(text)


def _finder(patterns: list[str], bound: bool) -> Finder:
    """Finds any of the patterns; `bound` where all of them only match at the beginning."""
    return re.compile(any_pattern(patterns)).match if bound else re.compile(quick_search(patterns)).search


def _is_bound(choice: str) -> bool:
    return choice.startswith("^")


@cache
def load_section_kinds() -> tuple[tuple[Part, re.Pattern[str]], ...]:
    """section_kinds.tsv in its order."""
    return tuple(
        (cast(Part, row["kind"]), re.compile(row["pattern"])) for row in load_table("section_kinds.tsv")
    )


@cache
def load_turns() -> Turns:
    """turns.tsv in its order."""
    table = load_table("turns.tsv")
    return Turns(
        rows=tuple(Turn(row["from"], cast(Part, row["to"]), re.compile(row["pattern"])) for row in table),
        hint=_hint(choice for row in table for choice in alternatives(row["pattern"])),
    )


@cache
def load_function_cues() -> tuple[FunctionCue, ...]:
    """citation_functions.tsv in its order."""
    return tuple(
        FunctionCue(
            cast(CitationFunction, row["function"]),
            row["where"],
            re.compile(row["before"]) if row["before"] else None,
            re.compile(row["after"]) if row["after"] else None,
        )
        for row in load_table("citation_functions.tsv")
    )
