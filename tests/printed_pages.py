"""Pages as an office prints them: HTML made a PDF by Chromium, a PDF made a scan."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections import Counter
from html import escape
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image

from fatu.finding import find
from fatu.outlining import outline
from fatu.reading import read_text
from fatu.reading.extract import Extract

SAMPLE = Path(__file__).parents[1] / "graphs" / "410203-gov-2020" / "source.txt"
GOVDOC = Path("corpora") / "govdoc-sample"
OFFICE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm;
        @top-center { content: "开封市顺河回族区法治政府建设情况报告"; font: 10pt "Noto Sans CJK SC" }
        @bottom-center { content: "— " counter(page) " —"; font: 14pt "Noto Serif CJK SC" } }
* { margin: 0 } body { font: 16pt/10.23mm "Noto Serif CJK SC"; text-align: justify } p { text-indent: 2em }
.title { font-size: 22pt; font-weight: bold; line-height: 14mm; text-align: center; text-indent: 0; margin-bottom: 8mm }
.heading { font-family: "Noto Sans CJK SC" } .frame { text-indent: 0; white-space: pre-wrap }
.date { text-align: right; text-indent: 0; padding-right: 4em }
"""
"""GB/T 9704-2012: 22 lines of 28 characters, type of 16 points, a title of 22, page numbers between dashes."""


def print_pdf(body: str, style: str) -> bytes:
    """A PDF of some HTML. The test skips where Chromium is not there, or fails where FATU_REQUIRE_BROWSER=1."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or _missing("Chromium")
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}", encoding="utf-8")
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command = [
            chromium,
            *arguments,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={out}",
            str(page),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return out.read_bytes()


def sample_body() -> str:
    """The sample report as an office sets it."""
    lines = [line.strip() for line in SAMPLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    kinds = {lines[0]: "title", lines[1]: "frame", lines[-2]: "date", lines[-1]: "frame"}
    kinds |= {line: "heading" for line in lines if line.startswith(("一、", "二、"))}
    return "".join(f'<p class="{kinds.get(line, "")}">{escape(line)}</p>' for line in lines)


def draw_pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Pictures of the pages of a PDF."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def scanned(picture: Image.Image, degrees: float, seed: int = 0) -> Image.Image:
    """A picture as a scanner makes one: askew, with noise, and spoilt by JPEG."""
    import numpy as np

    turned = picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(250, 250, 246))
    noise = np.random.default_rng(seed).normal(0, 12, (turned.height, turned.width, 1))
    noisy = np.clip(np.asarray(turned) + noise, 0, 255).astype(np.uint8)
    return Image.open(BytesIO(picture_file(Image.fromarray(noisy), "JPEG", quality=60))).convert("RGB")


def picture_file(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of a picture's file."""
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def scanned_pdf(pictures: list[Image.Image], dpi: int) -> bytes:
    """A PDF whose pages are pictures."""
    return picture_file(
        pictures[0], "PDF", save_all=True, append_images=pictures[1:], resolution=dpi, quality=60
    )


def text_of(extract: Extract) -> str:
    """What was read."""
    return "".join(piece.text for piece in extract.pieces)


def facts(text: str) -> tuple[Counter[object], Counter[object]]:
    """Metrics by value and unit, citations by title and number, with how often each is there."""
    mentions = find(outline(read_text(text, "report")))
    return (
        Counter((m.payload.value, m.payload.unit, m.payload.bound) for m in mentions.metrics),
        Counter((m.payload.title, m.payload.number) for m in mentions.citations),
    )


def recovered(text: str, read: str) -> tuple[float, float]:
    """Shares of a text's metrics and citations that are in what was read of it."""
    shares = [
        sum((expected & got).values()) / sum(expected.values())
        for expected, got in zip(facts(text), facts(read), strict=True)
    ]
    return shares[0], shares[1]


def errors_in(text: str, read: str) -> int:
    """Characters to be changed, put in or left out to make one text the other (Levenshtein)."""
    row = list(range(len(read) + 1))
    for above, character in enumerate(text, 1):
        last, row[0] = row[0], above
        for index, other in enumerate(read, 1):
            last, row[index] = (
                row[index],
                min(row[index] + 1, row[index - 1] + 1, last + (character != other)),
            )
    return row[-1]


def _missing(what: str) -> NoReturn:
    reason = f"{what} is not installed: no pages are printed"
    if os.environ.get("FATU_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
