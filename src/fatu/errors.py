"""What can go wrong, as types that carry the facts: where, what, and what to do about it."""

from __future__ import annotations


class FatuError(Exception):
    """Root of every error that fatu raises on purpose.

    `where` is a path, an option or a query; `problem` says what is wrong with it; `remedy` what to do.
    `str()` gives the one line that a user sees.
    """

    def __init__(self, where: str, problem: str, remedy: str = "") -> None:
        problem = " ".join(problem.split())  # what a library says may have several lines
        self.where, self.problem, self.remedy = where, problem, remedy
        said = f"{where}: {problem}" + (f"; {remedy}" if remedy else "")
        super().__init__(" ".join(said.splitlines()))


class InputError(FatuError):
    """A file that cannot be read as a report: missing, empty, binary, not Chinese, too large."""


class MetadataError(FatuError):
    """What a graph cannot be without (area, year) is neither told by the text nor by an option."""


class UsageError(FatuError):
    """An option, a name or a format that does not exist or does not fit."""


class ArgumentError(UsageError):
    """An argument of a function that does not fit; `where` is its name: on the command line, that of the option."""


class QueryError(FatuError):
    """SPARQL that does not parse, a named query that does not exist, a parameter of the wrong type."""


class LexiconError(FatuError):
    """A table whose row breaks the table's own rules; `where` names file and row."""


class StoreError(FatuError):
    """A store that cannot be opened, asked or written; `where` is its folder or URL, never with a password."""


def how_to_get(extra: str) -> str:
    """The command that installs an extra, quoted so that every shell takes it, that of Windows too."""
    return f'pip install "fatu[{extra}]"'
