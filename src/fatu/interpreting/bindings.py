"""Bind each metric to what it counts: phrase, actor, period, scope, status."""

from __future__ import annotations

from ..model import AgencyName, Mention, Metric, Observation, Status
from ..outlining import fold
from .actors import NOBODY, Subject
from .arounds import leads, read_arounds
from .grounds import advance, period_of
from .persons import without_names
from .phrases import Around, Ground, read_phrase
from .placing import Place, Places
from .scenes import Scene
from .shares import read_periods, read_shares
from .words import load_words

_MAX_VERB_AT = 10
_RATES = ("%", "个百分点")
_BARE_GROUP = 4
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
        ground = advance(places, ground, previous, scene, year)
        if not place.metrics:
            previous = place
            continue
        if not scene.subject.actors and _has_own_subject(ground.subject, place.core):
            ground = ground._replace(subject=NOBODY)
        previous = place
        done = 0
        shares, periods = read_shares(places, scene, ground), read_periods(places, scene)
        verb, part = "", False
        for index, (metric, around) in enumerate(
            zip(place.metrics, read_arounds(places, scene), strict=True)
        ):
            if shares:
                around = around._replace(share=shares[index])
            if periods:
                around = around._replace(period=periods[index])
            if done and place.clause.text[done : done + 1] in ("、", "和"):
                around = around._replace(verb=verb, part=around.part or part)
            elif opens := load_words().head_verb.search(around.before, 0, _MAX_VERB_AT):
                verb = opens.group()
            part = around.part
            own = _own_agency(places, scene, index)
            if own is not None:
                kept, ground = (
                    ground.subject,
                    ground._replace(subject=Subject(agencies=(own,), text=own.words)),
                )
            ground, observation = _observe(ground, place, metric, around, year)
            if own is not None:
                ground = ground._replace(subject=kept)
            observations.append(observation)
            done = around.end
    return tuple(observations)


def _own_agency(places: Places, scene: Scene, index: int) -> Mention[AgencyName] | None:
    """The agency of one figure in a clause that tells of several: named with it behind the one before (区法院发出9份
    建议、区检察院制发52份), or in the same order where the clause says 分别."""
    place, agencies = scene.place, scene.subject.agencies
    metric = place.metrics[index]
    if index and place.agencies:
        since = place.metrics[index - 1].span.end
        named = [a for a in place.agencies if since < a.span.start and a.span.end < metric.span.start]
        if named and leads(places, place, since, named[0]):
            return named[0]
    told = place.clause.text[: places.position(place, place.metrics[0].span.start)]
    if "分别" in told and len(agencies) == len(place.metrics) > 1:
        return agencies[index]
    return None


def _has_own_subject(acting: Subject, core: str) -> bool:
    """Whether a clause without an agency is nevertheless not about who acted before: it begins with what changed by
    itself or another source (企业开办时间从…, 12348热线…), or a meeting acted and now somebody does something else."""
    words = load_words()
    if words.own_subject.match(core):
        return True
    adverb = words.adverb.match(core)
    met = bool(acting.agencies) and acting.agencies[0].payload.unit.endswith("会议")
    return met and words.head_verb.match(core, adverb.end() if adverb else 0) is not None


def _observe(
    ground: Ground, place: Place, metric: Mention[Metric], around: Around, year: int | None
) -> tuple[Ground, Observation]:
    subject = ground.subject
    scope = scope_of(subject)
    event = around.event or ground.event
    period = period_of(around.period, year, ground.ahead) if around.period else ground.period
    if event and not (around.period and around.period.payload.kind != "recurrence"):
        scope = f"{scope}·{event}" if scope else event
        period = None
    elif period is None and year is not None:
        # What a plan without a date announces is for the year after the one reported on.
        period = str(year + 1 if ground.ahead else year)
    ground, phrase = read_phrase(ground, around, scope_of(subject))
    if around.period and around.period.payload.kind == "recurrence":
        told = fold(around.period.words).text
        phrase = phrase if phrase.endswith(told) else phrase + told
    # What several do together or each is no one's alone; nor is a rate that names what it is of, or an opinion.
    opinion = metric.payload.unit in _RATES and (around.share or load_words().unacted.search(around.before))
    alone = len(subject.agencies) == 1 and not subject.is_person and not opinion
    agency = subject.agencies[0] if alone else None
    return ground, Observation(
        metric=metric,
        phrase=without_names(phrase)[:MAX_PHRASE] or metric.text,
        clause=place.clause.span,
        agency=agency,
        actor=subject.text and without_names(subject.text),
        period=period,
        scope=scope and without_names(scope),
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
