"""审结72件(其中:维持40件、撤销5件): what is listed in brackets counts parts of the figure before them."""

from __future__ import annotations

import pytest

from passages import link_body

SENTENCE = "受理行政复议案件80件,审结72件(其中:维持40件、撤销5件、终止27件),结案率90%。"
EXPECTED = [
    # (number, words of its phrase, id in the catalogue)
    ("80件", "行政复议案件", "recon-accepted"),
    ("72件", "审结", "recon-closed"),
    ("40件", "维持", "recon-upheld"),
    # 撤销 is one of four ways to correct a decision: alone it is no count of corrections.
    ("5件", "撤销", "recon-revoked"),
    ("27件", "终止", "recon-terminated"),
    ("90%", "结案率", "recon-closure-rate"),
]


@pytest.mark.parametrize(("number", "words", "indicator"), EXPECTED)
def test_each_figure_counts_its_own(number: str, words: str, indicator: str | None) -> None:
    found = next(i for i in link_body(SENTENCE).indicator_links if i.observation.metric.text == number)
    assert words in found.observation.phrase
    assert not set("(:、") & set(found.observation.phrase)
    assert found.id == indicator


def test_what_became_of_applications_is_not_how_many_came_in() -> None:
    report = link_body("收到行政复议申请88件,撤销5件,终止27件。")
    assert [i.id for i in report.indicator_links].count("recon-received") == 1
