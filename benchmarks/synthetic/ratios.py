"""Recipes for rates and shares: a part, a whole, and the percentage that a report states."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from .figures import Draw, digits, exact, explained, filled, floor_step, percent, percent_cut, rate, trimmed
from .model import Family, Piece, Relation, Shown
from .wordings import Gap, Literal, Template, Wordings

_TRIES = 60
_VERBS = "达为到占在的仅是"


def ratio(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece | None:
    """One percentage of one part and one whole; None where the draw led to nothing."""
    kind = _kind(draw, family, words, wrong)
    if kind == "missing_operand":
        return _missing(draw, family, words)
    if kind == "zero":
        return _zero(draw, family, words)
    if kind == "other_denominator":
        return _other(draw, family, words)
    if kind == "bound":
        return _bound(draw, family, words, wrong)
    template = draw.pick(words.get(family.id, "clauses"))
    for _ in range(_TRIES):
        counts = _counts(draw, family, template)
        places = draw.weighted(((0, 4), (1, 5), (2, 3)))
        part, whole = counts["part"], counts["whole"]
        true, cut = percent(part, whole, places), percent_cut(part, whole, places)
        if part < whole and true == 100 * 10**places:
            continue
        if kind == "truncated":
            if cut == true or not cut:
                continue
            value, verdict = cut, "consistent_truncated"
        elif kind == "right":
            value, verdict = true, "consistent"
        else:
            near = explained_pairs(counts)
            value = true + (draw.sign() if kind == "wrong_by_one" else _more(draw, places))
            if not 0 < value <= 100 * 10**places or explained(value, places, near):
                continue
            verdict = "inconsistent"
        text = digits(value, places)
        if kind == "right" and (value == 100 * 10**places or draw.chance(700)):
            text = trimmed(text)
        shown = {name: exact(number, draw) for name, number in counts.items()}
        shown["rate"] = Shown("", text, "", "")
        note = f"{part}/{whole} = {digits(true, places)}%"
        return _piece(draw, family, template, shown, kind, verdict, note)
    return None


def shares(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece | None:
    """Two parts of one whole, each with its share; the error, if any, is in one of the shares."""
    template = draw.pick(words.get(family.id, "clauses"))
    for _ in range(_TRIES):
        whole = max(draw.count(family.size), 20)
        part = whole * draw.between(*family.rates) // 100
        other = (whole - part) * draw.between(30, 85) // 100
        if not part or not other:
            continue
        places = draw.weighted(((0, 3), (1, 5), (2, 4)))
        values = [percent(part, whole, places), percent(other, whole, places)]
        kinds = ["right", "right"]
        if wrong:
            at = draw.between(0, 1)
            kinds[at] = draw.pick(("wrong_by_one", "wrong_more"))
            values[at] += draw.sign() if kinds[at] == "wrong_by_one" else _more(draw, places)
            counts = {"part": part, "whole": whole, "other": other}
            low = values[at] <= 0 or sum(values) > 100 * 10**places
            if low or explained(values[at], places, explained_pairs(counts)):
                continue
        shown = {"whole": exact(whole, draw), "part": exact(part, draw), "other": exact(other, draw)}
        shown |= {"rate": rate(values[0], places), "other_rate": rate(values[1], places)}
        clause = filled(draw, template, shown, family.topic)
        relations = tuple(
            Relation(
                "ratio",
                kind,
                "consistent" if kind == "right" else "inconsistent",
                (0, stated),
                ((0, operand), (0, "whole")),
                f"share of {operand} in the whole",
            )
            for kind, stated, operand in zip(kinds, ("rate", "other_rate"), ("part", "other"), strict=True)
        )
        return Piece(family.id, (clause,), relations)
    return None


def explained_pairs(counts: dict[str, int]) -> Iterable[tuple[int, int]]:
    """Every (numerator, denominator) that a reader could try: counts over counts and over sums of two."""
    numbers = sorted(set(counts.values()))
    below = (
        set(numbers) | {a + b for a in numbers for b in numbers} | {b - a for a in numbers for b in numbers}
    )
    return [(a, b) for a in below for b in below if 0 < a <= b]


def _kind(draw: Draw, family: Family, words: Wordings, wrong: bool) -> str:
    if wrong:
        return draw.weighted((("wrong_by_one", 42), ("wrong_more", 46), ("bound", 12)))
    return draw.weighted(
        (
            ("right", 58),
            ("truncated", 13),
            ("other_denominator", 55 if words.get(family.id, "other") else 0),
            ("bound", 9),
            ("missing_operand", 7 if words.get(family.id, "missing") else 0),
            ("zero", 45 if family.zero else 0),
        )
    )


def _more(draw: Draw, places: int) -> int:
    unit = int(10**places)
    return draw.sign() * draw.between(unit + 1, 13 * unit)


def _counts(draw: Draw, family: Family, template: Template) -> dict[str, int]:
    whole = draw.count(family.size)
    if draw.chance(60) and family.rates[1] >= 99:
        part = whole
    else:
        part = min(whole, max(1, whole * draw.between(family.rates[0] * 10, family.rates[1] * 10) // 1000))
    counts = {"whole": whole, "part": part}
    if "base" in template.slots:
        counts["base"] = whole + max(1, whole * draw.between(4, 60) // 100)
    if "carried" in template.slots:
        counts["carried"] = max(1, whole * draw.between(4, 30) // 100)
    return counts


def _other(draw: Draw, family: Family, words: Wordings) -> Piece | None:
    template = draw.pick(words.get(family.id, "other"))
    for _ in range(_TRIES):
        counts = _counts(draw, family, template)
        if "carried" in template.slots:
            over = counts["whole"] + counts["carried"]
            if draw.chance(600):
                counts["part"] = over * draw.between(family.rates[0], family.rates[1]) // 100
        else:
            over = counts["base"]
        places = draw.weighted(((0, 3), (1, 5), (2, 4)))
        part, whole = counts["part"], counts["whole"]
        value = percent(part, over, places)
        if not 0 < value < 100 * 10**places or explained(value, places, ((part, whole),)):
            continue
        shown = {name: exact(number, draw) for name, number in counts.items()}
        shown["rate"] = rate(value, places)
        note = f"{part}/{over} = {digits(value, places)}%, not {part}/{whole}"
        return _piece(
            draw, family, template, shown, "other_denominator", "consistent_other_denominator", note
        )
    return None


def _missing(draw: Draw, family: Family, words: Wordings) -> Piece:
    template = draw.pick(words.get(family.id, "missing"))
    counts = _counts(draw, family, template)
    shown = {name: exact(number, draw) for name, number in counts.items()}
    value = draw.between(family.rates[0] * 10, family.rates[1] * 10)
    shown["rate"] = Shown("", trimmed(digits(value, 1)), "", draw.weighted((("", 4), ("以上", 1))))
    return _piece(draw, family, template, shown, "missing_operand", "unverifiable", "a count is not stated")


def _zero(draw: Draw, family: Family, words: Wordings) -> Piece:
    plain = [t for t in words.get(family.id, "clauses") if "base" not in t.slots and "carried" not in t.slots]
    shown = {"whole": exact(0, draw), "part": exact(0, draw), "rate": rate(draw.pick((0, 100)), 0)}
    return _piece(draw, family, draw.pick(plain), shown, "zero", "unverifiable", "a rate of nothing")


def _bound(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece | None:
    template = draw.pick(words.get(family.id, "clauses"))
    for _ in range(_TRIES):
        counts = _counts(draw, family, template)
        part, whole = counts["part"], counts["whole"]
        shown = {name: exact(number, draw) for name, number in counts.items()}
        floor = part * 100 // whole
        if whole >= 200 and part >= 200 and not wrong and draw.chance(500):
            for name in ("part", "whole"):
                step = floor_step(counts[name])
                shown[name] = Shown("", str(counts[name] // step * step), draw.pick("余多"), "")
            if shown["part"].digits == shown["whole"].digits:
                continue
            shown["rate"] = rate(percent(part, whole, 1), 1)
            note = f"true counts {part} and {whole}"
        else:
            value = floor + draw.between(3, 12) if wrong else floor
            if not 0 < value < 100 or (wrong and explained(value, 0, explained_pairs(counts))):
                continue
            strict = part * 100 > value * whole
            before = ""
            if _open(template):
                before = draw.pick(("", "不低于", "超过", "近") if strict or wrong else ("", "不低于"))
            if before == "近" and not wrong:
                value += 1
            shown["rate"] = Shown(before, str(value), "", "" if before else "以上")
            bound = "just under" if before == "近" else "more than" if before == "超过" else "at least"
            note = f"{bound} {value}%: {part}/{whole} = {digits(percent(part, whole, 2), 2)}%"
        return _piece(draw, family, template, shown, "bound", "inconsistent" if wrong else "consistent", note)
    return None


def _open(template: Template) -> bool:
    """Whether 超过 can stand before the rate: no verb of reaching or being stands there already."""
    for left, right in pairwise(template.parts):
        if isinstance(right, Gap) and right.name == "rate":
            return isinstance(left, Literal) and not any(text[-1] in _VERBS for text in left.choices)
    return False


def _piece(
    draw: Draw,
    family: Family,
    template: Template,
    shown: dict[str, Shown],
    kind: str,
    verdict: str,
    note: str,
) -> Piece:
    clause = filled(draw, template, shown, family.topic)
    names = [name for name in ("part", "whole", "carried", "base") if name in clause.spans]
    operands = tuple((0, name) for name in names)
    return Piece(family.id, (clause,), (Relation("ratio", kind, verdict, (0, "rate"), operands, note),))
