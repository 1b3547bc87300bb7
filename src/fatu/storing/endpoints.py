"""A SPARQL server's URL → its endpoints for queries, updates and graphs, found by asking."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..errors import FatuError, StoreError
from .connection import Connection, Request

RESULTS = "application/sparql-results+json"

_LAYOUTS = (
    # endpoints of queries, updates and graphs, below what they share
    ("/query", "/update", "/store"),  # Oxigraph
    ("/sparql", "/sparql", "/graphs"),  # fatu serve
    ("/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),  # Virtuoso, queries with a login too
    ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),  # Virtuoso
)
_ENDS = sorted({end for layout in _LAYOUTS for end in layout}, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a server takes what."""

    query: str
    update: str
    graphs: str
    """SPARQL 1.1 Graph Store HTTP Protocol."""
    is_virtuoso: bool = False
    """Virtuoso has no default graph of its own: a query without GRAPH meets a triple once in each of its graphs."""


def find_endpoints(url: str, connection: Connection) -> Endpoints:
    """The endpoints of a server, given what they share or any of them. FATU_STORE_UPDATE and FATU_STORE_GRAPHS say
    those that are elsewhere. Raises StoreError where nothing there answers a query."""
    url = url.rstrip("/")
    root = next((url.removesuffix(end) for end in _ENDS if url.endswith(end)), url)
    guesses = [root + query for query, _, _ in _LAYOUTS if not query.endswith("-auth")]
    is_endpoint = url == root or url in {root + query for query, _, _ in _LAYOUTS}
    asked = [url, *guesses] if is_endpoint and urlsplit(url).path else guesses
    refused: FatuError | None = None
    for query in dict.fromkeys(asked):
        reply = connection.send(Request("POST", query, {"query": "ASK {}"}, accept=RESULTS))
        if reply.status == 200 and RESULTS in reply.headers.get("content-type", ""):
            is_virtuoso = "virtuoso" in reply.headers.get("server", "").lower()
            is_own = not is_virtuoso and query == root + "/sparql" and _is_described(query, connection)
            return _complete(query, root, _LAYOUTS[3 if is_virtuoso else 1 if is_own else 0], is_virtuoso)
        if reply.status in (401, 403):
            refused = refused or connection.refusal(query, reply)
    raise refused or StoreError(url, "no SPARQL endpoint answers there", "give the URL that takes queries")


def _is_described(url: str, connection: Connection) -> bool:
    """Whether an endpoint describes itself as fatu's does, which takes queries and updates in one place."""
    reply = connection.send(Request("GET", url, accept="text/turtle"))
    return reply.status == 200 and b"/.well-known/void>" in reply.body and b"sd:Service" in reply.body


def _complete(query: str, root: str, layout: tuple[str, str, str], is_virtuoso: bool) -> Endpoints:
    _, update, graphs = layout
    return Endpoints(
        query,
        os.environ.get("FATU_STORE_UPDATE") or root + update,
        os.environ.get("FATU_STORE_GRAPHS") or root + graphs,
        is_virtuoso,
    )
