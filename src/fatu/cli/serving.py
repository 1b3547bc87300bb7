"""The command that serves: a SPARQL endpoint with its pages."""

from __future__ import annotations

import os

import click

from ..errors import UsageError
from .options import base_iri_of, base_option, choose_data
from .stores import data_option, store_option
from .telling import tell


@click.command()
@store_option
@data_option
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen on."
)
@click.option(
    "--port",
    default=8765,
    show_default=True,
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Port; 0 takes a free one.",
)
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="Seconds that a query, a page or an answer in words may take.",
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    metavar="N",
    help="Queries at a time.",
)
@click.option(
    "--max-result",
    default=64,
    show_default=True,
    type=click.IntRange(1),
    metavar="MB",
    help="Largest answer.",
)
@click.option("--writable", is_flag=True, help="Take updates from who has the token in FATU_TOKEN.")
@click.option("--federation", is_flag=True, help="Let queries ask other servers (SERVICE).")
@click.option(
    "--licence", metavar="IRI", help="Licence of the data, as /.well-known/void tells; default CC BY 4.0."
)
@click.option("--publisher", metavar="NAME|IRI", help="Who publishes the data.")
@base_option
def serve(**options: object) -> None:
    """Serve graphs: SPARQL endpoint, query editor, explorer, a page for every IRI.

    \b
    Example:
      fatu serve --data graphs
      fatu load graphs --store store && fatu serve --store store
      FATU_TOKEN=secret fatu serve --store store --writable
    """
    from ..exporting.publication import read_publication
    from ..serving import Limits, Settings, run

    store, data = options["store"], options["data"]
    assert isinstance(data, tuple)
    if store and data:
        raise UsageError("--data", "given beside --store", "give one of them")
    token = os.environ.get("FATU_TOKEN", "") if options["writable"] else ""
    if options["writable"] and not token:
        raise UsageError("--writable", "no token", "set FATU_TOKEN to a secret of your own")
    if options["writable"] and not store:
        raise UsageError("--writable", "changes of files would be lost", "give a store with --store")
    limits = Limits(
        timeout=float(str(options["timeout"])),
        size=int(str(options["max_result"])) * 1_000_000,
        workers=int(str(options["workers"])),
    )
    settings = Settings(
        base=base_iri_of(options["base_iri"]),  # type: ignore[arg-type]
        token=token,
        federation=bool(options["federation"]),
        limits=limits,
        publication=read_publication(
            {name: str(options[name]) for name in ("licence", "publisher") if options[name] is not None}
        ),
    )
    source = str(store) if store else [*choose_data(data)]
    run(source, settings, (str(options["host"]), int(str(options["port"]))), tell)
