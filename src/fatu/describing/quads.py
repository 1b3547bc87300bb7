"""Report and Findings → quads: every node with its label, its evidence and its report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import MetadataError
from ..iris import Iris, text_span, within
from ..lexicon.catalogue import match_topics, unit_slug
from ..model import (
    CitationFunction,
    Corrected,
    EntityLink,
    Finding,
    IndicatorLink,
    Kind,
    Measure,
    Plan,
    Report,
    Span,
)
from .entities import Statement, agency_statements, area_statements, document_statements, short_label
from .terms import (
    DC,
    DCTERMS,
    RDF,
    RDFS,
    SH,
    SKOS,
    Iri,
    Literal,
    Object,
    Quad,
    computed,
    en,
    string,
    typed,
    zh,
)
from .writer import ReportWriter

FUNCTION_TERMS: dict[CitationFunction, str] = {
    "compiled_under": "compiledUnder",
    "implements": "implementsPolicy",
    "issues": "issues",
    "publicises": "publicises",
    "guides": "guides",
    "concerns": "concerns",
    "mentions": "mentions",
}
_BOUNDS = {"exact": "exact", "at_least": "atLeast", "at_most": "atMost", "approx": "approx"}
_KINDS_ZH: dict[Kind, str] = {
    "citation": "文件",
    "agency": "机构",
    "metric": "数据",
    "program": "项目",
    "date": "日期",
}
_SEVERITIES = {"violation": "Violation", "warning": "Warning", "info": "Info"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNDER = ("compiled_under", "implements", "guides")


def report_quads(report: Report, findings: tuple[Finding, ...], iris: Iris) -> list[Quad]:
    """All statements about a report, sorted: its own graph and its audit graph.

    Raises MetadataError where area or year is not known, naming the option that supplies it.
    """
    name = report.reading.outline.source.name
    if report.identity.area is None:
        raise MetadataError(
            name, "the text does not tell which area it is about", "give --area CODE (GB/T 2260)"
        )
    if report.identity.year is None:
        raise MetadataError(name, "the text does not tell which year it reports on", "give --year YYYY")
    quads = set(_Describer(report, findings, iris).quads())
    if _NOT_XML.search(report.reading.outline.source.text):
        quads = {quad._replace(object=_for_xml(quad.object)) for quad in quads}
    return sorted(quads)


def _for_xml(value: Object) -> Object:
    """A literal that RDF/XML can hold too: what XML 1.0 forbids (a form feed, say) becomes U+FFFD, one for one,
    so that offsets stay."""
    return value._replace(value=_NOT_XML.sub("\ufffd", value.value)) if isinstance(value, Literal) else value


class _Describer(ReportWriter):
    """Walks over one report and its findings."""

    def __init__(self, report: Report, findings: tuple[Finding, ...], iris: Iris) -> None:
        super().__init__(report, iris)
        self.findings = findings

    def quads(self) -> Iterator[Quad]:
        """Everything. Spans come last: they are collected on the way."""
        yield from self.about_report()
        for subject, predicate, value in self.about_entities():
            yield Quad(subject, predicate, value, self.graph)
        yield from self.about_sections()
        yield from self.about_citations()
        yield from self.about_mentions()
        yield from self.about_deeds()
        for link in self.report.indicator_links:
            yield from self.about_observation(link)
        yield from self.about_claims()
        for number, corrected in enumerate(self.report.corrected, 1):
            yield from self.about_correction(number, corrected)
        for finding in self.findings:
            yield from self.about_finding(finding)
        yield from self.about_making()
        for graph, spans in self.spans.items():
            for span in sorted(spans):
                yield from self.about_span(span, graph)
        yield from self.about_places()

    def about_report(self) -> Iterator[Quad]:
        """The report and its text."""
        metadata, identity = self.outline.metadata, self.report.identity
        title = metadata.title.value if metadata.title else identity.id or ""
        stated = (metadata.title, metadata.issuer, metadata.signed, metadata.published, metadata.publisher)
        spans = [s.span for s in stated if s is not None and s.span is not None]
        yield from self.node(self.id, "Report", title, *spans)
        yield from self.say(self.id, DCTERMS + "title", zh(title))
        yield from self.say(self.id, DCTERMS + "language", string("zh"))
        yield from self.say(self.id, "docType", Iri(self.iris.concept("doctype", "报告")))
        yield from self.say(self.id, "area", Iri(self.iris.area(identity.area or "")))
        yield from self.say(self.id, "reportYear", typed(identity.year, "gYear"))
        if identity.issuer is not None:
            yield from self.say(self.id, "issuedBy", Iri(identity.issuer.iri))
        if metadata.signed is not None:
            yield from self.say(
                self.id, DCTERMS + "created", typed(metadata.signed.value.isoformat(), "date")
            )
        if metadata.published is not None:
            yield from self.say(
                self.id, DCTERMS + "issued", typed(metadata.published.value.isoformat(), "date")
            )
        if metadata.source_url is not None:
            yield from self.say(self.id, DCTERMS + "source", string(metadata.source_url.value))
        publisher = metadata.publisher
        link = self.names.links.get((publisher.span, "agency")) if publisher and publisher.span else None
        if link is not None and link.iri is not None:
            yield from self.say(self.id, DCTERMS + "publisher", Iri(link.iri))
        for use in self.reading.uses:
            document = self.document(use.citation)
            if document is not None and use.function in ("compiled_under", "implements"):
                yield from self.say(self.id, FUNCTION_TERMS[use.function], Iri(document))
        yield Quad(self.text, RDF + "type", Iri(self.iris.term("SourceText")), self.graph)
        yield from self.say(self.text, RDFS + "label", zh(f"原文:{short_label(title)}"))
        yield from self.say(self.text, "textOf", Iri(self.id))
        yield from self.say(self.text, DCTERMS + "format", string(self.source.media_type))
        yield from self.say(self.text, "sha256", string(self.source.sha256))
        yield from self.say(self.text, "length", typed(len(self.source.text), "integer"))
        yield from self.say(self.text, "text", string(self.source.text))

    def about_entities(self) -> Iterator[Statement]:
        """The areas, agencies and documents that the report speaks of."""
        for area in self.report.areas:
            yield from area_statements(area, self.iris)
        for agency in self.report.agencies:
            yield from agency_statements(agency, self.iris)
        for document in self.report.documents:
            yield from document_statements(document, self.iris)

    def about_sections(self) -> Iterator[Quad]:
        """The heading tree, enumerated items included."""
        for order, section in enumerate(self.outline.sections, 1):
            iri = self.names.sections[section.path]
            yield from self.node(iri, "Section", section.title, section.span)
            yield from self.say(iri, "level", typed(section.level, "integer"))
            yield from self.say(iri, "order", typed(order, "integer"))
            yield from self.in_section(iri, section.parent)
            yield from self.topics(iri, section.span)

    def about_citations(self) -> Iterator[Quad]:
        """Every citation with what it cites and what for; it is the mention of the document as well."""
        for use in self.reading.uses:
            iri = self.names.citations[use.citation.span]
            link = self.names.links[use.citation.span, "citation"]
            yield from self.node(iri, "Citation", use.citation.text, use.evidence, use.citation.span)
            yield Quad(iri, RDF + "type", Iri(self.iris.term("Mention")), self.graph)
            yield from self.say(iri, "function", Iri(self.iris.term(FUNCTION_TERMS[use.function])))
            if link.iri is not None:
                yield from self.say(iri, "cites", Iri(link.iri))
            yield from self._link(iri, link)

    def about_mentions(self) -> Iterator[Quad]:
        """Every occurrence of an agency or a program, and the programs themselves."""
        for place, iri in self.names.mentions.items():
            link = self.names.links[place]
            yield from self.node(iri, "Mention", link.mention.text, link.mention.span)
            yield from self._link(iri, link)
            if link.mention.kind == "program" and link.iri is not None:
                yield Quad(link.iri, RDF + "type", Iri(self.iris.term("Program")), self.graph)
                yield from self.say(link.iri, RDFS + "label", zh(link.name or ""))

    def _link(self, iri: str, link: EntityLink) -> Iterator[Quad]:
        if link.iri is not None:
            yield from self.say(iri, "refersTo", Iri(link.iri))
        yield from self.say(iri, "linkMethod", Iri(self.iris.concept("method", link.method)))
        if link.cue:
            yield from self.say(iri, "cue", string(link.cue))
        yield from self.say(iri, "candidate", *(Iri(c) for c in link.candidates))

    def about_deeds(self) -> Iterator[Quad]:
        """Measures and plans with their actors, documents and programs."""
        inherited = [
            (self.document(u.citation), self.names.citations[u.citation.span])
            for u in self.reading.uses
            if u.function == "compiled_under"
        ]
        under = {
            link.source
            for link in self.reading.links
            if link.relation == "document" and self._governs(link.target)
        }
        for measure in self.reading.measures:
            iri = self.names.deeds[measure.span]
            yield from self._deed(iri, "Measure", measure)
            yield from self.agencies(iri, "participant", measure.participants)
            yield from self.agencies(iri, "recipient", measure.recipients)
            if measure.span not in under:
                for document, basis in inherited:
                    if document is not None:
                        yield from self.say(iri, "underDocumentInherited", Iri(document))
                        yield from self.say(iri, "basis", Iri(basis))
        for plan in self.reading.plans:
            yield from self._deed(self.names.deeds[plan.span], "Plan", plan)
            yield from self.say(self.id, "hasPlan", Iri(self.names.deeds[plan.span]))
        yield from self._deed_links()

    def _deed(self, iri: str, kind: str, deed: Measure | Plan) -> Iterator[Quad]:
        yield from self.node(iri, kind, deed.label, deed.span)
        yield from self.in_section(iri, deed.section)
        yield from self.topics(iri, deed.span)
        yield from self.agencies(iri, "actor", deed.actors)

    def _deed_links(self) -> Iterator[Quad]:
        plans = {plan.span for plan in self.reading.plans}
        for link in self.reading.links:
            iri = self.names.deeds[link.source]
            match link.relation:
                case "observation":
                    yield from self.say(iri, "hasObservation", Iri(self.names.observations[link.target]))
                case "outcome":
                    yield from self.say(iri, "hasOutcome", Iri(self.names.outcomes[link.target]))
                case "program":
                    program = self.names.links[link.target, "program"].iri
                    if program is not None:
                        yield from self.say(iri, "usesProgram", Iri(program))
                case "produces" | "document":
                    document = self.names.links[link.target, "citation"].iri
                    if document is not None:
                        yield from self.say(
                            iri,
                            self._document_term(link.relation, link.target, link.source in plans),
                            Iri(document),
                        )
                case _:
                    pass

    def _document_term(self, relation: str, citation: Span, in_plan: bool) -> str:
        if relation == "produces":
            return "produces"
        if in_plan:
            return "targets"
        return "underDocument" if self._governs(citation) else DCTERMS + "references"

    def _governs(self, citation: Span) -> bool:
        return any(u.citation.span == citation and u.function in _UNDER for u in self.reading.uses)

    def about_observation(self, link: IndicatorLink) -> Iterator[Quad]:
        """A figure with every dimension written out."""
        observation, metric = link.observation, link.observation.metric.payload
        iri = within(self.id, link.name)
        yield from self.node(
            iri, "Observation", f"{link.label}:{observation.metric.text}", observation.clause
        )
        yield from self.say(iri, "indicator", Iri(link.iri))
        yield from self.say(iri, "linkMethod", Iri(self.iris.concept("method", link.method)))
        if link.cue:
            yield from self.say(iri, "cue", string(link.cue))
        yield from self.say(iri, "phrase", zh(observation.phrase))
        if metric.value_high is None:
            yield from self.say(iri, "value", typed(metric.value, "decimal"))
        else:  # `decimals` are those of the high end
            yield from self.say(iri, "value", computed(metric.value))
            yield from self.say(iri, "valueHigh", typed(metric.value_high, "decimal"))
        yield from self.say(iri, "decimals", typed(metric.decimals, "integer"))
        yield from self.say(iri, "scale", typed(metric.scale, "integer"))
        unit = Iri(self.iris.concept("unit", unit_slug(metric.unit) or "none"))
        yield from self.say(iri, "unit", unit)
        yield from self.say(iri, "bound", Iri(self.iris.term(_BOUNDS[metric.bound])))
        yield from self.say(iri, "status", Iri(self.iris.term(observation.status)))
        yield from self.say(iri, "area", Iri(self.iris.area(self.report.identity.area or "")))
        if observation.period is not None:
            yield from self.say(iri, "period", _period(observation.period))
        if observation.scope is not None:
            yield from self.say(iri, "scope", zh(observation.scope))
        if observation.agency is not None:
            yield from self.agencies(iri, "actor", (observation.agency,))
        if observation.actor is not None:
            yield from self.say(iri, "actorText", zh(observation.actor))
        yield from self.in_section(iri, observation.section)
        if link.id is None:
            # No usual unit: another report, or this one, may count the same in another.
            yield Quad(link.iri, RDF + "type", Iri(self.iris.term("Indicator")), self.graph)
            yield from self.say(link.iri, RDFS + "label", zh(link.label))
            yield from self.say(link.iri, SKOS + "prefLabel", zh(link.label))
            topics = match_topics(link.label)[:1]
            yield from self.say(link.iri, "topic", *(Iri(self.iris.concept("topic", t)) for t in topics))

    def about_claims(self) -> Iterator[Quad]:
        """Outcomes and problems: one clause each."""
        text = self.source.text
        for outcome in self.reading.outcomes:
            iri = self.names.outcomes[outcome.span]
            yield from self.node(iri, "Outcome", text[outcome.span.start : outcome.span.end], outcome.span)
            yield from self.in_section(iri, outcome.section)
        for number, problem in enumerate(self.reading.problems, 1):
            iri = within(self.id, f"problem-{number}")
            yield from self.node(iri, "Problem", text[problem.span.start : problem.span.end], problem.span)
            yield from self.in_section(iri, problem.section)
            yield from self.topics(iri, problem.span)
            yield from self.say(self.id, "hasProblem", Iri(iri))

    def about_correction(self, number: int, corrected: Corrected) -> Iterator[Quad]:
        """A user's decision, where it was heeded: about which node (a span where none is left), and what it is."""
        iri, decision = within(self.id, f"correction-{number}"), corrected.correction
        place = (corrected.span, decision.kind)
        link = self.names.links.get(place)
        chosen = link.iri if link is not None else self.names.indicators.get(corrected.span)
        node = (
            self.names.mentions.get(place)
            or self.names.citations.get(corrected.span)
            or self.names.observations.get(corrected.span)
        )
        rejected = decision.decision == "not" or chosen is None or node is None
        verdict = f"不是{_KINDS_ZH[decision.kind]}" if rejected else f"是{decision.value}"
        yield from self.node(iri, "Correction", f"“{decision.text}”{verdict}", corrected.span)
        about = text_span(self.id, corrected.span) if rejected else node
        yield from self.say(iri, "corrects", Iri(about or ""))
        chosen = self.iris.term("rejected") if rejected else chosen
        yield from self.say(iri, "decision", Iri(chosen or ""))
        if decision.by:
            yield from self.say(iri, DC + "creator", string(decision.by))
        if decision.note:
            yield from self.say(iri, RDFS + "comment", zh(decision.note))

    def about_finding(self, finding: Finding) -> Iterator[Quad]:
        """A finding, in the audit graph: never mixed with what the report says."""
        iri = within(self.id, finding.key)
        spans = [e.span for e in finding.evidence]
        yield from self.node(iri, "Finding", finding.message_zh, *spans, graph=self.audit)
        for predicate, value in (
            ("rule", Iri(self.iris.concept("rule", finding.rule))),
            ("verdict", Iri(self.iris.concept("verdict", finding.verdict))),
            ("severity", Iri(SH + _SEVERITIES[finding.severity])),
            (RDFS + "comment", zh(finding.message_zh)),
            (RDFS + "comment", en(finding.message_en)),
        ):
            yield from self.say(iri, predicate, value, graph=self.audit)
        for predicate, observations in (("about", finding.about), ("operand", finding.operands)):
            for observation in observations:
                target = Iri(self.names.observations[observation.metric.span])
                yield from self.say(iri, predicate, target, graph=self.audit)
        for citation in finding.citations:
            yield from self.say(iri, "about", Iri(self.names.citations[citation]), graph=self.audit)
        if finding.duty is not None:
            yield from self.say(iri, "duty", Iri(self.iris.concept("duty", finding.duty)), graph=self.audit)
        if finding.formula:
            yield from self.say(iri, "formula", string(finding.formula), graph=self.audit)
        if finding.expected is not None:
            low, high = finding.expected
            yield from self.say(iri, "expectedLow", computed(low), graph=self.audit)
            yield from self.say(iri, "expectedHigh", computed(high), graph=self.audit)


def _period(period: str) -> Literal:
    if period.isdecimal() and len(period) == 4:
        return typed(period, "gYear")
    parts = period.split("-")
    if len(parts) == 2 and all(p.isdecimal() for p in parts):
        return typed(period, "gYearMonth")
    return string(period)
