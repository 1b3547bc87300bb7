"""Graphs of several reports: in whatever order and company they were built, their union is the same, and a report
can be dropped without leaving anything behind."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from fatu.cli import main
from fatu.describing.registry import registry_quads
from fatu.describing.terms import Iri, Quad
from fatu.errors import InputError
from fatu.iris import Iris
from fatu.storing import read_quads, read_union

pytestmark = pytest.mark.slow

IRIS = Iris()
GOLD = Path(__file__).parents[1] / "gold"
REPORTS = ("invented-a", "invented-b", "invented-c")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, sample_path: Path) -> list[Path]:
    """Folders of four reports, each built by itself."""
    folder = tmp_path_factory.mktemp("apart")
    for text in (sample_path, *(GOLD / name / "text.txt" for name in REPORTS)):
        with pytest.raises(SystemExit) as ended:
            main(["build", str(text), "-o", str(folder)])
        assert ended.value.code == 0
    folders = sorted(folder.iterdir())
    assert len(folders) == 1 + len(REPORTS)
    return folders


def own_graphs(folder: Path) -> set[str]:
    return {q.graph for q in read_quads([folder])} - {IRIS.vocabulary_graph}


def test_the_order_of_reports_does_not_matter(built: list[Path]) -> None:
    union = read_union(built, IRIS)
    assert any(q.graph == IRIS.registry_graph for q in union)
    for order in permutations(built):
        assert read_union(order, IRIS) == union


def test_built_together_or_apart_they_are_the_same(
    built: list[Path], tmp_path: Path, sample_path: Path
) -> None:
    texts = [sample_path, *(GOLD / name / "text.txt" for name in REPORTS)]
    with pytest.raises(SystemExit) as ended:
        main(["build", *map(str, reversed(texts)), "-o", str(tmp_path)])
    assert ended.value.code == 0
    for folder in built:
        for file in folder.iterdir():
            assert (tmp_path / folder.name / file.name).read_bytes() == file.read_bytes()


def test_a_report_that_is_dropped_leaves_nothing(built: list[Path]) -> None:
    union = read_union(built, IRIS)
    for dropped in built:
        gone = own_graphs(dropped) | {IRIS.registry_graph}
        left = [q for q in union if q.graph not in gone]
        rebuilt = sorted([*left, *registry_quads(left, IRIS)])
        assert rebuilt == read_union([folder for folder in built if folder != dropped], IRIS)
        assert sorted({*rebuilt, *read_quads([dropped])}) == sorted(
            {*(q for q in union if q.graph != IRIS.registry_graph), *registry_quads(left, IRIS)}
        )


def test_every_graph_describes_what_it_speaks_of(built: list[Path]) -> None:
    """No node of ours is named in a report's graphs that they, or the vocabulary, do not describe."""
    data = f"{IRIS.base}id/"
    for folder in built:
        quads: list[Quad] = read_quads([folder])
        described = {q.subject for q in quads}
        named = {
            q.object.value for q in quads if isinstance(q.object, Iri) and q.object.value.startswith(data)
        }
        assert named <= described


def test_nothing_is_said_of_the_graphs_of_others(built: list[Path]) -> None:
    """What stands in a report's graphs is about the report or about what reports share."""
    reports = {
        q.subject for folder in built for q in read_quads([folder]) if q.object == Iri(IRIS.term("Report"))
    }
    for folder in built:
        own = {q.subject for q in read_quads([folder]) if q.object == Iri(IRIS.term("Report"))}
        others = reports - own
        subjects = {q.subject.split("#", 1)[0].removesuffix("/text") for q in read_quads([folder])}
        assert subjects.isdisjoint(others)


def test_a_query_of_one_report_finds_the_documents_to_use_too(built: list[Path]) -> None:
    for folder in built:
        assert any(q.graph == IRIS.registry_graph for q in read_union([folder], IRIS, alone=True))
        assert read_union([folder], IRIS) == read_quads([folder])


def test_reports_of_another_base_are_told(built: list[Path]) -> None:
    with pytest.raises(InputError, match=r"but under https://w3id\.org/fatu/; give --base-iri"):
        read_union(built, Iris("https://example.org/"))


def test_two_texts_of_one_report_are_refused(tmp_path: Path, sample_path: Path) -> None:
    text = sample_path.read_text(encoding="utf-8")
    for name, changed in (("one", text), ("two", text.replace("审结8件", "审结9件"))):
        (tmp_path / f"{name}.txt").write_text(changed, encoding="utf-8")
        with pytest.raises(SystemExit):
            main(["build", str(tmp_path / f"{name}.txt"), "-o", str(tmp_path / name)])
    with pytest.raises(InputError, match="twice with different texts"):
        read_union([tmp_path / "one", tmp_path / "two"], IRIS)
