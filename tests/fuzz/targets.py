"""What is fuzzed: every parser of strings and every reader of files, with the promises that any input must keep.

A target takes bytes, returns nothing, and raises only where a promise is broken. Errors that a parser is said to raise
are kept promises.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from fatu.errors import InputError
from fatu.reading import Limits
from fatu.reading.extract import Extract

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "graphs" / "410203-gov-2020" / "source.txt"
LIMITS = Limits(bytes=1 << 22, pages=20, characters=1_000_000, pixels=4_000_000)


@dataclass(frozen=True)
class Target:
    """A parser under attack."""

    run: Callable[[bytes], None]
    seeds: Callable[[], tuple[bytes, ...]]
    longest: int
    """Bytes of an input, at most."""
    runs: int
    """How many a long run takes: `make fuzz`."""


# ------------------------------------------------------------------------------------------------- strings

NUMERALS = """
    9 12.5 1,234 １２ 九 十二 一百零五 两万 3亿5千万 92.4万 500余万 百分之九十五 百分之九十点五 三分之二 1/2 七成六
    三又四分之一 -3 负五 0 〇 零 廿 2〇21 1.2.3 1,2 百万 万亿 十十 点五 9点 壹佰贰拾 1e9 ½ ② Ⅳ
"""
SENTENCES = (
    "2020年，全区受理行政复议案件9件，审结8件，结案率90%，同比增长12.5个百分点。",
    "根据《法治政府建设实施纲要（2015—2020年）》（中发〔2015〕36号）和豫政办发[2020]3号、第12号令要求，",
    "一、主要做法（一）健全机制。1.一是加强领导；二是2.5万元；（2）第三、完善制度。1、2、",
    "2021年1月26日至3月底，今年以来，去年同期，“十三五”期间，2016-2020年，第一季度，上半年，近三年来，2月30日",
    "《关于印发〈关于全面推进《条例》的意见〉的通知》《》〈〉《（》汴法政〔2020〕1号 国令第721号",
    "3-5个、约117万元、不少于2次、1000余人次、各3场、百分之百、9/10、24小时、12345热线、110、第3批",
    "区司法局、区市场监管局等12个部门会同开封市公安局顺河分局，顺河回族区人民政府",
    "项目\t数量\t占比\n行政处罚\t12\t60%\n合计\t20\t100%\n",
    "\u200b区\ufeff司 法\u3000局\r\n\u2028", "\U00020000\U0001f600\ud7ff\uffff\u202e",
)  # fmt: skip


def _words(*texts: str) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple(text.encode() for text in texts)


def _sentences() -> tuple[bytes, ...]:
    pieces = SAMPLE.read_text(encoding="utf-8").split("。")
    return tuple(text.encode() for text in (*SENTENCES, *pieces))


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="ignore")


def number(data: bytes) -> None:
    """A numeral has a finite value below a limit, or is none."""
    from fatu.finding.numerals import parse_chinese, parse_number

    text = _text(data)
    with suppress(ValueError):
        assert parse_chinese(text) >= 0
    try:
        number = parse_number(text)
    except ValueError:
        return
    assert abs(number.value) < 10**24
    assert parse_number(text) == number


def date(data: bytes) -> None:
    """Dates lie in the text, in order, apart."""
    from fatu.finding.dates import find_dates

    text = _text(data)
    _assert_apart([(spot.start, spot.end) for spot in find_dates(text, 2020)], text)


def citation(data: bytes) -> None:
    """Citations lie in the text; a number lies within it too."""
    from fatu.finding.citations import find_citations, parse_title

    text = _text(data)
    for spot in find_citations(text):
        assert 0 <= spot.start < spot.end <= len(text)
    parse_title(text)


def heading(data: bytes) -> None:
    """Headings lie in their paragraph, in order."""
    from fatu.outlining.headings import find_headings, parse_ordinal

    text = _text(data)
    starts = [found.start for found in find_headings(text, 0, len(text))]
    assert starts == sorted(starts) and all(0 <= start < len(text) for start in starts)
    with suppress(ValueError):
        assert parse_ordinal(text) >= 0


def fold(data: bytes) -> None:
    """Folding keeps the way back: every folded character comes from one place, in order; one place may give several."""
    from fatu.outlining import fold, folded_offset

    text = _text(data)
    folded = fold(text)
    places = [folded.span(i, i + 1) for i in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one.start <= other.start for one, other in pairwise(places))
    assert all(folded_offset(folded, a) <= i < folded_offset(folded, b) for i, (a, b) in enumerate(places))


def report(data: bytes) -> None:
    """Whatever is read as a text gives records that quote it."""
    from fatu.exporting.records import extraction_records
    from fatu.finding import find
    from fatu.interpreting import interpret
    from fatu.linking import link
    from fatu.outlining import outline
    from fatu.reading import read_text

    try:
        source = read_text(_text(data), "report")
    except InputError:
        return
    outlined = outline(source)
    for record in extraction_records(link(interpret(outlined, find(outlined)))):
        start, end = record["start"], record["end"]
        assert isinstance(start, int) and isinstance(end, int)
        assert record["text"] == source.text[start:end] != ""


def _assert_apart(spans: list[tuple[int, int]], text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


# --------------------------------------------------------------------------------------------------- files


def encoding(data: bytes) -> None:
    """Bytes are a text in some encoding, or told not to be."""
    from fatu.encodings import decode_text

    try:
        text, codec = decode_text(data, "file")
    except InputError as error:
        _assert_one_line(error)
        return
    assert "".encode(codec) is not None and text is not None


def kind(data: bytes) -> None:
    """Every file is of some kind, or a damaged archive."""
    from fatu.reading.kinds import tell_kind

    try:
        assert tell_kind(data, "file", Limits()).media_type
    except InputError as error:
        _assert_one_line(error)


def html(data: bytes) -> None:
    """A page has a text whose pieces are found again, or is refused. What begins with a 1 is a list of markup."""
    import trafilatura  # noqa: F401 (few pages need it: it is not loaded on their time)

    from fatu.reading.html import extract_html, parse_page
    from fatu.reading.html.encoding import decode_page

    page = b"".join(MARKUP[byte % len(MARKUP)] for byte in data[1:]) if data[:1] == b"\1" else data
    found = _check(extract_html, page)
    if found is None:
        return
    root = parse_page(decode_page(page, "file").text)
    for piece in found.pieces:
        if piece.path is not None:
            (element,) = root.xpath(piece.path)
            told = element.get("content") if element.tag == "meta" else element.xpath("string()")
            assert piece.text and "\n" not in piece.text
            assert "".join(piece.text.split()) in "".join(told.split())


MARKUP = (
    b"<div>", b"</div>", b"<p>", b"</p>", b"<table border=1>", b"<tr><td colspan=3 rowspan=2>", b"<th>", b"</table>",
    b"<br>", b"<a href=x.pdf>", b"<a href=/>", b"</a>", b"<ol start=-5>", b"<li value=99999999999>", b"<span hidden>",
    b"</span>", b"<o:p>", b"<pre>", b"<style>.content{display:none}", b"</style>", b"<script>", b"</script>", b"<!--",
    b"-->", b"<![CDATA[", b"<title>", b"</title>", b"<textarea>", b"<meta charset=big5>", b"<svg><text>", b"<math>",
    b"<meta name=pubdate content='2022-03-28'>", b"<meta name=articletitle content=", b"<template>", b"</html>",
    b"<?xml version='1.0' encoding='gbk'?>", b"<frameset>", b"<select><option>", b"<h1 class=title>", b"</h1>",
    b"<plaintext>", b"<form>", b"&#0;", b"&#xD800;", b"&#x1F600;", b"&nbsp;", b"&lt", b"\0", b"\xff\xfe",
    b"\xef\xbb\xbf", b"<", b">", b'"', b"'", b" ", b"\n", b" style='display:none' ",
    b" class=footer ", b"<div id=zoom class=content>",
    "来源：".encode(), "索引号".encode(), b"2022-03-28 10:21", "【打印】".encode(), "上一篇：".encode(),
    "附件：".encode(), "大 中 小".encode(), "首页 > ".encode(), "\u200b\u202e".encode(), "表1".encode("gb18030"),
    "受理行政复议案件9件，审结8件。".encode(), "全区法治政府建设情况的报告".encode(), "\u3000\u3000一、情况".encode(),
    b"9", b"<td>8", b"<dl><dt>", b"<dd>", b"<footer>", b"<nav>", b"<iframe src=a>", b"<img src=a>", b"<body>",
)  # fmt: skip


def word(data: bytes) -> None:
    """A Word document has a text, or is refused. What is no ZIP is its main part: XML, or else a list of elements."""
    from fatu.reading.word import extract_word

    if data[:2] == b"PK":
        _check(extract_word, data)
    elif data[:1] == b"<":
        _check(extract_word, _pack(data))
    else:
        _check(extract_word, _pack(_compose(data)))


ELEMENTS = [
    "p",
    "r",
    "t",
    "pPr",
    "rPr",
    "numPr",
    "tbl",
    "tr",
    "tc",
    "tcPr",
    "trPr",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "hyperlink",
    "fldSimple",
    "fldChar",
    "instrText",
    "br",
    "tab",
    "sym",
    "footnoteReference",
    "commentReference",
    "drawing",
    "pict",
    "txbxContent",
    "moveFrom",
    "moveTo",
    "smartTag",
    "bookmarkStart",
]
LEAVES = (
    '<w:t>一、受理案件9件</w:t>', '<w:t xml:space="preserve"> \t</w:t>', '<w:numId w:val="1"/>',
    '<w:numId w:val="99"/>',
    '<w:ilvl w:val="0"/>', '<w:ilvl w:val="8"/>', '<w:ilvl w:val="-1"/>', '<w:ilvl w:val="x"/>',
    '<w:gridSpan w:val="3"/>',
    '<w:gridSpan w:val="999999999"/>', '<w:vMerge w:val="restart"/>', '<w:vMerge/>', '<w:pStyle w:val="ListNumber"/>',
    '<w:pStyle w:val="Heading1"/>', '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>',
    '<w:fldChar w:fldCharType="end"/>', '<w:instrText>PAGE</w:instrText>', '<w:sym w:font="Wingdings" w:char="F0FC"/>',
    '<w:sym w:char="zz"/>', '<w:vanish/>', '<w:gridBefore w:val="2"/>', "<w:br/>", "<w:noBreakHyphen/>",
)  # fmt: skip
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _compose(data: bytes) -> bytes:
    """A main part that is well formed: each byte opens an element, puts a leaf, or closes what is open."""
    written, open_elements = [], []
    for byte in data:
        if byte % 4 == 0 and open_elements:
            written.append(f"</w:{open_elements.pop()}>")
        elif byte % 4 == 1:
            written.append(LEAVES[byte // 4 % len(LEAVES)])
        else:
            name = ELEMENTS[byte // 4 % len(ELEMENTS)]
            open_elements.append(name)
            written.append(f"<w:{name}>")
    written += [f"</w:{name}>" for name in reversed(open_elements)]
    return f"<w:document {_SPACE}><w:body>{''.join(written)}</w:body></w:document>".encode()


def pdf(data: bytes) -> None:
    """A PDF has a text, or is refused; its pictures are not recognised, which takes seconds and sees only pixels."""
    from unittest.mock import patch

    from fatu.reading.pdf import extract_pdf

    with patch("fatu.reading.scan.is_installed", lambda: False):
        _check(extract_pdf, data)


def image(data: bytes) -> None:
    """A picture is decoded within its limits, or refused."""
    from fatu.reading.scan.pictures import open_pictures

    try:
        for picture in open_pictures(data, "file", LIMITS):
            assert picture.mode == "RGB" and picture.width * picture.height <= LIMITS.pixels
    except InputError as error:
        _assert_one_line(error)


def archive(data: bytes) -> None:
    """The files of an archive are listed and unpacked, or told not to be."""
    from fatu.reading.archives import list_members, read_member

    try:
        members = list_members(BytesIO(data), "a.zip", LIMITS)
    except InputError as error:
        _assert_one_line(error)
        return
    for member in members[:20]:
        try:
            assert len(read_member(BytesIO(data), member, "a.zip/x", LIMITS.bytes)) <= LIMITS.bytes
        except InputError as error:
            _assert_one_line(error)


def _check(extract: Callable[[bytes, str, Limits], Extract], data: bytes) -> Extract | None:
    """What is read of a file; None where it is refused."""
    try:
        found = extract(data, "file", LIMITS)
    except InputError as error:
        _assert_one_line(error)
        return None
    for piece in found.pieces:
        assert isinstance(piece.text, str)
        assert piece.box is None or all(isinstance(side, int) for side in piece.box)
        assert piece.confidence is None or 0 <= piece.confidence <= 1
    assert all("\n" not in note for note in found.notes)
    return found


def _assert_one_line(error: InputError) -> None:
    assert len(str(error).splitlines()) == 1 and error.problem


def _pack(document: bytes, parts: dict[str, bytes] | None = None) -> bytes:
    """A Word document with these bytes as its main part."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for name, content in {**_container(), **(parts or {}), "word/document.xml": document}.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return kept.getvalue()


@cache
def _container() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(_document())) as package:
        return {name: package.read(name) for name in package.namelist() if name != "word/document.xml"}


@cache
def _document() -> bytes:
    """A small document with a heading, a numbered list and a table."""
    from docx import Document

    document = Document()
    document.add_heading("法治政府建设工作报告", 0)
    document.add_paragraph("受理行政复议案件9件", style="List Number")
    document.add_paragraph("审结8件", style="List Bullet")
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "项目"
    table.cell(1, 2).text = "12"
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _word_seeds() -> tuple[bytes, ...]:
    with zipfile.ZipFile(BytesIO(_document())) as package:
        whole = package.read("word/document.xml"), _document()
    # p, r, a text; a list item; a table with merged cells
    return (
        *whole,
        bytes((2, 6, 1, 0, 0)),
        bytes((2, 14, 22, 9, 17, 0, 0, 6, 1)),
        bytes((26, 30, 34, 38, 33, 2, 6, 1)),
    )


def _archive_seeds() -> tuple[bytes, ...]:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("报告/一.txt", SAMPLE.read_bytes())
        package.writestr("../escape.txt", b"x")
        package.writestr("b.html", PAGES[0])
    return (kept.getvalue(),)


PAGES = (
    """<!DOCTYPE html><html><head><meta charset="utf-8"><title>报告</title><meta name="PubDate" content="2021-03-31">
<script>var a="<p>";</script><style>p{}</style></head><body>
<div class="nav"><a href="/">首页</a></div><div id="zoom">
<h1>法治政府建设情况的报告</h1><p>信息来源：区司法局 日期：2021-03-31</p>
<p>受理案件&nbsp;9&#20214;，<b>审结</b>8件。<br>结案率90%</p>
<table><tr><td colspan=2>项目</td><td rowspan="2">1</td></tr><tr><td>a<td>b</table><ol start=3><li>一<li>二</ol></div>
<div class="footer">备案号</div></body></html>""".encode(),
    "<html><meta http-equiv=Content-Type content='text/html; charset=gb2312'><body>审结8件".encode("gb18030"),
)  # fmt: skip


def _html_seeds() -> tuple[bytes, ...]:
    """Pages as sites make them, and lists of markup."""
    from site_pages import LAYOUTS, Report, encode_page

    info = "信息来源:县司法局 \xa0\xa0日期:2022-03-28"
    report = Report("石门县人民政府 关于2021年度法治政府建设情况的报告", info, SENTENCES[:3])
    pages = (
        encode_page(layout(report), codec)
        for layout in LAYOUTS
        for codec in ("utf-8", "gb18030", "utf-16-le")
    )
    return (*PAGES, *pages, b"\1" + bytes(range(1, len(MARKUP))))


def _pdf_seeds() -> tuple[bytes, ...]:
    from pdf_files import PageOf, grid, locked, pdf_of, text_at

    table = grid([20, 100, 180], [90, 60, 30]) + text_at(30, 70, "数量", 12) + text_at(110, 70, "12件", 12)
    picture = "q 90 0 0 90 0 0 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \x20\x7f EI Q\n"
    pages = [text_at(20, 150, "受理案件9件，审结8件") + table, picture + text_at(60, 20, "— 2 —", 10, mode=3)]
    turned = [PageOf(page, size=(200, 200), entries=f"/Rotate {90 * i}") for i, page in enumerate(pages)]
    return (
        pdf_of(turned),
        locked(b"", text_at(80, 700, "受理案件9件")),
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>\n"
        b"endobj\n"
        b"4 0 obj<</Length 44>>stream\nBT /F1 12 Tf 20 150 Td (Report 9 of 8) Tj ET\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n",
    )


def _image_seeds() -> tuple[bytes, ...]:
    from PIL import Image

    from printed_pages import picture_file

    small, exif = Image.linear_gradient("L").resize((16, 16)), Image.Exif()
    exif[0x0112] = 6
    return (
        *(picture_file(small.convert("RGB"), kind) for kind in ("PNG", "BMP", "WEBP")),
        picture_file(small.convert("CMYK"), "JPEG", exif=exif),
        picture_file(small, "TIFF", save_all=True, append_images=[small], compression="tiff_lzw"),
        picture_file(small.convert("P"), "PNG", transparency=0),
    )


def _encoding_seeds() -> tuple[bytes, ...]:
    text = "依法行政工作報告受理案件九件。"
    return tuple(text.encode(codec) for codec in ("utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5hkscs"))


TARGETS = {
    "number": Target(number, _words(*NUMERALS.split()), 60, 1_000_000),
    "date": Target(date, _sentences, 300, 1_000_000),
    "citation": Target(citation, _sentences, 300, 1_000_000),
    "heading": Target(heading, _sentences, 300, 1_000_000),
    "fold": Target(fold, _sentences, 300, 1_000_000),
    "report": Target(report, _sentences, 3000, 20_000),
    "encoding": Target(encoding, _encoding_seeds, 1000, 200_000),
    "kind": Target(kind, lambda: (*PAGES, *_word_seeds(), *_pdf_seeds()), 5000, 200_000),
    "archive": Target(archive, _archive_seeds, 10_000, 100_000),
    "html": Target(html, _html_seeds, 40_000, 100_000),
    "word": Target(word, _word_seeds, 40_000, 100_000),
    "pdf": Target(pdf, _pdf_seeds, 20_000, 20_000),
    "image": Target(image, _image_seeds, 5000, 100_000),
}
