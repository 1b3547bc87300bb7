"""The named queries whose questions are most like a text."""

from __future__ import annotations

import re

from ..lexicon.question_words import fold_question, load_question_forms
from .named import NamedQuery, find_query, load_queries

_HAN = re.compile("[\u3400-\u9fff]")


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
    pairs = {text[i : i + 2] for i in range(len(text) - 1) if _HAN.match(text[i]) and _HAN.match(text[i + 1])}
    return pairs | set(re.findall("[a-z]{3,}", text))


def _grams(text: str) -> set[str]:
    return {gram for gram in all_grams(text) if gram not in _COMMON and len(gram) != 3}


_COMMON = frozenset(
    (
        *(
            "what",
            "which",
            "does",
            "were",
            "have",
            "this",
            "that",
            "with",
            "many",
            "much",
            "report",
            "reports",
        ),
        *("什么", "多少", "哪些", "怎么", "如何"),
    )
)
