"""What a reader keeps in mind from clause to clause: subject, period, status, what was named and told."""

from __future__ import annotations

import re
from typing import Any

from ..model import DateValue, Mention
from ..outlining import fold
from .actors import NOBODY
from .phrases import Ground
from .placing import Place, Places
from .scenes import Scene
from .topics import topic_of
from .words import load_words

_SENTENCE_END = re.compile(r"[。!?\n]")
_MEMORY = 200
_TITLE = re.compile("《[^》]*》")
# 出庭率95%,上年为91%,…: only this figure is of the year before.
_ASIDE = re.compile(
    r"[(]?(?:而|其中)?(?:上一?年度?|去年|前年|(?:19|20)\d\d年度?)(?:同期)?(?:的|数)?(?:为|是|仅为?|共|有)?"
    r"[\d,.]+[^\d,]{0,6}[)]?"
)
# 受理81件,上年受理58件,…: what this year did is told of the year before.
_ASIDE_AGAIN = re.compile(
    r"[(]?(?:而|其中)?(?:上一?年度?|去年|前年)(?:同期)?(?P<did>[\u4e00-\u9fff]{2,6}?)(?:为|是|了|共|有)?[\d,.]+[^\d,]{0,6}[)]?"
)
_DONE = re.compile("目前|现|已|截至")


def advance(places: Places, ground: Ground, previous: Place | None, scene: Scene, year: int | None) -> Ground:
    """Carry over what this clause does not change."""
    place, subject, words = scene.place, scene.subject, load_words()
    opens = place.clause.section != ground.section
    # One change at the end: a change costs more than all that is asked here.
    core = place.core if "《" not in place.core else _TITLE.sub("", place.core)
    now: dict[str, Any] = {"said": (ground.said + core)[-_MEMORY:]}
    period, status, ahead = ground.period, ground.status, scene.part == "plan"
    if opens:
        ground = Ground(section=place.clause.section, topic=topic_of(place.clause.text))
        now["in_item"] = place.clause.kind == "body"
        now["said"], period, status = core, None, ground.status
    elif previous is not None and (gap := places.gap(previous, place)) != "," and _SENTENCE_END.search(gap):
        now.update(subject=NOBODY, stale=True, theme="", first="")
        status = "achieved"
        if subject.stated:
            now.update(event=ground.event if ground.event_of_item else None, head="")
        if period and (not period.isdecimal() or ground.is_passing):
            # A quarter, a month and 上年 hold for their sentence, a year for what follows.
            period = None
    if ground.ahead and period and not period.isdecimal():
        # The deadline of one plan is not that of the next.
        period = None
    if scene.role == "plan" or (scene.part == "plan" and place.clause.kind == "heading"):
        # A plan of one line may be its own heading: (二)全年开展培训100场次。
        status = "planned"
    elif words.required.match(place.core):
        status = "required"
    elif status == "required" and (words.head_verb.match(place.core) or _DONE.match(place.core)):
        status = "achieved"
    for agency in place.agencies:
        if agency.payload.unit.endswith("会议"):
            now["meeting"] = fold(agency.words).text
    if not place.metrics:
        if words.event_hint.search(core) and (event := words.event.search(core)):
            now["theme"] = event["theme"]
        if treated := words.treated.search(core):
            now.update(head=treated["noun"], stale=False)
        if words.project_hint.search(core) and (project := words.project.match(core)):
            now["opening"] = project.group()
    if subject.stated:
        now["subject"] = subject
        if place.metrics:
            now["head"] = ""
    elif subject.chosen:
        now["subject"] = subject._replace(agencies=subject.chosen, text=subject.chosen[0].words)
    opening = subject.end + 1 if subject.stated else place.lead
    for date in place.dates:
        start = places.position(place, date.span.start)
        if date.payload.kind == "event":
            if start <= place.lead or opens:
                now.update(event=fold(date.words).text, event_of_item=opens)
        elif start < opening and date.payload.kind != "recurrence" and not _is_aside(place, ground, now):
            period, now["event"] = period_of(date, year, ahead), None
            now["is_passing"] = date.payload.kind == "relative" and date.payload.value != str(year)
    return ground._replace(period=period, status=status, ahead=ahead, **now)


def _is_aside(place: Place, ground: Ground, now: dict[str, Any]) -> bool:
    """Whether a clause tells one figure of another year beside the one before, and what follows is of this year."""
    if _ASIDE.fullmatch(place.clause.text):
        return True
    again = _ASIDE_AGAIN.fullmatch(place.clause.text)
    return (
        again is not None and "first" not in now and ground.period is None and again["did"] in ground.phrase
    )


def period_of(date: Mention[DateValue], year: int | None, ahead: bool) -> str | None:
    """The period that a date means for a figure; None where the default holds: 全年 and 年底 in a part on the time
    to come are that year's, not those of the year reported on."""
    value = date.payload.value
    if date.payload.kind == "recurrence" and value is not None:
        return f"{year + ahead}/{value}" if year is not None else value
    if ahead and year is not None and value is not None and "-" in value and str(year) not in date.text:
        # 6月底前 in the part on what comes next: a deadline of that year.
        return str(year + 1)
    if date.payload.kind == "relative" and ahead and year is not None and value == str(year):
        return None
    return value
