"""出庭应诉79件,胜诉70件,败诉9件: cases won and lost, told behind court appearances, are no appearances."""

from __future__ import annotations

import pytest

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"
FIGURES = [
    ("行政机关负责人出庭应诉79件,出庭应诉率95.2%,败诉9件,败诉率10.8%。", "79件", "leader-appearances"),
    ("行政机关负责人出庭应诉79件,出庭应诉率95.2%,败诉9件,败诉率10.8%。", "9件", "litigation-lost"),
    ("行政机关负责人出庭应诉79件,胜诉70件,败诉9件。", "70件", "litigation-won"),
    ("败诉案件中负责人出庭应诉5件。", "5件", "leader-appearances"),
]


@pytest.mark.parametrize(("sentence", "number", "indicator"), FIGURES)
def test_what_is_counted(sentence: str, number: str, indicator: str) -> None:
    outlined = outline(read_text(f"{TITLE}\n\n一、工作开展情况\n\n{sentence}\n", "report.txt"))
    links = link(interpret(outlined, find(outlined))).indicator_links
    (found,) = [entry.id for entry in links if entry.observation.metric.text == number]
    assert found == indicator
