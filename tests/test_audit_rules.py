"""The audit's rules one by one. Each row is a made-up passage and the verdicts of a careful reader."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fatu.auditing import RULES, audit, measure_coverage
from fatu.auditing.coverage import Coverage
from fatu.model import Finding, Rule
from test_auditing import audit_body, link_body


def verdicts(passage: str, *rules: str) -> list[tuple[str, str]]:
    """(figure, verdict) of the findings of some rules, in text order."""
    findings = [f for f in audit_body(passage) if f.rule in rules]
    return [(f.about[0].metric.text, f.verdict) for f in findings]


# ------------------------------------------------------------------- rates that the catalogue does not know

WORDED = [
    # (passage, rates that are told with their counts, in order)
    ("办理人大代表建议68件,办结67件,办结率98.5%。", ["consistent"]),
    ("办理人大代表建议68件,办结67件,办结率100%。", ["inconsistent"]),
    ("受理信访事项320件,按期办结317件,按期办结率99.06%。", ["consistent"]),
    ("共受理12345热线工单5630件,办结5601件,办结率99.8%。", ["inconsistent"]),
    ("抽检食品1200批次,合格1175批次,合格率98%。", ["consistent"]),
    ("抽检食品1200批次,合格1175批次,合格率97%。", ["consistent_truncated"]),
    ("抽检食品1200批次,检出不合格25批次,合格率97.9%。", ["consistent"]),
    ("组织312人参加行政执法资格考试,289人合格,合格率92.6%。", ["consistent"]),
    ("在岗行政执法人员1200人,其中持证1176人,持证率98%。", ["consistent"]),
    ("在岗行政执法人员1200人,其中持证1176人,持证率99%。", ["inconsistent"]),
    ("行政执法人员1200人,持证执法人员1176人,持证率98%。", ["consistent"]),
    ("评查案卷96卷,优秀20卷、合格70卷、不合格6卷,合格率93.75%。", ["consistent"]),
    ("评查案卷96卷,合格90卷,合格率93.75%。", ["consistent"]),
    ("评查案卷96卷,合格90卷,合格率95.75%。", ["inconsistent"]),
    ("审结行政复议案件60件,撤销、变更行政行为7件,纠错率11.67%。", ["consistent"]),
    ("组织312人参加行政执法资格考试,289人合格,合格率93.6%。", ["inconsistent"]),
    ("政务服务事项1520项,其中可网办1496项,网办率98.4%。", ["consistent"]),
    ("发现问题46个,已整改44个,整改率96.7%。", ["inconsistent"]),
    ("收到意见建议120条,采纳96条,采纳率85%。", ["inconsistent"]),
    # the rate first, or in brackets
    ("建议提案办结率86.3%(承办139件、办结120件)。", ["consistent"]),
    ("建议提案办结率87.3%(承办139件、办结120件)。", ["inconsistent"]),
    ("督察反馈的50个问题中,37个已整改到位(74%)。", ["consistent"]),
    ("督察反馈的50个问题中,37个已整改到位(80%)。", ["inconsistent"]),
    ("转送信访事项273件,已办结259件(办结率94.9%)。", ["consistent"]),
    ("转送信访事项273件,已办结259件(办结率95.9%)。", ["inconsistent"]),
    ("人民调解成功率为92.5%,对应的调解总量为19,315件,成功量为17,866件。", ["consistent"]),
    ("人民调解成功率为92.6%,对应的调解总量为19,315件,成功量为17,866件。", ["inconsistent"]),
    ("全市共有村(社区)71个,与律师签订服务协议的61个,签约率为85.9%。", ["consistent"]),
    ("全市共有村(社区)71个,与律师签订服务协议的61个,签约率为84.5%。", ["inconsistent"]),
    ("村(社区)法律顾问覆盖率74.1%(村社区总数652个,已覆盖483个)。", ["consistent"]),
    ("村(社区)法律顾问覆盖率74.2%(村社区总数652个,已覆盖483个)。", ["inconsistent"]),
    # in the sentence before
    ("审结行政复议案件61件。从结果看,撤销3件、确认违法1件,直接纠错率为6.56%。", ["consistent"]),
    ("审结行政复议案件61件。从结果看,撤销3件、确认违法1件,直接纠错率为6.57%。", ["inconsistent"]),
    ("通过平台接收工单631单,已处置完毕611单(办结率96.8%)。", ["consistent"]),
    ("负责人出庭应诉率为85.0%(开庭案件434件,负责人出庭369件)。", ["consistent"]),
    ("负责人出庭应诉率为85.1%(开庭案件434件,负责人出庭369件)。", ["inconsistent"]),
    # told together
    ("食品抽检批次、合格批次分别为105批次、96批次,合格率91.4%。", ["consistent"]),
    # above the whole
    ("下达任务500户,完成520户,完成率104%。", ["consistent"]),
    # no rate of the counts beside it
    ("办理人大代表建议68件、政协委员提案118件,办结率100%。", ["unverifiable"]),
    ("办理人大代表建议41件、政协委员提案41件,办结率100%。", ["unverifiable"]),
    ("人大代表建议141件,办结141件;办理政协提案118件,办结率99%。", ["unverifiable"]),
    ("制定行政规范性文件7件,合法性审查率100%,公布7件,备案7件。", ["unverifiable"]),
    ("受理涉农许可申请1864件,办结1851件,按时办结率100%。", ["unverifiable"]),
    ("群众满意率98%,全年培训3期,发放资料500期。", ["unverifiable"]),
    ("县公证处办理公证1126件,县信访局化解信访积案28件,化解率93.3%。", ["unverifiable"]),
    ("应急管理部门排查安全隐患5126条,督促整改5047条,其中煤矿隐患整改率100%。", ["unverifiable"]),
]


@pytest.mark.parametrize(("passage", "expected"), WORDED)
def test_rates_by_the_words_beside_them(passage: str, expected: list[str]) -> None:
    assert [v for _, v in verdicts(passage, "ratio")] == expected


SHARES = [
    # (passage, shares in order)
    ("审结行政复议案件90件,其中维持45件,占50%;撤销18件,占20%;其他27件,占30%。", ["consistent"] * 3),
    ("审结行政复议案件90件,其中维持45件,占50%;撤销18件,占21%;其他27件,占30%。",
     ["consistent", "inconsistent", "consistent"]),
    ("办理行政处罚案件320件,其中普通程序156件、简易程序60件,分别占48.75%和18.75%。", ["consistent"] * 2),
    ("办理行政处罚案件320件,其中普通程序156件、简易程序60件,分别占48.75%和18.76%。", ["consistent", "inconsistent"]),
    ("全县有民主法治示范村73个,占村(社区)总数365个的20%。", ["consistent"]),
    ("全县有民主法治示范村73个,占村(社区)总数365个的21%。", ["inconsistent"]),
    # the whole between part and share, the part behind its share
    ("适用普通程序的处罚案件316件,占行政处罚案件总数(659件)的48%。", ["consistent"]),
    ("适用普通程序的处罚案件316件,占行政处罚案件总数(659件)的41%。", ["inconsistent"]),
    ("巡查发现线索立案110起、投诉举报立案62起,分别占立案总数(209起)的52.6%和29.7%。", ["consistent"] * 2),
    ("巡查发现线索立案110起、投诉举报立案62起,分别占立案总数(209起)的52.6%和18.5%。", ["consistent", "inconsistent"]),
    ("将3391项事项纳入网上办理,占全部3985项政务服务事项的90%。", ["inconsistent"]),
    ("督察反馈的问题共有37个,其89.2%、计33个完成整改。", ["consistent"]),
    ("督察反馈的问题共有37个,其80.6%、计33个完成整改。", ["inconsistent"]),
    ("在236件法律援助案件中,民事案件占53.8%,为127件;刑事案件占17.9%,为42件。", ["consistent", "inconsistent"]),
    ("交通运输领域处罚案件占比17.6%,该领域作出处罚34件,全部处罚案件为193件。", ["consistent"]),
    ("交通运输领域处罚案件占比17.7%,该领域作出处罚34件,全部处罚案件为193件。", ["inconsistent"]),
    ("全年法律援助161件。上述案件中,线上申请38件(22.0%),窗口申请43件(26.7%)。", ["inconsistent", "consistent"]),
    # other shares have other parts
    ("保留行政权力87项;76项事项进驻大厅,网上可办率、即办件占比分别为100%和63.2%。", ["unverifiable"] * 2),
    ("办理行政处罚案件2974件。查办重点领域案件1127件,占全年行政处罚案件总数的37.9%。", ["consistent"]),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "expected"), SHARES)
def test_shares_of_a_whole(passage: str, expected: list[str]) -> None:
    assert [v for _, v in verdicts(passage, "ratio")] == expected


# ------------------------------------------------------------------------------------------- lists and totals

LISTS = [
    # (passage, totals that are checked)
    # closed: with the rest, with halves, by a colon, with what is kept and dropped
    ("审结行政复议案件90件,其中维持50件、驳回20件、其他20件。", [("90件", "consistent")]),
    ("审结行政复议案件90件,其中维持50件、驳回20件、其他19件。", [("90件", "inconsistent")]),
    ("现有行政执法人员845人,其中男性600人,女性245人。", [("845人", "consistent")]),
    ("现有行政执法人员846人,其中男性600人,女性245人。", [("846人", "inconsistent")]),
    ("组织普法讲座47场:上半年16场、下半年31场。", [("47场", "consistent")]),
    ("现行规范性文件186件,继续有效121件、修改17件、废止47件。", [("186件", "inconsistent")]),
    ("受理申请85件,其中准予47件、不予38件。", [("85件", "consistent")]),
    ("清理规范性文件,共清理38件。经清理,继续有效13件,宣布失效14件,拟修订11件。", [("38件", "consistent")]),
    ("清理规范性文件,共清理38件。经清理,继续有效13件,宣布失效14件,拟修订9件。", [("38件", "inconsistent")]),
    ("安排经费46万元,由装备购置经费26万元和执法业务经费23万元两部分构成。", [("46万元", "inconsistent")]),
    # the whole that the words name, be it the largest before them or the one that they call by name
    (
        "全年调解纠纷217件,成功213件;按类型分,婚姻68件、邻里59件、土地41件、劳务22件、其他27件。",
        [("217件", "consistent")],
    ),
    (
        "全年调解纠纷217件,成功213件;按类型分,婚姻68件、邻里59件、土地41件、劳务22件、其他26件。",
        [("217件", "inconsistent")],
    ),
    (
        "普法活动:一季度8场次,二季度57场次,三季度37场次,四季度19场次,全年共121场次。",
        [("121场次", "consistent")],
    ),
    # more than the whole
    ("审查合同、协议45件,其中县政府30件、部门16件。", [("45件", "inconsistent")]),
    # two things with so many each
    ("审结行政复议案件35件,其中维持24件、驳回5件、终止4件、撤销和确认违法各1件。", [("35件", "consistent")]),
    # the total behind its parts
    ("举办法治讲座164场、集中宣传52场、文艺演出37场,共开展普法活动253场。", [("253场", "consistent")]),
    ("举办法治讲座164场、集中宣传52场、文艺演出37场,共开展普法活动263场。", [("263场", "inconsistent")]),
    # a list that does not claim to be all; steps that are parts of each other; overlapping groups
    ("审结行政复议案件90件,其中涉及自然资源的30件、涉及公安的20件。", []),
    ("评查案卷60卷,其中合格的39卷,合格案卷中优秀的24卷。", []),
    ("综合检查共查出问题267项,其中移交整改197项,移交后已整改124项。", []),
    ("开庭审理53件,其中负责人出庭32件,正职负责人出庭25件。", []),
    ("对256户监管对象实施检查,等级低的36户,等级中等的74户,等级高的133户。", []),
    ("行政检查开展情况:市场监管913次,应急管理103次,其他领域642次。", []),
    ("食品安全检查156次、安全生产检查129次,行政检查总量为376次。", []),
    ("受理法律援助案件100件,其中农民工60件、妇女50件、残疾人20件。", []),
    ("全市经营主体65.23万户,其中企业21.47万户、个体工商户43.16万户。", []),
]


@pytest.mark.parametrize(("passage", "expected"), LISTS)
def test_lists_of_parts(passage: str, expected: list[tuple[str, str]]) -> None:
    assert verdicts(passage, "sum") == expected


BALANCES = [
    # (passage, what is left)
    ("上年结转5件,新收96件,全年答复98件,年末未答复的3件。", "consistent"),
    ("上年结转5件,新收96件,全年答复98件,年末未答复的5件。", "inconsistent"),
    ("收到申请312件,受理287件。上年结转23件,年内审结271件,年末未结39件。", "consistent"),
    # what was carried over may be unsaid
    ("新收96件,全年答复95件,年末未答复的5件。", None),
]


@pytest.mark.parametrize(("passage", "verdict"), BALANCES)
def test_what_is_left_at_the_end_of_the_year(passage: str, verdict: str | None) -> None:
    left = [f.verdict for f in audit_body(passage) if "减办结" in f.message_zh]
    assert left == ([verdict] if verdict else [])


MEANS = [
    # (passage, the mean)
    ("免予处罚2386件,免罚金额3274万元,平均每件1.37万元。", "consistent"),
    ("免予处罚2386件,免罚金额3274万元,平均每件1.73万元。", "inconsistent"),
    ("为2316名农民工追回工资3284.7万元,人均追回1.42万元。", "consistent"),
    ("审查合同1064件,提出意见2317条,平均每件2.18条。", "consistent"),
    ("审查合同1064件,提出意见2317条,平均每件2.81条。", "inconsistent"),
    ("举办培训26期,轮训7418人,平均每期285人。", "consistent"),
]


@pytest.mark.parametrize(("passage", "verdict"), MEANS)
def test_means_of_a_sum_and_a_number(passage: str, verdict: str) -> None:
    assert [f.verdict for f in audit_body(passage) if f.rule == "ratio"] == [verdict]


TABLES = [
    # (table, totals)
    ("|单位|受理|审结|\n|---|---|---|\n|公安局|10|8|\n|城管局|20|19|\n|合计|30|27|\n",
     [("30", "consistent"), ("27", "consistent")]),
    ("|单位|受理|审结|\n|---|---|---|\n|公安局|10|8|\n|城管局|20|19|\n|合计|31|27|\n",
     [("31", "inconsistent"), ("27", "consistent")]),
    ("单位\t一季度\t二季度\t合计\n公安局\t10\t8\t18\n城管局\t20\t19\t40\n",
     [("18", "consistent"), ("40", "inconsistent")]),
    ("|单位|受理|\n|---|---|\n|公安局|10|\n|城管局|20|\n|小计|30|\n|教育局|5|\n|民政局|6|\n|小计|11|\n|总计|41|\n",
     [("30", "consistent"), ("11", "consistent"), ("41", "consistent")]),
    ("|单位|受理|\n|---|---|\n|公安局|10|\n|城管局|20|\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("table", "expected"), TABLES)
def test_totals_of_tables(table: str, expected: list[tuple[str, str]]) -> None:
    assert verdicts(f"行政复议案件情况表(单位:件)\n\n{table}", "sum") == expected


# ------------------------------------------------------------------------------------- orders and equalities

ORDERS = [
    # (passage, figures that are held against a whole)
    ("受理行政复议案件9件,审结8件。", [("8件", "consistent")]),
    ("受理行政复议案件9件,审结10件。", [("10件", "inconsistent")]),
    ("上年结转行政复议案件3件,新受理行政复议案件9件,审结10件。", [("10件", "consistent")]),
    ("行政应诉案件已审结61件,胜诉63件。", [("63件", "inconsistent")]),
    ("排查安全隐患191处,已整改231处。", [("231处", "inconsistent")]),
    ("全市135个乡镇(街道)中,已有138个完成验收。", [("138个", "inconsistent")]),
    (
        "收到行政复议申请64件,受理52件,不予受理12件,审结48件。",
        [("52件", "consistent"), ("48件", "consistent")],
    ),
    ("受理信访件320件。办结工单330件。", []),
    ("组织交叉检查,对7个县区检查,发现问题64个。", []),
    (
        "受理行政复议申请328件。人民调解成功率达到89.1%,其中受理2483件、调解成功2212件。",
        [],
    ),
    (
        "办理行政应诉案件95件,审结的有68件,审结案件中胜诉84件。",
        [("68件", "consistent"), ("84件", "inconsistent")],
    ),
    ("移送案件9件,其中7件已立案;作出行政处罚21件。", [("7件", "consistent")]),
    (
        "开庭审理20件(负责人出庭11件,其中主要负责人出庭15件)。",
        [("11件", "consistent"), ("15件", "inconsistent")],
    ),
    ("移交整改197项,移交后已整改199项。", [("199项", "inconsistent")]),
    # the whole is what is told before, not what is told behind of another
    ("抽取案卷400卷,合格388卷,合格率97%;阳城县另行自查案卷85卷。", [("388卷", "consistent")]),
    ("抽取案卷400卷,合格408卷。", [("408卷", "inconsistent")]),
    ("审结行政复议案件60件,撤销、变更原行政行为7件。", [("7件", "consistent")]),
    ("在岗行政执法人员1200人,其中持证1176人。", [("1176人", "consistent")]),
]


@pytest.mark.parametrize(("passage", "expected"), ORDERS)
def test_a_part_is_not_larger_than_its_whole(passage: str, expected: list[tuple[str, str]]) -> None:
    assert verdicts(passage, "order") == expected


def test_cases_of_the_year_before_may_explain_more_closed_than_accepted() -> None:
    """Told apart, it is open whether they are among them; told together, the report should say so."""
    (apart,) = (
        f for f in audit_body("受理行政复议案件9件。开展听证3次。审结行政复议案件10件。") if f.rule == "order"
    )
    assert apart.verdict == "unverifiable"
    assert "结转" in apart.message_zh
    (together,) = (f for f in audit_body("受理行政复议案件9件,审结10件。") if f.rule == "order")
    assert together.verdict == "inconsistent"
    assert "结转" in together.message_zh


EQUALITIES = [
    # (passage, rule and verdict of what is stated again)
    ("梳理监管事项294项,认领事项主项数294条。", [("294条", "equality", "consistent")]),
    ("梳理监管事项294项,认领事项主项数293条。", [("293条", "equality", "inconsistent")]),
    ("审查规范性文件20份,上述20份均已备案。", [("20份", "equality", "consistent")]),
    ("审查规范性文件20份,上述21份均已备案。", [("21份", "equality", "inconsistent")]),
    ("承接合同17份——18份均出具书面意见。", [("18份", "equality", "inconsistent")]),
    ("全年承办建议提案45件、办结答复46件,全部按期办复。", [("46件", "equality", "inconsistent")]),
    # one thing in two places
    ("一是全年办理法律援助案件517件。二是要求对全年527件法律援助案件的质量开展“回头看”。",
     [("527件", "duplicate", "inconsistent")]),
    ("一是全年受理行政复议案件120件。二是做好复议工作,受理行政复议案件118件。",
     [("118件", "duplicate", "inconsistent")]),
    ("一是全年受理行政复议案件120件。二是做好复议工作,受理行政复议案件120件。", [("120件", "equality", "consistent")]),
    ("一是农民工讨薪案件318件。二是法律援助机构全年为农民工办理讨薪案件381件。",
     [("381件", "duplicate", "inconsistent")]),
    ("一是全年开展普法活动216场。二是全年组织开展普法活动271场。", [("271场", "duplicate", "inconsistent")]),
    # two things
    ("一是全年新增公职律师6名。二是现有公职律师19名。", []),
    ("一是上半年受理行政复议案件60件。二是全年受理行政复议案件118件。", []),
    ("一是受理行政复议案件9件。二是街道受理行政复议案件3件。", []),
    ("一是人民调解案件调解成功率为95.4%。二是法律援助案件调解成功率为98.5%。", []),
    ("一是现有法制审核人员和执法人员合计29人。二是配备法制审核人员26人。", []),
    ("一是公安局开展检查120次。二是城管局开展检查350次。", []),
    # a bureau's work is a part of the county's
    ("一是全县受理行政复议案件320件。二是县司法局受理行政复议案件210件。", []),
    ("一是受理行政复议案件320件。二是县市场监管局全年受理行政复议案件210件。", []),
    ("一是县司法局受理行政复议案件210件。二是全县受理行政复议案件320件。", []),
    ("一是县司法局办理法律援助案件500件。二是县人社局办理法律援助案件505件。", []),
    ("一是县司法局办理法律援助案件500件。二是县人社局办理法律援助案件500件。", []),
    # but a slip tells that both mean the same
    ("一是受理行政复议案件320件。二是县司法局受理行政复议案件302件。", [("302件", "duplicate", "inconsistent")]),
    ("一是受理行政复议案件320件。二是县司法局受理行政复议案件320件。", [("320件", "equality", "consistent")]),
    # the government's are the county's
    ("一是全县受理行政复议案件320件。二是县政府受理行政复议案件318件。", [("318件", "duplicate", "inconsistent")]),
    # the city's are not
    ("一是受理行政复议案件320件。二是全市受理行政复议案件302件。", []),
    ("一是受理行政复议案件320件。二是市司法局受理行政复议案件302件。", []),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "expected"), EQUALITIES)
def test_one_thing_has_one_value(passage: str, expected: list[tuple[str, str, str]]) -> None:
    findings = [f for f in audit_body(passage) if f.rule in ("equality", "duplicate")]
    assert [(f.about[0].metric.text, f.rule, f.verdict) for f in findings] == expected


OF_BUREAUS = [
    # (issuer, passage, rule and verdict of what is stated again)
    ("石门县司法局", "一是全县受理行政复议案件320件。二是我局受理行政复议案件210件。", []),
    ("石门县司法局", "一是受理行政复议案件320件。二是我局受理行政复议案件318件。",
     [("318件", "duplicate", "inconsistent")]),
    ("石门县司法局", "一是受理行政复议案件320件。二是县司法局受理行政复议案件318件。",
     [("318件", "duplicate", "inconsistent")]),
    # 全市 of a city on the level of a county is its own
    ("昆山市人民政府", "一是受理行政复议案件320件。二是全市受理行政复议案件318件。",
     [("318件", "duplicate", "inconsistent")]),
]  # fmt: skip


@pytest.mark.parametrize(("issuer", "passage", "expected"), OF_BUREAUS)
def test_who_reports_tells_whose_a_figure_is(
    issuer: str, passage: str, expected: list[tuple[str, str, str]]
) -> None:
    findings = [f for f in audit_body(passage, issuer=issuer) if f.rule in ("equality", "duplicate")]
    assert [(f.about[0].metric.text, f.rule, f.verdict) for f in findings] == expected


def test_a_part_is_held_against_the_whole_of_the_same_body() -> None:
    passage = (
        "一是全县受理行政复议案件320件。二是县司法局受理行政复议案件210件。三是全县审结行政复议案件310件。"
    )
    (finding,) = (f for f in audit_body(passage) if f.rule == "order")
    assert ("310≤320" in finding.message_zh, finding.verdict) == (True, "consistent")
    assert verdicts("一是县司法局受理行政复议案件210件。二是全县审结行政复议案件310件。", "order") == []


# -------------------------------------------------------------------------------------- growth and frequency

CHANGES = [
    # (passage, figure, rule, verdict)
    ("受理行政复议案件35件,同比增长25%,上年为28件。", "25%", "growth", "consistent"),
    ("受理行政复议案件35件,同比增长26%,上年为28件。", "26%", "growth", "inconsistent"),
    ("受理行政复议案件35件,比上年的28件增加7件。", "7件", "growth", "consistent"),
    ("受理行政复议案件35件,比上年的28件增加9件。", "9件", "growth", "inconsistent"),
    ("2021年受理行政复议案件28件,2022年受理35件,同比增长25%。", "25%", "growth", "consistent"),
    ("受理行政复议案件28件,比上年的35件下降20%。", "20%", "growth", "consistent"),
    ("受理行政复议案件28件,比上年的35件增长20%。", "20%", "growth", "inconsistent"),
    ("受理行政复议案件35件,同比增加7件,增长25%。", "25%", "growth", "consistent"),
    ("受理行政复议案件35件,同比增加7件,增长28%。", "28%", "growth", "inconsistent"),
    ("行政复议案件比上年增加331件,达884件,上升59.86%。", "59.86%", "growth", "consistent"),
    ("受理投诉举报1286件,同比下降12.5%。", "12.5%", "growth", "unverifiable"),
    ("地区生产总值309亿元,上年为287.9亿元,增长7.5%。", "7.5%", "growth", "unverifiable"),
    ("审批事项由20项压缩至7项,压缩65%。", "65%", "change", "consistent"),
    ("审批事项由20项压缩至7项,压缩66%。", "66%", "change", "inconsistent"),
    ("审批时限由22小时减至18小时,提速18.2%。", "18.2%", "change", "consistent"),
    ("办理时限原来42个工作日、现在13个工作日,压缩69%。", "69%", "change", "consistent"),
    ("审批事项由57项调整为31项,取消27项。", "27项", "change", "inconsistent"),
    ("办理时间缩短20天,即由56天缩短为36天。", "20天", "change", "consistent"),
    ("办理时间缩短22天,即由56天缩短为36天。", "22天", "change", "inconsistent"),
    ("办理时限压缩至1天,比法定时限10天减少8天。", "8天", "change", "inconsistent"),
    ("申报材料从321份瘦身至48份,一举精减274份。", "274份", "change", "inconsistent"),
    ("受理行政复议案件1374件,在上年982件的基础上增加393件。", "393件", "growth", "inconsistent"),
    ("信访总量同比下降24.9%,上年为559件次,当年为420件次。", "24.9%", "change", "consistent"),
    ("信访总量同比下降25.0%,上年为559件次,当年为420件次。", "25.0%", "change", "inconsistent"),
    ("受理行政复议案件1289件(2021年为889件),同比上升45%。", "45%", "growth", "consistent"),
    ("作出处罚决定462件,同比上年的321件多办134件。", "134件", "growth", "inconsistent"),
    ("满意率由86.5%提高到98.2%,及时率99.1%,提升3.4个百分点。", "3.4个百分点", "change", "unverifiable"),
    ("法定时限为54个工作日,承诺时限为9个工作日,承诺时限较法定时限压缩83.3%。", "83.3%", "change", "consistent"),
    ("法定时限为54个工作日,承诺时限为9个工作日,承诺时限较法定时限压缩85.7%。", "85.7%", "change", "inconsistent"),
    ("出庭应诉率由85.2%提高到91.7%,提高6.5个百分点。", "6.5个百分点", "change", "consistent"),
    ("出庭应诉率由85.2%提高到91.7%,提高6.6个百分点。", "6.6个百分点", "change", "inconsistent"),
    # sums that are rounded: 16亿 to 20亿 may be 24.6%
    ("财政收入由16亿元增加到20亿元,增长24.6%。", "24.6%", "change", "consistent"),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "figure", "rule", "verdict"), CHANGES)
def test_changes_against_the_values_they_compare(passage: str, figure: str, rule: str, verdict: str) -> None:
    findings = [f for f in audit_body(passage) if f.rule in ("growth", "change")]
    assert (figure, rule, verdict) in [(f.about[0].metric.text, f.rule, f.verdict) for f in findings]


def test_constant_prices_are_a_guess_where_the_report_does_not_tell_of_them() -> None:
    findings = audit_body("地区生产总值309亿元,上年为287.9亿元,增长7.5%。")
    (finding,) = (f for f in findings if f.rule == "growth")
    assert ("可能按不变价格" in finding.message_zh, "possibly at constant" in finding.message_en) == (
        True,
        True,
    )


FREQUENCIES = [
    # (passage, verdict of the total)
    ("县政府常务会议每季度学法一次,全年集中学法四次。", [("四次", "consistent")]),
    ("县政府常务会议每季度学法一次,全年集中学法五次。", [("五次", "inconsistent")]),
    ("每月召开例会1次,全年召开11次。", [("11次", "inconsistent")]),
    ("对重点场所每季度至少检查一次,全年检查六次。", [("六次", "consistent")]),
    ("每半年召开一次分析会,全年共召开一次。", [("一次", "inconsistent")]),
    ("联席会议每季度一次,全年会议总次数为六次。", [("六次", "inconsistent")]),
    ("每季度编发一期典型案例,全年共编发三期。", [("三期", "inconsistent")]),
    ("集体学法每个季度不少于1次,2022年共组织2次。", [("2次", "inconsistent")]),
    # once each, though no number says so
    ("审计机关按季开展政策跟踪审计,全年5次。", [("5次", "inconsistent")]),
    # a mean as it is written: 5 times in four quarters is once a quarter
    ("全年集中学法5次,平均每季度1次。", [("5次", "consistent")]),
    ("每季度听取汇报1次,全年开展培训8次。", []),
]


@pytest.mark.parametrize(("passage", "expected"), FREQUENCIES)
def test_a_frequency_times_the_periods_is_the_total(passage: str, expected: list[tuple[str, str]]) -> None:
    assert verdicts(passage, "frequency") == expected


# ----------------------------------------------------------------------------------------------- ended plans

PLANS = [
    # (passage, whether the plan is said to be carried out after its end; the report is of 2022)
    ("深入贯彻落实《石门县法治政府建设规划(2016—2020年)》。", True),
    ("围绕《石门县法治政府建设规划(2016—2020年)》,统筹推进年度工作。", True),
    ("深入贯彻落实《法治政府建设实施纲要(2021—2025年)》。", False),
    ("《石门县法治政府建设规划(2016—2020年)》圆满完成,开展了终期评估。", False),
    ("制定《石门县法治政府建设规划(2016—2020年)》。", False),
    ("按《石门县法治政府建设规划(2016—2020年)》的进度要求,完成了本年度目标。", True),
]


@pytest.mark.parametrize(("passage", "ended"), PLANS)
def test_a_plan_is_not_carried_out_after_its_end(passage: str, ended: bool) -> None:
    findings = [f for f in audit(link_body(passage)) if f.rule == "citation"]
    assert bool(findings) is ended
    for finding in findings:
        assert "2020" in finding.message_zh and "2022" in finding.message_en
        assert finding.citations


# -------------------------------------------------------------------------------------------------- bad input

BAD = [
    # (passage, verdicts of its rates): a finding or unverifiable, never an error
    ("受理行政复议案件0件,审结0件,结案率100%。", ["unverifiable"]),
    ("应由负责人出庭的案件0件,实际出庭0件,出庭应诉率100%。", ["unverifiable"]),
    ("食品抽检合格率120%。", ["inconsistent"]),
    ("群众满意率99999999%。", ["inconsistent"]),
    ("受理行政复议案件99999999999999999件,审结1件,结案率0%。", ["consistent"]),
    ("受理行政复议案件1件,审结1件,结案率0.000000000000000000000000000001%。", ["inconsistent"]),
    ("受理行政复议案件3件,审结1件,结案率三分之一。", []),
    ("年度计划完成率130%。", ["unverifiable"]),
]


@pytest.mark.parametrize(("passage", "expected"), BAD)
def test_absurd_figures(passage: str, expected: list[str]) -> None:
    assert [v for _, v in verdicts(passage, "ratio")] == expected


# --------------------------------------------------------------------------------------- what all rules share


def test_every_rule_is_listed() -> None:
    named = {name for rule in RULES for name in rule.rules}
    assert named == set(Rule.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "passage", [row[0] for row in (*WORDED, *SHARES, *LISTS, *ORDERS, *EQUALITIES, *CHANGES)]
)
def test_what_every_finding_has(passage: str) -> None:
    report = link_body(passage)
    text = report.reading.outline.source.text
    findings = audit(report)
    assert len({f.key for f in findings}) == len(findings)
    for finding in findings:
        assert finding.message_zh and finding.message_en
        assert (finding.severity == "warning") is (finding.verdict in ("inconsistent", "missing", "late"))
        for evidence in finding.evidence:
            assert evidence.text == text[evidence.span.start : evidence.span.end]
        if finding.about:
            assert _shows(finding)


def _shows(finding: Finding) -> bool:
    """Whether the messages have the stated number, and where something was reckoned the formula."""
    stated = f"{finding.stated:f}"
    told = finding.formula.replace("÷", "/") in finding.message_en
    return (
        stated in finding.message_zh
        and stated in finding.message_en
        and finding.formula in finding.message_zh
        and told
    )


def test_numbers_are_decimals() -> None:
    for passage, *_ in CHANGES:
        for finding in audit_body(passage):
            assert isinstance(finding.stated, Decimal)
            assert finding.expected is None or all(isinstance(x, Decimal) for x in finding.expected)


# ---------------------------------------------------------------------------------------------------- coverage


def test_coverage_counts_rates_by_what_could_be_done_with_them() -> None:
    report = link_body(
        "受理行政复议案件9件,审结8件,结案率90%。行政复议满意率98%。利率为3.5%。受理投诉20件,同比增长25%。"
    )
    coverage = measure_coverage(report, audit(report))
    assert (coverage.ratios, coverage.checked) == (4, 1)
    assert coverage.checked <= coverage.checkable <= coverage.ratios
    assert "4" in coverage.summary_zh and "4 rates" in coverage.summary_en


@pytest.mark.parametrize(
    ("ratios", "checkable", "checked", "said"),
    [
        (1, 1, 1, "1 rate, 1 with a known denominator (100%), 1 checked (100%)"),
        (12, 11, 7, "12 rates, 11 with a known denominator (92%), 7 checked (64%)"),
        (300, 299, 0, "300 rates, 299 with a known denominator (99%), 0 checked (0%)"),
        (0, 0, 0, "0 rates, 0 with a known denominator (–), 0 checked (–)"),
    ],
)
def test_shares_are_rounded_as_the_audit_asks_and_only_all_is_100(
    ratios: int, checkable: int, checked: int, said: str
) -> None:
    assert Coverage(ratios, checkable, checked, ()).summary_en == said


def test_a_rule_that_did_not_run_says_why() -> None:
    report = link_body("开展法治宣传。")
    runs = {run.name: run for run in measure_coverage(report, audit(report)).runs}
    assert set(runs) == set(Rule.__args__)  # type: ignore[attr-defined]
    for name, run in runs.items():
        assert (run.found == 0) is (name != "duty")
        assert bool(run.why_zh) is (run.found == 0) is bool(run.why_en)
        assert run.found == 0 or run.why_zh == ""
