"""The questions of the named queries, asked as they are listed; names of areas that are words too."""

from __future__ import annotations

import pytest

from commands import ROOT, fatu
from fatu.lexicon.areas import load_areas
from fatu.lexicon.question_words import fold_question
from fatu.lexicon.tables import Row, load_table
from fatu.querying import NamedQuery, NotUnderstood, Understood, ask_store, ask_words, load_queries
from fatu.querying.answers import describe_answer, format_not_understood
from fatu.querying.own_questions import find_own_query
from fatu.querying.question_signs import read_signs
from fatu.storing import MemoryStore
from many_reports import store_quads

QUESTIONS = [(query, text) for query in load_queries() for text in (query.zh, query.en)]


@pytest.fixture(scope="module")
def many() -> MemoryStore:
    return MemoryStore(store_quads())


def test_no_two_queries_have_one_question() -> None:
    assert [find_own_query(text) for _, text in QUESTIONS] == [query for query, _ in QUESTIONS]


@pytest.mark.parametrize(("query", "text"), QUESTIONS, ids=[text for _, text in QUESTIONS])
def test_a_listed_question_is_its_query_with_its_defaults(
    query: NamedQuery, text: str, many: MemoryStore
) -> None:
    answer = ask_words(many, text)
    if query.table:
        assert isinstance(answer, NotUnderstood)
        assert f"fatu query {query.name} --table {query.table}=FILE.csv" in answer.message
        return
    expected = ask_store(many, query.name)
    if not expected.rows:
        assert isinstance(answer, NotUnderstood)
        assert answer.none_of == query
        return
    assert isinstance(answer, Understood), answer.message
    assert (answer.query, answer.parameters, answer.results) == (query, (), expected)


@pytest.mark.parametrize(
    "question",
    [
        "哪些地区未按时公开或缺少法定内容",
        "  哪些地区未按时公开,或缺少法定内容?!",
        "WHO published late or omits required contents",
    ],
)
def test_width_case_spaces_and_punctuation_do_not_matter(question: str) -> None:
    query = find_own_query(question)
    assert query is not None
    assert query.name == "omissions"


@pytest.mark.parametrize("question", ["哪些数字对不上?", "哪些报告的比率与计数不符?"])
def test_that_there_is_none_is_an_answer(question: str) -> None:
    answer = ask_words(MemoryStore([]), question)
    assert isinstance(answer, NotUnderstood)
    assert answer.nearest == ()
    assert answer.none_of is not None
    assert format_not_understood(answer).startswith("图谱里没有发现对不上的数字")
    assert describe_answer(answer)["query"] == answer.none_of.name


@pytest.mark.parametrize("row", load_table("area_homonyms.tsv"), ids=lambda row: row["name"])
def test_a_name_that_is_a_word_is_an_area_before_its_level_alone(row: Row) -> None:
    name = row["name"]
    assert name in row["example"]
    assert read_signs(fold_question(row["example"])).areas == ()
    table = load_areas()
    codes = table.stems[name]
    short = [code for code in codes if len(table.areas[code].name) == len(name) + 1]
    for code in short:
        (sign,) = read_signs(f"{table.areas[code].name}结案率").areas
        assert code in sign.target.split("|")


def test_a_name_known_for_its_place_is_one_without_its_level() -> None:
    assert "140400" in read_signs("长治结案率").areas[0].target.split("|")


@pytest.mark.parametrize(("lang", "told"), [("en", "cannot answer"), ("zh", "不能回答")])
def test_a_question_without_words_is_refused_in_the_language_that_is_spoken(lang: str, told: str) -> None:
    assert told in fatu("ask", "", cwd=ROOT, FATU_LANG=lang).err


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("石门县2019年受理了多少行政复议案件?", "没有这一地区这一年的报告;有:石门县 2020, 石门县 2021"),
        ("石门县2018年受理了多少行政复议案件?", "没有2018年的报告;有:石门县 2020, 石门县 2021"),
    ],
)
def test_what_there_is_of_an_area_is_told_where_a_year_is_missing(
    question: str, told: str, many: MemoryStore
) -> None:
    answer = ask_words(many, question)
    assert isinstance(answer, NotUnderstood)
    assert answer.message.endswith(told)
