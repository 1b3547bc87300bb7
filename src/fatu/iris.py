"""The only place where IRIs are made.

ASCII where a code exists, Chinese where only a name exists, never percent-encoded: an RDF term is its
characters, encoding happens on the wire (RFC 3987).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from .errors import ArgumentError
from .model import Span

BASE = "https://w3id.org/fatu/"
"""Default base. Not registered yet: a name, not an address."""

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\x00-\x20<>\"{}|\\^`]*/")
_RANGE = re.compile(r"((?:19|20)\d\d) ?年? ?[-‐‑‒–—―−~至到]{1,2} ?((?:19|20)\d\d)(?: ?年)?")
_LOST_DASH = re.compile(r"(?<!\d)((?:19|20)\d\d)((?:19|20)\d\d)年?(?!\d)")
_OTHER = re.compile(r"[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]+")
_MAX_SEGMENT = 40
_MARKS = re.compile(r"[〈〉《》<>\s]+")
_LETTERS = re.compile(rf"[A-Za-z\u4e00-\u9fff]{{1,{_MAX_SEGMENT}}}")
"""What is a segment as it stands: no digits, so no years; nothing that NFKC changes."""


def segment(text: str) -> str:
    """One path segment of an IRI: letters, digits and ideographs, all else a hyphen.

    >>> segment("法治政府建设实施纲要（2015—2020年）")
    '法治政府建设实施纲要-2015-2020'
    """
    if _LETTERS.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKC", text)
    folded = _LOST_DASH.sub(r"\1-\2", _RANGE.sub(r"\1-\2", folded))
    kept = _OTHER.sub("-", folded).strip("-")
    if len(kept) > _MAX_SEGMENT:
        digest = hashlib.sha256(kept.encode()).hexdigest()[:8]
        return f"{kept[:_MAX_SEGMENT].rstrip('-')}-{digest}"
    return kept or hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Iris:
    """Makes all IRIs under one base: ontology terms, concepts of the vocabulary, data.

    Raises ArgumentError for a base that is no absolute IRI ending with a slash.
    """

    base: str = BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise ArgumentError("base", f"{self.base!r} cannot be a base", "give an IRI that ends with /")

    def term(self, name: str) -> str:
        """A class or property of the ontology."""
        return f"{self.base}ns#{name}"

    def concept(self, kind: str, slug: str) -> str:
        """A concept of the vocabulary: indicator, topic, unit, verdict, rule, duty, method, doctype, arealevel."""
        return f"{self.base}id/{kind}/{slug}"

    def area(self, code: str) -> str:
        """An area by its code: six digits of GB/T 2260, nine of a township."""
        return f"{self.base}id/area/{code}"

    def agency(self, area: str | None, function: str, unit: str = "") -> str:
        """An agency by area and function, a section within it by one more segment."""
        tail = f"/{segment(unit)}" if unit else ""
        return f"{self.base}id/org/{area or 'unknown'}/{segment(function)}{tail}"

    def numbered_document(self, code: str, year: int | None, sequence: int | None, number: str) -> str:
        """A document by its number: code-year-sequence; a decree by the whole number."""
        if year is None or sequence is None:
            return f"{self.base}id/doc/{segment(number)}"
        return f"{self.base}id/doc/{segment(code)}-{year}-{sequence}"

    def titled_document(self, title: str, area: str | None = None) -> str:
        """A document by its title, without marks of nested titles and spaces, which copies put in or leave out; a local
        paper whose title names no place is kept apart by its area."""
        place = f"{area}/" if area else ""
        return f"{self.base}id/doc/{place}{segment(_MARKS.sub('', title))}"

    def program(self, name: str, area: str | None = None) -> str:
        """A program by its name; one that only this area names is kept apart."""
        place = f"{area}/" if area else ""
        return f"{self.base}id/program/{place}{segment(name)}"

    def local_indicator(self, phrase: str) -> str:
        """An indicator that the catalogue lacks, by its phrase."""
        return f"{self.base}id/indicator/{segment(phrase)}"

    def report(self, area: str, office: str, year: int) -> str:
        """A report by area, government or office, and year."""
        return f"{self.base}id/report/{area}/{segment(office)}/{year}"

    def named_report(self, name: str) -> str:
        """A report whose id the user chose."""
        return f"{self.base}id/report/{segment(name)}"

    def graph(self, kind: str, report: str) -> str:
        """The named graph of a report: kind `report` for its facts, `audit` for its findings, `corpus` for what only
        many reports together tell about it."""
        return f"{self.base}id/graph/{kind}/{report.removeprefix(self.base + 'id/report/')}"

    def software(self, version: str) -> str:
        """The program that made a graph."""
        return f"{self.base}id/software/fatu-{version}"

    def run(self, *sha256: str) -> str:
        """The making of a graph, told apart by what it was made from: the same text (and user's tables), the same
        run."""
        made_from = sha256[0] if len(sha256) == 1 else hashlib.sha256(" ".join(sha256).encode()).hexdigest()
        return f"{self.base}id/run/{made_from[:16]}"

    def lexicon(self, sha256: str) -> str:
        """A user's own rows, by the SHA-256 of their file."""
        return f"{self.base}id/lexicon/{sha256[:16]}"

    def finding(self, name: str) -> str:
        """A finding about several reports."""
        return f"{self.base}id/finding/{name}"

    def shared_text(self, digest: str) -> str:
        """A paragraph of several reports, by its digest."""
        return f"{self.base}id/text/{digest}"

    @property
    def registry_graph(self) -> str:
        """The named graph of merges."""
        return f"{self.base}id/graph/registry"

    @property
    def catalogue_graph(self) -> str:
        """The named graph of the description of all others."""
        return f"{self.base}id/graph/catalogue"

    @property
    def vocabulary_graph(self) -> str:
        """The named graph of ontology, topics, indicators and units."""
        return f"{self.base}id/graph/vocab"


def within(report: str, name: str) -> str:
    """Something inside a report: a fragment of its IRI."""
    return f"{report}#{name}"


def text_span(report: str, span: Span) -> str:
    """A span of a report's text, in the form of RFC 5147."""
    return f"{report}#char={span.start},{span.end}"
