"""Findings as a sheet to print and hand on: one HTML page without scripts."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, select_autoescape

from .records import Record

_VERDICTS = {
    "consistent": "相符",
    "consistent_truncated": "舍去尾数后相符",
    "consistent_other_denominator": "换分母后相符",
    "inconsistent": "不符",
    "unverifiable": "无法核对",
    "met": "已履行",
    "missing": "缺少",
    "late": "逾期",
}


def write_sheet(findings: Sequence[Record]) -> bytes:
    """HTML of finding records, those that need a look first; everything is escaped."""
    environment = Environment(
        loader=PackageLoader("fatu", "exporting"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    doubtful = [f for f in findings if f["severity"] != "info"]
    rest = [f for f in findings if f["severity"] == "info"]
    page = environment.get_template("sheet.html.j2").render(
        groups=(("需要核实", "To be checked", doubtful), ("其余", "Others", rest)),
        verdicts=_VERDICTS,
        reports=sorted({str(f["report"] or "") for f in findings}),
    )
    return (page.rstrip("\n") + "\n").encode()
