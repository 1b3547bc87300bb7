"""Picture files → pictures, checked before they are decoded; and the small pictures that pages are shown by."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from ...errors import InputError, how_to_get
from ...model import Page
from ..limits import Limits

if TYPE_CHECKING:
    from PIL import Image

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
_WIDTH = 1000
"""Pixels of a page's small picture."""
_MAX_BYTES = 120_000
_QUALITIES = (50, 35, 20, 10)
_SMALLER = 4
"""How often it is made smaller by a quarter where it stays too large."""


def open_pictures(data: bytes, name: str, limits: Limits) -> Iterator[Image.Image]:
    """The pictures in a file (a TIFF may hold several), upright as its camera says, in colours on white.

    Raises InputError where it is no picture of the kinds that are read, damaged, or larger than `limits` allow, which
    is told from its head before anything is decoded.
    """
    try:
        from PIL import Image
    except ImportError:
        raise InputError(
            name, "is a picture, which needs the extra fatu[files]", how_to_get("files")
        ) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a large picture Pillow warns; here it is refused, or is none
        try:
            file = Image.open(BytesIO(data), formats=_FORMATS)
        except Image.DecompressionBombError:
            raise _too_large(name, limits) from None
        except Exception:  # decoders raise what they please
            raise InputError(name, "is no picture, or is damaged", "save it as PNG or JPEG") from None
        with file:
            for number in range(limits.pages + 1):
                if number and not _turn_to(file, number, name, limits):
                    return
                if number == limits.pages:
                    raise InputError(name, f"has more than {limits.pages} pages", "give one report a file")
                if file.width * file.height > limits.pixels:
                    raise _too_large(name, limits)
                yield _decoded(file, name)


def make_page(number: int, picture: Image.Image) -> Page:
    """The small picture of a page: grey, about 1000 pixels wide, at most 120 kB, the same bytes every time."""
    from PIL import Image

    grey = picture.convert("L")
    width = min(_WIDTH, grey.width)
    for _ in range(_SMALLER):
        small = grey.resize((width, max(1, grey.height * width // grey.width)), Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            out = BytesIO()
            small.save(out, "WEBP", quality=quality, method=4)
            if out.tell() <= _MAX_BYTES:
                return Page(number, "image/webp", out.getvalue())
        width = max(1, width * 3 // 4)
    return Page(number, "image/webp", out.getvalue())


def _turn_to(file: Image.Image, number: int, name: str, limits: Limits) -> bool:
    """Whether there is a next picture; the file then stands at it."""
    from PIL import Image

    if file.format != "TIFF":
        return False
    try:
        file.seek(number)
    except EOFError:
        return False
    except Image.DecompressionBombError:
        raise _too_large(name, limits) from None
    except Exception:
        raise _damaged(name, number + 1) from None
    return True


def _decoded(file: Image.Image, name: str) -> Image.Image:
    from PIL import Image, ImageOps

    try:
        file.load()
        picture = ImageOps.exif_transpose(file)
        if picture.mode.startswith(("I;16", "I")):
            picture = picture.convert("I").point(lambda level: level / 256).convert("L")
        if picture.has_transparency_data:
            layer = picture.convert("RGBA")
            paper = Image.new("RGBA", layer.size, "white")
            picture = Image.alpha_composite(paper, layer)
        return picture.convert("RGB")
    except Exception:
        raise _damaged(name, file.tell() + 1) from None


def _damaged(name: str, number: int) -> InputError:
    return InputError(name, f"is damaged: picture {number} cannot be decoded", "save it as PNG or JPEG")


def _too_large(name: str, limits: Limits) -> InputError:
    return InputError(name, f"has more than {limits.pixels} pixels", "scan it at 300 dpi or less")
