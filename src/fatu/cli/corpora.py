"""Commands for many reports: corpus build, corpus unmatched, corpus history."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .completing import complete_report
from .helping import SpokenGroup
from .options import GUIDANCE_OPTIONS, format_option, output_option, take_guidance, write
from .stores import compact_folder, compact_option
from .telling import counted, spoken, tell

if TYPE_CHECKING:
    from ..corpora import Corpus, Engine, Summary, Watcher

_STAGES = {
    "list": "listing files",
    "read": "reading reports",
    "relate": "comparing reports",
    "store": "storing",
    "settle": "putting the store in order",
}


@click.group(cls=SpokenGroup)
def corpus() -> None:
    """Many reports as one data set.

    \b
    Example:
      fatu corpus build reports/ --store store
    """


@corpus.command("build")
@click.argument("inputs", nargs=-1, required=True, metavar="DIR…", type=click.Path(path_type=Path))
@click.option("--store", required=True, metavar="PATH|URL",
              help="The store that is to hold the corpus: a folder, made if it is not there, or a server.")  # fmt: skip
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Where what was read is kept; default: beside the store, STORE.cache.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 1024), metavar="N",
              help="Processes on this machine; default: one for each core.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler whose workers read: tcp://host:8786.")
@click.option("--metadata", type=click.Path(path_type=Path), metavar="FILE",
              help="What you know of the files: a table with tabs and the columns file, area, year, issuer, published, "
              "source_url, id.")  # fmt: skip
@compact_option
def build_corpus(
    inputs: tuple[Path, ...], store: str, cache: Path | None, compact: bool, **options: Any
) -> int:
    """Read all reports in folders, ZIP archives and files, and make a store hold them, no more and no less.

    What was read before is not read again unless it, or fatu, or your lexicon has changed; a report whose file is gone
    leaves the store. A run that was broken off goes on where it stopped. Files that cannot be read are named, and all
    others are built.

    \b
    Example:
      fatu corpus build reports/ --store store
      fatu corpus build reports/ --store store --workers 8 --metadata files.tsv
      fatu corpus build reports/ --store store --scheduler tcp://10.0.0.5:8786
    """
    from ..corpora import Corpus, Setting
    from ..corpora.metadata import Metadata, load_metadata

    start = time.monotonic()
    base, guidance, limits = take_guidance(options)
    told = load_metadata(options["metadata"]) if options["metadata"] else Metadata()
    engine = _engine(options["scheduler"], options["workers"])
    with Corpus(cache or _beside(store), Setting(base, guidance, limits)) as kept, _watching() as watcher:
        summary = kept.build(inputs, store, engine, told, watcher)
    if compact:
        compact_folder(store)
    _tell(summary, time.monotonic() - start)
    return 1 if summary.failed else 0


for _option in reversed(GUIDANCE_OPTIONS):
    build_corpus = _option(build_corpus)


_store_option = click.option("--store", metavar="PATH|URL", help="The store that holds the corpus.")
_cache_option = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where what was read is kept, as the corpus was built with; default: beside the store, STORE.cache.",
)


def _open(store: str | None, cache: Path | None) -> Corpus:
    """A corpus that was built."""
    from ..corpora import Corpus
    from ..errors import UsageError

    if cache is None and store is None:
        raise UsageError("corpus", "neither --store nor --cache is given", "give the store of the corpus")
    return Corpus(cache or _beside(store or ""), is_new=False)


@corpus.command("unmatched")
@_store_option
@_cache_option
@format_option("csv", "json")
@output_option
def unmatched(store: str | None, cache: Path | None, style: str, output: Path | None) -> None:
    """List what the reports of a corpus count that the catalogue has no indicator for, by how many reports do.

    \b
    Example:
      fatu corpus unmatched --store store -o lacking.csv
    """
    from ..corpora.index import Lacking
    from ..exporting.records import write_csv, write_json

    with _open(store, cache) as kept:
        records = [dict(lacking._asdict()) for lacking in kept.lacking()]
    if style == "json":
        write(write_json(records), output)
    else:
        write(write_csv(records, Lacking._fields), output)


@corpus.command("history")
@click.argument("report", metavar="REPORT", shell_complete=complete_report)
@_store_option
@_cache_option
@click.option(
    "--version", metavar="SHA256", help="Write the graph of this earlier text, told by its first digits."
)
@output_option
def history(
    report: str, store: str | None, cache: Path | None, version: str | None, output: Path | None
) -> None:
    """Tell the earlier texts of a report (410203-gov-2020) that was published anew, or write the graph of one.

    \b
    Example:
      fatu corpus history 410203-gov-2020 --store store
      fatu corpus history 410203-gov-2020 --store store --version 7cd4 -o old.nq
    """
    from ..errors import UsageError

    with _open(store, cache) as kept:
        versions = kept.versions(report)
        if version is None:
            lines = [f"{v.sha256}\t{v.published or '-'}" for v in versions]
            write("".join(f"{line}\n" for line in ("sha256\tpublished", *lines)).encode(), output)
            return
        chosen = [v for v in versions if v.sha256.startswith(version.lower())]
        if len(chosen) != 1:
            problem = f"{len(chosen)} earlier texts of {report} begin so"
            raise UsageError("--version", problem, f"see: fatu corpus history {report}")
        write(kept.version_quads(chosen[0]), output)


def _engine(scheduler: str | None, workers: int | None) -> Engine:
    from ..corpora import OneProcess, Processes

    if scheduler:
        from ..corpora.distributed import Cluster, connect
        from ..errors import UsageError

        if workers:
            raise UsageError("--workers", "given beside --scheduler", "the cluster has its own workers")
        return Cluster(connect(scheduler))
    count = workers or _cores()
    return OneProcess() if count == 1 else Processes(count)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _beside(store: str) -> Path:
    """Where what was read is kept: beside a store's folder; for a server in the user's own cache."""
    from ..storing.remote import is_url

    if not is_url(store):
        return Path(f"{store.rstrip('/')}.cache")
    import hashlib

    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(home).expanduser() / "fatu" / hashlib.sha256(store.encode()).hexdigest()[:16]


@contextmanager
def _watching() -> Iterator[Watcher]:
    """Bars with rate and time left on a terminal; elsewhere only notes."""
    from ..corpora import Progress, Watcher

    if not sys.stderr.isatty():
        yield Watcher(note=tell)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(), TextColumn(spoken("left")), TimeRemainingColumn(),
    )  # fmt: skip
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = bars.add_task(spoken(_STAGES[progress.stage]), rate="")
            task = tasks[progress.stage]
            speed = bars.tasks[task].speed
            bars.update(
                task,
                completed=progress.done,
                total=progress.of or None,
                rate=f"{speed:.0f}/s" if speed else "",
            )

        yield Watcher(
            show, lambda line: bars.console.print(f"fatu: {spoken(line)}", markup=False, highlight=False)
        )


def _tell(summary: Summary, seconds: float) -> None:
    for _, problem in summary.failures:
        tell(problem)
    if summary.failed > len(summary.failures):
        tell(f"… and {summary.failed - len(summary.failures)} more; see {summary.failure_list}")
    if summary.noted:
        tell(f"{counted(summary.noted, 'note')} on what was read; see {summary.note_list}")
    tell(
        f"{counted(summary.files, 'file')} ({summary.made} read, {summary.files - summary.made} known), "
        f"{summary.failed} failed, {summary.repeated} with the text of another"
    )
    stored = summary.stored
    if stored is not None:
        tell(
            f"{counted(summary.reports, 'report')}, {counted(summary.versions, 'earlier version')}; "
            f"{counted(stored.written, 'graph')} written, {stored.removed} removed; "
            f"{counted(summary.statements, 'statement')}"
        )
    tell(f"done in {seconds:.1f} s")
