"""The documentation site: built strictly, whole in both languages, alone with itself, fit to be read and searched."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parents[2]
LOADING = {
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}
"""Where a page names what the browser fetches unasked."""
SEEN = ["index.html", "tutorial.html", "how-to/scan.html", "reference/commands.html", "reference/python.html",
        "reference/ontology.html", "explanation/scores.html", "zh/index.html", "zh/tutorial.html",
        "zh/reference/queries.html", "zh/explanation/limits.html", "ontology/index.html"]  # fmt: skip
"""Pages that are opened, of every kind."""
RULES = [
    "color-contrast",
    "document-title",
    "heading-order",
    "html-has-lang",
    "image-alt",
    "link-in-text-block",
]
PHONE = {"width": 390, "height": 844}


@dataclass
class Page(HTMLParser):
    """What a page has: anchors, links, and what it loads."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    language: str = ""
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.anchors.add(value)
            elif (tag, name) in LOADING and value is not None:
                self.loads.append(value)
            elif tag == "a" and name == "href" and value is not None:
                self.links.append(value)
            elif tag == "html" and name == "lang":
                self.language = value or ""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it: any warning is an error."""
    if importlib.util.find_spec("mkdocs") is None:
        pytest.skip("MkDocs is not installed (the extra docs; make test installs it)")
    target = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(target)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return target


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[Path, Page]:
    """Every page of the site."""
    read: dict[Path, Page] = {}
    for path in sorted(site.rglob("*.html")):
        read[path] = Page()
        read[path].feed(path.read_text(encoding="utf-8"))
    return read


@pytest.mark.slow
def test_every_page_that_is_written_is_there_in_both_languages(site: Path, pages: dict[Path, Page]) -> None:
    docs = ROOT / "docs"
    written = {
        p.relative_to(docs).with_suffix("") for p in docs.rglob("*.md") if "ontology" not in p.parts[:-1]
    }
    for page in {p.with_suffix("") if p.suffix == ".zh" else p for p in written}:
        for language, path in (("en", site / f"{page}.html"), ("zh", site / "zh" / f"{page}.html")):
            assert pages[path].language == language, path


@pytest.mark.slow
def test_every_link_within_the_site_leads_to_a_page_and_a_place_on_it(
    site: Path, pages: dict[Path, Page]
) -> None:
    lost = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not target.is_file() or (
                anchor and target in pages and anchor not in pages[target].anchors | {"__top"}
            ):
                lost.append(f"{path.relative_to(site)}: {link}")
    assert lost == []


@pytest.mark.slow
def test_what_leads_out_of_the_site_is_an_address_and_nothing_is_loaded_from_there(
    pages: dict[Path, Page],
) -> None:
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            assert parts.scheme in ("", "http", "https"), (path, link)
            assert not parts.scheme or parts.netloc, (path, link)
        for load in page.loads:
            parts = urlsplit(load)
            assert not parts.netloc and parts.scheme in ("", "data"), (path, load)
            assert parts.scheme or (path.parent / unquote(parts.path)).is_file(), (path, load)


@dataclass
class Visit:
    """A page of the site in the browser, and what it asked for and said."""

    page: Any
    site: Path
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def open(self, name: str) -> None:
        self.page.goto((self.site / name).as_uri())


@pytest.fixture
def visit(browser: Any, site: Path) -> Iterator[Visit]:
    """A browser's tab that is offline and writes down what happens."""
    context = browser.new_context(offline=True)
    seen = Visit(context.new_page(), site)
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.on("console", lambda said: seen.messages.append(said.text))
    seen.page.on("pageerror", lambda error: seen.messages.append(str(error)))
    yield seen
    context.close()


@pytest.mark.slow
@pytest.mark.browser
def test_pages_ask_for_nothing_from_outside_and_say_no_error(visit: Visit) -> None:
    for name in SEEN:
        visit.open(name)
    assert [url for url in visit.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert visit.messages == []


@pytest.mark.slow
@pytest.mark.browser
def test_pages_fit_a_phone(visit: Visit) -> None:
    visit.page.set_viewport_size(PHONE)
    for name in SEEN[::3]:
        visit.open(name)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_can_be_read_by_all(visit: Visit, scheme: str) -> None:
    """The rules of WCAG 2 about what we write and colour; the rest is the theme's."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    visit.page.emulate_media(color_scheme=scheme)
    for name in ("index.html", "zh/tutorial.html", "explanation/scores.html"):
        visit.open(name)
        found = axe.Axe().run(visit.page, options={"runOnly": RULES}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], name


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("start", "words", "found"),
    [
        ("index.html", "reconsideration", "reference/queries.html"),
        ("how-to/scan.html", "denominator", "explanation/scopes.html"),
        ("zh/index.html", "结案率", "zh/tutorial.html"),
    ],
)
def test_words_in_either_language_are_found_even_in_a_folder(
    visit: Visit, start: str, words: str, found: str
) -> None:
    visit.open(start)
    visit.page.keyboard.press("/")
    visit.page.keyboard.insert_text(words)
    visit.page.keyboard.press("End")
    link = visit.page.locator(f'.md-search-result__link[href*="{found}"]').first
    link.wait_for(timeout=20_000)
    assert visit.messages == []


@pytest.mark.slow
@pytest.mark.browser
def test_a_page_leads_to_itself_in_the_other_language(visit: Visit) -> None:
    visit.open("how-to/compare.html")
    visit.page.click(".other-language a")
    assert visit.page.url.endswith("/zh/how-to/compare.html")
    visit.page.click(".other-language a")
    assert visit.page.url.endswith("/how-to/compare.html") and "/zh/" not in visit.page.url
