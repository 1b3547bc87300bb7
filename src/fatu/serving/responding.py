"""Replies of a store → HTTP; a client that goes away ends its query."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from fastapi import Request
from starlette.responses import PlainTextResponse, Response

from .endpoint import Endpoint
from .pool import Question, Reply
from .protocol import ProtocolError

T = TypeVar("T")

CORS = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "accept, content-type, authorization",
}
"""Any page may read what the endpoint answers."""


def to_response(reply: Reply) -> Response:
    """A reply as HTTP says it; anybody's page may read answers."""
    if reply.status >= 400:
        return PlainTextResponse(f"{reply.message}\n", status_code=reply.status, headers=CORS)
    if reply.status == 204:
        return Response(status_code=204, headers=CORS)
    kind = reply.media_type
    if kind.startswith("text/") and "charset" not in kind:
        kind += "; charset=utf-8"
    return Response(reply.body, media_type=kind, headers=CORS | {"vary": "accept"})


async def read_body(request: Request, largest: int) -> bytes:
    """The body of a request. Raises ProtocolError (413) as soon as it is larger than so many bytes."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise ProtocolError(413, f"the request is larger than {largest / 1e6:g} MB", "send less")
        parts.append(part)
    return b"".join(parts)


async def answer_while_listening(request: Request, endpoint: Endpoint, question: Question) -> Reply:
    """The answer to a question; where the client goes away first, the query is ended."""
    return await finish_while_listening(request, endpoint.ask(question))


async def finish_while_listening(request: Request, work: Coroutine[None, None, T]) -> T:
    """What some work comes to; where the client goes away first it is cancelled, and ProtocolError (499) raised. The
    body of the request must have been read."""
    doing = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_wait_until_gone(request))
    try:
        await asyncio.wait({doing, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise ProtocolError(499, "the client went away", "ask again")
        return doing.result()
    finally:
        for task in (doing, gone):
            task.cancel()
        await asyncio.gather(doing, gone, return_exceptions=True)


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class Tether:
    """An endpoint for one request, for code in a thread, which cannot be ended itself: what it asks is cancelled once
    the request is over, and it gets no more answers."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._asked: set[asyncio.Future[Reply]] = set()
        self._is_over = False

    async def start(self) -> None:
        """Nothing: the endpoint is there."""

    async def stop(self) -> None:
        """Cancels what is asked, and whatever will be."""
        self._is_over = True
        for asked in self._asked:
            asked.cancel()
        await asyncio.gather(*self._asked, return_exceptions=True)

    async def ask(self, question: Question) -> Reply:
        """The endpoint's answer, or that the request is over."""
        if self._is_over:
            return _OVER
        asked = asyncio.ensure_future(self._endpoint.ask(question))
        self._asked.add(asked)
        try:
            return await asked
        except asyncio.CancelledError:
            if self._is_over:
                return _OVER
            raise
        finally:
            self._asked.discard(asked)

    async def update(self, text: str) -> Reply:
        """The endpoint's."""
        return await self._endpoint.update(text)


_OVER = Reply(499, message="the request is over")
