"""Who makes the parts of a corpus makes no difference, nor does what happens to them on the way."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands import environment, fatu
from corpora import DeadlyFile, build, dump, report, write_files
from fatu.corpora import Processes, Setting
from fatu.corpora.engines import batches
from fatu.corpora.parts import Failure, Job, LoadedFile, Part
from fatu.errors import UsageError
from fatu.model import Overrides

AREAS = ("开封市顺河回族区", "开封市龙亭区", "开封市鼓楼区", "开封市禹王台区", "开封市祥符区", "郑州市金水区")
SHARED = (
    "强化行政执法监督,全面落实行政执法公示、执法全过程记录、重大执法决定法制审核三项制度,推进严格规范执法。"
)


def many(years: range) -> dict[str, str]:
    """A report for each of six districts and some years."""
    return {
        f"{year}/{number}.txt": report(
            area,
            year,
            f"全年受理行政复议案件{number + year % 7 + 3}件,上年为{number + 3}件。",
            "贯彻落实《法治政府建设实施纲要(2015—2020年)》。",
            SHARED,
        )
        for year in years
        for number, area in enumerate(AREAS)
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(tmp_path_factory.mktemp("corpus") / "reports", many(range(2016, 2021)))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> list[str]:
    """The statements of the store that an undisturbed run makes."""
    store = tmp_path_factory.mktemp("undisturbed") / "store"
    summary = build(folder, store)
    assert (summary.reports, summary.failed) == (30, 0)
    return dump(store)


def jobs(*texts: str) -> list[Job]:
    return [
        Job(f"{number:032}", LoadedFile(f"{number}.txt", data=text.encode()), Overrides())
        for number, text in enumerate(texts)
    ]


# ---- processes -----------------------------------------------------------------------------------------------


def test_batches_hold_every_job_once_and_no_more_than_so_many_bytes() -> None:
    given = [Job(str(n), LoadedFile(str(n), data=b"x" * (n * 300_000)), Overrides()) for n in range(40)]
    made = list(batches(given))
    assert [job for batch in made for job in batch] == given
    assert all(len(batch) <= 16 for batch in made)
    assert all(sum(len(job.file.data) for job in batch[:-1]) < 4 << 20 for batch in made)


@pytest.mark.slow
def test_a_worker_that_dies_costs_the_file_that_killed_it() -> None:
    """All other files of its batch are made; the one that kills again fails, and is named."""
    given = jobs(*(report(area, 2020, "全年受理行政复议案件9件。") for area in AREAS))
    given[2] = Job("2", DeadlyFile("deadly.txt"), Overrides())
    made = list(Processes(2).make(given, Setting()))
    failed = [each for each in made if isinstance(each, Failure)]
    assert len([each for each in made if isinstance(each, Part)]) == 5
    assert len(failed) == 1 and "crash" in failed[0].problem and "deadly.txt" in failed[0].problem


def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path, folder: Path) -> None:
    process = start(folder, tmp_path / "store", "--workers", "2")
    workers = wait_for(lambda: children(process.pid))
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert wait_for(lambda: not any(is_alive(pid) for pid in workers))


# ---- kills ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_run_that_is_killed_again_and_again_comes_to_the_same(
    tmp_path: Path, folder: Path, undisturbed: list[str], seed: int
) -> None:
    """kill -9 at five moments each: the run after it goes on, and in the end nothing tells of them."""
    chance = random.Random(seed)
    store = tmp_path / "store"
    for _ in range(5):
        process = start(folder, store, "--workers", "2")
        time.sleep(chance.uniform(0.1, 6))
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = fatu("corpus", "build", str(folder), "--store", str(store), cwd=tmp_path)
    assert done.code == 0, done.err
    assert dump(store) == undisturbed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store", "store.cache"]


# ---- a Dask cluster ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler and two workers, each a process."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'fatu[dask]'")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


@pytest.mark.slow
def test_a_cluster_makes_the_same(tmp_path: Path, folder: Path, undisturbed: list[str], cluster: Any) -> None:
    done = fatu(
        "corpus", "build", str(folder), "--store", str(tmp_path / "store"), "--scheduler", cluster.scheduler_address,
        cwd=tmp_path,
    )  # fmt: skip
    assert done.code == 0, done.err
    assert dump(tmp_path / "store") == undisturbed


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_makes_the_same(
    tmp_path: Path, folder: Path, undisturbed: list[str], cluster: Any
) -> None:
    from fatu.corpora.distributed import Cluster

    client = cluster.get_client()
    engine = Cluster(client)
    killed: list[int] = []

    class Disturbed:
        """Kills a worker once the first part is there."""

        def make(self, given: Any, setting: Setting) -> Iterator[Any]:
            for made in engine.make(given, setting):
                if not killed:
                    pid = next(iter(client.run(os.getpid).values()))
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                yield made

    build(folder, tmp_path / "store", Disturbed())
    assert killed
    assert dump(tmp_path / "store") == undisturbed


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_told() -> None:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'fatu[dask]'")
    from fatu.corpora.distributed import connect

    with pytest.raises(UsageError, match="no Dask scheduler answers at tcp"):
        connect("tcp://127.0.0.1:9")


# ---- the command ---------------------------------------------------------------------------------------------


def test_the_command_tells_what_it_did(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "broken.pdf").write_bytes(b"%PDF-1.7")
    arguments = ("corpus", "build", str(folder), str(tmp_path / "more"), "--store", str(tmp_path / "store"))
    done = fatu(*arguments, "--workers", "1", cwd=tmp_path)
    assert done.code == 1
    assert done.out == ""
    assert (
        "broken.pdf" in done.err
        and "30 reports" in done.err
        and "31 files (31 read, 0 known), 1 failed" in done.err
    )
    again = fatu(*arguments, cwd=tmp_path)
    assert again.code == 1
    assert "(1 read, 30 known)" in again.err and "0 graphs written" in again.err


def test_a_compact_store_says_the_same(tmp_path: Path, folder: Path, undisturbed: list[str]) -> None:
    arguments = ("corpus", "build", str(folder), "--store", str(tmp_path / "store"))
    assert fatu(*arguments, "--compact", cwd=tmp_path).code == 0
    assert dump(tmp_path / "store") == undisturbed


def test_history_writes_an_earlier_text(tmp_path: Path) -> None:
    text = report(AREAS[0], 2020, "全年受理行政复议案件9件。")
    folder = write_files(tmp_path / "reports", {"a.txt": text})
    build(folder, tmp_path / "store")
    write_files(folder, {"a.txt": text.replace("9件", "10件")})
    build(folder, tmp_path / "store")
    arguments = ("corpus", "history", "410203-gov-2020", "--store", "store")
    told = fatu(*arguments, cwd=tmp_path)
    head, line = told.out.splitlines()
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert (told.code, head, line) == (0, "sha256\tpublished", f"{digest}\t2021-01-20")
    assert fatu(*arguments, "--version", digest[:8], "-o", "old.nq", cwd=tmp_path).code == 0
    assert '"9"^^' in (tmp_path / "old.nq").read_text(encoding="utf-8")
    none = fatu(*arguments, "--version", "zz", cwd=tmp_path)
    assert (none.code, "0 earlier texts" in none.err) == (2, True)
    unknown = fatu("corpus", "history", "410203-gov-2099", "--store", "store", cwd=tmp_path)
    assert (unknown.code, "the corpus has none with the id '410203-gov-2099'" in unknown.err) == (2, True)
    missing = fatu("corpus", "history", "410203-gov-2020", "--store", "nothing", cwd=tmp_path)
    assert (missing.code, "no corpus was built with it" in missing.err) == (2, True)


def test_what_a_text_does_not_tell_is_given_in_the_table(tmp_path: Path) -> None:
    """`corpus build` has no --area: the remedy must name what it has."""
    untold = "关于法治政府建设情况的报告\n\n2020年,受理行政复议案件9件。\n"
    folder = write_files(
        tmp_path / "reports", {"a.txt": untold, "b.txt": report(AREAS[0], 2020, "开展培训3次。")}
    )
    told = fatu("corpus", "build", str(folder), "--store", "store", cwd=tmp_path)
    assert told.code == 1
    assert "which area it is about; give it in the table of --metadata" in told.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["missing"], "missing: no report in it: no such file; check the path"),
        (["{folder}", "--workers", "2", "--scheduler", "tcp://x:1"], "--workers: given beside --scheduler"),
        (["{folder}", "--metadata", "missing.tsv"], "missing.tsv: cannot be read"),
        (["{folder}", "--store", "{folder}"], "exists and is not a store"),
    ],
)
def test_bad_usage_is_one_line(tmp_path: Path, folder: Path, arguments: list[str], told: str) -> None:
    given = [argument.format(folder=folder) for argument in arguments]
    store = [] if "--store" in given else ["--store", str(tmp_path / "store")]
    cache = ["--cache", str(tmp_path / "cache")]
    done = fatu("corpus", "build", *given, *store, *cache, cwd=tmp_path)
    assert done.code == 2
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits on files are POSIX's")
@pytest.mark.parametrize("blocks", [30, 200, 3000])
def test_no_room_is_told_and_what_is_done_is_kept(
    tmp_path: Path, folder: Path, undisturbed: list[str], blocks: int
) -> None:
    """A limit on the size of files stands for a full disk: of the index, of the parts, of the store."""
    store = tmp_path / "store"
    command = [
        sys.executable,
        "-m",
        "fatu",
        "corpus",
        "build",
        str(folder),
        "--store",
        str(store),
        "--workers",
        "1",
    ]
    limited = ["bash", "-c", f'ulimit -f {blocks}; exec "$@"', "bash", *command]
    done = subprocess.run(limited, env=environment(), capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "cannot be written" in done.stderr or "Oxigraph says" in done.stderr
    assert "Traceback" not in done.stderr
    assert not store.exists()
    assert fatu("corpus", "build", str(folder), "--store", str(store), cwd=tmp_path).code == 0
    assert dump(store) == undisturbed


# ---- processes that tests start ------------------------------------------------------------------------------


def start(folder: Path, store: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "fatu", "corpus", "build", str(folder), "--store", str(store), *options]
    return subprocess.Popen(
        command,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def children(parent: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True).stdout
    return [int(pid) for pid in found.split()]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(condition: Any) -> Any:
    for _ in range(600):
        if found := condition():
            return found
        time.sleep(0.05)
    pytest.fail("waited half a minute in vain")


def test_what_is_told_of_a_file_that_was_read_is_written_down(tmp_path: Path) -> None:
    table = tmp_path / "files.tsv"
    table.write_text("file\tyear\na.txt\t2019\n", encoding="utf-8")
    store = tmp_path / "store"
    folder = write_files(
        tmp_path / "reports", {"a.txt": report("开封市龙亭区", 2020, "受理行政复议案件12件。")}
    )
    for made in ("made", "known", "taken from the shelf"):
        if made == "taken from the shelf":
            (tmp_path / "store.cache" / "index.sqlite").unlink()
        told = fatu("corpus", "build", folder, "--store", store, "--metadata", table, cwd=tmp_path)
        assert told.code == 0, told.err
        assert "1 note on what was read; see " in told.err, made
        path, _, note = (tmp_path / "store.cache" / "notes.tsv").read_text(encoding="utf-8").partition("\t")
        assert path.endswith("a.txt")
        assert "2020" in note and "2019" in note
