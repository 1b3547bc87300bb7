"""Who acts in a clause: stated as its subject, named as the one chosen to act, or not said. Never invented."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..finding.agencies import issuing_agency
from ..lexicon.extension import cached
from ..model import AgencyName, Mention
from .placing import Place, Places
from .words import load_words

_SELF = re.compile(r"我[省市州盟县区旗镇乡]")
_OWN_OFFICE = re.compile(
    r"[我本](?P<kind>局|委|厅|部|院|办|中心|总队|支队|大队|队|站|处|会|署|镇|乡|街道|单位|机关|部门)"
)
_KINDS = {"委": "委员会", "办": "办公室", "单位": "", "机关": "", "部门": ""}
_GAP = re.compile(r"^(?:、|和|与|及|以及|,| )*$")
_JOINERS = ("、", "和", "与", "及")
_OWNED = re.compile("法律顾问(?:团队|团|队伍)?")
_BY = ("由", "经")


class Subject(NamedTuple):
    """The actors of a clause. `text` is the subject as written; `end` where it ends in the clause's text;
    `group` is set where it is no agency (法律顾问, 全区执法单位)."""

    agencies: tuple[Mention[AgencyName], ...] = ()
    chosen: tuple[Mention[AgencyName], ...] = ()
    participants: tuple[Mention[AgencyName], ...] = ()
    recipients: tuple[Mention[AgencyName], ...] = ()
    text: str | None = None
    group: str | None = None
    is_person: bool = False
    """Whether it is a leader of the agencies (区委主要领导): what he counts is not theirs."""
    start: int = 0
    end: int = 0

    @property
    def stated(self) -> bool:
        """Whether the clause has a subject of its own."""
        return self.text is not None

    @property
    def actors(self) -> tuple[Mention[AgencyName], ...]:
        """Subject agencies, and those that the clause chooses to act."""
        return (*self.agencies, *self.chosen)


NOBODY = Subject()


def read_subject(places: Places, place: Place) -> Subject:
    """The subject of a clause and the other agencies that take part in it."""
    words = load_words()
    text, position = place.clause.text, place.lead
    adverb = words.adverb.match(text, position)
    everyone = adverb and words.everyone_acts.match(text, position)
    own = [(*places.range(place, agency.span), agency) for agency in place.agencies]
    while not everyone and adverb and adverb.end() > position and adverb.group() not in ("与", "为"):
        if any(begin == position for begin, _, _ in own):
            # 共和县司法局: the name opens with a word that is an adverb elsewhere.
            break
        position = adverb.end()
        adverb = words.adverb.match(text, position)
    chosen, participants, recipients = _others(text, own) if own else ((), (), ())
    is_led = text.startswith(_BY, position)
    position += is_led
    agencies: list[Mention[AgencyName]] = []
    start = position
    for begin, end, mention in own:
        if begin <= position or (agencies and _GAP.match(text[position:begin])):
            if begin < start or (not agencies and begin != start):
                continue
            agencies.append(mention)
            position = end
    if agencies and text[position : position + 1] in _JOINERS:
        joined = _own_office(places, text, position + 1)
        if joined:
            agencies.append(Mention(places.span(place, *joined[0].span()), joined[0].group(), joined[1]))
            position = joined[0].end()
    passive = is_led and agencies and words.not_acting.match(text, position)
    others = Subject(chosen=chosen, participants=participants, recipients=recipients, start=start, end=start)
    owned = _OWNED.match(text, position) if agencies else None
    if owned:
        # 市政府法律顾问团列席…: those whom the government has act.
        return others._replace(text=text[start : owned.end()])
    leader = words.leader.match(text, position) if agencies else None
    if leader and words.verb.match(text, leader.end()):
        return others._replace(
            agencies=tuple(agencies),
            text=text[start : leader.end()],
            is_person=True,
            end=leader.end(),
        )
    if agencies and not passive and text[position : position + 1] != "的":
        return others._replace(agencies=tuple(agencies), text=text[start:position], end=position)
    own_area = _SELF.match(text, start) if text.startswith("我", start) else None
    if own_area and words.verb.match(text, _behind_dates(places, place, own_area.end())):
        return _self_acting((places, place), others, own_area, AgencyName(own_area.group(), "人民政府"))
    office = _own_office(places, text, start) if text.startswith(("我", "本"), start) else None
    if office and words.verb.match(text, _behind_dates(places, place, office[0].end())):
        return _self_acting((places, place), others, *office)
    begin = own_area.end() if own_area else start
    if place.metrics and places.position(place, place.metrics[0].span.start) == start:
        counted = words.counted_group.match(text, places.position(place, place.metrics[0].span.end))
        if counted and words.person.search(counted.group()) and words.verb.match(text, counted.end()):
            # 37名政府法律顾问列席会议158人次: those counted act.
            return others._replace(text=counted.group(), group=counted.group(), end=start)
    group = words.actor_noun.match(text, begin) if words.actor_hint.search(text, begin) else None
    if group and words.verb.match(text, group.end()) and not words.verb.match(group.group()):
        return others._replace(text=text[start : group.end()], group=group.group(), end=group.end())
    return others


def _self_acting(
    where: tuple[Places, Place], others: Subject, written: re.Match[str], name: AgencyName
) -> Subject:
    """The reporting area (我区) or office (我局) as the subject."""
    places, place = where
    mention = Mention(places.span(place, *written.span()), written.group(), name)
    return others._replace(agencies=(mention,), text=written.group(), end=written.end())


def _own_office(places: Places, text: str, position: int) -> tuple[re.Match[str], AgencyName] | None:
    """我局 at a position and the office that it means: the issuer, if it is of that kind."""
    written = _OWN_OFFICE.match(text, position)
    issuer = places.outline.metadata.issuer
    if written is None or issuer is None:
        return None
    name = _office(issuer.value)
    kind = _KINDS.get(written["kind"], written["kind"])
    return (written, name) if name is not None and (name.function + name.unit).endswith(kind) else None


@cached
def _office(issuer: str) -> AgencyName | None:
    spot = issuing_agency(issuer)
    return spot.payload if spot is not None else None


def _behind_dates(places: Places, place: Place, position: int) -> int:
    """Behind the dates that stand between a subject and its verb: 我局2023年共收到…."""
    for date in place.dates:
        start, end = places.range(place, date.span)
        if start == position:
            position = end
    return position


def _others(
    text: str, own: list[tuple[int, int, Mention[AgencyName]]]
) -> tuple[tuple[Mention[AgencyName], ...], tuple[Mention[AgencyName], ...], tuple[Mention[AgencyName], ...]]:
    """Agencies chosen to act (选取某局开展), taking part (会同某局) and addressed (向某局备案)."""
    words = load_words()
    chosen: list[Mention[AgencyName]] = []
    participants: list[Mention[AgencyName]] = []
    recipients: list[Mention[AgencyName]] = []
    current: list[Mention[AgencyName]] | None = None
    last_end = -1
    for begin, end, mention in own:
        before = text[max(0, begin - 4) : begin]
        if any(m.end() == len(before) for m in words.to.finditer(before)):
            current = recipients
        elif any(m.end() == len(before) for m in words.together.finditer(before)):
            current = participants
        elif any(m.end() == len(before) for m in words.pivot.finditer(before)):
            current = chosen
        elif current is None or not _GAP.match(text[last_end:begin]):
            current = None
        if current is not None:
            current.append(mention)
        last_end = end
    adverb = words.adverb.match(text, last_end) if last_end >= 0 else None
    followed = last_end >= 0 and words.verb.match(text, adverb.end() if adverb else last_end)
    return tuple(chosen) if followed else (), tuple(participants), tuple(recipients)
