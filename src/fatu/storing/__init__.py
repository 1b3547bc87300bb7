"""Quads in files and in stores."""

from __future__ import annotations

from .disk import OxigraphStore, as_rdflib, compact_store
from .files import find_graphs, read_quads
from .loading import Loaded, load_graphs, load_quads
from .memory import MemoryStore
from .opening import open_store
from .remote import RemoteStore
from .store import Answer, Store
from .union import read_each_report, read_store_union, read_union

__all__ = [
    "Answer", "Loaded", "MemoryStore", "OxigraphStore", "RemoteStore", "Store", "as_rdflib",
    "compact_store", "find_graphs", "load_graphs", "load_quads", "open_store", "read_each_report",
    "read_quads", "read_store_union", "read_union",
]  # fmt: skip
