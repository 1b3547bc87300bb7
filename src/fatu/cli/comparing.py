"""The command that compares reports: compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError, UsageError
from .completing import complete_indicator
from .language import language
from .options import base_iri_of, base_option, choose_data, output_option, style_of, write
from .stores import data_option, refuse_both, store_option

if TYPE_CHECKING:
    from ..querying.comparing import Comparison
    from ..storing import Store

_PART = 1 << 16
_ENDINGS = {
    ".txt": "table", ".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".parquet": "parquet", ".duckdb": "duckdb",
}  # fmt: skip


@click.command()
@store_option
@data_option
@click.option(
    "--indicator",
    "indicators",
    multiple=True,
    metavar="ID|NAME",
    help="An indicator of the catalogue, or a phrase; default all. May be given several times.",
    shell_complete=complete_indicator,
)
@click.option(
    "--area",
    "areas",
    multiple=True,
    metavar="CODE|NAME",
    help="Six digits: that area. 41, 4102 or a name: with all below it. May be given several times.",
)
@click.option(
    "--year",
    "years",
    multiple=True,
    metavar="YEARS",
    help="2020, 2018-2022 or 2018,2020. May be given several times.",
)
@click.option(
    "--level",
    "levels",
    multiple=True,
    type=click.Choice(["province", "prefecture", "county"]),
    help="Only areas of this level. May be given several times.",
)
@click.option("--scope", default="", metavar="TEXT", help="Compare the figures of this part of the areas.")
@click.option(
    "--by", "order", type=click.Choice(["rank"]), help="Rank the areas by one indicator of one year."
)
@click.option("--trend", is_flag=True, help="One row for each area and indicator, the years as columns.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "csv", "xlsx", "parquet", "json", "duckdb"]),
    help="Default: what the file's name says, else table.",
)
@output_option
@base_option
def compare(store: str | None, data: tuple[Path, ...], **asked: Any) -> None:
    """Compare reports: areas, indicators and years as one table, with who does not report.

    One row for each figure of a report, with bound, denominator, verdict and the words of the report; marks say why a
    figure does not compare with the others. A report that does not give an indicator has a row with `reported` no.
    duckdb writes a database with the table observations and the views ranking, trend and silent.

    \b
    Example:
      fatu compare --store store --indicator recon-accepted --year 2018-2022
      fatu compare --store store --indicator 行政复议结案率 --year 2020 --area 41 --level county --by rank
      fatu compare --data graphs --indicator recon-accepted --trend --format csv
      fatu compare --store store -o table.duckdb
    """
    from ..iris import Iris
    from ..paths import tell_paths
    from ..querying.comparing import compare_store
    from ..querying.comparison_choice import Choice, parse_years
    from ..storing import MemoryStore, open_store, read_union

    refuse_both(store, data)
    output = _check_output(asked)
    base = base_iri_of(asked["base_iri"])
    choice = Choice(
        asked["indicators"], asked["areas"], parse_years(asked["years"]), asked["levels"], asked["scope"]
    )

    def run(opened: Store) -> None:
        _write(compare_store(opened, choice, base), output)

    if store:
        with open_store(store) as opened:
            run(opened)
    else:
        paths = choose_data(data)
        run(MemoryStore(read_union(paths, Iris(base), alone=True), tell_paths(paths)))


@dataclass(frozen=True, slots=True)
class _Output:
    shape: str
    style: str
    lang: str
    path: Path | None


def _check_output(asked: dict[str, Any]) -> _Output:
    """What is written where. Raises UsageError for what does not go together."""
    from ..querying.comparison_formats import NOT_TEXT

    path: Path | None = asked["output"]
    style = asked["style"] or style_of(path, _ENDINGS) or "table"
    if asked["order"] and asked["trend"]:
        raise UsageError("--trend", "given beside --by rank", "give one of them")
    shape = "ranking" if asked["order"] else "trend" if asked["trend"] else "comparison"
    if style in NOT_TEXT and path is None:
        raise UsageError("--format", f"{style} is not text", "give a file with -o")
    if style == "duckdb" and shape != "comparison":
        raise UsageError(
            "--format", "a database has rankings and trends as views", "leave out --by and --trend"
        )
    return _Output(shape, style, language(), path)


def _write(comparison: Comparison, output: _Output) -> None:
    from ..querying.comparison_formats import list_comparison, list_ranking, list_trends, stream_listing

    if output.shape == "ranking" and not (len(comparison.indicators) == len(comparison.years) == 1):
        problem = f"{len(comparison.indicators)} indicators and {len(comparison.years)} years cannot be ranked at once"
        raise UsageError("--by rank", problem, "give one --indicator and one --year")
    make = {"comparison": list_comparison, "ranking": list_ranking, "trend": list_trends}[output.shape]
    listing = make(comparison)
    if output.style == "duckdb" and output.path is not None:
        from ..exporting.database import write_database

        write_database(listing.records, listing.layout, comparison.years, output.path)
        return
    parts = stream_listing(listing, output.style, output.lang)
    if output.path is None:
        for part in _gather(parts):
            write(part, None)
    else:
        with _beside(output.path) as beside:
            _fill(beside, parts)


def _gather(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Parts joined to larger ones: stdout is flushed after each."""
    held = bytearray()
    for part in parts:
        held += part
        if len(held) > _PART:
            yield bytes(held)
            held.clear()
    yield bytes(held)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A place beside a file that takes the file's place at the end; gone where there was an error."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        problem = f"cannot be written: {error.strerror}"
        raise InputError(str(path), problem, "choose another place with -o") from error
    finally:
        part.unlink(missing_ok=True)


def _fill(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as out:
        for part in parts:
            out.write(part)
