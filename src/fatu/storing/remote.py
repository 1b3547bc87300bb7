"""A store on a SPARQL 1.1 server, by its URL."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from types import TracebackType
from typing import Any

import pyoxigraph

from ..describing.terms import Object
from ..errors import StoreError
from .binding import bind_values, free_graphs
from .connection import Connection, Reply, Request
from .disk import COUNT
from .endpoints import RESULTS, find_endpoints
from .memory import evaluate
from .registering import Select
from .replacing import write_removal, write_replacement
from .store import Answer

STAND_IN = "urn:fatu:default"
"""The graph that stands for the default graph on Virtuoso, which has none of its own."""
TRIPLES = "application/n-triples"
_LONG = 60_000
"""Bytes of a line from which on Virtuoso gets it in an update."""
_PAGE = 5000
"""Rows that are asked for at a time where all are needed, or half of what the server gives."""


class RemoteStore:
    """A SPARQL server: Oxigraph, Virtuoso or another that keeps to SPARQL 1.1.

    `url` is that of its queries (…/query, …/sparql) or what its endpoints share (http://host:port); see
    `find_endpoints`. Login: FATU_STORE_USER and FATU_STORE_PASSWORD, see `Connection`. The server's default graph is
    taken to be one of its own, filled by `load_graphs`; on Virtuoso the graph urn:fatu:default stands for it, and
    GRAPH ?g also meets that one and Virtuoso's own.
    """

    def __init__(self, url: str) -> None:
        """Raises StoreError where no server answers queries there."""
        self.where = url
        self._connection = Connection(url)
        try:
            self._endpoints = find_endpoints(url, self._connection)
        except BaseException:
            self._connection.close()
            raise
        self._stand_in = STAND_IN if self._endpoints.is_virtuoso else ""

    @property
    def caveat(self) -> str:
        """What a load into this server does not guarantee."""
        if self._endpoints.is_virtuoso:
            return (
                "Virtuoso replaces one graph after the other: a load that breaks off leaves the store between old "
                "and new until it is run again"
            )
        return (
            "each batch of files is replaced in one update; whether all of it or nothing is seen is up to the server "
            "(Oxigraph: all or nothing)"
        )

    def query(self, text: str, bindings: Mapping[str, Object] | None = None) -> Answer:
        """Evaluate a query; `bindings` gives variables a value as terms (see `bind_values`).

        Raises QueryError with line and column where it does not parse, before anything is sent, or where the server
        refuses it; StoreError where the server does not answer, or gives only the first part of the answer. Of
        CONSTRUCT that part is noticed by the number of triples: a template that gives one triple many times hides it.
        """
        # An empty store tells what is wrong with a query, which form it has and in which order its columns are.
        form = evaluate(pyoxigraph.Store(), text, bindings or {})
        bound = bind_values(text, bindings or {})
        is_graph = isinstance(form, pyoxigraph.QueryTriples)
        reply = self._ask(bound, TRIPLES if is_graph else RESULTS)
        if is_graph:
            return self._triples(reply)
        if isinstance(form, pyoxigraph.QuerySolutions):
            return self._table(reply, [variable.value for variable in form.variables])
        return self._table(reply, None)

    def update(self, text: str) -> None:
        """Run a SPARQL update; atomic if the server makes it so. Raises QueryError, StoreError."""
        self._connection.demand(Request("POST", self._endpoints.update, {"update": text}))

    def get_graph(self, name: str) -> bytes:
        """A graph as N-Triples, nothing where there is none. Raises StoreError, also for what may be only a part."""
        request = Request("GET", self._endpoints.graphs, _graph(name), accept=TRIPLES)
        reply = self._connection.send(request)
        if reply.status == 404:
            return b""
        if not 200 <= reply.status < 300:
            raise self._connection.refusal(request.url, reply)
        self._triples(reply)
        return reply.body

    def put_graph(self, name: str, lines: bytes) -> None:
        """Give a graph this content, N-Triples. Raises StoreError."""
        self._send_graph("PUT", name, lines)

    def add_to_graph(self, name: str, lines: bytes) -> None:
        """Add N-Triples to a graph. Raises StoreError."""
        self._send_graph("POST", name, lines)

    def _send_graph(self, method: str, name: str, lines: bytes) -> None:
        long: list[bytes] = []
        if self._endpoints.is_virtuoso and len(lines) > _LONG:
            # Virtuoso 7 takes a text of 64 KB and more (a report's, say) in an update alone.
            every = lines.splitlines(keepends=True)
            long = [line for line in every if len(line) > _LONG]
            lines = b"".join(line for line in every if len(line) <= _LONG)
        self._connection.demand(Request(method, self._endpoints.graphs, _graph(name), lines))
        for line in long:
            self.update(f"INSERT DATA {{ GRAPH <{name}> {{ {line.decode()} }} }}")

    @property
    def source(self) -> Select:
        """Where its statements are looked up."""
        return self.select

    def graph_names(self) -> list[str]:
        """The names of its graphs, sorted: on Virtuoso, which has some of its own, of those that were loaded. Raises
        StoreError."""
        rows = self.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "?g")
        names = [row["g"].value for row in rows if isinstance(row["g"], pyoxigraph.NamedNode)]
        return sorted(names if not self._stand_in else filter(self._is_loaded, names))

    def _is_loaded(self, name: str) -> bool:
        """Whether what a graph holds is in the graph that stands for the default graph."""
        if name == self._stand_in:
            return False
        return bool(self.query(f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} ?s ?p ?o }}"))

    def read_graph(self, name: str) -> Iterator[pyoxigraph.Triple]:
        """The triples of a named graph, as they come; none where there is no such graph. Raises StoreError, also for
        what is only a part."""
        where = f"GRAPH <{name}> {{ ?s ?p ?o }}"
        if self._limit is None:
            # By a query, not as get_graph does: every server that fatu can ask takes it, one that shows no graphs too.
            answer = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}")
            assert isinstance(answer, pyoxigraph.QueryTriples)
            yield from answer
            return
        triples = {pyoxigraph.Triple(*row) for row in self.select(f"SELECT ?s ?p ?o {{ {where} }}")}
        (row,) = self._rows(f"SELECT (COUNT(*) AS ?count) {{ {where} }}")
        if len(triples) != int(row["count"].value):
            problem = f"gave {len(triples)} triples of <{name}>, which has {row['count'].value}"
            raise StoreError(self._endpoints.query, problem, "try again, when nobody loads into it")
        yield from triples

    def digests(self, term: str) -> list[tuple[str, str]]:
        """Graphs that tell a digest of themselves by the property `term`, with it. Raises StoreError."""
        rows = self.select(f"SELECT ?g ?d {{ GRAPH ?g {{ ?g <{term}> ?d }} }}", "?g ?d")
        return sorted((row["g"].value, row["d"].value) for row in rows)

    def select(self, text: str, names: str = "?s ?p ?o") -> Iterator[pyoxigraph.QuerySolution]:
        """All rows of a SELECT of variables that no two rows share, page by page, so that no server cuts them."""
        offset, page = 0, min(_PAGE, (self._limit or 2 * _PAGE) // 2)
        while True:
            # Virtuoso sorts no more rows than its limit, unless a SELECT inside does.
            rows = self._rows(
                f"SELECT {names} {{ {{ {text} ORDER BY {names} }} }} LIMIT {page} OFFSET {offset}"
            )
            yield from rows
            offset += len(rows)
            if len(rows) < page:
                return

    def replace(self, batch: pyoxigraph.Store, kept: Collection[str] = ()) -> None:
        """Make the graphs those that `batch` has of the same names, the default graph with them; those in `kept` keep
        what they have besides. One update; on Virtuoso, which takes none of that size, graph by graph. Raises
        StoreError."""
        names = [graph for graph in batch.named_graphs() if isinstance(graph, pyoxigraph.NamedNode)]
        graphs = {
            name.value: batch.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=name) or b""
            for name in names
        }
        if not self._stand_in:
            self.update(write_replacement(graphs, kept))
            return
        replaced = sorted(set(graphs) - set(kept))
        for name in replaced:
            self.update(write_removal(name, replaced, self._stand_in))
        for name, lines in sorted(graphs.items()):
            (self.put_graph if name in replaced else self.add_to_graph)(name, lines)
            self.add_to_graph(self._stand_in, lines)

    def __len__(self) -> int:
        (row,) = self._rows(COUNT)
        return int(row[0].value)

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def __enter__(self) -> RemoteStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _rows(self, text: str) -> list[pyoxigraph.QuerySolution]:
        answer = self.query(text)
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        return list(answer)

    # ---- answers ---------------------------------------------------------------------------------------------

    def _ask(self, text: str, accept: str) -> Reply:
        form = {"query": text}
        if self._stand_in:
            # With this, Virtuoso finds nothing in a graph that is named, only in one that a variable stands for.
            form = {"query": free_graphs(text), "default-graph-uri": self._stand_in}
        reply = self._connection.demand(Request("POST", self._endpoints.query, form, accept=accept))
        kind = reply.headers.get("content-type", "").partition(";")[0]
        if kind != accept:
            problem = f"answered {kind or 'something'} where {accept} was asked for"
            raise StoreError(self._endpoints.query, problem, "give the URL of a SPARQL endpoint")
        return reply

    def _table(
        self, reply: Reply, columns: list[str] | None
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean:
        """Rows, with the columns in the query's order; a truth value where there are no columns."""
        try:
            found = json.loads(reply.body)
            if columns is None:
                found = {"head": {}, "boolean": _read_boolean(found)}
            else:
                rows = found["results"]["bindings"]
                self._check_whole(len(rows), _read_limit(reply))
                if self._stand_in:  # SELECT * shows the variables of free_graphs too
                    rows = [{name: row[name] for name in columns if name in row} for row in rows]
                found = {"head": {"vars": columns}, "results": {"bindings": rows}}
            answer = pyoxigraph.parse_query_results(
                json.dumps(found), format=pyoxigraph.QueryResultsFormat.JSON
            )
        except (SyntaxError, ValueError, LookupError, TypeError) as error:
            raise StoreError(
                self._endpoints.query, "answered what is no SPARQL result", "see the server's log"
            ) from error
        return answer

    def _triples(self, reply: Reply) -> pyoxigraph.QueryTriples:
        held = pyoxigraph.Store()
        try:
            held.bulk_load(reply.body, pyoxigraph.RdfFormat.N_TRIPLES)
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                self._endpoints.query, "answered what is no RDF", "see the server's log"
            ) from error
        if len(held):
            self._check_whole(len(held), self._limit)
        answer = held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(answer, pyoxigraph.QueryTriples)
        return answer

    @cached_property
    def _limit(self) -> int | None:
        """The most rows that the server gives, where it is known to have less than the store has triples. Virtuoso
        tells it with the rows of a SELECT, but not with triples."""
        if not self._endpoints.is_virtuoso:
            return None
        return _read_limit(self._ask("SELECT (1 AS ?one) { ?s ?p ?o }", RESULTS))

    def _check_whole(self, count: int, limit: int | None) -> None:
        """Raises StoreError for an answer that reaches the server's limit."""
        if limit is not None and count >= limit:
            raise StoreError(
                self._endpoints.query,
                f"gives no more than {limit} rows, and the answer reaches that",
                "ask with LIMIT and OFFSET, or raise the server's ResultSetMaxRows",
            )


def is_url(where: str) -> bool:
    """Whether a store is meant by its URL, not by its folder."""
    return "://" in where


def _graph(name: str) -> dict[str, str]:
    """The form that names a graph; Virtuoso knows graph-uri alone."""
    return {"graph": name, "graph-uri": name}


def _read_limit(reply: Reply) -> int | None:
    limit = reply.headers.get("x-sparql-maxrows", "")
    return int(limit) if limit.isdecimal() else None


def _read_boolean(found: Any) -> bool:
    """What ASK answered; Virtuoso 7 writes a table instead, with a 1 in it or no row at all."""
    if "boolean" in found:
        return bool(found["boolean"])
    cells = [cell for row in found["results"]["bindings"] for cell in row.values()]
    return any(cell["value"] == "1" for cell in cells)
