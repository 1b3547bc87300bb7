"""Where on a page its text is: the smallest element with four fifths of the page's sentences that are no links, in what
is not marked as navigation and the like; or more, where another program takes that for the text, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from ...lexicon.page_words import load_page_words
from .head import squeeze
from .kinds import LineKind, is_document, join_keys, part_keys, stated_fields, tell_line
from .page import Block, PageText, ancestors

_CHROME_TAGS = frozenset(("nav", "footer", "aside", "menu", "header", "dialog"))
_CELLS = ("td", "th", "dt")
_ROWS = ("td", "th", "tr", "tbody", "li", "dd")
_PARAGRAPHS = ("p", "table", "center", "blockquote", "pre")
TEXT_KINDS = ("metadata", "dated", "short", "running", "row")
"""Kinds of lines that may be of a report."""
_AROUND = ("link", "crumb", "site", "end")
_MANY_LINKS = 3
_FEW = 300
"""Characters of sentences that may as well be a notice of the site."""
_MAX_OUTSIDE = 50


class SortedPage:
    """The lines of a page with what each is, and which of them are in the element that holds the text. `titles` are
    what the head of the page tells of the title; `opinion` is asked for the text as another program sees it, without
    white space, where sentences stand apart."""

    def __init__(self, page: PageText, titles: Sequence[str], opinion: Callable[[], str]) -> None:
        is_cell = [page.blocks[line.block].tag in _CELLS for line in page.lines]
        joined = list(join_keys(page.lines, is_cell))
        self.page, self.blocks = page, page.blocks
        self.lines = [part_keys(line) for line, _ in joined]
        self._index = [index for index, (_, count) in enumerate(joined) for _ in range(count)]
        self.titles = frozenset(map(squeeze, titles))
        self._opinion = opinion
        found = (self.line_at(link.line) for link in page.links if is_document(link.address))
        self.attached = frozenset(index for index in found if index is not None)
        """Lines with a link to a document."""
        self.kinds: list[LineKind] = [
            "short" if index in self.attached or squeeze(line.text) in self.titles else tell_line(line)
            for index, line in enumerate(self.lines)
        ]
        self.weights = [
            len(line.text) if kind in ("running", "row") else 0
            for line, kind in zip(self.lines, self.kinds, strict=True)
        ]

    # ------------------------------------------------------------------------------------------- the text

    def _sums(self, weights: Sequence[int]) -> list[int]:
        """Weight of each block with all that is in it."""
        sums = [0] * len(self.blocks)
        for line, weight in zip(self.lines, weights, strict=True):
            sums[line.block] += weight
        for index in range(len(self.blocks) - 1, 0, -1):
            sums[self.blocks[index].parent] += sums[index]
        return sums

    @cached_property
    def chrome(self) -> list[bool]:
        """Whether a line is in an element that is marked as navigation, footer, buttons; an element with most of the
        text, the title or metadata is not what its name says."""
        sums = self._sums(self.weights)
        told = self._sums([self._tells(index) for index in range(len(self.lines))])
        titled = self._sums([squeeze(line.text) in self.titles for line in self.lines])
        links = self._sums([kind == "link" for kind in self.kinds])
        within: list[bool] = []
        for index, block in enumerate(self.blocks):
            tells = told[index] or (titled[index] and links[index] < _MANY_LINKS)
            marked = _is_chrome(block) and sums[index] * 2 <= sums[0] and not tells
            within.append(marked or (block.parent >= 0 and within[block.parent]))
        return [within[line.block] for line in self.lines]

    def _tells(self, index: int) -> bool:
        if self.kinds[index] != "metadata":
            return False
        return any(field != "none" for field in stated_fields(self.lines[index].text))

    @cached_property
    def ends(self) -> list[int]:
        """For each block the index of the next that is not in it."""
        ends = [index + 1 for index in range(len(self.blocks))]
        for index in range(len(self.blocks) - 1, 0, -1):
            parent = self.blocks[index].parent
            ends[parent] = max(ends[parent], ends[index])
        return ends

    def _range(self, block: int) -> range:
        """Lines of a block."""
        inside = [i for i, line in enumerate(self.lines) if block <= line.block < self.ends[block]]
        return range(inside[0], inside[-1] + 1) if inside else range(0)

    @cached_property
    def main(self) -> range:
        """The lines of the element that holds the text, and of paragraphs beside it."""
        weights = [0 if chrome else w for w, chrome in zip(self.weights, self.chrome, strict=True)]
        sums = self._sums(weights)
        named = self._named()
        if not sums[0]:
            return self._range(named if named is not None else 0)
        main = max(index for index, weight in enumerate(sums) if weight * 5 >= sums[0] * 4)
        if named is not None and (named <= main < self.ends[named] or not main <= named < self.ends[main]):
            main = named if named <= main or sums[main] < _FEW else main
        main = self._container(main, weights)
        own = self._range(main)
        outside = [i for i, weight in enumerate(weights) if weight and i not in own]
        if sum(weights[i] for i in outside) * 20 > sums[0]:
            main = self._widened(main, outside)
        return self._before_the_end(self._with_neighbours(main), weights)

    def _before_the_end(self, lines: range, weights: Sequence[int]) -> range:
        """Lines of a text without those behind the heading of what follows on the page, where these are few."""
        left, whole = 0, sum(weights[i] for i in lines)
        stop = lines.stop
        for index in reversed(lines):
            left += weights[index]
            if left * 20 > whole:
                break
            if self.kinds[index] == "end" and not self.chrome[index]:
                stop = index
        return range(lines.start, stop)

    def _container(self, main: int, weights: Sequence[int]) -> int:
        """The element around a paragraph that is most of a text, unless what else is in that is mostly links."""
        sentences = self._sums(list(map(bool, weights)))
        others = self._sums([not chrome for chrome in self.chrome])
        links = self._sums([k in _AROUND and not c for k, c in zip(self.kinds, self.chrome, strict=True)])
        while sentences[main] < 2 and self.blocks[main].parent >= 0:
            parent = self.blocks[main].parent
            if self.ends[main] > main + 1 and self.blocks[main].tag not in _ROWS:
                break
            if (links[parent] - links[main]) * 2 > others[parent] - others[main]:
                break
            main = parent
        return main

    def _with_neighbours(self, main: int) -> range:
        """Lines of an element, and those of a few words (headings, a signature) right before or behind it."""
        lines = self._range(main)
        start, stop, parent = lines.start, lines.stop, self.blocks[main].parent
        while start > 0 and self._is_paragraph(start - 1, parent):
            start -= 1
        while stop < len(self.lines) and self._is_paragraph(stop, parent):
            stop += 1
        return range(start, stop)

    def _is_paragraph(self, index: int, parent: int) -> bool:
        block = self.blocks[self.lines[index].block]
        is_beside = block.parent == parent and block.tag in _PARAGRAPHS
        return is_beside and self.kinds[index] in ("metadata", "dated", "short") and not self.chrome[index]

    def _named(self) -> int | None:
        """The element that is named as those which hold articles are, and has something to show."""
        words = load_page_words()
        sums = self._sums(
            [
                0 if self.chrome[i] or self.kinds[i] == "control" else len(line.text)
                for i, line in enumerate(self.lines)
            ]
        )
        named = [
            i for i, block in enumerate(self.blocks) if sums[i] and any(map(words.is_content, block.names))
        ]
        return max(named, key=lambda i: (sums[i], -i), default=None)

    def _widened(self, main: int, outside: list[int]) -> int:
        """The smallest element around the text and the sentences outside of it that another program takes for part of
        it, unless that is mostly links."""
        told = self._opinion()
        kept = [
            i
            for i in (*outside[:_MAX_OUTSIDE], *outside[-_MAX_OUTSIDE:])
            if squeeze(self.lines[i].text) in told
        ]
        if not told or not kept:
            return main
        around = [set(ancestors(self.blocks, self.lines[i].block)) for i in (kept[0], kept[-1])]
        wide = next(b for b in ancestors(self.blocks, main) if all(b in each for each in around))
        own = self._range(main)
        added = [i for i in self._range(wide) if i not in own]
        links = sum(self.chrome[i] or self.kinds[i] in _AROUND for i in added)
        return wide if links * 5 <= len(added) else main

    def line_at(self, index: int) -> int | None:
        """Where a line of the page is now that keys and values are together; None behind the last."""
        return self._index[index] if index < len(self._index) else None


def _is_chrome(block: Block) -> bool:
    return block.tag in _CHROME_TAGS or any(map(load_page_words().is_chrome, block.names))
