"""Citations against each other: one number belongs to one document, and a document has one number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ..finding.citations import ORDERS
from ..lexicon.audit_words import load_audit_words
from ..lexicon.documents import document_key
from ..linking.titles import MAX_TITLES, MIN_OWN_TITLE, is_one_paper
from ..model import Citation, Evidence, Finding, Mention, Span, bare_title
from .ledger import Ledger

_CARRIED_OUT = ("compiled_under", "implements")
_MADE = ("issues", "publicises")
_SENTENCE = 4
_TITLE = re.compile(r"《[^》]*》")


def check_citations(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each number that is given to two papers, each paper that is given two numbers, and each plan
    that is said to be carried out after its period.

    A notice, the text that it issues and short forms of a title are one paper (GB/T 9704-2012, 7.2.5: a number is of
    one document). A law has a decree for each of its versions, so that its decrees are no contradiction.
    """
    numbered = [
        use.citation
        for use in ledger.report.reading.uses
        if use.citation.payload.title is not None and use.citation.payload.number is not None
    ]
    text = ledger.report.reading.outline.source.text
    contradictions = [*_shared_numbers(numbered), *_second_numbers(numbered), *_ended(ledger)]
    for number, (zh, en, mentions) in enumerate(contradictions, 1):
        yield Finding(
            key=f"finding-citation-{number}",
            rule="citation",
            verdict="inconsistent",
            severity="warning",
            stated=None,
            expected=None,
            message_zh=zh,
            message_en=en,
            evidence=tuple(Evidence(span, text[span.start : span.end]) for span in map(_extent, mentions)),
            citations=tuple(mention.span for mention in mentions),
        )


Contradiction = tuple[str, str, list[Mention[Citation]]]
"""Message in Chinese and in English, and the citations that contradict each other."""


def _shared_numbers(numbered: list[Mention[Citation]]) -> Iterator[Contradiction]:
    papers: dict[str, list[Mention[Citation]]] = {}
    for mention in numbered:
        known = papers.setdefault(mention.payload.number or "", [])
        title = mention.payload.title or ""
        if len(known) < MAX_TITLES and not any(
            is_one_paper(title, other.payload.title or "") for other in known
        ):
            known.append(mention)
    for number, mentions in papers.items():
        if len(mentions) > 1:
            titles = [f"《{bare_title(mention.text)}》" for mention in mentions]
            yield (
                f"{number}在报告中用于不同文件:{'、'.join(titles)};不一致",
                f"{number} is given to different documents: {', '.join(titles)}: inconsistent",
                mentions,
            )


def _second_numbers(numbered: list[Mention[Citation]]) -> Iterator[Contradiction]:
    """Papers of one title and one issuing code; the state's and a county's of one name are two."""
    papers: dict[tuple[str, str | None], dict[str, Mention[Citation]]] = {}
    for mention in numbered:
        key = document_key(mention.payload.title or "")
        if len(key) >= MIN_OWN_TITLE and not (mention.payload.code or "").endswith(ORDERS):
            papers.setdefault((key, mention.payload.code), {}).setdefault(
                mention.payload.number or "", mention
            )
    for numbers in papers.values():
        if len(numbers) > 1:
            title = bare_title(next(iter(numbers.values())).text)
            yield (
                f"《{title}》在报告中有不同文号:{'、'.join(numbers)};不一致",
                f"《{title}》 is given different numbers: {', '.join(numbers)}: inconsistent",
                list(numbers.values()),
            )


def _ended(ledger: Ledger) -> Iterator[Contradiction]:
    """Plans that a report carries out in its year although their period ended before; looking back on one is none."""
    year = ledger.report.identity.year
    if year is None:
        return
    words = load_audit_words()
    past = words.past
    clauses = [s.clause for s in ledger.report.reading.statements if s.role not in ("plan", "meta")]
    starts = [clause.span.start for clause in clauses]
    told: set[str] = set()
    for use in ledger.report.reading.uses:
        citation = use.citation.payload
        end = citation.year_end
        if end is None or citation.year_start is None or end >= year or use.function in _MADE:
            continue
        at = bisect_right(starts, use.citation.span.start) - 1
        within = at >= 0 and clauses[at].span.covers(use.citation.span)
        sentence = "".join(
            _outside(c.text) for c in clauses[at : at + _SENTENCE] if c.sentence == clauses[at].sentence
        )
        title = bare_title(use.citation.text)
        if (
            not within
            or title in told
            or past.search(sentence)
            or not (use.function in _CARRIED_OUT or words.carrying.search(sentence))
        ):
            continue
        told.add(title)
        yield (
            f"《{title}》的期限到{end}年为止,早于报告年度{year}年;报告仍写为在落实,不一致",
            f"《{title}》 ended in {end}, before {year}, the year reported on, and is still carried out: inconsistent",
            [use.citation],
        )


def _outside(text: str) -> str:
    """A clause without the titles in it."""
    return _TITLE.sub("", text)


def _extent(mention: Mention[Citation]) -> Span:
    """From the title to the number, whichever stands first."""
    number = mention.payload.number_span or mention.span
    return Span(min(mention.span.start, number.start), max(mention.span.end, number.end))
