"""What a store holds, counted: what VoID asks of a data set (https://www.w3.org/TR/void/#statistics).

Asked in SPARQL, a property at a time, so that the store never holds more than the different subjects, or objects, of
one count: reading 693,473 triples one by one took ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph

from ..describing.terms import RDF
from .remote import RemoteStore
from .store import Store


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """A property: its triples, and how many different subjects and objects they have."""

    iri: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class and how many things are of it."""

    iri: str
    entities: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in the default graph: every triple of all graphs once. Properties and classes by IRI."""

    triples: int
    subjects: int
    objects: int
    entities: int
    """Subjects whose IRI starts with the space that was asked for."""
    properties: tuple[PropertyCount, ...]
    classes: tuple[ClassCount, ...]


def count_statements(store: Store, space: str, left_out: str = "") -> Counts:
    """The counts of a store, but for the triples whose subject's IRI starts with `left_out`.

    Raises StoreError where the store does not answer.
    """
    kept = f'FILTER(!(ISIRI(?s) && STRSTARTS(STR(?s), "{left_out}")))' if left_out else ""

    def numbers(pattern: str, *counted: str) -> list[int]:
        head = " ".join(f"(COUNT({what}) AS ?n{place})" for place, what in enumerate(counted))
        (row,) = _rows(store, f"SELECT {head} WHERE {{ {pattern} {kept} }}")
        return [int(row[place].value) for place in range(len(counted))]

    def values(variable: str, pattern: str) -> list[str]:
        rows = ask_rows(store, f"SELECT DISTINCT {variable} WHERE {{ {pattern} {kept} }}", variable)
        return [row[0].value for row in rows if isinstance(row[0], pyoxigraph.NamedNode)]

    # Grouped first: the different subjects are looked at, not those of all triples.
    ours = f'{{ SELECT ?s WHERE {{ ?s ?p ?o {kept} }} GROUP BY ?s }} FILTER(ISIRI(?s) && STRSTARTS(STR(?s), "{space}"))'
    (triples,), (subjects,), (objects,), (entities,) = (
        numbers(pattern, counted)
        for pattern, counted in (
            ("?s ?p ?o", "*"), ("?s ?p ?o", "DISTINCT ?s"), ("?s ?p ?o", "DISTINCT ?o"), (ours, "*"),
        )
    )  # fmt: skip
    return Counts(
        triples,
        subjects,
        objects,
        entities,
        tuple(
            PropertyCount(iri, *numbers(f"?s <{iri}> ?o", "*", "DISTINCT ?s", "DISTINCT ?o"))
            for iri in values("?p", "?s ?p ?o")
        ),
        tuple(
            ClassCount(iri, *numbers(f"?s <{RDF}type> <{iri}>", "*"))
            for iri in values("?c", f"?s <{RDF}type> ?c")
        ),
    )


def ask_rows(store: Store, text: str, names: str) -> Iterator[pyoxigraph.QuerySolution]:
    """The rows of a SELECT DISTINCT of these variables, sorted by them; of a server page by page."""
    if isinstance(store, RemoteStore):
        return store.select(text, names)
    # Inside, so that the different rows alone are sorted, not all that there are.
    return _rows(store, f"SELECT {names} WHERE {{ {{ {text} }} }} ORDER BY {names}")


def _rows(store: Store, text: str) -> pyoxigraph.QuerySolutions:
    answer = store.query(text)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return answer
