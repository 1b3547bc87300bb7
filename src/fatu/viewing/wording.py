"""The page's own tables: its words in two languages, and how each kind of node looks."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..lexicon.shown_words import load_shown_words

_SHOWN = ("verdict", "severity", "rule", "bound", "status")
"""Kinds of values that the lexicon has the words of."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one class of nodes is drawn. Lengths are in units of the drawing, colours as #rrggbb."""

    name: str
    width: int
    height: int
    font: int
    shape: str
    """The form of its box, as templates/drawing.js draws it."""
    dashed: bool
    shown: bool
    """Whether the first view shows it."""
    light: tuple[str, str, str]
    """Line, fill and ink on a light page."""
    dark: tuple[str, str, str]


def asset(name: str) -> str:
    """The text of a file that ships with this package (a table, a template, a script)."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(asset(name).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def load_kinds() -> dict[str, Kind]:
    """Class name → its look, in the order of the legend."""
    return {
        row["kind"]: Kind(
            name=row["kind"],
            width=int(row["width"]),
            height=int(row["height"]),
            font=int(row["font"]),
            shape=row["shape"],
            dashed=row["dashed"] == "1",
            shown=row["shown"] == "1",
            light=(row["line"], row["fill"], row["ink"]),
            dark=(row["dark_line"], row["dark_fill"], row["dark_ink"]),
        )
        for row in _rows("kinds.tsv")
    }


@cache
def load_words() -> dict[str, tuple[str, str]]:
    """Key (`class.Report`, `property.actor`, `verdict.met`, `ui.fit`) → its Chinese and English words."""
    shown = {f"{kind}.{word}": (m.zh, m.en) for kind in _SHOWN for word, m in load_shown_words(kind).items()}
    return _words("words.tsv") | shown


@cache
def load_network_words() -> dict[str, tuple[str, str]]:
    """Key (`level.country`, `relation.produces`, `table.degree`) → its Chinese and English words."""
    return _words("network_words.tsv")


def network_word(key: str, language: str) -> str:
    """One of `load_network_words` in a language."""
    return load_network_words()[key][language != "zh"]


def _words(name: str) -> dict[str, tuple[str, str]]:
    return {row["key"]: (row["zh"], row["en"]) for row in _rows(name)}
