"""Runs `fatu` as a user does: a process of its own, without the locale and Python settings of this one."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
