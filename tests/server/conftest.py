"""Servers that tests share: one that reads the sample report's graph, one on an empty store for each module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from fatu.iris import Iris
from fatu.storing import read_union
from fatu.storing.memory import to_ox
from servers import SAMPLE, TOKEN, Server, serve


@pytest.fixture(scope="session")
def sample_server() -> Iterator[Server]:
    """A server that only reads, on the graph of the sample report."""
    with serve("--data", SAMPLE) as server:
        yield server


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """What the server's store is to hold, in Oxigraph itself: the sample's graphs, all triples in the default one."""
    quads = [
        ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), to_ox(value), ox.NamedNode(graph))
        for subject, predicate, value, graph in read_union([SAMPLE], Iris(), alone=True)
    ]
    store = ox.Store(str(tmp_path_factory.mktemp("sample-store")))
    store.bulk_extend(quads)
    store.bulk_extend([ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads])
    return store


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that holds nothing."""
    folder = tmp_path_factory.mktemp("empty") / "store"
    store = ox.Store(str(folder))
    store.flush()
    del store
    return folder


@pytest.fixture(scope="module")
def writable(empty_store: Path) -> Iterator[Server]:
    """A server on a store of its own that takes updates from who has the token."""
    with serve("--store", empty_store, "--writable", token=TOKEN) as server:
        yield server
