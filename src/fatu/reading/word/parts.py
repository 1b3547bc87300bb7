"""The parts of a Word file: a ZIP of XML in which relationships say what each part is (ECMA-376, part 2).

Nothing outside the file is ever looked at, macros are not among the parts, and XML that declares a document type
(the way to entities that grow, or that name other files) is refused.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from ...errors import InputError
from ..archives import BEGINNINGS, Member, list_members, part_name, read_member
from ..limits import Limits

Element = Any
"""An element of lxml, which has no types."""

SAVE_AGAIN = "save it as .docx or PDF, in Word or with LibreOffice: soffice --headless --convert-to docx FILE"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument|drawingml)/")
_TRANSITIONAL = {
    b"wordprocessingml": b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"officeDocument": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"drawingml": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
"""The namespaces of ISO/IEC 29500 strict and those that every program writes."""
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class WordParts:
    """What is read of a Word file, each part as its root element; None for what it does not have."""

    document: Element
    numbering: Element | None = None
    styles: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    comments: Element | None = None
    edges: tuple[Element, ...] = ()
    """Headers and footers."""
    title: str = ""
    """The document's title property."""


def open_word(data: bytes, name: str, limits: Limits) -> WordParts:
    """The parts of a Word file. Raises InputError where it is none, is encrypted, damaged, or beyond `limits`."""
    if not data.startswith(BEGINNINGS):
        raise InputError(name, "is not a Word document", SAVE_AGAIN)
    file = io.BytesIO(data)
    members = {member.part: member for member in list_members(file, name, limits)}

    def part(path: str) -> Element | None:
        member = members.get(part_name(path))
        return None if member is None else _parsed(file, member, name, limits)

    targets = _targets(part("_rels/.rels"), "")
    main = next(iter(targets.get("officeDocument", ())), "word/document.xml")
    document = part(main)
    if document is None or document.find(qn("w:body")) is None:
        raise InputError(name, "is a ZIP archive, not a Word document", SAVE_AGAIN)
    folder, _, file_name = main.rpartition("/")
    linked = _targets(part(f"{folder}/_rels/{file_name}.rels"), folder)

    def one(kind: str) -> Element | None:
        return next((found for path in linked.get(kind, ()) if (found := part(path)) is not None), None)

    edges = (part(path) for kind in ("header", "footer") for path in linked.get(kind, ()))
    properties = next(iter(targets.get("core-properties", ())), "docProps/core.xml")
    return WordParts(
        document=document,
        numbering=one("numbering"),
        styles=one("styles"),
        footnotes=one("footnotes"),
        endnotes=one("endnotes"),
        comments=one("comments"),
        edges=tuple(edge for edge in edges if edge is not None),
        title=_title(part(properties)),
    )


def _parsed(file: io.BytesIO, member: Member, name: str, limits: Limits) -> Element:
    data = read_member(file, member, f"{name}/{member.name}", limits.bytes)
    declared = _DECLARED.match(data[:200].lstrip())
    encoding = declared[1].decode("latin-1").lower() if declared else "utf-8"
    if encoding not in ("utf-8", "utf-16", "us-ascii", "ascii") and not data.startswith(_UTF16):
        raise InputError(name, f"is damaged: {member.name} is in {encoding}", SAVE_AGAIN)
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise InputError(
            name, f"declares a document type in {member.name}, which no Word file does", SAVE_AGAIN
        )
    data = _STRICT.sub(lambda found: _TRANSITIONAL[found[1]], data)
    try:
        return parse_xml(data)
    except (XMLSyntaxError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        reason = "nested too deeply" if "depth" in reason else reason
        raise InputError(name, f"is damaged: {member.name}: {reason}", SAVE_AGAIN) from None


def _targets(relationships: Element | None, folder: str) -> Mapping[str, tuple[str, ...]]:
    """Last word of a relationship's type → the parts of the file that have it; what lies outside is left out."""
    found: dict[str, tuple[str, ...]] = {}
    for relationship in relationships if relationships is not None else ():
        kind = str(relationship.get("Type", "")).rpartition("/")[2]
        target = str(relationship.get("Target", ""))
        if relationship.get("TargetMode") != "External" and target:
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[kind] = (*found.get(kind, ()), path)
    return found


def _title(properties: Element | None) -> str:
    titles = properties.findall("{http://purl.org/dc/elements/1.1/}title") if properties is not None else ()
    return " ".join("".join(title.text or "" for title in titles).split())
