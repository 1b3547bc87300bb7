"""What stands where in a corpus: files, parts, reports, their paragraphs. A database of one file, so that a corpus of
any size needs the same memory and a killed run loses no more than what was under way.

It holds nothing that could not be found out anew from the files and the parts, but for earlier versions of reports.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import StoreError
from .parts import Part
from .records import Record

_LAYOUT = 3
"""Number of this layout; a database with another one is made anew."""
_TABLES = """
CREATE TABLE file (path TEXT PRIMARY KEY, place BLOB, key TEXT, problem TEXT, run INTEGER) WITHOUT ROWID;
CREATE INDEX file_of_key ON file (key);
CREATE TABLE part (
    key TEXT PRIMARY KEY, id TEXT, iri TEXT, area TEXT, reporter TEXT, year INTEGER, published TEXT, sha256 TEXT,
    digest TEXT, quads INTEGER, notes TEXT
) WITHOUT ROWID;
CREATE TABLE report (
    id TEXT PRIMARY KEY, iri TEXT, key TEXT, digest TEXT, area TEXT, reporter TEXT, year INTEGER, sha256 TEXT,
    is_stale INTEGER, relations BLOB, relations_digest TEXT
) WITHOUT ROWID;
CREATE INDEX report_of_reporter ON report (reporter, year);
CREATE INDEX report_stale ON report (is_stale) WHERE is_stale;
CREATE TABLE version (id TEXT, sha256 TEXT, key TEXT, published TEXT, PRIMARY KEY (id, sha256)) WITHOUT ROWID;
CREATE TABLE paragraph (digest TEXT, area TEXT, id TEXT, PRIMARY KEY (digest, area, id)) WITHOUT ROWID;
CREATE INDEX paragraph_of_report ON paragraph (id);
CREATE TABLE lacking (
    id TEXT, phrase TEXT, unit TEXT, figures INTEGER, words TEXT, PRIMARY KEY (id, phrase, unit)
) WITHOUT ROWID;
CREATE TABLE problem (path TEXT, problem TEXT);
"""

_BEFORE = 2
_CHANGES = "ALTER TABLE lacking ADD COLUMN words TEXT; UPDATE report SET digest = ''"
"""Makes this layout of the one before, which keeps the earlier versions of reports: all reports count as changed."""


class File(NamedTuple):
    """A file of the corpus: its path, where it lies (pickled), its key, why it failed."""

    path: str
    place: bytes
    key: str
    problem: str


class Reported(NamedTuple):
    """A report as it stands."""

    id: str
    iri: str
    key: str
    digest: str
    area: str
    reporter: str
    year: int
    sha256: str


class Version(NamedTuple):
    """An earlier text of a report."""

    id: str
    sha256: str
    key: str
    published: str


class Lacking(NamedTuple):
    """Something that reports count and the catalogue has no indicator for."""

    phrase: str
    unit: str
    reports: int
    figures: int
    example: str
    """Id of a report that counts it."""
    words: str
    """The sentence in which it does."""


class Candidate(NamedTuple):
    """A file that holds a report."""

    id: str
    path: str
    key: str
    sha256: str
    published: str
    iri: str
    area: str
    reporter: str
    year: int
    digest: str


class Index:
    """The database of one corpus. One run at a time."""

    def __init__(self, path: Path) -> None:
        """Raises StoreError where another run has it, or it cannot be written."""
        self._path = path
        with self._explained():
            self._db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = NORMAL")
                self._db.execute("PRAGMA cache_size = -32000")
                self._db.execute("BEGIN EXCLUSIVE")
                (layout,) = self._db.execute("PRAGMA user_version").fetchone()
                if layout == _BEFORE:
                    for statement in _CHANGES.split(";"):
                        self._db.execute(statement)
                elif layout != _LAYOUT:
                    for (name,) in self._db.execute(
                        "SELECT name FROM sqlite_master WHERE type = 'table'"
                    ).fetchall():
                        self._db.execute(f'DROP TABLE "{name}"')
                    for statement in _TABLES.split(";"):
                        self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {_LAYOUT}")
                self._db.execute("COMMIT")
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All changes within it, or none. Raises StoreError where there is no room."""
        with self._explained():
            self._db.execute("BEGIN")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            where = str(self._path.parent)
            if "locked" in str(error):
                raise StoreError(
                    where, "another run is building this corpus", "wait for it, or end it"
                ) from error
            remedy = "make room, or give another folder with --cache; what is done is kept"
            raise StoreError(where, f"cannot be written ({error})", remedy) from error
        except sqlite3.DatabaseError as error:
            remedy = f"take {self._path} away: it is made anew from the parts beside it"
            raise StoreError(str(self._path), f"is damaged ({error})", remedy) from error

    # ---- files ----------------------------------------------------------------------------------------------

    def next_run(self) -> int:
        """The number of this run."""
        (last,) = self._db.execute("SELECT max(run) FROM file").fetchone()
        return (last or 0) + 1

    def list_files(self, files: Iterable[File], run: int) -> None:
        """Take files into the list."""
        rows = ((*file, run) for file in files)
        self._db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", rows)

    def forget_files(self, run: int) -> int:
        """Take those files off the list that a run has not found; how many."""
        return self._db.execute("DELETE FROM file WHERE run < ?", (run,)).rowcount

    def count_files(self) -> tuple[int, int]:
        """How many files there are, and how many of them have no part yet."""
        (files,) = self._db.execute("SELECT count(*) FROM file").fetchone()
        (open_,) = self._db.execute(f"SELECT count(*) {_OPEN}").fetchone()
        return files, open_

    def open_files(self) -> Iterator[File]:
        """Files without a part, one for each key, by path."""
        select = f"SELECT path, place, key, problem {_OPEN} AND path > ? ORDER BY path LIMIT 1000"
        return (File(*row) for row in self._paged(select))

    def _paged(self, select: str) -> Iterator[tuple[Any, ...]]:
        """Rows by their first column, a thousand at a time, so that the table may be written to meanwhile."""
        last = ""
        while rows := self._db.execute(select, (last,)).fetchall():
            yield from rows
            last = rows[-1][0]

    def rekey(self, path: str, key: str) -> None:
        """A file that changed since it was listed."""
        self._db.execute("UPDATE file SET key = ? WHERE path = ?", (key, path))

    def fail(self, key: str, problem: str) -> None:
        """Files that are no report that can be read, and why."""
        self._db.execute("UPDATE file SET problem = ? WHERE key = ?", (problem, key))

    def failed_files(self) -> Iterator[tuple[str, str]]:
        """Path and problem of the files that failed, by path; of two files that claim one report the second."""
        select = (
            "SELECT path, problem FROM file WHERE problem <> '' UNION ALL SELECT path, problem FROM problem"
        )
        yield from self._db.execute(f"{select} ORDER BY path")

    def noted_files(self) -> Iterator[tuple[str, str]]:
        """Path and note of the files with something to tell that were read all the same, by path; a row for each."""
        select = "SELECT path, notes FROM file JOIN part USING (key) WHERE problem = '' AND notes <> '' ORDER BY path"
        for path, notes in self._db.cursor().execute(select):
            yield from ((path, note) for note in notes.split("\n"))

    # ---- parts ----------------------------------------------------------------------------------------------

    def recall_parts(self, is_there: Callable[[str], bool]) -> None:
        """Forget the parts of files that are no longer on the shelf."""
        select = (
            "SELECT key FROM part WHERE key > ? AND key IN (SELECT key FROM file) ORDER BY key LIMIT 1000"
        )
        for (key,) in self._paged(select):
            if not is_there(key):
                self.drop_part(key)

    def add_part(self, part: Part) -> None:
        """A part that is on the shelf."""
        record = part.record
        self._db.execute(
            "INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                part.key, record.id, record.iri, record.area, record.reporter, record.year, record.published,
                record.sha256, part.digest, part.quads, "\n".join(part.notes),
            ),
        )  # fmt: skip

    def drop_part(self, key: str) -> None:
        """A part that is no longer on the shelf."""
        self._db.execute("DELETE FROM part WHERE key = ?", (key,))

    def candidates(self) -> Iterator[Candidate]:
        """Files that hold reports, those of one report together, by publication and path."""
        rows = self._db.cursor().execute(
            "SELECT p.id, f.path, f.key, p.sha256, p.published, p.iri, p.area, p.reporter, p.year, p.digest "
            "FROM file f JOIN part p ON p.key = f.key WHERE f.problem = '' ORDER BY p.id, p.published, f.path"
        )
        return (Candidate(*row) for row in rows)

    def drop_unused_parts(self) -> None:
        """Forget the parts that neither a file nor a version has."""
        self._db.execute(
            "DELETE FROM part WHERE key NOT IN (SELECT key FROM file) AND key NOT IN (SELECT key FROM version)"
        )

    def needs_part(self, key: str) -> bool:
        """Whether the part of a key is one that is known, or of a version."""
        select = "SELECT EXISTS (SELECT 1 FROM part WHERE key = ?1) OR EXISTS (SELECT 1 FROM version WHERE key = ?1)"
        return bool(self._db.execute(select, (key,)).fetchone()[0])

    # ---- reports --------------------------------------------------------------------------------------------

    def report(self, name: str) -> Reported | None:
        """A report by its id."""
        row = self._db.execute(f"SELECT {_REPORTED} FROM report WHERE id = ?", (name,)).fetchone()
        return row and Reported(*row)

    def reports(self) -> Iterator[tuple[Reported, str]]:
        """All reports by id, each with the digest of what the corpus tells about it; empty where that is nothing."""
        select = f"SELECT {_REPORTED}, relations_digest FROM report ORDER BY id"
        return ((Reported(*row[:-1]), row[-1]) for row in self._db.cursor().execute(select))

    def count_statements(self) -> int:
        """How many statements the graphs of all reports have, but for what the corpus tells."""
        (count,) = self._db.execute("SELECT sum(quads) FROM report JOIN part USING (key)").fetchone()
        return int(count or 0)

    def report_ids(self) -> Iterator[str]:
        """The ids of all reports, sorted, but for what is written ahead of them meanwhile."""
        select = "SELECT id FROM report WHERE id > ? ORDER BY id LIMIT 1000"
        return (name for (name,) in self._paged(select))

    def neighbours(self, report: Reported, step: int) -> list[Reported]:
        """The reports of the same government or department of the year before (step -1) or after (1)."""
        rows = self._db.execute(
            f"SELECT {_REPORTED} FROM report WHERE reporter = ? AND year = ? ORDER BY id",
            (report.reporter, report.year + step),
        )
        return [Reported(*row) for row in rows]

    def set_report(self, report: Reported, record: Record) -> None:
        """A report that is new or has changed; what the corpus tells about it and its neighbours is stale."""
        row = (*report, 1, b"", "")
        self._forget_neighbours(report.id)
        self._db.execute("INSERT OR REPLACE INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._forget_neighbours(report.id)
        self._set_paragraphs(report.id, report.area, {paragraph.digest for paragraph in record.paragraphs})
        self._set_lacking(report.id, record.unmatched)

    def rename_part(self, name: str, key: str) -> None:
        """A report whose part has another key, and the same content."""
        self._db.execute("UPDATE report SET key = ? WHERE id = ?", (key, name))

    def drop_report(self, name: str) -> None:
        """A report that no file holds any longer, with its versions."""
        self._forget_neighbours(name)
        self._set_paragraphs(name, "", set())
        self._set_lacking(name, ())
        self._db.execute("DELETE FROM report WHERE id = ?", (name,))
        self._db.execute("DELETE FROM version WHERE id = ?", (name,))

    def _forget_neighbours(self, name: str) -> None:
        self._db.execute(
            "UPDATE report SET is_stale = 1 WHERE id IN (SELECT b.id FROM report a JOIN report b "
            "ON b.reporter = a.reporter AND b.year = a.year + 1 WHERE a.id = ?)",
            (name,),
        )

    def versions(self, name: str) -> list[Version]:
        """Earlier texts of a report, by day of publication."""
        rows = self._db.execute(
            "SELECT id, sha256, key, published FROM version WHERE id = ? ORDER BY published, sha256", (name,)
        )
        return [Version(*row) for row in rows]

    def set_versions(self, name: str, versions: Iterable[Version]) -> None:
        """The earlier texts of a report; what the corpus tells about it is stale where they change."""
        wanted = sorted(set(versions))
        if wanted != sorted(self.versions(name)):
            self._db.execute("DELETE FROM version WHERE id = ?", (name,))
            self._db.executemany("INSERT INTO version VALUES (?, ?, ?, ?)", wanted)
            self._db.execute("UPDATE report SET is_stale = 1 WHERE id = ?", (name,))

    def set_conflicts(self, conflicts: Iterable[tuple[str, str]]) -> None:
        """Path and problem of each file that claims the report of another."""
        self._db.execute("DELETE FROM problem")
        self._db.executemany("INSERT INTO problem VALUES (?, ?)", conflicts)

    # ---- what the corpus tells ------------------------------------------------------------------------------

    def count_stale(self) -> int:
        """How many reports there are of which it is to be found out what the corpus tells."""
        (count,) = self._db.execute("SELECT count(*) FROM report WHERE is_stale").fetchone()
        return int(count)

    def stale_reports(self, limit: int) -> list[Reported]:
        """Some of them, by id."""
        rows = self._db.execute(
            f"SELECT {_REPORTED} FROM report WHERE is_stale ORDER BY id LIMIT ?", (limit,)
        )
        return [Reported(*row) for row in rows]

    def set_relations(self, name: str, relations: bytes, digest: str) -> None:
        """What the corpus tells about a report, packed, and its digest; empty where that is nothing."""
        self._db.execute(
            "UPDATE report SET is_stale = 0, relations = ?, relations_digest = ? WHERE id = ?",
            (relations, digest, name),
        )

    def relations(self, name: str) -> bytes:
        """What the corpus tells about a report."""
        row = self._db.execute("SELECT relations FROM report WHERE id = ?", (name,)).fetchone()
        return bytes(row[0]) if row else b""

    def shared_paragraphs(self, name: str) -> set[str]:
        """Digests of those paragraphs of a report that a report of another area has too."""
        rows = self._db.execute("SELECT DISTINCT digest FROM paragraph WHERE id = ?", (name,)).fetchall()
        return {digest for (digest,) in rows if self._is_shared(digest)}

    def lacking(self) -> Iterator[Lacking]:
        """What reports count that the catalogue has no indicator for, what most of them count first."""
        rows = self._db.cursor().execute(
            "SELECT phrase, unit, count(*), sum(figures), min(id), coalesce(words, '') FROM lacking "
            "GROUP BY phrase, unit ORDER BY count(*) DESC, sum(figures) DESC, phrase, unit"
        )
        # Beside min(id), SQLite takes the words from the row that has it.
        return (Lacking(*row) for row in rows)

    def _set_lacking(self, name: str, unmatched: Iterable[tuple[str, str, str]]) -> None:
        words: dict[tuple[str, str], list[str]] = {}
        for phrase, unit, sentence in unmatched:
            words.setdefault((phrase, unit), []).append(sentence)
        self._db.execute("DELETE FROM lacking WHERE id = ?", (name,))
        rows = [(name, *key, len(sentences), sentences[0]) for key, sentences in sorted(words.items())]
        self._db.executemany("INSERT INTO lacking VALUES (?, ?, ?, ?, ?)", rows)

    def _set_paragraphs(self, name: str, area: str, new: set[str]) -> None:
        rows = self._db.execute("SELECT digest, area FROM paragraph WHERE id = ?", (name,)).fetchall()
        before = {(digest, of) for digest, of in rows}
        after = {(digest, area) for digest in new}
        touched = sorted({digest for digest, _ in before ^ after})
        was_shared = {digest: self._is_shared(digest) for digest in touched}
        self._db.executemany(
            "DELETE FROM paragraph WHERE digest = ? AND area = ? AND id = ?",
            [(*key, name) for key in sorted(before - after)],
        )
        self._db.executemany(
            "INSERT INTO paragraph VALUES (?, ?, ?)", [(*key, name) for key in sorted(after - before)]
        )
        for digest in touched:
            if self._is_shared(digest) != was_shared[digest]:
                self._db.execute(
                    "UPDATE report SET is_stale = 1 WHERE id IN (SELECT id FROM paragraph WHERE digest = ?)",
                    (digest,),
                )

    def _is_shared(self, digest: str) -> bool:
        """Whether reports of two areas have a paragraph; by the ends of the index, however many have it."""
        (is_shared,) = self._db.execute(
            "SELECT (SELECT area FROM paragraph WHERE digest = ?1 ORDER BY area LIMIT 1) "
            "IS NOT (SELECT area FROM paragraph WHERE digest = ?1 ORDER BY area DESC LIMIT 1)",
            (digest,),
        ).fetchone()
        return bool(is_shared)


_REPORTED = "id, iri, key, digest, area, reporter, year, sha256"
_OPEN = (
    "FROM file WHERE problem = '' AND NOT EXISTS (SELECT 1 FROM part WHERE part.key = file.key) "
    "AND path = (SELECT min(path) FROM file same WHERE same.key = file.key)"
)
