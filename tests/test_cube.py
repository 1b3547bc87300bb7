"""The data cube of `fatu export --to cube`: well formed whatever the reports, and as a statistician would make it."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands import fatu
from cube_constraints import (
    CONSTRAINTS,
    NORMALISATION,
    PREFIXES,
    WELL_FORMED,
    ask,
    broken,
    find_twins,
    normalise,
    open_cube,
)
from fatu.describing.terms import RDF, RDFS, Iri, Quad, zh
from fatu.errors import InputError
from fatu.exporting.cube import cube_facts, save_cube, write_cube
from fatu.exporting.cube_structure import SERIES, components
from fatu.exporting.formats import write_nquads
from fatu.exporting.publication import CC_BY, Publication
from fatu.exporting.statements import Statements
from fatu.iris import Iris
from fatu.model import Overrides
from fatu.pipeline import build
from fatu.storing import load_quads
from small_graphs import TRAPS, report_quads

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from synthetic import make_report  # noqa: E402

SOURCE = ROOT / "graphs" / "410203-gov-2020" / "source.txt"
ID = "https://w3id.org/fatu/id/"
REPORT = ID + "report/410203/gov/2020"
NS = "https://w3id.org/fatu/ns#"
IRIS = Iris()

# Reports of a few lines: two areas, three years, a government and a bureau of one area and year. With what they say of
# who, when, how far and how certain. 2022's restates a figure of 2021.
REPORTS = {
    ("410203", 2021, None): """顺河回族区人民政府2021年法治政府建设年度报告
一、工作情况
2021年,全年受理行政复议案件30件,审结25件,结案率83.3%。一季度举办培训班2期。培训执法人员300—350人次。
顺河回族区人民政府
2022年1月20日
""",
    ("410203", 2022, None): """顺河回族区人民政府2022年法治政府建设年度报告
一、工作情况
2022年,区公安局办理行政处罚案件120件,区城市管理局办理行政处罚案件30件。全年受理行政复议案件40件。
近50件行政应诉案件审结。罚没收入1.2万元。排查矛盾纠纷2000余件。要求每年组织学法不少于4次。
(一)行政复议。2022年受理行政复议案件40件,2021年受理行政复议案件30件。
二、下一步工作
2023年计划受理行政复议案件不超过45件。
顺河回族区人民政府
2023年1月20日
""",
    ("410203", 2022, "顺河回族区司法局"): """顺河回族区司法局2022年法治政府建设年度报告
一、工作情况
2022年,全年受理行政复议案件40件。疫情期间,办理法律援助案件29件。
顺河回族区司法局
2023年1月18日
""",
    ("430726", 2020, None): """石门县人民政府2020年法治政府建设年度报告
一、工作情况
2020年,全年受理行政复议案件9件,审结8件,结案率90%。2020年9月举办培训班1期。
石门县人民政府
2021年1月20日
""",
}  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> Sequence[Quad]:
    return build(SOURCE).quads


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Sequence[Quad]]:
    """The quads of REPORTS, each for itself, in the order of their IRIs."""
    folder, made = tmp_path_factory.mktemp("cube"), {}
    for (area, year, issuer), text in REPORTS.items():
        path = folder / f"{area}-{year}-{issuer}.txt"
        path.write_text(text, encoding="utf-8")
        built = build(path, Overrides(area=area, year=year, issuer=issuer))
        made[built.report.identity.iri] = built.quads
    assert len(made) == len(REPORTS)
    return [made[iri] for iri in sorted(made)]


@pytest.fixture(scope="module")
def many(parts: list[Sequence[Quad]]) -> list[Quad]:
    return sorted({quad for part in parts for quad in part})


def cube(quads: Sequence[Quad]) -> pyoxigraph.Store:
    return open_cube(write_cube(quads, IRIS).decode())


def select(store: pyoxigraph.Store, pattern: str) -> list[tuple[str, ...]]:
    solutions = store.query(f"{PREFIXES} SELECT {pattern}")
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return sorted(tuple(term.value for term in solution) for solution in solutions)


def triples(data: bytes) -> set[str]:
    return {str(triple) for triple in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE)}


# ------------------------------------------------------------------------------------------ the constraints bite


def test_the_recommendation_has_21_constraints_and_each_is_here() -> None:
    assert [c.name for c in CONSTRAINTS] == [f"IC-{number}" for number in range(1, 22)]


def test_a_cube_as_it_should_be_breaks_none() -> None:
    assert broken(open_cube(PREFIXES + WELL_FORMED)) == []


@pytest.mark.parametrize(
    ("name", "change"), [(c.name, change) for c in CONSTRAINTS for change in c.breaks], ids=lambda v: v[:40]
)
def test_a_broken_cube_is_found_by_the_constraint_that_it_breaks(name: str, change: str) -> None:
    store = pyoxigraph.Store()
    store.bulk_load((PREFIXES + WELL_FORMED).encode(), format=pyoxigraph.RdfFormat.TURTLE)
    size = len(store)
    store.update(PREFIXES + change)
    assert len(store) != size, "the change changes nothing"
    normalise(store)
    assert broken(store) == [name]


def test_twins_are_found_by_reading_each_cell_once() -> None:
    (change,) = next(c.breaks for c in CONSTRAINTS if c.name == "IC-12")
    store = open_cube(PREFIXES + WELL_FORMED)
    assert find_twins(store) == []
    store.update(PREFIXES + change)
    assert find_twins(store) == [["<urn:x:a1>", "<urn:x:a3>"]]
    assert broken(store, is_large=True) == ["IC-12"]


def test_an_abbreviated_cube_is_well_formed_once_it_is_normalised() -> None:
    short = (
        WELL_FORMED.replace("qb:dataSet x:set ; x:area x:town ;", "qb:dataSet x:set ;")
        .replace(" ; x:unit x:cases", "")
        .replace("qb:attribute x:unit ;", "qb:attribute x:unit ; qb:componentAttachment qb:DataSet ;")
        .replace("x:set a qb:DataSet ;", "x:set a qb:DataSet ; x:unit x:cases ;")
    )
    assert broken(open_cube(PREFIXES + short)) == []
    store = pyoxigraph.Store()
    store.bulk_load((PREFIXES + short).encode(), format=pyoxigraph.RdfFormat.TURTLE)
    for update in NORMALISATION[:5]:  # types alone
        store.update(PREFIXES + update)
    assert broken(store) == ["IC-11", "IC-13"]


# ------------------------------------------------------------------------------------------- and our cubes pass


def test_the_cubes_of_the_sample_and_of_many_reports_are_well_formed(
    sample: Sequence[Quad], many: Sequence[Quad]
) -> None:
    for quads in (sample, TRAPS, many, [*sample, *many]):
        assert broken(cube(quads)) == []


def test_the_cube_of_synthetic_reports_of_several_areas_and_years_is_well_formed(tmp_path: Path) -> None:
    quads: set[Quad] = set()
    for seed in range(1, 7):
        path = tmp_path / f"{seed}.txt"
        path.write_text(make_report(seed, "open").text, encoding="utf-8")
        quads.update(build(path, Overrides(id=f"synthetic-{seed}")).quads)
    store = cube(sorted(quads))
    assert len(select(store, "?c { ?c a qb:Observation }")) > 150
    assert len(select(store, "?y { cube:observations dcterms:temporal ?y }")) > 1
    assert len(select(store, "?a { cube:observations dcterms:spatial ?a }")) > 1
    assert broken(store, is_large=True) == []


def test_the_cube_of_five_years_of_a_district_is_well_formed(shared: Path) -> None:
    """Real reports on the work of the government: more figures, of more kinds."""
    quads: set[Quad] = set()
    for year in range(2012, 2017):
        path = shared / "corpora" / "work-reports-hailar" / f"{year}.txt"
        quads.update(build(path, Overrides(area="150702", year=year)).quads)
    store = cube(sorted(quads))
    assert len(select(store, "?y { cube:observations dcterms:temporal ?y }")) == 5
    assert len(select(store, "?c { ?c a qb:Observation }")) > 500
    assert broken(store, is_large=True) == []


def test_the_reports_have_every_status_bound_and_kind_of_period(many: Sequence[Quad]) -> None:
    store = cube(many)
    assert [s.rsplit("#")[-1] for (s,) in select(store, "DISTINCT ?s { ?c cube:status ?s }")] == [
        "achieved", "planned", "required",
    ]  # fmt: skip
    assert [b.rsplit("#")[-1] for (b,) in select(store, "DISTINCT ?b { ?c cube:bound ?b }")] == [
        "approx", "atLeast", "atMost", "exact",
    ]  # fmt: skip
    periods = {p for (p,) in select(store, "DISTINCT ?p { ?c dimension:refPeriod ?p }")}
    assert {"2020", "2021", "2022", "2023", "2021-Q1", "2020-09"} < periods
    assert any("/P1Y" in period for period in periods)


def test_nothing_is_left_to_be_understood(many: Sequence[Quad]) -> None:
    """The cube says all dimensions, attributes and types itself: normalised, only components get a property more."""
    store = pyoxigraph.Store()
    store.bulk_load(write_cube(many, IRIS), format=pyoxigraph.RdfFormat.TURTLE)
    size = len(store)
    normalise(store)
    assert len(store) == size + len(components(IRIS))


TEXTS = st.sampled_from(["all", "unstated", "甲、乙", "甲-乙", "甲,乙", "30", "30%", "疫情期间", " "])
FIGURES = st.fixed_dictionaries(
    {
        "value": st.decimals(0, 10**9, places=2).map(str),
        "indicator": st.sampled_from(["cases", "rate"]),
        "status": st.sampled_from(["achieved", "planned", "required"]),
        "bound": st.sampled_from(["exact", "atLeast", "atMost", "approx"]),
        "unit": st.sampled_from(["jian", "percent"]),
    },
    optional={
        "scope": TEXTS,
        "actorText": TEXTS,
        "actor": st.sampled_from(["司法局", "公安局"]),
        "period": st.sampled_from(["2020", "2021"]),
        "high": st.just("1000000000"),
    },
)


@settings(max_examples=40)
@given(st.lists(st.lists(FIGURES, max_size=8), min_size=1, max_size=3))
def test_whatever_the_figures_the_cube_is_well_formed_and_keeps_apart_what_differs(
    reports: list[list[dict[str, str]]],
) -> None:
    quads = [
        quad
        for number, figures in enumerate(reports)
        for quad in report_quads(f"r{number}", *({**f, "name": f"f{i}"} for i, f in enumerate(figures)))
    ]
    store = cube(quads)
    assert broken(store) == []
    figures = [(number, figure) for number, report in enumerate(reports) for figure in report]
    assert len(select(store, "?c { ?c a qb:Observation }")) == len(figures)
    # What a cell is told apart by; a period that is not told is the year of the report, 2021.
    places = {
        (
            number,
            *(figure[name] for name in ("indicator", "status")),
            figure.get("scope"),
            figure.get("period", "2021"),
            figure.get("actor", f"text {figure['actorText']}" if "actorText" in figure else None),
        )
        for number, figure in figures
    }
    assert len(select(store, "?c { ?c cube:ordinal 1 }")) == len(places)


# ----------------------------------------------------------------------------------------------------- the design


def test_dimensions_measure_and_attributes_are_those_of_the_design(sample: Sequence[Quad]) -> None:
    parts = select(
        cube(sample),
        """?n ?k ?p ?r { cube:structure qb:component ?c . ?c ?k ?p ; qb:order ?n
        OPTIONAL { ?c qb:componentRequired ?q } BIND(COALESCE(?q, true) AS ?r)
        FILTER(?k IN (qb:dimension, qb:measure, qb:attribute)) }""",
    )
    names = [
        (kind.rsplit("#")[-1], "/".join(iri.rsplit("/", 1)[-1].split("#")), required == "true")
        for _, kind, iri, required in sorted(parts, key=lambda row: int(row[0]))
    ]
    assert names == [
        ("dimension", ["dimension/refArea"][0], True), ("dimension", "dimension/refPeriod", True),
        ("dimension", "indicator", True), ("dimension", "scope", True), ("dimension", "status", True),
        ("dimension", "body", True), ("dimension", "report", True), ("dimension", "ordinal", True),
        ("measure", "measure/obsValue", True), ("attribute", "attribute/unitMeasure", True),
        ("attribute", "bound", True), ("attribute", "valueHigh", False), ("attribute", "decimals", False),
        ("attribute", "scale", False), ("attribute", "denominator", False), ("attribute", "verdict", False),
        ("attribute", "sharedText", False),
    ]  # fmt: skip


def test_cells_say_nothing_in_the_words_of_the_graph(many: Sequence[Quad]) -> None:
    """Else a query for the graph's observations would meet the cells too, and a reasoner make observations of them."""
    store = cube(many)
    assert not select(store, f"?p {{ ?c a qb:Observation ; ?p ?o FILTER(STRSTARTS(STR(?p), '{NS}')) }}")


def test_every_observation_has_one_cell_and_legal_aid_two_scopes(sample: Sequence[Quad]) -> None:
    store = cube(sample)
    observed = {
        q.subject for q in sample if q.object == Iri(NS + "Observation") and q.subject.startswith(REPORT)
    }
    assert len(select(store, "?o { ?o a qb:Observation }")) == len(observed)
    aid = select(
        store,
        """?value ?unit ?period ?scope { ?o a qb:Observation ; measure:obsValue ?value ; dimension:refPeriod ?period ;
        attribute:unitMeasure/skos:prefLabel ?unit ; cube:scope/skos:prefLabel ?scope ; cube:indicator ?i
        FILTER(lang(?unit) = "zh" && lang(?scope) = "zh" && contains(str(?i), "legal-aid")) }""",
    )
    assert aid == [
        ("1170000", "元", "2020", "全域"), ("154", "件", "2020", "全域"), ("29", "件", "2020", "疫情期间"),
        ("304", "件", "2020", "全域"),
    ]  # fmt: skip


def cells(store: pyoxigraph.Store, indicator: str, *names: str) -> list[tuple[str, ...]]:
    """Of each cell of an indicator: what is asked for, the ends of IRIs."""
    variables = " ".join(f"?v{i}" for i in range(len(names)))
    wanted = " ; ".join(f"{name} ?v{i}" for i, name in enumerate(names))
    rows = select(
        store,
        f"{variables} {{ ?c a qb:Observation ; cube:indicator <{ID}indicator/{indicator}> ; {wanted} }}",
    )
    return [tuple(value.rsplit("#")[-1].rsplit("/")[-1] for value in row) for row in rows]


def test_the_penalty_cases_of_two_bureaus_are_neither_one_figure_nor_one_series(many: Sequence[Quad]) -> None:
    store = cube(many)
    assert cells(store, "penalty-cases", "cube:body/rdfs:label", "measure:obsValue", "cube:ordinal") == [
        ("开封市顺河回族区公安局", "120", "1"), ("开封市顺河回族区城市管理局", "30", "1"),
    ]  # fmt: skip
    series = select(store, f"?s {{ ?s a qb:Slice ; cube:indicator <{ID}indicator/penalty-cases> }}")
    assert len(series) == 2


def test_a_series_is_followed_over_the_years_and_shows_what_was_restated(many: Sequence[Quad]) -> None:
    """Cases of 顺河回族区's government: 30 in 2021, as both reports tell; 40 in 2022, which one tells twice."""
    rows = select(
        cube(many),
        f"""?period ?value ?report ?ordinal {{ ?s a qb:Slice ; cube:indicator <{ID}indicator/recon-accepted> ;
        dimension:refArea <{ID}area/410203> ; cube:status fatu:achieved ; cube:body <{ID}org/410203/人民政府> ;
        qb:observation ?c . ?c dimension:refPeriod ?period ; measure:obsValue ?value ; cube:report ?report ;
        cube:ordinal ?ordinal }}""",
    )
    assert [(p, v, r.rsplit("/")[-1], n) for p, v, r, n in rows] == [
        ("2021", "30", "2021", "1"), ("2021", "30", "2022", "1"), ("2022", "40", "2022", "1"),
        ("2022", "40", "2022", "2"),
    ]  # fmt: skip


def test_a_bureaus_own_report_is_another_series_than_the_governments(many: Sequence[Quad]) -> None:
    bodies = select(
        cube(many),
        f"""DISTINCT ?b {{ ?s a qb:Slice ; cube:indicator <{ID}indicator/recon-accepted> ; cube:status fatu:achieved ;
        dimension:refArea <{ID}area/410203> ; cube:body ?b }}""",
    )
    assert [b.removeprefix(ID) for (b,) in bodies] == ["org/410203/人民政府", "org/410203/司法局"]


def test_what_is_planned_is_no_further_cell_of_what_is_achieved() -> None:
    found = select(
        cube(TRAPS),
        f"""?s ?n ?v ?o {{ ?c a qb:Observation ; cube:ordinal ?n ; measure:obsValue ?v ; cube:status ?s ;
        cube:indicator <{ID}indicator/cases> ; cube:scope <{ID}scope/all> ;
        <http://www.w3.org/ns/prov#wasDerivedFrom> ?o }}""",
    )
    assert [(s.rsplit("#")[-1], n, v, iri.rsplit("#obs-")[-1]) for s, n, v, iri in found] == [
        ("achieved", "1", "12", "done"), ("achieved", "2", "12", "again"), ("planned", "1", "10", "planned"),
    ]  # fmt: skip


def test_an_event_takes_the_year_of_its_report_and_a_range_keeps_its_high_end() -> None:
    pattern = """?p ?v ?h { ?c cube:scope/skos:prefLabel "汛期"@zh ; dimension:refPeriod ?p ;
    measure:obsValue ?v ; cube:valueHigh ?h }"""
    assert select(cube(TRAPS), pattern) == [("2021", "3", "5")]


def test_a_rate_says_what_it_is_divided_by_and_what_the_audit_found(sample: Sequence[Quad]) -> None:
    rate = cells(cube(sample), "recon-closure-rate", "measure:obsValue", "cube:denominator", "cube:verdict")
    assert rate == [("90", "recon-accepted", "inconsistent")]


def test_a_rate_of_another_denominator_says_which() -> None:
    report = IRIS.named_report("r")
    quads = report_quads(
        "r",
        {"name": "rate", "value": "80", "indicator": "rate"},
        {"name": "part", "value": "8", "indicator": "closed"},
        {"name": "whole", "value": "9", "indicator": "accepted"},
        {"name": "left", "value": "1", "indicator": "carried"},
    )
    finding = f"{report}#finding-1"
    said = [(f"{ID}indicator/rate", NS + "denominator", f"{ID}indicator/accepted")]
    said += [(f"{ID}indicator/rate", NS + "numerator", f"{ID}indicator/closed")]
    said += [(finding, RDF + "type", NS + "Finding"), (finding, NS + "inReport", report)]
    said += [(finding, NS + "about", f"{report}#obs-rate")]
    said += [(finding, NS + "operand", f"{report}#obs-{name}") for name in ("part", "whole", "left")]
    plain = [Quad(s, p, Iri(o), "urn:g") for s, p, o in said]
    for verdict, wanted in (
        ("consistent", [("accepted",)]),
        ("consistent_other_denominator", [("accepted",), ("carried",)]),
    ):
        found = Quad(finding, NS + "verdict", Iri(f"{ID}verdict/{verdict}"), "urn:g")
        assert cells(cube([*quads, *plain, found]), "rate", "cube:denominator") == wanted


def test_a_figure_from_a_paragraph_that_other_areas_have_too_is_marked() -> None:
    shared = f"{ID}shared-text/1"
    corpus = IRIS.graph("corpus", IRIS.named_report("traps"))
    said = [
        Quad(f"{ID}report/traps#obs-done", NS + "inSharedText", Iri(shared), corpus),
        Quad(shared, RDFS + "label", zh("依法行政稳步推进"), corpus),
    ]
    store = cube([*TRAPS, *said])
    assert cells(store, "cases", "cube:sharedText/rdfs:label", "rdfs:label") == [("依法行政稳步推进", "done")]
    assert broken(store) == []


def test_the_step_of_a_figure_can_be_reckoned(many: Sequence[Quad]) -> None:
    """1.2万元 is 12000, give or take half of 1000."""
    (row,) = cells(cube(many), "penalty-amount", "measure:obsValue", "cube:decimals", "cube:scale")
    value, decimals, scale = row
    assert (value, Decimal(10) ** (int(scale) - int(decimals))) == ("12000", 1000)


def test_code_lists_are_schemes_whose_concepts_are_named(many: Sequence[Quad]) -> None:
    store = cube(many)
    lists = {
        name.rsplit("/")[-1]
        for (name,) in select(store, "?l { [] qb:codeList ?l . ?l a skos:ConceptScheme }")
    }
    assert lists == {"cube-indicators", "cube-scopes", "statuses", "bounds", "verdicts"}
    assert not ask(store, "?c skos:inScheme ?l FILTER NOT EXISTS { ?l skos:hasTopConcept ?c }")
    assert not ask(store, "?c skos:inScheme ?l FILTER NOT EXISTS { ?c skos:prefLabel ?n }")
    assert not ask(
        store, "?c skos:inScheme ?l ; skos:prefLabel ?n, ?m FILTER(?n != ?m && LANG(?n) = LANG(?m))"
    )
    assert not ask(
        store, "?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:label ?n FILTER(LANG(?n) = 'en') }"
    )
    assert not ask(
        store, "?c cube:body|cube:report|dimension:refArea ?t FILTER NOT EXISTS { ?t rdfs:label ?n }"
    )


def test_scopes_that_an_iri_would_not_tell_apart_are_apart() -> None:
    scopes = ["甲、乙", "甲-乙", "甲,乙", "all"]
    figures = [{"name": f"f{i}", "value": "1", "scope": scope} for i, scope in enumerate(scopes)]
    store = cube(report_quads("r", *figures, {"name": "whole", "value": "1"}))
    labels = select(
        store, "?s ?n { ?s skos:inScheme <https://w3id.org/fatu/id/scheme/cube-scopes> ; skos:prefLabel ?n }"
    )
    assert sorted(name for _, name in labels) == sorted([*scopes, "全域", "the whole area"])
    assert len({scope for scope, _ in labels}) == len(scopes) + 1


def test_the_series_key_fixes_all_but_period_report_and_ordinal() -> None:
    names = [component.name for component in components(IRIS) if component.kind == "dimension"]
    assert [name for name in names if name not in SERIES] == ["refPeriod", "report", "ordinal"]


# ---------------------------------------------------------------------------------------------------- publication


def test_the_data_set_says_what_it_is_whose_and_under_which_licence(many: Sequence[Quad]) -> None:
    store = cube(many)
    said = Counter(
        p.rsplit("/")[-1].rsplit("#")[-1] for (p,) in select(store, "?p { cube:observations ?p ?o }")
    )
    for name, count in {"title": 2, "description": 2, "license": 1, "rights": 1, "publisher": 1, "spatial": 2,
                        "temporal": 3, "source": 4, "distribution": 1}.items():  # fmt: skip
        assert said[name] == count, name
    assert select(store, "?l { cube:observations dcterms:license ?l }") == [(CC_BY,)]
    years = select(
        store, "?y { cube:observations dcterms:temporal/<http://www.w3.org/ns/dcat#startDate> ?y }"
    )
    assert years == [("2020-01-01",), ("2021-01-01",), ("2022-01-01",)]
    rights = " ".join(r for (r,) in select(store, "?r { cube:observations dcterms:rights/rdfs:label ?r }"))
    assert "著作权法" in rights and "Article 5" in rights


def test_licence_and_publisher_can_be_chosen() -> None:
    own = Publication(licence="https://creativecommons.org/publicdomain/zero/1.0/", publisher="某研究所")
    store = open_cube(write_cube(TRAPS, IRIS, own).decode())
    assert select(store, "DISTINCT ?l { [] dcterms:license ?l }") == [(own.licence,)]
    assert select(store, "?n { [] dcterms:publisher/<http://xmlns.com/foaf/0.1/name> ?n }") == [("某研究所",)]
    named = Publication(publisher="https://example.org/us")
    store = open_cube(write_cube(TRAPS, IRIS, named).decode())
    assert select(store, "?p { cube:observations dcterms:publisher ?p }") == [("https://example.org/us",)]


# ------------------------------------------------------------------------------------------------------- writing


def test_the_cubes_of_reports_unite_to_the_cube_of_all(
    parts: list[Sequence[Quad]], many: Sequence[Quad]
) -> None:
    assert set().union(*(triples(write_cube(part, IRIS)) for part in parts)) == triples(
        write_cube(many, IRIS)
    )


def test_report_after_report_gives_the_bytes_of_all_at_once(
    parts: list[Sequence[Quad]], many: Sequence[Quad]
) -> None:
    out = io.BytesIO()
    save_cube((Statements.of(part, IRIS) for part in parts), IRIS, out)
    assert out.getvalue() == write_cube(many, IRIS)


def test_a_report_is_written_before_the_next_is_asked_for() -> None:
    written: set[str] = set()

    def reports() -> Iterable[Statements]:
        for name, before in (("r1", set()), ("r2", {f"{ID}report/r1#cell-obs-a"})):
            assert before <= written
            yield Statements.of(report_quads(name, {"name": "a", "value": "1"}), IRIS)

    for subject, _, _ in cube_facts(reports(), IRIS):
        written.add(subject)
    assert f"{ID}report/r2#cell-obs-a" in written


def test_an_observation_without_unit_or_report_is_an_error_that_says_so() -> None:
    for missing in ("unit", "status", "bound", "area", "indicator", "value"):
        kept = [q for q in TRAPS if not (q.predicate == NS + missing and "done" in q.subject)]
        with pytest.raises(InputError, match=f"obs-done: nothing says its {missing}"):
            write_cube(kept, IRIS)
    loose = Quad(f"{ID}loose", RDF + "type", Iri(NS + "Observation"), "urn:g")
    with pytest.raises(InputError, match="loose: nothing says its inReport"):
        write_cube([*TRAPS, loose], IRIS)


def test_the_command_writes_a_stores_cube_report_by_report_as_of_its_files(
    many: Sequence[Quad], tmp_path: Path
) -> None:
    load_quads(str(tmp_path / "store"), many)
    (tmp_path / "all.nq").write_bytes(write_nquads(many, IRIS))
    of_files = fatu("export", "all.nq", "--to", "cube", "-o", "files.ttl", cwd=tmp_path)
    of_store = fatu("export", "--store", "store", "--to", "cube", "-o", "store.ttl", cwd=tmp_path)
    assert (of_files.code, of_store.code) == (0, 0), of_files.err + of_store.err
    assert (tmp_path / "store.ttl").read_bytes() == (tmp_path / "files.ttl").read_bytes()
    shown = fatu("export", "--store", "store", "--to", "cube", cwd=tmp_path).out
    assert shown.encode() == (tmp_path / "store.ttl").read_bytes()
    one = fatu("export", "--store", "store", "--report", "430726-gov-2020", "--to", "cube", cwd=tmp_path)
    sources = select(open_cube(one.out), "?r { cube:observations dcterms:source ?r }")
    assert sources == [(f"{ID}report/430726/gov/2020",)]


def test_a_store_that_cannot_be_written_out_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    broken_report = [q for q in TRAPS if not (q.predicate == NS + "unit" and "done" in q.subject)]
    report, graph = f"{ID}report/traps", f"{ID}graph/report/traps"
    whole = report_quads("all", {"name": "a", "value": "1"})
    load_quads(
        str(tmp_path / "store"),
        [
            *(q._replace(graph=graph) for q in broken_report),
            *(q._replace(graph=f"{ID}graph/report/all") for q in whole),
        ],
    )
    for output in ([], ["-o", "cube.ttl"]):
        failed = fatu("export", "--store", "store", "--to", "cube", *output, cwd=tmp_path)
        assert (failed.code, failed.out) == (2, "")
        assert failed.err.startswith(f"fatu: {report}#obs-done: nothing says its unit")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_the_query_of_the_documentation_follows_a_series(many: Sequence[Quad]) -> None:
    text = (ROOT / "docs" / "reference" / "cube.md").read_text(encoding="utf-8")
    (query,) = [part.partition("```")[0] for part in text.split("```sparql\n") if "qb:observation" in part]
    rows = cube(many).query(query)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    found = [
        (row["period"].value, row["value"].value, row["report"].value.removeprefix(f"{ID}report/"))
        for row in rows
    ]
    assert sorted(found) == [
        ("2020", "9", "430726/gov/2020"), ("2021", "30", "410203/gov/2021"), ("2021", "30", "410203/gov/2022"),
        ("2022", "40", "410203/gov/2022"), ("2022", "40", "410203/司法局/2022"), ("2023", "45", "410203/gov/2022"),
    ]  # fmt: skip
