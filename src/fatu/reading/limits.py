"""How much of a file is read: limits with defaults far above any report, far below what fills a machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take. Whatever needs more is refused, never cut."""

    bytes: int = 64 * 1024 * 1024
    """Size of a file, and of each member of an archive once it is unpacked."""
    seconds: float = 300
    """Time to parse one file; a page takes about five to be recognised."""
    memory: int = 4 * 1024 * 1024 * 1024
    """Bytes of address space that a parser may take, where the system can hold it to that (Linux)."""
    pages: int = 500
    """Pages of a document."""
    pixels: int = 100_000_000
    """Pixels of a picture."""
    characters: int = 5_000_000
    """Code points of a text."""
    members: int = 10_000
    """Files in an archive."""
    unpacked: int = 1024 * 1024 * 1024
    """Bytes of all files in an archive together once they are unpacked."""


DEFAULT_LIMITS = Limits()
