"""The facts of a report in two graphs → what changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from .change import Change, Difference, Fact, ReportChanges, Values
from .facts import ReportFacts
from .kinds import KINDS, MENTION, Kind
from .matching import Candidate, Pair, Tokens, match_facts

_ORDER = {name: at for at, name in enumerate([*(kind.name for kind in KINDS), MENTION])}


def find_changes(old: ReportFacts, new: ReportFacts) -> ReportChanges:
    """What changed in a report; where the two are named differently, the newer name counts."""
    partners: tuple[dict[str, str], dict[str, str]] = ({}, {})
    """IRI of a fact → what stands for it and the fact that it was matched with, on either side."""
    changes: list[Change] = []
    same = 0
    for kind in KINDS:
        candidates = [
            [Candidate(fact, _tokens(kind, fact, side.iri, known)) for fact in side.facts[kind.name]]
            for side, known in zip((old, new), partners, strict=True)
        ]
        pairs, removed, added = match_facts(kind, *candidates)
        if kind.name == "document":
            removed, added = (
                [c for c in side if not _is_cited(c, of)] for side, of in ((removed, old), (added, new))
            )
        for number, (before, after) in enumerate(pairs):
            partners[0][before.fact.iri] = partners[1][after.fact.iri] = f"{kind.name} {number}"
            differences = tuple(_differences(kind, (before, after)))
            if differences:
                changes.append(Change(new.id, "changed", before.fact, after.fact, differences))
            else:
                same += 1
        changes += (Change(new.id, "removed", candidate.fact, None) for candidate in removed)
        changes += (Change(new.id, "added", None, candidate.fact) for candidate in added)
    changes += _decided_otherwise(new.id, old.mentions, new.mentions)
    return ReportChanges(new.id, new.title, tuple(sorted(changes, key=_place)), same)


def only_in(report: ReportFacts, is_new: bool) -> ReportChanges:
    """A report that only one of the graphs has: one change, whatever it says."""
    (fact,) = report.facts["report"]
    change = Change(report.id, "added", None, fact) if is_new else Change(report.id, "removed", fact, None)
    return ReportChanges(report.id, report.title, (change,), 0)


def _place(change: Change) -> tuple[object, ...]:
    fact = change.fact
    return _ORDER[fact.kind], fact.start, fact.evidence, fact.label, change.change, fact.iri


def _is_cited(document: Candidate, report: ReportFacts) -> bool:
    """Whether a citation tells of a document already."""
    return any(value.token == document.fact.iri for c in report.facts["citation"] for value in c.get("cites"))


# ---- what is compared -----------------------------------------------------------------------------------------


def _tokens(kind: Kind, fact: Fact, report: str, known: Mapping[str, str]) -> Tokens:
    """What is compared of a fact. What lies within the report is named by the fact that it was matched with, for its
    IRI tells no more than its place; it is left out where there is no such fact."""
    within = f"{report}#"
    tokens = {}
    for name, values in fact.values:
        found = [value.token for value in values]
        if name in kind.links:
            found = sorted(
                known.get(token, token) for token in found if token in known or not token.startswith(within)
            )
        tokens[name] = tuple(found)
    return tokens


def _differences(kind: Kind, pair: Pair) -> Iterator[Difference]:
    before, after = pair
    for name, old in before.fact.values:
        if before.tokens[name] != after.tokens[name]:
            yield Difference(name, *_told_apart(old, after.fact.get(name)))


def _told_apart(old: Values, new: Values) -> tuple[Values, Values]:
    """Values that are called the same though they are not are shown by their IRIs."""
    names = defaultdict(set)
    for value in (*old, *new):
        names[value.zh].add(value.token)
    return (
        tuple(v._replace(zh=v.token, en=v.token) if len(names[v.zh]) > 1 else v for v in old),
        tuple(v._replace(zh=v.token, en=v.token) if len(names[v.zh]) > 1 else v for v in new),
    )


# ---- names ------------------------------------------------------------------------------------------------------


def _decided_otherwise(report: str, old: Sequence[Fact], new: Sequence[Fact]) -> Iterator[Change]:
    """Names that stand in the same sentence in both graphs, and are taken for something else: one change for each
    name and decision, with all the places."""
    before, after = _by_place(old), _by_place(new)
    grouped: dict[tuple[object, ...], list[tuple[Fact, Fact]]] = {}
    for place, fact in before.items():
        other = after.get(place)
        if other is not None and _meant(fact) != _meant(other):
            grouped.setdefault((fact.label.token, _meant(fact), _meant(other)), []).append((fact, other))
    for pairs in grouped.values():
        one, other = pairs[0]
        differences = tuple(
            Difference(name, *_told_apart(one.get(name), other.get(name)))
            for name, _ in one.values
            if _of(one, name) != _of(other, name)
        )
        yield Change(
            report, "changed", _together(f for f, _ in pairs), _together(f for _, f in pairs), differences
        )


def _by_place(mentions: Sequence[Fact]) -> dict[tuple[str, str, int], Fact]:
    """Name, sentence and the number of its occurrence there → the mention."""
    counts: Counter[tuple[str, str]] = Counter()
    found = {}
    for mention in mentions:
        place = (mention.label.token, mention.sentence)
        found[*place, counts[place]] = mention
        counts[place] += 1
    return found


def _of(mention: Fact, name: str) -> tuple[str, ...]:
    return tuple(value.token for value in mention.get(name))


def _meant(mention: Fact) -> tuple[tuple[str, ...], ...]:
    return tuple(_of(mention, name) for name, _ in mention.values)


def _together(mentions: Iterator[Fact]) -> Fact:
    first, *others = mentions
    return replace(first, evidence=tuple(sorted({*first.evidence, *(p for m in others for p in m.evidence)})))
