"""IRIs: the same thing, the same characters; readable, normalised, never percent-encoded."""

from __future__ import annotations

import unicodedata

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatu.errors import ArgumentError
from fatu.iris import BASE, Iris, segment

IRIS = Iris()
CHINESE = st.text(alphabet="法治政府建设实施纲要(（2015—20年)〔〕《》 -－　ＡＢab１2％%/#?", max_size=80)

SEGMENTS = [
    # (text, segment)
    ("法治政府建设实施纲要(2015—2020年)", "法治政府建设实施纲要-2015-2020"),
    ("法治政府建设实施纲要（2015-2020年）", "法治政府建设实施纲要-2015-2020"),
    ("法治政府建设实施纲要(2015－2020)", "法治政府建设实施纲要-2015-2020"),
    ("法治政府建设实施纲要(2015年至2020年)", "法治政府建设实施纲要-2015-2020"),
    ("法治政府建设实施纲要 (2015 - 2020 年)", "法治政府建设实施纲要-2015-2020"),
    ("汴法政", "汴法政"),
    ("“三项制度”", "三项制度"),
    ("１２３４５", "12345"),
    ("林策发〔2007〕159号", "林策发-2007-159号"),
    ("A/B?C#D", "A-B-C-D"),
]


@pytest.mark.parametrize(("text", "expected"), SEGMENTS)
def test_segment_of_a_text(text: str, expected: str) -> None:
    assert segment(text) == expected


def test_long_texts_are_cut_and_told_apart() -> None:
    one, other = "甲" * 41, "甲" * 40 + "乙"
    assert segment(one) != segment(other)
    assert segment(one).startswith("甲" * 40 + "-") and len(segment(one)) == 49


@given(CHINESE | st.text(max_size=60))
def test_every_segment_is_normalised_and_legal(text: str) -> None:
    made = segment(text)
    assert made and len(made) <= 49
    assert unicodedata.normalize("NFC", made) == made
    assert not any(c in made for c in "%/#?〔〕《》() ")
    pyoxigraph.NamedNode(IRIS.titled_document(text))


@given(CHINESE)
def test_forms_of_a_text_that_look_alike_are_one(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC"):
        assert segment(unicodedata.normalize(form, text)) == segment(text)


@given(CHINESE)
def test_a_short_segment_is_its_own_segment(text: str) -> None:
    made = segment(text)
    if len(made) <= 40:
        assert segment(made) == made


IRI_OF = [
    (IRIS.area("410203"), "area/410203"),
    (IRIS.agency("410203", "人民政府"), "org/410203/人民政府"),
    (IRIS.agency("410200", "司法局", "政策法规科"), "org/410200/司法局/政策法规科"),
    (IRIS.numbered_document("汴法政", 2020, 1, "汴法政〔2020〕1号"), "doc/汴法政-2020-1"),
    (IRIS.numbered_document("国务院令", None, None, "国务院令第713号"), "doc/国务院令第713号"),
    (IRIS.titled_document("法治政府建设实施纲要(2015—2020年)"), "doc/法治政府建设实施纲要-2015-2020"),
    (IRIS.titled_document("行政执法案卷评查办法", "430726"), "doc/430726/行政执法案卷评查办法"),
    (IRIS.report("410203", "gov", 2020), "report/410203/gov/2020"),
    (IRIS.registry_graph, "graph/registry"),
    (IRIS.vocabulary_graph, "graph/vocab"),
]


@pytest.mark.parametrize(("iri", "tail"), IRI_OF)
def test_iri_of_a_thing(iri: str, tail: str) -> None:
    assert iri == f"https://w3id.org/fatu/id/{tail}"


def test_another_base() -> None:
    assert Iris("https://example.org/kg/").area("410203") == "https://example.org/kg/id/area/410203"


@pytest.mark.parametrize("base", [BASE, "http://localhost:8765/", "https://例.中国/法图/"])
def test_a_base_is_an_iri_that_ends_with_a_slash(base: str) -> None:
    assert Iris(base).term("Report") == f"{base}ns#Report"


@pytest.mark.parametrize(
    "base", ["", "x", "/", "https://example.org/x", "https://example.org/a b/", "https://e/{x}/"]
)
def test_what_cannot_be_a_base_is_refused(base: str) -> None:
    with pytest.raises(ArgumentError, match=r"^base: .* cannot be a base; give an IRI that ends with /"):
        Iris(base)
