"""出庭应诉79件,胜诉70件,败诉9件: cases won and lost, told behind court appearances, are no appearances."""

from __future__ import annotations

import pytest

from passages import indicator_of

FIGURES = [
    ("行政机关负责人出庭应诉79件,出庭应诉率95.2%,败诉9件,败诉率10.8%。", "79件", "leader-appearances"),
    ("行政机关负责人出庭应诉79件,出庭应诉率95.2%,败诉9件,败诉率10.8%。", "9件", "litigation-lost"),
    ("行政机关负责人出庭应诉79件,胜诉70件,败诉9件。", "70件", "litigation-won"),
    ("败诉案件中负责人出庭应诉5件。", "5件", "leader-appearances"),
]


@pytest.mark.parametrize(("sentence", "number", "indicator"), FIGURES)
def test_what_is_counted(sentence: str, number: str, indicator: str) -> None:
    assert indicator_of(sentence, number) == indicator
