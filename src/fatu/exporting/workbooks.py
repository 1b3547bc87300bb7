"""Rows → a workbook (xlsx): figures are numbers with the decimals they are written with, all else is text."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..errors import UsageError, how_to_get
from .records import Record

_LONG_AGO = datetime(1980, 1, 1)
_MAX_CELL, _MAX_ROWS, _EXCEL_DIGITS = 32_767, 1_048_575, 15
_NO_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, its columns and its rows; numbers are Decimal or int."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Record]


def write_workbook(sheets: Sequence[Sheet], style: str) -> bytes:
    """A workbook of these sheets; the same rows give the same bytes.

    Raises UsageError about `style` where openpyxl is not installed, or where there are more rows than a sheet holds.
    """
    demand("openpyxl", style)
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.creator = "fatu"
    workbook.properties.created = workbook.properties.modified = _LONG_AGO
    for sheet in sheets:
        if len(sheet.rows) > _MAX_ROWS:
            problem = f"{len(sheet.rows)} {sheet.name} are too many for a sheet"
            raise UsageError(style, problem, "write csv or parquet")
        _fill(workbook.create_sheet(sheet.name), sheet)
    out = io.BytesIO()
    # Not Workbook.save, which writes the time of day into the file.
    ExcelWriter(workbook, ZipFile(out, "w")).save()
    return _undated(out.getvalue())


def demand(module: str, style: str) -> ModuleType:
    """A module of the extra `tables`, imported when it is needed. Raises UsageError where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        name = module.split(".")[0]
        raise UsageError(style, f"{name} is not installed", how_to_get("tables")) from error


def write_plain(value: object) -> object:
    """A number as a text has it, without an exponent; anything else as it is."""
    return f"{value:f}" if isinstance(value, Decimal) else value


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(sheet.columns, 1):
        values = [row[column] for row in sheet.rows]
        head = page.cell(1, number, column)
        head.font = Font(bold=True)
        for row, value in enumerate(values, 2):
            if value is not None:
                _set(page.cell(row, number), value)
        width = max(map(_width, [column, *values]))
        page.column_dimensions[get_column_letter(number)].width = min(max(width + 2, 8), 60)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"


def _set(cell: Any, value: object) -> None:
    """A number as a number, unless Excel would round it; a text as a text, even where it looks like a formula."""
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= _EXCEL_DIGITS:
        places = max(0, -int(value.as_tuple().exponent))
        cell.value = value
        cell.number_format = "0." + "0" * places if places else "0"
    elif isinstance(value, int):
        cell.value = value
    else:
        cell.value = _NO_CELL.sub(" ", str(write_plain(value)))[:_MAX_CELL]
        cell.data_type = "s"


def _width(value: object) -> int:
    """Width of a text in columns: an ideograph takes two."""
    text = "" if value is None else str(write_plain(value))
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
