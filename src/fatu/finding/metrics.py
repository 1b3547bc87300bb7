"""Counted and measured numbers: number, infix qualifier and unit, with the bound that the words around say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from ..lexicon.extension import cached
from ..lexicon.patterns import any_pattern, longest_first, rows_by_kind
from ..lexicon.tables import load_table
from ..model import Bound, Metric
from .numerals import NUMBER, Number, parse_number, written_out
from .spotting import Spot

_NUMERALS = re.compile("[0-9零〇一二两三四五六七八九十百千万亿]+")
_HAN_DIGITS = frozenset("零〇一二两三四五六七八九十百千万亿点分之")
_POWERS = {"百": 2, "千": 3, "万": 4, "亿": 8}
_QUOTED = re.compile(r"“[^“”,。;:!?\n]{1,24}”|‘[^‘’,。;:!?\n]{1,24}’")
_FRACTION = r"\d{1,2}/\d{1,3}(?![\d/])"
_TENTHS = r"[一二三四五六七八九]成(?:[半一二三四五六七八九](?!立|绩|果|效|员|年|为|功|就))?"
_PART_OF_NUMBER = re.compile(r"\d[.,/-]?$")
_WINDOW = 12
_MAX_RUN = 40
_MAX_VERB = 16


@dataclass(frozen=True, slots=True)
class Grammar:
    """The metric tables compiled."""

    number: re.Pattern[str]
    open_number: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    bounds: dict[str, Bound]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    slogan: re.Pattern[str]
    vague: re.Pattern[str]
    counted: dict[str, str]
    """Unit → how many numerals a Chinese number before it has at least (三元 is a name, 四千元 a sum), and those that
    will do alone (两期)."""
    once: frozenset[str]


@cached
def load_grammar() -> Grammar:
    """The metric and unit tables, compiled once."""
    words = {
        kind: [(row["pattern"], row["value"]) for row in rows]
        for kind, rows in rows_by_kind("metric_words.tsv").items()
    }
    uncounted = dict(words["uncounted"])
    ends = {
        row["word"]: (f"(?!{row['not_before']})" if row["not_before"] else "")
        + (f"(?={uncounted[row['word']]})" if uncounted.get(row["word"]) else "")
        for row in load_table("units.tsv")
        if uncounted.get(row["word"]) != ""
    }
    unit = _any_unit(ends)
    infix = _joined(words["infix"])
    low = (
        rf"(?=[^-~至到。;\n]{{1,{_MAX_RUN}}}[-~至到])(?P<low>{NUMBER})(?P<low_unit>{unit})? ?(?:-|~|至|到) ?"
    )
    before, after = _grouped("b", words["before"]), _grouped("a", words["after"])
    return Grammar(
        number=re.compile(
            rf"(?:{low})?(?P<number>{NUMBER}|{_FRACTION}) ?(?P<infix>{infix})?(?P<powers>[百千]?[万亿])?"
            rf" ?(?P<unit>{unit})"
            rf"|(?P<share>[一二三四五六七八九十百]+分之[一二两三四五六七八九十]+|{_FRACTION}|{_TENTHS})"
            rf"|(?P<percent>百分之(?:[零〇一二三四五六七八九十百点]+|\d+(?:\.\d+)?))"
        ),
        open_number=re.compile(rf"(?:{_joined(words['open'])})(?P<number>\d+(?:\.\d+)?)(?=[ ]*(?:[,。;)\n]|$))"),
        before=re.compile(rf"(?:{before})(?:达到?|为|至|到|占|组织|开展|举办|召开|完成|安排)?$"),
        after=re.compile(after),
        bounds={f"{p}{i}": cast(Bound, value) for p, kind in (("b", "before"), ("a", "after"))
                for i, (_, value) in enumerate(words[kind])},
        not_before=re.compile(rf"(?:{_joined(words['not_before'])})$"),
        not_after=re.compile(_joined(words["not_after"])),
        slogan=re.compile(_joined(words["slogan"])),
        vague=re.compile(rf"(?:{_joined(words['vague'])})$"),
        counted={pattern: least or "1" for pattern, least in words["counted"]},
        once=frozenset(pattern for pattern, _ in words["once"]),
    )  # fmt: skip


def _any_unit(ends: dict[str, str]) -> str:
    """Any of the unit words with what must follow it, longer words first; those with the same first character are
    tried together."""
    together: dict[str, list[str]] = {}
    for word in longest_first(ends):
        together.setdefault(word[0], []).append(re.escape(word[1:]) + ends[word])
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(together.items()))


def _joined(rows: list[tuple[str, str]]) -> str:
    return any_pattern(pattern for pattern, _ in rows)


def _grouped(prefix: str, rows: list[tuple[str, str]]) -> str:
    return "|".join(f"(?P<{prefix}{i}>{pattern})" for i, (pattern, _) in enumerate(rows))


def find_metrics(text: str, taken: bytearray, recurrences: frozenset[int]) -> Iterator[Spot[Metric]]:
    """Metrics of a folded text, ordered, without overlaps.

    `taken` marks what belongs to citations, dates and heading numbers; `recurrences` are the ends of words
    like 每季度, after which 一次 is a frequency.
    """
    grammar = load_grammar()
    quoted = bytearray(len(text))
    for match in _QUOTED.finditer(text):
        quoted[match.start() : match.end()] = b"\x01" * len(match.group())
    spots: list[Spot[Metric]] = []
    for match in _number_matches(grammar, text):
        spot = _spot(grammar, text, match, recurrences)
        if spot and 1 not in taken[spot.start : spot.end] and not quoted[spot.start]:
            spots.append(spot)
    read = bytearray(len(text))
    for spot in spots:
        read[spot.start : spot.end] = b"\x01" * (spot.end - spot.start)
    for match in grammar.open_number.finditer(text):
        start, end = match.span("number")
        if 1 not in taken[start:end] and not quoted[start] and 1 not in read[start:end]:
            number = parse_number(match["number"])
            spots.append(Spot(start, end, Metric(number.value, None, "exact", number.decimals, number.scale)))
    yield from sorted(spots, key=lambda s: (s.start, s.end))


def _number_matches(grammar: Grammar, text: str) -> Iterator[re.Match[str]]:
    """Where a number with its unit can begin: only digits and numerals are tried."""
    done = 0
    for run in _NUMERALS.finditer(text):
        position, end = max(run.start(), done), run.end()
        if end - position > _MAX_RUN:
            # No figure is that long; trying every place in it would take quadratic time.
            continue
        while position < end:
            match = grammar.number.match(text, position)
            if match:
                yield match
                position = done = match.end()
            else:
                position += 1


def _spot(
    grammar: Grammar, text: str, match: re.Match[str], recurrences: frozenset[int]
) -> Spot[Metric] | None:
    start, end = match.span()
    unit = match["unit"]
    word = match["number"] or match["share"] or match["percent"]
    try:
        number = _share(word) if match["share"] or "/" in word else parse_number(word)
        low = parse_number(match["low"]) if match["low"] else None
    except ValueError:
        return None
    if number.percent:
        unit = "%"
    if low is not None and number.scale and not low.scale and low.value * 10**number.scale < number.value:
        # 5-10万元: the power belongs to both ends.
        low = Number(low.value.scaleb(number.scale) + 0, low.decimals, number.scale)
    low_unit = match["low_unit"]
    if low is not None and ((low_unit and low_unit != unit) or low.value >= number.value):
        # Not a range but two numbers, or a change: the second stands alone.
        low, start = None, match.start("number")
    if _PART_OF_NUMBER.search(text, max(0, start - 2), start):
        return None
    if match["powers"]:
        power = sum(_POWERS[c] for c in match["powers"])
        number = Number(number.value.scaleb(power) + 0, number.decimals, number.scale + power)
    before = text[max(0, start - _WINDOW) : start]
    if grammar.not_before.search(before) or grammar.not_after.match(
        text, match.start("unit") if unit and match["unit"] else end
    ):
        return None
    if grammar.not_after.match(text, end):
        return None
    if (
        word[0] in _HAN_DIGITS
        and match["unit"]
        and not _counts(grammar, text, match, _recurs(text, start, recurrences))
    ):
        return None
    bound = _bound(grammar, before, text, end, bool(match["infix"]))
    value, high = (low.value, number.value) if low is not None else (number.value, None)
    return Spot(
        start,
        end,
        Metric(written_out(value), unit, bound, number.decimals, number.scale, high, bool(match["infix"])),
    )


def _counts(grammar: Grammar, text: str, match: re.Match[str], recurs: bool) -> bool:
    """Whether a Chinese numeral with its unit counts something, rather than being part of a word or a name."""
    word, unit = match["number"], match["unit"]
    if word.startswith("百分之") or "分之" in word:
        return True
    if word == "一":
        return unit in grammar.once and (
            recurs or _IN_ALL.search(text[: match.start()][-_MAX_VERB:]) is not None
        )
    if recurs and unit in grammar.once:
        # 每季度两期, 全年共编发三期
        return not grammar.slogan.match(text, match.end())
    least = grammar.counted.get(unit, "")
    if not least or (len(word) < int(least[0]) and word not in least):
        return False
    if grammar.vague.search(text[: match.start()][-2:]):
        return False
    if all(c in _POWERS for c in word):
        # 千名干部 is a way of speaking, 千余名 and 近千名 are figures.
        told = match["infix"] or grammar.before.search(text[max(0, match.start() - _WINDOW) : match.start()])
        return bool(told) and not grammar.slogan.match(text, match.end())
    return not grammar.slogan.match(text, match.end())


_IN_ALL = re.compile(r"(?:累计|共)[\u4e00-\u9fff]{0,4}$")


def _recurs(text: str, start: int, recurrences: frozenset[int]) -> bool:
    """Whether a word like 每月 stands before a number, with at most a verb between: 每月召开一次."""
    for length in range(min(_MAX_VERB, start) + 1):
        if length and not "\u4e00" <= text[start - length] <= "\u9fff":
            return False
        if start - length in recurrences:
            return True
    return False


def _bound(grammar: Grammar, before: str, text: str, end: int, infix: bool) -> Bound:
    after = grammar.after.match(text, end)
    if after and after.lastgroup:
        return grammar.bounds[after.lastgroup]
    if infix:
        return "at_least"
    found = grammar.before.search(before)
    if found:
        return next(grammar.bounds[name] for name, group in found.groupdict().items() if group is not None)
    return "exact"


def _share(text: str) -> Number:
    """三分之二, 1/4, 八成: a share of one, to ten places."""
    if text[1:2] == "成":
        digits = [parse_number(c).value if c != "半" else Decimal(5) for c in text.replace("成", "")]
        return Number(sum((d.scaleb(-i - 1) for i, d in enumerate(digits)), Decimal(0)), len(digits))
    if "/" in text:
        above, _, below = text.partition("/")
        if int(below) == 0:
            raise ValueError(f"division by zero: {text!r}")
        return Number((Decimal(above) / Decimal(below)).quantize(Decimal("1e-10")).normalize() + 0)
    return parse_number(text)
