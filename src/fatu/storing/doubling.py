"""Graph files → N-Quads in which every statement stands twice: in its graph, and in the default graph.

Oxigraph loads N-Quads fastest, and one load of all is faster than one of the graphs and another of the default graph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Protocol

import pyoxigraph

from .files import explain_reading, parse_file

_PIECE = 1 << 22
"""Bytes of a file that are doubled at once."""
_TOGETHER = 20_000
"""Quads that are written at once."""
_TRIPLE = re.compile(rb"^(<.*) <[^>\n]*> \.$", re.MULTILINE)
"""A line of N-Quads as programs write it: its subject to its object, its graph."""
_MORE = re.compile(rb"\.[ \t]*[#<]")
"""Something after a statement, which `_TRIPLE` would not see through. Found in a text too, which only costs time."""

Checked = Callable[[Iterable[pyoxigraph.Quad], str], Iterable[pyoxigraph.Quad]]
"""The quads of a source, by its name, less what is not to be loaded; raises for what must not be there."""


class Sink(Protocol):
    """A file, or what takes lines as one does."""

    def write(self, lines: bytes, /) -> object:
        """Takes whole lines."""
        ...


def double_file(path: Path, into: Sink, checked: Checked, left_out: str) -> None:
    """Writes the quads of a graph file, less those of the graph `left_out`, twice.

    Raises InputError where the file cannot be read or parsed, and what `checked` raises. Lines of N-Quads in the
    usual form are not parsed here: whoever loads them finds what is wrong with them.
    """
    if path.suffix != ".nq":
        _write(checked(parse_file(path), str(path)), into)
        return
    graph = f" <{left_out}> .\n".encode()
    for piece in _pieces(path):
        if graph in piece or not _double_lines(piece, into):
            try:
                quads = list(pyoxigraph.parse(piece, format=pyoxigraph.RdfFormat.N_QUADS))
            except (SyntaxError, ValueError):
                quads = list(parse_file(path))  # the same once more, for the line that is to blame
            _write(checked(quads, str(path)), into)


def double_quads(quads: Iterable[pyoxigraph.Quad], into: Sink) -> None:
    """Writes quads twice."""
    _write(quads, into)


def double_nquads(lines: bytes, into: Sink) -> None:
    """Writes N-Quads twice. Raises SyntaxError where they are none."""
    if not _double_lines(lines, into):
        _write(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS), into)


def _pieces(path: Path) -> Iterator[bytes]:
    """Whole lines of a file."""
    try:
        with path.open("rb") as file:
            rest = b""
            while read := file.read(_PIECE):
                read = rest + read
                end = read.rfind(b"\n") + 1
                rest = read[end:]
                if end:
                    yield read[:end]
            if rest:
                yield rest + b"\n"
    except OSError as error:
        raise explain_reading(path, error) from error


def _double_lines(lines: bytes, into: Sink) -> bool:
    """Whether all of these lines are in the usual form, and so have been written twice."""
    if b" _:" in lines or b"\r" in lines or _MORE.search(lines):
        return False
    triples = _TRIPLE.findall(lines)
    if len(triples) != lines.count(b"\n"):
        return False
    into.write(lines)
    into.write(b" .\n".join((*triples, b"")))
    return True


def _write(quads: Iterable[pyoxigraph.Quad], into: Sink) -> None:
    each = iter(quads)
    while some := list(islice(each, _TOGETHER)):
        lines = pyoxigraph.serialize(some, format=pyoxigraph.RdfFormat.N_QUADS)
        assert lines is not None
        if not _double_lines(lines, into):
            triples = (quad.triple for quad in some)
            into.write(lines)
            into.write(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")
