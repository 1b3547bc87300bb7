"""取消行政审批事项17项,下放12项: what is delegated are the items that were named before."""

from __future__ import annotations

import pytest

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"
FIGURES = [
    ("取消行政审批事项17项,下放12项,承接省市下放事项9项。", "12项", "approval-items-cancelled"),
    ("取消行政审批事项17项、下放12项、承接9项。", "9项", "approval-items-cancelled"),
    ("梳理行政许可事项320项。", "320项", "approval-items"),
]


@pytest.mark.parametrize(("sentence", "number", "indicator"), FIGURES)
def test_what_is_counted(sentence: str, number: str, indicator: str) -> None:
    outlined = outline(read_text(f"{TITLE}\n\n一、工作开展情况\n\n{sentence}\n", "report.txt"))
    links = link(interpret(outlined, find(outlined))).indicator_links
    (found,) = [entry.id for entry in links if entry.observation.metric.text == number]
    assert found == indicator
