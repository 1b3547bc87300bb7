"""Where words stand, as selectors of the Web Annotation Data Model (https://www.w3.org/TR/annotation-model/, 4.2): in
the source text by code points and by quotation, and in the file that the text was read from.

Of a PDF a fragment selects the page and refines it to the box; of a picture a fragment selects the box on the page as
it was read, upright; of a web page an XPath selects the element; of a Word document a fragment, which fatu:paragraph
defines since no standard does, selects the paragraph. Elements and paragraphs are refined to the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..describing.terms import DCTERMS, OA
from .statements import Passage, Statements

Node = dict[str, object]

CONTEXT_LENGTH = 32
"""Code points before and after the words that are quoted with them, to find them again in an edited text."""
PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
"""As the model names it; RFC 8118, and ISO 32000-2, annex O, have taken its place: page=2 means the same in all."""
MEDIA_FRAGMENT = "http://www.w3.org/TR/media-frags/"
_PDF = "application/pdf"


def find_targets(statements: Statements, passage: Passage) -> Node | list[Node]:
    """The words in the source text; where it is known, also each place in the file that they stood in, from the first
    on."""
    places = list(_in_file(statements, passage))
    words = _in_text(statements, passage)
    return [words, *places] if places else words


def _in_text(statements: Statements, passage: Passage) -> Node:
    position: Node = {"type": "TextPositionSelector", "start": passage.start, "end": passage.end}
    text = statements.text(passage.source, "text")
    quote = _quote(passage, text, 0, len(text) or passage.end)
    return {"source": passage.source, "selector": [position, quote]}


def _quote(passage: Passage, text: str, first: int, last: int) -> Node:
    """What of a passage stands from `first` to `last` of the source text, with its context there."""
    start, end = max(first, passage.start), min(last, passage.end)
    exact = passage.exact[start - passage.start : end - passage.start]
    quote: Node = {"type": "TextQuoteSelector", "exact": exact}
    if text:
        quote["prefix"] = text[max(first, start - CONTEXT_LENGTH) : start]
        quote["suffix"] = text[end : min(last, end + CONTEXT_LENGTH)]
    return quote


def _in_file(statements: Statements, passage: Passage) -> Iterator[Node]:
    def start(place: str) -> tuple[int, str]:
        return statements.integer(place, OA + "start") or 0, place

    for place in sorted(statements.links(passage.span, "place"), key=start):
        if page := statements.link(place, "onPage"):
            yield from _on_page(statements, passage.source, place, page)
        else:
            yield from _in_document(statements, passage, place)


def _on_page(statements: Statements, source: str, place: str, page: str) -> Iterator[Node]:
    box = statements.text(place, "box")
    region: Node = {"type": "FragmentSelector", "conformsTo": MEDIA_FRAGMENT, "value": box}
    if statements.text(source, DCTERMS + "format") == _PDF:
        number = statements.integer(page, "pageNumber")
        selector: Node = {"type": "FragmentSelector", "conformsTo": PDF_FRAGMENT, "value": f"page={number}"}
        yield _target(statements, source, selector | ({"refinedBy": region} if box else {}))
    elif box:
        yield _target(statements, page, region)


def _in_document(statements: Statements, passage: Passage, place: str) -> Iterator[Node]:
    text = statements.text(passage.source, "text")
    first, last = (statements.integer(place, OA + side) or 0 for side in ("start", "end"))
    quote = _quote(passage, text, first, last)
    if path := statements.text(place, "elementPath"):
        selector: Node = {"type": "XPathSelector", "value": path, "refinedBy": quote}
        yield _target(statements, passage.source, selector)
    elif paragraph := statements.text(place, "paragraph"):
        selector = {
            "type": "FragmentSelector",
            "conformsTo": statements.iris.term("paragraph"),
            "value": f"paragraph={paragraph}",
            "refinedBy": quote,
        }
        yield _target(statements, passage.source, selector)


def _target(statements: Statements, source: str, selector: Node) -> Node:
    """Part of a file, whose format tells what the selector is of."""
    form = statements.text(source, DCTERMS + "format")
    return {"source": {"id": source, "format": form} if form else source, "selector": selector}
