"""An indicator of a user's own table can be asked for by its id and its name, as one of the catalogue can."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import call_fatu

TEXT = """平江县人民政府关于2022年度法治政府建设情况的报告

一、工作情况

开展行政执法“伴随指导”88次。受理行政复议案件9件。
"""
WORDS = """kind\tword\tname\tid\tunit\ttopic
indicator\t伴随指导\t行政执法伴随指导次数\tcompanion-guidance\t次\tadministrative-reconsideration
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    (folder / "words.tsv").write_text(WORDS, encoding="utf-8")
    told = call_fatu("build", "report.txt", "--lexicon", "words.tsv", "-o", "graphs", cwd=folder)
    assert told.code == 0
    return folder


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("companion-guidance", "88"),
        ("行政执法伴随指导次数", "88"),
        ("recon-accepted", "9"),
        ("行政复议案件受理数", "9"),
        ("Reconsideration cases accepted", "9"),
    ],
)
def test_a_query_takes_ids_and_names(indicator: str, value: str, folder: Path) -> None:
    told = call_fatu("query", "figure", "--set", f"indicator={indicator}", "--format", "csv", cwd=folder)
    rows = told.out.splitlines()[1:]
    assert len(rows) == 1
    assert f",{value}," in rows[0]


def test_a_question_names_it(folder: Path) -> None:
    told = call_fatu("ask", "行政执法伴随指导次数是多少?", cwd=folder)
    assert told.code == 0
    assert "companion-guidance" in told.out
    assert " 88 " in told.out


def test_an_id_that_nothing_has_is_refused(folder: Path) -> None:
    told = call_fatu("query", "figure", "--set", "indicator=companion-guidence", cwd=folder)
    assert (told.code, told.out) == (2, "")
    assert "not an indicator of the catalogue or of the graphs" in told.err
