"""The server's comparisons: the rows that the command gives, within limits, and what it says where there is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from commands import fatu
from comparison_texts import CITY, OTHER, comparison_quads
from fatu.exporting.formats import write_trig
from fatu.iris import Iris
from servers import Server, serve

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compared") / "all.trig"
    path.write_bytes(write_trig(comparison_quads(), Iris()))
    return path


@pytest.fixture(scope="module")
def server(graphs: Path) -> Iterator[Server]:
    """A server on nine small reports."""
    with serve("--data", graphs) as started:
        yield started


def test_it_answers_what_the_command_answers(server: Server, graphs: Path, tmp_path: Path) -> None:
    name = quote("行政复议案件受理数")
    answer = server.get(f"/compare.json?indicator={name}&year=2019-2020&area={CITY}&area={OTHER}")
    assert (answer.status, answer.media_type) == (200, "application/json")
    said = fatu(
        "compare", "--data", graphs, "--indicator", "recon-accepted", "--year", "2019-2020", "--area", CITY,
        "--area", OTHER, "--format", "json", cwd=tmp_path,
    )  # fmt: skip
    assert answer.json() == json.loads(said.out) and len(answer.json()) == 5


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("", 400, "indicator: field required"),
        (
            "?indicator=recon-acepted",
            400,
            "indicator: no indicator 'recon-acepted'; did you mean recon-accepted",
        ),
        ("?indicator=recon-accepted&year=20x", 400, "year: '20x' is no year"),
        ("?indicator=recon-accepted&level=town", 400, "level: 'town' is no level"),
        ("?indicator=recon-accepted&area=110000", 400, "area: no report is of 110000"),
    ],
)
def test_what_cannot_be_compared_is_told_in_a_line(
    server: Server, asked: str, status: int, said: str
) -> None:
    answer = server.get(f"/compare.json{asked}")
    assert answer.status == status and said in answer.text and len(answer.text.splitlines()) == 1
    assert "--" not in answer.text


def test_the_explorer_compares_the_reports_of_the_store(server: Server) -> None:
    page = server.get("/explorer").text
    assert 'id="view-compare"' in page and '"shared_text"' in page
