"""上年 in a comparison (较上年, 由上年的) or in 上年结转 does not put this year's figure into last year."""

from __future__ import annotations

import pytest

from passages import link_body

FIGURES = [
    # (sentence, number, period, words of its phrase)
    ("办理行政许可5.6万件,较上年增长12.3%。", "12.3%", "2022", "增长"),
    ("受理行政复议案件15件,比去年增加3件。", "3件", "2022", "增加"),
    ("败诉率由上年的12%下降至8.3%。", "12%", "2021", "败诉率"),
    ("败诉率由上年的12%下降至8.3%。", "8.3%", "2022", "败诉率"),
    ("受理行政复议案件81件,上年受理58件,同比增长39.7%,审结75件。", "58件", "2021", "受理"),
    ("受理行政复议案件81件,上年受理58件,同比增长39.7%,审结75件。", "39.7%", "2022", "增长"),
    ("受理行政复议案件81件,上年受理58件,同比增长39.7%,审结75件。", "75件", "2022", "审结"),
    ("上年受理行政复议案件58件,审结50件。", "50件", "2021", "审结"),
    ("受理行政复议案件81件,较上年受理的58件增长39.7%。", "58件", "2021", "受理"),
    ("受理行政复议案件81件,较上年受理的58件增长39.7%。", "39.7%", "2022", "增长"),
    ("受理行政复议案件81件,比去年同期的58件增加23件。", "58件", "2021", "受理行政复议案件"),
    ("受理行政复议案件81件,较2020年的58件增长39.7%。", "58件", "2020", "受理行政复议案件"),
    ("上年结转行政复议案件3件,新受理行政复议案件17件。", "3件", "2022", "上年结转"),
    ("上年结转行政复议案件3件,新受理行政复议案件17件。", "17件", "2022", "受理"),
]


@pytest.mark.parametrize(("sentence", "number", "period", "words"), FIGURES)
def test_the_year_of_a_figure(sentence: str, number: str, period: str, words: str) -> None:
    observations = link_body(sentence).reading.observations
    found = next(o for o in observations if o.metric.text == number)
    assert (found.period, words in found.phrase) == (period, True), found.phrase
