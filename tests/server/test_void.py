"""What a server says of the whole, at /.well-known/void, and how one gets there."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Literal, URIRef

from commands import fatu
from fatu.exporting.publication import Publication
from fatu.iris import BASE, Iris
from fatu.serving.pool import Question, Reply
from fatu.serving.protocol import ProtocolError
from fatu.serving.whole import Whole
from servers import SAMPLE, Server, serve

pytestmark = pytest.mark.server

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
SD = "http://www.w3.org/ns/sparql-service-description#"
SEE_ALSO = URIRef("http://www.w3.org/2000/01/rdf-schema#seeAlso")
WHOLE = URIRef(f"{BASE}id/catalogue/graph")
PATH = "/.well-known/void"
SYNTAXES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


def void(graph: Graph, name: str, subject: URIRef = WHOLE) -> object:
    return graph.value(subject, URIRef(VOID + name))


@pytest.mark.parametrize("media_type", SYNTAXES)
def test_the_whole_in_each_format_with_this_endpoint(sample_server: Server, media_type: str) -> None:
    answer = sample_server.get(PATH, media_type)
    assert (answer.status, answer.media_type) == (200, media_type)
    assert answer.headers["access-control-allow-origin"] == "*"
    graph = Graph().parse(data=answer.body, format=SYNTAXES[media_type])
    endpoint = URIRef(f"{sample_server.url}/sparql")
    assert void(graph, "sparqlEndpoint") == endpoint
    (service,) = graph.subjects(RDF.type, URIRef(DCAT + "DataService"))
    assert graph.value(service, URIRef(DCAT + "endpointURL")) == endpoint


def test_the_numbers_are_those_of_the_store(sample_server: Server, sample_store: ox.Store) -> None:
    graph = Graph().parse(data=sample_server.get(PATH).body, format="turtle")
    triples = [quad.triple for quad in sample_store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    assert void(graph, "triples") == Literal(len(triples))
    assert void(graph, "distinctSubjects") == Literal(len({t.subject for t in triples}))
    assert void(graph, "distinctObjects") == Literal(len({t.object for t in triples}))
    assert void(graph, "properties") == Literal(len({t.predicate for t in triples}))


def test_the_service_description_leads_there(sample_server: Server) -> None:
    graph = Graph().parse(data=sample_server.get("/sparql", "text/turtle").body, format="turtle")
    service = URIRef(f"{sample_server.url}/sparql")
    assert graph.value(service, SEE_ALSO) == URIRef(sample_server.url + PATH)
    described = graph.value(graph.value(service, URIRef(SD + "defaultDataset")), URIRef(SD + "defaultGraph"))
    assert described == WHOLE
    assert void(graph, "sparqlEndpoint") == service


@pytest.mark.parametrize(("method", "accept", "status"), [("HEAD", "*/*", 200), ("GET", "image/png", 406)])
def test_other_requests(sample_server: Server, method: str, accept: str, status: int) -> None:
    answer = sample_server.send(method, PATH, {"accept": accept})
    assert answer.status == status
    assert method == "GET" or answer.body == b""


def test_after_an_update_the_store_is_counted_anew(writable: Server) -> None:
    writable.update("CLEAR ALL")
    missing = writable.get(PATH)
    assert (missing.status, missing.text.startswith("request: no report under")) == (404, True)
    report = f"<{BASE}id/report/a>"
    assert writable.update(f"INSERT DATA {{ {report} a <{BASE}ns#Report> }}").status == 204
    first = Graph().parse(data=writable.get(PATH).body, format="turtle")
    assert void(first, "triples") == Literal(1)
    assert writable.update(f'INSERT DATA {{ {report} <{BASE}ns#phrase> "a" }}').status == 204
    assert void(Graph().parse(data=writable.get(PATH).body, format="turtle"), "triples") == Literal(2)


class Endpoint:
    """A store with one report, which answers when it is let, and fails when it is told."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self.fails = False
        self.asked = 0
        self._store = ox.Store()
        self._store.update(f"INSERT DATA {{ <{BASE}id/report/a> a <{BASE}ns#Report> }}")

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def ask(self, question: Question) -> Reply:
        self.asked += 1
        await self.ready.wait()
        if self.fails:
            return Reply(504, message="too slow")
        body = self._store.query(question.query).serialize(format=ox.QueryResultsFormat.JSON)
        return Reply(200, body or b"", "application/sparql-results+json")

    async def update(self, text: str) -> Reply:
        self._store.update(text)
        return Reply(204)


async def refusal(whole: Whole, seconds: float) -> ProtocolError:
    with pytest.raises(ProtocolError) as caught:
        await whole.facts(seconds)
    return caught.value


def finish(running: Coroutine[None, None, None]) -> None:
    """Runs in a thread of its own: in this one a browser of other tests may have a loop that never ends."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, running).result()


def test_a_store_that_takes_long_is_counted_on_while_nobody_waits() -> None:
    async def run() -> None:
        endpoint = Endpoint()
        whole = Whole(endpoint, Iris(), Publication())
        told = await refusal(whole, 0.05)
        assert (told.status, told.headers) == (503, {"retry-after": "60"})
        assert endpoint.asked == 1
        endpoint.ready.set()
        facts = await whole.facts(30)
        asked = endpoint.asked
        assert facts and await whole.facts(30) == facts
        assert endpoint.asked == asked  # counted once
        await whole.update("INSERT DATA { <urn:a> <urn:b> 1 }")
        assert await whole.facts(30) != facts
        await whole.stop()

    finish(run())


def test_a_store_that_does_not_answer_is_asked_again_by_who_comes_next() -> None:
    async def run() -> None:
        endpoint = Endpoint()
        endpoint.ready.set()
        endpoint.fails = True
        whole = Whole(endpoint, Iris(), Publication())
        told = await refusal(whole, 30)
        assert (told.status, "too slow" in str(told)) == (503, True)
        endpoint.fails = False
        assert await whole.facts(30)

    finish(run())


def test_stopping_ends_the_counting() -> None:
    async def run() -> None:
        endpoint = Endpoint()
        whole = Whole(endpoint, Iris(), Publication())
        await refusal(whole, 0.05)
        async with asyncio.timeout(10):
            await whole.stop()

    finish(run())


def test_a_licence_that_is_no_iri_is_refused_before_anything_is_served(tmp_path: Path) -> None:
    done = fatu("serve", "--data", SAMPLE, "--licence", "MIT", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("fatu: --licence: 'MIT' is no IRI")


def test_who_publishes_under_which_licence_is_told() -> None:
    with serve("--data", SAMPLE, "--licence", "https://example.org/l", "--publisher", "某研究所") as server:
        told = server.get(PATH).text
    assert "<https://example.org/l>" in told and "某研究所" in told
