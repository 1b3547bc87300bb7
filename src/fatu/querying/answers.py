"""An answer to a question in words → text for a terminal, or JSON."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ..describing.terms import Iri
from ..exporting.aligning import align, clip, width
from ..iris import BASE, Iris
from ..lexicon.messages import Message, write_message
from .formats import format_results, show_cell
from .headings import head, is_of_other_language
from .named import NamedQuery
from .narrowing import quoted_columns
from .questions import NotUnderstood, Understood
from .results import Results

_COLUMNS, _LAST = 44, 240
"""Most that a cell takes; the last of a row has nothing behind it that it could push away."""
_TOLD = 5
"""Most reports that a line names."""
_OFFSETS = ("start", "end")


def format_understood(answer: Understood, base: str = BASE) -> str:
    """What was understood, the columns that matter, and the words of the reports with their offsets."""
    lines = [
        _understood_line(answer),
        *_reason_lines(answer),
        "",
        align(_rows(answer, Iris(base))).rstrip("\n"),
    ]
    if answer.quotes and not _quotes_itself(answer):
        lines += ["", f"{_told('evidence', answer.lang)}:", *_quote_lines(answer)]
    return "\n".join(lines) + "\n"


def format_not_understood(answer: NotUnderstood) -> str:
    """Why there is no answer, and the nearest questions that have one; or that there is none of what was asked for."""
    if answer.none_of is not None:
        return f"{clip(answer.message, 200)}  ({_run(answer.none_of)})\n"
    lines = [f"{_told('refused', answer.lang)}: {clip(answer.message, 200)}"]
    if answer.nearest:
        lines.append(f"{_told('nearest', answer.lang)}:")
    lines += [f"  {_title(query, answer.lang)}  ({_run(query)})" for query in answer.nearest]
    return "\n".join(lines) + "\n"


def describe_answer(answer: Understood | NotUnderstood) -> dict[str, Any]:
    """What the command's JSON and the server's /ask tell of a question, as values that JSON has.

    Of an answer: the query, its parameters, the command that repeats it, of which reports only it has the rows that
    this gives (none: of all), why, the rows as text and as SPARQL results, the evidence with offsets. Otherwise the
    message and the nearest questions, in the language of the answer, and the query that found none of what was asked
    for.
    """
    told = {"answered": isinstance(answer, Understood), "question": answer.question, "lang": answer.lang}
    if isinstance(answer, NotUnderstood):
        nearest = [_title(query, answer.lang) for query in answer.nearest]
        ran = {"query": answer.none_of.name} if answer.none_of else {}
        return {**told, **ran, "message": answer.message, "nearest": nearest}
    reasons = [asdict(reason) for reason in answer.reasons]
    names = answer.results.variables
    return {
        **told,
        "query": answer.query.name,
        "zh": answer.query.zh,
        "en": answer.query.en,
        "parameters": dict(answer.parameters),
        "command": command_of(answer),
        "only": list(answer.only),
        "why": reasons,
        "reasons": reasons,
        "rows": [
            {name: term.value for name, term in zip(names, row, strict=True) if term is not None}
            for row in answer.results.rows
        ],
        "evidence": [asdict(quote) for quote in answer.quotes],
        "results": json.loads(format_results(answer.results, "json")),
    }


def write_answer(answer: Understood | NotUnderstood) -> str:
    """The answer as a JSON object: see `describe_answer`."""
    text = json.dumps(describe_answer(answer), ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def _run(query: NamedQuery) -> str:
    """The command that asks a named query, with the table that it needs."""
    table = f" --table {query.table}=FILE.csv" if query.table else ""
    return f"fatu query {query.name}{table}"


def command_of(answer: Understood) -> str:
    """The command that repeats the query."""
    settings = (f"--set {shlex.quote(f'{name}={value}')}" for name, value in answer.parameters)
    return " ".join(["fatu query", answer.query.name, *settings])


def _told(key: str, lang: str) -> str:
    return write_message(key).of(lang)


def _title(query: NamedQuery, lang: str) -> str:
    return Message(query.zh, query.en).of(lang)


def _understood_line(answer: Understood) -> str:
    title = answer.query.question(dict(answer.parameters)).of(answer.lang)
    set_to = ", ".join(f"{name}={value}" for name, value in answer.parameters)
    given = f" [{set_to}]" if set_to else ""
    understood = _told("understood", answer.lang)
    line = f"{understood}: {answer.query.name} · {title}{given} · {command_of(answer)}"
    if answer.only:
        some = ", ".join(answer.only[:_TOLD]) + (" …" if len(answer.only) > _TOLD else "")
        line += f" · {write_message('only-reports', {'reports': some}).of(answer.lang)}"
    return line


def _reason_lines(answer: Understood) -> list[str]:
    told = [
        f"“{clip(reason.words)}” → {_told(f'kind-{reason.kind}', answer.lang)} {reason.meaning}"
        for reason in answer.reasons
    ]
    return [f"{_told('reasons', answer.lang)}: {'; '.join(told)}"] if told else []


def _rows(answer: Understood, iris: Iris) -> list[tuple[str, ...]]:
    names = answer.results.variables
    itself = _quotes_itself(answer)
    kept = [i for i, name in enumerate(names) if _matters(answer, i, name, itself)]
    header = tuple(head(names[i], answer.lang) for i in kept)
    rows = (
        tuple(
            clip(show_cell(names[i], row[i], iris, answer.lang), _LAST if i == kept[-1] else _COLUMNS)
            for i in kept
        )
        for row in answer.results.rows
    )
    return [header, *rows]


def _quotes_itself(answer: Understood) -> bool:
    """Whether the table has all the words of the reports in full: no list of them is needed below it."""
    columns = quoted_columns(answer.results)
    if not columns or "evidence" in columns:
        return False
    return all(width(str(row[name] or "")) <= _COLUMNS for row in answer.results for name in columns)


def _matters(answer: Understood, place: int, name: str, quotes_itself: bool) -> bool:
    """Not what is empty everywhere, told in the other language, told by the evidence, or an identifier."""
    cells = [row[place] for row in answer.results.rows]
    if name in ("scope", "year") and name in dict(answer.parameters):
        return False
    if name == "report":
        return len(set(cells)) > 1
    if name == "phrase":
        return _tells_apart(answer.results)
    has_quotes = not quotes_itself and any(quote.start is not None for quote in answer.quotes)
    is_told = has_quotes and name in ("evidence", *_OFFSETS)
    return (
        not (is_of_other_language(answer.results, place, answer.lang) or is_told)
        and any(cell and cell.value for cell in cells)
        and not any(isinstance(cell, Iri) for cell in cells)
    )


def _tells_apart(results: Results) -> bool:
    """Whether two figures of one name need the report's own words: 建议41件 and 提案60件."""
    told: dict[tuple[str, ...], set[str]] = {}
    for row in results:
        key = tuple(str(row.get(name)) for name in ("report", "name", "period", "part", "unit"))
        told.setdefault(key, set()).add(str(row["phrase"]))
    return any(len(phrases) > 1 for phrases in told.values())


def _quote_lines(answer: Understood) -> Iterator[str]:
    several = len({quote.report for quote in answer.quotes}) > 1
    for quote in answer.quotes:
        place = f" [{quote.start}:{quote.end}]" if quote.start is not None else ""
        report = f" {'/'.join(quote.report.rsplit('/', 3)[1:])}" if several else ""
        yield f"  「{clip(quote.text, 400)}」{place}{report}"
