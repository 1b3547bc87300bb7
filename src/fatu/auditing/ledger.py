"""The books of an audit: the figures of a report, to be found by what they count, and its lists of parts."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from ..lexicon.catalogue import IndicatorEntry, load_indicators
from ..model import Evidence, Report, Span
from .enumerations import find_listings
from .listings import Listing
from .postings import Figure, Posting, add, read_postings

WINDOW = 16
"""How many figures before and behind one are looked at for what it belongs to."""
_MAX_SAME = 4
_REACH = 2
"""How many figures of an indicator before and behind another are looked at for the one nearest to it."""


class Ledger:
    """Looks up figures of one report. Figures of different scope or period never meet."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.outline = report.reading.outline
        self.entries = {entry.id: entry for entry in load_indicators()}
        self.postings = read_postings(report)
        self._by_id: dict[str, list[Posting]] = {}
        for posting in self.postings:
            if posting.link.id is not None and posting.movement is None:
                self._by_id.setdefault(posting.link.id, []).append(posting)

    def stated(self) -> list[tuple[Posting, IndicatorEntry]]:
        """Every figure of a catalogued indicator, in text order."""
        return [
            (p, self.entries[p.link.id])
            for p in self.postings
            if p.link.id is not None and p.movement is None
        ]

    def of(self, indicator: str) -> list[Posting]:
        """The figures of an indicator, in text order."""
        return self._by_id.get(indicator, [])

    @cached_property
    def runs(self) -> dict[tuple[object, ...], tuple[Posting, ...]]:
        """The postings of each paragraph, item or row of a table, in text order."""
        runs: dict[tuple[object, ...], list[Posting]] = {}
        for posting in self.postings:
            runs.setdefault(posting.run, []).append(posting)
        return {key: tuple(postings) for key, postings in runs.items()}

    def position(self, posting: Posting) -> int:
        """Its place in its run."""
        return posting.index - self.runs[posting.run][0].index

    def around(self, posting: Posting, reach: int = WINDOW) -> tuple[Posting, ...]:
        """The figures of its run that are at most so many before or behind it, and itself."""
        at = self.position(posting)
        return self.runs[posting.run][max(0, at - reach) : at + reach + 1]

    def lists_with(self, posting: Posting) -> tuple[Listing, ...]:
        """The lists of which a figure is a part."""
        return self._lists.get(posting.index, ())

    @cached_property
    def _lists(self) -> dict[int, tuple[Listing, ...]]:
        lists: dict[int, tuple[Listing, ...]] = {}
        for listing in self.listings:
            for part in (*listing.parts, *listing.more):
                lists[part.index] = (*lists.get(part.index, ()), listing)
        return lists

    @cached_property
    def by_period(self) -> dict[tuple[object, ...], tuple[Posting, ...]]:
        """Levels by period, scope, unit and what they count: the id of the indicator, else the phrase."""
        found: dict[tuple[object, ...], tuple[Posting, ...]] = {}
        for posting in self.postings:
            if posting.movement is None:
                o = posting.observation
                key = (o.period, o.scope, posting.metric.unit, posting.link.id or posting.phrase)
                found[key] = (*found.get(key, ()), posting)[:_MAX_SAME]
        return found

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """The lists of parts in running text, in text order."""
        runs = (run for run in self.runs.values() if run[0].cell is None)
        return tuple(listing for run in runs for listing in find_listings(run))

    @cached_property
    def parts(self) -> frozenset[int]:
        """Indexes of the figures that are parts in a list."""
        return frozenset(p.index for listing in self.listings for p in (*listing.parts, *listing.more)
                         if listing.cue == "said")  # fmt: skip

    @cached_property
    def _narrower(self) -> frozenset[int]:
        """Parts of lists that count the same as their whole, only of fewer."""
        return frozenset(
            part.index
            for listing in self.listings
            for part in (*listing.parts, *listing.more)
            if part.link.id == listing.whole.link.id and listing.cue == "said"
        )

    @cached_property
    def columns(self) -> dict[tuple[int, int], tuple[Posting, ...]]:
        """The postings of each column of a table."""
        columns: dict[tuple[int, int], list[Posting]] = {}
        for posting in self.postings:
            if posting.cell:
                columns.setdefault((posting.cell.table, posting.cell.column), []).append(posting)
        return {key: tuple(postings) for key, postings in columns.items()}

    def figure(self, indicator: str, beside: Posting) -> Figure | None:
        """The figure of an indicator in the scope and period of `beside`: as stated, the nearest one, else the
        sum of its parts where at least two of them are stated."""
        entry = self.entries.get(indicator)
        if entry is None:
            return None
        found = self.nearest(indicator, beside)
        if found is not None:
            return Figure(entry.zh, entry.en, found.interval, (found,))
        parts = [p for p in (self.nearest(part, beside) for part in entry.parts) if p is not None]
        if len(parts) < 2:
            return None
        return Figure(entry.zh, entry.en, add(parts), tuple(parts))

    def nearest(self, indicator: str, beside: Posting) -> Posting | None:
        """The figure of an indicator nearest in the text, in the scope and period of `beside`: one of the same body,
        else one that may be part of the other's; one that leads to it in its sentence before one behind it."""
        o = beside.observation
        same = self._figures.get((indicator, o.scope, o.period), ())
        at = bisect_left(same, beside.index, key=_place)
        near = [
            (tie == "part", not _leads_to(p, beside), abs(p.index - beside.index), p.index, p)
            for p in same[max(0, at - _REACH) : at + _REACH + 1]
            if p is not beside and (tie := p.body.tie(beside.body)) != "two"
        ]
        return min(near)[-1] if near else None

    @cached_property
    def _figures(self) -> dict[tuple[object, ...], tuple[Posting, ...]]:
        """(indicator, scope, period) → its figures in text order. What counts a part of the same (案件21件(一审13件、
        二审8件)) or stands in brackets is the figure of it only where there is no other."""
        found: dict[tuple[object, ...], list[Posting]] = {}
        for indicator, postings in self._by_id.items():
            for posting in postings:
                if not posting.is_prior and "其中" not in posting.before:
                    o = posting.observation
                    found.setdefault((indicator, o.scope, o.period), []).append(posting)
        return {
            key: tuple([p for p in same if p.index not in self._narrower and not p.is_aside] or same)
            for key, same in found.items()
        }

    def label_en(self, posting: Posting) -> str:
        """What to call it in a message in English: the indicator's name, else its own words."""
        entry = self.entries.get(posting.link.id or "")
        return entry.en if entry else f"“{posting.phrase}”"

    def own(self, posting: Posting) -> Figure:
        """A posting as an operand."""
        return Figure(posting.label, self.label_en(posting), posting.interval, (posting,))

    def sum_of(self, postings: tuple[Posting, ...]) -> Figure:
        """Several postings together as one operand."""
        names = "、".join(p.label for p in postings), ", ".join(map(self.label_en, postings))
        return Figure(*names, add(postings), postings)

    def evidence(self, *postings: Posting) -> tuple[Evidence, ...]:
        """The clauses that state the figures, in text order, each once."""
        return self.quoted(*(p.observation.clause for p in postings))

    def quoted(self, *spans: Span) -> tuple[Evidence, ...]:
        """Spans with their text, in text order, each once."""
        text = self.outline.source.text
        return tuple(Evidence(span, text[span.start : span.end]) for span in sorted(set(spans)))


def _leads_to(posting: Posting, other: Posting) -> bool:
    """Whether a figure is told before another in its 。-sentence."""
    return posting.stop == other.stop and posting.index < other.index


def _place(posting: Posting) -> int:
    return posting.index
