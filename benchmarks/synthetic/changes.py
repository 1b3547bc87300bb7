"""Recipes for figures over time: growth and fall, shortened limits, percentage points, regular meetings."""

from __future__ import annotations

from .figures import Draw, digits, exact, explained, filled, numeral, percent, percent_cut, rate, trimmed
from .model import Family, Piece, Relation, Shown
from .wordings import Template, Wordings

_TRIES = 60
_PERIODS = (("每季度", 4), ("每月", 12), ("每半年", 2), ("每两个月", 6), ("每个季度", 4))


def growth(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece | None:
    """This year's count against last year's: `pct` or, without it, `diff` is the stated figure."""
    if not wrong and words.get(family.id, "missing") and draw.chance(120):
        shown = {"cur": exact(draw.count(family.size), draw), "pct": rate(draw.between(21, 480), 1)}
        clause = filled(draw, draw.pick(words.get(family.id, "missing")), shown, family.topic)
        note = "last year's count is not stated"
        relation = Relation("growth", "missing_operand", "unverifiable", (0, "pct"), ((0, "cur"),), note)
        return Piece(family.id, (clause,), (relation,))
    rising = draw.chance(620)
    template = draw.pick(words.get(family.id, "up" if rising else "down"))
    for _ in range(_TRIES):
        prev = max(draw.count(family.size), 10)
        diff = max(1, prev * draw.weighted(((draw.between(2, 60), 8), (draw.between(5, 88), 2))) // 100)
        cur = prev + diff if rising else prev - diff
        turned = cur + diff if rising else cur - diff
        numbers = {"prev": prev, "cur": cur, "diff": diff}
        shown = {name: exact(value, draw) for name, value in numbers.items() if name in template.slots}
        if "pct" not in template.slots:
            kind = draw.pick(("wrong_by_one", "wrong_more")) if wrong else "right"
            value = diff + (
                draw.sign() * (1 if kind == "wrong_by_one" else draw.between(2, 9)) if wrong else 0
            )
            if value < 1 or (wrong and value in (prev, cur)):
                continue
            shown["diff"] = exact(value, draw)
            return _piece(draw, family, "growth", template, shown, kind, ("diff", "cur", "prev"), str(diff))
        places = draw.weighted(((0, 3), (1, 5), (2, 4)))
        drawn = _percentage(draw, diff, prev, places, wrong, (prev, cur, diff, turned))
        if drawn is None:
            continue
        kind, shown["pct"] = drawn
        note = f"{diff}/{prev} = {digits(percent(diff, prev, 2), 2)}%"
        return _piece(draw, family, "growth", template, shown, kind, ("pct", "cur", "prev", "diff"), note)
    return None


def cut(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece | None:
    """A limit or a pile that shrank from one number to another: `pct` or `diff` is stated."""
    template = draw.pick(words.get(family.id, "clauses"))
    for _ in range(_TRIES):
        start = draw.between(*family.size)
        end = start * draw.between(15, 85) // 100
        if end < 1 or end >= start:
            continue
        shown = {"start": exact(start, draw), "end": exact(end, draw)}
        if "pct" not in template.slots:
            kind = draw.pick(("wrong_by_one", "wrong_more")) if wrong else "right"
            value = (
                start
                - end
                + (draw.sign() * (1 if kind == "wrong_by_one" else draw.between(2, 5)) if wrong else 0)
            )
            if value < 1 or value > start or (wrong and value in (start, end)):
                continue
            shown["diff"] = exact(value, draw)
            note = f"{start} - {end} = {start - end}"
            return _piece(draw, family, "change", template, shown, kind, ("diff", "start", "end"), note)
        places = draw.weighted(((0, 4), (1, 4), (2, 2)))
        drawn = _percentage(draw, start - end, start, places, wrong, (start, end, start - end))
        if drawn is None:
            continue
        kind, shown["pct"] = drawn
        note = f"({start} - {end})/{start} = {digits(percent(start - end, start, 2), 2)}%"
        return _piece(draw, family, "change", template, shown, kind, ("pct", "start", "end"), note)
    return None


def points(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece | None:
    """A rate that rose (list `up`) or fell (list `down`), and the difference in percentage points."""
    rising = not words.get(family.id, "down") or draw.chance(650)
    template = draw.pick(words.get(family.id, "up" if rising else "down"))
    for _ in range(_TRIES):
        places = draw.weighted(((0, 1), (1, 5), (2, 4)))
        unit = int(10**places)
        low = draw.between(family.rates[0] * unit, family.rates[1] * unit - 2 * unit)
        true = draw.between(max(1, unit // 2), min(18 * unit, family.rates[1] * unit - low))
        high = low + true
        kind, value = "right", true
        if wrong:
            kind = draw.pick(("wrong_by_one", "wrong_more"))
            value += draw.sign() * (1 if kind == "wrong_by_one" else draw.between(2, 4 * unit + 2))
            percentages = ((true, low), (true, high))
            if value < 1 or explained(value, places, percentages):
                continue
        start, end = (low, high) if rising else (high, low)
        shown = {
            "from_rate": rate(start, places),
            "to_rate": rate(end, places),
            "points": Shown("", digits(value, places) if wrong else trimmed(digits(value, places)), "", ""),
        }
        note = f"{digits(true, places)} points"
        roles = ("points", "from_rate", "to_rate")
        return _piece(draw, family, "change", template, shown, kind, roles, note)
    return None


def frequency(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece | None:
    """So often in each period, so often in the year; list `least` says at least so often (kind bound)."""
    least = draw.chance(250) and bool(words.get(family.id, "least"))
    template = draw.pick(words.get(family.id, "least" if least else "clauses"))
    period, times = draw.pick(_PERIODS)
    once = draw.weighted(((1, 9), (2, 1 if times < 12 else 0)))
    true = times * once
    if wrong:
        kind = draw.pick(("wrong_by_one", "wrong_more"))
        down = least or draw.chance(600)
        value = true + (-1 if down else 1) * (1 if kind == "wrong_by_one" else draw.between(2, 4))
        if value < 1:
            kind, value = "wrong_by_one", true - 1
        if kind == "wrong_more" and abs(value - true) == 1:
            kind = "wrong_by_one"
    else:
        kind, value = ("bound", true + draw.between(0, 4)) if least else ("right", true)
    chinese = draw.chance(500)
    shown = {
        "period": Shown("", period, "", ""),
        "once": Shown("", numeral(once) if chinese or draw.chance(700) else str(once), "", ""),
        "n": Shown("", numeral(value) if chinese else str(value), "", ""),
    }
    roles = ("n", "period", "once")
    return _piece(draw, family, "frequency", template, shown, kind, roles, f"{once} x {times} in a year")


def _percentage(
    draw: Draw, part: int, whole: int, places: int, wrong: bool, numbers: tuple[int, ...]
) -> tuple[str, Shown] | None:
    """Kind and figure of a percentage of change; None where this draw will not do."""
    true = percent(part, whole, places)
    if not true:
        return None
    if not wrong:
        value = percent_cut(part, whole, places)
        others = [(part, number) for number in numbers if number != whole]
        if value != true and value and not explained(value, places, others) and draw.chance(180):
            return "truncated", Shown("", digits(value, places), "", "")
        text = digits(true, places)
        return "right", Shown("", trimmed(text) if draw.chance(700) else text, "", "")
    kind = draw.pick(("wrong_by_one", "wrong_more", "wrong_more"))
    unit = int(10**places)
    step = 1 if kind == "wrong_by_one" else draw.between(unit + 1, 12 * unit)
    value = true + draw.sign() * step
    pairs = [(a, b) for a in numbers for b in numbers]
    if value < 1 or explained(value, places, pairs):
        return None
    return kind, Shown("", digits(value, places), "", "")


def _piece(
    draw: Draw,
    family: Family,
    rule: str,
    template: Template,
    shown: dict[str, Shown],
    kind: str,
    roles: tuple[str, ...],
    note: str,
) -> Piece:
    clause = filled(draw, template, shown, family.topic)
    operands = tuple((0, name) for name in roles[1:] if name in clause.spans)
    verdict = "inconsistent" if kind.startswith("wrong") else "consistent"
    if kind == "truncated":
        verdict = "consistent_truncated"
    return Piece(family.id, (clause,), (Relation(rule, kind, verdict, (0, roles[0]), operands, note),))
