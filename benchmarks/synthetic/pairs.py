"""Recipes for figures that meet: restated, doubled, of other scopes; documents cited twice; ended plans."""

from __future__ import annotations

from .figures import Draw, digits, exact, filled
from .model import Family, Piece, Relation, Shown
from .wordings import Wordings, widened


def restated(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece:
    """One indicator in two sections: with one value (equality, restated) or with two (duplicate)."""
    first, again = draw.pick(words.pairs[family.id])
    value = max(draw.count(family.size), 8)
    kind, other = ("restated", value) if not wrong else _second(draw, value)
    clauses = (
        filled(draw, first, {"n": exact(value, draw, family.places)}, family.topic),
        filled(draw, again, {"n": exact(other, draw, family.places)}, family.again),
    )
    rule, verdict = ("duplicate", "inconsistent") if wrong else ("equality", "consistent")
    note = "one indicator, two sections"
    return Piece(family.id, clauses, (Relation(rule, kind, verdict, (1, "n"), ((0, "n"),), note),))


def equal(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece:
    """Two counts of one sentence that 均 or 全部 makes equal; a wrong second one is larger: no part of the first."""
    template = draw.pick(words.get(family.id, "clauses"))
    value = max(draw.count(family.size), 4)
    kind, other = ("right", value) if not wrong else _second(draw, value)
    other = 2 * value - other if other < value else other
    clause = filled(draw, template, {"n": exact(value, draw), "again": exact(other, draw)}, family.topic)
    verdict = "inconsistent" if wrong else "consistent"
    note = "all of them"
    return Piece(
        family.id, (clause,), (Relation("equality", kind, verdict, (0, "again"), ((0, "n"),), note),)
    )


def apart(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece:
    """Two figures of other scope, period or kind, of which neither says anything about the other."""
    first, again = draw.pick(words.pairs[family.id])
    shown = [_loose(draw, family), _loose(draw, family)]
    while shown[0] == shown[1]:
        shown[1] = _loose(draw, family)
    if family.larger and (_plain(shown[0]) < _plain(shown[1])) == (family.larger == "first"):
        shown.reverse()
    clauses = (
        filled(draw, first, shown[0], family.topic),
        filled(draw, again, shown[1], family.again),
    )
    relation = Relation("duplicate", "apart", "unverifiable", (1, "n"), ((0, "n"),), "not one indicator")
    return Piece(family.id, clauses, (relation,))


def cited(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece:
    """One document number, cited twice: with its title (right) or with another (wrong_more)."""
    first, again = draw.pick(words.pairs[family.id])
    titles = words.texts[family.id, "titles"]
    at = draw.between(0, len(titles) - 1)
    other = (at + draw.between(1, len(titles) - 1)) % len(titles) if wrong else at
    series = draw.pick(words.texts[family.id, "series"])
    number = f"{draw.words['sign']}{series}〔{draw.year}〕{draw.between(1, 90)}号"
    shown = [
        {"cite": Shown("", widened(f"《{_named(draw, titles[i])}》({number})"), "", "")} for i in (at, other)
    ]
    clauses = (
        filled(draw, first, shown[0], family.topic),
        filled(draw, again, shown[1], family.again),
    )
    kind, verdict = ("wrong_more", "inconsistent") if wrong else ("restated", "consistent")
    relation = Relation("citation", kind, verdict, (1, "cite"), ((0, "cite"),), "one number, cited twice")
    return Piece(family.id, clauses, (relation,))


def plan(draw: Draw, family: Family, words: Wordings, wrong: bool) -> Piece:
    """A plan with its period, said to be in progress: its period has ended before the year, or not.

    List `past` says of an ended plan that it is over, which is right (kind apart).
    """
    over = not wrong and bool(words.get(family.id, "past")) and draw.chance(250)
    template = draw.pick(words.get(family.id, "past" if over else "clauses"))
    title = _named(draw, draw.pick(words.texts[family.id, "titles"]))
    last = (
        draw.year - draw.weighted(((1, 5), (2, 2), (3, 1)))
        if wrong or over
        else draw.year + draw.between(0, 3)
    )
    first = last - draw.pick((2, 4, 4, 5))
    text = title.replace("PERIOD", f"{first}—{last}年")
    shown = {"plan": Shown("", f"《{text}》", "", "")}
    clause = filled(draw, template, shown, family.topic)
    if over:
        kind, verdict, note = "apart", "consistent", "an ended plan, said to be over"
    elif wrong:
        kind = "wrong_by_one" if last == draw.year - 1 else "wrong_more"
        verdict, note = "inconsistent", f"the plan ended in {last}"
    else:
        kind, verdict, note = "right", "consistent", f"the plan runs to {last}"
    return Piece(family.id, (clause,), (Relation("citation", kind, verdict, (0, "plan"), (), note),))


def _second(draw: Draw, value: int) -> tuple[str, int]:
    if draw.chance(400):
        return "wrong_by_one", value + draw.sign()
    return "wrong_more", value + draw.sign() * draw.between(2, max(2, min(value - 1, 2 + value // 4)))


def _loose(draw: Draw, family: Family) -> dict[str, Shown]:
    if family.places:
        return {"n": Shown("", digits(draw.between(family.rates[0] * 10, family.rates[1] * 10), 1), "", "")}
    return {"n": exact(draw.count(family.size), draw)}


def _plain(shown: dict[str, Shown]) -> int:
    return int(shown["n"].digits.replace(",", ""))


def _named(draw: Draw, title: str) -> str:
    return title.replace("{area}", draw.words["area"]).replace("{year}", draw.words["year"])
