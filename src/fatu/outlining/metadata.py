"""The frame of a report: title, issuer, who published it and when, date of signature, site furniture.

成文日期 stands after the body (GB/T 9704-2012, 7.2.10); the line 信息来源/日期 is the web publication; the date
that site software leaves in a footer is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from ..lexicon.frame_words import joined_keys, metadata_keys, report_words, site_chrome
from ..lexicon.patterns import rows_by_kind
from ..model import Fold, Metadata, Overrides, Overruled, Span, Stated
from .headings import find_headings
from .normalise import folded_offset

_STAMP = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ \t]+\d{1,2}:\d{2}(?::\d{2})?)?")
_DATE = re.compile(r"(?P<y>(?:19|20)\d\d)(?:-|/|\.|年 ?)(?P<m>\d{1,2})(?:-|/|\.|月 ?)(?P<d>\d{1,2})日?")
_CHINESE_DATE = re.compile(
    r"(?P<y>[一二]〇?[〇零一二三四五六七八九]{2,3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d) ?年")
_SENTENCE_MARK = re.compile(r"[。;!?]")
_SPEECH = re.compile(r"日 ?在.{4,60}(?:会议|大会)(?:第.{1,4}次全体会议)?上")
_SPEAKER = re.compile(r"(?P<org>[\u4e00-\u9fff]{2,20}人民政府) *(?:代理?)?(?:省|市|州|县|区|旗|镇|乡)长")
_NAME = re.compile(
    r" *(?:[\u4e00-\u9fff](?: *[\u4e00-\u9fff]){1,3}|[\u4e00-\u9fff]{1,6}(?:[·•][\u4e00-\u9fff]{1,6})+)"
)
_NUMERAL = "〇一二三四五六七八九"
_MAX_FRAME_LINES = 40
_MAX_TITLE = 120
_MAX_SIGNATURE = 40

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line of the folded text, trimmed: [start, end)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What the lines around the body told."""

    metadata: Metadata
    first: int
    """Index of the first body line."""
    last: int
    """Index after the last body line; frame lines follow."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The lines under the title of a report given to a congress: ——2012年2月29日在…会议上, and the speaker."""

    given: Stated[date] | None = None
    issuer: Stated[str] | None = None


@cache
def _title_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    org = "|".join(row["word"] for row in rows_by_kind("title_words.tsv")["org"])
    return re.compile(
        rf"(?P<org>[\u4e00-\u9fff]{{1,30}}?(?:{org}))(?=[ \t]*(?:\n|关于|(?:19|20)\d\d|二〇|$))"
    ), report_words()


def read_lines(text: str) -> tuple[Line, ...]:
    """The non-blank lines of a folded text."""
    lines = []
    for match in re.finditer(r"[^\n]+", text):
        piece = match.group()
        trimmed = piece.strip()
        if trimmed:
            start = match.start() + len(piece) - len(piece.lstrip())
            lines.append(Line(start, start + len(trimmed), trimmed))
    return tuple(lines)


def read_frame(fold: Fold, lines: tuple[Line, ...], overrides: Overrides) -> Frame:
    """Tell frame from body and read the frame. What `overrides` states wins and has no span."""
    first = _first_body_line(lines)
    signature, last = _signature(lines, first)
    stated = _key_values(fold, (*lines[:first], *lines[last:]))
    title = stated.get("title") or _title(fold, lines[:first])
    signed = _stated_date(fold, stated.get("signed")) or (
        _date_in(fold, lines[signature]) if signature is not None else None
    )
    published = _stated_date(fold, stated.get("published")) or _dated_line(fold, lines[:first])
    spoken = _spoken(fold, lines[:first])
    issuer = (
        stated.get("issuer") or _issuer(fold, title) or _signing_body(fold, lines, signature) or spoken.issuer
    )
    year = _stated_year(fold, title, lines[first:last])
    metadata = Metadata(
        title=title,
        issuer=_chosen(overrides.issuer, issuer),
        publisher=stated.get("publisher"),
        published=_chosen(overrides.published, published),
        signed=signed or spoken.given,
        year=_chosen(overrides.year, year or _year_of_date(signed or spoken.given or published)),
        area=Stated(overrides.area) if overrides.area else None,
        source_url=Stated(overrides.source_url) if overrides.source_url else None,
        id=Stated(overrides.id) if overrides.id else None,
        overruled=tuple(_overruled(overrides, issuer, year, published)),
    )
    return Frame(metadata, first, last)


def _chosen(override: V | None, stated: Stated[V] | None) -> Stated[V] | None:
    return Stated(override) if override is not None else stated


def _overruled(
    overrides: Overrides, issuer: Stated[str] | None, year: Stated[int] | None, published: Stated[date] | None
) -> Iterator[Overruled]:
    """Where the user says otherwise than the text. A year that only follows from a date is not said."""
    if issuer is not None and overrides.issuer not in (None, issuer.value):
        yield Overruled("issuer", issuer.value, str(overrides.issuer), issuer.span)
    if year is not None and overrides.year not in (None, year.value):
        yield Overruled("year", str(year.value), str(overrides.year), year.span)
    if published is not None and overrides.published not in (None, published.value):
        yield Overruled("published", str(published.value), str(overrides.published), published.span)


def _first_body_line(lines: tuple[Line, ...]) -> int:
    """The body starts at the first heading, addressee line or line of running text after the title."""
    for index, line in enumerate(lines[:_MAX_FRAME_LINES]):
        if is_frame(line.text):
            continue
        heading = next(find_headings(line.text, 0, len(line.text)), None)
        told = "," in line.text and (len(line.text) > 60 or line.text.endswith(":"))
        running = _SENTENCE_MARK.search(line.text) or told
        addressee = index > 0 and line.text.endswith(":") and len(line.text) < 30
        if (heading and heading.start == 0) or running or addressee:
            return index
    return min(1, len(lines) - 1) if len(lines) > 1 else 0


def is_frame(text: str) -> bool:
    """Whether a line of folded text is one of those that a web page sets around a report."""
    keys, _ = metadata_keys()
    found = keys.search(text)
    return bool(site_chrome().match(text)) or bool(found and found.start() < 20 and len(text) < 200)


def is_title(text: str) -> bool:
    """Whether a line of folded text has the words of a report's title."""
    return bool(_title_patterns()[1].search(text.replace(" ", "")))


def _signature(lines: tuple[Line, ...], first: int) -> tuple[int | None, int]:
    """Index of the line that holds the date of signature (None if there is none), and index after the last
    body line. The signing body may stand on the line above."""
    last = len(lines)
    for index in range(len(lines) - 1, max(first, len(lines) - _MAX_FRAME_LINES), -1):
        text = lines[index].text
        whole = _DATE.fullmatch(text.strip("()")) or _CHINESE_DATE.fullmatch(text.strip("()"))
        tail = not whole and len(text) < 60 and not _SENTENCE_MARK.search(text) and _date_at_end(text)
        if whole or tail:
            above = index - 1
            return index, above if above >= first and _signs(lines[above].text) else index
    while last > first + 1 and is_frame(lines[last - 1].text):
        last -= 1
    return None, last


def _signs(text: str) -> bool:
    """Whether a line is the name of a body, or that of its head behind it: 石门县人民政府县长 张某某."""
    if len(text) >= _MAX_SIGNATURE:
        return False
    head = _SPEAKER.match(text)
    named = head is not None and _NAME.fullmatch(text, head.end()) is not None
    return named or _title_patterns()[0].fullmatch(text) is not None


def _date_at_end(text: str) -> bool:
    for pattern in (_DATE, _CHINESE_DATE):
        for match in pattern.finditer(text):
            before = text[: match.start()].strip()
            if match.end() == len(text) and _title_patterns()[0].fullmatch(before):
                return True
    return False


def _key_values(fold: Fold, lines: tuple[Line, ...]) -> dict[str, Stated[str]]:
    """field → first value stated in `key:value` lines; several pairs may share a line."""
    _, fields = metadata_keys()
    values: dict[str, Stated[str]] = {}
    for line in lines:
        matches = _keys_in(line.text)
        for match, following in zip(matches, [*matches[1:], None], strict=False):
            field = fields[match["key"].replace(" ", "")]
            value = line.text[match.end() : following.start() if following else None].rstrip(" \t|[(【]】")
            if value and field != "none" and field not in values:
                start = line.start + match.end()
                values[field] = Stated(value, fold.span(start, start + len(value)))
    return values


def _keys_in(text: str) -> list[re.Match[str]]:
    """The keys of a line, in its order. One that opens with a key is nothing but keys and values: there a key needs no
    space before it, which narrow gaps in print do not leave."""
    apart = list(metadata_keys()[0].finditer(text))
    if not apart or apart[0].start() > 0:
        return apart
    known = {match.end() for match in apart}
    joined = [match for match in joined_keys().finditer(text, apart[0].end()) if match.end() not in known]
    return sorted((*apart, *joined), key=lambda match: match.start())


def _dated_line(fold: Fold, lines: tuple[Line, ...]) -> Stated[date] | None:
    """The date with which a line of a web page opens before its keys or a body (2023-04-10  来源:区司法局,
    2023-04-10  区司法局), or that is all of it (2023-04-10 10:21)."""
    pattern, _ = metadata_keys()
    for line in lines:
        match = _DATE.match(line.text)
        rest = line.text[match.end() :].strip() if match else ""
        is_told = (
            pattern.search(line.text) or _title_patterns()[0].fullmatch(rest) or _STAMP.fullmatch(line.text)
        )
        value = _date(match) if match and is_told else None
        if match and value is not None:
            return Stated(value, fold.span(line.start + match.start(), line.start + match.end()))
    return None


def _stated_date(fold: Fold, stated: Stated[str] | None) -> Stated[date] | None:
    match = _DATE.search(stated.value) if stated is not None else None
    value = match and _date(match)
    if stated is None or match is None or value is None:
        return None
    return Stated(value, _part(fold, stated, *match.span()))


def _part(fold: Fold, stated: Stated[str], start: int, end: int) -> Span | None:
    """Source span of a range of a value, which is folded text."""
    if stated.span is None:
        return None
    base = folded_offset(fold, stated.span.start)
    return fold.span(base + start, base + end)


def _date_in(fold: Fold, line: Line) -> Stated[date] | None:
    for pattern in (_DATE, _CHINESE_DATE):
        for match in pattern.finditer(line.text):
            value = _date(match)
            if value is not None:
                return Stated(value, fold.span(line.start + match.start(), line.start + match.end()))
    return None


def _date(match: re.Match[str]) -> date | None:
    try:
        if match["y"].isdecimal():
            return date(int(match["y"]), int(match["m"]), int(match["d"]))
        year = int("".join(str(_NUMERAL.index(c.replace("零", "〇"))) for c in match["y"]))
        return date(year, _tens(match["m"]), _tens(match["d"]))
    except ValueError:
        return None


def _tens(text: str) -> int:
    left, ten, right = text.partition("十")
    if not ten:
        return _NUMERAL.index(text)
    return (_NUMERAL.index(left) if left else 1) * 10 + (_NUMERAL.index(right) if right else 0)


def _title(fold: Fold, lines: tuple[Line, ...]) -> Stated[str] | None:
    """The title is the first line that ends like a report's, joined with the line of the issuer above it."""
    org, report = _title_patterns()
    candidates = [line for line in lines if not is_frame(line.text) and len(line.text) <= _MAX_TITLE]
    for index, line in enumerate(candidates):
        if not report.search(line.text.replace(" ", "")):
            continue
        first = line
        if index and org.fullmatch(candidates[index - 1].text):
            first = candidates[index - 1]
        return Stated(fold.text[first.start : line.end], fold.span(first.start, line.end))
    if not candidates:
        return None
    line = candidates[0]
    return Stated(line.text, fold.span(line.start, line.end))


def _issuer(fold: Fold, title: Stated[str] | None) -> Stated[str] | None:
    """The issuing body that opens the title: 顺河回族区人民政府 关于…"""
    match = _title_patterns()[0].match(title.value) if title is not None else None
    if title is None or match is None:
        return None
    return Stated(match["org"], _part(fold, title, *match.span("org")))


def _signing_body(fold: Fold, lines: tuple[Line, ...], signature: int | None) -> Stated[str] | None:
    if signature is None:
        return None
    org = _title_patterns()[0]
    for line in (lines[signature], lines[signature - 1]):
        match = org.match(line.text) or (_SPEAKER.match(line.text) if _signs(line.text) else None)
        if match and len(line.text) < 60:
            return Stated(match["org"], fold.span(line.start, line.start + match.end("org")))
    return None


def _spoken(fold: Fold, lines: tuple[Line, ...]) -> Speech:
    """Date and government of a report in speech form; offices, not persons, are read."""
    spoken_on: Stated[date] | None = None
    issuer: Stated[str] | None = None
    for line in lines:
        if spoken_on is None and _SPEECH.search(line.text):
            spoken_on = _date_in(fold, line)
        speaker = _SPEAKER.match(line.text)
        if issuer is None and speaker:
            issuer = Stated(speaker["org"], fold.span(line.start, line.start + speaker.end("org")))
    return Speech(spoken_on, issuer)


def _stated_year(fold: Fold, title: Stated[str] | None, body: tuple[Line, ...]) -> Stated[int] | None:
    """The year reported on: in the title, else the first year the body opens with."""
    if title is not None:
        match = _YEAR.search(title.value)
        if match:
            return Stated(int(match.group(1)), _part(fold, title, *match.span()))
    for line in body[:3]:
        match = _YEAR.match(line.text) or re.compile(r"(?<=[。,;:])((?:19|20)\d\d)年").search(
            line.text, 0, 120
        )
        if match:
            return Stated(
                int(match.group(1)), fold.span(line.start + match.start(), line.start + match.end())
            )
    return None


def _year_of_date(dated: Stated[date] | None) -> Stated[int] | None:
    """The year reported on as its date tells: the year before where it is of the first half (reports are due before
    1 April), else the same."""
    if dated is not None:
        return Stated(dated.value.year - (dated.value.month <= 6), dated.span)
    return None
