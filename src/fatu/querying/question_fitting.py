"""Signs of a question → the forms of question that fit, and the words that a fitting form explains."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..lexicon.catalogue import load_indicators, load_topics
from ..lexicon.extension import cached
from ..lexicon.question_words import (
    ENGLISH_WORD,
    IDEOGRAPH,
    Cue,
    QuestionForm,
    Span,
    fold_question,
    load_question_forms,
    load_topic_kin,
    word_stem,
)
from .named import NamedQuery, find_query
from .nearest import all_grams
from .question_signs import Sign, Signs, cover, cue_spans, indicator_spans, topic_spans, word_spans

_WORD = re.compile(r"[a-z0-9]+|\w")
_GAP = 6
"""Most ideographs and English words between words that decided for them to be told with what is between."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Words of the question, folded, and what they were taken for."""

    kind: str
    """form, indicator, topic, scope, year, area, number or agency."""
    words: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Candidate:
    form: QuestionForm
    spans: tuple[Span, ...]
    covered: int

    @property
    def rank(self) -> tuple[int, int]:
        return self.form.weight, self.covered


def candidate_query(candidate: Candidate) -> NamedQuery:
    """The named query of a candidate."""
    return find_query(candidate.form.query)


def fit_form(form: QuestionForm, signs: Signs) -> Candidate | None:
    """The form as a candidate where all its words are there."""
    if form.lang != signs.lang:
        return None
    spans = list(form.cue.find(signs.text))
    if len(spans) < sum(isinstance(part, re.Pattern) for part in form.cue.parts):
        return None
    if any(isinstance(bar, re.Pattern) and bar.search(signs.text) for bar in form.cue.bars):
        return None
    if any(_token(bar, signs) for bar in form.cue.bars if isinstance(bar, str)):
        return None
    for token in tokens_of(form.cue):
        found = _token(token, signs)
        if not found:
            return None
        spans += found
    return Candidate(form, tuple(spans), len(cover(spans)))


def tokens_of(cue: Cue) -> tuple[str, ...]:
    return tuple(part for part in cue.parts if isinstance(part, str))


ACROSS = ("@ranked", "@changed")
"""Tokens of forms that ask about several reports side by side."""
_SIGNS = {
    "@number": "numbers", "@agency": "agencies", "@coming": "coming", "@ranked": "ranked", "@changed": "changed",
}  # fmt: skip
"""Fields of signs by the tokens that take all that is in them."""


def _token(token: str, signs: Signs) -> tuple[Span, ...]:
    """The places of what a token of a form names; none where the question has it not."""
    name, _, wanted = token.partition(":")
    if name == "@quantities":
        return signs.quantities if len(signs.quantities) > 1 else ()
    if name == "@quantity":
        return signs.quantities
    if name == "@indicators":
        found = signs.indicators if len(signs.indicators) > 1 else ()
        return tuple(span for sign in found for span in sign.spans)
    if name == "@else":
        return signs.others
    if name in _SIGNS:
        found = getattr(signs, _SIGNS[name])
        return tuple(span for sign in found for span in sign.spans)
    if name in ("@rate", "@quotient"):
        known = rates() if name == "@rate" else _quotients()
        kept = tuple(sign for sign in signs.indicators if sign.target in known)
    elif name == "@indicator":
        kept = signs.indicators
    elif wanted:
        return _topic_spans(wanted, signs)
    else:
        kept = signs.topics
    is_one = len(kept) == 1 and wanted in ("", kept[0].target)
    return kept[0].spans if is_one else ()


def _topic_spans(topic: str, signs: Signs) -> tuple[Span, ...]:
    """Words of a topic, or of its indicators where the question has several."""
    found = [sign for sign in signs.topics if sign.target == topic]
    found += [sign for sign in signs.indicators if topic_by_indicator().get(sign.target) == topic]
    return tuple(span for sign in found for span in sign.spans)


def topics_of(candidate: Candidate, signs: Signs) -> frozenset[str]:
    """The topics that the candidate is about: those of its form, its indicator."""
    topics: set[str] = set()
    for token in tokens_of(candidate.form.cue):
        name, _, wanted = token.partition(":")
        if name == "@topic":
            topics.update([wanted] if wanted else [sign.target for sign in signs.topics])
        elif name in ("@rate", "@quotient"):
            topics.update(topic_by_indicator()[s.target] for s in signs.indicators if s.target in rates())
        elif name == "@indicator":
            # One of the store alone has no topic.
            topics.update(topic_by_indicator().get(sign.target, "") for sign in signs.indicators)
    topics.discard("")
    return frozenset(topics).union(*(load_topic_kin().get(topic, ()) for topic in topics))


def names_of(candidate: Candidate, topics: frozenset[str], indicators: list[Sign]) -> list[str]:
    """Texts whose words are no matter of their own beside a candidate: the names of what it is about, and what the
    query is known by where it has one matter only."""
    names = [text for sign in indicators for text in name_of(sign.target)]
    for topic in load_topics():
        if topic.slug in topics:
            names += [topic.zh, topic.en, *topic.alt_labels]
    query = candidate_query(candidate)
    if not {"indicator", "topic"} & {parameter.name for parameter in query.parameters}:
        names += [query.title, query.zh, query.en]
        names += [form.example for form in load_question_forms() if form.query == query.name]
    return names


def name_spans(text: str, names: list[str]) -> Iterable[Span]:
    """Pairs of ideographs and words of the text that names have too."""
    grams = {gram for name in names for gram in all_grams(fold_question(name))}
    stems = {word_stem(gram) for gram in grams if gram.isascii()}
    for place in range(len(text) - 1):
        if text[place : place + 2] in grams and IDEOGRAPH.match(text[place]):
            yield place, place + 2
    for match in ENGLISH_WORD.finditer(text):
        if word_stem(match[0]) in stems:
            yield match.span()


@cached
def topic_by_indicator() -> dict[str, str]:
    return {entry.id: entry.topic for entry in load_indicators()}


@cached
def rates() -> frozenset[str]:
    return frozenset(entry.id for entry in load_indicators() if entry.kind == "ratio")


@cached
def _quotients() -> frozenset[str]:
    """Rates of which the catalogue knows what is divided by what."""
    return frozenset(e.id for e in load_indicators() if e.kind == "ratio" and e.numerator and e.denominator)


def name_of(identity: str) -> tuple[str, str]:
    return next(((e.zh, e.en) for e in load_indicators() if e.id == identity), (identity, identity))


def explaining_spans(candidate: Candidate, signs: Signs) -> list[Span]:
    """All words of a question that a candidate explains, beside those that say nothing by themselves."""
    query = candidate.form.query
    spans = [*candidate.spans, *signs.quantities]
    for form in load_question_forms():
        if form.query == query:
            spans += cue_spans(form.cue, signs.text)
    topic = topics_of(candidate, signs)
    for sign in (*signs.years, *signs.areas):
        spans += sign.spans
    if query in ("figure", "mediation", "mediation-scopes", "number-evidence"):
        spans += [span for sign in signs.scopes for span in sign.spans]
    indicators = [sign for sign in signs.indicators if topic_by_indicator().get(sign.target) in topic]
    for sign in (*(sign for sign in signs.topics if sign.target in topic), *indicators):
        spans += sign.spans
    spans += indicator_spans(signs.text, {sign.target for sign in indicators})
    spans += topic_spans(signs.text, topic)
    spans += name_spans(signs.text, names_of(candidate, topic, indicators))
    if query in ("agencies", "pilots", "own-documents"):
        spans += [span for sign in signs.agencies for span in sign.spans]
    if topic or query == "number-evidence":
        spans += [span for sign in signs.numbers for span in sign.spans]
    return spans


def _is_passable(gap: str) -> bool:
    """Whether words that decided are told with those between them: 受理了多少行政复议, not 受理 … 复议."""
    return len(_WORD.findall(gap)) <= _GAP and all(sign.isalnum() or sign == " " for sign in gap)


def find_reasons(candidate: Candidate, signs: Signs, settings: dict[str, str]) -> tuple[Reason, ...]:
    """The words that decided, in the order form, indicator, topic, scope, number, year, area."""

    def words(spans: Iterable[Span]) -> str:
        runs: list[Span] = []
        for place in sorted(word_spans(signs.text, spans)):
            if runs and _is_passable(signs.text[runs[-1][1] : place]):
                runs[-1] = runs[-1][0], place + 1
            else:
                runs.append((place, place + 1))
        return " … ".join(signs.text[start:end].strip() for start, end in runs)

    form = [*candidate.form.cue.find(signs.text)]
    for token in tokens_of(candidate.form.cue):
        if token in ACROSS:
            form += _token(token, signs)
    reasons = [Reason("form", words(form), candidate.form.query)] if form else []
    for kind, found in (("indicator", signs.indicators), ("topic", signs.topics), ("scope", signs.scopes)):
        for sign in found:
            if sign.target == settings.get(kind) or (
                kind == "topic" and f"@topic:{sign.target}" in tokens_of(candidate.form.cue)
            ):
                reasons.append(Reason(kind, words(sign.spans), sign.target))
    if not {"indicator", "topic"} & {reason.kind for reason in reasons}:
        reasons += [Reason("number", words(sign.spans), sign.target) for sign in signs.numbers]
    reasons += [Reason("year", words(sign.spans), sign.target) for sign in signs.years]
    reasons += [Reason("area", words(sign.spans), sign.target.split("|")[0]) for sign in signs.areas]
    return tuple(reasons)
