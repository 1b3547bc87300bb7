"""Records as aligned text for a terminal. Ideographs count two columns (Unicode Standard Annex 11)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from .records import Record
from .sheet import AuditedReport

_MAX = 48
_DETAILS: dict[str, tuple[str, ...]] = {
    "citation": ("number", "function"),
    "agency": ("name", "method"),
    "metric": ("value", "unit", "bound", "indicator", "agency", "period", "scope", "status"),
    "program": ("name",),
    "date": ("value",),
    "clause": ("role",),
    "link": ("relation", "target_start", "target_end", "method"),
}


def width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text
    )


def clip(text: str, columns: int = _MAX) -> str:
    """One line without control characters, cut to `columns` with an ellipsis."""
    line = "".join(c if c.isprintable() else " " for c in text)
    if width(line) <= columns:
        return line
    kept = ""
    for character in line:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept + "…"


def align(rows: Sequence[Sequence[str]]) -> str:
    """Rows with their columns aligned, two spaces apart."""
    if not rows:
        return ""
    sizes = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(lines) + "\n"


def format_records(records: Iterable[Record]) -> str:
    """What `fatu extract --format table` prints: kind, place, text, details."""
    rows = [("KIND", "START", "END", "TEXT", "DETAILS")]
    for record in records:
        kind = str(record["kind"])
        details = [f"{name}={record[name]}" for name in _DETAILS[kind] if record.get(name) not in (None, "")]
        rows.append(
            (
                kind,
                str(record["start"]),
                str(record["end"]),
                clip(str(record["text"])),
                clip("  ".join(details), 160),
            )
        )
    return align(rows)


def format_audit(reports: Sequence[AuditedReport]) -> str:
    """What `fatu audit` prints of each report: a line for each finding, its evidence below; then a summary, the
    coverage, and why rules did not run."""
    return "\n".join(_audit_lines(report) for report in reports)


def _audit_lines(report: AuditedReport) -> str:
    lines = [f"# {report.name}  {clip(report.title, 100)}"]
    for record in report.findings:
        lines.append(
            f"{record['severity']!s:9} {record['rule']!s:10} {record['verdict']!s:28} {record['message_zh']}"
        )
        evidence = record["evidence"]
        assert isinstance(evidence, list)
        lines += [f"{'':10}{e['start']}-{e['end']}  {clip(e['text'], 90)}" for e in evidence]
    lines.append(", ".join(f"{n} {verdict}" for verdict, n in report.counts.items()) or "nothing to check")
    lines.append(f"{report.coverage.summary_zh} ({report.coverage.summary_en})")
    lines += [f"{run.name}: {run.why_zh} ({run.why_en})" for run in report.coverage.runs if run.why_zh]
    return "\n".join(lines) + "\n"
