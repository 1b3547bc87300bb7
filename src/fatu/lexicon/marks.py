"""One form for each mark and each character: what looks alike, or is the same in another width, is told apart by none.

Unicode Standard Annex 15 says what a compatibility character stands for (NFKC); it is not applied to a whole text,
because it also breaks ½, ² and Ⅱ, which say something of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from .tables import load_table

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys([0x3000, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x0B, 0x0C], " ")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−─━⁃⸺⸻ー"), "-")
_MARKS = str.maketrans(
    "○◯⭘〜∼˜⁓∽∶︰٪≪≫〈〉｟｠〝〞〟\r\u2028\u2029\x85", "〇〇〇~~~~~::%《》〈〉()“””\n\n\n\n"
)
_BASE: dict[int, str | int] = {**_FULL_WIDTH, **_SPACES, **_DASHES, **_MARKS}
_COMPATIBLE = (
    range(0x2F00, 0x2FD6),  # radicals of the Kangxi dictionary: ⼈, ⽴
    range(0xF900, 0xFB00),  # ideographs that other standards have twice
    range(0x2F800, 0x2FA1E),
    range(0xFE10, 0xFE19),  # marks of vertical text
    range(0xFE31, 0xFE49),
    range(0xFE50, 0xFE6C),  # small marks
    range(0xFF61, 0xFF66),  # narrow marks
    range(0x1D7CE, 0x1D800),  # digits of formulas
)
_CIRCLED = (*range(0x2460, 0x2474), *range(0x2776, 0x2794), *range(0x24EA, 0x24FF), *range(0x3251, 0x3260),
            *range(0x3280, 0x328A), *range(0x32B1, 0x32C0))  # fmt: skip
"""①, ❶, ➀, ⓪, ⓫, ⓵, ㉑, ㊀, ㊱."""
_BRACKETED = (*range(0x2474, 0x2488), *range(0x3220, 0x322A))
"""⑴, ㈠."""
_STOPPED = range(0x2488, 0x249C)
"""⒈."""


def fold_marks(text: str) -> str:
    """The text with one form for each mark and character that is one, code point for code point.

    >>> fold_marks("受理１２件（含上年），⼈⺠政府")
    '受理12件(含上年),人民政府'
    """
    folding = _same_length()
    # Few of the signs are in a text: to replace them is quicker than to look up every character.
    for sign in folding.keys() & set(text):
        text = text.replace(sign, folding[sign])
    return text


@cache
def sign_words() -> Mapping[str, str]:
    """Signs that stand for several characters, with these: ㎡ 平方米, and the numbers of items: ㈠ (一), ① (1), ⒈ 1、.

    A number in a circle is set apart from the digits behind it (①31件), and so is one with a stop (⒈5000人).
    """
    words = {row["sign"]: row["folded"] for row in load_table("folded_signs.tsv") if len(row["folded"]) > 1}
    for code in _BRACKETED:
        words[chr(code)] = unicodedata.normalize("NFKC", chr(code))
    for code in _CIRCLED:
        digits = unicodedata.normalize("NFKC", chr(code))
        words[chr(code)] = f"({digits if digits != chr(code) else int(unicodedata.numeric(chr(code)))})"
    for code in _STOPPED:
        words[chr(code)] = f"{int(unicodedata.numeric(chr(code)))}、"
    return words


@cache
def _same_length() -> Mapping[str, str]:
    """Sign → the one that stands for it, which is never folded itself."""
    folding = dict(_BASE)
    for code in (code for codes in _COMPATIBLE for code in codes):
        plain = unicodedata.normalize("NFKC", chr(code)).translate(_BASE)
        if len(plain) == 1 and plain != chr(code) and code not in folding:
            folding[code] = plain
    plain_of = {chr(code): plain if isinstance(plain, str) else chr(plain) for code, plain in folding.items()}
    return plain_of | {
        row["sign"]: row["folded"] for row in load_table("folded_signs.tsv") if len(row["folded"]) == 1
    }
