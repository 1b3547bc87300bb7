"""What paths stand for: files, folders, archives; nothing outside of them, nothing twice, nothing in silence."""

from __future__ import annotations

import io
import os
import socket
import stat
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatu.errors import InputError
from fatu.reading import InputFile, LeftOut, Limits, find_inputs, read
from fatu.reading.limits import DEFAULT_LIMITS

WORDS = "全区受理行政复议案件9件,审结8件。"


def make_zip(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def raw_zip(*members: tuple[bytes, bytes], flags: int = 0, method: int = 8, mode: int = 0) -> bytes:
    """An archive whose names are any bytes, as old programs of Chinese Windows write them."""
    body, directory = b"", b""
    for name, content in members:
        packer = zlib.compressobj(wbits=-15)
        packed = packer.compress(content) + packer.flush()
        sizes = (zlib.crc32(content), len(packed), len(content), len(name))
        entry = (20 | 3 << 8, 20, flags, method, 0, 0, *sizes, 0, 0, 0, 0, mode << 16, len(body))
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *entry) + name
        body += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, flags, method, 0, 0, *sizes, 0) + name + packed
    count = len(members)
    return (
        body
        + directory
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    )


def lay(folder: Path, files: dict[str, bytes | str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def told(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """What a path stands for, one line each, without the path of its folder."""
    lines = []
    for found in find_inputs([path], limits):
        if isinstance(found, InputFile):
            lines.append(found.name)
        else:
            assert "\n" not in str(found)
            lines.append(
                f"! {found.where}: {found.problem}" if isinstance(found, InputError) else f"- {found}"
            )
    return [line.replace(f"{path.parent}/", "") for line in lines]


# ------------------------------------------------------------------------------------------------------- files


def test_a_file_stands_for_itself_whatever_its_name(tmp_path: Path) -> None:
    lay(tmp_path, {"报告.css": WORDS, ".报告": WORDS})
    assert told(tmp_path / "报告.css") == ["报告.css"]
    assert told(tmp_path / ".报告") == [".报告"]
    assert [file.name for file in find_inputs(["无.txt", "报告\0.txt"]) if isinstance(file, InputFile)] == [
        "无.txt", "报告\0.txt"
    ]  # fmt: skip


def test_paths_keep_their_order(tmp_path: Path) -> None:
    lay(tmp_path, {"b.txt": WORDS, "a.txt": WORDS, "c/d.txt": WORDS})
    found = find_inputs([tmp_path / "c", tmp_path / "b.txt", tmp_path / "a.txt"])
    assert [Path(file.name).name for file in found if isinstance(file, InputFile)] == [
        "d.txt",
        "b.txt",
        "a.txt",
    ]


def test_a_pipe_is_not_looked_into_before_it_is_read(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, WORDS.encode())
    os.close(write_end)
    (file,) = find_inputs([f"/dev/fd/{read_end}"])
    assert isinstance(file, InputFile) and file.load() == WORDS.encode()
    os.close(read_end)


# ----------------------------------------------------------------------------------------------------- folders


def test_a_folder_stands_for_its_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    names = ["2021/乙.docx", "2021/甲.txt", "2020.txt", "无名", "报告（1.0版）", "扫描.PDF", "页.shtml"]
    expected = ["2020.txt", "2021/乙.docx", "2021/甲.txt", "扫描.PDF", "报告（1.0版）", "无名", "页.shtml"]
    folder = lay(tmp_path / "报告", dict.fromkeys(names, WORDS))
    assert told(folder) == [f"报告/{name}" for name in expected]


def test_what_is_no_report_is_counted_in_one_line(tmp_path: Path) -> None:
    files = [
        "a.txt",
        "b.css",
        "c.js",
        "d.css",
        "sub/e.xlsx",
        "sub/f.xml",
        ".git/g.txt",
        ".DS_Store",
        "~$报告.docx",
    ]
    assert told(lay(tmp_path / "报告", dict.fromkeys(files, WORDS))) == [
        "报告/a.txt",
        "- 报告: left out, being no reports: 2 .css, 1 .js, 1 .xlsx, 1 .xml",
    ]


def test_folders_that_a_browser_saved_beside_a_page_are_passed_over(tmp_path: Path) -> None:
    files = ["页.html", "页_files/a.png", "页_files/b.html", "旧.htm", "旧.files/c.gif", "2020_files/d.txt"]
    assert told(lay(tmp_path / "报告", dict.fromkeys(files, WORDS))) == [
        "报告/2020_files/d.txt",
        "报告/旧.htm",
        "报告/页.html",
        "- 报告: left out, being no reports: 2 folder(s) of saved pages",
    ]


BUILT = {
    "graph.trig": "@prefix fatu: <https://w3id.org/fatu/ns#> .\n",
    "explorer.html": WORDS,
    "README.md": WORDS,
    "metrics.csv": "",
}


def test_of_a_folder_that_fatu_built_the_source_is_the_report(tmp_path: Path) -> None:
    """Named itself, or found in a folder; what lies below it is read as ever."""
    lay(tmp_path / "图谱" / "一", BUILT | {"source.txt": WORDS, "附/报告.txt": WORDS})
    lay(tmp_path / "图谱" / "二", {"报告.txt": WORDS})
    left = "left out, being no reports: 1 .csv, 1 .html, 1 .md, 1 .trig"
    assert told(tmp_path / "图谱" / "一") == ["一/source.txt", "一/附/报告.txt", f"- 一: {left}"]
    assert told(tmp_path / "图谱") == [
        "图谱/一/source.txt",
        "图谱/一/附/报告.txt",
        "图谱/二/报告.txt",
        f"- 图谱: {left}",
    ]


def test_of_a_folder_that_fatu_built_without_its_source_nothing_is_a_report(tmp_path: Path) -> None:
    lay(tmp_path / "一", BUILT)
    assert told(tmp_path / "一") == [
        "- 一: left out, being no reports: 1 .csv, 1 .html, 1 .md, 1 .trig, "
        "1 folder(s) that fatu built, without their source.txt",
        "! 一: holds no file that could be a report",
    ]


def test_a_graph_of_another_program_is_no_sign_of_fatu(tmp_path: Path) -> None:
    lay(tmp_path / "一", {"graph.trig": "@prefix ex: <http://e/> .\n", "报告.txt": WORDS})
    assert told(tmp_path / "一") == ["一/报告.txt", "- 一: left out, being no reports: 1 .trig"]


def test_formats_that_are_not_read_are_among_the_files_and_refused_by_name(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "b.rar": b"Rar!",
        "c.tar.gz": b"\x1f\x8b",
    }
    assert told(lay(tmp_path / "报告", files)) == [
        "报告/a.doc",
        "! 报告/b.rar: is an archive of a kind that is not read",
        "! 报告/c.tar.gz: is an archive of a kind that is not read",
    ]


@pytest.mark.parametrize("files", [{}, {"a.css": "x"}, {".hidden": "x"}])
def test_a_folder_without_reports_is_told(tmp_path: Path, files: dict[str, bytes | str]) -> None:
    folder = lay(tmp_path / "空", files)
    folder.mkdir(exist_ok=True)
    assert "! 空: holds no file that could be a report" in told(folder)


def test_links_are_followed_only_to_where_they_stay_inside_and_each_file_is_read_once(tmp_path: Path) -> None:
    outside = lay(tmp_path / "外", {"secret.txt": WORDS})
    folder = lay(tmp_path / "报告", {"b.txt": WORDS, "sub/c.txt": WORDS})
    links = {
        "a_link.txt": folder / "b.txt",  # read under its own name, b.txt not again
        "d_loop": folder,
        "e_sub": folder / "sub",  # read there, sub/c.txt not again
        "f_out.txt": outside / "secret.txt",
        "g_out": outside,
        "h_gone.txt": folder / "gone.txt",
        "i_self": folder / "i_self",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    assert told(folder) == [
        "报告/a_link.txt",
        "报告/e_sub/c.txt",
        "! 报告/f_out.txt: is a link that leads out of the folder",
        "! 报告/g_out: is a link that leads out of the folder",
        "! 报告/h_gone.txt: is no file, or a link to nothing",
        "! 报告/i_self: is no file, or a link to nothing",
    ]


def test_a_folder_beside_one_whose_name_it_begins_with_is_outside(tmp_path: Path) -> None:
    lay(tmp_path / "报告2", {"a.txt": WORDS})
    folder = lay(tmp_path / "报告", {"b.txt": WORDS})
    (folder / "c").symlink_to(tmp_path / "报告2")
    assert told(folder) == ["报告/b.txt", "! 报告/c: is a link that leads out of the folder"]


def test_a_folder_that_is_a_link_itself_is_read(tmp_path: Path) -> None:
    lay(tmp_path / "真", {"a.txt": WORDS})
    (tmp_path / "链").symlink_to(tmp_path / "真")
    assert told(tmp_path / "链") == ["链/a.txt"]


@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_what_is_no_file_is_not_opened(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lay(tmp_path / "报告", {"b.txt": WORDS})
    if kind == "pipe":
        os.mkfifo(folder / "a.txt")
    else:
        monkeypatch.chdir(folder)  # the path of a socket must be short
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind("a.txt")
    assert told(folder) == ["! 报告/a.txt: is no file, or a link to nothing", "报告/b.txt"]


def test_folders_a_thousand_deep_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(depth := 1200):
        os.mkdir("a")  # noqa: PTH102
        os.chdir("a")
    Path("b.txt").write_text(WORDS, encoding="utf-8")
    os.chdir(tmp_path)
    try:
        (file,) = find_inputs(["a"])
        assert isinstance(file, InputFile) and file.load() == WORDS.encode()
    finally:  # shutil.rmtree of Python 3.11 goes no deeper than a thousand
        os.chdir("a/" * depth)
        Path("b.txt").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("a").rmdir()


def test_names_that_are_no_text_are_shown_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "报告"
    folder.mkdir()
    for name in ("报告.txt".encode("gbk"), b"a\nb.txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(WORDS, encoding="utf-8")
    files = [file for file in find_inputs([folder]) if isinstance(file, InputFile)]
    assert [file.name.rpartition("/")[2] for file in files] == ["a\\nb.txt", "\\xb1\\xa8\\xb8\\xe6.txt"]
    assert [file.load() for file in files] == [WORDS.encode()] * 2


# ---------------------------------------------------------------------------------------------------- archives


def test_an_archive_stands_for_its_members_by_name(tmp_path: Path) -> None:
    members = [
        "2020/乙.txt",
        "2020/甲.txt",
        "a.docx",
        "b.css",
        "__MACOSX/a.txt",
        ".x.txt",
        "2020/",
        "页.html",
        "页_files/b.js",
    ]
    path = tmp_path / "报告.zip"
    path.write_bytes(make_zip(dict.fromkeys(members, WORDS)))
    assert told(path) == [
        "报告.zip/2020/乙.txt",
        "报告.zip/2020/甲.txt",
        "报告.zip/a.docx",
        "报告.zip/页.html",
        "- 报告.zip: left out, being no reports: 1 .css, 1 folder(s) of saved pages",
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_read_from_the_archive(tmp_path: Path, method: int) -> None:
    path = tmp_path / "报告.zip"
    path.write_bytes(make_zip({"a.txt": WORDS, "b.txt": WORDS.encode("gb18030")}, method))
    files = [file for file in find_inputs([path]) if isinstance(file, InputFile)]
    assert [file.load() for file in files] == [WORDS.encode(), WORDS.encode("gb18030")]
    assert [read(file).text for file in files] == [WORDS] * 2
    assert [read(file).name for file in files] == [f"{path}/a.txt", f"{path}/b.txt"]


def test_archives_in_a_folder_and_behind_other_bytes_are_read(tmp_path: Path) -> None:
    folder = lay(
        tmp_path / "报告", {"a.zip": make_zip({"x.txt": WORDS}), "b.txt": make_zip({"y.txt": WORDS})}
    )
    assert told(folder) == ["报告/a.zip/x.txt", "报告/b.txt/y.txt"]


@pytest.mark.parametrize("part", ["[Content_Types].xml", "mimetype", "OFD.xml"])
def test_a_document_that_is_an_archive_stays_whole(tmp_path: Path, part: str) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(make_zip({part: "x", "word/document.xml": "x"}))
    assert told(path) == ["报告.docx"]


NAMED = [
    # bytes of a name, flags, the name
    ("报告.txt".encode("gbk"), 0, "报告.txt"),
    ("報告.txt".encode("gb18030"), 0, "報告.txt"),
    ("报告.txt".encode(), 0, "报告.txt"),  # macOS forgets the flag
    ("报告.txt".encode(), 0x800, "报告.txt"),
    ("昞.txt".encode("gbk"), 0, "昞.txt"),  # its second byte may look like another character
    (b"report.txt", 0, "report.txt"),
]


@pytest.mark.parametrize(("raw", "flags", "name"), NAMED)
def test_names_are_decoded_as_they_were_written(tmp_path: Path, raw: bytes, flags: int, name: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(raw_zip((raw, WORDS.encode()), flags=flags))
    assert told(path) == [f"a.zip/{name}"]
    (file,) = find_inputs([path])
    assert isinstance(file, InputFile) and file.load() == WORDS.encode()


REFUSED_NAMES = [
    (b"../x.txt", "../x.txt: has a name that leads out of the archive"),
    (b"a/../../x.txt", "a/../../x.txt: has a name that leads out of the archive"),
    (b"/etc/x.txt", "/etc/x.txt: has the path of another place as its name"),
    (b"C:/x.txt", "C:/x.txt: has the path of another place as its name"),
    (b"c:x.txt", "c:x.txt: has the path of another place as its name"),
    (b"..\\x.txt", "..\\x.txt: has a backslash in its name"),
    (b"\\\\host\\x.txt", "\\\\host\\x.txt: has a backslash in its name"),
    (b"x.txt\x00.css", "x.txt\\x00.css: has control characters in its name"),
    (b"x\n.txt", "x\\n.txt: has control characters in its name"),
    (b"x\x1b[2J.txt", "x\\x1b[2J.txt: has control characters in its name"),
    (b"inner.zip", "inner.zip: is an archive within an archive"),
    (b"inner.tar.gz", "inner.tar.gz: is an archive within an archive"),
]


@pytest.mark.parametrize(("name", "problem"), REFUSED_NAMES)
def test_bad_members_are_refused_by_name_and_the_others_read(
    tmp_path: Path, name: bytes, problem: str
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(raw_zip((name, WORDS.encode()), (b"z.txt", WORDS.encode())))
    assert sorted(told(path)) == sorted([f"! a.zip/{problem}", "a.zip/z.txt"])


def test_a_member_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(raw_zip((b"x.txt", b"1"), (b"x.txt", b"2")))
    first, second = find_inputs([path])
    assert isinstance(first, InputFile) and first.load() == b"1"
    assert isinstance(second, InputError) and second.problem == "stands twice in the archive"


def test_a_member_that_is_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(raw_zip((b"x.txt", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777))
    assert told(path) == ["! a.zip/x.txt: is a link"]


UNREADABLE = [
    # the archive, the reason why its member is not read
    (raw_zip((b"x.txt", WORDS.encode()), flags=1), "is encrypted"),
    (raw_zip((b"x.txt", WORDS.encode()), method=99), "is packed by method 99, which is not read"),
    (raw_zip((b"x.txt", bytes(50_000_000))), "unpacks to 50000000 bytes from"),
    (
        raw_zip((b"x.txt", WORDS.encode())).replace(struct.pack("<I", zlib.crc32(WORDS.encode())), bytes(4)),
        "checksum",
    ),
    (
        raw_zip((b"x.txt", b"a" * 5000)).replace(struct.pack("<I", 5000), struct.pack("<I", 50)),
        "more than the 50 bytes",
    ),
]


@pytest.mark.parametrize(("data", "problem"), UNREADABLE)
def test_a_member_that_cannot_be_unpacked_is_told_when_it_is_read(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    (file,) = find_inputs([path])
    assert isinstance(file, InputFile)
    with pytest.raises(InputError) as caught:
        file.load()
    assert caught.value.where == f"{path}/x.txt" and problem in caught.value.problem


def test_the_limit_of_a_member_is_that_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(make_zip({"x.txt": WORDS}))
    (file,) = find_inputs([path])
    assert isinstance(file, InputFile)
    assert file.load(len(WORDS.encode())) == WORDS.encode()
    with pytest.raises(InputError, match="unpacks to more than 10 bytes"):
        file.load(10)


WHOLE = [
    (b"PK\x03\x04" + bytes(100), DEFAULT_LIMITS, "is a damaged ZIP archive"),
    (make_zip({"x.txt": WORDS})[:-10], DEFAULT_LIMITS, "is a damaged ZIP archive"),
    (
        make_zip({f"{n}.txt": WORDS for n in range(11)}),
        replace(DEFAULT_LIMITS, members=10),
        "holds more than 10 files",
    ),
    (
        make_zip({"x.txt": WORDS * 10, "y.txt": WORDS * 10}),
        replace(DEFAULT_LIMITS, unpacked=600),
        "unpacks to more than 600",
    ),
    (make_zip({}), DEFAULT_LIMITS, "holds no file that could be a report"),
]


@pytest.mark.parametrize(("data", "limits", "problem"), WHOLE)
def test_archives_are_refused_whole(tmp_path: Path, data: bytes, limits: Limits, problem: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    (error,) = find_inputs([path], limits)
    assert isinstance(error, InputError)
    assert error.where == str(path) and problem in error.problem


def test_a_directory_of_millions_is_not_read(tmp_path: Path) -> None:
    """An archive that is all directory: refused before its entries are made."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    count = 500_000
    directory = entry * count
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), 0, 0)
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + directory + end)
    (error,) = find_inputs([path])
    assert isinstance(error, InputError) and "directory is larger" in error.problem


@given(st.binary(max_size=200), st.integers(0, 400), st.binary(max_size=8))
def test_any_bytes_of_an_archive_are_told_or_read(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes, at: int, patch: bytes
) -> None:
    good = make_zip({"a.txt": WORDS, "b/c.txt": WORDS})
    path = tmp_path_factory.getbasetemp() / "any.zip"
    path.write_bytes(good[:at] + patch + good[at + len(patch) :] + tail)
    for found in find_inputs([path]):
        assert "\n" not in str(found)
        if isinstance(found, InputFile):
            try:
                found.load()
            except InputError as error:
                assert "\n" not in str(error)
        else:
            assert isinstance(found, (InputError, LeftOut))
