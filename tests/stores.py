"""Stores that servers of tests show."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from commands import ROOT
from fatu.describing.terms import write_quad
from fatu.iris import BASE
from fatu.storing import load_graphs, read_quads

SAMPLE = ROOT / "graphs" / "410203-gov-2020"
EVIL = "<script>window.hit=1</script><img src=x onerror=hit=2>\"'`&amp;</textarea>{{7*7}}\u2028"
HOSTILE = f"{BASE}id/agency/恶意%3Cscript%3E"
"""Something whose label is markup; its IRI is full of it as well, as far as an IRI can be."""
BROKEN = f"{BASE}id/agency/%FF"
"""An IRI whose bytes are no UTF-8."""
FOREIGN = "javascript:window.hit=3"

_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_TITLE = ox.NamedNode("http://purl.org/dc/terms/title")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_DEFINITION = ox.NamedNode("http://www.w3.org/2004/02/skos/core#definition")


def write_copies(folder: Path, count: int) -> None:
    """A store of the sample's graphs, as those of so many reports."""
    quads = read_quads([SAMPLE])
    own = "".join(f"{write_quad(quad)}\n" for quad in quads if "/410203/gov/2020" in quad.graph)
    copies = folder.parent / "copies.nq"
    with copies.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(own.replace("410203/gov/2020", f"{410300 + number}/gov/2020"))
    load_graphs(folder, [copies])


def write_hostile_store(folder: Path) -> None:
    """A store whose titles, labels, definitions and IRIs are full of markup: 80 reports, a thing, a class."""
    node = ox.NamedNode
    store = ox.Store(str(folder))
    for number in range(80):
        report = node(f"{BASE}id/report/{number}")
        store.add(ox.Quad(report, _TYPE, node(f"{BASE}ns#Report")))
        store.add(ox.Quad(report, _TITLE, ox.Literal(EVIL, language="zh")))
        store.add(ox.Quad(report, _LABEL, ox.Literal(EVIL, language="zh")))
    store.add(ox.Quad(node(HOSTILE), _LABEL, ox.Literal(EVIL)))
    store.add(ox.Quad(node(HOSTILE), node(f"{BASE}ns#link"), node(FOREIGN)))
    store.add(ox.Quad(node(FOREIGN), node(f"{BASE}ns#back"), node(HOSTILE)))
    vocabulary, term = node(f"{BASE}id/graph/vocab"), node(f"{BASE}ns#Evil")
    store.add(ox.Quad(term, _TYPE, node("http://www.w3.org/2002/07/owl#Class"), vocabulary))
    for language in ("zh", "en"):
        store.add(ox.Quad(term, _DEFINITION, ox.Literal(EVIL, language=language), vocabulary))
    store.flush()
