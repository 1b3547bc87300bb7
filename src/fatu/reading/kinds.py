"""What kind of file some bytes are: by what they begin with, never by the file's name.

A name lies easily, and the beginning is what every program that writes such a file puts there.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

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
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Known("other", "application/x-ole-storage",
        "an old or encrypted Office document (.doc, .xls, .wps)", _TO_WORD)),
    (b"{\\rtf", Known("other", "application/rtf", "a rich text document (.rtf)", _TO_WORD)),
    (b"Rar!\x1a\x07", Known("other", "application/vnd.rar", "a RAR archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Known("other", "application/x-7z-compressed", "a 7z archive", _UNPACK)),
    (b"\x1f\x8b", Known("other", "application/gzip", "compressed with gzip", _UNPACK)),
    (b"AT&TFORM", Known("other", "image/vnd.djvu", "a DjVu document", "convert it to PDF")),
    (b"GIF8", Known("other", "image/gif", "a GIF picture", "save it as PNG or JPEG")),
)  # fmt: skip
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


def tell_kind(data: bytes) -> Known:
    """The kind of a file. What no beginning gives away is text: whether it is one, reading it tells."""
    for beginning, known in _BEGINNINGS:
        if data.startswith(beginning) and not (beginning == b"BM" and data[6:10] != bytes(4)):
            return known
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Known("image", "image/webp")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _tell_zip(data)
    if _PDF.search(data, 0, _PDF_WITHIN):
        return Known("pdf", "application/pdf")
    return HTML if _is_html(data[:_HEAD]) else TEXT


def _tell_zip(data: bytes) -> Known:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kept = archive.read("mimetype")[:200] if "mimetype" in names and _is_small(archive) else b""
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, KeyError):
        return WORD if b"word/document.xml" in data else ARCHIVE  # whoever reads it says what is wrong
    if any(name.startswith("word/") for name in names) and "[Content_Types].xml" in names:
        return WORD
    for mark, known in _PACKAGES:
        if mark in names or (kept and mark.encode() in kept):
            return known
    return ARCHIVE


def _is_small(archive: zipfile.ZipFile) -> bool:
    return archive.getinfo("mimetype").file_size < _PDF_WITHIN


_PACKAGES: tuple[tuple[str, Known], ...] = (
    ("xl/workbook.xml", Known("other", "application/vnd.ms-excel", "an Excel workbook (.xlsx)", _AS_TEXT)),
    ("ppt/presentation.xml", Known("other", "application/vnd.ms-powerpoint", "a PowerPoint file (.pptx)", _AS_TEXT)),
    ("OFD.xml", Known("other", "application/ofd", "an OFD document", "save it as PDF in the reader of OFD files")),
    ("oasis.opendocument",
        Known("other", "application/vnd.oasis.opendocument", "an OpenDocument file (.odt)", _TO_WORD)),
    ("epub+zip", Known("other", "application/epub+zip", "an EPUB book", _AS_TEXT)),
)  # fmt: skip


def _is_html(head: bytes) -> bool:
    """Whether a text is a page: it begins like one, or has several tags of one."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return bool(_HTML_BEGINS.match(plain)) or len(_BLOCK.findall(plain)) >= _ENOUGH_TAGS
