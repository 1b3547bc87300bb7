"""The figures of a report, to be found by what they count: indicator, scope, period, status."""

from __future__ import annotations

from dataclasses import dataclass

from ..lexicon.catalogue import IndicatorEntry, load_indicators
from ..model import Evidence, IndicatorLink, Observation, Report, Span
from .arithmetic import Interval, count_interval


@dataclass(frozen=True, slots=True)
class Figure:
    """An operand: what it is called, what it can be, and the observations that state it."""

    label_zh: str
    label_en: str
    interval: Interval
    observations: tuple[Observation, ...]

    @property
    def shown(self) -> str:
        """The number for a formula: 9, or ≥2500, or 6+4 for a sum."""
        return "+".join(shown(o) for o in self.observations)


def shown(observation: Observation) -> str:
    """The number of an observation with its bound: 9, ≥2500, ≈30."""
    metric = observation.metric.payload
    mark = {"exact": "", "at_least": "≥", "at_most": "≤", "approx": "≈"}[metric.bound]
    return f"{mark}{metric.value:f}"


class Ledger:
    """Looks up figures of one report. Figures of different scope or period never meet."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.entries = {entry.id: entry for entry in load_indicators()}
        self._by_id: dict[str, list[IndicatorLink]] = {}
        for link in report.indicator_links:
            if link.id is not None:
                self._by_id.setdefault(link.id, []).append(link)

    def stated(self) -> list[tuple[IndicatorLink, IndicatorEntry]]:
        """Every observation of a catalogued indicator, in text order."""
        return [(link, self.entries[link.id]) for link in self.report.indicator_links if link.id is not None]

    def figure(self, indicator: str, beside: Observation) -> Figure | None:
        """The figure of an indicator in the scope and period of `beside`: as stated, the nearest one, else the
        sum of its parts where at least two of them are stated."""
        entry = self.entries.get(indicator)
        if entry is None:
            return None
        found = self._nearest(indicator, beside)
        if found is not None:
            return Figure(entry.zh, entry.en, count_interval(found.metric.payload), (found,))
        parts = [p for p in (self._nearest(part, beside) for part in entry.parts) if p is not None]
        if len(parts) < 2:
            return None
        total = Interval(
            count_interval(parts[0].metric.payload).low * 0, count_interval(parts[0].metric.payload).low * 0
        )
        for part in parts:
            total = total + count_interval(part.metric.payload)
        return Figure(entry.zh, entry.en, total, tuple(parts))

    def _nearest(self, indicator: str, beside: Observation) -> Observation | None:
        at = beside.metric.span.start
        same = [
            link.observation
            for link in self._by_id.get(indicator, ())
            if link.observation.scope == beside.scope
            and link.observation.period == beside.period
            and link.observation is not beside
        ]
        return min(same, key=lambda o: (abs(o.metric.span.start - at), o.metric.span.start), default=None)

    def evidence(self, *observations: Observation) -> tuple[Evidence, ...]:
        """The clauses that state the observations, in text order, each once."""
        text = self.report.reading.outline.source.text
        spans: list[Span] = sorted({o.clause for o in observations})
        return tuple(Evidence(span, text[span.start : span.end]) for span in spans)
