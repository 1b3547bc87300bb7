"""The command that fills stores, and the option that names one."""

from __future__ import annotations

import time
from pathlib import Path

import click

from ..errors import UsageError
from .options import base_iri_of, base_option


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--store",
    required=True,
    metavar="PATH|URL",
    help="A folder, made if it is not there, or a SPARQL server.",
)
@base_option
def load(paths: tuple[Path, ...], store: str, base_iri: str | None) -> None:
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
    loaded = load_graphs(store, paths, Iris(base_iri_of(base_iri)), _tell)
    seconds = time.monotonic() - start
    _tell(f"{loaded.graphs} graphs loaded in {seconds:.1f} s; the store holds {loaded.triples} triples")


def _tell(message: str) -> None:
    if message:
        click.echo(f"fatu: {message}", err=True)


def refuse_both(store: str | None, data: tuple[Path, ...]) -> None:
    """Raises UsageError where files are given beside a store."""
    if store and data:
        raise UsageError(
            str(data[0]), "given beside --store", "load it into the store: fatu load PATH --store …"
        )
