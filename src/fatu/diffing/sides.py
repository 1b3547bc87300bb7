"""What a user compares (graph files, stores, quads in memory) → both sides report by report → what changed.

One report is in memory at a time, or one file, where that holds several. Parts of one name on both sides are read
together; a file that is the same byte for byte on both is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from ..describing.terms import Quad
from ..errors import ArgumentError, InputError
from ..exporting.statements import Statements
from ..iris import Iris
from ..reading import InputFile
from ..storing.disk import is_store
from ..storing.files import SYNTAXES, find_graphs, read_own_quads
from ..storing.fitting import no_report
from ..storing.opening import open_store
from ..storing.remote import is_url
from ..storing.union import graphs_of_reports, read_store_graphs
from .change import GraphChanges, ReportChanges
from .changing import find_changes, only_in
from .facts import ReportFacts, read_facts

Facts = dict[str, ReportFacts]
"""IRI of a report → what is said of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is read of a side at one time."""

    name: str
    """By which it is read together with one of the other side: a report's folder, its id in a store."""
    where: str
    """As an error names it."""
    quads: Callable[[], Sequence[Quad]]
    file: Path | None = None
    """Where it is a graph file."""


@dataclass(slots=True)
class Side:
    """One of two graphs, and what was read of it last."""

    parts: Sequence[Part]
    iris: Iris
    _last: tuple[Part, Facts] | None = field(default=None, init=False)

    def read(self, part: Part) -> Facts:
        """The facts of the reports in a part. Raises InputError where it holds none under the base."""
        if self._last is None or self._last[0] is not part:
            statements = Statements.of(part.quads(), self.iris)
            self._last = part, {facts.iri: facts for facts in read_facts(statements)}
        return self._last[1]


def holds_graphs(where: str | Path) -> bool:
    """Whether something is, or is meant to be, graphs: a store, a graph file, a folder with some; else it is a report,
    or a folder of reports. What does not exist is taken for graphs, so that it is told of as they are."""
    path = Path(where)
    if is_url(str(where)) or not path.exists():
        return True
    if path.is_dir():
        return is_store(path) or (path / "graph.trig").is_file() or any(path.glob("*/graph.trig"))
    return path.suffix in SYNTAXES


def open_graphs(where: str | Path, iris: Iris) -> AbstractContextManager[Side]:
    """A side that is a graph file, a folder of graphs, or a store by its folder or URL; the store is closed at the end.

    Raises InputError for a path that holds no graphs, StoreError for a store that cannot be opened.
    """
    if is_url(str(where)) or is_store(Path(where)):
        return _open_stored(str(where), iris)
    files = find_graphs([where])
    names = [file.parent.name if len(files) > 1 else "" for file in files]

    def part(name: str, file: Path) -> Part:
        return Part(name, str(file), lambda: read_own_quads(file, iris), file)

    return nullcontext(Side([part(name, file) for name, file in zip(names, files, strict=True)], iris))


def building_side(
    where: str | Path, files: Sequence[InputFile], build: Callable[[InputFile], Sequence[Quad]], iris: Iris
) -> Side:
    """A side that is reports, whose quads `build` makes when they are needed: the files that `where` stands for."""
    root = str(where)

    def part(file: InputFile) -> Part:
        return Part(file.name.removeprefix(root).lstrip("/"), file.name, lambda: build(file))

    return Side([part(file) for file in files], iris)


@contextmanager
def _open_stored(where: str, iris: Iris) -> Iterator[Side]:
    with open_store(where) as store:
        graphs = graphs_of_reports(store.graph_names(), iris)
        if not graphs:
            raise no_report(where, iris)

        def part(report: str, names: list[str]) -> Part:
            return Part(report, f"{where} ({report})", lambda: read_store_graphs(store, names, where))

        yield Side([part(report, names) for report, names in sorted(graphs.items())], iris)


# ---- both sides -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Met:
    """A report that was met on one side, and what is to be told if it stays alone."""

    part: Part
    alone: ReportChanges


def diff_sides(old: Side, new: Side, only: Collection[str] = ()) -> GraphChanges:
    """What changed between two graphs, report by report; with `only`, of the reports of these ids.

    Reports are matched by their IRIs; two sides with one report each are compared, whatever these are called.
    Raises InputError where a part cannot be read or a side has a report twice, ArgumentError for an id that neither
    has.
    """
    met: tuple[dict[str, _Met], dict[str, _Met]] = ({}, {})
    done: dict[str, ReportChanges] = {}
    for pair in _together(old.parts, new.parts):
        found = _read(pair, (old, new))
        for known, part, facts in zip(met, pair, found, strict=True):
            for iri, report in facts.items():
                assert part is not None
                _refuse_twice(report, part, known)
                known[iri] = _Met(part, only_in(report, known is met[1]))
        for iri in found[0].keys() & found[1].keys():
            done[iri] = find_changes(found[0][iri], found[1][iri])
    for before, after in _apart(met, done):
        one, other = old.read(met[0][before].part)[before], new.read(met[1][after].part)[after]
        done[before] = done[after] = find_changes(one, other)
    for known in met:
        for iri in known.keys() - done.keys():
            done[iri] = known[iri].alone
    unique = {changes.report: changes for _, changes in sorted(done.items())}
    return GraphChanges(tuple(_chosen(unique, only)))


def _together(old: Sequence[Part], new: Sequence[Part]) -> Iterator[tuple[Part | None, Part | None]]:
    """The parts of one name, by name; if each side is one part, these two."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    left = {part.name: part for part in old}
    right = {part.name: part for part in new}
    for name in sorted(left.keys() | right.keys()):
        yield left.get(name), right.get(name)


def _read(pair: tuple[Part | None, Part | None], sides: tuple[Side, Side]) -> tuple[Facts, Facts]:
    before, after = pair
    facts = sides[0].read(before) if before else {}
    if before and after and sides[0].iris == sides[1].iris and _is_copy(before, after):
        return facts, facts
    return facts, sides[1].read(after) if after else {}


def _is_copy(before: Part, after: Part) -> bool:
    """Whether two parts are files with the same bytes."""
    if before.file is None or after.file is None:
        return False
    try:
        return before.file.read_bytes() == after.file.read_bytes()
    except OSError:
        return False  # reading it will say why


def _refuse_twice(report: ReportFacts, part: Part, known: dict[str, _Met]) -> None:
    if report.iri in known:
        first = known[report.iri].part.where
        raise InputError(part.where, f"is report {report.id}, as {first} is", "leave one of the two out")


def _apart(
    met: tuple[dict[str, _Met], dict[str, _Met]], done: dict[str, ReportChanges]
) -> Iterator[tuple[str, str]]:
    """The reports that both sides have in parts of different names; or the only one of each."""
    if len(met[0]) == len(met[1]) == 1 and not done:
        yield next(iter(met[0])), next(iter(met[1]))
        return
    yield from ((iri, iri) for iri in met[0] if iri in met[1] and iri not in done)


def _chosen(reports: dict[str, ReportChanges], only: Collection[str]) -> Iterator[ReportChanges]:
    for name in only:
        if name not in reports:
            raise ArgumentError(
                "report", f"neither side has a report {name!r}", "write its id: 410203-gov-2020"
            )
    return (changes for name, changes in reports.items() if not only or name in only)
