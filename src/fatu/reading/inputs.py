"""What a user names as input → the files that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from .limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read."""

    name: str
    """Its path as given."""

    def load(self, limit: int = DEFAULT_LIMITS.bytes) -> bytes:
        """Its bytes. Raises InputError where it is missing, a directory, not readable, or larger than `limit`."""
        path = Path(self.name)
        try:
            if path.is_dir():
                raise InputError(self.name, "is a directory", "give the file of a report")
            with path.open("rb") as file:
                data = file.read(limit + 1)  # not by the stated size: a pipe has none
        except FileNotFoundError:
            raise InputError(self.name, "no such file", "check the path") from None
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(
                self.name, f"cannot be read ({reason})", "check the path and its permissions"
            ) from None
        if len(data) > limit:
            raise InputError(
                self.name, f"larger than {limit} bytes", "give one report a file, or raise --max-size"
            )
        return data


def find_inputs(
    paths: Iterable[str | Path], limits: Limits = DEFAULT_LIMITS
) -> Iterator[InputFile | InputError]:
    """The files that paths stand for, or why there is none."""
    for path in paths:
        yield InputFile(str(path))
