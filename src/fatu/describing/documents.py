"""What graphs of many reports say of documents and of where these are cited, in a database that a country fits in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from ..errors import StoreError
from ..iris import Iris
from .terms import DCTERMS, OA, RDF, Quad

_TABLES = """
CREATE TABLE told (subject TEXT, what TEXT, value, PRIMARY KEY (subject, what, value)) WITHOUT ROWID;
CREATE INDEX citing ON told (value) WHERE what = 'cites';
CREATE TABLE common (key TEXT, other TEXT, document TEXT, PRIMARY KEY (key, other, document)) WITHOUT ROWID
"""
_OF_DOCUMENTS = ("docNumber", "issuedBy", "promulgates", "title", "type")
_MEMORY = 32_000
"""KiB that the database takes at the most before it goes to disk."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the graphs together say of one document IRI."""

    iri: str
    numbers: tuple[str, ...]
    titles: tuple[str, ...]
    issuers: frozenset[str]
    promulgates: frozenset[str]


class Citing(NamedTuple):
    """A place where a document is cited: the shortest evidence of the citation."""

    report: str
    start: int
    end: int
    span: str


class Documents:
    """Documents by IRI, each once, whatever the order in which graphs told of them. Use it in a `with` statement.

    It lies in a temporary file as soon as it is large, so that memory does not grow with the number of reports.
    """

    def __init__(self, iris: Iris, quads: Iterable[Quad] = ()) -> None:
        """Raises StoreError, as all methods do, where the disk of temporary files is full."""
        self._iris = iris
        self._db = sqlite3.connect("", isolation_level=None)
        for pragma in (f"cache_size = -{_MEMORY}", "journal_mode = OFF", "synchronous = OFF"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_TABLES)
        self.add(quads)

    def __enter__(self) -> Documents:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @cached_property
    def wanted(self) -> MappingProxyType[str, str]:
        """The predicates that matter, each with the name that it has here."""
        own = ("docNumber", "issuedBy", "promulgates", "cites", "evidence", "inReport")
        return MappingProxyType(
            {RDF + "type": "type", DCTERMS + "title": "title", OA + "start": "start", OA + "end": "end"}
            | {self._iris.term(name): name for name in own}
        )

    def add(self, quads: Iterable[Quad]) -> None:
        """Take in statements; those that do not matter, and those of the registry's own graph, are passed over."""
        with _explained():
            self._insert("told", self._rows(quads))

    def _insert(self, table: str, rows: Iterable[tuple[str | int, ...]]) -> None:
        """In one transaction: one for each row would take three times as long."""
        self._db.execute("BEGIN")
        self._db.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?)", rows)
        self._db.execute("COMMIT")

    def _rows(self, quads: Iterable[Quad]) -> Iterator[tuple[str, str, str | int]]:
        wanted, kind, registry = self.wanted, self._iris.term("PolicyDocument"), self._iris.registry_graph
        for quad in quads:
            what = wanted.get(quad.predicate)
            value = quad.object.value
            if what is None or quad.graph == registry or (what == "type" and value != kind):
                continue
            if what in ("start", "end"):
                if value.isdecimal():
                    yield quad.subject, what, int(value)
            else:
                yield quad.subject, what, value

    def __iter__(self) -> Iterator[Known]:
        """All documents, by IRI."""
        return self._known(f"what IN {_OF_DOCUMENTS}")

    def get(self, iri: str) -> Known:
        """One of them. Raises KeyError where the graphs do not describe it."""
        for known in self._known(f"what IN {_OF_DOCUMENTS} AND subject = ?", iri):
            return known
        raise KeyError(iri)

    def _known(self, where: str, *values: str) -> Iterator[Known]:
        select = f"SELECT subject, what, value FROM told WHERE {where} ORDER BY subject, what, value"
        with _explained():
            for iri, rows in groupby(self._db.execute(select, values), key=itemgetter(0)):
                said: dict[str, list[str]] = {what: [] for what in _OF_DOCUMENTS}
                for _, what, value in rows:
                    said[what].append(value)
                if said["type"]:
                    yield Known(
                        iri, tuple(said["docNumber"]), tuple(said["title"]),
                        frozenset(said["issuedBy"]), frozenset(said["promulgates"]),
                    )  # fmt: skip

    def citings(self, iri: str) -> list[Citing]:
        """Where a document is cited, by report and place."""
        first = "(SELECT min(value) FROM told WHERE subject = {} AND what = '{}')"
        select = (
            f"SELECT c.subject, coalesce({first.format('c.subject', 'inReport')}, ''), "
            f"coalesce({first.format('e.value', 'start')}, 0), coalesce({first.format('e.value', 'end')}, 0), e.value "
            "FROM told c JOIN told e ON e.subject = c.subject AND e.what = 'evidence' "
            "WHERE c.what = 'cites' AND c.value = ? ORDER BY c.subject"
        )
        with _explained():
            rows = self._db.execute(select, (iri,))
            found = {
                min((Citing(*row[1:]) for row in of_one), key=lambda c: (c.end - c.start, c[1:]))
                for _, of_one in groupby(rows, key=itemgetter(0))
            }
        return sorted(found)

    def sharing(
        self, keys: Callable[[Known], Iterable[tuple[str, str]]]
    ) -> Iterator[tuple[tuple[str, str], list[Known]]]:
        """Each key that several documents have, sorted, with these by IRI."""
        rows = ((*key, known.iri) for known in self for key in keys(known))
        with _explained():
            self._db.execute("DELETE FROM common")
            self._insert("common", rows)
            shared = self._db.execute("SELECT key, other FROM common GROUP BY key, other HAVING count(*) > 1")
            for key in shared.fetchall():
                of_key = "SELECT document FROM common WHERE key = ? AND other = ? ORDER BY document"
                yield key, [self.get(iri) for (iri,) in self._db.execute(of_key, key).fetchall()]


@contextmanager
def _explained() -> Iterator[None]:
    """What the database says, as one line."""
    try:
        yield
    except sqlite3.OperationalError as error:
        remedy = "make room there, or name another folder in SQLITE_TMPDIR"
        raise StoreError("the disk of temporary files", f"cannot be written ({error})", remedy) from error
