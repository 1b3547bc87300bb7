"""How fast a store of 1,000,000 triples is loaded, asked and served, beside bare Oxigraph and rdflib.

    python benchmarks/store.py                      # the table, in about half an hour
    python benchmarks/store.py --only load clients  # some parts: load, ready, queries, clients, stopping, rdflib
    python benchmarks/store.py --profile            # besides, where the time goes
    python benchmarks/store.py --keep DIR           # the graphs and the store stay there for the next run

Everything is asked of a real `fatu serve` on the loopback interface. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import http.client
import json
import os
import random
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

import pyoxigraph as ox  # noqa: E402

from fatu.describing.terms import Iri  # noqa: E402
from fatu.iris import Iris  # noqa: E402
from fatu.lexicon.areas import load_areas  # noqa: E402
from fatu.querying.named import load_queries  # noqa: E402
from fatu.querying.parameters import parse_value  # noqa: E402
from fatu.storing.binding import bind_values  # noqa: E402

SAMPLE = ROOT / "graphs" / "410203-gov-2020" / "graph.trig"
PARTS = ("load", "ready", "queries", "clients", "stopping", "rdflib")
TRIPLES = 1_000_000
FEWER = 100_000
"""Of which rdflib is asked: it would need hours for more."""
YEARS = (2017, 2018, 2019, 2020, 2021)
OF_A_REPORT = 3400
"""Distinct triples that a report brings, at the least."""
SEED = 20260917
IRIS = Iris()
JSON = "application/sparql-results+json"
RESULTS = ox.QueryResultsFormat.JSON

LOAD = 1.3
"""`fatu load` may take so many times what a bare bulk load takes."""
ASKED, MORE = 1.3, 5.0
"""An answer over HTTP may take so many times what bare Oxigraph takes, and so many milliseconds more."""
RDFLIB = 10
"""So many times faster than rdflib's store in memory."""
READY = 2.0
"""Seconds from the start of the process until it answers."""
CLIENTS = 32
FLAT = 1.15
"""Resident memory at the end, times that after the warm-up."""
WARM_UP = 1 / 6
"""Of the time of the clients."""
FREE = 1.0
"""Seconds beyond its timeout until the worker of a query that was ended is free."""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g) }"
HOUR = 3600.0
KEPT_OPEN = 1000.0
"""Milliseconds that a connection without requests stays open, to be sure; the server gives it 5 seconds."""


# ------------------------------------------------------------------------------------------------------ the graphs


@dataclass(frozen=True)
class Graphs:
    """Many reports in two files: the quads, and the same with the triples of the default graph."""

    quads: Path
    """What `fatu load` is given: triples in named graphs."""
    whole: Path
    """What a bare bulk load is given: besides, each distinct triple once in the default graph."""
    reports: tuple[str, ...]
    triples: int
    """Distinct ones."""
    size: int
    """Quads in `quads`."""


def make_graphs(folder: Path, least: int) -> Graphs:
    """The sample as the report of many counties in many years, until there are so many distinct triples; made once
    for a folder."""
    noted = folder / f"graphs-{least}.json"
    quads, whole = folder / f"graphs-{least}.nq", folder / f"whole-{least}.nq"
    if not noted.exists():
        reports, triples, size = write_graphs(quads, whole, least)
        noted.write_text(json.dumps({"reports": reports, "triples": triples, "size": size}))
    known = json.loads(noted.read_text())
    return Graphs(quads, whole, tuple(known["reports"]), known["triples"], known["size"])


def write_graphs(quads: Path, whole: Path, least: int) -> tuple[list[str], int, int]:
    """Writes both files; the reports, how many distinct triples, how many quads."""
    vocabulary, sample = read_sample()
    chance = random.Random(SEED)
    seen: set[str] = set()
    reports: list[str] = []
    size = 0
    with quads.open("w", encoding="utf-8", newline="\n") as ours, whole.open("w", encoding="utf-8") as bare:

        def put(text: str) -> None:
            nonlocal size
            ours.write(text)
            bare.write(text)
            for line in text.splitlines():
                size += 1
                triple = line[: line.rindex(" <")]
                if triple not in seen:
                    seen.add(triple)
                    bare.write(f"{triple} .\n")

        put(vocabulary)
        codes = counties()
        step = max(1, len(codes) // (1 + least // (OF_A_REPORT * len(YEARS))))
        for code, year in product(codes[::step], YEARS):
            if len(seen) >= least:
                break
            put(as_report(sample, code, year, chance))
            reports.append(IRIS.report(code, "gov", year))
    return reports, len(seen), size


def read_sample() -> tuple[str, str]:
    """The sample as N-Quads: its vocabulary graph, and the graphs of the report."""
    parts: tuple[list[str], list[str]] = [], []
    for quad in ox.parse(path=str(SAMPLE), format=ox.RdfFormat.TRIG):
        is_own = quad.graph_name != ox.NamedNode(IRIS.vocabulary_graph)
        parts[is_own].append(f"{quad} .\n")
    return "".join(parts[0]), "".join(parts[1])


def counties() -> list[str]:
    """Codes of today's counties that belong to a city of a province."""
    areas = load_areas().areas
    return [
        code for code, area in areas.items()
        if area.level == "county" and area.parent in areas and areas[area.parent].level == "prefecture"
    ]  # fmt: skip


YEAR = re.compile(
    r"""(^<[^>]+/id/doc/(?!汴|顺河|开封|2020年).*$)|2020(?=年|"\^\^|〕1号|-1>)|2021(?=年|-0)""", re.MULTILINE
)
"""The year of the report and of what the area wrote in it; group 1: what is said of other documents."""
COUNT = re.compile(r"(?<=[\u4e00-\u9fff])[1-9]\d*(?=[件次人条项份起场万块])")
VALUE = re.compile(r'^(<[^>]+> )(<[^>]+ns#value> )"([^"]+)"', re.MULTILINE)


def as_report(sample: str, code: str, year: int, chance: random.Random) -> str:
    """The sample as another county's of another year: in IRIs and texts the codes, names and years of the area, and
    figures of its own: counts times a number, so that sums stay right; rates nearer to or farther from 100.

    Spans keep their places, though texts may be longer or shorter than the sample's.
    """
    areas = load_areas().areas
    city = areas[code].parent
    province = areas[city].parent
    name, of_city, of_province = areas[code].name, areas[city].name, areas[province].name
    words = {
        "410203": code, "410200": city, "410000": province, "顺河回族区": name, "顺河": name[:2],
        "开封": of_city.removesuffix("市"), "开封市": of_city, "河南": of_province.removesuffix("省"),
        "河南省": of_province, "汴": of_city[:1],
    }  # fmt: skip
    digest = hashlib.sha256(f"{code} {year}".encode()).hexdigest()
    times, rate = chance.randint(1, 60), chance.uniform(0.2, 1.8)
    text = YEAR.sub(lambda found: found[1] or str(year + int(found[0]) - 2020), sample)
    text = re.sub("|".join(sorted(words, key=len, reverse=True)), lambda found: words[found[0]], text)
    text = re.sub(r"7cd423023a017398(\w{48})?", lambda found: digest[: len(found[0])], text)
    text = text.replace(f"/{code}/gov/2020", f"/{code}/gov/{year}")
    text = COUNT.sub(lambda found: str(int(found[0]) * times), text)

    def vary(found: re.Match[str]) -> str:
        value = float(found[3])
        varied = max(0.0, 100 - (100.5 - value) * rate) if "-rate" in found[1] else value * times
        return f'{found[1]}{found[2]}"{varied:.12g}"'

    return VALUE.sub(vary, text)


# ------------------------------------------------------------------------------------------------------ the server


@dataclass
class Server:
    """A running `fatu serve`."""

    process: subprocess.Popen[bytes]
    port: int
    started: float
    """When the process was started, on the clock of `time.perf_counter`."""

    def connect(self, timeout: float = HOUR) -> http.client.HTTPConnection:
        """A connection that is kept open."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def processes(self) -> list[int]:
        """The server and its workers."""
        own = self.process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return [own, *map(int, children)]

    def memory(self) -> float:
        """Megabytes that the server and its workers have in memory."""
        return sum(resident(number) for number in self.processes()) / 1e6


def resident(number: int) -> int:
    """Bytes of memory that a process has; nothing where it is gone."""
    with suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{number}/status").read_text())
        return int(found[1]) * 1024 if found else 0
    return 0


@contextmanager
def served(store: Path, *options: str) -> Iterator[Server]:
    """`fatu serve` on a store, as soon as it tells its address."""
    command = [sys.executable, "-m", "fatu", "serve", "--store", str(store), "--port", "0", *options]
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment())
    said = b""
    try:
        assert process.stderr is not None
        for line in process.stderr:
            said += line
            found = re.search(rb"http://[^/]+:(\d+)/", line)
            if found:
                break
        else:
            raise RuntimeError(said.decode())
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield Server(process, int(found[1]), start)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment() -> dict[str, str]:
    """This process's, with fatu of this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def wait_until_ready(server: Server, patience: float = 60) -> float:
    """Seconds from the start of the process until /health says 200."""
    while time.perf_counter() - server.started < patience:
        try:
            connection = server.connect(patience)
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return time.perf_counter() - server.started
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.01)
    raise RuntimeError("the server does not become ready")


def ask(connection: http.client.HTTPConnection, text: str, path: str = "/sparql") -> tuple[int, bytes]:
    """Status and body of the answer to a query."""
    headers = {"Content-Type": "application/sparql-query", "Accept": JSON}
    connection.request("POST", path, text.encode(), headers)
    response = connection.getresponse()
    return response.status, response.read()


# ----------------------------------------------------------------------------------------------------- the queries


@dataclass(frozen=True)
class Asked:
    """A named query with the values of its parameters."""

    what: str
    text: str


def named_queries(report: str | None) -> list[Asked]:
    """Every named query with its defaults, of one report or of all. One without the parameter is among those of all."""
    found = []
    for query in load_queries():
        values = {p.name: parse_value(p.default, p, IRIS) for p in query.parameters if p.default is not None}
        takes_report = any(p.name == "report" for p in query.parameters)
        if report is not None and not takes_report:
            continue
        if report is not None:
            values["report"] = Iri(report)
        label = f"q{query.number} {query.name}" if query.number else query.name
        of = "one report" if report is not None else "all"
        found.append(Asked(f"{label}, {of}", bind_values(query.text, values)))
    return found


def every_query(graphs: Graphs) -> list[Asked]:
    """Every named query, of a report in the middle and of all."""
    report = graphs.reports[len(graphs.reports) // 2]
    return [*named_queries(report), *named_queries(None)]


def small_queries(report: str) -> list[str]:
    """What an application asks all the time."""
    ns = f"{IRIS.base}ns#"
    title, value = "<http://purl.org/dc/terms/title>", f"<{ns}value>"
    return [
        f"SELECT ?title {{ <{report}> {title} ?title }}",
        f"SELECT (COUNT(*) AS ?n) {{ ?o a <{ns}Observation> ; <{ns}inReport> <{report}> }}",
        f"SELECT ?o ?v {{ ?o <{ns}inReport> <{report}> ; {value} ?v }} ORDER BY DESC(?v) LIMIT 10",
        f"ASK {{ <{report}> a <{ns}Report> }}",
        f"SELECT ?p ?o {{ <{report}> ?p ?o }} LIMIT 50",
    ]


def bare_within(store: ox.Store, text: str, patience: float) -> float | None:
    """Seconds of a query on Oxigraph alone; None where it is not done within so many: it is asked in a process of its
    own, which can be stopped."""
    child = os.fork()
    start = time.perf_counter()
    if not child:
        ask_bare(store, text)
        os._exit(0)
    while time.perf_counter() - start < patience:
        if os.waitpid(child, os.WNOHANG)[0]:
            return time.perf_counter() - start
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def ask_bare(store: ox.Store, text: str) -> bytes:
    """The answer of Oxigraph alone, as JSON."""
    written = store.query(text).serialize(format=RESULTS)
    assert isinstance(written, bytes)
    return written


# ------------------------------------------------------------------------------------------------------- the table


@dataclass
class Table:
    """What was measured, printed line by line as it comes."""

    short: list[str] = field(default_factory=list)

    def head(self, title: str) -> None:
        """A part of the table."""
        load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
        print(f"\n{title} (load of the machine {load})")
        print(f"  {'':46} {'figure':>12} {'bound':>12}", flush=True)

    def line(
        self,
        what: str,
        figure: float | str,
        unit: str = "",
        *,
        most: float | None = None,
        least: float | None = None,
        note: str = "",
    ) -> None:
        """A figure (or why there is none), where it has one with its bound."""
        said, bound, verdict = str(figure), "", ""
        if isinstance(figure, (int, float)):
            said = write(figure, unit)
        for sign, number in (("≤", most), ("≥", least)):
            if number is None:
                continue
            bound = f"{sign} {write(number, unit)}"
            holds = isinstance(figure, (int, float)) and (
                figure <= number if sign == "≤" else figure >= number
            )
            verdict = "ok" if holds else "short"
            if not holds:
                self.short.append(f"{what} ({said}, {bound})")
        print(f"  {what:46} {said:>12} {bound:>12}  {verdict:5}  {note}".rstrip(), flush=True)


def write(number: float, unit: str) -> str:
    """A figure with its unit."""
    digits = 0 if isinstance(number, int) or abs(number) >= 1000 else 2
    return f"{number:,.{digits}f} {unit}".strip()


def tell(what: str) -> None:
    """Says what is under way, for it takes a while."""
    print(f"  … {what}", file=sys.stderr, flush=True)


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# --------------------------------------------------------------------------------------------- what is measured


def run_load(quads: Path, folder: Path) -> None:
    """`fatu load` as a process."""
    command = [sys.executable, "-m", "fatu", "load", str(quads), "--store", str(folder)]
    subprocess.run(
        command, check=True, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def run_bare(whole: Path, folder: Path) -> None:
    """Oxigraph's own bulk load as a process."""
    subprocess.run([sys.executable, "-c", BARE, str(whole), str(folder)], check=True)


BARE = "import pyoxigraph as o, sys; s = o.Store(sys.argv[2]); s.bulk_load(path=sys.argv[1]); s.flush()"


@dataclass
class Bench:
    """What every part needs."""

    table: Table
    folder: Path
    graphs: Graphs
    runs: int
    time: float
    patience: float
    profile: bool
    fewer: int
    """Triples of the graphs that rdflib is given."""

    def store(self, graphs: Graphs) -> Path:
        """The store with the graphs, loaded once."""
        folder = self.folder / f"store-{graphs.triples}"
        if not folder.exists():
            tell("fatu load")
            run_load(graphs.quads, folder)
        return folder

    # ------------------------------------------------------------------------------------------------ the parts

    def load(self) -> None:
        """A bulk load beside a bare one, in turn; each a process, from its start to its end."""
        self.table.head(f"bulk load of {self.graphs.size:,} quads into a fresh store")
        times: dict[str, list[float]] = {"fatu": [], "bare": []}
        spent: dict[str, list[float]] = {"fatu": [], "bare": []}
        into = self.folder / "fresh"
        for _ in range(self.runs):
            for what, run, path in (
                ("fatu", run_load, self.graphs.quads),
                ("bare", run_bare, self.graphs.whole),
            ):
                shutil.rmtree(into, ignore_errors=True)
                before, start = children_seconds(), time.perf_counter()
                run(path, into)
                times[what].append(time.perf_counter() - start)
                spent[what].append(children_seconds() - before)
                tell(f"{what} {times[what][-1]:.1f} s, {spent[what][-1]:.1f} s of a processor")
        shutil.rmtree(into)
        for what, said in (("bare", "bulk_load, default graph in the file"), ("fatu", "fatu load")):
            note = f"{spread(times[what])}; {median(spent[what]):.2f} s of a processor"
            self.table.line(said, median(times[what]), "s", note=note)
        note = f"of a processor: {median(spent['fatu']) / median(spent['bare']):.2f}"
        ratio = median(times["fatu"]) / median(times["bare"])
        self.table.line("  times the bare load", ratio, most=LOAD, note=note)
        if self.profile:
            self.profile_load()

    def ready(self) -> None:
        """How soon a server answers."""
        self.table.head("fatu serve --store")
        times = []
        for _ in range(self.runs):
            with served(self.store(self.graphs)) as server:
                times.append(wait_until_ready(server))
        self.table.line("ready after", median(times), "s", most=READY, note=spread(times))

    def queries(self) -> None:
        """Every named query over HTTP beside bare Oxigraph on the same store, in turn."""
        self.ask_all(self.graphs, self.store(self.graphs))

    def ask_all(self, graphs: Graphs, store: Path) -> dict[str, float]:
        """Milliseconds of each named query over HTTP, of one report and of all."""
        self.table.head(f"named queries over HTTP, of {graphs.triples:,} triples")
        bare = ox.Store.read_only(str(store))
        taken: dict[str, float] = {}
        with served(store, "--timeout", f"{self.patience:g}", "--workers", "1") as server:
            wait_until_ready(server)
            connection = server.connect()
            for asked in every_query(graphs):
                own = self.ask_both(asked, bare, connection)
                if own is not None:
                    taken[asked.what] = own
        return taken

    def ask_both(self, asked: Asked, bare: ox.Store, connection: http.client.HTTPConnection) -> float | None:
        """Milliseconds of one query over HTTP; a short one several times, and once more before that."""
        connection.close()  # the server may have done so while it heard nothing; the next request opens it again
        status, ours = ask(connection, asked.text)
        if status != 200:
            alone = bare_within(bare, asked.text, self.patience)
            done = "not done either, stopped" if alone is None else f"{alone:.1f} s"
            said = "too long" if status == 504 else str(status)
            self.table.line(asked.what, said, note=f"stopped after {self.patience:g} s; bare {done}")
            return None
        ours_each, bare_each, end = [], [], time.perf_counter() + 1.5
        while not ours_each or (time.perf_counter() < end and len(ours_each) < 50):
            start = time.perf_counter()
            theirs = ask_bare(bare, asked.text)
            bare_each.append(1000 * (time.perf_counter() - start))
            if bare_each[-1] > KEPT_OPEN:
                connection.close()
            ours_each.append(1000 * seconds(lambda: ask(connection, asked.text)))
        own, other = median(ours_each), median(bare_each)
        note = f"bare {other:,.2f} ms, ratio {own / other:.2f}; {len(ours):,} bytes"
        if sorted(ours) != sorted(theirs):
            note += "; THE ANSWERS DIFFER"
        if self.profile and own > ASKED * other + MORE:
            note += "; " + self.profile_query(asked, bare)
        self.table.line(asked.what, own, "ms", most=ASKED * other + MORE, note=note)
        return own

    def rdflib(self) -> None:
        """The same queries on rdflib's store in memory; one that takes longer than it may for the bound to hold, or
        too long, is stopped."""
        graphs = make_graphs(self.folder, self.fewer)
        taken = self.ask_all(graphs, self.store(graphs))
        self.table.head(f"rdflib's store in memory, of {graphs.triples:,} triples: times ours over HTTP")
        tell("rdflib: load")
        graph = load_rdflib(graphs.whole)
        gc.collect()
        gc.freeze()
        for asked in every_query(graphs):
            ours = taken.get(asked.what)
            if ours is None:
                continue
            most = min(self.patience, RDFLIB * 1.05 * ours / 1000 + 0.1)
            try:
                spent, is_done = time_rdflib(graph, asked.text, most)
            except Exception as error:
                self.table.line(asked.what, "fails", note=f"rdflib: {' '.join(str(error).split())[:100]}")
                continue
            times = 1000 * spent / ours
            note = f"rdflib {1000 * spent:,.0f} ms" + ("" if is_done else " and not done, stopped")
            if is_done or times >= RDFLIB:
                self.table.line(asked.what, times, "×", least=RDFLIB, note=note)
            else:
                self.table.line(asked.what, "not known", note=f"{note}: at least {times:.1f} times")

    def clients(self) -> None:
        """Many clients at once, for a while."""
        self.table.head(f"{CLIENTS} clients for {self.time:g} s, 2 workers")
        mix = make_mix(self.graphs.reports)
        with served(self.store(self.graphs)) as server:
            wait_until_ready(server)
            memory = [server.memory()]
            crowd = Crowd(server, mix, self.time)
            for at in (WARM_UP, 0.5, 1.0):
                time.sleep(max(0.0, crowd.started + at * self.time - time.perf_counter()))
                memory.append(server.memory())
            crowd.wait()
            each = [(number, resident(number) / 1e6) for number in server.processes()]
        taken = sorted(crowd.taken)
        self.table.line("errors", len(crowd.errors), most=0, note="; ".join(sorted(set(crowd.errors))[:3]))
        self.table.line("requests", len(taken))
        self.table.line("requests a second", len(taken) / self.time)
        for share in (50, 95, 99):
            self.table.line(f"p{share}", 1000 * taken[min(len(taken) - 1, len(taken) * share // 100)], "ms")
        for what, size in zip(("start", "after the warm-up", "middle", "end"), memory, strict=True):
            self.table.line(f"memory of server and workers, {what}", size, "MB")
        self.table.line("  at the end, times after the warm-up", memory[3] / memory[1], most=FLAT,
                        note="server, workers: " + ", ".join(f"{size:.0f}" for _, size in each))  # fmt: skip

    def stopping(self) -> None:
        """How soon the only worker is free after a query that never ends, and after a client that went away."""
        self.table.head("a query that does not end, 1 worker")
        small = small_queries(self.graphs.reports[0])[0]
        for timeout in (1.0, 3.0):
            with served(self.store(self.graphs), "--timeout", f"{timeout:g}", "--workers", "1") as server:
                wait_until_ready(server)
                answered, free = [], []
                for _ in range(self.runs):
                    connection = server.connect()
                    start = time.perf_counter()
                    status, _ = ask(connection, ENDLESS)
                    answered.append(time.perf_counter() - start if status == 504 else HOUR)
                    free.append(wait_until_free(server, small) - start)
                self.table.line(
                    f"--timeout {timeout:g}: 504 after", median(answered), "s", most=timeout + FREE
                )
                self.table.line(
                    "  worker free after", median(free), "s", most=timeout + FREE, note=spread(free)
                )
        with served(self.store(self.graphs), "--timeout", "10", "--workers", "1") as server:
            wait_until_ready(server)
            gone = []
            for _ in range(self.runs):
                line = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
                client = socket.create_connection(("127.0.0.1", server.port))
                client.sendall(line.encode())
                time.sleep(0.5)
                client.close()
                start = time.perf_counter()
                gone.append(wait_until_free(server, small) - start)
            self.table.line("client gone: worker free after", median(gone), "s", most=FREE, note=spread(gone))

    # ---------------------------------------------------------------------------------- where the time goes

    def profile_query(self, asked: Asked, bare: ox.Store) -> str:
        """Milliseconds of the steps of an answer: in a worker's function here, and over a worker's pipes."""
        from fatu.serving.worker import answer

        request = {"query": asked.text, "accept": JSON, "limit": 64_000_000, "base": IRIS.base}
        here, piped = [], []
        command = [sys.executable, "-m", "fatu.serving.worker", str(self.store(self.graphs))]
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment())
        assert worker.stdin is not None and worker.stdout is not None
        worker.stdout.readline()
        for _ in range(1 + self.runs):
            here.append(1000 * seconds(lambda: answer(bare, request)))
            start = time.perf_counter()
            worker.stdin.write(json.dumps(request).encode() + b"\n")
            worker.stdin.flush()
            worker.stdout.read(json.loads(worker.stdout.readline())["length"])
            piped.append(1000 * (time.perf_counter() - start))
        worker.communicate()
        return f"worker's function {median(here[1:]):,.2f} ms, over its pipes {median(piped[1:]):,.2f} ms"

    def profile_load(self) -> None:
        """The steps of a load in this process, one after the other."""
        import cProfile
        import pstats

        from fatu.storing import load_graphs

        path = str(self.graphs.quads)

        def drain(quads: Iterator[Any]) -> None:
            for _ in quads:
                pass

        print(f"    [load] parse into Python: {seconds(lambda: drain(ox.parse(path=path))):.2f} s")
        into = self.folder / "fresh"
        store = ox.Store(str(into))
        start = time.perf_counter()
        store.bulk_extend(ox.parse(path=path))
        spent = time.perf_counter() - start
        print(f"    [load] bulk_extend of them, without the default graph: {spent:.2f} s")
        del store
        shutil.rmtree(into)
        with cProfile.Profile() as profile:
            load_graphs(into, [path])
        shutil.rmtree(into)
        pstats.Stats(profile).sort_stats("tottime").print_stats(14)


def children_seconds() -> float:
    """Seconds of a processor that processes of ours took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def spread(times: list[float]) -> str:
    """The least and the most of some times."""
    return f"{min(times):.2f} to {max(times):.2f} s"


def wait_until_free(server: Server, small: str, patience: float = 30) -> float:
    """When a small query is answered again."""
    end = time.perf_counter() + patience
    while time.perf_counter() < end:
        connection = server.connect()
        status, _ = ask(connection, small)
        connection.close()
        if status == 200:
            break
        time.sleep(0.01)
    return time.perf_counter()


def make_mix(reports: tuple[str, ...]) -> Callable[[random.Random], str]:
    """Draws a query: a named one of some report, or a small one."""
    mark = IRIS.report("000000", "gov", 1900)
    named = [asked.text for asked in named_queries(mark)]
    small = small_queries(mark)

    def draw(chance: random.Random) -> str:
        text = chance.choice(named if chance.random() < 0.5 else small)
        return text.replace(mark, chance.choice(reports))

    return draw


class Crowd:
    """Clients that ask one query after the other, each on a connection of its own."""

    def __init__(self, server: Server, mix: Callable[[random.Random], str], length: float) -> None:
        self.taken: list[float] = []
        self.errors: list[str] = []
        self.started = time.perf_counter()
        self._server = server
        self._mix = mix
        self._end = self.started + length
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def wait(self) -> None:
        """Until all have their last answer."""
        for thread in self._threads:
            thread.join()

    def _ask(self, number: int) -> None:
        chance = random.Random(number)
        connection = self._server.connect(120)
        while (start := time.perf_counter()) < self._end:
            try:
                status, body = ask(connection, self._mix(chance))
                if status != 200:
                    self.errors.append(f"{status} {body[:80].decode('utf-8', 'replace').strip()}")
                elif not body.endswith(b"}"):
                    self.errors.append("an answer that was cut off")
            except (OSError, http.client.HTTPException) as error:
                self.errors.append(repr(error))
                connection.close()
            self.taken.append(time.perf_counter() - start)
        connection.close()


# ---------------------------------------------------------------------------------------------------------- rdflib


def load_rdflib(path: Path) -> Any:
    """The default graph of a file in rdflib's memory store, read with Oxigraph's parser, which is faster."""
    from rdflib import Graph, Literal, URIRef

    def term(value: Any) -> Any:
        if isinstance(value, ox.NamedNode):
            return URIRef(value.value)
        if value.language:
            return Literal(value.value, lang=value.language)
        kind = value.datatype.value
        return Literal(value.value, datatype=None if kind.endswith("#string") else URIRef(kind))

    graph = Graph()
    gc.disable()
    default = ox.DefaultGraph()
    graph.addN(
        (term(q.subject), term(q.predicate), term(q.object), graph)
        for q in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS) if q.graph_name == default
    )  # fmt: skip
    gc.enable()
    return graph


class _TooLongError(BaseException):
    """Beyond what evaluation of a query takes for an error of its own."""


def time_rdflib(graph: Any, text: str, most: float) -> tuple[float, bool]:
    """Seconds of a query on rdflib, written as JSON; whether it was done within the most that it may take."""

    def stop(*_: object) -> None:
        raise _TooLongError

    previous = signal.signal(signal.SIGALRM, stop)
    start = time.perf_counter()
    try:
        signal.setitimer(signal.ITIMER_REAL, most)
        graph.query(text).serialize(format="json")
        signal.setitimer(signal.ITIMER_REAL, 0)
        return time.perf_counter() - start, True
    except _TooLongError:
        return time.perf_counter() - start, False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def main() -> None:
    """Print the parts of the table that the options ask for."""
    parser = argparse.ArgumentParser(description="How fast a store is loaded, asked and served.")
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS)
    )
    parser.add_argument("--triples", type=int, default=TRIPLES, help=f"at least; default {TRIPLES:,}")
    parser.add_argument(
        "--fewer", type=int, default=FEWER, help=f"triples beside rdflib, at least; default {FEWER:,}"
    )
    parser.add_argument("--runs", type=int, default=3, help="of which the median is given; default 3")
    parser.add_argument("--seconds", type=float, default=60, help="that the clients ask; default 60")
    parser.add_argument(
        "--patience", type=float, default=20, help="seconds after which a query is stopped; default 20"
    )
    parser.add_argument("--profile", action="store_true", help="where the time goes")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave graphs and store there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fatu-") as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        graphs = make_graphs(folder, options.triples)
        print(
            f"{graphs.triples:,} distinct triples in {graphs.size:,} quads: {len(graphs.reports)} reports and the "
            f"vocabulary; medians of {options.runs}; {os.cpu_count()} cores"
        )
        table = Table()
        bench = Bench(
            table,
            folder,
            graphs,
            options.runs,
            options.seconds,
            options.patience,
            options.profile,
            options.fewer,
        )
        for part in PARTS:
            if part in options.only:
                getattr(bench, part)()
    print(f"\nshort of its bound: {', '.join(table.short) or 'nothing'}")


if __name__ == "__main__":
    main()
