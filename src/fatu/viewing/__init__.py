"""A graph becomes one page that a person can read: `render_explorer`.

The steps, each a module: `network` (RDF → nodes with facts and quotes, edges with names), `layout` (where
each node stands, in integers), `page` (the self-contained HTML document).
"""

from __future__ import annotations

from fatu.viewing.network import make_network
from fatu.viewing.page import render_explorer

__all__ = ["make_network", "render_explorer"]
