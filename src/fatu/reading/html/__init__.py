"""A page of a web site → the text of the report on it, with the element of each paragraph.

The title comes first, then the lines that tell of the report, then its text, as a browser shows them but for the site's
own: navigation, buttons, links to other pages, what is hidden. What was left out is told in notes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...errors import InputError, how_to_get
from ..extract import Extract, Piece
from ..limits import Limits
from .encoding import decode_page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from .head import HeadLine
    from .page import Block, Line, PageText
    from .parts import Parts

_CLOSING = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_CLOSED_BREAK = re.compile(r"</br\s*/?>", re.IGNORECASE)
_BROKEN = Piece("\n")
_MAX_OPINION = 2_000_000
"""Characters of a page about which another program is asked."""


def extract_html(data: bytes, name: str, limits: Limits) -> Extract:
    """The text of a page; pieces have the XPath of the element that they are from (see `parse_page`), but for numbers
    of lists, bars between cells, and the keys of what only the head of a page states.

    Raises InputError where it is no text, in no Chinese encoding, nested too deeply, too long, or has no text of its
    own: scripts load it, other files hold it, it is a picture or a list of links.
    """
    try:
        from .head import find_titles, find_unread, find_untold, read_head, title_forms
        from .notes import count, require_text, write_notes
    except ImportError:
        raise _missing(name) from None
    decoded = decode_page(data, name)
    root = parse_page(decoded.text, name)
    head = read_head(root)
    page, parts, shows_hidden = _read(root, decoded.text, list(title_forms(head)), name, limits)
    require_text(parts, root, name)
    told = [line.text for line in (*parts.title, *parts.about, *parts.body)]
    pieces = [
        *([] if parts.title else _stated(list(find_titles(head))[:1], "")),
        *_pieces((*parts.title, *parts.about), page.blocks),
        *_stated(list(find_untold(head, told)), ":"),
        *_pieces(parts.body, page.blocks),
    ]
    notes = list(write_notes(parts, list(find_unread(head))))
    if shows_hidden:
        notes.append("the page hides its text until scripts show it")
    elif page.hidden:
        notes.append(f"left out what the page hides ({count(page.hidden, 'element')})")
    if decoded.damaged:
        notes.append(f"what is damaged in the page stands as U+FFFD ({count(decoded.damaged, 'character')})")
    return Extract(tuple(pieces), (), decoded.encoding, tuple(notes))


def parse_page(text: str, name: str = "page") -> HtmlElement:
    """The elements of a page, in which `element.xpath(piece.path)` finds what a piece is from. No entity is looked up
    outside of HTML's own, nothing is fetched. Raises InputError where there is none, or nested too deeply."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # A page made of others closes <html> where it goes on; browsers read on, libxml2 does not. Nor does it know </br>.
    whole = _CLOSED_BREAK.sub("<br>", _CLOSING.sub("", text))
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = document_fromstring(whole.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise InputError(name, "is an empty page", "save the page again") from None
    limited = [error for error in parser.error_log if error.type_name == "ERR_RESOURCE_LIMIT"]
    if limited:
        raise InputError(name, f"is nested too deeply at line {limited[0].line}", "save it as plain text")
    return root


def _read(
    root: HtmlElement, text: str, titles: Sequence[str], name: str, limits: Limits
) -> tuple[PageText, Parts, bool]:
    """The parts of a page; where nothing that it shows is a text, of all that it holds."""
    from .lines import set_lines
    from .parts import find_parts

    def opinion() -> str:
        return _opinion(text, name)

    try:
        page = set_lines(root, limits.characters)
        parts = find_parts(page, titles, opinion)
        if parts.sentences or not page.hidden:
            return page, parts, False
        whole = set_lines(root, limits.characters, hidden_too=True)
        others = find_parts(whole, titles, opinion)
    except OverflowError:
        problem = f"has more than {limits.characters} characters"
        raise InputError(name, problem, "give one report a file") from None
    return (whole, others, True) if others.sentences else (page, parts, False)


def _missing(name: str) -> InputError:
    return InputError(name, "is a page, which needs the extra fatu[files]", how_to_get("files"))


def _opinion(text: str, name: str) -> str:
    """The main text of a page as trafilatura sees it, without white space; empty where it sees none."""
    try:
        from trafilatura import extract
    except ImportError:
        raise _missing(name) from None
    from .head import squeeze

    if len(text) > _MAX_OPINION:
        return ""
    logger = logging.getLogger("trafilatura")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        return squeeze(extract(text, include_comments=False, include_tables=True) or "")
    except Exception:  # whatever it stumbles over, it is only a second opinion
        return ""
    finally:
        logger.setLevel(level)


# ------------------------------------------------------------------------------------------------- pieces


def _pieces(lines: Sequence[Line], blocks: Sequence[Block]) -> Iterator[Piece]:
    """Each line with what it is from; a table stands between empty lines."""
    table = -1
    for line in lines:
        if line.table != table:
            yield _BROKEN
        table = line.table
        text, block = "", -1
        for run in (*line.runs, None):
            if run is not None and run.block == block and run.text:
                text += run.text
                continue
            if text:
                yield Piece(text, path=blocks[block].path if block >= 0 else None)
            text, block = (run.text, run.block) if run is not None else ("", -1)
        yield _BROKEN
    if table >= 0:
        yield _BROKEN


def _stated(lines: Sequence[HeadLine], colon: str) -> Iterator[Piece]:
    for line in lines:
        if colon:
            yield Piece(line.key + colon)
        yield Piece(line.value, path=line.path)
        yield _BROKEN
