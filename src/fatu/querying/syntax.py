"""SPARQL as tokens: what stands outside strings, comments and IRIs (SPARQL 1.1, section 19.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..errors import QueryError


class Token(NamedTuple):
    """A word, prefixed name or variable, with the offset at which it starts."""

    kind: str
    """word, pname, variable, or skipped: strings, comments, IRIs, language tags, signs."""
    text: str
    start: int


_NAME = r"[^\W\d_](?:[\w.·-]*[\w·-])?"
_TOKEN = re.compile(
    rf"""
    (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
    | (?P<string>\"{{3}}(?:"{{0,2}}(?:[^"\\]|\\.))*\"{{3}} | '{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*'{{3}}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
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


def refuse_services(query: str, where: str) -> None:
    """Raises QueryError where a query asks another server: answers come from the given graph alone."""
    for token in read_tokens(query):
        if token.kind == "word" and token.text.upper() == "SERVICE":
            line, column = place(query, token.start)
            raise QueryError(
                where,
                f"line {line}, column {column}: SERVICE would ask another server",
                "load that graph as well and ask without SERVICE",
            )


def find_variables(query: str) -> tuple[str, ...]:
    """Names of the variables that a query uses, without ? or $, sorted."""
    return tuple(sorted({token.text[1:] for token in read_tokens(query) if token.kind == "variable"}))


def find_unknown_prefixes(query: str, known: frozenset[str]) -> tuple[str, ...]:
    """Prefixes that are used before any PREFIX line declares them and are not among the known, sorted."""
    declared, unknown = set(known), set()
    is_declaration = False
    for token in read_tokens(query):
        if token.kind == "pname":
            prefix = token.text.partition(":")[0]
            if is_declaration:
                declared.add(prefix)
            elif prefix not in declared and prefix != "_":
                unknown.add(prefix)
        is_declaration = token.kind == "word" and token.text.upper() == "PREFIX"
    return tuple(sorted(unknown))


def place(query: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    before = query[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
