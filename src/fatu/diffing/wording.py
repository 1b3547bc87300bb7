"""What changes, kinds and properties are called, in Chinese and in English: by the ontology, or by words.tsv."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Literal

from ..describing.dataset import vocabulary_quads
from ..describing.terms import RDFS, SKOS
from ..describing.terms import Literal as Text
from ..iris import Iris
from .change import GraphChanges, ReportChanges
from .kinds import KINDS, MENTION

Language = Literal["zh", "en"]


@cache
def load_words() -> dict[str, tuple[str, str]]:
    """Key (`change.added`) → its Chinese and English words."""
    text = files(__package__).joinpath("words.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["key"]: (row["zh"], row["en"]) for row in rows}


@cache
def _vocabulary(iris: Iris) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for quad in vocabulary_quads(iris):
        if quad.predicate in (RDFS + "label", SKOS + "prefLabel") and isinstance(quad.object, Text):
            labels.setdefault(quad.subject, {})[quad.object.language] = quad.object.value
    return labels


def term_words(iri: str, iris: Iris) -> tuple[str, str] | None:
    """What the vocabulary calls a class, a property or a concept; None where it does not."""
    labels = _vocabulary(iris).get(iri)
    return (labels.get("zh", ""), labels.get("en") or labels.get("zh", "")) if labels else None


def kind_words(kind: str) -> tuple[str, str]:
    """What a kind of facts is called."""
    terms = {each.name: each.term for each in KINDS} | {MENTION: "Mention"}
    return term_words(Iris().term(terms[kind]), Iris()) or (kind, kind)


def property_words(name: str) -> tuple[str, str]:
    """What a property is called, by the end of its name."""
    return load_words().get(f"property.{name}") or term_words(Iris().term(name), Iris()) or (name, name)


def count_words(counted: ReportChanges | GraphChanges) -> tuple[str, str]:
    """How many facts were added, removed and changed, and how many are the same."""
    counts = {
        how: sum(change.change == how for change in counted.changes)
        for how in ("added", "removed", "changed")
    }
    key = "tell.counts" if counted.changes else "tell.unchanged"
    zh, en = (word.format(**counts, same=counted.same) for word in load_words()[key])
    return zh, en


def total_words(changes: GraphChanges) -> tuple[str, str]:
    """The same of all reports, and how many of these changed."""
    touched = sum(bool(report.changes) for report in changes.reports)
    zh, en = (
        word.format(reports=len(changes.reports), touched=touched) for word in load_words()["tell.total"]
    )
    of_facts = count_words(changes)
    return f"{zh};{of_facts[0]}", f"{en}; {of_facts[1]}"
