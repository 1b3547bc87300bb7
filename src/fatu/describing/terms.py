"""RDF terms and quads as plain tuples, usable without any RDF library, and the names of the vocabularies used."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
SH = "http://www.w3.org/ns/shacl#"
OWL = "http://www.w3.org/2002/07/owl#"

STANDARD_PREFIXES: tuple[tuple[str, str], ...] = (
    ("dc", DC),
    ("dcterms", DCTERMS),
    ("oa", OA),
    ("org", ORG),
    ("owl", OWL),
    ("prov", PROV),
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("sh", SH),
    ("skos", SKOS),
    ("xsd", XSD),
)


class Iri(NamedTuple):
    """An IRI as an object; subjects, predicates and graphs are plain strings."""

    value: str


_STRING = XSD + "string"


class Literal(NamedTuple):
    """A literal: with a language, or with a datatype IRI."""

    value: str
    datatype: str = _STRING
    language: str = ""


Object = Iri | Literal


class Quad(NamedTuple):
    """A statement in a named graph; in the default graph where `graph` is empty."""

    subject: str
    predicate: str
    object: Object
    graph: str


def zh(text: str) -> Literal:
    """A Chinese text."""
    return Literal(text, _STRING, "zh")


def en(text: str) -> Literal:
    """An English text."""
    return Literal(text, _STRING, "en")


def string(text: str) -> Literal:
    """A text without language: numbers of documents, codes."""
    return Literal(text)


def typed(value: object, datatype: str) -> Literal:
    """A value of an XSD type, by its local name: typed(2020, "gYear")."""
    return Literal(f"{value:f}" if datatype == "decimal" else str(value), XSD + datatype)


def computed(value: Decimal) -> Literal:
    """A decimal that is not as a text writes it, in its canonical form (XSD 1.1, 3.3.3), which every store gives back:
    88.8, not 88.80."""
    text = f"{value:f}"
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, XSD + "decimal")


# The backslash first, which the others bring in.
_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"))


def write_term(term: Object) -> str:
    """A term as N-Triples write it (canonical form: nothing escaped that need not be)."""
    if isinstance(term, Iri):
        return f"<{term.value}>"
    value = term.value
    for character, escape in _ESCAPES:
        if character in value:
            value = value.replace(character, escape)
    text = f'"{value}"'
    if term.language:
        return f"{text}@{term.language}"
    return text if term.datatype == _STRING else f"{text}^^<{term.datatype}>"


def write_quad(quad: Quad) -> str:
    """A line of N-Quads, without the line break."""
    graph = f" <{quad.graph}>" if quad.graph else ""
    return f"<{quad.subject}> <{quad.predicate}> {write_term(quad.object)}{graph} ."


def write_quads(quads: Iterable[Quad]) -> list[str]:
    """Lines of N-Quads, each with its line break, each once, sorted."""
    return sorted(dict.fromkeys(f"{write_quad(quad)}\n" for quad in quads))
