"""Marks of figures that are compared, and measure words that count the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from .catalogue import unit_slug
from .messages import Message
from .tables import load_table

Weight = Literal["apart", "note", "silence"]


@dataclass(frozen=True, slots=True)
class ComparisonMark:
    """What is to be said of a figure beside the others of its indicator."""

    mark: str
    weight: Weight
    """apart: it stands in no ranking; note: it does, with this sign; silence: there is no figure."""
    words: Message


@cache
def load_comparison_marks() -> Mapping[str, ComparisonMark]:
    """By mark, in the order in which a figure's marks are told. Raises LexiconError where the table is broken."""
    return {
        row["mark"]: ComparisonMark(row["mark"], cast(Weight, row["weight"]), Message(row["zh"], row["en"]))
        for row in load_table("comparison_marks.tsv", unique=True)
    }


def is_apart(mark: str) -> bool:
    """Whether a figure with this mark is not comparable with the others of its indicator."""
    return load_comparison_marks()[mark].weight == "apart"


def common_unit(slug: str) -> str:
    """The unit that stands for all that count the same: jian for zong; itself where it is the only one."""
    return _synonyms().get(slug, slug)


@cache
def _synonyms() -> Mapping[str, str]:
    pairs = ((unit_slug(row["word"]), unit_slug(row["same_as"])) for row in load_table("unit_synonyms.tsv"))
    return {word: same_as for word, same_as in pairs if word and same_as}
