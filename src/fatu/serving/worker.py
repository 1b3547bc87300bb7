"""One process that answers queries on a store opened read-only, so that a query can be ended: Oxigraph cannot stop
one that it has begun, but the system can stop a process.

    python -m fatu.serving.worker STORE

Requests come on standard input and replies go to standard output: a line of JSON, and after that of a reply as many
bytes as it says. It ends when its input does.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from fatu.errors import QueryError
from fatu.serving.negotiation import GRAPH_TYPES, RESULT_TYPES, choose_type
from fatu.storing.leases import leases

TOO_LARGE = 413
NOT_ACCEPTABLE = 406
BAD_REQUEST = 400
_FORMATS: dict[str, Any] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "n3": ox.RdfFormat.N3,
}


class _TooLargeError(Exception):
    pass


class _Capped:
    """A file in memory that refuses to grow beyond a limit in bytes."""

    def __init__(self, limit: int) -> None:
        self.parts: list[bytes] = []
        self.size = 0
        self.limit = limit

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self.limit:
            raise _TooLargeError
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass


def answer(store: Any, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The reply to a request: its head (status, type, length, or message) and its body.

    A request holds `query`, and may hold `accept`, `base`, `limit` (bytes of the reply), `default` and `named`
    (IRIs of the graphs that make the dataset), `federation` (whether SERVICE may ask other servers).
    """
    try:
        if not request.get("federation"):
            _refuse_services(request["query"])
        found = store.query(request["query"], **_options(request))
    except SyntaxError as error:
        from fatu.querying.failures import explain_syntax  # most queries need none of it

        problem = explain_syntax(request["query"], str(error), request.get("base"))
        return _refuse(BAD_REQUEST, f"the query does not parse: {problem}")
    except (QueryError, ValueError, OSError, RuntimeError) as error:
        return _refuse(BAD_REQUEST, _line(error))
    types = GRAPH_TYPES if isinstance(found, ox.QueryTriples) else RESULT_TYPES
    chosen = choose_type(request.get("accept"), tuple(types))
    if chosen is None:
        return _refuse(NOT_ACCEPTABLE, f"the answer can be had as {', '.join(types)}")
    out = _Capped(request.get("limit", 1 << 62))
    try:
        found.serialize(out, format=_FORMATS[types[chosen]])
    except _TooLargeError:
        limit = f"{out.limit / 1e6:g} MB"
        return _refuse(TOO_LARGE, f"the answer is larger than {limit}: add LIMIT, or raise --max-result")
    except (ValueError, OSError, RuntimeError, SyntaxError) as error:
        return _refuse(BAD_REQUEST, _line(error))
    return {"status": 200, "type": chosen, "length": out.size}, b"".join(out.parts)


def _refuse_services(query: str) -> None:
    """Raises QueryError where a query asks another server. Here, not in the server, for a long query takes long to
    read, and only a worker can be ended."""
    if "service" in query.lower():
        from fatu.querying.syntax import refuse_services  # most queries need none of it

        refuse_services(query, "query")


def _options(request: dict[str, Any]) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if request.get("base"):
        options["base_iri"] = request["base"]
    default, named = request.get("default") or [], request.get("named") or []
    if default or named:
        # A dataset that the client describes holds nothing else (SPARQL 1.1 Protocol, 2.1.4).
        options["default_graph"] = [ox.NamedNode(iri) for iri in default]
        options["named_graphs"] = [ox.NamedNode(iri) for iri in named]
    return options


def _refuse(status: int, message: str) -> tuple[dict[str, Any], bytes]:
    return {"status": status, "message": message, "length": 0}, b""


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())


def serve(store: Any, requests: BinaryIO, replies: BinaryIO) -> None:
    """Answers one request after the other until there are no more."""
    for line in requests:
        head, body = answer(store, json.loads(line))
        replies.write(json.dumps(head).encode() + b"\n" + body)
        replies.flush()


def die_with_parent() -> None:
    """Where the system can (Linux), a worker does not outlive a server that was killed."""
    with contextlib.suppress(OSError, AttributeError, TypeError):  # Windows has no such library
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def main() -> None:
    """Opens the store and says so in a line; then serves."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers
    leases.take(Path(sys.argv[1]), writable=False)  # nobody writes while it is read
    store = ox.Store.read_only(sys.argv[1])
    sys.stdout.buffer.write(b'{"ready":true}\n')
    sys.stdout.buffer.flush()
    serve(store, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
