"""Rows of an answer: those that a question is about, and the words of the reports on which they rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..lexicon.question_patterns import load_question_patterns
from ..lexicon.question_words import fold_question
from .question_signs import Sign
from .results import Results, Value


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report on which an answer rests; half-open code points into its text, None where no query tells."""

    report: str
    text: str
    start: int | None
    end: int | None


def keep_rows(results: Results, is_kept: Callable[[dict[str, Value]], bool]) -> Results:
    rows = tuple(term_row for term_row, row in zip(results.rows, results, strict=True) if is_kept(row))
    return replace(results, rows=rows)


def rows_of_agency(results: Results, agencies: tuple[Sign, ...]) -> Results:
    """The rows of the agency that the question names, by the longest end of its words that some agency has."""
    names = sorted({str(row["agency"]) for row in results})
    for sign in agencies:
        for start in range(len(sign.target) - 2):
            words = sign.target[start:]
            if any(words in name for name in names):
                return keep_rows(results, lambda row, words=words: words in str(row["agency"]))  # type: ignore[misc]
    return replace(results, rows=())


def rows_of_title(results: Results, text: str) -> Results:
    """The citations of the titles that the question names, all where it names none."""
    patterns = load_question_patterns()
    titles = [match[match.lastindex or 0] for match in patterns.cited_title.finditer(text)]
    named = [patterns.title_lead.sub("", title) for title in titles]
    if not named:
        return results
    return keep_rows(results, lambda row: any(title in fold_question(str(row["text"])) for title in named))


_QUOTED = (("evidence", "start", "end"), ("deed", "start", "end"), ("claim", "start", "end"),
    ("problem", "start", "end"), ("plan", "start", "end"), ("title", "start", "end"),
    ("partEvidence", "", ""))  # fmt: skip


def quoted_columns(results: Results) -> tuple[str, ...]:
    """The variables whose values are words of the reports that `find_quotes` quotes."""
    return tuple(text for text, _, _ in _quoted(results))


def _quoted(results: Results) -> list[tuple[str, str, str]]:
    """Variables of words, and of where these start and end; the ones with places alone where there are any."""
    columns = [q for q in _QUOTED if q[0] in results.variables and (not q[1] or q[1] in results.variables)]
    if "evidence" in results.variables and "start" not in results.variables:
        columns = [("evidence", "", ""), *columns]
    return columns[:1] if columns and columns[0][1] else columns


def find_quotes(results: Results) -> tuple[Quote, ...]:
    """The words on which the rows rest, each once, in the order of the rows."""
    columns = _quoted(results)
    found: dict[Quote, None] = {}
    for row in results:
        for text, start, end in columns:
            if row.get(text):
                first, last = row.get(start), row.get(end)
                quote = Quote(
                    str(row.get("report") or ""),
                    str(row[text]),
                    first if isinstance(first, int) else None,
                    last if isinstance(last, int) else None,
                )
                found[quote] = None
    return tuple(found)
