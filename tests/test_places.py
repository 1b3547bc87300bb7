"""Where a passage stood in its file goes from the Source into the graph and onto the page."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from decimal import Decimal

import pytest
from rdflib import DCTERMS, RDF, Dataset, Literal, Namespace, URIRef

from fatu.auditing import audit
from fatu.describing import graph_quads, make_dataset
from fatu.describing.terms import Quad
from fatu.describing.validation import validate
from fatu.exporting.exports import EXPORTS
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.iris import Iris
from fatu.linking import link
from fatu.model import Box, Overrides, Page, Place, Source, Span
from fatu.outlining import outline
from fatu.reading import read_text
from fatu.viewing import render_explorer

FATU = Namespace("https://w3id.org/fatu/ns#")
OA = Namespace("http://www.w3.org/ns/oa#")
TITLE = "顺河回族区人民政府关于2020年法治政府建设工作的情况报告"
FIRST, SECOND = "一年来,全区共受理行政复", "议案件9件,审结8件。"
TEXT = f"{TITLE}\n{FIRST}{SECOND}\n"
PIXEL = bytes.fromhex("524946461a000000574542505650384c0d0000002f0000001007101111888808")


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


SCAN = (
    Place(at(TITLE), page=1, box=Box(1200, 800, 7600, 300), confidence=Decimal("0.998")),
    Place(at(FIRST), page=1, box=Box(1200, 9000, 7600, 250), confidence=Decimal("0.871")),
    Place(at(SECOND), page=2, box=Box(1203, 7, 4000, 250), confidence=Decimal("0.954")),
)


def quads_of(
    places: tuple[Place, ...], pages: tuple[Page, ...] = (), media_type: str = "application/pdf"
) -> list[Quad]:
    source = replace(read_text(TEXT, "样本"), places=places, pages=pages, media_type=media_type)
    outlined = outline(source, Overrides(area="410203", year=2020))
    report = link(interpret(outlined, find(outlined)), Iris())
    return list(graph_quads(report, audit(report), Iris()))


def graph_of(places: tuple[Place, ...], pages: tuple[Page, ...] = ()) -> Dataset:
    return make_dataset(quads_of(places, pages), Iris())


REPORT = "https://w3id.org/fatu/id/report/410203/gov/2020"
PAGES = (Page(1, "image/webp", PIXEL), Page(2, "image/webp", PIXEL))


def evidence(graph: Dataset, exact: str) -> URIRef:
    (span,) = {s for s, _, _, _ in graph.quads((None, OA.exact, Literal(exact, "zh"), None))}
    return span


def values(graph: Dataset, subject: object, predicate: URIRef) -> set[object]:
    return {o for _, _, o, _ in graph.quads((subject, predicate, None, None))}


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (at(TITLE), [0]),
        (at("顺河"), [0]),
        (at("复议案件9件"), [1, 2]),
        (at("9件"), [2]),
        (Span(len(TITLE), len(TITLE) + 1), []),  # the line break
        (Span(0, len(TEXT)), [0, 1, 2]),
    ],
)
def test_the_places_of_a_span_are_those_it_touches(span: Span, expected: list[int]) -> None:
    source = replace(read_text(TEXT, "样本"), places=SCAN)
    assert source.places_of(span) == tuple(SCAN[i] for i in expected)


def test_a_text_file_has_no_places() -> None:
    assert read_text(TEXT, "样本").places_of(Span(0, 9)) == ()


def test_a_span_over_two_pages_has_both_places() -> None:
    graph = graph_of(SCAN, PAGES)
    first, second = (
        f"{REPORT}#place={at(FIRST).start},{at(FIRST).end}",
        f"{REPORT}#place={at(SECOND).start},{at(SECOND).end}",
    )
    assert values(graph, evidence(graph, "全区共受理行政复议案件9件"), FATU.place) == {
        URIRef(first),
        URIRef(second),
    }
    assert values(graph, URIRef(first), FATU.box) == {Literal("xywh=percent:12.00,90.00,76.00,2.50")}
    assert values(graph, URIRef(second), FATU.box) == {Literal("xywh=percent:12.03,0.07,40.00,2.50")}
    assert values(graph, URIRef(second), FATU.onPage) == {URIRef(f"{REPORT}#page=2")}
    assert values(graph, URIRef(second), FATU.confidence) == {Literal(Decimal("0.954"))}


def test_what_was_hardly_recognised_is_marked() -> None:
    graph = graph_of(SCAN, PAGES)
    assert values(graph, evidence(graph, "全区共受理行政复议案件9件"), FATU.uncertain) == {Literal(True)}
    assert values(graph, evidence(graph, "审结8件"), FATU.uncertain) == set()


def test_pictures_of_pages_are_in_the_graph() -> None:
    graph = graph_of(SCAN, PAGES)
    page = URIRef(f"{REPORT}#page=2")
    (image,) = values(graph, page, FATU.pageImage)
    assert str(image) == b64encode(PIXEL).decode()
    assert values(graph, page, DCTERMS.format) == {Literal("image/webp")}
    assert values(graph, URIRef(f"{REPORT}/text"), DCTERMS.format) == {Literal("application/pdf")}


@pytest.mark.parametrize(
    ("places", "predicate", "value"),
    [
        (
            (Place(at(FIRST + SECOND), path="/html/body/div[2]/p"),),
            FATU.elementPath,
            Literal("/html/body/div[2]/p"),
        ),
        ((Place(at(FIRST + SECOND), paragraph=2),), FATU.paragraph, Literal(2)),
    ],
)
def test_pages_of_the_web_and_word_documents_have_elements_and_paragraphs(
    places: tuple[Place, ...], predicate: URIRef, value: Literal
) -> None:
    graph = graph_of(places)
    (place,) = values(graph, evidence(graph, "审结8件"), FATU.place)
    assert values(graph, place, predicate) == {value}
    assert values(graph, None, RDF.type) & {FATU.Page} == set()


@pytest.mark.parametrize("places", [SCAN, (Place(at(SECOND), path="/html/body/p[2]"),), ()])
def test_the_shapes_hold(places: tuple[Place, ...]) -> None:
    found = validate(graph_of(places, PAGES if places == SCAN else ()))
    assert [v for v in found.violations if v.severity == "violation"] == []


def test_the_page_carries_places_and_pictures() -> None:
    page = render_explorer(graph_of(SCAN, PAGES))
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
    assert data["places"][REPORT] == [
        [*at(TITLE), 1, [1200, 800, 7600, 300], "", 0, ""],
        [*at(FIRST), 1, [1200, 9000, 7600, 250], "", 0, "0.871"],
        [*at(SECOND), 2, [1203, 7, 4000, 250], "", 0, ""],
    ]
    picture = f"data:image/webp;base64,{b64encode(PIXEL).decode()}"
    assert data["pictures"] == {REPORT: {"1": picture, "2": picture}}


def test_no_other_kind_of_data_gets_into_a_picture_s_address() -> None:
    pages = (Page(1, "image/svg+xml", b"<svg onload='alert(1)'/>"), Page(2, 'text/html" onerror="x', b"x"))
    page = render_explorer(graph_of(SCAN, pages))
    assert '"pictures":{}' in page


def test_a_source_without_a_file_says_plain_text() -> None:
    assert Source("文", "n", "utf-8", "0" * 64).media_type == "text/plain"


# ---------------------------------------------------------------------------------------------- annotations

RECEIVED = "全区共受理行政复议案件9件"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def targets(quads: list[Quad], exact: str) -> list[dict[str, object]]:
    """The targets in the file of the annotation on some words; none where it has only that in the text."""
    items = json.loads(EXPORTS["annotations"](quads, Iris()))["first"]["items"]
    many = [item["target"] for item in items if isinstance(item["target"], list)]
    return next((t[1:] for t in many if t[0]["selector"][1]["exact"] == exact), [])


def box_of(value: str) -> dict[str, object]:
    return {
        "type": "FragmentSelector",
        "conformsTo": "http://www.w3.org/TR/media-frags/",
        "value": f"xywh=percent:{value}",
    }


def page_of(number: int, box: str) -> dict[str, object]:
    return {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
        "value": f"page={number}",
        "refinedBy": box_of(box),
    }


def test_an_annotation_points_at_the_boxes_on_the_pages_of_a_pdf() -> None:
    file = {"id": f"{REPORT}/text", "format": "application/pdf"}
    assert targets(quads_of(SCAN), RECEIVED) == [
        {"source": file, "selector": page_of(1, "12.00,90.00,76.00,2.50")},
        {"source": file, "selector": page_of(2, "12.03,0.07,40.00,2.50")},
    ]
    assert targets(quads_of(SCAN), "审结8件") == [
        {"source": file, "selector": page_of(2, "12.03,0.07,40.00,2.50")}
    ]


def test_an_annotation_points_at_the_box_on_the_picture_of_a_page_as_it_was_read() -> None:
    page = {"id": f"{REPORT}#page=2", "format": "image/webp"}
    assert targets(quads_of(SCAN, PAGES, "image/tiff"), "审结8件") == [
        {"source": page, "selector": box_of("12.03,0.07,40.00,2.50")}
    ]


@pytest.mark.parametrize(
    ("place", "media_type", "selector"),
    [
        (
            Place(at(FIRST + SECOND), path="/html/body/div[2]/p"),
            "text/html",
            {"type": "XPathSelector", "value": "/html/body/div[2]/p"},
        ),
        (
            Place(at(FIRST + SECOND), paragraph=2),
            WORD,
            {"type": "FragmentSelector", "conformsTo": str(FATU.paragraph), "value": "paragraph=2"},
        ),
    ],
)
def test_an_annotation_points_at_the_words_in_an_element_or_a_paragraph(
    place: Place, media_type: str, selector: dict[str, object]
) -> None:
    quote = {"type": "TextQuoteSelector", "exact": RECEIVED, "prefix": "一年来,", "suffix": ",审结8件。"}
    (target,) = targets(quads_of((place,), (), media_type), RECEIVED)
    assert target == {
        "source": {"id": f"{REPORT}/text", "format": media_type},
        "selector": selector | {"refinedBy": quote},
    }


def test_words_over_two_elements_are_quoted_from_each() -> None:
    places = (Place(at(FIRST), path="/html/body/p[1]"), Place(at(SECOND), path="/html/body/p[2]"))
    quotes = [target["selector"]["refinedBy"] for target in targets(quads_of(places), RECEIVED)]  # type: ignore[index]
    assert [(quote["prefix"], quote["exact"], quote["suffix"]) for quote in quotes] == [
        ("一年来,", "全区共受理行政复", ""),
        ("", "议案件9件", ",审结8件。"),
    ]


def test_a_text_file_is_annotated_as_a_text() -> None:
    items = json.loads(EXPORTS["annotations"](quads_of((), (), "text/plain"), Iris()))["first"]["items"]
    assert items and all(isinstance(item["target"], dict) for item in items)
