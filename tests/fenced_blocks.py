"""Blocks of code in Markdown pages, and a copy of the checkout in which they are run as a reader would run them."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from commands import ROOT, environment

_FENCE = re.compile(r'^```(\w+)?(?: not_run="([^"]*)")?$')
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_MARK = "\x1e"
FORKED = ROOT / "tests" / "forked_fatu.py"


@dataclass(frozen=True)
class Block:
    """A block with the line of the page on which its code begins."""

    line: int
    language: str
    text: str
    reason: str | None
    """Why it is not run; None where it is."""

    @property
    def is_run(self) -> bool:
        return self.language in ("sh", "python") and self.reason is None

    @property
    def commands(self) -> list[str]:
        """Its lines without comments, which a translation may word otherwise."""
        lines = [_COMMENT.sub("", line).rstrip() for line in self.text.splitlines()]
        return [line for line in lines if line]


def read_blocks(page: Path) -> list[Block]:
    """The blocks of a page in order. Raises ValueError for a fence that is not closed or has other attributes."""
    blocks: list[Block] = []
    opened: tuple[int, re.Match[str]] | None = None
    kept: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if opened is None and line.startswith("```"):
            fence = _FENCE.match(line)
            if fence is None:
                raise ValueError(f"{page}:{number}: {line}")
            opened, kept = (number + 1, fence), []
        elif opened is not None and line == "```":
            start, fence = opened
            blocks.append(Block(start, fence[1] or "", "".join(f"{k}\n" for k in kept), fence[2]))
            opened = None
        elif opened is not None:
            kept.append(line)
    if opened is not None:
        raise ValueError(f"{page}: a block is not closed")
    return blocks


def expected_outputs(blocks: list[Block]) -> Iterator[tuple[int, str]]:
    """Number of a block that is run, and what the output block behind it says that it prints."""
    for number, (block, following) in enumerate(pairwise(blocks)):
        if following.language == "output":
            assert block.is_run, f"line {following.line}: output of nothing that is run"
            yield number, following.text


def fits(printed: str, expected: str) -> bool:
    """Whether a program printed what a page shows: a line … stands for any lines, … in a line for anything."""
    parts = []
    for line in expected.splitlines():
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ \t]*\n")
    return re.fullmatch("".join(parts), printed.replace("\r\n", "\n")) is not None


def make_checkout(folder: Path, graphs: Path, fatu: Path) -> None:
    """A copy of what a reader has cloned, with an environment in which `make graph` finds nothing to install;
    `graphs`: what was built so far; `fatu`: where `forked_fatu` waits."""
    for name in (
        "Makefile",
        "constraints.txt",
        "pyproject.toml",
        "docs/examples",
        "docs/scan.png",
        "scripts",
    ):
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    shutil.copytree(graphs, folder / "graphs")
    for name in ("src", "ontology", "tests", "benchmarks"):
        (folder / name).symlink_to(ROOT / name)
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "activate").write_text(f'PATH="{programs}:$PATH"\n', encoding="utf-8")
    path = f"PYTHONPATH={ROOT / 'src'}"
    _write_program(programs / "python", f'exec env {path} {sys.executable} "$@"')
    # A server is a process that can be ended, and has others of its own.
    server = f'if [ "$1" = serve ]; then exec env {path} {sys.executable} -m fatu "$@"; fi'
    _write_program(programs / "fatu", f'{server}\nexec env {path} {sys.executable} -IS {FORKED} {fatu} "$@"')
    for name in ("oxigraph",):
        if (beside := Path(sys.executable).with_name(name)).exists():
            (programs / name).symlink_to(beside)
    stamp = "key=$(cat constraints.txt pyproject.toml scripts/setup.sh | cksum | cut -d' ' -f1)"
    subprocess.run(["bash", "-c", f"{stamp}; touch .venv/.run-$key .venv/.test-$key"], cwd=folder, check=True)


@contextlib.contextmanager
def waiting_fatu(folder: Path) -> Iterator[Path]:
    """Where `forked_fatu` waits for commands, from when it does."""
    address = folder / "fatu"
    process = subprocess.Popen([sys.executable, FORKED, address], env=environment())
    try:
        while not address.exists():
            assert process.poll() is None, "forked_fatu has ended"
            time.sleep(0.05)
        yield address
    finally:
        process.kill()
        process.wait()


def _write_program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)


def run_blocks(blocks: list[Block], folder: Path, language: str = "") -> list[str]:
    """Runs the blocks in one shell from top to bottom, as a reader types them; what each printed, on both streams.
    `language` is what the reader has set FATU_LANG to.

    Raises AssertionError where a block ends with another code than 0.
    """
    script = ["set -e", "exec 2>&1", "export LC_ALL=C.UTF-8"]
    script += [f"export FATU_LANG={language}"] if language else []
    for number, block in enumerate(blocks):
        script.append(f"printf '{_MARK}{number}\\n'")
        if block.is_run and block.language == "sh":
            script.append(block.text)
        elif block.is_run:
            (folder / f".block-{number}.py").write_text(block.text, encoding="utf-8")
            script.append(f".venv/bin/python .block-{number}.py")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "FATU", "MAKE"))}
    path = f"{folder / '.venv' / 'bin'}:{kept['PATH']}"
    started = subprocess.Popen(
        ["bash", "-c", "\n".join(script)],
        cwd=folder,
        env={**kept, "PATH": path, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        out, _ = started.communicate(timeout=300)
    finally:
        # What a page leaves running in the background ends with it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
    printed = [""] * len(blocks)
    last = 0
    for part in out.decode("utf-8").split(_MARK)[1:]:
        number, _, text = part.partition("\n")
        last = int(number)
        printed[last] = text
    assert started.returncode == 0, (
        f"the block at line {blocks[last].line} ends with {started.returncode}:\n{printed[last]}"
    )
    return printed
