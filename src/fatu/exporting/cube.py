"""Quads → an RDF Data Cube (W3C Recommendation, 2014), in Turtle.

The graph's observations are no cube: a report may state an indicator for the year and for an event, or as done
and as required. Here each of them has a cell with every dimension written out, and no two cells agree in all.
A cell is a node of its own, so that a store which holds graph and cube still counts each observation once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph

from ..describing import prefixes
from ..describing.terms import DCTERMS, PROV, RDF, RDFS, SKOS, XSD, Iri, Literal, Object, Quad, en, typed, zh
from ..iris import Iris, segment, within
from ..storing.memory import to_ox
from .statements import Statements, local_name

QB = "http://purl.org/linked-data/cube#"
DIMENSION = "http://purl.org/linked-data/sdmx/2009/dimension#"
MEASURE = "http://purl.org/linked-data/sdmx/2009/measure#"
ATTRIBUTE = "http://purl.org/linked-data/sdmx/2009/attribute#"
_PREFIXES = {"qb": QB, "sdmx-dimension": DIMENSION, "sdmx-measure": MEASURE, "sdmx-attribute": ATTRIBUTE}
_STATUSES = ("achieved", "required", "planned")

Fact = tuple[str, str, Object]


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, measure or attribute of the cube; all but attributes must be on every cell."""

    kind: str
    """dimension, measure or attribute."""
    property: str
    names: tuple[Literal, ...]
    range: str = ""
    codes: str = ""
    """The concept scheme that its values are in."""
    required: bool = True
    notes: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """An observation with its place in the cube."""

    observation: str
    report: str
    area: str
    period: Object
    indicator: str
    scope: str


def components(iris: Iris) -> tuple[Component, ...]:
    """The structure of every cube, the same whatever the data: cubes of several reports unite to the cube of all."""
    return (
        Component("dimension", DIMENSION + "refArea", (zh("地区"), en("area")), RDFS + "Resource"),
        Component(
            "dimension", DIMENSION + "refPeriod", (zh("时期"), en("period")), RDFS + "Resource",
            notes=(
                zh("以事件为时期的数据取报告年度,事件写入范围。"),
                en("For a time named by an event: the year of the report; the event is the scope."),
            ),
        ),
        Component(
            "dimension", iris.term("indicator"), (zh("指标"), en("indicator")), iris.term("Indicator"),
            codes=_scheme(iris, "indicators"),
        ),
        Component(
            "dimension", iris.term("scope"), (zh("范围"), en("scope")), SKOS + "Concept", codes=_scheme(iris, "scopes"),
            notes=(
                zh("在立方体中范围是概念,每个单元格都有;全域也是一个概念。"),
                en("A concept in the cube, and on every cell; the whole area is one as well."),
            ),
        ),
        Component(
            "dimension", iris.term("inReport"), (zh("所在报告"), en("in report")), iris.term("Report"),
            notes=(
                zh("两份报告可以就同一地区、时期和指标给出数据,如政府和部门的报告。"),
                en("Two reports may speak of the same area, period and indicator: a government's and a department's."),
            ),
        ),
        Component(
            "dimension", iris.term("ordinal"), (zh("次第"), en("ordinal")), XSD + "integer",
            notes=(
                zh("一份报告可以在同一范围两次给出同一指标,如要求数和完成数:已完成的在先,其次按原文顺序。"),
                en(
                    "A report may state an indicator twice in one scope, as required and as done: what is achieved "
                    "comes first, then the order of the text. Without it, such cells would break IC-12."
                ),
            ),
        ),
        Component("measure", MEASURE + "obsValue", (zh("数值"), en("value"))),
        Component("attribute", ATTRIBUTE + "unitMeasure", (zh("单位"), en("unit"))),
        Component("attribute", ATTRIBUTE + "obsStatus", (zh("状态"), en("status"))),
        Component("attribute", iris.term("bound"), (zh("界限"), en("bound"))),
        Component("attribute", iris.term("valueHigh"), (zh("数值上限"), en("high value")), required=False),
        Component("attribute", iris.term("decimals"), (zh("小数位数"), en("decimals")), required=False),
    )  # fmt: skip


def write_cube(quads: Sequence[Quad], iris: Iris) -> bytes:
    """The cube of all observations, with the labels of all that it uses, in Turtle.

    Raises InputError for an observation that lacks its area, indicator, value, unit, bound or status.
    """
    node = pyoxigraph.NamedNode
    triples = [
        pyoxigraph.Triple(node(s), node(p), to_ox(o)) for s, p, o in cube_facts(Statements.of(quads, iris))
    ]
    data = pyoxigraph.serialize(
        triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes={**dict(prefixes(iris)), **_PREFIXES}
    )
    assert data is not None
    return data


def cube_facts(statements: Statements) -> list[Fact]:
    """All triples of the cube, sorted."""
    cells = [_cell(statements, o) for o in statements.instances("Observation")]
    return sorted({*_structure(statements), *_code_lists(statements, cells), *_cells(statements, cells)})


def _scheme(iris: Iris, name: str) -> str:
    return iris.concept("scheme", f"cube-{name}")


def _data_set(iris: Iris) -> str:
    return iris.concept("cube", "observations")


# ------------------------------------------------------------------------------------------- structure


def _structure(statements: Statements) -> Iterator[Fact]:
    iris = statements.iris
    data_set, structure = _data_set(iris), iris.concept("cube", "structure")
    yield data_set, RDF + "type", Iri(QB + "DataSet")
    yield data_set, QB + "structure", Iri(structure)
    yield from _named(data_set, zh("报告数据立方体"), en("Cube of the figures in reports"))
    for report in statements.instances("Report"):
        yield data_set, DCTERMS + "source", Iri(report)
        yield from _labels(statements, report)
    yield structure, RDF + "type", Iri(QB + "DataStructureDefinition")
    yield from _named(structure, zh("报告数据立方体的结构"), en("Structure of the cube of figures"))
    for order, component in enumerate(components(iris), 1):
        specification = iris.concept("cube", f"structure/{local_name(component.property)}")
        yield structure, QB + "component", Iri(specification)
        yield specification, RDF + "type", Iri(QB + "ComponentSpecification")
        yield specification, QB + component.kind, Iri(component.property)
        yield specification, QB + "order", typed(order, "integer")
        if component.kind == "attribute":
            yield specification, QB + "componentRequired", typed(str(component.required).lower(), "boolean")
        yield from _property(component)


def _property(component: Component) -> Iterator[Fact]:
    iri = component.property
    yield iri, RDF + "type", Iri(RDF + "Property")
    yield iri, RDF + "type", Iri(f"{QB}{component.kind.capitalize()}Property")
    yield from _named(iri, *component.names)
    yield from ((iri, RDFS + "comment", note) for note in component.notes)
    if component.range:
        yield iri, RDFS + "range", Iri(component.range)
    if component.codes:
        yield iri, RDF + "type", Iri(QB + "CodedProperty")
        yield iri, QB + "codeList", Iri(component.codes)


def _code_lists(statements: Statements, cells: Sequence[Cell]) -> Iterator[Fact]:
    """The concepts that the coded dimensions take: the indicators and scopes that occur."""
    iris = statements.iris
    for scheme, zh_name, en_name in (
        (_scheme(iris, "indicators"), "立方体所用指标", "Indicators in the cube"),
        (_scheme(iris, "scopes"), "立方体所用范围", "Scopes in the cube"),
    ):
        yield scheme, RDF + "type", Iri(SKOS + "ConceptScheme")
        yield from _named(scheme, zh(zh_name), en(en_name))
    for cell in cells:
        yield cell.indicator, RDF + "type", Iri(iris.term("Indicator"))
        for concept, scheme in ((cell.indicator, "indicators"), (cell.scope, "scopes")):
            yield concept, RDF + "type", Iri(SKOS + "Concept")
            yield concept, SKOS + "inScheme", Iri(_scheme(iris, scheme))
        yield from _labels(statements, cell.indicator)
        scope = statements.text(cell.observation, "scope", "zh")
        names = (zh(scope),) if scope else (zh("全域"), en("the whole area"))
        yield from ((cell.scope, SKOS + "prefLabel", name) for name in names)


# ----------------------------------------------------------------------------------------------- cells


def _cell(statements: Statements, observation: str) -> Cell:
    report, scope = statements.report(observation), statements.text(observation, "scope", "zh")
    periods = statements.objects(observation, "period")
    return Cell(
        observation,
        report,
        area=statements.need(observation, "area").value,
        period=periods[0] if periods else statements.need(report, "reportYear"),
        indicator=statements.need(observation, "indicator").value,
        scope=statements.iris.concept("scope", segment(scope) if scope else "all"),
    )


def _cells(statements: Statements, cells: Sequence[Cell]) -> Iterator[Fact]:
    iris = statements.iris
    count: dict[tuple[object, ...], int] = {}
    # Sorting is stable: cells of one status stay in the order of the text.
    for cell in sorted(cells, key=lambda c: _rank(statements, c.observation)):
        place = (cell.report, cell.area, cell.period, cell.indicator, cell.scope)
        count[place] = count.get(place, 0) + 1
        observation, iri = cell.observation, within(cell.report, f"cell-{local_name(cell.observation)}")
        yield iri, RDF + "type", Iri(QB + "Observation")
        yield iri, QB + "dataSet", Iri(_data_set(iris))
        yield iri, PROV + "wasDerivedFrom", Iri(observation)
        yield from ((iri, RDFS + "label", name) for name in statements.objects(observation, RDFS + "label"))
        yield iri, DIMENSION + "refArea", Iri(cell.area)
        yield iri, DIMENSION + "refPeriod", cell.period
        yield iri, iris.term("indicator"), Iri(cell.indicator)
        yield iri, iris.term("scope"), Iri(cell.scope)
        yield iri, iris.term("inReport"), Iri(cell.report)
        yield iri, iris.term("ordinal"), typed(count[place], "integer")
        yield iri, MEASURE + "obsValue", statements.need(observation, "value")
        unit, status, bound = (statements.need(observation, name) for name in ("unit", "status", "bound"))
        yield iri, ATTRIBUTE + "unitMeasure", unit
        yield iri, ATTRIBUTE + "obsStatus", status
        yield iri, iris.term("bound"), bound
        for name in ("valueHigh", "decimals"):
            yield from ((iri, iris.term(name), value) for value in statements.objects(observation, name))
        for thing in (cell.area, unit.value, status.value, bound.value):
            yield from _labels(statements, thing)


def _rank(statements: Statements, observation: str) -> int:
    status = local_name(statements.need(observation, "status").value)
    return _STATUSES.index(status) if status in _STATUSES else len(_STATUSES)


def _named(iri: str, *names: Literal) -> Iterator[Fact]:
    yield from ((iri, RDFS + "label", name) for name in names)


def _labels(statements: Statements, iri: str) -> Iterator[Fact]:
    """The names that the graph gives a thing, and its code."""
    for predicate in (RDFS + "label", SKOS + "prefLabel", SKOS + "notation"):
        yield from ((iri, predicate, name) for name in statements.objects(iri, predicate))
