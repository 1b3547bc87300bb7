"""Pictures of pages → text. What is recognised is marked slow: a page takes about four seconds of one core."""

from __future__ import annotations

import random
import socket
import struct
import sys
import unicodedata
import zlib
from decimal import Decimal
from io import BytesIO
from math import cos, pi, sin
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image, ImageChops, ImageDraw

from fatu.errors import InputError
from fatu.reading import Limits, scan
from fatu.reading.extract import Extract
from fatu.reading.pdf import extract_pdf
from fatu.reading.scan import extract_image
from fatu.reading.scan.marks import find_rules, without_seals
from fatu.reading.scan.pictures import make_page, open_pictures
from pdf_files import pdf_of, text_at
from printed_pages import (
    GOVDOC,
    OFFICE,
    SAMPLE,
    draw_pages,
    errors_in,
    picture_file,
    print_pdf,
    recovered,
    sample_body,
    scanned,
    scanned_pdf,
    text_of,
)

DEGREES = (1.0, -0.8, 0.5, -1.0, 0.7)
PLAIN = """@page { size: 150mm 110mm; margin: 12mm } * { margin: 0 }
    body { font: 14pt/1.8 "Noto Serif CJK SC"; text-align: justify } p { text-indent: 2em }"""
PAGE_TEXT = [
    "二、存在的问题",
    "2020年，我区受理行政复议案件9件，审结8件，结案率88.78%，同比增长12.5个百分点。应诉的行政案件72件，"
    "已审结61件，胜诉43件。印发《法治政府建设实施方案（2016—2020年）》（汴法政〔2020〕1号）。",
]
PAGE = "".join(f"<p>{line}</p>" for line in PAGE_TEXT)


def read(data: bytes, **limits: int) -> Extract:
    return extract_image(data, "page.png", Limits(**limits))  # type: ignore[arg-type]


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(InputError) as refused:
        read(data, **limits)
    assert refused.value.where == "page.png" and refused.value.remedy
    return refused.value.problem


def folded(text: str) -> str:
    """Text without spaces, full-width forms and differences of dashes."""
    narrow = unicodedata.normalize("NFKC", "".join(text.split()))
    return narrow.translate(dict.fromkeys(map(ord, "—–―一─"), "-"))


# ----------------------------------------------------------------------------------------------- recognition


@pytest.fixture(scope="module")
def printed() -> bytes:
    """The sample report, printed as an office does."""
    return print_pdf(sample_body(), OFFICE)


@pytest.fixture(scope="module")
def plain() -> Image.Image:
    """Half a page with figures."""
    return draw_pages(print_pdf(PAGE, PLAIN), 130)[0]


@pytest.mark.slow
def test_the_sample_scanned_gives_the_same_facts(
    printed: bytes, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Five pages of 200 dpi, up to a degree askew, with noise; recognised without network and without a word."""
    monkeypatch.setattr(socket, "socket", _no_network)
    monkeypatch.setattr(socket, "getaddrinfo", _no_network)
    pictures = [scanned(page, DEGREES[i], i) for i, page in enumerate(draw_pages(printed, 200))]
    extract = extract_pdf(scanned_pdf(pictures, 200), "scan.pdf", Limits())
    source, text = SAMPLE.read_text(encoding="utf-8"), text_of(extract)
    metrics, citations = recovered(source, text)
    assert metrics >= 0.95 and citations >= 0.95
    assert len(text.splitlines()) == sum(1 for line in source.splitlines() if line.strip())
    assert capfd.readouterr() == ("", "")
    assert [note.partition(": ")[2][:18] for note in extract.notes] == [
        "left out a running", "left out page numb", "recognised from it",
    ]  # fmt: skip
    _assert_places_are_those_of(extract_pdf(printed, "printed.pdf", Limits()), extract)
    assert [page.number for page in extract.pages] == [1, 2, 3, 4, 5]
    for page in extract.pages:
        with Image.open(BytesIO(page.image)) as picture:
            assert (picture.width, picture.format, page.media_type) == (1000, "WEBP", "image/webp")
        assert len(page.image) <= 120_000


def _assert_places_are_those_of(printed: Extract, read: Extract) -> None:
    """Every line is where it was printed, to one and a half percent of the page, and tells how sure it is."""
    places = {(folded(piece.text), piece.page): piece.box for piece in printed.pieces if piece.box}
    found = [piece for piece in read.pieces if piece.box]
    same = [piece for piece in found if (folded(piece.text), piece.page) in places]
    assert len(same) * 10 >= len(found) * 9
    for piece in same:
        box, expected = piece.box, places[folded(piece.text), piece.page]
        assert box is not None and expected is not None
        assert abs(box.left - expected.left) <= 150
        assert abs((2 * box.top + box.height) - (2 * expected.top + expected.height)) <= 300
    assert all(piece.confidence is not None and Decimal("0.8") < piece.confidence <= 1 for piece in found)
    assert all(-piece.confidence.as_tuple().exponent <= 3 for piece in found if piece.confidence)  # type: ignore[operator]


def _no_network(*_: object, **__: object) -> NoReturn:
    raise AssertionError("the network is not to be used")


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_may_lie_on_its_side(plain: Image.Image, turn: int) -> None:
    """Turned counterclockwise, and two degrees askew."""
    picture = scanned(plain, 2).rotate(turn, expand=True)
    extract = read(picture_file(picture, "PNG"))
    assert list(map(folded, text_of(extract).splitlines())) == list(map(folded, PAGE_TEXT))
    assert extract.notes == ((f"page 1: read turned by {turn} degrees clockwise",) if turn else ())
    with Image.open(BytesIO(extract.pages[0].image)) as shown:
        assert shown.width > shown.height
    box = extract.pieces[0].box
    assert box is not None and box.top < 2000 and box.left < 2500


@pytest.mark.slow
def test_a_last_line_of_one_word_belongs_to_its_paragraph() -> None:
    """Its box is a third higher than those of the lines above: 听取法治政府建设工作汇报3 / 次。"""
    page = Path(__file__).parents[1] / "docs" / "scan.png"
    assert "听取法治政府建设工作汇报3次。" in text_of(read(page.read_bytes())).splitlines()[8]


def test_a_seal_does_not_hide_the_date() -> None:
    body = "<p>特此报告。</p><p class=s>石门县人民政府</p><p class=s>2021年1月26日</p>"
    page = draw_pages(print_pdf(body, PLAIN + ".s { padding-left: 9em }"), 150)[0]
    sealed = scanned(ImageChops.multiply(page, _seal(page.size, (480, 180), 105)), 0.5)
    extract = read(picture_file(sealed, "JPEG", quality=80))
    assert text_of(extract).splitlines() == ["特此报告。", "石门县人民政府", "2021年1月26日"]
    assert "page 1: read without 1 red seal over it" in extract.notes


@pytest.mark.slow
def test_a_scanned_table_is_rows_of_cells() -> None:
    body = """<p>表 行政处罚情况</p><table><tr><th rowspan=2>部门<th colspan=2>行政处罚（件）</tr>
        <tr><th>2020年<th>2021年</tr><tr><td>区市场监督<br>管理局<td>120<td>155</tr><tr><td>合计<td>132<td>170</tr></table>"""
    style = (
        PLAIN
        + "table { border-collapse: collapse; width: 100%; text-align: center } td, th { border: 1px solid }"
    )
    picture = scanned(draw_pages(print_pdf(body, style), 150)[0], -1)
    assert folded(text_of(read(picture_file(picture, "PNG")))) == folded(
        "表 行政处罚情况| 部门 | 行政处罚（件） | || | 2020年 | 2021年 |"
        "| 区市场监督管理局 | 120 | 155 || 合计 | 132 | 170 |"
    )


@pytest.mark.slow
def test_the_govdoc_pages_read_as_their_text(shared: Path) -> None:
    """The first and last page; where they stand in its text is told by what they begin and end with."""
    folder = shared / GOVDOC
    text = folded((folder / "397.txt").read_text(encoding="utf-8"))
    first = text[: text.index("力经济发展") if "力经济发展" in text else text.index("推动经济发展") + 2]
    last = text[text.index("构建税收共治管理") + 2 :]
    for number, expected in ((1, first), (5, last)):
        read_text = folded(text_of(read((folder / f"397_{number}.png").read_bytes())))
        assert errors_in(expected, read_text) * 100 <= len(expected)


@pytest.mark.slow
def test_nothing_to_read_is_told() -> None:
    assert (
        refusal(picture_file(Image.new("RGB", (600, 400), "white"), "PNG"))
        == "has no text that can be recognised"
    )


# -------------------------------------------------------------------------------------------------- pictures


def _png_of(width: int, height: int) -> bytes:
    """The head of a PNG that is said to be so large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


PICTURE = Image.new("RGB", (40, 30), "white")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (_png_of(100_000, 100_000), "has more than 100000000 pixels"),
        (_png_of(11_000, 10_000), "has more than 100000000 pixels"),
        (_png_of(400, 400), "is damaged: picture 1 cannot be decoded"),
        (picture_file(PICTURE, "PNG")[:60], "is damaged: picture 1 cannot be decoded"),
        (picture_file(PICTURE, "GIF"), "is no picture, or is damaged"),
        (b"\xff\xd8\xff\xe0", "is no picture, or is damaged"),
        (b"", "is no picture, or is damaged"),
    ],
)
def test_what_cannot_be_decoded_is_refused_before_it_is(data: bytes, problem: str) -> None:
    assert refusal(data) == problem


def test_a_picture_of_many_pages_is_held_to_their_limit() -> None:
    data = picture_file(PICTURE, "TIFF", save_all=True, append_images=[PICTURE] * 4)
    assert len(list(open_pictures(data, "a.tif", Limits(pages=5)))) == 5
    assert refusal(data, pages=4) == "has more than 4 pages" or not scan.is_installed()
    with pytest.raises(InputError, match="has more than 4 pages"):
        list(open_pictures(data, "a.tif", Limits(pages=4)))


MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "TIFF": ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"),
    "JPEG": ("L", "RGB", "CMYK"),
    "BMP": ("1", "L", "P", "RGB"),
    "WEBP": ("RGB", "RGBA"),
}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_pictures_of_every_mode_are_colours_on_white(kind: str, mode: str) -> None:
    white = {"I;16": 0xFFFF, "CMYK": 0, "LA": 0, "RGBA": 0}  # no ink; black, but seen through
    data = picture_file(Image.new(mode, (4, 4), white.get(mode, "white")), kind)
    (opened,) = open_pictures(data, "a", Limits())
    assert opened.mode == "RGB" and opened.getpixel((1, 1)) == (255, 255, 255)


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its right side
    (opened,) = open_pictures(picture_file(PICTURE, "JPEG", exif=exif), "a.jpg", Limits())
    assert opened.size == (30, 40)


def test_the_picture_of_a_page_is_small_and_always_the_same() -> None:
    chance = random.Random(1)
    noise = Image.frombytes("L", (1700, 2400), chance.randbytes(1700 * 2400)).convert("RGB")
    one, other = make_page(3, noise), make_page(3, noise)
    assert one == other and one.number == 3
    assert len(one.image) <= 120_000


def test_without_its_libraries_a_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    data = picture_file(PICTURE, "PNG")
    assert refusal(data) == "is a picture of text, which needs the extra fatu[ocr]"
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert refusal(data) == "is a picture, which needs the extra fatu[files]"


def test_a_stamped_scan_is_read_for_what_it_says_where_it_cannot_be_recognised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A page that is one picture, on which a program has written a line."""
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    with pytest.raises(InputError, match="needs the extra"):
        extract_pdf(scanned_pdf([Image.linear_gradient("L").convert("RGB")], 72), "scan.pdf", Limits())
    picture = "q 595 0 0 842 0 0 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \x20\x7f EI Q\n"
    stamped = pdf_of([picture + text_at(80, 700, "石门县档案馆藏")])
    extract = extract_pdf(stamped, "scan.pdf", Limits())
    assert text_of(extract) == "石门县档案馆藏\n"
    assert "page 1: its picture is not read, for which the extra fatu[ocr] is needed" in extract.notes


def test_a_picture_within_a_pdf_is_held_to_the_limit_of_pixels() -> None:
    data = scanned_pdf([Image.new("L", (300, 200)).convert("RGB")], 72)
    with pytest.raises(InputError, match="page 1 has a picture of 60000 pixels, more than 50000"):
        extract_pdf(data, "scan.pdf", Limits(pixels=50_000))


# ----------------------------------------------------------------------------------------- seals and rules


def _seal(size: tuple[int, int], centre: tuple[int, int], radius: int) -> Image.Image:
    """A round red seal with a star, on white."""
    paper = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(paper)
    (x, y), red = centre, (220, 30, 40)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=radius // 16)
    reach = [radius / (7 if k % 2 else 3) for k in range(10)]
    tips = [(x + r * sin(k * pi / 5), y - r * cos(k * pi / 5)) for k, r in enumerate(reach)]
    draw.polygon(tips, fill=red)
    return paper


@pytest.mark.parametrize(
    ("drawn", "seals"),
    [
        ("seal", 1),
        ("two seals", 2),
        ("head", 0),  # 发文机关标志: red, but no seal
        ("nothing", 0),
    ],
)
def test_only_round_red_seals_are_taken_off(drawn: str, seals: int) -> None:
    import numpy as np

    page = Image.new("RGB", (1240, 1754), "white")
    if drawn == "head":
        ImageDraw.Draw(page).rectangle((200, 200, 1040, 320), fill=(220, 20, 20))
    for index in range(seals):
        page = ImageChops.multiply(page, _seal(page.size, (400 + 450 * index, 1400), 120))
    ImageDraw.Draw(page).rectangle((300, 1395, 500, 1405), fill="black")
    pixels = np.asarray(page)
    cleaned, count = without_seals(pixels)
    assert count == seals
    assert (cleaned[1400, 400] == 0).all() and (cleaned[1400, 900] == 255).all()
    red = (cleaned[:, :, 0].astype(int) - cleaned[:, :, 1] > 50).any()
    assert red == (drawn == "head")


@pytest.mark.parametrize("slant", [0, 175, -350])
def test_rules_of_a_scanned_table_are_found_level(slant: int) -> None:
    """Three level and three upright rules, of a page that is up to two degrees askew."""
    import numpy as np

    def read_at(x: int, y: int) -> tuple[float, float]:
        return x - y * slant / 10_000, y + x * slant / 10_000

    page = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    for x in (200, 500, 900):
        draw.line((*read_at(x, 300), *read_at(x, 600)), fill="black", width=3)
    for y in (300, 450, 600):
        draw.line((*read_at(200, y), *read_at(900, y)), fill="black", width=3)
    rules = find_rules(np.asarray(page), slant, 1.0)
    level = sorted(rule.middle for rule in rules if rule.width > rule.height)
    upright = sorted((rule.left + rule.right) // 2 for rule in rules if rule.height > rule.width)
    assert len(level) == len(upright) == 3
    assert all(abs(a - b) <= 6 for a, b in zip(level, (300, 450, 600), strict=True))
    assert all(abs(a - b) <= 6 for a, b in zip(upright, (200, 500, 900), strict=True))


def test_a_page_of_text_has_no_rules() -> None:
    import numpy as np

    page = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    for y in range(200, 1500, 60):
        for x in range(150, 1100, 40):
            draw.rectangle((x, y, x + 30, y + 3), fill="black")
            draw.rectangle((x + 14, y, x + 17, y + 30), fill="black")
    assert find_rules(np.asarray(page), 0, 1.0) == ()
