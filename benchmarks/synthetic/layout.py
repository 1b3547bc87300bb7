"""The frame of a report: title, date lines, sections and their order, numbering, and where clauses stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from .figures import Draw, filled, numeral
from .model import Clause, Piece, Relation, Shown, Slot, Span
from .wordings import Template, Wordings, widened

MARK = "(本文为程序生成的虚构文本,用于测试,与任何真实机关、真实数据无关)"
"""The last line of every text."""

_FULL = "".join(chr(code) for code in (0xFF0C, 0xFF08, 0xFF09, 0xFF1A, 0xFF1B))
_HALF = str.maketrans(_FULL, ",():;")
_SUMMARY = "overview"

_ORDERS = (
    (("body", "leader", "problems", "plans"), 60),
    (("leader", "body", "problems", "plans"), 22),
    (("body", "problems", "leader", "plans"), 18),
)

Item = tuple[Clause, int, int]
"""A clause with the indices of its piece and of itself in the piece; -1 for filler."""


@dataclass(slots=True)
class Page:
    """A text as it grows: lines of pieces, the offset reached, and the places of clauses."""

    parts: list[str] = field(default_factory=list)
    at: int = 0
    places: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Write text at the end."""
        self.parts.append(text)
        self.at += len(text)

    def item(self, item: Item) -> None:
        """Write a clause and remember where."""
        clause, piece, number = item
        if piece >= 0:
            self.places[piece, number] = self.at
        self.add(clause.text)


@dataclass(frozen=True, slots=True)
class Duties:
    """Which duties the report fails: published late; no leaders' section, causes or plans."""

    late: bool
    no_leader: bool
    no_causes: bool
    no_plans: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A laid-out text, the places of clauses (piece, clause) in it, and the duties with what they rest on."""

    text: str
    places: dict[tuple[int, int], int]
    duties: tuple[tuple[Relation, Span | None], ...]


def lay_out(draw: Draw, words: Wordings, pieces: list[Piece], topics: list[str], duties: Duties) -> Outcome:
    """Write the report: every clause of the pieces once, in its topic or in the overview."""
    page = Page()
    found: list[tuple[Relation, Span | None]] = []
    frame = _Frame(draw, words)
    page.add(frame.line("titles") + "\n\n")
    signed = date(draw.year + 1, 1, 4) + timedelta(days=draw.between(0, 40))
    found.append(_published(page, draw, words, duties.late, signed))
    page.add(frame.line("openings") + "\n\n")
    by_topic: dict[str, list[Item]] = {topic: [] for topic in [_SUMMARY, *topics]}
    for number, piece in enumerate(pieces):
        for at, clause in enumerate(piece.clauses):
            by_topic[clause.topic].append((clause, number, at))
    if by_topic[_SUMMARY]:
        page.add(frame.line("overviews"))
        for item in by_topic[_SUMMARY]:
            page.item(item)
        page.add("\n\n")
    order = draw.weighted(_ORDERS)
    flat = draw.chance(250)
    number = 0
    for part in order:
        if part == "body":
            number = _body(page, frame, by_topic, topics, number, flat)
        elif not (part == "leader" and duties.no_leader) and not (part == "plans" and duties.no_plans):
            number += 1
            span = _section(page, frame, part, number, not duties.no_causes)
            if part != "problems":
                found.append((_duty(part, True), span))
            else:
                found.append((_duty("causes", not duties.no_causes), None))
        else:
            found.append((_duty(part, False), None))
    if draw.chance(700):
        page.add(f"\n{draw.words['org']}\n{signed.year}年{signed.month}月{signed.day}日\n")
    text = "".join(page.parts)
    if draw.chance(450):
        text = text.translate(_HALF)
    if draw.chance(60):
        text = text.replace("%", chr(0xFF05))
    return Outcome(f"{text}\n{MARK}\n", page.places, tuple(found))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Lines and sentences of the frame and of topics, with the words of the report filled in."""

    draw: Draw
    words: Wordings

    def line(self, name: str, owner: str = "frame") -> str:
        """One wording of a list."""
        return filled(self.draw, self.draw.pick(self.words.get(owner, name)), {}, "").text

    def lines(self, name: str, count: int, owner: str = "frame") -> list[str]:
        """Several different wordings of a list, in random order."""
        templates = list(self.words.get(owner, name))
        self.draw.rng.shuffle(templates)
        return [filled(self.draw, template, {}, "").text for template in templates[:count]]


def _duty(part: str, met: bool) -> Relation:
    kind, verdict = ("right", "met") if met else ("absent", "missing")
    return Relation("duty", kind, verdict, None, (), part)


def _published(
    page: Page, draw: Draw, words: Wordings, late: bool, signed: date
) -> tuple[Relation, Span | None]:
    if not late and draw.chance(200):
        return Relation("duty", "missing_operand", "unverifiable", None, (), "published"), None
    due = date(draw.year + 1, 4, 1)
    if late:
        day = due + timedelta(days=0 if draw.chance(250) else draw.between(1, 250))
    else:
        day = due - timedelta(days=1 if draw.chance(200) else draw.between(2, (due - signed).days))
    iso = day.isoformat()
    texts = (iso, iso, f"{day.year}年{day.month}月{day.day}日", iso.replace("-", "/"), iso.replace("-", "."))
    shown = {"date": Shown("", draw.pick(texts), "", "")}
    clause = filled(draw, draw.pick(words.get("frame", "meta")), shown, "")
    start, end = clause.spans["date"]
    span = (page.at + start, page.at + end)
    page.add(clause.text + "\n\n")
    kind, verdict = ("late", "late") if late else ("right", "met")
    return Relation("duty", kind, verdict, None, (), "published"), span


def _section(page: Page, frame: _Frame, part: str, number: int, causes: bool) -> Span:
    page.add(f"{numeral(number, False)}、")
    heading = frame.line(f"{part}_headings" if causes or part != "problems" else "problems_only_headings")
    span = (page.at, page.at + len(heading))
    page.add(heading + "\n\n")
    count = frame.draw.between(4, 7)
    lines = frame.lines(part, count)
    if part == "plans":
        lines.insert(0, frame.line("plans_openings"))
    if part == "problems" and causes:
        lines.extend(frame.lines("causes", frame.draw.between(1, 2)))
    if frame.draw.chance(500):
        page.add("".join(lines) + "\n\n")
    else:
        for at, line in enumerate(lines):
            page.add((widened(f"({numeral(at + 1, False)})") if part == "plans" else "") + line + "\n\n")
    return span


def _body(
    page: Page, frame: _Frame, by_topic: dict[str, list[Item]], topics: list[str], number: int, flat: bool
) -> int:
    if not flat:
        number += 1
        page.add(f"{numeral(number, False)}、{frame.line('body_headings')}\n\n")
    style = frame.draw.weighted((("plain", 35), ("run-in", 40), ("numbered", 25)))
    for at, topic in enumerate(topics):
        heading = frame.line("headings", f"topic-{topic}")
        if flat:
            number += 1
            page.add(f"{numeral(number, False)}、{heading}\n\n")
        else:
            run_in = style != "numbered" and frame.draw.chance(500)
            page.add(widened(f"({numeral(at + 1, False)})") + f"{heading}{'。' if run_in else chr(10)}")
        _topic(page, frame, topic, by_topic[topic], style)
    return number


def _topic(page: Page, frame: _Frame, topic: str, items: list[Item], style: str) -> None:
    draw, owner = frame.draw, f"topic-{topic}"
    sentences = [item for item in items if not item[0].block]
    for name, least, most in (("fillers", 3, 7), ("distractors", 1, 3)):
        for template in _some(draw, frame.words, owner, name, least, most):
            shown = {slot: _stray(draw) for slot in sorted(template.slots) if slot in ("x", "y", "z")}
            sentences.append((filled(draw, template, shown, topic), -1, -1))
    draw.rng.shuffle(sentences)
    if style == "plain":
        page.add(frame.line("leads", owner))
        for item in sentences:
            page.item(item)
        page.add("\n\n")
    else:
        leads = frame.lines("leads", 9, owner)
        size = -(-len(sentences) // max(1, min(len(leads), draw.between(2, 4))))
        for at in range(0, len(sentences), max(1, size)):
            lead = leads[at // max(1, size)]
            step = at // max(1, size) + 1
            page.add(f"{numeral(step, False)}是{lead}" if style == "run-in" else f"{step}.{lead}")
            for item in sentences[at : at + max(1, size)]:
                page.item(item)
            if style == "numbered":
                page.add("\n")
        page.add("\n" if style == "numbered" else "\n\n")
    for item in items:
        if item[0].block:
            page.item(item)
            page.add("\n\n")


def _some(draw: Draw, words: Wordings, owner: str, name: str, least: int, most: int) -> list[Template]:
    templates = list(words.get(owner, name))
    draw.rng.shuffle(templates)
    return templates[: draw.between(least, most)]


def _stray(draw: Draw) -> Shown:
    value = draw.between(3, draw.pick((20, 60, 200, 900)) * min(draw.scale, 4))
    if value >= 50 and draw.chance(300):
        return Shown(draw.pick(("", "", "近", "约")), str(value // 10 * 10), "", "")
    if value >= 100 and draw.chance(300):
        return Shown("", str(value // 100 * 100), draw.pick("余多"), "")
    return Shown("", str(value), "", "")


def placed(places: dict[tuple[int, int], int], piece: int, pieces: list[Piece], slot: Slot) -> Span:
    """The span of a figure in the text."""
    offset = places[piece, slot[0]]
    start, end = pieces[piece].clauses[slot[0]].spans[slot[1]]
    return offset + start, offset + end
