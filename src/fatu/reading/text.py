"""Texts: is it text at all, is it Chinese.

What counts as Chinese: at least one letter in five is an ideograph, and kana and hangul together are at most
a fifth of the ideographs. Letters are what Unicode calls so: digits, punctuation and table rules count on
neither side, so a report that is mostly figures is as Chinese as its words are.
"""

from __future__ import annotations

import hashlib
import re
from fractions import Fraction

from ..errors import InputError
from ..model import Source

MAX_CONTROLS = Fraction(1, 100)
MIN_CHINESE = Fraction(1, 5)

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
