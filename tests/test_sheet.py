"""The sheet of findings (fatu audit --format html): one page to print, for one report or several."""

from __future__ import annotations

import re

from fatu.auditing import audit
from fatu.exporting.sheet import audited_report, write_sheet
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.outlining import outline
from fatu.reading import read_text


def sheet(*texts: str) -> str:
    reports = []
    for number, text in enumerate(texts):
        outlined = outline(read_text(text, f"report-{number}<b>.txt"))
        report = link(interpret(outlined, find(outlined)))
        reports.append(audited_report(report, audit(report)))
    return write_sheet(reports).decode()


def report(area: str, body: str) -> str:
    return f"{area}人民政府2022年度法治政府建设情况报告\n\n一、工作开展情况\n\n{body}\n"


WRONG = "受理行政复议案件9件,审结8件,结案率90%。"


def test_what_is_wrong_comes_first_with_formula_and_both_numbers() -> None:
    page = sheet(report("石门县", WRONG))
    first = page[page.index("需要核实") : page.index("已核对,一致")]
    assert "8÷9=88.89%" in first and "报告写90%" in first and "8/9=88.89%" in first
    assert re.search(r"所写</dt><dd>90</dd>.*?应为</dt><dd>88.89</dd>", first)
    assert re.search(r"<mark>[^<]*结案率90%", first)


def test_several_reports_stand_one_below_the_other() -> None:
    page = sheet(report("石门县", WRONG), report("静宁县", "受理行政复议案件20件,审结15件,结案率75%。"))
    assert page.index("石门县人民政府2022") < page.index("静宁县人民政府2022")
    assert page.count("</html>") == 1


def test_everything_is_escaped_and_nothing_is_loaded() -> None:
    hostile = "<script>alert(1)</script>\"'></mark><img src=x onerror=alert(1)>\u2028\u202e"
    page = sheet(report("石门县", f"{hostile}受理行政复议案件9件{hostile},审结8件,结案率90%。{hostile}"))
    assert "8÷9" in page
    assert "<script" not in page and "<img" not in page and "report-0<b>" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"<[a-z][^<>]*(?:src|href)=|url\(|@import", page)


def test_the_same_reports_make_the_same_sheet() -> None:
    assert sheet(report("石门县", WRONG)) == sheet(report("石门县", WRONG))
