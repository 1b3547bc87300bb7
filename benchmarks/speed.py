"""How fast fatu reads: one process, warm, everything that is compared in the same run.

    python benchmarks/speed.py            # the tables, in about two minutes
    python benchmarks/speed.py --quick    # up to 1 MB only
    python benchmarks/speed.py --profile  # where the time of an extract goes

See README.md beside this file.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import importlib.util
import logging
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from fatu import pipeline  # noqa: E402
from fatu.auditing import audit  # noqa: E402
from fatu.describing import graph_quads, report_lines  # noqa: E402
from fatu.exporting.records import Record, extraction_records  # noqa: E402
from fatu.finding import find  # noqa: E402
from fatu.interpreting import interpret  # noqa: E402
from fatu.iris import Iris  # noqa: E402
from fatu.linking import link  # noqa: E402
from fatu.model import Outline, Report  # noqa: E402
from fatu.outlining import outline  # noqa: E402
from fatu.reading import read, read_text  # noqa: E402

SAMPLE = ROOT / "graphs" / "410203-gov-2020" / "source.txt"
MIXED = [ROOT / "tests" / "gold" / name / "text.txt" for name in ("invented-a", "invented-b")]
LENGTH = 200_000
REPORTS = 200
SIZES = [10_000, 100_000, 1_000_000, 10_000_000]


def repeated(paths: list[Path], length: int) -> str:
    """Texts one behind the other, over and over, up to about `length` code points; whole texts only."""
    once = "".join(path.read_bytes().decode("utf-8") for path in paths)
    return once * max(1, round(length / len(once)))


def of_bytes(paths: list[Path], size: int) -> str:
    """Texts one behind the other, cut at `size` bytes of UTF-8."""
    once = "".join(path.read_bytes().decode("utf-8") for path in paths)
    text = once * (size // len(once.encode()) + 1)
    return text.encode()[:size].decode("utf-8", errors="ignore")


def seconds(work: Callable[[], object], runs: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """The best of some runs, without the garbage collector, as timeit measures."""
    times = []
    for _ in range(runs):
        gc.collect()
        gc.disable()
        start = clock()
        work()
        times.append(clock() - start)
        gc.enable()
    return min(times)


def outlined(text: str) -> Outline:
    """A text read up to its outline, on which finding works."""
    return outline(read_text(text, "report.txt"))


def linked(text: str) -> Report:
    """A text read up to its report."""
    read_up = outlined(text)
    return link(interpret(read_up, find(read_up)))


def extract(text: str) -> list[Record]:
    """What `fatu extract` does between the file and the printing."""
    return extraction_records(linked(text))


def tagger() -> Callable[[str], object] | None:
    """jieba's part-of-speech tagger, warm; None where jieba is not installed."""
    if importlib.util.find_spec("jieba") is None:
        return None
    import jieba  # type: ignore[import-untyped]
    import jieba.posseg  # type: ignore[import-untyped]

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return lambda text: list(jieba.posseg.cut(text))


def print_rates() -> None:
    """Characters a second of finding, of the whole extract and of jieba's tagger, on the same texts."""
    tag = tagger()
    works: dict[str, Callable[[str], Callable[[], object]]] = {
        "find": lambda text: partial(find, outlined(text)),
        "extract": lambda text: partial(extract, text),
    }
    if tag is not None:
        works["jieba.posseg"] = lambda text: partial(tag, text)
    print("characters a second, best of three")
    for name, paths in (("sample", [SAMPLE]), ("mixed", MIXED)):
        text = repeated(paths, LENGTH)
        rates = {}
        for label, make in works.items():
            work = make(text)
            work()
            rates[label] = len(text) / seconds(work, 3)
        base = rates.get("jieba.posseg")
        for label, rate in rates.items():
            ratio = f"  {rate / base:5.2f} x jieba" if base and label != "jieba.posseg" else ""
            print(f"  {name:7} {len(text):8,} characters  {label:13} {rate:11,.0f}/s{ratio}")
    if tag is None:
        print("  jieba is not installed: `pip install jieba` beside fatu, and run this again to compare")


STAGES: tuple[tuple[str, Callable[[object], object]], ...] = (
    ("read", lambda text: read_text(str(text), "report.txt")),
    ("outline", outline),  # type: ignore[arg-type]
    ("find", lambda o: (o, find(o))),  # type: ignore[arg-type]
    ("interpret", lambda pair: interpret(*pair)),  # type: ignore[misc]
    ("link", link),  # type: ignore[arg-type]
    ("records", extraction_records),  # type: ignore[arg-type]
)


def print_stages() -> None:
    """Share of each stage in the time of an extract."""
    value: object = repeated(MIXED, LENGTH)
    times = {}
    for name, stage in STAGES:
        given = value
        times[name] = seconds(partial(stage, given), 3)
        value = stage(given)
    total = sum(times.values())
    print("stages of an extract, mixed text")
    for name, spent in times.items():
        print(f"  {name:10} {spent:7.3f} s {spent / total:6.1%}")


def print_growth(sizes: list[int]) -> None:
    """Time for texts of growing size: a million characters must cost what they cost in a short text."""
    print("growth of an extract: lines, and the same in one line")
    for newline in ("\n", " "):
        for size in sizes:
            text = of_bytes(MIXED, size).replace("\n", newline)
            spent = seconds(partial(extract, text), 1 if size > 1_000_000 else 3)
            kind = "lines" if newline == "\n" else "a line"
            print(
                f"  {kind:7} {size:11,} bytes  {spent:8.3f} s  {spent / len(text) * 1e6:6.2f} µs a character"
            )


def lines(text: str) -> bytes:
    """A text to the N-Quads of its graph, audit included and vocabulary left out: what each of many reports costs."""
    report, iris = linked(text), Iris()
    return "".join(report_lines(report, audit(report), iris)).encode()


def print_reports() -> None:
    """Reports a second and core: the sample over and over, and synthetic reports that are read for the first time."""
    from synthetic.report import make_report

    sample = SAMPLE.read_text(encoding="utf-8")
    made = [make_report(seed).text for seed in range(1, REPORTS + 1)]
    texts = [text for text in made if linked(text).identity.iri is not None]
    works: dict[str, tuple[int, Callable[[], object]]] = {
        "sample": (1, partial(lines, sample)),
        "synthetic": (len(texts), lambda: [lines(text) for text in texts]),
    }
    print("text → N-Quads, reports a second and core")
    for name, (count, work) in works.items():
        spent = seconds(work, 25 if count == 1 else 3, time.process_time)
        print(f"  {name:10} {count / spent:6.1f}/s  {spent / count * 1000:6.2f} ms a report")


def print_build() -> None:
    """`fatu build` of the sample in this process, phase by phase, then each file that it writes."""
    report = pipeline.read_report(SAMPLE)
    findings = audit(report)
    iris = Iris()
    graph = pipeline.KnowledgeGraph(report, findings, tuple(graph_quads(report, findings, iris)), iris)
    phases: dict[str, Callable[[], object]] = {
        "extract": lambda: extract(read(SAMPLE).text),
        "audit": lambda: audit(report),
        "describe": lambda: list(graph_quads(report, findings, iris)),
    }
    for name, make in pipeline.OUTPUTS.items():
        phases[name] = partial(make, graph)
    print("build of the sample")
    for name, work in phases.items():
        work()
        print(f"  {name:15} {seconds(work, 3):7.3f} s")
    print("build of the sample as a process, from start to end")
    with tempfile.TemporaryDirectory() as folder:
        build = ["-m", "fatu", "build", str(SAMPLE), "-o", folder]
        for name, arguments in (
            ("python", ["-c", ""]),
            ("imports", ["-c", "import fatu.cli"]),
            ("build", build),
        ):
            print(f"  {name:15} {seconds(partial(run, arguments), 3):7.3f} s")


def run(arguments: list[str]) -> None:
    """Python as a process of its own, with this checkout's fatu."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, *arguments], env=environment, check=True, capture_output=True)


def print_profile() -> None:
    """The functions in which an extract of the mixed text spends its time."""
    text = repeated(MIXED, LENGTH)
    extract(text)
    profile = cProfile.Profile()
    profile.runcall(extract, text)
    pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(25)


def main() -> None:
    """Print the tables that the options ask for."""
    parser = argparse.ArgumentParser(description="How fast fatu reads.")
    parser.add_argument("--quick", action="store_true", help="texts up to 1 MB only")
    parser.add_argument("--profile", action="store_true", help="where the time of an extract goes")
    options = parser.parse_args()
    if options.profile:
        print_profile()
        return
    print_rates()
    print_stages()
    print_reports()
    print_growth(SIZES[:-1] if options.quick else SIZES)
    print_build()


if __name__ == "__main__":
    main()
