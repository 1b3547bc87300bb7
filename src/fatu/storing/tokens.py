"""SPARQL as tokens: what stands outside strings, comments and IRIs (SPARQL 1.1, section 19.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Token(NamedTuple):
    """A word, prefixed name or variable, with the offset at which it starts."""

    kind: str
    """word, pname, variable, or skipped: strings, comments, IRIs, language tags, signs."""
    text: str
    start: int


_NAME = r"[^\W\d_](?:[\w.·-]{0,100}[\w·-])?"
"""A prefix. Bounded, as what looks like one and has no colon is looked at anew from each of its parts."""
_TOKEN = re.compile(
    rf"""
    (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
    | (?P<string>\"{{3}}(?:"{{0,2}}(?:[^"\\]|\\.))*+(?:\"{{3}}|.*) | '{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*+(?:'{{3}}|.*)
        | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'?)  # one without an end ends with the line or the text
    | (?P<variable>[?$][\w·]+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<pname>(?:{_NAME}|_)?:(?:[\w:·%-]|\\.|\.(?=[\w:·%\\.-]))*)
    | (?P<word>[^\W\d]\w*)
    | (?P<sign>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


def read_tokens(query: str) -> Iterator[Token]:
    """Tokens of a query, in order; text that is no SPARQL gives signs, never an error."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or ""
        yield Token(kind if kind in ("word", "pname", "variable") else "skipped", match[0], match.start())
