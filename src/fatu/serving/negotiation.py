"""Which format an answer takes: media types after RFC 9110, section 12.5.1, with the names of SPARQL and RDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

RESULT_TYPES: dict[str, str] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""Media type of rows or a truth value → the extension of its format; the first is the default."""
GRAPH_TYPES: dict[str, str] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "text/n3": "n3",
}
"""The same of triples."""
HTML = "text/html"


def choose_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type that a client likes best among those offered, the first of equals; None where it takes none.

    `accept` is the header's text; where it is missing or empty anything goes. A part that does not parse is
    passed over.
    """
    if not accept or not accept.strip():
        return offered[0]
    ranges = list(_read_ranges(accept))
    best, most = None, 0.0
    for candidate in offered:
        fits = [found for found in ranges if _fits(candidate, found[0])]
        if not fits:
            continue
        quality = max(fits, key=lambda found: _closeness(found[0]))[1]  # the closest range decides
        if quality > most:
            best, most = candidate, quality
    return best


def _read_ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if name.count("/") == 1 or name == "*":
            yield ("*/*" if name == "*" else name), quality


def _fits(candidate: str, wanted: str) -> bool:
    return wanted in ("*/*", candidate) or (wanted.endswith("/*") and candidate.startswith(wanted[:-1]))


def _closeness(wanted: str) -> int:
    return 0 if wanted == "*/*" else 1 if wanted.endswith("/*") else 2
