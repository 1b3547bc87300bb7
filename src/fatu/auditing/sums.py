"""Totals against their parts: 继续有效61件 + 拟废止94件 = 155件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ..lexicon.audit_words import load_audit_words, load_stages
from ..lexicon.catalogue import IndicatorEntry
from ..model import Finding, Verdict
from .arithmetic import Interval, is_slip
from .checks import Check, Text, computed
from .ledger import Ledger
from .listings import Listing
from .postings import Figure, Posting, add, ideographs

_NEAR, _SMALL, _SLIP = Decimal("0.03"), 1000, Decimal("0.05")
_FEW = {"silent": 3, "said": 2, "behind": 2}
"""How many parts a list has at least that is taken to be meant as complete because it lacks so little."""
_LOOSE, _TIGHT = Decimal("0.25"), Decimal("0.3")
"""What lacks or exceeds more than this of its whole is no list of its parts, told with commas or in one breath."""
_HALVED = Decimal("0.1")
"""The same for halves that may leave a third."""
_BREATH, _LARGE = 80, 100
_ITEM = re.compile(r":[^,;:、]*$")


def check_sums(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each stated total of which at least two parts are stated too."""
    done: set[int] = set()
    for listing in ledger.listings:
        if len(listing.parts) >= 2 and listing.whole.index not in done:
            finding = _listed(ledger, listing)
            if finding is not None:
                done.add(listing.whole.index)
                yield finding
    for posting, entry in ledger.stated():
        parts = [f for f in (ledger.figure(part, posting) for part in entry.parts) if f is not None]
        is_whole = not posting.is_prior and load_audit_words().rest.search(posting.before) is None
        if len(parts) >= 2 and is_whole and posting.index not in done:
            yield _catalogued(ledger, posting, entry, parts)


def _catalogued(ledger: Ledger, total: Posting, entry: IndicatorEntry, parts: list[Figure]) -> Finding:
    expected = Interval(Decimal(0), Decimal(0))
    for part in parts:
        expected = expected + part.interval
    verdict: Verdict = "consistent" if expected.meets(total.interval) else "inconsistent"
    postings = tuple(p for part in parts for p in part.postings)
    is_less = expected.high is not None and expected.high < total.interval.low
    gap = abs(total.metric.value - expected.low)
    first = ledger.nearest(entry.parts[0], total)
    enumerated = first in postings and _enumerated(postings, total) and gap <= total.metric.value * _LOOSE
    if verdict == "inconsistent" and is_less and len(parts) < len(entry.parts) and not enumerated:
        verdict = "unverifiable"
    names = (
        "、".join(p.label_zh for p in parts),
        ", ".join(p.label_en.lower() for p in parts),
    )
    return _finding(ledger, total, postings, verdict, names)


def _listed(ledger: Ledger, listing: Listing) -> Finding | None:
    """A list in the text: one that adds up, or one that claims to be whole and does not."""
    total, parts = listing.whole, listing.parts
    if listing.cue == "behind":
        return _behind(ledger, listing)
    every = (*parts, *listing.more)
    for size in (len(parts), *range(len(every), 1, -1)):
        if add(every[:size]).meets(total.interval):
            return _finding(ledger, total, every[:size], "consistent", _names(ledger, every[:size]))
    if not _is_wrong(listing) or _is_explained(ledger, listing):
        return None
    return _finding(ledger, total, parts, "inconsistent", _names(ledger, parts))


def _is_explained(ledger: Ledger, listing: Listing) -> bool:
    """Whether the text says that a list is not all of its whole: by shares that do not make up 100% either, or by a
    total of both."""
    total, parts = listing.whole, listing.parts
    expected = add(parts)
    near = ledger.around(parts[-1])
    shares = [p for p in near if p.is_rate and p.movement is None and p.stop == parts[-1].stop]
    if expected.is_exact and total.metric.value and len(shares) == len(parts):
        told = sum((p.metric.value for p in shares), Decimal(0))
        if abs(told - 100) > 1:
            return True
    if listing.cue != "silent":
        return False
    # 审结175件,由律师承办83件,由工作者承办60件,其他32件: the first item is no whole, even where the total is wrong.
    every = expected.low + total.interval.low
    return any(
        p.is_count
        and p not in (total, *parts)
        and p.metric.unit == total.metric.unit
        and abs(p.stop - total.stop) <= 1
        and p.interval.low > total.interval.low
        and abs(p.interval.low - every) <= p.interval.low * _TIGHT
        for p in near
    )


def _behind(ledger: Ledger, listing: Listing) -> Finding | None:
    """A total behind its parts: how far back they reach is told by the sum, where one fits."""
    total, parts = listing.whole, listing.parts
    if any(stages.lead(part.told, total.told) for part in parts for stages in load_stages()):
        # 受理88件,加上上年结转6件,共审结91件
        return None
    ends = [parts[start:] for start in range(len(parts) - 1)]
    # 维持238件、撤销39件、确认违法18件、其他8件,撤销、确认违法两类合计57件
    named = tuple(p for p in parts if (name := ideographs(p.before)) and name in total.gap)
    for own in (*ends, named) if len(named) > 1 else ends:
        if add(own).meets(total.interval):
            return _finding(ledger, total, own, "consistent", _names(ledger, own))
    for own in ends:
        if _is_wrong(replace(listing, parts=own)) and not _is_explained(ledger, replace(listing, parts=own)):
            return _finding(ledger, total, own, "inconsistent", _names(ledger, own))
    return None


def _is_wrong(listing: Listing) -> bool:
    """Whether a list that does not add up should: one that leaves much unsaid, or whose figures are not of one
    kind, tells nothing."""
    total, parts = listing.whole, listing.parts
    expected = add(parts)
    if (
        not listing.is_plain
        or total.is_sibling
        or listing.is_staged
        or (listing.cue == "silent" and any(load_audit_words().carried.search(p.told) for p in parts))
        or any(p.interval.low > (total.interval.high or p.interval.low) for p in parts)
    ):
        return False
    gap = abs(total.metric.value - (expected.high if expected.high is not None else expected.low))
    is_short = expected.high is not None and expected.high < total.interval.low
    is_near = len(parts) >= _FEW[listing.cue] and (
        _is_near(total, expected, gap)
        or (listing.is_parallel and gap <= total.metric.value * _SLIP)
        or (len(parts) == 2 and gap <= 1 and total.metric.value >= _LARGE)
    )
    is_near = is_near or (listing.is_halved and gap <= total.metric.value * _HALVED)
    if listing.cue == "silent" and _ITEM.search(total.lead):
        # 检查情况:市场监管913次,应急管理103次,其他642次: the first item is no whole.
        return False
    if listing.cue == "silent":
        most = _HALVED if listing.is_loose else _LOOSE
        return is_near or (listing.is_closed and gap <= total.metric.value * most)
    if not (listing.is_closed or is_near) and is_short:
        return False
    return gap <= total.metric.value * (_TIGHT if listing.is_tight else _LOOSE)


def _is_near(total: Posting, expected: Interval, gap: Decimal) -> bool:
    """Whether a list that lacks something of its whole is too near to it to be meant as open.

    Of 825 who names 801 names all; of 65.23万户 the 0.6万户 that are lacking may well be of a third kind. Where the
    difference is one digit, or two that are exchanged, it is a slip whatever its size.
    """
    if not (expected.is_exact and total.interval.is_exact):
        return False
    value = total.metric.value
    # 9.90万元 has three digits, as 990件 has.
    written = value.scaleb(total.metric.decimals - total.metric.scale)
    small = gap <= 1 or (written < _SMALL and gap <= value * _NEAR)
    return small or (gap <= value * _SLIP and is_slip(value, expected.low))


def _names(ledger: Ledger, parts: tuple[Posting, ...]) -> Text:
    return "、".join(p.label for p in parts), ", ".join(ledger.label_en(p).lower() for p in parts)


def _finding(
    ledger: Ledger, total: Posting, parts: tuple[Posting, ...], verdict: Verdict, names: Text
) -> Finding:
    expected = add(parts)
    note: Text = ("", "")
    if verdict == "unverifiable":
        note = ",其余部分未列", ": other parts are not stated"
    elif verdict == "inconsistent" and expected.is_exact and total.interval.is_exact:
        gap = total.metric.value - expected.low
        more = ("多", "more") if gap > 0 else ("少", "less")
        note = f",比各部分之和{more[0]}{abs(gap):f}", f"; {abs(gap):f} {more[1]} than the parts"
    return Check(
        rule="sum",
        verdict=verdict,
        about=total,
        operands=parts,
        subject=(f"{total.label}:{names[0]}合计", f"{ledger.label_en(total)}: {names[1]} add up"),
        formula="+".join(p.added for p in parts) + computed(expected, ""),
        expected=expected,
        note=note,
    ).finding(ledger)


def _enumerated(parts: tuple[Posting, ...], total: Posting) -> bool:
    """Whether the parts follow their total in one breath, as a list that claims to be whole."""
    end = total.observation.metric.span.end
    last = max(p.observation.metric.span.end for p in parts)
    first = min(p.observation.metric.span.start for p in parts)
    return first >= end and last - end < _BREATH
