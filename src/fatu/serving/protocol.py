"""SPARQL 1.1 Protocol: what an HTTP request asks for.

https://www.w3.org/TR/sparql11-protocol/: 2.1 query operation, 2.2 update operation, 2.1.4 and 2.2.3 datasets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from ..errors import FatuError
from ..querying.syntax import read_tokens

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


class ProtocolError(FatuError):
    """A request that the protocol does not allow; `status` is what the answer says (4xx), `headers` what it carries."""

    def __init__(
        self, status: int, problem: str, remedy: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__("request", problem, remedy)
        self.status = status
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update with the dataset that the request describes (IRIs; empty: the store's own)."""

    kind: str
    """query or update."""
    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def read_operation(method: str, query_string: bytes, media_type: str | None, body: bytes) -> Operation | None:
    """The operation of a request; None for a GET without a query, which asks for the service description.

    `query_string` and `body` as they came. Raises ProtocolError for another method (405), another media type (415),
    text that is not UTF-8, a query or update that is missing or there twice, one in the wrong place (400).
    """
    address = read_form(query_string)
    if method in ("GET", "HEAD"):
        return _read_get(address)
    if method != "POST":
        problem, remedy = f"{method} is neither GET nor POST", "ask with GET or POST"
        raise ProtocolError(405, problem, remedy, {"allow": "GET, HEAD, POST, OPTIONS"})
    kind = (media_type or "").partition(";")[0].strip().lower()
    if kind == FORM:
        return _read_post_form(address, read_form(body))
    if kind in (QUERY, UPDATE):
        name = "query" if kind == QUERY else "update"
        if any(key in ("query", "update") for key, _ in address):
            raise ProtocolError(400, f"the {name} stands in the body and in the address", "leave one out")
        return _operation(name, _decode(body), address)
    what = f"a body of {kind}" if kind else "a body without a Content-Type"
    raise ProtocolError(415, what, f"send {QUERY}, {UPDATE} or {FORM}")


def read_form(text: bytes) -> list[tuple[str, str]]:
    """Names and values of a form or a query string. Raises ProtocolError where they are not UTF-8."""
    pairs = []
    for part in text.split(b"&"):
        if part:
            name, _, value = part.partition(b"=")
            pairs.append((_unquote(name), _unquote(value)))
    return pairs


def _read_get(address: Sequence[tuple[str, str]]) -> Operation | None:
    if any(name == "update" for name, _ in address):
        raise ProtocolError(400, "an update in a GET request", "send it with POST")
    queries = [value for name, value in address if name == "query"]
    if not queries:
        return None
    return _operation("query", _only(queries, "query"), address)


def _read_post_form(address: Sequence[tuple[str, str]], form: Sequence[tuple[str, str]]) -> Operation:
    found = {kind: [value for name, value in form if name == kind] for kind in ("query", "update")}
    if found["query"] and found["update"]:
        raise ProtocolError(400, "a query and an update in one request", "send one of them")
    kind = "update" if found["update"] else "query"
    return _operation(kind, _only(found[kind], kind), [*address, *form])


def _only(values: Sequence[str], name: str) -> str:
    if len(values) != 1:
        problem = f"{len(values)} times {name}" if values else f"no {name}"
        raise ProtocolError(400, problem, f"give {name} once")
    return values[0]


def _operation(kind: str, text: str, pairs: Sequence[tuple[str, str]]) -> Operation:
    default, named = {
        "query": ("default-graph-uri", "named-graph-uri"),
        "update": ("using-graph-uri", "using-named-graph-uri"),
    }[kind]
    return Operation(
        kind,
        text,
        tuple(check_iri(value) for name, value in pairs if name == default),
        tuple(check_iri(value) for name, value in pairs if name == named),
    )


def check_iri(text: str) -> str:
    """The IRI itself. Raises ProtocolError (400) for what is no absolute IRI and so might end the query around it."""
    if ":" not in text or any(c in '<>"{}|^`\\' or c <= " " for c in text):
        raise ProtocolError(400, f"{text[:80]!r} is no absolute IRI", "give the graph's whole IRI")
    return text


def _unquote(text: bytes) -> str:
    return _decode(unquote_to_bytes(text.replace(b"+", b" ")))


def _decode(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the request is not UTF-8", "encode it in UTF-8") from error


# ---- updates over a described dataset


def add_using(update: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """An update whose WHERE clauses match the graphs that the request names (Protocol, 2.2.3).

    Each DELETE … WHERE and INSERT … WHERE gets USING clauses before its WHERE. Raises ProtocolError (400) where the
    update has USING or WITH itself, which the protocol forbids.
    """
    if not default_graphs and not named_graphs:
        return update
    words = [token for token in read_tokens(update) if token.kind == "word"]
    if any(token.text.upper() in ("USING", "WITH") for token in words):
        raise ProtocolError(
            400, "using-graph-uri beside USING or WITH in the update", "leave one of them out"
        )
    clauses = "".join(f" USING <{iri}>" for iri in default_graphs)
    clauses += "".join(f" USING NAMED <{iri}>" for iri in named_graphs)
    written, end, depth = [], 0, 0
    before = ""
    for token in read_tokens(update):
        if token.text in "{}":
            depth += 1 if token.text == "{" else -1
        elif depth == 0 and token.kind == "word" and token.text.upper() == "WHERE":
            if before == "DELETE":  # DELETE WHERE { … } takes no USING: written out
                raise ProtocolError(
                    400, "DELETE WHERE with using-graph-uri", "write DELETE { … } WHERE { … }"
                )
            written.append(update[end : token.start] + clauses + " ")
            end = token.start
        before = token.text.upper()
    return "".join([*written, update[end:]])


def pass_over_absent_graphs(update: str) -> str:
    """An update whose CLEAR and DROP succeed where there is no such graph, as they do on a store without empty graphs
    (SPARQL 1.1 Update, 3.1.3 and 3.2.2). Oxigraph keeps empty graphs; over HTTP nobody can tell."""
    written, end = [], 0
    for token in read_tokens(update):
        if token.kind == "word" and token.text.upper() in ("CLEAR", "DROP"):
            after = token.start + len(token.text)
            if not _SILENT.match(update, after):
                written.append(update[end:after] + " SILENT")
                end = after
    return "".join([*written, update[end:]])


_SILENT = re.compile(r"(?:\s|#[^\n\r]*[\n\r])*SILENT\b", re.IGNORECASE)
