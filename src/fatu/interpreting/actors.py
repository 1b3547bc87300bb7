"""Who acts in a clause: stated as its subject, named as the one chosen to act, or not said. Never invented."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import AgencyName, Mention
from .placing import Place, Places
from .words import load_words

_SELF = re.compile(r"(?P<self>我[省市州盟县区旗镇乡])(?P<then>.?)")
_GAP = re.compile(r"^(?:、|和|与|及|以及|,| )*$")
_BY = re.compile(r"(?:由|经)$")


@dataclass(frozen=True, slots=True)
class Subject:
    """The actors of a clause. `text` is the subject as written; `end` where it ends in the clause's text;
    `group` is set where it is no agency (法律顾问, 全区执法单位)."""

    agencies: tuple[Mention[AgencyName], ...] = ()
    chosen: tuple[Mention[AgencyName], ...] = ()
    participants: tuple[Mention[AgencyName], ...] = ()
    recipients: tuple[Mention[AgencyName], ...] = ()
    text: str | None = None
    group: str | None = None
    is_self: bool = False
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
    everyone = words.everyone_acts.match(text, position)
    adverb = words.adverb.match(text, position)
    own = [
        (places.position(place, a.span.start), places.position(place, a.span.end), a) for a in place.agencies
    ]
    begins = {begin for begin, _, _ in own}
    while not everyone and adverb and adverb.end() > position and adverb.group() not in ("与", "为"):
        if position in begins:
            # 共和县司法局: the name opens with a word that is an adverb elsewhere.
            break
        position = adverb.end()
        adverb = words.adverb.match(text, position)
    chosen, participants, recipients = _others(text, own)
    opening = _BY.search(text, 0, position + 1)
    position = opening.end() if opening and opening.start() == position else position
    agencies: list[Mention[AgencyName]] = []
    start = position
    for begin, end, mention in own:
        if begin <= position or (agencies and _GAP.match(text[position:begin])):
            if begin < start or (not agencies and begin != start):
                continue
            agencies.append(mention)
            position = end
    if agencies and text[position : position + 1] != "的":
        return Subject(
            tuple(agencies),
            chosen,
            participants,
            recipients,
            text[start:position],
            None,
            False,
            start,
            position,
        )
    own_area = _SELF.match(text, start)
    if own_area and words.verb.match(text, own_area.end("self")):
        mention = Mention(
            places.span(place, start, own_area.end("self")),
            own_area["self"],
            AgencyName(own_area["self"], "人民政府"),
        )
        return Subject(
            (mention,),
            chosen,
            participants,
            recipients,
            own_area["self"],
            None,
            True,
            start,
            own_area.end("self"),
        )
    begin = own_area.end("self") if own_area else start
    group = words.actor_noun.match(text, begin)
    if group and words.verb.match(text, group.end()) and not words.verb.match(group.group()):
        return Subject(
            (),
            chosen,
            participants,
            recipients,
            text[start : group.end()],
            group.group(),
            False,
            start,
            group.end(),
        )
    return Subject((), chosen, participants, recipients, None, None, False, start, start)


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
