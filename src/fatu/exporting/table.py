"""Mentions and findings as text for a terminal, in Chinese or in English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..lexicon.messages import Message
from ..lexicon.shown_words import show
from .aligning import align, clip, tell_counts, width
from .records import Record
from .sheet import AuditedReport

_DETAILS: dict[str, tuple[str, ...]] = {
    "citation": ("number", "function"),
    "agency": ("name", "method"),
    "metric": ("value", "unit", "bound", "indicator", "agency", "period", "scope", "status"),
    "program": ("name",),
    "date": ("value",),
    "clause": ("role",),
    "link": ("relation", "target_start", "target_end", "method"),
}


def format_head(columns: Iterable[str], lang: str) -> tuple[str, ...]:
    """The first line of a table: what its columns are called, in English with capitals."""
    words = (show("column", column, lang) for column in columns)
    return tuple(words) if lang == "zh" else tuple(word.upper() for word in words)


def format_records(records: Iterable[Record], lang: str = "en") -> str:
    """What `fatu extract --format table` prints: kind, place, text, details."""
    rows = [format_head(("kind", "start", "end", "text", "details"), lang)]
    for record in records:
        kind = str(record["kind"])
        details = [
            f"{show('column', name, lang)}={show(name, str(record[name]), lang)}"
            for name in _DETAILS[kind]
            if record.get(name) not in (None, "")
        ]
        rows.append(
            (
                show("mention", kind, lang),
                str(record["start"]),
                str(record["end"]),
                clip(str(record["text"])),
                clip("  ".join(details), 160),
            )
        )
    return align(rows)


def format_audit(reports: Sequence[AuditedReport], lang: str = "en") -> str:
    """What `fatu audit` prints of each report: a line for each finding, its evidence below; then a summary, the
    coverage, and which rules had nothing to check; what each of them needs is told in the sheet (html)."""
    return "\n".join(_audit_lines(report, lang) for report in reports)


def _audit_lines(report: AuditedReport, lang: str) -> str:
    lines = [f"# {report.name}  {clip(report.title, 100)}"]
    for record in report.findings:
        words = [show(kind, str(record[kind]), lang) for kind in ("severity", "rule", "verdict")]
        told = " ".join(_pad(word, size) for word, size in zip(words, (9, 11, 28), strict=True))
        lines.append(f"{told} {record[f'message_{lang}']}")
        evidence = record["evidence"]
        assert isinstance(evidence, list)
        lines += [f"{'':10}{e['start']}-{e['end']}  {clip(e['text'], 90)}" for e in evidence]
    counts = [(show("verdict", verdict, lang), n) for verdict, n in report.counts.items()]
    coverage = report.coverage
    lines.append(tell_counts(counts, lang) or show("note", "nothing_to_check", lang))
    lines.append(Message(coverage.summary_zh, coverage.summary_en).of(lang))
    idle = [show("rule", run.name, lang) for run in coverage.runs if run.why_zh]
    if idle:
        lines.append(f"{show('note', 'idle_rules', lang)}: {('、' if lang == 'zh' else ', ').join(idle)}")
    return "\n".join(lines) + "\n"


def _pad(word: str, columns: int) -> str:
    return word + " " * (columns - width(word))
