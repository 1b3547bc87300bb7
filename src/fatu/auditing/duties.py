"""The duties of an annual report: published before 1 April, and the contents that it must have.

Source: 《法治政府建设与责任落实督察工作规定》(厅字〔2019〕28号, in force 15 April 2019), Article 24. Of its five
contents the fifth, other matters, is open and cannot be missing. A report whose kind or year is not told is not
measured by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..lexicon.audit_words import DutyEntry, load_duties, load_report_kind
from ..model import Clause, Finding, Role, Span, Verdict
from .checks import severity_of
from .ledger import Ledger

_MAX_SHOWN = 2


def check_duties(ledger: Ledger) -> Iterator[Finding]:
    """One finding for each duty of the report; none for a text that is no annual report on rule-of-law government."""
    metadata = ledger.outline.metadata
    title = metadata.title.value if metadata.title else ""
    if not all(cue.search(title) for cue in load_report_kind()):
        return
    year = ledger.report.identity.year
    for duty in load_duties():
        if year is not None and year < duty.since:
            continue
        yield _published(ledger, duty, year) if duty.slug == "publication" else _contained(ledger, duty, year)


# ---------------------------------------------------------------------------------------------- published in time


def _published(ledger: Ledger, duty: DutyEntry, year: int | None) -> Finding:
    metadata = ledger.outline.metadata
    if year is None:
        told = "不知所报告的年份,无法判断是否于4月1日前公开", "the year reported on is not told"
        return _finding(ledger, duty, "unverifiable", told, ())
    deadline = date(year + 1, 4, 1)
    last_zh, last_en = f"应于{year + 1}年4月1日前公开", f"due before 1 April {year + 1}"
    published = metadata.published
    if published is None:
        signed = metadata.signed
        if signed is not None and signed.value >= deadline:
            told = (
                f"{last_zh},成文日期已是{_day(signed.value)}",
                f"{last_en}, but signed on {signed.value.isoformat()}",
            )
            return _finding(ledger, duty, "late", told, _spans(signed.span))
        told = f"{last_zh},文中没有公开日期,无法核实", f"{last_en}, but the text has no date of publication"
        return _finding(ledger, duty, "unverifiable", told, ())
    day = published.value
    verdict: Verdict = "met" if day < deadline else "late"
    days = (day - deadline).days + 1
    told = (
        f"{last_zh},{_day(day)}公开" + (f",逾期{days}天" if verdict == "late" else ",按时"),
        f"{last_en}, published on {day.isoformat()}: "
        + (f"{days} days late" if verdict == "late" else "in time"),
    )
    return _finding(ledger, duty, verdict, told, _spans(published.span))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _spans(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span is not None else ()


# ----------------------------------------------------------------------------------------------- what it contains


# The message opens with what the duty is about: these do not say it again.
_TOLD = "文中已写明", "the report tells of this"
_UNTOLD = "应写明,文中未见", "the report must tell of this, and does not"


def _contained(ledger: Ledger, duty: DutyEntry, year: int | None) -> Finding:
    found = _PROOFS[duty.slug](ledger, duty)
    if year is None:
        told = "不知所报告的年份,无法判断是否须写明", "the year reported on is not told"
        return _finding(ledger, duty, "unverifiable", told, found)
    if found:
        return _finding(ledger, duty, "met", _TOLD, found)
    context = _problems(ledger, duty) if duty.slug == "causes" else ()
    return _finding(ledger, duty, "missing", _UNTOLD, context)


def _measures(ledger: Ledger, duty: DutyEntry) -> tuple[Span, ...]:
    """A section about them, or an action told."""
    return _headed(ledger, duty.slug) or _of_role(ledger, "action", "outcome")


def _problems(ledger: Ledger, duty: DutyEntry) -> tuple[Span, ...]:
    return _headed(ledger, "problems") or _of_role(ledger, "problem")


def _plans(ledger: Ledger, duty: DutyEntry) -> tuple[Span, ...]:
    return (
        _headed(ledger, duty.slug)
        or tuple(p.span for p in ledger.report.reading.plans[:1])
        or _of_role(ledger, "plan")
    )


def _causes(ledger: Ledger, duty: DutyEntry) -> tuple[Span, ...]:
    """A section about causes, or words of cause in a clause that admits a problem or stands right beside one."""
    headed = _headed(ledger, duty.slug)
    if headed:
        return headed
    sentences = {s.clause.sentence for s in ledger.report.reading.statements if s.role == "problem"}
    near = {*sentences, *(n + 1 for n in sentences)}
    clauses = [
        s.clause for s in ledger.report.reading.statements
        if s.role not in ("plan", "meta", "heading", "action") and s.clause.sentence in near
    ]  # fmt: skip
    return _saying(duty, clauses)


def _leaders(ledger: Ledger, duty: DutyEntry) -> tuple[Span, ...]:
    """A section about them, or words of it outside of the plans."""
    clauses = [
        s.clause
        for s in ledger.report.reading.statements
        if s.role not in ("plan", "meta", "heading", "problem")
    ]
    return _headed(ledger, duty.slug) or _saying(duty, clauses)


def _saying(duty: DutyEntry, clauses: list[Clause]) -> tuple[Span, ...]:
    spans = [
        c.span for c in clauses
        if duty.cue.search(c.text) and not (duty.not_cue and duty.not_cue.search(c.text))
    ]  # fmt: skip
    return tuple(spans[:_MAX_SHOWN])


def _headed(ledger: Ledger, kind: str) -> tuple[Span, ...]:
    """Headings about something that have text below them."""
    pattern = next(duty.section for duty in load_duties() if duty.slug == kind)
    return tuple(
        s.span
        for s in ledger.outline.sections
        if not s.is_item and s.level <= 2 and pattern.search(s.title) and s.end > s.span.end + 5
    )[:_MAX_SHOWN]


def _of_role(ledger: Ledger, *roles: Role) -> tuple[Span, ...]:
    return tuple(s.clause.span for s in ledger.report.reading.statements if s.role in roles)[:1]


_PROOFS = {
    "measures_and_results": _measures,
    "problems": _problems,
    "causes": _causes,
    "first_responsible_person": _leaders,
    "next_year_plan": _plans,
}


def _finding(
    ledger: Ledger, duty: DutyEntry, verdict: Verdict, told: tuple[str, str], spans: tuple[Span, ...]
) -> Finding:
    title = ledger.outline.metadata.title
    shown = spans or (_spans(title.span) if title else ())
    return Finding(
        key=f"finding-duty-{duty.slug}",
        rule="duty",
        verdict=verdict,
        severity=severity_of(verdict),
        stated=None,
        expected=None,
        message_zh=f"{duty.zh}:{told[0]}({duty.article};适用于{duty.applies})",
        message_en=f"{duty.en.capitalize()}: {told[1]} ({duty.article_en}; holds for {duty.applies_en})",
        evidence=ledger.quoted(*shown),
        duty=duty.slug,
    )
