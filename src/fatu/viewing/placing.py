"""RDF → where the text of a report stood in the file that it was read from, and pictures of its pages."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import DCTERMS, Namespace
from rdflib.term import Node

from fatu.viewing.statements import Statements

_OA = Namespace("http://www.w3.org/ns/oa#")
_PICTURES = ("image/jpeg", "image/png", "image/webp")
"""What a page of ours holds; nothing else is put into a picture's address."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a stretch of a text, a half-open range of code points, stood."""

    start: int
    end: int
    page: int
    """Its number; 0 where the file has no pages."""
    box: tuple[int, ...]
    """Left, top, width and height in hundredths of a percent of the page; empty where it is not known."""
    path: str
    paragraph: int
    """Its number; 0 where the file has no numbered ones."""
    is_uncertain: bool
    confidence: str


def find_places(statements: Statements) -> dict[str, list[Stand]]:
    """Report IRI → the known places of its text, in the order of the text."""
    found: dict[str, list[Stand]] = {}
    for node in statements.instances("Place"):
        start, end = _number(statements, node, _OA.start), _number(statements, node, _OA.end)
        page = statements.value(node, "onPage")
        box = str(statements.value(node, "box") or "").removeprefix("xywh=percent:")
        confidence = str(statements.value(node, "confidence") or "")
        found.setdefault(_report(node), []).append(
            Stand(
                start,
                end,
                _number(statements, page, statements.term("pageNumber")) if page is not None else 0,
                tuple(int(side.replace(".", "")) for side in box.split(",")) if box else (),
                str(statements.value(node, "elementPath") or ""),
                _number(statements, node, statements.term("paragraph")),
                statements.value(node, "uncertain") is not None,
                confidence,
            )
        )
    return {
        report: sorted(stands, key=lambda s: (s.start, s.end)) for report, stands in sorted(found.items())
    }


def find_pictures(statements: Statements) -> dict[str, dict[str, str]]:
    """Report IRI → page number → the page's picture as a data URI."""
    found: dict[str, dict[str, str]] = {}
    for node in statements.instances("Page"):
        image = statements.value(node, "pageImage")
        kind = str(next(iter(statements.values(node, DCTERMS.format)), ""))
        if image is not None and kind in _PICTURES:
            number = _number(statements, node, statements.term("pageNumber"))
            found.setdefault(_report(node), {})[str(number)] = f"data:{kind};base64,{image}"
    return found


def _report(node: Node) -> str:
    return str(node).split("#", 1)[0]


def _number(statements: Statements, node: Node, predicate: object) -> int:
    value = next(iter(statements.values(node, predicate)), None)  # type: ignore[arg-type]
    return int(str(value)) if value is not None else 0
