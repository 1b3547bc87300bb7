"""SPARQL servers that tests start: Oxigraph and Virtuoso."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SETTINGS = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{own}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = {limit}
"""


@dataclass(frozen=True)
class Server:
    """A server that runs, with what logs in to it."""

    name: str
    url: str
    login: dict[str, str]
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def demand(program: str, installed_by: str) -> str:
    """The path of a program; skips where it is not installed, or fails under FATU_REQUIRE_SERVERS=1."""
    beside = Path(sys.executable).with_name(program)
    found = str(beside) if beside.exists() else shutil.which(program)
    if found is None:
        reason = f"{program} is not installed ({installed_by})"
        if os.environ.get("FATU_REQUIRE_SERVERS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def run(command: list[str], port: int, log: Path) -> subprocess.Popen[bytes]:
    """Starts a server and waits until it listens."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=log.parent)
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        if process.poll() is not None:
            break
        time.sleep(0.1)
    stop(process)
    raise AssertionError(f"{command[0]} did not start: {log.read_text(errors='replace')[-2000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def running_oxigraph(folder: Path) -> Iterator[Server]:
    """An Oxigraph server on a store of its own."""
    program, port = demand("oxigraph", "pip install oxigraph"), free_port()
    command = [program, "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    process = run(command, port, folder / "log")
    try:
        yield Server("oxigraph", f"http://127.0.0.1:{port}", {}, process)
    finally:
        stop(process)


@contextmanager
def running_virtuoso(folder: Path, limit: int) -> Iterator[Server]:
    """A Virtuoso server that gives so many rows at most."""
    program = demand("virtuoso-t", "apt-get install virtuoso-opensource-7 virtuoso-opensource-7-bin")
    settings, port = folder / "virtuoso.ini", free_port()
    settings.write_text(SETTINGS.format(folder=folder, own=free_port(), port=port, limit=limit))
    process = run([program, "-f", "-c", str(settings)], port, folder / "log")
    login = {"FATU_STORE_USER": "dba", "FATU_STORE_PASSWORD": "dba"}
    try:
        yield Server("virtuoso", f"http://127.0.0.1:{port}/sparql", login, process)
    finally:
        stop(process)
