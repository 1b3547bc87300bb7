"""Graphs of the store → explorer pages: of reports, of what a query answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from ..iris import Iris
from .catalogue import ask_triples, read_graph
from .endpoint import Endpoint

_CHUNK = 150
"""Things asked for in one query."""
_SURROUNDINGS = """
CONSTRUCT {{ ?thing ?p ?o . ?span ?q ?v . ?o ?named ?label }}
WHERE {{
  {{ VALUES ?thing {{ {things} }} ?thing ?p ?o }}
  UNION {{ VALUES ?thing {{ {things} }} ?thing <{ns}evidence> ?span . ?span ?q ?v }}
  UNION {{
    VALUES ?thing {{ {things} }} ?thing ?p ?o . ?o ?named ?label
    FILTER(?named IN (
      <http://www.w3.org/2000/01/rdf-schema#label>, <http://www.w3.org/2004/02/skos/core#prefLabel>,
      <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>
    ))
  }}
}}
"""
"""The things stand in each part: Oxigraph would find all of a part first, and join it with them then."""


async def read_reports(endpoint: Endpoint, reports: Iterable[str], iris: Iris) -> Graph:
    """The graphs of some reports, with what the audit found in them, as one."""
    graph = Graph()
    for report in reports:
        for kind in ("report", "audit"):
            _fill(graph, await read_graph(endpoint, iris.graph(kind, report)))
    return graph


async def read_surroundings(endpoint: Endpoint, things: list[str], iris: Iris) -> Graph:
    """What the store says of some things, with the words of the reports behind them and the names of what they
    point to."""
    graph = Graph()
    for at in range(0, len(things), _CHUNK):
        listed = " ".join(f"<{iri}>" for iri in things[at : at + _CHUNK])
        _fill(graph, await ask_triples(endpoint, _SURROUNDINGS.format(things=listed, ns=f"{iris.base}ns#")))
    return graph


def find_things(body: bytes, media_type: str, base: str) -> list[str]:
    """The IRIs under a base's `id/` that an answer speaks of, in the order of the answer, each once.

    The answer: N-Triples, or rows as SPARQL JSON.
    """
    start = f"{base}id/"
    if "json" in media_type:
        answer = json.loads(body)
        cells = [cell for row in answer.get("results", {}).get("bindings", []) for cell in row.values()]
        names = [cell["value"] for cell in cells if cell["type"] == "uri"]
    else:
        names = [
            term.value
            for triple in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
            for term in (triple.subject, triple.object)
            if isinstance(term, ox.NamedNode)
        ]
    return [name for name in dict.fromkeys(names) if name.startswith(start)]


def _fill(graph: Graph, body: bytes) -> None:
    for triple in _read_triples(body):
        graph.add(triple)


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
