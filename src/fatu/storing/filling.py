"""N-Quads → an empty store, piece by piece: two are loaded while the next is written.

Oxigraph parses a file on one core and sorts and writes a million quads of it on another, with pauses; making the lines
costs a fifth of what loading them does. So none waits for the others, and no file of all the lines has to be held
beside the store.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyoxigraph

SMALLEST, LARGEST = 32 << 20, 192 << 20
"""Bytes that are loaded in bulk at a time, at the least. Pieces grow with what there is before them: of few bytes,
small ones keep all cores at work; of many, each file that Oxigraph adds has to be merged with the others, so that
small ones are written over and over again. The largest have the million quads that it writes at once by itself."""
_GROWING = 4
"""A piece is to the bytes before it as one to so many."""
_LOADERS = 2
"""Pieces that are loaded at once: Oxigraph sorts and writes one of this size on one core."""

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
        self._files = deque(beside / f"quads-{number}.nq.part" for number in range(_LOADERS + 1))
        self._open: BinaryIO | None = None
        self._bytes = 0
        self._units, self._told = 0, -1
        self._loading: deque[Future[int]] = deque()
        self._loaders = ThreadPoolExecutor(_LOADERS, "load")

    def write(self, lines: bytes) -> None:
        """Takes whole lines of N-Quads. Raises as `fill`, for lines taken before too."""
        if self._open is None:
            self._open = self._files[0].open("wb")
        self._open.write(lines)
        if self._open.tell() >= min(max(SMALLEST, self._bytes // _GROWING), LARGEST):
            self._bytes += self._open.tell()
            self._hand_over()

    def end_unit(self) -> None:
        """What was written since the last call is one unit, and whole."""
        self._units += 1

    def finish(self) -> None:
        """Waits until all is in the store."""
        if self._open is not None:
            self._hand_over()
        while self._loading:
            self._wait()
        self._reach(self._units)

    def close(self) -> None:
        """Leaves no file behind, and nothing at work."""
        self._loaders.shutdown(cancel_futures=True)
        if self._open is not None:
            with suppress(OSError):  # what it holds is not wanted any more
                self._open.close()
        for path in self._files:
            path.unlink(missing_ok=True)

    def _hand_over(self) -> None:
        assert self._open is not None
        self._open.close()
        self._open = None
        if len(self._loading) == _LOADERS:
            self._wait()
        self._loading.append(self._loaders.submit(self._load, self._files[0], self._units))
        self._files.rotate(-1)

    def _wait(self) -> None:
        """For the oldest, so that what is told of is all there."""
        self._reach(self._loading.popleft().result())

    def _reach(self, units: int) -> None:
        if units != self._told:
            self._told = units
            self._tell(units)

    def _load(self, piece: Path, units: int) -> int:
        self._store.bulk_load(path=piece, format=pyoxigraph.RdfFormat.N_QUADS)
        self._store.flush()
        return units
