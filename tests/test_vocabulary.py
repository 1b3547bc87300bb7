"""The catalogue's tables: each row matches its own example, no key is claimed twice, references resolve."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fatu.describing import vocabulary
from fatu.describing.definitions import (
    Both,
    define_doc_type,
    define_indicator,
    define_unit,
    written_definition,
)
from fatu.describing.vocabulary import GENERATED, ontology_folder
from fatu.errors import LexiconError
from fatu.lexicon.catalogue import (
    DocType,
    IndicatorEntry,
    Topic,
    Unit,
    load_definitions,
    load_doc_types,
    load_indicators,
    load_schemes,
    load_topics,
    load_units,
    match_indicator,
    match_topics,
    unit_slug,
)

METRICS = Path(__file__).parents[2] / "shared" / "gold" / "shunhe-2020" / "metrics.tsv"
PATTERN_SIGNS = r"[.*?()\[\]|\\]"


# ------------------------------------------------------------------------------------------ generated files


@pytest.mark.parametrize(("name", "render"), GENERATED)
def test_generated_files_are_what_the_tables_say(name: str, render: object) -> None:
    assert callable(render)
    assert (ontology_folder() / name).read_bytes().decode() == render()


def test_check_names_stale_files_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(vocabulary, "ontology_folder", lambda: tmp_path)
    assert vocabulary.main(["--check"]) == 1
    assert "units.ttl" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert vocabulary.main([]) == 0
    assert vocabulary.main(["--check"]) == 0


# ----------------------------------------------------------------------------------------------- indicators


@pytest.mark.parametrize("entry", load_indicators(), ids=lambda entry: entry.id)
def test_indicator_matches_its_examples_before_any_other(entry: IndicatorEntry) -> None:
    assert entry.examples
    for phrase, unit in entry.examples:
        found = match_indicator(phrase, unit)
        assert found is not None and found.id == entry.id, f"{phrase} {unit}: {found and found.id}"


@pytest.mark.parametrize("entry", load_indicators(), ids=lambda entry: entry.id)
def test_indicator_refers_to_what_exists(entry: IndicatorEntry) -> None:
    ids = {other.id for other in load_indicators()}
    named = {entry.numerator, entry.denominator, entry.broader, *entry.alt_denominators, *entry.parts} - {""}
    assert named <= ids - {entry.id}
    assert entry.topic in {topic.slug for topic in load_topics() if topic.broader}
    assert entry.unit in {unit.slug for unit in load_units()}
    assert entry.unit in {unit_slug(word) for word in entry.unit_words}
    assert set(entry.unit_words) <= {unit.word for unit in load_units()}
    assert entry.kind in {"count", "persons", "sessions", "money", "ratio"}
    assert entry.stock_flow in {"stock", "flow"}
    assert entry.source
    assert entry.numerator == "" or entry.kind == "ratio"


def test_no_two_indicators_have_one_name_or_one_example() -> None:
    for names in (
        [entry.zh for entry in load_indicators()],
        [entry.en for entry in load_indicators()],
        [example for entry in load_indicators() for example in entry.examples],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize(
    ("phrase", "unit", "expected"),
    [
        ("区政府办理行政复议案件", "宗", "recon-accepted"),
        ("不予受理行政复议申请", "件", None),
        ("行政复议案件驳回申请", "件", None),
        ("行政复议案件审结", "宗", "recon-closed"),
        ("行政复议和行政应诉案件审结", "件", None),
        ("以区政府为被申请人的复议案件", "件", None),
        ("行政复议案件按期办结率", "%", None),
        ("行政机关负责人出庭应诉", "次", "leader-appearances"),
        ("组织旁听庭审", "次", None),
        ("公职律师", "名", "public-lawyers"),
        ("培训人民调解员", "名", "training-persons"),
        ("行政调解成功率", "%", None),
        ("矛盾纠纷调处率", "%", None),
        ("取消行政许可事项", "项", "approval-items-cancelled"),
        ("办理行政许可", "件", "licences-granted"),
        ("为消费者挽回经济损失", "元", None),
        ("发放法治宣传折页", "份", "publicity-materials"),
        ("精简申请材料", "份", None),
        ("司法建议", "件", None),
        ("受理行政复议案件", "元", None),
        ("种植小麦", "亩", None),
        ("", None, None),
    ],
)
def test_phrases_of_the_genre(phrase: str, unit: str | None, expected: str | None) -> None:
    found = match_indicator(phrase, unit)
    assert (found.id if found else None) == expected


def test_without_a_unit_word_only_counts_match() -> None:
    found = match_indicator("监管事项主项覆盖数", None)
    assert found is not None and found.id == "regulatory-items-covered"
    assert match_indicator("行政复议结案率", None) is None


def test_a_users_own_entries_can_stand_in_for_the_catalogue() -> None:
    own = next(entry for entry in load_indicators() if entry.id == "notarizations")
    assert match_indicator("办理公证", "件", (own,)) is own
    assert match_indicator("受理行政复议案件", "件", (own,)) is None


def test_a_cue_that_does_not_compile_is_named() -> None:
    broken = replace(load_indicators()[0], id="mine", cue="(")
    with pytest.raises(LexiconError, match="mine"):
        match_indicator("行政复议结案率", "%", (broken,))


@pytest.mark.skipif(not METRICS.is_file(), reason="the gold is not beside this checkout")
def test_every_phrase_of_the_gold_finds_its_indicator() -> None:
    with METRICS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    wrong = []
    for row in rows:
        found = match_indicator(row["indicator_full"], row["unit_base"] or None)
        if (found.id if found else "") != row["indicator_id"]:
            wrong.append((row["indicator_full"], row["indicator_id"], found and found.id))
    assert len(rows) == 42 and wrong == []


# --------------------------------------------------------------------------------------------------- topics


@pytest.mark.parametrize("topic", load_topics(), ids=lambda topic: topic.slug)
def test_topic_matches_its_example_first(topic: Topic) -> None:
    assert match_topics(topic.example)[0] == topic.slug


@pytest.mark.parametrize("topic", load_topics(), ids=lambda topic: topic.slug)
def test_topic_refers_to_what_exists(topic: Topic) -> None:
    slugs = {other.slug for other in load_topics()}
    assert {topic.broader, *topic.related} - {""} <= slugs - {topic.slug}
    assert set(topic.close_match) <= {concept.slug for concept in load_schemes() if concept.notation}
    assert bool(topic.broader) == ("." in topic.notation)
    assert topic.zh not in topic.alt_labels
    assert topic.source


def test_no_two_topics_share_a_label_or_a_notation() -> None:
    labels = [label for topic in load_topics() for label in (topic.zh, *topic.alt_labels)]
    for names in (labels, [topic.notation for topic in load_topics()]):
        assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区应急管理局印发通知", ()),
        ("一村一法律顾问", ("village-legal-advisers",)),
        ("规范性文件备案审查", ("filing-review",)),
        ("疫情防控期间开展普法宣传", ("epidemic-control", "law-popularization")),
        ("加强行政执法", ("enforcement",)),
        ("加强行政执法监督,规范行政执法", ("enforcement-supervision",)),
        ("落实重大行政决策合法性审查制度", ("decision-legality-review",)),
        ("做好行政复议与行政诉讼的衔接", ("administrative-reconsideration", "administrative-litigation")),
        ("天气晴朗", ()),
        ("", ()),
    ],
)
def test_topics_of_a_text(text: str, expected: tuple[str, ...]) -> None:
    assert match_topics(text) == expected


def test_headings_of_official_outlines_keep_their_status() -> None:
    concepts = load_schemes()
    assert Counter(concept.scheme for concept in concepts) == {
        "outline2015": 9,
        "outline2021": 10,
        "demo2021": 10,
    }
    assert {concept.status for concept in concepts} == {"verified", "known"}


# ------------------------------------------------------------------------------------------- units, documents


@pytest.mark.parametrize("unit", load_units(), ids=lambda unit: unit.word)
def test_unit_stands_in_its_example(unit: Unit) -> None:
    barred = "|".join(map(re.escape, unit.not_before)) or "(?!)"
    assert re.search(rf"\d\(?{re.escape(unit.word)}(?!{barred})", unit.example) and unit.source
    assert re.fullmatch(r"[a-z][a-z0-9-]*", unit.slug)
    assert (unit.qudt == "") == (unit.match == "") and unit.match in {"", "exact", "broad"}
    assert (unit.base == "") == (unit.power is None)
    assert unit.base in {"", *(other.slug for other in load_units())} - {unit.slug}


def test_words_of_one_unit_agree() -> None:
    facts: dict[str, set[tuple[object, ...]]] = {}
    for unit in load_units():
        facts.setdefault(unit.slug, set()).add(
            (unit.zh, unit.en, unit.kind, unit.qudt, unit.base, unit.power)
        )
    assert [slug for slug, said in facts.items() if len(said) > 1] == []
    names = Counter(name for said in facts.values() for name in {fact[0] for fact in said})
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("件", "jian"),
        ("期", "qi"),
        ("起", "qi3"),
        ("千米", "km"),
        ("公里", "km"),
        (None, "none"),
        ("阕", None),
    ],
)
def test_slug_of_a_unit_word(word: str | None, slug: str | None) -> None:
    assert unit_slug(word) == slug


def test_multipliers_are_no_units() -> None:
    assert {unit.word for unit in load_units()} & {"万", "亿", "万元", "亿元", "万人次"} == set()


@pytest.mark.parametrize("kind", load_doc_types(), ids=lambda kind: kind.slug)
def test_document_type_ends_its_example(kind: DocType) -> None:
    longest = max((k.zh for k in load_doc_types() if kind.example.endswith(k.zh)), key=len)
    assert longest == kind.zh and kind.source
    assert not re.search(PATTERN_SIGNS, kind.zh)


def test_definitions_are_those_of_schemes_official_types_and_kinds_of_quantities() -> None:
    schemes = {scheme.slug for scheme in load_schemes() if not scheme.notation}
    schemes |= {"topics", "indicators", "units", "doctypes", "textkinds"}
    wanted = {f"scheme/{slug}" for slug in schemes} | {f"kind/{unit.kind}" for unit in load_units()}
    wanted |= {f"doctype/{kind.slug}" for kind in load_doc_types() if kind.kind == "doctype"}
    assert {definition.concept for definition in load_definitions()} == wanted
    assert all(definition.zh and definition.en for definition in load_definitions())


def test_a_definition_that_is_missing_is_named() -> None:
    with pytest.raises(LexiconError, match="scheme/none"):
        written_definition("scheme/none")


@pytest.mark.parametrize(
    ("define", "row", "zh", "en"),
    [
        (
            define_indicator,
            next(entry for entry in load_indicators() if entry.id == "recon-closure-rate"),
            "行政复议案件审结数除以行政复议案件受理数,以%计。",
            "Reconsideration cases closed divided by: Reconsideration cases accepted; in percent.",
        ),
        (
            define_unit,
            next(unit for unit in load_units() if unit.slug == "km"),
            "计长度的单位或量词,写作“公里”;一千米为10^3米。",
            "Unit or measure word for length, written 公里; one is 10^3 metre.",
        ),
        (
            define_doc_type,
            next(kind for kind in load_doc_types() if kind.slug == "实施方案"),
            "通知等公文所印发的文本,名称以“实施方案”结尾。",
            "A text that a notice issues and whose title ends in 实施方案.",
        ),
    ],
)
def test_definitions_made_of_a_row(define: Callable[[object], Both], row: object, zh: str, en: str) -> None:
    assert define(row) == (zh, en)


def test_the_fifteen_types_of_official_documents() -> None:
    words = "决议 决定 命令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要"
    official = {kind.slug for kind in load_doc_types() if kind.kind == "doctype"}
    assert official == {*words.split()}
