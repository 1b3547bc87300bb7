"""Which language the command line speaks: what --lang says, else FATU_LANG, else the locale, else English.

Only what people read depends on it: help, messages, tables. JSON, CSV and the files that a build writes do not.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import click

from ..errors import UsageError

Language = Literal["zh", "en"]
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
VARIABLE = "FATU_LANG"
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables of a locale; the first that is not empty counts (POSIX, 8.2)."""


@dataclass
class Speech:
    """The language that --lang chose for a run; None where it is not given."""

    chosen: Language | None = None

    @property
    def language(self) -> Language:
        """The language that is spoken."""
        return self.chosen or default_language(os.environ)


def default_language(environment: Mapping[str, str]) -> Language:
    """The language where --lang is not given."""
    wanted = environment.get(VARIABLE, "")
    if not wanted:
        wanted = next((value for name in _LOCALES if (value := environment.get(name))), "")
    return "zh" if wanted.lower().startswith("zh") else "en"


def check_environment(environment: Mapping[str, str]) -> None:
    """Raises UsageError where FATU_LANG names a language that is not spoken."""
    wanted = environment.get(VARIABLE, "")
    if wanted and not wanted.lower().startswith(("zh", "en")):
        raise UsageError(VARIABLE, f"no language {wanted!r}", "set zh or en")


def find_language(arguments: Sequence[str]) -> Language | None:
    """What --lang says, wherever it stands: help that is asked for before it is told in it, and errors of what is."""
    pairs = zip(arguments, (*arguments[1:], ""), strict=False)
    given = [value if name == "--lang" else name.partition("=")[2] for name, value in pairs if _is_lang(name)]
    return next((language for language in _LANGUAGES if given and given[-1] == language), None)


def _is_lang(argument: str) -> bool:
    return argument == "--lang" or argument.startswith("--lang=")


def current_speech() -> Speech:
    """The speech of the command that runs."""
    context = click.get_current_context(silent=True)
    return context.ensure_object(Speech) if context is not None else Speech()


def language() -> Language:
    """The language that the command that runs speaks."""
    return current_speech().language


def _choose(context: click.Context, _: click.Parameter, value: Language | None) -> None:
    if value is not None:
        context.ensure_object(Speech).chosen = value


lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    expose_value=False,
    callback=_choose,
    help="Language of help, messages and tables; default: FATU_LANG, else the locale's, else English.",
)
