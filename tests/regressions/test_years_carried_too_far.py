"""去年5月 is last year's May; 08年5月 is no May of the year reported on; a range is of one year at both ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fatu.model import Mentions

DATES = [
    # a word for the year and what follows it are one date
    ("较去年5月增长。", [("去年5月", "2021-05")]),
    ("明年四月完工。", [("明年四月", "2023-04")]),
    ("今年第一季度受理8件。", [("今年第一季度", "2022-Q1")]),
    ("去年上半年受理8件。", [("去年上半年", "2021-01/2021-06")]),
    ("2022年前半年受理8件。", [("2022年前半年", "2022-01/2022-06")]),
    ("去年1-9月受理8件。", [("去年1-9月", "2021-01/2021-09")]),
    ("去年12月4日集中宣传。", [("去年12月4日", "2021-12-04")]),
    # the year named last is that of both ends
    ("2021年3月启动,5月至7月推进。", [("2021年3月", "2021-03"), ("5月至7月", "2021-05/2021-07")]),
    # nothing is read out of a year that is not understood
    ("08年5月开工。", []),
    ("十五年3月2日开工。", []),
    # ranges of days, with or without a year; over the turn of a year
    ("3月28日到4月15日整治。", [("3月28日到4月15日", "2022-03-28/2022-04-15")]),
    ("三月十日至十二日召开。", [("三月十日至十二日", "2022-03-10/2022-03-12")]),
    ("公示期2022/3/10-2022/3/17。", [("2022/3/10-2022/3/17", "2022-03-10/2022-03-17")]),
    ("2021年11月至3月供暖。", [("2021年11月至3月", "2021-11/2022-03")]),
    ("11月至3月供暖。", [("11月至3月", None)]),
    # decades
    ("建于上世纪90年代的小区。", [("上世纪90年代", "1990/1999")]),
    ("建于20世纪八十年代的小区。", [("20世纪八十年代", "1980/1989")]),
    ("建于90年代的小区。", [("90年代", "1990/1999")]),
    ("1月19号召开。", [("1月19号", "2022-01-19")]),
]


@pytest.mark.parametrize(("text", "expected"), DATES, ids=[text for text, _ in DATES])
def test_dates(found: Callable[..., Mentions], text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(m.text, m.payload.value) for m in found(text).dates] == expected
