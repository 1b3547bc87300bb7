"""16个镇, 383个村: the counted noun is one character. No phrase is empty, for it is a label and part of an IRI."""

from __future__ import annotations

import pytest

from passages import link_body

NOUNS = [
    # (sentence, number, word of its phrase)
    ("全县16个镇(街道)、383个村(社区)实现法律顾问全覆盖。", "16个", "镇"),
    ("全县16个镇(街道)、383个村(社区)实现法律顾问全覆盖。", "383个", "村"),
    ("全县16个镇、383个村实现法律顾问全覆盖。", "383个", "村"),
    ("查处3起环境违法案件。", "3起", "环境违法案件"),
]


@pytest.mark.parametrize(("sentence", "number", "word"), NOUNS)
def test_the_noun_is_in_the_phrase(sentence: str, number: str, word: str) -> None:
    observations = link_body(sentence).reading.observations
    assert word in next(o.phrase for o in observations if o.metric.text == number)


@pytest.mark.parametrize("sentence", ["16个。", "其中,3件。", "共计20项。", *(row[0] for row in NOUNS)])
def test_no_label_is_empty(sentence: str) -> None:
    for item in link_body(sentence).indicator_links:
        assert item.label.strip()
        assert item.observation.phrase.strip()
