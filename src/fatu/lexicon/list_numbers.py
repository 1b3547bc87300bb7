"""Numbers of lists as word processors write them: 三, 〇三, 丙, ③, III."""

from __future__ import annotations

from functools import cache

from .tables import Row, load_table

TABLE = "list_numbers.tsv"
_ROMAN = ((1000, "6"), (900, "46"), (500, "5"), (400, "45"), (100, "4"), (90, "24"), (50, "3"), (40, "23"),
          (10, "2"), (9, "02"), (5, "1"), (4, "01"), (1, "0"))  # fmt: skip
"""Values and the signs of them, as places in IVXLCDM."""
_MOST = 9999
"""Beyond it numbers stand in digits: no list is longer, and what Word writes there is not settled."""


def write_list_number(number: int, form: str) -> str | None:
    """A number (not negative) in a format of ECMA-376-1, 17.18.59 (chineseCounting); None for an unknown format.

    >>> [write_list_number(12, form) for form in ("chineseCounting", "ideographTraditional", "lowerRoman")]
    ['十二', '12', 'xii']
    """
    row = _rows().get(form)
    if row is None:
        return None
    kind, signs = row["kind"], row["signs"]
    if kind == "none":
        return ""
    if kind in ("digits", "padded") and number <= _MOST:
        return "".join(signs[int(digit)] for digit in str(number).zfill(1 + (kind == "padded")))
    if kind == "around":
        before, after = signs.split()
        return f"{before} {number} {after}"
    if not 0 < number <= _MOST:
        return str(number)
    match kind:
        case "set":
            return signs[number - 1] if number <= len(signs) else str(number)
        case "letters":
            doubled, place = divmod(number - 1, len(signs))
            return signs[place] * (doubled + 1)
        case "roman":
            return _roman(number, signs)
        case "counting" if number >= 100:
            return "".join(signs[int(digit)] for digit in str(number))
        case _:
            written = _counted(number, signs)
            return written.removeprefix(signs[1]) if kind != "full" and 10 <= number < 20 else written


def _roman(number: int, signs: str) -> str:
    written = ""
    for value, places in _ROMAN:
        times, number = divmod(number, value)
        written += "".join(signs[int(place)] for place in places) * times
    return written


def _counted(number: int, signs: str) -> str:
    """With the power of ten behind each digit: 一百零一. A run of zeros within is written once, at the end never."""
    written, digits = "", str(number)
    for index, digit in enumerate(digits):
        power = len(digits) - 1 - index
        if digit != "0":
            written += signs[int(digit)] + (signs[9 + power] if power else "")
        elif int(digits[index:]) and not written.endswith(signs[0]):
            written += signs[0]
    return written


@cache
def _rows() -> dict[str, Row]:
    return {row["format"]: row for row in load_table(TABLE)}
