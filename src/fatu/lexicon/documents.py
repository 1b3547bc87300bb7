"""Base documents that reports cite all the time: laws, regulations, plans, and what issued them.

The facts of `documents.tsv`, found by any name or number by which a report may cite them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, get_args

from ..errors import LexiconError
from .tables import Row, load_table

TABLE = "documents.tsv"

DocumentKind = Literal[
    "law",
    "administrative regulation",
    "department rule",
    "judicial interpretation",
    "party regulation",
    "policy",
]
LEGAL_KINDS: tuple[DocumentKind, ...] = ("law", "administrative regulation", "department rule")
"""What the Legislation Law (立法法, articles 2 and 10, 72, 91) makes law of the state."""

_STATE = "中华人民共和国"
_YEARS = re.compile(r"((?:19|20)\d\d)年?(?:[-‐‑‒–—―−~至到]{1,2})?((?:19|20)\d\d)年?")
_VERSION = re.compile(r"\((?:(?:19|20)\d\d年?)?(?:最新)?(?:修订|修正|修改)(?:版|本)?\)$")
_PERIOD = re.compile(r"\((?:19|20)\d\d.{0,2}(?:19|20)\d\d年?\)$")
_OTHER = re.compile(r"[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]+")
_NUMBER = re.compile(r"\([^()]*(?:\(\d{4}\)\d+|第\d+)号\)$|\([^()]*〔\d{4}〕\d+号\)$")
_NOTICE = "的通知"
_CUT = re.compile("…+|[.]{3,}")
_ABOUT = "关于"
_MIN_CUT = 6


@dataclass(frozen=True, slots=True)
class BaseDocument:
    """One row: a text with what is known of it."""

    title: str
    """Without 中华人民共和国: the key of its IRI."""
    aliases: tuple[str, ...]
    kind: DocumentKind
    issuers: tuple[str, ...]
    """Canonical names of national agencies, the leading one first."""
    promulgated_by: str
    """Number of the notice or decree that issues it; empty where none is known."""
    number: str
    """Its own number; empty where it bears none."""
    date: str
    """Of enactment or signing: YYYY, YYYY-MM, YYYY-MM-DD or empty."""
    revised: str
    """Of the latest version, in the same form."""
    period: tuple[int, int] | None
    """First and last year of a plan."""
    implements: str
    """Title of the base document that it carries out."""
    source: str

    @property
    def is_law(self) -> bool:
        """Whether it is law of the state: see LEGAL_KINDS."""
        return self.kind in LEGAL_KINDS


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """Base documents by every name and number; made by `load_documents`."""

    documents: Mapping[str, BaseDocument]
    """Title → document."""
    names: Mapping[str, BaseDocument]
    """Key of a title, with or without 中华人民共和国."""
    aliases: Mapping[str, BaseDocument]
    """Key of any other name."""
    unsigned: Mapping[str, BaseDocument]
    """Key of a title without the issuer before 关于: means the document only where its issuer is told."""
    periods: Mapping[str, tuple[BaseDocument, ...]]
    """Key of a plan's title without its years."""
    numbers: Mapping[str, BaseDocument]
    """Own number, or number of the notice or decree."""

    def named(self, title: str) -> BaseDocument | None:
        """The document of a title, whatever its punctuation, spaces, form of years and note of revision."""
        return self.names.get(document_key(title))

    def cut(self, title: str) -> BaseDocument | None:
        """The one document whose title begins and ends as a title cut short with …"""
        ends = cut_ends(title)
        if ends is None or len(ends[0]) < _MIN_CUT:
            return None
        head, tail = ends
        fits = {
            document.title: document
            for key, document in (*self.names.items(), *self.aliases.items())
            if key.startswith(head) and key.endswith(tail) and len(key) > len(head + tail)
        }
        return next(iter(fits.values())) if len(fits) == 1 else None

    def in_force(self, title: str, year: int | None) -> BaseDocument | None:
        """The plan of a title without years (《法治政府建设实施纲要》) whose period holds the year."""
        plans = self.periods.get(document_key(title), ())
        fits = [p for p in plans if year is not None and p.period and p.period[0] <= year <= p.period[1]]
        return fits[0] if len(fits) == 1 else None


@lru_cache(maxsize=4096)
def document_key(title: str) -> str:
    """What all ways to write one title have in common: NFKC, without punctuation, spaces, marks of nested titles,
    中华人民共和国 at the head and (2021年修订) or the document's number at the end; ranges of years in one form.

    >>> document_key("法治政府建设实施纲要（2015－2020）") == document_key("法治政府建设实施纲要(2015—2020年)")
    True
    """
    folded = _VERSION.sub("", _NUMBER.sub("", _folded(title)))
    key = _OTHER.sub("", _YEARS.sub(r"\1\2", folded))
    return key.removeprefix(_STATE) or key


def cut_ends(title: str) -> tuple[str, str] | None:
    """Keys of what stands before the first and behind the last … of a title cut short; None of a whole title.

    >>> cut_ends("关于加强…的意见")
    ('关于加强', '的意见')
    """
    parts = _CUT.split(title)
    return (document_key(parts[0]), document_key(parts[-1])) if len(parts) > 1 else None


def is_short_form(short: str, title: str) -> bool:
    """Whether one title may be a short form of another: its characters in their order, with the same end before
    any years (督察规定 of 法治政府建设与责任落实督察工作规定).

    >>> is_short_form("纲要", "法治政府建设实施纲要(2015—2020年)")
    True
    """
    key, whole = (document_key(_PERIOD.sub("", _folded(name))) for name in (short, title))
    if not key or key[-1] != whole[-1:]:
        return False
    rest = iter(whole)
    return all(character in rest for character in key)


def bare_names() -> tuple[str, ...]:
    """Names by which laws and regulations are cited without 《》, each without 中华人民共和国."""
    return tuple(name for row in load_table(TABLE, unique=True) for name in _cells(row["bare"]))


@cache
def load_documents() -> DocumentTable:
    """The table of the package, read once. Raises LexiconError where it breaks its rules."""
    documents = {row["title"]: _document(row) for row in load_table(TABLE, unique=True)}
    for document in documents.values():
        if document.implements and document.implements not in documents:
            raise LexiconError(
                f"{TABLE} {document.title} column implements", f"no row {document.implements}", "correct it"
            )
    everything = tuple(documents.values())
    periods: defaultdict[str, list[BaseDocument]] = defaultdict(list)
    for document in everything:
        if key := undated_key(document.title):
            periods[key].append(document)
    names = _index((document_key(d.title), d) for d in everything)
    return DocumentTable(
        documents=documents,
        names=names,
        aliases=_index(
            (document_key(a), d) for d in everything for a in _other_names(d) if document_key(a) not in names
        ),
        unsigned=_index((document_key(_unsigned(d.title)), d) for d in everything if _unsigned(d.title)),
        periods={key: tuple(found) for key, found in periods.items()},
        numbers=_index((n, d) for d in everything for n in (d.number, d.promulgated_by) if n),
    )


def _document(row: Row) -> BaseDocument:
    kind = next((kind for kind in get_args(DocumentKind) if kind == row["kind"]), None)
    if kind is None:
        raise LexiconError(f"{TABLE} {row['title']} column kind", f"no kind {row['kind']!r}", "correct it")
    start, end = row["period_start"], row["period_end"]
    return BaseDocument(
        title=row["title"],
        aliases=_cells(row["aliases"]),
        kind=kind,
        issuers=tuple(row["issuer"].split("、")) if row["issuer"] else (),
        promulgated_by=row["promulgated_by"],
        number=row["number"],
        date=row["date"],
        revised=row["revised"],
        period=(int(start), int(end)) if start else None,
        implements=row["implements"],
        source=row["source"],
    )


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def _other_names(document: BaseDocument) -> Iterable[str]:
    """Its aliases, and the title of a notice without the words that it is one."""
    yield from document.aliases
    if document.title.endswith(_NOTICE):
        yield document.title.removesuffix(_NOTICE)


def undated_key(title: str) -> str | None:
    """The key of a title without the years of its plan; None where it has none."""
    folded = _folded(title)
    return document_key(_PERIOD.sub("", folded)) if _PERIOD.search(folded) else None


def _folded(title: str) -> str:
    return unicodedata.normalize("NFKC", title)


def _unsigned(title: str) -> str:
    """关于… of a title that names its issuer before it."""
    at = title.find(_ABOUT)
    return title[at:] if at > 0 else ""


def _index(pairs: Iterable[tuple[str, BaseDocument]]) -> dict[str, BaseDocument]:
    found: dict[str, BaseDocument] = {}
    for key, document in pairs:
        other = found.setdefault(key, document)
        if other is not document:
            raise LexiconError(
                f"{TABLE} {document.title}", f"{key} also means {other.title}", "let one row claim it"
            )
    return found
