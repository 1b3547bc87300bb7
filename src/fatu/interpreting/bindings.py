"""Bind each metric to what it counts: phrase, actor, period, scope, status."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

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
_RATE_OF_EACH = re.compile(r"(?P<rate>[\u4e00-\u9fff]{1,8}率)分别(?:为|达到?|是)?")
_FROM = re.compile("(?:由|从)(?:上年|去年|法定|原来|原)?的?$")
_PEOPLE = {"人": "人数", "名": "人数", "户": "户数"}
_PART = re.compile("其中|含|包括")
_NOUN_OF_LIST = re.compile(r"[余多]?(?P<noun>(?:[\u4e00-\u9fff“”]|\([^()]{1,10}\)){2,14}?)[、和与及]")
_NEAR = 6
_MAX_VERB_AT = 10
_RATES = ("%", "个百分点")
_BARE_GROUP = 4
_BOUND = re.compile("左右|以上|以下|以内|之内|上下|内(?![设部容外控蒙涝政陆])")
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
        acting = ground.subject
        if not scene.subject.actors and _has_own_subject(acting, place.core):
            ground = ground._replace(subject=NOBODY)
        previous = place
        done = 0
        shares, periods = _shares(places, scene, ground), _periods(places, scene)
        verb, part = "", False
        for index, (metric, around) in enumerate(zip(place.metrics, _arounds(places, scene), strict=True)):
            if shares:
                around = around._replace(share=shares[index])
            if periods:
                around = around._replace(period=periods[index])
            if done and place.clause.text[done : done + 1] in ("、", "和"):
                around = around._replace(verb=verb, part=around.part or part)
            elif opens := load_words().head_verb.search(around.before, 0, _MAX_VERB_AT):
                verb = opens.group()
            part = around.part
            kept = ground.subject
            if own := _own_agency(places, scene, index):
                ground = ground._replace(subject=Subject(agencies=(own,), text=own.text))
            ground, observation = _observe(ground, place, metric, around, year)
            ground = ground._replace(subject=kept)
            observations.append(observation)
            done = around.end
        ground = ground._replace(subject=acting)
    return tuple(observations)


def _own_agency(places: Places, scene: Scene, index: int) -> Mention[AgencyName] | None:
    """The agency of one figure in a clause that tells of several: named with it behind the one before (区法院发出9份
    建议、区检察院制发52份), or in the same order where the clause says 分别."""
    place, agencies = scene.place, scene.subject.agencies
    metric = place.metrics[index]
    if index and place.agencies:
        since = place.metrics[index - 1].span.end
        named = [a for a in place.agencies if since < a.span.start and a.span.end < metric.span.start]
        if named and _leads(places, place, since, named[0]):
            return named[0]
    told = place.clause.text[: places.position(place, place.metrics[0].span.start)]
    if "分别" in told and len(agencies) == len(place.metrics) > 1:
        return agencies[index]
    return None


def _leads(places: Places, place: Place, since: int, agency: Mention[AgencyName]) -> bool:
    """Whether an agency opens a member of a list and does something."""
    text = place.clause.text
    before = text[places.position(place, since) : places.position(place, agency.span.start)]
    return before.endswith(("、", "和", ",")) and bool(
        load_words().verb.match(text, places.position(place, agency.span.end))
    )


def _has_own_subject(acting: Subject, core: str) -> bool:
    """Whether a clause without an agency is nevertheless not about who acted before: it begins with what changed by
    itself or another source (企业开办时间从…, 12348热线…), or a meeting acted and now somebody does something else."""
    words = load_words()
    if words.own_subject.match(core):
        return True
    adverb = words.adverb.match(core)
    met = bool(acting.agencies) and acting.agencies[0].payload.unit.endswith("会议")
    return met and words.head_verb.match(core, adverb.end() if adverb else 0) is not None


def _shares(places: Places, scene: Scene, ground: Ground) -> tuple[str, ...]:
    """Phrases of the figures that a clause tells 分别, one for each; empty where it does not or the numbers of
    heads and figures differ. Where it names one head or none (满意率分别为…, 同比分别增长…), they are about the last
    counts before it."""
    metrics = scene.place.metrics
    if len(metrics) < 2:
        return ()
    text = scene.place.clause.text
    start = places.position(scene.place, metrics[0].span.start)
    told = text[scene.place.lead : start]
    if "分别" in told and len(ground.recent) >= len(metrics):
        rate = _RATE_OF_EACH.fullmatch(told)
        if rate or load_words().change.match(told):
            ends = [rate["rate"]] * len(metrics) if rate else _changes(places, scene, told)
            return tuple(p + e for p, e in zip(ground.recent[-len(metrics) :], ends, strict=True))
    match = load_words().respectively.match(text[scene.subject.end : start])
    if not match:
        return ()
    heads = [h for h in re.split("、|和|与|及|以及", match["heads"]) if h]
    if len(heads) != len(metrics):
        return ()
    common = re.search(r"[数总](?:量|额|数)$", heads[-1])
    tail = common.group() if common else ""
    return tuple(h + (tail if tail and not h.endswith(tail) else "") + match["verb"] for h in heads)


def _changes(places: Places, scene: Scene, told: str) -> list[str]:
    """What each figure says of its count where changes are told 分别: 分别增加22件、下降5.4%."""
    text, metrics = scene.place.clause.text, scene.place.metrics
    changes = [told.strip(",、 ").replace("分别", "")]
    for before, metric in pairwise(metrics):
        between = text[
            places.position(scene.place, before.span.end) : places.position(scene.place, metric.span.start)
        ]
        changes.append(between.strip(",、和及与 ") or changes[-1])
    return changes


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
    if not place.metrics and (event := load_words().event.search(place.core)):
        ground = ground._replace(theme=event["theme"])
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
            ground = ground._replace(period=_period(date, year, ground.ahead), event=None)
    return ground


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
        return f"{year + ahead}/{value}" if year is not None else value
    if ahead and year is not None and value is not None and "-" in value and str(year) not in date.text:
        # 6月底前 in the part on what comes next: a deadline of that year.
        return str(year + 1)
    if date.payload.kind == "relative" and ahead and year is not None and value == str(year):
        return None
    return value


def _arounds(places: Places, scene: Scene) -> list[Around]:
    """The words around each metric of a clause. In a list in which the nouns follow (对16个乡镇、28个部门开展督察)
    all share what leads to the first and what is said behind the last."""
    clause, metrics = scene.place.clause, scene.place.metrics
    arounds: list[Around] = []
    done = 0
    for index, metric in enumerate(metrics):
        stop = metrics[index + 1].span.start if index + 1 < len(metrics) else clause.span.end
        arounds.append(_around(places, scene, metric, done, stop))
        done = arounds[-1].end
    for index in range(len(metrics) - 1, 0, -1):
        between = clause.text[
            arounds[index - 1].end : places.position(scene.place, metrics[index].span.start)
        ]
        if noun := _NOUN_OF_LIST.fullmatch(between):
            said = load_words().head_verb.search(arounds[index].after, 2)
            shared = arounds[index].after[said.start() :] if said else ""
            arounds[index - 1] = arounds[index - 1]._replace(after=noun["noun"] + shared, more=False)
    for index in range(1, len(metrics)):
        between = clause.text[
            arounds[index - 1].end : places.position(scene.place, metrics[index].span.start)
        ]
        if _NOUN_OF_LIST.fullmatch(between):
            arounds[index] = arounds[index]._replace(before=arounds[index - 1].before)
    return arounds


def _around(places: Places, scene: Scene, metric: Mention[Metric], done: int, stop: int) -> Around:
    place, text = scene.place, scene.place.clause.text
    start, end = (places.position(place, offset) for offset in metric.span)
    if bound := _BOUND.match(text, end):
        end = bound.end()
    begin = done or _opening(places, scene)
    for agency in place.agencies if done else ():
        if metric.span.start > agency.span.end and _leads(places, place, place.clause.span.start, agency):
            begin = max(begin, places.position(place, agency.span.end))
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
    told = "".join(pieces)
    from_here = told.endswith(("由", "从")) or bool(_FROM.search(told))
    aside = "(" in told and ")" not in told[told.rfind("(") :]
    before, part = _trimmed(
        told.replace("(", "", 1) if aside and not done else told[told.rfind("(") + 1 :] if aside else told
    )
    part = part or (aside and told.startswith("("))
    paired = bool(done) and start == done and metric.payload.unit in _PEOPLE
    return Around(
        before, after, period, event, end, more,
        part=part, aside=aside, money=metric.payload.unit == "元", people=_PEOPLE[metric.payload.unit or ""] if paired else "", origin=from_here,
    )  # fmt: skip


def _opening(places: Places, scene: Scene) -> int:
    """Where a clause's own words begin, after its subject; media and meetings are part of what is told of them."""
    subject = scene.subject
    if any(a.payload.line == "other" or a.payload.unit.endswith("会议") for a in subject.agencies):
        return subject.start
    start = subject.end if subject.stated else scene.place.lead
    for other in subject.participants:
        # 会同某局评查案卷: who takes part is not what is counted.
        first, last = (places.position(scene.place, offset) for offset in other.span)
        if first <= start + _NEAR:
            start = last
    return start


def _trimmed(text: str) -> tuple[str, bool]:
    """Without lead-ins and words of bounds; and whether a lead-in says 其中 or 含."""
    words = load_words()
    kept = words.strip_end.sub("", text.strip())
    lead_in = words.strip.match(kept)
    return (kept[lead_in.end() :], bool(_PART.search(lead_in.group()))) if lead_in else (kept, False)


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
    # What several do together or each is no one's alone; nor is a rate that names what it is of, or an opinion.
    opinion = metric.payload.unit in _RATES and (around.share or load_words().unacted.search(around.before))
    alone = len(subject.agencies) == 1 and not subject.is_person and not opinion
    agency = subject.agencies[0] if alone else None
    return ground, Observation(
        metric=metric,
        phrase=phrase[:MAX_PHRASE] or metric.text,
        clause=place.clause.span,
        agency=agency,
        actor=subject.text,
        period=period,
        scope=scope,
        status=_status(ground, around),
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


def _status(ground: Ground, around: Around) -> Status:
    words = load_words()
    if around.origin and ground.status == "planned":
        # What a plan starts from is so already: 从79.2%提升至85%.
        return "achieved"
    if words.required_by.match(around.after):
        return "required"
    if words.planned.match(around.before):
        return "planned"
    return ground.status
