"""What is told of a page: what of it was left out, and why there is nothing to read on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from ...errors import InputError
from .head import HeadLine
from .kinds import is_document
from .parts import Parts

_MAX_SHELL = 100
"""Characters of text, none of it a sentence, on a page that its scripts are to fill."""
_SHOWN_NOTES = 20
_SHOWN_WORDS = 5
_SHOWN_CHARACTERS = 40


def require_text(parts: Parts, root: HtmlElement, name: str) -> None:
    """Raises InputError, which says where the text of a page is that has none."""
    attached = [address for _, address in parts.links if is_document(address)]
    length = sum(len(line.text) for line in parts.body)
    is_shell = not parts.sentences and length < _MAX_SHELL and next(root.iter("script"), None) is not None
    if attached or (parts.has_text and not is_shell):
        return
    if parts.frames:
        problem = f"holds no text: it shows other files ({parts.frames[0][:_SHOWN_CHARACTERS]})"
        raise InputError(name, problem, "save that page or document, and give it")
    if parts.pictures and not parts.has_text:
        raise InputError(name, "holds no text but pictures", "give the pictures")
    if is_shell:
        problem = "holds no text: scripts load it when the page is opened"
        raise InputError(name, problem, "open it in a browser and save it as it is then, or its text")
    if any(line.is_link for line in parts.left):
        raise InputError(name, "holds no text but links to other pages", "save the page of the report")
    raise InputError(name, "holds no text", "save the page of the report")


def write_notes(parts: Parts, unread: Sequence[HeadLine]) -> Iterator[str]:
    """What was left out of a page, one line each; `unread` is what its head states and no report is told by."""
    documents = {address: text for text, address in parts.links if is_document(address)}
    documents |= {address: "" for address in parts.frames if is_document(address)}
    if documents and not parts.sentences:
        yield "the text of the page is only a link to a document: give that"
    for address, text in [*documents.items()][:_SHOWN_NOTES]:
        yield f"did not read the attached document {_short(text)} ({_short(address)})"
    if parts.has_pages:
        yield "the page says that its text goes on in another page, which was not read"
    if parts.pictures:
        yield f"left out {count(parts.pictures, 'picture')} in the text"
    for line in parts.paragraphs[:_SHOWN_NOTES]:
        yield f"left out a paragraph apart from the text: {_short(line.text)}"
    if len(parts.paragraphs) > _SHOWN_NOTES:
        yield f"left out {count(len(parts.paragraphs) - _SHOWN_NOTES, 'more paragraph')} apart from the text"
    if parts.left:
        words = ", ".join(_short(line.text) for line in parts.left[:_SHOWN_WORDS])
        yield f"left out {count(len(parts.left), 'line')} of the site: {words}" + (
            "…" if len(parts.left) > _SHOWN_WORDS else ""
        )
    if unread:
        yield "the head of the page says: " + "; ".join(f"{told.key} {_short(told.value)}" for told in unread)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN_CHARACTERS else flat[:_SHOWN_CHARACTERS] + "…"


def count(number: int, noun: str) -> str:
    """So many of something in words."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
