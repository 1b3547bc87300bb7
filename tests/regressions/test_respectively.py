"""2021年、2022年分别受理60件、80件: the first year goes with the first number, the second with the second."""

from __future__ import annotations

import pytest

from passages import link_body

LISTS = [
    # (sentence, (number, period) in order)
    ("2021年、2022年分别受理行政复议案件60件、80件。", [("60件", "2021"), ("80件", "2022")]),
    ("2020年、2021年、2022年分别办理法律援助案件70件、90件和95件。",
     [("70件", "2020"), ("90件", "2021"), ("95件", "2022")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), LISTS)
def test_years_go_with_their_numbers(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [(o.metric.text, o.period) for o in link_body(sentence).reading.observations] == expected
