"""What must fit together in graphs before they are one union: the base of their IRIs, and one text a report."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import InputError
from ..iris import Iris


def no_report(where: str, iris: Iris, other: str = "") -> InputError:
    """What to say of graphs at a place that hold no report under the base of `iris`, but maybe one under another."""
    if other:
        return InputError(
            where, f"no report under {iris.base}, but under {other}", f"give --base-iri {other}"
        )
    return InputError(where, f"no report under {iris.base}", "give other graphs or their --base-iri")


def check_base(kinds: Iterable[str], iris: Iris, where: str = "graphs") -> None:
    """Raises InputError where none of the types that things have is a report under the base of `iris`, but one is a
    report under another."""
    report, other = iris.term("Report"), ""
    for kind in kinds:
        if kind == report:
            return
        base, found, _ = kind.partition("ns#Report")
        if found and base != iris.base:
            other = other or base
    if other:
        raise no_report(where, iris, other)


def check_texts(digests: Iterable[tuple[str, str]], known: dict[str, str]) -> None:
    """Raises InputError where a source text has two digests, which means two texts of one report. Those seen so far
    are kept in `known`."""
    for text, digest in digests:
        if known.setdefault(text, digest) != digest:
            report = text.removesuffix("/text")
            raise InputError(report, "is there twice with different texts", "leave one of the two out")
