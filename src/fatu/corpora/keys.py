"""What decides how a report is read: when any of it changes, the report is read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from .. import __version__
from ..iris import BASE
from ..lexicon.user_corrections import NO_GUIDANCE, Guidance
from ..model import Overrides
from ..reading import DEFAULT_LIMITS, Limits

_PARSERS = (
    "lxml", "lxml-html-clean", "trafilatura", "selectolax", "charset-normalizer", "python-docx", "pypdfium2",
    "pdfplumber", "pillow", "rapidocr", "onnxruntime", "pyoxigraph",
)  # fmt: skip
"""Libraries that a report's text or graph may depend on."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the reports of a corpus are read."""

    base: str = BASE
    guidance: Guidance = NO_GUIDANCE
    limits: Limits = DEFAULT_LIMITS

    def key(self, data: bytes, overrides: Overrides) -> str:
        """Names what comes of a file: the same key, the same graph. 32 hexadecimal digits."""
        return _digest((hashlib.sha256(data).hexdigest(), repr(overrides), self.digest))

    @property
    def digest(self) -> str:
        """Names the program, the lexicon and what the user adds. Of the limits only those that can change what is
        read: time and memory only decide whether it is."""
        added = self.guidance
        return _digest(
            (program_digest(), self.base, added.lexicon.sha256, added.lexicon.name, repr(added.corrections))
        )


@cache
def program_digest() -> str:
    """Names this program: its modules, its tables, and the libraries that it reads files with."""
    parts: list[str] = [__version__, *(f"{name} {_version(name)}" for name in _PARSERS)]
    for name, content in _resources(files("fatu"), ""):
        parts += (name, hashlib.sha256(content).hexdigest())
    return _digest(parts)


def _resources(folder: Traversable, path: str) -> Iterable[tuple[str, bytes]]:
    """Modules and tables of the package, by name; not what serves or shows graphs."""
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            if entry.name not in _AFTERWARDS and entry.name != "__pycache__":
                yield from _resources(entry, name)
        elif name.endswith((".py", ".tsv", ".toml", ".ttl")):
            yield name, entry.read_bytes()


_AFTERWARDS = frozenset(("cli", "serving", "viewing", "querying", "exporting", "storing", "queries"))
"""Rooms that come after a report's quads."""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
