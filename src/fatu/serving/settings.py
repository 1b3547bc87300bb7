"""What a server is told before it starts."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..exporting.publication import Publication
from ..iris import BASE
from .pool import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server behaves.

    `token` is asked for updates, which are refused where it is empty; `federation` lets queries ask other servers
    (SERVICE). `limits` hold for each query, their time for each page and answer in words too. `most_reports` is how
    many reports one explorer page shows at most.
    """

    base: str = BASE
    token: str = ""
    federation: bool = False
    limits: Limits = field(default_factory=Limits)
    most_reports: int = 60
    most_nodes: int = 2000
    """How many nodes of a query's answer are drawn."""
    most_rows: int = 20_000
    """How many rows of a comparison are answered."""
    largest_request: int = 10_000_000
    """Bytes of a request's body."""
    publication: Publication = field(default_factory=Publication)
    """Who publishes what is served, and under which licence."""
