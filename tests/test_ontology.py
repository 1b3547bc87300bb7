"""The ontology as a whole: every term declared, named, defined and shown by an example, in two languages.

That it is OWL 2 DL and free of contradictions is tested in test_ontology_logic, its alignments in
test_ontology_alignments, what it says of itself in test_ontology_metadata.
"""

from __future__ import annotations

from typing import get_args

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS

from fatu import model
from fatu.describing.vocabulary import GENERATED, HAND_WRITTEN, load_ontology, ontology_text

FATU = Namespace("https://w3id.org/fatu/ns#")
ELI = "http://data.europa.eu/eli/ontology#"
DATA = "https://w3id.org/fatu/id/"
ALL_FILES = (*HAND_WRITTEN, "shapes.ttl", *(name for name, _ in GENERATED))
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

CLASSES = (
    "Report SourceText TextSpan Section Mention Agency Area PolicyDocument LegalAct Citation Measure Program "
    "Indicator Observation Outcome Problem Plan Finding Duty Correction "
    "SharedText"
)

PROPERTIES = (
    "issuedBy area reportYear compiledUnder implementsPolicy hasProblem hasPlan level order "
    "inSection docNumber docCode docYear docSeq docType periodStart periodEnd promulgates canonical "
    "cites function within refersTo linkMethod candidate actor participant recipient topic "
    "underDocument underDocumentInherited produces usesProgram hasObservation hasOutcome targets "
    "indicator value decimals unit bound period scope status numerator denominator broader about "
    "rule verdict severity operand expectedLow expectedHigh formula duty evidence inReport text textOf "
    "inText sha256 digest length scale valueHigh phrase heads actorText cue corrects decision "
    "areaLevel validFrom validUntil lastListed successor township "
    "inSharedText followedBy recursAs"
)

SOURCED = {
    # what a standard or a regulation defines → how its name begins
    "GB/T 2260": "Area within",
    "GB/T 9704-2012": "Section level issuedBy docNumber docCode docYear docSeq",
    "GB/T 8170-2008": "decimals",
    "ISO 8601": "period",
    "RFC 5147|Web Annotation": "TextSpan inText evidence",
    "FIPS 180-4": "sha256 digest",
    "SHACL": "severity",
    "立法法": "LegalAct",
    "党政机关公文处理工作条例": "PolicyDocument docType promulgates",
    "法治政府建设与责任落实督察工作规定": "Report Outcome Problem Plan Duty",
    "法治政府建设实施纲要": "topic",
}


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


def described_terms() -> list[URIRef]:
    """Classes, properties, named individuals, concepts and schemes of our namespaces, in whatever file."""
    graph = load_ontology()
    return sorted({t for t in graph.subjects(RDF.type) if str(t).startswith((str(FATU), DATA))})


def languages(graph: Graph, term: URIRef, predicate: URIRef) -> list[str]:
    return sorted(str(text.language) for text in graph.objects(term, predicate))


def test_every_term_has_one_label_and_one_definition_in_chinese_and_in_english() -> None:
    graph, terms = load_ontology(), described_terms()
    assert len(terms) > 500
    for wanted in (RDFS.label, SKOS.definition):
        assert [t for t in terms if languages(graph, t, wanted) != ["en", "zh"]] == [], wanted


def test_every_term_has_an_example() -> None:
    graph = load_ontology()
    for term in described_terms():
        examples = [str(example) for example in graph.objects(term, SKOS.example)]
        assert examples and all(len(example) > 1 for example in examples), term


def test_an_example_in_turtle_parses_and_uses_its_term() -> None:
    """Examples without a language are Turtle, with the prefixes of fatu.ttl and the data's base."""
    graph = parsed("fatu.ttl")
    prefixes = "".join(f"@prefix {prefix}: <{space}> . " for prefix, space in graph.namespaces())
    more = f"@prefix area: <{DATA}area/> . @prefix doc: <{DATA}doc/> . @prefix eli: <{ELI}> . @prefix sh: <{SH}> . "
    tried = 0
    for term, example in graph.subject_objects(SKOS.example):
        assert isinstance(example, Literal)
        if example.language is None:
            said = Graph().parse(data=f"@base <{DATA}> . {prefixes}{more}{example}", format="turtle")
            assert term in {used for triple in said for used in triple}, term
            assert own_terms(said) <= set(graph.subjects(RDF.type)), term
            tried += 1
    assert tried > 40


def test_a_definition_does_more_than_repeat_the_label() -> None:
    graph = load_ontology()
    for term in described_terms():
        labels = {str(label) for label in graph.objects(term, RDFS.label)}
        for definition in graph.objects(term, SKOS.definition):
            assert str(definition)[-1] in "。.…", (term, definition)
            assert str(definition).rstrip("。.") not in labels, term


def test_no_two_terms_of_one_kind_have_one_definition() -> None:
    graph = parsed("fatu.ttl")
    said = [str(text) for term in set(graph.subjects()) for text in graph.objects(term, SKOS.definition)]
    assert len(said) > 250 and len(said) == len(set(said))


def test_every_concept_has_a_preferred_label_in_chinese_and_in_english() -> None:
    graph = load_ontology()
    concepts = {*graph.subjects(RDF.type, SKOS.Concept), *graph.subjects(RDF.type, SKOS.ConceptScheme)}
    assert [c for c in concepts if languages(graph, c, SKOS.prefLabel) != ["en", "zh"]] == []


def test_every_concept_is_in_a_scheme_that_is_declared() -> None:
    graph = load_ontology()
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    for concept in set(graph.subjects(RDF.type, SKOS.Concept)):
        assert (placed := set(graph.objects(concept, SKOS.inScheme))) and placed <= schemes, concept


@pytest.mark.parametrize(
    ("begins", "name"), [(begins, name) for begins, names in SOURCED.items() for name in names.split()]
)
def test_what_a_standard_or_regulation_defines_names_it(begins: str, name: str) -> None:
    sources = [str(source) for source in parsed("fatu.ttl").objects(FATU[name], DCTERMS.source)]
    assert any(source.startswith(tuple(begins.split("|"))) for source in sources), sources


@pytest.mark.parametrize("kind", ["duty", "indicator", "topic", "unit", "doctype", "textkind"])
def test_every_duty_and_every_concept_of_a_table_names_its_source(kind: str) -> None:
    graph = load_ontology()
    concepts = [term for term in described_terms() if str(term).startswith(f"{DATA}{kind}/")]
    assert concepts or kind == "textkind"
    assert [term for term in concepts if (term, DCTERMS.source, None) not in graph] == []


@pytest.mark.parametrize(
    ("slugs", "values"),
    [
        ("verdict", get_args(model.Verdict)),
        ("rule", {*get_args(model.Rule), *get_args(model.CorpusRule)}),
        ("method", get_args(model.Method)),
        ("arealevel", ("country", "province", "prefecture", "county", "township")),
    ],
)
def test_closed_lists_are_those_of_the_code(slugs: str, values: tuple[str, ...]) -> None:
    there = {str(term) for term in load_ontology().subjects(SKOS.inScheme)}
    assert {t.removeprefix(f"{DATA}{slugs}/") for t in there if f"/{slugs}/" in t} == set(values)
