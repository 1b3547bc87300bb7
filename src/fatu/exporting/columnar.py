"""Rows → Parquet: numbers as decimals and integers, so that nothing is rounded; written batch by batch."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from ..errors import UsageError
from .records import Record
from .workbooks import demand

_PRECISION, _SCALE = 38, 10
_BATCH = 50_000
"""Rows of one row group, which is held in memory."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns in order, and what they hold where it is no text."""

    columns: tuple[str, ...]
    decimals: tuple[str, ...] = ()
    integers: tuple[str, ...] = ()
    booleans: tuple[str, ...] = ()


def write_columns(rows: Iterable[Record], layout: Layout, style: str) -> bytes:
    """Parquet of rows; see `stream_columns`."""
    out = io.BytesIO()
    stream_columns(rows, layout, out, style)
    return out.getvalue()


def stream_columns(rows: Iterable[Record], layout: Layout, out: BinaryIO, style: str) -> None:
    """Parquet into a file, in row groups: decimals as decimal128(38, 10), all files alike.

    Raises UsageError about `style` where pyarrow is not installed, or where a value has more digits than that.
    """
    arrow, parquet = demand("pyarrow", style), demand("pyarrow.parquet", style)
    schema = _schema(arrow, layout)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        left = iter(rows)
        batch = list(islice(left, _BATCH))
        writer.write_table(_table(arrow, batch, schema, style))
        while batch := list(islice(left, _BATCH)):
            writer.write_table(_table(arrow, batch, schema, style))


def _schema(arrow: Any, layout: Layout) -> Any:
    types = {
        **dict.fromkeys(layout.integers, arrow.int32()),
        **dict.fromkeys(layout.decimals, arrow.decimal128(_PRECISION, _SCALE)),
        **dict.fromkeys(layout.booleans, arrow.bool_()),
    }
    return arrow.schema([(column, types.get(column, arrow.string())) for column in layout.columns])


def _table(arrow: Any, rows: list[Record], schema: Any, style: str) -> Any:
    try:
        return arrow.Table.from_pylist(rows, schema=schema)
    except arrow.ArrowInvalid as error:
        problem = f"a value does not fit decimal128({_PRECISION}, {_SCALE})"
        raise UsageError(style, problem, "write csv, which holds any number") from error
