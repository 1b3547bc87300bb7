"""Fuzz the parsers for long: coverage-guided, with atheris (libFuzzer).

    python scripts/fuzz.py                    # every target, as many runs as it asks for
    python scripts/fuzz.py html pdf --runs 1000 --seed 7

An input that breaks a promise, or takes longer than five seconds, ends its target and is kept in
tests/regressions/inputs, where the tests find it. Linux; pip install atheris.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
FUZZ = ROOT / "tests" / "fuzz"
FOUND = ROOT / "tests" / "regressions" / "inputs"
HANG = 5
"""Seconds after which an input hangs."""


def main() -> int:
    """Runs each target in a process of its own, for libFuzzer ends it; 1 where one broke."""
    sys.path[:0] = [str(FUZZ), str(FUZZ.parent), str(ROOT / "src")]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="as tests/fuzz/targets.py names them")
    parser.add_argument("--runs", type=int, help="instead of what each target asks for")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        return attack(given.inside, given.runs, given.seed)
    from targets import TARGETS

    unknown = set(given.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    broken = []
    for name in given.targets or TARGETS:
        runs = given.runs or TARGETS[name].runs
        start = time.monotonic()
        command = [sys.executable, __file__, "--inside", name, "--runs", str(runs), "--seed", str(given.seed)]
        done = subprocess.run(
            command, env={**os.environ, "PYTHONWARNINGS": "ignore"}, capture_output=True, text=True
        )
        seconds = time.monotonic() - start
        verdict = "ok" if done.returncode == 0 else f"BROKEN\n{done.stderr[-3000:]}{done.stdout[-1000:]}"
        said = re.search(r"number_of_executed_units: (\d+)[\s\S]*slowest_unit_time_sec: *(\d+)", done.stderr)
        count, slowest = (int(said[1]), said[2]) if said else (0, "?")
        print(f"{name:10} {count:>9,} runs {seconds:8.1f} s, slowest {slowest} s  {verdict}", flush=True)
        if done.returncode:
            broken.append(name)
    return int(bool(broken))


def attack(name: str, runs: int, seed: int) -> int:
    """One target, in this process, from its seeds."""
    import atheris

    with atheris.instrument_imports(include=["fatu"]):
        from targets import TARGETS

        target = TARGETS[name]
        seeds = target.seeds()
        for each in seeds:
            target.run(each)  # imports what it needs
    (FOUND / name).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, each in enumerate(seeds):
            (Path(corpus) / str(number)).write_bytes(each[: target.longest])
        options = [
            f"-runs={runs}", f"-seed={seed}", f"-timeout={HANG}", f"-max_len={target.longest}",
            f"-artifact_prefix={FOUND / name}/", "-rss_limit_mb=4096", "-len_control=0", "-print_final_stats=1",
        ]  # fmt: skip
        atheris.Setup([sys.argv[0], *options, corpus], target.run)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
