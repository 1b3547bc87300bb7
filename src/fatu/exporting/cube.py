"""Quads → an RDF Data Cube (W3C Recommendation, 2014), in Turtle.

The graph's observations are no cube: a report may state an indicator for the year and for an event, or as done
and as required, or of two bureaus. Here each of them has a cell with every dimension written out, and no two cells
agree in all. A cell is a node of its own, so that a store which holds graph and cube still counts each observation
once. The cells of one area, indicator, scope, status and body are a series, a slice of the cube.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

import pyoxigraph

from ..describing import prefixes
from ..describing.terms import DCTERMS, PROV, RDF, RDFS, SKOS, Iri, Object, Quad, en, typed, zh
from ..errors import InputError
from ..iris import Iris, segment, within
from ..storing import read_each_report
from ..storing.fitting import no_report
from ..storing.memory import to_ox
from .cube_structure import (
    ATTRIBUTE,
    CONCEPT,
    DIMENSION,
    MEASURE,
    QB,
    code_list,
    cube_term,
    data_set,
    named,
    series_key,
    structure_facts,
)
from .publication import (
    DCAT,
    MEDIA_TYPES,
    Fact,
    Publication,
    publication_facts,
    title_facts,
    year_facts,
)
from .statements import Statements, by_subject, local_name
from .verdicts import gravest_findings, spell

DATA_CUBE = "http://www.w3.org/TR/vocab-data-cube/"


@dataclass(frozen=True, slots=True)
class Cell:
    """An observation with its place in the cube."""

    observation: str
    report: str
    area: str
    period: Object
    indicator: str
    scope: str
    status: str
    body: str

    @property
    def series(self) -> tuple[str, ...]:
        """What a series fixes."""
        return self.area, self.indicator, self.scope, self.status, self.body


def write_cube(quads: Sequence[Quad], iris: Iris, publication: Publication | None = None) -> bytes:
    """The cube of all observations, with the labels of all that it uses, in Turtle.

    Raises InputError for an observation that lacks its report, area, indicator, value, unit, bound or status.
    """
    out = io.BytesIO()
    save_cube([Statements.of(quads, iris)], iris, out, publication)
    return out.getvalue()


def save_cube(
    parts: Iterable[Statements], iris: Iris, out: BinaryIO, publication: Publication | None = None
) -> None:
    """The same of many reports, as they come: only one part is held at a time. Each part has one report or more with
    all that is said of what it uses; parts in the order of the reports' IRIs give the bytes of `write_cube`."""
    node = pyoxigraph.NamedNode
    pyoxigraph.serialize(
        (pyoxigraph.Triple(node(s), node(p), to_ox(o)) for s, p, o in cube_facts(parts, iris, publication)),
        out,
        format=pyoxigraph.RdfFormat.TURTLE,
        prefixes={
            **dict(prefixes(iris)), "cube": cube_term(iris, ""), "dcat": DCAT, "qb": QB, "sdmx-concept": CONCEPT,
            "sdmx-dimension": DIMENSION, "sdmx-measure": MEASURE, "sdmx-attribute": ATTRIBUTE,
        },
    )  # fmt: skip


def save_store_cube(
    where: str, iris: Iris, reports: Sequence[str], out: BinaryIO, publication: Publication | None = None
) -> None:
    """The cube of a store (its folder or URL), or of some of its reports by their ids; one report is held at a time.

    Raises InputError as `write_cube` does, StoreError where the store cannot be read.
    """
    each = read_each_report(where, iris, reports)
    vocabulary = by_subject(next(each))
    parts = (Statements.of(quads, iris, vocabulary) for quads in each)
    first = next(parts, None)
    if first is None:
        raise no_report(where, iris)
    save_cube(chain([first], parts), iris, out, publication)


def cube_facts(
    parts: Iterable[Statements], iris: Iris, publication: Publication | None = None
) -> Iterator[Fact]:
    """All triples of the cube: its structure, then report by report what is new of what reports share, and the
    cells. A series' own triples are said again where its area comes up again later."""
    yield from sorted({*_data_set(iris, publication or Publication()), *structure_facts(iris)})
    said: set[Fact] = set()
    for statements in parts:
        findings = gravest_findings(statements, own=True)
        cells = [_cell(statements, o) for o in statements.instances("Observation")]
        of_report: dict[str, list[Cell]] = {report: [] for report in statements.instances("Report")}
        for cell in cells:
            of_report.setdefault(cell.report, []).append(cell)
        for report in sorted(of_report):
            new = {*_report(statements, report), *_codes(statements, of_report[report], findings)} - said
            said |= new
            yield from sorted(new)
            yield from sorted({*_series(iris, of_report[report])})
            yield from sorted({*_cells(statements, of_report[report], findings)})


# ---------------------------------------------------------------------------------------- what reports share


def _data_set(iris: Iris, publication: Publication) -> Iterator[Fact]:
    """The cube as a data set of DCAT."""
    cube, distribution = data_set(iris), cube_term(iris, "turtle")
    yield cube, RDF + "type", Iri(QB + "DataSet")
    yield cube, RDF + "type", Iri(DCAT + "Dataset")
    names = zh("报告数据立方体"), en("Cube of the figures in reports")
    yield from named(cube, *names)
    yield from title_facts(
        cube, names,
        (
            zh("政府报告中的每个数据,附地区、时期、指标、范围、状态、主体和所在报告,并注明单位、界限和核查结论。"),
            en(
                "Every figure of government reports with area, period, indicator, scope, status, body and report, and "
                "its unit, bound and the verdict of the audit."
            ),
        ),
    )  # fmt: skip
    yield cube, DCAT + "distribution", Iri(distribution)
    yield distribution, RDF + "type", Iri(DCAT + "Distribution")
    yield from title_facts(distribution, (zh("数据立方体,Turtle"), en("The cube, in Turtle")))
    yield distribution, DCAT + "accessURL", Iri(cube)
    yield distribution, DCAT + "mediaType", Iri(MEDIA_TYPES + "text/turtle")
    yield distribution, DCTERMS + "conformsTo", Iri(DATA_CUBE)
    yield distribution, DCTERMS + "license", Iri(publication.licence)
    yield from publication_facts(cube, publication, iris)


def _report(statements: Statements, report: str) -> Iterator[Fact]:
    """A report as a source of the cube, with the area and the year that it adds."""
    iris, cube = statements.iris, data_set(statements.iris)
    yield cube, DCTERMS + "source", Iri(report)
    yield report, RDF + "type", Iri(iris.term("Report"))
    yield from _labels(statements, report)
    for area in statements.links(report, "area"):
        yield cube, DCTERMS + "spatial", Iri(area)
        while area:
            yield from _labels(statements, area)
            wider = statements.link(area, "within")
            if wider:
                yield area, iris.term("within"), Iri(wider)
            area = wider
    for body in statements.links(report, "issuedBy"):
        yield report, iris.term("issuedBy"), Iri(body)
    for year in statements.objects(report, "reportYear"):
        yield report, iris.term("reportYear"), year
        yield from year_facts(cube, year.value, iris)


def _codes(statements: Statements, cells: Sequence[Cell], findings: dict[str, str]) -> Iterator[Fact]:
    """The codes that occur, each in its list, and the names of all that cells lead to."""
    iris = statements.iris
    for cell in cells:
        yield cell.indicator, RDF + "type", Iri(iris.term("Indicator"))
        bound = statements.need(cell.observation, "bound").value
        for code, name in (
            (cell.indicator, "cube-indicators"), (cell.scope, "cube-scopes"), (cell.status, "statuses"),
            (bound, "bounds"),
        ):  # fmt: skip
            yield from _code(statements, code, name)
        for relation in ("numerator", "denominator"):
            for other in statements.links(cell.indicator, relation):
                yield cell.indicator, iris.term(relation), Iri(other)
                yield from _labels(statements, other)
        finding = findings.get(cell.observation, "")
        for verdict in statements.links(finding, "verdict"):
            yield from _code(statements, verdict, "verdicts")
        for denominator in _denominators(statements, cell, finding):
            yield denominator, RDF + "type", Iri(iris.term("Indicator"))
            yield from _labels(statements, denominator)
        scope = statements.text(cell.observation, "scope", "zh")
        names = (zh(scope),) if scope else (zh("全域"), en("the whole area"))
        yield from ((cell.scope, SKOS + "prefLabel", name) for name in names)
        yield from _body_names(statements, cell)
        unit = statements.need(cell.observation, "unit").value
        for thing in (cell.area, unit, *statements.links(cell.observation, "inSharedText")):
            yield from _labels(statements, thing)


def _code(statements: Statements, code: str, name: str) -> Iterator[Fact]:
    scheme = code_list(statements.iris, name)
    yield code, RDF + "type", Iri(SKOS + "Concept")
    yield code, SKOS + "inScheme", Iri(scheme)
    yield scheme, SKOS + "hasTopConcept", Iri(code)
    yield from _labels(statements, code)


def _body_names(statements: Statements, cell: Cell) -> Iterator[Fact]:
    names: Sequence[Object] = statements.objects(cell.body, RDFS + "label")
    if not names:
        written = statements.text(cell.observation, "actorText", "zh")
        names = [zh(written)] if written else [zh("未注明"), en("not stated")]
    yield from ((cell.body, RDFS + "label", name) for name in names)


# ----------------------------------------------------------------------------------------------- cells


def _cell(statements: Statements, observation: str) -> Cell:
    iris, report = statements.iris, statements.report(observation)
    if not report:
        raise InputError(observation, "nothing says its inReport", "build the graph anew with fatu build")
    periods = statements.objects(observation, "period")
    written = statements.text(observation, "actorText", "zh")
    body = statements.link(observation, "actor")
    if not body:
        issuer = "" if written else statements.link(report, "issuedBy")
        body = issuer or _concept(iris, "body", written, "unstated")
    return Cell(
        observation,
        report,
        area=statements.need(observation, "area").value,
        period=periods[0] if periods else statements.need(report, "reportYear"),
        indicator=statements.need(observation, "indicator").value,
        scope=_concept(iris, "scope", statements.text(observation, "scope", "zh"), "all"),
        status=statements.need(observation, "status").value,
        body=body,
    )


def _concept(iris: Iris, kind: str, text: str, absent: str) -> str:
    """A concept that only a text names; `absent` where there is no text. Texts that a segment of an IRI does not tell
    apart get a digest."""
    name = segment(text) if text else absent
    if text and (name != text or name == absent):
        name = f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return iris.concept(kind, name)


def _series_iri(iris: Iris, cell: Cell) -> str:
    """Where a series is: its area and indicator, and a digest of all that it fixes."""
    digest = hashlib.sha256(" ".join(cell.series).encode()).hexdigest()[:12]
    return cube_term(iris, f"series/{local_name(cell.area)}/{local_name(cell.indicator)}/{digest}")


def _series(iris: Iris, cells: Sequence[Cell]) -> Iterator[Fact]:
    """The slices that cells are in: what each fixes."""
    for cell in cells:
        series = _series_iri(iris, cell)
        yield data_set(iris), QB + "slice", Iri(series)
        yield series, RDF + "type", Iri(QB + "Slice")
        yield series, QB + "sliceStructure", Iri(series_key(iris))
        yield from _fixed(iris, series, cell)


def _fixed(iris: Iris, node: str, cell: Cell) -> Iterator[Fact]:
    yield node, DIMENSION + "refArea", Iri(cell.area)
    for name in ("indicator", "scope", "status", "body"):
        yield node, cube_term(iris, name), Iri(getattr(cell, name))


def _cells(statements: Statements, cells: Sequence[Cell], findings: dict[str, str]) -> Iterator[Fact]:
    """Cells of one report, in the order of the text."""
    iris = statements.iris
    count: dict[tuple[object, ...], int] = {}
    for cell in cells:
        place = (*cell.series, cell.period)
        count[place] = count.get(place, 0) + 1
        observation, iri = cell.observation, within(cell.report, f"cell-{local_name(cell.observation)}")
        yield iri, RDF + "type", Iri(QB + "Observation")
        yield iri, QB + "dataSet", Iri(data_set(iris))
        yield _series_iri(iris, cell), QB + "observation", Iri(iri)
        yield iri, PROV + "wasDerivedFrom", Iri(observation)
        yield from ((iri, RDFS + "label", name) for name in statements.objects(observation, RDFS + "label"))
        yield from _fixed(iris, iri, cell)
        yield iri, DIMENSION + "refPeriod", cell.period
        yield iri, cube_term(iris, "report"), Iri(cell.report)
        yield iri, cube_term(iris, "ordinal"), typed(count[place], "integer")
        yield iri, MEASURE + "obsValue", statements.need(observation, "value")
        yield iri, ATTRIBUTE + "unitMeasure", statements.need(observation, "unit")
        yield iri, cube_term(iris, "bound"), statements.need(observation, "bound")
        for name in ("valueHigh", "decimals", "scale"):
            for value in statements.objects(observation, name)[:1]:
                yield iri, cube_term(iris, name), value
        for shared in statements.links(observation, "inSharedText"):
            yield iri, cube_term(iris, "sharedText"), Iri(shared)
        finding = findings.get(observation, "")
        for verdict in statements.links(finding, "verdict"):
            yield iri, cube_term(iris, "verdict"), Iri(verdict)
        for denominator in _denominators(statements, cell, finding):
            yield iri, cube_term(iris, "denominator"), Iri(denominator)


def _denominators(statements: Statements, cell: Cell, finding: str) -> list[str]:
    """What a rate is divided by: as the audit found it, where that is not what the catalogue says."""
    if spell(statements.link(finding, "verdict")) != "consistent_other_denominator":
        return statements.links(cell.indicator, "denominator")
    operands = {statements.link(operand, "indicator") for operand in statements.links(finding, "operand")}
    return sorted(operands - {"", *statements.links(cell.indicator, "numerator")})


def _labels(statements: Statements, iri: str) -> Iterator[Fact]:
    """The names that the graph gives a thing, and its code."""
    for predicate in (RDFS + "label", SKOS + "prefLabel", SKOS + "notation"):
        yield from ((iri, predicate, name) for name in statements.objects(iri, predicate))
