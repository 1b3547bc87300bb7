"""Graphs of many reports → which of their documents are one: the registry's graph.

A report that knows a document by its number and one that knows it by its title give it two IRIs. Which are one is
a function of the whole set of graphs: it is computed anew from them whenever they are read together, and never
edited. A notice and the text that it issues stay two documents, whatever they are called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ..finding.citations import parse_title
from ..iris import Iris, segment
from ..lexicon.areas import load_areas
from ..lexicon.documents import document_key
from ..linking.areas import names_area
from ..linking.titles import MAX_TITLES, MIN_OWN_TITLE, is_one_paper
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
    """Start, end and IRI of a span; 0 for an edge that is no number."""
    edges = ([int(o.value) for o in facts[span][OA + e] if o.value.isdecimal()] for e in ("start", "end"))
    start, end = (min(found, default=0) for found in edges)
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


class _Cluster:
    """IRIs taken for one document: all told to be of one issuer, at most one of them with a number, none issuing
    another."""

    def __init__(self, document: Known) -> None:
        self.members = [document]
        self.iris, self.promulgates = {document.iri}, set(document.promulgates)
        self.issuers, self.is_numbered = document.issuers, bool(document.numbers)

    def can_join(self, other: _Cluster) -> bool:
        """Whether all of both can be one document."""
        if self.is_numbered and other.is_numbered:
            return False
        if not self.promulgates.isdisjoint(other.iris) or not other.promulgates.isdisjoint(self.iris):
            return False
        return not (self.issuers and other.issuers) or not self.issuers.isdisjoint(other.issuers)

    def join(self, other: _Cluster) -> None:
        """Take in the members of another."""
        self.members += other.members
        self.iris |= other.iris
        self.promulgates |= other.promulgates
        self.issuers = self.issuers & other.issuers or self.issuers or other.issuers
        self.is_numbered = self.is_numbered or other.is_numbered


def _clusters(documents: Sequence[Known]) -> list[list[Known]]:
    """The documents in groups of which each is one document."""
    group = {document.iri: _Cluster(document) for document in documents}
    for first, second in _pairs(documents):
        one, other = group[first.iri], group[second.iri]
        if one is not other and one.can_join(other):
            larger, smaller = (one, other) if len(one.members) >= len(other.members) else (other, one)
            larger.join(smaller)
            group.update({member.iri: larger for member in smaller.members})
    return list({id(cluster): cluster.members for cluster in group.values()}.values())


def _pairs(documents: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """Neighbours among documents that bear one title: told to be of one issuer, or with a title that names a place. A
    title that fits two numbers is neither."""
    alike: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    for document in documents:
        for key in document.keys:
            for issuer in sorted(document.issuers):
                alike[key, issuer].append(document)
        for title in document.titles:
            if names_area(load_areas(), title):
                alike[document_key(title), ""].append(document)
    for place in sorted(alike):
        found = list({document.iri: document for document in alike[place]}.values())
        told = [document.issuers for document in found if document.issuers]
        if told and not frozenset.intersection(*told):
            # Of several governments: which of them one means that tells no issuer is open.
            found = [document for document in found if document.issuers]
        numbered = [document for document in found if document.numbers]
        titled = [document for document in found if not document.numbers]
        if len(numbered) == 1:
            yield from ((numbered[0], document) for document in titled)
        yield from pairwise(titled)


def _shared(first: Known, second: Known) -> list[str]:
    """Titles of the first that the second bears too, letter for letter but for marks."""
    theirs = set(map(document_key, second.titles))
    return [title for title in first.titles if document_key(title) in theirs]


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
        if not document.numbers:
            continue
        apart = [pair for pair in combinations(document.titles[:MAX_TITLES], 2) if not is_one_paper(*pair)]
        if apart:
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
    """One title of one issuer with several numbers; a short title names many papers."""
    by_title: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    for document in documents:
        for title in document.titles if document.numbers else ():
            key = title_key(title)
            is_own = len(key) >= MIN_OWN_TITLE or names_area(load_areas(), title)
            for issuer in document.issuers if is_own else ():
                by_title[key, issuer].append(document)
    for (key, issuer), found in sorted(by_title.items()):
        alike = list({document.iri: document for document in found}.values())
        if len(alike) > 1:
            numbers = sorted({number for document in alike for number in document.numbers})
            title = min(t for t in alike[0].titles if title_key(t) == key)
            yield from _finding(
                iris,
                f"citation-{segment(issuer.rsplit('/org/', 1)[-1])}-{segment(key)}",
                alike,
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
