"""A clause with all that a reader knows of it before binding: place, role, kind of part, subject."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Role
from .actors import Subject, read_subject
from .placing import Place, Places
from .roles import read_roles
from .words import Part


class Scene(NamedTuple):
    """A clause, what it does, where it stands and who acts in it."""

    place: Place
    role: Role
    part: Part
    subject: Subject


def read_scenes(places: Places) -> tuple[Scene, ...]:
    """One scene for each clause, in text order."""
    return tuple(
        Scene(place, role, part, read_subject(places, place))
        for place, (role, part) in zip(places.items, read_roles(places), strict=True)
    )
