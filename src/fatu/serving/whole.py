"""What is served, described as a whole: VoID and DCAT, counted once and again after an update."""

from __future__ import annotations

import asyncio

from ..errors import InputError, StoreError
from ..exporting.catalogue import catalogue_facts
from ..exporting.publication import Fact, Publication
from ..iris import Iris
from .asking import EndpointStore
from .endpoint import Endpoint
from .pool import Reply
from .protocol import ProtocolError
from .responding import Tether

_LATER = "60"
"""Seconds after which to ask again."""


class Whole:
    """The description of an endpoint's store. A large one is counted in the background, whoever asked may go."""

    def __init__(self, endpoint: Endpoint, iris: Iris, publication: Publication) -> None:
        self._endpoint = endpoint
        self._iris = iris
        self._publication = publication
        self._tether = Tether(endpoint)
        self._counting: asyncio.Task[list[Fact]] | None = None

    async def facts(self, seconds: float) -> list[Fact]:
        """The description, without the endpoint. Raises ProtocolError: 503 where it takes longer than so many seconds,
        or where the store does not answer; 404 where it has no report."""
        if self._counting is None:
            self._counting = asyncio.create_task(self._count())
        counting = self._counting
        try:
            return await asyncio.wait_for(asyncio.shield(counting), seconds)
        except TimeoutError as error:
            raise ProtocolError(
                503, "the store is being counted", "ask again in a minute", {"retry-after": _LATER}
            ) from error
        except StoreError as error:
            self._forget(counting)
            raise ProtocolError(
                503, f"the store could not be counted: {error.problem}", error.remedy
            ) from error
        except InputError as error:
            self._forget(counting)
            raise ProtocolError(404, error.problem, "load reports with fatu load") from error

    def _forget(self, counting: asyncio.Task[list[Fact]]) -> None:
        """So that who asks next has it counted anew."""
        if self._counting is counting:
            self._counting = None

    async def update(self, text: str) -> Reply:
        """The endpoint's; what was counted no longer holds."""
        reply = await self._endpoint.update(text)
        await self.stop()
        self._tether, self._counting = Tether(self._endpoint), None
        return reply

    async def stop(self) -> None:
        """Lets go of the store."""
        await self._tether.stop()
        if self._counting is not None:
            await asyncio.gather(self._counting, return_exceptions=True)

    async def _count(self) -> list[Fact]:
        store = EndpointStore(self._tether, asyncio.get_running_loop())

        def count() -> list[Fact]:
            return [*catalogue_facts(store, self._iris, self._publication, is_whole=False)]

        return await asyncio.to_thread(count)
