"""What the server answers: formats by Accept, Oxigraph's answers unchanged, named queries, graphs, pages, errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from commands import fatu
from fatu.iris import BASE
from fatu.querying import load_queries
from fatu.serving.negotiation import HTML, RESULT_TYPES, choose_type
from servers import FORM, JSON, QUERY, SAMPLE, TOKEN, Server, serve
from stores import HOSTILE, write_hostile_store

pytestmark = pytest.mark.server

REPORT = f"{BASE}id/report/410203/gov/2020"
RATE = f"{REPORT}#obs-recon-closure-rate"
DOCUMENT = f"{BASE}id/doc/民法典"
GRAPH = f"{BASE}id/graph/report/410203/gov/2020"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

RESULTS = {
    JSON: ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/n3": ox.RdfFormat.N3,
}
SELECT = (
    "SELECT * { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?thing ?label LIMIT 20"
)
CONSTRUCT = f"CONSTRUCT {{ <{RATE}> ?p ?o }} WHERE {{ <{RATE}> ?p ?o }}"


def id_path(iri: str) -> str:
    """The address at which the server shows an IRI of its own."""
    return "/" + quote(iri.removeprefix(BASE))


# --------------------------------------------------------------------------------------------- negotiation


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        (" ", JSON),
        ("*/*", JSON),
        ("*", JSON),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;charset=utf-8", "text/csv"),
        ("text/csv, application/json", "application/json"),
        ("text/csv;q=0.9, application/json;q=0.8", "text/csv"),
        ("text/csv;q=0.9,*/*;q=0.1", "text/csv"),
        ("text/*", "text/xml"),
        ("text/*;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("application/*", JSON),
        ("application/json;q=0, */*", JSON),
        (f"{JSON};q=0, application/*", "application/json"),
        ("*/*;q=0.1, text/csv;q=0", JSON),
        ("*/*, text/csv;q=0.1", JSON),
        ("text/csv;q=0", None),
        ("*/*;q=0", None),
        ("image/png", None),
        ("text/html", None),
        ("junk", None),
        (";;;,,,", None),
        ("junk, text/csv", "text/csv"),
        ("text/csv;q=many", None),
        ("text/csv;q=7", "text/csv"),
        ("text/csv;q=-1", None),
        ("text/csv;q=nan", None),
        ("a/b/c, text/csv;q=0.1", "text/csv"),
        ("文字/csv", None),
    ],
)
def test_the_type_that_a_client_likes_best(accept: str | None, expected: str | None) -> None:
    assert choose_type(accept, tuple(RESULT_TYPES)) == expected


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        ("SELECT", "", JSON),
        ("SELECT", "*/*", JSON),
        ("SELECT", "application/json", "application/json"),
        ("SELECT", "application/xml", "application/xml"),
        ("SELECT", "text/csv;q=0.2, application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT", "text/turtle", 406),
        ("SELECT", "text/turtle, text/csv;q=0.1", "text/csv"),
        ("SELECT", "image/png", 406),
        ("SELECT", BROWSER, "application/xml"),
        ("ASK", "text/csv", "text/csv"),
        ("ASK", "text/html", 406),
        ("CONSTRUCT", "", "text/turtle"),
        ("CONSTRUCT", "*/*", "text/turtle"),
        ("CONSTRUCT", BROWSER, "text/turtle"),
        ("CONSTRUCT", "application/ld+json", "application/ld+json"),
        ("CONSTRUCT", JSON, 406),
        ("CONSTRUCT", f"{JSON}, text/turtle;q=0.1", "text/turtle"),
    ],
)
def test_formats_by_accept(sample_server: Server, query: str, accept: str, expected: str | int) -> None:
    text = {"SELECT": SELECT, "ASK": "ASK {}", "CONSTRUCT": CONSTRUCT}[query]
    headers = {"content-type": QUERY} | ({"accept": accept} if accept else {})
    answer = sample_server.send("POST", "/sparql", headers, text.encode())
    if isinstance(expected, int):
        assert answer.status == expected
        assert "the answer can be had as" in answer.text
    else:
        assert (answer.status, answer.media_type) == (200, expected)
        assert answer.headers["vary"] == "accept"


# ------------------------------------------------------------------------------------ answers are Oxigraph's own


@pytest.mark.parametrize("name", [query.name for query in load_queries()])
def test_a_named_query_is_answered_as_oxigraph_answers_it(
    sample_server: Server, sample_store: ox.Store, name: str
) -> None:
    text = next(query.text for query in load_queries() if query.name == name)
    answer = sample_server.query(text)
    assert answer.status == 200, answer.text
    assert answer.body == sample_store.query(text).serialize(format=ox.QueryResultsFormat.JSON)


@pytest.mark.parametrize("text", [SELECT, "ASK { ?s ?p ?o }", "ASK { ?s ?p '不存在' }", CONSTRUCT])
def test_all_formats_are_oxigraphs_own(sample_server: Server, sample_store: ox.Store, text: str) -> None:
    found = sample_store.query(text)
    formats = TRIPLES if isinstance(found, ox.QueryTriples) else RESULTS
    for media_type, syntax in formats.items():
        answer = sample_server.query(text, media_type)
        assert answer.body == sample_store.query(text).serialize(format=syntax)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"汴法政〔2020〕1号"@zh', {"type": "literal", "value": "汴法政〔2020〕1号", "xml:lang": "zh"}),
        ('"a\\tb\\nc\\"d"', {"type": "literal", "value": 'a\tb\nc"d'}),
        ('"𠮷😀"', {"type": "literal", "value": "𠮷😀"}),
        (
            "88.78",
            {
                "type": "literal",
                "value": "88.78",
                "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
            },
        ),
        ("<id/x>", {"type": "uri", "value": f"{BASE}id/x"}),
    ],
)
def test_terms_arrive_as_they_are(sample_server: Server, expression: str, expected: dict[str, str]) -> None:
    answer = sample_server.query(f"SELECT ?x {{ VALUES ?x {{ {expression} }} }}")
    assert answer.json()["results"]["bindings"] == [{"x": expected}]


def test_the_default_graph_holds_every_triple_once(sample_server: Server, sample_store: ox.Store) -> None:
    counted = sample_server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.split()[1]
    once = {(q.subject, q.predicate, q.object) for q in sample_store}
    assert int(counted) == len(once)


@pytest.mark.parametrize(
    ("pattern", "dataset", "expected"),
    [
        ("?s ?p ?o", {"default_graph_uri": GRAPH}, True),
        ("?s ?p ?o", {"default_graph_uri": "http://example.org/absent"}, False),
        ("?s ?p ?o", {"named_graph_uri": GRAPH}, False),
        ("GRAPH ?g { ?s ?p ?o }", {"named_graph_uri": GRAPH}, True),
        ("GRAPH ?g { ?s ?p ?o }", {"default_graph_uri": GRAPH}, False),
        (f"GRAPH <{BASE}id/graph/vocab> {{ ?s ?p ?o }}", {"named_graph_uri": GRAPH}, False),
        (
            f"?s a <{BASE}ns#Finding> . ?t a <{BASE}ns#Report>",
            {"default_graph_uri": [GRAPH, GRAPH.replace("report", "audit", 1)]},
            True,
        ),
    ],
)
def test_the_dataset_that_a_request_describes(
    sample_server: Server, pattern: str, dataset: dict[str, str | list[str]], expected: bool
) -> None:
    answer = sample_server.query(f"ASK {{ {pattern} }}", **dataset)
    assert answer.json()["boolean"] is expected


# ---------------------------------------------------------------------------------------------- named queries


def test_the_named_queries_are_listed(sample_server: Server) -> None:
    listed = sample_server.get("/queries").json()
    assert [query["name"] for query in listed] == [query.name for query in load_queries()]
    assert all(query["zh"] and query["en"] for query in listed)


def values(answer_json: dict[str, object]) -> list[dict[str, str]]:
    bindings = answer_json["results"]["bindings"]  # type: ignore[index]
    return [{name: cell["value"] for name, cell in row.items()} for row in bindings]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/queries/reconsideration", 1),
        ("/queries/q1", 1),
        ("/queries/report-identity?report=410203-gov-2020", 1),
        (f"/queries/report-identity?report={quote(REPORT, safe='')}", 1),
        ("/queries/report-identity?report=410203-gov-1999", 0),
        ("/queries/report-identity?report=", 1),
    ],
)
def test_a_named_query_with_its_parameters(sample_server: Server, path: str, count: int) -> None:
    answer = sample_server.send("GET", path, {"accept": JSON})
    assert answer.status == 200, answer.text
    assert len(values(answer.json())) >= count if count else values(answer.json()) == []


# One parameter of each kind, with a query that has it.
PARAMETERS = {
    parameter.kind: (query.name, parameter.name) for query in load_queries() for parameter in query.parameters
}
ATTACKS = [
    "x> } ; DROP ALL #",
    '") } UNION { ?s ?p ?o } #',
    "410203-gov-2020> ?p ?o . ?a ?b ?c } #",
    "https://w3id.org/fatu/id/x> } UNION { ?s ?p ?o",
    "?s ?p ?o",
    "\\u003e",
    "\x00",
    "a\nb",
    "𠮷" * 1000,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
@pytest.mark.parametrize("kind", PARAMETERS)
def test_a_value_cannot_change_a_query(sample_server: Server, kind: str, attack: str) -> None:
    query, parameter = PARAMETERS[kind]
    answer = sample_server.send("GET", f"/queries/{query}?{urlencode({parameter: attack})}", {"accept": JSON})
    if answer.status == 200:
        assert kind in ("string", "report", "indicator", "document")
        assert values(answer.json()) == []
    else:
        assert answer.status == 400
        assert len(answer.text.splitlines()) == 1


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/queries/reconsideratoin", 404, "no query of this name: 'reconsideratoin'; did you mean"),
        ("/queries/nothing.rq", 404, "no query of this name"),
        ("/queries/q1?yaer=2020", 400, "no parameter 'yaer'"),
    ],
)
def test_what_is_no_named_query(sample_server: Server, path: str, status: int, message: str) -> None:
    answer = sample_server.get(path, JSON)
    assert (answer.status, answer.media_type) == (status, "text/plain")
    assert message in answer.text


def test_a_browser_is_led_from_a_named_query_to_the_editor(sample_server: Server) -> None:
    answer = sample_server.get("/queries/reconsideration", BROWSER)
    assert (answer.status, answer.headers["location"]) == (303, "/?name=reconsideration")


# ------------------------------------------------------------------------------------------ questions in words


def test_a_question_in_words(sample_server: Server) -> None:
    answer = sample_server.send("GET", f"/ask?q={quote('2020年行政复议结案率是多少?')}", {}).json()
    assert answer["answered"] is True
    assert answer["results"]["results"]["bindings"]
    assert any("结案率90%" in found["text"] for found in answer["evidence"])


@pytest.mark.parametrize("words", ["天气怎么样", "' } DROP ALL #", "\x00", "?" * 500])
def test_what_is_not_understood(sample_server: Server, words: str) -> None:
    answer = sample_server.send("GET", f"/ask?q={quote(words)}", {})
    assert answer.status == 200, answer.text
    told = answer.json()
    assert told["answered"] is False and told["message"]


# ------------------------------------------------------------------------------------------- the description

SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.mark.parametrize("media_type", TRIPLES)
def test_the_service_description_names_the_endpoint(sample_server: Server, media_type: str) -> None:
    answer = sample_server.get("/sparql", media_type)
    assert (answer.status, answer.media_type) == (200, media_type)
    store = ox.Store()
    store.load(answer.body, format=TRIPLES[media_type], base_iri=sample_server.url)
    url = f"{sample_server.url}/sparql"
    asked = f"ASK {{ ?service a <{SD}Service> ; <{SD}endpoint> <{url}> ; <{SD}supportedLanguage> <{SD}%s> }}"
    assert bool(store.query(asked % "SPARQL11Query"))
    assert not bool(store.query(asked % "SPARQL11Update"))
    assert not bool(store.query(f"ASK {{ ?any <{SD}feature> <{SD}BasicFederatedQuery> }}"))


def test_a_writable_server_says_that_it_takes_updates(writable: Server) -> None:
    assert "sd:SPARQL11Update" in writable.get("/sparql", "text/turtle").text


@pytest.mark.parametrize(("accept", "status"), [(BROWSER, 303), ("image/png", 406), ("", 200), ("*/*", 200)])
def test_the_description_by_accept(sample_server: Server, accept: str, status: int) -> None:
    assert sample_server.send("GET", "/sparql", {"accept": accept} if accept else {}).status == status


# ------------------------------------------------------------------------------------------- the graph store


def read_graph(body: bytes, media_type: str) -> set[str]:
    return {str(triple) for triple in ox.parse(body, format=TRIPLES[media_type])}


@pytest.mark.parametrize("media_type", TRIPLES)
def test_a_graph_by_its_iri(sample_server: Server, sample_store: ox.Store, media_type: str) -> None:
    answer = sample_server.send("GET", f"/graphs?graph={quote(GRAPH)}", {"accept": media_type})
    assert (answer.status, answer.media_type) == (200, media_type)
    kept = sample_store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH))
    assert read_graph(answer.body, media_type) == {str(quad.triple) for quad in kept}


def test_the_default_graph(sample_server: Server, sample_store: ox.Store) -> None:
    answer = sample_server.send("GET", "/graphs?default", {"accept": "application/n-triples"})
    kept = sample_store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert read_graph(answer.body, "application/n-triples") == {str(quad.triple) for quad in kept}


@pytest.mark.parametrize(
    ("method", "path", "accept", "status"),
    [
        ("HEAD", "/graphs?default", "text/turtle", 200),
        ("HEAD", f"/graphs?graph={quote(GRAPH)}", "text/turtle", 200),
        ("HEAD", "/graphs?graph=http://example.org/absent", "text/turtle", 404),
        ("GET", "/graphs?graph=http://example.org/absent", "text/turtle", 404),
        ("GET", "/graphs", "text/turtle", 400),
        ("GET", f"/graphs?default&graph={quote(GRAPH)}", "text/turtle", 400),
        ("GET", f"/graphs?graph={quote(GRAPH)}&graph={quote(GRAPH)}", "text/turtle", 400),
        ("GET", "/graphs?graph=relative", "text/turtle", 400),
        ("GET", "/graphs?graph=http://a%3E%20%7B%7D%20UNION", "text/turtle", 400),
        ("GET", "/graphs?graph=%FF", "text/turtle", 400),
        ("GET", "/graphs?default", "text/html", 406),
        ("GET", "/graphs?default", JSON, 406),
        ("PUT", "/graphs?default", "text/turtle", 405),
        ("POST", "/graphs?default", "text/turtle", 405),
        ("DELETE", "/graphs?default", "text/turtle", 405),
        ("PATCH", "/graphs?default", "text/turtle", 405),
    ],
)
def test_the_graph_store_is_read(
    sample_server: Server, method: str, path: str, accept: str, status: int
) -> None:
    body = None if method in ("GET", "HEAD") else b""
    answer = sample_server.send(method, path, {"accept": accept}, body)
    assert answer.status == status
    if method == "HEAD":
        assert answer.body == b""
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD"


# ----------------------------------------------------------------------------------- a page for every IRI


@pytest.mark.parametrize(
    ("path", "accept", "expected"),
    [
        (id_path(REPORT), BROWSER, HTML),
        (id_path(REPORT), "text/turtle", "text/turtle"),
        (id_path(REPORT), "application/ld+json", "application/ld+json"),
        (id_path(REPORT), "*/*", HTML),
        (id_path(REPORT), "image/png", 406),
        (id_path(RATE), BROWSER, HTML),
        (id_path(RATE), "text/turtle", "text/turtle"),
        (id_path(DOCUMENT), BROWSER, HTML),
        (id_path(DOCUMENT), "application/n-triples", "application/n-triples"),
        (id_path(f"{REPORT}#absent"), BROWSER, 404),
        ("/id/absent", BROWSER, 404),
        ("/id/absent", "text/turtle", 404),
        ("/id/", BROWSER, 404),
        ("/id/a%3E%20b", BROWSER, 400),
        ("/id/a%22b", "text/turtle", 400),
        ("/id/a%0Ab", BROWSER, 404),
        ("/ns", BROWSER, HTML),
        ("/ns", "text/turtle", "text/turtle"),
        ("/ns", "image/png", 406),
    ],
)
def test_an_iri_by_accept(sample_server: Server, path: str, accept: str, expected: str | int) -> None:
    answer = sample_server.send("GET", path, {"accept": accept})
    if isinstance(expected, int):
        assert (answer.status, answer.media_type) == (expected, "text/plain")
        assert len(answer.text.splitlines()) == 1
    else:
        assert (answer.status, answer.media_type) == (200, expected)
        assert answer.headers["vary"] == "accept"


def test_a_thing_as_turtle_is_what_the_store_says_of_it(
    sample_server: Server, sample_store: ox.Store
) -> None:
    answer = sample_server.send("GET", id_path(RATE), {"accept": "application/n-triples"})
    kept = sample_store.quads_for_pattern(ox.NamedNode(RATE), None, None, ox.DefaultGraph())
    assert read_graph(answer.body, "application/n-triples") == {str(quad.triple) for quad in kept}


def test_a_page_of_a_thing_shows_names_and_leads_on(sample_server: Server) -> None:
    page = sample_server.send("GET", id_path(RATE), {"accept": HTML}).text
    assert RATE in page
    assert f'href="{id_path(REPORT)}"' in page
    assert 'href="/ns#Observation"' in page
    assert "90" in page


def own_iris(store: ox.Store) -> list[str]:
    """The IRIs under `id/` that the store says something of, 50 of them from all over."""
    found = sorted({q.subject.value for q in store if q.subject.value.startswith(f"{BASE}id/")})
    return found[:: max(1, len(found) // 50)]


def test_every_iri_of_the_graph_has_a_page(sample_server: Server, sample_store: ox.Store) -> None:
    absent = [
        (iri, accept)
        for iri in own_iris(sample_store)
        for accept in (HTML, "text/turtle")
        if sample_server.send("GET", id_path(iri), {"accept": accept}).status != 200
    ]
    assert absent == []


def test_the_links_of_a_page_lead_somewhere(sample_server: Server) -> None:
    page = sample_server.send("GET", id_path(REPORT), {"accept": HTML}).text
    links = {unescape(link) for link in re.findall(r'href="(/id/[^"]*)"', page)}
    assert len(links) > 20
    broken = [
        link for link in sorted(links)[:40] if sample_server.send("GET", link, {"accept": HTML}).status != 200
    ]
    assert broken == []


def test_the_ontology_has_every_term(sample_server: Server, sample_store: ox.Store) -> None:
    page = sample_server.get("/ns", HTML).text
    for name in ("Report", "Observation", "Measure", "Finding", "underDocument"):
        assert f'id="{name}"' in page and f"fatu:{name}" in page
    turtle = sample_server.get("/ns", "application/n-triples")
    kept = sample_store.quads_for_pattern(None, None, None, ox.NamedNode(f"{BASE}id/graph/vocab"))
    assert read_graph(turtle.body, "application/n-triples") == {str(quad.triple) for quad in kept}


# ------------------------------------------------------------------------------------------------ explorer


@pytest.fixture(scope="module")
def drawn(sample_server: Server) -> str:
    answer = sample_server.get("/explorer", BROWSER)
    assert (answer.status, answer.media_type) == (200, HTML)
    return answer.text


def ids_in(page: str) -> str:
    """The data of an explorer page, as text."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    json.loads(found[1])
    return found[1]


def test_the_explorer_shows_the_sample(drawn: str) -> None:
    data = ids_in(drawn)
    assert "obs-recon-closure-rate" in data and "顺河回族区" in data
    assert '"server":"/"' in data


def test_the_explorer_of_named_reports(sample_server: Server, drawn: str) -> None:
    named = sample_server.send("GET", f"/explorer?report={quote(REPORT, safe='')}", {"accept": HTML})
    assert ids_in(named.text) == ids_in(drawn)
    absent = sample_server.get("/explorer?report=http://example.org/absent", HTML)
    assert (absent.status, absent.media_type) == (404, "text/plain")
    assert sample_server.send("GET", "/explorer?report=relative", {"accept": HTML}).status == 400


def test_the_reports_are_listed(sample_server: Server) -> None:
    (report,) = sample_server.get("/reports", "application/json").json()
    assert (report["iri"], report["year"]) == (REPORT, "2020")
    assert "法治政府建设" in report["title"] and report["area"] and report["doubts"] >= 1


MEASURES = f"SELECT ?m {{ ?m a <{BASE}ns#Measure> }} ORDER BY ?m LIMIT 3"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (MEASURES, [f"{REPORT}#measure-"]),
        (f"SELECT ?o ?d {{ VALUES (?o ?d) {{ (<{RATE}> <{DOCUMENT}>) }} }}", [RATE, DOCUMENT]),
        (f"CONSTRUCT {{ <{RATE}> ?p ?o }} WHERE {{ <{RATE}> ?p ?o }}", [RATE]),
        (f"DESCRIBE <{DOCUMENT}>", [DOCUMENT]),
    ],
)
def test_an_answer_is_drawn(sample_server: Server, query: str, expected: list[str]) -> None:
    answer = sample_server.send(
        "POST", "/explorer", {"content-type": FORM}, urlencode({"query": query}).encode()
    )
    assert answer.status == 200, answer.text
    data = ids_in(answer.text)
    for iri in expected:
        assert iri.removeprefix(BASE).removeprefix("id/") in data


@pytest.mark.parametrize(
    ("query", "media_type", "status", "message"),
    [
        ("SELECT (1 AS ?x) {}", FORM, 404, "nothing that can be drawn"),
        ("ASK {}", FORM, 404, "nothing that can be drawn"),
        ("SELECT", FORM, 400, "does not parse"),
        ("", FORM, 400, "does not parse"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", FORM, 400, "SERVICE"),
        (MEASURES, "text/plain", 415, "not a form"),
    ],
)
def test_what_cannot_be_drawn(
    sample_server: Server, query: str, media_type: str, status: int, message: str
) -> None:
    answer = sample_server.send(
        "POST", "/explorer", {"content-type": media_type}, urlencode({"query": query}).encode()
    )
    assert (answer.status, answer.media_type) == (status, "text/plain")
    assert message in answer.text and len(answer.text.splitlines()) == 1


# --------------------------------------------------------------------------------------------- what is refused

LONG = b"ASK {}" + b" " * 10_000_001


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * {\n ?s ?p", "the query does not parse: line 2, column 7: the query ends too early"),
        ("SELECT * { ?s a:b ?o }", "the query does not parse: line 1, column 15: no PREFIX line for a:"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE would ask another server"),
        (
            "SELECT * { service silent <http://example.org/> { ?s ?p ?o } }",
            "SERVICE would ask another server",
        ),
        ("SELECT * { S\\u0045RVICE <http://example.org/> { ?s ?p ?o } }", "does not parse"),
        ("LOAD <http://example.org/x>", "does not parse"),
        ("INSERT DATA { <a:a> <a:b> 1 }", "does not parse"),
        ("ASK { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }", ""),
    ],
)
def test_a_query_that_is_refused(sample_server: Server, query: str, message: str) -> None:
    answer = sample_server.query(query)
    assert answer.status in (400, 503) and answer.media_type == "text/plain"
    assert message in answer.text
    assert answer.text.endswith("\n") and len(answer.text.splitlines()) == 1
    assert "Traceback" not in answer.text and len(answer.text) < 1000
    assert sample_server.query("ASK {}").status == 200


@pytest.mark.parametrize(
    ("word", "status"), [("?service", 200), ("'SERVICE'", 200), ("?c # SERVICE\n", 200), ("SERVICE", 400)]
)
def test_the_word_service_alone_is_no_service(sample_server: Server, word: str, status: int) -> None:
    assert sample_server.query(f"SELECT * {{ ?a ?b {word} }} LIMIT 1").status == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/absent", 404),
        ("GET", "/static/absent.js", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/..%2f..%2fapp.py", 404),
        ("PUT", "/queries", 405),
        ("POST", "/", 405),
        ("DELETE", "/id/x", 405),
        ("GET", "/sparql?update=CLEAR+ALL", 400),
        ("GET", "/ask", 400),
        ("TRACE", "/sparql", 405),
    ],
)
def test_an_error_is_one_line_of_plain_text(
    sample_server: Server, method: str, path: str, status: int
) -> None:
    answer = sample_server.send(method, path, {}, None if method == "GET" else b"")
    assert (answer.status, answer.media_type) == (status, "text/plain")
    assert answer.text.endswith("\n") and len(answer.text.splitlines()) == 1
    assert ("allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize(("path", "media_type"), [("/sparql", QUERY), ("/sparql", FORM), ("/explorer", FORM)])
def test_a_body_over_the_limit(sample_server: Server, path: str, media_type: str) -> None:
    answer = sample_server.send("POST", path, {"content-type": media_type}, LONG)
    assert (answer.status, answer.media_type) == (413, "text/plain")
    assert answer.text == "request: the request is larger than 10 MB; send less\n"


def test_an_answer_over_the_limit() -> None:
    with serve("--data", SAMPLE, "--max-result", "1") as server:
        everything = "SELECT * { ?s ?p ?o . ?s ?q ?r }"
        answer = server.query(everything)
        assert (answer.status, answer.media_type) == (413, "text/plain")
        assert answer.text == "the answer is larger than 1 MB: add LIMIT, or raise --max-result\n"
        assert server.query(f"{everything} LIMIT 10").status == 200


INSERT = "INSERT DATA { <http://example.org/s> <http://example.org/p> 1 }"


@pytest.mark.parametrize(("token", "status"), [("", 401), ("another", 401), (TOKEN + "x", 401), (TOKEN, 204)])
def test_updates_need_the_token(writable: Server, token: str, status: int) -> None:
    writable.update("DROP ALL")
    answer = writable.update(INSERT, token=token)
    assert answer.status == status
    assert writable.holds("?s ?p ?o") is (status == 204)
    if status == 401:
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.text == "request: updates need a token; send Authorization: Bearer TOKEN\n"


def test_a_server_that_only_reads_takes_no_updates(sample_server: Server) -> None:
    assert sample_server.update(INSERT, token=TOKEN).status == 403
    assert not sample_server.holds("<http://example.org/s> ?p ?o")


@pytest.mark.parametrize(
    ("update", "message"),
    [
        ("LOAD <http://example.org/x>", "LOAD would fetch from elsewhere"),
        ("LOAD SILENT <file:///etc/passwd> INTO GRAPH <a:g>", "LOAD would fetch from elsewhere"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        (
            "INSERT DATA { ?s ?p ?o }",
            "the update does not parse: line 1, column 24: Variables are not allowed",
        ),
        ("DELETE DATA { <a:s> <a:p> <a:o> } ;\nINSRT", "line 2, column 1: 'INSRT' does not fit here"),
        ("CREATE GRAPH <a:g> ; CREATE GRAPH <a:g>", "already exists"),
    ],
)
def test_an_update_that_is_refused(writable: Server, update: str, message: str) -> None:
    writable.update("DROP ALL")
    answer = writable.update(update)
    assert (answer.status, answer.media_type) == (400, "text/plain")
    assert message in answer.text and len(answer.text.splitlines()) == 1


@pytest.mark.parametrize(
    "update", ["CLEAR GRAPH <a:x>", "drop graph <a:x>", "CLEAR # c\n SILENT GRAPH <a:x>"]
)
def test_what_is_not_there_can_be_removed(writable: Server, update: str) -> None:
    assert writable.update(update).status == 204


# ------------------------------------------------------------------------------------------------- all pages

PAGES = ["/", id_path(REPORT), id_path(RATE), id_path(DOCUMENT), "/ns", "/explorer"]


class _Tags(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_elsewhere(sample_server: Server, path: str) -> None:
    answer = sample_server.send("GET", path, {"accept": HTML})
    assert (answer.status, answer.media_type) == (200, HTML)
    for tag, attributes in _Tags(answer.text).found:
        for name in ("src", "srcset", "action", "data", "poster", "background"):
            assert "//" not in attributes.get(name, ""), (tag, attributes)
        if tag != "a":
            assert "//" not in attributes.get("href", ""), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
    assert "@import" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    if path == "/explorer":
        assert "default-src 'none'" in answer.text
    else:
        assert "default-src 'self'" in policy and "script-src" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", [*PAGES, "/queries", "/health", "/openapi.json", "/static/editor.js"])
def test_the_head_of_a_page(sample_server: Server, path: str) -> None:
    answer = sample_server.send("HEAD", path, {"accept": "*/*"})
    assert (answer.status, answer.body) == (200, b"")


def test_any_page_may_read_what_the_endpoint_answers(sample_server: Server) -> None:
    asked = sample_server.send("OPTIONS", "/sparql", {"origin": "http://example.org"})
    assert asked.status == 204
    assert asked.headers["access-control-allow-origin"] == "*"
    for query in ("ASK {}", "ASK"):
        assert sample_server.query(query).headers["access-control-allow-origin"] == "*"


def test_the_api_is_described(sample_server: Server) -> None:
    described = sample_server.get("/openapi.json", "application/json").json()
    assert described["openapi"].startswith("3.")
    assert described["info"]["title"] == "fatu" and described["info"]["version"]
    expected = {"/sparql", "/graphs", "/queries", "/queries/{name}", "/reports", "/explorer", "/id/{path}"}
    assert expected | {"/ns", "/health"} <= set(described["paths"])
    assert set(described["paths"]["/sparql"]) == {"get", "post"}
    operations = [
        operation
        for path in described["paths"].values()
        for method, operation in path.items()
        if method in ("get", "post", "put", "delete", "patch", "head", "options", "trace")
    ]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    assert all(operation["responses"] and operation["summary"] for operation in operations)
    text = json.dumps(described)
    for pointer in re.findall(r'"\$ref": "#/([^"]+)"', text):
        place = described
        for part in pointer.split("/"):
            place = place[part]


# -------------------------------------------------------------------------------------------- hostile labels


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a store whose labels, comments and IRIs are full of markup."""
    folder = tmp_path_factory.mktemp("hostile") / "store"
    write_hostile_store(folder)
    with serve("--store", folder) as server:
        yield server


@pytest.mark.parametrize("path", [id_path(HOSTILE), "/ns", "/explorer", "/id/report/1"])
def test_hostile_labels_are_only_text(hostile: Server, path: str) -> None:
    answer = hostile.send("GET", path, {"accept": HTML})
    assert (answer.status, answer.media_type) == (200, HTML), answer.text
    assert "&lt;script&gt;window.hit" in answer.text
    assert "{{7*7}}" in answer.text
    for tag, attributes in _Tags(answer.text).found:
        assert tag not in ("script", "img", "iframe", "object"), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert "javascript:" not in attributes.get("href", "")
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_hostile_labels_in_a_drawing(hostile: Server) -> None:
    query = f"SELECT ?r {{ ?r a <{BASE}ns#Report> }} LIMIT 3"
    answer = hostile.send("POST", "/explorer", {"content-type": FORM}, urlencode({"query": query}).encode())
    assert answer.status == 200, answer.text
    assert "<script>window.hit" not in answer.text
    assert "<img src=x" not in answer.text


def test_more_reports_than_one_page_shows_are_listed(hostile: Server) -> None:
    listed = hostile.get("/reports", "application/json").json()
    page = hostile.get("/explorer", HTML)
    assert len(listed) == 80
    assert page.text.count('type="checkbox"') == 80


# ------------------------------------------------------------------------------------------- another server


def test_a_sparql_server_as_the_store(sample_server: Server) -> None:
    with serve("--store", f"{sample_server.url}/sparql", "--workers", "1") as server:
        for media_type in RESULTS:
            assert server.query(SELECT, media_type).body == sample_server.query(SELECT, media_type).body
        assert (
            server.query(CONSTRUCT, "text/turtle").body == sample_server.query(CONSTRUCT, "text/turtle").body
        )
        assert server.query("ASK {").status == 400
        assert server.query("SELECT * { SERVICE <http://example.org/> {} }").status == 400
        named = "/queries/report-identity?report=410203-gov-2020"
        assert server.get(named, JSON).body == sample_server.get(named, JSON).body
        assert server.get("/explorer", HTML).status == 200
        assert server.send("GET", id_path(RATE), {"accept": HTML}).status == 200
        assert server.update(INSERT, token=TOKEN).status == 403


def test_commands_read_a_server_as_a_store(sample_server: Server, tmp_path: Path) -> None:
    asked = fatu("export", "--store", f"{sample_server.url}/sparql", "--to", "trig", cwd=tmp_path)
    files = fatu("export", SAMPLE, "--to", "trig", cwd=tmp_path)
    assert asked == files and asked.code == 0


def test_a_server_that_takes_updates_is_loaded_with_its_token(tmp_path: Path) -> None:
    fatu("load", SAMPLE, "--store", "store", cwd=tmp_path)
    with serve("--store", tmp_path / "store", "--writable", token=TOKEN) as server:
        folder = fatu("load", SAMPLE, "--store", "store", cwd=tmp_path)
        assert folder.code == 2
        assert (
            "another process has it open; end that process; or, where it is fatu serve --writable"
            in folder.err
        )
        told = {}
        for token in ("", "wrong", TOKEN):
            told[token] = fatu("load", SAMPLE, "--store", server.url, cwd=tmp_path, FATU_TOKEN=token)
        assert told[""].err.endswith(
            "/sparql: asks for a token; set FATU_TOKEN as where it was started: fatu serve --writable\n"
        )
        assert "/sparql: refuses the token; set FATU_TOKEN" in told["wrong"].err
        assert (told[TOKEN].code, "3 graphs loaded" in told[TOKEN].err) == (0, True), told[TOKEN].err
    assert fatu("export", "--store", "store", "--to", "trig", cwd=tmp_path) == fatu(
        "export", SAMPLE, "--to", "trig", cwd=tmp_path
    )


def test_a_server_that_only_reads_says_so_to_a_load(sample_server: Server, tmp_path: Path) -> None:
    told = fatu("load", SAMPLE, "--store", sample_server.url, cwd=tmp_path, FATU_TOKEN=TOKEN)
    assert told.code == 2
    assert told.err.endswith("/sparql: only reads; start it with FATU_TOKEN=… fatu serve --writable\n")
