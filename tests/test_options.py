"""Options and arguments are named, explained and repeated in one way over all commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from commands import ROOT, call_fatu
from fatu.cli import cli

SAMPLE = ROOT / "graphs" / "410203-gov-2020"
SEVERAL = "May be given several times."


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Parameter]]:
    """Every parameter with the command that takes it."""
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from walk(inner, (*path, name))
    else:
        yield from ((" ".join(path), parameter) for parameter in command.params)


OPTIONS = [(command, option) for command, option in walk(cli) if isinstance(option, click.Option)]
ARGUMENTS = [(command, argument) for command, argument in walk(cli) if isinstance(argument, click.Argument)]


def test_every_option_says_what_it_is_for_and_what_it_takes() -> None:
    for command, option in OPTIONS:
        is_choice = isinstance(option.type, click.Choice)
        assert option.help or (is_choice and option.show_default), (command, option.name)
        assert option.is_flag or is_choice or option.metavar or option.opts[0] == "-o", (command, option.name)


def test_an_option_says_where_it_may_be_given_several_times() -> None:
    for command, option in OPTIONS:
        assert option.multiple == (SEVERAL in (option.help or "")), (command, option.name)


def test_an_option_of_several_commands_takes_one_kind_of_value() -> None:
    forms: dict[str, set[str]] = {}
    for _, option in OPTIONS:
        if option.metavar:
            forms.setdefault(option.opts[-1], set()).add(option.metavar)
    # A report has one area and one year; what is compared is chosen by several.
    several = {name: sorted(of) for name, of in forms.items() if len(of) > 1}
    assert several == {"--area": ["CODE", "CODE|NAME"], "--year": ["YEAR", "YEARS"]}


def test_levels_are_named_as_in_the_ontology() -> None:
    ontology = (ROOT / "ontology" / "fatu.ttl").read_text(encoding="utf-8")
    for command, option in OPTIONS:
        if option.opts[-1] == "--level":
            assert isinstance(option.type, click.Choice)
            for level in set(option.type.choices) - {"unknown"}:
                assert f"arealevel:{level} a skos:Concept" in ontology, (command, level)


def test_arguments_are_written_in_capitals_and_several_with_one_sign() -> None:
    for command, argument in ARGUMENTS:
        shown = argument.make_metavar(click.Context(cli))
        assert shown == shown.upper() or isinstance(argument.type, click.Choice), command
        assert "..." not in shown, command


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", SAMPLE / "source.txt"),
        ("links", SAMPLE / "source.txt", "--format", "csv"),
        ("audit", SAMPLE / "source.txt", "--format", "json"),
        ("query", "reconsideration", "--data", SAMPLE),
        ("ask", "2020年行政复议结案率是多少?", "--data", SAMPLE, "--format", "json"),
        ("indicators", "--format", "json"),
        ("compare", "--data", SAMPLE, "--format", "csv"),
        ("network", SAMPLE, "--format", "json"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_is_printed_may_be_written_to_a_file(arguments: tuple[str | Path, ...], tmp_path: Path) -> None:
    printed = call_fatu(*arguments, cwd=tmp_path)
    written = call_fatu(*arguments, "-o", "out", cwd=tmp_path)
    assert (printed.code, written.code, written.out) == (0, 0, "")
    assert (tmp_path / "out").read_bytes().decode() == printed.out != ""


@pytest.mark.parametrize(
    ("command", "file", "begins"),
    [
        ("audit", "a.json", "["),
        ("audit", "a.html", "<!doctype html>"),
        ("audit", "a.txt", "# 410203-gov-2020"),
        ("audit", "a", "# 410203-gov-2020"),
        ("extract", "a.jsonl", "{"),
        ("extract", "a.json", "{"),
        ("links", "a.csv", "\ufeffreport,"),
    ],
)
def test_the_ending_of_the_file_says_the_format(command: str, file: str, begins: str, tmp_path: Path) -> None:
    status = call_fatu(command, str(SAMPLE / "source.txt"), "-o", file, cwd=tmp_path).code
    assert status == 0
    assert (tmp_path / file).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("command", "file", "endings"),
    [
        ("audit", "a.xlsx", ".json, .html, .htm, .txt"),
        ("links", "a.html", ".json, .csv, .txt"),
        ("extract", "a.csv", ".jsonl, .txt, .json"),
    ],
)
def test_an_ending_of_a_format_that_a_command_does_not_write_is_refused(
    command: str, file: str, endings: str, tmp_path: Path
) -> None:
    done = call_fatu(command, str(SAMPLE / "source.txt"), "-o", file, cwd=tmp_path)
    ending = Path(file).suffix
    assert (done.code, done.err.strip()) == (
        2,
        f"fatu: {file}: no format has the ending {ending}; choose one of {endings}",
    )
    assert not (tmp_path / file).exists()


def test_what_is_said_goes_before_the_ending(tmp_path: Path) -> None:
    call_fatu("audit", str(SAMPLE / "source.txt"), "--format", "json", "-o", "a.txt", cwd=tmp_path)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("[")
