"""The numbers that a browser sets before the items of a list."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_INTEGER = re.compile(r"\s*(-?\d{1,9})\b")
_NUMBERED = re.compile(
    r"[(（]?(?:\d{1,3}|[一二三四五六七八九十百]{1,4}|[a-zA-Z]|[ivxIVX]{1,5})[)）.．、]|[①-⑳]|第[一二三四五六七八九十百\d]+[章节条项]"
)
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_STYLES = {
    "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman",
    "lower-latin": "lower-alpha", "upper-latin": "upper-alpha", "simp-chinese-informal": "cjk-ideographic",
    "cjk-decimal": "cjk-ideographic", "simp-chinese-formal": "decimal",
}  # fmt: skip
_UNNUMBERED = ("none", "disc", "circle", "square", "inherit")
_MAX_ROMAN = 3999
_MAX_CHINESE = 99


def is_numbered(text: str) -> bool:
    """Whether a text begins with a number of its own."""
    return bool(_NUMBERED.match(text))


class Numbering:
    """Counts the items of an `<ol>` (HTML Standard, 4.4.5)."""

    def __init__(self, element: HtmlElement, style: dict[str, str]) -> None:
        self._step = -1 if element.get("reversed") is not None else 1
        first = len(element) if self._step < 0 else 1
        self._next = _integer(element.get("start"), first)
        self._style = _style(element, style) or "decimal"

    def next_marker(self, item: HtmlElement, style: dict[str, str]) -> str:
        """What stands before the next item, with the space after it; empty where the list shows no numbers."""
        number = _integer(item.get("value"), self._next)
        self._next = number + self._step
        kind = _style(item, style) or self._style
        if kind in _UNNUMBERED:
            return ""
        if kind == "cjk-ideographic" and 0 < number <= _MAX_CHINESE:
            return f"{_chinese(number)}、"
        return f"{_set_number(number, kind)}. "


def _style(element: HtmlElement, style: dict[str, str]) -> str | None:
    told = style.get("list-style-type") or style.get("list-style") or (element.get("type") or "").strip()
    return _STYLES.get(told, told) or None


def _integer(text: str | None, default: int) -> int:
    found = _INTEGER.match(text or "")
    return int(found[1]) if found else default


def _set_number(number: int, kind: str) -> str:
    if kind.endswith("-alpha") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if kind.startswith("upper") else letters
    if kind.endswith("-roman") and 0 < number <= _MAX_ROMAN:
        letters = ""
        for value, sign in _ROMAN:
            times, number = divmod(number, value)
            letters += sign * times
        return letters.upper() if kind.startswith("upper") else letters
    return str(number)


def _chinese(number: int) -> str:
    """1 to 99.

    >>> _chinese(21), _chinese(10), _chinese(12)
    ('二十一', '十', '十二')
    """
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
