"""Bytes of a page → its text: what a page says of its encoding is often wrong, so it is held against the bytes.

Tried in this order, each strictly: the byte order mark; UTF-16 and UTF-32 without one, where there are NUL bytes;
UTF-8, where it gives characters beyond those of Europe, whatever the label says; the label, where it gives characters
in use; GB18030 or Big5, whichever does. Labels mean what browsers take them for (WHATWG Encoding Standard, 4.2): gb2312
and gbk are GB18030. Only where all fail may a few bytes be damaged, as where a site cut a summary within a character;
each is then a U+FFFD.
"""

from __future__ import annotations

import codecs
import re
from fractions import Fraction
from typing import NamedTuple

from ...encodings import (
    count_beyond_ascii,
    decode_legacy,
    decode_marked,
    decode_strictly,
    decode_wide,
    guess_encoding,
    is_mostly_utf8,
    share_in_use,
)
from ...errors import InputError

_LABEL = re.compile(
    rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']?\s*([\w:.-]{2,40})"""
    rb"""|<meta\b[^>]{0,1000}?\bcharset\s*=\s*["']?\s*([\w:.-]{2,40})""",
    re.IGNORECASE,
)
_LABELLED = 1 << 14
"""Bytes in which a label may stand; the standard asks for 1024, not all pages heed it."""
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(
        (
            "gb18030",
            "gbk",
            "x-gbk",
            "gb2312",
            "gb_2312",
            "gb_2312-80",
            "csgb2312",
            "chinese",
            "cp936",
            "ms936",
        ),
        "gb18030",
    ),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5", "csbig5", "cp950"), "big5hkscs"),
}
_MAX_DAMAGE = Fraction(1, 20)
"""Of the characters beyond ASCII."""
_MAX_ZEROS = Fraction(1, 1000)
_IN_USE = Fraction(1, 2)
"""Share of characters in use that a label's encoding must give."""
_EUROPE = "\u2000"
"""Characters below are of European and other alphabets: two bytes of UTF-8, which two bytes of GB18030 may be, too."""


class Decoded(NamedTuple):
    """The text of a page, the codec that gave it, and how many of its characters were damaged."""

    text: str
    encoding: str
    damaged: int = 0


def decode_page(data: bytes, name: str) -> Decoded:
    """The text of a page. Raises InputError where its bytes are no text, or in no Chinese encoding."""
    data = data.removeprefix(codecs.BOM_UTF8)
    told = decode_marked(data, name) or (decode_wide(data) if 0 in data else None)
    if told is None and data.count(0) > _MAX_ZEROS * len(data):
        raise InputError(name, "is binary: it holds NUL bytes", "give a page as a browser saves it")
    if told is None:
        told = _decode_by_characters(data)
    return _as_browsers_do(Decoded(*told) if told is not None else _decode_damaged(data, name))


def _decode_by_characters(data: bytes) -> tuple[str, str] | None:
    label = _label(data)
    utf8 = decode_strictly(data, "utf-8")
    if utf8 is None and is_mostly_utf8(data):
        return None  # most damaged UTF-8 happens to be valid GB18030
    if utf8 is not None and (label == "utf-8" or utf8.isascii() or max(utf8) >= _EUROPE):
        return utf8, "utf-8"
    if label is not None and label != "utf-8":
        labelled = decode_strictly(data, label)
        if labelled is not None and share_in_use(labelled)[0] >= _IN_USE:
            return labelled, label
    return decode_legacy(data) or (None if utf8 is None else (utf8, "utf-8"))


def _label(data: bytes) -> str | None:
    """The codec that a page says it is in; None where it names none that can write Chinese."""
    for match in _LABEL.finditer(data[:_LABELLED]):
        codec = _CODECS.get((match[1] or match[2]).decode("ascii", "replace").lower())
        if codec is not None:
            return codec
    return None


def _decode_damaged(data: bytes, name: str) -> Decoded:
    codec = "utf-8" if is_mostly_utf8(data) else _label(data) or "gb18030"
    if codec == "utf-8" and not is_mostly_utf8(data):
        codec = "gb18030"
    text = data.decode(codec, errors="replace")
    damaged = text.count("\ufffd")
    if damaged > _MAX_DAMAGE * count_beyond_ascii(text):
        guess = guess_encoding(data)
        looks = f", and it looks like {guess}" if guess else ""
        problem = f"is in no encoding of Chinese: as {codec}, {damaged} of its characters are damaged{looks}"
        raise InputError(name, problem, "save it from a browser as UTF-8")
    return Decoded(text, codec, damaged)


def _as_browsers_do(page: Decoded) -> Decoded:
    """A3 A0, which editors of the 2000s wrote for the wide space, is one (WHATWG Encoding Standard, index gb18030)."""
    return page._replace(text=page.text.replace("\ue5e5", "\u3000")) if page.encoding == "gb18030" else page
