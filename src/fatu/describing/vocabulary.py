"""Lexicon tables → the ontology's generated files, and the one loader of the ontology.

`python -m fatu.describing.vocabulary` writes the files into the ontology folder; with `--check` it writes
nothing and exits 1 where a file is not what the tables say.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..iris import BASE
from ..lexicon.catalogue import (
    DocType,
    IndicatorEntry,
    Topic,
    Unit,
    load_doc_types,
    load_indicators,
    load_schemes,
    load_topics,
    load_units,
)
from ..lexicon.extension import NOTHING, current_extension, extended
from .definitions import (
    Both,
    define_doc_type,
    define_heading,
    define_indicator,
    define_topic,
    define_unit,
    written_definition,
)

if TYPE_CHECKING:
    from rdflib import Graph

HAND_WRITTEN = ("fatu.ttl", "align.ttl")

Line = tuple[str, Iterable[str]]
"""A predicate and its objects, all as Turtle writes them."""

_COMMAND = "python -m fatu.describing.vocabulary"
_PREFIXES = (
    f"@prefix fatu: <{BASE}ns#> .",
    "@prefix dcterms: <http://purl.org/dc/terms/> .",
    "@prefix qudt-unit: <http://qudt.org/vocab/unit/> .",
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
)


def topics_turtle() -> str:
    """Turtle of the topics and of the official outlines that they match."""
    schemes = [concept for concept in load_schemes() if not concept.notation]
    headings = [concept for concept in load_schemes() if concept.notation]
    tables = "topics.tsv, topic_schemes.tsv and definitions.tsv"
    return _document(
        tables,
        [
            _scheme("topics", "法治政府建设主题分类", "Topics of government by law"),
            *(_scheme(scheme.slug, scheme.zh, scheme.en) for scheme in schemes),
            *map(_topic, load_topics()),
            *(
                _block(
                    _iri("scheme", concept.slug),
                    ("a", ["skos:Concept"]),
                    ("skos:inScheme", [_iri("scheme", concept.scheme)]),
                    ("skos:topConceptOf", [_iri("scheme", concept.scheme)]),
                    ("skos:notation", [_text(concept.notation)]),
                    *_labels(concept.zh, concept.en),
                    *_meaning(define_heading(concept), concept.zh),
                    ("dcterms:source", [_text(concept.source)]),
                )
                for concept in headings
            ),
        ],
    )


def indicators_turtle() -> str:
    """Turtle of the indicator catalogue."""
    return _document(
        "indicators.tsv and definitions.tsv",
        [
            _scheme("indicators", "法治政府建设指标目录", "Catalogue of indicators of government by law"),
            *map(_indicator, load_indicators()),
        ],
    )


def units_turtle() -> str:
    """Turtle of the units and measure words; words of one meaning are labels of one concept."""
    words: dict[str, list[Unit]] = {}
    for unit in load_units():
        words.setdefault(unit.slug, []).append(unit)
    return _document(
        "units.tsv and definitions.tsv",
        [_scheme("units", "计量单位与量词", "Units and measure words"), *map(_unit, words.values())],
    )


def doc_types_turtle() -> str:
    """Turtle of the fifteen types of official documents and of the kinds of texts that they issue."""
    return _document(
        "doc_types.tsv and definitions.tsv",
        [
            _scheme("doctypes", "公文文种", "Types of official documents"),
            _scheme("textkinds", "所印发文本的种类", "Kinds of texts that a notice issues"),
            *map(_doc_type, load_doc_types()),
        ],
    )


def own_turtle(indicators: Collection[str], unit_words: Collection[str]) -> str:
    """Turtle of those of some indicators (by id) and units (by word) that a user's lexicon adds; empty without any."""
    extension = current_extension()
    with extended(NOTHING):
        known = {entry.id for entry in load_indicators()}
    ids = ({row["id"] for row in extension.of("indicators.tsv")} - known) & set(indicators)
    entries = [entry for entry in load_indicators() if entry.id in ids]
    words = {row["word"] for row in extension.of("units.tsv")}
    slugs = {entry.unit for entry in entries}
    units = [u for u in load_units() if u.word in words and (u.word in unit_words or u.slug in slugs)]
    blocks = [*map(_indicator, entries), *(_unit([unit]) for unit in units)]
    return "\n".join([*_PREFIXES, "", *blocks]) if blocks else ""


GENERATED: tuple[tuple[str, Callable[[], str]], ...] = (
    ("topics.ttl", topics_turtle),
    ("indicators.ttl", indicators_turtle),
    ("units.ttl", units_turtle),
    ("doctypes.ttl", doc_types_turtle),
)


@cache
def ontology_folder() -> Path:
    """The folder of the ontology: in the installed package, or beside src in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "ontology"
    return installed if installed.is_dir() else package.parents[1] / "ontology"


def ontology_text(name: str, base: str = BASE) -> str:
    """The text of a file of the ontology (fatu.ttl, shapes.ttl …), its IRIs moved to `base`."""
    return (ontology_folder() / name).read_text(encoding="utf-8").replace(BASE, base)


@cache
def load_ontology(base: str = BASE) -> Graph:
    """Classes, properties, alignments, topics, indicators, units, document types; not the shapes.

    The graph is shared: copy it before changing anything.
    """
    from rdflib import Graph

    graph = Graph()
    for name in (*HAND_WRITTEN, *(name for name, _ in GENERATED)):
        graph.parse(data=ontology_text(name, base), format="turtle")
    return graph


def main(arguments: list[str]) -> int:
    """Write the generated files, or with --check name those that differ; returns the exit status."""
    stale = []
    for name, render in GENERATED:
        path, text = ontology_folder() / name, render()
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_bytes(text.encode())
    if stale and "--check" in arguments:
        print(f"{', '.join(stale)}: not what the tables say; run {_COMMAND}", file=sys.stderr)
        return 1
    return 0


def _topic(topic: Topic) -> str:
    top = [_iri("scheme", "topics")]
    return _block(
        _iri("topic", topic.slug),
        ("a", ["skos:Concept"]),
        ("skos:inScheme", top),
        ("skos:broader", [_iri("topic", topic.broader)] if topic.broader else []),
        ("skos:topConceptOf", [] if topic.broader else top),
        ("skos:notation", [_text(topic.notation)]),
        *_labels(topic.zh, topic.en),
        *_meaning(define_topic(topic), topic.example),
        ("skos:altLabel", [_text(label, "zh") for label in topic.alt_labels]),
        ("skos:closeMatch", [_iri("scheme", slug) for slug in topic.close_match]),
        ("skos:related", [_iri("topic", slug) for slug in topic.related]),
        ("dcterms:source", [_text(topic.source)]),
    )


def _indicator(entry: IndicatorEntry) -> str:
    wider = [_iri("indicator", entry.broader)] if entry.broader else []
    return _block(
        _iri("indicator", entry.id),
        ("a", ["fatu:Indicator", "skos:Concept"]),
        ("skos:inScheme", [_iri("scheme", "indicators")]),
        *_labels(entry.zh, entry.en),
        *_meaning(define_indicator(entry), " ".join(filter(None, entry.examples[0]))),
        ("fatu:unit", [_iri("unit", entry.unit)]),
        ("fatu:topic", [_iri("topic", entry.topic)]),
        ("fatu:kind", [_text(entry.kind)]),
        ("fatu:stockFlow", [_text(entry.stock_flow)]),
        ("fatu:numerator", [_iri("indicator", entry.numerator)] if entry.numerator else []),
        ("fatu:denominator", [_iri("indicator", entry.denominator)] if entry.denominator else []),
        ("fatu:alternativeDenominator", [_iri("indicator", other) for other in entry.alt_denominators]),
        ("fatu:part", [_iri("indicator", part) for part in entry.parts]),
        ("fatu:broader", wider),
        ("skos:broader", wider),
        ("dcterms:source", [_text(entry.source)]),
    )


def _unit(words: list[Unit]) -> str:
    unit = words[0]
    return _block(
        _iri("unit", unit.slug),
        ("a", ["skos:Concept"]),
        ("skos:inScheme", [_iri("scheme", "units")]),
        *_labels(unit.zh, unit.en),
        *_meaning(define_unit(unit), unit.example),
        ("skos:altLabel", [_text(other.word, "zh") for other in words if other.word != unit.zh]),
        ("fatu:kind", [_text(unit.kind)]),
        (f"skos:{unit.match}Match", [f"qudt-unit:{unit.qudt}"] if unit.qudt else []),
        ("fatu:baseUnit", [_iri("unit", unit.base)] if unit.base else []),
        ("fatu:powerOfTen", [str(unit.power)] if unit.power is not None else []),
        ("dcterms:source", [_text(unit.source)]),
    )


def _doc_type(kind: DocType) -> str:
    return _block(
        _iri("doctype", kind.slug),
        ("a", ["skos:Concept"]),
        ("skos:inScheme", [_iri("scheme", f"{kind.kind}s")]),
        *_labels(kind.zh, kind.en),
        *_meaning(define_doc_type(kind), kind.example),
        ("dcterms:source", [_text(kind.source)]),
    )


def _scheme(slug: str, zh: str, en: str) -> str:
    written = written_definition(f"scheme/{slug}")
    return _block(
        _iri("scheme", slug),
        ("a", ["skos:ConceptScheme"]),
        *_labels(zh, en),
        *_meaning((written.zh, written.en), written.example),
        ("dcterms:source", [_text(written.source)]),
    )


def _labels(zh: str, en: str) -> Iterator[Line]:
    both = [_text(zh, "zh"), *([_text(en, "en")] if en else [])]
    yield "rdfs:label", both
    yield "skos:prefLabel", both


def _meaning(definition: Both, example: str) -> Iterator[Line]:
    zh, en = definition
    yield "skos:definition", [_text(zh, "zh"), _text(en, "en")]
    yield "skos:example", [_text(example, "zh")]


def _document(tables: str, blocks: list[str]) -> str:
    head = f"# Made from {tables} by `{_COMMAND}`: change the tables, not this file."
    return "\n".join([head, *_PREFIXES, "", *blocks])


def _block(subject: str, *lines: Line) -> str:
    said = [(predicate, " , ".join(objects)) for predicate, objects in lines]
    body = " ;\n    ".join(f"{predicate} {objects}" for predicate, objects in said if objects)
    return f"{subject} {body} .\n"


def _iri(kind: str, slug: str) -> str:
    return f"<{BASE}id/{kind}/{slug}>"


def _text(value: str, language: str = "") -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' + (f"@{language}" if language else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
