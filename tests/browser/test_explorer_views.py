"""The sample's table, charts, network figures and pictures; physics, full screen."""

from __future__ import annotations

import csv
import io
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages import CHOSEN, OVERLAPS, select, text_of, texts_of

import fatu

pytestmark = pytest.mark.browser

REPORT = "https://w3id.org/fatu/id/report/410203/gov/2020"
RATE = f"{REPORT}#obs-recon-closure-rate"
TREE = """(root) => {
  const walk = (list) => [...list.children].map((item) =>
    [item.querySelector(":scope > .link").textContent, ...[...item.querySelectorAll(":scope > ul")].flatMap(walk)]);
  return walk(root);
}"""
INSIDE = """() => {
  const { clientWidth, clientHeight } = document.querySelector("#canvas");
  return [...fatu.drawn.view].every(({ id }) => {
    const { x, y } = fatu.network.canvasToDOM(fatu.network.getPosition(id));
    return x > 0 && y > 0 && x < clientWidth && y < clientHeight;
  });
}"""
HEADINGS = ["指标", "数值", "单位", "界限", "时期", "机构", "范围", "状态", "核查结论"]


@pytest.fixture
def page(show: Callable[..., Any], sample: Path) -> Any:
    """The sample's page at 1280 × 800."""
    return show(file=sample).page


def column(page: Any, number: int) -> list[str]:
    return texts_of(page, f"#table-body tbody tr > :nth-child({number})")


# ----------------------------------------------------------------------------------------------- table


def test_the_table_holds_every_observation_as_the_graph_has_it(page: Any) -> None:
    page.click("#view-table")
    assert page.is_visible("#table") and not page.is_visible("#canvas")
    assert texts_of(page, "#table-body thead th") == HEADINGS
    rows = page.eval_on_selector_all(
        "#table-body tbody tr", "all => all.map(tr => [...tr.children].map(cell => cell.textContent))"
    )
    assert len(rows) == 42 and "42行" in text_of(page, "#table-count")
    assert ["行政复议结案率", "90", "%", "确数", "2020", "", "", "已完成", "不一致"] in rows
    assert ["排查化解矛盾纠纷数", "≥2500", "件", "下限", "2020", "", "", "已完成", ""] in rows
    assert [
        "现场宣传活动次数", "10", "次", "确数", "", "开封市顺河回族区人民政府", "新冠疫情防控期间", "已完成", ""
    ] in rows  # fmt: skip


def test_a_click_on_a_heading_sorts_up_then_down_then_as_in_the_text(page: Any) -> None:
    page.click("#view-table")
    as_in_the_text = column(page, 1)
    page.click("[data-sort=value]")
    values = [float(value.lstrip("≥≤≈")) for value in column(page, 2)]
    assert values == sorted(values) and values[-1] == 1170000
    assert page.get_attribute("#table-body th:has([data-sort=value])", "aria-sort") == "ascending"
    page.click("[data-sort=value]")
    assert [float(value.lstrip("≥≤≈")) for value in column(page, 2)] == values[::-1] or column(page, 2)[
        0
    ] == "1170000"
    page.click("[data-sort=value]")
    assert column(page, 1) == as_in_the_text
    page.click("[data-sort=verdict]")
    assert column(page, 9)[-1] == ""  # what is empty comes last


def test_the_table_is_narrowed_by_words(page: Any) -> None:
    page.click("#view-table")
    page.fill("#table-words", "行政复议")
    assert column(page, 1) == ["行政复议案件受理数", "行政复议案件审结数", "行政复议结案率"]
    assert "3行,共42行" in text_of(page, "#table-count")


def test_a_row_chooses_its_node_and_a_verdict_its_finding(page: Any) -> None:
    page.click("#view-table")
    page.click("#table-body button:text-is('行政复议结案率')")
    assert page.evaluate(CHOSEN) == [RATE]
    assert page.get_attribute(f'#table-body tr[data-node="{RATE}"]', "aria-current") == "true"
    page.click("#table-body .verdict-mark[data-verdict=inconsistent]")
    assert "8÷9=88.89%" in text_of(page, "#details")


def test_the_table_is_saved_as_csv_that_excel_opens(page: Any, tmp_path: Path) -> None:
    page.click("#view-table")
    page.fill("#table-words", "行政复议")
    with page.expect_download() as waiting:
        page.click("#table-csv")
    assert waiting.value.suggested_filename == "fatu-410203-gov-2020-observations.csv"
    waiting.value.save_as(tmp_path / "rows.csv")
    saved = (tmp_path / "rows.csv").read_bytes()
    assert saved.startswith(b"\xef\xbb\xbf") and saved.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(saved.decode("utf-8-sig"))))
    assert rows[0] == [*HEADINGS, "IRI"]
    assert rows[3] == ["行政复议结案率", "90", "%", "确数", "2020", "", "", "已完成", "不一致", RATE]


def test_csv_quotes_and_never_starts_a_formula(page: Any) -> None:
    written = page.evaluate(
        "fatu.writeCsv([['a,b', 'say \"x\"', '=1+1', '@SUM', '-5', '-x', 'line\\nbreak']])"
    )
    assert written == '\ufeff"a,b","say ""x""",\'=1+1,\'@SUM,-5,\'-x,"line\nbreak"\r\n'


def test_the_table_is_copied_as_columns(show: Callable[..., Any], sample: Path) -> None:
    page = show(file=sample).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#view-table")
    page.fill("#table-words", "结案率")
    page.click("#table-copy")
    page.wait_for_function("document.querySelector('#table-said').textContent !== ''")
    rows = [line.split("\t") for line in page.evaluate("navigator.clipboard.readText()").splitlines()]
    assert rows == [
        [*HEADINGS, "IRI"],
        ["行政复议结案率", "90", "%", "确数", "2020", "", "", "已完成", "不一致", RATE],
    ]


# ---------------------------------------------------------------------------------------------- charts


def test_a_rate_is_drawn_against_its_whole_and_a_sum_in_its_parts(page: Any) -> None:
    page.click("#view-charts")
    charts = texts_of(page, "#charts-body .chart")
    # 受理行政复议案件9件,审结8件,结案率90% · 梳理监管事项294项 … 主项覆盖数261,主项覆盖率为88.78% · 61 + 94 of 155
    assert any(
        "行政复议案件审结数 8 / 行政复议案件受理数 9" in chart and "报告写90%" in chart for chart in charts
    )
    assert any("监管主项覆盖数 261 / 认领监管事项主项数 294" in chart for chart in charts)
    assert any("调解成功数 62 / 受理矛盾纠纷数 62" in chart for chart in charts)
    assert any("61+94=155" in chart and "继续有效规范性文件数 61" in chart for chart in charts)
    widths = page.evaluate(
        "[...document.querySelectorAll('.chart:has(.whole)')].map(c => "
        "[c.querySelector('.part').width.baseVal.value, c.querySelector('.whole').width.baseVal.value])"
    )
    assert next(part / whole for part, whole in widths) == pytest.approx(8 / 9, abs=0.01)
    assert len(texts_of(page, ".chart.alarm")) == 1
    page.click(".chart.alarm .link")
    assert f"{REPORT}#finding-ratio-recon-closure-rate" in page.evaluate(CHOSEN)


def test_every_chart_says_in_words_what_it_shows(page: Any) -> None:
    page.click("#view-charts")
    assert all(
        page.eval_on_selector_all(
            "#charts-body svg[role=img]", "all => all.map(e => e.getAttribute('aria-label'))"
        )
    )
    assert all(text.strip() for text in texts_of(page, "#charts-body .said"))


# ------------------------------------------------------------------------------------- network figures


def test_the_network_figures_name_what_is_central_and_how_documents_follow_one_another(page: Any) -> None:
    page.click("#view-figures")
    body = text_of(page, "#figures-body")
    for said in ("核心节点", "社群", "文件层级", "开封市顺河回族区人民政府"):
        assert said in body
    tree = page.eval_on_selector(".tree", TREE)
    (notice,) = (branch for branch in tree if branch[0].startswith("开封市法治政府建设领导小组关于印发"))
    plans = [["顺河回族区2020年干部教育培训计划"], ["2020年度顺河回族区领导干部学法计划"]]
    assert notice[1:] == [
        ["开封市2020年度法治政府建设工作安排"],
        ["顺河回族区人民政府 关于法治政府建设工作的情况报告", *plans],
    ]
    page.click("#figures-body .tree .link:text-is('民法典')")
    assert page.evaluate(CHOSEN) == ["https://w3id.org/fatu/id/doc/民法典"]


def test_a_community_is_chosen_in_the_graph(page: Any) -> None:
    page.click("#view-figures")
    page.click(".community >> nth=1")
    assert page.is_visible("#canvas") and len(page.evaluate(CHOSEN)) > 5


# ------------------------------------------------------------------------------------------- pictures


def test_the_view_is_saved_as_png_at_twice_its_size(page: Any, tmp_path: Path) -> None:
    with page.expect_download() as waiting:
        page.click("#save-png")
    assert waiting.value.suggested_filename == "fatu-410203-gov-2020-graph.png"
    waiting.value.save_as(tmp_path / "graph.png")
    png = (tmp_path / "graph.png").read_bytes()
    box = page.eval_on_selector("#canvas", "e => [e.clientWidth, e.clientHeight]")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (2 * box[0], 2 * box[1])
    assert len(png) > 100_000


def test_the_view_is_saved_as_svg_with_every_box_and_its_words(page: Any, tmp_path: Path) -> None:
    with page.expect_download() as waiting:
        page.click("#save-svg")
    waiting.value.save_as(tmp_path / "graph.svg")
    root = ET.fromstring((tmp_path / "graph.svg").read_text(encoding="utf-8"))
    words = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"汴法政〔2020〕1号", "报告写90%,复算88.89%", "行政复议结案率 90%", "依据文件"} <= words
    forms = root.findall("{http://www.w3.org/2000/svg}path")
    assert len(forms) > page.evaluate("fatu.drawn.view.size")
    assert all("NaN" not in (form.get("d") or "") for form in forms)


# --------------------------------------------------------------------------------------------- physics


def test_forces_move_the_boxes_only_while_they_are_on(page: Any) -> None:
    positions = "() => JSON.stringify(fatu.network.getPositions())"
    before = page.evaluate(positions)
    page.wait_for_timeout(300)
    assert page.evaluate(positions) == before
    page.click("#physics")
    page.wait_for_timeout(600)
    assert page.evaluate(positions) != before
    assert page.get_attribute("#physics", "aria-pressed") == "true"
    page.click("#physics")
    page.wait_for_timeout(200)
    assert page.evaluate(positions) == before
    assert page.evaluate(OVERLAPS) == []


def test_places_are_the_same_from_build_to_build(
    show: Callable[..., Any], sample: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.html"
    source = Path(__file__).parents[2] / "graphs" / "410203-gov-2020" / "source.txt"
    again.write_text(fatu.viewing.render_explorer(fatu.build(source).dataset), encoding="utf-8", newline="\n")
    assert again.read_bytes() == sample.read_bytes()


def test_the_graph_fills_the_screen(page: Any) -> None:
    page.click("#full")
    page.wait_for_function("document.fullscreenElement !== null")
    assert page.evaluate("document.fullscreenElement.id") == "graph-part"
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('#canvas').clientWidth") > 1200
    page.click("#full")
    page.wait_for_function("document.fullscreenElement === null")


def test_a_drawing_that_fits_fits_again_when_the_window_changes(page: Any) -> None:
    page.set_viewport_size({"width": 1100, "height": 700})
    page.wait_for_timeout(300)
    assert page.evaluate(INSIDE)


def test_boxes_of_more_relations_are_larger(page: Any) -> None:
    select(page)
    page.click("#relations")
    sizes = page.evaluate(
        "[...fatu.drawn.view].filter(n => n.kind === 'Agency').map(n => [n.links.length, fatu.place(n.id).width])"
    )
    few = {width for links, width in sizes if links < 3}
    many = {width for links, width in sizes if links >= 6}
    assert few and many and max(few) < min(many)


def test_a_notebook_shows_the_explorer_in_a_frame(show: Callable[..., Any], tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "graphs" / "410203-gov-2020" / "source.txt"
    notebook = tmp_path / "notebook.html"
    frame = fatu.build(source).explorer(height=500)._repr_html_()
    notebook.write_text(
        f"<!doctype html><meta charset=utf-8><script>window.fatu = 1</script>{frame}", encoding="utf-8"
    )
    opened = show(file=notebook)
    (inner,) = [frame for frame in opened.page.frames if frame != opened.page.main_frame]
    inner.wait_for_function("window.fatu !== undefined")
    inner.evaluate("id => fatu.focus(id, 1)", RATE)
    assert inner.evaluate("fatu.state.scene.type") == "focus"
    assert inner.inner_text("#details h2") == "行政复议结案率 90%"
    assert opened.messages == []
