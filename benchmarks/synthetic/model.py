"""The records: what the generator hands out, and what its parts hand to one another.

All offsets are half-open and count code points. Figures are integers, scaled by a power of ten where they
have decimal places; no float takes part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Span = tuple[int, int]
"""Start and end in a text: half-open, in code points."""

Slot = tuple[int, str]
"""A figure of a piece: the index of its clause, and the name of its slot."""


@dataclass(frozen=True, slots=True)
class Case:
    """One checkable relation of a report and the truth about it.

    `stated` is the figure that the relation judges, `operands` are those that it follows from; `roles` names
    the operands in order (part, whole, carried, prev, cur, …). A span covers number and unit (`155件`, `90%`),
    with 余 or 多 between the two, without bounding words around them; in a table the number alone.
    """

    id: str
    rule: str
    kind: str
    verdict: str
    planted: bool
    stated: Span | None
    operands: tuple[Span, ...]
    roles: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class SyntheticReport:
    """A made-up report: its text, the area of its organ (GB/T 2260), the reported year, and its cases."""

    text: str
    area_code: str
    area_name: str
    year: int
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of clauses as `families.toml` describes it: which recipe writes it, where, and how large.

    `size` bounds the largest count for a county; `rates` bounds a ratio or a change, in per cent.
    """

    id: str
    shape: str
    subject: str
    topic: str
    again: str
    size: tuple[int, int]
    rates: tuple[int, int]
    places: int
    zero: bool
    bodies: str
    larger: str


class Shown(NamedTuple):
    """A figure as it is written: words before it, digits, 余 or 多 before the unit, words after it."""

    before: str
    digits: str
    inner: str
    after: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence or a block of lines, with the spans of its figures (offsets into `text`) and its topic."""

    text: str
    spans: dict[str, Span]
    topic: str
    block: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A case before its clauses have found their places in a text."""

    rule: str
    kind: str
    verdict: str
    stated: Slot | None
    operands: tuple[Slot, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What a recipe writes for a family: clauses (one, or two that stand apart) and their relations."""

    family: str
    clauses: tuple[Clause, ...]
    relations: tuple[Relation, ...]
