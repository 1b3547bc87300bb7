"""What commands make of a store's graphs is what they make of the files that were loaded."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from commands import Result, call_fatu
from fatu.describing.terms import XSD, Iri, Literal, Quad, computed, write_quad
from fatu.errors import InputError, StoreError
from fatu.exporting.exports import BINARY, EXPORTS
from fatu.iris import Iris
from fatu.storing import load_graphs, load_quads, read_quads, read_store_union, read_union

SAMPLE = Path(__file__).parents[1] / "graphs" / "410203-gov-2020"
IRIS = Iris()
GRAPH = IRIS.graph("report", IRIS.report("410203", "gov", 2020))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample, the same as two other reports (one of them without its audit), and a store of all."""
    folder = tmp_path_factory.mktemp("unions")
    quads = read_quads([SAMPLE])
    lines = [f"{write_quad(quad)}\n" for quad in quads if quad.graph != IRIS.vocabulary_graph]
    shared = "".join(f"{write_quad(quad)}\n" for quad in quads if quad.graph == IRIS.vocabulary_graph)
    for area, left_out in (("410202", "no graph"), ("410204", "/graph/audit/")):
        kept = "".join(line for line in lines if left_out not in line.rpartition("<")[2])
        other = folder / f"{area}-gov-2020.nq"
        other.write_text(shared + kept.replace("410203/gov/2020", f"{area}/gov/2020"), encoding="utf-8")
    load_graphs(folder / "store", [SAMPLE, *folder.glob("*.nq")])
    load_graphs(folder / "one", [SAMPLE])
    return folder


def test_the_quads_of_a_store_are_those_of_its_files(place: Path) -> None:
    assert read_store_union(str(place / "one"), IRIS) == read_union([SAMPLE], IRIS)
    union = read_union([SAMPLE, *place.glob("*.nq")], IRIS)
    assert any(quad.graph == IRIS.registry_graph for quad in union)
    assert read_store_union(str(place / "store"), IRIS) == union


@pytest.mark.parametrize(
    ("reports", "files"),
    [
        (["410203-gov-2020"], [SAMPLE]),
        ([IRIS.report("410203", "gov", 2020)], [SAMPLE]),
        (["410204-gov-2020"], ["410204-gov-2020.nq"]),
        (["410204-gov-2020", "410203-gov-2020", "410204-gov-2020"], ["410204-gov-2020.nq", SAMPLE]),
    ],
)
def test_some_reports_of_a_store(reports: list[str], files: list[str | Path], place: Path) -> None:
    assert read_store_union(str(place / "store"), IRIS, reports) == read_union(
        [place / file for file in files], IRIS
    )


@pytest.mark.parametrize(
    ("values", "decimals", "scale"),
    [
        ({"value": "88.80"}, 2, 0),
        ({"value": "88.8"}, 1, 0),
        ({"value": "99"}, 1, 0),
        ({"value": "-0.10"}, 2, 0),
        ({"value": "12345.60"}, 6, 4),
        ({"value": "15000"}, 2, 4),
        ({"value": "0.3333333333"}, 0, 0),
        ({"value": "3.5", "valueHigh": "5.00"}, 2, 0),
        ({"value": "3", "valueHigh": "50000"}, 0, 4),
        ({"value": "1", "expectedLow": "88.8"}, 3, 0),
    ],
)
def test_figures_come_back_as_they_were_written(
    values: dict[str, str], decimals: int, scale: int, tmp_path: Path
) -> None:
    node = "http://e/a"
    quads = [
        Quad(node, IRIS.term(name), Literal(value, XSD + "decimal"), GRAPH) for name, value in values.items()
    ]
    quads += [
        Quad(node, IRIS.term(name), Literal(str(value), XSD + "integer"), GRAPH)
        for name, value in (("decimals", decimals), ("scale", scale))
    ]
    load_quads(tmp_path / "store", quads)
    assert read_store_union(str(tmp_path / "store"), IRIS) == sorted(quads)


@pytest.mark.parametrize(
    ("value", "written"), [("88.80", "88.8"), ("90.00", "90"), ("9E+1", "90"), ("100", "100")]
)
def test_what_is_computed_is_written_as_stores_write_it(value: str, written: str, tmp_path: Path) -> None:
    quad = Quad("http://e/a", IRIS.term("expectedLow"), computed(Decimal(value)), GRAPH)
    assert quad.object.value == written
    load_quads(tmp_path / "store", [quad])
    assert read_store_union(str(tmp_path / "store"), IRIS) == [quad]


def test_a_store_of_something_else(tmp_path: Path) -> None:
    for name, quad in (
        ("empty", None),
        ("default", ox.Quad(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p"), ox.Literal("x"))),
        ("blank", ox.Quad(ox.BlankNode(), ox.NamedNode("http://e/p"), ox.Literal("x"), ox.NamedNode("http://e/g"))),
    ):  # fmt: skip
        store = ox.Store(str(tmp_path / name))
        if quad:
            store.add(quad)
        store.flush()
        del store
    for name in ("empty", "default"):
        with pytest.raises(StoreError, match=f"{name}: has no named graphs; load some: fatu load graphs"):
            read_store_union(str(tmp_path / name), IRIS)
    with pytest.raises(StoreError, match="a blank node in <http://e/g>: not a graph that fatu wrote"):
        read_store_union(str(tmp_path / "blank"), IRIS)


@pytest.mark.parametrize("command", [["export", "--to", "csv"], ["compare"], ["network", "--citations"]])
def test_the_place_of_graphs_under_another_base_is_told(
    command: list[str], run: Callable[..., Result]
) -> None:
    base = ["--base-iri", "http://e/"]
    told = [
        run(*command, *base, "--store", "store").err,
        run(*command, *base, *(["--data"] if command == ["compare"] else []), SAMPLE).err,
    ]
    assert [line.partition(": no report under http://e/")[0] for line in told] == [
        "fatu: store",
        f"fatu: {SAMPLE}",
    ]


def test_a_store_under_another_base(place: Path) -> None:
    with pytest.raises(InputError, match="/store: no report under http://e/, but under https"):
        read_store_union(str(place / "store"), Iris("http://e/"))
    with pytest.raises(StoreError, match="has no report '410203-gov-2020'; it has none under http://e/"):
        read_store_union(str(place / "store"), Iris("http://e/"), ["410203-gov-2020"])


# --------------------------------------------------------------------------------------------- the command line


@pytest.fixture
def run(place: Path) -> Callable[..., Result]:
    return lambda *arguments: call_fatu(*arguments, cwd=place)


@pytest.mark.parametrize("style", EXPORTS)
def test_an_export(style: str, run: Callable[..., Result], place: Path) -> None:
    for name, source in (("files", [SAMPLE]), ("store", ["--store", "store", "--report", "410203-gov-2020"])):
        done = run("export", *source, "--to", style, "-o", f"{name}.{style}")
        assert (done.code, done.out, done.err) == (0, "", f"fatu: {name}.{style}: written\n")
    assert (place / f"store.{style}").read_bytes() == (place / f"files.{style}").read_bytes()
    if style in ("nt", "graphml"):
        both = [SAMPLE, *place.glob("*.nq")]
        assert run("export", "--store", "store", "--to", style).out == run("export", *both, "--to", style).out
    if style in BINARY:
        assert run("export", "--store", "store", "--to", style).code == 2


def test_the_page(run: Callable[..., Result], place: Path) -> None:
    for name, source in (("files", [SAMPLE, *place.glob("*.nq")]), ("store", ["--store", "store"])):
        done = run("view", *source, "-o", f"{name}.html")
        assert (done.code, done.out, done.err) == (0, "", f"fatu: {name}.html: written\n")
    assert (place / "store.html").read_bytes() == (place / "files.html").read_bytes()


@pytest.mark.parametrize(
    "command", [["validate"], ["network"], ["network", "--format", "json"], ["network", "--format", "csv"]]
)
def test_what_is_printed(command: list[str], run: Callable[..., Result]) -> None:
    files, store = run(*command, SAMPLE), run(*command, "--store", "one")
    assert files == store
    assert (store.code, store.err) == (0, "") and store.out


def test_a_store_that_does_not_conform(run: Callable[..., Result], place: Path) -> None:
    bad = [q for q in read_quads([SAMPLE]) if q.predicate != IRIS.term("unit") or "#obs-" not in q.subject]
    load_quads(place / "bad", bad)
    done = run("validate", "--store", "bad")
    assert done.code == 1 and done.out.splitlines()[-1] == "does not conform"
    assert run("validate", "--store", "bad", "--report", "410203-gov-2020") == done


@pytest.mark.parametrize(
    "command", [["validate"], ["view", "-o", "x"], ["network"], ["export", "--to", "nt"]]
)
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--store", "absent"], "absent: no such store; make one: fatu load graphs --store PATH"),
        (["one.nt", "--store", "one"], "one.nt: given beside --store; load it into the store: fatu load PATH"),
        (["--report", "410203-gov-2020"], "--report: chooses among the reports of a store; give --store, or that"),
        (["--store", "one", "--report", "410203"], "one: has no report '410203'; it has 410203-gov-2020"),
        (["--store", "http://127.0.0.1:1"], "http://127.0.0.1:1/query: cannot be reached"),
        (["--store", "http://me:geheim@127.0.0.1:1"], "http://127.0.0.1:1: has a login in its URL"),
    ],
)  # fmt: skip
def test_what_goes_wrong(
    command: list[str], arguments: list[str], message: str, run: Callable[..., Result], place: Path
) -> None:
    done = run(*command, *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"fatu: {message}") and len(done.err.splitlines()) == 1
    assert "geheim" not in done.err and not (place / "x").exists()


def test_the_report_is_of_the_graph_that_says_so(place: Path) -> None:
    """A report that a store's other graphs merely name is none that could be taken."""
    load_quads(
        place / "named", [Quad("http://e/a", "http://e/p", Iri(IRIS.report("1", "gov", 2020)), "http://e/g")]
    )
    with pytest.raises(StoreError, match="has no report '1-gov-2020'; it has none under"):
        read_store_union(str(place / "named"), IRIS, ["1-gov-2020"])
