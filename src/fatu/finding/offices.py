"""A bureau speaking of itself in its own report: 市局, 省厅, 市局法规处, 局法治建设工作领导小组."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon.patterns import any_word
from ..model import AgencyName
from .agencies import issuing_agency, load_grammar
from .spotting import Spot

_KIND = {"局": "局", "厅": "厅", "委员会": "委", "办公室": "办", "办": "办", "委": "委"}
_SMALL_WORDS = "到至由以在向经和与及、对为将被把报给是的并,。;:(《“ \n"
_SECTION = "[处股科](?![罚理分置长级室技学研普目])"
_BARE_SECTION = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[在由于经]))(?P<unit>(?:政策)?(?:法规|法制|法治)(?:监督)?(?:室|{_SECTION}))"
)
"""A legal section named without its bureau: 来源:政策法规股."""
_MAX_AREA = 8
_SISTERS = {"局": "厅", "厅": "局"}
"""What the same line is called a level above or below: 市司法局, 省司法厅."""


def own_office(issuer: str | None) -> AgencyName | None:
    """The bureau that a report's issuer names; None for a government, a committee or nothing."""
    spot = issuing_agency(issuer) if issuer else None
    if spot is None or not spot.payload.prefix or _kind(spot.payload) is None:
        return None
    return spot.payload


def find_own_offices(text: str, own: AgencyName | None) -> Iterator[Spot[AgencyName]]:
    """Places in a folded text, ordered, where the bureau `own` is meant without its name: by its level (市局), which
    may be that of another level of its line (省厅), or as part of the name of a body within it (局…领导小组)."""
    kind = _kind(own) if own is not None else None
    if own is None or kind is None:
        return
    grammar = load_grammar()
    sister = _SISTERS.get(kind, kind)
    units = any_word(["处", "科", "股", "室", "大队", "支队", "中心"])
    level = re.compile(
        rf"(?P<level>[省市州盟县区旗])(?P<kind>{kind}|{sister})(?![限面势部域级长属机址])"
        rf"(?P<unit>[\u4e00-\u9fff]{{1,7}}?(?:{units})(?![罚理分置室长]))?"
    )
    inner = re.compile(
        rf"(?:(?<![\u4e00-\u9fff])|(?<=召开|提交|成立|组建|设立|报请|提请|调整|充实)|(?<=[经由报请到向和与及])){kind}"
        rf"(?P<unit>[\u4e00-\u9fff]{{2,12}}?(?:(?:领导小组|委员会)(?:办公室)?|大队|支队|中心|{_SECTION})|办公室)"
    )
    party = re.compile(rf"(?<![\u4e00-\u9fff]){kind}(?P<unit>党[组委](?:理论学习中心组))")
    found: list[Spot[AgencyName]] = []
    for match in level.finditer(text):
        begin = _area_start(grammar.areas, text, match.end("level"))
        if begin == match.start("level") and begin and text[begin - 1] not in _SMALL_WORDS:
            continue
        function = own.function if match["kind"] == kind else own.function.removesuffix(kind) + sister
        unit = match["unit"] or ""
        end = match.end() if not grammar.unit_stop.search(unit) else match.end("kind")
        unit = unit if end == match.end() else ""
        area = text[begin : match.end("level")]
        found.append(Spot(begin, end, AgencyName(area, function, unit, own.line)))
    for match in (*inner.finditer(text), *_BARE_SECTION.finditer(text)):
        name = AgencyName(own.prefix, own.function, match["unit"], own.line)
        found.append(Spot(match.start(), match.end(), name))
    for match in party.finditer(text):
        found.append(
            Spot(match.start(), match.end(), AgencyName(own.prefix, own.function, match["unit"], "party"))
        )
    yield from sorted(found, key=lambda spot: (spot.start, spot.end))


def _area_start(areas: frozenset[str], text: str, end: int) -> int:
    """Where the area that ends at `end` begins: 深州市 of 深州市局, else its last character: 市 of 市局."""
    sizes = range(min(_MAX_AREA, end), 2, -1)
    return next((end - size for size in sizes if text[end - size : end] in areas), end - 1)


def completed(spot: Spot[AgencyName], own: AgencyName | None) -> Spot[AgencyName]:
    """A leading group named without an area in a bureau's report is the bureau's: 法治政府建设工作领导小组."""
    name = spot.payload
    if own is None or name.prefix or name.unit or not name.function.endswith(("领导小组", "领导小组办公室")):
        return spot
    return spot._replace(payload=AgencyName(own.prefix, own.function, name.function, own.line))


def _kind(name: AgencyName) -> str | None:
    return next((kind for end, kind in _KIND.items() if name.function.endswith(end)), None)
