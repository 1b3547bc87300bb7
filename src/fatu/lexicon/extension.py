"""A user's own rows: which tables they join, and caches that know of them.

The tables of the package are the same for everybody; what a user adds holds within one `with extended(…)`. It
is kept in a context variable, so that threads with different rows do not meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row for one of the package's tables: column and cell, in the table's own terms."""

    table: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """A user's rows; made by `load_lexicon`. Two of the same content are the same."""

    rows: tuple[AddedRow, ...] = ()
    name: str = ""
    """Name of the file."""
    sha256: str = ""
    """Hexadecimal SHA-256 of the file, empty where nothing is added."""

    def is_same(self, other: Extension) -> bool:
        """Whether the two add the same; told by their files, where they are of files, not row by row."""
        if self.sha256 and other.sha256:
            return (self.name, self.sha256) == (other.name, other.sha256)
        return self is other or self == other

    def of(self, table: str) -> tuple[dict[str, str], ...]:
        """Its rows for a table."""
        return tuple(dict(row.cells) for row in self.rows if row.table == table)


_MAX_KEPT = 4096
"""Results kept of one function: those whose arguments come from texts must not fill the memory of a server."""
NOTHING = Extension()
_CURRENT: ContextVar[Extension] = ContextVar("extension", default=NOTHING)


def current_extension() -> Extension:
    """The rows that a user added here and now; none outside of `extended`."""
    return _CURRENT.get()


@contextmanager
def extended(extension: Extension) -> Iterator[None]:
    """Within it, every table has the user's rows too, before its own."""
    token = _CURRENT.set(extension)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def cached(load: Callable[P, R]) -> Callable[P, R]:
    """Like functools.cache for a function that depends on tables: what was made of other rows is not used. Only
    the last extension is kept beside the package's own tables, so that many do not fill the memory."""
    plain: dict[object, R] = {}
    latest = (NOTHING, plain)

    @wraps(load)
    def look_up(*args: P.args, **kwargs: P.kwargs) -> R:
        nonlocal latest
        extension = _CURRENT.get()
        if extension is NOTHING:
            known = plain
        else:
            current = latest
            if not current[0].is_same(extension):
                current = latest = (extension, {})
            known = current[1]
        key = (args, tuple(sorted(kwargs.items()))) if kwargs else args
        try:
            return known[key]
        except KeyError:
            if len(known) >= _MAX_KEPT:
                known.clear()
            made = known[key] = load(*args, **kwargs)
            return made

    return look_up
