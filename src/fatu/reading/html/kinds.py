"""What each line of a page is: a paragraph, a link, a line of metadata, a button, the way through the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from ...lexicon.frame_words import metadata_keys
from ...lexicon.marks import fold_marks
from ...lexicon.page_words import load_page_words
from .page import EDGES, Line, Run, make_line, trim
from .tables import is_key

LineKind = Literal[
    "running",
    "row",
    "metadata",
    "dated",
    "control",
    "credit",
    "crumb",
    "end",
    "loading",
    "link",
    "site",
    "short",
]

_SENTENCE = re.compile(r"[。;!?]")
_DATED = re.compile(
    r"(?:19|20)\d\d(?:-|/|\.|年 ?)\d{1,2}(?:-|/|\.|月 ?)\d{1,2}日?(?:[ T-]?\d{1,2}:\d{2}(?::\d{2})?)?(?!\d)"
)
_DOCUMENT = re.compile(
    r"\.(?:docx?|wps|pdf|xlsx?|et|pptx?|ofd|rtf|ceb|zip|rar|7z)(?:$|[?#&\s])", re.IGNORECASE
)
_BRACKETS = " \t|·/[]【】()〖〗<>,;:"
_EMPTY = re.compile(r"[\W_]*")
_LOOKED_AT = 400
_MIN_SENTENCE = 12
_MIN_CLAUSES = 30
_MAX_METADATA = 200
_MAX_DATED = 60
_MAX_SITE = 100
_KEY_WITHIN = 20


def tell_line(line: Line) -> LineKind:
    """What a line is, by its words alone."""
    words = load_page_words()
    folded = fold_marks(line.text[:_LOOKED_AT])
    if line.table >= 0:
        return "link" if line.is_linked else "row"
    if len(folded) < _MAX_METADATA and words.crumb.match(folded):
        return "crumb"
    if not cut_controls(line).text:
        return "control"
    if len(folded) < _MAX_SITE:
        if words.loading.match(folded):
            return "loading"
        if words.credit.match(folded):
            return "credit"
        if words.end.match(folded) and not _SENTENCE.search(folded):
            return "end"
    if is_metadata(folded):
        return "metadata"
    if len(folded) < _MAX_METADATA and words.site.match(folded) and not _SENTENCE.search(folded):
        return "site"
    if line.is_link or line.is_linked:
        return "link"
    if is_running(folded):
        return "running"
    return "dated" if _DATED.match(folded) and len(folded) < _MAX_DATED else "short"


def is_running(folded: str) -> bool:
    """Whether a line is a sentence or goes on like one. No title has a comma."""
    if _SENTENCE.search(folded) and len(folded) >= _MIN_SENTENCE:
        return True
    return "," in folded and len(folded) >= _MIN_CLAUSES


def is_metadata(folded: str) -> bool:
    """Whether a line opens with key:value."""
    found = metadata_keys()[0].search(folded, 0, _KEY_WITHIN + _MAX_SITE)
    return found is not None and found.start() < _KEY_WITHIN and len(folded) < _MAX_METADATA


def stated_fields(text: str) -> dict[str, str]:
    """field → value of the pairs key:value of a line; a date that it opens with is `published`."""
    folded = fold_marks(text)
    pattern, fields = metadata_keys()
    found = list(pattern.finditer(folded))
    stated: dict[str, str] = {}
    for match, after in zip(found, [*found[1:], None], strict=False):
        value = folded[match.end() : after.start() if after else None].strip(_BRACKETS)
        if value:
            stated.setdefault(fields[match["key"].replace(" ", "")], value)
    if dated := _DATED.match(folded):
        stated.setdefault("published", dated.group())
    return stated


def is_dated(text: str) -> bool:
    """Whether a line is a date alone."""
    return bool(_DATED.fullmatch(fold_marks(text).strip("() ")))


def has_date(text: str) -> bool:
    """Whether a line holds a date."""
    return bool(_DATED.search(fold_marks(text)))


def is_document(address: str) -> bool:
    """Whether an address is of a document, not of a page."""
    return bool(_DOCUMENT.search(address))


def cut_controls(line: Line) -> Line:
    """A line without the buttons and counters that are set into it; empty where it has nothing else."""
    if len(line.text) > _MAX_METADATA:
        return line
    spaced, offsets = _spaced(line)
    found = [match.span() for match in load_page_words().control.finditer(spaced)]
    if not found:
        return line
    cuts = [(offsets[start], offsets[end - 1] + 1) for start, end in found]
    kept: list[Run] = []
    stop = 0
    for run in line.runs:
        start, stop = stop, stop + len(run.text)
        inside = [(max(a, start), min(b, stop)) for a, b in cuts if a < stop and b > start]
        for low, high in zip([start, *(b for _, b in inside)], [*(a for a, _ in inside), stop], strict=True):
            kept += [Run(line.text[low:high], run.block, run.is_linked), *([Run("")] if high < stop else [])]
    return make_line(_unbracketed(kept), line.block, line.table)


def _spaced(line: Line) -> tuple[str, list[int]]:
    """The folded text of a line with a space where one element ends and another begins, as a page's style parts them,
    and the offset of each of its characters in the line."""
    characters: list[str] = []
    offsets: list[int] = []
    offset = 0
    for run in line.runs:
        if characters and run.text and not characters[-1].isspace() and not run.text[0].isspace():
            characters.append(" ")
            offsets.append(offset - 1)
        characters += run.text
        offsets += range(offset, offset + len(run.text))
        offset += len(run.text)
    return fold_marks("".join(characters)), offsets


def part_keys(line: Line) -> Line:
    """A line of a few words with a space before each key of metadata that stands in an element of its own."""
    if (
        len(line.runs) < 2
        or len(line.text) > _MAX_METADATA
        or line.table >= 0
        or is_running(fold_marks(line.text))
    ):
        return line
    runs = [line.runs[0]]
    for run in line.runs[1:]:
        is_parted = not run.text or run.text[0].isspace() or runs[-1].text[-1:].isspace()
        if not is_parted and metadata_keys()[0].match(fold_marks(run.text)):
            runs.append(Run(" "))
        runs.append(run)
    return make_line(runs, line.block)


def _unbracketed(runs: list[Run]) -> list[Run]:
    """Without what only held buttons: brackets and bars."""
    if _EMPTY.fullmatch("".join(run.text for run in runs)):
        return []
    marks = EDGES + "|【】[]〖〗"
    kept = trim(runs)
    while kept and not kept[-1].text.strip(marks):
        kept.pop()
    while kept and not kept[0].text.strip(marks):
        kept.pop(0)
    if kept:
        first, last = kept[0], kept[-1]
        kept[0] = Run(first.text.lstrip("|】]〗" + EDGES), first.block, first.is_linked)
        last = kept[-1]
        kept[-1] = Run(last.text.rstrip("|【[〖" + EDGES), last.block, last.is_linked)
    return kept


def join_keys(lines: Sequence[Line], is_cell: Sequence[bool]) -> Iterator[tuple[Line, int]]:
    """Lines, each with how many it stands for: a key of metadata and the value that stands after it in an element of
    its own are one. Where `is_cell`, a line is all of a cell or term, and a key needs no colon."""
    index = 0
    while index < len(lines):
        line = lines[index]
        folded = fold_marks(line.text[:_LOOKED_AT])
        if line.table < 0 and is_key(folded) and (is_cell[index] or folded.endswith(":")):
            value = lines[index + 1] if index + 1 < len(lines) else line
            if value is not line and _is_value(value):
                colon = Run("" if folded.endswith((":", "】", "]")) else ":")
                yield make_line([*line.runs, colon, *value.runs], line.block), 2
                index += 2
                continue
        yield line, 1
        index += 1


def _is_value(line: Line) -> bool:
    folded = fold_marks(line.text[:_LOOKED_AT])
    told = is_running(folded) or is_metadata(folded) or is_key(folded)
    return line.table < 0 and len(folded) < _MAX_SITE and not told
