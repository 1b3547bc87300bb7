"""Characters and rules of a page → its columns and tables in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from .columns import Column, find_columns
from .lines import Glyph, Line, Rect, View, find_runs
from .ruled_tables import RuledTable, fill_grid, find_grids

Part = Column | RuledTable


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its columns and tables in reading order."""

    number: int
    height: int
    """As it is read."""
    parts: tuple[Part, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines outside of tables."""
        return tuple(line for part in self.parts if isinstance(part, Column) for line in part.lines)


def make_sheet(glyphs: Sequence[Glyph], rules: Sequence[Rect], view: View) -> Sheet:
    """A page. Tables stand between what is above and what is below them."""
    parts: list[Part] = []
    rest = list(glyphs)
    size = median_low([glyph.size for glyph in glyphs]) if glyphs else 1
    for grid in find_grids(rules, size):
        within = [glyph for glyph in rest if grid.rect.holds(glyph.rect)]
        table = fill_grid(grid, within, view)
        if not table:
            continue
        above = [g for g in rest if g.rect.middle < grid.rect.bottom and not grid.rect.holds(g.rect)]
        taken = {id(glyph) for glyph in (*within, *above)}
        rest = [glyph for glyph in rest if id(glyph) not in taken]
        parts += [*find_columns(find_runs(above), view), *table]
    parts += find_columns(find_runs(rest), view)
    return Sheet(view.page, view.read_size[1], tuple(parts))
