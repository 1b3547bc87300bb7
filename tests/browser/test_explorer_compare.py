"""Reports beside each other: a ranking of each year, who is set apart and who is silent, trends with their gaps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages import CHOSEN, SIZES, marked, text_of, texts_of
from rdflib import Dataset

from comparison_texts import CITY, COUNTY, OTHER, comparison_quads
from fatu.describing.dataset import make_dataset
from fatu.iris import BASE, Iris
from fatu.viewing import render_explorer

pytestmark = pytest.mark.browser

ITEMS = """all => all.map(item => [...item.children].filter(part => part.className !== "bar-room")
  .map(part => part.textContent))"""
"""Place, name, figure and marks of each entry of a ranking."""
EVIL = "<img src=x onerror=window.hit=1>\"'&</script>"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of three areas and three years."""
    path = tmp_path_factory.mktemp("three") / "three.html"
    page = render_explorer(make_dataset(comparison_quads(), Iris()))
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def compare(show: Callable[..., Any], three: Path) -> Callable[..., Any]:
    """Opens the comparison of an indicator and a year."""

    def open_at(indicator: str, year: int, *more: str, **window: Any) -> Any:
        fragment = "&".join(["view=compare", f"indicator={indicator}", f"year={year}", *more])
        return show(file=three, fragment=fragment, **window)

    return open_at


def figure(area: str, year: int, page: Any, amount: str) -> str:
    """The IRI of a figure by its report and amount."""
    report = Iris().report(area, "gov", year)
    return str(
        page.evaluate(
            "([report, amount]) => fatu.data.nodes.find(n => n.report === report && n.amount === amount).id",
            [report, amount],
        )
    )


@pytest.mark.parametrize(
    ("year", "ranked", "apart", "silent"),
    [
        (
            2019,
            [["1", "常德市", "120件", ""], ["2", "安乡县", "9件", ""], ["2", "石门县", "9件", ""]],
            [],
            [],
        ),
        (
            2020,
            [["1", "常德市", "≥130件", "至少"]],
            [
                ["◆", "安乡县", "20件", "同一报告数值不一"],
                ["◆", "安乡县", "22件", "同一报告数值不一、核查不一致"],
                ["◆", "石门县", "5件", "只是年内一段"],
            ],
            [],
        ),
        (2021, [["1", "石门县", "12宗", ""]], [["◆", "安乡县", "12件", "与其他地区的报告同文"]], ["常德市"]),
    ],
)
def test_a_year_is_ranked_with_ties_and_without_what_does_not_compare(
    compare: Callable[..., Any], year: int, ranked: list[list[str]], apart: list[list[str]], silent: list[str]
) -> None:
    page = compare("recon-accepted", year).page
    assert page.eval_on_selector_all("ol.ranking li", ITEMS) == ranked
    assert page.eval_on_selector_all("ul.ranking li", ITEMS) == apart
    assert texts_of(page, ".silent li") == silent
    assert ("未报告 (1)" in text_of(page, "#compare-body")) is bool(silent)


def test_bars_are_as_long_as_values_and_vague_where_they_are_bounds(compare: Callable[..., Any]) -> None:
    page = compare("recon-accepted", 2019).page
    widths = page.eval_on_selector_all("ol.ranking .bar", "all => all.map(e => e.style.width)")
    assert widths == ["100%", "7.5%", "7.5%"]
    page = compare("recon-accepted", 2020).page
    assert page.eval_on_selector_all("ol.ranking .bar", "all => all.map(e => e.className)") == ["bar vague"]


def test_the_trends_say_in_every_year_what_there_is(compare: Callable[..., Any]) -> None:
    page = compare("training-persons", 2019).page
    rows = page.eval_on_selector_all(
        ".trend-table tbody tr",
        "all => all.map(row => [...row.children].map(cell => cell.innerText.split('\\n')))",
    )
    assert rows == [
        [["常德市"], ["500人次"], ["600人次"], ["未报告"]],
        [["安乡县"], ["未报告"], ["未报告"], ["未报告"]],
        [["石门县"], ["◆ 30人", "单位不同"], ["40人次"], ["◆ 80人次", "其他年度、是计划数"]],
    ]


def test_a_line_joins_only_comparable_years(compare: Callable[..., Any]) -> None:
    page = compare("recon-accepted", 2019).page
    joined = page.eval_on_selector_all(
        ".line > .joined", "all => all.map(path => path.getAttribute('d').replace(/[^ML]/g, ''))"
    )
    # 120 and ≥130 are joined; in the other two areas the middle year stands apart.
    assert joined == ["ML", "M", "MM"]
    points = page.eval_on_selector_all(
        ".line",
        "all => all.map(line => [...line.querySelectorAll('.point')].map(p => p.getAttribute('class')))",
    )
    assert points == [
        ["point", "point noted"], ["point", "point apart", "point apart"], ["point", "point apart", "point"],
    ]  # fmt: skip
    page = compare("training-persons", 2019).page
    assert page.eval_on_selector_all(".point.other", "all => all.length") == 1
    assert "× 单位不同" in text_of(page, ".keys.across")


def test_a_figure_leads_to_its_words(compare: Callable[..., Any]) -> None:
    page = compare("recon-accepted", 2020).page
    page.click("ol.ranking .link")
    assert page.evaluate(CHOSEN) == [figure(CITY, 2020, page, "≥130件")]
    assert marked(page) == "全年受理行政复议案件130余件"
    assert page.evaluate("fatu.state.view") == "compare"
    page.click(".trend-table .link:text-is('5件')")
    assert page.evaluate(CHOSEN) == [figure(COUNTY, 2020, page, "5件")]
    assert marked(page) == "上半年受理行政复议案件5件"


def test_who_is_silent_leads_to_the_report(compare: Callable[..., Any]) -> None:
    page = compare("recon-accepted", 2021).page
    page.click(".silent .link")
    assert page.evaluate(CHOSEN) == [Iris().report(CITY, "gov", 2021)]


def test_indicator_and_year_are_chosen_and_stand_in_the_address(
    show: Callable[..., Any], three: Path
) -> None:
    page = show(file=three).page
    page.click("#view-compare")
    assert texts_of(page, "#compare-year option") == ["2019", "2020", "2021"]
    assert text_of(page, "#compare-indicator option:checked") == "行政复议案件受理数"
    assert text_of(page, "#compare-count") == "9份报告,8份写明"
    page.select_option("#compare-indicator", label="行政复议结案率")
    page.select_option("#compare-year", "2019")
    assert "view=compare&indicator=recon-closure-rate&year=2019" in page.evaluate("location.hash")
    assert page.eval_on_selector_all("ol.ranking li", ITEMS) == [
        ["1", "安乡县", "100%", ""], ["2", "石门县", "90%", "核查不一致"], ["3", "常德市", "83.33%", ""],
    ]  # fmt: skip


def test_the_keyboard_reaches_figures(compare: Callable[..., Any]) -> None:
    page = compare("recon-accepted", 2019).page
    page.focus("#view-charts")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "view-compare"
    page.focus("#compare-body")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(CHOSEN) == [figure(CITY, 2019, page, "120件")]


def test_words_are_english_where_asked(compare: Callable[..., Any]) -> None:
    page = compare("recon-accepted", 2020, "lang=en").page
    said = text_of(page, "#compare-body")
    assert "Ranking of 2020" in said and "Not ranked" in said and "part of the year" in said
    assert text_of(page, "#compare-indicator option:checked") == "Reconsideration cases accepted"


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_window_and_can_be_read_by_all(
    compare: Callable[..., Any], width: int, height: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    opened = compare("recon-accepted", 2020, width=width, height=height, color_scheme=scheme)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.messages == [] and all(url.startswith("file:") for url in opened.requests)
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []


def test_one_report_is_not_compared(show: Callable[..., Any], explorer: Path) -> None:
    page = show(file=explorer, fragment="view=compare").page
    assert page.evaluate("document.querySelector('#view-compare, #compare')") is None
    assert page.evaluate("fatu.state.view") == "graph"


def test_one_area_over_the_years_has_trends_alone(show: Callable[..., Any], tmp_path: Path) -> None:
    own = [quad for quad in comparison_quads() if CITY not in quad.graph and OTHER not in quad.graph]
    path = tmp_path / "one.html"
    path.write_text(render_explorer(make_dataset(own, Iris())), encoding="utf-8", newline="\n")
    page = show(file=path, fragment="view=compare").page
    assert texts_of(page, "#compare-body h2") == ["历年趋势"]
    assert page.is_hidden("#compare-year")


def test_names_that_are_markup_are_text(show: Callable[..., Any], tmp_path: Path) -> None:
    dataset = Dataset()
    trig = make_dataset(comparison_quads(), Iris()).serialize(format="trig")
    dataset.parse(data=trig.replace('"石门县"@zh', f"'''{EVIL}'''@zh"), format="trig")
    path = tmp_path / "evil.html"
    path.write_text(render_explorer(dataset), encoding="utf-8", newline="\n")
    page = show(file=path, fragment="view=compare&indicator=recon-accepted&year=2019").page
    assert EVIL in texts_of(page, ".ranked-name") and EVIL in texts_of(page, ".trend-table th")
    assert page.evaluate("window.hit") is None


def test_the_same_graph_gives_the_same_page() -> None:
    quads = comparison_quads()
    pages = [render_explorer(make_dataset(order, Iris(BASE))) for order in (quads, quads[::-1])]
    assert pages[0] == pages[1]
