"""Findings as a sheet to print and hand on: one HTML page without scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jinja2 import Environment, PackageLoader, select_autoescape

from ..auditing import Coverage, measure_coverage
from ..auditing.arithmetic import brief
from ..lexicon.shown_words import load_shown_words
from ..model import Finding, Report
from .records import Record, finding_records

_GROUPS = (
    ("需要核实", "To be looked into"),
    ("已核对,一致", "Checked and consistent"),
    ("无法核实", "Unverifiable"),
)
_AROUND = 24


@dataclass(frozen=True, slots=True)
class AuditedReport:
    """What the audit of a report came to, ready to be shown."""

    name: str
    """Its id, or its file where neither the text nor an option tells area and year."""
    title: str
    file: str
    sha256: str
    findings: tuple[Record, ...]
    coverage: Coverage
    text: str

    @property
    def counts(self) -> dict[str, int]:
        """Verdict → how many findings have it, in the order of shown_words.tsv."""
        found = Counter(str(f["verdict"]) for f in self.findings)
        return {verdict: found[verdict] for verdict in load_shown_words("verdict") if found[verdict]}


def audited_report(report: Report, findings: tuple[Finding, ...]) -> AuditedReport:
    """A report with its findings as records and the coverage of its audit."""
    source, title = report.reading.outline.source, report.reading.outline.metadata.title
    return AuditedReport(
        name=report.identity.id or source.name,
        title=" ".join(title.value.split()) if title else source.name,
        file=source.name,
        sha256=source.sha256,
        findings=tuple(finding_records(report, findings)),
        coverage=measure_coverage(report, findings),
        text=source.text,
    )


def write_sheet(reports: Sequence[AuditedReport]) -> bytes:
    """HTML of the findings of reports, those that need a look first, with formula, both numbers and every passage in
    its surroundings; everything is escaped."""
    environment = Environment(
        loader=PackageLoader("fatu", "exporting"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["as_range"] = _as_range
    page = environment.get_template("sheet.html.j2").render(
        reports=[(report, _grouped(report)) for report in reports],
        verdicts=load_shown_words("verdict"),
        rules=load_shown_words("rule"),
    )
    return (page.rstrip("\n") + "\n").encode()


def _as_range(ends: tuple[object, object]) -> str:
    """What the audit computed: one number where both ends round to it, else low~high."""
    low, high = (brief(Decimal(str(end))) for end in ends)
    return low if low == high else f"{low}~{high}"


def _grouped(report: AuditedReport) -> list[tuple[str, str, list[Record]]]:
    numbered = [
        {**finding, "number": number, "passages": [_passage(report.text, e) for e in _evidence(finding)]}
        for number, finding in enumerate(report.findings, 1)
    ]
    doubtful = [f for f in numbered if f["severity"] != "info"]
    open_ = [f for f in numbered if f["verdict"] == "unverifiable"]
    rest = [f for f in numbered if f not in doubtful and f not in open_]
    groups = zip(_GROUPS, (doubtful, rest, open_), strict=True)
    return [(zh, en, findings) for (zh, en), findings in groups if findings]


def _evidence(finding: Record) -> list[dict[str, object]]:
    evidence = finding["evidence"]
    assert isinstance(evidence, list)
    return evidence


def _passage(text: str, evidence: dict[str, object]) -> dict[str, object]:
    """A passage with a few characters of its line on either side."""
    start, end = evidence["start"], evidence["end"]
    assert isinstance(start, int) and isinstance(end, int)
    before = text[max(0, start - _AROUND) : start].splitlines()[-1:]
    after = text[end : end + _AROUND].splitlines()[:1]
    return {
        **evidence,
        "before": "".join(before) if not text[:start].endswith("\n") else "",
        "after": "".join(after),
    }
