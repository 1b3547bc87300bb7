"""How fast a corpus is built, again and for the first time, and what that takes.

    python benchmarks/corpus.py                        # 10,000 reports, in about half an hour
    python benchmarks/corpus.py --count 1000           # fewer
    python benchmarks/corpus.py --only build again     # some parts: speed, build, again, memory, load, queries
    python benchmarks/corpus.py --keep DIR             # files, cache and store stay there for the next run

Reports are synthetic (see synthetic/README.md), of every county and city of China and as many years as it takes. Times
are of the wall, ratios are of one run. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

from synthetic.report import make_report  # noqa: E402
from synthetic.wordings import Area as Place  # noqa: E402

from fatu.corpora import Corpus, OneProcess, Processes  # noqa: E402
from fatu.iris import BASE  # noqa: E402
from fatu.lexicon.areas import load_areas  # noqa: E402
from fatu.querying.named import load_queries  # noqa: E402
from fatu.storing import OxigraphStore, compact_store  # noqa: E402
from fatu.storing.doubling import double_nquads  # noqa: E402

PARTS = ("speed", "build", "again", "memory", "load", "queries")
SET_SPEED = 50
"""Reports a second and core, from text to N-Quads, audit included."""
SCALES = 1.8
"""Two processes are so many times as fast as one."""
AGAIN = 0.02
"""A second run without changes takes this part of the first."""
FLAT = 1.2
"""Peak memory, times that for a tenth of the reports."""
LOAD = 1.3
"""Times a bare bulk load of the same statements."""
ANSWER = 1.0
"""Seconds for each of the questions 26 to 40."""
SAMPLE = 600
"""Reports of which the speed is measured."""
LAST_YEAR = 2024
_ONE_REPORT = """PREFIX fatu: <https://w3id.org/fatu/ns#>
SELECT ?report { ?plan fatu:followedBy ?what ; fatu:inReport ?report } ORDER BY ?report LIMIT 1"""
_OF_ALL_TOO = (30, 34, 35)
"""Asked of one report and of all; 33 of all has as many rows as there are pairs of reports."""
_CITED = "法治政府建设实施纲要(2021—2025年)"
_FULL = "(doubled: each statement in its graph and in the default graph)"


def main() -> int:
    """Runs the parts and prints a table; never fails for a figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=10_000, help="reports (default 10,000)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        return _inside(**json.loads(given.inside))
    with _folder(given.keep) as folder:
        reports = folder / f"reports-{given.count}"
        write_reports(reports, given.count)
        bench = Bench(folder, reports, given.count)
        for part in given.only:
            getattr(bench, part)()
    return 0


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is None:
        with tempfile.TemporaryDirectory() as made:
            yield Path(made)
    else:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept


def places() -> list[tuple[Place, str]]:
    """Every county and city that is there, with its code; places whose name tells none left out."""
    table = load_areas()
    found = []
    for area in sorted(table.areas.values(), key=lambda area: area.code):
        level = {"county": "county", "prefecture": "city", "province": "province"}.get(area.level)
        if level is None or area.until is not None or len(area.name) < 3:
            continue
        above = table.by_code(area.parent) if area.parent else None
        parent = above.name if above and above.level in ("prefecture", "province") else ""
        found.append((Place(area.code, area.name, level, parent), area.code))
    return found


def write_reports(folder: Path, count: int) -> None:
    """So many reports, a folder a year; the last years first."""
    if folder.is_dir():
        return
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    all_places, made, year = places(), 0, LAST_YEAR
    while made < count:
        (beside / str(year)).mkdir(parents=True)
        for place, code in all_places[: count - made]:
            text = make_report(made, errors=0.5, place=(place, year)).text
            (beside / str(year) / f"{code}.txt").write_text(text, encoding="utf-8", newline="\n")
            made += 1
        year -= 1
    beside.rename(folder)


class Bench:
    """The parts, each printing its lines."""

    def __init__(self, folder: Path, reports: Path, count: int) -> None:
        self.folder, self.reports, self.count = folder, reports, count
        self.cache, self.store = folder / f"cache-{count}", folder / f"store-{count}"

    def speed(self) -> None:
        """Text → N-Quads, one process and two, of some reports; start-up of the processes included."""
        some = self.folder / f"some-{SAMPLE}"
        if not some.is_dir():
            some.mkdir()
            files = sorted(self.reports.rglob("*.txt"))
            for number, path in enumerate(random.Random(1).sample(files, min(SAMPLE, len(files)))):
                shutil.copy(path, some / f"{number}.txt")
        rates = {}
        for workers in (1, 2):
            cache = self.folder / "cache-speed"
            shutil.rmtree(cache, ignore_errors=True)
            told = _run(inputs=str(some), cache=str(cache), workers=workers)
            rates[workers] = SAMPLE / told["seconds"]["read"]
            print(f"{workers} process(es): {rates[workers]:.1f} reports/s", flush=True)
        shutil.rmtree(self.folder / "cache-speed", ignore_errors=True)
        print(
            f"a second and core: {rates[1]:.1f} (bound {SET_SPEED}); "
            f"two to one: {rates[2] / rates[1]:.2f} (bound {SCALES})"
        )

    def build(self) -> None:
        """The first run, with two processes."""
        shutil.rmtree(self.cache, ignore_errors=True)
        shutil.rmtree(self.store, ignore_errors=True)
        told = _run(inputs=str(self.reports), cache=str(self.cache), workers=2, store=str(self.store))
        (self.folder / f"first-{self.count}.json").write_text(json.dumps(told), encoding="utf-8")
        self._tell("first run", told)

    def again(self) -> None:
        """The second run, in which nothing has changed."""
        first = json.loads((self.folder / f"first-{self.count}.json").read_text(encoding="utf-8"))
        told = _run(inputs=str(self.reports), cache=str(self.cache), workers=2, store=str(self.store))
        self._tell("second run", told)
        share = told["total"] / first["total"]
        print(f"second to first {100 * share:.2f}% (bound {100 * AGAIN:.0f}%)", flush=True)

    def memory(self) -> None:
        """Peak memory from files to parts: of a tenth of the reports, and of all."""
        tenth = self.folder / f"reports-{self.count // 10}"
        write_reports(tenth, self.count // 10)
        peaks = []
        for reports in (tenth, self.reports):
            cache = self.folder / "cache-memory"
            shutil.rmtree(cache, ignore_errors=True)
            told = _run(inputs=str(reports), cache=str(cache), workers=2)
            peaks.append(told["own_kb"] + 2 * told["worker_kb"])
            self._tell(f"{reports.name}", told)
        shutil.rmtree(self.folder / "cache-memory", ignore_errors=True)
        print(
            f"peak memory {peaks[0] >> 10} MB, {peaks[1] >> 10} MB: {peaks[1] / peaks[0]:.2f} (bound {FLAT})",
            flush=True,
        )

    def load(self) -> None:
        """From parts to a store, beside a bare bulk load of the same statements from one file."""
        # The bare one first, and gone again: both beside the file would take 60 GB.
        shutil.rmtree(self.store, ignore_errors=True)
        whole, bare = self.folder / "whole.nq", self.folder / "bare"
        _run(inputs=str(self.reports), cache=str(self.cache), workers=2)
        with Corpus(self.cache) as corpus, whole.open("wb") as file:
            for unit in corpus.units():
                double_nquads(unit.load(), file)
        size = whole.stat().st_size
        shutil.rmtree(bare, ignore_errors=True)
        code = (
            "import sys, pyoxigraph as ox; "
            "ox.Store(sys.argv[1]).bulk_load(path=sys.argv[2], format=ox.RdfFormat.N_QUADS)"
        )
        start = time.monotonic()
        subprocess.run([sys.executable, "-c", code, str(bare), str(whole)], check=True)
        seconds = time.monotonic() - start
        print(f"bare {seconds:.0f} s", flush=True)
        whole.unlink()
        shutil.rmtree(bare)
        told = _run(inputs=str(self.reports), cache=str(self.cache), workers=2, store=str(self.store))
        self._tell("parts to store", told)
        mine = told["seconds"]["store"]
        print(
            f"load {mine:.0f} s; bare, {size >> 20} MB {_FULL}: {seconds:.0f} s; {mine / seconds:.2f} (bound {LOAD})",
            flush=True,
        )

    def queries(self) -> None:
        """Questions 26 to 40 on the store, and every other one of one report."""
        from fatu.querying import ask_store

        start = time.monotonic()
        compact_store(self.store)
        print(f"made compact in {time.monotonic() - start:.0f} s", flush=True)
        with OxigraphStore(self.store) as store:
            print(f"{len(store)} triples", flush=True)
            report = next(iter(ask_store(store, _ONE_REPORT, {}, BASE).rows))[0]
            area = str(report).rpartition("/id/report/")[2][:6]
            given: dict[int, dict[str, Any]] = {
                27: {"area": area}, 30: {"report": report}, 31: {"document": _CITED}, 33: {"report": report},
                34: {"report": report}, 35: {"report": report}, 39: {"population": self._populations()},
            }  # fmt: skip
            for query in load_queries():
                number = query.number or 0
                asked: list[dict[str, Any]] = []
                if number >= 26:
                    asked = [given.get(number, {}), *([{}] if number in _OF_ALL_TOO else [])]
                elif "report" in {parameter.name for parameter in query.parameters}:
                    asked = [{"report": report}]
                for parameters in asked:
                    start = time.monotonic()
                    rows = sum(1 for _ in ask_store(store, query.name, parameters, BASE))
                    seconds = time.monotonic() - start
                    mark = "" if seconds < ANSWER else "  SHORT"
                    of = ", ".join(parameters) or "all"
                    name = f"q{number} {query.name}" if number else query.name
                    print(f"{name:26} of {of:10} {seconds:7.2f} s {rows:8} rows{mark}", flush=True)

    def _populations(self) -> Path:
        """A table of invented populations."""
        path = self.folder / "populations.csv"
        rows = [f"{code},{300_000 + number}" for number, (_, code) in enumerate(places())]
        path.write_text("\n".join(("area,population", *rows)) + "\n", encoding="utf-8")
        return path

    def _tell(self, what: str, told: dict[str, Any]) -> None:
        stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in told["seconds"].items())
        print(
            f"{what}: {told['total']:.1f} s ({stages}); {told['reports']} reports, {told['failed']} failed; "
            f"{told['own_kb'] >> 10} MB, {told['worker_kb'] >> 10} MB a worker",
            flush=True,
        )


def _run(**what: Any) -> dict[str, Any]:
    """A run in a process of its own."""
    command = [sys.executable, __file__, "--inside", json.dumps(what)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _inside(inputs: str, cache: str, workers: int, store: str | None = None) -> int:
    from fatu.corpora import Progress, Watcher

    ends: dict[str, float] = {}
    start = time.monotonic()

    def hear(progress: Progress) -> None:
        ends[progress.stage] = time.monotonic()

    engine = OneProcess() if workers == 1 else Processes(workers)
    with Corpus(cache) as corpus:
        summary = corpus.build([inputs], store, engine, watcher=Watcher(hear))
    total = time.monotonic() - start
    seconds, before = {}, start
    for stage, end in ends.items():
        seconds[stage], before = end - before, end
    told = {
        "seconds": seconds, "total": total, "reports": summary.reports, "failed": summary.failed,
        "own_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "worker_kb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
    }  # fmt: skip
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
