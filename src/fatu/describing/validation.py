"""Dataset → what is wrong with it: by the shapes of ontology/shapes.ttl, and by what shapes cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyshacl
from rdflib import BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from ..iris import BASE
from ..model import Severity
from .vocabulary import load_ontology, ontology_text

_OA = Namespace("http://www.w3.org/ns/oa#")
_SEVERITY: dict[Node | None, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_RANK: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: at which node, at which property (None for the node itself), and what."""

    focus: str
    path: str | None
    message_zh: str
    message_en: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Validation:
    """What a check of a dataset gave; it conforms where nothing of severity `violation` was found."""

    conforms: bool
    violations: tuple[Violation, ...]
    """Also warnings and remarks; the gravest first, then by focus and path."""


def validate(dataset: Dataset | Graph, base: str = BASE) -> Validation:
    """Check the union of the dataset's graphs, with the ontology beside it.

    `base` is the base IRI that the dataset was written with. Changes nothing in the dataset.
    """
    data = _union(dataset)
    ontology = load_ontology(base)
    checked = data + ontology
    _, report, _ = pyshacl.validate(checked, shacl_graph=_shapes(base), inplace=True, allow_warnings=True)
    found = {
        *_results(report),
        *_blank_nodes(data),
        *_undeclared(data, ontology, Namespace(f"{base}ns#")),
        *_misquoted(data, Namespace(f"{base}ns#")),
    }
    order = sorted(found, key=lambda v: (_RANK.index(v.severity), v.focus, v.path or "", v.message_en))
    return Validation(all(v.severity != "violation" for v in order), tuple(order))


@cache
def _shapes(base: str) -> Graph:
    return Graph().parse(data=ontology_text("shapes.ttl", base), format="turtle")


def _union(dataset: Dataset | Graph) -> Graph:
    graph = Graph()
    if isinstance(dataset, Dataset):
        for subject, predicate, value, _ in dataset.quads():
            graph.add((subject, predicate, value))
    else:
        graph += dataset
    return graph


def _results(report: Graph) -> Iterator[Violation]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        said = [text for text in report.objects(result, SH.resultMessage) if isinstance(text, Literal)]
        messages = {text.language: str(text) for text in said}
        english = messages.get("en", min(map(str, said), default=""))
        path = report.value(result, SH.resultPath)
        yield Violation(
            str(report.value(result, SH.focusNode)),
            str(path) if isinstance(path, URIRef) else None,
            messages.get("zh", english),
            english,
            _SEVERITY[report.value(result, SH.resultSeverity)],
        )


def _blank_nodes(data: Graph) -> Iterator[Violation]:
    """Blank nodes have no name to cite, to merge or to sort by."""
    for subject, predicate, value in data:
        if isinstance(subject, BNode) or isinstance(value, BNode):
            yield _violation(subject, predicate, "数据中不得有空白节点", "a blank node in the data")


def _undeclared(data: Graph, ontology: Graph, terms: Namespace) -> Iterator[Violation]:
    """Properties and classes in our namespace that the ontology does not have: slips of the pen."""
    for subject, predicate, value in data:
        for term in (predicate, value if predicate == RDF.type else None):
            if isinstance(term, URIRef) and term in terms and (term, None, None) not in ontology:
                yield _violation(subject, term, "本体未声明此术语", "a term that the ontology lacks")


def _misquoted(data: Graph, terms: Namespace) -> Iterator[Violation]:
    """Spans whose quotation is not what the source text has at their offsets."""
    texts = {source: str(text) for source, text in data.subject_objects(terms.text)}
    for span, source in data.subject_objects(terms.inText):
        text = texts.get(source)
        start, end, exact = (data.value(span, p) for p in (_OA.start, _OA.end, _OA.exact))
        if text is None or not isinstance(exact, Literal):
            continue
        try:
            quoted = text[int(str(start)) : int(str(end))]
        except ValueError:
            continue
        if quoted != str(exact):
            yield _violation(span, _OA.exact, "所引文字与原文不符", "not what the source text has there")


def _violation(focus: Node, path: Node, message_zh: str, message_en: str) -> Violation:
    return Violation(str(focus), str(path), message_zh, message_en, "violation")
