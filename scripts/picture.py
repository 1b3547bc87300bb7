"""Draws docs/explorer.png, the picture of the README: the sample report's explorer page in headless Chromium.

    .venv/bin/python scripts/picture.py [docs/explorer.png]

Needs Chromium (`make browser`) and the environment that `make test` leaves. The first view of the page, in Chinese
and light, with the source text at the figure that the audit doubts.
"""

from __future__ import annotations

import shutil
import struct
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

import fatu
from fatu.viewing import render_explorer

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "graphs" / "410203-gov-2020" / "source.txt"
NAMES = ("chromium", "chromium-browser", "google-chrome")
SIZE = {"width": 1280, "height": 800}
TO_DOUBT = """() => {
  const pane = document.querySelector("#source");
  const mark = pane.querySelector(".mark.alarm");
  pane.style.scrollBehavior = "auto";
  pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 2;
}"""


def main(target: Path) -> None:
    """Writes the picture to `target`; exits with one line where there is no Chromium."""
    browser_path = next(filter(None, map(shutil.which, NAMES)), None)
    if browser_path is None:
        sys.exit(f"picture: none of {', '.join(NAMES)} is installed; run make browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "explorer.html"
        page_file.write_text(render_explorer(fatu.build(SOURCE).dataset), encoding="utf-8", newline="\n")
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce", bypass_csp=True)
        page.goto(page_file.as_uri())
        page.wait_for_function("window.fatu !== undefined")
        page.evaluate(TO_DOUBT)
        page.wait_for_timeout(300)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(reduce_colors(page.screenshot()))
        browser.close()
    print(f"{target}: {target.stat().st_size // 1024} KiB")


def reduce_colors(png: bytes) -> bytes:
    """A screenshot (PNG, 8 bits for red, green, blue and perhaps alpha) with 256 colours only, the commonest of each
    shade: half the size, and hardly a difference to the eye."""
    width, height, _, color_type = struct.unpack(">IIBB", png[16:26])
    rows = [*_rows(png, width, {2: 3, 6: 4}[color_type])]
    counts = Counter(color for row in rows for color in row)
    alike: Counter[tuple[int, ...]] = Counter()
    first: dict[tuple[int, ...], tuple[int, ...]] = {}
    for color in sorted(counts, key=lambda color: (-counts[color], color)):
        alike[_coarsen(color)] += counts[color]
        first.setdefault(_coarsen(color), color)
    palette = [first[coarse] for coarse in sorted(alike, key=lambda coarse: (-alike[coarse], coarse))[:256]]
    exact = {color: number for number, color in enumerate(palette)}

    @cache
    def nearest(color: tuple[int, ...]) -> int:
        return min(
            range(len(palette)),
            key=lambda n: sum((a - b) ** 2 for a, b in zip(color, palette[n], strict=True)),
        )

    pixels = b"".join(
        b"\0" + bytes(exact[color] if color in exact else nearest(color) for color in row) for row in rows
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", b"".join(map(bytes, palette))),
            (b"IDAT", zlib.compress(pixels, 9)),
            (b"IEND", b""),
        )
    )


def _coarsen(color: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(part >> 4 for part in color)


def _rows(png: bytes, width: int, channels: int) -> Iterator[list[tuple[int, ...]]]:
    """The lines of pixels of a PNG, their filters (PNG specification, 9) undone."""
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    raw, step = zlib.decompress(packed), width * channels
    above = bytearray(step)
    for start in range(0, len(raw), step + 1):
        line = bytearray(raw[start + 1 : start + 1 + step])
        for i in range(step):
            left, up = (line[i - channels] if i >= channels else 0), above[i]
            corner = above[i - channels] if i >= channels else 0
            line[i] = (line[i] + _predict(raw[start], left, up, corner)) & 255
        yield [tuple(line[i : i + 3]) for i in range(0, step, channels)]
        above = line


def _predict(method: int, left: int, up: int, corner: int) -> int:
    if method < 4:
        return (0, left, up, (left + up) // 2)[method]
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "explorer.png")
