"""What a figure counts, in words: elided heads restored, nouns found on either side of the number."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..model import DateValue, Mention, Status
from .actors import NOBODY, Subject
from .topics import last_topic
from .words import load_words

_AFTER_NOUN = re.compile(
    r"^[余多]?+(?P<noun>[\u4e00-\u9fff“](?:[\u4e00-\u9fff“”+、]|\([\u4e00-\u9fff、]{1,8}\)){0,29})"
)
_LISTED = re.compile(
    r"(?:.{2}等|(?P<at>在)|(?P<to>[对为向给])[^对为向给]{0,20}?(?:全[省市州盟县区旗镇乡]|辖区内?)?)$"
)
"""What leads to a number that only its noun names: 对应急局、农业农村委等|8家单位, 对全区|26个执法主体."""
_SHARE_OR_CHANGE = re.compile("(?:[率度比占]|同比.{0,6}|(?:较|比).{2,10})$")
_LEVELS = re.compile("全国|(?:国家|省部|部|省|市|州|盟|地市|县|区|旗|乡|镇|村|街道|乡镇)级")
_FIRST_OF_LIST = re.compile("[、《“]")
_LAST_OF = re.compile(r"^.*的")
_BUREAU = re.compile("(?:局|厅|委员会|分局|中心|处|大队|支队|总队|仲裁院)$")
_OF_WHOLE = re.compile("(?:其中)?占")
_RATE = re.compile(r"^[\u4e00-\u9fff]{1,4}率$")
_JOINERS = "、和与及"
_JOINED = re.compile("^(?:[、和与]|及(?![格时]))+")
_ENDS_IN_JOINER = ("涉及", "普及", "惠及", "参与")
_SHORT_MODIFIER = 5
_SHORT_VERB = 6
_SHORT_QUALIFIER = 16
_BARE_NOUN = 2
_SHARED = 4
_PREDICATE = re.compile("全部|均|都|已|逐一|悉数|分别|共(?!同)|全数|一律|中(?![央小介层级国共心])")
"""What follows a number and is no noun that it counts."""
_CLEANED = re.compile("过[筛堂]|全面清理|进行清理|起底清理|专项清理")
_COVERB = re.compile(
    "^[为向对][^,]{2,14}?(?=(?:审查|审核|审定|提供|开展|办理|解答|受理|报备|报送))|各类|各项|各种"
)
"""What a part need not repeat of its whole: 为市政府审查各类文件, 其中合同."""
_ATTENDED = re.compile("(?:共|累计)?(?:参训|受训|参加|参与|培训)(?:人员|群众)?")
_QUOTED_RATE = re.compile("“[^”]{1,10}”率$")
_REACH = re.compile("受|覆盖|惠及")
_OPINION = re.compile("满意|知晓|认可|好评")
_APPLIED = re.compile("(?:不予)?受理|收到|接收")
_BARE_HEADS = ("申请", "案件", "投诉")


class Ground(NamedTuple):
    """What a reader keeps in mind while going from clause to clause of one item."""

    section: tuple[int, ...] = ()
    subject: Subject = NOBODY
    """Last subject of the running 。-sentence."""
    period: str | None = None
    is_passing: bool = False
    """Whether the period was told by a word like 上年: it does not outlast its sentence."""
    event: str | None = None
    event_of_item: bool = False
    """Whether the event opened the item, so that all of it is told of that time."""
    status: Status = "achieved"
    head: str = ""
    """Last noun that something was counted of."""
    stale: bool = False
    """Whether the head is of a sentence before, and gives way to the next full phrase."""
    phrase: str = ""
    """Last phrase in full."""
    whole: str = ""
    """What 其中 is a part of: the last phrase in full that is no part and no rate."""
    base: str = ""
    """What a change is of (同比增长, 压缩): the phrase before the first of them."""
    recent: tuple[str, ...] = ()
    """The last phrases that count something, the newest last."""
    first: str = ""
    """The first of them in the sentence."""
    meeting: str = ""
    """The meeting that was named last: 县政府常务会议."""
    said: str = ""
    """The last words of the part, to find what 申请 or 案件 are of."""
    opening: str = ""
    """The project of the last clause without figures (东山组团基础设施建设全面展开), of which 完成投资 is told."""
    theme: str = ""
    """What the sentence opened with and did not count: 开展行政执法资格考试 → 行政执法资格考试."""
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
    part: bool = False
    """Whether 其中 or 含 leads to it: it is part of what was counted before."""
    money: bool = False
    """Whether it is a sum, of which no case can be a part."""
    people: str = ""
    """人数 where the figure stands right behind another and counts those concerned: 32件35人."""
    origin: bool = False
    """Whether it is where a change starts: 从79.2%提升至85%."""
    aside: bool = False
    """Whether it stands in brackets, behind what it is part of."""
    share: str = ""
    """Its own phrase where several figures are told 分别: 会议和发文数量分别减少14.1%和19.4%."""


def read_phrase(ground: Ground, around: Around, scope: str | None) -> tuple[Ground, str]:
    """The indicator in words, and the ground for the next one. What has no noun of its own takes the head, the
    topic or the verb from before."""
    if around.aside:
        return ground, _read_phrase(ground, around, scope)[1]
    ground, phrase = _read_phrase(ground, around, scope)
    if around.share or _SHARE_OR_CHANGE.search(phrase):
        return ground, phrase
    if around.people:
        return ground, phrase if phrase.endswith(around.people) else phrase + around.people
    recent = (*ground.recent[-5:], phrase)
    return ground._replace(
        recent=recent,
        first=ground.first or phrase,
        whole=ground.whole if around.part or around.money else phrase,
    ), phrase


def _read_phrase(ground: Ground, around: Around, scope: str | None) -> tuple[Ground, str]:
    words = load_words()
    if around.share:
        share = around.share
        share = _prefix(ground, share, scope) + share if words.elided.match(share) else share
        return ground, share
    before, noun = _words_around(around)
    told = ground.base or ground.phrase or ground.head or ground.topic
    if not before and not noun:
        return ground, told
    if before and words.change.match(before):
        if _OF_WHOLE.match(before):
            # 占29.9%, and what follows (较上年提高…) is about the share.
            told = phrase = told + before.removesuffix("的").removesuffix("比") + "比"
        else:
            phrase = told + before
        return ground._replace(phrase=phrase, base=told), phrase
    if not noun and words.level.match(before) and _LEVELS.search(ground.phrase):
        # 国家级民主法治示范村1个、省级6个: the same of another level.
        return ground, _LEVELS.sub(before.removeprefix("其中"), ground.phrase, count=1)
    changed = words.change_end.search(before)
    if changed or ground.base:
        ground = ground._replace(base=before[: changed.start()] if changed else "")
    if not noun and (words.elided.match(before) or words.bare_verb.fullmatch(before)):
        prefix = ground.whole if around.part and ground.whole else _prefix(ground, before, scope)
        phrase = before if before.startswith(prefix) and prefix else prefix + before
        return ground._replace(phrase=phrase), phrase
    owned = around.after.startswith("的")
    if not noun and not owned and ground.opening and words.project_sum.fullmatch(before):
        phrase = ground.opening + before
        return ground._replace(phrase=phrase), phrase
    if not noun and words.amount.fullmatch(before):
        phrase = ((ground.first if _REACH.match(before) else "") or ground.whole or ground.topic) + before
        return ground._replace(phrase=phrase), phrase
    phrase, counted = _in_full(ground, around, before, noun)
    group = ground.subject.group
    if group and not words.everyone.search(group) and words.person.search(group):
        phrase = group + phrase
    head = _head_of(counted) if counted else _head(ground.base or before)
    if around.part or not head:
        # A part does not become what elided figures go on about.
        head = "" if ground.stale and not around.part else ground.head
    event = words.event.search(phrase)
    theme = event["theme"] if event and not head else ""
    return ground._replace(phrase=phrase, head=head, stale=False, theme=theme), phrase


def _words_around(around: Around) -> tuple[str, str]:
    """What stands before the number, and the noun behind it as far as it is what is counted."""
    words = load_words()
    before = _JOINED.sub("", around.before)
    before = before if before.endswith(_ENDS_IN_JOINER) else before.rstrip(_JOINERS)
    noun, ends = noun_after(around.after)
    if not before and words.bare_verb.fullmatch(noun):
        # 2368人参考: what they did stands where its noun would.
        return noun, ""
    if around.more:
        noun = _QUOTED_RATE.sub("", noun)
    counted = None if ends or not around.more else words.counted_group.match(noun)
    if counted:
        # 461个人民调解组织调解纠纷5620件: the group is counted here, what it did by the next number.
        noun = counted.group()
    return before, "" if words.change_start.match(noun) else noun


def _in_full(ground: Ground, around: Around, before: str, noun: str) -> tuple[str, str]:
    """A phrase that has a noun of its own, and the noun that follows the number where that is what is counted."""
    words = load_words()
    owner = noun_after(around.after[1:])[0] if around.after.startswith("的") and before else ""
    if owner:
        # 投资3亿元的某工程: the noun that owns the figure follows it.
        return owner + before, ""
    if not noun and before.endswith("的") and ground.head:
        # 新制定的7件全部报备: what is counted was told before.
        return before + ground.head, ""
    if noun and before.endswith("中") and len(before) > _BARE_NOUN:
        # 1683项事项中有1671项可在线办理
        return before[:-1] + noun, noun
    if noun and before.startswith("对") and _CLEANED.search(around.after):
        # 对2015年以来的86件文件进行清理
        return "清理" + (_head_of(noun) or noun), noun
    if noun and before.endswith("的") and len(before) > _SHORT_QUALIFIER:
        # 实施好涉及…的93个重点项目: verb and noun are what is counted, not what qualifies them.
        verb = words.verb.match(before) or words.head_verb.search(before)
        return (verb.group() if verb else "") + noun, noun
    if noun and (listed := _LISTED.search(before)):
        return _leading(before, listed) + noun, noun
    if around.part and ground.whole and not _names_whole(ground.whole, before):
        return _part_of(ground.whole, before + noun if len(before) <= _SHORT_VERB else before), ""
    if noun and (verb := words.does.search(before)):
        # 各地至少组织2次法制审核人员轮训: the verb's object follows its number.
        return verb.group() + noun, noun
    if noun and (before.endswith("的") or (len(before) <= _SHORT_VERB and not _head(before))):
        return (before or _acting(around.after, noun, around.more)) + noun, noun
    has_verb = words.verb.match(before) or words.head_verb.match(before)
    return _with_field(ground, before) if has_verb else around.verb + before, ""


def _leading(before: str, listed: re.Match[str]) -> str:
    """What leads to a number whose list or area only says which ones: 对, or the verb before the list."""
    if listed["to"] or listed["at"]:
        return listed["to"] or ""
    first = _FIRST_OF_LIST.search(before)
    verb = load_words().head_verb.search(before, 0, first.start() if first else len(before))
    return verb.group() if verb else ""


def _names_whole(whole: str, part: str) -> bool:
    """Whether a part says itself what it is part of: 办理行政复议案件, 其中上年结转行政复议案件."""
    return any(part[i : i + _SHARED] in whole for i in range(len(part) - _SHARED + 1))


def _part_of(whole: str, part: str) -> str:
    """A part under the verb of its whole: 立案查处违法案件, 其中农药案件 → 立案查处农药案件; behind the whole itself
    where that has no verb or the part is a word like 投诉."""
    verb = _verbs(whole)
    kept = verb if verb and len(part) >= _SHARED else whole
    return part if part.startswith(kept) else kept + part


def _verbs(phrase: str) -> str:
    """The verbs that a phrase begins with: 立案查处 of 立案查处违法案件."""
    end = 0
    while (verb := load_words().head_verb.match(phrase, end)) and end < verb.end() < len(phrase) - 1:
        end = verb.end()
    return phrase[:end]


def _prefix(ground: Ground, before: str, scope: str | None) -> str:
    """What an elided phrase is about. A rate of what was just told takes its words (调解成功…, 成功率); one that
    says so itself (调解成功率) the scope or the topic of its item; others the head carried over, else the phrase
    before, else the topic."""
    is_rate = bool(_RATE.match(before))
    own = is_rate and load_words().self_contained.search(before)
    if own and (scope or ground.in_item or not ground.head):
        return scope or ground.topic or (ground.whole if _OPINION.search(before) else "")
    if _ATTENDED.fullmatch(before) and ground.whole and not ground.theme:
        return ground.whole
    if before.endswith("学法"):
        told = ground.subject.text or ""
        if told.endswith("中心组") or ground.meeting:
            return told if told.endswith("中心组") else ground.meeting
    if ground.theme:
        return ground.theme
    if is_rate and (event := load_words().event.search(ground.phrase)):
        return event["theme"]
    if ground.stale and not is_rate and not ground.head and (office := _line(ground.subject)):
        return office
    if is_rate and ground.phrase.endswith(before[:-1]):
        return ground.phrase.removesuffix(before[:-1])
    carried = (
        _full_head(ground, before)
        or (ground.phrase if is_rate and not ground.phrase.endswith("率") else "")
        or _line(ground.subject)
        or ground.topic
    )
    return (scope or "") + carried


def _with_field(ground: Ground, before: str) -> str:
    """收到申请 → 收到行政复议申请."""
    verb = load_words().head_verb.match(before)
    if verb is None or before[verb.end() :] not in _BARE_HEADS:
        return before
    return before[: verb.end()] + (_line(ground.subject) or last_topic(ground.said)) + before[verb.end() :]


def _full_head(ground: Ground, before: str) -> str:
    """The head carried over; 申请 alone with the matter that was named last. What is received is an application,
    what is decided a case: 收到行政复议申请, 行政复议案件审结."""
    head = ground.head
    if 0 < len(head) <= _BARE_NOUN:
        field = last_topic(ground.said) or ground.topic
        head = head if field and head.startswith(field) else field + head
    if head.endswith("申请") and len(head) > _BARE_NOUN and not _APPLIED.search(before):
        head = head.removesuffix("申请") + "案件"
    return head


def _line(subject: Subject) -> str:
    """What the bureau that acts is there for: 应急管理 of 县应急管理局; nothing of those for law itself."""
    name = subject.agencies[0].payload if len(subject.agencies) == 1 else None
    function = ""
    if name is not None:
        function = name.unit if name.function == "人民政府" else name.function
    line = _BUREAU.sub("", function)
    return line if line != function and len(line) > _BARE_NOUN else ""


def _head(before: str) -> str:
    """The noun that is counted, if it is one that can be carried over: 受理行政复议案件 → 行政复议案件."""
    words = load_words()
    modifier = _LAST_OF.match(before)
    noun = before[modifier.end() :] if modifier and modifier.end() > _SHORT_MODIFIER else before
    verb = words.head_verb.match(noun)
    least = 0
    while verb and 0 < verb.end() < len(noun) - least and noun[verb.end()] != "的":
        # 提出|修改意见: a second verb is part of the noun where only two characters would be left.
        noun, least = noun[verb.end() :], _BARE_NOUN
        verb = words.head_verb.match(noun)
    verbs = [m for m in words.head_verb.finditer(noun) if m.end() < len(noun)]
    rest = noun[verbs[-1].end() :] if verbs else ""
    if words.head_noun.fullmatch(rest) and len(rest) > _BARE_NOUN and rest[0] != "的":
        return rest
    return noun if words.head_noun.fullmatch(noun) else ""


def _head_of(noun: str) -> str:
    """The same of a noun that follows its number, with what is said of it: 规范性文件进行清理 → 规范性文件."""
    found = load_words().head_noun.match(noun)
    return found.group() if found else ""


def noun_after(after: str) -> tuple[str, bool]:
    """The noun that follows its number, 10次现场宣传活动, and whether an adverb shows where it ends."""
    match = _AFTER_NOUN.match(after)
    if not match:
        return "", False
    noun = match["noun"]
    if _PREDICATE.match(noun):
        return "", True
    for adverb in load_words().adverb.finditer(noun, 1):
        if adverb.group() != "了":
            return noun[: adverb.start()], True
    return noun, False


def _acting(after: str, noun: str, more: bool) -> str:
    """What a counted group did, before its name: 20个单位共计认领事项主项数… → 认领事项的; nothing where the next
    figure counts just that (共调处纠纷4210起)."""
    words = load_words()
    rest = after[after.find(noun) + len(noun) :]
    adverb = words.adverb.match(rest)
    if more and not adverb:
        return ""
    rest = rest[adverb.end() :] if adverb else rest
    verb = words.head_verb.match(rest)
    head = words.head_noun.match(rest, verb.end()) if verb else None
    while head and (further := words.head_noun.match(rest, head.end())):
        head = further
    counted_next = more and head is not None and not rest[head.end() :].strip()
    return f"{rest[: head.end()]}的" if head and not counted_next else ""
