"""The duties of an annual report (厅字〔2019〕28号, Article 24). Each row is a made-up report and what it meets."""

from __future__ import annotations

from datetime import date

import pytest

from fatu.auditing import audit
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.model import Finding, Overrides
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"
MEASURES = "一、主要举措和成效\n\n受理行政复议案件9件,审结8件。\n\n"
LEADER = "二、党政主要负责人履行推进法治建设第一责任人职责情况\n\n县委书记、县长带头学法用法。\n\n"
PROBLEMS = "三、存在的不足\n\n基层执法力量薄弱。\n\n"
CAUSES = "三、存在的不足\n\n基层执法力量薄弱,主要原因是编制偏紧。\n\n"
PLANS = "四、下一年度工作安排\n\n加强行政执法队伍建设。\n"


def duties(text: str, overrides: Overrides | None = None) -> dict[str, Finding]:
    outlined = outline(read_text(text, "report.txt"), overrides)
    findings = audit(link(interpret(outlined, find(outlined))))
    return {f.duty or "": f for f in findings if f.rule == "duty"}


def report(*parts: str, line: str = "日期:2023-03-31", title: str = TITLE) -> str:
    return f"{title}\n\n{line}\n\n" + "".join(parts)


COMPLETE = (MEASURES, LEADER, CAUSES, PLANS)
CONTENTS = [
    # (parts, contents that are missing)
    (COMPLETE, set()),
    ((MEASURES, LEADER, PROBLEMS, PLANS), {"causes"}),
    ((MEASURES, CAUSES, PLANS), {"first_responsible_person"}),
    ((MEASURES, LEADER, CAUSES), {"next_year_plan"}),
    ((MEASURES, LEADER, PLANS), {"problems", "causes"}),
    # told in running text, without a part of its own
    ((MEASURES.replace("审结8件。", "审结8件。县长切实履行推进法治建设第一责任人职责。"), CAUSES, PLANS), set()),
    ((MEASURES, LEADER, CAUSES.replace("偏紧。", "偏紧。下一步,我县将加强执法队伍建设。")), set()),
    ((MEASURES, LEADER, PROBLEMS.replace("薄弱。", "薄弱。究其根源,是对法治工作重视不够。"), PLANS), set()),
    # a heading proves nothing of what stands below it, nor a plan that it was done
    (
        (MEASURES, "二、党政主要负责人履行推进法治建设第一责任人职责情况\n\n", CAUSES, PLANS),
        {"first_responsible_person"},
    ),
    ((MEASURES, CAUSES, PLANS + "压实党政主要负责人第一责任人职责。\n"), {"first_responsible_person"}),
    ((MEASURES, LEADER, "三、存在的不足及成因\n\n基层执法力量薄弱。\n\n", PLANS), set()),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "missing"), CONTENTS)
def test_the_contents_that_the_rules_demand(parts: tuple[str, ...], missing: set[str]) -> None:
    found = duties(report(*parts))
    contents = {duty: f.verdict for duty, f in found.items() if duty != "publication"}
    assert {duty for duty, verdict in contents.items() if verdict == "missing"} == missing
    assert {verdict for duty, verdict in contents.items() if duty not in missing} <= {"met"}


DATES = [
    # (line of the page, verdict): before 1 April, so that 31 March is the last day
    ("日期:2023-01-16", "met"),
    ("日期:2023-03-31", "met"),
    ("日期:2023-04-01", "late"),
    ("发布时间:2023年6月2日 10:21", "late"),
    ("【发布时间】2023-02-21", "met"),
    ("2023/04/10  来源:石门县司法局", "late"),
    ("信息来源:县司法局", "unverifiable"),
]


@pytest.mark.parametrize(("line", "verdict"), DATES)
def test_published_before_the_first_of_april(line: str, verdict: str) -> None:
    finding = duties(report(*COMPLETE, line=line))["publication"]
    assert finding.verdict == verdict
    assert "4月1日" in finding.message_zh
    assert "1 April 2023" in finding.message_en


def test_a_signature_behind_the_deadline_is_late_too() -> None:
    finding = duties(report(*COMPLETE, line="") + "\n石门县人民政府\n2023年4月20日\n")["publication"]
    assert finding.verdict == "late"
    assert "4月20日" in finding.message_zh


def test_a_date_that_the_user_gives_counts() -> None:
    text = report(*COMPLETE, line="")
    assert duties(text)["publication"].verdict == "unverifiable"
    given = duties(text, Overrides(published=date(2023, 3, 30)))["publication"]
    assert given.verdict == "met"


KINDS = [
    # (title, whether the duties hold)
    ("石门县人民政府2022年度法治政府建设情况报告", True),
    ("石门县司法局2022年度依法行政工作报告", True),
    ("湖南省人民政府关于2022年法治政府建设情况的报告", True),
    ("石门县2022年政府工作报告", False),
    ("石门县2022年国民经济和社会发展统计公报", False),
    # the rule came into force on 15 April 2019
    ("石门县人民政府2018年度法治政府建设情况报告", False),
]


@pytest.mark.parametrize(("title", "holds"), KINDS)
def test_the_kinds_of_report_for_which_they_hold(title: str, holds: bool) -> None:
    assert bool(duties(report(*COMPLETE, title=title))) is holds


def test_without_a_year_they_cannot_be_judged() -> None:
    found = duties(report(*COMPLETE, line="", title="石门县人民政府关于法治政府建设情况的报告"))
    assert {f.verdict for f in found.values()} == {"unverifiable"}


def test_each_names_its_article_and_the_reports_that_it_holds_for() -> None:
    for finding in duties(report(MEASURES)).values():
        assert "厅字〔2019〕28号第二十四条" in finding.message_zh
        assert "Article 24" in finding.message_en
        assert "县级以上部门" in finding.message_zh
        assert finding.stated is None and finding.expected is None


@pytest.mark.parametrize(("duty", "word"), [("causes", "原因"), ("first_responsible_person", "第一责任人")])
def test_the_message_names_what_is_missing(duty: str, word: str) -> None:
    assert word in duties(report(MEASURES, PROBLEMS))[duty].message_zh


def test_a_message_says_what_the_duty_is_about_once() -> None:
    for text in (report(*COMPLETE), report(COMPLETE[0])):
        for slug, finding in duties(text).items():
            if slug == "publication":
                continue
            about_zh, about_en = finding.message_zh.split(":")[0], finding.message_en.split(":")[0]
            assert finding.message_zh.split("(")[0].count(about_zh) == 1
            assert finding.message_en.split("(")[0].lower().count(about_en.lower()) == 1
