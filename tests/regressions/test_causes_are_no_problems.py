"""主要原因是…,基层编制不足: what a sentence on causes goes on to name is no problem that the report admits."""

from __future__ import annotations

import pytest

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"
PROBLEMS = [
    (
        "一是执法人员业务能力不足。主要原因是学法用法制度落实不到位,基层编制不足。",
        ["执法人员业务能力不足"],
    ),
    ("一是执法不规范,基层编制不足。", ["执法不规范", "基层编制不足"]),
    ("一是执法不规范。二是宣传形式单一,原因在于经费不足。", ["执法不规范", "宣传形式单一"]),
]


@pytest.mark.parametrize(("passage", "expected"), PROBLEMS)
def test_problems(passage: str, expected: list[str]) -> None:
    outlined = outline(read_text(f"{TITLE}\n\n一、存在的问题\n\n{passage}\n", "report.txt"))
    problems = interpret(outlined, find(outlined)).problems
    text = outlined.source.text
    told = [text[p.span.start : p.span.end] for p in problems]
    assert [any(words in each for each in told) for words in expected] == [True] * len(expected)
    assert len(told) == len(expected), told
