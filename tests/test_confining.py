"""A parser that hangs, grows, crashes or reaches out takes only its own process with it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import bad_parsers
from fatu.errors import InputError
from fatu.reading.confining import Confinement
from fatu.reading.limits import Limits

NAMES = (
    "whole", "count", "refuse", "fail", "hang", "loop", "crash", "leave", "grow", "nest", "chatter", "connect", "fetch",
    "run", "shell", "scribble", "remove",
)  # fmt: skip
PARSERS = {name: ("bad_parsers", name) for name in NAMES}
LIMITS = Limits(seconds=20, memory=1 << 30, pages=7)


@pytest.fixture(scope="module")
def confinement() -> Iterator[Confinement]:
    with Confinement(LIMITS, PARSERS) as confinement:
        yield confinement


def test_an_extract_comes_back_as_it_is(confinement: Confinement) -> None:
    assert confinement.extract("whole", b"", "a") == bad_parsers.EXTRACT


@pytest.mark.parametrize("size", [0, 1, 70_000, 5_000_000])
def test_bytes_name_and_limits_arrive(size: int, confinement: Confinement) -> None:
    (piece,) = confinement.extract("count", b"\n" * size, "报告 1\n").pieces
    assert piece.text == f"报告 1\n: {size} {10 * size} 7"


@pytest.mark.parametrize(
    ("parser", "said"),
    [
        ("refuse", "报告: has no text; look at it"),
        ("fail", "报告: is damaged or not what it seems (ValueError: line one line two); save it again, or "
         "as plain text"),
        ("nest", "报告: is nested too deeply; save it again, or as plain text"),
        ("grow", "报告: needs more than 1024 MB of memory; raise --max-memory"),
        ("crash", "报告: makes its parser crash (signal 11); save it again, or as plain text"),
        ("leave", "报告: makes its parser crash (exit 0); save it again, or as plain text"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_one_line_and_the_next_file_is_read(
    parser: str, said: str, confinement: Confinement
) -> None:
    with pytest.raises(InputError) as caught:
        confinement.extract(parser, b"", "报告")
    assert str(caught.value) == said
    assert confinement.extract("whole", b"", "a") == bad_parsers.EXTRACT


@pytest.mark.parametrize("parser", ["hang", "loop"])
def test_one_that_takes_too_long_is_ended(parser: str) -> None:
    with Confinement(Limits(seconds=0.7), PARSERS) as confinement:
        start = time.monotonic()
        with pytest.raises(InputError, match=r"takes longer than 0\.7 s to parse; raise --timeout"):
            confinement.extract(parser, b"", "a")
        assert time.monotonic() - start < 10
        assert confinement.extract("whole", b"", "a") == bad_parsers.EXTRACT


def test_what_libraries_print_is_not_taken_for_an_answer(confinement: Confinement) -> None:
    assert confinement.extract("chatter", b"", "a") == bad_parsers.EXTRACT


@pytest.mark.parametrize("parser", ["connect", "fetch"])
def test_the_network_is_out_of_reach(parser: str, confinement: Confinement) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        with pytest.raises(InputError, match="not allowed to a parser"):
            confinement.extract(parser, str(server.getsockname()[1]).encode(), "a")
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("parser", ["run", "shell", "scribble"])
def test_nothing_is_run_or_written(parser: str, confinement: Confinement, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not allowed to a parser"):
        confinement.extract(parser, str(tmp_path / "made").encode(), "a")
    assert not (tmp_path / "made").exists()


def test_nothing_is_removed(confinement: Confinement, tmp_path: Path) -> None:
    (tmp_path / "kept").touch()
    with pytest.raises(InputError, match="not allowed to a parser"):
        confinement.extract("remove", str(tmp_path / "kept").encode(), "a")
    assert (tmp_path / "kept").exists()
