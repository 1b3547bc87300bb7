"""Figures: drawing them, writing them, and asking whether a wrong one could be explained after all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from .model import Clause, Shown, Span
from .wordings import Gap, Literal, Template

_T = TypeVar("_T")
_NUMERALS = "零一二三四五六七八九十"
_OWN_UNITS = {
    "rate": "%",
    "other_rate": "%",
    "pct": "%",
    "other_pct": "%",
    "from_rate": "%",
    "to_rate": "%",
    "points": "个百分点",
}


@dataclass(frozen=True, slots=True)
class Draw:
    """The source of chance for one report, with what its figures and words depend on.

    `words` fills the text slots (`{all}`, `{year}`); `comma`: thousands are set apart; `scale` multiplies the
    sizes of the families (county 1, city 4, province 25).
    """

    rng: Random
    words: dict[str, str]
    year: int
    scale: int
    comma: bool

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.rng.randrange(high - low + 1)

    def chance(self, permille: int) -> bool:
        """True in `permille` of a thousand draws."""
        return self.rng.randrange(1000) < permille

    def pick(self, items: Sequence[_T]) -> _T:
        """One of the items."""
        return items[self.rng.randrange(len(items))]

    def weighted(self, items: Iterable[tuple[_T, int]]) -> _T:
        """One of the items by whole-number weights; an item of weight 0 is never taken."""
        rows = [row for row in items if row[1] > 0]
        at = self.rng.randrange(sum(weight for _, weight in rows))
        for item, weight in rows:
            at -= weight
            if at < 0:
                return item
        raise AssertionError("weights changed")

    def count(self, size: tuple[int, int]) -> int:
        """A count of a family's size: small ones are likelier than large ones."""
        low, high = size[0], size[1] * self.scale
        return low + (high - low) * self.rng.randrange(1, 1000) * self.rng.randrange(1, 1000) // 1_000_000

    def sign(self) -> int:
        """1 or -1."""
        return 1 if self.rng.randrange(2) else -1


def digits(value: int, places: int = 0, comma: bool = False) -> str:
    """Write a scaled figure: `digits(8876, 2)` is 88.76."""
    if not places:
        return f"{value:,}" if comma else str(value)
    whole, rest = divmod(value, 10**places)
    return f"{digits(whole, 0, comma)}.{str(rest).zfill(places)}"


def trimmed(text: str) -> str:
    """A decimal number without zeros at its end."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def numeral(value: int, before_unit: bool = True) -> str:
    """A Chinese numeral from 1 to 99; two before a unit is 两."""
    if value == 2 and before_unit:
        return "两"
    tens, ones = divmod(value, 10)
    if not tens:
        return _NUMERALS[ones]
    return (_NUMERALS[tens] if tens > 1 else "") + "十" + (_NUMERALS[ones] if ones else "")


def percent(part: int, whole: int, places: int) -> int:
    """Part of whole in per cent, scaled by `places`, rounded half up."""
    return (200 * part * _power(places) + whole) // (2 * whole)


def percent_cut(part: int, whole: int, places: int) -> int:
    """Part of whole in per cent, scaled by `places`, cut off."""
    return 100 * part * _power(places) // whole


def explained(value: int, places: int, pairs: Iterable[tuple[int, int]]) -> bool:
    """Whether a scaled percentage is the rounded or cut-off ratio of one of the pairs (part, whole)."""
    return any(
        whole > 0 and value in (percent(part, whole, places), percent_cut(part, whole, places))
        for part, whole in pairs
    )


def _power(places: int) -> int:
    return int(10**places)


def exact(value: int, draw: Draw, places: int = 0) -> Shown:
    """A count as it is."""
    return Shown("", digits(value, places, draw.comma), "", "")


def rate(value: int, places: int) -> Shown:
    """A scaled percentage as it is."""
    return Shown("", digits(value, places), "", "")


def floor_step(value: int) -> int:
    """The step to which 余 and 多 round a count down: 10, 100, …; at least a tenth of it is left exact."""
    step = 10
    while value >= step * 100:
        step *= 10
    return step


def filled(draw: Draw, template: Template, shown: dict[str, Shown], topic: str) -> Clause:
    """Fill a template; a slot that `shown` has not is a word of the report."""
    parts: list[str] = []
    spans: dict[str, Span] = {}
    at = 0
    for part in template.parts:
        if isinstance(part, Literal):
            text = part.choices[0] if len(part.choices) == 1 else draw.pick(part.choices)
        else:
            text = _written(part, draw, shown, spans, at)
        parts.append(text)
        at += len(text)
    return Clause("".join(parts), spans, topic)


def _written(gap: Gap, draw: Draw, shown: dict[str, Shown], spans: dict[str, Span], at: int) -> str:
    value = shown.get(gap.name)
    if value is None:
        return draw.words[gap.name]
    body = value.digits + value.inner + (gap.unit or _OWN_UNITS.get(gap.name, ""))
    start = at + len(value.before)
    spans[gap.name] = (start, start + len(body))
    return value.before + body + value.after
