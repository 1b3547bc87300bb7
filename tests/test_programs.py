"""Programs: named systems, reforms, campaigns and online services, quoted or not.

Quotation marks stay outside the span. Doctrine (“四个意识”), titles in 《》 and common nouns (各项制度) are no
programs.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fatu.model import Mentions

PROGRAMS: list[tuple[str, list[tuple[str, str]]]] = [
    # (text, [(span text, canonical name)])
    # ---- nationally known, quoted
    ("全面推行行政执法“三项制度”。", [("三项制度", "行政执法三项制度")]),
    ("深化“放管服”改革。", [("放管服", "放管服改革")]),
    ("“一网通办”前提下“最多跑一次”改革稳步推进。", [("一网通办", "一网通办"), ("最多跑一次", "最多跑一次")]),
    ("推进“互联网+监管”工作。", [("互联网+监管", "互联网+监管")]),
    ("落实“谁执法、谁普法”。", [("谁执法、谁普法", "谁执法谁普法")]),
    ("落实“谁执法谁普法”。", [("谁执法谁普法", "谁执法谁普法")]),
    ("开展“法律六进”活动。", [("法律六进", "法律六进")]),
    ("实行“双随机、一公开”监管。", [("双随机、一公开", "双随机、一公开")]),
    ("启动“八五”普法。", [("“八五”普法", "八五普法")]),
    ("圆满完成七五普法。", [("七五普法", "七五普法")]),
    (
        "推行“马上办、网上办、就近办、一次办”。",
        [("马上办、网上办、就近办、一次办", "马上办、网上办、就近办、一次办")],
    ),
    ("坚持和发展新时代“枫桥经验”。", [("枫桥经验", "枫桥经验")]),
    # ---- nationally known, not quoted
    ("全面落实行政执法公示制度。", [("行政执法公示制度", "行政执法公示制度")]),
    (
        "严格执行重大执法决定法制审核制度。",
        [("重大执法决定法制审核制度", "重大执法决定法制审核制度")],
    ),
    ("深入开展扫黑除恶专项斗争。", [("扫黑除恶专项斗争", "扫黑除恶")]),
    ("深化综合行政执法体制改革。", [("综合行政执法体制改革", "综合行政执法改革")]),
    ("完成行政复议体制改革。", [("行政复议体制改革", "行政复议体制改革")]),
    ("深化行政审批制度改革。", [("行政审批制度改革", "行政审批制度改革")]),
    ("全面推行证明事项告知承诺制。", [("告知承诺制", "告知承诺制")]),
    ("推行首违不罚清单。", [("首违不罚", "首违不罚")]),
    ("培育法律明白人1200名。", [("法律明白人", "法律明白人")]),
    ("落实河长制,守护澧水。", [("河长制", "河长制")]),
    ("压实林长制责任。", [("林长制", "林长制")]),
    ("依托湖南政务服务网办理。", [("湖南政务服务网", "湖南政务服务网")]),
    ("创建民主法治示范村3个。", [("民主法治示范村", "民主法治示范村")]),
    # ---- known by another name, in quotation marks or behind a verb only
    ("实行“双随机”监管。", [("双随机", "双随机、一公开")]),
    ("推行“一件事”改革。", [("一件事", "一件事一次办")]),
    ("办好每一件事。", []),
    ("推进“放、管、服”改革。", [("放、管、服", "放管服改革")]),
    ("创建“全国民主法治示范村(社区)”。", [("全国民主法治示范村(社区)", "民主法治示范村")]),
    ("健全政府权责清单制度。", [("政府权责清单制度", "权责清单制度")]),
    ("全面推行河湖长制。", [("河湖长制", "河湖长制")]),
    # ---- a rule for new ones: quoted
    ("打造“澧水调解”品牌。", [("澧水调解", "澧水调解")]),
    ("创新“法治+网格”模式。", [("法治+网格", "法治+网格")]),
    # ---- a rule for new ones: verb and the way such names end
    ("健全重大行政决策责任追究制度。", [("重大行政决策责任追究制度", "重大行政决策责任追究制度")]),
    ("推进政府法律顾问制度。", [("政府法律顾问制度", "政府法律顾问制度")]),
    ("开展食品安全专项整治行动。", [("食品安全专项整治行动", "食品安全专项整治行动")]),
    (
        "开展行政相对人法律风险防控试点。",
        [("行政相对人法律风险防控试点", "行政相对人法律风险防控试点")],
    ),
    ("实施法治惠民工程。", [("法治惠民工程", "法治惠民工程")]),
    ("打好污染防治攻坚战。", [("污染防治攻坚战", "污染防治攻坚战")]),
    (
        "建立行政执法责任制和案卷评查制度。",
        [("行政执法责任制", "行政执法责任制"), ("案卷评查制度", "案卷评查制度")],
    ),
    ("开展生态环境执法大练兵活动。", [("生态环境执法大练兵活动", "生态环境执法大练兵活动")]),
]

NO_PROGRAM = [
    "结合“12·4”国家宪法日开展宣传。",
    "举办“六五”环境日主场活动。",
    "打好“组合拳”,打通“最后一公里”。",
    "12345热线转办投诉3.6万件。",
    "坚持用最严格制度守护青山。",
    "增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
    "“十四五”时期成绩显著。",
    "健全各项规章制度。",
    "完善相关制度,加强制度建设。",
    "全面依法治国是国家治理的一场深刻革命。",
    "实行“2022”编号管理。",
    "学习贯彻《全面推行河长制实施方案》。",
    "改革开放以来,全县经济持续发展。",
    "试点工作有序推进。",
    "机关负责人说:“我们要依法办事,也要热情服务。”",
    "推进制度化、规范化建设。",
]


@pytest.mark.parametrize(("text", "expected"), PROGRAMS, ids=[text for text, _ in PROGRAMS])
def test_programs(found: Callable[..., Mentions], text: str, expected: list[tuple[str, str]]) -> None:
    programs = found(text).programs
    assert [(m.text, m.payload.name) for m in programs] == expected
    assert all(text[m.span.start : m.span.end] == m.text for m in programs)


@pytest.mark.parametrize("text", NO_PROGRAM)
def test_no_program(found: Callable[..., Mentions], text: str) -> None:
    assert [m.text for m in found(text).programs] == []


QUOTED = [
    ("深化“放管服”改革。", True),
    ("深化\"放管服\"改革。", True),
    ("深化放管服改革。", False),
    ("打造“澧水调解”品牌。", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quoted"), QUOTED)
def test_whether_a_program_is_quoted(found: Callable[..., Mentions], text: str, quoted: bool) -> None:
    (program,) = found(text).programs
    assert program.payload.quoted is quoted


def test_variants_have_one_name(found: Callable[..., Mentions]) -> None:
    text = "落实双随机一公开;推进双随机、一公开监管;实行“双随机,一公开”。"
    assert {m.payload.name for m in found(text).programs} == {"双随机、一公开"}


SAMPLE = [
    "行政机关内部重大行政决策合法性审查制度", "政府法律顾问制度", "政府权责清单制度", "三项制度", "服务型行政执法",
    "行政相对人法律风险防控试点", "生态环境保护执法大练兵活动", "行政审批制度改革", "一网通办", "最多跑一次",
    "政务服务网", "河南政务服务网", "马上办、网上办、就近办、一次办", "互联网+监管", "法律六进", "扫黑除恶", "平安建设",
    "谁执法、谁普法",
]  # fmt: skip


def test_the_programs_of_the_sample(sample_mentions: Mentions) -> None:
    programs = [m.text for m in sample_mentions.programs]
    assert set(SAMPLE) <= set(programs)
    assert len(programs) <= len(SAMPLE) + 3
