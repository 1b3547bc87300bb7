"""Agencies as area × function: one identity, one canonical name."""

from __future__ import annotations

import re
from dataclasses import replace

from ..finding.agencies import load_grammar
from ..iris import Iris
from ..lexicon.agency_levels import ABOVE, area_level, load_agency_levels
from ..lexicon.townships import leading_township
from ..model import Agency, AgencyName, Area, EntityLink, Mention, Method
from ..outlining import fold
from .areas import Setting, resolve_area

NATION = "100000"
CORPS = "650000"
"""新疆生产建设兵团 lies in 新疆维吾尔自治区 and has no code of its own."""
_YOUTH_LEAGUE = "共青团委员会"
_DISCIPLINE, _SUPERVISION = "纪律检查委员会", "监察委员会"
_CONFERENCE = "政治协商会议"
_ZONE = "区管理委员会"
_COURTS = ("court", "procuratorate")
_PARTY_GROUP = "党组"
_VERTICAL = {"税务局": "国家税务总局"}
"""Local offices that bear the name of the centre they are run by."""
_TOWNSHIP_COMMITTEE = re.compile("(?P<place>.{2,8}(?:镇|乡|街道))(?:工作)?委员会")
_TOWNSHIP_BODY = re.compile(".{2,7}?(?:镇|乡|街道)(?:人民政府|办事处|(?:工作)?委员会)?")
_TOWNSHIP_POST = re.compile("(?P<place>.{2,4})(?:镇|乡|街道)(?P<post>.+)")


def link_agency(
    iris: Iris, setting: Setting, mention: Mention[AgencyName]
) -> tuple[EntityLink, tuple[Agency, ...]]:
    """Resolve one mention: its link, and the agency it means.

    A court or procuratorate without an area may be any of them: it stays UNRESOLVED, with the one of the report's
    own area as candidate. Of an unresolved mention the agencies are its candidates.
    """
    name = _in_bureau(_in_township(setting, mention.payload))
    if is_national(name):
        agency = _agency(iris, NATION, name, name.function + name.unit)
        method, cue = _decided(mention, name, "exact")
        return EntityLink(mention, agency.iri, agency.name, method, cue=cue), (agency,)
    if name.prefix in load_grammar().corps:
        full = name.prefix + name.function + name.unit
        agency = _agency(iris, CORPS, replace(name, function=name.prefix + name.function), full)
        method, cue = _decided(mention, name, "exact")
        return EntityLink(mention, agency.iri, agency.name, method, cue=cue), (agency,)
    area, method, codes = resolve_area(setting, name.prefix)
    if not name.prefix and name.line in _COURTS and not name.unit:
        codes = (setting.own.code,) if setting.own else ()
    elif area is not None and _is_township_unknown(area, name):
        codes = ()
    elif area is not None:
        area, name = _at_level(setting, _county_of(setting, area, name), name)
        agency = _local(iris, setting, area.code, name)
        method, cue = _decided(mention, name, method)
        return EntityLink(mention, agency.iri, agency.name, method, cue=cue), (agency,)
    places = (setting.table.areas[code] for code in codes)
    candidates = tuple(
        _local(iris, setting, at.code, n) for at, n in (_at_level(setting, a, name) for a in places)
    )
    written = name.prefix + name.function + name.unit
    return EntityLink(
        mention, None, written, method, tuple(c.iri for c in candidates), mention.payload.prefix
    ), candidates


def _in_township(setting: Setting, name: AgencyName) -> AgencyName:
    """镇政府 and 我镇 in a township's own report: bodies of that township, which the county's code stands for."""
    level = name.prefix.removeprefix("我")
    if not setting.township or level not in ("镇", "乡", "街道") or not setting.township.endswith(level):
        return name
    return replace(name, prefix="", function=setting.township + name.function)


def _in_bureau(name: AgencyName) -> AgencyName:
    """A station or brigade as a unit of its bureau: 夹山镇司法所, whose own name is 夹山司法所, 公安局交通警察大队."""
    if name.unit:
        return replace(name, line="party") if name.unit.startswith(_PARTY_GROUP) else name
    grammar = load_grammar()
    station = _TOWNSHIP_POST.fullmatch(name.function)
    if station is not None and station["post"] in grammar.posts:
        bureau = grammar.posts[station["post"]]
        return replace(name, function=bureau, unit=station["place"] + station["post"])
    part = grammar.part.fullmatch(name.function)
    if part is not None and part["bureau"] in grammar.functions:
        return replace(name, function=part["bureau"], unit=part["part"])
    return name


def _is_township_unknown(area: Area, name: AgencyName) -> bool:
    """Whether a township is meant that no county of a province or prefecture is told to have: 城关镇人民政府."""
    wide = area.level in ("province", "prefecture") and _TOWNSHIP_BODY.fullmatch(name.function) is not None
    return wide and leading_township(name.function, area.code) is None


def _county_of(setting: Setting, area: Area, name: AgencyName) -> Area:
    """The county of the township that is meant in the report of a province or prefecture; else the area itself."""
    if area.level not in ("province", "prefecture"):
        return area
    township = leading_township(name.function, area.code)
    county = setting.table.by_code(township.parent) if township is not None and township.parent else None
    return county or area


def _at_level(setting: Setting, area: Area, name: AgencyName) -> tuple[Area, AgencyName]:
    """The area and the function that are meant where its level decides them: 法院 of a prefecture is its 中级人民法院,
    and 市中院 in the report of a county-level city that of the prefecture above."""
    there = load_agency_levels().function_at(name.function, area_level(area, setting.table))
    if there != ABOVE:
        return area, replace(name, function=there)
    above = setting.table.by_code(area.parent) if area.parent else None
    return (above if above is not None and above.level == "prefecture" else area), name


def _local(iris: Iris, setting: Setting, code: str, name: AgencyName) -> Agency:
    area = setting.table.full_name(code)
    if name.function.endswith(_ZONE):
        # 襄阳高新技术产业开发区管理委员会: zones are named after the city without 市.
        area = next(iter(setting.table.areas[code].aliases), area)
    township = leading_township(name.function, code)
    agency = _agency(iris, code, name, canonical_name(area, name))
    return agency if township is None else replace(agency, township=township.code)


def is_national(name: AgencyName) -> bool:
    """Whether the function belongs to no local area: 国务院, 司法部, 中央电视台."""
    return not name.prefix and name.function in load_grammar().national


def canonical_name(area_name: str, name: AgencyName) -> str:
    """开封市顺河回族区司法局, 中共开封市顺河回族区委员会, 中国人民政治协商会议石门县委员会."""
    if name.function == _DISCIPLINE + _SUPERVISION:
        # Two bodies that work as one and sign with both names.
        return f"中共{area_name}{_DISCIPLINE}{area_name}{_SUPERVISION}{name.unit}"
    if name.line == "party":
        return f"中共{area_name}{name.function}{name.unit}"
    area_name = _VERTICAL.get(name.function, "") + area_name
    if name.function == _YOUTH_LEAGUE:
        return f"共青团{area_name}委员会{name.unit}"
    if name.line == "cppcc":
        return f"中国人民政治协商会议{area_name}委员会{name.function.removeprefix(_CONFERENCE)}{name.unit}"
    return f"{area_name}{name.function}{name.unit}"


def agency_function(name: AgencyName) -> str:
    """The function as it stands in IRIs: a party committee says so."""
    is_committee = name.function.startswith("委") or _TOWNSHIP_COMMITTEE.fullmatch(name.function) is not None
    return f"中共{name.function}" if name.line == "party" and is_committee else name.function


def _agency(iris: Iris, area: str, name: AgencyName, full_name: str) -> Agency:
    function = agency_function(name)
    parent = iris.agency(area, function) if name.unit else None
    return Agency(
        iris.agency(area, function, name.unit), full_name, area, function, name.unit, parent, name.line
    )


def parent_agency(agency: Agency) -> Agency | None:
    """The body that a section or meeting belongs to."""
    if agency.parent_iri is None:
        return None
    name, line = agency.name.removesuffix(agency.unit), agency.line
    if agency.unit.startswith(_PARTY_GROUP):
        # The party group of a bureau is the party's, the bureau is not.
        name, line = name.removeprefix("中共"), "government"
    return Agency(agency.parent_iri, name, agency.area, agency.function, "", None, line, agency.township)


def _decided(mention: Mention[AgencyName], name: AgencyName, method: Method) -> tuple[Method, str]:
    """How the link was decided and the words that decided it: the area words where the area was not written in full,
    else the short form of the function (应急局), which makes the link an alias. No words where it is exact."""
    prefix = mention.payload.prefix
    written = fold(mention.words).text.removeprefix(prefix).removesuffix(name.unit)
    short = "" if written == name.function else written
    if method == "exact" and short:
        return "alias", short
    return method, "" if method == "exact" else prefix or short
