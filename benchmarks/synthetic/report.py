"""Making a report: what organ and year, which families, which of them wrong, and the cases in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from random import Random

from . import changes, pairs, ratios, sums
from .figures import Draw
from .layout import Duties, lay_out, placed
from .model import Case, Family, Piece, SyntheticReport
from .wordings import Area, Wordings, load_areas, load_families, load_wordings

Recipe = Callable[[Draw, Family, Wordings, bool], Piece | None]

RECIPES: dict[str, Recipe] = {
    "ratio": ratios.ratio,
    "shares": ratios.shares,
    "total": sums.total,
    "table": sums.table,
    "chain": sums.chain,
    "growth": changes.growth,
    "cut": changes.cut,
    "points": changes.points,
    "frequency": changes.frequency,
    "restated": pairs.restated,
    "equal": pairs.equal,
    "apart": pairs.apart,
    "cited": pairs.cited,
    "plan": pairs.plan,
}
"""The recipe of each shape of `families.toml`."""

_TRIES = 8
_SCALES = {"county": 1, "city": 4, "province": 25}
_ROLES = {"other": "part", "start": "from", "end": "to", "n": "first", "cite": "first"}


def make_report(
    seed: int, wordings: str = "open", errors: float = 0.5, place: tuple[Area, int] | None = None
) -> SyntheticReport:
    """Make the report of a seed; of the government of an area for a year, where `place` tells them.

    In: the seed, the set of wordings (a file name of `wordings/` without its ending), and how much is planted,
    from 0 (nothing) over 0.5 (about a fifth of the numeric cases) to 1 (up to a third, the most).
    Out: the same report for the same arguments on every platform.
    """
    permille = int(Fraction(str(errors)) * 1000)
    words = load_wordings(wordings)
    rng = Random(f"{wordings}:{seed}")
    draw, area, body = _organ(rng, words, place)
    pieces = _pieces(draw, words, body, permille)
    used = {clause.topic for piece in pieces for clause in piece.clauses if clause.topic != "overview"}
    topics = [name.removeprefix("topic-") for name, key in words.lists if key == "headings"]
    spare = [topic for topic in topics if topic not in used]
    rng.shuffle(spare)
    chosen = used | set(spare[: draw.between(0, 2)])
    topics = [topic for topic in topics if topic in chosen]
    if draw.chance(400):
        rng.shuffle(topics)
    failed = [draw.chance(permille * 3 // 10) for _ in range(4)]
    outcome = lay_out(draw, words, pieces, topics, Duties(*failed))
    cases: list[Case] = []
    for number, piece in enumerate(pieces):
        for relation in piece.relations:
            operands = tuple(placed(outcome.places, number, pieces, slot) for slot in relation.operands)
            stated = relation.stated and placed(outcome.places, number, pieces, relation.stated)
            roles = tuple(_role(relation.rule, name) for _, name in relation.operands)
            cases.append(
                Case(
                    piece.family,
                    relation.rule,
                    relation.kind,
                    relation.verdict,
                    relation.verdict == "inconsistent",
                    stated,
                    operands,
                    roles,
                    relation.note,
                )
            )
    cases.sort(key=lambda case: case.stated or (0, 0))
    for relation, span in outcome.duties:
        planted = relation.verdict in ("late", "missing")
        name = f"duty-{relation.note}"
        cases.append(
            Case(name, "duty", relation.kind, relation.verdict, planted, span, (), (), relation.note)
        )
    numbered = tuple(replace(case, id=f"{number:02d}-{case.id}") for number, case in enumerate(cases, 1))
    return SyntheticReport(outcome.text, area.code, area.name, draw.year, numbered)


def _role(rule: str, slot: str) -> str:
    if rule in ("sum", "order"):
        return "part" if rule == "sum" else "whole"
    return _ROLES.get(slot, slot)


def _organ(rng: Random, words: Wordings, place: tuple[Area, int] | None) -> tuple[Draw, Area, str]:
    """The source of chance with the words of a drawn organ and year, its area, and the kind of body."""
    level = ("county",) * 13 + ("city",) * 5 + ("province",) * 2
    wanted = level[rng.randrange(len(level))]
    areas = [area for area in load_areas() if area.level == wanted]
    area = areas[rng.randrange(len(areas))]
    year = 2019 + rng.randrange(6)
    body = "department" if rng.randrange(4) == 0 else "government"
    full = area.parent + area.name if rng.randrange(3) == 0 else area.name
    if place is not None:
        (area, year), body = place, "government"
        wanted, full = area.level, area.parent + area.name
    suffix = area.name[-1]
    office = "人民政府"
    near, whole = f"我{suffix}", f"全{suffix}"
    if body == "department":
        key = "province_departments" if wanted == "province" else "departments"
        names = words.texts["frame", key]
        office = names[rng.randrange(len(names))]
        near, whole = f"我{office[-1]}", ("全系统", f"全{office[-1]}", f"全{suffix}")[rng.randrange(3)]
    text = {
        "area": area.name,
        "org": full + office,
        "we": near,
        "all": whole,
        "lvl": suffix,
        "year": str(year),
        "lastyear": str(year - 1),
        "nextyear": str(year + 1),
        "sign": area.name[0],
        "outline": "2015—2020年" if year <= 2020 else "2021—2025年",
    }
    return Draw(rng, text, year, _SCALES[wanted], rng.randrange(8) == 0), area, body


def _pieces(draw: Draw, words: Wordings, body: str, permille: int) -> list[Piece]:
    """The clauses of a report: families of different subjects, some of them wrong."""
    families = [family for family in load_families() if family.bodies in ("any", body)]
    draw.rng.shuffle(families)
    chosen: list[Family] = []
    for family in families:
        if all(family.subject != other.subject for other in chosen):
            chosen.append(family)
    chosen = chosen[: draw.between(10, 20)]
    able = [family.id for family in chosen if family.shape != "apart"]
    wrong = [name for name in able if draw.chance(permille * 52 // 100)][: len(chosen) // 3]
    pieces: list[Piece] = []
    for family in chosen:
        for _ in range(_TRIES):
            piece = RECIPES[family.shape](draw, family, words, family.id in wrong)
            if piece is not None:
                pieces.append(piece)
                break
    return pieces
