"""根据《…》 stands before what is done under it: the document governs the measure that follows, not the one before."""

from __future__ import annotations

import pytest

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.model import Report
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"


def link_body(body: str) -> Report:
    outlined = outline(read_text(f"{TITLE}\n\n一、工作开展情况\n\n{body}\n", "report.txt"))
    return link(interpret(outlined, find(outlined)))


SENTENCES = [
    # (sentence, measure that the document governs)
    ("推进依法行政,根据《湖南省行政程序规定》,评查案卷。", "评查案卷"),
    ("开展法治宣传,按照《湖南省行政程序规定》要求,规范听证程序。", "规范听证程序"),
]


@pytest.mark.parametrize(("sentence", "measure"), SENTENCES)
def test_the_measure_after_it(sentence: str, measure: str) -> None:
    reading = link_body(sentence).reading
    text = reading.outline.source.text
    (found,) = (item for item in reading.links if item.relation == "document")
    assert text[found.source.start : found.source.end] == measure
