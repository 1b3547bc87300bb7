"""Commands that read graphs: query, queries, validate, view, export."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from .completing import complete_format, complete_query, complete_setting
from .language import language
from .options import base_iri_of, base_option, choose_data, output_option, style_of, write, write_as_it_comes
from .stores import Graphs, data_option, refuse_both, store_option, taking_graphs
from .telling import tell, tell_written

if TYPE_CHECKING:
    from ..describing.terms import Object
    from ..querying import Results
    from ..storing import Store


@click.command()
@click.argument("query", metavar="QUERY", shell_complete=complete_query)
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="")
@data_option
@store_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl"]),
    help="Default: table, ttl for triples.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the query. May be given several times.",
    shell_complete=complete_setting,
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME=FILE.csv",
    help="A table that the query takes; q39: population, with the columns 区划代码,年度,人口 or area,year,population. "
    "May be given several times.",
)
@output_option
@base_option
def query(
    query: str,
    more: tuple[Path, ...],
    style: str | None,
    **where: Any,
) -> None:
    """Ask graphs: QUERY is the name of a named query, a .rq file or SPARQL text.

    \b
    Example:
      fatu query reconsideration
      fatu query q8 --format csv
      fatu query q8 --store store
      fatu query q26 --set year=2020 --set within=410000 --store store
      fatu query q39 --table population=populations.csv --store store
      fatu query 'SELECT ?o { ?o a <https://w3id.org/fatu/ns#Observation> }' --data graphs
    """
    from ..iris import Iris
    from ..querying import format_results
    from ..querying.named import match_query
    from ..storing import MemoryStore, open_store, read_union

    data, base = where["data"], base_iri_of(where["base_iri"])
    if more and not data:
        raise UsageError(str(more[0]), "one argument too many", "give graphs with --data")
    refuse_both(where["store"], data)
    values: dict[str, str | Object | Path] = {}
    for option in ("settings", "tables"):
        for name, value in (_setting(text, option) for text in where[option]):
            values[name] = Path(value) if option == "tables" else value
    if where["store"]:
        with open_store(where["store"]) as store:
            results = _ask(store, query, values, base)
    else:
        union = read_union(choose_data([*data, *more]), Iris(base), alone=True)
        results = _ask(MemoryStore(union), query, values, base)
    shown = language() if match_query(query) else None
    write(format_results(results, style, base, shown).encode(), where["output"])


def _ask(store: Store, query: str, values: Mapping[str, str | Object | Path], base: str) -> Results:
    """The answer to a query; where a named one has no rows, that is told."""
    from ..querying import ask_store
    from ..querying.emptiness import check_emptiness
    from ..querying.named import match_query

    results = ask_store(store, query, values, base)
    named = match_query(query)
    if named is not None and results.variables and not results.rows:
        check_emptiness(store, named, values, base)
        tell(f"no rows: the graphs state nothing that {named.name} asks for")
    return results


def _setting(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        if option == "tables":
            raise UsageError("--table", f"{text!r} names no table", "write NAME=FILE.csv")
        raise UsageError("--set", f"{text!r} sets nothing", "write NAME=VALUE")
    return name, value


@click.command()
def queries() -> None:
    """List the named queries: name, question, parameters.

    \b
    Example:
      fatu queries
    """
    from ..querying import format_queries

    write(format_queries().encode(), None)


@click.command()
@taking_graphs
def validate(graphs: Graphs) -> int:
    """Check graphs by the SHACL shapes; exit 1 on a violation.

    \b
    Example:
      fatu validate graphs/410203-gov-2020
      fatu validate --store store --report 410203-gov-2020
    """
    from ..describing.validation import validate as validate_dataset

    result = validate_dataset(graphs.dataset(), graphs.iris.base)
    lines = [
        f"{v.severity}\t{v.focus}\t{v.path or ''}\t{v.message_zh}\t{v.message_en}" for v in result.violations
    ]
    verdict = "conforms" if result.conforms else "does not conform"
    write("".join(f"{line}\n" for line in [*lines, verdict]).encode(), None)
    return 0 if result.conforms else 1


@click.command()
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The page."
)
@taking_graphs
def view(graphs: Graphs, output: Path) -> None:
    """Write the explorer page of graphs: one HTML file that needs no network.

    \b
    Example:
      fatu view graphs/410203-gov-2020 -o explorer.html
      fatu view --store store -o all.html
    """
    from ..viewing import render_explorer

    write(render_explorer(graphs.dataset()).encode(), output)
    tell_written(output)


@click.command()
@click.option(
    "--to",
    "style",
    metavar="FORMAT",
    help="ttl, nt, nq, trig, jsonld, rdfxml, graphml, gexf, csv, xlsx, parquet, cube, catalogue, annotations; "
    "default: what the file's name says.",
    shell_complete=complete_format,
)
@click.option(
    "--licence", metavar="IRI", help="Licence of the cube's or the catalogue's data; default CC BY 4.0."
)
@click.option("--publisher", metavar="NAME|IRI", help="Who publishes the cube or the catalogue.")
@click.option(
    "--endpoint", metavar="URL", help="Where the catalogue says that the data can be asked in SPARQL."
)
@output_option
@taking_graphs
def export(graphs: Graphs, style: str | None, output: Path | None, **published: str | None) -> None:
    """Write graphs in another format, to a file or to stdout.

    \b
    Example:
      fatu export graphs/410203-gov-2020 --to graphml -o report.graphml
      fatu export --store store -o all.xlsx
      fatu export --store store --to catalogue --publisher 某研究所 -o catalogue.ttl
      fatu export --store http://localhost:7878 --report 410203-gov-2020 --to trig
    """
    from ..exporting.catalogue import describe_store
    from ..exporting.cube import save_store_cube
    from ..exporting.exports import BINARY, ENDINGS, EXPORTS, PUBLISHED
    from ..exporting.publication import read_publication

    style = style or style_of(output, ENDINGS)
    if style is None:
        raise UsageError("--to", "no format is given", f"choose one of {', '.join(EXPORTS)}")
    if style not in EXPORTS:
        raise UsageError("--to", f"no format {style!r}", f"choose one of {', '.join(EXPORTS)}")
    if style in BINARY and output is None:
        raise UsageError("--to", f"{style} is not text", "give a file with -o")
    given = {name: value for name, value in published.items() if value is not None}
    if style not in PUBLISHED:
        for name in given:
            raise UsageError(
                f"--{name}", f"has no effect on {style}", f"give it with --to {', '.join(PUBLISHED)}"
            )
        write(EXPORTS[style](graphs.quads(), graphs.iris), output)
        tell_written(output)
        return
    store, iris, publication = graphs.store, graphs.iris, read_publication(given)
    if store and style == "cube":
        write_as_it_comes(lambda out: save_store_cube(store, iris, graphs.reports, out, publication), output)
    elif store and not graphs.reports:
        write(describe_store(store, iris, publication), output)
    else:
        write(PUBLISHED[style](graphs.quads(), iris, publication), output)
    tell_written(output)
