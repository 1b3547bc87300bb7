"""Terms of ours as N-Triples writes them."""

from __future__ import annotations

import pyoxigraph as ox

from ..describing.terms import Iri, Literal, Object


def write_term(term: Object) -> str:
    """A term as N-Triples writes it."""
    if isinstance(term, Iri):
        return str(ox.NamedNode(term.value))
    if isinstance(term, Literal) and term.language:
        return str(ox.Literal(term.value, language=term.language))
    return str(ox.Literal(term.value, datatype=ox.NamedNode(term.datatype)))
