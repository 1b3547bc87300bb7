"""A user's own rows and decisions: what they change, what is wrong with them, what the graph keeps of them."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatu.cli import main
from fatu.describing import report_lines
from fatu.describing.terms import Literal, write_quad
from fatu.describing.validation import validate
from fatu.errors import LexiconError
from fatu.exporting.records import Record, extraction_records
from fatu.iris import Iris
from fatu.lexicon.catalogue import load_indicators
from fatu.lexicon.extension import extended
from fatu.lexicon.user_corrections import Guidance, load_corrections, load_guidance
from fatu.lexicon.user_lexicon import load_lexicon
from fatu.pipeline import KnowledgeGraph, build, read_report

REPORT = """石门县人民政府2022年度法治政府建设情况报告

一、工作开展情况

一是县督考办组织全县“红色物业”创建,举办行政复议听证会12场。二是县公调中心化解纠纷30件,发放平安柚300筐。
三是按照石法政办〔2022〕4号文件要求,推进执法监督。四是市司法局到我县督察,全年安排3号楼为服务场所。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join("\t".join(line.split("|")) for line in lines) + "\n", encoding="utf-8")
    return path


def records(report: Path, guidance: Guidance, kind: str) -> list[Record]:
    return [r for r in extraction_records(read_report(report, guidance=guidance)) if r["kind"] == kind]


# ------------------------------------------------------------------------------------------------- lexicon

LEXICON = (
    "kind|word|name|id|unit|topic|area|line|source",
    "agency|督考办|督查考核办公室||||||县政府三定方案",
    "agency|公调中心|公共法律调解中心||||||",
    "program|红色物业|党建引领红色物业||||||",
    "unit|筐|||||||",
    "indicator|复议.*听证|行政复议听证次数|recon-hearings-held|场|administrative-reconsideration|||",
    "code|石法政办|石门县法治政府建设领导小组办公室||||430726||",
)


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    return table(tmp_path / "my.tsv", *LEXICON)


def blocks(page: str) -> list[str]:
    """The two tables in a page of the documentation, without their titles."""
    block = next(part for part in page.split("```") if "# --lexicon words.tsv" in part)
    return [part.partition("\n")[2] for part in block.split("# --")[1:]]


def test_the_tables_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    page = Path(__file__).parents[1] / "docs" / "how-to" / "own-words.md"
    text = page.read_text(encoding="utf-8")
    paths = [tmp_path / "words.tsv", tmp_path / "decisions.tsv"]
    for path, block in zip(paths, blocks(text), strict=True):
        path.write_text(block, encoding="utf-8")
    guidance = load_guidance(*paths)
    tables = {row.table for row in guidance.lexicon.rows}
    assert tables == {"agency_functions.tsv", "indicators.tsv", "document_codes.tsv"}
    assert len(guidance.corrections) == 2


def test_own_agencies_are_found_and_named(report: Path, lexicon: Path) -> None:
    plain = {r["text"]: r["name"] for r in records(report, Guidance(), "agency")}
    assert "县督考办" not in plain
    found = {r["text"]: r["name"] for r in records(report, load_guidance(lexicon), "agency")}
    assert found["县督考办"] == "石门县督查考核办公室"
    assert found["县公调中心"] == "石门县公共法律调解中心"


def test_own_rows_stand_for_those_of_the_package(report: Path, tmp_path: Path) -> None:
    report.write_text(REPORT.replace("县督考办", "县应急局"), encoding="utf-8")
    own = table(tmp_path / "my.tsv", "kind|word|name", "agency|应急局|应急救援局")
    found = {r["text"]: r["name"] for r in records(report, load_guidance(own), "agency")}
    assert found["县应急局"] == "石门县应急救援局"


def test_own_programs_units_and_codes(report: Path, lexicon: Path) -> None:
    guidance = load_guidance(lexicon)
    programs = {r["text"]: r["name"] for r in records(report, guidance, "program")}
    assert programs["红色物业"] == "党建引领红色物业"
    metrics = {r["text"]: r for r in records(report, guidance, "metric")}
    assert (metrics["300筐"]["value"], metrics["300筐"]["unit"]) == ("300", "筐")
    citation = records(report, guidance, "citation")[0]
    assert (citation["number"], citation["issuer"]) == (
        "石法政办〔2022〕4号",
        "石门县法治政府建设领导小组办公室",
    )


def test_own_agencies_need_no_area_and_are_known_by_their_full_name(report: Path, lexicon: Path) -> None:
    report.write_text(REPORT + "五是督考办检查工作,县督查考核办公室通报。\n", encoding="utf-8")
    found = {r["text"]: r["name"] for r in records(report, load_guidance(lexicon), "agency")}
    assert found["督考办"] == found["县督查考核办公室"] == "石门县督查考核办公室"


def test_an_indicator_of_the_catalogue_gets_one_more_cue(report: Path, tmp_path: Path) -> None:
    own = table(tmp_path / "my.tsv", "kind|word|id|unit", "indicator|复议.*听证|training-sessions|")
    graph = build(report, guidance=load_guidance(own))
    found = {r["text"]: r["indicator_id"] for r in graph.mentions() if r["kind"] == "metric"}
    assert found["12场"] == "training-sessions"
    assert validate(graph.dataset).conforms


def test_the_lines_of_a_report_tell_the_users_own_units_and_indicators(report: Path, lexicon: Path) -> None:
    guidance, iris = load_guidance(lexicon), Iris()
    graph = build(report, guidance=guidance)
    with extended(guidance.lexicon):
        lines = report_lines(graph.report, graph.findings, iris)
    own = [quad for quad in graph.quads if quad.graph != iris.vocabulary_graph]
    assert any(quad.object == Literal("行政复议听证次数", language="zh") for quad in own)
    assert lines == sorted(f"{write_quad(quad)}\n" for quad in own)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_of_any_system(ends: str, tmp_path: Path) -> None:
    path = tmp_path / "my.tsv"
    path.write_bytes(ends.join(["# mine\u2028more", "kind\tword", "agency\t督考办", ""]).encode())
    assert [row.table for row in load_lexicon(path).rows] == ["agency_functions.tsv"]


def test_a_corrected_number_leaves_no_place_in_the_text(report: Path, tmp_path: Path) -> None:
    graph = corrected(
        report, tmp_path, "|citation|石法政办〔2022〕4号||is|《石门县要点》(石政办发〔2022〕4号)||"
    )
    found = next(r for r in graph.mentions() if r["kind"] == "citation")
    assert (found["number"], found["number_start"]) == ("石政办发〔2022〕4号", None)


def test_several_files_count_together(report: Path, tmp_path: Path) -> None:
    one = table(tmp_path / "one.tsv", "kind|word|name", "agency|督考办|督查考核办公室")
    two = table(tmp_path / "two.tsv", "kind|word", "agency|公调中心")
    guidance = load_guidance([one, two])
    assert guidance.lexicon.name == "one.tsv, two.tsv"
    assert {"县督考办", "县公调中心"} <= {r["text"] for r in records(report, guidance, "agency")}


def test_own_indicators_go_before_the_catalogue(report: Path, lexicon: Path) -> None:
    metrics = {r["text"]: r for r in records(report, load_guidance(lexicon), "metric")}
    assert metrics["12场"]["indicator_id"] == "recon-hearings-held"


def test_nothing_of_it_stays_behind(report: Path, lexicon: Path) -> None:
    before = extraction_records(read_report(report))
    read_report(report, guidance=load_guidance(lexicon))
    assert extraction_records(read_report(report)) == before


def test_the_graph_describes_what_no_vocabulary_has(report: Path, lexicon: Path) -> None:
    graph = build(report, guidance=load_guidance(lexicon))
    rows = graph.query(
        "PREFIX fatu: <https://w3id.org/fatu/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?indicator ?unit { ?o a fatu:Observation ; fatu:indicator/skos:prefLabel ?indicator ; "
        "fatu:unit/skos:prefLabel ?unit FILTER(LANG(?indicator) = 'zh' && LANG(?unit) = 'zh') }"
    ).rows
    said = {tuple(value.value for value in row if value is not None) for row in rows}
    assert ("行政复议听证次数", "场次") in said or ("行政复议听证次数", "场") in said
    assert any(unit == "筐" for _, unit in said)
    assert validate(graph.dataset).conforms


def test_the_graph_tells_that_a_lexicon_was_used(report: Path, lexicon: Path) -> None:
    def runs(graph: KnowledgeGraph) -> set[str]:
        return {q.subject for q in graph.quads if q.predicate.endswith("prov#used")}

    plain, own = build(report), build(report, guidance=load_guidance(lexicon))
    assert runs(plain).isdisjoint(runs(own))
    used = {q.object.value for q in own.quads if q.predicate.endswith("prov#used")}
    assert any("/id/lexicon/" in iri for iri in used)
    assert own.quads == build(report, guidance=load_guidance(lexicon)).quads


BAD_LEXICONS = [
    # (lines, words of the message)
    (("kind|word", "agent|督考办"), ("line 2 column kind", "'agent'", "agency")),
    (("kind|word", "agency|"), ("line 2 column word", "empty")),
    (("kind|word|colour", "agency|督考办|red"), ("line 1", "'colour'", "no column")),
    (("kind word name", "agency 督考办 督查考核办公室"), ("line 1", "no tabs")),
    (("kind,word,name", "agency,督考办,督查考核办公室"), ("line 1", "no tabs")),
    (('"kind"|"word"', "agency|督考办"), ("line 1", "quotes")),
    (("kind|word", 'agency|"督考办"'), ("line 2 column word", "quotes")),
    (("agency|督考办|督查考核办公室",), ("line 1", "'agency'", "in the first line name columns")),
    (("kind|word|unit", "agency|督考办|件"), ("line 2 column unit", "an agency has no unit")),
    (("kind|word|name", "agency|县督考办|石门县督查考核办公室"), ("line 2 column name", "without: 督查考核办公室")),
    (("kind|word", "unit|件"), ("line 2 column word", "already")),
    (("kind|word", "unit|2023"), ("line 2 column word", "no word")),
    (("kind|word|name|id|unit|topic", "indicator|.*|听证|x|场|publicity"), ("line 2 column word", "matches anything")),
    (("kind|word|name|id|unit|topic", "indicator|听证|听证数|recon-accepted|场|publicity"),
     ("line 2 column name", "names recon-accepted 行政复议案件受理数")),
    (("kind|word", "agency|督考办|x"), ("line 2 column 3", "more than the header")),
    (("kind|word", "agency|督考办", "agency|督考办"), ("line 3 column word", "already in my.tsv line 2")),
    (("kind|word|line", "agency|督考办|army"), ("line 2 column line", "'army'")),
    (("kind|word|name|area", "code|石法政办|某办|999999"), ("line 2 column area", "999999")),
    (("kind|word|name|area", "code|顺司某|顺河回族区司法局|410203"), ("line 2 column name", "开封市顺河回族区")),
    (("kind|word", "unit|jian"), ("line 2 column word", "already")),
    (("kind|word|name|id|unit|topic", "indicator|(?i)abc|数|recon-accepted|场|publicity"),
     ("line 2 column name", "names recon-accepted")),
    (("kind|word|id", "indicator|(?i)abc|recon-accepted"), ("line 2 column word", "cannot stand beside")),
    (("kind|word|name", "agency|督考办|督查\x0b办公室"), ("line 2 column name", "cannot be seen")),
    (("kind|word|name|id|unit|topic", "indicator|听证|听证|X|场|publicity"), ("line 2 column id", "'X'")),
    (("kind|word|name|id|unit|topic", "indicator|听(证|听证|x|场|publicity"), ("line 2 column word", "compile")),
    (("kind|word|name|id|unit|topic", "indicator|听证|听证|x|阕|publicity"), ("line 2 column unit", "阕")),
    (("kind|word|name|id|unit|topic", "indicator|听证|听证|x|场|cooking"), ("line 2 column topic", "cooking")),
]  # fmt: skip


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "gbk"])
def test_a_table_is_read_in_the_encodings_that_reports_are_read_in(codec: str, tmp_path: Path) -> None:
    """utf-16 is what Excel calls Unicode text."""
    text = "kind\tword\tname\r\nagency\t督考办\t督查考核办公室\r\n"
    (tmp_path / "my.tsv").write_bytes(text.encode(codec))
    rows = load_lexicon(tmp_path / "my.tsv").of("agency_functions.tsv")
    assert {row["function"] for row in rows if row["surface"] == "督考办"} == {"督查考核办公室"}


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "my.tsv").write_bytes(f"kind\tword\nagency\t{'督考办' * 9}".encode()[:-2])
    with pytest.raises(LexiconError, match=r"^my\.tsv: begins as UTF-8 but is damaged .*save the table as"):
        load_lexicon(tmp_path / "my.tsv")


@pytest.mark.parametrize(("lines", "words"), BAD_LEXICONS)
def test_a_malformed_lexicon_names_line_column_and_reason(
    lines: tuple[str, ...], words: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(LexiconError) as caught:
        load_lexicon(table(tmp_path / "my.tsv", *lines))
    assert all(word in str(caught.value) for word in ("my.tsv", *words))


# --------------------------------------------------------------------------------------------- corrections

HEAD = "report|kind|text|start|decision|value|by|note"


def corrected(report: Path, tmp_path: Path, *lines: str) -> KnowledgeGraph:
    return build(report, guidance=load_guidance((), table(tmp_path / "corrections.tsv", HEAD, *lines)))


def test_what_is_no_metric_is_left_out(report: Path, tmp_path: Path) -> None:
    assert "30件" in {r["text"] for r in records(report, Guidance(), "metric")}
    graph = corrected(report, tmp_path, "|metric|30件||not||某人|是往年数")
    assert "30件" not in {r["text"] for r in graph.mentions() if r["kind"] == "metric"}


def test_what_is_left_out_changes_nothing_else(report: Path, tmp_path: Path) -> None:
    text = "五是受理行政复议案件9件,审结8件,结案率90%。"
    report.write_text(REPORT + text + "\n", encoding="utf-8")
    before = [r for r in extraction_records(read_report(report)) if r["text"] != "9件"]
    graph = corrected(report, tmp_path, "|metric|9件||not|||")
    gone = [r for r in before if r not in graph.mentions()]
    assert [r["kind"] for r in gone] == ["link"]
    assert [r for r in graph.mentions() if r not in before] == []


def test_an_agency_is_that_one(report: Path, tmp_path: Path) -> None:
    graph = corrected(report, tmp_path, "430726-gov-2022|agency|市司法局||is|岳阳市司法局||")
    found = next(r for r in graph.mentions() if r["text"] == "市司法局")
    assert (found["name"], found["method"]) == ("岳阳市司法局", "corrected")
    assert str(found["iri"]).endswith("org/430600/司法局")


def test_a_document_is_that_one(report: Path, tmp_path: Path) -> None:
    graph = corrected(report, tmp_path, "|citation|石法政办〔2022〕4号||is|石政办发〔2022〕4号||")
    found = next(r for r in graph.mentions() if r["kind"] == "citation")
    assert (found["number"], str(found["iri"]).rsplit("/", 1)[-1]) == (
        "石政办发〔2022〕4号",
        "石政办发-2022-4",
    )


def test_a_metric_counts_that(report: Path, tmp_path: Path) -> None:
    graph = corrected(report, tmp_path, "|metric|12场||is|training-sessions||")
    found = next(r for r in graph.mentions() if r["text"] == "12场")
    assert found["indicator_id"] == "training-sessions"


SAME_INDICATOR = ["disputes-accepted", "name", "https://w3id.org/fatu/id/indicator/disputes-accepted"]


@pytest.mark.parametrize("value", SAME_INDICATOR)
def test_an_indicator_is_named_by_id_name_or_iri(value: str, report: Path, tmp_path: Path) -> None:
    entry = next(e for e in load_indicators() if e.id == "disputes-accepted")
    value = entry.zh if value == "name" else value
    graph = corrected(report, tmp_path, f"|indicator|12场||is|{value}||")
    found = next(r for r in graph.mentions() if r["text"] == "12场")
    assert found["indicator_id"] == "disputes-accepted"


def test_an_agency_is_named_by_its_iri_too(report: Path, tmp_path: Path) -> None:
    iri = "https://w3id.org/fatu/id/org/430600/司法局"
    graph = corrected(report, tmp_path, f"|agency|市司法局||is|{iri}||")
    found = next(r for r in graph.mentions() if r["text"] == "市司法局")
    assert (found["name"], found["iri"]) == ("岳阳市司法局", iri)


FULL_NAMES = [
    # (value, canonical name)
    ("中国人民政治协商会议石门县委员会", "中国人民政治协商会议石门县委员会"),
    ("共青团石门县委员会", "共青团石门县委员会"),
    ("中共石门县委政法委员会", "中共石门县委政法委员会"),
    ("石门县供销合作社", "石门县供销合作社"),
    ("石门县柑桔产业发展服务站", "石门县柑桔产业发展服务站"),
    ("https://w3id.org/fatu/id/org/100000/国务院", "国务院"),
    ("https://w3id.org/fatu/id/org/430726/中共委员会", "中共石门县委员会"),
    ("https://w3id.org/fatu/id/org/430700/司法局/行政复议科", "常德市司法局行政复议科"),
]


@pytest.mark.parametrize(("value", "name"), FULL_NAMES)
def test_full_names_and_iris_of_agencies_of_every_line(
    value: str, name: str, report: Path, tmp_path: Path
) -> None:
    graph = corrected(report, tmp_path, f"|agency|市司法局||is|{value}||")
    found = next(r for r in graph.mentions() if r["text"] == "市司法局")
    assert found["name"] == name
    if "://" in value:
        assert found["iri"] == value


def test_a_corrected_document_has_its_own_title(report: Path, tmp_path: Path) -> None:
    report.write_text(REPORT + "五是学习《民法典》。\n", encoding="utf-8")
    graph = corrected(report, tmp_path, "|document|《民法典》||is|《湖南省民法典办法》||")
    found = next(r for r in graph.mentions() if r["text"] == "《民法典》")
    assert found["title"] == "湖南省民法典办法"
    titles = {
        q.object.value
        for q in graph.quads
        if q.subject == found["iri"] and q.predicate.endswith("terms/title")
    }
    assert titles == {"湖南省民法典办法"}


def test_what_is_about_one_place_or_report_counts_first(tmp_path: Path) -> None:
    path = table(
        tmp_path / "corrections.tsv",
        HEAD,
        "|agency|市司法局||is|岳阳市司法局||",
        "430726-gov-2022|agency|市司法局||is|衡阳市司法局||",
        "|agency|市司法局|7|is|邵阳市司法局||",
    )
    assert [c.value for c in load_corrections(path)] == ["邵阳市司法局", "衡阳市司法局", "岳阳市司法局"]


def test_two_decisions_about_the_same_are_refused(tmp_path: Path) -> None:
    path = table(
        tmp_path / "corrections.tsv", HEAD, "|metric|30件||not|||", "|metric|30件||is|disputes-accepted||"
    )
    with pytest.raises(LexiconError, match=r"line 3 column text.*line 2"):
        load_corrections(path)


def test_what_an_indicator_is_not_has_to_be_said_otherwise(tmp_path: Path) -> None:
    path = table(tmp_path / "corrections.tsv", HEAD, "|indicator|30件||not|||")
    with pytest.raises(
        LexiconError, match=r"line 2 column decision.*write is and a value.*or the kind metric"
    ):
        load_corrections(path)


def test_a_decision_may_be_about_one_place_only(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT + "五是市司法局开展培训。\n", encoding="utf-8")
    first = REPORT.index("市司法局")
    graph = corrected(path, tmp_path, f"|agency|市司法局|{first}|is|岳阳市司法局||")
    names = [r["name"] for r in graph.mentions() if r["text"] == "市司法局"]
    assert names == ["岳阳市司法局", "常德市司法局"]


def test_the_graph_records_each_decision(report: Path, tmp_path: Path) -> None:
    graph = corrected(
        report, tmp_path, "|metric|30件||not||某人|是往年数", "|agency|市司法局||is|岳阳市司法局||"
    )
    rows = graph.query(
        "PREFIX fatu: <https://w3id.org/fatu/ns#> PREFIX oa: <http://www.w3.org/ns/oa#> "
        "PREFIX dc: <http://purl.org/dc/elements/1.1/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?decision ?text ?about ?by ?note { ?c a fatu:Correction ; fatu:decision ?decision ; "
        "fatu:evidence/oa:exact ?text ; fatu:corrects/rdfs:label ?about "
        "OPTIONAL { ?c dc:creator ?by } OPTIONAL { ?c rdfs:comment ?note } } ORDER BY ?text"
    ).rows
    assert [[cell.value if cell else None for cell in row] for row in rows] == [
        ["https://w3id.org/fatu/ns#rejected", "30件", "30件", "某人", "是往年数"],
        ["https://w3id.org/fatu/id/org/430600/司法局", "市司法局", "市司法局", None, None],
    ]
    assert validate(graph.dataset).conforms


def test_decisions_survive_a_rebuild_and_an_edit_elsewhere(report: Path, tmp_path: Path) -> None:
    line = "|agency|市司法局||is|岳阳市司法局||"
    assert corrected(report, tmp_path, line).quads == corrected(report, tmp_path, line).quads
    report.write_text(REPORT.replace("督察,", "开展督察,"), encoding="utf-8")
    found = next(r for r in corrected(report, tmp_path, line).mentions() if r["text"] == "市司法局")
    assert found["name"] == "岳阳市司法局"


BAD_CORRECTIONS = [
    ("|number|30件||not|||", ("line 2 column kind", "'number'", "metric")),
    ("|metric|30件||maybe|||", ("line 2 column decision", "'maybe'")),
    ("|metric|30件|x|not|||", ("line 2 column start", "'x'")),
    ("|metric|||not|||", ("line 2 column text", "empty")),
    ("|agency|市司法局||is|||", ("line 2 column value", "empty")),
    ("|date|2022年||is|2023||", ("line 2 column decision", "date")),
    ("|metric|30件||not|disputes-accepted||", ("line 2 column value", "leave the cell empty")),
    ("|metric|30件||is|adviser-opinion||", ("line 2 column value", "is it adviser-opinions?")),
    ("|metric|30件||is|31件||", ("line 2 column value", "not how many")),
    ("|citation|《民法典》||is|https://w3id.org/fatu/id/doc/宪法||", ("line 2 column value", "IRI")),
]


@pytest.mark.parametrize(("line", "words"), BAD_CORRECTIONS)
def test_a_malformed_decision_names_line_column_and_reason(
    line: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(LexiconError) as caught:
        load_corrections(table(tmp_path / "corrections.tsv", HEAD, line))
    assert all(word in str(caught.value) for word in ("corrections.tsv", *words))


def test_a_value_that_names_nothing_is_refused(report: Path, tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"line 2 column value.*某处"):
        corrected(report, tmp_path, "|agency|市司法局||is|某处||")
    with pytest.raises(LexiconError, match="line 2 column value"):
        corrected(report, tmp_path, "|agency|市司法局||is|鼓楼区司法局||")


@given(st.binary(max_size=200) | st.text(alphabet="kindworagecy\t\n|(正0=#\r", max_size=120).map(str.encode))
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    for head in (b"", b"kind\tword\tname\n", HEAD.replace("|", "\t").encode() + b"\n"):
        with NamedTemporaryFile(suffix=".tsv") as file:
            file.write(head + data)
            file.flush()
            for load in (load_lexicon, load_corrections):
                try:
                    load(file.name)
                except LexiconError as error:
                    assert error.problem and error.where


# ---------------------------------------------------------------------------------------- the command line


def test_a_wrong_offset_is_told_with_the_right_one(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    start = REPORT.index("30件")
    path = table(tmp_path / "corrections.tsv", HEAD, f"|metric|30件|{start - 1}|not|||")
    with pytest.raises(SystemExit):
        main(["extract", str(report), "--corrections", str(path)])
    assert f"no metric '30件' at {start - 1}; write where it is: {start}" in capfd.readouterr().err


def test_decisions_about_other_reports_are_no_mistakes(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path / "corrections.tsv", HEAD, "410203-gov-2020|metric|31件||not|||")
    with pytest.raises(SystemExit):
        main(["extract", str(report), "--corrections", str(path)])
    assert capfd.readouterr().err == "fatu: decisions about other reports: 410203-gov-2020\n"


def test_a_decision_that_meets_nothing_is_told(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path / "corrections.tsv", HEAD, "|metric|31件||not|||")
    with pytest.raises(SystemExit) as ended:
        main(["extract", str(report), "--corrections", str(path)])
    assert ended.value.code == 0
    assert "corrections.tsv line 2" in capfd.readouterr().err


@pytest.mark.parametrize("command", ["build", "extract", "audit"])
def test_commands_that_read_take_both(
    command: str, report: Path, lexicon: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = table(tmp_path / "corrections.tsv", HEAD, "|metric|30件||not|||")
    with pytest.raises(SystemExit) as ended:
        main([command, str(report), "--lexicon", str(lexicon), "--corrections", str(path)])
    assert ended.value.code == 0
    if command == "build":
        lines = (tmp_path / "graphs/430726-gov-2022/mentions.jsonl").read_text(encoding="utf-8").splitlines()
        texts = {json.loads(line)["text"] for line in lines}
        assert "县督考办" in texts


@pytest.mark.parametrize("option", ["--lexicon", "--corrections"])
def test_a_missing_file_is_one_line(option: str, report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["extract", str(report), option, "/nowhere/my.tsv"])
    assert ended.value.code == 2
    message = capfd.readouterr().err
    assert message.count("\n") == 1 and "/nowhere/my.tsv" in message
