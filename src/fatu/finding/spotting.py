"""What finders yield: a typed range of the folded text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from ..model import AgencyName, Citation, DateValue, Metric, Program

P = TypeVar("P", bound=Citation | AgencyName | Metric | Program | DateValue)


class Spot(NamedTuple, Generic[P]):
    """A half-open range of the folded text with what was read there."""

    start: int
    end: int
    payload: P


def mark_spots(length: int, *kinds: Iterable[tuple[int, int, object]]) -> bytearray:
    """A mask of `length` with 1 wherever one of the spots lies."""
    mask = bytearray(length)
    for spots in kinds:
        for start, end, _ in spots:
            mask[start:end] = b"\x01" * (end - start)
    return mask
