"""A store → its citation network: which documents reach which areas, when and for what.

Only citations, documents and areas are asked for, so that memory follows the citations, however large the store.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..errors import ArgumentError
from ..exporting.statements import local_name
from ..iris import BASE, Iris
from ..lexicon.areas import load_areas
from ..storing import Store
from .asking import ask_store
from .cited import (
    AreaCitations,
    CitationChoice,
    CitationNetwork,
    CitedDocument,
    CitingArea,
    count_functions,
)
from .cited_documents import Documents, read_documents
from .compared import ComparedReport
from .comparison_choice import Choice, choose_reports

_REPORTS = "SELECT ?citation ?value WHERE { ?citation a fatu:Citation ; fatu:inReport ?value }"
_CITES = "SELECT ?citation ?value WHERE { ?citation fatu:cites ?value }"
_FUNCTIONS = "SELECT ?citation ?value WHERE { ?citation fatu:function ?value }"
_PARAGRAPHS = """SELECT DISTINCT ?report ?start ?end WHERE {
  ?text a fatu:SharedText ; fatu:evidence ?span .
  ?span fatu:inText ?source ; oa:start ?start ; oa:end ?end .
  ?source fatu:textOf ?report .
}"""
_PASSAGES = """SELECT ?citation ?start ?end WHERE {
  ?citation a fatu:Citation ; fatu:evidence ?span . ?span oa:start ?start ; oa:end ?end .
}"""
_AREAS = """SELECT DISTINCT ?area ?name ?within WHERE {
  ?area a fatu:Area .
  OPTIONAL { ?area skos:prefLabel ?name . FILTER(LANG(?name) = "zh") }
  OPTIONAL { ?area fatu:within ?within }
}"""
_KNOWN = 5
"""How many reports an error names."""


@dataclass(frozen=True, slots=True)
class _Citation:
    iri: str
    report: ComparedReport
    document: str
    function: str


def read_citations(store: Store, choice: CitationChoice | None = None, base: str = BASE) -> CitationNetwork:
    """The citation network of the chosen reports and levels of documents; of all by default.

    Besides the documents cited it has those that these implement, promulgate or are promulgated by, and an area for
    every chosen report, whether it cites anything or not.

    Raises ArgumentError for an area that does not exist or has several meanings, for an unknown report, InputError
    where no report is left.
    """
    choice = choice or CitationChoice()
    reports = _choose(store, choice, base)
    documents = read_documents(store, base)
    citations, unresolved = _read(store, {report.iri: report for report in reports}, documents, base)
    shared = _find_shared(store, citations, base)
    wanted = documents.around(citation.document for citation in citations)
    contexts: dict[str, Counter[str]] = {iri: Counter() for iri in wanted}
    for citation in citations:
        contexts[citation.document][citation.report.area] += 1
    described = documents.describe({iri: _context(codes) for iri, codes in contexts.items()})
    kept = [document for document in described if not choice.levels or document.level in choice.levels]
    iris = {document.iri for document in kept}
    return CitationNetwork(
        documents=tuple(kept),
        areas=tuple(_areas(store, reports, kept, base)),
        citations=tuple(_gather((c for c in citations if c.document in iris), shared)),
        ties=tuple(tie for tie in documents.ties if tie.source in iris and tie.target in iris),
        unresolved=unresolved,
    )


def _choose(store: Store, choice: CitationChoice, base: str) -> list[ComparedReport]:
    reports = choose_reports(store, Choice(areas=choice.areas, years=choice.years), base)
    if not choice.reports:
        return list(reports)
    by_name = {name: report for report in reports for name in (report.id, report.iri)}
    found = {}
    for name in choice.reports:
        if name not in by_name:
            known = sorted(report.id for report in reports)
            more = f" … ({len(known)})" if len(known) > _KNOWN else ""
            raise ArgumentError(
                "report", f"no report {name!r} is chosen", f"there are {', '.join(known[:_KNOWN])}{more}"
            )
        found[by_name[name].iri] = by_name[name]
    return sorted(found.values())


def _read(
    store: Store, reports: Mapping[str, ComparedReport], documents: Documents, base: str
) -> tuple[list[_Citation], int]:
    """The citations of some reports, by IRI, and how many more of theirs are of a document that is not known."""
    cites: defaultdict[str, set[str]] = defaultdict(set)
    for row in ask_store(store, _CITES, None, base):
        cites[str(row["citation"])].add(documents.one(str(row["value"])))
    functions: dict[str, str] = {}
    for row in ask_store(store, _FUNCTIONS, None, base):
        iri, name = str(row["citation"]), local_name(str(row["value"]))
        functions[iri] = min(name, functions.get(iri, name))
    placed = sorted(
        (str(row["citation"]), str(row["value"]))
        for row in ask_store(store, _REPORTS, None, base)
        if row["value"] in reports
    )
    found = [
        _Citation(iri, reports[report], document, functions.get(iri, "mentions"))
        for iri, report in placed
        for document in sorted(cites.get(iri, ()))
    ]
    return found, sum(iri not in cites for iri, _ in placed)


def _find_shared(store: Store, citations: Iterable[_Citation], base: str) -> set[str]:
    """The citations that stand in a paragraph that reports of other areas have word for word."""
    paragraphs: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in ask_store(store, _PARAGRAPHS, None, base):
        paragraphs[str(row["report"])].append((int(str(row["start"])), int(str(row["end"]))))
    if not paragraphs:
        return set()
    of_report = {citation.iri: paragraphs.get(citation.report.iri, ()) for citation in citations}
    return {
        str(row["citation"])
        for row in ask_store(store, _PASSAGES, None, base)
        for start, end in of_report.get(str(row["citation"]), ())
        if start <= int(str(row["start"])) and int(str(row["end"])) <= end
    }


def _context(codes: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: (-codes[code], code)))


def _gather(citations: Iterable[_Citation], shared: set[str]) -> Iterator[AreaCitations]:
    """Citations as one edge for each area and document."""
    edges: defaultdict[tuple[str, str], list[_Citation]] = defaultdict(list)
    for citation in citations:
        edges[citation.report.area, citation.document].append(citation)
    for (area, document), own in sorted(edges.items()):
        yield AreaCitations(
            area=area,
            document=document,
            functions=count_functions(citation.function for citation in own),
            years=tuple(sorted({citation.report.year for citation in own})),
            reports=len({citation.report.iri for citation in own}),
            citations=len(own),
            shared=sum(citation.iri in shared for citation in own),
        )


def _areas(
    store: Store, reports: Iterable[ComparedReport], documents: Iterable[CitedDocument], base: str
) -> Iterator[CitingArea]:
    """The areas of reports and those that issue documents, by code."""
    years: defaultdict[str, list[int]] = defaultdict(list)
    for report in reports:
        years[report.area].append(report.year)
    issuing = {code for document in documents for code in document.areas}
    names: defaultdict[str, set[str]] = defaultdict(set)
    above: defaultdict[str, set[str]] = defaultdict(set)
    for row in ask_store(store, _AREAS, None, base):
        code = local_name(str(row["area"]))
        names[code].update([str(row["name"])] if row["name"] else ())
        above[code].update([local_name(str(row["within"]))] if row["within"] else ())
    for code in sorted({*years, *issuing}):
        known = load_areas().by_code(code)
        yield CitingArea(
            code=code,
            iri=Iris(base).area(code),
            name=min(names[code], default=known.name if known else code),
            level=load_areas().level_of(code) or "unknown",
            within=min(above[code], default=(known.parent or "") if known else ""),
            reports=len(years[code]),
            years=tuple(sorted(set(years[code]))),
        )
