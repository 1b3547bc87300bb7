"""Bind each metric to what it counts: phrase, actor, period, scope, status."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..lexicon.catalogue import load_topics
from ..model import AgencyName, DateValue, Mention, Metric, Observation, Status
from .actors import NOBODY, Subject
from .placing import Place, Places
from .scenes import Scene
from .words import load_words

_AFTER_NOUN = re.compile(r"^(?:左右|以上|以下|以内|余|多)?(?P<noun>[\u4e00-\u9fff“”+、]{2,30})")
_LAST_OF = re.compile(r"^.*的")
_RATE = re.compile(r"^[\u4e00-\u9fff]{1,8}率$")
_SHORT_MODIFIER = 5
_BARE_GROUP = 4
_MAX_PHRASE = 40


@dataclass(frozen=True, slots=True)
class Ground:
    """What a reader keeps in mind while going from clause to clause of one item."""

    section: tuple[int, ...] = ()
    subject: Subject = NOBODY
    """Last subject of the running 。-sentence."""
    period: str | None = None
    event: str | None = None
    status: Status = "achieved"
    head: str = ""
    """Last noun that something was counted of."""
    phrase: str = ""
    """Last phrase in full."""
    verb: str = ""
    base: str = ""
    """What a change is of (同比增长, 压缩): the phrase before the first of them."""
    topic: str = ""
    """Topic label that opens the item or the section: 人民调解."""
    in_item: bool = False
    """Whether the topic is that of an item (一是…)."""


def read_observations(places: Places, scenes: tuple[Scene, ...], year: int | None) -> tuple[Observation, ...]:
    """One observation for each metric, in order of the text."""
    observations: list[Observation] = []
    ground = Ground()
    previous: Place | None = None
    for scene in scenes:
        place = scene.place
        if place.clause.kind == "frame":
            continue
        ground = _advance(places, ground, previous, scene, year)
        previous = place
        done = 0
        for index, metric in enumerate(place.metrics):
            stop = (
                place.metrics[index + 1].span.start
                if index + 1 < len(place.metrics)
                else place.clause.span.end
            )
            around = _around(places, scene, metric, done, stop)
            ground, observation = _observe(ground, place, metric, around, year)
            observations.append(observation)
            done = around.end
    return tuple(observations)


def _advance(
    places: Places, ground: Ground, previous: Place | None, scene: Scene, year: int | None
) -> Ground:
    """Carry over what this clause does not change."""
    place = scene.place
    opens = place.clause.section != ground.section
    if opens:
        item = place.clause.kind == "body"
        ground = Ground(section=place.clause.section, topic=_topic(place.clause.text), in_item=item)
    elif previous is not None and re.search(r"[。!?\n]", places.gap(previous, place)):
        ground = replace(ground, subject=NOBODY, status="achieved", verb="")
    if scene.role == "plan":
        ground = replace(ground, status="planned")
    elif load_words().required.match(place.core):
        ground = replace(ground, status="required")
    subject = scene.subject
    if subject.stated:
        ground = replace(ground, subject=subject, verb="")
    elif subject.chosen:
        ground = replace(
            ground, subject=replace(subject, agencies=subject.chosen, text=subject.chosen[0].text)
        )
    for date in place.dates:
        start = places.position(place, date.span.start)
        if date.payload.kind == "event":
            if start <= place.lead or opens:
                ground = replace(ground, event=date.text)
        elif start < place.lead and date.payload.kind != "recurrence":
            ground = replace(ground, period=_period(date, year), event=None)
    return ground


def _topic(text: str) -> str:
    """The longest topic label that a heading or the opening of an item names."""
    labels = (label for topic in load_topics() for label in (topic.zh, *topic.alt_labels))
    return max(
        (label for label in labels if label in text), key=lambda label: (len(label), label), default=""
    )


def _period(date: Mention[DateValue], year: int | None) -> str | None:
    value = date.payload.value
    if date.payload.kind == "recurrence" and value is not None:
        return f"{year}/{value}" if year is not None else value
    return value or (str(year) if year is not None else None)


@dataclass(frozen=True, slots=True)
class Around:
    """The words around one metric of a clause."""

    before: str
    """From the subject, or from the metric before, to the number; dates left out."""
    after: str
    """From the unit to the next metric or the end."""
    period: Mention[DateValue] | None
    event: str | None
    end: int
    """Where the metric ends in the clause."""


def _around(places: Places, scene: Scene, metric: Mention[Metric], done: int, stop: int) -> Around:
    place, subject = scene.place, scene.subject
    start, end = (places.position(place, offset) for offset in metric.span)
    begin = done
    if not done:
        media = any(a.payload.line == "other" for a in subject.agencies)
        begin = subject.start if media else subject.end if subject.stated else place.lead
    pieces, at = [], begin
    period, event = None, None
    for date in place.dates:
        first, last = (places.position(place, offset) for offset in date.span)
        if last <= start and date.payload.kind == "event":
            if first >= place.lead:
                event = date.text
            continue
        if last <= start:
            period = date
        if begin <= first and last <= start:
            pieces.append(place.clause.text[at:first])
            at = max(at, last)
    pieces.append(place.clause.text[at:start])
    words = load_words()
    before = words.strip_end.sub("", "".join(pieces).strip())
    stripped = words.strip.match(before)
    before = before[stripped.end() :] if stripped else before
    return Around(before, place.clause.text[end : places.position(place, stop)], period, event, end)


def _observe(
    ground: Ground, place: Place, metric: Mention[Metric], around: Around, year: int | None
) -> tuple[Ground, Observation]:
    subject = ground.subject
    scope = _scope(subject)
    event = around.event or ground.event
    period = _period(around.period, year) if around.period else ground.period
    if event and not (around.period and around.period.payload.kind != "recurrence"):
        scope = f"{scope}·{event}" if scope else event
        period = None
    elif period is None and year is not None:
        period = str(year)
    ground, phrase = _phrase(ground, around, metric, _scope(subject))
    if around.period and around.period.payload.kind == "recurrence":
        phrase = phrase if phrase.endswith(around.period.text) else phrase + around.period.text
    agency = subject.agencies[0] if subject.agencies else None
    return ground, Observation(
        metric=metric,
        phrase=phrase[:_MAX_PHRASE],
        clause=place.clause.span,
        agency=agency,
        actor=subject.text,
        period=period,
        scope=scope,
        status=_status(ground, around.before),
        section=place.clause.section,
    )


def _scope(subject: Subject) -> str | None:
    """The part of the area that a count is of: a centre or bureau, a group with its own sphere (村居法律顾问)."""
    words = load_words()
    if subject.agencies:
        name: AgencyName = subject.agencies[0].payload
        if name.line == "other" or subject.is_self or words.whole.fullmatch(name.function):
            return None
        return name.function + name.unit
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


def _phrase(ground: Ground, around: Around, metric: Mention[Metric], scope: str | None) -> tuple[Ground, str]:
    """The indicator in words. What has no noun of its own takes the head, the topic or the verb from before."""
    words = load_words()
    before, noun = around.before, _noun_after(around.after)
    if not before and not noun:
        return ground, ground.phrase or ground.head or ground.topic
    if before and words.change.match(before):
        base = ground.base or ground.phrase or ground.head or ground.topic
        return replace(ground, phrase=base + before, base=base), base + before
    ground = replace(ground, base="")
    if words.elided.match(before):
        prefix = _prefix(ground, before, scope)
        phrase = before if before.startswith(prefix) and prefix else prefix + before
        return replace(ground, phrase=phrase), phrase
    if noun and len(before) <= 6 and not _head(before):
        phrase = before + noun
        if not before:
            phrase = _acting(around.after, noun) + noun
    elif words.verb.match(before) or words.head_verb.match(before) or len(before) > 4:
        phrase = before
    else:
        phrase = ground.verb + before
    group = ground.subject.group
    if group and not words.everyone.search(group) and words.person.search(group):
        phrase = group + phrase
    verb = words.head_verb.match(before) or words.verb.match(before)
    return (
        replace(
            ground,
            phrase=phrase,
            head=_head(before or noun) or ground.head,
            verb=before[:2] if verb else ground.verb,
        ),
        phrase,
    )


def _prefix(ground: Ground, before: str, scope: str | None) -> str:
    """What an elided phrase is about. A rate that says so itself (调解成功率) takes the scope or the topic of its
    item; others the head carried over, else the phrase before, else the topic."""
    is_rate = bool(_RATE.match(before))
    if (
        is_rate
        and load_words().self_contained.search(before)
        and (scope or ground.in_item or not ground.head)
    ):
        return scope or ground.topic
    carried = ground.head or (ground.phrase if is_rate else "") or ground.topic
    return (scope or "") + carried


def _head(before: str) -> str:
    """The noun that is counted, if it is one that can be carried over: 受理行政复议案件 → 行政复议案件."""
    words = load_words()
    modifier = _LAST_OF.match(before)
    noun = before[modifier.end() :] if modifier and modifier.end() > _SHORT_MODIFIER else before
    verb = words.head_verb.match(noun)
    while verb and 0 < verb.end() < len(noun) and noun[verb.end()] != "的":
        noun = noun[verb.end() :]
        verb = words.head_verb.match(noun)
    return noun if words.head_noun.fullmatch(noun) else ""


def _noun_after(after: str) -> str:
    """The noun that follows its number: 10次现场宣传活动."""
    match = _AFTER_NOUN.match(after)
    if not match:
        return ""
    noun = match["noun"]
    adverb = load_words().adverb.search(noun)
    return noun[: adverb.start()] if adverb and adverb.start() else noun


def _acting(after: str, noun: str) -> str:
    """What a counted group did, before its name: 20个单位共计认领事项… → 认领事项的."""
    words = load_words()
    rest = after[after.find(noun) + len(noun) :]
    adverb = words.adverb.match(rest)
    rest = rest[adverb.end() :] if adverb else rest
    verb = words.head_verb.match(rest)
    head = words.head_noun.match(rest, verb.end()) if verb else None
    return f"{rest[: head.end()]}的" if head else ""
