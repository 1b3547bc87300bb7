"""The catalogue's tables: each row matches its own example, no key is claimed twice, references resolve."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from rdflib import URIRef
from rdflib.namespace import SKOS

from fatu.describing import vocabulary
from fatu.describing.definitions import (
    Both,
    define_doc_type,
    define_indicator,
    define_unit,
    written_definition,
)
from fatu.describing.vocabulary import GENERATED, load_ontology, ontology_folder
from fatu.errors import LexiconError
from fatu.iris import Iris
from fatu.lexicon.catalogue import (
    DocType,
    IndicatorEntry,
    Topic,
    Unit,
    bare_phrase,
    find_indicator,
    load_definitions,
    load_doc_types,
    load_indicators,
    load_schemes,
    load_topics,
    load_units,
    match_topics,
    topic_cues,
    unit_slug,
)
from fatu.lexicon.shown_words import load_shown_words
from fatu.model import Bound, CorpusRule, Rule, Status, Verdict

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
        found = find_indicator(phrase, unit)
        assert found is not None and found.entry == entry, f"{phrase} {unit}: {found and found.entry.id}"


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
        ("以区政府为被申请人的复议案件", "件", "recon-respondent-cases"),
        ("行政复议案件按期办结率", "%", None),
        ("行政机关负责人出庭应诉", "次", "leader-appearances"),
        ("组织旁听庭审", "次", "court-hearings-attended"),
        ("公职律师", "名", "public-lawyers"),
        ("培训人民调解员", "名", "training-persons"),
        ("行政调解成功率", "%", None),
        ("矛盾纠纷调处率", "%", None),
        ("取消行政许可事项", "项", "approval-items-cancelled"),
        ("办理行政许可", "件", "licences-granted"),
        ("为消费者挽回经济损失", "元", None),
        ("发放法治宣传折页", "份", "publicity-materials"),
        ("精简申请材料", "份", None),
        ("司法建议", "件", "judicial-proposals"),
        ("受理行政复议案件", "元", None),
        # a difference is not what is counted, nor is a figure for each of several
        ("公职律师较2015年净增", "人", None),
        ("公职律师增加到", "人", "public-lawyers"),
        ("新收行政复议申请较上年增加", "件", None),
        ("每个社区配备法律明白人", "名", None),
        # a share without a unit is no count
        ("约占应诉总量的", None, None),
        ("评查案卷优良率", None, None),
        # a part, or the opposite, of what is counted
        ("办理不予处罚案件", "件", "no-penalty-cases"),
        ("注销执法证件", "个", None),
        ("案卷评查发现不规范案卷", "卷", None),
        ("社区矫正对象提请收监执行", "人", None),
        ("在册安置帮教对象", "人", "resettlement-persons"),
        ("受理法律援助申请", "件", "legal-aid-applications"),
        ("抽调公职律师", "人", None),
        ("在岗执法人员", "人", "enforcement-officers"),
        ("行政执法人员总数", "名", "enforcement-officers"),
        ("应持证执法人员", "人", "enforcement-officers"),
        ("在岗行政执法人员持证", "人", "enforcement-staff"),
        ("行政执法人员持证率", "%", "enforcement-certified-rate"),
        ("执法人员持证上岗率", "%", "enforcement-certified-rate"),
        ("厨师持证上岗率", "%", None),
        ("持证在岗执法人员", "人", "enforcement-staff"),
        ("废止林业行业标准", "项", None),
        ("法治督察问题整改", "个", "inspection-problems-rectified"),
        ("下放行政执法事项", "项", "enforcement-items-delegated"),
        ("下放行政审批事项", "项", "approval-items-cancelled"),
        ("行政复议案件确认违法", "件", None),
        ("审结行政复议案件确认行政行为违法", "件", None),
        ("行政复议案件撤销", "件", "recon-revoked"),
        ("行政复议案件撤销(变更)", "件", "recon-revoked"),
        ("审结行政复议案件撤销或变更原行政行为", "件", "recon-revoked"),
        ("行政复议案件变更", "件", "recon-altered"),
        ("行政复议撤销、变更、确认违法", "件", "recon-corrected"),
        ("行政复议直接纠错", "件", "recon-corrected"),
        ("行政复议撤销率", "%", None),
        ("撤回行政复议申请", "件", None),
        ("行政诉讼判决撤销", "件", None),
        ("案卷评查评定合格", "宗", "case-files-passed"),
        ("合格案卷", "份", "case-files-passed"),
        ("案卷评查不合格", "宗", None),
        ("案卷评查合格率", "%", "case-file-pass-rate"),
        ("行政复议案件调解和解率", "%", "recon-mediation-rate"),
        ("行政复议案件经和解终止", "件", "recon-settled"),
        ("审查政府合同", "份", "contracts-reviewed"),
        ("法律顾问审查政府合同", "份", "adviser-contracts"),
        ("政协提案办复率", "%", "proposals-rate"),
        ("政协提案满意率", "%", "proposals-satisfaction-rate"),
        ("受理政府信息公开申请", "件", "foi-requests"),
        ("答复政府信息公开申请", "件", "foi-answered"),
        ("为企业减免罚款", "元", "penalty-waived"),
        ("研究法治议题", "个", "rule-of-law-items"),
        ("公共法律服务事项", "项", None),
        ("检查企业", "家次", "inspected-subjects"),
        ("检查发现问题企业", "家", None),
        ("征集地方性法规草案意见", "件", None),
        ("“最多跑一次”办件", "件", None),
        # the catalogue is of government by law
        ("地区生产总值完成", "元", None),
        ("社会消费品零售总额", "元", None),
        ("种植小麦", "亩", None),
        ("", None, None),
    ],
)
def test_phrases_of_the_genre(phrase: str, unit: str | None, expected: str | None) -> None:
    found = find_indicator(phrase, unit)
    assert (found.entry.id if found else None) == expected


@pytest.mark.parametrize(
    ("phrase", "unit", "words"),
    [
        ("区政府受理行政复议案件", "件", "受理行政复议"),
        ("行政复议案件审结", "件", "复议案件审结"),
        ("党政机关公职律师", "名", "公职律师"),
        ("一审行政诉讼案件败诉率", "%", "败诉率"),
        ("成功化解矛盾纠纷", "件", "成功化解"),
        ("制作各类宣传版面", "块", "版面"),
    ],
)
def test_words_that_decide_for_an_indicator(phrase: str, unit: str, words: str) -> None:
    found = find_indicator(phrase, unit)
    assert found is not None and phrase[found.start : found.end] == words


def test_the_words_that_decide_stand_in_every_example() -> None:
    for entry in load_indicators():
        for phrase, unit in entry.examples:
            found = find_indicator(phrase, unit)
            assert found is not None and 0 <= found.start < found.end <= len(phrase), phrase


def test_a_rate_divides_what_is_counted_by_what_is_counted() -> None:
    kinds = {entry.id: entry.kind for entry in load_indicators()}
    for entry in load_indicators():
        named = {entry.numerator, entry.denominator, *entry.alt_denominators} - {""}
        assert {kinds[name] for name in named} <= {"count", "persons"}, entry.id
        assert {kinds[part] for part in entry.parts} <= {entry.kind}, entry.id


# Phrases that the catalogue lacks: (one wording, another, of which area, whether they are one thing)
SAME = [
    ("培训村干部", "共培训村干部", "石门县", True),
    ("培训村干部", "累计培训村干部", "石门县", True),
    ("培训村干部", "全年共培训各类村干部", "石门县", True),
    ("培训村干部", "培训 村干部", "石门县", True),
    ("培训村干部", "2022年培训村干部", "石门县", True),
    ("培训村干部", "2022年度全县培训村干部", "石门县", True),
    ("培训村干部", "我县培训村干部", "石门县", True),
    ("培训村干部", "石门县培训村干部", "石门县", True),
    ("种植油茶", "全区累计种植油茶", "开封市顺河回族区", True),
    ("(区)排查隐患", "（区）排查隐患", "石门县", True),
    ("AAA级旅游景区", "ＡＡＡ级旅游景区", "石门县", True),
    ("PM2.5平均浓度", "2021年PM2.5平均浓度", "石门县", True),
    ("组织部门检查", "组织3个部门检查", "石门县", True),
    ("地区生产总值", "地区生产总值完成", "石门县", True),
    ("地区生产总值同比增长", "全县地区生产总值达到同比增长", "石门县", True),
    # ---- another thing
    ("完成投资", "投资", "石门县", False),
    ("培训村干部", "培训镇干部", "石门县", False),
    ("培训村干部", "培训村干部合格率", "石门县", False),
    ("12345热线转来工单", "12336热线转来工单", "石门县", False),
    ("公共停车位", "停车位", "石门县", False),
    ("共享单车", "单车", "石门县", False),
    ("供水管网", "污水管网", "石门县", False),
    ("新增耕地较2015年增加", "新增耕地", "石门县", False),
    ("新增耕地较2015年增加", "新增耕地较2018年增加", "石门县", False),
    ("老人(70岁以上)", "老人(80岁以上)", "石门县", False),
    ("高出全市平均水平", "高出全县平均水平", "石门县", False),
    ("举全县之力完成造林", "举之力完成造林", "石门县", False),
    ("石门县城绿地面积", "绿地面积", "石门县", False),
    ("鲜奶产量", "鲜奶产值", "石门县", False),
    ("AA级旅游景区", "AAA级旅游景区", "石门县", False),
    ("PM2.5平均浓度", "PM10平均浓度", "石门县", False),
]


@pytest.mark.parametrize(("one", "other", "area", "same"), SAME)
def test_one_thing_has_one_identity(one: str, other: str, area: str, same: bool) -> None:
    names = [Iris().local_indicator(bare_phrase(phrase, area)) for phrase in (one, other)]
    assert (names[0] == names[1]) is same, names


def test_a_phrase_is_never_emptied() -> None:
    assert bare_phrase("累计", "石门县") == "累计"
    assert bare_phrase("", "石门县") == ""


@pytest.mark.parametrize("phrase", [one for pair in SAME for one in pair[:2]])
def test_a_bare_phrase_stays_as_it_is(phrase: str) -> None:
    bare = bare_phrase(phrase, "石门县")
    assert bare_phrase(bare, "石门县") == bare


def test_without_a_unit_word_only_counts_match() -> None:
    found = find_indicator("监管事项主项覆盖数", None)
    assert found is not None and found.entry.id == "regulatory-items-covered"
    assert find_indicator("行政复议结案率", None) is None


def test_a_users_own_entries_can_stand_in_for_the_catalogue() -> None:
    own = next(entry for entry in load_indicators() if entry.id == "notarizations")
    found = find_indicator("办理公证", "件", (own,))
    assert found is not None and found.entry is own
    assert find_indicator("受理行政复议案件", "件", (own,)) is None


def test_a_cue_that_does_not_compile_is_named() -> None:
    broken = replace(load_indicators()[0], id="mine", cue="(")
    with pytest.raises(LexiconError, match="mine"):
        find_indicator("行政复议结案率", "%", (broken,))


@pytest.mark.skipif(not METRICS.is_file(), reason="the gold is not beside this checkout")
def test_every_phrase_of_the_gold_finds_its_indicator() -> None:
    with METRICS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    wrong = []
    for row in rows:
        found = find_indicator(row["indicator_full"], row["unit_base"] or None)
        if (found.entry.id if found else "") != row["indicator_id"]:
            wrong.append((row["indicator_full"], row["indicator_id"], found and found.entry.id))
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办理行政复议与法律援助,复议结案", ["行政复议", "法律援助", "复议"]),
        ("一村一法律顾问", ["一村一法律顾问"]),
        ("天气晴朗", []),
    ],
)
def test_words_that_name_topics(text: str, expected: list[str]) -> None:
    cues = topic_cues(text)
    assert [text[start:end] for _, start, end in cues] == expected
    assert tuple(dict.fromkeys(slug for slug, _, _ in cues)) == match_topics(text)


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


# ------------------------------------------------------------------------------------------ words of tables


@pytest.mark.parametrize("kind", ["verdict", "rule", "method", "bound", "level", "status"])
def test_values_are_called_in_tables_what_the_ontology_calls_them(kind: str) -> None:
    """One name for one verdict: in the audit, on the page and its sheet, in the answers of queries."""
    graph, iris = load_ontology(), Iris()
    for word, shown in load_shown_words(kind).items():
        if (kind, word) == ("method", "undecided"):  # of what has no link, and so no method
            continue
        camel = re.sub(r"_([a-z])", lambda match: match[1].upper(), word)
        scheme = {"level": "arealevel"}.get(kind, kind)
        iri = iris.term(camel) if kind in ("bound", "status") else iris.concept(scheme, word)
        labels = {str(label.language): str(label) for label in graph.objects(URIRef(iri), SKOS.prefLabel)}  # type: ignore[attr-defined]
        assert labels == {"zh": shown.zh, "en": shown.en}, iri
    names = {
        "verdict": get_args(Verdict), "rule": {*get_args(Rule), *get_args(CorpusRule)},
        "bound": get_args(Bound), "status": get_args(Status),
    }  # fmt: skip
    assert kind not in names or set(load_shown_words(kind)) == set(names[kind])
