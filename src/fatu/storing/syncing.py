"""Graphs with a digest → a store that holds just these: what is new or has changed is written, what is gone is taken
out, all else is left alone. A store that is made anew is filled in bulk, piece by piece, and goes on where a killed
run stopped.
"""

from __future__ import annotations

import hashlib
import shutil
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph

from ..describing.terms import Quad, string, write_quad
from ..errors import StoreError
from ..iris import Iris
from .disk import OxigraphStore, explain_error, is_store
from .doubling import double_nquads
from .filling import fill
from .leases import leases
from .memory import ox_quad, with_default
from .registering import Source, default_registry, store_registry
from .remote import RemoteStore, is_url

_BATCH = 50_000
"""Quads, at the least, of one transaction, which is held in memory."""
_DIGEST = "digest"

Tell = Callable[[int, int], None]
"""Hears how many units are done, of how many."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Graphs that are made together."""

    graphs: tuple[str, ...]
    digest: str
    """SHA-256 of their statements; each graph carries it as its fatu:digest."""
    load: Callable[[], bytes]
    """Their N-Quads, a line each in the usual form, without the digest."""


@dataclass(frozen=True, slots=True)
class Synchronised:
    """What was done to a store."""

    written: int
    """Units that were new or had changed."""
    removed: int
    """Graphs that were taken out."""


Units = Callable[[], Iterator[Unit]]
"""Gives the units anew each time, in the same order."""


def synchronise(where: str | Path, units: Units, iris: Iris, tell: Tell = lambda *_: None) -> Synchronised:
    """Make a store, a folder or a server by its URL, hold the graphs of `units` and no others that carry a digest.
    Graphs without one, which others loaded, stay. The registry is that of all reports in the store.

    A folder is never half there: one that is new, or mostly changes, is made beside and takes the place of the old;
    else graphs are replaced in transactions. Either may be broken off at any moment and goes on when run again.

    Raises StoreError where the store is in use, does not answer, or has no room.
    """
    if is_url(str(where)):
        with RemoteStore(str(where)) as server:
            return _update(server, server.digests(iris.term(_DIGEST)), units, iris, tell)
    folder = Path(where)
    if not is_store(folder):
        if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
            raise StoreError(str(where), "exists and is not a store", "choose another folder")
        return _create(folder, units, iris, tell)
    with OxigraphStore(folder, writable=True) as store:
        there = dict(store.digests(iris.term(_DIGEST)))
        own = {iris.registry_graph, *there}
        if not (_is_mostly_new(units, there) and own.issuperset(store.graph_names())):
            with _explained(folder):
                _clear_all(folder)
            return _update(store, there.items(), units, iris, tell)
        wanted = {iris.registry_graph, *(graph for unit in units() for graph in unit.graphs)}
        removed = len(there.keys() - wanted)
    made = _create(folder, units, iris, tell)
    return Synchronised(made.written, removed)


def _is_mostly_new(units: Units, there: dict[str, str]) -> bool:
    changed = count = 0
    for unit in units():
        count += 1
        changed += any(there.get(graph) != unit.digest for graph in unit.graphs)
    return changed * 2 > count


_BROKEN_OFF = "bulk-*.sst"
"""Files of a bulk load that was killed: Oxigraph does not know them any more, and leaves them there."""


# ---- a store that is made anew -------------------------------------------------------------------------------


def _create(folder: Path, units: Units, iris: Iris, tell: Tell) -> Synchronised:
    """Fills a folder beside, piece by piece, and puts it in the place of the old one."""
    beside = folder.with_name(f".{folder.name}.part")
    old = folder.with_name(f".{folder.name}.old")
    mark = folder.with_name(f".{folder.name}.done")
    plan, count = _plan(units)
    with _explained(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        done = _done(mark, plan) if is_store(beside) else 0
        if not done:
            _clear(beside)
        else:
            leases.give_back(leases.take(beside, writable=False))
            for left in beside.glob(_BROKEN_OFF):
                left.unlink()
        store = pyoxigraph.Store(str(beside))
        try:
            _fill(store, beside, _after(units, done), iris, _Progress(mark, plan, done, count, tell))
            _finish(store, iris, plan)
        except BaseException as error:
            traceback.clear_frames(
                error.__traceback__
            )  # they hold the store, which writes until it is let go
            raise
        finally:
            del store
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
            folder.rename(old)
        beside.rename(folder)
        mark.unlink(missing_ok=True)
        shutil.rmtree(old, ignore_errors=True)
    return Synchronised(count, 0)


def _plan(units: Units) -> tuple[str, int]:
    """A digest of what is to be loaded, and how many units that are."""
    plan, count = hashlib.sha256(), 0
    for unit in units():
        plan.update(f"{' '.join(unit.graphs)} {unit.digest}\n".encode())
        count += 1
    return plan.hexdigest(), count


def _done(mark: Path, plan: str) -> int:
    """How many units a killed run of the same plan has loaded."""
    try:
        of, done = mark.read_text("ascii").split()
    except (OSError, ValueError):
        return 0
    return int(done) if of == plan and done.isdecimal() else 0


def _clear_all(folder: Path) -> None:
    """Takes away what a run left that was killed while it made the store anew."""
    _clear(folder.with_name(f".{folder.name}.part"))
    _clear(folder.with_name(f".{folder.name}.old"))
    folder.with_name(f".{folder.name}.done").unlink(missing_ok=True)


def _clear(beside: Path) -> None:
    if beside.exists():
        # Left by a run that was killed; where one is under way, taking it fails.
        leases.give_back(leases.take(beside, writable=False))
        shutil.rmtree(beside)


def _after(units: Units, done: int) -> Iterator[Unit]:
    each = units()
    for _ in range(done):
        next(each, None)
    return each


@dataclass
class _Progress:
    """How far the filling is, kept in a file beside the store."""

    mark: Path
    plan: str
    before: int
    """Units that a killed run has loaded."""
    count: int
    tell: Tell

    def reach(self, units: int) -> None:
        """So many more are in the store, whatever happens now."""
        done = self.before + units
        self.mark.write_text(f"{self.plan} {done}", "ascii")
        self.tell(done, self.count)


def _fill(
    store: pyoxigraph.Store, beside: Path, units: Iterator[Unit], iris: Iris, progress: _Progress
) -> None:
    """Loads the N-Quads of units, each statement twice: in its graph, and in the default graph."""
    term = iris.term(_DIGEST)
    with fill(store, beside, progress.reach, units=progress.count - progress.before) as filling:
        for unit in units:
            double_nquads(_with_digest(unit, term), filling)
            filling.end_unit()


def _with_digest(unit: Unit, term: str) -> bytes:
    return (
        unit.load()
        + "".join(
            f"{write_quad(Quad(graph, term, string(unit.digest), graph))}\n" for graph in unit.graphs
        ).encode()
    )


def _finish(store: pyoxigraph.Store, iris: Iris, plan: str) -> None:
    """Adds the registry's graph."""
    quads = chain(default_registry(store, iris), [_registered(iris, plan)])
    store.bulk_extend(with_default(quads))


# ---- a store that is there -----------------------------------------------------------------------------------


def _update(
    store: OxigraphStore | RemoteStore, there: Iterable[tuple[str, str]], units: Units, iris: Iris, tell: Tell
) -> Synchronised:
    """Replaces what differs, in batches of whole units, the registry with the last of them."""
    known = dict(there)
    plan, _ = _plan(units)
    is_registered = known.pop(iris.registry_graph, "") == plan
    gone = set(known)
    changed = []
    for position, unit in enumerate(units()):
        gone.difference_update(unit.graphs)
        if any(known.get(graph) != unit.digest for graph in unit.graphs):
            changed.append(position)
    batch = pyoxigraph.Store()
    for graph in sorted(gone):
        batch.add_graph(pyoxigraph.NamedNode(graph))
    done, wanted, term = 0, set(changed), iris.term(_DIGEST)
    for position, unit in enumerate(units()):
        if position not in wanted:
            continue
        batch.bulk_load(_with_digest(unit, term), format=pyoxigraph.RdfFormat.N_QUADS)
        done += 1
        if len(batch) >= _BATCH:
            store.replace(batch)
            batch = pyoxigraph.Store()
            tell(done, len(changed))
    if changed or gone or not is_registered:
        _register(store, batch, iris, plan)
        tell(done, len(changed))
    return Synchronised(len(changed), len(gone))


def _registered(iris: Iris, plan: str) -> Quad:
    """Tells of which graphs the registry is, lest a killed run leave an old one unnoticed."""
    return Quad(iris.registry_graph, iris.term(_DIGEST), string(plan), iris.registry_graph)


def _register(store: OxigraphStore | RemoteStore, batch: pyoxigraph.Store, iris: Iris, plan: str) -> None:
    """Replaces the graphs of the last batch, with the registry of what is there then."""
    names = {graph.value for graph in batch.named_graphs() if isinstance(graph, pyoxigraph.NamedNode)}
    sources: list[tuple[Source, Collection[str]]] = [(batch, ()), (store.source, names)]
    registry = list(store_registry(sources, iris))  # before the batch changes
    batch.add_graph(pyoxigraph.NamedNode(iris.registry_graph))
    batch.extend(map(ox_quad, (*registry, _registered(iris, plan))))
    store.replace(batch)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """What the system says while a store is made, as one line."""
    try:
        yield
    except OSError as error:
        raise explain_error(str(folder), error) from error
