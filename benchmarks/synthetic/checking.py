"""The self-check: does a report say what its cases say? With Decimals parsed from the spans, apart from the recipes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise

from .layout import MARK
from .model import Case, Span, SyntheticReport

_NUMBER = re.compile(r"(\d[\d,]*)(\.\d+)?([余多])?")
_CHINESE = {"两": 2, **{sign: value for value, sign in enumerate("零一二三四五六七八九十")}}
_PERIODS = {"每季度": 4, "每个季度": 4, "每月": 12, "每半年": 2, "每两个月": 6}
_KINDS = frozenset(
    ("right", "wrong_by_one", "wrong_more", "truncated", "other_denominator", "bound", "table", "restated")
) | frozenset(("apart", "missing_operand", "zero", "absent", "late"))
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure read from a text: the value, its decimal places, and how far above the value it may lie."""

    value: Decimal
    places: int
    slack: Decimal
    at_least: bool
    just_under: bool


def check_report(report: SyntheticReport) -> list[str]:
    """What is wrong with a report's truth, one line for each fault; nothing where all holds."""
    text = report.text
    faults: list[str] = []
    if text.rstrip().rpartition("\n")[2] != MARK:
        faults.append("the last line does not say that the text is made up")
    if len({case.id for case in report.cases}) != len(report.cases):
        faults.append("two cases have one id")
    stated = [case.stated for case in report.cases if case.stated and case.rule != "duty"]
    if len(set(stated)) != len(stated):
        faults.append("a stated figure belongs to two cases")
    used = {span for case in report.cases for span in case.operands}
    faults.extend(f"a stated figure is an operand elsewhere: {span}" for span in stated if span in used)
    numeric = [case for case in report.cases if case.rule != "duty"]
    if 3 * sum(case.planted for case in numeric) > len(numeric):
        faults.append("more than a third of the numeric cases is wrong")
    for case in report.cases:
        faults.extend(f"{case.id}: {fault}" for fault in _faults(report, case))
    return faults


def _faults(report: SyntheticReport, case: Case) -> Iterator[str]:
    spans = [*case.operands, *([case.stated] if case.stated else [])]
    if any(not 0 <= start < end <= len(report.text) for start, end in spans):
        yield "a span lies outside the text"
        return
    if case.kind not in _KINDS:
        yield f"unknown kind {case.kind}"
    if case.planted != (case.verdict in ("inconsistent", "missing", "late")):
        yield "planted and verdict disagree"
    if len(case.roles) != len(case.operands):
        yield "roles and operands differ in number"
    if case.rule == "duty":
        yield from _duty_faults(report, case)
    elif case.verdict == "unverifiable":
        yield from _figure_faults(report.text, spans)
    else:
        found = _verdict(report, case)
        if found != case.verdict:
            words = [report.text[start:end] for start, end in spans]
            yield f"{case.rule} {case.kind}: {found}, not {case.verdict}: {words} ({case.note})"


def _figure_faults(text: str, spans: list[Span]) -> Iterator[str]:
    for span in spans:
        if not _NUMBER.match(unicodedata.normalize("NFKC", text[slice(*span)])):
            yield f"no figure in {text[slice(*span)]!r}"


def _duty_faults(report: SyntheticReport, case: Case) -> Iterator[str]:
    words = {"leader": "第一责任人", "causes": "原因", "plans": f"{report.year + 1}年,"}
    text = unicodedata.normalize("NFKC", report.text)
    if case.note in words:
        if (words[case.note] in text) != (case.verdict == "met"):
            yield f"{words[case.note]} in the text and {case.verdict} disagree"
    elif case.stated:
        parts = [int(part) for part in re.findall(r"\d+", report.text[slice(*case.stated)])]
        day = date(parts[0], parts[1], parts[2])
        if (day < date(report.year + 1, 4, 1)) != (case.verdict == "met"):
            yield f"{day} and {case.verdict} disagree"


def figure(text: str, span: Span) -> Figure:
    """Read the figure of a span, with 余 and 多 in it and 以上, 超过, 不低于 and 近 next to it."""
    body = unicodedata.normalize("NFKC", text[slice(*span)])
    match = _NUMBER.match(body)
    if match is None:
        return Figure(_chinese(body), 0, Decimal(0), False, False)
    digits = match[1].replace(",", "")
    places = len(match[2]) - 1 if match[2] else 0
    zeros = len(digits) - len(digits.rstrip("0"))
    slack = Decimal(10) ** zeros - 1 if match[3] else Decimal(0)
    above = text[span[1] :].startswith("以上") or text[: span[0]].endswith(("超过", "不低于"))
    below = text[: span[0]].endswith("近")
    return Figure(Decimal(digits + (match[2] or "")), places, slack, above, below)


def _chinese(body: str) -> Decimal:
    value = 0
    for sign in body:
        number = _CHINESE.get(sign)
        if number is None:
            break
        value = max(value, 1) * 10 if number == 10 else value + number
    return Decimal(value)


def _verdict(report: SyntheticReport, case: Case) -> str:
    text = report.text
    if case.rule == "citation":
        return _citation(report, case)
    assert case.stated is not None
    stated = figure(text, case.stated)
    by_role = {
        role: figure(text, span)
        for role, span in zip(case.roles, case.operands, strict=True)
        if role != "period"
    }
    values = [figure(text, span) for span in case.operands] if case.rule in ("sum", "order") else []
    if case.rule == "ratio":
        return _ratio(stated, by_role)
    if case.rule == "sum":
        total = sum((item.value for item in values), Decimal(0))
        holds = stated.value <= total <= stated.value + stated.slack
    elif case.rule == "order":
        chain = [*(item.value for item in values), stated.value]
        holds = all(left >= right for left, right in pairwise(chain))
    elif case.rule in ("equality", "duplicate"):
        holds = stated.value == by_role["first"].value
    elif case.rule == "frequency":
        period = text[slice(*case.operands[case.roles.index("period")])]
        least = by_role["once"].value * _PERIODS[period]
        holds = stated.value >= least if _at_least(text, case) else stated.value == least
    else:
        return _change(stated, by_role, "%" in unicodedata.normalize("NFKC", text[slice(*case.stated)]))
    return "consistent" if holds else "inconsistent"


def _at_least(text: str, case: Case) -> bool:
    start = case.operands[case.roles.index("period")][0]
    end = case.operands[case.roles.index("once")][1]
    return any(word in text[start:end] for word in ("至少", "不少于", "不低于"))


def _ratio(stated: Figure, roles: dict[str, Figure]) -> str:
    part, whole = roles["part"], roles["whole"]
    if stated.just_under:
        share = part.value * _HUNDRED / whole.value
        return "consistent" if stated.value - 1 < share < stated.value else "inconsistent"
    if stated.at_least:
        return "consistent" if part.value * _HUNDRED >= stated.value * whole.value else "inconsistent"
    if part.slack or whole.slack:
        half = Decimal(1) / Decimal(2) / Decimal(10) ** stated.places
        low = part.value * _HUNDRED / (whole.value + whole.slack) - half
        high = (part.value + part.slack) * _HUNDRED / whole.value + half
        return "consistent" if low <= stated.value <= high else "inconsistent"
    exact = part.value * _HUNDRED / whole.value
    if stated.value == _rounded(exact, stated.places):
        return "consistent"
    if stated.value == _cut(exact, stated.places):
        return "consistent_truncated"
    for name in ("carried", "base"):
        if name in roles:
            over = roles[name].value + (whole.value if name == "carried" else 0)
            other = part.value * _HUNDRED / over
            if stated.value in (_rounded(other, stated.places), _cut(other, stated.places)):
                return "consistent_other_denominator"
    return "inconsistent"


def _change(stated: Figure, roles: dict[str, Figure], is_percentage: bool) -> str:
    """Growth and change: a percentage of the earlier figure, or a plain difference."""
    before = roles.get("prev") or roles.get("from") or roles.get("from_rate")
    after = roles.get("cur") or roles.get("to") or roles.get("to_rate")
    assert after is not None
    if "from_rate" in roles or not is_percentage:
        assert before is not None
        return "consistent" if stated.value == abs(after.value - before.value) else "inconsistent"
    if before is not None:
        bases = [before.value]
    else:
        bases = [after.value - roles["diff"].value, after.value + roles["diff"].value]
    exact = [abs(after.value - base) * _HUNDRED / base for base in bases if base > 0]
    if any(stated.value == _rounded(value, stated.places) for value in exact):
        return "consistent"
    cut = any(stated.value == _cut(value, stated.places) for value in exact)
    return "consistent_truncated" if cut else "inconsistent"


def _citation(report: SyntheticReport, case: Case) -> str:
    assert case.stated is not None
    body = report.text[slice(*case.stated)]
    if case.operands:
        number = body.rpartition("》")[2]
        other = report.text[slice(*case.operands[0])]
        if other.rpartition("》")[2] != number:
            return "unlike numbers"
        return "consistent" if other == body else "inconsistent"
    last = int(re.findall(r"\d{4}", body)[-1])
    return "consistent" if last >= report.year or case.kind == "apart" else "inconsistent"


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _cut(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
