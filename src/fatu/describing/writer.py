"""What every part of a report's description needs: its names, its graphs, and how a statement is made."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from .. import __version__
from ..iris import Iris, text_span, within
from ..lexicon.extension import current_extension
from ..model import Citation, Mention, Place, Report, Span
from .entities import short_label
from .names import Names
from .terms import DCTERMS, OA, PROV, RDF, RDFS, Iri, Object, Quad, en, string, typed, zh


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
        self.places: set[Place] = set()

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
        iri, exact = text_span(self.id, span), self._text(span)
        yield Quad(iri, RDF + "type", Iri(self.iris.term("TextSpan")), graph)
        yield Quad(iri, RDFS + "label", zh(short_label(exact)), graph)
        yield from self.say(iri, "inText", Iri(self.text), graph=graph)
        yield from self.say(iri, OA + "start", typed(span.start, "integer"), graph=graph)
        yield from self.say(iri, OA + "end", typed(span.end, "integer"), graph=graph)
        yield from self.say(iri, OA + "exact", zh(exact), graph=graph)
        places = self.source.places_of(span)
        self.places.update(places)
        yield from self.say(iri, "place", *(Iri(self._place(place)) for place in places), graph=graph)
        if any(place.is_uncertain for place in places):
            yield from self.say(iri, "uncertain", typed("true", "boolean"), graph=graph)

    def about_places(self) -> Iterator[Quad]:
        """Where the spans stood in the file, and its pages; after the spans, which tell what is needed."""
        self.places.update(place for place in self.source.places if place.is_uncertain)
        for place in self.places:
            iri = self._place(place)
            yield Quad(iri, RDF + "type", Iri(self.iris.term("Place")), self.graph)
            yield Quad(iri, RDFS + "label", zh(short_label(self._text(place.span))), self.graph)
            yield from self.say(iri, OA + "start", typed(place.span.start, "integer"))
            yield from self.say(iri, OA + "end", typed(place.span.end, "integer"))
            if place.page is not None:
                yield from self.say(iri, "onPage", Iri(self._page(place.page)))
            if place.box is not None:
                box = ",".join(f"{side // 100}.{side % 100:02}" for side in place.box)
                yield from self.say(iri, "box", string(f"xywh=percent:{box}"))
            if place.path is not None:
                yield from self.say(iri, "elementPath", string(place.path))
            if place.paragraph is not None:
                yield from self.say(iri, "paragraph", typed(place.paragraph, "integer"))
            if place.confidence is not None:
                yield from self.say(iri, "confidence", typed(place.confidence, "decimal"))
            if place.is_uncertain:
                yield from self.say(iri, "uncertain", typed("true", "boolean"))
        images = {page.number: page for page in self.source.pages}
        for number in {place.page for place in self.places if place.page is not None} | images.keys():
            iri = self._page(number)
            yield Quad(iri, RDF + "type", Iri(self.iris.term("Page")), self.graph)
            yield Quad(iri, RDFS + "label", zh(f"第{number}页"), self.graph)
            yield from self.say(iri, "pageNumber", typed(number, "integer"))
            if number in images:
                image = b64encode(images[number].image).decode()
                yield from self.say(iri, "pageImage", typed(image, "base64Binary"))
                yield from self.say(iri, DCTERMS + "format", string(images[number].media_type))

    def _place(self, place: Place) -> str:
        return within(self.id, f"place={place.span.start},{place.span.end}")

    def _page(self, number: int) -> str:
        return within(self.id, f"page={number}")

    def _text(self, span: Span) -> str:
        return self.source.text[span.start : span.end]

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
