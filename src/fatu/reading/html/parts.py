"""Which lines of a page are the report: its title, what the page says of it, its text; the rest is the site's.

In the element that holds the text (`main`) everything is kept but what is surely the site's; of what is around it
only the title and the lines that tell of the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...lexicon.frame_words import report_words
from ...lexicon.marks import fold_marks
from ...lexicon.page_words import load_page_words
from .head import squeeze
from .kinds import (
    cut_controls,
    has_date,
    is_dated,
    stated_fields,
)
from .lists import is_numbered
from .main import TEXT_KINDS, SortedPage
from .page import Line, PageText

_MIN_LINKS = 3
"""Lines of links, one after the other, that are a list of links within a text."""
_MAX_AFTER = 12
"""Lines after the element with the text in which a signature may stand."""
_MAX_OVER = 5
"""Lines over the title within the same element: whose document it is, its number."""
_MAX_SIGNATURE = 30
_MAX_TITLE = 120
_MAX_TITLE_LINES = 4
_MIN_TITLE = 4
_MIN_REPORT_TITLE = 10
_MIN_LOOK = 20


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page was cut into."""

    title: tuple[Line, ...]
    about: tuple[Line, ...]
    """Lines of metadata and whatever else stands between title and text."""
    body: tuple[Line, ...]
    left: tuple[Line, ...]
    """Lines that are the site's, as far as they may tell something."""
    paragraphs: tuple[Line, ...]
    """Sentences outside of the text, left out."""
    sentences: bool
    """Whether its text has a sentence or a row of a table."""
    has_text: bool
    """Whether there is a text besides title and metadata."""
    has_pages: bool
    """Whether the page says that its text goes on in another."""
    links: tuple[tuple[str, str], ...]
    """Line and address of the links in the text."""
    frames: tuple[str, ...]
    pictures: int


def find_parts(page: PageText, titles: Sequence[str], opinion: Callable[[], str]) -> Parts:
    """The parts of a page. `titles` are those that its head tells; `opinion` is asked for the text of the page as
    another program sees it, without white space, where sentences stand apart."""
    return _Finder(SortedPage(page, titles, opinion), page).parts()


class _Finder:
    def __init__(self, sorted_page: SortedPage, page: PageText) -> None:
        self.page, self.sorted = page, sorted_page
        self.lines, self.kinds, self.blocks = sorted_page.lines, sorted_page.kinds, page.blocks
        self.weights, self.chrome, self.main = sorted_page.weights, sorted_page.chrome, sorted_page.main

    # ------------------------------------------------------------------------------------------ the frame

    @cached_property
    def first(self) -> int:
        """The first line of the text that is a sentence or a row."""
        told = (i for i in self.main if self.weights[i] and not self.chrome[i])
        return next(told, self.main.stop)

    @cached_property
    def last(self) -> int:
        """The last such line."""
        told = (i for i in reversed(self.main) if self.weights[i] and not self.chrome[i])
        return next(told, self.main.start - 1)

    @cached_property
    def title(self) -> range:
        """The lines of the title, where the page shows it: the first that the head of the page states; else what is set
        as a title nearest to the text, without links or sentences between; else what stands right above the text."""
        limit = self.first if self.has_sentences else self.main.stop
        for index in range(limit):
            stated = self._stated_title(index, limit)
            if stated:
                return stated
        near = range(self._barrier + 1, limit)
        found = self._best_title(near)
        if found < 0:
            above = [i for i in near if i < self.main.start and self._title_score(i) >= 0]
            found = above[0] if above and above[0] >= self.main.start - _MAX_OVER else -1
        if found < 0:
            found = self._best_title(range(near.start))
        return self._whole_title(found, limit) if found >= 0 else range(0)

    @cached_property
    def _barrier(self) -> int:
        """The nearest line above the text behind which its title hardly is: a sentence, the way through the site, or a
        second link; -1 where there is none."""
        links = 0
        for index in range((self.first if self.has_sentences else self.main.stop) - 1, -1, -1):
            kind, is_chrome = self.kinds[index], self.chrome[index]
            links += kind == "link" and not is_chrome
            if kind == "crumb" or links > 1 or (kind in ("running", "row", "end") and not is_chrome):
                return index
        return -1

    def _best_title(self, lines: range) -> int:
        """The last of the lines that are most surely a title; -1 where none is."""
        scores = [(score, index) for index in lines if (score := self._title_score(index)) > 0]
        return max(scores, default=(0, -1))[1]

    def _stated_title(self, index: int, limit: int) -> range:
        """The lines from here that together are a title which the head of the page states."""
        written = ""
        for stop in range(index, min(index + _MAX_TITLE_LINES, limit)):
            if self.kinds[stop] != "short" or self.chrome[stop]:
                break
            written += squeeze(self.lines[stop].text)
            if written in self.sorted.titles:
                return range(index, stop + 1)
        return range(0)

    def _whole_title(self, found: int, limit: int) -> range:
        """A line of a title with the others of the element that it is in."""
        start, stop, block = found, found + 1, self.lines[found].block
        while start > max(found - _MAX_TITLE_LINES, 0) and self._goes_with(start - 1, block):
            start -= 1
        while stop < min(found + _MAX_TITLE_LINES, limit) and self._goes_with(stop, block):
            if self._title_score(stop) <= 0:
                break
            stop += 1
        return range(start, stop)

    def _goes_with(self, index: int, block: int) -> bool:
        line = self.lines[index]
        return line.block == block and self.kinds[index] == "short" and not is_dated(line.text)

    @property
    def has_sentences(self) -> bool:
        return self.first < self.main.stop

    def _title_score(self, index: int) -> int:
        """How surely a line is a title: 3 for a heading of the first level or an element so named, 2 for another
        heading, and 3 for the words of a report's title (1 if it is short); -1 where it is none."""
        line = self.lines[index]
        length = len(line.text)
        if self.chrome[index] or self.kinds[index] != "short" or not _MIN_TITLE <= length <= _MAX_TITLE:
            return -1
        if is_numbered(line.text) or index in self.sorted.attached:
            return -1
        block = self.blocks[line.block]
        score = 0
        if block.tag == "h1" or any(map(load_page_words().is_title, (*block.names, block.tag))):
            score = 3
        elif block.tag in ("h2", "h3"):
            score = 2
        if report_words().search(line.text):
            score += 3 if length >= _MIN_REPORT_TITLE else 1
        return score

    def _about(self) -> list[int]:
        """Lines before the text that tell of the report: those between title and text; above both, metadata and what is
        set as a title, too."""
        top = self.title.start if self.title else self.main.start
        above: list[int] = []
        for index in range(min(top, self.main.start) - 1, -1, -1):
            is_heading = self._title_score(index) > 1 and index > self._barrier
            if is_heading or (self.kinds[index] == "metadata" and not self.chrome[index]):
                above += [index] if self._is_about(index) else []
            elif self.kinds[index] != "control":
                break
        below = range(self.title.stop, self.main.start) if self.title else range(0)
        return [*reversed(above), *(i for i in below if self._is_about(i))]

    def _is_about(self, index: int) -> bool:
        if self.kinds[index] == "metadata" and not stated_fields(self.lines[index].text):
            return False
        return self.kinds[index] in TEXT_KINDS and not self.chrome[index]

    # ------------------------------------------------------------------------------------------- the body

    def _body(self) -> list[int]:
        """Lines of the text: all that are not the site's."""
        kept = [i for i in range(self.main.start, self.first) if self._is_about(i) or self._is_attached(i)]
        inside = range(self.first, self.last + 1)
        linked = self._link_lists(inside)
        kept += [i for i in inside if not self.chrome[i] and self.kinds[i] != "control" and i not in linked]
        return [i for i in [*kept, *self._tail()] if i not in self.title]

    def _link_lists(self, inside: range) -> set[int]:
        found: set[int] = set()
        run: list[int] = []
        for index in [*inside, inside.stop]:
            if index < inside.stop and self.lines[index].is_link and not self._is_attached(index):
                run.append(index)
                continue
            if len(run) >= _MIN_LINKS:
                found.update(run)
            run = []
        return found

    def _tail(self) -> Iterator[int]:
        """Lines after the last sentence: date of signature, notes, attachments, up to where the site goes on."""
        after = max(self.last + 1, self.first if self.has_sentences else self.main.stop)
        for index in range(after, self.main.stop):
            if self.kinds[index] == "end":
                return
            if self._is_attached(index) or self._is_about(index) or self._is_stamp(index):
                yield index
        for index in range(max(after, self.main.stop), min(self.main.stop + _MAX_AFTER, len(self.lines))):
            kind, line = self.kinds[index], self.lines[index]
            if self.chrome[index] or kind in ("control", "credit"):
                continue
            is_signature = is_dated(line.text) or (
                kind == "short"
                and len(line.text) <= _MAX_SIGNATURE
                and index + 1 < len(self.lines)
                and is_dated(self.lines[index + 1].text)
            )
            tells = kind == "metadata" and set(stated_fields(line.text)) - {"none"}
            if not (is_signature or tells or self._is_stamp(index)):
                return
            yield index

    def _is_stamp(self, index: int) -> bool:
        """Whether the site says in a line when it made the page."""
        return self.kinds[index] == "site" and has_date(self.lines[index].text) and not self.chrome[index]

    def _is_attached(self, index: int) -> bool:
        """Whether a line names what is attached to the report, or links to a document."""
        named = load_page_words().attached.match(fold_marks(self.lines[index].text[:_MIN_LOOK]))
        return (bool(named) or index in self.sorted.attached) and not self.chrome[index]

    # ------------------------------------------------------------------------------------------- together

    def parts(self) -> Parts:
        about, body = self._about(), self._body()
        repeated = self._repeated([i for i in (*about, *body) if self.title and i >= self.title.stop])
        shown = [i for i in (*about, *body) if i not in repeated]
        over = [
            i
            for i in shown
            if self.title.start - _MAX_OVER <= i < self.title.start and self.kinds[i] == "short"
        ]
        shown = [i for i in shown if i not in over]
        until = max((n for n, i in enumerate(shown) if i < self.first and self._tells(i)), default=-1) + 1
        about, body = shown[:until], shown[until:]
        kept = {*over, *self.title, *shown}
        left = [i for i in range(len(self.lines)) if i not in kept]
        return Parts(
            title=tuple(self.lines[i] for i in (*over, *self.title)),
            about=_distinct(self._shown(i) for i in about),
            body=tuple(self._shown(i) for i in body),
            left=tuple(self.lines[i] for i in left if not self.weights[i] or self.chrome[i]),
            paragraphs=tuple(self.lines[i] for i in left if self.weights[i] and not self.chrome[i]),
            sentences=self.has_sentences,
            has_text=any(not self._tells(i) for i in shown),
            has_pages=any(self._is_pager(i) for i in left if i >= self.last),
            links=tuple(self._links(kept)),
            frames=tuple(frame.address for frame in self.page.frames if self._is_inside(frame.line)),
            pictures=sum(self._is_inside(picture.line) for picture in self.page.pictures),
        )

    def _tells(self, index: int) -> bool:
        """Whether a line tells of the report."""
        return self.kinds[index] in ("metadata", "dated")

    def _shown(self, index: int) -> Line:
        """A line of the text; of one that tells of the report, without the buttons that are set into it."""
        is_inside = self.first <= index <= self.last
        return cut_controls(self.lines[index]) if self._tells(index) and not is_inside else self.lines[index]

    def _links(self, kept: set[int]) -> Iterator[tuple[str, str]]:
        """Links in the text, and those to documents that stand beside it."""
        near = range(self.title.start if self.title else self.main.start, self.main.stop + _MAX_AFTER)
        for link in self.page.links:
            index = self.sorted.line_at(link.line)
            if index is not None and (index in kept or (index in near and self._is_attached(index))):
                yield self.lines[index].text, link.address

    def _repeated(self, below: list[int]) -> set[int]:
        """Lines under the title that say it once more before the text begins."""
        wanted = squeeze("".join(self.lines[i].text for i in self.title))
        written = ""
        found: set[int] = set()
        for index in below:
            if self._tells(index):
                continue
            written += squeeze(self.lines[index].text)
            found.add(index)
            if not wanted.startswith(written) or index >= self.first:
                return set()
            if written == wanted:
                return found
        return set()

    def _is_pager(self, index: int) -> bool:
        pager = load_page_words().pager
        return bool(pager.search(fold_marks(self.lines[index].text[:100]))) and self.lines[index].is_linked

    def _is_inside(self, line: int) -> bool:
        """Whether what stands before a line is within the text."""
        index = self.sorted.line_at(line)
        return self.main.start <= (len(self.lines) if index is None else index) <= self.main.stop


def _distinct(lines: Iterator[Line]) -> tuple[Line, ...]:
    """Lines without those that say the same again, as where a page has a head for telephones."""
    kept: dict[str, Line] = {}
    for line in lines:
        kept.setdefault(squeeze(line.text), line)
    return tuple(line for text, line in kept.items() if text)
