"""The documents of one report, with what the registry adds to those it knows."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from ..finding.citations import find_citations, parse_title
from ..iris import Iris
from ..lexicon.documents import BaseDocument, document_key, load_documents
from ..lexicon.extension import cached
from ..model import Agency, Citation, Document
from ..outlining import fold
from .areas import Setting
from .titles import named_agencies

_UNREAD = Citation(None, None)


def untold_document(iri: str, title: str | None, read: Citation | None = None) -> Document:
    """A document of which nothing but its title is told; `read` is the title's reading, where there is one already."""
    parsed = read or (parse_title(fold(title).text) if title else _UNREAD)
    return Document(
        iri=iri,
        title=title,
        number=None,
        code=None,
        number_year=None,
        sequence=None,
        doc_type=parsed.doc_type,
        issuers=(),
        issuer_name=None,
        year_start=parsed.year_start,
        year_end=parsed.year_end,
        promulgates=None,
    )


def numbered(document: Document, citation: Citation) -> Document:
    """The document with the number of a citation."""
    return replace(
        document,
        number=citation.number,
        code=citation.code,
        number_year=citation.number_year,
        sequence=citation.sequence,
    )


@cached
def parse_number(number: str) -> Citation:
    """The parts of a canonical number: 中发〔2015〕36号, 国务院令第713号."""
    return next(find_citations(number)).payload


class Shelf:
    """Collects the documents of a report and the agencies that issued them, each once."""

    def __init__(self, iris: Iris, setting: Setting) -> None:
        self.iris, self.setting = iris, setting
        self.documents: dict[str, Document] = {}
        self.by_key: dict[str, str] = {}
        """Key of a title → IRI of the first document that bears it."""
        self.issuers: dict[str, Agency] = {}

    def put(self, document: Document, bodies: tuple[Agency, ...] = ()) -> None:
        """Add a document: what was told of it before stays, the new fills gaps."""
        self.documents[document.iri] = _merged(self.documents.get(document.iri), document)
        if document.title:
            self.by_key.setdefault(document_key(document.title), document.iri)
        self.issuers.update({body.iri: body for body in bodies})

    def number_iri(self, citation: Citation) -> str:
        """The IRI of the document that bears the number of a citation."""
        return self.iris.numbered_document(
            citation.code or "", citation.number_year, citation.sequence, citation.number or ""
        )

    def base_iri(self, base: BaseDocument) -> str:
        """A base document's IRI: by its own number if it bears one, else by its title; never by that of the notice or
        decree that issues it."""
        if base.number:
            return self.number_iri(parse_number(base.number))
        return self.iris.titled_document(base.title)

    def base_issuers(self, base: BaseDocument) -> tuple[Agency, ...]:
        """The agencies that issued a base document."""
        return named_agencies(self.iris, self.setting, "、".join(base.issuers))[0]

    def put_base(self, base: BaseDocument) -> str:
        """Add what the registry tells of a base document, the notice or decree that issues it, and the base documents
        that it carries out. Its IRI."""
        iri, bodies = self.base_iri(base), self.base_issuers(base)
        known = self.documents.get(iri)
        if known is not None and known.source:
            return iri
        is_numbered_paper = bool(base.promulgated_by) and not base.is_law
        document = replace(
            untold_document(iri, base.title),
            issuers=tuple(body.iri for body in bodies),
            is_law=base.is_law,
            aliases=(base.title, *base.aliases),
            created="" if base.is_law or is_numbered_paper else base.date,
            issued=base.date if base.is_law else "",
            modified=base.revised,
            source=base.source,
        )
        if base.period is not None:
            document = replace(document, year_start=base.period[0], year_end=base.period[1])
        if base.number:
            document = numbered(document, parse_number(base.number))
        self.put(document, bodies)
        if base.promulgated_by:
            self._put_notice(base, iri, bodies, base.date if is_numbered_paper else "")
        if base.implements:
            target = self.put_base(load_documents().documents[base.implements])
            self.put(replace(untold_document(iri, None), implements=(target,)))
        return iri

    def _put_notice(self, base: BaseDocument, issued: str, bodies: tuple[Agency, ...], created: str) -> None:
        """Add the notice or decree that issues a base document, whose IRI is `issued`."""
        number = parse_number(base.promulgated_by)
        notice = replace(
            untold_document(self.number_iri(number), None),
            issuers=tuple(body.iri for body in bodies),
            promulgates=issued,
            created=created,
            source=base.source,
        )
        self.put(numbered(notice, number), bodies)


_FIELDS = tuple(field.name for field in fields(Document))


def _merged(known: Document | None, new: Document) -> Document:
    """One document told of twice: what either tells, the first one first."""
    if known is None:
        return new
    told: dict[str, Any] = {field: getattr(known, field) or getattr(new, field) for field in _FIELDS}
    for several in ("implements", "aliases"):
        told[several] = tuple(dict.fromkeys((*getattr(known, several), *getattr(new, several))))
    return Document(**told)
