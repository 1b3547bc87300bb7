"""根据《…》 stands before what is done under it: the document governs the measure that follows, not the one before."""

from __future__ import annotations

import pytest

from passages import link_body

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
