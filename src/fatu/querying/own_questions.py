"""A question that is a named query's own, as `fatu queries` lists it and a refusal offers it → that query."""

from __future__ import annotations

from functools import cache

from ..lexicon.question_words import fold_question
from .named import NamedQuery, load_queries


def find_own_query(question: str) -> NamedQuery | None:
    """The named query whose question, in Chinese or English, has the same letters and digits; None where there is
    none. Width, case, spaces and punctuation do not matter."""
    letters = _letters(question)
    return _queries().get(letters) if letters else None


@cache
def _queries() -> dict[str, NamedQuery]:
    return {_letters(text): query for query in load_queries() for text in (query.zh, query.en)}


def _letters(text: str) -> str:
    return "".join(character for character in fold_question(text) if character.isalnum())
