"""What a parser of files makes of one: pieces of text with their places, still apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Location, Page, Place, Span


@dataclass(frozen=True, slots=True)
class Piece(Location):
    """A stretch of text from one location in a file; its span is known once all pieces are together.

    The text of the file is the pieces one after the other: line breaks belong to a piece, or are one without a place.
    """

    text: str

    @property
    def has_place(self) -> bool:
        """Whether it says where it was."""
        return self.page is not None or self.path is not None or self.paragraph is not None

    def place_at(self, start: int) -> Place:
        """Where it was, as the place of its text, which begins at `start` of the file's."""
        return Place(
            Span(start, start + len(self.text)),
            page=self.page,
            box=self.box,
            path=self.path,
            paragraph=self.paragraph,
            confidence=self.confidence,
        )


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file, in pieces."""

    pieces: tuple[Piece, ...]
    pages: tuple[Page, ...] = field(default=(), repr=False)
    encoding: str = ""
    notes: tuple[str, ...] = ()
    """What was left out, one line each: a picture without text, a header that every page repeats."""
