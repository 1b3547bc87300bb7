"""What passes over a whole corpus need of one report, beside its graph: small, and the same for the same report."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal, cast

from ..describing.names import Names
from ..exporting.indicators import sentence_around
from ..model import Bound, Finding, IndicatorLink, Metric, Report, Span, Status

DeedKind = Literal["measure", "plan", "problem"]

_SHORTEST = 30
"""Ideographs that a paragraph has at the least, to be told apart from a heading or a formula."""
_OPENING = 24
_SENTENCE = 160
"""Characters of a sentence that is given as an example."""
_IDEOGRAPH = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_NO_SIGN = re.compile(r"[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff.%‰]+")
_CHANGES = ("growth", "change")


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation of an indicator of the catalogue."""

    node: str
    """Local name of its IRI within the report: obs-recon-accepted."""
    indicator: str
    label: str
    metric: Metric
    period: str | None
    scope: str | None
    status: Status
    text: str
    """The figure as it is written: 9件."""
    clause: Span
    """Its evidence."""
    is_change: bool
    """Whether it tells how much something changed."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How much a figure of the catalogue grew since the year before, of which the report tells no value."""

    node: str
    """Local name of the IRI of the growth, as an observation."""
    of: str
    """That of the figure it led to."""
    metric: Metric
    falls: bool
    text: str
    """As it is written: 12.5%."""
    clause: Span


@dataclass(frozen=True, slots=True)
class Deed:
    """A measure, plan or problem with its topics."""

    node: str
    kind: DeedKind
    topics: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, by what is written in it."""

    digest: str
    """Sixteen hexadecimal digits: the same words and figures, the same digest, whatever the marks and spaces."""
    opening: str
    """How it begins, without marks and spaces."""
    span: Span


@dataclass(frozen=True, slots=True)
class Record:
    """One report."""

    id: str
    iri: str
    area: str
    issuer: str
    """IRI of the government or department that reports; empty where it is not known."""
    year: int
    published: str
    """Day on which it was published, else signed: YYYY-MM-DD; empty where neither is told."""
    sha256: str
    """Of its text."""
    figures: tuple[Figure, ...]
    growths: tuple[Growth, ...]
    deeds: tuple[Deed, ...]
    paragraphs: tuple[Paragraph, ...]
    unmatched: tuple[tuple[str, str, str], ...]
    """Phrase, unit and sentence of each figure that the catalogue has no indicator for."""
    verdicts: tuple[tuple[str, int], ...]
    """Verdict → how many findings have it."""

    @property
    def reporter(self) -> str:
        """Who reports, year after year."""
        return self.issuer or self.iri.rpartition("/")[0]


def make_record(report: Report, findings: Iterable[Finding], names: Names | None = None) -> Record:
    """The record of a report that has an area and a year."""
    identity, outline = report.identity, report.reading.outline
    names = names or Names(report)
    findings = tuple(findings)
    changes = {o.metric.span for f in findings if f.rule in _CHANGES for o in f.about}
    metadata = outline.metadata
    day = metadata.published or metadata.signed
    verdicts: dict[str, int] = {}
    for finding in findings:
        verdicts[finding.verdict] = verdicts.get(finding.verdict, 0) + 1
    return Record(
        id=identity.id or "",
        iri=identity.iri or "",
        area=identity.area or "",
        issuer=identity.issuer.iri if identity.issuer else "",
        year=identity.year or 0,
        published=day.value.isoformat() if day else "",
        sha256=outline.source.sha256,
        figures=tuple(_figure(link, changes) for link in report.indicator_links if link.id is not None),
        growths=tuple(_growths(report, findings)),
        deeds=tuple(_deeds(report, names)),
        paragraphs=tuple(_paragraphs(report)),
        unmatched=tuple(
            (link.label, link.observation.metric.payload.unit or "", _sentence(report, link))
            for link in report.indicator_links
            if link.id is None
        ),
        verdicts=tuple(sorted(verdicts.items())),
    )


def _sentence(report: Report, link: IndicatorLink) -> str:
    """The sentence of a figure, the beginning of a long one."""
    clause = link.observation.clause
    sentence = " ".join(sentence_around(report.reading.outline.source.text, clause.start, clause.end).split())
    return sentence if len(sentence) <= _SENTENCE else f"{sentence[:_SENTENCE]}…"


def _figure(link: IndicatorLink, changes: set[Span]) -> Figure:
    seen = link.observation
    return Figure(
        link.name,
        link.id or "",
        link.label,
        seen.metric.payload,
        seen.period,
        seen.scope,
        seen.status,
        seen.metric.text,
        seen.clause,
        seen.metric.span in changes,
    )


def _growths(report: Report, findings: Iterable[Finding]) -> Iterable[Growth]:
    links = {link.observation.metric.span: link for link in report.indicator_links}
    for since in (f.since for f in findings if f.since):
        change, now = links[since.change.metric.span], links[since.now.metric.span]
        if now.id is not None:
            metric = since.change.metric
            yield Growth(change.name, now.name, metric.payload, since.falls, metric.text, since.change.clause)


def _deeds(report: Report, names: Names) -> Iterable[Deed]:
    reading = report.reading
    kinds: tuple[tuple[DeedKind, tuple[Span, ...]], ...] = (
        ("measure", tuple(m.span for m in reading.measures)),
        ("plan", tuple(p.span for p in reading.plans)),
        ("problem", tuple(p.span for p in reading.problems)),
    )
    for kind, spans in kinds:
        for number, span in enumerate(spans, 1):
            name = f"problem-{number}" if kind == "problem" else names.deeds[span].partition("#")[2]
            yield Deed(name, kind, names.topics.get(span, ()), span)


def _paragraphs(report: Report) -> Iterable[Paragraph]:
    """Paragraphs of the body, each by the letters, digits and ideographs in it."""
    outline = report.reading.outline
    edges: dict[int, tuple[int, int]] = {}
    for clause in outline.clauses:
        if clause.kind == "body":
            start, end = edges.get(clause.block, clause.span)
            edges[clause.block] = (min(start, clause.span.start), max(end, clause.span.end))
    text = outline.source.text
    for start, end in edges.values():
        words = text[start:end]
        if len(_IDEOGRAPH.findall(words)) >= _SHORTEST:
            content = _NO_SIGN.sub("", words)
            digest = hashlib.blake2b(content.encode(), digest_size=8).hexdigest()
            yield Paragraph(digest, content[:_OPENING], Span(start, end))


# ---- written and read ----------------------------------------------------------------------------------------


def write_record(record: Record) -> str:
    """A record as one line of JSON."""
    figures = [
        (
            f.node, f.indicator, f.label, _metric(f.metric), f.period, f.scope, f.status, f.text, f.clause, f.is_change
        )
        for f in record.figures
    ]  # fmt: skip
    growths = [(g.node, g.of, _metric(g.metric), g.falls, g.text, g.clause) for g in record.growths]
    deeds = [(d.node, d.kind, d.topics, d.span) for d in record.deeds]
    paragraphs = [(p.digest, p.opening, p.span) for p in record.paragraphs]
    fields = (
        record.id, record.iri, record.area, record.issuer, record.year, record.published, record.sha256,
        figures, growths, deeds, paragraphs, record.unmatched, record.verdicts,
    )  # fmt: skip
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def read_record(line: str) -> Record:
    """What `write_record` wrote. Raises ValueError for anything else."""
    try:
        *head, figures, growths, deeds, paragraphs, unmatched, verdicts = json.loads(line)
        name, iri, area, issuer, year, published, sha256 = head
        return Record(
            name, iri, area, issuer, year, published, sha256,
            tuple(
                Figure(node, indicator, label, _read_metric(metric), period, scope, status, text, Span(*clause), change)
                for node, indicator, label, metric, period, scope, status, text, clause, change in figures
            ),
            tuple(
                Growth(node, of, _read_metric(metric), falls, text, Span(*clause))
                for node, of, metric, falls, text, clause in growths
            ),
            tuple(Deed(node, kind, tuple(topics), Span(*span)) for node, kind, topics, span in deeds),
            tuple(Paragraph(digest, opening, Span(*span)) for digest, opening, span in paragraphs),
            tuple((phrase, unit, sentence) for phrase, unit, sentence in unmatched),
            tuple((verdict, count) for verdict, count in verdicts),
        )  # fmt: skip
    except (TypeError, ValueError, ArithmeticError) as error:
        raise ValueError(f"not a record: {error}") from None


def _metric(metric: Metric) -> tuple[object, ...]:
    high = None if metric.value_high is None else str(metric.value_high)
    return str(metric.value), metric.unit, metric.bound, metric.decimals, metric.scale, high, metric.excess


def _read_metric(cells: list[Any]) -> Metric:
    value, unit, bound, decimals, scale, high, excess = cells
    read = Metric(Decimal(value), unit, cast(Bound, bound), decimals, scale)
    return replace(read, value_high=None if high is None else Decimal(high), excess=excess)
