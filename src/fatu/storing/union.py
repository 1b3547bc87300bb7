"""Quads of graph files, or of a store's graphs → one union with its registry, the same from either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph

from ..describing.registry import registry_quads
from ..describing.terms import RDF, XSD, Iri, Literal, Quad
from ..errors import StoreError
from ..iris import Iris
from ..paths import Paths, each_path, tell_paths
from .disk import OxigraphStore
from .files import read_quads
from .fitting import check_base, check_texts
from .opening import open_store
from .registering import read_object
from .remote import RemoteStore

_NAMED = 5
"""How many reports an error names."""


def read_union(paths: Paths, iris: Iris, alone: bool = False) -> list[Quad]:
    """All quads of graph files with the registry's graph: which of the documents of several reports are one; with
    `alone`, of a single report too. It is computed from what was read; one that a file brings is left out.

    Raises InputError as `read_quads` does, and where reports stand under another base than that of `iris`, or two
    texts under one report.
    """
    paths = each_path(paths)
    return _unite(read_quads(paths), iris, tell_paths(paths), alone)


def read_store_union(where: str, iris: Iris, reports: Sequence[str] = ()) -> list[Quad]:
    """All quads of a store's named graphs, or of those of some reports and the vocabulary's, as `read_union` gives them
    of the files that were loaded. `where` is the store's folder or URL; `reports` are ids (410203-gov-2020) or IRIs.

    A store keeps the value of a decimal, 88.8 for 88.80: how a figure was written is told by its fatu:decimals.

    Raises StoreError where there is no store, nothing in it, no such report, or a blank node; InputError as
    `read_union` does.
    """
    with open_store(where) as store:
        names = [name for name in store.graph_names() if name != iris.registry_graph]
        if not names:
            raise StoreError(where, "has no named graphs", "load some: fatu load graphs --store …")
        if reports:
            names = _choose(names, reports, iris, where)
        quads = {_quad(triple, name, where) for name in names for triple in store.read_graph(name)}
    return _unite(sorted(_as_written(quads, iris)), iris, where)


def graphs_of_reports(names: Iterable[str], iris: Iris) -> dict[str, list[str]]:
    """Of the names of graphs, those that are about one report: the report's id → the names."""
    start = f"{iris.base}id/graph/"
    of_report: dict[str, list[str]] = {}
    for name in names:
        kind, slash, tail = name.removeprefix(start).partition("/")
        if name.startswith(start) and slash and kind in ("report", "audit", "corpus"):
            of_report.setdefault(tail.replace("/", "-"), []).append(name)
    return of_report


def read_store_graphs(store: OxigraphStore | RemoteStore, names: Iterable[str], where: str) -> list[Quad]:
    """The quads of some graphs of a store as it keeps them. Raises StoreError for a blank node."""
    return [_quad(triple, name, where) for name in names for triple in store.read_graph(name)]


def read_each_report(where: str, iris: Iris, reports: Sequence[str] = ()) -> Iterator[list[Quad]]:
    """The quads of a store's vocabulary, then those of each report's graphs, by IRI: one report at a time, for what
    does not need them all at once. Figures are as written. `where` and `reports` as `read_store_union` takes them.

    Raises StoreError as it does.
    """
    with open_store(where) as store:
        names = [name for name in store.graph_names() if name != iris.registry_graph]
        if reports:
            names = _choose(names, reports, iris, where)
        yield read_store_graphs(store, {iris.vocabulary_graph}.intersection(names), where)
        of_report = graphs_of_reports(names, iris).values()
        for graphs in sorted(of_report, key=lambda graphs: min(_tail(name, iris) for name in graphs)):
            yield [*_as_written(sorted(set(read_store_graphs(store, graphs, where))), iris)]


def _tail(graph: str, iris: Iris) -> str:
    """What a report's IRI and the names of its graphs end in."""
    return graph.removeprefix(f"{iris.base}id/graph/").partition("/")[2]


def _unite(quads: list[Quad], iris: Iris, where: str, alone: bool = False) -> list[Quad]:
    quads = [quad for quad in quads if quad.graph != iris.registry_graph]
    report = Iri(iris.term("Report"))
    reports = {q.subject for q in quads if q.predicate == RDF + "type" and q.object == report}
    check_base((q.object.value for q in quads if q.predicate == RDF + "type"), iris, where)
    check_texts(((q.subject, q.object.value) for q in quads if q.predicate == iris.term("sha256")), {})
    return sorted([*quads, *registry_quads(quads, iris)]) if len(reports) > 1 - alone else quads


def _choose(names: Iterable[str], reports: Sequence[str], iris: Iris, where: str) -> list[str]:
    """The graphs of some reports and of the vocabulary. Raises StoreError for a report that has none."""
    names = list(names)
    of_report = graphs_of_reports(names, iris)
    chosen = [name for name in names if name == iris.vocabulary_graph]
    for report in dict.fromkeys(reports):
        found = of_report.get(report.removeprefix(f"{iris.base}id/report/").replace("/", "-"))
        if found is None:
            known = sorted(of_report)
            more = f" … ({len(known)})" if len(known) > _NAMED else ""
            remedy = (
                f"it has {', '.join(known[:_NAMED])}{more}" if known else f"it has none under {iris.base}"
            )
            raise StoreError(where, f"has no report {report!r}", remedy)
        chosen += found
    return chosen


def _as_written(quads: Iterable[Quad], iris: Iris) -> Iterator[Quad]:
    """The quads, the figures with the places that they are written with: fatu:decimals less fatu:scale. A whole number
    and the low end of a range have none to give back, as `describe` writes them."""
    value, high = iris.term("value"), iris.term("valueHigh")
    counted = (iris.term("decimals"), iris.term("scale"))
    quads = list(quads)
    told: dict[tuple[str, str], int] = {}
    ranges = set()
    for quad in quads:
        if quad.predicate in counted and quad.object.value.isdecimal():
            told[quad.subject, quad.predicate] = int(quad.object.value)
        elif quad.predicate == high:
            ranges.add(quad.subject)
    for quad in quads:
        written = quad.object.value
        whole, point, fraction = written.partition(".")
        wanted = quad.predicate == high or (quad.predicate == value and point and quad.subject not in ranges)
        if wanted and isinstance(quad.object, Literal) and quad.object.datatype == XSD + "decimal":
            decimals, scale = (told.get((quad.subject, predicate), 0) for predicate in counted)
            if len(fraction) < decimals - scale:
                padded = f"{whole}.{fraction.ljust(decimals - scale, '0')}"
                quad = quad._replace(object=Literal(padded, quad.object.datatype))
        yield quad


def _quad(triple: pyoxigraph.Triple, graph: str, where: str) -> Quad:
    subject, value = triple.subject, triple.object
    if not isinstance(subject, pyoxigraph.NamedNode) or not isinstance(
        value, pyoxigraph.NamedNode | pyoxigraph.Literal
    ):
        raise StoreError(where, f"a blank node in <{graph}>: not a graph that fatu wrote", "give --report ID")
    return Quad(subject.value, triple.predicate.value, read_object(value), graph)
