"""What a server stands: long queries, clients that go away, many clients, killed processes, changes while it reads."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from commands import fatu
from fatu.serving.pool import _is_news
from servers import FORM, QUERY, SAMPLE, TOKEN, Server, is_running, require_server, serve
from stores import write_copies

pytestmark = pytest.mark.server
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")

NUMBERS = " ".join(str(number) for number in range(1, 201))
ENDLESS = f"""SELECT (COUNT(*) AS ?n) {{
  VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} VALUES ?c {{ {NUMBERS} }} VALUES ?d {{ {NUMBERS} }}
  FILTER(?a * ?b * ?c * ?d = 0) }}"""
"""Takes minutes on any store."""
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?c < ?f) }"
"""Takes half a minute and more on the sample's graph."""
HARD_TO_READ = ["a-" * 100_000 + " SERVICE", "'''" + "\\'" * 100_000 + " SERVICE"]
"""Once took minutes only to be cut into words."""


def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether something holds, at the latest after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return holds()


def count_workers(server: Server, expected: int, seconds: float = 5) -> int:
    """The server's workers, once they are as many as expected, at the latest after so many seconds."""
    until(lambda: len(server.workers()) == expected, seconds)
    return len(server.workers())


# ------------------------------------------------------------------------------------------------ long queries


@pytest.fixture(scope="module")
def hasty() -> Iterator[Server]:
    """A server whose queries may take a second, on two workers."""
    with serve("--data", SAMPLE, "--timeout", "1", "--workers", "2") as server:
        yield server


@linux
@pytest.mark.parametrize("query", [CROSS, ENDLESS], ids=["cross", "endless"])
def test_a_long_query_is_ended(hasty: Server, query: str) -> None:
    begun = time.monotonic()
    answer = hasty.query(query)
    taken = time.monotonic() - begun
    assert (answer.status, answer.media_type) == (504, "text/plain"), answer.text
    assert answer.text == "the query took longer than 1 s and was ended: ask for less\n"
    assert 0.9 < taken < 2.5
    assert hasty.query("ASK {}").status == 200
    assert count_workers(hasty, 2) == 2


@linux
@pytest.mark.slow
def test_long_queries_do_not_wear_a_server_out(hasty: Server) -> None:
    before = hasty.workers()
    with ThreadPoolExecutor(8) as clients:
        statuses = list(clients.map(lambda _: hasty.query(ENDLESS).status, range(8)))
    assert statuses == [504] * 8
    assert count_workers(hasty, 2) == 2
    assert not set(before) & set(hasty.workers())
    assert [hasty.query("ASK {}").status for _ in range(6)] == [200] * 6


def test_others_are_answered_while_a_query_runs(hasty: Server) -> None:
    def is_answered_before() -> bool:
        with ThreadPoolExecutor(1) as client:
            long = client.submit(hasty.query, ENDLESS)
            time.sleep(0.2)
            assert hasty.query("ASK {}").status == 200
            is_first = not long.done()
            assert long.result().status == 504
        return is_first

    assert any(is_answered_before() for _ in range(5))  # a busy machine may be late now and then


def test_what_is_drawn_may_not_take_longer(hasty: Server) -> None:
    answer = hasty.send("POST", "/explorer", {"content-type": FORM}, urlencode({"query": ENDLESS}).encode())
    assert answer.status == 504
    assert answer.text.startswith("request: the query took longer than 1 s")


# ---------------------------------------------------------------------------------------- clients that go away


def raw(line: str, body: str = "", media_type: str = QUERY, length: int | None = None) -> bytes:
    """A request as it goes over the wire."""
    told = len(body.encode()) if length is None else length
    head = [f"{line} HTTP/1.1", "Host: x", f"Content-Type: {media_type}", f"Content-Length: {told}"]
    return "\r\n".join([*head, "", body]).encode()


GONE = {
    "POST /sparql": raw("POST /sparql", ENDLESS),
    "GET /sparql": raw(f"GET /sparql?query={quote(ENDLESS)}"),
    "POST /explorer": raw("POST /explorer", urlencode({"query": ENDLESS}), FORM),
    "half a request": raw("POST /sparql", "ASK", length=99),
}


@pytest.fixture(scope="module")
def narrow() -> Iterator[Server]:
    """A server with one worker, whose queries may take a minute."""
    with serve("--data", SAMPLE, "--timeout", "60", "--workers", "1") as server:
        yield server


@pytest.mark.parametrize("query", HARD_TO_READ, ids=["names", "quotes"])
def test_what_is_no_sparql_is_refused_soon(narrow: Server, query: str) -> None:
    begun = time.monotonic()
    assert narrow.query(query).status == 400
    assert time.monotonic() - begun < 20  # not after minutes, however busy the machine is


@linux
@pytest.mark.parametrize("request_name", GONE)
def test_a_client_that_goes_away_frees_its_worker(narrow: Server, request_name: str) -> None:
    with socket.create_connection(("127.0.0.1", narrow.port)) as client:
        client.sendall(GONE[request_name])
        time.sleep(0.5)
    begun = time.monotonic()
    assert narrow.query("ASK {}").status == 200
    assert time.monotonic() - begun < 3
    assert count_workers(narrow, 1) == 1


# ------------------------------------------------------------------------------- pages, and questions in words


ONE = "/explorer?report=https://w3id.org/fatu/id/report/410300/gov/2020"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of so many reports that a page of all takes some seconds."""
    folder = tmp_path_factory.mktemp("many") / "store"
    write_copies(folder, 25)
    return folder


def children(server: Server, module: str) -> list[int]:
    """The server's processes that run a module; one may end while they are looked at."""
    found = []
    for process in server.workers():
        with suppress(FileNotFoundError, ProcessLookupError):
            if module.encode() in Path(f"/proc/{process}/cmdline").read_bytes():
                found.append(process)
    return found


def spent(process: int) -> float:
    """The seconds that a process has had of a processor; 0 for one that does not run."""
    try:
        ticks = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    except OSError:
        return 0
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


@linux
def test_a_long_page_is_ended(many: Path) -> None:
    with serve("--store", many, "--timeout", "1") as server:
        begun = time.monotonic()
        answer = server.get("/explorer", "text/html")
        taken = time.monotonic() - begun
        assert (answer.status, answer.media_type) == (504, "text/plain"), answer.text
        assert answer.text == (
            "request: the page took longer than 1 s and was ended; show fewer reports, or ask for fewer things\n"
        )
        assert 0.9 < taken < 3
        assert until(lambda: len(children(server, "drawer")) <= 1, 3)
        things = "SELECT ?r { ?r a <https://w3id.org/fatu/ns#Measure> }"
        answer = server.send(
            "POST", "/explorer", {"content-type": FORM}, urlencode({"query": things}).encode()
        )
        assert answer.status == 504 and "took longer than 1 s" in answer.text
        assert server.query("ASK {}").status == 200


@pytest.mark.slow
@linux
def test_a_large_page_has_a_process_of_its_own(many: Path) -> None:
    with serve("--store", many, "--timeout", "120") as server:
        assert children(server, "drawer") == []

        def drawer_after(path: str, ended: int = 0) -> int:
            answer = server.get(path, "text/html")
            assert (answer.status, answer.media_type) == (200, "text/html")
            assert until(lambda: ended not in children(server, "drawer") != [], 5)
            (drawer,) = children(server, "drawer")
            return drawer

        first = drawer_after(ONE)
        assert drawer_after(ONE) == first
        second = drawer_after("/explorer", first)
        assert drawer_after(ONE) == second
        assert len(children(server, "worker")) == 2


@pytest.mark.slow
@linux
@pytest.mark.parametrize("query", ["", "SELECT ?r { ?r a <https://w3id.org/fatu/ns#Measure> }"])
def test_a_page_whose_client_goes_away_is_ended(query: str, many: Path) -> None:
    request = b"GET /explorer HTTP/1.1\r\nHost: x\r\n\r\n"
    if query:
        request = raw("POST /explorer", urlencode({"query": query}), FORM)
    with serve("--store", many, "--timeout", "120") as server:
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(request)
            assert until(lambda: children(server, "drawer") != [], 20)
            (drawer,) = children(server, "drawer")
            begun = spent(drawer)
            assert until(lambda: spent(drawer) > begun + 0.5, 30)  # it draws
        assert until(lambda: not is_running(drawer), 3)
        assert server.get(ONE, "text/html").status == 200
        assert len(children(server, "worker")) == 2


class SlowStore(BaseHTTPRequestHandler):
    """A SPARQL server that takes its time for all but ASK {}, and notes what was asked and who went away."""

    asked: ClassVar[list[str]] = []
    gone: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if body != urlencode({"query": "ASK {}"}):
            self.asked.append(body)
            self.connection.settimeout(20)
            with contextlib.suppress(OSError):
                if not self.connection.recv(1):
                    self.gone.append(body)
            return
        said = b'{"head":{},"boolean":true}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def slow() -> Iterator[str]:
    """The URL of a store that does not answer in time."""
    SlowStore.asked.clear()
    SlowStore.gone.clear()
    running = ThreadingHTTPServer(("127.0.0.1", 0), SlowStore)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/sparql"
    running.shutdown()
    thread.join()
    running.server_close()


WORDS = f"/ask?q={quote('2020年行政复议结案率是多少?')}"


def test_a_long_answer_in_words_is_ended(slow: str) -> None:
    with serve("--store", slow, "--timeout", "1") as server:
        begun = time.monotonic()
        answer = server.send("GET", WORDS, {})
        assert (answer.status, answer.media_type) == (504, "text/plain")
        assert answer.text == (
            "request: the answer took longer than 1 s and was ended; ask about one area and year\n"
        )
        assert 0.9 < time.monotonic() - begun < 2.5
        assert len(SlowStore.asked) == 1 and until(lambda: len(SlowStore.gone) == 1, 2)


def test_an_answer_in_words_ends_with_its_client(slow: str) -> None:
    with serve("--store", slow, "--timeout", "60") as server:
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(f"GET {WORDS} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert until(lambda: len(SlowStore.asked) == 1, 10)
            assert not SlowStore.gone
        assert until(lambda: len(SlowStore.gone) == 1, 3)
        time.sleep(0.5)
        assert len(SlowStore.asked) == 1
        assert server.get("/health").status == 200


# ------------------------------------------------------------------------------------------------ many clients


@pytest.mark.slow
def test_many_clients_at_a_time(sample_server: Server) -> None:
    asked = [
        "ASK {}",
        "SELECT * { ?s ?p ?o } LIMIT 100",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT * {",
    ]
    end = time.monotonic() + 4

    def ask(client: int) -> list[int]:
        statuses = []
        while time.monotonic() < end:
            statuses.append(sample_server.query(asked[(client + len(statuses)) % 4]).status)
        return statuses

    with ThreadPoolExecutor(32) as clients:
        statuses = [status for told in clients.map(ask, range(32)) for status in told]
    assert len(statuses) >= 32
    assert set(statuses) == {200, 400}
    assert sample_server.get("/health").json() == {"ready": True}


# -------------------------------------------------------------------------------------------- killed processes


@linux
@pytest.mark.parametrize(
    ("end", "busy"),
    [
        (signal.SIGTERM, True),
        (signal.SIGKILL, True),
        pytest.param(signal.SIGTERM, False, marks=pytest.mark.slow),
        pytest.param(signal.SIGINT, False, marks=pytest.mark.slow),
        pytest.param(signal.SIGINT, True, marks=pytest.mark.slow),
        pytest.param(signal.SIGKILL, False, marks=pytest.mark.slow),
    ],
)
def test_no_worker_outlives_its_server(end: signal.Signals, busy: bool, tmp_path: Path) -> None:
    with serve("--data", SAMPLE, TMPDIR=str(tmp_path)) as server:
        workers = server.workers()
        assert len(workers) == 2
        assert list(tmp_path.glob("fatu-*"))
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            if busy:
                client.sendall(GONE["POST /sparql"])
                time.sleep(0.3)
            server.process.send_signal(end)
            server.process.wait(8)
        assert until(lambda: not any(is_running(worker) for worker in workers), 2)
        if end != signal.SIGKILL:  # then nothing can clean up
            assert server.process.returncode == (130 if end == signal.SIGINT else 0)
            assert not list(tmp_path.glob("fatu-*"))
            assert len(server.log.read_text(encoding="utf-8").strip().splitlines()) == 1


def test_a_child_that_asyncio_waits_for_twice_is_no_news() -> None:
    """It is told at Ctrl+C now and then, under load: whoever ended a worker was faster than the thread that waits."""

    def is_told(text: str, *values: object) -> bool:
        return _is_news(logging.LogRecord("asyncio", logging.WARNING, "", 0, text, values, None))

    assert not is_told("Unknown child process pid %d, will report returncode 255", 23757)
    assert is_told("Executing %s took %.3f seconds", "x", 2)


@linux
def test_a_worker_that_is_killed_is_replaced(narrow: Server) -> None:
    (worker,) = narrow.workers()
    with ThreadPoolExecutor(1) as client:
        asked = client.submit(narrow.query, ENDLESS)
        time.sleep(0.4)
        os.kill(worker, signal.SIGKILL)
        answer = asked.result(10)
    assert (answer.status, answer.media_type) == (503, "text/plain")
    assert answer.text == "the query could not be finished: its worker ended; ask for less\n"
    assert narrow.query("ASK {}").status == 200
    assert count_workers(narrow, 1) == 1
    assert narrow.workers() != [worker]


@linux
def test_an_idle_worker_that_is_killed_is_replaced(narrow: Server) -> None:
    (worker,) = narrow.workers()
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: not is_running(worker), 2)
    assert narrow.query("ASK {}").status in (200, 503)
    assert narrow.query("ASK {}").status == 200
    assert count_workers(narrow, 1) == 1


# ------------------------------------------------------------------------------------------------------ updates


@pytest.fixture(scope="module")
def changing(empty_store: Path) -> Iterator[Server]:
    """A server that takes updates, whose queries may take two seconds."""
    with serve("--store", empty_store, "--writable", "--timeout", "2", token=TOKEN) as server:
        yield server


def values(server: Server) -> list[str]:
    """The values of <a:value> in the store."""
    return server.query("SELECT ?v { ?s <a:value> ?v } ORDER BY ?v", "text/csv").text.split()[1:]


@pytest.mark.parametrize(
    "wrong",
    [
        "CREATE GRAPH <a:g> ; CREATE GRAPH <a:g>",
        "INSERT DATA { <a:s> <a:value> 3 } ; CREATE GRAPH <a:g> ; CREATE GRAPH <a:g>",
        "INSERT DATA {",
    ],
)
def test_an_update_that_fails_leaves_nothing(changing: Server, wrong: str) -> None:
    assert changing.update("DROP ALL ; INSERT DATA { <a:s> <a:value> 1 }").status == 204
    answer = changing.update(
        f"DELETE DATA {{ <a:s> <a:value> 1 }} ; INSERT DATA {{ <a:s> <a:value> 2 }} ; {wrong}"
    )
    assert answer.status == 400
    assert values(changing) == ["1"]


def test_every_worker_sees_an_update(changing: Server) -> None:
    for number in range(3):
        assert changing.update(f"DROP ALL ; INSERT DATA {{ <a:s> <a:value> {number} }}").status == 204
        with ThreadPoolExecutor(6) as clients:
            seen = list(clients.map(lambda _: values(changing), range(12)))
        assert seen == [[str(number)]] * 12


@pytest.mark.slow
def test_readers_see_before_or_after(changing: Server) -> None:
    rows = " ".join(f"<a:s{row}> <a:value> %d ." for row in range(500))

    def fill(number: int) -> str:
        return f"DROP ALL ; INSERT DATA {{ {rows % ((number,) * 500)} }}"

    changing.update(fill(0))
    done = threading.Event()

    def read() -> list[tuple[str, ...]]:
        seen = []
        while not done.is_set():
            answer = changing.query("SELECT ?v (COUNT(*) AS ?n) { ?s <a:value> ?v } GROUP BY ?v", "text/csv")
            assert answer.status == 200, answer.text
            seen.append(tuple(answer.text.split()[1:]))
        return seen

    with ThreadPoolExecutor(4) as clients:
        readers = [clients.submit(read) for _ in range(4)]
        for number in range(1, 6):
            assert changing.update(fill(number)).status == 204
        done.set()
        seen = [answer for reader in readers for answer in reader.result()]
    assert set(seen) <= {(f"{number},500",) for number in range(6)}


@linux
@pytest.mark.slow
def test_a_worker_on_its_way_during_an_update_is_not_left_behind(changing: Server) -> None:
    changing.update("DROP ALL ; INSERT DATA { <a:s> <a:value> 1 }")
    with ThreadPoolExecutor(4) as clients:
        long = [clients.submit(changing.query, ENDLESS) for _ in range(2)]
        time.sleep(1.5)
        updates = [
            clients.submit(changing.update, f"INSERT DATA {{ <a:s> <a:value> {number} }}")
            for number in (2, 3)
        ]
        assert [query.result().status for query in long] == [504, 504]
        assert [update.result().status for update in updates] == [204, 204]
    assert [values(changing) for _ in range(8)] == [["1", "2", "3"]] * 8
    assert count_workers(changing, 2) == 2


def test_a_long_update_is_ended(changing: Server) -> None:
    changing.update("DROP ALL ; INSERT DATA { <a:s> <a:value> 1 }")
    where = ENDLESS.partition("{")[2]
    answer = changing.update(
        f"DELETE DATA {{ <a:s> <a:value> 1 }} ; INSERT {{ <a:s> <a:value> 2 }} WHERE {{ {where}"
    )
    assert (answer.status, answer.text) == (504, "the update took longer than 2 s and was ended\n")
    assert values(changing) == ["1"]


def test_what_an_update_wrote_is_there_for_the_next_server(empty_store: Path, changing: Server) -> None:
    assert changing.update("DROP ALL ; INSERT DATA { <a:s> <a:value> 7 }").status == 204
    assert len(ox.Store.read_only(str(empty_store))) == 1


# ------------------------------------------------------------------------------------------- what does not start


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_port_in_use(taken: int, tmp_path: Path) -> None:
    require_server()
    done = fatu("serve", "--data", SAMPLE, "--port", str(taken), cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"fatu: 127.0.0.1:{taken}: cannot be listened on: Address already in use; choose another --port\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--store", "absent"], "absent: no such store"),
        (["--store", "folder"], "folder: is not a store"),
        (["--store", "other"], "other: Oxigraph says: Corruption"),
        (["--data", "absent"], "absent"),
        (["--data", "file"], "file"),
        (["--store", "http://me:secret@127.0.0.1:9/sparql"], "--store: http://127.0.0.1:9/sparql: the store"),
        (["--store", "folder", "--data", "file"], "--data: given beside --store"),
        (["--store", "folder", "--writable"], "--writable: no token"),
    ],
)
def test_what_cannot_be_served(arguments: list[str], message: str, tmp_path: Path) -> None:
    require_server()
    (tmp_path / "folder").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "CURRENT").write_text("no store")
    (tmp_path / "file").write_text("no graph")
    port = [] if "--port" in arguments else ["--port", "0"]
    done = fatu("serve", *arguments, *port, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.startswith("fatu: ") and len(done.err.splitlines()) == 1
