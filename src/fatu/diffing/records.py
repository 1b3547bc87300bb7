"""Changes → records for JSON."""

from __future__ import annotations

import re

from ..exporting.records import Record
from ..exporting.statements import Passage, local_name
from .change import Change, GraphChanges, Values

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CODED = frozenset(("bound", "status", "function", "rule", "verdict", "severity", "duty", "topic"))
"""Properties whose values are told by their codes, as other commands do; other things are told by their names."""
_SEVERAL = frozenset(
    (
        "topic", "actor", "participant", "recipient", "underDocument", "references", "produces", "usesProgram",
        "hasObservation", "hasOutcome", "targets", "about", "refersTo", "candidate", "implementsPolicy", "promulgates",
        "issuedBy", "unitOf",
    )
)  # fmt: skip
"""Properties that may have several values, told as a list."""
_SHOWN_ELSEWHERE = ("label", "text")


def change_records(changes: GraphChanges) -> list[Record]:
    """One record for each change: `report`, `change` (added, removed, changed), `kind`, `properties` (the names of
    those that differ), `old` and `new` (null where there is none).

    A side has `iri`, `label`, the properties of its kind (names as in the ontology, with underscores; decimals as
    strings; null where not stated), `start`, `end` and `text` of the evidence to look at, and all of it as `evidence`.
    """
    return [_record(change) for change in changes.changes]


def _record(change: Change) -> Record:
    return {
        "report": change.report,
        "change": change.change,
        "kind": change.kind,
        "properties": [_snake(difference.name) for difference in change.differences],
        "old": _side(change, 0),
        "new": _side(change, 1),
    }


def _side(change: Change, side: int) -> Record | None:
    fact, place = (change.old, change.new)[side], change.places[side]
    if fact is None:
        return None
    # What is called the same on both sides though it is not was told apart in the differences.
    told = {each.name: (each.old, each.new)[side] for each in change.differences}
    properties = {
        _snake(name): _value(name, told.get(name, values))
        for name, values in fact.values
        if name not in _SHOWN_ELSEWHERE
    }
    evidence = [_passage(passage) for passage in fact.evidence]
    return {"iri": fact.iri, "label": fact.label.zh, **properties, **_passage(place), "evidence": evidence}


def _passage(passage: Passage | None) -> Record:
    if passage is None:
        return {"start": None, "end": None, "text": None}
    return {"start": passage.start, "end": passage.end, "text": passage.exact}


def _value(name: str, values: Values) -> object:
    shown = [
        _snake(local_name(v.token))
        if name in _CODED
        else v.zh
        if "://" in v.token
        else _literal(v.token, v.zh)
        for v in values
    ]
    return shown if name in _SEVERAL else shown[0] if shown else None


def _literal(token: str, text: str) -> str:
    """Numbers in full, texts as written."""
    return token if token.replace(".", "", 1).removeprefix("-").isdecimal() else text


def _snake(name: str) -> str:
    return _HUMP.sub("_", name).replace("-", "_").lower()
