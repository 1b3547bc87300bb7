"""Numbers as reports write them: 1,268  92.4万  四十二  八万余  百分之九十五  三分之二  八成.

`NUMBER` is the pattern of a number in folded text; `parse_number` gives its value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 4, "亿": 8}
_CHINESE = "零〇一二两三四五六七八九十百千万亿"

_ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = (
    rf"百分之(?:[{_CHINESE}点]+|{_ARABIC})"
    rf"|[{_CHINESE}]+分之[{_CHINESE}]+"
    rf"|\d{{1,4}}[万亿]\d{{1,4}}[百千万](?!分点|克|米|瓦)"
    rf"|(?:{_ARABIC})(?:[百千](?!分点|克|米|瓦))?[万亿]{{0,2}}"
    rf"|[{_CHINESE}]+(?:点[零〇一二三四五六七八九]+)?[万亿]?"
)
_ARABIC_VALUE = re.compile(rf"(?P<digits>{_ARABIC})(?P<powers>[百千]?[万亿]{{0,2}})")
_COMPOUND = re.compile(r"(?P<high>\d+[万亿])(?P<low>\d+[百千万])")
_PLACES = Decimal("1e-10")


@dataclass(frozen=True, slots=True)
class Number:
    """A parsed number. `decimals` and `scale` are as written: 92.4万 has 1 decimal and scale 4, so its last
    written digit counts 10^(4-1)."""

    value: Decimal
    decimals: int = 0
    scale: int = 0
    percent: bool = False


def parse_number(text: str) -> Number:
    """Value of a folded numeral. Raises ValueError for anything that is not one.

    >>> parse_number("92.4万").value, parse_number("八万").value, parse_number("百分之九十五").value
    (Decimal('924000'), Decimal('80000'), Decimal('95'))
    """
    if text.startswith("百分之"):
        share = parse_number(text[3:])
        return Number(share.value, share.decimals, 0, percent=True)
    below, parted, above = text.partition("分之")
    if parted:
        denominator = parse_chinese(below)
        if denominator == 0:
            raise ValueError(f"division by zero: {text!r}")
        share_value = Decimal(parse_chinese(above)) / Decimal(denominator)
        return Number(share_value.quantize(_PLACES).normalize() + 0)
    compound = _COMPOUND.fullmatch(text)
    if compound:
        high, low = (parse_number(compound[part]) for part in ("high", "low"))
        return Number(high.value + low.value, 0, low.scale)
    match = _ARABIC_VALUE.fullmatch(text)
    if match:
        digits = match["digits"].replace(",", "")
        scale = sum({"百": 2, "千": 3, "万": 4, "亿": 8}[c] for c in match["powers"])
        decimals = len(digits.partition(".")[2])
        return Number(_plain(Decimal(digits).scaleb(scale)), decimals, scale)
    whole, point, fraction = text.partition("点")
    if point:
        power = fraction[-1:] if fraction[-1:] in _LARGE else ""
        if any(c not in DIGITS for c in fraction.removesuffix(power)):
            raise ValueError(f"not a Chinese numeral: {text!r}")
        digits = f"{parse_chinese(whole)}." + "".join(str(DIGITS[c]) for c in fraction.removesuffix(power))
        scale = _LARGE.get(power, 0)
        return Number(_plain(Decimal(digits).scaleb(scale)), len(digits.partition(".")[2]), scale)
    scale = next((_LARGE[c] for c in reversed(text) if c in _LARGE), 0) if text[-1:] in _LARGE else 0
    return Number(Decimal(parse_chinese(text)), 0, scale)


def parse_chinese(text: str) -> int:
    """A whole number in Chinese numerals: 十二, 两千零四, 三百万, 二〇二一 (digit by digit).

    Raises ValueError for anything else.
    """
    if not text or any(c not in DIGITS and c not in _SMALL and c not in _LARGE for c in text):
        raise ValueError(f"not a Chinese numeral: {text!r}")
    if all(c in DIGITS for c in text):
        if len(text) > 1 and "两" in text:
            raise ValueError(f"not a Chinese numeral: {text!r}")
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    last_power = 10**9
    pending = False
    for place, character in enumerate(text):
        if character in DIGITS:
            if pending and digit:
                raise ValueError(f"two digits without a power between: {text!r}")
            digit = DIGITS[character]
            pending = digit > 0
        elif character in _SMALL:
            power = _SMALL[character]
            if power >= last_power:
                raise ValueError(f"powers out of order: {text!r}")
            section += (digit if pending else 1) * power
            digit, pending, last_power = 0, False, power
        else:
            counted = section + digit if place else 1
            if character == "亿":
                # 亿 counts all before it (三万亿), 万 only what stands after the last 亿.
                total = (total + counted) * 10**8
            else:
                total += counted * 10**4
            section = digit = 0
            pending, last_power = False, 10**9
    return total + section + digit * (_colloquial(text) if pending else 1)


def _colloquial(text: str) -> int:
    """两百五 is 250, 三万二 is 32,000: a last digit right after a power counts the power below it."""
    before = text[-2:-1]
    if before in ("百", "千"):
        return _SMALL[before] // 10
    if before in _LARGE:
        return int(10 ** (_LARGE[before] - 1))
    return 1


def format_chinese(number: int) -> str:
    """A whole number from 0 to 99,999,999 in Chinese numerals: the inverse of `parse_chinese`."""
    if not 0 <= number < 10**8:
        raise ValueError(f"out of range: {number}")
    high, low = divmod(number, 10_000)
    if high:
        filler = "零" if 0 < low < 1000 else ""
        text = _below_ten_thousand(high) + "万" + (filler + _below_ten_thousand(low) if low else "")
    else:
        text = _below_ten_thousand(low)
    return text[1:] if text.startswith("一十") else text


def _below_ten_thousand(number: int) -> str:
    names = "零一二三四五六七八九"
    text, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            text += ("零" if gap and text else "") + names[digit] + name
            gap = False
        else:
            gap = bool(text)
    return text or "零"


def _plain(value: Decimal) -> Decimal:
    """Without an exponent: 1.17E+6 → 1170000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
