"""Every type that flows through fatu. Imports nothing of ours.

Offsets are half-open and count Unicode code points of the decoded source text, whatever was normalised to
match it. All types are frozen; a stage takes what the stages before made and returns the next value.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, TypeVar

from .errors import ArgumentError

T_co = TypeVar("T_co", covariant=True)
P_co = TypeVar("P_co", covariant=True)

# ---------------------------------------------------------------------------------------------- vocabulary

REPORT_YEARS = range(1949, 2101)
"""Years that a report may be of."""

Role = Literal["meta", "context", "basis", "heading", "action", "purpose", "outcome", "problem", "plan"]
Bound = Literal["exact", "at_least", "at_most", "approx"]
Status = Literal["achieved", "planned", "required"]
CitationFunction = Literal[
    "compiled_under", "implements", "issues", "publicises", "guides", "concerns", "mentions"
]
Relation = Literal["observation", "outcome", "produces", "document", "program", "actor"]
Method = Literal[
    "exact", "alias", "context", "code", "inferred", "corrected", "same_clause", "same_sentence", "carried"
]
Verdict = Literal[
    "consistent",
    "consistent_truncated",
    "consistent_other_denominator",
    "inconsistent",
    "unverifiable",
    "met",
    "missing",
    "late",
]
Severity = Literal["violation", "warning", "info"]
ColumnKind = Literal["index", "label", "unit", "value", "note"]
Decision = Literal["not", "is"]
Line = Literal["government", "party", "congress", "cppcc", "court", "procuratorate", "other"]
Rule = Literal[
    "ratio", "sum", "equality", "order", "growth", "change", "frequency", "duty", "duplicate", "citation"
]
CorpusRule = Literal["restatement", "magnitude", "growth", "duplicate"]
"""Rules that hold the reports of two years against each other."""


class Span(NamedTuple):
    """A half-open range of code points of the source text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


# ------------------------------------------------------------------------------------------------- reading


SURE = Decimal("0.9")
"""Confidence of recognition below which a place is uncertain."""


class Box(NamedTuple):
    """A rectangle of a page, in hundredths of a percent of its width and height, from its top left corner."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where something stands in a file."""

    page: int | None = None
    """Number of the page, from 1 (PDF, pictures)."""
    box: Box | None = None
    path: str | None = None
    """XPath of the element (HTML)."""
    paragraph: int | None = None
    """Number of the paragraph, from 1, those in tables counted too (Word)."""
    confidence: Decimal | None = None
    """How sure recognition was of its characters, from 0 to 1; None where nothing was recognised from a picture."""


@dataclass(frozen=True, slots=True)
class Place(Location):
    """Where a stretch of the text stood in the file that it was read from."""

    span: Span

    @property
    def is_uncertain(self) -> bool:
        """Whether somebody should look at the picture."""
        return self.confidence is not None and self.confidence < SURE


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was recognised from a picture, to be shown beside the text."""

    number: int
    media_type: str
    image: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded text, kept as it is: `text` is never changed, spans everywhere point into it."""

    text: str
    name: str
    encoding: str
    """The codec of a text file or HTML page; empty for other files."""
    sha256: str
    """Hexadecimal SHA-256 of the text encoded as UTF-8: the identity of what was read."""
    media_type: str = "text/plain"
    places: tuple[Place, ...] = ()
    """In order of their spans, which do not overlap. Empty for a text file, which is its own place."""
    pages: tuple[Page, ...] = ()
    notes: tuple[str, ...] = ()
    """What was left out of the text, or may be wrong with it: one line each."""

    def places_of(self, span: Span) -> tuple[Place, ...]:
        """The places of the file that a span of the text was read from."""
        first = bisect_right(self.places, span.start, key=lambda place: place.span.end)
        last = bisect_left(self.places, span.end, key=lambda place: place.span.start)
        return self.places[first:last]


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the user says about a report where the text does not tell, or tells it wrongly.

    Raises ArgumentError for a year that no report is of, or a day that is no date.
    """

    area: str | None = None
    year: int | None = None
    issuer: str | None = None
    published: date | None = None
    source_url: str | None = None
    id: str | None = None

    def __post_init__(self) -> None:
        if self.year is not None and (type(self.year) is not int or self.year not in REPORT_YEARS):
            raise ArgumentError(
                "year", f"{self.year!r} is no year of a report", "give one of 1949 to 2100: 2020"
            )
        if self.published is not None and type(self.published) is not date:
            raise ArgumentError("published", f"{self.published!r} is no date", "give a datetime.date")


# ----------------------------------------------------------------------------------------------- outlining


@dataclass(frozen=True, slots=True)
class Fold:
    """The source text folded for matching: full-width forms, dashes and spaces made one, invisible characters and the
    breaks within wrapped paragraphs left out. `starts[i]` is the source offset of folded character i; None where the
    two agree."""

    text: str
    starts: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> Span:
        """The source span of a folded range (not empty)."""
        if self.starts is None:
            return Span(start, end)
        return Span(self.starts[start], self.starts[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Stated(Generic[T_co]):
    """A value with the place that states it; no span where a user or a rule supplied it."""

    value: T_co
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Overruled:
    """What a report's own text says of itself where the user says otherwise: the user's word holds."""

    field: Literal["area", "year", "issuer", "published"]
    told: str
    """What the text says."""
    given: str
    """What the user says."""
    span: Span | None = None
    """Where the text says it."""

    def __str__(self) -> str:
        return f"{self.field}: the text says {self.told}; {self.given}, which you gave, holds"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the frame of a report tells: each value with the span it was read from, or None."""

    title: Stated[str] | None = None
    issuer: Stated[str] | None = None
    """The issuing government or department as written: 顺河回族区人民政府."""
    publisher: Stated[str] | None = None
    """信息来源, 发布机构: who put it on the web, as written."""
    published: Stated[date] | None = None
    """公开日期; the date of the web page's own software is neither this nor the next."""
    signed: Stated[date] | None = None
    """成文日期."""
    year: Stated[int] | None = None
    """The year reported on."""
    area: Stated[str] | None = None
    """GB/T 2260 code, only where the user gave one; otherwise linking finds it."""
    source_url: Stated[str] | None = None
    id: Stated[str] | None = None
    overruled: tuple[Overruled, ...] = ()
    """What the text says against the user."""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part. Levels: 1 一、 2 (一) 3 1. 4 (1) 5 一是. `span` is the number and its title; the
    section's text runs from there to `end`."""

    path: tuple[int, ...]
    """Numbers from the top: (1, 5, 4) is 一、(五)四是."""
    level: int
    span: Span
    title: str
    end: int
    run_in: bool
    """Whether running text follows the title in the same paragraph (always so for 一是)."""
    is_item: bool = False
    """Whether it is a numbered sentence of the text (一是…; (一)加强监督,计划…。) rather than a heading."""

    @property
    def parent(self) -> tuple[int, ...]:
        """Path of the section above; empty at the top."""
        return self.path[:-1]


class Clause(NamedTuple):
    """Text between , 。 ; : outside brackets, without the mark and surrounding space."""

    span: Span
    text: str
    """Folded text of the span."""
    sentence: int
    """Number of the sentence; a sentence ends at 。 ; ! ? or a line break."""
    section: tuple[int, ...]
    """Path of the innermost section, () before the first."""
    block: int
    """Number of the paragraph."""
    kind: Literal["frame", "heading", "body"]
    """frame: title, metadata lines, signature, site footer."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, without the space around it; an empty one has an empty span."""

    span: Span
    text: str
    """Folded text of the span."""
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of a column are: numbers in order (index), words that name the row (label), units, values
    or remarks (note)."""

    kind: ColumnKind
    heads: tuple[Cell, ...]
    """Header cells above it, from the top; one that spans several columns stands over each."""
    labels: tuple[int, ...] = ()
    """Of a value column: the columns that name its rows."""
    unit: int | None = None
    """Of a value column: the column that holds its units."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    span: Span
    cells: tuple[Cell, ...]
    """One for each column."""
    labels: tuple[Cell, ...]
    """The same with the cells of labels that span several rows filled in from above."""
    group: Cell | None
    """The line above that heads this row and others: 一、行政复议."""
    is_header: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Lines cut into cells by bars or tabs."""

    span: Span
    """From the first to the last row."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: Stated[str] | None = None
    """The line above or the words that lead to it: 表1 2021年行政复议情况."""
    note: Stated[str] | None = None
    """The unit of all values where a note above tells it: 件, with the span of 单位:件."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Frame and skeleton of a report."""

    source: Source
    fold: Fold
    metadata: Metadata
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    body: Span
    """From the first to the last clause that is neither frame nor signature."""
    tables: tuple[Table, ...] = ()
    """In text order."""


# ------------------------------------------------------------------------------------------------- finding


@dataclass(frozen=True, slots=True)
class Citation:
    """A document named by 《title》, by number, or both; its mention covers 《…》, or a number that stands alone."""

    title: str | None
    number: str | None
    """Canonical: 汴法政〔2020〕1号."""
    number_span: Span | None = None
    code: str | None = None
    """The issuing organ's code: 汴法政."""
    number_year: int | None = None
    sequence: int | None = None
    doc_type: str | None = None
    """One of the fifteen 文种, or the kind of text (纲要, 方案, 计划)."""
    issuer: str | None = None
    """As the title writes it, before 关于."""
    promulgated: str | None = None
    """Title of the text that 关于印发…的通知 issues."""
    year_start: int | None = None
    year_end: int | None = None


def bare_title(written: str) -> str:
    """A citation's title as written, without its 《》 and without the break of a line; a law is also named without
    them."""
    title = written[1:-1] if written.startswith("《") else written
    return in_one_line(title)


def in_one_line(text: str) -> str:
    """A text without the breaks of lines within it, and the space around them."""
    return text if text.isprintable() else _BREAK.sub("", text)


_BREAK = re.compile(r"\s*[\n\r\x0b\x0c\x85\u2028\u2029]\s*")


@dataclass(frozen=True, slots=True)
class AgencyName:
    """The parts of an agency's name as written; linking makes it full."""

    prefix: str
    """Area words: 我区, 区, 市, 开封市, 顺河回族区, 县, or nothing."""
    function: str
    """Canonical function: 人民政府, 司法局, 委员会 (of the party)."""
    unit: str = ""
    """Section within the agency: 政策法规科, 常务会议."""
    line: Line = "government"


@dataclass(frozen=True, slots=True)
class Metric:
    """A counted or measured number. Its span: number, infix qualifier (余, 多) and unit."""

    value: Decimal
    """In base units: 117万元 is 1170000 元."""
    unit: str | None
    bound: Bound
    decimals: int
    """Decimals as written: 88.78 has 2."""
    scale: int = 0
    """Power of ten of 万 (4), 亿 (8) …, so that the written step is 10^(scale - decimals)."""
    value_high: Decimal | None = None
    excess: bool = False
    """Whether 余, 多 or 几 follows its digits: more, but less than one more of the last of them (2500余 < 2600)."""


@dataclass(frozen=True, slots=True)
class Program:
    """A named program, system, reform or campaign."""

    name: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date, year, range, recurrence or named period."""

    value: str | None
    """ISO 8601 (2021-01-26, 2020, 2015/2020, P3M); None where nothing says which."""
    kind: Literal["date", "datetime", "month", "year", "range", "relative", "recurrence", "event"]


Payload = Citation | AgencyName | Metric | Program | DateValue
Kind = Literal["citation", "agency", "metric", "program", "date"]
KIND_OF: dict[type, Kind] = {
    Citation: "citation",
    AgencyName: "agency",
    Metric: "metric",
    Program: "program",
    DateValue: "date",
}


@dataclass(frozen=True, slots=True)
class Mention(Generic[P_co]):
    """A typed span of the source text."""

    span: Span
    text: str
    """Equal to source.text[span.start:span.end]."""
    payload: P_co

    @property
    def words(self) -> str:
        """Its text in one line."""
        return in_one_line(self.text)

    @property
    def kind(self) -> Kind:
        """Name of the payload's type, as the command line prints it."""
        return KIND_OF[type(self.payload)]


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of a text, each kind ordered by start and without overlaps."""

    citations: tuple[Mention[Citation], ...] = ()
    agencies: tuple[Mention[AgencyName], ...] = ()
    metrics: tuple[Mention[Metric], ...] = ()
    programs: tuple[Mention[Program], ...] = ()
    dates: tuple[Mention[DateValue], ...] = ()

    def __iter__(self) -> Iterator[Mention[Payload]]:
        """Every mention, by start, then by kind."""
        everything: list[Mention[Payload]] = [
            *self.citations, *self.agencies, *self.metrics, *self.programs, *self.dates
        ]  # fmt: skip
        return iter(sorted(everything, key=lambda m: (m.span, m.kind)))


@dataclass(frozen=True, slots=True)
class Correction:
    """A user's decision about a mention: that it is none (`not`), or what it is (`is`)."""

    kind: Kind
    text: str
    """The mention as it stands in the source text, in one line."""
    start: int | None
    """Its offset; None for every place."""
    decision: Decision
    value: str = ""
    """What it is: the name of an agency or program, the title or number of a document, the id of an indicator."""
    report: str = ""
    """Id of the report that it is about; empty for every report."""
    by: str = ""
    note: str = ""
    where: str = ""
    """File and line, for messages."""

    def concerns(self, mention: Mention[Payload]) -> bool:
        """Whether the decision is about this mention."""
        same = (self.kind, self.text) == (mention.kind, mention.words)
        return same and self.start in (None, mention.span.start)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A decision and the place at which it was heeded."""

    correction: Correction
    span: Span


# -------------------------------------------------------------------------------------------- interpreting


@dataclass(frozen=True, slots=True)
class CitationUse:
    """What a citation is there for, and the words that say so."""

    citation: Mention[Citation]
    function: CitationFunction
    evidence: Span


@dataclass(frozen=True, slots=True)
class Observation:
    """A metric read in context: what it counts, who did it, when, in which part of the area."""

    metric: Mention[Metric]
    phrase: str
    """The indicator in words, elided heads restored: 行政复议案件审结."""
    clause: Span
    agency: Mention[AgencyName] | None
    actor: str | None
    """Who acted, as written: 法律顾问, 我区, 区司法局."""
    period: str | None
    """2020, 2020-Q1, 2020/P3M …; None for an event period, which is a scope."""
    scope: str | None
    """None for the whole area, else 公共法律服务中心, 疫情防控期间 …"""
    status: Status
    section: tuple[int, ...]
    heads: str = ""
    """What the heads of its row and column call it, as they are written: 行政复议 受理; empty outside of tables."""


class Statement(NamedTuple):
    """A clause with the role it plays."""

    clause: Clause
    role: Role


@dataclass(frozen=True, slots=True)
class Measure:
    """An action clause, or a run of action clauses of one sentence with one actor."""

    span: Span
    label: str
    section: tuple[int, ...]
    actors: tuple[Mention[AgencyName], ...]
    participants: tuple[Mention[AgencyName], ...] = ()
    recipients: tuple[Mention[AgencyName], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a clause claims to have come of a measure."""

    span: Span
    section: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """An admitted shortcoming."""

    span: Span
    section: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is announced for the time to come."""

    span: Span
    label: str
    section: tuple[int, ...]
    actors: tuple[Mention[AgencyName], ...] = ()


class Link(NamedTuple):
    """A relation from a measure (or plan) to what it counts, brought about, made, names or was done by."""

    relation: Relation
    source: Span
    target: Span
    method: Method


@dataclass(frozen=True, slots=True)
class Reading:
    """A report understood sentence by sentence, before anything is given an identity."""

    outline: Outline
    mentions: Mentions
    statements: tuple[Statement, ...]
    uses: tuple[CitationUse, ...]
    observations: tuple[Observation, ...]
    measures: tuple[Measure, ...]
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    plans: tuple[Plan, ...]
    links: tuple[Link, ...]


# ------------------------------------------------------------------------------------------------- linking


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative division: of GB/T 2260, or a township of GB/T 10114 (nine digits)."""

    code: str
    name: str
    level: Literal["country", "province", "prefecture", "county", "township"]
    parent: str | None
    name_en: str = ""
    short: str = ""
    """The one character that stands for it in document numbers: 豫, 汴."""
    aliases: tuple[str, ...] = ()
    """Other names: without its suffix (顺河, 东郊), those the same code had before (东陵区 of 浑南区), a province's
    signs (豫). An area that became another's part or got another code is no alias of it: see `successors`."""
    since: int | None = None
    """Year in which the area of this code came to be (of the approval); None: before 2014, or not known."""
    until: int | None = None
    """Year in which it ended (of the approval), still in force in it; None: in force, or not known (`listed`)."""
    successors: tuple[str, ...] = ()
    """Codes of the areas that it became or became part of, where it ended, the largest part first."""
    listed: int | None = None
    """Of a township that is gone, in which year is not known: the year of the last official list that has it."""


@dataclass(frozen=True, slots=True)
class Agency:
    """An organisation: an area and a function (and a unit within)."""

    iri: str
    name: str
    """Canonical: 开封市顺河回族区司法局."""
    area: str | None
    function: str
    unit: str = ""
    parent_iri: str | None = None
    line: Line = "government"
    township: str | None = None
    """Code (nine digits) of the township that it is of; `area` is then the county around it."""
    successors: tuple[str, ...] = ()
    """IRIs of the agencies that took over its work, where it was abolished: 法制办公室 → 司法局."""


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document, known by number, by title, or by both."""

    iri: str
    title: str | None
    number: str | None
    code: str | None
    number_year: int | None
    sequence: int | None
    doc_type: str | None
    issuers: tuple[str, ...]
    """IRIs of the issuing agencies, the leading one first."""
    issuer_name: str | None
    """Names of those that the text tells of, joined by a space; None where only the registry tells."""
    year_start: int | None
    year_end: int | None
    promulgates: str | None
    """IRI of the text that this notice issues."""
    implements: tuple[str, ...] = ()
    """IRIs of the documents that it carries out, as its title or the sentence says."""
    is_law: bool = False
    """Whether it is a law, regulation or rule in the sense of the Legislation Law."""
    source: str = ""
    """Where what the text does not tell of it is from: the source of the registry's row."""
    aliases: tuple[str, ...] = ()
    """Other names: those that the registry knows, and other titles that the report gives its number to."""
    created: str = ""
    """Day of signing (成文日期), as the registry has it: YYYY, YYYY-MM or YYYY-MM-DD."""
    issued: str = ""
    """Day on which a law or regulation was enacted, in the same form."""
    modified: str = ""
    """Day of the latest revision known, in the same form."""


@dataclass(frozen=True, slots=True)
class EntityLink:
    """How one mention was resolved: `iri` None means UNRESOLVED, with its candidates."""

    mention: Mention[Payload]
    iri: str | None
    name: str | None
    method: Method
    candidates: tuple[str, ...] = ()
    cue: str = ""
    """The words that decided: the area word (区), the short form (应急局), the code (汴法政)."""


@dataclass(frozen=True, slots=True)
class IndicatorLink:
    """Which indicator of the catalogue an observation counts; `id` None where the catalogue has none."""

    observation: Observation
    id: str | None
    iri: str
    label: str
    method: Method
    name: str
    """Local name of the observation within its report: obs-recon-accepted."""
    cue: str = ""
    """The words of the phrase that decided: 行政复议案件受理; empty where the catalogue has none."""


@dataclass(frozen=True, slots=True)
class AreaTold:
    """How the area of a report was decided: by the code that the user gave (code), by a name that only one area has
    (exact), or one that the areas around it in the text decide (context)."""

    method: Method
    cue: str
    """The code, or the name in the title or issuer."""
    span: Span | None = None
    """Where that stands; None where the user gave it."""
    candidates: tuple[str, ...] = ()
    """Codes of the areas that the name may mean, where nothing decides."""


@dataclass(frozen=True, slots=True)
class ReportIdentity:
    """Which report this is; None fields are what neither the text nor an option tells."""

    area: str | None
    office: str
    """gov, or the department's function: 司法局."""
    year: int | None
    id: str | None
    """410203-gov-2020, or what the user set."""
    iri: str | None
    issuer: Agency | None
    area_told: AreaTold | None = None
    """How its area was decided, or which it may be."""
    overruled: tuple[Overruled, ...] = ()
    """What the text says of it against the user."""


@dataclass(frozen=True, slots=True)
class Report:
    """A reading whose mentions have identities."""

    reading: Reading
    identity: ReportIdentity
    areas: tuple[Area, ...]
    agencies: tuple[Agency, ...]
    documents: tuple[Document, ...]
    entity_links: tuple[EntityLink, ...]
    indicator_links: tuple[IndicatorLink, ...]
    corrected: tuple[Corrected, ...] = ()
    """The user's decisions that were heeded, in text order."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever had it read is to be told: of its file, and where the user's word holds against the text's."""
        return (*self.reading.outline.source.notes, *map(str, self.identity.overruled))


# ------------------------------------------------------------------------------------------------ auditing


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span with its text."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth since the year before, in percent, and the value that it led to."""

    change: Observation
    now: Observation
    falls: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What the audit says about one statement."""

    key: str
    """Unique within the report: the local name of the finding's IRI."""
    rule: Rule
    verdict: Verdict
    severity: Severity
    stated: Decimal | None
    expected: tuple[Decimal, Decimal] | None
    message_zh: str
    message_en: str
    evidence: tuple[Evidence, ...]
    about: tuple[Observation, ...] = ()
    operands: tuple[Observation, ...] = ()
    formula: str = ""
    """What was reckoned: 8÷9=88.89%; empty where nothing was."""
    duty: str | None = None
    """Of rule `duty`: which one, publication or causes."""
    citations: tuple[Span, ...] = ()
    """Of rule `citation`: the mentions that it is about."""
    since: Growth | None = None
    """Of rule `growth`, where the report lacks the value of the year before: what that year's own would decide."""
