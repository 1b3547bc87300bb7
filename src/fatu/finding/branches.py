"""Bodies named after a city without its 市 (荔湾公安分局, 襄阳高新区管委会) or after a town (枫桥派出所).

The rare words that such names end in are looked for first, then the area before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon.areas import load_areas
from ..model import AgencyName, Line
from .agency_grammar import load_grammar
from .spotting import Spot

_END = re.compile("派出所|司法所|人民法庭|分局|管委会|交易中心|广播电视台|日报社|海关|仲裁委(?:员会)?")
_LINES = "公安|税务|生态环境|自然资源和规划|规划和自然资源|自然资源|市场监督管理"
_LINE_LAST = re.compile(rf"(?P<line>{_LINES})分局$")
_AREA_LAST = re.compile(rf"(?P<line>{_LINES})(?P<area>[\u4e00-\u9fff]{{2,4}}?)分局$")
_NAMED = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[及和与在由向]))(?P<area>[\u4e00-\u9fff]{2,4}?)"
    r"(?P<function>广播电视台|日报社|海关|仲裁委员会|仲裁委|(?:高新区|经开区|开发区|新区|自贸区)管委会"
    r"|[\u4e00-\u9fff]{2,8}交易中心)$"
)
_POST = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[及和与在由向对]))(?P<place>[\u4e00-\u9fff]{2,3})(?:派出所|司法所|人民法庭)$"
)
_NO_PLACE = re.compile(
    "[各全本我某该个家新改]|公安|辖区|乡镇|所属|基层|相关|有关|市县|街镇|镇街|社区|林业|铁路|水上|边境|规范|建成|创建|打造"
)
_REACH = 16
_CITY = "市"


def find_branches(text: str) -> Iterator[Spot[AgencyName]]:
    """Such bodies in a folded text, in order; a branch is of the city's bureau."""
    areas, posts = load_areas(), load_grammar().posts
    for end in _END.finditer(text):
        low, high = max(0, end.start() - _REACH), end.end()
        if end.group() in posts:
            post = _POST.search(text, low, high)
            if post and not _NO_PLACE.match(post["place"]):
                line: Line = "court" if end.group() == "人民法庭" else "government"
                name = AgencyName("", posts[end.group()], post.group(), line)
                yield Spot(post.start(), high, name)
            continue
        if end.group() != "分局":
            named = _NAMED.search(text, low, high)
            if named and areas.stems.get(named["area"]):
                known = load_grammar().functions.get(named["function"])
                name = AgencyName(named["area"], known.function if known else named["function"])
                yield Spot(named.start(), high, name)
            continue
        if match := _AREA_LAST.search(text, low, high):
            if areas.named(match["area"]):
                yield Spot(match.start(), high, _branch(match["line"], match["area"]))
        elif match := _LINE_LAST.search(text, low, high):
            for size in (4, 3, 2):
                area = text[max(0, match.start() - size) : match.start()]
                if len(area) == size and areas.named(area):
                    yield Spot(match.start() - size, high, _branch(match["line"], area))
                    break


def _branch(line: str, area: str) -> AgencyName:
    return AgencyName(_CITY, f"{line}局", unit=f"{area}分局")
