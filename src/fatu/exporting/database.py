"""Rows of a comparison → a DuckDB database: a table of observations, with views of rankings, trends and silence."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..errors import InputError
from .columnar import Layout, stream_columns
from .records import Record
from .workbooks import demand

_VIEWS = (
    """CREATE VIEW ranking AS
SELECT CASE WHEN NOT reported THEN 'silent' WHEN comparable THEN 'ranked' ELSE 'apart' END AS standing,
  CASE WHEN comparable THEN rank() OVER (PARTITION BY indicator, year, comparable ORDER BY value DESC) END AS rank, *
FROM observations
ORDER BY indicator, year, rank NULLS LAST, reported DESC, area, office, ordinal""",
    """CREATE VIEW silent AS
SELECT area, area_name, level, office, issuer, report, year, indicator, indicator_label
FROM observations WHERE NOT reported
ORDER BY indicator, area, office, year""",
)
_TREND = """CREATE VIEW trend AS
SELECT area, max_by(area_name, year) AS area_name, any_value(level) AS level, office,
  max_by(issuer, year) AS issuer, indicator, any_value(indicator_label) AS indicator_label{years}
FROM observations
GROUP BY indicator, area, office
ORDER BY indicator, area, office"""
_YEAR = """,
  max(CASE WHEN year = {year} AND ordinal = 1 THEN value END) AS "{year}",
  max(CASE WHEN year = {year} AND ordinal = 1 THEN unit END) AS "{year}_unit",
  CASE WHEN count(CASE WHEN year = {year} THEN 1 END) = 0 THEN 'no_report'
    WHEN bool_or(year = {year} AND NOT reported) THEN 'not_reported'
    ELSE nullif(concat_ws('; ', max(CASE WHEN year = {year} AND ordinal = 1 THEN marks END),
      CASE WHEN count(CASE WHEN year = {year} THEN 1 END) > 1 THEN 'more_values' END), '') END AS "{year}_marks\""""


def write_database(rows: Iterable[Record], layout: Layout, years: Iterable[int], target: Path) -> None:
    """A database at `target`, written beside it and renamed: the table `observations` with the columns of a comparison,
    and the views `ranking` (every indicator and year), `trend` (the years as columns) and `silent`.

    Raises UsageError where pyarrow or duckdb is not installed, InputError where the file cannot be written.
    """
    duckdb = demand("duckdb", "duckdb")
    table, beside = target.with_name(f".{target.name}.rows"), target.with_name(f".{target.name}.part")
    trend = _TREND.format(years="".join(_YEAR.format(year=int(year)) for year in years))
    try:
        with table.open("wb") as out:
            stream_columns(rows, layout, out, "duckdb")
        beside.unlink(missing_ok=True)
        with duckdb.connect(str(beside)) as database:
            database.execute("CREATE TABLE observations AS SELECT * FROM read_parquet(?)", [str(table)])
            for view in (*_VIEWS, trend):
                database.execute(view)
        beside.replace(target)
    except (OSError, duckdb.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problem = f"cannot be written: {reason}"
        raise InputError(str(target), problem, "choose another place with -o") from error
    finally:
        table.unlink(missing_ok=True)
        beside.unlink(missing_ok=True)
