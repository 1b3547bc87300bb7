"""Loading of the data: families, areas and the wordings of a set, compiled once and kept."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .model import Family

_HERE = Path(__file__).parent
_WIDE = str.maketrans({",": 0xFF0C, "(": 0xFF08, ")": 0xFF09, ":": 0xFF1A, ";": 0xFF1B})
_PART = re.compile(r"\{(?P<slot>[a-z_]+)(?::(?P<unit>[^}]*))?\}|\[(?P<choice>[^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Literal:
    """Text to choose from at random (one choice: the text itself)."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A slot to fill: its name, and the unit written after the digits (`件`; empty: the slot's own)."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled wording: its parts in order, and the names of its slots."""

    parts: tuple[Literal | Gap, ...]
    slots: frozenset[str]


@dataclass(frozen=True, slots=True)
class Area:
    """An area: code and name of GB/T 2260, level (province, city, county), and the name of the area above."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class Wordings:
    """A set of wordings: lists of templates by family and list name; pairs and topics; the frame."""

    lists: Mapping[tuple[str, str], tuple[Template, ...]]
    pairs: Mapping[str, tuple[tuple[Template, Template], ...]]
    texts: Mapping[tuple[str, str], tuple[str, ...]]

    def get(self, owner: str, name: str) -> tuple[Template, ...]:
        """The templates of a list (`recon-closure`, `clauses`), or an empty tuple."""
        return self.lists.get((owner, name), ())


def widened(text: str) -> str:
    """Text with full-width punctuation; a report in half-width turns all of it back at the end."""
    return text.translate(_WIDE)


@cache
def compiled(wording: str) -> Template:
    """Compile a wording: `{slot}`, `{slot:unit}` and `[one|other]` are parts, the rest is literal."""
    parts: list[Literal | Gap] = []
    slots: set[str] = set()
    at = 0
    for match in _PART.finditer(wording):
        if match.start() > at:
            parts.append(Literal((widened(wording[at : match.start()]),)))
        if match["slot"]:
            if match["slot"] in slots and match["unit"]:
                raise ValueError(f"slot {match['slot']} stands twice in {wording!r}")
            slots.add(match["slot"])
            parts.append(Gap(match["slot"], match["unit"] or ""))
        else:
            parts.append(Literal(tuple(widened(match["choice"]).split("|"))))
        at = match.end()
    if at < len(wording):
        parts.append(Literal((widened(wording[at:]),)))
    return Template(tuple(parts), frozenset(slots))


@cache
def load_wordings(name: str) -> Wordings:
    """Read `wordings/<name>.toml`; every list is there for each family that `families.toml` names."""
    data = tomllib.loads((_HERE / "wordings" / f"{name}.toml").read_text(encoding="utf-8"))
    lists: dict[tuple[str, str], tuple[Template, ...]] = {}
    pairs: dict[str, tuple[tuple[Template, Template], ...]] = {}
    texts: dict[tuple[str, str], tuple[str, ...]] = {}
    for owner, table in _tables(data):
        for key, value in table.items():
            if key == "pairs":
                pairs[owner] = tuple((compiled(first), compiled(again)) for first, again in value)
            else:
                lists[owner, key] = tuple(compiled(item) for item in value)
                texts[owner, key] = tuple(widened(item) for item in value)
    return Wordings(lists, pairs, texts)


def _tables(data: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    found: list[tuple[str, Mapping[str, Any]]] = [("frame", data["frame"]), ("loose", data["loose"])]
    found.extend((f"topic-{name}", table) for name, table in data["topics"].items())
    found.extend(data["families"].items())
    return found


@cache
def load_families() -> tuple[Family, ...]:
    """Read `families.toml`, in its order."""
    data = tomllib.loads((_HERE / "families.toml").read_text(encoding="utf-8"))
    return tuple(
        Family(
            id=name,
            shape=row["shape"],
            subject=row["subject"],
            topic=row["topic"],
            again=row.get("again", "overview"),
            size=(row.get("size", [20, 400])[0], row.get("size", [20, 400])[1]),
            rates=(row.get("rates", [60, 99])[0], row.get("rates", [60, 99])[1]),
            places=row.get("places", 0),
            zero=row.get("zero", False),
            bodies=row.get("bodies", "any"),
            larger=row.get("larger", ""),
        )
        for name, row in data.items()
    )


@cache
def load_areas() -> tuple[Area, ...]:
    """Read `areas.tsv`, in its order."""
    lines = (_HERE / "areas.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return tuple(Area(*row) for row in rows[1:])
