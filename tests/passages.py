"""Passages of an invented report, read as its part on what was done or under another heading."""

from __future__ import annotations

from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.model import Report
from fatu.outlining import outline
from fatu.reading import read_text

TITLE = "石门县人民政府2022年度法治政府建设情况报告"


def link_body(body: str, heading: str = "一、工作开展情况") -> Report:
    """What is read of a report on 2022 with a passage under one heading."""
    outlined = outline(read_text(f"{TITLE}\n\n{heading}\n\n{body}\n", "report.txt"))
    return link(interpret(outlined, find(outlined)))


def indicator_of(sentence: str, number: str) -> str | None:
    """The id of the indicator that the one figure of a sentence is of; None where the catalogue lacks it."""
    links = link_body(sentence).indicator_links
    (found,) = [entry.id for entry in links if entry.observation.metric.text == number]
    return found
