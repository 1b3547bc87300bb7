"""The paper that a page of a PDF is printed on: which part of it is seen, and which way up."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

from ..printed.lines import View, turned


@dataclass(frozen=True, slots=True)
class Paper:
    """The visible part of a page."""

    number: int
    left: float
    top: float
    width: int
    """Before it is turned, in hundredths of a point, like `height`."""
    height: int
    turn: int
    """Quarter turns clockwise in which it is shown."""

    def view(self, turn: int = 0) -> View:
        """The page read in a direction."""
        shown = (self.height, self.width) if self.turn % 2 else (self.width, self.height)
        return View(self.number, *shown, turn)

    def shown(self, x: float, y: float) -> tuple[int, int]:
        """Where a point of the PDF is on the page as shown."""
        point = round((x - self.left) * 100), round((self.top - y) * 100)
        return turned(point, (self.width, self.height), self.turn)


def measure_paper(page: pdfium.PdfPage, number: int) -> Paper:
    """The visible part of a page."""
    left, bottom, right, top = page.get_bbox()
    width, height = round((right - left) * 100), round((top - bottom) * 100)
    return Paper(number, left, top, width, height, page.get_rotation() // 90)
