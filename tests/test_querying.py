"""Asking a store: what a query may be, how values are bound, what is refused, how answers are written."""

from __future__ import annotations

import csv
import io
import json
import socket
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatu.describing.terms import OA, RDFS, SKOS, XSD, Iri, Literal, Object, Quad, string, typed, zh
from fatu.errors import QueryError, UsageError
from fatu.exporting.aligning import width
from fatu.iris import BASE
from fatu.querying import (
    NamedQuery,
    Parameter,
    Results,
    Triple,
    ask_store,
    find_query,
    format_queries,
    format_results,
    load_queries,
)
from fatu.querying.headings import tell_label
from fatu.querying.named import parse_query
from fatu.querying.syntax import find_variables, refuse_services
from fatu.storing import MemoryStore

A, B = "http://example.org/a", "http://example.org/b"
NS = f"{BASE}ns#"
CALLED = "CONSTRUCT { ?thing fatu:called ?label } { ?thing rdfs:label ?label }"
LABELS = "SELECT ?thing ?label { ?thing rdfs:label ?label } ORDER BY ?thing"


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return MemoryStore(
        [
            Quad(A, RDFS + "label", zh("开封市"), "http://example.org/g1"),
            Quad(A, RDFS + "label", zh("开封市"), "http://example.org/g2"),
            Quad(B, RDFS + "label", string("two\nlines"), "http://example.org/g1"),
            Quad(A, NS + "value", typed(Decimal("88.78"), "decimal"), "http://example.org/g1"),
            Quad(A, NS + "reportYear", typed(2020, "gYear"), "http://example.org/g1"),
            Quad(A, NS + "order", typed(3, "integer"), "http://example.org/g1"),
            Quad(A, NS + "signed", typed("2021-01-26", "date"), "http://example.org/g1"),
        ]
    )


def things(results: Results) -> list[object]:
    return [row["thing"] for row in results]


# ------------------------------------------------------------------------------------------ what a query may be


def test_sparql_sees_the_triples_of_all_graphs_once(store: MemoryStore) -> None:
    assert things(ask_store(store, LABELS)) == [A, B]


@pytest.mark.parametrize("name", ["closure-rate-check", "q8", "Q8", " q8 "])
def test_a_named_query_by_name_or_number(name: str) -> None:
    assert find_query(name).number == 8


def test_a_file(store: MemoryStore, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(LABELS, encoding="utf-8")
    assert things(ask_store(store, str(file))) == [A, B]


def test_a_file_that_declares_parameters(store: MemoryStore, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(
        f"# title: Mine\n# param: year year 2020 — 年 / year\nSELECT * {{ ?thing <{NS}reportYear> ?year }}"
    )
    assert [row["year"] for row in ask_store(store, str(file))] == [2020]
    assert not ask_store(store, str(file), {"year": "2019"})
    with pytest.raises(
        QueryError, match=r"mine\.rq: no parameter 'yaer'; there are: year; did you mean year\?"
    ):
        ask_store(store, str(file), {"yaer": "2020"})


def test_queries_are_ordered_and_unique() -> None:
    queries = load_queries()
    numbers = [query.number for query in queries if query.number is not None]
    assert numbers == sorted(set(numbers))
    assert len({query.name for query in queries}) == len(queries)
    assert all(query.title and query.zh and query.en for query in queries)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "reconsideratoin",
            r"reconsideratoin: no query of this name; did you mean reconsideration, mediation\?",
        ),
        ("q99", "q99: no query of this name"),
        ("nothing-like-it-at-all", "see fatu queries, or write SPARQL"),
        ("absent.rq", r"absent\.rq: no such file; check the path"),
        ("SELECT * { ?s ?p", "query: line 1, column 17: the query ends too early; correct the SPARQL"),
        ("SELECT *\n{\n  ?s ?p }", r"query: line 3, column 9: '}' does not fit here"),
        (
            "SELECT * { ?s foo:p ?o ; bar:q 1 }",
            "query: line 1, column 15: no PREFIX line for bar:, foo:; add one",
        ),
        ("INSERT DATA { <http://a> <http://b> 1 }", r"line 1, column 1.*queries only, no updates"),
        ("LOAD <http://example.org/x>", r"line 1, column 1.*queries only, no updates"),
        ("DROP ALL", "queries only, no updates"),
        (" ", "query: is empty; give a named query, a .rq file or SPARQL"),
        ("SELECT * { ?s ?p ?o } LIMIT x", "line 1, column 29: 'x' does not fit here"),
        ("SELECT ?x WHERE { ?x ?p ?y FILTER ?y > 3 }", r"line 1, column 35: '\?y' does not fit here"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o }", "The SELECT contains a variable that is unbound"),
        ("SELECT * { ?s ?p \x00 }", r"line 1, column 18: '\\x00' does not fit here"),
        ("SELECT (<<( <http://a> <http://b> 1 )>> AS ?x) {}", "a triple as a term"),
    ],
)
def test_what_is_no_query_is_refused_in_one_line(query: str, message: str, store: MemoryStore) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        ask_store(store, query)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_file_that_is_no_text(store: MemoryStore, tmp_path: Path) -> None:
    file = tmp_path / "bytes.rq"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match="cannot be read: not UTF-8 text"):
        ask_store(store, str(file))
    with pytest.raises(QueryError, match="cannot be read"):
        (tmp_path / "folder.rq").mkdir()
        ask_store(store, str(tmp_path / "folder.rq"))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("# number: seven", "'seven' is not a whole number"),
        ("# param: year", "parameter line 'year' does not parse"),
        ("# param: year date — 年 / year", "does not parse"),
        ("# param: year year 2020", "does not parse"),
    ],
)
def test_headers_that_are_not_right(header: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        parse_query("mine", f"# title: x\n{header}\nASK {{}}")


def test_a_header_ends_where_the_query_begins() -> None:
    query = parse_query("mine", "# title: Mine\n# zh: 问\n# en: Q\nASK {}\n# number: 7\n")
    assert query == NamedQuery(
        "mine", None, "Mine", "问", "Q", (), "# title: Mine\n# zh: 问\n# en: Q\nASK {}\n# number: 7\n"
    )


def test_another_base(store: MemoryStore) -> None:
    base = "https://example.org/kg/"
    report = f"{base}id/report/410203/gov/2020"
    facts = [
        (f"{base}ns#area", Iri(f"{base}id/area/410203")),
        (f"{base}ns#reportYear", typed(2020, "gYear")),
        ("http://purl.org/dc/terms/title", zh("报告")),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", Iri(f"{base}ns#Report")),
    ]
    quads = [Quad(report, predicate, value, "http://example.org/g") for predicate, value in facts]
    quads.append(Quad(f"{base}id/area/410203", SKOS + "prefLabel", zh("顺河回族区"), "http://example.org/g"))
    moved = MemoryStore(quads)
    parameters = {"report": "410203-gov-2020", "area": "410203"}
    assert [row["title"] for row in ask_store(moved, "q1", parameters, base)] == ["报告"]
    assert not ask_store(moved, "q1", parameters)


# ------------------------------------------------------------------------------------------------------ service


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'it'. SERVICE?x { ?s ?p ?o } }",
        "SELECT * { # note\n SeRvIcE\n <http://example.org/> {} }",
        'SELECT * { ?s ?p """a " quote""" . SERVICE <http://example.org/> {} }',
        "SELECT * { ?s ?p '#' . SERVICE <http://example.org/#> {} }",
        "SELECT * { FILTER(1<2) SERVICE <http://example.org/> {} FILTER(3>2) }",
        "ASK { { SERVICE <http://example.org/> {} } UNION {} }",
    ],
)
def test_service_is_refused(query: str, store: MemoryStore) -> None:
    with pytest.raises(QueryError, match=r"line \d+, column \d+: SERVICE would ask another server"):
        ask_store(store, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p "a \\" SERVICE <x>" }',
        "SELECT * { ?s ?p '''\n'SERVICE'\n''' }",
        'SELECT * { ?s ?p """\n"" SERVICE """ }',
        "SELECT * { ?s ?p <http://example.org/SERVICE> }",
        "# SERVICE\nSELECT * { ?s ?p ?o } # SERVICE",
        "SELECT ?SERVICE $service { ?SERVICE ?p $service }",
        "PREFIX SERVICE: <http://example.org/> PREFIX x: <http://example.org/> SELECT * { SERVICE:a ?p x:SERVICE }",
        "PREFIX x: <http://example.org/> SELECT * { x:a.SERVICE ?p x:SERVICE-x , _:SERVICE , 'a'@service }",
        "SELECT * { ?serviceDesk ?p ?o }",
    ],
)
def test_the_word_service_elsewhere_is_no_service(query: str, store: MemoryStore) -> None:
    ask_store(store, query)


def test_nothing_is_sent(store: MemoryStore) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for query in (f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}", f"LOAD <{address}>"):
            with pytest.raises(QueryError):
                ask_store(store, query)
        ask_store(store, f"SELECT * FROM <{address}> {{ ?s ?p ?o }}")
        with pytest.raises(TimeoutError):
            listener.accept()


@given(st.text())
def test_the_reader_of_tokens_takes_any_text(text: str) -> None:
    find_variables(text)
    try:
        refuse_services(text, "query")
    except QueryError:
        assert "service" in text.lower()


# --------------------------------------------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("thing", A, [A]),
        ("thing", f"<{B}>", [B]),
        ("?thing", A, [A]),
        ("thing", Iri(A), [A]),
        ("label", '"开封市"@zh', [A]),
        ("label", "开封市", []),
        ("label", '"two\\nlines"', [B]),
        ("label", "two\nlines", [B]),
        ("label", zh("开封市"), [A]),
    ],
)
def test_values_for_free_sparql(name: str, value: str | Object, found: list[str], store: MemoryStore) -> None:
    assert things(ask_store(store, LABELS, {name: value})) == found


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("7", Literal("7", XSD + "integer")),
        ("-7", Literal("-7", XSD + "integer")),
        ("88.78", Literal("88.78", XSD + "decimal")),
        ("7 件", Literal("7 件")),
        ("", Literal("")),
        ('"2020"^^xsd:gYear', Literal("2020", XSD + "gYear")),
        (f'"2020"^^<{XSD}gYear>', Literal("2020", XSD + "gYear")),
        ('"a\\"b"@EN-gb', Literal('a"b', language="en-gb")),
        ("https://example.org/x", Iri("https://example.org/x")),
    ],
)
def test_looks_of_values(value: str, term: Object, store: MemoryStore) -> None:
    (row,) = ask_store(store, "SELECT ?x {}", {"x": value}).rows
    assert row == (term,)


def test_a_value_restricts_what_is_not_selected_too(store: MemoryStore) -> None:
    query = "SELECT ?label { ?thing rdfs:label ?label }"
    every, one = ask_store(store, query), ask_store(store, query, {"thing": A})
    assert 0 < len(one) < len(every)
    assert one.variables == ("label",)


@pytest.mark.parametrize(
    ("query", "parameters", "message"),
    [
        (LABELS, {"lable": "x"}, r"no parameter 'lable'; there are: label, thing; did you mean label\?"),
        ("SELECT * { ?s ?p ?o }", {"thing": "x"}, "no parameter 'thing'; there are: o, p, s"),
        (LABELS, {"thing": "<not an iri>"}, "parameter thing: 'not an iri' is not an IRI"),
        (LABELS, {"thing": "http://a b"}, "parameter thing: 'http://a b' is not an IRI"),
        (LABELS, {"label": '"open'}, "parameter label: '\"open' is not a literal"),
        (LABELS, {"label": '"bad \\x escape"'}, "is not a literal"),
        (LABELS, {"label": "\ud800"}, "half of a surrogate pair"),
        ("figure", {"indicator": "\ud800"}, "parameter indicator: half of a surrogate pair"),
        (
            "q1",
            {"yaer": "2020"},
            r"report-identity: no parameter 'yaer'; there are: report, area, year; did you mean year",
        ),
        ("q1", {"year": "20"}, "parameter year: '20' is not a year of four digits"),
        ("q1", {"year": "２０２０"}, "is not a year of four digits"),
        ("q1", {"year": Iri(A)}, "is not a year of four digits; give a term of that type"),
        ("q1", {"area": "4102"}, "parameter area: '4102' is not six digits"),
        ("q1", {"area": string("410203")}, "is not six digits"),
        ("q1", {"report": "a b"}, "parameter report: 'a b' is not a report's id"),
        (
            "q8",
            {"indicator": "recon-closure"},
            r"not an indicator of the catalogue or of the graphs; did you mean recon-closed, recon-closure-rate",
        ),
        (
            "q17",
            {"topic": "legal-ad"},
            r"'legal-ad' is not a topic of the catalogue; did you mean legal-aid",
        ),
        ("q25", {"value": "many"}, "parameter value: 'many' is not a decimal number"),
    ],
)
def test_values_that_do_not_fit(
    query: str, parameters: dict[str, str | Object], message: str, store: MemoryStore
) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        ask_store(store, query, parameters)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("q1", {"report": "410203-gov-2020", "year": "2020", "area": "410203"}),
        ("q1", {"report": "410203-司法局-2020"}),
        ("q1", {"report": "my-own-name"}),
        ("q1", {"area": f"{BASE}id/area/410203", "year": typed(2020, "gYear")}),
        ("q25", {"indicator": "区里自定的指标", "value": "-.5"}),
        ("q17", {"topic": f"{BASE}id/topic/anything"}),
        ("q17", {"topic": ""}),
    ],
)
def test_values_that_fit(query: str, parameters: dict[str, str | Object], store: MemoryStore) -> None:
    assert not ask_store(store, query, parameters)


def test_ask_and_construct_take_values(store: MemoryStore) -> None:
    assert ask_store(store, "ASK { ?thing rdfs:label ?label }", {"thing": A}).boolean is True
    built = ask_store(store, "CONSTRUCT { ?thing a fatu:Area } { ?thing rdfs:label ?l }", {"thing": A})
    assert [triple.subject.value for triple in built.triples or ()] == [A]


NASTY = st.one_of(
    st.text(),
    st.text(alphabet=st.sampled_from(list("\"'\\{}?<>.;@^#\n 开a1-"))),
    st.sampled_from(
        ['" } UNION { ?thing ?p ?o } #', "> . ?x ?y ?z . <", "'''", '"""', "\\u0022 }", '"x"@zh . ?s ?p ?o']
    ),
)


@given(value=NASTY, name=st.sampled_from(["thing", "label"]))
@settings(max_examples=300)
def test_no_value_changes_what_free_sparql_asks(value: str, name: str, store: MemoryStore) -> None:
    everything = ask_store(store, LABELS)
    try:
        results = ask_store(store, LABELS, {name: value})
    except QueryError as error:
        assert "\n" not in str(error)
        return
    assert results.variables == everything.variables
    assert set(results.rows) <= set(everything.rows)


@given(value=NASTY, name=st.sampled_from(["report", "area", "year"]))
@settings(max_examples=200)
def test_no_value_changes_what_a_named_query_asks(value: str, name: str, store: MemoryStore) -> None:
    try:
        results = ask_store(store, "q1", {name: value})
    except QueryError as error:
        assert "\n" not in str(error)
        return
    assert results.variables == ask_store(store, "q1").variables
    assert results.rows == ()


# ------------------------------------------------------------------------------------------------------ results


def test_rows_are_python_values(store: MemoryStore) -> None:
    query = """SELECT * { ?thing rdfs:label ?label ; fatu:value ?value ; fatu:reportYear ?year ;
      fatu:order ?order ; fatu:signed ?date }"""
    (row,) = ask_store(store, query)
    assert row == {
        "thing": A,
        "label": "开封市",
        "value": Decimal("88.78"),
        "year": 2020,
        "order": 3,
        "date": date(2021, 1, 26),
    }
    assert isinstance(row["value"], Decimal)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("true", True),
        ("1e0", 1.0),
        ("'x'@zh", "x"),
        ("'2021-13-99'^^xsd:date", "2021-13-99"),
        ("'2021-01-26T08:00:00'^^xsd:dateTime", "datetime.datetime(2021, 1, 26, 8, 0)"),
        ("?unbound", None),
        ("1/0", None),
    ],
)
def test_values_by_datatype(expression: str, value: object, store: MemoryStore) -> None:
    (row,) = ask_store(store, f"SELECT ({expression} AS ?x) {{}}")
    assert value in (row["x"], repr(row["x"]))


def test_truth_and_emptiness(store: MemoryStore) -> None:
    assert ask_store(store, "ASK {}")
    assert not ask_store(store, "ASK { ?s fatu:nothing ?o }")
    assert not ask_store(store, "SELECT * { ?s fatu:nothing ?o }")
    assert len(ask_store(store, LABELS)) == 2


def test_triples_are_sorted_and_blank_nodes_numbered(store: MemoryStore) -> None:
    results = ask_store(store, f"CONSTRUCT {{ ?s a fatu:X . [] fatu:of <{A}> }} {{ ?s rdfs:label ?l }}")
    subjects = [triple.subject.value for triple in results.triples or ()]
    assert subjects == ["_:b1", "_:b2", A, B] or subjects == sorted(subjects)
    assert {s for s in subjects if s.startswith("_:")} == {"_:b1", "_:b2"}
    assert format_results(results).count(NS + "of") == 0
    assert "fatu:of" in format_results(results)


def test_to_pandas(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"pandas is not installed; .*fatu\[tables\]"):
        ask_store(store, LABELS).to_pandas()
    monkeypatch.undo()
    pytest.importorskip("pandas", reason="pandas is optional")
    frame = ask_store(store, LABELS).to_pandas()
    assert list(frame.columns) == ["thing", "label"]
    assert list(frame["label"]) == ["开封市", "two\nlines"]
    assert list(ask_store(store, "SELECT ?x { ?x fatu:nothing 1 }").to_pandas().columns) == ["x"]
    triples = ask_store(store, CALLED)
    frame = triples.to_pandas()
    assert list(frame.columns) == ["subject", "predicate", "object"]
    assert sorted(frame["object"]) == ["two\nlines", "开封市"] and len(frame) == len(triples) == 2


def test_rows_are_a_sequence(store: MemoryStore) -> None:
    """Of CONSTRUCT they are the triples."""
    results = ask_store(store, LABELS)
    assert [results[0], results[-1]] == list(results) == results[:]
    assert results[0]["label"] == "开封市"
    with pytest.raises(IndexError):
        results[2]
    triples = ask_store(store, CALLED)
    assert list(triples[0]) == ["subject", "predicate", "object"] and triples[:] == list(triples)


def test_notebooks_get_escaped_tables(store: MemoryStore) -> None:
    html = ask_store(store, "SELECT ('<script>&' AS ?x) ?y {}")._repr_html_()
    assert "<tr><th>x</th><th>y</th></tr>" in html
    assert "<tr><td>&lt;script&gt;&amp;</td><td></td></tr>" in html
    assert html.startswith("<table>") and html.endswith("</table>")
    assert ask_store(store, "ASK {}")._repr_html_() == "<p>true</p>"
    assert "<th>subject</th>" in ask_store(store, "DESCRIBE <http://example.org/a>")._repr_html_()


# ------------------------------------------------------------------------------------------------------ formats

SAMPLE = Results(
    variables=("thing", "label", "n"),
    rows=(
        (Iri(f"{BASE}id/area/410203"), zh("顺河回族区"), typed(Decimal("88.78"), "decimal")),
        (Iri(NS + "Report"), string('say "a,b"\n\tc\\'), None),
        (Iri(OA + "start"), string("\x1b[31mred\x07"), typed(1, "integer")),
        (Iri("http://example.org/deep/path#end"), string(""), Literal("x", language="en")),
        (Iri("_:b1"), string("长" * 40), None),
    ),
)


def test_table() -> None:
    assert format_results(SAMPLE) == "\n".join(
        [
            "thing        label" + " " * 56 + "n",
            "area/410203  顺河回族区" + " " * 51 + "88.78",
            'fatu:Report  say "a,b"  c\\',
            "oa:start      [31mred" + " " * 53 + "1",
            "end" + " " * 71 + "x",
            "_:b1         " + "长" * 29 + "…",
            "",
        ]
    )


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_tables_are_aligned_and_hold_no_control_characters(rows: list[tuple[str, str]]) -> None:
    encodable = [row for row in rows if all(not "\ud800" <= c <= "\udfff" for cell in row for c in cell)]
    table = format_results(Results(("a", "b"), tuple((string(x), string(y)) for x, y in encodable)))
    lines = table.removesuffix("\n").split("\n")
    assert len(lines) == len(encodable) + 1
    assert all(line.isprintable() for line in lines)
    assert all(width(line) <= 2 * 60 + 2 for line in lines)


def test_csv() -> None:
    text = format_results(SAMPLE, "csv")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["thing", "label", "n"]
    assert rows[1] == [f"{BASE}id/area/410203", "顺河回族区", "88.78"]
    assert rows[2] == [NS + "Report", 'say "a,b"\n\tc\\', ""]
    assert text.startswith("thing,label,n\r\n")


def test_tsv() -> None:
    lines = format_results(SAMPLE, "tsv").split("\n")
    assert lines[0] == "?thing\t?label\t?n"
    assert lines[1] == f'<{BASE}id/area/410203>\t"顺河回族区"@zh\t"88.78"^^<{XSD}decimal>'
    assert lines[2] == f'<{NS}Report>\t"say \\"a,b\\"\\n\\tc\\\\"\t'
    assert lines[5].startswith("_:b1\t")


def test_json() -> None:
    document = json.loads(format_results(SAMPLE, "json"))
    assert document["head"] == {"vars": ["thing", "label", "n"]}
    first, second, *_, last = document["results"]["bindings"]
    assert first == {
        "thing": {"type": "uri", "value": f"{BASE}id/area/410203"},
        "label": {"type": "literal", "value": "顺河回族区", "xml:lang": "zh"},
        "n": {"type": "literal", "value": "88.78", "datatype": XSD + "decimal"},
    }
    assert second["label"] == {"type": "literal", "value": 'say "a,b"\n\tc\\'}
    assert "n" not in second
    assert last["thing"] == {"type": "bnode", "value": "b1"}


def test_xml() -> None:
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ElementTree.fromstring(format_results(SAMPLE, "xml").encode())
    assert [v.get("name") for v in root.iter(f"{space}variable")] == ["thing", "label", "n"]
    results = list(root.iter(f"{space}result"))
    assert len(results) == 5
    assert [element.tag.removeprefix(space) for element in results[4].iter()][1:] == [
        "binding", "bnode", "binding", "literal",
    ]  # fmt: skip
    assert results[0][1][0].text == "顺河回族区"
    assert results[0][1][0].get("{http://www.w3.org/XML/1998/namespace}lang") == "zh"
    assert results[1][1][0].text == 'say "a,b"\n\tc\\'
    assert results[2][1][0].text == "\ufffd[31mred\ufffd"


@given(st.text())
def test_json_and_csv_give_any_text_back(text: str) -> None:
    if any("\ud800" <= c <= "\udfff" for c in text):
        return
    results = Results(("a", "b"), ((string(text), string("x")),))
    assert json.loads(format_results(results, "json"))["results"]["bindings"][0]["a"]["value"] == text
    assert list(csv.reader(io.StringIO(format_results(results, "csv"), newline="")))[1] == [text, "x"]
    ElementTree.fromstring(format_results(results, "xml").encode())
    assert format_results(results, "tsv").count("\t") == 2


def test_truth_in_every_format() -> None:
    for name in ("table", "csv", "tsv"):
        assert format_results(Results(boolean=False), name) == "false\n"
    assert json.loads(format_results(Results(boolean=True), "json")) == {"head": {}, "boolean": True}
    assert "<boolean>true</boolean>" in format_results(Results(boolean=True), "xml")


def test_turtle() -> None:
    results = Results(
        triples=(Triple(Iri(A), Iri(NS + "area"), Iri(B)), Triple(Iri(A), Iri(RDFS + "label"), zh("开封市")))
    )
    assert format_results(results) == format_results(results, "ttl")
    assert "<http://example.org/a> fatu:area <http://example.org/b>" in format_results(results)
    assert 'rdfs:label "开封市"@zh' in format_results(results)


@pytest.mark.parametrize(
    ("results", "name", "message"),
    [
        (Results(("a",)), "ttl", "format: SELECT and ASK give no triples for ttl; choose table, csv"),
        (Results(boolean=True), "ttl", "give no triples for ttl"),
        (
            Results(triples=()),
            "csv",
            "format: CONSTRUCT and DESCRIBE give triples, which csv does not write; choose ttl",
        ),
        (Results(triples=()), "table", "choose ttl"),
        (Results(("a",)), "yaml", "format: no format 'yaml'; choose one of table, csv, tsv, json, xml, ttl"),
    ],
)
def test_formats_that_do_not_fit(results: Results, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        format_results(results, name)


def test_an_empty_answer_has_its_head(store: MemoryStore) -> None:
    results = ask_store(store, "SELECT ?a ?b { ?a fatu:nothing ?b }")
    assert format_results(results) == "a  b\n"
    assert format_results(results, "csv") == "a,b\r\n"
    assert format_results(ask_store(store, "SELECT * {}")) == "\n\n"


def test_the_list_of_queries() -> None:
    year = Parameter("year", "year", "2020", "年度", "year")
    query = NamedQuery("mine", 7, "Mine", "多少?", "How many?", (year,), "ASK {}")
    assert format_queries((query,)) == (
        "q7   mine\n     多少?\n     How many?\n       --set year=(year = 2020)  年度 / year\n"
    )
    assert format_queries() == format_queries(load_queries())
    assert "q7   reconsideration\n" in format_queries()


# ---------------------------------------------------------------------------------------- labels in English tables


@pytest.mark.parametrize(
    ("variable", "label", "shown"),
    [
        ("bound", "下限", "at least"),
        ("statusName", "拟进行", "planned"),
        ("verdict", "不一致", "inconsistent"),
        ("level", "县级", "county"),
        ("unit", "人次", "person-time (人次)"),
        ("name", "行政复议结案率", "Reconsideration closure rate"),
        ("denominatorName", "行政复议案件受理数", "Reconsideration cases accepted"),
        # Words of a report are nobody's label, and stay what they are.
        ("areaName", "顺河回族区", None),
        ("evidence", "下限", None),
        ("bound", "没有的", None),
    ],
)
def test_labels_are_english_in_english_tables(variable: str, label: str, shown: str | None) -> None:
    assert tell_label(variable, Literal(label, language="zh"), "en") == shown
    assert tell_label(variable, Literal(label, language="zh"), "zh") is None


def test_a_list_of_topics_is_english_where_each_of_them_is() -> None:
    assert tell_label("topics", Literal("行政复议、行政应诉"), "en") == (
        "Administrative reconsideration; Response to administrative litigation"
    )
    assert tell_label("topics", Literal("行政复议、自拟主题"), "en") is None
