"""Issuing codes of document numbers: who issued a document, told by the code alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatu.errors import LexiconError
from fatu.lexicon.areas import load_areas
from fatu.lexicon.document_codes import load_codes, parse_code
from fatu.lexicon.tables import load_table, parse_table

KAIFENG_DISTRICT = ("410203",)
HEADER = "code\tissuer\tarea\tfunction\tline\tcontext\tstatus"

ISSUERS = [
    # (code, context, issuer or None)
    # central organs
    ("国发", (), "国务院"),
    ("国办发", (), "国务院办公厅"),
    ("国函", KAIFENG_DISTRICT, "国务院"),
    ("国务院令", (), "国务院"),
    ("中办发", (), "中共中央办公厅"),
    ("中办发", ("442000",), "中共中央办公厅"),
    ("厅字", (), "中共中央办公厅"),
    ("法释", (), "最高人民法院"),
    ("司发", (), "司法部"),
    # governments and their offices: 政, 府; 办公厅 of a province, 办公室 of all others
    ("豫政", (), "河南省人民政府"),
    ("豫政办", (), "河南省人民政府办公厅"),
    ("豫政文", (), "河南省人民政府"),
    ("豫政土", (), "河南省人民政府"),
    ("豫政办文", (), "河南省人民政府办公厅"),
    ("汴政", (), "开封市人民政府"),
    ("汴政办", KAIFENG_DISTRICT, "开封市人民政府办公室"),
    ("汴政文", (), "开封市人民政府"),
    ("宛政办", (), "南阳市人民政府办公室"),
    ("粤府办", (), "广东省人民政府办公厅"),
    ("粤府函", (), "广东省人民政府"),
    ("沪府发", (), "上海市人民政府"),
    ("沪府规", (), "上海市人民政府"),
    ("沪府办", (), "上海市人民政府办公厅"),
    ("京政办发", (), "北京市人民政府办公厅"),
    ("内政办发", (), "内蒙古自治区人民政府办公厅"),
    ("穗府办规", (), "广州市人民政府办公室"),
    ("甬政发", (), "宁波市人民政府"),
    ("河南省人民政府令", (), "河南省人民政府"),
    ("开封市人民政府令", (), "开封市人民政府"),
    ("中府办", (), "中山市人民政府办公室"),
    # the word for the government tells two bearers of a sign apart
    ("苏政办发", (), "江苏省人民政府办公厅"),
    ("苏府", (), "苏州市人民政府"),
    ("吉政发", (), "吉林省人民政府"),
    ("吉府发", ("360802",), "吉安市人民政府"),
    # the party, its offices and groups
    ("豫发", (), "中共河南省委员会"),
    ("豫办", (), "中共河南省委办公厅"),
    ("汴发", (), "中共开封市委员会"),
    ("汴办", (), "中共开封市委办公室"),
    ("粤发", (), "中共广东省委员会"),
    ("浙委办", (), "中共浙江省委办公厅"),
    ("文治州办", (), "中共文山壮族苗族自治州委全面依法治州委员会办公室"),
    ("宛治市办", (), "中共南阳市委全面依法治市委员会办公室"),
    ("湘法治办", (), "中共湖南省委全面依法治省委员会办公室"),
    ("河编办发", (), "中共河池市委机构编制委员会办公室"),
    ("豫法政", (), "河南省法治政府建设领导小组"),
    ("汴法政", (), "开封市法治政府建设领导小组"),
    ("宛法政", ("411302",), "南阳市法治政府建设领导小组"),
    ("汴法政办", (), "开封市法治政府建设领导小组办公室"),
    # departments: 厅 of a province, 局 of all others and of municipalities
    ("粤司规", (), "广东省司法厅"),
    ("粤国土资规字", (), "广东省国土资源厅"),
    ("渝医保发", (), "重庆市医疗保障局"),
    ("渝林规范", (), "重庆市林业局"),
    ("京财", (), "北京市财政局"),
    ("深财规", ("440304",), "深圳市财政局"),
    # signs that several areas have: the context decides …
    ("宁政发", ("640105",), "宁夏回族自治区人民政府"),
    ("宁政发", ("320106",), "南京市人民政府"),
    ("宁政发", ("350902",), "宁德市人民政府"),
    ("金政发", ("620302",), "金昌市人民政府"),
    ("金政发", ("330702",), "金华市人民政府"),
    ("镇政发", ("610728",), "镇巴县人民政府"),
    ("镇政发", ("321102",), "镇江市人民政府"),
    ("新政发", ("650102",), "新疆维吾尔自治区人民政府"),
    ("新政", ("410702",), "新乡市人民政府"),
    ("常政发", ("430702",), "常德市人民政府"),
    ("青政", ("370202",), "青岛市人民政府"),
    ("河编办发", ("441602",), "中共河源市委机构编制委员会办公室"),
    ("珠府办函", ("440402",), "珠海市人民政府办公室"),
    # … and without it nothing is said
    ("宁政发", (), None),
    ("宁政发", KAIFENG_DISTRICT, None),
    ("金政发", (), None),
    ("镇政发", (), None),
    ("新政", (), None),
    ("常政发", (), None),
    ("宜府发", (), None),
    ("长政办发", (), None),
    ("周政", (), None),
    ("苏住建规", ("320506",), None),
    # counties use the beginning of their names, 市政发 means the city of the report
    ("石政发", ("430726",), "石门县人民政府"),
    ("石政办发", ("430726",), "石门县人民政府办公室"),
    ("顺政", KAIFENG_DISTRICT, "开封市顺河回族区人民政府"),
    ("顺河政文", KAIFENG_DISTRICT, "开封市顺河回族区人民政府"),
    ("石治县办", ("430726",), "中共石门县委全面依法治县委员会办公室"),
    ("周政发", ("610124",), "周至县人民政府"),
    ("市政发", ("610113",), "西安市人民政府"),
    ("顺政", (), None),
    ("市政发", (), None),
    ("开政发", KAIFENG_DISTRICT, None),
    # codes of ministries and others are no area's
    ("林护发", (), None),
    ("环发", ("621022",), None),
    ("自然资办发", (), None),
    ("财库", (), None),
    ("粤律协", (), None),
    ("豫", (), None),
    ("", (), None),
]

DETAILS = [
    # (code, context, area, function, line, method)
    ("豫政办", (), "410000", "人民政府办公厅", "government", "exact"),
    ("豫政文", (), "410000", "人民政府", "government", "code"),
    ("汴发", (), "410200", "委员会", "party", "exact"),
    ("汴法政", KAIFENG_DISTRICT, "410200", "法治政府建设领导小组", "government", "code"),
    ("豫法政", (), "410000", "法治政府建设领导小组", "government", "code"),
    ("宛治市办", (), "411300", "委全面依法治市委员会办公室", "party", "code"),
    ("国发", (), "100000", "国务院", "government", "exact"),
    ("宁政发", ("640105",), "640000", "人民政府", "government", "exact"),
    ("宁政发", ("320106",), "320100", "人民政府", "government", "code"),
    ("宁政发", (), None, None, None, None),
]


@pytest.mark.parametrize(("code", "context", "issuer"), ISSUERS)
def test_the_issuer_of_a_code(code: str, context: tuple[str, ...], issuer: str | None) -> None:
    assert parse_code(code, context).issuer == issuer


@pytest.mark.parametrize(("code", "context", "area", "function", "line", "method"), DETAILS)
def test_what_a_code_tells(
    code: str, context: tuple[str, ...], area: str | None, function: str | None, line: str | None, method: str
) -> None:
    found = parse_code(code, context)
    assert (found.code, found.area, found.function, found.line) == (code, area, function, line)
    assert found.method == method


def test_every_code_of_the_table_means_its_issuer_in_its_area() -> None:
    rows = load_table("document_codes.tsv", unique=True)
    assert {row["status"] for row in rows} == {"verified", "known", "inferred"}
    for row in rows:
        found = parse_code(row["code"], (row["area"],))
        assert (found.issuer, found.area, found.function) == (row["issuer"], row["area"], row["function"])
        assert row["example"].startswith(row["code"])


def test_the_table_and_the_grammar_agree() -> None:
    """Each local code, read without its own row, still means the issuer that the row names."""
    table = load_codes()
    for row in load_table("document_codes.tsv"):
        # 中 alone is the central committee; 字 is a series word elsewhere.
        if row["area"] == "100000" or row["code"] in ("中府", "中府办", "穗字"):
            continue
        others = {code: other for code, other in table.codes.items() if code != row["code"]}
        found = replace(table, codes=others).parse(row["code"], (row["area"],))
        assert found.issuer == row["issuer"], row["code"]


def test_every_sign_stands_for_an_area_of_today() -> None:
    areas = load_areas()
    rows = load_table("area_signs.tsv")
    assert len({(row["sign"], row["code"]) for row in rows}) == len(rows)
    for row in rows:
        assert areas.by_code(row["code"]) is not None and not areas.is_historical(row["code"])
        assert row["status"] in ("verified", "known") and row["source"]
    provinces = {area.code for area in areas.areas.values() if area.level == "province"}
    assert provinces <= {row["code"] for row in rows}


def _bearers(sign: str) -> list[str]:
    """Codes of the areas that a sign, a full name or the first character of a county stands for."""
    signed = [found.area for found in load_codes().signs.get(sign, ())]
    named = [area.code for area in load_areas().areas.values() if area.name == sign]
    initial = [area.code for area in load_areas().areas.values() if sign == area.name[0]]
    return signed + named + initial


def test_every_organ_matches_its_example() -> None:
    """In the area that the example's sign stands for, the organ is what its row says."""
    for row in load_table("code_organs.tsv"):
        if row["level"] == "series":
            continue
        assert row["example"].endswith(row["organ"])
        functions = set()
        for area in _bearers(row["example"].removesuffix(row["organ"])):
            unit = load_areas().areas[area].name[-1]
            if parse_code(row["example"], (area,)).function == row["function"].replace("{unit}", unit):
                functions.add(row["function"])
        assert functions == {row["function"]}, row["example"]


def test_every_series_word_matches_its_example() -> None:
    for row in load_table("code_organs.tsv"):
        if row["level"] == "series":
            assert row["organ"] in row["example"]
            areas = _bearers(row["example"][0]) or _bearers(row["example"][:3])
            assert any(parse_code(row["example"], (area,)).issuer for area in areas), row["example"]


def test_no_organ_is_there_twice_at_one_level() -> None:
    keys = [(row["organ"], row["level"]) for row in load_table("code_organs.tsv")]
    assert len(set(keys)) == len(keys)


def test_a_users_own_codes_go_first() -> None:
    text = f"{HEADER}\n顺政\t佛山市顺德区人民政府\t440606\t人民政府\tgovernment\t\tknown\n"
    table = load_codes().extended(parse_table(text, "mine.tsv"))
    assert table.parse("顺政").area == "440606"
    assert load_codes().parse("顺政").area is None


def test_a_code_of_an_unknown_area_is_an_error() -> None:
    text = f"{HEADER}\n某政\t某市人民政府\t999999\t人民政府\tgovernment\t\tknown\n"
    with pytest.raises(LexiconError, match="999999"):
        load_codes().extended(parse_table(text, "mine.tsv"))
