"""Quads → an index to read from: what there is, what is said of it, and where the text says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from ..describing.terms import DCTERMS, OA, RDF, RDFS, SKOS, Iri, Literal, Object, Quad
from ..errors import InputError
from ..iris import Iris
from ..storing.fitting import no_report

_REMEDY = "look at it with fatu validate, or build it anew with fatu build"
_NAMES = (SKOS + "prefLabel", DCTERMS + "title", RDFS + "label", "docNumber")


class Passage(NamedTuple):
    """A half-open range of code points of a source text, and what stands there."""

    source: str
    """IRI of the source text."""
    start: int
    end: int
    exact: str
    span: str
    """Its own IRI."""


Subjects = dict[str, dict[str, list[Object]]]
"""Subject → predicate → values, sorted."""


def by_subject(quads: Iterable[Quad]) -> Subjects:
    """An index of the triples of quads."""
    found: Subjects = {}
    for subject, predicate, value, _ in quads:
        found.setdefault(subject, {}).setdefault(predicate, []).append(value)
    # Sorted within each subject, not as a whole: of many quads that takes a third of the time.
    return {
        subject: {predicate: _in_order(values) for predicate, values in sorted(told.items())}
        for subject, told in sorted(found.items())
    }


@dataclass(frozen=True, slots=True)
class Statements:
    """All triples of some graphs, whatever named graph they stand in. Every answer comes in one fixed order.

    Predicates and classes are given by their name in the ontology, or by a full IRI.
    """

    iris: Iris
    subjects: Subjects

    @classmethod
    def of(cls, quads: Iterable[Quad], iris: Iris, known: Subjects | None = None) -> Statements:
        """The statements of quads, and of what is known besides, such as the vocabulary, of which they say nothing
        themselves. Raises InputError where they hold no report under the base of `iris`."""
        statements = cls(iris, {**(known or {}), **by_subject(quads)})
        if not statements.instances("Report"):
            raise no_report("graphs", iris)
        return statements

    def _term(self, name: str) -> str:
        return name if "://" in name else self.iris.term(name)

    # ---- what there is -------------------------------------------------------------------------------------

    def instances(self, *kinds: str) -> list[str]:
        """Everything of one of the classes: by report, by where the text speaks of it, by IRI."""
        wanted = {Iri(self._term(kind)) for kind in kinds}
        found = [
            s for s, facts in self.subjects.items() if not wanted.isdisjoint(facts.get(RDF + "type", ()))
        ]
        return sorted(found, key=self.place)

    def place(self, subject: str) -> tuple[str, int, str]:
        """What to order by: report, start of the evidence, IRI; what reports share comes first."""
        passage = self.passage(subject)
        return self.report(subject), passage.start if passage else -1, subject

    # ---- what is said of it --------------------------------------------------------------------------------

    def objects(self, subject: str, predicate: str) -> list[Object]:
        """Every value of a property."""
        return self.subjects.get(subject, {}).get(self._term(predicate), [])

    def need(self, subject: str, predicate: str) -> Object:
        """The value of a property that must be there. Raises InputError where it is not."""
        for value in self.objects(subject, predicate):
            return value
        raise InputError(subject, f"nothing says its {local_name(predicate)}", _REMEDY)

    def links(self, subject: str, predicate: str) -> list[str]:
        """Every thing that a property leads to."""
        return [value.value for value in self.objects(subject, predicate) if isinstance(value, Iri)]

    def link(self, subject: str, predicate: str) -> str:
        """The first thing that a property leads to, or nothing."""
        return next(iter(self.links(subject, predicate)), "")

    def text(self, subject: str, predicate: str, language: str = "") -> str:
        """A value as written: the first in this language, or else without one; nothing where there is none."""
        values = [value for value in self.objects(subject, predicate) if isinstance(value, Literal)]
        for wanted in (language, ""):
            for value in values:
                if value.language == wanted:
                    return value.value
        return values[0].value if values and not language else ""

    def number(self, subject: str, predicate: str) -> Decimal | None:
        """A figure, as precise as it is written; None where there is none. Raises InputError where it is none."""
        written = self.text(subject, predicate)
        try:
            return Decimal(written) if written else None
        except InvalidOperation as error:
            name = local_name(predicate)
            raise InputError(subject, f"its {name} {written!r} is not a number", _REMEDY) from error

    def integer(self, subject: str, predicate: str) -> int | None:
        """A whole number (a year too); None where there is none. Raises InputError where it is none."""
        number = self.number(subject, predicate)
        return None if number is None else int(number)

    def label(self, subject: str, language: str = "zh") -> str:
        """What a thing is called; the end of its IRI where it has no name."""
        for predicate in _NAMES:
            if name := self.text(subject, predicate, language):
                return name
        return local_name(subject)

    # ---- where -----------------------------------------------------------------------------------------------

    def report(self, subject: str) -> str:
        """IRI of the report that something is part of; nothing for what reports share."""
        return self.link(subject, "inReport") or (subject.split("#", 1)[0] if "#" in subject else "")

    def report_id(self, report: str) -> str:
        """The id of a report, which names its folder: 410203-gov-2020."""
        return report.removeprefix(self.iris.concept("report", "")).replace("/", "-")

    def passages(self, subject: str) -> list[Passage]:
        """The evidence of something, in text order, the shorter of two that start together first."""
        found = []
        for span in self.links(subject, "evidence"):
            start, end = self.integer(span, OA + "start"), self.integer(span, OA + "end")
            if start is not None and end is not None:
                source = self.link(span, "inText") or self.report(subject)
                found.append(Passage(source, start, end, self.text(span, OA + "exact", "zh"), span))
        return sorted(found)

    def passage(self, subject: str) -> Passage | None:
        """The first passage of its evidence."""
        return next(iter(self.passages(subject)), None)


def _in_order(values: list[Object]) -> list[Object]:
    return values if len(values) == 1 else sorted(set(values))


def local_name(iri: str) -> str:
    """What follows the last # or / of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
