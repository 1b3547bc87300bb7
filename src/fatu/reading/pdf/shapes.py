"""A page of a PDF → its rules and pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..printed.lines import Rect, bounds
from .paper import Paper

Matrix = tuple[float, float, float, float, float, float]

_THIN = 300
"""Hundredths of a point up to which a filled rectangle is a rule."""
_MAX_DEPTH = 8
_MAX_POINTS = 200_000
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is drawn on a page besides characters. Rectangles are of the page as shown."""

    rules: tuple[Rect, ...]
    pictures: tuple[Rect, ...]
    pixels: int
    """Of the largest picture."""
    is_blank: bool
    """Whether nothing is drawn at all, no text either."""
    unmeasured: int
    """Texts that PDFium passes over, since it has no measures of their font: that is neither in the file nor
    installed."""


def find_shapes(page: pdfium.PdfPage, paper: Paper) -> Shapes:
    """Rules and pictures of a page."""
    rules: list[Rect] = []
    pictures: list[Rect] = []
    pixels = count = unmeasured = points = 0
    width, height = ctypes.c_uint(), ctypes.c_uint()
    for raw, kind, matrix in _objects(page, None, _IDENTITY, 0):
        count += 1
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            unmeasured += _is_unmeasured(raw)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            corners = [paper.shown(*_mapped(matrix, x, y)) for x in (0, 1) for y in (0, 1)]
            pictures.append(bounds(Rect(x, y, x, y) for x, y in corners))
            if pdfium_c.FPDFImageObj_GetImagePixelSize(raw, width, height):
                pixels = max(pixels, width.value * height.value)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH and points < _MAX_POINTS:
            points += pdfium_c.FPDFPath_CountSegments(raw)
            rules += _rules(raw, matrix, paper)
    return Shapes(tuple(rules), tuple(pictures), pixels, count == 0, unmeasured)


def _is_unmeasured(text: Any) -> bool:
    """Whether a text has no width though its font is not in the file: PDFium passes it over."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(text, left, bottom, right, top) or right.value - left.value > 0.01:
        return False
    font = pdfium_c.FPDFTextObj_GetFont(text)
    return bool(font) and pdfium_c.FPDFFont_GetIsEmbedded(font) == 0


def _objects(
    page: pdfium.PdfPage, form: Any, matrix: Matrix, depth: int
) -> Iterator[tuple[Any, int, Matrix]]:
    """Everything drawn, with its type and the matrix that leads to the page."""
    count = pdfium_c.FPDFFormObj_CountObjects(form) if form else pdfium_c.FPDFPage_CountObjects(page)
    for index in range(count):
        raw = (
            pdfium_c.FPDFFormObj_GetObject(form, index) if form else pdfium_c.FPDFPage_GetObject(page, index)
        )
        kind = pdfium_c.FPDFPageObj_GetType(raw) if raw else pdfium_c.FPDF_PAGEOBJ_UNKNOWN
        if kind == pdfium_c.FPDF_PAGEOBJ_UNKNOWN:
            continue
        own = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFPageObj_GetMatrix(raw, own)
        together = _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        if not all(map(math.isfinite, together)):
            continue
        if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
            yield raw, kind, together
        elif depth < _MAX_DEPTH:
            yield from _objects(page, raw, together, depth + 1)


def _rules(path: Any, matrix: Matrix, paper: Paper) -> Iterator[Rect]:
    """Level and upright lines of a path: those that are drawn, and filled rectangles that are as thin."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke):
        return
    for points in _subpaths(path, matrix, paper):
        if stroke.value:
            for one, other in pairwise(points):
                line = bounds((Rect(*one, *one), Rect(*other, *other)))
                if min(line.width, line.height) * 50 <= max(line.width, line.height):
                    yield line
        elif fill.value:
            shape = bounds(Rect(*point, *point) for point in points)
            if min(shape.width, shape.height) <= _THIN:
                yield shape


def _subpaths(path: Any, matrix: Matrix, paper: Paper) -> Iterator[list[tuple[int, int]]]:
    """The corners of each part of a path that is made of straight lines."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[int, int]] = []
    for index in range(min(_MAX_POINTS, pdfium_c.FPDFPath_CountSegments(path))):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        if not segment or not pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind != pdfium_c.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        mapped = _mapped(matrix, x.value, y.value)
        if not all(map(math.isfinite, mapped)):
            continue
        points.append(paper.shown(*mapped))
        if pdfium_c.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _mapped(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    first, second = _mapped(outer, a, b), _mapped(outer, c, d)
    last = _mapped(outer, e, f)
    return (
        first[0] - outer[4], first[1] - outer[5], second[0] - outer[4], second[1] - outer[5], *last,
    )  # fmt: skip
