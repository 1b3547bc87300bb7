"""Cells as aligned columns of a terminal. Ideographs count two (Unicode Standard Annex 11)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

_MAX = 48


def width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text
    )


def clip(text: str, columns: int = _MAX) -> str:
    """One line without control characters, cut to `columns` with an ellipsis."""
    line = "".join(c if c.isprintable() else " " for c in text)
    if width(line) <= columns:
        return line
    kept = ""
    for character in line:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept + "…"


def tell_counts(counts: Iterable[tuple[str, int]], lang: str) -> str:
    """How often words stand for something, in one line: 2 met, 1 late; in Chinese 已履行2、逾期1."""
    if lang == "zh":
        return "、".join(f"{word}{number}" for word, number in counts)
    return ", ".join(f"{number} {word}" for word, number in counts)


def align(rows: Sequence[Sequence[str]]) -> str:
    """Rows with their columns aligned, two spaces apart."""
    if not rows:
        return ""
    sizes = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(lines) + "\n"
