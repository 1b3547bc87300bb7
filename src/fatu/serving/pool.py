"""Worker processes: as many requests at a time as there are workers, each for as long as it may take."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..describing.terms import Object

TIMED_OUT = 504
ENDED = 503


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what belongs to it: the dataset, the formats that the client takes, terms for variables."""

    query: str
    accept: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    bindings: Mapping[str, Object] = field(default_factory=dict)
    """Variable → term."""
    federation: bool = False
    """Whether the query may ask other servers (SERVICE)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a question: an HTTP status, the media type with the body, or a message in one line."""

    status: int
    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"
    message: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: `timeout` in seconds, `size` of the answer in bytes, `workers` at a time."""

    timeout: float = 30.0
    size: int = 64_000_000
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Trade:
    """What workers of a pool do: the module that they run and its arguments, what one request is called, and what to
    do where it takes too long."""

    command: tuple[str, ...]
    name: str = "query"
    remedy: str = "ask for less"
    largest: int = sys.maxsize
    """Bytes of a request that a worker survives; after a larger one it is ended, and its memory comes back."""


class Pool:
    """Workers of one trade. A worker whose request takes too long, or whose client is gone, is ended and replaced.

    To a worker goes a line of JSON and as many bytes as its `length` says, if it has one; from it comes the same. Its
    first line says that it is ready.
    """

    def __init__(self, trade: Trade, limits: Limits) -> None:
        self.trade = trade
        self.limits = limits
        self._idle: asyncio.Queue[asyncio.subprocess.Process] = asyncio.Queue()
        self._all: set[asyncio.subprocess.Process] = set()
        self._asked: set[asyncio.Timeout] = set()
        self._is_stopped = False

    async def start(self) -> None:
        """Starts the workers; they are ready when this returns. Raises OSError where one cannot. Nothing
        where the pool was stopped."""
        if self._is_stopped:
            return
        logging.getLogger("asyncio").addFilter(_is_news)
        for worker in await asyncio.gather(*(self._spawn() for _ in range(self.limits.workers))):
            self._idle.put_nowait(worker)

    async def stop(self) -> None:
        """Ends all workers for good, whatever they are at; who waits for an answer is told."""
        self._is_stopped = True
        for asked in [asked for asked in self._asked if not asked.expired()]:
            asked.reschedule(asyncio.get_running_loop().time())
        workers, self._all, self._idle = self._all, set(), asyncio.Queue()
        for worker in workers:
            await _end(worker)

    async def hold(self) -> None:
        """Waits until no worker reads, those on their way too, and ends them all: before a change of the store."""
        for worker in [await self._idle.get() for _ in range(self.limits.workers)]:
            self._all.discard(worker)
            await _end(worker)

    async def run(self, request: Mapping[str, object], body: bytes = b"") -> Reply:
        """The answer to a request. Waiting for a worker counts towards its time; where this is cancelled the worker is
        ended."""
        name, remedy = self.trade.name, self.trade.remedy
        try:
            async with asyncio.timeout(self.limits.timeout) as asked:
                self._asked.add(asked)
                try:
                    return await self._run(json.dumps(request).encode() + b"\n" + body)
                finally:
                    self._asked.discard(asked)
        except TimeoutError:
            if self._is_stopped:
                return Reply(ENDED, message="the server ends")
            seconds = f"{self.limits.timeout:g} s"
            return Reply(TIMED_OUT, message=f"the {name} took longer than {seconds} and was ended: {remedy}")
        except (OSError, EOFError, ValueError):
            return Reply(ENDED, message=f"the {name} could not be finished: its worker ended; {remedy}")

    async def _run(self, request: bytes) -> Reply:
        worker = await self._idle.get()
        try:
            reply = await _exchange(worker, request)
        except BaseException:
            self._replace(worker)
            raise
        if len(request) > self.trade.largest:
            self._replace(worker)
        else:
            self._idle.put_nowait(worker)
        return reply

    def _replace(self, worker: asyncio.subprocess.Process) -> None:
        """Ends a worker at once and starts another in its place."""
        self._all.discard(worker)
        with contextlib.suppress(ProcessLookupError):
            worker.kill()

        async def follow() -> None:
            await worker.wait()
            if not self._is_stopped:
                self._idle.put_nowait(await self._spawn())

        task = asyncio.get_running_loop().create_task(follow())
        _TASKS.add(task)
        task.add_done_callback(_TASKS.discard)

    async def _spawn(self) -> asyncio.subprocess.Process:
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *self.trade.command,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 20,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert worker.stdout is not None
        self._all.add(worker)
        if not await worker.stdout.readline():
            self._all.discard(worker)
            await worker.wait()
            raise OSError(f"{' '.join(self.trade.command)} does not start")
        return worker


def _is_news(record: logging.LogRecord) -> bool:
    """Not that somebody else waited for a child: asyncio does so itself, where one is ended while it is waited for."""
    return not str(record.msg).startswith("Unknown child process pid")


_TASKS: set[asyncio.Task[None]] = set()
"""Workers on their way; a task that nobody holds may vanish."""


async def _exchange(worker: asyncio.subprocess.Process, request: bytes) -> Reply:
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(request)
    await worker.stdin.drain()
    line = await worker.stdout.readline()
    if not line:
        raise EOFError
    head: dict[str, Any] = json.loads(line)
    body = await worker.stdout.readexactly(head["length"])
    if head["status"] != 200:
        return Reply(head["status"], message=head["message"])
    return Reply(200, body, head["type"])


async def _end(worker: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        worker.kill()
    await worker.wait()
