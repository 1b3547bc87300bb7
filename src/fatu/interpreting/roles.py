"""What each clause does: name, give context or basis, act, aim, claim a result, admit a problem, plan."""

from __future__ import annotations

import re

from ..model import Outline, Role, Section
from ..outlining.grids import is_figure
from .placing import Place, Places
from .words import Part, load_role_cues, load_section_kinds, load_turns

_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年")


def read_roles(places: Places) -> tuple[tuple[Role, Part], ...]:
    """The role of each clause and the kind of part it stands in.

    Some clauses turn their part, to its end, into another (lexicon/turns.tsv): in a part on problems the words
    下一步 open plans.
    """
    parts = _section_parts(places.outline)
    bare = _bare_headings(places.outline)
    roles: list[tuple[Role, Part]] = []
    turned: Part | None = None
    turned_in: tuple[int, ...] = ()
    for place in places.items:
        clause = place.clause
        heading = _heading_path(parts, clause.section)
        item = clause.section if parts.get(heading) == "problem" else heading
        if item != turned_in:
            # Each item of a part on problems may go on to what is done about it; the next is a problem again.
            turned, turned_in = None, item
        part = turned or parts.get(heading, "body" if heading or not parts else "opening")
        if clause.kind == "body" and place.table is None:
            part = turned = _turn(place.core or clause.text, part) or part
        role = _role(places, place, part)
        if role == "heading" and clause.section in bare:
            told = _told(places, place, part)
            role = told if told in ("problem", "plan") else role
        roles.append((role, part))
    return tuple(roles)


def _turn(text: str, part: Part) -> Part | None:
    """What a clause turns its part into; None if it does not."""
    turns = load_turns()
    if not turns.hint(text):
        return None
    for turn in turns.rows:
        if turn.pattern.search(text) and (turn.source == "any" or turn.source == _plain(part)):
            return None if turn.target == part else turn.target
    return None


def _plain(part: Part) -> Part:
    return "body" if part in ("opening", "measures", "leadership") else part


def _role(places: Places, place: Place, part: Part) -> Role:
    clause = place.clause
    if clause.kind == "frame":
        return "meta"
    if clause.kind == "heading":
        return "heading"
    if place.table is not None:
        return "outcome" if place.table == "cell" and part != "plan" and _is_value(place) else "context"
    if not place.has_words:
        # 2024年, at the head of a plan is part of it.
        return "plan" if part == "plan" and place.dates else "context"
    return _told(places, place, part)


def _told(places: Places, place: Place, part: Part) -> Role:
    """What the words of a clause do."""
    return load_role_cues(part, bool(place.metrics)).role(_with_metric_marks(places, place))


def _is_value(place: Place) -> bool:
    """Whether a cell holds a figure, not words with figures in them."""
    return bool(place.metrics) and is_figure(place.clause.text)


def _with_metric_marks(places: Places, place: Place) -> str:
    """The clause's core with N for each metric, as role_cues.tsv writes them."""
    if not place.metrics:
        return place.core.strip()
    text = place.clause.text
    pieces, at = [], place.lead
    for metric in place.metrics:
        start, end = places.range(place, metric.span)
        if start >= at:
            pieces += [text[at:start], "N"]
            at = end
    return "".join([*pieces, text[at:]]).strip()


def _section_parts(outline: Outline) -> dict[tuple[int, ...], Part]:
    """Kind of part of every heading, inherited downwards; items have none of their own."""
    parts: dict[tuple[int, ...], Part] = {}
    year = outline.metadata.year.value if outline.metadata.year else None
    for section in outline.sections:
        if not section.is_item:
            ahead: Part | None = "plan" if year is not None and _is_ahead(section.title, year) else None
            parts[section.path] = _kind(section) or ahead or _inherited(parts, section.parent)
    return parts


def _is_ahead(title: str, year: int) -> bool:
    """Whether a heading is on the year after the one reported on: 2012年政府工作 in a report on 2011."""
    named = [int(found["year"]) for found in _YEAR.finditer(title)]
    return bool(named) and min(named) == year + 1


def _bare_headings(outline: Outline) -> set[tuple[int, ...]]:
    """Headings with nothing under them, which are all that is said: under 下一步打算 each is a plan. Not those that
    open a part themselves (四、下一步打算)."""
    filled = {clause.section for clause in outline.clauses if clause.kind != "heading"}
    filled |= {section.parent for section in outline.sections}
    filled |= {path[:n] for path in filled for n in range(1, len(path))}
    return {s.path for s in outline.sections if not s.is_item and s.path not in filled and _kind(s) is None}


def _inherited(parts: dict[tuple[int, ...], Part], path: tuple[int, ...]) -> Part:
    while path:
        if path in parts:
            return parts[path]
        path = path[:-1]
    return "body"


def _kind(section: Section) -> Part | None:
    return next((kind for kind, pattern in load_section_kinds() if pattern.search(section.title)), None)


def _heading_path(parts: dict[tuple[int, ...], Part], path: tuple[int, ...]) -> tuple[int, ...]:
    while path and path not in parts:
        path = path[:-1]
    return path
