"""What a comparison of two graphs is made of: values, facts, changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..exporting.statements import Passage

How = Literal["added", "removed", "changed"]


class Value(NamedTuple):
    """A value of a property, as it is compared and as it is shown."""

    token: str
    """What is compared: an IRI, a number in its shortest form, a text folded and without spaces."""
    zh: str
    en: str


Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a graph says of a report."""

    kind: str
    iri: str
    label: Value
    """What it is called."""
    values: tuple[tuple[str, Values], ...]
    """Property → its values, in the order of the kind's properties."""
    sentence: str
    """The sentence around its evidence, folded and without spaces; empty where the graph holds no text."""
    evidence: tuple[Passage, ...]
    """By start, of two that start together the longer first."""

    @property
    def start(self) -> int:
        """Where its evidence starts in the source text; -1 where it has none."""
        return self.evidence[0].start if self.evidence else -1

    def get(self, name: str) -> Values:
        """Values of a property; none where it is not stated."""
        return next((values for known, values in self.values if known == name), ())


@dataclass(frozen=True, slots=True)
class Difference:
    """A property that the two graphs state differently."""

    name: str
    """Its name in the ontology; `text` for the words of the evidence."""
    old: Values
    new: Values


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is in one graph only, or in both but not the same."""

    report: str
    """Id of the report: 410203-gov-2020."""
    change: How
    old: Fact | None
    new: Fact | None
    differences: tuple[Difference, ...] = ()
    """Of a fact that both graphs have."""

    @property
    def fact(self) -> Fact:
        """The newer of the two."""
        fact = self.new or self.old
        assert fact is not None
        return fact

    @property
    def places(self) -> tuple[Passage | None, Passage | None]:
        """Where to look in the old text and in the new one: the first evidence that reads differently on the other
        side, else the first; None where there is none."""
        old, new = (fact.evidence if fact else () for fact in (self.old, self.new))
        return _telling(old, new), _telling(new, old)

    @property
    def kind(self) -> str:
        """What kind of fact it is: report, section, observation, citation, measure …"""
        return self.fact.kind


def _telling(evidence: tuple[Passage, ...], other: tuple[Passage, ...]) -> Passage | None:
    known = {passage.exact for passage in other}
    return next((p for p in evidence if p.exact not in known), evidence[0] if evidence else None)


@dataclass(frozen=True, slots=True)
class ReportChanges:
    """What changed in one report."""

    report: str
    title: str
    changes: tuple[Change, ...]
    same: int
    """Facts that both graphs have, wherever they stand; 0 for a report that only one of them has."""


@dataclass(frozen=True, slots=True)
class GraphChanges:
    """Everything that two graphs differ in: one entry for each report that either has, by report."""

    reports: tuple[ReportChanges, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, report by report."""
        return tuple(change for report in self.reports for change in report.changes)

    @property
    def same(self) -> int:
        """How many facts are the same in both."""
        return sum(report.same for report in self.reports)
