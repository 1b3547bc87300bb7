"""2023年,我县将以…为指导,推进法治建设: the year at the head is part of a plan, or of none."""

from __future__ import annotations

import pytest

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"
PLANS = [
    ("2023年,我县将以党的二十大精神为指导,推进法治建设。", ["推进法治建设"]),
    ("2023年,继续加强行政复议工作。", ["2023年,继续加强行政复议工作"]),
]


@pytest.mark.parametrize(("passage", "expected"), PLANS)
def test_plans(passage: str, expected: list[str]) -> None:
    outlined = outline(read_text(f"{TITLE}\n\n一、下一步打算\n\n{passage}\n", "report.txt"))
    plans = interpret(outlined, find(outlined)).plans
    assert [outlined.source.text[p.span.start : p.span.end] for p in plans] == expected
