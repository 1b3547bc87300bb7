"""A corpus on SPARQL servers: brought up to date as a folder is, also after a server that went away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpora import report, write_files
from fatu.corpora import Corpus, Summary
from fatu.errors import StoreError
from fatu.iris import BASE
from fatu.storing import RemoteStore, open_store
from sparql_servers import Server, running_oxigraph, running_virtuoso

pytestmark = [pytest.mark.server, pytest.mark.slow]

FILES = {
    "a.txt": report("开封市顺河回族区", 2020, "全年受理行政复议案件9件,审结8件。"),
    "b.txt": report("开封市龙亭区", 2020, "全年受理行政复议案件12件,审结12件。"),
    "c.txt": report("开封市顺河回族区", 2021, "全年受理行政复议案件15件,上年为12件。"),
}


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """An empty server, its login in the environment."""
    running = running_oxigraph(tmp_path) if request.param == "oxigraph" else running_virtuoso(tmp_path, 4000)
    with running as started:
        for name, value in started.login.items():
            monkeypatch.setenv(name, value)
        yield started


def build(folder: Path, url: str, cache: Path) -> Summary:
    with Corpus(cache) as corpus:
        return corpus.build([folder], url)


def statements(where: str) -> set[str]:
    """What the graphs of reports in a store say, and their default graph."""
    with open_store(where) as store:
        names = [name for name in store.graph_names() if name.startswith(f"{BASE}id/graph/")]
        return {f"{triple} {name}" for name in names for triple in store.read_graph(name)}


def test_a_server_holds_what_a_folder_would(server: Server, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "reports", FILES)
    first = build(folder, server.url, tmp_path / "cache")
    build(folder, str(tmp_path / "local"), tmp_path / "cache")
    assert first.stored is not None
    assert statements(server.url) == statements(str(tmp_path / "local"))
    again = build(folder, server.url, tmp_path / "cache")
    assert again.stored is not None and (again.stored.written, again.stored.removed) == (0, 0)


def test_what_is_gone_leaves_the_server(server: Server, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "reports", FILES)
    build(folder, server.url, tmp_path / "cache")
    write_files(folder, {"a.txt": FILES["a.txt"]})
    build(folder, server.url, tmp_path / "cache")
    build(folder, str(tmp_path / "local"), tmp_path / "cache")
    assert statements(server.url) == statements(str(tmp_path / "local"))
    with RemoteStore(server.url) as store:
        answer = store.query(f"ASK {{ ?report <{BASE}ns#reportYear> ?year . FILTER(STR(?year) = '2021') }}")
    assert not bool(answer)


def test_a_server_that_goes_away_is_told_and_the_next_run_goes_on(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "reports", FILES)
    (tmp_path / "one").mkdir()
    with running_oxigraph(tmp_path / "one") as server:
        url = server.url
    with pytest.raises(StoreError) as told:
        build(folder, url, tmp_path / "cache")
    assert url in str(told.value) and "\n" not in str(told.value)
    with running_oxigraph(tmp_path / "one") as server:
        summary = build(folder, server.url, tmp_path / "cache")
        assert summary.made == 0  # what was read before is kept
        assert summary.reports == 3
