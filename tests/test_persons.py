"""Offices, not persons: fatu's own words leave out who held an office; what it quotes, it quotes as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fatu
from fatu.interpreting.persons import without_names
from fatu.outlining.normalise import fold
from fatu.pipeline import OUTPUTS, KnowledgeGraph

ROOT = Path(__file__).parents[1]

NAMED = [
    ("县长张志强主持召开会议", "县长主持召开会议"),
    ("县长张某某主持召开政府常务会议", "县长主持召开政府常务会议"),
    ("县委书记李明组织学法", "县委书记组织学法"),
    ("副县长、公安局局长赵刚同志带队检查", "副县长、公安局局长带队检查"),
    ("局长刘伟出庭应诉", "局长出庭应诉"),
    ("常务副县长陈某批示案件", "常务副县长批示案件"),
    ("县政府法律顾问周海涛律师审查合同", "县政府法律顾问律师审查合同"),
    ("张志强同志讲授党课", "讲授党课"),
    ("司法局长郑军任组长", "司法局长任组长"),
    ("在市长李四光、分管副市长黄文的指导下", "在市长、分管副市长的指导下"),
    ("县长买买提·艾力主持召开会议", "县长主持召开会议"),
    ("局长欧阳修平参加学习", "局长参加学习"),
    ("书记高明带头学法", "书记带头学法"),
    ("于某某诈骗案", "诈骗案"),
    ("被告人王××", "被告人"),
    ("区长任某某", "区长"),
]
UNNAMED = [
    "局长办公会议", "县委书记高度重视", "局长应诉出庭", "局长向社会公布", "书记安排部署", "县长解读政策",
    "局长任组长", "书记带头学法", "局长出庭应诉", "县长热线办理", "县长信箱受理", "局长接待日接待",
    "书记谈心谈话", "党委书记严格落实", "局长成立专班", "县长主持召开会议", "主任会议审议", "委员提出建议",
    "律师参与调解", "法律顾问审查合同", "调解员调解纠纷", "负责人出庭应诉率", "书记周例会",
    "湖南省长沙市开展", "石家庄市长安区", "局长及时研究", "县长全程参与", "律师万人比", "高级律师",
    "张某市开展", "和某公司签订", "局长常态化督导", "主任季度述法", "市长安全生产检查", "县委常委会会议",
    "专家论证", "教授授课", "民警全部参加", "党委书记项目", "法官进社区", "局长方案", "主任单独听取",
    "书记季调度", "县长曾多次", "五级书记齐抓共管", "局长包案化解", "县长于年初召开", "律师万里行",
    "律师白皮书", "专家施教", "全X培训村干部", "公证员办理公证",
]  # fmt: skip
KNOWN_TO_STAY = [
    # an institution that bears a name; no office before it; the end of the words; a surname that is a word
    "王建国调解工作室调解纠纷", "孙丽华获得表彰", "县长张志强", "局长任建新出庭应诉",
]  # fmt: skip


@pytest.mark.parametrize(("said", "kept"), NAMED)
def test_the_name_behind_an_office_is_left_out(said: str, kept: str) -> None:
    assert without_names(said) == kept


@pytest.mark.parametrize("said", UNNAMED)
def test_what_only_begins_like_a_name_stays(said: str) -> None:
    assert without_names(said) == said


@pytest.mark.parametrize("said", KNOWN_TO_STAY)
def test_names_that_nothing_around_them_tells_stay(said: str) -> None:
    assert without_names(said) == said


@given(st.text("县长局书记张李王某×同志任组主持·召开12 、的", max_size=30))
def test_what_stays_stood_there_in_that_order_and_no_name_is_left_to_find(said: str) -> None:
    kept = without_names(said)
    rest = iter(said)
    assert all(character in rest for character in kept)


# ---------------------------------------------------------------------------------------------------- graphs

PERSONS = ("张某某", "李明", "赵刚", "刘伟", "陈某", "周海涛")
TEXT = """石门县人民政府关于2022年法治政府建设情况的报告

2022年，石门县人民政府深入推进法治政府建设。现将有关情况报告如下：

一、主要工作
（一）切实履行第一责任人职责。县长张某某主持召开政府常务会议12次，专题研究法治政府建设3次。县委书记李明组织学法4次。副县长、公安局局长赵刚同志带队检查5次。
（二）规范执法。县司法局局长刘伟出庭应诉6件，负责人出庭应诉率100%。常务副县长陈某批示案件20件。县政府法律顾问周海涛律师审查合同35份。

| 负责人 | 出庭应诉（件） |
| 局长刘伟带队 | 3 |

石门县人民政府
2023年1月20日
"""
QUOTING = {"text", "exact", "label"}
"""Properties that quote the report."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    path = tmp_path_factory.mktemp("persons") / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return fatu.build(path)


def names_in(words: Iterable[str]) -> set[str]:
    return {name for said in words for name in PERSONS if name in said}


def test_no_iri_holds_a_name_and_only_quotations_do(built: KnowledgeGraph) -> None:
    letters = "".join(fold(TEXT).text.split())
    for quad in built.quads:
        property_name = str(quad.predicate).rsplit("#")[-1]
        assert not names_in([str(quad.subject), str(quad.predicate), str(quad.graph)])
        said = quad.object if isinstance(quad.object, str) else quad.object.value
        if names_in([said]):
            assert property_name in QUOTING, quad
            assert "".join(fold(said).text.split()) in letters, quad


def test_no_table_has_a_name_but_in_the_columns_that_quote(built: KnowledgeGraph) -> None:
    for name, quoting in (("metrics.csv", {"text", "clause"}), ("findings.csv", {"evidence"})):
        rows = list(csv.DictReader(io.StringIO(OUTPUTS[name](built).decode("utf-8-sig"))))
        assert rows
        assert not names_in(cell for row in rows for column, cell in row.items() if column not in quoting)


def test_what_is_counted_is_told_by_offices(built: KnowledgeGraph) -> None:
    counted = {observation.phrase for observation in built.report.reading.observations}
    assert {"县长主持召开政府常务会议", "县委书记组织学法", "常务副县长批示案件"} <= counted


def test_the_ontology_has_no_persons() -> None:
    ontology = (ROOT / "ontology" / "fatu.ttl").read_text(encoding="utf-8")
    assert (
        "fatu:Person " not in ontology and "foaf:Person" not in ontology and "schema:Person" not in ontology
    )
