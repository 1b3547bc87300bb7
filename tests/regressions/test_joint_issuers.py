"""县委、县政府印发《…》: both issue it, the one named first leads; it is not put down to the last one alone."""

from __future__ import annotations

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.model import Report
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"


def link_body(body: str) -> Report:
    outlined = outline(read_text(f"{TITLE}\n\n一、工作开展情况\n\n{body}\n", "report.txt"))
    return link(interpret(outlined, find(outlined)))


def test_all_bodies_issue_and_the_first_leads() -> None:
    report = link_body("县委、县政府印发《石门县法治政府建设实施方案》。")
    (document,) = report.documents
    assert document.issuer_name == "中共石门县委员会 石门县人民政府"
