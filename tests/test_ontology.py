"""The ontology as a whole: complete in two languages, within OWL 2 DL, and free of contradictions."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import reasonable
from rdflib import BNode, Dataset, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

from fatu import model
from fatu.describing.vocabulary import GENERATED, HAND_WRITTEN, load_ontology, ontology_text

FATU = Namespace("https://w3id.org/fatu/ns#")
DATA = "https://w3id.org/fatu/id/"
ALL_FILES = (*HAND_WRITTEN, "shapes.ttl", *(name for name, _ in GENERATED))
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
EXAMPLE = Path(__file__).parents[2] / "shared" / "domain" / "example.trig"

CLASSES = (
    "Report SourceText TextSpan Section Mention Agency Area PolicyDocument LegalAct Citation Measure Program "
    "Indicator Observation Outcome Problem Plan Finding Duty"
)

PROPERTIES = (
    "issuedBy area reportYear compiledUnder implementsPolicy hasProblem hasPlan level order "
    "inSection docNumber docCode docYear docSeq docType periodStart periodEnd promulgates canonical "
    "cites function within refersTo linkMethod candidate actor participant recipient topic "
    "underDocument underDocumentInherited produces usesProgram hasObservation hasOutcome targets "
    "indicator value decimals unit bound period scope status numerator denominator broader about "
    "rule verdict severity operand expectedLow expectedHigh duty evidence inReport text textOf "
    "inText sha256 length scale valueHigh phrase actorText "
    "areaLevel validFrom validUntil lastListed successor township"
)


def parsed(name: str) -> Graph:
    return Graph().parse(data=ontology_text(name), format="turtle")


def own_terms(graph: Graph) -> set[URIRef]:
    """Every term of our namespace that a graph uses, in whatever place."""
    return {term for triple in graph for term in triple if isinstance(term, URIRef) and term in FATU}


@pytest.mark.parametrize("name", ALL_FILES)
def test_every_file_parses(name: str) -> None:
    assert len(parsed(name)) > 0


@pytest.mark.parametrize("name", CLASSES.split())
def test_classes_are_declared(name: str) -> None:
    assert (FATU[name], RDF.type, OWL.Class) in load_ontology()


@pytest.mark.parametrize("name", PROPERTIES.split())
def test_properties_are_declared_with_one_type(name: str) -> None:
    assert sum((FATU[name], RDF.type, kind) in load_ontology() for kind in PROPERTY_TYPES) == 1


@pytest.mark.parametrize("name", ["shapes.ttl", "align.ttl", *(name for name, _ in GENERATED)])
def test_no_file_uses_a_term_that_is_not_declared(name: str) -> None:
    assert own_terms(parsed(name)) <= set(parsed("fatu.ttl").subjects(RDF.type))


def test_every_term_has_label_and_definition_in_chinese_and_english() -> None:
    graph = parsed("fatu.ttl")
    terms = {term for term in graph.subjects(RDF.type) if str(term).startswith((str(FATU), DATA))}
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(terms) > 120
    for term in terms:
        for wanted in (RDFS.label, *([] if term in schemes else [SKOS.definition])):
            languages = sorted(str(text.language) for text in graph.objects(term, wanted))
            assert languages == ["en", "zh"], f"{term} {wanted}"


@pytest.mark.parametrize("name", [name for name, _ in GENERATED])
def test_every_concept_has_labels_in_chinese_and_english(name: str) -> None:
    graph = parsed(name)
    for concept in set(graph.subjects(RDF.type)):
        for wanted in (RDFS.label, SKOS.prefLabel):
            languages = sorted(str(text.language) for text in graph.objects(concept, wanted))
            assert languages == ["en", "zh"], f"{concept} {wanted}"


def test_the_header_says_what_who_which_version_and_under_what_licence() -> None:
    graph, ontology = parsed("fatu.ttl"), URIRef("https://w3id.org/fatu/ns")
    creator = URIRef("http://purl.org/dc/elements/1.1/creator")
    for said in (
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.created,
        DCTERMS.license,
        OWL.versionIRI,
        creator,
    ):
        assert (ontology, said, None) in graph


def test_every_alignment_gives_its_reason_in_chinese_and_english() -> None:
    graph = parsed("align.ttl")
    for term in {t for t in graph.subjects() if t in FATU}:
        languages = sorted(str(text.language) for text in graph.objects(term, RDFS.comment))
        assert languages == ["en", "zh"], term


@pytest.mark.parametrize(
    ("slugs", "values"),
    [
        ("verdict", get_args(model.Verdict)),
        ("rule", get_args(model.Rule)),
        ("method", get_args(model.Method)),
        ("arealevel", ("country", "province", "prefecture", "county", "township")),
    ],
)
def test_closed_lists_are_those_of_the_code(slugs: str, values: tuple[str, ...]) -> None:
    there = {str(term) for term in load_ontology().subjects(SKOS.inScheme)}
    assert {t.removeprefix(f"{DATA}{slugs}/") for t in there if f"/{slugs}/" in t} == set(values)


# ------------------------------------------------------------------------------------------------- OWL 2 DL


def test_there_are_no_blank_nodes() -> None:
    assert not any(isinstance(term, BNode) for triple in load_ontology() for term in triple)


def test_every_predicate_is_declared_once() -> None:
    graph = load_ontology()
    for predicate in set(graph.predicates()):
        if str(predicate).startswith((str(RDF), str(RDFS), str(OWL))):
            continue
        declared = [kind for kind in PROPERTY_TYPES if (predicate, RDF.type, kind) in graph]
        assert len(declared) == 1, predicate


def test_no_class_is_a_property() -> None:
    graph = load_ontology()
    properties = {p for kind in PROPERTY_TYPES for p in graph.subjects(RDF.type, kind)}
    assert not properties & set(graph.subjects(RDF.type, OWL.Class))


def test_annotations_have_no_axioms() -> None:
    graph = load_ontology()
    for annotation in graph.subjects(RDF.type, OWL.AnnotationProperty):
        for axiom in (RDFS.domain, RDFS.range, RDFS.subPropertyOf):
            assert (annotation, axiom, None) not in graph


def test_datatypes_are_those_of_owl() -> None:
    graph = load_ontology()
    allowed = {XSD.string, XSD.integer, XSD.decimal, XSD.dateTime, RDFS.Literal}
    for term in graph.subjects(RDF.type, OWL.DatatypeProperty):
        assert set(graph.objects(term, RDFS.range)) <= allowed, term
    used = {literal.datatype for literal in graph.objects() if getattr(literal, "datatype", None)}
    assert used <= allowed


# ---------------------------------------------------------------------------------------------- the reasoner


def contradictions(graph: Graph) -> set[str]:
    """Individuals that follow to be of two disjoint classes."""
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    kinds: dict[str, set[str]] = {}
    for subject, predicate, value in reasoner.reason():
        if predicate == RDF.type:
            kinds.setdefault(str(subject), set()).add(str(value))
    pairs = [(str(one), str(other)) for one, other in graph.subject_objects(OWL.disjointWith)]
    return {name for name, classes in kinds.items() if any({*pair} <= classes for pair in pairs)}


def test_the_ontology_is_free_of_contradictions() -> None:
    assert contradictions(load_ontology()) == set()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((RDF.type, FATU.Measure), (RDF.type, FATU.Outcome)),
        ((FATU.cites, URIRef("urn:document")), (RDF.type, FATU.Agency)),
        ((RDF.type, FATU.Indicator), (RDF.type, FATU.Observation)),
        ((RDF.type, FATU.Duty), (RDF.type, FATU.Indicator)),
    ],
)
def test_a_contradiction_is_seen(first: tuple[URIRef, URIRef], second: tuple[URIRef, URIRef]) -> None:
    node = URIRef("urn:planted")
    graph = load_ontology() + Graph()
    graph.add((node, *first))
    graph.add((node, *second))
    assert str(node) in contradictions(graph)


def test_a_mention_may_carry_its_citation() -> None:
    graph = load_ontology() + Graph()
    for kind in (FATU.Mention, FATU.Citation):
        graph.add((URIRef("urn:both"), RDF.type, kind))
    assert contradictions(graph) == set()


@pytest.mark.skipif(not EXAMPLE.is_file(), reason="the modelled example is not beside this checkout")
def test_the_modelled_example_is_free_of_contradictions() -> None:
    example = Dataset()
    example.parse(EXAMPLE)
    graph = load_ontology() + Graph()
    for subject, predicate, value, _ in example.quads():
        graph.add((subject, predicate, value))
    assert own_terms(graph) <= set(load_ontology().subjects(RDF.type))
    assert contradictions(graph) == set()
