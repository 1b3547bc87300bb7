"""Pictures of pages → text: characters recognised, with how sure that is.

RapidOCR finds lines and reads them, by models that come with its package; nothing is downloaded. What it read is never
changed: no digit is corrected, no word completed. Lines that it was not sure of at all are left out and told.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median, median_low
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..model import Page
from .extract import Extract
from .limits import Limits
from .lines import Glyph, Rect, Space, View, is_ideograph, width_in_halves
from .paragraphs import compose_text
from .pictures import make_page, open_pictures
from .scan_marks import find_rules, without_seals
from .sheets import Sheet, make_sheet

if TYPE_CHECKING:
    from PIL import Image

_MAX_SIDE = 2000
"""Pixels of the longer side in which characters are read: 170 dpi of A4."""
_FINDING_SIDES = (960, 1600)
"""Pixels of the longer side in which lines are looked for; the second where the first finds them to be small."""
_SMALL_LINE = 12
"""Pixels of the height of a line that is small."""
_PAPER = 84_200
"""Hundredths of a point of the longer side of a page whose size is not known: A4's."""
_SURE = Decimal("0.5")
"""Lines that are less sure are left out: what they make of a stamp or a stain."""
_UPRIGHT = 0.8
"""How sure the lines of a page are on average that is not upside down; those of one that is are at 0.6."""
_TALL = 1.5
_STEP = Decimal("0.001")
_LONG = 20
"""Half squares from which a line shows how high lines are for the size of their characters."""
_ENOUGH = 12
"""Quarters of a square from the first to the last character whose distance shows their size."""
_ODD = 25
"""Percent by which that size may differ from what the line's height says; where it does more, the line is spread."""
_SHOWN = 5
_EXTRA = "pip install 'fatu[ocr]'"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page that was read from its picture."""

    sheet: Sheet
    page: Page
    notes: tuple[str, ...] = ()
    """Without the number of the page."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A line as it was recognised: its corners from the top left one clockwise, in pixels."""

    text: str
    corners: tuple[tuple[float, float], ...]
    sure: float
    middles: tuple[float, ...] = ()
    """Where along the line its characters are, spaces left out, from 0 to 1; empty where that is not known."""

    @property
    def is_tall(self) -> bool:
        """Whether it runs up or down the page."""
        return self.height > _TALL * self.width

    @property
    def width(self) -> float:
        """Along its upper side."""
        return _distance(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        """Along its left side."""
        return _distance(self.corners[0], self.corners[3])


def is_installed() -> bool:
    """Whether what recognises characters is there."""
    return all(find_spec(package) for package in ("onnxruntime", "rapidocr"))


def extract_image(data: bytes, name: str, limits: Limits) -> Extract:
    """The text of a picture of a page, or of several in one file (TIFF).

    Raises InputError where it is damaged or larger than `limits` allow, where nothing can be read on it, and where the
    extra that recognises characters is not installed.
    """
    recognised = []
    for number, picture in enumerate(open_pictures(data, name, limits), 1):
        side = max(picture.size)
        view = View(number, picture.width * _PAPER // side, picture.height * _PAPER // side)
        recognised.append(recognise(picture, view, name))
    pieces, notes = compose_text([page.sheet for page in recognised])
    if not pieces:
        raise InputError(name, "has no text that can be recognised", "scan it at 200 to 300 dpi")
    told = [f"page {page.page.number}: {note}" for page in recognised for note in page.notes]
    return Extract(pieces, tuple(page.page for page in recognised), notes=(*notes, *told))


def recognise(picture: Image.Image, view: View, name: str) -> Recognised:
    """A page read from its picture, which shows it as `view` says: it is turned upright first, and places are those
    on the upright page. Raises InputError where the extra that recognises is not installed."""
    if not is_installed():
        raise InputError(name, "is a picture of text, which needs the extra fatu[ocr]", _EXTRA)
    import numpy as np

    picture = _scaled(picture)
    pixels = np.asarray(picture)
    pixels, seals = without_seals(pixels)
    found, turn = _read_upright(pixels)
    pixels = np.ascontiguousarray(np.rot90(pixels, -turn))
    picture = picture.rotate(-90 * turn, expand=True)
    width, height = view.width, view.height
    if turn % 2:
        width, height = height, width
    view = View(view.page, width, height, slant=_slant(found))
    scale = width / picture.width
    sure = [line for line in found if _decimal(line.sure) >= _SURE]
    glyphs = _place_glyphs(sure, scale, view)
    rules = find_rules(pixels, view.slant, scale)
    notes = [] if glyphs else ["nothing on it can be recognised"]
    if turn:
        notes.append(f"read turned by {turn * 90} degrees clockwise")
    if seals:
        notes.append(f"read without {seals} red seal{'s' if seals > 1 else ''} over it")
    if len(sure) < len(found):
        unsure = [line.text for line in found if _decimal(line.sure) < _SURE]
        shown = " ".join(f"“{text}”" for text in unsure[:_SHOWN]) + (" …" if len(unsure) > _SHOWN else "")
        notes.append(f"left out what was hardly recognised: {shown}")
    return Recognised(make_sheet(glyphs, rules, view), make_page(view.page, picture), tuple(notes))


# ----------------------------------------------------------------------------------------------- recognition


@cache
def _engine(side: int) -> Any:
    """The recogniser, which looks for lines in pictures of so many pixels. Its models are named by their files, so that
    it does not look for others on the network. One thread and one line at a time: what is read of a line does not
    depend on the machine or on the lines beside it, and it takes two thirds of the processor's time."""
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    paths = {
        part: min(models.glob(f"*_{part.lower()}_*.onnx"), default=None) for part in ("Det", "Rec", "Cls")
    }
    if None in paths.values():
        raise InputError(str(models), "holds no models for recognition", _EXTRA)
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "Global.use_cls": False,
            "Global.max_side_len": _MAX_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Rec.rec_batch_num": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": side,
            **{f"{part}.model_path": str(path) for part, path in paths.items()},
        }
    )


def _scaled(picture: Image.Image) -> Image.Image:
    from PIL import Image

    side = max(picture.size)
    if side <= _MAX_SIDE:
        return picture
    size = tuple(max(1, length * _MAX_SIDE // side) for length in picture.size)
    return picture.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _read_upright(pixels: Any) -> tuple[list[_Found], int]:
    """The lines of a page, and by how many quarter turns clockwise it had to be turned to be read."""
    import numpy as np

    found, turn = _read_lines(pixels), 0
    if sum(line.is_tall for line in found) * 2 > len(found):
        turn = 3
        found = _read_lines(np.ascontiguousarray(np.rot90(pixels)))
    if found and _sureness(found) < _UPRIGHT:
        other = _read_lines(np.ascontiguousarray(np.rot90(pixels, 2 - turn)))
        if _sureness(other) > _sureness(found):
            return other, (turn + 2) % 4
    return found, turn


def _sureness(found: Sequence[_Found]) -> float:
    characters = sum(len(line.text) for line in found)
    return sum(len(line.text) * line.sure for line in found) / max(1, characters)


def _read_lines(pixels: Any) -> list[_Found]:
    found = _read_lines_at(pixels, _FINDING_SIDES[0])
    shrunk = min(1.0, _FINDING_SIDES[0] / max(pixels.shape[:2]))
    heights = [min(line.height, line.width) * shrunk for line in found]
    if shrunk < 1 and heights and median(heights) < _SMALL_LINE:
        return _read_lines_at(pixels, _FINDING_SIDES[1])
    return found


def _read_lines_at(pixels: Any, side: int) -> list[_Found]:
    import numpy as np

    blue_first = np.ascontiguousarray(pixels[:, :, ::-1])
    result = _engine(side)(blue_first, return_word_box=True, return_single_char_box=True)
    if result.boxes is None or result.txts is None:
        return []
    words = result.word_results
    placed = words if len(words) == len(result.txts) else [()] * len(result.txts)
    return [
        _found(text, [(float(x), float(y)) for x, y in box], float(score), parts)
        for box, text, score, parts in zip(result.boxes, result.txts, result.scores, placed, strict=True)
    ]


def _found(text: str, corners: Sequence[tuple[float, float]], sure: float, parts: Sequence[Any]) -> _Found:
    bare = "".join(text.split())
    told = "".join(str(part[0]) for part in parts)
    middles: list[float] = []
    if told == bare and len(parts) == len(bare):
        length = _distance(corners[0], corners[1]) or 1.0
        for part in parts:
            left, right = part[2][0], part[2][1]
            centre = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
            middles.append(min(1.0, max(0.0, _distance(corners[0], centre) / length)))
    return _Found(text, tuple(corners), sure, tuple(middles))


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


# --------------------------------------------------------------------------------------------------- places


def _slant(found: Sequence[_Found]) -> int:
    """How much the lines fall to the right, in ten thousandths: that of the middle one of the longer half."""
    longest = sorted(found, key=lambda line: -line.width)[: (len(found) + 1) // 2]
    slants = []
    for line in longest:
        (left, top), (right, falls) = line.corners[:2]
        if right - left > 5 * line.height:
            slants.append((falls - top) / (right - left))
    return round(median(slants) * 10_000) if slants else 0


def _place_glyphs(found: Sequence[_Found], scale: float, view: View) -> list[Glyph]:
    """The characters of all lines, in the coordinates of the page as read."""
    rects = [_rect(line, scale, view) for line in found]
    steps = [_step(line, rect) for line, rect in zip(found, rects, strict=True)]
    is_long = [width_in_halves(line.text) >= _LONG for line in found]
    telling = [
        (step, step * 100 // rect.height)
        for step, rect, long in zip(steps, rects, is_long, strict=True)
        if step and (long or not any(is_long))
    ]
    usual, share = (median_low(values) for values in zip(*telling, strict=True)) if telling else (0, 100)
    glyphs: list[Glyph] = []
    for line, rect, step in zip(found, rects, steps, strict=True):
        size = max(1, rect.height * share // 100)
        # The distance of characters is truer than the height of a line, unless they are spread or too few.
        told = step or usual
        glyphs += _glyphs(line, rect, told if abs(told - size) * 100 <= _ODD * size else size)
    return glyphs


def _rect(line: _Found, scale: float, view: View) -> Rect:
    corners = [view.read(round(x * scale), round(y * scale)) for x, y in line.corners]
    left, right = min(corners[0][0], corners[3][0]), max(corners[1][0], corners[2][0])
    top, bottom = (corners[0][1] + corners[1][1]) // 2, (corners[2][1] + corners[3][1]) // 2
    return Rect(left, top, max(left + 1, right), max(top + 1, bottom))


def _step(line: _Found, rect: Rect) -> int:
    """How far apart the middles of a line's characters are, which is their size unless they are spread; 0 where there
    are too few."""
    halves = [width_in_halves(character) for character in "".join(line.text.split())]
    between = sum(halves) * 2 - halves[0] - halves[-1]
    if not line.middles or between < _ENOUGH:
        return 0
    return round((line.middles[-1] - line.middles[0]) * rect.width * 4 / between)


def _glyphs(line: _Found, rect: Rect, size: int) -> list[Glyph]:
    """The characters of a line, as high as it is; the first and the last reach to its ends."""
    sure = _decimal(line.sure)
    if not line.middles:
        return [Glyph(line.text.strip(), rect, size, "", sure)]
    glyphs: list[Glyph] = []
    written = False
    middles = iter(line.middles)
    for character in line.text:
        if character.isspace():
            written = True
            continue
        middle = rect.left + round(next(middles) * rect.width)
        half = size * width_in_halves(character) // 4
        space: Space = "written" if written else "seen" if is_ideograph(character) else ""
        glyphs.append(
            Glyph(character, rect._replace(left=middle - half, right=middle + half), size, space, sure)
        )
        written = False
    glyphs[0] = glyphs[0]._replace(rect=glyphs[0].rect._replace(left=rect.left))
    glyphs[-1] = glyphs[-1]._replace(rect=glyphs[-1].rect._replace(right=rect.right))
    return glyphs


def _decimal(sure: float) -> Decimal:
    return Decimal(str(sure)).quantize(_STEP)
