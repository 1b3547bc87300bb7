"""Cited documents: what the registry knows, else number first, else normalised title.

A notice and the text it issues are two documents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from ..finding.citations import ORDERS, parse_title
from ..iris import Iris
from ..lexicon.document_codes import parse_code
from ..lexicon.documents import (
    BaseDocument,
    cut_ends,
    document_key,
    is_short_form,
    load_documents,
    undated_key,
)
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
)
from ..outlining import folded_offset
from .agencies import NATION
from .areas import Setting
from .base_documents import Circumstances, Match, match_base_document
from .policies import implemented_titles, put_implemented
from .shelf import Shelf, numbered, parse_number, untold_document
from .titles import MAX_TITLES, is_one_paper, named_agencies, signed_title, written_title

_SHORT_FORM = re.compile(
    r"[^。;《》]{0,30}?(?:以下|下)?(?:简)?称(?:为)?:?[《“\"](?P<name>[^《》“”\"]{2,30})[》”\"]"
)
_EXACT: Method = "exact"
_ORDER = "令"
_ORDER_TYPES = ("公告", "通告", "命令", "决定", "通知")
_LAW_TYPES = ("法", "法典", "宪法")
_REGULATION, _MEASURES = "条例", "办法"
_PARTY = "中国共产党"


@dataclass(frozen=True, slots=True)
class Makers:
    """Citation span → the agencies that the sentence says made the document."""

    told: Mapping[Span, tuple[Agency, ...]]
    """By any words: 区委制定《…》, 中共中央、国务院《…》."""
    before: Mapping[Span, tuple[Agency, ...]]
    """Only those named right before the title."""


def link_documents(
    iris: Iris, setting: Setting, reading: Reading, makers: Makers
) -> tuple[tuple[EntityLink, ...], dict[str, Document], tuple[Agency, ...]]:
    """Links of all citations, the documents by IRI, and the agencies that issued them.

    A text that a numbered notice or decree issues is identified by its title, the notice by the number, where the
    registry tells them apart; any other document by its number, and without one by its title.
    """
    librarian = _Librarian(setting, reading, makers, Shelf(iris, setting))
    links = tuple(librarian.link(use) for use in reading.uses)
    shelf = librarian.shelf
    for base in librarian.bases.values():
        shelf.put_base(base)
    iri_of = {link.mention.span: link.iri for link in links if link.iri is not None}
    put_implemented(shelf, reading, iri_of)
    return links, shelf.documents, tuple(shelf.issuers.values())


class _Librarian:
    """Identifies the citations of one report, one after the other. A class because each sees what came before."""

    def __init__(self, setting: Setting, reading: Reading, makers: Makers, shelf: Shelf) -> None:
        self.setting, self.reading, self.makers, self.shelf = setting, reading, makers, shelf
        self.short_forms = _short_forms(reading)
        self.dated = _dated(reading)
        self.table = load_documents()
        year = reading.outline.metadata.year
        self.year = year.value if year else None
        self.bases: dict[str, BaseDocument] = {}
        """Base documents cited, by title: what the registry tells of them comes after all that the text tells."""
        self.cited: list[str] = []
        """IRIs of the documents cited so far."""
        self.of_kind: dict[str, tuple[int, dict[str, None]]] = {}
        """Kind of text (纲要) → how many of those cited were looked at, and which of them are of that kind."""

    def link(self, use: CitationUse) -> EntityLink:
        """The link of a citation; its document goes on the shelf."""
        mention = self.short_forms.get(use.citation.span, use.citation)
        citation, cited = mention.payload, use.citation.payload
        function = use.function if mention is use.citation else "mentions"
        told = self.makers.told.get(mention.span, ())
        around = Circumstances(function, told, self.year, self.setting.codes)
        match = match_base_document(self.table, citation, around)
        if match is None and citation.number is None and use.function != "issues":
            dated = self.dated.get(document_key(citation.title or ""))
            if dated is not None:
                mention, citation = dated, dated.payload
                match = match_base_document(
                    self.table, citation, replace(around, function="mentions", makers=())
                )
        if match is None and citation.number is None and citation.title == citation.doc_type:
            return self._by_kind(use.citation)
        bodies = self._issuers(mention, match)
        misnamed = self._misnamed(mention) if match is None else None
        if match is not None:
            document = _told(self._base(match, mention, bodies), citation, bodies)
            method, cue = match.method, match.cue
        else:
            document = misnamed or _told(self._document(use, mention), citation, bodies)
            method, cue = _EXACT, cited.number or cited.title or ""
        self.shelf.put(document, () if misnamed else bodies)
        self.cited.append(document.iri)
        if mention is not use.citation:
            method, cue = "alias", cited.title or ""
        return EntityLink(use.citation, document.iri, document.title or document.number, method, cue=cue)

    def _by_kind(self, mention: Mention[Citation]) -> EntityLink:
        """《纲要》 with no short form introduced: the one document of that kind that the report has cited by its title
        before it; UNRESOLVED where there is none, or several."""
        kind = mention.payload.title or ""
        seen, before = self.of_kind.setdefault(kind, (0, {}))
        for iri in self.cited[seen:]:
            title = self.shelf.documents[iri].title
            if title and is_short_form(kind, title):
                before[iri] = None
        self.of_kind[kind] = (len(self.cited), before)
        if len(before) != 1:
            return EntityLink(mention, None, kind, "context", tuple(sorted(before)), cue=kind)
        (iri,) = before
        document = self.shelf.documents[iri]
        return EntityLink(mention, iri, document.title or document.number, "context", cue=kind)

    # ---- documents of the registry -------------------------------------------------------------------------

    def _base(self, match: Match, mention: Mention[Citation], bodies: tuple[Agency, ...]) -> Document:
        """The base document, or the notice that issues it, as far as the citation tells of it."""
        citation, base = mention.payload, match.document
        self.bases[base.title] = base
        iri = self.shelf.base_iri(base)
        number = (
            citation if citation.number else parse_number(base.promulgated_by) if match.is_notice else None
        )
        written = written_title(mention.text, citation)
        is_issued = number is not None and citation.number != base.number
        if number is not None and is_issued:
            notice = untold_document(self.shelf.number_iri(number), written if match.is_notice else None)
            notice = replace(numbered(notice, number), promulgates=iri)
            if match.is_notice:
                return notice
            # 主席令 promulgates what the congress enacted; other notices come from those who made the text.
            bodies = self._issuer_of_code(number.code or "") if base.is_law else bodies
            self.shelf.put(replace(notice, issuers=tuple(body.iri for body in bodies)), bodies)
        document = untold_document(iri, written if match.method == "exact" else base.title)
        # What a notice issues is cited by the number of the notice too; of a law each version has a decree of its own.
        if number is not None and not (is_issued and base.is_law):
            document = numbered(document, number)
        return document

    # ---- other documents -----------------------------------------------------------------------------------

    def _document(self, use: CitationUse, mention: Mention[Citation]) -> Document:
        citation, iris = mention.payload, self.shelf.iris
        written = written_title(mention.text, citation)
        iri = self._titled_iri(use, mention)
        if citation.number is not None and citation.code is not None:
            if _is_issued_by_order(citation):
                return self._issued_by_order(untold_document(iri, written, citation), citation)
            iri = self.shelf.number_iri(citation)
        document = untold_document(iri, written, citation)
        if citation.number is not None:
            document = numbered(document, citation)
        if citation.promulgated and citation.promulgated != parse_title(citation.promulgated).doc_type:
            issued = untold_document(iris.titled_document(citation.promulgated), citation.promulgated)
            self.shelf.put(issued)
            document = replace(document, promulgates=issued.iri)
        return replace(document, is_law=self._is_law(citation))

    def _misnamed(self, mention: Mention[Citation]) -> Document | None:
        """The document that bears the number, where the report has given it to a title that cannot be of one paper with
        this one; its aliases are what it is called here.

        A number is of one document (GB/T 9704-2012, 7.2.5). Which of the titles is wrong is open, and the audit tells
        that they differ: what this one says of kind, years and issuers is not taken over.
        """
        citation = mention.payload
        if citation.code is None or _is_issued_by_order(citation):
            return None
        known = self.shelf.documents.get(self.shelf.number_iri(citation))
        written = written_title(mention.text, citation)
        if known is None or not known.title or not written or is_one_paper(known.title, written):
            return None
        return replace(known, aliases=(written,)) if len(known.aliases) < MAX_TITLES else known

    def _issued_by_order(self, document: Document, citation: Citation) -> Document:
        """《…办法》(国家林业局令第45号): the text, and the decree or announcement that issues it."""
        bodies = self._issuer_of_code(citation.code or "")
        order = numbered(untold_document(self.shelf.number_iri(citation), None), citation)
        order = replace(order, issuers=tuple(body.iri for body in bodies), promulgates=document.iri)
        self.shelf.put(order, bodies)
        is_law = self._is_law(citation)
        text = document if is_law else numbered(document, citation)
        return replace(text, is_law=is_law)

    def _titled_iri(self, use: CitationUse, mention: Mention[Citation]) -> str:
        """By title with its issuer; a paper that the report's own area makes and whose title names no place is kept
        apart by its area."""
        title, iris = mention.payload.title or "", self.shelf.iris
        signed = signed_title(iris, self.setting, title, self.makers.before.get(mention.span, ()))
        own = self.setting.own
        is_local = (
            use.function == "issues"
            and own is not None
            and not self.setting.names_place(title)
            and signed == title
        )
        return iris.titled_document(signed, own.code if is_local and own else None)

    def _is_law(self, citation: Citation) -> bool:
        """A law by its name, a local regulation by the place in its title, a rule by the decree that issues it."""
        title = citation.title or ""
        if citation.promulgated is not None or _PARTY in title:
            return False
        if citation.doc_type in _LAW_TYPES or (
            title and citation.code is not None and citation.code.endswith(_ORDER)
        ):
            return True
        is_of_area = any(start == 0 for start, *_ in self.setting.table.find(title))
        carries_out_law = any(implemented.endswith(_LAW_TYPES) for implemented in implemented_titles(title))
        return is_of_area and (
            citation.doc_type == _REGULATION or (citation.doc_type == _MEASURES and carries_out_law)
        )

    # ---- who issued it -------------------------------------------------------------------------------------

    def _issuers(self, mention: Mention[Citation], match: Match | None) -> tuple[Agency, ...]:
        """Who issued it, the leading body first: the title says so, else the sentence (区委制定《…》), else the number,
        by the registry, the organ of a decree, or the code."""
        citation, iris = mention.payload, self.shelf.iris
        if citation.issuer is not None:
            named, _ = named_agencies(iris, self.setting, citation.issuer)
            if named:
                return named
        told = self.makers.told.get(mention.span, ())
        if told and (match is None or all(maker.area == NATION for maker in told)):
            # 县司法局 makes no 《民法典》, whatever it makes of it.
            return told
        if citation.code is None:
            return ()
        if match is not None:
            return self.shelf.base_issuers(match.document)
        return self._issuer_of_code(citation.code)

    def _issuer_of_code(self, code: str) -> tuple[Agency, ...]:
        organ = next((code.removesuffix(e) for e in ORDERS if code.endswith(e)), "")
        if organ:
            named, _ = named_agencies(self.shelf.iris, self.setting, organ)
            if named:
                return named
        known = parse_code(code, self.setting.codes)
        if known.issuer is None or known.area is None or known.function is None:
            return ()
        line = cast(Line, known.line or "government")
        in_party = line == "party" and known.function.startswith("委")
        function = f"中共{known.function}" if in_party else known.function
        iri = self.shelf.iris.agency(known.area, function)
        return (Agency(iri, known.issuer, known.area, function, line=line),)


def _told(document: Document, citation: Citation, bodies: tuple[Agency, ...]) -> Document:
    """The document with type, issuers and years as the citation tells them."""
    return replace(
        document,
        doc_type=citation.doc_type or document.doc_type,
        issuers=tuple(body.iri for body in bodies),
        issuer_name=" ".join(body.name for body in bodies) or None,
        year_start=citation.year_start or document.year_start,
        year_end=citation.year_end or document.year_end,
    )


def _is_issued_by_order(citation: Citation) -> bool:
    """Whether a title stands with the number of a decree or an announcement, and is none itself."""
    by_order = citation.code is not None and citation.code.endswith(ORDERS)
    return by_order and citation.title is not None and citation.doc_type not in _ORDER_TYPES


def _short_forms(reading: Reading) -> dict[Span, Mention[Citation]]:
    """Citation by a short form → the one that it stands for: with (以下简称《纲要》) behind it, or the only title that
    begins and ends as one cut short with …"""
    fold = reading.outline.fold
    introduced: dict[str, Mention[Citation]] = {}
    for use in reading.uses:
        citation = use.citation.payload
        ends = [use.citation.span.end, *([citation.number_span.end] if citation.number_span else [])]
        found = _SHORT_FORM.match(fold.text, folded_offset(fold, max(ends)))
        if found and citation.title and "称" in found.group():
            introduced.setdefault(found["name"], use.citation)
    forms: dict[Span, Mention[Citation]] = {}
    whole = _whole_titles(reading)
    keys = sorted(whole)
    uncut: dict[str, Mention[Citation] | None] = {}
    for use in reading.uses:
        title, number = use.citation.payload.title, use.citation.payload.number
        if title is None or number is not None:
            continue
        if title not in uncut:
            uncut[title] = _uncut(title, whole, keys)
        full = introduced.get(title) or uncut[title]
        if full is not None and full.payload.title != title:
            forms[use.citation.span] = full
    return forms


def _dated(reading: Reading) -> dict[str, Mention[Citation]]:
    """Key of a plan's title without its years → the one plan of that title that the report cites with them."""
    plans: dict[str, dict[str, Mention[Citation]]] = {}
    for use in reading.uses:
        title = use.citation.payload.title
        if title is not None and (key := undated_key(title)):
            plans.setdefault(key, {}).setdefault(document_key(title), use.citation)
    return {key: next(iter(found.values())) for key, found in plans.items() if len(found) == 1}


def _whole_titles(reading: Reading) -> dict[str, Mention[Citation]]:
    """Key → the first citation by each title that is not cut short."""
    whole: dict[str, Mention[Citation]] = {}
    for use in reading.uses:
        title = use.citation.payload.title or ""
        if cut_ends(title) is None:
            whole.setdefault(document_key(title), use.citation)
    return whole


def _uncut(
    title: str, whole: Mapping[str, Mention[Citation]], keys: Sequence[str]
) -> Mention[Citation] | None:
    """The only title that begins and ends as one cut short with … does; `keys` are those of `whole`, sorted."""
    ends = cut_ends(title)
    if ends is None or not ends[0]:
        return None
    head, tail = ends
    fits: list[str] = []
    at = bisect_left(keys, head)
    while at < len(keys) and keys[at].startswith(head) and len(fits) < 2:
        if keys[at].endswith(tail):
            fits.append(keys[at])
        at += 1
    return whole[fits[0]] if len(fits) == 1 else None
