"""How well reports are read that the rules were made with: the invented ones, together, against their gold.

The bounds are those that a report nobody has shown to fatu is asked to reach. What it reaches on reports kept back is
in the README; those folders are not read here, so that no test tempts anybody to fit the rules to them.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from fatu.evaluating import Score, load_gold, score
from fatu.exporting.records import extraction_records
from fatu.pipeline import read_report

GOLD = Path(__file__).parent / "gold"
FOLDERS = sorted(p for p in GOLD.glob("invented-*") if not p.name.endswith("heldout"))

BOUNDS = [
    # (score, at least)
    ("metric.span", "0.95"),
    ("metric.value", "0.93"),
    ("metric.unit", "0.93"),
    ("metric.indicator", "0.80"),
    ("citation.span", "0.95"),
    ("citation.number", "0.95"),
    ("citation.function", "0.80"),
    ("agency.span", "0.90"),
    ("agency.name", "0.85"),
    ("date.span", "0.92"),
    ("program.span", "0.70"),
    ("clause.role", "0.80"),
]


@pytest.fixture(scope="module")
def together() -> dict[str, Fraction]:
    """F1 or accuracy over all folders, each mention counting once."""
    hits: dict[str, int] = defaultdict(int)
    wanted: dict[str, int] = defaultdict(int)
    predicted: dict[str, int] = defaultdict(int)
    for folder in FOLDERS:
        scores: tuple[Score, ...] = score(
            load_gold(folder), extraction_records(read_report(folder / "text.txt"))
        )
        for one in scores:
            if one.of is not None:
                hits[one.name] += one.hits
                wanted[one.name] += one.of
                predicted[one.name] += one.of if one.predicted is None else one.predicted
    return {name: Fraction(2 * hits[name], wanted[name] + predicted[name]) for name in wanted if wanted[name]}


def test_there_are_reports_of_every_layout() -> None:
    assert len(FOLDERS) >= 14


@pytest.mark.parametrize(("name", "least"), BOUNDS)
def test_invented_reports_are_read_well_enough(together: dict[str, Fraction], name: str, least: str) -> None:
    assert together[name] >= Fraction(least), f"{name} is {float(together[name]):.3f}, {least} is asked for"
