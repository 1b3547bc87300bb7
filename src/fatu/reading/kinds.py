"""What kind of file some bytes are: by what they begin with, never by the file's name.

A name lies easily, and the beginning is what every program that writes such a file puts there. Documents that are ZIP
archives are told by their members, old ones of Office by the streams that they hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Literal

from ..errors import InputError
from .archives import BEGINNINGS, Member, list_members, read_member
from .limits import Limits

Kind = Literal["text", "html", "word", "pdf", "image", "archive", "other"]


@dataclass(frozen=True, slots=True)
class Known:
    """A kind of file, its media type, what it is called; for a kind that is not read, the way out."""

    kind: Kind
    media_type: str
    called: str = ""
    remedy: str = ""


TEXT = Known("text", "text/plain")
HTML = Known("html", "text/html")
WORD = Known("word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
ARCHIVE = Known("archive", "application/zip", "a ZIP archive of files")

_TO_WORD = "save it as Word (.docx) or PDF; LibreOffice does: soffice --headless --convert-to docx FILE"
_AS_TEXT = "open it where it came from and save it as Word (.docx), PDF or plain text (UTF-8)"
_UNPACK = "unpack it and give the files, or a ZIP of them"

_BEGINNINGS: tuple[tuple[bytes, Known], ...] = (
    (b"\x89PNG\r\n\x1a\n", Known("image", "image/png")),
    (b"\xff\xd8\xff", Known("image", "image/jpeg")),
    (b"II*\0", Known("image", "image/tiff")),
    (b"MM\0*", Known("image", "image/tiff")),
    (b"BM", Known("image", "image/bmp")),
    (b"{\\rtf", Known("other", "application/rtf", "a rich text document (.rtf)", _TO_WORD)),
    (b"Rar!\x1a\x07", Known("other", "application/vnd.rar", "a RAR archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Known("other", "application/x-7z-compressed", "a 7z archive", _UNPACK)),
    (b"\x1f\x8b", Known("other", "application/gzip", "compressed with gzip", _UNPACK)),
    (b"AT&TFORM", Known("other", "image/vnd.djvu", "a DjVu document", "convert it to PDF")),
    (b"GIF8", Known("other", "image/gif", "a GIF picture", "save it as PNG or JPEG")),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = Known(
    "other", "application/x-ole-storage", "an old or encrypted Office document (.doc, .xls, .wps)", _TO_WORD
)
_STREAMS: tuple[tuple[str, Known], ...] = (
    # name of a stream of an OLE file, what the file is
    ("EncryptedPackage", Known("other", "application/x-ole-storage", "an Office document encrypted with a password",
        "open it with its password and save it without")),
    ("WordDocument", Known("other", "application/msword", "an old Word or WPS document (.doc, .wps)", _TO_WORD)),
    ("Workbook", Known("other", "application/vnd.ms-excel", "an old Excel workbook (.xls)", _AS_TEXT)),
    ("PowerPoint Document",
        Known("other", "application/vnd.ms-powerpoint", "an old PowerPoint file (.ppt)", _AS_TEXT)),
)  # fmt: skip
_PARTS: tuple[tuple[str, Known], ...] = (
    # member of an archive that tells a kind of document
    ("xl/workbook.xml", Known("other", "application/vnd.ms-excel", "an Excel workbook (.xlsx)", _AS_TEXT)),
    ("ppt/presentation.xml", Known("other", "application/vnd.ms-powerpoint", "a PowerPoint file (.pptx)", _AS_TEXT)),
    ("ofd.xml", Known("other", "application/ofd", "an OFD document", "save it as PDF in the reader of OFD files")),
)  # fmt: skip
_MIMETYPES: tuple[tuple[bytes, Known], ...] = (
    # words of the member `mimetype` of an archive that is a document
    (b"oasis.opendocument",
        Known("other", "application/vnd.oasis.opendocument", "an OpenDocument file (.odt)", _TO_WORD)),
    (b"epub+zip", Known("other", "application/epub+zip", "an EPUB book", _AS_TEXT)),
)  # fmt: skip
_CONTENT_TYPES, _MIMETYPE = "[content_types].xml", "mimetype"
_UNKNOWN = Known("other", "application/zip", "a document of a kind that is not known", _AS_TEXT)
_PDF = re.compile(rb"%PDF-\d")
_PDF_WITHIN = 1024
"""Bytes before which the header of a PDF must stand (ISO 32000-1, annex H.3, note 13)."""
_HTML_BEGINS = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK = re.compile(rb"</?(?:html|body|div|p|br|table|tr|td|span|h[1-6]|li|a)\b[^<>]{0,2000}>", re.IGNORECASE)
_HEAD = 1 << 16
"""Bytes that are looked at for HTML."""
_ENOUGH_TAGS = 3
_MAX_MIMETYPE = 1024


def tell_kind(data: bytes, name: str, limits: Limits) -> Known:
    """The kind of a file. What no beginning gives away is text: whether it is one, reading it tells.

    Raises InputError, which names `name`, for a ZIP archive that is damaged or beyond `limits`.
    """
    for beginning, known in _BEGINNINGS:
        if data.startswith(beginning) and not (beginning == b"BM" and data[6:10] != bytes(4)):
            return known
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Known("image", "image/webp")
    if data.startswith(_OLE):
        return next((known for stream, known in _STREAMS if stream.encode("utf-16-le") in data), _OLD)
    if data.startswith(BEGINNINGS):
        file = BytesIO(data)
        return tell_archive(file, list_members(file, name, limits))
    if _PDF.search(data, 0, _PDF_WITHIN):
        return Known("pdf", "application/pdf")
    return HTML if _is_html(data[:_HEAD]) else TEXT


def tell_archive(file: BinaryIO, members: Sequence[Member]) -> Known:
    """What a ZIP archive with such members is: a document of some kind, or an archive of files."""
    parts = {member.part: member for member in members}
    if _CONTENT_TYPES in parts and any(part.startswith("word/") for part in parts):
        return WORD
    for mark, known in _PARTS:
        if mark in parts:
            return known
    told = _read_mimetype(file, parts[_MIMETYPE]) if _MIMETYPE in parts else b""
    for words, known in _MIMETYPES:
        if words in told:
            return known
    return _UNKNOWN if _CONTENT_TYPES in parts or _MIMETYPE in parts else ARCHIVE


def _read_mimetype(file: BinaryIO, member: Member) -> bytes:
    try:
        return read_member(file, member, member.name, _MAX_MIMETYPE)
    except InputError:
        return b""


def _is_html(head: bytes) -> bool:
    """Whether a text is a page: it begins like one, or has several tags of one."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return bool(_HTML_BEGINS.match(plain)) or len(_BLOCK.findall(plain)) >= _ENOUGH_TAGS
