"""Help in the language that is spoken: click's pages with Chinese words, wrapped by the columns they take."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from .language import Speech, current_speech, lang_option
from .translating import translate_help

_EXTRA = re.compile(r"(?P<help>.*?)(?:  )?(?:\[(?P<extra>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\])?", re.DOTALL)
"""A line of an option: its help and what click adds, [default: graphs; required]."""
_NO_START = "，。；：、？！）》”’」』,.;:?!)"
"""What no line begins with."""
_PIECE = re.compile(r"[,;:](?=[A-Za-z])|[\x21-\x7e]+?(?:[,;](?=[A-Za-z])|(?![\x21-\x7e]))| +|.")
"""What stays on one line: a mark, a word with the mark behind it, an ideograph."""


class SpokenFormatter(click.HelpFormatter):
    """Writes click's help in the language of the context."""

    def __init__(self, *arguments: int | None, **named: int | None) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._is_chinese = current_speech().language == "zh"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line: Usage, or 用法."""
        super().write_usage(prog, args, f"{translate_help('Usage:')} " if self._is_chinese else prefix)

    def write_heading(self, heading: str) -> None:
        """Options, Commands."""
        super().write_heading(translate_help(heading) if self._is_chinese else heading)

    def write_text(self, text: str) -> None:
        """Paragraphs of a command's help; examples stay as they are."""
        if not self._is_chinese:
            super().write_text(text)
            return
        margin = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            if number:
                self.write("\n")
            if paragraph.startswith("\b\n"):
                lines = [translate_help(line) for line in paragraph.removeprefix("\b\n").splitlines()]
            else:
                lines = wrap(translate_help(paragraph), self.width - self.current_indent)
            self.write("".join(f"{margin}{line}\n" for line in lines))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options with their help, commands with theirs."""
        if not self._is_chinese:
            super().write_dl(rows, col_max, col_spacing)
            return
        rows = list(rows)
        first = min(max((len(name) for name, _ in rows), default=0), col_max) + col_spacing
        margin = " " * self.current_indent
        for name, told in rows:
            lines = wrap(tell_option(told), max(20, self.width - first - self.current_indent - 1))
            self.write(f"{margin}{name}")
            if len(name) > first - col_spacing and lines:
                self.write(f"\n{margin}{'':{first}}")
            else:
                self.write(" " * (first - len(name)) if lines else "")
            self.write(f"\n{margin}{'':{first}}".join(lines) + "\n")


class SpokenContext(click.Context):
    """A context whose help is told in the language that is spoken."""

    formatter_class = SpokenFormatter


class SpokenGroup(click.Group):
    """A group whose list of commands is told in the language that is spoken."""

    context_class = SpokenContext

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands with the first sentence of each."""
        if ctx.ensure_object(Speech).language != "zh":
            super().format_commands(ctx, formatter)
            return
        with formatter.section("Commands"):
            formatter.write_dl([(name, first_sentence(command)) for name, command in self.commands.items()])


def first_sentence(command: click.Command) -> str:
    """The first sentence of a command's help in Chinese."""
    return translate_help((command.help or "").split("\n\n")[0]).split("。")[0]


def speak(command: click.Command) -> None:
    """Lets a command, and those below it, tell their help in the language that is spoken and take --lang."""
    command.context_class = SpokenContext
    if not any(parameter.name == "lang" for parameter in command.params):
        lang_option(command)
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        speak(below)


def wrap(text: str, columns: int) -> list[str]:
    """A paragraph as lines of at most so many columns, ideographs counting two; English words stay whole."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if line and _width(line + piece) > columns and piece[0] not in _NO_START:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or piece.strip() else ""
    return [*lines, line.rstrip()] if line.strip() else lines


def _width(text: str) -> int:
    from ..exporting.aligning import width

    return width(text)


def tell_option(text: str) -> str:
    """The help of an option in Chinese, with what click adds: [default: graphs] → [默认:graphs]."""
    match = _EXTRA.fullmatch(text)
    assert match is not None
    extra = [_told_extra(part) for part in (match["extra"] or "").split("; ") if part]
    said = translate_help(match["help"])
    return f"{said} [{';'.join(extra)}]".strip() if extra else said


def _told_extra(part: str) -> str:
    """default: graphs → 默认:graphs."""
    name, colon, value = part.partition(": ")
    return f"{translate_help(name)}:{value}" if colon else translate_help(part)
