"""What every part of a report's description needs: its names, its graphs, and how a statement is made."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache

from .. import __version__
from ..iris import Iris, text_span, within
from ..lexicon.extension import current_extension
from ..model import Citation, Mention, Place, Span
from .collecting import LineCollection, QuadCollection, Said
from .entities import short_label
from .names import Names
from .terms import DCTERMS, OA, PROV, RDF, RDFS, Iri, Object, en, string, typed, zh


class ReportWriter:
    """Says what is true of one report. A class because every part needs the same names; spans of evidence are
    collected on the way."""

    def __init__(self, names: Names, iris: Iris, said: QuadCollection | LineCollection) -> None:
        report = names.report
        self.names, self.report, self.iris, self.said = names, report, iris, said
        self.reading = report.reading
        self.outline = report.reading.outline
        self.source = self.outline.source
        self.id, self.text = self.names.id, self.names.text
        self.in_report, self.in_text = Iri(self.id), Iri(self.text)
        self.area = Iri(iris.area(report.identity.area or ""))
        self.graph = iris.graph("report", self.id)
        self.audit = iris.graph("audit", self.id)
        self.spans: dict[str, set[Span]] = {self.graph: set(), self.audit: set()}
        self.places: set[Place] = set()
        name = self.id
        self.term = cache(lambda name: Iri(iris.term(name)))
        self.concept = cache(lambda kind, slug: Iri(iris.concept(kind, slug)))
        self.span = cache(lambda span: Iri(text_span(name, span)))

    def say(self, subject: str, predicate: str, *objects: Object, graph: str = "") -> None:
        """Say something with a predicate of the ontology, or of a vocabulary given by its full IRI."""
        self.said.add(subject, [(predicate, value) for value in objects], graph or self.graph)

    def node(
        self, subject: str, kind: str, label: str, *spans: Span, also: Iterable[Said] = (), graph: str = ""
    ) -> None:
        """Type, label, report and evidence of a node about the report, and what else is to be said of it."""
        graph = graph or self.graph
        self.spans[graph].update(spans)
        statements: list[Said] = [
            (RDF + "type", self.term(kind)),
            (RDFS + "label", zh(short_label(label))),
            ("inReport", self.in_report),
            *[("evidence", self.span(span)) for span in spans],
            *also,
        ]
        self.said.add(subject, statements, graph)

    def about_making(self) -> None:
        """Provenance, once per graph: nothing in it changes from run to run."""
        lexicon = current_extension()
        decisions = [f"{c.span} {c.correction.decision} {c.correction.value}" for c in self.report.corrected]
        made_from = (self.source.sha256, *filter(None, (lexicon.sha256,)), *decisions)
        run, software = self.iris.run(*made_from), self.iris.software(__version__)
        for graph in (self.graph, self.audit):
            self.say(graph, PROV + "wasGeneratedBy", Iri(run), graph=graph)
        self.say(self.audit, PROV + "wasDerivedFrom", Iri(self.graph), graph=self.audit)
        self.say(run, RDF + "type", Iri(PROV + "Activity"))
        self.say(run, RDFS + "label", en("making of this graph"))
        self.say(run, PROV + "used", Iri(self.text))
        self.say(run, PROV + "wasAssociatedWith", Iri(software))
        if lexicon.sha256:
            own = self.iris.lexicon(lexicon.sha256)
            self.say(run, PROV + "used", Iri(own))
            self.say(own, RDF + "type", Iri(PROV + "Entity"))
            self.say(own, RDFS + "label", string(lexicon.name))
            for row in lexicon.rows:
                words = ", ".join(f"{column} {cell}" for column, cell in row.cells if cell)
                self.say(own, RDFS + "comment", string(f"{row.table.removesuffix('.tsv')}: {words}"))
        self.say(software, RDF + "type", Iri(PROV + "SoftwareAgent"))
        self.say(software, RDFS + "label", en(f"fatu {__version__}"))

    def about_span(self, span: Span, graph: str) -> None:
        """A span of the text, as evidence."""
        iri, exact = self.span(span).value, self._text(span)
        statements: list[Said] = [
            (RDF + "type", self.term("TextSpan")),
            (RDFS + "label", zh(short_label(exact))),
            ("inText", self.in_text),
            (OA + "start", typed(span.start, "integer")),
            (OA + "end", typed(span.end, "integer")),
            (OA + "exact", zh(exact)),
        ]
        places = self.source.places_of(span)
        self.places.update(places)
        statements += [("place", Iri(self._place(place))) for place in places]
        if any(place.is_uncertain for place in places):
            statements.append(("uncertain", typed("true", "boolean")))
        self.said.add(iri, statements, graph)

    def about_places(self) -> None:
        """Where the spans stood in the file, and its pages; after the spans, which tell what is needed."""
        self.places.update(place for place in self.source.places if place.is_uncertain)
        for place in self.places:
            iri = self._place(place)
            self.say(iri, RDF + "type", self.term("Place"))
            self.say(iri, RDFS + "label", zh(short_label(self._text(place.span))))
            self.say(iri, OA + "start", typed(place.span.start, "integer"))
            self.say(iri, OA + "end", typed(place.span.end, "integer"))
            if place.page is not None:
                self.say(iri, "onPage", Iri(self._page(place.page)))
            if place.box is not None:
                box = ",".join(f"{side // 100}.{side % 100:02}" for side in place.box)
                self.say(iri, "box", string(f"xywh=percent:{box}"))
            if place.path is not None:
                self.say(iri, "elementPath", string(place.path))
            if place.paragraph is not None:
                self.say(iri, "paragraph", typed(place.paragraph, "integer"))
            if place.confidence is not None:
                self.say(iri, "confidence", typed(place.confidence, "decimal"))
            if place.is_uncertain:
                self.say(iri, "uncertain", typed("true", "boolean"))
        images = {page.number: page for page in self.source.pages}
        for number in {place.page for place in self.places if place.page is not None} | images.keys():
            iri = self._page(number)
            self.say(iri, RDF + "type", self.term("Page"))
            self.say(iri, RDFS + "label", zh(f"第{number}页"))
            self.say(iri, "pageNumber", typed(number, "integer"))
            if number in images:
                image = b64encode(images[number].image).decode()
                self.say(iri, "pageImage", typed(image, "base64Binary"))
                self.say(iri, DCTERMS + "format", string(images[number].media_type))

    def _place(self, place: Place) -> str:
        return within(self.id, f"place={place.span.start},{place.span.end}")

    def _page(self, number: int) -> str:
        return within(self.id, f"page={number}")

    def _text(self, span: Span) -> str:
        return self.source.text[span.start : span.end]

    def document(self, citation: Mention[Citation]) -> str | None:
        """The document that a citation means."""
        return self.names.links[citation.span, "citation"].iri

    def in_section(self, path: tuple[int, ...]) -> list[Said]:
        """The section that something stands in."""
        return [("inSection", Iri(self.names.sections[path]))] if path else []

    def topics(self, span: Span) -> list[Said]:
        """The topics of a section, measure, plan or problem."""
        return [("topic", self.concept("topic", topic)) for topic in self.names.topics.get(span, ())]

    def agencies(self, predicate: str, mentions: tuple[Mention[object], ...]) -> list[Said]:
        """The agencies that mentions refer to, where that is decided."""
        links = (self.names.links.get((mention.span, "agency")) for mention in mentions)
        return [(predicate, Iri(link.iri)) for link in links if link is not None and link.iri is not None]
