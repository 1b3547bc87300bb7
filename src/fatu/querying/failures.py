"""What the evaluator says of a query it cannot take → one line: where, what, what to do."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph

from ..describing import prefixes
from ..errors import QueryError
from ..iris import Iris
from ..storing import Store
from .syntax import find_unknown_prefixes, place, read_tokens

_PARSE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_REASON = re.compile(r"(?:^|, )([A-Z][A-Za-z]* [^,\[\]]*[a-z][^,\[\]]*)")
_NO_PREFIX = "Prefix not found"
_REMEDY = "correct the SPARQL (queries only, no updates)"
_MAX = 160
_GAP = " " * 32
"""More than the longest keyword."""


def prologue(iris: Iris) -> str:
    """The prefixes that every query may use, in a line of its own; a query may declare one anew."""
    return " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in prefixes(iris)) + "\n"


def explain_failure(store: Store, query: str, reason: str, iris: Iris) -> tuple[str, str]:
    """Problem and remedy for a reason that the evaluator gave for not taking a query."""
    known = frozenset(prefix for prefix, _ in prefixes(iris))
    return _explain(query, reason, _Parser(store.query, prologue(iris), known))


def explain_syntax(text: str, reason: str, base: str | None = None, is_update: bool = False) -> str:
    """Problem of a query, or of an update, that the evaluator did not take as it stands: no prefix is declared
    beside its own."""
    store = (
        pyoxigraph.Store()
    )  # an empty one: what does not parse needs none, and what does must not change any

    def parse(changed: str) -> None:
        try:
            (store.update if is_update else store.query)(changed, base_iri=base or None)
        except (SyntaxError, ValueError) as error:
            raise QueryError("query", str(error), _REMEDY) from error

    return _explain(text, reason, _Parser(parse, "", frozenset()))[0]


@dataclass(frozen=True, slots=True)
class _Parser:
    parse: Callable[[str], object]
    """Raises QueryError for what does not parse."""
    prologue: str
    """What stands before each query."""
    prefixes: frozenset[str]
    """Those that it declares."""


def _explain(query: str, reason: str, parser: _Parser) -> tuple[str, str]:
    if not _PARSE.search(reason):
        return " ".join(reason.split())[:_MAX], "correct the SPARQL"
    offset, expected = _locate(query, parser)
    line, column = place(query, offset)
    # With gaps the parser may come no further than the token before, and know no reason.
    parsed = _PARSE.search(reason)
    reasons = sorted(set(_REASON.findall(expected) or _REASON.findall(parsed[3] if parsed else "")))
    if _NO_PREFIX in reasons:
        unknown = find_unknown_prefixes(query, parser.prefixes)
        missing_lines = ", ".join(f"{prefix}:" for prefix in unknown)
        return f"line {line}, column {column}: no PREFIX line for {missing_lines}", "add one"
    found = "; ".join(reasons)[:_MAX] or _found(query, offset)
    return f"line {line}, column {column}: {found}", _REMEDY


def _locate(query: str, parser: _Parser) -> tuple[int, str]:
    """Offset of the token that the parser stumbles over, and what it expected there.

    The parser names the end of what it compared with its longest keyword, many columns behind the token: hence
    it reads the query once more, with gaps between the tokens wider than any keyword.
    """
    text, starts, sources = parser.prologue, [0], [0]
    end = 0
    for token in read_tokens(query):
        text += query[end : token.start]
        if token.start > end or token.text in "{}":
            text += _GAP
            starts.append(len(text))
            sources.append(token.start)
        text += token.text
        end = token.start + len(token.text)
    text += "\n" + _GAP
    try:
        parser.parse(text)
    except QueryError as error:
        parse = _PARSE.search(error.problem)
        if parse:
            at = _offset(text, int(parse[1]), int(parse[2]))
            # The end of the query is where everything before was right.
            found = len(query.rstrip()) if at >= len(text) else sources[bisect_right(starts, at) - 1]
            return found, parse[3]
    return 0, ""


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1 or len(text)
    return start + column - 1


def _found(query: str, offset: int) -> str:
    token = next(read_tokens(query[offset:]), None)
    return "the query ends too early" if token is None else f"{token.text[:40]!r} does not fit here"
