"""The explorer page without a browser: which nodes and edges, where they stand, what the page holds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from rdflib import Dataset, Graph

import fatu.viewing
from fatu.pipeline import build
from fatu.viewing import make_network, render_explorer
from fatu.viewing.folding import Block, Cell, Row, fold, stack
from fatu.viewing.layout import Board, Place, arrange, scale_by_degree, share_out
from fatu.viewing.network import find_unresolved, shorten
from fatu.viewing.overview import MOST_AREAS, MOST_REPORTS, survey
from fatu.viewing.page import SCRIPTS, write_json
from fatu.viewing.pinyin import write_initials
from fatu.viewing.statements import Statements, round_number, write_number
from fatu.viewing.wording import asset, load_kinds, load_words

SAMPLE = Path(__file__).parent / "browser" / "report.trig"
EXAMPLE = Path(__file__).parents[2] / "shared" / "domain" / "example.trig"
REPORT = "https://w3id.org/fatu/id/report/990101/gov/2021"
ID = "https://w3id.org/fatu/id/"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    dataset = Dataset()
    dataset.parse(SAMPLE, format="trig")
    return dataset


@pytest.fixture(scope="module")
def network(dataset: Dataset) -> nx.MultiDiGraph:
    return make_network(dataset)


@pytest.fixture(scope="module")
def page(dataset: Dataset) -> str:
    return render_explorer(dataset)


def board_of(network: nx.MultiDiGraph, columns: int | None = None) -> Board:
    """The board of the only report of a network."""
    ((report, nodes),) = share_out(network).items()
    return arrange(network, report, nodes, columns)


def place(network: nx.MultiDiGraph, columns: int | None = None) -> dict[str, Place]:
    return board_of(network, columns).places


def data_of(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


# ------------------------------------------------------------------------------------------ the network


def test_every_class_of_the_report_is_drawn_and_mentions_and_spans_are_not(network: nx.MultiDiGraph) -> None:
    counts: dict[str, int] = {}
    for _, found in network.nodes(data=True):
        counts[found["kind"]] = counts.get(found["kind"], 0) + 1
    assert counts == {
        "Report": 1, "PolicyDocument": 2, "Agency": 2, "Program": 3, "Section": 4, "Measure": 4, "Problem": 1,
        "Plan": 1, "Observation": 4, "Outcome": 1, "Finding": 3, "Topic": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("node", "label"),
    [
        ("obs-recon-accepted", "行政复议案件受理数 20件"),
        ("obs-recon-closure-rate", "行政复议结案率 95%"),
        ("obs-lectures", "讲座场数 ≥30场"),
        ("sec-1.1", "(一)行政复议"),
        ("measure-1.1-1", "在𠮷祥乡开展“阳光复议”试点"),
        ("finding-recon-closure-rate", "报告写95%,复算90%"),
        ("finding-duty-causes", "未分析问题的原因。"),
    ],
)
def test_labels(network: nx.MultiDiGraph, node: str, label: str) -> None:
    assert network.nodes[f"{REPORT}#{node}"]["label"] == label


@pytest.mark.parametrize(
    ("subject", "value", "key", "zh", "en"),
    [
        ("#measure-1.1-2", "org/990101/司法局", "actor", "实施主体", "Actor"),
        ("#measure-1.1-2", "#obs-recon-closed", "hasObservation", "数据", "Has observation"),
        ("#measure-1.1-2", "#outcome-1.1-1", "hasOutcome", "成效", "Has outcome"),
        ("#measure-1.1-1", "doc/青法办-2021-3", "underDocument", "依照文件", "Under document"),
        ("#measure-1.2-1", "doc/民法典", "publicises", "宣传普及", "Publicises"),
        ("", "doc/青法办-2021-3", "compiledUnder", "依据文件", "Compiled under"),
        ("#plan-1", "#problem-1", "targets", "针对", "Targets"),
        ("#finding-recon-closure-rate", "#obs-recon-closure-rate", "about", "核查对象", "About"),
    ],
)
def test_edges(network: nx.MultiDiGraph, subject: str, value: str, key: str, zh: str, en: str) -> None:
    target = REPORT + value if value.startswith("#") else ID + value
    assert network.edges[REPORT + subject, target, key] == {"zh": zh, "en": en}


def test_what_only_a_table_knows_is_not_drawn(sample_path: Path) -> None:
    """The notice that issued the outline of 2015 and what the outline carries out are not in the report."""
    graph = build(sample_path)
    documents = {d.iri for d in graph.report.documents}
    unsaid = {
        iri
        for iri in documents
        if iri.endswith(("/doc/中发-2015-36", "/doc/中共中央关于全面推进依法治国若干重大问题的决定"))
    }
    assert len(unsaid) == 2
    drawn = {n for n, kind in make_network(graph.dataset).nodes(data="kind") if kind == "PolicyDocument"}
    assert drawn == documents - unsaid


def test_facts_are_words_and_not_links(network: nx.MultiDiGraph) -> None:
    facts = {
        fact.name: (fact.zh, fact.en) for fact in network.nodes[f"{REPORT}#obs-recon-closure-rate"]["facts"]
    }
    assert facts == {
        "indicator": ("行政复议结案率", "Reconsideration closure rate"),
        "value": ("95%", "95%"),
        "numerator": ("行政复议案件审结数", "Reconsideration cases closed"),
        "denominator": ("行政复议案件受理数", "Reconsideration cases accepted"),
        "period": ("2021", "2021"),
        "status": ("已完成", "achieved"),
        "bound": ("确数", "exact"),
    }


def test_quotes_are_the_words_of_the_text(dataset: Dataset, network: nx.MultiDiGraph) -> None:
    text = data_of(render_explorer(dataset))["texts"][REPORT]
    quotes = [quote for _, found in network.nodes(data=True) for quote in found["quotes"]]
    assert len(quotes) == 19
    assert [text[quote.start : quote.end] for quote in quotes] == [quote.exact for quote in quotes]


def test_mentions_and_citations_are_evidence_of_what_they_name(network: nx.MultiDiGraph) -> None:
    assert [q.exact for q in network.nodes[ID + "org/990101/司法局"]["quotes"]] == ["县司法局"]
    quotes = network.nodes[ID + "doc/民法典"]["quotes"]
    assert [(q.exact, q.note) for q in quotes] == [("《民法典》", "function.publicises")]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("短", "短"),
        ("一二三四五六七八九十一二三四五六七八", "一二三四五六七八九十一二三四五六七八"),
        ("一二三四五六七八九十一二三四五六七八九", "一二三四五六七八九十一二三四五六七八…"),
        ("两\n行  字", "两 行 字"),
        ("a\u202eb", "ab"),
    ],
)
def test_shorten(text: str, label: str) -> None:
    assert shorten(text) == label


OBSERVATION = """
@prefix fatu: <https://w3id.org/fatu/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/o> a fatu:Observation ; %s .
<https://example.org/unit/yuan> rdfs:label "元"@zh .
<https://example.org/unit/none> rdfs:label "无单位"@zh .
"""


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        ('fatu:value "8"^^xsd:decimal ; fatu:scale 0', "8", "8"),
        ('fatu:value "261"^^xsd:decimal ; fatu:unit <https://example.org/unit/none>', "261", "261"),
        ('fatu:value "2500"^^xsd:decimal ; fatu:bound fatu:atLeast', "≥2500", "≥2500"),
        ('fatu:value "3"^^xsd:decimal ; fatu:valueHigh "5"^^xsd:decimal ; fatu:bound fatu:approx', "≈3–5", "≈3–5"),
        (
            'fatu:value "1170000"^^xsd:decimal ; fatu:scale 4 ; fatu:unit <https://example.org/unit/yuan>',
            "117万元", "1170000元",
        ),
        ("fatu:scale 0", "", ""),
    ],
)  # fmt: skip
def test_amounts_are_written_as_the_report_writes_them(said: str, zh: str, en: str) -> None:
    graph = Graph().parse(data=OBSERVATION % said, format="turtle")
    statements = Statements.of(graph)
    (node,) = statements.instances("Observation")
    assert (statements.amount(node), statements.amount(node, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("lexical", "rounded"),
    [("88.888888", "88.89"), ("88.888889", "88.89"), ("100.00", "100"), ("0.005", "0.01"), ("?", "?")],
)
def test_rounding(lexical: str, rounded: str) -> None:
    assert round_number(lexical) == rounded


def test_mentions_of_nothing_known_are_kept(dataset: Dataset) -> None:
    (mention,) = find_unresolved(Statements.of(dataset))
    assert (mention.name, mention.candidates) == ("执法队伍", ("990101/综合执法大队",))
    assert [(q.start, q.end, q.exact) for q in mention.quotes] == [(180, 184, "执法队伍")]


def test_another_base_iri_makes_no_difference() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    moved = Dataset()
    moved.parse(data=text.replace("https://w3id.org/fatu/", "https://example.org/zf/"), format="trig")
    assert len(make_network(moved)) == 27


@pytest.mark.parametrize(
    ("lexical", "written"),
    [("90.0", "90"), ("88.78", "88.78"), ("1170000", "1170000"), ("1E+3", "1000"), ("?", "?")],
)
def test_numbers(lexical: str, written: str) -> None:
    assert write_number(lexical) == written


# ------------------------------------------------------------------------------------------- the layout


def make_large() -> nx.MultiDiGraph:
    """A network of about 400 nodes, put together as the sections of a long report would be."""
    network = nx.MultiDiGraph()
    report = "r"

    def add(node: str, kind: str, start: int, *edges: tuple[str, str, str]) -> None:
        shared = kind in ("Agency", "Topic")
        network.add_node(node, kind=kind, start=start, report="" if shared else report, severity="info")
        for subject, value, key in edges:
            network.add_edge(subject, value, key, zh=key, en=key)

    add("r", "Report", -1)
    for number in range(2):
        add(f"part{number}", "Section", 10_000 * number, (f"part{number}", "r", "inReport"))
    for number in range(10):
        section, start = f"sec{number}", 1000 * number + 1
        add(section, "Section", start, (section, "part0", "inSection"))
        for inner in range(number % 4):
            add(
                f"{section}.{inner}",
                "Section",
                start + 200 * inner,
                (f"{section}.{inner}", section, "inSection"),
            )
        for step in range(12):
            measure = f"{section}m{step}"
            holder = f"{section}.{step % (number % 4)}" if number % 4 else section
            add(measure, "Measure", start + 50 * step, (measure, holder, "inSection"))
            for count in range(step % 3):
                observed = f"{measure}o{count}"
                add(observed, "Observation", start + 50 * step + count, (measure, observed, "hasObservation"))
                add(f"{observed}f", "Finding", -1, (f"{observed}f", observed, "about"))
    for number in range(20):
        add(f"org{number:02}", "Agency", number, (f"sec0m{number % 12}", f"org{number:02}", "actor"))
        add(f"doc{number:02}", "PolicyDocument", number, ("r", f"doc{number:02}", "compiledUnder"))
        add(f"topic{number:02}", "Topic", -1, (f"sec1m{number % 12}", f"topic{number:02}", "topic"))
        add(f"duty{number:02}", "Finding", -1, (f"duty{number:02}", "r", "about"))
    add("stray", "Observation", 20_000)
    for doubt in ("sec3m5o0f", "sec3m5o1f", "duty03"):
        network.nodes[doubt]["severity"] = "warning"
    return network


def boxes(network: nx.MultiDiGraph, columns: int | None = None) -> list[tuple[str, int, int, int, int]]:
    return corners(board_of(network, columns))


def corners(board: Board) -> list[tuple[str, int, int, int, int]]:
    return [
        (node, at.x - at.width // 2, at.y - at.height // 2, at.x + at.width // 2, at.y + at.height // 2)
        for node, at in board.places.items()
    ]


def overlapping_pairs(network: nx.MultiDiGraph, columns: int | None = None) -> list[tuple[str, str]]:
    return overlaps(board_of(network, columns))


def overlaps(board: Board) -> list[tuple[str, str]]:
    placed = corners(board)
    return [
        (one[0], other[0])
        for number, one in enumerate(placed)
        for other in placed[number + 1 :]
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]


@pytest.mark.parametrize("columns", [None, 1])
@pytest.mark.parametrize("large", [False, True])
def test_no_two_boxes_overlap(network: nx.MultiDiGraph, large: bool, columns: int | None) -> None:
    drawn = make_large() if large else network
    assert overlapping_pairs(drawn, columns) == []
    assert not large or len(drawn) > 350


@pytest.mark.parametrize("columns", [None, 1])
def test_no_two_panels_overlap_and_rows_are_in_them(columns: int | None) -> None:
    network = make_large()
    board = board_of(network, columns)
    for number, (x, y, width, height) in enumerate(board.panels):
        for left, top, wide, high in board.panels[number + 1 :]:
            assert x + width <= left or left + wide <= x or y + height <= top or top + high <= y
    for node, left, top, right, bottom in boxes(network, columns):
        if network.nodes[node]["kind"] in ("Section", "Measure", "Observation"):
            assert any(
                x <= left and right <= x + w and y <= top and bottom <= y + h for x, y, w, h in board.panels
            ), node


@pytest.mark.parametrize("columns", [None, 1])
@pytest.mark.parametrize("large", [False, True])
def test_what_stands_in_a_panel_does_not_stand_out_of_it(
    network: nx.MultiDiGraph, large: bool, columns: int | None
) -> None:
    # 调解成功数62件 has two checks and is an outcome: three tags, for which one line has no room.
    drawn = make_large() if large else network.copy()
    for number in range(4 if large else 0):
        drawn.add_node(f"more{number}", kind="Finding", start=-1, report="r", severity="info")
        drawn.add_edge(f"more{number}", "sec3m5o0", "about", zh="about", en="about")
    board = board_of(drawn, columns)
    for node, left, top, right, bottom in boxes(drawn, columns):
        for x, y, wide, high in board.panels:
            if left < x + wide and x < right and top < y + high and y < bottom:
                assert x <= left and right <= x + wide and y <= top and bottom <= y + high, node
    assert overlapping_pairs(drawn, columns) == []


def test_every_node_has_a_place_in_integers(network: nx.MultiDiGraph) -> None:
    places = place(network)
    assert list(places) == list(network)
    assert all(type(number) is int for at in places.values() for number in at)


def test_the_board_reads_from_top_to_bottom_and_from_left_to_right(network: nx.MultiDiGraph) -> None:
    at = place(network)
    basis, report, named = at[ID + "doc/青法办-2021-3"], at[REPORT], at[ID + "doc/民法典"]
    section, measure, seen = (at[f"{REPORT}#{n}"] for n in ("sec-1.1", "measure-1.1-2", "obs-recon-closed"))
    assert basis.y < report.y < section.y < measure.y < named.y
    assert measure.x < seen.x and seen.y >= measure.y


def test_a_doubt_stands_below_its_figure_in_large_letters(network: nx.MultiDiGraph) -> None:
    at = place(network)
    figure, doubt = at[f"{REPORT}#obs-recon-closure-rate"], at[f"{REPORT}#finding-recon-closure-rate"]
    assert figure.y < doubt.y and figure.font < doubt.font
    badge, closed = at[f"{REPORT}#finding-order"], at[f"{REPORT}#obs-recon-closed"]
    assert badge.y == closed.y and badge.x > closed.x


def test_measures_of_a_section_follow_the_text() -> None:
    at = place(make_large(), columns=1)
    column = [at[f"sec4m{step}"] for step in range(12)]
    assert [place.y for place in column] == sorted(place.y for place in column)
    assert len({place.x for place in column}) == 1


def test_results_stand_beside_their_act_or_closely_below() -> None:
    rows = [Row("a", cells=(Cell("1"), Cell("2"), Cell("3"))), Row("b", cells=(Cell("4"),)), Row("c")]
    acts, results, height = stack(rows)
    assert acts == [("a", 0, 0), ("b", 0, 24), ("c", 0, 48)]
    assert [(cell.node, y) for cell, y in results] == [("1", 0), ("2", 24), ("3", 48), ("4", 72)]
    assert height == 96


def test_columns_keep_the_order_and_lose_nothing() -> None:
    blocks = [
        Block(f"s{n}", (f"s{n}",), tuple(Row(f"m{n}.{m}", heads=m % 9 == 1) for m in range(12 * n + 1)))
        for n in range(8)
    ]
    columns = fold(blocks)
    assert len(columns) > 1
    assert [r.node for c in columns for b in c for r in b.rows] == [r.node for b in blocks for r in b.rows]
    assert [h for c in columns for b in c for h in b.heads] == [f"s{n}" for n in range(8)]
    assert not any(b.rows[-1].heads for c in columns for b in c if len(b.rows) > 1)


@pytest.mark.parametrize(("degree", "size"), [(0, (211, 47, 15)), (3, (228, 51, 17)), (6, (240, 54, 18))])
def test_what_has_more_relations_is_larger(degree: int, size: tuple[int, int, int]) -> None:
    assert scale_by_degree((240, 54, 18), degree) == size


# -------------------------------------------------------------------------------------- several reports


def parse_years(*years: int) -> Dataset:
    """The small report as if it were of several years."""
    several = Dataset()
    for year in years:
        text = SAMPLE.read_text(encoding="utf-8").replace("gov/2021", f"gov/{year}")
        several.parse(data=text, format="trig")
    return several


def make_country(areas: int, reports: int, documents: int) -> nx.MultiDiGraph:
    """Areas in ten provinces, reports of each, documents: document n is followed by every (n + 1)th report."""
    network = nx.MultiDiGraph()

    def add(node: str, kind: str, report: str = "") -> None:
        network.add_node(node, kind=kind, report=report, start=-1)

    for province in range(10):
        add(f"area/{province}", "Area")
    for area in range(areas):
        add(f"area/{area % 10}{area:05}", "Area")
        network.add_edge(f"area/{area % 10}{area:05}", f"area/{area % 10}", "within")
    for document in range(documents):
        add(f"doc{document:03}", "PolicyDocument")
    for number in range(areas * reports):
        area, report = number % areas, f"r{number:06}"
        add(report, "Report", report)
        network.add_edge(report, f"area/{area % 10}{area:05}", "area")
        for document in range(documents):
            if number % (document + 1) == 0:
                network.add_edge(report, f"doc{document:03}", "implementsPolicy")
    return network


def test_each_report_has_a_board_with_what_it_shares() -> None:
    network = make_network(parse_years(2021, 2022))
    groups = share_out(network)
    assert list(groups) == [REPORT, REPORT.replace("2021", "2022")]
    for report, nodes in groups.items():
        own = [node for node in nodes if network.nodes[node]["report"] == report]
        assert len(own) == len([node for node in network if node.startswith(report)])
        assert {ID + "doc/青法办-2021-3", ID + "org/990101/司法局", ID + "topic/reconsideration"} <= set(
            nodes
        )
        assert overlaps(arrange(network, report, nodes)) == []
        assert list(arrange(network, report, nodes).places) == nodes


def test_what_is_near_no_report_has_a_board_of_its_own() -> None:
    network = make_network(parse_years(2021, 2022))
    network.add_node("stray", kind="Agency", report="", start=-1)
    assert share_out(network)[""] == ["stray"]
    assert share_out(nx.MultiDiGraph()) == {"": []}


@pytest.mark.parametrize("columns", [None, 2])
@pytest.mark.parametrize(("areas", "reports", "documents"), [(1, 1, 1), (1, 9, 3), (30, 5, 60), (300, 2, 4)])
def test_the_overview_shows_areas_with_their_reports_below_the_documents(
    columns: int | None, areas: int, reports: int, documents: int
) -> None:
    network = make_country(areas, reports, documents)
    board = survey(network, columns)
    assert overlaps(board) == []
    kinds = [network.nodes[node]["kind"] for node in board.places]
    assert kinds.count("Report") == areas * reports and kinds.count("Area") == areas
    assert kinds.count("PolicyDocument") == min(documents, 40)
    lowest = max(at.y for node, at in board.places.items() if node.startswith("doc"))
    assert all(at.y > lowest for node, at in board.places.items() if node.startswith(("r", "area")))
    for node, left, top, right, bottom in corners(board):
        inside = [p for p in board.panels if p[0] <= left and right <= p[0] + p[2]]
        if node.startswith("r"):
            (area,) = (value for _, value, key in network.out_edges(node, keys=True) if key == "area")
            assert any(
                y <= top and bottom <= y + h and y <= board.places[area].y <= y + h for _, y, _, h in inside
            )


def test_documents_of_more_reports_are_larger_and_come_first() -> None:
    board = survey(make_country(30, 2, 3))
    first, second, third = (board.places[f"doc00{number}"] for number in range(3))
    assert first.x < second.x < third.x
    assert first.width > second.width > third.width and first.font > third.font


def test_of_many_reports_only_the_areas_are_drawn_and_of_many_areas_what_they_lie_in() -> None:
    board = survey(make_country(500, 2, 1))
    assert MOST_REPORTS < 500 * 2 and not any(node.startswith("r") for node in board.places)
    board = survey(make_country(MOST_AREAS + 1, 1, 1))
    assert sorted(node for node in board.places if node.startswith("area")) == [
        f"area/{n}" for n in range(10)
    ]


# ----------------------------------------------------------------------------------------------- pinyin


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("行政复议结案率 90%", "xzfyjal90%"),
        ("银行", "yh"),  # 行 is háng here
        ("重大行政决策", "zdxzjc"),
        ("重新审查", "cxsc"),  # 重 is chóng here
        ("汴法政〔2020〕1号", "bfz〔2020〕1h"),
        ("“一网通办”APP", "“ywtb”app"),
        ("", ""),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert write_initials(name) == initials


# --------------------------------------------------------------------------------------------- the page


def test_the_page_holds_everything_and_asks_for_nothing(page: str) -> None:
    assert len(page.encode("utf-8")) < 2_500_000
    assert "vis.Network" in page and "@version 9.1.2" in page
    assert not re.search(r"""<(?:script|img|iframe|source)[^>]*\ssrc=|@import|url\(|sourceMappingURL""", page)
    assert re.findall(r'<link[^>]*href="([^"]*)"', page) == ["data:,"]
    assert page.count("</script") == 3 and "<!--" not in page
    assert "unsafe-eval" not in page


def test_the_page_carries_the_whole_text(dataset: Dataset, page: str) -> None:
    assert data_of(page)["texts"][REPORT].startswith(
        "青石县人民政府2021年度法治政府建设工作报告\n\n一、主要工作"
    )


def test_json_cannot_end_its_element() -> None:
    written = write_json(["</script><!-- & \u2028\u2029"])
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == ["</script><!-- & \u2028\u2029"]


def test_a_plain_graph_and_an_empty_one_are_shown_too(dataset: Dataset) -> None:
    union = Graph()
    for subject, predicate, value, _ in dataset.quads((None, None, None, None)):
        union.add((subject, predicate, value))
    assert render_explorer(union) == render_explorer(dataset)
    assert data_of(render_explorer(Dataset()))["nodes"] == []


def test_a_page_of_one_report_begins_with_it_and_one_of_several_with_an_overview(dataset: Dataset) -> None:
    assert [scene["of"] for scene in data_of(render_explorer(dataset))["scenes"]] == [0]
    data = data_of(render_explorer(parse_years(2021, 2022)))
    first, second = (n for n, node in enumerate(data["nodes"]) if node["kind"] == "Report")
    assert [scene["of"] for scene in data["scenes"]] == [-1, first, second]


def test_edges_and_places_are_numbers_of_nodes(page: str, network: nx.MultiDiGraph) -> None:
    data = data_of(page)
    ids = [node["id"] for node in data["nodes"]]
    assert ids == list(network)
    edges = data["edges"]
    names = {
        (ids[edges[n]], ids[edges[n + 1]], data["relations"][edges[n + 2]][0])
        for n in range(0, len(edges), 3)
    }
    assert names == set(network.edges(keys=True))
    (scene,) = data["scenes"]
    wide, narrow = (board["at"] for board in scene["boards"])
    assert [ids[number] for number in wide[::6]] == [ids[number] for number in narrow[::6]] == ids


RENDER = """
import hashlib, sys
from rdflib import Dataset
from fatu.viewing import render_explorer
assert "pyvis" not in sys.modules and "IPython" not in sys.modules, "importing fatu.viewing must stay cheap"
dataset = Dataset()
dataset.parse(sys.argv[1], format="trig")
print(hashlib.sha256(render_explorer(dataset).encode("utf-8")).hexdigest())
"""


def test_the_same_graph_gives_the_same_page_under_any_hash_seed() -> None:
    pages = {
        subprocess.run(
            [sys.executable, "-c", RENDER, str(SAMPLE)],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }  # fmt: skip
    assert len(pages) == 1


@pytest.mark.skipif(not EXAMPLE.exists(), reason="../shared/domain/example.trig is not there")
def test_the_example_of_the_interfaces_is_shown() -> None:
    dataset = Dataset()
    dataset.parse(EXAMPLE, format="trig")
    labels = {found["label"] for _, found in make_network(dataset).nodes(data=True)}
    assert {"行政复议案件受理数 9件", "行政复议案件审结数 8件", "行政复议结案率 90%"} <= labels
    assert data_of(render_explorer(dataset))["texts"] == {}


# ------------------------------------------------------------------------------------------- the tables


def test_words_are_complete_and_unique() -> None:
    rows = [line.split("\t") for line in asset("words.tsv").splitlines()[1:]]
    assert all(len(row) == 3 and all(row) for row in rows)
    keys = {row[0] for row in rows}
    assert len(keys) == len(rows) and keys <= set(load_words())
    shared = set(load_words()) - keys
    assert {key.split(".")[0] for key in shared} == {"verdict", "severity", "rule", "bound", "status"}


def test_every_class_has_words_and_colours() -> None:
    for name, kind in load_kinds().items():
        assert f"class.{name}" in load_words()
        assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in (*kind.light, *kind.dark))


def test_every_word_the_page_asks_for_is_in_the_table() -> None:
    files = [*(f"templates/{name}.js" for name in SCRIPTS), "templates/explorer.html.j2"]
    files += ["layout.py", "network.py", "overview.py"]
    used = {word for name in files for word in re.findall(r"""["']((?:ui|view)\.[a-z_]+)["']""", asset(name))}
    assert used <= set(load_words())
    assert {word for word in load_words() if word.startswith(("ui.", "view."))} <= used


def test_every_script_is_on_the_page() -> None:
    folder = Path(fatu.viewing.__file__).parent / "templates"
    assert {path.stem for path in folder.glob("*.js")} == set(SCRIPTS)
