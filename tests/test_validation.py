# ruff: noqa: E501
"""Shapes: a graph that conforms, and for each shape one change to it that must be noticed at its place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, SH, SKOS
from rdflib.term import Node

from fatu.describing.validation import Validation, validate
from fatu.describing.vocabulary import ontology_text

FATU = Namespace("https://w3id.org/fatu/ns#")
REPORT = "https://w3id.org/fatu/id/report/430726/gov/2021"
EXAMPLE = Path(__file__).parents[2] / "shared" / "domain" / "example.trig"
CLASSES = (
    "Report SourceText TextSpan Section Mention Agency Area PolicyDocument Citation Measure Program "
    "Indicator Observation Outcome Problem Plan Finding Duty Correction Place Page "
    "SharedText"
)
TEXT = "县政府按照湘政发〔2021〕3号要求,推行案卷评查制度,结案10至12件,成效明显。存在力量不足。将充实力量。"


def span_block(words: str) -> str:
    start = TEXT.index(words)
    return f"""
    <{REPORT}#char={start},{start + len(words)}> a fatu:TextSpan ; rdfs:label "{words}"@zh ; fatu:inText <{REPORT}/text> ;
        oa:start {start} ; oa:end {start + len(words)} ; oa:exact "{words}"@zh ."""


WORDS = (
    "县政府",
    "湘政发〔2021〕3号",
    "推行案卷评查制度",
    "结案10至12件",
    "成效明显",
    "存在力量不足",
    "将充实力量",
)


def evidence(words: str) -> str:
    start = TEXT.index(words)
    return f"fatu:inReport <{REPORT}> ; fatu:evidence <{REPORT}#char={start},{start + len(words)}>"


GOOD = f"""
    @prefix fatu: <https://w3id.org/fatu/ns#> .
    @prefix id: <https://w3id.org/fatu/id/> .
    @prefix area: <https://w3id.org/fatu/id/area/> .
    @prefix doc: <https://w3id.org/fatu/id/doc/> .
    @prefix ind: <https://w3id.org/fatu/id/indicator/> .
    @prefix unit: <https://w3id.org/fatu/id/unit/> .
    @prefix topic: <https://w3id.org/fatu/id/topic/> .
    @prefix method: <https://w3id.org/fatu/id/method/> .
    @prefix rule: <https://w3id.org/fatu/id/rule/> .
    @prefix verdict: <https://w3id.org/fatu/id/verdict/> .
    @prefix duty: <https://w3id.org/fatu/id/duty/> .
    @prefix r: <{REPORT}#> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix oa: <http://www.w3.org/ns/oa#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

    <{REPORT}> a fatu:Report ; rdfs:label "石门县人民政府2021年报告"@zh ; dcterms:title "2021年法治政府建设工作报告"@zh ;
        fatu:area area:430726 ; fatu:reportYear "2021"^^xsd:gYear ; fatu:issuedBy <https://w3id.org/fatu/id/org/430726/人民政府> ;
        dcterms:created "2022-01-20"^^xsd:date ; dcterms:issued "2022-03-02"^^xsd:date ;
        fatu:compiledUnder doc:湘政发-2021-3 ; fatu:hasProblem r:problem-1 ; fatu:hasPlan r:plan-1 .
    <{REPORT}/text> a fatu:SourceText ; rdfs:label "原文"@zh ; fatu:textOf <{REPORT}> ; fatu:text "{TEXT}" ;
        fatu:sha256 "{"0a" * 32}" ; fatu:length {len(TEXT)} .
    area:430726 a fatu:Area ; rdfs:label "石门县"@zh ; skos:notation "430726" ; fatu:within area:430700 .
    area:430700 a fatu:Area ; rdfs:label "常德市"@zh ; skos:notation "430700" .
    <https://w3id.org/fatu/id/org/430726/人民政府> a fatu:Agency ; rdfs:label "石门县人民政府"@zh ; fatu:area area:430726 .
    doc:湘政发-2021-3 a fatu:PolicyDocument ; rdfs:label "湘政发〔2021〕3号" ; fatu:docNumber "湘政发〔2021〕3号" ;
        fatu:docCode "湘政发" ; fatu:docYear "2021"^^xsd:gYear ; fatu:docSeq 3 .
    <https://w3id.org/fatu/id/program/案卷评查制度> a fatu:Program ; rdfs:label "案卷评查制度"@zh .
    r:sec-1 a fatu:Section ; rdfs:label "一"@zh ; {evidence("推行案卷评查制度")} ; fatu:level 1 ; fatu:order 1 .
    r:mention-1 a fatu:Mention ; rdfs:label "县政府"@zh ; {evidence("县政府")} ; fatu:linkMethod method:context ; fatu:cue "县" ;
        fatu:refersTo <https://w3id.org/fatu/id/org/430726/人民政府> .
    r:cite-1 a fatu:Citation ; rdfs:label "湘政发〔2021〕3号"@zh ; {evidence("湘政发〔2021〕3号")} ;
        fatu:cites doc:湘政发-2021-3 ; fatu:function fatu:compiledUnder .
    r:measure-1 a fatu:Measure ; rdfs:label "推行案卷评查制度"@zh ; {evidence("推行案卷评查制度")} ; fatu:inSection r:sec-1 ;
        fatu:topic topic:enforcement-supervision ; fatu:actor <https://w3id.org/fatu/id/org/430726/人民政府> ;
        fatu:underDocument doc:湘政发-2021-3 ; fatu:usesProgram <https://w3id.org/fatu/id/program/案卷评查制度> ;
        fatu:hasObservation r:obs-1 ; fatu:hasOutcome r:outcome-1 .
    r:obs-1 a fatu:Observation ; rdfs:label "结案10至12件"@zh ; {evidence("结案10至12件")} ; fatu:indicator ind:recon-closed ;
        fatu:value 10.0 ; fatu:valueHigh 12.0 ; fatu:decimals 0 ; fatu:scale 0 ; fatu:unit unit:jian ; fatu:bound fatu:exact ;
        fatu:status fatu:achieved ; fatu:area area:430726 ; fatu:period "2021"^^xsd:gYear .
    r:outcome-1 a fatu:Outcome ; rdfs:label "成效明显"@zh ; {evidence("成效明显")} .
    r:problem-1 a fatu:Problem ; rdfs:label "力量不足"@zh ; {evidence("存在力量不足")} .
    r:plan-1 a fatu:Plan ; rdfs:label "充实力量"@zh ; {evidence("将充实力量")} ; fatu:targets r:problem-1 .
    r:finding-1 a fatu:Finding ; rdfs:label "缺少第一责任人职责"@zh ; fatu:inReport <{REPORT}> ; fatu:rule rule:duty ;
        fatu:verdict verdict:missing ; fatu:severity sh:Warning ; fatu:duty duty:first_responsible_person ;
        rdfs:comment "未写第一责任人职责。"@zh , "Nothing on the first responsible person."@en .
    r:finding-2 a fatu:Finding ; rdfs:label "频次"@zh ; fatu:inReport <{REPORT}> ; fatu:rule rule:frequency ;
        fatu:verdict verdict:consistent ; fatu:severity sh:Info ; fatu:about r:obs-1 ; fatu:operand r:obs-1 ;
        fatu:expectedLow 10.0 ; fatu:expectedHigh 12.0 ; rdfs:comment "相符。"@zh , "It agrees."@en .
    <{REPORT}#char=0,3> fatu:place r:place-1 ; fatu:uncertain true .
    r:place-1 a fatu:Place ; rdfs:label "县政府"@zh ; fatu:onPage r:page-1 ; fatu:box "xywh=percent:12.50,3.07,60.00,2.10" ;
        oa:start 0 ; oa:end 10 ; fatu:confidence 0.871 .
    r:page-1 a fatu:Page ; rdfs:label "第1页"@zh ; fatu:pageNumber 1 ; fatu:pageImage "UklGRg=="^^xsd:base64Binary .
    ind:own a fatu:Indicator ; rdfs:label "自定指标"@zh ; skos:prefLabel "自定指标"@zh ; fatu:unit unit:jian .
    duty:own a fatu:Duty ; rdfs:label "自定义务"@zh ; skos:prefLabel "自定义务"@zh ; skos:inScheme <https://w3id.org/fatu/id/scheme/duties> .
    unit:own a skos:Concept ; rdfs:label "阕"@zh ; skos:prefLabel "阕"@zh .
    r:correction-1 a fatu:Correction ; rdfs:label "县政府"@zh ; {evidence("县政府")} ; fatu:corrects r:mention-1 ;
        fatu:decision <https://w3id.org/fatu/id/org/430726/人民政府> .
    id:shared-1 a fatu:SharedText ; rdfs:label "存在力量不足"@zh ; {evidence("存在力量不足")} .
    r:problem-1 fatu:inSharedText id:shared-1 ; fatu:recursAs r:problem-2 .
    r:problem-2 a fatu:Problem ; rdfs:label "力量不足"@zh ; {evidence("存在力量不足")} .
    r:plan-1 fatu:followedBy r:measure-1 , r:obs-1 .
    doc:湖南省实施意见 a fatu:PolicyDocument ; rdfs:label "湖南省实施意见"@zh ; dcterms:title "湖南省实施意见"@zh ;
        owl:sameAs doc:湘政发-2021-3 ; fatu:cue "湘政发〔2021〕3号" ; fatu:canonical doc:湘政发-2021-3 .
    doc:湘政发-2021-3 fatu:canonical doc:湘政发-2021-3 .
    {"".join(map(span_block, WORDS))}
"""


@cache
def checked(turtle: str) -> Validation:
    return validate(Graph().parse(data=turtle, format="turtle"))


def test_the_good_graph_conforms() -> None:
    assert checked(GOOD) == Validation(True, ())


BROKEN = [
    # label, inReport, evidence: asked of everything that a report says
    ('r:outcome-1 a fatu:Outcome ; rdfs:label "成效明显"@zh ;', "r:outcome-1 a fatu:Outcome ;", "#outcome-1", "label", "名称"),
    (f"{evidence('成效明显')} .", f"fatu:inReport <{REPORT}> .", "#outcome-1", "evidence", "原文依据"),
    (evidence("存在力量不足"), evidence("存在力量不足").split(" ; ")[1], "#problem-1", "inReport", "所在报告"),
    (evidence("将充实力量"), f"fatu:inReport <{REPORT}> ; fatu:evidence r:sec-1", "#plan-1", "evidence", "文段"),
    # report and text
    ('fatu:reportYear "2021"^^xsd:gYear', "fatu:reportYear 2021", REPORT, "reportYear", "年度"),
    ("fatu:issuedBy <https://w3id.org/fatu/id/org/430726/人民政府> ;", "", REPORT, "issuedBy", "发文机关"),
    ('dcterms:title "2021年法治政府建设工作报告"@zh ;', "", REPORT, "title", "标题"),
    ("fatu:area area:430726 ; fatu:reportYear", "fatu:reportYear", REPORT, "area", "地区"),
    ("0a0a0a", "zz", "/text", "sha256", "SHA-256"),
    (f'fatu:text "{TEXT}" ;', "", "/text", "text", "全文"),
    ("oa:start 0 ; oa:end 3", "oa:start 3 ; oa:end 3", "#char=0,3", "start", "起点"),
    ("oa:start 0 ; oa:end 3", "oa:start 0.0 ; oa:end 3", "#char=0,3", "start", "起点"),
    ('oa:exact "县政府"@zh', 'oa:exact "市政府"@zh', "#char=0,3", "exact", "原文不符"),
    ("fatu:level 1 ;", "fatu:level 6 ;", "#sec-1", "level", "层级"),
    # what the text names
    ('skos:notation "430726"', 'skos:notation "43072"', "area/430726", "notation", "六位"),
    ("rdfs:label \"石门县人民政府\"@zh ; fatu:area area:430726", "rdfs:label \"石门县人民政府\"@zh ; fatu:area r:sec-1", "人民政府", "area", "机构"),
    ('fatu:docNumber "湘政发〔2021〕3号"', 'fatu:docNumber "湘政发[2021]03号"', "doc/湘政发-2021-3", "docNumber", "发文字号"),
    ('fatu:docNumber "湘政发〔2021〕3号" ;', "", "doc/湘政发-2021-3", None, "标题或发文字号"),
    ('a fatu:Program ; rdfs:label "案卷评查制度"@zh', "a fatu:Program", "program/案卷评查制度", "label", "名称"),
    ("fatu:linkMethod method:context ;", "", "#mention-1", "linkMethod", "关联方法"),
    ("method:context", "method:guess", "#mention-1", "linkMethod", "id/method/"),
    # where it stood in the file
    ("r:place-1 ; fatu:uncertain", "r:page-1 ; fatu:uncertain", "#char=0,3", "place", "须为位置"),
    ("fatu:uncertain true", 'fatu:uncertain "是"', "#char=0,3", "uncertain", "布尔值"),
    ("fatu:onPage r:page-1 ;", "", "#place-1", None, "某一页"),
    ("fatu:onPage r:page-1 ;", "fatu:onPage r:sec-1 ;", "#place-1", "onPage", "页面至多"),
    ("oa:start 0 ; oa:end 10 ;", "oa:start 10 ; oa:end 10 ;", "#place-1", "start", "起点"),
    ("percent:12.50,", "percent:12.5,", "#place-1", "box", "区域"),
    ("fatu:confidence 0.871", "fatu:confidence 1.5", "#place-1", "confidence", "置信度"),
    ("fatu:confidence 0.871", "fatu:elementPath 'p[1]'", "#place-1", "elementPath", "元素路径"),
    ("fatu:confidence 0.871", "fatu:paragraph 0", "#place-1", "paragraph", "段落序号"),
    ("fatu:pageNumber 1 ;", "", "#page-1", "pageNumber", "页码"),
    ('"UklGRg=="^^xsd:base64Binary', '"UklGRg=="', "#page-1", "pageImage", "页面图像"),
    ("fatu:function fatu:compiledUnder", "fatu:function fatu:exact", "#cite-1", "function", "援引作用"),
    ("fatu:cites doc:湘政发-2021-3 ;", "fatu:cites r:sec-1 ;", "#cite-1", "cites", "文件"),
    # what the text says
    ("fatu:hasOutcome r:outcome-1", "fatu:hasOutcome r:obs-1", "#measure-1", "hasOutcome", "成效"),
    ("fatu:topic topic:enforcement-supervision ;", "fatu:topic topic:none ;", "#measure-1", "topic", "主题"),
    ("fatu:indicator ind:recon-closed ;", "", "#obs-1", "indicator", "指标"),
    ("fatu:indicator ind:recon-closed ;", "fatu:indicator ind:no-such ;", "#obs-1", "indicator", "指标"),
    ("fatu:value 10.0 ;", "fatu:value 10 ;", "#obs-1", "value", "xsd:decimal"),
    ("fatu:value 10.0 ;", "fatu:value 13.0 ;", "#obs-1", "value", "上限"),
    ("fatu:decimals 0 ;", "", "#obs-1", "decimals", "小数位数"),
    ("fatu:unit unit:jian ; fatu:bound", "fatu:bound", "#obs-1", "unit", "单位"),
    ("fatu:bound fatu:exact ;", "fatu:bound fatu:planned ;", "#obs-1", "bound", "界限"),
    ("fatu:status fatu:achieved ;", "", "#obs-1", "status", "状态"),
    ('fatu:area area:430726 ; fatu:period "2021"^^xsd:gYear', "fatu:area area:430726", "#obs-1", None, "时期"),
    ('; fatu:period "2021"^^xsd:gYear', '; fatu:period "今年"', "#obs-1", "period", "时期"),
    ("fatu:targets r:problem-1", "fatu:targets r:measure-1", "#plan-1", "targets", "针对"),
    # what was found, and the lists
    ("fatu:verdict verdict:missing ;", "fatu:verdict verdict:maybe ;", "#finding-1", "verdict", "结论"),
    ("fatu:rule rule:duty ;", "", "#finding-1", "rule", "规则"),
    ("sh:Warning", "fatu:approx", "#finding-1", "severity", "严重程度"),
    (' , "It agrees."@en', "", "#finding-2", "comment", "英文"),
    ("fatu:duty duty:first_responsible_person ;", "", "#finding-1", None, "所核对象"),
    ("fatu:expectedLow 10.0", "fatu:expectedLow 12.5", "#finding-2", "expectedLow", "下限"),
    ('fatu:unit unit:jian .', "fatu:unit unit:jian ; fatu:numerator unit:jian .", "indicator/own", "numerator", "指标"),
    ("; skos:inScheme <https://w3id.org/fatu/id/scheme/duties>", "", "duty/own", "inScheme", "义务"),
    ('; skos:prefLabel "阕"@zh', "", "unit/own", "prefLabel", "首选名称"),
    # corrections, and the registry of documents
    ("; fatu:corrects r:mention-1", "", "#correction-1", "corrects", "针对"),
    (";\n        fatu:decision <https://w3id.org/fatu/id/org/430726/人民政府>", "", "#correction-1", "decision", "一个决定"),
    ("doc:湘政发-2021-3 fatu:canonical doc:湘政发-2021-3 .", "", "doc/湖南省实施意见", None, "其自身"),
    ("; fatu:canonical doc:湘政发-2021-3 .\n    doc", "; fatu:canonical doc:湖南省实施意见 .\n    doc", "doc/湖南省实施意见", None, "同一规范标识"),
]  # fmt: skip

ADDED = [
    # a triple too many, said of a good graph: subject, predicate and value; where, at which property, and what is told
    # report and text
    (f'<{REPORT}> dcterms:created "2022年1月"', REPORT, "created", "成文日期"),
    (f'<{REPORT}> dcterms:issued "2022-03-03"^^xsd:date', REPORT, "issued", "公开日期"),
    (f"<{REPORT}> dcterms:subject r:measure-1", REPORT, "subject", "主题"),
    (f"<{REPORT}> fatu:compiledUnder r:measure-1", REPORT, "compiledUnder", "编写依据"),
    (f"<{REPORT}> fatu:implementsPolicy r:measure-1", REPORT, "implementsPolicy", "贯彻文件"),
    (f"<{REPORT}> fatu:hasProblem r:plan-1", REPORT, "hasProblem", "问题"),
    (f"<{REPORT}> fatu:hasPlan r:problem-1", REPORT, "hasPlan", "计划"),
    (f"<{REPORT}/text> fatu:textOf r:sec-1", "/text", "textOf", "一份报告"),
    (f"<{REPORT}/text> fatu:length 0", "/text", "length", "长度"),
    (f"<{REPORT}#char=0,3> fatu:inText <{REPORT}>", "#char=0,3", "inText", "一份原文"),
    (f"<{REPORT}#char=0,3> oa:end 3.0", "#char=0,3", "end", "终点"),
    (f'<{REPORT}#char=0,3> oa:exact ""', "#char=0,3", "exact", "所引原文"),
    ("r:sec-1 fatu:order 0", "#sec-1", "order", "顺序"),
    ("r:measure-1 fatu:inSection r:plan-1", "#measure-1", "inSection", "所在章节"),
    # what the text names
    ("area:430726 fatu:within r:sec-1", "area/430726", "within", "上级区划"),
    ('area:430726 fatu:areaLevel "county"', "area/430726", "areaLevel", "区划级别"),
    ("area:430726 fatu:validFrom 2015", "area/430726", "validFrom", "设立年份"),
    ("area:430726 fatu:validUntil 2015", "area/430726", "validUntil", "终止年份"),
    ("area:430726 fatu:lastListed 2015", "area/430726", "lastListed", "末次载录"),
    ("area:430726 fatu:successor r:sec-1", "area/430726", "successor", "沿革去向"),
    ("<https://w3id.org/fatu/id/org/430726/人民政府> fatu:township r:sec-1", "人民政府", "township", "乡级区划"),
    ("doc:湘政发-2021-3 fatu:implementsPolicy r:sec-1", "doc/湘政发-2021-3", "implementsPolicy", "所贯彻者"),
    ("doc:湘政发-2021-3 fatu:docYear 2021", "doc/湘政发-2021-3", "docYear", "发文年份"),
    ("doc:湘政发-2021-3 fatu:docSeq 0", "doc/湘政发-2021-3", "docSeq", "发文序号"),
    ("doc:湘政发-2021-3 fatu:docType r:sec-1", "doc/湘政发-2021-3", "docType", "文种"),
    ("doc:湘政发-2021-3 fatu:issuedBy area:430726", "doc/湘政发-2021-3", "issuedBy", "发文机关"),
    ('doc:湘政发-2021-3 fatu:periodStart "2021年"', "doc/湘政发-2021-3", "periodStart", "起始年份"),
    ('doc:湘政发-2021-3 fatu:periodEnd "2025年"', "doc/湘政发-2021-3", "periodEnd", "终止年份"),
    ("doc:湘政发-2021-3 fatu:promulgates r:plan-1", "doc/湘政发-2021-3", "promulgates", "所印发"),
    ("r:mention-1 fatu:refersTo area:430726", "#mention-1", "refersTo", "一个事物"),
    ('r:mention-1 fatu:candidate "县人民政府"', "#mention-1", "candidate", "候选"),
    ('r:mention-1 fatu:cue ""', "#mention-1", "cue", "判断用语"),
    # what the text says
    ("r:measure-1 fatu:actor area:430726", "#measure-1", "actor", "实施主体"),
    ("r:measure-1 fatu:participant area:430726", "#measure-1", "participant", "参与者"),
    ("r:measure-1 fatu:recipient area:430726", "#measure-1", "recipient", "对象"),
    ("r:measure-1 fatu:underDocument r:plan-1", "#measure-1", "underDocument", "依据"),
    ("r:measure-1 fatu:underDocumentInherited r:plan-1", "#measure-1", "underDocumentInherited", "承继"),
    ("r:measure-1 fatu:produces r:plan-1", "#measure-1", "produces", "所制定"),
    ("r:measure-1 fatu:usesProgram r:plan-1", "#measure-1", "usesProgram", "项目"),
    ("r:measure-1 fatu:hasObservation r:plan-1", "#measure-1", "hasObservation", "数据"),
    ("r:obs-1 fatu:valueHigh 12", "#obs-1", "valueHigh", "上限至多"),
    ("r:obs-1 fatu:scale 4", "#obs-1", "scale", "倍乘"),
    ("r:obs-1 fatu:area area:430700", "#obs-1", "area", "一个地区"),
    ('r:obs-1 fatu:scope ""', "#obs-1", "scope", "范围"),
    # what several reports together tell
    ("r:obs-1 fatu:inSharedText r:sec-1", "#obs-1", "inSharedText", "雷同段落"),
    ("r:problem-1 fatu:recursAs r:plan-1", "#problem-1", "recursAs", "另一问题"),
    ("r:plan-1 fatu:followedBy r:problem-1", "#plan-1", "followedBy", "举措或数据"),
    # what was found, and the lists
    ("r:finding-2 fatu:expectedHigh 12", "#finding-2", "expectedHigh", "应有值上限"),
    ('r:finding-2 fatu:formula ""', "#finding-2", "formula", "算式"),
    ("r:finding-2 fatu:operand r:measure-1", "#finding-2", "operand", "所用数据"),
    ("r:finding-1 fatu:duty duty:own", "#finding-1", "duty", "所涉义务"),
    ("r:finding-1 fatu:evidence r:sec-1", "#finding-1", "evidence", "依据"),
    ("ind:own fatu:unit unit:own", "indicator/own", "unit", "通常单位"),
    ("ind:own fatu:denominator unit:own", "indicator/own", "denominator", "分母"),
    ("ind:own fatu:alternativeDenominator unit:own", "indicator/own", "alternativeDenominator", "其他分母"),
    ("ind:own fatu:part unit:own", "indicator/own", "part", "组成部分"),
    ("ind:own fatu:broader unit:own", "indicator/own", "broader", "上位指标"),
    # the registry of documents
    ("doc:湖南省实施意见 fatu:canonical doc:湖南省实施意见", "doc/湖南省实施意见", "canonical", "至多一个"),
    ("r:plan-1 fatu:canonical doc:湘政发-2021-3", "#plan-1", None, "须为文件"),
    ("r:plan-1 owl:sameAs r:problem-1", "#plan-1", None, "须为文件"),
    ("doc:湘政发-2021-3 owl:sameAs r:problem-1", "doc/湘政发-2021-3", "sameAs", "所并入者"),
]  # fmt: skip

REMARKS = [
    ("fatu:refersTo <https://w3id.org/fatu/id/org/430726/人民政府> .", "fatu:candidate r:sec-1 .", "info", "#mention-1", "未能确定"),
    ('; dcterms:issued "2022-03-02"^^xsd:date', "", "info", REPORT, "公开日期"),
    ('fatu:cue "湘政发〔2021〕3号" ; ', "", "warning", "doc/湖南省实施意见", "依据"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "focus", "path", "message"), BROKEN)
def test_each_shape_notices(old: str, new: str, focus: str, path: str | None, message: str) -> None:
    assert old in GOOD
    assert_notices(checked(GOOD.replace(old, new)), focus, path, message)


@pytest.mark.parametrize(("triple", "focus", "path", "message"), ADDED)
def test_each_shape_notices_what_is_too_much(triple: str, focus: str, path: str | None, message: str) -> None:
    assert_notices(checked(f"{GOOD}\n{triple} ."), focus, path, message)


def assert_notices(validation: Validation, focus: str, path: str | None, message: str) -> None:
    assert not validation.conforms
    assert any(
        found.focus.endswith(focus)
        and (found.path is None if path is None else (found.path or "").endswith(path))
        and message in found.message_zh
        and found.message_en not in {"", found.message_zh}
        and found.severity == "violation"
        for found in validation.violations
    ), validation.violations


# -------------------------------------------------------------------------------------------- the shapes themselves


@cache
def shapes() -> Graph:
    return Graph().parse(data=ontology_text("shapes.ttl"), format="turtle")


def all_shapes() -> list[Node]:
    """Node shapes and property shapes, but the alternatives of an sh:or, which report nothing themselves."""
    graph = shapes()
    alternatives = {a for choice in graph.objects(None, SH["or"]) for a in graph.items(choice)}
    found = {
        *graph.subjects(RDF.type, SH.NodeShape),
        *graph.subjects(SH.path),
        *graph.objects(None, SH.property),
    }
    return sorted(found - alternatives)


def test_every_shape_has_a_severity_and_a_message_in_chinese_and_english_of_its_own() -> None:
    graph = shapes()
    assert len(all_shapes()) > 110
    messages = []
    for shape in all_shapes():
        said = [text for text in graph.objects(shape, SH.message) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in said) == ["en", "zh"], said
        (severity,) = graph.objects(shape, SH.severity)
        assert severity in {SH.Violation, SH.Warning, SH.Info}
        messages += said
    assert len(messages) == len(set(messages))


def test_every_shape_has_an_example_that_breaks_it() -> None:
    told = {
        v.message_en
        for old, new, *_ in (*BROKEN, *REMARKS)
        for v in checked(GOOD.replace(old, new)).violations
    }
    told |= {v.message_en for triple, *_ in ADDED for v in checked(f"{GOOD}\n{triple} .").violations}
    told |= {v.message_en for v in validate(nameless()).violations}
    messages = {
        str(text) for text in shapes().objects(None, SH.message) if getattr(text, "language", "") == "en"
    }
    assert messages - told == set()


def nameless() -> Graph:
    """A blank node of every class."""
    graph = Graph()
    for name in CLASSES.split():
        graph.add((BNode(), RDF.type, FATU[name]))
    graph.add((BNode(), RDF.type, SKOS.Concept))
    return graph


def test_every_class_has_a_shape() -> None:
    bare = Graph()
    for name in CLASSES.split():
        bare.add((URIRef(f"urn:{name}"), RDF.type, FATU[name]))
    unnamed = {v.focus for v in validate(bare).violations if v.path == str(RDFS.label)}
    assert unnamed == {f"urn:{name}" for name in CLASSES.split()}


@pytest.mark.parametrize(("old", "new", "severity", "focus", "message"), REMARKS)
def test_what_is_only_worth_a_remark_still_conforms(
    old: str, new: str, severity: str, focus: str, message: str
) -> None:
    assert old in GOOD
    validation = checked(GOOD.replace(old, new))
    assert validation.conforms
    (remark,) = validation.violations
    assert (remark.severity, remark.focus.endswith(focus)) == (severity, True)
    assert message in remark.message_zh


@pytest.mark.parametrize("name", CLASSES.split())
def test_blank_nodes_are_refused(name: str) -> None:
    graph, node = Graph(), BNode()
    graph.add((node, RDF.type, FATU[name]))
    found = {v.message_zh for v in validate(graph).violations if "空白节点" in v.message_zh}
    assert {"数据中不得有空白节点"} < found


@pytest.mark.parametrize(
    ("triple", "term"),
    [
        ((URIRef(f"{REPORT}#obs-1"), FATU.valeu, Literal(1)), "valeu"),
        ((URIRef(f"{REPORT}#obs-1"), RDF.type, FATU.Observatoin), "Observatoin"),
    ],
)
def test_terms_that_the_ontology_lacks_are_refused(triple: tuple[URIRef, URIRef, Literal], term: str) -> None:
    graph = Graph().parse(data=GOOD, format="turtle")
    graph.add(triple)
    (found,) = validate(graph).violations
    assert found.path == str(FATU[term]) and found.focus.endswith("#obs-1")


def test_all_named_graphs_are_checked_as_one_and_left_alone() -> None:
    dataset = Dataset()
    triples = sorted(Graph().parse(data=GOOD, format="turtle"))
    for number, triple in enumerate(triples):
        dataset.graph(URIRef(f"urn:graph:{number % 2}")).add(triple)
    before = set(dataset.quads())
    assert validate(dataset).conforms
    assert set(dataset.quads()) == before


def test_another_base_iri_has_the_same_shapes() -> None:
    moved = GOOD.replace("https://w3id.org/fatu/", "https://example.org/kg/")
    graph = Graph().parse(data=moved, format="turtle")
    assert validate(graph, base="https://example.org/kg/").conforms
    broken = Graph().parse(data=moved.replace("fatu:level 1 ;", ""), format="turtle")
    assert not validate(broken, base="https://example.org/kg/").conforms


@pytest.mark.skipif(not EXAMPLE.is_file(), reason="the modelled example is not beside this checkout")
def test_the_modelled_example_lacks_only_what_it_says_it_leaves_out() -> None:
    """It is a selection of triples, whose header says that labels, inReport and evidence are left out."""
    example = Dataset()
    example.parse(EXAMPLE)
    left_out = {(v.path or "").rpartition("#")[2] for v in validate(example).violations}
    assert left_out == {"label", "inReport", "inSection", "text"}
