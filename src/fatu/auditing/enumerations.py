"""Finds the lists of parts in running text: 审结90件,其中维持50件; 调解217件,按类型分,婚姻68件; …、…,共253场."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ..lexicon.audit_words import load_audit_words
from .listings import Listing
from .postings import TIGHT, Posting, add, bigrams

_MAX_PARTS = 40
_MAX_BACK, _NAME = 8, 2
_UNREAD = re.compile(r"\d.*其中")
_COMMON = {"案件", "事项", "其中", "行政", "政府"}
_SAID = re.compile(r"其中|从中|属于|^[,;]含|^[^,。;]{0,12}\(|^[^,。;]{1,16}中")
_AGAIN = re.compile(r"其中|从中|包括")
_IN_TURN = re.compile(r"其中.*分别")
_RESULT = re.compile(r"[。](?:从[^,。]{2,10}看|按[^,。]{2,10}分?,|经[\u4e00-\u9fff]{2,4},|上述|以上)")
_PLACES = {"个", "处", "座", "所"}
_BRACKET = re.compile(r"^(?:以上|左右)?[^,;。()]{0,8}\(")
_ADDED = re.compile(
    r"(?:相加|加起来|合在一起|加在一起)(?:后)?(?:,[^,;。]{0,8}|是|为|共[\u4e00-\u9fff]{0,4})?$"
)
_WAS = re.compile(r"\([^()]*原|原为|原来|原有|原需")
_DIVIDED = re.compile(r"[,;。]按[^,。;\d]{2,10}(?:分|划分|统计|区分|看),?[^,;。\d]{0,12}$")
_OF_YEAR = re.compile(r"^[,;、]?全年(?:合计|共计|共)?$")
_WITHIN_AHEAD = re.compile(r"[,;。](?:在)?(?P<of>[\u4e00-\u9fff]{2,10})(?<![其集])(?:里|中),[^,;。]{0,6}$")
_TURN = re.compile(r";[^,]*,")


def find_listings(run: tuple[Posting, ...]) -> Iterator[Listing]:
    """The lists of a paragraph or item, in text order; not of a row of a table."""
    words = load_audit_words()
    taken: set[int] = set()
    for at in range(1, len(run)):
        first = run[at]
        if not first.is_count or first.is_prior:
            continue
        if (within := _whole_named(run, at)) is not None:
            listing = _listing(within, run, at, "said")
            taken.update(p.index for p in (*listing.parts, *listing.more))
            yield listing
            continue
        if _WAS.search(first.before):
            # 时限26天(原为49天)
            continue
        if _DIVIDED.search(first.gap) and (divided := _whole_divided(run, at)) is not None:
            listing = _listing(divided, run, at, "said")
            taken.update(p.index for p in listing.parts)
            yield listing
            continue
        if words.parts.search(first.gap) and not _IN_TURN.search(first.gap):
            if _UNREAD.search(first.gap):
                # A number that is no figure stands between: what the part is of is not told.
                continue
            whole = _whole_before(run, at) if _cue(first.gap) != "(" else _whole_bracketed(run, at)
            if whole is not None and not _is_told_as(whole, first):
                listing = _listing(whole, run, at, "said")
                every = (*listing.parts, *listing.more)
                is_all = add(every).meets(whole.interval)
                taken.update(p.index for p in (every if is_all else listing.parts))
                yield listing
        elif (whole := _whole_beside(run, at)) is not None and whole.index not in taken:
            silent = _listing(whole, run, at, "silent")
            if len(silent.parts) >= 2:
                yield silent
        if _is_total(first):
            parts = tuple(reversed(tuple(_parts_behind(run, at))))
            if len(parts) >= 2:
                yield Listing(first, parts, (), "behind")


def _listing(whole: Posting, run: tuple[Posting, ...], at: int, cue: Literal["said", "silent"]) -> Listing:
    parts = tuple(_within(whole, _parts(run, at)))
    size = len(parts)
    if size > 2:
        told = parts[1].joiner in TIGHT
        size = next((i for i in range(2, size) if not _goes_on(parts[i], told)), size)
    return Listing(whole, parts[:size], parts[size:], cue)


def _within(whole: Posting, parts: Iterator[Posting]) -> Iterator[Posting]:
    """移送9件,其中7件已立案;作出处罚21件: the parts up to one of another sentence that is more than the whole."""
    first = None
    for part in parts:
        first = first or part
        is_more = whole.interval.high is not None and part.interval.low > whole.interval.high
        if part.sentence != first.sentence and is_more:
            return
        yield part


def _goes_on(part: Posting, told: bool) -> bool:
    """Whether a figure is told as the parts before it were."""
    is_rest = load_audit_words().rest.match(part.before.lstrip("、,; ")) is not None
    return is_rest or (part.joiner in TIGHT) == told


def _is_total(posting: Posting) -> bool:
    """Whether words make a figure the total of those before it: 合计, 两项相加,全年罚没."""
    words = load_audit_words()
    return bool(
        posting.is_called_total
        or words.together.match(posting.before)
        or _ADDED.search(posting.gap)
        or _OF_YEAR.search(posting.gap)
    )


def _whole_before(run: tuple[Posting, ...], at: int) -> Posting | None:
    """The last count in the part's unit before it, in the same or the sentence before."""
    first = run[at]
    before = run[at - 1]
    if before.is_rate and before.movement is None and before.stop == first.stop and first.gap.startswith(","):
        # 受理申请328件。调解成功率89%,其中受理2483件: of what the rate is of.
        run = tuple(p for p in run if p.stop == first.stop or p.index >= first.index)
        at = run.index(first)
    for posting in reversed(run[max(0, at - _MAX_BACK) : at]):
        if posting.is_aside and not _is_within(run, posting, at):
            continue
        if posting.is_count and posting.metric.unit == first.metric.unit and not posting.is_prior:
            said = _SAID.search(first.gap) is not None
            if not said and posting.interval.high is not None and posting.interval.high < first.interval.low:
                continue
            told = said or first.observation.scope == posting.observation.scope
            return posting if told and first.stop - posting.stop <= 1 else None
    return None


def _is_within(run: tuple[Posting, ...], opened: Posting, at: int) -> bool:
    """出庭11件(其中正职3件): whether the bracket that a figure stands in is still open at another."""
    between = run[opened.index - run[0].index + 1 : at + 1]
    return not any(")" in p.gap for p in between)


def _whole_divided(run: tuple[Posting, ...], at: int) -> Posting | None:
    """调解217件,成功213件;按类型分,婚姻68件…: the count before it that its parts make up, else the largest."""
    first = run[at]
    parts = tuple(_parts(run, at))
    able = [
        p for p in run[max(0, at - _MAX_BACK) : at]
        if p.is_count and p.metric.unit == first.metric.unit and not p.is_prior and not p.is_aside
        and p.movement is None and first.stop - p.stop <= 1 and p.is_beside(first)
        and all(p.interval.high is None or p.interval.high >= part.interval.low for part in parts)
    ]  # fmt: skip
    if len(parts) < _NAME or not able:
        return None
    return next(
        (p for p in reversed(able) if add(parts).meets(p.interval)), max(able, key=lambda p: p.metric.value)
    )


def _cue(gap: str) -> str:
    """The words by which a list is opened: 其中, 属于; a bracket where there is nothing else."""
    words = load_audit_words()
    is_open = gap.count("(") > gap.count(")")
    match = words.parts.search(gap[gap.rfind("(") + 1 :] if is_open else gap)
    return match.group() if match else ("(" if is_open else gap[:1])


def _whole_bracketed(run: tuple[Posting, ...], at: int) -> Posting | None:
    """审结90件(维持50件…: the count right before a bracket, unless the bracket tells the total: 合格83人(共105人)."""
    first, before = run[at], run[at - 1]
    if not (
        before.is_count
        and before.stop == first.stop
        and before.metric.unit == first.metric.unit
        and not before.is_prior
        and _BRACKET.match(first.gap)
    ):
        return None
    is_more = before.interval.high is not None and before.interval.high < first.interval.low
    return None if is_more else before


def _is_told_as(whole: Posting, first: Posting) -> bool:
    """属于企业的190件、属于农户的464件: whether what opens a list opens its would-be whole too."""
    cue = _cue(first.gap)
    return len(cue) > 1 and cue != "其中" and cue in whole.before


def _whole_named(run: tuple[Posting, ...], at: int) -> Posting | None:
    """审结案件中有2件被纠错: the count before it that a clause names what its figure is a part of."""
    first = run[at]
    words = load_audit_words()
    match = words.within.search(first.before) or _WITHIN_AHEAD.search(first.gap)
    if match is None or match["of"].endswith(("其", "过程", "工作", "活动", "期间")):
        return None
    taken_up = words.aforesaid.match(match["of"])
    of = match["of"][taken_up.end() if taken_up else 0 :].replace("的", "")
    pairs = bigrams(of) - _COMMON
    for posting in reversed(run[max(0, at - _MAX_BACK) : at]):
        if (
            posting.is_count
            and posting.metric.unit == first.metric.unit
            and (
                first.stop == posting.stop
                or (first.stop - posting.stop == 1 and words.aforesaid.search(first.before))
            )
            and (pairs or taken_up)
            and sum(pair in posting.told + posting.phrase for pair in pairs) * 3 >= len(pairs)
        ):
            return posting
    return None


def _whole_beside(run: tuple[Posting, ...], at: int) -> Posting | None:
    """The count right before a list that no word opens, in the clause before it."""
    first, before = run[at], run[at - 1]
    if (
        before.is_count
        and not before.is_prior
        and not before.is_aside
        and before.metric.unit == first.metric.unit
        and (before.stop == first.stop or _is_result(run, at))
        and first.joiner not in TIGHT
        and before.observation.scope == first.observation.scope
        and (before.observation.period or "")[:4] == (first.observation.period or "")[:4]
        and (before.interval.high is None or before.interval.high >= first.interval.low)
    ):
        return before
    return None


def _is_result(run: tuple[Posting, ...], at: int) -> bool:
    """审结159件。从审理结果看,维持65件: whether a list takes up the only count of the sentence before."""
    first, before = run[at], run[at - 1]
    alone = at < 2 or run[at - 2].stop != before.stop or run[at - 2].metric.unit != before.metric.unit
    return first.stop - before.stop == 1 and alone and _RESULT.search(first.gap) is not None


def _parts(run: tuple[Posting, ...], at: int) -> Iterator[Posting]:
    words = load_audit_words()
    first = run[at]
    in_brackets = first.gap.count("(") > first.gap.count(")")
    last, within = first, False
    yield first
    for posting in run[at + 1 : at + _MAX_PARTS]:
        if posting.stop != first.stop or (in_brackets and posting.gap.count(")") > posting.gap.count("(")):
            return
        if posting.is_rate or not posting.is_count:
            continue
        if _is_total(posting):
            return
        if (
            _TURN.search(posting.gap)
            or _whole_named(run, posting.index - run[0].index) is not None
            or _AGAIN.search(posting.gap)
            or words.at_once.match(posting.before.lstrip(",、; "))
        ):
            return
        if posting.metric.unit != first.metric.unit:
            if posting.sentence != first.sentence:
                return
            continue
        if posting.sentence != last.sentence and within:
            # Told with commas or 、 so far, the list ends with its sentence.
            return
        within = within or posting.sentence == last.sentence
        last = posting
        yield posting


def _parts_behind(run: tuple[Posting, ...], at: int) -> Iterator[Posting]:
    """The parts before a total, the last first."""
    total = run[at]
    plainly = _is_total(total)
    for i in range(at - 1, max(-1, at - _MAX_PARTS), -1):
        posting = run[i]
        if posting.stop != total.stop or not posting.is_count or posting.is_prior:
            return
        if (
            posting.metric.unit != total.metric.unit
            and not {posting.metric.unit, total.metric.unit} <= _PLACES
        ):
            return
        yield posting
        joiner = posting.joiner
        if joiner not in TIGHT and not (plainly and joiner == "," and posting.sentence == total.sentence):
            return
