"""Why a named query has no rows: reports under another base, or a report or an area that there is not."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph

from ..errors import QueryError
from ..iris import BASE, Iris
from ..lexicon.areas import load_areas
from ..storing import Store
from ..storing.fitting import check_base
from .asking import ask_store
from .named import NamedQuery
from .parameters import parse_value

_KINDS = "SELECT DISTINCT ?kind { ?thing a ?kind }"
_REPORTS = "SELECT DISTINCT ?report { ?report a fatu:Report } ORDER BY ?report"
_NAMED = 5
"""How many reports an error names."""


def check_emptiness(store: Store, query: NamedQuery, given: Mapping[str, object], base: str = BASE) -> None:
    """To be asked after a query without rows; `given` are its parameters as text.

    Raises InputError where the store has reports under another base alone; QueryError for a report that the store
    does not have, and for an area that no table has.
    """
    check_store_base(store, base)
    iris = Iris(base)
    for parameter in query.parameters:
        value = given.get(parameter.name)
        if not isinstance(value, str) or not value or parameter.kind not in ("report", "area"):
            continue
        iri = parse_value(value, parameter, iris).value
        if parameter.kind == "report":
            _check_report(store, iri, value, iris)
        elif iri.startswith(iris.area("")) and iri.removeprefix(iris.area("")) not in load_areas().areas:
            raise QueryError(
                f"parameter {parameter.name}",
                f"no area has the code {value!r}",
                "give a six-digit GB/T 2260 code",
            )


def check_store_base(store: Store, base: str = BASE) -> None:
    """Raises InputError where a store has no report under a base, but under another."""
    answer = store.query(_KINDS)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    kinds = (row[0] for row in answer)
    check_base((kind.value for kind in kinds if isinstance(kind, pyoxigraph.NamedNode)), Iris(base))


def _check_report(store: Store, iri: str, value: str, iris: Iris) -> None:
    known = [str(row["report"]) for row in ask_store(store, _REPORTS, None, iris.base)]
    if iri in known:
        return
    ids = [report.removeprefix(f"{iris.base}id/report/").replace("/", "-") for report in known]
    more = f" … ({len(ids)})" if len(ids) > _NAMED else ""
    remedy = f"it has {', '.join(ids[:_NAMED])}{more}" if ids else f"it has none under {iris.base}"
    raise QueryError("graphs", f"has no report {value!r}", remedy)
