"""The pages of a server in a browser: the editor with the named queries, what leads on from it, the page of a thing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pages import SIZES, text_of, texts_of
from visits import Visit

from fatu.iris import BASE
from servers import JSON, SAMPLE, Server, serve
from stores import BROKEN, EVIL, HOSTILE, write_hostile_store

pytestmark = [pytest.mark.browser, pytest.mark.server]

REPORT = f"{BASE}id/report/410203/gov/2020"
RATE = f"{REPORT}#obs-recon-closure-rate"
MEASURES = f"SELECT ?m {{ ?m a <{BASE}ns#Measure> }} ORDER BY ?m LIMIT 3"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve("--data", SAMPLE) as running:
        yield running


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile") / "store"
    write_hostile_store(folder)
    with serve("--store", folder) as running:
        yield running


@pytest.fixture
def visit(browser: Any, server: Server) -> Iterator[Callable[..., Visit]]:
    """A visit to a server, by default the sample's: `visit(server, width, height, scheme)`."""
    visits: list[Visit] = []

    def begin(to: Server = server, width: int = 1280, height: int = 800, scheme: str = "light") -> Visit:
        visits.append(Visit(browser, to, (width, height), scheme))
        return visits[-1]

    yield begin
    for each in visits:
        each.context.close()


def test_the_page_works_without_yasgui(visit: Callable[..., Visit]) -> None:
    visited = visit()
    page = visited.open("/")
    assert page.is_visible("#query")
    assert page.input_value("#query").startswith("PREFIX ")
    page.click("#run")
    page.wait_for_selector("#results tbody tr")
    assert len(texts_of(page, "#results tbody tr")) > 20
    assert texts_of(page, "#results th") == ["name", "value", "unit"]
    assert visited.is_quiet(), (visited.requests, visited.messages)


def test_a_click_on_a_named_query_shows_its_rows(visit: Callable[..., Visit], server: Server) -> None:
    visited = visit()
    page = visited.open("/")
    expected = server.get("/queries/pilots", JSON).json()
    page.click('#queries button[data-name="pilots"]')
    page.wait_for_selector("#results tbody tr")
    assert texts_of(page, "#results th") == expected["head"]["vars"]
    assert len(texts_of(page, "#results tbody tr")) == len(expected["results"]["bindings"])
    assert page.get_attribute('#queries button[data-name="pilots"]', "aria-current") == "true"
    assert "SELECT" in page.input_value("#query")
    assert visited.is_quiet(), (visited.requests, visited.messages)


def test_every_named_query_shows_something(visit: Callable[..., Visit], server: Server) -> None:
    visited = visit()
    page = visited.open("/")
    names = page.eval_on_selector_all("#queries button", "all => all.map(b => b.dataset.name)")
    assert names == [query["name"] for query in server.get("/queries").json()]
    for name in names:
        with page.expect_response("**/sparql") as answered:
            page.click(f'#queries button[data-name="{name}"]')
        assert answered.value.status == 200
        page.wait_for_selector("#results table, #results pre, #results p")
    assert visited.is_quiet(), (visited.requests, visited.messages)


@pytest.mark.parametrize(
    ("query", "selector", "expected"),
    [
        ("SELECT (1 AS ?one) {}", "#results tbody td", "1"),
        ('SELECT ("汴法政〔2020〕1号"@zh AS ?x) {}', "#results tbody td", "汴法政〔2020〕1号"),
        ("ASK {}", "#results p", "true"),
        ("CONSTRUCT { <a:a> <a:b> 1 } WHERE {}", "#results pre", "<a:a> <a:b> 1 .\n"),
        ("SELECT * { ?s ?p '不存在' }", "#said", "0 行 rows"),
    ],
)
def test_control_enter_runs(visit: Callable[..., Visit], query: str, selector: str, expected: str) -> None:
    visited = visit()
    page = visited.ask(query)
    assert text_of(page, selector) == expected
    assert visited.is_quiet(), (visited.requests, visited.messages)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { <img src=x onerror=window.hit=1>", "the query does not parse: "),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE would ask another server"),
    ],
)
def test_an_error_is_shown_as_text(visit: Callable[..., Visit], query: str, expected: str) -> None:
    visited = visit()
    page = visited.ask(query)
    assert expected in text_of(page, '#results [role="alert"]')
    assert page.locator("#results img").count() == 0
    assert page.evaluate("window.hit") is None
    # That an answer was 400 is the one thing a browser says by itself.
    assert all("400 (Bad Request)" in message for message in visited.messages)


@pytest.mark.parametrize(("button", "name"), [("csv", "results.csv"), ("json", "results.json")])
def test_an_answer_is_downloaded(
    visit: Callable[..., Visit], server: Server, tmp_path: Path, button: str, name: str
) -> None:
    visited = visit()
    page = visited.open("/")
    page.fill("#query", MEASURES)
    with page.expect_download() as saved:
        page.click(f"#{button}")
    assert saved.value.suggested_filename == name
    saved.value.save_as(tmp_path / name)
    accept = {"csv": "text/csv", "json": JSON}[button]
    assert (tmp_path / name).read_bytes() == server.query(MEASURES, accept).body
    if button == "csv":
        assert len(list(csv.reader(io.StringIO((tmp_path / name).read_text("utf-8"))))) == 4
    assert visited.is_quiet(), (visited.requests, visited.messages)


@pytest.mark.parametrize("query", [MEASURES, f"DESCRIBE <{RATE}>"])
def test_draw_opens_the_explorer_with_the_nodes(
    visit: Callable[..., Visit], server: Server, query: str
) -> None:
    visited = visit()
    page = visited.open("/")
    page.fill("#query", query)
    with visited.context.expect_page() as opened:
        page.click("#draw")
    explorer = opened.value
    explorer.wait_for_selector("canvas")
    assert explorer.url == f"{server.url}/explorer"
    drawn = explorer.evaluate("fatu.data.nodes.map(({ id }) => id)")
    if query == MEASURES:
        rows = server.query(query).json()["results"]["bindings"]
        assert {row["m"]["value"] for row in rows} <= set(drawn)
    else:
        assert RATE in drawn
    assert visited.is_quiet(), (visited.requests, visited.messages)


@pytest.mark.parametrize(
    "iri", [REPORT, RATE, f"{BASE}id/doc/民法典", f"{BASE}ns#Observation"], ids=lambda iri: iri[len(BASE) :]
)
def test_an_iri_in_a_cell_leads_to_its_page(visit: Callable[..., Visit], server: Server, iri: str) -> None:
    visited = visit()
    page = visited.ask(f"SELECT ?thing {{ VALUES ?thing {{ <{iri}> }} }}")
    assert text_of(page, "#results tbody a") == iri.removeprefix(BASE)
    with page.expect_navigation() as arrived:
        page.click("#results tbody a")
    assert arrived.value.status == 200
    if "/id/" in iri:
        assert text_of(page, "main code") == iri
    else:
        assert page.is_visible("#Observation")
    assert visited.is_quiet(), (visited.requests, visited.messages)


def test_links_lead_from_thing_to_thing(visit: Callable[..., Visit], server: Server) -> None:
    visited = visit()
    page = visited.open("/" + quote(RATE.removeprefix(BASE)))
    with page.expect_navigation() as arrived:
        page.click(f'main a[href="/{quote(REPORT.removeprefix(BASE))}"]')
    assert arrived.value.status == 200 and text_of(page, "main code") == REPORT
    with page.expect_navigation() as arrived:
        page.click('main a[href*="%23"] >> nth=0')
    assert arrived.value.status == 200 and text_of(page, "main code").startswith(f"{REPORT}#")
    page.click('main a[href^="/?query="]')
    page.wait_for_selector("#results pre")
    assert page.input_value("#query").startswith(f"DESCRIBE <{REPORT}#")
    assert visited.is_quiet(), (visited.requests, visited.messages)


def test_an_address_holds_a_query(visit: Callable[..., Visit]) -> None:
    visited = visit()
    page = visited.open("/?name=pilots")
    page.wait_for_selector("#results tbody tr")
    assert page.get_attribute('#queries button[data-name="pilots"]', "aria-current") == "true"
    page = visited.open("/?query=" + quote("SELECT (2 AS ?two) {}"))
    page.wait_for_selector("#results tbody td")
    assert texts_of(page, "#results tbody td") == ["2"]
    page = visited.open("/?name=" + quote("<img src=x onerror=window.hit=1>"))
    assert page.evaluate("window.hit") is None
    assert visited.is_quiet(), (visited.requests, visited.messages)


# ------------------------------------------------------------------------------------------- hostile labels


def test_hostile_labels_are_text(visit: Callable[..., Visit], hostile: Server) -> None:
    visited = visit(hostile)
    page = visited.ask(
        "SELECT ?thing ?label { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?thing LIMIT 3"
    )
    assert texts_of(page, "#results td:nth-child(2)") == [EVIL] * 3
    for path in ("/" + quote(HOSTILE.removeprefix(BASE)), "/id/report/1", "/ns", "/explorer"):
        page = visited.open(path)
        assert "window.hit=1" in text_of(page, "main")
        assert page.locator("main script, main img, main iframe").count() == 0
        assert page.locator('a[href^="javascript:"]').count() == 0
        assert page.evaluate("window.hit") is None
    assert visited.is_quiet(), (visited.requests, visited.messages)


def test_an_iri_that_cannot_be_decoded_is_shown_as_it_is(visit: Callable[..., Visit]) -> None:
    visited = visit()
    page = visited.ask(f"SELECT (IRI('{BROKEN}') AS ?x) (IRI('javascript:alert(1)') AS ?y) {{}}")
    assert texts_of(page, "#results tbody td") == [BROKEN.removeprefix(BASE), "javascript:alert(1)"]
    assert page.locator("#results a").count() == 1
    assert visited.is_quiet(), (visited.requests, visited.messages)


# -------------------------------------------------------------------------------------------- accessibility


@pytest.mark.parametrize(
    "path", ["/", "/?name=pilots", "/?query=SELECT", f"/{quote(REPORT[len(BASE) :])}", "/ns"]
)
@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(*SIZES[0], "light"), (*SIZES[1], "dark"), (*SIZES[0], "dark")]
)
def test_no_serious_violation_of_accessibility(
    visit: Callable[..., Visit], path: str, width: int, height: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(width=width, height=height, scheme=scheme).open(path)
    if path.startswith("/?"):
        page.wait_for_selector("#results > *")
    serious = [
        (violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_the_list_of_reports_is_accessible(visit: Callable[..., Visit], hostile: Server) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(hostile).open("/explorer")
    assert page.locator('input[type="checkbox"]').count() == 80
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
