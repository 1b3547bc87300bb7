"""What fatu says in its own words names offices, not the persons who hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..lexicon.patterns import load_patterns
from .words import load_words

_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·•][\u4e00-\u9fff]{1,6})*[·•]")
_GIVEN_NAME = re.compile(r"(?:(?![的任兼与及])[\u4e00-\u9fff])+")
_GIVEN = (2, 1)
"""Characters of a given name; the longer one is tried first, so that no part of a name stays."""
_LAST_OF_DOTTED = range(1, 7)
"""Characters behind the last dot: 买买提·艾力."""


@dataclass(frozen=True, slots=True)
class PersonWords:
    """One pattern per kind of person_words.tsv."""

    office: re.Pattern[str]
    surname: re.Pattern[str]
    surname_word: re.Pattern[str]
    masked: re.Pattern[str]
    no_masked: re.Pattern[str]
    honorific: re.Pattern[str]
    no_name: re.Pattern[str]
    follows: re.Pattern[str]


@cache
def load_person_words() -> PersonWords:
    return load_patterns(PersonWords, "person_words.tsv")


@cache
def _masked_name() -> re.Pattern[str]:
    words = load_person_words()
    surname = f"(?:{words.surname.pattern}|{words.surname_word.pattern})"
    behind = f"(?:{words.honorific.pattern})?(?!{words.no_masked.pattern})"
    return re.compile(f"{surname}{words.masked.pattern}{behind}")


def without_names(said: str) -> str:
    """Words of a report without the names of persons: those behind an office or before 同志, and masked ones anywhere.

    A name is told by what stands around it, so some stay: without an office, at the end, before a word that no table
    has, with a surname that is an ordinary word.

    >>> without_names("县长张某某主持召开政府常务会议")
    '县长主持召开政府常务会议'
    """
    words = load_person_words()
    if not words.office.search(said) and not words.masked.search(said) and not words.honorific.search(said):
        return said
    said = _masked_name().sub("", said)
    kept, at = [], 0
    for start in sorted({0, *(office.end() for office in words.office.finditer(said))}):
        end = _name_end(said, start, behind_office=start > 0) if start >= at else start
        if end > start:
            kept.append(said[at:start])
            at = end
    return "".join([*kept, said[at:]])


def _name_end(said: str, start: int, *, behind_office: bool) -> int:
    """Where the name that begins at a place ends, with what is said of it (同志); the place itself where none does."""
    words, reading = load_person_words(), load_words()
    if any(
        kind.match(said, start) for kind in (words.no_name, reading.verb, reading.head_verb, reading.adverb)
    ):
        return start
    dotted, surname = _DOTTED.match(said, start), words.surname.match(said, start)
    begun = dotted or surname
    for length in _LAST_OF_DOTTED if dotted else _GIVEN if surname else ():
        assert begun is not None
        end = begun.end() + length
        if end > len(said) or not _GIVEN_NAME.fullmatch(said, begun.end(), end):
            continue
        if called := words.honorific.match(said, end):
            return called.end()
        if behind_office and _may_follow(said, end):
            return end
    return start


def _may_follow(said: str, end: int) -> bool:
    words, reading = load_person_words(), load_words()
    kinds = (words.follows, reading.verb, reading.head_verb, reading.adverb)
    return any(kind.match(said, end) for kind in kinds)
