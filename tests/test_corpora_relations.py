"""Several reports ─relate▶ what only they together tell about one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora import build, report, write_files
from fatu.describing.dataset import make_dataset
from fatu.describing.validation import validate
from fatu.iris import BASE, Iris
from fatu.querying import ask_store
from fatu.storing import OxigraphStore, read_store_union

SHUNHE, LONGTING = "开封市顺河回族区", "开封市龙亭区"

_FINDINGS = """
SELECT ?rule ?verdict ?message {
  GRAPH ?graph { ?finding a fatu:Finding ; fatu:rule ?rule ; fatu:verdict ?verdict ; rdfs:comment ?message }
  FILTER(CONTAINS(STR(?graph), "/graph/corpus/") && LANG(?message) = "zh")
} ORDER BY ?message"""
_PREFIXES = f"""PREFIX fatu: <{BASE}ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""


def rows(store: Path, query: str) -> list[tuple[str, ...]]:
    """What a query answers, IRIs by their ends."""
    with OxigraphStore(store) as opened:
        answer = opened.query(_PREFIXES + query)
        return [tuple(term.value.removeprefix(BASE).removeprefix("id/") for term in row) for row in answer]


def told(tmp_path: Path, *texts: str) -> list[tuple[str, str, str]]:
    """Rule, verdict and message of what a corpus of some texts finds."""
    folder = write_files(tmp_path / "reports", {f"{n}.txt": text for n, text in enumerate(texts)})
    build(folder, tmp_path / "store")
    return [
        (rule.rpartition("/")[2], verdict.rpartition("/")[2], message)
        for rule, verdict, message in rows(tmp_path / "store", _FINDINGS)
    ]


# ---- figures of the year before ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        pytest.param(
            "全年受理行政复议案件9件。",
            "全年受理行政复议案件15件,上年为9件。",
            [("restatement", "consistent", "9件,与2020年报告的9件一致")],
            id="as it was",
        ),
        pytest.param(
            "全年受理行政复议案件9件。",
            "全年受理行政复议案件15件,上年为12件。",
            [("restatement", "inconsistent", "12件,不同于2020年报告的9件")],
            id="otherwise",
        ),
        pytest.param(
            "全年受理行政复议案件9件。", "全年受理行政复议案件15件,比上年增长66.7%。", [], id="only a growth"
        ),
        pytest.param(
            "全年审结行政复议案件8件。",
            "全年受理行政复议案件15件,上年为12件。",
            [],
            id="of another indicator",
        ),
        pytest.param(
            "全年受理行政复议案件9件。市司法局受理行政复议案件11件。",
            "全年受理行政复议案件15件,上年为12件。",
            [],
            id="two values: which of them is meant is open",
        ),
        pytest.param(
            "调解民间纠纷2500余件。",
            "调解民间纠纷2600件,上年为2513件。",
            [("restatement", "consistent", "2513件,与2020年报告的2500余件一致")],
            id="within a bound",
        ),
        pytest.param(
            "计划全年受理行政复议案件9件。",
            "全年受理行政复议案件15件,上年为12件。",
            [],
            id="planned, not done",
        ),
    ],
)
def test_figures_of_the_year_before_are_held_against_its_report(
    tmp_path: Path, last: str, now: str, expected: list[tuple[str, str, str]]
) -> None:
    found = told(tmp_path, report(SHUNHE, 2020, last), report(SHUNHE, 2021, now))
    restated = [each for each in found if each[0] == "restatement"]
    assert [(rule, verdict) for rule, verdict, _ in restated] == [
        (rule, verdict) for rule, verdict, _ in expected
    ]
    for (_, _, message), (_, _, end) in zip(restated, expected, strict=True):
        assert message.endswith(end)


def test_only_the_same_government_is_held_against(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        report(SHUNHE, 2020, "全年受理行政复议案件9件。"),
        report(LONGTING, 2021, "全年受理行政复议案件15件,上年为12件。"),
        report(SHUNHE, 2022, "全年受理行政复议案件15件,上年为12件。"),
    )
    assert found == []


@pytest.mark.parametrize(
    ("last", "now", "leaps"),
    [
        ("调解民间纠纷2500件。", "调解民间纠纷25000件。", True),
        ("调解民间纠纷25000件。", "调解民间纠纷2500件。", True),
        ("调解民间纠纷2500件。", "调解民间纠纷9900件。", False),
        ("全年受理行政复议案件2件。", "全年受理行政复议案件30件。", False),  # few: no doubt
        ("调解民间纠纷2500件。", "调解民间纠纷0件。", False),
    ],
)
def test_a_leap_is_told(tmp_path: Path, last: str, now: str, leaps: bool) -> None:
    found = told(tmp_path, report(SHUNHE, 2020, last), report(SHUNHE, 2021, now))
    assert [(rule, verdict) for rule, verdict, _ in found] == [("magnitude", "unverifiable")] * leaps


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        ("行政复议案件10件。", "行政复议案件15件,比上年增长50%。", [("consistent", "据此增长50%,一致")]),
        ("行政复议案件9件。", "行政复议案件15件,同比增长66.7%。", [("consistent", "据此增长66.67%,一致")]),
        ("行政复议案件12件。", "行政复议案件15件,同比增长50%。", [("inconsistent", "据此增长25%,不一致")]),
        ("行政复议案件12件。", "行政复议案件9件,同比下降25%。", [("consistent", "据此下降25%,一致")]),
        ("行政复议案件12件。", "行政复议案件15件,同比下降25%。", [("inconsistent", "据此增长25%,不一致")]),
        ("行政复议案件0件。", "行政复议案件15件,同比增长50%。", []),  # nothing grows from nothing
        ("行政诉讼案件10件。", "行政复议案件15件,同比增长50%。", []),
        ("行政复议案件10件。", "行政复议案件15件,环比增长50%。", []),
        ("行政复议案件10件。", "行政复议案件15件,较上月增长50%。", []),
        ("行政复议案件10件。市司法局受理行政复议案件12件。", "行政复议案件15件,同比增长50%。", []),
    ],
)
def test_growth_is_held_against_the_report_of_the_year_before(
    tmp_path: Path, last: str, now: str, expected: list[tuple[str, str]]
) -> None:
    """15 of 10 are 50% more."""
    found = told(tmp_path, report(SHUNHE, 2020, f"全年受理{last}"), report(SHUNHE, 2021, f"全年受理{now}"))
    grown = [(verdict, message) for rule, verdict, message in found if rule == "growth"]
    assert [verdict for verdict, _ in grown] == [verdict for verdict, _ in expected]
    for (_, message), (_, end) in zip(grown, expected, strict=True):
        assert message.endswith(end)


# ---- paragraphs ----------------------------------------------------------------------------------------------

COMMON = "强化行政执法监督,全面落实行政执法公示、执法全过程记录、重大执法决定法制审核三项制度,开展普法宣传活动50场次。"


def test_a_paragraph_of_two_areas_is_shared_and_what_stands_in_it(tmp_path: Path) -> None:
    texts = report(SHUNHE, 2020, COMMON), report(LONGTING, 2020, COMMON.replace(",", ","))
    assert told(tmp_path, *texts) == []
    shared = rows(
        tmp_path / "store",
        "SELECT ?report ?exact { ?text a fatu:SharedText ; fatu:inReport ?report ; fatu:evidence ?span ."
        " ?span oa:exact ?exact ; fatu:inText/fatu:textOf ?report } ORDER BY ?report",
    )
    assert [name for name, _ in shared] == ["report/410202/gov/2020", "report/410203/gov/2020"]
    assert [exact in text for (_, exact), text in zip(shared, reversed(texts), strict=True)] == [True, True]
    inside = rows(
        tmp_path / "store", "SELECT DISTINCT ?kind { ?node fatu:inSharedText ?text ; a ?kind } ORDER BY ?kind"
    )
    assert ("ns#Observation",) in inside and ("ns#Measure",) in inside


def test_a_paragraph_is_shared_no_longer_when_the_other_report_is_gone(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path / "reports", {"a.txt": report(SHUNHE, 2020, COMMON), "b.txt": report(LONGTING, 2020, COMMON)}
    )
    build(folder, tmp_path / "store")
    write_files(folder, {"a.txt": report(SHUNHE, 2020, COMMON)})
    build(folder, tmp_path / "store")
    assert rows(tmp_path / "store", "SELECT ?text { ?text a fatu:SharedText }") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (COMMON, COMMON.replace("50", "51")),  # a figure of its own: a paragraph of its own
        (COMMON, COMMON.replace("强化", "加强")),
        ("加强法治宣传。", "加强法治宣传。"),  # too short to be anybody's
    ],
)
def test_other_paragraphs_are_not_shared(tmp_path: Path, one: str, other: str) -> None:
    told(tmp_path, report(SHUNHE, 2020, one), report(LONGTING, 2020, other))
    assert rows(tmp_path / "store", "SELECT ?text { ?text a fatu:SharedText }") == []


def test_last_years_paragraph_with_its_figures_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, report(SHUNHE, 2020, COMMON), report(SHUNHE, 2021, COMMON))
    assert [(rule, verdict) for rule, verdict, _ in found] == [("duplicate", "unverifiable")]
    assert "与2020年报告中的一段逐字相同" in found[0][2] and "50场次" in found[0][2]


# ---- plans and problems --------------------------------------------------------------------------------------


def test_plans_are_followed_and_problems_recur_by_topic(tmp_path: Path) -> None:
    last = report(
        SHUNHE,
        2020,
        "开展普法宣传活动50场次。",
        "二、存在的问题",
        "行政执法规范化水平有待提高。",
        "三、下一步打算",
        "加强行政复议工作,加大普法宣传力度。",
    )
    now = report(
        SHUNHE,
        2021,
        "全年受理行政复议案件15件。",
        "二、存在的问题",
        "部分单位行政执法不够规范。",
    )
    told(tmp_path, last, now)
    store = tmp_path / "store"
    followed = rows(
        store,
        "SELECT DISTINCT ?what { ?plan a fatu:Plan ; fatu:inReport ?last ; fatu:followedBy ?what ."
        " ?what fatu:inReport ?now . FILTER(STR(?last) < STR(?now)) } ORDER BY ?what",
    )
    assert ("report/410203/gov/2021#obs-recon-accepted",) in followed
    recurs = rows(
        store, "SELECT ?then ?now { ?then fatu:recursAs ?now ; a fatu:Problem . ?now a fatu:Problem }"
    )
    assert recurs == [("report/410203/gov/2020#problem-1", "report/410203/gov/2021#problem-1")]


def test_what_the_corpus_tells_conforms_to_the_shapes(tmp_path: Path) -> None:
    """Shared text, findings across years, followed plans, earlier texts: all of it."""
    folder = write_files(
        tmp_path / "reports",
        {
            "a.txt": report(
                SHUNHE, 2020, COMMON, "调解民间纠纷2500件。", "二、下一步打算", "加强行政复议工作。"
            ),
            "b.txt": report(
                SHUNHE, 2021, COMMON, "调解民间纠纷25000件,上年为2400件。", "受理行政复议案件15件。"
            ),
            "c.txt": report(LONGTING, 2020, COMMON),
        },
    )
    build(folder, tmp_path / "store")
    (folder / "c.txt").write_text(report(LONGTING, 2020, COMMON, "受理行政复议案件3件。"), encoding="utf-8")
    build(folder, tmp_path / "store")
    assert {rule for (rule,) in rows(tmp_path / "store", "SELECT DISTINCT ?rule { ?f fatu:rule ?rule }")} >= {
        "rule/magnitude",
        "rule/restatement",
    }
    assert rows(tmp_path / "store", "SELECT ?v { ?r dcterms:hasVersion ?v }")
    result = validate(make_dataset(read_store_union(str(tmp_path / "store"), Iris()), Iris()))
    assert result.conforms, result


def test_named_queries_see_the_corpus(tmp_path: Path) -> None:
    """What the corpus adds stands beside the rest, and hides none of it."""
    told(
        tmp_path,
        report(SHUNHE, 2020, "全年受理行政复议案件9件。"),
        report(SHUNHE, 2021, "受理行政复议案件15件。"),
    )
    with OxigraphStore(tmp_path / "store") as store:
        answer = ask_store(store, "reconsideration", {}, BASE)
        assert [str(row["value"]) for row in answer] == ["9", "15"]
