"""The explorer page in a real browser: what a person sees and does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset

from fatu.viewing import render_explorer

pytestmark = pytest.mark.browser

REPORT = "https://w3id.org/fatu/id/report/990101/gov/2021"
RATE = f"{REPORT}#obs-recon-closure-rate"
DOCUMENT = "https://w3id.org/fatu/id/doc/民法典"
SIZES = [(1280, 800), (390, 844)]

COUNT_INKED = """() => {
  const canvas = document.querySelector("canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at]) inked += 1;
  return inked;
}"""
PLACE = """(id) => {
  const box = document.querySelector("canvas").getBoundingClientRect();
  const { x, y } = fatu.network.canvasToDOM(fatu.network.getPosition(id));
  return [box.left + x, box.top + y];
}"""
OVERLAPS = """() => {
  const boxes = Object.values(fatu.network.body.nodes).filter(({ id }) => fatu.nodes.get(id)).map((node) => {
    const [x, y] = [node.shape.width / 2, node.shape.height / 2];
    return { id: node.id, left: node.x - x, right: node.x + x, top: node.y - y, bottom: node.y + y };
  });
  return boxes.flatMap((p, number) => boxes.slice(number + 1)
    .filter((q) => p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom)
    .map((q) => [p.id, q.id]));
}"""
SWOLLEN = """() => fatu.nodes.getIds().map((id) => fatu.network.body.nodes[id]).filter(({ id, shape }) => {
  const { widthConstraint, heightConstraint, margin } = fatu.nodes.get(id);
  return shape.width - widthConstraint.minimum - margin.left - margin.right > 1
    || shape.height - heightConstraint.minimum - margin.top - margin.bottom > 1;
}).map(({ id }) => id)"""
VISIBLE = "(kind) => fatu.nodes.get().filter((node) => node.kind === kind && !node.hidden).length"


def text_of(page: Any, selector: str) -> str:
    return str(page.eval_on_selector(selector, "element => element.textContent"))


def marked(page: Any) -> str:
    """The words of the source text that are marked as evidence."""
    return "".join(page.eval_on_selector_all("#source .here", "all => all.map(e => e.textContent)"))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_graph_is_drawn_and_nothing_else_happens(
    show: Callable[..., Any], width: int, height: int, scheme: str
) -> None:
    opened = show(width, height, scheme)
    page = opened.page
    assert page.evaluate(COUNT_INKED) > 2000
    assert page.evaluate("document.querySelectorAll('canvas').length") == 1
    drawn = page.evaluate("Object.keys(fatu.network.body.nodes).filter(id => fatu.nodes.get(id)).length")
    assert drawn == page.evaluate("fatu.nodes.length") == 27
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
    for selector in ("header", "#legend", "#canvas", "aside", "#language", "#fit"):
        box = page.eval_on_selector(selector, "e => e.getBoundingClientRect().toJSON()")
        assert box["width"] > 0 and box["height"] > 0, selector
        assert box["left"] >= 0 and box["right"] <= width, selector


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_box_covers_another_and_none_is_larger_than_its_place(
    show: Callable[..., Any], width: int, height: int
) -> None:
    page = show(width, height).page
    for kind in ("Agency", "Program", "Topic"):
        page.click(f"#legend [data-kind={kind}]")
    for _ in ("zh", "en"):
        assert page.evaluate(OVERLAPS) == []
        assert page.evaluate(SWOLLEN) == []
        page.click("#language")


def test_the_first_view_says_how_to_read_it_and_what_is_doubtful(show: Callable[..., Any]) -> None:
    page = show().page
    assert "依据的文件 → 报告 → 各部分做了什么" in text_of(page, ".lead")
    doubt = f"{REPORT}#finding-recon-closure-rate"
    assert page.evaluate("id => fatu.nodes.get(id).label", doubt) == "报告写95%,复算90%"
    assert page.evaluate("id => fatu.nodes.get(id).font.size * fatu.network.getScale()", doubt) > 11


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
    x, y = page.evaluate(PLACE, RATE)
    page.mouse.click(x, y)
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
        page.evaluate("id => fatu.select(id)", node)
        assert marked(page) == words


def test_evidence_far_down_is_scrolled_to(show: Callable[..., Any]) -> None:
    page = show().page
    page.evaluate("document.querySelector('#source').style.scrollBehavior = 'auto'")
    page.evaluate("id => fatu.select(id)", f"{REPORT}#plan-1")
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
    chosen = {node.rsplit("#")[-1] for node in page.evaluate("fatu.network.getSelectedNodes()")}
    assert chosen == {
        "finding-recon-closure-rate", "obs-recon-closure-rate", "obs-recon-closed", "obs-recon-accepted"
    }  # fmt: skip
    assert marked(page) == "20件18件95%"


def test_a_contradicted_number_has_a_red_ring(show: Callable[..., Any]) -> None:
    page = show().page
    alarm = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--alarm').trim()")
    rings = page.evaluate(
        "fatu.nodes.get().filter(n => n.kind === 'Observation').map(n => [n.id, n.color.border])"
    )
    assert [node for node, color in rings if color == alarm] == [RATE]


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
    actors = "fatu.edges.get().filter(e => e.key === 'actor' && !e.hidden).length"
    assert page.evaluate(actors) == 0
    page.evaluate("id => fatu.select(id)", f"{REPORT}#measure-1.1-2")
    assert page.evaluate(actors) == 1
    page.evaluate("fatu.select()")
    page.click("#relations")
    assert page.evaluate(actors) == 1


def test_edges_are_named(show: Callable[..., Any]) -> None:
    page = show().page
    names = set(page.evaluate("fatu.edges.get().map(e => e.title)"))
    assert {"实施主体", "数据", "依照文件", "宣传普及"} <= names


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
    nameless = """() => [...document.querySelectorAll("button, select, [role=tabpanel], [role=group]")]
      .filter((e) => !["aria-label", "aria-labelledby"].some((name) => e.getAttribute(name)))
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
    page.evaluate("id => fatu.select(id)", node)
    assert text_of(page, "#details h2") == name
    x, y = page.evaluate(PLACE, node)
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    assert name[:4] in text_of(page, ".vis-tooltip")
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
    for kind in ("Agency", "Program", "Topic"):
        page.click(f"#legend [data-kind={kind}]")
    for _ in ("zh", "en"):
        assert page.evaluate(OVERLAPS) == []
        assert page.evaluate(SWOLLEN) == []
        page.click("#language")
    doubts = page.evaluate(
        "fatu.nodes.get().filter(n => n.kind === 'Finding' && n.severity === 'warning').map(n => n.label)"
    )
    assert "报告写90%,复算88.89%" in doubts
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.messages == [] and opened.requests == [opened.address]


def test_the_picture_of_the_sample_is_there_within_a_second(show: Callable[..., Any], sample: Path) -> None:
    assert min(show(file=sample).page.evaluate("firstPicture") for _ in range(3)) < 1000


def test_several_reports_on_one_page_begin_with_the_first(show: Callable[..., Any], tmp_path: Path) -> None:
    text = Path(__file__).with_name("report.trig").read_text(encoding="utf-8")
    both = Dataset()
    both.parse(data=text, format="trig")
    both.parse(data=text.replace("gov/2021", "gov/2022"), format="trig")
    file = tmp_path / "both.html"
    file.write_text(render_explorer(both), encoding="utf-8", newline="\n")
    page = show(file=file).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    near = page.evaluate("fatu.network.getScale()")
    page.click("#fit")
    assert page.evaluate("fatu.network.getScale()") < near
    page.select_option("#report", REPORT.replace("2021", "2022"))
    x, y = page.evaluate(PLACE, REPORT.replace("2021", "2022"))
    assert 0 < x < 900 and 0 < y < 800
