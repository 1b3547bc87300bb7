"""What commands share: options, and how bytes leave."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from ..errors import FatuError, InputError, UsageError
from .telling import spoken, tell, tell_error

if TYPE_CHECKING:
    from ..lexicon.user_corrections import Guidance
    from ..model import Overrides, Report
    from ..pipeline import KnowledgeGraph
    from ..reading import Confinement, InputFile, Limits

DEFAULT_DATA = "graphs"
"""Where graphs are written and looked for."""


def choose_data(paths: Sequence[Path]) -> Sequence[Path]:
    """The graphs that are given, else those in `graphs`. Raises InputError where there are none."""
    if not paths and not Path(DEFAULT_DATA).exists():
        problem = "no such folder here, and no other graphs are given"
        raise InputError(
            DEFAULT_DATA, problem, "build a report first: fatu build REPORT; or name graphs or a --store"
        )
    return paths or (Path(DEFAULT_DATA),)


def write_as_it_comes(save: Callable[[BinaryIO], None], output: Path | None) -> None:
    """What a function writes, piece by piece, to a file or to stdout: all of it, or after an error nothing."""
    beside = output.with_name(f".{output.name}.part") if output else None
    try:
        with beside.open("w+b") if beside else tempfile.TemporaryFile() as file:
            save(file)
            if beside is None:
                file.seek(0)
                for piece in iter(lambda: file.read(1 << 20), b""):
                    write(piece, None)
        if output and beside:
            beside.replace(output)
    except OSError as error:
        raise _explain_writing(output, error) from error
    finally:
        if beside:
            beside.unlink(missing_ok=True)


def _explain_writing(output: Path | None, error: OSError) -> InputError:
    where = str(output or "stdout")
    return InputError(where, f"cannot be written: {error.strerror}", "choose another place with -o")


def write(data: bytes, output: Path | None) -> None:
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
    from ..pipeline import replace_file

    try:
        replace_file(output, data)
    except OSError as error:
        raise _explain_writing(output, error) from error


def _parse_date(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError("--published", f"{value!r} is no date", "write it as YYYY-MM-DD") from error


def _parse_year(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    if not re.fullmatch("[0-9]{4}", value):
        raise UsageError("--year", f"{value!r} is no year", "write its four digits: 2020")
    return int(value)


def list_files(paths: Iterable[Path], limits: Limits) -> list[InputFile | InputError]:
    """The files that paths stand for, folders and archives unpacked, and why some cannot be read. What is left out as
    no report is told on stderr."""
    from ..reading import LeftOut, find_inputs

    files: list[InputFile | InputError] = []
    for found in find_inputs(paths, limits):
        if isinstance(found, LeftOut):
            tell(str(found))
        else:
            files.append(found)
    return files


@dataclass
class Reader:
    """Reads reports as the options say, and remembers which of the user's decisions it heeded."""

    overrides: Overrides
    base: str
    guidance: Guidance
    confinement: Confinement
    reports: list[Report] = field(default_factory=list)

    def read(self, file: Path | InputFile) -> Report:
        """A report up to its identities."""
        from ..pipeline import read_report

        report = read_report(file, self.overrides, self.base, self.guidance, self.confinement)
        self._remember(report)
        return report

    def build(self, file: Path | InputFile) -> KnowledgeGraph:
        """A report's knowledge graph."""
        from ..pipeline import build

        graph = build(file, self.overrides, self.base, self.guidance, self.confinement)
        self._remember(graph.report)
        return graph

    def find(self, paths: tuple[Path, ...]) -> list[InputFile | InputError]:
        """The files that paths stand for, folders and archives unpacked, and why some cannot be read."""
        return list_files(paths, self.confinement.limits)

    def read_each(
        self, files: list[InputFile | InputError], work: Callable[[InputFile], None]
    ) -> tuple[int, int]:
        """Does the work with every file; how many were done, how many failed. What fails is told and the next one is
        read; one that is alone raises its error."""
        failed = 0
        for file in files:
            try:
                if isinstance(file, FatuError):
                    raise file
                work(file)
            except FatuError as error:
                if len(files) == 1:
                    raise
                failed += 1
                tell_error(error)
        return len(files) - failed, failed

    def _remember(self, report: Report) -> None:
        for note in report.notes:
            tell(f"{report.reading.outline.source.name}: note: {spoken(note)}")
        if self.guidance.corrections:
            self.reports.append(report)

    def tell_unheeded(self) -> None:
        """Decisions that met nothing, on stderr."""
        if self.guidance.corrections:
            from ..finding.correcting import find_unheeded

            for line in find_unheeded(self.guidance.corrections, self.reports):
                tell(line)


base_option = click.option(
    "--base-iri", metavar="IRI", help="Base of all IRIs; default https://w3id.org/fatu/."
)
lexicon_option = click.option(
    "--lexicon",
    metavar="FILE",
    multiple=True,
    help="Your own agencies, programs, units, indicators, codes: a table with tabs and the columns kind, word, name, "
    "id, unit, topic, area, line, source. May be given several times.",
)
_TOLD_OPTIONS = (
    click.option("--area", metavar="CODE", help="Area of the report: six digits of GB/T 2260."),
    click.option("--year", metavar="YEAR", callback=_parse_year, help="The year reported on."),
    click.option("--issuer", metavar="NAME", help="Issuing government or department, as in a title."),
    click.option("--published", metavar="YYYY-MM-DD", callback=_parse_date, help="Day of publication."),
    click.option("--source-url", metavar="URL", help="Where the report was published."),
    click.option("--id", "report_id", metavar="NAME", help="Id of the report, instead of area-office-year."),
)
GUIDANCE_OPTIONS = (
    base_option,
    lexicon_option,
    click.option(
        "--corrections",
        metavar="FILE",
        multiple=True,
        help="Your decisions about what was read: a table with tabs and the columns report, kind, text, start, "
        "decision, value, by, note. May be given several times.",
    ),
    click.option("--max-size", type=click.IntRange(1), default=64, show_default=True, metavar="MB",
                 help="Largest file that is read."),
    click.option("--max-pages", type=click.IntRange(1), default=500, show_default=True, metavar="N",
                 help="Most pages of a document."),
    click.option("--max-memory", type=click.IntRange(256), default=4096, show_default=True, metavar="MB",
                 help="Most memory for parsing a file."),
    click.option("--timeout", type=click.FloatRange(0.1, 86_400), default=300, show_default=True, metavar="SECONDS",
                 help="Longest time for parsing a file."),
)  # fmt: skip


def take_guidance(options: dict[str, Any]) -> tuple[str, Guidance, Limits]:
    """Base, the user's own words and decisions, and limits: what GUIDANCE_OPTIONS gave, taken out of `options`."""
    from ..lexicon.user_corrections import load_guidance
    from ..reading import Limits

    base = base_iri_of(options.pop("base_iri"))
    guidance = load_guidance(options.pop("lexicon"), options.pop("corrections"))
    limits = Limits(
        bytes=options.pop("max_size") << 20,
        pages=options.pop("max_pages"),
        memory=options.pop("max_memory") << 20,
        seconds=options.pop("timeout"),
    )
    return base, guidance, limits


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that reads reports: options for what a text does not tell, for a user's own words and decisions.
    The command gets a Reader as `reader`."""

    @wraps(command)
    def run(**options: Any) -> Any:
        from ..lexicon.extension import extended
        from ..model import Overrides
        from ..reading import Confinement

        names = ("area", "year", "issuer", "published", "source_url")
        overrides = Overrides(**{name: options.pop(name) for name in names}, id=options.pop("report_id"))
        base, guidance, limits = take_guidance(options)
        with extended(guidance.lexicon), Confinement(limits) as confinement:
            reader = Reader(overrides, base, guidance, confinement)
            status = command(reader=reader, **options)
        reader.tell_unheeded()
        return status

    for option in reversed((*_TOLD_OPTIONS, *GUIDANCE_OPTIONS)):
        run = option(run)
    return run


_ENDINGS = {
    ".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".html": "html", ".htm": "html", ".txt": "table",
}  # fmt: skip
"""Formats of what a command writes, by the endings of files that hold them."""


_OF_OTHERS = (".xlsx", ".xls", ".docx", ".pdf", ".parquet", ".ttl", ".xml", ".tsv")
"""Endings of formats that no command with `format_option` writes."""


def format_option(default: str, *others: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """--format, as `style`: what a command writes, by default what the ending of --output says, else `default`. An
    ending of a format that the command does not write is refused, one of no format says nothing."""
    choices = (default, *others)
    own = {ending: style for ending, style in _ENDINGS.items() if style in choices}
    if "jsonl" in choices:
        own.setdefault(".json", "jsonl")

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def run(*args: Any, style: str | None, **given: Any) -> Any:
            output: Path | None = given.get("output")
            if style is None and output is not None and output.suffix.lower() in {*_ENDINGS, *_OF_OTHERS}:
                style = style_of(output, own)
            return command(*args, style=style or default, **given)

        return click.option(
            "--format",
            "style",
            type=click.Choice(choices),
            show_default=default,
            help="Format of what is written.",
        )(run)

    return decorate


def style_of(output: Path | None, endings: Mapping[str, str]) -> str | None:
    """The format that the ending of a file's name says; None without a file, or without an ending. Raises UsageError
    for an ending that says none."""
    ending = output.suffix.lower() if output else ""
    if ending and ending not in endings:
        raise UsageError(
            str(output), f"no format has the ending {ending}", f"choose one of {', '.join(endings)}"
        )
    return endings.get(ending)


output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."
)


def base_iri_of(value: str | None) -> str:
    from ..iris import BASE, Iris

    if value is None:
        return BASE
    return Iris(value).base
