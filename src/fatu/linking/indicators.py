"""Observations to indicators of the catalogue, and texts to topics."""

from __future__ import annotations

from ..iris import Iris, segment
from ..lexicon.catalogue import load_indicators, match_indicator, match_topics
from ..model import Corrected, IndicatorLink, Measure, Plan, Problem, Reading, Report, Span


def link_indicators(
    iris: Iris, reading: Reading, corrected: tuple[Corrected, ...] = ()
) -> tuple[IndicatorLink, ...]:
    """The indicator of each observation; one that the catalogue lacks gets an identity of its own.

    What the user decided (`corrected`) counts before the catalogue's cues. Names are
    obs-{indicator}[-{scope}][-{n}]: n counts from 2, in text order, where they would collide.
    """
    links: list[IndicatorLink] = []
    taken: dict[str, int] = {}
    decided = {c.span: c.correction.value for c in corrected if c.correction.kind == "metric"}
    known = {entry.id: entry for entry in load_indicators()} if decided else {}
    for observation in reading.observations:
        decision = decided.get(observation.metric.span)
        phrase = observation.phrase if decision is None else decision
        entry = (
            match_indicator(phrase, observation.metric.payload.unit)
            if decision is None
            else known.get(decision)
        )
        slug = entry.id if entry else segment(phrase)
        name = f"obs-{slug}" + (f"-{segment(observation.scope)}" if observation.scope else "")
        taken[name] = taken.get(name, 0) + 1
        links.append(
            IndicatorLink(
                observation=observation,
                id=entry.id if entry else None,
                iri=iris.concept("indicator", entry.id) if entry else iris.local_indicator(phrase),
                label=entry.zh if entry else phrase,
                method="corrected" if decision is not None else "exact" if entry else "inferred",
                name=name if taken[name] == 1 else f"{name}-{taken[name]}",
            )
        )
    return tuple(links)


def link_topics(report: Report) -> dict[Span, tuple[str, ...]]:
    """Topics of sections, measures, plans and problems, by span: what their words name; of a measure also what
    its observations count; else what their item or heading names. Apart from `link`, since only a description of
    the report needs them."""
    reading, links = report.reading, report.indicator_links
    outline = reading.outline
    titles = {section.path: match_topics(section.title) for section in outline.sections}
    known = {entry.id: entry.topic for entry in load_indicators()}
    counted: dict[Span, list[str]] = {}
    topic_of = {link.observation.metric.span: known[link.id] for link in links if link.id is not None}
    for link in reading.links:
        if link.relation == "observation" and link.target in topic_of:
            counted.setdefault(link.source, []).append(topic_of[link.target])
    openings = _openings(reading)
    found: dict[Span, tuple[str, ...]] = {section.span: titles[section.path] for section in outline.sections}
    deeds: tuple[Measure | Plan | Problem, ...] = (*reading.measures, *reading.plans, *reading.problems)
    for deed in deeds:
        text = outline.source.text[openings.get(deed.span.start, deed.span.start) : deed.span.end]
        own = dict.fromkeys((*match_topics(text), *counted.get(deed.span, ())))
        found[deed.span] = tuple(own) or _inherited(titles, deed.section)
    return {span: topics for span, topics in sorted(found.items()) if topics}


def _openings(reading: Reading) -> dict[int, int]:
    """Start of a clause → start of the context that opens its sentence right before it (疫情期间,…)."""
    openings: dict[int, int] = {}
    pairs = zip(reading.statements, reading.statements[1:], strict=False)
    for before, statement in pairs:
        if before.role == "context" and before.clause.sentence == statement.clause.sentence:
            openings[statement.clause.span.start] = before.clause.span.start
    return openings


def _inherited(titles: dict[tuple[int, ...], tuple[str, ...]], path: tuple[int, ...]) -> tuple[str, ...]:
    while path:
        if titles.get(path):
            return titles[path]
        path = path[:-1]
    return ()
