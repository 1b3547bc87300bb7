"""An answer to a question in words → text for a terminal, or JSON."""

from __future__ import annotations

import json
import shlex

from ..describing.terms import Iri, Object
from ..exporting.table import align, clip
from ..iris import BASE, Iris
from .formats import shorten_iri
from .questions import NotUnderstood, Understood

_COLUMNS = 44
_OFFSETS = ("start", "end")


def format_understood(answer: Understood, base: str = BASE) -> str:
    """What was understood, the columns that matter, and the words of the reports with their offsets."""
    is_zh = answer.lang == "zh"
    lines = [_understood_line(answer), *_reason_lines(answer, is_zh), ""]
    table = align(_rows(answer, Iris(base)))
    quotes = [_quote_line(answer, index) for index in range(len(answer.quotes))]
    heading = [("原文" if is_zh else "evidence") + (":" if quotes else "")] if quotes else []
    return "\n".join([*lines, table.rstrip("\n"), *([""] if quotes else []), *heading, *quotes]) + "\n"


def format_not_understood(answer: NotUnderstood) -> str:
    """Why there is no answer, and the nearest questions that have one."""
    is_zh = answer.lang == "zh"
    lines = [f"{'不能回答' if is_zh else 'cannot answer'}: {clip(answer.message, 200)}"]
    if answer.nearest:
        lines.append("可以问:" if is_zh else "you may ask:")
    for query in answer.nearest:
        lines.append(f"  {query.zh if is_zh else query.en}  (fatu query {query.name})")
    return "\n".join(lines) + "\n"


def write_understood(answer: Understood) -> str:
    """The answer as a JSON object: query, parameters, why, rows as text, evidence with offsets."""
    names = answer.results.variables
    document = {
        "question": answer.question,
        "query": answer.query.name,
        "zh": answer.query.zh,
        "en": answer.query.en,
        "parameters": dict(answer.parameters),
        "command": command_of(answer),
        "why": [{"kind": r.kind, "words": r.words, "meaning": r.meaning} for r in answer.reasons],
        "rows": [
            {name: term.value for name, term in zip(names, row, strict=True) if term is not None}
            for row in answer.results.rows
        ],
        "evidence": [
            {"report": quote.report, "text": quote.text, "start": quote.start, "end": quote.end}
            for quote in answer.quotes
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def command_of(answer: Understood) -> str:
    """The command that repeats the query."""
    settings = (f"--set {shlex.quote(f'{name}={value}')}" for name, value in answer.parameters)
    return " ".join(["fatu query", answer.query.name, *settings])


def _understood_line(answer: Understood) -> str:
    is_zh = answer.lang == "zh"
    title = answer.query.zh if is_zh else answer.query.en
    set_to = ", ".join(f"{name}={value}" for name, value in answer.parameters)
    given = f" [{set_to}]" if set_to else ""
    return (
        f"{'理解为' if is_zh else 'understood'}: {answer.query.name} · {title}{given} · {command_of(answer)}"
    )


_KINDS_ZH = {
    "form": "问法", "indicator": "指标", "topic": "主题", "scope": "口径",
    "year": "年度", "area": "地区", "number": "数值",
}  # fmt: skip


def _reason_lines(answer: Understood, is_zh: bool) -> list[str]:
    told = [
        f"“{clip(reason.words)}” → {_KINDS_ZH[reason.kind] if is_zh else reason.kind} {reason.meaning}"
        for reason in answer.reasons
    ]
    return [f"{'凭' if is_zh else 'by'}: {'; '.join(told)}"] if told else []


def _rows(answer: Understood, iris: Iris) -> list[tuple[str, ...]]:
    names = answer.results.variables
    kept = [i for i, name in enumerate(names) if _matters(answer, i, name)]
    header = tuple(names[i] for i in kept)
    return [header, *(tuple(_cell(row[i], iris) for i in kept) for row in answer.results.rows)]


def _matters(answer: Understood, place: int, name: str) -> bool:
    """Not what is empty everywhere, told in the other language, told by the evidence, or an identifier."""
    cells = [row[place] for row in answer.results.rows]
    if name in ("scope", "year") and name in dict(answer.parameters):
        return False
    if name == "report":
        return len(set(cells)) > 1
    names = answer.results.variables
    has_quotes = any(quote.start is not None for quote in answer.quotes)
    is_other = name.endswith("En") if answer.lang == "zh" else f"{name}En" in names and _is_told(answer, name)
    is_told = has_quotes and name in ("evidence", *_OFFSETS)
    return (
        not (is_other or is_told)
        and any(cell and cell.value for cell in cells)
        and not any(isinstance(cell, Iri) for cell in cells)
    )


def _is_told(answer: Understood, name: str) -> bool:
    """Whether every row that has it has its English too."""
    names = answer.results.variables
    own, other = names.index(name), names.index(f"{name}En")
    return all(row[other] is not None or row[own] is None for row in answer.results.rows)


def _cell(term: Object | None, iris: Iris) -> str:
    if isinstance(term, Iri):
        return clip(shorten_iri(term.value, iris), _COLUMNS)
    return clip(term.value, _COLUMNS) if term else ""


def _quote_line(answer: Understood, index: int) -> str:
    quote = answer.quotes[index]
    several = len({q.report for q in answer.quotes}) > 1
    place = f" [{quote.start}:{quote.end}]" if quote.start is not None else ""
    report = f" {'/'.join(quote.report.rsplit('/', 3)[1:])}" if several else ""
    return f"  「{clip(quote.text, 400)}」{place}{report}"
