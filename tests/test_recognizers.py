"""Microsoft Recognizers-Text: its cases for Chinese numbers, shares, units, dates and ranges of days.

`../shared/corpora/recognizers-specs` holds them. CONVENTIONS names what we read otherwise, and why; all other
cases must pass, and each that a convention excuses must fail, so that none hides what could be read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from fatu.finding.dates import find_dates
from fatu.finding.metrics import find_metrics
from fatu.finding.numerals import NUMBER, parse_number
from fatu.model import Metric
from fatu.outlining import fold

Case = dict[str, Any]


class Convention(NamedTuple):
    """Something of the specification that we do not share."""

    name: str
    reason: str
    words: str
    """Regular expression of the folded input (a model's date: of the entity) that shows it."""


# ------------------------------------------------------------------------------------------------- comparing


def folded(text: str) -> str:
    return fold(text).text


def metrics_of(text: str) -> list[tuple[int, int, Metric]]:
    return [(s.start, s.end, s.payload) for s in find_metrics(text, bytearray(len(text)), frozenset())]


def is_close(ours: Decimal, theirs: Decimal) -> bool:
    """Equal to ten places, as we give fractions, and to the fifteen digits that the specification has."""
    return abs(ours - theirs) <= max(Decimal("1e-10"), abs(theirs).scaleb(-14))


def reads_number(case: Case) -> bool:
    """Each entity has the value; where there is none, nothing is counted."""
    if not case["Results"]:
        return not metrics_of(folded(case["Input"]))
    return all(
        is_close(parse_number(folded(found["Text"])).value, Decimal(found["Resolution"]["value"]))
        for found in case["Results"]
    )


_PERCENT_UNIT = re.compile("[个個] *百 *分 *[点點]|%")


def reads_percent(case: Case) -> bool:
    """Each entity is the share: 9成 is 0.9 to us and 90% there; percentage points are a unit of their own."""
    if not case["Results"]:
        return not any(metric.unit == "%" for *_, metric in metrics_of(folded(case["Input"])))
    for found in case["Results"]:
        text, unit = _PERCENT_UNIT.subn("", folded(found["Text"]))
        number = parse_number(text.strip())
        share = number.value / 100 if unit or number.percent else number.value
        if not is_close(share, Decimal(found["Resolution"]["value"].removesuffix("%")) / 100):
            return False
    return True


def reads_unit(case: Case) -> bool:
    """Each entity is a metric at its place, with its unit at its end; where there is none, there is no metric."""
    metrics = {(start, end): metric for start, end, metric in metrics_of(folded(case["Input"]))}
    if not case["Results"]:
        return not metrics
    for found in case["Results"]:
        metric = metrics.get((found["Start"], found["End"] + 1))
        value = found["Resolution"]["value"]
        if metric is None or metric.unit is None or not found["Text"].endswith(metric.unit):
            return False
        if value is None or not is_close(metric.value, Decimal(value)):
            return False
    return True


_AROUND = re.compile("(?:从|自从|自|截止到)?(.*?)(?:(?:[或及]?[之以][前后]|以来|前|起|开始)?)")


def core(text: str) -> tuple[int, int]:
    """The date within 从…, …之前, …起: how it bounds a period is not part of it."""
    match = _AROUND.fullmatch(text)
    assert match
    return match.span(1)


def reads_span(case: Case) -> bool:
    """Exactly these dates are found at these places."""
    text = folded(case["Input"])
    expected = []
    for found in case["Results"]:
        low, high = core(text[found["Start"] : found["Start"] + found["Length"]])
        expected.append((found["Start"] + low, found["Start"] + high))
    return [(spot.start, spot.end) for spot in find_dates(text, 2022)] == expected


def reads_date(case: Case) -> bool:
    """Exactly these dates are found, and they mean what the specification says, seen from its own year."""
    text = folded(case["Input"])
    year = int(case["Context"]["ReferenceDateTime"][:4])
    spots = list(find_dates(text, year))
    if len(spots) != len(case["Results"]):
        return False
    for spot, found in zip(spots, case["Results"], strict=True):
        low, high = core(text[found["Start"] : found["End"] + 1])
        if (spot.start, spot.end) != (found["Start"] + low, found["Start"] + high):
            return False
        if not any(means(spot.payload.value, value, year) for value in found["Resolution"]["values"]):
            return False
    return True


def means(ours: str | None, theirs: dict[str, str], year: int) -> bool:
    """2018-10 is 2018-10-01/2018-11-01 there: the day after the last. 之前 and 起 leave one end open."""
    timex = theirs["timex"].replace("XXXX", str(year))
    if ours is None or "," not in timex:
        return timex == ours
    starts, ends, _ = timex.strip("()").split(",")
    if "XX" in theirs["timex"].replace("XXXX", ""):
        starts, ends = theirs["start"], theirs["end"]
    first, _, last = ours.partition("/")
    before = (date.fromisoformat(ends) - timedelta(days=1)).isoformat()
    return starts.startswith(first) and any(end.startswith(last or first) for end in (ends, before))


# ----------------------------------------------------------------------------------------------- conventions

NUMBERS = (
    Convention("dozens", "打 and 半百 are no numerals of official writing", "打|半百"),
    Convention("calculator notation", "2^5, 1e3, 40k, 2.5 M stand in no report", r"\d ?[\^ekmKM]|\dE\d"),
    Convention(
        "兆 for 10^12",
        "兆 is mega (SI prefixes by the 1984 order on legal units), 万亿 is written",
        "[五九]兆",
    ),
    Convention("point without zero", "GB/T 15835-2011 demands the zero: 0.5", r"^-?\.\d"),
)
PERCENTAGES = (
    Convention("discounts", "折 is a price, not a share of cases", "[^十对對]折|打[对對]折"),
    Convention("calculator notation", "15K stands in no report", r"\d ?[kK]"),
)
UNITS = (
    Convention(
        "units not in units.tsv",
        "no report counts in them",
        "法郎|日元(?!5)|奈拉|比特|赫兹|字节|千卡|公分|168cm|250m|微克|[三五]斤|一位是|168CM|[万二十百4]两$",
    ),
    Convention(
        "one Chinese numeral before money or a measure",
        "reports write these in digits (GB/T 15835-2011); with one numeral they are mostly names",
        "(?<!十)[十五一两]美元(?![又和])|[一]吨(?!半)|四十克|百千瓦",
    ),
    Convention("half after the unit", "reports write 1.5吨", "[吨米]半"),
    Convention("small change", "reports write 50.63元", "毛|角三|块|美分|銭"),
    Convention("人民币", "it says which 元 is meant, it is no unit and no part of the figure", "人民币"),
    Convention(
        "more than 17 digits",
        "no figure of a report is that long; numbers of orders are",
        r"(?<![A-Z\d])\d{18}",
    ),
    Convention("currency signs", "reports write the unit after the figure", r"\$"),
    Convention("兆 for 10^12", "兆 is mega, 万亿 is written", "四十九兆"),
)
DAYS = (
    Convention("weeks and weekdays", "reports date by year, quarter, month and day", "周(?![岁期年])|週|星期|[礼禮]拜"),
    Convention(
        "counted from today",
        "a report is read years later; it names its year",
        "(?<!《)[今明昨]日(?!头|之)|明天|大[前后]天|後天|最近|[本下]个?月(?!十日|至)|上1月|下1[年天]|后1年"
        "|近 三 年|过去十年|(?<!1)5[年天]前|上个半年",
    ),
    Convention("day without a month", "nothing says which month", "^29日|^下次的12号|本月十日"),
    Convention("ordinal parts of a year", "reports name the month", "年的?第.个月|前10天|最後 4 个月|上半月"),
    Convention("seasons", "ISO 8601 has no seasons, nor do reports count by them", "夏天"),
    Convention("day without 日", "八月十五 may be a festival of the lunar calendar", "八月十五|一月二十三"),
    Convention("lunar calendar", "reports date by the Gregorian calendar", "农历|初一|大年[初三]|正月三十"),
    Convention("eras", "no report is about 康熙三年", "神龙元年|康熙|民国|雍正(?!四)"),
    Convention("years before 1900", "no report is about them", "1789-|1357年|三六七年|在789年"),
    Convention(
        "years of two digits",
        "15年 is as well a duration; GB/T 15835-2011 demands four digits",
        r"(?<!\d)(?:0[78]|1[58]) ?年|零八年|你27-|你12-",
    ),
    Convention("numbers as years", "a year is written with 年", "看起来是一个年份|= 2019"),
    Convention("other marks", "not GB/T 7408", r"^10/1/|^1/2/|^12/1|13\.5\.|^2010 01"),
    Convention("…之后…之前", "to us two dates, each with its own bound", "年之后2018年之前"),
    Convention("…和…之间", "to us two dates", "[年月]和.*间"),
    Convention("turn of the year", "8月至2月 is one range, but of which years nothing says", "8月至2月"),
    Convention(
        "days that are none",
        "the month is read, the day is not there in that year",
        "2月30日|2019年2月29日|^2月29日.*@201[79]",
    ),
)  # fmt: skip
AMISS = {
    # Not a convention: what we read wrongly, by folded input.
    "五百分之2.2": "百分之 is read within a larger word",
    "央行到期定存单5306亿台币": "台币 is no unit of the table, but 台 is",
    "负0.2千米": "the sign of a metric is not read",
    "负13.5千米": "the sign of a metric is not read",
}
ADDRESS = re.compile("https?://")
"""Not a convention either: %20 in the address of a page is read as a percentage."""


class Part(NamedTuple):
    """A file of cases, how they are checked, and what of them must be excused: convention → cases."""

    file: str
    reads: Callable[[Case], bool]
    conventions: tuple[Convention, ...]
    passed: int
    excused: dict[str, int]


PARTS = (
    Part(
        "Number-Chinese-NumberModel",
        reads_number,
        NUMBERS,
        335,
        {"calculator notation": 16, "dozens": 6, "兆 for 10^12": 5, "point without zero": 3},
    ),
    Part(
        "Number-Chinese-PercentModel",
        reads_percent,
        PERCENTAGES,
        121,
        {"discounts": 21, "calculator notation": 7, "amiss": 3},
    ),
    Part(
        "NumberWithUnit-Chinese-CurrencyModel",
        reads_unit,
        UNITS,
        12,
        {
            "more than 17 digits": 1,
            "units not in units.tsv": 4,
            "one Chinese numeral before money or a measure": 3,
            "small change": 5,
            "人民币": 7,
            "currency signs": 1,
            "兆 for 10^12": 1,
            "amiss": 1,
        },
    ),
    Part(
        "NumberWithUnit-Chinese-DimensionModel",
        reads_unit,
        UNITS,
        9,
        {
            "units not in units.tsv": 20,
            "one Chinese numeral before money or a measure": 3,
            "half after the unit": 2,
            "amiss": 2,
        },
    ),
    Part(
        "DateTime-Chinese-DatePeriodExtractor",
        reads_span,
        DAYS,
        28,
        {
            "weeks and weekdays": 10,
            "counted from today": 6,
            "seasons": 1,
            "eras": 7,
            "years before 1900": 1,
            "years of two digits": 5,
            "numbers as years": 3,
            "other marks": 1,
            "…之后…之前": 1,
        },
    ),
    Part(
        "DateTime-Chinese-DateExtractor",
        reads_span,
        DAYS,
        14,
        {
            "weeks and weekdays": 13,
            "counted from today": 5,
            "day without a month": 3,
            "day without 日": 4,
            "lunar calendar": 8,
            "years before 1900": 3,
            "years of two digits": 2,
            "other marks": 4,
        },
    ),
    Part(
        "DateTime-Chinese-DateTimeModel",
        reads_date,
        DAYS,
        94,
        {
            "weeks and weekdays": 18,
            "counted from today": 12,
            "day without a month": 7,
            "ordinal parts of a year": 5,
            "seasons": 1,
            "day without 日": 1,
            "lunar calendar": 4,
            "eras": 7,
            "years of two digits": 6,
            "numbers as years": 1,
            "other marks": 3,
            "…和…之间": 3,
            "turn of the year": 1,
            "days that are none": 6,
        },
    ),
)


def load_cases(folder: Path, file: str) -> list[Case]:
    """The cases of a file; of the model of dates and times those about dates and ranges of days only."""
    cases: list[Case] = json.loads((folder / f"{file}.json").read_text("utf-8-sig"))
    if file != "DateTime-Chinese-DateTimeModel":
        return cases
    wanted = {"datetimeV2.date", "datetimeV2.daterange"}
    return [case for case in cases if case["Results"] and {r["TypeName"] for r in case["Results"]} <= wanted]


def key_of(case: Case) -> str:
    """What a convention's words are looked for in: the folded input, with the year it is read in."""
    year = case.get("Context", {}).get("ReferenceDateTime", "")[:4]
    return folded(case["Input"]) + (f"@{year}" if year else "")


def excuses(part: Part, case: Case) -> list[str]:
    key = key_of(case)
    names = [convention.name for convention in part.conventions if re.search(convention.words, key)]
    if key in AMISS or ADDRESS.search(key):
        names.append("amiss")
    return names


def is_read(part: Part, case: Case) -> bool:
    try:
        return part.reads(case)
    except ValueError:
        return False


# ------------------------------------------------------------------------------------------------------ tests


@pytest.fixture(scope="module")
def specs(shared: Path) -> Path:
    return shared / "corpora" / "recognizers-specs"


by_file = pytest.mark.parametrize("part", PARTS, ids=[part.file for part in PARTS])


@by_file
def test_every_case_is_read_or_excused_by_one_convention(specs: Path, part: Part) -> None:
    cases = load_cases(specs, part.file)
    wrong = [
        (key_of(case), names)
        for case in cases
        for names in [excuses(part, case)]
        if len(names) != (0 if is_read(part, case) else 1)
    ]
    assert wrong == []


@by_file
def test_how_many_pass_and_what_excuses_the_others(specs: Path, part: Part) -> None:
    cases = load_cases(specs, part.file)
    counts = Counter(name for case in cases for name in excuses(part, case))
    print(
        f"{part.file}: {part.passed} of {len(cases)} pass;", *(f"{name} {n}," for name, n in counts.items())
    )
    assert counts == part.excused
    assert len(cases) - counts.total() == part.passed


_AS_PRINTED = re.compile(
    r"[\d.,零〇一二两三四五六七八九十百千万亿点分之]*[零〇一二两三四五六七八九十百千万亿\d]"
)


def test_the_pattern_of_numbers_covers_what_is_written_as_reports_write(specs: Path) -> None:
    """In text, too, a number without signs, spaces and traditional characters is found whole."""
    part = PARTS[0]
    entities = {
        folded(found["Text"])
        for case in load_cases(specs, part.file)
        if not excuses(part, case)
        for found in case["Results"]
    }
    printed = sorted(filter(_AS_PRINTED.fullmatch, entities))
    assert len(printed) > 100
    assert [text for text in printed if re.match(NUMBER, text)[0] != text] == []
