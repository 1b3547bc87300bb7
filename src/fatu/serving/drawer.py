"""One process that draws explorer pages, so that a page can be ended.

    python -m fatu.serving.drawer

A request is a line of JSON, with the `length` of the N-Triples that come after it and the IRIs that are `kept`; the
reply is a line of JSON and the page. It ends when its input does.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from fatu.serving.worker import die_with_parent
from fatu.viewing import render_explorer


def draw(triples: bytes, kept: list[str]) -> bytes:
    """The explorer page of N-Triples, whose nodes lead to the server."""
    graph = Graph()
    for triple in _read_triples(triples):
        graph.add(triple)
    return render_explorer(graph, kept=kept, server="/").encode()


def _read_triples(body: bytes) -> Iterator[tuple[URIRef, URIRef, Any]]:
    """Triples as rdflib's terms; Oxigraph reads N-Triples many times faster than rdflib."""
    for triple in ox.parse(body, format=ox.RdfFormat.N_TRIPLES):
        value = triple.object
        if not isinstance(triple.subject, ox.NamedNode) or isinstance(value, ox.BlankNode):
            continue
        term = _literal(value) if isinstance(value, ox.Literal) else URIRef(value.value)
        yield URIRef(triple.subject.value), URIRef(triple.predicate.value), term


def _literal(value: Any) -> Literal:
    """A literal as it was written: 90 stays 90."""
    if value.language:
        return Literal(value.value, lang=value.language)
    return Literal(value.value, datatype=URIRef(value.datatype.value), normalize=False)


def main() -> None:
    """Draws a page of nothing, so that all is at hand, and says so in a line; then draws what comes."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers
    draw(b"", [])
    sys.stdout.buffer.write(b'{"ready":true}\n')
    sys.stdout.buffer.flush()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        page = draw(sys.stdin.buffer.read(request["length"]), request["kept"])
        head = {"status": 200, "type": "text/html", "length": len(page)}
        sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + page)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
