"""N-Quads → an empty store, piece by piece: one is loaded while the next is written.

Oxigraph loads in parallel what it reads from a file itself, but not without pauses; making its lines costs a fifth of
what loading them does. So neither waits for the other, and no file of all the lines has to be held beside the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyoxigraph

PIECE = 64 << 20
"""Bytes, at the least, that are loaded in bulk at a time."""

Tell = Callable[[int], None]
"""Hears how many units are in the store, whatever happens now."""


@contextmanager
def fill(store: pyoxigraph.Store, beside: Path, tell: Tell = lambda _: None) -> Iterator[Filling]:
    """Loads what is written in the block; at its end all is in the store. Its files are in the folder `beside`.

    Raises SyntaxError or ValueError where lines are no N-Quads, OSError where there is no room.
    """
    filling = Filling(store, beside, tell)
    try:
        yield filling
        filling.finish()
    finally:
        filling.close()


class Filling:
    """Where lines are written that are to be loaded. Use `fill`."""

    def __init__(self, store: pyoxigraph.Store, beside: Path, tell: Tell) -> None:
        self._store, self._tell = store, tell
        self._files = [beside / f"quads-{number}.nq.part" for number in (0, 1)]
        self._open: BinaryIO | None = None
        self._units, self._told = 0, -1
        self._loading: Future[int] | None = None
        self._loader = ThreadPoolExecutor(1, "load")

    def write(self, lines: bytes) -> None:
        """Takes whole lines of N-Quads. Raises as `fill`, for lines taken before too."""
        if self._open is None:
            self._open = self._files[0].open("wb")
        self._open.write(lines)
        if self._open.tell() >= PIECE:
            self._hand_over()

    def end_unit(self) -> None:
        """What was written since the last call is one unit, and whole."""
        self._units += 1

    def finish(self) -> None:
        """Waits until all is in the store."""
        if self._open is not None:
            self._hand_over()
        self._wait()
        self._reach(self._units)

    def close(self) -> None:
        """Leaves no file behind, and nothing at work."""
        self._loader.shutdown(cancel_futures=True)
        if self._open is not None:
            with suppress(OSError):  # what it holds is not wanted any more
                self._open.close()
        for path in self._files:
            path.unlink(missing_ok=True)

    def _hand_over(self) -> None:
        assert self._open is not None
        self._open.close()
        self._open = None
        self._wait()
        self._loading = self._loader.submit(self._load, self._files[0], self._units)
        self._files.reverse()

    def _wait(self) -> None:
        if self._loading is not None:
            loading, self._loading = self._loading, None
            self._reach(loading.result())

    def _reach(self, units: int) -> None:
        if units != self._told:
            self._told = units
            self._tell(units)

    def _load(self, piece: Path, units: int) -> int:
        self._store.bulk_load(path=piece, format=pyoxigraph.RdfFormat.N_QUADS)
        self._store.flush()
        return units
