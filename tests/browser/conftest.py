"""A real browser, offline, and the page it opens."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest
from rdflib import Dataset

import fatu
from fatu.viewing import render_explorer

SAMPLE = Path(__file__).parents[2] / "graphs" / "410203-gov-2020" / "source.txt"
REPORT = Path(__file__).with_name("report.trig")
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

FIRST_PICTURE = """const { fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.fillText = function (...said) {
  window.firstPicture ??= performance.now();
  return fillText.apply(this, said);
};"""
"""Notes when the first words are drawn, in milliseconds from the start of the page."""


@dataclass
class Opened:
    """A page and all that it said or asked for."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


def _missing(what: str) -> NoReturn:
    reason = f"{what} is not installed: the explorer page is not opened"
    if os.environ.get("FATU_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright")
    path = CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium")
    if path is None:
        _missing("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer page of the small report."""
    dataset = Dataset()
    dataset.parse(REPORT, format="trig")
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_text(render_explorer(dataset), encoding="utf-8", newline="\n")
    return path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer page of the real sample report."""
    path = tmp_path_factory.mktemp("sample") / "explorer.html"
    path.write_text(render_explorer(fatu.build(SAMPLE).dataset), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def show(browser: Any, explorer: Path) -> Iterator[Callable[..., Opened]]:
    """Opens the page: `show(width, height, color_scheme)`, by default 1280 × 800 and light; `fragment` is what
    follows the # of its address."""
    contexts = []

    def open_page(
        width: int = 1280,
        height: int = 800,
        color_scheme: str = "light",
        bypass_csp: bool = True,
        file: Path = explorer,
        fragment: str = "",
    ) -> Opened:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=color_scheme, reduced_motion="reduce",
            bypass_csp=bypass_csp, accept_downloads=True,
        )  # fmt: skip
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        opened = Opened(page, file.as_uri())
        page.add_init_script(FIRST_PICTURE)
        page.on("request", lambda request: opened.requests.append(request.url))
        page.on("console", lambda message: opened.messages.append(message.text))
        page.on("pageerror", lambda error: opened.messages.append(str(error)))
        page.goto(opened.address + (f"#{fragment}" if fragment else ""))
        if bypass_csp:  # waiting for a condition is a script made from a string, which the page forbids
            page.wait_for_function("window.fatu !== undefined")
        page.wait_for_timeout(150 if bypass_csp else 1000)
        return opened

    yield open_page
    for context in contexts:
        context.close()
