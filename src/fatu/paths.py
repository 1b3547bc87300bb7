"""What a caller gives as paths: one, or several."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

Paths = str | Path | Iterable[str | Path]


def each_path(paths: Paths) -> tuple[str | Path, ...]:
    """The paths that are given; a text alone is one path, not its letters.

    >>> each_path("graphs"), each_path(["a", "b"])
    (('graphs',), ('a', 'b'))
    """
    return (paths,) if isinstance(paths, str | Path) else tuple(paths)
