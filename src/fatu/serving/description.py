"""The service description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

import pyoxigraph as ox

from ..describing.terms import RDFS
from ..exporting.catalogue import FORMATS, VOID
from ..exporting.publication import catalogue_node
from ..iris import Iris
from .negotiation import GRAPH_TYPES
from .settings import Settings

SD = "http://www.w3.org/ns/sparql-service-description#"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RESULT_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPH_FORMATS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N3")
SYNTAX: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "n3": ox.RdfFormat.N3,
}
"""The extension of a format of triples → the format."""
WELL_KNOWN = "/.well-known/void"
"""Where the whole is described (https://www.w3.org/TR/void/#well-known)."""


def describe_service(url: str, settings: Settings, media_type: str) -> bytes:
    """What the endpoint at a URL can do, in one of GRAPH_TYPES, and where what it serves is described."""
    service, dataset = ox.NamedNode(url), ox.BlankNode("dataset")
    graph = ox.NamedNode(catalogue_node(Iris(settings.base), "graph"))
    void = ox.NamedNode(url.removesuffix("/").removesuffix("/sparql") + WELL_KNOWN)

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(SD + name)

    languages = ["SPARQL11Query", *(["SPARQL11Update"] if settings.token else [])]
    features = ["BasicFederatedQuery"] if settings.federation else []
    triples = [
        ox.Triple(service, _RDF_TYPE, sd("Service")),
        ox.Triple(service, sd("endpoint"), service),
        *(ox.Triple(service, sd("supportedLanguage"), sd(name)) for name in languages),
        *(ox.Triple(service, sd("feature"), sd(name)) for name in features),
        *(
            ox.Triple(service, sd("resultFormat"), ox.NamedNode(FORMATS + name))
            for name in (*_RESULT_FORMATS, *_GRAPH_FORMATS)
        ),
        ox.Triple(service, sd("defaultDataset"), dataset),
        ox.Triple(dataset, _RDF_TYPE, sd("Dataset")),
        ox.Triple(dataset, sd("defaultGraph"), graph),
        ox.Triple(graph, _RDF_TYPE, sd("Graph")),
        ox.Triple(graph, _RDF_TYPE, ox.NamedNode(VOID + "Dataset")),
        ox.Triple(graph, ox.NamedNode(VOID + "sparqlEndpoint"), service),
        ox.Triple(graph, ox.NamedNode(RDFS + "isDefinedBy"), void),
        ox.Triple(service, ox.NamedNode(RDFS + "seeAlso"), void),
    ]
    prefixes = {"sd": SD, "formats": FORMATS, "void": VOID, "rdfs": RDFS}
    written = ox.serialize(triples, format=SYNTAX[GRAPH_TYPES[media_type]], prefixes=prefixes)
    assert written is not None
    return written
