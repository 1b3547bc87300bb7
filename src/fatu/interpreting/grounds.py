"""What a reader keeps in mind from clause to clause: subject, period, status, what was named and told."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ..lexicon.catalogue import load_topics
from ..lexicon.patterns import any_word
from ..model import DateValue, Mention, Status
from ..outlining import fold
from .actors import NOBODY
from .phrases import Ground
from .placing import Place, Places
from .scenes import Scene
from .words import load_words

_SENTENCE_END = re.compile(r"[。!?\n]")


def advance(places: Places, ground: Ground, previous: Place | None, scene: Scene, year: int | None) -> Ground:
    """Carry over what this clause does not change."""
    place = scene.place
    opens = place.clause.section != ground.section
    if opens:
        item = place.clause.kind == "body"
        ground = Ground(section=place.clause.section, topic=topic_of(place.clause.text), in_item=item)
    elif previous is not None and _SENTENCE_END.search(places.gap(previous, place)):
        ground = ground._replace(subject=NOBODY, status="achieved", stale=True, theme="", first="")
        if scene.subject.stated:
            held = ground.event if ground.event_of_item else None
            ground = ground._replace(event=held, head="")
        if ground.period and not ground.period.isdecimal():
            # A quarter or a month holds for its sentence, a year for what follows.
            ground = ground._replace(period=None)
    if ground.ahead and ground.period and not ground.period.isdecimal():
        # The deadline of one plan is not that of the next.
        ground = ground._replace(period=None)
    status: Status = ground.status
    if scene.role == "plan":
        status = "planned"
    elif load_words().required.match(place.core):
        status = "required"
    elif status == "required" and load_words().head_verb.match(place.core):
        status = "achieved"
    ahead = scene.part == "plan"
    if ahead != ground.ahead or status != ground.status:
        ground = ground._replace(ahead=ahead, status=status)
    subject = scene.subject
    if field := topic_of(place.core):
        ground = ground._replace(field=field)
    for agency in place.agencies:
        if agency.payload.unit.endswith("会议"):
            ground = ground._replace(meeting=fold(agency.text).text)
    if not place.metrics:
        event, project = load_words().event.search(place.core), load_words().project.match(place.core)
        ground = ground._replace(
            theme=event["theme"] if event else ground.theme,
            opening=project.group() if project else ground.opening,
        )
    if subject.agencies and (line := topic_of(subject.agencies[0].payload.function)):
        ground = ground._replace(field=line)
    if subject.stated:
        ground = ground._replace(subject=subject, head="" if scene.place.metrics else ground.head)
    elif subject.chosen:
        chosen = replace(subject, agencies=subject.chosen, text=subject.chosen[0].text)
        ground = ground._replace(subject=chosen)
    for date in place.dates:
        start = places.position(place, date.span.start)
        if date.payload.kind == "event":
            if start <= place.lead or opens:
                ground = ground._replace(event=fold(date.text).text, event_of_item=opens)
        elif (
            start < (subject.end + 1 if subject.stated else place.lead) and date.payload.kind != "recurrence"
        ):
            ground = ground._replace(period=period_of(date, year, ground.ahead), event=None)
    return ground


def topic_of(text: str) -> str:
    """The longest topic label that a heading or the opening of an item names."""
    return max((m[1] for m in _topic_labels().finditer(text)), key=lambda s: (len(s), s), default="")


@cache
def _topic_labels() -> re.Pattern[str]:
    """The longest label at each place, also where labels overlap."""
    labels = any_word({label for topic in load_topics() for label in (topic.zh, *topic.alt_labels)})
    return re.compile(f"(?=({labels}))")


@cache
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
