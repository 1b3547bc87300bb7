"""PDFs written by hand, for tests: text at places, rules, pictures, and whatever a file may say wrongly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

A4 = (595, 842)
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass(frozen=True)
class PageOf:
    """What is drawn on a page, and its own entries."""

    content: str
    size: tuple[int, int] = A4
    entries: str = ""


@dataclass
class PdfFile:
    """Objects of a PDF, numbered from 1."""

    objects: list[bytes] = field(default_factory=list)
    key: bytes = b""
    """Encrypts the streams, where there is one (ISO 32000-1, 7.6.2)."""

    def add(self, body: str | bytes) -> int:
        """Number of the new object."""
        self.objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.objects)

    def add_stream(self, data: bytes, entries: str = "") -> int:
        """Number of the new stream."""
        if self.key:
            number = (len(self.objects) + 1).to_bytes(3, "little") + bytes(2)
            data = _rc4(hashlib.md5(self.key + number).digest()[:10], data)
        head = f"<< /Length {len(data)} {entries} >>\nstream\n".encode()
        return self.add(head + data + b"\nendstream")

    def written(self, root: int, trailer: str = "") -> bytes:
        """The file."""
        out = b"%PDF-1.7\n%\xe4\xb8\xad\xe6\x96\x87\n"
        offsets = []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        count = len(self.objects) + 1
        table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root {root} 0 R {trailer} >>\n"
        return out + end.encode() + f"startxref\n{len(out)}\n%%EOF\n".encode()


def pdf_of(pages: Iterable[str | PageOf], to_unicode: bool = True) -> bytes:
    """A PDF of pages with one font, /F: codes are code points (but U+E000: two dashes), ASCII half as wide as high."""
    file = PdfFile()
    return file.written(_add_pages(file, pages, to_unicode))


def locked(user_password: bytes, page: str = "") -> bytes:
    """A PDF of one page, encrypted with RC4 of 40 bits (ISO 32000-1, 7.6.3)."""
    identity = bytes(16)
    owner = _rc4(hashlib.md5((b"owner" + _PADDING)[:32]).digest()[:5], (user_password + _PADDING)[:32])
    permissions = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5((user_password + _PADDING)[:32] + owner + permissions + identity).digest()[:5]
    file = PdfFile(key=key)
    root = _add_pages(file, [page], True)
    user = _rc4(key, _PADDING)
    lock = file.add(f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>")
    return file.written(root, f"/Encrypt {lock} 0 R /ID [<{identity.hex()}> <{identity.hex()}>]")


def text_at(x: float, y: float, text: str, size: float = 16, turned: str = "1 0 0 1", mode: int = 0) -> str:
    """A text whose baseline begins at a point (from the bottom left corner of the page, in points)."""
    codes = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {mode} Tr {turned} {x} {y} Tm <{codes}> Tj ET\n"


def spread_at(x: float, y: float, text: str, gap: int, size: float = 16) -> str:
    """A text with gaps between its characters, in thousandths of their size."""
    codes = f" {-gap} ".join(f"<{character.encode('utf-16-be').hex()}>" for character in text)
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm [{codes}] TJ ET\n"


def lines_at(x: float, y: float, lines: Sequence[str], size: float = 16, step: float = 28) -> str:
    """Lines one below the other."""
    return "".join(text_at(x, y - step * index, line, size) for index, line in enumerate(lines))


def rule(x: float, y: float, to_x: float, to_y: float) -> str:
    """A thin line."""
    return f"0.5 w {x} {y} m {to_x} {to_y} l S\n"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The rules of a table."""
    levels = [rule(xs[0], y, xs[-1], y) for y in ys]
    return "".join(levels + [rule(x, ys[0], x, ys[-1]) for x in xs])


def _add_pages(file: PdfFile, pages: Iterable[str | PageOf], to_unicode: bool) -> int:
    root, tree = file.add(""), file.add("")
    resources = _add_font(file, to_unicode)
    kids = []
    for page in (PageOf(page) if isinstance(page, str) else page for page in pages):
        content = file.add_stream(page.content.encode())
        kids.append(
            file.add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {page.size[0]} {page.size[1]}] "
                f"/Contents {content} 0 R /Resources {resources} 0 R {page.entries} >>"
            )
        )
    file.objects[root - 1] = f"<< /Type /Catalog /Pages {tree} 0 R >>".encode()
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    file.objects[tree - 1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
    return root


def _add_font(file: PdfFile, to_unicode: bool) -> int:
    descriptor = file.add(
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
    )
    glyphs = file.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /W [32 126 500] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {descriptor} 0 R >>"
    )
    meaning = ""
    if to_unicode:
        ranges = [
            f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256) if not 0xD8 <= high < 0xE0
        ]
        blocks = "".join(
            f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange\n"
            for part in (ranges[start : start + 100] for start in range(0, len(ranges), 100))
        )
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{blocks}"
            "1 beginbfchar <e000> <20142014> endbfchar endcmap end end"
        )
        meaning = f"/ToUnicode {file.add_stream(cmap.encode())} 0 R"
    font = file.add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        f"/DescendantFonts [{glyphs} 0 R] {meaning} >>"
    )
    return file.add(f"<< /Font << /F {font} 0 R >> >>")


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    swap = 0
    for index in range(256):
        swap = (swap + state[index] + key[index % len(key)]) % 256
        state[index], state[swap] = state[swap], state[index]
    out = bytearray()
    first = second = 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        out.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(out)
