"""Report and Findings → quads: every node with its label, its evidence and its report."""

from __future__ import annotations

from itertools import chain

from ..errors import MetadataError
from ..iris import Iris, text_span, within
from ..lexicon.catalogue import match_topics, unit_slug, with_wider_topics
from ..model import (
    CitationFunction,
    Corrected,
    EntityLink,
    Finding,
    IndicatorLink,
    Kind,
    Measure,
    Observation,
    Plan,
    Report,
    Span,
)
from .collecting import LineCollection, QuadCollection, Said
from .entities import agency_statements, area_statements, document_statements, short_label
from .labels import observation_label, outcome_label
from .names import Names
from .terms import (
    DC,
    DCTERMS,
    RDF,
    RDFS,
    SH,
    SKOS,
    Iri,
    Literal,
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
_UNDER = ("compiled_under", "implements", "guides")


def report_quads(report: Report, findings: tuple[Finding, ...], iris: Iris) -> list[Quad]:
    """All statements about a report, sorted: its own graph and its audit graph.

    Raises MetadataError where area or year is not known, naming the option that supplies it.
    """
    said = QuadCollection(iris, report.reading.outline.source.text)
    say_all(Names(report), findings, iris, said)
    return sorted(dict.fromkeys(said.quads))


def say_all(
    names: Names, findings: tuple[Finding, ...], iris: Iris, said: QuadCollection | LineCollection
) -> None:
    """Collect the statements of `report_quads`, some of them more than once, about the report that has these names.
    Raises MetadataError as it does."""
    report = names.report
    name = report.reading.outline.source.name
    if report.identity.area is None:
        raise MetadataError(
            name, "the text does not tell which area it is about", "give --area CODE (GB/T 2260)"
        )
    if report.identity.year is None:
        raise MetadataError(name, "the text does not tell which year it reports on", "give --year YYYY")
    _Describer(names, findings, iris, said).say_all()


class _Describer(ReportWriter):
    """Walks over one report and its findings."""

    def __init__(
        self,
        names: Names,
        findings: tuple[Finding, ...],
        iris: Iris,
        said: QuadCollection | LineCollection,
    ) -> None:
        super().__init__(names, iris, said)
        self.findings = findings

    def say_all(self) -> None:
        """Everything. Spans come last: they are collected on the way."""
        self.about_report()
        self.about_entities()
        self.about_sections()
        self.about_citations()
        self.about_mentions()
        self.about_deeds()
        for link in self.report.indicator_links:
            self.about_observation(link)
        self.about_claims()
        for number, corrected in enumerate(self.report.corrected, 1):
            self.about_correction(number, corrected)
        for finding in self.findings:
            self.about_finding(finding)
        self.about_making()
        for graph, spans in self.spans.items():
            for span in sorted(spans):
                self.about_span(span, graph)
        self.about_places()

    def about_report(self) -> None:
        """The report and its text."""
        metadata, identity = self.outline.metadata, self.report.identity
        title = metadata.title.value if metadata.title else identity.id or ""
        stated = (metadata.title, metadata.issuer, metadata.signed, metadata.published, metadata.publisher)
        spans = [s.span for s in stated if s is not None and s.span is not None]
        self.node(self.id, "Report", title, *spans)
        self.say(self.id, DCTERMS + "title", zh(title))
        self.say(self.id, DCTERMS + "language", string("zh"))
        self.say(self.id, "docType", self.concept("doctype", "报告"))
        self.say(self.id, "area", self.area)
        self.say(self.id, "reportYear", typed(identity.year, "gYear"))
        if identity.issuer is not None:
            self.say(self.id, "issuedBy", Iri(identity.issuer.iri))
        if metadata.signed is not None:
            self.say(self.id, DCTERMS + "created", typed(metadata.signed.value.isoformat(), "date"))
        if metadata.published is not None:
            self.say(self.id, DCTERMS + "issued", typed(metadata.published.value.isoformat(), "date"))
        if metadata.source_url is not None:
            self.say(self.id, DCTERMS + "source", string(metadata.source_url.value))
        publisher = metadata.publisher
        link = self.names.links.get((publisher.span, "agency")) if publisher and publisher.span else None
        if link is not None and link.iri is not None:
            self.say(self.id, DCTERMS + "publisher", Iri(link.iri))
        for use in self.reading.uses:
            document = self.document(use.citation)
            if document is not None and use.function in ("compiled_under", "implements"):
                self.say(self.id, FUNCTION_TERMS[use.function], Iri(document))
        found = {
            slug for section in self.outline.sections for slug in self.names.topics.get(section.span, ())
        }
        for topic in sorted(with_wider_topics(found)):
            self.say(self.id, DCTERMS + "subject", self.concept("topic", topic))
        self.say(self.text, RDF + "type", self.term("SourceText"))
        self.say(self.text, RDFS + "label", zh(f"原文:{short_label(title)}"))
        self.say(self.text, "textOf", Iri(self.id))
        self.say(self.text, DCTERMS + "format", string(self.source.media_type))
        self.say(self.text, "sha256", string(self.source.sha256))
        self.say(self.text, "length", typed(len(self.source.text), "integer"))
        self.say(self.text, "text", string(self.source.text))

    def about_entities(self) -> None:
        """The areas, agencies and documents that the report speaks of."""
        report, iris = self.report, self.iris
        for subject, predicate, value in chain(
            *(area_statements(area, iris) for area in report.areas),
            *(agency_statements(agency, iris) for agency in report.agencies),
            *(document_statements(document, iris) for document in report.documents),
        ):
            self.said.add(subject, [(predicate, value)], self.graph)

    def about_sections(self) -> None:
        """The heading tree, enumerated items included."""
        for order, section in enumerate(self.outline.sections, 1):
            iri = self.names.sections[section.path]
            also = [
                ("level", typed(section.level, "integer")),
                ("order", typed(order, "integer")),
                *self.in_section(section.parent),
                *self.topics(section.span),
            ]
            self.node(iri, "Section", section.title, section.span, also=also)

    def about_citations(self) -> None:
        """Every citation with what it cites and what for; it is the mention of the document as well."""
        for use in self.reading.uses:
            iri = self.names.citations[use.citation.span]
            link = self.names.links[use.citation.span, "citation"]
            also = [
                (RDF + "type", self.term("Mention")),
                ("function", self.term(FUNCTION_TERMS[use.function])),
                *self._resolution(link),
            ]
            if link.iri is not None:
                also.append(("cites", Iri(link.iri)))
            self.node(iri, "Citation", use.citation.text, use.evidence, use.citation.span, also=also)

    def about_mentions(self) -> None:
        """Every occurrence of an agency or a program, and the programs themselves."""
        for place, iri in self.names.mentions.items():
            link = self.names.links[place]
            self.node(iri, "Mention", link.mention.text, link.mention.span, also=self._resolution(link))
            if link.mention.kind == "program" and link.iri is not None:
                self.say(link.iri, RDF + "type", self.term("Program"))
                self.say(link.iri, RDFS + "label", zh(link.name or ""))

    def _resolution(self, link: EntityLink) -> list[Said]:
        said: list[Said] = [("linkMethod", self.concept("method", link.method))]
        if link.iri is not None:
            said.append(("refersTo", Iri(link.iri)))
        if link.cue:
            said.append(("cue", string(link.cue)))
        return [*said, *(("candidate", Iri(candidate)) for candidate in link.candidates)]

    def about_deeds(self) -> None:
        """Measures and plans with their actors, documents and programs."""
        inherited: list[Said] = []
        for use in self.reading.uses:
            document = self.document(use.citation) if use.function == "compiled_under" else None
            if document is not None:
                basis = self.names.citations[use.citation.span]
                inherited += [("underDocumentInherited", Iri(document)), ("basis", Iri(basis))]
        under = {
            link.source
            for link in self.reading.links
            if link.relation == "document" and self._governs(link.target)
        }
        for measure in self.reading.measures:
            iri = self.names.deeds[measure.span]
            also = [
                *self.agencies("participant", measure.participants),
                *self.agencies("recipient", measure.recipients),
            ]
            if measure.span not in under:
                also += inherited
            self._deed(iri, "Measure", measure, also)
        for plan in self.reading.plans:
            self._deed(self.names.deeds[plan.span], "Plan", plan, [])
            self.say(self.id, "hasPlan", Iri(self.names.deeds[plan.span]))
        self._deed_links()

    def _deed(self, iri: str, kind: str, deed: Measure | Plan, also: list[Said]) -> None:
        where, what = self.in_section(deed.section), self.topics(deed.span)
        who = self.agencies("actor", deed.actors)
        self.node(iri, kind, deed.label, deed.span, also=[*where, *what, *who, *also])

    def _deed_links(self) -> None:
        plans = {plan.span for plan in self.reading.plans}
        for link in self.reading.links:
            iri = self.names.deeds[link.source]
            match link.relation:
                case "observation":
                    self.say(iri, "hasObservation", Iri(self.names.observations[link.target]))
                case "outcome":
                    self.say(iri, "hasOutcome", Iri(self.names.outcomes[link.target]))
                case "program":
                    program = self.names.links[link.target, "program"].iri
                    if program is not None:
                        self.say(iri, "usesProgram", Iri(program))
                case "produces" | "document":
                    document = self.names.links[link.target, "citation"].iri
                    if document is not None:
                        self.say(
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

    def about_observation(self, link: IndicatorLink) -> None:
        """A figure with every dimension written out."""
        observation, metric = link.observation, link.observation.metric.payload
        iri = within(self.id, link.name)
        statements: list[Said] = [
            ("indicator", Iri(link.iri)),
            ("linkMethod", self.concept("method", link.method)),
            ("phrase", zh(observation.phrase)),
            ("decimals", typed(metric.decimals, "integer")),
            ("scale", typed(metric.scale, "integer")),
            ("unit", self.concept("unit", unit_slug(metric.unit) or "none")),
            ("bound", self.term(_BOUNDS[metric.bound])),
            ("status", self.term(observation.status)),
            ("area", self.area),
            *self.in_section(observation.section),
        ]
        if link.cue:
            statements.append(("cue", string(link.cue)))
        if metric.value_high is None:
            statements.append(("value", typed(metric.value, "decimal")))
        else:  # `decimals` are those of the high end
            statements.append(("value", computed(metric.value)))
            statements.append(("valueHigh", typed(metric.value_high, "decimal")))
        if observation.period is not None:
            statements.append(("period", _period(observation.period)))
        if observation.scope is not None:
            statements.append(("scope", zh(observation.scope)))
        if observation.agency is not None:
            statements += self.agencies("actor", (observation.agency,))
        if observation.heads:
            statements.append(("heads", zh(observation.heads)))
        if observation.actor is not None:
            statements.append(("actorText", zh(observation.actor)))
        self.node(iri, "Observation", observation_label(link), observation.clause, also=statements)
        if link.id is None:
            # No usual unit: another report, or this one, may count the same in another.
            self.say(link.iri, RDF + "type", self.term("Indicator"))
            self.say(link.iri, RDFS + "label", zh(link.label))
            self.say(link.iri, SKOS + "prefLabel", zh(link.label))
            topics = match_topics(link.label)[:1]
            self.say(link.iri, "topic", *(self.concept("topic", t) for t in topics))

    def about_claims(self) -> None:
        """Outcomes and problems: one clause each."""
        text = self.source.text
        figures: dict[Span, list[Observation]] = {}
        for observation in self.reading.observations:
            figures.setdefault(observation.clause, []).append(observation)
        for outcome in self.reading.outcomes:
            iri, where = self.names.outcomes[outcome.span], self.in_section(outcome.section)
            label = outcome_label(text[outcome.span.start : outcome.span.end], figures.get(outcome.span, ()))
            self.node(iri, "Outcome", label, outcome.span, also=where)
        for number, problem in enumerate(self.reading.problems, 1):
            iri = within(self.id, f"problem-{number}")
            label, where = text[problem.span.start : problem.span.end], self.in_section(problem.section)
            self.node(iri, "Problem", label, problem.span, also=[*where, *self.topics(problem.span)])
            self.say(self.id, "hasProblem", Iri(iri))

    def about_correction(self, number: int, corrected: Corrected) -> None:
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
        self.node(iri, "Correction", f"“{decision.text}”{verdict}", corrected.span)
        about = text_span(self.id, corrected.span) if rejected else node
        self.say(iri, "corrects", Iri(about or ""))
        chosen = self.iris.term("rejected") if rejected else chosen
        self.say(iri, "decision", Iri(chosen or ""))
        if decision.by:
            self.say(iri, DC + "creator", string(decision.by))
        if decision.note:
            self.say(iri, RDFS + "comment", zh(decision.note))

    def about_finding(self, finding: Finding) -> None:
        """A finding, in the audit graph: never mixed with what the report says."""
        iri = within(self.id, finding.key)
        spans = [e.span for e in finding.evidence]
        observations, citations = self.names.observations, self.names.citations
        statements: list[Said] = [
            ("rule", self.concept("rule", finding.rule)),
            ("verdict", self.concept("verdict", finding.verdict)),
            ("severity", Iri(SH + _SEVERITIES[finding.severity])),
            (RDFS + "comment", zh(finding.message_zh)),
            (RDFS + "comment", en(finding.message_en)),
            *(("about", Iri(observations[about.metric.span])) for about in finding.about),
            *(("operand", Iri(observations[operand.metric.span])) for operand in finding.operands),
            *(("about", Iri(citations[citation])) for citation in finding.citations),
        ]
        if finding.duty is not None:
            statements.append(("duty", self.concept("duty", finding.duty)))
        if finding.formula:
            statements.append(("formula", string(finding.formula)))
        if finding.expected is not None:
            low, high = finding.expected
            statements += [("expectedLow", computed(low)), ("expectedHigh", computed(high))]
        self.node(iri, "Finding", finding.message_zh, *spans, also=statements, graph=self.audit)


def _period(period: str) -> Literal:
    if period.isdecimal() and len(period) == 4:
        return typed(period, "gYear")
    parts = period.split("-")
    if len(parts) == 2 and all(p.isdecimal() for p in parts):
        return typed(period, "gYearMonth")
    return string(period)
