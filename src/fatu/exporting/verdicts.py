"""Which finding tells what a figure is worth: of several about it, the gravest."""

from __future__ import annotations

import re

from .statements import Statements, local_name

_SEVERITIES = ("violation", "warning", "info")
_VERDICTS = (
    "inconsistent", "late", "missing", "consistent_other_denominator", "consistent_truncated", "consistent", "met",
    "unverifiable",
)  # fmt: skip
"""The gravest first; a figure that one check confirms and another cannot verify is confirmed."""


def gravest_findings(statements: Statements, own: bool = False) -> dict[str, str]:
    """Observation → the gravest finding about it, by severity, then by verdict; with `own`, of the findings in the
    observation's own report, not of those across reports."""
    found: dict[str, list[tuple[int, int, str, str]]] = {}
    for finding in statements.instances("Finding"):
        verdict = spell(statements.link(finding, "verdict"))
        severity = spell(statements.link(finding, "severity"))
        weight = (*weigh_verdict(severity, verdict), finding)
        for observation in statements.links(finding, "about"):
            if own and statements.report(finding) != statements.report(observation):
                continue
            found.setdefault(observation, []).append(weight)
    return {observation: min(weights)[-1] for observation, weights in found.items()}


def weigh_verdict(severity: str, verdict: str) -> tuple[int, int, str]:
    """What findings about one figure are ordered by, the gravest first; the verdict comes last in it."""
    return _rank(_SEVERITIES, severity), _rank(_VERDICTS, verdict), verdict


def spell(iri: str) -> str:
    """The end of an IRI in the spelling of the command line: atLeast → at_least, Warning → warning."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", local_name(iri)).lower()


def _rank(order: tuple[str, ...], name: str) -> int:
    return order.index(name) if name in order else len(order)
