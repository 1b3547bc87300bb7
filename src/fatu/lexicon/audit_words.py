"""Words by which figures are known that are checked against each other (audit_words.tsv, rate_words.tsv,
indicator_relations.tsv), and what the rules demand of an annual report (duties.tsv), compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from ..errors import LexiconError
from .patterns import any_pattern, load_patterns, rows_by_kind
from .tables import load_table


@dataclass(frozen=True, slots=True)
class AuditWords:
    """One pattern per kind of audit_words.tsv."""

    parts: re.Pattern[str]
    """Opens a list of parts of the figure before it: 其中."""
    rest: re.Pattern[str]
    """Names what remains of a whole, so that its list is complete: 其他."""
    open: re.Pattern[str]
    """Ends a list that does not claim to be complete: 等案件."""
    stage: re.Pattern[str]
    """A stage of a procedure, of which the next figures may be parts: 审结."""
    pending: re.Pattern[str]
    """What a stage leaves: 正在审理."""
    overlap: re.Pattern[str]
    """Groups that overlap: 涉及民营企业, 妇女."""
    pair: re.Pattern[str]
    """Halves of a whole: 男, 女."""
    half: re.Pattern[str]
    """Halves beside which there may be a third: 个人, 企业."""
    keep: re.Pattern[str]
    drop: re.Pattern[str]
    """What becomes of documents that are cleaned up: some stay, the others do not."""
    total: re.Pattern[str]
    """A total of what stands before it: 合计."""
    together: re.Pattern[str]
    """Opens the clause of such a total: 共开展."""
    all: re.Pattern[str]
    """Says that a part is the whole: 全部."""
    carried: re.Pattern[str]
    """Cases from the years before: 上年结转."""
    prior: re.Pattern[str]
    """The year before: 去年同期."""
    yearly: re.Pattern[str]
    """Compares a year with the one before, not with a month or a quarter: 同比."""
    compare: re.Pattern[str]
    """What is compared with: 较上年."""
    up: re.Pattern[str]
    down: re.Pattern[str]
    level: re.Pattern[str]
    """Behind a movement, says that the figure is where it leads: 压缩至."""
    origin: re.Pattern[str]
    """Leads to where a movement starts: 由原来的."""
    real: re.Pattern[str]
    """What grows at constant prices, so that the values of two years do not tell its growth: 地区生产总值."""
    each: re.Pattern[str]
    """A figure for each of several: 平均."""
    at_once: re.Pattern[str]
    """Turns to another matter: 此外."""
    generic: re.Pattern[str]
    """Words that do not tell what is counted: 开展."""
    share: re.Pattern[str]
    exceeds: re.Pattern[str]
    """Rates that may exceed 100%: 计划完成率."""
    least: re.Pattern[str]
    """Makes a frequency the least that is demanded: 至少."""
    was: re.Pattern[str]
    now: re.Pattern[str]
    """What was, and what is: 原来42个、现在13个."""
    reaches: re.Pattern[str]
    """All that leads to the level behind a change: 比上年增加331件,达884件."""
    within: re.Pattern[str]
    """Names what a figure is a part of: 审结案件中有."""
    group: re.Pattern[str]
    """Whom or what a figure is only of: 受灾群众."""
    flow: re.Pattern[str]
    """What was added in the year, against what there is: 新增."""
    stock: re.Pattern[str]
    whole_year: re.Pattern[str]
    """Tells a figure of the whole year and area: 全年共."""
    body: re.Pattern[str]
    """A body that has figures of its own: 工作站, 街道."""
    cut: re.Pattern[str]
    """Tells how many fewer there are behind 由…调整为…: 取消."""
    occasion: re.Pattern[str]
    """Limits what follows to an occasion: 期间."""
    carrying: re.Pattern[str]
    """Says that a plan is carried out: 推进落实."""
    whole_of: re.Pattern[str]
    """Says behind a figure that it is all of the one before it: ,即全部."""
    whole_area: re.Pattern[str]
    """Tells a figure of all of an area, whose kind is the group of that name: 全县."""
    past: re.Pattern[str]
    """Looks back on a plan: 终期评估."""
    this_figure: re.Pattern[str]
    """Names the figure before as such: 这一数字."""
    aforesaid: re.Pattern[str]
    """Names what was spoken of before: 上述."""
    taking_up: re.Pattern[str]
    """Begins a sentence about what was spoken of before: 。在上述."""
    dealt_with: re.Pattern[str]
    """Makes what follows the object of what is done: 对."""


@dataclass(frozen=True, slots=True)
class RateWord:
    """What a kind of rate divides."""

    rate: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str]
    adds: bool = False
    """Whether all the parts that its words name make it up: 撤销 and 确认违法 are 纠错."""
    is_known: bool = True
    """Whether a row of the table says so, and not just the word before 率."""


_DENIED = re.compile(r"[不未非](?:予|能|得)?$")


@dataclass(frozen=True, slots=True)
class Stages:
    """Two steps of a procedure, the later of a part of what the earlier took in."""

    earlier: re.Pattern[str]
    later: re.Pattern[str]
    is_step: bool
    """Whether words tell both steps; else the earlier one is only named by what is dealt with (案件)."""

    def lead(self, first: str, second: str) -> bool:
        """Whether one wording is of the earlier step and the next of the later; 不予受理 is no step that leads on."""
        if self.later.search(second) is None or self.later.search(first) is not None:
            return False
        return any(_DENIED.search(first[: m.start()]) is None for m in self.earlier.finditer(first))


@dataclass(frozen=True, slots=True)
class Relation:
    """What holds between the values of two indicators in one scope and period."""

    kind: Literal["at_most", "equal", "once"]
    left: str
    right: str
    """Empty for `once`: an indicator of which a report states one value."""
    carried: str
    """An indicator that the left one may include too: cases of the year before."""


@dataclass(frozen=True, slots=True)
class DutyEntry:
    """Something that the rules demand of an annual report."""

    slug: str
    zh: str
    en: str
    article: str
    article_en: str
    source: str
    since: int
    """First year reported on for which it holds."""
    applies: str
    applies_en: str
    """Kinds of report for which it holds, in words."""
    section: re.Pattern[str]
    """Headings of parts that are about it."""
    cue: re.Pattern[str]
    """Words in the text that show it met where no part is about it."""
    not_cue: re.Pattern[str]
    """Words of a clause that shows nothing."""


@cache
def load_audit_words() -> AuditWords:
    """Raises LexiconError where the table is broken."""
    return load_patterns(AuditWords, "audit_words.tsv")


@cache
def load_rate_words() -> tuple[RateWord, ...]:
    """In the order of the table: the first that matches counts. Raises LexiconError where the table is broken."""
    return tuple(
        RateWord(
            re.compile(rf"(?:{row['rate']})$"),
            re.compile(row["part"]),
            re.compile(row["whole"]),
            bool(row["adds"]),
        )
        for row in load_table("rate_words.tsv")
    )


@cache
def load_stages() -> tuple[Stages, ...]:
    """Raises LexiconError where the table is broken."""
    return tuple(_stages(row) for row in load_table("procedure_stages.tsv") if row["kind"] != "order")


@cache
def load_order_stages() -> tuple[Stages, ...]:
    """The same with those that tell an order only where one is told right behind the other."""
    return tuple(map(_stages, load_table("procedure_stages.tsv")))


def _stages(row: Mapping[str, str]) -> Stages:
    return Stages(re.compile(row["earlier"]), re.compile(row["later"]), row["kind"] == "step")


@cache
def load_complete_sets() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """Kinds that make up a whole: 春, 夏, 秋, 冬. Raises LexiconError where the table is broken."""
    return tuple(
        tuple(re.compile(member) for member in row["members"].split("|"))
        for row in load_table("complete_sets.tsv")
    )


@lru_cache(maxsize=64)
def times_a_year(words: str) -> int:
    """How often a year has what happens 按季 or 每半个月 (yearly_times.tsv). Raises LexiconError where the table has no
    row that says it."""
    for row in load_table("yearly_times.tsv"):
        if re.fullmatch(row["pattern"], words):
            return int(row["times"])
    raise LexiconError("yearly_times.tsv", f"no row for {words!r}", "add one")


@cache
def load_relations() -> tuple[Relation, ...]:
    """Raises LexiconError where the table is broken."""
    return tuple(
        Relation(row["kind"], row["left"], row["right"], row["carried"])  # type: ignore[arg-type]
        for row in load_table("indicator_relations.tsv")
    )


@cache
def load_duties() -> tuple[DutyEntry, ...]:
    """Raises LexiconError where the table is broken."""
    return tuple(
        DutyEntry(
            slug=row["slug"],
            zh=row["zh"],
            en=row["en"],
            article=row["article"],
            article_en=row["article_en"],
            source=row["source"],
            since=int(row["since"]),
            applies=row["applies"],
            applies_en=row["applies_en"],
            section=re.compile(row["section"] or "(?!)"),
            cue=re.compile(row["cue"] or "(?!)"),
            not_cue=re.compile(row["not_cue"] or "(?!)"),
        )
        for row in load_table("duties.tsv", unique=True)
    )


@cache
def load_report_kind() -> tuple[re.Pattern[str], ...]:
    """Patterns that the title of an annual report on rule-of-law government has, all of them. Raises LexiconError where
    the table is broken."""
    rows = rows_by_kind("audit_words.tsv")
    return tuple(
        re.compile(any_pattern(row["pattern"] for row in rows[kind]))
        for kind in ("rule_of_law", "annual_report")
    )
