"""What each citation is there for, told by the words before and after it (lexicon/citation_functions.tsv)."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..model import Citation, CitationFunction, CitationUse, Mention, Mentions, Span
from ..outlining import folded_offset
from .placing import Places
from .scenes import Scene
from .words import load_function_cues, load_words

_BREAK = re.compile(r"[。;\n]")
_OPENING_COMMA = re.compile(r"[,:]")
_WINDOW = 200
_MAX_LIST = 2000
_NUMBERING = r"[ \t]*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]+)?[ \t]*"
_ITEM = re.compile(_NUMBERING)
_LISTED = re.compile(_NUMBERING + r"《[^\n]*[》)][;。]?")


def read_uses(places: Places, mentions: Mentions, scenes: tuple[Scene, ...]) -> tuple[CitationUse, ...]:
    """One use for each citation; `mentions` where no cue decides."""
    starts = [scene.place.base for scene in scenes]
    outline = places.outline
    first_heading = outline.sections[0].span.start if outline.sections else outline.body.end
    uses = []
    for mention in mentions.citations:
        start, end = _extent(places, mention)
        where = {"any"}
        if mention.span.start < first_heading:
            where.add("opening")
        around = bisect_right(starts, start) - 1
        if around >= 0 and scenes[around].part == "plan":
            where.add("plan")
        uses.append(_use(places, mention, (start, end), where))
    return tuple(uses)


def _extent(places: Places, mention: Mention[Citation]) -> tuple[int, int]:
    """Folded range of the citation with its number, and the bracket that closes behind it."""
    fold = places.outline.fold
    start, end = folded_offset(fold, mention.span.start), folded_offset(fold, mention.span.end)
    number = mention.payload.number_span
    if number is not None:
        start = min(start, folded_offset(fold, number.start))
        end = max(end, folded_offset(fold, number.end))
    if fold.text[end : end + 1] == ")" and fold.text[start:end].count("(") > fold.text[start:end].count(")"):
        end += 1
    return start, end


def _use(places: Places, mention: Mention[Citation], extent: tuple[int, int], where: set[str]) -> CitationUse:
    text = places.outline.fold.text
    start, end = extent
    low = max(0, start - _WINDOW)
    breaks = [m.end() for m in _BREAK.finditer(text, low, start)]
    before = text[breaks[-1] if breaks else low : start]
    if _ITEM.fullmatch(before) and _LISTED.fullmatch(text[start - len(before) : end + 1].split("\n")[0]):
        before = _lead_in(text, start - len(before)) + before
    stop = _BREAK.search(text, end, end + _WINDOW)
    after = text[end : stop.start() if stop else end + _WINDOW]
    for cue in load_function_cues():
        if cue.where not in where:
            continue
        found_before = cue.before.search(before) if cue.before else None
        found_after = cue.after.match(after) if cue.after else None
        if (cue.before and not found_before) or (cue.after and not found_after):
            continue
        function = _spread(cue.function, before, mention.payload)
        first = max(low, start - len(before) + _clause_start(before, found_before)) if found_before else start
        last = end + (len(found_after.group()) if found_after and cue.function == "compiled_under" else 0)
        return CitationUse(mention, function, places.outline.fold.span(first, last))
    return CitationUse(mention, "mentions", Span(*places.outline.fold.span(start, end)))


def _lead_in(text: str, line_start: int) -> str:
    """The sentence that introduces a list whose lines hold citations only: 对下列文件予以废止。 一、《…》 二、《…》"""
    end = line_start
    while end > 0:
        start = text.rfind("\n", 0, end - 1) + 1
        line = text[start : end - 1].strip()
        if line and not _LISTED.fullmatch(line):
            return re.split("[。;]", line.rstrip("。;"))[-1]
        if line_start - start > _MAX_LIST:
            break
        end = start
    return ""


def _clause_start(before: str, found: re.Match[str]) -> int:
    """Evidence begins with the cue, but not before the last comma."""
    commas = [m.end() for m in _OPENING_COMMA.finditer(before)]
    return max(found.start(), commas[-1] if commas else 0)


def _spread(function: CitationFunction, before: str, citation: Citation) -> CitationFunction:
    """To print and hand out a law or a leaflet is publicity; only what one makes oneself is issued."""
    words = load_words()
    if function == "issues" and citation.title and words.spread_verb.search(before):
        title = re.sub(r"\([^()]*\)$", "", citation.title)
        if words.spread_title.search(title):
            return "publicises"
    return function
