"""Edits of a text and what they change in its extraction, record by record and field by field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from fatu.exporting.records import Record, extraction_records
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.linking import link
from fatu.outlining import outline
from fatu.reading import read_text

OFFSETS = ("start", "end", "number_start", "number_end", "target_start", "target_end")
KEY = ("kind", "start", "end", "relation", "target_start", "target_end")
Key = tuple[object, ...]


class Edit(NamedTuple):
    """A range of the old text and what stands there in the new one."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Change:
    """A text, its edits in order, and the text that they give."""

    old: str
    edits: tuple[Edit, ...]

    @property
    def new(self) -> str:
        """The text with the edits made."""
        pieces, at = [], 0
        for edit in self.edits:
            pieces += [self.old[at : edit.start], edit.new]
            at = edit.end
        return "".join([*pieces, self.old[at:]])

    def moved(self, offset: int, is_end: bool) -> int:
        """Where an offset of the old text is in the new one; within an edit as far from its start. What is put
        in at an offset stands behind what ends there and before what starts there."""
        shift = 0
        for start, end, new in self.edits:
            if end <= offset and not (is_end and start == offset):
                shift += len(new) - (end - start)
        return offset + shift


@lru_cache(maxsize=64)
def extracted(text: str) -> tuple[Record, ...]:
    """What `fatu extract` prints of a text."""
    outlined = outline(read_text(text, "report.txt"))
    return tuple(extraction_records(link(interpret(outlined, find(outlined)))))


def differences(change: Change) -> dict[Key, set[str]]:
    """Records of the new text, by kind and place, with those fields that are not what they were; a record that
    is new has "come", one that is no more is "gone". Offsets, text and title follow the edits.

    Each text that is compared is what the source says at its place.
    """
    before = {record_key(r): r for r in (moved_record(change, record) for record in extracted(change.old))}
    after = {record_key(r): r for r in extracted(change.new)}
    found: dict[Key, set[str]] = {key: {"gone"} for key in before.keys() - after.keys()}
    found.update({key: {"come"} for key in after.keys() - before.keys()})
    for key in before.keys() & after.keys():
        assert after[key]["text"] == change.new[key[1] : key[2]]  # type: ignore[misc]
        fields = {name for name in before[key] if before[key][name] != after[key].get(name)}
        if fields:
            found[key] = fields
    return found


def moved_record(change: Change, record: Record) -> Record:
    """A record as it must be after the edits, if they mean nothing."""
    moved = {
        name: change.moved(value, name.endswith("end"))
        if name in OFFSETS and isinstance(value, int)
        else value
        for name, value in record.items()
    }
    moved["text"] = change.new[moved["start"] : moved["end"]]  # type: ignore[misc]
    if moved.get("title") is not None:
        moved["title"] = str(moved["text"])[1:-1]
    return moved


def record_key(record: Record) -> Key:
    """What a record is of, and where: the same before and after an edit that means nothing."""
    return tuple(record.get(name) for name in KEY)
