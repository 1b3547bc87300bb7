"""Named queries without rows: what is told, and what is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import ROOT, call_fatu
from fatu.errors import QueryError
from fatu.pipeline import build
from fatu.querying import ask_store, load_queries
from fatu.querying.named import parse_query
from fatu.querying.syntax import find_selected
from fatu.storing import MemoryStore

OTHER = ("--base-iri", "https://example.org/")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("stores") / "store"
    assert call_fatu("load", "graphs", "--store", store, cwd=ROOT).code == 0
    return store


@pytest.mark.parametrize("command", [("query", "reconsideration"), ("ask", "存在哪些问题?")])
def test_a_store_of_another_base_is_an_error(command: tuple[str, str], folder: Path) -> None:
    told = call_fatu(*command, "--store", folder, *OTHER, cwd=ROOT)
    assert told.code == 2
    assert told.out == ""
    assert "no report under https://example.org/, but under https://w3id.org/fatu/" in told.err
    assert "give --base-iri https://w3id.org/fatu/" in told.err


@pytest.mark.parametrize(
    ("query", "setting", "told"),
    [
        ("reconsideration", "report=nope", "has no report 'nope'; it has 410203-gov-2020"),
        ("reconsideration", "report=410203-gov-2019", "it has 410203-gov-2020"),
        ("trend", "area=999999", "no area has the code '999999'"),
        ("ranking", "within=999999", "no area has the code '999999'"),
    ],
)
def test_a_report_or_an_area_that_there_is_not_is_an_error(query: str, setting: str, told: str) -> None:
    result = call_fatu("query", query, "--set", setting, cwd=ROOT)
    assert (result.code, result.out) == (2, "")
    assert told in result.err


def test_that_there_is_nothing_is_told() -> None:
    result = call_fatu("query", "trend", "--set", "area=430726", cwd=ROOT)
    assert result.code == 0
    assert len(result.out.splitlines()) == 1
    assert result.err == "fatu: no rows: the graphs state nothing that trend asks for\n"


@pytest.mark.parametrize(
    ("text", "selected"),
    [
        ("SELECT ?a (COUNT(?b) AS ?c) WHERE { ?a ?e ?b }", {"a", "c"}),
        ("# SELECT ?z\nPREFIX x: <y:>\nSELECT DISTINCT ?a { { SELECT ?b { ?b ?c ?a } } }", {"a"}),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c }", {"n"}),
        ("SELECT * { ?a ?b ?c }", None),
        ("ASK { { SELECT ?a { ?a ?b ?c } } }", None),
        ("CONSTRUCT { ?a ?b ?c } { SELECT ?a ?b ?c { ?a ?b ?c } }", None),
    ],
)
def test_what_a_query_selects(text: str, selected: set[str] | None) -> None:
    assert find_selected(text) == selected


def test_a_parameter_must_be_selected() -> None:
    header = "# param: year year — 年 / year\n"
    assert parse_query("mine", f"{header}SELECT ?year {{ ?report fatu:reportYear ?year }}").parameters
    with pytest.raises(QueryError, match=r"mine: parameter 'year' is not selected; add \?year to SELECT"):
        parse_query("mine", f"{header}SELECT ?report {{ ?report fatu:reportYear ?year }}")
    assert load_queries()


def test_an_indicator_that_the_catalogue_lacks_has_a_trend(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "石门县2012年法治政府建设情况报告\n\n2012年,我县地区生产总值85.6亿元。\n\n石门县人民政府\n2013年1月20日\n",
        encoding="utf-8",
    )
    store = MemoryStore(build(report).quads)
    (row,) = ask_store(store, "trend", {"indicator": "地区生产总值"})
    assert (row["name"], row["value"], row["nameEn"]) == ("地区生产总值", 8_560_000_000, None)
