"""Reading one RDF graph: all its named graphs at once, its labels, and its values as words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from rdflib import DCTERMS, RDF, RDFS, SKOS, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from fatu.iris import Iris
from fatu.viewing.wording import load_words

_BOUND_SIGNS = {"at_least": "≥", "at_most": "≤", "approx": "≈"}
_NO_UNIT = "none"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CENT = Decimal("0.01")


def local_name(term: Node) -> str:
    """What follows the last # or / of an IRI."""
    return str(term).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def word_key(term: Node) -> str:
    """The local name of a concept as the page's tables write it: atLeast, at-least → at_least."""
    return _HUMP.sub("_", local_name(term)).replace("-", "_").lower()


@dataclass(frozen=True, slots=True)
class Statements:
    """Every triple of a graph once, by subject; every answer comes in one fixed order."""

    index: Mapping[Node, Mapping[Node, tuple[Node, ...]]]
    classes: Mapping[Node, tuple[Node, ...]]
    ontology: str
    """Namespace of the ontology, which follows the base IRI that the graph was built with."""

    @classmethod
    def of(cls, source: Dataset | Graph) -> Statements:
        """The statements of a dataset, whatever named graph they stand in, or of a plain graph."""
        quads = source.quads((None, None, None, None)) if hasattr(source, "quads") else iter(source)
        grouped: dict[Node, dict[Node, set[Node]]] = {}
        for subject, predicate, value, *_ in quads:
            grouped.setdefault(subject, {}).setdefault(predicate, set()).add(value)
        classes: dict[Node, list[Node]] = {}
        for subject, found in grouped.items():
            for kind in found.get(RDF.type, ()):
                classes.setdefault(kind, []).append(subject)
        reports = {str(kind) for kind in classes if str(kind).endswith("ns#Report")}
        return cls(
            {s: {p: tuple(sorted(o, key=_order)) for p, o in found.items()} for s, found in grouped.items()},
            {kind: tuple(sorted(nodes, key=str)) for kind, nodes in classes.items()},
            min(reports, default=Iris().term("Report")).removesuffix("Report"),
        )

    def term(self, name: str) -> URIRef:
        """A class or property of the ontology."""
        return URIRef(self.ontology + name)

    def instances(self, name: str) -> tuple[Node, ...]:
        """Everything of a class, by IRI."""
        return self.classes.get(self.term(name), ())

    def values(self, subject: Node, predicate: URIRef) -> tuple[Node, ...]:
        """Objects of a property, in a fixed order."""
        return self.index.get(subject, {}).get(predicate, ())

    def value(self, subject: Node, name: str) -> Node | None:
        """The first object of one of the ontology's properties, or None."""
        return next(iter(self.values(subject, self.term(name))), None)

    def text(self, subject: Node, predicate: URIRef, language: str) -> str | None:
        """A literal in a language, or without one where only that is stated."""
        found = [v for v in self.values(subject, predicate) if isinstance(v, Literal)]
        for wanted in (language, None):
            for literal in found:
                if literal.language == wanted:
                    return str(literal)
        return None

    def label(self, subject: Node, language: str = "zh") -> str:
        """What a thing is called; its local name where it has no label in this language or Chinese."""
        for wanted in dict.fromkeys((language, "zh")):
            for predicate in (SKOS.prefLabel, DCTERMS.title, RDFS.label):
                if text := self.text(subject, predicate, wanted):
                    return text
        return self.text(subject, self.term("docNumber"), "zh") or local_name(subject)

    def amount(self, observation: Node, language: str = "zh") -> str:
        """Value, bound and unit in one: ≥2500件, 88.78%, 117万元; empty where no value is stated."""
        value = self.value(observation, "value")
        if value is None:
            return ""
        scale = self.value(observation, "scale")
        word = load_words().get(f"scale.{scale}", ("",))[0] if language == "zh" else ""
        power = int(str(scale)) if word else 0
        high, bound = self.value(observation, "valueHigh"), self.value(observation, "bound")
        number = write_number(str(value), power)
        if high is not None:
            number += f"–{write_number(str(high), power)}"
        sign = _BOUND_SIGNS.get(word_key(bound), "") if bound is not None else ""
        return sign + number + word + self.unit(observation)

    def unit(self, observation: Node) -> str:
        """The measure word of an observation; empty where the text gives none."""
        unit = self.value(observation, "unit")
        return self.label(unit) if unit is not None and local_name(unit) != _NO_UNIT else ""

    def expected(self, finding: Node) -> str:
        """What the audit computed: one number where both ends round to it, else low–high; empty if neither."""
        ends = [
            str(v) for name in ("expectedLow", "expectedHigh") if (v := self.value(finding, name)) is not None
        ]
        rounded = list(dict.fromkeys(round_number(end) for end in ends))
        return rounded[0] if len(rounded) == 1 else "–".join(dict.fromkeys(map(write_number, ends)))

    def words(self, name: str, value: Node) -> tuple[str, str]:
        """A value of a property in Chinese and English: from the page's words, else from its labels."""
        if isinstance(value, Literal):
            return str(value), str(value)
        known = load_words().get(f"{name}.{word_key(value)}")
        return known or (self.label(value), self.label(value, "en"))

    def property_words(self, predicate: URIRef) -> tuple[str, str]:
        """What a property is called: from the page's words, else from the ontology's labels."""
        known = load_words().get(f"property.{local_name(predicate)}")
        return known or (self.label(predicate), self.label(predicate, "en"))

    def pairs(self, subject: Node) -> Iterator[tuple[URIRef, Node]]:
        """Every property and value of a thing, in a fixed order."""
        found = self.index.get(subject, {})
        for predicate in sorted(found, key=str):
            for value in found[predicate]:
                yield URIRef(str(predicate)), value


def _order(node: Node) -> tuple[str, str, str]:
    if isinstance(node, Literal):
        return str(node), node.language or "", str(node.datatype or "")
    return str(node), "", ""


def write_number(lexical: str, power: int = 0) -> str:
    """A decimal, divided by 10 to a power, without the zeros that serialisers add: 90.0 → 90, 88.780 → 88.78."""
    try:
        number = Decimal(lexical).scaleb(-power)
    except InvalidOperation:
        return lexical
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def round_number(lexical: str) -> str:
    """A decimal with at most two places, half away from zero: 88.888889 → 88.89."""
    try:
        return write_number(str(Decimal(lexical).quantize(_CENT, ROUND_HALF_UP)))
    except InvalidOperation:
        return lexical
