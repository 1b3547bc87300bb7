"""Texts: which encoding, is it text at all, is it Chinese.

Encodings tried, in this order: what a byte order mark says (UTF-8, UTF-16, UTF-32, GB18030), UTF-16 and UTF-32 where
there are NUL bytes, HZ, UTF-8, GB18030 (GBK and GB 2312 are parts of it) or Big5, whichever the characters tell. All
strictly: no byte is replaced or left out.

What counts as Chinese: at least one letter in five is an ideograph, and kana and hangul together are at most
a fifth of the ideographs. Letters are what Unicode calls so: digits, punctuation and table rules count on
neither side, so a report that is mostly figures is as Chinese as its words are.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from fractions import Fraction

from ..errors import InputError
from ..model import Source
from .encodings import decode_legacy, decode_seven_bit, decode_wide, guess_encoding

MAX_CONTROLS = Fraction(1, 100)
MIN_CHINESE = Fraction(1, 5)

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# Tab, line breaks, form feed and the end mark of old editors are text; all other controls are not.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
IDEOGRAPH = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_IDEOGRAPHS = re.compile(f"{IDEOGRAPH.pattern}+")
_KANA_OR_HANGUL = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\uac00-\ud7af]")


def read_text(text: str, name: str) -> Source:
    """A Source from a text already decoded, kept as it is; `name` says where it came from.

    Raises InputError where the text is empty, binary or not Chinese, as `read` does, and where it holds a
    lone surrogate, which no encoding can write.
    """
    return make_source(text, "utf-8", name)


def decode_marked(data: bytes, name: str) -> tuple[str, str] | None:
    """Text and codec of bytes that begin with a byte order mark; None where they have none. Raises InputError where
    they are not in the encoding that it says."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                offset = len(mark) + error.start
                problem = f"begins as {encoding} but is damaged at byte {offset}"
                raise InputError(name, problem, "save it again as UTF-8") from None
    return None


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and its codec, which turns the bytes after a byte order mark into the text. Raises InputError
    where it is binary, damaged or in another encoding."""
    told = decode_marked(data, name) or decode_seven_bit(data)
    if told is None and 0 in data:
        told = decode_wide(data)
        if told is None:
            raise InputError(name, "is binary: it holds NUL bytes", "give a text file, saved as UTF-8")
    if told is not None:
        return told
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # Most damaged UTF-8 happens to be valid GB18030, and would be read as other characters.
        if is_mostly_utf8(data):
            problem = f"begins as UTF-8 but is damaged at byte {error.start}"
            raise InputError(name, problem, "save it again as UTF-8") from None
    return decode_legacy(data) or _refuse(data, name)


def _refuse(data: bytes, name: str) -> tuple[str, str]:
    """Raises InputError with what can be said of bytes in no Chinese encoding."""
    guess = guess_encoding(data)
    looks = f", and looks like {guess}" if guess else ""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError as error:
        problem = f"is neither UTF-8 nor GB18030: it stops being so at byte {error.start}" + looks
    else:
        problem = "is in no Chinese encoding that is known" + looks
    raise InputError(name, problem, "save it as UTF-8")


def is_mostly_utf8(data: bytes) -> bool:
    """Whether nine in ten of the characters beyond ASCII are whole UTF-8; in GB18030 text few are."""
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 10 <= count_beyond_ascii(text)


def count_beyond_ascii(text: str) -> int:
    """How many characters of a text are not ASCII."""
    return len(text) - len(text.encode("ascii", errors="ignore"))


def make_source(text: str, encoding: str, name: str) -> Source:
    """A Source, once the text is seen to be one and Chinese. Raises InputError where it is not."""
    if not text.strip():
        raise InputError(name, "is empty", "give a file with the text of a report")
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > MAX_CONTROLS * len(text):
        raise InputError(name, f"is binary: it holds {controls} control characters", "give a text file")
    if surrogate := _SURROGATE.search(text):
        problem = f"holds half a character at offset {surrogate.start()}"
        raise InputError(name, problem, "decode it strictly before giving it")
    _require_chinese(text, name)
    return Source(text, name, encoding, hashlib.sha256(text.encode("utf-8")).hexdigest())


def _require_chinese(text: str, name: str) -> None:
    ideographs = sum(map(len, _IDEOGRAPHS.findall(text)))
    others = len(_KANA_OR_HANGUL.findall(text))
    if ideographs > MIN_CHINESE * len(text) and others <= MIN_CHINESE * ideographs:
        # It has no more letters than characters, which are counted already.
        return
    letters = sum(map(str.isalpha, text))
    if ideographs == 0 or ideographs < MIN_CHINESE * letters or others > MIN_CHINESE * ideographs:
        problem = f"is not Chinese: {ideographs} of its {letters} letters are Chinese characters"
        if others:
            problem += f", {others} Japanese or Korean"
        raise InputError(name, problem, "give a report in Chinese")
