"""What the documentation says can be typed is typed here, and prints what is said."""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

import fatu
from commands import ROOT
from fatu.exporting.cube import write_cube
from fatu.exporting.formats import write_ntriples
from fatu.exporting.records import FINDING_COLUMNS, METRIC_COLUMNS
from fenced_blocks import Block, expected_outputs, fits, make_checkout, read_blocks, run_blocks, waiting_fatu

PAGES = sorted([ROOT / "README.md", ROOT / "README.zh.md", *(ROOT / "docs").rglob("*.md")])
PAGES = [page for page in PAGES if not page.is_relative_to(ROOT / "docs" / "ontology")]
"""The pages that are written; docs/ontology is made."""
FIRST = {"README.md", "README.zh.md", "tutorial.md", "tutorial.zh.md"}
"""The pages with which a reader begins; the others take the tutorial as read."""
LANGUAGES = {"sh", "python", "sparql", "output", "console", ""}
SCORES = ROOT / "docs" / "explanation" / "scores.md"


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def original(page: Path) -> Path | None:
    """The English page that a Chinese one translates."""
    return page.with_name(page.name.replace(".zh.md", ".md")) if page.name.endswith(".zh.md") else None


def runnable(page: Path) -> list[Block]:
    return [block for block in read_blocks(page) if block.is_run]


def is_the_same(page: Path) -> bool:
    """Whether the blocks of a translation are those of the English page up to their comments, and show no output of
    their own."""
    english = original(page)
    if english is None:
        return False
    shown = [[block.text for block in read_blocks(p) if block.language == "output"] for p in (page, english)]
    commands = [[block.commands for block in runnable(p)] for p in (page, english)]
    return shown[0] == shown[1] and commands[0] == commands[1]


RUN = [page for page in PAGES if runnable(page) and not is_the_same(page)]


@pytest.fixture(scope="module")
def after_the_tutorial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `graphs` holds after the tutorial: the sample and the examples."""
    graphs = tmp_path_factory.mktemp("tutorial") / "graphs"
    shutil.copytree(ROOT / "graphs", graphs)
    for text in [graphs / "410203-gov-2020" / "source.txt", *sorted((ROOT / "docs" / "examples").iterdir())]:
        fatu.build(text).save(graphs)
    return graphs


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where `forked_fatu` waits."""
    with waiting_fatu(tmp_path_factory.mktemp("fatu")) as address:
        yield address


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN, ids=name)
def test_what_a_page_says_to_type_runs_and_prints_what_it_shows(
    page: Path, tmp_path: Path, after_the_tutorial: Path, waiting: Path
) -> None:
    blocks = read_blocks(page)
    for port in sorted(set(re.findall(r"127\.0\.0\.1:(\d+)", "".join(b.text for b in blocks if b.is_run)))):
        skip_where_taken(int(port))
    make_checkout(tmp_path, ROOT / "graphs" if page.name in FIRST else after_the_tutorial, waiting)
    # The Chinese tutorial has its reader set this.
    printed = run_blocks(blocks, tmp_path, "zh" if original(page) and page.name not in FIRST else "")
    for number, expected in expected_outputs(blocks):
        assert fits(printed[number], expected), (
            f"{name(page)}:{blocks[number].line} prints\n{printed[number]}"
        )


def skip_where_taken(port: int) -> None:
    """Skips where somebody else listens on a port that a page names."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            pytest.skip(f"port {port}, which the page names, is taken on this machine")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_block_says_what_it_is_and_what_is_not_run_says_why(page: Path) -> None:
    blocks = read_blocks(page)
    assert {block.language for block in blocks} <= LANGUAGES
    assert all(block.reason for block in blocks if block.reason is not None)


def test_few_blocks_are_not_run() -> None:
    blocks = [block for page in PAGES for block in read_blocks(page) if block.language in ("sh", "python")]
    assert sum(not block.is_run for block in blocks) <= len(blocks) / 8


@pytest.fixture(scope="module")
def sample_store(sample_path: Path) -> pyoxigraph.Store:
    """The sample's graph, each triple in the default graph, with its cube."""
    graph = fatu.build(sample_path)
    store = pyoxigraph.Store()
    store.bulk_load(write_ntriples(graph.quads, graph.iris), pyoxigraph.RdfFormat.N_TRIPLES)
    store.bulk_load(write_cube(graph.quads, graph.iris), pyoxigraph.RdfFormat.TURTLE)
    return store


SPARQL = [
    pytest.param(block.text, id=f"{name(page)}:{block.line}")
    for page in PAGES
    for block in read_blocks(page)
    if block.language == "sparql"
]


@pytest.mark.parametrize("text", SPARQL)
def test_every_query_is_answered_on_the_sample(text: str, sample_store: pyoxigraph.Store) -> None:
    rows = sample_store.query(text)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    assert next(iter(rows), None) is not None


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_file_of_the_checkout_too(page: Path) -> None:
    """Pages are read in the repository as well as on the site."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


# ------------------------------------------------------------------------------- what must be the same in two places


@pytest.mark.parametrize(
    ("heading", "columns"), [("metrics.csv", METRIC_COLUMNS), ("findings.csv", FINDING_COLUMNS)]
)
@pytest.mark.parametrize("page", [p for p in PAGES if p.name.startswith("files.")], ids=name)
def test_every_column_of_a_table_is_told_and_no_other(
    page: Path, heading: str, columns: tuple[str, ...]
) -> None:
    part = page.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    assert tuple(re.findall(r"`(\w+)`", " ".join(rows))) == columns


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))


def test_the_scores_are_the_same_in_both_languages() -> None:
    english, chinese = (
        [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
        for page in (SCORES, SCORES.with_name("scores.zh.md"))
    )
    assert len(english) == len(chinese) > 20
    for ours, theirs in zip(english, chinese, strict=True):
        assert sorted(numbers(ours)) == sorted(numbers(theirs)), f"{ours}\n{theirs}"


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_a_score_that_a_readme_quotes_is_one_of_the_table(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    quoted = re.findall(r"\b0\.\d{3}\b", text)
    assert quoted and set(quoted) <= set(re.findall(r"\b0\.\d{3}\b", SCORES.read_text(encoding="utf-8")))


def test_the_sample_is_as_the_readme_says() -> None:
    """9 accepted, 8 closed: 88.89 %, where the report says 90 %."""
    text = (ROOT / "graphs" / "410203-gov-2020" / "source.txt").read_text(encoding="utf-8")
    assert "受理行政复议案件9件,审结8件,结案率90%" in text
    assert round(8 / 9 * 100, 2) == 88.89
