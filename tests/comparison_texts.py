"""Small invented reports of three areas and three years, each written for what a comparison must tell apart."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fatu.describing.terms import Iri, Quad
from fatu.iris import Iris
from fatu.model import Overrides
from fatu.pipeline import build
from fatu.storing import MemoryStore

CITY, COUNTY, OTHER = "430700", "430726", "430721"
NAMES = {CITY: "常德市", COUNTY: "石门县", OTHER: "安乡县"}
YEARS = (2019, 2020, 2021)
TEXTS = {
    (CITY, 2019): ("全年受理行政复议案件120件,审结100件,结案率83.33%。", "全年培训行政执法人员500人次。"),
    (CITY, 2020): ("全年受理行政复议案件130余件。", "全年培训行政执法人员600人次。"),
    (CITY, 2021): ("全年推进法治政府建设,强化政务公开。",),
    (COUNTY, 2019): ("全年受理行政复议案件9件,审结8件,结案率90%。", "全年培训行政执法人员30人。"),
    (COUNTY, 2020): ("上半年受理行政复议案件5件。", "全年培训行政执法人员40人次。"),
    (COUNTY, 2021): ("全年受理行政复议案件12宗。", "2022年计划培训行政执法人员80人次。"),
    (OTHER, 2019): ("全年受理行政复议案件9件,审结9件,结案率100%。",),
    (OTHER, 2020): ("全年受理行政复议案件20件。", "各部门分析了形势。全年受理行政复议案件22件。"),
    (OTHER, 2021): ("全年受理行政复议案件12件。",),
}  # fmt: skip
SHARED = (OTHER, 2021)
"""A report whose figure stands in a text that it shares with other areas."""


def text_of(area: str, year: int) -> str:
    """A report's text."""
    lines = "\n".join(TEXTS[area, year])
    issuer = f"{NAMES[area]}人民政府"
    title = f"{issuer}{year}年法治政府建设情况报告"
    return f"{title}\n\n一、工作情况\n{lines}\n\n{issuer}\n{year + 1}年1月20日\n"


@cache
def comparison_quads() -> tuple[Quad, ...]:
    """The quads of all the reports; the shared text of one is marked as what looks at the whole corpus marks it."""
    iris = Iris()
    quads: set[Quad] = set()
    with TemporaryDirectory() as folder:
        for area, year in TEXTS:
            path = Path(folder) / f"{area}-{year}.txt"
            path.write_text(text_of(area, year), encoding="utf-8")
            quads.update(build(path, Overrides(area=area, year=year)).quads)
    report = iris.report(SHARED[0], "gov", SHARED[1])
    figures = {
        q.subject for q in quads if q.predicate == iris.term("indicator") and q.subject.startswith(report)
    }
    text = Iri(iris.concept("sharedtext", "1"))
    graph = iris.graph("corpus", report)
    return tuple(sorted(quads | {Quad(figure, iris.term("inSharedText"), text, graph) for figure in figures}))


@cache
def comparison_store() -> MemoryStore:
    """A store of them."""
    return MemoryStore(comparison_quads())
