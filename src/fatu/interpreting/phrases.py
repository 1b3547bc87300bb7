"""What a figure counts, in words: elided heads restored, nouns found on either side of the number."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..model import DateValue, Mention, Status
from .actors import NOBODY, Subject
from .words import load_words

_AFTER_NOUN = re.compile(r"^[余多]?+(?P<noun>[\u4e00-\u9fff“][\u4e00-\u9fff“”+、]{0,29})")
_LAST_OF = re.compile(r"^.*的")
_RATE = re.compile(r"^[\u4e00-\u9fff]{1,4}率$")
_JOINERS = "、和与及"
_SHORT_MODIFIER = 5
_SHORT_VERB = 6
_BARE_NOUN = 2


class Ground(NamedTuple):
    """What a reader keeps in mind while going from clause to clause of one item."""

    section: tuple[int, ...] = ()
    subject: Subject = NOBODY
    """Last subject of the running 。-sentence."""
    period: str | None = None
    event: str | None = None
    status: Status = "achieved"
    head: str = ""
    """Last noun that something was counted of."""
    phrase: str = ""
    """Last phrase in full."""
    base: str = ""
    """What a change is of (同比增长, 压缩): the phrase before the first of them."""
    topic: str = ""
    """Topic label that opens the item or the section: 人民调解."""
    ahead: bool = False
    """Whether the part speaks of the time to come."""
    in_item: bool = False
    """Whether the topic is that of an item (一是…)."""


class Around(NamedTuple):
    """The words around one metric of a clause."""

    before: str
    """From the subject, or from the metric before, to the number; dates left out."""
    after: str
    """From the unit and the bound behind it (以上) to the next metric or the end."""
    period: Mention[DateValue] | None
    event: str | None
    end: int
    """Where the metric ends in the clause."""
    more: bool = False
    """Whether another figure follows in the clause."""
    verb: str = ""
    """The verb of the list that the figure stands in: 审核文件17件、合同64件."""
    share: str = ""
    """Its own phrase where several figures are told 分别: 会议和发文数量分别减少14.1%和19.4%."""


def read_phrase(ground: Ground, around: Around, scope: str | None) -> tuple[Ground, str]:
    """The indicator in words, and the ground for the next one. What has no noun of its own takes the head, the
    topic or the verb from before."""
    words = load_words()
    before, noun = around.before.strip(_JOINERS), _noun_after(around.after)
    counted = words.counted_group.match(noun)
    if counted and around.more:
        # 461个人民调解组织调解纠纷5620件: the group is counted here, what it did by the next number.
        noun = counted.group()
    if noun and words.change_start.match(noun):
        noun = ""
    if around.share:
        return ground._replace(phrase=around.share, base=around.share), around.share
    if not before and not noun:
        return ground, ground.base or ground.phrase or ground.head or ground.topic
    if before and words.change.match(before):
        base = ground.base or ground.phrase or ground.head or ground.topic
        return ground._replace(phrase=base + before, base=base), base + before
    changed = words.change_end.search(before)
    ground = ground._replace(base=before[: changed.start()] if changed else "")
    if not noun and (words.elided.match(before) or words.bare_verb.fullmatch(before)):
        prefix = _prefix(ground, before, scope)
        phrase = before if before.startswith(prefix) and prefix else prefix + before
        return ground._replace(phrase=phrase), phrase
    if around.after.startswith("的") and before and (owner := _noun_after(around.after[1:])):
        # 投资3亿元的某工程: the noun that owns the figure follows it.
        phrase = owner + before
    elif noun and before.endswith("的"):
        # 实施好涉及…的93个重点项目: verb and noun are what is counted, not what qualifies them.
        verb = words.verb.match(before) or words.head_verb.search(before)
        phrase = (verb.group() if verb else "") + noun
    elif noun and len(before) <= _SHORT_VERB and not _head(before):
        phrase = before + noun
        if not before:
            phrase = _acting(around.after, noun) + noun
    else:
        listed = around.verb and not (words.verb.match(before) or words.head_verb.match(before))
        phrase = around.verb + before if listed else before
    group = ground.subject.group
    if group and not words.everyone.search(group) and words.person.search(group):
        phrase = group + phrase
    return (
        ground._replace(phrase=phrase, head=_head(before or noun) or ground.head),
        phrase,
    )


def _prefix(ground: Ground, before: str, scope: str | None) -> str:
    """What an elided phrase is about. A rate of what was just told takes its words (调解成功…, 成功率); one that
    says so itself (调解成功率) the scope or the topic of its item; others the head carried over, else the phrase
    before, else the topic."""
    is_rate = bool(_RATE.match(before))
    own = is_rate and load_words().self_contained.search(before)
    if own and (scope or ground.in_item or not ground.head):
        return scope or ground.topic
    if is_rate and ground.phrase.endswith(before[:-1]):
        return ground.phrase.removesuffix(before[:-1])
    carried = ground.head or (ground.phrase if is_rate else "") or ground.topic
    return (scope or "") + carried


def _head(before: str) -> str:
    """The noun that is counted, if it is one that can be carried over: 受理行政复议案件 → 行政复议案件."""
    words = load_words()
    modifier = _LAST_OF.match(before)
    noun = before[modifier.end() :] if modifier and modifier.end() > _SHORT_MODIFIER else before
    verb = words.head_verb.match(noun)
    while verb and 0 < verb.end() < len(noun) and noun[verb.end()] != "的":
        noun = noun[verb.end() :]
        verb = words.head_verb.match(noun)
    if words.head_noun.fullmatch(noun):
        return noun
    verbs = [m for m in words.head_verb.finditer(noun) if m.end() < len(noun)]
    rest = noun[verbs[-1].end() :] if verbs else ""
    return rest if words.head_noun.fullmatch(rest) and len(rest) > _BARE_NOUN else ""


def _noun_after(after: str) -> str:
    """The noun that follows its number: 10次现场宣传活动."""
    match = _AFTER_NOUN.match(after)
    if not match:
        return ""
    noun = match["noun"]
    adverb = load_words().adverb.search(noun)
    return noun[: adverb.start()] if adverb and adverb.start() else noun


def _acting(after: str, noun: str) -> str:
    """What a counted group did, before its name: 20个单位共计认领事项… → 认领事项的."""
    words = load_words()
    rest = after[after.find(noun) + len(noun) :]
    adverb = words.adverb.match(rest)
    rest = rest[adverb.end() :] if adverb else rest
    verb = words.head_verb.match(rest)
    head = words.head_noun.match(rest, verb.end()) if verb else None
    return f"{rest[: head.end()]}的" if head else ""
