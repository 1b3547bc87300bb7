"""Graphs of many reports → which of their documents are one: the registry's graph.

A report that knows a document by its number and one that knows it by its title give it two IRIs. Which are one is
a function of the whole set of graphs: it is computed anew from them whenever they are read together, and never
edited. A notice and the text that it issues stay two documents, whatever they are called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from ..finding.citations import parse_title
from ..iris import Iris, segment
from ..lexicon.areas import load_areas
from ..lexicon.documents import document_key
from ..linking.areas import names_area
from ..linking.titles import MAX_TITLES, MIN_OWN_TITLE, is_one_paper
from .documents import Citing, Documents, Known
from .entities import short_label
from .terms import OWL, RDF, RDFS, SH, Object, Quad, en, string, zh
from .terms import Iri as Node


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
    with Documents(iris, quads) as documents:
        return sorted(set(registry_of(documents, iris)))


def registry_of(documents: Documents, iris: Iris) -> Iterator[Quad]:
    """The quads of `registry_quads` one by one, in no order, some of them several times."""
    for said in (_merge_statements, _two_titles, _two_numbers):
        for subject, predicate, value in said(documents, iris):
            yield Quad(subject, predicate, value, iris.registry_graph)


# --------------------------------------------------------------------------------------------------- merging


def _merge_statements(documents: Documents, iris: Iris) -> Iterator[tuple[str, str, Object]]:
    """fatu:canonical for every document; for one that gives way to another also owl:sameAs, and why."""
    target_of = {source.iri: target for target, *others in _clusters(documents) for source in others}
    for document in documents:
        target = target_of.get(document.iri, document)
        yield document.iri, iris.term("canonical"), Node(target.iri)
        if target is not document:
            yield document.iri, OWL + "sameAs", Node(target.iri)
            yield from _reason(document, target, documents, iris)


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


def _clusters(documents: Documents) -> list[list[Known]]:
    """Those documents that are one with others in groups of which each is one document, the IRI to use first."""
    group: dict[str, _Cluster] = {}
    for first, second in _pairs(documents):
        one, other = (group.setdefault(document.iri, _Cluster(document)) for document in (first, second))
        if one is not other and one.can_join(other):
            larger, smaller = (one, other) if len(one.members) >= len(other.members) else (other, one)
            larger.join(smaller)
            group.update({member.iri: larger for member in smaller.members})
    clusters = {id(cluster): cluster.members for cluster in group.values()}.values()
    return [sorted(members, key=lambda d: (not d.numbers, len(d.iri), d.iri)) for members in clusters]


def _pairs(documents: Documents) -> Iterator[tuple[Known, Known]]:
    """Neighbours among documents that bear one title: told to be of one issuer, or with a title that names a place. A
    title that fits two numbers is neither."""
    for _, found in documents.sharing(_titles_of_issuers):
        told = [document.issuers for document in found if document.issuers]
        if told and not frozenset.intersection(*told):
            # Of several governments: which of them one means that tells no issuer is open.
            found = [document for document in found if document.issuers]
        numbered = [document for document in found if document.numbers]
        titled = [document for document in found if not document.numbers]
        if len(numbered) == 1:
            yield from ((numbered[0], document) for document in titled)
        yield from pairwise(titled)


def _titles_of_issuers(document: Known) -> Iterator[tuple[str, str]]:
    """Key and issuer of its titles; of those that name a place, as they are written, also without an issuer."""
    for title in document.titles:
        for issuer in document.issuers:
            yield title_key(title), issuer
        if names_area(load_areas(), title):
            yield document_key(title), ""


def _shared(first: Known, second: Known) -> list[str]:
    """Titles of the first that the second bears too, letter for letter but for marks."""
    theirs = set(map(document_key, second.titles))
    return [title for title in first.titles if document_key(title) in theirs]


def _reason(
    source: Known, target: Known, documents: Documents, iris: Iris
) -> Iterator[tuple[str, str, Object]]:
    """The title that decided, and the citations of both."""
    same = _shared(source, target)
    yield source.iri, iris.term("linkMethod"), Node(iris.concept("method", "exact" if same else "alias"))
    yield source.iri, iris.term("cue"), string((same or source.titles)[0])
    for document in (source, target):
        for citing in documents.citings(document.iri)[:1]:
            yield source.iri, iris.term("evidence"), Node(citing.span)


# -------------------------------------------------------------------------------------------- contradictions


def _two_titles(documents: Documents, iris: Iris) -> Iterator[tuple[str, str, Object]]:
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
                {document.iri: documents.citings(document.iri)},
                f"{number}有不同标题:{'、'.join(f'《{t}》' for t in titles)}",
                f"{number} is given different titles: {'; '.join(titles)}",
            )


def _two_numbers(documents: Documents, iris: Iris) -> Iterator[tuple[str, str, Object]]:
    """One title of one issuer with several numbers; a short title names many papers."""
    for (key, issuer), found in documents.sharing(_numbered_titles):
        numbers = sorted({number for document in found for number in document.numbers})
        title = min(t for t in found[0].titles if title_key(t) == key)
        yield from _finding(
            iris,
            f"citation-{segment(issuer.rsplit('/org/', 1)[-1])}-{segment(key)}",
            {document.iri: documents.citings(document.iri) for document in found},
            f"《{title}》有不同文号:{'、'.join(numbers)}",
            f"{title} is given different numbers: {'; '.join(numbers)}",
        )


def _numbered_titles(document: Known) -> Iterator[tuple[str, str]]:
    """Key and issuer of those titles of a document with a number that are its own."""
    for title in document.titles if document.numbers else ():
        key = title_key(title)
        if len(key) >= MIN_OWN_TITLE or names_area(load_areas(), title):
            for issuer in document.issuers:
                yield key, issuer


def _finding(
    iris: Iris, name: str, about: Mapping[str, Sequence[Citing]], message_zh: str, message_en: str
) -> Iterator[tuple[str, str, Object]]:
    """About documents by IRI, each with where it is cited."""
    iri = iris.finding(name)
    yield iri, RDF + "type", Node(iris.term("Finding"))
    yield iri, RDFS + "label", zh(short_label(message_zh))
    yield iri, RDFS + "comment", zh(message_zh)
    yield iri, RDFS + "comment", en(message_en)
    yield iri, iris.term("rule"), Node(iris.concept("rule", "citation"))
    yield iri, iris.term("verdict"), Node(iris.concept("verdict", "inconsistent"))
    yield iri, iris.term("severity"), Node(SH + "Warning")
    for document, citings in about.items():
        yield iri, iris.term("about"), Node(document)
        for citing in citings:
            if citing.report:
                yield iri, iris.term("inReport"), Node(citing.report)
            yield iri, iris.term("evidence"), Node(citing.span)
