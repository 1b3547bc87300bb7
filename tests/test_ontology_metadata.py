"""What the ontology says of itself, by the checks of FOOPS!, the scanner of ontologies for the FAIR principles.

Its twenty-four checks (https://w3id.org/foops/catalogue) are all here: those that a file can meet are tested; those
that ask the web, a registry or a publication are listed with what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DC, DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD, Namespace

from fatu import iris
from fatu.describing.vocabulary import HAND_WRITTEN, load_ontology, ontology_folder, ontology_text

ONTOLOGY = URIRef("https://w3id.org/fatu/ns")
BIBO = Namespace("http://purl.org/ontology/bibo/")
ROOT = Path(__file__).parents[1]
CHECKS = (
    "PURL1 URI1 URI2 VER1 VER2 FIND1 FIND2 FIND3 FIND_3_BIS OM1 OM2 OM3 OM4.1 OM4.2 OM5.1 OM5.2 "
    "CN1 HTTP1 DOC1 RDF1 VOC1 VOC2 VOC3 VOC4"
)
FILES = (*HAND_WRITTEN, "shapes.ttl")


def header(name: str = "fatu.ttl") -> tuple[Graph, URIRef]:
    graph = Graph().parse(data=ontology_text(name), format="turtle")
    (ontology,) = (o for o in graph.subjects(RDF.type, OWL.Ontology) if isinstance(o, URIRef))
    return graph, ontology


def says(*predicates: URIRef) -> bool:
    graph, ontology = header()
    return all((ontology, predicate, None) in graph for predicate in predicates)


def value(predicate: URIRef) -> str:
    graph, ontology = header()
    return str(graph.value(ontology, predicate))


def every_term_has(predicate: URIRef) -> bool:
    graph = load_ontology()
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept)
    terms = {t for kind in kinds for t in graph.subjects(RDF.type, kind) if str(t).startswith(iris.BASE)}
    return all((term, predicate, None) in graph for term in terms)


MET: list[tuple[str, str, Callable[[], bool]]] = [
    # FOOPS! check, what it asks, how it is met
    ("PURL1", "a persistent IRI", lambda: ONTOLOGY.startswith("https://w3id.org/")),
    ("URI2", "the IRI used is the IRI that the file tells", lambda: header()[1] == ONTOLOGY),
    ("HTTP1", "an open protocol", lambda: ONTOLOGY.startswith("https://")),
    (
        "VER1",
        "a version IRI of its own, and the version",
        lambda: value(OWL.versionIRI) == f"{ONTOLOGY}/{value(OWL.versionInfo)}",
    ),
    (
        "OM1",
        "title, description, licence, version IRI, creator, namespace",
        lambda: says(
            DCTERMS.title,
            DCTERMS.description,
            DCTERMS.license,
            OWL.versionIRI,
            DC.creator,
            VANN.preferredNamespaceUri,
        ),
    ),
    ("FIND1", "a prefix", lambda: value(VANN.preferredNamespacePrefix) == "fatu"),
    (
        "OM2",
        "prefix, version, date of creation, how to cite it",
        lambda: says(
            VANN.preferredNamespacePrefix, OWL.versionInfo, DCTERMS.created, DCTERMS.bibliographicCitation
        ),
    ),
    ("OM4.1", "a licence", lambda: value(DCTERMS.license) == "https://spdx.org/licenses/MIT"),
    ("OM5.1", "creator and date of creation", lambda: says(DC.creator, DCTERMS.created)),
    ("RDF1", "a file that parses", lambda: len(header()[0]) > 0),
    ("VOC1", "metadata in known vocabularies", lambda: says(DCTERMS.title, VANN.preferredNamespacePrefix)),
    (
        "VOC2",
        "terms of others",
        lambda: (URIRef("https://w3id.org/fatu/ns#Indicator"), RDFS.subClassOf, SKOS.Concept) in header()[0],
    ),
    ("VOC3", "labels", lambda: every_term_has(RDFS.label)),
    ("VOC4", "definitions", lambda: every_term_has(SKOS.definition)),
]

NOT_YET = {
    # FOOPS! check → what is missing
    "URI1": "the namespace is not registered with w3id.org, so nothing answers there",
    "VER2": "the namespace is not registered with w3id.org, so nothing answers there",
    "CN1": "the namespace is not registered with w3id.org, so nothing answers there",
    "DOC1": "`make ontology` writes the pages; nothing serves them at the namespace",
    "FIND2": "the prefix is in no registry (prefix.cc, LOV)",
    "FIND3": "the ontology is in no registry (LOV)",
    "FIND_3_BIS": "the ontology is in no registry (LOV)",
    "OM3": "no DOI, no logo, no date of issue; publisher, status, source, prior version, date of change are there",
    "OM4.2": "asks the web for the licence's page",
    "OM5.2": "no date of issue before it is published; the publisher is there",
}


@pytest.mark.parametrize(("check", "asks", "is_met"), MET, ids=[row[0] for row in MET])
def test_metadata_that_a_file_can_tell(check: str, asks: str, is_met: Callable[[], bool]) -> None:
    assert is_met(), f"{check}: {asks}"


def test_every_check_is_either_met_or_listed_as_not_met_yet() -> None:
    checks = {check for check, _, _ in MET}
    assert len(checks) == len(MET) and not checks & NOT_YET.keys()
    assert checks | NOT_YET.keys() == set(CHECKS.split())
    assert all(NOT_YET.values())


def test_what_can_be_told_of_the_checks_not_met_is_told() -> None:
    assert says(DC.publisher, BIBO.status, DCTERMS.source, DCTERMS.modified, OWL.priorVersion)
    assert value(BIBO.status).startswith("http://purl.org/ontology/bibo/status/")


def test_both_readmes_say_that_the_namespace_is_not_registered() -> None:
    """As long as URI1 is not met. When it is, take the check from NOT_YET and the remark from both files."""
    assert "not registered" in NOT_YET["URI1"]
    assert "is not registered yet" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "未注册" in re.sub(r"\s", "", (ROOT / "README.zh.md").read_text(encoding="utf-8"))


# ----------------------------------------------------------------------------------------- all files together


@pytest.mark.parametrize("name", FILES)
def test_every_file_tells_title_and_description_in_both_languages_and_the_rest(name: str) -> None:
    graph, ontology = header(name)
    for wanted in (DCTERMS.title, DCTERMS.description):
        assert sorted(str(text.language) for text in graph.objects(ontology, wanted)) == ["en", "zh"]
    for wanted in (
        DC.creator,
        DCTERMS.created,
        DCTERMS.modified,
        DCTERMS.license,
        OWL.versionIRI,
        OWL.priorVersion,
    ):
        assert (ontology, wanted, None) in graph, wanted


def test_all_files_have_one_version_and_one_date_and_the_change_log_knows_it() -> None:
    versions, dates = set(), set()
    for name in FILES:
        graph, ontology = header(name)
        version = str(graph.value(ontology, OWL.versionInfo))
        assert str(graph.value(ontology, OWL.versionIRI)) == f"{ontology}/{version}"
        versions.add(version)
        dates.add(graph.value(ontology, DCTERMS.modified))
    (version,), (modified,) = versions, dates
    assert isinstance(modified, Literal) and modified.datatype == XSD.dateTime
    log = (ontology_folder() / "CHANGELOG.md").read_text(encoding="utf-8")
    told = re.findall(r"^## (\S+) — (\S+)$", log, re.MULTILINE)
    assert told[0] == (version, str(modified)[:10])
    graph, ontology = header()
    assert str(graph.value(ontology, OWL.priorVersion)) == f"{ontology}/{told[1][0]}"
    assert f"version {version}" in value(DCTERMS.bibliographicCitation)


def test_the_namespace_is_that_of_the_code() -> None:
    assert value(VANN.preferredNamespaceUri) == iris.Iris().term("")
    assert f"{ONTOLOGY}#" == iris.Iris().term("")
