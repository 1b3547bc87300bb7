"""What a set of wordings must have: the lists of each shape with their slots, and faults against it."""

from __future__ import annotations

from .model import Family
from .wordings import Gap, Template, Wordings, load_families, load_wordings

Slots = tuple[str, str]
"""Slots that every wording of a list has, and slots that it may have: names apart by spaces."""

LISTS: dict[str, dict[str, Slots]] = {
    "ratio": {
        "clauses": ("whole part rate", "base"),
        "other": ("whole part rate", "carried base"),
        "missing": ("rate", "whole part"),
    },
    "shares": {"clauses": ("whole part other rate other_rate", "")},
    "total": {"clauses": ("total a b", "c d e f g h"), "listed": ("total a b", "c d e f g h")},
    "chain": {"clauses": ("a b", "c")},
    "growth": {
        "up": ("cur", "prev diff pct"),
        "down": ("cur", "prev diff pct"),
        "missing": ("cur pct", ""),
    },
    "cut": {"clauses": ("start end", "pct diff")},
    "points": {"up": ("from_rate to_rate points", ""), "down": ("from_rate to_rate points", "")},
    "frequency": {"clauses": ("period once n", ""), "least": ("period once n", "")},
    "equal": {"clauses": ("n again", "")},
    "plan": {"clauses": ("plan", ""), "past": ("plan", "")},
    "table": {},
    "restated": {},
    "apart": {},
    "cited": {},
}
"""The lists of a shape; `other`, `missing`, `listed`, `least`, `past` and the `down` of points may be absent."""

_OPTIONAL = frozenset(("other", "missing", "listed", "least", "past"))
_TEXTS = {
    "table": ("titles", "columns", "rows", "totals", "units"),
    "cited": ("titles", "series"),
    "plan": ("titles",),
}
_PAIRED = {"restated": "n", "apart": "n", "cited": "cite"}
_WORDS = frozenset(["area", "org", "we", "all", "lvl", "year", "lastyear", "nextyear", "outline"])
_FRAME = (
    "departments province_departments titles meta openings overviews body_headings leader_headings leader "
    "problems_headings problems_only_headings problems causes plans_headings plans_openings plans"
)
_LEAST = 6


def wording_faults(name: str) -> list[str]:
    """What a set of wordings lacks or has wrong, one line for each fault; nothing where it is whole."""
    words = load_wordings(name)
    faults = [f"frame: no {key}" for key in _FRAME.split(" ") if not words.texts.get(("frame", key))]
    topics = [owner for owner, key in words.lists if key == "headings"]
    for owner in topics:
        keys = ("leads", "fillers", "distractors")
        faults.extend(f"{owner}: no {key}" for key in keys if not words.get(owner, key))
    for family in load_families():
        if f"topic-{family.topic}" not in topics:
            faults.append(f"{family.id}: no topic {family.topic}")
        faults.extend(f"{family.id}: {fault}" for fault in _family_faults(words, family))
    return faults


def _family_faults(words: Wordings, family: Family) -> list[str]:
    faults = [
        key + " is empty" for key in _TEXTS.get(family.shape, ()) if not words.texts.get((family.id, key))
    ]
    if family.shape in _PAIRED:
        pairs = words.pairs.get(family.id, ())
        if len(pairs) < _LEAST:
            faults.append(f"{len(pairs)} pairs, fewer than {_LEAST}")
        wanted = (_PAIRED[family.shape], "")
        return faults + [fault for pair in pairs for half in pair for fault in _slot_faults(half, wanted)]
    wordings = 0
    for key, slots in LISTS[family.shape].items():
        templates = words.get(family.id, key)
        wordings += len(templates) if key not in _OPTIONAL else 0
        optional = key in _OPTIONAL or (family.shape == "points" and key == "down")
        if not templates and not optional:
            faults.append(f"no list {key}")
        faults.extend(fault for template in templates for fault in _slot_faults(template, slots))
    if family.shape != "table" and wordings < _LEAST:
        faults.append(f"{wordings} wordings, fewer than {_LEAST}")
    return faults


def _slot_faults(template: Template, slots: Slots) -> list[str]:
    must = set(slots[0].split())
    figures = {part.name for part in template.parts if isinstance(part, Gap)} - _WORDS
    shown = "".join(
        "{" + part.name + "}" if isinstance(part, Gap) else part.choices[0] for part in template.parts
    )
    faults = [f"no slot {name} in {shown}" for name in sorted(must - figures)]
    extra = figures - must - set(slots[1].split())
    return faults + [f"slot {name} is not known in {shown}" for name in sorted(extra)]
