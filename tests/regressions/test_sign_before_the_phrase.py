"""纠错12件/审结74件: the sign between two figures is no part of what the second one counts. Such a phrase and one
without the sign have one IRI, and gave the indicator two Chinese labels."""

from __future__ import annotations

import pytest

from passages import link_body

PHRASES = [
    ("行政复议直接纠错率16.22%(纠错12件/审结74件)。", "74件"),
    ("举办培训5场·参加人数300人。", "300人"),
    ("受理信访事项20件;办结19件。", "19件"),
]


@pytest.mark.parametrize(("sentence", "number"), PHRASES)
def test_a_phrase_begins_with_a_letter(sentence: str, number: str) -> None:
    observations = link_body(sentence).reading.observations
    (phrase,) = [o.phrase for o in observations if o.metric.text == number]
    assert phrase[0].isalpha(), phrase
