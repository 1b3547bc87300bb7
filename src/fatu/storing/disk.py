"""A store in a folder, Oxigraph's, and the same as an rdflib Dataset."""

from __future__ import annotations

import weakref
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import pyoxigraph

from ..describing.terms import Object
from ..errors import StoreError, UsageError, how_to_get
from .leases import REMEDY, leases
from .memory import evaluate
from .replacing import write_changes
from .store import Answer

if TYPE_CHECKING:
    from rdflib import Dataset

COUNT = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"


class OxigraphStore:
    """A store in a folder that `fatu load` wrote; read-only unless `writable`.

    Many may read it at a time, or one write: over all processes, `oxigraph serve` included. A reader sees the store
    as it was when it was opened. Use it in a `with` statement, or close it: until then nobody else can write.
    """

    def __init__(self, path: str | Path, writable: bool = False) -> None:
        """Raises StoreError for a folder that is missing, no store, of another version or in use."""
        self.where = str(path)
        folder = Path(path)
        if not folder.is_dir():
            problem = "is not a folder" if folder.exists() else "no such store"
            raise StoreError(self.where, problem, "make one: fatu load graphs --store PATH")
        if not is_store(folder):
            raise StoreError(self.where, "is not a store", "make one: fatu load graphs --store PATH")
        lease = leases.take(folder, writable)
        try:
            self._store: pyoxigraph.Store | None = (
                pyoxigraph.Store(str(folder)) if writable else pyoxigraph.Store.read_only(str(folder))
            )
        except (OSError, RuntimeError) as error:  # the latter for a folder that is damaged
            leases.give_back(lease)
            raise explain_error(self.where, error) from error
        self._closer = weakref.finalize(self, leases.give_back, lease)

    @property
    def inner(self) -> pyoxigraph.Store:
        """Oxigraph's own object. Raises StoreError after `close`."""
        if self._store is None:
            raise StoreError(self.where, "is closed", "open it again")
        return self._store

    def query(self, text: str, bindings: Mapping[str, Object] | None = None) -> Answer:
        """Evaluate a query; `bindings` gives variables a value as terms, never by pasting text.

        Raises QueryError with line and column where it does not parse.
        """
        return evaluate(self.inner, text, bindings or {})

    def graph_names(self) -> list[str]:
        """The names of its graphs, but for the default graph, sorted."""
        return sorted(graph.value for graph in self.inner.named_graphs())

    def read_graph(self, name: str) -> Iterator[pyoxigraph.Triple]:
        """The triples of a named graph, as they come; none where there is no such graph."""
        for quad in self.inner.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(name)):
            yield quad.triple

    def digests(self, term: str) -> list[tuple[str, str]]:
        """Graphs that tell a digest of themselves by the property `term`, with it."""
        found = self.inner.quads_for_pattern(None, pyoxigraph.NamedNode(term), None, None)
        return sorted((_value(q.graph_name), _value(q.object)) for q in found if q.subject == q.graph_name)

    def update(self, text: str) -> None:
        """Run a SPARQL update in one transaction, on disk when this returns: all of its operations or none, whatever
        happens. Raises StoreError where the store is read-only or cannot be written."""
        try:
            self.inner.update(text)
            self.inner.flush()
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            raise explain_error(self.where, error) from error

    def compact(self) -> None:
        """Put the files of the store in order: takes a while, and makes questions faster. Raises StoreError where it
        is read-only or cannot be written."""
        try:
            self.inner.optimize()
        except (OSError, RuntimeError) as error:
            raise explain_error(self.where, error) from error

    @property
    def source(self) -> pyoxigraph.Store:
        """Where its statements are looked up."""
        return self.inner

    def replace(self, batch: pyoxigraph.Store, kept: Collection[str] = ()) -> None:
        """Make the graphs those that `batch` has of the same names, in one transaction, the default graph with them;
        those in `kept` keep what they have besides."""
        changes = write_changes(self.inner, batch, kept)
        if changes:
            self.update(changes)

    def __len__(self) -> int:
        answer = self.query(COUNT)
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        return int(next(answer)[0].value)

    def close(self) -> None:
        """Let others write. Answers that were not read to their end keep the files open."""
        self._store = None
        self._closer()

    def __enter__(self) -> OxigraphStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _value(term: object) -> str:
    assert isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal)
    return term.value


def compact_store(where: str | Path) -> None:
    """`OxigraphStore.compact` of a folder. Raises StoreError as it does."""
    with OxigraphStore(where, writable=True) as store:
        store.compact()


def is_store(folder: Path) -> bool:
    """Whether a folder holds a store: RocksDB's pointer to its newest manifest."""
    return (folder / "CURRENT").is_file()


def explain_error(where: str, error: Exception) -> StoreError:
    """What Oxigraph says → one line."""
    reason = " ".join(str(error).split())
    if "lock file" in reason.lower() or "lock hold" in reason.lower():
        return StoreError(where, "another process has it open", REMEDY)
    if "read-write instances" in reason:
        return StoreError(where, "is open for reading only", "open it with writable=True")
    if isinstance(error, PermissionError) or "permission denied" in reason.lower():
        return StoreError(where, "permission denied", "check who owns the folder")
    return StoreError(where, f"Oxigraph says: {reason[:160]}", "load the graphs anew into another folder")


def as_rdflib(path: str | Path) -> Dataset:
    """A store in a folder as an rdflib Dataset, for reading, through oxrdflib. Its default graph is the store's: every
    triple once.

    Worth knowing: rows come 3 to 7 times slower than from `OxigraphStore.query`, since each term becomes an rdflib
    object; nobody can write to the folder as long as the Dataset lives; who fills a store of one's own through
    oxrdflib parses with format="ox-nq" (or "ox-ttl" …) and transactional=False, else each triple is an insertion of
    its own.

    Raises StoreError as `OxigraphStore` does, UsageError where oxrdflib is not installed.
    """
    try:
        from oxrdflib import OxigraphStore as RdflibStore
    except ImportError as error:
        raise UsageError("as_rdflib", "oxrdflib is not installed", how_to_get("stores")) from error
    from rdflib import Dataset

    opened = OxigraphStore(path)
    dataset = Dataset(store=RdflibStore(store=opened.inner))
    weakref.finalize(dataset, opened.close)
    return dataset
