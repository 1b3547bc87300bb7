"""Suggestions of deputies and proposals of members of the conference are one indicator of the catalogue: an answer and
a comparison that gave 41 and 60 under one name did not say which was which."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import call_fatu

TEXT = """顺河回族区2020年法治政府建设情况报告

一、主要工作

(一)自觉接受监督。全年共办理人大代表建议41件、政协委员提案60件,办结率均达100%。
(二)依法化解纠纷。受理行政复议案件9件,审结8件,结案率90%。
"""
ASKED = ("ask", "办理政协提案多少件?", "--data", "graphs")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proposals")
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    assert call_fatu("build", "report.txt", "-o", "graphs", cwd=folder).code == 0
    return folder


@pytest.mark.parametrize(
    ("lang", "heading"), [("zh", "原文说法"), ("en", "phrase")], ids=["Chinese", "English"]
)
def test_an_answer_has_the_words_of_the_report_where_one_name_has_two_figures(
    lang: str, heading: str, folder: Path
) -> None:
    lines = call_fatu("--lang", lang, *ASKED, cwd=folder).out.splitlines()
    assert any(heading in line for line in lines)
    for value, words in (("41", "办理人大代表建议"), ("60", "办理政协委员提案")):
        assert any(f" {value} " in line and words in line for line in lines), words


def test_an_answer_does_not_repeat_them_where_the_name_is_enough(folder: Path) -> None:
    out = call_fatu("--lang", "zh", "ask", "受理行政复议案件多少件?", "--data", "graphs", cwd=folder).out
    assert " 9 " in out
    assert "原文说法" not in out


def test_a_comparison_has_them_where_a_report_gives_several_values(folder: Path) -> None:
    def compare(indicator: str) -> str:
        told = call_fatu("--lang", "zh", "compare", "--data", "graphs", "--indicator", indicator, cwd=folder)
        assert told.code == 0
        return told.out

    assert "办理人大代表建议" in compare("proposals-handled")
    assert "原文说法" not in compare("recon-accepted")


def test_the_table_of_a_comparison_has_them_always(folder: Path) -> None:
    told = call_fatu("compare", "--data", "graphs", "--format", "csv", cwd=folder)
    assert "受理行政复议案件,受理行政复议案件9件," in told.out


def test_two_equal_figures_of_one_clause_are_two(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT.replace("60件", "41件"), encoding="utf-8")
    assert call_fatu("build", "report.txt", "-o", "graphs", cwd=tmp_path).code == 0
    told = call_fatu("compare", "--data", "graphs", "--format", "csv", cwd=tmp_path)
    rows = [line for line in told.out.splitlines() if ",2020,proposals-handled," in line]
    assert len(rows) == 2
    assert all(",several_values," in row for row in rows)
