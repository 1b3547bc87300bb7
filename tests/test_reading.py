"""Reading: bytes in, the text as it is out, or one clear line."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import re
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatu.errors import InputError
from fatu.model import Source
from fatu.reading import Limits, read, read_text

SHARED = Path(__file__).parents[2] / "shared"
WORDS = "全区受理行政复议案件9件,审结8件。"
TRADITIONAL = "全區受理行政複議案件9件，審結8件，結案率89%；開展法制宣傳。"
FULL_WIDTH = "全区受理行政复议案件九件，审结八件。"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "报告.txt"


# ---------------------------------------------------------------------------------------------- encodings

ENCODED = [
    # bytes, text, encoding
    (WORDS.encode("utf-8"), WORDS, "utf-8"),
    (codecs.BOM_UTF8 + WORDS.encode("utf-8"), WORDS, "utf-8"),
    (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), WORDS, "utf-16-le"),
    (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), WORDS, "utf-16-be"),
    (WORDS.encode("gb18030"), WORDS, "gb18030"),
    (WORDS.encode("gbk"), WORDS, "gb18030"),
    (b"\x84\x31\x95\x33" + WORDS.encode("gb18030"), WORDS, "gb18030"),
    (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), WORDS, "utf-32-le"),
    (codecs.BOM_UTF32_BE + WORDS.encode("utf-32-be"), WORDS, "utf-32-be"),
    (WORDS.encode("utf-16-le"), WORDS, "utf-16-le"),
    (WORDS.encode("utf-16-be"), WORDS, "utf-16-be"),
    (WORDS.encode("utf-32-le"), WORDS, "utf-32-le"),
    (WORDS.encode("utf-32-be"), WORDS, "utf-32-be"),
    (WORDS.encode("hz"), WORDS, "hz"),
    (TRADITIONAL.encode("big5"), TRADITIONAL, "big5"),
    (TRADITIONAL.encode("gb18030"), TRADITIONAL, "gb18030"),
    ((TRADITIONAL + "恒生").encode("cp950"), TRADITIONAL + "恒生", "cp950"),
    (
        (TRADITIONAL + "二〇二〇年，深水埗").encode("big5hkscs"),
        TRADITIONAL + "二〇二〇年，深水埗",
        "big5hkscs",
    ),
    # nothing in ASCII, so that no NUL gives it away
    (FULL_WIDTH.encode("utf-16-le"), FULL_WIDTH, "utf-16-le"),
    (FULL_WIDTH.encode("utf-16-be"), FULL_WIDTH, "utf-16-be"),
    # figures all over, few words
    ("案件\t304\n受理\t9\n".encode("gb18030"), "案件\t304\n受理\t9\n", "gb18030"),
    ("案件\t304\n受理\t9\n".encode("big5"), "案件\t304\n受理\t9\n", "big5"),
    ("┌─┐\n│案件│\n".encode("gb18030"), "┌─┐\n│案件│\n", "gb18030"),
    # a second mark is a character of the text
    (codecs.BOM_UTF8 * 2 + WORDS.encode("utf-8"), "\ufeff" + WORDS, "utf-8"),
    # beyond the basic plane: two UTF-16 units, four GB18030 bytes, one code point
    ("𠮷区".encode("gb18030"), "𠮷区", "gb18030"),
    (codecs.BOM_UTF16_LE + "𠮷区".encode("utf-16-le"), "𠮷区", "utf-16-le"),
]


@pytest.mark.parametrize(("data", "text", "encoding"), ENCODED)
def test_text_is_what_the_bytes_say_without_a_byte_order_mark(
    file: Path, data: bytes, text: str, encoding: str
) -> None:
    file.write_bytes(data)
    source = read(file)
    assert (source.text, source.encoding, source.name) == (text, encoding, str(file))
    assert source.sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        "第一行\r\n第二行\r\n",
        "第一行\r第二行\n\n第三行",
        "\u3000\u3000首行缩进\u00a0空格\u2028行",
        "全角,。半角,.\t制表",
        "第一页\f第二页\x1a",
        "  \n首尾空白  \n",
    ],
)
def test_text_is_kept_as_it_is(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8"))
    assert read(str(file)).text == text
    assert read_text(text, "样本").text == text


CHINESE = [
    WORDS,
    "区",
    "2020年\t304\t154\t1170000\t88.78%\n" * 50,  # figures all over, few words
    "| 304 | 154 | 29 |\n+-----+-----+----+\n" * 50 + "案件",
    "网址 www.example.cn 公开",  # 4 ideographs, 12 Latin letters
    "推行“互联网+监管”App和“一网通办”の改革",  # a kana as decoration
]
NOT_CHINESE = [
    "In 2020 the district accepted nine cases and closed eight.",
    "In 2020 the district (区) accepted nine cases and closed eight.",
    "2020 304 154 29 88.78%",
    "En 2020, le quartier a reçu neuf affaires.",
    "令和二年度の行政不服審査の状況について報告します",
    "2020년 법치정부 건설 업무 보고서 法治",
]


@pytest.mark.parametrize("text", CHINESE)
def test_chinese_is_measured_by_letters_not_by_figures(text: str) -> None:
    assert read_text(text, "样本").text == text


@pytest.mark.parametrize("text", NOT_CHINESE)
def test_other_languages_are_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^样本: is not Chinese: .*; give a report in Chinese$"):
        read_text(text, "样本")


# ----------------------------------------------------------------------------------------------- refusals


def ole(*streams: str) -> bytes:
    """An old Office document as far as it is told by: the beginning, and names of streams."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500).join(
        name.encode("utf-16-le") for name in ("", *streams)
    )


def package(*parts: str, mimetype: str = "") -> bytes:
    """A ZIP archive with such members."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in (
            *((("mimetype", mimetype),) if mimetype else ()),
            *((part, "x") for part in parts),
        ):
            archive.writestr(zipfile.ZipInfo(name), content)  # which bears no time of day
    return kept.getvalue()


REFUSED = [
    # bytes, words of the problem, words of the remedy
    (b"", "is empty", "text of a report"),
    (b" \r\n\t\n", "is empty", "text of a report"),
    ("\u3000\n".encode(), "is empty", "text of a report"),
    (codecs.BOM_UTF8, "is empty", "text of a report"),
    (codecs.BOM_UTF16_LE, "is empty", "text of a report"),
    (ole(""), "is an old or encrypted Office document", "--convert-to docx"),
    (
        ole("WordDocument"),
        "is an old Word or WPS document (.doc, .wps), which is not read",
        "--convert-to docx",
    ),
    # what a document encloses is not what it is
    (ole("WordDocument", "Workbook"), "is an old Word or WPS document", "--convert-to docx"),
    (ole("EncryptedPackage"), "is an Office document encrypted with a password", "save it without"),
    (ole("Workbook"), "is an old Excel workbook (.xls), which is not read", "save it as Word (.docx), PDF"),
    (ole("PowerPoint Document"), "is an old PowerPoint file (.ppt)", "save it as Word (.docx), PDF"),
    (package("[Content_Types].xml", "xl/workbook.xml"), "is an Excel workbook (.xlsx)", "save it as Word"),
    (package("[content_types].xml", "XL\\Workbook.xml"), "is an Excel workbook (.xlsx)", "save it as Word"),
    (package("ppt/presentation.xml"), "is a PowerPoint file (.pptx)", "save it as Word"),
    (package("OFD.xml", "Doc_0/Document.xml"), "is an OFD document", "save it as PDF"),
    (
        package("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
        "is an OpenDocument file",
        "soffice",
    ),
    (package("OEBPS/1.html", mimetype="application/epub+zip"), "is an EPUB book", "save it as Word"),
    (
        package("content.xml", mimetype="application/x-hwp+zip"),
        "is a document of a kind that is not known",
        "PDF",
    ),
    (
        package("[Content_Types].xml", "visio/document.xml"),
        "is a document of a kind that is not known",
        "PDF",
    ),
    (package("a.txt"), "is a ZIP archive of files", "give it to fatu build"),
    (package("a.txt")[:-30], "is a damaged ZIP archive", "make the archive again"),
    (rb"{\rtf1\ansi \u27861?}", "is a rich text document", "--convert-to docx"),
    (b"Rar!\x1a\x07\x01\x00", "is a RAR archive, which is not read", "unpack it"),
    (b"\x1f\x8b\x08\x00", "is compressed with gzip, which is not read", "unpack it"),
    (b"PK\x05\x06" + bytes(18), "is a ZIP archive of files", "give it to fatu build"),
    (WORDS.encode() + b"\0", "is binary: it holds NUL bytes", "text file"),
    (bytes(range(256)) * 4, "is binary: it holds NUL bytes", "saved as UTF-8"),
    (codecs.BOM_UTF32_LE + b"\xff" * 4, "begins as utf-32-le but is damaged at byte 4", "again as UTF-8"),
    (TRADITIONAL.encode("big5") + b"\xff", "is neither UTF-8 nor GB18030", "UTF-8"),
    (
        "令和二年度の行政不服審査の状況について".encode("shift_jis") * 3,
        "is in no Chinese encoding that is known",
        "UTF-8",
    ),
    (WORDS.encode() + b"\x01\x02\x03", "is binary: it holds 3 control characters", "text file"),
    (b"\xff\xff\xff", "is neither UTF-8 nor GB18030: it stops being so at byte 0", "UTF-8"),
    (WORDS.encode("gb18030") + b"\xff", "is neither UTF-8 nor GB18030", "UTF-8"),
    # cut within a character, and with a byte gone: never taken for GB18030
    (WORDS.encode()[:-1], "begins as UTF-8 but is damaged at byte", "again as UTF-8"),
    (WORDS.encode()[:4] + WORDS.encode()[5:], "begins as UTF-8 but is damaged at byte 3", "again as UTF-8"),
    (codecs.BOM_UTF8 + b"\xe5\x8c", "begins as utf-8 but is damaged at byte 3", "again as UTF-8"),
    # half a surrogate pair in UTF-16
    (codecs.BOM_UTF16_LE + "区".encode("utf-16-le") + b"\x00\xd8", "damaged at byte 4", "again as UTF-8"),
]


@pytest.mark.parametrize(("data", "problem", "remedy"), REFUSED)
def test_what_is_no_text_is_refused_in_one_line(file: Path, data: bytes, problem: str, remedy: str) -> None:
    file.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(file)
    assert caught.value.where == str(file)
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_directory_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"无\.txt: no such file; check the path$"):
        read(tmp_path / "无.txt")
    with pytest.raises(InputError, match=r"is a directory; give the file of a report$"):
        read(tmp_path)


@pytest.mark.parametrize("path", ["报告\0.txt", "长" * 2000])
def test_impossible_paths_are_refused(path: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is readable to root")
def test_an_unreadable_file_is_refused(file: Path) -> None:
    file.write_text(WORDS, encoding="utf-8")
    file.chmod(0)
    with pytest.raises(InputError, match="cannot be read"):
        read(file)


def test_the_limit_is_in_bytes_and_inclusive(file: Path) -> None:
    data = WORDS.encode("utf-8")
    file.write_bytes(data)
    assert read(file, Limits(bytes=len(data))).text == WORDS
    with pytest.raises(InputError, match=f"larger than {len(data) - 1} bytes"):
        read(file, Limits(bytes=len(data) - 1))


@pytest.mark.parametrize(
    "text", ["区\ud800司法局", "\udcff区", "区\udfff"], ids=["inside", "before", "after"]
)
def test_a_lone_surrogate_is_refused_at_the_door(text: str) -> None:
    with pytest.raises(InputError, match="holds half a character at offset"):
        read_text(text, "样本")


# --------------------------------------------------------------------------------------------- invariants


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "random"
    file.write_bytes(data)
    try:
        source = read(file)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        bodies = [data[mark:].decode(source.encoding, errors="replace") for mark in (0, 2, 3, 4)]
        assert source.text in bodies


LENGTHS = [40, 200]
"""Characters; a report has thousands."""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16-le", "utf-16-be", "hz"])
@pytest.mark.parametrize("length", LENGTHS)
def test_short_pieces_of_a_report_are_read_in_their_encoding(
    file: Path, sample_source: Source, encoding: str, length: int
) -> None:
    text = re.sub(r"[^\u4e00-\u9fff]", "", sample_source.text)  # words alone: no mark gives the encoding away
    for start in range(0, len(text) - length, length):
        piece = text[start : start + length]
        file.write_bytes(piece.encode(encoding))
        assert read(file).text == piece


TRADITIONAL_REPORT = (
    "石門縣人民政府關於法治政府建設情況的報告。全面貫徹落實依法行政，嚴格規範公正文明執法，推進雙隨機監管，梳理監管事項；"
    "受理行政複議案件，審結後結案率較上年提高；開展法制宣傳，參與調解矛盾糾紛，辦理法律援助案件，為受援人取得經濟利益。"
)


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs", "gb18030"])
@pytest.mark.parametrize("length", [6, 20, 60])
def test_short_pieces_in_traditional_characters_are_read_in_their_encoding(
    file: Path, encoding: str, length: int
) -> None:
    for start in range(len(TRADITIONAL_REPORT) - length):
        piece = TRADITIONAL_REPORT[start : start + length]
        file.write_bytes(piece.encode(encoding))
        assert read(file).text == piece


def test_the_encoding_of_other_languages_is_told_where_that_package_is(file: Path) -> None:
    pytest.importorskip("charset_normalizer", reason="charset-normalizer is in the extra `files`")
    file.write_bytes("Отчёт о построении правового правительства".encode("cp1251") * 3)
    with pytest.raises(InputError, match="looks like cp1251"):
        read(file)


def test_encodings_are_told_without_that_package(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    for data, text, _ in ENCODED:
        file.write_bytes(data)
        assert read(file).text == text
    file.write_bytes("令和二年度の行政不服審査の状況について".encode("shift_jis") * 3)
    with pytest.raises(InputError, match=r"is in no Chinese encoding that is known; save it as UTF-8$"):
        read(file)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=50))
def test_encodings_agree_on_the_text(tmp_path_factory: pytest.TempPathFactory, tail: str) -> None:
    text = WORDS * 20 + tail
    file = tmp_path_factory.getbasetemp() / "encoded"
    digests = set()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030"):
        file.write_bytes(text.encode(encoding))
        digests.add(read(file).sha256)
    assert digests == {read_text(text, "样本").sha256}


@given(st.text(st.characters(), max_size=100))
def test_any_string_gives_a_text_or_an_input_error(text: str) -> None:
    try:
        assert read_text(text, "样本").text == text
    except InputError as error:
        assert "\n" not in str(error)


# ---------------------------------------------------------------------------------------- real documents

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir() and "FATU_REQUIRE_SHARED" not in os.environ,
    reason="../shared is not beside the checkout",
)


@needs_shared
@pytest.mark.parametrize(
    ("pattern", "count", "encoding"),
    [
        ("reports/shunhe-2020.txt", 1, "utf-8"),
        ("corpora/forestry-notices/*.txt", 120, "utf-8"),
        ("corpora/work-reports-hailar/*.txt", 5, "gb18030"),
        ("corpora/govdoc-sample/*.txt", 2, "utf-8"),
    ],
)
def test_real_documents_are_read_in_their_own_encoding(pattern: str, count: int, encoding: str) -> None:
    sources = [read(path) for path in sorted(SHARED.glob(pattern))]
    assert [source.encoding for source in sources] == [encoding] * count
