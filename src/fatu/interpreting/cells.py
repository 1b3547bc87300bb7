"""Metrics of tables read in context: what the heads of row and column say that a cell counts, of whom and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ..lexicon.table_words import load_table_words
from ..model import AgencyName, Cell, Mention, Metric, Observation, Row, Section, Table
from ..outlining.grids import is_figure
from .actors import Subject
from .bindings import MAX_PHRASE, scope_of
from .heads import (
    Head,
    opening_agency,
    read_column_head,
    read_period,
    read_row_head,
    words_of_heads,
)
from .persons import without_names
from .phrases import Around, Ground, read_phrase
from .placing import Places
from .scenes import Scene
from .topics import topic_of
from .words import load_words

_BARE_HEAD = 2
_YEAR = re.compile(r"(?:19|20)\d\d")
_BRACKET = re.compile(r"[(][^()]*[)]")
_STOP = re.compile(r"[,。;:、(]")
_NOUN = re.compile(r"[\u4e00-\u9fff]{2,10}")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all cells of a table."""

    subject: str
    """What its caption says that it counts, else the topic of its section."""
    period: str | None
    year: int | None
    agency: Mention[AgencyName] | None
    section: tuple[int, ...]
    planned: bool


def read_cells(places: Places, scenes: tuple[Scene, ...], year: int | None) -> Iterator[Observation]:
    """One observation for each metric in a table, in order of the text."""
    if not places.outline.tables:
        return
    by_start = {scene.place.clause.span.start: scene for scene in scenes}
    sections = {section.path: section for section in places.outline.sections}
    starts = sorted(by_start)
    for table in places.outline.tables:
        # A clause leaves out marks at the edge of its cell.
        at = next(cell.span.start for row in table.rows for cell in row.cells if cell.text)
        first = by_start[starts[bisect_left(starts, at)]]
        setting = _setting(table, sections, first, by_start, year)
        yield from _TableReader(table, setting, by_start, starts).observations()


# ------------------------------------------------------------------------------------------------- settings


def _setting(
    table: Table,
    sections: Mapping[tuple[int, ...], Section],
    first: Scene,
    scenes: Mapping[int, Scene],
    year: int | None,
) -> Setting:
    section = first.place.clause.section
    above = [sections[section[:depth]] for depth in range(len(section), 0, -1) if section[:depth] in sections]
    caption, span = (table.caption.value, table.caption.span) if table.caption else ("", None)
    ahead = first.part == "plan"
    stated = (read_period(text, year)[1] for text in (caption, *(s.title for s in above)))
    default = str(year + ahead) if year is not None else None
    period = next((p for p in stated if p), default)
    named = _YEAR.findall(period or "")
    agency = opening_agency(scenes.get(span.start)) if span else None
    return Setting(
        subject=_subject(caption, agency.text if agency else "", year) or _topic(above),
        period=period,
        year=int(named[-1]) if named else year,
        agency=agency,
        section=section,
        planned=ahead,
    )


def _subject(caption: str, agency: str, year: int | None) -> str:
    """What a caption says that the table counts: 表1 2021年行政复议案件办理情况 → 行政复议案件."""
    words = load_table_words()
    text = _BRACKET.sub("", re.split("[,:]", caption.rstrip(":,"))[-1])
    text = read_period(text, year)[0]
    while (start := words.caption_start.match(text)) and start.end():
        text = text[start.end() :]
    text = text.removeprefix(agency)
    while (end := words.caption_end.search(text)) and end.group():
        text = text[: end.start()]
    return text


def _topic(above: list[Section]) -> str:
    return next((topic for section in above if (topic := topic_of(section.title))), "")


# ------------------------------------------------------------------------------------------------- phrases


@dataclass(frozen=True, slots=True)
class Title:
    """A head with its phrase: elided heads restored."""

    head: Head
    phrase: str

    @property
    def own(self) -> str:
        """Its words as they stand."""
        return "".join(self.head.words)

    @property
    def is_elided(self) -> bool:
        """Whether its words lack a noun: 受理, 结案率."""
        words = load_words()
        last = self.head.words[-1] if self.head.words else ""
        return bool(words.elided.match(last) or words.bare_verb.fullmatch(last))


def _entitled(ground: Ground, head: Head, subject: str) -> tuple[Ground, Title]:
    """The title of the next head in its row or column of heads."""
    if not head.words:
        return ground, Title(head, "")
    over, inner = "".join(head.words[:-1]), head.words[-1]
    if ground.topic != (over or subject):
        ground = Ground(topic=over or subject)
    # What is elided is told by the topic of the heads, not by the head before: 审结, 结案率.
    ground = ground._replace(phrase="" if ground.topic else ground.phrase)
    ground, phrase = read_phrase(ground, Around(inner, "", None, None, 0), None)
    if phrase == inner and over not in inner and over[:2] != inner[:2]:
        phrase = over + inner
    head_noun = ground.head if len(ground.head) > _BARE_HEAD else ""
    return ground._replace(phrase=phrase, head=head_noun), Title(head, phrase)


def _joined(row: Title, column: Title, subject: str) -> str:
    if row.own and column.own:
        if column.own in row.phrase:
            phrase = row.phrase
        elif row.is_elided and not column.is_elided:
            phrase = column.own + row.own
        else:
            phrase = row.phrase + column.own
    else:
        phrase = row.phrase or column.phrase or subject
    return phrase


def _said(scene: Scene, metric: Mention[Metric]) -> str:
    """The words of a cell that belong to a number in it: 其中上年结转5件 → 上年结转."""
    clause = scene.place.clause
    earlier = [m.span.end for m in scene.place.metrics if m.span.end <= metric.span.start]
    low = max(earlier, default=clause.span.start) - clause.span.start
    text = clause.text[low : metric.span.start - clause.span.start]
    said = load_words().strip.sub("", _STOP.split(text)[-1], count=1)
    said = load_words().strip_end.sub("", said)
    after = _NOUN.match(clause.text, metric.span.end - clause.span.start)
    return said or (after.group() if after else "")


# ------------------------------------------------------------------------------------------------- cells


class _TableReader:
    """Reads one table, row by row."""

    def __init__(
        self, table: Table, setting: Setting, scenes: Mapping[int, Scene], starts: list[int]
    ) -> None:
        self._table, self._setting, self._scenes, self._starts = table, setting, scenes, starts
        self._columns = self._column_titles()
        self._first = tuple(i for i, column in enumerate(table.columns) if column.kind == "label")[:1]

    def _column_titles(self) -> list[Title]:
        """Titles of the columns; one that says only 同比 is about the one before it, in the latest year."""
        titles: list[Title] = []
        ground = Ground(topic=self._setting.subject)
        for column in self._table.columns:
            head = read_column_head(column, self._scenes, self._setting.year)
            before = next((t.head for t in reversed(titles) if t.head.derived is None), None)
            if head.derived and before is not None and not head.words:
                head = replace(head, words=before.words, agency=head.agency or before.agency)
                titles.append(
                    Title(replace(head, period=head.period or _latest(titles, head)), titles[-1].phrase)
                )
                continue
            if column.kind == "value":
                ground, title = _entitled(ground, head, self._setting.subject)
            else:
                title = Title(Head(), "")
            titles.append(title)
        return titles

    def observations(self) -> Iterator[Observation]:
        """One for each metric, in order."""
        rows: dict[tuple[int, ...], tuple[Ground, Title]] = {}
        for row in self._table.rows:
            if row.is_header:
                continue
            seen: dict[tuple[int, ...], Title] = {}
            for index, (column, cell) in enumerate(zip(self._table.columns, row.cells, strict=True)):
                labels = column.labels or self._first
                if labels not in seen:
                    rows[labels] = self._row_title(row, labels, rows.get(labels))
                    seen[labels] = rows[labels][1]
                heads = (*([row.group] if row.group else ()), *(row.labels[i] for i in labels), *column.heads)
                for observation in self._cell(cell, seen[labels], self._columns[index]):
                    named = f"{words_of_heads(heads)} {observation.heads}".strip()
                    yield replace(observation, heads=named[:MAX_PHRASE])

    def _row_title(
        self, row: Row, labels: tuple[int, ...], above: tuple[Ground, Title] | None
    ) -> tuple[Ground, Title]:
        """The title of a row; one that says only 同比 is about the row above."""
        head = read_row_head(self._table, row, labels, self._scenes, self._setting.year)
        ground, title = above or (Ground(topic=self._setting.subject), Title(Head(), ""))
        if head.derived and not head.words:
            return ground, Title(replace(head, words=title.head.words), title.phrase)
        return _entitled(ground, head, self._setting.subject)

    def _cell(self, cell: Cell, row: Title, column: Title) -> Iterator[Observation]:
        phrase = _joined(row, column, self._setting.subject)
        derived = column.head.derived or row.head.derived or ""
        if derived and load_table_words().fall.search(cell.text):
            derived = derived.replace("增长", "下降")
        low, high = (bisect_left(self._starts, offset) for offset in cell.span)
        first = is_figure(cell.text)
        for start in self._starts[low:high]:
            scene = self._scenes[start]
            for metric in scene.place.metrics:
                said = "" if first else _said(scene, metric)
                counted = phrase + (derived if first else said)
                observation = self._observation(scene, metric, counted, (row.head, column.head))
                yield replace(observation, heads=without_names(said))
                first = False

    def _observation(
        self, scene: Scene, metric: Mention[Metric], phrase: str, heads: tuple[Head, Head]
    ) -> Observation:
        row, column = heads
        agency = row.agency or column.agency or (None if row.body else self._setting.agency)
        body = row.body and without_names(row.body)
        planned = self._setting.planned or row.planned or column.planned
        return Observation(
            metric=metric,
            phrase=without_names(phrase)[:MAX_PHRASE] or metric.text,
            clause=scene.place.clause.span,
            agency=agency,
            actor=agency.text if agency else body,
            period=column.period or row.period or self._setting.period,
            scope=scope_of(Subject(agencies=(agency,))) if agency else body,
            status="planned" if planned else "achieved",
            section=self._setting.section,
        )


def _latest(titles: list[Title], head: Head) -> str | None:
    """The latest period of the columns about the same."""
    periods = (t.head.period for t in titles if t.head.words == head.words and t.head.period is not None)
    return max(periods, default=None)
