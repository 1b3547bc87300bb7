"""Command line: `python -m synthetic --count 50 --seed 1 --wordings open -o DIR`, from `benchmarks/`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from .checking import check_report
from .model import SyntheticReport
from .report import make_report
from .schema import wording_faults


def main(arguments: list[str] | None = None) -> int:
    """Write reports `synthetic-<seed>.txt` and `truth.jsonl` into a folder; 1 where the self-check found faults."""
    parser = argparse.ArgumentParser(prog="synthetic", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=50, help="how many reports, of seeds one after another")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument(
        "--wordings", default="open", help="set of wordings: a file of wordings/ (open, apart)"
    )
    parser.add_argument("--errors", default="0.5", help="how much is planted, from 0 to 1")
    parser.add_argument("--plain", action="store_true", help="reports without planted errors")
    parser.add_argument(
        "--check", action="store_true", help="check the wordings, and every report against its truth"
    )
    parser.add_argument(
        "-o", "--output", type=Path, help="folder to write into; without it nothing is written"
    )
    options = parser.parse_args(arguments)
    errors = 0.0 if options.plain else float(options.errors)
    counts: Counter[str] = Counter()
    faults = 0
    if options.check:
        for fault in wording_faults(options.wordings):
            faults += 1
            print(f"{options.wordings}: {fault}", file=sys.stderr)
    lines: list[str] = []
    if options.output:
        options.output.mkdir(parents=True, exist_ok=True)
    for seed in range(options.seed, options.seed + options.count):
        report = make_report(seed, options.wordings, errors)
        counts.update(f"{case.rule}\t{case.kind}\t{case.verdict}" for case in report.cases)
        if options.check:
            for fault in check_report(report):
                faults += 1
                print(f"{seed}: {fault}", file=sys.stderr)
        if options.output:
            name = f"synthetic-{seed:06d}.txt"
            (options.output / name).write_text(report.text, encoding="utf-8", newline="\n")
            lines.append(truth_line(name, report))
    if options.output:
        (options.output / "truth.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")
    for row, count in sorted(counts.items()):
        print(f"{count}\t{row}")
    return 1 if faults else 0


def truth_line(name: str, report: SyntheticReport) -> str:
    """The line of a report in `truth.jsonl`, with its line break; spans are pairs of code points."""
    row = {
        "file": name,
        "area": report.area_code,
        "area_name": report.area_name,
        "year": report.year,
        "cases": [asdict(case) for case in report.cases],
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
