"""Where the parts of a corpus are kept: a folder in which each file is named by its key."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StoreError
from .parts import Part, read_part

_ENDING = ".nq.gz"


class Shelf:
    """Files that are there whole or not at all, whatever happens; the same key always holds the same."""

    def __init__(self, folder: Path) -> None:
        """Raises StoreError where the folder cannot be made."""
        self.folder = folder
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def put(self, key: str, content: bytes) -> None:
        """Keep the bytes of a part. Raises StoreError where there is no room."""
        path = self._path(key)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with _writing(self.folder):
            path.parent.mkdir(exist_ok=True)
            try:
                beside.write_bytes(content)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    def get(self, key: str) -> bytes | None:
        """The bytes of a part; None where there are none."""
        try:
            return self._path(key).read_bytes()
        except OSError:
            return None

    def read(self, key: str) -> Part | None:
        """A part; None where it is not there or damaged."""
        content = self.get(key)
        if content is None:
            return None
        try:
            return read_part(key, content)
        except ValueError:
            return None

    def has(self, key: str) -> bool:
        """Whether a part is there."""
        return self._path(key).exists()

    def drop(self, key: str) -> None:
        """Take a part away, if it is there."""
        self._path(key).unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        """The keys of all parts."""
        for folder in sorted(self.folder.iterdir()):
            if folder.is_dir() and len(folder.name) == 2:
                for path in sorted(folder.glob(f"*{_ENDING}")):
                    yield path.name.removesuffix(_ENDING)

    def prune(self, is_kept: Callable[[str], bool]) -> None:
        """Take all parts away but those that are kept, and what a killed run left."""
        for key in self.keys():
            if not is_kept(key):
                self.drop(key)
        for left in self.folder.glob(f"??/.*{_ENDING}.*"):
            left.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_ENDING}"


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """What the system says while files are written, as one line."""
    try:
        yield
    except OSError as error:
        remedy = "make room, or give another folder with --cache; what is done is kept"
        raise StoreError(str(folder), f"cannot be written ({error.strerror})", remedy) from error
