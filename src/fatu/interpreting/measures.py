"""Measures, outcomes, problems and plans, and the links from measures to what they count, bring about and use."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from ..model import (
    AgencyName,
    CitationUse,
    Clause,
    Link,
    Measure,
    Mention,
    Mentions,
    Method,
    Observation,
    Outcome,
    Outline,
    Plan,
    Problem,
    Relation,
    Role,
    Span,
)
from ..outlining import folded_offset
from .placing import Places
from .scenes import Scene
from .words import load_words

_MAX_RUN = 150
_MAX_LABEL = 60


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a report says was done, claimed, admitted and announced."""

    measures: tuple[Measure, ...]
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    plans: tuple[Plan, ...]


def read_deeds(places: Places, scenes: tuple[Scene, ...]) -> Deeds:
    """Group action clauses into measures and plan clauses into plans; outcomes and problems are one clause."""
    clauses: dict[str, list[Clause]] = {"outcome": [], "problem": []}
    for scene in scenes:
        if scene.role in clauses:
            clauses[scene.role].append(scene.place.clause)
    spoken = _sentence_actors(scenes)
    return Deeds(
        measures=tuple(_measure(places, run, spoken) for run in _runs(scenes, "action")),
        outcomes=tuple(Outcome(c.span, c.section) for c in clauses["outcome"]),
        problems=tuple(Problem(_item(places, c), c.section) for c in _specific(clauses["problem"])),
        plans=tuple(_plan(places, run, spoken) for run in _runs(scenes, "plan") if _says_more(run)),
    )


Actors = tuple[Mention[AgencyName], ...]


def _sentence_actors(scenes: tuple[Scene, ...]) -> dict[int, tuple[Span, Actors]]:
    """Sentence → the subject that a clause of it states which is no deed itself, if that is an agency, with the
    clause."""
    found: dict[int, tuple[Span, Actors]] = {}
    for scene in scenes:
        clause = scene.place.clause
        deed = scene.role in ("action", "plan", "outcome")
        if scene.subject.stated and not deed and clause.kind == "body" and clause.sentence not in found:
            found[clause.sentence] = clause.span, scene.subject.agencies
    return found


def _actors(run: list[Scene], spoken: dict[int, tuple[Span, Actors]]) -> Actors:
    """The run's own actors; else the subject that an earlier clause of the sentence states without being a deed
    (我区按照…要求,开展…)."""
    own = _unique([s.subject.actors for s in run])
    clause = run[0].place.clause
    if own or any(s.subject.stated for s in run) or clause.sentence not in spoken:
        return own
    stated_at, actors = spoken[clause.sentence]
    return actors if stated_at.end <= clause.span.start else ()


def _says_more(run: list[Scene]) -> bool:
    """Whether a run has more than the date at its head: 2023年 alone is no plan."""
    return any(scene.place.has_words for scene in run)


def _specific(problems: list[Clause]) -> list[Clause]:
    """但也存在一些问题 announces problems, and 主要原因是… tells, to the end of its sentence, what they come from:
    neither is a problem where there are others."""
    words = load_words()
    causes: dict[int, int] = {}
    for clause in problems:
        if words.cause.search(clause.text):
            causes.setdefault(clause.sentence, clause.span.start)
    return [
        clause
        for clause in problems
        if not words.announces.search(clause.text)
        and clause.span.start < causes.get(clause.sentence, clause.span.end)
    ] or problems


def _item(places: Places, clause: Clause) -> Span:
    """The clause without what only lists it: 如 before it, 等等 behind it."""
    words, text = load_words(), clause.text
    opens, ends = words.item_start.match(text), words.item_end.search(text)
    first = opens.end() if opens else 0
    last = ends.start() if ends else len(text)
    if last <= first or (first, last) == (0, len(text)):
        return clause.span
    fold = places.outline.fold
    base = folded_offset(fold, clause.span.start)
    return fold.span(base + first, base + last)


def _runs(scenes: tuple[Scene, ...], role: Role) -> Iterator[list[Scene]]:
    """Neighbouring clauses of one sentence in one role, cut where a new actor begins or the run grows long."""
    run: list[Scene] = []
    for scene in scenes:
        if scene.role != role:
            if run:
                yield run
            run = []
            continue
        if run and _begins_anew(run, scene):
            yield run
            run = []
        run.append(scene)
    if run:
        yield run


def _begins_anew(run: list[Scene], scene: Scene) -> bool:
    first, last, clause = run[0].place.clause, run[-1].place.clause, scene.place.clause
    elsewhere = last.sentence != clause.sentence or last.section != clause.section
    return elsewhere or scene.subject.stated or clause.span.end - first.span.start > _MAX_RUN


def _measure(places: Places, run: list[Scene], spoken: dict[int, tuple[Span, Actors]]) -> Measure:
    return Measure(
        span=_span(places, run),
        label=_label(places, run),
        section=run[0].place.clause.section,
        actors=_actors(run, spoken),
        participants=_unique([s.subject.participants for s in run]),
        recipients=_unique([s.subject.recipients for s in run]),
    )


def _plan(places: Places, run: list[Scene], spoken: dict[int, tuple[Span, Actors]]) -> Plan:
    return Plan(
        span=_span(places, run),
        label=_label(places, run),
        section=run[0].place.clause.section,
        actors=_actors(run, spoken),
    )


def _span(places: Places, run: list[Scene]) -> Span:
    return Span(run[0].place.clause.span.start, run[-1].place.clause.span.end)


def _label(places: Places, run: list[Scene]) -> str:
    """The run's words without item number and opening dates, cut to a readable length."""
    words = (run[0].place.core, *(scene.place.clause.text for scene in run[1:]))
    text = ",".join(filter(None, words))  # a clause that is a date only has no words of its own
    return text if len(text) <= _MAX_LABEL else text[: _MAX_LABEL - 1] + "…"


def _unique(named: list[Actors]) -> Actors:
    return tuple(dict.fromkeys(chain.from_iterable(named)))


# --------------------------------------------------------------------------------------------------- links


def read_links(
    outline: Outline,
    scenes: tuple[Scene, ...],
    deeds: Deeds,
    mentions: Mentions,
    uses: tuple[CitationUse, ...],
    observations: tuple[Observation, ...],
) -> tuple[Link, ...]:
    """Links from measures and plans, ordered by source, relation and target."""
    board = _Board(outline, scenes, deeds)
    links: list[Link] = []

    def add(relation: Relation, target: Span, found: tuple[Span, Method] | None) -> None:
        if found is not None:
            links.append(Link(relation, found[0], target, found[1]))

    tables = _led_in_tables(scenes)
    for observation in observations:
        if observation.clause in tables:
            continue
        add("observation", observation.metric.span, board.holder_of(observation.metric.span))
    for outcome in deeds.outcomes:
        if outcome.span in tables:
            continue
        add("outcome", outcome.span, board.measure_of(outcome.span))
    opening = (s.place.clause for s in scenes if s.part == "opening" and s.place.clause.kind == "body")
    opening_end = max((clause.span.end for clause in opening), default=-1)
    for use in uses:
        if (
            use.function in ("concerns", "mentions")
            and use.citation.text[:1] != "《"
            and use.citation.payload.title
        ):
            # A law named in passing is not what a measure went by.
            continue
        relation: Relation = "produces" if use.function == "issues" else "document"
        span = use.citation.span
        # What the opening says to have been followed is the whole report's, not the next measure's.
        whole = use.function == "compiled_under" or (use.function == "implements" and span.end <= opening_end)
        add(relation, span, board.measure_at(span) if whole else board.deed_of(span))
    for program in mentions.programs:
        add("program", program.span, board.deed_of(program.span))
    acting: tuple[Measure | Plan, ...] = (*deeds.measures, *deeds.plans)
    for deed in acting:
        for actor in deed.actors:
            method: Method = "same_clause" if deed.span.covers(actor.span) else "same_sentence"
            links.append(Link("actor", deed.span, actor.span, method))
    return tuple(sorted(set(links), key=lambda link: (link.source, link.relation, link.target)))


def _led_in_tables(scenes: tuple[Scene, ...]) -> set[Span]:
    """Cells of tables that a sentence of their own leads to (…情况见下表): what was done before that sentence has
    nothing to do with them. Without one, a table shows what was done right above it."""
    cells: set[Span] = set()
    above: Role = "context"
    for scene in scenes:
        if scene.place.table == "cell":
            if above not in ("action", "outcome", "plan"):
                cells.add(scene.place.clause.span)
        elif scene.place.table is None and scene.place.clause.kind != "frame":
            above = scene.role
    return cells


class _Board:
    """Finds the measure or plan that a span belongs to: the one around it, else the nearest before it in its
    sentence, else in its item, else the next in its sentence. What a basis names governs what follows it; what a
    heading names belongs to the first measure below."""

    def __init__(self, outline: Outline, scenes: tuple[Scene, ...], deeds: Deeds) -> None:
        self._clauses = [scene.place.clause for scene in scenes]
        self._roles = [scene.role for scene in scenes]
        self._starts = [c.span.start for c in self._clauses]
        self._sentences: dict[int, Span] = {}
        for clause in self._clauses:
            known = self._sentences.get(clause.sentence)
            self._sentences[clause.sentence] = (
                clause.span if known is None else Span(known.start, clause.span.end)
            )
        self._items = {s.path for s in outline.sections if s.is_item}
        self._measures = _Row(deeds.measures)
        self._all = _Row((*deeds.measures, *deeds.plans))

    def measure_at(self, span: Span) -> tuple[Span, Method] | None:
        """The measure around a span."""
        around = self._measures.around(span)
        return (around.span, "same_clause") if around else None

    def holder_of(self, span: Span) -> tuple[Span, Method] | None:
        """The measure or plan around a figure, else the measure that it belongs to."""
        around = self._all.around(span)
        return (around.span, "same_clause") if around else self.measure_of(span)

    def measure_of(self, span: Span) -> tuple[Span, Method] | None:
        """The measure that a result belongs to."""
        return self._of(span, self._measures)

    def deed_of(self, span: Span) -> tuple[Span, Method] | None:
        """The measure or plan that names what stands at a span."""
        return self._of(span, self._all)

    def _of(self, span: Span, row: _Row) -> tuple[Span, Method] | None:
        index = bisect_right(self._starts, span.start) - 1
        if index < 0 or self._clauses[index].kind == "frame":
            return None
        clause = self._clauses[index]
        around = row.around(span)
        if around is not None:
            return around.span, "same_clause"
        after = row.after(span.end)
        if clause.kind == "heading":
            below = after is not None and after.section[: len(clause.section)] == clause.section
            return (after.span, "carried") if after is not None and below else None
        sentence = self._sentences[clause.sentence]
        follows = after is not None and sentence.covers(after.span)
        if after is not None and follows and self._roles[index] == "basis":
            return after.span, "same_sentence"
        before = row.before(span.start)
        if before is not None and sentence.covers(before.span):
            return before.span, "same_sentence"
        earlier = row.before(span.start, clause.section)
        opens = clause.span.start == sentence.start or not clause.section
        if after is not None and follows and (opens or earlier is None):
            return after.span, "same_sentence"
        # 已审结61件 goes on from what was done last; what names something of its own is a result of the whole item.
        elided = load_words().bare_verb.match(clause.text) is not None
        lead = row.first(clause.section) if clause.section in self._items and not elided else None
        found = lead if lead is not None and earlier is not None else earlier
        return (found.span, "carried") if found is not None else None


class _Row:
    """Measures and plans in text order, to be found by place."""

    def __init__(self, deeds: tuple[Measure | Plan, ...]) -> None:
        self._deeds = sorted(deeds, key=lambda d: d.span)
        self._starts = [d.span.start for d in self._deeds]
        self._by_end = ([d.span.end for d in self._deeds], self._deeds)
        self._in_section: dict[tuple[int, ...], tuple[list[int], list[Measure | Plan]]] = {}
        for deed in self._deeds:
            ends, deeds_there = self._in_section.setdefault(deed.section, ([], []))
            ends.append(deed.span.end)
            deeds_there.append(deed)

    def around(self, span: Span) -> Measure | Plan | None:
        """The one that covers a span."""
        index = bisect_right(self._starts, span.start) - 1
        found = self._deeds[index] if index >= 0 else None
        return found if found is not None and found.span.covers(span) else None

    def before(self, offset: int, section: tuple[int, ...] | None = None) -> Measure | Plan | None:
        """The last one that ends at or before an offset, in the whole text or in one section."""
        ends, deeds = self._by_end if section is None else self._in_section.get(section, ([], []))
        index = bisect_right(ends, offset) - 1
        return deeds[index] if index >= 0 else None

    def first(self, section: tuple[int, ...]) -> Measure | Plan | None:
        """The first one of a section."""
        _, deeds = self._in_section.get(section, ([], []))
        return deeds[0] if deeds else None

    def after(self, offset: int) -> Measure | Plan | None:
        """The first one that starts at or after an offset."""
        index = bisect_left(self._starts, offset)
        return self._deeds[index] if index < len(self._deeds) else None
