"""The server's pages: the editor with the named queries, the explorer, a page for every IRI."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote

import pyoxigraph as ox
from fastapi import FastAPI, Query, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from ..describing import prefixes
from ..describing.terms import Object
from ..errors import QueryError
from ..iris import BASE, Iris
from ..querying.named import NamedQuery, find_query, load_queries
from ..querying.parameters import parse_value
from ..querying.populations import fill_values, read_populations
from .asking import answer_words
from .catalogue import describe, find_labels, find_mentions, list_reports, read_graph
from .comparing import answer_comparison
from .drawing import FEWER, Drawings, find_things, read_reports, read_surroundings
from .endpoint import Endpoint
from .negotiation import GRAPH_TYPES, HTML, RESULT_TYPES, choose_type
from .pool import TIMED_OUT, Question
from .protocol import FORM, ProtocolError, check_iri, read_form
from .responding import Tether, answer_while_listening, finish_while_listening, read_body, to_response
from .settings import Settings

HERE = Path(__file__).parent
WEB = HERE / "web"
"""What `make web` builds from npm: YASGUI. The page has an editor of its own where it is not there."""


class Pages:
    """Everything that is served beside the two protocols."""

    def __init__(self, endpoint: Endpoint, drawings: Drawings, settings: Settings) -> None:
        self.endpoint = endpoint
        self.drawings = drawings
        self.settings = settings
        self.iris = Iris(settings.base)
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
        )
        self._templates.filters["iri"] = self._place

    def add_to(self, app: FastAPI) -> None:
        """Adds the routes to an application."""
        app.add_api_route("/", self.home, response_class=HTMLResponse, include_in_schema=False)
        app.add_api_route("/queries", self.queries, summary="The named queries")
        app.add_api_route("/queries/{name}", self.run, summary="The answer to a named query")
        app.add_api_route("/ask", self.ask, summary="The answer to a question in words")
        app.add_api_route("/compare.json", self.compare, summary="Reports beside each other, by indicator")
        app.add_api_route("/reports", self.reports, summary="The reports of the store")
        app.add_api_route(
            "/explorer", self.explorer, response_class=HTMLResponse, summary="Reports as a graph"
        )
        app.add_api_route(
            "/explorer",
            self.draw,
            methods=["POST"],
            response_class=HTMLResponse,
            summary="An answer as a graph",
        )
        app.add_api_route("/id/{path:path}", self.thing, summary="What is known of a thing")
        app.add_api_route("/ns", self.ontology, summary="The ontology")
        app.add_api_route("/health", self.health, summary="Whether the store answers")
        app.mount("/static", StaticFiles(directory=HERE / "templates" / "static"))
        if (WEB / "yasgui.min.js").is_file():
            app.mount("/web", StaticFiles(directory=WEB))

    # ------------------------------------------------------------------------------------------ editor

    async def home(self) -> Response:
        """The editor with the named queries."""
        queries = [
            {
                "name": q.name,
                "number": q.number,
                "zh": q.zh,
                "en": q.en,
                "title": q.title,
                "text": self._text(q),
            }
            for q in load_queries()
        ]
        return self._page(
            "home.html.j2",
            queries=queries,
            prefixes="".join(
                f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes(self.iris)
            ),
            has_yasgui=(WEB / "yasgui.min.js").is_file(),
            settings=self.settings,
        )

    async def queries(self) -> list[dict[str, Any]]:
        """Name, question and parameters of each named query, by number."""
        return [_write_query(query) for query in load_queries()]

    async def run(self, name: str, request: Request) -> Response:
        """The answer to a named query; its parameters stand in the address. Formats by Accept."""
        query = self._find(name)
        given = dict(parse_qsl(request.url.query, keep_blank_values=True))
        text = self._text(query)
        if query.table is not None:
            text = fill_values(text, read_populations(given.pop(query.table, ""), self.iris))
        question = Question(text, request.headers.get("accept"), bindings=self._bind(query, given))
        if choose_type(request.headers.get("accept"), (*RESULT_TYPES, HTML)) == HTML:
            return RedirectResponse(
                f"/?{request.url.query}&name={quote(query.name)}".replace("?&", "?"), status_code=303
            )
        return to_response(await answer_while_listening(request, self.endpoint, question))

    def _find(self, name: str) -> NamedQuery:
        try:
            return find_query(name)
        except QueryError as error:
            raise ProtocolError(404, f"{error.problem}: {name[:80]!r}", error.remedy) from error

    async def ask(self, q: str, request: Request) -> dict[str, Any]:
        """The answer to a question in Chinese or English with its evidence; where there is none, why, and the nearest
        questions. It may take as long as a query, and ends where the client goes away."""
        tether = Tether(self.endpoint)
        try:
            async with self._in_time("the answer", "ask about one area and year"):
                return await finish_while_listening(request, answer_words(tether, q, self.settings.base))
        finally:
            await tether.stop()

    async def compare(
        self,
        request: Request,
        indicator: Annotated[list[str], Query()],
        area: Annotated[list[str] | None, Query()] = None,
        year: Annotated[list[str] | None, Query()] = None,
        level: Annotated[list[str] | None, Query()] = None,
    ) -> list[dict[str, Any]]:
        """What `fatu compare --format json` gives: a row for each figure of an indicator, and for each report that does
        not give it. All but the indicator may be left out; each may be given several times. Limits as for /ask."""
        asked = {"indicator": indicator, "area": area or [], "year": year or [], "level": level or []}
        tether = Tether(self.endpoint)
        try:
            async with self._in_time("the comparison", "ask for one indicator of one year"):
                most = self.settings.most_rows
                answer = answer_comparison(tether, asked, self.settings.base, most)
                return await finish_while_listening(request, answer)
        finally:
            await tether.stop()

    @contextlib.asynccontextmanager
    async def _in_time(self, what: str, remedy: str, since: float | None = None) -> AsyncIterator[None]:
        """Lets something take as long as a query may, from now or a time of the loop's clock. Raises ProtocolError
        (504)."""
        seconds = self.settings.limits.timeout
        begun = asyncio.get_running_loop().time() if since is None else since
        try:
            async with asyncio.timeout_at(begun + seconds):
                yield
        except TimeoutError as error:
            problem = f"{what} took longer than {seconds:g} s and was ended"
            raise ProtocolError(TIMED_OUT, problem, remedy) from error

    def _text(self, query: NamedQuery) -> str:
        return query.text.replace(BASE, self.settings.base)

    def _bind(self, query: NamedQuery, given: dict[str, str]) -> dict[str, Object]:
        known = {parameter.name: parameter for parameter in query.parameters}
        for name in given:
            if name not in known:
                raise QueryError(
                    query.name, f"no parameter {name!r}", f"there are: {', '.join(known) or 'none'}"
                )
        chosen = {p.name: p.default for p in query.parameters if p.default is not None} | given
        return {
            name: parse_value(value, known[name], self.iris) for name, value in chosen.items() if value != ""
        }

    # ---------------------------------------------------------------------------------------- explorer

    async def reports(self) -> list[dict[str, Any]]:
        """IRI, title, area, year of each report, and how many of its figures do not agree."""
        return [
            {"iri": r.iri, "title": r.title, "area": r.area, "year": r.year, "doubts": r.doubts}
            for r in await list_reports(self.endpoint, self.iris)
        ]

    async def explorer(self, request: Request) -> Response:
        """The explorer of the reports that the address names (`report=IRI`, several times), or of all where they are
        few; else a list to choose from. It may take as long as a query, and ends where the client goes away."""
        wanted = [
            check_iri(value) for name, value in read_form(request.scope["query_string"]) if name == "report"
        ]
        async with self._in_time("the page", FEWER):
            return await finish_while_listening(request, self._explore(wanted))

    async def _explore(self, wanted: list[str]) -> Response:
        entries = await list_reports(self.endpoint, self.iris)
        if not wanted and len(entries) > self.settings.most_reports:
            return self._page("reports.html.j2", reports=entries, most=self.settings.most_reports)
        chosen = (wanted or [entry.iri for entry in entries])[: self.settings.most_reports]
        triples = await read_reports(self.endpoint, chosen, self.iris)
        if not triples.strip():
            raise ProtocolError(404, "no such report", "see /reports for those of the store")
        return await self._draw(triples, ())

    async def draw(self, request: Request) -> Response:
        """What a query answers as a graph: the things that its rows or triples speak of, with what is known of them."""
        if (request.headers.get("content-type") or "").partition(";")[0] != FORM:
            raise ProtocolError(415, "not a form", f"send query=… as {FORM}")
        form = dict(read_form(await read_body(request, self.settings.largest_request)))
        accept = f"application/n-triples, {next(iter(RESULT_TYPES))}"
        question = Question(form.get("query", ""), accept)
        begun = asyncio.get_running_loop().time()
        reply = await answer_while_listening(request, self.endpoint, question)
        if reply.status != 200:
            raise ProtocolError(reply.status, reply.message)
        things = find_things(reply.body, reply.media_type, self.settings.base)[: self.settings.most_nodes]
        if not things:
            raise ProtocolError(
                404, "the answer speaks of nothing that can be drawn", "ask for nodes, not for values"
            )
        async with self._in_time("the page", FEWER, begun):
            return await finish_while_listening(request, self._draw_things(tuple(things)))

    async def _draw_things(self, things: tuple[str, ...]) -> Response:
        return await self._draw(await read_surroundings(self.endpoint, [*things], self.iris), things)

    async def _draw(self, triples: bytes, kept: tuple[str, ...]) -> Response:
        reply = await self.drawings.draw(triples, kept)
        if reply.status != 200:
            raise ProtocolError(reply.status, reply.message)
        # The page carries a policy of its own, for its scripts stand in it.
        return HTMLResponse(reply.body, headers={"content-security-policy": "frame-ancestors 'self'"})

    # ------------------------------------------------------------------------------------------ things

    async def thing(self, path: str, request: Request) -> Response:
        """What the store says of an IRI under `id/`, as a page or as RDF by Accept."""
        iri = check_iri(f"{self.settings.base}id/{path}")
        offered = (HTML, *GRAPH_TYPES)
        chosen = choose_type(request.headers.get("accept"), offered)
        if chosen is None:
            raise ProtocolError(406, "no such format", f"take one of {', '.join(offered)}")
        said = await describe(self.endpoint, iri)
        if not said.strip():
            raise ProtocolError(404, f"the store knows nothing of {iri}", "ask the endpoint what there is")
        if chosen != HTML:
            reply = await self.endpoint.ask(
                Question(f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}", chosen)
            )
            return Response(reply.body, media_type=chosen, headers={"vary": "accept"})
        return await self._show(iri, said)

    async def ontology(self, request: Request) -> Response:
        """The ontology's terms, as a page or as RDF by Accept."""
        graph = self.iris.vocabulary_graph
        chosen = choose_type(request.headers.get("accept"), (HTML, *GRAPH_TYPES))
        if chosen is None:
            raise ProtocolError(406, "no such format", f"take one of {', '.join(GRAPH_TYPES)}")
        if chosen != HTML:
            where = f"GRAPH <{graph}> {{ ?s ?p ?o }}"
            reply = await self.endpoint.ask(Question(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}", chosen))
            return Response(reply.body, media_type=chosen, headers={"vary": "accept"})
        terms = read_terms(await read_graph(self.endpoint, graph), f"{self.settings.base}ns#")
        return self._page("ontology.html.j2", terms=terms)

    async def _show(self, iri: str, said: bytes) -> Response:
        facts = sorted(
            {
                (triple.predicate.value, *_show_term(triple.object))
                for triple in ox.parse(said, format=ox.RdfFormat.N_TRIPLES)
            }
        )
        mentions = await find_mentions(self.endpoint, iri)
        known = {value for _, value, is_iri in facts if is_iri} | {subject for _, subject in mentions}
        known |= {name for name, *_ in facts} | {name for name, _ in mentions} | {iri}
        labels = await find_labels(self.endpoint, sorted(known))
        return self._page("thing.html.j2", iri=iri, facts=facts, mentions=mentions, labels=labels)

    def _place(self, iri: str) -> str:
        """Where this server shows an IRI: its own, those of the ontology; others as they are, if they are for a
        browser."""
        for part in ("id/", "ns"):
            if iri.startswith(self.settings.base + part):
                path, hash_, fragment = iri.removeprefix(self.settings.base).partition("#")
                if part == "id/" and hash_:
                    return f"/{quote(path)}%23{quote(fragment)}"
                return "/" + quote(path) + (f"#{quote(fragment)}" if hash_ else "")
        return iri if iri.startswith(("http://", "https://")) else ""

    async def health(self) -> Response:
        """200 where the store answers."""
        reply = await self.endpoint.ask(Question("ASK {}"))
        return JSONResponse({"ready": reply.status == 200}, status_code=200 if reply.status == 200 else 503)

    def _page(self, name: str, **values: Any) -> Response:
        return HTMLResponse(self._templates.get_template(name).render(**values), headers={"vary": "accept"})


def _write_query(query: NamedQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "number": query.number,
        "title": query.title,
        "zh": query.zh,
        "en": query.en,
        "parameters": [
            {"name": p.name, "type": p.kind, "default": p.default, "zh": p.zh, "en": p.en}
            for p in query.parameters
        ],
    }


def _show_term(term: Any) -> tuple[str, bool]:
    """The text of a term, and whether it is an IRI."""
    if isinstance(term, ox.NamedNode):
        return term.value, True
    if isinstance(term, ox.Literal) and term.language:
        return f"{term.value} @{term.language}", False
    return str(term.value), False


def read_terms(triples: bytes, namespace: str) -> list[tuple[str, str, str, str]]:
    """Name, kind, Chinese and English definition of each term of the ontology, from N-Triples."""
    labels: dict[str, dict[str, str]] = {}
    kinds: dict[str, str] = {}
    for triple in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
        subject = triple.subject.value
        if not subject.startswith(namespace):
            continue
        name = triple.predicate.value.rsplit("#")[-1]
        if name == "type":
            kind = triple.object.value.rsplit("#")[-1]
            kinds[subject] = min(kinds.get(subject, kind), kind)
        elif name in ("definition", "label"):
            labels.setdefault(subject, {})[f"{name}@{triple.object.language}"] = triple.object.value
    return [
        (
            subject.removeprefix(namespace),
            kinds[subject],
            labels.get(subject, {}).get("definition@zh") or labels.get(subject, {}).get("label@zh", ""),
            labels.get(subject, {}).get("definition@en") or labels.get(subject, {}).get("label@en", ""),
        )
        for subject in sorted(kinds, key=lambda iri: (kinds[iri], iri))
    ]
