"""Real texts of several years and of one office: the same thing is the same node in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from fatu.model import Citation, Overrides, Report
from fatu.pipeline import read_report

ID = "https://w3id.org/fatu/id/"
YEARS = range(2012, 2017)
DISTRICT = "呼伦贝尔市海拉尔区"


@pytest.fixture(scope="module")
def hailar(shared: Path) -> dict[int, Report]:
    """The work reports of 海拉尔区, by the year in which they were given."""
    folder = shared / "corpora" / "work-reports-hailar"
    return {year: read_report(folder / f"{year}.txt", Overrides(area="150702", year=year)) for year in YEARS}


def test_every_year_is_of_the_same_area_and_government(hailar: dict[int, Report]) -> None:
    assert {report.identity.area for report in hailar.values()} == {"150702"}
    issuers = {report.identity.issuer.iri for report in hailar.values() if report.identity.issuer}
    assert issuers == {f"{ID}org/150702/人民政府"}


# Bodies that the reports of all five years name, as read.
NAMED_EACH_YEAR = {
    f"{DISTRICT}人民政府": "org/150702/人民政府",
    f"中共{DISTRICT}委员会": "org/150702/中共委员会",
    f"{DISTRICT}人民代表大会": "org/150702/人民代表大会",
    f"中国人民政治协商会议{DISTRICT}委员会": "org/150702/政治协商会议",
    "中共呼伦贝尔市委员会": "org/150700/中共委员会",
    "呼伦贝尔市人民政府": "org/150700/人民政府",
}


def test_every_year_joins_on_the_same_agencies(hailar: dict[int, Report]) -> None:
    for report in hailar.values():
        agencies = {agency.name: agency.iri for agency in report.agencies}
        assert {name: agencies.get(name) for name in NAMED_EACH_YEAR} == {
            name: ID + iri for name, iri in NAMED_EACH_YEAR.items()
        }


def test_an_agency_has_one_identity_in_all_years(hailar: dict[int, Report]) -> None:
    iris: defaultdict[str, set[str]] = defaultdict(set)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for report in hailar.values():
        for agency in report.agencies:
            iris[agency.name].add(agency.iri)
            names[agency.iri].add(agency.name)
    assert {name: found for name, found in iris.items() if len(found) > 1} == {}
    assert {iri: found for iri, found in names.items() if len(found) > 1} == {}


@pytest.mark.parametrize("phrase", ["地区生产总值", "社会消费品零售总额", "旅游收入"])
def test_every_year_joins_on_the_same_indicators(phrase: str, hailar: dict[int, Report]) -> None:
    """What all five reports give a figure for, as read."""
    for report in hailar.values():
        assert f"{ID}indicator/{phrase}" in {link.iri for link in report.indicator_links}


# --------------------------------------------------------------------------------------------- forestry notices


@pytest.fixture(scope="module")
def notices(shared: Path) -> list[Report]:
    folder = shared / "corpora" / "forestry-notices"
    return [read_report(path, Overrides(area="100000")) for path in sorted(folder.glob("[0-9]*.txt"))]


def both_told(report: Report) -> Iterator[tuple[Citation, str | None]]:
    """Citations that the text gives a title and a number, with the IRI of their document."""
    for link in report.entity_links:
        citation = link.mention.payload
        if isinstance(citation, Citation) and citation.title and citation.number:
            yield citation, link.iri


@pytest.mark.slow
def test_cited_documents_have_title_and_number(notices: list[Report]) -> None:
    told = 0
    for report in notices:
        documents = {document.iri: document for document in report.documents}
        issued = defaultdict(set)
        for document in report.documents:
            issued[document.promulgates].add(document.number)
        for citation, iri in both_told(report):
            told += 1
            assert iri is not None, citation
            document = documents[iri]
            assert document.title, citation
            assert citation.number in {document.number, *issued[iri]}, citation
    assert told >= 50


@pytest.mark.slow
def test_a_document_cited_in_many_notices_is_one(notices: list[Report]) -> None:
    """《中华人民共和国森林法》 and 《森林法》 are one document, wherever they are cited."""
    found: defaultdict[str, set[str | None]] = defaultdict(set)
    times: defaultdict[str, int] = defaultdict(int)
    for report in notices:
        for link in report.entity_links:
            if isinstance(link.mention.payload, Citation) and link.mention.payload.title:
                name = link.mention.text.strip("《》").removeprefix("中华人民共和国")
                found[name].add(link.iri)
                times[name] += 1
    for law in ("森林法", "种子法", "野生动物保护法"):
        assert times[law] > 1 and len(found[law]) == 1, (law, found[law])
