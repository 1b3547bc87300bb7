"""What the nodes of one report are called."""

from __future__ import annotations

from functools import cached_property

from ..iris import within
from ..linking import link_topics
from ..model import EntityLink, Kind, Report, Span


class Names:
    """IRIs of everything inside a report, by its place in the text."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.reading = report.reading
        self.outline = report.reading.outline
        self.id = report.identity.iri or ""

    @property
    def text(self) -> str:
        """The report's source text."""
        return f"{self.id}/text"

    @cached_property
    def sections(self) -> dict[tuple[int, ...], str]:
        """Path → IRI."""
        return {s.path: within(self.id, "sec-" + ".".join(map(str, s.path))) for s in self.outline.sections}

    @cached_property
    def deeds(self) -> dict[Span, str]:
        """Span of a measure or plan → IRI; measures are counted within their heading."""
        names: dict[Span, str] = {}
        count: dict[str, int] = {}
        for measure in self.reading.measures:
            heading = self.heading(measure.section)
            count[heading] = count.get(heading, 0) + 1
            names[measure.span] = within(self.id, f"measure-{heading}-{count[heading]}")
        for number, plan in enumerate(self.reading.plans, 1):
            names[plan.span] = within(self.id, f"plan-{number}")
        return names

    @cached_property
    def outcomes(self) -> dict[Span, str]:
        """Span → IRI, counted within the heading."""
        names: dict[Span, str] = {}
        count: dict[str, int] = {}
        for outcome in self.reading.outcomes:
            heading = self.heading(outcome.section)
            count[heading] = count.get(heading, 0) + 1
            names[outcome.span] = within(self.id, f"outcome-{heading}-{count[heading]}")
        return names

    @cached_property
    def observations(self) -> dict[Span, str]:
        """Span of a metric → IRI of its observation."""
        return {
            link.observation.metric.span: within(self.id, link.name) for link in self.report.indicator_links
        }

    @cached_property
    def citations(self) -> dict[Span, str]:
        """Span of a citation → IRI."""
        return {u.citation.span: within(self.id, f"cite-{n}") for n, u in enumerate(self.reading.uses, 1)}

    @cached_property
    def indicators(self) -> dict[Span, str]:
        """Span of a metric → IRI of the indicator that it counts."""
        return {link.observation.metric.span: link.iri for link in self.report.indicator_links}

    @cached_property
    def mentions(self) -> dict[tuple[Span, Kind], str]:
        """(span, kind) of a mention of an agency or a program → IRI; citations have their own."""
        links = (e for e in self.report.entity_links if e.mention.kind != "citation")
        return {
            (e.mention.span, e.mention.kind): within(self.id, f"mention-{n}") for n, e in enumerate(links, 1)
        }

    @cached_property
    def links(self) -> dict[tuple[Span, Kind], EntityLink]:
        """(span, kind) of a mention → its link."""
        return {(link.mention.span, link.mention.kind): link for link in self.report.entity_links}

    @cached_property
    def topics(self) -> dict[Span, tuple[str, ...]]:
        """Span of a section, measure, plan or problem → slugs of its topics."""
        return link_topics(self.report)

    def heading(self, path: tuple[int, ...]) -> str:
        """Number of the heading that a section or item stands under: 1.5; 0 before the first."""
        items = {s.path for s in self.outline.sections if s.is_item}
        while path in items:
            path = path[:-1]
        return ".".join(map(str, path)) or "0"
