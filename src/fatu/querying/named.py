"""Named queries: files of the ontology folder whose comments say what they answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ..describing.vocabulary import ontology_folder
from ..errors import QueryError
from ..lexicon.messages import Message
from .parameters import KINDS, Parameter, nearest_names
from .syntax import find_selected

_HEADER = re.compile(r"#\s*(title|number|zh|en|general-zh|general-en|param):\s*(.*)")
_PARAMETER = re.compile(r"(\w+)\s+(\w+)(?:\s+(\S+))?\s+—\s+(.*?)\s+/\s+(.*)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with the question that it answers."""

    name: str
    """The file's name without .rq."""
    number: int | None
    """Number of the question; the query also answers to q<number>."""
    title: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    text: str
    """The whole file; its IRIs stand under the default base."""
    general: Message | None = None
    """What it answers with other values of its defaults than the question is about."""

    @property
    def table(self) -> str | None:
        """The parameter that is a table, if it has one."""
        return next((p.name for p in self.parameters if p.kind == "populations"), None)

    def question(self, settings: Mapping[str, str]) -> Message:
        """What it answers with these parameters."""
        is_other = any(
            p.default is not None and settings.get(p.name, p.default) != p.default for p in self.parameters
        )
        return self.general if is_other and self.general else Message(self.zh, self.en)


@cache
def load_queries() -> tuple[NamedQuery, ...]:
    """All named queries, by number, then by name. Raises QueryError for a file whose header is not right."""
    files = sorted((ontology_folder() / "queries").glob("*.rq"))
    queries = [parse_query(file.stem, file.read_text(encoding="utf-8")) for file in files]
    return tuple(sorted(queries, key=lambda query: (query.number is None, query.number or 0, query.name)))


def find_query(name: str) -> NamedQuery:
    """The query of that name or number (q7). Raises QueryError naming the nearest where there is none."""
    query = match_query(name)
    if query is None:
        near = nearest_names(name.lower(), (known.name for known in load_queries()))
        raise QueryError(name, "no query of this name", near or "see fatu queries, or write SPARQL")
    return query


def match_query(name: str) -> NamedQuery | None:
    """As find_query, but None where there is none."""
    wanted = name.strip().lower()
    for query in load_queries():
        if wanted == query.name or (query.number is not None and wanted == f"q{query.number}"):
            return query
    return None


def parse_query(name: str, text: str) -> NamedQuery:
    """A query file: comments before the first other line are its header.

    Raises QueryError for a number or a parameter that does not parse, and for a parameter that the query does not
    select: a value could not be given to it.
    """
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        match = _HEADER.match(line)
        if match and match[1] == "param":
            parameters.append(_parse_parameter(name, match[2]))
        elif match:
            fields[match[1]] = match[2].strip()
    number = fields.get("number", "")
    if number and not number.isdecimal():
        raise QueryError(name, f"number {number!r} is not a whole number", "write # number: 7")
    selected = find_selected(text)
    for parameter in parameters:
        if selected is not None and parameter.kind != "populations" and parameter.name not in selected:
            raise QueryError(
                name, f"parameter {parameter.name!r} is not selected", f"add ?{parameter.name} to SELECT"
            )
    return NamedQuery(
        name=name,
        number=int(number) if number else None,
        title=fields.get("title", name),
        zh=fields.get("zh", ""),
        en=fields.get("en", ""),
        parameters=tuple(parameters),
        text=text,
        general=Message(fields["general-zh"], fields["general-en"])
        if {"general-zh", "general-en"} <= fields.keys()
        else None,
    )


def _parse_parameter(name: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line.strip())
    if match is None or match[2] not in KINDS:
        raise QueryError(
            name, f"parameter line {line!r} does not parse", "write # param: NAME TYPE DEFAULT — zh / en"
        )
    return Parameter(match[1], match[2], match[3], match[4], match[5])
