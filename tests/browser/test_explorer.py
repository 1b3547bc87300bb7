"""The explorer page in a real browser: what a person sees and does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages import (
    ACCEPTED,
    CHOSEN,
    COUNT_INKED,
    DOCUMENT,
    LINES,
    MEASURE,
    OVERLAPS,
    PLACE,
    RATE,
    REPORT,
    SIZES,
    TOO_WIDE,
    VISIBLE,
    click_node,
    marked,
    select,
    spotted,
    text_of,
    texts_of,
)  # fmt: skip

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_graph_is_drawn_and_nothing_else_happens(
    show: Callable[..., Any], width: int, height: int, scheme: str
) -> None:
    opened = show(width, height, scheme)
    page = opened.page
    assert page.evaluate(COUNT_INKED) > 2000
    assert page.evaluate("document.querySelectorAll('canvas').length") == 1
    shown = {
        "Report",
        "PolicyDocument",
        "Section",
        "Measure",
        "Problem",
        "Plan",
        "Observation",
        "Outcome",
        "Finding",
    }
    nodes = page.evaluate("fatu.data.nodes.map(({ id, kind }) => [id, kind])")
    assert sorted(page.evaluate("[...fatu.drawn.view].map(({ id }) => id)")) == sorted(
        node for node, kind in nodes if kind in shown
    )
    assert len(nodes) == 27
    assert opened.requests == [opened.address]
    assert opened.messages == []


def test_the_page_keeps_its_own_security_policy(show: Callable[..., Any]) -> None:
    opened = show(bypass_csp=False)
    assert opened.messages == [] and opened.requests == [opened.address]
    assert opened.page.inner_text("#counts").split() == ["举措", "4", "数据", "4", "文件", "2", "警示", "2"]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_page_fits_its_window(show: Callable[..., Any], width: int, height: int) -> None:
    page = show(width, height).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for selector in (
        "header",
        "#legend",
        "#canvas",
        "aside",
        "#language",
        "#fit",
        "#zoom-out",
        "#query",
        "#view-figures",
    ):
        box = page.eval_on_selector(selector, "e => e.getBoundingClientRect().toJSON()")
        assert box["width"] > 0 and box["height"] > 0, selector
        assert box["left"] >= 0 and box["right"] <= width, selector


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_box_covers_another_and_all_words_are_in_their_boxes(
    show: Callable[..., Any], width: int, height: int
) -> None:
    page = show(width, height).page
    for kind in ("Agency", "Program", "Topic", "Area"):
        if page.query_selector(f"#legend [data-kind={kind}]"):
            page.click(f"#legend [data-kind={kind}]")
    for _ in ("zh", "en"):
        assert page.evaluate(OVERLAPS) == []
        assert page.evaluate(TOO_WIDE) == []
        page.click("#language")


def test_the_first_view_says_how_to_read_it_and_what_is_doubtful(show: Callable[..., Any]) -> None:
    page = show().page
    assert "依据的文件 → 报告 → 各部分做了什么" in text_of(page, ".lead")
    doubt = f"{REPORT}#finding-recon-closure-rate"
    assert page.evaluate("id => fatu.lines(id)", doubt) == ["报告写95%,复算90%"]
    assert page.evaluate("id => fatu.place(id).font * fatu.network.getScale()", doubt) > 11


def test_a_mention_of_nothing_known_shows_in_the_text(show: Callable[..., Any]) -> None:
    page = show().page
    page.click("#source .mark.unresolved")
    details = text_of(page, "#details")
    for said in ("未能确定的提及", "执法队伍", "不能确定指哪一个", "990101/综合执法大队"):
        assert said in details
    assert marked(page) == "执法队伍"


def test_the_header_says_which_report(show: Callable[..., Any]) -> None:
    header = text_of(show().page, "header")
    for said in ("青石县人民政府2021年度法治政府建设工作报告", "2021", "2022-01-20", "2022-02-14", "警示2"):
        assert said in header


def test_a_click_on_a_node_tells_facts_and_marks_evidence(show: Callable[..., Any]) -> None:
    opened = show()
    page = opened.page
    click_node(page, RATE)
    details = text_of(page, "#details")
    for said in ("行政复议结案率 95%", "数值95%", "确数", "行政复议案件审结数", "县司法局受理行政复议案件"):
        assert said in details
    assert marked(page) == "95%"
    assert page.is_visible("#details") and not page.is_visible("#findings")
    assert opened.messages == []


def test_evidence_is_marked_by_code_points(show: Callable[..., Any]) -> None:
    page = show().page
    for node, words in [
        (f"{REPORT}#measure-1.1-1", "在𠮷祥乡开展“阳光复议”试点"),
        (f"{REPORT}#measure-1.1-2", "县司法局受理行政复议案件20件"),
        (DOCUMENT, "《民法典》"),
    ]:
        select(page, node)
        assert marked(page) == words


def test_evidence_far_down_is_scrolled_to(show: Callable[..., Any]) -> None:
    page = show().page
    page.evaluate("document.querySelector('#source').style.scrollBehavior = 'auto'")
    select(page, f"{REPORT}#plan-1")
    inside = """() => {
      const box = (selector) => document.querySelector(selector).getBoundingClientRect();
      const [pane, mark] = [box("#source"), box("#source .here")];
      return pane.top <= mark.top && mark.bottom <= pane.bottom;
    }"""
    assert page.evaluate(inside)


def test_a_click_on_the_text_chooses_its_node_then_the_wider_one(show: Callable[..., Any]) -> None:
    page = show().page
    page.click("#source .mark:text-is('20件')")
    assert "行政复议案件受理数 20件" in text_of(page, "#details h2")
    page.click("#source .mark:text-is('20件')")
    assert text_of(page, "#details h2") == "县司法局受理行政复议案件"


def test_the_text_can_be_walked_with_the_keyboard(show: Callable[..., Any]) -> None:
    page = show().page
    page.focus("#source .mark")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert text_of(page, "#details h2") == "(一)行政复议"
    page.keyboard.press("Escape")
    assert page.evaluate("fatu.network.getSelectedNodes()") == []


def test_findings_come_with_the_worst_first_and_choose_what_they_are_about(show: Callable[..., Any]) -> None:
    page = show().page
    verdicts = page.eval_on_selector_all(".finding .verdict", "all => all.map(e => e.textContent)")
    assert verdicts == ["警示 · 不一致", "警示 · 缺失", "提示 · 一致"]
    page.click(".finding >> nth=0")
    chosen = {node.rsplit("#")[-1] for node in page.evaluate(CHOSEN)}
    assert chosen == {node.rsplit("#")[-1] for node in page.evaluate("fatu.network.getSelectedNodes()")}
    assert chosen == {
        "finding-recon-closure-rate", "obs-recon-closure-rate", "obs-recon-closed", "obs-recon-accepted"
    }  # fmt: skip
    assert marked(page) == "20件18件95%"


def test_a_finding_tells_formula_operands_and_spans(show: Callable[..., Any]) -> None:
    page = show().page
    page.click(".finding >> nth=0")
    details = text_of(page, "#details")
    for said in (
        "18÷20=90%",
        "被核查行政复议结案率 95%",
        "运算项行政复议案件受理数 20件",
        "运算项行政复议案件审结数 18件",
    ):
        assert said in details
    assert texts_of(page, "#details .quote") == ["95%115–118", "20件102–105", "18件108–111"]
    page.click("#details .operands .link >> nth=1")
    assert page.evaluate(CHOSEN) == [ACCEPTED]
    assert marked(page) == "20件"


def test_a_contradicted_number_is_red(show: Callable[..., Any]) -> None:
    page = show().page
    alarm = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--alarm').trim()")
    borders = page.evaluate(
        "[...fatu.drawn.view].filter(n => n.kind === 'Observation').map(({ id }) => [id, fatu.colors(id)[0]])"
    )
    assert [node for node, color in borders if color == alarm] == [RATE]
    assert page.eval_on_selector("#source .mark.alarm", "e => e.textContent") == "95%"


def test_each_fact_shows_the_words_it_rests_on(show: Callable[..., Any]) -> None:
    page = show().page
    select(page, MEASURE)
    assert marked(page) == "县司法局受理行政复议案件20件"
    select(page, RATE)
    spots = dict(
        page.eval_on_selector_all(
            "#details dd",
            "all => all.map(dd => [dd.firstChild.textContent, dd.querySelector('.spot')?.title])",
        )
    )
    assert spots["95%"] == "95%"
    page.click("#details .spot >> nth=0")
    assert marked(page) == "95%"
    select(page, f"{REPORT}#obs-lectures")
    page.click("#details dt:text-is('数值') + dd .spot")
    assert spotted(page) == "30"  # of 30余场


def test_the_legend_hides_and_shows_a_class(show: Callable[..., Any]) -> None:
    page = show().page
    assert page.evaluate(VISIBLE, "Observation") == 4
    page.click("#legend [data-kind=Observation]")
    assert page.evaluate(VISIBLE, "Observation") == 0
    assert page.get_attribute("#legend [data-kind=Observation]", "aria-pressed") == "false"
    page.click("#legend [data-kind=Observation]")
    assert page.evaluate(VISIBLE, "Observation") == 4
    assert page.evaluate(VISIBLE, "Topic") == 0
    page.click("#legend [data-kind=Topic]")
    assert page.evaluate(VISIBLE, "Topic") == 1


def test_relations_beyond_the_skeleton_are_shown_on_demand(show: Callable[..., Any]) -> None:
    page = show().page
    assert page.evaluate(LINES).count("actor") == 0
    select(page, MEASURE)
    assert page.evaluate(LINES).count("actor") == 1
    select(page)
    page.click("#relations")
    assert page.evaluate(LINES).count("actor") == 1
    assert page.evaluate(VISIBLE, "Agency") == 2


def test_an_edge_tells_its_name_where_the_mouse_is(show: Callable[..., Any]) -> None:
    page = show().page
    select(page, MEASURE)
    page.click("#fit")
    middle = page.evaluate("""(id) => {
      const { x, y } = fatu.network.getPosition(id);
      const at = fatu.network.canvasToDOM({ x: x + fatu.place(id).width / 2 + 12, y });
      const box = document.querySelector("#canvas").getBoundingClientRect();
      return [box.left + at.x, box.top + at.y];
    }""", MEASURE)  # fmt: skip
    page.mouse.move(*middle)
    page.wait_for_timeout(200)
    tip = text_of(page, "#tip")
    assert "县司法局受理行政复议案件" in tip and "数据 →" in tip and page.is_visible("#tip")
    page.mouse.move(5, 5)
    page.wait_for_timeout(100)
    assert not page.is_visible("#tip")


def test_the_language_switch_turns_everything_but_the_data(show: Callable[..., Any]) -> None:
    page = show().page
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "Observation" in text_of(page, "#legend")
    assert "18/20 = 90%" in text_of(page, "#findings")
    assert "warning · inconsistent" in text_of(page, "#findings")
    assert page.get_attribute("#zoom-in", "aria-label") == "Zoom in"
    assert "青石县人民政府2021年度法治政府建设工作报告" in text_of(page, "h1")
    page.click("#language")
    assert "数据" in text_of(page, "#legend")


def test_zoom_and_fit(show: Callable[..., Any]) -> None:
    page = show().page
    before = page.evaluate("fatu.network.getScale()")
    page.click("#zoom-in")
    page.wait_for_timeout(100)
    assert page.evaluate("fatu.network.getScale()") > before
    page.click("#fit")
    assert abs(page.evaluate("fatu.network.getScale()") - before) < 1e-6


def test_every_control_has_a_name(show: Callable[..., Any]) -> None:
    nameless = """() => [...document.querySelectorAll("button, select, input, [role=tabpanel], [role=group]")]
      .filter((e) => !["aria-label", "aria-labelledby"].some((name) => e.getAttribute(name)) && !e.labels?.length)
      .filter((e) => !e.textContent.trim())
      .map((e) => e.id)"""
    assert show().page.evaluate(nameless) == []


@pytest.mark.parametrize(
    ("node", "name"),
    [
        ("https://w3id.org/fatu/id/program/hostile-1", "<script>alert(1)</script>"),
        ("https://w3id.org/fatu/id/program/hostile-2", "\"'&\u2028\u2029\u202e]]> <!--"),
        (DOCUMENT, "民法典</script><img src=x onerror=alert(2)>"),
    ],
)
def test_a_hostile_name_is_only_text(show: Callable[..., Any], node: str, name: str) -> None:
    opened = show()
    page = opened.page
    select(page, node)
    assert text_of(page, "#details h2") == name
    page.mouse.move(*page.evaluate(PLACE, node))
    page.wait_for_timeout(300)
    assert name[:4] in text_of(page, "#tip")
    assert page.evaluate("document.querySelectorAll('img').length") == 0
    assert page.evaluate("document.querySelectorAll('body script').length") == 3
    assert opened.messages == [] and opened.requests == [opened.address]


def test_it_prints(show: Callable[..., Any]) -> None:
    page = show().page
    page.emulate_media(media="print")
    assert page.is_visible("#findings") and page.is_visible("#source") and page.is_visible("canvas")
    assert not page.is_visible("#language")


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_the_sample(
    show: Callable[..., Any], sample: Path, width: int, height: int, scheme: str
) -> None:
    assert sample.stat().st_size < 2_500_000
    opened = show(width, height, scheme, file=sample)
    page = opened.page
    for kind in ("Agency", "Program", "Topic", "Area"):
        if page.query_selector(f"#legend [data-kind={kind}]"):
            page.click(f"#legend [data-kind={kind}]")
    for _ in ("zh", "en"):
        assert page.evaluate(OVERLAPS) == []
        assert page.evaluate(TOO_WIDE) == []
        page.click("#language")
    doubts = page.evaluate(
        "[...fatu.drawn.view].filter(n => n.severity === 'warning').map(n => fatu.lines(n.id))"
    )
    assert ["报告写90%,复算88.89%"] in doubts
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.messages == [] and opened.requests == [opened.address]
