"""Lists of parts beside their whole: 审结90件,其中维持50件、驳回20件、其他20件."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ..lexicon.audit_words import load_audit_words, load_complete_sets, load_stages
from .postings import TIGHT, Posting

_NAME = 2
_OPENED = re.compile(r"[:(-](?![^()]*\))|按.{2,8}分|从.{2,10}看|分为|^[,:]?分别(?:为|是)|属于")
_SOME = re.compile(r"其中|包括|含|主要|如|重点")
_NOT = re.compile(r"[不未非待](?:予)?以?([\u4e00-\u9fff])")
_MADE_UP = re.compile(r"(?:构成|组成)$")
_AMOUNT = re.compile(r"(?<!合计)(?<!共计)总(?:数|量|人次|件数|场次|额)(?:为|是|达|有|共)?$")
_PLAIN = re.compile(r"[^\u4e00-\u9fff]|其中|[的有共]")
_NEGATION = re.compile(r"[不未非尚已准予以]|作出|决定")
_AFTER = re.compile(r"([\u4e00-\u9fff]{2})后")


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
    def is_added_up(self) -> bool:
        """Whether its parts are told to be added up to the whole behind them (…,共376次), which is no amount told by
        itself: 食品156次、生产129次,检查总量376次."""
        return self.cue == "behind" and _AMOUNT.search(self.whole.before.rstrip(" :")) is None

    @property
    def is_closed(self) -> bool:
        """Whether it claims to be complete: 其他, men and women, what is done and what is pending."""
        words = load_audit_words()
        if words.open.search(self.parts[-1].after):
            return False
        if self.is_added_up:
            return True
        if self.cue == "behind":
            # The amount may be of more than these.
            return self.is_rest or self.is_kept or any(words.pending.search(p.words) for p in self.parts)
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
        if self.is_added_up:
            # What is added up is meant to be added.
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
