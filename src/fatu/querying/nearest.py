"""The named queries whose questions are most like a text."""

from __future__ import annotations

import re

from ..lexicon.question_patterns import load_question_patterns
from ..lexicon.question_words import IDEOGRAPH, fold_question, load_question_forms
from .named import NamedQuery, find_query, load_queries


def nearest_questions(text: str, first: str = "") -> tuple[NamedQuery, ...]:
    """Up to three named queries whose questions share most with the text, in pairs of ideographs and words."""
    own = _grams(text)
    examples: dict[str, set[str]] = {}
    for form in load_question_forms():
        examples.setdefault(form.query, set()).update(_grams(fold_question(form.example)))
    scored = []
    for query in load_queries():
        grams = _grams(fold_question(f"{query.zh} {query.en}")) | examples.get(query.name, set())
        shared = len(own & grams)
        if shared or query.name == first:
            scored.append((query.name != first, -shared, query.number or 99, query.name))
    return tuple(find_query(entry[-1]) for entry in sorted(scored)[:3])


def all_grams(text: str) -> set[str]:
    """Pairs of neighbouring ideographs, and English words."""
    ideographs = [IDEOGRAPH.match(character) is not None for character in text]
    pairs = {text[i : i + 2] for i in range(len(text) - 1) if ideographs[i] and ideographs[i + 1]}
    return pairs | set(re.findall("[a-z]{3,}", text))


def _grams(text: str) -> set[str]:
    common = load_question_patterns().common
    return {gram for gram in all_grams(text) if len(gram) != 3 and not common.fullmatch(gram)}
