"""Who issues the documents of a code: 豫政办 in 豫政办〔2015〕45号 is 河南省人民政府办公厅.

A code is looked up as a whole, or read as sign of the area + organ + series words (GB/T 9704-2012, 7.2.5 and
usage). One sign may stand for many areas: what it stands for is then decided by the areas that the report is
about, and left open where they do not decide it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from ..errors import LexiconError
from ..model import Area
from .areas import SIGNS, AreaTable, load_areas
from .extension import cached
from .patterns import any_word
from .tables import Row, load_table

CODES, ORGANS = "document_codes.tsv", "code_organs.tsv"


@dataclass(frozen=True, slots=True)
class IssuingCode:
    """A code and what is known of its issuer: all of it, or nothing but the code."""

    code: str
    issuer: str | None = None
    """Canonical name: 河南省人民政府办公厅."""
    area: str | None = None
    """GB/T 2260 code of the issuer's area; 100000 for central organs."""
    function: str | None = None
    """Canonical function within the area: 人民政府办公厅, 委员会 (of the party)."""
    line: str | None = None
    """government, party or court: which line of organs the issuer belongs to."""
    method: Literal["exact", "code"] | None = None
    """exact: the table has the whole code; code: read by the grammar; None: unknown."""


class Sign(NamedTuple):
    """An area that a sign may stand for, and what its government is called behind it (政, 府)."""

    area: str
    word: str


class Split(NamedTuple):
    """One way to read a code: the sign and the rows of the organ behind it, by level."""

    sign: str
    organs: Mapping[str, Row]

    @property
    def word(self) -> str:
        """What the organ calls the government; empty for organs that do not name it."""
        return next(iter(self.organs.values()))["word"]

    @property
    def takes_initials(self) -> bool:
        """Whether a county may stand before the organ with its first character alone."""
        return any(row["initials"] for row in self.organs.values())


@dataclass(frozen=True, slots=True)
class CodeTable:
    """Codes, signs and organs, with the areas they refer to; made by `load_codes`."""

    areas: AreaTable
    codes: Mapping[str, Row]
    signs: Mapping[str, tuple[Sign, ...]]
    organs: Mapping[str, Mapping[str, Row]]
    """Organ → level → row."""
    _organ: re.Pattern[str]
    _words: Mapping[str, str]
    """Areas with a sign of their own, with the word for their government."""

    def parse(self, code: str, context: Sequence[str] = ()) -> IssuingCode:
        """The issuer behind `code` in a report about the areas of the codes `context`: see `parse_code`."""
        near = {area.code: area for place in context for area in self.areas.chain(place)}
        row = self.codes.get(code)
        if row is not None and self._counts(row, near):
            method: Literal["exact", "code"] = "code" if row["status"] == "inferred" else "exact"
            return IssuingCode(code, row["issuer"], row["area"], row["function"], row["line"], method)
        if row is None or self._rivals(row, near):
            for split in self._splits(code):
                area = self._area_of(split, near)
                if area is not None:
                    return self._issuer(code, split, area)
        return IssuingCode(code)

    def extended(self, rows: Iterable[Row]) -> CodeTable:
        """This table with a user's own codes, which go before those it has."""
        return replace(self, codes={**self.codes, **_by_code(rows, self.areas)})

    def _counts(self, row: Row, near: Mapping[str, Area]) -> bool:
        """Whether a whole code means what its row says: always in its area, elsewhere where nobody nearer
        has the sign and the row does not demand the area itself."""
        if row["area"] in near:
            return True
        return not row["context"] and not self._rivals(row, near)

    def _rivals(self, row: Row, near: Mapping[str, Area]) -> set[str]:
        """Areas of the context other than the row's own that its code may come from."""
        if self.areas.areas[row["area"]].level == "country":
            return set()
        found = {area for split in self._splits(row["code"]) for area in self._near(split, near)}
        return found - {row["area"]}

    def _splits(self, code: str) -> Iterator[Split]:
        """Every way to read the code as sign and organ, the longest sign first."""
        for at in range(len(code) - 1, 0, -1):
            match = self._organ.fullmatch(code, at)
            if match:
                yield Split(code[:at], self.organs[match["organ"]])

    def _area_of(self, split: Split, near: Mapping[str, Area]) -> str | None:
        named = self.areas.names.get(split.sign)
        if named is not None:
            area = self.areas.resolve(split.sign, tuple(near))
            return area.code if area else None
        found = self._near(split, near)
        if found:
            return found.pop() if len(found) == 1 else None
        return self._far(split)

    def _near(self, split: Split, near: Mapping[str, Area]) -> set[str]:
        """Areas of the context that the sign may stand for: by the table, as 市 in 市政发, or, for those
        without a sign of their own, as the beginning of their name, unless it is the sign of their city."""
        signed = {sign.area for sign in self._signs(split)} & near.keys()
        found = set(signed)
        for code, area in near.items():
            begins = area.name.startswith(split.sign) and (len(split.sign) > 1 or split.takes_initials)
            own = code not in self._words and area.parent not in signed
            if area.name[-1] == split.sign or (begins and own):
                found.add(code)
        return found

    def _far(self, split: Split) -> str | None:
        """The area of a sign without any context: only where no other area could have it."""
        signs = self._signs(split)
        if len(signs) != 1:
            return None
        area = self.areas.areas[signs[0].area]
        if area.level == "province" or len(split.sign) > 1:
            return area.code
        return None if self._has_namesake(area, split) else area.code

    def _has_namesake(self, area: Area, split: Split) -> bool:
        """Whether an area elsewhere without a sign of its own could use this one: its name begins so, and its
        province does not call the government by another word."""
        for other in self.areas.areas.values():
            if other.name[0] != split.sign or other.code in self._words:
                continue
            chain = [above.code for above in self.areas.chain(other.code)]
            word = self._words.get(chain[-1], "")
            if area.code not in chain and (not split.word or not word or word == split.word):
                return True
        return False

    def _signs(self, split: Split) -> tuple[Sign, ...]:
        signs = self.signs.get(split.sign, ())
        return tuple(s for s in signs if not (s.word and split.word) or s.word == split.word)

    def _issuer(self, code: str, split: Split, area: str) -> IssuingCode:
        place = self.areas.areas[area]
        row = next((split.organs[level] for level in self._levels(place) if level in split.organs), None)
        if row is None:
            return IssuingCode(code)
        function = row["function"].replace("{unit}", place.name[-1])
        issuer = row["prefix"] + self.areas.full_name(area) + function
        return IssuingCode(code, issuer, area, function, row["line"], "code")

    def _levels(self, area: Area) -> tuple[str, ...]:
        """Levels whose rows fit the area, the most fitting first."""
        if area.code in self.areas.municipalities:
            return ("upper", "below", "any")
        return ("province", "upper", "any") if area.level == "province" else ("below", "any")


def parse_code(code: str, context: Sequence[str] = ()) -> IssuingCode:
    """The issuer behind the issuing code of a document number (豫政办), without year and sequence.

    `context`: GB/T 2260 codes of the areas that the report is about; those above them count too. The sign of
    a code is read as one of these areas where it can be; else it must be a sign that no other area has. An
    issuer written in a cited title is better evidence than this.
    """
    return load_codes().parse(code, context)


@cached
def load_codes() -> CodeTable:
    """The table of the package, read once. Raises LexiconError where a table breaks its rules."""
    areas = load_areas()
    signs: defaultdict[str, list[Sign]] = defaultdict(list)
    words: dict[str, str] = {}
    for number, row in enumerate(load_table(SIGNS), start=1):
        if row["code"] not in areas.areas:
            raise LexiconError(f"{SIGNS} row {number} column code", f"no area {row['code']}", "correct it")
        signs[row["sign"]].append(Sign(row["code"], row["word"]))
        words.setdefault(row["code"], row["word"])
    organs: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    series: list[str] = []
    for row in load_table(ORGANS):
        if row["level"] == "series":
            series.append(row["organ"])
        else:
            organs[row["organ"]][row["level"]] = row
    return CodeTable(
        areas=areas,
        codes=_by_code(load_table(CODES, unique=True), areas),
        signs={sign: tuple(found) for sign, found in signs.items()},
        organs=dict(organs),
        _organ=re.compile(f"(?P<organ>{any_word(organs)})(?:{any_word(series)})*"),
        _words=words,
    )


def _by_code(rows: Iterable[Row], areas: AreaTable) -> dict[str, Row]:
    codes: dict[str, Row] = {}
    for row in rows:
        if row["area"] not in areas.areas:
            raise LexiconError(f"{CODES} {row['code']} column area", f"no area {row['area']}", "correct it")
        codes[row["code"]] = row
    return codes
