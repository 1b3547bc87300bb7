"""A page as lines of text, broken and spaced as a browser sets them, each character with the element it is from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from ...lexicon.page_words import load_page_words
from .lists import Numbering, is_numbered
from .page import (
    EDGES,
    SPACE,
    Block,
    Line,
    PageText,
    Reference,
    Run,
    make_line,
    name_step,
    single_parts,
    trim,
)
from .styles import NOT_TEXT, hidden_selectors, keeps_breaks, read_style, tell_display
from .tables import Cell, find_data_tables, lay_out, read_span

_SPACES = re.compile(rf"[{SPACE}]+")
_WIDE = "\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U000323af"
_BREAK_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\n\r][{SPACE}]*(?=[{_WIDE}])")
_IS_WIDE = re.compile(rf"[{_WIDE}]")
_BAR = re.compile(r"[|│┃\t]")
_MAX_NAME = 500
MAX_DEPTH = 100
"""Of a path; what is nested deeper has the path of the element at this depth that it is in."""


def set_lines(root: HtmlElement, limit: int, hidden_too: bool = False) -> PageText:
    """The text of a page that is shown, or with `hidden_too` what it hides as well. Raises OverflowError where that is
    more than `limit` characters."""
    setter = _Setter(root, limit, hidden_too)
    setter.walk()
    return PageText(
        tuple(setter.lines),
        tuple(setter.blocks),
        tuple(setter.links),
        tuple(setter.frames),
        tuple(setter.pictures),
        setter.hidden,
    )


@dataclass(slots=True)
class _Open:
    """An element whose end has not come."""

    step: str
    counts: dict[str, int] = field(default_factory=dict)
    opens_block: bool = False
    is_link: bool = False
    breaks: bool | None = None
    """What held before of breaks in the source, where the element changes it."""
    numbering: Numbering | None = None


@dataclass(slots=True)
class _Table:
    """A table of data whose end has not come."""

    element: HtmlElement
    block: int
    rows: list[list[Cell[list[Run]]]] = field(default_factory=list)


class _Setter:
    """Goes through the elements of a page once."""

    def __init__(self, root: HtmlElement, limit: int, hidden_too: bool) -> None:
        self.lines: list[Line] = []
        self.blocks: list[Block] = []
        self.links: list[Reference] = []
        self.frames: list[Reference] = []
        self.pictures: list[Reference] = []
        self.hidden = 0
        self._root = root
        self._single = single_parts(root)
        self._left = limit
        self._hidden_too = hidden_too
        self._data = find_data_tables(root)
        self._selectors = hidden_selectors(style.text or "" for style in root.iter("style"))
        self._open: list[_Open] = [_Open("")]
        self._within: list[tuple[int, int]] = [(-1, 1)]
        """Open blocks: index, and how many elements are open with it."""
        self._runs: list[Run] = []
        self._gap = ""
        self._link = 0
        self._breaks = False
        self._marker = ""
        self._table: _Table | None = None

    def walk(self) -> None:
        walker = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        skipped = None
        for event, element in walker:
            if event == "start":
                if self._start(element):
                    self._write(element.text)
                else:
                    skipped = element
                    walker.skip_subtree()
                continue
            if event == "end" and element is not skipped:
                self._end(element)
            self._write(element.tail if element is not self._root else None)
        self._break()

    # ------------------------------------------------------------------------------------------ elements

    def _start(self, element: HtmlElement) -> bool:
        """Whether what is in an element is to be gone through."""
        tag = element.tag
        step = self._step(tag)
        style = read_style(element)
        display = tell_display(element, style, self._selectors)
        if self._is_hidden(element, style, display):
            self._cut()
            self.hidden += tag not in NOT_TEXT and element.text_content().strip(EDGES) != ""
            return False
        self._note(element)
        if tag in NOT_TEXT:
            self._cut()
            return False
        opened = _Open(step)
        self._open.append(opened)
        if tag == "br":
            self._break(is_soft=True)
        elif self._table is not None and element is not self._table.element:
            self._start_in_table(element, opened, display == "block")
        elif display != "inline":
            self._break()
            self._open_block(element, opened)
            if element in self._data:
                self._table = _Table(element, self._within[-1][0])
            self._number(element, style, opened)
        if tag == "a" and element.get("href") is not None:
            opened.is_link = True
            self._link += 1
        breaks = keeps_breaks(element, style)
        if breaks is not None and breaks != self._breaks:
            opened.breaks, self._breaks = self._breaks, breaks
        return True

    def _end(self, element: HtmlElement) -> None:
        opened = self._open.pop()
        self._link -= opened.is_link
        if opened.breaks is not None:
            self._breaks = opened.breaks
        if self._table is not None and element is self._table.element:
            self._end_table()
        elif self._table is not None:
            self._end_in_table(element, opened)
        elif opened.opens_block:
            self._break()
        if opened.opens_block:
            self._within.pop()
        if element.tag == "li":
            self._marker = ""

    def _is_hidden(self, element: HtmlElement, style: dict[str, str], display: str) -> bool:
        if self._hidden_too or element.tag in ("html", "body"):
            return False
        if style.get("visibility") == "hidden":
            # WeChat shows an article by a script, once it has it all.
            return not any(map(load_page_words().is_content, _names(element)))
        return display == "none"

    def _cut(self) -> None:
        if self._runs and self._runs[-1] is not _CUT:
            self._runs.append(_CUT)

    def _step(self, tag: str) -> str:
        """The step of a path that leads to the next child of this name."""
        counts = self._open[-1].counts
        counts[""] = counts.get("", 0) + 1
        counts[tag] = counts.get(tag, 0) + 1
        return tag if tag in self._single else name_step(tag, counts[tag], counts[""])

    def _open_block(self, element: HtmlElement, opened: _Open) -> None:
        parent, depth = self._within[-1]
        path = self.blocks[parent].path if parent >= 0 else ""
        if len(self._open) <= MAX_DEPTH:
            path = "/".join([path, *(each.step for each in self._open[depth:])])
        self.blocks.append(Block(element.tag, parent, path, _names(element)))
        self._within.append((len(self.blocks) - 1, len(self._open)))
        opened.opens_block = True

    def _number(self, element: HtmlElement, style: dict[str, str], opened: _Open) -> None:
        if element.tag == "ol":
            opened.numbering = Numbering(element, style)
        elif element.tag == "li":
            numbering = self._open[-2].numbering
            self._marker = numbering.next_marker(element, style) if numbering else ""

    def _note(self, element: HtmlElement) -> None:
        """Keeps what leads to other files."""
        kind, attribute = _REFERENCES.get(element.tag, ("", ""))
        address = (element.get(attribute) or "").strip() if kind else ""
        if address and not address.startswith(_NO_ADDRESS):
            references = {"link": self.links, "frame": self.frames, "picture": self.pictures}[kind]
            references.append(Reference(len(self.lines), address[:_MAX_NAME]))

    # -------------------------------------------------------------------------------------------- tables

    def _start_in_table(self, element: HtmlElement, opened: _Open, is_block: bool) -> None:
        assert self._table is not None
        if element.tag == "tr":
            self._table.rows.append([])
        elif element.tag in ("td", "th", "caption"):
            self._finish_cell()
            self._open_block(element, opened)
        elif is_block:
            self._gap = self._gap or " "

    def _end_in_table(self, element: HtmlElement, opened: _Open) -> None:
        if element.tag == "caption":
            self._finish_line()
        elif element.tag in ("td", "th"):
            self._finish_cell(element)
        elif element.tag == "tr":
            self._finish_cell()

    def _finish_cell(self, element: HtmlElement | None = None) -> None:
        """Puts what was written into a cell; what stands in a table outside of its cells is a line before it."""
        assert self._table is not None
        if element is None:
            self._finish_line()
            return
        if not self._table.rows:
            self._table.rows.append([])
        across, down = read_span(element, "colspan", 1000), read_span(element, "rowspan")
        self._table.rows[-1].append(Cell(trim(self._runs), across, down))
        self._runs, self._gap = [], ""

    def _end_table(self) -> None:
        assert self._table is not None
        self._finish_line()
        table, self._table = self._table, None
        rows = [row for row in table.rows if row]
        written = "".join(run.text for row in rows for cell in row for run in cell.content)
        opening, between, closing = ("", "\t", "") if _BAR.search(written) else ("| ", " | ", " |")
        for row in lay_out(rows, []):
            if not any(row):
                continue
            runs = [Run(opening)]
            for index, cell in enumerate(row):
                runs += [*([Run(between)] if index else []), *cell]
            self._keep(make_line([*runs, Run(closing)], table.block, table.block))

    # --------------------------------------------------------------------------------------------- lines

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self._breaks:
            first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._append(first, first)
            for other in others:
                self._break(is_soft=True)
                self._append(other, other)
            return
        core = text.strip(SPACE)
        if not core:
            self._gap += _short(text)
            return
        self._gap += _short(text[: len(text) - len(text.lstrip(SPACE))])
        self._append(core, _SPACES.sub(" ", _BREAK_BETWEEN_WIDE.sub("", core)))
        self._gap = _short(text[len(text.rstrip(SPACE)) :])

    def _append(self, core: str, shown: str) -> None:
        if not core:
            return
        written = next((run.text for run in reversed(self._runs) if run.text), "")
        if self._gap and written:
            is_within = "\n" in self._gap and _IS_WIDE.match(written[-1]) and _IS_WIDE.match(core[0])
            shown = shown if is_within else " " + shown
        self._gap = ""
        self._runs.append(Run(shown, self._within[-1][0], self._link > 0))

    def _break(self, is_soft: bool = False) -> None:
        """Ends a line; within a cell it only parts words, unless they are Chinese and a `<br>` stands between them."""
        if self._table is not None:
            self._gap += "\n" if is_soft else " "
            return
        self._finish_line()

    def _finish_line(self) -> None:
        runs = trim(self._runs)
        self._runs, self._gap = [], ""
        if not runs:
            return
        if self._marker and not is_numbered("".join(run.text for run in runs)):
            runs = [Run(self._marker), *runs]
        self._marker = ""
        self._keep(make_line(runs, max(run.block for run in runs)))

    def _keep(self, line: Line) -> None:
        self._left -= len(line.text)
        if self._left < 0:
            raise OverflowError("more text than is read")
        self.lines.append(line)


_CUT = Run("")
"""Stands where something is not shown, so that what is around it is not taken for one text."""
_NO_ADDRESS = ("#", "javascript:", "about:")
_REFERENCES = {
    "a": ("link", "href"),
    "iframe": ("frame", "src"),
    "frame": ("frame", "src"),
    "embed": ("frame", "src"),
    "object": ("frame", "data"),
    "img": ("picture", "src"),
}


def _names(element: HtmlElement) -> tuple[str, ...]:
    return tuple(f"{element.get('id') or ''} {element.get('class') or ''}"[:_MAX_NAME].split())


def _short(gap: str) -> str:
    """White space by what it does: nothing, a space, or a break."""
    return "\n" if "\n" in gap or "\r" in gap else gap[:1]
