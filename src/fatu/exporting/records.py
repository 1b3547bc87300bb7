"""A report as flat records: mentions, clauses and links for JSON Lines; metrics and findings for tables."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from operator import itemgetter

from ..describing.labels import observation_label
from ..iris import within
from ..linking.titles import written_title
from ..model import (
    Agency,
    AgencyName,
    Citation,
    DateValue,
    Document,
    EntityLink,
    Finding,
    IndicatorLink,
    Kind,
    Metric,
    Observation,
    Program,
    Report,
    Span,
)

Record = dict[str, object]

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

METRIC_COLUMNS = (
    "report", "indicator_id", "indicator", "phrase", "label", "value", "value_high", "unit", "bound", "decimals",
    "period", "scope", "status", "agency", "actor", "section", "start", "end", "text", "clause", "iri",
)  # fmt: skip
FINDING_COLUMNS = (
    "report", "rule", "duty", "verdict", "severity", "stated", "expected_low", "expected_high", "formula",
    "message_zh", "message_en", "evidence",
)  # fmt: skip


def extraction_records(report: Report) -> list[Record]:
    """Mentions, clauses and links as `fatu extract` prints them, ordered by start, end, kind."""
    text = report.reading.outline.source.text
    links = {(e.mention.span, e.mention.kind): e for e in report.entity_links}
    records = [_common("clause", s.clause.span, text, {"role": s.role}) for s in report.reading.statements]
    uses = {use.citation.span: use.function for use in report.reading.uses}
    observations = {link.observation.metric.span: link for link in report.indicator_links}
    documents: dict[str | None, Document] = {document.iri: document for document in report.documents}
    agencies: dict[str | None, Agency] = {agency.iri: agency for agency in report.agencies}
    for mention in report.reading.mentions:
        payload = mention.payload
        match payload:
            case Citation():
                found = links.get((mention.span, "citation"))
                document = documents.get(found.iri) if found else None
                title = written_title(mention.text, payload)
                fields = _citation(title, payload, uses.get(mention.span, "mentions"), found, document)
            case AgencyName():
                found = links[mention.span, "agency"]
                fields = _agency(found, agencies.get(found.iri))
            case Metric():
                fields = _metric(report, links, payload, observations.get(mention.span))
            case Program():
                found = links[mention.span, "program"]
                fields = {"name": payload.name, "iri": found.iri}
            case DateValue():
                fields = {"value": payload.value}
        records.append(_common(mention.kind, mention.span, text, fields))
    for link in report.reading.links:
        target_start, target_end = link.target
        fields = {
            "relation": link.relation,
            "target_start": target_start,
            "target_end": target_end,
            "method": link.method,
        }
        records.append(_common("link", link.source, text, fields))
    # Links are in the order of relation and target already, and sorting keeps it.
    return sorted(records, key=itemgetter("start", "end", "kind"))


def _common(kind: str, span: tuple[int, int], text: str, fields: Record) -> Record:
    start, end = span
    return {"kind": kind, "start": start, "end": end, "text": text[start:end], **fields}


def _citation(
    title: str | None, citation: Citation, function: str, link: EntityLink | None, document: Document | None
) -> Record:
    number = citation.number_span
    return {
        "title": title,
        "number": citation.number,
        "number_start": number.start if number else None,
        "number_end": number.end if number else None,
        "issuer": document.issuer_name if document else None,
        "doc_type": citation.doc_type,
        "year_start": citation.year_start,
        "year_end": citation.year_end,
        "function": function,
        "iri": link.iri if link else None,
    }


def _agency(link: EntityLink, agency: Agency | None) -> Record:
    return {
        "name": link.name,
        "area": agency.area if agency else None,
        "iri": link.iri,
        "method": link.method,
    }


def _metric(
    report: Report,
    links: Mapping[tuple[Span, Kind], EntityLink],
    metric: Metric,
    link: IndicatorLink | None,
) -> Record:
    observation = link.observation if link else None
    return {
        "value": _plain(metric.value),
        "unit": metric.unit,
        "value_high": _plain(metric.value_high),
        "bound": metric.bound,
        "decimals": metric.decimals,
        "indicator": observation.phrase if observation else None,
        "indicator_id": link.id if link else None,
        "agency": _agency_name(links, observation),
        "actor": observation.actor if observation else None,
        "period": observation.period if observation else None,
        "scope": observation.scope if observation else None,
        "status": observation.status if observation else None,
        "iri": _observation_iri(report, link) if link else None,
    }


def _agency_name(
    links: Mapping[tuple[Span, Kind], EntityLink], observation: Observation | None
) -> str | None:
    if observation is None or observation.agency is None:
        return None
    link = links.get((observation.agency.span, "agency"))
    return link.name if link else None


def _observation_iri(report: Report, link: IndicatorLink) -> str | None:
    return within(report.identity.iri, link.name) if report.identity.iri else None


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def metric_rows(report: Report) -> list[Record]:
    """One row for each observation, in text order, with METRIC_COLUMNS."""
    links = {(e.mention.span, e.mention.kind): e for e in report.entity_links}
    text = report.reading.outline.source.text
    rows = []
    for link in report.indicator_links:
        o, mention = link.observation, link.observation.metric
        record = _metric(report, links, mention.payload, link)
        rows.append(
            {
                "report": report.identity.id,
                "indicator_id": link.id,
                "indicator": link.label,
                "phrase": o.phrase,
                "label": observation_label(link),
                "section": ".".join(map(str, o.section)),
                "start": mention.span.start,
                "end": mention.span.end,
                "text": mention.text,
                "clause": text[o.clause.start : o.clause.end],
                **{k: v for k, v in record.items() if k not in ("indicator", "indicator_id")},
            }
        )
    return rows


def finding_records(report: Report, findings: Iterable[Finding]) -> list[Record]:
    """Findings as `fatu audit --format json` prints them."""
    names = {link.observation.metric.span: link for link in report.indicator_links}
    return [
        {
            "report": report.identity.id,
            "rule": f.rule,
            "duty": f.duty,
            "verdict": f.verdict,
            "severity": f.severity,
            "stated": _plain(f.stated),
            "expected": [_plain(x) for x in f.expected] if f.expected else None,
            "formula": f.formula or None,
            "message_zh": f.message_zh,
            "message_en": f.message_en,
            "evidence": [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in f.evidence],
            "observations": [
                _observation_iri(report, names[o.metric.span]) or f"#{names[o.metric.span].name}"
                for o in (*f.about, *f.operands)
            ],
        }
        for f in findings
    ]


def finding_rows(records: Iterable[Record]) -> list[Record]:
    """Findings as rows with FINDING_COLUMNS."""
    rows = []
    for record in records:
        expected = record["expected"]
        low, high = expected if isinstance(expected, list) else ("", "")
        evidence = record["evidence"]
        assert isinstance(evidence, list)
        rows.append(
            {
                **record,
                "expected_low": low,
                "expected_high": high,
                "evidence": " | ".join(e["text"] for e in evidence),
            }
        )
    return rows


def write_csv(rows: Iterable[Mapping[str, object]], columns: tuple[str, ...]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, so that Excel opens it as what it is.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    return b"".join(stream_csv(rows, columns))


def stream_csv(rows: Iterable[Mapping[str, object]], columns: tuple[str, ...]) -> Iterator[bytes]:
    """As `write_csv`, row by row."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    yield _take(out).encode("utf-8-sig")
    for row in rows:
        writer.writerow({c: _cell(row.get(c)) for c in columns})
        yield _take(out).encode()


def _take(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    risky = text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def write_json(value: object) -> bytes:
    """One JSON document, indented, UTF-8."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def write_jsonl(records: Iterable[Record]) -> bytes:
    """One JSON object a line, UTF-8."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
