"""Every format that `fatu export` writes, and how it is made of quads."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..describing.terms import Quad
from ..iris import Iris
from .annotations import write_annotations
from .catalogue import write_catalogue
from .cube import write_cube
from .formats import RDF_FORMATS
from .network import write_gexf, write_graphml
from .publication import Publication
from .tables import write_observations, write_parquet, write_xlsx

EXPORTS: dict[str, Callable[[Sequence[Quad], Iris], bytes]] = {
    **RDF_FORMATS,
    "graphml": write_graphml,
    "gexf": write_gexf,
    "csv": write_observations,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
    "cube": write_cube,
    "catalogue": write_catalogue,
    "annotations": write_annotations,
}
"""Format → function. The same quads give the same bytes, in whatever order they come."""

PUBLISHED: dict[str, Callable[[Sequence[Quad], Iris, Publication | None], bytes]] = {
    "cube": write_cube,
    "catalogue": write_catalogue,
}
"""The formats that say who publishes the data, and under which licence."""

ENDINGS = {
    **{
        f".{style}": style for style in EXPORTS if style not in ("cube", "catalogue", "annotations", "rdfxml")
    },
    ".rdf": "rdfxml",
}
"""Ending of a file's name → the format that it says."""

BINARY = frozenset({"xlsx", "parquet"})
"""Formats that are no text and need a file."""
