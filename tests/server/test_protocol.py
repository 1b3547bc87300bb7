"""SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): the cases of the W3C's suite by their names, in
requests of our own; and the suite itself where FATU_W3C_PROTOCOL names the folder of its manifest.ttl."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote_plus, urlencode

import pytest
from exchanges import Case, Exchange, Expected, read_manifest, run

from fatu.serving.protocol import Operation, ProtocolError, add_using, read_operation
from servers import FORM, QUERY, UPDATE, Server

pytestmark = pytest.mark.server

ONE, TWO, THREE, ABSENT = (f"http://example.org/data/{name}" for name in ("one", "two", "three", "absent"))
TARGET = "http://example.org/target"
GRAPHS = {iri: f"<{iri}> a <http://example.org/Document>" for iri in (ONE, TWO, THREE)}

YES = Expected(kind="boolean", boolean=True)
NO = Expected(kind="boolean", boolean=False)
TRUTH = Expected(kind="boolean")
ROWS = Expected(kind="tabular")
TRIPLES = Expected(kind="RDF")
DONE = Expected()
REFUSED = Expected(statuses=("4",))


def address(*pairs: tuple[str, str]) -> str:
    return f"/sparql/?{urlencode(pairs)}" if pairs else "/sparql/"


def get(*pairs: tuple[str, str], expected: Expected) -> Exchange:
    return Exchange("GET", address(*pairs), {}, None, expected)


def post(
    body: str | bytes, media_type: str, *pairs: tuple[str, str], expected: Expected, method: str = "POST"
) -> Exchange:
    headers = {"content-type": media_type} if media_type else {}
    sent = body.encode() if isinstance(body, str) else body
    return Exchange(method, address(*pairs), headers, sent, expected)


BOTH = f"ASK {{ <{ONE}> a ?kind . <{TWO}> a ?kind }}"
BOTH_NAMED = f"ASK {{ GRAPH ?first {{ <{ONE}> a ?kind }} GRAPH ?second {{ <{TWO}> a ?kind }} }}"
FILL = " ".join(f"GRAPH <{name}> {{ {triples} }}" for name, triples in GRAPHS.items())
COPY = f"""CLEAR ALL ; INSERT DATA {{ {FILL} }} ;
INSERT {{ GRAPH <{TARGET}> {{ ?thing a <http://example.org/Found> }} }}
WHERE {{ ?thing a <http://example.org/Document> }}"""
COPY_NAMED = COPY.replace("{ ?thing a <http://example.org/Document> }", "{ GRAPH ?any { ?thing a ?kind } }")
COPY_BOTH = f"""CLEAR ALL ; INSERT DATA {{ {FILL} }} ;
INSERT {{ GRAPH <{TARGET}> {{ ?thing <http://example.org/from> ?graph }} }}
WHERE {{ {{ GRAPH ?graph {{ ?thing a ?kind }} }} UNION {{ ?thing a ?kind . BIND("default" AS ?graph) }} }}"""


def copied(*things: str, but: tuple[str, ...] = ()) -> Exchange:
    """Asks whether things, and no others, were copied to the target."""
    there = " ".join(f"<{thing}> a ?kind ." for thing in things)
    absent = " ".join(f"FILTER NOT EXISTS {{ <{thing}> a ?any }}" for thing in but)
    return post(f"ASK {{ GRAPH <{TARGET}> {{ {there} {absent} }} }}", QUERY, expected=YES)


# Named after the entries of the W3C's manifest, sparql11/protocol; the requests are ours.
CASES: dict[str, list[Exchange]] = {
    "query_post_form": [
        post("query=ASK+%7B%7D", FORM, ("default-graph-uri", ABSENT), expected=YES),
    ],
    "query_dataset_default_graphs_get": [
        get(("query", BOTH), ("default-graph-uri", ONE), ("default-graph-uri", TWO), expected=YES),
        get(("query", BOTH), ("default-graph-uri", ONE), expected=NO),
    ],
    "query_dataset_default_graphs_post": [
        post(BOTH, QUERY, ("default-graph-uri", ONE), ("default-graph-uri", TWO), expected=YES),
        post(
            urlencode([("query", BOTH), ("default-graph-uri", ONE), ("default-graph-uri", TWO)]),
            FORM,
            expected=YES,
        ),
    ],
    "query_dataset_named_graphs_post": [
        post(BOTH_NAMED, QUERY, ("named-graph-uri", ONE), ("named-graph-uri", TWO), expected=YES),
        post(BOTH, QUERY, ("named-graph-uri", ONE), ("named-graph-uri", TWO), expected=NO),
    ],
    "query_dataset_named_graphs_get": [
        get(("query", BOTH_NAMED), ("named-graph-uri", ONE), ("named-graph-uri", TWO), expected=YES),
        get(("query", BOTH_NAMED), ("named-graph-uri", ONE), expected=NO),
    ],
    "query_dataset_full": [
        post(
            f"ASK {{ <{THREE}> a ?kind {BOTH_NAMED.removeprefix('ASK {')}",
            QUERY,
            ("default-graph-uri", THREE),
            ("named-graph-uri", ONE),
            ("named-graph-uri", TWO),
            expected=YES,
        ),
    ],
    "query_multiple_dataset": [  # the dataset of the request counts, not that of the query
        post(
            BOTH_NAMED.replace("ASK", f"ASK FROM <{THREE}>"),
            QUERY,
            ("named-graph-uri", ONE),
            ("named-graph-uri", TWO),
            expected=YES,
        ),
        post(f"ASK FROM <{THREE}> {{ ?s ?p ?o }}", QUERY, ("named-graph-uri", ONE), expected=NO),
    ],
    "query_get": [get(("query", "ASK {}"), ("default-graph-uri", ABSENT), expected=YES)],
    "query_content_type_select": [post("SELECT (1 AS ?value) {}", QUERY, expected=ROWS)],
    "query_content_type_ask": [post("ASK {}", QUERY, expected=TRUTH)],
    "query_content_type_describe": [post(f"DESCRIBE <{ONE}>", QUERY, expected=TRIPLES)],
    "query_content_type_construct": [post("CONSTRUCT { <s> <p> 1 } WHERE {}", QUERY, expected=TRIPLES)],
    "update_dataset_default_graph": [
        post(COPY, UPDATE, ("using-graph-uri", ONE), expected=DONE),
        copied(ONE, but=(TWO, THREE)),
    ],
    "update_dataset_default_graphs": [
        post(COPY, UPDATE, ("using-graph-uri", ONE), ("using-graph-uri", TWO), expected=DONE),
        copied(ONE, TWO, but=(THREE,)),
    ],
    "update_dataset_named_graphs": [
        post(
            COPY_NAMED, UPDATE, ("using-named-graph-uri", ONE), ("using-named-graph-uri", TWO), expected=DONE
        ),
        post(f"ASK {{ GRAPH <{TARGET}> {{ <{ONE}> a ?a . <{TWO}> a ?b }} }}", QUERY, expected=YES),
        post(f"ASK {{ GRAPH <{TARGET}> {{ <{THREE}> a ?a }} }}", QUERY, expected=NO),
    ],
    "update_dataset_full": [
        post(COPY_BOTH, UPDATE, ("using-graph-uri", ONE), ("using-named-graph-uri", TWO), expected=DONE),
        post(
            f'ASK {{ GRAPH <{TARGET}> {{ <{ONE}> ?from "default" . <{TWO}> ?from <{TWO}> }} }}',
            QUERY,
            expected=YES,
        ),
        post(f"ASK {{ GRAPH <{TARGET}> {{ <{THREE}> ?from ?any }} }}", QUERY, expected=NO),
    ],
    "update_post_form": [
        post("update=CLEAR+ALL", FORM, expected=DONE),
        post("ASK { GRAPH ?g { ?s ?p ?o } }", QUERY, expected=NO),
        post(
            urlencode([("update", COPY), ("using-graph-uri", ONE), ("using-graph-uri", TWO)]),
            FORM,
            expected=DONE,
        ),
        copied(ONE, TWO, but=(THREE,)),
    ],
    "update_post_direct": [
        post("CLEAR ALL", UPDATE, expected=DONE),
        post("ASK { GRAPH ?g { ?s ?p ?o } }", QUERY, expected=NO),
    ],
    "update_base_uri": [
        post(f"INSERT DATA {{ GRAPH <{TARGET}> {{ <s> <p> <test> }} }}", UPDATE, expected=DONE),
        post(
            f"SELECT ?o {{ GRAPH <{TARGET}> {{ ?s ?p ?o }} }}",
            QUERY,
            expected=Expected(kind="tabular", is_resolved=True),
        ),
        post(f"ASK {{ GRAPH <{TARGET}> {{ <s> <p> <test> }} }}", QUERY, expected=YES),
    ],
    "query_post_direct": [post("ASK {}", QUERY, expected=YES)],
    "bad_query_method": [
        post("", FORM, ("query", "ASK {}"), expected=REFUSED, method="PUT"),
        post("", "", ("query", "ASK {}"), expected=REFUSED, method="DELETE"),
    ],
    "bad_multiple_queries": [
        get(("query", "ASK {}"), ("query", "SELECT * {}"), expected=REFUSED),
        post("query=ASK+%7B%7D&query=ASK+%7B%7D", FORM, expected=REFUSED),
        post("ASK {}", QUERY, ("query", "ASK {}"), expected=REFUSED),
    ],
    "bad_query_wrong_media_type": [post("ASK {}", "text/plain", expected=REFUSED)],
    "bad_query_missing_form_type": [post("query=ASK+%7B%7D", "", expected=REFUSED)],
    "bad_query_missing_direct_type": [post("ASK {}", "", expected=REFUSED)],
    "bad_query_non_utf8": [
        post("ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16", expected=REFUSED),
        post('ASK { FILTER("汴" = "汴") }'.encode("gb18030"), QUERY, expected=REFUSED),
        post(b"query=ASK%20%7B%7D%FF", FORM, expected=REFUSED),
    ],
    "bad_query_syntax": [
        get(("query", "ASK {"), expected=REFUSED),
        get(("query", ""), expected=REFUSED),
        get(("query", "CLEAR ALL"), expected=REFUSED),
    ],
    "bad_update_get": [get(("update", "CLEAR ALL"), expected=REFUSED)],
    "bad_multiple_updates": [
        post("update=CLEAR+NAMED&update=CLEAR+DEFAULT", FORM, expected=REFUSED),
        post("update=CLEAR+NAMED&query=ASK+%7B%7D", FORM, expected=REFUSED),
    ],
    "bad_update_wrong_media_type": [post("CLEAR NAMED", "text/plain", expected=REFUSED)],
    "bad_update_missing_form_type": [post("update=CLEAR+NAMED", "", expected=REFUSED)],
    "bad_update_non_utf8": [
        post("CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16", expected=REFUSED),
        post(b"update=CLEAR%20NAMED%FF", FORM, expected=REFUSED),
    ],
    "bad_update_syntax": [
        post("update=CLEAR+XYZ", FORM, expected=REFUSED),
        post("ASK {}", UPDATE, expected=REFUSED),
    ],
    "bad_update_dataset_conflict": [
        post(f"WITH <{ONE}> {clause}", UPDATE, (name, TWO), expected=REFUSED)
        for name in ("using-graph-uri", "using-named-graph-uri")
        for clause in ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",)
    ]
    + [
        post(
            urlencode(
                [
                    ("update", f"DELETE {{ ?s ?p ?o }} USING <{ONE}> WHERE {{ ?s ?p ?o }}"),
                    ("using-graph-uri", TWO),
                ]
            ),
            FORM,
            expected=REFUSED,
        ),
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_the_protocol(name: str, writable: Server) -> None:
    run(Case(name, tuple(CASES[name]), GRAPHS), writable)
    if name.startswith("bad_"):
        assert writable.holds(f"GRAPH <{ONE}> {{ <{ONE}> a ?a }} GRAPH <{TWO}> {{ <{TWO}> a ?b }}")


def test_the_cases_are_those_of_the_suite() -> None:
    assert len(CASES) == 34


SUITE = os.environ.get("FATU_W3C_PROTOCOL", "")
SUITE_CASES = list(read_manifest(Path(SUITE))) if SUITE else []


@pytest.mark.skipif(not SUITE, reason="FATU_W3C_PROTOCOL does not name the folder of the W3C's manifest")
@pytest.mark.parametrize("case", SUITE_CASES, ids=lambda case: case.name)
def test_the_suite_of_the_w3c(case: Case, writable: Server) -> None:
    run(case, writable)


# ------------------------------------------------------------------------------------- what a request asks for

G = "http://example.org/g"


@pytest.mark.parametrize(
    ("method", "query_string", "media_type", "body", "expected"),
    [
        ("GET", "query=ASK+%7B%7D", None, "", Operation("query", "ASK {}")),
        ("GET", "query=%E6%B1%B4", None, "", Operation("query", "汴")),
        ("GET", "query=a%2Bb+c", None, "", Operation("query", "a+b c")),
        ("GET", "query=a=b", None, "", Operation("query", "a=b")),
        ("GET", "", None, "", None),
        ("GET", "format=json", None, "", None),
        ("HEAD", "query=ASK+%7B%7D", None, "", Operation("query", "ASK {}")),
        ("POST", f"default-graph-uri={G}", QUERY, "ASK {}", Operation("query", "ASK {}", (G,))),
        ("POST", f"named-graph-uri={G}", QUERY, "ASK {}", Operation("query", "ASK {}", (), (G,))),
        ("POST", f"using-graph-uri={G}", QUERY, "ASK {}", Operation("query", "ASK {}")),
        ("POST", f"using-graph-uri={G}", UPDATE, "CLEAR ALL", Operation("update", "CLEAR ALL", (G,))),
        ("POST", "", f"{QUERY.upper()}; charset=utf-8", "ASK {}", Operation("query", "ASK {}")),
        ("POST", f"default-graph-uri={G}", FORM, "query=q", Operation("query", "q", (G,))),
        ("POST", "", FORM, f"query=q&default-graph-uri={quote_plus(G)}", Operation("query", "q", (G,))),
        ("POST", "", FORM, "", 400),
        ("POST", "query=ASK+%7B%7D", FORM, "", 400),
        ("GET", "query=%FF", None, "", 400),
        ("GET", "query=ASK+%7B%7D&default-graph-uri=relative", None, "", 400),
        ("GET", "query=ASK+%7B%7D&default-graph-uri=http://a>%20{}", None, "", 400),
        ("PATCH", "query=ASK+%7B%7D", None, "", 405),
        ("POST", "", "multipart/form-data", "query=q", 415),
        ("POST", "", None, "query=q", 415),
    ],
)
def test_what_a_request_asks_for(
    method: str, query_string: str, media_type: str | None, body: str, expected: Operation | int | None
) -> None:
    if isinstance(expected, int):
        with pytest.raises(ProtocolError) as caught:
            read_operation(method, query_string.encode(), media_type, body.encode())
        assert caught.value.status == expected
        assert len(str(caught.value).splitlines()) == 1
    else:
        assert read_operation(method, query_string.encode(), media_type, body.encode()) == expected


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }", "INSERT DATA { <a:a> <a:b> 1 }"),
        ("INSERT { ?s a ?o } WHERE { ?s a ?o }", "INSERT { ?s a ?o }  USING <a:g> WHERE { ?s a ?o }"),
        ("DELETE {} INSERT {} where {}", "DELETE {} INSERT {}  USING <a:g> where {}"),
        (
            "INSERT {} WHERE { { SELECT ?s WHERE {} } } ; INSERT {} WHERE {}",
            "INSERT {}  USING <a:g> WHERE { { SELECT ?s WHERE {} } } ; INSERT {}  USING <a:g> WHERE {}",
        ),
        ('INSERT { ?s ?p "WHERE {" } WHERE {}', 'INSERT { ?s ?p "WHERE {" }  USING <a:g> WHERE {}'),
        ("# WHERE WITH\nINSERT {} WHERE {}", "# WHERE WITH\nINSERT {}  USING <a:g> WHERE {}"),
        (
            "PREFIX with: <a:> INSERT {} WHERE { ?with a with:using }",
            "PREFIX with: <a:> INSERT {}  USING <a:g> WHERE { ?with a with:using }",
        ),
        ("WITH <a:h> DELETE {} WHERE {}", 400),
        ("DELETE {} USING NAMED <a:h> WHERE {}", 400),
        ("DELETE WHERE { ?s ?p ?o }", 400),
    ],
)
def test_an_update_over_the_graphs_that_the_request_names(update: str, expected: str | int) -> None:
    if isinstance(expected, int):
        with pytest.raises(ProtocolError) as caught:
            add_using(update, ["a:g"], [])
        assert caught.value.status == expected
    else:
        assert add_using(update, ["a:g"], []) == expected
        assert add_using(update, [], []) == update
