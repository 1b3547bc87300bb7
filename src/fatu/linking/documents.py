"""Cited documents: number first, else normalised title; a notice and the text it issues are two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from ..finding.agencies import find_agencies
from ..finding.citations import parse_title
from ..iris import Iris
from ..lexicon.document_codes import parse_code
from ..model import (
    Agency,
    Citation,
    CitationUse,
    Document,
    EntityLink,
    Line,
    Mention,
    Method,
    Reading,
    Span,
    bare_title,
)
from ..outlining import folded_offset
from .agencies import link_agency
from .areas import Setting

_EXACT: Method = "exact"
_SHORT_FORM = re.compile(
    r"[^。;《》]{0,30}?(?:以下|下)?(?:简)?称(?:为)?:?[《“\"](?P<name>[^《》“”\"]{2,30})[》”\"]"
)


def link_documents(
    iris: Iris, setting: Setting, reading: Reading, makers: Mapping[Span, tuple[Agency, ...]]
) -> tuple[tuple[EntityLink, ...], dict[str, Document], tuple[Agency, ...]]:
    """Links of all citations, the documents by IRI, and the agencies that issued them.

    `makers` tells for a citation's span which agencies the sentence says made the document.
    """
    short_forms = _short_forms(reading)
    links: list[EntityLink] = []
    documents: dict[str, Document] = {}
    issuers: dict[str, Agency] = {}
    for use in reading.uses:
        mention, method = use.citation, _EXACT
        full = short_forms.get(mention.payload.title or "")
        if (
            full is not None
            and full.payload.title != mention.payload.title
            and mention.payload.number is None
        ):
            mention, method = full, "alias"
        citation = mention.payload
        bodies = _issuers(iris, setting, use, citation, makers)
        document = _document(iris, setting, use, mention, bodies)
        links.append(EntityLink(use.citation, document.iri, document.title or document.number, method))
        documents[document.iri] = _merged(documents.get(document.iri), document)
        issuers.update({body.iri: body for body in bodies})
        if document.promulgates is not None and citation.promulgated is not None:
            issued = _issued_text(iris, document.promulgates, citation.promulgated)
            documents[issued.iri] = _merged(documents.get(issued.iri), issued)
    return tuple(links), documents, tuple(issuers.values())


def _short_forms(reading: Reading) -> dict[str, Mention[Citation]]:
    """(以下简称《纲要》) → the citation before it."""
    fold = reading.outline.fold
    forms: dict[str, Mention[Citation]] = {}
    for use in reading.uses:
        citation = use.citation.payload
        ends = [use.citation.span.end, *([citation.number_span.end] if citation.number_span else [])]
        found = _SHORT_FORM.match(fold.text, folded_offset(fold, max(ends)))
        if found and citation.title and "称" in found.group():
            forms.setdefault(found["name"], use.citation)
    return forms


def _issuers(
    iris: Iris,
    setting: Setting,
    use: CitationUse,
    citation: Citation,
    makers: Mapping[Span, tuple[Agency, ...]],
) -> tuple[Agency, ...]:
    """Who issued it, the leading body first: the title says so, else the sentence (区委制定《…》), else the code of
    the number or the organ of a decree."""
    if citation.issuer is not None:
        named = _named(iris, setting, citation.issuer)
        if named:
            return named
    if use.citation.span in makers:
        return makers[use.citation.span]
    if citation.code is not None:
        organ = next((citation.code.removesuffix(e) for e in ("令", "公告") if citation.code.endswith(e)), "")
        if organ and (named := _named(iris, setting, organ)):
            return named
        code = parse_code(citation.code, setting.codes)
        if code.issuer is not None and code.area is not None and code.function is not None:
            line = cast(Line, code.line or "government")
            in_party = line == "party" and code.function.startswith("委")
            function = f"中共{code.function}" if in_party else code.function
            return (Agency(iris.agency(code.area, function), code.issuer, code.area, function, line=line),)
    return ()


def _named(iris: Iris, setting: Setting, issuer: str) -> tuple[Agency, ...]:
    """The agencies that a title names as issuers: one behind the other, from its beginning."""
    agencies: list[Agency] = []
    end = 0
    for spot in find_agencies(issuer, setting.official):
        if issuer[end : spot.start].strip("、 和"):
            break
        mention = Mention(Span(spot.start, spot.end), issuer[spot.start : spot.end], spot.payload)
        link, found = link_agency(iris, setting, mention)
        if link.iri is not None:
            agencies.append(found[0])
        end = spot.end
    return tuple(agencies)


def _document(
    iris: Iris, setting: Setting, use: CitationUse, mention: Mention[Citation], issuers: tuple[Agency, ...]
) -> Document:
    citation = mention.payload
    if citation.number is not None and citation.code is not None:
        iri = iris.numbered_document(citation.code, citation.number_year, citation.sequence, citation.number)
    else:
        title = citation.title or ""
        local = use.function == "issues" and setting.own is not None and not any(setting.table.find(title))
        iri = iris.titled_document(title, setting.own.code if local and setting.own else None)
    return Document(
        iri=iri,
        title=bare_title(mention.text) if citation.title is not None else None,
        number=citation.number,
        code=citation.code,
        number_year=citation.number_year,
        sequence=citation.sequence,
        doc_type=citation.doc_type,
        issuers=tuple(body.iri for body in issuers),
        issuer_name=" ".join(body.name for body in issuers) or None,
        year_start=citation.year_start,
        year_end=citation.year_end,
        promulgates=iris.titled_document(citation.promulgated) if citation.promulgated else None,
    )


def _issued_text(iris: Iris, iri: str, title: str) -> Document:
    parsed = parse_title(title)
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


def _merged(known: Document | None, new: Document) -> Document:
    """One document cited twice: what either mention tells, the first one first."""
    if known is None:
        return new
    return replace(
        known,
        title=known.title or new.title,
        number=known.number or new.number,
        code=known.code or new.code,
        number_year=known.number_year or new.number_year,
        sequence=known.sequence or new.sequence,
        doc_type=known.doc_type or new.doc_type,
        issuers=known.issuers or new.issuers,
        issuer_name=known.issuer_name or new.issuer_name,
        year_start=known.year_start or new.year_start,
        year_end=known.year_end or new.year_end,
        promulgates=known.promulgates or new.promulgates,
    )
