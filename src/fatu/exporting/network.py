"""Quads → network files for Gephi, yEd, Cytoscape: GraphML and GEXF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..describing.terms import RDF, Iri, Quad
from ..iris import Iris
from .statements import Statements, local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import networkx as nx

CLASSES = (
    "Report", "Section", "Measure", "Observation", "Outcome", "Problem", "Plan", "Program", "Agency",
    "PolicyDocument", "Finding",
)  # fmt: skip
"""What a person would draw; mentions, spans, indicators and the vocabulary are not."""

Attribute = str | int

_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(quads: Sequence[Quad], iris: Iris) -> bytes:
    """GraphML. Node: label, class and what `make_network` gives; edge: label, the property's local name."""
    return format_graphml(make_network(quads, iris))


def write_gexf(quads: Sequence[Quad], iris: Iris) -> bytes:
    """GEXF 1.2, with the same nodes, edges and attributes as GraphML."""
    return format_gexf(make_network(quads, iris))


def format_graphml(network: nx.MultiDiGraph) -> bytes:
    """A network as GraphML: the same network, the same bytes."""
    from networkx.readwrite.graphml import write_graphml_xml

    out = io.BytesIO()
    # The writer in plain Python: the other one is used only where lxml is installed, and its bytes differ.
    write_graphml_xml(network, out)
    return out.getvalue() + b"\n"


def format_gexf(network: nx.MultiDiGraph) -> bytes:
    """A network as GEXF 1.2: the same network, the same bytes."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(network)
    meta = writer.xml.find("meta")
    meta.attrib.pop("lastmodifieddate")  # today's date
    meta.find("creator").text = "fatu"
    _drop_keys(writer.xml)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue() + b"\n"


def _drop_keys(xml: Element) -> None:
    """Takes away what networkx tells of itself: the keys of edges, and what it gave a number for them."""
    for graph in xml.findall("graph"):
        for declared in graph.findall("attributes[@class='edge']"):
            keys = {a.get("id") for a in declared if a.get("title") == "networkx_key"}
            for attribute in [a for a in declared if a.get("id") in keys]:
                declared.remove(attribute)
            for edge in graph.iter("edge"):
                for values in edge.findall("attvalues"):
                    for value in [v for v in values if v.get("for") in keys]:
                        values.remove(value)
                    if not len(values):
                        edge.remove(values)
            if not len(declared):
                graph.remove(declared)


def make_network(quads: Sequence[Quad], iris: Iris) -> nx.MultiDiGraph:
    """What a person would draw of a graph, nodes and edges in a fixed order.

    Node: its IRI; attributes `label`, `class`, and where they exist `report` (id), `offset` (code points from
    the start of the text) and `text` of its evidence, `value` and `unit`, `number`, `verdict`, `severity`.
    Edge: in the direction of the statement, with `label`: the property's local name. A part hangs on its
    section, or on its report where it has none; a citation is an edge from its report to the document.
    """
    import networkx as nx

    statements = Statements.of(quads, iris)
    network = nx.MultiDiGraph()
    for node in statements.instances(*CLASSES):
        network.add_node(node, **dict(_attributes(statements, node)))
    links = dict.fromkeys(
        (subject, name, value)
        for subject, name, value in (*_links(statements, network.nodes), *_citations(statements))
        if subject in network and value in network and subject != value
    )
    for number, (subject, name, value) in enumerate(links, 1):
        network.add_edge(subject, value, f"e{number}", label=name)
    return network


def _attributes(statements: Statements, node: str) -> Iterator[tuple[str, Attribute]]:
    """What is told of a node: no attribute where there is nothing to tell, since readers know no null."""
    kinds = statements.links(node, RDF + "type")
    yield "label", printable(statements.label(node))
    yield "class", next(kind for kind in CLASSES if statements.iris.term(kind) in kinds)
    report, passage = statements.report(node), statements.passage(node)
    if report:
        yield "report", statements.report_id(report)
    if passage is not None:
        yield "offset", passage.start
        yield "text", printable(passage.exact)
    for name, text in (
        ("value", statements.text(node, "value")),
        ("unit", statements.label(unit) if (unit := statements.link(node, "unit")) else ""),
        ("number", statements.text(node, "docNumber")),
        ("verdict", local_name(statements.link(node, "verdict"))),
        ("severity", local_name(statements.link(node, "severity")).lower()),
    ):
        if text:
            yield name, text


def _links(statements: Statements, nodes: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for node in nodes:
        in_section = statements.link(node, "inSection")
        for predicate, values in sorted(statements.subjects[node].items()):
            name = local_name(predicate)
            if name != "inReport" or not in_section:
                yield from ((node, name, value.value) for value in values if isinstance(value, Iri))


def _citations(statements: Statements) -> Iterator[tuple[str, str, str]]:
    for citation in statements.instances("Citation"):
        function = local_name(statements.link(citation, "function")) or "mentions"
        for document in statements.links(citation, "cites"):
            yield statements.report(citation), function, document


def printable(text: str) -> str:
    """A text that XML can hold (XML 1.0, 2.2)."""
    return _NO_XML.sub(" ", text)
