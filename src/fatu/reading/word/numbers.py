"""Automatic numbering of a Word document: which number stands before each paragraph (ECMA-376-1, 17.9).

A paragraph, or the style that it has, names a list (w:num) and a level of it. Lists of one kind (w:abstractNum) count
together. The kind says how the numbers of a level are written: their format, the text around them (%1 for the number
of the first level), where they start and what makes them start again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ...lexicon.list_numbers import write_list_number
from .parts import Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_CLOSED = tuple("、）)：:。．，,】]〕 \u3000")
"""What ends a number that stands before its text without a space."""
_MAX_BASES = 20
"""Styles that a style is based on, one on the other; Word allows fewer."""
_FALSE = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Level:
    """How the numbers of a level are written."""

    form: str
    text: str
    start: int
    restart: int | None
    """Level (from 1) that, or any above it, makes this one start again; 0 for none, None for the one above."""
    is_legal: bool
    """Whether the numbers of all levels in it are digits."""
    is_close: bool
    """Whether nothing stands between number and text."""
    style: str
    """The style whose paragraphs have this level."""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """What a list of paragraphs refers to: its kind, with the levels that it writes its own way, and the numbers with
    which its levels start anew where it first has them."""

    kind: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """What a style of paragraphs says of numbering; None where it says nothing."""

    based_on: str | None
    list_id: str | None
    level: int | None


def write_numbers(body: Element, numbering: Element | None, styles: Element | None) -> tuple[str, ...]:
    """Put before the text of each numbered paragraph of a plain tree its number, as text.

    A bullet is no number. Returns the names of the formats that are not known; their numbers are written in digits.
    """
    known = _styles(styles)
    lists = _lists(numbering, known)
    default = _default_style(styles)
    counts: dict[str, dict[int, int]] = {}
    begun: set[tuple[str, int]] = set()
    unknown: set[str] = set()
    for paragraph in body.iter(qn("w:p")):
        list_id, level = _numbered(paragraph, known, lists, default)
        found = lists.get(list_id or "")
        if found is None or list_id is None or level not in found.levels:
            continue
        begins = level in found.starts and (list_id, level) not in begun
        begun.add((list_id, level))
        count = counts[found.kind] = _counted(counts.get(found.kind, {}), found, level, begins)
        label = _label(found, level, count, unknown)
        if label:
            _put_before(paragraph, label)
    return tuple(sorted(unknown))


# ------------------------------------------------------------------------------------------------- counting


def _counted(count: Mapping[int, int], found: NumberedList, level: int, begins: bool) -> dict[int, int]:
    """The numbers that the levels have reached, with the next one of a level."""
    first = found.starts.get(level, found.levels[level].start)
    number = first if begins or level not in count else count[level] + 1
    kept = {
        other: reached
        for other, reached in count.items()
        if other < level or (other in found.levels and not _restarts(found.levels[other], level))
    }
    return {**kept, level: number}


def _restarts(level: Level, by: int) -> bool:
    return level.restart is None or by < level.restart


def _label(found: NumberedList, level: int, count: Mapping[int, int], unknown: set[str]) -> str:
    """The number of a paragraph with the text around it, and the space behind it where there is one."""
    own = found.levels[level]
    if own.form == "bullet":
        return ""

    def written(place: re.Match[str]) -> str:
        other = int(place[1]) - 1
        if other > level or other not in found.levels:
            return ""
        number = count.get(other, found.starts.get(other, found.levels[other].start))
        form = "decimal" if own.is_legal else found.levels[other].form
        text = write_list_number(number, form)
        if text is None:
            unknown.add(form)
        return str(number) if text is None else text

    label = _PLACE.sub(written, own.text)
    if not label.strip():
        return ""
    return label if own.is_close or label.endswith(_CLOSED) else label + " "


def _put_before(paragraph: Element, label: str) -> None:
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = label
    run.append(text)
    paragraph.insert(1 if len(paragraph) and paragraph[0].tag == qn("w:pPr") else 0, run)


# -------------------------------------------------------------------------------------------- what is told


def _numbered(
    paragraph: Element, styles: Mapping[str, Style], lists: Mapping[str, NumberedList], default: str | None
) -> tuple[str | None, int]:
    """List and level of a paragraph: its own, else those of its style or of one that this is based on."""
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    list_id, level = _numbering_of(own)
    named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    style = _value(named) or default
    for _ in range(_MAX_BASES):
        told = styles.get(style or "")
        if told is None or (list_id is not None and level is not None):
            break
        if list_id is None and told.list_id is not None:
            list_id = told.list_id
            linked = lists[list_id].levels if list_id in lists else {}
            level = (
                next((n for n, own in linked.items() if own.style == style), told.level)
                if level is None
                else level
            )
        elif level is None and list_id is None:
            level = told.level
        style = told.based_on
    return list_id, level or 0


def _numbering_of(properties: Element | None) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    level = properties.find(qn("w:ilvl"))
    return _value(properties.find(qn("w:numId"))), None if level is None else _integer(level, 0)


def _styles(styles: Element | None) -> dict[str, Style]:
    return {
        style.get(qn("w:styleId"), ""): Style(
            _value(style.find(qn("w:basedOn"))), *_numbering_of(style.find(f"{qn('w:pPr')}/{qn('w:numPr')}"))
        )
        for style in (styles.iter(qn("w:style")) if styles is not None else ())
    }


def _default_style(styles: Element | None) -> str | None:
    """The style of paragraphs that name none."""
    for style in styles.iter(qn("w:style")) if styles is not None else ():
        if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") not in _FALSE:
            return str(style.get(qn("w:styleId")))
    return None


def _lists(numbering: Element | None, styles: Mapping[str, Style]) -> dict[str, NumberedList]:
    """Lists by their number. A kind that only names a style of numbering is the kind of that style's list."""
    if numbering is None:
        return {}
    kinds = {kind.get(qn("w:abstractNumId")): kind for kind in numbering.findall(qn("w:abstractNum"))}
    numbers = {number.get(qn("w:numId")): number for number in numbering.findall(qn("w:num"))}

    def kind_of(number: Element) -> str | None:
        return _value(number.find(qn("w:abstractNumId")))

    lists: dict[str, NumberedList] = {}
    for list_id, number in numbers.items():
        kind = kind_of(number)
        link = _value(kinds[kind].find(qn("w:numStyleLink"))) if kind in kinds else None
        linked = styles.get(link or "")
        if linked is not None and linked.list_id in numbers:
            kind = kind_of(numbers[linked.list_id])
        if list_id is None or kind is None or kind not in kinds:
            continue
        changed = number.findall(qn("w:lvlOverride"))
        own = [level for change in changed for level in change.findall(qn("w:lvl"))]
        starts = [(change, change.find(qn("w:startOverride"))) for change in changed]
        lists[list_id] = NumberedList(
            kind,
            dict(map(_level, [*kinds[kind].findall(qn("w:lvl")), *own])),
            {_place(change): _integer(start, 1) for change, start in starts if start is not None},
        )
    return lists


def _level(level: Element) -> tuple[int, Level]:
    """A level and its place, from 0. A format of its own that newer programs know stands beside one for older ones,
    behind it."""
    forms = [_value(form) for form in level.iter(qn("w:numFmt"))]
    legal = level.find(qn("w:isLgl"))
    restart = level.find(qn("w:lvlRestart"))
    return _place(level), Level(
        form=forms[-1] or "decimal" if forms else "decimal",
        text=_value(level.find(qn("w:lvlText"))) or "",
        start=_integer(level.find(qn("w:start")), 0),
        restart=None if restart is None else _integer(restart, 0),
        is_legal=legal is not None and (_value(legal) or "1") not in _FALSE,
        is_close=_value(level.find(qn("w:suff"))) == "nothing",
        style=_value(level.find(qn("w:pStyle"))) or "",
    )


def _place(level: Element) -> int:
    try:
        return min(int(level.get(qn("w:ilvl"), "0")), _LEVELS - 1)
    except ValueError:
        return 0


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(qn("w:val"))


def _integer(element: Element | None, default: int) -> int:
    try:
        return max(0, int(_value(element) or default))
    except ValueError:
        return default
