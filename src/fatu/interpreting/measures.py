"""Measures, outcomes, problems and plans, and the links from measures to what they count, bring about and use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import (
    AgencyName,
    CitationUse,
    Link,
    Measure,
    Mention,
    Mentions,
    Method,
    Observation,
    Outcome,
    Plan,
    Problem,
    Relation,
    Span,
)
from .actors import Subject, read_subject
from .placing import Place, Places
from .roles import Reading
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


def read_deeds(places: Places, readings: tuple[Reading, ...]) -> Deeds:
    """Group action clauses into measures and plan clauses into plans; outcomes and problems are one clause each."""
    outcomes = tuple(
        Outcome(r.statement.clause.span, r.statement.clause.section)
        for r in readings
        if r.statement.role == "outcome"
    )
    problems = tuple(
        Problem(r.statement.clause.span, r.statement.clause.section)
        for r in readings
        if r.statement.role == "problem"
    )
    measures = [_measure(places, run) for run in _runs(places, readings, ("action",))]
    plans = [_plan(places, run) for run in _runs(places, readings, ("plan",))]
    return Deeds(tuple(measures), outcomes, _specific(problems, readings), tuple(plans))


def _specific(problems: tuple[Problem, ...], readings: tuple[Reading, ...]) -> tuple[Problem, ...]:
    """但也存在一些问题 announces problems; it is none where others follow."""
    announces = load_words().announces
    announcing = {
        r.statement.clause.span
        for r in readings
        if r.statement.role == "problem" and announces.search(r.statement.clause.text)
    }
    kept = tuple(p for p in problems if p.span not in announcing)
    return kept or problems


def _runs(
    places: Places, readings: tuple[Reading, ...], roles: tuple[str, ...]
) -> Iterator[list[tuple[Place, Subject]]]:
    """Neighbouring clauses of one sentence in one of `roles`, cut where a new actor begins or the run grows long."""
    run: list[tuple[Place, Subject]] = []
    for place, reading in zip(places.items, readings, strict=True):
        if reading.statement.role not in roles:
            if run:
                yield run
            run = []
            continue
        subject = read_subject(places, place)
        if run:
            first, last = run[0][0], run[-1][0]
            other_sentence = (
                last.clause.sentence != place.clause.sentence or last.clause.section != place.clause.section
            )
            if other_sentence or subject.stated or place.clause.span.end - first.clause.span.start > _MAX_RUN:
                yield run
                run = []
        run.append((place, subject))
    if run:
        yield run


def _measure(places: Places, run: list[tuple[Place, Subject]]) -> Measure:
    return Measure(
        span=_span(places, run),
        label=_label(places, run),
        section=run[0][0].clause.section,
        actors=_unique(m for _, s in run for m in s.actors),
        participants=_unique(m for _, s in run for m in s.participants),
        recipients=_unique(m for _, s in run for m in s.recipients),
    )


def _plan(places: Places, run: list[tuple[Place, Subject]]) -> Plan:
    return Plan(
        span=_span(places, run),
        label=_label(places, run),
        section=run[0][0].clause.section,
        actors=_unique(m for _, s in run for m in s.actors),
    )


def _span(places: Places, run: list[tuple[Place, Subject]]) -> Span:
    first, last = run[0][0], run[-1][0]
    return Span(first.clause.span.start, last.clause.span.end)


def _label(places: Places, run: list[tuple[Place, Subject]]) -> str:
    """The run's words without item number and opening dates, cut to a readable length."""
    first = run[0][0]
    text = first.core + "".join("," + p.clause.text for p, _ in run[1:])
    return text if len(text) <= _MAX_LABEL else text[: _MAX_LABEL - 1] + "…"


def _unique(mentions: Iterator[Mention[AgencyName]]) -> tuple[Mention[AgencyName], ...]:
    return tuple(dict.fromkeys(mentions))


# --------------------------------------------------------------------------------------------------- links


def read_links(
    places: Places,
    deeds: Deeds,
    mentions: Mentions,
    uses: tuple[CitationUse, ...],
    observations: tuple[Observation, ...],
) -> tuple[Link, ...]:
    """Links from measures and plans, ordered by source, relation and target."""
    board = _Board(places, deeds)
    links: list[Link] = []

    def add(relation: Relation, target: Span, found: tuple[Span, Method] | None) -> None:
        if found is not None:
            links.append(Link(relation, found[0], target, found[1]))

    for observation in observations:
        add("observation", observation.metric.span, board.measure_of(observation.metric.span))
    for outcome in deeds.outcomes:
        add("outcome", outcome.span, board.measure_of(outcome.span))
    for use in uses:
        relation: Relation = "produces" if use.function == "issues" else "document"
        span = use.citation.span
        add(
            relation,
            span,
            board.deed_of(span) if use.function != "compiled_under" else board.measure_at(span),
        )
    for program in mentions.programs:
        add("program", program.span, board.deed_of(program.span))
    acting: tuple[Measure | Plan, ...] = (*deeds.measures, *deeds.plans)
    for deed in acting:
        for actor in deed.actors:
            links.append(Link("actor", deed.span, actor.span, "same_clause"))
    return tuple(sorted(set(links), key=lambda link: (link.source, link.relation, link.target)))


class _Board:
    """Finds the measure or plan that a span belongs to: the one around it, else the nearest before it in its
    sentence, else in its item, else the next in its sentence; a heading's go to the first measure below it."""

    def __init__(self, places: Places, deeds: Deeds) -> None:
        self._clauses = [p.clause for p in places.items]
        self._measures = deeds.measures
        self._all: tuple[Measure | Plan, ...] = tuple(
            sorted((*deeds.measures, *deeds.plans), key=lambda d: d.span)
        )

    def measure_at(self, span: Span) -> tuple[Span, Method] | None:
        """The measure around a span."""
        return next(((m.span, "same_clause") for m in self._measures if m.span.covers(span)), None)

    def measure_of(self, span: Span) -> tuple[Span, Method] | None:
        """The measure that a result belongs to."""
        return self._of(span, self._measures)

    def deed_of(self, span: Span) -> tuple[Span, Method] | None:
        """The measure or plan that names what stands at a span."""
        return self._of(span, self._all)

    def _of(self, span: Span, deeds: tuple[Measure | Plan, ...]) -> tuple[Span, Method] | None:
        clause = next((c for c in self._clauses if c.span.covers(span)), None)
        if clause is None or clause.kind == "frame":
            return None
        around = next((d for d in deeds if d.span.covers(span)), None)
        if around is not None:
            return around.span, "same_clause"
        if clause.kind == "heading":
            below = next(
                (
                    d
                    for d in deeds
                    if d.span.start >= span.end and d.section[: len(clause.section)] == clause.section
                ),
                None,
            )
            return (below.span, "carried") if below else None
        sentence = [c.span for c in self._clauses if c.sentence == clause.sentence]
        bounds = Span(sentence[0].start, sentence[-1].end)
        here = [d for d in deeds if bounds.covers(d.span)]
        before = [d for d in here if d.span.end <= span.start]
        if before:
            return before[-1].span, "same_sentence"
        after = [d for d in here if d.span.start >= span.end]
        earlier = [d for d in deeds if d.section == clause.section and d.span.end <= span.start]
        if after and not (clause.section and earlier and clause.span.start > bounds.start):
            return after[0].span, "same_sentence"
        if earlier:
            return earlier[-1].span, "carried"
        return (after[0].span, "same_sentence") if after else None
