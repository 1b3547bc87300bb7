"""Whatever a report says is only text; and everybody can read the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages import SIZES, select, text_of, texts_of

import fatu
from fatu.model import Overrides
from fatu.viewing import render_explorer

pytestmark = pytest.mark.browser

RATE = "https://w3id.org/fatu/id/report/410203/gov/2020#obs-recon-closure-rate"
EVIL = "<script>window.hit=1</script><img src=x onerror=hit=2>\"'`&amp;</script>]]>\u2028\u2029\u202e倒\u2066"
HOSTILE = f"""青石县人民政府{EVIL}2021年度法治政府建设工作报告

一、{EVIL}主要工作

(一){EVIL}行政复议。按照《{EVIL}2021年法治工作要点》(青法办〔2021〕3号)要求,开展“{EVIL}”试点。县司法局{EVIL}受理行政复议案件20件,审结18件,结案率95%,{EVIL}群众满意度明显提升。

(二)普法宣传。宣传《民法典{EVIL}》,举办{EVIL}讲座30余场。

二、存在的问题

{EVIL}执法力量不足。下一步,充实{EVIL}执法队伍。

青石县人民政府
2022年1月20日
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a report that is full of markup, quotes, line separators and marks that turn the writing."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "report.txt").write_text(HOSTILE, encoding="utf-8", newline="\n")
    graph = fatu.build(folder / "report.txt", Overrides(area="410203", year=2021))
    (folder / "page.html").write_text(render_explorer(graph.dataset), encoding="utf-8", newline="\n")
    return folder / "page.html"


def test_a_hostile_report_renders_as_text(show: Callable[..., Any], hostile: Path) -> None:
    opened = show(file=hostile)
    page = opened.page
    assert text_of(page, "#source") == HOSTILE
    ids = page.evaluate("fatu.data.nodes.map(({ id }) => id)")
    assert len(ids) > 20
    assert page.evaluate("fatu.data.nodes.filter(n => n.name[0].includes('<script>')).length") > 5
    for node in ids:
        select(page, node)
        name = page.evaluate("id => fatu.data.nodes.find(n => n.id === id).name[0]", node)
        assert text_of(page, "#details h2") == name
    for view in ("table", "charts", "figures", "graph"):
        page.click(f"#view-{view}")
    page.fill("#query", "<script>")
    page.wait_for_timeout(200)
    assert len(texts_of(page, "#find-results .hit")) > 3
    page.click("#relations")
    svg = page.evaluate("fatu.writeSvg()")
    assert page.evaluate(
        "svg => { const d = new DOMParser().parseFromString(svg, 'image/svg+xml');"
        " return [d.querySelectorAll('parsererror, script, img').length, d.documentElement.localName]; }",
        svg,
    ) == [0, "svg"]
    for _ in ("en", "zh"):
        page.click("#language")
    assert page.evaluate("window.hit") is None
    assert page.evaluate("document.querySelectorAll('img, iframe, object').length") == 0
    assert page.evaluate("document.querySelectorAll('script').length") == 3
    assert opened.messages == [] and opened.requests == [opened.address]


def test_a_hostile_address_is_only_text(show: Callable[..., Any], sample: Path) -> None:
    evil = "q=%3Cimg%20src=x%20onerror=hit=1%3E&node=%3Cscript%3E&section=__proto__&view=constructor&lang=__proto__"
    opened = show(file=sample, fragment=evil)
    assert opened.page.evaluate("document.querySelectorAll('img').length") == 0
    assert opened.page.evaluate("window.hit") is None
    assert opened.page.input_value("#query") == "<img src=x onerror=hit=1>"
    assert opened.messages == [] and opened.requests == [opened.address]


# -------------------------------------------------------------------------------------- accessibility


def show_everything(page: Any, what: str) -> None:
    """Brings a part of the page into view."""
    if what == "node":
        select(page, RATE)
    elif what == "find":
        page.fill("#query", "行政复议")
        page.wait_for_timeout(200)
    elif what == "focus":
        page.evaluate("([id, steps]) => fatu.focus(id, steps)", [RATE, 1])
    elif what != "first view":
        page.click(f"#view-{what}")


@pytest.mark.slow
@pytest.mark.parametrize("what", ["first view", "node", "find", "focus", "table", "charts", "figures"])
@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_violation_of_accessibility(
    show: Callable[..., Any], sample: Path, what: str, width: int, height: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = show(width, height, scheme, file=sample).page
    show_everything(page, what)
    page.wait_for_timeout(100)
    found = Axe().run(page).response["violations"]
    serious = [
        (violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []
