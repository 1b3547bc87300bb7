"""取消行政审批事项17项,下放12项: what is delegated are the items that were named before."""

from __future__ import annotations

import pytest

from passages import indicator_of

FIGURES = [
    ("取消行政审批事项17项,下放12项,承接省市下放事项9项。", "12项", "approval-items-cancelled"),
    ("取消行政审批事项17项、下放12项、承接9项。", "9项", "approval-items-cancelled"),
    ("梳理行政许可事项320项。", "320项", "approval-items"),
]


@pytest.mark.parametrize(("sentence", "number", "indicator"), FIGURES)
def test_what_is_counted(sentence: str, number: str, indicator: str) -> None:
    assert indicator_of(sentence, number) == indicator
