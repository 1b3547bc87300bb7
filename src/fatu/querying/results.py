"""What a query answers: rows, a truth value or triples."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from importlib import import_module
from typing import Any, NamedTuple, overload

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
        """Rows as mappings from variable to Python value, triples from subject, predicate and object."""
        names, rows = self._table()
        for row in rows:
            yield _record(names, row)

    @overload
    def __getitem__(self, index: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Value]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Value] | list[dict[str, Value]]:
        """A row as `for` gives it, or several."""
        names, rows = self._table()
        if isinstance(index, slice):
            return [_record(names, row) for row in rows[index]]
        return _record(names, rows[index])

    def _table(self) -> tuple[tuple[str, ...], Sequence[tuple[Object | None, ...]]]:
        """Columns and rows; triples are rows with the columns subject, predicate and object."""
        return (self.variables, self.rows) if self.triples is None else (Triple._fields, self.triples)

    def __len__(self) -> int:
        return len(self._table()[1])

    def __bool__(self) -> bool:
        """What ASK answered; otherwise whether there is a row or a triple."""
        return len(self) > 0 if self.boolean is None else self.boolean

    def to_pandas(self) -> Any:
        """The rows, or the triples, as a pandas DataFrame. Raises UsageError where pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise UsageError("to_pandas", "pandas is not installed", how_to_get("tables")) from error
        return pandas.DataFrame(list(self), columns=list(self._table()[0]))

    def _repr_html_(self) -> str:
        """A table for notebooks."""
        if self.boolean is not None:
            return f"<p>{str(self.boolean).lower()}</p>"
        header, rows = self._table()
        lines = [
            "<table><thead><tr>",
            *(f"<th>{escape(name)}</th>" for name in header),
            "</tr></thead><tbody>",
        ]
        for row in rows:
            lines += ["<tr>", *(f"<td>{escape(term.value if term else '')}</td>" for term in row), "</tr>"]
        return "".join([*lines, "</tbody></table>"])


def _record(names: Sequence[str], row: Sequence[Object | None]) -> dict[str, Value]:
    return dict(zip(names, map(to_python, row), strict=True))


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
