"""纠错12件/审结74件: the sign between two figures is no part of what the second one counts. Such a phrase and one
without the sign have one IRI, and gave the indicator two Chinese labels."""

from __future__ import annotations

import pytest

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"
PHRASES = [
    ("行政复议直接纠错率16.22%(纠错12件/审结74件)。", "74件"),
    ("举办培训5场·参加人数300人。", "300人"),
    ("受理信访事项20件;办结19件。", "19件"),
]


@pytest.mark.parametrize(("sentence", "number"), PHRASES)
def test_a_phrase_begins_with_a_letter(sentence: str, number: str) -> None:
    outlined = outline(read_text(f"{TITLE}\n\n一、工作开展情况\n\n{sentence}\n", "report.txt"))
    observations = interpret(outlined, find(outlined)).observations
    (phrase,) = [o.phrase for o in observations if o.metric.text == number]
    assert phrase[0].isalpha(), phrase
