"""A short opening that ends with 报告如下: is running text, not frame: nobody ends it with a full stop."""

from __future__ import annotations

import pytest

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.model import Report
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"


def link_body(body: str) -> Report:
    outlined = outline(read_text(f"{TITLE}\n\n{body}", "report.txt"))
    return link(interpret(outlined, find(outlined)))


OPENINGS = [
    # (opening, clause, role)
    ("2022年,我县扎实推进依法行政,现将有关情况报告如下:", "我县扎实推进依法行政", "action"),
    ("在县委的坚强领导下,我县扎实推进依法行政,现报告如下:", "在县委的坚强领导下", "basis"),
    ("2022年,石门县全面贯彻《法治政府建设实施纲要(2021—2025年)》,现将有关情况报告如下:",
     "石门县全面贯彻《法治政府建设实施纲要(2021-2025年)》", "basis"),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "clause", "role"), OPENINGS)
def test_the_opening_is_read(opening: str, clause: str, role: str) -> None:
    report = link_body(f"{opening}\n\n一、工作开展情况\n\n开展法治宣传。\n")
    assert {s.clause.text: s.role for s in report.reading.statements}[clause] == role
