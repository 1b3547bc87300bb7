"""Pictures of pages → text: characters recognised, with how sure that is.

RapidOCR finds lines and reads them, by models that come with its package; nothing is downloaded. What it read is never
changed: no digit is corrected, no word completed. Lines that it was not sure of at all are left out and told.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ...errors import InputError, how_to_get
from ...model import Page
from ..extract import Extract
from ..limits import Limits
from ..printed.furniture import quote_some
from ..printed.lines import View
from ..printed.paragraphs import compose_text
from ..printed.sheets import Sheet, make_sheet
from .glyphs import find_slant, place_glyphs
from .marks import find_rules, without_seals
from .pictures import make_page, open_pictures
from .recogniser import read_upright, scaled

if TYPE_CHECKING:
    from PIL import Image

_PAPER = 84_200
"""Hundredths of a point of the longer side of a page whose size is not known: A4's."""
_SURE = Decimal("0.5")
"""Lines that are less sure are left out: what they make of a stamp or a stain."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page that was read from its picture."""

    sheet: Sheet
    page: Page
    notes: tuple[str, ...] = ()
    """Without the number of the page."""


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
        raise InputError(name, "is a picture of text, which needs the extra fatu[ocr]", how_to_get("ocr"))
    import numpy as np

    picture = scaled(picture)
    pixels = np.asarray(picture)
    pixels, seals = without_seals(pixels)
    found, turn = read_upright(pixels)
    pixels = np.ascontiguousarray(np.rot90(pixels, -turn))
    picture = picture.rotate(-90 * turn, expand=True)
    width, height = view.width, view.height
    if turn % 2:
        width, height = height, width
    view = View(view.page, width, height, slant=find_slant(found))
    scale = width / picture.width
    sure = [line for line in found if line.confidence >= _SURE]
    glyphs = place_glyphs(sure, scale, view)
    rules = find_rules(pixels, view.slant, scale)
    notes = [] if glyphs else ["nothing on it can be recognised"]
    if turn:
        notes.append(f"read turned by {turn * 90} degrees clockwise")
    if seals:
        notes.append(f"read without {seals} red seal{'s' if seals > 1 else ''} over it")
    if len(sure) < len(found):
        unsure = [line.text for line in found if line.confidence < _SURE]
        notes.append(f"left out what was hardly recognised: {quote_some(unsure, _SHOWN)}")
    return Recognised(make_sheet(glyphs, rules, view), make_page(view.page, picture), tuple(notes))
