"""Commands that look into the lexicon: indicators."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import FatuError, UsageError
from .language import language
from .options import (
    base_iri_of,
    base_option,
    choose_data,
    format_option,
    lexicon_option,
    list_files,
    output_option,
    write,
)
from .telling import tell, tell_error

if TYPE_CHECKING:
    from ..exporting.indicators import LackingFigure
    from ..lexicon.user_corrections import Guidance


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@click.option("--unmatched", is_flag=True, help="What reports or graphs count that the catalogue lacks.")
@format_option("table", "json", "csv")
@lexicon_option
@output_option
@base_option
def indicators(
    paths: tuple[Path, ...], unmatched: bool, style: str, output: Path | None, **given: Any
) -> int:
    """Print the indicator catalogue, or what it lacks in reports, graphs and folders of either; default graphs.

    \b
    Example:
      fatu indicators --format csv
      fatu indicators --unmatched report.txt graphs
    """
    from ..exporting.indicators import (
        CATALOGUE_COLUMNS,
        LACKING_COLUMNS,
        catalogue_records,
        format_catalogue,
        format_lacking,
        lacking_records,
    )
    from ..exporting.records import write_csv, write_json
    from ..lexicon.extension import extended
    from ..lexicon.user_corrections import load_guidance

    if paths and not unmatched:
        raise UsageError(
            str(paths[0]), "the catalogue needs no files", "give --unmatched to see what it lacks"
        )
    guidance = load_guidance(given["lexicon"])
    with extended(guidance.lexicon):
        if unmatched:
            figures, failed = _lacking(choose_data(paths), base_iri_of(given["base_iri"]), guidance)
            records, columns, layout = lacking_records(figures), LACKING_COLUMNS, format_lacking
        else:
            records, columns, layout, failed = catalogue_records(), CATALOGUE_COLUMNS, format_catalogue, 0
    if not records:
        tell("the catalogue lacks nothing that was counted")
    if style == "json":
        write(write_json(records), output)
    elif style == "csv":
        write(write_csv(records, columns), output)
    else:
        write(layout(records, language()).encode(), output)
    return 1 if failed else 0


def _lacking(paths: Sequence[Path], base: str, guidance: Guidance) -> tuple[list[LackingFigure], int]:
    """Figures of texts and graphs, and how many of several could not be read; the only one's error is raised."""
    from ..exporting.indicators import lacking_in_graphs, lacking_in_report
    from ..iris import Iris
    from ..pipeline import read_report
    from ..reading import Confinement
    from ..storing import read_quads

    figures: list[LackingFigure] = []
    failures: list[FatuError] = []
    graphs = [path for path in paths if _is_graph(path)]
    with Confinement() as confinement:
        files = list_files((path for path in paths if path not in graphs), confinement.limits)
        for file in (*graphs, *files):
            try:
                if isinstance(file, FatuError):
                    raise file
                if isinstance(file, Path):
                    figures += lacking_in_graphs(read_quads([file]), Iris(base))
                else:
                    figures += lacking_in_report(read_report(file, None, base, guidance, confinement))
            except FatuError as error:
                failures.append(error)
                if len(graphs) + len(files) > 1:
                    tell_error(error)
    if failures and len(failures) == len(graphs) + len(files):
        raise failures[0]
    return figures, len(failures)


def _is_graph(path: Path) -> bool:
    """Whether a path is a graph's, or a folder with graphs in it."""
    from ..storing.files import SYNTAXES

    return path.suffix in SYNTAXES or (path / "graph.trig").is_file() or any(path.glob("*/graph.trig"))
