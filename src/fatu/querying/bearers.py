"""What a user calls an indicator → the indicators of the catalogue and of a store that bear the name."""

from __future__ import annotations

import pyoxigraph

from ..describing.terms import Iri, Literal, Object
from ..iris import Iris
from ..lexicon.catalogue import find_named_indicator
from ..storing import Store
from .failures import prologue

_NAMED = "SELECT DISTINCT ?indicator ?label { ?indicator a fatu:Indicator ; skos:prefLabel ?label }"
_GIVEN = "SELECT DISTINCT ?indicator { ?observation a fatu:Observation ; fatu:indicator ?indicator }"


def find_indicators(store: Store, text: str, iris: Iris) -> frozenset[str]:
    """IRIs of the indicators that an id, a name in Chinese or English, or else a phrase may mean. An id of the
    catalogue means that indicator alone."""
    named = find_named_indicator(text)
    found = {iris.concept("indicator", named)} if named else set[str]()
    if named == text or not text:
        return frozenset(found)
    for language in ("zh", "en"):
        found |= _indicators(store, _NAMED, {"label": Literal(text, language=language)}, iris)
    local = Iri(iris.local_indicator(text))
    return frozenset(found or _indicators(store, _GIVEN, {"indicator": local}, iris))


def _indicators(store: Store, query: str, bindings: dict[str, Object], iris: Iris) -> set[str]:
    answer = store.query(prologue(iris) + query, bindings)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return {
        node.value for node in (row["indicator"] for row in answer) if isinstance(node, pyoxigraph.NamedNode)
    }
