"""Dates, years, ranges, recurrences and named periods, in digits or Chinese numerals (GB/T 7408, ISO 8601)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache

from ..lexicon.tables import load_table
from ..model import DateValue
from .numerals import parse_chinese
from .spotting import Spot

_Y = r"(?P<{0}>(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{{2}})"
_YEAR = _Y.format("y")
_MONTH = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_HAN_MONTH = r"十[一二]?|[一二三四五六七八九]"
_MONTHS = rf"{_MONTH}月?(?:份)?(?:-{{1,2}}|~|至|到)(?P<n>1[0-2]|0?[1-9]|{_HAN_MONTH})月(?:份)?(?!\d)"
_LAST_DAY = (
    r" ?(?:-{1,2}|~|至|到) ?(?:(?P<y2>(?:19|20)\d\d) ?年 ?)?(?:(?P<m2>1[0-2]|0?[1-9]) ?月 ?)?"
    r"(?P<d2>3[01]|[12]\d|0?[1-9]) ?日"
)
_CLOCK = r"(?P<time>\d\d:\d\d(?::\d\d)?)"
_PART = r"(?P<part>上半年|下半年|第?[一二三四1-4]季度)"
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


def _days(m: re.Match[str], _: int | None) -> DateValue | None:
    """2021年2月1日—2023年2月1日, 2021年5月1日至7日."""
    year = _iso_year(m["y"])
    try:
        first = date(year, _number(m["m"]), _number(m["d"]))
        last = date(int(m["y2"] or year), int(m["m2"] or first.month), int(m["d2"]))
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
        months = ("01", "06") if part.startswith("上") else ("07", "12")
        return DateValue(f"{year}-{months[0]}/{year}-{months[1]}", "range")
    quarter = part.removeprefix("第")[0]
    return DateValue(f"{year}-Q{_SEASONS.get(quarter) or quarter}", "year")


def _months(m: re.Match[str], year: int | None) -> DateValue | None:
    stated = _iso_year(m["y"]) if m["y"] else year
    first, last = _number(m["m"]), _number(m["n"])
    if first >= last:
        return None
    return DateValue(f"{stated}-{first:02}/{stated}-{last:02}" if stated else None, "range")


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


_ANCHOR = re.compile(r"[年月每汛]|[期时]间|时期|季度|\d[-/.]\d|[〔\[【(](?:19|20)\d\d")
_REACH = 24
_NAMES_YEAR = re.compile(r"(?:19|20)\d\d(?:年|[-/.]\d)")
_BARE = re.compile(r"[\d一二三四五六七八九十元]{1,3}月")
_SENTENCE_END = re.compile(r"[。!?\n]")
_PARTED = re.compile(rf"{_YEAR}年{_PART}")

# (pattern in folded text, reader); earlier ones win where they overlap. Readers get the year reported on.
FORMS: tuple[tuple[str, Callable[[re.Match[str], int | None], DateValue | None]], ...] = (
    (rf"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})[ T]{_CLOCK}(?!\d)", _datetime),
    (r"(?<![\d.])(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\d.])", _day),
    (rf"(?<!\d){_YEAR} ?年 ?{_MONTH} ?月 ?{_DAY} ?日?{_LAST_DAY}", _days),
    (rf"(?<!\d){_YEAR} ?年 ?{_MONTH} ?月 ?{_DAY} ?[日号]", _day),
    (rf"(?<!\d){_YEAR}(?:年度?)? ?(?:-{{1,2}}|~|至|到) ?{_Y.format('z')}(?:年度?)?(?![\d-])", _years),
    (r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<z>(?:19|20)\d\d)年?(?=\))", _years),
    (rf"(?<!\d)(?:{_YEAR}年)?{_MONTHS}", _months),
    (rf"(?<!\d){_YEAR}年{_PART}", _part),
    (rf"(?<!\d){_YEAR} ?年 ?{_MONTH} ?月(?:份|底|初|中旬|上旬|下旬)?", _month),
    (rf"(?<!\d){_YEAR} ?年(?:度|底|初|末)?", _year),
    (r"(?<=[〔\[【(])(?P<y>(?:19|20)\d\d)(?=[〕\]】)]第?\d)", _year),
    (rf"(?<!\d){_MONTH}月{_DAY}日", _month_day),
    (rf"(?<![\d个])(?<!\d个){_MONTH}月(?:份|底|初|中旬|上旬|下旬)?(?![龄考末饼嫂])", _bare_month),
    (_PART, _bare_part),
)  # fmt: skip


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int | None], DateValue | None]], ...]:
    return tuple((re.compile(pattern), reader) for pattern, reader in FORMS)


@cache
def _words() -> tuple[re.Pattern[str], tuple[tuple[str, str], ...]]:
    rows = load_table("date_words.tsv")
    pattern = "|".join(f"(?P<w{i}>{row['pattern']})" for i, row in enumerate(rows))
    return re.compile(pattern), tuple((row["kind"], row["value"]) for row in rows)


def find_dates(text: str, year: int | None) -> Iterator[Spot[DateValue]]:
    """Dates of a folded text, ordered, without overlaps. `year` is the year reported on: 今年 in a report
    signed the January after means that year."""
    taken: list[Spot[DateValue]] = []
    covered = bytearray(len(text))
    windows = list(_windows(text))
    pattern, words = _words()
    for low, high in windows:
        for match in pattern.finditer(text, low, high):
            kind, value = words[int((match.lastgroup or "w0")[1:])]
            start, end = match.span()
            taken.append(Spot(start, end, _word_value(kind, value, year)))
            covered[start:end] = b"\x01" * (end - start)
    for low, high in windows:
        for form, reader in _forms():
            for match in form.finditer(text, low, high):
                start, end = match.span()
                if 1 not in covered[start:end]:
                    read = reader(match, year)
                    if read is not None:
                        taken.append(Spot(start, end, read))
                        covered[start:end] = b"\x01" * (end - start)
    yield from _with_named_years(text, sorted(taken, key=lambda s: s[:2]))


def _with_named_years(text: str, spots: list[Spot[DateValue]]) -> Iterator[Spot[DateValue]]:
    """Give months and days without a year the year that their sentence named last."""
    named, named_end = "", 0
    for spot in spots:
        value, written = spot.payload.value or "", text[spot.start : spot.end]
        if _NAMES_YEAR.match(written):
            named, named_end = value[:4], spot.end
        elif value and _BARE.match(written) and not _SENTENCE_END.search(text, named_end, spot.start):
            spot = Spot(spot.start, spot.end, DateValue((named or value[:4]) + value[4:], spot.payload.kind))
        yield spot


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
