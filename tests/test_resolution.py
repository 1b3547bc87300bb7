"""Names get their identity: tables of names in context, made by readers (tests/resolution/README.md).

Precision: of the names that get an identity, how many get the right one. Recall: of those whose context decides, how
many get it. A name that nothing decides must get none.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fatu.finding import find
from fatu.finding.citations import find_citations
from fatu.interpreting import interpret
from fatu.lexicon.areas import load_areas
from fatu.lexicon.document_codes import parse_code
from fatu.linking import link
from fatu.linking.areas import Setting, find_setting, resolve_area
from fatu.model import Agency, Citation, Document, EntityLink, Overrides, Report
from fatu.outlining import fold, outline
from fatu.reading import read_text

FOLDER = Path(__file__).parent / "resolution"
DOC = "https://w3id.org/fatu/id/doc/"
PRECISION, RECALL = 0.99, 0.95

Row = dict[str, str]


@dataclass
class Score:
    """How many names got an identity, how many the right one, how many should have got one."""

    given: int = 0
    right: int = 0
    due: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    seen: int = 0

    def add(self, row: Row, got: str, is_right: bool, is_due: bool) -> None:
        """Count one row; `got` is empty where the name got no identity."""
        self.seen += 1
        self.due += is_due
        self.given += bool(got)
        self.right += bool(got) and is_right
        told = f"{row['id']} {row.get('name') or row.get('citation')} → {got or 'nothing'}"
        if got and not is_right:
            self.wrong.append(told)
        elif is_due and not got:
            self.missed.append(told)

    def check(self, rows: int) -> None:
        """Both bounds, with what is wrong in the message."""
        precision = self.right / self.given
        recall = self.right / self.due
        told = f"precision {precision:.3f}, recall {recall:.3f} of {self.seen}\n"
        told += "\n".join(["wrong:", *self.wrong, "missed:", *self.missed])
        print(told)
        assert self.seen >= rows
        assert precision >= PRECISION and recall >= RECALL, told


@cache
def load_rows(name: str) -> tuple[Row, ...]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def report_of(area: str, year: str, issuer: str, sentence: str) -> Report:
    """A report of an area (100000: of the nation) with one sentence in it."""
    overrides = Overrides(area=area, year=int(year), issuer=issuer or None)
    outlined = outline(
        read_text(f"法治政府建设情况报告\n\n一、工作情况\n\n{sentence}。\n", "report.txt"), overrides
    )
    return link(interpret(outlined, find(outlined)))


def links_at(report: Report, text: str, kind: str) -> list[EntityLink]:
    """Links of mentions of a kind that are, or touch, the words; the very words first."""
    source = report.reading.outline.source.text
    start = source.index(text)
    exact = [e for e in report.entity_links if e.mention.text == text and e.mention.kind == kind]
    touching = [
        e
        for e in report.entity_links
        if e.mention.kind == kind and e.mention.span.start < start + len(text) and start < e.mention.span.end
    ]
    return exact or touching or [e for e in report.entity_links if _number_is_at(e, start)]


def _number_is_at(link: EntityLink, start: int) -> bool:
    """Whether the link is of a citation whose number stands there, apart from its title."""
    citation = link.mention.payload
    span = citation.number_span if isinstance(citation, Citation) else None
    return span is not None and span.start <= start < span.end


# --------------------------------------------------------------------------------------------------- areas


@cache
def setting_of(context: str, year: str) -> Setting:
    """A report of an area by its code, or with a title."""
    overrides = Overrides(area=context if context.isdigit() else None, year=int(year))
    if context.isdigit() and load_areas().by_code(context) is None:
        overrides = Overrides(year=int(year))
    title = "法治政府建设情况报告" if context.isdigit() else context
    return find_setting(
        outline(read_text(f"{title}\n\n一、工作情况\n\n开展工作。\n", "report.txt"), overrides)
    )


def test_areas() -> None:
    score = Score()
    for row in load_rows("areas"):
        setting = setting_of(row["context"], row["year"])
        if row["kind"] == "sign":
            (citation,) = find_citations(fold(row["within"]).text)
            got = parse_code(citation.payload.code or "", setting.codes).area or ""
        else:
            area = resolve_area(setting, row["name"])[0]
            got = area.code if area else ""
        score.add(row, got, got == row["expected"], bool(row["expected"]))
    score.check(300)


# ------------------------------------------------------------------------------------------------ agencies


def test_agencies() -> None:
    score = Score()
    for row in load_rows("agencies"):
        report = report_of(row["area"], row["year"], row["issuer"], row["sentence"])
        agencies: dict[str | None, Agency] = {a.iri: a for a in report.agencies}
        found = [e for e in links_at(report, row["name"], "agency") if e.iri is not None]
        names = {row["expected"], *filter(None, row["also"].split(";"))}
        areas = {row["expected_area"], row["expected_area"][:6], *row["also_area"].split(";")}
        agency = agencies[found[0].iri] if found else None
        is_right = (
            agency is not None
            and bool(row["expected"])
            and agency.name in names
            and (agency.area or "") in areas
        )
        score.add(row, f"{agency.name} ({agency.area})" if agency else "", is_right, bool(row["expected"]))
    score.check(220)


def test_lines_of_agencies() -> None:
    wrong = []
    for row in load_rows("agencies"):
        report = report_of(row["area"], row["year"], row["issuer"], row["sentence"])
        agencies: dict[str | None, Agency] = {a.iri: a for a in report.agencies}
        for found in links_at(report, row["name"], "agency")[:1]:
            agency = agencies.get(found.iri)
            if agency is not None and agency.name == row["expected"] and agency.line != row["line"]:
                wrong.append(f"{row['id']} {row['name']}: {agency.line}, not {row['line']}")
    assert len(wrong) <= 0.01 * len(load_rows("agencies")), "\n".join(wrong)


# ----------------------------------------------------------------------------------------------- documents


def document_at(row: Row) -> tuple[Document | None, set[str | None]]:
    """The document that a row's citation is linked to, and the numbers by which it is known: its own, those of the
    notices and decrees that issue it."""
    report = report_of(row["area"], row["year"], "", row["sentence"])
    documents: dict[str | None, Document] = {d.iri: d for d in report.documents}
    found = links_at(report, row["citation"], "citation")
    document = documents.get(found[0].iri) if found else None
    if document is None:
        return None, set()
    return document, {document.number, *(d.number for d in report.documents if d.promulgates == document.iri)}


def is_right_document(row: Row, document: Document, numbers: set[str | None]) -> bool:
    """Whether key, number and title are as the row says; what it leaves empty is not compared."""
    key = document.iri.removeprefix(DOC)
    said = {
        "key": key in {row["key"], *filter(None, row["also"].split(";"))},
        "number": not row["number"] or row["number"] in numbers,
        "title": not row["title"] or document.title == row["title"],
    }
    compared = {"key": ("key", "number"), "title": ("title", "number"), "number": ("number",)}
    return all(said[name] for name in compared.get(row["check"], ()))


def test_documents() -> None:
    score = Score()
    for row in load_rows("citations"):
        document, numbers = document_at(row)
        decided = row["check"] != "undecided"
        got = document.iri.removeprefix(DOC) if document else ""
        is_right = document is not None and decided and is_right_document(row, document, numbers)
        score.add(row, got, is_right, decided)
    score.check(150)


def test_issuers_of_documents() -> None:
    score = Score()
    for row in load_rows("citations"):
        document = document_at(row)[0] if row["issuer"] else None
        if document is not None:
            score.add(row, document.issuer_name or "", document.issuer_name == row["issuer"], True)
    score.check(40)


def by_group(name: Callable[[Row], str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in load_rows("citations"):
        document = document_at(row)[0]
        if row["group"] and document is not None:
            found.setdefault(name(row), set()).add(document.iri)
    return found


def test_forms_of_one_document_get_one_identity() -> None:
    apart = {group: iris for group, iris in by_group(lambda row: row["group"]).items() if len(iris) > 1}
    assert apart == {}


def test_two_documents_never_get_one_identity() -> None:
    groups: dict[str, set[str]] = {}
    for group, iris in by_group(lambda row: row["group"]).items():
        for iri in iris:
            groups.setdefault(iri, set()).add(group)
    assert {iri: found for iri, found in groups.items() if len(found) > 1} == {}
