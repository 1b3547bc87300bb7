"""Bind each metric to what it counts: phrase, actor, period, scope, status."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ..lexicon.catalogue import load_topics
from ..lexicon.patterns import any_word
from ..model import AgencyName, DateValue, Mention, Metric, Observation, Status
from ..outlining import fold
from .actors import NOBODY, Subject
from .phrases import Around, Ground, read_phrase
from .placing import Place, Places
from .scenes import Scene
from .words import load_words

_SENTENCE_END = re.compile(r"[。!?\n]")
_BARE_GROUP = 4
_BOUND = re.compile("左右|以上|以下|以内|之内|上下")
MAX_PHRASE = 40
"""Code points of the longest phrase that is kept."""


def read_observations(places: Places, scenes: tuple[Scene, ...], year: int | None) -> tuple[Observation, ...]:
    """One observation for each metric outside of tables, in order of the text."""
    observations: list[Observation] = []
    ground = Ground()
    previous: Place | None = None
    for scene in scenes:
        place = scene.place
        if place.clause.kind == "frame" or place.table == "cell":
            continue
        ground = _advance(places, ground, previous, scene, year)
        previous = place
        done = 0
        shares, periods = _shares(places, scene), _periods(places, scene)
        verb = ""
        for index, metric in enumerate(place.metrics):
            stop = (
                place.metrics[index + 1].span.start
                if index + 1 < len(place.metrics)
                else place.clause.span.end
            )
            around = _around(places, scene, metric, done, stop)
            if shares:
                around = around._replace(share=shares[index])
            if periods:
                around = around._replace(period=periods[index])
            if done and place.clause.text[done : done + 1] in ("、", "和"):
                around = around._replace(verb=verb)
            elif opens := load_words().head_verb.match(around.before):
                verb = opens.group()
            ground, observation = _observe(ground, place, metric, around, year)
            observations.append(observation)
            done = around.end
    return tuple(observations)


def _shares(places: Places, scene: Scene) -> tuple[str, ...]:
    """Phrases of the figures that a clause tells 分别, one for each; empty where it does not or the numbers of
    heads and figures differ."""
    metrics = scene.place.metrics
    if len(metrics) < 2:
        return ()
    start = places.position(scene.place, metrics[0].span.start)
    match = load_words().respectively.match(scene.place.clause.text[scene.subject.end : start])
    if not match:
        return ()
    heads = [h for h in re.split("、|和|与|及|以及", match["heads"]) if h]
    if len(heads) != len(metrics):
        return ()
    common = re.search(r"[数总](?:量|额|数)$", heads[-1])
    tail = common.group() if common else ""
    return tuple(h + (tail if tail and not h.endswith(tail) else "") + match["verb"] for h in heads)


def _periods(places: Places, scene: Scene) -> tuple[Mention[DateValue], ...]:
    """Dates of the figures that a clause tells 分别 by year, one for each; empty where it does not."""
    metrics = scene.place.metrics
    if len(metrics) < 2:
        return ()
    start = metrics[0].span.start
    dates = tuple(
        d for d in scene.place.dates if d.span.end <= start and d.payload.kind in ("year", "relative")
    )
    told = scene.place.clause.text[: places.position(scene.place, start)]
    return dates if len(dates) == len(metrics) and "分别" in told else ()


def _advance(
    places: Places, ground: Ground, previous: Place | None, scene: Scene, year: int | None
) -> Ground:
    """Carry over what this clause does not change."""
    place = scene.place
    opens = place.clause.section != ground.section
    if opens:
        item = place.clause.kind == "body"
        ground = Ground(section=place.clause.section, topic=topic_of(place.clause.text), in_item=item)
    elif previous is not None and _SENTENCE_END.search(places.gap(previous, place)) and _is_bound(ground):
        ground = ground._replace(subject=NOBODY, status="achieved")
    status: Status = ground.status
    if scene.role == "plan":
        status = "planned"
    elif load_words().required.match(place.core):
        status = "required"
    ahead = scene.part == "plan"
    if ahead != ground.ahead or status != ground.status:
        ground = ground._replace(ahead=ahead, status=status)
    subject = scene.subject
    if subject.stated:
        ground = ground._replace(subject=subject, head="" if scene.place.metrics else ground.head)
    elif subject.chosen:
        chosen = replace(subject, agencies=subject.chosen, text=subject.chosen[0].text)
        ground = ground._replace(subject=chosen)
    for date in place.dates:
        start = places.position(place, date.span.start)
        if date.payload.kind == "event":
            if start <= place.lead or opens:
                ground = ground._replace(event=fold(date.text).text)
        elif start < place.lead and date.payload.kind != "recurrence":
            ground = ground._replace(period=_period(date, year, ground.ahead), event=None)
    return ground


def _is_bound(ground: Ground) -> bool:
    """Whether there is anything that the end of a sentence lets go of."""
    return ground.subject is not NOBODY or ground.status != "achieved"


def topic_of(text: str) -> str:
    """The longest topic label that a heading or the opening of an item names."""
    return max((m[1] for m in _topic_labels().finditer(text)), key=lambda s: (len(s), s), default="")


@cache
def _topic_labels() -> re.Pattern[str]:
    """The longest label at each place, also where labels overlap."""
    labels = any_word({label for topic in load_topics() for label in (topic.zh, *topic.alt_labels)})
    return re.compile(f"(?=({labels}))")


def _period(date: Mention[DateValue], year: int | None, ahead: bool) -> str | None:
    """The period that a date means for a figure; None where the default holds: 全年 and 年底 in a part on the time
    to come are that year's, not those of the year reported on."""
    value = date.payload.value
    if date.payload.kind == "recurrence" and value is not None:
        return f"{year}/{value}" if year is not None else value
    if date.payload.kind == "relative" and ahead and year is not None and value == str(year):
        return None
    return value


def _around(places: Places, scene: Scene, metric: Mention[Metric], done: int, stop: int) -> Around:
    place, text = scene.place, scene.place.clause.text
    start, end = (places.position(place, offset) for offset in metric.span)
    if bound := _BOUND.match(text, end):
        end = bound.end()
    begin = done or _opening(scene)
    pieces, at = [], begin
    period, event = None, None
    for date in place.dates:
        first, last = (places.position(place, offset) for offset in date.span)
        if last > start:
            break
        if date.payload.kind == "event":
            event = fold(date.text).text if first >= place.lead else event
            continue
        if first >= done or not load_words().origin.search(text, 0, first):
            # 由上年的12%下降至8%: what follows 由 dates the first figure only.
            period = date
        if begin <= first:
            pieces.append(text[at:first])
            at = max(at, last)
    pieces.append(text[at:start])
    after = text[end : places.position(place, stop)]
    more = stop < place.clause.span.end
    return Around(_trimmed("".join(pieces)), after, period, event, end, more)


def _opening(scene: Scene) -> int:
    """Where a clause's own words begin, after its subject; media are part of what is told of them."""
    subject = scene.subject
    if any(a.payload.line == "other" for a in subject.agencies):
        return subject.start
    return subject.end if subject.stated else scene.place.lead


def _trimmed(text: str) -> str:
    """Without what stands before an open bracket, without lead-ins and words of bounds."""
    words = load_words()
    inner = text[text.rfind("(") + 1 :] if ")" not in text[text.rfind("(") :] else text
    kept = words.strip_end.sub("", inner.strip())
    lead_in = words.strip.match(kept)
    return kept[lead_in.end() :] if lead_in else kept


def _observe(
    ground: Ground, place: Place, metric: Mention[Metric], around: Around, year: int | None
) -> tuple[Ground, Observation]:
    subject = ground.subject
    scope = scope_of(subject)
    event = around.event or ground.event
    period = _period(around.period, year, ground.ahead) if around.period else ground.period
    if event and not (around.period and around.period.payload.kind != "recurrence"):
        scope = f"{scope}·{event}" if scope else event
        period = None
    elif period is None and year is not None:
        # What a plan without a date announces is for the year after the one reported on.
        period = str(year + 1 if ground.ahead else year)
    ground, phrase = read_phrase(ground, around, scope_of(subject))
    if around.period and around.period.payload.kind == "recurrence":
        told = fold(around.period.text).text
        phrase = phrase if phrase.endswith(told) else phrase + told
    agency = subject.agencies[0] if subject.agencies else None
    return ground, Observation(
        metric=metric,
        phrase=phrase[:MAX_PHRASE] or metric.text,
        clause=place.clause.span,
        agency=agency,
        actor=subject.text,
        period=period,
        scope=scope,
        status=_status(ground, around.before),
        section=place.clause.section,
    )


def scope_of(subject: Subject) -> str | None:
    """The part of the area that a count is of: a centre or bureau, a group with its own sphere (村居法律顾问)."""
    words = load_words()
    if subject.agencies:
        name: AgencyName = subject.agencies[0].payload
        return name.function + name.unit if words.scoped.search(name.function + name.unit) else None
    group = subject.group
    if group is None or words.everyone.search(group):
        return None
    own = words.ungrouped.match(group)
    sphere = group[own.end() :] if own else group
    return sphere if len(sphere) > _BARE_GROUP and words.person.search(sphere) else None


def _status(ground: Ground, before: str) -> Status:
    if load_words().planned.match(before):
        return "planned"
    return ground.status
