"""What answers: workers on a store of our own, or a SPARQL server elsewhere."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Protocol

from ..querying.syntax import refuse_services
from ..storing.binding import bind_values
from .pool import ENDED, TIMED_OUT, Limits, Pool, Question, Reply, Trade


class Endpoint(Protocol):
    """Answers queries and, where it may, takes updates."""

    async def start(self) -> None:
        """Makes ready. Raises OSError where the store cannot be opened."""

    async def stop(self) -> None:
        """Lets go of everything."""

    async def ask(self, question: Question) -> Reply:
        """The answer to a query."""

    async def update(self, text: str) -> Reply:
        """Carries out an update; 204 where it is done."""


class LocalEndpoint:
    """A store on disk. Queries run in worker processes that read it; while an update runs nobody reads."""

    def __init__(self, store: Path, limits: Limits, base: str = "") -> None:
        self._store = store
        self._base = base
        self._pool = Pool(Trade(("fatu.serving.worker", str(store))), limits)
        self._changing = asyncio.Lock()

    async def start(self) -> None:
        """Starts the workers."""
        await self._pool.start()

    async def stop(self) -> None:
        """Ends the workers."""
        await self._pool.stop()

    async def ask(self, question: Question) -> Reply:
        """The answer of a worker."""
        return await self._pool.run(
            {
                "query": bind_values(question.query, question.bindings),
                "base": self._base,
                "federation": question.federation,
                "accept": question.accept,
                "default": question.default_graphs,
                "named": question.named_graphs,
                "limit": self._pool.limits.size,
            }
        )

    async def update(self, text: str) -> Reply:
        """One transaction: all of it or, after an error, nothing. It may take as long as a query."""
        async with self._changing:
            await self._pool.hold()
            try:
                out = await self._write(text)
            except TimeoutError:
                seconds = f"{self._pool.limits.timeout:g} s"
                return Reply(TIMED_OUT, message=f"the update took longer than {seconds} and was ended")
            finally:
                await self._pool.start()
        try:
            said = json.loads(out)
        except ValueError:
            return Reply(ENDED, message="the update could not be finished: its process ended")
        return Reply(said["status"], message=said.get("message", ""))

    async def _write(self, text: str) -> bytes:
        """What the writer says, a process that does not outlive this call. Raises TimeoutError."""
        writer = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "fatu.serving.writer", str(self._store), self._base,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._pool.limits.timeout):
                out, _ = await writer.communicate(text.encode())
                return out
        finally:
            if writer.returncode is None:
                writer.kill()
                await writer.wait()


class RemoteEndpoint:
    """A SPARQL 1.1 server by URL; queries and answers pass through as they are."""

    def __init__(self, url: str, limits: Limits, login: tuple[str, str] | None = None) -> None:
        import httpx

        self._url = url
        self._limits = limits
        self._client = httpx.AsyncClient(
            timeout=limits.timeout, auth=login, follow_redirects=False, trust_env=False
        )

    async def start(self) -> None:
        """Asks the server whether it is there. Raises OSError where it is not."""
        reply = await self.ask(Question("ASK {}"))
        if reply.status != 200:
            raise OSError(f"{_name(self._url)}: {reply.message}")

    async def stop(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def ask(self, question: Question) -> Reply:
        """The server's answer."""
        import httpx

        if not question.federation:
            refuse_services(question.query, "query")
        data = {
            "query": bind_values(question.query, question.bindings),
            "default-graph-uri": list(question.default_graphs),
            "named-graph-uri": list(question.named_graphs),
        }
        headers = {"accept": question.accept or "*/*"}
        try:
            async with self._client.stream("POST", self._url, data=data, headers=headers) as response:
                parts, size = [], 0
                async for part in response.aiter_bytes():
                    size += len(part)
                    if size > self._limits.size:
                        return Reply(413, message="the answer is too large: add LIMIT, or raise --max-result")
                    parts.append(part)
        except httpx.TimeoutException:
            return Reply(504, message=f"the store did not answer within {self._limits.timeout:g} s")
        except httpx.HTTPError as error:
            return Reply(502, message=f"the store does not answer: {' '.join(str(error).split())}")
        body = b"".join(parts)
        if response.status_code != 200:
            said = " ".join(body.decode("utf-8", "replace").split())[:300]
            return Reply(response.status_code if response.status_code < 500 else 502, message=said)
        return Reply(200, body, response.headers.get("content-type", "application/octet-stream"))

    async def update(self, text: str) -> Reply:
        """Refused: what stands elsewhere is changed there."""
        return Reply(403, message="this server only reads its store; send updates to the store itself")


def _name(url: str) -> str:
    """A URL as it may be told: without a password."""
    scheme, slashes, rest = url.partition("//")
    return f"{scheme}{slashes}{rest.rpartition('@')[2]}"
