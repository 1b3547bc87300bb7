"""Statements → the facts of each report, with what they say apart from where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from ..auditing.arithmetic import brief
from ..describing.terms import DCTERMS, RDF, RDFS, SH, XSD, Iri, Literal, Object
from ..errors import InputError
from ..exporting.statements import Passage, Statements, local_name
from ..iris import Iris
from ..lexicon.marks import fold_marks
from ..outlining.normalise import fold
from .change import Fact, Value, Values
from .kinds import KINDS, MENTION, MENTION_PROPERTIES, Kind
from .wording import load_words, term_words

_SENTENCE_END = re.compile(r"[。;!?\n]")
_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d*)?")
_MAX_DIGITS = 24
_FIGURE = "#"
_CUT = "…"


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a graph says of one report."""

    iri: str
    id: str
    title: str
    facts: dict[str, list[Fact]]
    """Kind → its facts, in text order."""
    mentions: list[Fact]
    """Names as they are taken, in text order."""


def read_facts(statements: Statements) -> Iterator[ReportFacts]:
    """The facts of each report that the statements are about, by report.

    Raises InputError where there are two texts under one report, or where a place is no number.
    """
    nodes: dict[str, dict[str, list[str]]] = {report: {} for report in statements.instances("Report")}
    terms = {Iri(statements.iris.term(name)): name for name in (*(kind.term for kind in KINDS), "Mention")}
    for subject, told in statements.subjects.items():
        names = [terms[kind] for kind in told.get(RDF + "type", ()) if kind in terms]
        if names:
            reports = statements.links(subject, "inReport") or [statements.report(subject)]
            for report in reports:
                if report in nodes:
                    for name in names:
                        nodes[report].setdefault(name, []).append(subject)
    for report, found in nodes.items():
        yield _Reader(statements, report, found).read()


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """A text as texts are compared: one form for each character and mark, no spaces."""
    return "".join(fold(text).text.split())


@cache
def _properties(kind: Kind, iris: Iris) -> tuple[tuple[str, str, str], ...]:
    """Of every property and link of a kind the end of its name, its name, and its IRI."""
    names = dict.fromkeys((*kind.properties, *kind.links))
    return tuple((local_name(n), n, n if "://" in n else iris.term(n)) for n in names)


class _Reader:
    """Reads one report. A class because every kind needs the same text, figures and sentences."""

    def __init__(self, statements: Statements, report: str, nodes: dict[str, list[str]]) -> None:
        self.statements, self.iris, self.report, self.nodes = statements, statements.iris, report, nodes
        sources = statements.objects(f"{report}/text", "sha256")
        if len(sources) > 1:
            raise InputError(report, "is there twice with different texts", "leave one of the two out")
        self.text = statements.text(f"{report}/text", "text")
        self.ends = [mark.start() for mark in _SENTENCE_END.finditer(fold_marks(self.text))]
        self.figures = sorted(self._find_figures())
        self.sentences: dict[tuple[int, int], str] = {}
        self.values: dict[Object, Value] = {}
        self.named: dict[str, list[str]] = {}
        for mention in nodes.get("Mention", ()):
            for thing in statements.links(mention, "refersTo"):
                self.named.setdefault(thing, []).append(mention)

    def read(self) -> ReportFacts:
        """All facts of the report."""
        facts = {kind.name: self._ordered(self._facts(kind)) for kind in KINDS}
        title = self.statements.text(self.report, DCTERMS + "title", "zh")
        return ReportFacts(
            self.report,
            self.statements.report_id(self.report),
            " ".join(title.split()),
            facts,
            self._ordered(map(self._mention, self._plain_mentions())),
        )

    def _ordered(self, facts: Iterable[Fact]) -> list[Fact]:
        return sorted(facts, key=lambda f: (f.start, f.evidence, f.label.token, _tokens(f), f.iri))

    def _facts(self, kind: Kind) -> Iterator[Fact]:
        match kind.name:
            case "report":
                subjects: Sequence[str] = [self.report]
            case "agency" | "program":
                is_kind = Iri(self.iris.term(kind.term))
                subjects = [n for n in self.named if is_kind in self.statements.objects(n, RDF + "type")]
            case "document":
                subjects = self._documents()
            case _:
                subjects = self.nodes.get(kind.term, ())
        for subject in subjects:
            yield self._fact(kind, subject)

    def _documents(self) -> list[str]:
        """The documents that the report cites, with those that they issue or carry out."""
        found: dict[str, None] = {}
        ahead = [d for c in self.nodes.get("Citation", ()) for d in self.statements.links(c, "cites")]
        while ahead:
            document = ahead.pop()
            if document not in found:
                found[document] = None
                for name in ("promulgates", "implementsPolicy"):
                    ahead += self.statements.links(document, name)
        return list(found)

    def _fact(self, kind: Kind, subject: str) -> Fact:
        passages = self._passages(subject)
        label = self._label(kind, subject, passages)
        told = self.statements.subjects.get(subject, {})
        values = tuple(
            (short, self._values(kind, name, told.get(iri, ()), (subject, label)))
            for short, name, iri in _properties(kind, self.iris)
        )
        return Fact(kind.name, subject, label, values, self._sentence(passages), passages)

    def _values(self, kind: Kind, name: str, found: Sequence[Object], node: tuple[str, Value]) -> Values:
        subject, label = node
        if name == "label" or (name == "text" and kind.name == "section"):
            return (label,)
        if name == "text":
            return (self._words(subject, label),)
        if not found:
            return ()
        values = tuple(sorted(map(self._value, found)))
        if name in ("expectedLow", "expectedHigh"):  # computed to more places than anybody reads
            return tuple(Value(v.token, *[_in_brief(v.token)] * 2) for v in values)
        return values

    def _passages(self, subject: str) -> tuple[Passage, ...]:
        """Its evidence; of an agency, a program or a document that of the first place where it is named."""
        found = self.statements.passages(subject)
        if not found:
            mentions = self.named.get(subject, ())
            found = min((self.statements.passages(mention) for mention in mentions), default=[])
        return tuple(sorted(found, key=lambda p: (p.start, -p.end, p.exact)))

    # ---- words ------------------------------------------------------------------------------------------------

    def _label(self, kind: Kind, subject: str, passages: tuple[Passage, ...]) -> Value:
        """What a fact is called: in full, where its label was cut and its evidence goes on."""
        if kind.name == "document":
            return self._value(Iri(subject))
        if kind.name == "finding":
            zh, en = (self.statements.text(subject, RDFS + "comment", language) for language in ("zh", "en"))
            return Value(plain_text(zh), zh, en)
        zh = self.statements.label(subject)
        if zh.endswith(_CUT) and passages:
            exact = " ".join(passages[0].exact.split())
            found = exact.find(zh.removesuffix(_CUT))
            zh = exact[found:] if found >= 0 else zh
        return Value(plain_text(zh), zh, self.statements.text(subject, RDFS + "label", "en") or zh)

    def _words(self, subject: str, label: Value) -> Value:
        """The words of a fact's evidence without its number in a list, which moves with it, and without the figures,
        which are facts of their own."""
        passages = self._passages(subject)
        if not passages:
            return label
        place = passages[0]
        number = len(place.exact) - len(label.zh) if place.exact.endswith(label.zh) else 0
        exact = place.exact[number:]
        place = place._replace(start=place.start + number, exact=exact)
        return Value(plain_text(self._without_figures(place)), exact, exact)

    def _without_figures(self, place: Passage) -> str:
        kept: list[str] = []
        at = place.start
        for start, end in self.figures[bisect_left(self.figures, (place.start, 0)) :]:
            if start >= place.end:
                break
            if end <= place.end:
                kept += place.exact[at - place.start : start - place.start], _FIGURE
                at = end
        return "".join([*kept, place.exact[at - place.start :]])

    def _find_figures(self) -> Iterator[tuple[int, int]]:
        """Where the observations have their figures: what their labels end with, in their clauses."""
        taken: set[int] = set()
        observations = sorted(self.nodes.get("Observation", ()), key=self.statements.place)
        for observation in observations:
            place = self.statements.passage(observation)
            figure = self.statements.label(observation).rpartition(":")[2]
            if place is None or not figure or figure.endswith(_CUT):
                continue
            found = place.exact.find(figure)
            while found >= 0 and place.start + found in taken:
                found = place.exact.find(figure, found + 1)
            if found >= 0:
                taken.add(place.start + found)
                yield place.start + found, place.start + found + len(figure)

    def _sentence(self, passages: tuple[Passage, ...]) -> str:
        if not passages or not self.text:
            return ""
        place = passages[0]
        known = self.sentences.get((place.start, place.end))
        if known is None:
            known = self.sentences[place.start, place.end] = self._cut_sentence(place)
        return known

    def _cut_sentence(self, place: Passage) -> str:
        before, after = (
            bisect_left(self.ends, place.start),
            bisect_left(self.ends, max(place.start, place.end - 1)),
        )
        start = self.ends[before - 1] + 1 if before else 0
        end = self.ends[after] if after < len(self.ends) else len(self.text)
        return plain_text(self.text[start:end])

    # ---- values -----------------------------------------------------------------------------------------------

    def _value(self, value: Object) -> Value:
        known = self.values.get(value)
        if known is None:
            known = self.values[value] = self._read_value(value)
        return known

    def _read_value(self, value: Object) -> Value:
        if isinstance(value, Literal):
            if value.datatype == XSD + "decimal":
                return Value(*[_shortest(value.value)] * 3)
            return Value(plain_text(value.value), value.value, value.value)
        iri = value.value
        if iri.startswith(SH):
            return Value(iri, *load_words().get(f"severity.{local_name(iri)}", [local_name(iri)] * 2))
        if iri.startswith(f"{self.report}#"):
            label = self.statements.label(iri)
            return Value(iri, label, label)
        known = term_words(iri, self.iris)
        if known is not None and iri not in self.statements.subjects:
            return Value(iri, *known)
        number = self.statements.text(iri, "docNumber")
        zh = self.statements.label(iri)
        if zh == local_name(iri) and known is not None:
            return Value(iri, *known)
        named = f"《{zh}》({number})" if number and number != zh else zh
        return Value(iri, named, self.statements.text(iri, RDFS + "label", "en") or named)

    # ---- names --------------------------------------------------------------------------------------------------

    def _plain_mentions(self) -> list[str]:
        citations = set(self.nodes.get("Citation", ()))
        return [mention for mention in self.nodes.get("Mention", ()) if mention not in citations]

    def _mention(self, mention: str) -> Fact:
        return self._fact(Kind(MENTION, "Mention", MENTION_PROPERTIES), mention)


def _tokens(fact: Fact) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(value.token for value in values) for _, values in fact.values)


def _shortest(number: str) -> str:
    """A number without the zeros that writers add, 90.0 → 90; what is no plain decimal as it is."""
    if not _DECIMAL.fullmatch(number):
        return number
    sign, digits = number[0] == "-", number.lstrip("+-")
    whole, _, fraction = digits.partition(".")
    text = f"{whole.lstrip('0') or '0'}.{fraction}".rstrip("0").rstrip(".")
    return f"-{text}" if sign and text != "0" else text


def _in_brief(number: str) -> str:
    """A computed number with as many places as a reader needs."""
    return brief(Decimal(number)) if _DECIMAL.fullmatch(number) and len(number) < _MAX_DIGITS else number
