"""A store → its documents, each under one identity, with whose they are and of which year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..exporting.statements import local_name
from ..lexicon.areas import load_areas
from ..linking.areas import area_named_in
from ..storing import Store
from .asking import ask_store
from .cited import DOCUMENT_LEVELS, CitedDocument, DocumentLevel, DocumentTie, Relation, Told

_FACTS = "SELECT ?document ?property ?value WHERE { ?document a fatu:PolicyDocument ; ?property ?value }"
"""Every statement, a row each: to ask for each property by itself, or with VALUES, takes many times as long."""
_ISSUERS = """SELECT DISTINCT ?issuer ?property ?value WHERE {
  ?document a fatu:PolicyDocument ; fatu:issuedBy ?issuer . ?issuer ?property ?value .
  FILTER(!isLiteral(?value) || LANG(?value) = "zh")
}"""
_TOLD_OF = frozenset(
    {"title", "label", "docNumber", "docYear", "created", "issued", "issuedBy", "canonical", "promulgates",
     "implementsPolicy"}
)  # fmt: skip
_RELATIONS: tuple[Relation, ...] = ("implementsPolicy", "promulgates")
_OWN_PLACE = re.compile(r"/doc/(\d{6}(?:\d{3})?)/")

Facts = Mapping[str, Sequence[str]]
"""Property, by its name in the ontology → its values as text, sorted."""


@dataclass(frozen=True)
class Documents:
    """What a store says of its documents, by canonical IRI."""

    canonical: Mapping[str, str]
    """IRI → the one to use."""
    facts: Mapping[str, Facts]
    issuers: Mapping[str, Facts]

    def one(self, iri: str) -> str:
        """The identity of a document."""
        return self.canonical.get(iri, iri)

    @cached_property
    def ties(self) -> tuple[DocumentTie, ...]:
        """Which promulgates or implements which, in order; none of a document to itself."""
        found = {
            DocumentTie(iri, self.one(value), relation)
            for iri, facts in self.facts.items()
            for relation in _RELATIONS
            for value in facts.get(relation, ())
        }
        return tuple(sorted(tie for tie in found if tie.source != tie.target))

    def around(self, cited: Iterable[str]) -> set[str]:
        """Cited documents with what they implement, what they promulgate and what promulgates them, step by step."""
        near: defaultdict[str, list[str]] = defaultdict(list)
        for tie in self.ties:
            near[tie.source].append(tie.target)
            if tie.relation == "promulgates":
                near[tie.target].append(tie.source)
        found = set(cited)
        queue = list(found)
        for iri in queue:
            new = [other for other in near[iri] if other not in found]
            found.update(new)
            queue += new
        return found

    def describe(self, contexts: Mapping[str, Sequence[str]]) -> Iterator[CitedDocument]:
        """Documents by IRI; `contexts` are the codes of the areas that cite each, by which a name that several areas
        bear is understood."""
        notices: defaultdict[str, list[str]] = defaultdict(list)
        for tie in self.ties:
            if tie.relation == "promulgates":
                notices[tie.target].append(tie.source)
        for iri in sorted(contexts):
            own = self._describe(iri, contexts[iri])
            around = [self._describe(notice, contexts[iri]) for notice in notices[iri]]
            yield _complete(own, around)

    def _describe(self, iri: str, context: Sequence[str]) -> CitedDocument:
        """A document by what is said of itself."""
        facts = self.facts.get(iri, {})
        titles = sorted(facts.get("title", ()), key=lambda title: (-len(title), title))
        issuers = [self.issuers.get(issuer, {}) for issuer in facts.get("issuedBy", ())]
        areas, told = self._place(iri, titles, context)
        numbers = facts.get("docNumber", ())
        label = min(facts.get("label", ()), default=local_name(iri))
        return CitedDocument(
            iri=iri,
            title=titles[0] if titles else "" if numbers else label,
            number="、".join(numbers),
            issuer="、".join(dict.fromkeys(name for one in issuers for name in one.get("prefLabel", ())[:1])),
            level=_highest(areas),
            areas=areas,
            told=told,
            year=min((int(day[:4]) for day in self._days(facts)), default=None),
        )

    def _days(self, facts: Facts) -> Sequence[str]:
        """The years of its numbers, else the days that it was signed, else published."""
        found = (facts.get(name, ()) for name in ("docYear", "created", "issued"))
        return next(filter(None, found), ())

    def _place(self, iri: str, titles: Iterable[str], context: Sequence[str]) -> tuple[tuple[str, ...], Told]:
        """Codes of the areas whose document it is, and what tells them."""
        issuers = (self.issuers.get(issuer, {}) for issuer in self.facts.get(iri, {}).get("issuedBy", ()))
        issuing = {
            local_name(area) for one in issuers for area in (one.get("township") or one.get("area", ()))
        }
        if issuing:
            return tuple(sorted(issuing)), "issuer"
        own = _OWN_PLACE.search(iri)
        if own:
            return (own[1],), "iri"
        named = (area_named_in(load_areas(), title, context) for title in titles)
        area = next(filter(None, named), None)
        return ((area.code,), "title") if area else ((), "")


def read_documents(store: Store, base: str) -> Documents:
    """All documents of a store. One that the registry gives no canonical IRI is its own."""
    rows = [
        (str(row["document"]), name, row["value"])
        for row in ask_store(store, _FACTS, None, base)
        if (name := local_name(str(row["property"]))) in _TOLD_OF
    ]
    canonical: dict[str, str] = {}
    for iri, name, value in rows:
        if name == "canonical":
            canonical[iri] = min(str(value), canonical.get(iri, str(value)))
    facts = _gather((canonical.get(iri, iri), name, str(value)) for iri, name, value in rows)
    asked = ask_store(store, _ISSUERS, None, base)
    issuers = _gather((str(r["issuer"]), local_name(str(r["property"])), str(r["value"])) for r in asked)
    return Documents(canonical, facts, issuers)


def _gather(rows: Iterable[tuple[str, str, str]]) -> dict[str, Facts]:
    """Rows of thing, property and value as the sorted values of each property of each thing."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for thing, name, value in rows:
        found[thing][name].add(value)
    return {thing: {name: sorted(values) for name, values in own.items()} for thing, own in found.items()}


def _highest(codes: Iterable[str]) -> DocumentLevel:
    levels = {load_areas().level_of(code) for code in codes}
    return next((level for level in DOCUMENT_LEVELS if level in levels), "unknown")


def _complete(document: CitedDocument, notices: Sequence[CitedDocument]) -> CitedDocument:
    """A document with what only the notices around it tell."""
    areas = tuple(sorted({code for notice in notices for code in notice.areas}))
    if not document.areas and areas:
        document = replace(document, areas=areas, level=_highest(areas), told="notice")
    years = [notice.year for notice in notices if notice.year is not None]
    return replace(document, year=min(years)) if document.year is None and years else document
