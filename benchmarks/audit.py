"""How well the audit finds planted errors in synthetic reports: sensitivity, specificity, verdicts, coverage.

    python benchmarks/audit.py                       # 200 reports in each of the sets of wordings
    python benchmarks/audit.py --wordings sixteenth  # one of those that the rules were not written on
    python benchmarks/audit.py --kinds --show 20     # by kind of case, and cases that went wrong

A case with a planted error counts as found where a finding that is no mere remark is about its figures; a right case
as kept where none is. See README.md beside this file and synthetic/README.md for the cases.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "benchmarks"))

from synthetic import make_report  # noqa: E402
from synthetic.model import Case, Span, SyntheticReport  # noqa: E402

from fatu.auditing import audit  # noqa: E402
from fatu.finding import find  # noqa: E402
from fatu.interpreting import interpret  # noqa: E402
from fatu.linking import link  # noqa: E402
from fatu.model import Finding, Report  # noqa: E402
from fatu.outlining import outline  # noqa: E402
from fatu.reading import read_text  # noqa: E402

HELD_APART = ("sixteenth", "seventeenth")
"""Wordings that nobody who writes rules reads: the figures to go by."""
DUTIES = {"published": "publication", "leader": "first_responsible_person", "causes": "causes",
          "plans": "next_year_plan"}  # fmt: skip
AGREES = {
    # stated verdict → verdicts that say the same
    "consistent": ("consistent", "consistent_other_denominator"),
    "consistent_truncated": ("consistent_truncated",),
    "consistent_other_denominator": ("consistent_other_denominator", "consistent"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the audit made of a case."""

    case: Case
    is_flagged: bool
    verdicts: tuple[str, ...]
    """Verdicts of the findings about its figures."""
    context: str


def audited(text: str) -> tuple[Report, tuple[Finding, ...]]:
    """A text read and audited."""
    outlined = outline(read_text(text, "synthetic.txt"))
    report = link(interpret(outlined, find(outlined)))
    return report, audit(report)


def outcomes(report: SyntheticReport) -> tuple[list[Outcome], list[Finding]]:
    """Every case with what became of it, and the findings that no planted case explains."""
    findings = audited(report.text)[1]
    results: list[Outcome] = []
    explained: set[str] = set()
    for case in report.cases:
        about = [f for f in findings if _is_about(f, case)]
        doubtful = [f for f in about if f.severity != "info"]
        if case.planted:
            explained |= {f.key for f in doubtful}
        results.append(
            Outcome(case, bool(doubtful), tuple(f.verdict for f in about), _context(report.text, case))
        )
    return results, [f for f in findings if f.severity != "info" and f.key not in explained]


def _is_about(finding: Finding, case: Case) -> bool:
    """Whether a finding is about a case: of a duty by its name, else by its figures."""
    if case.rule == "duty" or finding.rule == "duty":
        return finding.rule == case.rule and finding.duty == DUTIES.get(case.note)
    spans = [span for span in (case.stated, *case.operands) if span is not None]
    if case.rule == "citation":
        return finding.rule == "citation" and any(
            _touches(e.span, s) for e in finding.evidence for s in spans
        )
    main = [case.stated] if case.stated and case.rule not in ("duplicate", "equality", "frequency") else spans
    own = [o.metric.span for o in (*finding.about, *finding.operands)]
    return any(_touches(a, b) for a in own for b in main)


def _touches(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _context(text: str, case: Case) -> str:
    """The sentences that hold the figures of a case."""
    found: list[str] = []
    for start, end in sorted(span for span in (case.stated, *case.operands) if span is not None):
        low = max(text.rfind(mark, 0, start) for mark in "。\n") + 1
        high = min((at for mark in "。\n" if (at := text.find(mark, end)) >= 0), default=len(text))
        if text[low:high] not in found:
            found.append(text[low:high])
    return " / ".join(found)


def measure(wordings: str, seeds: Iterable[int], show: int, kinds: bool) -> Counter[str]:
    """Print the figures of one set of wordings; what was counted."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    shown = 0
    for seed in seeds:
        results, doubtful = outcomes(make_report(seed, wordings))
        total["reports"] += 1
        total["unexplained"] += len(doubtful)
        for result in results:
            case = result.case
            group = "duty" if case.rule == "duty" else "numeric"
            count = counts[case.rule, case.kind]
            count["all"] += 1
            count["flagged"] += result.is_flagged
            if case.planted:
                total[f"{group} planted"] += 1
                total[f"{group} found"] += result.is_flagged
            else:
                total[f"{group} right"] += 1
                total[f"{group} kept"] += not result.is_flagged
                wanted = AGREES.get(case.verdict)
                if wanted:
                    agrees = any(v in wanted for v in result.verdicts)
                    total["confirmable"] += 1
                    total["confirmed"] += agrees
                    count["confirmed"] += agrees
            if case.planted != result.is_flagged and shown < show:
                shown += 1
                print(
                    f"  seed {seed} {case.id} {case.rule} {case.kind}: {result.verdicts}\n    {result.context}"
                )
    if kinds:
        print(f"\n{'rule':10} {'kind':18} {'cases':>6} {'flagged':>8} {'confirmed':>10}")
        for (rule, kind), count in sorted(counts.items()):
            print(f"{rule:10} {kind:18} {count['all']:6} {count['flagged']:8} {count['confirmed']:10}")
    print_figures(wordings, total)
    return total


def print_figures(name: str, total: Counter[str]) -> None:
    """What was counted, as shares."""
    print(f"\n{name}: {total['reports']} reports")
    for group in ("numeric", "duty"):
        planted, right = total[f"{group} planted"], total[f"{group} right"]
        print(
            f"  {group}: sensitivity {_share(total[f'{group} found'], planted)}, "
            f"specificity {_share(total[f'{group} kept'], right)}"
        )
    print(f"  right cases confirmed: {_share(total['confirmed'], total['confirmable'])}")
    print(f"  findings that no planted case explains: {total['unexplained']}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f} ({part} of {whole})" if whole else "none"


def main() -> None:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    names = sorted(path.stem for path in (ROOT / "benchmarks" / "synthetic" / "wordings").glob("*.toml"))
    parser.add_argument("--wordings", choices=names, action="append", help="default: all")
    parser.add_argument("--count", type=int, default=200, help="reports of each set")
    parser.add_argument("--seed", type=int, default=1, help="of the first report")
    parser.add_argument("--kinds", action="store_true", help="print the figures of each kind of case")
    parser.add_argument("--show", type=int, default=0, help="cases that went wrong to print, of each set")
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.count)
    chosen = options.wordings or names
    groups = {
        "development": [name for name in chosen if name not in HELD_APART],
        "held apart": [name for name in chosen if name in HELD_APART],
    }
    for title, group in groups.items():
        together: Counter[str] = Counter()
        for name in group:
            together += measure(name, seeds, options.show, options.kinds)
        if len(group) > 1:
            print_figures(f"\n{title}, {len(group)} sets together", together)


if __name__ == "__main__":
    main()
