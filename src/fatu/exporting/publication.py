"""How data are published: by whom, under which licence, for which places and years. What DCAT 3 and DCMI Terms ask
of every data set, the cube and the graph alike (https://www.w3.org/TR/vocab-dcat-3/)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..describing.terms import DCTERMS, RDF, RDFS, Iri, Literal, Object, en, string, typed, zh
from ..errors import ArgumentError
from ..iris import Iris

DCAT = "http://www.w3.org/ns/dcat#"
FOAF = "http://xmlns.com/foaf/0.1/"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of the data unless told. Not CC0: the table of areas is in part data under CC BY 4.0, whose makers must
stay named."""
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
LANGUAGES = "http://publications.europa.eu/resource/authority/language/"

Fact = tuple[str, str, Object]


@dataclass(frozen=True, slots=True)
class Publication:
    """What only the publisher knows. Nothing here comes from a clock."""

    licence: str = CC_BY
    """IRI of the licence of facts and annotations."""
    publisher: str = "The fatu developers"
    """A name, or an IRI."""
    endpoint: str = ""
    """URL of the SPARQL endpoint that serves the data, if one does."""


def read_publication(given: Mapping[str, str]) -> Publication:
    """What a user says: licence, publisher, endpoint. Raises ArgumentError for a licence or an endpoint that is no
    IRI, or where nobody is named."""
    for name in ("licence", "endpoint"):
        if name in given and not _IRI.fullmatch(given[name]):
            raise ArgumentError(name, f"{given[name]!r} is no IRI", f"write it out: {_EXAMPLES[name]}")
    publisher = given.get("publisher", "?")
    if not publisher.strip() or ("://" in publisher and not _IRI.fullmatch(publisher)):
        raise ArgumentError("publisher", f"{publisher!r} is no name", "give a name or an IRI")
    return Publication(**given)


_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")
_EXAMPLES = {"licence": CC_BY, "endpoint": "http://localhost:8765/sparql"}


def catalogue_node(iris: Iris, name: str = "") -> str:
    """A node of the catalogue: all stand under one IRI, so that the catalogue can be told from what it describes."""
    return f"{iris.base}id/catalogue" + (f"/{name}" if name else "")


def publication_facts(data_set: str, publication: Publication, iris: Iris) -> Iterator[Fact]:
    """Licence, rights, publisher and languages of a data set."""
    rights = catalogue_node(iris, "rights")
    yield data_set, DCTERMS + "license", Iri(publication.licence)
    yield data_set, DCTERMS + "rights", Iri(rights)
    yield rights, RDF + "type", Iri(DCTERMS + "RightsStatement")
    yield from ((rights, RDFS + "label", text) for text in _RIGHTS)
    publisher = publication.publisher
    if "://" not in publisher:
        publisher = catalogue_node(iris, "publisher")
        yield publisher, RDF + "type", Iri(FOAF + "Agent")
        yield publisher, FOAF + "name", string(publication.publisher)
    yield data_set, DCTERMS + "publisher", Iri(publisher)
    for language in ("ZHO", "ENG"):
        yield data_set, DCTERMS + "language", Iri(LANGUAGES + language)


def year_facts(data_set: str, year: str, iris: Iris) -> Iterator[Fact]:
    """That data are of a year (four digits). Each year is a period of its own: the descriptions of two data sets unite
    to that of both, and a gap between years stays a gap."""
    period = catalogue_node(iris, f"year/{year}")
    yield data_set, DCTERMS + "temporal", Iri(period)
    yield period, RDF + "type", Iri(DCTERMS + "PeriodOfTime")
    yield period, DCAT + "startDate", typed(f"{year}-01-01", "date")
    yield period, DCAT + "endDate", typed(f"{year}-12-31", "date")


def title_facts(
    thing: str, titles: tuple[Literal, ...], descriptions: tuple[Literal, ...] = ()
) -> Iterator[Fact]:
    """Title and description, in each language."""
    yield from ((thing, DCTERMS + "title", text) for text in titles)
    yield from ((thing, DCTERMS + "description", text) for text in descriptions)


_RIGHTS = (
    zh(
        "许可只及于法图所作的事实陈述、标注和核查结论。所引报告及其他公文是国家机关具有行政性质的文件,依《中华人民共和国著作权法》"
        "第五条第一项不适用该法,不在许可之列;引用时请注明发文机关。"
    ),
    en(
        "The licence covers the statements, annotations and findings that fatu made. The reports and other official "
        "documents quoted are documents of state organs of an administrative nature, to which the Copyright Law of the "
        "People's Republic of China does not apply (Article 5, item 1): no licence is given or needed for them. "
        "Please name the issuing body where you quote them."
    ),
)
