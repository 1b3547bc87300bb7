"""Parsers that do what a hostile file may make a parser do; run by test_confining in a confined process."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import time
import urllib.request
from decimal import Decimal
from pathlib import Path

from fatu.errors import InputError
from fatu.model import Box, Page
from fatu.reading.extract import Extract, Piece
from fatu.reading.limits import Limits

EXTRACT = Extract(
    (
        Piece("受理9件", page=2, box=Box(1, 20, 300, 4000), confidence=Decimal("0.875")),
        Piece("\n"),
        Piece("😀\ud800", path="/html/body/p[1]"),
        Piece("审结8件", paragraph=7),
    ),
    (Page(2, "image/webp", bytes(range(256))),),
    "gb18030",
    ("a picture was left out",),
)


def whole(data: bytes, name: str, limits: Limits) -> Extract:
    return EXTRACT


def count(data: bytes, name: str, limits: Limits) -> Extract:
    return Extract((Piece(f"{name}: {len(data)} {sum(data)} {limits.pages}"),))


def refuse(data: bytes, name: str, limits: Limits) -> Extract:
    raise InputError(name, "has no text", "look at it")


def fail(data: bytes, name: str, limits: Limits) -> Extract:
    raise ValueError("line one\nline two")


def hang(data: bytes, name: str, limits: Limits) -> Extract:
    while True:
        time.sleep(0.1)


def loop(data: bytes, name: str, limits: Limits) -> Extract:
    while True:
        pass


def crash(data: bytes, name: str, limits: Limits) -> Extract:
    ctypes.string_at(0)
    return EXTRACT


def leave(data: bytes, name: str, limits: Limits) -> Extract:
    os._exit(0)


def grow(data: bytes, name: str, limits: Limits) -> Extract:
    kept = []
    while True:
        kept.append(bytearray(64 << 20))


def nest(data: bytes, name: str, limits: Limits) -> Extract:
    return nest(data, name, limits)


def chatter(data: bytes, name: str, limits: Limits) -> Extract:
    print("noise" * 100_000, flush=True)
    os.write(1, b"noise")
    return EXTRACT


def connect(data: bytes, name: str, limits: Limits) -> Extract:
    socket.create_connection(("127.0.0.1", int(data)), timeout=1)
    return EXTRACT


def fetch(data: bytes, name: str, limits: Limits) -> Extract:
    urllib.request.urlopen(f"http://127.0.0.1:{data.decode()}/", timeout=1)
    return EXTRACT


def run(data: bytes, name: str, limits: Limits) -> Extract:
    subprocess.run(["touch", data.decode()], check=True)
    return EXTRACT


def shell(data: bytes, name: str, limits: Limits) -> Extract:
    os.system(f"touch {data.decode()}")
    return EXTRACT


def scribble(data: bytes, name: str, limits: Limits) -> Extract:
    Path(data.decode()).write_text("here")
    return EXTRACT


def remove(data: bytes, name: str, limits: Limits) -> Extract:
    Path(data.decode()).unlink()
    return EXTRACT
