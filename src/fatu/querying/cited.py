"""What a citation network is made of: documents, the areas whose reports cite them, and how documents hang together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

DocumentLevel = Literal["country", "province", "prefecture", "county", "township", "unknown"]
DOCUMENT_LEVELS: tuple[DocumentLevel, ...] = (
    "country",
    "province",
    "prefecture",
    "county",
    "township",
    "unknown",
)
"""Levels of what issues documents, the highest authority first; `unknown` where nothing tells whose one is."""
Told = Literal["issuer", "iri", "title", "notice", ""]
"""What tells whose a document is: its issuer, that its IRI is kept apart by its area, an area that its title names, or
the notice that promulgates it."""
Relation = Literal["promulgates", "implementsPolicy"]


@dataclass(frozen=True, slots=True)
class CitationChoice:
    """Which citations are taken; an empty part leaves all."""

    areas: tuple[str, ...] = ()
    """Of the reports: six digits are that area alone; fewer (41, 4102) and names are areas with all below them."""
    years: tuple[int, ...] = ()
    """Of the reports."""
    reports: tuple[str, ...] = ()
    """Ids of reports: 410203-gov-2020."""
    levels: tuple[DocumentLevel, ...] = ()
    """Of the documents."""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document under its canonical IRI: what several IRIs of it say is told of the one."""

    iri: str
    title: str
    number: str
    issuer: str
    """Names, joined by 、."""
    level: DocumentLevel
    """The highest of its areas."""
    areas: tuple[str, ...]
    """Codes of the areas that issue it."""
    told: Told
    year: int | None
    """In its number, else of its signing or first publication, else that of the notice that promulgates it. The years
    that a plan is made for tell no year of it."""

    @property
    def name(self) -> str:
        """What to call it: its title, else its number."""
        return self.title or self.number


@dataclass(frozen=True, slots=True)
class CitingArea:
    """An area with the chosen reports that the store has of it; without any where it only issues documents."""

    code: str
    iri: str
    name: str
    level: str
    within: str
    """Code of the area one level up."""
    reports: int
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AreaCitations:
    """All citations of one document by the reports of one area."""

    area: str
    document: str
    functions: tuple[tuple[str, int], ...]
    """What the citations are there for (implementsPolicy, publicises …) and how many, the most frequent first."""
    years: tuple[int, ...]
    reports: int
    citations: int
    shared: int
    """How many of the citations stand in paragraphs that reports of other areas have word for word."""


@dataclass(frozen=True, slots=True, order=True)
class DocumentTie:
    """A notice that promulgates a text, or a document that implements another."""

    source: str
    target: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class CitationNetwork:
    """Documents and areas by IRI and code, citations by area and document, ties by their ends."""

    documents: tuple[CitedDocument, ...]
    areas: tuple[CitingArea, ...]
    citations: tuple[AreaCitations, ...]
    ties: tuple[DocumentTie, ...]
    unresolved: int
    """Citations of which it could not be decided what document they mean: they are in no edge."""


def count_functions(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Functions and how often each comes, the most frequent first, then by name."""
    return tuple(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))
