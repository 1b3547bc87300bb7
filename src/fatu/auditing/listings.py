"""Lists of parts beside their whole: 审结90件,其中维持50件、驳回20件、其他20件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ..lexicon.audit_words import load_audit_words, load_complete_sets, load_stages
from .postings import TIGHT, Posting, add

_MAX_PARTS = 40
_MAX_BACK, _NAME = 8, 2
_OPENED = re.compile(r"[:(-](?![^()]*\))|按.{2,8}分|从.{2,10}看|分为|^[,:]?分别(?:为|是)|属于")
_SOME = re.compile(r"其中|包括|含|主要|如|重点")
_UNREAD = re.compile(r"\d.*其中")
_LEADING = re.compile(r"^(?:上述|前述|以上|这些|该)")
_TAKEN_UP = re.compile(r"上述|前述|以上|这些|该")
_COMMON = {"案件", "事项", "其中", "行政", "政府"}
_NOT = re.compile(r"[不未非](?:予)?以?([\u4e00-\u9fff])")
_SAID = re.compile(r"其中|从中|属于|^[,;]含|^[^,。;]{0,12}\(|^[^,。;]{1,16}中")
_AGAIN = re.compile(r"其中|从中|包括")
_IN_TURN = re.compile(r"其中.*分别")
_MADE_UP = re.compile(r"(?:构成|组成)$")
_RESULT = re.compile(r"[。](?:从[^,。]{2,10}看|按[^,。]{2,10}分?,|经[\u4e00-\u9fff]{2,4},|上述|以上)")
_AMOUNT = re.compile(r"(?<!合计)(?<!共计)总(?:数|量|人次|件数|场次|额)(?:为|是|达|有|共)?$")
_PLAIN = re.compile(r"[^\u4e00-\u9fff]|其中|[的有共]")
_NEGATION = re.compile(r"[不未非尚已准予以]|作出|决定")
_PLACES = {"个", "处", "座", "所"}
_BRACKET = re.compile(r"^(?:以上|左右)?[^,;。()]{0,8}\(")
_ADDED = re.compile(
    r"(?:相加|加起来|合在一起|加在一起)(?:后)?(?:,[^,;。]{0,8}|是|为|共[\u4e00-\u9fff]{0,4})?$"
)
_WAS = re.compile(r"\([^()]*原|原为|原来|原有|原需")
_DIVIDED = re.compile(r"[,;。]按[^,。;\d]{2,10}(?:分|划分|统计|区分|看),?[^,;。\d]{0,12}$")
_OF_YEAR = re.compile(r"^[,;、]?全年(?:合计|共计|共)?$")
_WITHIN_AHEAD = re.compile(r"[,;。](?:在)?(?P<of>[\u4e00-\u9fff]{2,10})(?<![其集])(?:里|中),[^,;。]{0,6}$")
_AFTER = re.compile(r"([\u4e00-\u9fff]{2})后")
_TURN = re.compile(r";[^,]*,")


@dataclass(frozen=True, slots=True)
class Listing:
    """Parts of a figure."""

    whole: Posting
    parts: tuple[Posting, ...]
    """Those that are certainly of the list, told in one way (with 、 or with commas)."""
    more: tuple[Posting, ...]
    """Figures of the same unit that follow in the sentence and may be of it."""
    cue: Literal["said", "silent", "behind"]
    """said: by 其中 and the like · silent: by nothing but their place · behind: the whole follows its parts (共)."""

    @property
    def is_tight(self) -> bool:
        """Whether its parts are told in one breath: 维持50件、驳回20件."""
        return all(p.joiner in TIGHT for p in self.parts[1:])

    @property
    def is_closed(self) -> bool:
        """Whether it claims to be complete: 其他, men and women, what is done and what is pending."""
        words = load_audit_words()
        if words.open.search(self.parts[-1].after):
            return False
        if self.cue == "behind" and _AMOUNT.search(self.whole.before.rstrip(" :")) is None:
            return True
        if self.cue == "behind":
            # 食品156次、生产129次,检查总量376次: a total of more than these, it may be.
            return self.is_rest or self.is_kept
        if self.is_rest:
            return True
        if _MADE_UP.search(self.parts[-1].after):
            return True
        opening = self.parts[0].gap
        if len(self.parts) > 1 and _OPENED.search(opening) and not _SOME.search(opening):
            return True
        if len(self.parts) == 2 and all(words.pair.search(p.words) for p in self.parts):
            return True
        if any(words.carried.search(p.told) for p in self.parts):
            return False
        if len(self.parts) < 2:
            return False
        if self.is_kept or self.is_complete:
            return True
        return any(words.pending.search(p.words) for p in self.parts) or self.is_negated

    @property
    def is_complete(self) -> bool:
        """Whether its parts are all the kinds that there are: 一季度 to 四季度."""
        return any(
            len(kinds) == len(self.parts)
            and all(sum(kind.search(p.before) is not None for p in self.parts) == 1 for kind in kinds)
            for kinds in load_complete_sets()
        )

    @property
    def is_kept(self) -> bool:
        """Whether its parts are what stays and what does not: 继续有效, 废止."""
        words = load_audit_words()
        kept = any(words.keep.search(p.words) for p in self.parts)
        return kept and any(words.drop.search(p.words) for p in self.parts)

    @property
    def is_loose(self) -> bool:
        """Whether only a negation closes it, of words that are not the same: 责令改正469家,逾期未改309家."""
        words = load_audit_words()
        told = [_PLAIN.sub("", _NEGATION.sub("", p.before)) for p in self.parts]
        is_same = len(set(told)) < len(told)
        pending = any(words.pending.search(p.words) for p in self.parts)
        return self.is_negated and not (is_same or pending or self.is_rest or self.is_kept)

    @property
    def is_negated(self) -> bool:
        """Whether one part is what the other is not: 准予47件、不予38件."""
        return any(
            match[1] in other.told
            for p in self.parts
            for other in self.parts
            if other is not p and (match := _NOT.search(p.told)) and match.group() not in other.told
        )

    @property
    def is_rest(self) -> bool:
        """Whether it ends with what remains: 其他20件."""
        return any(load_audit_words().rest.search(p.before) for p in self.parts)

    @property
    def is_halved(self) -> bool:
        """Whether its parts are halves that hardly leave anything, though there may be a third: 个人, 企业."""
        return len(self.parts) == 2 and all(load_audit_words().half.search(p.words) for p in self.parts)

    @property
    def is_parallel(self) -> bool:
        """Whether the parts are kinds of the whole by their names: 入企检查: 日常检查、个案检查、专项检查."""
        name = self.whole.before.rstrip(" :计共")[-_NAME:]
        return len(name) == _NAME and all(p.before.rstrip(" :计共有").endswith(name) for p in self.parts)

    @property
    def is_staged(self) -> bool:
        """Whether its parts are told with commas and may be steps of a procedure, one of the other."""
        if self.is_tight:
            return False
        return any(
            is_after(first, second)
            or _is_within_name(first, second)
            or any(stages.lead(first.told, second.told) for stages in load_stages())
            for first, second in pairwise(self.parts)
        )

    @property
    def is_plain(self) -> bool:
        """Whether its parts are of one kind and do not overlap, so that they may be added."""
        words = load_audit_words()
        if any(words.rest.search(p.before) for p in self.parts):
            return True
        staged = [bool(words.stage.search(p.before)) for p in self.parts]
        mixed = any(staged) and not all(staged) and not self.is_closed
        return not mixed and sum(bool(words.overlap.search(p.words)) for p in self.parts) < 2


def is_after(first: Posting, second: Posting) -> bool:
    """移交整改197项,移交后已整改124项: whether a figure is of what is done after that of another."""
    match = _AFTER.search(second.before)
    return match is not None and match[1] in first.told and _NOT.search(first.told) is None


def _is_within_name(first: Posting, second: Posting) -> bool:
    """存在问题的138家,存在问题且被查处的113家: whether a figure names another and more."""
    named = _PLAIN.sub("", first.before)
    return len(named) > _NAME and re.search(rf"(?<![不未非]){named}", second.before) is not None


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
        words.total.search(posting.before.rstrip(" :"))
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
    match = load_audit_words().within.search(first.before) or _WITHIN_AHEAD.search(first.gap)
    if match is None or match["of"].endswith(("其", "过程", "工作", "活动", "期间")):
        return None
    of = _LEADING.sub("", match["of"]).replace("的", "")
    pairs = {of[i : i + 2] for i in range(len(of) - 1)} - _COMMON
    for posting in reversed(run[max(0, at - _MAX_BACK) : at]):
        if (
            posting.is_count
            and posting.metric.unit == first.metric.unit
            and (
                first.stop == posting.stop
                or (first.stop - posting.stop == 1 and _TAKEN_UP.search(first.before))
            )
            and (pairs or _LEADING.match(match["of"]))
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
