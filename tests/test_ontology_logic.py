"""The ontology as logic: within OWL 2 DL, free of contradictions, and no axiom that says something false of data.

The conditions are those of the OWL 2 structural specification, section 3 and 11.2, as far as an ontology
without blank nodes can break them: it has no restrictions, chains, inverses or keys.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import reasonable
from rdflib import BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

import fatu
from fatu.describing.vocabulary import HAND_WRITTEN, load_ontology, ontology_text
from fatu.model import Overrides

FATU = Namespace("https://w3id.org/fatu/ns#")
DATA = "https://w3id.org/fatu/id/"
ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
EXAMPLE = SHARED / "domain" / "example.trig"
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
OWL_DATATYPES = {
    # https://www.w3.org/TR/owl2-syntax/#Datatype_Maps, without those for numbers of limited size
    XSD.string, XSD.integer, XSD.decimal, XSD.dateTime, XSD.dateTimeStamp, XSD.boolean, XSD.anyURI, RDFS.Literal,
    XSD.base64Binary,
}  # fmt: skip
BUILT_IN = {
    # the reserved vocabulary that an ontology may use to say something, beside rdf:type
    RDFS.label, RDFS.comment, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range,
    OWL.disjointWith, OWL.imports, OWL.versionIRI, OWL.versionInfo, OWL.priorVersion, OWL.backwardCompatibleWith,
}  # fmt: skip
KINDS = {OWL.Ontology, OWL.Class, OWL.NamedIndividual, *PROPERTY_TYPES}


def parsed(name: str) -> Graph:
    return Graph().parse(data=ontology_text(name), format="turtle")


def declared(graph: Graph, *kinds: URIRef) -> set[URIRef]:
    return {term for kind in kinds for term in graph.subjects(RDF.type, kind)}


def own_terms(graph: Graph) -> set[URIRef]:
    return {term for triple in graph for term in triple if isinstance(term, URIRef) and term in FATU}


# ------------------------------------------------------------------------------------------------- OWL 2 DL


def test_there_are_no_blank_nodes() -> None:
    assert not any(isinstance(term, BNode) for triple in load_ontology() for term in triple)


@pytest.mark.parametrize("files", [("fatu.ttl",), HAND_WRITTEN])
def test_every_predicate_is_declared_with_one_type(files: tuple[str, ...]) -> None:
    graph = Graph()
    for name in files:
        graph += parsed(name)
    for predicate in set(graph.predicates()) - BUILT_IN - {RDF.type}:
        assert sum((predicate, RDF.type, kind) in graph for kind in PROPERTY_TYPES) == 1, predicate


def test_no_property_has_two_types() -> None:
    graph = load_ontology()
    for term in declared(graph, *PROPERTY_TYPES):
        assert sum((term, RDF.type, kind) in graph for kind in PROPERTY_TYPES) == 1, term


def test_every_class_used_is_declared() -> None:
    graph = load_ontology()
    used = set(graph.objects(None, RDF.type)) - KINDS
    for axiom in (RDFS.subClassOf, RDFS.domain, OWL.disjointWith):
        used |= set(graph.objects(None, axiom))
    used |= {*graph.subjects(RDFS.subClassOf), *graph.subjects(OWL.disjointWith)}
    objects = declared(graph, OWL.ObjectProperty)
    used |= {value for term in objects for value in graph.objects(term, RDFS.range)}
    assert used - declared(graph, OWL.Class) == set()


def test_every_axiom_joins_what_it_may_join() -> None:
    """A subproperty is of its superproperty's type; classes are under classes."""
    graph = load_ontology()
    for lower, upper in graph.subject_objects(RDFS.subPropertyOf):
        assert [(lower, RDF.type, kind) in graph for kind in PROPERTY_TYPES] == [
            (upper, RDF.type, kind) in graph for kind in PROPERTY_TYPES
        ], (lower, upper)
    classes = declared(graph, OWL.Class)
    for lower, upper in graph.subject_objects(RDFS.subClassOf):
        assert {lower, upper} <= classes


def test_the_values_of_a_property_are_of_its_type() -> None:
    graph = load_ontology()
    for term in declared(graph, OWL.ObjectProperty):
        assert not any(isinstance(value, Literal) for value in graph.objects(None, term)), term
    for term in declared(graph, OWL.DatatypeProperty):
        assert all(isinstance(value, Literal) for value in graph.objects(None, term)), term


def test_annotations_have_no_axioms() -> None:
    graph = load_ontology()
    for annotation in declared(graph, OWL.AnnotationProperty):
        for axiom in (RDFS.domain, RDFS.range, RDFS.subPropertyOf):
            assert (annotation, axiom, None) not in graph


def test_datatypes_are_those_of_owl() -> None:
    graph = load_ontology()
    for term in declared(graph, OWL.DatatypeProperty):
        assert set(graph.objects(term, RDFS.range)) <= OWL_DATATYPES, term
    used = {literal.datatype for literal in graph.objects() if getattr(literal, "datatype", None)}
    assert used <= OWL_DATATYPES


def test_reserved_vocabulary_is_used_only_as_owl_uses_it() -> None:
    graph = load_ontology()
    reserved = tuple(map(str, (RDF, RDFS, OWL, XSD)))
    said = {p for p in graph.predicates() if str(p).startswith(reserved)}
    assert said <= BUILT_IN | {RDF.type}
    named = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    assert [term for term in named if str(term).startswith(reserved)] == []


def test_only_one_name_may_mean_two_things() -> None:
    """Punning: a property that is also a concept. Never a class and a property, nor a class and a datatype."""
    graph = load_ontology()
    classes, properties = declared(graph, OWL.Class), declared(graph, *PROPERTY_TYPES)
    individuals = declared(graph, OWL.NamedIndividual, SKOS.Concept, SKOS.ConceptScheme)
    assert not classes & properties
    assert not classes & individuals
    assert properties & individuals == {FATU.compiledUnder, FATU.implementsPolicy}


@pytest.mark.parametrize("axiom", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_nothing_is_above_itself(axiom: URIRef) -> None:
    graph = load_ontology()
    for term in set(graph.subjects(axiom)):
        above = {
            upper for start in graph.objects(term, axiom) for upper in graph.transitive_objects(start, axiom)
        }
        assert term not in above, term


def test_what_is_imported_is_one_of_our_files() -> None:
    headers = {
        name: set(parsed(name).subjects(RDF.type, OWL.Ontology)) for name in (*HAND_WRITTEN, "shapes.ttl")
    }
    assert all(len(names) == 1 for names in headers.values())
    known = {name for names in headers.values() for name in names}
    for name in headers:
        assert set(parsed(name).objects(None, OWL.imports)) <= known
    assert set(parsed("align.ttl").objects(None, OWL.imports)) == headers["fatu.ttl"]


def test_classes_are_disjoint_unless_one_name_may_be_both() -> None:
    """A citation may be described on its mention; a law is a document, an indicator and a duty are concepts."""
    graph = load_ontology()
    pairs = {frozenset(pair) for pair in graph.subject_objects(OWL.disjointWith)}
    classes = {*own_terms(graph)} & declared(graph, OWL.Class) - {FATU.LegalAct, FATU.Indicator, FATU.Duty}
    both = {frozenset({FATU.Mention, FATU.Citation})}
    for one in classes:
        assert frozenset({one, SKOS.Concept}) in pairs, one
        for other in classes - {one}:
            assert (frozenset({one, other}) in pairs) != (frozenset({one, other}) in both), (one, other)


# ---------------------------------------------------------------------------------------------- the reasoner


def inferred(graph: Graph) -> dict[str, set[str]]:
    """Every node with the classes that follow for it, by OWL 2 RL."""
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    kinds: dict[str, set[str]] = {}
    for subject, predicate, value in reasoner.reason():
        if predicate == RDF.type:
            kinds.setdefault(str(subject), set()).add(str(value))
    return kinds


def contradictions(graph: Graph) -> set[str]:
    """Individuals that follow to be of two disjoint classes."""
    pairs = [(str(one), str(other)) for one, other in graph.subject_objects(OWL.disjointWith)]
    return {name for name, classes in inferred(graph).items() if any({*pair} <= classes for pair in pairs)}


def surprises(data: Graph) -> set[tuple[str, str]]:
    """Nodes of the data with a class that follows from a domain or a range and is none of their own.

    Their own are those stated and what those are subclasses of. A node without a stated class (a graph, a
    document that is only named) has none, so whatever follows for it is a surprise.
    """
    graph = load_ontology() + data
    nodes = {str(term) for triple in data for term in triple[::2] if isinstance(term, URIRef)}
    found = set()
    for name, classes in inferred(graph).items():
        if name not in nodes:
            continue
        stated = set(graph.objects(URIRef(name), RDF.type))
        own = {str(upper) for kind in stated for upper in graph.transitive_objects(kind, RDFS.subClassOf)}
        found |= {(name, kind) for kind in classes - own - {str(OWL.Thing), str(RDFS.Resource)}}
    return found


def misfits(data: Graph) -> set[tuple[str, str]]:
    """Properties with a literal that is outside their range: a text with a language is no xsd:string.

    OWL 2 RL leaves this out; OWL 2 DL makes the graph inconsistent.
    """
    ontology = load_ontology()
    found = set()
    for term in declared(ontology, OWL.DatatypeProperty):
        ranges = set(ontology.objects(term, RDFS.range)) - {RDFS.Literal}
        for value in data.objects(None, term):
            assert isinstance(value, Literal)
            datatype = value.datatype or (RDF.langString if value.language else XSD.string)
            if ranges and datatype not in ranges:
                found.add((str(term), str(datatype)))
    return found


def union(dataset: Dataset) -> Graph:
    graph = Graph()
    for subject, predicate, value, _ in dataset.quads():
        graph.add((subject, predicate, value))
    return graph


def test_the_ontology_is_free_of_contradictions() -> None:
    assert contradictions(load_ontology()) == set()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((RDF.type, FATU.Measure), (RDF.type, FATU.Outcome)),
        ((FATU.cites, URIRef("urn:document")), (RDF.type, FATU.Agency)),
        ((RDF.type, FATU.Indicator), (RDF.type, FATU.Observation)),
        ((RDF.type, FATU.Duty), (RDF.type, FATU.Indicator)),
        ((FATU.corrects, URIRef("urn:mention")), (RDF.type, FATU.Finding)),
    ],
)
def test_a_contradiction_is_seen(first: tuple[URIRef, URIRef], second: tuple[URIRef, URIRef]) -> None:
    node = URIRef("urn:planted")
    graph = load_ontology() + Graph()
    graph.add((node, *first))
    graph.add((node, *second))
    assert str(node) in contradictions(graph)


def test_a_surprise_is_seen() -> None:
    data = Graph()
    data.add((URIRef("urn:plan"), RDF.type, FATU.Plan))
    data.add((URIRef("urn:plan"), FATU.docNumber, Literal("国发〔2010〕33号")))
    data.add((URIRef("urn:plan"), FATU.actor, URIRef("urn:somebody")))
    assert {("urn:plan", str(FATU.PolicyDocument)), ("urn:somebody", str(FATU.Agency))} <= surprises(data)


def test_a_misfit_is_seen() -> None:
    data = Graph()
    data.add((URIRef("urn:text"), FATU.text, Literal("原文", lang="zh")))
    data.add((URIRef("urn:text"), FATU.length, Literal(2)))
    assert misfits(data) == {(str(FATU.text), str(RDF.langString))}


def test_a_mention_may_carry_its_citation() -> None:
    graph = load_ontology() + Graph()
    for kind in (FATU.Mention, FATU.Citation):
        graph.add((URIRef("urn:both"), RDF.type, kind))
    assert contradictions(graph) == set()


@pytest.mark.skipif(not EXAMPLE.is_file(), reason="the modelled example is not beside this checkout")
def test_the_modelled_example_is_free_of_contradictions() -> None:
    example = Dataset()
    example.parse(EXAMPLE)
    graph = load_ontology() + union(example)
    assert own_terms(graph) <= set(load_ontology().subjects(RDF.type))
    assert contradictions(graph) == set()


def test_nothing_surprising_follows_from_the_sample() -> None:
    data = union(fatu.build(ROOT / "graphs" / "410203-gov-2020" / "source.txt").dataset)
    assert surprises(data) == set()
    assert misfits(data) == set()
    assert contradictions(load_ontology() + data) == set()


def test_a_graph_with_its_ontology_uses_only_what_is_declared() -> None:
    """So that it is OWL 2 DL but for the datatypes of years and dates, which OWL 2 does not have."""
    data = union(fatu.build(ROOT / "graphs" / "410203-gov-2020" / "source.txt").dataset)
    for predicate in set(data.predicates()) - BUILT_IN - {RDF.type}:
        assert sum((predicate, RDF.type, kind) in data for kind in PROPERTY_TYPES) == 1, predicate
    assert set(data.objects(None, RDF.type)) - KINDS <= declared(data, OWL.Class)
    used = {value.datatype for value in data.objects() if isinstance(value, Literal) and value.datatype}
    assert used - OWL_DATATYPES <= {XSD.gYear, XSD.gYearMonth, XSD.date}
    for term in declared(data, OWL.ObjectProperty):
        assert not any(isinstance(value, Literal) for value in data.objects(None, term)), term


REAL = [
    # five years of one government's reports, and notices of a ministry, which this program was not written for
    ("work-reports-hailar/2012.txt", "150703", 2011),
    ("work-reports-hailar/2016.txt", "150703", 2015),
    ("forestry-notices/002.txt", "110000", 2010),
    ("forestry-notices/045.txt", "110000", 2010),
    ("forestry-notices/101.txt", "110000", 2010),
]


@pytest.mark.slow
@pytest.mark.parametrize(("path", "area", "year"), REAL)
def test_nothing_surprising_follows_from_real_documents(
    shared: Path, path: str, area: str, year: int
) -> None:
    data = union(fatu.build(shared / "corpora" / path, Overrides(area=area, year=year)).dataset)
    assert surprises(data) == set()
    assert misfits(data) == set()
    assert contradictions(load_ontology() + data) == set()
