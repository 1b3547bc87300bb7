"""A parameter's text → an RDF term. Values are bound as terms, so no value can change what a query asks."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..describing.terms import XSD, Iri, Literal, Object
from ..errors import QueryError
from ..iris import Iris, segment
from ..lexicon.catalogue import find_named_indicator, load_indicators, load_topics
from ..lexicon.documents import load_documents


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a named query that a caller may give a value."""

    name: str
    kind: str
    """One of KINDS."""
    default: str | None
    """None leaves the variable free."""
    zh: str
    en: str


def parse_value(value: str | Object, parameter: Parameter, iris: Iris) -> Object:
    """A value of a declared parameter as a term. Raises QueryError where it is not of the parameter's type."""
    if not isinstance(value, str):
        return _check_term(value, parameter)
    if parameter.kind not in _DATATYPES and _IRI.fullmatch(value):
        return Iri(value)
    term = _PARSERS[parameter.kind](check_letters(value, parameter.name), iris)
    if term is None:
        raise _wrong(parameter, value, nearest_names(value, _catalogue(parameter.kind)))
    return term


def is_of_catalogue(indicator: str) -> bool:
    """Whether an id, a name or an IRI needs no store to be understood."""
    return find_named_indicator(indicator) is not None or _IRI.fullmatch(indicator) is not None


def parse_plain(value: str | Object, name: str) -> Object:
    """A value for a variable of free SPARQL, by its looks.

    `<iri>` or http(s)://… is an IRI; a whole number an xsd:integer; a number with a point an xsd:decimal; text in
    double quotes a literal as Turtle writes it ("开封市"@zh, "2020"^^xsd:gYear); anything else a string.
    Raises QueryError for text that looks like one of these and is not.
    """
    if not isinstance(value, str):
        return value
    check_letters(value, name)
    bare = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    if bare is not value or bare.startswith(("http://", "https://")):
        if not _IRI.fullmatch(bare):
            raise QueryError(f"parameter {name}", f"{bare!r} is not an IRI", "give an absolute IRI")
        return Iri(bare)
    if _INTEGER.fullmatch(value):
        return Literal(value, XSD + "integer")
    if _DECIMAL.fullmatch(value):
        return Literal(value, XSD + "decimal")
    return _quoted(value, name) if value.startswith('"') else Literal(value)


def check_letters(value: str, name: str) -> str:
    """A value as it is. Raises QueryError for half of a surrogate pair, which no query can hold."""
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise QueryError(f"parameter {name}", "half of a surrogate pair is no text", "give whole characters")
    return value


def nearest_names(name: str, known: Iterable[str]) -> str:
    """A remedy that names what is spelled most alike, or nothing."""
    near = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    return f"did you mean {', '.join(near)}?" if near else ""


_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff]+")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+)")
_REPORT = re.compile(r"([0-9]{6})-(.+)-([0-9]{4})")
_QUOTED = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(?:xsd:(?P<xsd>\w+)|<(?P<iri>[^<>]*)>))?',
    re.DOTALL,
)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", '"': '"', "'": "'", "\\": "\\"}
_DATATYPES = {
    "string": XSD + "string",
    "year": XSD + "gYear",
    "integer": XSD + "integer",
    "decimal": XSD + "decimal",
}
_WANTED = {
    "string": "text",
    "iri": "an IRI (https://…)",
    "report": "a report's id (area-office-year) or IRI",
    "area": "six digits of GB/T 2260",
    "year": "a year of four digits",
    "indicator": "an indicator of the catalogue or of the graphs",
    "topic": "a topic of the catalogue",
    "integer": "a whole number",
    "decimal": "a decimal number",
    "document": "a document's title, number or IRI",
    "populations": "a table of populations, which --table takes",
}


def _parse_report(value: str, iris: Iris) -> Object | None:
    parts = _REPORT.fullmatch(value)
    if parts:
        return Iri(iris.report(parts[1], parts[2], int(parts[3])))
    return Iri(iris.named_report(value)) if segment(value) == value else None


def _parse_concept(kind: str) -> Callable[[str, Iris], Object | None]:
    def parse(value: str, iris: Iris) -> Object | None:
        named = (find_named_indicator(value) if kind == "indicator" else None) or value
        known = named in _catalogue(kind) or (kind == "indicator" and not named.isascii())
        return Iri(iris.concept(kind, segment(named))) if known else None

    return parse


def _parse_number(pattern: re.Pattern[str], kind: str) -> Callable[[str, Iris], Object | None]:
    return lambda value, _: Literal(value, _DATATYPES[kind]) if pattern.fullmatch(value) else None


def _parse_document(value: str, iris: Iris) -> Object | None:
    """By its number, by the name of a base document, by its title."""
    from ..finding.citations import find_citations

    spots = [spot for spot in find_citations(value) if spot.payload.number and not spot.payload.title]
    if spots and (spots[0].start, spots[0].end) == (0, len(value)):
        cited = spots[0].payload
        return Iri(
            iris.numbered_document(cited.code or "", cited.number_year, cited.sequence, cited.number or "")
        )
    title = value.removeprefix("《").removesuffix("》")
    base = load_documents().named(title)
    return Iri(iris.titled_document(base.title if base else title)) if title.strip() else None


_PARSERS: dict[str, Callable[[str, Iris], Object | None]] = {
    "string": lambda value, _: Literal(value),
    "iri": lambda value, _: None,
    "report": _parse_report,
    "area": lambda value, iris: Iri(iris.area(value)) if re.fullmatch("[0-9]{6}", value) else None,
    "year": _parse_number(re.compile("[0-9]{4}"), "year"),
    "indicator": _parse_concept("indicator"),
    "topic": _parse_concept("topic"),
    "integer": _parse_number(_INTEGER, "integer"),
    "decimal": _parse_number(re.compile(f"{_INTEGER.pattern}|{_DECIMAL.pattern}"), "decimal"),
    "document": _parse_document,
    "populations": lambda value, _: None,
}

KINDS = tuple(_PARSERS)


def _catalogue(kind: str) -> frozenset[str]:
    if kind == "topic":
        return frozenset(topic.slug for topic in load_topics())
    return frozenset(entry.id for entry in load_indicators()) if kind == "indicator" else frozenset()


def _check_term(term: Object, parameter: Parameter) -> Object:
    datatype = _DATATYPES.get(parameter.kind)
    fits = (
        isinstance(term, Iri) if datatype is None else isinstance(term, Literal) and term.datatype == datatype
    )
    if not fits:
        raise _wrong(parameter, term.value, "give a term of that type")
    return term


def _wrong(parameter: Parameter, value: str, remedy: str) -> QueryError:
    wanted = _WANTED[parameter.kind]
    return QueryError(f"parameter {parameter.name}", f"{value!r} is not {wanted}", remedy)


def _quoted(value: str, name: str) -> Object:
    parts = _QUOTED.fullmatch(value)
    unknown = parts and any(e not in _ESCAPES for e in re.findall(r"\\(.)", parts["text"], re.DOTALL))
    if parts is None or unknown:
        raise QueryError(
            f"parameter {name}", f"{value!r} is not a literal", 'write "text", "text"@zh or "2020"^^xsd:gYear'
        )
    text = re.sub(r"\\(.)", lambda escape: _ESCAPES[escape[1]], parts["text"], flags=re.DOTALL)
    if parts["language"]:
        return Literal(text, language=parts["language"].lower())
    return Literal(text, XSD + parts["xsd"] if parts["xsd"] else parts["iri"] or XSD + "string")
