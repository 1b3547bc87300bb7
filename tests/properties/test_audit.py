"""What holds of the audit whatever the figures: recomputed here with fractions, and on texts that nobody wrote."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from fatu.auditing import audit, measure_coverage
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.model import Finding
from fatu.outlining import outline
from fatu.reading import read_text

FRAME = "石门县人民政府2022年度法治政府建设情况报告\n\n一、工作开展情况\n\n{}\n"
WORDS = (
    (
        "受理行政复议案件",
        "审结",
        "结案率",
        "其中",
        "占",
        "分别",
        "合计",
        "同比增长",
        "由",
        "压缩至",
        "每季度",
        "全年",
    ),
    (
        "上年结转",
        "平均每件",
        "均",
        "全部",
        "较上年",
        "百分点",
        "一是",
        "法律援助案件",
        "分为",
        "其他",
        "年末未结",
    ),
    (
        "9件",
        "8件",
        "90%",
        "100%",
        "0件",
        "2500余件",
        "3.5个百分点",
        "四次",
        "1.2万元",
        "-7%",
        "120%",
        "99999999件",
    ),
    ("、", ",", "。", ";", ":", "(", ")", "——", "|", "\n", "\t", " ", "\u202e"),
    ("《方案(2016—2020年)》", "〔2020〕1号"),
)
PIECES = st.sampled_from([word for words in WORDS for word in words])


def findings(body: str) -> tuple[Finding, ...]:
    outlined = outline(read_text(FRAME.format(body), "report.txt"))
    return audit(link(interpret(outlined, find(outlined))))


def verdict(body: str, rule: str) -> str:
    (found,) = (f.verdict for f in findings(body) if f.rule == rule)
    return found


@given(st.integers(1, 5000), st.data(), st.integers(0, 2), st.integers(-3, 3))
@settings(max_examples=150, deadline=None)
def test_a_rate_means_what_its_decimals_say(whole: int, data: st.DataObject, places: int, off: int) -> None:
    """Rounded half up or half even it is consistent, cut off truncated, anything else inconsistent."""
    part = data.draw(st.integers(1, whole))
    exact = Fraction(part * 100, whole)
    step = Decimal(1).scaleb(-places)
    # Enough places that no tie is made or lost.
    shown = Decimal(exact.numerator) / Decimal(exact.denominator)
    stated = shown.quantize(step, ROUND_HALF_UP) + off * step
    if not 0 < stated <= 100:
        return
    rounded = stated in (shown.quantize(step, ROUND_HALF_UP), shown.quantize(step, ROUND_HALF_EVEN))
    cut = stated == shown.quantize(step, ROUND_DOWN)
    expected = "consistent" if rounded else "consistent_truncated" if cut else "inconsistent"
    assert verdict(f"受理行政复议案件{whole}件,审结{part}件,结案率{stated:f}%。", "ratio") == expected


@given(st.lists(st.integers(20, 900), min_size=3, max_size=5), st.integers(-4, 4))
@settings(max_examples=100, deadline=None)
def test_a_closed_list_adds_up_or_does_not(values: list[int], off: int) -> None:
    kinds = ("维持", "驳回", "终止", "撤销")[: len(values) - 1]
    parts = "、".join(f"{kind}{value}件" for kind, value in zip((*kinds, "其他"), values, strict=True))
    total = sum(values) + off
    body = f"审结行政复议案件{total}件,其中{parts}。"
    assert verdict(body, "sum") == ("consistent" if off == 0 else "inconsistent")


@given(st.integers(10, 5000), st.integers(10, 5000))
@settings(max_examples=100, deadline=None)
def test_growth_follows_from_two_years(then: int, now: int) -> None:
    change = Decimal(abs(now - then) * 100) / then
    word = "增长" if now >= then else "下降"
    shown = change.quantize(Decimal("0.1"), ROUND_HALF_UP)
    body = "受理行政复议案件{now}件,同比{word}{pct}%,上年为{then}件。"
    assert verdict(body.format(now=now, then=then, word=word, pct=shown), "growth") == "consistent"
    wrong = shown + Decimal("1.5")
    assert verdict(body.format(now=now, then=then, word=word, pct=wrong), "growth") == "inconsistent"


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it(pieces: list[str]) -> None:
    """Findings about whatever stands there, each whole, none twice, the same again."""
    body = "".join(pieces)
    outlined = outline(read_text(FRAME.format(body), "report.txt"))
    report = link(interpret(outlined, find(outlined)))
    found = audit(report)
    assert len({f.key for f in found}) == len(found)
    for finding in found:
        assert finding.message_zh and finding.message_en
        assert (finding.severity == "warning") is (finding.verdict in ("inconsistent", "missing", "late"))
        for evidence in finding.evidence:
            assert (
                evidence.text == report.reading.outline.source.text[evidence.span.start : evidence.span.end]
            )
    coverage = measure_coverage(report, found)
    assert 0 <= coverage.checked <= coverage.checkable <= coverage.ratios
    assert audit(report) == found
