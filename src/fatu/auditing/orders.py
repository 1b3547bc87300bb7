"""Parts that must not exceed their whole: 审结 ≤ 受理, 胜诉 ≤ 审结."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ..lexicon.audit_words import Relation, load_audit_words, load_order_stages, load_relations, load_stages
from ..lexicon.catalogue import load_indicators
from ..lexicon.extension import cached
from ..model import Finding, Verdict
from .arithmetic import Interval
from .checks import Check, Text
from .ledger import Ledger
from .listings import is_after
from .operands import siblings
from .postings import Figure, Posting, add, bigrams, ideographs, told_apart

_FOUND = re.compile(r"(问题|隐患|线索|风险|瑕疵|违法行为)[点源]?(?:共|计|有|为)*$")
_NEAR = 24
"""How far apart two steps of a procedure are told at most."""


def check_orders(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each pair of figures of which one is a part of the other."""
    done: set[tuple[int, int]] = set()
    for posting, entry in ledger.stated():
        for relation in _wholes().get(entry.id, ()):
            whole = ledger.figure(relation.right, posting)
            if (
                whole is None
                or posting.is_prior
                or posting.is_called_total
                or ledger.nearest(entry.id, whole.postings[0]) is not posting
            ):
                continue
            if len(whole.postings) == 1 and len(together := siblings(ledger, whole.postings[0])) > 1:
                # 处罚案卷140卷、许可案卷70卷,优秀111卷
                if posting in together:
                    continue
                whole = Figure(whole.label_zh, whole.label_en, add(together), together)
            carried = _carried(ledger, posting) if relation.carried else None
            if any(s.lead(posting.told, p.told) for p in whole.postings for s in load_stages() if s.is_step):
                # 审结78件,撤销11件: the later step is no whole of the earlier.
                continue
            if _are_apart(posting, whole.postings[0]) and _exceeds(posting.interval, whole.interval):
                continue
            done.update((posting.index, p.index) for p in whole.postings)
            yield _check(ledger, posting, whole, carried, bool(relation.carried))
    for part, larger in (*_listed(ledger), *_staged(ledger)):
        if (part.index, larger.index) not in done:
            done.add((part.index, larger.index))
            yield _check(ledger, part, ledger.own(larger), None, False)


@cache
def _catalogue_relations() -> tuple[Relation, ...]:
    return tuple(relation for relation in load_relations() if relation.kind == "at_most")


@cached
def _wholes() -> dict[str, tuple[Relation, ...]]:
    """Indicator → what it must not exceed: the table's, and what rates divide."""
    wholes: dict[str, tuple[Relation, ...]] = {}
    told = _catalogue_relations()
    pairs = {(relation.left, relation.right) for relation in told}
    rates = (
        Relation("at_most", entry.numerator, entry.denominator, "")
        for entry in load_indicators()
        if entry.numerator and entry.denominator and (entry.numerator, entry.denominator) not in pairs
    )
    for relation in (*told, *rates):
        if relation not in wholes.get(relation.left, ()):
            wholes[relation.left] = (*wholes.get(relation.left, ()), relation)
    return wholes


def _listed(ledger: Ledger) -> Iterator[tuple[Posting, Posting]]:
    """Parts of lists: the only one, or one that is larger than the whole."""
    for listing in ledger.listings:
        for part in listing.parts if listing.cue == "said" else ():
            if "占" in part.before:
                continue
            own = ideographs(listing.whole.before)
            if listing.whole.is_sibling and not (own and own in part.before):
                # 审结3094件,审结案件中撤诉3219件, but not a part of the last item of a list
                continue
            if len(listing.parts) == 1 or _exceeds(part.interval, listing.whole.interval):
                yield part, listing.whole


def _staged(ledger: Ledger) -> Iterator[tuple[Posting, Posting]]:
    """受理20件,办结19件: steps of a procedure told one behind the other."""
    for run in ledger.runs.values():
        for whole, part in pairwise(run):
            if not (whole.is_count and part.is_count and whole.metric.unit == part.metric.unit):
                continue
            if (
                part.sentence != whole.sentence
                or not part.is_beside(whole)
                or part.is_prior
                or whole.is_prior
            ):
                continue
            if whole.is_aside != part.is_aside or len(part.gap) > _NEAR:
                continue
            if whole.is_sibling or (part.is_sibling and "分别" not in whole.before):
                continue
            found = _FOUND.search(part.before)
            if "占" in part.before or (found is not None and found[1] not in whole.told):
                # 检查7个县,发现问题64个: what is found is not what is looked at.
                continue
            leads = any(stages.lead(whole.told, part.told) for stages in load_order_stages())
            if (leads or is_after(whole, part)) and _carried(ledger, part) is None:
                yield part, whole


def _carried(ledger: Ledger, part: Posting) -> Figure | None:
    """What was carried over from the year before, told beside a figure: of another period, yet among its cases."""
    words = load_audit_words()
    for posting in ledger.around(part):
        if (
            posting.is_count
            and posting.metric.unit == part.metric.unit
            and words.carried.search(posting.told)
        ):
            return ledger.own(posting)
    return None


def _are_apart(part: Posting, whole: Posting) -> bool:
    """Whether figures of two sentences are of two bodies, or only a head from before says that both are of one
    thing."""
    is_of_one = part.body.tie(whole.body) == "one" and _share_words(part, whole)
    return whole.stop != part.stop and not is_of_one


def _share_words(part: Posting, whole: Posting) -> bool:
    """Whether both figures name a noun in common."""
    generic = load_audit_words().generic
    mine, its = (generic.sub("", p.words) for p in (part, whole))
    return any(_is_noun(two) and two in its for two in bigrams(mine))


def _is_noun(pair: str) -> bool:
    words = load_audit_words()
    return pair.isalpha() and not words.stage.search(pair) and pair not in ("案件", "事项")


def _exceeds(part: Interval, whole: Interval) -> bool:
    return whole.high is not None and part.low > whole.high


def _check(ledger: Ledger, part: Posting, whole: Figure, carried: Figure | None, may_carry: bool) -> Finding:
    verdict: Verdict = "inconsistent" if _exceeds(part.interval, whole.interval) else "consistent"
    operands, formula = whole.postings, f"{part.shown}≤{whole.shown}"
    note: Text = ("", "")
    if verdict == "inconsistent":
        formula = f"{part.shown}>{whole.shown}"
        if carried is not None and not _exceeds(part.interval, whole.interval + carried.interval):
            verdict = "consistent"
            operands = (*whole.postings, *carried.postings)
            formula = f"{part.shown}≤{whole.shown}+{carried.shown}"
            note = f"(含{carried.label_zh})", f" (with {carried.label_en.lower()})"
        elif may_carry and carried is None and whole.postings[-1].stop != part.stop:
            verdict = "unverifiable"
            note = (
                ",可能含上年结转案件,报告未写明",
                ": cases of the year before may be included, and the report does not say",
            )
        elif may_carry and carried is None:
            note = (
                ",部分大于整体;如含上年结转,报告应写明",
                "; the part exceeds the whole; if cases of the year before are included, the report should say so",
            )
        else:
            note = ",部分大于整体", "; the part exceeds the whole"
    smaller, larger = told_apart(ledger.own(part), whole)
    return Check(
        rule="order",
        verdict=verdict,
        about=part,
        operands=operands,
        subject=(
            f"{smaller.label_zh}不大于{larger.label_zh}",
            f"{smaller.label_en} is not more than {larger.label_en.lower()}",
        ),
        formula=formula,
        expected=None
        if whole.interval.high is None
        else Interval(whole.interval.low * 0, whole.interval.high),
        note=note,
    ).finding(ledger)
