"""The area table: codes, chains, names in context, names in running text."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from fatu.errors import LexiconError
from fatu.lexicon.areas import load_areas, make_areas
from fatu.lexicon.tables import decode_table, load_table, parse_table

KAIFENG_DISTRICT = ("410203",)
HEADER = "code\tname\tlevel\tparent\tkind\tstatus\tstem\tformer\tsince\tuntil\tsuccessors"

RESOLVED = [
    # (name, context, code or None)
    # full names that only one area has
    ("河南省", (), "410000"),
    ("开封市", (), "410200"),
    ("顺河回族区", (), "410203"),
    ("石门县", (), "430726"),
    ("文山壮族苗族自治州", (), "532600"),
    ("浦东新区", (), "310115"),
    ("雄安新区", (), "133100"),
    ("六枝特区", (), "520203"),
    ("神农架林区", (), "429021"),
    ("济源市", (), "419001"),
    ("锡林郭勒盟", (), "152500"),
    ("鄂温克族自治旗", (), "150724"),
    ("大兴安岭地区", (), "232700"),
    ("中华人民共和国", (), "100000"),
    # names without their suffix
    ("河南", (), "410000"),
    ("内蒙古", (), "150000"),
    ("新疆", (), "650000"),
    ("广西", (), "450000"),
    ("宁夏", (), "640000"),
    ("西藏", (), "540000"),
    ("香港", (), "810000"),
    ("北京", (), "110000"),
    ("顺河", (), "410203"),
    ("管城", (), "410104"),
    ("文山", (), "532600"),
    ("延边", (), "222400"),
    ("石门", (), "430726"),
    ("积石山", (), "622927"),
    ("浦东", (), "310115"),
    # a city and a county within it, a province and a city within it: the larger one
    ("长沙", (), "430100"),
    ("邢台", (), "130500"),
    ("吉林", (), "220000"),
    ("海南", (), "460000"),
    # several areas of one name: undecided without context …
    ("鼓楼区", (), None),
    ("新华区", (), None),
    ("朝阳区", (), None),
    ("朝阳", (), None),
    ("和平区", (), None),
    ("城关区", (), None),
    ("西湖区", (), None),
    ("江北区", (), None),
    ("桥东区", (), None),
    ("普陀区", (), None),
    ("永定区", (), None),
    ("城区", (), None),
    ("郊区", (), None),
    ("大同", (), None),
    # … and undecided where the context is equally near or far
    ("鼓楼区", ("110000",), None),
    ("鼓楼区", ("320300", "330100"), "320302"),
    ("朝阳区", ("410203",), None),
    ("城区", ("410203",), None),
    ("新华区", ("130000",), None),
    # decided by the context: within it, above it, of the same city, of the same province
    ("鼓楼区", KAIFENG_DISTRICT, "410204"),
    ("鼓楼区", ("410000",), "410204"),
    ("鼓楼区", ("320100",), "320106"),
    ("鼓楼区", ("350102",), "350102"),
    ("新华区", ("410402",), "410402"),
    ("新华区", ("130102",), "130105"),
    ("朝阳区", ("110105",), "110105"),
    ("朝阳区", ("110000",), "110105"),
    ("朝阳区", ("220102",), "220104"),
    ("朝阳", ("211302",), "211300"),
    ("西湖区", ("330106",), "330106"),
    ("西湖区", ("360102",), "360103"),
    ("城区", ("140502",), "140502"),
    ("城区", ("441502",), "441502"),
    ("矿区", ("140300",), "140303"),
    ("矿区", ("140200",), "140203"),
    ("河南", KAIFENG_DISTRICT, "410000"),
    ("河南", ("632300",), "632324"),
    ("海南", ("150302",), "150303"),
    ("长沙", ("430105",), "430100"),
    ("大同", ("140213",), "140200"),
    # codes that ended
    ("偃师市", (), "410381"),
    ("偃师区", (), "410307"),
    ("偃师", (), "410307"),
    ("开县", (), "500234"),
    ("莱芜市", (), "371200"),
    ("伊吾县", (), "650522"),
    ("那曲", (), "540600"),
    ("江北区", ("500103",), "500105"),
    ("东陵区", (), "210112"),
    ("桥东区", ("130521",), "130502"),
    # no area
    ("东郊乡", KAIFENG_DISTRICT, None),
    ("本市", KAIFENG_DISTRICT, None),
    ("市辖区", KAIFENG_DISTRICT, None),
    ("省直辖县级行政区划", (), None),
    ("", KAIFENG_DISTRICT, None),
    ("顺河回族区", ("999999",), "410203"),
]

CHAINS = [
    ("410203", ["顺河回族区", "开封市", "河南省"]),
    ("410200", ["开封市", "河南省"]),
    ("410000", ["河南省"]),
    ("110105", ["朝阳区", "北京市"]),
    ("500228", ["梁平县", "重庆市"]),
    ("419001", ["济源市", "河南省"]),
    ("469023", ["澄迈县", "海南省"]),
    ("659001", ["石河子市", "新疆维吾尔自治区"]),
    ("371202", ["莱城区", "莱芜市", "山东省"]),
    ("441900", ["东莞市", "广东省"]),
    ("100000", ["中华人民共和国"]),
    ("999999", []),
]

FULL_NAMES = [
    ("410203", "开封市顺河回族区"),
    ("110105", "北京市朝阳区"),
    ("310115", "上海市浦东新区"),
    ("130107", "石家庄市井陉矿区"),
    ("500105", "重庆市江北区"),
    ("430726", "石门县"),
    ("410381", "偃师市"),
    ("419001", "济源市"),
    ("429021", "神农架林区"),
    ("520203", "六枝特区"),
    ("232761", "加格达奇区"),
    ("150724", "鄂温克族自治旗"),
    ("133100", "雄安新区"),
    ("410200", "开封市"),
    ("532600", "文山壮族苗族自治州"),
    ("410000", "河南省"),
    ("110000", "北京市"),
]

FOUND = [
    # (text, names found with the codes that they may stand for)
    ("开封市顺河回族区按照要求", [("开封市", "410200"), ("顺河回族区", "410203")]),
    ("河南省开封市鼓楼区人民政府", [("河南省", "410000"), ("开封市", "410200"), ("鼓楼区", "410204")]),
    ("北京市朝阳区司法局", [("北京市", "110000"), ("朝阳区", "110105")]),
    ("沙县区人民政府", [("沙县区", "350405")]),
    ("长沙市区内", [("长沙市", "430100")]),
    ("东乡族自治县", [("东乡族自治县", "622926")]),
    ("阳泉市城区", [("阳泉市", "140300"), ("城区", "140302")]),
    ("推进城区改造，整治矿区环境", []),
    ("我区区直单位到市县学习", []),
    ("新华区", [("新华区", "130105 130902 410402")]),
    ("新疆维吾尔自治区乌鲁木齐市", [("新疆维吾尔自治区", "650000"), ("乌鲁木齐市", "650100")]),
    ("", []),
]

TABLES_BROKEN = [
    # (text of a table, what the message must say)
    ("a\tb\n1\n", ["t.tsv line 2 column b", "missing"]),
    ("a\tb\n1\t2\t3\n", ["t.tsv line 2 column 3", "more"]),
    ("# c\n\na\tb\n1\t2\n1\t3\n", ["t.tsv line 5 column a", "line 4"]),
    ("a\tb\n\t2\n", ["t.tsv line 2 column a", "empty"]),
    ("a\tb\n1\t 2\n", ["t.tsv line 2 column b", "space"]),
    ("a\ta\n", ["t.tsv line 1 column a", "twice"]),
    ("a\t\n", ["t.tsv line 1 column 2", "name"]),
    ("# nothing\n", ["t.tsv", "header"]),
]


@pytest.mark.parametrize(("name", "context", "code"), RESOLVED)
def test_a_name_means_one_area_or_none(name: str, context: tuple[str, ...], code: str | None) -> None:
    area = load_areas().resolve(name, context)
    assert (area.code if area else None) == code


BY_YEAR = [
    # (name, context, year, code or None): merged, renamed, re-coded areas
    ("密云县", (), 2015, "110228"),
    ("密云区", (), 2015, "110118"),
    ("密云", ("110000",), 2014, "110228"),
    ("密云", ("110000",), 2016, "110118"),
    ("莱芜市", (), 2017, "371200"),
    ("莱芜", (), 2017, "371200"),
    ("莱芜", (), 2020, "370116"),
    ("莱芜", ("370100",), 2017, "371200"),
    ("开封县", (), 2014, "410224"),
    ("寿县", ("341500",), 2014, "341521"),
    ("寿县", ("340400",), 2016, "340422"),
    ("钢城区", (), 2018, "370117"),
    ("钢城区", (), 2017, "371203"),
    ("偃师", (), 2020, "410381"),
    ("偃师", (), 2022, "410307"),
    ("偃师", (), 2021, "410307"),  # both in force in that year: today's
    ("简阳市", (), 2015, "512081"),
    ("简阳市", (), 2017, "510185"),
    ("三元区", ("350400",), 2019, "350403"),
    ("三元区", ("350400",), 2022, "350404"),
    ("桥东区", ("130000",), 2018, None),  # of 邢台 or of 张家口
    ("米林县", (), 2014, "542623"),
    ("米林县", (), 2019, "540422"),
    ("米林", (), 2024, "540481"),
    # a code that ended stays where no other of the province bears the name
    ("江北区", ("500103",), 2026, "500105"),
    ("莱芜市", (), 2024, "371200"),
    # a year decides nothing between provinces
    ("鼓楼区", (), 2020, None),
    ("新华区", (), 2020, None),
    ("鼓楼区", KAIFENG_DISTRICT, 2020, "410204"),
]

SIGNS = [
    # (sign, context, code or None)
    ("豫", (), "410000"),
    ("汴", (), "410200"),
    ("沪", (), "310000"),
    ("宁", (), None),
    ("宁", ("640100",), "640000"),
    ("宁", ("320102",), "320100"),
    ("金", (), None),
    ("金", ("330702",), "330700"),
    ("吉", (), None),
    ("龘", (), None),
]

ENDED = [
    # (code, last year, what it became)
    ("110228", 2015, ["110118"]),
    ("410224", 2014, ["410212"]),
    ("371200", 2018, ["370116", "370117"]),
    ("371202", 2018, ["370116"]),
    ("310108", 2015, ["310106"]),
    ("140203", 2018, ["140214"]),
    ("230715", 2019, ["230724"]),
    ("330103", 2021, ["330105"]),
    ("330104", 2021, ["330102", "330114"]),
    ("410306", 2021, ["410308"]),
    ("431121", 2021, ["431181"]),
    ("542301", 2014, ["540202"]),
    ("542623", 2015, ["540422", "540481"]),
    ("500105", 2025, ["500157"]),
]

BEGUN = [
    # (code, first year or None)
    ("110118", 2015),
    ("133100", 2017),
    ("330113", 2021),
    ("330114", 2021),
    ("410212", 2014),
    ("659012", 2022),
    ("653132", 2026),
    ("540422", 2015),
    ("410203", None),
    ("330102", None),
    ("310106", None),
]


@pytest.mark.parametrize(("name", "context", "year", "code"), BY_YEAR)
def test_the_year_decides_between_old_and_new(
    name: str, context: tuple[str, ...], year: int, code: str | None
) -> None:
    area = load_areas().resolve(name, context, year)
    assert (area.code if area else None) == code


@pytest.mark.parametrize(("sign", "context", "code"), SIGNS)
def test_a_sign_means_one_area_or_none(sign: str, context: tuple[str, ...], code: str | None) -> None:
    area = load_areas().resolve(sign, context)
    assert (area.code if area else None) == code


def test_an_ambiguous_sign_has_all_its_areas() -> None:
    assert [area.code for area in load_areas().named("宁")] == ["320100", "350900", "630100", "640000"]
    assert [area.code for area in load_areas().named("金")] == ["330700", "620300"]


@pytest.mark.parametrize(("code", "year", "heirs"), ENDED)
def test_what_an_area_became(code: str, year: int, heirs: list[str]) -> None:
    areas = load_areas()
    assert areas.areas[code].until == year
    assert [area.code for area in areas.heirs(code)] == heirs
    assert areas.is_in_force(code, year) and not areas.is_in_force(code, year + 1)


@pytest.mark.parametrize(("code", "year"), BEGUN)
def test_when_an_area_began(code: str, year: int | None) -> None:
    areas = load_areas()
    assert areas.areas[code].since == year
    assert areas.is_in_force(code, 2013) == (year is None)


def test_an_area_has_its_other_names() -> None:
    areas = load_areas().areas
    assert areas["410203"].aliases == ("顺河",)
    assert areas["410000"].aliases == ("河南", "豫")
    assert set(areas["510000"].aliases) == {"四川", "川", "蜀"}
    assert areas["210112"].aliases == ("浑南", "东陵区")
    assert areas["371324"].aliases == ("兰陵", "苍山县")
    assert areas["410200"].aliases == ("开封",)  # 汴 is its `short`: a sign in document numbers
    assert areas["410212"].aliases == ("祥符",)  # 开封县 was another code


def test_years_and_successors_agree() -> None:
    areas = load_areas()
    for area in areas.areas.values():
        assert (area.until is not None) == areas.is_historical(area.code)
        assert bool(area.successors) == areas.is_historical(area.code)
        assert area.since is None or area.since <= (area.until or 2026)
        assert area.listed is None
        for successor in area.successors:
            assert successor != area.code and area.until is not None
            assert areas.is_in_force(successor, area.until), (area.code, successor)
            assert successor[:2] == area.code[:2]
        for heir in areas.heirs(area.code)[-1:]:
            assert not areas.is_historical(heir.code)


def test_a_successor_that_does_not_exist_is_an_error() -> None:
    text = f"{HEADER}\n410224\t开封县\tcounty\t\t\thistorical\t\t\t\t2014\t410212\n"
    with pytest.raises(LexiconError, match="410224 column successors"):
        make_areas(parse_table(text, "areas.tsv"), ())


def test_a_year_that_is_none_is_an_error() -> None:
    text = f"{HEADER}\n410224\t开封县\tcounty\t\t\thistorical\t\t\t\t14\t\n"
    with pytest.raises(LexiconError, match="410224 column until"):
        make_areas(parse_table(text, "areas.tsv"), ())


@pytest.mark.parametrize(("code", "names"), CHAINS)
def test_the_chain_runs_up_to_the_province(code: str, names: list[str]) -> None:
    assert [area.name for area in load_areas().chain(code)] == names


@pytest.mark.parametrize(("code", "name"), FULL_NAMES)
def test_agencies_of_a_district_carry_the_city(code: str, name: str) -> None:
    assert load_areas().full_name(code) == name


def test_a_code_without_area_has_no_full_name() -> None:
    with pytest.raises(LexiconError, match="999999"):
        load_areas().full_name("999999")


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_full_names_in_a_text(text: str, found: list[tuple[str, str]]) -> None:
    hits = [
        (text[start:end], " ".join(a.code for a in areas)) for start, end, areas in load_areas().find(text)
    ]
    assert hits == found


def test_named_gives_every_area_of_a_name() -> None:
    areas = load_areas()
    assert [a.code for a in areas.named("鼓楼区")] == ["320106", "320302", "350102", "410204"]
    assert [a.code for a in areas.named("朝阳")] == ["110105", "211300", "211321", "220104"]
    assert areas.named("无此地") == ()


def test_the_sign_of_an_area_is_the_one_in_document_numbers() -> None:
    areas = load_areas()
    signs = {"410000": "豫", "410200": "汴", "310000": "沪", "440100": "穗", "411300": "宛", "150000": "内"}
    assert {code: areas.areas[code].short for code in signs} == signs
    assert areas.areas["410203"].short == ""


def test_every_parent_exists_one_level_up() -> None:
    areas = load_areas().areas
    above = {"province": {"country"}, "prefecture": {"province"}, "county": {"prefecture", "province"}}
    for area in areas.values():
        assert len(area.code) == 6 and area.code.isdigit()
        if area.level == "country":
            assert area.parent is None
        else:
            assert area.parent is not None and areas[area.parent].level in above[area.level]
            assert area.level == "province" or area.code[:2] == area.parent[:2]


def test_levels_follow_the_codes() -> None:
    for row in load_table("areas.tsv", unique=True):
        code = row["code"]
        level = "province" if code[2:] == "0000" else "prefecture" if code[4:] == "00" else "county"
        assert row["level"] == ("country" if code == "100000" else level)
        assert row["kind"] != "district" or row["name"].endswith("区")


def test_the_table_is_complete_and_has_no_pseudo_areas() -> None:
    rows = load_table("areas.tsv", unique=True)
    current = [row for row in rows if row["status"] == "current"]
    count = {level: sum(row["level"] == level for row in current) for level in ("province", "prefecture")}
    # 34 provinces; 333 prefectures and 雄安新区; about 2,850 counties
    assert count == {"province": 34, "prefecture": 334}
    assert 2830 < len(current) - 34 - 334 - 1 < 2860
    assert not [row for row in rows if row["name"] in ("市辖区", "县") or "直辖" in row["name"]]
    assert sum(row["code"].startswith("4102") for row in current) == 10  # 开封市, 5 districts, 4 counties


def test_a_parent_that_does_not_exist_is_an_error() -> None:
    text = f"{HEADER}\n410200\t开封市\tprefecture\t410000\t\tcurrent\t\t\t\t\t\n"
    with pytest.raises(LexiconError, match="410200 column parent"):
        make_areas(parse_table(text, "areas.tsv"), ())


def test_a_level_that_does_not_exist_is_an_error() -> None:
    text = f"{HEADER}\n410000\t河南省\tstate\t\t\tcurrent\t\t\t\t\t\n"
    with pytest.raises(LexiconError, match="410000 column level"):
        make_areas(parse_table(text, "areas.tsv"), ())


@pytest.mark.parametrize(("text", "words"), TABLES_BROKEN)
def test_a_broken_table_says_where(text: str, words: list[str]) -> None:
    with pytest.raises(LexiconError) as caught:
        parse_table(text, "t.tsv", unique=True)
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_a_table_is_read_alike_with_any_line_end_and_mark() -> None:
    plain = "a\tb\n# note\n1\t\n"
    assert parse_table(plain, "t.tsv") == ({"a": "1", "b": ""},)
    assert decode_table(b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode("utf-8"), "t.tsv") == (
        {"a": "1", "b": ""},
    )


def test_a_table_that_is_missing_or_not_utf8_is_an_error() -> None:
    with pytest.raises(LexiconError, match=r"none\.tsv"):
        load_table("none.tsv")
    with pytest.raises(LexiconError, match=r"t\.tsv line 2"):
        decode_table("a\n河南".encode("gb18030"), "t.tsv")


def test_finding_is_linear() -> None:
    areas = load_areas()
    text = "河南省开封市顺河回族区贯彻落实法治政府建设实施纲要，区市县联动。" * 8000
    started = time.perf_counter()
    assert sum(1 for _ in areas.find(text)) == 3 * 8000
    assert time.perf_counter() - started < 2.0  # seconds for 256,000 characters, on any machine


def test_import_reads_no_table() -> None:
    code = "import fatu.lexicon.areas as a; print(a.load_areas.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.strip() == "0", done.stderr


# ------------------------------------------------------------------------------------------------------- levels

LEVELS = [
    ("100000", "country"), ("430000", "province"), ("110000", "province"), ("430700", "prefecture"),
    ("430726", "county"), ("110101", "county"), ("419001", "county"),
    # codes that the table lacks
    ("990000", "province"), ("990100", "prefecture"), ("990101", "county"), ("430726100", "township"),
    # no codes
    ("", None), ("顺河", None), ("4102", None), ("41020x", None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "level"), LEVELS)
def test_a_code_has_a_level(code: str, level: str | None) -> None:
    assert load_areas().level_of(code) == level
