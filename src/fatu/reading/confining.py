"""Files that nobody vouches for → pieces of text, parsed in a process of its own that can be ended."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from types import TracebackType
from typing import Any

from ..errors import InputError
from ..model import Box, Page
from .extract import Extract, Piece
from .limits import DEFAULT_LIMITS, Limits

PARSERS: Mapping[str, tuple[str, str]] = {
    "html": ("fatu.reading.html", "extract_html"),
    "word": ("fatu.reading.word", "extract_word"),
    "pdf": ("fatu.reading.pdf", "extract_pdf"),
    "image": ("fatu.reading.scan", "extract_image"),
}
"""Kind → module, and its function of (bytes, name, limits) → Extract."""

_START = "import sys; sys.path[:] = {path!r}; from fatu.reading.confined import main; main({memory})"


class Confinement:
    """A process that parses one file after the other; one that takes too long is ended, and another takes its place.

    Use it as a context, and for many files, since a parser's libraries take a second to load.
    """

    def __init__(
        self, limits: Limits = DEFAULT_LIMITS, parsers: Mapping[str, tuple[str, str]] = PARSERS
    ) -> None:
        self.limits = limits
        self._parsers = parsers
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, kind: str, data: bytes, name: str) -> Extract:
        """The text of a file of a kind (html, word, pdf, image).

        Raises InputError where it cannot be read, takes too long or too much memory, or its parser crashes.
        """
        process = self._process or self._start()
        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            process.kill()

        timer = threading.Timer(self.limits.seconds, end)
        timer.start()
        try:
            head, body = _exchange(process, self._parsers[kind], data, name, self.limits)
        except (OSError, EOFError, ValueError):
            self.close()
            if is_late.is_set():
                problem = f"takes longer than {self.limits.seconds:g} s to parse"
                raise InputError(name, problem, "raise --timeout, or save it as plain text") from None
            problem = f"makes its parser crash ({_ending(process.returncode)})"
            raise InputError(name, problem, "save it again, or as plain text") from None
        finally:
            timer.cancel()
        if "problem" in head:
            raise InputError(name, head["problem"], head["remedy"])
        return decode(body)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __enter__(self) -> Confinement:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        # Neither the environment nor the working directory may say what is imported.
        code = _START.format(path=sys.path, memory=self.limits.memory)
        command = [sys.executable, "-I", "-X", "utf8", "-c", code]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._process


def _exchange(
    process: subprocess.Popen[bytes], parser: tuple[str, str], data: bytes, name: str, limits: Limits
) -> tuple[dict[str, Any], bytes]:
    assert process.stdin is not None and process.stdout is not None
    request = {"parser": parser, "name": name, "length": len(data), "limits": asdict(limits)}
    process.stdin.write(json.dumps(request).encode() + b"\n")
    process.stdin.write(data)
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise EOFError
    head: dict[str, Any] = json.loads(line)
    body = process.stdout.read(head["length"])
    if len(body) < head["length"]:
        raise EOFError
    return head, body


def _ending(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit {code}"


def decode(body: bytes) -> Extract:
    """What `confined.encode` wrote."""
    document = json.loads(body)
    pieces = tuple(
        Piece(
            text,
            page=page,
            box=None if box is None else Box(*box),
            path=path,
            paragraph=paragraph,
            confidence=confidence and Decimal(confidence),
        )
        for text, page, box, path, paragraph, confidence in document["pieces"]
    )
    pages = tuple(
        Page(number, media_type, b64decode(image)) for number, media_type, image in document["pages"]
    )
    return Extract(pieces, pages, document["encoding"], tuple(document["notes"]))
