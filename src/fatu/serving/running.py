"""Starting and stopping a server."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from ..errors import InputError, UsageError, how_to_get
from ..iris import Iris
from .drawing import Drawings
from .endpoint import Endpoint, LocalEndpoint, RemoteEndpoint
from .settings import Settings


def run(
    source: str | Sequence[Path],
    settings: Settings,
    address: tuple[str, int],
    note: Callable[[str], None] = lambda line: None,
) -> None:
    """Serves a store (its folder or URL) or graph files until the process is told to end; `note` is told where.

    Files are loaded into a store that is gone afterwards. Raises UsageError where the extra `serve` is not installed
    or the address is taken, InputError where the source cannot be read.
    """
    try:
        import uvicorn

        from .app import make_app
    except ModuleNotFoundError as error:
        raise UsageError("serve", f"{error.name} is not installed", how_to_get("serve")) from error
    listener = _listen(address)
    host, port = listener.getsockname()[:2]
    _leave_when_told()
    with tempfile.TemporaryDirectory(prefix="fatu-") as folder:
        endpoint = _make_endpoint(source, settings, Path(folder) / "store")
        drawings = Drawings(settings.limits)
        app = make_app(endpoint, drawings, settings)
        config = uvicorn.Config(
            app, log_level="warning", lifespan="on", server_header=False, timeout_graceful_shutdown=3
        )

        class Server(uvicorn.Server):
            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
                # First, so that no client is waited for that waits for a query or a page.
                await endpoint.stop()
                await drawings.stop()
                await super().shutdown(sockets)

        server = Server(config)
        note(f"http://{host}:{port}/ (SPARQL: /sparql, explorer: /explorer); Ctrl+C ends it")
        server.run(sockets=[listener])
        if not server.started:
            raise InputError(str(source), "the store cannot be opened", "load it anew with fatu load")


def _leave_when_told() -> None:
    """Lets SIGTERM end this process as an exception does, so that what it made is cleaned up: uvicorn hands the signal
    on when it has stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _listen(address: tuple[str, int]) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        listener = socket.create_server(address, family=family, reuse_port=False)
    except OSError as error:
        where = f"{address[0]}:{address[1]}"
        raise UsageError(
            where, f"cannot be listened on: {os.strerror(error.errno or 0)}", "choose another --port"
        ) from error
    # An answer's head and body come in two parts: the second would wait for the first's acknowledgement, 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _make_endpoint(source: str | Sequence[Path], settings: Settings, folder: Path) -> Endpoint:
    from ..storing.loading import load_graphs

    if isinstance(source, str):
        if source.startswith(("http://", "https://")):
            user, password = os.environ.get("FATU_STORE_USER", ""), os.environ.get("FATU_STORE_PASSWORD", "")
            login = (user, password) if user else None
            asyncio.run(_try(RemoteEndpoint(source, settings.limits, login)))
            return RemoteEndpoint(source, settings.limits, login)
        _check(Path(source))
        return LocalEndpoint(Path(source), settings.limits, settings.base)
    load_graphs(folder, source, Iris(settings.base))
    return LocalEndpoint(folder, settings.limits, settings.base)


async def _try(endpoint: RemoteEndpoint) -> None:
    """Raises InputError where a server does not answer, before anybody is told an address."""
    try:
        await endpoint.start()
    except OSError as error:
        raise InputError("--store", str(error), "check the URL") from error
    finally:
        await endpoint.stop()


def _check(store: Path) -> None:
    """Raises StoreError for what cannot be read, before anybody is told an address."""
    from ..storing.disk import OxigraphStore

    OxigraphStore(store).close()
