"""The recogniser: the lines of characters in the picture of a page, where they are and how sure they are."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from ...errors import InputError, how_to_get

if TYPE_CHECKING:
    from PIL import Image

_MAX_SIDE = 2000
"""Pixels of the longer side in which characters are read: 170 dpi of A4."""
_FINDING_SIDES = (960, 1600)
"""Pixels of the longer side in which lines are looked for; the second where the first finds them to be small."""
_SMALL_LINE = 12
"""Pixels of the height of a line that is small."""
_UPRIGHT = 0.8
"""How sure the lines of a page are on average that is not upside down; those of one that is are at 0.6."""
_TALL = 1.5
_STEP = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Found:
    """A line as it was recognised: its corners from the top left one clockwise, in pixels."""

    text: str
    corners: tuple[tuple[float, float], ...]
    sure: float
    middles: tuple[float, ...] = ()
    """Where along the line its characters are, spaces left out, from 0 to 1; empty where that is not known."""

    @property
    def confidence(self) -> Decimal:
        """How sure it is, in thousandths."""
        return Decimal(str(self.sure)).quantize(_STEP)

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
        raise InputError(str(models), "holds no models for recognition", how_to_get("ocr"))
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


def scaled(picture: Image.Image) -> Image.Image:
    """A picture of the size in which characters are read, at most."""
    from PIL import Image

    side = max(picture.size)
    if side <= _MAX_SIDE:
        return picture
    size = tuple(max(1, length * _MAX_SIDE // side) for length in picture.size)
    return picture.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=2.0)


def read_upright(pixels: Any) -> tuple[list[Found], int]:
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


def _sureness(found: Sequence[Found]) -> float:
    characters = sum(len(line.text) for line in found)
    return sum(len(line.text) * line.sure for line in found) / max(1, characters)


def _read_lines(pixels: Any) -> list[Found]:
    found = _read_lines_at(pixels, _FINDING_SIDES[0])
    shrunk = min(1.0, _FINDING_SIDES[0] / max(pixels.shape[:2]))
    heights = [min(line.height, line.width) * shrunk for line in found]
    if shrunk < 1 and heights and median(heights) < _SMALL_LINE:
        return _read_lines_at(pixels, _FINDING_SIDES[1])
    return found


def _read_lines_at(pixels: Any, side: int) -> list[Found]:
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


def _found(text: str, corners: Sequence[tuple[float, float]], sure: float, parts: Sequence[Any]) -> Found:
    bare = "".join(text.split())
    told = "".join(str(part[0]) for part in parts)
    middles: list[float] = []
    if told == bare and len(parts) == len(bare):
        length = _distance(corners[0], corners[1]) or 1.0
        for part in parts:
            left, right = part[2][0], part[2][1]
            centre = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
            middles.append(min(1.0, max(0.0, _distance(corners[0], centre) / length)))
    return Found(text, tuple(corners), sure, tuple(middles))


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)
