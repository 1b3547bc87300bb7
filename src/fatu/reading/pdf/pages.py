"""A page of a PDF → its characters, rules and pictures, as they are drawn.

PDFium reads the page. Every character is put where its baseline begins and in the square of its font's size, since
the boxes that fonts give themselves differ from writer to writer.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..printed.lines import Glyph, Rect, Space, View, is_wide
from .paper import Paper
from .shapes import Shapes, find_shapes

_ABOVE, _BELOW = 88, 12
"""Percent of its size that a character stands above and below its baseline."""
_DOUBLED = 12
"""Percent of its size by which a character may be off that is printed twice to look bold."""
_ASKEW = 10
"""Degrees from which text is neither level nor upright."""
_FEW = 20
"""Characters in another direction than most, up to which they are no text of their own."""
_INVISIBLE = 3
"""Text rendering mode (ISO 32000-1, 9.3.6)."""
_HYPHENS = (0x02, 0xAD)
"""How PDFium tells a hyphen at the end of a line, and what some writers make of every hyphen."""
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page."""

    texts: tuple[tuple[View, tuple[Glyph, ...]], ...]
    """Text in each direction that it is written in, that of most of it first."""
    shapes: Shapes
    invisible: int = 0
    """How many characters are of an invisible layer: what a scanner's software recognised."""
    unknown: int = 0
    """Characters that the file does not say the meaning of."""
    private: str = ""
    """Those whose meaning only their font knows."""
    doubled: int = 0
    outside: str = ""
    """What is written beyond the edges of the page."""
    annotations: int = 0
    """Stamps, comments and form fields."""
    askew: str = ""
    """What is written aslant or in another direction than the rest: watermarks, stamps."""

    @property
    def characters(self) -> int:
        """How many there are to be read."""
        return sum(len(glyphs) for _, glyphs in self.texts)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A character with its place in the PDF's own coordinates, in points."""

    text: str
    origin: tuple[float, float]
    end: tuple[float, float]
    """Corner of its box, in the direction of writing."""
    size: float
    angle: float
    """Degrees, counterclockwise."""
    space: Space
    is_invisible: bool
    goes_on: bool
    """Whether it is drawn by the same sign as the character before: —— or fi."""


def read_drawn(page: pdfium.PdfPage, paper: Paper) -> Drawn:
    """What is drawn on a page. Raises PdfiumError where it cannot be read."""
    placed = list(_characters(page))
    inside = [c for c in placed if _is_inside(c, paper)]
    once, doubled = _once(inside)
    by_turn: dict[int, list[_Placed]] = {}
    askew: list[_Placed] = []
    for character in once:
        turn = _turn(character, paper)
        (askew if turn is None else by_turn.setdefault(turn, [])).append(character)
    most = max(map(len, by_turn.values()), default=0)
    texts = []
    for turn, characters in sorted(by_turn.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(characters) <= _FEW and len(characters) < most:
            askew += characters
            continue
        view = paper.view(turn)
        texts.append((view, tuple(_glyphs(characters, paper, view))))
    return Drawn(
        texts=tuple(texts),
        shapes=find_shapes(page, paper),
        invisible=sum(c.is_invisible for c in once),
        unknown=sum(c.text == _UNKNOWN for c in once),
        private="".join(sorted({c.text for c in once if _is_private(c.text)})),
        doubled=doubled,
        annotations=_count_annotations(page),
        outside="".join(c.text for c in placed if not _is_inside(c, paper)),
        askew="".join(c.text for c in askew),
    )


def _count_annotations(page: pdfium.PdfPage) -> int:
    """How many stamps, comments and form fields are on a page."""
    telling = (
        pdfium_c.FPDF_ANNOT_TEXT, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP,
        pdfium_c.FPDF_ANNOT_WIDGET,
    )  # fmt: skip
    count = 0
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if annotation:
            count += pdfium_c.FPDFAnnot_GetSubtype(annotation) in telling
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    return count


# ------------------------------------------------------------------------------------------------ characters


def _characters(page: pdfium.PdfPage) -> Iterator[_Placed]:
    text_page = page.get_textpage()
    box, matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    space: Space = ""
    high = 0
    last: tuple[int | None, float, float] | None = None
    for index in range(text_page.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text_page, index)
        generated = pdfium_c.FPDFText_IsGenerated(text_page, index) == 1
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        unmapped = pdfium_c.FPDFText_HasUnicodeMapError(text_page, index) == 1
        text = _text(code, unmapped)
        if generated or text.isspace():
            space = "seen" if generated and not space else "written" if not generated else space
            continue
        pdfium_c.FPDFText_GetLooseCharBox(text_page, index, box)
        pdfium_c.FPDFText_GetCharOrigin(text_page, index, x, y)
        pdfium_c.FPDFText_GetMatrix(text_page, index, matrix)
        size = pdfium_c.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
        angle = -math.degrees(pdfium_c.FPDFText_GetCharAngle(text_page, index))
        numbers = (x.value, y.value, size, angle, box.left, box.right, box.top, box.bottom)
        if not all(map(math.isfinite, numbers)):
            continue
        drawing = pdfium_c.FPDFText_GetTextObject(text_page, index)
        place = (ctypes.cast(drawing, ctypes.c_void_p).value, x.value, y.value)
        yield _Placed(
            text, (x.value, y.value), _end(box, round(angle / 90) % 4), abs(size) or 1.0, angle, space,
            is_invisible=bool(drawing) and pdfium_c.FPDFTextObj_GetTextRenderMode(drawing) == _INVISIBLE,
            goes_on=place == last,
        )  # fmt: skip
        last = place
        space = ""


def _text(code: int, unmapped: bool) -> str:
    if code in _HYPHENS:
        return "-"
    if unmapped or code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return _UNKNOWN
    character = chr(code)
    return " " if code < 0x20 or 0x7F <= code < 0xA0 else character


def _end(box: Any, quarter: int) -> tuple[float, float]:
    """The corner of a character's box that is furthest in the direction of writing."""
    return (
        box.left if quarter in (1, 2) else box.right,
        box.bottom if quarter in (2, 3) else box.top,
    )


def _is_private(character: str) -> bool:
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"


def _is_inside(character: _Placed, paper: Paper) -> bool:
    across, down = paper.shown(*character.origin)
    view = paper.view()
    slack = round(character.size * 50)
    return -slack <= across <= view.width + slack and -slack <= down <= view.height + slack


def _turn(character: _Placed, paper: Paper) -> int | None:
    """Quarter turns clockwise that make a character upright on the page as shown; None where none does."""
    shown = character.angle - 90 * paper.turn
    quarter = round(shown / 90)
    return None if abs(shown - 90 * quarter) > _ASKEW else quarter % 4


def _glyphs(characters: Iterable[_Placed], paper: Paper, view: View) -> Iterator[Glyph]:
    right = 0
    for character in characters:
        size = max(1, round(character.size * 100))
        left, foot = view.read(*paper.shown(*character.origin))
        end = view.read(*paper.shown(*character.end))[0]
        if character.goes_on:
            left = right
        right = left + size if is_wide(character.text) else max(left, min(end, left + 2 * size))
        rect = Rect(left, foot - size * _ABOVE // 100, right, foot + size * _BELOW // 100)
        yield Glyph(character.text, rect, size, character.space)


def _once(characters: Sequence[_Placed]) -> tuple[list[_Placed], int]:
    """Characters without those that are printed again at the same place; and how many these are."""
    seen: set[tuple[str, int, int]] = set()
    once = []
    for character in characters:
        step = character.size * _DOUBLED / 100
        column, row = (math.floor(place / step) for place in character.origin)
        around = {(character.text, column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}
        if character.goes_on or seen.isdisjoint(around) or character.text == _UNKNOWN:
            once.append(character)
            seen.add((character.text, column, row))
    return once, len(characters) - len(once)
