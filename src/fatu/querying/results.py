"""What a query answers: rows, a truth value or triples."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from importlib import import_module
from typing import Any, NamedTuple

from ..describing.terms import XSD, Iri, Literal, Object
from ..errors import UsageError, how_to_get

Value = str | int | float | bool | Decimal | date | None
"""A term as Python: IRIs and texts are str, years int, xsd:decimal Decimal; None where a variable is not bound."""


class Triple(NamedTuple):
    """A triple of CONSTRUCT or DESCRIBE. The IRI of a blank node is _: and a number."""

    subject: Iri
    predicate: Iri
    object: Object


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: rows of SELECT, `boolean` of ASK, `triples` of CONSTRUCT and DESCRIBE."""

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Object | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[Triple, ...] | None = None

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Rows as mappings from variable to Python value."""
        for row in self.rows:
            yield dict(zip(self.variables, map(to_python, row), strict=True))

    def __len__(self) -> int:
        return len(self.rows if self.triples is None else self.triples)

    def __bool__(self) -> bool:
        """What ASK answered; otherwise whether there is a row or a triple."""
        return len(self) > 0 if self.boolean is None else self.boolean

    def to_pandas(self) -> Any:
        """The rows as a pandas DataFrame. Raises UsageError where pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise UsageError("to_pandas", "pandas is not installed", how_to_get("tables")) from error
        return pandas.DataFrame(list(self), columns=list(self.variables))

    def _repr_html_(self) -> str:
        """A table for notebooks."""
        if self.boolean is not None:
            return f"<p>{str(self.boolean).lower()}</p>"
        if self.triples is not None:
            header: tuple[str, ...] = Triple._fields
            rows: tuple[tuple[Object | None, ...], ...] = self.triples
        else:
            header, rows = self.variables, self.rows
        lines = [
            "<table><thead><tr>",
            *(f"<th>{escape(name)}</th>" for name in header),
            "</tr></thead><tbody>",
        ]
        for row in rows:
            lines += ["<tr>", *(f"<td>{escape(term.value if term else '')}</td>" for term in row), "</tr>"]
        return "".join([*lines, "</tbody></table>"])


def to_python(term: Object | None) -> Value:
    """A term as a Python value; a literal that its datatype does not allow stays text."""
    if isinstance(term, Literal) and term.datatype in _READERS:
        with contextlib.suppress(ValueError, ArithmeticError):
            return _READERS[term.datatype](term.value)
    return None if term is None else term.value


_WHOLE = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "gYear")
_READERS: dict[str, Callable[[str], Value]] = {
    **{XSD + name: int for name in _WHOLE},
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "boolean": lambda text: text in ("true", "1"),
    XSD + "date": date.fromisoformat,
    XSD + "dateTime": datetime.fromisoformat,
}
