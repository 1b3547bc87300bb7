"""Which base document of the registry a citation means, if any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..finding.citations import ORDERS
from ..lexicon.document_codes import parse_code
from ..lexicon.documents import BaseDocument, DocumentTable, document_key, is_short_form
from ..model import Agency, Citation, CitationFunction, Method
from .agencies import NATION


class Match(NamedTuple):
    """A base document and how it was told."""

    document: BaseDocument
    method: Method
    cue: str
    """The words that decided: title, short form, number, or the report's year."""
    is_notice: bool = False
    """Whether the citation names the notice that issues the document."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides besides the citation itself."""

    function: CitationFunction
    makers: tuple[Agency, ...]
    """The agencies that the sentence says made the document."""
    year: int | None
    """The year reported on."""
    codes: Sequence[str]
    """Codes of the areas that the report is about."""


def match_base_document(table: DocumentTable, citation: Citation, around: Circumstances) -> Match | None:
    """The base document that a citation means.

    A number of the registry decides: alone it names the notice or decree that bears it, with a title that can be a
    short form the text; else the title, unless the text says that another body made the document or gives it a number
    that is not the registry's.
    """
    by_number = table.numbers.get(citation.number or "")
    if citation.title is None:
        if by_number is None:
            return None
        return Match(by_number, "exact", citation.number or "", is_notice=citation.number != by_number.number)
    if citation.promulgated is not None:
        return _notice(table, citation, by_number)
    found = _titled(table, citation, around)
    if by_number is not None:
        if found is not None:
            return found if found.document is by_number else None
        if is_short_form(citation.title, by_number.title):
            return Match(by_number, "code", citation.number or "")
        return None
    if found is None or not _can_bear(found.document, citation, around):
        return None
    return found


def _titled(table: DocumentTable, citation: Citation, around: Circumstances) -> Match | None:
    title = citation.title or ""
    national = bool(around.makers) and any(maker.area == NATION for maker in around.makers)
    if (named := table.named(title)) is not None:
        return None if _made_here(named, around, national) else Match(named, "exact", title)
    if national and (signed := table.unsigned.get(document_key(title))) is not None:
        return Match(signed, "context", around.makers[0].name)
    other = table.aliases.get(document_key(title)) or table.cut(title)
    method: Method = "alias"
    cue = title
    if other is None and (other := table.in_force(title, around.year)) is not None:
        method, cue = "context", str(around.year)
    if other is None or _made_here(other, around, national):
        return None
    if around.function == "issues" and not national and not other.is_law:
        return None
    return Match(other, method, cue)


def _made_here(document: BaseDocument, around: Circumstances, national: bool) -> bool:
    """Whether the sentence says that a local body made it: a paper of that name is another one, unless a law."""
    return bool(around.makers) and not national and not document.is_law


def _can_bear(document: BaseDocument, citation: Citation, around: Circumstances) -> bool:
    """Whether a number that the registry does not know can be that of the decree or notice that issues the document:
    a law's of another version, or a national one where the registry has none."""
    if citation.number is None or citation.code is None:
        return True
    if document.is_law and citation.code.endswith(ORDERS):
        return True
    unknown = not document.number and not document.promulgated_by
    return unknown and parse_code(citation.code, tuple(around.codes)).area == NATION


def _notice(table: DocumentTable, citation: Citation, by_number: BaseDocument | None) -> Match | None:
    """The notice that issues a base document (《国务院办公厅关于印发…计划的通知》), told by its number,
    else by its issuer and the title of the text."""
    text = table.named(citation.promulgated or "")
    if by_number is not None:
        if text is by_number or (text is None and is_short_form(citation.promulgated or "", by_number.title)):
            return Match(by_number, "exact", citation.number or "", is_notice=True)
        return None
    if text is None or not text.promulgated_by or citation.number is not None:
        return None
    signed = citation.issuer is not None and document_key(citation.issuer) == document_key(
        "".join(text.issuers)
    )
    return Match(text, "exact", citation.title or "", is_notice=True) if signed else None
