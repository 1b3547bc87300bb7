"""How alike two texts are, by the pairs of characters they share (Dice 1945), and which of many are most alike.

All in integers: a similarity is told in thousandths.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

Shape = frozenset[tuple[str, int]]
"""The pairs of neighbouring characters of a text, each with the number of its occurrence."""

REWORDED = 600
"""Thousandths of similarity from which a text is another wording of one, not a different one: of the pairs of
characters that both have together, three in five are common."""

_MANY = 10_000
"""Comparisons of the texts that share a pair of characters; where there would be more, only those are made whose
places in the two lists are near."""
_NEAR = 50


def shape_of(text: str) -> Shape:
    """The shape of a text; a single character is its own."""
    counts: Counter[str] = Counter()
    shape = set()
    for at in range(max(1, len(text) - 1)):
        pair = text[at : at + 2]
        shape.add((pair, counts[pair]))
        counts[pair] += 1
    return frozenset(shape)


def similarity(one: Shape, other: Shape) -> int:
    """Twice the pairs in common by the pairs of both, in thousandths, rounded down.

    >>> similarity(shape_of("补齐工作短板"), shape_of("补齐短板"))
    500
    """
    return 2000 * len(one & other) // (len(one) + len(other))


def pair_nearest(old: Sequence[Shape], new: Sequence[Shape]) -> list[tuple[int, int]]:
    """As many pairs of an old and a new one as there can be, the most alike first, else by order."""
    within = _NEAR if len(old) * len(new) > _MANY else max(len(old), len(new))
    candidates = (
        (i, j) for i in range(len(old)) for j in range(max(0, i - within), min(len(new), i + within + 1))
    )
    pairs = _choose(candidates, old, new, 0)
    taken_old, taken_new = {i for i, _ in pairs}, {j for _, j in pairs}
    left_old = (i for i in range(len(old)) if i not in taken_old)
    left_new = (j for j in range(len(new)) if j not in taken_new)
    return pairs + list(zip(left_old, left_new, strict=False))


def pair_similar(old: Sequence[Shape], new: Sequence[Shape], least: int = REWORDED) -> list[tuple[int, int]]:
    """Pairs that are at least so similar, in thousandths, the most alike first; each is in one pair at most."""
    frequency = Counter(element for shapes in (old, new) for shape in shapes for element in shape)
    places: tuple[dict[tuple[str, int], list[int]], ...] = (defaultdict(list), defaultdict(list))
    for shapes, found in zip((old, new), places, strict=True):
        for at, shape in enumerate(shapes):
            for element in _telling(shape, frequency, least):
                found[element].append(at)
    candidates = {
        (i, j)
        for element, olds in places[0].items()
        if element in places[1]
        for i, j in _meeting(olds, places[1][element])
    }
    return _choose(candidates, old, new, least)


def _telling(shape: Shape, frequency: Counter[tuple[str, int]], least: int) -> list[tuple[str, int]]:
    """The rarest elements of a shape, so many that every shape as similar as that shares one of them (the prefix filter
    of Chaudhuri, Ganti and Kaushik 2006): n elements need an overlap of s/(2-s) of n."""
    ranked = sorted(shape, key=lambda element: (frequency[element], element))
    overlap = -(-least * len(shape) // (2000 - least))
    return ranked[: len(shape) - overlap + 1]


def _meeting(olds: list[int], news: list[int]) -> Iterator[tuple[int, int]]:
    few = len(olds) * len(news) <= _MANY
    return ((i, j) for i in olds for j in news if few or abs(i - j) <= _NEAR)


def _choose(
    candidates: Iterable[tuple[int, int]], old: Sequence[Shape], new: Sequence[Shape], least: int
) -> list[tuple[int, int]]:
    """The best of the candidates, each index once. Exchanging old and new gives the same pairs: no two candidates with
    an index in common are alike in all that they are ordered by."""
    ranked = []
    for i, j in candidates:
        alike = similarity(old[i], new[j])
        if alike >= least:
            ranked.append((-alike, abs(i - j), i + j, i, j))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for *_, i, j in sorted(ranked):
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            pairs.append((i, j))
    return pairs
