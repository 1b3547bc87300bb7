"""English as the code says it → Chinese, by the tables beside: messages.tsv of errors and notices, help.tsv of help.

The code writes plain English where something goes wrong and knows of no other language. A row of messages.tsv is such
a text with {} for each thing that is put in; the same things are put into the Chinese, in the order of its {} or by
their numbers {0}, {1}. A test collects all texts from the code and asks for their rows, so that none goes stale.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ..errors import FatuError

_GAP = re.compile(r"\{(\d*)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """An English text with gaps, and the Chinese."""

    kind: str
    en: str
    zh: str
    pattern: re.Pattern[str]
    """Fits the whole text; a group for each gap."""

    @property
    def letters(self) -> int:
        """How much it says itself: the more, the less likely does it fit by chance."""
        return len(_GAP.sub("", self.en))

    def fill(self, values: tuple[str, ...]) -> _Reading:
        """The Chinese with values in its gaps, those translated that have rows of their own."""
        if self.kind == "outer":
            inner = [_best(value) or _Reading(0, value) for value in values]
        else:
            inner = [_Reading(0, _translate_part(value)) for value in values]
        score = self.letters + sum(reading.letters for reading in inner)
        return _Reading(score, self.zh.format(*(reading.text for reading in inner)))


class _Reading(NamedTuple):
    """A way to understand a text: how many of its letters rows say themselves, and the Chinese."""

    letters: int
    text: str


_WHOLE, _PARTS = ("message", "outer", "click"), ("part", "system")


@cache
def load_templates() -> tuple[Template, ...]:
    """The rows of messages.tsv; what says most of itself first, since more fits a text with fewer letters."""
    made = [Template(r["kind"], r["en"], r["zh"], _pattern(r["en"])) for r in _rows("messages.tsv")]
    return tuple(sorted(made, key=lambda template: (-template.letters, template.en)))


@cache
def load_help() -> Mapping[str, str]:
    """English paragraphs of help, each on one line → Chinese."""
    return {row["en"]: row["zh"] for row in _rows("help.tsv")}


def translate(text: str) -> str:
    """What the code says, in Chinese: a message, or an error's whole line (where: problem; remedy). What the table does
    not know stays as it is."""
    reading = _best(text)
    return text if reading is None else reading.text


def translate_error(error: FatuError) -> str:
    """An error's line in Chinese."""
    remedy = f"; {translate(error.remedy)}" if error.remedy else ""
    where = _find(error.where, ("where",))
    said = error.where if where is None else where.text
    return " ".join(f"{said}: {translate(error.problem)}{remedy}".splitlines())


def translate_help(text: str) -> str:
    """A paragraph of help in Chinese; itself where the table does not know it."""
    return load_help().get(" ".join(text.split()), text)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _pattern(en: str) -> re.Pattern[str]:
    return re.compile("(.*)".join(map(re.escape, _GAP.split(en)[::2])), re.DOTALL)


def _find(text: str, kinds: tuple[str, ...]) -> _Reading | None:
    """What the row of some kinds says that fits with most letters; None where none fits."""
    found: list[_Reading] = []
    for template in load_templates():
        # The first that fits says most itself; only a message within one of the others may add to it.
        if template.kind in kinds and (template.kind == "outer" or not found):
            match = template.pattern.fullmatch(text)
            if match:
                found.append(template.fill(match.groups()))
    return max(found, default=None)


def _translate_part(value: str) -> str:
    reading = _find(value, _PARTS)
    return value if reading is None else reading.text


def _best(text: str) -> _Reading | None:
    return max(_readings(text), default=None)


def _readings(text: str) -> Iterator[_Reading]:
    """A text as a message; as one behind a place, with a colon; as either with what to do, behind a semicolon."""
    whole = _find(text, _WHOLE)
    if whole:
        yield whole
    for colon in re.finditer(": ", text):
        problem = _find(text[colon.end() :], _WHOLE)
        if problem:
            yield _Reading(problem.letters, f"{text[: colon.start()]}: {problem.text}")
    for semicolon in re.finditer("; ", text):
        remedy = _find(text[semicolon.end() :], _WHOLE)
        problem = _best(text[: semicolon.start()]) if remedy else None
        if problem and remedy:
            yield _Reading(problem.letters + remedy.letters, f"{problem.text}; {remedy.text}")
