"""Reports that were made up for questions about many: nine of four counties in two provinces over three years, and one
of a province; and what only all of them together tell, which a stage of its own writes into graphs of the corpus."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fatu.describing.registry import registry_quads
from fatu.describing.terms import OA, RDF, RDFS, Iri, Object, Quad, typed, zh
from fatu.iris import BASE, Iris
from fatu.pipeline import KnowledgeGraph, build

IRIS = Iris()
OUTLINE = "法治政府建设实施纲要(2015—2020年)"
NEW_OUTLINE = "法治政府建设实施纲要(2021—2025年)"
SHARED = "坚持政务公开,主动公开政府信息500条,接受群众监督。"
"""A paragraph that 龙亭区 and 石门县 have in common in 2020, word for word."""

TEXTS = {
    "410203-gov-2019": f"""开封市顺河回族区人民政府2019年法治政府建设工作情况报告
发布日期:2020-03-20

2019年,我区全面贯彻落实《{OUTLINE}》,现将有关情况报告如下:
一、主要举措和成效
(一)依法化解矛盾纠纷。区政府受理行政复议案件10件,审结10件,结案率100%。排查化解各类矛盾纠纷2000件。
(二)规范行政执法。全面推行服务型行政执法,提升服务水平。
二、存在的问题
一是法治宣传教育形式单一。二是执法人员业务能力不足。
三、下一步工作安排
我区将加强行政复议工作。
开封市顺河回族区人民政府
2020年3月10日
""",
    "410203-gov-2020": f"""开封市顺河回族区人民政府2020年法治政府建设工作情况报告
发布日期:2021-03-31

2020年,我区按照《开封市法治政府建设领导小组关于印发开封市2020年度法治政府建设工作安排的通知》(汴法政〔2020〕1号)要求,贯彻落实《{OUTLINE}》和《河南省法治政府建设实施方案(2016—2020年)》,现将有关情况报告如下:
一、主要举措和成效
(一)依法化解矛盾纠纷。区政府受理行政复议案件9件,审结8件,结案率90%。排查化解各类矛盾纠纷2500余件。行政机关负责人出庭应诉率96%。
(二)规范行政执法。全面推行服务型行政执法,提升服务水平。
二、存在的问题
一是执法人员业务能力不足。
三、下一步工作安排
我区将开展法治宣传教育。
开封市顺河回族区人民政府
2021年1月26日
""",
    "410203-gov-2021": f"""开封市顺河回族区人民政府2021年法治政府建设工作情况报告
发布日期:2022-04-12

2021年,我区全面贯彻落实《{NEW_OUTLINE}》,现将有关情况报告如下:
一、主要举措和成效
(一)依法化解矛盾纠纷。区政府受理行政复议案件12件,审结12件,结案率100%。排查化解各类矛盾纠纷2600件。
(二)应对突发事件。区政府制定应急预案,开展应急演练6次。
二、存在的问题
一是执法人员业务能力不足。
三、下一步工作安排
我区将做好行政复议工作。
开封市顺河回族区人民政府
2022年3月25日
""",
    "410202-gov-2020": f"""开封市龙亭区人民政府2020年法治政府建设工作情况报告
发布日期:2021-03-15

2020年,我区按照《开封市法治政府建设领导小组关于印发开封市2020年度法治政府建设工作安排的通知》(汴法政〔2020〕1号)要求,认真贯彻落实《{OUTLINE}》,现将有关情况报告如下:
一、主要举措和成效
(一)依法化解矛盾纠纷。区政府受理行政复议案件20件,审结19件,结案率95%。行政机关负责人出庭应诉率100%。
(二)规范行政执法。全面推行服务型行政执法,提升服务水平。
{SHARED}
二、存在的问题
一是执法人员业务能力不足。
三、下一步工作安排
我区将加强行政复议工作。
开封市龙亭区人民政府
2021年2月20日
""",
    "430726-gov-2020": f"""石门县人民政府2020年法治政府建设工作情况报告
发布日期:2021-03-10

2020年,我县认真贯彻落实《{OUTLINE}》,现将有关情况报告如下:
一、主要举措和成效
(一)依法化解矛盾纠纷。县政府受理行政复议案件30件,上年结转10件,审结36件,结案率90%。排查化解各类矛盾纠纷4000余件。
(二)规范行政执法。推行“双随机、一公开”监管。
{SHARED}
二、存在的问题
一是法治宣传教育形式单一。
三、下一步工作安排
我县将开展法治宣传教育。
石门县人民政府
2021年2月1日
""",
    "430726-gov-2021": f"""石门县人民政府2021年法治政府建设工作情况报告
发布日期:2022-03-12

2021年,我县全面贯彻落实《{NEW_OUTLINE}》,现将有关情况报告如下:
一、主要举措和成效
(一)依法化解矛盾纠纷。县政府受理行政复议案件25件,审结20件,结案率80%。排查化解各类矛盾纠纷4200件。行政机关负责人出庭应诉率88.5%。
(二)加强法治宣传。开展法治宣传教育活动40场次。
二、存在的问题
一是法治宣传教育形式单一。
三、下一步工作安排
我县将做好行政复议工作。
石门县人民政府
2022年2月18日
""",
    "430724-gov-2020": f"""临澧县人民政府2020年法治政府建设工作情况报告
发布日期:2021-04-20

2020年,我县认真贯彻落实《{OUTLINE}》,现将有关情况报告如下:
一、主要举措和成效
(一)依法化解矛盾纠纷。县政府受理行政复议案件16件,审结14件,结案率87.5%。
(二)规范行政执法。推行“双随机、一公开”监管。
二、存在的问题
一是执法人员业务能力不足。
三、下一步工作安排
我县将加强行政复议工作。
临澧县人民政府
2021年3月30日
""",
    "410000-gov-2016": f"""河南省人民政府2016年法治政府建设工作情况报告
发布日期:2017-03-20

2016年,我省全面贯彻落实《{OUTLINE}》,现将有关情况报告如下:
一、主要举措和成效
(一)加强统筹谋划。为贯彻落实《{OUTLINE}》,省政府制定《河南省法治政府建设实施方案(2016—2020年)》。
(二)依法化解矛盾纠纷。省政府受理行政复议案件800件,审结780件。
河南省人民政府
2017年3月1日
""",
    "410200-gov-2020": f"""开封市人民政府2020年法治政府建设工作情况报告
发布日期:2021-03-25

2020年,我市全面贯彻落实《{OUTLINE}》,现将有关情况报告如下:
一、主要举措和成效
(一)加强统筹谋划。为贯彻落实《河南省法治政府建设实施方案(2016—2020年)》,市法治政府建设领导小组印发《开封市2020年度法治政府建设工作安排》。
(二)依法化解矛盾纠纷。市政府受理行政复议案件200件,审结190件。排查化解各类矛盾纠纷30000余件。
开封市人民政府
2021年3月5日
""",
}  # fmt: skip


@cache
def read_reports() -> dict[str, KnowledgeGraph]:
    """Each report as fatu reads it from a file."""
    with TemporaryDirectory() as folder:
        found = {}
        for name, text in TEXTS.items():
            path = Path(folder) / f"{name}.txt"
            path.write_text(text, encoding="utf-8")
            found[name] = build(path)
        return found


def report_iri(name: str) -> str:
    """IRI of a report by its id."""
    area, office, year = name.split("-")
    return IRIS.report(area, office, int(year))


def corpus_quads() -> list[Quad]:
    """What only all of the reports tell, as the stage for it writes it: a shared text, what follows last year's plans,
    which of last year's problems are there again."""
    return [*_shared(), *_followed()]


def store_quads() -> list[Quad]:
    """All graphs of the reports, those of the corpus, and the registry's."""
    quads = {quad for graph in read_reports().values() for quad in graph.quads}
    return [*sorted(quads), *corpus_quads(), *registry_quads(quads, IRIS)]


_FOLLOWED = [
    # report and its plan, next year's report and what is of the plan's topic there
    ("410203-gov-2019", "plan-1", "410203-gov-2020", "measure-1.1-1"),
    ("410203-gov-2019", "plan-1", "410203-gov-2020", "obs-recon-accepted"),
    ("430726-gov-2020", "plan-1", "430726-gov-2021", "measure-1.2-1"),
    ("430726-gov-2020", "plan-1", "430726-gov-2021", "obs-publicity-activities"),
]
_RECURRING = [
    ("410203-gov-2019", "problem-2", "410203-gov-2020", "problem-1"),
    ("410203-gov-2020", "problem-1", "410203-gov-2021", "problem-1"),
    ("430726-gov-2020", "problem-1", "430726-gov-2021", "problem-1"),
]
_SHARING = ("410202-gov-2020", "430726-gov-2020")
_COPIED = ("measure-1.2-2", "obs-info-published")
"""What the shared paragraph tells in both reports."""


def _followed() -> list[Quad]:
    said = [("followedBy", row) for row in _FOLLOWED] + [("recursAs", row) for row in _RECURRING]
    return [
        _statement(f"{report_iri(report)}#{node}", term, Iri(f"{report_iri(later)}#{other}"), later)
        for term, (report, node, later, other) in said
    ]


def _shared() -> list[Quad]:
    shared = f"{BASE}id/shared/1"
    quads = []
    for name in _SHARING:
        report = report_iri(name)
        start = TEXTS[name].index(SHARED)
        span = f"{report}#char={start},{start + len(SHARED)}"
        about = [
            (shared, RDF + "type", Iri(IRIS.term("SharedText"))),
            (shared, RDFS + "label", zh(SHARED)),
            (shared, "inReport", Iri(report)),
            (shared, "evidence", Iri(span)),
            (span, RDF + "type", Iri(IRIS.term("TextSpan"))),
            (span, RDFS + "label", zh(SHARED)),
            (span, "inText", Iri(f"{report}/text")),
            (span, OA + "start", typed(start, "integer")),
            (span, OA + "end", typed(start + len(SHARED), "integer")),
            (span, OA + "exact", zh(SHARED)),
            *((f"{report}#{node}", "inSharedText", Iri(shared)) for node in _COPIED),
        ]
        quads += [_statement(subject, predicate, value, name) for subject, predicate, value in about]
    return quads


def _statement(subject: str, predicate: str, value: Object, report: str) -> Quad:
    term = predicate if "/" in predicate else IRIS.term(predicate)
    return Quad(subject, term, value, IRIS.graph("corpus", report_iri(report)))
