"""The words around each figure of a clause, from which its phrase is made."""

from __future__ import annotations

import re

from ..model import AgencyName, Mention, Metric
from ..outlining import fold
from .phrases import Around, noun_after
from .placing import COMPARED_FIGURE, Place, Places
from .scenes import Scene
from .words import load_words

_FROM = re.compile("(?:由|从)(?:上年|去年|法定|原来|原)?的?$")
_PEOPLE = {"人": "人数", "名": "人数", "户": "户数"}
_PART = re.compile("其中|含|包括")
_NOUN_OF_LIST = re.compile(r"[余多]?(?P<noun>(?:[\u4e00-\u9fff“”]|\([^()]{1,10}\)){2,14}?)[、和与及]")
_NEAR = 6
_GROUP_NOUN = re.compile("[\u4e00-\u9fff]{2,8}")
"""调解员 of 2140名调解员(专职196名)."""
_BOUND = re.compile("左右|以上|以下|以内|之内|上下|内(?![设部容外控蒙涝政陆])")


def read_arounds(places: Places, scene: Scene) -> list[Around]:
    """The words around each metric of a clause. In a list in which the nouns follow (对16个乡镇、28个部门开展督察)
    all share what leads to the first and what is said behind the last."""
    clause, metrics = scene.place.clause, scene.place.metrics
    arounds: list[Around] = []
    done = 0
    for index, metric in enumerate(metrics):
        stop = metrics[index + 1].span.start if index + 1 < len(metrics) else clause.span.end
        arounds.append(_around(places, scene, metric, done + _counted(arounds, done), stop))
        done = arounds[-1].end
    for index in range(1, len(metrics)):
        start = places.position(scene.place, metrics[index].span.start)
        noun = _NOUN_OF_LIST.fullmatch(clause.text, arounds[index - 1].end, start)
        if noun is None:
            continue
        if index == len(metrics) - 1:
            said = load_words().head_verb.search(arounds[index].after, 2)
            shared = arounds[index].after[said.start() :] if said else ""
            arounds[index - 1] = arounds[index - 1]._replace(after=noun["noun"] + shared, more=False)
        arounds[index] = arounds[index]._replace(before=arounds[index - 1].before)
    return arounds


def _counted(arounds: list[Around], done: int) -> int:
    """How much of what follows the last figure is the noun that it counts, where an adverb shows that it ends: 17个镇
    (街道)|共编制规划42个."""
    if not done:
        return 0
    after = arounds[-1].after
    noun, ends = noun_after(after)
    return len(noun) if noun and ends and not noun.endswith("中") and after[len(noun) :][:1] != "的" else 0


def _around(places: Places, scene: Scene, metric: Mention[Metric], done: int, stop: int) -> Around:
    place, text = scene.place, scene.place.clause.text
    start, end = places.range(place, metric.span)
    if bound := _BOUND.match(text, end):
        end = bound.end()
    begin = done or _opening(places, scene)
    for agency in place.agencies if done else ():
        if metric.span.start > agency.span.end and leads(places, place, place.clause.span.start, agency):
            begin = max(begin, places.position(place, agency.span.end))
    pieces, at = [], begin
    period, event = None, None
    for date in place.dates:
        first, last = places.range(place, date.span)
        if last > start:
            break
        if date.payload.kind == "event":
            event = fold(date.words).text if first >= place.lead else event
            continue
        compared = load_words().yardstick_before.search(text, 0, first)
        figure = COMPARED_FIGURE.match(text, last) if compared else None
        if first >= done or not (figure or load_words().origin.search(text, 0, first)):
            # 由上年的12%下降至8%, 较上年的58件增长: such a word dates the first figure only.
            period = date
        if begin <= first and compared and figure:
            # 较上年受理的58件: 受理 is what the figure counts.
            pieces += [text[at : max(at, compared.start())], figure["did"]]
            at = max(at, figure.end())
        elif begin <= first:
            pieces.append(text[at:first])
            at = max(at, last)
    pieces.append(text[at:start])
    after = text[end : places.position(place, stop)]
    more = stop < place.clause.span.end
    told = "".join(pieces)
    from_here = bool(_FROM.search(told))
    aside = "(" in told and ")" not in told[told.rfind("(") :]
    begins_aside = told.startswith("(")
    if aside:
        # 审结418件(含上年结转29件), but 法律顾问团(律师6名): what stands before the bracket is what it is of.
        outer, _, inner = told.rpartition("(")
        follows = inner + outer if _GROUP_NOUN.fullmatch(outer) else inner
        told = follows if done else outer + inner
    before, part = _trimmed(told)
    part = part or (aside and begins_aside)
    paired = bool(done) and start == done and metric.payload.unit in _PEOPLE
    return Around(
        before,
        after,
        period,
        event,
        end,
        more,
        part=part,
        aside=aside,
        money=metric.payload.unit == "元",
        people=_PEOPLE[metric.payload.unit or ""] if paired else "",
        origin=from_here,
    )


def _opening(places: Places, scene: Scene) -> int:
    """Where a clause's own words begin, after its subject; media and meetings are part of what is told of them."""
    subject = scene.subject
    if any(a.payload.line == "other" or a.payload.unit.endswith("会议") for a in subject.agencies):
        return subject.start
    start = subject.end if subject.stated else scene.place.lead
    for other in subject.participants:
        # 会同某局评查案卷: who takes part is not what is counted.
        first, last = places.range(scene.place, other.span)
        if first <= start + _NEAR:
            start = last
    return start


def _trimmed(text: str) -> tuple[str, bool]:
    """Without lead-ins and words of bounds; and whether a lead-in says 其中 or 含."""
    words = load_words()
    kept = words.strip_end.sub("", text.strip())
    lead_in = words.strip.match(kept)
    return (kept[lead_in.end() :], bool(_PART.search(lead_in.group()))) if lead_in else (kept, False)


def leads(places: Places, place: Place, since: int, agency: Mention[AgencyName]) -> bool:
    """Whether an agency opens a member of a list and does something."""
    text = place.clause.text
    before = text[places.position(place, since) : places.position(place, agency.span.start)]
    return before.endswith(("、", "和", ",")) and bool(
        load_words().verb.match(text, places.position(place, agency.span.end))
    )
