"""Shares: which figure a rate is a part of, and of which whole (占行政处罚案件总数的41%)."""

from __future__ import annotations

import re
from decimal import Decimal

from ..lexicon.audit_words import load_audit_words
from .ledger import Ledger
from .operands import Pair, are_apart, counts_behind, is_comparable, may_hold, two_counts
from .postings import Figure, Posting, add, bigrams

_MAX_CANDIDATES, _JOINED, _VAGUE, _REACH = 4, 2, 2, 60
_TAIL = r"(?:的?比[例重]|的|比率?)?(?:分别|依次|均|达到?|高达|仅|只|为|是|约|将?近|超过?|不低于|不少于|不足|高于|即)*"
_OF = re.compile(
    rf"(?:占(?:了|到|其)?|相当于)(?P<whole>(?:[^,;(]|\([^()]*\))*?){_TAIL}$"
    r"|(?:(?<=数)[为是]|(?:^|[,(])即?[为是]|分别[为是]|依次为)(?P<named>[^,;(]{2,14})的$"
)
_BARE = re.compile(r"[(,、](?:即|约|近|为|仅|合|占|占比|比例|比重|超过?|不低于|不少于|高于)*(?:达到?|为|是)?")
_OF_THAT = re.compile(
    rf"\)?(?:[^,;。()的]|\([^()]*\)){{0,14}}(?:的{_TAIL}|[中里内]的?(?:占比?|比重|比例){_TAIL})"
)
_PART_OF = re.compile(r"[,]?(?:其中?)?|(?:[^,;。()]|\([^()]*\)){0,14}的")
_THAT_IS = re.compile(r"[,、](?:即|计|共|合计|也就是)")
_AMONG = re.compile(r"^的[\u4e00-\u9fff]{2,12}(?:为|是|属于?|适用|来自)[\u4e00-\u9fff]{2,12}[:,(]")
_IS, _BEING = re.compile(r"占|相当于|覆盖|^[,、]?在"), re.compile(r"[为是达]")
_ASIDE_BEHIND = re.compile(r"^(?:以上|左右)?\((?:共|计|约)?$")
_GIVEN_BEHIND = re.compile(
    r"^(?:以上|左右)?(?:的是[\u4e00-\u9fff()]{2,16})?,(?:(?:共|计)?(?:为|有|是|达)|即|计|共计)$"
)
_NOTHING_NAMED = re.compile(
    r"总数量?|总量|总额|总|全部|全年|所有|全[省市县区州旗镇乡体]|当年|同期|本年|的|比例|比重|比|其|数量?|达到?|约|近"
    r"|依次|分别|均|为|是|不低于|不少于|超过|高于"
)
_SUBJECT = re.compile(
    r"[,、;。:()\-\s和及与]|其中|依次|共|合计|约|分别|均|各|该|其|又|且|并|上述|以上|这|类|部分|数量?|人数|即|量"
)
_SHORT, _NO_HAN = 6, re.compile(r"[^\u4e00-\u9fff]|其中")
_OTHER = re.compile(r"[量额]的|件数的|总数的")
_AMONG_THEM = re.compile(r"^[\u4e00-\u9fff]{0,6}中有?$")
_MARK = re.compile(r"[,;:(、-]")
_NO_NOUN = re.compile("案件|事项|件数|的")
_COMMON = frozenset(("案件", "事项", "件数", "人员"))


def is_share(ledger: Ledger, rate: Posting) -> bool:
    """Whether a rate is told as a share: by 占 or 比重, as 为…总数…件的…%, or in brackets right behind a count."""
    run = ledger.around(rate)
    at = run.index(rate)
    first = run[_group(run, at)[0]]
    return bool(
        load_audit_words().share.search(first.before)
        or rate.phrase.endswith(("占比", "比重", "比例"))
        or _is_of_that(run, _group(run, at)[0])
        or _AMONG.match(rate.trail)
        or _is_told_between(run, at)
        or "前者占后者" in rate.gap
        or _is_bare(run, at)
        or _OF.search(first.before)
    )


def share_pairs(ledger: Ledger, rate: Posting) -> list[Pair]:
    """The pairs that a share may be of, the most fitting first."""
    run = ledger.around(rate)
    at = run.index(rate)
    opening = _group(run, at)[0]
    if at > 1 and "前者占后者" in run[at].gap:
        return [Pair(ledger.own(run[at - 2]), ledger.own(run[at - 1]), True, True)]
    if _is_told_between(run, at):
        # 问题37个,其80.6%、计33个完成整改
        return [Pair(ledger.own(run[at + 1]), ledger.own(run[at - 1]), True, True)]
    if _is_of_that(run, opening):
        return _pairs_of_that(ledger, run, at)
    first = run[opening]
    named = _OF.search(first.before)
    subject = _SUBJECT.sub("", first.before[: named.start()] if named else first.before)
    of = _NOTHING_NAMED.sub("", named["whole"] or named["named"] or "") if named else ""
    of = of if len(of) > _VAGUE or of not in _COMMON else ""
    of = of.removesuffix("案件") or of
    parts = _parts(ledger, run, at, subject)
    pairs = [*_of_several(ledger, rate, subject), *_told_first(ledger, rate, subject or rate.trail)]
    for part, sure in parts:
        wholes = _wholes(ledger, run, at, part, of)
        pairs += [Pair(ledger.own(part), whole, True, sure and certain) for whole, certain in wholes]
    two = _two_counts(ledger, rate)
    if of and pairs and pairs[0].sure:
        return pairs
    if two is not None and (not subject or _MARK.search(rate.gap)):
        fits = not of or any(pair in two[1].told for pair in _pairs_of(of))
        pairs.append(Pair(ledger.own(two[0]), ledger.own(two[1]), True, fits))
    return pairs


def _two_counts(ledger: Ledger, rate: Posting) -> tuple[Posting, Posting] | None:
    """The two counts of a rate's sentence, but not 其中普通程序1873件,占27%;简易程序5075件: both of a third."""
    two = two_counts(ledger, rate)
    if two is None:
        return None
    wholes = [x.whole for x in ledger.lists_with(two[0]) if x.cue == "said"]
    return two if not wholes or two[1] in wholes else None


def _of_several(ledger: Ledger, rate: Posting, subject: str) -> list[Pair]:
    """撤销63件、变更4件,以撤销、变更方式纠错的占6%: a share of several parts of a list, which its words name."""
    near = (p for p in ledger.around(rate) if p.stop == rate.stop and p.index < rate.index)
    for listing in dict.fromkeys(x for p in near for x in ledger.lists_with(p) if x.cue != "behind"):
        total = listing.whole
        named = tuple(
            p for p in listing.parts
            if len(own := _NO_HAN.sub("", p.before)) >= _VAGUE and own in subject and p.index < rate.index
        )  # fmt: skip
        if len(named) > 1:
            return [Pair(ledger.sum_of(named), ledger.own(total), True, True)]
    return []


def _told_first(ledger: Ledger, rate: Posting, subject: str) -> list[Pair]:
    """农民工案件占比17.7%,全年办案193件,农民工案件34件: a share told before its counts, of the two that follow."""
    two = counts_behind(ledger, rate)
    if two is None:
        return []
    part, whole = two
    pairs = _pairs_of(subject) - _pairs_of(whole.told)
    is_named = (
        _AMONG_THEM.match(part.gap) is not None
        or any(pair in part.told for pair in pairs)
        or ("前者" in part.before and "后者" in whole.before)
    )
    return [Pair(ledger.own(part), ledger.own(whole), True, is_named)]


def _pairs_of(text: str) -> frozenset[str]:
    return bigrams(text) - _COMMON


def _pairs_of_that(ledger: Ledger, run: tuple[Posting, ...], at: int) -> list[Pair]:
    """示范村73个,占村总数365个的20%: the counts before the whole, one for each rate."""
    opening, last = _group(run, at)
    size, whole = last - opening + 1, run[opening - 1]
    # 占8个单位办案量的30%: of what 8个 did, not of them.
    before = [
        p
        for p in run[: opening - 1]
        if p.is_count and p.stop == whole.stop and p.metric.unit == whole.metric.unit
    ]
    if len(before) < size:
        return []
    part = before[-size + at - opening]
    subject, mark, _ = whole.before.partition("占")
    named = _SUBJECT.sub("", subject) if size == 1 and mark else ""
    if len(named) > 1:
        # 不予处罚9413件,与处罚相加共67687件,不予处罚占总数(67687件)的13.9%
        told = _by_words(before, named)
        if len(told) != 1:
            return []
        part = told[0]
    # 规章2件、规范性文件14件,占全部20件的80%: of both, it may be.
    is_one_of_more = size == 1 and part.is_sibling
    return [Pair(ledger.own(part), ledger.own(whole), True, not is_one_of_more)]


# ------------------------------------------------------------------------------------------------------ the part


def _group(run: tuple[Posting, ...], at: int) -> tuple[int, int]:
    """The first and the last of the rates told together with one: 分别占48%和18%."""
    first = last = at
    while first > 0 and run[first - 1].is_rate and len(run[first].gap) <= _JOINED:
        first -= 1
    while last + 1 < len(run) and run[last + 1].is_rate and len(run[last + 1].gap) <= _JOINED:
        last += 1
    return first, last


def _is_of_that(run: tuple[Posting, ...], at: int) -> bool:
    """示范村73个,占村总数365个的20%: whether the figure before a rate is the whole that it is a share of."""
    return at > 1 and bool(
        run[at - 1].is_count
        and _OF_THAT.fullmatch(run[at].gap)
        and not _OTHER.search(run[at].gap)
        and (
            _IS.search(run[at - 1].before)
            or (run[at].gap.startswith("的") and _BEING.search(run[at - 1].before))
        )
    )


def _is_told_between(run: tuple[Posting, ...], at: int) -> bool:
    """37个,其80.6%、计33个: whether a rate stands between its whole and its part."""
    if not 0 < at < len(run) - 1:
        return False
    whole, rate, part = run[at - 1 : at + 2]
    return bool(
        whole.is_count
        and part.is_count
        and whole.metric.unit == part.metric.unit
        and whole.stop == rate.stop == part.stop
        and _PART_OF.fullmatch(rate.gap)
        and rate.gap
        and _THAT_IS.fullmatch(part.gap)
    )


def _is_bare(run: tuple[Posting, ...], at: int) -> bool:
    """37个已整改到位(80%): whether a rate stands without a word right behind a count."""
    rate = run[at]
    opened = rate.before[rate.before.rfind("(") :]
    return at > 0 and run[at - 1].is_count and rate.is_aside and _BARE.fullmatch(opened) is not None


def _parts(ledger: Ledger, run: tuple[Posting, ...], at: int, subject: str) -> list[tuple[Posting, bool]]:
    """The figures that a rate may be the share of, and whether beyond doubt."""
    rate = run[at]
    if at + 1 < len(run) and run[at + 1].is_count:
        behind = run[at + 1]
        if (behind.is_aside and _ASIDE_BEHIND.match(behind.gap)) or _GIVEN_BEHIND.match(behind.gap):
            return [(behind, True)]
    first, last = _group(run, at)
    size = last - first + 1
    before = [p for p in run[:first] if p.is_count and p.stop == rate.stop]
    if size > 1:
        own = before[-size:]
        # 网上可办率、即办件占比分别为100%和63.2%: not of the counts before them, which other words name.
        if len(own) < size or ("率" in subject and not all(_by_words([p], subject) for p in own)):
            return []
        return [(own[at - first], True)]
    if subject:
        named = _by_words([p for p in run if p.is_count and p.stop == rate.stop], subject)
        if named:
            # 6个局中有4个具备…资格的人员占比不足15%: in one clause with it, the words may go on about something else.
            apart = _MARK.search(rate.gap) is not None or run[at - 1] is not named[0]
            return [(named[0], len(named) == 1 and apart)]
    if not before:
        return []
    part = before[-1]
    sure = run[at - 1] is part and not subject
    lists = [
        x.whole for x in ledger.lists_with(part)
        if x.parts[-1] is part and len(x.parts) > 1 and x.cue != "behind" and x.is_tight and not _is_bare(run, at)
    ]  # fmt: skip
    # 其中国家级2个、市级34个,占总数的23%: behind a list, it is the share of the list's whole as well.
    return [(part, sure and not lists), *((whole, False) for whole in lists)]


def _is_given_behind(run: tuple[Posting, ...], posting: Posting) -> bool:
    """民事案件占53.8%,为127件: whether a count is what the rate before it is the share of."""
    at = posting.index - run[0].index
    return at > 0 and run[at - 1].is_rate and _GIVEN_BEHIND.match(posting.gap) is not None


def _by_words(counts: list[Posting], words: str) -> list[Posting]:
    """The counts that share most pairs of characters with some words."""
    pairs = _pairs_of(words) or {words}
    scored = [(sum(pair in p.told for pair in pairs), p) for p in counts]
    best = max((score for score, _ in scored), default=0)
    return [p for score, p in scored if score == best] if best else []


# ----------------------------------------------------------------------------------------------------- the whole


def _wholes(
    ledger: Ledger, run: tuple[Posting, ...], at: int, part: Posting, of: str
) -> list[tuple[Figure, bool]]:
    """What a part may be a share of, and whether beyond doubt: what the words name, the whole of its list, the only
    other count of the sentence, the counts before it."""
    rate = run[at]
    found: list[tuple[Posting, bool]] = []
    if of:
        found += _named(ledger, rate, part, of)
        if found and found[0][1]:
            if _is_qualified(found[0][0], of):
                found = found[:1]
            return [(ledger.own(p), sure) for p, sure in found]
    listed = [x.whole for x in ledger.lists_with(part) if part in x.parts or x.cue == "said"]
    found += [(p, not of) for p in listed[:1] if p is not part]
    two = _two_counts(ledger, rate)
    if two is not None and part is two[0]:
        found.append((two[1], True))
    found += [
        (p, False)
        for p in reversed(run)
        if p.is_count
        and p is not part
        and not (p.is_aside and p.gap.startswith("("))
        and not p.is_prior
        and (p.index < max(rate.index, part.index) or _is_total(p, rate))
        and is_comparable(part, p)
        and may_hold(p, part)
        and rate.stop - p.stop <= 1
        and not _is_given_behind(run, p)
    ]
    same = [p for p, _ in found if p.stop == part.stop and p.metric.unit == part.metric.unit]
    only = len(set(map(id, same))) == 1 and not of
    wholes: list[tuple[Figure, bool]] = []
    for whole, sure in found[:_MAX_CANDIDATES]:
        alone = only and whole is same[0] and part.observation.scope == whole.observation.scope
        wholes.append((ledger.own(whole), sure or alone))
    taken_up = _taken_up(run, part)
    if taken_up is not None and not of:
        wholes.insert(0, (ledger.own(taken_up), True))
    if part.is_sibling and len(same) > 1:
        every = tuple(dict.fromkeys(same))
        wholes.append(
            (Figure("、".join(p.label for p in every), "the figures beside it", add(every), every), False)
        )
    return wholes


def _taken_up(run: tuple[Posting, ...], part: Posting) -> Posting | None:
    """全年办案161件。上述案件中,线上申请38件(23.6%): the only count of the sentence before, if it is taken up."""
    opening = next(p for p in run if p.stop == part.stop)
    before = [p for p in run if p.stop == part.stop - 1 and p.is_count]
    is_taken_up = load_audit_words().taking_up.search(opening.gap) is not None
    if len(before) != 1 or not is_taken_up or before[0].metric.unit != part.metric.unit:
        return None
    return before[0] if may_hold(before[0], part) else None


def _is_qualified(posting: Posting, of: str) -> bool:
    """民事351件, and a share of 民事法律援助案件."""
    own = _NO_HAN.sub("", posting.before)
    return _VAGUE <= len(own) <= _SHORT and of.startswith(own)


def _rank(posting: Posting, rate: Posting, is_bare: bool) -> Decimal:
    """Of several figures of one name the largest; of several of a bare step of a procedure the last one told."""
    behind = posting.index > rate.index
    return Decimal(abs(posting.index - rate.index) + behind * _REACH) if is_bare else -posting.metric.value


def _is_total(posting: Posting, rate: Posting) -> bool:
    """A案56件(22%)、B案170件(60%),案件总数为283件: whether a figure behind a rate is the total of its sentence."""
    return posting.stop == rate.stop and posting.is_called_total


def _named(ledger: Ledger, rate: Posting, part: Posting, of: str) -> list[tuple[Posting, bool]]:
    """Figures that are what a share is said to be of, the most fitting first, and whether that is beyond doubt."""
    pairs = _pairs_of(of) or {of}
    # 占审结案件的80%: of whose cases, the words do not say.
    is_bare = not _NO_NOUN.sub("", load_audit_words().stage.sub("", of))
    fitting: list[tuple[int, bool, Posting]] = []
    low, high = max(0, rate.index - _REACH), rate.index + _REACH
    for posting in ledger.postings[low:high]:
        if not posting.is_count or posting is part or posting.is_prior or not is_comparable(part, posting):
            continue
        if posting.observation.period != part.observation.period or not may_hold(posting, part):
            continue
        shared = sum(pair in posting.told + posting.phrase for pair in pairs)
        if _is_qualified(posting, of):
            shared = len(pairs) + 1
        if shared:
            fitting.append((shared, posting.run == rate.run, posting))
    fitting = [entry for entry in fitting if entry[1]] or fitting
    fitting.sort(key=lambda entry: (entry[2].stop != rate.stop, -entry[0], _rank(entry[2], rate, is_bare)))
    best = fitting[0][0] if fitting else 0
    certain = best >= len(pairs) or (best * 2 >= len(pairs) and len(fitting) == 1)
    return [
        (
            p,
            certain
            and i == 0
            and not (is_bare and are_apart(ledger, part, p))
            and p.metric.unit == part.metric.unit
            and p.run == rate.run
            and p.observation.scope == part.observation.scope,
        )
        for i, (_, _, p) in enumerate(fitting[:_MAX_CANDIDATES])
    ]
