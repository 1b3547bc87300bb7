"""What the columns of an answer are called, and which of them a reader of one language needs."""

from __future__ import annotations

from collections.abc import Mapping

from ..describing.terms import XSD, Iri, Literal, Object
from ..exporting.verdicts import spell
from ..iris import Iris
from ..lexicon.catalogue import load_indicators, load_topics, load_units
from ..lexicon.extension import cached
from ..lexicon.shown_words import load_shown_words, show
from .results import Results

_ENGLISH = "En"
_KINDS = {
    "bound": "bound", "status": "status", "statusName": "status", "verdict": "verdict", "ruleName": "rule",
    "level": "level", "levelAbove": "level", "function": "function", "functionName": "function",
}  # fmt: skip
"""Kinds of shown_words.tsv by the variables whose labels are of them."""
_LISTS = ("topics",)
"""Variables of several labels in one text."""
_SHACL = "http://www.w3.org/ns/shacl#"


def head(variable: str, lang: str) -> str:
    """What a variable of a named query is called in a table; itself where no word is known for it."""
    return show("column", variable.removesuffix(_ENGLISH), lang)


def is_of_other_language(results: Results, place: int, lang: str) -> bool:
    """Whether the column at `place` tells in another language what one beside it tells in `lang`."""
    name, names = results.variables[place], results.variables
    if lang == "zh":
        return name.endswith(_ENGLISH) and name.removesuffix(_ENGLISH) in names
    return f"{name}{_ENGLISH}" in names and _is_told(results, place, names.index(f"{name}{_ENGLISH}"))


def _is_told(results: Results, own: int, other: int) -> bool:
    """Whether every row that has a cell in one column has it in the other."""
    return all(row[other] is not None or row[own] is None for row in results.rows)


def tell_label(variable: str, term: Object | None, lang: str) -> str | None:
    """The English of a label that a query hands out in Chinese only, by the variable that it stands in: of a bound, a
    unit, a level, an indicator … None for a Chinese reader, and for a label that no table knows."""
    if lang != "en" or not isinstance(term, Literal):
        return None
    known = _english_labels(variable)
    if variable in _LISTS:
        parts = [known.get(part, "") for part in term.value.split("、")]
        return "; ".join(parts) if all(parts) else None
    return known.get(term.value) if term.language == "zh" else None


@cached
def _english_labels(variable: str) -> Mapping[str, str]:
    if variable == "unit":
        return {unit.zh: unit.en for unit in load_units()}
    if variable in ("name", "numeratorName", "denominatorName"):
        return {entry.zh: entry.en for entry in load_indicators()}
    if variable in ("topicName", *_LISTS):
        return {topic.zh: topic.en for topic in load_topics()}
    kind = _KINDS.get(variable, "")
    return {words.of("zh"): words.of("en") for words in load_shown_words(kind).values()}


def tell_term(term: Object | None, lang: str, iris: Iris) -> str | None:
    """A value that has words: a severity, a part of the vocabulary, a truth value. None where it has none."""
    if isinstance(term, Literal) and term.datatype == f"{XSD}boolean":
        return show("truth", {"1": "true", "0": "false"}.get(term.value, term.value), lang)
    if isinstance(term, Iri) and term.value.startswith(_SHACL):
        known = load_shown_words("severity").get(spell(term.value))
        return known.of(lang) if known else None
    if isinstance(term, Iri):
        for kind in ("rule", "verdict", "method"):
            slug = term.value.removeprefix(iris.concept(kind, ""))
            if slug != term.value and slug in load_shown_words(kind):
                return show(kind, slug, lang)
    return None
