"""A question to a store → Results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph

from ..describing.terms import Iri, Literal, Object
from ..errors import QueryError
from ..iris import BASE, Iris
from ..storing import Store
from ..storing.store import Answer
from .bearers import find_indicators
from .failures import explain_failure, prologue
from .named import NamedQuery, find_query, match_query, parse_query
from .parameters import Parameter, check_letters, is_of_catalogue, nearest_names, parse_plain, parse_value
from .populations import fill_values, read_populations
from .results import Results, Triple
from .syntax import find_variables, refuse_services


def ask_store(
    store: Store, query: str, parameters: Mapping[str, str | Object | Path] | None = None, base: str = BASE
) -> Results:
    """Answer a query.

    `query` is, in this order: the name of a named query (or q1, q2 …), the path of a .rq file, SPARQL (anything with
    a space or a brace). `parameters` give variables a value: those that a named query declares by their type (an
    empty text frees one that has a default; a table as the path of a CSV file or as its text), those of other SPARQL
    by their looks (see parse_plain). Values are bound as terms and never become part of the query's text. SPARQL may
    use the prefixes of fatu's graphs without declaring them. Results of CONSTRUCT and DESCRIBE are sorted; rows keep
    the query's order.

    Raises QueryError for a name that does not exist, SPARQL that does not parse (with line and column), SERVICE, an
    update, a parameter that does not exist or is of the wrong type.
    """
    iris = Iris(base)
    question = _find_question(query, base)
    refuse_services(question.text, question.where)
    question, given = _fill(question, parameters or {}, iris)
    bindings = _bind(store, question, given, iris)
    try:
        answer = store.query(prologue(iris) + question.text, bindings)
    except QueryError as error:
        raise QueryError(
            question.where, *explain_failure(store, question.text, error.problem, iris)
        ) from error
    except RuntimeError as error:
        raise QueryError(question.where, *explain_failure(store, question.text, str(error), iris)) from error
    try:
        return _read(answer, question.where)
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(question.where, " ".join(str(error).split()), "correct the SPARQL") from error


@dataclass(frozen=True, slots=True)
class _Question:
    where: str
    text: str
    named: NamedQuery | None


def _find_question(query: str, base: str) -> _Question:
    if not query.strip():
        raise QueryError("query", "is empty", "give a named query, a .rq file or SPARQL")
    named = match_query(query)
    if named is not None:
        return _Question(named.name, named.text.replace(BASE, base), named)
    if query.strip().endswith(".rq") and "{" not in query:
        text = _read_file(Path(query.strip()))
        parsed = parse_query(query.strip(), text)
        return _Question(parsed.name, text, parsed if parsed.parameters else None)
    if "{" in query or any(character.isspace() for character in query.strip()):
        return _Question("query", query, None)
    find_query(query)  # raises, naming the nearest
    raise AssertionError


def _read_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise QueryError(str(path), "no such file", "check the path, or give a named query") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise QueryError(str(path), f"cannot be read: {reason}", "give a text file of SPARQL") from error


def _fill(
    question: _Question, given: Mapping[str, str | Object | Path], iris: Iris
) -> tuple[_Question, dict[str, str | Object]]:
    """The question with the table that it takes, and the parameters that are none."""
    table = question.named.table if question.named else None
    values = {name: value for name, value in given.items() if not isinstance(value, Path)}
    paths = {name for name, value in given.items() if isinstance(value, Path)}
    if table is None or paths - {table}:
        for name in sorted(paths):
            exist = table or "none"
            raise QueryError(question.where, f"no table {name!r}; there are: {exist}", "name one of these")
        return question, values
    value = given.get(table, "")
    if not isinstance(value, str | Path) or value == "":
        remedy = f"give --table {table}=FILE.csv"
        raise QueryError(question.where, f"needs a table: {table}", remedy)
    text = fill_values(question.text, read_populations(value, iris))
    values.pop(table, None)
    return replace(question, text=text), values


def _bind(
    store: Store, question: _Question, given: Mapping[str, str | Object], iris: Iris
) -> dict[str, Object]:
    values = {name.removeprefix("?"): value for name, value in given.items()}
    declared = {p.name: p for p in question.named.parameters} if question.named else {}
    known = tuple(declared) if question.named else find_variables(question.text)
    for name in values:
        if name not in known:
            exist = ", ".join(known) or "none"
            remedy = nearest_names(name, known) or "name one of these"
            raise QueryError(question.where, f"no parameter {name!r}; there are: {exist}", remedy)
    if not question.named:
        return {name: parse_plain(value, name) for name, value in values.items()}
    chosen = {p.name: p.default for p in declared.values() if p.default is not None} | values
    return {
        name: _own_indicator(store, value, declared[name], iris) or parse_value(value, declared[name], iris)
        for name, value in chosen.items()
        if value != ""
    }


def _own_indicator(store: Store, value: str | Object, parameter: Parameter, iris: Iris) -> Iri | None:
    """The indicator of a store that a user's own table gave it, by its id or its name; None for one of the catalogue,
    and for one that the store does not have."""
    if parameter.kind != "indicator" or not isinstance(value, str) or is_of_catalogue(value):
        return None
    found = find_indicators(store, check_letters(value, parameter.name), iris)
    return Iri(min(found)) if found else None


# ---- answers -----------------------------------------------------------------------------------------------


def _read(answer: Answer, where: str) -> Results:
    nodes = _Terms(where)
    if isinstance(answer, pyoxigraph.QueryBoolean):
        return Results(boolean=bool(answer))
    if isinstance(answer, pyoxigraph.QueryTriples):
        triples = {
            Triple(nodes.name(t.subject), nodes.name(t.predicate), nodes.term(t.object)) for t in answer
        }
        return Results(triples=tuple(sorted(triples)))
    rows = tuple(tuple(None if cell is None else nodes.term(cell) for cell in row) for row in answer)
    return Results(variables=tuple(variable.value for variable in answer.variables), rows=rows)


class _Terms:
    """Reads terms; blank nodes are numbered in the order in which they come."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._blank: dict[str, Iri] = {}

    def name(self, value: object) -> Iri:
        if isinstance(value, pyoxigraph.NamedNode):
            return Iri(value.value)
        if isinstance(value, pyoxigraph.BlankNode):
            return self._blank.setdefault(value.value, Iri(f"_:b{len(self._blank) + 1}"))
        raise QueryError(self._where, "the answer has a triple as a term", "ask for its parts")

    def term(self, value: object) -> Object:
        if not isinstance(value, pyoxigraph.Literal):
            return self.name(value)
        if value.language:
            return Literal(value.value, language=value.language)
        return Literal(value.value, value.datatype.value)
