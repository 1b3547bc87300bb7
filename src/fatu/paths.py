"""What a caller gives as paths: one, or several."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

Paths = str | Path | Iterable[str | Path]


_NAMED = 3
"""How many paths an error names."""


def each_path(paths: Paths) -> tuple[str | Path, ...]:
    """The paths that are given; a text alone is one path, not its letters.

    >>> each_path("graphs"), each_path(["a", "b"])
    (('graphs',), ('a', 'b'))
    """
    return (paths,) if isinstance(paths, str | Path) else tuple(paths)


def tell_paths(paths: Paths) -> str:
    """The paths in one line, the first of them where they are many.

    >>> tell_paths("graphs"), tell_paths("abcde")
    ('graphs', 'abcde')
    >>> tell_paths(list("abcde"))
    'a, b, c … (5)'
    """
    given = [str(path) for path in each_path(paths)]
    return ", ".join(given[:_NAMED]) + (f" … ({len(given)})" if len(given) > _NAMED else "")
