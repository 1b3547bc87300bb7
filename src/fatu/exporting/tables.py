"""Quads → tables: CSV and Parquet of the observations, a workbook of observations, findings, documents, measures."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..describing.quads import FUNCTION_TERMS
from ..describing.terms import RDFS, SKOS, Quad
from ..errors import UsageError
from ..iris import Iris
from .records import FINDING_COLUMNS, Record, write_csv
from .statements import Statements, local_name
from .verdicts import gravest_findings, spell

if TYPE_CHECKING:
    from types import ModuleType

OBSERVATION_COLUMNS = (
    "report", "area", "area_name", "year", "indicator", "indicator_label", "value", "value_high", "unit", "bound",
    "decimals", "period", "scope", "status", "agency", "actor", "verdict", "text", "start", "end", "iri",
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
_LONG_AGO = datetime(1980, 1, 1)
_INTEGERS = ("year", "decimals", "start", "end")
_DECIMALS = ("value", "value_high")
_PRECISION, _SCALE = 38, 10
_MAX_CELL, _MAX_ROWS, _EXCEL_DIGITS = 32_767, 1_048_575, 15
_NO_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
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
    return write_csv([{c: _plain(v) for c, v in row.items()} for row in rows], OBSERVATION_COLUMNS)


def _plain(value: object) -> object:
    return f"{value:f}" if isinstance(value, Decimal) else value


SHEETS: tuple[Sheet, ...] = (
    Sheet("observations", OBSERVATION_COLUMNS, observation_rows),
    Sheet("findings", (*FINDING_COLUMNS, "iri"), finding_rows),
    Sheet("documents", DOCUMENT_COLUMNS, document_rows),
    Sheet("measures", MEASURE_COLUMNS, measure_rows),
)
"""The workbook, sheet by sheet."""


def write_xlsx(quads: Sequence[Quad], iris: Iris) -> bytes:
    """A workbook with SHEETS: figures are numbers with the decimals they are written with, all else is text.

    Raises UsageError where openpyxl is not installed, or where there are more rows than a sheet can hold.
    """
    _demand("openpyxl", "xlsx")
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    statements = Statements.of(quads, iris)
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.creator = "fatu"
    workbook.properties.created = workbook.properties.modified = _LONG_AGO
    for sheet in SHEETS:
        _fill(workbook.create_sheet(sheet.name), sheet.columns, sheet.rows(statements))
    out = io.BytesIO()
    # Not Workbook.save, which writes the time of day into the file.
    ExcelWriter(workbook, ZipFile(out, "w")).save()
    return _undated(out.getvalue())


def _fill(sheet: Any, columns: tuple[str, ...], rows: list[Record]) -> None:
    if len(rows) > _MAX_ROWS:
        raise UsageError(
            "--to xlsx", f"{len(rows)} {sheet.title} are too many for a sheet", "write csv or parquet"
        )
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(columns, 1):
        values = [row[column] for row in rows]
        head = sheet.cell(1, number, column)
        head.font = Font(bold=True)
        for row, value in enumerate(values, 2):
            if value is not None:
                _set(sheet.cell(row, number), value)
        width = max(map(_width, [column, *values]))
        sheet.column_dimensions[get_column_letter(number)].width = min(max(width + 2, 8), 60)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def _set(cell: Any, value: object) -> None:
    """A number as a number, unless Excel would round it; a text as a text, even where it looks like a formula."""
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= _EXCEL_DIGITS:
        places = max(0, -int(value.as_tuple().exponent))
        cell.value = value
        cell.number_format = "0." + "0" * places if places else "0"
    elif isinstance(value, int):
        cell.value = value
    else:
        cell.value = _NO_CELL.sub(" ", str(_plain(value)))[:_MAX_CELL]
        cell.data_type = "s"


def _width(value: object) -> int:
    """Width of a text in columns: an ideograph takes two."""
    text = "" if value is None else str(_plain(value))
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _undated(archive: bytes) -> bytes:
    """A zip file whose members all bear the same date."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as dated, ZipFile(out, "w") as undated:
        for name in dated.namelist():
            member = ZipInfo(name, _LONG_AGO.timetuple()[:6])
            member.create_system = 3  # the same on every system
            undated.writestr(member, dated.read(name), ZIP_DEFLATED)
    return out.getvalue()


def write_parquet(quads: Sequence[Quad], iris: Iris) -> bytes:
    """Parquet of the observations: values as decimal128(38, 10), so that nothing is rounded, all files alike.

    Raises UsageError where pyarrow is not installed, or where a value has more digits than that.
    """
    arrow, parquet = _demand("pyarrow", "parquet"), _demand("pyarrow.parquet", "parquet")
    rows = observation_rows(Statements.of(quads, iris))
    types = {
        **dict.fromkeys(_INTEGERS, arrow.int32()),
        **dict.fromkeys(_DECIMALS, arrow.decimal128(_PRECISION, _SCALE)),
    }
    schema = arrow.schema([(column, types.get(column, arrow.string())) for column in OBSERVATION_COLUMNS])
    try:
        table = arrow.Table.from_pylist(rows, schema=schema)
    except arrow.ArrowInvalid as error:
        problem = f"a value does not fit decimal128({_PRECISION}, {_SCALE})"
        raise UsageError("--to parquet", problem, "write csv, which holds any number") from error
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _demand(module: str, style: str) -> ModuleType:
    """A module of the extra `tables`, imported when it is needed."""
    try:
        return import_module(module)
    except ImportError as error:
        name = module.split(".")[0]
        raise UsageError(f"--to {style}", f"{name} is not installed", "pip install 'fatu[tables]'") from error
