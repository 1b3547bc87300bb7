"""What to call a figure and what a report claims, in a line."""

from __future__ import annotations

from collections.abc import Sequence

from ..finding.cells import with_unit
from ..model import IndicatorLink, Observation


def observation_label(link: IndicatorLink) -> str:
    """What is counted and the figure as the report writes it: 行政复议案件受理数:15件. A figure of a table is called
    what the heads of its row and column call it: 行政复议 受理 320件."""
    observation, metric = link.observation, link.observation.metric
    written = with_unit(metric.text, metric.payload) if observation.heads else metric.text
    return f"{observation.heads} {written}" if observation.heads else f"{link.label}:{written}"


def outcome_label(text: str, figures: Sequence[Observation]) -> str:
    """The words of an outcome, which has these figures; a cell of a table says what it is of only with its heads."""
    heads = figures[0].heads if figures else ""
    if not heads:
        return text
    is_figure = len(figures) == 1 and text == figures[0].metric.text
    return f"{heads} {with_unit(text, figures[0].metric.payload) if is_figure else text}"
