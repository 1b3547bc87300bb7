"""Runs `fatu`: as a user does, in a process of its own without the locale and Python settings of this one; or here.

What a command says and does is asked for here, which costs no start of Python. What is the process's own is asked
of a process: streams, locale, hash seed, signals, and that each command finds by itself what it needs.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fatu.cli import main

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), **more}


def fatu(*arguments: str | Path, cwd: Path, **more: str) -> Result:
    """Run `fatu`; both streams must be UTF-8."""
    done = subprocess.run(
        [sys.executable, "-m", "fatu", *map(str, arguments)],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        timeout=120,
    )
    return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def call_fatu(*arguments: str | Path, cwd: Path) -> Result:
    """What `fatu` says and how it ends, called in this process; an error that `fatu` does not know is raised."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    code: object = None
    with (
        _bare_logging(),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main([*map(str, arguments)])
        except SystemExit as end:
            code = end.code
    out.flush()
    err.flush()
    assert isinstance(code, int), code
    said, told = (stream.buffer.getvalue().decode("utf-8") for stream in (out, err))
    return Result(code, said, told)


@contextlib.contextmanager
def _bare_logging() -> Iterator[None]:
    """Logging as a process begins with it: a warning goes to stderr, where pytest would keep it to itself."""
    root = logging.getLogger()
    kept, root.handlers = root.handlers, []
    try:
        yield
    finally:
        root.handlers = kept
