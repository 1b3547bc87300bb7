"""Changes → a sheet to print: HTML that loads nothing, everything escaped."""

from __future__ import annotations

from difflib import SequenceMatcher

from jinja2 import Environment, PackageLoader, select_autoescape

from .change import Change, GraphChanges
from .wording import count_words, kind_words, load_words, property_words, total_words

_LONG = 2000
"""Characters of two texts together from which on they are shown whole, without marks of what differs."""

Piece = tuple[str, bool]
"""A piece of a text, and whether the other text lacks it."""


def write_changes(changes: GraphChanges) -> bytes:
    """HTML of the changes of each report that has some, in Chinese and English, with both wordings of what differs."""
    environment = Environment(
        loader=PackageLoader("fatu", "diffing"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kind_words"] = kind_words
    environment.filters["property_words"] = property_words
    environment.filters["count_words"] = count_words
    page = environment.get_template("changes.html.j2").render(
        reports=[
            (report, [(change, _passages(change)) for change in report.changes])
            for report in changes.reports
            if report.changes
        ],
        total=total_words(changes),
        words=load_words(),
    )
    return (page.rstrip("\n") + "\n").encode()


def _passages(change: Change) -> list[tuple[str, int, int, list[Piece]]]:
    """The places to look at: which side, start, end, and the text with what the other side lacks marked."""
    sides = [(name, p) for name, p in zip(("old", "new"), change.places, strict=True) if p is not None]
    texts = [passage.exact for _, passage in sides]
    marked = mark_differences(*texts) if len(texts) == 2 else [[(text, False)] for text in texts]
    return [(name, p.start, p.end, pieces) for (name, p), pieces in zip(sides, marked, strict=True)]


def mark_differences(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, those marked that the other lacks."""
    if old == new or len(old) + len(new) > _LONG:
        return [(old, False)], [(new, False)]
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for pieces, text in ((before, old[i:j]), (after, new[k:m])):
            if text:
                pieces.append((text, tag != "equal"))
    return before, after
