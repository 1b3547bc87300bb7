"""Why a question in words has no answer."""

from __future__ import annotations

from collections.abc import Mapping

from ..lexicon.messages import write_message
from .named import NamedQuery


class CannotError(Exception):
    """Why a question has no answer, by the key of its message; never leaves `ask_words`."""

    def __init__(
        self,
        key: str,
        values: Mapping[str, object],
        nearest: tuple[NamedQuery, ...] = (),
        none_of: NamedQuery | None = None,
    ) -> None:
        self.message, self.nearest, self.none_of = write_message(key, values), nearest, none_of
        self.is_of_place_or_time = key.startswith("no-report-of-")
        super().__init__(key)
