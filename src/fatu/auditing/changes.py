"""Changes against the two values they compare: 28→35 is 25% more; 由20个压缩至7个 is 65% less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..lexicon.audit_words import load_audit_words
from ..model import Finding, Growth, Rule, Verdict
from .arithmetic import Interval, fall, growth, judge, judge_count, share
from .checks import Check, computed, rounding_note, unverifiable
from .ledger import Ledger
from .postings import PERCENT, POINTS, Posting

_NO_PRIOR = "没有上一期的数", "but not the value it compares with"
_NO_YEARS = "为多年平均", "a mean over years"
_REAL = (
    "可能按不变价格计算,与两年数值不可比",
    "possibly at constant prices, which the values of two years do not tell",
)
_WINDOW, _NEAR_GAP, _FAR_GAP, _MAX_LEVELS = 6, 14, 36, 4
_RIGHT_BEHIND = re.compile(r"^(?:以上)?(?:[,、(](?:即|[\u4e00-\u9fff]{0,8}))?(?:由|从)")
_PRIOR_ONLY = re.compile(
    r"^(?:以上|左右)?[,、;(]?(?:而|其中)?(?:上年|去年|上一年度?|上年度)(?:同期)?(?:数)?(?:为|是|仅|共|有)?$"
)
_NO_NOUN = re.compile(
    r"[^\u4e00-\u9fff]|同比|相比|相较|对比|其中|分别|整整|足足|一举|即|[由从]$|基础上|较原|比原|累计|共|约|近|达|了|率|幅度?|均|数量?|总|比例|压缩比|年|度|时间|时限|用时|环节"
)
_OF_ALL = re.compile(r"总数|总量|总额|合计|两者|三者")
_COMPARED = re.compile(r"^[,、;(]?(?:则)?(?:比|较|与)[^,;。]*$")
_LEFT = re.compile(r"注销|退出|减少|离职|核减|清退|吊销")
_THAN = re.compile(r"较|比(?![例率重])")
_YEARLY = re.compile(r"年均|年平均|年度平均")


@dataclass(frozen=True, slots=True)
class Pair:
    """The two values that a change is between."""

    then: Posting
    now: Posting
    is_sure: bool
    """Whether it is beyond doubt that the change is between them."""


def check_changes(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each change: by what it is told (%, 百分点, 倍, a count), against the two values."""
    for run in ledger.runs.values():
        for at, change in enumerate(run):
            if change.movement is not None and _tells_change(change):
                yield from _check(ledger, run, at)
            elif _is_cut(run, at):
                yield _judged(
                    ledger, "change", replace(change, movement="down"), Pair(run[at - 2], run[at - 1], True)
                )


def _is_cut(run: tuple[Posting, ...], at: int) -> bool:
    """由57项调整为31项,取消26项: whether a figure tells how many fewer there are."""
    if at < 2:
        return False
    then, now, change = run[at - 2 : at + 1]
    return (
        change.is_count
        and now.sentence == change.sentence == then.sentence
        and _is_origin(then)
        and _has_unit_for(change, then, now)
        and load_audit_words().level.search(now.before) is not None
        and load_audit_words().cut.search(change.before) is not None
    )


def _tells_change(change: Posting) -> bool:
    words = load_audit_words()
    if change.before == "(":
        return True
    return change.cell is not None or bool(
        words.compare.search(change.gap) or words.up.search(change.before) or words.down.search(change.before)
    )


def _check(ledger: Ledger, run: tuple[Posting, ...], at: int) -> Iterator[Finding]:
    change = run[at]
    stated = _stated_pair(run, at)
    pairs = (
        [stated]
        if stated
        else [
            pair
            for now, sure in _currents(ledger, run, at)
            if (pair := _years_pair(ledger, run, at, now, sure))
        ]
    )
    rule: Rule = "change" if stated or change.metric.unit in POINTS else "growth"
    if _YEARLY.search(change.before):
        if change.is_rate:
            yield unverifiable(ledger, rule, change, (), _NO_YEARS)
        return
    if load_audit_words().real.search(change.phrase) and not stated:
        if change.is_rate:
            yield unverifiable(ledger, rule, change, (), _REAL)
        return
    if pairs:
        yield _best(ledger, rule, change, pairs)
        return
    three = _three_figures(ledger, run, at)
    if three is not None:
        yield three
    elif change.is_rate or change.metric.unit in POINTS:
        yield replace(
            unverifiable(ledger, rule, change, (), _NO_PRIOR), since=_since_last_year(ledger, run, at)
        )


def _since_last_year(ledger: Ledger, run: tuple[Posting, ...], at: int) -> Growth | None:
    """A growth in percent since the year before of a value that is beyond doubt."""
    change = run[at]
    now = next((level for level, is_sure in _currents(ledger, run, at) if is_sure), None)
    if now is None or change.metric.unit != "%" or not load_audit_words().yearly.search(change.gap):
        return None
    return Growth(change.observation, now.observation, change.movement == "down")


def _best(ledger: Ledger, rule: Rule, change: Posting, pairs: list[Pair]) -> Finding:
    """The first pair that agrees, else the first that is beyond doubt."""
    judged = [(pair, _judged(ledger, rule, change, pair)) for pair in pairs]
    for _, finding in judged:
        if finding.verdict in ("consistent", "consistent_truncated"):
            return finding
    sure = [finding for pair, finding in judged if pair.is_sure]
    return sure[0] if sure else unverifiable(ledger, rule, change, (), _NO_PRIOR)


# --------------------------------------------------------------------------------------------- the two values


def _stated_pair(run: tuple[Posting, ...], at: int) -> Pair | None:
    """由A…至B in the same sentence, before the change or right behind it."""
    change = run[at]
    for i in (*range(at - 1, max(0, at - _WINDOW), -1), at + 2):
        if not 0 < i < len(run):
            continue
        now, then = run[i], run[i - 1]
        if now.stop != change.stop or then.stop != change.stop:
            continue
        if i > at and not (_RIGHT_BEHIND.match(then.gap) or _opens(run, at)):
            continue
        if any(_may_change_by(p, change) and p.movement is None for p in run[i + 1 : at]):
            # 由86.5%提高到98.2%,上传及时率99.1%,提升3.4个百分点: the level between is what changed.
            continue
        if _is_led(then, now) and _has_unit_for(change, then, now):
            if len(_noun(then.before)) > 1 and _is_of_another(change, now) and _is_of_another(change, then):
                continue
            return Pair(then, now, True)
        if now.is_aside and load_audit_words().was.search(now.before) and _has_unit_for(change, now, then):
            # 时限12个工作日(原为16个工作日)
            return Pair(now, then, True)
    if "净增" in change.before:
        # 新设13400户,注销5800户,净增7600户
        flows = [
            p
            for p in run[max(0, at - _WINDOW) : at]
            if p.stop == change.stop and p.is_count and not p.is_prior
        ]
        if len(flows) > 1 and _LEFT.search(flows[-1].told) and flows[-1].metric.unit == change.metric.unit:
            return Pair(flows[-1], flows[-2], flows[-2].metric.unit == change.metric.unit)
    if at > 1 and _COMPARED.match(run[at - 1].before):
        # 时限压缩至1天,比法定时限10天减少8天: what it compares with stands right before it.
        then, now = run[at - 1], run[at - 2]
        fits = then.stop == now.stop == change.stop and _has_unit_for(change, then, now)
        if (
            fits
            and then.movement is None
            and now.movement is None
            and not (now.is_prior or "年" in then.before)
        ):
            return Pair(then, now, len(now.gap) > 0 and not _OF_ALL.search(then.before))
    if 0 < at < len(run) - 1 and run[at - 1].trail.startswith("的基础上"):
        # 时限在17天的基础上压缩53.5%,现为9天
        then, now = run[at - 1], run[at + 1]
        if then.stop == now.stop and now.movement is None and _has_unit_for(change, then, now):
            return Pair(then, now, True)
    if at + 2 < len(run) and _opens(run, at):
        # 总量同比下降25%,上年为559件次,当年为420件次
        first, second = run[at + 1 : at + 3]
        if second.stop == first.stop == change.stop and _has_unit_for(change, first, second):
            for then, now in ((first, second), (second, first)):
                is_level = now.is_count or now.is_rate
                if is_level and not now.is_prior and _is_year_before(then, now):
                    return Pair(then, now, True)
    return None


def _opens(run: tuple[Posting, ...], at: int) -> bool:
    """Whether a figure is the first of its 。-sentence."""
    return at == 0 or run[at - 1].stop != run[at].stop


def _is_led(then: Posting, now: Posting) -> bool:
    """Whether the sentence leads from one value to the other: 由42个压缩至13个, 原来42个、现在13个."""
    words = load_audit_words()
    if _is_origin(then) and (now.leads_to or words.level.search(now.before)):
        return True
    if (
        now.leads_to
        and len(now.gap) <= _NEAR_GAP
        and now.movement is None
        and (then.is_aside or now.gap == now.before)
    ):
        # 审批时限(54个工作日)压缩到45个工作日
        return True
    if len(now.gap) > (_FAR_GAP if now.leads_to else _NEAR_GAP):
        return False
    was, is_now = words.was.search(then.told), words.now.search(now.told)
    return was is not None and is_now is not None and words.was.search(now.told) is None


def _is_origin(posting: Posting) -> bool:
    return bool(load_audit_words().origin.search(posting.before.rstrip(" “约近")))


def _has_unit_for(change: Posting, then: Posting, now: Posting) -> bool:
    if then.metric.unit != now.metric.unit:
        return False
    if change.metric.unit in POINTS:
        return now.is_rate
    return change.is_rate or change.metric.unit == "倍" or change.metric.unit == now.metric.unit


def _years_pair(ledger: Ledger, run: tuple[Posting, ...], at: int, now: Posting, sure: bool) -> Pair | None:
    """The value of the year and that of the year before: beside the change, or anywhere in the report."""
    change = run[at]
    near = [
        p for p in run[max(0, at - _WINDOW) : at + 2]
        if p not in (change, now) and p.stop == change.stop and (p.index < change.index or _PRIOR_ONLY.match(p.gap))
    ]  # fmt: skip
    for then in sorted(near, key=lambda p: abs(p.index - change.index)):
        if then.movement is None and then.metric.unit == now.metric.unit and _is_year_before(then, now):
            return Pair(then, now, sure and _OF_ALL.search(then.before) is None)
    previous = _year_before(now.observation.period)
    if previous is None or not sure:
        return None
    o = now.observation
    key = (previous, o.scope, now.metric.unit, now.link.id or now.phrase)
    same = [
        p for p in ledger.by_period.get(key, ())
        if p.cell is None or now.cell is None or p.cell.table == now.cell.table
    ]  # fmt: skip
    if now.cell:
        same = [p for p in same if p.run == now.run] or same
    return Pair(same[0], now, sure) if len(same) == 1 else None


def _currents(ledger: Ledger, run: tuple[Posting, ...], at: int) -> Iterator[tuple[Posting, bool]]:
    """What a change may be of, and whether beyond doubt: the last level before it in its sentence that it can be a
    change of; behind a list of parts (其中刑事117件、民事169件,增长…) their whole."""
    change = run[at]
    difference = run[at - 1] if at else change
    if (
        change.is_rate
        and difference.movement == change.movement
        and difference.sentence == change.sentence
        and not difference.is_rate
        and difference.metric.unit not in POINTS
    ):
        yield from _currents(ledger, run, at - 1)
        return
    levels = [
        p for p in reversed(run[max(0, at - _WINDOW) : at])
        if (p.stop == change.stop or _is_taken_up(run, at, p)) and p.movement is None and not p.is_prior
        and not _is_of_other_year(p, run, at)
        and _may_change_by(p, change)
    ]  # fmt: skip
    latest = max((p.observation.period or "" for p in levels), default="")
    levels = [p for p in levels if p.observation.period in (None, latest)]
    prior = [p for p in run[max(0, at - 2) : at + 2] if p.is_prior and p.stop == change.stop]
    if prior:
        # What it compares with has a unit, and so has what it is of.
        levels = [p for p in levels if p.metric.unit == prior[-1].metric.unit]
    behind = run[at + 1] if at + 1 < len(run) else change
    if behind.movement is not None and at + 2 < len(run):
        behind = run[at + 2]
    reaches = load_audit_words().reaches.search(behind.before) is not None
    follows = behind is not change and behind.stop == change.stop and (reaches or not levels)
    if follows and behind.movement is None and not behind.is_prior and _may_change_by(behind, change):
        # 比上年增加331件,达884件: the level may stand behind its change.
        yield behind, reaches or at == 0 or run[at - 1].stop != change.stop
    if not levels:
        return
    listing = next(
        (
            x
            for x in ledger.lists_with(levels[0])
            if levels[0] is x.parts[-1] and len(x.parts) > 1 and x.is_tight
        ),
        None,
    )
    if listing is not None and listing.cue != "behind":
        yield listing.whole, True
        yield levels[0], False
    else:
        near = levels[0].sentence == change.sentence or len(levels) == 1
        yield levels[0], near and not _is_of_another(change, levels[0])
    for level in levels[1:_MAX_LEVELS]:
        yield level, False


def _is_taken_up(run: tuple[Posting, ...], at: int, level: Posting) -> bool:
    """全年受理16件。这一数字比上年少4件: whether a sentence takes up the last figure of the one before."""
    opening = next(i for i, p in enumerate(run) if p.stop == run[at].stop)
    taken_up = load_audit_words().this_figure
    return opening > 0 and run[opening - 1] is level and taken_up.search(run[opening].gap) is not None


def _is_of_another(change: Posting, level: Posting) -> bool:
    """Whether a change names something that a level is not of: 生产总值309亿元,财政收入增长5%."""
    named = _noun(change.before)
    told = level.told + level.phrase
    shared = sum(named[i : i + 2] in told for i in range(len(named) - 1))
    return len(named) > 1 and shared * 3 < len(named) - 1


def _noun(text: str) -> str:
    """What a change is said to be of, without the words of comparing and moving."""
    words = load_audit_words()
    # 承诺时限较法定时限压缩: of the former.
    text = _THAN.split(text)[0]
    return _NO_NOUN.sub("", words.down.sub("", words.up.sub("", words.compare.sub("", text))))


def _may_change_by(level: Posting, change: Posting) -> bool:
    """Whether a change can be of a level: 13件 more is of no sum of money."""
    unit = change.metric.unit
    if unit in POINTS:
        return level.is_rate
    if unit in PERCENT or unit == "倍":
        return level.is_count
    return level.is_count and level.metric.unit == unit


def _is_of_other_year(posting: Posting, run: tuple[Posting, ...], at: int) -> bool:
    """Whether a later level of the same sentence is of a later year."""
    mine = posting.observation.period
    return any(
        p.movement is None
        and p.metric.unit == posting.metric.unit
        and (p.observation.period or "") > (mine or "")
        for p in run[max(0, at - _WINDOW) : at]
        if p.sentence == posting.sentence and p.index > posting.index
    )


def _is_year_before(then: Posting, now: Posting) -> bool:
    return then.is_prior or then.observation.period == _year_before(now.observation.period)


def _year_before(period: str | None) -> str | None:
    return str(int(period) - 1) if period and len(period) == 4 and period.isdecimal() else None


# ------------------------------------------------------------------------------------------------- reckoning


def _judged(ledger: Ledger, rule: Rule, change: Posting, pair: Pair) -> Finding:
    then, now = pair.then, pair.now
    unit = change.metric.unit or ""
    if change.metric.unit in PERCENT:
        expected = growth(now.interval, then.interval)
        if expected is not None and unit == "‰":
            expected = Interval(expected.low * 10, None if expected.high is None else expected.high * 10)
        formula = f"({now.shown}-{then.shown})÷{then.shown}"
    elif unit == "倍":
        quotient = share(now.interval, then.interval)
        expected = None if quotient is None else _times(quotient)
        formula = f"({now.shown}-{then.shown})÷{then.shown}"
    else:
        expected = now.interval - then.interval
        formula = f"{now.shown}-{then.shown}"
    if expected is not None and change.movement == "down":
        expected = fall(expected)
        formula = formula.replace(f"{now.shown}-{then.shown}", f"{then.shown}-{now.shown}")
    if expected is None:
        missing = "上一期的数为零或没有上限", "but the value before is nothing or open"
        return unverifiable(ledger, rule, change, (then, now), missing)
    rated = change.is_rate or unit == "倍"
    verdict: Verdict = judge(change.metric, expected) if rated else _count_verdict(change, expected)
    if verdict == "inconsistent" and expected.high is not None and expected.high < 0:
        note = ",方向相反", "; it went the other way"
    elif verdict == "inconsistent":
        note = rounding_note(change, expected) if rated else ("", "")
    else:
        note = "", ""
    return Check(
        rule=rule,
        verdict=verdict,
        about=change,
        operands=(then, now),
        subject=(change.label, f"{ledger.label_en(now)}, change"),
        formula=formula + computed(expected, "" if unit in POINTS or not rated else unit),
        expected=expected,
        note=note,
    ).finding(ledger)


def _count_verdict(change: Posting, expected: Interval) -> Verdict:
    if change.metric.unit in POINTS:
        return judge(change.metric, expected)
    return judge_count(change.metric, expected)


def _times(quotient: Interval) -> Interval:
    low = quotient.low / 100 - 1
    return Interval(low, None if quotient.high is None else quotient.high / 100 - 1)


def _three_figures(ledger: Ledger, run: tuple[Posting, ...], at: int) -> Finding | None:
    """受理35件,同比增加7件、增长25%: value, difference and percentage, without the year before."""
    change = run[at]
    if not change.is_rate:
        return None
    differences = [
        p for p in run[max(0, at - 2) : at + 3]
        if p.movement == change.movement and p.sentence == change.sentence and not p.is_rate
        and p.metric.unit not in (*POINTS, "倍")
    ]  # fmt: skip
    if not differences:
        return None
    difference = min(differences, key=lambda p: (abs(p.index - change.index), p.index))
    tried = [
        (now, sure, expected, judge(change.metric, expected))
        for now, sure in _currents(ledger, run, ledger.position(difference))
        if now.metric.unit == difference.metric.unit and (expected := _growth_by(now, difference)) is not None
    ]
    chosen = next((t for t in tried if t[3] != "inconsistent"), None) or next(
        (t for t in tried if t[1]), None
    )
    if chosen is None:
        return None
    now, _, expected, verdict = chosen
    sign = "-" if change.movement == "up" else "+"
    return Check(
        rule="growth",
        verdict=verdict,
        about=change,
        operands=(now, difference),
        subject=(change.label, f"{ledger.label_en(now)}, change"),
        formula=f"{difference.shown}÷({now.shown}{sign}{difference.shown}){computed(expected, '%')}",
        expected=expected,
        note=rounding_note(change, expected) if verdict == "inconsistent" else ("", ""),
    ).finding(ledger)


def _growth_by(now: Posting, difference: Posting) -> Interval | None:
    """The difference in percent of what there was before it."""
    if difference.movement == "down":
        base: Interval | None = now.interval + difference.interval
    else:
        base = now.interval - difference.interval
    return share(difference.interval, base) if base is not None else None
