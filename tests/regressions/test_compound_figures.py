"""投资3亿5千万元: figures written in several steps are one figure; none is too long to be refused politely."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from fatu.finding.numerals import parse_chinese, parse_number
from fatu.model import Mentions

FIGURES = [
    ("投资3亿5千万元", "3亿5千万元", "350000000"),
    ("投资3万5千元", "3万5千元", "35000"),
    ("投资2千零30万元", "2千零30万元", "20300000"),
    ("惠及3万4000人", "3万4000人", "34000"),
    ("惠及5万4千6百户", "5万4千6百户", "54600"),
    ("运送3千克", "3千克", "3"),
]


@pytest.mark.parametrize(("text", "figure", "value"), FIGURES)
def test_a_figure_in_steps_is_one(found: Callable[..., Mentions], text: str, figure: str, value: str) -> None:
    assert [(m.text, m.payload.value) for m in found(f"{text}。").metrics] == [(figure, Decimal(value))]


LONG = ["9" * 35 + "亿", "9" * 18, "1分之" + "9" * 30, "一亿亿亿亿"]


@pytest.mark.parametrize("written", LONG)
def test_what_is_too_long_for_a_figure_is_refused(found: Callable[..., Mentions], written: str) -> None:
    with pytest.raises(ValueError):
        parse_number(written)
    assert written not in [m.text for m in found(f"共有{written}件。").metrics]


def test_a_long_figure_is_exact() -> None:
    assert parse_number("9" * 17).value == 10**17 - 1
    assert str(parse_number("1.5" + "0" * 40 + "万").value) == "15000"


@pytest.mark.parametrize(
    "written", ["百分之百分之五", "三万四千万", "三亿五千亿", "--3", "多万", "1又", "成", "二5"]
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        parse_number(written)


@pytest.mark.parametrize(
    ("written", "number"), [("四万万", 4 * 10**8), ("四万万五千万", 45 * 10**7), ("三万五千亿", 35 * 10**11)]
)
def test_powers_of_powers(written: str, number: int) -> None:
    assert parse_chinese(written) == number
