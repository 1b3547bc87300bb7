"""The structure of the cube: its components, its series, its code lists. The same whatever the data, so that the
cubes of several reports unite to the cube of all.

W3C, The RDF Data Cube Vocabulary, 2014. Area, period, value and unit are SDMX's own properties. The others are the
cube's: the ontology's speak of figures in a report, take texts where a cube wants codes, and would make a figure of
each cell that a reasoner meets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..describing.terms import RDF, RDFS, SKOS, XSD, Iri, Literal, en, typed, zh
from ..iris import Iris
from .publication import Fact

QB = "http://purl.org/linked-data/cube#"
SDMX = "http://purl.org/linked-data/sdmx/2009/"
DIMENSION, MEASURE, ATTRIBUTE = SDMX + "dimension#", SDMX + "measure#", SDMX + "attribute#"
CONCEPT = SDMX + "concept#"

CODE_LISTS: dict[str, tuple[Literal, Literal]] = {
    "cube-indicators": (zh("立方体所用指标"), en("Indicators in the cube")),
    "cube-scopes": (zh("立方体所用范围"), en("Scopes in the cube")),
    "statuses": (zh("数据状态"), en("Statuses of observations")),
    "bounds": (zh("数值界限"), en("Bounds of values")),
    "verdicts": (zh("核查结论"), en("Verdicts")),
}
"""The concept schemes of coded components, by the name of each; the last three are the ontology's."""


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, measure or attribute of the cube; all but attributes must be on every cell."""

    kind: str
    """dimension, measure or attribute."""
    iri: str
    """Of the property."""
    names: tuple[Literal, Literal]
    notes: tuple[Literal, ...] = ()
    range: str = ""
    codes: str = ""
    """The code list that its values are in, a key of CODE_LISTS."""
    required: bool = True

    @property
    def name(self) -> str:
        """The end of the property's IRI."""
        return self.iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def cube_term(iris: Iris, name: str) -> str:
    """A property or other part of the cube."""
    return iris.concept("cube", name)


def components(iris: Iris) -> tuple[Component, ...]:
    """All components, in order."""
    return (
        Component(
            "dimension", DIMENSION + "refArea", (zh("地区"), en("area")),
            range=RDFS + "Resource",
        ),
        Component(
            "dimension", DIMENSION + "refPeriod", (zh("时期"), en("period")),
            notes=(
                zh("年、季、月或频次;以事件为时期的数据取报告年度,事件写入范围。"),
                en(
                    "A year, quarter, month or recurrence. For a time named by an event: the year of the report; the "
                    "event is the scope."
                ),
            ),
            range=RDFS + "Resource",
        ),
        Component(
            "dimension", cube_term(iris, "indicator"), (zh("指标"), en("indicator")),
            range=iris.term("Indicator"), codes="cube-indicators",
        ),
        Component(
            "dimension", cube_term(iris, "scope"), (zh("范围"), en("scope")),
            notes=(
                zh("数据所限的部分,如疫情期间;不限者为全域。"),
                en("The part that a figure is limited to (during the epidemic); where it is not, the whole area."),
            ),
            range=SKOS + "Concept", codes="cube-scopes",
        ),
        Component(
            "dimension", cube_term(iris, "status"), (zh("状态"), en("status")),
            notes=(
                zh("已完成、计划和要求的数不相加,也不相比。"),
                en("What was achieved, what is planned and what is required are neither added nor compared."),
            ),
            range=SKOS + "Concept", codes="statuses",
        ),
        Component(
            "dimension", cube_term(iris, "body"), (zh("主体"), en("body")),
            notes=(
                zh("数据所计的是谁的工作:原文写明者,未写明则为报告的制发机关。公安局的处罚件数不是全县的。"),
                en(
                    "Whose work a figure counts: whom the text names, else the body that issues the report. The "
                    "police's penalty cases are not the county's."
                ),
            ),
            range=RDFS + "Resource",
        ),
        Component(
            "dimension", cube_term(iris, "report"), (zh("报告"), en("report")),
            notes=(
                zh("几份报告可以就同一地区、时期和指标给出数据,如今年的报告重述上年的数。"),
                en(
                    "Several reports may speak of the same area, period and indicator: this year's restates last "
                    "year's figure."
                ),
            ),
            range=iris.term("Report"),
        ),
        Component(
            "dimension", cube_term(iris, "ordinal"), (zh("次第"), en("ordinal")),
            notes=(
                zh("同一报告就同一事项再次给出的数据,按原文顺序编号;取 1 则每项只计一次。"),
                en(
                    "Of figures that a report gives for the same thing, the order in the text: 1 counts each thing "
                    "once."
                ),
            ),
            range=XSD + "integer",
        ),
        Component("measure", MEASURE + "obsValue", (zh("数值"), en("value"))),
        Component("attribute", ATTRIBUTE + "unitMeasure", (zh("单位"), en("unit"))),
        Component(
            "attribute", cube_term(iris, "bound"), (zh("界限"), en("bound")),
            range=SKOS + "Concept", codes="bounds",
        ),
        Component(
            "attribute", cube_term(iris, "valueHigh"), (zh("数值上限"), en("high value")),
            notes=(zh("区间的上限;数值为下限。"), en("The high end of a range; the value is the low end.")),
            range=XSD + "decimal", required=False,
        ),
        Component(
            "attribute", cube_term(iris, "decimals"), (zh("小数位数"), en("decimals")),
            range=XSD + "integer", required=False,
        ),
        Component(
            "attribute", cube_term(iris, "scale"), (zh("倍乘"), en("scale")),
            notes=(
                zh("所写数字的最小一步为 10^(倍乘-小数位数):1.2万为 1000。"),
                en("The step of the number as written is 10^(scale - decimals): 1000 for 1.2万."),
            ),
            range=XSD + "integer", required=False,
        ),
        Component(
            "attribute", cube_term(iris, "denominator"), (zh("分母"), en("denominator")),
            notes=(
                zh("比率所除的指标,有几个则为其和;核查发现报告用了别的分母时写该分母。"),
                en(
                    "What a rate is divided by, of several their sum: the catalogue's, or the one that the audit found "
                    "the report to have taken."
                ),
            ),
            range=iris.term("Indicator"), required=False,
        ),
        Component(
            "attribute", cube_term(iris, "verdict"), (zh("核查结论"), en("verdict")),
            range=SKOS + "Concept", codes="verdicts", required=False,
        ),
        Component(
            "attribute", cube_term(iris, "sharedText"), (zh("相同文字"), en("shared text")),
            notes=(
                zh("数据所在段落与其他地区的报告逐字相同,不宜作为本地的数据;整理语料后才知道。"),
                en(
                    "The paragraph that the figure is from stands word for word in other areas' reports: hardly a "
                    "local fact. Known once a corpus was built."
                ),
            ),
            range=iris.term("SharedText"), required=False,
        ),
    )  # fmt: skip


SERIES = ("refArea", "indicator", "scope", "status", "body")
"""The dimensions that a series fixes: what is left is period, report and ordinal."""


def data_set(iris: Iris) -> str:
    """The cube."""
    return cube_term(iris, "observations")


def series_key(iris: Iris) -> str:
    """The key of all series."""
    return cube_term(iris, "series")


def code_list(iris: Iris, name: str) -> str:
    """The scheme of a key of CODE_LISTS."""
    return iris.concept("scheme", name)


def structure_facts(iris: Iris) -> Iterator[Fact]:
    """The data structure definition, its properties, the key of the series, the empty code lists."""
    structure, key = cube_term(iris, "structure"), series_key(iris)
    yield data_set(iris), QB + "structure", Iri(structure)
    yield structure, RDF + "type", Iri(QB + "DataStructureDefinition")
    yield from named(structure, zh("报告数据立方体的结构"), en("Structure of the cube of figures"))
    yield structure, QB + "sliceKey", Iri(key)
    yield key, RDF + "type", Iri(QB + "SliceKey")
    yield from named(key, zh("时间序列:报告逐年的数据"), en("Series: the figures of report after report"))
    for order, component in enumerate(components(iris), 1):
        specification = cube_term(iris, f"structure/{component.name}")
        yield structure, QB + "component", Iri(specification)
        yield specification, RDF + "type", Iri(QB + "ComponentSpecification")
        yield specification, QB + component.kind, Iri(component.iri)
        yield specification, QB + "order", typed(order, "integer")
        if component.kind == "attribute":
            yield specification, QB + "componentRequired", typed(str(component.required).lower(), "boolean")
        if component.name in SERIES:
            yield key, QB + "componentProperty", Iri(component.iri)
        yield from _property(component, iris)
    for name, names in CODE_LISTS.items():
        yield code_list(iris, name), RDF + "type", Iri(SKOS + "ConceptScheme")
        yield from named(code_list(iris, name), *names)


def _property(component: Component, iris: Iris) -> Iterator[Fact]:
    iri = component.iri
    yield iri, RDF + "type", Iri(RDF + "Property")
    yield iri, RDF + "type", Iri(f"{QB}{component.kind.capitalize()}Property")
    yield from named(iri, *component.names)
    yield from ((iri, RDFS + "comment", note) for note in component.notes)
    if component.range:
        yield iri, RDFS + "range", Iri(component.range)
    if component.codes:
        yield iri, RDF + "type", Iri(QB + "CodedProperty")
        yield iri, QB + "codeList", Iri(code_list(iris, component.codes))
    if iri.startswith(SDMX):
        yield iri, QB + "concept", Iri(CONCEPT + component.name)


def named(iri: str, *names: Literal) -> Iterator[Fact]:
    """What a thing is called."""
    yield from ((iri, RDFS + "label", name) for name in names)
