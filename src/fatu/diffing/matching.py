"""Facts of one kind in two graphs → which are the same one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from ..exporting.statements import local_name
from .change import Fact
from .kinds import Kind
from .similarity import pair_nearest, pair_similar, shape_of

Tokens = dict[str, tuple[str, ...]]
"""Property → what is compared of its values."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact on one side, with what is compared of it."""

    fact: Fact
    tokens: Tokens

    def key(self, names: Sequence[str]) -> Hashable:
        """What two facts must have in common to be taken for the same one by these names; None where there is
        nothing to go by."""
        found = tuple(self._part(name) for name in names)
        return found if any(found) or not names else None

    def _part(self, name: str) -> Hashable:
        match name:
            case "sentence":
                return self.fact.sentence
            case "iri":
                return self.fact.iri
            case "label":
                return self.fact.label.token
            case _:
                return self.tokens[local_name(name)]


Pair = tuple[Candidate, Candidate]


def match_facts(
    kind: Kind, old: Sequence[Candidate], new: Sequence[Candidate]
) -> tuple[list[Pair], list[Candidate], list[Candidate]]:
    """Pairs of what is the same fact, then what only the old graph has, then what only the new one has.

    Keys are tried from the narrowest to the widest; of several facts with one key those in the most similar sentences
    are paired, else by order. What no key brings together is paired where its words are similar enough.
    """
    pairs: list[Pair] = []
    for key in _keys(kind):
        matched, old, new = _match_by(key, old, new)
        pairs += matched
    if kind.rewords and old and new:
        before, after = ([shape_of(_words(c, kind.rewords)) for c in side] for side in (old, new))
        matched, old, new = _split(pair_similar(before, after), old, new)
        pairs += matched
    return pairs, list(old), list(new)


def _words(candidate: Candidate, name: str) -> str:
    return candidate.fact.label.token if name == "label" else "".join(candidate.tokens[name])


def _keys(kind: Kind) -> list[Callable[[Candidate], Hashable]]:
    def everything(candidate: Candidate) -> Hashable:
        return tuple(candidate.tokens.items()), candidate.fact.label.token if kind.rewords == "label" else ""

    def in_place(candidate: Candidate) -> Hashable:
        return everything(candidate), candidate.fact.sentence

    def by(names: tuple[str, ...]) -> Callable[[Candidate], Hashable]:
        return lambda candidate: candidate.key(names)

    same = [] if ("iri",) in kind.passes else [in_place, everything]
    return [*same, *map(by, kind.passes)]


def _match_by(
    key: Callable[[Candidate], Hashable], old: Sequence[Candidate], new: Sequence[Candidate]
) -> tuple[list[Pair], Sequence[Candidate], Sequence[Candidate]]:
    if not old or not new:
        return [], old, new
    buckets: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, candidates in enumerate((old, new)):
        for at, candidate in enumerate(candidates):
            found = key(candidate)
            if found is not None:
                buckets.setdefault(found, ([], []))[side].append(at)
    places: list[tuple[int, int]] = []
    for olds, news in buckets.values():
        if len(olds) == len(news) == 1:
            places.append((olds[0], news[0]))
        elif olds and news:
            shapes = [
                [shape_of(candidates[at].fact.sentence) for at in ats]
                for candidates, ats in ((old, olds), (new, news))
            ]
            places += [(olds[i], news[j]) for i, j in pair_nearest(*shapes)]
    return _split(places, old, new)


def _split(
    places: Sequence[tuple[int, int]], old: Sequence[Candidate], new: Sequence[Candidate]
) -> tuple[list[Pair], list[Candidate], list[Candidate]]:
    """Pairs of indices → pairs, and what is left on either side."""
    taken_old, taken_new = {i for i, _ in places}, {j for _, j in places}
    return (
        [(old[i], new[j]) for i, j in sorted(places)],
        [candidate for i, candidate in enumerate(old) if i not in taken_old],
        [candidate for j, candidate in enumerate(new) if j not in taken_new],
    )
