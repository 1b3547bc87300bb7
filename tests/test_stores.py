"""Stores: what a load leaves behind whatever happens, and that every store answers as the one in memory does."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph
import pytest

from commands import call_fatu, environment, fatu
from fatu.describing.registry import registry_quads
from fatu.describing.terms import XSD, Iri, Literal, Object, Quad, write_quad
from fatu.errors import InputError, QueryError, StoreError
from fatu.iris import BASE, Iris
from fatu.querying import ask_store, load_queries
from fatu.reading import find_inputs
from fatu.storing import (
    MemoryStore,
    OxigraphStore,
    as_rdflib,
    load_graphs,
    load_quads,
    open_store,
    read_quads,
    read_union,
)
from fatu.storing.binding import bind_values, write_value
from fatu.storing.memory import with_default
from fatu.storing.replacing import write_replacement

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "graphs" / "410203-gov-2020"
REPORT = "410203-gov-2020"
IRIS = Iris()
PARAMETERS = [{}, {"report": REPORT}, {"report": "410202-gov-2019"}]


def moved(folder: Path, area: str, *changes: tuple[str, str]) -> Path:
    """The sample's graph under another area, as a file, with texts changed. Its vocabulary is the same."""
    lines = (f"{write_quad(quad)}\n" for quad in read_quads([SAMPLE]))
    own = "".join(line for line in lines if not line.endswith(f"<{IRIS.vocabulary_graph}> .\n"))
    for old, new in (("410203/gov/2020", f"{area}/gov/2020"), *changes):
        assert old in own
        own = own.replace(old, new)
    shared = [write_quad(quad) for quad in read_quads([SAMPLE]) if quad.graph == IRIS.vocabulary_graph]
    return save(folder / f"{area}.nq", own + "\n".join(shared) + "\n")


def save(path: Path, content: str | list[Quad]) -> Path:
    """N-Quads as a file."""
    text = content if isinstance(content, str) else "".join(f"{write_quad(quad)}\n" for quad in content)
    path.write_text(text, encoding="utf-8")
    return path


def content(where: Path) -> set[pyoxigraph.Quad]:
    with OxigraphStore(where) as store:
        return set(store.inner)


def expected(*paths: Path) -> set[pyoxigraph.Quad]:
    """What a store of these files must hold: their quads, the registry, and every triple in the default graph."""
    lines = "".join(
        f"{write_quad(quad)}\n{write_quad(quad._replace(graph=''))}\n"
        for quad in read_union(paths, IRIS, alone=True)
    )
    return set(pyoxigraph.parse(lines.encode(), format=pyoxigraph.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def memory() -> MemoryStore:
    return MemoryStore(read_union([SAMPLE], IRIS, alone=True))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample. Only for reading."""
    where = tmp_path_factory.mktemp("stores") / "store"
    load_graphs(where, [SAMPLE])
    return where


# ------------------------------------------------------------------------------------------------------- asking


@pytest.mark.parametrize("parameters", PARAMETERS)
@pytest.mark.parametrize(
    "name", [q.name for q in load_queries() if any(p.name == "report" for p in q.parameters)]
)
def test_a_store_on_disk_answers_as_one_in_memory(
    name: str, parameters: dict[str, str], memory: MemoryStore, loaded: Path
) -> None:
    with OxigraphStore(loaded) as store:
        assert ask_store(store, name, parameters) == ask_store(memory, name, parameters)


def test_a_store_has_as_many_triples_as_one_in_memory(memory: MemoryStore, loaded: Path) -> None:
    with OxigraphStore(loaded) as store:
        assert len(store) == len(memory)


def test_a_query_is_explained_as_it_is_in_memory(loaded: Path) -> None:
    with (
        OxigraphStore(loaded) as store,
        pytest.raises(QueryError, match="line 1, column 17: the query ends too early"),
    ):
        ask_store(store, "SELECT * { ?s ?p")


def test_as_an_rdflib_dataset(memory: MemoryStore, loaded: Path) -> None:
    pytest.importorskip("oxrdflib")
    dataset = as_rdflib(loaded)
    rows = dataset.query(f"SELECT ?o {{ ?o a <{BASE}ns#Observation> }}")
    assert len(list(rows)) == 42
    assert len(dataset.default_graph) == len(memory)
    with pytest.raises(StoreError, match="is open for reading in this program; close it first"):
        OxigraphStore(loaded, writable=True)
    del dataset, rows


# ------------------------------------------------------------------------------------------------------ loading

USUAL = "<http://e/a> <http://e/p> <http://e/b> <http://e/g> .\n"


def test_a_load_holds_all_quads_the_registry_and_every_triple_once_in_the_default_graph(loaded: Path) -> None:
    assert content(loaded) == expected(SAMPLE / "graph.trig")


def test_a_path_alone_is_one_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not as many as its name has letters."""
    monkeypatch.chdir(tmp_path)
    graph = (SAMPLE / "graph.trig").read_bytes()
    (tmp_path / "graphs").mkdir()
    (tmp_path / "graphs" / "graph.trig").write_bytes(graph)
    loaded = [
        load_graphs(f"store{place}", paths)
        for place, paths in enumerate(("graphs", Path("graphs"), ["graphs"]))
    ]
    assert loaded[0] == loaded[1] == loaded[2]
    assert read_quads("graphs") == read_quads(["graphs"])
    assert read_union("graphs", Iris()) == read_union(["graphs"], Iris())
    assert [*map(str, find_inputs("graphs"))] == [*map(str, find_inputs(["graphs"]))]


def test_n_quads_and_quads_load_as_trig_does(loaded: Path, tmp_path: Path) -> None:
    quads = read_quads([SAMPLE])
    load_graphs(tmp_path / "one", [save(tmp_path / "graph.nq", quads)])
    load_quads(tmp_path / "two", quads)
    assert content(tmp_path / "one") == content(tmp_path / "two") == content(loaded)


@pytest.mark.parametrize(
    "lines",
    [
        USUAL,
        USUAL.rstrip("\n"),
        f"# of <http://e/g> .\n\n{USUAL}",
        f"{USUAL.rstrip()} # in <http://e/h> .\n",
        f"{USUAL.rstrip()}# in <http://e/h> .\n",
        USUAL.replace(" ", "\t"),
        USUAL.replace(" ", "  "),
        USUAL.replace("\n", "\r\n"),
        USUAL.replace(" .\n", ". \n"),
        USUAL.replace("> .\n", ">.\n"),
        '<http://e/a> <http://e/p> "1" <http://e/g> .\n',
        '<http://e/a> <http://e/p> "法"@zh <http://e/g> .\n',
        '<http://e/a> <http://e/p> "1"^^<http://e/d> <http://e/g> .\n',
        r'<http://e/a> <http://e/p> "a . # \" _:b \n <http://e/h> ." <http://e/g> .' + "\n",
        r'<http://e/a> <http://e/p> "\u6CD5\\" <http://e/g> .' + "\n",
    ],
)
def test_every_statement_is_in_the_default_graph_however_n_quads_are_written(
    lines: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.nq"
    path.write_bytes(lines.encode())
    load_graphs(tmp_path / "store", [path])
    stored = pyoxigraph.Store.read_only(str(tmp_path / "store"))
    given = set(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS))
    assert len(given) == 1
    assert set(stored) == given | {pyoxigraph.Quad(*quad.triple) for quad in given}
    assert not list((tmp_path / "store").glob("*.part"))


@pytest.mark.slow
def test_order_and_repetition_do_not_matter(tmp_path: Path) -> None:
    paths = [SAMPLE / "graph.trig", *(moved(tmp_path, area) for area in ("410202", "410204"))]
    orders = {"all": [paths], "one by one": [[p] for p in paths], "back": [[p] for p in reversed(paths)]}
    orders["again"] = [paths, paths[:1], paths]
    for name, loads in orders.items():
        for files in loads:
            load_graphs(tmp_path / name, files)
        assert content(tmp_path / name) == expected(*paths), name


def test_a_report_replaces_itself_and_what_others_still_say_stays(tmp_path: Path) -> None:
    other = moved(tmp_path, "410202")
    load_graphs(tmp_path / "store", [SAMPLE, other])
    # Its own graph is reduced to the node of the report: what it shares with the first report must stay.
    report = IRIS.report("410202", "gov", 2020)
    facts = IRIS.graph("report", report)
    kept = [quad for quad in read_quads([other]) if quad.graph != facts or quad.subject == report]
    reduced = save(tmp_path / "reduced.nq", kept)
    load_graphs(tmp_path / "store", [save(tmp_path / "new.nq", [q for q in kept if q.graph == facts])])
    assert content(tmp_path / "store") == expected(SAMPLE / "graph.trig", reduced)


def test_the_registry_is_that_of_the_whole_store(tmp_path: Path) -> None:
    other = moved(tmp_path, "410202")
    load_graphs(tmp_path / "store", [SAMPLE])
    load_graphs(tmp_path / "store", [other])
    whole = read_quads([SAMPLE, other])
    stored = {q for q in content(tmp_path / "store") if str(q.graph_name) == f"<{IRIS.registry_graph}>"}
    lines = "".join(f"{write_quad(quad)}\n" for quad in registry_quads(whole, IRIS)).encode()
    assert stored == set(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS))


def test_a_registry_in_a_file_is_not_believed(tmp_path: Path) -> None:
    lie = Quad(
        "http://example.org/a", f"{BASE}ns#canonical", Iri("http://example.org/b"), IRIS.registry_graph
    )
    load_quads(tmp_path / "store", [*read_quads([SAMPLE]), lie])
    load_quads(tmp_path / "store", [*read_quads([SAMPLE]), lie])
    assert content(tmp_path / "store") == expected(SAMPLE / "graph.trig")


def test_a_server_s_update_makes_what_the_changes_on_disk_make(tmp_path: Path) -> None:
    first = moved(tmp_path, "410202")
    some = read_quads([first])[::2]
    second = save(tmp_path / "second.nq", some)
    load_graphs(tmp_path / "store", [SAMPLE, first])
    graphs: dict[str, bytes] = {}
    for quad in [*some, *registry_quads([*read_quads([SAMPLE]), *some], IRIS)]:
        graphs[quad.graph] = graphs.get(quad.graph, b"") + f"{write_quad(quad._replace(graph=''))}\n".encode()
    other = pyoxigraph.Store()
    other.extend(content(tmp_path / "store"))
    other.update(write_replacement(graphs))
    load_graphs(tmp_path / "store", [second])
    assert set(other) == content(tmp_path / "store")


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("<http://e/a> <http://e/p> 1 .", "a.ttl", "has triples in no graph: nothing could replace them"),
        ("<http://e/g> { _:b <http://e/p> 1 }", "a.trig", "a blank node"),
        ("<http://e/g> { <http://e/a> <http://e/p> [] }", "a.trig", "a blank node"),
        ("<http://e/g> { <http://e/a>", "a.trig", "does not parse as RDF"),
        (f"{USUAL}<http://e/a> <http://e/p> <http://e/b> .\n", "a.nq", "has triples in no graph"),
        (f'{USUAL}<http://e/a> <http://e/p> "1"^^<http://e/d> .\n', "a.nq", "has triples in no graph"),
        (f"{USUAL}<http://e/a> <http://e/p> _:b <http://e/g> .\n", "a.nq", "a blank node"),
        (f"{USUAL}_:a <http://e/p> <http://e/b> <http://e/g> .\n", "a.nq", "a blank node"),
        (f"{USUAL}<http://e/a> <http://e/p> <http://e/b> _:g .\n", "a.nq", "a blank node"),
        (f"{USUAL}<http://e/a> <p> <http://e/b> <http://e/g> .\n", "a.nq", "line 2"),
        (f"{USUAL}<http://e/a> what <http://e/g> .\n", "a.nq", "line 2"),
        (f"{USUAL}\n<http://e/a> what\n", "a.nq", "line 3"),
        ("<http://e/g> { <http://e/r> a <http://e/ns#Report> }", "a.trig", "give --base-iri http://e/"),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_what_cannot_be_loaded_leaves_the_store_as_it_was(
    text: str, name: str, message: str, is_new: bool, loaded: Path, tmp_path: Path
) -> None:
    bad = tmp_path / name
    bad.write_text(text, encoding="utf-8")
    where = tmp_path / "new" / "store"
    if not is_new:
        shutil.copytree(loaded, where)
    with pytest.raises(InputError, match=message) as caught:
        load_graphs(where, [bad])
    assert "\n" not in str(caught.value)
    if is_new:
        assert list(where.parent.iterdir()) == []
    else:
        assert content(where) == content(loaded)


def test_two_texts_of_one_report(tmp_path: Path) -> None:
    digest = next(q.object.value for q in read_quads([SAMPLE]) if q.predicate == IRIS.term("sha256"))
    other = moved(tmp_path, "410203", (digest, "0" * 64))
    with pytest.raises(InputError, match="is there twice with different texts"):
        load_graphs(tmp_path / "store", [SAMPLE, other])
    load_graphs(tmp_path / "store", [SAMPLE])
    with pytest.raises(InputError, match="is there twice with different texts"):
        load_graphs(tmp_path / "store", [SAMPLE, other])
    load_graphs(tmp_path / "store", [other])
    assert content(tmp_path / "store") == expected(other)


def test_an_update_is_done_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    load_graphs(tmp_path / "store", [SAMPLE])
    with OxigraphStore(tmp_path / "store", writable=True) as store, pytest.raises(StoreError):
        store.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } } ; LOAD <http://127.0.0.1:1/none>")
    assert content(tmp_path / "store") == expected(SAMPLE / "graph.trig")


# ------------------------------------------------------------------------------------------------------- killed


def start_load(*paths: Path, store: Path) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-m", "fatu", "load", *map(str, paths), "--store", str(store)]
    return subprocess.Popen(arguments, env=environment(), stderr=subprocess.DEVNULL)


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    for _ in range(3000):
        if is_so() or process.poll() is not None:
            return
        time.sleep(0.01)
    raise AssertionError("never came about")


@pytest.mark.slow
def test_a_first_load_that_is_killed_leaves_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    files = [moved(tmp_path, f"4102{number:02}") for number in range(30)]
    where = tmp_path / "stores" / "store"
    where.parent.mkdir()
    beside = where.parent / ".store.part"
    process = start_load(*files, store=where)
    wait_until(lambda: (beside / "CURRENT").exists(), process)
    time.sleep(0.2)
    with pytest.raises(StoreError, match="another process"):
        load_graphs(where, files[:1])
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not where.exists()
    assert beside.exists()
    load_graphs(where, files[:2])
    assert [path.name for path in where.parent.iterdir()] == ["store"]
    assert content(where) == expected(*files[:2])


@pytest.mark.slow
def test_a_replacement_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    where = tmp_path / "store"
    old = moved(tmp_path, "410202")
    load_graphs(where, [SAMPLE, old])
    before = content(where)
    new = save(tmp_path / "new.nq", read_quads([old])[::2])
    load_graphs(tmp_path / "other", [SAMPLE, old])
    load_graphs(tmp_path / "other", [new])
    after = content(tmp_path / "other")
    assert before != after
    for delay in (0.0, 0.05, 0.1, 0.2, 0.4):
        process = start_load(new, store=where)
        wait_until(lambda: is_held(where), process)
        time.sleep(delay)
        process.kill()
        process.wait()
        assert content(where) in (before, after)
    load_graphs(where, [new])
    assert content(where) == after


def is_held(where: Path) -> bool:
    try:
        OxigraphStore(where).close()
    except StoreError:
        return True
    return False


# ------------------------------------------------------------------------------------------------- what goes wrong


def test_a_store_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    for name, message in (
        ("absent", "no such store"),
        ("file", "is not a folder"),
        ("empty", "is not a store"),
    ):
        with pytest.raises(StoreError, match=rf"{name}: {message}; make one: fatu load graphs --store PATH"):
            open_store(str(tmp_path / name))
    assert list((tmp_path / "empty").iterdir()) == []
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    for name in ("file", "full"):
        with pytest.raises(StoreError, match="exists and is not a store; choose another folder"):
            load_graphs(tmp_path / name, [SAMPLE])


def test_a_damaged_store(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("MANIFEST-000001\n")
    with pytest.raises(StoreError, match="Oxigraph says: ") as caught:
        OxigraphStore(tmp_path)
    assert "\n" not in str(caught.value)


def test_many_read_or_one_writes_within_a_program(loaded: Path, tmp_path: Path) -> None:
    with OxigraphStore(loaded) as first, OxigraphStore(loaded) as second:
        assert len(first) == len(second)
        with pytest.raises(StoreError, match="is open for reading in this program"):
            OxigraphStore(loaded, writable=True)
    load_graphs(tmp_path / "store", [SAMPLE])
    writer = OxigraphStore(tmp_path / "store", writable=True)
    with pytest.raises(StoreError, match="is open for writing in this program"):
        OxigraphStore(tmp_path / "store")
    writer.close()
    closed = OxigraphStore(tmp_path / "store")
    closed.close()
    closed.close()
    with pytest.raises(StoreError, match="is closed; open it again"):
        closed.query("ASK {}")


def test_a_reader_cannot_write(loaded: Path) -> None:
    with OxigraphStore(loaded) as store, pytest.raises(StoreError, match="is open for reading only"):
        store.update("INSERT DATA { <http://e/a> <http://e/p> 1 }")


@pytest.mark.parametrize(("held", "wanted"), [(True, True), (True, False), (False, True)])
def test_many_read_or_one_writes_over_all_processes(held: bool, wanted: bool, loaded: Path) -> None:
    hold = f"from fatu.storing import OxigraphStore as S; s = S({str(loaded)!r}, {held}); print(flush=True); input()"
    process = subprocess.Popen(
        [sys.executable, "-c", hold], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        with pytest.raises(
            StoreError, match=r"another process .*; end that process; or, where it is fatu serve"
        ):
            OxigraphStore(loaded, writable=wanted)
    finally:
        process.communicate(b"\n")
    OxigraphStore(loaded, writable=wanted).close()


def test_readers_of_several_processes_do_not_mind_each_other(loaded: Path, tmp_path: Path) -> None:
    with OxigraphStore(loaded):
        done = fatu("query", "q8", "--store", loaded, "--format", "csv", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")


# ------------------------------------------------------------------------------------------------- values in text


HOSTILE = [
    '" } DROP ALL #', "\\", '\\"', "\\u0022 } #", "\\U00000022 } #", "\n\r\t\x0b", "'''", '"""', "𠮷〔2020〕",
    "\\\\u0022", "?s", "} UNION { ?s ?p ?o",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_values_stay_values(value: str) -> None:
    store = MemoryStore([Quad("http://e/a", "http://e/p", Literal(value), "http://e/g")])
    for term in (Literal(value), Literal(value, language="zh"), Literal(value, XSD + "token")):
        (row,) = ask_store(store, f"SELECT ?x {{ BIND({write_value(term)} AS ?x) }}").rows
        assert row == (term,)
    text = bind_values("SELECT ?s ?o { ?s ?p ?o }", {"o": Literal(value)})
    assert len(ask_store(store, text)) == 1
    if any(c in value for c in '"{}\\ '):
        with pytest.raises(QueryError, match="is not an IRI"):
            write_value(Iri(f"http://e/{value}"))


SHAPES = [
    "SELECT ?s ?o { ?s :p ?n OPTIONAL { ?s :q ?o } }",
    "SELECT ?s ?o { ?s :p ?n { ?s :q ?o FILTER(?o = :x) } }",
    "SELECT ?s ?o { { ?s :p 1 } UNION { ?s :q ?o } }",
    "SELECT ?s ?o { { SELECT ?s { ?s :q ?o } } ?s :q ?o }",
    "SELECT ?s ?o { { SELECT ?s ?o { ?s :q ?o } ORDER BY ?s LIMIT 1 } }",
    "SELECT ?o (COUNT(*) AS ?n) { ?s :q ?o } GROUP BY ?o",
    "SELECT ?o (COUNT(*) AS ?n) { ?s :q ?o FILTER NOT EXISTS { ?s :r ?o } } GROUP BY ?o HAVING (COUNT(*) > 0)",
    "SELECT ?s ?o { ?s :p ?n MINUS { ?s :q ?o } }",
    "SELECT ?s ?o { ?s :q ?o VALUES ?o { :y :x } } VALUES ?s { :a :b }",
    "SELECT ?s ?o { GRAPH ?g { ?s :q ?o } }",
    "SELECT * { ?s :q ?o # { a comment\n }",
    "SELECT ?s ?o WHERE { ?s :q ?o FILTER(STR(?o) != '{ ?o }') } ORDER BY DESC(?s)",
    "ASK { ?s :q ?o }",
    "CONSTRUCT { ?s :r ?o } WHERE { ?s :q ?o }",
    "CONSTRUCT WHERE { ?s :q ?o }",
    "SELECT ?o {}",
]


@pytest.mark.parametrize("value", ["x", "y", "z"])
@pytest.mark.parametrize("query", SHAPES)
def test_values_in_the_text_answer_as_substitutions_do(query: str, value: str) -> None:
    e = "http://e/"
    facts = [
        ("a", "p", "1"),
        ("a", "q", "x"),
        ("b", "p", "2"),
        ("b", "q", "y"),
        ("c", "p", "3"),
        ("b", "q", "x"),
    ]
    quads = [Quad(e + s, e + p, Iri(e + o), e + "g") for s, p, o in facts]
    query = f"PREFIX : <{e}> {query}"
    bindings: Mapping[str, Object] = {"o": Iri(e + value)}
    engine = pyoxigraph.Store()
    engine.bulk_extend(with_default(quads))
    given = engine.query(query, substitutions={pyoxigraph.Variable("o"): pyoxigraph.NamedNode(e + value)})
    assert read(MemoryStore(quads).query(query, bindings)) == read(given)


def test_what_does_not_parse_is_told_by_the_place_that_it_has_in_the_query() -> None:
    with pytest.raises(QueryError, match="1:27"):
        MemoryStore([]).query("SELECT ?s { ?s <http://p> }", {"s": Iri("http://e/a")})


def read(answer: object) -> object:
    if isinstance(answer, pyoxigraph.QueryBoolean):
        return bool(answer)
    if isinstance(answer, pyoxigraph.QueryTriples):
        return sorted(map(str, answer))
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    names = sorted(variable.value for variable in answer.variables)
    return names, sorted(str([row[name] for name in names]) for row in answer)


@pytest.mark.parametrize(
    ("group", "times"),
    [
        ("OPTIONAL { ?s :q ?o }", 2),
        ("MINUS { ?s :q ?o }", 2),
        ("FILTER EXISTS { ?s :q ?o }", 1),
        ("OPTIONAL { ?s :q ?other }", 1),
    ],
)
def test_groups_that_are_worked_out_by_themselves_have_the_values_too(group: str, times: int) -> None:
    query = f"PREFIX : <http://e/> SELECT ?s ?o {{ ?s :p ?o {group} }}"
    assert bind_values(query, {"o": Iri("http://e/x")}).count("VALUES (?o)") == times


def test_a_value_for_what_the_query_computes() -> None:
    with pytest.raises(QueryError, match=r"\?n is computed by the query"):
        bind_values("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"n": Literal("1", XSD + "integer")})


# -------------------------------------------------------------------------------------------------- command line


def test_load_and_query_from_the_command_line(tmp_path: Path) -> None:
    done = fatu("load", SAMPLE, "--store", "store", cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("fatu: 3 graphs loaded in ")
    assert "the store holds" in done.err
    there = fatu("query", "reconsideration", "--store", "store", "--format", "json", cwd=tmp_path)
    files = call_fatu("query", "reconsideration", "--data", SAMPLE, "--format", "json", cwd=tmp_path)
    assert (there.code, there.out, there.err) == (0, files.out, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("load", SAMPLE), "fatu: load: Missing option '--store'; see --help"),
        (("load", "--store", "x"), "fatu: load: Missing argument 'PATH…'; see --help"),
        (("load", "absent", "--store", "x"), "fatu: absent: no such file or folder; check the path"),
        (
            ("query", "q1", "--store", "absent"),
            "fatu: absent: no such store; make one: fatu load graphs --store PATH",
        ),
        (
            ("query", "q1", "--store", "x", "--data", "y"),
            "fatu: y: given beside --store; load it into the store: ",
        ),
        (
            ("query", "q1", "--store", "ftp://example.org"),
            "fatu: ftp://example.org: is not a URL of http or https; ",
        ),
        (
            ("query", "q1", "--store", "http://u:geheim@localhost:1"),
            "fatu: http://localhost:1: has a login in its URL",
        ),
        (
            ("query", "q1", "--store", "http://localhost:1"),
            "fatu: http://localhost:1/query: cannot be reached: ",
        ),
    ],
)
def test_bad_usage_is_one_line(arguments: tuple[str | Path, ...], message: str, tmp_path: Path) -> None:
    done = call_fatu(*arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(message)
    assert done.err.count("\n") == 1
    assert "geheim" not in done.err
    assert list(tmp_path.iterdir()) == []
