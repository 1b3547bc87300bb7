"""Questions in words, answered by the server's store."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from ..describing.terms import Object
from ..errors import QueryError, StoreError
from ..storing.disk import COUNT
from ..storing.store import Answer
from .endpoint import Endpoint
from .pool import Question

_JSON = "application/sparql-results+json"


class EndpointStore:
    """An endpoint as a store: for code that runs in a thread and waits for each answer."""

    def __init__(self, endpoint: Endpoint, loop: asyncio.AbstractEventLoop) -> None:
        self.where = "store"
        self._endpoint = endpoint
        self._loop = loop

    def query(self, text: str, bindings: Mapping[str, Object] | None = None) -> Answer:
        """The answer to a SELECT or an ASK. Raises QueryError for a query that does not parse, StoreError where the
        endpoint does not answer."""
        question = Question(text, _JSON, bindings=bindings or {})
        reply = asyncio.run_coroutine_threadsafe(self._endpoint.ask(question), self._loop).result()
        if reply.status == 400:
            raise QueryError("query", reply.message)
        if reply.status != 200:
            raise StoreError("store", reply.message)
        return ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)

    def __len__(self) -> int:
        """Number of triples."""
        answer: Any = self.query(COUNT)
        return int(next(iter(answer))["count"].value)


async def answer_words(endpoint: Endpoint, question: str, base: str) -> dict[str, Any]:
    """What the page shows of a question: see `describe_answer`."""
    from ..querying.answers import describe_answer
    from ..querying.questions import ask_words

    store = EndpointStore(endpoint, asyncio.get_running_loop())
    return describe_answer(await asyncio.to_thread(ask_words, store, question, base))
