"""Which documents carry out which: the title says so, or the sentence that tells of its making."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache

from ..lexicon.documents import document_key, load_documents
from ..lexicon.tables import load_table
from ..model import CitationUse, Reading, Span
from ..outlining import fold, folded_offset
from .shelf import Shelf, untold_document

_BREAK = re.compile(r"[。;\n]")
_TITLED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|\([^()]*\)")
_BASES = ("implements", "compiled_under")
_MAX_GAP = 160


def put_implemented(shelf: Shelf, reading: Reading, iri_of: Mapping[Span, str]) -> None:
    """Tell each document on the shelf which others it carries out; those go on the shelf too.

    `iri_of`: span of a citation → IRI of its document.
    """
    for document in tuple(shelf.documents.values()):
        if document.promulgates is None and document.title is not None:
            for title in implemented_titles(document.title):
                _put(shelf, document.iri, _iri_of_title(shelf, title))
    for use, base in _made_under(reading):
        made, target = iri_of.get(use.citation.span), iri_of.get(base.citation.span)
        # What a base document carries out is the registry's to tell.
        if made is not None and target is not None and not shelf.documents[made].source:
            _put(shelf, shelf.documents[made].promulgates or made, target)


@lru_cache(maxsize=4096)
def implemented_titles(title: str) -> tuple[str, ...]:
    """Titles of the documents that a document carries out, as its own title says.

    >>> implemented_titles("湖南省实施〈中华人民共和国土地管理法〉办法")
    ('中华人民共和国土地管理法',)
    """
    found = (pattern.search(fold(title).text) for pattern in _patterns("title"))
    return tuple(dict.fromkeys(match["text"] for match in found if match))


def _put(shelf: Shelf, document: str, target: str) -> None:
    other = shelf.documents[target]
    if document not in (target, other.promulgates, *other.implements):
        shelf.put(replace(untold_document(document, None), implements=(target,)))


def _iri_of_title(shelf: Shelf, title: str) -> str:
    """The document of a title on the shelf or in the registry, else a new one."""
    base = load_documents().named(title)
    if base is not None:
        return shelf.put_base(base)
    known = shelf.by_key.get(document_key(title))
    if known is not None:
        return known
    document = untold_document(shelf.iris.titled_document(title), title)
    shelf.put(document)
    return document.iri


def _made_under(reading: Reading) -> Iterator[tuple[CitationUse, CitationUse]]:
    """What the sentence says was made (制定《B》), with each document before it that it carries out or follows
    (为贯彻落实《A》,), in the clause that leads to the making."""
    text = reading.outline.fold.text
    for index, made in enumerate(reading.uses):
        if made.function != "issues":
            continue
        start = folded_offset(reading.outline.fold, made.citation.span.start)
        for before in range(index - 1, -1, -1):
            base = reading.uses[before]
            end = folded_offset(reading.outline.fold, _end(base))
            if start - end > _MAX_GAP or _BREAK.search(between := text[end:start]):
                break
            if base.function in _BASES and _leads_over(between):
                yield made, base


def _end(use: CitationUse) -> int:
    number = use.citation.payload.number_span
    return max(use.citation.span.end, number.end if number else 0)


def _leads_over(between: str) -> bool:
    """Whether nothing but one comma, and clauses like 结合我县实际, divides the two."""
    clauses = _TITLED.sub("", between).split(",")
    return len([c for c in clauses[1:-1] if not any(p.search(c) for p in _patterns("between"))]) == 0


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in load_table("implementing.tsv") if row["kind"] == kind)
