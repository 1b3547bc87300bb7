"""Words of questions: which speak of an indicator, a topic or a part of the area (question_words.tsv), and which forms
of question a named query answers (question_forms.tsv), compiled; which topics share their words (question_kin.tsv);
which names of areas are words of the language too (area_homonyms.tsv)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..errors import LexiconError
from .catalogue import IndicatorEntry, Topic, load_indicators, load_topics
from .extension import cached
from .question_patterns import load_question_patterns
from .tables import Row, load_table

WORDS, FORMS, KIN = "question_words.tsv", "question_forms.tsv", "question_kin.tsv"
HOMONYMS = "area_homonyms.tsv"
KINDS = ("indicator", "topic", "scope", "filler", "else", "bar", "quantity", "traditional")

Span = tuple[int, int]
"""Half-open code points into a folded question."""

IDEOGRAPH = re.compile("[\u3400-\u9fff]")
ENGLISH_WORD = re.compile("[a-z]+")
"""Of a folded question."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that must all be there, in any order; a word that begins with @ names something read before (@topic)."""

    parts: tuple[re.Pattern[str] | str, ...]
    bars: tuple[re.Pattern[str] | str, ...] = ()

    def find(self, text: str) -> tuple[Span, ...]:
        """Where the words stand, one place for each; none where one is missing or the text has one that bars."""
        if any(isinstance(bar, re.Pattern) and bar.search(text) for bar in self.bars):
            return ()
        found = [part.search(text) for part in self.parts if isinstance(part, re.Pattern)]
        return tuple(match.span() for match in found if match) if all(found) else ()


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A row of question_words.tsv."""

    kind: str
    """One of KINDS."""
    target: str
    """Id of an indicator, slug of a topic, name of a part, why a question with these words cannot be answered."""
    cue: Cue
    example: str


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A form of question that a named query answers."""

    query: str
    lang: str
    """zh or en: of a question in the other language it says nothing."""
    weight: int
    """Of several forms that fit, the one of the highest weight counts."""
    cue: Cue
    settings: tuple[tuple[str, str], ...]
    """Parameters that the form itself sets."""
    example: str


@cached
def load_question_words() -> tuple[QuestionWord, ...]:
    """In the order of the table. Raises LexiconError for an unknown kind or a pattern that does not compile."""
    return tuple(
        QuestionWord(row["kind"], row["target"], _cue(row, WORDS), row["example"])
        for row in load_table(WORDS)
        if _is_known(row) and row["kind"] != "traditional"
    )


@cached
def load_question_forms() -> tuple[QuestionForm, ...]:
    """In the order of the table. Raises LexiconError for a weight that is no number or a pattern that does not
    compile."""
    return tuple(_form(row) for row in load_table(FORMS))


@cached
def load_topic_kin() -> Mapping[str, tuple[str, ...]]:
    """Topics by the one beside which their words are no further matter."""
    kin: dict[str, tuple[str, ...]] = {}
    for row in load_table(KIN):
        kin[row["topic"]] = (*kin.get(row["topic"], ()), row["kin"])
    return kin


@cached
def load_area_homonyms() -> Mapping[str, re.Pattern[str]]:
    """Names of areas less their suffix that are words too, with what behind them tells the word from the area. Raises
    LexiconError for a pattern that does not compile."""
    return {row["name"]: _homonym(row) for row in load_table(HOMONYMS, unique=True)}


@cached
def load_label_cues() -> tuple[tuple[str, str, Cue], ...]:
    """Indicators and topics by the words of their English names, in any order: kind, id or slug, words."""
    entries: list[tuple[str, IndicatorEntry | Topic]] = [("indicator", entry) for entry in load_indicators()]
    entries += [("topic", topic) for topic in load_topics()]
    topics = {topic.slug: topic.en.lower() for topic in load_topics()}
    return tuple(
        (kind, entry.id if isinstance(entry, IndicatorEntry) else entry.slug, cue)
        for kind, entry in entries
        if (cue := _label_cue(entry.en, topics[entry.topic] if isinstance(entry, IndicatorEntry) else ""))
    )


def fold_question(question: str) -> str:
    """A question as its words are looked up: NFKC, lower case, simplified characters, one space for any space.

    >>> fold_question("行政複議  結案率？")
    '行政复议 结案率?'
    """
    printable = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFKC", question))
    return " ".join(printable.lower().translate(_simplified()).split())


def english_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of the beginnings of English words, to be searched in a folded question."""
    return re.compile(rf"\b(?:{pattern})[a-z]*")


@cached
def _simplified() -> dict[int, str]:
    rows = [row for row in load_table(WORDS) if row["kind"] == "traditional"]
    return {ord(a): b for row in rows for a, b in zip(row["pattern"], row["target"], strict=True)}


def _is_known(row: Row) -> bool:
    if row["kind"] not in KINDS:
        raise LexiconError(
            f"{WORDS} {row['pattern']}", f"no kind {row['kind']!r}", f"one of {', '.join(KINDS)}"
        )
    return True


def _form(row: Row) -> QuestionForm:
    if not row["weight"].isdecimal():
        raise LexiconError(f"{FORMS} {row['pattern']}", f"weight {row['weight']!r} is no number", "write 3")
    pairs = (setting.partition("=") for setting in row["set"].split(";") if setting)
    settings = tuple((name, value) for name, _, value in pairs)
    return QuestionForm(
        row["query"], row["lang"], int(row["weight"]), _cue(row, FORMS), settings, row["example"]
    )


def _cue(row: Row, table: str) -> Cue:
    try:
        return Cue(tuple(_parts(row["pattern"], row["lang"])), tuple(_parts(row["not"], row["lang"])))
    except re.error as error:
        raise LexiconError(f"{table} {row['pattern']}", f"does not compile: {error}", "correct it") from error


def _homonym(row: Row) -> re.Pattern[str]:
    try:
        return re.compile(row["behind"])
    except re.error as error:
        raise LexiconError(f"{HOMONYMS} {row['name']}", f"does not compile: {error}", "correct it") from error


def _parts(cell: str, lang: str) -> Iterator[re.Pattern[str] | str]:
    for part in cell.split(" & ") if cell else ():
        if part.startswith("@"):
            yield part
        else:
            yield english_pattern(part) if lang == "en" else re.compile(part)


def _label_cue(label: str, topic: str) -> Cue | None:
    """Words of a name; None where they are only those of the topic that it is of."""
    empty = load_question_patterns().empty
    words = [word for word in ENGLISH_WORD.findall(label.lower()) if not empty.fullmatch(word)]
    if all(any(other[:5] == word[:5] for other in ENGLISH_WORD.findall(topic)) for word in words):
        return None
    stems = dict.fromkeys("person|people" if word == "persons" else word_stem(word) for word in words)
    return Cue(tuple(english_pattern(stem) for stem in stems)) if stems else None


def word_stem(word: str) -> str:
    """An English word without its ending: mediation → medi, closed → clos; short words stay whole."""
    stem = load_question_patterns().ending.sub("", word)
    return stem if len(stem) > 3 else word
