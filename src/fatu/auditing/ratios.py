"""Rates against their counts: 审结8件 of 受理9件 is 88.9%, not 90%.

What a rate divides is told by the catalogue of indicators, else by the words of the figures beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from ..lexicon.audit_words import RateWord, load_audit_words, load_rate_words
from ..model import Finding, Verdict
from .arithmetic import Interval, judge, share
from .checks import Check, Text, computed, rounding_note, unverifiable
from .ledger import Ledger
from .listings import Listing
from .postings import Figure, Posting, add

_MAX_CANDIDATES = 4
_THINGS = frozenset({"件", "个", "项", "条", "起", "宗", "例", "份", "家", "户", "所", "处", None})
_PEOPLE = frozenset({"人", "名", "位", "人次"})
_STEM = re.compile(r"(?P<stem>[\u4e00-\u9fff]{2})(?:率|比例|占比)$")
_IN_TIME = re.compile(r"按期|按时|按规定|期限|时限|限内")
_NEGATED = re.compile(r"[不未](?:合格|达标|及格|通过|满意|办结|审结|整改|完成|履行|予)")
_JOINED, _CLOSE, _SHORT, _VAGUE = 2, 4, 5, 2
_OF = re.compile(
    r"占(?:了|到)?(?:比)?(?P<whole>[^,;]*?)(?:的比[例重])?(?:的|比|比例|比重)?(?:达到?|为|约|近|超过?)*$"
)
_IN_BRACKETS = re.compile(r"^(?:以上|左右)?\((?:共|计|约)?$")
_OF_THAT = re.compile(r"的(?:比[例重](?:为|达到?)?)?")
_NOTHING_NAMED = re.compile(
    r"总数量?|总量|总额|总|全部|全年|所有|全[省市县区州旗镇乡体]|当年|同期|本年|的|比例|比重|比|其|数量?|达到?|约|近|为|不低于|不少于|超过|高于"
)
_SUBJECT = re.compile(
    r"[,、;。:()\s和及与]|其中|共|合计|约|分别|均|各|该|其|又|且|并|上述|以上|这|类|部分|数量|人数"
)


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


def check_ratios(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each rate of which it is known what is divided by what."""
    for posting in ledger.postings:
        if posting.is_rate and posting.movement is None and not posting.leads_to:
            finding = _check(ledger, posting)
            if finding is not None:
                yield finding


def _check(ledger: Ledger, rate: Posting) -> Finding | None:
    entry = ledger.entries.get(rate.link.id or "")
    pairs: list[Pair] = []
    missing: Text | None = None
    operands: tuple[Posting, ...] = ()
    if entry is not None and entry.numerator and entry.denominator:
        part = ledger.figure(entry.numerator, rate)
        names = (entry.denominator, *entry.alt_denominators)
        wholes = [(name, f) for name in names if (f := ledger.figure(name, rate)) is not None]
        if part is not None and part.postings[0].times > 1:
            # 撤销和确认违法各1件 may be two.
            more = Figure(part.label_zh, part.label_en, part.postings[0].together, part.postings)
            pairs += [Pair(each, whole, True, False) for each in (more, part) for _, whole in wholes]
        elif part is not None:
            has_usual = any(name == entry.denominator for name, _ in wholes)
            pairs += [
                Pair(part, whole, name == entry.denominator or not has_usual, True) for name, whole in wholes
            ]
        lacking = [entry.numerator] if part is None else []
        lacking += [] if wholes else [entry.denominator]
        missing = _missing(ledger, lacking)
        operands = part.postings if part is not None else ()
    if _is_share(ledger, rate) or _is_of_that(ledger, rate):
        beside = _shares(ledger, rate, ledger.listings)
        missing = missing or ("没有所占的总数", "but not the whole that it is a share of")
    else:
        word = _rate_word(rate.phrase)
        beside = _worded(ledger, rate, word) if word else []
        if word:
            missing = missing or (
                "同一口径下没有相应的分子、分母",
                "but not the counts that it divides, in the same scope",
            )
    pairs += [pair for pair in beside if not any(_is_same(pair, other) for other in pairs)]
    pairs = [each for pair in pairs for each in _with_siblings(ledger, pair)]
    pairs += _with_carried(ledger, rate, pairs)
    if missing is None:
        return None
    return (
        _best(ledger, rate, pairs)
        or _impossible(ledger, rate)
        or unverifiable(ledger, "ratio", rate, operands, missing)
    )


def _best(ledger: Ledger, rate: Posting, pairs: list[Pair]) -> Finding | None:
    """The first pair that agrees, else the first that is beyond doubt."""
    judged = [(pair, expected, judge(rate.metric, expected)) for pair in pairs
              if (expected := _expected(rate, pair)) is not None]  # fmt: skip
    if rate.metric.bound in ("at_least", "at_most") and any(pair.sure for pair, _, _ in judged):
        # An open range agrees with almost anything: only what it is certainly of tells.
        judged = [entry for entry in judged if entry[0].sure]
    for wanted in ("consistent", "consistent_truncated"):
        for pair, expected, verdict in judged:
            if verdict == wanted:
                chosen: Verdict = verdict
                if verdict == "consistent" and not pair.usual:
                    chosen = "consistent_other_denominator"
                return _finding(ledger, rate, pair, expected, chosen)
    sure = [(pair, expected) for pair, expected, _ in judged if pair.sure]
    return _finding(ledger, rate, *sure[0], "inconsistent") if sure else None


def _finding(ledger: Ledger, rate: Posting, pair: Pair, expected: Interval, verdict: Verdict) -> Finding:
    unit = rate.metric.unit or ""
    note = ("", "")
    if verdict == "inconsistent":
        note = rounding_note(rate, expected)
    elif verdict == "consistent_other_denominator":
        note = f"(以{pair.whole.label_zh}为分母)", f" ({pair.whole.label_en.lower()})"
    return Check(
        rule="ratio",
        verdict=verdict,
        about=rate,
        operands=(*pair.part.postings, *pair.whole.postings),
        subject=(
            f"{rate.label}:{pair.part.label_zh}÷{pair.whole.label_zh}",
            f"{pair.part.label_en} / {pair.whole.label_en}",
        ),
        formula=f"{_part_shown(pair)}÷{pair.whole.bracketed}{computed(expected, unit)}",
        expected=expected,
        note=note,
    ).finding(ledger)


def _part_shown(pair: Pair) -> str:
    return f"({pair.whole.shown}-{pair.part.shown})" if pair.is_complement else pair.part.bracketed


def _expected(rate: Posting, pair: Pair) -> Interval | None:
    part: Interval | None = pair.part.interval
    if pair.is_complement:
        part = pair.whole.interval - pair.part.interval
    expected = share(part, pair.whole.interval) if part is not None else None
    if expected is not None and rate.metric.unit == "‰":
        return expected.scaled(Decimal(10))
    return expected


def _missing(ledger: Ledger, lacking: list[str]) -> Text:
    names = [ledger.entries[name] for name in lacking if name in ledger.entries]
    zh = "、".join(n.zh for n in names) or "非零的分母"
    en = " and ".join(n.en.lower() for n in names) or "a denominator other than zero"
    return f"同一口径下没有{zh}", f"but not {en} in the same scope"


def _impossible(ledger: Ledger, rate: Posting) -> Finding | None:
    """A share of more than the whole."""
    limit = Decimal(100 if rate.metric.unit == "%" else 1000)
    if rate.metric.value <= limit or load_audit_words().exceeds.search(rate.phrase):
        return None
    return Check(
        rule="ratio",
        verdict="inconsistent",
        about=rate,
        operands=(),
        subject=(
            f"{rate.label}:部分不大于整体",
            f"{ledger.label_en(rate)}: a part is not larger than the whole",
        ),
        formula=f"{rate.metric.value:f}{rate.metric.unit}>{limit:f}{rate.metric.unit}",
        expected=Interval(Decimal(0), limit),
        note=(",这类比率不能超过整体", "; such a rate cannot exceed the whole"),
    ).finding(ledger)


# ---------------------------------------------------------------------------------------- figures beside a rate


def _rate_word(phrase: str) -> RateWord | None:
    return next((word for word in load_rate_words() if word.rate.search(phrase)), None) or _stem(phrase)


def _stem(phrase: str) -> RateWord | None:
    """What a rate that no row knows divides: the word before 率 names the part."""
    match = _STEM.search(phrase)
    if match is None:
        return None
    return RateWord(
        re.compile(re.escape(phrase)), re.compile(match["stem"]), re.compile("应|总|共|全"), False
    )


def _worded(ledger: Ledger, rate: Posting, word: RateWord) -> list[Pair]:
    """Pairs of the rate's run whose words fit it, the most fitting first."""
    words = load_audit_words()
    counts = [p for p in _around(ledger, rate) if p.is_count and p.is_beside(rate) and not p.is_prior]
    parts = _worded_parts(rate, word, counts)
    is_known = bool(parts) and word.is_known and not words.parts.search(rate.before)
    if (
        parts
        and _IN_TIME.search(rate.phrase)
        and rate.metric.value == 100
        and not _IN_TIME.search(parts[0].words)
    ):
        # 办结1851件,按时办结率100%: of those that were dealt with, not of all.
        is_known = False
    if parts and not word.is_known:
        # 上网公开6301件,公开率: a rate that no row knows, but right behind what it names.
        stem = _STEM.search(rate.phrase)
        is_known = (
            parts[0].index == rate.index - 1
            and stem is not None
            and stem["stem"] in parts[0].before[-_CLOSE:] + parts[0].after[:_CLOSE]
        )
    between = [
        p for p in counts
        if parts and parts[0].index < p.index < rate.index and p.metric.unit == parts[0].metric.unit and not p.is_aside
    ]  # fmt: skip
    is_known = is_known and not between
    figures = [*_together(ledger, parts), *(ledger.own(p) for p in parts[:2])]
    if parts and between:
        every = (parts[0], *between)
        names = "、".join(p.label for p in every), ", ".join(map(ledger.label_en, every))
        figures.append(Figure(*names, add(every), every))
    if parts and parts[0].times > 1:
        figures.append(Figure(parts[0].label, ledger.label_en(parts[0]), parts[0].together, (parts[0],)))
        is_known = False
    beside = next((p for p in counts if p.index == rate.index - 1 and p.stop == rate.stop), None)
    if beside is not None and beside not in parts:
        # 持有效执法证817人,持证率: the figure right before a rate may be its part, whatever its words.
        figures.append(ledger.own(beside))
    limited = not words.exceeds.search(rate.phrase)
    pairs: list[Pair] = []
    for part in figures:
        for whole, fits in _wholes(ledger, part, word, counts, limited):
            last = part.postings[-1]
            placed = last.index < rate.index or _is_told_behind(
                ledger, rate, (*part.postings, *whole.postings)
            )
            sure = is_known and fits and part is figures[0] and placed and last.stop == rate.stop
            pairs.append(Pair(part, whole, True, sure))
    pairs += _complements(ledger, rate, word, counts)
    return pairs


def _is_told_behind(ledger: Ledger, rate: Posting, operands: tuple[Posting, ...]) -> bool:
    """办结率86%(承办139件、办结120件) and 办结率86%,承办139件,办结120件: whether a rate's counts follow it at once."""
    run = ledger.runs[rate.run]
    at = run.index(rate)
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
    fitting = [p for p in counts if word.part.search(p.words) and not _NEGATED.search(p.words)]
    exact = [p for p in fitting if stem and stem["stem"] in p.words]
    if _IN_TIME.search(rate.phrase):
        fitting = exact = [p for p in fitting if _IN_TIME.search(p.words)] or exact or fitting
    parts = exact or fitting
    return sorted(parts, key=lambda p: (p.stop != rate.stop, p.index > rate.index, abs(p.index - rate.index)))


def _together(ledger: Ledger, parts: list[Posting]) -> list[Figure]:
    """撤销6件、确认违法2件,纠错率: several figures of one list that a rate is made of."""
    for listing in ledger.listings:
        own = [p for p in (*listing.parts, *listing.more) if p in parts]
        if len(own) > 1 and parts[0] in own and listing.whole not in own:
            return [
                Figure(
                    "、".join(p.label for p in own),
                    ", ".join(map(ledger.label_en, own)),
                    add(own),
                    tuple(own),
                )
            ]
    near = sorted((p for p in parts if p.stop == parts[0].stop), key=lambda p: p.index)
    if len(near) > 1 and all(
        b.index == a.index + 1 and b.metric.unit == a.metric.unit for a, b in pairwise(near)
    ):
        names = "、".join(p.label for p in near), ", ".join(map(ledger.label_en, near))
        return [Figure(*names, add(near), tuple(near))]
    return []


def _wholes(
    ledger: Ledger, part: Figure, word: RateWord, counts: list[Posting], limited: bool
) -> Iterator[tuple[Figure, bool]]:
    """What a part may be divided by, the most fitting first, and whether that is beyond doubt."""
    last = part.postings[-1]
    able = [
        p for p in counts
        if p not in part.postings and _is_comparable(last, p)
    ]  # fmt: skip
    able = [p for p in able if not limited or p.interval.high is None or p.interval.high >= part.interval.low]
    fitting = [p for p in able if word.whole.search(p.words)]
    fitting = [p for p in fitting if not _is_coordinate(p, last) or not word.part.search(p.words)]
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
        yield ledger.own(whole), fits and whole.stop == last.stop and whole.metric.unit == last.metric.unit


def _with_siblings(ledger: Ledger, pair: Pair) -> list[Pair]:
    """A pair; where its whole stands in a list (处罚案卷140卷、许可案卷70卷), first that with all of the list."""
    if len(pair.whole.postings) > 1:
        return [pair]
    siblings = _siblings(ledger, pair.whole.postings[0])
    if len(siblings) < 2 or any(p in siblings for p in pair.part.postings):
        return [pair]
    names = "、".join(p.label for p in siblings), ", ".join(map(ledger.label_en, siblings))
    every = Figure(*names, add(siblings), siblings)
    return [replace(pair, whole=every, sure=False), replace(pair, sure=False)]


def _with_carried(ledger: Ledger, rate: Posting, pairs: list[Pair]) -> list[Pair]:
    """Pairs with what was carried over from the year before added to their whole: 上年结转1件,新收8件."""
    words = load_audit_words()
    carried = [
        p for p in ledger.runs[rate.run]
        if p.is_count and words.carried.search(p.before) and p.observation.scope == rate.observation.scope
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


def _siblings(ledger: Ledger, posting: Posting) -> tuple[Posting, ...]:
    """The figures told in one list with it: 处罚案卷140卷、许可案卷70卷."""
    run = ledger.runs[posting.run]
    first = last = run.index(posting)
    while first > 0 and run[first].is_sibling and run[first - 1].metric.unit == posting.metric.unit:
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


def _complements(ledger: Ledger, rate: Posting, word: RateWord, counts: list[Posting]) -> list[Pair]:
    """不合格761批次,合格率97.6%: what a rate leaves out is told."""
    stem = _STEM.search(rate.phrase)
    if stem is None:
        return []
    lacking = [p for p in counts if re.search(f"[不未]{stem['stem']}", p.words) and p.stop == rate.stop]
    pairs = []
    for part in lacking[:1]:
        for whole, fits in _wholes(ledger, ledger.own(part), word, counts, True):
            pairs.append(Pair(ledger.own(part), whole, True, fits, is_complement=True))
    return pairs


def _around(ledger: Ledger, rate: Posting) -> list[Posting]:
    """The figures among which those of a rate are looked for: its run, and the column of its table."""
    run = ledger.runs[rate.run]
    if rate.cell:
        return [*run, *(p for p in ledger.columns[rate.cell.table, rate.cell.column] if p not in run)]
    return [p for p in run if abs(p.index - rate.index) <= 12]


def _is_comparable(part: Posting, whole: Posting) -> bool:
    mine, its = part.metric.unit, whole.metric.unit
    return mine == its or {mine, its} <= _THINGS or {mine, its} <= _PEOPLE


def _may_hold(whole: Posting, part: Posting) -> bool:
    """Whether a figure can be what the part is of: not one that is larger in the part's own list."""
    return whole.interval.high is None or whole.interval.high >= part.interval.low


def _is_share(ledger: Ledger, rate: Posting) -> bool:
    """Whether a rate, or the first of the rates told with it, is said to be a share (占)."""
    run = ledger.runs[rate.run]
    first = run[_group(run, run.index(rate))[0]]
    return bool(
        load_audit_words().share.search(first.before) or rate.phrase.endswith(("占比", "比重", "比例"))
    )


def _group(run: tuple[Posting, ...], at: int) -> tuple[int, int]:
    """The first and the last of the rates told together with one: 分别占48%和18%."""
    first = last = at
    while first > 0 and run[first - 1].is_rate and len(run[first].gap) <= _JOINED:
        first -= 1
    while last + 1 < len(run) and run[last + 1].is_rate and len(run[last + 1].gap) <= _JOINED:
        last += 1
    return first, last


def _is_of_that(ledger: Ledger, rate: Posting) -> bool:
    """示范村73个,占村总数365个的20%: whether the figure before a rate is the whole that it is a share of."""
    run = ledger.runs[rate.run]
    at = run.index(rate)
    return at > 0 and bool(
        _OF_THAT.fullmatch(rate.before) and load_audit_words().share.search(run[at - 1].before)
    )


def _shares(ledger: Ledger, rate: Posting, listings: tuple[Listing, ...]) -> list[Pair]:
    """A share is of the figure before it, and of what its words name (占行政处罚案件总数的), else of the whole of the
    list in which that figure stands."""
    run = ledger.runs[rate.run]
    at = run.index(rate)
    if at > 1 and _is_of_that(ledger, rate):
        # 示范村73个,占村总数365个的20%.
        return [Pair(ledger.own(run[at - 2]), ledger.own(run[at - 1]), True, run[at - 2].stop == rate.stop)]
    aside = run[at + 1] if at + 1 < len(run) else rate
    if aside.is_aside and aside.is_count and _IN_BRACKETS.match(aside.gap):
        part: Posting | None = aside
        is_sure = together = True
    else:
        part, is_sure, together = _shared_part(run, at)
    if part is None:
        return []
    named = _OF.search(rate.before)
    subject = _SUBJECT.sub("", rate.before[: named.start()] if named else rate.before)
    of = _NOTHING_NAMED.sub("", named["whole"]) if named else ""
    of = of if len(of) > _VAGUE else ""
    is_sure = is_sure and (not subject or part.index > rate.index)
    behind = [
        x
        for x in listings
        if not together and x.parts[-1] is part and len(x.parts) > 1 and x.cue != "behind" and x.is_tight
    ]
    parts = [part, *(x.whole for x in behind)]
    if of:
        return [
            Pair(ledger.own(one), ledger.own(whole), True, is_sure and sure and one is parts[-1])
            for one in parts
            for whole, sure in _named(ledger, rate, one, of)
        ]
    wholes = [x.whole for x in listings if part in x.parts]
    listed = bool(wholes)
    wholes += [
        p for p in reversed(run[:at])
        if p.is_count and p is not part and p not in wholes and not p.is_prior
        and _is_comparable(part, p) and _may_hold(p, part) and rate.stop - p.stop <= 1
    ]  # fmt: skip
    same = [p for p in wholes if p.stop == part.stop and p.metric.unit == part.metric.unit]
    return [
        Pair(
            ledger.own(part),
            ledger.own(whole),
            True,
            is_sure
            and not behind
            and (
                (listed and i == 0) or (same == [whole] and part.observation.scope == whole.observation.scope)
            ),
        )
        for i, whole in enumerate(wholes[:_MAX_CANDIDATES])
    ]


def _shared_part(run: tuple[Posting, ...], at: int) -> tuple[Posting | None, bool, bool]:
    """The figure of which a rate is the share: the one before it; of several rates told together, the one in the same
    place of as many figures before them. Whether it is beyond doubt, and whether there are several."""
    first, last = _group(run, at)
    size = last - first + 1
    before = [p for p in run[:first] if p.is_count and p.stop == run[at].stop]
    if len(before) < size:
        return None, False, False
    part = before[-size + (at - first)]
    return part, size > 1 or run[at - 1] is part, size > 1


def _named(ledger: Ledger, rate: Posting, part: Posting, of: str) -> Iterator[tuple[Posting, bool]]:
    """Figures that are what a share is said to be of, the most fitting first, and whether that is beyond doubt."""
    pairs = {of[i : i + 2] for i in range(len(of) - 1)} or {of}
    fitting: list[tuple[int, Decimal, Posting]] = []
    for posting in ledger.postings:
        if not posting.is_count or posting is part or posting.is_prior or not _is_comparable(part, posting):
            continue
        if posting.observation.period != part.observation.period or not _may_hold(posting, part):
            continue
        text = posting.before + posting.after + posting.phrase
        shared = sum(pair in text for pair in pairs)
        if shared:
            fitting.append((-shared, -posting.metric.value, posting))
    fitting = [entry for entry in fitting if entry[2].run == rate.run] or fitting
    fitting.sort(key=lambda entry: entry[:2])
    for shared, _, posting in fitting[:_MAX_CANDIDATES]:
        all_named = -shared == len(pairs) and posting.metric.unit == part.metric.unit
        yield (
            posting,
            all_named and posting.run == rate.run and posting.observation.scope == part.observation.scope,
        )


def _is_same(pair: Pair, other: Pair) -> bool:
    return (pair.part.postings, pair.whole.postings) == (other.part.postings, other.whole.postings)
