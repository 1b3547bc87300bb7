"""What a shell offers on Tab, and the script that makes it ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from commands import ROOT, call_fatu, environment
from fatu.cli import cli
from fatu.lexicon.catalogue import load_indicators
from fatu.querying.named import load_queries

REPORT = "410203-gov-2020"


def offered(*line: str) -> list[str]:
    """What is offered for the last word of a line behind `fatu`."""
    *before, begun = line
    return [
        item.value for item in ShellComplete(cli, {}, "fatu", "_FATU_COMPLETE").get_completions(before, begun)
    ]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample's graph, in which the line is typed."""
    shutil.copytree(ROOT / "graphs" / REPORT, tmp_path / "graphs" / REPORT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("comp",), ["compare", "completion"]),
        (("corpus", "h"), ["history"]),
        (("query", "recons"), ["reconsideration"]),
        (("query", "q3"), ["q3", *(f"q{number}" for number in range(30, 40))]),
        (("query", "my-own"), ["my-own"]),  # a file, which the shell looks for
        (("query", "figure", "--set", "i"), ["indicator="]),
        (("query", "q8", "--data", "graphs", "--set", "nothing"), []),
        (("query", "SELECT * {}", "--set", ""), []),
        (("compare", "--indicator", "recon-acc"), ["recon-accepted"]),
        (("compare", "--indicator", "行政复议结"), ["行政复议结案率"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("export", "graphs", "--to", "ttl"), ["ttl"]),
    ],
)
def test_names_are_completed(line: tuple[str, ...], words: list[str]) -> None:
    assert offered(*line) == words


def test_all_named_queries_and_indicators_are_offered() -> None:
    assert set(offered("query", "")) == {query.name for query in load_queries()}
    assert set(offered("compare", "--indicator", "")) == {entry.id for entry in load_indicators()}


def test_reports_are_those_of_the_store_or_of_graphs(place: Path) -> None:
    assert offered("view", "--report", "") == [REPORT]
    assert call_fatu("load", "graphs", "--store", "store", cwd=place).code == 0
    shutil.rmtree(place / "graphs")
    assert offered("view", "--store", "store", "--report", "41") == [REPORT]
    assert offered("corpus", "history", "--store", "store", "9") == []
    assert offered("view", "--report", "") == []


@pytest.mark.parametrize("store", ["http://127.0.0.1:1/sparql", "nowhere", "graphs"])
def test_a_server_is_not_asked_and_what_is_no_store_offers_nothing(store: str, place: Path) -> None:
    assert offered("view", "--store", store, "--report", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str, tmp_path: Path) -> None:
    told = call_fatu("completion", shell, cwd=tmp_path)
    assert (told.code, told.err) == (0, "")
    assert f"_FATU_COMPLETE={shell}_complete" in told.out


def test_a_shell_without_completion_is_named(tmp_path: Path) -> None:
    told = call_fatu("completion", "cmd", cwd=tmp_path)
    assert told.code == 2 and "'bash', 'zsh', 'fish'" in told.err


SHELLS = {
    "bash": 'eval "$(fatu completion bash)"; COMP_WORDS=(fatu query recons); COMP_CWORD=2;'
    ' _fatu_completion fatu; echo "${COMPREPLY[@]}"',
    "zsh": 'autoload -U compinit; compinit -u -D; eval "$(fatu completion zsh)"; compadd() { print -r -- "$@"; };'
    ' _describe() { print -r -- "${(P)3}" "${(P)2}"; }; words=(fatu query recons); CURRENT=3; _fatu_completion',
    "fish": 'fatu completion fish | source; complete -C "fatu query recons"',
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes(shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    command = tmp_path / "fatu"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fatu "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    known = environment(PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}", HOME=str(tmp_path))
    done = subprocess.run(
        [program, "-c", SHELLS[shell]], env=known, capture_output=True, text=True, timeout=120
    )
    assert "reconsideration" in done.stdout, done.stderr
