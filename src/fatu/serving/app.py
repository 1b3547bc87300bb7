"""The server: SPARQL endpoint, graph store (read side), named queries, questions in words, explorer, and a page for
every IRI."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .. import __version__
from ..errors import FatuError, QueryError
from ..exporting.catalogue import service_facts, write_facts
from ..iris import Iris
from ..querying.syntax import read_tokens, refuse_services
from .description import SYNTAX, WELL_KNOWN, describe_service
from .drawing import Drawings
from .endpoint import Endpoint
from .negotiation import GRAPH_TYPES, HTML, choose_type
from .pages import Pages
from .pool import Question
from .protocol import (
    Operation,
    ProtocolError,
    add_using,
    check_iri,
    pass_over_absent_graphs,
    read_form,
    read_operation,
)
from .responding import CORS, answer_while_listening, finish_while_listening, read_body, to_response
from .settings import Settings
from .whole import Whole


def make_app(endpoint: Endpoint, drawings: Drawings, settings: Settings) -> FastAPI:
    """The application of a server; the endpoint and the drawings are started and stopped with it."""

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        await endpoint.start()
        yield
        await whole.stop()
        await endpoint.stop()
        await drawings.stop()

    app = FastAPI(
        title="fatu",
        version=__version__,
        description="Knowledge graphs from Chinese government reports: SPARQL 1.1 endpoint, named queries, explorer.",
        lifespan=live,
        docs_url=None,
        redoc_url=None,
    )
    whole = Whole(endpoint, Iris(settings.base), settings.publication)
    protocol = _Protocol(endpoint, whole, settings)
    pages = Pages(endpoint, drawings, settings)
    anything = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]
    app.add_api_route("/sparql", protocol.sparql, methods=["GET"], summary="Query, or service description")
    app.add_api_route("/sparql", protocol.sparql, methods=["POST"], summary="Query or update")
    app.add_api_route("/graphs", protocol.graphs, methods=["GET"], summary="A graph of the store")
    app.add_api_route(
        WELL_KNOWN, protocol.describe_whole, methods=["GET"], summary="What is served, as VoID and DCAT"
    )
    for path in ("/sparql", "/sparql/"):
        app.router.routes.append(Route(path, protocol.sparql, methods=anything))
    app.router.routes.append(Route("/graphs", protocol.graphs, methods=anything))
    pages.add_to(app)
    for route in [r for r in app.routes if isinstance(r, APIRoute) and "GET" in (r.methods or ())]:
        app.add_api_route(route.path, route.endpoint, methods=["HEAD"], include_in_schema=False)
    app.add_exception_handler(FatuError, _tell)
    app.add_exception_handler(HTTPException, _tell_plainly)
    app.add_exception_handler(RequestValidationError, _tell_invalid)
    app.add_middleware(_Guard)
    return app


async def _tell(_: Request, error: Exception) -> Response:
    """An error as one line: what is wrong and what to do."""
    headers = CORS | getattr(error, "headers", {})
    return PlainTextResponse(f"{error}\n", status_code=getattr(error, "status", 400), headers=headers)


async def _tell_plainly(request: Request, error: Exception) -> Response:
    """The same for what the framework refuses: unknown paths, methods that a path does not take."""
    assert isinstance(error, HTTPException)
    said = f"request: {error.detail.lower()}: {request.method} {quote(request.url.path)}\n"
    return PlainTextResponse(said, status_code=error.status_code, headers=error.headers)


async def _tell_invalid(_: Request, error: Exception) -> Response:
    """The same for parameters that are missing or of the wrong kind."""
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{wrong['loc'][-1]}: {wrong['msg'].lower()}" for wrong in error.errors())
    return PlainTextResponse(f"request: {said}\n", status_code=400)


class _Guard:
    """What every answer carries; a page may load nothing from elsewhere. Around the application itself: Starlette's
    middleware of functions takes as long as all the rest of a small answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                headers.setdefault("content-security-policy", _POLICY)
            await send(message)

        await self._app(scope, receive, send_guarded)


_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"


class _Protocol:
    """The two protocols of SPARQL 1.1 that a server speaks: query and update, and the graph store."""

    def __init__(self, endpoint: Endpoint, whole: Whole, settings: Settings) -> None:
        self.endpoint = endpoint
        self.whole = whole
        self.settings = settings

    async def sparql(self, request: Request) -> Response:
        """Queries, updates and the service description."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=CORS | {"allow": "GET, HEAD, POST, OPTIONS"})
        body = await read_body(request, self.settings.largest_request)
        operation = read_operation(
            request.method, request.scope["query_string"], request.headers.get("content-type"), body
        )
        if operation is None:
            return self._describe(request)
        if operation.kind == "update":
            return await self._update(request, operation)
        question = Question(
            operation.text,
            request.headers.get("accept"),
            operation.default_graphs,
            operation.named_graphs,
            federation=self.settings.federation,
        )
        return to_response(await answer_while_listening(request, self.endpoint, question))

    async def graphs(self, request: Request) -> Response:
        """The graph store, read side (SPARQL 1.1 Graph Store HTTP Protocol, 5.2 and 5.7)."""
        if request.method not in ("GET", "HEAD"):
            problem, remedy = "graphs are only read here", "load reports with fatu load"
            raise ProtocolError(405, problem, remedy, {"allow": "GET, HEAD"})
        named = [pair for pair in read_form(request.scope["query_string"]) if pair[0] in ("graph", "default")]
        if len(named) != 1:
            raise ProtocolError(400, f"{len(named)} graphs named", "give ?graph=IRI or ?default")
        ((key, name),) = named
        chosen = choose_type(request.headers.get("accept"), tuple(GRAPH_TYPES))
        if chosen is None:
            raise ProtocolError(406, "no such format of a graph", f"take one of {', '.join(GRAPH_TYPES)}")
        where = "?s ?p ?o" if key == "default" else f"GRAPH <{check_iri(name)}> {{ ?s ?p ?o }}"
        if key == "graph":
            exists = await self.endpoint.ask(Question(f"ASK {{ {where} }}", "text/csv"))
            if exists.status == 200 and b"true" not in exists.body:
                raise ProtocolError(404, f"no graph {name}", "GET /sparql?query=SELECT DISTINCT ?g …")
        question = Question(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}", chosen)
        return to_response(await answer_while_listening(request, self.endpoint, question))

    async def describe_whole(self, request: Request) -> Response:
        """Datasets, licence, places, years and numbers of what is served, with this endpoint."""
        chosen = choose_type(request.headers.get("accept"), tuple(GRAPH_TYPES))
        if chosen is None:
            raise ProtocolError(
                406, "no such format of a description", f"take one of {', '.join(GRAPH_TYPES)}"
            )
        facts = await finish_while_listening(request, self.whole.facts(self.settings.limits.timeout))
        path = request.url.path.removesuffix(WELL_KNOWN) + "/sparql"
        url = str(request.url.replace(path=path, query="", fragment=""))
        iris = Iris(self.settings.base)
        said = write_facts([*facts, *service_facts(url, iris)], iris, SYNTAX[GRAPH_TYPES[chosen]])
        return Response(said, media_type=chosen, headers=CORS | {"vary": "accept"})

    def _describe(self, request: Request) -> Response:
        """The service description, as RDF or, for a browser, the editor."""
        chosen = choose_type(request.headers.get("accept"), (*GRAPH_TYPES, HTML))
        if chosen == HTML:
            return RedirectResponse("/", status_code=303)
        if chosen is None:
            raise ProtocolError(
                406, "no such format of a description", f"take one of {', '.join(GRAPH_TYPES)}"
            )
        url = str(request.url.replace(query="", fragment=""))
        said = describe_service(url, self.settings, chosen)
        return Response(said, media_type=chosen, headers=CORS | {"vary": "accept"})

    async def _update(self, request: Request, operation: Operation) -> Response:
        """An update, for who has the token."""
        if not self.settings.token:
            raise ProtocolError(403, "this server only reads", "start it with --writable and a token")
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self.settings.token}".encode()):
            wanted = {"www-authenticate": "Bearer"}
            raise ProtocolError(401, "updates need a token", "send Authorization: Bearer TOKEN", wanted)
        text = add_using(operation.text, operation.default_graphs, operation.named_graphs)
        refuse_fetching(text)
        text = pass_over_absent_graphs(text)
        return to_response(await self.whole.update(text))


def refuse_fetching(update: str) -> None:
    """Raises QueryError where an update would fetch from elsewhere: LOAD, SERVICE."""
    refuse_services(update, "update")
    if any(token.kind == "word" and token.text.upper() == "LOAD" for token in read_tokens(update)):
        raise QueryError("update", "LOAD would fetch from elsewhere", "send the triples with INSERT DATA")
