"""Where a store is → the store."""

from __future__ import annotations

from .disk import OxigraphStore
from .remote import RemoteStore, is_url


def open_store(where: str) -> OxigraphStore | RemoteStore:
    """The store at a URL or in a folder, the latter for reading. Close it, or use it in a `with` statement.

    Raises StoreError where there is none, or where it is being written.
    """
    return RemoteStore(where) if is_url(where) else OxigraphStore(where)
