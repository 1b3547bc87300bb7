"""N-Quads → an empty store: small ones in pieces, two of which are loaded while the next is written; many in streams,
which are loaded while they are written, and merged in the end.

Oxigraph parses a file on one core and sorts and writes a million quads of it on another, with pauses; making the lines
costs a fifth of what loading them does. So none waits for the others, and no file of all the lines has to be held
beside the store.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyoxigraph

SMALLEST, LARGEST = 32 << 20, 192 << 20
"""Bytes of a piece, at the least and at the most. Pieces grow with what there is before them: of few bytes, small ones
keep all cores at work; of many, each piece adds files that Oxigraph has to merge with the others. The largest have the
million quads that it writes at once by itself."""
_GROWING = 4
"""A piece is to the bytes before it as one to so many."""
_LOADERS = 2
"""Pieces that are loaded at once: Oxigraph sorts and writes one of this size on one core."""
STREAMED = 1 << 30
"""Where so many bytes were written or are to be expected, all else is streamed: the files of one stream join the store
together at its end, so that they are merged once, not with each piece."""
_STREAM = 4
"""A stream is to the bytes before it as so many to one, where it is not known how many there will be."""
LONGEST = 32 << 30
"""Bytes of a stream, at the most: what a run that is broken off loses."""
_BUFFER = 1 << 20

Tell = Callable[[int], None]
"""Hears how many units are in the store, whatever happens now."""


@contextmanager
def fill(
    store: pyoxigraph.Store, beside: Path, tell: Tell = lambda _: None, *, units: int = 0, size: int = 0
) -> Iterator[Filling]:
    """Loads what is written in the block; at its end all is in the store. Its files are in the folder `beside`.

    `units` and `size` are how many units and bytes are to be expected, by a guess; 0 where it is not known.

    Raises SyntaxError or ValueError where lines are no N-Quads, OSError where there is no room.
    """
    filling = Filling(store, beside, tell, units, size)
    try:
        yield filling
        filling.finish()
    finally:
        filling.close()


class Filling:
    """Where lines are written that are to be loaded. Use `fill`."""

    def __init__(self, store: pyoxigraph.Store, beside: Path, tell: Tell, units: int, size: int) -> None:
        self._store, self._tell = store, tell
        self._expected_units, self._size = units, size
        self._files = deque(beside / f"quads-{number}.nq.part" for number in range(_LOADERS + 1))
        self._open: BinaryIO | None = None
        self._stream: Future[None] | None = None
        """The loading of what is written now, where it is a stream."""
        self._streamed = False
        self._bytes, self._written, self._limit = 0, 0, 0
        """Handed over; written since; what is written at most until it is handed over."""
        self._units, self._told = 0, -1
        self._loading: deque[tuple[Future[None], int]] = deque()
        """What was handed over, and how many units there are when it is in the store."""
        self._loaders = ThreadPoolExecutor(_LOADERS, "load")

    def write(self, lines: bytes) -> None:
        """Takes whole lines of N-Quads. Raises as `fill`, for lines taken before too."""
        if self._open is None:
            self._open = self._begin()
        try:
            self._open.write(lines)
        except BrokenPipeError:
            self._hand_over()  # the stream is not read any more, and its loading tells why
            raise
        self._written += len(lines)
        if self._written >= self._limit:
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
        if self._streamed:
            # Its files were not merged yet, and as they are, each look-up goes through hundreds of them.
            self._store.optimize()

    def close(self) -> None:
        """Leaves no file behind, and nothing at work."""
        if self._stream is not None and self._open is not None:
            with suppress(OSError):
                self._open.write(b"!\n")  # no statement: what was streamed is not wanted any more
        if self._open is not None:
            with suppress(OSError):
                self._open.close()
        self._loaders.shutdown(cancel_futures=True)
        for path in self._files:
            path.unlink(missing_ok=True)

    def _begin(self) -> BinaryIO:
        """A stream, or a piece where little was written yet, or there are no streams."""
        self._written = 0
        expected = self._size
        if not expected and self._units:
            expected = self._bytes * self._expected_units // self._units
        if max(self._bytes, expected) < STREAMED or not _CAN_STREAM:
            self._limit = min(max(SMALLEST, self._bytes // _GROWING), LARGEST)
            return self._files[0].open("wb")
        self._limit = min(max(_STREAM * self._bytes, 2 * expected), LONGEST)
        while self._loading:
            self._wait()
        self._streamed = True
        reading, writing = os.pipe()
        self._stream = self._loaders.submit(self._load_stream, reading)
        return os.fdopen(writing, "wb", _BUFFER)

    def _hand_over(self) -> None:
        assert self._open is not None
        with suppress(BrokenPipeError):
            self._open.close()
        self._open = None
        self._bytes += self._written
        if self._stream is not None:
            self._loading.append((self._stream, self._units))
            self._stream = None
            self._wait()
            return
        if len(self._loading) == _LOADERS:
            self._wait()
        self._loading.append((self._loaders.submit(self._load, self._files[0]), self._units))
        self._files.rotate(-1)

    def _wait(self) -> None:
        """For the oldest, so that what is told of is all there."""
        loading, units = self._loading.popleft()
        loading.result()
        self._reach(units)

    def _reach(self, units: int) -> None:
        if units != self._told:
            self._told = units
            self._tell(units)

    def _load(self, piece: Path | str) -> None:
        # No flush: what is loaded in bulk is on disk, and a flush waits until the store has merged its new files.
        self._store.bulk_load(path=piece, format=pyoxigraph.RdfFormat.N_QUADS)

    def _load_stream(self, reading: int) -> None:
        try:
            self._load(f"/dev/fd/{reading}")
        finally:
            os.close(reading)  # the writer hears of it where not all was read


_CAN_STREAM = Path("/dev/fd").is_dir()
