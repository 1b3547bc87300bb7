"""Words of tables: heads, captions, notes of units, marks in cells (table_words.tsv), compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .patterns import any_pattern, rows_by_kind


@dataclass(frozen=True, slots=True)
class Valued:
    """A row whose value says what its pattern stands for: 同比 → 同比增长, 人数 → 人, ≥ → at_least."""

    pattern: re.Pattern[str]
    value: str


@dataclass(frozen=True, slots=True)
class TableWords:
    """One pattern per kind of table_words.tsv; the kinds with values row by row, in their order."""

    index: re.Pattern[str]
    dated: re.Pattern[str]
    unit_column: re.Pattern[str]
    unit_note: re.Pattern[str]
    entity: re.Pattern[str]
    kinds: re.Pattern[str]
    remark: re.Pattern[str]
    blank: re.Pattern[str]
    total: re.Pattern[str]
    generic: re.Pattern[str]
    last: re.Pattern[str]
    this: re.Pattern[str]
    planned: re.Pattern[str]
    caption: re.Pattern[str]
    caption_start: re.Pattern[str]
    caption_end: re.Pattern[str]
    intro: re.Pattern[str]
    rate: re.Pattern[str]
    fall: re.Pattern[str]
    changes: tuple[Valued, ...]
    shares: tuple[Valued, ...]
    countings: tuple[Valued, ...]
    signs: tuple[Valued, ...]

    def derived(self, words: str) -> str | None:
        """How the phrase goes on where a column is about another: 同比 → 同比增长, 比重 → 占比; else None."""
        found = (v.value for v in (*self.changes, *self.shares) if v.pattern.fullmatch(words))
        return next(found, None)

    def is_percent(self, words: str) -> bool:
        """Whether what the words name is counted in percent unless they say otherwise."""
        return bool(self.rate.search(words)) or self.derived(words) is not None


@cache
def load_table_words() -> TableWords:
    """table_words.tsv compiled."""
    rows = rows_by_kind("table_words.tsv")

    def one(kind: str) -> re.Pattern[str]:
        return re.compile(any_pattern(row["pattern"] for row in rows[kind]))

    def each(kind: str) -> tuple[Valued, ...]:
        return tuple(Valued(re.compile(row["pattern"]), row["value"]) for row in rows[kind])

    return TableWords(
        index=one("index"),
        dated=one("dated"),
        unit_column=one("unit_column"),
        unit_note=one("unit_note"),
        entity=one("entity"),
        kinds=one("kinds"),
        remark=one("remark"),
        blank=one("blank"),
        total=one("total"),
        generic=one("generic"),
        last=one("last"),
        this=one("this"),
        planned=one("planned"),
        caption=one("caption"),
        caption_start=one("caption_start"),
        caption_end=one("caption_end"),
        intro=one("intro"),
        rate=one("rate"),
        fall=one("fall"),
        changes=each("change"),
        shares=each("share"),
        countings=each("counting"),
        signs=each("sign"),
    )
