"""Graph files → a store, where each graph takes the place of the one of its name."""

from __future__ import annotations

import shutil
import traceback
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyoxigraph

from ..describing.terms import RDF, Quad, write_quad
from ..errors import InputError, StoreError
from ..iris import Iris
from ..paths import Paths, tell_paths
from .disk import COUNT, OxigraphStore, explain_error, is_store
from .doubling import double_file, double_quads
from .files import find_graphs, parse_file
from .filling import fill
from .fitting import check_base, check_texts
from .leases import leases
from .memory import ox_quad, with_default
from .registering import Source, default_registry, store_registry
from .remote import RemoteStore, is_url
from .store import Store

_BATCH = 50_000
"""Quads, at the least, of one transaction, which is held in memory: files go into it until it has so many."""

_IN_NO_GRAPH = (
    "has triples in no graph: nothing could replace them",
    "load graph.trig, which fatu build writes beside",
)
_HAS_BLANK = ("a blank node: not a graph that fatu wrote", "build it with fatu build")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded."""

    graphs: int
    """Named graphs of the files."""
    triples: int
    """Triples that the store holds now, each counted once."""


def load_graphs(
    where: str | Path, paths: Paths, iris: Iris | None = None, tell: Tell = lambda _: None
) -> Loaded:
    """Load graph files and folders into a store: a folder, or a SPARQL server by its URL.

    Each graph takes the place of the graph of its name; the default graph then holds every triple of all graphs once,
    and the registry's graph is that of all reports in the store. Neither order nor repetition matters: what was
    loaded counts, and of one graph with different contents the last.

    On disk nothing is ever half there. The first load makes the store in a folder beside and renames it; any other
    replaces graphs in transactions of whole files, registry included. Of a server, `tell` says what is not safe.

    Raises InputError for files that are missing, do not parse, hold blank nodes or triples in no graph (which no
    later load could replace), bring two texts of one report, or stand under another base than `iris`; StoreError
    for a store that is in use or does not answer.
    """
    return _load(where, _Input(tuple(find_graphs(paths)), iris or Iris()), tell)


def load_quads(
    where: str | Path, quads: Iterable[Quad], iris: Iris | None = None, tell: Tell = lambda _: None
) -> Loaded:
    """As `load_graphs`, of quads."""
    lines = "".join(f"{write_quad(quad)}\n" for quad in quads).encode()
    return _load(where, _Input((), iris or Iris(), lines), tell)


def _load(where: str | Path, given: _Input, tell: Tell) -> Loaded:
    if is_url(str(where)):
        with RemoteStore(str(where)) as server:
            tell(server.caveat)
            return _replace(server, given)
    folder = Path(where)
    if is_store(folder):
        with OxigraphStore(folder, writable=True) as store:
            return _replace(store, given)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise StoreError(str(where), "exists and is not a store", "choose another folder")
    return _create(folder, given)


# ---- what is loaded ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Input:
    """Graph files, read quad by quad, and what must fit together in them."""

    paths: tuple[Path, ...]
    iris: Iris
    lines: bytes = b""
    """N-Quads, instead of files."""
    graphs: set[str] = field(default_factory=set)
    """Names of the graphs read so far."""
    texts: dict[str, str] = field(default_factory=dict)
    """Source text → its digest."""

    def files(self) -> Iterator[Iterator[pyoxigraph.Quad]]:
        """The quads of each file, less those of a registry."""
        for path in self.paths:
            yield self._checked(parse_file(path), str(path))
        yield self._parsed()

    def _parsed(self) -> Iterator[pyoxigraph.Quad]:
        return self._checked(pyoxigraph.parse(self.lines, format=pyoxigraph.RdfFormat.N_QUADS), "quads")

    def put_into(self, store: pyoxigraph.Store, beside: Path) -> None:
        """Loads all quads into an empty store, each in its graph and in the default graph."""
        try:
            with fill(store, beside, size=sum(map(_expected_size, self.paths))) as filling:
                for path in self.paths:
                    double_file(path, filling, self._checked, self.iris.registry_graph)
                double_quads(self._parsed(), filling)
        except (SyntaxError, ValueError):
            for quads in self.files():
                deque(quads, maxlen=0)  # raises for what is wrong
            raise
        self.graphs.update(
            graph.value for graph in store.named_graphs() if isinstance(graph, pyoxigraph.NamedNode)
        )

    def batches(self) -> Iterator[pyoxigraph.Store]:
        """Whole files in stores in memory, each with what one transaction takes."""
        batch = pyoxigraph.Store()
        count = 0
        for quads in self.files():
            batch.bulk_extend(quads)
            count = len(batch)
            if count >= _BATCH:
                yield batch
                batch, count = pyoxigraph.Store(), 0
        if count:
            yield batch

    def _checked(self, quads: Iterable[pyoxigraph.Quad], where: str) -> Iterator[pyoxigraph.Quad]:
        blank, named = pyoxigraph.BlankNode, pyoxigraph.NamedNode
        registry, graph, previous = named(self.iris.registry_graph), None, None
        for quad in quads:
            graph = quad.graph_name
            if graph != previous:
                if isinstance(graph, pyoxigraph.DefaultGraph):
                    raise InputError(where, *_IN_NO_GRAPH)
                if isinstance(graph, named):
                    self.graphs.add(graph.value)
                previous = graph
            if isinstance(quad.subject, blank) or isinstance(quad.object, blank) or isinstance(graph, blank):
                raise InputError(where, *_HAS_BLANK)
            if graph != registry:
                yield quad

    def check(self, store: pyoxigraph.Store) -> None:
        """Raises InputError where a store holds two texts of one report, or reports under another base alone."""
        digests = _quads_of(store, self.iris.term("sha256"))
        check_texts(((_text(quad.subject), _text(quad.object)) for quad in digests), self.texts)
        classes = store.query(f"SELECT DISTINCT ?class {{ GRAPH ?any {{ ?some <{RDF}type> ?class }} }}")
        assert isinstance(classes, pyoxigraph.QuerySolutions)
        check_base((_text(row[0]) for row in classes), self.iris, tell_paths(self.paths) or "graphs")


def _quads_of(store: pyoxigraph.Store, predicate: str) -> Iterator[pyoxigraph.Quad]:
    return store.quads_for_pattern(None, pyoxigraph.NamedNode(predicate), None, None)


def _text(term: object) -> str:
    return term.value if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal) else ""


# ---- a new store ---------------------------------------------------------------------------------------------


def _create(folder: Path, given: _Input) -> Loaded:
    """Makes a store beside its place and renames it once it is whole."""
    beside = folder.with_name(f".{folder.name}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if beside.exists():
            # Left by a load that was killed; where one is under way, taking it fails.
            leases.give_back(leases.take(beside, writable=False))
            shutil.rmtree(beside)
        loaded = _fill(beside, given)
        if folder.is_dir():
            folder.rmdir()
        beside.rename(folder)
    except OSError as error:
        raise explain_error(str(folder), error) from error
    return loaded


def _fill(beside: Path, given: _Input) -> Loaded:
    store = pyoxigraph.Store(str(beside))
    try:
        given.put_into(store, beside)
        given.check(store)
        store.bulk_extend(with_default(default_registry(store, given.iris)))
        return Loaded(len(given.graphs), _count(store))
    except BaseException as error:
        traceback.clear_frames(error.__traceback__)  # they hold the store, which writes until it is let go
        del store
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _expected_size(path: Path) -> int:
    """Bytes of a file's quads as N-Quads, each twice, by a guess; 0 of one that cannot be read, which is told later."""
    try:
        return path.stat().st_size * (2 if path.suffix == ".nq" else _WRITTEN_OUT)
    except OSError:
        return 0


_WRITTEN_OUT = 5
"""Times as long: N-Quads, twice, as Turtle and TriG."""


def _count(store: pyoxigraph.Store) -> int:
    answer = store.query(COUNT)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return int(next(answer)[0].value)


# ---- a store that is there -----------------------------------------------------------------------------------


class _Target(Store, Protocol):
    """A store whose graphs can be replaced."""

    @property
    def source(self) -> Source:
        """Where its statements are looked up."""
        ...

    def replace(self, batch: pyoxigraph.Store, kept: Collection[str]) -> None:
        """Make the graphs those that `batch` has of the same names; those in `kept` keep what they have besides."""
        ...


def _replace(store: _Target, given: _Input) -> Loaded:
    done: set[str] = set()
    for batch in given.batches():
        given.check(batch)
        names = {graph.value for graph in batch.named_graphs() if isinstance(graph, pyoxigraph.NamedNode)}
        sources: list[tuple[Source, Collection[str]]] = [(batch, ()), (store.source, names - done)]
        registry = list(store_registry(sources, given.iris))  # before the batch changes
        batch.add_graph(pyoxigraph.NamedNode(given.iris.registry_graph))
        batch.extend(map(ox_quad, registry))
        # A graph that several files bring has what all of them say.
        store.replace(batch, done)
        done |= names
    return Loaded(len(given.graphs), len(store))
