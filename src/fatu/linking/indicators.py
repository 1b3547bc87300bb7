"""Observations to indicators of the catalogue, and texts to topics."""

from __future__ import annotations

from ..iris import Iris, segment
from ..lexicon.catalogue import (
    IndicatorEntry,
    bare_phrase,
    find_indicator,
    load_indicators,
    match_topics,
)
from ..model import (
    Corrected,
    IndicatorLink,
    Measure,
    Method,
    Observation,
    Plan,
    Problem,
    Reading,
    Report,
    Span,
)
from ..outlining import folded_text


def link_indicators(
    iris: Iris, reading: Reading, area: str = "", corrected: tuple[Corrected, ...] = ()
) -> tuple[IndicatorLink, ...]:
    """The indicator of each observation; one that the catalogue lacks gets an identity of its own, by its phrase
    without filler (`bare_phrase`; `area` is the name of the report's own area).

    What the user decided (`corrected`) counts before the catalogue's cues. Names are
    obs-{indicator}[-{scope}][-{n}]: n counts from 2, in text order, where they would collide.
    """
    links: list[IndicatorLink] = []
    taken: dict[str, int] = {}
    decided = {c.span: c.correction.value for c in corrected if c.correction.kind == "metric"}
    for observation in reading.observations:
        entry, label, method, cue = _indicator_of(observation, area, decided.get(observation.metric.span))
        slug = entry.id if entry else segment(label)
        name = f"obs-{slug}" + (f"-{segment(observation.scope)}" if observation.scope else "")
        taken[name] = taken.get(name, 0) + 1
        links.append(
            IndicatorLink(
                observation=observation,
                id=entry.id if entry else None,
                iri=iris.concept("indicator", entry.id) if entry else iris.local_indicator(label),
                label=label,
                method=method,
                name=name if taken[name] == 1 else f"{name}-{taken[name]}",
                cue=cue,
            )
        )
    return tuple(links)


def _indicator_of(
    observation: Observation, area: str, decision: str | None
) -> tuple[IndicatorEntry | None, str, Method, str]:
    """Entry of the catalogue (None where it has none), label, method and the words that decided."""
    if decision is not None:
        entry = next((known for known in load_indicators() if known.id == decision), None)
        return entry, entry.zh if entry else bare_phrase(decision, area), "corrected", decision
    phrase = observation.phrase
    found = find_indicator(phrase, observation.metric.payload.unit)
    if found is None:
        return None, bare_phrase(phrase, area), "inferred", ""
    return found.entry, found.entry.zh, "exact", phrase[found.start : found.end]


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
        text = folded_text(outline.fold, openings.get(deed.span.start, deed.span.start), deed.span.end)
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
