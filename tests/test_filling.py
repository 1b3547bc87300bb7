"""What is loaded piece by piece, while the next is written."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fatu.storing import filling
from fatu.storing.filling import fill


def line(number: int) -> bytes:
    return f"<http://e/{number}> <http://e/p> <http://e/o> <http://e/g> .\n".encode()


LINE = len(line(0))


def write_units(units: list[int], into: filling.Filling) -> None:
    """Units of so many lines each, no line twice."""
    numbers = count()
    for lines in units:
        for _ in range(lines):
            into.write(line(next(numbers)))
        into.end_unit()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three lines are a piece."""
    monkeypatch.setattr(filling, "SMALLEST", 3 * LINE)


# Lines of each unit → units that are told of, with pieces of three lines. A unit counts once its last line is in.
UNITS = [
    ([], [0]),
    ([1], [1]),
    ([1, 1], [2]),
    ([1, 1, 1], [2, 3]),
    ([2, 2], [1, 2]),
    ([1, 5], [1, 2]),
    ([4], [0, 1]),
    ([3, 3], [0, 1, 2]),
]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("units", "told"), UNITS)
def test_a_unit_counts_once_the_piece_with_its_last_line_is_loaded(
    units: list[int], told: list[int], tmp_path: Path
) -> None:
    store, heard = pyoxigraph.Store(), list[int]()
    with fill(store, tmp_path, heard.append) as into:
        write_units(units, into)
    assert len(store) == sum(units)
    assert heard == told
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("small")
def test_what_was_told_of_survives_that_the_rest_fails(tmp_path: Path) -> None:
    place, heard = tmp_path / "store", list[int]()
    store = pyoxigraph.Store(str(place))
    with pytest.raises(SyntaxError), fill(store, place, heard.append) as into:
        for number in range(7):
            into.write(line(number))
            into.end_unit()
        into.write(b"<not> a statement\n")
    assert heard == [2, 5]
    del store
    assert len(pyoxigraph.Store.read_only(str(place))) >= 6
    assert not list(place.glob("*.part"))


@pytest.mark.usefixtures("small")
def test_an_error_of_the_writer_ends_the_loading(tmp_path: Path) -> None:
    store = pyoxigraph.Store()
    with pytest.raises(ZeroDivisionError), fill(store, tmp_path) as into:
        for number in range(4):
            into.write(line(number))
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())


def check_all_is_there(writes: list[list[int]], beside: Path) -> None:
    """What is written so, a list at a time, is in the store as one file of all of it would be."""
    store = pyoxigraph.Store()
    with fill(store, beside) as into:
        for numbers in writes:
            into.write(b"".join(map(line, numbers)))
    whole = b"".join(line(number) for numbers in writes for number in numbers)
    assert set(store) == set(pyoxigraph.parse(whole, format=pyoxigraph.RdfFormat.N_QUADS))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(0, 30), max_size=9), max_size=9))
@pytest.mark.usefixtures("small")
def test_pieces_hold_what_one_file_would(tmp_path: Path, writes: list[list[int]]) -> None:
    check_all_is_there(writes, tmp_path)


# ------------------------------------------------------------------------------------------------------- streams


@pytest.fixture
def streamed(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the seventh line on all is streamed: 4 times as much as there is, 60 lines at the most."""
    monkeypatch.setattr(filling, "STREAMED", 6 * LINE)
    monkeypatch.setattr(filling, "LONGEST", 60 * LINE)


# Lines of each unit. Pieces of 3 and 3 lines, then streams of 24, 60, 60 …
STREAMS = [[6, 1], [6, 10, 14], [6, 23, 1, 5], [6, 24, 60, 60, 1], [200]]


@pytest.mark.usefixtures("streamed")
@pytest.mark.parametrize("units", STREAMS)
def test_a_stream_loads_what_is_written(units: list[int], tmp_path: Path) -> None:
    store, heard = pyoxigraph.Store(), list[int]()
    with fill(store, tmp_path, heard.append) as into:
        write_units(units, into)
    assert len(store) == sum(units)
    assert heard == sorted(set(heard))
    assert heard[-1] == len(units)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("streamed")
def test_of_a_stream_units_count_once_all_of_it_is_loaded(tmp_path: Path) -> None:
    heard = list[int]()
    with fill(pyoxigraph.Store(), tmp_path, heard.append) as into:
        for number in range(30 + 39):
            into.write(line(number))
            into.end_unit()
        assert [units for units in heard if units > 6] == [29]  # the unit of the last line is not ended there
    assert heard[-1] == 69


@pytest.mark.usefixtures("streamed")
@pytest.mark.parametrize(
    ("expected", "told"),
    [
        # A unit is a line: the last one of a piece or stream ends after it was handed over.
        ({"units": 40}, [2, 40]),  # what is to come shows after the first piece: all else is one stream
        ({"size": 40 * LINE}, [40]),
        ({"units": 5}, [2, 5, 29, 40]),  # a wrong guess: as where there is none
        ({}, [2, 5, 29, 40]),
    ],
)
def test_what_is_to_be_expected_is_streamed_at_once(
    expected: dict[str, int], told: list[int], tmp_path: Path
) -> None:
    heard = list[int]()
    with fill(pyoxigraph.Store(), tmp_path, heard.append, **expected) as into:
        for number in range(40):
            into.write(line(100 + number))
            into.end_unit()
    assert heard == told


@pytest.mark.usefixtures("streamed")
@pytest.mark.parametrize("after", [0, 1, 20, 100_000])
def test_lines_that_are_none_end_a_stream(after: int, tmp_path: Path) -> None:
    """Whatever else is written: the writer hears of it at the latest at the end, and waits for nobody."""
    place = tmp_path / "store"
    store = pyoxigraph.Store(str(place))
    with pytest.raises(SyntaxError), fill(store, place) as into:
        for number in range(7):
            into.write(line(number))
        into.write(b"<not> a statement\n")
        for number in range(after):
            into.write(line(number))
    assert len(store) == 6
    assert not list(place.glob("*.part"))


@pytest.mark.usefixtures("streamed")
def test_an_error_of_the_writer_ends_a_stream(tmp_path: Path) -> None:
    store = pyoxigraph.Store()
    with pytest.raises(ZeroDivisionError), fill(store, tmp_path) as into:
        for number in range(9):
            into.write(line(number))
        raise ZeroDivisionError
    assert len(store) == 6
    assert not list(tmp_path.iterdir())


def test_where_there_are_no_streams_all_is_loaded_in_pieces(
    streamed: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(filling, "_CAN_STREAM", False)
    store = pyoxigraph.Store()
    with fill(store, tmp_path) as into:
        for number in range(50):
            into.write(line(number))
    assert len(store) == 50


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(0, 90), max_size=20), max_size=20))
@pytest.mark.usefixtures("streamed")
def test_streams_hold_what_one_file_would(tmp_path: Path, writes: list[list[int]]) -> None:
    check_all_is_there(writes, tmp_path)


class Watched:
    """A store that tells how many quads it had whenever its files were merged."""

    def __init__(self) -> None:
        self.inner, self.merged = pyoxigraph.Store(), list[int]()

    def bulk_load(self, **given: Any) -> None:
        self.inner.bulk_load(**given)

    def optimize(self) -> None:
        self.merged.append(len(self.inner))
        self.inner.optimize()


@pytest.mark.parametrize(("lines", "is_merged"), [(6, False), (7, True), (90, True)])
@pytest.mark.usefixtures("streamed")
def test_what_was_streamed_is_merged_in_the_end(lines: int, is_merged: bool, tmp_path: Path) -> None:
    """A look-up goes through each file that is not."""
    store = Watched()
    with fill(store, tmp_path) as into:  # type: ignore[arg-type]
        for number in range(lines):
            into.write(line(number))
    assert store.merged == [lines] * is_merged
