"""A page set in lines: what each line is made of, and which elements it is in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from ..text import IDEOGRAPH

SPACE = " \t\n\r\f"
"""White space of HTML; no-break and wide spaces are characters."""
EDGES = SPACE + "\xa0\u3000\u2002\u2003\u2009\u200b\ufeff"
"""What an indent is made of, of which a text has none."""
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Block:
    """An element that begins and ends a line."""

    tag: str
    parent: int
    """Index of the block that it is in; -1 for the page."""
    path: str
    names: tuple[str, ...] = ()
    """Its id and its classes."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line."""

    text: str
    block: int = -1
    """Index of the block whose text it is; -1 for what the page does not write: numbers of lists, bars between
    cells."""
    is_linked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line as shown, without the spaces at its ends."""

    runs: tuple[Run, ...]
    text: str
    block: int
    table: int = -1
    """Index of the table of data that it is a row of."""

    @property
    def is_linked(self) -> bool:
        """Whether most of it leads elsewhere."""
        linked = sum(len(run.text.strip(EDGES)) for run in self.runs if run.is_linked)
        return linked * 2 > len(self.text)

    @property
    def is_link(self) -> bool:
        """Whether no word of it stands outside of links: at most marks and a date do."""
        words = (run for run in self.runs if IDEOGRAPH.search(run.text))
        linked = [run.is_linked for run in words]
        return bool(linked) and all(linked)


def make_line(runs: Iterable[Run], block: int, table: int = -1) -> Line:
    """A line of runs."""
    kept = tuple(runs)
    return Line(kept, "".join(run.text for run in kept), block, table)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a page shows of another file: a link to it, a frame, a picture."""

    line: int
    """Index of the line that it is in, or before which it stands."""
    address: str


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of a page, and the blocks that they are in, both as they follow each other."""

    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    links: tuple[Reference, ...]
    frames: tuple[Reference, ...]
    pictures: tuple[Reference, ...]
    hidden: int
    """Elements with text that are not shown."""


def trim(runs: Sequence[Run]) -> list[Run]:
    """Runs without the spaces at the ends of the line that they are."""
    first, last = 0, len(runs)
    while first < last and not runs[first].text.strip(EDGES):
        first += 1
    while last > first and not runs[last - 1].text.strip(EDGES):
        last -= 1
    kept = list(runs[first:last])
    if kept:
        kept[0] = Run(kept[0].text.lstrip(EDGES), kept[0].block, kept[0].is_linked)
        kept[-1] = Run(kept[-1].text.rstrip(EDGES), kept[-1].block, kept[-1].is_linked)
    return kept


def name_step(tag: str, number: int, position: int) -> str:
    """The step of an XPath to a child: the `number`-th of its name, or by its position where XPath has no such name."""
    if not _NAME.fullmatch(tag):
        return f"*[{position}]"
    return f"{tag}[{number}]"


def single_parts(root: HtmlElement) -> tuple[str, ...]:
    """The names of the great parts of a page, of which nearly every page has one: their steps need no number."""
    counts = Counter(element.tag for element in root.iter("html", "head", "body"))
    return tuple(tag for tag, count in counts.items() if count == 1)


def path_of(element: HtmlElement) -> str:
    """XPath of an element."""
    single = single_parts(element.getroottree().getroot())
    steps: list[str] = []
    child: HtmlElement | None = element
    while child is not None:
        before = [sibling.tag for sibling in child.itersiblings("*", preceding=True)]
        step = name_step(child.tag, before.count(child.tag) + 1, len(before) + 1)
        steps.append(child.tag if child.tag in single else step)
        child = child.getparent()
    return "/".join(["", *reversed(steps)])


def ancestors(blocks: Sequence[Block], block: int) -> Iterator[int]:
    """A block and those that it is in, from within."""
    while block >= 0:
        yield block
        block = blocks[block].parent
