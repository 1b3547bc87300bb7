"""Auditing: figures against each other. Each row is a made-up passage and the verdict of a careful reader."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fatu.auditing import audit
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.model import Finding, Report
from fatu.outlining import outline
from fatu.reading import read_text

FRAME = "{issuer}2022年度法治政府建设情况报告\n\n一、工作开展情况\n\n{body}\n"


def link_body(body: str, issuer: str = "石门县人民政府") -> Report:
    outlined = outline(read_text(FRAME.format(issuer=issuer, body=body), "report.txt"))
    return link(interpret(outlined, find(outlined)))


def audit_body(body: str, rule: str = "", issuer: str = "石门县人民政府") -> list[Finding]:
    """The findings about figures of one rule, or all, in the order of the text."""
    findings = [f for f in audit(link_body(body, issuer)) if f.about and (not rule or f.rule == rule)]
    return sorted(findings, key=lambda f: f.about[0].metric.span)


# -------------------------------------------------------------------------------------------------- ratios

RATIOS = [
    # (passage, verdict of its one rate)
    # a whole number of per cent
    ("受理行政复议案件9件,审结8件,结案率90%。", "inconsistent"),
    ("受理行政复议案件9件,审结8件,结案率89%。", "consistent"),
    ("受理行政复议案件20件,审结15件,结案率75%。", "consistent"),
    ("受理行政复议案件20件,审结15件,结案率76%。", "inconsistent"),
    ("受理行政复议案件8件,审结1件,结案率13%。", "consistent"),
    ("受理行政复议案件15件,审结15件,结案率100%。", "consistent"),
    ("受理行政复议案件15件,审结14件,结案率100%。", "inconsistent"),
    ("办理行政应诉案件72件,已审结61件,胜诉43件,胜诉率70%。", "consistent"),
    ("办理行政应诉案件72件,已审结61件,胜诉43件,胜诉率71%。", "inconsistent"),
    ("受理各类矛盾纠纷62件,调解成功62件,调解成功率100%。", "consistent"),
    # as many decimals as are written
    ("受理行政复议案件9件,审结8件,结案率88.9%。", "consistent"),
    ("受理行政复议案件9件,审结8件,结案率88.89%。", "consistent"),
    ("受理行政复议案件9件,审结8件,结案率88.90%。", "inconsistent"),
    ("受理行政复议案件9件,审结8件,结案率89.0%。", "inconsistent"),
    ("受理行政复议案件7件,审结2件,结案率28.57%。", "consistent"),
    ("受理行政复议案件7件,审结2件,结案率28.6%。", "consistent"),
    ("受理行政复议案件7件,审结2件,结案率28.4%。", "inconsistent"),
    ("认领事项主项数294条,主项覆盖数261,主项覆盖率为88.78%。", "consistent"),
    ("认领事项主项数294条,主项覆盖数261,主项覆盖率为88.87%。", "inconsistent"),
    # cut off, not rounded
    ("受理行政复议案件9件,审结8件,结案率88%。", "consistent_truncated"),
    ("受理行政复议案件9件,审结8件,结案率88.8%。", "consistent_truncated"),
    ("受理行政复议案件3件,审结2件,结案率66.66%。", "consistent_truncated"),
    ("受理行政复议案件7件,审结2件,结案率28.5%。", "consistent_truncated"),
    # another denominator explains it
    ("应诉的行政案件50件,已审结40件,胜诉30件,胜诉率60%。", "consistent_other_denominator"),
    ("应诉的行政案件50件,已审结40件,胜诉30件,胜诉率75%。", "consistent"),
    ("应诉的行政案件50件,已审结40件,胜诉30件,胜诉率65%。", "inconsistent"),
    ("上年结转行政复议案件3件,新受理行政复议案件17件,审结18件,结案率90%。", "consistent_other_denominator"),
    # bounds of the rate
    ("受理行政复议案件20件,审结19件,结案率90%以上。", "consistent"),
    ("受理行政复议案件9件,审结8件,结案率90%以上。", "inconsistent"),
    ("受理行政复议案件9件,审结8件,结案率不低于85%。", "consistent"),
    ("受理行政复议案件9件,审结8件,结案率近90%。", "consistent"),
    ("受理行政复议案件9件,审结8件,结案率约90%。", "consistent"),
    ("受理行政复议案件9件,审结4件,结案率约90%。", "inconsistent"),
    ("受理行政复议案件9件,审结8件,结案率超过80%。", "consistent"),
    # bounds of the counts
    ("受理各类矛盾纠纷2500余件,调解成功2480余件,调解成功率98%以上。", "consistent"),
    ("受理各类矛盾纠纷2500余件,调解成功1200余件,调解成功率98%以上。", "inconsistent"),
    ("受理行政复议案件100余件,审结95件,结案率95%。", "consistent"),
    ("受理行政复议案件100余件,审结95件,结案率99%。", "inconsistent"),
    # counts that are themselves rounded: 1.1万 is 1.05 to 1.15, so a rate of 95% can be true
    ("受理各类矛盾纠纷1.2万件,调解成功1.18万件,调解成功率98.3%。", "consistent"),
    ("受理各类矛盾纠纷1.2万件,调解成功1.1万件,调解成功率95%。", "consistent"),
    # above one hundred
    ("受理行政复议案件10件,审结9件,结案率110%。", "inconsistent"),
    ("受理行政复议案件10件,审结12件,结案率120%。", "consistent"),
    # in any order, in another sentence
    ("行政复议结案率75%,受理行政复议案件20件,审结15件。", "consistent"),
    ("受理行政复议案件20件。审结15件。行政复议结案率75%。", "consistent"),
    # other rates
    ("审结行政复议案件20件,直接纠错3件,纠错率15%。", "consistent"),
    ("审结行政复议案件20件,直接纠错3件,纠错率20%。", "inconsistent"),
    ("制定行政规范性文件14件,报送备案规范性文件14件,报备率100%。", "consistent"),
    ("行政诉讼案件开庭审理40件,行政机关负责人出庭应诉38件,行政机关负责人出庭应诉率95%。", "consistent"),
    ("行政诉讼案件开庭审理40件,行政机关负责人出庭应诉38件,行政机关负责人出庭应诉率100%。", "inconsistent"),
    # nothing can be divided by nothing
    ("受理行政复议案件0件,审结0件,结案率100%。", "unverifiable"),
    ("受理行政复议案件0件,审结0件,结案率0%。", "unverifiable"),
    # an operand is missing
    ("受理行政复议案件9件,结案率90%。", "unverifiable"),
    ("审结行政复议案件8件,结案率90%。", "unverifiable"),
    ("行政复议结案率100%。", "unverifiable"),
    ("排查化解矛盾纠纷2500余件,调解成功率达到98%以上。", "unverifiable"),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "verdict"), RATIOS)
def test_verdict_on_a_rate(passage: str, verdict: str) -> None:
    assert [f.verdict for f in audit_body(passage, "ratio")] == [verdict]


def test_a_rate_that_does_not_hold_is_a_warning_and_all_else_a_remark() -> None:
    for passage, verdict in RATIOS:
        for finding in audit_body(passage, "ratio"):
            assert finding.severity == ("warning" if verdict == "inconsistent" else "info"), passage


TENS = [
    # (passage, whether rounding to tens would explain it)
    ("受理行政复议案件9件,审结8件,结案率90%。", True),
    ("受理行政复议案件7件,审结6件,结案率90%。", True),
    ("受理行政复议案件9件,审结7件,结案率90%。", False),
    ("受理行政复议案件9件,审结8件,结案率95%。", False),
]


@pytest.mark.parametrize(("passage", "explains"), TENS)
def test_rounding_to_tens_is_named_where_it_would_explain_the_rate(passage: str, explains: bool) -> None:
    (finding,) = audit_body(passage, "ratio")
    assert finding.verdict == "inconsistent"
    assert ("十位" in finding.message_zh) is explains
    assert ("rounded to tens" in finding.message_en) is explains


def test_the_message_shows_the_sum_in_both_languages() -> None:
    (finding,) = audit_body("受理行政复议案件9件,审结8件,结案率90%。", "ratio")
    for words in ("8÷9", "88.89%", "90%", "89%", "行政复议"):
        assert words in finding.message_zh
    for words in ("8/9", "88.89%", "90%", "89%"):
        assert words in finding.message_en
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in finding.message_en)


MISSING = [
    # (passage, named as missing in Chinese, not named)
    ("受理行政复议案件9件,结案率90%。", ["审结"], ["受理数"]),
    ("审结行政复议案件8件,结案率90%。", ["受理"], ["审结数"]),
    ("行政复议结案率100%。", ["审结", "受理"], []),
    ("排查化解矛盾纠纷2500余件,调解成功率达到98%以上。", ["调解成功"], []),
    ("办理行政应诉案件72件,已审结61件,胜诉率70%。", ["胜诉数"], ["审结"]),
]


@pytest.mark.parametrize(("passage", "named", "unnamed"), MISSING)
def test_what_is_missing_is_named(passage: str, named: list[str], unnamed: list[str]) -> None:
    (finding,) = audit_body(passage, "ratio")
    assert finding.verdict == "unverifiable"
    missing = finding.message_zh.split("没有")[-1]
    assert all(word in missing for word in named)
    assert not any(word in missing for word in unnamed)
    assert "无法核实" in finding.message_zh
    assert "cannot be checked" in finding.message_en
    assert finding.expected is None


def test_the_numbers_of_a_finding() -> None:
    (finding,) = audit_body("受理行政复议案件9件,审结8件,结案率90%。", "ratio")
    assert finding.stated == Decimal("90")
    assert finding.expected is not None
    low, high = finding.expected
    assert low <= Decimal(800) / 9 <= high
    assert high - low <= Decimal("0.01")
    assert [o.metric.text for o in finding.about] == ["90%"]
    assert sorted(o.metric.text for o in finding.operands) == ["8件", "9件"]


# ------------------------------------------------------------------------------------------ never mixed

APART = [
    # (passage, verdicts of its rates in order): figures of another scope or period are no operands
    (
        "一是全县受理各类矛盾纠纷1000件,调解成功900件,调解成功率90%。"
        "二是县公共法律服务中心受理各类矛盾纠纷50件,调解成功50件,调解成功率100%。",
        ["consistent", "consistent"],
    ),
    (
        "一是县公共法律服务中心受理各类矛盾纠纷50件,调解成功50件。二是人民调解成功率达到98%。",
        ["unverifiable"],
    ),
    (
        "一是受理各类矛盾纠纷1000件。二是县公共法律服务中心调解成功50件,调解成功率100%。",
        ["unverifiable"],
    ),
    (
        "2021年受理行政复议案件10件,审结9件,结案率90%;2022年受理行政复议案件20件,审结15件,结案率75%。",
        ["consistent", "consistent"],
    ),
    ("2021年受理行政复议案件10件。2022年审结9件,行政复议结案率90%。", ["unverifiable"]),
    ("一是疫情期间,受理各类矛盾纠纷10件。二是调解成功9件,人民调解成功率90%。", ["unverifiable"]),
]


@pytest.mark.parametrize(("passage", "verdicts"), APART)
def test_scopes_and_periods_never_mix(passage: str, verdicts: list[str]) -> None:
    assert [f.verdict for f in audit_body(passage, "ratio")] == verdicts


@pytest.mark.parametrize("passage", [passage for passage, _ in [*APART, *RATIOS]])
def test_operands_are_of_one_scope_and_period(passage: str) -> None:
    for finding in audit_body(passage):
        assert len({(o.scope, o.period) for o in (*finding.about, *finding.operands)}) == 1


# ---------------------------------------------------------------------------------------------------- sums

FAR = "开展法治宣传,推进普法工作,提升全民法治素养,营造尊法学法守法用法的良好社会氛围。" * 3
SUMS = [
    # (passage, verdicts of its totals)
    ("清理规范性文件155件,继续有效的61件,拟废止的94件。", ["consistent"]),
    ("清理规范性文件155件,继续有效的61件,废止94件。", ["consistent"]),
    ("清理规范性文件155件,继续有效的61件,废止90件,修改4件。", ["consistent"]),
    ("清理规范性文件155件,继续有效的61件,废止90件。", ["inconsistent"]),
    ("清理规范性文件155件,继续有效的61件,废止90件,修改6件。", ["inconsistent"]),
    ("清理规范性文件155件,继续有效的100件,废止94件。", ["inconsistent"]),
    ("清理规范性文件150余件,继续有效的61件,废止94件。", ["consistent"]),
    ("清理规范性文件160余件,继续有效的61件,废止94件。", ["inconsistent"]),
    # two of three parts somewhere else may well leave the third unsaid
    (f"清理规范性文件155件。{FAR}废止规范性文件12件,修改规范性文件8件。", ["unverifiable"]),
    # one part says nothing of the total
    ("清理规范性文件155件,废止12件。", []),
    ("清理规范性文件155件。", []),
    ("办理行政复议案件(含上年结转)20件,其中上年结转行政复议案件3件,新受理行政复议案件17件。", ["consistent"]),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "verdicts"), SUMS)
def test_verdict_on_a_total(passage: str, verdicts: list[str]) -> None:
    assert [f.verdict for f in audit_body(passage, "sum")] == verdicts


def test_the_message_of_a_sum_shows_it() -> None:
    (finding,) = audit_body("清理规范性文件155件,继续有效的61件,废止90件。", "sum")
    assert finding.severity == "warning"
    assert "61+90=151" in finding.message_zh
    assert "155" in finding.message_zh
    assert "61+90=151" in finding.message_en
    assert "155" in finding.message_en


def test_parts_of_another_scope_make_no_sum() -> None:
    passage = "一是清理规范性文件155件。二是楚江街道办事处保留规范性文件61件,废止规范性文件94件。"
    assert audit_body(passage, "sum") == []


# ------------------------------------------------------------------------------------------- all findings

EVERYTHING = (
    "一是清理规范性文件155件,继续有效的61件,拟废止的94件。"
    "二是受理行政复议案件9件,审结8件,结案率90%。"
    "三是县公共法律服务中心受理各类矛盾纠纷62件,调解成功62件,调解成功率100%。"
    "四是办理行政应诉案件72件,已审结61件,胜诉43件,胜诉率71%。"
)


def test_evidence_is_what_the_text_says_there() -> None:
    report = link_body(EVERYTHING)
    text = report.reading.outline.source.text
    for finding in audit(report):
        assert finding.evidence
        for evidence in finding.evidence:
            assert evidence.text == text[evidence.span.start : evidence.span.end]
        for observation in (*finding.about, *finding.operands):
            assert any(e.span.covers(observation.metric.span) for e in finding.evidence)


def test_the_gravest_come_first_and_then_the_order_of_the_text() -> None:
    findings = audit(link_body(EVERYTHING))
    order = [(f.severity == "info", f.evidence[0].span) for f in findings]
    assert order == sorted(order)
    findings = tuple(f for f in findings if f.rule != "duty")
    assert [(f.rule, f.severity) for f in findings if f.severity != "info"] == [
        ("ratio", "warning"),
        ("ratio", "warning"),
    ]
    assert findings[0].stated == Decimal(90)


def test_keys_are_unique_in_a_report() -> None:
    findings = audit_body(
        "2021年受理行政复议案件10件,审结9件,结案率90%;2022年受理行政复议案件20件,审结15件,结案率75%。"
        "一是调解成功率98%。二是县公共法律服务中心调解成功率100%。"
    )
    assert len([f for f in findings if f.rule == "ratio"]) == 4
    assert len({f.key for f in findings}) == len(findings)


def test_no_figures_no_findings() -> None:
    assert {f.rule for f in audit(link_body("开展法治宣传。"))} == {"duty"}


# ------------------------------------------------------------------------------------------------- citations

NOTICE = "石门县人民政府关于印发石门县普法规划的通知"
CITATIONS = [
    # (passage, evidence of each finding)
    # one number, two papers
    (
        "落实《石门县普法规划》(石政发〔2021〕5号)。落实《石门县应诉办法》(石政发〔2021〕5号)。",
        [["《石门县普法规划》(石政发〔2021〕5号", "《石门县应诉办法》(石政发〔2021〕5号"]],
    ),
    # one paper, two numbers
    (
        "落实《石门县行政应诉工作办法》(石政发〔2021〕5号)。执行石政发〔2021〕6号《石门县行政应诉工作办法》。",
        [["《石门县行政应诉工作办法》(石政发〔2021〕5号", "石政发〔2021〕6号《石门县行政应诉工作办法》"]],
    ),
    # the notice and the text that it issues, a short form, other punctuation
    (f"落实《{NOTICE}》(石政发〔2021〕5号)。落实《石门县普法规划》(石政发〔2021〕5号)。", []),
    ("落实《石门县普法规划》(石政发〔2021〕5号)。对照《规划》(石政发〔2021〕5号)。", []),
    ("落实《石门县普法规划(2021—2025年)》(石政发〔2021〕5号)和《石门县普法规划（2021-2025）》(石政发[2021]5号)。",
     []),
    # titles that name many papers; numbers without title; the decrees of two versions of a law
    ("落实《工作方案》(石政发〔2021〕5号)。落实《工作方案》(石政发〔2021〕6号)。", []),
    ("落实石政发〔2021〕5号文件。落实《石门县普法规划》(石政发〔2021〕5号)。", []),
    ("《政府信息公开条例》(国务院令第492号)修订为《中华人民共和国政府信息公开条例》(国务院令第711号)。", []),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "evidence"), CITATIONS)
def test_citations_that_contradict_each_other(passage: str, evidence: list[list[str]]) -> None:
    findings = [f for f in audit(link_body(passage)) if f.rule == "citation"]
    assert [[e.text for e in f.evidence] for f in findings] == evidence
    for finding in findings:
        assert (finding.verdict, finding.severity) == ("inconsistent", "warning")
        assert (finding.stated, finding.expected, finding.about) == (None, None, ())
        assert "石政发〔2021〕5号" in finding.message_zh and "石政发〔2021〕5号" in finding.message_en
