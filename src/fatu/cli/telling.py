"""What is told beside the data: notices and errors on stderr, in the language that is spoken."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import ArgumentError, FatuError, UsageError
from .language import Language, language

_OPTIONS = {"base": "base-iri"}
"""Arguments whose options have other names."""


def tell(text: str) -> None:
    """A line on stderr that says who speaks: fatu: …"""
    say(text, "fatu: ")


def say(text: str, before: str = "") -> None:
    """A line on stderr; `before` stands before it as it is."""
    click.echo(before + spoken(text), err=True)


def tell_written(path: Path | None) -> None:
    """A line on stderr that names a file that was written; none where all went to stdout."""
    if path is not None:
        tell(f"{path}: written")


def tell_error(error: FatuError) -> None:
    """The line of an error after which work goes on."""
    click.echo(f"fatu: {speak_error(error, language())}", err=True)


def speak_error(error: FatuError, lang: Language) -> str:
    """The line of an error in the language `lang`."""
    if isinstance(error, ArgumentError):
        error = UsageError(option_of(error.where), error.problem, error.remedy)
    if lang != "zh":
        return str(error)
    from .translating import translate_error

    return translate_error(error)


def option_of(argument: str) -> str:
    """The option that gives an argument of a function."""
    return "--" + _OPTIONS.get(argument, argument).replace("_", "-")


def speak_usage(error: click.ClickException, lang: Language) -> str:
    """The line of an error of click's: the command, what is wrong, and where to look."""
    return f"{_path(error)}{_spoken(error.format_message().rstrip('.'), lang)}; {_spoken('see --help', lang)}"


def spoken(text: str) -> str:
    """What the code says, in the language that is spoken."""
    return _spoken(text, language())


def _path(error: click.ClickException) -> str:
    """The command that an error is of, with a colon; nothing for fatu itself, which every message names."""
    context = getattr(error, "ctx", None)
    command = str(context.command_path).removeprefix("fatu").strip() if context is not None else ""
    return f"{command}: " if command else ""


def _spoken(text: str, lang: Language) -> str:
    if lang != "zh":
        return text
    from .translating import translate

    return translate(text)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 report, 3 reports.

    >>> counted(1, "report"), counted(0, "report"), counted(2, "query", "queries")
    ('1 report', '0 reports', '2 queries')
    """
    return f"{number} {one if number == 1 else many or f'{one}s'}"
