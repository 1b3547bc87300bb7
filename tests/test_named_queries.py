"""Each named query on the sample report: the answers are written down as a careful reader takes them from the text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fatu.describing.terms import RDF, RDFS, SH, Iri, Literal, Quad, en, zh
from fatu.iris import BASE
from fatu.model import Overrides
from fatu.pipeline import KnowledgeGraph, build
from fatu.querying import NamedQuery, Results, ask_store, load_queries
from fatu.storing import MemoryStore

SOURCE = Path(__file__).parents[1] / "graphs" / "410203-gov-2020" / "source.txt"
REPORT = f"{BASE}id/report/410203/gov/2020"

DISTRICT = "开封市顺河回族区"
GOVERNMENT = f"{DISTRICT}人民政府"
NOTICE = "开封市法治政府建设领导小组关于印发开封市2020年度法治政府建设工作安排的通知"
EXACT, LEAST = "确数", "下限"
ADVISERS = "法律顾问提供法律意见31件,起草修改各种协议45件,参与决策、谈判16次,参与行政诉讼53件"
EPIDEMIC_PUBLICITY = (
    "我区组织进行10次现场宣传活动,印发《新型冠状病毒感染肺炎疫情防控工作有关法律知识问答》、《关于办理妨害预防、控制突发传染病司法解释》,"
    "通过微信、新媒体在线宣传和一线卡点宣传,积极引导广大人民群众增强法治意识,依法支持和配合疫情防控工作"
)
RESUMPTION = "制定相关助力企业复工复产措施,精准有序推动我区企业复工复产"
ADVISERS_TO_FIRMS = "我区法律援助中心派驻法律顾问进企业,解答疫情期间复工复产政策问题"
ONLINE_AID = (
    "大力推行电话咨询和网上办理法律援助事项,利用线上服务方式为群众解答咨询,"
    "通过政务服务网上申请与审批、办理等工作方式"
)
LEADERS_STUDY = (
    "区委区政府主要领导带头学法用法,定期举办领导干部法治专题培训班,组织区直等单位主要负责同志进行集中培训"
)
CADRE_PLAN = "区委制定《顺河回族区2020年干部教育培训计划》,将依法行政培训纳入党政领导班子及公务员年度培训计划"
STUDY_PLAN = (
    "区法治政府建设领导小组办公室制定《2020年度顺河回族区领导干部学法计划》,"
    "要求区政府常务会议全年集中学习四次,每季度一次"
)
FILING = "今年以来我区以区政府、政府办名义审核制发规范性文件14件,每月及时向市司法局政策法规科备案"
PILOT = "2020年度选取区应急管理局、区农业农村局、东郊乡开展行政相对人法律风险防控试点工作"
# 下一步,我区将坚持…: the plans of this sentence are the government's.
PLANS = "坚持问题导向,强化基层基础,补齐工作短板,深入推进依法行政,加快建设法治政府"
LIAISON = "区政府专人负责,做好行政复议与行政诉讼的衔接"
COURT = "区政府组织人员积极出庭应诉,积极配合人民法院的行政审判工作"
UNDER = f"按照《{NOTICE}》(汴法政〔2020〕1号)要求"
OUTLINE_2015 = "法治政府建设实施纲要(2015—2020年)"
SCHEME_2016 = "河南省法治政府建设实施方案(2016—2020年)"
OUTLINE_2020 = "法治社会建设实施纲要(2020—2025年)"
LEAFLET = "新型冠状病毒感染肺炎疫情防控工作有关法律知识问答"
INTERPRETATION = "关于办理妨害预防、控制突发传染病司法解释"
NO = None

Row = tuple[object, ...]

ANSWERS: dict[str, tuple[str, list[Row]]] = {
    # name: (columns, rows)
    # 8÷9=88.89%; no other figure of the text contradicts one.
    "inconsistencies": (
        "ruleName verdict verdictEn evidence",
        [("比率", "不一致", "inconsistent", "结案率90%")],
    ),
    # What the text says on each number in turn; the bounds are 余, 多, 以上.
    "figure": (
        "name value unit bound period part status verdict evidence",
        [
            ("法律顾问提供法律意见数", 31, "件", EXACT, 2020, NO, "已完成", NO, "法律顾问提供法律意见31件"),
            ("法律顾问起草修改(审查)协议数", 45, "件", EXACT, 2020, NO, "已完成", NO, "起草修改各种协议45件"),
            ("法律顾问参与决策谈判次数", 16, "次", EXACT, 2020, NO, "已完成", NO, "参与决策、谈判16次"),
            ("法律顾问参与行政诉讼数", 53, "件", EXACT, 2020, NO, "已完成", NO, "参与行政诉讼53件"),
            (
                "现场宣传活动次数",
                10,
                "次",
                EXACT,
                NO,
                "新冠疫情防控期间",
                "已完成",
                NO,
                "我区组织进行10次现场宣传活动",
            ),
            (
                "个人申请法律援助案件数",
                29,
                "件",
                EXACT,
                NO,
                "疫情期间",
                "已完成",
                NO,
                "区法律援助中心共办理个人申请案件29件",
            ),
            (
                "政府常务会议集中学法次数",
                4,
                "次",
                EXACT,
                2020,
                NO,
                "被要求",
                "一致",
                "要求区政府常务会议全年集中学习四次",
            ),
            ("政府常务会议集中学法次数", 1, "次", EXACT, "2020/P3M", NO, "被要求", NO, "每季度一次"),
            (
                "制发行政规范性文件数",
                14,
                "件",
                EXACT,
                2020,
                NO,
                "已完成",
                NO,
                "今年以来我区以区政府、政府办名义审核制发规范性文件14件",
            ),
            (
                "清理规范性文件数",
                155,
                "件",
                EXACT,
                2020,
                NO,
                "已完成",
                "一致",
                "梳理出以政府和区府办公室名义制定的规范性文件155件",
            ),
            ("继续有效规范性文件数", 61, "件", EXACT, 2020, NO, "已完成", NO, "继续有效的61件"),
            ("(拟)废止规范性文件数", 94, "件", EXACT, 2020, NO, "拟进行", NO, "拟废止的94件"),
            ("梳理监管事项数", 294, "项", EXACT, 2020, NO, "已完成", NO, "梳理监管事项294项"),
            (
                "认领监管事项部门数",
                20,
                "个",
                EXACT,
                2020,
                NO,
                "已完成",
                NO,
                "我区20个区直单位共计认领事项主项数294条",
            ),
            (
                "认领监管事项主项数",
                294,
                "条",
                EXACT,
                2020,
                NO,
                "已完成",
                "一致",
                "我区20个区直单位共计认领事项主项数294条",
            ),
            ("监管主项覆盖数", 261, "无单位", EXACT, 2020, NO, "已完成", "一致", "主项覆盖数261"),
            (
                "监管主项覆盖率",
                Decimal("88.78"),
                "%",
                EXACT,
                2020,
                NO,
                "已完成",
                "一致",
                "主项覆盖率为88.78%",
            ),
            (
                "排查化解矛盾纠纷数",
                2500,
                "件",
                LEAST,
                2020,
                NO,
                "已完成",
                NO,
                "2020年排查化解各类矛盾纠纷2500余件",
            ),
            ("签署书面调解协议数", 500, "份", LEAST, 2020, NO, "已完成", NO, "签署书面调解协议500余份"),
            ("人民调解成功率", 98, "%", LEAST, 2020, NO, "已完成", "无法核实", "调解成功率达到98%以上"),
            (
                "中央媒体报道(拍摄)期数",
                1,
                "期",
                EXACT,
                2020,
                NO,
                "已完成",
                NO,
                "今年中央电视台12套法治与社会频道拍摄1期",
            ),
            (
                "受理矛盾纠纷数",
                62,
                "件",
                EXACT,
                2020,
                "公共法律服务中心",
                "已完成",
                NO,
                "我区公共法律服务中心共受理各类矛盾纠纷62件",
            ),
            ("调解成功数", 62, "件", EXACT, 2020, "公共法律服务中心", "已完成", "一致", "调解成功62件"),
            ("人民调解成功率", 100, "%", EXACT, 2020, "公共法律服务中心", "已完成", "一致", "调解成功率100%"),
            (
                "法律咨询人次",
                1400,
                "人次",
                LEAST,
                2020,
                "村居法律顾问",
                "已完成",
                NO,
                "我区村居法律顾问共计为基层组织及群众提供法律咨询1400余人次",
            ),
            (
                "法治宣传教育活动次数",
                30,
                "场次",
                LEAST,
                2020,
                "村居法律顾问",
                "已完成",
                NO,
                "开展法制宣传30余场次",
            ),
            ("调解案件数", 150, "件", LEAST, 2020, "村居法律顾问", "已完成", NO, "参与调解矛盾纠纷150余件"),
            (
                "法律顾问提供法律意见数",
                30,
                "条",
                LEAST,
                2020,
                "村居法律顾问",
                "已完成",
                NO,
                "为村居重大事项提出法律意见30余条",
            ),
            ("法律援助案件办理数", 304, "件", EXACT, 2020, NO, "已完成", NO, "共办理法律援助案件304件"),
            ("认罪认罚案件(值班律师)办理数", 154, "件", EXACT, 2020, NO, "已完成", NO, "认罪认罚案件154件"),
            (
                "法律援助挽回(取得)经济利益",
                1170000,
                "元",
                EXACT,
                2020,
                NO,
                "已完成",
                NO,
                "共为受援人取得经济利益117万元",
            ),
            ("行政复议案件受理数", 9, "件", EXACT, 2020, NO, "已完成", NO, "受理行政复议案件9件"),
            ("行政复议案件审结数", 8, "件", EXACT, 2020, NO, "已完成", "一致", "审结8件"),
            ("行政复议结案率", 90, "%", EXACT, 2020, NO, "已完成", "不一致", "结案率90%"),
            ("行政应诉案件数", 72, "件", EXACT, 2020, NO, "已完成", NO, "应诉的行政案件72件"),
            ("行政应诉已审结数", 61, "件", EXACT, 2020, NO, "已完成", "一致", "已审结61件"),
            ("行政应诉胜诉数", 43, "件", EXACT, 2020, NO, "已完成", "一致", "胜诉43件"),
            ("行政应诉胜诉率", 70, "%", EXACT, 2020, NO, "已完成", "一致", "胜诉率70%"),
            ("宣传版面数", 200, "块", LEAST, 2020, NO, "已完成", NO, "2020年制作各类宣传版面200余块"),
            ("宣传条幅(横幅)数", 370, "条", LEAST, 2020, NO, "已完成", NO, "条幅370多条"),
            ("发放宣传材料数", 30000, "份", LEAST, 2020, NO, "已完成", NO, "制作和发放各类宣传材料30000多份"),
            (
                "法治宣传教育活动次数",
                70,
                "次",
                LEAST,
                2020,
                NO,
                "已完成",
                NO,
                "开展各类法治宣传教育活动70余次",
            ),
        ],
    ),
    "report-identity": (
        "issuer year signed published title areaName",
        [
            (
                GOVERNMENT,
                2020,
                date(2021, 1, 26),
                date(2021, 3, 31),
                "顺河回族区人民政府 关于法治政府建设工作的情况报告",
                "顺河回族区",
            )
        ],
    ),
    "basis-documents": (
        "functionEn title number issuer evidence",
        [
            ("compiled under", NOTICE, "汴法政〔2020〕1号", "开封市法治政府建设领导小组", UNDER),
            # The registry knows the number and who issued it; the report does not say.
            (
                "implements policy",
                OUTLINE_2015,
                "中发〔2015〕36号",
                "中共中央 国务院",
                f"贯彻落实《{OUTLINE_2015}》",
            ),
            ("implements policy", SCHEME_2016, NO, NO, f"贯彻落实《{OUTLINE_2015}》和《{SCHEME_2016}》"),
        ],
    ),
    "citations": (
        "text function number evidence",
        [
            (f"《{NOTICE}》", "编写依据", "汴法政〔2020〕1号", UNDER),
            (f"《{OUTLINE_2015}》", "贯彻文件", "中发〔2015〕36号", f"贯彻落实《{OUTLINE_2015}》"),
            (f"《{SCHEME_2016}》", "贯彻文件", NO, f"贯彻落实《{OUTLINE_2015}》和《{SCHEME_2016}》"),
            (f"《{LEAFLET}》", "宣传", NO, f"印发《{LEAFLET}》"),
            (f"《{INTERPRETATION}》", "宣传", NO, f"印发《{LEAFLET}》、《{INTERPRETATION}》"),
            (
                "《顺河回族区2020年干部教育培训计划》",
                "制定印发",
                NO,
                "制定《顺河回族区2020年干部教育培训计划》",
            ),
            (
                "《2020年度顺河回族区领导干部学法计划》",
                "制定印发",
                NO,
                "制定《2020年度顺河回族区领导干部学法计划》",
            ),
            ("《宪法》", "宣传", NO, "以《宪法》"),
            ("《民法典》", "宣传", NO, "以《宪法》、《民法典》"),
            (f"《{OUTLINE_2020}》", "遵循", NO, f"围绕《{OUTLINE_2020}》"),
        ],
    ),
    "own-documents": (
        "title maker evidence",
        [
            ("顺河回族区2020年干部教育培训计划", f"中共{DISTRICT}委员会", CADRE_PLAN),
            ("2020年度顺河回族区领导干部学法计划", f"{DISTRICT}法治政府建设领导小组办公室", STUDY_PLAN),
        ],
    ),
    "agencies": (
        "agency roleEn deed",
        [
            (f"中共{DISTRICT}委员会", "actor", LEADERS_STUDY),
            (f"中共{DISTRICT}委员会", "actor", CADRE_PLAN),
            ("中央电视台", "holder of a figure", "今年中央电视台12套法治与社会频道拍摄1期"),
            ("人民法院", "undecided", "人民法院"),
            ("开封市司法局政策法规科", "recipient", FILING),
            ("开封市法治政府建设领导小组", "issuer of a document", UNDER),
            (f"{DISTRICT}东郊乡", "actor", PILOT),
            (GOVERNMENT, "issuer of the report", "顺河回族区人民政府"),
            (GOVERNMENT, "actor", EPIDEMIC_PUBLICITY),
            (GOVERNMENT, "actor", RESUMPTION),
            (GOVERNMENT, "actor", LEADERS_STUDY),
            (GOVERNMENT, "actor", FILING),
            (GOVERNMENT, "actor", LIAISON),
            (GOVERNMENT, "actor", COURT),
            (GOVERNMENT, "actor", PLANS),
            (f"{GOVERNMENT}办公室", "mentioned", "政府办"),
            (f"{GOVERNMENT}办公室", "mentioned", "区府办公室"),
            (f"{GOVERNMENT}常务会议", "actor", STUDY_PLAN),
            (f"{DISTRICT}公共法律服务中心", "actor", "我区公共法律服务中心共受理各类矛盾纠纷62件"),
            (f"{DISTRICT}农业农村局", "actor", PILOT),
            (f"{DISTRICT}司法局", "publisher of the report", "区司法局"),
            (f"{DISTRICT}应急管理局", "actor", PILOT),
            (f"{DISTRICT}法律援助中心", "actor", ADVISERS_TO_FIRMS),
            (f"{DISTRICT}法律援助中心", "actor", "区法律援助中心共办理个人申请案件29件"),
            (f"{DISTRICT}法治政府建设领导小组办公室", "actor", STUDY_PLAN),
        ],
    ),
    "sections": (
        "order level title parent",
        [
            (1, 1, "一、关于我区法治政府建设的推进情况", NO),
            (2, 2, "(一)健全依法决策机制", "一、关于我区法治政府建设的推进情况"),
            (
                3,
                2,
                "(二)推进政府法律顾问制度建立政府法制机构人员为主体",
                "一、关于我区法治政府建设的推进情况",
            ),
            (4, 2, "(三)全面提高依法防控依法治理能力", "一、关于我区法治政府建设的推进情况"),
            (5, 5, "一是新冠疫情防控期间开展广泛的普法宣传工作", "(三)全面提高依法防控依法治理能力"),
            (6, 5, "二是持续优化法治化营商环境", "(三)全面提高依法防控依法治理能力"),
            (7, 5, "三是加强疫情期间矛盾纠纷化解", "(三)全面提高依法防控依法治理能力"),
            (8, 2, "(四)推进法治政府建设工作有序开展", "一、关于我区法治政府建设的推进情况"),
            (9, 5, "一是加强领导干部学法用法", "(四)推进法治政府建设工作有序开展"),
            (10, 5, "二是规范行政权力运行", "(四)推进法治政府建设工作有序开展"),
            (11, 5, "三是认真做好规范性文件备案及审查工作", "(四)推进法治政府建设工作有序开展"),
            (12, 5, "四是全面推行行政执法“三项制度”", "(四)推进法治政府建设工作有序开展"),
            (13, 5, "五是着力加强生态环境保护", "(四)推进法治政府建设工作有序开展"),
            (14, 5, "六是深化行政审批制度改革", "(四)推进法治政府建设工作有序开展"),
            (15, 2, "(五)积极化解矛盾纠纷", "一、关于我区法治政府建设的推进情况"),
            (16, 5, "一是充分发挥人民调解作用", "(五)积极化解矛盾纠纷"),
            (17, 5, "二是充分发挥公共法律服务中心作用", "(五)积极化解矛盾纠纷"),
            (18, 5, "三是规范有序开展法律援助", "(五)积极化解矛盾纠纷"),
            (19, 5, "四是做好行政复议工作", "(五)积极化解矛盾纠纷"),
            (20, 2, "(六)广泛开展法治宣传教育", "一、关于我区法治政府建设的推进情况"),
            (21, 1, "二、存在的问题", NO),
        ],
    ),
    "reconsideration": (
        "name value unit bound scope evidence",
        [
            ("行政复议案件受理数", 9, "件", EXACT, NO, "受理行政复议案件9件"),
            ("行政复议案件审结数", 8, "件", EXACT, NO, "审结8件"),
            ("行政复议结案率", 90, "%", EXACT, NO, "结案率90%"),
        ],
    ),
    "closure-rate-check": (
        "name stated numerator denominator expectedLow expectedHigh verdictEn severity scope evidence",
        [
            (
                "行政复议结案率",
                90,
                8,
                9,
                Decimal("88.888888"),
                Decimal("88.888889"),
                "inconsistent",
                f"{SH}Warning",
                NO,
                "结案率90%",
            )
        ],
    ),
    "litigation": (
        "name value unit denominatorName denominator verdict evidence",
        [
            ("行政应诉案件数", 72, "件", NO, NO, NO, "应诉的行政案件72件"),
            ("行政应诉已审结数", 61, "件", NO, NO, NO, "已审结61件"),
            ("行政应诉胜诉数", 43, "件", NO, NO, NO, "胜诉43件"),
            ("行政应诉胜诉率", 70, "%", "行政应诉已审结数", 61, "一致", "胜诉率70%"),
        ],
    ),
    "cleanup": (
        "name value unit status verdictEn evidence",
        [
            (
                "清理规范性文件数",
                155,
                "件",
                "已完成",
                "consistent",
                "梳理出以政府和区府办公室名义制定的规范性文件155件",
            ),
            ("继续有效规范性文件数", 61, "件", "已完成", NO, "继续有效的61件"),
            ("(拟)废止规范性文件数", 94, "件", "拟进行", NO, "拟废止的94件"),
        ],
    ),
    "coverage-rate": (
        "name stated numeratorName numerator denominatorName denominator verdictEn evidence",
        [
            (
                "监管主项覆盖率",
                Decimal("88.78"),
                "监管主项覆盖数",
                261,
                "认领监管事项主项数",
                294,
                "consistent",
                "主项覆盖率为88.78%",
            )
        ],
    ),
    "legal-advisers": (
        "deed name value unit",
        [
            ("专家和律师参加的法律顾问队伍,参与政府涉法事务讨论研究,提出意见建议,防控法律风险", NO, NO, NO),
            (ADVISERS, "法律顾问提供法律意见数", 31, "件"),
            (ADVISERS, "法律顾问起草修改(审查)协议数", 45, "件"),
            (ADVISERS, "法律顾问参与决策谈判次数", 16, "次"),
            (ADVISERS, "法律顾问参与行政诉讼数", 53, "件"),
            (ADVISERS_TO_FIRMS, NO, NO, NO),
        ],
    ),
    "legal-aid": (
        "name value unit bound period scope evidence",
        [
            (
                "个人申请法律援助案件数",
                29,
                "件",
                EXACT,
                NO,
                "疫情期间",
                "区法律援助中心共办理个人申请案件29件",
            ),
            ("法律援助案件办理数", 304, "件", EXACT, 2020, NO, "共办理法律援助案件304件"),
            ("认罪认罚案件(值班律师)办理数", 154, "件", EXACT, 2020, NO, "认罪认罚案件154件"),
        ],
    ),
    "legal-aid-benefit": (
        "name value unit bound evidence",
        [("法律援助挽回(取得)经济利益", 1170000, "元", EXACT, "共为受援人取得经济利益117万元")],
    ),
    "mediation": (
        "name value unit bound boundEn scope evidence",
        [
            (
                "排查化解矛盾纠纷数",
                2500,
                "件",
                LEAST,
                "at least",
                NO,
                "2020年排查化解各类矛盾纠纷2500余件",
            ),
            ("签署书面调解协议数", 500, "份", LEAST, "at least", NO, "签署书面调解协议500余份"),
            ("人民调解成功率", 98, "%", LEAST, "at least", NO, "调解成功率达到98%以上"),
            (
                "中央媒体报道(拍摄)期数",
                1,
                "期",
                EXACT,
                "exact",
                NO,
                "今年中央电视台12套法治与社会频道拍摄1期",
            ),
            (
                "受理矛盾纠纷数",
                62,
                "件",
                EXACT,
                "exact",
                "公共法律服务中心",
                "我区公共法律服务中心共受理各类矛盾纠纷62件",
            ),
            ("调解成功数", 62, "件", EXACT, "exact", "公共法律服务中心", "调解成功62件"),
            ("人民调解成功率", 100, "%", EXACT, "exact", "公共法律服务中心", "调解成功率100%"),
            ("调解案件数", 150, "件", LEAST, "at least", "村居法律顾问", "参与调解矛盾纠纷150余件"),
        ],
    ),
    "mediation-scopes": (
        "name value partName partValue unit scope addable",
        [
            ("排查化解矛盾纠纷数", 2500, "受理矛盾纠纷数", 62, "件", "公共法律服务中心", False),
            ("排查化解矛盾纠纷数", 2500, "调解成功数", 62, "件", "公共法律服务中心", False),
            ("排查化解矛盾纠纷数", 2500, "调解案件数", 150, "件", "村居法律顾问", False),
        ],
    ),
    "epidemic-measures": (
        "section deed name value unit",
        [
            (
                "新冠疫情防控期间开展广泛的普法宣传工作",
                "一是新冠疫情防控期间开展广泛的普法宣传工作",
                NO,
                NO,
                NO,
            ),
            ("新冠疫情防控期间开展广泛的普法宣传工作", EPIDEMIC_PUBLICITY, "现场宣传活动次数", 10, "次"),
            ("持续优化法治化营商环境", "二是持续优化法治化营商环境,做好企业复工复产工作", NO, NO, NO),
            ("持续优化法治化营商环境", RESUMPTION, NO, NO, NO),
            ("持续优化法治化营商环境", ADVISERS_TO_FIRMS, NO, NO, NO),
            ("持续优化法治化营商环境", "强化疫情防控法律服务", NO, NO, NO),
            (
                "加强疫情期间矛盾纠纷化解",
                "三是加强疫情期间矛盾纠纷化解,为困难群众提供有效法律援助",
                NO,
                NO,
                NO,
            ),
            ("加强疫情期间矛盾纠纷化解", ONLINE_AID, NO, NO, NO),
            (
                "加强疫情期间矛盾纠纷化解",
                "区法律援助中心共办理个人申请案件29件",
                "个人申请法律援助案件数",
                29,
                "件",
            ),
        ],
    ),
    "pilots": (
        "agency pilot evidence",
        [
            (f"{DISTRICT}东郊乡", "行政相对人法律风险防控试点", PILOT),
            (f"{DISTRICT}农业农村局", "行政相对人法律风险防控试点", PILOT),
            (f"{DISTRICT}应急管理局", "行政相对人法律风险防控试点", PILOT),
        ],
    ),
    "publicity": (
        "name value unit bound scope evidence",
        [
            ("现场宣传活动次数", 10, "次", EXACT, "新冠疫情防控期间", "我区组织进行10次现场宣传活动"),
            ("法治宣传教育活动次数", 30, "场次", LEAST, "村居法律顾问", "开展法制宣传30余场次"),
            ("宣传版面数", 200, "块", LEAST, NO, "2020年制作各类宣传版面200余块"),
            ("宣传条幅(横幅)数", 370, "条", LEAST, NO, "条幅370多条"),
            ("发放宣传材料数", 30000, "份", LEAST, NO, "制作和发放各类宣传材料30000多份"),
            ("法治宣传教育活动次数", 70, "次", LEAST, NO, "开展各类法治宣传教育活动70余次"),
        ],
    ),
    "problems": (
        "problem topics section",
        [
            ("执法队伍能力建设和规范化管理水平还较为薄弱", "法治工作队伍", "存在的问题"),
            ("行政执法规范性还需加强", "行政执法严格规范公正文明", "存在的问题"),
            ("法律专业人才存在欠缺", "法治工作队伍", "存在的问题"),
        ],
    ),
    "plans": (
        "plan targetKindEn target",
        [
            (
                "坚持问题导向,强化基层基础,补齐工作短板,深入推进依法行政,加快建设法治政府",
                "policy document",
                OUTLINE_2020,
            )
        ],
    ),
    "problem-gaps": (
        "problem plans figures gap",
        [
            ("执法队伍能力建设和规范化管理水平还较为薄弱", 0, 0, True),
            ("行政执法规范性还需加强", 0, 0, True),
            ("法律专业人才存在欠缺", 0, 0, True),
        ],
    ),
    "duties": (
        "dutyNameEn verdictEn published",
        [
            ("causes of shortcomings", "missing", date(2021, 3, 31)),
            ("first responsible person", "missing", date(2021, 3, 31)),
            ("measures and results", "met", date(2021, 3, 31)),
            ("arrangements for the next year", "met", date(2021, 3, 31)),
            ("shortcomings", "met", date(2021, 3, 31)),
            ("publication in time", "met", date(2021, 3, 31)),
        ],
    ),
    "unnumbered-claims": (
        "kindEn claim",
        [
            ("outcome", "不断开创法治政府建设新局面"),
            ("measure", "把建立健全依法决策机制作为推进全面依法治区的重要内容"),
            (
                "measure",
                "强化决策法定程序刚性约束,认真落实行政机关内部重大行政决策合法性审查制度,严格决策责任追究",
            ),
            ("measure", "专家和律师参加的法律顾问队伍,参与政府涉法事务讨论研究,提出意见建议,防控法律风险"),
            ("outcome", "促进了政府依法行政"),
            ("outcome", "防范规避了法律风险"),
            ("measure", "一是新冠疫情防控期间开展广泛的普法宣传工作"),
            ("outcome", "促进疫情防控工作依法有序开展"),
            ("measure", "二是持续优化法治化营商环境,做好企业复工复产工作"),
            ("measure", RESUMPTION),
            ("measure", ADVISERS_TO_FIRMS),
            ("measure", "强化疫情防控法律服务"),
            ("measure", "三是加强疫情期间矛盾纠纷化解,为困难群众提供有效法律援助"),
            ("measure", ONLINE_AID),
            ("measure", "一是加强领导干部学法用法"),
            ("measure", LEADERS_STUDY),
            ("measure", CADRE_PLAN),
            ("outcome", "取得了良好效果"),
            ("outcome", "均按计划进行学习"),
            ("measure", "二是规范行政权力运行"),
            (
                "measure",
                "全面落实政府权责清单制度,加快推进权责清单工作,对所有机关事业单位权责清单、职权目录进行梳理",
            ),
            ("measure", "三是认真做好规范性文件备案及审查工作"),
            ("measure", "严格规范规范性文件制定程序"),
            ("measure", "四是全面推行行政执法“三项制度”,规范行政执法"),
            ("measure", "积极完善行政执法程序、创新行政执法方式,积极推进服务型行政执法"),
            ("measure", PILOT),
            ("outcome", "取得良好效果"),
            (
                "measure",
                "积极组织做好新版行政执法证件换发工作组织各行政执法单位开展专业法律知识和公共法律知识培训",
            ),
            ("measure", "五是着力加强生态环境保护"),
            (
                "measure",
                "从严查处环境违法行为,开展生态环境保护执法大练兵活动,稳步推进大气、水、土壤环境污染攻坚各项工作",
            ),
            ("measure", "六是深化行政审批制度改革,“一网通办”前提下“最多跑一次”改革稳步推进"),
            ("outcome", "政务服务网实现实体政务大厅业务办理系统与河南政务服务网对接融合"),
            ("measure", "全面推行审批服务“马上办、网上办、就近办、一次办”"),
            ("outcome", "我区电子印章区直单位达到全覆盖"),
            ("outcome", "我区的人民调解工作成效显著受到了各级媒体的关注报道"),
            ("outcome", "社会影响日益广泛"),
            ("measure", "二是充分发挥公共法律服务中心作用"),
            ("measure", "扩展村(居)法律顾问队伍,规范法律顾问工作"),
            ("measure", "三是规范有序开展法律援助"),
            ("measure", "四是做好行政复议工作,加强行政应诉工作"),
            ("measure", LIAISON),
            ("outcome", "最大限度维护了行政行为的合法性"),
            (
                "measure",
                "持续开展了以《宪法》、《民法典》、党内法规、扫黑除恶、平安建设、劳动权益保护、环境保护、反邪教、反校园欺凌、防溺水等为主要内容的普法宣传活动",
            ),
            ("measure", "全区执法单位全方位开展法治宣传教育"),
        ],
    ),
    "number-evidence": (
        "value unit bound evidence inSource",
        [
            (31, "件", EXACT, "法律顾问提供法律意见31件", True),
            (45, "件", EXACT, "起草修改各种协议45件", True),
            (16, "次", EXACT, "参与决策、谈判16次", True),
            (53, "件", EXACT, "参与行政诉讼53件", True),
            (10, "次", EXACT, "我区组织进行10次现场宣传活动", True),
            (29, "件", EXACT, "区法律援助中心共办理个人申请案件29件", True),
            (4, "次", EXACT, "要求区政府常务会议全年集中学习四次", True),
            (1, "次", EXACT, "每季度一次", True),
            (14, "件", EXACT, "今年以来我区以区政府、政府办名义审核制发规范性文件14件", True),
            (155, "件", EXACT, "梳理出以政府和区府办公室名义制定的规范性文件155件", True),
            (61, "件", EXACT, "继续有效的61件", True),
            (94, "件", EXACT, "拟废止的94件", True),
            (294, "项", EXACT, "梳理监管事项294项", True),
            (20, "个", EXACT, "我区20个区直单位共计认领事项主项数294条", True),
            (294, "条", EXACT, "我区20个区直单位共计认领事项主项数294条", True),
            (261, "无单位", EXACT, "主项覆盖数261", True),
            (Decimal("88.78"), "%", EXACT, "主项覆盖率为88.78%", True),
            (2500, "件", LEAST, "2020年排查化解各类矛盾纠纷2500余件", True),
            (500, "份", LEAST, "签署书面调解协议500余份", True),
            (98, "%", LEAST, "调解成功率达到98%以上", True),
            (1, "期", EXACT, "今年中央电视台12套法治与社会频道拍摄1期", True),
            (62, "件", EXACT, "我区公共法律服务中心共受理各类矛盾纠纷62件", True),
            (62, "件", EXACT, "调解成功62件", True),
            (100, "%", EXACT, "调解成功率100%", True),
            (1400, "人次", LEAST, "我区村居法律顾问共计为基层组织及群众提供法律咨询1400余人次", True),
            (30, "场次", LEAST, "开展法制宣传30余场次", True),
            (150, "件", LEAST, "参与调解矛盾纠纷150余件", True),
            (30, "条", LEAST, "为村居重大事项提出法律意见30余条", True),
            (304, "件", EXACT, "共办理法律援助案件304件", True),
            (154, "件", EXACT, "认罪认罚案件154件", True),
            (1170000, "元", EXACT, "共为受援人取得经济利益117万元", True),
            (9, "件", EXACT, "受理行政复议案件9件", True),
            (8, "件", EXACT, "审结8件", True),
            (90, "%", EXACT, "结案率90%", True),
            (72, "件", EXACT, "应诉的行政案件72件", True),
            (61, "件", EXACT, "已审结61件", True),
            (43, "件", EXACT, "胜诉43件", True),
            (70, "%", EXACT, "胜诉率70%", True),
            (200, "块", LEAST, "2020年制作各类宣传版面200余块", True),
            (370, "条", LEAST, "条幅370多条", True),
            (30000, "份", LEAST, "制作和发放各类宣传材料30000多份", True),
            (70, "次", LEAST, "开展各类法治宣传教育活动70余次", True),
        ],
    ),
}

TOPICS: dict[str, set[str]] = {
    "(一)健全依法决策机制": {"重大行政决策程序", "重大决策合法性审查", "决策责任追究"},
    "(二)推进政府法律顾问制度建立政府法制机构人员为主体": {"政府法律顾问"},
    "一是新冠疫情防控期间开展广泛的普法宣传工作": {"普法宣传教育", "疫情依法防控"},
    "二是持续优化法治化营商环境": {"法治化营商环境"},
    "三是加强疫情期间矛盾纠纷化解": {"人民调解", "法律援助", "疫情依法防控"},
    "一是加强领导干部学法用法": {"领导干部学法用法", "法治培训"},
    "二是规范行政权力运行": {"权责清单"},
    "三是认真做好规范性文件备案及审查工作": {"备案审查", "规范性文件清理", "行政规范性文件管理"},
    "四是全面推行行政执法“三项制度”": {"行政执法“三项制度”", "服务型行政执法", "执法人员资格与证件"},
    "五是着力加强生态环境保护": {"生态环境保护职能", "生态环境执法"},
    "六是深化行政审批制度改革": {"行政审批制度改革", "政务服务", "“互联网+监管”与事中事后监管"},
    "一是充分发挥人民调解作用": {"人民调解"},
    "二是充分发挥公共法律服务中心作用": {"公共法律服务", "人民调解", "村(居)法律顾问"},
    "三是规范有序开展法律援助": {"法律援助"},
    "四是做好行政复议工作": {"行政复议", "行政应诉"},
    "(六)广泛开展法治宣传教育": {"普法宣传教育"},
}


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return build(SOURCE)


@pytest.fixture(scope="module")
def store(graph: KnowledgeGraph) -> MemoryStore:
    return MemoryStore(graph.quads)


@pytest.fixture(scope="module")
def both(graph: KnowledgeGraph) -> MemoryStore:
    """The sample beside a second report: the same words of another district and year."""
    other = build(SOURCE, Overrides(area="410202", year=2019))
    return MemoryStore({*graph.quads, *other.quads})


def pick(results: Results, columns: str) -> list[Row]:
    return [tuple(row[column] for column in columns.split()) for row in results]


def test_every_question_about_one_report_has_a_query_and_an_answer() -> None:
    assert {query.number for query in load_queries()} >= set(range(1, 26))
    assert {query.name for query in load_queries() if query.number in range(1, 26)} | {
        "figure", "inconsistencies",
    } == set(ANSWERS)  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_answers(name: str, store: MemoryStore) -> None:
    columns, expected = ANSWERS[name]
    results = ask_store(store, name)
    assert pick(results, columns) == expected


@pytest.mark.parametrize(("title", "topics"), TOPICS.items())
def test_sections_have_the_topics_of_their_contents(title: str, topics: set[str], store: MemoryStore) -> None:
    found = {row["title"]: set(str(row["topics"]).split("、")) for row in ask_store(store, "sections")}
    assert topics <= found[title]


def test_the_check_of_the_closure_rate_says_why(store: MemoryStore) -> None:
    (row,) = ask_store(store, "closure-rate-check")
    assert "8÷9=88.89%" in str(row["message"])
    assert "rounded to tens" in str(row["messageEn"])


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        (
            "closure-rate-check",
            "name stated verdictEn scope",
            [
                ("监管主项覆盖率", Decimal("88.78"), "consistent", None),
                ("人民调解成功率", 98, "unverifiable", None),
                ("人民调解成功率", 100, "consistent", "公共法律服务中心"),
                ("行政复议结案率", 90, "inconsistent", None),
                ("行政应诉胜诉率", 70, "consistent", None),
            ],
        ),
        (
            "mediation-scopes",
            "value partValue scope",
            [
                (2500, 62, "公共法律服务中心"),
                (2500, 62, "公共法律服务中心"),
                (2500, 150, "村居法律顾问"),
                (304, 29, "疫情期间"),
                (154, 29, "疫情期间"),
                (70, 10, "新冠疫情防控期间"),
            ],
        ),
    ],
)
def test_an_empty_value_frees_the_indicator(
    name: str, columns: str, expected: list[Row], store: MemoryStore
) -> None:
    assert pick(ask_store(store, name, {"indicator": ""}), columns) == expected


def test_measures_that_name_the_topic_are_told_from_their_neighbours(store: MemoryStore) -> None:
    named = {row["deed"]: row["named"] for row in ask_store(store, "epidemic-measures")}
    assert named[EPIDEMIC_PUBLICITY] is True
    assert named["强化疫情防控法律服务"] is True
    assert named[RESUMPTION] is False


def test_number_evidence_of_one_indicator_or_value(store: MemoryStore) -> None:
    rows = pick(ask_store(store, "q25", {"indicator": "recon-closed"}), "value evidence start end")
    assert rows == [(8, "审结8件", 2287, 2291)]
    assert pick(ask_store(store, "q25", {"value": "294"}), "evidence") == [
        ("梳理监管事项294项",),
        ("我区20个区直单位共计认领事项主项数294条",),
    ]


def test_figures_of_one_indicator_and_of_a_part_of_the_area(store: MemoryStore) -> None:
    chosen = {"indicator": "adviser-opinions"}
    assert pick(ask_store(store, "figure", chosen), "value part") == [(31, None), (30, "村居法律顾问")]
    assert pick(ask_store(store, "figure", chosen | {"scope": "村居法律顾问"}), "value") == [(30,)]
    assert not ask_store(store, "figure", chosen | {"scope": "公共法律服务中心"})
    assert not ask_store(store, "figure", chosen | {"year": "2019"})
    assert len(ask_store(store, "figure", chosen | {"year": "2020", "area": "410203"})) == 2


@pytest.mark.parametrize("name", ANSWERS)
def test_offsets_lead_back_to_the_text(name: str, store: MemoryStore, graph: KnowledgeGraph) -> None:
    text = graph.report.reading.outline.source.text
    results = ask_store(store, name)
    if not {"start", "end"} <= set(results.variables):
        pytest.skip("no offsets in this answer")
    quoted = next(
        c for c in ("evidence", "deed", "claim", "problem", "plan", "title") if c in results.variables
    )
    for row in results:
        start, end = row["start"], row["end"]
        assert isinstance(start, int) and isinstance(end, int)
        assert text[start:end] == row[quoted]


OF_ONE_REPORT = [query for query in load_queries() if query.name in ANSWERS]


@pytest.mark.parametrize("query", OF_ONE_REPORT, ids=lambda query: query.name)
def test_every_parameter_is_a_variable_of_the_answer(query: NamedQuery, store: MemoryStore) -> None:
    parameters = {parameter.name for parameter in query.parameters}
    assert "report" in parameters
    assert parameters <= set(ask_store(store, query.name).variables)


@pytest.mark.parametrize("name", ANSWERS)
def test_one_report_of_several(name: str, store: MemoryStore, both: MemoryStore) -> None:
    alone = ask_store(store, name)
    assert ask_store(both, name, {"report": "410203-gov-2020"}) == alone
    assert ask_store(both, name, {"report": REPORT}) == alone
    assert not ask_store(both, name, {"report": "410204-gov-2020"})


@pytest.mark.parametrize("name", ANSWERS)
def test_without_a_report_all_answer(name: str, store: MemoryStore, both: MemoryStore) -> None:
    if not ask_store(store, name):
        pytest.skip("nothing to repeat")
    assert {row["report"] for row in ask_store(both, name)} == {REPORT, f"{BASE}id/report/410202/gov/2019"}


def test_reports_by_area_and_year(both: MemoryStore) -> None:
    assert [row["year"] for row in ask_store(both, "q1", {"area": "410202"})] == [2019]
    assert [row["areaName"] for row in ask_store(both, "q1", {"year": "2020"})] == ["顺河回族区"]
    assert not ask_store(both, "q1", {"year": "2020", "area": "410202"})


def test_duties_are_answered_once_the_audit_finds_them(graph: KnowledgeGraph) -> None:
    finding, audit = f"{REPORT}#finding-duty-publication", f"{BASE}id/graph/audit/410203/gov/2020"

    def term(name: str) -> str:
        return f"{BASE}ns#{name}"

    said: list[tuple[str, Iri | Literal]] = [
        (RDF + "type", Iri(term("Finding"))),
        (term("inReport"), Iri(REPORT)),
        (term("rule"), Iri(f"{BASE}id/rule/duty")),
        (term("duty"), Iri(f"{BASE}id/duty/publication")),
        (term("verdict"), Iri(f"{BASE}id/verdict/late")),
        (term("severity"), Iri(SH + "Warning")),
        (RDFS + "comment", zh("应于4月1日之前公开")),
        (RDFS + "comment", en("due before 1 April")),
    ]
    facts = [quad for quad in graph.quads if quad.graph != audit]
    asked = MemoryStore([*facts, *(Quad(finding, predicate, value, audit) for predicate, value in said)])
    assert pick(
        ask_store(asked, "duties"), "dutyName dutyNameEn verdict verdictEn severity message published"
    ) == [
        (
            "按时公开",
            "publication in time",
            "逾期",
            "late",
            f"{SH}Warning",
            "应于4月1日之前公开",
            date(2021, 3, 31),
        )
    ]
