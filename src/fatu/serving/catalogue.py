"""Queries that the server itself asks, for its pages: which reports there are, what is known of one thing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..errors import FatuError
from ..iris import Iris
from .endpoint import Endpoint
from .pool import Question

JSON = "application/sparql-results+json"
NTRIPLES = "application/n-triples"


class AnswerError(FatuError):
    """The store did not answer a query of the server's own; `status` is what the server answers then."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__("store", problem)
        self.status = status


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report of the store, as lists show it."""

    iri: str
    title: str
    area: str
    year: str
    doubts: int
    """How many findings say inconsistent."""


_REPORTS = """
SELECT ?report (SAMPLE(?titled) AS ?title) (SAMPLE(?named) AS ?area) (SAMPLE(?of) AS ?year)
  (COUNT(DISTINCT ?doubt) AS ?doubts)
WHERE {{
  ?report a <{ns}Report> .
  OPTIONAL {{ ?report <http://purl.org/dc/terms/title> ?titled }}
  OPTIONAL {{ ?report <{ns}reportYear> ?of }}
  OPTIONAL {{ ?report <{ns}area>/<http://www.w3.org/2004/02/skos/core#prefLabel> ?named . FILTER(LANG(?named) = "zh") }}
  OPTIONAL {{ ?doubt <{ns}inReport> ?report ; <{ns}verdict> <{base}id/verdict/inconsistent> }}
}}
GROUP BY ?report ORDER BY ?area ?year ?report LIMIT {limit}
"""
_THING = "CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}"
_GRAPH = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
_LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing (MIN(STR(?said)) AS ?label) WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing rdfs:label|skos:prefLabel|<http://purl.org/dc/terms/title> ?said
  FILTER(LANG(?said) IN ("", "zh"))
}} GROUP BY ?thing
"""
_INVERSE = "SELECT DISTINCT ?p ?s WHERE {{ ?s ?p <{iri}> }} ORDER BY ?p ?s LIMIT 200"


async def ask_rows(endpoint: Endpoint, query: str) -> list[dict[str, Any]]:
    """Rows of a SELECT as mappings from variable to value. Raises AnswerError where the store does not answer."""
    reply = await endpoint.ask(Question(query, JSON))
    if reply.status != 200:
        raise AnswerError(reply.status, reply.message)
    bindings = json.loads(reply.body)["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in bindings]


async def ask_triples(endpoint: Endpoint, query: str) -> bytes:
    """N-Triples of a CONSTRUCT. Raises AnswerError."""
    reply = await endpoint.ask(Question(query, NTRIPLES))
    if reply.status != 200:
        raise AnswerError(reply.status, reply.message)
    return reply.body


async def list_reports(endpoint: Endpoint, iris: Iris, limit: int = 500) -> list[ReportEntry]:
    """The reports of the store, by area and year."""
    rows = await ask_rows(endpoint, _REPORTS.format(ns=f"{iris.base}ns#", base=iris.base, limit=limit))
    return [
        ReportEntry(
            row["report"], row.get("title", ""), row.get("area", ""), row.get("year", ""), int(row["doubts"])
        )
        for row in rows
        if "report" in row
    ]


async def describe(endpoint: Endpoint, iri: str) -> bytes:
    """What the store says of a thing: its own statements, as N-Triples; nothing where it knows none."""
    return await ask_triples(endpoint, _THING.format(iri=iri))


async def read_graph(endpoint: Endpoint, iri: str) -> bytes:
    """The triples of a named graph."""
    return await ask_triples(endpoint, _GRAPH.format(iri=iri))


async def find_labels(endpoint: Endpoint, iris: list[str]) -> dict[str, str]:
    """IRI → a label in Chinese or without a language, the first of several; nothing for what has none."""
    if not iris:
        return {}
    rows = await ask_rows(endpoint, _LABELS.format(things=" ".join(f"<{iri}>" for iri in iris)))
    return {row["thing"]: row["label"] for row in rows if "label" in row}


async def find_mentions(endpoint: Endpoint, iri: str) -> list[tuple[str, str]]:
    """Property and subject of statements about a thing, at most 200."""
    return [(row["p"], row["s"]) for row in await ask_rows(endpoint, _INVERSE.format(iri=iri))]
