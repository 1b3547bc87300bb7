"""Quads in files and in stores."""

from __future__ import annotations

from .files import find_graphs, read_quads, read_union
from .memory import MemoryStore

__all__ = ["MemoryStore", "find_graphs", "read_quads", "read_union"]
