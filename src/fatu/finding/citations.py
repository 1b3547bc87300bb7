"""Documents cited by 《title》, by number, or by both.

Numbers follow GB/T 9704-2012, 7.2.5: issuing code, year in brackets, sequence, 号. Web copies replace the
hexagonal brackets 〔〕 by any other pair; the canonical form restores them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ..lexicon.documents import bare_names, load_documents
from ..lexicon.extension import cached
from ..lexicon.patterns import any_word
from ..lexicon.tables import load_table
from ..model import Citation, Span, bare_title
from .agencies import find_agencies
from .spotting import Spot

_OPEN, _CLOSE = r"[〔\[【(<〈]", r"[〕\]】)>〉]"
_YEAR_BRACKET = re.compile(
    rf"{_OPEN} ?(?P<year>(?:19|20)\d\d) ?年? ?{_CLOSE} ?第? ?(?P<seq>\d{{1,5}}) ?(?P<hao>号)?"
)
_CODE_BEFORE = re.compile(r"(?P<code>[\u4e00-\u9fff]{1,12}(?:\([\u4e00-\u9fff]{1,4}\))?) ?$")
_DECREE = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,20}?令) ?第? ?(?P<seq>\d{1,5}|[一二三四五六七八九十百零〇]{1,7}) ?号"
)
_NOTICE = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{2,20}?(?:公告|令)) ?\(?(?P<year>(?:19|20)\d\d) ?年 ?第? ?(?P<seq>\d{1,4}) ?号\)?"
)
_ORDER = re.compile("(?:令|公告)(?= ?[(第0-9一二三四五六七八九十百零〇])")
_MAX_CODE = 20
ORDERS = ("令", "公告")
"""How the code of a decree or an announcement ends."""
_BRACKETS = re.compile(r"[《》\n]")
_CUT_LINE = re.compile(r"[\u4e00-\u9fff]\n{1,2}[\u4e00-\u9fff][^《》\n。;]{0,60}》")
"""A line break within a title: ideographs on both sides, and the title ends on the next line. CR LF folds to two."""
_TAIL = re.compile(r"[ ]*(?:\([^()《》]{0,20}\))*$")
_YEARS = re.compile(r"(?P<a>(?:19|20)\d\d)(?:年度?)?(?:-{1,2}|~|至|到)?(?P<b>(?:19|20)\d\d)?年?")
_ISSUES = re.compile(
    r"关于(?:印发|公布|发布|下发|批转|转发)(?P<text>.+?)的(?:通知|公告|决定|命令)(?:$|\()"
    r"|(?:印发|公布|发布|下发|批转|转发)〈(?P<nested>[^〈〉]+)〉的(?:通知|公告|决定|命令)(?:$|\()"
)
_AUTHOR = re.compile(r"^(?P<issuer>[\u4e00-\u9fff、 ]{2,60}?)关于")
_NO_LAW = re.compile("[》”定]|宣传[月周日]|相伴|知识|主题|大讲堂|公园|广场|实施条例|实施细则|宣讲团")
_QUOTED_BEFORE = re.compile("“[^”“]{0,20}$|〈[^〉]{0,60}$")
_MAX_TITLE = 200
_MAX_GAP = 4
_FORMER = "原"
_MAX_ORGANS = 60
_STATE = "中华人民共和国"


@cache
def _lead_ins() -> re.Pattern[str]:
    return re.compile(any_word(row["word"] for row in load_table("citation_lead_ins.tsv")))


@cache
def _types() -> re.Pattern[str]:
    return re.compile(f"(?:{any_word(row['zh'] for row in load_table('doc_types.tsv'))})$")


def find_citations(text: str) -> Iterator[Spot[Citation]]:
    """Citations of a folded text, ordered. A number next to a title (before it, or in brackets after it or at its end)
    belongs to the title; a nested 《…《…》…》 is one citation."""
    numbers = list(_numbers(text))
    used: set[int] = set()
    spots: list[Spot[Citation]] = []
    by_start = {s.start: i for i, s in enumerate(numbers)}
    by_end = {s.end: i for i, s in enumerate(numbers)}
    previous_end = -1
    for start, end in _titles(text):
        citation = parse_title(bare_title(text[start:end]))
        index = _number_after(text, end, by_start)
        if index is None:
            index = _number_before(text, start, by_end, previous_end)
        if index is None:
            index = _number_inside(text, end, by_end)
        if index is not None and index not in used:
            used.add(index)
            citation = _numbered(citation, numbers[index])
        spots.append(Spot(start, end, citation))
        previous_end = end
    spots += _bare_laws(text, spots)
    titles = [(s.start, s.end) for s in sorted(spots, key=lambda s: s.start)]
    for index, number in enumerate(numbers):
        before = bisect_right(titles, (number.start, len(text))) - 1
        if index not in used and not (before >= 0 and number.start < titles[before][1]):
            spots.append(number)
    yield from sorted(spots, key=lambda s: (s.start, s.end))


def _bare_laws(text: str, titled: list[Spot[Citation]]) -> Iterator[Spot[Citation]]:
    """Laws named without 《》: 贯彻实施民法典和行政处罚法. Not where the name is part of another (民法典宣传月) or
    quoted."""
    starts = [spot.start for spot in titled]
    for match in _laws().finditer(text):
        at = bisect_right(starts, match.start()) - 1
        inside = at >= 0 and match.start() < titled[at].end
        if (
            not inside
            and not any(
                text.endswith(longer, 0, match.end())
                for longer in _longer_names()[match.group().removeprefix(_STATE)]
            )
            and not _NO_LAW.match(text, match.end())
            and not _QUOTED_BEFORE.search(text, max(0, match.start() - _MAX_ORGANS), match.start())
        ):
            yield Spot(match.start(), match.end(), parse_title(match.group()))


@cache
def _laws() -> re.Pattern[str]:
    # One tree of words: where none can begin, none is tried.
    return re.compile(any_word(name for bare in bare_names() for name in (bare, _STATE + bare)))


@cache
def _longer_names() -> dict[str, tuple[str, ...]]:
    """Name that a law is cited by without 《》 → titles of other laws that end in it (海洋环境保护法)."""
    titles = tuple(load_documents().documents)
    return {name: tuple(t for t in titles if t.endswith(name) and t != name) for name in bare_names()}


@cached
def parse_title(title: str) -> Citation:
    """Read a title: its type, its issuer (before 关于), the text it issues, its years.

    >>> parse_title("市人民政府关于印发法治建设规划(2021-2025年)的通知").promulgated
    '法治建设规划(2021-2025年)'
    """
    bare = _TAIL.sub("", title)
    kind = _types().search(bare)
    author = _AUTHOR.match(title)
    issues = _ISSUES.search(title)
    signed = title[: issues.start()] if issues and issues["nested"] else author["issuer"] if author else ""
    tail = _TAIL_YEARS.search(title)
    years = _YEARS.search(tail.group() if tail else title)
    first = int(years["a"]) if years else None
    last = int(years["b"]) if years and years["b"] else first
    return Citation(
        title=title,
        number=None,
        doc_type=kind.group() if kind else None,
        issuer=signed.strip() or _leading_agency(title),
        promulgated=(issues["text"] or issues["nested"]).strip("〈〉《》<>") if issues else None,
        year_start=first,
        year_end=last,
    )


def _leading_agency(title: str) -> str | None:
    """The agency that a title without 关于 opens with: 静海区司法局服务民营经济十条措施."""
    for spot in find_agencies(title[:_MAX_ORGANS]):
        if spot.start == 0 and len(spot.payload.prefix) > 1 and not spot.payload.unit:
            return title[: spot.end]
        break
    return None


_TAIL_YEARS = re.compile(r"\((?:19|20)\d\d.{0,8}\)$")


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Outermost 《…》 pairs within a line, or over the break of a line that was cut at a width."""
    open_at: list[int] = []
    found: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(text):
        mark, at = match.group(), match.start()
        if mark == "\n":
            if not (open_at and _CUT_LINE.match(text, at - 1 - (text[at - 1] == "\n"))):
                open_at.clear()
        elif mark == "《":
            open_at.append(at)
        elif open_at:
            begin = open_at.pop()
            if 2 < at + 1 - begin <= _MAX_TITLE:
                while found and found[-1][0] > begin:
                    found.pop()
                found.append((begin, at + 1))
    yield from found


def _numbers(text: str) -> Iterator[Spot[Citation]]:
    spots: list[Spot[Citation]] = []
    for match in _YEAR_BRACKET.finditer(text):
        code_match = _CODE_BEFORE.search(text, max(0, match.start() - 16), match.start())
        if not code_match:
            continue
        code, start = _trim_code(code_match["code"], code_match.start())
        if not code or not (match["hao"] or text[match.end() : match.end() + 1] == ")"):
            continue
        number = f"{code}〔{match['year']}〕{int(match['seq'])}号"
        year, sequence = int(match["year"]), int(match["seq"])
        spots.append(
            Spot(start, match.end(), Citation(None, number, code=code, number_year=year, sequence=sequence))
        )
    for match in _orders(_DECREE, text):
        code, start = _organ_code(text, match)
        if len(code) > 1:
            spots.append(Spot(start, match.end(), Citation(None, f"{code}第{match['seq']}号", code=code)))
    for match in _orders(_NOTICE, text):
        code, start = _organ_code(text, match)
        year, sequence = int(match["year"]), int(match["seq"])
        number = f"{code}{year}年第{sequence}号"
        citation = Citation(None, number, code=code, number_year=year, sequence=sequence)
        spots.append(Spot(start, match.end(), citation))
    end = -1
    for spot in sorted(spots, key=lambda s: (s.start, s.end)):
        if spot.start >= end:
            yield _with_span(spot)
            end = spot.end


def _orders(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Numbers of decrees and announcements, searched only around 令 and 公告 with a number behind them."""
    done = 0
    for anchor in _ORDER.finditer(text):
        match = pattern.search(text, max(done, anchor.start() - _MAX_CODE), anchor.end() + _MAX_ORGANS)
        if match:
            yield match
            done = match.end()


def _organ_code(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The organ's name with 令 or 公告 behind it: the agencies that end there, else what is left of the code
    without lead-ins."""
    kind = next(word for word in ORDERS if match["code"].endswith(word))
    end = match.end("code") - len(kind)
    low = max(0, end - _MAX_ORGANS)
    start = end
    for spot in reversed(list(find_agencies(text[low:end]))):
        if text[low + spot.end : start].strip():
            break
        start = low + spot.start
    if start < end:
        return text[start : match.end("code")], start
    return _trim_code(match["code"], match.start("code"))


def _trim_code(code: str, start: int) -> tuple[str, int]:
    """Cut words that lead in to a number off the front of its code."""
    cut = 0
    for match in _lead_ins().finditer(code):
        if match.end() < len(code) and code[match.end()] != "(":
            cut = match.end()
    return code[cut:], start + cut


def _with_span(spot: Spot[Citation]) -> Spot[Citation]:
    return Spot(spot.start, spot.end, replace(spot.payload, number_span=Span(spot.start, spot.end)))


def _numbered(title: Citation, number: Spot[Citation]) -> Citation:
    return replace(
        title,
        number=number.payload.number,
        number_span=number.payload.number_span,
        code=number.payload.code,
        number_year=number.payload.number_year,
        sequence=number.payload.sequence,
    )


def _number_after(text: str, end: int, by_start: dict[int, int]) -> int | None:
    """《…》(number…) or 《…》 number; the organ of a decree may be a former one: 《…》(原国家林业局令第50号)."""
    for gap in range(_MAX_GAP):
        if end + gap in by_start:
            return by_start[end + gap]
        if text[end + gap : end + gap + 1] not in (" ", "(", "[", "【", "〔", _FORMER):
            return None
    return None


def _number_inside(text: str, end: int, by_end: dict[int, int]) -> int | None:
    """《…(number)》."""
    return by_end.get(end - 2) if text[end - 2] == ")" else None


def _number_before(text: str, start: int, by_end: dict[int, int], previous_end: int) -> int | None:
    """number 《…》, number 文件《…》, (number)《…》."""
    gap = text[max(0, start - _MAX_GAP) : start]
    for length in range(len(gap) + 1):
        between = gap[len(gap) - length :]
        if (
            start - length in by_end
            and start - length > previous_end
            and between.strip(" )") in ("", "文件", "文")
        ):
            return by_end[start - length]
    return None
