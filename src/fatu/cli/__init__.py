"""The command line: thin, no logic. Data go to stdout, messages to stderr.

Exit codes: 0 done; 1 a negative answer (invalid, inconsistent with --strict, some inputs failed); 2 bad usage
or bad input, told in one line. Everything heavy is imported in the command that needs it.
"""

from __future__ import annotations

import os
import sys

import click

from .. import __version__
from ..errors import FatuError
from . import (
    asking,
    catalogue,
    changes,
    comparing,
    completing,
    corpora,
    graphs,
    measuring,
    networks,
    reports,
    serving,
    stores,
)
from .helping import SpokenGroup, speak
from .language import Speech, check_environment, find_language
from .telling import speak_error, speak_usage

__all__ = ["cli", "main"]


def main(arguments: list[str] | None = None) -> None:
    """Entry point: runs a command and turns errors into one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # UTF-8 whatever the locale says; a lone surrogate must not stop an error message.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    speech = Speech(find_language(sys.argv[1:] if arguments is None else arguments))
    try:
        status = cli.main(arguments, prog_name="fatu", standalone_mode=False, obj=speech)
    except FatuError as error:
        _fail(speak_error(error, speech.language))
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        _fail(speak_usage(error, speech.language))
    sys.exit(status if isinstance(status, int) else 0)


def _fail(line: str) -> None:
    click.echo("fatu: " + " ".join(line.split()), err=True)
    sys.exit(2)


@click.group(cls=SpokenGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fatu")
def cli() -> None:
    """Knowledge graphs from Chinese government reports (法图).

    It speaks Chinese or English: as --lang says, before the command or behind it, else FATU_LANG, else the locale.

    \b
    Example:
      fatu build report.txt -o graphs
      fatu --lang zh audit report.txt
    """
    check_environment(os.environ)


for _command in (
    reports.build,
    reports.extract,
    reports.links,
    reports.audit,
    graphs.query,
    graphs.queries,
    asking.ask,
    graphs.validate,
    graphs.view,
    graphs.export,
    networks.network,
    changes.diff,
    stores.load,
    corpora.corpus,
    comparing.compare,
    catalogue.indicators,
    measuring.evaluate,
    serving.serve,
    completing.completion,
):
    cli.add_command(_command)
speak(cli)
