"""What is typed after `import fatu` and no more: packages that the documentation names, and a graph that is printed."""

from __future__ import annotations

import subprocess
import sys

import pytest

import fatu
from commands import ROOT


@pytest.mark.parametrize(
    "name",
    [
        "fatu.querying.ask_words",
        "fatu.querying.ask_store",
        "fatu.storing.open_store",
        "fatu.storing.load_graphs",
    ],
)
def test_packages_are_there_by_their_names(name: str) -> None:
    code = f"import fatu; print({name}.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == name.rpartition(".")[2]


def test_what_there_is_not_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'quering'"):
        fatu.quering  # type: ignore[attr-defined]  # noqa: B018


def test_a_graph_is_printed_in_a_line() -> None:
    graph = fatu.build(ROOT / "graphs" / "410203-gov-2020" / "source.txt")
    assert repr(graph).startswith("<KnowledgeGraph 410203-gov-2020: ")
    assert len(str(graph)) < 100
