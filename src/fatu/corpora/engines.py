"""Who makes the parts: this process, several on this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import threading
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from .keys import Setting
from .parts import Failure, Job, Made, make_part, make_parts

_AHEAD = 3
"""Batches for each worker that are under way or wait."""
_BATCH, _BATCH_BYTES = 16, 4 << 20
"""Most files, and most bytes, of a batch."""
_OBJECTS = 100_000
"""New objects until a worker looks for cycles."""
Batch = tuple[Job, ...]


class Engine(Protocol):
    """Makes parts, in any order."""

    def make(self, jobs: Iterable[Job], setting: Setting) -> Iterator[Made]:
        """What each job came to. Jobs are taken no faster than they are done."""
        ...


def batches(jobs: Iterable[Job]) -> Iterator[Batch]:
    """Jobs in batches."""
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += len(job.file.data)
        if len(batch) == _BATCH or size >= _BATCH_BYTES:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


class OneProcess:
    """This process."""

    def make(self, jobs: Iterable[Job], setting: Setting) -> Iterator[Made]:
        """One after the other."""
        return (make_part(job, setting) for job in jobs)


class Processes:
    """Several processes on this machine. One that dies takes nothing with it but the file that killed it."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def make(self, jobs: Iterable[Job], setting: Setting) -> Iterator[Made]:
        """Parts as they are done."""
        waiting = batches(jobs)
        while True:
            lost = yield from self._until_broken(waiting, setting)
            if not lost:
                return
            for job in (job for batch in lost for job in batch):
                yield self._make_alone(job, setting)

    def _until_broken(self, waiting: Iterator[Batch], setting: Setting) -> Generator[Made, None, list[Batch]]:
        """Parts; in the end the batches that were under way when a worker died."""
        under_way: dict[Future[list[Made]], Batch] = {}
        pool = _start(self.workers)
        try:
            while True:
                while len(under_way) < self.workers * _AHEAD and (batch := next(waiting, None)):
                    try:
                        under_way[pool.submit(make_parts, batch, setting)] = batch
                    except BrokenProcessPool:
                        return [*under_way.values(), batch]
                if not under_way:
                    return []
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    made = future.result()
                    del under_way[future]
                    yield from made
        except BrokenProcessPool:
            return list(under_way.values())
        finally:
            _end(pool)

    def _make_alone(self, job: Job, setting: Setting) -> Made:
        pool = _start(1)
        try:
            return pool.submit(make_part, job, setting).result()
        except BrokenProcessPool:
            problem = "makes the process that reads it crash; save it as plain text"
            return Failure(job.key, job.file.name, f"{job.file.name}: {problem}")
        finally:
            _end(pool)


def _start(workers: int) -> ProcessPoolExecutor:
    # Not by fork: a copy of this process would hold its open files and database.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _settle)


def _end(pool: ProcessPoolExecutor) -> None:
    """Ends the workers; whatever they are at is of no more use."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


def _settle() -> None:
    """What a worker does first. It would wait for work as long as it lives, also where the process that gives it was
    killed: it ends with that. And it looks seldom for cycles of objects, since a report leaves hardly any."""
    gc.set_threshold(_OBJECTS)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
