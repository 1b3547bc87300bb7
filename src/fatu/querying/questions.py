"""A question in words and a store → a named query with parameters and its answer, or why there is none.

Nothing is guessed: every word of a question must be explained by the query that answers it, an indicator, a topic, an
area, a year or a word that says nothing by itself. The words stand in question_words.tsv and question_forms.tsv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..iris import BASE
from ..lexicon.catalogue import load_topics
from ..lexicon.messages import Message
from ..lexicon.question_words import IDEOGRAPH, fold_question, load_question_forms
from ..storing import Store
from .across import is_across, lift_bars, place_settings, years_compared
from .asking import ask_store
from .emptiness import check_store_base
from .named import NamedQuery, find_query
from .narrowing import Quote, find_quotes, keep_rows, rows_of_agency, rows_of_title
from .nearest import nearest_questions
from .own_questions import find_own_query
from .place_and_time import as_report_years, choose_reports, coming_years, place_and_time
from .place_names import find_places
from .question_fitting import (
    Candidate,
    Reason,
    candidate_query,
    explaining_spans,
    find_reasons,
    fit_form,
    name_of,
    rates,
    tokens_of,
    topic_by_indicator,
    topics_of,
)
from .question_signs import (
    Sign,
    Signs,
    cover,
    language_of,
    read_signs,
    unexplained,
    word_spans,
)
from .refusing import CannotError
from .results import Results
from .store_facts import ReportFact, find_own_indicators, find_reports, indicators_of_value

MAX_LENGTH = 500
"""Characters of a question."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that a named query answers, with the answer, which has at least one row."""

    question: str
    lang: str
    query: NamedQuery
    parameters: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    results: Results
    quotes: tuple[Quote, ...]
    only: tuple[str, ...] = ()
    """Ids of the reports that the answer is about where the parameters alone do not say so."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A question that no query answers, why, and the nearest questions that one does; or that there is none of what
    was asked for."""

    question: str
    lang: str
    zh: str
    en: str
    nearest: tuple[NamedQuery, ...]
    none_of: NamedQuery | None = None
    """The query that was understood and ran: that it found none is the answer. None where nothing was understood."""

    @property
    def message(self) -> str:
        """Why, in the language of the question."""
        return Message(self.zh, self.en).of(self.lang)


def ask_words(
    store: Store, question: str, base: str = BASE, lang: str | None = None
) -> Understood | NotUnderstood:
    """Answer a question in Chinese or English words from a store.

    `lang` is the language of what is said about the answer, by default that of the question: Chinese where it has an
    ideograph. Deterministic; any text gives one of the two, never an exception for the text's sake. Values reach the
    query as bound terms only.

    Raises InputError where the store has reports under another base alone.
    """
    language = lang or language_of(question[:MAX_LENGTH])
    try:
        return _Asking(store, question, base, language).answer()
    except CannotError as reason:
        told = reason.message
        return NotUnderstood(question, language, told.zh, told.en, reason.nearest, reason.none_of)


_SEEKING = ("contradictions", "inconsistencies")
"""Queries for what had better not be there: that there is none is an answer."""
_SHORTEST = 3
"""Characters of a name that says by itself which figure is meant."""
_CODE = re.compile(r"[{}<>\\|=^`$]")


class _Asking:
    """One question to one store."""

    def __init__(self, store: Store, question: str, base: str, lang: str) -> None:
        self._store, self._question, self._base, self._lang = store, question, base, lang

    def answer(self) -> Understood:
        text = self._folded()
        reports = find_reports(self._store, self._base)
        if not reports:
            check_store_base(self._store, self._base)
        own = find_own_query(text)
        if own is not None:
            return self._ask_own(own, text)
        signs = read_signs(text)
        if signs.lang == "en":
            signs = replace(signs, areas=(*signs.areas, *find_places(text, self._question)))
        signs = lift_bars(signs, reports)
        if signs.bars:
            raise CannotError(f"bar-{signs.bars[0].target}", {}, nearest_questions(text))
        signs = replace(signs, coming=coming_years(signs, reports))
        try:
            return self._answer_signs(signs, reports)
        except CannotError as reason:
            named = None if reason.is_of_place_or_time else self._with_own_indicator(signs)
            if named is None:
                raise
            try:
                return self._answer_signs(named, reports)
            except CannotError:
                pass  # what is told is why the words themselves were not understood
            raise

    def _answer_signs(self, signs: Signs, reports: tuple[ReportFact, ...]) -> Understood:
        derived = self._derive_from_numbers(signs)
        form, failure = self._choose_form(derived, signs)
        if form is not None and form.form.query == "plans":
            signs = as_report_years(signs)
        chosen = choose_reports(signs, reports)
        if form is None:
            raise failure or self._no_form(derived, signs)
        self._check_words(form, derived)
        return self._ask(form, derived, signs, chosen if len(chosen) < len(reports) else (), reports)

    def _ask_own(self, query: NamedQuery, text: str) -> Understood:
        """The answer to a named query's own question: with its defaults."""
        if query.table is not None:
            raise CannotError("needs-table", {"table": query.table, "query": query.name})
        results = ask_store(self._store, query.name, None, self._base)
        if not results.rows:
            raise self._none_of(query)
        reasons = (Reason("form", text, query.name),)
        return Understood(self._question, self._lang, query, (), reasons, results, find_quotes(results))

    def _folded(self) -> str:
        if len(self._question) > MAX_LENGTH:
            raise CannotError("too-long", {"limit": MAX_LENGTH})
        text = fold_question(self._question)
        if not any(character.isalnum() for character in text):
            raise CannotError("no-words", {})
        if len(text) > 4 * MAX_LENGTH or _CODE.search(text):
            raise CannotError("code", {})
        return text

    # ---- what is asked

    def _derive_from_numbers(self, signs: Signs) -> Signs:
        """The topic, and the indicator where it is one, for which the graph states all numbers of a question that
        has no words for them."""
        if signs.indicators or signs.topics or not signs.numbers:
            return signs
        stated = [indicators_of_value(self._store, sign.target, self._base) for sign in signs.numbers]
        topics = [
            {topic_by_indicator().get(identity, "") for identity in identities} - {""}
            for identities in stated
        ]
        common = set.intersection(*topics)
        if len(common) != 1:
            return signs
        (topic,) = common
        spans = tuple(span for sign in signs.numbers for span in sign.spans)
        known = sorted(
            {i for identities in stated for i in identities if topic_by_indicator().get(i) == topic}
        )
        ratios = [identity for identity in known if identity in rates()]
        single = ratios if len(ratios) == 1 else known if len(known) == 1 else []
        return replace(
            signs,
            topics=(Sign(topic, spans),),
            indicators=tuple(Sign(identity, spans) for identity in single),
        )

    def _with_own_indicator(self, signs: Signs) -> Signs | None:
        """The signs with the indicator that the store alone has and the question names in full; the longest of
        several. None where there is none, or the question speaks of one of the catalogue."""
        if signs.indicators:
            return None
        own = find_own_indicators(self._store, self._base)
        names = {fold_question(label): end for label, end in own.items()}
        found = [name for name in names if len(name) >= _SHORTEST and name in signs.text]
        if not found:
            return None
        longest = max(found, key=lambda name: (len(name), name))
        start = signs.text.index(longest)
        return replace(signs, topics=(), indicators=(Sign(names[longest], ((start, start + len(longest)),)),))

    def _choose_form(self, signs: Signs, said: Signs) -> tuple[Candidate | None, CannotError | None]:
        """The form that fits best; None with the reason where none does, or where two do equally well."""
        candidates = [c for c in (fit_form(form, signs) for form in load_question_forms()) if c is not None]
        if not candidates:
            return None, self._no_form(signs, said)
        best = max(candidate.rank for candidate in candidates)
        top = [candidate for candidate in candidates if candidate.rank == best]
        queries = sorted({candidate.form.query for candidate in top})
        if len(queries) > 1:
            both = tuple(find_query(name) for name in queries)
            return None, CannotError("several-fit", {"count": len(both)}, both[:3])
        return top[0], None

    def _no_form(self, signs: Signs, said: Signs) -> CannotError:
        near = nearest_questions(signs.text)
        if len(said.indicators) > 1:
            zh, en = zip(*(name_of(sign.target) for sign in said.indicators), strict=True)
            names = {"zh": "、".join(zh), "en": "; ".join(en)}
            return CannotError("several-indicators", names, (find_query("figure"), *near)[:3])
        return CannotError("no-query", {}, near)

    def _check_words(self, candidate: Candidate, signs: Signs) -> None:
        """Raises CannotError where words remain that the chosen query does not explain."""
        explained = set(word_spans(signs.text, explaining_spans(candidate, signs)) | signs.fillers)
        rest = unexplained(signs.text, word_spans(signs.text, ((p, p + 1) for p in explained)))
        allowed = 0 if tokens_of(candidate.form.cue) or signs.quantities else 1
        if len(rest) > allowed or any(len(run) > 1 or not IDEOGRAPH.match(run) for run in rest):
            near = nearest_questions(signs.text, candidate.form.query)
            raise CannotError("unknown-words", {"zh": "、".join(rest), "en": ", ".join(rest)}, near)

    def _check_numbers(self, candidate: Candidate, signs: Signs, results: Results) -> None:
        """Raises CannotError where the question takes for stated what is not: 胜诉率80%对吗."""
        if candidate.form.query == "number-evidence":
            return
        topic = topics_of(candidate, signs)
        covered = cover(candidate.spans)
        text = "\n".join(term.value for row in results.rows for term in row if term)
        for sign in signs.numbers:
            stated = indicators_of_value(self._store, sign.target, self._base) if topic else frozenset()
            is_known = any(topic_by_indicator().get(identity) in topic for identity in stated)
            written = re.compile(rf"(?<![\d.]){re.escape(sign.target)}(?!\d|\.\d)")
            if not (is_known or written.search(text) or (not topic and sign.covered <= covered)):
                near = (find_query("number-evidence"), candidate_query(candidate))
                raise CannotError("no-number", {"value": sign.target}, near)

    # ---- the answer

    def _ask(
        self,
        candidate: Candidate,
        signs: Signs,
        said: Signs,
        chosen: tuple[ReportFact, ...],
        reports: tuple[ReportFact, ...],
    ) -> Understood:
        query = candidate_query(candidate)
        declared = {parameter.name for parameter in query.parameters}
        settings = self._settings(candidate, signs, said, declared)
        if is_across(candidate):
            settings.update(place_settings(candidate, signs, reports))
        else:
            settings.update(place_and_time(signs, chosen, reports, declared))
        results = ask_store(self._store, query.name, settings, self._base)
        only: tuple[str, ...] = ()
        if is_across(candidate):
            years = years_compared(candidate, signs)
            results = keep_rows(results, lambda row: not years or str(row["year"]) in years)
        elif chosen:
            wanted = {report.iri for report in chosen}
            if any(row.get("report") not in wanted for row in results):
                only = tuple(report.id for report in chosen)
            results = keep_rows(results, lambda row: row.get("report") in wanted)
        if query.name == "figure":
            results = self._of_scope(query, settings, results, signs)
        if query.name == "agencies" and said.agencies:
            results = rows_of_agency(results, said.agencies)
        if query.name == "citations":
            results = rows_of_title(results, signs.text)
        if not results.rows:
            raise self._nothing_stated(query, signs)
        self._check_numbers(candidate, signs, results)
        return Understood(
            self._question,
            self._lang,
            query,
            tuple(sorted(settings.items())),
            find_reasons(candidate, said, settings),
            results,
            find_quotes(results),
            only,
        )

    def _settings(
        self, candidate: Candidate, signs: Signs, said: Signs, declared: set[str]
    ) -> dict[str, str]:
        settings = dict(candidate.form.settings)
        tokens = tokens_of(candidate.form.cue)
        query = candidate.form.query
        if "indicator" in declared and "indicator" not in settings:
            known = [sign.target for sign in (said if query == "number-evidence" else signs).indicators]
            if "@rate" in tokens:
                known = [identity for identity in known if identity in rates()]
            if len(known) == 1 and query != "mediation-scopes":
                settings["indicator"] = known[0]
        if "topic" in declared and "@topic" in tokens:
            settings["topic"] = signs.topics[0].target
        if "value" in declared and len(said.numbers) == 1:
            settings["value"] = said.numbers[0].target
        return settings

    def _of_scope(
        self, query: NamedQuery, settings: dict[str, str], results: Results, signs: Signs
    ) -> Results:
        """The rows of the part of the area that the question names, which is then a parameter."""
        named = {sign.target for sign in signs.scopes}
        if not named or not results.rows:
            return results
        scopes = {str(row["part"]) for row in results}
        fitting = sorted(named & scopes)
        if len(fitting) == 1:
            settings["scope"] = fitting[0]
            return keep_rows(results, lambda row: row["part"] == fitting[0])
        zh, en = name_of(settings.get("indicator", ""))
        raise CannotError("no-part", {"part": "、".join(sorted(named)), "zh": zh, "en": en}, (query,))

    def _nothing_stated(self, query: NamedQuery, signs: Signs) -> CannotError:
        if query.name in _SEEKING:
            return self._none_of(query)
        near = nearest_questions(signs.text)
        if query.name in ("figure", "legal-aid-benefit", "ranking", "trend") and signs.indicators:
            zh, en = name_of(signs.indicators[0].target)
            return CannotError("no-indicator", {"zh": zh, "en": en}, near)
        if query.name == "epidemic-measures" and signs.topics:
            topic = next(t for t in load_topics() if t.slug == signs.topics[0].target)
            return CannotError("no-topic", {"zh": topic.zh, "en": topic.en}, near)
        return CannotError("no-rows", {"zh": query.zh, "en": query.en}, near)

    def _none_of(self, query: NamedQuery) -> CannotError:
        key = "no-contradictions" if query.name in _SEEKING else "no-rows"
        return CannotError(key, {"zh": query.zh, "en": query.en}, none_of=query)
