"""Figures told together (分别): which head, which count and which year each of them goes with."""

from __future__ import annotations

import re
from itertools import pairwise

from ..model import DateValue, Mention
from .phrases import Ground
from .placing import Places
from .scenes import Scene
from .words import load_words

_IN_ALL = re.compile("(?:累计|总数|共)分别(?:达到?|为|增至)*")
_RATE_OF_EACH = re.compile(r"(?P<rate>[\u4e00-\u9fff]{1,8}率)分别(?:为|达到?|是)?")


def read_shares(places: Places, scene: Scene, ground: Ground) -> tuple[str, ...]:
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
        if rate or load_words().change.match(told) or _IN_ALL.fullmatch(told):
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


def read_periods(places: Places, scene: Scene) -> tuple[Mention[DateValue], ...]:
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
