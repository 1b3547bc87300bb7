"""Writes the ontology's documentation with pyLODE: index.html in English and index.zh.html in Chinese.

    .venv/bin/python scripts/document_ontology.py [docs/ontology]

Needs the extra `docs` (`make test` installs it). Each page says in its language what the ontology says in both; an
example in the other language stays. The pages load nothing and link to nothing but themselves and one another: terms of
other vocabularies are named, not linked.
"""

from __future__ import annotations

import logging
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from fatu.describing.vocabulary import ontology_text
from fatu.iris import BASE, Iris

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "ontology"
FATU = Namespace(Iris().term(""))
KINDS = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One of the two pages: its file, its language, and the link to the other."""

    name: str
    language: str
    html_language: str
    link: str
    other: str
    close: str
    """How it says that a term is close to others, which stand in place of {}."""


PAGES = (
    Page("index.html", "en", "en", "中文", "index.zh.html", "Close to {}. "),
    Page("index.zh.html", "zh", "zh-CN", "English", "index.html", "相近于 {}。"),
)

MAKERS = ("https://github.com/rdflib/pyLODE", "https://w3id.org/profile/ont")
"""Where pyLODE's own links lead."""

ENGLISH = {"Scope Note": "Alignment"}
"""A label that pyLODE writes → what it is on our pages."""

CHINESE = {
    # headings and labels that pyLODE writes in English → the same in Chinese
    "Metadata": "元数据",
    "Classes": "类",
    "Object Properties": "对象属性",
    "Datatype Properties": "数据属性",
    "Annotation Properties": "注释属性",
    "Named Individuals": "个体",
    "Namespaces": "命名空间",
    "Legend": "图例",
    "Table of Contents": "目录",
    "IRI": "IRI",
    "Title": "标题",
    "Publisher": "发布者",
    "Creator": "创建者",
    "Date Created": "创建日期",
    "Date Modified": "修改日期",
    "License": "许可",
    "Ontology Version IRI": "版本 IRI",
    "Version Iri": "版本 IRI",
    "Version Info": "版本",
    "Version Information": "版本",
    "Prior Version": "上一版本",
    "Preferred Namespace Prefix": "首选前缀",
    "Preferred Namespace Uri": "首选命名空间",
    "Source": "来源",
    "Description": "说明",
    "Example": "例",
    "Scope Note": "对应",
    "Sub Class Of": "上位类",
    "Subclass Of": "上位类",
    "Super Class Of": "下位类",
    "Superclass Of": "下位类",
    "Sub Property Of": "上位属性",
    "Subproperty Of": "上位属性",
    "Super Property Of": "下位属性",
    "In Domain Of": "为其定义域者",
    "In Range Of": "为其值域者",
    "Domain": "定义域",
    "Range": "值域",
}


def main(target: Path) -> None:
    """Write both pages into `target`; exits with one line where pyLODE is not installed."""
    try:
        import pylode  # noqa: F401
    except ImportError:
        sys.exit("document_ontology: pyLODE is not installed; run make ontology, or pip install 'fatu[docs]'")
    target.mkdir(parents=True, exist_ok=True)
    for page in PAGES:
        path = target / page.name
        path.write_text(render(page), encoding="utf-8", newline="\n")
        print(f"{path}: {path.stat().st_size // 1024} KiB")


def render(page: Page) -> str:
    """The HTML of a page."""
    graph = describe(page)
    known = anchors(graph)
    return finish(draw(graph, known), page, known)


def describe(page: Page) -> Graph:
    """The ontology and its alignments as pyLODE is to see them: our terms only, in the page's language."""
    graph = Graph()
    graph.parse(data=ontology_text("fatu.ttl"), format="turtle")
    alignments = Graph().parse(data=ontology_text("align.ttl"), format="turtle")
    for prefix, namespace in alignments.namespaces():
        graph.bind(prefix, namespace)
    for term in sorted({t for t in alignments.subjects() if isinstance(t, URIRef) and t in FATU}):
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
            for value in alignments.objects(term, predicate):
                graph.add((term, predicate, value))
        close = [short(value, alignments) for value in sorted(alignments.objects(term, FATU.alignedWith))]
        reason = next(r for r in alignments.objects(term, RDFS.comment) if language_of(r) == page.language)
        start = page.close.format(", ".join(close)) if close else ""
        graph.add((term, SKOS.scopeNote, Literal(f"{start}{reason}", lang=page.language)))
    for kind in KINDS:
        for term in list(graph.subjects(RDF.type, kind)):
            # A property that is also a concept is shown once, as a property.
            twice = kind == OWL.NamedIndividual and (term, RDF.type, OWL.ObjectProperty) in graph
            if twice or not str(term).startswith(BASE):
                graph.remove((term, RDF.type, kind))
    # pyLODE takes a concept scheme for an ontology; here it is one of the individuals.
    graph.remove((None, RDF.type, SKOS.ConceptScheme))
    return in_language(graph, page.language)


def in_language(graph: Graph, language: str) -> Graph:
    """The graph without what it says in another language where it says it in this one too."""
    kept = Graph()
    for prefix, namespace in graph.namespaces():
        kept.bind(prefix, namespace)
    for subject, predicate, value in graph:
        said = language_of(value)
        if said in (None, language) or language not in map(language_of, graph.objects(subject, predicate)):
            kept.add((subject, predicate, value))
    return kept


def language_of(value: object) -> str | None:
    """The language of a literal; None of anything else."""
    return value.language if isinstance(value, Literal) else None


def short(term: object, graph: Graph) -> str:
    """A term as prefix:name."""
    return graph.namespace_manager.normalizeUri(str(term))


def draw(graph: Graph, known: dict[str, str]) -> str:
    """pyLODE's page of a graph, with a section of the named individuals; `known`: the anchors of our terms."""
    from pylode.profiles.ontpub import CLASS_PROPS, OntPub, section_html

    class Document(OntPub):  # type: ignore[misc]
        def _make_main_sections(self) -> None:
            super()._make_main_sections()
            self.content.appendChild(
                section_html(
                    "Named Individuals", self.ont, self.back_onts, self.ns, OWL.NamedIndividual,
                    CLASS_PROPS, self.toc, "named_individuals", self.fids, self.props_labeled,
                )
            )  # fmt: skip

    logging.getLogger().setLevel(logging.WARNING)
    document = Document(graph, sort_subjects=True)
    document.fids.update(known)
    return str(document.make_html())


def anchors(graph: Graph) -> dict[str, str]:
    """IRI of each of our terms → its anchor: its local name (fatu:actor → actor, duty:causes → duty-causes)."""
    terms = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    return {str(term): re.sub(r".*?(?:ns#|id/)", "", str(term)).replace("/", "-") for term in terms}


def finish(html: str, page: Page, known: dict[str, str]) -> str:
    """pyLODE's page without links out of it, with its language, a link to the other page and, in Chinese, its
    own words in Chinese."""

    def link(match: re.Match[str]) -> str:
        if match[2] in known:
            return f'{match[1]}href="#{known[match[2]]}"'
        return match[1] if match[2].startswith(MAKERS) else f'{match[1]}title="{match[2]}"'

    html = re.sub(r' title="[^"]*Defined in [^"]*"', "", html)
    html = re.sub(r'(<a\b[^>]*?)href="(https?://[^"]*)"', link, html)
    # Prefixes have anchors too, some of them the names of terms.
    prefixes = re.findall(r'<dt id="([^"]*)">', html)
    html = re.sub(r'<dt id="([^"]*)">', r'<dt id="prefix-\1">', html)
    before, contents, after = html.partition('href="#namespaces"')
    for prefix in prefixes:
        after = after.replace(f'href="#{prefix}"', f'href="#prefix-{prefix}"')
    html = before + contents + after
    html = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    html = html.replace("<html>", f'<html lang="{page.html_language}">', 1)
    style = "pre { white-space: pre-wrap } #languages { text-align: right }"
    html = html.replace("</head>", f"<style>{style}</style></head>", 1)
    other = f'<p id="languages"><a href="{page.other}">{page.link}</a></p>'
    html = html.replace('<div id="content">', f'<div id="content">{other}', 1)
    for written, wanted in (CHINESE if page.language == "zh" else ENGLISH).items():
        html = re.sub(rf"(<(?:h\d|a|td|th|dt|strong)\b[^>]*>){written}(<)", rf"\1{wanted}\2", html)
    return html


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
