"""Commands that read graphs: query, queries, validate, view, export, network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from .options import DEFAULT_DATA, base_iri_of, base_option, output_option, write
from .stores import refuse_both


@click.command()
@click.argument("query", metavar="QUERY")
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="")
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Graph files or folders; default graphs.",
)
@click.option("--store", metavar="PATH|URL", help="A store that fatu load filled, or a SPARQL server.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl"]),
    help="Default: table, ttl for triples.",
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@base_option
def query(
    query: str,
    more: tuple[Path, ...],
    style: str | None,
    settings: tuple[str, ...],
    **where: Any,
) -> None:
    """Ask graphs: QUERY is the name of a named query, a .rq file or SPARQL text.

    \b
    Example:
      fatu query reconsideration
      fatu query q8 --format csv
      fatu query q8 --store store
      fatu query 'SELECT ?o { ?o a <https://w3id.org/fatu/ns#Observation> }' --data graphs
    """
    from ..iris import Iris
    from ..querying import ask_store, format_results
    from ..storing import MemoryStore, open_store, read_union

    data, base = where["data"], base_iri_of(where["base_iri"])
    if more and not data:
        raise UsageError(str(more[0]), "one argument too many", "give graphs with --data")
    refuse_both(where["store"], data)
    values = dict(map(_setting, settings))
    if where["store"]:
        with open_store(where["store"]) as store:
            results = ask_store(store, query, values, base)
    else:
        union = read_union([*data, *more] or [DEFAULT_DATA], Iris(base), alone=True)
        results = ask_store(MemoryStore(union), query, values, base)
    write(format_results(results, style, base).encode(), None)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
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
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@base_option
def validate(paths: tuple[Path, ...], base_iri: str | None) -> int:
    """Check graphs by the SHACL shapes; exit 1 on a violation.

    \b
    Example:
      fatu validate graphs/410203-gov-2020
    """
    from ..describing.dataset import make_dataset
    from ..describing.validation import validate as validate_dataset
    from ..iris import Iris
    from ..storing import read_union

    base = base_iri_of(base_iri)
    iris = Iris(base)
    result = validate_dataset(make_dataset(read_union(paths or [DEFAULT_DATA], iris), iris), base)
    lines = [
        f"{v.severity}\t{v.focus}\t{v.path or ''}\t{v.message_zh}\t{v.message_en}" for v in result.violations
    ]
    verdict = "conforms" if result.conforms else "does not conform"
    write("".join(f"{line}\n" for line in [*lines, verdict]).encode(), None)
    return 0 if result.conforms else 1


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The page."
)
@base_option
def view(paths: tuple[Path, ...], output: Path, base_iri: str | None) -> None:
    """Write the explorer page of graphs: one HTML file that needs no network.

    \b
    Example:
      fatu view graphs/410203-gov-2020 -o explorer.html
    """
    from ..describing.dataset import make_dataset
    from ..iris import Iris
    from ..storing import read_union
    from ..viewing import render_explorer

    iris = Iris(base_iri_of(base_iri))
    dataset = make_dataset(read_union(paths, iris), iris)
    write(render_explorer(dataset).encode(), output)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--to",
    "style",
    required=True,
    metavar="FORMAT",
    help="ttl, nt, nq, trig, jsonld, rdfxml, graphml, gexf, csv, xlsx, parquet, cube, annotations.",
)
@output_option
@base_option
def export(paths: tuple[Path, ...], style: str, output: Path | None, base_iri: str | None) -> None:
    """Write graphs in another format, to a file or to stdout.

    \b
    Example:
      fatu export graphs/410203-gov-2020 --to graphml -o report.graphml
    """
    from ..exporting.exports import BINARY, EXPORTS
    from ..iris import Iris
    from ..storing import read_union

    if style not in EXPORTS:
        raise UsageError("--to", f"no format {style!r}", f"choose one of {', '.join(EXPORTS)}")
    if style in BINARY and output is None:
        raise UsageError("--to", f"{style} is not text", "give a file with -o")
    iris = Iris(base_iri_of(base_iri))
    write(EXPORTS[style](read_union(paths or [DEFAULT_DATA], iris), iris), output)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "style", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help="Lines of each list; default 10 in the table, else all.",
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Words of the table."
)
@base_option
def network(paths: tuple[Path, ...], style: str, top: int | None, lang: str, base_iri: str | None) -> None:
    """Print the central documents, agencies, topics and programs of graphs, the communities and the hierarchy
    of the documents; csv: the central ones. For Gephi, `fatu export --to graphml` or `--to gexf` gives files.

    \b
    Example:
      fatu network graphs/410203-gov-2020
      fatu network graphs --top 5 --lang en
      fatu network graphs --format csv
    """
    from ..describing.dataset import make_dataset
    from ..exporting.records import write_csv, write_json
    from ..iris import Iris
    from ..storing import read_union
    from ..viewing import make_network
    from ..viewing.centrality import measure_network
    from ..viewing.tabulating import CENTRAL_COLUMNS, central_records, figure_record, format_figures

    iris = Iris(base_iri_of(base_iri))
    drawn = make_network(make_dataset(read_union(paths or [DEFAULT_DATA], iris), iris))
    if not drawn:
        click.echo("fatu: the graphs hold nothing that a network is made of", err=True)
    figures = measure_network(drawn)
    if style == "json":
        write(write_json(figure_record(figures, top)), None)
    elif style == "csv":
        write(write_csv(central_records(figures, top), CENTRAL_COLUMNS), None)
    else:
        write(format_figures(figures, lang, top).encode(), None)
