"""The command that measures networks: network."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from ..errors import UsageError
from .language import language
from .options import choose_data, output_option, style_of, write
from .stores import Graphs, taking_graphs
from .telling import tell

_OF_CITATIONS = ("areas", "years", "levels")
_FILES = ("graphml", "gexf")
"""Formats that only the citation network is written in here."""
_ENDINGS = {".txt": "table"} | {f".{name}": name for name in ("json", "csv", *_FILES)}


@click.command()
@click.option(
    "--citations",
    "is_of_citations",
    is_flag=True,
    help="The citation network of many reports: which documents reach which areas.",
)
@click.option(
    "--area",
    "areas",
    multiple=True,
    metavar="CODE|NAME",
    help="With --citations: reports of that area (six digits), or of it and all below (41, 4102, a name). "
    "May be given several times.",
)
@click.option(
    "--year",
    "years",
    multiple=True,
    metavar="YEARS",
    help="With --citations: reports of 2020, 2018-2022 or 2018,2020. May be given several times.",
)
@click.option(
    "--level",
    "levels",
    multiple=True,
    type=click.Choice(["country", "province", "prefecture", "county", "township", "unknown"]),
    help="With --citations: only documents that this level issues. May be given several times.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json", "csv", *_FILES]),
    help="Default: what the file's name says, else table.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help="Lines of each list; default 10 in the table, else all.",
)
@output_option
@taking_graphs
def network(graphs: Graphs, output: Path | None, is_of_citations: bool, **asked: Any) -> None:
    """Print the central documents, agencies, topics and programs of graphs, the communities and the hierarchy
    of the documents; csv: the central ones. For Gephi, `fatu export --to graphml` or `--to gexf` gives files.

    With --citations: how far documents reach (areas, provinces, reports, years, PageRank), what reaches each area,
    which documents implement others, communities of areas; csv: a row for each area and document that it cites;
    graphml and gexf: the network for Gephi. Of a store only the citations are read, however many reports it has.

    \b
    Example:
      fatu network graphs/410203-gov-2020
      fatu network graphs --top 5 --lang en
      fatu network --store store --format csv
      fatu network --citations --store store --level country --level province
      fatu network --citations --store store --area 41 --year 2018-2022 -o citations.gexf
    """
    style = asked["style"] or style_of(output, _ENDINGS) or "table"
    if is_of_citations:
        data = _citations(graphs, style, asked)
    else:
        for name in _OF_CITATIONS:
            if asked[name]:
                raise UsageError(f"--{name[:-1]}", "chooses among citations", "give it with --citations")
        if style in _FILES:
            raise UsageError(
                "--format",
                f"{style} is for the citation network only",
                f"add --citations, or fatu export --to {style}",
            )
        data = _figures(graphs, style, asked)
    write(data, output)


def _citations(graphs: Graphs, style: str, asked: dict[str, Any]) -> bytes:
    from ..paths import tell_paths
    from ..querying.cited import CitationChoice
    from ..querying.citing import read_citations
    from ..querying.comparison_choice import parse_years
    from ..storing import MemoryStore, open_store, read_union
    from ..viewing.citation_formats import Style, format_citations
    from ..viewing.reach import measure_citations

    choice = CitationChoice(asked["areas"], parse_years(asked["years"]), graphs.reports, asked["levels"])
    if graphs.store:
        with open_store(graphs.store) as store:
            found = read_citations(store, choice, graphs.iris.base)
    else:
        paths = choose_data(graphs.paths)
        union = MemoryStore(read_union(paths, graphs.iris, alone=True), tell_paths(paths))
        found = read_citations(union, choice, graphs.iris.base)
    if not found.citations:
        tell("the reports cite no such document")
    chosen: Style = next(name for name in get_args(Style) if name == style)
    return format_citations(found, measure_citations(found), chosen, asked["top"], language())


def _figures(graphs: Graphs, style: str, asked: dict[str, Any]) -> bytes:
    from ..exporting.records import write_csv, write_json
    from ..viewing import make_network
    from ..viewing.centrality import measure_network
    from ..viewing.tabulating import CENTRAL_COLUMNS, central_records, figure_record, format_figures

    top = asked["top"]
    drawn = make_network(graphs.dataset())
    if not drawn:
        tell("the graphs hold nothing that a network is made of")
    figures = measure_network(drawn)
    if style == "json":
        return write_json(figure_record(figures, top))
    if style == "csv":
        return write_csv(central_records(figures, top), CENTRAL_COLUMNS)
    return format_figures(figures, language(), top).encode()
