"""Replies of a store → HTTP; a client that goes away ends its query."""

from __future__ import annotations

import asyncio

from fastapi import Request
from starlette.responses import PlainTextResponse, Response

from .endpoint import Endpoint
from .pool import Question, Reply
from .protocol import ProtocolError

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
    work = asyncio.ensure_future(endpoint.ask(question))
    gone = asyncio.ensure_future(_wait_until_gone(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            return Reply(499, message="the client went away")
        return work.result()
    finally:
        for task in (work, gone):
            task.cancel()
        await asyncio.gather(work, gone, return_exceptions=True)


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
