"""Graphs of many reports → which of their documents are one: the registry's graph.

A report that knows a document by its number and one that knows it by its title give it two IRIs. Which are one is
a function of the whole set of graphs: it is computed anew from them whenever they are read together, and never
edited. A notice and the text that it issues stay two documents, whatever they are called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..finding.citations import parse_title
from ..iris import Iris, segment
from ..lexicon.areas import load_areas
from ..lexicon.documents import document_key
from ..linking.titles import is_one_paper
from .entities import short_label
from .terms import DCTERMS, OA, OWL, RDF, RDFS, SH, Object, Quad, en, string, zh
from .terms import Iri as Node


@dataclass(frozen=True, slots=True)
class Known:
    """What the graphs together say of one document IRI."""

    iri: str
    numbers: tuple[str, ...]
    titles: tuple[str, ...]
    issuers: frozenset[str]
    promulgates: frozenset[str]
    spans: tuple[str, ...]
    """Evidence of its citations: the shortest of each, by report and place."""
    reports: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Its titles without who issued it, as keys."""
        return frozenset(map(title_key, self.titles))


def title_key(title: str) -> str:
    """What all ways to write a title have in common, less its issuer: with or without 国务院 before 关于, one key.

    >>> title_key("国务院关于加强法治政府建设的意见") == title_key("关于加强法治政府建设的意见")
    True
    """
    issuer = parse_title(title).issuer
    return document_key(title.removeprefix(issuer) if issuer and "关于" in title else title)


def registry_quads(quads: Iterable[Quad], iris: Iris) -> list[Quad]:
    """The registry's graph for a set of graphs, sorted: owl:sameAs with its evidence, fatu:canonical for every
    document, and a finding for each contradiction of number and title.

    A document by number and one by title, or two by title, are one where both bear the title (with or without who
    issued it) and are told to be of one issuer; where an issuer is not told, only a title that names a place says
    whose it is. Never where the one is known to issue the other, or where a title fits several numbers. The order of
    the quads does not matter.
    """
    given = [quad for quad in quads if quad.graph != iris.registry_graph]
    documents = _collect(given, iris)
    said = [
        *_merge_statements(documents, iris),
        *_two_titles(documents, iris),
        *_two_numbers(documents, iris),
    ]
    return sorted({Quad(s, p, o, iris.registry_graph) for s, p, o in said})


# ------------------------------------------------------------------------------------------------ collecting


def _collect(quads: Iterable[Quad], iris: Iris) -> list[Known]:
    facts: defaultdict[str, defaultdict[str, set[Object]]] = defaultdict(lambda: defaultdict(set))
    wanted = {
        RDF + "type", DCTERMS + "title", OA + "start", OA + "end",
        *map(iris.term, ("docNumber", "issuedBy", "promulgates", "cites", "evidence", "inReport")),
    }  # fmt: skip
    for quad in quads:
        if quad.predicate in wanted:
            facts[quad.subject][quad.predicate].add(quad.object)
    cited: defaultdict[str, set[tuple[str, int, int, str]]] = defaultdict(set)
    for said in list(facts.values()):
        for document in said[iris.term("cites")]:
            report = min((o.value for o in said[iris.term("inReport")]), default="")
            spans = [_place(facts, o.value) for o in said[iris.term("evidence")]]
            if spans:
                start, end, span = min(spans, key=lambda s: (s[1] - s[0], s))
                cited[document.value].add((report, start, end, span))
    kind = Node(iris.term("PolicyDocument"))
    return [
        Known(
            iri=iri,
            numbers=tuple(sorted(o.value for o in said[iris.term("docNumber")])),
            titles=tuple(sorted(o.value for o in said[DCTERMS + "title"])),
            issuers=frozenset(o.value for o in said[iris.term("issuedBy")]),
            promulgates=frozenset(o.value for o in said[iris.term("promulgates")]),
            spans=tuple(span for _, _, _, span in sorted(cited[iri])),
            reports=tuple(sorted({report for report, _, _, _ in cited[iri] if report})),
        )
        for iri, said in sorted(facts.items())
        if kind in said[RDF + "type"]
    ]


def _place(facts: dict[str, defaultdict[str, set[Object]]], span: str) -> tuple[int, int, str]:
    start, end = (min((int(o.value) for o in facts[span][OA + edge]), default=0) for edge in ("start", "end"))
    return start, end, span


# --------------------------------------------------------------------------------------------------- merging


def _merge_statements(documents: Sequence[Known], iris: Iris) -> Iterator[tuple[str, str, Object]]:
    """fatu:canonical for every document; for one that gives way to another also owl:sameAs, and why."""
    for cluster in _clusters(documents):
        target, *others = sorted(cluster, key=lambda d: (not d.numbers, len(d.iri), d.iri))
        yield target.iri, iris.term("canonical"), Node(target.iri)
        for source in others:
            yield source.iri, iris.term("canonical"), Node(target.iri)
            yield source.iri, OWL + "sameAs", Node(target.iri)
            yield from _reason(source, target, iris)


def _clusters(documents: Sequence[Known]) -> list[list[Known]]:
    """The documents in groups of which each is one document; no group has two numbers."""
    by_key: defaultdict[str, list[Known]] = defaultdict(list)
    for document in documents:
        for key in document.keys:
            by_key[key].append(document)
    group = {document.iri: [document] for document in documents}
    for key in sorted(by_key):
        for first, second in _pairs(by_key[key]):
            one, other = group[first.iri], group[second.iri]
            if one is not other and not (any(d.numbers for d in one) and any(d.numbers for d in other)):
                one += other
                group.update({document.iri: one for document in other})
    return list({id(members): members for members in group.values()}.values())


def _pairs(alike: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """Which of some documents with the same title are one; a title that fits two numbers is neither."""
    numbered = [document for document in alike if document.numbers]
    titled = [document for document in alike if not document.numbers]
    for source in titled:
        fitting = [target for target in numbered if _is_one(source, target)]
        if len(fitting) == 1:
            yield source, fitting[0]
    yield from (pair for pair in combinations(titled, 2) if _is_one(*pair))


def _is_one(first: Known, second: Known) -> bool:
    if second.iri in first.promulgates or first.iri in second.promulgates:
        return False
    if first.issuers and second.issuers:
        return bool(first.issuers & second.issuers)
    return any(_says_whose(title) for title in _shared(first, second))


def _shared(first: Known, second: Known) -> list[str]:
    """Titles of the first that the second bears too, letter for letter but for marks."""
    theirs = set(map(document_key, second.titles))
    return [title for title in first.titles if document_key(title) in theirs]


def _says_whose(title: str) -> bool:
    """Whether a title names a place, and so is of one government alone."""
    return any(areas[0].level != "country" for _, _, areas in load_areas().find(title))


def _reason(source: Known, target: Known, iris: Iris) -> Iterator[tuple[str, str, Object]]:
    """The title that decided, and the citations of both."""
    same = _shared(source, target)
    yield source.iri, iris.term("linkMethod"), Node(iris.concept("method", "exact" if same else "alias"))
    yield source.iri, iris.term("cue"), string((same or source.titles)[0])
    for span in (*source.spans[:1], *target.spans[:1]):
        yield source.iri, iris.term("evidence"), Node(span)


# -------------------------------------------------------------------------------------------- contradictions


def _two_titles(documents: Sequence[Known], iris: Iris) -> Iterator[tuple[str, str, Object]]:
    """One number with titles of which none is a short form of another or the text that another issues."""
    for document in documents:
        apart = [pair for pair in combinations(document.titles, 2) if not is_one_paper(*pair)]
        if document.numbers and apart:
            titles = sorted({title for pair in apart for title in pair})
            number = document.numbers[0]
            yield from _finding(
                iris,
                f"citation-{segment(number)}",
                (document,),
                f"{number}有不同标题:{'、'.join(f'《{t}》' for t in titles)}",
                f"{number} is given different titles: {'; '.join(titles)}",
            )


def _two_numbers(documents: Sequence[Known], iris: Iris) -> Iterator[tuple[str, str, Object]]:
    """One title of one issuer with several numbers."""
    by_title: defaultdict[str, list[Known]] = defaultdict(list)
    for document in documents:
        for title in document.titles if document.numbers else ():
            by_title[title_key(title)].append(document)
    for key, alike in sorted(by_title.items()):
        same = [d for d in alike if any(d is not o and d.issuers & o.issuers for o in alike)]
        if len(same) > 1:
            numbers = sorted({number for document in same for number in document.numbers})
            title = min(t for t in same[0].titles if title_key(t) == key)
            yield from _finding(
                iris,
                f"citation-{key}",
                same,
                f"《{title}》有不同文号:{'、'.join(numbers)}",
                f"{title} is given different numbers: {'; '.join(numbers)}",
            )


def _finding(
    iris: Iris, name: str, documents: Sequence[Known], message_zh: str, message_en: str
) -> Iterator[tuple[str, str, Object]]:
    iri = iris.finding(name)
    yield iri, RDF + "type", Node(iris.term("Finding"))
    yield iri, RDFS + "label", zh(short_label(message_zh))
    yield iri, RDFS + "comment", zh(message_zh)
    yield iri, RDFS + "comment", en(message_en)
    yield iri, iris.term("rule"), Node(iris.concept("rule", "citation"))
    yield iri, iris.term("verdict"), Node(iris.concept("verdict", "inconsistent"))
    yield iri, iris.term("severity"), Node(SH + "Warning")
    for document in documents:
        yield iri, iris.term("about"), Node(document.iri)
        for report in document.reports:
            yield iri, iris.term("inReport"), Node(report)
        for span in document.spans:
            yield iri, iris.term("evidence"), Node(span)
