"""Areas, agencies and documents as a report's graph describes them: it is whole without any other graph."""

from __future__ import annotations

from collections.abc import Iterator

from ..iris import Iris
from ..model import Agency, Area, Document
from .terms import DCTERMS, ORG, RDF, RDFS, SKOS, Object, string, typed, zh
from .terms import Iri as Node

Statement = tuple[str, str, Object]
"""Subject, predicate, object."""

_MAX_LABEL = 60
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def short_label(text: str) -> str:
    """One line, cut to a readable length."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_LABEL else line[: _MAX_LABEL - 1] + "…"


def area_statements(area: Area, iris: Iris) -> Iterator[Statement]:
    """An area with its code, its level, its other names, what it lies in and when it was in force, and what it became.

    Provinces lie in nothing that is described.
    """
    iri = iris.area(area.code)
    yield iri, RDF + "type", Node(iris.term("Area"))
    yield iri, RDFS + "label", zh(area.name)
    yield iri, SKOS + "prefLabel", zh(area.name)
    yield iri, SKOS + "notation", string(area.code)
    if area.parent is not None and area.level != "province":
        yield iri, iris.term("within"), Node(iris.area(area.parent))
    if area.short:
        yield iri, iris.term("docCode"), string(area.short)
    yield iri, iris.term("areaLevel"), Node(iris.concept("arealevel", area.level))
    for alias in area.aliases:
        yield iri, SKOS + "altLabel", zh(alias)
    for name, year in (("validFrom", area.since), ("validUntil", area.until), ("lastListed", area.listed)):
        if year is not None:
            yield iri, iris.term(name), typed(year, "gYear")
    for successor in area.successors:
        yield iri, iris.term("successor"), Node(iris.area(successor))


def agency_statements(agency: Agency, iris: Iris) -> Iterator[Statement]:
    """An agency with its canonical name, its area, what it is part of and what took over from it.

    Its line is not written out: it decides the canonical name, and no question is asked of it.
    """
    yield agency.iri, RDF + "type", Node(iris.term("Agency"))
    yield agency.iri, RDFS + "label", zh(agency.name)
    yield agency.iri, SKOS + "prefLabel", zh(agency.name)
    if agency.area is not None:
        yield agency.iri, iris.term("area"), Node(iris.area(agency.area))
    if agency.township is not None:
        yield agency.iri, iris.term("township"), Node(iris.area(agency.township))
    if agency.parent_iri is not None:
        yield agency.iri, ORG + "unitOf", Node(agency.parent_iri)
    for successor in agency.successors:
        yield agency.iri, iris.term("successor"), Node(successor)


def document_statements(document: Document, iris: Iris) -> Iterator[Statement]:
    """A cited document: title, number and its parts, type, issuer, period, the text that it issues, what it carries
    out; with the source of what the registry added."""
    iri = document.iri
    if document.is_law:
        yield iri, RDF + "type", Node(iris.term("LegalAct"))
    yield iri, RDF + "type", Node(iris.term("PolicyDocument"))
    yield iri, RDFS + "label", zh(short_label(document.title or document.number or ""))
    if document.title is not None:
        yield iri, DCTERMS + "title", zh(document.title)
    if document.number is not None:
        yield iri, iris.term("docNumber"), string(document.number)
    if document.code is not None:
        yield iri, iris.term("docCode"), string(document.code)
    if document.number_year is not None:
        yield iri, iris.term("docYear"), typed(document.number_year, "gYear")
    if document.sequence is not None:
        yield iri, iris.term("docSeq"), typed(document.sequence, "integer")
    if document.doc_type is not None:
        yield iri, iris.term("docType"), Node(iris.concept("doctype", document.doc_type))
    for issuer in document.issuers:
        yield iri, iris.term("issuedBy"), Node(issuer)
    if document.year_start is not None:
        yield iri, iris.term("periodStart"), typed(document.year_start, "gYear")
        yield iri, iris.term("periodEnd"), typed(document.year_end or document.year_start, "gYear")
    if document.promulgates is not None:
        yield iri, iris.term("promulgates"), Node(document.promulgates)
    for implemented in document.implements:
        yield iri, iris.term("implementsPolicy"), Node(implemented)
    for alias in document.aliases:
        if alias != document.title:
            yield iri, SKOS + "altLabel", zh(alias)
    # As for reports: created is the day of signing (成文日期), issued the day of publication.
    for name, day in (
        ("created", document.created),
        ("issued", document.issued),
        ("modified", document.modified),
    ):
        if day:
            yield iri, DCTERMS + name, typed(day, _DATE_TYPES[len(day)])
    if document.source:
        yield iri, DCTERMS + "source", string(document.source)
