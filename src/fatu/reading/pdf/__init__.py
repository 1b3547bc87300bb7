"""PDF → text: paragraphs as their lines say them, tables as rows of cells, scanned pages recognised.

Page numbers, running heads and what is printed aslant are left out and told in the notes, as is whatever the file does
not say clearly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...errors import InputError, how_to_get
from ...model import Page
from ..extract import Extract
from ..limits import Limits
from ..printed.furniture import pages_told
from ..printed.paragraphs import compose_text
from ..printed.sheets import Sheet, make_sheet

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from .pages import Drawn
    from .paper import Paper

_MAX_SIDE = 20_000
"""Points: longer pages than the 14,400 that Acrobat allows (ISO 32000-1, annex C) are an attack or an accident."""
_MUCH_UNKNOWN = 10
"""Percent of unknown characters from which a page is read from its picture instead."""
_LITTLE_TEXT = 100
"""Characters up to which the text of a page that is one picture is a stamp on it."""
_COVERING = 50
"""Percent of a page from which a picture is the page."""
_LARGE_PICTURE = 10
"""Percent of a page from which a picture may hold text."""
_DPI, _MAX_PIXELS = 150, 2000
"""In what size a page is drawn to be recognised; more makes it slower and no better."""
_SHOWN = 20


@dataclass(slots=True)
class _Notes:
    """What is to be told of the pages, by what it is."""

    pages: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, page: int, what: str) -> None:
        """Tell something of a page."""
        self.pages[what].append(page)

    def lines(self) -> Iterator[str]:
        """One line each."""
        for what, pages in self.pages.items():
            yield f"{pages_told(pages)}: {what}"


@dataclass(slots=True)
class _Reading:
    """What has been read of a document so far."""

    name: str
    limits: Limits
    sheets: list[Sheet] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    notes: _Notes = field(default_factory=_Notes)
    characters: int = 0


def extract_pdf(data: bytes, name: str, limits: Limits) -> Extract:
    """The text of a PDF, its recognised pages, and notes on what was left out.

    Raises InputError where it is damaged, locked by a password, larger than `limits` allow, without text, or made of
    pictures while the extra that recognises them is not installed.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError:
        raise InputError(name, "is a PDF, which needs the extra fatu[files]", how_to_get("files")) from None
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refused(name, error) from None
    reading = _Reading(name, limits)
    try:
        count = len(document)
        if count > limits.pages:
            raise InputError(name, f"has {count} pages, more than {limits.pages}", "give one report a file")
        for index in range(count):
            _read_page(document, index, reading)
        attached = document.count_attachments()
    except pdfium.PdfiumError as error:
        raise InputError(name, f"is damaged ({error})", "save it again from where it came") from None
    finally:
        document.close()
    pieces, left_out = compose_text(reading.sheets)
    if not pieces:
        raise InputError(name, "has no text on any page", "give a PDF with text or scanned pages")
    notes = [*left_out, *reading.notes.lines()]
    if attached:
        notes.append(f"{attached} file{'s' if attached > 1 else ''} attached to it not read")
    return Extract(pieces, tuple(reading.pages), notes=tuple(notes))


def _refused(name: str, error: pdfium.PdfiumError) -> InputError:
    import pypdfium2.raw as pdfium_c

    match getattr(error, "err_code", None):
        case pdfium_c.FPDF_ERR_PASSWORD:
            return InputError(name, "is locked by a password", "save it without one")
        case pdfium_c.FPDF_ERR_SECURITY:
            return InputError(name, "is locked in a way that is not known", "save it without protection")
    return InputError(name, "is no PDF, or is damaged", "save it again from where it came")


def _read_page(document: pdfium.PdfDocument, index: int, reading: _Reading) -> None:
    from .pages import read_drawn
    from .paper import measure_paper

    number = index + 1
    page = document[index]
    try:
        paper = measure_paper(page, number)
        if not 0 < paper.width <= _MAX_SIDE * 100 or not 0 < paper.height <= _MAX_SIDE * 100:
            size = f"{paper.width // 100} × {paper.height // 100}"
            raise InputError(
                reading.name, f"page {number} measures {size} points", "print it to a usual size"
            )
        drawn = read_drawn(page, paper)
        if drawn.shapes.pixels > reading.limits.pixels:
            problem = f"page {number} has a picture of {drawn.shapes.pixels} pixels, more than {reading.limits.pixels}"
            raise InputError(reading.name, problem, "scan it at 300 dpi or less")
        reading.characters += drawn.characters
        if reading.characters > reading.limits.characters:
            problem = f"has more than {reading.limits.characters} characters"
            raise InputError(reading.name, problem, "give one report a file")
        if _is_picture(drawn, paper):
            _recognise(page, paper, drawn, reading)
        else:
            _compose(drawn, paper, reading)
    finally:
        page.close()


def _is_picture(drawn: Drawn, paper: Paper) -> bool:
    """Whether a page is to be read from its picture: it has no text, or none to rely on."""
    if drawn.characters == 0:
        return not drawn.shapes.is_blank
    if drawn.unknown * 100 > drawn.characters * _MUCH_UNKNOWN:
        return True
    return drawn.characters <= _LITTLE_TEXT and _covered(drawn, paper) >= _COVERING


def _covered(drawn: Drawn, paper: Paper) -> int:
    """Percent of a page that its largest picture covers."""
    view = paper.view()
    areas = (
        max(0, min(p.right, view.width) - max(p.left, 0)) * max(0, min(p.bottom, view.height) - max(p.top, 0))
        for p in drawn.shapes.pictures
    )
    return max(areas, default=0) * 100 // (view.width * view.height)


def _compose(drawn: Drawn, paper: Paper, reading: _Reading) -> None:
    """A page with text: what is written in each direction, one after the other."""
    for view, glyphs in drawn.texts:
        rules = [view.read_rect(rule) for rule in drawn.shapes.rules]
        reading.sheets.append(make_sheet(glyphs, rules, view))
    _tell(drawn, paper, reading.notes)


def _tell(drawn: Drawn, paper: Paper, notes: _Notes) -> None:
    """What is not clear on a page with text, or is not read."""
    if drawn.invisible:
        notes.add(paper.number, "the text is an invisible layer, recognised by the software that scanned it")
    if drawn.unknown:
        notes.add(paper.number, "characters whose meaning the file does not tell are read as \ufffd")
    if drawn.private:
        codes = " ".join(f"U+{ord(character):04X}" for character in drawn.private[:_SHOWN])
        notes.add(paper.number, f"characters that only their font has a meaning for: {codes}")
    if drawn.shapes.unmeasured:
        notes.add(
            paper.number, "single characters may be missing, whose font is neither in the file nor installed"
        )
    if drawn.doubled:
        notes.add(paper.number, "characters that are printed twice (for bold) are read once")
    if drawn.outside:
        notes.add(paper.number, f"left out what is beyond the edges of the page: “{drawn.outside[:_SHOWN]}”")
    if drawn.askew:
        notes.add(paper.number, f"left out what is written aslant: “{drawn.askew[:_SHOWN]}”")
    if drawn.annotations:
        notes.add(paper.number, "stamps, comments or form fields on it are not read")
    if not drawn.invisible and _covered(drawn, paper) >= _LARGE_PICTURE:
        notes.add(paper.number, "text in its pictures, if any, is not read")


def _recognise(page: pdfium.PdfPage, paper: Paper, drawn: Drawn, reading: _Reading) -> None:
    """A page without text to rely on, read from its picture. What it has of text is used where that cannot be done."""
    from ..scan import is_installed, recognise

    if drawn.characters and not is_installed():
        reading.notes.add(paper.number, "its picture is not read, for which the extra fatu[ocr] is needed")
        _compose(drawn, paper, reading)
        return
    view = paper.view()
    side = max(view.width, view.height)
    scale = min(_DPI / 72, _MAX_PIXELS * 100 / side)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    if picture.getcolors(1):  # of one colour throughout
        return
    recognised = recognise(picture, view, reading.name)
    reading.sheets.append(recognised.sheet)
    reading.pages.append(recognised.page)
    reading.notes.add(paper.number, "recognised from its picture")
    for note in recognised.notes:
        reading.notes.add(paper.number, note)
