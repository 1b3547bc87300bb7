"""Intervals of decimals: what a figure, with the decimals and the bound it is written with, can mean."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from ..model import Metric, Verdict

_PLACES = Decimal("1e-6")
_ABOUT = Decimal("1.5")
"""How far, in points, a rate may be from one that is given with 近 or 约."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed range; `high` None where nothing limits it."""

    low: Decimal
    high: Decimal | None

    @property
    def is_exact(self) -> bool:
        """Whether it is a single number."""
        return self.low == self.high

    def meets(self, other: Interval) -> bool:
        """Whether a number lies in both."""
        below = self.high is None or other.low <= self.high
        above = other.high is None or self.low <= other.high
        return below and above

    def scaled(self, factor: Decimal) -> Interval:
        """Times a number that is not negative."""
        return Interval(self.low * factor, None if self.high is None else self.high * factor)

    def __add__(self, other: Interval) -> Interval:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)

    def __sub__(self, other: Interval) -> Interval | None:
        """None where nothing limits what is taken away."""
        if other.high is None:
            return None
        return Interval(self.low - other.high, None if self.high is None else self.high - other.low)


def count_interval(metric: Metric) -> Interval:
    """What a count can be: 2500余 is below 2600, 98%以上 up to 100, 以上 else open; 近 and 约 allow a tenth either
    way, at a rate a point and a half; what is written in 万 or 亿 means half of its last digit either way."""
    value = metric.value
    if metric.value_high is not None:
        return Interval(value, metric.value_high)
    match metric.bound:
        case "exact" if metric.scale > 0:
            half = Decimal(1).scaleb(metric.scale - metric.decimals) / 2
            return Interval(value - half, value + half)
        case "exact":
            return Interval(value, value)
        case "at_least" if metric.excess:
            return Interval(value, value + _last_place(value))
        case "at_least":
            return Interval(value, Decimal(100) if metric.unit == "%" and value <= 100 else None)
        case "at_most":
            return Interval(Decimal(0), value)
        case _ if metric.unit == "%":
            return Interval(value - _ABOUT, value + _ABOUT)
        case _:
            return Interval(value * Decimal("0.9"), value * Decimal("1.1"))


def _last_place(value: Decimal) -> Decimal:
    """The power of ten of the last digit that is not zero: 100 for 2500."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def share(part: Interval, whole: Interval) -> Interval | None:
    """part ÷ whole in percent; None where the whole may be nothing."""
    if whole.low <= 0:
        return None
    low = Decimal(0) if whole.high is None else part.low * 100 / whole.high
    high = None if part.high is None else part.high * 100 / whole.low
    return Interval(low, high)


def growth(now: Interval, then: Interval) -> Interval | None:
    """Growth from `then` to `now` in percent, negative for a fall; None where it was nothing."""
    quotient = share(now, then)
    if quotient is None:
        return None
    hundred = Decimal(100)
    return Interval(quotient.low - hundred, None if quotient.high is None else quotient.high - hundred)


def fall(growth: Interval) -> Interval | None:
    """The same as a fall; None where nothing limits the growth."""
    return None if growth.high is None else Interval(-growth.high, -growth.low)


def judge(metric: Metric, expected: Interval) -> Verdict:
    """Whether a stated rate, with the decimals and the bound it is written with, agrees with what it should be.

    The idea is statcheck's (Nuijten et al. 2016): the stated figure means an interval by its written decimals.
    """
    if expected.is_exact and metric.bound == "exact" and metric.value_high is None:
        places = metric.decimals - metric.scale
        if is_rounded_to(expected.low, metric.value, places):
            return "consistent"
        cut = expected.low >= 0 and is_truncated_to(expected.low, metric.value, places)
        return "consistent_truncated" if cut else "inconsistent"
    stated = count_interval(metric)
    half = Decimal(1).scaleb(metric.scale - metric.decimals) / 2
    widened = Interval(stated.low - half, None if stated.high is None else stated.high + half)
    return "consistent" if expected.meets(widened) else "inconsistent"


def judge_count(metric: Metric, expected: Interval) -> Verdict:
    """Whether a stated count can be what it should be."""
    return "consistent" if expected.meets(count_interval(metric)) else "inconsistent"


def is_rounded_to(value: Decimal, stated: Decimal, decimals: int) -> bool:
    """Whether `stated` is `value` rounded to so many decimals, half up or half even."""
    step = Decimal(1).scaleb(-decimals)
    return stated in (value.quantize(step, ROUND_HALF_UP), value.quantize(step, ROUND_HALF_EVEN))


def is_truncated_to(value: Decimal, stated: Decimal, decimals: int) -> bool:
    """Whether `stated` is `value` cut off after so many decimals."""
    return stated == value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def is_rounded_to_tens(value: Decimal, stated: Decimal) -> bool:
    """Whether `stated` is `value` rounded to a multiple of ten."""
    return stated == value.quantize(Decimal("1E1"), ROUND_HALF_UP)


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers differ in one digit, or by an exchange of two: 318 and 381, 1019 and 1009. Zeros at the end
    do not count, so that 50000 and 10000 have one digit each and are no slip."""
    a, b = f"{one:f}", f"{other:f}"
    if len(a) != len(b):
        return False
    while len(a) > 1 and a[-1] == b[-1] == "0":
        a, b = a[:-1], b[:-1]
    differing = [i for i in range(len(a)) if a[i] != b[i]]
    return (len(differing) == 1 and len(a) > 1) or (len(differing) == 2 and sorted(a) == sorted(b))


def brief(value: Decimal, places: int = 2) -> str:
    """A decimal for reading: at most so many places, no trailing zeros, no exponent."""
    text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def bounded(interval: Interval) -> tuple[Decimal, Decimal] | None:
    """The interval as a pair, rounded outwards to six places; None if it is open."""
    if interval.high is None:
        return None
    low = interval.low.quantize(_PLACES, ROUND_DOWN)
    high = interval.high.quantize(_PLACES, ROUND_DOWN)
    return _plain(low), _plain(high if high >= interval.high else high + _PLACES)


def _plain(value: Decimal) -> Decimal:
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal == normal.to_integral_value() else normal
