"""A folder as people have it: reports of every kind, and broken files among them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from commands import fatu

docx = pytest.importorskip("docx", reason="python-docx is not installed: pip install 'fatu[files]'")

AREAS = ("石门县", "澧县", "临澧县", "桃源县", "汉寿县", "安乡县", "平江县", "华容县", "湘阴县", "岳阳县",
         "攸县", "茶陵县", "炎陵县", "衡阳县", "衡南县", "衡山县")  # fmt: skip
YEARS = (2018, 2019, 2020, 2021, 2022)


def report(area: str, year: int) -> list[str]:
    return [
        f"{area}人民政府关于{year}年法治政府建设情况的报告",
        f"{year}年,{area}认真贯彻落实《法治政府建设实施纲要(2021—2025年)》,现将有关情况报告如下:",
        "一、依法化解矛盾纠纷",
        f"全年共受理行政复议案件{year - 2000}件,审结{year - 2001}件。",
    ]


def as_utf8(lines: list[str]) -> tuple[str, bytes]:
    return "txt", "\n".join(lines).encode()


def as_gb18030(lines: list[str]) -> tuple[str, bytes]:
    return "txt", "\r\n".join(lines).encode("gb18030")


def as_utf16(lines: list[str]) -> tuple[str, bytes]:
    return "txt", "\n".join(lines).encode("utf-16")


def as_page(lines: list[str]) -> tuple[str, bytes]:
    body = "".join(f"<p>{line}</p>" for line in lines[1:])
    head = "<meta charset=gb2312><title>政府网</title>"
    return (
        "html",
        f"<html><head>{head}</head><body><h1>{lines[0]}</h1><div>{body}</div></body></html>".encode("gbk"),
    )


def as_word(lines: list[str]) -> tuple[str, bytes]:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return "docx", kept.getvalue()


WRITERS = (as_utf8, as_gb18030, as_utf16, as_page, as_word)
LINES = report("石门县", 2017)
WORD = as_word(LINES)[1]


def zipped(*files: tuple[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return kept.getvalue()


ENTITIES = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
BROKEN = {
    # name → its bytes, words of the reason
    "01 empty.txt": (b"", "is empty"),
    "02 blank.txt": (" \n　".encode(), "is empty"),
    "03 binary.txt": (bytes(range(256)) * 4, "is"),
    "04 english.txt": (b"Annual report on the rule of law. " * 20, "is not Chinese"),
    "05 damaged.txt": ("法治政府建设工作报告".encode()[:-1], "begins as UTF-8 but is damaged"),
    "06 old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or encrypted Office document"),
    "07 rich.rtf": (rb"{\rtf1\ansi}", "rich text document"),
    "08 cut.docx": (WORD[: len(WORD) // 2], "damaged"),
    "09 empty.docx": (as_word([])[1], "is empty"),
    "10 sheet.docx": (zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")), "an Excel workbook"),
    "11 doctype.docx": (
        zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", ENTITIES)),
        "",
    ),
    "12 cut.pdf": (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<", ""),
    "13 nothing.pdf": (b"%PDF-1.4\n%%EOF", ""),
    "14 cut.png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ""),
    "15 cut.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", ""),
    "16 shell.html": (b"<html><body><div id=app></div><script>render()</script></body></html>", ""),
    "17 no area.txt": ("关于2020年法治政府建设情况的报告\n受理案件9件。".encode(), "which area"),
    "18 no year.txt": ("石门县人民政府关于法治政府建设情况的报告\n受理案件9件。".encode(), "which year"),
    "19 twice.txt": (as_utf8(report("石门县", 2018))[1], "is report 430726-gov-2018"),
    "20 archive.zip": (b"PK\x03\x04 not an archive", ""),
}  # fmt: skip


@pytest.mark.slow
def test_the_good_files_are_built_the_broken_ones_named(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    reports = [(area, year) for area in AREAS for year in YEARS]
    assert len(reports) == 80 and len(BROKEN) == 20
    for number, (area, year) in enumerate(reports):
        ending, data = WRITERS[number % len(WRITERS)](report(area, year))
        (folder / f"00 {area}{year}.{ending}").write_bytes(data)
    for name, (data, _) in BROKEN.items():
        (folder / name).write_bytes(data)

    done = fatu("build", "reports", "-o", "built", cwd=tmp_path)

    assert done.code == 1
    assert done.out == ""
    assert done.err.splitlines()[-1] == "80 built, 20 failed"
    built = [path for path in (tmp_path / "built").iterdir() if (path / "graph.trig").is_file()]
    assert len(built) == 80
    told = [line for line in done.err.splitlines() if line.startswith("fatu: ") and ": note: " not in line]
    assert len(told) == 20
    for name, (_, reason) in BROKEN.items():
        (line,) = (line for line in told if name in line)
        assert reason in line and ";" in line
    assert "Traceback" not in done.err
    figures = (tmp_path / "built" / "430726-gov-2021" / "metrics.csv").read_text(encoding="utf-8-sig")
    assert ",21," in figures and ",20," in figures
