"""Finding one's way on the page of the sample: search, filters, focus, paths, addresses, the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from pages import CHOSEN, LINES, PLACE, VISIBLE, click_node, marked, select, spotted, text_of, texts_of

pytestmark = pytest.mark.browser

ID = "https://w3id.org/fatu/id/"
REPORT = ID + "report/410203/gov/2020"
RATE = f"{REPORT}#obs-recon-closure-rate"
ACCEPTED = f"{REPORT}#obs-recon-accepted"
CLOSED = f"{REPORT}#obs-recon-closed"
FINDING = f"{REPORT}#finding-ratio-recon-closure-rate"
BASIS = ID + "doc/汴法政-2020-1"
SCENE = "() => fatu.state.scene.type"


@pytest.fixture
def page(show: Callable[..., Any], sample: Path) -> Any:
    """The sample's page at 1280 × 800."""
    return show(file=sample).page


def search(page: Any, query: str) -> list[str]:
    """Types a query and reads the names found."""
    page.fill("#query", query)
    page.wait_for_timeout(200)
    return texts_of(page, "#find-results .hit:not(.passage) .hit-name")


def local_names(page: Any, script: str = CHOSEN) -> set[str]:
    return {node.rsplit("#")[-1] for node in page.evaluate(script)}


# ---------------------------------------------------------------------------------------------- search


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("行政复议结案率", "行政复议结案率 90%"),
        ("汴法政〔2020〕1号", "开封市法治政府建设领导小组关于印发开封市2020年度法治政府建设工作安排的通知"),
        ("汴法政[2020]1号", "开封市法治政府建设领导小组关于印发开封市2020年度法治政府建设工作安排的通知"),
        ("xzfyjal", "行政复议结案率 90%"),
        ("mfd", "民法典"),
        ("117万元", "法律援助挽回(取得)经济利益 117万元"),
    ],
)
def test_names_numbers_and_initials_are_found(page: Any, query: str, first: str) -> None:
    found = search(page, query)
    assert found[0] == first
    assert page.is_visible("#find") and page.get_attribute("#tab-find", "aria-selected") == "true"


def test_english_names_are_found_too(page: Any) -> None:
    page.click("#language")
    assert search(page, "cases accepted")[0] == "Reconsideration cases accepted 9件"


def test_what_nothing_is_called_is_found_nowhere(page: Any) -> None:
    assert search(page, "火星移民") == []
    assert "找到0个节点" in text_of(page, "#find-results")


def test_words_of_the_text_are_found_and_shown_where_they_stand(page: Any) -> None:
    search(page, "马上办")
    assert "原文中 1" in text_of(page, "#find-results")
    page.click("#find-results .passage >> nth=0")
    assert "马上办" in marked(page) + spotted(page)


def test_enter_chooses_the_best_hit_and_escape_empties_the_search(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("行政复议结案率")
    page.keyboard.press("Enter")
    assert page.evaluate(CHOSEN) == [RATE]
    assert marked(page) == "结案率90%"
    page.focus("#query")
    page.keyboard.press("Escape")
    assert page.input_value("#query") == ""


def test_hits_can_be_walked_with_the_arrow_keys(page: Any) -> None:
    found = search(page, "行政复议")
    page.focus("#query")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert text_of(page, "#details h2") == found[1]


# --------------------------------------------------------------------------------------------- filters


def test_the_filter_by_verdict_leaves_the_figure_at_odds(page: Any) -> None:
    page.click("#tab-find")
    page.select_option("#filter-verdict", "inconsistent")
    drawn = local_names(page, "() => [...fatu.drawn.view].map(({ id }) => id)")
    assert drawn == {REPORT, "obs-recon-closure-rate", "finding-ratio-recon-closure-rate"}
    assert "筛选后显示3个节点" in text_of(page, "#notice")
    assert texts_of(page, "#findings .verdict") == ["警示 · 不一致"]
    page.click("#clear-filters")
    assert page.evaluate(VISIBLE, "Measure") == 48 and not page.is_visible("#notice")


def test_the_filter_by_section_leaves_what_stands_in_it(page: Any) -> None:
    page.click("#tab-find")
    page.select_option("#filter-section", f"{REPORT}#sec-1.5.4")
    seen = page.evaluate("[...fatu.drawn.view].filter(n => n.kind === 'Observation').map(n => n.name[0])")
    # 受理行政复议案件9件,审结8件,结案率90%。应诉的行政案件72件 … 已审结61件,胜诉43件,胜诉率70%
    assert sorted(name.split(" ")[-1] for name in seen) == sorted(
        ["9件", "8件", "90%", "72件", "61件", "43件", "70%"]
    )
    assert page.evaluate("[...fatu.drawn.view].filter(n => n.kind === 'Section').map(n => n.id)") == [
        f"{REPORT}#sec-1.5.4"
    ]


def test_the_filter_by_topic_and_agency_narrows_graph_table_and_search(page: Any) -> None:
    page.click("#tab-find")
    page.select_option("#filter-topic", ID + "topic/administrative-reconsideration")
    page.click("#view-table")
    assert {"行政复议案件受理数", "行政复议案件审结数", "行政复议结案率"} <= set(
        texts_of(page, "#table-body tbody th")
    )
    all_rows = page.evaluate("fatu.data.nodes.filter(n => n.kind === 'Observation').length")
    assert len(texts_of(page, "#table-body tbody tr")) < all_rows == 42
    page.select_option("#filter-topic", "")
    page.select_option("#filter-agency", ID + "org/410203/法律援助中心")
    assert texts_of(page, "#table-body tbody th") == ["个人申请法律援助案件数"]


def test_the_legend_hides_a_class_and_the_address_remembers_it(page: Any) -> None:
    page.click("#legend [data-kind=Outcome]")
    assert page.evaluate(VISIBLE, "Outcome") == 0
    page.click("#legend [data-kind=Topic]")
    assert "hide=Outcome" in page.url and "show=Topic" in page.url
    page.reload()
    page.wait_for_function("window.fatu !== undefined")
    assert page.evaluate(VISIBLE, "Outcome") == 0 and page.evaluate(VISIBLE, "Topic") == 33


# ------------------------------------------------------------------------------------------ focus, path


def test_one_step_around_a_figure_is_its_measure_its_section_and_its_finding(page: Any) -> None:
    select(page, RATE)
    page.click("#details [data-steps='1']")
    assert page.evaluate(SCENE) == "focus"
    assert local_names(page, "() => [...fatu.drawn.view].map(({ id }) => id)") == {
        "obs-recon-closure-rate", "measure-1.5-10", "sec-1.5.4", "finding-ratio-recon-closure-rate",
    }  # fmt: skip
    page.click("#details [data-steps='2']")
    assert {"obs-recon-accepted", "obs-recon-closed"} <= local_names(
        page, "() => [...fatu.drawn.view].map(({ id }) => id)"
    )
    page.click("#leave")
    assert page.evaluate(SCENE) == "board" and page.evaluate(CHOSEN) == [RATE]


def test_more_steps_reach_no_less(page: Any) -> None:
    counts = []
    for steps in (1, 2, 3):
        page.evaluate("([id, steps]) => fatu.focus(id, steps)", [ACCEPTED, steps])
        counts.append(page.evaluate("fatu.drawn.view.size"))
    assert counts == sorted(counts) and counts[0] < counts[2] <= 600


def test_around_a_node_documents_stand_above_measures_above_figures_above_outcomes(page: Any) -> None:
    page.evaluate("([id, steps]) => fatu.focus(id, steps)", [BASIS, 2])
    heights = {
        kind: page.evaluate(
            "(kind) => { const y = [...fatu.drawn.view].filter(n => n.kind === kind).map(n => fatu.place(n.id).y);"
            " return [Math.min(...y), Math.max(...y)]; }",
            kind,
        )
        for kind in ("PolicyDocument", "Report", "Section", "Measure", "Observation", "Outcome")
    }
    bands = list(heights.values())
    assert all(above[1] < below[0] for above, below in pairwise(bands))


def test_the_path_from_a_figure_to_the_document_leads_through_its_measure(page: Any) -> None:
    select(page, RATE)
    page.click("#join")
    assert "另一个节点" in text_of(page, "#details")
    page.click("#fit")
    click_node(page, BASIS)
    assert page.evaluate(SCENE) == "path"
    assert [n.rsplit("/")[-1] for n in page.evaluate("[...fatu.state.scene.places.keys()].map(n => n.id)")] == [
        "2020#obs-recon-closure-rate", "2020#measure-1.5-10", "汴法政-2020-1"
    ]  # fmt: skip
    assert sorted(page.evaluate(LINES)) == ["hasObservation", "underDocumentInherited"]
    assert "2步" in text_of(page, "#trail")


def test_escape_calls_a_path_off_and_leads_back(page: Any) -> None:
    select(page, RATE)
    page.click("#join")
    page.keyboard.press("Escape")
    page.click("#fit")
    click_node(page, BASIS)
    assert page.evaluate(SCENE) == "board" and page.evaluate(CHOSEN) == [BASIS]
    page.evaluate("([id, steps]) => fatu.focus(id, steps)", [BASIS, 1])
    page.keyboard.press("Escape")
    assert page.evaluate(SCENE) == "board"


def test_a_double_click_unfolds_a_node(page: Any) -> None:
    select(page, RATE)
    page.wait_for_timeout(200)
    click_node(page, RATE, count=2)
    assert page.evaluate(SCENE) == "focus" and page.evaluate(CHOSEN) == [RATE]


# ------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("address", "scene", "chosen"),
    [
        ("node=obs-recon-closure-rate", "board", [RATE]),
        ("node=report/410203/gov/2020%23obs-recon-closure-rate&steps=2", "focus", [RATE]),
        (f"node={RATE.replace('#', '%23')}&steps=1", "focus", [RATE]),
        ("node=obs-recon-closure-rate&to=doc/汴法政-2020-1", "path", [RATE]),
        ("node=finding-ratio-recon-closure-rate", "board", [FINDING]),
        ("node=nobody-knows&steps=2", "board", []),
        ("steps=9&node=&view=nothing&lang=fr&verdict=none", "board", []),
    ],
)
def test_an_address_brings_a_view_back(
    show: Callable[..., Any], sample: Path, address: str, scene: str, chosen: list[str]
) -> None:
    opened = show(file=sample, fragment=address)
    assert opened.page.evaluate(SCENE) == scene
    assert opened.page.evaluate(CHOSEN) == chosen
    assert opened.messages == []


def test_the_address_follows_what_one_does(show: Callable[..., Any], sample: Path) -> None:
    page = show(file=sample).page
    page.evaluate("([id, steps]) => fatu.focus(id, steps)", [RATE, 2])
    page.click("#language")
    page.click("#view-table")
    search(page, "xzfy")
    address = unquote(page.url.split("#", 1)[1])
    assert set(address.split("&")) == {
        "node=report/410203/gov/2020#obs-recon-closure-rate", "steps=2", "view=table", "q=xzfy", "lang=en"
    }  # fmt: skip
    again = show(file=sample, fragment=page.url.split("#", 1)[1]).page
    assert again.evaluate(SCENE) == "focus" and again.evaluate("fatu.state.scene.steps") == 2
    assert again.is_visible("#table") and again.input_value("#query") == "xzfy"
    assert again.evaluate("document.documentElement.lang") == "en"


def test_back_leads_to_where_one_was(page: Any) -> None:
    page.evaluate("([id, steps]) => fatu.focus(id, steps)", [RATE, 1])
    page.evaluate("([id, steps]) => fatu.focus(id, steps)", [BASIS, 1])
    page.go_back()
    page.wait_for_timeout(200)
    assert page.evaluate(CHOSEN) == [RATE] and page.evaluate(SCENE) == "focus"
    page.go_back()
    page.wait_for_timeout(200)
    assert page.evaluate(SCENE) == "board"


# -------------------------------------------------------------------------------- graph, text, keyboard


def test_text_and_graph_choose_each_other(page: Any) -> None:
    page.click("#source .mark.alarm")
    assert page.evaluate(CHOSEN) == [RATE]
    assert page.evaluate("fatu.network.getSelectedNodes()") == [RATE]
    x, y = page.evaluate(PLACE, CLOSED)
    assert 0 < x < 900 and 160 < y < 800  # close by: in view at once
    page.mouse.click(x, y)
    assert page.evaluate(CHOSEN) == [CLOSED] and marked(page) == "审结8件"


def test_the_arrow_keys_go_from_box_to_box_and_enter_unfolds(page: Any) -> None:
    select(page, ACCEPTED)
    page.focus("#canvas .vis-network")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(CHOSEN) == [CLOSED]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(CHOSEN) == [ACCEPTED]
    before = page.evaluate("fatu.network.getViewPosition().x")
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("fatu.network.getViewPosition().x") > before
    scale = page.evaluate("fatu.network.getScale()")
    page.keyboard.press("+")
    assert page.evaluate("fatu.network.getScale()") > scale
    page.keyboard.press("Enter")
    assert page.evaluate(SCENE) == "focus"


def test_everything_is_reached_by_tab(page: Any) -> None:
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("(e => e.id || e.dataset.kind || e.className || e.tagName)(document.activeElement)")
        )
    assert {
        "language",
        "view-graph",
        "relations",
        "physics",
        "fit",
        "vis-network",
        "query",
        "tab-findings",
    } <= reached
    assert {"Report", "Measure", "Observation"} <= reached
    assert any("mark" in name for name in reached) and "finding" in reached


def test_what_is_chosen_is_said_to_a_screen_reader(page: Any) -> None:
    select(page, RATE)
    assert text_of(page, "#status") == "已选数据:行政复议结案率 90%,3条关系"
    assert page.get_attribute("#canvas .vis-network", "aria-describedby") == "canvas-help"
