"""Quads → tables: CSV and Parquet of the observations, a workbook of observations, findings, documents, measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..describing.quads import FUNCTION_TERMS
from ..describing.terms import RDFS, SKOS, Quad
from ..iris import Iris
from .columnar import Layout, write_columns
from .records import FINDING_COLUMNS, Record, write_csv
from .statements import Statements, local_name
from .verdicts import gravest_findings, spell
from .workbooks import Sheet, write_plain, write_workbook

OBSERVATION_COLUMNS = (
    "report", "area", "area_name", "year", "indicator", "indicator_label", "label", "value", "value_high", "unit",
    "bound", "decimals", "period", "scope", "status", "agency", "actor", "verdict", "text", "start", "end", "iri",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "title", "number", "doc_type", "issuer", "period_start", "period_end", "promulgates", "reports", "functions",
    "citations", "iri",
)  # fmt: skip
MEASURE_COLUMNS = (
    "report", "section", "label", "actors", "participants", "recipients", "topics", "documents",
    "documents_inherited", "programs", "produces", "observations", "outcomes", "text", "start", "end", "iri",
)  # fmt: skip

_FUNCTIONS = {term: function for function, term in FUNCTION_TERMS.items()}
_JOIN = "; "
_INTEGERS = ("year", "decimals", "start", "end")
_DECIMALS = ("value", "value_high")


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the workbook: its columns, and the rows that it takes from the statements."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Statements], list[Record]]


# -------------------------------------------------------------------------------------------------- rows


def observation_rows(statements: Statements) -> list[Record]:
    """One row for each observation, by report and place in the text, with OBSERVATION_COLUMNS.

    `value` is a Decimal in base units, `start` and `end` are the half-open code points of `text`, the clause
    it was read from; what is not stated is None.
    """
    verdicts = _verdicts(statements)
    return [_observation(statements, iri, verdicts) for iri in statements.instances("Observation")]


def _observation(statements: Statements, iri: str, verdicts: dict[str, str | None]) -> Record:
    report, area, unit = (statements.report(iri), statements.link(iri, "area"), statements.link(iri, "unit"))
    indicator = statements.link(iri, "indicator")
    return {
        "report": statements.report_id(report),
        "area": statements.text(area, SKOS + "notation") or local_name(area) or None,
        "area_name": statements.label(area) or None,
        "year": statements.integer(report, "reportYear"),
        "indicator": local_name(indicator) or None,
        "indicator_label": statements.label(indicator) or None,
        "label": statements.label(iri) or None,
        "value": statements.number(iri, "value"),
        "value_high": statements.number(iri, "valueHigh"),
        "unit": None if unit in ("", statements.iris.concept("unit", "none")) else statements.label(unit),
        "bound": _snake(statements.link(iri, "bound")),
        "decimals": statements.integer(iri, "decimals"),
        "period": statements.text(iri, "period") or None,
        "scope": statements.text(iri, "scope", "zh") or None,
        "status": _snake(statements.link(iri, "status")),
        "agency": _labels(statements, iri, "actor"),
        "actor": statements.text(iri, "actorText", "zh") or None,
        "verdict": verdicts.get(iri),
        **_place(statements, iri),
        "iri": iri,
    }


def finding_rows(statements: Statements) -> list[Record]:
    """One row for each finding, with FINDING_COLUMNS and its IRI."""
    rows: list[Record] = []
    for iri in statements.instances("Finding"):
        about = statements.links(iri, "about")
        rows.append(
            {
                "report": statements.report_id(statements.report(iri)),
                "rule": local_name(statements.link(iri, "rule")) or None,
                "duty": local_name(statements.link(iri, "duty")) or None,
                "verdict": _snake(statements.link(iri, "verdict")),
                "severity": _snake(statements.link(iri, "severity")),
                "stated": statements.number(about[0], "value") if len(about) == 1 else None,
                "formula": statements.text(iri, "formula") or None,
                "expected_low": statements.number(iri, "expectedLow"),
                "expected_high": statements.number(iri, "expectedHigh"),
                "message_zh": statements.text(iri, RDFS + "comment", "zh") or None,
                "message_en": statements.text(iri, RDFS + "comment", "en") or None,
                "evidence": " | ".join(p.exact for p in statements.passages(iri)) or None,
                "iri": iri,
            }
        )
    return rows


def document_rows(statements: Statements) -> list[Record]:
    """One row for each document: what it is, which reports cite it, what for and how often."""
    citations: dict[str, list[str]] = {}
    for citation in statements.instances("Citation"):
        for document in statements.links(citation, "cites"):
            citations.setdefault(document, []).append(citation)
    rows: list[Record] = []
    for iri in statements.instances("PolicyDocument"):
        citing = citations.get(iri, [])
        functions = (local_name(statements.link(c, "function")) for c in citing)
        rows.append(
            {
                "title": statements.label(iri),
                "number": statements.text(iri, "docNumber") or None,
                "doc_type": _labels(statements, iri, "docType"),
                "issuer": _labels(statements, iri, "issuedBy"),
                "period_start": statements.integer(iri, "periodStart"),
                "period_end": statements.integer(iri, "periodEnd"),
                "promulgates": _labels(statements, iri, "promulgates"),
                "reports": _join(statements.report_id(statements.report(c)) for c in citing),
                "functions": _join(_FUNCTIONS.get(f, f) for f in functions),
                "citations": len(citing),
                "iri": iri,
            }
        )
    return rows


def measure_rows(statements: Statements) -> list[Record]:
    """One row for each measure, with the names of all that it is linked to."""
    linked = {
        "section": "inSection",
        "actors": "actor",
        "participants": "participant",
        "recipients": "recipient",
        "topics": "topic",
        "documents": "underDocument",
        "documents_inherited": "underDocumentInherited",
        "programs": "usesProgram",
        "produces": "produces",
        "observations": "hasObservation",
        "outcomes": "hasOutcome",
    }
    return [
        {
            "report": statements.report_id(statements.report(iri)),
            "label": statements.label(iri),
            **{column: _labels(statements, iri, predicate) for column, predicate in linked.items()},
            **_place(statements, iri),
            "iri": iri,
        }
        for iri in statements.instances("Measure")
    ]


def _verdicts(statements: Statements) -> dict[str, str | None]:
    """Observation → verdict of the gravest finding about it."""
    graves = gravest_findings(statements).items()
    return {observation: _snake(statements.link(finding, "verdict")) for observation, finding in graves}


def _place(statements: Statements, iri: str) -> Record:
    passage = statements.passage(iri)
    if passage is None:
        return {"text": None, "start": None, "end": None}
    return {"text": passage.exact, "start": passage.start, "end": passage.end}


def _labels(statements: Statements, iri: str, predicate: str) -> str | None:
    things = sorted(statements.links(iri, predicate), key=statements.place)
    return _join(statements.label(thing) for thing in things)


def _join(names: Iterable[str]) -> str | None:
    return _JOIN.join(dict.fromkeys(names)) or None


def _snake(iri: str) -> str | None:
    return spell(iri) or None


# ----------------------------------------------------------------------------------------------- formats


def write_observations(quads: Sequence[Quad], iris: Iris) -> bytes:
    """CSV of the observations, UTF-8 with a byte order mark."""
    rows = observation_rows(Statements.of(quads, iris))
    return write_csv([{c: write_plain(v) for c, v in row.items()} for row in rows], OBSERVATION_COLUMNS)


SHEETS: tuple[Page, ...] = (
    Page("observations", OBSERVATION_COLUMNS, observation_rows),
    Page("findings", (*FINDING_COLUMNS, "iri"), finding_rows),
    Page("documents", DOCUMENT_COLUMNS, document_rows),
    Page("measures", MEASURE_COLUMNS, measure_rows),
)
"""The workbook, sheet by sheet."""


def write_xlsx(quads: Sequence[Quad], iris: Iris) -> bytes:
    """A workbook with SHEETS: figures are numbers with the decimals they are written with, all else is text.

    Raises UsageError where openpyxl is not installed, or where there are more rows than a sheet can hold.
    """
    statements = Statements.of(quads, iris)
    sheets = [Sheet(page.name, page.columns, page.rows(statements)) for page in SHEETS]
    return write_workbook(sheets, "xlsx")


def write_parquet(quads: Sequence[Quad], iris: Iris) -> bytes:
    """Parquet of the observations: values as decimal128(38, 10), so that nothing is rounded, all files alike.

    Raises UsageError where pyarrow is not installed, or where a value has more digits than that.
    """
    layout = Layout(OBSERVATION_COLUMNS, decimals=_DECIMALS, integers=_INTEGERS)
    return write_columns(observation_rows(Statements.of(quads, iris)), layout, "parquet")
