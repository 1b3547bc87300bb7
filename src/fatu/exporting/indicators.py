"""The indicator catalogue as records, and what reports count that it lacks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..describing.terms import SKOS, Quad
from ..iris import Iris, within
from ..lexicon.catalogue import load_indicators, load_units
from ..lexicon.shown_words import show
from ..model import Report
from .aligning import align, clip
from .records import Record
from .statements import Statements, local_name
from .table import format_head

CATALOGUE_COLUMNS = ("id", "zh", "en", "unit", "topic", "kind")
LACKING_COLUMNS = ("phrase", "iri", "unit", "figures", "reports", "example")

_SENTENCE_END = re.compile("[。!?;!?;\n]")


@dataclass(frozen=True, slots=True)
class LackingFigure:
    """A figure whose indicator the catalogue lacks."""

    iri: str
    """IRI of the indicator that its phrase gets."""
    phrase: str
    unit: str
    """The preferred word of its unit (千米 for 公里); empty where the number has none."""
    report: str
    """IRI of the report, or the name of its file where area or year are not told."""
    observation: str
    """What tells this figure of the report from its others."""
    sentence: str


def catalogue_records() -> list[Record]:
    """One record for each entry of the catalogue in the order of the table; `unit` is a unit word (件)."""
    words = {unit.slug: unit.word for unit in reversed(load_units())}
    return [
        {
            "id": entry.id,
            "zh": entry.zh,
            "en": entry.en,
            "unit": words[entry.unit],
            "topic": entry.topic,
            "kind": entry.kind,
        }
        for entry in load_indicators()
    ]


def lacking_in_report(report: Report) -> list[LackingFigure]:
    """The figures of a report whose indicator the catalogue lacks, in text order."""
    source = report.reading.outline.source
    units = {unit.word: unit.zh for unit in load_units()}
    name = report.identity.iri or source.name
    return [
        LackingFigure(
            iri=link.iri,
            phrase=link.observation.phrase,
            unit=units.get(link.observation.metric.payload.unit or "", ""),
            report=name,
            observation=within(name, link.name),
            sentence=sentence_around(source.text, link.observation.clause.start, link.observation.clause.end),
        )
        for link in report.indicator_links
        if link.id is None
    ]


def lacking_in_graphs(quads: Sequence[Quad], iris: Iris) -> list[LackingFigure]:
    """The figures of graphs that fatu wrote whose indicator the catalogue lacks, by report and place in the text.

    Raises InputError where the quads hold no report under the base of `iris`.
    """
    statements = Statements.of(quads, iris)
    known = {iris.concept("indicator", entry.id) for entry in load_indicators()}
    # What a user's lexicon added is described in the graph as part of the catalogue.
    scheme = iris.concept("scheme", "indicators")
    no_unit = iris.concept("unit", "none")
    found: list[LackingFigure] = []
    for observation in statements.instances("Observation"):
        indicator = statements.link(observation, "indicator")
        if indicator in known or scheme in statements.links(indicator, SKOS + "inScheme"):
            continue
        unit, passage = statements.link(observation, "unit"), statements.passage(observation)
        text = statements.text(passage.source, "text") if passage else ""
        found.append(
            LackingFigure(
                iri=indicator,
                phrase=statements.text(observation, "phrase", "zh") or local_name(indicator),
                unit="" if unit in ("", no_unit) else statements.label(unit),
                report=statements.report(observation),
                observation=observation,
                sentence=sentence_around(text, passage.start, passage.end) if passage else "",
            )
        )
    return found


def lacking_records(figures: Iterable[LackingFigure]) -> list[Record]:
    """One record for each indicator and unit that the catalogue lacks: the phrase that is used most, the IRI, the
    unit, how many figures in how many reports, a sentence. Most frequent first; then what is in more reports, then
    by IRI and unit. A figure that is given twice, from a text and from its graph, counts once.
    """
    groups: dict[tuple[str, str], list[LackingFigure]] = {}
    for figure in {(f.report, f.observation): f for f in figures}.values():
        groups.setdefault((figure.iri, figure.unit), []).append(figure)
    records = [_group(members) for members in groups.values()]
    return [record for _, record in sorted(records, key=lambda pair: pair[0])]


def _group(members: list[LackingFigure]) -> tuple[tuple[int, int, str, str], Record]:
    phrases = Counter(figure.phrase for figure in members)
    phrase = min(phrases, key=lambda p: (-phrases[p], len(p), p))
    example = min(figure.sentence for figure in members if figure.phrase == phrase)
    figures, reports = len(members), len({figure.report for figure in members})
    first = members[0]
    record: Record = {
        "phrase": phrase,
        "iri": first.iri,
        "unit": first.unit or None,
        "figures": figures,
        "reports": reports,
        "example": example,
    }
    return (-figures, -reports, first.iri, first.unit), record


def format_catalogue(records: Iterable[Record], lang: str = "en") -> str:
    """What `fatu indicators` prints."""
    return _table(records, CATALOGUE_COLUMNS, lang)


def format_lacking(records: Iterable[Record], lang: str = "en") -> str:
    """What `fatu indicators --unmatched` prints."""
    return _table(records, LACKING_COLUMNS, lang)


def _table(records: Iterable[Record], columns: tuple[str, ...], lang: str) -> str:
    rows = [list(format_head(columns, lang))]
    for record in records:
        cells = ["" if (value := record[column]) is None else str(value) for column in columns]
        cells = [
            show("counting", cell, lang) if column == "kind" else cell
            for column, cell in zip(columns, cells, strict=True)
        ]
        # An IRI that is cut leads nowhere.
        rows.append(
            [cell if column == "iri" else clip(cell, 60) for column, cell in zip(columns, cells, strict=True)]
        )
    return align(rows)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence around a clause, without what stands before and behind it."""
    ends = _sentence_ends(text)
    before, behind = bisect_right(ends, start), bisect_left(ends, end + 1)
    return text[ends[before - 1] if before else 0 : ends[behind] if behind < len(ends) else len(text)].strip()


@lru_cache(maxsize=1)
def _sentence_ends(text: str) -> list[int]:
    return [mark.end() for mark in _SENTENCE_END.finditer(text)]
