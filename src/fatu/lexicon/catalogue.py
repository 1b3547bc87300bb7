"""The catalogue: topics, indicators, units and document types, typed, and the two ways to look them up.

The tables beside this module are the one source of these facts; the ontology's generated files repeat them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from ..errors import LexiconError
from .extension import cached
from .patterns import any_pattern, any_word, rows_by_kind
from .shortlist import Shortlist
from .tables import Row, load_table


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of government by law; `broader` is empty for the nine at the top."""

    slug: str
    notation: str
    broader: str
    zh: str
    en: str
    alt_labels: tuple[str, ...]
    close_match: tuple[str, ...]
    """Concepts of other schemes: outline2015/1."""
    related: tuple[str, ...]
    cue: str
    """Pattern that is searched in folded text, beside the labels."""
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class SchemeConcept:
    """A heading of an official outline or indicator system; the scheme itself where `notation` is empty."""

    slug: str
    scheme: str
    notation: str
    zh: str
    en: str
    status: str
    """verified: seen in the source; known: from memory."""
    source: str


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """A thing that reports count. Other indicators are named by their ids."""

    id: str
    zh: str
    en: str
    unit: str
    """Slug of the unit it is usually given in."""
    kind: str
    """count, persons, sessions, money or ratio."""
    topic: str
    stock_flow: str
    numerator: str
    denominator: str
    alt_denominators: tuple[str, ...]
    """Denominators that reports also use, tried after `denominator`."""
    parts: tuple[str, ...]
    """Indicators whose sum this one is."""
    broader: str
    examples: tuple[tuple[str, str | None], ...]
    """Phrases with a unit word that this entry must match before any other."""
    cue: str
    """Pattern that is searched in the restored phrase."""
    unit_words: tuple[str, ...]
    """Unit words that the number may carry."""
    source: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit word; words of one meaning share a slug, the first row's word is the preferred one."""

    word: str
    slug: str
    zh: str
    en: str
    kind: str
    qudt: str
    match: str
    """exact or broad, how `qudt` matches; empty without one."""
    base: str
    """Slug of the unit that this one is 10^power of."""
    power: int | None
    not_before: tuple[str, ...]
    """What the word is not followed by where it is a unit: 部门 is no 部."""
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class DocType:
    """One of the fifteen 文种 (kind doctype) or a kind of text that a notice issues (kind textkind)."""

    slug: str
    kind: str
    zh: str
    en: str
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class Definition:
    """What a concept means, where its other columns do not say it."""

    concept: str
    """scheme/topics, doctype/通知, or kind/length: a kind of quantity."""
    zh: str
    en: str
    example: str
    source: str


@cache
def load_topics() -> tuple[Topic, ...]:
    """Topics in the order of their notation. Raises LexiconError where the table is broken."""
    return tuple(
        Topic(
            **_texts(row, "slug", "notation", "broader", "zh", "en", "cue", "example", "source"),
            alt_labels=_list(row["alt_labels"]),
            close_match=_list(row["close_match"]),
            related=_list(row["related"]),
        )
        for row in load_table("topics.tsv", unique=True)
    )


@cache
def load_schemes() -> tuple[SchemeConcept, ...]:
    """Official outlines with their headings. Raises LexiconError where the table is broken."""
    names = ("slug", "scheme", "notation", "zh", "en", "status", "source")
    return tuple(SchemeConcept(**_texts(row, *names)) for row in load_table("topic_schemes.tsv", unique=True))


@cached
def load_indicators() -> tuple[IndicatorEntry, ...]:
    """The indicator catalogue, more specific entries first. Raises LexiconError where the table is broken."""
    names = (
        "id", "zh", "en", "unit", "kind", "topic", "stock_flow",
        "numerator", "denominator", "broader", "cue", "source",
    )  # fmt: skip
    return tuple(
        IndicatorEntry(
            **_texts(row, *names),
            alt_denominators=_list(row["alt_denominators"]),
            parts=_list(row["parts"]),
            examples=tuple(_example(text) for text in _list(row["example"])),
            unit_words=_list(row["unit_words"]),
        )
        for row in load_table("indicators.tsv", unique=True)
    )


def find_named_indicator(text: str) -> str | None:
    """The id of the catalogue's indicator of that id, or of that name in Chinese or English, in any case."""
    return _names_of_indicators().get(text) or _names_of_indicators().get(text.casefold())


@cached
def _names_of_indicators() -> dict[str, str]:
    named = {n.casefold(): entry.id for entry in load_indicators() for n in (entry.zh, entry.en) if n}
    return named | {entry.id: entry.id for entry in load_indicators()}


@cached
def load_units() -> tuple[Unit, ...]:
    """Unit words. Raises LexiconError where the table is broken."""
    names = ("word", "slug", "zh", "en", "kind", "qudt", "match", "base", "example", "source")
    return tuple(
        Unit(
            **_texts(row, *names),
            power=int(row["power"]) if row["power"] else None,
            not_before=_list(row["not_before"]),
        )
        for row in load_table("units.tsv", unique=True)
    )


@cached
def unit_words() -> frozenset[str]:
    """All unit words: 件, 人次, 元."""
    return frozenset(unit.word for unit in load_units())


@cache
def load_doc_types() -> tuple[DocType, ...]:
    """Types of documents and kinds of texts, longer words before those they end in."""
    names = ("slug", "kind", "zh", "en", "example", "source")
    return tuple(DocType(**_texts(row, *names)) for row in load_table("doc_types.tsv", unique=True))


@cache
def load_definitions() -> tuple[Definition, ...]:
    """Definitions of schemes, document types and kinds of quantities. Raises LexiconError where broken."""
    names = ("concept", "zh", "en", "example", "source")
    return tuple(Definition(**_texts(row, *names)) for row in load_table("definitions.tsv", unique=True))


@cached
def unit_slug(word: str | None) -> str | None:
    """Slug of a unit word: 件 → jian; `none` for no word at all, None for a word that the table lacks."""
    if word is None:
        return "none"
    return next((unit.slug for unit in load_units() if unit.word == word), None)


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    """An entry of the catalogue, and where in the phrase the words stand that decided for it."""

    entry: IndicatorEntry
    start: int
    end: int


def find_indicator(
    phrase: str, unit: str | None, entries: tuple[IndicatorEntry, ...] | None = None
) -> IndicatorMatch | None:
    """The first entry (of `entries`, by default the catalogue) that a restored phrase counts, and by which words.

    `phrase` is folded text with its elided head restored and the number removed: 行政复议案件审结. `unit` is the unit
    word as found (件, %); without one only counts can match, and no share of a whole. A difference (较上年增加) or a
    figure per village matches nothing: it is not what the entry counts. The words run from the first group of the cue
    to its last, or are the whole match where it has none; half-open code points into `phrase`. Raises LexiconError
    on a cue that does not compile.
    """
    if _bars(unit is None).search(phrase):
        return None
    cues = _catalogue_cues(unit).of(phrase) if entries is None else _cues(entries, unit)
    for cue, entry in cues:
        found = cue.search(phrase)
        if found:
            spans = [found.span(i) for i in range(1, cue.groups + 1) if found[i] is not None] or [
                found.span()
            ]
            return IndicatorMatch(entry, min(s for s, _ in spans), max(e for _, e in spans))
    return None


Cues = tuple[tuple[re.Pattern[str], IndicatorEntry], ...]


@cached
def _catalogue_cues(unit: str | None) -> Shortlist[tuple[re.Pattern[str], IndicatorEntry]]:
    return Shortlist((entry.cue, (cue, entry)) for cue, entry in _cues(load_indicators(), unit))


def _cues(entries: tuple[IndicatorEntry, ...], unit: str | None) -> Cues:
    """The entries that may be given in a unit, with their cues."""
    return tuple(
        (_pattern(entry.cue, entry.id), entry)
        for entry in entries
        if (unit in entry.unit_words if unit is not None else entry.kind == "count")
    )


@cache
def _bars(bare: bool) -> re.Pattern[str]:
    """Words that make a phrase count something else; of a bare number also those of a share."""
    rows = rows_by_kind("indicator_words.tsv")
    kinds = ("change", "each", "share") if bare else ("change", "each")
    return _pattern(
        any_pattern(row["pattern"] for kind in kinds for row in rows[kind]), "indicator_words.tsv"
    )


def bare_phrase(phrase: str, area: str = "") -> str:
    """A restored phrase without what is no part of what it counts: space, full-width forms, the year, a value, words
    of totals (共, 累计, 各类, 全年), the report's own area: `area` is its name (石门县), which tells 全县 and 我县.

    A year behind 比 or 较 stays, for it says what is compared; so does the number of a name (12345热线). Where
    nothing would be left the phrase stays as it is.

    >>> bare_phrase("2022年全县共培训各类 村干部", "石门县")
    '培训村干部'
    """
    folded = "".join(unicodedata.normalize("NFKC", phrase).split())
    filler = _filler(area[-1:])
    if not area or area not in folded:
        return filler.sub("", folded) or folded
    # Each report has an area of its own: to compile the filler with its name would take longer than this.
    named = re.compile(f"{re.escape(area)}{_NO_WORD_OF_IT}")
    kept: list[str] = []
    at = 0
    while found := min(
        (match for match in (named.search(folded, at), filler.search(folded, at)) if match),
        key=re.Match.start,
        default=None,
    ):
        kept.append(folded[at : found.start()])
        at = found.end()
    return "".join([*kept, folded[at:]]) or folded


_NO_WORD_OF_IT = "(?![城级内])"
"""Behind an area: 县城, 县级 and 县内 are words of their own."""


@lru_cache(maxsize=64)
def _filler(kind: str) -> re.Pattern[str]:
    """Filler in the reports of a kind of area (县)."""
    rows = rows_by_kind("indicator_words.tsv")
    patterns = [row["pattern"] for row in rows["filler"]]
    if kind:
        own = [row["pattern"].replace("X", re.escape(kind)) for row in rows["own"]]
        patterns = [*(f"{pattern}{_NO_WORD_OF_IT}" for pattern in own), *patterns]
    return re.compile(any_pattern(patterns))


def with_wider_topics(slugs: Iterable[str]) -> set[str]:
    """Topics by their slugs, and those above them.

    >>> sorted(with_wider_topics(["administrative-reconsideration"]))
    ['administrative-reconsideration', 'disputes']
    """
    above, found = {topic.slug: topic.broader for topic in load_topics()}, set[str]()
    for slug in slugs:
        while slug and slug not in found:
            found.add(slug)
            slug = above[slug]
    return found


def match_topics(text: str) -> tuple[str, ...]:
    """Slugs of the topics that a folded text names, most specific first, each once: those of `topic_cues`."""
    return tuple(dict.fromkeys(slug for slug, _, _ in topic_cues(text)))


def topic_cues(text: str) -> tuple[tuple[str, int, int], ...]:
    """Topics that a folded text names, most specific first, and where the words stand that name them: slug and
    half-open code points into `text`. A topic named twice is there twice.

    A find that lies within a longer one does not count (法律顾问 in 村居法律顾问), nor does a top-level topic
    beside one that is narrower than it. Longer finds come first, then earlier ones.
    """
    finds = [
        (match.start(), match.end(), topic)
        for pattern, topic in _topic_patterns().of(text)
        for match in pattern.finditer(text)
    ]
    free = [
        find
        for find in finds
        if not any(o[0] <= find[0] and find[1] <= o[1] and o[1] - o[0] > find[1] - find[0] for o in finds)
    ]
    broader = {topic.broader for _, _, topic in free}
    free.sort(key=lambda find: (not find[2].broader, find[0] - find[1], find[0], find[2].notation))
    return tuple((topic.slug, start, end) for start, end, topic in free if topic.slug not in broader)


@cache
def _pattern(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise LexiconError(where, f"the cue does not compile: {error}", "correct the pattern") from error


@cached
def _topic_patterns() -> Shortlist[tuple[re.Pattern[str], Topic]]:
    """Every topic with the pattern of its cue and its labels."""
    labels = ((topic, any_word({topic.zh, *topic.alt_labels})) for topic in load_topics())
    patterns = ((topic, f"{topic.cue}|{label}" if topic.cue else label) for topic, label in labels)
    return Shortlist((pattern, (_pattern(pattern, topic.slug), topic)) for topic, pattern in patterns)


def _texts(row: Row, *names: str) -> dict[str, str]:
    return {name: row[name] for name in names}


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _example(text: str) -> tuple[str, str | None]:
    phrase, _, unit = text.partition(" ")
    return phrase, unit or None
