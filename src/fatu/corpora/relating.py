"""What only several reports together tell about one of them, as quads of its corpus graph.

Of the report of the year before by the same government or department: whether figures of that year are stated anew as
they were, whether a figure has leapt, or grown as is said, which plans have been followed and which problems are told
again, which paragraphs were taken over with their figures. Of reports of other areas: which paragraphs are theirs too,
so that nothing in them is a fact of this area.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..auditing.arithmetic import Interval, count_interval, fall, growth, judge
from ..auditing.checks import computed as formula_end
from ..describing.entities import short_label
from ..describing.terms import (
    DCTERMS,
    OA,
    PROV,
    RDF,
    RDFS,
    SH,
    Iri,
    Object,
    Quad,
    computed,
    en,
    string,
    typed,
    zh,
)
from ..iris import Iris, text_span, within
from ..lexicon.catalogue import load_indicators
from ..lexicon.extension import cached
from ..model import CorpusRule, Severity, Span, Verdict
from .index import Version
from .records import Deed, DeedKind, Figure, Growth, Paragraph, Record

_LEAP = 10
"""An order of magnitude."""
_LARGE = 100
"""What a count is at the least that is said to have leapt: 1 and 12 are no doubtful pair."""
_MOVED = ("增长", "a growth"), ("下降", "a fall")
_RATES = ("%", "‰", "百分点", "个百分点")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a report in its corpus."""

    before: tuple[Record, ...] = ()
    """Reports of the same government or department of the year before; one, if all is well."""
    shared: Collection[str] = ()
    """Digests of the paragraphs that reports of other areas have too."""
    versions: tuple[Version, ...] = ()
    """Its earlier texts."""


def relate(record: Record, around: Around, text: str, iris: Iris) -> list[Quad]:
    """The quads of a report's corpus graph, sorted; none where the corpus tells nothing about it.

    `text` is the report's text, or empty where none of its paragraphs is shared.
    """
    return sorted(set(_Relating(record, iris).quads(around, text)))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a finding says."""

    name: str
    """Local name of its IRI."""
    rule: CorpusRule
    verdict: Verdict
    zh: str
    en: str
    expected: Interval | None = None


class _Relating:
    """Walks over what stands around one report."""

    def __init__(self, record: Record, iris: Iris) -> None:
        self.record, self.iris = record, iris
        self.graph = iris.graph("corpus", record.iri)

    def quads(self, around: Around, text: str) -> Iterator[Quad]:
        """Everything."""
        for before in around.before:
            yield from self._about_restated(before)
            now, then = (_settled(record.figures, str(record.year)) for record in (self.record, before))
            pairs = [(now[key], then[key]) for key in sorted(now.keys() & then.keys(), key=repr)]
            yield from self._about_leaps(pairs, before)
            yield from self._about_growths(pairs, before)
            yield from self._about_copies(before, around.shared)
            yield from self._about_deeds(before)
        for paragraph in self.record.paragraphs:
            if paragraph.digest in around.shared:
                yield from self._about_shared(paragraph, text)
        for version in around.versions:
            yield from self._about_version(version)

    def _say(self, subject: str, predicate: str, *objects: Object) -> Iterator[Quad]:
        name = predicate if "://" in predicate else self.iris.term(predicate)
        for value in objects:
            yield Quad(subject, name, value, self.graph)

    # ---- the year before ------------------------------------------------------------------------------------

    def _about_restated(self, before: Record) -> Iterator[Quad]:
        """Figures of the year before, in this report and in that year's own."""
        year = str(before.year)
        then, own = _settled(self.record.figures, year), _settled(before.figures, year)
        for key in sorted(then.keys() & own.keys(), key=repr):
            new, old = then[key], own[key]
            verdict = _compare(new, old)
            said = "与{}一致" if verdict == "consistent" else "不同于{}"
            agrees = "as" if verdict == "consistent" else "not as"
            yield from self._finding(
                _Said(
                    f"restated-{new.node}", "restatement", verdict,
                    f"本报告称{year}年{new.label}为{new.text},{said.format(f'{year}年报告的{old.text}')}",
                    f"{new.label} of {year}: {new.text}, {agrees} in the report of {year} ({old.text})",
                    count_interval(old.metric),
                ),
                (new,), old, before,
            )  # fmt: skip

    def _about_leaps(self, pairs: Iterable[Pair], before: Record) -> Iterator[Quad]:
        """Counts ten times as large as the year before, or a tenth."""
        for new, old in pairs:
            small, large = sorted((new.metric.value, old.metric.value))
            if new.metric.unit in _RATES or small <= 0 or large < _LARGE or large < small * _LEAP:
                continue
            times = (large / small).quantize(Decimal(1))
            yield from self._finding(
                _Said(
                    f"leap-{new.node}", "magnitude", "unverifiable",
                    f"{new.label}由{before.year}年的{old.text}变为{self.record.year}年的{new.text},"
                    f"相差约{times}倍,请核对单位与口径",
                    f"{new.label}: {old.text} in {before.year}, {new.text} in {self.record.year}, about {times} times; "
                    "check units and what is counted",
                ),
                (new,), old, before,
            )  # fmt: skip

    def _about_growths(self, pairs: Iterable[Pair], before: Record) -> Iterator[Quad]:
        """Growths since the year before of which this report tells only the end, and that year's the beginning."""
        ends = {pair[0].node: pair for pair in pairs}
        for grown in self.record.growths:
            if grown.of not in ends:
                continue
            new, old = ends[grown.of]
            expected = growth(count_interval(new.metric), count_interval(old.metric))
            if expected is not None and grown.falls:
                expected = fall(expected)
            if expected is None:
                continue
            verdict = judge(grown.metric, expected)
            moved, of = _MOVED[grown.falls]
            told, told_en = _tell_movement(expected, grown.falls)
            end, end_en = ("不一致", "not so") if verdict == "inconsistent" else ("一致", "consistent")
            yield from self._finding(
                _Said(
                    f"grown-{grown.node}", "growth", verdict,
                    f"本报告称{new.label}为{new.text}、{moved}{grown.text};{before.year}年报告为{old.text},"
                    f"据此{told},{end}",
                    f"{new.label}: {new.text} and {of} of {grown.text}; the report of {before.year} has {old.text}, "
                    f"by which it is {told_en}: {end_en}",
                    expected,
                ),
                (grown, new), old, before,
            )  # fmt: skip

    def _about_copies(self, before: Record, shared: Collection[str]) -> Iterator[Quad]:
        """Figures of this year in paragraphs that stand word for word in the report of the year before."""
        old = {paragraph.digest: paragraph for paragraph in before.paragraphs}
        year = str(self.record.year)
        for paragraph in self.record.paragraphs:
            if paragraph.digest not in old or paragraph.digest in shared:
                continue
            figures = [f for f in self.record.figures if paragraph.span.covers(f.clause) and f.period == year]
            if not figures:
                continue
            iri = within(self.record.iri, f"copied-{paragraph.digest}")
            yield from self._frame(
                iri, "duplicate", "unverifiable", "warning",
                f"与{before.year}年报告中的一段逐字相同,其中{_listed(figures)}可能是上一年的数",
                f"A paragraph word for word that of {before.year}: {_listed(figures)} may be last year's",
            )  # fmt: skip
            for figure in figures:
                yield from self._say(iri, "about", Iri(within(self.record.iri, figure.node)))
                yield from self._say(iri, "evidence", Iri(text_span(self.record.iri, figure.clause)))

    def _about_deeds(self, before: Record) -> Iterator[Quad]:
        """Last year's plans with this year's measures and figures, last year's problems with this year's."""
        measures, problems = _by_topic(self.record.deeds, "measure"), _by_topic(self.record.deeds, "problem")
        figures: dict[str, list[str]] = {}
        for figure in self.record.figures:
            if figure.status == "achieved":
                figures.setdefault(_topics().get(figure.indicator, ""), []).append(figure.node)
        for deed in before.deeds:
            here = within(before.iri, deed.node)
            for topic in deed.topics:
                if deed.kind == "plan":
                    found = [*measures.get(topic, ()), *figures.get(topic, ())]
                    yield from self._say(here, "followedBy", *self._nodes(found))
                elif deed.kind == "problem":
                    yield from self._say(here, "recursAs", *self._nodes(problems.get(topic, ())))

    def _nodes(self, names: Iterable[str]) -> Iterator[Iri]:
        return (Iri(within(self.record.iri, name)) for name in names)

    # ---- other areas ----------------------------------------------------------------------------------------

    def _about_shared(self, paragraph: Paragraph, text: str) -> Iterator[Quad]:
        """A paragraph that a report of another area has too, and what stands in it."""
        record, span = self.record, paragraph.span
        shared, evidence = self.iris.shared_text(paragraph.digest), text_span(record.iri, span)
        yield from self._say(shared, RDF + "type", Iri(self.iris.term("SharedText")))
        yield from self._say(shared, RDFS + "label", zh(f"{paragraph.opening}…"))
        yield from self._say(shared, "inReport", Iri(record.iri))
        yield from self._say(shared, "evidence", Iri(evidence))
        yield from self._span(evidence, span, text[span.start : span.end])
        nodes = [f.node for f in record.figures if span.covers(f.clause)]
        nodes += [d.node for d in record.deeds if span.covers(d.span)]
        for node in nodes:
            yield from self._say(within(record.iri, node), "inSharedText", Iri(shared))

    def _span(self, iri: str, span: Span, exact: str) -> Iterator[Quad]:
        yield from self._say(iri, RDF + "type", Iri(self.iris.term("TextSpan")))
        yield from self._say(iri, RDFS + "label", zh(short_label(exact)))
        yield from self._say(iri, "inText", Iri(f"{self.record.iri}/text"))
        yield from self._say(iri, OA + "start", typed(span.start, "integer"))
        yield from self._say(iri, OA + "end", typed(span.end, "integer"))
        yield from self._say(iri, OA + "exact", zh(exact))

    # ---- earlier texts --------------------------------------------------------------------------------------

    def _about_version(self, version: Version) -> Iterator[Quad]:
        iri = within(self.record.iri, f"version-{version.sha256[:12]}")
        yield from self._say(self.record.iri, DCTERMS + "hasVersion", Iri(iri))
        yield from self._say(iri, RDF + "type", Iri(PROV + "Entity"))
        told = f"{version.published}公布的文本" if version.published else "较早的文本"
        yield from self._say(iri, RDFS + "label", zh(told))
        yield from self._say(iri, "digest", string(version.sha256))
        yield from self._say(iri, DCTERMS + "isReplacedBy", Iri(f"{self.record.iri}/text"))
        if version.published:
            yield from self._say(iri, DCTERMS + "issued", typed(version.published, "date"))

    # ---- findings -------------------------------------------------------------------------------------------

    def _finding(
        self, said: _Said, ours: tuple[Figure | Growth, ...], old: Figure, before: Record
    ) -> Iterator[Quad]:
        """A finding about the first of our figures, by the others and one of the report before."""
        iri = within(self.record.iri, said.name)
        severity: Severity = "warning" if said.verdict in ("inconsistent", "unverifiable") else "info"
        yield from self._frame(iri, said.rule, said.verdict, severity, said.zh, said.en)
        about, *others = ours
        yield from self._say(iri, "about", Iri(within(self.record.iri, about.node)))
        for other in others:
            yield from self._say(iri, "operand", Iri(within(self.record.iri, other.node)))
        yield from self._say(iri, "operand", Iri(within(before.iri, old.node)))
        for own in ours:
            yield from self._say(iri, "evidence", Iri(text_span(self.record.iri, own.clause)))
        yield from self._say(iri, "evidence", Iri(text_span(before.iri, old.clause)))
        if said.expected is not None:
            yield from self._say(iri, "expectedLow", computed(said.expected.low))
            if said.expected.high is not None:
                yield from self._say(iri, "expectedHigh", computed(said.expected.high))

    def _frame(
        self,
        iri: str,
        rule: CorpusRule,
        verdict: Verdict,
        severity: Severity,
        message_zh: str,
        message_en: str,
    ) -> Iterator[Quad]:
        yield from self._say(iri, RDF + "type", Iri(self.iris.term("Finding")))
        yield from self._say(iri, RDFS + "label", zh(short_label(message_zh)))
        yield from self._say(iri, "inReport", Iri(self.record.iri))
        yield from self._say(iri, "rule", Iri(self.iris.concept("rule", rule)))
        yield from self._say(iri, "verdict", Iri(self.iris.concept("verdict", verdict)))
        yield from self._say(iri, "severity", Iri(f"{SH}{severity.capitalize()}"))
        yield from self._say(iri, RDFS + "comment", zh(message_zh), en(message_en))


Pair = tuple[Figure, Figure]
"""A figure of this year, and that of the year before."""
Key = tuple[str, str | None, str | None]
"""Indicator, unit and scope of a figure: what must be the same of two that can be compared."""


def _settled(figures: Iterable[Figure], period: str) -> dict[Key, Figure]:
    """The achieved figures of a period of which a report has just one, or says the same each time."""
    found: dict[Key, Figure] = {}
    doubtful: set[Key] = set()
    for figure in figures:
        if figure.period != period or figure.status != "achieved" or figure.is_change:
            continue
        key = figure.indicator, figure.metric.unit, figure.scope
        first = found.setdefault(key, figure)
        if _compare(first, figure) != "consistent":
            doubtful.add(key)
    return {key: figure for key, figure in found.items() if key not in doubtful}


def _compare(one: Figure, other: Figure) -> Verdict:
    """Whether two figures can be the same, each as exactly as it is written."""
    agree = judge(one.metric, count_interval(other.metric)), judge(other.metric, count_interval(one.metric))
    return "inconsistent" if agree == ("inconsistent", "inconsistent") else "consistent"


def _by_topic(deeds: Iterable[Deed], kind: DeedKind) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for deed in deeds:
        for topic in deed.topics if deed.kind == kind else ():
            found.setdefault(topic, []).append(deed.node)
    return found


def _tell_movement(percent: Interval, falls: bool) -> tuple[str, str]:
    """A growth or fall in words; one below nothing is the other."""
    if percent.high is not None and percent.high < 0:
        percent, falls = Interval(-percent.high, -percent.low), not falls
    reckoned = formula_end(percent, "%").lstrip("=")
    moved, of = _MOVED[falls]
    return f"{moved}{reckoned}", f"{of} of {reckoned}"


def _listed(figures: Iterable[Figure]) -> str:
    return "、".join(dict.fromkeys(f"{figure.label}{figure.text}" for figure in figures))


@cached
def _topics() -> dict[str, str]:
    """Indicator of the catalogue → slug of its topic."""
    return {entry.id: entry.topic for entry in load_indicators()}
