"""Graphs of the store → explorer pages: of reports, of what a query answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Iterable
from dataclasses import replace

import pyoxigraph as ox

from ..iris import Iris
from .catalogue import ask_triples, read_graph
from .endpoint import Endpoint
from .pool import ENDED, Limits, Pool, Reply, Trade

FEWER = "show fewer reports, or ask for fewer things"
"""What to do where a page takes too long."""
_LARGEST = 5_000_000
"""Bytes of N-Triples, of some eight reports: what a process that drew more keeps of its memory is worth a new one."""
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


class Drawings:
    """Pages drawn one at a time, as each takes a processor for a second or more, in a process that is ended where the
    page takes too long or its client is gone."""

    def __init__(self, limits: Limits) -> None:
        trade = Trade(("fatu.serving.drawer",), "page", FEWER, _LARGEST)
        self._pool = Pool(trade, replace(limits, workers=1))
        self._started: asyncio.Future[None] | None = None

    async def draw(self, triples: bytes, kept: Collection[str] = ()) -> Reply:
        """The explorer page of N-Triples; IRIs in `kept` are drawn even where no report speaks of them. The first page
        starts the process."""
        if self._started is None:
            self._started = asyncio.ensure_future(self._pool.start())
        try:
            await asyncio.shield(self._started)  # who goes away does not stop it for the next one
        except OSError as error:
            self._started = None
            return Reply(ENDED, message=f"the page cannot be drawn: {error}")
        return await self._pool.run({"length": len(triples), "kept": list(kept)}, triples)

    async def stop(self) -> None:
        """Ends the process."""
        await self._pool.stop()


async def read_reports(endpoint: Endpoint, reports: Iterable[str], iris: Iris) -> bytes:
    """The graphs of some reports, with what the audit found in them and what the whole corpus tells, as N-Triples."""
    graphs = [iris.graph(kind, report) for report in reports for kind in ("report", "audit", "corpus")]
    return b"".join([await read_graph(endpoint, graph) for graph in graphs])


async def read_surroundings(endpoint: Endpoint, things: list[str], iris: Iris) -> bytes:
    """What the store says of some things, with the words of the reports behind them and the names of what they
    point to, as N-Triples."""
    parts = []
    for at in range(0, len(things), _CHUNK):
        listed = " ".join(f"<{iri}>" for iri in things[at : at + _CHUNK])
        parts.append(await ask_triples(endpoint, _SURROUNDINGS.format(things=listed, ns=f"{iris.base}ns#")))
    return b"".join(parts)


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
