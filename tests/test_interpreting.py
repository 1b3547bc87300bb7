"""Interpreting: what each clause does, what each number counts, who did it, when, where, and under what.

Each table is (text, what a careful reader takes from it). The texts are made up, in the manner of the genre.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.model import AgencyName, Mention, Observation, Reading, Span
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"
PARTS = {
    "body": "一、主要工作开展情况\n\n(一)推进依法行政。",
    "problem": "二、存在的主要问题\n\n",
    "plan": "三、下一步工作打算\n\n",
}


def read_body(body: str, title: str = TITLE) -> Reading:
    outlined = outline(read_text(f"{title}\n\n{body}\n", "report.txt"))
    return interpret(outlined, find(outlined))


def read_part(sentence: str, part: str = "body") -> Reading:
    return read_body(PARTS[part] + sentence)


def text_of(reading: Reading, span: Span) -> str:
    return reading.outline.source.text[span.start : span.end]


def written(mention: Mention[AgencyName] | None) -> str | None:
    return mention.text if mention else None


def the_observation(reading: Reading, number: str) -> Observation:
    found = [o for o in reading.observations if o.metric.text == number]
    assert len(found) == 1, (number, [o.metric.text for o in reading.observations])
    return found[0]


# --------------------------------------------------------------------------------------------------- roles

ROLES = [
    # (part, sentence, clause, role)
    ("body", "全县召开法治政府建设工作推进会。", "全县召开法治政府建设工作推进会", "action"),
    ("body", "制定《石门县重大行政决策程序规定》。", "制定《石门县重大行政决策程序规定》", "action"),
    ("body", "县司法局组织开展行政执法案卷评查。", "县司法局组织开展行政执法案卷评查", "action"),
    ("body", "受理行政复议案件15件,审结12件。", "受理行政复议案件15件", "action"),
    ("body", "举办8期领导干部法治专题培训班。", "举办8期领导干部法治专题培训班", "action"),
    ("body", "建立健全行政裁量权基准制度。", "建立健全行政裁量权基准制度", "action"),
    ("body", "受理行政复议案件15件,审结12件。", "审结12件", "outcome"),
    ("body", "受理行政复议案件15件,结案率80%。", "结案率80%", "outcome"),
    ("body", "办理行政应诉案件20件,胜诉18件。", "胜诉18件", "outcome"),
    ("body", "清理规范性文件55件,继续有效的40件。", "继续有效的40件", "outcome"),
    ("body", "群众满意度达到96.5%。", "群众满意度达到96.5%", "outcome"),
    ("body", "开展执法监督,取得了明显成效。", "取得了明显成效", "outcome"),
    ("body", "开展执法监督,有效提升了执法人员依法办案水平。", "有效提升了执法人员依法办案水平", "outcome"),
    ("body", "强化源头治理,促进了社会和谐稳定。", "促进了社会和谐稳定", "outcome"),
    ("body", "我县被评为全省法治政府建设示范县。", "我县被评为全省法治政府建设示范县", "outcome"),
    ("body", "提供法律援助,为困难群众挽回经济损失85万元。", "为困难群众挽回经济损失85万元", "outcome"),
    ("body", "行政许可事项同比减少12%。", "行政许可事项同比减少12%", "outcome"),
    ("body", "按照《湖南省行政程序规定》要求,规范执法。", "按照《湖南省行政程序规定》要求", "basis"),
    ("body", "在县委的坚强领导下,全面推进依法治县。", "在县委的坚强领导下", "basis"),
    ("body", "以创建法治政府建设示范县为抓手,规范执法。", "以创建法治政府建设示范县为抓手", "basis"),
    ("body", "根据县委部署,开展专项督察。", "根据县委部署", "basis"),
    (
        "body",
        "深入贯彻党的二十大精神,全面推进依法治县。",
        "深入贯彻党的二十大精神",
        "basis",
    ),
    ("body", "为进一步规范行政执法行为,开展案卷评查。", "为进一步规范行政执法行为", "purpose"),
    ("body", "开展合法性审查,确保行政决策合法合规。", "确保行政决策合法合规", "purpose"),
    ("body", "开展培训,不断提高领导干部依法行政能力。", "不断提高领导干部依法行政能力", "purpose"),
    ("body", "2022年,受理行政复议案件15件。", "2022年", "context"),
    ("body", "同时,加强执法监督。", "同时", "context"),
    ("body", "在办理的行政复议案件中,纠错3件。", "在办理的行政复议案件中", "context"),
    ("body", "开展执法监督。", "(一)推进依法行政", "heading"),
    ("body", "开展执法监督。", "一、主要工作开展情况", "heading"),
    ("body", "开展执法监督。", TITLE, "meta"),
    ("problem", "我县法治政府建设虽然取得了一定成绩,但与上级要求还有差距。",
     "我县法治政府建设虽然取得了一定成绩", "context"),
    ("problem", "我县法治政府建设虽然取得了一定成绩,但与上级要求还有差距。", "但与上级要求还有差距", "problem"),
    ("body", "全县经营主体达6.5万户。", "全县经营主体达6.5万户", "outcome"),
    ("body", "审结行政复议案件40件,撤销、确认违法3件。", "撤销、确认违法3件", "outcome"),
    ("body", "审查合同652份,较上年多117份。", "较上年多117份", "outcome"),
    ("body", "公职律师增至86名。", "公职律师增至86名", "outcome"),
    ("body", "开展志愿服务,有效稳定了社会预期。", "有效稳定了社会预期", "outcome"),
    ("body", "开展案卷评查,行政执法水平有了新的提高。", "行政执法水平有了新的提高", "outcome"),
    ("body", "增强“四个意识”,推进依法行政。", "增强“四个意识”", "basis"),
    ("body", "对照《法治政府建设实施纲要(2021—2025年)》,规范执法。",
     "对照《法治政府建设实施纲要(2021-2025年)》", "basis"),
    ("body", "依据清单作出不予处罚决定20件。", "依据清单作出不予处罚决定20件", "action"),
    ("body", "自2022年6月1日起,统一行使行政复议职责。", "自2022年6月1日起", "context"),
    ("body", "行政复议体制改革后,受理案件40件。", "行政复议体制改革后", "context"),
    ("problem", "对照上级要求和群众期盼,还有差距。", "对照上级要求和群众期盼", "context"),
    ("problem", "一是执法保障不到位。今年将增加人员。二是法制审核人员偏少。", "今年将增加人员", "plan"),
    ("problem", "一是执法保障不到位。今年将增加人员。二是法制审核人员偏少。", "二是法制审核人员偏少", "problem"),
    ("problem", "基层执法力量薄弱。", "基层执法力量薄弱", "problem"),
    ("problem", "部分干部法治意识不强。", "部分干部法治意识不强", "problem"),
    ("problem", "法治宣传形式单一。", "法治宣传形式单一", "problem"),
    ("problem", "一是执法保障不到位。二是法制审核人员偏少。", "二是法制审核人员偏少", "problem"),
    ("plan", "全面推进严格规范公正文明执法。", "全面推进严格规范公正文明执法", "plan"),
    ("plan", "一是加强执法队伍建设。二是强化法治宣传。", "二是强化法治宣传", "plan"),
    ("plan", "我县将以习近平法治思想为指导,深入推进依法行政。", "我县将以习近平法治思想为指导", "basis"),
    ("plan", "按照省委、省政府工作部署,强化法治宣传。", "按照省委、省政府工作部署", "basis"),
    ("plan", "强化法治宣传,为建设法治石门提供有力保障。", "为建设法治石门提供有力保障", "purpose"),
    ("plan", "力争全年培训执法人员300人次。", "力争全年培训执法人员300人次", "plan"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "sentence", "clause", "role"), ROLES)
def test_role_of_a_clause(part: str, sentence: str, clause: str, role: str) -> None:
    statements = {s.clause.text: s.role for s in read_part(sentence, part).statements}
    assert statements[clause] == role


PARTS_OF_REPORTS = [
    # (headings and text, clause, role): headings pass on what they are about
    (
        "三、2023年工作安排\n\n(一)强化监督。健全行政执法监督机制。",
        "健全行政执法监督机制",
        "plan",
    ),
    ("二、存在的问题和原因\n\n(一)队伍方面。执法人员老化。", "执法人员老化", "problem"),
    ("二、存在的问题\n\n执法力量薄弱。下一步,我县将加强执法培训。", "下一步", "context"),
    ("二、存在的问题\n\n执法力量薄弱。下一步,我县将加强执法培训。", "我县将加强执法培训", "plan"),
    ("二、存在的问题\n\n执法力量薄弱。下一步,将加强培训。规范执法程序。", "规范执法程序", "plan"),
    ("二、存在的问题及下一步打算\n\n基层执法力量薄弱。下一步,将充实执法力量。", "基层执法力量薄弱", "problem"),
    ("二、存在的问题及下一步打算\n\n基层执法力量薄弱。下一步,将充实执法力量。", "将充实执法力量", "plan"),
    # a chapter on the year to come, whatever it is called; not one on what came of such a chapter
    ("二、2023年政府工作总体要求和目标任务\n\n新建农村公路85公里。", "新建农村公路85公里", "plan"),
    ("二、今后五年发展的主要目标和任务\n\n新建农村公路85公里。", "新建农村公路85公里", "plan"),
    ("三、2023年全力打好五场硬仗\n\n(一)做强工业。新建厂房12万平方米。", "新建厂房12万平方米", "plan"),
    ("一、2022年目标任务完成情况\n\n新建农村公路85公里。", "新建农村公路85公里", "action"),
    ("一、2022年全力打好五场硬仗\n\n新建农村公路85公里。", "新建农村公路85公里", "action"),
    (
        "二、存在问题及下一步打算\n\n(一)存在问题。基层执法力量薄弱。\n\n(二)下一步打算。充实执法力量。",
        "基层执法力量薄弱",
        "problem",
    ),
    (
        "二、存在问题及下一步打算\n\n(一)存在问题。基层执法力量薄弱。\n\n(二)下一步打算。充实执法力量。",
        "充实执法力量",
        "plan",
    ),
    ("一、工作情况\n\n开展执法培训。\n\n二、存在的问题\n\n形式单一。\n\n三、2023年工作计划\n\n开展执法检查。",
     "开展执法培训", "action"),
    ("一、工作情况\n\n开展执法培训。\n\n二、存在的问题\n\n形式单一。\n\n三、2023年工作计划\n\n开展执法检查。",
     "开展执法检查", "plan"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "clause", "role"), PARTS_OF_REPORTS)
def test_role_follows_the_part_of_the_report(body: str, clause: str, role: str) -> None:
    statements = {s.clause.text: s.role for s in read_body(body).statements}
    assert statements[clause] == role


def test_every_clause_has_one_role() -> None:
    reading = read_part("2022年,受理行政复议案件15件,审结12件;开展培训,提升了执法水平。")
    assert [s.clause for s in reading.statements] == list(reading.outline.clauses)


# ------------------------------------------------------------------------------------- what is counted

COUNTED = [
    # (sentence, for each number in order: words that its indicator must have, those with - it must not)
    ("受理行政复议案件15件,审结12件。", ["受理 行政复议案件", "行政复议案件 审结 -受理"]),
    ("受理行政复议案件15件,审结12件,其中维持9件,撤销3件。",
     ["受理 行政复议案件", "行政复议案件 审结", "行政复议案件 维持", "行政复议案件 撤销"]),
    ("受理行政复议案件15件。审结12件。", ["受理 行政复议案件", "行政复议案件 审结"]),
    ("办理行政应诉案件30件,胜诉27件,败诉3件。", ["行政应诉案件", "行政应诉案件 胜诉", "行政应诉案件 败诉"]),
    ("清理规范性文件120件,继续有效的100件,废止15件,修改5件。",
     ["清理 规范性文件", "规范性文件 继续有效", "规范性文件 废止", "规范性文件 修改"]),
    ("受理行政复议案件15件,审结12件,结案率80%。", ["受理", "审结", "行政复议 结案率"]),
    ("办理行政应诉案件30件,胜诉27件,胜诉率90%。", ["行政应诉", "胜诉", "行政应诉 胜诉率"]),
    ("梳理监管事项310项,主项覆盖数300,主项覆盖率96.8%。", ["监管事项", "主项覆盖数", "主项覆盖率"]),
    ("举办8期领导干部法治专题培训班。", ["举办 领导干部法治专题培训班"]),
    ("开展12次现场普法宣传活动。", ["现场普法宣传活动"]),
    ("聘请5名政府法律顾问。", ["聘请 政府法律顾问"]),
    ("查处3起环境违法案件。", ["查处 环境违法案件"]),
    ("悬挂横幅60条,展板25块,发放宣传资料12000余份。", ["横幅", "展板 -横幅", "宣传资料 -展板"]),
    ("一是做好行政复议工作。受理行政复议案件15件。二是做好信访工作。办结80件。",
     ["行政复议案件", "-行政复议"]),
    ("收到政府信息公开申请46件,均已答复。", ["政府信息公开申请"]),
    ("法律顾问提供法律意见31件,审查合同45份。", ["法律顾问 法律意见", "审查 合同 -意见"]),
    ("为受援人挽回经济损失85万元。", ["受援人 挽回经济损失"]),
    ("全县共有公职律师28名。", ["公职律师 -共有"]),
    ("办理法律援助案件210件,其中农民工案件95件。", ["法律援助案件", "农民工案件"]),
    # a part names what it is part of
    ("办结行政处罚案件400件,其中简易程序案件260件。", ["行政处罚案件", "办结 简易程序案件"]),
    ("审核各类涉法文件580件,其中政府合同350件。", ["涉法文件", "审核 政府合同 -文件"]),
    ("接收群众诉求9万件,其中投诉6万件、举报3万件。", ["群众诉求", "群众诉求 投诉", "群众诉求 举报"]),
    ("审结行政复议案件109件(含上年结转7件),其中维持80件。",
     ["审结 行政复议案件", "上年结转", "行政复议案件 维持 -结转"]),
    ("受理投诉90件,罚款20万元,其中当场处罚8件。", ["投诉", "罚款", "投诉 当场处罚 -罚款"]),
    # the noun behind the number is what is counted, whatever leads to it
    ("对县应急局、县市场监管局等8家单位开展法治督察。", ["对单位 法治督察 -应急局"]),
    ("依托监督平台对全县26个执法主体进行动态监测。", ["执法主体 动态监测 -平台"]),
    ("对16个乡镇、28个县直部门开展法治督察。", ["乡镇 法治督察 -部门", "县直部门 法治督察 -乡镇"]),
    ("1683项政务服务事项中有1671项可在线办理,占99.3%。",
     ["政务服务事项", "政务服务事项 可在线办理", "可在线办理 占比"]),
    ("要求各地每年至少组织2次法制审核人员轮训。", ["组织 法制审核人员轮训 -各地"]),
    ("新制定规范性文件7件,新制定的7件全部报市政府备案。", ["规范性文件", "新制定的 规范性文件"]),
    # figures told 分别 go to the counts before them
    ("企业21万户、个体工商户43万户,同比分别增长8.1%和5.6%。",
     ["企业", "个体工商户", "企业 同比增长 -个体", "个体工商户 同比增长 -企业"]),
    ("办理人大代表建议132件、政协提案97件,满意率分别为96.2%和98%。",
     ["人大代表建议", "政协提案", "人大代表建议 满意率 -提案", "政协提案 满意率 -建议"]),
    ("立案查处案件48件,罚没款93万元,与2021年相比分别增加22件、下降5.4%。",
     ["立案查处案件", "罚没款", "案件 增加", "罚没款 下降"]),
    # what a sentence opened with stands for what its elided figures lack
    ("组织行政执法人员资格考试,共236人参考,合格221人,合格率93.6%。",
     ["资格考试 参考", "资格考试 合格", "资格考试 合格率"]),
    ("全面履行行政复议职责。收到申请49件,受理43件,审结41件。",
     ["行政复议申请", "行政复议 受理", "行政复议案件 审结"]),
    ("由县应急管理局检查企业413家次,立案32件35人。", ["检查企业", "应急管理 立案 -人数", "应急管理 立案 人数"]),
    ("县政府常务会议听取法治工作汇报6次,会前学法11期。", ["法治工作汇报", "县政府常务会议 会前学法"]),
    ("创建国家级民主法治示范村1个、省级6个。", ["国家级民主法治示范村", "省级民主法治示范村"]),
    ("仲裁机构受理案件860件,标的额23.5亿元。", ["受理案件", "案件 标的额"]),
    # changes go on from what they change
    ("审查合同652份,较上年多117份。", ["审查合同", "审查合同 较上年多"]),
    ("评出优秀案卷111卷,占52.9%,较上年提高11.5个百分点。", ["优秀案卷", "优秀案卷 占比", "占比 较上年提高"]),
    ("把出庭应诉率提高到90%以上,复议纠错率控制在20%以内。", ["出庭应诉率 -把", "复议纠错率 -出庭"]),
    # somebody else's words before it are no part of it
    ("县司法局会同县市场监督管理局评查案卷240份。", ["评查案卷 -市场"]),
    ("在人手十分紧张的情况下安排专项经费180万元。", ["安排专项经费 -情况"]),
    ("县日报、县广播电视台等媒体刊播法治报道37篇。", ["刊播法治报道 -日报"]),
    ("依照《湖南省行政执法条例》关于每年至少开展1次案卷评查的规定。", ["开展 案卷评查 -条例"]),
    ("签署书面调解协议共计300余份。", ["书面调解协议 -共计"]),
]  # fmt: skip


WHOLE_PHRASES = [
    # (sentence, its figures' phrases, letter for letter): 为 is a verb before a number, but not in 行为 and 不作为
    ("查处违法行为12起。", ["查处违法行为"]),
    ("纠正不规范执法行为为15次。", ["纠正不规范执法行为"]),
    ("清理行政不作为5件。", ["清理行政不作为"]),
    ("行政复议案件审结率为95%。", ["行政复议案件审结率"]),
    # what is decided of an act of government is told of the cases before it
    ("审结行政复议案件60件,撤销、变更原行政行为7件。", ["审结行政复议案件", "审结行政复议案件撤销、变更原行政行为"]),
    ("审结行政复议案件60件,其中撤销(变更)行政行为7件。",
     ["审结行政复议案件", "审结行政复议案件撤销(变更)行政行为"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "phrases"), WHOLE_PHRASES)
def test_a_phrase_is_whole(sentence: str, phrases: list[str]) -> None:
    assert [o.phrase for o in read_part(sentence).observations] == phrases


@pytest.mark.parametrize(("sentence", "expected"), COUNTED)
def test_what_a_number_counts(sentence: str, expected: list[str]) -> None:
    phrases = [o.phrase for o in read_part(sentence).observations]
    assert len(phrases) == len(expected)
    for phrase, words in zip(phrases, expected, strict=True):
        for word in words.split():
            assert (word[1:] not in phrase) if word.startswith("-") else (word in phrase), (phrase, words)


# ---------------------------------------------------------------------------------------------- who acted

ACTORS = [
    # (sentence, number, agency as written, actor as written)
    ("县司法局受理行政复议案件15件,审结12件。", "15件", "县司法局", "县司法局"),
    ("县司法局受理行政复议案件15件,审结12件。", "12件", "县司法局", "县司法局"),
    ("2022年,县司法局受理行政复议案件15件。", "15件", "县司法局", "县司法局"),
    ("2022年,受理行政复议案件15件。", "15件", None, None),
    ("我县组织执法培训3场次。", "3场次", "我县", "我县"),
    ("法律顾问提供法律意见31件,参与谈判6次。", "31件", None, "法律顾问"),
    ("法律顾问提供法律意见31件,参与谈判6次。", "6次", None, "法律顾问"),
    ("县市场监督管理局查处违法案件86件;县应急管理局实施行政检查210次。", "86件",
     "县市场监督管理局", "县市场监督管理局"),
    ("县市场监督管理局查处违法案件86件;县应急管理局实施行政检查210次。", "210次",
     "县应急管理局", "县应急管理局"),
    ("县司法局开展培训2次,县公安局开展检查9次。", "9次", "县公安局", "县公安局"),
    ("由县司法局牵头开展执法监督4次。", "4次", "县司法局", "县司法局"),
    ("向县人大常委会报告工作2次。", "2次", None, None),
    ("联合县公安局开展执法检查20次。", "20次", None, None),
    ("各乡镇开展法治宣传300余场次。", "300余场次", None, "各乡镇"),
    ("一是县司法局培训执法人员90人次。二是开展普法宣传20场次。", "20场次", None, None),
    ("县司法局的办案质量明显提高,办结案件15件。", "15件", None, None),
    # several together, a leader, an opinion: nobody's alone
    ("县公安局、县司法局联合建立工作室18个。", "18个", None, "县公安局、县司法局"),
    ("县委主要领导主持召开会议研究法治议题8次。", "8次", None, "县委主要领导"),
    ("县司法局评查案卷120卷,优秀率71.5%。", "71.5%", None, "县司法局"),
    ("县司法局审查合同65份,37名法律顾问列席会议158人次。", "158人次", None, "法律顾问"),
    ("县政务服务中心受理事项31万件,企业开办时间从8.5个工作日缩短到3个工作日。", "3个工作日", None, None),
    # approval is no act of its own here
    ("经县委编办批复,增加编制5名。", "5名", None, None),
    # one agency for each figure
    ("县人民法院发出9份司法建议、县人民检察院制发52份检察建议。", "52份", "县人民检察院", "县人民检察院"),
    ("县人民法院、县人民检察院分别发出司法建议4份、检察建议17份。", "17份", "县人民检察院", "县人民检察院"),
    ("选取县水利局开展试点,评查案卷30份。", "30份", "县水利局", "县水利局"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "number", "agency", "actor"), ACTORS)
def test_who_acted(sentence: str, number: str, agency: str | None, actor: str | None) -> None:
    observation = the_observation(read_part(sentence), number)
    assert (written(observation.agency), observation.actor) == (agency, actor)


def test_the_own_area_acts_as_its_government() -> None:
    agency = the_observation(read_part("我县组织执法培训3场次。"), "3场次").agency
    assert agency is not None
    assert agency.payload.function == "人民政府"


ACTORS_OF_MEASURES = [
    # (sentence, measure begins with, actors, participants, recipients)
    ("县委、县政府主要领导带头学法用法。", "县委", ["县委", "县政府"], [], []),
    ("县司法局联合县公安局开展执法检查。", "县司法局联合", ["县司法局"], ["县公安局"], []),
    ("县司法局及时向市司法局备案。", "县司法局及时", ["县司法局"], [], ["市司法局"]),
    ("选取县应急管理局、县农业农村局开展说理式执法试点。", "选取", ["县应急管理局", "县农业农村局"], [], []),
    ("开展说理式执法试点。", "开展", [], [], []),
]


@pytest.mark.parametrize(("sentence", "begins", "actors", "participants", "recipients"), ACTORS_OF_MEASURES)
def test_agencies_of_a_measure(
    sentence: str, begins: str, actors: list[str], participants: list[str], recipients: list[str]
) -> None:
    reading = read_part(sentence)
    measure = next(m for m in reading.measures if text_of(reading, m.span).startswith(begins))
    named = [[a.text for a in group] for group in (measure.actors, measure.participants, measure.recipients)]
    assert named == [actors, participants, recipients]


# -------------------------------------------------------------------------------------- when, where, status

PERIODS = [
    # (sentence, number, period)
    ("受理行政复议案件15件。", "15件", "2022"),
    ("2022年,受理行政复议案件15件,审结12件。", "12件", "2022"),
    ("2021年受理行政复议案件8件,2022年受理行政复议案件15件。", "8件", "2021"),
    ("2021年受理行政复议案件8件,2022年受理行政复议案件15件。", "15件", "2022"),
    ("2021年,受理行政复议案件8件。审结7件。", "7件", "2021"),
    ("今年以来,受理行政复议案件15件。", "15件", "2022"),
    ("去年受理行政复议案件8件。", "8件", "2021"),
    ("全年受理行政复议案件15件。", "15件", "2022"),
    ("2022年6月受理行政复议案件3件。", "3件", "2022-06"),
    ("2022年第一季度受理行政复议案件5件。", "5件", "2022-Q1"),
    ("每季度开展执法检查1次。", "1次", "2022/P3M"),
    ("截至2022年底,全县共有公职律师28名。", "28名", "2022"),
    ("疫情防控期间,发放宣传资料3000份。", "3000份", None),
    # what dates the things counted does not date the count
    ("对2015年以来的86件规范性文件进行清理。", "86件", "2022"),
    ("对2015年以来印发的86件规范性文件进行清理。", "86件", "2022"),
    # a quarter holds for its sentence, a year goes on
    ("2022年第三季度评查案卷96宗,其中优秀27宗。", "27宗", "2022-Q3"),
    ("2022年第三季度评查案卷96宗。受理行政复议案件15件。", "15件", "2022"),
    ("一是2021年受理行政复议案件8件。二是办理法律援助案件210件。", "210件", "2022"),
]


@pytest.mark.parametrize(("sentence", "number", "period"), PERIODS)
def test_period_of_a_number(sentence: str, number: str, period: str | None) -> None:
    assert the_observation(read_part(sentence), number).period == period


SCOPES = [
    # (sentence, number, words of the scope; None is the whole area)
    ("排查化解矛盾纠纷1200件。", "1200件", None),
    ("全县人民调解组织排查化解矛盾纠纷1200件。", "1200件", None),
    ("我县受理行政复议案件15件。", "15件", None),
    ("县司法局受理行政复议案件15件。", "15件", None),
    ("县法律援助中心办理法律援助案件210件。", "210件", None),
    ("县公共法律服务中心受理各类矛盾纠纷62件,调解成功60件。", "62件", "公共法律服务中心"),
    ("县公共法律服务中心受理各类矛盾纠纷62件,调解成功60件。", "60件", "公共法律服务中心"),
    # a bureau counts for the whole area in its own line of work
    ("县市场监督管理局查处违法案件86件。", "86件", None),
    ("楚江街道办事处调解矛盾纠纷30件。", "30件", "楚江街道办事处"),
    ("我县村居法律顾问提供法律咨询800余人次。", "800余人次", "村居法律顾问"),
    ("楚江街道调解矛盾纠纷30件。", "30件", "楚江街道"),
    ("疫情防控期间,发放宣传资料3000份。", "3000份", "疫情防控期间"),
    ("县公共法律服务中心受理矛盾纠纷62件。全县受理行政复议案件15件。", "15件", None),
    ("一是县公共法律服务中心受理矛盾纠纷62件。二是办理法律援助案件210件。", "210件", None),
]


@pytest.mark.parametrize(("sentence", "number", "scope"), SCOPES)
def test_scope_of_a_number(sentence: str, number: str, scope: str | None) -> None:
    found = the_observation(read_part(sentence), number).scope
    assert found == scope if scope is None else scope in (found or ""), found


def test_an_actor_and_an_event_make_one_scope() -> None:
    reading = read_part("疫情期间,县公共法律服务中心受理各类矛盾纠纷12件。")
    scope = the_observation(reading, "12件").scope
    assert scope is not None
    assert "公共法律服务中心" in scope
    assert "疫情期间" in scope


def test_scopes_are_never_merged() -> None:
    reading = read_part(
        "一是受理矛盾纠纷1200件。二是县公共法律服务中心受理矛盾纠纷62件。"
        "三是我县村居法律顾问调解矛盾纠纷150件。四是疫情期间,受理矛盾纠纷9件。"
    )
    assert len({(o.scope, o.period) for o in reading.observations}) == 4


STATUSES = [
    # (part, sentence, number, status)
    ("body", "受理行政复议案件15件。", "15件", "achieved"),
    ("body", "清理规范性文件55件,继续有效的40件,拟废止的15件。", "40件", "achieved"),
    ("body", "清理规范性文件55件,继续有效的40件,拟废止的15件。", "15件", "planned"),
    ("body", "要求县政府常务会议全年学法四次。", "四次", "required"),
    ("body", "应当每年开展执法培训2次。", "2次", "required"),
    ("body", "计划新建法治公园2个。", "2个", "planned"),
    ("body", "要求县政府常务会议全年学法四次。受理行政复议案件15件。", "15件", "achieved"),
    ("plan", "培训执法人员300人次。", "300人次", "planned"),
    ("plan", "力争行政复议结案率达到95%以上。", "95%", "planned"),
    ("plan", "(二)全年开展法治宣传活动100场次以上。", "100场次", "planned"),
    ("plan", "1.培训执法人员300人次。\n2.规范执法程序。", "300人次", "planned"),
]


@pytest.mark.parametrize(("part", "sentence", "number", "status"), STATUSES)
def test_status_of_a_number(part: str, sentence: str, number: str, status: str) -> None:
    assert the_observation(read_part(sentence, part), number).status == status


def test_a_plan_is_named_by_its_words_without_the_date_before_them() -> None:
    reading = read_part("2023年,开展执法培训4次,规范执法程序。", "plan")
    assert [plan.label for plan in reading.plans] == ["开展执法培训4次,规范执法程序"]


# -------------------------------------------------------------------------------- measures and their links

MEASURES = [
    # (sentence, measures): a run of action clauses of one sentence with one actor
    ("开展执法培训,规范执法程序。", ["开展执法培训,规范执法程序"]),
    ("开展执法培训。规范执法程序。", ["开展执法培训", "规范执法程序"]),
    ("开展执法培训;规范执法程序。", ["开展执法培训", "规范执法程序"]),
    ("县司法局开展培训,县公安局开展检查。", ["县司法局开展培训", "县公安局开展检查"]),
    ("县司法局开展培训,组织考试。", ["县司法局开展培训,组织考试"]),
    ("开展执法培训,提升了执法水平。", ["开展执法培训"]),
    ("受理行政复议案件15件,审结12件,结案率80%。", ["受理行政复议案件15件"]),
    ("按照县委部署,开展执法培训。", ["开展执法培训"]),
    ("一是开展执法培训,二是规范执法程序。", ["一是开展执法培训", "二是规范执法程序"]),
]


@pytest.mark.parametrize(("sentence", "expected"), MEASURES)
def test_measures(sentence: str, expected: list[str]) -> None:
    reading = read_part(sentence)
    assert [text_of(reading, m.span) for m in reading.measures] == expected


LINKS = [
    # (sentence, relation, the measure has, target, method)
    ("受理行政复议案件15件,审结12件。", "observation", "受理行政复议案件15件", "15件", "same_clause"),
    ("受理行政复议案件15件,审结12件。", "observation", "受理行政复议案件15件", "12件", "same_sentence"),
    ("受理行政复议案件15件,审结12件。", "outcome", "受理行政复议案件15件", "审结12件", "same_sentence"),
    ("做好行政复议工作。审结12件。", "observation", "做好行政复议工作", "12件", "carried"),
    ("开展执法培训。有效提升了执法水平。", "outcome", "开展执法培训", "有效提升了执法水平", "carried"),
    ("开展执法培训,提升了执法水平。", "outcome", "开展执法培训", "提升了执法水平", "same_sentence"),
    (
        "根据《湖南省行政程序规定》,评查案卷。",
        "document",
        "评查案卷",
        "《湖南省行政程序规定》",
        "same_sentence",
    ),
    (
        "县司法局制定《石门县案卷评查办法》。",
        "produces",
        "县司法局制定",
        "《石门县案卷评查办法》",
        "same_clause",
    ),
    ("全面推行行政执法“三项制度”。", "program", "全面推行", "三项制度", "same_clause"),
    ("县司法局开展执法培训。", "actor", "县司法局开展执法培训", "县司法局", "same_clause"),
]


@pytest.mark.parametrize(("sentence", "relation", "source", "target", "method"), LINKS)
def test_links(sentence: str, relation: str, source: str, target: str, method: str) -> None:
    reading = read_part(sentence)
    links = [
        (text_of(reading, link.source), text_of(reading, link.target), link.method)
        for link in reading.links
        if link.relation == relation
    ]
    assert any(source in s and t == target and m == method for s, t, m in links), links


def test_links_do_not_leave_their_item() -> None:
    reading = read_part("一是做好行政复议工作。受理行政复议案件15件。二是开展普法宣传。发放宣传资料300份。")
    for link in reading.links:
        measure = next(m for m in reading.measures if m.span == link.source)
        section = next(s for s in reading.outline.sections if s.path == measure.section)
        assert section.span.start <= link.target.start < section.end


def test_a_measure_stays_within_one_sentence() -> None:
    reading = read_part("开展培训,规范程序。推进改革;加强监督,健全机制。" * 8)
    for measure in reading.measures:
        assert not set("。;") & set(text_of(reading, measure.span))


def test_every_number_is_linked_to_a_measure_once() -> None:
    reading = read_part("一是做好行政复议工作。受理行政复议案件15件,审结12件。二是发放宣传资料300份。")
    targets = [link.target for link in reading.links if link.relation == "observation"]
    assert sorted(targets) == [o.metric.span for o in reading.observations]


PROBLEMS = [
    ("但也存在一些问题,基层执法力量薄弱,法治宣传形式单一。", ["基层执法力量薄弱", "法治宣传形式单一"]),
    ("一是执法保障不到位。二是法制审核人员偏少。", ["一是执法保障不到位", "二是法制审核人员偏少"]),
    ("主要表现为:执法力量薄弱,普法形式单一等。", ["执法力量薄弱", "普法形式单一"]),
    ("执法力量薄弱,主要原因是经费保障不足。", ["执法力量薄弱"]),
    # all that is said
    ("原因是经费保障不足。", ["原因是经费保障不足"]),
]


ADMITTED = [
    # (sentence in a part on what was done, problems): what leads in problems is none
    ("修建村道30公里。同时,我县发展中存在的困难和问题依然突出,主要表现在:工业基础不强,财源较为单一;民生短板较多等等。"
     "对此,我们将认真加以解决。", ["工业基础不强", "财源较为单一", "民生短板较多"]),
    ("修建村道30公里。我们也清醒地看到,前进中仍面临不少困难和挑战,当前存在的问题主要是:如产业层次偏低,人才缺乏。",
     ["产业层次偏低", "人才缺乏"]),
    ("同时,存在的不足仍然较多,主要是:公共服务供给与群众的期盼还存在一定差距,工作不实。",
     ["公共服务供给与群众的期盼还存在一定差距", "工作不实"]),
    ("修建村道30公里。存在的困难和问题得到妥善解决。", []),
    ("修建村道30公里。群众面临的困难有效化解。", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), ADMITTED)
def test_problems_admitted_within_a_part_on_what_was_done(sentence: str, expected: list[str]) -> None:
    reading = read_part(sentence)
    assert [text_of(reading, p.span) for p in reading.problems] == expected


@pytest.mark.parametrize(("sentence", "expected"), PROBLEMS)
def test_problems(sentence: str, expected: list[str]) -> None:
    reading = read_part(sentence, "problem")
    assert [text_of(reading, p.span) for p in reading.problems] == expected


PLANS_OF_ONE_LINE = [
    # (part on plans, plans)
    ("(一)继续推进行政执法规范化建设。\n\n(二)加大普法宣传力度。",
     ["继续推进行政执法规范化建设", "加大普法宣传力度"]),
    ("1.继续推进行政执法规范化建设;\n2.加大普法宣传力度。", ["继续推进行政执法规范化建设", "加大普法宣传力度"]),
    # without a full stop
    ("(一)继续推进行政执法规范化建设\n\n(二)加大普法宣传力度",
     ["继续推进行政执法规范化建设", "加大普法宣传力度"]),
    ("一是继续推进行政执法规范化建设。\n\n二是加大普法宣传力度。",
     ["继续推进行政执法规范化建设", "加大普法宣传力度"]),
    # a title says what the text below it tells
    ("(一)继续推进行政执法规范化建设。加强执法培训。\n\n(二)加大普法宣传力度。\n\n开展普法进乡村。",
     ["加强执法培训", "开展普法进乡村"]),
    ("(一)继续推进行政执法规范化建设\n\n1.加强执法培训。\n\n2.开展案卷评查。\n\n(二)加大普法宣传力度。",
     ["加强执法培训", "开展案卷评查", "加大普法宣传力度"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "plans"), PLANS_OF_ONE_LINE)
def test_a_heading_that_is_all_that_is_said_of_a_plan_is_the_plan(body: str, plans: list[str]) -> None:
    assert [plan.label for plan in read_part(body, "plan").plans] == plans


def test_a_heading_that_is_all_that_is_said_of_a_problem_is_the_problem() -> None:
    for end in ("。", ""):
        body = f"(一)执法队伍专业能力有待提升{end}\n\n(二)平台之间数据共享还不充分{end}"
        reading = read_body(f"{PARTS['problem']}{body}\n\n{PARTS['plan']}(一)加强培训。")
        assert [text_of(reading, problem.span) for problem in reading.problems] == [
            "(一)执法队伍专业能力有待提升", "(二)平台之间数据共享还不充分",
        ]  # fmt: skip
        assert [plan.label for plan in reading.plans] == ["加强培训"]


def test_a_part_without_text_is_no_plan() -> None:
    reading = read_body("一、主要做法\n\n(一)加强培训\n\n二、下一步打算\n\n三、附件")
    assert (reading.plans, reading.problems) == ((), ())


def test_plans_keep_their_actor() -> None:
    reading = read_part("县司法局将加强执法培训。", "plan")
    assert [[a.text for a in plan.actors] for plan in reading.plans] == [["县司法局"]]


# ---------------------------------------------------------------------------------- what citations are for


@dataclass(frozen=True)
class Cited:
    opening: str
    function: str


USES = [
    # (text before the first heading or in a part, citation, function)
    (Cited("根据《湖南省行政程序规定》要求,现报告如下。", "compiled_under"), "opening"),
    (Cited("2022年,我县按照《常德市2022年法治政府建设工作要点》(常法政发〔2022〕2号)要求,推进依法行政。",
           "compiled_under"), "opening"),
    (Cited("我县深入贯彻落实《法治政府建设实施纲要(2021—2025年)》,推进依法行政。", "implements"), "opening"),
    (Cited("制定《石门县案卷评查办法》。", "issues"), "body"),
    (Cited("印发了《石门县2022年普法工作要点》。", "issues"), "body"),
    (Cited("开展以《宪法》为主要内容的宣传活动。", "publicises"), "body"),
    (Cited("印发《民法典知识手册》5000份。", "publicises"), "body"),
    (Cited("宣传《中华人民共和国民法典》。", "publicises"), "body"),
    (Cited("按照《湖南省行政程序规定》开展听证。", "implements"), "body"),
    (Cited("围绕《法治社会建设实施纲要(2020—2025年)》目标任务,加强执法。", "guides"), "plan"),
    (Cited("对标《法治政府建设实施纲要(2021—2025年)》,推进依法行政。", "implements"), "body"),
    (Cited("以《中华人民共和国传染病防治法》为遵循,开展执法。", "implements"), "body"),
    (Cited("以《法治中国建设规划(2020—2025年)》为指引,抓好以下工作。", "guides"), "plan"),
    (Cited("会签《关于加强行刑衔接工作的意见》。", "issues"), "body"),
    (Cited("《石门县述法工作办法》出台后,37名负责人述法。", "issues"), "body"),
    (Cited("将修订《石门县应知应会法律法规清单》。", "concerns"), "body"),
    (Cited("配合县人大常委会做好《石门县养犬管理条例》起草论证。", "concerns"), "body"),
    (Cited("联合印发《石门县普法规划(2021—2025年)》(石委发〔2021〕14号),压实普法责任。", "issues"), "body"),
    (Cited("《人民日报》刊发我县做法。", "mentions"), "body"),
]  # fmt: skip


@pytest.mark.parametrize(("cited", "where"), USES)
def test_function_of_a_citation(cited: Cited, where: str) -> None:
    if where == "opening":
        reading = read_body(f"{cited.opening}\n\n一、工作开展情况\n\n开展执法培训。")
    else:
        reading = read_part(cited.opening, where)
    assert [use.function for use in reading.uses] == [cited.function]
    evidence = text_of(reading, reading.uses[0].evidence)
    assert reading.uses[0].citation.text in evidence
