"""主要原因是…,基层编制不足: what a sentence on causes goes on to name is no problem that the report admits."""

from __future__ import annotations

import pytest

from passages import link_body

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
    reading = link_body(passage, "一、存在的问题").reading
    told = [reading.outline.source.text[p.span.start : p.span.end] for p in reading.problems]
    assert [any(words in each for each in told) for words in expected] == [True] * len(expected)
    assert len(told) == len(expected), told
