"""A question in words → signs: the indicators, topics, parts, years, areas and numbers that it speaks of, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..errors import FatuError
from ..finding.numerals import DIGITS, parse_number
from ..lexicon.areas import load_areas
from ..lexicon.catalogue import load_indicators, load_topics, topic_cues
from ..lexicon.extension import cached
from ..lexicon.question_patterns import load_question_patterns
from ..lexicon.question_words import (
    ENGLISH_WORD,
    IDEOGRAPH,
    Cue,
    Span,
    load_area_homonyms,
    load_label_cues,
    load_question_words,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that a question speaks of, and the places of the words that say so."""

    target: str
    spans: tuple[Span, ...]

    @property
    def covered(self) -> frozenset[int]:
        """The code points of its words."""
        return cover(self.spans)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a folded question says, before it is known which query answers it."""

    text: str
    lang: str
    """zh or en: of which it has more letters."""
    indicators: tuple[Sign, ...]
    topics: tuple[Sign, ...]
    scopes: tuple[Sign, ...]
    years: tuple[Sign, ...]
    areas: tuple[Sign, ...]
    """By code; several codes with | between where a name has several areas."""
    numbers: tuple[Sign, ...]
    """Values as decimals, in base units."""
    agencies: tuple[Sign, ...]
    """By their words."""
    quantities: tuple[Span, ...]
    others: tuple[Span, ...]
    """Words that ask for what is neither a figure nor an overview."""
    fillers: frozenset[int]
    bars: tuple[Sign, ...]
    """Why the question cannot be answered."""
    coming: tuple[Sign, ...] = ()
    """Years of no report, the one before of some: what is planned for them stands there. The text does not tell."""
    ranked: tuple[Sign, ...] = ()
    """Words that ask for a ranking, where the reports let one be made; bars otherwise."""
    changed: tuple[Sign, ...] = ()
    """Words that ask how a figure changed, where the reports are of several years; bars otherwise."""


def cover(spans: Iterable[Span]) -> frozenset[int]:
    """The code points within spans."""
    return frozenset(place for start, end in spans for place in range(start, end))


def read_signs(text: str) -> Signs:
    """Signs of a folded question."""
    years = tuple(_years(text))
    taken = cover(span for sign in years for span in sign.spans)
    areas = tuple(_areas(text))
    taken |= cover(span for sign in areas for span in sign.spans)
    fillers = cover(_all_spans("filler", text))
    return Signs(
        text=text,
        lang=language_of(text),
        indicators=_undominated(_indicators(text)),
        topics=_narrowest(_topics(text, fillers)),
        scopes=tuple(_word_signs("scope", text)),
        years=years,
        areas=areas,
        numbers=tuple(_numbers(text, taken)),
        agencies=tuple(Sign(m[0], (m.span(),)) for m in load_question_patterns().agency.finditer(text)),
        quantities=tuple(_quantities(text)),
        others=tuple(_all_spans("else", text)),
        fillers=fillers,
        bars=tuple(_bars(text)),
    )


def language_of(text: str) -> str:
    """zh or en: whichever a text has more letters of; zh where it has as many."""
    letters = sum(len(match[0]) for match in ENGLISH_WORD.finditer(text.lower()))
    return "zh" if len(IDEOGRAPH.findall(text)) >= letters else "en"


def word_spans(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """The code points of spans, of English always those of whole words."""
    places = set(cover(spans))
    for match in ENGLISH_WORD.finditer(text):
        if any(place in places for place in range(*match.span())):
            places.update(range(*match.span()))
    return frozenset(places)


def unexplained(text: str, explained: frozenset[int]) -> tuple[str, ...]:
    """Runs of letters, digits and signs of a question that nothing explains; punctuation explains itself."""
    runs: list[str] = []
    last = -2
    for place, character in enumerate(text):
        if place in explained or character in _PUNCTUATION:
            continue
        if place == last + 1:
            runs[-1] += character
        else:
            runs.append(character)
        last = place
    return tuple(runs)


def literal_spans(text: str, span: Span, source: str) -> tuple[Span, ...]:
    """The parts of a span that a pattern itself spells out: what stands in its gaps (.{0,8}) is not read by it."""
    start, end = span
    written = set(source)
    words = ENGLISH_WORD.findall(re.sub(r"\\[a-z]", " ", source))
    places = [p for p in range(start, end) if not IDEOGRAPH.match(text[p]) or text[p] in written]
    for match in ENGLISH_WORD.finditer(text, start, end):
        if not any(match[0] == word or (len(word) > 1 and match[0].startswith(word)) for word in words):
            places = [p for p in places if not match.start() <= p < match.end()]
    return tuple((place, place + 1) for place in places)


# ------------------------------------------------------------------------------------------------ words of tables


def _word_signs(kind: str, text: str) -> Iterator[Sign]:
    for word in load_question_words():
        if word.kind == kind:
            spans = _literal_places(word.cue, text)
            if spans:
                yield Sign(word.target, spans)


def _bars(text: str) -> Iterator[Sign]:
    """As _word_signs, with all their words: where a bar is lifted all of them must be explained."""
    for word in load_question_words():
        if word.kind == "bar" and word.cue.find(text):
            yield Sign(word.target, tuple(cue_spans(word.cue, text)))


def _literal_places(cue: Cue, text: str) -> tuple[Span, ...]:
    patterns = [part for part in cue.parts if isinstance(part, re.Pattern)]
    found = zip(cue.find(text), patterns, strict=False)
    return tuple(place for span, pattern in found for place in literal_spans(text, span, pattern.pattern))


def _all_spans(kind: str, text: str) -> Iterator[Span]:
    for word in load_question_words():
        if word.kind == kind and word.cue.find(text):
            yield from cue_spans(word.cue, text)


def _quantities(text: str) -> Iterator[Span]:
    """What asks for a number, each time."""
    for word in load_question_words():
        for part in word.cue.parts if word.kind == "quantity" else ():
            if isinstance(part, re.Pattern):
                yield from (match.span() for match in part.finditer(text))


def cue_spans(cue: Cue, text: str) -> Iterator[Span]:
    """All places of the words of a cue, each time, whether all of them are there or not."""
    for part in cue.parts:
        if isinstance(part, re.Pattern):
            yield from literal_matches(part, text)


def literal_matches(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """All matches of a pattern, without what stands in its gaps."""
    for match in pattern.finditer(text):
        yield from literal_spans(text, match.span(), pattern.pattern)


def _label_signs(kind: str, text: str) -> Iterator[Sign]:
    if not ENGLISH_WORD.search(text):
        return
    for label_kind, target, cue in load_label_cues():
        if label_kind == kind:
            spans = cue.find(text)
            if spans:
                yield Sign(target, spans)


def _indicators(text: str) -> list[Sign]:
    """Indicators by the words of speech and the names of the catalogue; by its cues where these say more."""
    found = list(_word_signs("indicator", text))
    spoken = tuple(found)
    for signs in (_label_signs("indicator", text), _catalogue_signs(text)):
        for sign in signs:
            if not spoken or any(sign.covered > other.covered for other in spoken):
                found.append(sign)
                break
    return found


def indicator_spans(text: str, identities: Iterable[str]) -> list[Span]:
    """All words of a folded question that speak of indicators, however often."""
    return _spans_of("indicator", text, frozenset(identities))


def topic_spans(text: str, slugs: Iterable[str]) -> list[Span]:
    """All words of a folded question that speak of topics, however often."""
    return _spans_of("topic", text, frozenset(slugs))


def _spans_of(kind: str, text: str, targets: frozenset[str]) -> list[Span]:
    return [
        span
        for word in load_question_words()
        if word.kind == kind and word.target in targets
        for span in cue_spans(word.cue, text)
    ]


@cached
def _catalogue_cues() -> tuple[tuple[str, frozenset[str], bool, re.Pattern[str]], ...]:
    return tuple(
        (entry.id, frozenset(entry.unit_words), entry.kind == "ratio", re.compile(entry.cue))
        for entry in load_indicators()
        if entry.cue
    )


def _catalogue_signs(text: str) -> Iterator[Sign]:
    """Indicators that the catalogue's own cues find, of the unit that is asked for; rates only where asked for."""
    patterns = load_question_patterns()
    asked = patterns.unit_asked.search(text)
    unit = asked[1] if asked else None
    asks_rate = patterns.rate_asked.search(text) is not None
    asks_number = asks_rate or patterns.count_asked.search(text) is not None
    for identity, units, is_ratio, cue in _catalogue_cues():
        if not asks_number or is_ratio != asks_rate or (unit and unit not in units):
            continue
        match = cue.search(text)
        if match and match.end() > match.start():
            groups = [match.span(i) for i in range(1, cue.groups + 1) if match[i]] or [match.span()]
            spans = [place for span in groups for place in literal_spans(text, span, cue.pattern)]
            yield Sign(identity, tuple(spans))
    for entry in load_indicators():
        start = text.find(entry.zh.lower()) if len(entry.zh) > 2 else -1
        if start >= 0:
            yield Sign(entry.id, ((start, start + len(entry.zh)),))


def _undominated(signs: list[Sign]) -> tuple[Sign, ...]:
    """Each indicator once, without those whose words another one has and more."""
    best: dict[str, Sign] = {}
    for sign in signs:
        if sign.target not in best or len(sign.covered) > len(best[sign.target].covered):
            best[sign.target] = sign
    return tuple(
        sign for sign in best.values() if not any(sign.covered < other.covered for other in best.values())
    )


def _topics(text: str, fillers: frozenset[int]) -> list[Sign]:
    spelled = {topic.slug: f"{topic.cue}{topic.zh}{topic.alt_labels}" for topic in load_topics()}
    found = [
        Sign(slug, literal_spans(text, (start, end), spelled[slug])) for slug, start, end in topic_cues(text)
    ]
    found += [*_word_signs("topic", text), *_label_signs("topic", text)]
    return [sign for sign in found if sign.target != "annual-report" and not _is_general(sign, fillers)]


def _is_general(sign: Sign, fillers: frozenset[int]) -> bool:
    """法治政府建设 is what every report is about."""
    return sign.covered <= fillers and sign.target in ("organization", "capacity", "functions", "rulemaking")


def _narrowest(signs: list[Sign]) -> tuple[Sign, ...]:
    """Each topic once with all its words, without those whose words another has, and the broad ones beside narrow
    ones."""
    merged: dict[str, list[Span]] = {}
    for sign in signs:
        merged.setdefault(sign.target, []).extend(sign.spans)
    topics = [Sign(target, tuple(sorted(set(spans)))) for target, spans in merged.items()]
    free = [sign for sign in topics if not any(sign.covered < other.covered for other in topics)]
    broad = {topic.slug for topic in load_topics() if not topic.broader}
    narrow = [sign for sign in free if sign.target not in broad]
    return tuple(narrow or free)


# ---------------------------------------------------------------------------------------- years, areas and numbers

_PUNCTUATION = frozenset(" ,.?!:'\"()-—–…·、。?!,;:“”‘’《》〈〉「」『』()[]〔〕【】/%~～")


def _masked(text: str) -> str:
    """The question with the titles and numbers of documents blanked."""
    return load_question_patterns().title.sub(lambda match: " " * len(match[0]), text)


def _years(text: str) -> Iterator[Sign]:
    for match in load_question_patterns().year.finditer(_masked(text)):
        # What is no Chinese digit is written for a zero: 二○二o.
        digits = match[1] or "".join(str(DIGITS.get(character, 0)) for character in match[2])
        yield Sign(digits, (match.span(),))


def _areas(text: str) -> Iterator[Sign]:
    """Areas by their full names, else by names without suffix; the last of a chain 开封市顺河回族区."""
    masked = _masked(text)
    table, patterns = load_areas(), load_question_patterns()
    taken: set[int] = set()
    found = [(start, end, tuple(area.code for area in areas)) for start, end, areas in table.find(masked)]
    for start, end, _ in found:
        taken.update(range(start, end))
    for start in range(len(masked)):
        for length in range(min(8, len(masked) - start), 1, -1):
            word = masked[start : start + length]
            codes = table.stems.get(word)
            if codes and taken.isdisjoint(range(start, start + length)):
                end = start + length
                of_level: tuple[str, ...] = ()
                if patterns.area_end.match(masked, end):
                    of_level = tuple(c for c in codes if table.areas[c].name.endswith(masked[end]))
                homonym = load_area_homonyms().get(word)
                if homonym is not None and not of_level and homonym.match(masked, end):
                    continue
                if patterns.area_end.match(masked, end):
                    end += 1
                    codes = of_level or codes
                found.append((start, end, codes))
                taken.update(range(start, end))
                break
    for start, end, codes in sorted(found):
        if not patterns.not_area.match(masked, end):
            yield Sign("|".join(codes), ((start, end),))


def _numbers(text: str, taken: frozenset[int]) -> Iterator[Sign]:
    for match in load_question_patterns().number.finditer(_masked(text)):
        if taken.isdisjoint(range(*match.span())):
            value = _value(match[0])
            if value is not None:
                yield Sign(value, (match.span(),))


def _value(written: str) -> str | None:
    try:
        value: Decimal = parse_number(written.strip().rstrip(",")).value
    except (ValueError, ArithmeticError, FatuError):
        return None
    return f"{value:f}"
