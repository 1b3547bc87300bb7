"""Changes → a table for a terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..exporting.aligning import clip
from .change import Change, Difference, GraphChanges, ReportChanges, Values
from .wording import Language, count_words, kind_words, load_words, property_words, total_words

_STYLES = {"added": "green", "removed": "red", "changed": "yellow"}
_LABEL, _VALUE, _QUOTE = 60, 60, 90
_WIDTH = 120
_COLUMNS = ("change", "kind", "fact", "difference", "place")


def format_changes(changes: GraphChanges, language: Language = "zh", width: int = 0) -> str:
    """The changes of each report that has some, then how many there are and how many facts are the same. `width` is
    that of a terminal, which gets colours as well; without it there are none."""
    out = StringIO()
    console = Console(
        file=out, width=width or _WIDTH, force_terminal=bool(width), color_system="standard" if width else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    at = int(language == "en")
    for report in changes.reports:
        if report.changes:
            console.print(Text(f"# {report.report}  {clip(report.title, 100)}", "bold"))
            console.print(_table(report, at))
            console.print(Text(count_words(report)[at]), end="\n\n")
    console.print(Text(total_words(changes)[at]))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _table(report: ReportChanges, at: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for name in _COLUMNS:
        table.add_column(load_words()[f"head.{name}"][at], overflow="fold")
    for change in report.changes:
        table.add_row(*_row(change, at))
    return table


def _row(change: Change, at: int) -> tuple[Text, ...]:
    style = _STYLES[change.change]
    different = [line for difference in change.differences if (line := _difference(difference, at))]
    places = [f"{p.start}–{p.end} {clip(p.exact, _QUOTE)}" for p in change.places if p is not None]
    return (
        Text(load_words()[f"change.{change.change}"][at], style),
        Text(kind_words(change.kind)[at]),
        Text(clip(change.fact.label[1 + at], _LABEL)),
        Text("\n".join(different)),
        Text("\n".join(places)),
    )


def _difference(difference: Difference, at: int) -> str:
    name = property_words(difference.name)[at]
    if difference.name == "text":  # both wordings are shown as evidence
        return name
    return f"{name}: {_told(difference.old, at)} → {_told(difference.new, at)}"


def _told(values: Values, at: int) -> str:
    separator = "、" if at == 0 else ", "
    return clip(separator.join(value[1 + at] for value in values), _VALUE) or load_words()["tell.nothing"][at]
