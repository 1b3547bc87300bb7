"""What a user knows of the files of a corpus, by a table: area, year, issuer, publication."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..lexicon.areas import load_areas
from ..lexicon.user_tables import UserRow, read_user_table
from ..model import REPORT_YEARS, Overrides

COLUMNS = ("file", "area", "year", "issuer", "published", "source_url", "id")
_NOTHING = Overrides()


@dataclass(frozen=True, slots=True)
class Metadata:
    """Path, or the end of one, → what is known of the file."""

    rows: dict[str, Overrides] = field(default_factory=dict)

    def __call__(self, path: str) -> Overrides:
        """What is known of a file; the row with the longest path that it ends in decides."""
        parts = path.split("/")
        for start in range(len(parts) if self.rows else 0):
            found = self.rows.get("/".join(parts[start:]))
            if found is not None:
                return found
        return _NOTHING


def load_metadata(path: str | Path) -> Metadata:
    """A user's table with tabs: `file`, its path or the end of it, and what of COLUMNS else is known of it.

    Raises LexiconError naming line, column and reason.
    """
    rows: dict[str, Overrides] = {}
    for row in read_user_table(path, COLUMNS)[1]:
        name = row.need("file").removeprefix("./")
        if name in rows:
            row.refuse("file", f"{name} stands in two lines", "leave one")
        rows[name] = _overrides(row)
    return Metadata(rows)


def _overrides(row: UserRow) -> Overrides:
    area, year, published = row.cell("area"), row.cell("year"), row.cell("published")
    if area and load_areas().by_code(area) is None:
        row.refuse("area", f"{area} is no area's code", "write the six digits of GB/T 2260")
    if year and not (year.isascii() and year.isdecimal() and int(year) in REPORT_YEARS):
        row.refuse("year", f"{year!r} is no year", "write YYYY")
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        row.refuse("published", f"{published!r} is no date", "write YYYY-MM-DD")
    return Overrides(
        area=area or None,
        year=int(year) if year else None,
        issuer=row.cell("issuer") or None,
        published=day,
        source_url=row.cell("source_url") or None,
        id=row.cell("id") or None,
    )
