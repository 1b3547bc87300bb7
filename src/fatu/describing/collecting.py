"""What is said of a report, kept as quads or at once as lines of N-Quads: thousands of statements of few words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..iris import Iris
from .terms import Literal, Object, Quad, write_term

Said = tuple[str, Object]
"""A predicate, of the ontology or of a vocabulary given by its full IRI, and its object."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class QuadCollection:
    """Statements as quads, in the order in which they come."""

    def __init__(self, iris: Iris, text: str) -> None:
        self.quads: list[Quad] = []
        self._name = cache(lambda name: _predicate(name, iris))
        self._is_xml = not _NOT_XML.search(text)

    def add(self, subject: str, statements: Iterable[Said], graph: str) -> None:
        """Statements of one subject in a graph."""
        name = self._name
        if self._is_xml:
            self.quads += [Quad(subject, name(predicate), value, graph) for predicate, value in statements]
        else:
            self.quads += [Quad(subject, name(p), _for_xml(value), graph) for p, value in statements]


class LineCollection:
    """Statements as lines of N-Quads, each with its line break: what `write_quad` makes of the quads."""

    def __init__(self, iris: Iris, text: str) -> None:
        self.lines: list[str] = []
        self._name = cache(lambda name: f"<{_predicate(name, iris)}>")
        is_xml = not _NOT_XML.search(text)
        self._write = write_term if is_xml else _write_for_xml

    def add(self, subject: str, statements: Iterable[Said], graph: str) -> None:
        """Statements of one subject in a graph."""
        name, write = self._name, self._write
        start, end = f"<{subject}> ", f" <{graph}> .\n"
        self.lines += [f"{start}{name(predicate)} {write(value)}{end}" for predicate, value in statements]


def _predicate(name: str, iris: Iris) -> str:
    return name if "://" in name else iris.term(name)


def _write_for_xml(value: Object) -> str:
    return write_term(_for_xml(value))


def _for_xml(value: Object) -> Object:
    """A literal that RDF/XML can hold too: what XML 1.0 forbids (a form feed, say) becomes U+FFFD, one for one,
    so that offsets stay."""
    return value._replace(value=_NOT_XML.sub("\ufffd", value.value)) if isinstance(value, Literal) else value
