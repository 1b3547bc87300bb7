"""Commands that read reports: build, extract, links, audit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError, UsageError
from .language import language
from .options import DEFAULT_DATA, Reader, format_option, output_option, reading, write
from .telling import counted, say, tell

if TYPE_CHECKING:
    from ..auditing import Coverage
    from ..pipeline import KnowledgeGraph
    from ..reading import InputFile


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…", type=click.Path(path_type=Path))
@click.option("-o", "--output", "folder", default=DEFAULT_DATA, type=click.Path(path_type=Path), show_default=True,
              help="Folder that gets one folder for each report.")  # fmt: skip
@reading
def build(inputs: tuple[Path, ...], folder: Path, reader: Reader) -> int:
    """Build graph, tables and explorer page of each report: text, web page, Word, PDF, picture of a page; folders and
    ZIP archives of such files.

    \b
    Example:
      fatu build report.txt -o graphs
      fatu build page.html --area 410203 --year 2020
      fatu build reports/ scans.zip -o graphs
    """
    files = reader.find(inputs)
    if len(files) > 1 and reader.overrides.id:
        raise UsageError("--id", "one id cannot name several reports", "build them one by one")
    made: dict[str, str] = {}

    def work(file: InputFile) -> None:
        graph = reader.build(file)
        name, iri = graph.report.identity.id or "", graph.report.identity.iri or ""
        if iri in made:
            raise InputError(file.name, f"is report {name}, as {made[iri]} is", "tell them apart with --id")
        if graph.replaces_another_text(folder):
            tell(f"{name}: replaces the graph of another text")
        _report_built(graph, graph.save(folder))
        made[iri] = file.name

    done, failed = reader.read_each(files, work)
    if not failed:
        return 0
    say(f"{done} built, {failed} failed")
    return 1 if done else 2


def _report_built(graph: KnowledgeGraph, folder: Path) -> None:
    from ..lexicon.messages import Message
    from ..lexicon.shown_words import show

    reading = graph.report.reading
    mentions = reading.mentions
    if not (mentions.metrics or mentions.citations or mentions.programs or len(mentions.agencies) > 1):
        say(f"{reading.outline.source.name}: warning: nothing recognised but the report's frame")
    doubtful = sum(f.severity != "info" for f in graph.findings)
    figures = [f for f in graph.findings if f.rule != "duty"]
    say(
        f"{graph.report.identity.id}: {counted(len(mentions.metrics), 'metric')}, "
        f"{counted(len(mentions.citations), 'citation')}, {counted(len(mentions.agencies), 'agency', 'agencies')}, "
        f"{counted(len(mentions.programs), 'program')}, {counted(len(reading.measures), 'measure')}; "
        f"{counted(len(figures), 'check')} of figures, {len(graph.findings) - len(figures)} of duties, "
        f"{doubtful} doubtful"
    )
    say(f"  rates: {_in_words(graph.coverage)}")
    for finding in graph.findings:
        if finding.severity != "info":
            message = Message(finding.message_zh, finding.message_en).of(language())
            say(f"  {show('severity', finding.severity, language())}: {message}")
    say(f"  graph: {folder / 'graph.trig'}")
    say(f"  page:  {folder / 'explorer.html'}")


def _in_words(coverage: Coverage) -> str:
    """How many of a report's rates were checked, in one line."""
    from ..lexicon.messages import Message

    return Message(coverage.summary_zh, coverage.summary_en).of(language())


@click.command()
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@format_option("jsonl", "table")
@output_option
@reading
def extract(path: Path, style: str, output: Path | None, reader: Reader) -> None:
    """Print mentions, clauses and links of a report; no graph, neither area nor year needed.

    \b
    Example:
      fatu extract report.txt --format table
    """
    from ..exporting.records import extraction_records, write_jsonl
    from ..exporting.table import format_records

    records = extraction_records(reader.read(path))
    if style == "jsonl":
        write(write_jsonl(records), output)
    else:
        write(format_records(records, language()).encode(), output)


@click.command()
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@format_option("table", "json", "csv")
@click.option("--undecided", is_flag=True, help="Only what could not be decided.")
@output_option
@reading
def links(path: Path, style: str, undecided: bool, output: Path | None, reader: Reader) -> None:
    """Tell how each identity in a report was decided, the undecided first.

    \b
    Example:
      fatu links report.txt
      fatu links report.txt --undecided --format csv
    """
    from ..exporting.links import LINK_COLUMNS, format_links, link_records, link_rows
    from ..exporting.records import write_csv, write_json
    from ..iris import Iris

    records = link_records(reader.read(path), Iris(reader.base))
    if undecided:
        records = [record for record in records if record["iri"] is None]
    if style == "json":
        write(write_json(records), output)
    elif style == "csv":
        write(write_csv(link_rows(records), LINK_COLUMNS), output)
    else:
        write(format_links(records, language()).encode(), output)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…", type=click.Path(path_type=Path))
@format_option("table", "json", "html")
@click.option("--strict", is_flag=True, help="Exit 1 where a finding is inconsistent, missing or late.")
@output_option
@reading
def audit(inputs: tuple[Path, ...], style: str, strict: bool, output: Path | None, reader: Reader) -> int:
    """Check the figures of reports against each other, and the duties of an annual report.

    \b
    Example:
      fatu audit report.txt
      fatu audit report.txt --format html -o sheet.html
      fatu audit reports/*.txt --strict
    """
    from ..auditing import audit as audit_report
    from ..exporting.records import write_json
    from ..exporting.sheet import AuditedReport, audited_report, write_sheet
    from ..exporting.table import format_audit

    audited: list[AuditedReport] = []

    def work(file: InputFile) -> None:
        report = reader.read(file)
        audited.append(audited_report(report, audit_report(report)))

    done, failed = reader.read_each(reader.find(inputs), work)
    if not done:
        return 2
    if style == "json":
        write(write_json([record for each in audited for record in each.findings]), output)
        for each in audited:
            say(f"{each.name}: {_in_words(each.coverage)}")
    elif style == "html":
        write(write_sheet(audited), output)
    else:
        write(format_audit(audited, language()).encode(), output)
    bad = any(r["verdict"] in ("inconsistent", "missing", "late") for each in audited for r in each.findings)
    return int(bool(failed) or (strict and bad))
