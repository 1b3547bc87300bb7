"""The command that fills stores, and what commands share that are given graphs: as files or as a store."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from .completing import complete_report
from .options import base_iri_of, base_option, choose_data
from .telling import counted, tell

if TYPE_CHECKING:
    from rdflib import Dataset

    from ..describing.terms import Quad
    from ..iris import Iris


compact_option = click.option(
    "--compact",
    is_flag=True,
    help="Put the folder's files in order afterwards: takes longer, and questions less.",
)


def compact_folder(store: str) -> None:
    """Puts the files of a store's folder in order. Raises UsageError for a server."""
    from ..storing import compact_store
    from ..storing.remote import is_url

    if is_url(store):
        raise UsageError("--compact", "is for a folder", "a server sees to its own files")
    compact_store(store)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option(
    "--store",
    required=True,
    metavar="PATH|URL",
    help="A folder, made if it is not there, or a SPARQL server.",
)
@compact_option
@base_option
def load(paths: tuple[Path, ...], store: str, compact: bool, base_iri: str | None) -> None:
    """Load graphs into a store: each takes the place of the graph of its name, so that a report loaded anew replaces
    itself; what documents of all reports are one is decided anew.

    A folder is never half loaded, whatever happens. A server is named by the URL of its queries or of what its
    endpoints share; FATU_STORE_USER and FATU_STORE_PASSWORD log in, FATU_STORE_AUTH says basic or digest,
    FATU_STORE_UPDATE and FATU_STORE_GRAPHS name endpoints that are elsewhere.

    \b
    Example:
      fatu load graphs --store store
      fatu query reconsideration --store store
      FATU_STORE_USER=dba FATU_STORE_PASSWORD=… fatu load graphs --store http://localhost:8890/sparql
    """
    from ..iris import Iris
    from ..storing import load_graphs

    start = time.monotonic()
    loaded = load_graphs(store, paths, Iris(base_iri_of(base_iri)), _note)
    if compact:
        compact_folder(store)
    seconds = time.monotonic() - start
    tell(
        f"{counted(loaded.graphs, 'graph')} loaded in {seconds:.1f} s; "
        f"the store holds {counted(loaded.triples, 'triple')}"
    )


def _note(message: str) -> None:
    if message:
        tell(message)


def refuse_both(store: str | None, data: tuple[Path, ...]) -> None:
    """Raises UsageError where files are given beside a store."""
    if store and data:
        raise UsageError(
            str(data[0]), "given beside --store", "load it into the store: fatu load PATH --store …"
        )


store_option = click.option(
    "--store", metavar="PATH|URL", help="A store that fatu load filled, or a SPARQL server."
)
data_option = click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Graph files or folders; default graphs. May be given several times.",
)


@dataclass(frozen=True, slots=True)
class Graphs:
    """The graphs that a command is given: files and folders, or a store with the reports to take of it."""

    paths: tuple[Path, ...]
    store: str | None
    reports: tuple[str, ...]
    iris: Iris

    def quads(self) -> list[Quad]:
        """Their quads as one union."""
        from ..storing import read_store_union, read_union

        if self.store:
            return read_store_union(self.store, self.iris, self.reports)
        return read_union(choose_data(self.paths), self.iris)

    def dataset(self) -> Dataset:
        """The union as an rdflib Dataset."""
        from ..describing.dataset import make_dataset

        return make_dataset(self.quads(), self.iris)


_GRAPH_OPTIONS = (
    click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…"),
    store_option,
    click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="ID",
        help="Of the store, only this report (410203-gov-2020). May be given several times.",
        shell_complete=complete_report,
    ),
    base_option,
)


def taking_graphs(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that is given graphs by their paths or as a store; without either, those in `graphs`. The command gets
    Graphs as `graphs`."""

    @wraps(command)
    def run(
        paths: tuple[Path, ...],
        store: str | None,
        reports: tuple[str, ...],
        base_iri: str | None,
        **options: Any,
    ) -> Any:
        from ..iris import Iris

        refuse_both(store, paths)
        if reports and not store:
            raise UsageError(
                "--report", "chooses among the reports of a store", "give --store, or that report's folder"
            )
        return command(graphs=Graphs(paths, store, reports, Iris(base_iri_of(base_iri))), **options)

    for option in reversed(_GRAPH_OPTIONS):
        run = option(run)
    return run
