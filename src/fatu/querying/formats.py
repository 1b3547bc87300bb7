"""Results → text: a table for the terminal and the formats of SPARQL 1.1 and RDF."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph

from ..describing import prefixes
from ..describing.terms import XSD, Iri, Literal, Object, write_term
from ..errors import UsageError
from ..exporting.aligning import align, clip
from ..iris import BASE, Iris
from ..lexicon.shown_words import show
from ..storing.memory import to_ox
from .headings import head, is_of_other_language, tell_label, tell_term
from .named import NamedQuery, load_queries
from .results import Results

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")
_COLUMNS = 60


def format_results(
    results: Results, name: str | None = None, base: str = BASE, lang: str | None = None
) -> str:
    """Results as text, ending with a line break.

    `lang` (zh, en) is for the table of a named query: its columns get words of that language instead of the names of
    variables, and what is told in both languages is told in that one.

    `name` is one of FORMATS; None takes ttl for triples and table for all else. Raises UsageError for a format that
    does not exist or does not fit: ttl is for triples (CONSTRUCT, DESCRIBE), the others for rows and truth values.
    """
    has_triples = results.triples is not None
    chosen = name or ("ttl" if has_triples else "table")
    if chosen not in FORMATS:
        raise UsageError("format", f"no format {chosen!r}", f"choose one of {', '.join(FORMATS)}")
    if has_triples != (chosen == "ttl"):
        problem, remedy = (
            (f"CONSTRUCT and DESCRIBE give triples, which {chosen} does not write", "choose ttl")
            if has_triples
            else (
                "SELECT and ASK give no triples for ttl",
                "choose table, csv, tsv, json or xml, or ask CONSTRUCT",
            )
        )
        raise UsageError("format", problem, remedy)
    if chosen == "table" and lang is not None:
        return _write_spoken_table(results, Iris(base), lang)
    return _WRITERS[chosen](results, Iris(base))


def format_queries(queries: tuple[NamedQuery, ...] | None = None) -> str:
    """What `fatu queries` prints: number, name, question and parameters of each; of all where none are given."""
    lines: list[str] = []
    for query in load_queries() if queries is None else queries:
        number = f"q{query.number}" if query.number is not None else ""
        lines += [f"{number:4} {query.name}", f"     {query.zh}", f"     {query.en}"]
        for parameter in query.parameters:
            default = f" = {parameter.default}" if parameter.default is not None else ""
            lines.append(
                f"       --set {parameter.name}=({parameter.kind}{default})  {parameter.zh} / {parameter.en}"
            )
    return "\n".join(lines) + "\n"


def shorten_iri(iri: str, iris: Iris) -> str:
    """An IRI as a table shows it: a prefixed name, what follows …/id/, or its last segment."""
    data = iris.base + "id/"
    if iri.startswith(data):
        return iri.removeprefix(data)
    for prefix, namespace in prefixes(iris):
        if iri.startswith(namespace) and re.fullmatch(r"[\w-]+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return re.split(r"[/#]", iri.rstrip("/#"))[-1] or iri


def _write_table(results: Results, iris: Iris) -> str:
    if results.boolean is not None:
        return _truth(results.boolean)
    rows = [tuple(clip(name, _COLUMNS) for name in results.variables)]
    rows += [tuple(clip(_show(term, iris), _COLUMNS) for term in row) for row in results.rows]
    return align(rows) or "\n"


def _write_spoken_table(results: Results, iris: Iris, lang: str) -> str:
    if results.boolean is not None:
        return f"{show('truth', str(results.boolean).lower(), lang)}\n"
    names = results.variables
    kept = [i for i in range(len(names)) if not is_of_other_language(results, i, lang)]
    rows = [tuple(head(names[i], lang) for i in kept)]
    rows += [
        tuple(clip(show_cell(names[i], row[i], iris, lang), _COLUMNS) for i in kept) for row in results.rows
    ]
    return align(rows)


def show_cell(variable: str, term: Object | None, iris: Iris, lang: str) -> str:
    """The value of a variable as a table in the language `lang` shows it."""
    return tell_term(term, lang, iris) or tell_label(variable, term, lang) or _show(term, iris)


def _show(term: Object | None, iris: Iris) -> str:
    if isinstance(term, Iri) and not term.value.startswith("_:"):
        return shorten_iri(term.value, iris)
    return term.value if term else ""


def _write_csv(results: Results, _: Iris) -> str:
    if results.boolean is not None:
        return _truth(results.boolean)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(results.variables)
    for row in results.rows:
        # A lone empty field is written "", which would not be told from no field at all otherwise.
        writer.writerow([term.value if term else "" for term in row])
    return out.getvalue()


def _write_tsv(results: Results, _: Iris) -> str:
    if results.boolean is not None:
        return _truth(results.boolean)
    lines = ["\t".join(f"?{name}" for name in results.variables)]
    lines += ["\t".join(_tsv_term(term) for term in row) for row in results.rows]
    return "\n".join(lines) + "\n"


def _tsv_term(term: Object | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Iri) and term.value.startswith("_:"):
        return term.value
    return write_term(term).replace("\t", "\\t")


def _write_json(results: Results, _: Iris) -> str:
    if results.boolean is not None:
        document: dict[str, object] = {"head": {}, "boolean": results.boolean}
    else:
        bindings = [
            {
                name: _json_term(term)
                for name, term in zip(results.variables, row, strict=True)
                if term is not None
            }
            for row in results.rows
        ]
        document = {"head": {"vars": list(results.variables)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Object) -> dict[str, str]:
    if isinstance(term, Iri):
        if term.value.startswith("_:"):
            return {"type": "bnode", "value": term.value.removeprefix("_:")}
        return {"type": "uri", "value": term.value}
    written = {"type": "literal", "value": term.value}
    if term.language:
        return written | {"xml:lang": term.language}
    return written if term.datatype == XSD + "string" else written | {"datatype": term.datatype}


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _write_xml(results: Results, _: Iris) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">',
    ]
    lines += ["<head>", *(f"<variable name={quoteattr(name)}/>" for name in results.variables), "</head>"]
    if results.boolean is not None:
        lines.append(f"<boolean>{str(results.boolean).lower()}</boolean>")
    else:
        lines.append("<results>")
        for row in results.rows:
            bound = [
                (name, term) for name, term in zip(results.variables, row, strict=True) if term is not None
            ]
            cells = (f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in bound)
            lines.append(f"<result>{''.join(cells)}</result>")
        lines.append("</results>")
    return "\n".join([*lines, "</sparql>"]) + "\n"


def _xml_term(term: Object) -> str:
    # XML 1.0 cannot write most control characters at all; a carriage return only as a reference.
    text = escape(_NOT_XML.sub("\ufffd", term.value), {"\r": "&#13;"})
    if isinstance(term, Iri):
        return f"<bnode>{text[2:]}</bnode>" if text.startswith("_:") else f"<uri>{text}</uri>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    if term.datatype == XSD + "string":
        return f"<literal>{text}</literal>"
    return f"<literal datatype={quoteattr(term.datatype)}>{text}</literal>"


def _write_turtle(results: Results, iris: Iris) -> str:
    triples = [
        pyoxigraph.Triple(_ox_name(subject), pyoxigraph.NamedNode(predicate.value), _ox_term(value))
        for subject, predicate, value in results.triples or ()
    ]
    data = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=dict(prefixes(iris)))
    assert data is not None
    return data.decode()


def _ox_name(iri: Iri) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode:
    blank = iri.value.startswith("_:")
    return pyoxigraph.BlankNode(iri.value[2:]) if blank else pyoxigraph.NamedNode(iri.value)


def _ox_term(term: Object) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    return to_ox(term) if isinstance(term, Literal) else _ox_name(term)


def _truth(value: bool) -> str:
    return f"{str(value).lower()}\n"


_WRITERS: dict[str, Callable[[Results, Iris], str]] = {
    "table": _write_table,
    "csv": _write_csv,
    "tsv": _write_tsv,
    "json": _write_json,
    "xml": _write_xml,
    "ttl": _write_turtle,
}
