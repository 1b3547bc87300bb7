"""The notebook is committed as it was written, without what it printed, and runs from top to bottom."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from commands import ROOT

nbformat = pytest.importorskip(
    "nbformat", reason="nbformat is not installed (the extra notebook; make test installs it)"
)
nbclient = pytest.importorskip(
    "nbclient", reason="nbclient is not installed (the extra notebook; make test installs it)"
)

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_it_printed_is_not_committed(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs") and cell.get("execution_count") is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_text_is_in_chinese_and_english(path: Path) -> None:
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            assert re.search(r"[\u4e00-\u9fff]{4}", cell.source) and re.search(
                r"[A-Za-z]+ [a-z]+ [a-z]+", cell.source
            )


@pytest.mark.slow
def test_the_comparison_runs_and_shows_what_its_texts_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    notebook = read(ROOT / "docs" / "notebooks" / "compare.ipynb")
    before = set(ROOT.rglob("*.csv"))
    place = {"metadata": {"path": str(ROOT / "docs" / "notebooks")}}
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources=place).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    said = "\n".join(output.get("text") or output.get("data", {}).get("text/html", "") for output in outputs)
    assert "8÷9=88.89%" in said  # the figure of the real report that does not add up
    assert "汴法政〔2020〕1号" in said  # the notice that it was compiled under
    assert "法律援助案件办理数" in said
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2
    assert not [
        output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"
    ]
    assert set(ROOT.rglob("*.csv")) == before
