"""Recipes for sums, lists that claim no sum, tables with a total, and chains of parts and wholes."""

from __future__ import annotations

from itertools import combinations

from .figures import Draw, digits, exact, filled, floor_step
from .model import Clause, Family, Piece, Relation, Shown, Span
from .wordings import Template, Wordings, widened

_LETTERS = "abcdefgh"
_TRIES = 60


def total(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece | None:
    """A total and the parts that claim to be all of it; without error sometimes an open list (kind apart)."""
    listed = words.get(family.id, "listed")
    if listed and not wrong and draw.chance(300):
        return _listed(draw, family, draw.pick(listed))
    template = draw.pick(words.get(family.id, "clauses"))
    names = [letter for letter in _LETTERS if letter in template.slots]
    for _ in range(_TRIES):
        parts = _split(draw, max(draw.count(family.size), 12 * len(names)), len(names))
        true = sum(parts)
        kind, value = "right", true
        if wrong:
            kind = draw.pick(("wrong_by_one", "wrong_more", "wrong_more"))
            value = _near(draw, true, kind)
            if family.places and 2 * abs(value - true) <= len(parts) + 1:
                # Sums of money are rounded: so small a difference would be no error.
                kind, value = (
                    "wrong_more",
                    true + draw.sign() * draw.between(len(parts) + 1, 4 * len(parts) + 9),
                )
            if not _astray(value, parts):
                continue
        shown = {name: exact(part, draw, family.places) for name, part in zip(names, parts, strict=True)}
        shown["total"] = exact(value, draw, family.places)
        if not wrong and not family.places and true >= 100 and draw.chance(90):
            step = floor_step(true)
            kind = "bound"
            shown["total"] = Shown("", str(true // step * step), draw.pick("余多"), "")
        clause = filled(draw, template, shown, family.topic)
        verdict = "inconsistent" if wrong else "consistent"
        note = f"the parts make {digits(true, family.places)}"
        operands = tuple((0, name) for name in names)
        relation = Relation("sum", kind, verdict, (0, "total"), operands, note)
        return Piece(family.id, (clause,), (relation,))
    return None


def table(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece | None:
    """A table of counts with a row of totals: one case for each column; the error is in one of the totals.

    A heading that begins with `<` is of a column that is nowhere larger than the one before it.
    """
    titles, columns = words.texts[family.id, "titles"], words.texts[family.id, "columns"]
    names = list(words.texts[family.id, "rows"])
    head, *heads = draw.pick(columns).split(" ")
    draw.rng.shuffle(names)
    names = names[: draw.between(3, min(7, len(names)))]
    bad = draw.between(0, len(heads) - 1) if wrong else -1
    cells: list[list[int]] = []
    sums: list[int] = []
    kinds: list[str] = []
    for at, name in enumerate(heads):
        if name.startswith("<"):
            parts = [max(1, cell * draw.between(50, 100) // 100) for cell in cells[-1]]
        else:
            parts = _split(draw, max(draw.count(family.size), 12 * len(names)), len(names))
        kind = draw.pick(("wrong_by_one", "wrong_more")) if at == bad else "table"
        value = _off(draw, sum(parts), kind) if at == bad else sum(parts)
        if at == bad and not _astray(value, parts):
            return None
        cells.append(parts)
        sums.append(value)
        kinds.append(kind)
    if any(name.startswith("<") and sums[at] > sums[at - 1] for at, name in enumerate(heads)):
        return None
    heads = [name.removeprefix("<") for name in heads]
    label = draw.pick(words.texts[family.id, "totals"])
    unit = widened(f"(单位:{words.texts[family.id, 'units'][0]})") if draw.chance(600) else ""
    lines = [draw.pick(titles).replace("{year}", draw.words["year"]) + unit]
    rows = [(name, [column[i] for column in cells]) for i, name in enumerate(names)]
    return _laid_out(draw, family, lines, [head, *heads], [*rows, (label, sums)], kinds)


def chain(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece | None:
    """Counts that cannot grow from a to b (to c): applied, accepted, closed; the error is in the last."""
    template = draw.pick(words.get(family.id, "clauses"))
    names = [letter for letter in _LETTERS if letter in template.slots]
    values = [max(draw.count(family.size), 8)]
    for _ in names[1:]:
        values.append(max(1, values[-1] * draw.between(55, 96) // 100))
    kind, verdict = "right", "consistent"
    if wrong:
        verdict = "inconsistent"
        kind = draw.pick(("wrong_by_one", "wrong_more", "wrong_more"))
        values[-1] = values[-2] + (
            1 if kind == "wrong_by_one" else 2 + values[-2] * draw.between(3, 25) // 100
        )
        if len(values) > 2:
            values[0] = max(values[0], values[-1] + draw.between(0, 5))
    shown = {name: exact(value, draw) for name, value in zip(names, values, strict=True)}
    clause = filled(draw, template, shown, family.topic)
    operands = tuple((0, name) for name in names[:-1])
    note = " >= ".join(names) + (" is broken at the last" if wrong else "")
    return Piece(family.id, (clause,), (Relation("order", kind, verdict, (0, names[-1]), operands, note),))


def _listed(draw: Draw, family: Family, template: Template) -> Piece:
    names = [letter for letter in _LETTERS if letter in template.slots]
    whole = max(draw.count(family.size), 30 * len(names))
    parts = _split(draw, whole * draw.between(35, 90) // 100, len(names))
    shown = {name: exact(part, draw, family.places) for name, part in zip(names, parts, strict=True)}
    shown["total"] = exact(whole, draw, family.places)
    clause = filled(draw, template, shown, family.topic)
    operands = tuple((0, name) for name in names)
    note = "the list does not claim to be all"
    return Piece(
        family.id, (clause,), (Relation("sum", "apart", "unverifiable", (0, "total"), operands, note),)
    )


def _split(draw: Draw, whole: int, parts: int) -> list[int]:
    weights = [draw.between(10, 100) for _ in range(parts)]
    scale = sum(weights)
    found = [max(2, whole * weight // scale) for weight in weights[1:]]
    return [max(2, whole - sum(found)), *found]


def _off(draw: Draw, true: int, kind: str) -> int:
    if kind == "wrong_by_one":
        return true + draw.sign()
    return true + draw.sign() * draw.between(2, max(3, true * 15 // 100))


def _near(draw: Draw, true: int, kind: str) -> int:
    """A wrong total; where it is too large, by so little that the list cannot pass for an open one."""
    value = _off(draw, true, kind)
    return (
        value if value < true or kind == "wrong_by_one" else true + draw.between(2, max(2, true * 6 // 100))
    )


def _astray(value: int, parts: list[int]) -> bool:
    """Whether a wrong total stays wrong: over each part, and the sum of no choice of them."""
    if value <= max(parts) or value == sum(parts):
        return False
    if value > sum(parts):
        return True
    return all(value != sum(some) for n in range(2, len(parts)) for some in combinations(parts, n))


def _laid_out(
    draw: Draw,
    family: Family,
    lines: list[str],
    heads: list[str],
    rows: list[tuple[str, list[int]]],
    kinds: list[str],
) -> Piece:
    mark, edge = draw.pick((("|", "|"), ("\t", ""), (" | ", "")))
    at = len(lines[0]) + 1
    lines.append(edge + mark.join(heads) + edge)
    at += len(lines[-1]) + 1
    spans: dict[str, Span] = {}
    for number, (name, values) in enumerate(rows):
        line = edge + name
        for column, value in enumerate(values):
            line += mark
            text = digits(value, 0, draw.comma)
            spans[f"{number}.{column}"] = (at + len(line), at + len(line) + len(text))
            line += text
        line += edge
        lines.append(line)
        at += len(line) + 1
    clause = Clause("\n".join(lines), spans, family.topic, block=True)
    last = len(rows) - 1
    relations = tuple(
        Relation(
            "sum",
            kind,
            "consistent" if kind == "table" else "inconsistent",
            (0, f"{last}.{column}"),
            tuple((0, f"{number}.{column}") for number in range(last)),
            f"column {heads[column + 1]} of a table",
        )
        for column, kind in enumerate(kinds)
    )
    return Piece(family.id, (clause,), relations)
