"""What a query's tokens tell before anyone evaluates it: SERVICE, variables, prefixes, places."""

from __future__ import annotations

from ..errors import QueryError
from ..storing.tokens import Token as Token
from ..storing.tokens import read_tokens as read_tokens


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


def find_selected(query: str) -> frozenset[str] | None:
    """Names of the variables that a SELECT query hands out; None for SELECT *, and for queries of other forms."""
    selected: set[str] = set()
    is_read, last = False, ""
    depth = 0
    for token in read_tokens(query):
        if token.text.startswith("#"):
            continue
        word = token.text.upper()
        if not is_read:
            if word in ("ASK", "CONSTRUCT", "DESCRIBE"):
                return None
            is_read = word == "SELECT"
            continue
        if word == "*" and not depth:
            return None
        if depth == 0 and word in ("WHERE", "FROM", "{"):
            return frozenset(selected)
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (depth == 0 or last == "AS"):
            selected.add(token.text[1:])
        last = word
    return None


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
