"""The ontology's pages: each in its language, whole, and alone with itself."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from fatu.describing.vocabulary import ontology_text
from fatu.iris import BASE

SCRIPT = Path(__file__).parents[1] / "scripts" / "document_ontology.py"
PAGES = {"index.html": "en", "index.zh.html": "zh"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Language → its page."""
    pytest.importorskip("pylode", reason="pyLODE is not installed (the extra docs; make test installs it)")
    target = tmp_path_factory.mktemp("pages")
    subprocess.run([sys.executable, str(SCRIPT), str(target)], check=True)
    assert {path.name for path in target.iterdir()} == set(PAGES)
    return {PAGES[path.name]: path.read_text(encoding="utf-8") for path in target.iterdir()}


def words(html: str) -> str:
    """What a reader sees, spaces made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<body>")[2])).split())


def terms() -> Graph:
    return Graph().parse(data=ontology_text("fatu.ttl"), format="turtle")


@pytest.mark.parametrize("language", PAGES.values())
def test_every_term_is_there_with_label_and_definition(pages: dict[str, str], language: str) -> None:
    graph, seen = terms(), words(pages[language])
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)
    ours = {t for kind in kinds for t in graph.subjects(RDF.type, kind) if str(t).startswith(BASE)}
    assert len(ours) > 130
    for term in ours:
        assert str(term) in seen
        for predicate in (RDFS.label, SKOS.definition):
            (text,) = (t for t in graph.objects(term, predicate) if t.language == language)  # type: ignore[union-attr]
            assert " ".join(str(text).split()) in seen, term


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_no_definition_is_in_the_other_language(pages: dict[str, str], language: str, other: str) -> None:
    graph, seen = terms(), words(pages[language])
    for definition in graph.objects(None, SKOS.definition):
        if definition.language == other:  # type: ignore[union-attr]
            assert str(definition) not in seen


@pytest.mark.parametrize("language", PAGES.values())
def test_a_page_loads_nothing_and_leads_nowhere_else(pages: dict[str, str], language: str) -> None:
    html = pages[language]
    targets = re.findall(r'\b(?:src|href|srcset|action|poster)\s*=\s*"([^"]*)"', html)
    assert all(t.startswith(("#", "data:")) or t in PAGES for t in targets)
    assert not re.search(r"<(?:script|img|iframe|object|embed)\b|url\(|@import", html)
    assert "github.com" not in html


@pytest.mark.parametrize("language", PAGES.values())
def test_anchors_are_unique_and_links_within_the_page_lead_somewhere(
    pages: dict[str, str], language: str
) -> None:
    anchors = Counter(re.findall(r'\bid="([^"]+)"', pages[language]))
    assert [anchor for anchor, times in anchors.items() if times > 1] == []
    assert set(re.findall(r'href="#([^"]*)"', pages[language])) <= set(anchors)
    assert {"Agency", "evidence", "verdict-late"} <= set(anchors)


@pytest.mark.parametrize(("language", "declared", "link"), [("en", "en", "中文"), ("zh", "zh-CN", "English")])
def test_a_page_tells_its_language_and_leads_to_the_other(
    pages: dict[str, str], language: str, declared: str, link: str
) -> None:
    (other,) = (name for name, of in PAGES.items() if of != language)
    assert f'<html lang="{declared}">' in pages[language]
    assert f'<a href="{other}">{link}</a>' in pages[language]


def test_the_chinese_page_has_no_headings_in_english(pages: dict[str, str]) -> None:
    headings = re.findall(r"<(?:h\d|dt|th)[^>]*>\s*(?:<a[^>]*>)?([^<]+)<", pages["zh"])
    assert {h.strip() for h in headings if h.strip() and not re.search("[一-鿿]", h)} <= {
        "IRI", "SHA-256", *(prefix for prefix, _ in terms().namespaces()), *map(str, prefixes()),
    }  # fmt: skip


def prefixes() -> set[str]:
    return {
        prefix for prefix, _ in Graph().parse(data=ontology_text("align.ttl"), format="turtle").namespaces()
    }


def test_alignments_are_told_with_their_reason(pages: dict[str, str]) -> None:
    assert "Close to eli:LegalResource. Every document is a work" in words(pages["en"])
    assert "相近于 eli:LegalResource。" in words(pages["zh"])
    assert (URIRef(f"{BASE}ns#PolicyDocument"), RDF.type, OWL.Class) in terms()
