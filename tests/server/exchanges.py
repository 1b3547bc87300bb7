"""Requests with what is expected of their answers; cases made of them, written here or read from a W3C manifest."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pyoxigraph as ox
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from servers import Answer, Server

BOOLEAN_TYPES = ("application/sparql-results+json", "application/sparql-results+xml")
TABLE_TYPES = (*BOOLEAN_TYPES, "text/csv", "text/tab-separated-values")
RDF_TYPES = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")


@dataclass(frozen=True)
class Expected:
    """What an answer is to be: the first digits of its status, its kind (boolean, tabular, RDF), its truth value."""

    statuses: tuple[str, ...] = ("2", "3")
    kind: str = ""
    boolean: bool | None = None
    is_resolved: bool = False
    """One row of one IRI, which is absolute although the request's was not."""


@dataclass(frozen=True)
class Exchange:
    """One request and what is expected of its answer."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None
    expected: Expected


@dataclass(frozen=True)
class Case:
    """Requests in order, on a store that holds some graphs (IRI → Turtle)."""

    name: str
    exchanges: tuple[Exchange, ...]
    graphs: Mapping[str, str] = field(default_factory=dict)


def run(case: Case, server: Server) -> None:
    """Carries out a case; what is not as expected fails."""
    parts = [f"GRAPH <{name}> {{ {triples} }}" for name, triples in case.graphs.items()]
    filled = server.update(f"DROP ALL ; INSERT DATA {{ {' '.join(parts)} }}")
    assert filled.status == 204, filled.text
    for exchange in case.exchanges:
        headers = dict(exchange.headers)
        if is_update(exchange):
            headers["authorization"] = f"Bearer {server.token}"
        answer = server.send(exchange.method, exchange.path, headers, exchange.body)
        check(answer, exchange.expected)


def is_update(exchange: Exchange) -> bool:
    """Whether a request is about an update, and so would need the token."""
    said = (exchange.body or b"") + exchange.path.encode() + exchange.headers.get("content-type", "").encode()
    return b"update" in said or b"CLEAR" in said.replace(b"\x00", b"")


def check(answer: Answer, expected: Expected) -> None:
    """Fails where an answer is not what is expected."""
    assert str(answer.status).startswith(expected.statuses), (answer.status, answer.text[:300])
    if answer.status >= 400:
        assert answer.media_type == "text/plain"
        assert answer.text.count("\n") == 1 and answer.text.endswith("\n")
        return
    known = {"boolean": BOOLEAN_TYPES, "tabular": TABLE_TYPES, "RDF": RDF_TYPES}
    if expected.kind:
        assert answer.media_type in known[expected.kind]
    if expected.kind == "RDF":
        list(ox.parse(answer.body, format=ox.RdfFormat.from_media_type(answer.media_type)))
    if expected.boolean is not None:
        assert read_boolean(answer) is expected.boolean
    if expected.is_resolved:
        (value,) = read_iris(answer)
        assert "://" in value and value != "test"


def read_boolean(answer: Answer) -> bool:
    """The truth value of an answer in JSON, XML or CSV."""
    if "json" in answer.media_type:
        return bool(json.loads(answer.body)["boolean"])
    if "xml" in answer.media_type:
        return ElementTree.fromstring(answer.body).findtext("{*}boolean") == "true"
    return answer.text.strip() == "true"


def read_iris(answer: Answer) -> list[str]:
    """The IRIs in an answer's first column, in JSON or CSV."""
    if "json" in answer.media_type:
        found = [next(iter(row.values())) for row in json.loads(answer.body)["results"]["bindings"]]
        return [cell["value"] for cell in found if cell["type"] == "uri"]
    return [row[0] for row in list(csv.reader(io.StringIO(answer.text)))[1:]]


# ------------------------------------------------------------------------------------------ the W3C's manifest

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")


def read_manifest(folder: Path) -> Iterator[Case]:
    """The cases of a folder's manifest.ttl, in its order, as w3c/rdf-tests writes them."""
    graph = Graph()
    file = folder / "manifest.ttl"
    graph.parse(file, format="turtle", publicID=file.resolve().as_uri())
    (manifest,) = graph.subjects(RDF.type, MF.Manifest)
    for entry in _list(graph, manifest, MF.entries):
        requests = _list(graph, _one(graph, entry, MF.action), HT.requests)
        yield Case(
            str(entry).rpartition("#")[2],
            tuple(_read_exchange(graph, request) for request in requests),
            dict(_read_graphs(graph, entry)),
        )


def _read_graphs(graph: Graph, entry: Node) -> Iterator[tuple[str, str]]:
    for data in graph.objects(entry, UT.graphData):
        file = Path(unquote(str(_one(graph, data, UT.graph)).removeprefix("file://")))
        yield str(_one(graph, data, RDFS.label)), file.read_text(encoding="utf-8")


def _read_exchange(graph: Graph, request: Node) -> Exchange:
    headers = {
        str(_one(graph, header, HT.fieldName)): str(_one(graph, header, HT.fieldValue))
        for header in _list(graph, request, HT.headers)
    }
    content = graph.value(request, HT.body)
    body = None
    if content is not None:
        # UTF-16 comes with its byte order mark, as the manifest's comments tell.
        body = str(_one(graph, content, CNT.chars)).encode(
            str(_one(graph, content, CNT.characterEncoding)).lower()
        )
    method = str(_one(graph, request, HT.methodName))
    if body is None and method not in ("GET", "HEAD"):
        body = b""
    return Exchange(
        method, str(_one(graph, request, HT.absolutePath)), headers, body, _expect(graph, request)
    )


def _expect(graph: Graph, request: Node) -> Expected:
    answer = _one(graph, request, HT.resp)
    statuses = tuple(str(status)[-3] for status in graph.objects(answer, MF.expectedStatus))
    boolean = graph.value(answer, MF.expectedBoolean)
    said = str(graph.value(answer, MF.expectation) or "")
    return Expected(
        statuses,
        str(graph.value(answer, MF.expectedFormat) or ""),
        None if boolean is None else str(boolean) == "true",
        "bound to an IRI that is _not_" in said,
    )


def _one(graph: Graph, subject: Node, predicate: URIRef) -> Node:
    value = graph.value(subject, predicate)
    assert value is not None, (subject, predicate)
    return value


def _list(graph: Graph, subject: Node, predicate: URIRef) -> list[Node]:
    head = graph.value(subject, predicate)
    return [] if head is None else list(Collection(graph, head))
