"""Source → Outline: frame, heading tree and clauses of a report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from ..model import Clause, Fold, Outline, Overrides, Section, Source, Span
from .clauses import Cut, cut_cells, cut_clauses
from .headings import ITEM_LEVEL, Heading, as_items, find_headings, find_unnumbered
from .metadata import Line, read_frame, read_lines
from .normalise import fold, folded_offset, folded_text
from .tables import Sheet, find_tables, first_table_line
from .wrapping import join_wrapped

__all__ = ["fold", "folded_offset", "folded_text", "outline"]


def outline(source: Source, overrides: Overrides | None = None) -> Outline:
    """Read the frame (title, issuer, dates), the tree of numbered headings and the clauses of a text.

    What `overrides` states wins over the text. Never fails: a text without a frame has empty metadata.
    """
    folded = join_wrapped(source.text, fold(source.text))
    lines = read_lines(folded.text)
    frame = read_frame(folded, lines, overrides or Overrides())
    within = range(first_table_line(folded, lines, frame.first), frame.last)
    body = lines[within.start : within.stop]
    sheet = find_tables(folded, lines, within)
    plain = [line for index, line in zip(within, body, strict=True) if index not in sheet.rows]
    end = body[-1].end if body else 0
    headings = as_items(folded.text, _headings(folded.text, plain), end)
    sections = _section_tree(folded, headings, end)
    return Outline(
        source=source,
        fold=folded,
        metadata=frame.metadata,
        sections=sections,
        clauses=_clauses(folded, lines, within, (headings, sections, sheet)),
        body=folded.span(body[0].start, body[-1].end) if body else Span(0, 0),
        tables=sheet.tables,
    )


def _headings(text: str, paragraphs: list[Line]) -> list[Heading]:
    """All headings in order: the numbered ones, and the titles of paragraphs between them that have no number."""
    headings: list[Heading] = []
    run: list[tuple[int, int]] = []
    found: list[Heading] = []

    above = 0

    def close() -> None:
        headings.extend(find_unnumbered(text, run, min(above + 1, ITEM_LEVEL - 1)))
        headings.extend(found)
        run.clear()
        found.clear()

    for line in paragraphs:
        inner = list(find_headings(text, line.start, line.end))
        if any(not heading.is_item for heading in inner):
            close()
            headings.extend(inner)
            above = next(heading.level for heading in reversed(inner) if not heading.is_item)
        elif line.start < line.end:
            run.append((line.start, line.end))
            found.extend(inner)
    close()
    return sorted(headings, key=lambda heading: heading.start)


def _section_tree(folded: Fold, headings: list[Heading], end: int) -> tuple[Section, ...]:
    """Nest headings by level. A number that its parent already has (numbering that starts again, or two kinds
    of number under one heading) takes the next free one, so that paths stay unique."""
    paths: list[tuple[int, ...]] = []
    ends = [end] * len(headings)
    open_headings: list[int] = []
    highest: dict[tuple[int, ...], int] = {}
    taken: set[tuple[int, ...]] = set()
    for index, heading in enumerate(headings):
        while open_headings and headings[open_headings[-1]].level >= heading.level:
            ends[open_headings.pop()] = heading.start
        parent = paths[open_headings[-1]] if open_headings else ()
        number = heading.number
        if (*parent, number) in taken:
            number = highest[parent] + 1
        highest[parent] = max(number, highest.get(parent, 0))
        path = (*parent, number)
        taken.add(path)
        paths.append(path)
        open_headings.append(index)
    return tuple(
        Section(
            path=path,
            level=heading.level,
            span=folded.span(heading.start, heading.end),
            title=heading.title,
            end=folded.span(heading.start, stop).end,
            run_in=heading.run_in,
            is_item=heading.is_item,
        )
        for heading, path, stop in zip(headings, paths, ends, strict=True)
    )


def _clauses(
    folded: Fold,
    lines: tuple[Line, ...],
    body: range,
    tree: tuple[list[Heading], tuple[Section, ...], Sheet],
) -> tuple[Clause, ...]:
    headings, sections, sheet = tree
    starts = [h.start for h in headings]
    titles = [h for h in headings if not h.is_item]
    title_starts = [h.start for h in titles]
    clauses: list[Clause] = []
    sentence = 0

    def add(cuts: Iterable[Cut], block: int, in_body: bool) -> None:
        nonlocal sentence
        for cut in cuts:
            if cut.start < cut.end:
                section = bisect_right(starts, cut.start) - 1
                clauses.append(
                    Clause(
                        span=folded.span(cut.start, cut.end),
                        text=folded.text[cut.start : cut.end],
                        sentence=sentence,
                        section=sections[section].path if in_body and section >= 0 else (),
                        block=block,
                        kind="body" if in_body else "frame",
                    )
                )
            sentence += cut.ends_sentence

    for block, line in enumerate(lines):
        in_body, start = block in body, line.start
        if block in sheet.rows:
            add(cut_cells(folded, sheet.rows[block]), block, in_body)
            continue
        first, last = bisect_left(title_starts, line.start), bisect_left(title_starts, line.end)
        for title in titles[first:last] if in_body else ():
            add(cut_clauses(folded.text, start, title.start), block, in_body)
            path = sections[bisect_right(starts, title.start) - 1].path
            text = folded.text[title.start : title.end]
            clauses.append(
                Clause(folded.span(title.start, title.end), text, sentence, path, block, "heading")
            )
            sentence += 1
            start = title.end
        add(cut_clauses(folded.text, start, line.end), block, in_body)
    return tuple(clauses)
