"""The sample against its gold: the figures that the first issue asks for, and the relations between numbers."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from fatu.auditing import audit
from fatu.evaluating import Score, load_gold, score
from fatu.exporting.records import extraction_records
from fatu.model import Finding, Report, Span
from fatu.pipeline import read_report

BOUNDS = [
    # (score, which of its figures, at least)
    ("citation.span", "f1", "1"),
    ("citation.number", "accuracy", "1"),
    ("number.span", "f1", "1"),
    ("citation.function", "accuracy", "1"),
    ("metric.span", "f1", "0.95"),
    ("metric.value", "accuracy", "0.95"),
    ("metric.unit", "accuracy", "0.95"),
    ("metric.bound", "accuracy", "0.95"),
    ("metric.indicator", "accuracy", "0.75"),
    ("agency.span", "f1", "0.90"),
    ("date.span", "f1", "0.95"),
    ("clause.role", "accuracy", "0.85"),
    ("link.observation", "f1", "0.85"),
    ("link.outcome", "f1", "0.70"),
    ("link.actor", "f1", "0.75"),
    ("link.program", "f1", "0.70"),
]
NONE_INVENTED = ["metric.agency_invented", "citation.number_invented"]


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "gold" / "shunhe-2020"


@pytest.fixture(scope="module")
def report(shared: Path) -> Report:
    return read_report(shared / "reports" / "shunhe-2020.txt")


@pytest.fixture(scope="module")
def scores(folder: Path, report: Report) -> dict[str, Score]:
    return {s.name: s for s in score(load_gold(folder), extraction_records(report))}


@pytest.mark.parametrize(("name", "figure", "least"), BOUNDS)
def test_the_reading_is_good_enough(scores: dict[str, Score], name: str, figure: str, least: str) -> None:
    found = getattr(scores[name], figure)
    assert found is not None
    assert found >= Fraction(least), f"{name} {figure} is {float(found):.3f}, {least} is asked for"


@pytest.mark.parametrize("name", NONE_INVENTED)
def test_nothing_is_invented(scores: dict[str, Score], name: str) -> None:
    assert scores[name].hits == 0


def test_the_text_shipped_is_the_text_of_the_gold(shared: Path, sample_path: Path) -> None:
    assert sample_path.read_bytes() == (shared / "reports" / "shunhe-2020.txt").read_bytes()


# --------------------------------------------------------------------------- the numbers against each other


@pytest.fixture(scope="module")
def findings(report: Report) -> tuple[Finding, ...]:
    return audit(report)


@pytest.fixture(scope="module")
def metrics(folder: Path) -> dict[str, Span]:
    """Id of a gold metric → its span."""
    with (folder / "metrics.tsv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Span(int(row["start"]), int(row["end"]))
            for row in csv.DictReader(file, delimiter="\t")
        }


RELATIONS = [
    # (relation of relations.tsv, rule, what is stated, operands, verdict)
    ("R01", "sum", "M10", ["M11", "M12"], "consistent"),
    ("R02", "frequency", "M07", ["M08"], "consistent"),
    ("R03", "equality", "M15", ["M13"], "consistent"),
    ("R04", "order", "M16", ["M15"], "consistent"),
    ("R05", "ratio", "M17", ["M16", "M15"], "consistent"),
    ("R06", "equality", "M23", ["M22"], "consistent"),
    ("R07", "ratio", "M24", ["M23", "M22"], "consistent"),
    ("R08", "order", "M33", ["M32"], "consistent"),
    ("R09", "ratio", "M34", ["M33", "M32"], "inconsistent"),
    ("R10", "order", "M36", ["M35"], "consistent"),
    ("R11", "order", "M37", ["M36"], "consistent"),
    ("R12", "ratio", "M38", ["M37", "M36"], "consistent"),
]
APART = [
    # (relation marked not_a_conflict, the figures that must not meet)
    ("R19", ["M20", "M24"]),
    ("R20", ["M18", "M22", "M27"]),
    ("R21", ["M01", "M28"]),
    ("R22", ["M11", "M36"]),
    ("R23", ["M09", "M10"]),
]
DUTIES = {
    "publication": "met",
    "measures_and_results": "met",
    "problems": "met",
    "causes": "missing",
    "first_responsible_person": "missing",
    "next_year_plan": "met",
}


@pytest.mark.parametrize(("relation", "rule", "stated", "operands", "verdict"), RELATIONS)
def test_a_relation_between_numbers(
    findings: tuple[Finding, ...],
    metrics: dict[str, Span],
    relation: str,
    rule: str,
    stated: str,
    operands: list[str],
    verdict: str,
) -> None:
    (finding,) = (
        f for f in findings if f.rule == rule and [o.metric.span for o in f.about] == [metrics[stated]]
    )
    assert finding.verdict == verdict
    assert {o.metric.span for o in finding.operands} == {metrics[m] for m in operands}


def test_only_the_closure_rate_does_not_hold(findings: tuple[Finding, ...], metrics: dict[str, Span]) -> None:
    doubtful = [f for f in findings if f.severity != "info" and f.rule != "duty"]
    assert [[o.metric.span for o in f.about] for f in doubtful] == [[metrics["M34"]]]
    assert "十位" in doubtful[0].message_zh
    assert "rounded to tens" in doubtful[0].message_en


@pytest.mark.parametrize(("relation", "figures"), APART)
def test_figures_that_are_no_conflict_never_meet(
    findings: tuple[Finding, ...], metrics: dict[str, Span], relation: str, figures: list[str]
) -> None:
    apart = {metrics[m] for m in figures}
    for finding in findings:
        spans = {o.metric.span for o in (*finding.about, *finding.operands)}
        assert len(spans & apart) < 2, f"{relation}: {finding.message_zh}"


def test_the_duties_of_the_report(findings: tuple[Finding, ...]) -> None:
    assert {f.duty: f.verdict for f in findings if f.rule == "duty"} == DUTIES
    for finding in findings:
        if finding.verdict == "missing":
            assert finding.severity == "warning"
            assert {"causes": "原因", "first_responsible_person": "第一责任人"}[
                finding.duty or ""
            ] in finding.message_zh
        if finding.duty == "publication":
            assert "4月1日" in finding.message_zh


def test_the_mediation_rate_of_the_whole_area_has_no_successes_to_check_it_by(
    findings: tuple[Finding, ...], metrics: dict[str, Span]
) -> None:
    """98%以上 of 2500余 disputes (R19, R20): the centre's 62 of 62 are of another scope."""
    (finding,) = (f for f in findings if [o.metric.span for o in f.about] == [metrics["M20"]])
    assert finding.verdict == "unverifiable"
    assert not {metrics["M22"], metrics["M23"]} & {o.metric.span for o in finding.operands}
