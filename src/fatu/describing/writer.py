"""What every part of a report's description needs: its names, its graphs, and how a statement is made."""

from __future__ import annotations

from collections.abc import Iterator

from .. import __version__
from ..iris import Iris, text_span
from ..lexicon.extension import current_extension
from ..model import Citation, Mention, Report, Span
from .entities import short_label
from .names import Names
from .terms import OA, PROV, RDF, RDFS, Iri, Object, Quad, en, string, typed, zh


class ReportWriter:
    """Makes the quads of one report. A class because every part needs the same names; spans of evidence are
    collected on the way."""

    def __init__(self, report: Report, iris: Iris) -> None:
        self.report, self.iris = report, iris
        self.names = Names(report)
        self.reading = report.reading
        self.outline = report.reading.outline
        self.source = self.outline.source
        self.id, self.text = self.names.id, self.names.text
        self.graph = iris.graph("report", self.id)
        self.audit = iris.graph("audit", self.id)
        self.spans: dict[str, set[Span]] = {self.graph: set(), self.audit: set()}

    def say(self, subject: str, predicate: str, *objects: Object, graph: str = "") -> Iterator[Quad]:
        """Quads with a predicate of the ontology, or of a vocabulary given by its full IRI."""
        name = predicate if "://" in predicate else self.iris.term(predicate)
        for value in objects:
            yield Quad(subject, name, value, graph or self.graph)

    def node(self, subject: str, kind: str, label: str, *spans: Span, graph: str = "") -> Iterator[Quad]:
        """Type, label, report and evidence of a node about the report."""
        graph = graph or self.graph
        yield Quad(subject, RDF + "type", Iri(self.iris.term(kind)), graph)
        yield Quad(subject, RDFS + "label", zh(short_label(label)), graph)
        yield from self.say(subject, "inReport", Iri(self.id), graph=graph)
        for span in spans:
            self.spans[graph].add(span)
            yield from self.say(subject, "evidence", Iri(text_span(self.id, span)), graph=graph)

    def about_making(self) -> Iterator[Quad]:
        """Provenance, once per graph: nothing in it changes from run to run."""
        lexicon = current_extension()
        decisions = [f"{c.span} {c.correction.decision} {c.correction.value}" for c in self.report.corrected]
        made_from = (self.source.sha256, *filter(None, (lexicon.sha256,)), *decisions)
        run, software = self.iris.run(*made_from), self.iris.software(__version__)
        for graph in (self.graph, self.audit):
            yield Quad(graph, PROV + "wasGeneratedBy", Iri(run), graph)
        yield Quad(self.audit, PROV + "wasDerivedFrom", Iri(self.graph), self.audit)
        yield from self.say(run, RDF + "type", Iri(PROV + "Activity"))
        yield from self.say(run, RDFS + "label", en("making of this graph"))
        yield from self.say(run, PROV + "used", Iri(self.text))
        yield from self.say(run, PROV + "wasAssociatedWith", Iri(software))
        if lexicon.sha256:
            own = self.iris.lexicon(lexicon.sha256)
            yield from self.say(run, PROV + "used", Iri(own))
            yield from self.say(own, RDF + "type", Iri(PROV + "Entity"))
            yield from self.say(own, RDFS + "label", string(lexicon.name))
            for row in lexicon.rows:
                words = ", ".join(f"{column} {cell}" for column, cell in row.cells if cell)
                yield from self.say(
                    own, RDFS + "comment", string(f"{row.table.removesuffix('.tsv')}: {words}")
                )
        yield from self.say(software, RDF + "type", Iri(PROV + "SoftwareAgent"))
        yield from self.say(software, RDFS + "label", en(f"fatu {__version__}"))

    def about_span(self, span: Span, graph: str) -> Iterator[Quad]:
        """A span of the text, as evidence."""
        iri, exact = text_span(self.id, span), self.source.text[span.start : span.end]
        yield Quad(iri, RDF + "type", Iri(self.iris.term("TextSpan")), graph)
        yield Quad(iri, RDFS + "label", zh(short_label(exact)), graph)
        yield from self.say(iri, "inText", Iri(self.text), graph=graph)
        yield from self.say(iri, OA + "start", typed(span.start, "integer"), graph=graph)
        yield from self.say(iri, OA + "end", typed(span.end, "integer"), graph=graph)
        yield from self.say(iri, OA + "exact", zh(exact), graph=graph)

    def document(self, citation: Mention[Citation]) -> str | None:
        """The document that a citation means."""
        return self.names.links[citation.span, "citation"].iri

    def in_section(self, iri: str, path: tuple[int, ...]) -> Iterator[Quad]:
        """The section that something stands in."""
        if path:
            yield from self.say(iri, "inSection", Iri(self.names.sections[path]))

    def topics(self, iri: str, span: Span) -> Iterator[Quad]:
        """The topics of a section, measure, plan or problem."""
        topics = self.names.topics.get(span, ())
        yield from self.say(iri, "topic", *(Iri(self.iris.concept("topic", t)) for t in topics))

    def agencies(self, iri: str, predicate: str, mentions: tuple[Mention[object], ...]) -> Iterator[Quad]:
        """The agencies that mentions refer to, where that is decided."""
        for mention in mentions:
            link = self.names.links.get((mention.span, "agency"))
            if link is not None and link.iri is not None:
                yield from self.say(iri, predicate, Iri(link.iri))
