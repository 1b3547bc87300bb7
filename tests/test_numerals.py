"""Numerals: what a written number is worth, and how exactly it was written."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from fatu.finding.numerals import NUMBER, format_chinese, parse_chinese, parse_number

CHINESE = [
    # (written, number)
    ("零", 0),
    ("〇", 0),
    ("八", 8),
    ("两", 2),
    ("十", 10),
    ("十二", 12),
    ("二十", 20),
    ("九十九", 99),
    ("一百", 100),
    ("一百零五", 105),
    ("一百一十", 110),
    ("一百一十八", 118),
    ("两百三十六", 236),
    ("一千零一", 1001),
    ("一千零一十", 1010),
    ("两千零四", 2004),
    ("三千六百", 3600),
    ("一万", 10_000),
    ("一万零三百", 10_300),
    ("三万五千", 35_000),
    ("十二万", 120_000),
    ("三百万", 3_000_000),
    ("二百七十万零一十", 2_700_010),
    ("一千二百三十四万五千六百七十八", 12_345_678),
    ("两亿", 200_000_000),
    ("一亿零五百万", 105_000_000),
    # a last digit after a power counts the power below it
    ("两百五", 250),
    ("三千六", 3600),
    ("三万二", 32_000),
    # a power alone, as in 近百件, 千余人, 万余份
    ("百", 100),
    ("千", 1000),
    ("万", 10_000),
    # digit by digit
    ("二〇二一", 2021),
    ("一九", 19),
]


@pytest.mark.parametrize(("written", "number"), CHINESE)
def test_chinese_numeral(written: str, number: int) -> None:
    assert parse_chinese(written) == number


@pytest.mark.parametrize(
    "written",
    ["", "件", "十件", "3", "百分之九十", "三四十", "十百", "百千", "两两", "二两", "一十十", "点五"],
)
def test_what_is_no_chinese_numeral_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        parse_chinese(written)


FORMATTED = [
    # (number, written)
    (0, "零"),
    (7, "七"),
    (10, "十"),
    (15, "十五"),
    (20, "二十"),
    (21, "二十一"),
    (100, "一百"),
    (105, "一百零五"),
    (110, "一百一十"),
    (999, "九百九十九"),
    (1001, "一千零一"),
    (1010, "一千零一十"),
    (1100, "一千一百"),
    (10_000, "一万"),
    (10_005, "一万零五"),
    (10_500, "一万零五百"),
    (100_000, "十万"),
    (100_010, "十万零一十"),
    (2_700_015, "二百七十万零一十五"),
    (99_999_999, "九千九百九十九万九千九百九十九"),
]


@pytest.mark.parametrize(("number", "written"), FORMATTED)
def test_number_written_in_chinese(number: int, written: str) -> None:
    assert format_chinese(number) == written


@pytest.mark.parametrize("number", [-1, 10**8])
def test_a_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError):
        format_chinese(number)


NUMBERS = [
    # (written, value, decimals, scale, percent): the last written digit counts 10^(scale - decimals)
    ("9", "9", 0, 0, False),
    ("1,268", "1268", 0, 0, False),
    ("12,345,678.90", "12345678.90", 2, 0, False),
    ("88.78", "88.78", 2, 0, False),
    ("90.0", "90", 1, 0, False),
    ("0.8", "0.8", 1, 0, False),
    ("117万", "1170000", 0, 4, False),
    ("92.4万", "924000", 1, 4, False),
    ("3.25亿", "325000000", 2, 8, False),
    ("5千", "5000", 0, 3, False),
    ("3百万", "3000000", 0, 6, False),
    ("2万亿", "2000000000000", 0, 12, False),
    ("四十二", "42", 0, 0, False),
    ("八万", "80000", 0, 4, False),
    ("两亿", "200000000", 0, 8, False),
    ("三点五", "3.5", 1, 0, False),
    ("一点二万", "12000", 1, 4, False),
    ("百分之九十五", "95", 0, 0, True),
    ("百分之九十八点六", "98.6", 1, 0, True),
    ("百分之百", "100", 0, 0, True),
    ("百分之87.5", "87.5", 1, 0, True),
    ("四分之一", "0.25", 0, 0, False),
    ("三分之二", "0.6666666667", 0, 0, False),
    ("十分之七", "0.7", 0, 0, False),
]


@pytest.mark.parametrize(("written", "value", "decimals", "scale", "percent"), NUMBERS)
def test_number(written: str, value: str, decimals: int, scale: int, percent: bool) -> None:
    number = parse_number(written)
    assert number.value == Decimal(value)
    assert (number.decimals, number.scale, number.percent) == (decimals, scale, percent)


@pytest.mark.parametrize("written", [written for written, *_ in NUMBERS])
def test_the_pattern_of_numbers_covers_each_of_them_whole(written: str) -> None:
    assert re.fullmatch(NUMBER, written)


@pytest.mark.parametrize("written", ["", "件", "1,2", "3.", "分之二", "零分之一", "百分之"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        parse_number(written)


@pytest.mark.parametrize("written", [written for written, *_ in NUMBERS])
def test_a_value_is_written_without_exponent(written: str) -> None:
    assert "E" not in str(parse_number(written).value)
