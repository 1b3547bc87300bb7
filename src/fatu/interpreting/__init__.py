"""Outline and Mentions → Reading: who did what, what was counted, what came of it, under which document."""

from __future__ import annotations

from ..model import Mentions, Outline, Reading, Statement
from .basis import read_uses
from .bindings import read_observations
from .cells import read_cells
from .measures import read_deeds, read_links
from .placing import place_mentions
from .scenes import read_scenes

__all__ = ["interpret"]


def interpret(outline: Outline, mentions: Mentions) -> Reading:
    """Read a report clause by clause: roles, observations, measures, outcomes, problems, plans and links."""
    places = place_mentions(outline, mentions)
    scenes = read_scenes(places)
    year = outline.metadata.year.value if outline.metadata.year else None
    told = (*read_observations(places, scenes, year), *read_cells(places, scenes, year))
    observations = tuple(sorted(told, key=lambda o: o.metric.span))
    uses = read_uses(places, mentions, scenes)
    deeds = read_deeds(places, scenes)
    return Reading(
        outline=outline,
        mentions=mentions,
        statements=tuple(Statement(s.place.clause, s.role) for s in scenes),
        uses=uses,
        observations=observations,
        measures=deeds.measures,
        outcomes=deeds.outcomes,
        problems=deeds.problems,
        plans=deeds.plans,
        links=read_links(outline, scenes, deeds, mentions, uses, observations),
    )
