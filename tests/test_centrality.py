"""Figures of networks, and `fatu network`. What is expected is worked out by hand from small networks and
from what the sample report says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import ROOT, fatu
from fatu.cli import main
from fatu.describing.dataset import make_dataset
from fatu.exporting.aligning import width
from fatu.iris import Iris
from fatu.storing import read_union
from fatu.viewing.centrality import (
    EXACT,
    LEFT_OUT,
    PIVOTS,
    CentralNode,
    NetworkFigures,
    measure_network,
    rank_pages,
)
from fatu.viewing.hierarchy import LEVELS, RELATIONS, Branch, find_hierarchy
from fatu.viewing.network import Fact, Quote, make_network
from fatu.viewing.tabulating import CENTRAL_COLUMNS, format_figures
from fatu.viewing.wording import asset, load_network_words, load_words

ID = "https://w3id.org/fatu/id/"
GRAPH = ROOT / "graphs" / "410203-gov-2020"
REPORT = ID + "report/410203/gov/2020"
KINDS = {
    "doc": "PolicyDocument",
    "org": "Agency",
    "topic": "Topic",
    "program": "Program",
    "report": "Report",
    "area": "Area",
}

Edge = tuple[str, str, str]


def network_of(edges: Iterable[Edge], nodes: Iterable[str] = (), **names: str) -> nx.MultiDiGraph:
    """A network as `make_network` gives it. An IRI without base tells the class: doc/…, org/…, topic/…;
    what is behind # in a report is a Section, Finding, Plan or Measure by its first letters. `names`: last
    part of an IRI → name."""
    edges = list(edges)
    network = nx.MultiDiGraph()
    for iri in dict.fromkeys([*nodes, *(iri for subject, _, value in edges for iri in (subject, value))]):
        report, _, part = iri.partition("#")
        parts = {"sec": "Section", "fin": "Finding", "plan": "Plan"}
        kind = parts.get(part.split("-")[0], "Measure") if part else KINDS[iri.split("/")[0]]
        is_report = iri.startswith("report/")
        network.add_node(
            ID + iri,
            kind=kind,
            name=names.get(iri.rpartition("/")[2], iri),
            name_en=iri,
            facts=(),
            quotes=(),
            report=ID + report if is_report else "",
        )
    for subject, name, value in edges:
        network.add_edge(ID + subject, ID + value, name)
    return network


def central(figures: NetworkFigures) -> dict[str, CentralNode]:
    return {n.iri.removeprefix(ID): n for nodes in figures.central.values() for n in nodes}


def tree(network: nx.MultiDiGraph) -> list[tuple[int, str, str]]:
    return [(b.depth, b.relation, b.iri.removeprefix(ID)) for b in find_hierarchy(network)]


@pytest.fixture(scope="module")
def sample() -> nx.MultiDiGraph:
    return make_network(make_dataset(read_union([GRAPH], Iris()), Iris()))


@pytest.fixture(scope="module")
def figures(sample: nx.MultiDiGraph) -> NetworkFigures:
    return measure_network(sample)


# ------------------------------------------------------------------------------------------ central nodes


def test_the_middle_of_a_star_has_all_its_paths() -> None:
    """Five measures on one topic: every path between two leads over it. PageRank: a leaf has x, the topic
    x + 0.85·5x, as it points nowhere and so back to all six alike; 5x + 5.25x = 1."""
    star = network_of([(f"report/r#m-{n}", "topic", "topic/t") for n in range(5)])
    node = central(measure_network(star))["topic/t"]
    assert (node.degree, node.betweenness, node.pagerank) == (5, Decimal("1.0000"), Decimal("0.5122"))
    assert Decimal("5.25") / Decimal("10.25") - node.pagerank < Decimal("0.00005")


def test_on_a_path_the_middle_is_between_four_of_six_pairs() -> None:
    path = network_of(
        [(f"report/r#m-{m}", "actor", f"org/410203/{o}") for m, o in ((1, "a"), (1, "b"), (2, "b"), (2, "c"))]
    )
    found = central(measure_network(path))
    assert [found[f"org/410203/{o}"].betweenness for o in "abc"] == [
        Decimal("0.0000"),
        Decimal("0.6667"),
        Decimal("0.0000"),
    ]
    assert [found[f"org/410203/{o}"].degree for o in "abc"] == [1, 2, 1]


def test_the_more_central_come_first_and_ties_are_settled_by_iri() -> None:
    edges = [("report/r#m-1", "topic", "topic/b"), ("report/r#m-2", "topic", "topic/b")]
    edges += [("report/r#m-3", "topic", f"topic/{t}") for t in "dca"]
    ranked = measure_network(network_of(edges)).central["Topic"]
    assert [node.iri.removeprefix(ID + "topic/") for node in ranked] == ["b", "a", "c", "d"]


def test_pages_that_point_in_a_circle_are_alike_and_ranks_add_up_to_1() -> None:
    assert rank_pages([[1], [2], [0]]) == pytest.approx([1 / 3] * 3)
    assert sum(rank_pages([[1, 2], [], [1], []])) == pytest.approx(1)
    assert rank_pages([]) == []


def test_parallel_edges_and_both_directions_are_one_neighbour() -> None:
    edges = [("org/1/a", "unitOf", "org/1/b"), ("org/1/b", "memberOf", "org/1/a")]
    edges.append(("org/1/a", "issuedBy", "org/1/b"))
    assert central(measure_network(network_of(edges)))["org/1/a"].degree == 1


def test_what_stands_where_and_inherited_documents_do_not_count() -> None:
    edges = [("report/r", "compiledUnder", "doc/d"), ("report/r#sec-1", "inReport", "report/r")]
    for n in range(4):
        measure = f"report/r#m-{n}"
        edges += [(measure, "underDocumentInherited", "doc/d"), (measure, "topic", "topic/t")]
        edges += [(measure, "inSection", "report/r#sec-1"), (f"report/r#fin-{n}", "about", "topic/t")]
    figures = measure_network(network_of(edges))
    found = central(figures)
    assert (found["doc/d"].degree, found["topic/t"].degree) == (1, 4)
    assert [c.size for c in figures.communities] == [5, 2]


def test_reports_of_one_area_are_no_community_for_that() -> None:
    network = network_of([(f"report/{r}", "area", "area/410203") for r in "ab"])
    assert measure_network(network).communities == ()


def test_a_thing_is_touched_by_reports_through_parts_words_and_what_it_issued() -> None:
    edges = [(f"report/{r}#m-1", "topic", "topic/t") for r in "ab"]
    edges += [(f"report/{r}", "implementsPolicy", "doc/d") for r in "abc"]
    edges += [("doc/d", "issuedBy", "org/100000/i"), ("org/100000/i", "unitOf", "org/100000/j")]
    network = network_of(edges, ["org/100000/named", "org/100000/alone"])
    network.nodes[ID + "org/100000/named"]["quotes"] = (Quote(ID + "report/a", 0, 1, "字"),)
    found = {iri: node.reports for iri, node in central(measure_network(network)).items()}
    assert found == {
        "topic/t": 2,
        "doc/d": 3,
        "org/100000/i": 3,
        "org/100000/j": 3,
        "org/100000/named": 1,
        "org/100000/alone": 0,
    }


def test_betweenness_of_a_large_network_is_estimated_and_says_so() -> None:
    """Two stars joined by a document: of n nodes, n/2 on each side, it is between half of the pairs."""
    half = EXACT // 2 + 50
    edges = [(f"report/{r}#m-{n}", "topic", f"topic/{r}") for r in "ab" for n in range(half)]
    edges += [("topic/a", "related", "doc/d"), ("doc/d", "related", "topic/b")]
    figures = measure_network(network_of(edges))
    assert figures.pivots == PIVOTS
    assert abs(central(figures)["doc/d"].betweenness - Decimal("0.5")) < Decimal("0.01")
    assert measure_network(network_of(edges[-2:])).pivots == 0


# -------------------------------------------------------------------------------------------- communities


def cliques() -> nx.MultiDiGraph:
    """Five nodes with all ten edges, four with all six, and one edge between."""
    five = ["topic/t", "org/1/a", *(f"report/r#m-{n}" for n in range(3))]
    four = [f"report/r#n-{n}" for n in range(3)] + ["program/p"]
    edges = [(u, "related", v) for group in (five, four) for k, u in enumerate(group) for v in group[k + 1 :]]
    return network_of([*edges, ("report/r#m-0", "related", "report/r#n-0")], ["topic/alone"])


def test_two_cliques_are_two_communities_the_larger_first() -> None:
    """17 edges; modularity = 10/17 - (21/34)² + 6/17 - (13/34)² = 478/1156."""
    figures = measure_network(cliques())
    assert [(c.number, c.size, len(c.members)) for c in figures.communities] == [(1, 5, 5), (2, 4, 4)]
    assert figures.modularity == (Decimal(478) / 1156).quantize(Decimal("0.0001")) == Decimal("0.4135")


def test_members_keep_the_order_of_the_network_and_a_node_without_edges_is_no_member() -> None:
    network = cliques()
    order = list(network)
    for community in measure_network(network).communities:
        assert list(community.members) == sorted(community.members, key=order.index)
        assert ID + "topic/alone" not in community.members


def test_a_community_is_led_by_what_has_a_name_then_by_what_has_most_neighbours_in_it() -> None:
    first, second = measure_network(cliques()).communities
    assert [(m.iri.removeprefix(ID), m.kind, m.degree) for m in first.leading] == [
        ("topic/t", "Topic", 4),
        ("org/1/a", "Agency", 4),
        ("report/r#m-0", "Measure", 4),  # five neighbours, but one in the other community
    ]
    assert second.leading[0].iri == ID + "program/p"


def test_nothing_has_figures_too() -> None:
    for network in (nx.MultiDiGraph(), network_of([], ["topic/t"])):
        figures = measure_network(network)
        assert (figures.communities, figures.modularity) == ((), Decimal("0.0000"))
        assert list(figures.central) == ["PolicyDocument", "Agency", "Topic", "Program"]
    assert format_figures(measure_network(nx.MultiDiGraph())) == ""


# ---------------------------------------------------------------------------------------------- hierarchy

CHAIN = [
    ("doc/国", "issuedBy", "org/100000/国务院"),
    ("doc/省", "issuedBy", "org/410000/人民政府"),
    ("doc/市", "issuedBy", "org/410200/人民政府"),
    ("doc/市", "promulgates", "doc/安排"),
    ("doc/省", "implementsPolicy", "doc/国"),
    ("report/410203/gov/2020", "issuedBy", "org/410203/人民政府"),
    ("report/410203/gov/2020", "compiledUnder", "doc/市"),
    ("report/410203/gov/2020", "implementsPolicy", "doc/国"),
    ("report/410203/gov/2020#m-1", "produces", "doc/计划"),
    ("report/410203/gov/2020#m-2", "underDocument", "doc/省"),
    ("report/410203/gov/2020#m-3", "underDocument", "doc/省"),
    ("report/410203/gov/2020#plan-1", "targets", "report/410203/gov/2020#problem-1"),
]


def test_from_the_centre_to_the_district_and_a_report_opens_below_what_it_was_compiled_under() -> None:
    report = "report/410203/gov/2020"
    assert tree(network_of(CHAIN)) == [
        (0, "", "doc/国"),
        (1, "implementsPolicy", "doc/省"),
        (2, "underDocument", report),
        (1, "implementsPolicy", report),
        (0, "", "doc/市"),
        (1, "promulgates", "doc/安排"),
        (1, "compiledUnder", report),
        (2, "produces", "doc/计划"),
    ]
    assert [b.elsewhere for b in find_hierarchy(network_of(CHAIN)) if b.kind == "Report"] == [
        True,
        True,
        False,
    ]


def test_levels_come_from_issuers_then_titles_then_the_notice() -> None:
    edges = [
        *CHAIN,
        ("doc/联合", "issuedBy", "org/410200/人民政府"),
        ("doc/联合", "issuedBy", "org/410000/教育厅"),
        ("doc/乡", "issuedBy", "org/410203/东郊乡"),
        ("doc/生", "issuedBy", "org/990101/人民政府"),
        ("doc/410203/工作要点", "concerns", "topic/t"),
        ("doc/题", "concerns", "topic/t"),
        ("doc/谜", "concerns", "topic/t"),
        ("doc/谁", "issuedBy", "org/unknown/办公室"),
    ]
    network = network_of(edges, 题="河南省法治政府建设实施方案(2016—2020年)", 谜="关于河南省的意见")
    network.nodes[ID + "org/410203/东郊乡"]["facts"] = (Fact("township", "东郊乡", "东郊乡"),)
    levels = {b.iri.removeprefix(ID + "doc/"): b.level for b in find_hierarchy(network) if "/doc/" in b.iri}
    assert levels == {
        "国": "country", "省": "province", "联合": "province", "题": "province", "市": "prefecture",
        "安排": "prefecture", "生": "county", "410203/工作要点": "county", "乡": "township", "计划": "unknown",
        "谜": "unknown", "谁": "unknown",
    }  # fmt: skip
    tops = [b.level for b in find_hierarchy(network) if not b.depth]
    assert tops == sorted(tops, key=LEVELS.index)


def test_a_document_that_many_reports_follow_lists_them_by_area_and_year() -> None:
    reports = [f"report/{area}/gov/{year}" for area in ("410202", "410203") for year in (2019, 2020)]
    network = network_of([(r, "implementsPolicy", "doc/d") for r in reversed(reports)])
    assert tree(network) == [(0, "", "doc/d"), *((1, "implementsPolicy", r) for r in reports)]


def test_a_document_of_unknown_level_is_no_closer_than_one_that_is_known() -> None:
    edges = [("doc/市", "issuedBy", "org/410200/人民政府"), ("report/r#m-1", "produces", "doc/x")]
    edges += [("report/r", "implementsPolicy", f"doc/{document}") for document in "谜市"]
    assert tree(network_of(edges)) == [
        (0, "", "doc/市"), (1, "implementsPolicy", "report/r"), (2, "produces", "doc/x"),
        (0, "", "doc/谜"), (1, "implementsPolicy", "report/r"),
    ]  # fmt: skip


def test_citations_say_the_same_as_properties() -> None:
    edges = [
        ("report/r#m-1", "issues", "doc/a"),
        ("report/r", "guides", "doc/b"),
        ("report/r", "mentions", "doc/c"),
    ]
    assert tree(network_of(edges)) == [
        (0, "", "doc/b"), (1, "targets", "report/r"), (2, "produces", "doc/a"), (0, "", "doc/c"),
    ]  # fmt: skip


def test_a_circle_of_documents_is_gone_round_once() -> None:
    """c issues for a; d hangs on the circle and is of the centre, but does not go before what it hangs on."""
    circle = [(f"doc/{u}", "promulgates", f"doc/{v}") for u, v in ("ab", "bc", "ca", "bd")]
    assert tree(network_of([("doc/d", "issuedBy", "org/100000/国务院"), *circle])) == [
        (0, "", "doc/a"),
        (1, "promulgates", "doc/b"),
        (2, "promulgates", "doc/d"),
        (2, "promulgates", "doc/c"),
        (3, "promulgates", "doc/a"),
    ]
    assert tree(network_of([("doc/a", "promulgates", "doc/a")], ["doc/a"])) == [(0, "", "doc/a")]


def test_a_chain_may_be_longer_than_python_can_recurse() -> None:
    chain = [(f"doc/{n}", "promulgates", f"doc/{n + 1}") for n in range(3000)]
    assert [depth for depth, _, _ in tree(network_of(chain))] == list(range(3001))


PAIRS = st.tuples(st.integers(0, 7), st.sampled_from(["promulgates", "implementsPolicy"]), st.integers(0, 7))


@given(st.lists(PAIRS, max_size=25))
def test_every_tie_is_one_line_and_every_document_is_there(pairs: list[tuple[int, str, int]]) -> None:
    edges = [(f"doc/{u}", name, f"doc/{v}") for u, name, v in pairs]
    lines = find_hierarchy(network_of(edges, [f"doc/{n}" for n in range(8)]))
    ties, way = [], list[Branch]()
    for line in lines:
        way = [*way[: line.depth], line]
        assert len(way) == line.depth + 1
        if line.depth:
            ties.append((way[-2].iri, line.relation, line.iri))
    assert sorted(ties) == sorted(
        {
            (ID + u, name, ID + v) if name == "promulgates" else (ID + v, name, ID + u)
            for u, name, v in edges
            if u != v
        }
    )
    assert {line.iri for line in lines} == {f"{ID}doc/{n}" for n in range(8)}


# --------------------------------------------------------------------------------------------- the sample


def test_what_the_sample_says_of_its_documents(figures: NetworkFigures) -> None:
    """《民法典》: cleaned up for in 一(四), taught in 一(六), enacted by the 全国人大; 《宪法》: the last two.
    汴法政〔2020〕1号: the report follows it, a 领导小组 issued it, it promulgates the 工作安排."""
    degrees = {n.iri.removeprefix(ID): n.degree for n in figures.central["PolicyDocument"]}
    assert (degrees["doc/民法典"], degrees["doc/宪法"], degrees["doc/汴法政-2020-1"]) == (3, 2, 3)
    assert degrees["doc/河南省法治政府建设实施方案-2016-2020"] == 1  # nothing but the report
    assert len(degrees) == 11
    assert {n.reports for n in figures.central["PolicyDocument"]} == {1}


def test_what_the_sample_says_of_its_agencies(figures: NetworkFigures) -> None:
    """The government acts most: 我区 stands for it. The 法律援助中心 sends advisers, answers questions and
    handles 29 applications, all in 一(三). The 中共中央 issued two of the documents. Which 人民法院 is meant
    is undecided, so the one it may be is no node."""
    agencies = {n.iri.removeprefix(ID + "org/"): n for n in figures.central["Agency"]}
    assert figures.central["Agency"][0].name == "开封市顺河回族区人民政府"
    assert agencies["410203/法律援助中心"].degree == 3
    assert agencies["100000/中共中央"].degree == 2
    assert "410203/人民法院" not in agencies
    assert {agency.reports for agency in agencies.values()} == {1}


def test_degrees_of_the_sample_are_those_of_its_statements(
    sample: nx.MultiDiGraph, figures: NetworkFigures
) -> None:
    for node in central(figures).values():
        around = {
            other
            for u, v, name in [*sample.in_edges(node.iri, keys=True), *sample.out_edges(node.iri, keys=True)]
            if name not in LEFT_OUT
            for other in (u, v)
            if other != node.iri
        }
        assert node.degree == len(around), node.iri


def test_the_communities_of_the_sample_are_subjects(figures: NetworkFigures) -> None:
    """复议 and 应诉 are told in one paragraph, 一(五)四; 普法责任制 and 谁执法谁普法 are one slogan."""

    def community(iri: str) -> int:
        return next(c.number for c in figures.communities if ID + iri in c.members)

    assert community("topic/administrative-reconsideration") == community("topic/administrative-litigation")
    assert community("program/普法责任制") == community("program/谁执法谁普法")
    assert community("doc/汴法政-2020-1") == community("doc/开封市2020年度法治政府建设工作安排")
    assert community("topic/administrative-reconsideration") != community("program/普法责任制")
    assert [c.size for c in figures.communities] == sorted(
        (c.size for c in figures.communities), reverse=True
    )
    assert figures.modularity > Decimal("0.7")


def test_the_hierarchy_of_the_sample(sample: nx.MultiDiGraph) -> None:
    """Its first paragraph names what it follows, 一(四) the two plans that were made, its last the guide."""
    lines = [(b.depth, b.level, b.relation, b.iri.removeprefix(ID)) for b in find_hierarchy(sample)]
    report = "report/410203/gov/2020"
    assert lines == [
        (0, "country", "", "doc/法治政府建设实施纲要-2015-2020"),
        (1, "county", "implementsPolicy", report),
        (0, "country", "", "doc/民法典"),
        (0, "country", "", "doc/宪法"),
        (0, "country", "", "doc/法治社会建设实施纲要-2020-2025"),
        (1, "county", "targets", report),
        (0, "province", "", "doc/河南省法治政府建设实施方案-2016-2020"),
        (1, "county", "implementsPolicy", report),
        (0, "prefecture", "", "doc/汴法政-2020-1"),
        (1, "prefecture", "promulgates", "doc/开封市2020年度法治政府建设工作安排"),
        (1, "county", "compiledUnder", report),
        (2, "county", "produces", "doc/顺河回族区2020年干部教育培训计划"),
        (2, "county", "produces", "doc/2020年度顺河回族区领导干部学法计划"),
        (0, "unknown", "", "doc/关于办理妨害预防-控制突发传染病司法解释"),
        (0, "unknown", "", "doc/新型冠状病毒感染肺炎疫情防控工作有关法律知识问答"),
    ]


# -------------------------------------------------------------------------------------------- the command


def run(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["network", *map(str, arguments)])
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err


def test_the_table_has_a_section_for_each_class_communities_and_the_tree(
    capfd: pytest.CaptureFixture[str],
) -> None:
    status, out, err = run(capfd, GRAPH, "--top", "2", "--lang", "zh")
    assert (status, err) == (0, "")
    heads = [line for line in out.splitlines() if line.startswith("# ")]
    assert [head.split()[1] for head in heads] == [
        "核心文件", "核心机构", "核心主题", "核心项目制度", "社群", "文件层级",
    ]  # fmt: skip
    assert heads[0] == "# 核心文件 (2/11)"
    tree = out.split("# 文件层级\n")[1].splitlines()
    assert "  据此编写: 顺河回族区人民政府 关于法治政府建设工作的情况报告" in "\n".join(tree)
    assert "    制定: 顺河回族区2020年干部教育培训计划" in "\n".join(tree)
    assert any(line.startswith("市级") and line.endswith("汴法政〔2020〕1号") for line in tree)


def test_columns_are_aligned_whatever_the_width_of_their_characters(
    figures: NetworkFigures,
    capfd: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capfd, GRAPH)
    head, *rows = out.split("\n\n")[1].splitlines()[1:]
    names = [node.name for node in figures.central["Agency"][:10]]
    assert [row[-len(name) :] for row, name in zip(rows, names, strict=True)] == names
    assert {width(row) - width(name) for row, name in zip(rows, names, strict=True)} == {
        width(head) - width("名称")
    }


def test_in_english_headings_and_names_that_have_one_are_english(capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capfd, GRAPH, "--lang", "en")
    assert "# Central documents (10/11)" in out
    assert "Legal aid" in out and "法律援助 (" not in out
    assert "compiled under it: " in out


def test_json_is_complete_and_top_cuts_lists_but_not_the_tree(
    figures: NetworkFigures, capfd: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(run(capfd, GRAPH, "--format", "json")[1])
    assert list(found) == ["central", "pivots", "communities", "modularity", "hierarchy"]
    assert {kind: len(nodes) for kind, nodes in found["central"].items()} == {
        kind: len(nodes) for kind, nodes in figures.central.items()
    }
    assert found["modularity"] == str(figures.modularity)
    first = figures.central["Topic"][0]
    assert found["central"]["Topic"][0] == {
        "iri": first.iri,
        "kind": "Topic",
        "name": first.name,
        "name_en": first.name_en,
        "degree": first.degree,
        "reports": 1,
        "betweenness": str(first.betweenness),
        "pagerank": str(first.pagerank),
    }
    cut = json.loads(run(capfd, GRAPH, "--format", "json", "--top", "1")[1])
    assert [len(nodes) for nodes in cut["central"].values()] == [1, 1, 1, 1]
    assert cut["communities"] == found["communities"][:1]
    assert cut["hierarchy"] == found["hierarchy"]


def test_csv_is_the_central_nodes(figures: NetworkFigures, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capfd, GRAPH, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == CENTRAL_COLUMNS
    assert [row["iri"] for row in rows] == [n.iri for nodes in figures.central.values() for n in nodes]
    assert [row["rank"] for row in rows if row["kind"] == "Topic"] == [str(n) for n in range(1, 34)]


@pytest.mark.parametrize(
    "arguments",
    [
        ["/nowhere"],
        [GRAPH, "--top", "0"],
        [GRAPH, "--format", "xml"],
        [GRAPH, "--lang", "fr"],
        [GRAPH, "--base-iri", "x"],
    ],
)
def test_what_cannot_be_is_one_line(arguments: list[str | Path], capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capfd, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_graph_without_anything_drawn_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    status, out, err = run(capfd, tmp_path / "other.ttl")
    assert (status, out, err.count("\n")) == (0, "", 1)


def test_the_default_is_the_folder_graphs_and_the_bytes_do_not_depend_on_hashes() -> None:
    for style in ("json", "table"):
        one, other = (
            fatu("network", "--format", style, cwd=ROOT, PYTHONHASHSEED=seed) for seed in ("0", "4711")
        )
        assert (one.code, one.err) == (0, "")
        assert one.out == other.out
        assert "汴法政〔2020〕1号" in one.out


def test_the_help_says_where_files_for_gephi_come_from(capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capfd, "--help")
    assert "fatu export --to graphml" in " ".join(out.split())


# -------------------------------------------------------------------------------------------------- words


def test_every_level_relation_and_class_has_words_in_both_languages() -> None:
    words = load_network_words()
    assert all(zh and en for zh, en in words.values())
    assert {f"level.{level}" for level in LEVELS} | {f"relation.{name}" for name in RELATIONS} <= set(words)
    assert {f"class.{kind}" for kind in ("Section", "Measure", "Topic", "Agency")} <= set(load_words())
    keys = [line.split("\t")[0] for line in asset("network_words.tsv").splitlines()]
    assert len(keys) == len(set(keys)) == len(words) + 1
