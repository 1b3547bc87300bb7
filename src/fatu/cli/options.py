"""What commands share: options, and how bytes leave."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..errors import InputError, UsageError

if TYPE_CHECKING:
    from ..model import Overrides

F = TypeVar("F", bound=Callable[..., Any])
DEFAULT_DATA = "graphs"
"""Where graphs are written and looked for."""


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
        raise InputError(
            str(output), f"cannot be written: {error.strerror}", "choose another place with -o"
        ) from error


def _parse_date(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError("--published", f"{value!r} is no date", "write it as YYYY-MM-DD") from error


def overriding(command: F) -> F:
    """Options for what a text does not tell."""
    options = (
        click.option("--area", metavar="CODE", help="Area of the report: six digits of GB/T 2260."),
        click.option("--year", type=click.IntRange(1949, 2100), help="The year reported on."),
        click.option("--issuer", help="Issuing government or department, as in a title."),
        click.option("--published", metavar="YYYY-MM-DD", callback=_parse_date, help="Day of publication."),
        click.option("--source-url", metavar="URL", help="Where the report was published."),
        click.option(
            "--id", "report_id", metavar="NAME", help="Id of the report, instead of area-office-year."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def overrides_of(options: dict[str, Any]) -> Overrides:
    from ..model import Overrides

    return Overrides(
        area=options["area"],
        year=options["year"],
        issuer=options["issuer"],
        published=options["published"],
        source_url=options["source_url"],
        id=options["report_id"],
    )


base_option = click.option(
    "--base-iri", metavar="IRI", help="Base of all IRIs; default https://w3id.org/fatu/."
)
output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."
)


def base_iri_of(value: str | None) -> str:
    from ..iris import BASE

    if value is None:
        return BASE
    if "://" not in value or not value.endswith("/") or any(c in value for c in ' <>"{}|\\^`'):
        raise UsageError("--base-iri", f"{value!r} cannot be a base", "give an IRI that ends with /")
    return value
