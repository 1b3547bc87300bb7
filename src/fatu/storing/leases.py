"""Who has a store's folder open: many readers or one writer, over all processes.

RocksDB keeps writers apart by a lock on the file LOCK, but lets readers in beside a writer, where what they see is
undefined. Hence a reader takes a shared lock on the same file: no reader beside a writer, no writer beside a reader.
"""

from __future__ import annotations

import errno
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from ..errors import StoreError

REMEDY = "end that process; or, where it is fatu serve --writable, load through its URL with FATU_TOKEN"
"""What to do about another process that has a folder open."""


@dataclass
class _Lease:
    """How often this process has a folder open, and the descriptor that holds the shared lock."""

    count: int
    descriptor: int | None
    is_writer: bool


class _Leases:
    """What this process has open. Such locks belong to a process and end with the first descriptor that it closes, so
    there is one descriptor for each folder, and no reader beside a writer."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._open: dict[str, _Lease] = {}

    def take(self, folder: Path, writable: bool) -> str:
        """Opens a folder; the key to give back. Raises StoreError where another has it open."""
        key = os.path.realpath(folder)
        with self._guard:
            lease = self._open.get(key)
            if lease is None:
                descriptor = None if writable else _lock(folder)
                self._open[key] = _Lease(1, descriptor, writable)
            elif lease.is_writer or writable:
                other = "writing" if lease.is_writer else "reading"
                raise StoreError(str(folder), f"is open for {other} in this program", "close it first")
            else:
                lease.count += 1
        return key

    def give_back(self, key: str) -> None:
        """Closes a folder once."""
        with self._guard:
            lease = self._open[key]
            lease.count -= 1
            if not lease.count:
                del self._open[key]
                if lease.descriptor is not None:
                    os.close(lease.descriptor)


def _lock(folder: Path) -> int | None:
    """A descriptor with a shared lock; None where the system has no such locks, or no file to lock."""
    try:
        import fcntl

        descriptor = os.open(folder / "LOCK", os.O_RDONLY)
    except (ImportError, OSError):
        return None
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.EAGAIN, errno.EACCES):
            raise StoreError(str(folder), "another process is writing to it", REMEDY) from error
        return None
    return descriptor


leases = _Leases()
"""This process's."""
