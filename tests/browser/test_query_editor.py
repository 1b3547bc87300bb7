"""The query editor of a server's page in a browser: the page's own, and YASGUI's where `make web` has fetched it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pages import SIZES, text_of, texts_of
from visits import Visit

from fatu.iris import BASE
from fatu.serving.pages import WEB
from servers import SAMPLE, Server, serve

pytestmark = [pytest.mark.browser, pytest.mark.server]

BODY = (
    'SELECT DISTINCT ?n { ?a a fatu:Agency ; skos:prefLabel ?n FILTER(CONTAINS(?n, "司法局")) } ORDER BY ?n'
)
CLASSES = "SELECT * { ?a a foaf:Agent ; rdf:type <http://xmlns.com/foaf/0.1/Ag> ; foaf:na"
"""What an editor would look up on the web, if it did."""
EDITORS = ["plain", "YASGUI"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve("--data", SAMPLE) as running:
        yield running


class Editor:
    """The page's editor, as somebody uses it with the keyboard."""

    def __init__(self, visit: Visit, name: str) -> None:
        self.visit = visit
        self.page = visit.open("/")
        self.place = "#query" if name == "plain" else "#yasqe .CodeMirror"
        self.is_plain = name == "plain"

    @property
    def text(self) -> str:
        """What it holds."""
        value = "e => e.value" if self.is_plain else "e => e.CodeMirror.getValue()"
        return str(self.page.eval_on_selector(self.place, value))

    def write(self, text: str) -> None:
        """Types a text in the place of all."""
        self.page.click(self.place)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def run(self, key: str = "Control+Enter") -> list[str]:
        """The cells of what a query answers."""
        with self.page.expect_response("**/sparql"):
            if key == "click":
                self.page.click("#run")
            else:
                self.page.keyboard.press(key)
        self.page.wait_for_selector("#results > *")
        return texts_of(self.page, "#results tbody td")


@pytest.fixture(params=EDITORS)
def edit(request: pytest.FixtureRequest, browser: Any, server: Server) -> Iterator[Callable[..., Editor]]:
    """Opens the page with each editor. That of YASGUI skips where it was not fetched, or fails under
    FATU_REQUIRE_BROWSER=1."""
    if request.param == "YASGUI" and not (WEB / "yasgui.min.js").is_file():
        reason = "YASGUI is not in src/fatu/serving/web: make web fetches it from npm"
        if os.environ.get("FATU_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    visits: list[Visit] = []

    def begin(size: tuple[int, int] = SIZES[0], scheme: str = "light") -> Editor:
        visits.append(Visit(browser, server, size, scheme, has_yasgui=request.param == "YASGUI"))
        return Editor(visits[-1], request.param)

    yield begin
    for visit in visits:
        visit.context.close()


def expected(server: Server, query: str) -> list[str]:
    """The first column of an answer."""
    found = server.query(query).json()
    return [row[found["head"]["vars"][0]]["value"] for row in found["results"]["bindings"]]


def prefixes(text: str) -> str:
    """The lines of a text that declare prefixes."""
    return "".join(f"{line}\n" for line in text.splitlines() if line.startswith("PREFIX "))


def test_the_page_opens_with_a_query_that_answers(edit: Callable[..., Editor], server: Server) -> None:
    editor = edit()
    page = editor.page
    assert page.is_visible(editor.place)
    assert page.is_visible("#query") is editor.is_plain
    assert page.evaluate("document.characterSet") == "UTF-8" and "法图" in page.title()
    assert server.get("/", "text/html").headers["content-type"] == "text/html; charset=utf-8"
    assert f"PREFIX fatu: <{BASE}ns#>\n" in prefixes(editor.text)
    assert "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n" in prefixes(editor.text)
    cells = editor.run("click")
    assert cells[::3] == expected(server, editor.text) and len(cells) == 3 * len(cells[::3]) > 60
    assert any("行政复议" in cell for cell in cells)
    assert editor.visit.is_quiet(), (editor.visit.requests, editor.visit.messages)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["Control+Enter", "Meta+Enter", "click"])
def test_a_typed_query_shows_its_rows(edit: Callable[..., Editor], server: Server, key: str) -> None:
    editor = edit()
    declared = prefixes(editor.text)
    editor.write(declared + BODY)
    names = editor.run(key)
    assert names == expected(server, declared + BODY)
    assert "开封市顺河回族区司法局" in names and all("司法局" in name for name in names)
    assert text_of(editor.page, "#said") == f"{len(names)} 行 rows"
    asked = [url for url in editor.visit.requests if url.endswith("/sparql")]
    assert asked == [f"{server.url}/sparql"]
    assert editor.visit.is_quiet(), (editor.visit.requests, editor.visit.messages)


def test_prefixes_that_are_typed_are_declared(edit: Callable[..., Editor], server: Server) -> None:
    editor = edit()
    editor.write(BODY)
    if editor.is_plain:  # declares all at the start, and no others
        assert editor.text == BODY
        return
    editor.page.wait_for_function("document.querySelector('#yasqe .CodeMirror').CodeMirror.lineCount() === 3")
    assert sorted(prefixes(editor.text).splitlines()) == [
        f"PREFIX fatu: <{BASE}ns#>",
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
    ]
    assert editor.run() == expected(server, editor.text)
    assert editor.visit.is_quiet(), (editor.visit.requests, editor.visit.messages)


def test_what_is_typed_goes_nowhere_else(edit: Callable[..., Editor]) -> None:
    editor = edit()
    editor.write(CLASSES)
    editor.page.keyboard.press("Control+Space")
    editor.page.keyboard.press("Control+S")
    editor.page.wait_for_timeout(1000)
    assert CLASSES[-8:] in editor.text
    assert editor.visit.is_quiet(), (editor.visit.requests, editor.visit.messages)
    assert not editor.page.evaluate("JSON.stringify(localStorage)").count("foaf")


def test_a_named_query_stands_in_the_editor(edit: Callable[..., Editor], server: Server) -> None:
    editor = edit()
    with editor.page.expect_response("**/sparql"):
        editor.page.click('#queries button[data-name="pilots"]')
    editor.page.wait_for_selector("#results tbody tr")
    (query,) = [query for query in server.get("/queries").json() if query["name"] == "pilots"]
    assert query["zh"] in text_of(editor.page, '#queries button[aria-current="true"]')
    assert editor.text.startswith(("#", "PREFIX")) and "SELECT" in editor.text
    shown = texts_of(editor.page, "#results tbody td:first-child")
    assert shown == [iri.removeprefix(BASE) for iri in expected(server, editor.text)]
    assert editor.visit.is_quiet(), (editor.visit.requests, editor.visit.messages)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "scheme"), [(SIZES[0], "light"), (SIZES[1], "light"), (SIZES[0], "dark")])
def test_the_editor_is_accessible(edit: Callable[..., Editor], size: tuple[int, int], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    editor = edit(size, scheme)
    editor.run("click")
    found = Axe().run(editor.page).response["violations"]
    assert [
        (v["id"], [node["html"][:120] for node in v["nodes"][:3]])
        for v in found
        if v["impact"] in ("serious", "critical")
    ] == []
    assert editor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
