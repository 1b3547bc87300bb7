"""Files → a store: every report of a corpus read once, and again only when it or the program has changed."""

from __future__ import annotations

import hashlib
import pickle
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Literal, TypeVar

from ..describing.dataset import vocabulary_quads
from ..describing.terms import write_quad
from ..errors import InputError, StoreError, UsageError
from ..iris import Iris
from ..lexicon.extension import extended
from ..model import Overrides
from ..paths import Paths, each_path
from ..reading import InputFile, LeftOut, find_inputs
from ..storing.syncing import Synchronised, Unit, synchronise
from .engines import Engine, OneProcess
from .index import Candidate, File, Index, Lacking, Reported, Version
from .keys import Setting
from .parts import Failure, Job, LoadedFile, Made, Part, part_nquads
from .records import Record
from .relating import Around, relate
from .shelf import Shelf

T = TypeVar("T")
Stage = Literal["list", "read", "relate", "store", "settle"]
_TOGETHER = 200
"""Files or reports of one transaction of the index."""
_UNKNOWN = Overrides()
_LITERAL = re.compile(rb'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is."""

    stage: Stage
    done: int
    of: int


@dataclass(slots=True)
class Watcher:
    """Hears how it goes."""

    progress: Callable[[Progress], None] = lambda _: None
    note: Callable[[str], None] = lambda _: None
    """What was left out, as it is met."""


@dataclass(slots=True)
class Summary:
    """What a run did."""

    files: int = 0
    made: int = 0
    """Files that were read; all others were known."""
    failures: list[tuple[str, str]] = field(default_factory=list)
    """Path and problem of the first files that are no report that can be read, or claim the report of another."""
    failed: int = 0
    """How many those are."""
    failure_list: Path | None = None
    """Where all of them are told: path, tab, problem."""
    noted: int = 0
    """Notes on files that were read: what was left out, or overruled."""
    note_list: Path | None = None
    """Where they are told: path, tab, note."""
    reports: int = 0
    statements: int = 0
    """Of their graphs, each as often as graphs say it. (How many triples a store holds takes it a minute to count.)"""
    repeated: int = 0
    """Files with the text of another."""
    versions: int = 0
    """Earlier texts of reports."""
    stored: Synchronised | None = None


class Corpus:
    """Reports on disk, and what is known of them: parts on a shelf, and an index. Use it in a `with` statement.

    Everything is kept in one folder, `cache`; whatever run is broken off there goes on when it is run again.
    """

    def __init__(self, cache: str | Path, setting: Setting | None = None, is_new: bool = True) -> None:
        """Raises StoreError where the folder cannot be written, or another run has it; where it is not there and not
        to be made (`is_new` False), too."""
        if not is_new and not Path(cache, "index.sqlite").is_file():
            raise StoreError(
                str(cache), "no corpus was built with it", "give --cache as fatu corpus build had it"
            )
        self.setting = setting or Setting()
        self.iris = Iris(self.setting.base)
        self._folder = Path(cache)
        self._shelf = Shelf(self._folder / "parts")
        self._index = Index(self._folder / "index.sqlite")
        self._last: tuple[str, Record | None] = "", None

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others build."""
        self._index.close()

    def build(
        self,
        inputs: Paths,
        store: str | Path | None,
        engine: Engine | None = None,
        told: Callable[[str], Overrides] = lambda _: _UNKNOWN,
        watcher: Watcher | None = None,
    ) -> Summary:
        """Make a store hold the reports in files and folders, no more and no less. Without a store, only make parts.

        `told` gives what is known of a file by its path. Raises InputError where no file is a report at all (the store
        stays as it is), StoreError where store or cache cannot be written; what was done is kept.
        """
        inputs, watcher, summary = each_path(inputs), watcher or Watcher(), Summary()
        self._list(inputs, told, watcher)
        self._make(engine or OneProcess(), told, watcher, summary)
        self._choose(summary)
        self._tell_failures(summary)
        self._tell_notes(summary)
        if not summary.reports:
            where = ", ".join(map(str, inputs)) or "nothing"
            first = summary.failures[0][1].removeprefix(f"{where}: ") if summary.failures else ""
            problem = f"no report in it: {first}" if first else "no report in it"
            raise InputError(where, problem, "the store is left as it is")
        self._relate(watcher)
        summary.statements = self._index.count_statements()
        if store is not None:

            def tell(done: int, of: int) -> None:
                watcher.progress(Progress("store", done, of))
                if done == of:
                    watcher.progress(Progress("settle", 0, 1))

            summary.stored = synchronise(store, self.units, self.iris, tell)
            watcher.progress(Progress("settle", 1, 1))
            with self._index.writing():
                self._index.drop_unused_parts()
            self._shelf.prune(self._index.needs_part)
        return summary

    def _tell_failures(self, summary: Summary) -> None:
        """Writes down all files that failed, and counts them."""
        summary.failure_list = self._folder / "failures.tsv"
        for path, problem in _write_down(self._index.failed_files(), summary.failure_list):
            summary.failed += 1
            if summary.failed <= _SHOWN:
                summary.failures.append((path, problem))

    def _tell_notes(self, summary: Summary) -> None:
        """Writes down all notes, and counts them."""
        summary.note_list = self._folder / "notes.tsv"
        summary.noted = sum(1 for _ in _write_down(self._index.noted_files(), summary.note_list))

    # ---- files → parts --------------------------------------------------------------------------------------

    def _list(self, inputs: Iterable[str | Path], told: Callable[[str], Overrides], watcher: Watcher) -> None:
        """Takes down all files with their keys."""
        run = self._index.next_run()
        for some in _together(self._find(inputs, told, watcher)):
            with self._index.writing():
                self._index.list_files(some, run)
        with self._index.writing():
            self._index.forget_files(run)

    def _find(
        self, inputs: Iterable[str | Path], told: Callable[[str], Overrides], watcher: Watcher
    ) -> Iterator[File]:
        seen = 0
        for found in find_inputs(inputs, self.setting.limits):
            if isinstance(found, LeftOut):
                watcher.note(str(found))
                continue
            seen += 1
            if seen % _TOGETHER == 0:
                watcher.progress(Progress("list", seen, 0))
            if isinstance(found, InputFile):
                try:
                    key = self.setting.key(found.load(self.setting.limits.bytes), told(found.name))
                    yield File(found.name, pickle.dumps(found), key, "")
                except InputError as error:
                    yield File(found.name, b"", "", str(error))
            else:
                yield File(found.where, b"", "", str(found))

    def _make(
        self, engine: Engine, told: Callable[[str], Overrides], watcher: Watcher, summary: Summary
    ) -> None:
        """Makes the parts that are lacking."""
        with self._index.writing():
            self._index.recall_parts(self._shelf.has)
        summary.files, waiting = self._index.count_files()
        for some in _together(self._shelved(engine.make(self._jobs(told), self.setting))):
            with self._index.writing():
                for made in some:
                    if isinstance(made, Failure):
                        self._index.fail(made.key, made.problem)
                    else:
                        self._index.add_part(made)
            summary.made += len(some)
            watcher.progress(Progress("read", summary.made, max(waiting, summary.made)))

    def _shelved(self, made: Iterable[Made]) -> Iterator[Made]:
        """Puts each part on the shelf as soon as it is made."""
        for one in made:
            if isinstance(one, Part):
                self._shelf.put(one.key, one.content)
            yield one

    def _jobs(self, told: Callable[[str], Overrides]) -> Iterator[Job]:
        """The files to be read, but for those whose part is on the shelf."""
        for path, place, key, _ in self._index.open_files():
            known = self._shelf.read(key)
            if known is not None:
                with self._index.writing():
                    self._index.add_part(known)
                continue
            file: InputFile = pickle.loads(place)
            try:
                data = file.load(self.setting.limits.bytes)
            except InputError as error:
                with self._index.writing():
                    self._index.fail(key, str(error))
                continue
            now = self.setting.key(data, told(path))
            if now != key:  # written to since it was listed
                with self._index.writing():
                    self._index.rekey(path, now)
            yield Job(now, LoadedFile(path, data=data), told(path))

    # ---- parts → reports ------------------------------------------------------------------------------------

    def _choose(self, summary: Summary) -> None:
        """Decides which file tells each report, and takes down what has changed."""
        conflicts: list[tuple[str, str]] = []
        names = self._index.report_ids()
        known = next(names, None)
        gone: list[str] = []
        for some in _together(groupby_id(self._index.candidates())):
            with self._index.writing():
                for candidates in some:
                    name = candidates[0].id
                    while known is not None and known < name:
                        gone.append(known)
                        known = next(names, None)
                    if known == name:
                        known = next(names, None)
                    self._choose_one(candidates, conflicts, summary)
        gone += [*([] if known is None else [known]), *names]
        with self._index.writing():
            self._index.set_conflicts(conflicts)
            if summary.reports:
                for name in gone:
                    self._index.drop_report(name)

    def _choose_one(
        self, candidates: list[Candidate], conflicts: list[tuple[str, str]], summary: Summary
    ) -> None:
        """Of files with one text the first is read; of several texts that published last, where the days tell."""
        texts = list({candidate.sha256: candidate for candidate in reversed(candidates)}.values())[::-1]
        summary.reports += 1
        summary.repeated += len(candidates) - len(texts)
        days = [text.published for text in texts]
        if all(days) and len(set(days)) == len(days):
            *earlier, chosen = texts
        else:
            earlier = []
            chosen, *others = sorted(texts, key=lambda text: text.path)
            for other in others:
                problem = f"is report {other.id}, as {chosen.path} is, with another text"
                remedy = (
                    "leave one out, or tell them apart in --metadata: by id, or by the day of publication"
                )
                conflicts.append((other.path, str(InputError(other.path, problem, remedy))))
        versions = [Version(v.id, v.sha256, v.key, v.published) for v in earlier]
        before = self._index.report(chosen.id)
        kept = [v for v in self._index.versions(chosen.id) if v.sha256 != chosen.sha256]
        if before is not None and before.sha256 != chosen.sha256:
            # Published anew in the place of the old text: that stays, as history.
            kept.append(Version(before.id, before.sha256, before.key, self._published(before.key)))
        told = {v.sha256 for v in versions}
        versions += [v for v in kept if v.sha256 not in told and self._shelf.has(v.key)]
        self._take(chosen, before)
        self._index.set_versions(chosen.id, versions)
        summary.versions += len(versions)

    def _take(self, chosen: Candidate, before: Reported | None) -> None:
        if before is not None and before.digest == chosen.digest:
            if before.key != chosen.key:
                self._index.rename_part(chosen.id, chosen.key)
            return
        now = Reported(
            chosen.id, chosen.iri, chosen.key, chosen.digest, chosen.area, chosen.reporter, chosen.year, chosen.sha256
        )  # fmt: skip
        self._index.set_report(now, self._part(chosen.key).record)

    def _published(self, key: str) -> str:
        part = self._shelf.read(key)
        return part.record.published if part else ""

    # ---- what the corpus tells ------------------------------------------------------------------------------

    def _relate(self, watcher: Watcher) -> None:
        """Finds out anew what the corpus tells about reports around which something has changed."""
        count, done = self._index.count_stale(), 0
        with extended(self.setting.guidance.lexicon):
            while stale := self._index.stale_reports(_TOGETHER):
                with self._index.writing():
                    for report in stale:
                        lines = self._relations(report)
                        digest = hashlib.sha256(lines).hexdigest() if lines else ""
                        self._index.set_relations(
                            report.id, zlib.compress(lines, 1) if lines else b"", digest
                        )
                done += len(stale)
                watcher.progress(Progress("relate", done, count))

    def _relations(self, report: Reported) -> bytes:
        part = self._part(report.key)
        before = tuple(self._record(other.key) for other in self._index.neighbours(report, -1))
        shared = self._index.shared_paragraphs(report.id)
        self._last = report.key, part.record
        versions = tuple(self._index.versions(report.id))
        text = text_of(part_nquads(part.content), self.iris) if shared else ""
        quads = relate(part.record, Around(before, shared, versions), text, self.iris)
        return "".join(sorted(f"{write_quad(quad)}\n" for quad in quads)).encode()

    def _record(self, key: str) -> Record:
        """The record of a part, most often of the one before: of a government's reports one year follows the other."""
        last, record = self._last
        return record if record and key == last else self._part(key).record

    def _part(self, key: str) -> Part:
        """A part that the index knows. Raises StoreError where it is lost."""
        part = self._shelf.read(key)
        if part is None:
            raise self._lost(key)
        return part

    def _lost(self, key: str) -> StoreError:
        """Takes what is left of a part off the shelf, so that the next run makes it anew."""
        self._shelf.drop(key)
        problem = "has lost a part, or it is damaged"
        return StoreError(str(self._shelf.folder), problem, "run it again: it is made anew")

    def lacking(self) -> Iterator[Lacking]:
        """What its reports count that the catalogue has no indicator for, what most of them count first."""
        return self._index.lacking()

    # ---- earlier texts --------------------------------------------------------------------------------------

    def versions(self, report: str) -> list[Version]:
        """The earlier texts of a report by its id, by day of publication. Raises UsageError where the corpus has none
        of this id."""
        if self._index.report(report) is None:
            raise UsageError(
                "report", f"the corpus has none with the id {report!r}", "an id is 410203-gov-2020"
            )
        return self._index.versions(report)

    def version_quads(self, version: Version) -> bytes:
        """The N-Quads of the graph that an earlier text had. Raises StoreError where they are lost."""
        try:
            return part_nquads(self._shelf.get(version.key) or b"")
        except ValueError:
            problem = f"has lost an earlier text of {version.id}"
            raise StoreError(str(self._shelf.folder), problem, "build it from its file") from None

    def version_text(self, version: Version) -> str:
        """An earlier text of a report. Raises StoreError where it is lost."""
        return text_of(self.version_quads(version), self.iris)

    # ---- reports → graphs -----------------------------------------------------------------------------------

    def units(self) -> Iterator[Unit]:
        """The graphs of the corpus: the vocabulary's, then of each report its own, and what the corpus tells of it."""
        digest = hashlib.sha256(self._vocabulary).hexdigest()
        yield Unit((self.iris.vocabulary_graph,), digest, lambda: self._vocabulary)
        for report, relations in self._index.reports():
            graphs = self.iris.graph("report", report.iri), self.iris.graph("audit", report.iri)
            yield Unit(graphs, report.digest, self._loader(report))
            if relations:
                graph = self.iris.graph("corpus", report.iri)
                yield Unit((graph,), relations, self._relations_loader(report))

    @cached_property
    def _vocabulary(self) -> bytes:
        """Its N-Quads."""
        return "".join(f"{write_quad(quad)}\n" for quad in vocabulary_quads(self.iris)).encode()

    def _loader(self, report: Reported) -> Callable[[], bytes]:
        def load() -> bytes:
            content = self._shelf.get(report.key)
            try:
                return part_nquads(content or b"")
            except ValueError:
                raise self._lost(report.key) from None

        return load

    def _relations_loader(self, report: Reported) -> Callable[[], bytes]:
        return lambda: zlib.decompress(self._index.relations(report.id))


_SHOWN = 20
"""Failures that a summary names."""


def text_of(nquads: bytes, iris: Iris) -> str:
    """The text of a report, by its N-Quads."""
    predicate = f"/text> <{iris.term('text')}> ".encode()
    start = -1
    # Looked for first: a pattern would try every line.
    while (start := nquads.find(predicate, start + 1)) >= 0:
        if b" " not in nquads[nquads.rfind(b"\n", 0, start) + 1 : start]:  # not within the words of another
            found = _LITERAL.match(nquads, start + len(predicate))
            return _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]), found[1].decode()) if found else ""
    return ""


def _write_down(rows: Iterable[tuple[str, str]], into: Path) -> Iterator[tuple[str, str]]:
    """Gives the rows on, written to a file, a line each."""
    with into.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for path, words in rows:
            file.write(f"{path}\t{words}\n")
            yield path, words


def groupby_id(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Candidates of one report together."""
    return (list(group) for _, group in groupby(candidates, key=lambda candidate: candidate.id))


def _together(things: Iterable[T]) -> Iterator[list[T]]:
    some: list[T] = []
    for thing in things:
        some.append(thing)
        if len(some) == _TOGETHER:
            yield some
            some = []
    if some:
        yield some
