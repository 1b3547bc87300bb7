"""Parts made by a Dask cluster: files go to its workers as bytes and come back as parts, so that it needs neither a
folder that all machines see nor anything of the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..errors import StoreError, UsageError, how_to_get
from .engines import batches
from .keys import Setting, program_digest
from .parts import Job, Made, make_parts

if TYPE_CHECKING:
    from distributed import Client

_AHEAD = 3
"""Batches for each worker that are under way or wait."""
_RETRIES = 3


class Cluster:
    """The workers of a Dask cluster. A worker that dies has its batches made by another."""

    def __init__(self, client: Client) -> None:
        """Raises UsageError where a worker runs another version of fatu, or has none."""
        self._client = client
        _check_workers(client)

    def make(self, jobs: Iterable[Job], setting: Setting) -> Iterator[Made]:
        """Parts as they are done. Raises StoreError where the cluster is gone, or gives a batch up."""
        from distributed import as_completed

        waiting = batches(jobs)
        running: Any = as_completed(  # type: ignore[no-untyped-call]
            loop=self._client.loop, with_results=True, raise_errors=False
        )
        count = 0
        while True:
            ahead = max(1, len(self._client.scheduler_info()["workers"])) * _AHEAD
            while count < ahead and (batch := next(waiting, None)):
                running.add(self._client.submit(make_parts, batch, setting, pure=False, retries=_RETRIES))
                count += 1
            if not count:
                return
            future, result = next(running)
            count -= 1
            if future.status != "finished":
                problem = f"gave up a batch ({type(result).__name__})"
                raise StoreError(
                    "--scheduler", problem, "look at its workers' memory; then run the command again"
                )
            future.release()
            yield from result


def connect(address: str) -> Client:
    """A client of the scheduler at an address: tcp://host:8786. Raises UsageError where none answers."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--scheduler", "Dask is not installed", how_to_get("dask")) from error
    try:
        return Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            "--scheduler",
            f"no Dask scheduler answers at {address}",
            "start one: dask scheduler; dask worker ADDRESS",
        ) from error


def _check_workers(client: Client) -> None:
    try:
        versions = client.run(program_digest)
    except Exception as error:
        problem = f"its workers cannot import fatu ({type(error).__name__})"
        raise UsageError("--scheduler", problem, "install the same fatu where they run") from error
    for worker, digest in sorted(versions.items()):
        if digest != program_digest():
            raise UsageError(
                "--scheduler",
                f"worker {worker} runs another version of fatu",
                "install the same one everywhere",
            )
