"""The command line: thin, no logic. Data go to stdout, messages to stderr.

Exit codes: 0 done; 1 a negative answer (invalid, inconsistent with --strict, some inputs failed); 2 bad usage
or bad input, told in one line. Everything heavy is imported in the command that needs it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from . import __version__
from .errors import FatuError, InputError, UsageError

if TYPE_CHECKING:
    from .model import Overrides
    from .pipeline import KnowledgeGraph

F = TypeVar("F", bound=Callable[..., Any])
DEFAULT_DATA = "graphs"


def main(arguments: list[str] | None = None) -> None:
    """Entry point: runs a command and turns errors into one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # UTF-8 whatever the locale says; a lone surrogate must not stop an error message.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        status = cli.main(arguments, prog_name="fatu", standalone_mode=False)
    except FatuError as error:
        _fail(str(error))
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        _fail(f"{_command(error)}: {error.format_message()}; see --help")
    sys.exit(status if isinstance(status, int) else 0)


def _fail(line: str) -> None:
    click.echo("fatu: " + " ".join(line.split()), err=True)
    sys.exit(2)


def _command(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context is not None else "fatu"


def _write(data: bytes, output: Path | None) -> None:
    """Bytes to a file (written beside and renamed) or to stdout."""
    if output is None:
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # The reader has seen enough (| head): no error. Nothing more may be flushed at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        return
    from .pipeline import replace_file

    try:
        replace_file(output, data)
    except OSError as error:
        raise InputError(
            str(output), f"cannot be written: {error.strerror}", "choose another place with -o"
        ) from error


def _date(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError("--published", f"{value!r} is no date", "write it as YYYY-MM-DD") from error


def _overriding(command: F) -> F:
    """Options for what a text does not tell."""
    options = (
        click.option("--area", metavar="CODE", help="Area of the report: six digits of GB/T 2260."),
        click.option("--year", type=click.IntRange(1949, 2100), help="The year reported on."),
        click.option("--issuer", help="Issuing government or department, as in a title."),
        click.option("--published", metavar="YYYY-MM-DD", callback=_date, help="Day of publication."),
        click.option("--source-url", metavar="URL", help="Where the report was published."),
        click.option(
            "--id", "report_id", metavar="NAME", help="Id of the report, instead of area-office-year."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _overrides(options: dict[str, Any]) -> Overrides:
    from .model import Overrides

    return Overrides(
        area=options["area"],
        year=options["year"],
        issuer=options["issuer"],
        published=options["published"],
        source_url=options["source_url"],
        id=options["report_id"],
    )


_base = click.option("--base-iri", metavar="IRI", help="Base of all IRIs; default https://w3id.org/fatu/.")
_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."
)


def _base_iri(value: str | None) -> str:
    from .iris import BASE

    if value is None:
        return BASE
    if "://" not in value or not value.endswith("/") or any(c in value for c in ' <>"{}|\\^`'):
        raise UsageError("--base-iri", f"{value!r} cannot be a base", "give an IRI that ends with /")
    return value


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fatu")
def cli() -> None:
    """Knowledge graphs from Chinese government reports (法图).

    \b
    Example:
      fatu build report.txt -o graphs
    """


@cli.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", "folder", default=DEFAULT_DATA, type=click.Path(path_type=Path), show_default=True,
              help="Folder that gets one folder for each report.")  # fmt: skip
@_overriding
@_base
def build(inputs: tuple[Path, ...], folder: Path, base_iri: str | None, **options: Any) -> int:
    """Build graph, tables and explorer page of each report.

    \b
    Example:
      fatu build report.txt -o graphs
      fatu build page.txt --area 410203 --year 2020
    """
    from .pipeline import build as build_graph

    if len(inputs) > 1 and options["report_id"]:
        raise UsageError("--id", "one id cannot name several reports", "build them one by one")
    overrides, base = _overrides(options), _base_iri(base_iri)
    made: dict[str, Path] = {}
    failures: list[FatuError] = []
    for path in inputs:
        try:
            graph = build_graph(path, overrides, base)
            name = graph.report.identity.id or ""
            if name in made:
                raise InputError(
                    str(path), f"is report {name}, as {made[name]} is", "tell them apart with --id"
                )
            made[name] = path
            _report_built(graph, graph.save(folder))
        except FatuError as error:
            failures.append(error)
            if len(inputs) > 1:
                click.echo(f"fatu: {error}", err=True)
    if not failures:
        return 0
    if len(inputs) == 1:
        raise failures[0]
    click.echo(f"{len(made)} built, {len(failures)} failed", err=True)
    return 1 if made else 2


def _report_built(graph: KnowledgeGraph, folder: Path) -> None:
    reading = graph.report.reading
    mentions = reading.mentions
    if not (mentions.metrics or mentions.citations or mentions.programs or len(mentions.agencies) > 1):
        click.echo(
            f"{reading.outline.source.name}: warning: nothing recognised but the report's frame", err=True
        )
    doubtful = sum(f.severity != "info" for f in graph.findings)
    click.echo(
        f"{graph.report.identity.id}: {len(mentions.metrics)} metrics, {len(mentions.citations)} citations, "
        f"{len(mentions.agencies)} agencies, {len(mentions.programs)} programs, {len(reading.measures)} measures; "
        f"{len(graph.findings)} figures checked, {doubtful} doubtful",
        err=True,
    )
    for finding in graph.findings:
        if finding.severity != "info":
            click.echo(f"  {finding.severity}: {finding.message_zh}", err=True)
    click.echo(f"  graph: {folder / 'graph.trig'}\n  page:  {folder / 'explorer.html'}", err=True)


@cli.command()
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["jsonl", "table"]), default="jsonl", show_default=True)
@_overriding
@_base
def extract(path: Path, style: str, base_iri: str | None, **options: Any) -> None:
    """Print mentions, clauses and links of a report; no graph, neither area nor year needed.

    \b
    Example:
      fatu extract report.txt --format table
    """
    from .exporting.records import extraction_records, write_jsonl
    from .exporting.table import format_records
    from .pipeline import read_report

    records = extraction_records(read_report(path, _overrides(options), _base_iri(base_iri)))
    if style == "jsonl":
        _write(write_jsonl(records), None)
    else:
        _write(format_records(records).encode(), None)


@cli.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "style", type=click.Choice(["table", "json", "html"]), default="table", show_default=True
)
@click.option("--strict", is_flag=True, help="Exit 1 where a finding is inconsistent, missing or late.")
@_output
@_overriding
@_base
def audit(
    inputs: tuple[Path, ...],
    style: str,
    strict: bool,
    output: Path | None,
    base_iri: str | None,
    **options: Any,
) -> int:
    """Check the figures of reports against each other.

    \b
    Example:
      fatu audit report.txt
      fatu audit report.txt --format html -o sheet.html
    """
    from .auditing import audit as audit_report
    from .exporting.records import Record, finding_records
    from .exporting.table import format_findings
    from .pipeline import read_report

    records: list[Record] = []
    for path in inputs:
        report = read_report(path, _overrides(options), _base_iri(base_iri))
        records += finding_records(report, audit_report(report))
    if style == "json":
        _write((json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode(), output)
    elif style == "html":
        from .exporting.sheet import write_sheet

        _write(write_sheet(records), output)
    else:
        _write(format_findings(records).encode(), output)
    return int(strict and any(r["verdict"] in ("inconsistent", "missing", "late") for r in records))


@cli.command()
@click.argument("query", metavar="QUERY")
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="")
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Graph files or folders; default graphs.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl"]),
    help="Default: table, ttl for triples.",
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@_base
def query(
    query: str,
    more: tuple[Path, ...],
    data: tuple[Path, ...],
    style: str | None,
    settings: tuple[str, ...],
    base_iri: str | None,
) -> None:
    """Ask graphs: QUERY is the name of a named query, a .rq file or SPARQL text.

    \b
    Example:
      fatu query reconsideration
      fatu query q8 --format csv
      fatu query 'SELECT ?o { ?o a <https://w3id.org/fatu/ns#Observation> }' --data graphs
    """
    from .querying import ask_store, format_results
    from .storing import MemoryStore, read_quads

    if more and not data:
        raise UsageError(str(more[0]), "one argument too many", "give graphs with --data")
    store = MemoryStore(read_quads([*data, *more] or [DEFAULT_DATA]))
    base = _base_iri(base_iri)
    results = ask_store(store, query, dict(map(_setting, settings)), base)
    _write(format_results(results, style, base).encode(), None)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError("--set", f"{text!r} sets nothing", "write NAME=VALUE")
    return name, value


@cli.command()
def queries() -> None:
    """List the named queries: name, question, parameters.

    \b
    Example:
      fatu queries
    """
    from .querying import format_queries

    _write(format_queries().encode(), None)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_base
def validate(paths: tuple[Path, ...], base_iri: str | None) -> int:
    """Check graphs by the SHACL shapes; exit 1 on a violation.

    \b
    Example:
      fatu validate graphs/410203-gov-2020
    """
    from .describing.dataset import make_dataset
    from .describing.validation import validate as validate_dataset
    from .iris import Iris
    from .storing import read_quads

    base = _base_iri(base_iri)
    result = validate_dataset(make_dataset(read_quads(paths or [DEFAULT_DATA]), Iris(base)), base)
    lines = [
        f"{v.severity}\t{v.focus}\t{v.path or ''}\t{v.message_zh}\t{v.message_en}" for v in result.violations
    ]
    verdict = "conforms" if result.conforms else "does not conform"
    _write("".join(f"{line}\n" for line in [*lines, verdict]).encode(), None)
    return 0 if result.conforms else 1


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The page."
)
@_base
def view(paths: tuple[Path, ...], output: Path, base_iri: str | None) -> None:
    """Write the explorer page of graphs: one HTML file that needs no network.

    \b
    Example:
      fatu view graphs/410203-gov-2020 -o explorer.html
    """
    from .describing.dataset import make_dataset
    from .iris import Iris
    from .storing import read_quads
    from .viewing import render_explorer

    dataset = make_dataset(read_quads(paths), Iris(_base_iri(base_iri)))
    _write(render_explorer(dataset).encode(), output)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--to",
    "style",
    required=True,
    metavar="FORMAT",
    help="ttl, nt, nq, trig, jsonld, rdfxml, graphml, gexf, csv, xlsx, parquet, cube, annotations.",
)
@_output
@_base
def export(paths: tuple[Path, ...], style: str, output: Path | None, base_iri: str | None) -> None:
    """Write graphs in another format, to a file or to stdout.

    \b
    Example:
      fatu export graphs/410203-gov-2020 --to graphml -o report.graphml
    """
    from .exporting.exports import BINARY, EXPORTS
    from .iris import Iris
    from .storing import read_quads

    if style not in EXPORTS:
        raise UsageError("--to", f"no format {style!r}", f"choose one of {', '.join(EXPORTS)}")
    if style in BINARY and output is None:
        raise UsageError("--to", f"{style} is not text", "give a file with -o")
    _write(EXPORTS[style](read_quads(paths or [DEFAULT_DATA]), Iris(_base_iri(base_iri))), output)


@cli.command()
@click.argument("pairs", nargs=-1, required=True, metavar="GOLD_DIR=TEXT…")
def evaluate(pairs: Iterable[str]) -> None:
    """Score the reading against hand-made gold: one table for each pair.

    \b
    Example:
      fatu evaluate tests/gold/my-report=my-report.txt
    """
    from .evaluating import format_scores, load_gold, score
    from .exporting.records import extraction_records
    from .pipeline import read_report

    for pair in pairs:
        gold, equals, text = pair.partition("=")
        if not equals:
            raise UsageError(pair, "no text to score", "write GOLD_DIR=TEXT")
        records = extraction_records(read_report(Path(text)))
        _write(f"{gold}  {text}\n{format_scores(score(load_gold(Path(gold)), records))}\n".encode(), None)
