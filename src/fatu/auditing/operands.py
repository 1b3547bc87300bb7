"""Which figures a rate divides, as the words beside it tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ..lexicon.audit_words import RateWord, load_audit_words, load_rate_words, load_stages
from .ledger import WINDOW, Ledger
from .postings import Figure, Posting, add, bigrams

_MAX_CANDIDATES, _MAX_COLUMN = 4, 40
_CLOSE, _SHORT, _MAX_SUMS, _STOPS = 4, 5, 6, 2
_THINGS = frozenset({"件", "个", "项", "条", "起", "宗", "例", "份", "家", "户", "所", "处", None})
_PEOPLE = frozenset({"人", "名", "位", "人次"})
_STEM = re.compile(r"(?P<stem>[\u4e00-\u9fff]{2})(?:率|比例|占比)$")
_EXPLAINED = re.compile(r"\([^()]*\)$")
_OWN_NAME = re.compile(r"([\u4e00-\u9fff]{2,10}(?:率|比例))(?:为|是|达到?|约|近|超过?|不低于|高于|仅)*$")
_HENCE = re.compile(r"(?:由此|因此|随之|也|则)+$")
_PLAIN = re.compile(r"[案件数率事项人员成完理办行受结用]")
_IN_TIME = re.compile(r"按期|按时|按规定|期限|时限|限内")
_NO_NOUN = re.compile(r"[^\u4e00-\u9fff]|案件|事项|已|其中")
_NEGATED = re.compile(r"[不未](?:合格|达标|及格|通过|满意|办结|审结|整改|完成|履行|予)")


@dataclass(frozen=True, slots=True)
class Pair:
    """A part and a whole that a rate may be of."""

    part: Figure
    whole: Figure
    usual: bool
    """Whether the whole is the one that such a rate is of."""
    sure: bool
    """Whether it is beyond doubt that the rate is of these two."""
    is_complement: bool = False
    """Whether the part is what the rate leaves out: 不合格."""


def rate_word(phrase: str) -> RateWord | None:
    """What a rate of this phrase divides: by the table, else by the word before 率; None for no such rate."""
    # 纠错率(纠错件数与审结件数之比)
    phrase = _HENCE.sub("", _EXPLAINED.sub("", phrase))
    return next((word for word in load_rate_words() if word.rate.search(phrase)), None) or _stem(phrase)


def own_name(rate: Posting) -> str:
    """What a rate is called in its own clause: 顺利通过97名(通过率99%)."""
    match = _OWN_NAME.search(rate.before)
    return match[1] if match else ""


def _stem(phrase: str) -> RateWord | None:
    """What a rate that no row knows divides: the word before 率 names the part."""
    match = _STEM.search(phrase)
    if match is None:
        return None
    return RateWord(
        re.compile(re.escape(phrase)), re.compile(match["stem"]), re.compile("应|总|共|全"), is_known=False
    )


def worded_pairs(ledger: Ledger, rate: Posting, word: RateWord, usual: str | None = None) -> list[Pair]:
    """Pairs of the rate's run whose words fit it, the most fitting first; `usual` is the indicator that it is of."""
    counts = [p for p in _around(ledger, rate) if _is_countable(p, rate)]
    parts = _worded_parts(rate, word, counts)
    between = [
        p for p in counts
        if parts and parts[0].index < p.index < rate.index and p.metric.unit == parts[0].metric.unit and not p.is_aside
    ]  # fmt: skip
    together = _together(ledger, parts)
    is_known = _is_certain(rate, word, parts, between, together)
    figures = _figures(ledger, word, parts, between, together)
    beside = next((p for p in counts if p.index == rate.index - 1 and p.stop == rate.stop), None)
    if beside is not None and beside not in parts:
        # 持有效执法证817人,持证率: the figure right before a rate may be its part, whatever its words.
        figures.append(ledger.own(beside))
    words = load_audit_words()
    carried = any(words.carried.search(p.told) for p in counts)
    limited = not words.exceeds.search(rate.phrase) and not carried
    pairs: list[Pair] = []
    said_wholes = [
        x.whole for p in parts[:1] for x in ledger.lists_with(p) if x.cue == "said" and x.whole.stop == p.stop
    ]
    for part in figures:
        for whole, fits in _wholes(ledger, part, word, counts, limited, usual):
            last = part.postings[-1]
            if beside not in parts and part.postings == (beside,) and whole.postings[0].index > rate.index:
                # 制定7件,合法性审查率100%,备案7件: no words tie what comes next to the rate.
                continue
            placed = last.index < rate.index or _is_told_behind(
                ledger, rate, (*part.postings, *whole.postings)
            )
            single = len(part.postings) == 1 or word.adds
            sure = is_known and fits and single and part is figures[0] and placed and last.stop == rate.stop
            # 完成5781批次;完成的批次中合格5451批次: of the whole that the words name.
            sure = sure and (not said_wholes or together != [] or whole.postings[0] in said_wholes)
            pairs.append(Pair(part, whole, True, sure))
    if beside is not None and beside.sentence == rate.sentence:
        pairs += _of_said_list(ledger, rate, word, beside)
    pairs += _complements(ledger, rate, word, counts)
    pairs += [*_of_two(ledger, rate, word), *_told_first(ledger, rate, word)]
    return [pair for pair in pairs if not _is_of_others(pair, rate, counts)]


def _is_countable(figure: Posting, rate: Posting) -> bool:
    """Whether a rate may be of a figure: a count beside it, of its own time, told before it or with it."""
    if not figure.is_count or not figure.is_beside(rate) or figure.is_prior:
        return False
    return figure.index < rate.index or figure.sentence == rate.sentence or figure.run != rate.run


def _is_certain(
    rate: Posting, word: RateWord, parts: list[Posting], between: list[Posting], together: list[Figure]
) -> bool:
    """Whether the words leave no doubt that the first part is what the rate is made of."""
    if not parts or (between and not word.adds) or parts[0].times > 1:
        return False
    if together and not word.adds:
        # 优秀71卷、良好38卷、合格11卷,优良率: of some of them, and the words do not tell of which.
        return False
    if not word.is_known:
        # 上网公开6301件,公开率: a rate that no row knows, but right behind what it names.
        stem = _STEM.search(rate.phrase)
        near = parts[0].before[-_CLOSE:] + parts[0].after[:_CLOSE]
        return parts[0].index == rate.index - 1 and stem is not None and stem["stem"] in near
    in_time = _IN_TIME.search(rate.phrase) and not _IN_TIME.search(parts[0].told)
    # 办结1851件,按时办结率100%: of those that were dealt with, not of all.
    return not _is_of_list(rate) and not (in_time and rate.metric.value == 100)


def _figures(
    ledger: Ledger, word: RateWord, parts: list[Posting], between: list[Posting], together: list[Figure]
) -> list[Figure]:
    """What a rate may be made of, the most fitting first: figures told together, one of them, sums of some."""
    figures = [*together, *(ledger.own(p) for p in parts[:2])]
    if together and not word.adds:
        every = together[0].postings
        figures += [ledger.sum_of(every[a:b]) for a in range(len(every)) for b in range(a + 2, len(every))][
            :_MAX_SUMS
        ]
    if parts and between:
        figures.append(ledger.sum_of((parts[0], *between)))
    if parts and parts[0].times > 1:
        figures.append(Figure(parts[0].label, ledger.label_en(parts[0]), parts[0].together, (parts[0],)))
    return figures


def _of_said_list(ledger: Ledger, rate: Posting, word: RateWord, beside: Posting) -> list[Pair]:
    """裁决365件,内含一裁终局211件,终局裁决率: the part of a list right before a rate, and its whole."""
    lists = [x for x in ledger.lists_with(beside) if x.cue == "said" and len(x.parts) == 1]
    said = [
        x.whole for x in lists if x.whole.sentence == rate.sentence and _NEGATED.search(beside.told) is None
    ]
    named = word.part.search(beside.told) is not None or _shares_letter(rate, beside)
    return [
        Pair(ledger.own(beside), ledger.own(whole), True, named and "其中" not in rate.before)
        for whole in said
    ]


def _is_of_others(pair: Pair, rate: Posting, counts: list[Posting]) -> bool:
    """办理建议141件,办结141件;办理提案118件,办结率100%: whether a pair stands apart from a rate that has its own count
    of the same indicator beside it."""
    postings = (*pair.part.postings, *pair.whole.postings)
    if any(p.sentence == rate.sentence for p in postings):
        return False
    names = {p.link.id for p in postings} - {None}
    return any(p.sentence == rate.sentence and p.link.id in names for p in counts)


def _is_of_list(rate: Posting) -> bool:
    """其中民事办结率: whether a rate is of a part of what the figures before it count; not for 办结259件(办结率…)."""
    return load_audit_words().parts.search(rate.before.lstrip("(:-,")) is not None


def _shares_letter(rate: Posting, part: Posting) -> bool:
    """Whether a figure has a character of the word before 率: 一裁终局 and 终局裁决率."""
    stem = _STEM.search(rate.phrase)
    return stem is not None and any(c in part.told for c in _PLAIN.sub("", stem["stem"]))


def _is_told_behind(ledger: Ledger, rate: Posting, operands: tuple[Posting, ...]) -> bool:
    """办结率86%(承办139件、办结120件) and 办结率86%,承办139件,办结120件: whether a rate's counts follow it at once."""
    run = ledger.runs[rate.run]
    at = ledger.position(rate)
    behind = run[at + 1 : at + 1 + len(operands)]
    if set(behind) != set(operands):
        return False
    if all(p.is_aside or p.gap.count("(") for p in behind[:1]) and behind[0].gap.startswith(
        ("(", "以上(", "左右(")
    ):
        return True
    short = all(len(p.before.strip(",、;:(")) <= _SHORT for p in behind)
    return short and (at == 0 or run[at - 1].stop != rate.stop)


def _worded_parts(rate: Posting, word: RateWord, counts: list[Posting]) -> list[Posting]:
    """The figures that a rate may be made of: those with the very word before 率, else with a word of its kind."""
    stem = _STEM.search(rate.phrase)
    fitting = [p for p in counts if word.part.search(p.told) and not _NEGATED.search(p.told)]
    exact = [p for p in fitting if stem and stem["stem"] in p.told]
    if _IN_TIME.search(rate.phrase):
        fitting = exact = [p for p in fitting if _IN_TIME.search(p.told)] or exact or fitting
    parts = exact or fitting
    return sorted(parts, key=lambda p: (p.stop != rate.stop, p.index > rate.index, abs(p.index - rate.index)))


def _together(ledger: Ledger, parts: list[Posting]) -> list[Figure]:
    """撤销6件、确认违法2件,纠错率: several figures of one list that a rate is made of."""
    for listing in (x for p in parts for x in ledger.lists_with(p)):
        own = [p for p in (*listing.parts, *listing.more) if p in parts]
        if len(own) > 1 and parts[0] in own and listing.whole not in own:
            return [ledger.sum_of(tuple(own))]
    near = sorted((p for p in parts if p.stop == parts[0].stop), key=lambda p: p.index)
    if len(near) > 1 and all(
        b.index == a.index + 1 and b.metric.unit == a.metric.unit for a, b in pairwise(near)
    ):
        return [ledger.sum_of(tuple(near))]
    return []


def _wholes(
    ledger: Ledger, part: Figure, word: RateWord, counts: list[Posting], limited: bool, usual: str | None
) -> Iterator[tuple[Figure, bool]]:
    """What a part may be divided by, the most fitting first, and whether that is beyond doubt."""
    last = part.postings[-1]
    able = [
        p for p in counts
        if p not in part.postings and is_comparable(last, p) and not _is_twin(p, last)
    ]  # fmt: skip
    able = [p for p in able if not limited or p.interval.high is None or p.interval.high >= part.interval.low]
    fitting = [p for p in able if word.whole.search(p.told)]
    fitting = [p for p in fitting if not _is_coordinate(p, last) or not word.part.search(p.told)]
    others = [
        p
        for p in able
        if p not in fitting and p.metric.unit == last.metric.unit and not _is_coordinate(p, last)
    ]
    for group in (fitting, others):
        group.sort(key=lambda p: (p.stop != last.stop, p.index > last.index, abs(p.index - last.index)))
    near = [p for p in (*fitting, *others) if p.stop == last.stop]
    for whole in (*fitting, *others)[:_MAX_CANDIDATES]:
        fits = whole in fitting[:1] or near == [whole]
        # 审结61件。撤销3件、确认违法1件,纠错率…: the usual whole may stand in the sentence before.
        placed = whole.stop == last.stop or (whole.link.id == usual is not None and len(part.postings) > 1)
        placed = placed and not (are_apart(ledger, last, whole) and _share_nothing(last, whole))
        yield ledger.own(whole), fits and placed and whole.metric.unit == last.metric.unit


def with_siblings(ledger: Ledger, rate: Posting, pair: Pair) -> list[Pair]:
    """A pair; where its whole stands in a list (处罚案卷140卷、许可案卷70卷), first that with all of the list."""
    own = _NO_NOUN.sub("", pair.whole.postings[0].before)
    if len(pair.whole.postings) > 1 or (own and own in rate.before):
        # 刑事389件、民事351件,占民事案件的56%: the words name one of the list.
        return [pair]
    together = siblings(ledger, pair.whole.postings[0])
    if len(together) < 2 or any(p in together for p in pair.part.postings):
        return [pair]
    return [replace(pair, whole=ledger.sum_of(together), sure=False), replace(pair, sure=False)]


def with_carried(ledger: Ledger, rate: Posting, pairs: list[Pair]) -> list[Pair]:
    """Pairs with what was carried over from the year before added to their whole: 上年结转1件,新收8件."""
    words = load_audit_words()
    carried = [
        p for p in ledger.around(rate)
        if p.is_count and words.carried.search(p.told) and p.observation.scope == rate.observation.scope
    ]  # fmt: skip
    more = []
    for pair in pairs:
        whole = pair.whole.postings
        for posting in carried[:1]:
            if posting not in (*whole, *pair.part.postings) and posting.metric.unit == whole[0].metric.unit:
                every = (posting, *whole)
                names = (
                    f"{posting.label}、{pair.whole.label_zh}",
                    f"{ledger.label_en(posting)} and {pair.whole.label_en}",
                )
                more.append(replace(pair, whole=Figure(*names, add(every), every), usual=False, sure=False))
    return more


def siblings(ledger: Ledger, posting: Posting) -> tuple[Posting, ...]:
    """The figures told in one list with it: 处罚案卷140卷、许可案卷70卷."""
    run = ledger.runs[posting.run]
    first = last = ledger.position(posting)
    while (
        first > max(0, last - WINDOW)
        and run[first].is_sibling
        and run[first - 1].metric.unit == posting.metric.unit
    ):
        first -= 1
    while (
        last + 1 < len(run) and run[last + 1].is_sibling and run[last + 1].metric.unit == posting.metric.unit
    ):
        last += 1
    return run[first : last + 1] if posting.cell is None else (posting,)


def _is_coordinate(whole: Posting, part: Posting) -> bool:
    """Whether both stand in one list, so that neither is of the other: 规范性文件2件、重大决策5件."""
    return (
        part.cell is None
        and part.run == whole.run
        and abs(part.index - whole.index) == 1
        and (part if part.index > whole.index else whole).is_sibling
    )


def _is_twin(whole: Posting, part: Posting) -> bool:
    """人大代表建议41件、政协提案41件: whether one list has both, and the catalogue one name for them."""
    return part.link.id is not None and part.link.id == whole.link.id and _is_coordinate(whole, part)


def _complements(ledger: Ledger, rate: Posting, word: RateWord, counts: list[Posting]) -> list[Pair]:
    """不合格761批次,合格率97.6%: what a rate leaves out is told."""
    stem = _STEM.search(rate.phrase)
    if stem is None:
        return []
    lacking = [p for p in counts if re.search(f"[不未]{stem['stem']}", p.told) and p.stop == rate.stop]
    pairs = []
    for part in lacking[:1]:
        for whole, fits in _wholes(ledger, ledger.own(part), word, counts, True, None):
            pairs.append(Pair(ledger.own(part), whole, True, fits, is_complement=True))
    return pairs


def _around(ledger: Ledger, rate: Posting) -> tuple[Posting, ...]:
    """The figures among which those of a rate are looked for: of its run, and of the column of its table."""
    near = ledger.around(rate)
    if rate.cell is None:
        return near
    column = ledger.columns[rate.cell.table, rate.cell.column]
    return (*near, *(p for p in column if p.run != rate.run)) if len(column) <= _MAX_COLUMN else near


def _share_nothing(part: Posting, whole: Posting) -> bool:
    """公证1126件,信访积案28件: whether both have nouns and none in common."""
    words = load_audit_words()
    mine, its = (_NO_NOUN.sub("", words.generic.sub("", p.told)) for p in (part, whole))
    for pattern in (words.stage, *(x for stages in load_stages() for x in (stages.earlier, stages.later))):
        mine, its = pattern.sub("", mine), pattern.sub("", its)
    return len(mine) > 1 and len(its) > 1 and not any(two in its for two in bigrams(mine))


def are_apart(ledger: Ledger, part: Posting, whole: Posting) -> bool:
    """公证1126件,信访28件: whether the catalogue has two figures under different topics."""
    topics = {ledger.entries[p.link.id or ""].topic for p in (part, whole) if p.link.id in ledger.entries}
    return len(topics) > 1


def is_comparable(part: Posting, whole: Posting) -> bool:
    mine, its = part.metric.unit, whole.metric.unit
    return mine == its or {mine, its} <= _THINGS or {mine, its} <= _PEOPLE


def may_hold(whole: Posting, part: Posting) -> bool:
    """Whether a figure can be what the part is of: not one that is larger in the part's own list."""
    return whole.interval.high is None or whole.interval.high >= part.interval.low


def two_counts(ledger: Ledger, rate: Posting) -> tuple[Posting, Posting] | None:
    """The smaller and the larger of the counts in a rate's 。-sentence, where there are just two of one unit and they
    stand next to it."""
    run = ledger.around(rate)
    counts = [
        p for p in run
        if p.stop == rate.stop and p.is_count and p.is_beside(rate) and not p.is_prior
        and load_audit_words().carried.search(p.told) is None
    ]  # fmt: skip
    counts = [p for p in counts if p.index < rate.index or p.sentence == rate.sentence]
    own = [p for p in counts if p.sentence == rate.sentence]
    counts = own if len(own) > 1 else counts
    if not counts:
        # 制发128件。报送备案90件。报备率70%: each in a sentence of its own.
        before = [
            p
            for p in run
            if rate.stop - _STOPS <= p.stop < rate.stop and p.is_beside(rate) and not p.is_prior
        ]
        counts = before if len({p.stop for p in before}) == len(before) else []
    elif len(counts) == 1 and counts[0].index < rate.index:
        # 抽检2382批次。检验结果显示,合格2212批次,合格率…: the whole may be the only count of the sentence before.
        counts += [
            p for p in run if p.stop == rate.stop - 1 and p.is_count and p.is_beside(rate) and not p.is_prior
        ]
    if (
        len(counts) != 2
        or not all(p.is_count for p in counts)
        or counts[0].metric.unit != counts[1].metric.unit
        or rate.cell is not None
    ):
        return None
    if any(p.is_rate and p.movement is None and p is not rate for p in run if p.stop == rate.stop):
        return None
    first, second = sorted(counts, key=lambda p: p.index)
    if second.is_sibling and first.told == first.words:
        # 建议68件、提案118件 are told side by side.
        return None
    small, large = sorted(counts, key=lambda p: (p.metric.value, -p.index))
    return small, large


def counts_behind(
    ledger: Ledger, rate: Posting, *, in_one_breath: bool = False
) -> tuple[Posting, Posting] | None:
    """The smaller and the larger of the two counts of one unit that follow a rate told before all others of its
    。-sentence: 成功率为92.6%,调解总量为19315件,成功量为17866件."""
    own = [p for p in ledger.around(rate) if p.stop == rate.stop]
    if own[0] is not rate or len(own) != 3 or rate.cell is not None:
        return None
    first, second = own[1:]
    if not (
        first.is_count
        and second.is_count
        and first.metric.unit == second.metric.unit
        and not (first.is_prior or second.is_prior)
        and (in_one_breath or not (second.is_sibling and first.told == first.words))
        and first.is_beside(rate)
        and second.is_beside(rate)
    ):
        return None
    small, large = sorted((first, second), key=lambda p: (p.metric.value, -p.index))
    return small, large


def _told_first(ledger: Ledger, rate: Posting, word: RateWord) -> list[Pair]:
    """A rate told before its two counts is of these two, if a word says so."""
    two = counts_behind(ledger, rate, in_one_breath=True)
    if two is None or _is_of_list(rate):
        return []
    part, whole = two
    says = word.part.search(part.told) is not None or _shares_letter(rate, part)
    other = word.part.search(whole.told) is not None and word.part.search(part.told) is None
    # 承接工单2900件、办结2800件 may be told in one breath, where words tell both.
    told = not (part.is_sibling or whole.is_sibling) or word.whole.search(whole.told) is not None
    return [Pair(ledger.own(part), ledger.own(whole), True, says and told and not other)]


def _of_two(ledger: Ledger, rate: Posting, word: RateWord) -> list[Pair]:
    """A rate among two counts is of these two, if a word says so."""
    two = two_counts(ledger, rate)
    if two is None:
        return []
    part, whole = two
    stem = _STEM.search(rate.phrase)
    says = word.is_known and word.part.search(part.told) is not None
    if stem is not None:
        says = says or stem["stem"] in part.told or (word.is_known and _shares_letter(rate, part))
    says = says or any(x.whole is whole and x.cue == "said" for x in ledger.lists_with(part))
    # 立案1126件,共办结1147件: with cases carried over, more may be dealt with than were taken in.
    other = word.part.search(whole.told) is not None and word.part.search(part.told) is None
    late = (
        _IN_TIME.search(rate.phrase) is not None
        and not _IN_TIME.search(part.told)
        and rate.metric.value == 100
    )
    # Of the sentence before only what the words name.
    is_far = whole.stop != part.stop and word.whole.search(whole.told) is None
    apart = is_far or (are_apart(ledger, part, whole) and word.whole.search(whole.told) is None)
    is_sure = says and not (other or late or apart) and not _is_of_list(rate)
    return [Pair(ledger.own(part), ledger.own(whole), True, is_sure)]
