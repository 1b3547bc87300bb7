"""Dates, years, ranges, recurrences and named periods, in digits or Chinese numerals (GB/T 7408, ISO 8601)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from ..lexicon.patterns import opening_lookahead
from ..lexicon.tables import load_table
from ..model import DateValue
from .numerals import parse_chinese
from .spotting import Spot

Reader = Callable[[re.Match[str], int | None], DateValue | None]

_Y = r"(?P<{0}>(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{{2}})"
_YEAR = _Y.format("y")
_M = r"(?P<m{0}>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)"
_D = r"(?P<d{0}>3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_MONTH, _DAY = _M.format(""), _D.format("")
_HAN_MONTH = r"十[一二]?|[一二三四五六七八九]"
_MONTHS = rf"{_MONTH}月?(?:份)?(?:-{{1,2}}|~|至|到)(?P<n>1[0-2]|0?[1-9]|{_HAN_MONTH})月(?:份)?(?!\d)"
_TO = r" ?(?:-{1,2}|~|至|到) ?"
_LAST_DAY = (
    rf"{_TO}(?:{_Y.format('y2')} ?年 ?)?(?:{_M.format(2)} ?月 ?)?{_D.format(2)} ?[日号]"
)  # fmt: skip
_DIGIT_DAY = r"(?P<y{0}>(?:19|20)\d\d)(?P<mark{0}>[-/.])(?P<m{0}>\d{{1,2}})(?P=mark{0})(?P<d{0}>\d{{1,2}})"
_FIRST_DIGIT_DAY = r"(?<!\d)(?<!\d[-/.])" + _DIGIT_DAY.format("")
_NUMERAL = "\\d零〇一二三四五六七八九十百千元"
_OPEN = f"(?<![{_NUMERAL}])(?<![{_NUMERAL}]年)"
"""Not after a year that was not understood: 08年5月 is no May of the year reported on."""
_CENTURY = r"(?P<century>[上本]个?|\d\d|[一二]?十[一二三四五六七八九]?)世纪"
_DECADE = rf"(?:{_CENTURY})?(?P<decade>\d0|[一二三四五六七八九]十)年代"
_CLOCK = r"(?P<time>\d\d:\d\d(?::\d\d)?)"
_PART = r"(?P<part>[上前下后]半年|第?[一二三四1-4]季度)"
_SEASONS = {"一": 1, "二": 2, "三": 3, "四": 4}


def _iso_year(text: str) -> int:
    return int(text) if text.isdecimal() else parse_chinese(text.replace("零", "〇"))


def _number(text: str) -> int:
    if text == "元":
        return 1
    return int(text) if text.isdecimal() else parse_chinese(text)


def _datetime(m: re.Match[str], _: int | None) -> DateValue | None:
    value = f"{m['y']}-{m['m']:0>2}-{m['d']:0>2}T{m['time']}"
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return None
    return DateValue(value, "datetime")


def _day(m: re.Match[str], _: int | None) -> DateValue | None:
    try:
        return DateValue(date(_iso_year(m["y"]), _number(m["m"]), _number(m["d"])).isoformat(), "date")
    except ValueError:
        return None


def _days(m: re.Match[str], year: int | None) -> DateValue | None:
    """2021年2月1日—2023年2月1日, 2021年5月1日至7日, 3月28日到四月15日."""
    stated = _iso_year(m["y"]) if m["y"] else year
    if stated is None:
        return DateValue(None, "range")
    try:
        first = date(stated, _number(m["m"]), _number(m["d"]))
        month = _number(m["m2"]) if m["m2"] else first.month
        last = date(_iso_year(m["y2"]) if m["y2"] else stated, month, _number(m["d2"]))
    except ValueError:
        return None
    return DateValue(f"{first.isoformat()}/{last.isoformat()}", "range") if first < last else None


def _month(m: re.Match[str], _: int | None) -> DateValue | None:
    return DateValue(f"{_iso_year(m['y'])}-{_number(m['m']):02}", "month")


def _years(m: re.Match[str], _: int | None) -> DateValue | None:
    first, last = _iso_year(m["y"]), _iso_year(m["z"])
    return DateValue(f"{first}/{last}", "range") if first < last else None


def _year(m: re.Match[str], _: int | None) -> DateValue | None:
    return DateValue(str(_iso_year(m["y"])), "year")


def _part(m: re.Match[str], _: int | None) -> DateValue | None:
    year, part = _iso_year(m["y"]), m["part"]
    if "半年" in part:
        months = ("01", "06") if part[0] in "上前" else ("07", "12")
        return DateValue(f"{year}-{months[0]}/{year}-{months[1]}", "range")
    quarter = part.removeprefix("第")[0]
    return DateValue(f"{year}-Q{_SEASONS.get(quarter) or quarter}", "year")


def _months(m: re.Match[str], year: int | None) -> DateValue | None:
    stated = _iso_year(m["y"]) if m["y"] else year
    first, last = _number(m["m"]), _number(m["n"])
    if first == last:
        return None
    if first > last and not m["y"]:
        # 11月至3月: which of the two years is meant, nothing says.
        return DateValue(None, "range")
    return DateValue(f"{stated}-{first:02}/{stated + (first > last)}-{last:02}" if stated else None, "range")


def _decade(m: re.Match[str], year: int | None) -> DateValue | None:
    """20世纪80年代, 上世纪90年代; 九十年代 is the last that began before the year reported on."""
    century, decade = m["century"], _number(m["decade"])
    if century and century[0] not in "上本":
        first = (_number(century) - 1) * 100 + decade
    elif year is None:
        return DateValue(None, "range")
    elif century:
        first = year - year % 100 + decade - (100 if century[0] == "上" else 0)
    else:
        first = year - (year - decade) % 100
    return DateValue(f"{first:04}/{first + 9:04}", "range")


def _month_day(m: re.Match[str], year: int | None) -> DateValue | None:
    if year is None:
        return DateValue(None, "date")
    try:
        return DateValue(date(year, _number(m["m"]), _number(m["d"])).isoformat(), "date")
    except ValueError:
        return None


def _bare_month(m: re.Match[str], year: int | None) -> DateValue | None:
    return DateValue(f"{year}-{_number(m['m']):02}" if year is not None else None, "month")


def _bare_part(m: re.Match[str], year: int | None) -> DateValue | None:
    if year is None:
        return DateValue(None, "relative")
    return _part(_PARTED.fullmatch(f"{year}年{m['part']}") or m, None)


_ANCHOR = re.compile(r"[年月每汛]|[期时]间|时期|季度|\d[-/.]\d|[〔\[【(<〈](?:19|20)\d\d")
_REACH = 24
_NAMES_YEAR = re.compile(r"(?:19|20)\d\d(?:年|[-/.]\d)")
_BARE = re.compile(r"[\d一二三四五六七八九十元]{1,3}月")
_SENTENCE_END = re.compile(r"[。!?\n]")
# Patterns that end so find nothing where the text lacks such a word.
_PERIODS = ("期间", "(?:时期|期间)", "汛期")
_PERIOD = re.compile("期间|时期|汛期")
_YEAR_WORD = re.compile("(?:[今去明前来上当本下]|[上下]一)年度?")
_PARTED = re.compile(rf"{_YEAR}年{_PART}")

_SIGNS = {
    "clock": re.compile(r"\d:\d"),
    "digits": re.compile(r"\d[-/.]\d"),
    "years": re.compile(r"(?:19|20)\d\d|[一二][〇零九]"),
    "year": re.compile("年"),
    "month": re.compile("月"),
    "part": re.compile("半年|季度"),
    "decade": re.compile("年代"),
}
# (sign without which there is none, pattern in folded text, reader); earlier ones win where they overlap. Readers
# get the year reported on.
FORMS: tuple[tuple[str, str, Reader], ...] = (
    ("clock", rf"{_FIRST_DIGIT_DAY}[ T]{_CLOCK}(?!\d)", _datetime),
    ("digits", rf"{_FIRST_DIGIT_DAY}{_TO}{_DIGIT_DAY.format(2)}(?![\d.])", _days),
    ("digits", rf"{_FIRST_DIGIT_DAY}(?![\d.])", _day),
    ("month", rf"{_OPEN}(?:{_YEAR} ?年 ?)?{_MONTH} ?月 ?{_DAY} ?[日号]?{_LAST_DAY}", _days),
    ("month", rf"(?<!\d){_YEAR} ?年 ?{_MONTH} ?月 ?{_DAY} ?[日号]", _day),
    ("years", rf"(?<!\d){_YEAR}(?: ?年度?)?{_TO}{_Y.format('z')}(?: ?年度?)?(?![\d-])", _years),
    ("years", r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<z>(?:19|20)\d\d)年?(?=\))", _years),
    ("month", rf"{_OPEN}(?<!星期)(?:{_YEAR}年)?{_MONTHS}", _months),
    ("part", rf"(?<!\d){_YEAR}年{_PART}", _part),
    ("month", rf"(?<!\d){_YEAR} ?年 ?{_MONTH} ?月(?:份|底|初|中旬|上旬|下旬)?", _month),
    ("year", rf"(?<!\d){_YEAR} ?年(?:度|底前?|初|末|版)?", _year),
    ("years", r"(?<=[〔\[【(<〈])(?P<y>(?:19|20)\d\d)(?=[〕\]】)>〉]第?\d)", _year),
    ("month", rf"{_OPEN}{_MONTH}月{_DAY}[日号]", _month_day),
    ("month", rf"{_OPEN}(?<!个){_MONTH}月(?:份|底前?|初|中旬|上旬|下旬)?(?![龄考末饼嫂])", _bare_month),
    ("part", rf"(?<![{_NUMERAL}两]年){_PART}", _bare_part),
    ("decade", rf"(?<![{_NUMERAL}]){_DECADE}", _decade),
)  # fmt: skip


class _Found(NamedTuple):
    """A range of the text with its date, and how to read it again with another year."""

    start: int
    end: int
    value: DateValue
    match: re.Match[str] | None = None
    reader: Reader | None = None


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str], Reader], ...]:
    return tuple((sign, re.compile(pattern), reader) for sign, pattern, reader in FORMS)


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], tuple[tuple[str, str], ...]]:
    """The words of time, first all of them, then those that are no period named …期."""
    rows = load_table("date_words.tsv")
    named = [(f"(?P<w{i}>{row['pattern']})", row["pattern"]) for i, row in enumerate(rows)]
    others = [(group, pattern) for group, pattern in named if not pattern.endswith(_PERIODS)]
    kinds = tuple((row["kind"], row["value"]) for row in rows)
    every, quick = ("|".join(group for group, _ in words) for words in (named, others))
    lookahead = opening_lookahead(pattern for _, pattern in others)
    return re.compile(every), re.compile(f"{lookahead}(?:{quick})"), kinds


def find_dates(text: str, year: int | None) -> Iterator[Spot[DateValue]]:
    """Dates of a folded text, ordered, without overlaps. `year` is the year reported on: 今年 in a report
    signed the January after means that year."""
    taken: list[_Found] = []
    covered = bytearray(len(text))
    windows = list(_windows(text))
    every, others, words = _words()
    for low, high in windows:
        pattern = every if _PERIOD.search(text, low, high) else others
        for match in pattern.finditer(text, low, high):
            kind, value = words[int((match.lastgroup or "w0")[1:])]
            start, end = match.span()
            taken.append(_Found(start, end, _word_value(kind, value, year)))
            covered[start:end] = b"\x01" * (end - start)
    for low, high in windows:
        signs = {sign for sign, pattern in _SIGNS.items() if pattern.search(text, low, high)}
        for sign, form, reader in _forms():
            if sign not in signs:
                continue
            for match in form.finditer(text, low, high):
                start, end = match.span()
                if covered.find(1, start, end) < 0:
                    read = reader(match, year)
                    if read is not None:
                        taken.append(_Found(start, end, read, match, reader))
                        covered[start:end] = b"\x01" * (end - start)
    yield from _with_named_years(text, sorted(taken, key=lambda found: found[:2]))


def _with_named_years(text: str, found: list[_Found]) -> Iterator[Spot[DateValue]]:
    """Join 去年 and 5月; give other months and days without a year the year that their sentence named last."""
    named: int | None = None
    read = 0
    before: Spot[DateValue] | None = None
    for start, end, value, match, reader in found:
        spot = Spot(start, end, value)
        if named and _SENTENCE_END.search(text, read, start):
            named = None
        read = end
        if match and reader and not match.groupdict().get("y"):
            said = before and before.end == start and _YEAR_WORD.fullmatch(text, before.start, start)
            if before and said:
                year = int(before.payload.value) if before.payload.value else None
                spot, before = Spot(before.start, end, reader(match, year) or value), None
            elif named and _BARE.match(match[0]):
                spot = Spot(start, end, reader(match, named) or value)
        elif match and value.value and _NAMES_YEAR.match(match[0]):
            named = int(value.value[:4])
        if before:
            yield before
        before = spot
    if before:
        yield before


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Ranges around the characters without which there is no date; nothing else need be searched."""
    low = high = -1
    for match in _ANCHOR.finditer(text):
        start, end = max(0, match.start() - _REACH), match.end() + _REACH
        if start <= high:
            high = end
            continue
        if high >= 0:
            yield low, min(high, len(text))
        low, high = start, end
    if high >= 0:
        yield low, min(high, len(text))


def _word_value(kind: str, value: str, year: int | None) -> DateValue:
    match kind:
        case "relative":
            known = value and year is not None
            return DateValue(str(year + int(value)) if known and year is not None else None, "relative")
        case "recurrence":
            return DateValue(value, "recurrence")
        case "plan":
            return DateValue(value, "range")
        case _:
            return DateValue(None, "event")
