"""县公安局办理行政处罚案件386件, 全县874件: what one bureau did is a part, and the county's figure is
the one to compare."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatu.pipeline import build
from fatu.querying.comparing import compare_store
from fatu.querying.comparison_choice import Choice
from fatu.storing import MemoryStore

TITLE = "平江县人民政府2022年法治政府建设情况报告"
CASES = [
    # (passage, figures in the order of a comparison, with their marks)
    ("县公安局办理行政处罚案件386件。全县办理行政处罚案件874件。", [("874", ""), ("386", "scope")]),
    ("全县办理行政处罚案件874件。县公安局办理行政处罚案件386件。", [("874", ""), ("386", "scope")]),
    # a part that is larger than the whole, and two that may be the whole
    (
        "县公安局办理行政处罚案件386件。全县办理行政处罚案件374件。",
        [("386", "several_values"), ("374", "several_values")],
    ),
    (
        "县公安局办理行政处罚案件386件。县交通运输局办理行政处罚案件153件。",
        [("386", "several_values"), ("153", "several_values")],
    ),
    ("县公安局办理行政处罚案件386件。", [("386", "")]),
]


@pytest.mark.parametrize(("passage", "expected"), CASES)
def test_the_whole_comes_first(passage: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(f"{TITLE}\n\n一、主要工作\n\n{passage}\n", encoding="utf-8")
    store = MemoryStore(build(report).quads)
    rows = list(compare_store(store, Choice(indicators=("penalty-cases",))))
    kept = ("scope", "several_values")
    found = [(str(r.stated.value), "".join(m for m in r.marks if m in kept)) for r in rows if r.stated]
    assert found == expected
