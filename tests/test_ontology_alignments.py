"""Alignments: every one gives its reason, names a term that exists, and lets nothing false follow.

How the terms of others were looked up: those of ORG, PROV-O, Data Cube, SHACL, SKOS, DCMI Terms and
schema.org in rdflib's lists, which are made from the vocabularies as published; the rest by hand in the
vocabularies, as PUBLISHED says.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import reasonable
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SH
from rdflib.term import Node

import fatu
from fatu.describing.vocabulary import load_ontology, ontology_text

FATU = Namespace("https://w3id.org/fatu/ns#")
OA = Namespace("http://www.w3.org/ns/oa#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
CITO = Namespace("http://purl.org/spar/cito/")
DOCO = Namespace("http://purl.org/spar/doco/")
CV = Namespace("http://data.europa.eu/m8g/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SAMPLE = Path(__file__).parents[1] / "graphs" / "410203-gov-2020" / "source.txt"
STRONG = (RDFS.subClassOf, RDFS.subPropertyOf)

LISTED = (ORG, PROV, QB, SH, DCTERMS, SDO)
PUBLISHED = {
    # namespace → its terms that we name, and where they were seen
    "http://purl.org/spar/cito/": "Citation hasCitationCharacterization hasCitedEntity citesAsAuthority "
    "discusses cites",  # CiTO 2.8.1
    "http://purl.org/spar/doco/": "Section",  # DoCO 1.3
    "http://data.europa.eu/eli/ontology#": "LegalResource passed_by id_local type_document",  # ELI 1.x
    "http://data.europa.eu/m8g/": "PublicOrganisation Requirement",  # CPOV 2.1.1, CCCEV 2
    "http://www.w3.org/ns/earl#": "Assertion subject test outcome",  # EARL 1.0 Schema
    "http://www.w3.org/ns/oa#": "Annotation Selector TextPositionSelector TextQuoteSelector hasBody hasTarget "
    "hasSource hasSelector",  # Web Annotation Vocabulary
    "http://qudt.org/schema/qudt/": "hasUnit",  # QUDT 2.1
    "http://purl.org/linked-data/sdmx/2009/dimension#": "refArea refPeriod",  # SDMX-RDF 2009
    "http://purl.org/linked-data/sdmx/2009/measure#": "obsValue",
    "http://purl.org/linked-data/sdmx/2009/attribute#": "unitMeasure obsStatus decimals unitMult",
    "https://w3id.org/sssom/": "mapping_justification match_string",  # SSSOM 1
    "https://schema.org/": "StatisticalVariable measurementDenominator sha256",  # schema.org, pending
}  # fmt: skip

TRAPS = [
    # what must not be claimed, and what false thing would follow
    (FATU.PolicyDocument, ELI.LegalResource, "a leaflet would be legislation"),
    (FATU.Observation, QB.Observation, "it would owe a data set and all dimensions"),
    (FATU.Finding, QB.Observation, "audit results would be statistics"),
    (FATU.Agency, SDO.GovernmentOrganization, "a party committee would be a government"),
    (FATU.Agency, ORG.FormalOrganization, "a section of a bureau would have legal standing of its own"),
    (FATU.Measure, SDO.Action, "a claim would be an act"),
    (FATU.Measure, PROV.Activity, "a claim would be an activity that took place"),
    (FATU.Plan, PROV.Plan, "an announcement would be the steps of an activity"),
    (FATU.compiledUnder, ELI.based_on, "the document would empower the report"),
    (FATU.implementsPolicy, ELI.applies, "the report would be legislation"),
    (FATU.implementsPolicy, ELI.cites, "the report would be legislation"),
    (FATU.evidence, PROV.hadPrimarySource, "a measure would be an entity with a source"),
    (FATU.inReport, DCTERMS.isPartOf, "a finding would be part of the report that it is about"),
    (FATU.docType, DCTERMS.type, "a concept would be a class"),
    (FATU.actor, PROV.wasAssociatedWith, "a claim would be an activity"),
]

OF_OTHERS = [
    # what the other vocabularies say of the terms that we subclass or use: domains, ranges, disjointness
    (PROV.wasDerivedFrom, RDFS.domain, PROV.Entity),
    (PROV.wasDerivedFrom, RDFS.range, PROV.Entity),
    (PROV.wasGeneratedBy, RDFS.domain, PROV.Entity),
    (PROV.wasGeneratedBy, RDFS.range, PROV.Activity),
    (PROV.used, RDFS.domain, PROV.Activity),
    (PROV.used, RDFS.range, PROV.Entity),
    (PROV.wasAssociatedWith, RDFS.domain, PROV.Activity),
    (PROV.wasAssociatedWith, RDFS.range, PROV.Agent),
    (PROV.SoftwareAgent, RDFS.subClassOf, PROV.Agent),
    (PROV.Activity, OWL.disjointWith, PROV.Entity),
    (ORG.unitOf, RDFS.domain, ORG.OrganizationalUnit),
    (ORG.unitOf, RDFS.range, ORG.FormalOrganization),
    (ORG.FormalOrganization, RDFS.subClassOf, ORG.Organization),
    (ORG.OrganizationalUnit, RDFS.subClassOf, ORG.Organization),
    (ORG.Organization, RDFS.subClassOf, FOAF.Agent),
    (DCTERMS.creator, RDFS.range, DCTERMS.Agent),
    (DCTERMS.publisher, RDFS.range, DCTERMS.Agent),
    (OA.start, RDFS.domain, OA.TextPositionSelector),
    (OA.end, RDFS.domain, OA.TextPositionSelector),
    (OA.exact, RDFS.domain, OA.TextQuoteSelector),
    (SDO.containedInPlace, RDFS.domain, SDO.Place),
    (SDO.containedInPlace, RDFS.range, SDO.Place),
    (SDO.AdministrativeArea, RDFS.subClassOf, SDO.Place),
]


@cache
def declared_here() -> set[Node]:
    """What fatu.ttl says something of."""
    return set(Graph().parse(data=ontology_text("fatu.ttl"), format="turtle").subjects())


@cache
def alignments() -> Graph:
    return Graph().parse(data=ontology_text("align.ttl"), format="turtle")


def aligned_terms() -> list[URIRef]:
    return sorted({term for term in alignments().subjects() if isinstance(term, URIRef) and term in FATU})


def named_terms() -> set[URIRef]:
    """Terms of others that an alignment names."""
    graph = alignments()
    return {
        term
        for predicate in (*STRONG, FATU.alignedWith)
        for term in graph.objects(None, predicate)
        if isinstance(term, URIRef) and term not in FATU
    }


@pytest.mark.parametrize("term", aligned_terms(), ids=lambda term: term.rpartition("#")[2])
def test_every_alignment_gives_its_reason_in_chinese_and_english(term: URIRef) -> None:
    graph = alignments()
    reasons = {str(text.language): str(text) for text in graph.objects(term, RDFS.comment)}
    assert sorted(reasons) == ["en", "zh"] and len(list(graph.objects(term, RDFS.comment))) == 2
    assert reasons["zh"].endswith("。") and reasons["en"].endswith(".")
    assert any((term, predicate, None) in graph for predicate in (*STRONG, FATU.alignedWith))


def test_no_two_alignments_have_one_reason() -> None:
    reasons = [str(text) for text in alignments().objects(None, RDFS.comment)]
    assert len(reasons) == len(set(reasons))


def test_alignments_hold_nothing_else() -> None:
    graph = alignments()
    said = {predicate for term in aligned_terms() for predicate in graph.predicates(term)}
    assert said <= {*STRONG, FATU.alignedWith, RDFS.comment}


@pytest.mark.parametrize("term", sorted(named_terms()))
def test_every_term_aligned_to_exists(term: URIRef) -> None:
    listed = any(str(term).startswith(str(names)) and term in names for names in LISTED)
    published = {f"{space}{name}" for space, names in PUBLISHED.items() for name in names.split()}
    assert listed or str(term) in published


def test_nothing_is_listed_as_published_that_is_not_used() -> None:
    published = {f"{space}{name}" for space, names in PUBLISHED.items() for name in names.split()}
    assert published <= {str(term) for term in named_terms()}


@pytest.mark.parametrize(
    "namespace",
    [str(ORG), str(CV), str(ELI), str(PROV), str(OA), str(CITO), str(DOCO), str(QB), str(SDO), str(DCTERMS)],
)
def test_every_vocabulary_chosen_is_aligned_to(namespace: str) -> None:
    assert any(str(term).startswith(namespace) for term in named_terms())


@pytest.mark.parametrize("name", [str(name) for name in sorted(named_terms())])
def test_what_something_is_under_is_declared_and_what_it_is_close_to_is_not(name: str) -> None:
    """A close term is only named in an annotation: declaring it would make it a term of the ontology."""
    graph, term = load_ontology(), URIRef(name)
    above = any((None, predicate, term) in graph for predicate in STRONG)
    assert ((term, RDF.type, None) in graph) == (above or term in declared_here())


# --------------------------------------------------------------------------------------------- what follows


@pytest.mark.parametrize(("term", "other", "why"), TRAPS)
def test_what_would_say_something_false_is_not_claimed(term: URIRef, other: URIRef, why: str) -> None:
    graph = load_ontology()
    for predicate in STRONG:
        assert other not in set(graph.transitive_objects(term, predicate)) - {term}, why


def test_with_what_the_others_say_the_sample_is_free_of_contradictions() -> None:
    data = fatu.build(SAMPLE).dataset
    graph = load_ontology() + Graph()
    for subject, predicate, value, _ in data.quads():
        graph.add((subject, predicate, value))
    for axiom in OF_OTHERS:
        graph.add(axiom)
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    kinds: dict[URIRef, set[URIRef]] = {}
    for subject, predicate, value in reasoner.reason():
        if predicate == RDF.type:
            kinds.setdefault(URIRef(str(subject)), set()).add(URIRef(str(value)))
    for one, other in set(graph.subject_objects(OWL.disjointWith)):
        assert [name for name, classes in kinds.items() if {one, other} <= classes] == []

    def of(kind: URIRef) -> set[URIRef]:
        return {name for name, classes in kinds.items() if kind in classes}

    # Who is an organizational unit or an activity, and that agents are all organizations or software.
    assert of(ORG.OrganizationalUnit) == set(graph.subjects(ORG.unitOf))
    assert of(PROV.Activity) == set(graph.subjects(RDF.type, PROV.Activity))
    assert of(DCTERMS.Agent) <= of(FATU.Agency) and of(FATU.Agency) <= of(FOAF.Agent)
    assert of(ELI.LegalResource) == set(graph.subjects(RDF.type, FATU.LegalAct))
    assert of(QB.Observation) == set() and of(CITO.Citation) == of(FATU.Citation)
