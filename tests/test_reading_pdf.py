"""PDF → text: what a reader would write down who sees the pages, and where each line of it is.

Most pages here are written by hand: lines of 16 points, 28 points apart, between 74 and 522 points from the left, which
is 28 characters (GB/T 9704-2012).
"""

from __future__ import annotations

import random
import sys
import unicodedata
from datetime import date
from difflib import SequenceMatcher
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatu.errors import InputError
from fatu.exporting.records import extraction_records
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.outlining import outline
from fatu.reading import Limits, read_text
from fatu.reading.extract import Extract
from fatu.reading.pdf import extract_pdf
from pdf_files import PageOf, grid, lines_at, locked, pdf_of, rule, spread_at, text_at
from printed_pages import GOVDOC, OFFICE, SAMPLE, errors_in, facts, print_pdf, recovered, sample_body, text_of

GOLD = Path(__file__).with_name("gold")
LEFT, TOP, SIZE, STEP = 74, 740, 16, 28
FULL = "全区各级行政机关认真学习贯彻法治政府建设各项部署要求扎实"
"""28 characters: as many as go on a line."""
USUAL = [FULL[turn:] + FULL[:turn] for turn in range(1, 25)]
"""Lines of the same length, each another."""
ENDED = "全区各级行政机关认真学习贯彻法治政府建设各项部署和要求。"
SHORT = "推进依法行政。"
HEADING = "一、主要做法"


def read(data: bytes, **limits: int) -> Extract:
    return extract_pdf(data, "report.pdf", Limits(**limits))  # type: ignore[arg-type]


def paragraphs(extract: Extract) -> list[str]:
    return text_of(extract).splitlines()


def page(*lines: str, left: float = LEFT, top: float = TOP) -> str:
    """A page of lines; each ideographic space that a line begins with moves it in by a character, "" is space."""
    drawn = ""
    for index, line in enumerate(lines):
        bare = line.lstrip("\u3000")
        drawn += text_at(left + SIZE * (len(line) - len(bare)), top - STEP * index, bare) if bare else ""
    return drawn


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(InputError) as refused:
        read(data, **limits)
    assert refused.value.where == "report.pdf" and refused.value.remedy
    return refused.value.problem


# ----------------------------------------------------------------------------------------------- paragraphs

IN = "\u3000\u3000"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A full line goes on, a short one ends the paragraph; the next is indented.
        ([IN + FULL[:26], FULL, SHORT, IN + FULL[:26], SHORT], [FULL[:26] + FULL + SHORT, FULL[:26] + SHORT]),
        # The paragraph ends with a full line: the indent of the next tells.
        ([IN + FULL[:26], ENDED, IN + FULL[:26], SHORT], [FULL[:26] + ENDED, FULL[:26] + SHORT]),
        # A heading, which is short, and the text below it.
        ([IN + HEADING, IN + FULL[:26], FULL, SHORT], [HEADING, FULL[:26] + FULL + SHORT]),
        # A line ends early because what comes next may not be parted: a quote with what it opens, a number.
        ([FULL, FULL[:26], "《办法》第12条", FULL, SHORT], [FULL + FULL[:26] + "《办法》第12条", FULL + SHORT]),
        ([FULL, FULL[:25], "20210126号文件", FULL], [FULL + FULL[:25] + "20210126号文件", FULL]),
        # Without indents, a numbered line after a full stop begins a paragraph.
        ([ENDED, "（二）" + FULL[:25], SHORT], [ENDED, "（二）" + FULL[:25] + SHORT]),
        # An item that hangs from its number.
        ([ENDED, "1.健全" + FULL[:24], IN + FULL[:26], IN + SHORT], [ENDED, "1.健全" + FULL[:24] + FULL[:26] + SHORT]),
        # A line above and below which is space stands alone, though it is full.
        ([FULL, USUAL[0], "", USUAL[1], SHORT], [FULL + USUAL[0], USUAL[1] + SHORT]),
        # Who signs, and when, at the right.
        ([FULL, SHORT, "\u3000" * 17 + "石门县人民政府", "\u3000" * 16 + "2021年1月26日"],
         [FULL + SHORT, "石门县人民政府", "2021年1月26日"]),
        # Words of Latin letters keep apart, and are made whole where a hyphen parts them; digits are one number.
        ([FULL[:26] + "APP", "Store" + SHORT], [FULL[:26] + "APP Store" + SHORT]),
        ([FULL[:25] + "infor-", "mation" + SHORT], [FULL[:25] + "information" + SHORT]),
        ([FULL[:26] + "2015-", "2020年" + SHORT], [FULL[:26] + "2015-2020年" + SHORT]),
        ([FULL[:26] + "共12", "34件" + SHORT], [FULL[:26] + "共1234件" + SHORT]),
        # Lines of a table of contents.
        (["一、主要做法" + "…" * 20 + "1", "二、存在问题" + "…" * 20 + "3"],
         ["一、主要做法" + "…" * 20 + "1", "二、存在问题" + "…" * 20 + "3"]),
    ],
)  # fmt: skip
def test_lines_of_one_paragraph_are_joined(lines: list[str], expected: list[str]) -> None:
    # A page of running text shows where lines begin and end.
    usual = [IN + FULL[2:], *USUAL[:10], SHORT]
    extract = read(pdf_of([page(*lines), page(*usual, top=690)]))
    assert paragraphs(extract) == [*expected, FULL[2:] + "".join(USUAL[:10]) + SHORT]


def test_each_line_is_a_piece_with_its_place() -> None:
    """The first line is 26 characters wide, and 842 - 740 - 14 points from the top of the page."""
    extract = read(pdf_of([page(IN + FULL[:26], FULL, SHORT)]))
    assert [piece.text for piece in extract.pieces] == [FULL[:26], FULL, SHORT, "\n"]
    assert [piece.page for piece in extract.pieces] == [1, 1, 1, None]
    box = extract.pieces[0].box
    assert box is not None
    assert abs(box.left - 10_000 * (LEFT + 32) // 595) <= 2 and abs(box.width - 10_000 * 26 * 16 // 595) <= 2
    assert abs(box.top - 10_000 * 88 // 842) <= 2 and abs(box.height - 10_000 * 16 // 842) <= 2
    assert all(piece.confidence is None for piece in extract.pieces)


def test_a_paragraph_goes_on_over_pages_and_columns() -> None:
    extract = read(pdf_of([page(IN + FULL[:26], *USUAL[:20]), page(SHORT, IN + FULL[2:], FULL, SHORT)]))
    assert paragraphs(extract) == [FULL[:26] + "".join(USUAL[:20]) + SHORT, FULL[2:] + FULL + SHORT]
    half = [line[:13] for line in USUAL]
    columns = page(IN + FULL[:11], *half[:9])
    columns += page(*half[9:15], SHORT, IN + FULL[:11], FULL[:13], SHORT, left=314)
    title = text_at(130, 790, "石门县法治政府建设年度报告", 22)
    expected = [FULL[:11] + "".join(half[:15]) + SHORT, FULL[:11] + FULL[:13] + SHORT]
    assert paragraphs(read(pdf_of([title + columns]))) == ["石门县法治政府建设年度报告", *expected]


def test_the_lines_of_a_title_are_one() -> None:
    """Centred in large type, parted where it reads well (GB/T 9704-2012, 7.3.1)."""
    title = text_at(188, 740, "石门县人民政府关于", 22) + text_at(166, 704, "法治政府建设情况的报告", 22)
    body = page(IN + FULL[:26], *USUAL[:5], SHORT, top=640)
    heading = text_at(254, 660, "（二稿）", 22)
    assert paragraphs(read(pdf_of([title + body])))[0] == "石门县人民政府关于法治政府建设情况的报告"
    assert paragraphs(read(pdf_of([title + heading + body])))[1] == "（二稿）"


def test_footnotes_follow_the_paragraph_of_their_page() -> None:
    notes = lines_at(LEFT, 120, ["①见附表一，其中不含上年结转的案件。", "②按全年计算。"], 10, 16)
    extract = read(pdf_of([page(IN + FULL[:26], *USUAL[:20]) + notes, page(SHORT, IN + FULL[2:], SHORT)]))
    assert paragraphs(extract) == [
        FULL[:26] + "".join(USUAL[:20]) + SHORT,
        "①见附表一，其中不含上年结转的案件。",
        "②按全年计算。",
        FULL[2:] + SHORT,
    ]


@given(st.randoms(use_true_random=False))
def test_in_which_order_lines_are_drawn_makes_no_difference(chance: random.Random) -> None:
    lines = page(IN + FULL[:26], ENDED, FULL, SHORT, IN + HEADING, IN + FULL[:26], SHORT).splitlines(True)
    expected = read(pdf_of(["".join(lines)]))
    chance.shuffle(lines)
    assert read(pdf_of(["".join(lines)])).pieces == expected.pieces


# ---------------------------------------------------------------------------------------------- characters


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        # Spaces that spread a line are none; those that the writer put, are.
        (text_at(80, 700, "税 务 总 局 办 公 厅"), "税务总局办公厅"),
        (text_at(80, 700, "信息来源：区司法局 日期：2021-03-31"), "信息来源：区司法局 日期：2021-03-31"),
        (spread_at(80, 700, "税务总局办公厅", 500), "税务总局办公厅"),
        # The gap that typesetting puts between ideographs and digits is none.
        (text_at(80, 700, "共有") + text_at(116, 700, "12") + text_at(136, 700, "案件"), "共有12案件"),
        (text_at(80, 700, "区司法局") + text_at(164, 700, "日期"), "区司法局 日期"),
        (text_at(80, 700, "报告人") + text_at(280, 700, "日期"), "报告人\t日期"),
        (text_at(80, 700, "规划（2015\u00ad2020年）"), "规划（2015-2020年）"),
        (text_at(80, 700, "面积12m") + text_at(136, 708, "2", 8) + text_at(146, 700, "以上"), "面积12m²以上"),
        # What looks like a character of its own is left as it is: folding comes later.
        (text_at(80, 700, "⼀、⾏政ＡＢＣ１２"), "⼀、⾏政ＡＢＣ１２"),
        # Two characters that the font has one sign for.
        (text_at(80, 700, "报告\ue000在会上"), "报告——在会上"),
        # Bold by printing twice.
        (text_at(80, 700, "法治政府建设报告") + text_at(80.5, 700, "法治政府建设报告"), "法治政府建设报告"),
    ],
)  # fmt: skip
def test_characters_of_a_line(drawn: str, expected: str) -> None:
    assert paragraphs(read(pdf_of([drawn]))) == [expected]


@pytest.mark.parametrize("gap", [0, 3, 6, 12, 24, 40])
def test_fields_of_one_line_are_told_apart_however_narrow_the_gap(gap: int) -> None:
    """Drawn beside each other without a space between, as some printers do; a gap under two fifths of a character is
    no space, since those are in running text too."""
    first, second = "发布机构：石门县司法局", "发布时间：2022-01-20"
    heads = page("石门县2021年度法治政府建设情况报告") + text_at(LEFT, TOP - STEP, first)
    fields = text_at(LEFT + SIZE * len(first) + gap, TOP - STEP, second)
    text = text_of(read(pdf_of([heads + fields + page(HEADING, IN + ENDED, top=TOP - 3 * STEP)])))
    metadata = outline(read_text(text, "report.pdf")).metadata
    assert metadata.publisher is not None and metadata.publisher.value == "石门县司法局"
    assert metadata.published is not None and metadata.published.value == date(2022, 1, 20)


@pytest.mark.parametrize(
    ("drawn", "note"),
    [
        (text_at(80, 600, "扫描件的文字层", mode=3), "page 1: the text is an invisible layer"),
        (text_at(80, 600, "工作\ue5e5要点"), "page 1: characters that only their font has a meaning for: U+E5E5"),
        (text_at(180, 300, "内部资料", 40, "0.7 0.7 -0.7 0.7"), "page 1: left out what is written aslant: “内部资料”"),
        (text_at(80, -200, "看不见"), "page 1: left out what is beyond the edges of the page: “看不见”"),
        (text_at(80, 600, "件"), "page 1: single characters may be missing, whose font"),
        (text_at(80, 600, "12m") + text_at(104, 608, "2", 8), "raised digits are written as such"),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_told(drawn: str, note: str) -> None:
    extract = read(pdf_of([page(FULL, SHORT) + drawn]))
    assert any(told.startswith(note) for told in extract.notes), extract.notes
    assert paragraphs(extract)[0] == FULL + SHORT


def test_attached_files_are_told() -> None:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf_of([page(FULL)]))
    document.new_attachment("data.xlsx").set_data(b"PK")
    out = BytesIO()
    document.save(out)
    assert read(out.getvalue()).notes == ("1 file attached to it not read",)


UPRIGHT = "0.001 1 -1 0.001"
"""The matrix of text that runs up the page (not quite, since nothing is measured of a font that is not there)."""


RISING = text_at(200, 80, FULL, turned=UPRIGHT) + text_at(228, 80, SHORT, turned=UPRIGHT)


@pytest.mark.parametrize(
    ("drawn", "box"),
    [
        # (page, left and top of the first line, in hundredths of a percent)
        (PageOf(page(FULL, SHORT), entries="/Rotate 0"), (1243, 1043)),
        (PageOf(page(FULL, SHORT), entries="/Rotate 90"), (8766, 1243)),
        (PageOf(page(FULL, SHORT), entries="/Rotate 180"), (1226, 8766)),
        (PageOf(RISING, size=(595, 608)), (3124, 1316)),
        (PageOf(RISING, size=(595, 608), entries="/Rotate 90"), (1316, 3124)),
        (PageOf(page(FULL, SHORT), entries="/CropBox [64 100 532 800]"), (213, 656)),
    ],
)
def test_pages_and_text_may_be_turned(drawn: PageOf, box: tuple[int, int]) -> None:
    extract = read(pdf_of([drawn]))
    assert paragraphs(extract) == [FULL + SHORT]
    first = extract.pieces[0].box
    assert first is not None
    assert abs(first.left - box[0]) < 60 and abs(first.top - box[1]) < 60


# ------------------------------------------------------------------------------------------------ furniture

BODIES = [[IN + line[2:], *USUAL[:18], SHORT] for line in USUAL[18:]]


def text_with(heads: list[str], feet: list[str]) -> Extract:
    """Pages with a line above the text and one below."""
    pages = [
        (text_at(200, 800, head, 10) if head else "")
        + page(*body, top=690)
        + (text_at(280, 60, foot, 14) if foot else "")
        for head, foot, body in zip(heads, feet, BODIES, strict=False)
    ]
    return read(pdf_of(pages))


def bodies(count: int) -> list[str]:
    return ["".join(body).strip() for body in BODIES[:count]]


@pytest.mark.parametrize(
    ("feet", "told"),
    [
        (["— 1 —", "— 2 —", "— 3 —"], "“— 1 —” “— 2 —” “— 3 —”"),
        (["第 1 页 共 3 页", "第 2 页 共 3 页", "第 3 页 共 3 页"], "“第 1 页 共 3 页”"),
        (["1/3", "2/3", "3/3"], "“1/3” “2/3” “3/3”"),
        (["1", "2", "3"], "“1” “2” “3”"),
        (["Page 4", "Page 5", "Page 6"], "“Page 4”"),
        (["１２", "１３", "１４"], "“１２”"),
    ],
)
def test_page_numbers_are_left_out_and_told(feet: list[str], told: str) -> None:
    extract = text_with(["", "", ""], feet)
    assert paragraphs(extract) == bodies(3)
    assert len(extract.notes) == 1
    assert extract.notes[0].startswith("pages 1-3: left out page numbers: ") and told in extract.notes[0]


@pytest.mark.parametrize(
    ("heads", "left_out"),
    [
        (["石门县法治政府建设报告"] * 4, [0, 1, 2, 3]),
        (["", *["石门县法治政府建设报告"] * 3], [1, 2, 3]),
        (["第1部分 报告", "第2部分 报告", "第3部分 报告", "第4部分 报告"], [0, 1, 2, 3]),
        (["石门县人民政府文件", "", "", ""], []),
        (["2021年度", "石门县报告", "2022年度", "另一份报告"], []),
    ],
)
def test_running_heads_are_left_out_and_told(heads: list[str], left_out: list[int]) -> None:
    extract = text_with(heads, [""] * 4)
    kept = [head for index, head in enumerate(heads) if head and index not in left_out]
    assert [line for line in paragraphs(extract) if line not in bodies(4)] == kept
    assert bool(extract.notes) == bool(left_out)


def test_a_number_that_counts_no_pages_stays() -> None:
    assert paragraphs(text_with(["", ""], ["2020", "75"]))[-1] == "75"


# --------------------------------------------------------------------------------------------------- tables


def cells_at(xs: list[float], y: float, *texts: str) -> str:
    return "".join(text_at(x, y, text, 12) for x, text in zip(xs, texts, strict=True) if text)


def test_ruled_tables_are_rows_of_cells() -> None:
    """A head over two columns, a cell on two lines, an empty one, and text above and below."""
    xs = [80.0, 200.0, 300.0, 400.0]
    rules = (
        grid([70, 190, 290, 390, 510], [600, 510, 480, 450])
        + rule(190, 570, 390, 570)
        + rule(70, 540, 510, 540)
    )
    rules = (
        grid([70, 510], [600, 540, 510, 470]) + rule(190, 570, 390, 570)
        + rule(190, 600, 190, 470) + rule(390, 600, 390, 470) + rule(290, 570, 290, 470)
    )  # fmt: skip
    drawn = (
        text_at(250, 640, "表1 行政处罚情况", 14) + rules
        + cells_at(xs, 580, "", "行政处罚（件）", "", "") + cells_at(xs, 565, "部门", "", "", "备注")
        + cells_at(xs, 550, "", "2020年", "2021年", "") + cells_at(xs, 520, "司法局", "12", "15", "")
        + cells_at(xs, 495, "市场监督", "120", "155", "含简易") + cells_at(xs, 479, "管理局", "", "", "程序")
    )  # fmt: skip
    below = page(IN + FULL[:26], SHORT, top=420)
    text = text_of(read(pdf_of([drawn + below])))
    assert text.splitlines() == [
        "表1 行政处罚情况",
        "| 部门 | 行政处罚（件） |  | 备注 |",
        "|  | 2020年 | 2021年 |  |",
        "| 司法局 | 12 | 15 |  |",
        "| 市场监督管理局 | 120 | 155 | 含简易程序 |",
        FULL[:26] + SHORT,
    ]
    (table,) = outline(read_text("现将有关情况报告如下：\n" + text, "report")).tables
    assert [column.kind for column in table.columns] == ["label", "value", "value", "note"]
    assert [row.cells[2].text for row in table.rows if not row.is_header] == ["15", "155"]


def test_a_table_goes_on_over_pages_without_its_second_head() -> None:
    xs = [80.0, 300.0]
    pages = [
        grid([70, 290, 510], [600, 570, 540])
        + cells_at(xs, 580, "项目", "数量")
        + cells_at(xs, 550, item, number)
        for item, number in (("行政复议", "12"), ("行政应诉", "7"))
    ]
    extract = read(pdf_of(pages))
    assert paragraphs(extract) == ["| 项目 | 数量 |", "| 行政复议 | 12 |", "| 行政应诉 | 7 |"]
    assert extract.notes == ("page 2: left out the head of a table, which is that of the page before",)
    assert [piece.page for piece in extract.pieces if piece.has_place] == [1, 1, 1, 1, 2, 2]


def test_a_frame_around_running_text_is_no_table() -> None:
    """A form with one box for the whole report, beside the word that names it."""
    drawn = grid([60, 110, 540], [760, 100]) + text_at(70, 500, "内容")
    lines = [line[:26] for line in USUAL[:14]]
    drawn += page(IN + FULL[:24], *lines, SHORT, left=115)
    assert paragraphs(read(pdf_of([drawn]))) == ["内容", FULL[:24] + "".join(lines) + SHORT]


def test_columns_of_figures_without_rules_are_parted_by_tabs() -> None:
    rows = [
        ("项目", "2020年", "2021年"),
        ("行政复议", "9件", "12件"),
        ("行政应诉", "72件", "80件"),
        ("援助", "30件", "31件"),
    ]
    drawn = "".join(cells_at([80, 250, 400], 700 - 20 * i, *row) for i, row in enumerate(rows))
    assert paragraphs(read(pdf_of([drawn]))) == ["\t".join(row) for row in rows]


# ------------------------------------------------------------------------------------------------- refusals

SELF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no PDF"),
        (b"%PDF-1.7\nnothing", "is no PDF"),
        (pdf_of([FULL])[:400], "is no PDF"),
        (locked(b"secret"), "is locked by a password"),
        (SELF + b"trailer<</Root 1 0 R/Size 3>>\n%%EOF\n", "is damaged"),
        (pdf_of([""]).replace(b"/Count 1", b"/Count 1000000"), "has 1000000 pages, more than 500"),
        (pdf_of([""]), "has no text on any page"),
        (pdf_of([PageOf(page(FULL), size=(90_000, 842))]), "page 1 measures 90000 × 842 points"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    assert reason in refusal(data)


def test_limits_hold() -> None:
    data = pdf_of([page(FULL), page(USUAL[0]), page(USUAL[1])])
    assert refusal(data, pages=2) == "has 3 pages, more than 2"
    assert refusal(data, characters=50) == "has more than 50 characters"
    assert paragraphs(read(data, pages=3, characters=84))


def test_a_pdf_that_an_empty_password_opens_is_read() -> None:
    assert paragraphs(read(locked(b"", page(FULL, SHORT)))) == [FULL + SHORT]


def test_without_its_library_a_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert refusal(pdf_of([page(FULL)])) == "is a PDF, which needs the extra fatu[files]"


# -------------------------------------------------------------------------------------------- real documents


@pytest.fixture(scope="module")
def printed() -> bytes:
    """The sample report, printed as an office does."""
    return print_pdf(sample_body(), OFFICE)


def all_records(text: str) -> list[str]:
    """What fatu extract prints of a text, without offsets and spaces."""
    outlined = outline(read_text(text, "report"))
    records = extraction_records(link(interpret(outlined, find(outlined))))
    left_out = ("start", "end", "number_start", "number_end", "target_start", "target_end")
    return [
        " ".join(
            f"{key}={''.join(str(value).split())}" for key, value in record.items() if key not in left_out
        )
        for record in records
    ]


def test_the_sample_printed_gives_the_same_facts(printed: bytes) -> None:
    source = SAMPLE.read_text(encoding="utf-8")
    extract = read(printed)
    text = text_of(extract)
    assert recovered(source, text) == (1, 1) and facts(text) == facts(source)
    assert all_records(text) == all_records(source)
    assert "".join(text.split()) == "".join(source.split())
    lines = ["".join(line.split()) for line in source.splitlines() if line.strip()]
    assert ["".join(line.split()) for line in paragraphs(extract)] == lines
    assert [note.partition(": ")[2][:20] for note in extract.notes] == [
        "left out a running h",
        "left out page number",
    ]


def test_the_sample_in_two_columns_gives_the_same_facts() -> None:
    lines = [line.strip() for line in SAMPLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    body = f"<h1>{lines[0]}</h1><div>" + "".join(f"<p>{line}</p>" for line in lines[1:]) + "</div>"
    style = """@page { size: A4; margin: 20mm; @bottom-center { content: "第 " counter(page) " 页" } } * { margin: 0 }
        h1 { text-align: center; font-size: 20pt } p { text-indent: 2em }
        div { columns: 2; column-gap: 8mm; font: 10.5pt/1.6 "Noto Serif CJK SC"; text-align: justify }"""
    text = text_of(read(print_pdf(body, style)))
    assert facts(text) == facts(SAMPLE.read_text(encoding="utf-8"))


STYLES = {
    "indented": 'body { font: 12pt/1.5 "Noto Serif CJK SC"; text-align: justify } p { text-indent: 2em }',
    "ragged": 'body { font: 14pt/1.8 "Noto Serif CJK SC" } p { text-indent: 2em }',
    "blocks": 'body { font: 12pt/1.7 "Noto Sans CJK SC" } p { margin-bottom: 10px }',
}


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_reports_printed_in_any_style_keep_their_paragraphs_and_facts(style: str) -> None:
    """The invented reports without tables, one after the other, each from a page of its own."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(GOLD.glob("invented-?/text.txt"))]
    texts = [text for text in texts if not set(text) & set("|│\t")]
    assert len(texts) > 8
    reports = [[line.strip() for line in text.splitlines() if line.strip()] for text in texts]
    body = "".join(
        "<div>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</div>" for lines in reports
    )
    page = "@page { size: A4; margin: 25mm } * { margin: 0 } div { break-after: page } " + STYLES[style]
    extract = read(print_pdf(body, page))
    expected = ["".join(line.split()) for lines in reports for line in lines]
    got = ["".join(line.split()) for line in paragraphs(extract)]
    assert "".join(got) == "".join(expected)
    matching = SequenceMatcher(None, expected, got, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in matching) * 100 >= 98 * len(expected)
    assert recovered("\n".join(texts), text_of(extract)) == (1, 1)


def test_the_govdoc_sample_reads_as_its_text(shared: Path) -> None:
    """Its text has a full stop behind nine headings that the PDF sets without one, and the word 文件, which stands
    beside two names in the PDF, behind the first of them: 13 of 2,419 characters."""
    folder = shared / GOVDOC
    expected = (folder / "397.txt").read_text(encoding="utf-8")
    text = text_of(read((folder / "397.pdf").read_bytes()))
    expected, text = ("".join(unicodedata.normalize("NFKC", t).split()) for t in (expected, text))
    assert errors_in(expected, text) <= 13
    assert errors_in(expected.replace("。", ""), text.replace("。", "")) <= 4
