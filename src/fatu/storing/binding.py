"""Values for a query's variables, in its text: servers take nothing else, and every engine joins from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..describing.terms import XSD, Iri, Object
from ..errors import QueryError
from .tokens import Token, read_tokens

_ESCAPES = {ord(c): e for c, e in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"))}
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_JOINED = ("EXISTS",)
"""Groups that are looked into for each row: they need no values of their own. OPTIONAL and MINUS do, for Oxigraph
works out all of them before it joins."""


def bind_values(query: str, bindings: Mapping[str, Object]) -> str:
    """A query with a VALUES block where each variable that `bindings` names comes into being: at the head of the
    outermost group, of the groups in it that mention the variable, and of the sub-selects that hand it out.

    It answers as Oxigraph does with the same values as substitutions. Values are written as terms, with every sign
    escaped that could end them. Raises QueryError for a variable that the query computes itself (AS) and for a value
    that is no term, ValueError for a brace that is not closed; what else does not parse is for the engine to tell.
    """
    if not bindings:
        return query
    reader = _Reader([token for token in read_tokens(query) if not token.text.startswith("#")])
    for name in bindings:
        if name in reader.computed:
            raise QueryError(
                "query", f"?{name} is computed by the query (AS ?{name})", "compare it in a FILTER instead"
            )
    terms = {name: write_value(value) for name, value in bindings.items()}
    text, end = [], 0
    for offset, insert in sorted(reader.places(terms), key=lambda place: place[0]):
        text += [query[end:offset], insert]
        end = offset
    return "".join([*text, query[end:]])


def free_graphs(query: str) -> str:
    """A query that asks for graphs by variables alone: GRAPH <name> becomes GRAPH ?variable, with the name as the one
    value of a variable that the query does not have."""
    tokens = [token for token in read_tokens(query) if not token.text.startswith("#")]
    name = "graph"
    while any(token.text[1:].startswith(name) for token in tokens if token.kind == "variable"):
        name += "_"
    text, end = [], 0
    for word, graph in pairwise(tokens):
        if word.kind == "word" and word.text.upper() == "GRAPH" and graph.kind != "variable":
            variable = f"?{name}{word.start}"
            text += [query[end : word.start], f"VALUES {variable} {{ {graph.text} }} GRAPH {variable}"]
            end = graph.start + len(graph.text)
    return "".join([*text, query[end:]])


def write_value(value: Object) -> str:
    r"""A term as SPARQL writes it. Raises QueryError for an IRI with signs that no IRI has.

    \u in a value would be read as a code point by servers that decode these before they parse (SPARQL 1.1, 19.2):
    its letter is written as a code point itself, which all read alike.
    """
    if isinstance(value, Iri):
        if _NO_IRI.search(value.value):
            raise QueryError("query", f"{value.value!r} is not an IRI", "give an absolute IRI")
        return f"<{value.value}>"
    escaped = value.value.translate(_ESCAPES)
    text = '"' + re.sub(r"(?<=\\\\)[uU]", lambda m: f"\\u{ord(m[0]):04x}", escaped) + '"'
    if value.language:
        return f"{text}@{value.language}"
    return text if value.datatype == XSD + "string" else f"{text}^^{write_value(Iri(value.datatype))}"


@dataclass(frozen=True, slots=True)
class _Group:
    """A pair of braces with a pattern in it."""

    start: int
    """Index of the token { ."""
    end: int
    """Index of the token } ."""
    before: str
    """The word right before it, in capitals."""
    projected: frozenset[str] | None
    """If a sub-select stands in it: the variables that it hands out, where it names them."""
    select: int | None
    """Index of the token SELECT of that sub-select."""


class _Reader:
    """Finds the groups of a query by its braces."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._ends = _pairs(tokens)

    @property
    def computed(self) -> frozenset[str]:
        """Variables after AS."""
        pairs = zip(self._tokens, self._tokens[1:], strict=False)
        return frozenset(
            second.text[1:]
            for first, second in pairs
            if first.kind == "word" and first.text.upper() == "AS" and second.kind == "variable"
        )

    def places(self, terms: Mapping[str, str]) -> Iterator[tuple[int, str]]:
        """Offsets in the query, and what to insert there."""
        outermost = self._next_group(0, len(self._tokens))
        if outermost is not None and self._is_template(outermost):
            end = self._tokens[-1]
            yield end.start + len(end.text), f"\n{_values(terms)}"
        elif outermost is not None:
            yield from self._bind(outermost, terms, is_outermost=True)

    def _is_template(self, group: _Group) -> bool:
        """Whether it is both pattern and template, CONSTRUCT WHERE { … }, and takes no VALUES."""
        words = [token.text.upper() for token in self._tokens[: group.start] if token.kind == "word"]
        braces = [token for token in self._tokens[: group.start] if token.text == "{"]
        return "CONSTRUCT" in words and not braces

    def _bind(self, group: _Group, terms: Mapping[str, str], is_outermost: bool) -> Iterator[tuple[int, str]]:
        used = self._variables(group)
        here = {n: t for n, t in terms.items() if is_outermost or n in used}
        if not here:
            return
        head = self._tokens[group.start].start + 1
        block = f" {_values(here)} "
        if group.select is None:
            if group.before not in _JOINED:
                yield head, block
            inside = {n: t for n, t in here.items() if n in used}
            place = group.start + 1
        else:
            if is_outermost:
                yield head, block + "{"
                yield self._tokens[group.end].start, "}"
            projected = group.projected
            inside = {n: t for n, t in here.items() if n in used and (projected is None or n in projected)}
            pattern = self._next_group(group.select, group.end)
            if pattern is not None:
                yield from self._bind(pattern, inside, is_outermost=False)
            return
        while (nested := self._next_group(place, group.end)) is not None:
            yield from self._bind(nested, inside, is_outermost=False)
            place = nested.end + 1

    def _variables(self, group: _Group) -> frozenset[str]:
        found = self._tokens[group.start : group.end]
        return frozenset(token.text[1:] for token in found if token.kind == "variable")

    def _next_group(self, place: int, end: int) -> _Group | None:
        """The first group at or after a token; templates of CONSTRUCT and data of VALUES are none."""
        is_data = False
        while place < end:
            token = self._tokens[place]
            if token.kind == "word" and token.text.upper() == "VALUES":
                is_data = True
            if token.text == "{":
                before = self._tokens[place - 1].text.upper() if place else ""
                if not is_data and before != "CONSTRUCT":
                    return self._group(place, before)
                is_data = False
                place = self._ends[place]
            place += 1
        return None

    def _group(self, start: int, before: str) -> _Group:
        end = self._ends[start]
        first = self._tokens[start + 1]
        if first.kind == "word" and first.text.upper() == "SELECT":
            return _Group(start, end, before, self._projection(start + 1), start + 1)
        return _Group(start, end, before, None, None)

    def _projection(self, select: int) -> frozenset[str] | None:
        """Variables that a SELECT names, outside of brackets; None where it selects all."""
        names, depth = set(), 0
        for token in self._tokens[select + 1 :]:
            if token.text == "{" or (token.kind == "word" and token.text.upper() == "WHERE"):
                break
            if token.text == "*" and not depth:
                return None
            depth += (token.text == "(") - (token.text == ")")
            if token.kind == "variable" and not depth:
                names.add(token.text[1:])
        return frozenset(names)


def _values(terms: Mapping[str, str]) -> str:
    return f"VALUES ({' '.join('?' + name for name in terms)}) {{ ({' '.join(terms.values())}) }}"


def _pairs(tokens: Sequence[Token]) -> dict[int, int]:
    """Index of each { → index of its }."""
    ends: dict[int, int] = {}
    open_braces: list[int] = []
    for index, token in enumerate(tokens):
        if token.text == "{":
            open_braces.append(index)
        elif token.text == "}" and open_braces:
            ends[open_braces.pop()] = index
    if open_braces:
        raise ValueError("a brace is not closed")
    return ends
