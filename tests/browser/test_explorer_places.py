"""Of a scan the page shows the region where a passage stood, and says where recognition was not sure."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages import select, text_of, texts_of

from fatu.model import Box, Page, Place
from fatu.viewing import render_explorer
from test_places import FIRST, SCAN, TEXT, at, graph_of

pytestmark = pytest.mark.browser
Image = pytest.importorskip("PIL.Image", reason="pillow is in the extra `files`")


def drawn(*boxes: Box) -> bytes:
    """A page of 500 by 700 with black where the text stood."""
    picture = Image.new("L", (500, 700), 255)
    for left, top, width, height in boxes:
        x, y = left * 500 // 10_000, top * 700 // 10_000
        picture.paste(0, (x, y, x + width * 500 // 10_000, y + height * 700 // 10_000))
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "page.html"
    boxes = {number: [p.box for p in SCAN if p.page == number and p.box] for number in (1, 2)}
    pages = tuple(Page(number, "image/png", drawn(*found)) for number, found in boxes.items())
    path.write_text(render_explorer(graph_of(SCAN, pages)), encoding="utf-8", newline="\n")
    return path


def choose(page: Any, name: str) -> None:
    """Chooses the observation whose evidence has these words."""
    found = page.evaluate(
        "words => fatu.data.nodes.find(n => n.kind === 'Observation' && n.quotes.some(q => q[3].includes(words))).id",
        name,
    )
    select(page, found)


def test_the_regions_of_a_passage_over_two_pages(show: Callable[..., Any], scan: Path) -> None:
    opened = show(file=scan)
    page = opened.page
    choose(page, "行政复议案件9件")
    page.wait_for_function(
        "[...document.querySelectorAll('.region img')].every(i => i.complete && i.naturalWidth)"
    )
    assert texts_of(page, ".region") == ["", ""]
    labels = page.eval_on_selector_all(".region", "found => found.map(r => r.getAttribute('aria-label'))")
    assert labels == ["第1页图像,点击看整页", "第2页图像,点击看整页"]
    assert "第1页 · 识别不确定(0.871),请核对页面图像 · 第2页" in text_of(page, ".quote small")
    # The region is low, and black is what the frame frames.
    for region in page.query_selector_all(".region"):
        box, frame = region.bounding_box(), region.query_selector(".frame").bounding_box()
        assert 10 < box["height"] < 90
        assert box["y"] <= frame["y"] and frame["y"] + frame["height"] <= box["y"] + box["height"] + 2
    assert opened.messages == [] and opened.requests == [opened.address]


def test_a_click_shows_the_whole_page(show: Callable[..., Any], scan: Path) -> None:
    page = show(file=scan).page
    choose(page, "行政复议案件9件")
    page.click(".region >> nth=1")
    page.wait_for_selector("dialog[open]")
    assert text_of(page, "dialog .top span") == "第2页"
    assert len(page.query_selector_all("dialog .frame")) == 1
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")


def test_what_was_hardly_recognised_is_marked_in_the_text(show: Callable[..., Any], scan: Path) -> None:
    page = show(file=scan).page
    assert "".join(texts_of(page, "#source .uncertain")) == FIRST
    assert text_of(page, "#source") == TEXT
    title = page.eval_on_selector("#source .uncertain", "piece => piece.title")
    assert "识别不确定(0.871)" in title


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Place(at(TEXT.splitlines()[1]), path="/html/body/div[2]/p"), "网页元素 /html/body/div[2]/p"),
        (Place(at(TEXT.splitlines()[1]), paragraph=2), "第2段"),
        (Place(at(TEXT.splitlines()[1]), page=3, box=Box(1, 2, 3, 4)), "第3页"),
    ],
)
def test_other_files_have_places_in_words(
    place: Place, told: str, show: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(render_explorer(graph_of((place,))), encoding="utf-8", newline="\n")
    page = show(file=path).page
    choose(page, "审结8件")
    assert text_of(page, ".quote small").endswith(f" · {told}")
    assert page.query_selector_all(".region") == []
    assert page.query_selector_all("#source .uncertain") == []


def test_what_is_framed_is_where_the_passage_stood(show: Callable[..., Any], scan: Path) -> None:
    """In the picture of the region as on the page: dark within the frame, white around it."""
    page = show(file=scan).page
    choose(page, "行政复议案件9件")
    page.wait_for_function(
        "[...document.querySelectorAll('.region img')].every(i => i.complete && i.naturalWidth)"
    )
    region = page.query_selector(".region")
    region.scroll_into_view_if_needed()
    frame = region.query_selector(".frame").bounding_box()
    image = region.query_selector("img").bounding_box()
    # The frame, in parts of the picture, is the place's box.
    place = SCAN[1].box
    assert place is not None
    assert (frame["x"] - image["x"]) / image["width"] == pytest.approx(place.left / 10_000, abs=0.01)
    assert (frame["y"] - image["y"]) / image["height"] == pytest.approx(place.top / 10_000, abs=0.004)
    assert frame["height"] / image["height"] == pytest.approx(place.height / 10_000, abs=0.006)
