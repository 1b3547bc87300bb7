"""Numbers as reports write them: 1,268  92.4万  3亿5千万  四十二  百分之九十五  三分之二  八成  壹拾万.

`NUMBER` is the pattern of a number in folded text; `parse_number` gives its value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

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
_SCALES = {"百": 2, "千": 3, **_LARGE}
_CHINESE = "零〇一二两三四五六七八九十百千万亿"
_VARIANTS = str.maketrans(
    "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩俩倆點負餘幾",
    "一二二三三四五六六七八九十百千万亿两两两点负余几",
)
"""Numerals of invoices (《正确填写票据和结算凭证的基本规定》) and of traditional script."""

_ARABIC = r"\d{1,3}(?:,\d{3}){1,5}(?!,?\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_NO_UNIT = "(?!分点|克|米|瓦)"
_SHARE = rf"分之(?:[{_CHINESE}]+(?:点[零〇一二三四五六七八九]+)?|{_ARABIC})"
_POWER = "[千万亿]零?(?=\\d)"
_LOW = rf"(?:\d{{1,4}}(?:[百千]?万|[百千]{_NO_UNIT})|(?<=零)\d{{1,3}}|(?<=万)\d{{4}}(?!\d))"
NUMBER = (
    rf"百分之(?:[{_CHINESE}点]+|{_ARABIC})"
    rf"|[{_CHINESE}]++{_SHARE}"
    rf"|\d{{1,4}}+(?:{_POWER}(?:\d{{1,4}}{_POWER}){{0,2}}{_LOW}|{_SHARE})"
    rf"|(?:{_ARABIC})(?:[百千]{_NO_UNIT})?[万亿]{{0,2}}"
    rf"|[{_CHINESE}]+(?:点[零〇一二三四五六七八九]+)?[万亿]?"
)
_ARABIC_VALUE = re.compile(rf"(?P<digits>{_ARABIC})(?P<powers>[百千]?[万亿]{{0,2}})")
_COMPOUND = re.compile(r"(?:\d+[百千万亿]+零?)+\d*")
_ARABIC_RUN = re.compile(r"\d+")
_EXCESS = re.compile(rf"(?<=[{_CHINESE}\d])[余多几](?=[万亿])")
_SPACE = re.compile(r"(?<!\d) +| +(?!\d)")
_SIGNS = ("-", "负")
_PLACES = Decimal("1e-10")
_TOO_LARGE = 10**17
"""No count and no sum has eighteen digits; the numbers of orders and accounts have."""


@dataclass(frozen=True, slots=True)
class Number:
    """A parsed number. `decimals` and `scale` are as written: 92.4万 has 1 decimal and scale 4, so its last
    written digit counts 10^(4-1)."""

    value: Decimal
    decimals: int = 0
    scale: int = 0
    percent: bool = False


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Number:
    """Value of a folded numeral, which may hold spaces and a sign. Fractions are given to ten places; of 500余万
    the value is what is sure. Raises ValueError for anything that is not a numeral.

    >>> parse_number("92.4万").value, parse_number("八万").value, parse_number("百分之九十五").value
    (Decimal('924000'), Decimal('80000'), Decimal('95'))
    >>> parse_number("3亿5千万").value, parse_number("负三又四分之一").value, parse_number("七成六").value
    (Decimal('350000000'), Decimal('-3.25'), Decimal('0.76'))
    """
    written = _SPACE.sub("", text.translate(_VARIANTS))
    is_negative = written.startswith(_SIGNS)
    number = _parse_share(written[is_negative:])
    if abs(number.value) >= _TOO_LARGE:
        raise ValueError(f"too large for a figure: {text!r}")
    return replace(number, value=-number.value) if is_negative else number


def _parse_share(text: str) -> Number:
    """百分之五, 七成六, 三又四分之一, 1 3/5, 三分之二 or a plain number."""
    if text.startswith("百分之"):
        return replace(_parse_plain(text[3:]), percent=True)
    tenths, is_tenths, hundredths = text.partition("成")
    if is_tenths:
        return _parse_tenths(tenths, hundredths)
    for joint in ("又", " "):
        whole, joined, share = text.partition(joint)
        if joined:
            return Number(_parse_plain(whole).value + _parse_fraction(share))
    if "/" in text or "分之" in text:
        return Number(_parse_fraction(text))
    return _parse_plain(text)


def _parse_tenths(tenths: str, hundredths: str) -> Number:
    """八成, 六点五成, 三成半, 半成: a share of one."""
    parts = [
        Number(Decimal(5), 0) if part == "半" else _parse_plain(part) for part in (tenths, hundredths) if part
    ]
    if not tenths or (hundredths and (parts[0].decimals or parts[1].value >= 10)):
        raise ValueError(f"not a share: {tenths}成{hundredths}")
    if tenths == "半":
        parts = [Number(Decimal("0.5"), 1)]
    decimals = len(parts) + parts[0].decimals
    return Number(sum((part.value.scaleb(-i - 1) for i, part in enumerate(parts)), Decimal(0)), decimals)


def _parse_fraction(text: str) -> Decimal:
    """三分之二, 16分之5, 3/5, to ten places."""
    below, parted, above = text.partition("分之")
    if not parted:
        above, _, below = text.partition("/")
    denominator = _parse_plain(below).value
    if denominator == 0:
        raise ValueError(f"division by zero: {text!r}")
    share = (-1 if above.startswith(_SIGNS) else 1) * _parse_plain(above.lstrip("-负")).value / denominator
    if abs(share) >= _TOO_LARGE:
        raise ValueError(f"too large for a figure: {text!r}")
    return share.quantize(_PLACES).normalize() + 0


def _parse_plain(text: str) -> Number:
    """A number without sign or share: 1,268  92.4万  5万4千6百  三点五  五百余万."""
    text = _EXCESS.sub("", text)
    match = _ARABIC_VALUE.fullmatch(text)
    if match:
        digits = match["digits"].replace(",", "")
        scale = sum(_SCALES[c] for c in match["powers"])
        return Number(_scaled(digits, scale), len(digits.partition(".")[2]), scale)
    if _COMPOUND.fullmatch(text):
        chinese = _ARABIC_RUN.sub(lambda run: format_chinese(int(run[0])), text)
        powers = re.search("[百千万亿]*$", text)
        return Number(Decimal(parse_chinese(chinese)), 0, sum(_SCALES[c] for c in powers[0]) if powers else 0)
    whole, point, fraction = text.partition("点")
    if point:
        power = fraction[-1:] if fraction[-1:] in _LARGE else ""
        fraction = fraction.removesuffix(power)
        if any(c not in DIGITS for c in fraction):
            raise ValueError(f"not a Chinese numeral: {text!r}")
        digits = f"{parse_chinese(whole)}." + "".join(str(DIGITS[c]) for c in fraction)
        scale = _LARGE.get(power, 0)
        return Number(_scaled(digits, scale), len(fraction), scale)
    return Number(Decimal(parse_chinese(text)), 0, _LARGE.get(text[-1:], 0))


def parse_chinese(text: str) -> int:
    """A whole number in Chinese numerals: 十二, 两千零四, 三百万, 四万万, 二〇二一 (digit by digit).

    Raises ValueError for anything else.
    """
    if not text or any(c not in DIGITS and c not in _SMALL and c not in _LARGE for c in text):
        raise ValueError(f"not a Chinese numeral: {text!r}")
    if all(c in DIGITS for c in text):
        if len(text) > 1 and "两" in text:
            raise ValueError(f"not a Chinese numeral: {text!r}")
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = level = 0
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
            exponent = _LARGE[character]
            counted = section + digit if place else 1
            if place and text[place - 1] in _LARGE:
                # 四万万, 三万亿: the second power counts the first.
                total, level = total * 10**exponent, level + exponent
            elif level >= 8 if character == "亿" else level == 4:
                raise ValueError(f"powers out of order: {text!r}")
            elif character == "亿":
                # 亿 counts all before it (三万五千亿), 万 only what stands after the last 亿.
                total, level = (total + counted) * 10**8, 8
            else:
                total, level = total + counted * 10**4, 4
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


def _scaled(digits: str, scale: int) -> Decimal:
    """The number times ten to the `scale`, exact and without an exponent: 1.17, 6 → 1170000."""
    return written_out(Decimal(f"{digits}e{scale}"))


def written_out(value: Decimal) -> Decimal:
    """The same number without an exponent; a whole one without places: 1.17e6 → 1170000, 4.0 → 4."""
    return Decimal(int(value)) if value == value.to_integral_value() else value
