"""Starts `fatu serve` as a user does, and asks it over HTTP, byte by byte where need be."""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest

from commands import ROOT, environment

TOKEN = "a token of the tests"
SAMPLE = ROOT / "graphs" / "410203-gov-2020"
JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


@dataclass(frozen=True)
class Answer:
    """What a server said; the names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        port = urlsplit(self.url).port
        assert port is not None
        return port

    def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 60,
    ) -> Answer:
        """One request as it is written: nothing is added to its headers but Host and Content-Length."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, told, response.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str = "*/*") -> Answer:
        """GET; characters of the path that an address cannot hold are encoded."""
        return self.send("GET", quote(path, safe="/?&=%:+"), {"accept": accept})

    def query(self, text: str, accept: str = JSON, timeout: float = 60, **more: str | list[str]) -> Answer:
        """A query by POST; `more` are parameters of the protocol, with _ for -."""
        pairs = urlencode({name.replace("_", "-"): value for name, value in more.items()}, doseq=True)
        path = f"/sparql?{pairs}" if pairs else "/sparql"
        return self.send("POST", path, {"content-type": QUERY, "accept": accept}, text.encode(), timeout)

    def update(self, text: str, token: str | None = None) -> Answer:
        """An update by POST, with the server's token unless told."""
        headers = {"content-type": UPDATE}
        if token is None and self.token:
            headers["authorization"] = f"Bearer {self.token}"
        elif token:
            headers["authorization"] = f"Bearer {token}"
        return self.send("POST", "/sparql", headers, text.encode())

    def holds(self, pattern: str) -> bool:
        """Whether the store holds a pattern."""
        answer = self.query(f"ASK {{ {pattern} }}")
        assert answer.status == 200, answer.text
        return bool(answer.json()["boolean"])

    def workers(self) -> list[int]:
        """The processes of the server's own, by id. Linux only."""
        return sorted(find_children(self.process.pid))


def find_children(parent: int) -> Iterator[int]:
    """The ids of the processes that a process has started and that still run. Linux only."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, mother = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(mother) == parent and state != "Z":
                yield int(folder.name)


def is_running(process: int) -> bool:
    """Whether a process runs; one that is dead but not yet buried does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def require_server() -> None:
    """Skips where the extra `serve` is not installed, or fails where FATU_REQUIRE_SERVERS=1."""
    absent = [name for name in ("fastapi", "uvicorn") if importlib.util.find_spec(name) is None]
    if not absent:
        return
    reason = f"{' and '.join(absent)} not installed: no server is started"
    if os.environ.get("FATU_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@contextlib.contextmanager
def serve(*options: str | Path, token: str = "", **more: str) -> Iterator[Server]:
    """A server on a free port of the loopback interface, from when it answers; ended afterwards."""
    require_server()
    with tempfile.TemporaryDirectory(prefix="fatu-test-") as folder:
        log = Path(folder) / "log"
        if token:
            more["FATU_TOKEN"] = token
        with log.open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "fatu", "serve", *map(str, options), "--port", "0"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=environment(**more),
                cwd=folder,
            )
        try:
            yield _wait_until_ready(process, log, token)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path, token: str) -> Server:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        said = log.read_text(encoding="utf-8")
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}: {said}")
        if "http://" in said:
            url = said[said.index("http://") :].split()[0].rstrip("/")
            server = Server(process, url, log, token)
            with contextlib.suppress(OSError, http.client.HTTPException):
                if server.get("/health").status == 200:
                    return server
        time.sleep(0.05)
    pytest.fail(f"the server did not answer within 60 s: {log.read_text(encoding='utf-8')}")
