"""500人次以上, 7天以内: a bound behind the unit belongs to the number, not to what is counted."""

from __future__ import annotations

import pytest

from passages import link_body

PHRASES = [
    # (sentence, number, bound)
    ("培训执法人员500人次以上。", "500人次", "at_least"),
    ("培训执法人员500余人次。", "500余人次", "at_least"),
    ("办理时限压缩至5个工作日以内。", "5个工作日", "at_most"),
    ("发放宣传资料3000份左右。", "3000份", "approx"),
]


@pytest.mark.parametrize(("sentence", "number", "bound"), PHRASES)
def test_the_bound_is_not_counted(sentence: str, number: str, bound: str) -> None:
    observations = link_body(sentence).reading.observations
    found = next(o for o in observations if o.metric.text == number)
    assert found.metric.payload.bound == bound
    assert not any(word in found.phrase for word in ("以上", "以内", "左右", "余"))
