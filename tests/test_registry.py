"""Which documents of several reports are one: the registry, a function of the whole set of graphs."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from fatu.describing.dataset import make_dataset
from fatu.describing.documents import Documents
from fatu.describing.registry import registry_of, registry_quads, title_key
from fatu.describing.terms import Iri, Literal, Quad
from fatu.describing.validation import validate
from fatu.iris import Iris
from fatu.pipeline import build
from fatu.storing import MemoryStore

IRIS = Iris()
DOC = "https://w3id.org/fatu/id/doc/"
FATU = "https://w3id.org/fatu/ns#"
SAME = "http://www.w3.org/2002/07/owl#sameAs"


def graph_of(folder: Path, title: str, *sentences: str) -> list[Quad]:
    """The quads of a report of its own, less the vocabulary."""
    path = folder / f"{title}.txt"
    path.write_text("\n\n".join([title, "一、工作情况", "".join(sentences)]) + "\n", encoding="utf-8")
    return [q for q in build(path).quads if q.graph != IRIS.vocabulary_graph]


def county(name: str) -> str:
    return f"{name}人民政府2022年度法治政府建设情况报告"


def same(quads: list[Quad]) -> set[tuple[str, str]]:
    """Pairs of documents that are one: who gives way, the one to use."""
    return {
        (q.subject.removeprefix(DOC), q.object.value.removeprefix(DOC))
        for q in registry_quads(quads, IRIS)
        if q.predicate == SAME
    }


def messages(quads: list[Quad]) -> list[str]:
    """Chinese messages of the registry's findings."""
    return sorted(
        q.object.value
        for q in registry_quads(quads, IRIS)
        if q.predicate.endswith("#comment") and isinstance(q.object, Literal) and q.object.language == "zh"
    )


def test_a_title_is_the_document_that_elsewhere_bears_it_with_a_number(tmp_path: Path) -> None:
    first = graph_of(
        tmp_path, county("石门县"), "按照《湖南省行政执法监督办法》(湘政发〔2021〕7号)要求,开展监督。"
    )
    second = graph_of(tmp_path, county("澧县"), "贯彻《湖南省行政执法监督办法》,开展监督。")
    assert same(first) == set()
    assert same([*first, *second]) == {("湖南省行政执法监督办法", "湘政发-2021-7")}


def test_with_and_without_the_issuer(tmp_path: Path) -> None:
    first = graph_of(
        tmp_path, county("石门县"), "贯彻《湖南省人民政府关于加强行政执法的意见》(湘政发〔2021〕8号)。"
    )
    second = graph_of(tmp_path, county("澧县"), "贯彻湖南省人民政府《关于加强行政执法的意见》,开展监督。")
    target = {t for _, t in same([*first, *second])}
    assert target == {"湘政发-2021-8"}


APART = [
    # what two reports of different counties say, and never one document
    ("按照《石门县人民政府关于印发石门县普法要点的通知》(石政发〔2022〕5号)要求,开展宣传。",
     "贯彻《石门县普法要点》,开展宣传。"),
    ("按照《关于做好普法工作的通知》(石政办发〔2022〕5号)要求,开展宣传。", "贯彻《关于做好普法工作的通知》,开展宣传。"),
    ("制定《行政执法案卷评查办法》。", "制定《行政执法案卷评查办法》。"),
    ("贯彻石门县司法局《关于开展案卷评查的通知》。", "贯彻澧县司法局《关于开展案卷评查的通知》(澧司发〔2022〕3号)。"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_stays_apart(one: str, other: str, tmp_path: Path) -> None:
    assert (
        same([*graph_of(tmp_path, county("石门县"), one), *graph_of(tmp_path, county("澧县"), other)])
        == set()
    )


def test_a_title_that_fits_two_numbers_is_neither(tmp_path: Path) -> None:
    quads = [
        *graph_of(tmp_path, county("石门县"), "贯彻《湖南省普法规划》(湘政发〔2016〕7号)。"),
        *graph_of(tmp_path, county("澧县"), "贯彻《湖南省普法规划》(湘政发〔2021〕9号)。"),
        *graph_of(tmp_path, county("临澧县"), "贯彻《湖南省普法规划》。"),
    ]
    assert same(quads) == set()
    assert messages(quads) == ["《湖南省普法规划》有不同文号:湘政发〔2016〕7号、湘政发〔2021〕9号"]


def known(iri: str, title: str, issuer: str = "", number: str = "", issues: str = "") -> list[Quad]:
    """What a graph says of one document."""
    said = [
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", Iri(f"{FATU}PolicyDocument")),
        ("http://purl.org/dc/terms/title", Literal(title, language="zh")),
    ]
    said += [(f"{FATU}issuedBy", Iri(f"https://w3id.org/fatu/id/org/{issuer}"))] if issuer else []
    said += [(f"{FATU}docNumber", Literal(number))] if number else []
    said += [(f"{FATU}promulgates", Iri(DOC + issues))] if issues else []
    return [Quad(DOC + iri, predicate, value, "urn:g") for predicate, value in said]


def test_one_that_tells_no_issuer_joins_no_two_that_do() -> None:
    quads = [
        *known("a", "石门县水利管理办法", "430726/人民政府"),
        *known("b", "石门县水利管理办法", "430726/人民政府办公室"),
        *known("c", "石门县水利管理办法"),
    ]
    assert same(quads) == set()


def test_a_notice_and_its_text_are_not_joined_over_a_third() -> None:
    quads = [
        *known("n", "石门县法治规划", "430726/人民政府", "石政发〔2021〕9号", issues="t"),
        *known("t", "石门县法治规划", "430726/人民政府"),
        *known("u", "石门县法治规划", "430726/人民政府"),
    ]
    pairs = same(quads)
    assert ("t", "n") not in pairs and len(pairs) == 1


NO_CONTRADICTION = [
    # a short title names many papers; one title of two governments is two papers
    [known("a", "工作方案", "430726/人民政府", "石政发〔2019〕1号"),
     known("b", "工作方案", "430726/人民政府", "石政发〔2020〕1号")],
    [known("a", "关于加强法治建设的意见", "430726/人民政府", "石政发〔2019〕1号"),
     known("b", "关于加强法治建设的意见", "430723/人民政府", "澧政发〔2019〕1号")],
]  # fmt: skip


@pytest.mark.parametrize("documents", NO_CONTRADICTION)
def test_papers_of_one_name_are_no_contradiction(documents: list[list[Quad]]) -> None:
    assert messages([quad for document in documents for quad in document]) == []


def test_many_papers_of_one_name_take_no_longer_than_their_number() -> None:
    quads = [
        q
        for n in range(3000)
        for q in known(f"{n:06}/普法要点", "关于印发普法工作要点的通知", f"{n:06}/人民政府")
    ]
    assert same(quads) == set()


def test_an_offset_that_is_no_number_is_passed_over() -> None:
    span = Quad("urn:s", "http://www.w3.org/ns/oa#start", Literal("x"), "urn:g")
    cite = [
        Quad("urn:c", f"{FATU}cites", Iri(f"{DOC}a"), "urn:g"),
        Quad("urn:c", f"{FATU}evidence", Iri("urn:s"), "urn:g"),
    ]
    assert registry_quads([*known("a", "石门县法治规划"), span, *cite], IRIS)


def test_a_number_with_two_titles_is_told_and_both_are_kept(tmp_path: Path) -> None:
    quads = [
        *graph_of(tmp_path, county("石门县"), "贯彻《湖南省普法规划》(湘政发〔2016〕7号)。"),
        *graph_of(tmp_path, county("澧县"), "贯彻《湖南省执法监督办法》(湘政发〔2016〕7号)。"),
    ]
    assert messages(quads) == ["湘政发〔2016〕7号有不同标题:《湖南省执法监督办法》、《湖南省普法规划》"]
    titles = {q.object.value for q in quads if q.subject == f"{DOC}湘政发-2016-7" and "title" in q.predicate}
    assert titles == {"湖南省普法规划", "湖南省执法监督办法"}


VARIANTS = [
    # (two titles of 湘政发〔2021〕7号)
    ("关于加强行政执法监督的意见", "湖南省人民政府关于加强行政执法监督的意见"),
    ("湖南省普法规划(2021—2025年)", "湖南省普法规划(2021-2025)"),
    ("关于加强行政执法监督的意见", "加强行政执法监督的意见"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), VARIANTS)
def test_variants_of_a_title_are_no_contradiction(one: str, other: str, tmp_path: Path) -> None:
    quads = [
        *graph_of(tmp_path, county("石门县"), f"贯彻《{one}》(湘政发〔2021〕7号)。"),
        *graph_of(tmp_path, county("澧县"), f"贯彻《{other}》(湘政发〔2021〕7号)。"),
    ]
    assert messages(quads) == []


def test_every_document_has_one_to_use(tmp_path: Path) -> None:
    quads = [
        *graph_of(
            tmp_path,
            county("石门县"),
            "贯彻《湖南省行政执法监督办法》(湘政发〔2021〕7号)和《湖南省普法规划》。",
        ),
        *graph_of(tmp_path, county("澧县"), "贯彻《湖南省行政执法监督办法》。"),
    ]
    kind = Iri(f"{FATU}PolicyDocument")
    documents = {q.subject for q in quads if q.object == kind}
    canonical = [
        (q.subject, q.object.value) for q in registry_quads(quads, IRIS) if q.predicate == f"{FATU}canonical"
    ]
    assert {subject for subject, _ in canonical} == documents
    assert len(canonical) == len(documents)
    assert {target for _, target in canonical} <= documents


def test_a_merge_names_its_evidence(tmp_path: Path) -> None:
    quads = [
        *graph_of(tmp_path, county("石门县"), "贯彻《湖南省行政执法监督办法》(湘政发〔2021〕7号)。"),
        *graph_of(tmp_path, county("澧县"), "贯彻《湖南省行政执法监督办法》。"),
    ]
    registry = registry_quads(quads, IRIS)
    spans = {q.object.value for q in registry if q.predicate == f"{FATU}evidence"}
    exact = {q.object.value for q in quads if q.subject in spans and q.predicate.endswith("oa#exact")}
    assert exact == {"《湖南省行政执法监督办法》"} and len(spans) == 2


def test_the_union_keeps_to_the_shapes(tmp_path: Path) -> None:
    quads = [
        *graph_of(
            tmp_path,
            county("石门县"),
            "贯彻《湖南省行政执法监督办法》(湘政发〔2021〕7号)和《湖南省普法规划》(湘政发〔2016〕7号)。",
        ),
        *graph_of(tmp_path, county("澧县"), "贯彻《湖南省行政执法监督办法》和《湖南省执法规划》(湘政发〔2016〕7号)。"),
    ]  # fmt: skip
    result = validate(make_dataset([*quads, *registry_quads(quads, IRIS)], IRIS))
    assert [v for v in result.violations if v.severity != "info"] == []


def test_order_does_not_matter_and_what_it_wrote_before_neither(tmp_path: Path) -> None:
    quads = [
        *graph_of(tmp_path, county("石门县"), "贯彻《湖南省行政执法监督办法》(湘政发〔2021〕7号)。"),
        *graph_of(tmp_path, county("澧县"), "贯彻《湖南省行政执法监督办法》。贯彻湖南省人民政府《关于普法的意见》。"),
        *graph_of(tmp_path, county("临澧县"), "贯彻《湖南省人民政府关于普法的意见》(湘政发〔2020〕1号)。"),
    ]  # fmt: skip
    registry = registry_quads(quads, IRIS)
    for seed in range(20):
        shuffled = random.Random(seed).sample(quads, len(quads))
        assert registry_quads(shuffled, IRIS) == registry
    assert registry_quads([*quads, *registry], IRIS) == registry


def cited_often(count: int) -> Iterator[Quad]:
    """One document that many reports cite, each beside one of its own."""
    yield from known("纲要", "法治政府建设实施纲要(2021—2025年)", "cn/国务院")
    for n in range(count):
        yield from known(f"{n:06}/要点", f"关于普法工作第{n}号要点的通知", f"{n:06}/人民政府")
        for document in ("纲要", f"{n:06}/要点"):
            citation, span, graph = f"urn:c:{document}:{n}", f"urn:s:{document}:{n}", f"urn:g:{n}"
            yield Quad(citation, f"{FATU}cites", Iri(f"{DOC}{document}"), graph)
            yield Quad(citation, f"{FATU}inReport", Iri(f"urn:r:{n}"), graph)
            yield Quad(citation, f"{FATU}evidence", Iri(span), graph)
            yield Quad(span, "http://www.w3.org/ns/oa#start", Literal(str(n)), graph)
            yield Quad(span, "http://www.w3.org/ns/oa#end", Literal(str(n + 9)), graph)


def test_memory_does_not_grow_with_the_number_of_reports() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        with Documents(IRIS, cited_often(count)) as documents:
            assert (
                sum(1 for q in registry_of(documents, IRIS) if q.predicate == f"{FATU}canonical") == count + 1
            )
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(3000)  # what caches keep is there now
    assert peak(3000) < 1.2 * peak(300)


KEYS = [
    ("国务院关于加强法治政府建设的意见", "关于加强法治政府建设的意见", True),
    ("中共中央办公厅 国务院办公厅关于完善立法的意见", "关于完善立法的意见", True),
    ("法治政府建设实施纲要(2015—2020年)", "法治政府建设实施纲要（2015-2020）", True),
    ("法治政府建设实施纲要(2015—2020年)", "法治政府建设实施纲要(2021—2025年)", False),
    ("石门县普法规划", "普法规划", False),
]


@pytest.mark.parametrize(("one", "other", "alike"), KEYS)
def test_key_of_a_title(one: str, other: str, alike: bool) -> None:
    assert (title_key(one) == title_key(other)) is alike


CHAIN = """
PREFIX fatu: <https://w3id.org/fatu/ns#>
SELECT DISTINCT ?below ?above {
  ?below fatu:canonical? / (fatu:implementsPolicy / fatu:canonical?)+ ?above .
  FILTER NOT EXISTS { ?above fatu:implementsPolicy ?other }
}
"""


def test_policies_pass_down_over_several_reports(tmp_path: Path) -> None:
    """The city's report tells what its plan carries out, the county's what the county's does: one chain."""
    city = "贯彻《湖南省法治规划》。为贯彻落实《湖南省法治规划》,市政府制定《常德市法治规划》(常政发〔2021〕6号)。"
    above = (
        "为贯彻落实《法治政府建设实施纲要(2021—2025年)》,省政府制定《湖南省法治规划》(湘政发〔2021〕2号)。"
    )
    below = "为贯彻落实《常德市法治规划》,县政府制定《石门县法治规划》(石政发〔2021〕9号)。"
    quads = [
        *graph_of(tmp_path, "湖南省人民政府2022年度法治政府建设情况报告", above),
        *graph_of(tmp_path, "常德市人民政府2022年度法治政府建设情况报告", city),
        *graph_of(tmp_path, county("石门县"), below),
    ]
    store = MemoryStore([*quads, *registry_quads(quads, IRIS)])
    pairs = {(row["below"].value, row["above"].value) for row in store.query(CHAIN)}
    assert (f"{DOC}石政发-2021-9", f"{DOC}法治政府建设实施纲要-2021-2025") in pairs
