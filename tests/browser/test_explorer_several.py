"""A page of several reports, and one of a report too long to be drawn at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages import (
    BASIS,
    CHOSEN,
    OVERLAPS,
    REPORT,
    SIZES,
    TOO_WIDE,
    VISIBLE,
    click_node,
    select,
    text_of,
    texts_of,
)
from rdflib import Dataset

import fatu
from fatu.exporting.formats import write_trig
from fatu.iris import Iris
from fatu.viewing import render_explorer

pytestmark = pytest.mark.browser

ID = "https://w3id.org/fatu/id/"
SMALL = Path(__file__).with_name("report.trig")
YEARS = (2020, 2021, 2022)
AREAS = """
@prefix fatu: <https://w3id.org/fatu/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/fatu/id/area/990101> a fatu:Area ; skos:prefLabel "青石县"@zh ;
  fatu:within <https://w3id.org/fatu/id/area/990100> .
<https://w3id.org/fatu/id/area/990100> a fatu:Area ; skos:prefLabel "山水市"@zh .
"""


def make_reports(years: tuple[int, ...] = YEARS) -> Dataset:
    """The small report as if it were of several years, of one county: in 2020 it received 10 cases, in 2021 20, in
    2022 30; in 2022 it says nothing of lectures."""
    several = Dataset()
    for year in years:
        text = SMALL.read_text(encoding="utf-8")
        for old, new in (
            ("gov/2021", f"gov/{year}"),
            ('"2021"^^xsd:gYear', f'"{year}"^^xsd:gYear'),
            ('fatu:value "20"', f'fatu:value "{10 * (year - 2019)}"'),
            ("a fatu:Report ;", "a fatu:Report ; fatu:area <https://w3id.org/fatu/id/area/990101> ;"),
            *(
                (":obs-lectures a fatu:Observation", ":obs-lectures a fatu:Nothing")
                for _ in range(year == 2022)
            ),
            *(("; fatu:hasObservation :obs-lectures .", ".") for _ in range(year == 2022)),
        ):
            assert old in text
            text = text.replace(old, new)
        several.parse(data=text, format="trig")
    several.parse(data=AREAS, format="trig")
    return several


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of three reports."""
    path = tmp_path_factory.mktemp("several") / "several.html"
    path.write_text(render_explorer(make_reports()), encoding="utf-8", newline="\n")
    return path


def of(year: int, local: str = "") -> str:
    return REPORT.replace("2021", str(year)) + (f"#{local}" if local else "")


def drawn(page: Any) -> set[str]:
    return set(page.evaluate("[...fatu.drawn.view].map(({ id }) => id)"))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_on_areas_documents_and_topics(
    show: Callable[..., Any], several: Path, width: int, height: int, scheme: str
) -> None:
    opened = show(width, height, scheme, file=several)
    page = opened.page
    assert page.evaluate("fatu.state.scene.type") == "overview"
    assert {of(year) for year in YEARS} | {BASIS, ID + "area/990101", ID + "topic/reconsideration"} <= drawn(
        page
    )
    assert page.evaluate(VISIBLE, "Measure") == 0
    assert text_of(page, "h1") == "3份报告" and "3份报告" in text_of(page, "#trail")
    assert page.evaluate(OVERLAPS) == [] and page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.messages == [] and opened.requests == [opened.address]


def test_a_document_shows_the_reports_that_rest_on_it(show: Callable[..., Any], several: Path) -> None:
    page = show(file=several).page
    select(page, BASIS)
    ends = page.evaluate("[...fatu.drawn.on].flatMap(({ from, to }) => [from.id, to.id])")
    assert {of(year) for year in YEARS} <= set(ends)
    details = text_of(page, "#details")
    assert "青石县 2020" in details and "青石县 2022" in details


def test_a_report_unfolds_and_the_trail_leads_back(show: Callable[..., Any], several: Path) -> None:
    page = show(file=several).page
    click_node(page, of(2022), count=2)
    page.wait_for_timeout(200)
    assert page.evaluate("fatu.state.scene.report.id") == of(2022)
    assert page.evaluate(VISIBLE, "Measure") == 4 and not any(
        of(2021, "") + "#" in node for node in drawn(page)
    )
    assert page.input_value("#report") == of(2022) and "2022" in text_of(page, "#meta")
    page.click("#trail .link:text-is('总览')")
    assert page.evaluate("fatu.state.scene.type") == "overview"
    page.select_option("#report", of(2020))
    assert page.evaluate("fatu.state.scene.report.id") == of(2020)
    page.select_option("#report", "")
    assert page.evaluate("fatu.state.scene.type") == "overview"


def test_an_area_unfolds_into_its_reports(show: Callable[..., Any], several: Path) -> None:
    page = show(file=several).page
    click_node(page, ID + "area/990101", count=2)
    page.wait_for_timeout(200)
    assert {of(year) for year in YEARS} <= drawn(page) and ID + "area/990100" in drawn(page)


def test_a_node_of_another_report_opens_its_board_and_its_text(
    show: Callable[..., Any], several: Path
) -> None:
    page = show(file=several).page
    page.fill("#query", "执法力量不足")
    page.wait_for_timeout(200)
    assert texts_of(page, "#find-results .hit:not(.passage) small") == [
        f"问题 · 青石县 {year}" for year in YEARS
    ]
    page.click("#find-results .hit >> nth=2")
    assert page.evaluate("fatu.state.scene.report.id") == of(2022)
    assert page.evaluate(CHOSEN) == [of(2022, "problem-1")]


def test_one_indicator_is_charted_over_the_years_and_who_is_silent_is_named(
    show: Callable[..., Any], several: Path
) -> None:
    page = show(file=several).page
    page.click("#view-charts")
    charts = {
        text_of_chart[0]: text_of_chart[1:]
        for text_of_chart in page.eval_on_selector_all(
            ".chart.series",
            "all => all.map(c => [c.querySelector('figcaption').firstChild.textContent,"
            " ...[...c.querySelectorAll('.bar-name, .bar-value, .missing')].map(e => e.textContent)])",
        )
    }
    assert charts["行政复议案件受理数"] == [
        "青石县 2020",
        "10件",
        "青石县 2021",
        "20件",
        "青石县 2022",
        "30件",
    ]
    (lectures,) = (rows for rows in charts.values() if "≥30场" in rows)
    assert lectures == ["青石县 2020", "≥30场", "青石县 2021", "≥30场", "未载(1):青石县 2022"]
    bars = page.eval_on_selector_all(
        ".chart.series:has(:text('受理数')) .bar", "all => all.map(e => e.style.width)"
    )
    assert bars == ["33.3%", "66.7%", "100%"]


def test_a_chart_shows_what_the_parts_add_up_to(show: Callable[..., Any], tmp_path: Path) -> None:
    """In a table the total stands behind the bureaus' own figures."""
    rows = "| 单位 | 行政处罚(件) |\n| 县公安局 | 320 |\n| 县城管局 | 210 |\n| 合计 | 530 |"
    both = Dataset()
    for year in (2020, 2021):
        text = tmp_path / f"{year}.txt"
        text.write_text(
            f"石门县人民政府{year}年法治政府建设情况报告\n\n一、工作情况\n{rows}\n", encoding="utf-8"
        )
        both.parse(data=write_trig(fatu.build(text).quads, Iris()).decode(), format="trig")
    path = tmp_path / "both.html"
    path.write_text(render_explorer(both), encoding="utf-8", newline="\n")
    page = show(file=path).page
    page.click("#view-charts")
    chart = ".chart.series:has(:text('行政处罚案件数')) .bar-value"
    assert page.eval_on_selector_all(chart, "all => all.map(e => e.textContent)") == ["530件", "530件"]


def test_the_choice_of_a_report_speaks_the_language_of_the_page(
    show: Callable[..., Any], several: Path
) -> None:
    page = show(file=several).page
    first = "#report option >> nth=0"
    assert text_of(page, first) == "总览"
    page.click("#language")
    assert text_of(page, first) == "Overview"


def test_the_table_of_several_reports_says_area_and_year(show: Callable[..., Any], several: Path) -> None:
    page = show(file=several).page
    page.click("#view-table")
    assert texts_of(page, "#table-body thead th")[0] == "地区与年度"
    assert len(texts_of(page, "#table-body tbody tr")) == 11
    page.fill("#table-words", "青石县2022")
    assert set(texts_of(page, "#table-body tbody tr > :nth-child(1)")) == {"青石县 2022"}


def test_an_address_opens_a_report_of_several(show: Callable[..., Any], several: Path) -> None:
    page = show(file=several, fragment="report=report/990101/gov/2022&hide=Outcome").page
    assert page.evaluate("fatu.state.scene.report.id") == of(2022) and page.evaluate(VISIBLE, "Outcome") == 0
    page = show(file=several, fragment="node=report/990101/gov/2020%23plan-1").page
    assert page.evaluate("fatu.state.scene.report.id") == of(2020)
    assert page.evaluate(CHOSEN) == [of(2020, "plan-1")]


# ------------------------------------------------------------------------------- too much for one canvas


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of 60 sections with 60 measures each."""
    lines = [SMALL.read_text(encoding="utf-8").rsplit("}", 1)[0]]
    for section in range(60):
        start = 1000 * section + 200
        place = f"<{REPORT}#char={start},{start + 6}>"
        lines.append(
            f':sec-9.{section} a fatu:Section ; rdfs:label "第{section}部分"@zh ; fatu:level 1 ;'
            f" fatu:evidence {place} ; fatu:inReport <{REPORT}> . {place} a fatu:TextSpan ; oa:start {start} ;"
            f' oa:end {start + 6} ; oa:exact "第{section}部分"@zh .'
        )
        for number in range(60):
            lines.append(
                f':measure-9.{section}-{number} a fatu:Measure ; rdfs:label "举措{section}.{number}"@zh ;'
                f" fatu:inReport <{REPORT}> ; fatu:inSection :sec-9.{section} ."
            )
    dataset = Dataset()
    dataset.parse(data="\n".join([*lines, "}"]), format="trig")
    path = tmp_path_factory.mktemp("endless") / "endless.html"
    path.write_text(render_explorer(dataset), encoding="utf-8", newline="\n")
    return path


def test_never_more_than_two_thousand_boxes_and_a_section_unfolds(
    show: Callable[..., Any], endless: Path
) -> None:
    opened = show(file=endless)
    page = opened.page
    assert page.evaluate("fatu.data.nodes.length") > 3600
    assert page.evaluate("fatu.drawn.view.size") == 2000
    assert page.evaluate("Object.keys(fatu.network.body.nodes).length") == 2000
    assert "2000个节点" in text_of(page, "#notice")
    assert page.evaluate(VISIBLE, "Section") == 64
    last = [f"{REPORT}#measure-9.59-{number}" for number in range(60)]
    assert not set(last) <= drawn(page)
    select(page, f"{REPORT}#sec-9.59")
    assert set(last) <= drawn(page) and page.evaluate("fatu.drawn.view.size") == 2000
    assert opened.messages == []
