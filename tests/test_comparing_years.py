"""Five years of one district's work reports: a trend for each indicator that two of them state for their own year,
with the values as a reader takes them from the texts. These are read in place; the tests skip where they are absent."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fatu.pipeline import build
from fatu.querying.compared import ComparedFigure
from fatu.querying.comparing import Comparison, compare_store
from fatu.querying.ranking import trend_records
from fatu.storing import MemoryStore

YEARS = (2011, 2012, 2013, 2014, 2015)
NO = None
YI, WAN = 100_000_000, 10_000

Told = tuple[str | None, ...]
"""What the report of each year says of that year, in the unit beside; None where it says nothing of it by this name."""

TRENDS: dict[str, tuple[int, Told]] = {
    "proposals-rate": (1, (NO, "100", NO, NO, "100")),
    "再就业": (1, (NO, "2291", NO, "1687", NO)),
    "农民人均纯收入": (1, ("14315", "16720", "19080", "21618", NO)),
    "农民人均纯收入增长": (1, ("22.1", "16.8", "14.1", "13.6", NO)),
    "发放就业小额担保贷款": (WAN, (NO, NO, NO, "2150", "1600")),
    "发文数量减少": (1, (NO, NO, "19.4", "20.3", NO)),
    "国内外航线": (1, ("25", NO, NO, NO, "60")),
    "地区生产总值": (YI, ("198.5", "235.2", "253.7", "274.4", "287.9")),
    "地区生产总值增长": (1, ("22.3", "18.5", "10.1", "9.1", "8.9")),
    "地方财政总收入": (YI, ("16", "20.67", "24.85", "24.9", NO)),
    "地方财政总收入增长": (1, ("23.2", "28.8", "20.3", "0.4", NO)),
    "城镇居民人均可支配收入": (1, ("20251", "23267", "25852", "28541", NO)),
    "城镇居民人均可支配收入增长": (1, ("17", "14.9", "11.1", "10.4", NO)),
    "城镇新增就业": (1, ("5527", "6128", NO, "5487", NO)),
    "城镇登记失业率": (1, ("4.08", "3.84", NO, "3.79", NO)),
    "城镇登记失业率控制": (1, (NO, NO, "3.65", NO, "3.9")),
    "实施重点工业项目": (1, (NO, "34", "28", NO, NO)),
    "建成仓储库": (WAN, (NO, NO, "3.5", "3.2", "2")),
    "政府会议数量减少": (1, (NO, NO, "14.1", "15.2", NO)),
    "新农合参合率": (1, ("98.5", NO, "98.9", NO, "99.42")),
    "新增商业营业面积": (WAN, ("10", "12", "15", NO, NO)),
    "新建农村道路": (1, ("79.5", "32", "24", NO, NO)),
    "新建现代化牧场": (WAN, (NO, NO, "2.8", "4.2", NO)),
    "旅游接待人数": (WAN, (NO, NO, "438", "525.6", "607")),
    "旅游收入": (YI, ("31.8", "38", "47.2", "56.4", "69")),
    "牧业年度牲畜存栏": (WAN, ("13.2", "14", NO, NO, NO)),
    "环卫工人和社区干部生活补贴人均月增": (1, (NO, NO, NO, "200", "200")),
    "社会消费品零售总额": (YI, ("84", "97.9", "110.6", "123.4", "136.3")),
    "社会消费品零售总额增长": (1, ("19.2", "16.2", "13", "11.6", NO)),
    "组团内主次干道实现通车": (1, (NO, NO, NO, "9", "9")),
    "规模以上工业增加值增速": (1, (NO, NO, "16.1", "12", "9.7")),
    "规模以上工业总产值": (YI, ("235.4", "137.8", "207.2", "166.7", "188")),
    "规模以上工业总产值增长": (1, ("50.9", NO, "56.6", "16.2", "12.9")),
}
MISSED = {
    ("城镇新增就业", 2014),
    ("建成仓储库", 2014),
    ("新农合参合率", 2011),
    ("社会消费品零售总额", 2011),
    ("社会消费品零售总额", 2015),
    ("社会消费品零售总额增长", 2011),
}
"""What the texts say and reading does not find under the indicator's name yet: these cells must be empty or marked,
never wrong."""
FIVE_YEARS = {
    "一户一阀-改造", "为困难家庭发放蔬菜价格补贴", "农村冬季用煤补贴", "发放小额担保贷款", "完成背街巷道",
    "实施老旧小区既有建筑节能改造",
}  # fmt: skip
"""Sums of five years in the report of 2015 (五年来, 五年累计), which reading takes for those of the year."""
NO_INDICATOR = {"投资实施"}
"""A verb that was read as what is counted: it names a different project each year."""


@pytest.fixture(scope="module")
def comparison(shared: Path) -> Comparison:
    folder = shared / "corpora" / "work-reports-hailar"
    if not folder.is_dir():
        pytest.skip("../shared has no work reports of five years")
    quads = {quad for path in sorted(folder.glob("*.txt")) for quad in build(path).quads}
    return compare_store(MemoryStore(sorted(quads)))


@pytest.fixture(scope="module")
def rows(comparison: Comparison) -> list[ComparedFigure]:
    return list(comparison)


@pytest.fixture(scope="module")
def comparable(rows: list[ComparedFigure]) -> dict[str, dict[int, Decimal]]:
    """Indicator → year → the figure that may stand in its column."""
    found: dict[str, dict[int, Decimal]] = {}
    for row in rows:
        if row.is_comparable and row.stated:
            found.setdefault(row.indicator.id, {})[row.report.year] = row.stated.value
    return found


def test_every_trend_of_two_years_or_more_was_checked_by_a_reader(
    comparable: dict[str, dict[int, Decimal]],
) -> None:
    shared_by_two = {name for name, values in comparable.items() if len(values) > 1}
    assert shared_by_two == set(TRENDS) | FIVE_YEARS | NO_INDICATOR


@pytest.mark.parametrize("indicator", TRENDS)
def test_a_trend_is_what_the_texts_say(comparable: dict[str, dict[int, Decimal]], indicator: str) -> None:
    unit, told = TRENDS[indicator]
    expected = {
        year: Decimal(value) * unit
        for year, value in zip(YEARS, told, strict=True)
        if value is not None and (indicator, year) not in MISSED
    }
    assert comparable[indicator] == expected


def test_next_years_plans_and_earlier_years_stand_apart(rows: list[ComparedFigure]) -> None:
    apart = [row for row in rows if row.indicator.id == "地区生产总值" and not row.is_comparable]
    assert [(r.report.year, f"{r.stated.value / YI:f}", r.stated.period) for r in apart if r.stated] == [
        (2011, "240", "2012"), (2012, "282", "2013"), (2013, "282", "2014"), (2014, "296", "2015"),
        (2015, "162.4", "2010"), (2015, "309", "2016"),
    ]  # fmt: skip
    assert all("other_period" in row.marks for row in apart)


def test_a_year_that_does_not_give_it_is_told(rows: list[ComparedFigure]) -> None:
    trends = {record["indicator"]: record for record in trend_records(rows, YEARS)}
    assert trends["地方财政总收入"]["2015_marks"] == "not_reported"
    assert trends["城镇登记失业率"]["2011_marks"] == "at_most; denominator_untold"
    assert str(trends["城镇登记失业率"]["2013_marks"]).startswith("other_period; planned")
