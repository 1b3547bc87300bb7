"""会同 is also a county (431225). In 县司法局会同县公安局 it is a verb, unless the report is that county's own."""

from __future__ import annotations

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.outlining import outline
from fatu.reading import read_text
from passages import link_body


def test_the_verb_before_another_agency() -> None:
    report = link_body("县司法局会同县公安局开展联合执法。")
    (measure,) = report.reading.measures
    assert [a.text for a in measure.actors] == ["县司法局"]
    assert [a.text for a in measure.participants] == ["县公安局"]
    assert {"石门县司法局", "石门县公安局"} <= {a.name for a in report.agencies}


def test_the_county_in_its_own_report() -> None:
    outlined = outline(
        read_text("会同县人民政府2022年度法治政府建设情况报告\n\n会同县公安局开展执法。\n", "report.txt")
    )
    report = link(interpret(outlined, find(outlined)))
    assert "会同县公安局" in {a.name for a in report.agencies}
