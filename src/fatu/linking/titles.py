"""Titles of documents: which two name one paper, and the form that all ways to name its issuer share."""

from __future__ import annotations

import re

from ..finding.agencies import find_agencies
from ..finding.agency_grammar import JOINERS
from ..finding.citations import parse_title
from ..iris import Iris
from ..lexicon.documents import document_key, is_short_form
from ..model import Agency, Citation, Mention, Span, bare_title
from ..outlining import fold
from .agencies import link_agency
from .areas import Setting

MIN_OWN_TITLE = 8
"""Characters of a title that names one paper by itself; 《通知》 and 《工作方案》 name many."""
MAX_TITLES = 20
"""Titles of one number that are told apart: more say nothing more."""
_ABOUT = "关于"
_COMMITTEE = re.compile("^(中共.+委)员会$")
_SEPARATORS = f"{JOINERS}, "


def written_title(text: str, citation: Citation) -> str | None:
    """The title of a citation as its mention's text writes it, or as a user's decision gives it; None where it has
    none."""
    written, title = bare_title(text), citation.title
    if title is None or written == title:
        return title
    return written if fold(written).text == title else title


def is_one_paper(title: str, other: str) -> bool:
    """Whether two titles can be of one paper and what it issues: the same but for punctuation, one a short form of
    the other, or one the text that the other, a notice, issues."""
    papers, others = _papers(title), _papers(other)
    return any(
        document_key(a) == document_key(b) or is_short_form(a, b) or is_short_form(b, a)
        for a in papers
        for b in others
    )


def _papers(title: str) -> tuple[str, ...]:
    issued = parse_title(fold(title).text).promulgated
    return (title, issued) if issued else (title,)


def named_agencies(iris: Iris, setting: Setting, names: str) -> tuple[tuple[Agency, ...], bool]:
    """The agencies that words name one behind the other, from their beginning, and whether nothing else is there."""
    agencies: list[Agency] = []
    end = 0
    for spot in find_agencies(names, setting.official):
        if names[end : spot.start].strip(_SEPARATORS):
            return tuple(agencies), False
        mention = Mention(Span(spot.start, spot.end), names[spot.start : spot.end], spot.payload)
        link, found = link_agency(iris, setting, mention)
        if link.iri is None:
            return tuple(agencies), False
        agencies.append(found[0])
        end = spot.end
    return tuple(agencies), bool(agencies) and end == len(names)


def signed_title(iris: Iris, setting: Setting, title: str, before: tuple[Agency, ...]) -> str:
    """The title with the full names of its issuers before 关于; as it is where nothing tells them.

    The title may name them in short, or the text right before it (`before`): 市政府《关于…》, 《市政府关于…》 and
    《开封市人民政府关于…》 are one. Party committees are written as titles write them: 中共开封市委.
    """
    at = title.find(_ABOUT)
    if at == 0 and before:
        return _joined(before) + title
    if at > 0:
        issuers, is_whole = named_agencies(iris, setting, title[:at])
        if is_whole:
            return _joined(issuers) + title[at:]
    return title


def _joined(issuers: tuple[Agency, ...]) -> str:
    return " ".join(_COMMITTEE.sub(r"\1", issuer.name) for issuer in issuers)
