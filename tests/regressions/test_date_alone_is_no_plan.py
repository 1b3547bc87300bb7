"""2023年,我县将以…为指导,推进法治建设: the year at the head is part of a plan, or of none."""

from __future__ import annotations

import pytest

from passages import link_body

PLANS = [
    ("2023年,我县将以党的二十大精神为指导,推进法治建设。", ["推进法治建设"]),
    ("2023年,继续加强行政复议工作。", ["2023年,继续加强行政复议工作"]),
]


@pytest.mark.parametrize(("passage", "expected"), PLANS)
def test_plans(passage: str, expected: list[str]) -> None:
    reading = link_body(passage, "一、下一步打算").reading
    assert [reading.outline.source.text[p.span.start : p.span.end] for p in reading.plans] == expected
