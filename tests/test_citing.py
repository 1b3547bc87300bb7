"""Citation networks: which documents reach which areas, when and for what. What is expected is read from the texts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import call_fatu, fatu
from corpora import build, report, write_files
from fatu.describing.terms import Iri, Literal, Object, Quad
from fatu.errors import FatuError
from fatu.iris import BASE
from fatu.querying.cited import (
    AreaCitations,
    CitationChoice,
    CitationNetwork,
    CitedDocument,
    CitingArea,
    DocumentTie,
)
from fatu.querying.citing import read_citations
from fatu.storing import MemoryStore, open_store
from fatu.viewing.citation_formats import CITATION_COLUMNS, draw_citations, format_citations
from fatu.viewing.reach import CitationFigures, DocumentReach, measure_citations
from fatu.viewing.wording import load_network_words

SHUNHE, KAIFENG, JIANGAN, WUHAN = "开封市顺河回族区", "开封市", "武汉市江岸区", "武汉市"
SHARED = "认真学习贯彻《中华人民共和国行政处罚法》,全面落实行政执法公示、执法全过程记录、重大执法决定法制审核三项制度。"
TEXTS = {
    "shunhe-2020": report(
        SHUNHE,
        2020,
        "全面贯彻落实《法治政府建设实施纲要(2015—2020年)》。",
        "组织宣传《民法典》活动,广泛宣传《民法典》。",
        "为贯彻落实《法治社会建设实施纲要(2020—2025年)》,区政府制定了《顺河回族区法治社会建设实施方案》。",
    ),
    "shunhe-2021": report(
        SHUNHE,
        2021,
        "贯彻落实《河南省人民政府关于加强行政执法监督工作的意见》(豫政〔2019〕5号)。",
        SHARED,
    ),
    "kaifeng-2019": report(
        KAIFENG,
        2019,
        "贯彻落实《河南省人民政府关于加强行政执法监督工作的意见》。",
        "全面贯彻落实《法治政府建设实施纲要(2015—2020年)》。",
    ),
    "jiangan-2021": report(JIANGAN, 2021, "宣传《民法典》。", SHARED),
    "wuhan-2020": report(WUHAN, 2020, "调解民间纠纷20件。"),
}
OUTLINE, SOCIETY, CODE = "法治政府建设实施纲要-2015-2020", "法治社会建设实施纲要-2020-2025", "民法典"
PENALTIES, HENAN, OWN = "行政处罚法", "豫政-2019-5", "顺河回族区法治社会建设实施方案"
NOTICE, DECISION = "中发-2015-36", "中共中央关于全面推进依法治国若干重大问题的决定"

EDGES = [
    # area, document, functions, years, reports, citations, of these in shared paragraphs
    ("410200", OUTLINE, "implementsPolicy 1", "2019", 1, 1, 0),
    ("410200", HENAN, "implementsPolicy 1", "2019", 1, 1, 0),  # by its title alone
    ("410203", CODE, "publicises 2", "2020", 1, 2, 0),
    ("410203", OUTLINE, "implementsPolicy 1", "2020", 1, 1, 0),
    ("410203", SOCIETY, "implementsPolicy 1", "2020", 1, 1, 0),
    ("410203", PENALTIES, "implementsPolicy 1", "2021", 1, 1, 1),
    ("410203", HENAN, "implementsPolicy 1", "2021", 1, 1, 0),  # by title and number
    ("410203", OWN, "issues 1", "2020", 1, 1, 0),
    ("420102", CODE, "publicises 1", "2021", 1, 1, 0),
    ("420102", PENALTIES, "implementsPolicy 1", "2021", 1, 1, 1),
]
DOCUMENTS = {
    # number, issuer, level, issuing areas, told by, year
    DECISION: ("", "中共中央", "country", ("100000",), "issuer", 2014),
    NOTICE: ("中发〔2015〕36号", "中共中央、国务院", "country", ("100000",), "issuer", 2015),
    CODE: ("", "全国人民代表大会", "country", ("100000",), "issuer", 2020),
    OUTLINE: ("", "中共中央、国务院", "country", ("100000",), "issuer", 2015),  # the year of its notice
    SOCIETY: ("", "中共中央", "country", ("100000",), "issuer", 2020),
    PENALTIES: ("", "全国人民代表大会", "country", ("100000",), "issuer", 1996),
    HENAN: ("豫政〔2019〕5号", "河南省人民政府", "province", ("410000",), "issuer", 2019),
    OWN: ("", "开封市顺河回族区人民政府", "county", ("410203",), "issuer", None),
}
REACH = {
    # areas, provinces, reports, citations, first, last, years to reach, areas followed since its year
    OUTLINE: (2, 1, 2, 2, 2019, 2020, "4.5", 0),  # 开封 2019 − 2015, 顺河 2020 − 2015
    HENAN: (2, 1, 2, 2, 2019, 2021, "1", 1),  # 开封 0, 顺河 2; of 顺河 there is none of 2019
    CODE: (2, 2, 2, 3, 2020, 2021, "0.5", 1),
    PENALTIES: (2, 2, 2, 2, 2021, 2021, "25", 0),
    SOCIETY: (1, 1, 1, 1, 2020, 2020, "0", 1),
    OWN: (1, 1, 1, 1, 2020, 2020, None, 0),
    NOTICE: (0, 0, 0, 0, None, None, None, 0),
    DECISION: (0, 0, 0, 0, None, None, None, 0),
}


def tail(iri: str) -> str:
    return iri.rpartition("/")[2]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("citing")
    build(
        write_files(place / "reports", {f"{name}.txt": text for name, text in TEXTS.items()}), place / "store"
    )
    return place / "store"


def read(store: Path, choice: CitationChoice | None = None) -> CitationNetwork:
    with open_store(str(store)) as opened:
        return read_citations(opened, choice)


def edges(network: CitationNetwork) -> list[tuple[object, ...]]:
    return [
        (
            cited.area,
            tail(cited.document),
            "; ".join(f"{name} {count}" for name, count in cited.functions),
            " ".join(map(str, cited.years)),
            cited.reports,
            cited.citations,
            cited.shared,
        )
        for cited in network.citations
    ]


# ---- what is read from a store -------------------------------------------------------------------------------


def test_an_edge_tells_when_for_what_and_how_often_the_reports_of_an_area_cite_a_document(
    store: Path,
) -> None:
    assert sorted(edges(read(store))) == sorted(EDGES)
    assert read(store).unresolved == 0


def test_a_document_is_told_with_its_issuer_level_and_year(store: Path) -> None:
    found = {
        tail(d.iri): (d.number, d.issuer, d.level, d.areas, d.told, d.year) for d in read(store).documents
    }
    assert found == DOCUMENTS


def test_documents_are_tied_by_what_promulgates_and_what_implements_them(store: Path) -> None:
    assert {(tail(tie.source), tie.relation, tail(tie.target)) for tie in read(store).ties} == {
        (NOTICE, "promulgates", OUTLINE),
        (OUTLINE, "implementsPolicy", DECISION),
        (OWN, "implementsPolicy", SOCIETY),
    }


def test_every_area_with_a_report_is_there_and_those_that_issue(store: Path) -> None:
    assert [(a.code, a.name, a.level, a.within, a.reports, a.years) for a in read(store).areas] == [
        ("100000", "中华人民共和国", "country", "", 0, ()),
        ("410000", "河南省", "province", "100000", 0, ()),
        ("410200", "开封市", "prefecture", "410000", 1, (2019,)),
        ("410203", "顺河回族区", "county", "410200", 2, (2020, 2021)),
        ("420100", "武汉市", "prefecture", "420000", 1, (2020,)),  # it cites nothing, and is shown
        ("420102", "江岸区", "county", "420100", 1, (2021,)),
    ]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        pytest.param(CitationChoice(areas=("42",)), [8, 9], id="a province"),
        pytest.param(CitationChoice(areas=("410200",)), [0, 1], id="six digits: that area alone"),
        pytest.param(CitationChoice(areas=("开封市",)), [*range(8)], id="a name: with all below it"),
        pytest.param(CitationChoice(years=(2019, 2020)), [0, 1, 2, 3, 4, 7], id="years of reports"),
        pytest.param(CitationChoice(levels=("province", "county")), [1, 6, 7], id="levels of documents"),
        pytest.param(CitationChoice(reports=("420102-gov-2021",)), [8, 9], id="a report"),
    ],
)
def test_a_choice_leaves_these_edges(store: Path, choice: CitationChoice, expected: list[int]) -> None:
    assert sorted(edges(read(store, choice))) == sorted(EDGES[n] for n in expected)


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        (CitationChoice(areas=("11",)), "no report is of 11"),
        (CitationChoice(years=(1999,)), "no report is of these areas, years and levels"),
        (CitationChoice(reports=("110000-gov-2020",)), "no report '110000-gov-2020'"),
    ],
)
def test_a_choice_of_nothing_is_told(store: Path, choice: CitationChoice, problem: str) -> None:
    with pytest.raises(FatuError, match=problem):
        read(store, choice)


# ---- whose a document is -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "贯彻落实《法治平乡县建设规划(2020—2025年)》。", ("county", ("130532",), "title"), id="its title names it"
        ),
        pytest.param(
            "贯彻落实《鼓楼区依法行政规划》。", ("county", ("410204",), "title"),
            id="of the four 鼓楼区 that of the citing city",
        ),
        pytest.param("贯彻落实《关于推进依法行政的若干办法》。", None, id="nothing tells"),
    ],
)  # fmt: skip
def test_without_an_issuer_what_else_tells_whose_a_document_is(
    tmp_path: Path, sentence: str, expected: tuple[str, tuple[str, ...], str] | None
) -> None:
    build(write_files(tmp_path / "reports", {"a.txt": report(KAIFENG, 2020, sentence)}), tmp_path / "store")
    (document,) = read(tmp_path / "store").documents
    if expected:
        assert (document.level, document.areas, document.told) == expected
    else:
        # Kept apart by the area that cites it, or open: never said to be of another.
        assert set(document.areas) <= {"410200"}


PREFIXES = f"""@prefix : <{BASE}ns#> . @prefix id: <{BASE}id/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix r: <{BASE}id/report/410203/gov/2020> . @prefix c: <{BASE}id/report/410203/gov/2020#cite-> .
@prefix doc: <{BASE}id/doc/> . @prefix area: <{BASE}id/area/> . @prefix org: <{BASE}id/org/> .
r: a :Report ; :area area:410203 ; :reportYear "2020"^^xsd:gYear .
"""


def read_turtle(text: str) -> CitationNetwork:
    """The network of one report of 410203, with what the text says of its citations and documents."""
    parsed = pyoxigraph.parse((PREFIXES + text).encode(), format=pyoxigraph.RdfFormat.TURTLE)
    quads = [_quad(triple) for triple in parsed]
    return read_citations(MemoryStore(quads))


def _quad(triple: pyoxigraph.Quad) -> Quad:
    value = triple.object
    told: Object
    if isinstance(value, pyoxigraph.Literal):
        kind = {"language": value.language} if value.language else {"datatype": value.datatype.value}
        told = Literal(value.value, **kind)
    else:
        told = Iri(value.value)
    return Quad(triple.subject.value, triple.predicate.value, told, "urn:g")


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        pytest.param(
            ":issuedBy org:a . org:a :area area:410200 ; skos:prefLabel '某机关'@zh",
            ("prefecture", ("410200",), "issuer", None), id="its issuer",
        ),
        pytest.param(
            ":issuedBy org:a , org:b . org:a :area area:410200 . org:b :area area:410000",
            ("province", ("410000", "410200"), "issuer", None), id="of several the highest",
        ),
        pytest.param(
            ":issuedBy org:a . org:a :area area:410203 ; :township area:410203200",
            ("township", ("410203200",), "issuer", None), id="a township within the area of its code",
        ),
        pytest.param(
            ":docYear '2019'^^xsd:gYear ; dct:created '2018-12-30'^^xsd:date",
            ("unknown", (), "", 2019), id="the year of its number goes first",
        ),
        pytest.param(
            "dct:created '2018-12'^^xsd:gYearMonth ; dct:issued '2019-01-02'^^xsd:date ; dct:modified '2020'",
            ("unknown", (), "", 2018), id="else that of its signing",
        ),
        pytest.param(
            ":periodStart '2016'^^xsd:gYear ; :periodEnd '2020'^^xsd:gYear",
            ("unknown", (), "", None), id="a period is no year of it",
        ),
        pytest.param(
            "dct:title '实施办法'@zh . doc:n a :PolicyDocument ; :promulgates doc:x ; :docYear '2017'^^xsd:gYear ; "
            ":issuedBy org:a . org:a :area area:410000",
            ("province", ("410000",), "notice", 2017), id="the notice that promulgates it",
        ),
    ],
)  # fmt: skip
def test_level_and_year_of_a_document(
    statements: str, expected: tuple[str, tuple[str, ...], str, int | None]
) -> None:
    found = read_turtle(
        f"c:1 a :Citation ; :inReport r: ; :cites doc:x . doc:x a :PolicyDocument ; {statements} ."
    )
    (document,) = [d for d in found.documents if d.iri.endswith("doc/x")]
    assert (document.level, document.areas, document.told, document.year) == expected


def test_a_paper_that_its_iri_keeps_apart_is_of_the_area_in_it() -> None:
    found = read_turtle(
        "c:1 a :Citation ; :inReport r: ; :cites <https://w3id.org/fatu/id/doc/410203/通知> . "
        "<https://w3id.org/fatu/id/doc/410203/通知> a :PolicyDocument ."
    )
    assert [(d.areas, d.told) for d in found.documents] == [(("410203",), "iri")]


def test_several_iris_of_one_document_are_one() -> None:
    found = read_turtle(
        "c:1 a :Citation ; :inReport r: ; :cites doc:number ; :function :guides . "
        "c:2 a :Citation ; :inReport r: ; :cites doc:title ; :function :publicises . "
        "doc:number a :PolicyDocument ; :canonical doc:number ; :docNumber '豫政〔2019〕5号' . "
        "doc:title a :PolicyDocument ; :canonical doc:number ; dct:title '意见'@zh ."
    )
    assert [(tail(d.iri), d.number, d.title) for d in found.documents] == [
        ("number", "豫政〔2019〕5号", "意见")
    ]
    assert edges(found) == [("410203", "number", "guides 1; publicises 1", "2020", 1, 2, 0)]


def test_a_citation_of_no_known_document_is_counted_not_lost() -> None:
    found = read_turtle(
        "c:1 a :Citation ; :inReport r: ; :candidate doc:x , doc:y . c:2 a :Citation ; :inReport r: ; :cites doc:x ."
    )
    assert (found.unresolved, [edge[1:3] for edge in edges(found)]) == (1, [("x", "mentions 1")])
    table = format_citations(found, measure_citations(found), "table", language="en").decode()
    assert table.endswith("1 more citations are of documents that could not be decided\n")


# ---- figures -------------------------------------------------------------------------------------------------


def reach(figures: CitationFigures) -> dict[str, DocumentReach]:
    return {tail(found.document.iri): found for found in figures.documents}


def test_reach_counts_areas_provinces_reports_and_years(store: Path) -> None:
    found = reach(measure_citations(read(store)))
    assert {
        name: (
            f.areas, f.provinces, f.reports, f.citations, f.first, f.last,
            None if f.years_to_reach is None else str(f.years_to_reach), f.followed,
        )
        for name, f in found.items()
    } == REACH  # fmt: skip


def test_a_title_that_a_number_is_given_to_by_mistake_reaches_nobody(tmp_path: Path) -> None:
    """Two cities give a number of their own to two titles of which the second names no place: it is no document that
    both cite."""
    papers = {
        KAIFENG: "落实《开封市人民政府关于加强行政应诉工作的意见》(汴政〔2021〕3号)。"
        "落实《执法案卷评查办法》(汴政〔2021〕3号)。",
        WUHAN: "落实《武汉市人民政府关于加强行政应诉工作的意见》(武政〔2021〕7号)。"
        "落实《执法案卷评查办法》(武政〔2021〕7号)。",
    }
    texts = {f"{area}.txt": report(area, 2021, sentence) for area, sentence in papers.items()}
    build(write_files(tmp_path / "reports", texts), tmp_path / "store")
    figures = measure_citations(read(tmp_path / "store"))
    assert {tail(reach.document.iri): (reach.areas, reach.citations) for reach in figures.documents} == {
        "汴政-2021-3": (1, 2),
        "武政-2021-7": (1, 2),
    }


def test_in_degrees_are_told_by_level(store: Path) -> None:
    found = reach(measure_citations(read(store)))
    assert found[OUTLINE].by_level == {"prefecture": 1, "county": 1}
    assert found[CODE].by_level == {"county": 2}
    assert found[SOCIETY].carried_out == {"county": 1}
    assert found[DECISION].carried_out == {"country": 1}
    assert found[CODE].functions == (("publicises", 3),)


def test_an_area_is_told_with_the_levels_of_what_reaches_it(store: Path) -> None:
    found = {f.area.code: (f.documents, f.by_level) for f in measure_citations(read(store)).areas}
    assert found == {
        "410200": (2, {"country": 1, "province": 1}),
        "410203": (6, {"country": 4, "province": 1, "county": 1}),
        "420100": (0, {}),
        "420102": (2, {"country": 2}),
    }


def network(citing: Iterable[tuple[str, str]], ties: Iterable[tuple[str, str]] = ()) -> CitationNetwork:
    """Areas by codes and documents by letters; each area has one report of 2020, each document is of 2019."""
    citing, ties = sorted(citing), sorted(ties)
    names = sorted({d for _, d in citing} | {d for tie in ties for d in tie})
    return CitationNetwork(
        documents=tuple(
            CitedDocument(name, name, "", "", "country", ("100000",), "issuer", 2019) for name in names
        ),
        areas=(
            CitingArea("100000", "area:100000", "全国", "country", "", 0, ()),
            *(
                CitingArea(code, f"area:{code}", code, "county", f"{code[:4]}00", 1, (2020,))
                for code in sorted({area for area, _ in citing})
            ),
        ),
        citations=tuple(AreaCitations(a, d, (("mentions", 1),), (2020,), 1, 1, 0) for a, d in citing),
        ties=tuple(DocumentTie(a, b, "implementsPolicy") for a, b in ties),
        unresolved=0,
    )


def test_areas_that_lean_on_the_same_documents_are_a_community() -> None:
    """Three areas of one province cite a and b, three of another c and d, all six the law."""
    north, south = ("130102", "130104", "130105"), ("440103", "440104", "440105")
    figures = measure_citations(
        network(
            [(area, d) for area in north for d in ("a", "b", "law")]
            + [(area, d) for area in south for d in ("c", "d", "law")]
        )
    )
    found = [(c.areas, [(d.iri, n) for d, n in c.leading[:2]]) for c in figures.communities]
    assert found == [(north, [("a", 3), ("b", 3)]), (south, [("c", 3), ("d", 3)])]


def test_a_document_of_one_area_ties_it_to_no_other() -> None:
    assert measure_citations(network([("130102", "a"), ("130104", "b")])).communities == ()


def test_pagerank_flows_through_a_document_to_what_it_implements() -> None:
    """One area cites a, a implements b; the country stands by itself. With x = what each has from chance:
    area x, a x + .85x, b x + .85·1.85x, country x; all add up to 1."""
    found = reach(measure_citations(network([("130102", "a")], [("a", "b")])))
    x = 1 / (1 + 1.85 + 1 + 0.85 * 1.85 + 1)
    assert found["a"].pagerank == Decimal(f"{1.85 * x:.6f}")
    assert found["b"].pagerank == Decimal(f"{(1 + 0.85 * 1.85) * x:.6f}")


@given(
    st.sets(st.tuples(st.sampled_from(["130102", "130104", "440103"]), st.sampled_from("abcd"))),
    st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"))),
)
def test_figures_add_up(citing: set[tuple[str, str]], ties: set[tuple[str, str]]) -> None:
    figures = measure_citations(network(citing, {(a, b) for a, b in ties if a != b}))
    assert sum(found.areas for found in figures.documents) == len(citing)
    assert sum(found.documents for found in figures.areas) == len(citing)
    assert all(sum(found.by_level.values()) == found.areas for found in figures.documents)
    in_communities = [code for community in figures.communities for code in community.areas]
    assert len(in_communities) == len(set(in_communities))


# ---- formats -------------------------------------------------------------------------------------------------


def test_graphml_and_gexf_read_back_as_the_same_network(store: Path) -> None:
    found = read(store)
    figures = measure_citations(found)
    graphml = nx.read_graphml(io.BytesIO(format_citations(found, figures, "graphml")), force_multigraph=True)
    gexf = nx.read_gexf(io.BytesIO(format_citations(found, figures, "gexf")))
    drawn = draw_citations(found, figures)
    for back in (graphml, gexf):
        assert set(back) == set(drawn)
        assert sorted(_told(back)) == sorted(_told(drawn))
    code = BASE + "id/doc/" + CODE
    assert graphml.nodes[code] | {"pagerank": 0} == {
        "label": CODE, "class": "PolicyDocument", "issuer": "全国人民代表大会", "level": "country", "told": "issuer",
        "year": 2020, "areas": 2, "provinces": 2, "reports": 2, "citations": 3, "shared": 0,
        "functions": "publicises 3", "first": 2020, "last": 2021, "areas_county": 2, "pagerank": 0,
        "years_to_reach": 0.5, "followed": 1,
    }  # fmt: skip
    assert graphml.nodes[code]["pagerank"] == float(reach(figures)[CODE].pagerank)


def _told(drawn: nx.Graph) -> Iterator[tuple[str, str, str, int, str]]:
    """The edges, each with what it is and what it tells."""
    for source, target, data in drawn.edges(data=True):
        yield source, target, data["label"], int(data["weight"]), data.get("functions", "")


def test_the_file_for_gephi_has_every_kind_of_edge(store: Path) -> None:
    found = read(store)
    drawn = draw_citations(found, measure_citations(found))
    kinds = {(tail(a), label, tail(b)) for a, b, label in drawn.edges(data="label")}
    assert {
        ("410203", "cites", PENALTIES),
        (OWN, "implementsPolicy", SOCIETY),
        (NOTICE, "promulgates", OUTLINE),
        (HENAN, "issuingArea", "410000"),
    } <= kinds
    assert len(kinds) == len(EDGES) + 3 + len(DOCUMENTS)


def test_csv_has_a_row_for_each_area_and_document(store: Path) -> None:
    found = read(store)
    text = format_citations(found, measure_citations(found), "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == CITATION_COLUMNS
    assert len(rows) == len(EDGES)
    assert rows[1] == {
        "area": "410200", "area_name": "开封市", "area_level": "prefecture", "within": "410000",
        "title": "河南省人民政府关于加强行政执法监督工作的意见", "number": "豫政〔2019〕5号",
        "issuer": "河南省人民政府", "level": "province", "document_year": "2019",
        "first": "2019", "last": "2019", "years": "2019", "functions": "implementsPolicy 1",
        "citations": "1", "reports": "1", "shared": "0", "document": BASE + "id/doc/" + HENAN,
    }  # fmt: skip


def test_json_has_all_of_it_without_a_float(store: Path) -> None:
    found = read(store)
    text = format_citations(found, measure_citations(found), "json").decode()
    told = json.loads(text, parse_float=lambda number: pytest.fail(f"a float: {number}"))
    assert list(told) == [
        "documents", "areas", "citations", "ties", "communities", "modularity", "unresolved",
    ]  # fmt: skip
    assert len(told["citations"]) == len(EDGES)
    own = next(d for d in told["documents"] if tail(d["iri"]) == HENAN)
    assert (own["years_to_reach"], own["followed"], own["issuing_areas"]) == ("1", 1, ["410000"])


def test_the_table_tells_reach_areas_and_what_implements_what(store: Path) -> None:
    found = read(store)
    figures = measure_citations(found)
    zh = format_citations(found, figures, "table").decode()
    line = next(line for line in zh.splitlines() if "豫政〔2019〕5号" in line)
    assert line.split()[1:6] == ["2", "1", "2", "2019–2021", "≤1"]  # 顺河's reports do not go back to 2019
    assert "贯彻 2" in line and "省级" in line
    assert any(OWN in line and "法治社会建设实施纲要" in line for line in zh.splitlines())
    en = format_citations(found, figures, "table", top=1, language="en").decode()
    assert en.startswith("# Reach of documents (1/6)\n")


def test_every_function_of_citations_has_words() -> None:
    functions = {
        "compiledUnder",
        "implementsPolicy",
        "issues",
        "publicises",
        "guides",
        "concerns",
        "mentions",
    }
    assert {f"function.{name}" for name in functions} <= set(load_network_words())


# ---- the command ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["table", "json", "csv", "graphml", "gexf"])
def test_a_store_and_its_files_give_the_same_bytes_whatever_the_hash_seed(
    store: Path, tmp_path: Path, style: str
) -> None:
    opened = pyoxigraph.Store.read_only(str(store))
    data = opened.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    named = [line for line in (data or b"").decode().splitlines() if line.endswith("> .")]
    (tmp_path / "all.nq").write_text("\n".join(named) + "\n", encoding="utf-8")
    common = ("network", "--citations", "--format", style)
    first = fatu(*common, "--store", store, cwd=tmp_path, PYTHONHASHSEED="1")
    second = fatu(*common, tmp_path / "all.nq", cwd=tmp_path, PYTHONHASHSEED="2")
    assert (first.code, first.err, first.out) == (0, "", second.out)
    assert first.out


def test_the_name_of_the_file_says_its_format(store: Path, tmp_path: Path) -> None:
    done = call_fatu(
        "network", "--citations", "--store", store, "--level", "province", "-o", "out.gexf", cwd=tmp_path
    )
    assert done.code == 0, done.err
    back = nx.read_gexf(tmp_path / "out.gexf")
    assert {tail(iri) for iri, kind in back.nodes(data="class") if kind == "PolicyDocument"} == {HENAN}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--level", "country"), "--level: chooses among citations; give it with --citations"),
        (("--area", "41"), "--area: chooses among citations"),
        (("--year", "2020"), "--year: chooses among citations"),
        (
            ("-o", "x.foo"),
            "x.foo: no format has the ending .foo; choose one of .txt, .json, .csv, .graphml, .gexf",
        ),
        (("--format", "gexf"), "add --citations, or fatu export --to gexf"),
        (("--citations", "--year", "soon"), "is no year or range of years"),
        (("--citations", "--area", "11"), "no report is of 11"),
        (("--citations", "--report", "1-gov-2020"), "no report '1-gov-2020'"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    store: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = call_fatu("network", "--store", store, *arguments, cwd=tmp_path)
    assert done.code == 2
    assert message in done.err and done.err.count("\n") == 1
