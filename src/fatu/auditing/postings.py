"""The figures of a report as postings: each with the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from ..lexicon.audit_words import load_audit_words
from ..model import Clause, IndicatorLink, Metric, Observation, Report, Span
from ..outlining import folded_text
from .arithmetic import Interval, count_interval
from .bodies import OWN, Body, BodyReader

PERCENT = ("%", "‰")
POINTS = ("百分点", "个百分点")
TIGHT = ("、", "和", "及", "与")
_BREAK = re.compile(r"[,;:。(-]")
_BRACKETED = re.compile(r"\([^()]*\)")
_COMPARED, _CLOSE = re.compile(r"[同与比较]$"), 8
_BARE = re.compile(r"\(")
_NO_IDEOGRAPH = re.compile(r"[^\u4e00-\u9fff]")
_OWN_WORD = re.compile(r"[\u4e00-\u9fff]")
_NO_WORD = re.compile(r"分别|依次|各|为|有|达到?|是|和|及|与|共|计|约|近|均|平均")
_JOINER = re.compile(r"[、和及与]|另|共")
_EACH = re.compile(r"各(?:有|为|办理|审结)?$")
_ITEM = re.compile(r"[、和及与]")
_MAX_GAP, _MAX_LEAD = 200, 60
_FULL_STOP = re.compile(r"[。!?\n]")
_NEXT_ITEM = re.compile(r"[、和及与(,;:中-]|以及")
_FILLER = re.compile(
    r"(?:了|出|掉|办理?|收到?|立案?|审结?|受理|结案?|报|增|招|登记|签|查处?|率|幅?度?|比例|比|数|量|人数|为|达到?|约|将?近|超过?|不少于|至少|分别|均|各|共|[:,、\s“”])*"
)
_RATE_IS = re.compile(r"(?:率|幅度?)?为")
_EITHER = re.compile(r"(?:增减|升降|涨跌|同比变化|同比变动)(?:率|幅度?|情况|比例)?[^\u4e00-\u9fff]*$")
_OVER_LAST = re.compile(
    r"(?:(?:同比|(?:比|较)(?:上年|去年|上一年|同期)(?:同期)?)(?=[多少])|(?=[多少高低](?:出|于)(?:上年|去年)(?:同期)?$))"
    r"(?P<way>[多少高低])[\u4e00-\u9fff]{1,12}$"
)
_YEAR_END = re.compile(r"(\d{4})-12(?:-31)?")
_LEVEL = re.compile(r"(?:了|率|幅度?)?(?:至|到|成|为(?!$)|为$)")

Movement = Literal["up", "down"]
Place = tuple[int, int, int]


class CellAt(NamedTuple):
    """Where a figure stands in the tables of a report."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Posting:
    """A figure of the report with the words around it. There is one for each figure: two are never the same."""

    index: int
    link: IndicatorLink
    observation: Observation
    """What was observed."""
    metric: Metric
    """The figure."""
    run: tuple[object, ...]
    """Its paragraph or item; what stands in one run belongs together."""
    sentence: int
    """Ends at 。 ; ! ? or a line break."""
    stop: int
    """Number of the 。-sentence, in which ; does not end one."""
    gap: str
    """Folded text from the figure before it in the run, or from where the run begins."""
    before: str
    """The part of it that is of its own clause."""
    after: str
    """Folded text behind it that is of its own clause and no other figure's."""
    lead: str
    """Folded text from where its 。-sentence begins, at most 60 code points."""
    trail: str
    """Folded text from it to the next figure of the text or the end of its 。-sentence, at most 60 code points."""
    cell: CellAt | None
    interval: Interval
    movement: Movement | None
    """Whether it tells how much something rose or fell."""
    leads_to: bool
    """Whether it is where a movement leads: 压缩至7个."""
    is_first: bool
    """Whether it is the first of its run."""
    joiner: str
    """The mark or word between it and the figure before it in its run; empty without one."""
    words: str
    """Its own words: those of its clause, or of the heads of its cell."""
    told: str
    """The same, or its phrase where it has no words of its own: 开庭、出庭分别为105件、106件."""
    is_count: bool
    """Whether it counts something: no rate, no change, nothing per head."""
    is_prior: bool
    """Whether it is said to be of the year before: 上年28件, 比上年的28件."""
    is_aside: bool
    """Whether it stands in brackets: 审结109件(含上年结转7件)."""
    times: int = 1
    """How many things have so many each: 2 for 撤销和确认违法各1件."""
    body: Body = OWN
    """Whose work it counts."""

    @property
    def phrase(self) -> str:
        """What it counts, in words."""
        return self.link.observation.phrase

    @property
    def is_rate(self) -> bool:
        """Whether it is given in per cent or per mille."""
        return self.metric.unit in PERCENT

    @property
    def is_called_total(self) -> bool:
        """Whether the words before it make it a total: 合计90件, 案件总数为:283件."""
        return load_audit_words().total.search(self.before.rstrip(" :")) is not None

    @property
    def is_sibling(self) -> bool:
        """Whether it goes on a list that the figure before it began: 处罚案卷96宗、许可案卷48宗."""
        return self.joiner in TIGHT

    @property
    def together(self) -> Interval:
        """What it comes to in a sum: 撤销和确认违法各1件 are two."""
        return self.interval.scaled(Decimal(self.times))

    @property
    def label(self) -> str:
        """What to call it in a message in Chinese."""
        return self.link.label if self.link.id else self.phrase

    @property
    def shown(self) -> str:
        """The number with its bound: 9, ≥2500."""
        return shown(self.observation)

    @property
    def added(self) -> str:
        """The same in a sum: 1×2 for what two things have each."""
        return self.shown + (f"×{self.times}" if self.times > 1 else "")

    @property
    def written(self) -> str:
        """The number with bound and unit: 9件, ≥98%."""
        return self.shown + (self.metric.unit or "")

    def is_beside(self, other: Posting) -> bool:
        """Whether both are of one scope and one period."""
        mine, its = self.observation, other.observation
        return (mine.scope, _year(mine.period)) == (its.scope, _year(its.period))


@dataclass(frozen=True, slots=True)
class Figure:
    """An operand: what it is called, what it can be, and the postings that state it."""

    label_zh: str
    label_en: str
    interval: Interval
    postings: tuple[Posting, ...]

    @property
    def shown(self) -> str:
        """The number for a formula: 9, or ≥2500, or 6+4 for a sum."""
        return "+".join(p.added for p in self.postings) if len(self.postings) > 1 else self.postings[0].shown

    @property
    def bracketed(self) -> str:
        """The number for a formula, a sum in brackets."""
        return f"({self.shown})" if len(self.postings) > 1 else self.shown


def told_apart(part: Figure, whole: Figure) -> tuple[Figure, Figure]:
    """The two by the report's words where the catalogue has one name for both: 人大代表建议办结, 办理人大代表建议."""
    phrases = part.postings[0].phrase, whole.postings[0].phrase
    if part.label_zh != whole.label_zh or phrases[0] == phrases[1]:
        return part, whole
    own, other = (
        replace(figure, label_zh=phrase, label_en=f"“{phrase}”")
        for figure, phrase in zip((part, whole), phrases, strict=True)
    )
    return own, other


def _year(period: str | None) -> str | None:
    """The year of a period that ends with it: what is told as of 31 December is of the year."""
    match = _YEAR_END.fullmatch(period or "")
    return match[1] if match else period


def shown(observation: Observation) -> str:
    """The number of an observation with its bound: 9, ≥2500, ≈30, 3–5."""
    metric = observation.metric.payload
    if metric.value_high is not None:
        return f"{metric.value:f}–{metric.value_high:f}"
    mark = {"exact": "", "at_least": "≥", "at_most": "≤", "approx": "≈"}[metric.bound]
    return f"{mark}{metric.value:f}"


def ideographs(text: str) -> str:
    """A text without all that is no Chinese character: marks, digits, letters.

    >>> ideographs(",其中 撤销3件、")
    '其中撤销件'
    """
    return _NO_IDEOGRAPH.sub("", text)


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters: 行政, 政复, 复议 of 行政复议."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def read_postings(report: Report) -> tuple[Posting, ...]:
    """The postings of a report, in text order."""
    return tuple(_Reader(report).postings())


def add(postings: list[Posting] | tuple[Posting, ...]) -> Interval:
    """What figures can be together."""
    total = postings[0].together
    for posting in postings[1:]:
        total = total + posting.together
    return total


class _Reader:
    """Cuts the words around each figure out of the text."""

    def __init__(self, report: Report) -> None:
        self._links = sorted(report.indicator_links, key=lambda link: link.observation.metric.span)
        self._fold = report.reading.outline.fold
        self._bodies = BodyReader(report)
        outline = report.reading.outline
        self._clauses: dict[Span, Clause] = {clause.span: clause for clause in outline.clauses}
        self._cells = {
            cell.span: CellAt(t, r, c)
            for t, table in enumerate(outline.tables)
            for r, row in enumerate(table.rows)
            for c, cell in enumerate(row.cells)
            if cell.text
        }

    def postings(self) -> Iterator[Posting]:
        """In text order."""
        stop, before = 0, None
        for index, link in enumerate(self._links):
            clause = self._clauses[link.observation.clause]
            cell = self._cell(link, clause)
            run: tuple[object, ...] = (
                ("row", cell.table, cell.row) if cell else (clause.block, clause.section)
            )
            if before is None or before.run != run:
                previous, stop = None, stop + 1
            else:
                previous = before
            following = self._links[index + 1] if index + 1 < len(self._links) else None
            before = self._posting(index, link, clause, (cell, run, previous, following, stop))
            stop = before.stop
            yield before

    def _cell(self, link: IndicatorLink, clause: Clause) -> CellAt | None:
        return self._cells.get(clause.span) if self._cells else None

    def _posting(
        self,
        index: int,
        link: IndicatorLink,
        clause: Clause,
        around: tuple[CellAt | None, tuple[object, ...], Posting | None, IndicatorLink | None, int],
    ) -> Posting:
        cell, run, previous, following, stop = around
        observation = link.observation
        span, metric = observation.metric.span, observation.metric.payload
        since = previous.observation.metric.span.end if previous else max(0, clause.span.start - _MAX_GAP)
        if previous is None:
            since = min(since, clause.span.start)
        low = max(since if previous else clause.span.start, clause.span.start)
        high = clause.span.end
        more = following is not None and following.observation.metric.span.start < high
        if more and following is not None:
            high = following.observation.metric.span.start
        before = self._text(min(low, span.start), span.start)
        after = self._text(span.end, max(high, span.end))
        if more:
            after = _NEXT_ITEM.split(after, maxsplit=1)[0]
        gap = self._text(max(since, span.start - _MAX_GAP), span.start) if previous else before
        times = len(_ITEM.split(before.lstrip("、,和及与"))) if _EACH.search(before) else 1
        movement, leads_to = _movement(observation, before, cell is not None)
        if movement is None and previous is not None and previous.movement and _BARE.fullmatch(gap):
            # 同比多立33件(22%): what stands in brackets behind a change is the same change.
            movement = previous.movement
        words = f"{before}|{after}" if cell is None else observation.phrase
        return Posting(
            index=index,
            link=link,
            observation=observation,
            metric=metric,
            run=run,
            sentence=clause.sentence,
            stop=stop + (previous is not None and _FULL_STOP.search(gap) is not None),
            gap=gap,
            before=before,
            after=after,
            trail=self._trail(span.end, following),
            lead=_FULL_STOP.split(self._text(max(0, span.start - _MAX_LEAD), span.start))[-1],
            cell=cell,
            interval=count_interval(metric),
            movement=movement,
            leads_to=leads_to,
            is_first=previous is None,
            joiner="" if previous is None else _joiner(gap),
            words=words,
            told=_told(words, before, observation.phrase),
            is_count=_is_count(observation, movement, words),
            is_prior=movement is None and _is_prior(before, after),
            is_aside=before.count("(") > before.count(")"),
            times=times,
            body=self._bodies.read(observation, before),
        )

    def _text(self, start: int, end: int) -> str:
        """Folded text of a source range, without spaces."""
        fold = self._fold
        text = fold.text[start:end] if fold.starts is None else folded_text(fold, start, end)
        return text.replace(" ", "")

    def _trail(self, end: int, following: IndicatorLink | None) -> str:
        stop = end + _MAX_LEAD
        if following is not None:
            stop = min(stop, following.observation.metric.span.start)
        return _FULL_STOP.split(self._text(end, stop))[0]


def _joiner(gap: str) -> str:
    outside = _BRACKETED.sub("", gap)
    match = _BREAK.search(outside) or _JOINER.search(outside)
    return match.group() if match else ""


def _told(words: str, before: str, phrase: str) -> str:
    if "分别" in before or "依次" in before:
        return phrase
    return words if _OWN_WORD.search(_NO_WORD.sub("", words)) else phrase


def _is_count(observation: Observation, movement: Movement | None, words: str) -> bool:
    unit = observation.metric.payload.unit
    return (
        movement is None
        and unit not in (*PERCENT, *POINTS, "倍")
        and load_audit_words().each.search(words) is None
    )


def _is_prior(before: str, after: str) -> bool:
    words = load_audit_words()
    # 同468件的上年办结数比
    told = before + after[:_CLOSE] if _COMPARED.search(before) else before
    return words.prior.search(told) is not None and words.carried.search(told) is None


def _movement(observation: Observation, before: str, is_cell: bool) -> tuple[Movement | None, bool]:
    """Whether a figure tells a change, and which way; or is where one leads."""
    words = load_audit_words()
    text = observation.phrase if is_cell else before
    if _EITHER.search(text):
        # 增减幅度: the sign tells which way.
        return "up", False
    if over := _OVER_LAST.search(text):
        # 比上年少接收来信756件, 多出上年51件
        return ("up" if over["way"] in "多高" else "down"), False
    rises = [m.end() for m in words.up.finditer(text)]
    falls = [m.end() for m in words.down.finditer(text)]
    if not rises and not falls:
        return None, False
    at = max([*rises, *falls])
    rest = text[at:]
    if is_cell and not observation.phrase.endswith(rest):
        return None, False
    is_rate = observation.metric.payload.unit in (*PERCENT, *POINTS)
    if _LEVEL.match(rest) and not (is_rate and _RATE_IS.fullmatch(rest)):
        return None, True
    if not _FILLER.fullmatch(rest):
        return None, False
    return ("down" if falls and falls[-1] == at else "up"), False
