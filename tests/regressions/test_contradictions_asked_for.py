"""有没有矛盾的数字 asks for figures that contradict each other, not for sentences without figures (没有…数字)."""

from __future__ import annotations

import pytest

from commands import ROOT
from fatu.describing.terms import Quad
from fatu.pipeline import build
from fatu.querying import Understood, ask_words
from fatu.storing import MemoryStore

SOURCE = ROOT / "graphs" / "410203-gov-2020" / "source.txt"
QUESTIONS = [
    ("报告前后有没有矛盾的数字?", "inconsistencies"),
    ("有没有不一致的数字?", "inconsistencies"),
    ("有没有数字错误?", "inconsistencies"),
    ("有没有没数字的说法?", "unnumbered-claims"),
    ("哪些措施没有数字?", "unnumbered-claims"),
]


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    quads: tuple[Quad, ...] = tuple(build(SOURCE).quads)
    return MemoryStore(quads)


@pytest.mark.parametrize(("question", "query"), QUESTIONS)
def test_which_query_answers(question: str, query: str, store: MemoryStore) -> None:
    answer = ask_words(store, question)
    assert isinstance(answer, Understood)
    assert answer.query.name == query
